//! Mail: subject and text. Addresses, transport and the message's date are added where it is sent.

use data_encoding::HEXLOWER;
use sha2::{Digest as _, Sha256};

use crate::alert::incident::Incident;
use crate::alert::route::Occasion;

use super::shortened;
use super::text::Text;

/// A mail.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Mail {
    /// One line.
    pub subject: String,
    /// Plain text, lines ended by `\n`.
    pub body: String,
    /// `<…@…>`: the same when the same message is tried again, so that readers can drop a duplicate.
    pub id: String,
    /// The first message of the incident, to which this one belongs.
    pub thread: String,
}

/// The mail of a notice. `decided`: when it was decided, milliseconds since 1970.
#[must_use]
pub fn mail(incident: &Incident, occasion: Occasion, text: &Text, host: &str, decided: u64) -> Mail {
    let name = |what: &str| {
        let digest = Sha256::digest(format!("{}\n{}\n{what}", incident.id, incident.started));
        let digits = HEXLOWER.encode(&digest);
        format!("<{digits:.24}@{}>", domain(host))
    };
    Mail {
        subject: shortened(&text.title.replace(['\r', '\n'], " "), 240),
        body: text.plain(),
        id: name(&format!("{}{decided}", occasion.as_str())),
        thread: name("thread"),
    }
}

/// A host's name as it may stand in a message's id.
fn domain(host: &str) -> String {
    let legal: String = host.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '.')).collect();
    if legal.is_empty() { "menshen.invalid".to_owned() } else { legal }
}
