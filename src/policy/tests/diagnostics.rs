//! What is said about a wrong bundle: text, help and the exact place.

use super::*;
use crate::policy::diagnostic::{Diagnostic, Severity};

const RULES: &str = "p, role:anyone, pii/*, masked, *, allow\n";

/// What is expected of one problem. An empty text: nothing is said there.
#[derive(Default)]
struct Expected {
    place: &'static str,
    slice: &'static str,
    message: &'static str,
    expected: &'static str,
    help: &'static str,
}

#[track_caller]
fn assert_problem(found: &Diagnostic, wanted: &Expected) {
    let place = match found.line {
        0 => found.file.clone(),
        line => format!("{}:{line}:{}", found.file, found.column),
    };
    assert_eq!(found.message, wanted.message);
    assert_eq!((place.as_str(), found.slice().as_str()), (wanted.place, wanted.slice), "{}", found.message);
    assert_eq!(found.expected.as_deref().unwrap_or_default(), wanted.expected, "{}", found.message);
    assert_eq!(found.help.as_deref().unwrap_or_default(), wanted.help, "{}", found.message);
    assert!(!found.message.ends_with('.') && !found.message.starts_with(|c: char| c.is_ascii_uppercase()));
}

/// The bundle does not compile, and this is all that is said about it.
#[track_caller]
fn assert_problems(files: &BTreeMap<String, String>, wanted: &[Expected]) {
    let found: Vec<Diagnostic> = match compile(files) {
        Ok(_) => panic!("it compiles"),
        Err(report) => report.into_iter().filter(|found| found.severity == Severity::Error).collect(),
    };
    let messages: Vec<_> = found.iter().map(ToString::to_string).collect();
    assert_eq!(found.len(), wanted.len(), "{messages:#?}");
    found.iter().zip(wanted).for_each(|(found, wanted)| assert_problem(found, wanted));
}

#[track_caller]
fn assert_rule_problem(line: &str, wanted: Expected) {
    assert_problems(&files(&format!("{RULES}{line}\n")), &[wanted]);
}

const WHOLE: Expected = Expected { place: "", slice: "", message: "", expected: "", help: "" };

#[test]
fn only_settings_of_applications_can_be_named() {
    let text = "[defaults]\nunclassified = \"clear\"\n[settings]\nallow = [\"app.tenant\", \"a.b.c*\", \"crm.*\", \"work_mem\", \"*\", \"app.\", \"x*.y\"]\n[category.\"pii/phone\"]\nmask = \"null\"\n";
    let wrong = |place, slice, message| Expected {
        place,
        slice,
        message,
        expected: "a name with a dot, such as `app.tenant`, or a family, such as `app.*`",
        ..WHOLE
    };
    assert_problems(
        &with(RULES, "classification.toml", text),
        &[
            wrong("classification.toml:4:43", "\"work_mem\"", "`work_mem` is not a setting of an application"),
            wrong("classification.toml:4:55", "\"*\"", "`*` is not a setting of an application"),
            wrong("classification.toml:4:60", "\"app.\"", "`app.` is not a setting of an application"),
            wrong("classification.toml:4:68", "\"x*.y\"", "`x*.y` is not a setting of an application"),
        ],
    );
}

#[test]
fn a_bundle_needs_its_two_files() {
    let wanted = ["classification.toml", "policy.csv"].map(|place| Expected {
        place,
        message: "the bundle has no such file",
        help: "a bundle needs at least `classification.toml` and `policy.csv`",
        ..WHOLE
    });
    assert_problems(&BTreeMap::new(), &wanted);
}

#[test]
fn files_that_are_not_enforced_are_not_ignored() {
    let known = "`model.conf`, `policy.csv`, `classification.toml`, `masks.toml`, `rows.toml`, `limits.toml`, \
                 `identity.toml` or `alerts.toml`";
    let unknown = |place, help| Expected { place, message: "not a file of a bundle", expected: known, help, ..WHOLE };
    assert_problems(&with(RULES, "Masks.toml", ""), &[unknown("Masks.toml", "did you mean `masks.toml`?")]);
    let other = "a file that is not read would be a rule that is not enforced";
    assert_problems(&with(RULES, "hr/employees.csv", ""), &[unknown("hr/employees.csv", other)]);
    assert!(compile(&with(RULES, "README.md", "anything")).is_ok());
    let tests = compiled(&with(RULES, "tests/sales.toml", ""));
    assert_eq!(
        tests.warnings.last().unwrap().to_string(),
        "tests/sales.toml: warning: tests of a bundle are not run yet"
    );
}

#[test]
fn every_value_of_a_rule_is_checked() {
    assert_rule_problem(
        "p, role:sales, pii/contact/fone, masked, *, allow",
        Expected {
            place: "policy.csv:2:16",
            slice: "pii/contact/fone",
            message: "no category that `classification.toml` defines matches `pii/contact/fone`",
            help: "did you mean `pii/contact/phone`?",
            ..WHOLE
        },
    );
    assert_rule_problem(
        "p, role:sales, pii/con*, masked, *, allow",
        Expected {
            place: "policy.csv:2:16",
            slice: "pii/con*",
            message: "`pii/con*` is not a category or a prefix of categories",
            expected: "a path such as `pii/name`, a path followed by `/*`, or `*`",
            ..WHOLE
        },
    );
    assert_rule_problem(
        "p,role:sales,\"pii/name\" ,maskd,*,allow",
        Expected {
            place: "policy.csv:2:26",
            slice: "maskd",
            message: "`maskd` is not an action",
            expected: "`clear`, `masked`, `match`, `write` or `write-guarded`",
            help: "did you mean `masked`?",
        },
    );
    assert_rule_problem(
        "p, role:sales, pii/name, clear, *, permit",
        Expected {
            place: "policy.csv:2:36",
            slice: "permit",
            message: "`permit` is not an effect",
            expected: "`allow` or `deny`",
            ..WHOLE
        },
    );
    assert_rule_problem(
        "p, role:sales, pii/name, clear, fileing, allow",
        Expected {
            place: "policy.csv:2:33",
            slice: "fileing",
            message: "`identity.toml` knows no purpose `fileing`",
            help: "did you mean `filing`?",
            ..WHOLE
        },
    );
    assert_rule_problem(
        "p, app:crn, pii/name, clear, *, allow",
        Expected {
            place: "policy.csv:2:4",
            slice: "app:crn",
            message: "`identity.toml` has no application `crn`",
            help: "did you mean `crm`?",
            ..WHOLE
        },
    );
    let kinds = "`user:name` (a database user), `app:name` (of `identity.toml`) or `role:name`";
    assert_rule_problem(
        "p, sales, pii/name, clear, *, allow",
        Expected {
            place: "policy.csv:2:4",
            slice: "sales",
            message: "`sales` does not say what it is",
            expected: kinds,
            ..WHOLE
        },
    );
    assert_rule_problem(
        "p, group:sales, pii/name, clear, *, allow",
        Expected {
            place: "policy.csv:2:4",
            slice: "group:sales",
            message: "`group:` is not a kind of subject",
            expected: kinds,
            ..WHOLE
        },
    );
    assert_rule_problem(
        "p, role:销售, pii/name, clear, *, allow",
        Expected {
            place: "policy.csv:2:4",
            slice: "role:销售",
            message: "`销售` cannot name a role or an application",
            expected: "lower-case letters, digits, `-`, `_` and `.`",
            ..WHOLE
        },
    );
    assert_rule_problem(
        "p, role:sales, system/statistics, clear, *, allow",
        Expected {
            place: "policy.csv:2:16",
            slice: "system/statistics",
            message: "rules cannot name `system/statistics`",
            help: "the server's catalogs that hold values are open to unrestricted principals only",
            ..WHOLE
        },
    );
}

#[test]
fn lines_have_the_right_number_of_values() {
    assert_rule_problem(
        "p, role:sales, pii/name, clear, allow",
        Expected {
            place: "policy.csv:2:1",
            slice: "p, role:sales, pii/name, clear, allow",
            message: "a rule has 5 values after `p`, this one has 4",
            expected: "p, subject, category, action, purpose, allow or deny",
            ..WHOLE
        },
    );
    assert_rule_problem(
        "g, user:li",
        Expected {
            place: "policy.csv:2:1",
            slice: "g, user:li",
            message: "a membership has 2 values after `g`, this one has 1",
            expected: "g, member, role:name",
            ..WHOLE
        },
    );
    assert_rule_problem(
        "g, role:sales, user:li",
        Expected {
            place: "policy.csv:2:16",
            slice: "user:li",
            message: "`user:li` is not a role",
            expected: "`role:name`: what the first value becomes a member of",
            ..WHOLE
        },
    );
    assert_rule_problem(
        "p2, role:sales, pii/name, clear, *, allow",
        Expected {
            place: "policy.csv:2:1",
            slice: "p2",
            message: "a line cannot begin with `p2`",
            expected: "`p` (a rule), `g` (a membership) or `#` (a comment)",
            ..WHOLE
        },
    );
    assert_rule_problem(
        "p, role:sales, pii/name, \"clear, *, allow",
        Expected {
            place: "policy.csv:2:26",
            slice: "\"clear, *, allow",
            message: "this quote is never closed",
            ..WHOLE
        },
    );
    assert_rule_problem(
        "p, role:sales, \"pii/\"name, clear, *, allow",
        Expected {
            place: "policy.csv:2:16",
            slice: "\"pii/\"",
            message: "a quoted value must be followed by a comma",
            ..WHOLE
        },
    );
}

#[test]
fn roles_do_not_contain_themselves() {
    let rules = "g, role:a, role:b\ng, role:b, role:c\ng, role:c, role:a\ng, role:d, role:a\n";
    let help = "a membership must not lead back to where it begins";
    assert_problems(
        &files(&format!("{RULES}{rules}")),
        &[
            Expected {
                place: "policy.csv:2:1",
                slice: "g, role:a, role:b",
                message: "`role:a` contains itself",
                help,
                ..WHOLE
            },
            Expected {
                place: "policy.csv:3:1",
                slice: "g, role:b, role:c",
                message: "`role:b` contains itself",
                help,
                ..WHOLE
            },
            Expected {
                place: "policy.csv:4:1",
                slice: "g, role:c, role:a",
                message: "`role:c` contains itself",
                help,
                ..WHOLE
            },
        ],
    );
}

#[test]
fn every_key_of_a_classification_is_checked() {
    let text = r#"
[defaults]
unclassified = "open"
unclasified = "hidden"

[category."PII/name"]
[category."pii/name"]
level = "high"
mask = "nmae"
colour = 1
[category."public/x"]
[category."pii/phone"]
on_compare = "deny"

[table."Housing.buyers".columns]
name = "pii/name"
[table."housing.buyers".columns]
name = "pii/nam"
phone = { category = "pii/phone", maks = "null" }
note = 7
[table."housing.buyers".json.extra]
"$..x" = "pii/phone"
[table."\"housing\".buyers".columns]
[functions]
allow = ["f"]
"#;
    let path = "segments of `a-z`, `0-9` and `-`, separated by `/`, as in `pii/contact/phone`";
    let qualified = "`schema.name` in lower case; `\"Schema\".\"Name\"` for names that PostgreSQL does not fold";
    let at = |place, slice, message| Expected { place, slice, message, ..WHOLE };
    assert_problems(
        &with(RULES, "classification.toml", text),
        &[
            Expected {
                expected: "`clear`, `hidden` or `refuse`",
                ..at("classification.toml:3:16", "\"open\"", "`open` is not a word known here")
            },
            Expected {
                expected: "`unclassified`",
                help: "did you mean `unclassified`?",
                ..at("classification.toml:4:1", "unclasified", "unknown key `unclasified`")
            },
            Expected {
                expected: path,
                ..at("classification.toml:6:11", "\"PII/name\"", "`PII/name` is not a category path")
            },
            Expected {
                expected: "`general`, `important` or `sensitive`",
                ..at("classification.toml:8:9", "\"high\"", "`high` is not a word known here")
            },
            Expected {
                help: "did you mean `name`?",
                ..at("classification.toml:9:8", "\"nmae\"", "no mask `nmae` is defined")
            },
            Expected {
                expected: "`title`, `level`, `mask` or `on_compare`",
                ..at("classification.toml:10:1", "colour", "unknown key `colour`")
            },
            Expected {
                help: "choose another first segment, such as `pii`",
                ..at("classification.toml:11:11", "\"public/x\"", "categories under `public` are built in")
            },
            Expected {
                expected: "`mask` or `refuse`",
                ..at("classification.toml:13:14", "\"deny\"", "`deny` is not a word known here")
            },
            Expected {
                expected: qualified,
                ..at("classification.toml:15:8", "\"Housing.buyers\"", "`Housing.buyers` is not a qualified name")
            },
            Expected {
                help: "did you mean `pii/name`?",
                ..at("classification.toml:18:8", "\"pii/nam\"", "no category `pii/nam` is defined")
            },
            Expected {
                expected: "`category` or `mask`",
                help: "did you mean `mask`?",
                ..at("classification.toml:19:35", "maks", "unknown key `maks`")
            },
            Expected {
                expected: "a string or a table",
                ..at("classification.toml:20:8", "7", "a value of type integer does not belong here")
            },
            Expected {
                expected: "a path is written `$.key`, `$.\"any key\"`, `$.list[*]` or `$.list[*].key`, with at most 16 steps",
                ..at("classification.toml:22:1", "\"$..x\"", "`$..x` is no path")
            },
            Expected {
                help: "the first time in line 17; put all its columns there",
                ..at("classification.toml:23:8", "\"\\\"housing\\\".buyers\"", "`housing.buyers` is classified twice")
            },
            Expected { expected: qualified, ..at("classification.toml:25:10", "\"f\"", "`f` is not a qualified name") },
        ],
    );
}

#[test]
fn the_place_of_a_problem_is_shown() {
    let rules = "p, role:anyone, pii/*, masked, *, allow\np, role:sales, pii/name, clean, *, allow\n";
    let report = compile(&files(rules)).unwrap_err();
    let expected = "\
error: `clean` is not an action
 --> policy.csv:2:26
  |
2 | p, role:sales, pii/name, clean, *, allow
  |                          ^^^^^
  = expected: `clear`, `masked`, `match`, `write` or `write-guarded`
  = help: did you mean `clear`?
";
    assert_eq!(report[0].render(), expected);
    let json = serde_json::to_value(&report[0]).unwrap();
    assert_eq!(json["severity"], "error");
    assert_eq!((&json["line"], &json["column"], &json["length"]), (&2.into(), &26.into(), &5.into()));
}

#[test]
fn every_key_of_an_identity_is_checked() {
    let text = r#"
purposes = ["call back"]
unrecorded = ["role:dba", "backup"]
[[application]]
login = "crm_app"
[[application]]
name = "CRM"
from = ["10.0.0.1/8", 7]
[[application]]
name = "crm"
[[application]]
name = "desk"
login = "desk"
certificate = "desk"
[[application]]
name = "desk"
logins = ["desk2"]
from = "local"
"#;
    let at = |place, slice, message| Expected { place, slice, message, ..WHOLE };
    let range = "a range such as `10.0.0.0/8` or `fd00::/8`, one address, or `local`";
    let name = "lower-case letters, digits, `-`, `_` and `.`";
    assert_problems(
        &with(RULES, "identity.toml", text),
        &[
            Expected {
                expected: name,
                ..at("identity.toml:2:13", "\"call back\"", "`call back` cannot name a purpose")
            },
            Expected {
                expected: "`user:name` (a database user), `app:name` (of `identity.toml`) or `role:name`",
                ..at("identity.toml:3:27", "\"backup\"", "`backup` does not say what it is")
            },
            at("identity.toml:4:1", "[[application]]", "`name` is missing here"),
            Expected { expected: name, ..at("identity.toml:7:8", "\"CRM\"", "`CRM` cannot name an application") },
            Expected {
                expected: range,
                ..at("identity.toml:8:9", "\"10.0.0.1/8\"", "`10.0.0.1/8`: bits are set to the right of the prefix")
            },
            Expected {
                expected: "a string",
                ..at("identity.toml:8:23", "7", "a value of type integer does not belong here")
            },
            Expected {
                expected: "`login`, `from` or `application_name`",
                ..at("identity.toml:10:8", "\"crm\"", "nothing says how `crm` is recognised")
            },
            Expected {
                help: "this version knows `login`, `from` and `application_name`",
                ..at("identity.toml:14:1", "certificate", "`certificate` is not supported yet")
            },
            Expected {
                help: "it is defined in line 12; `login` and `from` may be lists",
                ..at("identity.toml:16:8", "\"desk\"", "application `desk` exists already")
            },
            Expected {
                expected: "`name`, `login`, `from`, `application_name`, `purposes` or `end_user`",
                help: "did you mean `login`?",
                ..at("identity.toml:17:1", "logins", "unknown key `logins`")
            },
        ],
    );
}

#[test]
fn the_model_of_a_bundle_is_fixed() {
    let fixed = |place, slice, expected| Expected {
        place,
        slice,
        message: "the model of a bundle is fixed, and this is not in it",
        expected,
        ..WHOLE
    };
    let free = crate::policy::MODEL.replace(" = ", "=").replace("&&", "  &&  ") + "\n# a comment\r\n; another\n";
    assert!(compile(&with(RULES, "model.conf", &free)).is_ok());
    let weaker = crate::policy::MODEL.replace("!some(where (p.eft == deny))", "true");
    assert_problems(
        &with(RULES, "model.conf", &weaker),
        &[fixed(
            "model.conf:11:1",
            "e = some(where (p.eft == allow)) && true",
            "`e = some(where (p.eft == allow)) && !some(where (p.eft == deny))`",
        )],
    );
    let commented = crate::policy::MODEL.replace("[matchers]\nm", "[matchers]\n# m");
    assert_problems(
        &with(RULES, "model.conf", &commented),
        &[Expected {
            place: "model.conf:14:123",
            message: "`m=g(r.subject,p.subject)&&category(r.category,p.category)&&r.action==p.action&&purpose(r.purpose,p.purpose)` is missing in this model",
            ..WHOLE
        }],
    );
    let second = format!("{}\nm2 = true\n", crate::policy::MODEL);
    assert_problems(
        &with(RULES, "model.conf", &second),
        &[Expected { help: "take the line out, or leave the file out", ..fixed("model.conf:16:1", "m2 = true", "") }],
    );
}

#[test]
fn broken_toml_is_shown_where_it_breaks() {
    let text = format!("{CLASSIFICATION}\n[table.\"housing.units\".columns]\nno = \nid = \"public\n");
    let report = compile(&with(RULES, "classification.toml", &text)).unwrap_err();
    let places: Vec<_> = report.iter().map(|found| (found.line, found.severity)).collect();
    let line = text.lines().count();
    assert_eq!(places, [(line - 1, Severity::Error), (line, Severity::Error)], "{report:#?}");
    let twice = format!("{CLASSIFICATION}\n[table.\"housing.buyers\".columns]\nphone = \"public\"\n");
    let report = compile(&with(RULES, "classification.toml", &twice)).unwrap_err();
    assert_eq!(report[0].message, "duplicate key");
    assert_eq!(report[0].slice(), "columns");
}

#[test]
fn every_key_of_a_mask_is_checked() {
    let text = r#"
[phone3]
keep = { first = 3, lst = 4 }
[all]
keep = { first = 3, hide = 0 }
[both]
null = true
name = true
[odd]
stars = 3
[Name]
name = true
[off]
name = false
[[override]]
who = "role:sales"
category = "pii/contact/fone"
mask = "phone4"
[[override]]
who = "sales"
"#;
    let families = "one key, the family: `keep`, `name`, `email`, `phone`, `id_card`, `bank_card`, `address`, `date`, `number`, `null`, `constant`, `pseudonym` or `each`";
    let at = |place, slice, message| Expected { place, slice, message, ..WHOLE };
    let mask = |place, slice, message| Expected { expected: families, ..at(place, slice, message) };
    assert_problems(
        &with(RULES, "masks.toml", text),
        &[
            mask(
                "masks.toml:3:21",
                "lst",
                "this is no mask: unknown field `lst`, expected one of `first`, `last`, `fill`, `hide`",
            ),
            mask(
                "masks.toml:4:2",
                "all",
                "this is no mask: `hide` must be at least 1, and `first`, `last` and `hide` at most 500 in sum",
            ),
            mask("masks.toml:6:1", "[both]", "this is no mask: wanted exactly 1 element, more than 1 element"),
            mask(
                "masks.toml:10:1",
                "stars",
                "this is no mask: unknown variant `stars`, expected one of `keep`, `name`, `email`, `phone`, `id_card`, `bank_card`, `address`, `date`, `number`, `null`, `constant`, `pseudonym`, `each`",
            ),
            Expected {
                expected: "lower-case letters, digits, `-`, `_` and `.`",
                ..at("masks.toml:11:2", "Name", "`Name` cannot name a mask")
            },
            mask("masks.toml:13:2", "off", "this is no mask: a mask without parameters is written `name = true`"),
            Expected {
                help: "did you mean `pii/contact/phone`?",
                ..at(
                    "masks.toml:17:12",
                    "\"pii/contact/fone\"",
                    "no category that `classification.toml` defines matches `pii/contact/fone`",
                )
            },
            Expected {
                help: "did you mean `phone`?",
                ..at("masks.toml:18:8", "\"phone4\"", "no mask `phone4` is defined")
            },
            at("masks.toml:19:1", "[[override]]", "`category` is missing here"),
        ],
    );
}
