//! 钉钉: a group's custom robot. Markdown message; `access_token` and signature in the URL
//! (open.dingtalk.com, "custom robot access" and "security settings").

use serde_json::json;

use super::text::Text;
use super::{Request, Secrets, base64, encoded, hmac, inert, shortened};

/// Bytes of a message's text that the service takes.
const LONGEST: usize = 18_000;

/// The request. `now`: milliseconds since 1970; the service takes an hour's difference.
#[must_use]
pub fn request(url: &str, secrets: &Secrets, text: &Text, now: u64) -> Request {
    let mut url = format!("{url}?access_token={}", encoded(secrets.token.as_deref().unwrap_or_default()));
    if let Some(secret) = &secrets.secret {
        url.push_str(&format!("&timestamp={now}&sign={}", sign(secret, now)));
    }
    let markdown = json!({ "title": inert(&text.title), "text": shortened(&markdown(text), LONGEST) });
    let body = json!({ "msgtype": "markdown", "markdown": markdown, "at": { "isAtAll": false } });
    Request { url, headers: Vec::new(), body: body.to_string() }
}

/// `urlencode(base64(hmac_sha256(secret, timestamp + "\n" + secret)))`.
fn sign(secret: &str, now: u64) -> String {
    encoded(&base64(&hmac(secret.as_bytes(), format!("{now}\n{secret}").as_bytes())))
}

/// Headings, bold names, quoted evidence: what the markdown of 钉钉 and 企业微信 have in common.
pub(super) fn markdown(text: &Text) -> String {
    let mut lines = vec![format!("### {}", inert(&text.title)), String::new()];
    lines.extend(text.facts.iter().map(|(name, fact)| format!("- **{name}**: {}", inert(fact))));
    if !text.evidence.1.is_empty() {
        lines.extend([String::new(), format!("**{}**", text.evidence.0)]);
        lines.extend(text.evidence.1.iter().map(|sentence| format!("> {}", inert(sentence))));
    }
    lines.extend([String::new(), format!("**{}**: {}", text.command.0, inert(&text.command.1))]);
    lines.join("\n")
}

/// Whether the service took it: it answers 200 also where it did not.
///
/// # Errors
/// What it said.
pub fn accepted(status: u16, body: &str) -> Result<(), String> {
    super::webhook::coded(status, body, &["errcode"])
}
