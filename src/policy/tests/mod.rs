//! What bundles mean, what is said about wrong ones, and what they cannot be tricked into.

mod alerts;
mod attacks;
mod decisions;
mod diagnostics;
mod end_users;
mod limits;
mod property;
mod rows;

use std::collections::BTreeMap;

use super::{Policy, compile};

/// A classification with four categories; `housing.buyers` has a column of each.
pub(crate) const CLASSIFICATION: &str = r#"
[defaults]
unclassified = "clear"

[category."pii/name"]
title = "姓名"
level = "important"

[category."pii/contact/phone"]
title = "联系电话"
level = "sensitive"

[category."pii/contact/email"]
level = "important"

[category."pii/identity/id-card"]
level = "sensitive"

[table."housing.buyers"]
subject = "id"
dimensions = { project = "project_id" }

[table."housing.buyers".columns]
id = "public"
name = "pii/name"
phone = "pii/contact/phone"
email = "pii/contact/email"
id_no = "pii/identity/id-card"
"#;

pub(crate) const IDENTITY: &str = r#"
[[application]]
name = "crm"
login = "crm_app"
from = ["10.0.0.0/8"]
purposes = ["callback", "filing"]

[[application]]
name = "desk"
login = ["desk_app", "clerk_017"]
purposes = ["filing"]
"#;

/// A bundle of `policy.csv` and the files above.
pub(crate) fn files(rules: &str) -> BTreeMap<String, String> {
    let all = [("policy.csv", rules), ("classification.toml", CLASSIFICATION), ("identity.toml", IDENTITY)];
    all.into_iter().map(|(name, text)| (name.to_owned(), text.to_owned())).collect()
}

/// The bundle with one file put in or replaced.
pub(crate) fn with(rules: &str, name: &str, text: &str) -> BTreeMap<String, String> {
    let mut files = files(rules);
    files.insert(name.to_owned(), text.to_owned());
    files
}

#[track_caller]
pub(crate) fn policy(rules: &str) -> Policy {
    compiled(&files(rules))
}

#[track_caller]
pub(crate) fn compiled(files: &BTreeMap<String, String>) -> Policy {
    match compile(files) {
        Ok(policy) => policy,
        Err(report) => panic!("{}", report.iter().map(|found| found.render()).collect::<String>()),
    }
}

/// What database user `user` reads: `name phone email id-card`, each as `clear`, `masked` or `hidden`.
#[track_caller]
pub(crate) fn reads(policy: &Policy, user: &str) -> String {
    reads_as(policy, &policy.principal(user, None, None))
}

pub(crate) fn reads_as(policy: &Policy, principal: &crate::model::principal::Principal) -> String {
    let decisions = policy.decide(principal);
    let categories = ["pii/name", "pii/contact/phone", "pii/contact/email", "pii/identity/id-card"];
    let rights = categories.map(|category| {
        let category = crate::model::category::Category::parse(category).unwrap();
        decisions.of(&category).unwrap().right.as_str()
    });
    rights.join(" ")
}

/// The example bundle, as it stands in `policies/`.
pub(crate) fn example() -> BTreeMap<String, String> {
    let files = [
        ("classification.toml", include_str!("../../../policies/classification.toml")),
        ("identity.toml", include_str!("../../../policies/identity.toml")),
        ("masks.toml", include_str!("../../../policies/masks.toml")),
        ("policy.csv", include_str!("../../../policies/policy.csv")),
    ];
    files.into_iter().map(|(name, text)| (name.to_owned(), text.to_owned())).collect()
}

#[test]
fn the_example_bundle_compiles_and_means_what_it_says() {
    let policy = compiled(&example());
    assert_eq!(reads(&policy, "registrar_01"), "clear clear clear clear");
    assert_eq!(reads(&policy, "sales_01"), "clear masked masked masked");
    assert_eq!(reads(&policy, "clerk_017"), "clear clear masked masked");
    assert_eq!(reads(&policy, "marketing_01"), "masked hidden hidden hidden");
    assert_eq!(reads(&policy, "somebody"), "masked masked masked masked");
    let dba = policy.principal("dba", None, None);
    assert!(policy.decide(&dba).unrestricted() && !policy.records(&dba));
}

/// Fenced blocks of one language in the reference.
fn blocks(language: &str) -> Vec<&'static str> {
    let reference = include_str!("../../../docs/policy.md");
    let fence = format!("```{language}\n");
    reference.split(fence.as_str()).skip(1).filter_map(|rest| rest.split("```").next()).collect()
}

#[test]
fn the_examples_of_the_reference_are_a_bundle() {
    let toml = blocks("toml");
    let files = [
        ("policy.csv", blocks("csv")[0]),
        ("classification.toml", toml[0]),
        ("masks.toml", toml[1]),
        ("rows.toml", toml[2]),
        ("identity.toml", toml[3]),
        ("model.conf", blocks("ini")[0]),
    ];
    let policy = compiled(&files.into_iter().map(|(name, text)| (name.to_owned(), text.to_owned())).collect());
    let clerk = policy.principal_of("clerk_017", "crm").unwrap();
    let decisions = policy.decide(&clerk);
    let phone = crate::model::category::Category::parse("pii/contact/phone").unwrap();
    assert_eq!(decisions.of(&phone).unwrap().right, crate::model::facts::Right::Clear);
}
