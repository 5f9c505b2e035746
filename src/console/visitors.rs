//! Connections to the admin port and socket: so many at once. Whoever holds more than others makes room for them.

use std::future::Future;
use std::hash::Hash;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use axum::serve::Listener;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio_util::sync::WaitForCancellationFutureOwned;

use crate::server::room::{Guest, Room};

/// Connections at once.
const VISITORS: usize = 256;

/// A listener with room for so many.
#[derive(Debug)]
pub struct Visited<L: Listener, K: Eq + Hash + Clone> {
    listener: L,
    room: Arc<Room<K>>,
    from: fn(&L::Io, &L::Addr) -> K,
}

impl<L: Listener, K: Eq + Hash + Clone> Visited<L, K> {
    /// `from` says whom a connection is counted with.
    #[must_use]
    pub fn new(listener: L, from: fn(&L::Io, &L::Addr) -> K) -> Self {
        Self { listener, room: Room::new(VISITORS), from }
    }
}

impl<L: Listener, K: Eq + Hash + Clone + Send + Sync + Unpin + 'static> Listener for Visited<L, K> {
    type Io = Visitor<L::Io, K>;
    type Addr = L::Addr;

    async fn accept(&mut self) -> (Self::Io, Self::Addr) {
        let (stream, address) = self.listener.accept().await;
        let guest = self.room.enter((self.from)(&stream, &address), 0);
        let leave = Box::pin(guest.leave().cancelled_owned());
        (Visitor { stream, leave, _guest: guest }, address)
    }

    fn local_addr(&self) -> io::Result<Self::Addr> {
        self.listener.local_addr()
    }
}

/// A connection that ends when its place is needed.
pub struct Visitor<S, K: Eq + Hash + Clone> {
    stream: S,
    leave: Pin<Box<WaitForCancellationFutureOwned>>,
    _guest: Guest<K>,
}

impl<S, K: Eq + Hash + Clone> std::fmt::Debug for Visitor<S, K> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Visitor").finish_non_exhaustive()
    }
}

impl<S, K: Eq + Hash + Clone> Visitor<S, K> {
    pub fn stream(&self) -> &S {
        &self.stream
    }

    fn leaves(&mut self, cx: &mut Context<'_>) -> io::Result<()> {
        match self.leave.as_mut().poll(cx) {
            Poll::Ready(()) => Err(io::ErrorKind::ConnectionAborted.into()),
            Poll::Pending => Ok(()),
        }
    }
}

impl<S: AsyncRead + Unpin, K: Eq + Hash + Clone + Unpin> AsyncRead for Visitor<S, K> {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        self.leaves(cx)?;
        Pin::new(&mut self.stream).poll_read(cx, buffer)
    }
}

impl<S: AsyncWrite + Unpin, K: Eq + Hash + Clone + Unpin> AsyncWrite for Visitor<S, K> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        self.leaves(cx)?;
        Pin::new(&mut self.stream).poll_write(cx, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.leaves(cx)?;
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.leaves(cx)?;
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}
