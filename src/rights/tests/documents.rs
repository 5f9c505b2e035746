//! Documents: what each principal reads of each part.

use super::*;
use crate::mask::{Mask, MasterKey};

const PROFILE: &str = r#"
[table."housing.profiles".json.extra]
"$.name" = { category = "pii/name", mask = "name" }
"$.contacts[*].phone" = { category = "pii/contact/phone", mask = "phone" }
"$.level" = "public"
"#;

fn profiles(class: TypeClass) -> Snapshot {
    let mut relation = table(21000, "housing.profiles", &["extra"]);
    relation.columns[0].ty = ColumnType { sql: "pg_catalog.jsonb".into(), class };
    snapshot(vec![relation])
}

/// What `user` reads of a document.
fn reads(classification: &str, user: &str) -> String {
    let snapshot = profiles(TypeClass::Jsonb);
    let rights = rights(classification, &snapshot, user);
    let Some(RelationRight::Masked(columns)) = rights.relation(Oid(21000)) else { return "as it is".into() };
    let value = "{\"x\": 1, \"name\": \"王小明\", \"level\": 2, \"contacts\": [{\"phone\": \"13812345678\"}]}";
    columns[0].mask.as_ref().unwrap().apply(value, &columns[0].ty).unwrap_or_else(|| "NULL".into())
}

#[test]
fn each_part_is_read_by_its_own_category() {
    let masked = "{\"name\": \"王**\", \"level\": 2, \"contacts\": [{\"phone\": \"138****5678\"}]}";
    assert_eq!(reads(PROFILE, "clerk"), masked);
    let caller = "{\"name\": \"王**\", \"level\": 2, \"contacts\": [{\"phone\": \"13812345678\"}]}";
    assert_eq!(reads(PROFILE, "caller"), caller);
    assert_eq!(reads(PROFILE, "nobody"), "{\"name\": null, \"level\": 2, \"contacts\": [{\"phone\": null}]}");
    assert_eq!(reads(PROFILE, "registrar"), "as it is");
}

#[test]
fn the_rest_is_hidden_unless_it_is_said_to_be_something() {
    assert!(reads(&format!("{PROFILE}rest = \"public\""), "clerk").contains("\"x\": 1"));
    let phones = format!("{PROFILE}rest = \"pii/contact/phone\"");
    assert!(!reads(&phones, "clerk").contains("\"x\"") && reads(&phones, "caller").contains("\"x\": 1"));
    let hidden = PROFILE.replace("\"$.level\" = \"public\"", "");
    assert_eq!(reads(&hidden, "nobody"), "NULL", "nothing of it shows");
}

#[test]
fn what_cannot_apply_is_told_and_hidden() {
    let snapshot = profiles(TypeClass::Text);
    let found = report(PROFILE, &snapshot).diagnostics;
    assert!(found[0].message.contains("has no JSON paths"), "{found:?}");
    assert_eq!(seen(&rights(PROFILE, &snapshot, "clerk"), 21000), "h");
    let checked = profiles(TypeClass::Checked(Box::new(TypeClass::Jsonb)));
    let whole = "[table.\"housing.profiles\".columns]\nextra = { category = \"pii/name\", mask = \"name\" }\n";
    let found = report(whole, &checked).diagnostics;
    assert!(found[0].help.as_deref().is_some_and(|help| help.contains("constraint of the domain")), "{found:?}");
    assert_eq!(seen(&rights(whole, &checked, "clerk"), 21000), "h");
}

const ALIAS: &str = "[alias]\npseudonym = { key = \"crm\", per = \"principal\", format = \"hex\", length = 20 }\n";

#[test]
fn each_principal_has_pseudonyms_of_its_own_and_none_without_a_key() {
    let named = format!("{CATEGORIES}[table.\"t.t\".columns]\nv = {{ category = \"pii/name\", mask = \"alias\" }}\n");
    let mut files = files("");
    files.insert("classification.toml".into(), named);
    files.insert("masks.toml".into(), ALIAS.into());
    let mut policy = compiled(&files);
    let snapshot = snapshot(vec![table(22000, "t.t", &["v"])]);
    let mask = |policy: &crate::policy::Policy, user: &str| -> Mask {
        let rights = bind(policy, &snapshot, &policy.principal(user, None, None));
        let Some(RelationRight::Masked(columns)) = rights.relation(Oid(22000)) else { panic!("{user}") };
        assert_eq!(rights.has_secrets(), columns[0].right == Right::Masked);
        assert_eq!(rights.shows_secret(columns[0].expression.as_deref().unwrap()), rights.has_secrets());
        columns[0].mask.as_deref().unwrap().clone()
    };
    assert_eq!(mask(&policy, "clerk"), Mask::Null);
    assert_eq!(policy.key_names().into_iter().collect::<Vec<_>>(), [Arc::from("crm")]);
    policy.keys.insert("crm".into(), MasterKey::new(b"sixteen bytes at least").unwrap());
    assert!(mask(&policy, "clerk").pseudonym().is_some());
    assert_ne!(mask(&policy, "clerk"), mask(&policy, "caller"));
    assert_eq!(mask(&policy, "clerk"), mask(&policy, "clerk"));
}
