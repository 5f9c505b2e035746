//! A service of one's own: the incident as JSON, signed if there is a secret.

use data_encoding::HEXLOWER;
use serde_json::{Value, json};

use crate::alert::incident::Incident;
use crate::alert::route::Occasion;

use super::text::Text;
use super::{Request, Secrets, hmac, shortened};

/// The request: `{"event", "text", "command", "incident"}`. With a secret, `x-menshen-signature` is
/// `sha256=` and the HMAC of `timestamp.body` in hexadecimal digits. `now`: milliseconds since 1970.
#[must_use]
pub fn request(
    url: &str,
    secrets: &Secrets,
    incident: &Incident,
    occasion: Occasion,
    text: &Text,
    now: u64,
) -> Request {
    let body = json!({
        "event": occasion.as_str(),
        "text": text.title,
        "command": text.command.1,
        "incident": incident,
    });
    let body = body.to_string();
    let mut headers = bearer(secrets);
    if let Some(secret) = &secrets.secret {
        let seconds = now / 1000;
        let signature = hmac(secret.as_bytes(), format!("{seconds}.{body}").as_bytes());
        headers.push(("x-menshen-timestamp", seconds.to_string()));
        headers.push(("x-menshen-signature", format!("sha256={}", HEXLOWER.encode(&signature))));
    }
    Request { url: url.to_owned(), headers, body }
}

/// `Authorization: Bearer …`, if there is a token.
pub(super) fn bearer(secrets: &Secrets) -> Vec<(&'static str, String)> {
    secrets.token.iter().map(|token| ("authorization", format!("Bearer {token}"))).collect()
}

/// Whether the service took it: a status of success.
///
/// # Errors
/// What it said.
pub fn accepted(status: u16, body: &str) -> Result<(), String> {
    match status {
        200..=299 => Ok(()),
        _ => Err(format!("status {status}: {}", shortened(body.trim(), 200))),
    }
}

/// Whether a service took it that answers with a code of its own: 0 is success.
pub(super) fn coded(status: u16, body: &str, names: &[&str]) -> Result<(), String> {
    accepted(status, body)?;
    let answer: Value = serde_json::from_str(body).unwrap_or_default();
    match names.iter().find_map(|name| answer.get(name)?.as_i64()) {
        Some(0) => Ok(()),
        Some(code) => Err(format!("code {code}: {}", shortened(body.trim(), 200))),
        None => Err(format!("an answer that is none: {}", shortened(body.trim(), 200))),
    }
}
