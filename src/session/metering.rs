//! Counting what leaves, and stopping it: the machine's part of the extraction governor.

use std::borrow::Cow;
use std::sync::Arc;
use std::time::Instant;

use crate::model::disclosure::{Ask, Occasion, Verdict};
use crate::model::facts::{Facts, SessionEffect, StatementClass};
use crate::model::ids::Oid;
use crate::model::refusal::{Reason, Refusal};
use crate::sql::analyse::{Outcome, Plan};
use crate::wire::frame::Frame;
use crate::wire::server::{Fields, Status};

use super::Fault;
use super::authority::Analysed;
use super::effect::Effects;
use super::expect::{Expect, Show};
use super::gauge::Gauge;
use super::machine::Machine;
use super::meter::{Command, Meter, Run};
use super::names::Portal;
use super::ran::{self, When};
use super::refuse;
use super::telling::Telling;
use super::text::described_by_name;

/// Why an account may not start statements on protected columns.
#[derive(Clone, Debug)]
pub struct Barred {
    pub refusal: Refusal,
    /// A session that wants to start one is to end.
    pub ends: bool,
}

/// A question that is answered before a message is sent.
#[derive(Clone, Debug)]
pub struct Test {
    pub ask: Ask,
    /// Whether the message asks about values that it computes, of which nobody can say how many they are.
    pub guesses: bool,
}

/// The refusal of such a message, where a limit would have to end it.
#[must_use]
pub fn unseen_guesses() -> Refusal {
    Refusal::new(
        Reason::Comparison,
        "values that are computed for a protected column may not be tested in the same message",
    )
    .detail("How many there are is only known when they have been written.")
    .hint("Write them by a statement of their own, and test them by the next.")
}

/// Whether a message may be sent that tests values.
pub(super) enum Tested {
    Yes,
    No(Refusal),
    /// It is being asked.
    Later,
}

/// What is to be done after an answer about rows.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Onward {
    /// They may leave.
    Deliver,
    /// They may not, nor anything more of the statement, which is to be cancelled in the server.
    Withhold,
    /// The session is to end.
    End,
}

impl Machine {
    /// Says why the account may not start statements on protected columns now; to be said before each of them.
    pub fn bar(&mut self, barred: Option<Barred>) {
        self.barred = barred;
    }

    /// The answer to [`Effects::test`]: why the frame that is offered again must not be sent.
    pub fn tested(&mut self, refusal: Option<Refusal>) {
        self.answered_test = Some(refusal);
    }

    /// The question about the rows that have passed since the last one.
    pub fn ask_rows(&mut self) -> Option<Ask> {
        let meter = self.meter.as_mut()?;
        let (Expect::Simple { run, .. } | Expect::Execute { run, .. }) = self.queue.front()? else { return None };
        let ask = meter.ask(run.gauge.as_ref()?)?;
        run.persons += ask.disclosure.persons();
        Some(ask)
    }

    /// The statement that is being answered.
    pub(super) fn answered_run(&self) -> Option<&Run> {
        match self.queue.iter().next()? {
            Expect::Simple { run, .. } | Expect::Execute { run, .. } => Some(run),
            _ => None,
        }
    }

    /// The answer to [`Self::ask_rows`].
    pub fn answered(&mut self, verdict: Verdict) -> Onward {
        let (refusal, onward) = match verdict {
            Verdict::Granted { chunk, .. } => {
                self.meter.iter_mut().for_each(|meter| meter.granted(chunk));
                return Onward::Deliver;
            }
            Verdict::Stop { limit, hint } => (limited(&limit, &hint), Onward::Withhold),
            // what is counted are masks
            Verdict::Downgrade { .. } if self.answered_run().is_some_and(|run| run.lowered) => return Onward::Deliver,
            Verdict::Downgrade { limit } => {
                let hint = "From now on masks are read: run the statement again.";
                (limited(&limit, hint), Onward::Withhold)
            }
            Verdict::Terminate { limit, hint } => (limited(&limit, &hint), Onward::End),
        };
        self.stop(refusal);
        onward
    }

    /// Nothing more of the statement that is being answered reaches the client.
    pub fn stop(&mut self, refusal: Refusal) {
        if let Some(Expect::Simple { run, .. } | Expect::Execute { run, .. }) = self.queue.front() {
            run.stopped = Some(Box::new(refusal));
        }
    }

    /// Whether rows that arrive now do not reach the client.
    #[must_use]
    pub fn withholds(&self) -> bool {
        self.muted || self.stopped()
    }

    pub(super) fn stopped(&self) -> bool {
        self.answered_run().is_some_and(|run| run.stopped.is_some())
    }

    /// A statement that was stopped has come to its end in the server all the same: the client hears the refusal there,
    /// and nothing more until ReadyForQuery.
    pub(super) fn stop_short(&mut self, tag: u8, fx: &mut Effects) -> Result<(), Fault> {
        if !matches!(tag, b'C' | b'I' | b's') || self.muted {
            return Ok(());
        }
        if let Some(refusal) = self.answered_run().and_then(|run| run.stopped.clone()) {
            refuse::say(&refusal, self.encoding, fx.to_client())?;
        }
        (self.muted, self.failing) = (true, true);
        let sync_ahead = self.queue.iter().any(|entry| matches!(entry, Expect::Sync { .. }));
        let simple = matches!(self.queue.iter().next(), Some(Expect::Simple { .. }));
        self.skipping = !simple && !sync_ahead;
        if self.skipping {
            // so does the server, and what came before in its transaction has failed
            fx.fail_pipeline()?;
            self.queue.push(Expect::Parse { name: Box::default(), prepared: None, show: Show::Hide });
        }
        Ok(())
    }

    /// The server is ready again, and knows of no error where the client was told one: a transaction block has to fail
    /// like after any other. `true`: it is being told, and the client goes on waiting.
    pub(super) fn fail_transaction(&mut self, now: Instant, fx: &mut Effects) -> Result<bool, Fault> {
        let failing = std::mem::take(&mut self.failing);
        if !failing || self.transaction != Status::InTransaction {
            return Ok(false);
        }
        if !self.queue.is_empty() {
            // nothing is sent behind rows that may be stopped
            return Err(Fault::Limit);
        }
        fx.refused_query(Reason::Limit)?;
        let run = Run { query: true, ..self.run(now, None) };
        self.expect(Expect::Simple { run, show: Show::Relay });
        self.muted = true;
        Ok(true)
    }

    /// Why these statements may not start.
    pub(super) fn barred(&self, analysed: Option<&Analysed>, when: When<'_>) -> Result<Option<Refusal>, Fault> {
        if let Some(doubt) = analysed.and_then(|analysed| self.doubted(analysed, when)) {
            return Ok(Some(doubt.clone()));
        }
        // of what a function has made nobody knows what it reads
        let touches = |_: &&Barred| analysed.is_none_or(|analysed| self.touches_protected(analysed, when));
        let Some(barred) = self.barred.as_ref().filter(touches) else { return Ok(None) };
        if barred.ends { Err(Fault::Limit) } else { Ok(Some(barred.refusal.clone())) }
    }

    /// Has what a message tests counted before it is sent.
    pub(super) fn may_test(
        &mut self,
        analysed: &Analysed,
        portal: Option<&Portal>,
        when: When<'_>,
        fx: &mut Effects,
    ) -> Tested {
        if let Some(answer) = self.answered_test.take() {
            return answer.map_or(Tested::Yes, Tested::No);
        }
        let Some(meter) = self.meter.as_ref().filter(|_| analysed.refusal().is_none()) else { return Tested::Yes };
        let run = self.runs_now(analysed, portal, when);
        let (tests, guesses) = (ran::tests(&run, portal), ran::guesses_unseen(&run));
        if tests == 0 && !guesses {
            return Tested::Yes;
        }
        let facts = analysed.plan.statements.first();
        let ask = meter.tell(Occasion::Test, facts, analysed.plan.fingerprint, tests);
        fx.test = Some(Test { ask, guesses });
        Tested::Later
    }

    /// Whether something of this text's answer is counted.
    pub(super) fn meters(&self, analysed: &Analysed, when: When<'_>) -> bool {
        self.meter.is_some() && self.touches_protected(analysed, when)
    }

    pub(super) fn touches_protected(&self, analysed: &Analysed, when: When<'_>) -> bool {
        let staged = self.meter.as_ref().is_some_and(Meter::has_staged);
        let touches = |facts: &Facts| facts.touches_protected() || (staged && facts.temporary > 0);
        let statements = &analysed.plan.statements;
        let touched = |index| self.running(statements, index, when).iter().any(touches);
        let unfamiliar = |facts: &Facts| self.unfamiliar(facts, when);
        self.unclear() || blind(analysed) || statements.iter().any(unfamiliar) || (0..statements.len()).any(touched)
    }

    /// Whether what names stand for may be another than the catalog says: by what this session has defined and not yet
    /// committed, or by what anybody has defined just now.
    fn unclear(&self) -> bool {
        self.meter.is_some() && (self.doubtful || self.definitions.unclear())
    }

    /// Finds out how the rows of the statement in front are counted, if that has not been done.
    pub(super) fn gauge_rows(&mut self) {
        let Some(run) = self.answered_run() else { return };
        if run.gauge.is_some() {
            return;
        }
        let known = match (&run.ran, run.analysed.as_deref()) {
            (Some(ran), Some(analysed)) if described_by_name(analysed) => ran.telling.get(),
            (_, analysed) => analysed.and_then(Analysed::described),
        };
        let telling = known.cloned().unwrap_or_default().through(run.portal.as_deref());
        self.gauge_described(&telling);
    }

    pub(super) fn gauge_described(&mut self, telling: &Telling) {
        let Some(meter) = &self.meter else { return };
        let Some(run) = self.answered_run() else { return };
        let gauge = self.gauge(meter, run, telling);
        if let Some(Expect::Simple { run, .. } | Expect::Execute { run, .. }) = self.queue.front() {
            run.gauge = Some(gauge);
        }
        self.meter.iter_mut().for_each(Meter::begin);
    }

    fn gauge(&self, meter: &Meter, run: &Run, telling: &Telling) -> Arc<Gauge> {
        let Some(analysed) = run.analysed.as_deref().filter(|analysed| !self.blind(analysed, run)) else {
            return meter.gauge_blind(telling);
        };
        let statements = &analysed.plan.statements;
        // without effects it runs nothing by a name
        if matches!((&**statements, run.index), ([only], 0) if only.effects.is_empty()) {
            return meter.gauge_of_text(analysed, telling);
        }
        match statements.get(run.index).filter(|own| own.class == StatementClass::Explain) {
            Some(own) => {
                let explained = self.ran(own, run.when());
                meter.gauge(std::slice::from_ref(&*explained), analysed.plan.fingerprint, telling)
            }
            None => {
                let facts = self.running(statements, run.index, run.when());
                meter.gauge(facts, analysed.plan.fingerprint, telling)
            }
        }
    }

    /// Whether nobody knows what a statement reads: its text was not understood, or what it runs was made by a function.
    fn blind(&self, analysed: &Analysed, run: &Run) -> bool {
        let unfamiliar = |facts| self.unfamiliar(facts, run.when());
        run.unknown
            || self.definitions.unclear()
            || blind(analysed)
            || analysed.plan.statements.get(run.index).is_some_and(unfamiliar)
    }

    pub(super) fn understood(&self, run: &Run) -> bool {
        run.analysed.as_deref().is_some_and(|analysed| !self.blind(analysed, run))
    }

    /// A message that a function has sent meanwhile may quote clear values.
    pub(super) fn meter_notice(&mut self, frame: Frame<'_>, fx: &mut Effects) -> Result<(), Fault> {
        let fields = Fields::read("NoticeResponse", frame.body()).map_err(Fault::server)?;
        // others do not hear it
        if self.meter.is_none() || self.restricted() || fields.get(b'W').is_none() {
            return Ok(());
        }
        self.gauge_rows();
        if let (Some(meter), Some(Expect::Simple { run, .. } | Expect::Execute { run, .. })) =
            (&self.meter, self.queue.front())
            && let Some(gauge) = &run.gauge
        {
            let persons = gauge.persons_of_an_error(frame.body().len());
            run.persons += persons;
            fx.told.extend((persons > 0).then(|| meter.quoted(gauge, persons)));
        }
        Ok(())
    }

    /// An error that may quote clear values: counted, or replaced where it is longer than one value is. Whatever it says,
    /// that it came may depend on them. One that has a position in the text is about the text.
    pub(super) fn meter_error(&mut self, sqlstate: [u8; 5], fields: &Fields<'_>, bytes: usize, fx: &mut Effects) {
        let of = |classes: &[&[u8; 2]]| classes.iter().any(|class| sqlstate.starts_with(*class));
        let quotes = of(&QUOTING);
        if self.meter.is_none() || (!quotes && (of(&SILENT) || fields.get(b'P').is_some())) {
            return;
        }
        self.gauge_rows();
        let (Some(meter), Some(Expect::Simple { run, show } | Expect::Execute { run, show })) =
            (&self.meter, self.queue.front())
        else {
            return;
        };
        let Some(gauge) = &run.gauge else { return };
        let persons = gauge.persons_of_an_error(bytes);
        if persons > 0 && bytes > QUOTED_MAX && (quotes || gauge.folds) {
            *show = Show::Swap(Box::new(
                Refusal::new(Reason::Limit, "the message of an error over protected values is withheld")
                    .hint("It is longer than one value is: test the conversion on one row."),
            ));
        } else if persons > 0 {
            run.persons += persons;
            fx.told.push(meter.quoted(gauge, persons));
        }
    }

    /// The value that a function call has given: it may hold those of many.
    pub(super) fn tell_value(&mut self, bytes: usize, fx: &mut Effects) {
        let (Some(meter), Some(Expect::Simple { run, .. })) = (&mut self.meter, self.queue.front()) else { return };
        if !run.calls {
            return;
        }
        meter.unlabelled();
        let gauge = meter.gauge_blind(&Telling::default());
        let persons = gauge.persons_of_an_error(bytes);
        run.persons += persons;
        fx.told.push(meter.quoted(&gauge, persons));
    }

    /// A statement may have changed what rows say of whom they are about: all of them, once it has given one back.
    fn note_labels(&mut self, run: &Run) {
        let Some(analysed) = &run.analysed else { return };
        if self.blind(analysed, run) && run.done.command != Command::Setting {
            self.meter.iter_mut().for_each(Meter::unlabelled);
        }
        let facts = self.running(&analysed.plan.statements, run.index, run.when());
        let changed: Vec<Oid> = facts.iter().flat_map(|facts| &facts.relabels).copied().collect();
        let declares = facts.iter().flat_map(|facts| &facts.effects).any(|it| matches!(it, SessionEffect::Declare(_)));
        self.meter.iter_mut().for_each(|meter| meter.relabelled(&changed, declares));
    }

    /// Counts a finished statement, and what it did out of sight.
    pub(super) fn tell_meter(&mut self, run: &mut Run, ended: Ended, fx: &mut Effects) {
        if self.meter.is_none() {
            return;
        }
        if matches!(ended, Ended::Completed | Ended::Suspended) {
            self.note_labels(run);
        }
        let Some(analysed) = run.analysed.clone() else { return };
        let fingerprint = analysed.plan.fingerprint;
        let own = analysed.plan.statements.get(run.index);
        let facts = own.map(|own| self.ran(own, run.when()));
        let facts = facts.as_deref();
        // what is fetched in parts is one statement
        let suspended = ended == Ended::Suspended;
        let resumed = run.portal.as_ref().is_some_and(|portal| portal.suspended_before(suspended));
        let again = suspended && resumed;
        let tried = facts.map_or(0, |facts| ran::tried(facts, run, ended, again));
        let executed = |facts: &&Facts| {
            facts.touches_protected() && facts.effects.iter().any(|it| matches!(it, SessionEffect::Execute(_)))
        };
        let protected = own.filter(|own| own.touches_protected()).or(facts.filter(executed));
        let blind = self.blind(&analysed, run);
        let Some(meter) = &mut self.meter else { return };
        match ended {
            Ended::Refused => fx.told.push(meter.tell(Occasion::Denial, facts, fingerprint, tried)),
            _ if protected.is_some() && !resumed => {
                fx.told.push(meter.tell(Occasion::Statement, protected, fingerprint, tried))
            }
            _ if tried > 0 => fx.told.push(meter.tell(Occasion::Statement, facts, fingerprint, tried)),
            _ => {}
        }
        let completed = ended == Ended::Completed;
        let aside = match facts {
            _ if ended == Ended::Refused => None,
            _ if blind => meter.finish_blind(run, puts_away(&analysed.plan)).filter(|_| completed),
            Some(_) if again => None,
            Some(facts) if ended == Ended::Suspended => meter.suspended(facts, fingerprint),
            Some(facts) => meter.finish(facts, fingerprint, run, completed),
            None => None,
        };
        run.persons += aside.iter().map(|ask| ask.disclosure.persons()).sum::<u64>();
        fx.told.extend(aside);
    }
}

/// Where a statement can put what it reads, out of tables.
const PLACES: [&str; 4] = ["set_config", "lo_put", "lo_from_bytea", "lowrite"];

/// Whether a text reads rows and names such a place. Of what is recorded in part, it is taken for granted.
fn puts_away(plan: &Plan) -> bool {
    let text = plan.normalized.as_deref().unwrap_or_default().to_ascii_lowercase();
    text.ends_with('…') || (text.contains("from") && PLACES.iter().any(|place| text.contains(place)))
}

/// How a statement ended, for the meter.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Ended {
    Completed,
    Refused,
    /// Not yet: its portal has more rows.
    Suspended,
    /// By a unique or exclusion violation: whether a value exists was answered.
    Duplicate,
    /// By a value that no other table has.
    Orphan,
    /// By having waited too long, or for each other: a write waits where others hold the same value.
    Waited,
    Otherwise,
    /// It was not begun: the transaction had failed before.
    Skipped,
}

impl Ended {
    pub(super) fn of(completed: bool, refused: bool, sqlstate: [u8; 5]) -> Self {
        match (completed, refused, &sqlstate) {
            (_, true, _) => Self::Refused,
            (true, ..) => Self::Completed,
            (_, _, b"00000") => Self::Suspended,
            (_, _, b"23505" | b"23P01") => Self::Duplicate,
            (_, _, b"23503") => Self::Orphan,
            (_, _, b"55P03" | b"40P01" | b"57014") => Self::Waited,
            (_, _, b"25P02") => Self::Skipped,
            _ => Self::Otherwise,
        }
    }
}

/// Classes of errors that quote the values that they are about.
const QUOTING: [&[u8; 2]; 4] = [b"22", b"P0", b"38", b"39"];

/// Classes of errors that are about the session, its transaction or its names, whatever a statement reads.
const SILENT: [&[u8; 2]; 6] = [b"08", b"25", b"26", b"34", b"40", b"57"];

/// An error over clear values that is longer, in bytes, is not told.
const QUOTED_MAX: usize = 1000;

/// Whether the text was not understood: of a session that may run what Menshen does not understand.
pub(super) fn blind(analysed: &Analysed) -> bool {
    matches!(analysed.plan.outcome, Outcome::Refuse(_)) && analysed.checked.is_none()
}

/// The refusal by a limit; `hint` says whom to ask.
#[must_use]
pub fn limited(limit: &str, hint: &str) -> Refusal {
    Refusal::new(Reason::Limit, format!("limit \"{limit}\" is reached")).hint(Cow::Owned(hint.to_owned()))
}
