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
use crate::model::refusal::Refusal;
use crate::session::relay::Relay;
use crate::session::speaker::Speaker;
use crate::session::{Barred, Change, Effects, Fault, Machine, Test};
use crate::wire::frame::{Sender, Walk};

use super::cancel::Requests;
use super::connection::Connection;
use super::gate::Gate;
use super::long::Reading;
use super::stream::Stream;

/// Bytes of the thread's read buffer.
pub(super) const CHUNK: usize = 64 * 1024;

/// No more is read from one side while this much waits to be written to the other, in bytes.
pub(super) const BACKLOG_MAX: usize = 256 * 1024;

/// A session whose client has said all that it will is given up when nothing has moved for so long: the server does what
/// it was sent, and a client that has only closed its half hears of it.
const LINGER: Duration = Duration::from_secs(60);

/// Rounds of one poll before other sessions get their turn.
const ROUNDS_MAX: usize = 32;

/// No more is begun in one poll after so long: others of the thread wait meanwhile.
const TURN: Duration = Duration::from_millis(2);

thread_local! {
    pub(super) static SCRATCH: RefCell<Box<[u8]>> = RefCell::new(vec![0; CHUNK].into_boxed_slice());
}

/// A pending comparison of the catalog with the server; `false`: it failed, nothing changed.
pub type Refreshing = Pin<Box<dyn Future<Output = bool> + Send>>;

/// What a running session needs of the process around it.
pub trait World: Send + Sync + std::fmt::Debug {
    /// Takes news. While the audit queue is full it answers with what must be waited for before the session goes on.
    fn emit(&self, event: Event) -> Option<Waiting>;

    /// Another value with every new epoch of policy or catalog, and whether the account reads masks at best.
    fn generation(&self) -> (u64, bool);

    /// Who this session speaks for now, their rights, and how it is counted; `None`: that cannot be known, and nothing may
    /// be answered.
    fn authority(&self) -> Option<Change>;

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

    /// Counts values that are about to be compared with hidden ones; why they must not be.
    fn test(&self, test: Test) -> Option<Refusal>;

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

/// What of its turn a poll has had. It looks at no clock of its own, but hears what time it is where it takes something.
#[derive(Clone, Copy, Default, Debug)]
pub(super) struct Turn {
    began: Option<Instant>,
    pub(super) over: bool,
}

impl Turn {
    pub(super) fn note(&mut self, now: Instant) {
        let began = *self.began.get_or_insert(now);
        self.over |= now.saturating_duration_since(began) > TURN;
    }
}

/// Who follows the frames.
#[derive(Debug)]
pub enum Engine {
    Relay(Relay),
    Machine(Box<Machine>),
}

/// One session between two connected and authenticated streams.
pub struct Drive {
    pub(super) client: Stream,
    pub(super) server: Stream,
    pub(super) engine: Engine,
    pub(super) world: Arc<dyn World>,
    pub(super) generation: (u64, bool),
    pub(super) effects: Effects,
    pub(super) from_client: BytesMut,
    pub(super) from_server: BytesMut,
    /// Nothing more has come from the client, or the server, as far as this poll knows: their wakers are set.
    pub(super) client_drained: bool,
    pub(super) turn: Turn,
    pub(super) server_drained: bool,
    pub(super) client_walk: Walk,
    /// The client's frame that `client_walk` is in is not passed on.
    pub(super) data_dropped: bool,
    pub(super) server_walk: Walk,
    /// A client frame waits in `from_client` for something to be answered first.
    pub(super) held: bool,
    pub(super) client_closed: bool,
    /// The server knows that nothing more will come.
    pub(super) goodbye: bool,
    lingering: Option<Pin<Box<Sleep>>>,
    pub(super) server_closed: bool,
    /// Written to a stream that may still hold it back (TLS).
    server_unflushed: bool,
    client_unflushed: bool,
    pub(super) refreshing: Option<Refreshing>,
    /// A long text of the held frame is being analysed.
    pub(super) reading: Option<Reading>,
    /// Records that wait for their place in the audit queue, oldest first; and for how long they may, since when.
    recording: VecDeque<Waiting>,
    patience: Duration,
    impatient: Option<Pin<Box<Sleep>>>,
    /// What is refreshed is under suspicion: nothing may start before that is done.
    pub(super) settling: bool,
    /// It could not be compared for a while: what comes next does not wait for it.
    pub(super) unsettled: bool,
    /// How often the catalog may have changed when the frames were held back that wait for it.
    pub(super) awaited: Option<u64>,
    pub(super) gate: Gate,
    /// Rows that were read wait in `from_server` for those before them.
    pub(super) rows_wait: bool,
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
            client_drained: false,
            turn: Turn::default(),
            server_drained: false,
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
            reading: None,
            recording: VecDeque::new(),
            patience,
            impatient: None,
            settling: false,
            unsettled: false,
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
        (self.client_drained, self.server_drained) = (false, false);
        self.turn = Turn::default();
        for _ in 0..ROUNDS_MAX {
            match self.round(cx) {
                Ok(_) if self.turn.over => break,
                Ok(true) => {}
                Ok(false) => return Poll::Pending,
                Err(end) => return Poll::Ready(end),
            }
        }
        // woken only when the thread has looked at the sockets of others
        let _later = std::pin::pin!(tokio::task::yield_now()).poll(cx);
        Poll::Pending
    }

    /// One round over everything that may move; `false`: nothing did, and every waker is set.
    fn round(&mut self, cx: &mut Context<'_>) -> Result<bool, End> {
        if !self.recorded(cx)? {
            return Ok(false);
        }
        let mut moved = self.poll_refresh(cx).map_err(End::Fault)?;
        moved |= self.poll_reading(cx);
        moved |= self.poll_gate(cx)?;
        if self.held
            && self.refreshing.is_none()
            && self.reading.is_none()
            && self.gate.cancelling.is_none()
            && !self.owes_too_much()
        {
            moved |= self.take_client(&[]).map_err(End::Fault)?;
        }
        if self.owes_too_much()
            && let Engine::Machine(machine) = &mut self.engine
        {
            machine.flush_for_answers(&mut self.effects);
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
            let restricted = matches!(&self.engine, Engine::Machine(machine) if machine.restricted());
            if !compared && restricted {
                return Err(Fault::Rights);
            }
            self.unsettled = !compared;
        } else if let Engine::Machine(machine) = &mut self.engine {
            machine.refreshed();
        }
        Ok(true)
    }

    fn poll_reading(&mut self, cx: &mut Context<'_>) -> bool {
        let Some(reading) = &mut self.reading else { return false };
        let Poll::Ready((read, took)) = reading.as_mut().poll(cx) else { return false };
        self.reading = None;
        if let Engine::Machine(machine) = &mut self.engine {
            self.effects.events.push(Event::Analysed { cached: false, took, heard: read.heard() });
            machine.read(read);
        }
        true
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

    pub(super) fn tell(&mut self) {
        for ask in self.effects.told.drain(..) {
            self.world.told(ask);
        }
        for event in self.effects.events.drain(..) {
            self.recording.extend(self.world.emit(event));
        }
        if let Engine::Relay(relay) = &mut self.engine
            && let Some(event) = relay.news()
        {
            self.recording.extend(self.world.emit(event));
        }
    }
}

/// What is left of bytes of which so many are done with.
pub(super) fn remainder(mut kept: BytesMut, used: usize) -> BytesMut {
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

pub(super) fn read(
    stream: &mut (impl AsyncRead + Unpin),
    cx: &mut Context<'_>,
    into: &mut [u8],
) -> Poll<std::io::Result<usize>> {
    let mut buffer = ReadBuf::new(into);
    ready!(Pin::new(stream).poll_read(cx, &mut buffer))?;
    Poll::Ready(Ok(buffer.filled().len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_turn_is_over_in_its_time_and_stays_so() {
        let (mut turn, began) = (Turn::default(), Instant::now());
        turn.note(began);
        turn.note(began + TURN);
        assert!(!turn.over);
        turn.note(began + TURN * 2);
        assert!(turn.over);
        turn.note(began);
        assert!(turn.over);
    }
}
