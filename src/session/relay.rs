//! The lane of principals whose every right is clear and whom the policy does not record: bytes pass, only heads are
//! looked at.

use std::sync::Arc;

use crate::model::event::Event;
use crate::model::ids::SessionId;
use crate::model::principal::Principal;
use crate::rights::table::Unrestricted;
use crate::wire::frame::{Frame, Header};
use crate::wire::server;

use super::Fault;
use super::authority::Authority;
use super::definitions::Definitions;
use super::effect::Effects;

/// A relayed session.
#[derive(Debug)]
pub struct Relay {
    id: SessionId,
    principal: Arc<Principal>,
    database: Arc<str>,
    proof: Unrestricted,
    /// Something was asked and ReadyForQuery has not come yet.
    busy: bool,
    definitions: Definitions,
    statements: u64,
    rows: u64,
    bytes: u64,
}

impl Relay {
    #[must_use]
    pub fn new(id: SessionId, principal: Arc<Principal>, database: Arc<str>, proof: Unrestricted) -> Self {
        let definitions = Definitions::default();
        Self { id, principal, database, proof, busy: false, definitions, statements: 0, rows: 0, bytes: 0 }
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

    /// A server message begins; `false`: it is to be handed in whole.
    pub fn server(&mut self, head: Header) -> bool {
        match head.tag() {
            b'D' | b'd' => {
                self.rows += 1;
                self.bytes += head.body() as u64;
            }
            b'C' | b'Z' => return false,
            _ => {}
        }
        true
    }

    /// A whole message of the server.
    ///
    /// # Errors
    /// When it is malformed.
    pub fn answer(&mut self, frame: Frame<'_>, fx: &mut Effects) -> Result<(), Fault> {
        fx.relay(frame.bytes());
        if frame.tag() == b'Z' {
            self.busy = false;
            self.statements += 1;
            let status = server::Status::read(frame.body()).map_err(Fault::server)?;
            fx.defined |= self.definitions.ready(status);
        } else {
            let complete = server::CommandComplete::read(frame.body()).map_err(Fault::server)?;
            fx.defined |= self.definitions.command(complete.tag, false);
        }
        Ok(())
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
