//! What is counted of one statement's answer, and what is asked before its rows leave.

use std::borrow::Cow;
use std::sync::Arc;
use std::time::Instant;

use crate::model::category::Category;
use crate::model::disclosure::{Account, Ask, CHUNK_ROWS, Disclosure, Occasion, UNKNOWN};
use crate::model::facts::{Facts, Right, StatementClass};
use crate::model::ids::{Digest, Oid, SessionId, StatementId};
use crate::model::refusal::Refusal;
use crate::rights::table::{Dimensions, Rights};
use crate::wire::server::DataRow;

use super::authority::Analysed;
use super::names::{Portal, Source};
use super::telling::{DimensionColumn, SubjectColumn, Telling, spelled};

/// A statement in the making: from its arrival to its CommandComplete.
#[derive(Debug)]
pub struct Run {
    pub statement: StatementId,
    pub started: Instant,
    /// `None` when the text is not known (a portal that Menshen did not see bound).
    pub analysed: Option<Arc<Analysed>>,
    /// The query string, where it makes a cursor or a prepared statement.
    pub source: Option<Arc<Source>>,
    /// Which statement of a query string is being answered.
    pub index: usize,
    pub rows: u64,
    /// Payload bytes of the rows, headers excluded.
    pub bytes: u64,
    /// Whether the rows' description has been verified.
    pub described: bool,
    /// The portal that is executed.
    pub portal: Option<Arc<Portal>>,
    /// How its rows are counted; `None`: that has not been looked at yet.
    pub gauge: Option<Gauge>,
    /// Persons that were asked about.
    pub persons: u64,
    /// Rows that its CommandComplete speaks of.
    pub affected: u64,
    /// Why no more of it is delivered.
    pub stopped: Option<Box<Refusal>>,
}

impl Run {
    #[must_use]
    pub fn new(statement: StatementId, started: Instant, analysed: Option<Arc<Analysed>>) -> Self {
        Self {
            statement,
            started,
            analysed,
            source: None,
            index: 0,
            rows: 0,
            bytes: 0,
            described: false,
            portal: None,
            gauge: None,
            persons: 0,
            affected: 0,
            stopped: None,
        }
    }

    /// One row of `payload` bytes.
    pub fn count(&mut self, payload: usize) {
        self.rows += 1;
        self.bytes += payload as u64;
    }
}

/// Bytes that the clear value of one person takes at least, wherever many may be folded into one row: a bound on how
/// many persons a row is about. A telephone number without its first digits, packed as a number, takes four.
const BYTES_OF_A_PERSON: u64 = 4;

/// Persons in one notification at most: its payload is shorter than 8,000 bytes (`NOTIFY`, *Parameters*).
const PERSONS_OF_A_NOTIFICATION: u64 = 8000 / BYTES_OF_A_PERSON;

/// How the rows of one statement are counted. Without anything to count no row is looked at.
#[derive(Clone, Debug, Default)]
pub struct Gauge {
    /// Whether rows are asked about before they leave.
    pub asks: bool,
    subjects: Vec<SubjectColumn>,
    /// Dimensions that rows are counted by, each with the columns that say the value; none: it is not known.
    dimensions: Vec<(Arc<str>, Vec<DimensionColumn>)>,
    /// Persons of a row beyond those.
    unnamed: u64,
    folds: bool,
    /// Protected values of one row in clear; 0 of those that are masked.
    cells: Vec<(Category, u64)>,
    relations: Arc<[Oid]>,
    fingerprint: Digest,
}

impl Gauge {
    /// How rows of these statements are counted; `columns` are the subject columns among their outputs.
    fn of(facts: &[Facts], telling: &Telling, known: &Dimensions, staged: &Staged, fingerprint: Digest) -> Self {
        let telling = telling.without(&staged.relabelled, facts);
        let columns = &telling.subjects;
        let mut gauge = Self { fingerprint, ..Self::default() };
        let mut relations = Vec::new();
        // a plan shows nobody
        for one in facts.iter().filter(|one| one.class != StatementClass::Explain) {
            let copies = if staged.categories.is_empty() { 0 } else { u64::from(one.temporary) };
            gauge.folds |= one.folds || (copies > 0 && staged.folded);
            gauge.asks |= one.touches_protected() || copies > 0;
            relations.extend(&one.scans);
            let times = u64::from(one.with_references.max(1));
            for relation in &one.disclosing {
                let alone = times == 1 && one.scans.iter().filter(|scan| *scan == relation).count() == 1;
                match columns.iter().find(|column| alone && column.column.relation == *relation) {
                    Some(column) => gauge.subjects.push(column.clone()),
                    None => gauge.unnamed += times,
                }
            }
            gauge.unnamed += copies * times;
            gauge.divide(one, &telling, known, copies > 0);
            if one.notifies && gauge.shows() {
                gauge.unnamed = gauge.unnamed.max(PERSONS_OF_A_NOTIFICATION);
            }
            let read = one.columns.iter().filter(|column| column.right != Right::Hidden);
            gauge.cells.extend(read.map(|column| (column.category.clone(), u64::from(column.right == Right::Clear))));
            gauge
                .cells
                .extend(staged.categories.iter().filter(|_| copies > 0).map(|category| (category.clone(), copies)));
        }
        if gauge.folds && gauge.shows() {
            gauge.unnamed = gauge.unnamed.max(1);
            gauge.subjects.clear();
            gauge.dimensions.iter_mut().for_each(|(_, columns)| columns.clear());
        }
        gauge.relations = relations.into();
        gauge
    }

    /// By which dimensions rows of this statement are counted: those of every relation that it scans. A column says the
    /// value where it is of a relation that is read once; what was copied is of a value that is not known.
    fn divide(&mut self, facts: &Facts, telling: &Telling, known: &Dimensions, copies: bool) {
        let mut add = |dimension: &Arc<str>, column: Option<&DimensionColumn>| {
            let at = self.dimensions.iter().position(|(name, _)| name == dimension);
            match (at.and_then(|at| self.dimensions.get_mut(at)), column) {
                (None, column) => self.dimensions.push((Arc::clone(dimension), column.into_iter().cloned().collect())),
                // known beside unknown: not known
                (Some((_, columns)), Some(column)) if !columns.is_empty() => columns.push(column.clone()),
                (Some((_, columns)), _) => columns.clear(),
            }
        };
        for relation in &facts.scans {
            let alone = facts.with_references <= 1 && facts.scans.iter().filter(|scan| *scan == relation).count() == 1;
            for (dimension, _) in known.get(relation).into_iter().flatten() {
                let said = telling.dimensions.iter();
                let mut said = said.filter(|it| alone && it.relation == *relation && it.dimension == *dimension);
                add(dimension, said.next());
            }
        }
        if copies {
            known.values().flatten().for_each(|(dimension, _)| add(dimension, None));
        }
    }

    /// Whether a row may show somebody's clear value.
    fn shows(&self) -> bool {
        self.unnamed > 0 || !self.subjects.is_empty()
    }

    /// Persons that an error of so many bytes may speak of: it may quote the value that it is about, and that one may be
    /// folded.
    #[must_use]
    pub(super) fn persons_of_an_error(&self, bytes: usize) -> u64 {
        match (self.shows(), self.folds) {
            (false, _) => 0,
            (true, false) => 1,
            (true, true) => (bytes as u64).div_ceil(BYTES_OF_A_PERSON),
        }
    }

    /// The same, counted for values that are not known of every dimension that is concerned.
    fn unknown(&self, disclosure: Disclosure) -> Disclosure {
        let mut all = disclosure.clone();
        self.dimensions.iter().for_each(|(dimension, _)| all.share(dimension, UNKNOWN, &disclosure));
        all
    }

    /// For a statement that was not understood, of a session that may run such: each row may be a person.
    fn blind() -> Self {
        Self { asks: true, unnamed: 1, folds: true, ..Self::default() }
    }

    /// Counts one row. `body` is all of it, or `None` where it is too long to be looked at.
    fn count(&self, bytes: usize, body: Option<&[u8]>, key: &[u8; 32], into: &mut Disclosure) {
        if self.dimensions.is_empty() {
            return self.count_row(bytes, body, key, into);
        }
        let cells = self.cells.iter().map(|(category, _)| (category.clone(), 0)).collect();
        let mut one = Disclosure { cells, ..Disclosure::default() };
        self.count_row(bytes, body, key, &mut one);
        let row = body.and_then(|body| DataRow::read(body).ok());
        for (dimension, columns) in &self.dimensions {
            let value = |column: &DimensionColumn| {
                let value = row.as_ref().and_then(|row| row.values.iter().nth(column.position).flatten());
                value.and_then(|value| spelled(value, column.binary)).unwrap_or(Cow::Borrowed(UNKNOWN))
            };
            let mut values: Vec<_> = columns.iter().map(value).collect();
            if values.is_empty() {
                values.push(Cow::Borrowed(UNKNOWN));
            }
            values.sort_unstable();
            values.dedup();
            values.iter().for_each(|value| into.share(dimension, value, &one));
        }
        into.merge(&one);
    }

    fn count_row(&self, bytes: usize, body: Option<&[u8]>, key: &[u8; 32], into: &mut Disclosure) {
        into.rows += 1;
        into.bytes += bytes as u64;
        for (counted, (_, each)) in into.cells.iter_mut().zip(&self.cells) {
            counted.1 += each;
        }
        into.unnamed += match self.folds && self.unnamed > 0 {
            true => self.unnamed.max((bytes as u64).div_ceil(BYTES_OF_A_PERSON)),
            false => self.unnamed,
        };
        if self.subjects.is_empty() {
            return;
        }
        let row = body.and_then(|body| DataRow::read(body).ok());
        for subject in &self.subjects {
            let value = row.as_ref().and_then(|row| row.values.iter().nth(subject.position).flatten());
            match value {
                Some(value) => into.subjects.push(subject.person(value, key)),
                None => into.unnamed += 1,
            }
        }
    }
}

/// What of clear values was put into temporary tables.
#[derive(Debug, Default)]
struct Staged {
    categories: Vec<Category>,
    /// Whether one row there may hold values of many.
    folded: bool,
    /// Relations whose rows were made to say something else of whom they are about, in the transaction under way.
    relabelled: Vec<Oid>,
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
    staged: Staged,
}

impl Meter {
    #[must_use]
    pub fn new(session: SessionId, account: Arc<Account>, key: Arc<[u8; 32]>) -> Self {
        let (pending, staged) = (Disclosure::default(), Staged::default());
        Self { session, account, key, dimensions: Arc::default(), chunk: 1, pending, staged }
    }

    /// The rights that rows are counted under from now on.
    pub(super) fn under(&mut self, rights: &Rights) {
        self.dimensions = Arc::clone(rights.dimensions());
    }

    /// How the rows of the statement are counted.
    pub(super) fn gauge(&self, facts: Option<&[Facts]>, fingerprint: Digest, telling: &Telling) -> Gauge {
        match facts {
            Some(facts) => Gauge::of(facts, telling, &self.dimensions, &self.staged, fingerprint),
            None => {
                let mut gauge = Gauge::blind();
                gauge.divide(&Facts::of(StatementClass::Other), telling, &self.dimensions, true);
                gauge
            }
        }
    }

    /// A statement has changed what rows say of whom they are about, or has declared a cursor over such.
    pub(super) fn relabelled(&mut self, changed: &[Oid], declares: bool) {
        for relation in changed {
            if !self.staged.relabelled.contains(relation) {
                self.staged.relabelled.push(*relation);
            }
        }
        self.staged.lasting |= declares && !self.staged.relabelled.is_empty();
    }

    /// No transaction is open: what rows say of themselves is what the database says.
    pub(super) fn settled(&mut self) {
        if !self.staged.lasting {
            self.staged.relabelled.clear();
        }
    }

    /// Whether clear values were put into temporary tables.
    #[must_use]
    pub(super) fn has_staged(&self) -> bool {
        !self.staged.categories.is_empty()
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

    /// Clear values went where the session can read them again, `rows` of them.
    pub(super) fn stage(&mut self, facts: &Facts, fingerprint: Digest, rows: u64) -> Option<Ask> {
        let facts_alone = std::slice::from_ref(facts);
        let gauge = Gauge::of(facts_alone, &Telling::default(), &self.dimensions, &self.staged, fingerprint);
        let temporary = facts.temporary > 0 || facts.class == StatementClass::TempTable;
        if gauge.unnamed == 0 || !(temporary || facts.stores) {
            return None;
        }
        for (category, _) in gauge.cells.iter().filter(|(_, clear)| temporary && *clear > 0) {
            if !self.staged.categories.contains(category) {
                self.staged.categories.push(category.clone());
            }
        }
        self.staged.folded |= temporary && gauge.folds;
        let cells = gauge.cells.iter().map(|(category, each)| (category.clone(), each * rows)).collect();
        let disclosure = Disclosure { rows, unnamed: gauge.unnamed * rows, cells, ..Disclosure::default() };
        let disclosure = gauge.unknown(disclosure);
        Some(self.asking(Occasion::Rows, fingerprint, gauge.relations, disclosure))
    }

    /// Something happened that is counted and needs no answer; so many values were tested besides those of `match`.
    pub(super) fn tell(&self, occasion: Occasion, facts: Option<&Facts>, fingerprint: Digest, tested: u64) -> Ask {
        let probes = facts.iter().flat_map(|facts| &facts.probes);
        let probes = tested + probes.map(|probe| probe.values.unwrap_or(1) as u64).sum::<u64>();
        let relations = facts.map(|facts| facts.scans.as_slice().into()).unwrap_or_default();
        self.asking(occasion, fingerprint, relations, Disclosure { probes, ..Disclosure::default() })
    }

    fn asking(&self, occasion: Occasion, fingerprint: Digest, relations: Arc<[Oid]>, disclosure: Disclosure) -> Ask {
        let account = Arc::clone(&self.account);
        Ask { session: self.session, account, occasion, fingerprint, relations, disclosure }
    }
}
