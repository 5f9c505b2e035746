//! The real `menshen` program in front of the test cluster.

use std::fs;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::os::unix::fs::PermissionsExt;
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use tempfile::{NamedTempFile, TempDir};

use crate::cluster::{self, Cluster, root, tool};

/// The password of Menshen's own catalog user in the tests.
const CATALOG_PASSWORD: &str = "catalog-secret";

/// How it finds the verifiers of users that are not in the userlist.
const VERIFIERS: &str = "SELECT rolname, rolpassword FROM pg_catalog.pg_authid WHERE rolname = $1 AND rolcanlogin";

/// A running Menshen; it ends with this value.
#[derive(Debug)]
pub struct Menshen {
    child: Child,
    pub port: u16,
    pub admin_port: u16,
    pub folder: TempDir,
    /// Whether the admin port speaks TLS.
    secure: bool,
}

/// How to start one.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The bundle's folder.
    pub policies: PathBuf,
    /// `"trust"`, `"cert"` or `"scram-sha-256"`.
    pub method: &'static str,
    /// How it logs in to the server; `None`: as fits the method.
    pub upstream: Option<&'static str>,
    /// sslmode and host of the server leg; `None`: plain text.
    pub sslmode: Option<(String, String)>,
    /// Users and passwords of the userlist.
    pub users: Vec<(String, String)>,
    /// Lines added to a section: (`listen`, `tls = "allow"`).
    pub extra: Vec<(&'static str, String)>,
    /// Defects to order, in a build with the feature `test-leaks`.
    pub defects: String,
    /// What its wall clock says.
    pub clock: Option<WallClock>,
}

/// A wall clock that a test sets, for any number of programs. What measures how long something takes is not touched, as
/// it is not when somebody sets the clock of a machine.
#[derive(Clone, Debug)]
pub struct WallClock(Arc<NamedTempFile>);

impl WallClock {
    /// Says what `by` adds to the true time, such as `+1h` or `-8d`.
    pub fn new(by: &str) -> Self {
        let clock = Self(Arc::new(NamedTempFile::new().expect("a file")));
        clock.set(by);
        clock
    }

    pub fn set(&self, by: &str) {
        // the whole of it at once: programs read it whenever they like
        let next = self.0.path().with_extension("next");
        fs::write(&next, format!("{by}\n")).expect("written");
        fs::rename(next, self.0.path()).expect("renamed");
    }

    /// What lets a program go by it. The C library is named so that its allocator comes before any other, which might ask
    /// for the time before there is one.
    pub fn environment(&self) -> Vec<(String, String)> {
        let file = self.0.path().display().to_string();
        let preloaded = format!("{} libc.so.6", tool("faketime", "FAKETIME_LIB"));
        let set = [
            ("LD_PRELOAD", preloaded.as_str()),
            ("FAKETIME_TIMESTAMP_FILE", &file),
            ("FAKETIME_NO_CACHE", "1"),
            ("FAKETIME_DONT_FAKE_MONOTONIC", "1"),
            ("DONT_FAKE_MONOTONIC", "1"),
            ("TZ", "UTC"),
        ];
        set.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec()
    }
}

impl Settings {
    pub fn new(policies: impl AsRef<Path>) -> Self {
        Self {
            policies: root().join(policies),
            method: "scram-sha-256",
            upstream: None,
            sslmode: None,
            users: Vec::new(),
            extra: Vec::new(),
            defects: String::new(),
            clock: None,
        }
    }

    /// Everybody is believed; the server must trust them too.
    pub fn trusting(mut self) -> Self {
        self.method = "trust";
        self
    }

    pub fn user(mut self, name: &str, password: &str) -> Self {
        self.users.push((name.into(), password.into()));
        self
    }

    pub fn with(mut self, section: &'static str, line: impl Into<String>) -> Self {
        self.extra.push((section, line.into()));
        self
    }

    fn toml(&self, cluster: &Cluster, folder: &Path, port: u16, admin_port: u16) -> String {
        let folder = folder.display();
        let (upstream, query) = match self.method {
            "trust" => ("password", String::new()),
            _ => ("scram-keys", format!("query = \"{VERIFIERS}\"\n")),
        };
        let upstream = self.upstream.unwrap_or(upstream);
        let elsewhere = self.extra.iter().any(|(section, line)| *section == "audit" && line.starts_with("file"));
        let audit = if elsewhere { String::new() } else { format!("file = \"{folder}/audit.jsonl\"\n") };
        let (sslmode, host) = self.sslmode.clone().unwrap_or_else(|| ("disable".into(), cluster.host.clone()));
        let sections = [
            ("listen", format!("address = \"127.0.0.1:{port}\"\n")),
            ("upstream", format!("host = \"{host}\"\nport = {}\nsslmode = \"{sslmode}\"\n", cluster.port)),
            ("catalog", format!("user = \"menshen\"\npassword_file = \"{folder}/catalog.password\"\n")),
            (
                "auth",
                format!(
                    "method = \"{}\"\nuserlist = \"{folder}/userlist.txt\"\nupstream = \"{upstream}\"\n{query}",
                    self.method
                ),
            ),
            ("policy", format!("dir = \"{}\"\n", self.policies.display())),
            ("admin", format!("address = \"127.0.0.1:{admin_port}\"\n")),
            ("state", String::new()),
            ("extraction", String::new()),
            ("alerts", String::new()),
            ("audit", audit),
            ("log", "level = \"info\"\n".to_owned()),
            ("limits", String::new()),
        ];
        let with_extra = |(section, lines): &(&str, String)| {
            let extra = self.extra.iter().filter(|(of, _)| of == section).map(|(_, line)| format!("{line}\n"));
            format!("[{section}]\n{lines}{}", extra.collect::<String>())
        };
        sections.iter().map(with_extra).collect()
    }
}

/// A folder with these files, by name and text.
pub fn bundle(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    files.iter().for_each(|(name, text)| fs::write(folder.path().join(name), text).expect("written"));
    folder
}

impl Menshen {
    /// Starts the program in front of `cluster` and waits until it is ready.
    pub fn start(cluster: &Cluster, settings: &Settings) -> Self {
        prepare(cluster);
        let folder = tempfile::Builder::new().prefix("menshen-it").tempdir().expect("a folder");
        let (port, admin_port) = free_ports();
        let path = folder.path();
        private(&path.join("catalog.password"), CATALOG_PASSWORD);
        let users = settings.users.iter().map(|(name, password)| format!("\"{name}\" \"{password}\"\n"));
        private(&path.join("userlist.txt"), &users.collect::<String>());
        private(&path.join("menshen.toml"), &settings.toml(cluster, path, port, admin_port));
        let child = spawn(path, settings);
        let secure = settings.extra.iter().any(|(section, line)| *section == "admin" && line.starts_with("tls_"));
        let mut menshen = Self { child, port, admin_port, folder, secure };
        menshen.wait_until_ready();
        menshen
    }

    /// Ends it as if the power were cut.
    pub fn kill(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    /// Ends it in good order.
    pub fn stop(&mut self) {
        assert_eq!(self.terminate(), Some(0), "{}", self.log());
    }

    /// Tells it to end; its exit status.
    pub fn terminate(&mut self) -> Option<i32> {
        self.signal("TERM");
        self.child.wait().expect("its status").code()
    }

    /// Starts it after [`Menshen::kill`] or [`Menshen::stop`], with all that it has kept.
    pub fn again(&mut self, settings: &Settings) {
        self.child = spawn(self.folder.path(), settings);
        self.wait_until_ready();
    }

    fn wait_until_ready(&mut self) {
        let deadline = Instant::now() + Duration::from_secs(60);
        while !self.admin("/readyz").is_some_and(|answer| answer.starts_with("HTTP/1.1 200")) {
            let ended = self.child.try_wait().expect("its status");
            assert!(ended.is_none() && Instant::now() < deadline, "not ready ({ended:?}):\n{}", self.log());
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// The answer of the admin port (of the socket, where that speaks TLS) to GET, headers included; `None`: nobody
    /// answers.
    pub fn admin(&self, path: &str) -> Option<String> {
        if self.secure {
            return answer(UnixStream::connect(self.folder.path().join("menshen.sock")).ok()?, path);
        }
        let stream = TcpStream::connect(("127.0.0.1", self.admin_port)).ok()?;
        stream.set_read_timeout(Some(Duration::from_secs(20))).ok()?;
        answer(stream, path)
    }

    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Everything it has logged.
    pub fn log(&self) -> String {
        fs::read_to_string(self.folder.path().join("menshen.log")).unwrap_or_default()
    }

    /// The audit lines so far.
    pub fn audit(&self) -> String {
        fs::read_to_string(self.folder.path().join("audit.jsonl")).unwrap_or_default()
    }

    /// Waits until there is an audit line with this in it.
    pub fn audits(&self, part: &str) -> bool {
        let until = Instant::now() + Duration::from_secs(5);
        while !self.audit().contains(part) && Instant::now() < until {
            std::thread::sleep(Duration::from_millis(5));
        }
        self.audit().contains(part)
    }

    /// Connection parameters to it.
    pub fn config(&self, user: &str, password: &str, database: &str) -> tokio_postgres::Config {
        cluster::config("127.0.0.1", self.port, user, password, database)
    }

    /// Sends a signal by name, such as `HUP`.
    pub fn signal(&self, name: &str) {
        let status = Command::new("kill").arg(format!("-{name}")).arg(self.pid().to_string()).status();
        assert!(status.expect("kill runs").success());
    }
}

impl Drop for Menshen {
    fn drop(&mut self) {
        if std::thread::panicking() {
            let log = self.log();
            let tail: Vec<&str> = log.lines().rev().take(30).collect();
            println!("--- menshen's log, its end:");
            tail.iter().rev().for_each(|line| println!("{line}"));
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn answer(mut stream: impl Read + Write, path: &str) -> Option<String> {
    write!(stream, "GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").ok()?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).ok()?;
    Some(answer)
}

/// Starts the program by the configuration in a folder.
fn spawn(folder: &Path, settings: &Settings) -> Child {
    let log = fs::OpenOptions::new().create(true).append(true).open(folder.join("menshen.log")).expect("a log");
    let mut command = Command::new(env!("CARGO_BIN_EXE_menshen"));
    command.args(["run", "--config"]).arg(folder.join("menshen.toml")).current_dir(folder);
    command.env("MENSHEN_TEST_LEAKS", &settings.defects).stdin(Stdio::null());
    command.envs(settings.clock.iter().flat_map(WallClock::environment));
    command.stdout(log.try_clone().expect("a log")).stderr(log);
    let child = command.spawn().expect("menshen starts");
    watch(child.id(), folder);
    child
}

/// Lets a process end, and its folder vanish, with this process, even if this one is killed.
pub fn watch(process: u32, folder: &Path) {
    let script = "while kill -0 $0 && kill -0 $1; do sleep 0.5; done; kill -9 $1; kill -0 $0 || rm -rf \"$2\"";
    let mut watchdog = Command::new("setsid");
    watchdog.args(["sh", "-c", script]).args([std::process::id(), process].map(|pid| pid.to_string())).arg(folder);
    watchdog.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    // it ends after this process: nobody is left to wait for it
    #[expect(clippy::zombie_processes, reason = "the watchdog outlives the test on purpose")]
    let _watchdog = watchdog.spawn().expect("a watchdog");
}

/// Makes Menshen's own user in the shared cluster or another one.
fn prepare(cluster: &Cluster) {
    static DONE: Mutex<Vec<u16>> = Mutex::new(Vec::new());
    let mut done = DONE.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    if !done.contains(&cluster.port) {
        cluster.login("menshen", CATALOG_PASSWORD);
        cluster.sql("postgres", "GRANT SELECT ON pg_catalog.pg_authid TO menshen");
        done.push(cluster.port);
    }
}

/// Two ports nobody listens on.
fn free_ports() -> (u16, u16) {
    let listeners = [0, 0].map(|_| TcpListener::bind("127.0.0.1:0").expect("a port"));
    let [one, two] = listeners.map(|listener| listener.local_addr().expect("an address").port());
    (one, two)
}

fn private(path: &Path, text: &str) {
    fs::write(path, text).expect("written");
    fs::set_permissions(path, fs::Permissions::from_mode(0o600)).expect("permissions");
}
