//! Masks inside of documents and lists that are saved back.

use super::*;

const PROFILE: &str = r#"INSERT INTO crm.profiles VALUES (1,
    '{"phone": "13800000024", "level": 1, "contacts": [{"kin": true, "name": "王伟"}, {"kin": false, "name": "王芳"}]}',
    '{"phone": "13800000024", "level": 1}', '{13811110001,13822220001,13833330001}', '37020219900101001X')"#;

async fn profile() -> (String, Client) {
    let (database, client) = database().await;
    shared().sql(&database, PROFILE);
    (database, client)
}

fn stored(database: &str) -> String {
    shared().sql(database, "SELECT p FROM crm.profiles p").trim().to_owned()
}

async fn all_refused(values: &[(&str, &str)]) {
    let (database, client) = profile().await;
    let before = stored(&database);
    for (column, value) in values {
        let statement = format!("UPDATE crm.profiles SET {column} = '{value}' WHERE id = 1");
        refused(&client, &statement).await;
        assert_eq!(stored(&database), before, "{statement}");
    }
}

/// What is stored once a value has been saved over the profile.
async fn saved(column: &str, value: &str) -> String {
    let (database, client) = profile().await;
    let statement = format!("UPDATE crm.profiles SET {column} = '{value}' WHERE id = 1");
    client.simple_query(&statement).await.unwrap_or_else(|error| panic!("{statement}: {error:?}"));
    shared().sql(&database, &format!("SELECT {column} FROM crm.profiles")).trim().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_too_long_for_a_domain_is_no_value() {
    let (database, client) = profile().await;
    let before = stored(&database);
    for statement in [
        "UPDATE crm.profiles SET id_no = '123456789012345678901' WHERE id = 1",
        "INSERT INTO crm.profiles (id) VALUES (1) ON CONFLICT (id) DO UPDATE SET id_no = '123456789012345678901'",
        "UPDATE crm.profiles SET phones = ARRAY['123456789012345678901'] WHERE id = 1",
    ] {
        let error = client.simple_query(statement).await.expect_err(statement);
        assert_eq!(error.code(), Some(&SqlState::STRING_DATA_RIGHT_TRUNCATION), "{statement}");
        assert_eq!(stored(&database), before, "{statement}");
    }
    for value in ["37020219900101002X", "37020219900101002X  "] {
        assert_eq!(saved("id_no", value).await, "37020219900101002X", "blanks are cut off");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reading_without_its_fill_is_refused_inside_of_values() {
    let values = [
        ("extra", r#"{"phone": "1380024"}"#),
        ("extra", r#"{"phone": 1380024}"#),
        ("extra", r#"{"contacts": [{"name": "王"}]}"#),
        ("raw", r#"{"phone" : "+86 138 0024"}"#),
        ("phones", "{1380001}"),
    ];
    all_refused(&values).await;
    assert_eq!(saved("raw", r#"{"phone": "13800000025"}"#).await, r#"{ "phone" : "13800000025" }"#);
}

#[tokio::test(flavor = "multi_thread")]
async fn masks_that_look_alike_are_not_taken_for_each_other() {
    let values = [
        ("extra", r#"{"contacts": [{"kin": false, "name": "王**"}]}"#),
        ("extra", r#"{"contacts": [{"kin": false, "name": "王**"}, {"kin": true, "name": "王**"}]}"#),
        ("extra", r#"{"contacts": [{"kin": 1, "name": "王**"}, {"kin": 2, "name": "王**"}]}"#),
        ("phones", "{138****0001,138****0001}"),
        ("phones", "{15000000000,138****0001,138****0001,138****0001}"),
    ];
    all_refused(&values).await;
    let (one, other) = (r#"{"kin": true, "name": "王伟"}"#, r#"{"kin": false, "name": "王芳"}"#);
    let masked = |all: &str| format!(r#"{{"contacts": [{}]}}"#, all.replace("王伟", "王**").replace("王芳", "王**"));
    let written = |all: &str| format!(r#"{{"contacts": [{all}]}}"#);
    for all in [
        one.to_owned(),
        format!("{one}, {other}"),
        format!(r#"{one}, {other}, {{"name": "李四"}}"#),
        format!(r#"{one}, {{"kin": "no", "name": "王芳"}}"#),
        String::new(),
    ] {
        assert_eq!(saved("extra", &masked(&all)).await, written(&all));
    }
    let changed = saved("phones", "{138****0001,15000000000,138****0001}").await;
    assert_eq!(changed, "{13811110001,15000000000,13833330001}");
    let more = saved("phones", "{138****0001,138****0001,138****0001,15000000000}").await;
    assert_eq!(more, "{13811110001,13822220001,13833330001,15000000000}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mask_at_another_place_of_a_document_is_refused() {
    let values = [
        ("extra", r#"{"contacts": "138****0024"}"#),
        ("extra", r#"{"tel": "138****0024", "level": 1}"#),
        ("extra", r#"{"phone": {"x": "138****0024"}}"#),
        ("extra", r#"{"list": ["王**"]}"#),
        ("raw", r#""138****0024""#),
        ("raw", r#"{"a": {"phone": "138****0024"}}"#),
        ("raw", r#"{"phone": "138****0024", "x": "\u0000"}"#),
    ];
    all_refused(&values).await;
    let other = r#"{"note": "a 5* house, really??"}"#;
    assert_eq!(saved("extra", other).await, other);
}

/// What reads as nothing, and what drivers, serializers and forms make of it, leaves what is there.
#[tokio::test(flavor = "multi_thread")]
async fn what_reads_as_nothing_survives_whatever_says_nothing() {
    let (database, client) = database().await;
    let strange = r#"INSERT INTO crm.profiles VALUES (1, '"13800000024"', '"13800000024"', '[0:1]={13811110001,NULL}'),
        (2, '["13800000024"]', '{"phone": "13800000024\u0000"}', '[2:3][1:1]={{13811110001},{13822220001}}'),
        (3, '{"phone": {"home": "13800000024"}, "level": 1}', '{"phone": ["13800000024"], "level": 1}', '{13811110001}'),
        (4, 'null', 'null', NULL)"#;
    shared().sql(&database, strange);
    let all = || shared().sql(&database, "SELECT p FROM crm.profiles p WHERE id < 4 ORDER BY id").trim().to_owned();
    let before = all();
    for column in ["extra", "raw"] {
        for value in ["NULL", "'null'", "'{}'", "'[]'", "'\"\"'"] {
            let statement = format!("UPDATE crm.profiles SET {column} = {value} WHERE id < 3");
            client.simple_query(&statement).await.unwrap_or_else(|error| panic!("{statement}: {error:?}"));
            assert_eq!(all(), before, "{statement}");
        }
        let statement = format!("UPDATE crm.profiles SET {column} = '{{\"level\": 1}}' WHERE id = 3");
        client.simple_query(&statement).await.unwrap_or_else(|error| panic!("{statement}: {error:?}"));
        let kept = shared().sql(&database, &format!("SELECT {column} -> 'phone' FROM crm.profiles WHERE id = 3"));
        assert!(kept.contains("13800000024"), "{statement}: {kept}");
        // nothing is hidden there
        for (value, then) in [("'{}'", "{}"), ("NULL", "")] {
            let statement = format!("UPDATE crm.profiles SET {column} = {value} WHERE id = 4");
            client.simple_query(&statement).await.unwrap_or_else(|error| panic!("{statement}: {error:?}"));
            let stored = shared().sql(&database, &format!("SELECT {column} FROM crm.profiles WHERE id = 4"));
            assert_eq!(stored.trim(), then, "{statement}");
        }
    }
    let lists = shared().sql(&database, "SELECT phones FROM crm.profiles ORDER BY id");
    let without_bounds = "UPDATE crm.profiles SET phones = CASE id WHEN 1 THEN '{NULL,NULL}' ELSE '{{NULL},{NULL}}' END::varchar(20)[] WHERE id < 3";
    client.simple_query(without_bounds).await.expect("kept");
    assert_eq!(shared().sql(&database, "SELECT phones FROM crm.profiles ORDER BY id"), lists);
}

/// A part is changed over what is read, as a program would that reads it, changes it and saves it.
#[tokio::test(flavor = "multi_thread")]
async fn a_part_of_a_document_or_a_list_is_changed() {
    let contacts = r#""contacts": [{"kin": true, "name": "王伟"}, {"kin": false, "name": "王芳"}]"#;
    for (value, extra) in [
        (r#"extra || '{"level": 2}'"#, format!(r#"{{"level": 2, "phone": "13800000024", {contacts}}}"#)),
        (
            r#"jsonb_set(COALESCE(extra, '{}'::jsonb), '{stars}', '5') - 'level'"#,
            format!(r#"{{"phone": "13800000024", "stars": 5, {contacts}}}"#),
        ),
        (
            r#"jsonb_set(profiles.extra, '{phone}', '"13900000000"')"#,
            format!(r#"{{"level": 1, "phone": "13900000000", {contacts}}}"#),
        ),
        (
            r#"extra #- '{contacts,1}'"#,
            r#"{"level": 1, "phone": "13800000024", "contacts": [{"kin": true, "name": "王伟"}]}"#.to_owned(),
        ),
    ] {
        let (database, client) = profile().await;
        let statement = format!("UPDATE crm.profiles SET extra = {value} WHERE id = 1");
        client.simple_query(&statement).await.unwrap_or_else(|error| panic!("{statement}: {error:?}"));
        assert_eq!(shared().sql(&database, "SELECT extra FROM crm.profiles").trim(), extra, "{statement}");
    }
    for value in ["array_append(phones, '15000000000'::varchar)", "phones || ARRAY['15000000000']::varchar[]"] {
        let (database, client) = profile().await;
        let statement = format!("UPDATE crm.profiles SET phones = {value} WHERE id = 1");
        client.simple_query(&statement).await.unwrap_or_else(|error| panic!("{statement}: {error:?}"));
        let phones = shared().sql(&database, "SELECT phones FROM crm.profiles");
        assert_eq!(phones.trim(), "{13811110001,13822220001,13833330001,15000000000}", "{statement}");
    }
}

/// What all reads as null is not swallowed by something that is joined to it.
#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_joined_to_what_hides() {
    let (database, client) = database().await;
    shared().sql(&database, r#"INSERT INTO crm.profiles (id, extra) VALUES (1, '"13800000024"'), (2, '{"level": 1}')"#);
    for value in [r#"extra || '{"level": 2}'"#, r#"extra || '[1]'"#, r#"jsonb_set(extra, '{level}', '2')"#] {
        let statement = format!("UPDATE crm.profiles SET extra = {value}");
        client.simple_query(&statement).await.expect_err(&statement);
        let stored = shared().sql(&database, "SELECT string_agg(extra::text, ' ' ORDER BY id) FROM crm.profiles");
        assert_eq!(stored.trim(), r#""13800000024" {"level": 1}"#, "{statement}");
    }
}

/// A reading is not put elsewhere by what changes parts.
#[tokio::test(flavor = "multi_thread")]
async fn no_part_of_a_reading_is_moved() {
    let (database, client) = profile().await;
    let before = stored(&database);
    for (column, value) in [
        ("extra", "jsonb_set('{}', '{copy}', extra)"),
        ("extra", "jsonb_set(extra, '{copy}', extra -> 'phone')"),
        ("extra", "extra || jsonb_build_object('copy', extra -> 'phone')"),
        ("extra", "extra || jsonb_build_object('copy', id_no)"),
        ("extra", r#"'{"a": 1}' || extra"#),
        ("extra", "extra || extra"),
        ("extra", r#"jsonb_set(extra, '{phone}', '"139****0024"')"#),
        ("phones", "phones || '139****0024'::varchar"),
        ("extra", "raw::jsonb || '{}'"),
        ("extra", "(extra -> 'contacts') || '[]'"),
        ("extra", "extra - (extra ->> 'phone')"),
        ("extra", "(extra || '{}')::text::jsonb"),
        ("raw", "(extra || '{}')::json"),
        ("phones", "array_append(phones, phones[1])"),
        ("phones", "ARRAY['1']::varchar[] || phones"),
        ("id_no", "id_no || '1'"),
    ] {
        refused(&client, &format!("UPDATE crm.profiles SET {column} = {value} WHERE id = 1")).await;
        assert_eq!(stored(&database), before, "{column} = {value}");
    }
}
