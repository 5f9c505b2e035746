//! Syslog: one message of RFC 5424 with structured data, and its frames for UDP (RFC 5426) and TCP (RFC 6587).

use crate::alert::incident::Incident;
use crate::alert::route::Occasion;
use crate::alert::time::rfc3339;
use crate::model::disclosure::Severity;
use crate::policy::alerts::Transport;

use super::shortened;
use super::text::Text;

/// `authpriv`: security messages.
const FACILITY: u8 = 10;
/// Bytes that fit one datagram everywhere (RFC 5424, 6.1, asks receivers to take 2,048).
const LONGEST: usize = 2048;

/// The message. `now`: milliseconds since 1970. The number after `@` is IANA's example of a private enterprise.
#[must_use]
pub fn message(incident: &Incident, occasion: Occasion, text: &Text, host: &str, process: u32, now: u64) -> String {
    let severity = match incident.severity {
        Severity::Critical => 2,
        Severity::Warning => 4,
        Severity::Notice => 5,
    };
    let data = [
        ("incident", incident.id.as_str()),
        ("occasion", occasion.as_str()),
        ("rule", &incident.rule),
        ("severity", incident.severity.as_str()),
        ("response", incident.response.as_str()),
        ("user", &incident.user),
        ("endUser", incident.end_user.as_deref().unwrap_or_default()),
        ("persons", &incident.persons.to_string()),
        ("meter", &incident.meter),
        ("count", &incident.count.to_string()),
        ("threshold", &incident.threshold.to_string()),
        ("start", &rfc3339(incident.started)),
        ("end", &incident.ended.map(rfc3339).unwrap_or_default()),
    ];
    let data: String = data
        .iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| format!(" {name}=\"{}\"", quoted(value)))
        .collect();
    let head = format!(
        "<{}>1 {} {} menshen {process} incident [incident@32473{data}] ",
        FACILITY * 8 + severity,
        rfc3339(now),
        host_name(host),
    );
    let said = text.title.replace(|c: char| c.is_control(), " ");
    // the text is told to be UTF-8 by its mark (RFC 5424, 6.4)
    format!("{head}\u{feff}{}", shortened(&said, LONGEST.saturating_sub(head.len() + 3).max(64)))
}

/// As it travels.
#[must_use]
pub fn framed(message: &str, transport: Transport) -> Vec<u8> {
    match transport {
        Transport::Udp => message.as_bytes().to_vec(),
        Transport::Tcp => format!("{} {message}", message.len()).into_bytes(),
    }
}

/// `"`, `\` and `]` escaped (RFC 5424, 6.3.3).
fn quoted(value: &str) -> String {
    value.chars().flat_map(|c| matches!(c, '"' | '\\' | ']').then_some('\\').into_iter().chain([c])).collect()
}

/// Printable ASCII without spaces, at most 255; `-` where there is none.
fn host_name(host: &str) -> String {
    let legal: String = host.chars().filter(char::is_ascii_graphic).take(255).collect();
    if legal.is_empty() { "-".to_owned() } else { legal }
}
