//! News: what anybody may learn about a session. Plain data, one way, no personal value in it.

use std::sync::Arc;
use std::time::Duration;

use super::disclosure::Signal;
use super::epochs::Epochs;
use super::facts::{ColumnUse, Facts, StatementClass};
use super::ids::{Digest, Oid, SessionId, StatementId};
use super::principal::Principal;
use super::refusal::Reason;

/// What became of a statement at analysis.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Decision {
    /// Forwarded without analysis (unrestricted principal) or unchanged.
    Relayed,
    Rewritten,
    Refused(Reason),
}

impl Decision {
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Relayed => "relayed",
            Self::Rewritten => "rewritten",
            Self::Refused(_) => "refused",
        }
    }
}

/// One finished statement.
#[derive(Clone, Debug)]
pub struct StatementEvent {
    pub session: SessionId,
    pub statement: StatementId,
    pub principal: Arc<Principal>,
    pub database: Arc<str>,
    pub decision: Decision,
    /// Digest of the normalised text; names the shape without its literals.
    pub fingerprint: Digest,
    /// The text with every literal replaced; `None` when it could not be parsed.
    pub normalized: Option<Arc<str>>,
    /// What the query string's statements do.
    pub statements: Arc<[Facts]>,
    /// Which of them this is about.
    pub index: usize,
    pub rows: u64,
    /// Payload bytes of the rows.
    pub bytes: u64,
    /// Persons whose clear values left or were staged, at most: each row's are counted. 0 where nobody counts.
    pub persons: u64,
    pub duration: Duration,
    /// `00000` when it succeeded.
    pub sqlstate: [u8; 5],
    pub epochs: Epochs,
    pub policy: Digest,
}

impl StatementEvent {
    /// What the statement does; `None` when its text was not understood.
    #[must_use]
    pub fn facts(&self) -> Option<&Facts> {
        self.statements.get(self.index)
    }

    #[must_use]
    pub fn class(&self) -> StatementClass {
        self.facts().map_or(StatementClass::Other, |facts| facts.class)
    }

    /// The relations it names.
    #[must_use]
    pub fn relations(&self) -> &[Oid] {
        self.facts().map_or(&[], |facts| &facts.relations)
    }

    /// The classified columns it may deliver or depend on.
    #[must_use]
    pub fn columns(&self) -> &[ColumnUse] {
        self.facts().map_or(&[], |facts| &facts.columns)
    }
}

/// News of a session.
#[derive(Clone, Debug)]
pub enum Event {
    SessionOpened {
        session: SessionId,
        principal: Arc<Principal>,
        database: Arc<str>,
        restricted: bool,
    },
    SessionClosed {
        session: SessionId,
        restricted: bool,
    },
    Statement(Box<StatementEvent>),
    /// Finished statements of a session that is relayed without analysis, counted by ReadyForQuery.
    Relayed {
        session: SessionId,
        principal: Arc<Principal>,
        statements: u64,
        rows: u64,
        bytes: u64,
    },
    /// One analysis: cached or cold, and how long it took.
    Analysed {
        cached: bool,
        took: Duration,
        /// What the second witness said; `None`: it was not asked.
        heard: Option<&'static str>,
    },
    /// The end-of-pipe verification stopped a value: the highest alert.
    OriginViolation {
        session: SessionId,
        principal: Arc<Principal>,
        relation: Oid,
        column: i16,
    },
    /// A limit was reached, or a detector is sure.
    Signal(Box<Signal>),
    /// A log-in that failed; `kind` is a metric label such as `password`.
    LoginFailed {
        kind: &'static str,
    },
}
