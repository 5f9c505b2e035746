//! A real Redis: own folder, free port, loopback only, ended by its process id.

use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use redis::FromRedisValue;
use tempfile::TempDir;

/// A server that ends with this value.
pub struct Server {
    pub port: u16,
    folder: TempDir,
    environment: Vec<(String, String)>,
    child: Option<Child>,
}

impl Server {
    pub fn start() -> Self {
        Self::start_with(Vec::new())
    }

    /// Starts one with these environment variables.
    pub fn start_with(environment: Vec<(String, String)>) -> Self {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let mut server = Self { port, folder: tempfile::tempdir().unwrap(), environment, child: None };
        server.again();
        server
    }

    /// Starts it after [`Server::kill`], on the same port; it remembers nothing.
    pub fn again(&mut self) {
        let program = std::env::var("REDIS_SERVER").unwrap_or_else(|_| "redis-server".into());
        let mut command = Command::new(&program);
        command.envs(self.environment.iter().cloned());
        command.args(["--port", &self.port.to_string(), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]);
        command.arg("--dir").arg(self.folder.path()).stdin(Stdio::null()).stdout(Stdio::null());
        let child = command.spawn().unwrap_or_else(|error| panic!("{program}: {error}; see scripts/env.sh redis"));
        self.child = Some(child);
        let begun = Instant::now();
        while TcpStream::connect(("127.0.0.1", self.port)).is_err() {
            assert!(begun.elapsed() < Duration::from_secs(10), "redis-server does not answer");
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// Ends it without a warning.
    pub fn kill(&mut self) {
        if let Some(mut child) = self.child.take() {
            child.kill().unwrap();
            child.wait().unwrap();
        }
    }

    pub fn url(&self) -> String {
        format!("redis://127.0.0.1:{}/0", self.port)
    }

    /// Runs one command.
    pub fn command<T: FromRedisValue>(&self, words: &[&str]) -> T {
        let client = redis::Client::open(self.url()).unwrap();
        let mut command = redis::cmd(words[0]);
        words[1..].iter().for_each(|word| _ = command.arg(*word));
        command.query(&mut client.get_connection().unwrap()).unwrap()
    }

    /// The numbers in the only meter there is.
    pub fn total(&self) -> u64 {
        let keys: Vec<String> = self.command(&["KEYS", "menshen:????????????????"]);
        assert_eq!(keys.len(), 1, "{keys:?}");
        self.command(&["HGET", &keys[0], "total"])
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.kill();
    }
}
