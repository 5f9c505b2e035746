//! 企业微信: a group's robot. Markdown message; the key in the URL is all that lets one in
//! (developer.work.weixin.qq.com, "group robot configuration").

use serde_json::json;

use super::text::Text;
use super::{Request, Secrets, dingtalk, encoded, shortened};

/// Bytes of UTF-8 that the service takes.
const LONGEST: usize = 4096;

/// The request.
#[must_use]
pub fn request(url: &str, secrets: &Secrets, text: &Text) -> Request {
    let url = format!("{url}?key={}", encoded(secrets.token.as_deref().unwrap_or_default()));
    let content = shortened(&dingtalk::markdown(text), LONGEST);
    let body = json!({ "msgtype": "markdown", "markdown": { "content": content } });
    Request { url, headers: Vec::new(), body: body.to_string() }
}

/// Whether the service took it: it answers 200 also where it did not.
///
/// # Errors
/// What it said.
pub fn accepted(status: u16, body: &str) -> Result<(), String> {
    super::webhook::coded(status, body, &["errcode"])
}
