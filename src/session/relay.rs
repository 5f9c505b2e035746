//! The lane of principals whose every right is clear and whom the policy does not record: bytes pass, only heads are
//! looked at.

use std::sync::Arc;

use crate::model::event::Event;
use crate::model::ids::SessionId;
use crate::model::principal::Principal;
use crate::rights::table::Unrestricted;
use crate::wire::frame::Header;

use super::Fault;
use super::authority::Authority;

/// A relayed session.
#[derive(Debug)]
pub struct Relay {
    id: SessionId,
    principal: Arc<Principal>,
    database: Arc<str>,
    proof: Unrestricted,
    /// Something was asked and ReadyForQuery has not come yet.
    busy: bool,
    statements: u64,
    rows: u64,
    bytes: u64,
}

impl Relay {
    #[must_use]
    pub fn new(id: SessionId, principal: Arc<Principal>, database: Arc<str>, proof: Unrestricted) -> Self {
        Self { id, principal, database, proof, busy: false, statements: 0, rows: 0, bytes: 0 }
    }

    #[must_use]
    pub fn proof(&self) -> Unrestricted {
        self.proof
    }

    #[must_use]
    pub fn principal(&self) -> &Arc<Principal> {
        &self.principal
    }

    #[must_use]
    pub fn database(&self) -> &Arc<str> {
        &self.database
    }

    /// Whether no answer is outstanding.
    #[must_use]
    pub fn idle(&self) -> bool {
        !self.busy
    }

    /// A client message begins.
    pub fn client(&mut self, head: Header) -> bool {
        self.busy |= head.tag() != b'X';
        true
    }

    /// A server message begins.
    pub fn server(&mut self, head: Header) -> bool {
        match head.tag() {
            b'D' | b'd' => {
                self.rows += 1;
                self.bytes += head.body() as u64;
            }
            b'Z' => {
                self.busy = false;
                self.statements += 1;
            }
            _ => {}
        }
        true
    }

    /// What has been counted since the last time; `None` while a statement is under way.
    pub fn news(&mut self) -> Option<Event> {
        if self.statements == 0 {
            return None;
        }
        let event = Event::Relayed {
            session: self.id,
            principal: Arc::clone(&self.principal),
            statements: self.statements,
            rows: self.rows,
            bytes: self.bytes,
        };
        (self.statements, self.rows, self.bytes) = (0, 0, 0);
        Some(event)
    }

    /// Takes the proof of new rights.
    ///
    /// # Errors
    /// When they are not all clear any more.
    pub fn rights_changed(&mut self, authority: &Authority) -> Result<(), Fault> {
        self.proof = authority.rights.unrestricted_proof().ok_or(Fault::Rights)?;
        Ok(())
    }
}
