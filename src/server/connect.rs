//! Connections to PostgreSQL: opening, TLS by sslmode, logging in. Used for clients and for Menshen itself.

use std::io;
use std::time::Duration;

use bytes::BytesMut;
use thiserror::Error;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpStream, UnixStream};
use tokio_rustls::{TlsConnector, TlsStream};

use crate::config::{Problem, Upstream};
use crate::wire::frame::{self, FrameError, Sender};
use crate::wire::read::Malformed;
use crate::wire::server::{Authentication, EncryptionAnswer, Fields, Message, ProtocolVersion};
use crate::wire::write::{self, Unwritable};

use super::connection::{Connection, ReceiveError};
use super::proof::{Credentials, Proof, ProofError};
use super::stream::Stream;
use super::tls::{self, ServerSide};

/// An ErrorResponse of the server.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ServerError {
    /// The whole message, to be forwarded.
    pub bytes: Vec<u8>,
    pub sqlstate: String,
    /// For the log; bytes that are not UTF-8 are left out.
    pub message: String,
}

impl ServerError {
    pub(super) fn new(bytes: &[u8], fields: &Fields<'_>) -> Self {
        let text = |code| {
            let chunks = fields.get(code).unwrap_or_default().utf8_chunks();
            chunks.map(|chunk| chunk.valid()).collect::<String>()
        };
        Self { bytes: bytes.to_vec(), sqlstate: text(b'C'), message: text(b'M') }
    }
}

impl std::fmt::Display for ServerError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} (SQLSTATE {})", self.message, self.sqlstate)
    }
}

/// Why there is no connection to the server.
#[derive(Debug, Error)]
pub enum ConnectError {
    #[error("cannot reach the server: {0}")]
    Unreachable(io::Error),
    #[error("the server did not answer within {} s", .0.as_secs_f32())]
    Timeout(Duration),
    #[error("the server has no TLS, but upstream.sslmode demands it")]
    NoTls,
    #[error("TLS with the server failed: {0}")]
    Tls(io::Error),
    /// The server's own words.
    #[error("the server refused the connection: {0}")]
    Refused(Box<ServerError>),
    #[error("logging in to the server failed: {0}")]
    Proof(#[from] ProofError),
    #[error("the server does not follow the protocol: {0}")]
    Protocol(ReceiveError),
    #[error("cannot be said in the protocol: {0}")]
    Unwritable(#[from] Unwritable),
}

impl From<ReceiveError> for ConnectError {
    fn from(error: ReceiveError) -> Self {
        match error {
            ReceiveError::Io(error) => Self::Unreachable(error),
            ReceiveError::Closed => Self::Unreachable(io::ErrorKind::UnexpectedEof.into()),
            error => Self::Protocol(error),
        }
    }
}

impl From<Malformed> for ConnectError {
    fn from(error: Malformed) -> Self {
        Self::Protocol(error.into())
    }
}

impl From<FrameError> for ConnectError {
    fn from(error: FrameError) -> Self {
        Self::Protocol(error.into())
    }
}

/// The key with which a statement can be cancelled.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CancelKey {
    pub process_id: u32,
    pub secret: Vec<u8>,
}

/// A server connection that is ready for queries.
#[derive(Debug)]
pub struct Connected {
    pub connection: Connection,
    /// What the server said between AuthenticationOk and ReadyForQuery, except BackendKeyData: ParameterStatus and
    /// notices, as received.
    pub greeting: Vec<u8>,
    /// `None` when the server gives none.
    pub cancel: Option<CancelKey>,
}

/// Opens connections to the configured server.
#[derive(Clone, Debug)]
pub struct Connector {
    upstream: Upstream,
    tls: Option<ServerSide>,
}

impl Connector {
    /// # Errors
    /// TLS files that cannot be used.
    pub fn new(upstream: &Upstream) -> Result<Self, Problem> {
        Ok(Self { upstream: upstream.clone(), tls: tls::server_side(upstream)? })
    }

    /// Opens a connection and logs in; `options` are the start-up parameters, `user` among them.
    ///
    /// # Errors
    /// Any of [`ConnectError`], also when it takes longer than `upstream.connect_timeout`.
    pub async fn connect(
        &self,
        options: &[(&[u8], &[u8])],
        credentials: &Credentials,
    ) -> Result<Connected, ConnectError> {
        let limit = self.upstream.connect_timeout;
        let connect = async {
            let mut connection = Connection::new(self.open().await?);
            let mut packet = Vec::new();
            // Version 3.2 differs by longer cancel keys alone, and clients get keys of ours.
            write::startup(&mut packet, ProtocolVersion::V3_0, options.iter().copied())?;
            connection.send(&packet).await.map_err(ConnectError::Unreachable)?;
            authenticate(&mut connection, credentials).await?;
            greet(connection).await
        };
        tokio::time::timeout(limit, connect).await.unwrap_or(Err(ConnectError::Timeout(limit)))
    }

    /// Asks the server to cancel what the session with this key is doing. Nobody says whether it did.
    ///
    /// # Errors
    /// When the request cannot be delivered.
    pub async fn cancel(&self, key: &CancelKey) -> Result<(), ConnectError> {
        let limit = self.upstream.connect_timeout;
        let cancel = async {
            let mut stream = self.open().await?;
            let mut packet = Vec::new();
            write::cancel_request(&mut packet, key.process_id, &key.secret)?;
            stream.write_all(&packet).await.map_err(ConnectError::Unreachable)?;
            stream.flush().await.map_err(ConnectError::Unreachable)?;
            // the server closes once the signal is on its way, as libpq waits for
            let mut answer = [0; 1];
            let _ = stream.read(&mut answer).await;
            Ok(())
        };
        tokio::time::timeout(limit, cancel).await.unwrap_or(Err(ConnectError::Timeout(limit)))
    }

    async fn open(&self) -> Result<Stream, ConnectError> {
        match (self.reach().await?, &self.tls) {
            (Stream::Tcp(tcp), Some(side)) => secure(tcp, side).await,
            (stream, _) => Ok(stream),
        }
    }

    async fn reach(&self) -> Result<Stream, ConnectError> {
        if let Some(path) = self.upstream.socket_path() {
            return Ok(Stream::Unix(UnixStream::connect(path).await.map_err(ConnectError::Unreachable)?));
        }
        let address = (self.upstream.host.as_str(), self.upstream.port);
        let tcp = TcpStream::connect(address).await.map_err(ConnectError::Unreachable)?;
        tcp.set_nodelay(true).map_err(ConnectError::Unreachable)?;
        Ok(Stream::Tcp(tcp))
    }

    /// Whether the server's port can be connected to at all. Says nothing there, so the server logs nothing.
    ///
    /// # Errors
    /// Why not.
    pub async fn reachable(&self) -> Result<(), ConnectError> {
        let limit = self.upstream.connect_timeout;
        let attempt = async { self.reach().await.map(|_| ()) };
        tokio::time::timeout(limit, attempt).await.unwrap_or(Err(ConnectError::Timeout(limit)))
    }
}

/// Asks for TLS and, if the server has it, begins with it.
async fn secure(mut tcp: TcpStream, side: &ServerSide) -> Result<Stream, ConnectError> {
    let mut request = Vec::new();
    write::ssl_request(&mut request);
    tcp.write_all(&request).await.map_err(ConnectError::Unreachable)?;
    let mut answer = [0; 1];
    tcp.read_exact(&mut answer).await.map_err(ConnectError::Unreachable)?;
    let [byte] = answer;
    match EncryptionAnswer::read(byte, b'S') {
        Some(EncryptionAnswer::Yes) => {
            let connector = TlsConnector::from(side.config.clone());
            let tls = connector.connect(side.name.clone(), tcp).await.map_err(ConnectError::Tls)?;
            Ok(Stream::Tls(Box::new(TlsStream::Client(tls))))
        }
        Some(EncryptionAnswer::No) if side.optional => Ok(Stream::Tcp(tcp)),
        _ => Err(ConnectError::NoTls),
    }
}

/// Answers the server's questions until it says AuthenticationOk.
async fn authenticate(connection: &mut Connection, credentials: &Credentials) -> Result<(), ConnectError> {
    let mut proof = Proof::new(credentials, connection.stream.peer_certificate());
    loop {
        let bytes =
            connection.receive(Sender::Server, |header| matches!(header.tag(), b'R' | b'E' | b'N' | b'v')).await?;
        let answer = match Message::read(frame::exactly(Sender::Server, &bytes)?)? {
            Message::Authentication(Authentication::Ok) => return Ok(proof.accepted()?),
            Message::Authentication(request) => proof.answer(&request)?,
            Message::Error(fields) => return Err(refused(&bytes, &fields)),
            _ => None,
        };
        if let Some(answer) = answer {
            connection.send(&answer).await.map_err(ConnectError::Unreachable)?;
        }
    }
}

/// Collects what the server says until it is ready for queries.
async fn greet(mut connection: Connection) -> Result<Connected, ConnectError> {
    let (mut greeting, mut cancel) = (Vec::new(), None);
    loop {
        let bytes: BytesMut = connection
            .receive(Sender::Server, |header| matches!(header.tag(), b'S' | b'K' | b'Z' | b'E' | b'N'))
            .await?;
        match Message::read(frame::exactly(Sender::Server, &bytes)?)? {
            Message::BackendKeyData(key) => {
                cancel = Some(CancelKey { process_id: key.process_id, secret: key.key.to_vec() });
            }
            Message::ReadyForQuery(_) => return Ok(Connected { connection, greeting, cancel }),
            Message::Error(fields) => return Err(refused(&bytes, &fields)),
            _ => greeting.extend_from_slice(&bytes),
        }
    }
}

fn refused(bytes: &[u8], fields: &Fields<'_>) -> ConnectError {
    ConnectError::Refused(Box::new(ServerError::new(bytes, fields)))
}
