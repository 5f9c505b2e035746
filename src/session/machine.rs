//! One audited or restricted session: frames in, effects out.

use std::sync::Arc;
use std::time::Instant;

use crate::catalog::session_facts::SessionFacts;
use crate::model::event::Event;
use crate::model::facts::SessionEffect;
use crate::model::ids::{ColumnId, SessionId, StatementId};
use crate::model::principal::Principal;
use crate::model::refusal::Refusal;
use crate::rights::table::Unrestricted;
use crate::wire::encoding::{Encoding, EncodingError};
use crate::wire::frame::Frame;
use crate::wire::server::Status;

use super::authority::{Analysed, Authority, Lane};
use super::copying::Copying;
use super::definitions::Definitions;
use super::effect::{Effects, TextFree};
use super::expect::{Expect, Queue, Show};
use super::hidden::Asking;
use super::meter::{Meter, Run};
use super::metering::{Barred, blind};
use super::names::{Book, Portal, Prepared, Under};
use super::shape::Recent;
use super::speaker::Speaking;
use super::text::Held;
use super::{Fault, Taken};

/// No more Syncs within a COPY are remembered: each would be an answer to wait for.
const SYNCS_MAX: usize = 1000;

/// What is known once the server has said that it is ready.
#[derive(Debug)]
pub struct Opening {
    pub session: SessionId,
    pub principal: Arc<Principal>,
    pub database: Arc<str>,
    pub authority: Arc<Authority>,
    /// What the server said about the session's names.
    pub facts: SessionFacts,
    pub encoding: Encoding,
    /// For accounts that something counts.
    pub meter: Option<Meter>,
    /// The name of Menshen's own statement and portal: one that no client can guess.
    pub own_name: Box<[u8]>,
}

/// Whether something that the next text depends on is known.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Known {
    Yes,
    /// When what is on its way has been answered.
    Later,
    /// Not before the client sends Sync.
    NotBeforeSync,
}

/// The machine of a session whose statements are analysed.
#[derive(Debug)]
pub struct Machine {
    pub(super) id: SessionId,
    pub(super) principal: Arc<Principal>,
    pub(super) database: Arc<str>,
    pub(super) authority: Arc<Authority>,
    pub(super) asking: Asking,
    /// Of Menshen's own statement and portal.
    own_name: Box<[u8]>,
    pub(super) recent: Recent,
    /// Of an application that asks for others.
    pub(super) speaking: Option<Speaking>,
    pub(super) encoding: Encoding,
    /// The transaction under way has changed the client encoding, and may yet undo that.
    encoding_touched: bool,
    /// Why statement texts cannot be read, if the client's encoding is one that Menshen does not know.
    pub(super) unreadable: Option<EncodingError>,
    pub(super) queue: Queue,
    pub(super) statements: Book<Prepared>,
    pub(super) portals: Book<Portal>,
    /// Cursors of DECLARE; those WITH HOLD outlive their transaction.
    pub(super) cursors: Book<Portal>,
    /// Counts the messages behind which the server goes on, whatever has failed before: Sync and Query.
    pub(super) segment: u64,
    /// Counts calls of functions that may have given names another meaning.
    pub(super) era: u64,
    /// SQL that makes or removes statements or cursors may be on its way.
    pub(super) naming: bool,
    /// What the last ReadyForQuery said.
    pub(super) transaction: Status,
    /// An error was answered and the client's Sync has not come yet: the server ignores everything else.
    pub(super) skipping: bool,
    /// The server waits for the data of a COPY FROM STDIN, and the client has not ended it.
    pub(super) copying_in: bool,
    /// Syncs that have come since its last data.
    pub(super) syncs_ignored: usize,
    /// Something on its way may be a COPY FROM STDIN.
    pub(super) copies_ahead: bool,
    /// Something on its way may have rows that are counted.
    pub(super) rows_ahead: bool,
    /// Extended messages were sent since the last Sync.
    pub(super) pipeline_open: bool,
    /// A Flush was sent since the last extended message.
    flushed: bool,
    /// The next analysis must wait until everything on its way is answered.
    pub(super) barrier: bool,
    /// The frame now held back has had its forced catalog refresh.
    pub(super) refreshed: bool,
    pub(super) definitions: Definitions,
    /// The catalog may be another than the one in force, which this session does not wait for.
    pub(super) doubtful: bool,
    statements_seen: u64,
    pub(super) meter: Option<Meter>,
    /// Why a statement on protected columns may not start.
    pub(super) barred: Option<Barred>,
    /// Whether the frame that is offered again may test what it tests.
    pub(super) answered_test: Option<Option<Refusal>>,
    /// The analysis of the text of the frame that is offered again, and of what it speaks of by name.
    pub(super) held: Option<Held>,
    pub(super) held_named: Option<Held>,
    /// What was in force when the first of what is on its way was sent, where that is another by now.
    pub(super) before: Option<Arc<Authority>>,
    /// The client was told an error that the server does not know of: it hears nothing more until it is ready again.
    pub(super) muted: bool,
    /// So the transaction that it happened in has to fail, too.
    pub(super) failing: bool,
}

/// What is in force for a session from now on.
#[derive(Debug)]
pub struct Change {
    pub principal: Arc<Principal>,
    pub authority: Arc<Authority>,
    /// A new meter on its account, if that is counted.
    pub meter: Option<Meter>,
}

impl Machine {
    /// # Errors
    /// When the server's search path is not a list of names.
    pub fn new(opening: Opening) -> Result<Self, Fault> {
        let Opening { session, principal, database, authority, facts, encoding, meter, own_name } = opening;
        let speaking = Speaking::of(&authority);
        let meter = meter.map(|mut meter| {
            meter.under(&authority.rights);
            meter
        });
        Ok(Self {
            id: session,
            principal,
            database,
            authority,
            asking: Asking::new(facts, speaking.as_ref().and_then(Speaking::setting).map(|name| &**name))?,
            own_name,
            recent: Recent::default(),
            speaking,
            encoding,
            encoding_touched: false,
            unreadable: None,
            queue: Queue::default(),
            statements: Book::default(),
            portals: Book::default(),
            cursors: Book::default(),
            segment: 0,
            era: 0,
            naming: false,
            transaction: Status::Idle,
            skipping: false,
            copying_in: false,
            syncs_ignored: 0,
            copies_ahead: false,
            rows_ahead: false,
            pipeline_open: false,
            flushed: false,
            barrier: false,
            refreshed: false,
            definitions: Definitions::default(),
            doubtful: false,
            statements_seen: 0,
            meter,
            barred: None,
            answered_test: None,
            held: None,
            held_named: None,
            before: None,
            muted: false,
            failing: false,
        })
    }

    #[must_use]
    pub fn principal(&self) -> &Arc<Principal> {
        &self.principal
    }

    #[must_use]
    pub fn database(&self) -> &Arc<str> {
        &self.database
    }

    #[must_use]
    pub fn authority(&self) -> &Arc<Authority> {
        &self.authority
    }

    /// Whether nothing is on its way and no transaction is open: a drain may end the session here.
    #[must_use]
    pub fn idle(&self) -> bool {
        self.queue.is_empty() && self.transaction == Status::Idle && !self.pipeline_open
    }

    /// Answers that are outstanding.
    #[must_use]
    pub fn owed(&self) -> usize {
        self.queue.len()
    }

    /// About how much memory their texts take, in bytes; 0 of one alone, which has to be waited for in any case.
    #[must_use]
    pub fn owed_for(&self) -> usize {
        if self.queue.len() > 1 { self.queue.weight() } else { 0 }
    }

    /// New rights or a new catalog: in force for statements that start from now on.
    ///
    /// # Errors
    /// When the session holds what it may not have under them: settings and statements of a time without restrictions,
    /// names that nobody has followed and that are counted by now, temporary tables filled under higher rights.
    pub fn rights_changed(&mut self, change: Change) -> Result<(), Fault> {
        let Change { principal, authority, meter } = change;
        let freed = self.unrestricted().is_some() && authority.lane == Lane::Enforce;
        let filled =
            self.asking.temporary_tables() && authority.rights.below(&self.authority.rights, &self.authority.snapshot);
        let unfollowed = !self.followed() && meter.is_some();
        if freed || filled || unfollowed || authority.rights.named_by() != self.authority.rights.named_by() {
            return Err(Fault::Rights);
        }
        self.speaking.iter_mut().for_each(Speaking::forget);
        match (&mut self.meter, meter) {
            (Some(known), Some(meter)) => known.account = meter.account,
            (known, meter) => *known = known.take().or(meter),
        }
        self.meter.iter_mut().for_each(|meter| meter.under(&authority.rights));
        self.principal = principal;
        if !authority.snapshot.same_schemas(&self.authority.snapshot) {
            self.asking.schemas_changed();
        }
        let before = std::mem::replace(&mut self.authority, authority);
        if !self.queue.is_empty() {
            self.before.get_or_insert(before);
        }
        Ok(())
    }

    /// Whether the catalog may be another than the one in force when what comes next is taken.
    pub fn doubt(&mut self, doubtful: bool) {
        self.doubtful = doubtful;
    }

    /// The refresh that [`Effects::refresh`] asked for is done: what it found came by [`Self::rights_changed`].
    pub fn refreshed(&mut self) {
        self.refreshed = true;
    }

    /// What a text that is read now is rewritten under.
    pub(super) fn under(&self) -> Under {
        let pinned = self.restricted() || !self.followed();
        let path = if pinned { self.asking.path } else { self.asking.digest };
        Under { authority: self.authority.serial, path, era: self.era }
    }

    /// Whether it must be known what the server takes names for: what is read in clear is counted by it.
    #[must_use]
    pub fn followed(&self) -> bool {
        self.restricted() || self.meter.is_some()
    }

    /// Whether nothing but checked text may pass.
    #[must_use]
    pub fn restricted(&self) -> bool {
        self.unrestricted().is_none()
    }

    /// The proof that this session's text may pass as it is.
    pub(super) fn unrestricted(&self) -> Option<Unrestricted> {
        match self.authority.lane {
            Lane::Enforce => None,
            Lane::Relay | Lane::Watch => self.authority.rights.unrestricted_proof(),
        }
    }

    /// One complete frame of the client.
    ///
    /// # Errors
    /// A [`Fault`] ends the session.
    pub fn client(&mut self, now: Instant, frame: Frame<'_>, fx: &mut Effects) -> Result<Taken, Fault> {
        let taken = self.look_at(now, frame, fx)?;
        if taken == Taken::Done {
            // they were about this frame, whether anybody has looked at them or not
            (self.answered_test, self.held, self.held_named) = (None, None, None);
        }
        Ok(taken)
    }

    fn look_at(&mut self, now: Instant, frame: Frame<'_>, fx: &mut Effects) -> Result<Taken, Fault> {
        if self.skipping && !matches!(frame.tag(), b'S' | b'X') {
            return Ok(Taken::Done);
        }
        if !self.copying_in && self.waits_for_rows(frame.tag()) {
            self.flush_for_answers(fx);
            return Ok(Taken::Later);
        }
        if self.copying_in && !matches!(frame.tag(), b'c' | b'f' | b'S' | b'H' | b'X') {
            // either an error has ended the COPY, of which we have not heard, or this message will
            self.say_ignored(fx);
        }
        self.look_ahead(true);
        let taken = self.take(now, frame, fx);
        self.look_ahead(false);
        let taken = taken?;
        let asks = fx.refresh || fx.speaker.is_some() || fx.test.is_some() || fx.long.is_some();
        if taken == Taken::Later && self.copying_in && !asks {
            // it would wait for an answer that only comes behind the data, which stands behind it: no client that keeps to
            // the protocol sends it, and the server would end the session for it, too
            let what = format!("unexpected message type 0x{:02X} during COPY from stdin", frame.tag());
            return Err(Fault::Client(what));
        }
        Ok(taken)
    }

    fn take(&mut self, now: Instant, frame: Frame<'_>, fx: &mut Effects) -> Result<Taken, Fault> {
        match frame.tag() {
            b'Q' => self.query(now, frame, fx),
            b'P' => self.parse(now, frame, fx),
            b'B' => self.bind(now, frame, fx),
            b'D' => self.describe(now, frame, fx),
            b'E' => self.execute(now, frame, fx),
            b'C' => self.close(frame, fx),
            b'S' => self.sync(frame, fx),
            b'H' if self.copying_in => Ok(Taken::Done),
            b'H' => {
                self.flushed = true;
                self.pass(frame, fx)
            }
            b'c' | b'f' => self.end_copy(frame, fx),
            b'F' => self.function_call(now, frame, fx),
            b'X' => {
                fx.terminate = true;
                self.pass(frame, fx)
            }
            other => Err(Fault::Client(format!("invalid frontend message type {other}"))),
        }
    }

    /// Forwards a frame without text as it is.
    pub(super) fn pass(&mut self, frame: Frame<'_>, fx: &mut Effects) -> Result<Taken, Fault> {
        let Some(free) = TextFree::of(frame.bytes()) else {
            return Err(Fault::Client("a frame with text cannot pass unread".into()));
        };
        fx.forward(free);
        Ok(Taken::Done)
    }

    /// An extended message was sent: its answer may wait for a Flush or Sync.
    pub(super) fn sent_extended(&mut self) {
        self.pipeline_open = true;
        self.flushed = false;
    }

    fn sync(&mut self, frame: Frame<'_>, fx: &mut Effects) -> Result<Taken, Fault> {
        match self.copying() {
            Copying::Unknown => {
                self.flush_for_answers(fx);
                return Ok(Taken::Later);
            }
            Copying::Yes => {
                self.syncs_ignored = (self.syncs_ignored + 1).min(SYNCS_MAX);
                return Ok(Taken::Done);
            }
            Copying::No => {}
        }
        self.await_sync();
        self.pass(frame, fx)
    }

    /// A Sync of the client that the server has not heard in its time.
    pub(super) fn say_sync(&mut self, fx: &mut Effects) {
        self.await_sync();
        fx.sync();
    }

    fn await_sync(&mut self) {
        self.expect(Expect::Sync { show: Show::Relay });
        self.skipping = false;
        self.pipeline_open = false;
        self.ends_implicitly();
    }

    /// An implicit transaction may end by what is sent, and what was set for it: what follows must not overtake the answer,
    /// which says whether it did.
    pub(super) fn ends_implicitly(&mut self) {
        self.barrier |= self.asking.touched();
    }

    fn end_copy(&mut self, frame: Frame<'_>, fx: &mut Effects) -> Result<Taken, Fault> {
        match self.copying() {
            Copying::Unknown => {
                self.flush_for_answers(fx);
                Ok(Taken::Later)
            }
            Copying::Yes => {
                self.copying_in = false;
                self.pass(frame, fx)
            }
            // the server would ignore it
            Copying::No => Ok(Taken::Done),
        }
    }

    /// Makes sure that the session's names are known for the text that comes next, or for what was read earlier (`None`);
    /// `false`: not yet.
    pub(super) fn names_known(&mut self, text: Option<&[u8]>, fx: &mut Effects) -> Result<bool, Fault> {
        if !self.asking.stale() && !self.barrier {
            return Ok(true);
        }
        let watching = !self.followed();
        if !self.queue.is_empty() {
            // a question under way is waited for
            if watching && !self.queue.iter().any(|entry| matches!(entry, Expect::Ask { .. })) {
                return Ok(true);
            }
            self.flush_for_answers(fx);
            return Ok(false);
        }
        self.barrier = false;
        if !self.asking.stale() || self.transaction == Status::Failed {
            return Ok(true);
        }
        let within = self.transaction == Status::InTransaction && self.asking.all_stale();
        if text.is_some_and(|text| within && self.is_about_the_transaction(text)) {
            // a role that was taken to be the session's own is set for the transaction, perhaps
            self.asking.all_touched();
            return Ok(true);
        }
        self.ask(fx)?;
        Ok(false)
    }

    /// Whether the encoding we know is the one the server will read the next text in. It says that it has changed only
    /// together with ReadyForQuery, and an error takes a change back: a text that overtakes either would be read
    /// otherwise by us than by the server (an escaped quote here is half of a character there).
    ///
    /// `doubtful`: it matters so much that what was noted of changes is not relied on.
    pub(super) fn encoding_known(&mut self, doubtful: bool, fx: &mut Effects) -> Known {
        if !(self.encoding_touched || doubtful) || self.unrestricted().is_some() {
            return Known::Yes;
        }
        if self.queue.is_empty() {
            return if self.pipeline_open { Known::NotBeforeSync } else { Known::Yes };
        }
        self.flush_for_answers(fx);
        Known::Later
    }

    /// The server is outside any transaction: what was set stays set.
    pub(super) fn encoding_settled(&mut self) {
        self.encoding_touched = !self.queue.is_empty() && self.encoding_touched;
    }

    /// Has the server answer what is on its way before the client's Sync.
    pub fn flush_for_answers(&mut self, fx: &mut Effects) {
        if self.pipeline_open && !self.flushed {
            fx.flush();
            self.flushed = true;
        }
    }

    fn ask(&mut self, fx: &mut Effects) -> Result<(), Fault> {
        fx.ask(&self.own_name, &self.asking.question())?;
        let hidden = || Show::Hide;
        self.queue.push(Expect::Parse { name: Box::default(), prepared: None, show: hidden() });
        self.queue.push(Expect::Bind { name: Box::default(), portal: None, show: hidden() });
        self.queue.push(Expect::Ask { rows: Vec::new() });
        // the portal, which would live to the end of a transaction, and the statement
        for _ in 0..2 {
            self.queue.push(Expect::CloseStatement { name: Box::default(), show: hidden() });
        }
        if self.pipeline_open {
            fx.flush();
        } else {
            fx.sync();
            self.queue.push(Expect::Sync { show: hidden() });
        }
        Ok(())
    }

    /// Starts the account of a statement.
    pub(super) fn run(&mut self, now: Instant, analysed: Option<Arc<Analysed>>) -> Run {
        self.statements_seen += 1;
        let run = Run {
            era: self.era,
            lowered: self.principal.lowered,
            unknown: self.doubtful,
            ..Run::new(StatementId(self.statements_seen), now, analysed)
        };
        self.ahead(&run);
        run
    }

    /// A text is on its way that may change what names mean.
    pub(super) fn note_effects(&mut self, analysed: &Analysed) {
        self.note_speaker(&analysed.plan.statements);
        if blind(analysed) {
            self.may_rename();
        }
        for effect in analysed.plan.statements.iter().flat_map(|facts| &facts.effects) {
            match effect {
                SessionEffect::SearchPath => {
                    self.barrier = true;
                    self.asking.path_touched();
                    if self.meter.is_some() && !self.restricted() {
                        // back to itself, it may be another than the one that was asked
                        self.asking.all_touched();
                    }
                }
                SessionEffect::TempTables => self.asking.temp_touched(),
                SessionEffect::Encoding => self.encoding_touched = true,
                SessionEffect::TransactionEnd => self.asking.transaction_ended(),
                _ => {}
            }
        }
    }

    /// Something is on its way of which nobody knows what it does: a function may remove what a name stands for, and put
    /// something else in its place, or change the search path; a view of the session's own may hide a table; another role
    /// has other schemas.
    pub(super) fn may_rename(&mut self) {
        if !self.followed() || self.restricted() {
            return;
        }
        self.era = self.era.wrapping_add(1);
        self.barrier = true;
        self.asking.all_touched();
    }

    pub(super) fn origin_violation(&self, column: ColumnId) -> Event {
        Event::OriginViolation {
            session: self.id,
            principal: Arc::clone(&self.principal),
            relation: column.relation,
            column: column.number,
        }
    }
}
