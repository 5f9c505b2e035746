//! What one principal may write: read from its masked copy and from its rights.

use std::collections::BTreeSet;

use menshen::catalog::snapshot::{Relation, Snapshot};
use menshen::model::facts::{Right, WriteRight};
use menshen::rights::table::{ColumnRight, RelationRight, Rights};
use serde_json::Value;

use super::schema::{Schema, Table, quoted};
use super::types::Type;
use super::values;
use crate::cluster;

/// A column that may be assigned to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Place {
    /// As written.
    pub name: String,
    pub ty: Type,
    pub not_null: bool,
    pub key: bool,
    /// The policy decides by it what is shown of a row: it may be inserted, but not assigned to.
    pub decides: bool,
    /// Refers to a key: only values that occur there will do.
    pub foreign: Option<Reference>,
    /// Values that occur.
    pub seen: Vec<String>,
    pub protected: Option<Protected>,
}

/// How a column that is below clear is read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Protected {
    pub hidden: bool,
    /// What may be entered, and how it is read then.
    pub pool: Vec<(String, Option<String>)>,
}

/// A relation that may be written to.
#[derive(Clone, Debug)]
pub struct Target {
    pub table: Table,
    pub places: Vec<Place>,
    /// Others refer to its rows.
    pub referenced: bool,
    /// Rows as they are read: the texts of `places`, in their order.
    pub readings: Vec<Vec<Option<String>>>,
}

/// Views over one table's columns that are written to as the table is.
const VIEWS: [&str; 1] = ["buyer_cards"];

/// Columns of foreign keys, what they refer to, and by which name there.
const REFERENCES: &str = "
    SELECT conrelid::regclass || '|' || a.attname || '|' || confrelid::regclass || '|' || f.attname FROM pg_constraint
    JOIN pg_attribute a ON a.attrelid = conrelid AND a.attnum = conkey[1]
    JOIN pg_attribute f ON f.attrelid = confrelid AND f.attnum = confkey[1] WHERE contype = 'f'";

/// A foreign key: the relation and column that refer, and those referred to.
type Reference = [String; 4];

impl Schema {
    /// The schema as far as this principal may name it, with what it may write. `masked`: its copy of the world.
    pub fn of_principal(&self, masked: &str, snapshot: &Snapshot, rights: &Rights) -> Self {
        let mut schema = self.clone();
        let found = |table: &Table| snapshot.relation_named(&table.schema, &table.name).expect("in the snapshot");
        let may = |table: &Table| !matches!(rights.relation(found(table).oid), Some(RelationRight::Refused(_)));
        schema.tables.retain(may);
        for table in &schema.tables {
            let below = columns(rights, found(table)).iter().filter(|column| column.right < Right::Clear);
            schema.below.extend(below.map(|column| (table.written(true), column.name.to_string())));
        }
        let printed = cluster::shared().sql(masked, REFERENCES);
        let reference = |line: &str| -> Reference {
            line.split('|').map(str::to_owned).collect::<Vec<_>>().try_into().expect("four cells")
        };
        let references: Vec<Reference> = printed.lines().map(reference).collect();
        let targets = schema.tables.iter().filter_map(|table| target(table, found(table), rights, &references));
        schema.targets = targets.collect();
        fill(&mut schema.targets, masked, |table| columns(rights, found(table)).to_vec());
        schema
    }
}

fn columns<'a>(rights: &'a Rights, relation: &Relation) -> &'a [ColumnRight] {
    match rights.relation(relation.oid) {
        Some(RelationRight::Masked(columns)) => columns,
        _ => &[],
    }
}

/// A table without rows that are filtered, without rules and without computed columns (which M does not compute).
fn target(table: &Table, relation: &Relation, rights: &Rights, references: &[Reference]) -> Option<Target> {
    let computed = relation.columns.iter().any(|column| column.generated);
    let plain = ['r', 'p'].contains(&table.kind) || VIEWS.contains(&table.name.as_str());
    if !plain || computed || rights.filter(relation.oid).is_some() {
        return None;
    }
    let name = table.written(true);
    let key = |column: &str| table.key.iter().any(|key| key == column) || (table.kind == 'v' && column == "id");
    let rights = columns(rights, relation);
    let places = table.columns.iter().map(|column| {
        let right = rights.iter().find(|right| *right.name == *column.name && right.right < Right::Clear);
        assert!(right.is_none_or(|right| right.write == WriteRight::Guarded), "another right to write");
        Place {
            name: quoted(&column.name),
            ty: column.ty,
            not_null: column.not_null,
            key: key(&column.name),
            decides: rights
                .iter()
                .any(|right| right.shown.as_ref().is_some_and(|one| one.condition.reads(&column.name))),
            foreign: references.iter().find(|[from, of, ..]| *from == name && *of == column.name).cloned(),
            seen: Vec::new(),
            protected: right.map(|right| Protected { hidden: right.right == Right::Hidden, pool: Vec::new() }),
        }
    });
    let places: Vec<Place> = places.collect();
    let referenced = table.kind == 'v' || references.iter().any(|[_, _, to, _]| *to == name);
    let assignable = places.iter().any(|place| !place.key) && places.iter().any(|place| place.key);
    assignable.then(|| Target { table: table.clone(), places, referenced, readings: Vec::new() })
}

/// Asks the masked copy for what occurs in it and for the masks of what may be entered; all in one go.
fn fill(targets: &mut [Target], masked: &str, rights: impl Fn(&Table) -> Vec<ColumnRight>) {
    let mut script = String::new();
    for (n, target) in targets.iter().enumerate() {
        let rights = rights(&target.table);
        let written = target.table.written(true);
        let cells: Vec<String> = target.places.iter().map(|place| format!("{}::text", place.name)).collect();
        let row = format!("json_build_array({n}, {})", cells.join(", "));
        let key = target.places.iter().position(|place| place.key).map_or(1, |at| at + 1);
        let list: Vec<&str> = target.places.iter().map(|place| place.name.as_str()).collect();
        script += &format!("SELECT {row} FROM (SELECT {} FROM {written} ORDER BY {key} LIMIT 12) t;", list.join(", "));
        for (m, place) in target.places.iter().enumerate() {
            let name = &place.name;
            let there = place.foreign.as_ref().map(|[.., to, key]| format!("AND {name} IN (SELECT {key} FROM {to})"));
            let there = there.unwrap_or_default();
            script += &format!(
                "SELECT json_build_array({n}, 'seen', {m}, v) FROM (SELECT DISTINCT {name}::text AS v FROM {written}
                 WHERE {name} IS NOT NULL {there} ORDER BY 1 LIMIT 12) t;"
            );
            let right = rights.iter().find(|right| quoted(&right.name) == *name && right.shown.is_none());
            let Some((right, expression)) = right.zip(right.and_then(|right| right.expression.as_ref())) else {
                continue;
            };
            let ty = &right.ty.sql;
            let pool = values::entered(&right.name, place.ty).into_iter().map(|value| format!("('{value}')"));
            let pool: Vec<String> = pool.collect();
            if !pool.is_empty() {
                script += &format!(
                    "SELECT json_build_array({n}, 'pool', {m}, entered, ({expression})::text)
                     FROM (VALUES {}) p (entered), LATERAL (SELECT entered::{ty} AS {name}) s;",
                    pool.join(", ")
                );
            }
        }
    }
    for line in cluster::shared().sql(masked, &script).lines() {
        let Ok(Value::Array(cells)) = serde_json::from_str(line) else { panic!("{line}") };
        let text = |cell: &Value| cell.as_str().map(str::to_owned);
        let number = |cell: &Value| cell.as_u64().expect("a number") as usize;
        let target = &mut targets[number(&cells[0])];
        match (cells[1].as_str(), cells.len()) {
            (Some("seen"), 4) => target.places[number(&cells[2])].seen.extend(text(&cells[3])),
            (Some("pool"), 5) => {
                let protected = target.places[number(&cells[2])].protected.as_mut().expect("a protected column");
                protected.pool.push((text(&cells[3]).expect("a value"), text(&cells[4])));
            }
            _ => target.readings.push(cells[1..].iter().map(text).collect()),
        }
    }
}

/// Lets databases tell when a protected value becomes something that was neither there nor entered: a trigger of the
/// superuser sees every row before and after, and fails with [`CORRUPTED`].
pub fn watch(targets: &[Target], database: &str) {
    let mut pools: BTreeSet<(&str, &str, &str)> = BTreeSet::new();
    let mut script = String::from(WATCH);
    for target in targets.iter().filter(|target| target.table.kind != 'v') {
        let protected = target.places.iter().filter_map(|place| Some((place, place.protected.as_ref()?)));
        let arguments = protected.map(|(place, protected)| {
            pools.extend(protected.pool.iter().map(|(value, _)| (place.name.as_str(), place.ty.sql(), value.as_str())));
            format!("'{}{}'", place.name, if protected.hidden { "!" } else { "" })
        });
        let arguments: Vec<String> = arguments.collect();
        if !arguments.is_empty() {
            script += &format!(
                "CREATE TRIGGER proof_{} AFTER INSERT OR UPDATE ON {} FOR EACH ROW EXECUTE FUNCTION proof.keep({});",
                target.table.name,
                target.table.written(true),
                arguments.join(", ")
            );
        }
    }
    for (name, ty, value) in pools {
        script += &format!("INSERT INTO proof.entered VALUES ('{name}', to_jsonb('{value}'::{ty}));");
    }
    cluster::shared().sql(database, &script);
}

/// Keeps a database as it is, come what may: a row that was written cannot be committed. A BEGIN that fails (a time-out on
/// a machine that stands still) would otherwise leave what comes behind it.
pub fn keep(targets: &[Target], database: &str) {
    let mut script = String::from(
        "CREATE FUNCTION never() RETURNS trigger LANGUAGE plpgsql AS
         $$ BEGIN RAISE 'what is written here is to be rolled back'; END $$;",
    );
    for (number, target) in targets.iter().filter(|target| target.table.kind != 'v').enumerate() {
        script += &format!(
            "CREATE CONSTRAINT TRIGGER never_{number} AFTER INSERT OR UPDATE OR DELETE ON {} DEFERRABLE INITIALLY DEFERRED
             FOR EACH ROW EXECUTE FUNCTION never();",
            target.table.written(true),
        );
    }
    cluster::shared().sql(database, &script);
}

/// The SQLSTATE of a protected value that was overwritten by something else than what was entered.
pub const CORRUPTED: &str = "MC001";

const WATCH: &str = "
CREATE SCHEMA proof;
CREATE TABLE proof.entered (name text, value jsonb);
CREATE FUNCTION proof.keep() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE argument text; wanted text; before jsonb; after jsonb;
BEGIN
    FOREACH argument IN ARRAY TG_ARGV LOOP
        wanted := rtrim(argument, '!');
        EXECUTE format('SELECT to_jsonb(($1).%I)', wanted) INTO after USING NEW;
        IF TG_OP = 'UPDATE' THEN EXECUTE format('SELECT to_jsonb(($1).%I)', wanted) INTO before USING OLD; END IF;
        CONTINUE WHEN after IS NOT DISTINCT FROM before;
        -- NULL is what is read of a hidden column: saved back, it may not replace anything
        CONTINUE WHEN after IS NULL AND argument = wanted;
        -- an empty text is its own mask: whoever enters it enters it truly
        CONTINUE WHEN after = to_jsonb(''::text) AND argument = wanted;
        -- JSON's null empties a document; it is the mask of a list and of a bare value, which it may not replace
        CONTINUE WHEN after = 'null' AND COALESCE(jsonb_typeof(before), 'object') = 'object' AND argument = wanted;
        CONTINUE WHEN EXISTS (SELECT FROM proof.entered e WHERE e.name = wanted AND e.value = after);
        -- the mask of a date is a date, that of a number a number: entered into a new row it overwrites nothing
        CONTINUE WHEN TG_OP = 'INSERT' AND wanted IN ('born', 'income');
        -- of a document, what everybody reads may be anything, and so it is where there was none
        CONTINUE WHEN jsonb_typeof(after) = 'object' AND COALESCE(jsonb_typeof(before), 'object') = 'object' AND NOT EXISTS (
            SELECT FROM unnest(ARRAY['name', 'phone', 'card', 'contacts']) k WHERE after -> k IS DISTINCT FROM before -> k);
        -- of a document, what is not shown at all stays beside what was entered
        CONTINUE WHEN jsonb_typeof(after) = 'object' AND EXISTS (
            SELECT FROM proof.entered e WHERE e.name = wanted AND after @> e.value
                AND before @> after - ARRAY(SELECT jsonb_object_keys(e.value)));
        RAISE EXCEPTION USING ERRCODE = 'MC001', MESSAGE = format('corrupted: %s became %s', wanted, after);
    END LOOP;
    RETURN NULL;
END $$;";
