//! What comes from the server: rows pass by where they were read, everything else is for the machine.

use std::task::{Context, Poll};
use std::time::Instant;

use crate::session::{Fault, Rows};
use crate::wire::frame::{self, Sender, Stop};

use super::drive::{BACKLOG_MAX, Drive, End, Engine, SCRATCH, read, remainder};

impl Drive {
    pub(super) fn read_server(&mut self, cx: &mut Context<'_>) -> Result<bool, End> {
        if self.gate.closed() {
            return Ok(false);
        }
        if self.rows_wait {
            // what came before is to be on its way first, or rows that are paced would leave in bursts
            if !self.effects.client_bytes().is_empty() {
                return Ok(false);
            }
            self.take_server(&[]).map_err(End::Fault)?;
            return Ok(true);
        }
        if self.server_closed {
            return match self.effects.client_bytes() {
                [] if self.client_closed => Err(End::Client),
                [] => Err(End::Server),
                _ => Ok(false),
            };
        }
        if self.server_drained || self.effects.client_bytes().len() >= BACKLOG_MAX {
            return Ok(false);
        }
        SCRATCH.with_borrow_mut(|scratch| {
            let count = match read(&mut self.server, cx, scratch) {
                Poll::Ready(Ok(count)) => count,
                Poll::Ready(Err(_)) => 0,
                Poll::Pending => {
                    self.server_drained = true;
                    return Ok(false);
                }
            };
            match scratch.get(..count) {
                None | Some([]) => self.server_closed = true,
                Some(chunk) => self.take_server(chunk).map_err(End::Fault)?,
            }
            Ok(true)
        })
    }

    /// Takes what came from the server. Whole frames are handled where they were read; only a cut one is kept.
    fn take_server(&mut self, chunk: &[u8]) -> Result<(), Fault> {
        let now = Instant::now();
        self.turn.note(now);
        self.rows_wait = false;
        if self.from_server.is_empty() {
            let used = self.server_frames(now, chunk)?;
            self.from_server.extend_from_slice(chunk.get(used..).unwrap_or_default());
        } else {
            let mut kept = std::mem::take(&mut self.from_server);
            kept.extend_from_slice(chunk);
            let used = self.server_frames(now, &kept)?;
            self.from_server = remainder(kept, used);
        }
        // before the client hears of it
        if std::mem::take(&mut self.effects.defined) {
            self.world.suspect();
            // what this session sends behind its own definitions has not waited for them yet
            self.awaited = None;
        }
        self.tell();
        Ok(())
    }

    /// Handles the frames at the start of `bytes`; returns how many bytes are done with.
    fn server_frames(&mut self, now: Instant, bytes: &[u8]) -> Result<usize, Fault> {
        let mut used = 0;
        loop {
            let rest = bytes.get(used..).unwrap_or_default();
            let (mut fault, mut wait) = (None, false);
            let tail = self.server_walk.left().min(rest.len());
            let run = match &mut self.engine {
                Engine::Relay(relay) => self.server_walk.run(rest, |head| relay.server(head)),
                Engine::Machine(machine) => self.server_walk.run_looking(rest, |head, arrived| {
                    matches!(head.tag(), b'D' | b'd')
                        && match machine.row(head.tag(), head.body(), arrived) {
                            Ok(rows) => {
                                wait |= rows == Rows::Wait;
                                rows == Rows::Relay
                            }
                            Err(error) => {
                                fault = Some(error);
                                false
                            }
                        }
                }),
            }
            .map_err(|error| Fault::Server(error.to_string()))?;
            if let Some(fault) = fault {
                return Err(fault);
            }
            used += run.passed;
            self.pass_rows(rest.get(..run.passed).unwrap_or_default(), tail)?;
            if self.gate.closed() || wait {
                self.rows_wait = true;
                return Ok(used);
            }
            let Stop::Other(_) = run.stop else { return Ok(used) };
            let rest = bytes.get(used..).unwrap_or_default();
            let cut = frame::cut(Sender::Server, rest).map_err(|error| Fault::Server(error.to_string()))?;
            let Some((whole, _)) = cut else { return Ok(used) };
            match &mut self.engine {
                Engine::Relay(relay) => relay.answer(whole, &mut self.effects)?,
                Engine::Machine(machine) => machine.server(now, whole, &mut self.effects)?,
            }
            used += whole.bytes().len();
        }
    }
}
