//! The server's frames, matched against the queue of expected answers.

use std::borrow::Cow;
use std::sync::Arc;
use std::time::Instant;

use crate::model::event::{Decision, Event, StatementEvent};
use crate::model::facts::{Facts, SessionEffect, StatementClass};
use crate::model::refusal::Reason;
use crate::wire::encoding::{DecodeError, Encoding};
use crate::wire::frame::Frame;
use crate::wire::server::{self, Status};
use crate::wire::write;

use super::Fault;
use super::authority::{Analysed, Authority};
use super::effect::Effects;
use super::expect::{Expect, Show};
use super::machine::Machine;
use super::meter::{Done, Meter, Run};
use super::metering::Ended;
use super::names::{self, Prepared, Told, rows_told};
use super::ran::{Named, When};
use super::refuse::{self, Concern};
use super::telling::Telling;
use super::{text, verify};

/// What is to be done with the row messages of a run.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Rows {
    /// They go to the client as they come; only their heads matter.
    Relay,
    /// They are held until they are whole: then they are asked about again, or handed in.
    Whole,
    /// They wait until what came before has been asked about.
    Wait,
}

/// A row is held until it is whole, to see whom it is about, if it takes no more than so many bytes.
const LOOKED_AT_MAX: usize = 64 * 1024;

/// For an error that carries no SQLSTATE of five characters.
const INTERNAL_ERROR: [u8; 5] = *b"XX000";
const SUCCESS: [u8; 5] = *b"00000";

impl Machine {
    /// The head of a DataRow or CopyData of the server, and what has arrived behind it: whether its body may pass by
    /// without being held.
    ///
    /// # Errors
    /// When no row may come now, or its origins have not been verified.
    pub fn row(&mut self, tag: u8, body: usize, arrived: &[u8]) -> Result<Rows, Fault> {
        let verified = self.unrestricted().is_some() || tag == b'd';
        if self.meter.is_some() {
            self.gauge_rows();
        }
        match self.queue.front() {
            Some(Expect::Ask { .. }) => Ok(Rows::Whole),
            Some(Expect::Simple { run, show: Show::Relay } | Expect::Execute { run, show: Show::Relay }) => {
                if !verified && !run.described {
                    return Err(Fault::Server("a row before its description".into()));
                }
                if self.muted || run.stopped.is_some() {
                    return Ok(Rows::Relay);
                }
                if let (Some(meter), Some(gauge)) = (&mut self.meter, run.gauge.as_ref().filter(|gauge| gauge.asks)) {
                    if meter.full() {
                        return Ok(Rows::Wait);
                    }
                    if gauge.looks() && arrived.len() < body && body <= LOOKED_AT_MAX {
                        return Ok(Rows::Whole);
                    }
                    meter.count(gauge, body, arrived.get(..body));
                }
                run.count(body);
                Ok(Rows::Relay)
            }
            _ => Err(unexpected(tag)),
        }
    }

    /// One complete frame of the server.
    ///
    /// # Errors
    /// A [`Fault`] ends the session: what does not fit is never forwarded.
    pub fn server(&mut self, now: Instant, frame: Frame<'_>, fx: &mut Effects) -> Result<(), Fault> {
        if !self.muted || matches!(frame.tag(), b'N' | b'A' | b'S') {
            return self.hear(now, frame, fx);
        }
        let kept = fx.client_bytes().len();
        self.muted = frame.tag() != b'Z' || matches!(self.queue.front(), Some(Expect::Sync { show: Show::Hide }));
        self.hear(now, frame, fx)?;
        if self.muted {
            fx.retract(kept);
        }
        Ok(())
    }

    fn hear(&mut self, now: Instant, frame: Frame<'_>, fx: &mut Effects) -> Result<(), Fault> {
        match frame.tag() {
            b'N' => {
                self.meter_notice(frame, fx)?;
                if self.unrestricted().is_some() {
                    fx.relay(frame.bytes());
                } else if !refuse::is_of_the_log(frame)? {
                    let cleaned = refuse::without_inside(frame, self.concern())?;
                    fx.relay(cleaned.as_deref().unwrap_or(frame.bytes()));
                }
                Ok(())
            }
            b'A' => self.notification(frame, fx),
            b'S' => self.parameter(frame, fx),
            b'E' => self.error(now, frame, fx),
            b'Z' => self.ready(now, frame, fx),
            b'D' | b'd' => self.collect(frame),
            _ => self.answer(now, frame, fx),
        }
    }

    /// What other sessions say, and triggers in them: a channel that the policy does not name rings without a word.
    fn notification(&mut self, frame: Frame<'_>, fx: &mut Effects) -> Result<(), Fault> {
        let notification = server::Notification::read(frame.body()).map_err(Fault::server)?;
        let allowed = self.unrestricted().is_some()
            || self
                .encoding
                .decode(notification.channel)
                .is_ok_and(|name| self.authority.rights.channel_allowed(&name));
        if allowed || notification.payload.is_empty() {
            fx.relay(frame.bytes());
            return Ok(());
        }
        write::notification(fx.to_client(), notification.process_id, notification.channel, b"")
            .map_err(Fault::unwritable)
    }

    /// The statement that is being answered, and who asks.
    fn concern(&self) -> Concern<'_> {
        let facts = match self.queue.iter().next() {
            Some(Expect::Simple { run, .. } | Expect::Execute { run, .. }) => {
                run.analysed.as_deref().map(|analysed| self.running(&analysed.plan.statements, run.index, run.when()))
            }
            // a commit: what was put off until then is nobody's in particular
            Some(Expect::Sync { .. }) => None,
            // nothing runs over rows
            Some(_) => Some([].as_slice()),
            None => None,
        };
        Concern { rights: &self.authority.rights, snapshot: &self.authority.snapshot, facts }
    }

    /// A statement of a query string; for EXECUTE, what was prepared under that name.
    pub(super) fn running<'f>(&'f self, statements: &'f [Facts], index: usize, when: When<'f>) -> &'f [Facts] {
        let one = statements.get(index..=index).unwrap_or_default();
        match one.first().map(|own| self.named(own, when)) {
            Some(Named::Made(made)) => made.facts(),
            _ => one,
        }
    }

    fn parameter(&mut self, frame: Frame<'_>, fx: &mut Effects) -> Result<(), Fault> {
        let status = server::ParameterStatus::read(frame.body()).map_err(Fault::server)?;
        if status.name == b"client_encoding" {
            match Encoding::by_name(status.value) {
                Ok(encoding) => (self.encoding, self.unreadable) = (encoding, None),
                Err(error) => self.unreadable = Some(error),
            }
        }
        fx.relay(frame.bytes());
        Ok(())
    }

    /// A row of Menshen's own question.
    fn collect(&mut self, frame: Frame<'_>) -> Result<(), Fault> {
        let Some(Expect::Ask { rows }) = self.queue.front() else { return Err(unexpected(frame.tag())) };
        let row = server::DataRow::read(frame.body()).map_err(Fault::server)?;
        let texts = row.values.iter().map(|value| value.map(|bytes| self.encoding.decode(bytes)).transpose());
        rows.push(texts.map(|text| text.map(|t| t.map(Into::into))).collect::<Result<_, _>>().map_err(undecodable)?);
        Ok(())
    }

    fn answer(&mut self, now: Instant, frame: Frame<'_>, fx: &mut Effects) -> Result<(), Fault> {
        let tag = frame.tag();
        let Some(front) = self.queue.front() else { return Err(unexpected(tag)) };
        match (front, tag) {
            (Expect::Simple { show: Show::Relay, .. }, b'T' | b'C' | b'I' | b'G' | b'H' | b'c' | b'V')
            | (Expect::Execute { show: Show::Relay, .. }, b'C' | b'I' | b's' | b'G' | b'H' | b'c') => {
                if self.stopped() {
                    self.stop_short(tag, fx)?;
                } else {
                    fx.relay(frame.bytes());
                }
                self.statement_answer(now, frame, fx)
            }
            (Expect::Parse { show, .. }, b'1')
            | (Expect::Bind { show, .. }, b'2')
            | (Expect::CloseStatement { show, .. }, b'3')
            | (Expect::Describe { show, .. }, b'T' | b't' | b'n') => {
                match show {
                    Show::Relay => fx.relay(frame.bytes()),
                    Show::Hide => {}
                    Show::Swap(_) => return Err(unexpected(tag)),
                }
                self.step_answer(frame, fx)
            }
            (Expect::ClosePortal { .. }, b'3') => {
                fx.relay(frame.bytes());
                self.step_answer(frame, fx)
            }
            (Expect::Ask { .. }, b'C') => self.asked(),
            _ => Err(unexpected(tag)),
        }
    }

    /// An answer that belongs to one step of the extended protocol.
    fn step_answer(&mut self, frame: Frame<'_>, fx: &mut Effects) -> Result<(), Fault> {
        if frame.tag() == b't' {
            return Ok(());
        }
        let Some(entry) = self.queue.pop() else { return Ok(()) };
        self.done(&entry);
        if let Expect::Describe { prepared, target, show } = entry {
            // what the server has described is what stands under the name now
            let prepared = prepared.filter(|prepared| self.means(&target, prepared));
            self.described(frame, prepared.as_deref(), fx)?;
            told(frame, prepared.as_deref(), &show)?;
        }
        self.settle();
        Ok(())
    }

    /// Verifies the origins that a Describe reported, before any row of them.
    fn described(&mut self, frame: Frame<'_>, prepared: Option<&Prepared>, fx: &mut Effects) -> Result<(), Fault> {
        let telling = if frame.tag() == b'T' { self.verify(frame, fx)? } else { Telling::default() };
        match (prepared, self.queue.front()) {
            // of a name: other sessions, and this one later, have something else under it
            (Some(prepared), next) if text::described_by_name(&prepared.analysed) => {
                if let Some(Expect::Execute { run, .. }) = next {
                    // it was described for what comes next, or that has been described before
                    run.ran.iter().for_each(|ran| drop(ran.telling.set(telling.clone())));
                }
            }
            (Some(prepared), _) => prepared.analysed.set_described(telling),
            (None, _) => {}
        }
        Ok(())
    }

    /// What of a description tells how its rows are counted, where they are.
    fn verify(&self, frame: Frame<'_>, fx: &mut Effects) -> Result<Telling, Fault> {
        if self.unrestricted().is_some() && self.meter.is_none() {
            return Ok(Telling::default());
        }
        let description = server::RowDescription::read(frame.body()).map_err(Fault::server)?;
        if self.unrestricted().is_none() {
            // what was sent earlier, for what was right then, is no violation: it may not be delivered any more
            let lapsed = |before: &Arc<Authority>| verify::origins(&before.rights, &description).is_ok();
            let verified = verify::origins(&self.authority.rights, &description);
            if verified.is_err() && self.before.as_ref().is_some_and(lapsed) {
                return Err(Fault::Rights);
            }
            verified.inspect_err(|fault| {
                if let Fault::Origin(column) = fault {
                    fx.events.push(self.origin_violation(*column));
                }
            })?;
        }
        Ok(Telling::of(&self.authority.rights, &description))
    }

    /// An answer that moves a statement on.
    fn statement_answer(&mut self, now: Instant, frame: Frame<'_>, fx: &mut Effects) -> Result<(), Fault> {
        let simple = matches!(self.queue.front(), Some(Expect::Simple { .. }));
        if frame.tag() == b'C' && self.unrestricted().is_some() {
            let complete = server::CommandComplete::read(frame.body()).map_err(Fault::server)?;
            let understood = self.meter.is_some() && self.answered_run().is_some_and(|run| self.understood(run));
            fx.defined |= self.definitions.command(complete.tag, understood);
        }
        if frame.tag() == b'C' && self.meter.is_some() {
            let complete = server::CommandComplete::read(frame.body()).map_err(Fault::server)?;
            if let Some(Expect::Simple { run, .. } | Expect::Execute { run, .. }) = self.queue.front() {
                run.done = Done::of(complete.tag, complete.rows());
            }
        }
        match frame.tag() {
            b'T' => {
                let telling = self.verify(frame, fx)?;
                if let Some(Expect::Simple { run, .. }) = self.queue.front() {
                    run.described = true;
                }
                self.gauge_described(&telling);
            }
            b'V' => self.tell_value(frame.body().len(), fx),
            b'G' => self.copy_begins(fx)?,
            b'C' | b'I' | b's' if simple => self.simple_statement_done(now, fx),
            b'C' | b'I' | b's' => {
                let entry = self.queue.pop();
                if let Some(Expect::Execute { mut run, .. }) = entry {
                    if let (Some(portal), Some(ran)) = (&run.portal, run.ran.clone()) {
                        portal.has_run(ran);
                    }
                    self.statement_done(now, &mut run, frame.tag() == b'C', SUCCESS, None, fx);
                }
                self.settle();
            }
            _ => {}
        }
        Ok(())
    }

    fn simple_statement_done(&mut self, now: Instant, fx: &mut Effects) {
        let Some(Expect::Simple { run, .. }) = self.queue.front() else { return };
        let mut next = Run::new(run.statement, now, run.analysed.clone());
        next.index = run.index + 1;
        next.source.clone_from(&run.source);
        next.under.clone_from(&run.under);
        (next.query, next.era, next.lowered, next.unknown) = (run.query, run.era, run.lowered, run.unknown);
        let mut done = std::mem::replace(run, next);
        self.statement_done(now, &mut done, true, SUCCESS, None, fx);
    }

    /// Applies what a completed statement did to the session's names, and tells the news.
    fn statement_done(
        &mut self,
        now: Instant,
        run: &mut Run,
        completed: bool,
        sqlstate: [u8; 5],
        show: Option<&Show>,
        fx: &mut Effects,
    ) {
        if let Some(analysed) = run.analysed.as_ref().filter(|_| completed) {
            self.apply_effects(analysed, run);
        }
        self.tell_meter(run, Ended::of(completed, matches!(show, Some(Show::Swap(_))), sqlstate), fx);
        let stopped = run.stopped.as_ref().map(|refusal| Show::Swap(refusal.clone()));
        let sqlstate = stopped.as_ref().map_or(sqlstate, |show| shown_state(show, sqlstate));
        fx.events.push(self.statement_event(now, run, sqlstate, stopped.as_ref().or(show)));
    }

    fn apply_effects(&mut self, analysed: &Arc<Analysed>, run: &Run) {
        let Some(facts) = analysed.plan.statements.get(run.index).filter(|_| !run.within) else { return };
        for effect in &facts.effects {
            match effect {
                SessionEffect::Prepare(name) => {
                    let prepared = self.sql_prepared(analysed, run);
                    self.statements.confirm(names::key(name), Some(prepared));
                }
                // EXPLAIN of it declares nothing
                SessionEffect::Declare(_) if facts.class == StatementClass::Explain => {}
                SessionEffect::Declare(name) => {
                    let held = facts.effects.contains(&SessionEffect::Hold);
                    self.declared(names::key(name), held, self.sql_prepared(analysed, run), run);
                }
                SessionEffect::Close(Some(name)) => self.closed(names::key(name)),
                SessionEffect::Close(None) => self.closed_all(),
                // it was let through, so the transaction has not failed any more
                SessionEffect::TransactionEnd if self.transaction == Status::Failed => {
                    self.transaction = Status::InTransaction;
                }
                SessionEffect::Deallocate(None) => {
                    self.statements.clear_named();
                    if facts.class == StatementClass::Setting {
                        self.closed_all();
                    }
                }
                SessionEffect::Deallocate(Some(name)) => self.statements.confirm(names::key(name), None),
                _ => {}
            }
        }
    }

    fn sql_prepared(&self, analysed: &Arc<Analysed>, run: &Run) -> Arc<Prepared> {
        let (analysed, source) = (Arc::clone(analysed), run.source.clone());
        // what was read under older rights, and has run for a while, is of those
        let under = run.under.as_ref().map_or_else(|| self.under(), |(under, _)| *under);
        let (said, index) = (self.said(), run.index);
        Arc::new(Prepared { analysed, under, source, told: Told::new(), said, index, within: true })
    }

    /// What the statement did, and its place among those of the text: for EXECUTE and FETCH, alone, what stood under the
    /// name.
    fn done_by(&self, statements: &Arc<[Facts]>, run: &Run) -> (Arc<[Facts]>, usize) {
        match statements.get(run.index).map(|own| self.ran(own, run.when())) {
            Some(Cow::Owned(ran)) => (Arc::from([ran]), 0),
            _ => (Arc::clone(statements), run.index),
        }
    }

    fn statement_event(&self, now: Instant, run: &Run, sqlstate: [u8; 5], show: Option<&Show>) -> Event {
        let plan = run.analysed.as_ref().map(|analysed| &analysed.plan);
        let decision = match (show, run.analysed.as_ref()) {
            (Some(Show::Swap(refusal)), _) => Decision::Refused(refusal.reason),
            (_, Some(analysed)) if self.unrestricted().is_none() && analysed.rewritten() => Decision::Rewritten,
            _ => Decision::Relayed,
        };
        let (statements, index) = plan.map(|plan| self.done_by(&plan.statements, run)).unwrap_or_default();
        Event::Statement(Box::new(StatementEvent {
            session: self.id,
            statement: run.statement,
            principal: Arc::clone(&self.principal),
            database: Arc::clone(&self.database),
            decision,
            fingerprint: plan.map(|plan| plan.fingerprint).unwrap_or_default(),
            normalized: plan.and_then(|plan| plan.normalized.clone()),
            statements,
            index,
            rows: run.rows,
            bytes: run.bytes,
            persons: run.persons,
            duration: now.saturating_duration_since(run.started),
            sqlstate,
            epochs: self.authority.epochs,
            policy: self.authority.policy,
        }))
    }

    fn asked(&mut self) -> Result<(), Fault> {
        let Some(Expect::Ask { rows }) = self.queue.pop() else { return Err(unexpected(b'C')) };
        self.asking.answered(&rows)
    }

    fn error(&mut self, now: Instant, frame: Frame<'_>, fx: &mut Effects) -> Result<(), Fault> {
        let fields = server::Fields::read("ErrorResponse", frame.body()).map_err(Fault::server)?;
        let sqlstate = fields.sqlstate().and_then(|state| state.try_into().ok()).unwrap_or(INTERNAL_ERROR);
        self.asking.transaction_ended();
        if self.queue.asking_alone() {
            self.queue.skip_to_sync();
            return self.asking.failed();
        }
        if self.unrestricted().is_none()
            && let Some(refusal) = refuse::masked_reading(&fields, &self.authority.snapshot)
            && let Some(Expect::Simple { show, .. } | Expect::Execute { show, .. }) = self.queue.front()
        {
            *show = Show::Swap(Box::new(refusal));
        }
        self.meter_error(sqlstate, &fields, frame.body().len(), fx);
        if let Some(Expect::Simple { run, show } | Expect::Execute { run, show }) = self.queue.front()
            && let Some(refusal) = run.stopped.take_if(|refusal| refusal.reason != Reason::Cancelled)
        {
            *show = Show::Swap(refusal);
        }
        self.show_error(sqlstate, frame, fx)?;
        match self.queue.front() {
            None => {}
            Some(Expect::Simple { run, show }) => {
                let refusal = std::mem::replace(show, Show::Relay);
                let mut next = Run::new(run.statement, now, None);
                (next.query, next.era) = (run.query, run.era);
                let mut failed = std::mem::replace(run, next);
                let state = shown_state(&refusal, sqlstate);
                self.statement_done(now, &mut failed, false, state, Some(&refusal), fx);
            }
            Some(_) => self.skip(now, sqlstate, fx),
        }
        self.copy_failed(fx);
        Ok(())
    }

    /// An error in the extended protocol: everything up to the next Sync is skipped by the server.
    fn skip(&mut self, now: Instant, sqlstate: [u8; 5], fx: &mut Effects) {
        let (skipped, sync_ahead) = self.queue.skip_to_sync();
        self.skipping = !sync_ahead;
        if let Some(front) = skipped.into_iter().next() {
            match front {
                Expect::Execute { mut run, show } => {
                    self.statement_done(now, &mut run, false, shown_state(&show, sqlstate), Some(&show), fx);
                }
                Expect::Parse { prepared, show: show @ Show::Swap(_), .. } => {
                    let mut run = self.run(now, prepared.map(|prepared| Arc::clone(&prepared.analysed)));
                    self.statement_done(now, &mut run, false, shown_state(&show, sqlstate), Some(&show), fx);
                }
                _ => {}
            }
        }
        self.rebuild_ahead();
    }

    fn show_error(&mut self, sqlstate: [u8; 5], frame: Frame<'_>, fx: &mut Effects) -> Result<(), Fault> {
        let encoding = self.encoding;
        let (swap, analysed) = match self.queue.iter().next() {
            Some(
                Expect::Simple { show: Show::Swap(refusal), .. }
                | Expect::Parse { show: Show::Swap(refusal), .. }
                | Expect::Execute { show: Show::Swap(refusal), .. },
            ) => (Some(&**refusal), None),
            Some(Expect::Simple { run, .. } | Expect::Execute { run, .. }) => (None, run.analysed.as_deref()),
            Some(Expect::Parse { prepared: Some(prepared), .. }) => (None, Some(&*prepared.analysed)),
            _ => (None, None),
        };
        match swap {
            Some(refusal) => refuse::swap(frame, refusal, encoding, fx.to_client()),
            None if self.unrestricted().is_some() => {
                fx.relay(frame.bytes());
                Ok(())
            }
            None => {
                let mut concern = self.concern();
                // nothing was asked, so nothing runs: it is about the session
                let own = [b"08", b"25", b"57"].iter().any(|class| sqlstate.starts_with(*class));
                if own && self.queue.is_empty() {
                    concern.facts = Some(&[]);
                }
                refuse::clean(frame, concern, analysed, fx.to_client())
            }
        }
    }

    fn ready(&mut self, now: Instant, frame: Frame<'_>, fx: &mut Effects) -> Result<(), Fault> {
        let status = Status::read(frame.body()).map_err(Fault::server)?;
        match self.queue.front() {
            Some(Expect::Simple { .. } | Expect::Sync { .. }) => {}
            _ => return Err(unexpected(b'Z')),
        }
        let Some(entry) = self.queue.pop() else { return Err(unexpected(b'Z')) };
        self.done(&entry);
        let hidden = matches!(entry, Expect::Sync { show: Show::Hide });
        self.transaction = status;
        fx.defined |= self.definitions.ready(status);
        if status == Status::Idle {
            self.asking.outside_transaction();
            self.encoding_settled();
            self.meter.iter_mut().for_each(Meter::settled);
            self.portals.clear();
            self.cursors.keep(|cursor| cursor.held);
        }
        self.settle();
        if !hidden && !self.fail_transaction(now, fx)? {
            fx.relay(frame.bytes());
        }
        Ok(())
    }
}

/// Notes what the client hears of a statement's rows, or compares it with what it has heard.
fn told(frame: Frame<'_>, prepared: Option<&Prepared>, show: &Show) -> Result<(), Fault> {
    let Some(prepared) = prepared else { return Ok(()) };
    let rows = || match frame.tag() {
        b'T' => server::RowDescription::read(frame.body()).map(|it| rows_told(&it)).map_err(Fault::server),
        _ => Ok(Box::default()),
    };
    match (show, prepared.told.get()) {
        (Show::Relay, None) => drop(prepared.told.set(rows()?)),
        (Show::Hide, Some(known)) if *known != rows()? && !text::described_by_name(&prepared.analysed) => {
            return Err(Fault::Rows);
        }
        _ => {}
    }
    Ok(())
}

fn shown_state(show: &Show, server: [u8; 5]) -> [u8; 5] {
    match show {
        Show::Swap(refusal) => refusal.reason.sqlstate().as_bytes().try_into().unwrap_or(server),
        _ => server,
    }
}

fn undecodable(error: DecodeError) -> Fault {
    Fault::Server(error.to_string())
}

fn unexpected(tag: u8) -> Fault {
    Fault::Server(format!("message type {:?} where none fits", char::from(tag)))
}
