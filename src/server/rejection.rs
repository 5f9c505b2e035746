//! Why a client was not let in, and what it is told.

use std::io;

use thiserror::Error;

use crate::auth::scram_server::LoginError;
use crate::config::Problem;
use crate::wire::read::Malformed;
use crate::wire::write::{self, Report, Severity, Unwritable};

use super::connection::ReceiveError;
use super::upstream::QueryError;

/// Why a client was not let in.
#[derive(Debug, Error)]
pub enum Rejection {
    #[error("{0}")]
    Receive(#[from] ReceiveError),
    #[error("TLS handshake failed: {0}")]
    Tls(io::Error),
    #[error("direct TLS without ALPN protocol \"postgresql\"")]
    Alpn,
    #[error("the client closed the connection during the log-in")]
    GaveUp,
    #[error("it took longer than limits.authentication_timeout")]
    Timeout,
    #[error("others needed its place before it had logged in (limits.max_connections)")]
    Crowded,
    #[error("{message}")]
    Said { sqlstate: &'static str, message: String, detail: Option<&'static str>, kind: &'static str },
    #[error("auth.query failed: {0}")]
    Query(#[from] QueryError),
    #[error("{0}")]
    Secret(Box<Problem>),
    #[error(transparent)]
    Unwritable(#[from] Unwritable),
}

impl From<io::Error> for Rejection {
    fn from(error: io::Error) -> Self {
        Self::Receive(error.into())
    }
}

impl From<Malformed> for Rejection {
    fn from(error: Malformed) -> Self {
        Self::Receive(error.into())
    }
}

impl Rejection {
    pub(super) fn said(sqlstate: &'static str, kind: &'static str, message: impl Into<String>) -> Self {
        Self::Said { sqlstate, message: message.into(), detail: None, kind }
    }

    /// The word for the metric of failed log-ins.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Receive(ReceiveError::Io(_) | ReceiveError::Closed | ReceiveError::Truncated) | Self::GaveUp => {
                "gone"
            }
            Self::Timeout => "timeout",
            Self::Crowded => "crowded",
            Self::Receive(_) | Self::Unwritable(_) => "protocol",
            Self::Tls(_) | Self::Alpn => "tls",
            Self::Said { kind, .. } => kind,
            Self::Query(_) | Self::Secret(_) => "unavailable",
        }
    }

    /// What the client is told; `None` where PostgreSQL says nothing either and just closes.
    #[must_use]
    pub fn report(&self) -> Option<Vec<u8>> {
        let (sqlstate, message, detail) = match self {
            Self::Said { sqlstate, message, detail, .. } => (*sqlstate, message.clone(), *detail),
            Self::Receive(ReceiveError::Unexpected(tag)) => {
                ("08P01", format!("expected password response, got message type {tag}"), None)
            }
            Self::Receive(ReceiveError::Malformed(_)) => {
                ("08P01", "invalid startup packet layout: expected terminator as last byte".to_owned(), None)
            }
            Self::Timeout => ("57014", "canceling authentication due to timeout".to_owned(), None),
            Self::Crowded => ("53300", "sorry, too many clients already".to_owned(), None),
            Self::Query(_) | Self::Secret(_) => ("57P03", "menshen: log-ins are not possible now".to_owned(), None),
            Self::Receive(_) | Self::Tls(_) | Self::Alpn | Self::GaveUp | Self::Unwritable(_) => return None,
        };
        Some(fatal(sqlstate, &message, detail))
    }
}

/// A FATAL ErrorResponse.
#[must_use]
pub fn fatal(sqlstate: &str, message: &str, detail: Option<&str>) -> Vec<u8> {
    let mut bytes = Vec::new();
    let report = Report::new(Severity::Fatal, sqlstate, message.as_bytes());
    write::report(&mut bytes, &Report { detail: detail.map(str::as_bytes), ..report });
    bytes
}

/// A failed SCRAM exchange, as PostgreSQL reports it.
pub(super) fn scram(error: LoginError, user: &str) -> Rejection {
    let (message, kind) = match error {
        LoginError::Failed => (format!("password authentication failed for user \"{user}\""), "password"),
        _ => (error.to_string(), "scram"),
    };
    Rejection::Said { sqlstate: error.sqlstate(), message, detail: error.detail(), kind }
}
