//! What is counted of one statement's answer, and what is asked before its rows leave.

use std::sync::Arc;
use std::time::Instant;

use crate::model::category::Category;
use crate::model::disclosure::{Account, Ask, CHUNK_ROWS, Disclosure, Occasion};
use crate::model::facts::{Facts, StatementClass};
use crate::model::ids::{Digest, Oid, SessionId, StatementId};
use crate::model::refusal::Refusal;
use crate::rights::table::{Dimensions, Rights};

use super::authority::{Analysed, Authority};
use super::gauge::{Gauge, PERSONS_OF_A_NOTIFICATION};
use super::names::{Portal, Ran, Source, Under};
use super::telling::Telling;

/// A statement in the making: from its arrival to its CommandComplete.
#[derive(Debug)]
pub struct Run {
    pub statement: StatementId,
    pub started: Instant,
    /// `None` when the text is not known (a portal that Menshen did not see bound).
    pub analysed: Option<Arc<Analysed>>,
    /// The query string, where it makes a cursor or a prepared statement.
    pub source: Option<Arc<Source>>,
    /// What the text was read under, where it makes one.
    pub under: Option<(Under, Arc<Authority>)>,
    /// Whether it is a Query, which ends the unnamed statement.
    pub query: bool,
    /// What was made by SQL's PREPARE or DECLARE runs: not that statement once more.
    pub within: bool,
    /// Which statement of a query string is being answered.
    pub index: usize,
    pub rows: u64,
    /// Payload bytes of the rows, headers excluded.
    pub bytes: u64,
    /// Whether the rows' description has been verified.
    pub described: bool,
    /// Whether it is a FunctionCall that may read rows.
    pub calls: bool,
    /// The portal that is executed.
    pub portal: Option<Arc<Portal>>,
    /// What the portal runs, where its rows depend on a name.
    pub ran: Option<Arc<Ran>>,
    /// What names mean when it runs, as [`Under::era`] says it.
    pub era: u64,
    /// A function may have put something else under the portal's name: nobody knows what it reads.
    pub unknown: bool,
    /// How its rows are counted; `None`: that has not been looked at yet.
    pub gauge: Option<Arc<Gauge>>,
    /// Persons that were asked about.
    pub persons: u64,
    /// What its CommandComplete says.
    pub done: Done,
    /// Why no more of it is delivered.
    pub stopped: Option<Box<Refusal>>,
    /// It has asked for data.
    pub copied: bool,
    /// It was sent for somebody who reads masks at best.
    pub lowered: bool,
}

impl Run {
    #[must_use]
    pub fn new(statement: StatementId, started: Instant, analysed: Option<Arc<Analysed>>) -> Self {
        Self {
            statement,
            started,
            analysed,
            source: None,
            under: None,
            query: false,
            within: false,
            index: 0,
            rows: 0,
            bytes: 0,
            described: false,
            calls: false,
            portal: None,
            ran: None,
            era: 0,
            unknown: false,
            gauge: None,
            persons: 0,
            done: Done::default(),
            stopped: None,
            copied: false,
            lowered: false,
        }
    }

    /// One row of `payload` bytes.
    pub fn count(&mut self, payload: usize) {
        self.rows += 1;
        self.bytes += payload as u64;
    }
}

/// What a CommandComplete says.
#[derive(Clone, Copy, Default, Debug)]
pub struct Done {
    pub command: Command,
    /// The rows that it speaks of.
    pub rows: u64,
}

/// Commands that are counted in a way of their own.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub enum Command {
    #[default]
    Other,
    Move,
    Copy,
    Do,
    Call,
    /// Of the session or the transaction: no row is written.
    Setting,
    /// They make something that is run later.
    Prepare,
    Declare,
}

impl Done {
    /// Reads the command of a tag.
    #[must_use]
    pub fn of(tag: &[u8], rows: Option<u64>) -> Self {
        let command = match tag {
            b"DO" => Command::Do,
            b"CALL" => Command::Call,
            b"SET" | b"RESET" | b"SHOW" | b"LOCK TABLE" | b"SAVEPOINT" => Command::Setting,
            b"PREPARE" => Command::Prepare,
            b"DECLARE CURSOR" => Command::Declare,
            tag if tag.starts_with(b"MOVE ") => Command::Move,
            tag if tag.starts_with(b"COPY ") => Command::Copy,
            _ => Command::Other,
        };
        Self { command, rows: rows.unwrap_or_default() }
    }
}

/// What of clear values was put into temporary tables.
#[derive(Debug, Default)]
pub(super) struct Staged {
    /// Whether anything was.
    pub(super) any: bool,
    pub(super) categories: Vec<Category>,
    /// Whether one row there may hold values of many.
    pub(super) folded: bool,
    /// Bits of one person's value there at least; 0: as many as of an ordinary one.
    pub(super) bits: u64,
    /// Relations whose rows were made to say something else of whom they are about, in the transaction under way.
    pub(super) relabelled: Vec<Oid>,
    /// Any may have been: something was done that nobody has understood.
    pub(super) unlabelled: bool,
    /// A cursor was declared meanwhile, which may outlive it.
    lasting: bool,
}

/// The meter of a session whose account is counted.
#[derive(Debug)]
pub struct Meter {
    session: SessionId,
    pub account: Arc<Account>,
    key: Arc<[u8; 32]>,
    /// By which dimensions there are limits.
    dimensions: Arc<Dimensions>,
    /// Rows until the next question.
    chunk: u32,
    pending: Disclosure,
    /// Whether the next row is the statement's first.
    first: bool,
    staged: Staged,
}

impl Meter {
    #[must_use]
    pub fn new(session: SessionId, account: Arc<Account>, key: Arc<[u8; 32]>) -> Self {
        let (pending, staged) = (Disclosure::default(), Staged::default());
        Self { session, account, key, dimensions: Arc::default(), chunk: 1, pending, first: true, staged }
    }

    /// The rights that rows are counted under from now on.
    pub(super) fn under(&mut self, rights: &Rights) {
        self.dimensions = Arc::clone(rights.dimensions());
    }

    /// How the rows of these statements are counted.
    pub(super) fn gauge(&self, facts: &[Facts], fingerprint: Digest, telling: &Telling) -> Arc<Gauge> {
        Arc::new(Gauge::of(facts, telling, &self.dimensions, &self.staged, fingerprint))
    }

    /// The same for a text that says all itself, which every session asks for: it is made once, unless the session has
    /// done something that matters to it.
    pub(super) fn gauge_of_text(&self, analysed: &Analysed, telling: &Telling) -> Arc<Gauge> {
        let make = || self.gauge(&analysed.plan.statements, analysed.plan.fingerprint, telling);
        let plain = !self.staged.any && !self.staged.unlabelled && self.staged.relabelled.is_empty();
        if plain { analysed.described.gauge(telling, &self.dimensions, make) } else { make() }
    }

    /// How the rows are counted of what was not understood.
    pub(super) fn gauge_blind(&self, telling: &Telling) -> Arc<Gauge> {
        let mut gauge = Gauge::blind();
        gauge.divide(&Facts::of(StatementClass::Other), telling, &self.dimensions, true);
        Arc::new(gauge)
    }

    /// A statement has changed what rows say of whom they are about, or has declared a cursor over such.
    pub(super) fn relabelled(&mut self, changed: &[Oid], declares: bool) {
        for relation in changed {
            if !self.staged.relabelled.contains(relation) {
                self.staged.relabelled.push(*relation);
            }
        }
        self.staged.lasting |= declares && (self.staged.unlabelled || !self.staged.relabelled.is_empty());
    }

    /// Something was done of which nobody knows what it has changed.
    pub(super) fn unlabelled(&mut self) {
        self.staged.unlabelled = true;
    }

    /// No transaction is open: what rows say of themselves is what the database says.
    pub(super) fn settled(&mut self) {
        if !self.staged.lasting {
            self.staged.relabelled.clear();
            self.staged.unlabelled = false;
        }
    }

    /// Whether clear values were put into temporary tables.
    #[must_use]
    pub(super) fn has_staged(&self) -> bool {
        self.staged.any
    }

    /// Whether the next row has to wait for an answer.
    #[must_use]
    pub(super) fn full(&self) -> bool {
        self.pending.rows >= u64::from(self.chunk)
    }

    pub(super) fn count(&mut self, gauge: &Gauge, bytes: usize, body: Option<&[u8]>) {
        if self.pending.rows == 0 {
            self.pending.cells = gauge.cells.iter().map(|(category, _)| (category.clone(), 0)).collect();
        }
        if std::mem::take(&mut self.first) && gauge.beside > 0 {
            let beside = Disclosure { unnamed: gauge.beside, ..Disclosure::default() };
            let cells = std::mem::take(&mut self.pending.cells);
            self.pending.merge(&gauge.unknown(beside));
            self.pending.cells = cells;
        }
        gauge.count(bytes, body, &self.key, &mut self.pending);
    }

    /// The question about the rows counted since the last one.
    pub(super) fn ask(&mut self, gauge: &Gauge) -> Option<Ask> {
        (self.pending.rows > 0).then(|| {
            let disclosure = std::mem::take(&mut self.pending);
            self.asking(Occasion::Rows, gauge.fingerprint, Arc::clone(&gauge.relations), disclosure)
        })
    }

    /// Another statement begins: what its first row is answered says how many may come at once.
    pub(super) fn begin(&mut self) {
        self.chunk = 1;
        self.first = true;
    }

    /// So many rows may come before the next question.
    pub(super) fn granted(&mut self, chunk: u32) {
        self.chunk = chunk.clamp(1, CHUNK_ROWS);
    }

    /// An error is about to be told that may speak of so many persons.
    pub(super) fn quoted(&self, gauge: &Gauge, persons: u64) -> Ask {
        let disclosure = Disclosure { rows: 1, unnamed: persons, ..Disclosure::default() };
        let disclosure = gauge.unknown(disclosure);
        self.asking(Occasion::Rows, gauge.fingerprint, Arc::clone(&gauge.relations), disclosure)
    }

    /// What a statement that has come to its end has done out of sight: rows written or moved over, clear values put
    /// where the session can read them again, and what functions and locks leave behind.
    pub(super) fn finish(&mut self, facts: &Facts, fingerprint: Digest, run: &Run, completed: bool) -> Option<Ask> {
        if run.rows > 0 && only_reads(facts, run) {
            return None;
        }
        let gauge =
            Gauge::of(std::slice::from_ref(facts), &Telling::default(), &self.dimensions, &self.staged, fingerprint);
        if !gauge.shows() || run.done.command == Command::Prepare {
            return None;
        }
        let temporary = facts.class == StatementClass::TempTable || (facts.writes && facts.temporary > 0);
        if temporary && completed {
            self.put_aside(&gauge);
        }
        let rows = if completed { out_of_sight(facts, temporary, run) } else { 0 };
        let beside = if run.rows == 0 { gauge.beside } else { 0 };
        let unnamed = gauge.unnamed.saturating_mul(rows).saturating_add(beside);
        let least = u64::from(completed && run.rows == 0 && tells_a_number(facts, run));
        self.aside(&gauge, rows, unnamed.max(least))
    }

    /// A portal that has more rows, for the first time: what it writes is written before its first row is answered, and
    /// if nobody asks for the last one, nobody says how many there were.
    pub(super) fn suspended(&mut self, facts: &Facts, fingerprint: Digest) -> Option<Ask> {
        let known = std::slice::from_ref(facts);
        let gauge = Gauge::of(known, &Telling::default(), &self.dimensions, &self.staged, fingerprint);
        let writes = gauge.shows() && (facts.writes || facts.stores);
        if !writes {
            return None;
        }
        if facts.temporary > 0 {
            self.put_aside(&gauge);
        }
        self.aside(&gauge, 0, PERSONS_OF_A_NOTIFICATION)
    }

    /// The same for a statement that was not understood. What is read of temporary tables behind it may be what it has put
    /// there. `puts_away`: it reads rows, and names a place outside of tables for what it has found.
    pub(super) fn finish_blind(&mut self, run: &Run, puts_away: bool) -> Option<Ask> {
        let gauge = self.gauge_blind(&Telling::default());
        let rows = match run.done.command {
            Command::Copy => 0,
            _ => run.done.rows.saturating_sub(run.rows),
        };
        self.put_aside(&gauge);
        let unseen = puts_away || matches!(run.done.command, Command::Do | Command::Call);
        let done = if unseen { PERSONS_OF_A_NOTIFICATION } else { 0 };
        self.aside(&gauge, rows, rows.saturating_add(done))
    }

    fn put_aside(&mut self, gauge: &Gauge) {
        for (category, _) in gauge.cells.iter().filter(|(_, clear)| *clear > 0) {
            if !self.staged.categories.contains(category) {
                self.staged.categories.push(category.clone());
            }
        }
        self.staged.any = true;
        self.staged.folded |= gauge.folds;
        self.staged.bits = gauge.packed().min(if self.staged.bits == 0 { u64::MAX } else { self.staged.bits });
    }

    fn aside(&self, gauge: &Gauge, rows: u64, unnamed: u64) -> Option<Ask> {
        if unnamed == 0 {
            return None;
        }
        let cells = gauge.cells.iter().map(|(category, each)| (category.clone(), each.saturating_mul(rows))).collect();
        let disclosure = gauge.unknown(Disclosure { rows, unnamed, cells, ..Disclosure::default() });
        let relations = Arc::clone(&gauge.relations);
        Some(self.asking(Occasion::Rows, gauge.fingerprint, relations, disclosure))
    }

    /// Something happened that is counted and needs no answer; so many values were tested.
    pub(super) fn tell(&self, occasion: Occasion, facts: Option<&Facts>, fingerprint: Digest, probes: u64) -> Ask {
        let relations = facts.map(|facts| facts.scans.as_slice().into()).unwrap_or_default();
        self.asking(occasion, fingerprint, relations, Disclosure { probes, ..Disclosure::default() })
    }

    fn asking(&self, occasion: Occasion, fingerprint: Digest, relations: Arc<[Oid]>, disclosure: Disclosure) -> Ask {
        let account = Arc::clone(&self.account);
        Ask { session: self.session, account, occasion, fingerprint, relations, disclosure }
    }
}

/// Whether rows that were shown are all that a statement did.
fn only_reads(facts: &Facts, run: &Run) -> bool {
    let writes = facts.writes || facts.stores || facts.temporary > 0;
    facts.class == StatementClass::Read && run.done.command == Command::Other && !writes
}

/// Rows that a completed statement wrote, or moved over, and did not show.
fn out_of_sight(facts: &Facts, temporary: bool, run: &Run) -> u64 {
    let unseen = run.done.rows.saturating_sub(run.rows);
    match facts.class {
        _ if run.done.command == Command::Declare => 0,
        StatementClass::Explain => 0,
        _ if temporary => run.done.rows,
        _ if facts.writes || facts.stores => unseen,
        // rows that are locked can be told from others
        _ if run.done.command == Command::Move && facts.locks => unseen,
        _ => 0,
    }
}

/// Whether the answer is a number of rows that was not shown.
fn tells_a_number(facts: &Facts, run: &Run) -> bool {
    let writes = facts.writes && facts.class != StatementClass::Explain;
    writes || run.done.command == Command::Move
}
