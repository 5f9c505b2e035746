//! A Menshen of these tests in front of a small database, and one user for each way it treats a session.

use std::fs;
use std::sync::OnceLock;

use tempfile::TempDir;

use super::raw::Raw;
use crate::cluster::shared;
use crate::menshen::{Menshen, Settings};

/// Restricted: sees masked phones.
pub const ENFORCED: &str = "wire_enforced";
/// Sees everything, and is recorded.
pub const WATCHED: &str = "wire_watched";
/// Sees everything, and is not recorded: relayed by header.
pub const RELAYED: &str = "wire_relayed";

const PASSWORD: &str = "quick";

const CLASSIFICATION: &str = r#"
[defaults]
unclassified = "clear"
[category."pii/phone"]
level = "sensitive"
mask = "hide"
[table."housing.buyers"]
subject = "id"
[table."housing.buyers".columns]
phone = "pii/phone"
"#;
const MASKS: &str = "[hide]\nkeep = { first = 3, last = 4, fill = \"*\" }\n";
const POLICY: &str = "p, role:sales, pii/*, masked, *, allow
p, role:all, *, clear, *, allow
p, role:dba, *, clear, *, allow
g, user:wire_enforced, role:sales
g, user:wire_watched, role:all
g, user:wire_relayed, role:dba
";
const IDENTITY: &str = "unrecorded = [\"role:dba\"]\n";
const SCHEMA: &str = "
    CREATE SCHEMA housing;
    CREATE TABLE housing.buyers (id int PRIMARY KEY, phone text NOT NULL);
    INSERT INTO housing.buyers SELECT i, (13800138000 + 7919 * i)::text FROM generate_series(1, 40) i;
    CREATE TABLE housing.projects (id int PRIMARY KEY, name text, area float8);
    INSERT INTO housing.projects SELECT i, '海悦府 ' || i, i / 3.0 FROM generate_series(1, 30) i;
    CREATE TABLE housing.marks (id int PRIMARY KEY, note text);
    GRANT INSERT ON housing.marks TO PUBLIC;
    GRANT USAGE ON SCHEMA housing TO PUBLIC;
    GRANT SELECT ON ALL TABLES IN SCHEMA housing TO PUBLIC;
    GRANT UPDATE ON housing.buyers TO PUBLIC";

/// The proxy and what is behind it.
#[derive(Debug)]
pub struct Front {
    menshen: Menshen,
    database: String,
    /// The true phones of `housing.buyers`.
    pub phones: Vec<String>,
    _bundle: TempDir,
}

pub fn front() -> &'static Front {
    static FRONT: OnceLock<Front> = OnceLock::new();
    FRONT.get_or_init(Front::start)
}

impl Front {
    fn start() -> Self {
        let cluster = shared();
        let database = cluster.fresh_database("wire");
        cluster.sql(&database, SCHEMA);
        let bundle = tempfile::tempdir().expect("a folder");
        let files = [("classification.toml", CLASSIFICATION), ("masks.toml", MASKS), ("policy.csv", POLICY)];
        for (name, text) in files.into_iter().chain([("identity.toml", IDENTITY)]) {
            fs::write(bundle.path().join(name), text).expect("written");
        }
        let mut settings = Settings::new(bundle.path());
        for user in [ENFORCED, WATCHED, RELAYED] {
            cluster.login(user, PASSWORD);
            let secret =
                cluster.sql("postgres", &format!("SELECT rolpassword FROM pg_authid WHERE rolname = '{user}'"));
            settings = settings.user(user, secret.trim());
        }
        let phones = cluster.sql(&database, "SELECT phone FROM housing.buyers");
        let phones = phones.lines().map(str::to_owned).collect();
        Self { menshen: Menshen::start(cluster, &settings), database, phones, _bundle: bundle }
    }

    /// A connection through Menshen.
    pub fn open(&self, user: &str) -> Raw {
        Raw::open(self.menshen.port, user, PASSWORD, &self.database)
    }

    /// A connection to the server itself.
    pub fn direct(&self, user: &str) -> Raw {
        Raw::open(shared().port, user, PASSWORD, &self.database)
    }
}
