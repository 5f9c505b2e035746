//! 飞书: a group's custom bot. A `post` message, whose text elements know no markup and no mention; timestamp and
//! signature in the body (open.feishu.cn, "custom bot usage guide").

use serde_json::{Map, Value, json};

use crate::policy::alerts::Language;

use super::text::Text;
use super::{Request, Secrets, base64, encoded, hmac, shortened};

/// Bytes of one element; the service takes 20 KiB in all.
const LONGEST: usize = 1000;

/// The request. `now`: milliseconds since 1970; the service takes an hour's difference.
#[must_use]
pub fn request(url: &str, secrets: &Secrets, text: &Text, language: Language, now: u64) -> Request {
    let token = secrets.token.as_deref().unwrap_or_default();
    let mut body = Map::new();
    if let Some(secret) = &secrets.secret {
        let seconds = now / 1000;
        body.insert("timestamp".into(), seconds.to_string().into());
        body.insert("sign".into(), sign(secret, seconds).into());
    }
    let locale = match language {
        Language::English => "en_us",
        Language::Chinese => "zh_cn",
    };
    body.insert("msg_type".into(), "post".into());
    body.insert("content".into(), json!({ "post": { locale: { "title": text.title, "content": lines(text) } } }));
    Request { url: format!("{url}/{}", encoded(token)), headers: Vec::new(), body: Value::Object(body).to_string() }
}

/// `base64(hmac_sha256(timestamp + "\n" + secret, ""))`: the text to sign is the key.
fn sign(secret: &str, seconds: u64) -> String {
    base64(&hmac(format!("{seconds}\n{secret}").as_bytes(), b""))
}

fn lines(text: &Text) -> Vec<Value> {
    let line = |line: String| json!([{ "tag": "text", "text": shortened(&line, LONGEST) }]);
    let mut lines: Vec<Value> = text.facts.iter().map(|(name, fact)| line(format!("{name}: {fact}"))).collect();
    if !text.evidence.1.is_empty() {
        lines.push(line(format!("{}:", text.evidence.0)));
        lines.extend(text.evidence.1.iter().map(|sentence| line(format!("· {sentence}"))));
    }
    lines.push(line(format!("{}: {}", text.command.0, text.command.1)));
    lines
}

/// Whether the service took it: it answers 200 also where it did not.
///
/// # Errors
/// What it said.
pub fn accepted(status: u16, body: &str) -> Result<(), String> {
    super::webhook::coded(status, body, &["code", "StatusCode"])
}
