//! The drivers people use, each with its own idioms: what a program sees through Menshen is byte for byte what it sees
//! of PostgreSQL itself. Unrestricted: directly and through Menshen. Restricted: Menshen on the true database, and
//! PostgreSQL on the masked copy.

mod tokio_postgres;

use std::process::{Command, Stdio};
use std::sync::OnceLock;

use crate::cluster::{self, root, run, tool};
use crate::menshen::{Menshen, Settings};
use crate::oracle::world;

pub const PASSWORD: &str = "driver-secret";
/// Holds every right.
pub const UNRESTRICTED: &str = "drv_full";
/// Sees what the oracles' clerk sees.
pub const RESTRICTED: &str = "drv_read";

/// Where a program connects to.
#[derive(Clone, Debug)]
pub struct Door {
    pub port: u16,
    pub user: &'static str,
    pub database: String,
}

impl Door {
    pub fn config(&self) -> ::tokio_postgres::Config {
        cluster::config("127.0.0.1", self.port, self.user, PASSWORD, &self.database)
    }

    pub fn transcript(&self, program: Command, scope: &str) -> String {
        // A driver that waits for an answer that never comes must not wait for ever.
        let mut limited = Command::new("timeout");
        limited.args(["-k", "5", "120"]).arg(program.get_program()).args(program.get_args());
        limited.envs(program.get_envs().filter_map(|(name, value)| Some((name, value?))));
        let mut program = limited;
        program.stdin(Stdio::null()).env("SCOPE", scope).env("LC_ALL", "C.UTF-8").env("TZ", "UTC");
        program.env("PGHOST", "127.0.0.1").env("PGPORT", self.port.to_string()).env("PGDATABASE", &self.database);
        run(program.env("PGUSER", self.user).env("PGPASSWORD", PASSWORD))
    }
}

/// One Menshen for all drivers.
pub fn proxy() -> &'static Menshen {
    static PROXY: OnceLock<Menshen> = OnceLock::new();
    PROXY.get_or_init(|| {
        for user in [UNRESTRICTED, RESTRICTED] {
            cluster::shared().login(user, PASSWORD);
        }
        Menshen::start(cluster::shared(), &Settings::new(world::bundle()))
    })
}

/// Two equal databases with the schema that the programs write to: one for each way.
pub fn writable() -> [Door; 2] {
    static TEMPLATE: OnceLock<String> = OnceLock::new();
    let cluster = cluster::shared();
    let template = TEMPLATE.get_or_init(|| {
        let name = cluster.fresh_database("drivers_template");
        cluster.sql_file(&name, &root().join("tests/drivers/schema.sql"), &[]);
        name
    });
    [cluster.port, proxy().port].map(|port| {
        let database = cluster.copy_database(template, "drivers");
        cluster.sql(&database, &format!("GRANT CREATE, TEMP ON DATABASE {database} TO {UNRESTRICTED}"));
        Door { port, user: UNRESTRICTED, database }
    })
}

/// The masked copy directly, and the true database through Menshen.
pub fn readable() -> [Door; 2] {
    let world = world::shared();
    let through = proxy().port;
    let direct = cluster::shared().port;
    [(direct, world.masked("clerk")), (through, &world.a)].map(|(port, database)| Door {
        port,
        user: RESTRICTED,
        database: database.to_owned(),
    })
}

pub fn python(program: &str) -> Command {
    let mut command = Command::new(tool("python", "MENSHEN_PYTHON"));
    command.arg("-B").arg(root().join("tests/drivers").join(program));
    command
}

pub fn node(program: &str) -> Command {
    let mut command = Command::new("node");
    command.env("NODE_PATH", tool("node", "NODE_PATH")).arg(root().join("tests/drivers").join(program));
    command
}

pub fn jdbc(program: &str) -> Command {
    let mut command = Command::new("java");
    command.args(["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", &tool("jdbc", "MENSHEN_JDBC_JAR")]);
    command.arg(root().join("tests/drivers").join(program));
    command
}

/// Compares two transcripts, and that they are no empty ones.
#[track_caller]
pub fn same(direct: &str, through: &str, steps: usize) {
    for (direct, through) in direct.lines().zip(through.lines()) {
        assert_eq!(through, direct, "\nthrough Menshen (left) against direct (right)");
    }
    assert_eq!(through.lines().count(), direct.lines().count());
    assert!(direct.lines().count() >= steps, "only {} steps", direct.lines().count());
}

#[track_caller]
fn unrestricted(program: fn() -> Command, steps: usize) {
    let [direct, through] = writable().map(|door| door.transcript(program(), "full"));
    same(&direct, &through, steps);
}

#[track_caller]
fn restricted(program: fn() -> Command, steps: usize) {
    let [masked, through] = readable().map(|door| door.transcript(program(), "read"));
    same(&masked, &through, steps);
}

#[test]
fn psycopg_notices_nothing() {
    unrestricted(|| python("psycopg3.py"), 110);
}

#[test]
fn psycopg_reads_masks() {
    restricted(|| python("psycopg3.py"), 30);
}

#[test]
fn asyncpg_notices_nothing() {
    unrestricted(|| python("asyncpg_client.py"), 80);
}

#[test]
fn asyncpg_reads_masks() {
    restricted(|| python("asyncpg_client.py"), 14);
}

#[test]
fn sqlalchemy_notices_nothing() {
    unrestricted(|| python("sqlalchemy_orm.py"), 28);
}

#[test]
fn sqlalchemy_reads_masks() {
    restricted(|| python("sqlalchemy_orm.py"), 6);
}

#[test]
fn django_notices_nothing() {
    unrestricted(|| python("django_orm.py"), 20);
}

#[test]
fn django_reads_masks() {
    restricted(|| python("django_orm.py"), 16);
}

#[test]
fn node_postgres_notices_nothing() {
    unrestricted(|| node("node_postgres.js"), 105);
}

#[test]
fn node_postgres_reads_masks() {
    restricted(|| node("node_postgres.js"), 12);
}

#[test]
fn jdbc_notices_nothing() {
    unrestricted(|| jdbc("Jdbc.java"), 120);
}

#[test]
fn jdbc_reads_masks() {
    restricted(|| jdbc("Jdbc.java"), 100);
}
