//! Databases A, B and M.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{OnceLock, RwLock};

use menshen::catalog::snapshot::{Relation, RelationKind, Snapshot};
use menshen::model::facts::Right;
use menshen::policy::compile::compile;
use menshen::rights::bind::bind;
use menshen::rights::table::{ColumnRight, RelationRight, Rights};

use super::compare::Numbers;
use crate::catalog::read;
use crate::cluster::{self, root};

/// The principals that every case runs as.
pub const RESTRICTED: [&str; 3] = ["clerk", "marketer", "agent"];

/// Whoever makes temporary tables in the worlds reads it; who compares what the catalogs of two of them show writes it.
pub static TURNS: RwLock<()> = RwLock::new(());

/// How many buyers there are.
const BUYERS: u32 = 300;

/// The databases of one test run.
#[derive(Clone, Debug)]
pub struct World {
    /// What is true.
    pub a: String,
    /// Other hidden values under the same masks.
    pub b: String,
    pub numbers: Numbers,
    /// Per principal: A with every protected value overwritten by its mask.
    masked: BTreeMap<&'static str, String>,
}

impl World {
    pub fn masked(&self, principal: &str) -> &str {
        &self.masked[principal]
    }
}

/// The bundle that the world is protected by.
pub fn bundle() -> PathBuf {
    root().join("tests/oracle/world/bundle")
}

/// The world, built once.
pub fn shared() -> &'static World {
    static WORLD: OnceLock<World> = OnceLock::new();
    WORLD.get_or_init(|| build(None))
}

/// A world of a few dozen rows a table, for many statements.
pub fn small() -> World {
    build(Some(&root().join("tests/oracle/world/small.sql")))
}

/// One for cases that write, each of which undoes what it did.
pub fn written() -> &'static World {
    static WRITTEN: OnceLock<World> = OnceLock::new();
    WRITTEN.get_or_init(small)
}

impl World {
    /// Databases of its own with the same in them, for one principal.
    pub fn copy_for(&self, principal: &'static str) -> Self {
        let again = |database: &String| cluster::shared().copy_database(database, "copy");
        let masked = [(principal, again(&self.masked[principal]))];
        Self { a: again(&self.a), b: again(&self.b), numbers: self.numbers.clone(), masked: masked.into() }
    }

    /// All of its databases.
    pub fn databases(&self) -> Vec<&str> {
        [&self.a, &self.b].into_iter().chain(self.masked.values()).map(String::as_str).collect()
    }
}

/// A database with the world's schema and no row, to be copied.
pub fn template() -> String {
    static TEMPLATE: OnceLock<String> = OnceLock::new();
    let make = || {
        let cluster = cluster::shared();
        for user in ["clerk", "marketer", "agent", "registrar"] {
            cluster.login(user, "secret");
        }
        let template = cluster.fresh_database("template");
        cluster.sql_file(&template, &root().join("tests/oracle/world/schema.sql"), &[]);
        template
    };
    TEMPLATE.get_or_init(make).clone()
}

fn build(trim: Option<&Path>) -> World {
    let cluster = cluster::shared();
    let folder = root().join("tests/oracle/world");
    let template = template();
    let fill = |stem: &str, hidden: u8| {
        let database = cluster.copy_database(&template, stem);
        let variables = [format!("hidden={hidden}"), format!("buyers={BUYERS}")];
        cluster.sql_file(&database, &folder.join("data.sql"), &variables.each_ref().map(String::as_str));
        if let Some(file) = trim {
            cluster.sql_file(&database, file, &[]);
        }
        // Statistics and the layout on disk must not depend on how a database was made.
        cluster.sql(&database, "VACUUM (FULL, ANALYZE)");
        database
    };
    let a = fill("world_a", 0);
    let b = fill("world_b", 1);
    let masked = RESTRICTED.map(|principal| {
        let database = cluster.copy_database(&a, &format!("world_m_{principal}"));
        overwrite(&database, principal);
        let twin = cluster.copy_database(&b, &format!("world_n_{principal}"));
        overwrite(&twin, principal);
        assert_eq!(dump(&database), dump(&twin), "A and B must have the same masks for {principal}");
        cluster.sql("postgres", &format!("DROP DATABASE {twin}"));
        (principal, database)
    });
    assert_ne!(dump(&a), dump(&b), "A and B must differ");
    World { numbers: numbers(&a), a, b, masked: masked.into() }
}

fn numbers(database: &str) -> Numbers {
    let row_types = cluster::shared().sql(database, "SELECT reltype FROM pg_class WHERE reltype >= 16384");
    let next = "CREATE TEMP TABLE next (); SELECT 'next'::regclass::oid::int";
    Numbers {
        row_types: row_types.lines().map(|oid| oid.parse().expect("an OID")).collect(),
        own: cluster::shared().sql(database, next).trim().parse().expect("an OID"),
    }
}

/// Every row of every protected table.
fn dump(database: &str) -> String {
    let tables = cluster::shared().sql(
        database,
        "SELECT format('SELECT t::text FROM %s t ORDER BY 1;', oid::regclass) FROM pg_class
         WHERE relnamespace = 'housing'::regnamespace AND relkind IN ('r', 'm') ORDER BY relname",
    );
    cluster::shared().sql(database, &tables)
}

/// Overwrites every column that is below clear for `principal` by the expression that its rights name.
fn overwrite(database: &str, principal: &'static str) {
    let script = std::thread::scope(|scope| scope.spawn(|| script(database, principal)).join().expect("a script"));
    assert!(script.contains("\"housing\".\"buyers\""), "no mask for {principal}");
    cluster::shared().sql(database, &script);
    cluster::shared().sql(database, "REFRESH MATERIALIZED VIEW housing.buyer_directory");
    // Rows that are read without an order come as they do from A, where they were written by key.
    let ordered =
        "SELECT format('CLUSTER %1$s USING %2$I; ALTER TABLE %1$s SET WITHOUT CLUSTER;', c.oid::regclass, i.relname)
         FROM pg_index JOIN pg_class c ON c.oid = indrelid JOIN pg_class i ON i.oid = indexrelid
         WHERE indisprimary AND c.relkind = 'r' AND c.relnamespace = 'housing'::regnamespace";
    cluster::shared().sql(database, &cluster::shared().sql(database, ordered));
    cluster::shared().sql(database, "VACUUM (FULL, ANALYZE)");
}

/// The catalog of a database and what a principal may see of it.
pub fn seen(database: &str, principal: &str) -> (Snapshot, Rights) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let snapshot = runtime.block_on(async { read::snapshot(&read::superuser(database).await).await });
    let rights = rights(&snapshot, principal);
    (snapshot, rights)
}

fn script(database: &str, principal: &str) -> String {
    let (snapshot, rights) = seen(database, principal);
    // what is not there is found before anything is changed; foreign keys are not asked
    let mut updates = vec!["SET session_replication_role = replica;".to_owned()];
    let mut deletions = Vec::new();
    for relation in snapshot.relations().filter(|relation| relation.kind == RelationKind::Table) {
        if let Some(filter) = rights.filter(relation.oid) {
            let (name, gone) =
                (format!("\"{}\".\"{}\"", relation.schema, relation.name), format!("gone_{}", relation.oid));
            updates.push(format!(
                "CREATE TEMP TABLE {gone} AS SELECT ctid AS place FROM ONLY {name} WHERE ({}) IS NOT TRUE;",
                filter.text
            ));
            deletions.push(format!("DELETE FROM ONLY {name} WHERE ctid IN (SELECT place FROM {gone});"));
        }
    }
    updates.append(&mut deletions);
    for relation in snapshot.relations().filter(|relation| relation.kind == RelationKind::Table) {
        match rights.relation(relation.oid) {
            Some(RelationRight::Masked(columns)) if &*relation.schema == "housing" => {
                let name = format!("\"{}\".\"{}\"", relation.schema, relation.name);
                if columns.iter().any(|column| column.right < Right::Clear) {
                    updates.push(stored(relation, &name, columns));
                    updates.push(format!(
                        "{}UPDATE ONLY {name} SET {};",
                        nullable(&name, columns),
                        assignments(columns)
                    ));
                }
            }
            Some(RelationRight::Refused(refusal)) if &*relation.schema == "housing" => panic!("{refusal:?}"),
            _ => {}
        }
    }
    updates.concat()
}

/// What `principal` may see of a database of this world.
pub fn rights(snapshot: &Snapshot, principal: &str) -> Rights {
    let files = std::fs::read_dir(bundle()).expect("a bundle").map(|entry| {
        let path = entry.expect("an entry").path();
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        (name, std::fs::read_to_string(path).expect("UTF-8"))
    });
    let policy = compile(&files.collect()).unwrap_or_else(|report| {
        panic!("{}", report.iter().map(|found| found.render()).collect::<String>());
    });
    bind(&policy, snapshot, &policy.principal(principal, None, None))
}

/// A hidden column holds NULL, whatever the true one may hold.
fn nullable(table: &str, columns: &[ColumnRight]) -> String {
    let hidden = columns.iter().filter(|column| column.right == Right::Hidden || column.shown.is_some());
    hidden.map(|column| format!("ALTER TABLE {table} ALTER \"{}\" DROP NOT NULL;", column.name)).collect()
}

/// A generated column that is below clear is an ordinary one in M.
fn stored(relation: &Relation, table: &str, columns: &[ColumnRight]) -> String {
    let generated = |right: &&ColumnRight| {
        right.right < Right::Clear && relation.column_by_number(right.number).is_some_and(|column| column.generated)
    };
    let below = columns.iter().filter(generated);
    below.map(|column| format!("ALTER TABLE {table} ALTER \"{}\" DROP EXPRESSION;", column.name)).collect()
}

fn assignments(columns: &[ColumnRight]) -> String {
    let below = columns.iter().filter(|column| column.right < Right::Clear);
    let each = below.map(|column| {
        let expression = column.expression.as_deref().expect("an expression");
        format!("\"{}\" = {expression}", column.name)
    });
    each.collect::<Vec<_>>().join(", ")
}

#[test]
fn a_and_b_have_the_same_masks_and_m_holds_no_true_value() {
    let world = shared();
    let cluster = cluster::shared();
    for principal in RESTRICTED {
        let leaked = "SELECT count(*) FROM housing.buyers WHERE phone ~ '^1[0-9]{10}$' OR extra IS NOT NULL";
        assert_eq!(cluster.sql(world.masked(principal), leaked).trim(), "0", "{principal}");
        assert_ne!(cluster.sql(&world.a, leaked).trim(), "0");
    }
}
