//! Every mask on every type it supports: PostgreSQL and the Rust function answer the same, byte for byte.

mod hostile;
mod inside;
mod values;

use menshen::mask::Mask;
use menshen::model::types::{ColumnType, TypeClass};
use rand::RngCore;
use rand::rngs::StdRng;
use tokio_postgres::{Client, SimpleQueryMessage};

use crate::cluster;

const MASKS: &[&str] = &[
    "keep = { first = 3, last = 4 }",
    "keep = { first = 1, fill = \"＊\", hide = 3 }",
    "keep = { last = 4, fill = \"'\" }",
    "keep = { fill = \"\\\\\" }",
    "keep = { first = 1, last = 1, fill = \"😀\" }",
    "keep = { first = 1, fill = \"]\" }",
    "keep = { first = 1, fill = \"^\" }",
    "keep = { last = 1, fill = \"●\" }",
    "keep = { last = 1, fill = \"-\" }",
    "name = true",
    "email = true",
    "phone = true",
    "id_card = {}",
    "id_card = { region = true }",
    "id_card = { birth_year = true }",
    "id_card = { region = true, birth_year = true }",
    "bank_card = true",
    "address = true",
    "date = \"year\"",
    "date = \"month\"",
    "number = { round = 1000 }",
    "number = { round = 7 }",
    "number = { bucket = 1000 }",
    "number = { bucket = 3 }",
    "number = { round = 1000000000000000 }",
    "null = true",
    "constant = \"已隐藏 '\\\\' 😀\"",
    "constant = \"\"",
    "constant = \"**\"",
    "constant = \"true\"",
    "constant = \"-7\"",
    "constant = \"32768\"",
];

/// A column type under test, and how to make values of it.
struct Kind {
    ty: ColumnType,
    /// Its declaration where that says more than the type.
    declared: String,
    values: Box<dyn Fn(&mut StdRng) -> String>,
}

fn kind(sql: &str, class: TypeClass, values: impl Fn(&mut StdRng) -> String + 'static) -> Kind {
    Kind { ty: ColumnType { sql: sql.into(), class }, declared: sql.into(), values: Box::new(values) }
}

fn texts() -> Vec<Kind> {
    let limited = |sql: &str, class: TypeClass, limit: usize| {
        kind(sql, class, move |random| values::text(random).chars().take(limit).collect())
    };
    let mut kinds = vec![
        kind("pg_catalog.text", TypeClass::Text, values::text),
        kind("pg_catalog.varchar", TypeClass::Varchar(None), values::text),
        kind("pg_catalog.bpchar", TypeClass::Bpchar(None), values::text),
    ];
    for limit in [1, 2, 3, 5, 6, 7, 11, 20, 40] {
        kinds.push(limited(&format!("pg_catalog.varchar({limit})"), TypeClass::Varchar(Some(limit)), limit as usize));
        kinds.push(limited(&format!("pg_catalog.bpchar({limit})"), TypeClass::Bpchar(Some(limit)), limit as usize));
    }
    let mut loose = kind("pg_catalog.text", TypeClass::Text, values::text);
    loose.declared = "pg_catalog.text COLLATE loose".into();
    kinds.push(loose);
    kinds
}

fn others() -> Vec<Kind> {
    let numeric = |precision: u16, scale: i16| {
        let whole = usize::try_from(i32::from(precision) - i32::from(scale)).unwrap_or(0);
        let fraction = usize::try_from(scale).unwrap_or(0);
        kind(
            &format!("pg_catalog.\"numeric\"({precision},{scale})"),
            TypeClass::Numeric(Some((precision, scale))),
            move |r| values::number(r, whole, fraction),
        )
    };
    vec![
        kind("pg_catalog.bool", TypeClass::Bool, |r| values::integer(r, 0, 1)),
        kind("pg_catalog.int2", TypeClass::Int2, |r| values::integer(r, i16::MIN.into(), i16::MAX.into())),
        kind("pg_catalog.int4", TypeClass::Int4, |r| values::integer(r, i32::MIN.into(), i32::MAX.into())),
        kind("pg_catalog.int8", TypeClass::Int8, |r| values::integer(r, i64::MIN, i64::MAX)),
        kind("pg_catalog.\"numeric\"", TypeClass::Numeric(None), |r| match r.next_u32() % 10 {
            0 => "NaN".into(),
            1 => "Infinity".into(),
            2 => "-Infinity".into(),
            3 => "9".repeat(131_072),
            4 => format!("-{}.{}", "9".repeat(200), "9".repeat(16_000)),
            _ => values::number(r, 40, 40),
        }),
        numeric(5, 2),
        numeric(14, 2),
        numeric(3, 0),
        kind("pg_catalog.\"numeric\"(2,4)", TypeClass::Numeric(Some((2, 4))), |r| {
            format!("0.00{:02}", r.next_u32() % 100)
        }),
        numeric(38, 10),
        numeric(1000, 500),
        kind("pg_catalog.float8", TypeClass::Float8, values::float),
        kind("pg_catalog.date", TypeClass::Date, |r| values::moment(r, 5_874_897, false)),
        kind("pg_catalog.\"timestamp\"", TypeClass::Timestamp, |r| values::moment(r, 294_276, true)),
        kind("pg_catalog.\"timestamp\"(0)", TypeClass::Timestamp, |r| values::moment(r, 294_275, true)),
        kind("pg_catalog.timestamptz", TypeClass::Timestamptz, |r| values::moment(r, 294_276, true)),
    ]
}

/// A table `column_<n>` of these values and NULL.
async fn fill(client: &Client, table: &str, kind: &Kind, count: usize, random: &mut StdRng) {
    let values: Vec<String> = (0..count).map(|_| (kind.values)(random)).collect();
    let create = format!("CREATE TABLE {table} (i int PRIMARY KEY, v {})", kind.declared);
    client.batch_execute(&create).await.expect("created");
    let cast = if matches!(kind.ty.class, TypeClass::Bool) { "int4::" } else { "" };
    let insert = format!(
        "INSERT INTO {table} SELECT o, u::{cast}{} FROM unnest($1::text[]) WITH ORDINALITY AS t(u, o)",
        cast_target(kind)
    );
    client.execute(&insert, &[&values]).await.expect(&insert);
    client.batch_execute(&format!("INSERT INTO {table} VALUES (0, NULL); ANALYZE {table}")).await.expect("a NULL");
}

fn cast_target(kind: &Kind) -> &str {
    &kind.ty.sql
}

/// Rows as PostgreSQL prints them.
async fn rows(client: &Client, query: &str) -> Vec<Vec<Option<String>>> {
    let answer = client.simple_query(query).await.unwrap_or_else(|error| panic!("{query}: {error:?}"));
    let row = |message| match message {
        SimpleQueryMessage::Row(row) => Some((0..row.len()).map(|n| row.get(n).map(str::to_owned)).collect()),
        _ => None,
    };
    answer.into_iter().filter_map(row).collect()
}

/// The first two columns as PostgreSQL prints them.
async fn pairs(client: &Client, query: &str) -> Vec<(Option<String>, Option<String>)> {
    let pair = |row: Vec<Option<String>>| {
        let mut cells = row.into_iter();
        (cells.next().flatten(), cells.next().flatten())
    };
    rows(client, query).await.into_iter().map(pair).collect()
}

/// Format and collation of a relation's column `v`.
async fn format_of(client: &Client, relation: &str) -> (Option<String>, Option<String>) {
    let query = format!(
        "SELECT pg_catalog.format_type(atttypid, atttypmod), attcollation FROM pg_catalog.pg_attribute
         WHERE attrelid OPERATOR(pg_catalog.=) 'public.{relation}'::pg_catalog.regclass
         AND attname OPERATOR(pg_catalog.=) 'v'"
    );
    pairs(client, &query).await.remove(0)
}

/// One mask on one table: equal answers, NULL only from NULL, the column's type and collation, a mask of itself.
async fn compare(client: &Client, table: &str, kind: &Kind, spelled: &str) {
    let mask: Mask = toml::from_str(spelled).expect(spelled);
    let Ok(expression) = mask.sql("\"v\"", &kind.ty) else {
        assert!(!mask.supports(&kind.ty.class), "{spelled} on {}", kind.ty.sql);
        return;
    };
    assert!(expression.is_ascii(), "{expression}");
    let context = format!("{spelled} on {}", kind.declared);
    for (value, masked) in pairs(client, &format!("SELECT v, {expression} FROM {table} ORDER BY i")).await {
        let expected = value.as_deref().and_then(|value| mask.apply(value, &kind.ty));
        assert_eq!(masked, expected, "{context}: {value:?}");
        let Some((value, masked)) = value.zip(masked) else { continue };
        assert_eq!(mask.apply(&masked, &kind.ty).as_ref(), Some(&masked), "{context}: {value:?}, twice");
        // What shows the whole value, cut off before the first fill character, can be written back without harm.
        let told = masked == value
            || ["NaN", ""].contains(&masked.trim_end_matches(' '))
            || mask.looks_masked(&masked, &kind.ty);
        assert!(told, "{context}: {value:?} becomes {masked:?}, which does not look masked");
    }
    compare_looks(client, table, kind, &mask, &context).await;
    let view = format!("masked_{table}");
    client
        .batch_execute(&format!("CREATE VIEW public.{view} AS SELECT {expression} AS v FROM {table}"))
        .await
        .expect(&context);
    let ((format, collation), (own_format, own_collation)) =
        (format_of(client, &view).await, format_of(client, table).await);
    assert_eq!(format, own_format, "{context}");
    assert!(collation == own_collation || mask == Mask::Null, "{context}: the collation differs");
    client.batch_execute(&format!("DROP VIEW public.{view}")).await.expect("dropped");
}

/// Both forms of "looks masked" agree, over values, masks, and masks with blanks behind.
async fn compare_looks(client: &Client, table: &str, kind: &Kind, mask: &Mask, context: &str) {
    let masked = mask.sql("v", &kind.ty).expect("supported");
    let mut operands = vec!["v".to_owned(), format!("({masked})")];
    if matches!(kind.ty.class, TypeClass::Text | TypeClass::Varchar(_) | TypeClass::Bpchar(_)) {
        let padded = format!("(({masked})::pg_catalog.text OPERATOR(pg_catalog.||) '  ')");
        operands.push(format!("({padded}::{})", kind.ty.sql));
    }
    for operand in operands {
        let Some(looks) = mask.looks_masked_sql(&operand, &kind.ty) else {
            assert_eq!(mask, &Mask::Null, "{context}");
            return;
        };
        assert!(looks.is_ascii(), "{looks}");
        for (value, told) in pairs(client, &format!("SELECT {operand}, {looks} FROM {table} ORDER BY i")).await {
            let expected = value.as_deref().is_some_and(|value| mask.looks_masked(value, &kind.ty));
            assert_eq!(told.as_deref(), Some(if expected { "t" } else { "f" }), "{context}: {value:?}");
        }
    }
}

async fn compare_all(stem: &str, kinds: Vec<Kind>) {
    let cluster = cluster::shared();
    let client = superuser(cluster, &cluster.fresh_database(stem)).await;
    let loose = "CREATE COLLATION loose (provider = icu, locale = 'und-u-ks-level1', deterministic = false)";
    client.batch_execute(loose).await.expect("ICU");
    let mut random = values::generator();
    for (n, kind) in kinds.iter().enumerate() {
        let table = format!("column_{n}");
        fill(&client, &table, kind, values::COUNT, &mut random).await;
        for spelled in MASKS {
            compare(&client, &table, kind, spelled).await;
        }
        client.batch_execute(&format!("DROP TABLE {table}")).await.expect("dropped");
    }
}

/// A session of the superuser with the settings that `apply` presumes.
async fn superuser(cluster: &cluster::Cluster, database: &str) -> Client {
    let client = cluster::connect(&cluster.config("postgres", &cluster.password, database)).await;
    client.batch_execute("SET TimeZone = 'UTC'; SET DateStyle = ISO").await.expect("settings");
    client
}

#[tokio::test(flavor = "multi_thread")]
async fn text_masks_agree_with_the_server() {
    compare_all("mask_text", texts()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn masks_of_numbers_and_dates_agree_with_the_server() {
    compare_all("mask_other", others()).await;
}
