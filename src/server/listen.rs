//! Accepting clients: one task each, as many as there are places, spread over the workers.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use socket2::{Domain, Protocol, Socket, TcpKeepalive, Type};
use tokio::net::{TcpListener, TcpStream};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::room::Room;
use super::serve::serve;
use super::shared::Shared;
use super::workers::Workers;

/// Connections beyond `limits.max_connections` that may be on their way: to be told so, or to cancel.
pub const SPARE_CONNECTIONS: usize = 64;
/// Connections that the kernel holds until they are accepted.
const BACKLOG: i32 = 1024;
/// How long to wait after the process has run out of descriptors.
const EXHAUSTED: Duration = Duration::from_millis(100);

/// Opens a listening socket. With SO_REUSEPORT, so that a new process can take over without refusing anybody.
///
/// # Errors
/// When the address cannot be listened on.
pub fn bind(address: SocketAddr) -> io::Result<TcpListener> {
    let socket = Socket::new(Domain::for_address(address), Type::STREAM, Some(Protocol::TCP))?;
    if address.is_ipv6() {
        socket.set_only_v6(true)?;
    }
    socket.set_reuse_address(true)?;
    socket.set_reuse_port(true)?;
    socket.set_nonblocking(true)?;
    socket.bind(&address.into())?;
    socket.listen(BACKLOG)?;
    TcpListener::from_std(socket.into())
}

/// Accepts until `stop`; each client is served by a task of `tasks` on one of the workers.
pub async fn accept(
    listener: TcpListener,
    shared: Arc<Shared>,
    workers: Arc<Workers>,
    tasks: TaskTracker,
    stop: CancellationToken,
) {
    let room = Room::new(shared.config.limits.max_connections + SPARE_CONNECTIONS);
    let next = async || {
        let (tcp, peer) = listener.accept().await?;
        let tcp = prepared(tcp)?;
        io::Result::Ok((tcp, peer, room.enter(peer.ip()).await))
    };
    loop {
        let accepted = tokio::select! {
            () = stop.cancelled() => return,
            accepted = next() => accepted,
        };
        match accepted {
            Ok((tcp, peer, guest)) => {
                let Some(worker) = workers.place() else { return };
                let (shared, runtime) = (shared.clone(), worker.runtime.clone());
                let task = async move {
                    match TcpStream::from_std(tcp) {
                        Ok(tcp) => serve(tcp, peer, &guest, shared).await,
                        Err(error) => tracing::warn!(%error, %peer, "a connection could not be taken over"),
                    }
                    drop((guest, worker));
                };
                tasks.spawn_on(task, &runtime);
            }
            Err(error) => {
                tracing::warn!(%error, "a connection could not be accepted");
                tokio::time::sleep(EXHAUSTED).await;
            }
        }
    }
}

/// No delay for small packets; a vanished client is noticed as PostgreSQL would notice it.
fn prepared(tcp: TcpStream) -> io::Result<std::net::TcpStream> {
    tcp.set_nodelay(true)?;
    let keepalive = TcpKeepalive::new().with_time(Duration::from_secs(7200)).with_interval(Duration::from_secs(75));
    socket2::SockRef::from(&tcp).set_tcp_keepalive(&keepalive)?;
    tcp.into_std()
}
