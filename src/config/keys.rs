//! The table of every key of `menshen.toml`: from it come reading, `config --print-default` and the check for
//! unknown keys.

use super::value::Value;
use super::{AuthMethod, Config, ExtractionState, LogFormat, ServiceAccount, SslMode, TlsMode, UpstreamLogin};

/// One key.
pub struct Key {
    pub section: &'static str,
    pub name: &'static str,
    /// As TOML.
    pub default: &'static str,
    /// What it means, in sentences.
    pub comment: &'static str,
    pub(super) set: fn(&mut Config, Value<'_>) -> Result<(), String>,
}

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{} = {}", self.section, self.name, self.default)
    }
}

/// The section that may stand several times, as `[[service_account]]`.
pub const REPEATED: &str = "service_account";

/// The sections in the order they are printed, with what they are about.
pub const SECTIONS: &[(&str, &str)] = &[
    ("listen", "Where clients connect to."),
    ("upstream", "The PostgreSQL server behind Menshen."),
    (
        "catalog",
        "Menshen's own log-in to PostgreSQL: it reads system catalogs, never users' tables. Its password may also \
         be given by the environment variable MENSHEN_CATALOG_PASSWORD.",
    ),
    ("auth", "How clients prove who they are, and how Menshen logs in to PostgreSQL for them."),
    (REPEATED, "With auth.upstream = \"service-account\": who logs in to PostgreSQL as whom. May stand several times."),
    ("policy", "The rules: a folder that compiles as a whole or not at all."),
    (
        "admin",
        "The port for metrics and health checks, which are open to whoever reaches it: keep it on an internal address. \
         And where administrators look at incidents and give orders: a Unix-domain socket, or the port with a token.",
    ),
    (
        "state",
        "What the process keeps over a restart: what was counted, orders, incidents and alerts that are not delivered yet.",
    ),
    (
        "extraction",
        "Where it is counted who takes how much: see limits.toml in the bundle. The password of Redis may also be given \
         by the environment variable MENSHEN_REDIS_PASSWORD.",
    ),
    ("alerts", "How alerts are sent. Who hears of what is in alerts.toml of the bundle."),
    (
        "audit",
        "One JSON line for each statement that touched protected columns or was refused, and for each administrator's order.",
    ),
    ("log", "What the process says of itself on standard error."),
    ("limits", "Limits of the process."),
];

/// Declares one key: `key!("section", "name", default, comment, |config, value| field = meaning)`.
macro_rules! key {
    ($section:literal, $name:literal, $default:literal, $comment:literal, $($field:ident).+, $method:ident($($argument:expr),*)) => {
        Key {
            section: $section,
            name: $name,
            default: $default,
            comment: $comment,
            set: |config, value| {
                config.$($field).+ = value.$method($($argument),*)?;
                Ok(())
            },
        }
    };
}

/// Declares one key of `[[service_account]]`.
macro_rules! account_key {
    ($name:literal, $default:literal, $comment:literal, $field:ident, $method:ident()) => {
        Key {
            section: REPEATED,
            name: $name,
            default: $default,
            comment: $comment,
            set: |config, value| {
                let meaning = value.$method()?;
                if let Some(ServiceAccount { $field, .. }) = config.auth.service_accounts.last_mut() {
                    *$field = meaning;
                }
                Ok(())
            },
        }
    };
}

const TLS_MODES: &[(&str, TlsMode)] =
    &[("off", TlsMode::Off), ("allow", TlsMode::Allow), ("require", TlsMode::Require)];

const SSL_MODES: &[(&str, SslMode)] = &[
    ("disable", SslMode::Disable),
    ("prefer", SslMode::Prefer),
    ("require", SslMode::Require),
    ("verify-ca", SslMode::VerifyCa),
    ("verify-full", SslMode::VerifyFull),
];

const AUTH_METHODS: &[(&str, AuthMethod)] =
    &[("scram-sha-256", AuthMethod::Scram), ("cert", AuthMethod::Cert), ("trust", AuthMethod::Trust)];

const UPSTREAM_LOGINS: &[(&str, UpstreamLogin)] = &[
    ("scram-keys", UpstreamLogin::ScramKeys),
    ("password", UpstreamLogin::Password),
    ("certificate", UpstreamLogin::Certificate),
    ("service-account", UpstreamLogin::ServiceAccount),
];

const EXTRACTION_STATES: &[(&str, ExtractionState)] =
    &[("embedded", ExtractionState::Embedded), ("redis", ExtractionState::Redis)];

const LOG_FORMATS: &[(&str, LogFormat)] = &[("text", LogFormat::Text), ("json", LogFormat::Json)];

/// Every key, section by section.
pub const KEYS: &[Key] = &[
    key!("listen", "address", r#"["127.0.0.1:6432"]"#, "One address or a list of them.", listen.addresses, addresses()),
    key!(
        "listen",
        "tls",
        r#""off""#,
        "\"off\", \"allow\" (a client may ask for it) or \"require\" (plain text is refused). With TLS on, clients may \
         ask for it by SSLRequest or start with it directly (ALPN \"postgresql\").",
        listen.tls,
        word(TLS_MODES)
    ),
    key!(
        "listen",
        "tls_certificate",
        r#""""#,
        "PEM file: Menshen's certificate and its chain.",
        listen.tls_certificate,
        path()
    ),
    key!("listen", "tls_key", r#""""#, "PEM file: its private key.", listen.tls_key, path()),
    key!(
        "listen",
        "tls_client_ca",
        r#""""#,
        "PEM file: the authorities that sign client certificates. Needed for auth.method = \"cert\".",
        listen.tls_client_ca,
        path()
    ),
    key!(
        "upstream",
        "host",
        r#""127.0.0.1""#,
        "A host name, an address, or a folder with the server's Unix-domain socket if it starts with \"/\".",
        upstream.host,
        name()
    ),
    Key {
        section: "upstream",
        name: "port",
        default: "5432",
        comment: "The server's port.",
        set: |config, value| {
            config.upstream.port = u16::try_from(value.integer(1..=65535)?).unwrap_or(u16::MAX);
            Ok(())
        },
    },
    key!(
        "upstream",
        "sslmode",
        r#""prefer""#,
        "\"disable\", \"prefer\", \"require\", \"verify-ca\" or \"verify-full\", with libpq's meaning. Not used on \
         Unix-domain sockets.",
        upstream.sslmode,
        word(SSL_MODES)
    ),
    key!(
        "upstream",
        "ca",
        r#""""#,
        "PEM file: the authorities that sign the server's certificate.",
        upstream.ca,
        path()
    ),
    key!(
        "upstream",
        "certificate",
        r#""""#,
        "PEM file: the certificate that Menshen shows to the server.",
        upstream.certificate,
        path()
    ),
    key!("upstream", "key", r#""""#, "PEM file: its private key.", upstream.key, path()),
    key!(
        "upstream",
        "connect_timeout",
        r#""10s""#,
        "From the first packet to the end of the log-in.",
        upstream.connect_timeout,
        duration()
    ),
    key!(
        "catalog",
        "user",
        r#""menshen""#,
        "A database user without rights on users' tables; with auth.query, one that may run that query.",
        catalog.user,
        name()
    ),
    key!(
        "catalog",
        "password_file",
        r#""""#,
        "File with its password. Only its owner may read it.",
        catalog.password_file,
        path()
    ),
    key!(
        "catalog",
        "poll_interval",
        r#""2s""#,
        "How often the catalogs are asked whether tables, views or functions have changed.",
        catalog.poll_interval,
        duration()
    ),
    key!(
        "auth",
        "method",
        r#""scram-sha-256""#,
        "\"scram-sha-256\", \"cert\" (the client certificate's common name is the user) or \"trust\" (anybody is \
         believed: development only).",
        auth.method,
        word(AUTH_METHODS)
    ),
    key!(
        "auth",
        "userlist",
        r#""""#,
        "File with lines \"user\" \"SCRAM-SHA-256$...\" (or a plain password), as PgBouncer's auth_file.",
        auth.userlist,
        path()
    ),
    key!(
        "auth",
        "query",
        r#""""#,
        "Asked for users that are not in the userlist, as the catalog user: $1 is the user's name, the answer its name \
         and verifier. For example: SELECT rolname, rolpassword FROM pg_catalog.pg_authid WHERE rolname = $1 AND rolcanlogin",
        auth.query,
        optional()
    ),
    key!(
        "auth",
        "query_database",
        r#""postgres""#,
        "The database that auth.query runs in.",
        auth.query_database,
        name()
    ),
    key!(
        "auth",
        "upstream",
        r#""scram-keys""#,
        "How Menshen logs in to PostgreSQL: \"scram-keys\" (as the same user, with the keys that the client's own \
         log-in reveals: no password is stored), \"password\" (as the same user, password from the userlist), \
         \"certificate\" (as the same user, with upstream.certificate) or \"service-account\".",
        auth.upstream,
        word(UPSTREAM_LOGINS)
    ),
    account_key!("client", r#""""#, "The user that the client logged in as; \"*\": everybody else.", client, name()),
    account_key!("user", r#""""#, "The database user that Menshen logs in as.", user, name()),
    account_key!(
        "password_file",
        r#""""#,
        "File with its password. Empty: the server asks for none.",
        password_file,
        path()
    ),
    Key {
        section: "policy",
        name: "dir",
        default: r#""policies""#,
        comment: "The folder of the bundle. It is read again on SIGHUP.",
        set: |config, value| {
            config.policy.dir = value.name()?.into();
            Ok(())
        },
    },
    key!(
        "policy",
        "keys",
        r#""""#,
        "The folder with the secrets of pseudonyms, one file per key, named after it. Empty: from MENSHEN_KEY_<NAME>.",
        policy.keys,
        path()
    ),
    key!(
        "policy",
        "witness",
        "true",
        "Whether a second, independent parser reads every new text that is sent for a restricted user: what it \
         contradicts is refused, and counted as a defect in menshen_witness_total. It costs about as much as analysis \
         itself, once for each new shape of statement.",
        policy.witness,
        truth()
    ),
    key!(
        "admin",
        "address",
        r#""127.0.0.1:6433""#,
        "Serves /metrics, /healthz and /readyz. Empty: none.",
        admin.address,
        address()
    ),
    key!(
        "admin",
        "socket",
        r#""menshen.sock""#,
        "Unix-domain socket for `menshen incident`, `quarantine`, `release`, `lockdown` and `alert`. The system tells who \
         asks: root, the user that Menshen runs as, and admin.socket_users. Empty: none.",
        admin.socket,
        path()
    ),
    key!(
        "admin",
        "socket_users",
        "[]",
        "Numbers of the users who may use the socket, too.",
        admin.socket_users,
        numbers()
    ),
    key!(
        "admin",
        "token_file",
        r#""""#,
        "File with what opens the administrators' routes of the port: one token, or one of each administrator, a line each, \
         NAME TOKEN, so that the audit knows whose an order was. Only its owner may read it. Empty: from \
         MENSHEN_ADMIN_TOKEN; without a token these routes are closed.",
        admin.token_file,
        path()
    ),
    key!(
        "admin",
        "tls_certificate",
        r#""""#,
        "PEM file: the port's certificate, then those that signed it. With it the port speaks nothing but TLS.",
        admin.tls_certificate,
        path()
    ),
    key!("admin", "tls_key", r#""""#, "PEM file: its private key. Only its owner may read it.", admin.tls_key, path()),
    Key {
        section: "state",
        name: "dir",
        default: r#""menshen-state""#,
        comment: "A folder of this process alone. It is made if it does not exist.",
        set: |config, value| {
            config.state.dir = value.name()?.into();
            Ok(())
        },
    },
    key!(
        "extraction",
        "state",
        r#""embedded""#,
        "\"embedded\": this process counts alone. \"redis\": replicas share counts and orders through Redis or Valkey \
         (5 or newer, no cluster, maxmemory-policy noeviction).",
        extraction.state,
        word(EXTRACTION_STATES)
    ),
    key!(
        "extraction",
        "redis_url",
        r#""""#,
        "redis://user@host:6379/0, with TLS rediss://… Without a password: that belongs into redis_password_file.",
        extraction.redis_url,
        optional()
    ),
    key!(
        "extraction",
        "redis_password_file",
        r#""""#,
        "File with its password. Only its owner may read it.",
        extraction.redis_password_file,
        path()
    ),
    key!(
        "extraction",
        "timeout",
        r#""250ms""#,
        "How long an answer of Redis may take. After that, and until it is back, this replica goes on alone with a part \
         of every limit: [share] in limits.toml.",
        extraction.timeout,
        duration()
    ),
    key!(
        "extraction",
        "key",
        r#""""#,
        "File with 64 hexadecimal digits (openssl rand -hex 32): the key of the digests that stand for persons and \
         accounts. Only its owner may read it. All replicas need the same. Empty: made in state.dir at the first start, \
         which is enough for one process.",
        extraction.key,
        path()
    ),
    key!(
        "alerts",
        "secrets",
        r#""""#,
        "The folder of the files that alerts.toml calls `file:name`. Only their owner may read them.",
        alerts.secrets,
        path()
    ),
    key!(
        "alerts",
        "console",
        r#""""#,
        "The admin port as people reach it, such as \"https://menshen.internal:6433\": for links in alerts. Empty: \
         admin.address.",
        alerts.console,
        optional()
    ),
    key!(
        "audit",
        "file",
        r#""menshen-audit.jsonl""#,
        "Lines are appended, a few milliseconds after what they are about. Empty: no audit.",
        audit.file,
        path()
    ),
    key!(
        "audit",
        "queue",
        "8192",
        "How many records may wait for the disk before statements wait for it too.",
        audit.queue,
        size(1..=1_000_000)
    ),
    key!(
        "audit",
        "patience",
        r#""30s""#,
        "How long a session waits for the disk before it is ended, and how long the process tries to write at its own end.",
        audit.patience,
        duration()
    ),
    key!("log", "format", r#""text""#, "\"text\" or \"json\".", log.format, word(LOG_FORMATS)),
    key!(
        "log",
        "level",
        r#""info""#,
        "\"error\", \"warn\", \"info\", \"debug\" or \"trace\"; also per part: \"info,menshen::server=debug\".",
        log.level,
        name()
    ),
    key!(
        "limits",
        "max_connections",
        "500",
        "Client connections at once.",
        limits.max_connections,
        size(1..=1_000_000)
    ),
    key!(
        "limits",
        "authentication_timeout",
        r#""60s""#,
        "How long a client may take from connecting to being logged in.",
        limits.authentication_timeout,
        duration()
    ),
    key!(
        "limits",
        "drain_timeout",
        r#""30s""#,
        "How long running statements may go on after SIGTERM.",
        limits.drain_timeout,
        duration()
    ),
    key!(
        "limits",
        "worker_threads",
        "0",
        "Threads that serve clients; 0: one per processor.",
        limits.worker_threads,
        size(0..=1024)
    ),
];

/// The text of a `menshen.toml` in which every key has its default.
#[must_use]
pub fn print_default() -> String {
    let mut text = String::from("# Configuration of Menshen. Every key is shown with its default.\n");
    for (section, about) in SECTIONS {
        text.push('\n');
        push_comment(&mut text, about);
        // A service account that nobody wrote would be a wrong one.
        let (open, close, prefix) = if *section == REPEATED { ("# [[", "]]", "# ") } else { ("[", "]", "") };
        text.push_str(&format!("{open}{section}{close}\n"));
        for key in KEYS.iter().filter(|key| key.section == *section) {
            push_comment(&mut text, key.comment);
            text.push_str(&format!("{prefix}{} = {}\n", key.name, key.default));
        }
    }
    text
}

/// Appends a comment, wrapped at 100 columns.
fn push_comment(text: &mut String, comment: &str) {
    let mut width = 0;
    for word in comment.split(' ') {
        if width == 0 || width + word.len() > 98 {
            text.push_str(if width == 0 { "#" } else { "\n#" });
            width = 1;
        }
        text.push(' ');
        text.push_str(word);
        width += word.len() + 1;
    }
    text.push('\n');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_stands_once_and_in_a_listed_section() {
        for (index, key) in KEYS.iter().enumerate() {
            assert!(SECTIONS.iter().any(|(section, _)| *section == key.section), "{key:?}");
            assert!(
                KEYS[..index].iter().all(|other| (other.section, other.name) != (key.section, key.name)),
                "{key:?}"
            );
            assert!(key.comment.ends_with(['.', 'n']), "{key:?}");
        }
    }

    #[test]
    fn comments_fit_a_terminal() {
        assert!(print_default().lines().all(|line| line.chars().count() <= 130), "{}", print_default());
    }
}
