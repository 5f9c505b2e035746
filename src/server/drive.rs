//! One task per session: bytes → frames → machine → bytes.
//!
//! Both sockets are polled by one hand-written future, so that a full buffer in one direction never stops the other,
//! and reads go to a buffer of the thread: an idle session holds none.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::{Duration, Instant};

use bytes::BytesMut;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::sync::watch;
use tokio::time::Sleep;
use tokio_util::sync::{CancellationToken, WaitForCancellationFutureOwned};

use crate::audit::io::file::Waiting;
use crate::model::disclosure::{Ask, Verdict};
use crate::model::event::Event;
use crate::model::principal::Principal;
use crate::session::authority::{Authority, Lane};
use crate::session::relay::Relay;
use crate::session::speaker::Speaker;
use crate::session::{Barred, Copying, Effects, Fault, Machine, Rows, Taken};
use crate::wire::frame::{self, Sender, Stop, Walk};

use super::cancel::Requests;
use super::connection::Connection;
use super::gate::Gate;
use super::stream::Stream;

/// Bytes of the thread's read buffer.
const CHUNK: usize = 64 * 1024;

/// No more is read from one side while this much waits to be written to the other, in bytes.
const BACKLOG_MAX: usize = 256 * 1024;

/// No more is read from the client while the server owes so many answers.
const ANSWERS_MAX: usize = 10_000;

/// A session whose client has said all that it will is given up when nothing has moved for so long: the server does what
/// it was sent, and a client that has only closed its half hears of it.
const LINGER: Duration = Duration::from_secs(60);

/// A statement text longer than this ends the session before it is collected, in bytes.
const TEXT_MAX: usize = 64 * 1024 * 1024;

/// Rounds of one poll before other sessions get their turn.
const ROUNDS_MAX: usize = 32;

thread_local! {
    static SCRATCH: RefCell<Box<[u8]>> = RefCell::new(vec![0; CHUNK].into_boxed_slice());
}

/// A pending comparison of the catalog with the server; `false`: it failed, nothing changed.
pub type Refreshing = Pin<Box<dyn Future<Output = bool> + Send>>;

/// What a running session needs of the process around it.
pub trait World: Send + Sync + std::fmt::Debug {
    /// Takes news. While the audit queue is full it answers with what must be waited for before the session goes on.
    fn emit(&self, event: &Event) -> Option<Waiting>;

    /// Another value with every new epoch of policy or catalog, and whether the account reads masks at best.
    fn generation(&self) -> (u64, bool);

    /// Who this session speaks for now, and their rights; `None`: they cannot be known, and nothing may be answered.
    fn authority(&self) -> Option<(Arc<Principal>, Arc<Authority>)>;

    /// Who it is that the session's application names so, and what they may do; `None`: that cannot be known.
    fn speak(&self, said: &str) -> Option<Speaker>;

    /// Looks whether the catalog has changed, at once.
    fn refresh(&self) -> Refreshing;

    /// Says that the catalog may have changed.
    fn suspect(&self);

    /// How often the catalog may have changed so far.
    fn suspicions(&self) -> u64;

    /// Whether it has been compared with the server after so many of these.
    fn is_settled(&self, suspicions: u64) -> bool;

    /// Compares the catalog with the server, if nobody has done so after so many.
    fn settle(&self, suspicions: u64) -> Refreshing;

    /// May this leave? Where the answer is known at once, it is.
    fn ask(&self, ask: Ask) -> Answer;

    /// Counts what needs no answer.
    fn told(&self, ask: Ask);

    /// Why the session's account may not start statements on protected columns now.
    fn barred(&self) -> Option<Barred>;

    /// Asks the server to cancel what this session is doing there; done when the server has taken notice.
    fn cancel(&self) -> Refreshing;

    /// The client's cancel requests.
    fn cancelled(&self) -> watch::Receiver<Requests>;
}

/// What the governor says about rows.
#[expect(missing_debug_implementations, reason = "a future has nothing to show")]
pub enum Answer {
    Now(Verdict),
    /// Other replicas have to be heard.
    Later(Pin<Box<dyn Future<Output = Verdict> + Send>>),
}

/// How a session ended.
#[derive(Debug)]
pub enum End {
    /// The client said goodbye or closed its connection.
    Client,
    /// The server closed its connection.
    Server,
    /// Menshen is shutting down.
    Drained,
    /// A socket failed.
    Io { side: Sender, error: std::io::Error },
    /// What the session does cannot be recorded.
    Unrecorded,
    /// The session could not go on.
    Fault(Fault),
}

/// Who follows the frames.
#[derive(Debug)]
pub enum Engine {
    Relay(Relay),
    Machine(Box<Machine>),
}

/// One session between two connected and authenticated streams.
pub struct Drive {
    client: Stream,
    server: Stream,
    pub(super) engine: Engine,
    pub(super) world: Arc<dyn World>,
    generation: (u64, bool),
    pub(super) effects: Effects,
    from_client: BytesMut,
    from_server: BytesMut,
    client_walk: Walk,
    /// The client's frame that `client_walk` is in is not passed on.
    data_dropped: bool,
    server_walk: Walk,
    /// A client frame waits in `from_client` for something to be answered first.
    held: bool,
    client_closed: bool,
    /// The server knows that nothing more will come.
    goodbye: bool,
    lingering: Option<Pin<Box<Sleep>>>,
    server_closed: bool,
    /// Written to a stream that may still hold it back (TLS).
    server_unflushed: bool,
    client_unflushed: bool,
    refreshing: Option<Refreshing>,
    /// Records that wait for their place in the audit queue, oldest first; and for how long they may, since when.
    recording: VecDeque<Waiting>,
    patience: Duration,
    impatient: Option<Pin<Box<Sleep>>>,
    /// What is refreshed is under suspicion: nothing may start before that is done.
    settling: bool,
    /// How often the catalog may have changed when the frames were held back that wait for it.
    awaited: Option<u64>,
    pub(super) gate: Gate,
    /// Rows that were read wait in `from_server` for those before them.
    rows_wait: bool,
    pub(super) cancels: watch::Receiver<Requests>,
    /// How many of them are about earlier statements.
    pub(super) cancels_before: u64,
    drain: Pin<Box<WaitForCancellationFutureOwned>>,
    draining: bool,
}

impl std::fmt::Debug for Drive {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Drive").field("engine", &self.engine).finish_non_exhaustive()
    }
}

impl Drive {
    /// What either side has already said is taken up first.
    #[must_use]
    pub fn new(
        client: Connection,
        server: Connection,
        engine: Engine,
        world: Arc<dyn World>,
        drain: &CancellationToken,
        patience: Duration,
    ) -> Self {
        Self {
            client: client.stream,
            server: server.stream,
            engine,
            generation: world.generation(),
            cancels: world.cancelled(),
            cancels_before: 0,
            world,
            effects: Effects::default(),
            held: !client.buffer.is_empty(),
            from_client: client.buffer,
            from_server: server.buffer,
            client_walk: Walk::new(Sender::Client),
            data_dropped: false,
            server_walk: Walk::new(Sender::Server),
            client_closed: false,
            goodbye: false,
            lingering: None,
            server_closed: false,
            server_unflushed: false,
            client_unflushed: false,
            refreshing: None,
            recording: VecDeque::new(),
            patience,
            impatient: None,
            settling: false,
            awaited: None,
            gate: Gate::default(),
            rows_wait: false,
            drain: Box::pin(drain.clone().cancelled_owned()),
            draining: false,
        }
    }

    /// Runs the session to its end. The client's stream is given back for a last word, and the records that have no
    /// place yet, which are to be waited for.
    pub async fn run(mut self) -> (End, Stream, VecDeque<Waiting>) {
        let end = std::future::poll_fn(|cx| self.poll(cx)).await;
        // also what a fault has left behind
        self.tell();
        (end, self.client, self.recording)
    }

    /// The bytes that still wait for the client when a session ends in a fault are lost on purpose.
    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<End> {
        for _ in 0..ROUNDS_MAX {
            match self.round(cx) {
                Ok(true) => {}
                Ok(false) => return Poll::Pending,
                Err(end) => return Poll::Ready(end),
            }
        }
        cx.waker().wake_by_ref();
        Poll::Pending
    }

    /// One round over everything that may move; `false`: nothing did, and every waker is set.
    fn round(&mut self, cx: &mut Context<'_>) -> Result<bool, End> {
        if !self.recorded(cx)? {
            return Ok(false);
        }
        let mut moved = self.poll_refresh(cx).map_err(End::Fault)?;
        moved |= self.poll_gate(cx)?;
        if self.held && self.refreshing.is_none() && self.gate.cancelling.is_none() && self.owed() < ANSWERS_MAX {
            moved |= self.take_client(&[]).map_err(End::Fault)?;
        }
        moved |= self.say_goodbye();
        moved |= self.write_server(cx)?;
        if !self.gate.closed() {
            moved |= self.write_client(cx)?;
        }
        moved |= self.read_server(cx)?;
        moved |= self.read_client(cx)?;
        if moved {
            self.lingering = None;
        } else {
            self.poll_drain(cx)?;
            self.linger(cx)?;
        }
        Ok(moved)
    }

    /// The client has said all that it will, and it has been passed on: tells the server, and says whether it did. What
    /// the server still has to do and to answer goes on until it closes.
    fn say_goodbye(&mut self) -> bool {
        if self.effects.terminate {
            // whatever the client says behind its own goodbye
            (self.client_closed, self.held, self.goodbye) = (true, false, true);
            self.from_client = BytesMut::new();
        }
        if !self.client_closed || self.held || self.goodbye || self.effects.unfinished() {
            return false;
        }
        self.goodbye = true;
        self.effects.goodbye();
        true
    }

    /// Gives up where the client has closed and nothing moves.
    fn linger(&mut self, cx: &mut Context<'_>) -> Result<(), End> {
        if !self.client_closed {
            return Ok(());
        }
        if self.effects.unfinished() && !self.goodbye && self.effects.server_bytes().is_empty() {
            // within a message no other word can follow
            self.goodbye = Pin::new(&mut self.server).poll_shutdown(cx).is_ready();
        }
        let over = self.lingering.get_or_insert_with(|| Box::pin(tokio::time::sleep(LINGER)));
        if over.as_mut().poll(cx).is_ready() { Err(End::Client) } else { Ok(()) }
    }

    /// Whether every record has its place in the queue: no byte moves before.
    fn recorded(&mut self, cx: &mut Context<'_>) -> Result<bool, End> {
        while let Some(record) = self.recording.front_mut() {
            if record.as_mut().poll(cx).is_pending() {
                let over = self.impatient.get_or_insert_with(|| Box::pin(tokio::time::sleep(self.patience)));
                return if over.as_mut().poll(cx).is_ready() { Err(End::Unrecorded) } else { Ok(false) };
            }
            self.recording.pop_front();
            self.impatient = None;
        }
        Ok(true)
    }

    fn poll_refresh(&mut self, cx: &mut Context<'_>) -> Result<bool, Fault> {
        let Some(refreshing) = &mut self.refreshing else { return Ok(false) };
        let Poll::Ready(compared) = refreshing.as_mut().poll(cx) else { return Ok(false) };
        self.refreshing = None;
        if std::mem::take(&mut self.settling) {
            if !compared {
                return Err(Fault::Rights);
            }
        } else if let Engine::Machine(machine) = &mut self.engine {
            machine.refreshed();
        }
        Ok(true)
    }

    fn poll_drain(&mut self, cx: &mut Context<'_>) -> Result<(), End> {
        self.draining = self.draining || self.drain.as_mut().poll(cx).is_ready();
        let idle = match &self.engine {
            Engine::Relay(relay) => relay.idle(),
            Engine::Machine(machine) => machine.idle(),
        };
        if self.draining && idle && self.effects.client_bytes().is_empty() {
            return Err(if self.client_closed { End::Client } else { End::Drained });
        }
        Ok(())
    }

    fn write_server(&mut self, cx: &mut Context<'_>) -> Result<bool, End> {
        let mut moved = false;
        while !self.effects.server_bytes().is_empty() {
            match write(&mut self.server, cx, self.effects.server_bytes()) {
                Poll::Ready(Ok(count)) => self.effects.server_written(count),
                // what the server said before it went is still to be read
                Poll::Ready(Err(_)) => {
                    let count = self.effects.server_bytes().len();
                    self.effects.server_written(count);
                }
                Poll::Pending => return Ok(moved),
            }
            moved = true;
            self.server_unflushed = true;
        }
        flush(&mut self.server, cx, &mut self.server_unflushed);
        Ok(moved)
    }

    fn write_client(&mut self, cx: &mut Context<'_>) -> Result<bool, End> {
        let mut moved = false;
        while !self.effects.client_bytes().is_empty() {
            match write(&mut self.client, cx, self.effects.client_bytes()) {
                Poll::Ready(Ok(count)) => self.effects.client_written(count),
                Poll::Ready(Err(error)) => return Err(End::Io { side: Sender::Client, error }),
                Poll::Pending => return Ok(moved),
            }
            moved = true;
            self.client_unflushed = true;
        }
        flush(&mut self.client, cx, &mut self.client_unflushed);
        Ok(moved)
    }

    fn read_server(&mut self, cx: &mut Context<'_>) -> Result<bool, End> {
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
        if self.effects.client_bytes().len() >= BACKLOG_MAX {
            return Ok(false);
        }
        SCRATCH.with_borrow_mut(|scratch| {
            let count = match read(&mut self.server, cx, scratch) {
                Poll::Ready(Ok(count)) => count,
                Poll::Ready(Err(_)) => 0,
                Poll::Pending => return Ok(false),
            };
            match scratch.get(..count) {
                None | Some([]) => self.server_closed = true,
                Some(chunk) => self.take_server(chunk).map_err(End::Fault)?,
            }
            Ok(true)
        })
    }

    fn read_client(&mut self, cx: &mut Context<'_>) -> Result<bool, End> {
        // what cannot be taken yet is read all the same, up to a bound: a client that hangs up meanwhile is noticed
        let waits = self.held || self.owed() >= ANSWERS_MAX;
        if self.client_closed
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
                Poll::Pending => return Ok(false),
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

    /// Answers that the server owes.
    fn owed(&self) -> usize {
        match &self.engine {
            Engine::Relay(_) => 0,
            Engine::Machine(machine) => machine.owed(),
        }
    }

    /// Takes what came from the server. Whole frames are handled where they were read; only a cut one is kept.
    fn take_server(&mut self, chunk: &[u8]) -> Result<(), Fault> {
        let now = Instant::now();
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

    /// Takes what came from the client, or tries the held frame again; says whether anything moved.
    fn take_client(&mut self, chunk: &[u8]) -> Result<bool, Fault> {
        self.follow_epoch()?;
        if !chunk.is_empty() {
            self.awaited = None;
        }
        if self.settles() {
            self.from_client.extend_from_slice(chunk);
            return Ok(true);
        }
        let now = Instant::now();
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
        let mut used = 0;
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
            let machine = match &mut self.engine {
                Engine::Relay(relay) => {
                    self.effects.forward_piece(passed, left, relay.proof());
                    self.effects.terminate |= self.goodbye && left == 0;
                    return Ok(used);
                }
                Engine::Machine(machine) => machine,
            };
            // what the server would ignore is not passed on; what it has had the beginning of is
            let (tail, data) = passed.split_at_checked(tail).unwrap_or((passed, &[]));
            if !self.data_dropped {
                self.effects.forward_copy_data(tail, if run.begun == 0 { left } else { 0 });
            }
            if run.begun > 0 {
                self.data_dropped = copying != Copying::Yes;
                if !self.data_dropped {
                    machine.copied();
                    self.effects.forward_copy_data(data, left);
                }
            }
            let Stop::Other(head) = run.stop else { return Ok(used) };
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
            if matches!(whole.tag(), b'Q' | b'E' | b'F') {
                self.cancels_before = self.cancels.borrow().come;
                machine.bar(self.world.barred());
            }
            let taken = machine.client(now, whole, &mut self.effects)?;
            if let Some(cached) = self.effects.analysed.take() {
                let took = now.elapsed();
                let heard = self.effects.heard.take();
                self.effects.events.push(Event::Analysed { cached, took, heard });
                now += took;
            }
            if let Some(said) = self.effects.speaker.take() {
                let speaker = self.world.speak(&said).ok_or(Fault::Rights)?;
                machine.speak(said, speaker)?;
                self.generation = self.world.generation();
                continue;
            }
            match taken {
                Taken::Done if self.effects.terminate => return Ok(bytes.len()),
                Taken::Done => used += whole.bytes().len(),
                Taken::Later => {
                    self.held = true;
                    return Ok(used);
                }
            }
        }
    }

    /// Holds a restricted client back while the catalog may be another than the one in force. What changes while it is
    /// compared is no reason to do so again: somebody who changes something all the time would hold everybody for ever.
    fn settles(&mut self) -> bool {
        let restricted = matches!(&self.engine, Engine::Machine(machine) if machine.restricted());
        let suspicions = self.awaited.take().unwrap_or_else(|| self.world.suspicions());
        if !restricted || self.world.is_settled(suspicions) {
            return false;
        }
        self.awaited = Some(suspicions);
        self.held = true;
        self.settling = true;
        self.refreshing = Some(self.world.settle(suspicions));
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
                let (_, authority) = self.world.authority().ok_or(Fault::Rights)?;
                if authority.lane != Lane::Relay {
                    return Err(Fault::Rights);
                }
                relay.rights_changed(&authority)?;
            }
            Engine::Machine(machine) => {
                let (principal, authority) = self.world.authority().ok_or(Fault::Rights)?;
                machine.rights_changed(principal, authority)?;
            }
        }
        self.generation = generation;
        Ok(())
    }

    fn tell(&mut self) {
        for ask in self.effects.told.drain(..) {
            self.world.told(ask);
        }
        for event in self.effects.events.drain(..) {
            self.recording.extend(self.world.emit(&event));
        }
        if let Engine::Relay(relay) = &mut self.engine
            && let Some(event) = relay.news()
        {
            self.recording.extend(self.world.emit(&event));
        }
    }
}

fn remainder(mut kept: BytesMut, used: usize) -> BytesMut {
    if used >= kept.len() {
        return BytesMut::new();
    }
    bytes::Buf::advance(&mut kept, used);
    kept
}

fn write(stream: &mut (impl AsyncWrite + Unpin), cx: &mut Context<'_>, bytes: &[u8]) -> Poll<std::io::Result<usize>> {
    match ready!(Pin::new(stream).poll_write(cx, bytes)) {
        Ok(0) => Poll::Ready(Err(std::io::ErrorKind::WriteZero.into())),
        other => Poll::Ready(other),
    }
}

/// Flushes what was written; a failure shows at the next write or read.
fn flush(stream: &mut (impl AsyncWrite + Unpin), cx: &mut Context<'_>, unflushed: &mut bool) {
    if *unflushed && Pin::new(stream).poll_flush(cx).is_ready() {
        *unflushed = false;
    }
}

fn read(stream: &mut (impl AsyncRead + Unpin), cx: &mut Context<'_>, into: &mut [u8]) -> Poll<std::io::Result<usize>> {
    let mut buffer = ReadBuf::new(into);
    ready!(Pin::new(stream).poll_read(cx, &mut buffer))?;
    Poll::Ready(Ok(buffer.filled().len()))
}
