//! The line of what an administrator ordered: who, what, about whom, why, and what became of it.

use serde::Serialize;

use super::record::timestamp;

/// What somebody ordered. The reason is the administrator's own words.
#[derive(Clone, Copy, Debug, Default)]
pub struct Ordered<'a> {
    /// Who gave it: `uid 0`, `token night-shift`, `SIGHUP`.
    pub by: &'a str,
    /// `quarantine`, `release`, `lockdown`, `end-lockdown`, `acknowledge`, `close`, `reload`.
    pub order: &'static str,
    /// The account or the incident; `None`: everybody.
    pub about: Option<&'a str>,
    pub reason: &'a str,
    /// Milliseconds since 1970; `None`: until it is lifted, or at once.
    pub until: Option<u64>,
    /// Why it was not carried out.
    pub failed: Option<&'a str>,
    /// The policy in force from then on: its digest and version.
    pub policy: Option<(&'a str, u64)>,
}

/// As it is written; the fields' order is the line's.
#[derive(Serialize)]
struct Record<'a> {
    /// UTC, RFC 3339, milliseconds.
    time: String,
    administrator: &'a str,
    order: &'static str,
    about: Option<&'a str>,
    until: Option<String>,
    reason: &'a str,
    outcome: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    policy: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    policy_epoch: Option<u64>,
}

/// The line, without line end. `now` is when it was carried out, in milliseconds since 1970.
///
/// # Errors
/// When it cannot be written as JSON, which no record should make happen.
pub fn line(ordered: &Ordered<'_>, now: u64) -> Result<String, serde_json::Error> {
    serde_json::to_string(&Record {
        time: timestamp(now),
        administrator: ordered.by,
        order: ordered.order,
        about: ordered.about,
        until: ordered.until.map(timestamp),
        reason: ordered.reason,
        outcome: if ordered.failed.is_some() { "failed" } else { "done" },
        why: ordered.failed,
        policy: ordered.policy.map(|(digest, _)| digest),
        policy_epoch: ordered.policy.map(|(_, epoch)| epoch),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_says_who_what_and_why() {
        let ordered = Ordered {
            by: "uid 0",
            order: "quarantine",
            about: Some("clerk\n017"),
            reason: "incident \"3f9a\"",
            until: Some(1_795_489_200_123),
            ..Ordered::default()
        };
        let line = line(&ordered, 1_795_489_200_000).unwrap();
        assert!(!line.contains('\n'));
        let value: serde_json::Value = serde_json::from_str(&line).unwrap();
        assert_eq!(value["time"], "2026-11-24T03:00:00.000Z");
        assert_eq!(value["administrator"], "uid 0");
        assert_eq!(value["about"], "clerk\n017");
        assert_eq!(value["until"], "2026-11-24T03:00:00.123Z");
        assert_eq!(value["reason"], "incident \"3f9a\"");
        assert_eq!(value["outcome"], "done");
    }
}
