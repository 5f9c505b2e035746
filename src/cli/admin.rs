//! Asking a running Menshen: over its socket, or over the admin port with a token.

use std::io::Read as _;
use std::net::TcpStream;
use std::os::unix::net::UnixStream;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::{Context as _, anyhow};
use rustls::pki_types::ServerName;
use rustls::{ClientConnection, StreamOwned};
use serde_json::Value;

use crate::config::{Admin, Config, load, secrets};
use crate::server::tls;

use super::problems::print_problems;
use super::{DENIED, FAILED, Format, INVALID};

/// How long an answer may take: a test of a channel takes as long as the channel may.
const PATIENCE: Duration = Duration::from_secs(90);
/// Bytes of an answer.
const ANSWER: u64 = 64 << 20;

/// Where the running Menshen is.
#[derive(Debug, clap::Args)]
pub struct Where {
    /// The configuration file: it names the socket of the running Menshen.
    #[arg(short, long, default_value = "menshen.toml")]
    config: PathBuf,
    /// Ask over the admin port instead of the socket: https://HOST:PORT, or http:// where it has no certificate. The
    /// token comes from --token-file, from admin.token_file of the configuration, or from MENSHEN_ADMIN_TOKEN.
    #[arg(long, value_name = "URL")]
    admin: Option<String>,
    /// File with the token of the admin port. Only its owner may read it.
    #[arg(long, requires = "admin")]
    token_file: Option<PathBuf>,
    /// PEM file with who signed the admin port's certificate; by default whom the system trusts.
    #[arg(long, requires = "admin", value_name = "FILE")]
    ca: Option<PathBuf>,
}

/// What the running Menshen said.
#[derive(Debug)]
pub enum Answer {
    Yes(Value),
    /// Its exit code and why not, in words.
    No(u8, String),
    /// The configuration is invalid, and that has been printed.
    Invalid,
}

impl Answer {
    /// Prints what it was, and gives the exit code.
    ///
    /// # Errors
    /// When standard output cannot be written.
    pub fn print(self, format: Format, human: impl FnOnce(&Value) -> String) -> anyhow::Result<ExitCode> {
        match self {
            Self::Yes(value) => {
                super::problems::print(&match format {
                    Format::Human => human(&value),
                    Format::Json => format!("{value}\n"),
                })?;
                Ok(ExitCode::SUCCESS)
            }
            Self::No(code, why) => {
                super::problems::print_failure(&anyhow!(why), format);
                Ok(ExitCode::from(code))
            }
            Self::Invalid => Ok(ExitCode::from(INVALID)),
        }
    }
}

impl Where {
    /// Asks: with a body `POST`, else `GET`.
    ///
    /// # Errors
    /// When nobody answers, or the token's file cannot be read.
    pub fn ask(&self, path: &str, body: Option<&Value>, format: Format) -> anyhow::Result<Answer> {
        let answer = match &self.admin {
            Some(url) => self.over_port(url, path, body)?,
            None => {
                let Some(config) = self.configuration(format) else { return Ok(Answer::Invalid) };
                let socket = config.admin.socket.context("admin.socket is empty: ask with --admin URL")?;
                let stream = UnixStream::connect(&socket)
                    .with_context(|| format!("no Menshen answers at {}", socket.display()))?;
                stream.set_read_timeout(Some(PATIENCE))?;
                exchange(stream, "localhost", path, None, body)?
            }
        };
        understood(&answer)
    }

    fn configuration(&self, format: Format) -> Option<Config> {
        load::load(&self.config).map_err(|problems| print_problems(&problems, format)).ok()
    }

    fn over_port(&self, url: &str, path: &str, body: Option<&Value>) -> anyhow::Result<Vec<u8>> {
        let (secure, host) = match (url.strip_prefix("https://"), url.strip_prefix("http://")) {
            (Some(host), _) => (true, host.trim_end_matches('/')),
            (_, Some(host)) => (false, host.trim_end_matches('/')),
            _ => (false, ""),
        };
        let name = host.rsplit_once(':').map(|(name, _)| name).filter(|name| !name.is_empty() && !host.contains('/'));
        let name = name.ok_or_else(|| anyhow!("--admin: expected https://HOST:PORT, found `{url}`"))?;
        let token = self.token()?.context("a token is needed: --token-file FILE or MENSHEN_ADMIN_TOKEN")?;
        let stream = TcpStream::connect(host).with_context(|| format!("no Menshen answers at {host}"))?;
        stream.set_read_timeout(Some(PATIENCE))?;
        if !secure {
            return exchange(stream, host, path, Some(token.reveal()), body);
        }
        let config = tls::administrators_side(self.ca.as_deref()).map_err(|problem| anyhow!("{problem}"))?;
        let name = ServerName::try_from(name.trim_matches(['[', ']']).to_owned())?;
        let stream = StreamOwned::new(ClientConnection::new(config, name)?, stream);
        exchange(stream, host, path, Some(token.reveal()), body).context("TLS with the admin port")
    }

    fn token(&self) -> anyhow::Result<Option<secrets::Secret>> {
        let read = |problem: crate::config::Problem| anyhow!("{problem}");
        let admin = match &self.token_file {
            Some(file) => Admin { token_file: Some(file.clone()), ..Admin::default() },
            None => load::load(&self.config).map(|config| config.admin).unwrap_or_default(),
        };
        let tokens = secrets::admin_tokens(&admin).map_err(read)?;
        anyhow::ensure!(tokens.len() < 2, "there are several tokens: --token-file with yours alone");
        Ok(tokens.into_iter().next().map(|token| token.secret))
    }
}

/// One request of HTTP/1.1 on a connection of its own, which ends with the answer.
fn exchange(
    mut stream: impl std::io::Read + std::io::Write,
    host: &str,
    path: &str,
    token: Option<&str>,
    body: Option<&Value>,
) -> anyhow::Result<Vec<u8>> {
    let authorization = token.map(|token| format!("Authorization: Bearer {token}\r\n")).unwrap_or_default();
    let (method, body) = body.map_or(("GET", String::new()), |body| ("POST", body.to_string()));
    write!(
        stream,
        "{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n{authorization}\
         Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )?;
    let mut answer = Vec::new();
    stream.take(ANSWER).read_to_end(&mut answer).context("the answer broke off")?;
    Ok(answer)
}

/// The status and the body, which has its whole length: axum gives JSON a Content-Length.
fn understood(answer: &[u8]) -> anyhow::Result<Answer> {
    let text = std::str::from_utf8(answer).context("the answer is no text")?;
    let (head, body) = text.split_once("\r\n\r\n").context("that is no Menshen: the answer is not HTTP")?;
    let status: u16 = head.split(' ').nth(1).and_then(|status| status.parse().ok()).context("that is no Menshen")?;
    let value: Value = serde_json::from_str(body).unwrap_or_default();
    if status == 200 {
        return Ok(Answer::Yes(value));
    }
    let why = value.get("error").and_then(Value::as_str).unwrap_or(body.trim()).to_owned();
    let why = if why.is_empty() { format!("status {status}") } else { why };
    Ok(Answer::No(if matches!(status, 401 | 403) { DENIED } else { FAILED }, why))
}

/// A part of a path: what is not a letter or digit is percent-encoded.
pub fn segment(text: &str) -> String {
    let one = |byte: u8| match byte {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    };
    text.bytes().map(one).collect()
}

/// A text of an answer; empty where there is none.
pub fn text<'v>(value: &'v Value, name: &str) -> &'v str {
    value.get(name).and_then(Value::as_str).unwrap_or_default()
}

/// A time of an answer, for people.
pub fn time(value: &Value, name: &str) -> String {
    value.get(name).and_then(Value::as_u64).map(crate::alert::time::readable).unwrap_or_default()
}
