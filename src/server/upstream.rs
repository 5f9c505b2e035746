//! Menshen's own connections to PostgreSQL: reading catalogs, and verifiers by `auth.query`.
//!
//! Their start-up parameters are fixed here. Nothing that a client says reaches them (a client's search_path once
//! reached another proxy's own queries).

use thiserror::Error;

use crate::auth::scram_client::Password;
use crate::config::secrets::Secret;
use crate::wire::encoding::Encoding;
use crate::wire::frame::{self, FrameError, Sender};
use crate::wire::read::Malformed;
use crate::wire::server::{DataRow, Message};
use crate::wire::write::{self, Unwritable};

use super::connect::{ConnectError, Connected, Connector, ServerError};
use super::connection::{Connection, ReceiveError};
use super::proof::Credentials;

/// One row: the columns' text, `None` for NULL.
pub type Row = Vec<Option<String>>;

/// Why a query of our own has no answer.
#[derive(Debug, Error)]
pub enum QueryError {
    #[error(transparent)]
    Connect(#[from] ConnectError),
    #[error("{0}")]
    Server(Box<ServerError>),
    #[error("the server's answer is not in the encoding that was asked for")]
    Encoding,
    #[error("the query cannot be said in the protocol: {0}")]
    Unwritable(#[from] Unwritable),
}

impl From<ReceiveError> for QueryError {
    fn from(error: ReceiveError) -> Self {
        Self::Connect(error.into())
    }
}

impl From<Malformed> for QueryError {
    fn from(error: Malformed) -> Self {
        Self::Connect(error.into())
    }
}

impl From<FrameError> for QueryError {
    fn from(error: FrameError) -> Self {
        Self::Connect(error.into())
    }
}

/// A connection of Menshen's own to one database.
#[derive(Debug)]
pub struct Upstream {
    connection: Connection,
}

impl Upstream {
    /// Logs in as the catalog user.
    ///
    /// # Errors
    /// As [`Connector::connect`].
    pub async fn connect(
        connector: &Connector,
        user: &str,
        password: Option<&Secret>,
        database: &str,
    ) -> Result<Self, ConnectError> {
        let options: [(&[u8], &[u8]); 7] = [
            (b"user", user.as_bytes()),
            (b"database", database.as_bytes()),
            (b"application_name", b"menshen"),
            (b"client_encoding", b"UTF8"),
            (b"search_path", b"pg_catalog"),
            (b"DateStyle", b"ISO"),
            (b"statement_timeout", b"60s"),
        ];
        let credentials =
            password.map_or(Credentials::None, |password| Credentials::Password(Password::new(password.reveal())));
        let Connected { connection, .. } = connector.connect(&options, &credentials).await?;
        Ok(Self { connection })
    }

    /// Runs one statement and answers its rows.
    ///
    /// # Errors
    /// The server's error, or that of the connection, which is then of no further use.
    pub async fn query(&mut self, sql: &str) -> Result<Vec<Row>, QueryError> {
        query(&mut self.connection, sql, Encoding::UTF8).await
    }

    /// Runs one statement with text parameters, by the extended protocol.
    ///
    /// # Errors
    /// As [`Upstream::query`].
    pub async fn query_with(&mut self, sql: &str, parameters: &[&str]) -> Result<Vec<Row>, QueryError> {
        let values: Vec<_> = parameters.iter().map(|text| Some(text.as_bytes())).collect();
        let mut message = Vec::new();
        write::parse(&mut message, b"", sql.as_bytes(), std::iter::empty())?;
        write::bind(&mut message, b"", b"", &[], &values, &[])?;
        write::execute(&mut message, b"", 0)?;
        write::sync(&mut message);
        exchange(&mut self.connection, &message, Encoding::UTF8).await
    }
}

impl Upstream {
    /// Waits for a notification on a channel that this connection listens to.
    ///
    /// # Errors
    /// When the connection ends.
    pub async fn notified(&mut self) -> Result<(), QueryError> {
        loop {
            let bytes = self.connection.receive(Sender::Server, |_| true).await?;
            match frame::exactly(Sender::Server, &bytes)?.tag() {
                b'A' => return Ok(()),
                b'E' => {
                    return Err(QueryError::Connect(ConnectError::Unreachable(
                        std::io::ErrorKind::ConnectionAborted.into(),
                    )));
                }
                _ => {}
            }
        }
    }
}

/// Runs one statement on a connection that is idle; `encoding` is what its texts come in.
///
/// # Errors
/// As [`Upstream::query`].
pub async fn query(connection: &mut Connection, sql: &str, encoding: Encoding) -> Result<Vec<Row>, QueryError> {
    let mut message = Vec::new();
    write::query(&mut message, sql.as_bytes())?;
    exchange(connection, &message, encoding).await
}

/// Sends a request and collects its rows until the server is ready again.
async fn exchange(connection: &mut Connection, request: &[u8], encoding: Encoding) -> Result<Vec<Row>, QueryError> {
    connection.send(request).await.map_err(ConnectError::Unreachable)?;
    let (mut rows, mut failed) = (Vec::new(), None);
    loop {
        let bytes = match connection.receive(Sender::Server, |_| true).await {
            Ok(bytes) => bytes,
            // FATAL: the server said why before it closed
            Err(error) => return Err(failed.map_or_else(|| error.into(), QueryError::Server)),
        };
        match Message::read(frame::exactly(Sender::Server, &bytes)?)? {
            Message::DataRow(row) => rows.push(texts(&row, encoding)?),
            Message::Error(fields) => failed = Some(Box::new(ServerError::new(&bytes, &fields))),
            Message::ReadyForQuery(_) => return failed.map_or(Ok(rows), |error| Err(QueryError::Server(error))),
            _ => {}
        }
    }
}

fn texts(row: &DataRow<'_>, encoding: Encoding) -> Result<Row, QueryError> {
    let text = |bytes| Ok(encoding.decode(bytes).map_err(|_| QueryError::Encoding)?.into_owned());
    row.values.iter().map(|value| value.map(text).transpose()).collect()
}
