//! A client's first bytes: encryption, then what it asks for (`ProcessStartupPacket` of PostgreSQL).

use std::task::Poll;

use bytes::BytesMut;
use tokio::io::ReadBuf;
use tokio_rustls::TlsAcceptor;

use crate::wire::client::{Startup, StartupMessage};
use crate::wire::frame::TLS_HANDSHAKE;
use crate::wire::server::ProtocolVersion;
use crate::wire::write;

use super::connection::{Connection, startup_frame};
use super::rejection::Rejection;
use super::shared::Shared;
use super::stream::Stream;
use super::tls::ALPN;

/// The newest version that clients may speak.
const NEWEST: ProtocolVersion = ProtocolVersion::V3_2;

/// Encryption, at once or on request, then the packet that says what the client wants.
pub(super) async fn first_packet(connection: &mut Connection, shared: &Shared) -> Result<BytesMut, Rejection> {
    begin(connection, shared).await?;
    let (mut tls_asked, mut gss_asked) = (connection.stream.is_tls(), connection.stream.is_tls());
    loop {
        let packet = connection.receive_startup().await?;
        match Startup::read(startup_frame(&packet)?) {
            Ok(Startup::Ssl) if !tls_asked => {
                tls_asked = true;
                answer_tls(connection, shared).await?;
                gss_asked |= connection.stream.is_tls();
            }
            Ok(Startup::GssEnc) if !gss_asked => {
                gss_asked = true;
                nothing_waits(connection, "GSSAPI encryption").await?;
                connection.send(b"N").await?;
            }
            _ => return Ok(packet),
        }
    }
}

/// A client that speaks TLS from its first byte is answered in TLS, if that is on.
async fn begin(connection: &mut Connection, shared: &Shared) -> Result<(), Rejection> {
    let Stream::Tcp(tcp) = &connection.stream else { return Ok(()) };
    let mut first = [0; 1];
    let read = tcp.peek(&mut first).await?;
    let tls = shared.client_tls.load_full().filter(|_| read == 1 && first == [TLS_HANDSHAKE]);
    let Some(side) = tls else { return Ok(()) };
    connection.stream.secure(&TlsAcceptor::from(side.config.clone())).await.map_err(Rejection::Tls)?;
    match &connection.stream {
        Stream::Tls(tls) if tls.get_ref().1.alpn_protocol() == Some(ALPN) => Ok(()),
        _ => Err(Rejection::Alpn),
    }
}

/// Demands, before the answer is sent, that a client waits for it. What it sent before could be somebody else's words,
/// put in front of its own. (What arrives later than this becomes part of the handshake and makes it fail.)
async fn nothing_waits(connection: &Connection, request: &str) -> Result<(), Rejection> {
    let Stream::Tcp(tcp) = &connection.stream else { return Ok(()) };
    let mut first = [0; 1];
    let mut first = ReadBuf::new(&mut first);
    let waiting = std::future::poll_fn(|cx| Poll::Ready(matches!(tcp.poll_peek(cx, &mut first), Poll::Ready(Ok(1..)))));
    if !waiting.await {
        return Ok(());
    }
    Err(Rejection::Said {
        sqlstate: "08P01",
        message: format!("received unencrypted data after {request} request"),
        detail: Some(
            "This could be either a client-software bug or evidence of an attempted man-in-the-middle attack.",
        ),
        kind: "protocol",
    })
}

/// Answers an SSLRequest.
async fn answer_tls(connection: &mut Connection, shared: &Shared) -> Result<(), Rejection> {
    nothing_waits(connection, "SSL").await?;
    let Some(side) = shared.client_tls.load_full() else {
        return Ok(connection.send(b"N").await?);
    };
    connection.send(b"S").await?;
    connection.stream.secure(&TlsAcceptor::from(side.config.clone())).await.map_err(Rejection::Tls)
}

/// What the start-up message says.
#[derive(Debug)]
pub(super) struct Asked {
    pub(super) version: ProtocolVersion,
    pub(super) user: String,
    pub(super) database: String,
    pub(super) application_name: Option<String>,
    pub(super) options: Vec<(Vec<u8>, Vec<u8>)>,
}

pub(super) fn unsupported(version: ProtocolVersion) -> Rejection {
    let message = format!("unsupported frontend protocol {version}: server supports 3.0 to {NEWEST}");
    Rejection::said("0A000", "protocol", message)
}

/// Tells a client that asked for more what there is.
pub(super) async fn negotiate(connection: &mut Connection, message: &StartupMessage<'_>) -> Result<(), Rejection> {
    let unknown: Vec<_> = message.extensions().collect();
    if message.version <= NEWEST && unknown.is_empty() {
        return Ok(());
    }
    let mut answer = Vec::new();
    write::negotiate_protocol_version(&mut answer, message.version.min(NEWEST), &unknown)?;
    Ok(connection.send(&answer).await?)
}

pub(super) fn asked(message: &StartupMessage<'_>) -> Result<Asked, Rejection> {
    let text = |name: &str| -> Result<Option<String>, Rejection> {
        let text = message.option(name).map(|value| String::from_utf8(value.to_vec()));
        let invalid =
            |_| Rejection::said("22021", "protocol", format!("invalid byte sequence for encoding \"UTF8\" in {name}"));
        Ok(text.transpose().map_err(invalid)?.filter(|text| !text.is_empty()))
    };
    let Some(user) = text("user")? else {
        return Err(Rejection::said("28000", "protocol", "no PostgreSQL user name specified in startup packet"));
    };
    let own = |name: &[u8]| matches!(name, b"user" | b"database") || name.starts_with(b"_pq_.");
    let options = message.options().filter(|(name, _)| !own(name));
    Ok(Asked {
        version: message.version.min(NEWEST),
        database: text("database")?.unwrap_or_else(|| user.clone()),
        // a name that is not UTF-8 recognises no application
        application_name: text("application_name").ok().flatten(),
        options: options.map(|(name, value)| (name.to_vec(), value.to_vec())).collect(),
        user,
    })
}
