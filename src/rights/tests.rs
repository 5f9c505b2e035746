//! What principals may see of databases.

mod documents;

use std::collections::BTreeMap;
use std::sync::Arc;

use super::bind::bind;
use super::report::{Binding, inspect};
use super::table::{RelationRight, Rights};
use crate::catalog::snapshot::{
    Column, Function, FunctionKind, Lineage, Origin, Parts, Relation, RelationKind, Snapshot, Volatility,
};
use crate::model::facts::Right;
use crate::model::ids::{ColumnId, Oid};
use crate::model::types::{ColumnType, TypeClass};
use crate::policy::tests::compiled;

const CATEGORIES: &str = r#"
[category."pii/name"]
[category."pii/contact/phone"]
"#;

const RULES: &str = "\
p, role:anyone, pii/*, masked, *, allow
p, role:all, *, clear, *, allow
g, user:registrar, role:all
g, user:backup, role:all
p, user:caller, pii/contact/*, clear, *, allow
p, user:nobody, pii/*, masked, *, deny
";

pub(super) fn column(number: i16, name: &str) -> Column {
    Column {
        number,
        name: name.into(),
        type_oid: Oid(25),
        typmod: -1,
        ty: ColumnType { sql: "pg_catalog.text".into(), class: TypeClass::Text },
        not_null: false,
        generated: false,
        groupable: true,
        collation: Some(Oid(100)),
        defaulted: false,
    }
}

pub(super) fn relation(oid: u32, name: &str, kind: RelationKind, columns: &[&str]) -> Relation {
    let (schema, name) = name.split_once('.').unwrap();
    let columns = columns.iter().zip(1..).map(|(name, number)| column(number, name)).collect();
    Relation { columns, ..Relation::new(Oid(oid), schema, name, kind) }
}

pub(super) fn table(oid: u32, name: &str, columns: &[&str]) -> Relation {
    relation(oid, name, RelationKind::Table, columns)
}

pub(super) fn child(oid: u32, name: &str, parent: u32, columns: &[&str]) -> Relation {
    Relation { parents: vec![Oid(parent)], ..table(oid, name, columns) }
}

pub(super) fn view(oid: u32, name: &str, columns: &[&str], lineage: Lineage) -> Relation {
    Relation { lineage: Some(lineage), ..relation(oid, name, RelationKind::View, columns) }
}

pub(super) fn id(relation: u32, number: i16) -> ColumnId {
    ColumnId { relation: Oid(relation), number }
}

pub(super) fn snapshot(relations: Vec<Relation>) -> Snapshot {
    Snapshot::assemble(Parts { relations, ..Parts::default() })
}

/// `housing.buyers(id, name, phone)`, OID 20000.
pub(super) fn buyers() -> Relation {
    table(20000, "housing.buyers", &["id", "name", "phone"])
}

pub(super) const BUYERS: &str = r#"
[table."housing.buyers".columns]
id = "public"
name = "pii/name"
phone = "pii/contact/phone"
"#;

fn files(classification: &str) -> BTreeMap<String, String> {
    let classification = format!("{CATEGORIES}{classification}");
    let identity = "unrecorded = [\"user:backup\"]\n".to_owned();
    [("policy.csv", RULES.to_owned()), ("classification.toml", classification), ("identity.toml", identity)]
        .into_iter()
        .map(|(name, text)| (name.to_owned(), text))
        .collect()
}

/// A bundle where what nobody classified is clear.
pub(super) fn open(classification: &str) -> String {
    format!("{classification}\n[defaults]\nunclassified = \"clear\"\n")
}

#[track_caller]
pub(super) fn rights(classification: &str, snapshot: &Snapshot, user: &str) -> Rights {
    let policy = compiled(&files(classification));
    bind(&policy, snapshot, &policy.principal(user, None, None))
}

fn report(classification: &str, snapshot: &Snapshot) -> Binding {
    inspect(&compiled(&files(classification)), snapshot)
}

/// `c` clear, `m` masked, `h` hidden, one letter per column; or `refused: …`, or `-` when nothing is protected.
pub(super) fn seen(rights: &Rights, oid: u32) -> String {
    let letters = |columns: &Arc<[super::table::ColumnRight]>| {
        for column in columns.iter() {
            assert_eq!(rights.column(Oid(oid), column.number), column.right);
            assert_eq!(column.expression.is_some(), column.right < Right::Clear);
        }
        columns.iter().filter_map(|column| column.right.as_str().chars().next()).collect()
    };
    match rights.relation(Oid(oid)) {
        None => "-".into(),
        Some(RelationRight::Clear(columns)) => format!("clear {}", letters(columns)),
        Some(RelationRight::Masked(columns)) => letters(columns),
        Some(RelationRight::Refused(refusal)) => format!("refused: {}", refusal.message),
    }
}

#[test]
fn a_table_reads_as_the_rules_say() {
    let snapshot = snapshot(vec![buyers(), table(20001, "housing.units", &["id"])]);
    let bundle = open(BUYERS);
    let rights = |user| rights(&bundle, &snapshot, user);
    assert_eq!(seen(&rights("sales"), 20000), "cmm");
    assert_eq!(seen(&rights("caller"), 20000), "cmc");
    assert_eq!(seen(&rights("nobody"), 20000), "chh");
    assert_eq!(seen(&rights("sales"), 20001), "-");
    assert!(rights("registrar").unrestricted() && rights("registrar").recorded());
    assert_eq!(seen(&rights("registrar"), 20000), "clear ccc");
    assert!(rights("backup").unrestricted() && !rights("backup").recorded());
    assert_eq!(seen(&rights("backup"), 20000), "-");
    assert!(!rights("sales").unrestricted());
    let Some(RelationRight::Masked(columns)) = rights("nobody").relation(Oid(20000)).cloned() else { panic!() };
    let phone = &columns[2];
    assert_eq!(phone.category.as_ref().unwrap().to_string(), "pii/contact/phone");
    assert_eq!(phone.rule.to_string(), "policy.csv:6");
    assert!(columns[0].category.is_none() && columns[0].expression.is_none());
}

#[test]
fn what_is_clear_is_still_known_to_be_classified() {
    let snapshot = snapshot(vec![table(20002, "housing.call_logs", &["id", "phone"])]);
    let bundle = open("[table.\"housing.call_logs\".columns]\nphone = \"pii/contact/phone\"\n");
    assert_eq!(seen(&rights(&bundle, &snapshot, "caller"), 20002), "clear cc");
}

#[test]
fn unclassified_columns_are_as_the_bundle_says() {
    let snapshot = snapshot(vec![buyers(), table(20001, "housing.units", &["id", "no"])]);
    let bundle = |what: &str| format!("{BUYERS}[defaults]\nunclassified = \"{what}\"\n");
    assert_eq!(seen(&rights(&bundle("hidden"), &snapshot, "sales"), 20001), "hh");
    assert_eq!(seen(&rights(BUYERS, &snapshot, "sales"), 20001), "hh", "a bundle that does not say");
    let refused = rights(&bundle("refuse"), &snapshot, "sales");
    assert_eq!(seen(&refused, 20001), "refused: housing.units has columns that nobody has classified");
    assert_eq!(refused.column(Oid(20001), 1), Right::Hidden);
    assert_eq!(seen(&refused, 20000), "cmm", "all of its columns are classified");
    let by_schema =
        format!("{BUYERS}[defaults]\nunclassified = \"clear\"\n[schema.housing]\nunclassified = \"hidden\"\n");
    assert_eq!(seen(&rights(&by_schema, &snapshot, "caller"), 20001), "hh");
    let by_table = format!("{by_schema}[table.\"housing.units\"]\nunclassified = \"clear\"\n");
    assert_eq!(seen(&rights(&by_table, &snapshot, "caller"), 20001), "-");
    assert!(rights(&by_schema, &snapshot, "registrar").unrestricted(), "`*` covers what nobody classified");
}

#[test]
fn partitions_and_children_inherit_and_their_parents_read_them() {
    let parent = table(20010, "housing.calls", &["id", "phone", "note"]);
    let part = child(20011, "housing.calls_2024", 20010, &["id", "phone", "note"]);
    let grandchild = child(20012, "archive.calls_2024_01", 20011, &["id", "phone", "note"]);
    let bundle = open(
        "[table.\"housing.calls\".columns]\nphone = \"pii/contact/phone\"\n\
         [table.\"archive.calls_2024_01\".columns]\nnote = \"pii/name\"\nphone = \"public\"\n",
    );
    let snapshot = snapshot(vec![parent, part, grandchild]);
    let rights = rights(&bundle, &snapshot, "caller");
    assert_eq!(seen(&rights, 20012), "ccm", "what the parent's phone is counts, whatever the child says");
    assert_eq!(seen(&rights, 20010), "ccm", "a scan of the parent reads the child's note");
    assert_eq!(seen(&rights, 20011), "ccm");
    let denied = super::bind::bind(
        &compiled(&files(&bundle)),
        &snapshot,
        &compiled(&files(&bundle)).principal("nobody", None, None),
    );
    assert_eq!(seen(&denied, 20012), "chh");
}

#[test]
fn a_child_in_a_closed_schema_closes_its_parent() {
    let parent = table(20010, "housing.calls", &["id"]);
    let part = child(20011, "archive.calls_2024", 20010, &["id"]);
    let bundle = open("[schema.archive]\nunclassified = \"hidden\"\n");
    let rights = rights(&bundle, &snapshot(vec![parent, part]), "caller");
    assert_eq!((seen(&rights, 20010).as_str(), seen(&rights, 20011).as_str()), ("h", "h"));
}

#[test]
fn view_columns_have_the_rights_of_their_sources() {
    let plain = Lineage::Known {
        outputs: vec![Origin::Column(id(20000, 1)), Origin::Column(id(20000, 3)), Origin::Derived(vec![id(20000, 2)])],
        decides: vec![id(20000, 1)],
    };
    let above = Lineage::Known {
        outputs: vec![Origin::Column(id(20020, 2)), Origin::Derived(vec![id(20020, 3)])],
        decides: vec![],
    };
    let snapshot = snapshot(vec![
        buyers(),
        view(20020, "housing.contacts", &["id", "phone", "initial"], plain),
        view(20021, "housing.contacts2", &["phone", "x"], above),
    ]);
    let bundle = open(BUYERS);
    assert_eq!(seen(&rights(&bundle, &snapshot, "sales"), 20020), "cmh");
    assert_eq!(seen(&rights(&bundle, &snapshot, "caller"), 20020), "cch");
    assert_eq!(seen(&rights(&bundle, &snapshot, "sales"), 20021), "mh");
    let named = format!("{bundle}[table.\"housing.contacts\".columns]\ninitial = \"public\"\nphone = \"public\"\n");
    let named = rights(&named, &snapshot, "sales");
    assert_eq!(seen(&named, 20020), "cmc", "an expression is what the bundle says; a plain column is what it is");
    assert_eq!(seen(&named, 20021), "mc");
}

#[test]
fn views_that_decide_by_protected_columns_are_refused_unless_declared() {
    let lineage = Lineage::Known { outputs: vec![Origin::Column(id(20000, 1))], decides: vec![id(20000, 3)] };
    let unknown = Lineage::Unknown { refers: vec![id(20000, 3)], why: "recursive".into() };
    let snapshot = snapshot(vec![
        buyers(),
        view(20020, "housing.vip", &["id"], lineage),
        view(20021, "housing.tree", &["id", "n"], unknown),
    ]);
    let bundle = open(BUYERS);
    let opaque: Vec<String> =
        report(&bundle, &snapshot).opaque_views.iter().map(|(view, why)| format!("{view} {why}")).collect();
    let why = "cannot be analysed and reads housing.buyers.phone";
    assert_eq!(opaque, [format!("housing.tree {why}"), "housing.vip decides by housing.buyers.phone".into()]);
    let sales = rights(&bundle, &snapshot, "sales");
    assert_eq!(seen(&sales, 20020), "refused: view housing.vip depends on a protected column");
    assert_eq!(seen(&sales, 20021), "refused: view housing.tree depends on a protected column");
    assert_eq!(sales.column(Oid(20020), 1), Right::Hidden);
    assert_eq!(seen(&rights(&bundle, &snapshot, "caller"), 20020), "-");
    let declared = format!(
        "{bundle}[view.\"housing.vip\".columns]\nid = \"public\"\n[view.\"housing.tree\".columns]\nn = \"pii/name\"\n"
    );
    let declared = rights(&declared, &snapshot, "sales");
    assert_eq!(seen(&declared, 20020), "-");
    assert_eq!(seen(&declared, 20021), "hm", "a column of a declared view that is not named is hidden");
}

#[test]
fn views_over_functions_are_only_as_known_as_these() {
    let lineage =
        Lineage::Known { outputs: vec![Origin::Derived(vec![]), Origin::Column(id(20000, 1))], decides: vec![] };
    let calling = Relation { calls: vec![Oid(30000)], ..view(20020, "housing.listed", &["x", "id"], lineage) };
    let function = Function {
        oid: Oid(30000),
        schema: "housing".into(),
        name: "list".into(),
        kind: FunctionKind::Function,
        volatility: Volatility::Stable,
        returns_set: true,
        leakproof: false,
        variadic: false,
        argument_types: vec![],
        defaults: 0,
        return_type: Oid(25),
        extension: None,
    };
    let parts = Parts { relations: vec![buyers(), calling], functions: vec![function], ..Parts::default() };
    let snapshot = Snapshot::assemble(parts);
    let bundle = open(BUYERS);
    let refused = rights(&bundle, &snapshot, "sales");
    assert_eq!(seen(&refused, 20020), "refused: what view housing.listed holds is not known");
    assert!(!refused.function_allowed(Oid(30000)));
    let allowed = rights(&format!("{bundle}[functions]\nallow = [\"housing.list\"]\n"), &snapshot, "sales");
    assert_eq!(seen(&allowed, 20020), "-");
    assert!(allowed.function_allowed(Oid(30000)));
    let declared = rights(&format!("{bundle}[view.\"housing.listed\".columns]\nid = \"public\"\n"), &snapshot, "sales");
    assert_eq!(seen(&declared, 20020), "hc");
}

#[test]
fn views_without_end_are_closed() {
    let over = |oid: u32| Lineage::Known { outputs: vec![Origin::Column(id(oid, 1))], decides: vec![] };
    let circle = snapshot(vec![view(20020, "s.a", &["x"], over(20021)), view(20021, "s.b", &["x"], over(20020))]);
    let rights_of_circle = rights(&open(""), &circle, "sales");
    assert_eq!((seen(&rights_of_circle, 20020), seen(&rights_of_circle, 20021)), ("h".into(), "h".into()));
    let deep = (0..200).map(|n| view(21000 + n, &format!("s.v{n}"), &["x"], over(21001 + n)));
    let deep = snapshot(deep.chain([Relation { oid: Oid(21200), ..buyers() }]).collect());
    let deep = rights(&open(&BUYERS.replace("id = \"public\"", "id = \"pii/name\"")), &deep, "sales");
    for n in 0..200 {
        assert_ne!(deep.column(Oid(21000 + n), 1), Right::Clear, "{n}");
    }
}

#[test]
fn catalogs_that_hold_values_are_closed_to_restricted_principals() {
    let system = |oid, name, columns: &[&str]| relation(oid, name, RelationKind::View, columns);
    let snapshot = snapshot(vec![
        table(2619, "pg_catalog.pg_statistic", &["starelid", "stawidth", "stavalues1"]),
        system(13001, "pg_catalog.pg_stat_activity", &["pid", "query"]),
        system(13002, "pg_catalog.pg_stats", &["attname", "most_common_vals", "of_a_later_version"]),
        table(1259, "pg_catalog.pg_class", &["oid", "relname"]),
        system(13003, "pg_catalog.pg_of_the_future", &["x"]),
        system(13004, "information_schema.columns", &["table_name", "column_default"]),
        system(13005, "information_schema.user_mapping_options", &["option_name", "option_value"]),
    ]);
    let bundle = format!("{BUYERS}[defaults]\nunclassified = \"refuse\"\n");
    let sales = rights(&bundle, &snapshot, "sales");
    let expected = [
        (2619, "chh"),
        (13001, "ch"),
        (13002, "chh"),
        (1259, "-"),
        (13003, "refused: system relation pg_catalog.pg_of_the_future is not known to hold no values"),
        (13004, "-"),
        (13005, "ch"),
    ];
    for (oid, as_seen) in expected {
        assert_eq!(seen(&sales, oid), as_seen, "{oid}");
    }
    let registrar = rights(&bundle, &snapshot, "registrar");
    assert!(registrar.unrestricted(), "{registrar:?}");
    assert_eq!(seen(&registrar, 2619), "-");
}

#[test]
fn a_lost_column_closes_what_nobody_classified() {
    // ALTER TABLE … RENAME phone TO mobile, and the bundle does not know yet.
    let renamed = table(20000, "housing.buyers", &["id", "name", "mobile", "note"]);
    let partition = child(20001, "housing.buyers_1", 20000, &["id", "name", "mobile", "note"]);
    let snapshot = snapshot(vec![renamed, partition]);
    let bundle = open(BUYERS);
    let sales = rights(&bundle, &snapshot, "sales");
    assert_eq!((seen(&sales, 20000).as_str(), seen(&sales, 20001).as_str()), ("cmhh", "cmhh"));
    assert_eq!(seen(&rights(&bundle, &snapshot, "caller"), 20000), "cmcc", "who may read phones may read it");
    let report = report(&bundle, &snapshot);
    assert_eq!(report.diagnostics.len(), 1);
    let found = &report.diagnostics[0];
    assert_eq!(found.message, "`housing.buyers` has no column `phone`");
    assert_eq!(found.slice(), "phone = \"pii/contact/phone\"");
}

#[test]
fn a_renamed_table_stays_protected() {
    // ALTER TABLE … RENAME, or a copy under another name, and the bundle does not know yet.
    let renamed = table(20000, "archive.buyers_2024", &["id", "name", "phone", "note"]);
    let other = table(20001, "housing.projects", &["id", "name"]);
    let snapshot = snapshot(vec![renamed, other]);
    let bundle = open(BUYERS);
    assert_eq!(seen(&rights(&bundle, &snapshot, "sales"), 20000), "cmmc");
    assert_eq!(seen(&rights(&bundle, &snapshot, "sales"), 20001), "-");
    let report = report(&bundle, &snapshot);
    let help = "`archive.buyers_2024` has all its personal columns and is treated as it; correct the name";
    assert_eq!(report.diagnostics[0].help.as_deref(), Some(help));
}

#[test]
fn the_report_lists_what_does_not_fit() {
    let snapshot = snapshot(vec![table(20000, "housing.buyer", &["id"]), table(20001, "housing.units", &["id", "no"])]);
    let report = report(&open(BUYERS), &snapshot);
    assert_eq!(report.diagnostics.len(), 1);
    assert_eq!(report.diagnostics[0].message, "the database has no `housing.buyers`");
    assert_eq!(report.diagnostics[0].help.as_deref(), Some("did you mean `housing.buyer`?"));
    let unclassified: Vec<String> =
        report.unclassified.iter().map(|(name, columns)| format!("{name}({})", columns.join(" "))).collect();
    assert_eq!(unclassified, ["housing.buyer(id)", "housing.units(id no)"]);
}
