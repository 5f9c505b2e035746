//! Slack: an incoming webhook, with blocks. Its path is the secret (api.slack.com, "incoming webhooks").

use serde_json::{Value, json};

use super::text::Text;
use super::{Request, Secrets, inert, shortened};

/// Characters of a header block, a field, a section; fields of a section.
const HEADER: usize = 150;
const FIELD: usize = 1900;
const SECTION: usize = 2900;
const FIELDS: usize = 10;

/// The request.
#[must_use]
pub fn request(url: &str, secrets: &Secrets, text: &Text) -> Request {
    let path = secrets.token.as_deref().unwrap_or_default().trim_start_matches('/');
    let mut blocks = vec![json!({
        "type": "header",
        "text": { "type": "plain_text", "text": shortened(&text.title, HEADER), "emoji": false },
    })];
    for facts in text.facts.chunks(FIELDS) {
        let fields: Vec<Value> = facts
            .iter()
            .map(|(name, fact)| json!({ "type": "mrkdwn", "text": shortened(&format!("*{name}*\n{}", inert(fact)), FIELD) }))
            .collect();
        blocks.push(json!({ "type": "section", "fields": fields }));
    }
    if !text.evidence.1.is_empty() {
        let sentences: Vec<String> = text.evidence.1.iter().map(|sentence| format!("• {}", inert(sentence))).collect();
        blocks.push(section(&format!("*{}*\n{}", text.evidence.0, sentences.join("\n"))));
    }
    blocks.push(section(&format!("*{}*\n`{}`", text.command.0, escaped(&text.command.1))));
    let body = json!({ "text": escaped(&text.title), "blocks": blocks });
    Request { url: format!("{url}/{path}"), headers: Vec::new(), body: body.to_string() }
}

fn section(text: &str) -> Value {
    json!({ "type": "section", "text": { "type": "mrkdwn", "text": shortened(text, SECTION) } })
}

/// The three characters that Slack asks to be escaped; a backtick would end the code.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('`', "＇")
}

/// Whether the service took it.
///
/// # Errors
/// What it said.
pub fn accepted(status: u16, body: &str) -> Result<(), String> {
    super::webhook::accepted(status, body)
}
