//! The PostgreSQL cluster of this test run: started once through `scripts/cluster.sh`, gone when the process ends.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, OnceLock};

use tokio_postgres::{Client, Config, NoTls};

/// A running server; its superuser is `postgres`.
#[derive(Debug)]
pub struct Cluster {
    pub host: String,
    pub port: u16,
    /// Folder of the Unix-domain socket; the superuser is trusted there.
    pub socket: PathBuf,
    pub password: String,
    /// Where psql, pgbench, pg_dump are.
    pub binaries: PathBuf,
    pub postmaster: u32,
    folder: PathBuf,
}

/// Users of the oracles' world: tests that speak the raw protocol log in as them without a password.
const TRUSTED: &str = "clerk,marketer,agent,registrar";

/// The cluster that all tests of this binary share; each makes databases of its own in it.
pub fn shared() -> &'static Cluster {
    static CLUSTER: OnceLock<Cluster> = OnceLock::new();
    CLUSTER.get_or_init(|| Cluster::start(&["--hba", &format!("host all {TRUSTED} 127.0.0.1/32 trust")]))
}

/// The repository's root.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

impl Cluster {
    /// Starts a cluster; `options` are those of `scripts/cluster.sh start`. Its watchdog stops it when this process
    /// ends; a test that wants it to end earlier calls [`Cluster::stop`].
    pub fn start(options: &[&str]) -> Self {
        let output = Command::new(root().join("scripts/cluster.sh"))
            .args(["start", "--parent", &std::process::id().to_string()])
            .args(options)
            .stdin(Stdio::null())
            .stderr(Stdio::inherit())
            .output()
            .expect("scripts/cluster.sh runs");
        assert!(output.status.success(), "scripts/cluster.sh start failed");
        let facts = String::from_utf8(output.stdout).expect("UTF-8");
        let facts: HashMap<&str, &str> = facts.lines().filter_map(|line| line.split_once('=')).collect();
        Self {
            host: facts["PGHOST"].into(),
            port: facts["PGPORT"].parse().expect("a port"),
            socket: facts["PGSOCKET"].into(),
            password: facts["PGPASSWORD"].into(),
            binaries: facts["PG_BIN"].into(),
            postmaster: facts["POSTMASTER"].parse().expect("a process id"),
            folder: facts["CLUSTER"].into(),
        }
    }

    /// Stops the server and removes its folder.
    pub fn stop(&self) {
        let status = Command::new(root().join("scripts/cluster.sh")).arg("stop").arg(&self.folder).status();
        assert!(status.expect("scripts/cluster.sh runs").success());
    }

    /// Creates an empty database whose name begins with `stem`, unique in this run.
    pub fn fresh_database(&self, stem: &str) -> String {
        let name = self.fresh_name(stem);
        self.sql("postgres", &format!("CREATE DATABASE {name}"));
        name
    }

    /// A copy of the database `template`, to which nobody may be connected.
    pub fn copy_database(&self, template: &str, stem: &str) -> String {
        // Two sessions cannot copy one template at the same time.
        static ONE_BY_ONE: Mutex<()> = Mutex::new(());
        let _alone = ONE_BY_ONE.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let name = self.fresh_name(stem);
        self.sql("postgres", &format!("CREATE DATABASE {name} TEMPLATE {template}"));
        name
    }

    fn fresh_name(&self, stem: &str) -> String {
        static COUNT: AtomicU32 = AtomicU32::new(1);
        format!("{stem}_{}", COUNT.fetch_add(1, Ordering::Relaxed))
    }

    /// psql as the superuser over the socket: no start-up file, stop at the first error, values only.
    pub fn psql(&self, database: &str) -> Command {
        let mut command = self.program("psql");
        command.args(["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-U", "postgres", "-d", database]);
        command.arg("-h").arg(&self.socket).args(["-p", &self.port.to_string()]);
        command
    }

    /// One of PostgreSQL's programs, without any `PG…` variable of the caller.
    pub fn program(&self, name: &str) -> Command {
        let mut command = Command::new(self.binaries.join(name));
        for (variable, _) in std::env::vars().filter(|(variable, _)| variable.starts_with("PG")) {
            command.env_remove(variable);
        }
        command.stdin(Stdio::null()).env("LC_ALL", "C.UTF-8").env("PGCONNECT_TIMEOUT", "20");
        command
    }

    /// Runs statements as the superuser and returns what psql prints; panics when one fails.
    pub fn sql(&self, database: &str, statements: &str) -> String {
        run(self.psql(database).args(["-c", statements]))
    }

    /// Runs a file as the superuser, with psql variables `name=value`.
    pub fn sql_file(&self, database: &str, file: &Path, variables: &[&str]) -> String {
        let mut command = self.psql(database);
        for variable in variables {
            command.args(["-v", variable]);
        }
        run(command.arg("-f").arg(file))
    }

    /// Creates a log-in role with that password, unless it exists.
    pub fn login(&self, role: &str, password: &str) {
        // The server lets two sessions collide over one role.
        static ONE_BY_ONE: Mutex<()> = Mutex::new(());
        let _alone = ONE_BY_ONE.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        self.sql(
            "postgres",
            &format!(
                "DO $$ BEGIN CREATE ROLE {role} LOGIN PASSWORD '{password}';
                 EXCEPTION WHEN duplicate_object THEN NULL; END $$"
            ),
        );
    }

    /// Connection parameters over TCP, directly to the server.
    pub fn config(&self, user: &str, password: &str, database: &str) -> Config {
        config(&self.host, self.port, user, password, database)
    }
}

/// Connection parameters over TCP.
pub fn config(host: &str, port: u16, user: &str, password: &str, database: &str) -> Config {
    let mut config = Config::new();
    config.host(host).port(port).user(user).password(password).dbname(database);
    config.connect_timeout(std::time::Duration::from_secs(20));
    config
}

/// Connects and drives the connection in the background.
pub async fn connect(config: &Config) -> Client {
    let (client, connection) = config.connect(NoTls).await.expect("connected");
    tokio::spawn(connection);
    client
}

/// Runs a program and returns its output; panics with its error output when it fails.
pub fn run(command: &mut Command) -> String {
    let output = command.output().expect("the program runs");
    let error = String::from_utf8_lossy(&output.stderr).into_owned();
    let said: String = format!("{command:?}").chars().take(400).collect();
    let printed = String::from_utf8_lossy(&output.stdout);
    let last: Vec<&str> = printed.lines().rev().take(3).collect();
    assert!(output.status.success(), "{said} failed ({}): {error}\nlast lines: {last:#?}", output.status);
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// A variable that `scripts/env.sh <word>` finds or installs.
pub fn tool(word: &str, variable: &str) -> String {
    static FOUND: Mutex<Option<HashMap<String, String>>> = Mutex::new(None);
    let mut found = FOUND.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    let found = found.get_or_insert_default();
    if !found.contains_key(variable) {
        let script = root().join("scripts/env.sh");
        let show = format!("eval \"$('{}' {word})\" && printf %s \"${variable}\"", script.display());
        found.insert(variable.to_owned(), run(Command::new("bash").args(["-c", &show])));
    }
    found[variable].clone()
}

#[test]
fn a_cluster_answers_and_leaves_nothing_behind() {
    let cluster = Cluster::start(&["--set", "work_mem=5MB"]);
    let database = cluster.fresh_database("scratch");
    assert_eq!(cluster.sql(&database, "SHOW work_mem").trim(), "5MB");
    cluster.stop();
    assert!(!cluster.folder.exists());
    assert!(!Path::new(&format!("/proc/{}", cluster.postmaster)).exists());
}

#[tokio::test]
async fn the_shared_cluster_takes_passwords_over_tcp() {
    let cluster = shared();
    cluster.login("tcp_user", "secret");
    let client = connect(&cluster.config("tcp_user", "secret", "postgres")).await;
    let row = client.query_one("SELECT current_user::text", &[]).await.expect("a row");
    assert_eq!(row.get::<_, &str>(0), "tcp_user");
    assert!(cluster.config("tcp_user", "wrong", "postgres").connect(NoTls).await.is_err());
}
