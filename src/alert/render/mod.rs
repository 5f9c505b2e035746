//! What each kind of channel takes, byte for byte. Pure: secrets and the clock are arguments.

pub mod alertmanager;
pub mod dingtalk;
pub mod feishu;
pub mod slack;
pub mod smtp;
pub mod syslog;
pub mod text;
pub mod webhook;
pub mod wecom;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, Mac};
use sha2::Sha256;

/// A request to a web service: `POST`.
#[derive(Clone, PartialEq, Eq)]
pub struct Request {
    /// With its secret parts: not to be logged.
    pub url: String,
    pub headers: Vec<(&'static str, String)>,
    /// JSON.
    pub body: String,
}

impl std::fmt::Debug for Request {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Request").field("body", &self.body).finish_non_exhaustive()
    }
}

/// What lets a message in. Never printed.
#[derive(Clone, Default)]
pub struct Secrets {
    /// `access_token`, `key`, the path of a hook, a bearer token, a mail password.
    pub token: Option<String>,
    /// What messages are signed with.
    pub secret: Option<String>,
}

impl std::fmt::Debug for Secrets {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("[secrets]")
    }
}

/// HMAC-SHA256 of a message.
fn hmac(key: &[u8], message: &[u8]) -> Vec<u8> {
    // HMAC takes keys of any length
    Hmac::<Sha256>::new_from_slice(key).map_or_else(
        |_| Vec::new(),
        |mut mac| {
            mac.update(message);
            mac.finalize().into_bytes().to_vec()
        },
    )
}

fn base64(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

/// RFC 3986 percent-encoding of everything but unreserved characters.
fn encoded(text: &str) -> String {
    let one = |byte: u8| match byte {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    };
    text.bytes().map(one).collect()
}

/// The longest beginning of at most `bytes` bytes.
fn shortened(text: &str, bytes: usize) -> String {
    if text.len() <= bytes {
        return text.to_owned();
    }
    let end = text.floor_char_boundary(bytes.saturating_sub('…'.len_utf8()));
    format!("{}…", text.get(..end).unwrap_or_default())
}

/// Text that must not become markup of a chat, a link or a mention: characters with a meaning become their fullwidth
/// twins, which every chat shows and none interprets.
fn inert(text: &str) -> String {
    let twin = |c: char| match c {
        '<' => '＜',
        '>' => '＞',
        '[' => '［',
        ']' => '］',
        '(' => '（',
        ')' => '）',
        '*' => '＊',
        '`' => '＇',
        '#' => '＃',
        '~' => '～',
        '|' => '｜',
        '!' => '！',
        '@' => '＠',
        '&' => '＆',
        '\\' => '＼',
        c if c.is_control() => ' ',
        c => c,
    };
    // an address of the web becomes a link by itself
    text.chars().map(twin).collect::<String>().replace("://", "：//")
}

#[cfg(test)]
mod tests;
