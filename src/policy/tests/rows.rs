//! `rows.toml`: what it may say, and where it is wrong.

use super::{compiled, files};
use crate::policy::compile;

const HEAD: &str =
    "p, role:anyone, pii/*, masked, *, allow\ng, user:clerk, role:sales\np, role:sales, pii/name, masked, *, allow\n";

fn with_rows(text: &str) -> std::collections::BTreeMap<String, String> {
    let mut files = files(HEAD);
    files.insert("rows.toml".into(), text.into());
    files
}

/// The first problem: where, what is underlined, what is said.
#[track_caller]
fn problem(text: &str) -> (String, String, String) {
    let report = compile(&with_rows(text)).err().unwrap_or_else(|| panic!("it compiles: {text}"));
    let found = &report[0];
    (format!("{}:{}:{}", found.file, found.line, found.column), found.slice(), found.message.clone())
}

#[track_caller]
fn assert_wrong(condition: &str, slice: &str, message: &str) {
    let text = format!("[[filter]]\ntable = \"housing.buyers\"\nwhere = \"{condition}\"\n");
    let (place, underlined, said) = problem(&text);
    assert!(place.starts_with("rows.toml:3:"), "{place}");
    assert_eq!((underlined.as_str(), said.as_str()), (slice, message), "{condition}");
}

#[test]
fn conditions_are_one_expression_of_a_small_language() {
    for split in ["a = 1) FROM (x", "1), (2", "a) AS (b", "1) UNION SELECT (2", "1) WHERE (true", "1), (true"] {
        let text = format!("[[filter]]\ntable = \"housing.buyers\"\nwhere = \"{split}\"\n");
        assert!(compile(&with_rows(&text)).is_err(), "{split}");
    }
    let no = |what: &str| format!("{what} cannot stand in a condition of rows.toml");
    assert_wrong("a = $1", "$", &no("a parameter"));
    assert_wrong("count(*) > 1", "count", &no("an aggregate, a window function, or a call with names"));
    assert_wrong("a IS DISTINCT FROM 1", "IS", &no("IS DISTINCT FROM and NULLIF"));
    assert_wrong(
        "a OPERATOR(evil.=) 1",
        "OPERATOR",
        "an operator of another schema cannot stand in a condition of rows.toml",
    );
    assert_wrong("id IN (SELECT id FROM agents)", "agents", "`agents` is not qualified");
    assert_wrong("d = current_date", "current_date", "CURRENT_DATE depends on the TimeZone of the client");
    assert_wrong(
        "EXISTS (SELECT 1 FROM a.b LIMIT 1)",
        "EXISTS",
        &no("a subquery with more than SELECT, FROM and WHERE"),
    );
}

#[test]
fn rules_say_what_they_are_about() {
    let (place, slice, message) = problem("[[filter]]\ntable = \"buyers\"\nwhere = \"true\"\n");
    assert_eq!((place.as_str(), slice.as_str()), ("rows.toml:2:9", "\"buyers\""));
    assert_eq!(message, "`buyers` is not a qualified name");
    let (_, _, message) = problem("[[filter]]\ntable = \"a.b\"\n");
    assert_eq!(message, "`where` is missing here");
    let (_, _, message) = problem("[[retention]]\ntable = \"a.b\"\ncolumn = \"c\"\n");
    assert_eq!(message, "one age is needed here");
    let (_, _, message) = problem("[[retention]]\ntable = \"a.b\"\ncolumn = \"c\"\nyears = 0\n");
    assert_eq!(message, "this is no age");
    let (_, _, message) = problem("[[consent]]\ntable = \"a.b\"\nwhere = \"c\"\n");
    assert_eq!(message, "`category` is missing here");
    let (_, slice, message) = problem("[[filter]]\nwho = \"app:nobody\"\ntable = \"a.b\"\nwhere = \"c\"\n");
    assert_eq!((slice.as_str(), message.as_str()), ("\"app:nobody\"", "`identity.toml` has no application `nobody`"));
    let (_, slice, _) = problem("[[filter]]\ntabel = \"a.b\"\ntable = \"a.b\"\nwhere = \"c\"\n");
    assert_eq!(slice, "tabel");
}

#[test]
fn whoever_a_rule_concerns_is_restricted() {
    let text = "[[filter]]\nwho = \"role:sales\"\nexcept = \"user:boss\"\ntable = \"a.b\"\nwhere = \"true\"\n";
    let mut files = with_rows(text);
    let all = "p, role:all, *, clear, *, allow\n";
    let members = ["clerk", "boss", "other"].map(|user| format!("g, user:{user}, role:all\n")).concat();
    files.insert("policy.csv".into(), format!("{HEAD}g, user:boss, role:sales\n{all}{members}"));
    let policy = compiled(&files);
    let unrestricted = |user| policy.decide(&policy.principal(user, None, None)).unrestricted();
    assert_eq!(["clerk", "boss", "other"].map(unrestricted), [false, true, true]);
    assert_eq!(policy.row_rules(&policy.principal("clerk", None, None)), [("clerk".into(), vec![0])]);
}
