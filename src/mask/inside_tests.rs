//! Masks inside of values, and what an adversary puts there.

use super::*;

fn array(class: TypeClass) -> ColumnType {
    ColumnType { sql: "pg_catalog.text[]".into(), class: TypeClass::Array(Box::new(class)) }
}

fn jsonb() -> ColumnType {
    ColumnType { sql: "pg_catalog.jsonb".into(), class: TypeClass::Jsonb }
}

fn json() -> ColumnType {
    ColumnType { sql: "pg_catalog.json".into(), class: TypeClass::Json }
}

fn text() -> ColumnType {
    ColumnType { sql: "pg_catalog.text".into(), class: TypeClass::Text }
}

fn document(keep: bool, paths: &[(&str, &str)]) -> Mask {
    let each = paths.iter().map(|(path, mask)| (path.parse().unwrap(), Some(toml::from_str(mask).unwrap())));
    Mask::Json(Json::new(keep, each).unwrap())
}

const PHONES: [(&str, &str); 2] = [("$.phone", "phone = true"), ("$.contacts[*].phone", "phone = true")];

#[test]
fn elements_are_masked_and_the_shape_stays() {
    let phones: Mask = toml::from_str("each = { phone = true }").unwrap();
    for (value, masked) in [
        ("{13812345678,NULL,\"\"}", "{138****5678,NULL,\"\"}"),
        ("{{13812345678,x},{NULL,1}}", "{{138****5678,****},{NULL,****}}"),
        ("[0:1]={13812345678,13912345678}", "[0:1]={NULL,NULL}"),
        ("{{{13812345678}}}", "{{{NULL}}}"),
        ("{\"a,b\",\"NULL\",\"\\\"\"}", "{****,****,****}"),
        ("{}", "{}"),
    ] {
        assert_eq!(phones.apply(value, &array(TypeClass::Text)).as_deref(), Some(masked), "{value}");
    }
    assert!(phones.looks_masked("{13900000000,138****5678}", &array(TypeClass::Text)));
    assert!(!phones.looks_masked("{13900000000,NULL}", &array(TypeClass::Text)));
}

#[test]
fn a_list_written_back_keeps_what_was_only_read() {
    let phones: Mask = toml::from_str("each = { phone = true }").unwrap();
    let restored = |value| phones.restored("{13812345678,13912340000}", value, &array(TypeClass::Text)).unwrap();
    assert_eq!(restored("{138****5678,139****0000}"), "{13812345678,13912340000}");
    assert_eq!(restored("{138****5678,15000000000}"), "{13812345678,15000000000}");
    assert_eq!(restored("{138****5678}"), "{13812345678}");
    assert_eq!(restored("{138****5678,139****0000,186}"), "{13812345678,13912340000,186}");
    assert_eq!(restored("{139****0000}"), "{139****0000}", "at another position it is a masked reading still");
    assert_eq!(restored("{1385678,x}"), "{138****5678,x}", "without its fill it is a masked reading, too");
}

/// Whatever stands where a text was expected, nothing of it shows.
#[test]
fn a_leaf_of_another_kind_is_hidden_wholly() {
    let mask = document(true, &PHONES);
    for value in [
        "{\"phone\": {\"mobile\": \"13812345678\"}}",
        "{\"phone\": [\"13812345678\"]}",
        "{\"phone\": 13812345678}",
        "{\"phone\": true}",
        "{\"contacts\": \"13812345678\"}",
        "{\"contacts\": 13812345678}",
        "{\"contacts\": {\"phone\": \"13812345678\"}}",
        "{\"contacts\": [\"13812345678\", [\"13812345678\"], {\"phone\": [\"13812345678\"]}]}",
        "\"13812345678\"",
        "[\"13812345678\"]",
        "13812345678",
    ] {
        for ty in [json(), jsonb()] {
            let masked = mask.apply(value, &ty).unwrap();
            assert!(!masked.contains("1381") && !masked.contains("true"), "{value} shows {masked}");
        }
    }
}

#[test]
fn equal_keys_are_all_masked_and_escaped_keys_are_read() {
    let mask = document(true, &PHONES);
    let twice = "{\"phone\":\"13812345678\",\"\\u0070hone\" : \"13987654321\",\"x\":1}";
    assert_eq!(
        mask.apply(twice, &json()).unwrap(),
        "{ \"phone\" : \"138****5678\", \"phone\" : \"139****4321\", \"x\" : 1 }"
    );
    for unreadable in ["{\"phone\":\"138\",\"x\":\"\\u0000\"}", "{\"\\ud800\":1}", "{\"x\":\"\\\\\\ude00\"}"] {
        assert_eq!(mask.apply(unreadable, &json()).unwrap(), "null", "{unreadable}");
    }
}

#[test]
fn keys_that_no_path_names_vanish_unless_they_are_kept() {
    let value = "{\"phone\": \"13812345678\", \"13900000000\": \"friend\", \"contacts\": [{\"name\": \"x\"}]}";
    let hidden = document(false, &PHONES).apply(value, &jsonb()).unwrap();
    assert_eq!(hidden, "{\"phone\": \"138****5678\", \"contacts\": [{}]}");
    assert!(document(true, &PHONES).apply(value, &jsonb()).unwrap().contains("friend"));
}

#[test]
fn a_document_written_back_keeps_what_was_only_read_or_not_shown() {
    let stored =
        "{\"note\": 1, \"phone\": \"13812345678\", \"secret\": 2, \"contacts\": [{\"phone\": \"13912340000\"}]}";
    let (kept, closed) = (document(true, &PHONES), document(false, &PHONES));
    let edited =
        "{\"note\": 5, \"phone\": \"138****5678\", \"secret\": 2, \"contacts\": [{\"phone\": \"139****0000\"}]}";
    assert_eq!(
        kept.restored(stored, edited, &jsonb()).unwrap(),
        "{\"note\": 5, \"phone\": \"13812345678\", \"secret\": 2, \"contacts\": [{\"phone\": \"13912340000\"}]}"
    );
    let edited = "{\"phone\": \"15000000000\", \"contacts\": []}";
    assert_eq!(
        closed.restored(stored, edited, &jsonb()).unwrap(),
        "{\"note\": 1, \"phone\": \"15000000000\", \"secret\": 2, \"contacts\": []}"
    );
    let bare = kept.restored(stored, "{\"phone\": \"+86 138 5678\"}", &jsonb()).unwrap();
    assert_eq!(bare, "{\"phone\": \"138****5678\"}", "a masked reading still");
    let hidden = document(true, &[("$.phone", "null = true")]);
    assert!(hidden.restored(stored, "{\"phone\": null}", &jsonb()).unwrap().contains("13812345678"));
    assert!(hidden.restored(stored, "{\"phone\": \"\"}", &jsonb()).unwrap().contains("13812345678"));
}

#[test]
fn paths_are_read_strictly() {
    for bad in [
        "",
        "$",
        "phone",
        "$.",
        "$..phone",
        "$.a[0]",
        "$[",
        "$.a[*",
        "$.a*",
        "$.a b",
        "$.\"a",
        "$.a.\"\\u0061\"",
        "$ .a",
    ] {
        assert!(bad.parse::<Path>().is_err(), "{bad}");
    }
    for good in ["$.phone", "$[*]", "$[*][*]", "$.a.b[*].c", "$.\"a.b [*]\"", "$.手机"] {
        assert!(good.parse::<Path>().is_ok(), "{good}");
    }
    let both = |one: &str, other: &str| Json::new(true, [one, other].map(|path| (path.parse().unwrap(), None)));
    for (one, other) in [("$.a", "$.a"), ("$.a", "$.a.b"), ("$.a.b", "$.a"), ("$.a[*]", "$.a"), ("$.a", "$.\"a\"")] {
        assert!(both(one, other).is_err(), "{one} and {other}");
    }
    assert!(both("$.a[*]", "$.a.b").is_ok(), "a list or an object");
}

fn pseudonym(spelled: &str, key: &str, scope: &[&str]) -> Mask {
    let mask: Mask = toml::from_str(spelled).unwrap();
    let bound = mask.pseudonym().unwrap().with(&MasterKey::new(key.as_bytes()).unwrap(), scope);
    mask.with_pseudonym(bound)
}

const DIGITS: &str = "pseudonym = { key = \"crm\", per = \"principal\", format = \"digits\", length = 11 }";

#[test]
fn pseudonyms_are_stable_and_differ_by_key_and_scope() {
    let key = "sixteen bytes at least";
    let of = |mask: &Mask, value: &str| mask.apply(value, &text()).unwrap();
    let clerk = pseudonym(DIGITS, key, &["clerk", "crm"]);
    let first = of(&clerk, "13812345678");
    assert_eq!(first, of(&clerk, "13812345678"));
    assert!(first.len() == 11 && first.starts_with("00") && clerk.looks_masked(&first, &text()), "{first}");
    assert!(!clerk.looks_masked("13812345678", &text()) && !clerk.looks_masked("01087654321", &text()));
    // The parts of a scope do not run into each other.
    for other in [&["clerkc", "rm"][..], &["clerk", ""], &["sales", "crm"], &[]] {
        assert_ne!(first, of(&pseudonym(DIGITS, key, other), "13812345678"), "{other:?}");
    }
    assert_ne!(first, of(&pseudonym(DIGITS, "another key of 16 bytes", &["clerk", "crm"]), "13812345678"));
    let numbers: std::collections::BTreeSet<String> = (0..10_000).map(|n| of(&clerk, &format!("138{n:08}"))).collect();
    assert!(numbers.len() > 9_995, "{} of 10,000", numbers.len());
}

#[test]
fn a_key_shows_nowhere_but_in_the_expression() {
    let mask = pseudonym(DIGITS, "sixteen bytes at least", &["clerk"]);
    let sql = mask.sql("\"c\"", &text()).unwrap();
    assert_eq!(mask.secrets().len(), 2);
    for secret in mask.secrets() {
        assert!(sql.contains(&secret));
        assert!(!format!("{mask:?}").contains(&secret), "{mask:?}");
    }
    assert!(!sql.contains("sixteen") && !format!("{mask:?}").contains("sixteen"));
}

#[test]
fn without_its_key_a_pseudonym_fits_no_column() {
    let mask: Mask = toml::from_str(DIGITS).unwrap();
    assert!(!mask.supports(&TypeClass::Text) && mask.fits(&TypeClass::Text));
    assert!(mask.sql("c", &text()).is_err() && mask.apply("x", &text()).is_none());
    assert!(!mask.fits(&TypeClass::Varchar(Some(10))) && mask.fits(&TypeClass::Varchar(Some(11))));
    assert!(MasterKey::new(b"short").is_err());
    for bad in [
        "pseudonym = { key = \"\", per = \"bundle\", format = \"hex\", length = 20 }",
        "pseudonym = { key = \"../x\", per = \"bundle\", format = \"hex\", length = 20 }",
        "pseudonym = { key = \"x\", per = \"bundle\", format = \"digits\", length = 9 }",
        "pseudonym = { key = \"x\", per = \"bundle\", format = \"hex\", length = 65 }",
        "pseudonym = { key = \"x\", per = \"all\", format = \"hex\", length = 20 }",
        "each = { null = true }",
        "each = { each = { phone = true } }",
    ] {
        assert!(toml::from_str::<Mask>(bad).is_err(), "{bad}");
    }
}

#[test]
fn a_domain_is_masked_as_what_it_is_over() {
    let over = |class| ColumnType { sql: "\"s\".\"d\"".into(), class: TypeClass::Domain(Box::new(class)) };
    let phone = Mask::named("phone").unwrap();
    assert_eq!(phone.apply("13812345678", &over(TypeClass::Varchar(Some(20)))).as_deref(), Some("138****5678"));
    let checked = TypeClass::Checked(Box::new(TypeClass::Varchar(Some(20))));
    assert!(!phone.supports(&checked), "a domain with a constraint");
    assert!(!phone.supports(&TypeClass::Composite) && !phone.supports(&over(TypeClass::Int4).class));
}
