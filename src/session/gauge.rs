//! How the rows of one statement are counted.

use std::borrow::Cow;
use std::sync::Arc;

use crate::model::category::Category;
use crate::model::disclosure::{Disclosure, UNKNOWN};
use crate::model::facts::{Facts, Right, StatementClass};
use crate::model::ids::{Digest, Oid};
use crate::rights::table::Dimensions;
use crate::wire::server::DataRow;

use super::meter::Staged;
use super::telling::{DimensionColumn, SubjectColumn, Telling, spelled};

/// Bits that the clear value of one person takes at least, wherever many may be folded into one row: a bound on how
/// many persons a row is about. A telephone number without its first digits, packed as a number, takes as many; of some
/// types a value takes less.
const BITS_OF_A_PERSON: u64 = 32;

/// Persons in one notification at most: its payload is shorter than 8,000 bytes (`NOTIFY`, *Parameters*).
pub(super) const PERSONS_OF_A_NOTIFICATION: u64 = 8000 * 8 / BITS_OF_A_PERSON;

/// Of one statement. Without anything to count no row is looked at.
#[derive(Clone, Debug, Default)]
pub struct Gauge {
    /// Whether rows are asked about before they leave.
    pub asks: bool,
    subjects: Vec<SubjectColumn>,
    /// Dimensions that rows are counted by, each with the columns that say the value; none: it is not known.
    dimensions: Vec<(Arc<str>, Vec<DimensionColumn>)>,
    /// Persons of a row beyond those.
    pub(super) unnamed: u64,
    pub(super) folds: bool,
    /// Bits of one person's value at least; 0: as many as of an ordinary one.
    bits: u64,
    /// Whether its rows are lines of a plan.
    plan: bool,
    /// Persons that what it leaves behind may be about, whatever rows it has.
    pub(super) beside: u64,
    /// Protected values of one row in clear; 0 of those that are masked.
    pub(super) cells: Vec<(Category, u64)>,
    pub(super) relations: Arc<[Oid]>,
    pub(super) fingerprint: Digest,
}

impl Gauge {
    /// How rows of these statements are counted; `columns` are the subject columns among their outputs.
    pub(super) fn of(
        facts: &[Facts],
        telling: &Telling,
        known: &Dimensions,
        staged: &Staged,
        fingerprint: Digest,
    ) -> Self {
        let telling = match staged.unlabelled {
            true => Cow::Owned(Telling::default()),
            false => telling.without(&staged.relabelled, facts),
        };
        let columns = &telling.subjects;
        let mut gauge = Self { fingerprint, ..Self::default() };
        let mut relations = Vec::new();
        // a plan that was not run shows nobody
        for one in facts.iter().filter(|one| one.class != StatementClass::Explain || one.analyzes) {
            let copies = if staged.any { u64::from(one.temporary) } else { 0 };
            gauge.plan |= one.class == StatementClass::Explain;
            gauge.folds |= one.folds || (copies > 0 && staged.folded);
            gauge.bits = gauge.packed().min(one.bits);
            if copies > 0 && staged.bits > 0 {
                gauge.bits = gauge.bits.min(staged.bits);
            }
            gauge.asks |= one.touches_protected() || copies > 0;
            relations.extend(&one.scans);
            let times = u64::from(one.with_references.max(1));
            for (place, relation) in one.disclosing.iter().enumerate() {
                let alone = times == 1 && one.scans.iter().filter(|scan| *scan == relation).count() == 1;
                // of more persons in a row of a view its key names one
                let alone = alone && one.disclosing.iter().position(|first| first == relation) == Some(place);
                match columns.iter().find(|column| alone && column.column.relation == *relation) {
                    Some(column) => gauge.subjects.push(column.clone()),
                    None => gauge.unnamed += times,
                }
            }
            gauge.unnamed += copies * times;
            gauge.divide(one, &telling, known, copies > 0);
            gauge.leaves_behind(one, times);
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

    /// What the statement counts, and what of it can be read back that its rows do not show.
    fn leaves_behind(&mut self, one: &Facts, times: u64) {
        if !self.shows() {
            return;
        }
        self.unnamed += u64::from(one.numbers) * times;
        self.beside += u64::from(one.marks).min(PERSONS_OF_A_NOTIFICATION);
        // of a value that is stored nobody sees how long it is
        if one.lasting || (one.stores && self.folds) {
            self.beside += PERSONS_OF_A_NOTIFICATION;
        }
        if one.lasting && self.folds {
            self.unnamed = self.unnamed.max(PERSONS_OF_A_NOTIFICATION);
        }
    }

    /// By which dimensions rows of this statement are counted: those of every relation that it scans. A column says the
    /// value where it is of a relation that is read once; what was copied is of a value that is not known.
    pub(super) fn divide(&mut self, facts: &Facts, telling: &Telling, known: &Dimensions, copies: bool) {
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

    pub(super) fn packed(&self) -> u64 {
        if self.bits == 0 { BITS_OF_A_PERSON } else { self.bits }
    }

    /// How many persons so many bytes may be about.
    fn folded(&self, bytes: usize) -> u64 {
        (bytes as u64).saturating_mul(8).div_ceil(self.packed())
    }

    /// Whether a row may show somebody's clear value.
    pub(super) fn shows(&self) -> bool {
        self.unnamed > 0 || !self.subjects.is_empty()
    }

    /// Whether it depends on a row's values how it is counted.
    pub(super) fn looks(&self) -> bool {
        !self.subjects.is_empty() || self.dimensions.iter().any(|(_, columns)| !columns.is_empty())
    }

    /// Persons that an error of so many bytes may speak of: it may quote the value that it is about, and that one may be
    /// folded.
    #[must_use]
    pub(super) fn persons_of_an_error(&self, bytes: usize) -> u64 {
        match (self.shows(), self.folds) {
            (false, _) => 0,
            (true, false) => self.unnamed.saturating_add(self.subjects.len() as u64),
            (true, true) => self.folded(bytes),
        }
    }

    /// The same, counted for values that are not known of every dimension that is concerned.
    pub(super) fn unknown(&self, disclosure: Disclosure) -> Disclosure {
        let mut all = disclosure.clone();
        self.dimensions.iter().for_each(|(dimension, _)| all.share(dimension, UNKNOWN, &disclosure));
        all
    }

    /// For a statement that was not understood, of a session that may run such: each row may be a person.
    pub(super) fn blind() -> Self {
        Self { asks: true, unnamed: 1, folds: true, ..Self::default() }
    }

    /// Counts one row. `body` is all of it, or `None` where it is too long to be looked at.
    pub(super) fn count(&self, bytes: usize, body: Option<&[u8]>, key: &[u8; 32], into: &mut Disclosure) {
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
        let folded = self.folded(bytes);
        let lines = || body.map_or(folded, |body| body.iter().filter(|byte| **byte == b'\n').count() as u64 + 1);
        into.unnamed += match self.unnamed {
            0 if self.plan && self.shows() => lines(),
            0 => 0,
            each if self.plan => each.max(lines()),
            each if self.folds => each.max(folded),
            each => each,
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
