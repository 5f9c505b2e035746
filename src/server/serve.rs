//! One client connection from accept to close.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;
use tokio::sync::OwnedSemaphorePermit;

use crate::model::event::Event;
use crate::model::ids::SessionId;
use crate::session::Fault;
use crate::wire::server::Status;
use crate::wire::write::{self, Unwritable};

use super::cancel::Registered;
use super::connect::CancelKey;
use super::connection::Connection;
use super::drive::{Drive, End};
use super::login::{Arrival, Claim, LoggedIn, Rejected, greet};
use super::opening::{self, Opened, Unopened};
use super::rejection::{Rejection, fatal};
use super::room::Guest;
use super::shared::Shared;

/// How long a session that waits for rows is not told of a cancel because the server has not been.
const NOTICE: Duration = Duration::from_millis(500);

/// How long a client may take to accept our last word.
const LAST_WORD: Duration = Duration::from_secs(2);

/// Serves one connection to its end. Everything worth knowing has been logged when it returns.
pub async fn serve(tcp: TcpStream, peer: SocketAddr, guest: &Guest, shared: Arc<Shared>) {
    let arrival = greet(tcp, peer, guest, &shared).await;
    guest.settle();
    match arrival {
        Ok(Arrival::Session(login)) => session(*login, peer, &shared).await,
        Ok(Arrival::Cancel(key, until_done)) => {
            cancel(&key, peer, &shared).await;
            drop(until_done);
        }
        Ok(Arrival::Nothing) => tracing::debug!(%peer, "connected and left"),
        Err(rejected) => turned_away(*rejected, peer, &shared),
    }
}

fn turned_away(rejected: Rejected, peer: SocketAddr, shared: &Shared) {
    let Rejected { why, claim } = rejected;
    if matches!(why, Rejection::GaveUp) {
        // programs try without a password first; that is no failure
        tracing::debug!(%peer, "{why}");
        return;
    }
    shared.tell(&Event::LoginFailed { kind: why.kind() });
    tracing::warn!(%peer, kind = why.kind(), "log-in failed: {why}");
    if let (Some(Claim { identity, database }), Rejection::Said { .. }) = (claim, &why) {
        shared.login_failed(&identity, &database);
    }
}

async fn cancel(key: &CancelKey, peer: SocketAddr, shared: &Shared) {
    match shared.cancel_keys.resolve(key.process_id, &key.secret) {
        None => tracing::info!(%peer, process_id = key.process_id, "wrong key in cancel request"),
        Some(server) => {
            // the session goes on when the server knows, so that what it runs next is not hit; it does not wait for long
            let mut forwarding = Box::pin(shared.connector.cancel(&server));
            let in_time = tokio::time::timeout(NOTICE, &mut forwarding).await;
            shared.cancel_keys.told(key.process_id);
            let forwarded = match in_time {
                Ok(forwarded) => forwarded,
                Err(_) => forwarding.await,
            };
            match forwarded {
                Ok(()) => tracing::debug!(%peer, process_id = key.process_id, "cancel request forwarded"),
                Err(error) => tracing::warn!(%peer, %error, "a cancel request could not be forwarded"),
            }
        }
    }
}

async fn session(mut login: LoggedIn, peer: SocketAddr, shared: &Arc<Shared>) {
    let id = shared.next_session();
    let permit: Result<OwnedSemaphorePermit, _> = shared.sessions.clone().try_acquire_owned();
    let opened = match permit {
        Ok(permit) => opening::open(&login, id, shared).await.map(|opened| (opened, permit)),
        Err(_) => Err(Unopened::TooMany),
    };
    let user = login.identity.database_user.clone();
    match opened {
        Ok((opened, permit)) => {
            run(login, opened, id, peer, shared).await;
            drop(permit);
        }
        Err(error) => {
            shared.tell(&Event::LoginFailed { kind: error.kind() });
            tracing::warn!(%peer, %user, database = %login.database, "no session: {error}");
            if error.is_refusal() {
                shared.login_failed(&login.identity, &login.database);
            }
            last_word(&mut login.connection, &error.report()).await;
        }
    }
}

/// The session proper: tells the client that it may begin, and drives until an end.
async fn run(login: LoggedIn, opened: Opened, id: SessionId, peer: SocketAddr, shared: &Arc<Shared>) {
    let LoggedIn { connection: mut client, version, database, identity, .. } = login;
    let Opened { server, greeting, cancel, engine, world, principal, restricted } = opened;
    // dropped at the end of the session: the key is then forgotten
    let key = cancel.map(|cancel| shared.cancel_keys.register(version, cancel, world.cancels()));
    let Ok(welcome) = welcome(greeting, key.as_ref()) else { return };
    if client.send(&welcome).await.is_err() {
        return;
    }
    let user = identity.database_user;
    tracing::info!(session = %id, %peer, %user, %database, restricted, "session opened");
    shared.tell(&Event::SessionOpened { session: id, principal, database, restricted });
    let drive = Drive::new(client, server, engine, world, &shared.drain, shared.config.audit.patience);
    let (end, stream, records) = drive.run().await;
    shared.tell(&Event::SessionClosed { session: id, restricted });
    ended(&end, id, &user);
    match farewell(&end) {
        Some(report) => {
            let mut connection = Connection::new(stream);
            last_word(&mut connection, &report).await;
            if matches!(end, End::Fault(Fault::Client(_))) {
                hear_out(&mut connection).await;
            }
        }
        None => drop(stream),
    }
    // a session's place stays taken until its records have theirs
    for record in records {
        record.await;
    }
}

/// What the server said, our cancel key, and that queries are welcome.
fn welcome(mut greeting: Vec<u8>, key: Option<&Registered>) -> Result<Vec<u8>, Unwritable> {
    if let Some(Registered { client, .. }) = key {
        write::backend_key_data(&mut greeting, client.process_id, &client.secret)?;
    }
    write::ready_for_query(&mut greeting, Status::Idle);
    Ok(greeting)
}

fn ended(end: &End, session: SessionId, user: &str) {
    match end {
        End::Client | End::Drained => tracing::info!(%session, user, "session closed"),
        End::Server => tracing::warn!(%session, user, "session closed: the server closed its connection"),
        End::Io { side, error } => {
            tracing::info!(%session, user, "session closed: the connection to the {} failed: {error}", side.as_str());
        }
        End::Unrecorded => tracing::error!(%session, user, "session stopped: the audit file does not take its records"),
        End::Fault(fault @ Fault::Origin(_)) => tracing::error!(%session, user, "session stopped: {fault}"),
        End::Fault(fault) => tracing::warn!(%session, user, "session stopped: {fault}"),
    }
}

/// The last word to the client, where it has not heard it from the server.
fn farewell(end: &End) -> Option<Vec<u8>> {
    match end {
        End::Client | End::Server | End::Io { .. } => None,
        End::Drained => Some(fatal("57P01", "terminating connection due to administrator command", None)),
        End::Unrecorded => {
            Some(fatal("53100", "menshen: what this session does cannot be recorded; try again later", None))
        }
        End::Fault(Fault::Client(what)) => Some(fatal("08P01", what, None)),
        End::Fault(Fault::Origin(_)) => {
            Some(fatal("42501", "menshen: a protected value was about to be delivered", None))
        }
        End::Fault(fault @ (Fault::Rights | Fault::Rows | Fault::Encoding | Fault::Limit)) => {
            Some(fatal("57P01", &format!("menshen: {fault}"), None))
        }
        End::Fault(_) => Some(fatal("08006", "menshen: the session with the database server was lost", None)),
    }
}

/// Takes what the client is still sending, and drops it: closed on top of it, the connection would be reset, and our last
/// word lost.
async fn hear_out(connection: &mut Connection) {
    let mut nowhere = tokio::io::sink();
    let rest = tokio::io::copy(&mut connection.stream, &mut nowhere);
    // whether all of it comes is its own affair
    let _ = tokio::time::timeout(LAST_WORD, rest).await;
}

async fn last_word(connection: &mut Connection, report: &[u8]) {
    let said = async {
        // whether it still listens is its own affair
        let _ = connection.send(report).await;
        let _ = connection.stream.shutdown().await;
    };
    let _ = tokio::time::timeout(LAST_WORD, said).await;
}
