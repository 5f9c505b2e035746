//! Severities and responses as the words that people know them by, in stored incidents.

use serde::{Deserialize, Deserializer, Serializer, de};

use crate::model::disclosure::{Response, Severity};

/// For `#[serde(with = …)]`.
pub(super) mod severity {
    use super::*;

    const ALL: [Severity; 3] = [Severity::Notice, Severity::Warning, Severity::Critical];

    pub(crate) fn serialize<S: Serializer>(value: &Severity, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(value.as_str())
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Severity, D::Error> {
        let word = String::deserialize(from)?;
        let found = ALL.into_iter().find(|known| known.as_str() == word);
        found.ok_or_else(|| de::Error::custom(format!("no severity: {word}")))
    }
}

/// For `#[serde(with = …)]`.
pub(super) mod response {
    use super::*;

    const ALL: [Response; 6] = [
        Response::Alert,
        Response::Slow,
        Response::Downgrade,
        Response::Block,
        Response::Quarantine,
        Response::Terminate,
    ];

    pub(crate) fn serialize<S: Serializer>(value: &Response, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(value.as_str())
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Response, D::Error> {
        let word = String::deserialize(from)?;
        let found = ALL.into_iter().find(|known| known.as_str() == word);
        found.ok_or_else(|| de::Error::custom(format!("no response: {word}")))
    }
}
