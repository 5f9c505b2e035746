//! A client from its first byte to being logged in.
//!
//! In PostgreSQL's order: encryption requests, each at most once; CancelRequest; the start-up message; the exchange
//! that proves who it is. What goes wrong is said as PostgreSQL says it (`ProcessStartupPacket`, `auth.c`).

use std::net::SocketAddr;
use std::sync::Arc;

use tokio::net::TcpStream;
use tokio::time::{Instant, timeout_at};

use crate::auth::channel_binding::EndPoint;
use crate::auth::keys::LoginKeys;
use crate::auth::scram_client::Password;
use crate::auth::scram_server::{ExpectMechanism, LoginError, Proved};
use crate::auth::verifier::Verifier;
use crate::config::{AuthMethod, TlsMode, UpstreamLogin, secrets};
use crate::wire::client::{GSSENC_REQUEST, SSL_REQUEST, SaslInitialResponse, Startup};
use crate::wire::frame::{self, Sender};
use crate::wire::server::ProtocolVersion;
use crate::wire::write;

use super::connect::CancelKey;
use super::connection::{Connection, ReceiveError, startup_frame};
use super::epochs::Identity;
use super::proof::{Credentials, fresh_nonce};
use super::rejection::{self, Rejection};
use super::room::Guest;
use super::shared::Shared;
use super::start_options;
use super::startup::{Asked, asked, first_packet, negotiate, unsupported};
use super::stream::Stream;
use super::tls::common_name;

/// What a new connection turned out to be.
#[derive(Debug)]
pub enum Arrival {
    /// A client that is logged in; AuthenticationOk has been said.
    Session(Box<LoggedIn>),
    /// Somebody who wants a statement of another session cancelled. The connection stays open until that is done: its
    /// end is how clients know that what they send next will not be hit.
    Cancel(CancelKey, Connection),
    /// It closed without having asked for anything.
    Nothing,
}

/// An authenticated client.
#[derive(Debug)]
pub struct LoggedIn {
    pub connection: Connection,
    pub version: ProtocolVersion,
    pub identity: Identity,
    pub database: Arc<str>,
    /// The database user that Menshen logs in as.
    pub server_user: String,
    pub credentials: Credentials,
    /// Start-up options for the server, but for user and database, in the client's order.
    pub options: Vec<(Vec<u8>, Vec<u8>)>,
}

impl LoggedIn {
    /// Whether it asks for replication instead of SQL.
    #[must_use]
    pub fn replication(&self) -> bool {
        let last = self.options.iter().rev().find(|(name, _)| name == b"replication");
        last.is_some_and(|(_, value)| !start_options::is_false(value))
    }
}

/// Who a client says it is, before that is proven.
#[derive(Clone, Debug)]
pub struct Claim {
    pub identity: Identity,
    pub database: Arc<str>,
}

/// The name that log-ins of users who do not exist are counted under: whatever names somebody makes up, they are one.
const NOBODY: &str = "(no such user)";

/// A client that was not let in.
#[derive(Debug)]
pub struct Rejected {
    pub why: Rejection,
    /// `None`: it did not come to say who it is.
    pub claim: Option<Claim>,
}

/// Greets a new connection. A rejected client has been told why, as far as PostgreSQL would.
///
/// # Errors
/// Why the client was not let in.
pub async fn greet(tcp: TcpStream, peer: SocketAddr, guest: &Guest, shared: &Shared) -> Result<Arrival, Box<Rejected>> {
    let end = Instant::now() + shared.config.limits.authentication_timeout;
    let mut connection = Connection::new(Stream::Tcp(tcp));
    let mut claim = None;
    let entered = timeout_at(end, async {
        let packet = first_packet(&mut connection, shared).await?;
        enter(&mut connection, &packet, peer, shared, &mut claim).await
    });
    let entered = tokio::select! {
        entered = entered => entered.unwrap_or(Err(Rejection::Timeout)),
        () = guest.has_to_leave() => Err(Rejection::Crowded),
    };
    match entered {
        Ok(Entered::Cancel(key)) => Ok(Arrival::Cancel(key, connection)),
        Ok(Entered::Session(asked, proven)) => {
            Ok(Arrival::Session(Box::new(logged_in(connection, asked, proven, peer))))
        }
        Err(Rejection::Receive(ReceiveError::Closed)) => Ok(Arrival::Nothing),
        Err(rejection) => Err(Box::new(Rejected { why: told(connection, rejection).await, claim })),
    }
}

/// Tells the client why it is not let in.
async fn told(mut connection: Connection, rejection: Rejection) -> Rejection {
    if let Some(report) = rejection.report() {
        // whether it still listens is its own affair
        let _ = connection.send(&report).await;
    }
    rejection
}

/// What a client's first packet led to.
enum Entered {
    Cancel(CancelKey),
    Session(Asked, Proven),
}

/// How Menshen is to log in for the client.
struct Proven {
    server_user: String,
    credentials: Credentials,
}

fn identity(user: &str, asked: &Asked, peer: SocketAddr) -> Identity {
    Identity {
        database_user: user.into(),
        address: Some(peer.ip().to_canonical()),
        application_name: asked.application_name.as_deref().map(Arc::from),
        lowered: false,
        end_user: None,
    }
}

fn logged_in(connection: Connection, asked: Asked, proven: Proven, peer: SocketAddr) -> LoggedIn {
    LoggedIn {
        connection,
        version: asked.version,
        identity: identity(&asked.user, &asked, peer),
        database: asked.database.into(),
        server_user: proven.server_user,
        credentials: proven.credentials,
        options: asked.options,
    }
}

async fn enter(
    connection: &mut Connection,
    packet: &[u8],
    peer: SocketAddr,
    shared: &Shared,
    claim: &mut Option<Claim>,
) -> Result<Entered, Rejection> {
    let message = match Startup::read(startup_frame(packet)?)? {
        Startup::Session(message) => message,
        Startup::Cancel(request) => {
            return Ok(Entered::Cancel(CancelKey { process_id: request.process_id, secret: request.key.to_vec() }));
        }
        Startup::Ssl => return Err(unsupported(ProtocolVersion::from_code(SSL_REQUEST))),
        Startup::GssEnc => return Err(unsupported(ProtocolVersion::from_code(GSSENC_REQUEST))),
        Startup::Unsupported(version) => return Err(unsupported(version)),
    };
    negotiate(connection, &message).await?;
    let asked = asked(&message)?;
    let claim =
        claim.insert(Claim { identity: identity(NOBODY, &asked, peer), database: asked.database.as_str().into() });
    if shared.config.listen.tls == TlsMode::Require && !connection.stream.is_tls() {
        let host = peer.ip().to_canonical();
        let Asked { user, database, .. } = &asked;
        let message = format!("no entry for host \"{host}\", user \"{user}\", database \"{database}\", no encryption");
        return Err(Rejection::said("28000", "no-tls", message));
    }
    let keys = authenticate(connection, &asked.user, shared, &mut claim.identity).await?;
    let proven = server_login(&asked.user, keys, shared)?;
    Ok(Entered::Session(asked, proven))
}

/// Has the client prove who it is, and says AuthenticationOk. The keys are those of its SCRAM proof. `claimed` is given
/// the user's name where there is such a user.
async fn authenticate(
    connection: &mut Connection,
    user: &str,
    shared: &Shared,
    claimed: &mut Identity,
) -> Result<Option<LoginKeys>, Rejection> {
    let mut answer = Vec::new();
    let keys = match shared.config.auth.method {
        AuthMethod::Trust => None,
        AuthMethod::Cert => {
            certified(connection, user)?;
            None
        }
        AuthMethod::Scram => {
            let verifier = shared.verifiers.verifier(user).await?;
            if verifier.genuine() {
                claimed.database_user = user.into();
            }
            let proved = scram(connection, user, verifier, shared).await?;
            write::authentication_sasl_final(&mut answer, &proved.answer)?;
            Some(proved.keys)
        }
    };
    write::authentication_ok(&mut answer);
    connection.send(&answer).await?;
    Ok(keys)
}

fn certified(connection: &Connection, user: &str) -> Result<(), Rejection> {
    let Some(certificate) = connection.stream.peer_certificate() else {
        return Err(Rejection::said("28000", "certificate", "connection requires a valid client certificate"));
    };
    if common_name(certificate).as_deref() == Some(user) {
        return Ok(());
    }
    Err(Rejection::said("28000", "certificate", format!("certificate authentication failed for user \"{user}\"")))
}

async fn scram(
    connection: &mut Connection,
    user: &str,
    verifier: Verifier,
    shared: &Shared,
) -> Result<Proved, Rejection> {
    let end_point = match shared.client_tls.load_full().filter(|_| connection.stream.is_tls()) {
        Some(side) => EndPoint::of_certificate(&side.certificate).ok(),
        None => None,
    };
    let failed = |error| rejection::scram(error, user);
    let server = ExpectMechanism::new(verifier, end_point, fresh_nonce());
    let mut message = Vec::new();
    write::authentication_sasl(&mut message, server.mechanisms())?;
    connection.send(&message).await?;

    let body = password_message(connection).await?;
    let initial = SaslInitialResponse::read(&body)
        .map_err(|_| rejection::scram(LoginError::Malformed("Short message."), user))?;
    let server = server.choose(initial.mechanism).map_err(failed)?;
    let mut first = initial.data.map(<[u8]>::to_vec);
    if first.is_none() {
        sasl_continue(connection, b"").await?;
        first = Some(password_message(connection).await?);
    }
    let (challenge, server) = server.first(&first.unwrap_or_default()).map_err(failed)?;
    sasl_continue(connection, &challenge).await?;
    server.last(&password_message(connection).await?).map_err(failed)
}

async fn sasl_continue(connection: &mut Connection, data: &[u8]) -> Result<(), Rejection> {
    let mut message = Vec::new();
    write::authentication_sasl_continue(&mut message, data)?;
    Ok(connection.send(&message).await?)
}

/// The body of the next message, which must be a password message of some kind.
async fn password_message(connection: &mut Connection) -> Result<Vec<u8>, Rejection> {
    match connection.receive(Sender::Client, |header| header.tag() == b'p').await {
        Ok(bytes) => Ok(frame::exactly(Sender::Client, &bytes).map_err(ReceiveError::from)?.body().to_vec()),
        // programs try without a password first, and ask their user for one only then
        Err(ReceiveError::Closed) => Err(Rejection::GaveUp),
        Err(error) => Err(error.into()),
    }
}

/// As whom, and with what, Menshen logs in for this user.
fn server_login(user: &str, keys: Option<LoginKeys>, shared: &Shared) -> Result<Proven, Rejection> {
    let same = |credentials| Proven { server_user: user.to_owned(), credentials };
    let auth = &shared.config.auth;
    match auth.upstream {
        // a plain password's verifier is ours alone: its keys mean nothing to the server
        UpstreamLogin::ScramKeys => Ok(same(match shared.verifiers.listed(user).and_then(|listed| listed.password) {
            Some(password) => Credentials::Password(password),
            None => keys.map_or(Credentials::None, Credentials::ScramKeys),
        })),
        UpstreamLogin::Certificate => Ok(same(Credentials::None)),
        UpstreamLogin::Password => {
            let password = shared.verifiers.listed(user).and_then(|listed| listed.password);
            Ok(same(password.map_or(Credentials::None, Credentials::Password)))
        }
        UpstreamLogin::ServiceAccount => {
            let accounts = &auth.service_accounts;
            let named = accounts.iter().find(|account| account.client == user);
            let account = named.or_else(|| accounts.iter().find(|account| account.client == "*"));
            let Some(account) = account else {
                return Err(Rejection::said("28000", "account", format!("no service account for user \"{user}\"")));
            };
            let password =
                secrets::account_password(account).map_err(|problem| Rejection::Secret(Box::new(problem)))?;
            let credentials =
                password.map_or(Credentials::None, |text| Credentials::Password(Password::new(text.reveal())));
            Ok(Proven { server_user: account.user.clone(), credentials })
        }
    }
}
