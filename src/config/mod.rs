//! `menshen.toml`: what an operator wrote → [`Config`].
//!
//! [`keys`] is the one table of every key; [`read`] turns text into a `Config` or into every [`Problem`] at once;
//! [`load`] and [`secrets`] read files and environment.

pub mod keys;
pub mod load;
mod problem;
mod read;
pub mod secrets;
mod value;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

pub use problem::Problem;
pub use read::read;

/// The whole configuration; every field has the default that [`keys::KEYS`] states.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Config {
    pub listen: Listen,
    pub upstream: Upstream,
    pub catalog: Catalog,
    pub auth: Auth,
    pub policy: Policy,
    pub admin: Admin,
    pub state: State,
    pub extraction: Extraction,
    pub alerts: Alerts,
    pub audit: Audit,
    pub log: Log,
    pub limits: Limits,
}

/// Where clients connect to.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Listen {
    pub addresses: Vec<SocketAddr>,
    pub tls: TlsMode,
    /// PEM, the server's own certificate first.
    pub tls_certificate: Option<PathBuf>,
    /// PEM.
    pub tls_key: Option<PathBuf>,
    /// PEM: who signs client certificates; `None`: no client certificate is asked for.
    pub tls_client_ca: Option<PathBuf>,
}

/// Whether clients may or must speak TLS.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum TlsMode {
    #[default]
    Off,
    Allow,
    Require,
}

/// The PostgreSQL server behind Menshen.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Upstream {
    /// A host name, an address, or a folder of Unix-domain sockets when it starts with `/`.
    pub host: String,
    pub port: u16,
    pub sslmode: SslMode,
    /// PEM: the authorities trusted with `verify-ca` and `verify-full`.
    pub ca: Option<PathBuf>,
    /// PEM: the certificate Menshen shows to the server.
    pub certificate: Option<PathBuf>,
    pub key: Option<PathBuf>,
    pub connect_timeout: Duration,
}

impl Upstream {
    /// The path of the server's Unix-domain socket, when the host is a folder.
    #[must_use]
    pub fn socket_path(&self) -> Option<PathBuf> {
        self.host.starts_with('/').then(|| PathBuf::from(&self.host).join(format!(".s.PGSQL.{}", self.port)))
    }
}

/// libpq's `sslmode`, without `allow`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum SslMode {
    /// Plain text.
    Disable,
    /// TLS if the server has it, plain text otherwise.
    #[default]
    Prefer,
    /// TLS, whoever the server is; with an authority file, as `verify-ca` (as libpq does).
    Require,
    /// TLS, with a certificate signed by a trusted authority.
    VerifyCa,
    /// As `verify-ca`, and the certificate names the host.
    VerifyFull,
}

/// Menshen's own log-in: reading catalogs, and verifiers where `auth.query` says so.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Catalog {
    pub user: String,
    pub password_file: Option<PathBuf>,
    /// How often the catalogs are asked whether something has changed.
    pub poll_interval: Duration,
}

/// How clients prove who they are, and how Menshen logs in for them.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Auth {
    pub method: AuthMethod,
    /// Lines `"user" "SCRAM-SHA-256$…"`, as PgBouncer's `auth_file`.
    pub userlist: Option<PathBuf>,
    /// A query with one parameter `$1`, the user's name; answers (name, verifier).
    pub query: Option<String>,
    /// The database that `query` runs in.
    pub query_database: String,
    pub upstream: UpstreamLogin,
    pub service_accounts: Vec<ServiceAccount>,
}

/// How a client authenticates.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum AuthMethod {
    /// SCRAM-SHA-256, and SCRAM-SHA-256-PLUS over TLS.
    #[default]
    Scram,
    /// The client certificate's common name is the user's name.
    Cert,
    /// Anybody is believed to be whoever they say. Development only.
    Trust,
}

/// How Menshen logs in to PostgreSQL for a client.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum UpstreamLogin {
    /// As the same user, with the SCRAM keys that the client's own proof revealed; or, where the server asks for
    /// nothing, without any.
    #[default]
    ScramKeys,
    /// As the same user, with the password of the userlist.
    Password,
    /// As the same user, with `upstream.certificate`; the server maps its name by `pg_ident.conf`.
    Certificate,
    /// As the user that `[[service_account]]` names.
    ServiceAccount,
}

/// One `[[service_account]]`: clients of one database user log in to PostgreSQL as another.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ServiceAccount {
    /// The user that the client authenticated as; `*` for every user not named otherwise.
    pub client: String,
    /// The database user that PostgreSQL sees.
    pub user: String,
    pub password_file: Option<PathBuf>,
}

/// Where the policy bundle is.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Policy {
    pub dir: PathBuf,
    /// Where the secrets of pseudonyms are: files named after keys.
    pub keys: Option<PathBuf>,
    /// Whether a second parser reads every new text that is sent for a restricted principal.
    pub witness: bool,
}

/// Where it is counted who takes how much.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Extraction {
    pub state: ExtractionState,
    /// `redis://…` or `rediss://…`, without a password; needed with [`ExtractionState::Redis`].
    pub redis_url: Option<String>,
    pub redis_password_file: Option<PathBuf>,
    /// How long an answer of Redis may take.
    pub timeout: Duration,
    /// File with the key of digests; `None`: in the state folder.
    pub key: Option<PathBuf>,
}

/// Who adds up what was taken.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum ExtractionState {
    /// This process alone.
    #[default]
    Embedded,
    /// All replicas, through Redis or Valkey.
    Redis,
}

/// The port for metrics and health, and what administrators ask and order.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Admin {
    /// `None`: no admin port.
    pub address: Option<SocketAddr>,
    /// The administrators' Unix-domain socket; `None`: no socket.
    pub socket: Option<PathBuf>,
    /// Who may use it besides root and the process's own user: numbers of users.
    pub socket_users: Vec<u32>,
    /// What opens the administrators' routes of the port; `None`: from the environment, else they are closed.
    pub token_file: Option<PathBuf>,
    /// PEM, the port's own certificate first; `None`: the port speaks plain text.
    pub tls_certificate: Option<PathBuf>,
    /// PEM.
    pub tls_key: Option<PathBuf>,
}

/// What the process keeps over a restart.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct State {
    pub dir: PathBuf,
}

/// How alerts are sent.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Alerts {
    /// Where the secrets of channels are: files.
    pub secrets: Option<PathBuf>,
    /// The admin interface as people reach it, for links; empty: the admin address.
    pub console: Option<String>,
}

/// The audit file.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Audit {
    /// JSON Lines; `None`: no audit.
    pub file: Option<PathBuf>,
    /// How many records may wait to be written before sessions wait for the disk.
    pub queue: usize,
    /// How long they wait.
    pub patience: Duration,
}

/// What the process says of itself on standard error.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Log {
    pub format: LogFormat,
    /// `error`, `warn`, `info`, `debug`, `trace`, or `tracing`'s filter directives.
    pub level: String,
}

/// How log lines look.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum LogFormat {
    #[default]
    Text,
    Json,
}

/// Limits of the process.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Limits {
    /// Client connections at once.
    pub max_connections: usize,
    /// From accepting a connection to being logged in.
    pub authentication_timeout: Duration,
    /// How long open statements may go on after SIGTERM.
    pub drain_timeout: Duration,
    /// Threads that serve sessions; 0: one per processor.
    pub worker_threads: usize,
}
