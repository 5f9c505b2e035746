//! The admin port with TLS: hands are shaken beside accepting, and never too many at once for one more.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::serve::Listener;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tokio::time::{sleep, timeout};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

use crate::server::room::{Room, origin};
use crate::server::shared::Shared;

/// How long a handshake may take.
const PATIENCE: Duration = Duration::from_secs(10);
/// Handshakes under way at once: who comes beyond takes the place of one who has been at it longest.
const HANDSHAKES: usize = 64;
/// How long to wait where the system has no room for another connection.
const NO_ROOM: Duration = Duration::from_millis(100);

type Secure = (TlsStream<TcpStream>, SocketAddr);

/// Connections to the admin port that have shaken hands.
#[derive(Debug)]
pub struct Secured {
    address: io::Result<SocketAddr>,
    ready: mpsc::Receiver<Secure>,
}

impl Secured {
    /// Begins to accept, by the certificate that is in force when a connection comes.
    #[must_use]
    pub fn new(listener: TcpListener, shared: Arc<Shared>) -> Self {
        let (tell, ready) = mpsc::channel(HANDSHAKES);
        let address = listener.local_addr();
        tokio::spawn(accept(listener, shared, tell));
        Self { address, ready }
    }
}

async fn accept(listener: TcpListener, shared: Arc<Shared>, tell: mpsc::Sender<Secure>) {
    let room = Room::new(HANDSHAKES);
    loop {
        let (stream, peer) = match listener.accept().await {
            Ok(accepted) => accepted,
            Err(error) => {
                tracing::warn!(%error, "the admin port cannot accept");
                sleep(NO_ROOM).await;
                continue;
            }
        };
        let Some(config) = shared.admin_tls.load_full() else { continue };
        let (tell, guest) = (tell.clone(), room.enter(origin(peer.ip()), 0));
        let leave = guest.leave();
        tokio::spawn(async move {
            let shaken = timeout(PATIENCE, TlsAcceptor::from(config).accept(stream));
            let shaken = tokio::select! {
                shaken = shaken => shaken,
                () = leave.cancelled() => return tracing::debug!(%peer, "left the admin port for others"),
            };
            match shaken {
                // nobody listens when the process ends
                Ok(Ok(stream)) => _ = tell.send((stream, peer)).await,
                Ok(Err(error)) => tracing::debug!(%peer, %error, "no TLS on the admin port"),
                Err(_) => tracing::debug!(%peer, "a handshake on the admin port took too long"),
            }
            drop(guest);
        });
    }
}

impl Listener for Secured {
    type Io = TlsStream<TcpStream>;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Self::Io, Self::Addr) {
        match self.ready.recv().await {
            Some(secure) => secure,
            None => std::future::pending().await,
        }
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        match &self.address {
            Ok(address) => Ok(*address),
            Err(error) => Err(error.kind().into()),
        }
    }
}
