//! Text → [`Config`], or every problem at once.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::keys::{KEYS, Key, REPEATED, SECTIONS};
use super::problem::Problem;
use super::value::Value;
use super::{AuthMethod, Config, ExtractionState, ServiceAccount, TlsMode, UpstreamLogin};

/// Reads the text of a `menshen.toml`; `file` is its name, for the problems.
///
/// # Errors
/// Everything that is wrong with it: bad TOML, unknown keys, bad values, keys that need each other.
pub fn read(file: &str, text: &str) -> Result<Config, Vec<Problem>> {
    let (table, errors) = DeTable::parse_recoverable(text);
    let mut reader = Reader { file, text, config: defaults(), problems: Vec::new() };
    for error in errors {
        let span = error.span().unwrap_or_default();
        reader.problem(span, error.message());
    }
    if reader.problems.is_empty() {
        for (name, value) in table.get_ref() {
            reader.section(name, value);
        }
    }
    if reader.problems.is_empty() {
        reader.problems.extend(contradictions(&reader.config).into_iter().map(|text| Problem::of_file(file, text)));
    }
    reader.problems.sort_by_key(|problem| (problem.line, problem.column));
    if reader.problems.is_empty() { Ok(reader.config) } else { Err(reader.problems) }
}

/// A configuration of defaults alone.
fn defaults() -> Config {
    let mut config = Config::default();
    for key in KEYS.iter().filter(|key| key.section != REPEATED) {
        let value = DeValue::parse(key.default);
        let set =
            value.map_err(|error| error.to_string()).and_then(|value| (key.set)(&mut config, Value(value.get_ref())));
        debug_assert!(set.is_ok(), "{key:?}: {set:?}");
    }
    config
}

struct Reader<'a> {
    file: &'a str,
    text: &'a str,
    config: Config,
    problems: Vec<Problem>,
}

impl Reader<'_> {
    fn problem(&mut self, span: Range<usize>, message: impl Into<String>) {
        self.problems.push(Problem::at(self.file, self.text, span.start, message));
    }

    fn section(&mut self, name: &Spanned<std::borrow::Cow<'_, str>>, value: &Spanned<DeValue<'_>>) {
        let section = name.get_ref().as_ref();
        if section == REPEATED {
            return self.accounts(value);
        }
        if !SECTIONS.iter().any(|(known, _)| *known == section) {
            let known: Vec<_> = SECTIONS.iter().map(|(known, _)| *known).collect();
            self.problem(name.span(), format!("unknown section `{section}`"));
            return self.help(format!("the sections are {}", known.join(", ")));
        }
        match value.get_ref().as_table() {
            Some(table) => self.keys(section, table),
            None => self.problem(value.span(), format!("expected a section: `[{section}]`")),
        }
    }

    fn accounts(&mut self, value: &Spanned<DeValue<'_>>) {
        let Some(items) = value.get_ref().as_array() else {
            return self.problem(value.span(), format!("expected `[[{REPEATED}]]`: it may stand several times"));
        };
        for item in items.iter() {
            let Some(table) = item.get_ref().as_table() else {
                self.problem(item.span(), format!("expected `[[{REPEATED}]]`"));
                continue;
            };
            self.config.auth.service_accounts.push(ServiceAccount::default());
            for needed in ["client", "user"] {
                if !table.iter().any(|(key, _)| key.get_ref() == needed) {
                    self.problem(item.span(), format!("`{REPEATED}` needs the key `{needed}`"));
                }
            }
            self.keys(REPEATED, table);
        }
    }

    fn keys(&mut self, section: &str, table: &DeTable<'_>) {
        for (name, value) in table {
            let known = KEYS.iter().find(|key| key.section == section && key.name == name.get_ref());
            let Some(key) = known else {
                let names: Vec<_> = KEYS.iter().filter(|key| key.section == section).map(|key| key.name).collect();
                self.problem(name.span(), format!("unknown key `{section}.{}`", name.get_ref()));
                self.help(format!("the keys of `{section}` are {}", names.join(", ")));
                continue;
            };
            self.set(key, value);
        }
    }

    fn set(&mut self, key: &Key, value: &Spanned<DeValue<'_>>) {
        if let Err(expected) = (key.set)(&mut self.config, Value(value.get_ref())) {
            self.problem(value.span(), format!("`{}.{}`: {expected}", key.section, key.name));
        }
    }

    fn help(&mut self, help: String) {
        if let Some(problem) = self.problems.last_mut() {
            problem.help = Some(help);
        }
    }
}

/// Keys that need each other.
fn contradictions(config: &Config) -> Vec<String> {
    let Config { listen, upstream, auth, extraction, admin, .. } = config;
    let shared = extraction.state == ExtractionState::Redis;
    let rules = [
        (
            listen.tls != TlsMode::Off && (listen.tls_certificate.is_none() || listen.tls_key.is_none()),
            "`listen.tls` needs `listen.tls_certificate` and `listen.tls_key`",
        ),
        (
            admin.tls_certificate.is_some() != admin.tls_key.is_some(),
            "`admin.tls_certificate` and `admin.tls_key` need each other",
        ),
        (
            auth.method == AuthMethod::Cert && (listen.tls != TlsMode::Require || listen.tls_client_ca.is_none()),
            "`auth.method = \"cert\"` needs `listen.tls = \"require\"` and `listen.tls_client_ca`",
        ),
        (
            auth.method == AuthMethod::Scram && auth.userlist.is_none() && auth.query.is_none(),
            "`auth.method = \"scram-sha-256\"` needs `auth.userlist` or `auth.query`",
        ),
        (
            auth.upstream == UpstreamLogin::Password && auth.userlist.is_none(),
            "`auth.upstream = \"password\"` needs `auth.userlist`",
        ),
        (
            auth.upstream == UpstreamLogin::Certificate && upstream.certificate.is_none(),
            "`auth.upstream = \"certificate\"` needs `upstream.certificate` and `upstream.key`",
        ),
        (
            auth.upstream == UpstreamLogin::ServiceAccount && auth.service_accounts.is_empty(),
            "`auth.upstream = \"service-account\"` needs at least one `[[service_account]]`",
        ),
        (
            upstream.certificate.is_some() != upstream.key.is_some(),
            "`upstream.certificate` and `upstream.key` need each other",
        ),
        (shared && extraction.redis_url.is_none(), "`extraction.state = \"redis\"` needs `extraction.redis_url`"),
        (
            shared && extraction.key.is_none(),
            "`extraction.state = \"redis\"` needs `extraction.key`: replicas recognise a person by the same key",
        ),
        (
            extraction
                .redis_url
                .as_deref()
                .is_some_and(|url| !url.starts_with("redis://") && !url.starts_with("rediss://")),
            "`extraction.redis_url` begins with redis:// or rediss://",
        ),
    ];
    rules.into_iter().filter(|(broken, _)| *broken).map(|(_, text)| text.to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::super::keys::print_default;
    use super::super::{LogFormat, SslMode};
    use super::*;

    const LEAST: &str = "[auth]\nuserlist = \"users.txt\"\n";

    fn problems(text: &str) -> Vec<String> {
        read("menshen.toml", text).unwrap_err().iter().map(ToString::to_string).collect()
    }

    #[test]
    fn the_printed_default_is_the_default() {
        let printed = print_default().replace("userlist = \"\"", "userlist = \"users.txt\"");
        assert_eq!(read("menshen.toml", &printed), read("menshen.toml", LEAST));
    }

    #[test]
    fn values_mean_what_they_say() {
        let text = r#"
            [listen]
            address = ["127.0.0.1:1", "[::1]:2"]
            [upstream]
            host = "/run/postgresql"
            port = 0x1538
            sslmode = "verify-full"
            connect_timeout = "200ms"
            [auth]
            method = "trust"
            upstream = "service-account"
            [[service_account]]
            client = "crm_app"
            user = "crm"
            [[service_account]]
            client = "*"
            user = "other"
            password_file = "other.secret"
            [limits]
            max_connections = 7
            [log]
            format = "json"
        "#;
        let config = read("menshen.toml", text).unwrap();
        assert_eq!(config.listen.addresses.len(), 2);
        assert_eq!(config.upstream.socket_path().unwrap().to_str(), Some("/run/postgresql/.s.PGSQL.5432"));
        assert_eq!(config.upstream.sslmode, SslMode::VerifyFull);
        assert_eq!(config.upstream.connect_timeout, Duration::from_millis(200));
        assert_eq!(config.auth.service_accounts[1].user, "other");
        assert_eq!(config.limits.max_connections, 7);
        assert_eq!(config.log.format, LogFormat::Json);
    }

    #[test]
    fn every_problem_is_told_with_its_line() {
        let text = "[listen]\naddres = \"x\"\naddress = \"localhost\"\n[upstream]\nport = 70000\nsslmode = \"allow\"\n\
                    connect_timeout = \"10\"\n[uptream]\n[[service_account]]\nuser = \"x\"\n";
        assert_eq!(
            problems(text),
            [
                "menshen.toml:2:1: unknown key `listen.addres`\n  help: the keys of `listen` are address, tls, \
                 tls_certificate, tls_key, tls_client_ca",
                "menshen.toml:3:11: `listen.address`: expected an IP address and a port such as \"127.0.0.1:6432\", \
                 found \"localhost\"",
                "menshen.toml:5:8: `upstream.port`: expected a number from 1 to 65535",
                "menshen.toml:6:11: `upstream.sslmode`: expected one of \"disable\", \"prefer\", \"require\", \
                 \"verify-ca\", \"verify-full\"",
                "menshen.toml:7:19: `upstream.connect_timeout`: expected a time such as \"200ms\", \"10s\", \"5min\", \
                 \"1h\"",
                "menshen.toml:8:2: unknown section `uptream`\n  help: the sections are listen, upstream, catalog, auth, \
                 service_account, policy, admin, state, extraction, alerts, audit, log, limits",
                "menshen.toml:9:1: `service_account` needs the key `client`",
            ]
        );
    }

    #[test]
    fn keys_that_need_each_other() {
        assert_eq!(
            problems(""),
            ["menshen.toml: `auth.method = \"scram-sha-256\"` needs `auth.userlist` or `auth.query`"]
        );
        assert_eq!(
            problems("[auth]\nmethod = \"cert\"\nupstream = \"certificate\"\n[listen]\ntls = \"allow\"\n"),
            [
                "menshen.toml: `listen.tls` needs `listen.tls_certificate` and `listen.tls_key`",
                "menshen.toml: `auth.method = \"cert\"` needs `listen.tls = \"require\"` and `listen.tls_client_ca`",
                "menshen.toml: `auth.upstream = \"certificate\"` needs `upstream.certificate` and `upstream.key`",
            ]
        );
    }

    #[test]
    fn bad_toml_is_one_problem_with_its_place() {
        let problems = problems("[listen]\naddress = \n");
        assert!(problems[0].starts_with("menshen.toml:2:"), "{problems:?}");
    }
}
