//! The world as the generator sees it: read from the catalog, so that a new table of the world is used at once.

use std::collections::{BTreeMap, BTreeSet};

use super::targets::Target;
use super::types::Type;
use crate::cluster;

/// Views that mean something else on M by design: rows or values are derived from true ones.
const DERIVED: [&str; 6] = ["rich", "call_names", "by_phone", "numbers", "kept_names", "ranked"];

/// A column.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Column {
    pub name: String,
    pub ty: Type,
    pub not_null: bool,
}

/// A table or view.
#[derive(Clone, Debug)]
pub struct Table {
    pub schema: String,
    pub name: String,
    /// `r`, `p`, `v`, `m`, as in `pg_class`.
    pub kind: char,
    /// Those whose types the generator knows; `whole` says whether that is all.
    pub columns: Vec<Column>,
    pub whole: bool,
    /// Names of the primary key's columns.
    pub key: Vec<String>,
    /// Has children: ONLY means something.
    pub children: bool,
}

/// Everything that statements are made from.
#[derive(Clone, Debug)]
pub struct Schema {
    pub tables: Vec<Table>,
    /// Values that occur, true and masked ones, by type.
    pub values: BTreeMap<Type, Vec<String>>,
    /// Columns that the principal does not read in clear: the relation as written with its schema, and their names.
    pub below: BTreeSet<(String, String)>,
    /// What the principal may write.
    pub targets: Vec<Target>,
}

const TABLES: &str = "
    SELECT n.nspname, c.relname, c.relkind, a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod), a.attnotnull,
           coalesce(a.attnum = ANY (k.conkey), false), c.relhassubclass AND c.relkind = 'r'
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    LEFT JOIN pg_constraint k ON k.conrelid = c.oid AND k.contype = 'p'
    WHERE n.nspname IN ('housing', 'app') AND c.relkind IN ('r', 'p', 'v', 'm')
    ORDER BY n.nspname, c.relname, a.attnum";

impl Schema {
    /// Reads the tables of `database`, and values from it and from `others`.
    pub fn read(database: &str, others: &[&str]) -> Self {
        let mut tables: Vec<Table> = Vec::new();
        for line in cluster::shared().sql(database, TABLES).lines() {
            let cells: Vec<&str> = line.split('|').collect();
            let [schema, name, kind, column, ty, not_null, key, children] = cells[..] else { panic!("{line}") };
            if DERIVED.contains(&name) {
                continue;
            }
            if tables.last().is_none_or(|last| last.name != name || last.schema != schema) {
                tables.push(Table {
                    schema: schema.into(),
                    name: name.into(),
                    kind: kind.chars().next().expect("a kind"),
                    columns: Vec::new(),
                    whole: true,
                    key: Vec::new(),
                    children: children == "t",
                });
            }
            let table = tables.last_mut().expect("a table");
            match Type::of(ty) {
                // arrays of several dimensions make functions fail, in an order that is the planner's choice
                Some(Type::Texts) if name == "profiles" => table.whole = false,
                Some(ty) => table.columns.push(Column { name: column.into(), ty, not_null: not_null == "t" }),
                None => table.whole = false,
            }
            if key == "t" {
                table.key.push(column.into());
            }
        }
        let values = values(&tables, &[&[database], others].concat());
        Self { tables, values, below: BTreeSet::new(), targets: Vec::new() }
    }
}

/// A dozen values of each column that statements may ask for.
fn values(tables: &[Table], databases: &[&str]) -> BTreeMap<Type, Vec<String>> {
    let mut found: BTreeMap<Type, Vec<String>> = BTreeMap::new();
    for ty in [Type::Text, Type::Date, Type::Numeric] {
        let mut script = String::new();
        for table in tables.iter().filter(|table| table.kind == 'r') {
            for column in table.columns.iter().filter(|column| column.ty == ty) {
                let (name, relation) = (quoted(&column.name), table.written(true));
                script += &format!(
                    "SELECT DISTINCT left({name}::text, 30) FROM {relation} WHERE {name} IS NOT NULL ORDER BY 1 LIMIT 12;"
                );
            }
        }
        for database in databases {
            let printed = cluster::shared().sql(database, &script);
            let all = found.entry(ty).or_default();
            all.extend(printed.lines().filter(|value| !value.is_empty()).map(str::to_owned));
        }
    }
    for list in found.values_mut() {
        list.sort();
        list.dedup();
    }
    found
}

impl Table {
    /// Its name as written in a statement.
    pub fn written(&self, qualified: bool) -> String {
        if qualified { format!("{}.{}", quoted(&self.schema), quoted(&self.name)) } else { quoted(&self.name) }
    }
}

/// An identifier, quoted where it must be.
pub fn quoted(name: &str) -> String {
    let plain = name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
    if plain && !name.is_empty() { name.to_owned() } else { format!("\"{}\"", name.replace('"', "\"\"")) }
}
