//! What is counted of one statement's answer.

use std::sync::Arc;
use std::time::Instant;

use crate::model::ids::StatementId;

use super::authority::Analysed;
use super::names::Source;

/// A statement in the making: from its arrival to its CommandComplete.
#[derive(Debug)]
pub struct Run {
    pub statement: StatementId,
    pub started: Instant,
    /// `None` when the text is not known (a portal that Menshen did not see bound).
    pub analysed: Option<Arc<Analysed>>,
    /// The query string, where it makes a cursor or a prepared statement.
    pub source: Option<Arc<Source>>,
    /// Which statement of a query string is being answered.
    pub index: usize,
    pub rows: u64,
    /// Payload bytes of the rows, headers excluded.
    pub bytes: u64,
    /// Whether the rows' description has been verified.
    pub described: bool,
}

impl Run {
    #[must_use]
    pub fn new(statement: StatementId, started: Instant, analysed: Option<Arc<Analysed>>) -> Self {
        Self { statement, started, analysed, source: None, index: 0, rows: 0, bytes: 0, described: false }
    }

    /// One row of `payload` bytes.
    pub fn count(&mut self, payload: usize) {
        self.rows += 1;
        self.bytes += payload as u64;
    }
}
