//! Shape → Plan: the one entry point of rewriting.

use std::sync::Arc;

use crate::catalog::search_path::SessionNames;
use crate::catalog::snapshot::Snapshot;
use crate::model::facts::Facts;
use crate::model::ids::Digest;
use crate::model::refusal::Refusal;
use crate::rights::table::Rights;

use super::splice::PositionMap;

/// What a statement is analysed against.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    pub snapshot: &'a Snapshot,
    pub rights: &'a Rights,
    pub names: &'a SessionNames,
}

/// What is to be sent in place of the client's text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Outcome {
    /// The client's own bytes.
    Relay,
    Rewritten {
        text: String,
        map: PositionMap,
    },
    Refuse(Refusal),
}

/// The outcome of analysing one query string.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Plan {
    pub outcome: Outcome,
    /// One per statement of the query string, in order; empty when refused before parsing.
    pub statements: Arc<[Facts]>,
    /// Digest of the normalised text.
    pub fingerprint: Digest,
    /// The text with every literal replaced; `None` when it could not be parsed.
    pub normalized: Option<Arc<str>>,
}

/// Analyses a query string for a restricted principal.
#[must_use]
pub fn analyse(_text: &str, _context: &Context<'_>) -> Plan {
    let refusal = Refusal::new(crate::model::refusal::Reason::NotUnderstood, "statements are not understood yet");
    Plan {
        outcome: Outcome::Refuse(refusal),
        statements: Arc::new([]),
        fingerprint: Digest::default(),
        normalized: None,
    }
}
