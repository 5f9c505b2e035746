//! The state machine of one client and its server connection: no socket, no clock.
//!
//! The shell hands in complete frames (or, for rows, their headers) and performs the collected [`Effects`].
//! The heart is the queue of expected answers in [`expect`]: each message that goes to the server leaves an entry
//! that says which statement it belongs to and what the client is to see of the answer.

pub mod authority;
pub mod copying;
pub mod definitions;
pub mod effect;
pub mod expect;
pub mod hidden;
pub mod meter;
pub mod metering;
pub mod names;
pub mod refuse;
pub mod relay;
pub mod shape;
pub mod speaker;
pub mod telling;
pub mod verify;

mod answer;
mod cursors;
mod extended;
mod gauge;
mod machine;
mod ran;
mod renew;
mod settled;
mod simple;
mod text;

pub use answer::Rows;
pub use copying::Copying;
pub use effect::Effects;
pub use machine::{Change, Machine, Opening};
pub use metering::{Barred, Onward, Test, limited, unseen_guesses};
pub use text::{Held, Long};

use crate::model::ids::ColumnId;
use crate::wire::read::Malformed;
use crate::wire::write::Unwritable;

/// What became of a frame that was offered.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Taken {
    Done,
    /// Offer it again after the next server frame, refresh or answer.
    Later,
}

/// Why a session cannot go on.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// The client's bytes are not the protocol.
    #[error("{0}")]
    Client(String),
    /// The server's bytes do not fit what was asked.
    #[error("unexpected answer of the server: {0}")]
    Server(String),
    /// A column that this principal must not see in clear was about to be delivered: a defect or an attack.
    #[error("a protected column reached the end of the pipe in clear: relation {}, column {}", .0.relation, .0.number)]
    Origin(ColumnId),
    /// Rewritten text does not exist in the client's encoding.
    #[error("a rewritten statement cannot be said in the client's encoding")]
    Encoding,
    /// A prepared statement's rows would be others than the client was told.
    #[error("the columns of a prepared statement changed; connect again")]
    Rows,
    /// A limit ends the session.
    #[error("a limit on what may be taken is reached")]
    Limit,
    /// Rights changed in a way this session cannot follow.
    #[error("rights changed; connect again")]
    Rights,
}

impl Fault {
    fn client(error: Malformed) -> Self {
        Self::Client(error.to_string())
    }

    fn unwritable(error: Unwritable) -> Self {
        Self::Client(error.to_string())
    }

    fn server(error: Malformed) -> Self {
        Self::Server(error.to_string())
    }
}
