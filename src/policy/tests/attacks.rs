//! Spellings that try to widen rights, or that a reviewer would read otherwise than the compiler.

use super::*;

const ALLOW: &str = "p, role:anyone, pii/*, clear, *, allow\n";
const DENY: &str = "p, role:anyone, pii/identity/*, clear, *, deny\n";
const DENIED: &str = "clear clear clear hidden";

#[track_caller]
fn assert_refused(files: &BTreeMap<String, String>, message: &str) {
    let report = compile(files).expect_err("it compiles");
    assert!(report.iter().any(|found| found.message.contains(message)), "{report:#?}");
}

#[track_caller]
fn assert_rule_refused(line: &str) {
    match compile(&files(&format!("{ALLOW}{line}\n"))) {
        Ok(_) => panic!("`{}` compiles", line.escape_debug()),
        Err(report) => assert!(report.iter().any(|found| found.line == 2), "{report:#?}"),
    }
}

#[track_caller]
fn warnings(rules: &str) -> Vec<String> {
    policy(rules).warnings.iter().map(|warning| warning.message.clone()).collect()
}

#[test]
fn a_byte_order_mark_hides_no_rule() {
    // A reader that took it for part of the first value would lose the denial.
    assert_eq!(reads(&policy(&format!("\u{feff}{DENY}{ALLOW}")), "li"), DENIED);
    let files = with(&format!("{DENY}{ALLOW}"), "classification.toml", &format!("\u{feff}{CLASSIFICATION}"));
    assert_eq!(reads(&compiled(&files), "li"), DENIED);
}

#[test]
fn line_ends_and_blanks_change_nothing() {
    let rules = format!("{ALLOW}{DENY}");
    assert_eq!(reads(&policy(&rules.replace('\n', "\r\n")), "li"), DENIED);
    assert_eq!(reads(&policy(&rules.replace(", ", "\t ,  ").replace('\n', " \t\n")), "li"), DENIED);
    assert_eq!(reads(&policy(&rules.replace(", ", ",")), "li"), DENIED);
    assert_eq!(reads(&policy(rules.trim_end()), "li"), DENIED, "no line end at the end");
    let quoted = "\"p\", \"role:anyone\",\"pii/identity/*\" , \"clear\", \"*\", \"deny\"\n";
    assert_eq!(reads(&policy(&format!("{ALLOW}{quoted}")), "li"), DENIED);
}

#[test]
fn what_looks_like_two_lines_is_not_one_comment() {
    for end in ["\r", "\u{b}", "\u{c}", "\u{85}", "\u{2028}", "\u{2029}"] {
        let rules = format!("{ALLOW}# the next line denies{end}{DENY}");
        assert_refused(&files(&rules), "makes this line read otherwise");
        let classification = format!("{CLASSIFICATION}# note{end}note = \"pii/name\"\n");
        assert!(compile(&with(ALLOW, "classification.toml", &classification)).is_err(), "{}", end.escape_debug());
    }
    for mark in ["\u{202e}", "\u{2066}", "\u{202a}"] {
        assert_refused(&files(&format!("{ALLOW}# {mark}{DENY}")), "makes this line read otherwise");
    }
}

#[test]
fn invisible_characters_are_seen() {
    for invisible in ["\u{200b}", "\u{feff}", "\u{ad}", "\u{a0}", "\u{2060}", "\u{0}", "\u{e0041}", "\u{fe0f}"] {
        assert_rule_refused(&format!("p, user:li{invisible}, pii/identity/*, clear, *, deny"));
        assert_rule_refused(&format!("p, user:li, pii/identity/*, clear, *,{invisible} deny"));
        assert_rule_refused(&format!("{invisible}# p, user:li"));
    }
}

#[test]
fn letters_that_look_alike_are_other_letters() {
    // Cyrillic а, е, о and fullwidth forms.
    assert_rule_refused("p, role:\u{430}nyone, pii/identity/*, clear, *, deny");
    assert_rule_refused("p, role:anyone, pii/id\u{435}ntity/*, clear, *, deny");
    assert_rule_refused("p, role:anyone, pii/identity/*, cl\u{435}ar, *, deny");
    assert_rule_refused("p, role:anyone, pii/identity/*, clear, *, d\u{435}ny");
    assert_rule_refused("p, role:anyone, pii/identity/*, clear, \u{ff0a}, deny");
    assert_rule_refused("\u{440}, role:anyone, pii/identity/*, clear, *, deny");
    assert_rule_refused("p\u{ff0c} role:anyone, pii/identity/*, clear, *, deny");
    let told = warnings(&format!("{ALLOW}p, user:cl\u{435}rk, pii/identity/*, clear, *, deny\n"));
    assert!(told.iter().any(|message| message.contains("mixes letters that look alike")), "{told:?}");
    assert!(!warnings(&format!("{ALLOW}p, user:王芳_01, pii/name, clear, *, deny\n")).concat().contains("alike"));
}

#[test]
fn wildcards_are_prefixes_and_nothing_else() {
    for pattern in
        ["**", "pii/**", "pii*", "*/name", "pii/*/phone", "/*", "pii//*", "pii/", "/pii/*", "", ".*", "pii/.*"]
    {
        assert_rule_refused(&format!("p, role:anyone, {pattern}, clear, *, deny"));
    }
    for purpose in ["**", "fil*", "filing|callback", "\"filing,callback\"", ""] {
        assert_rule_refused(&format!("p, role:anyone, pii/*, clear, {purpose}, deny"));
    }
    for subject in ["*", "role:*", "user:*", "app:*", "user:", "role:", ":", "anyone", "Role:anyone", "role: anyone"] {
        assert_rule_refused(&format!("p, {subject}, pii/*, clear, *, deny"));
    }
    for action in ["*", "Clear", "CLEAR", "clear|masked", "\"clear,masked\"", "read"] {
        assert_rule_refused(&format!("p, role:anyone, pii/*, {action}, *, deny"));
    }
    for effect in ["Deny", "DENY", "deny # why", "deny;", "\"deny \"", "!allow", ""] {
        assert_rule_refused(&format!("p, role:anyone, pii/*, clear, *, {effect}"));
    }
    // `pii/identity/*` is about everything below, not about names that begin alike.
    let rules = format!("{ALLOW}p, role:anyone, pii/contact/phone/*, clear, *, deny\n");
    assert_eq!(reads(&policy(&rules), "li"), "clear hidden clear clear");
}

#[test]
fn nothing_in_a_rule_is_code() {
    // casbin's matchers are rhai programs; `keyMatch`, `regexMatch` and `eval` are there for those who use them.
    let odd = "x\\\" || true || \\\"";
    let rules = format!("p, \"user:{}\", pii/*, clear, *, allow\n", odd.replace('"', "\"\""));
    let policy = policy(&rules);
    assert_eq!(reads(&policy, odd), "clear clear clear clear");
    for other in ["li", "x", "true", "user:x", "eval(true)", "principal", ""] {
        assert_eq!(reads(&policy, other), "hidden hidden hidden hidden", "{other}");
    }
}

#[test]
fn a_database_user_cannot_be_called_a_role() {
    let rules =
        "p, role:registrar, pii/*, clear, *, allow\ng, user:li, role:registrar\np, app:crm, pii/*, clear, *, allow\n";
    let policy = policy(rules);
    for user in
        ["role:registrar", "registrar", "user:li", "app:crm", "crm", "li,role:registrar", "LI", "li ", " li", "anyone"]
    {
        assert_eq!(reads(&policy, user), "hidden hidden hidden hidden", "{user}");
    }
}

#[test]
fn an_application_name_alone_is_a_claim() {
    let identity = "[[application]]\nname = \"crm\"\napplication_name = \"crm 2.0\"\n";
    let rules = "p, app:crm, pii/*, clear, *, allow\np, app:crm, pii/name, clear, *, deny\n";
    let policy = compiled(&with(rules, "identity.toml", identity));
    let told: Vec<_> = policy.warnings.iter().map(|warning| warning.message.as_str()).collect();
    assert!(told.contains(&"`crm` is recognised by `application_name` alone"), "{told:?}");
    assert!(told.contains(&"a connection not recognised as `crm` is not denied this"), "{told:?}");
    let principal = policy.principal("li", None, Some("CRM 2.0"));
    assert_eq!(principal.application, None, "names are compared exactly");
}

#[test]
fn a_denial_for_one_purpose_holds_for_whoever_has_it() {
    let rules = "\
p, role:anyone, pii/*, clear, *, allow
p, app:crm, pii/contact/*, clear, callback, deny
";
    let policy = policy(rules);
    let crm = policy.principal("crm_app", "10.0.0.1".parse().ok(), None);
    assert_eq!(reads_as(&policy, &crm), "clear hidden hidden clear", "`filing` does not open what `callback` closes");
}

#[test]
fn repeated_keys_and_lines_do_not_replace_each_other() {
    let twice = CLASSIFICATION
        .replace("phone = \"pii/contact/phone\"", "phone = \"pii/contact/phone\"\n\"phone\" = \"public\"");
    assert_refused(&with(ALLOW, "classification.toml", &twice), "duplicate key");
    let other = format!("{CLASSIFICATION}[table.'\"housing\".\"buyers\"'.columns]\nphone = \"public\"\n");
    assert_refused(&with(ALLOW, "classification.toml", &other), "classified twice");
    let category = format!("{CLASSIFICATION}[category.\"pii/name\"]\nmask = \"null\"\n");
    assert_refused(&with(ALLOW, "classification.toml", &category), "duplicate key");
    let rules = format!("{ALLOW}{DENY}{ALLOW}{DENY}");
    assert_eq!(reads(&policy(&rules), "li"), DENIED);
    assert_eq!(warnings(&rules).iter().filter(|message| *message == "this line is written twice").count(), 2);
}

#[test]
fn memberships_that_give_everybody_a_role_are_pointed_out() {
    let rules = "p, role:registrar, pii/*, clear, *, allow\ng, role:anyone, role:registrar\ng, user:li, role:anyone\n";
    let told = warnings(rules);
    assert!(told.contains(&"everybody becomes a member of `role:registrar`".to_owned()), "{told:?}");
    assert!(told.contains(&"everybody is a member of `role:anyone` anyway".to_owned()), "{told:?}");
    let slip = warnings("p, role:registrar, pii/*, clear, *, deny\ng, user:li, role:registar\n");
    assert!(slip.contains(&"nobody is a member of `role:registrar`".to_owned()), "{slip:?}");
    assert!(slip.contains(&"no rule says what `role:registar` may do".to_owned()), "{slip:?}");
}

#[test]
fn the_digest_is_of_every_byte() {
    let base = policy(ALLOW).digest();
    assert_eq!(base, policy(ALLOW).digest());
    assert_ne!(base, policy(&format!("{ALLOW} ")).digest());
    assert_ne!(base, policy(&format!("\u{feff}{ALLOW}")).digest());
    assert_ne!(base, compiled(&with(ALLOW, "README.md", "")).digest());
    // Moving a byte from one file's end to another's beginning is a change.
    let one = compiled(&with(ALLOW, "README.md", "ab")).digest();
    assert_ne!(one, compiled(&with(ALLOW, "README.mda", "b")).digest());
}

#[test]
fn a_huge_file_is_not_read() {
    let huge = "#".repeat((4 << 20) + 1);
    assert_refused(&files(&huge), "larger than 4 MiB");
    let nested = format!("x = {}", "[".repeat(100_000));
    assert!(compile(&with(ALLOW, "masks.toml", &nested)).is_err());
}
