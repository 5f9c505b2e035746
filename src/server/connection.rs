//! A stream with what has been read of it: whole messages in, bytes out.

use std::io;

use bytes::{Buf, BytesMut};
use thiserror::Error;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use crate::wire::frame::{self, FrameError, Header, Sender, StartupFrame};
use crate::wire::read::Malformed;

use super::stream::Stream;

/// Why no message came.
#[derive(Debug, Error)]
pub enum ReceiveError {
    #[error("the connection was closed")]
    Closed,
    /// Closed in the middle of a message.
    #[error("the connection was closed in the middle of a message")]
    Truncated,
    #[error(transparent)]
    Io(#[from] io::Error),
    #[error(transparent)]
    Frame(#[from] FrameError),
    #[error(transparent)]
    Malformed(#[from] Malformed),
    /// The message is not one that may come here; its tag.
    #[error("unexpected message type {0}")]
    Unexpected(u8),
}

/// A stream and the bytes received but not yet used.
#[derive(Debug)]
pub struct Connection {
    pub stream: Stream,
    pub buffer: BytesMut,
}

impl Connection {
    #[must_use]
    pub fn new(stream: Stream) -> Self {
        Self { stream, buffer: BytesMut::new() }
    }

    /// The next whole message. `accept` looks at its header before anybody waits for the body or makes room for it.
    ///
    /// # Errors
    /// When the stream ends, the bytes are no message, or the message is not accepted.
    pub async fn receive(&mut self, sender: Sender, accept: impl Fn(Header) -> bool) -> Result<BytesMut, ReceiveError> {
        loop {
            if let Some(header) = frame::header(sender, &self.buffer)? {
                if !accept(header) {
                    return Err(ReceiveError::Unexpected(header.tag()));
                }
                if self.buffer.len() >= header.size() {
                    return Ok(self.buffer.split_to(header.size()));
                }
            }
            self.more().await?;
        }
    }

    /// The next start-up packet, reading not one byte beyond it: what follows may be TLS.
    ///
    /// # Errors
    /// When the stream ends or the length is not one of a start-up packet.
    pub async fn receive_startup(&mut self) -> Result<BytesMut, ReceiveError> {
        let mut packet = BytesMut::new();
        loop {
            let missing = match packet.first_chunk::<4>() {
                None => 4 - packet.len(),
                Some(length) => match frame::cut_startup(&packet)? {
                    Some(_) => return Ok(packet),
                    None => (u32::from_be_bytes(*length) as usize).saturating_sub(packet.len()),
                },
            };
            let read = (&mut self.stream).take(missing as u64).read_buf(&mut packet).await?;
            if read == 0 {
                return Err(if packet.is_empty() { ReceiveError::Closed } else { ReceiveError::Truncated });
            }
        }
    }

    async fn more(&mut self) -> Result<(), ReceiveError> {
        match self.stream.read_buf(&mut self.buffer).await? {
            0 if self.buffer.has_remaining() => Err(ReceiveError::Truncated),
            0 => Err(ReceiveError::Closed),
            _ => Ok(()),
        }
    }

    /// Writes and flushes.
    ///
    /// # Errors
    /// When the other side is gone.
    pub async fn send(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.stream.write_all(bytes).await?;
        self.stream.flush().await
    }
}

/// The one start-up packet that these bytes are.
///
/// # Errors
/// When they are less or more than that.
pub fn startup_frame(packet: &[u8]) -> Result<StartupFrame<'_>, ReceiveError> {
    match frame::cut_startup(packet)? {
        Some((frame, [])) => Ok(frame),
        _ => Err(ReceiveError::Truncated),
    }
}
