//! Masks of arrays, documents, domains and pseudonyms: PostgreSQL and the Rust functions answer the same.

use menshen::mask::{Json, Mask, MasterKey};
use menshen::model::types::{ColumnType, TypeClass};
use rand::Rng;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use tokio_postgres::Client;

use super::{Kind, cast_target, compare_looks, format_of, kind, pairs, superuser, values};
use crate::cluster;

/// How many values of each type are tried.
const COUNT: usize = 120;

/// A mask as a bundle spells it; pseudonyms have a key.
pub fn bound(spelled: &str) -> Mask {
    let mask: Mask = toml::from_str(spelled).expect(spelled);
    match mask.pseudonym() {
        Some(pseudonym) => {
            let key = MasterKey::new(b"0123456789abcdef").expect("a key");
            mask.with_pseudonym(pseudonym.with(&key, &["clerk"]))
        }
        None => mask,
    }
}

fn array_of(element: &str, class: TypeClass, values: impl Fn(&mut StdRng) -> String + 'static) -> Kind {
    let class = TypeClass::Array(Box::new(class));
    kind(&format!("pg_catalog.{element}[]"), class, move |random| array(random, &values))
}

/// An array in PostgreSQL's form: of up to three dimensions, with other lower bounds now and then.
fn array(random: &mut StdRng, value: &dyn Fn(&mut StdRng) -> String) -> String {
    let dimensions: Vec<usize> = match random.random_range(0..10) {
        0 => return "{}".into(),
        1 | 2 => vec![random.random_range(1..4), random.random_range(1..4)],
        3 => vec![2, 1, random.random_range(1..3)],
        _ => vec![random.random_range(1..5)],
    };
    let mut prefix = String::new();
    if random.random_bool(0.2) {
        for length in &dimensions {
            let lower = random.random_range(-2..4i64);
            prefix += &format!("[{lower}:{}]", lower + *length as i64 - 1);
        }
        prefix.push('=');
    }
    format!("{prefix}{}", level(random, &dimensions, value))
}

fn level(random: &mut StdRng, dimensions: &[usize], value: &dyn Fn(&mut StdRng) -> String) -> String {
    let Some((length, rest)) = dimensions.split_first() else {
        return match random.random_range(0..8) {
            0 => "NULL".into(),
            _ => format!("\"{}\"", value(random).replace('\\', "\\\\").replace('"', "\\\"")),
        };
    };
    let items: Vec<String> = (0..*length).map(|_| level(random, rest, value)).collect();
    format!("{{{}}}", items.join(","))
}

const KEYS: &[&str] = &["phone", "contacts", "wechat", "name", "income", "born", "note", "a b", "手机", "x"];

/// A JSON value; `plain`: nothing that `jsonb` cannot hold.
fn document(random: &mut StdRng, depth: usize, plain: bool) -> String {
    let blank = |random: &mut StdRng| if plain { "" } else { ["", "", " ", "\n"].choose(random).expect("blanks") };
    match random.random_range(0..if depth > 3 { 6 } else { 10 }) {
        0 => "null".into(),
        1 => ["true", "false"].choose(random).expect("truth").to_string(),
        2 => number(random, plain),
        3..6 => string(random, plain),
        6 | 7 => {
            let items: Vec<String> =
                (0..random.random_range(0..4)).map(|_| document(random, depth + 1, plain)).collect();
            format!("[{}{}]", blank(random), items.join(", "))
        }
        _ => {
            let mut members = Vec::new();
            for _ in 0..random.random_range(0..5) {
                let key = KEYS.choose(random).expect("keys");
                members.push(format!(
                    "{}\"{key}\"{}: {}",
                    blank(random),
                    blank(random),
                    document(random, depth + 1, plain)
                ));
            }
            format!("{{{}}}", members.join(","))
        }
    }
}

fn number(random: &mut StdRng, plain: bool) -> String {
    match random.random_range(0..5) {
        0 if !plain => "1e999999".into(),
        1 => "9".repeat(random.random_range(28..33)),
        2 => format!("{:.3}", random.random_range(-5000.0..5000.0f64)),
        3 => "-0".into(),
        _ => random.random_range(-1_000_000..1_000_000i64).to_string(),
    }
}

fn string(random: &mut StdRng, plain: bool) -> String {
    const ODD: &[&str] = &[
        "\\u0000",
        "\\ud83d\\ude00",
        "\\ud83d",
        "\\ude00",
        "\\\\ud83d\\ude00",
        "\\\\u0000",
        "\\ud83d\\\\\\ude00",
        "\\/",
        "\\u4e2d",
        "\\uD83D\\uDE00",
        "\\\\\\u0000",
        "\\ud83d\\ud83d\\ude00",
    ];
    let text = match random.random_range(0..8) {
        0 if !plain => ODD.choose(random).expect("odd").to_string(),
        0 | 1 => "1990-05-17".into(),
        2 => "1990-05-17T10:00:00Z".into(),
        3 => "13812345678".into(),
        _ => {
            let text = serde_json::to_string(&values::text(random)).expect("a string");
            return if random.random_bool(0.02) && !plain { text.replace('a', "\\u0061") } else { text };
        }
    };
    format!("\"{text}\"")
}

async fn fill(client: &Client, table: &str, kind: &Kind, random: &mut StdRng) {
    let values: Vec<String> = (0..COUNT).map(|_| (kind.values)(random)).collect();
    client
        .batch_execute(&format!("CREATE TABLE {table} (i int PRIMARY KEY, v {})", kind.declared))
        .await
        .expect("created");
    let insert = format!(
        "INSERT INTO {table} SELECT o, u::{} FROM unnest($1::text[]) WITH ORDINALITY AS t(u, o)",
        cast_target(kind)
    );
    client.execute(&insert, &[&values]).await.unwrap_or_else(|error| panic!("{insert}: {error:?}"));
    client.batch_execute(&format!("INSERT INTO {table} VALUES (0, NULL); ANALYZE {table}")).await.expect("a NULL");
}

/// Masking, looking masked and restoring.
async fn agree(client: &Client, table: &str, kind: &Kind, mask: &Mask, context: &str) {
    let expression = mask.sql("\"v\"", &kind.ty).expect(context);
    assert!(expression.is_ascii(), "{expression}");
    let mut changed = false;
    for (value, masked) in pairs(client, &format!("SELECT v, {expression} FROM {table} ORDER BY i")).await {
        let expected = value.as_deref().and_then(|value| mask.apply(value, &kind.ty));
        assert_eq!(masked, expected, "{context}: {value:?}");
        changed |= value != masked;
        let (Some(masked), None) = (masked, mask.pseudonym()) else { continue };
        if mask.secrets().is_empty() {
            assert_eq!(mask.apply(&masked, &kind.ty).as_ref(), Some(&masked), "{context}: {value:?}, twice");
        }
    }
    assert!(changed, "{context}: nothing is masked");
    compare_looks(client, table, kind, mask, context).await;
    restores(client, table, kind, mask, context).await;
    let view = format!("masked_{table}");
    let create = format!("CREATE VIEW public.{view} AS SELECT {expression} AS v FROM {table}");
    client.batch_execute(&create).await.expect(context);
    assert_eq!(format_of(client, &view).await, format_of(client, table).await, "{context}");
    client.batch_execute(&format!("DROP VIEW public.{view}")).await.expect("dropped");
}

async fn restores(client: &Client, table: &str, kind: &Kind, mask: &Mask, context: &str) {
    let Some(restored) = mask.restored_sql("\"s\".\"v\"", "\"w\".\"v\"", &kind.ty) else { return };
    let masked = mask.sql("v", &kind.ty).expect(context);
    // A masked reading, and another value, over each stored one.
    for (written, there) in [(&*masked, "w.i = s.i"), ("v", "w.i = (s.i + 1) % 120"), (&masked, "w.i = s.i + 1")] {
        let query = format!(
            "SELECT s.v, w.v, {restored} FROM {table} s JOIN (SELECT i, {written} AS v FROM {table}) w ON {there} \
             ORDER BY s.i"
        );
        for row in super::rows(client, &query).await {
            let [stored, value, answer] = &row[..] else { panic!("three columns") };
            let expected = match (stored, value) {
                (Some(stored), Some(value)) => mask.restored(stored, value, &kind.ty),
                _ => value.clone(),
            };
            assert_eq!(answer, &expected, "{context}: {stored:?} and {value:?}");
        }
    }
}

async fn compare_all(stem: &str, kinds: Vec<Kind>, masks: &[(String, Mask)]) {
    let cluster = cluster::shared();
    let client = superuser(cluster, &cluster.fresh_database(stem)).await;
    let types = "CREATE COLLATION loose (provider = icu, locale = 'und-u-ks-level1', deterministic = false);
        CREATE DOMAIN public.mobile AS varchar(20); CREATE DOMAIN public.needed AS text NOT NULL;
        CREATE DOMAIN public.profile AS jsonb; CREATE DOMAIN public.numbers AS text[]; CREATE DOMAIN public.day AS date";
    client.batch_execute(types).await.expect("types");
    let mut random = values::generator();
    for (n, kind) in kinds.iter().enumerate() {
        let table = format!("column_{n}");
        fill(&client, &table, kind, &mut random).await;
        let mut tried = false;
        for (spelled, mask) in masks.iter().filter(|(_, mask)| mask.supports(&kind.ty.class)) {
            tried = true;
            agree(&client, &table, kind, mask, &format!("{spelled} on {}", kind.declared)).await;
        }
        assert!(tried, "no mask for {}", kind.declared);
    }
}

fn spelled(masks: &[&str]) -> Vec<(String, Mask)> {
    masks.iter().map(|spelled| ((*spelled).to_owned(), bound(spelled))).collect()
}

const PSEUDONYMS: [&str; 3] = [
    "pseudonym = { key = \"crm\", per = \"bundle\", format = \"digits\", length = 11 }",
    "pseudonym = { key = \"crm\", per = \"principal\", format = \"digits\", length = 40 }",
    "pseudonym = { key = \"crm\", per = \"purpose\", format = \"hex\", length = 64 }",
];

#[tokio::test(flavor = "multi_thread")]
async fn elements_of_arrays() {
    let mut loose = array_of("text", TypeClass::Text, values::text);
    loose.declared = "pg_catalog.text[] COLLATE loose".into();
    let limited = |random: &mut StdRng| values::text(random).chars().take(11).collect();
    let kinds = vec![
        array_of("text", TypeClass::Text, values::text),
        loose,
        array_of("varchar(11)", TypeClass::Varchar(Some(11)), limited),
        array_of("bpchar(11)", TypeClass::Bpchar(Some(11)), limited),
        array_of("int4", TypeClass::Int4, |r| values::integer(r, i32::MIN.into(), i32::MAX.into())),
        array_of("\"numeric\"(14,2)", TypeClass::Numeric(Some((14, 2))), |r| values::number(r, 12, 2)),
        array_of("float8", TypeClass::Float8, values::float),
        array_of("date", TypeClass::Date, |r| values::moment(r, 5_874_897, false)),
        array_of("timestamptz", TypeClass::Timestamptz, |r| values::moment(r, 294_276, true)),
    ];
    let masks = spelled(&[
        "each = { phone = true }",
        "each = { name = true }",
        "each = { keep = { first = 1, last = 1 } }",
        "each = { number = { round = 1000 } }",
        "each = { date = \"year\" }",
        "each = { constant = \"7\" }",
        "each = { pseudonym = { key = \"crm\", per = \"bundle\", format = \"digits\", length = 11 } }",
    ]);
    compare_all("mask_each", kinds, &masks).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn paths_of_documents() {
    let of = |sql: &str, class: TypeClass, plain: bool| kind(sql, class, move |r| document(r, 0, plain));
    let kinds = vec![
        of("pg_catalog.jsonb", TypeClass::Jsonb, true),
        of("pg_catalog.json", TypeClass::Json, false),
        of("public.profile", TypeClass::Domain(Box::new(TypeClass::Jsonb)), true),
    ];
    let paths: &[(&str, Option<&str>)] = &[
        ("$.phone", Some("phone = true")),
        ("$.contacts[*].phone", Some("phone = true")),
        ("$.contacts[*].name", Some("name = true")),
        ("$.contacts.name", Some(PSEUDONYMS[0])),
        ("$[*].born", Some("date = \"month\"")),
        ("$[*].income", Some("number = { round = 1000 }")),
        ("$.born", Some("date = \"year\"")),
        ("$.income", Some("number = { bucket = 7 }")),
        ("$.wechat", Some("null = true")),
        ("$.\"a b\"", Some("constant = \"已隐藏\"")),
        ("$.手机[*]", Some("phone = true")),
        ("$.x", None),
    ];
    let json = |keep: bool, paths: &[(&str, Option<&str>)]| {
        let each = paths.iter().map(|(path, mask)| (path.parse().expect("a path"), mask.map(bound)));
        Mask::Json(Json::new(keep, each).expect("no overlap"))
    };
    let masks = vec![
        ("all, rest kept".to_owned(), json(true, paths)),
        ("all, rest hidden".to_owned(), json(false, paths)),
        ("one, rest hidden".to_owned(), json(false, &paths[..1])),
        ("lists".to_owned(), json(true, &paths[4..6])),
    ];
    compare_all("mask_json", kinds, &masks).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn domains_and_pseudonyms() {
    let over = |inner: TypeClass| TypeClass::Domain(Box::new(inner));
    let short = |r: &mut StdRng| values::text(r).chars().take(20).collect();
    let kinds = vec![
        kind("pg_catalog.text", TypeClass::Text, values::text),
        kind("pg_catalog.bpchar(11)", TypeClass::Bpchar(Some(11)), |r| values::text(r).chars().take(11).collect()),
        kind("public.mobile", over(TypeClass::Varchar(Some(20))), short),
        kind("public.numbers", over(TypeClass::Array(Box::new(TypeClass::Text))), |r| array(r, &values::text)),
        kind("public.day", over(TypeClass::Date), |r| values::moment(r, 5_874_897, false)),
    ];
    let mut masks = spelled(&["phone = true", "date = \"year\"", "each = { phone = true }", "constant = \"x\""]);
    masks.extend(spelled(&PSEUDONYMS));
    compare_all("mask_domain", kinds, &masks).await;
}

/// A domain that refuses NULL, read where an outer join makes one.
#[tokio::test(flavor = "multi_thread")]
async fn a_domain_that_refuses_null_raises_no_error() {
    let cluster = cluster::shared();
    let client = superuser(cluster, &cluster.fresh_database("mask_needed")).await;
    let setup = "CREATE DOMAIN public.needed AS text NOT NULL; CREATE TABLE t (i int, v public.needed);
        INSERT INTO t VALUES (1, '13812345678')";
    client.batch_execute(setup).await.expect("a table");
    let ty = ColumnType { sql: "public.needed".into(), class: TypeClass::Domain(Box::new(TypeClass::Text)) };
    let masked = bound("phone = true").sql("\"v\"", &ty).expect("a mask");
    let query = format!(
        "SELECT m.v, n FROM generate_series(1, 2) n LEFT JOIN (SELECT i, {masked} AS v FROM t) m ON i = n ORDER BY n"
    );
    let rows = pairs(&client, &query).await;
    assert_eq!(rows[0].0.as_deref(), Some("138****5678"));
    assert_eq!(rows[1].0, None);
}
