//! What comes from the client: whole frames for the machine, pieces of data as they come.

use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use crate::model::event::Event;
use crate::session::authority::Lane;
use crate::session::{Change, Copying, Fault, Taken};
use crate::wire::frame::{self, Sender, Stop};

use super::drive::{BACKLOG_MAX, CHUNK, Drive, End, Engine, Refreshing, SCRATCH, read, remainder};
use super::long;

/// No more is read from the client while the server owes so many answers.
const ANSWERS_MAX: usize = 2_000;

/// Nor while the texts that it has not answered yet take so much memory, in bytes, of more than one.
const TEXTS_MAX: usize = 8 * 1024 * 1024;

/// A statement text longer than this ends the session before it is collected, in bytes.
const TEXT_MAX: usize = 64 * 1024 * 1024;

/// How long who is not restricted waits for the catalog to be compared.
const WHILE: Duration = Duration::from_secs(2);

impl Drive {
    pub(super) fn read_client(&mut self, cx: &mut Context<'_>) -> Result<bool, End> {
        // what cannot be taken yet is read all the same, up to a bound: a client that hangs up meanwhile is noticed
        let waits = self.held || self.owes_too_much();
        if self.client_closed
            || self.client_drained
            || self.turn.over
            || (waits && self.from_client.len() >= CHUNK)
            || self.gate.cancelling.is_some()
            || self.effects.server_bytes().len() >= BACKLOG_MAX
        {
            return Ok(false);
        }
        SCRATCH.with_borrow_mut(|scratch| {
            let count = match read(&mut self.client, cx, scratch) {
                Poll::Ready(Ok(count)) => count,
                Poll::Ready(Err(error)) => return Err(End::Io { side: Sender::Client, error }),
                Poll::Pending => {
                    self.client_drained = true;
                    return Ok(false);
                }
            };
            match scratch.get(..count) {
                None | Some([]) => self.client_closed = true,
                Some(chunk) if waits => {
                    self.from_client.extend_from_slice(chunk);
                    self.held = true;
                }
                Some(chunk) => _ = self.take_client(chunk).map_err(End::Fault)?,
            }
            Ok(true)
        })
    }

    /// Whether the server owes so many answers that nothing more is asked.
    pub(super) fn owes_too_much(&self) -> bool {
        match &self.engine {
            Engine::Machine(machine) => machine.owed() >= ANSWERS_MAX || machine.owed_for() >= TEXTS_MAX,
            Engine::Relay(_) => false,
        }
    }

    /// Takes what came from the client, or tries the held frame again; says whether anything moved.
    pub(super) fn take_client(&mut self, chunk: &[u8]) -> Result<bool, Fault> {
        self.follow_epoch()?;
        if !chunk.is_empty() {
            self.awaited = None;
        }
        if self.settles() {
            self.from_client.extend_from_slice(chunk);
            return Ok(true);
        }
        let now = Instant::now();
        self.turn.note(now);
        self.held = false;
        let used = if self.from_client.is_empty() {
            let used = self.client_frames(now, chunk)?;
            self.from_client.extend_from_slice(chunk.get(used..).unwrap_or_default());
            used
        } else {
            let mut kept = std::mem::take(&mut self.from_client);
            kept.extend_from_slice(chunk);
            let used = self.client_frames(now, &kept)?;
            self.from_client = remainder(kept, used);
            used
        };
        if let Some(long) = self.effects.long.take() {
            self.reading = Some(long::read(long));
            self.tell();
            return Ok(true);
        }
        if self.effects.refresh {
            self.effects.refresh = false;
            self.refreshing = Some(self.world.refresh());
            self.tell();
            return Ok(true);
        }
        self.tell();
        Ok(used > 0)
    }

    fn client_frames(&mut self, mut now: Instant, bytes: &[u8]) -> Result<usize, Fault> {
        // a frame that is looked at again after somebody was asked is not analysed twice
        let (mut used, mut again) = (0, false);
        loop {
            let rest = bytes.get(used..).unwrap_or_default();
            let tail = self.client_walk.left().min(rest.len());
            let copying = match &mut self.engine {
                Engine::Relay(_) => Copying::Yes,
                Engine::Machine(machine) => machine.copying(),
            };
            let run = match &mut self.engine {
                Engine::Relay(relay) => self.client_walk.run(rest, |head| {
                    self.goodbye |= head.tag() == b'X';
                    relay.client(head)
                }),
                Engine::Machine(_) => {
                    self.client_walk.run(rest, |head| head.tag() == b'd' && copying != Copying::Unknown)
                }
            }
            .map_err(|error| Fault::Client(error.to_string()))?;
            let passed = rest.get(..run.passed).unwrap_or_default();
            used += run.passed;
            let left = self.client_walk.left();
            if let Engine::Relay(relay) = &mut self.engine {
                self.effects.forward_piece(passed, left, relay.proof());
                self.effects.terminate |= self.goodbye && left == 0;
                return Ok(used);
            }
            self.pass_data(passed, tail, run.begun > 0, copying);
            let Stop::Other(head) = run.stop else { return Ok(used) };
            let Engine::Machine(machine) = &mut self.engine else { return Ok(used) };
            if head.tag() == b'd' {
                machine.await_copying(&mut self.effects);
                self.held = true;
                return Ok(used);
            }
            if matches!(head.tag(), b'Q' | b'P') && head.body() > TEXT_MAX {
                return Err(Fault::Client("statement text too long".into()));
            }
            let rest = bytes.get(used..).unwrap_or_default();
            let cut = frame::cut(Sender::Client, rest).map_err(|error| Fault::Client(error.to_string()))?;
            let Some((whole, _)) = cut else { return Ok(used) };
            let starts = matches!(whole.tag(), b'Q' | b'E' | b'F');
            if starts {
                machine.bar(self.world.barred());
            }
            let looked_at = std::mem::take(&mut again);
            let taken = machine.client(now, whole, &mut self.effects)?;
            if let Some(cached) = self.effects.analysed.take() {
                let took = now.elapsed();
                let heard = self.effects.heard.take();
                if !looked_at {
                    self.effects.events.push(Event::Analysed { cached, took, heard });
                }
                now += took;
                self.turn.note(now);
            }
            if let Some(said) = self.effects.speaker.take() {
                let speaker = self.world.speak(&said).ok_or(Fault::Rights)?;
                machine.speak(said, speaker)?;
                self.generation = self.world.generation();
                continue;
            }
            if let Some(test) = self.effects.test.take() {
                machine.tested(self.world.test(test));
                again = true;
                continue;
            }
            match taken {
                Taken::Done if self.effects.terminate => return Ok(bytes.len()),
                Taken::Done => {
                    used += whole.bytes().len();
                    if starts {
                        self.cancels_before = self.cancels.borrow().come;
                    }
                    // what is bound is executed under the same rights
                    if self.turn.over && matches!(whole.tag(), b'Q' | b'P' | b'S' | b'F') {
                        // the rest is taken up in the next turn
                        self.held = used < bytes.len();
                        return Ok(used);
                    }
                }
                Taken::Later => {
                    self.held = true;
                    return Ok(used);
                }
            }
        }
    }

    /// Data of a COPY FROM STDIN, the first `tail` bytes of which belong to a frame that began earlier. What the server
    /// would ignore is not passed on; what it has had the beginning of is.
    fn pass_data(&mut self, passed: &[u8], tail: usize, begun: bool, copying: Copying) {
        let left = self.client_walk.left();
        let (tail, data) = passed.split_at_checked(tail).unwrap_or((passed, &[]));
        if !self.data_dropped {
            self.effects.forward_copy_data(tail, if begun { 0 } else { left });
        }
        if begun {
            self.data_dropped = copying != Copying::Yes;
            if !self.data_dropped {
                if let Engine::Machine(machine) = &mut self.engine {
                    machine.copied();
                }
                self.effects.forward_copy_data(data, left);
            }
        }
    }

    /// Holds a client back that is restricted or counted while the catalog may be another than the one in force. What
    /// changes while it is compared is no reason to do so again: somebody who changes something all the time would hold
    /// everybody for ever.
    ///
    /// Who is not restricted may hold locks that the comparison waits for: within a transaction nothing is waited for, and
    /// outside of one not for long.
    fn settles(&mut self) -> bool {
        let suspicions = self.awaited.take().unwrap_or_else(|| self.world.suspicions());
        let unsettled = std::mem::take(&mut self.unsettled);
        let Engine::Machine(machine) = &mut self.engine else { return false };
        let settled = !machine.followed() || self.world.is_settled(suspicions);
        let restricted = machine.restricted();
        let waits = !settled && (restricted || (machine.idle() && !unsettled));
        machine.doubt(!settled && !waits);
        if !waits {
            return false;
        }
        self.awaited = Some(suspicions);
        self.held = true;
        self.settling = true;
        let settling = self.world.settle(suspicions);
        self.refreshing = Some(if restricted { settling } else { for_a_while(settling) });
        true
    }

    /// Statements that start from now on follow the rights of now.
    fn follow_epoch(&mut self) -> Result<(), Fault> {
        let generation = self.world.generation();
        if generation == self.generation {
            return Ok(());
        }
        match &mut self.engine {
            // a relayed session's prepared statements are unknown: only the same lane may go on
            Engine::Relay(relay) => {
                if self.world.barred().is_some() {
                    return Err(Fault::Limit);
                }
                let Change { authority, .. } = self.world.authority().ok_or(Fault::Rights)?;
                if authority.lane != Lane::Relay {
                    return Err(Fault::Rights);
                }
                relay.rights_changed(&authority)?;
            }
            Engine::Machine(machine) => {
                machine.rights_changed(self.world.authority().ok_or(Fault::Rights)?)?;
            }
        }
        self.generation = generation;
        Ok(())
    }
}

/// The comparison goes on by itself when nobody waits for it any more.
fn for_a_while(settling: Refreshing) -> Refreshing {
    let comparing = tokio::spawn(settling);
    Box::pin(async move { matches!(tokio::time::timeout(WHILE, comparing).await, Ok(Ok(true))) })
}
