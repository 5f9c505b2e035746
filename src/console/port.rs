//! The admin port: connections are accepted, shake hands where TLS is on, and are served, each beside the others; who is
//! slow at it, or has nothing to ask, holds nobody up.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::{sleep, timeout};
use tokio_rustls::TlsAcceptor;

use crate::server::room::{Guest, Room};
use crate::server::shared::Shared;

/// How long a handshake may take, and how long a connection may be without a whole request's head.
const PATIENCE: Duration = Duration::from_secs(10);
/// Connections at once.
const CONNECTIONS: usize = 128;
/// How long to wait where the system has no room for another connection.
const NO_ROOM: Duration = Duration::from_millis(100);

/// Serves `router` for as long as the process lives, by the certificate that is in force when a connection comes.
pub(super) async fn serve(listener: TcpListener, router: Router, shared: Arc<Shared>) {
    let encrypted = shared.admin_tls.load().is_some();
    let room = Room::new(CONNECTIONS);
    loop {
        let (stream, peer) = match listener.accept().await {
            Ok(accepted) => accepted,
            Err(error) => {
                tracing::warn!(%error, "the admin port cannot accept");
                sleep(NO_ROOM).await;
                continue;
            }
        };
        let guest = room.enter(peer.ip()).await;
        let acceptor = shared.admin_tls.load_full().map(TlsAcceptor::from);
        if encrypted && acceptor.is_none() {
            continue;
        }
        tokio::spawn(connection(stream, peer, acceptor, router.clone(), guest));
    }
}

async fn connection(stream: TcpStream, peer: SocketAddr, acceptor: Option<TlsAcceptor>, router: Router, guest: Guest) {
    let served = async {
        let Some(acceptor) = acceptor else { return requests(stream, peer, router).await };
        match timeout(PATIENCE, acceptor.accept(stream)).await {
            Ok(Ok(stream)) => requests(stream, peer, router).await,
            Ok(Err(error)) => tracing::debug!(%peer, %error, "no TLS on the admin port"),
            Err(_) => tracing::debug!(%peer, "a handshake on the admin port took too long"),
        }
    };
    tokio::select! {
        () = served => {}
        () = guest.has_to_leave() => tracing::debug!(%peer, "left the admin port to others"),
    }
}

async fn requests(stream: impl AsyncRead + AsyncWrite + Unpin, peer: SocketAddr, router: Router) {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(PATIENCE);
    if let Err(error) = http.serve_connection(TokioIo::new(stream), TowerToHyperService::new(router)).await {
        tracing::debug!(%peer, %error, "a connection to the admin port failed");
    }
}
