//! How many distinct persons were disclosed in a sliding window.
//!
//! Up to [`EXACT`] persons are counted exactly: one sorted list of words, 48 bits of a person's digest and 16 of the
//! slice in which the person was last disclosed; 8 bytes a person. Two persons out of 1,000 share 48 bits in one of
//! 560 million windows. Beyond that a HyperLogLog (crate `hyperloglockless`, 4,096 registers of a byte) for each slice
//! that has any, and one of them all: standard error 1.04/√4096 = 1.6 %. A window that has gone over stays estimated
//! until it is empty. The window's own error is that of [`super::window`]: at most one slice too long.
//!
//! Persons are keyed digests (`crate::model::person::digest`): nothing here tells whose they are.

use std::collections::BTreeMap;
use std::hash::BuildHasherDefault;

use hyperloglockless::HyperLogLog;
use serde::{Deserialize, Serialize};
use siphasher::sip::SipHasher13;

use super::window::{RING, SLICES, Step, step};

/// Persons that are counted exactly.
pub const EXACT: usize = 1_000;

/// Registers of an estimate, as a power of two.
const PRECISION: u8 = 12;

/// Low bits of a word: the slice.
const SLICE: u64 = 0xffff;

type Sketch = HyperLogLog<BuildHasherDefault<SipHasher13>>;

/// Distinct persons in a sliding window.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(into = "SubjectsRecord", from = "SubjectsRecord")]
pub struct Subjects {
    newest: u64,
    counted: Counted,
}

#[derive(Clone, Debug)]
enum Counted {
    /// Sorted; unique in the upper 48 bits.
    Exactly(Vec<u64>),
    Estimated(Box<Estimate>),
}

#[derive(Clone, Debug)]
struct Estimate {
    /// By age in slices at `newest`, through the slice's number.
    slices: BTreeMap<u64, Sketch>,
    all: Sketch,
}

impl Default for Counted {
    fn default() -> Self {
        Self::Exactly(Vec::new())
    }
}

/// What [`Subjects`] is as plain data.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct SubjectsRecord {
    pub newest: u64,
    pub exact: Vec<u64>,
    /// Registers of each slice, where persons are estimated.
    pub sketches: Vec<(u64, Vec<u8>)>,
}

fn sketch() -> Sketch {
    HyperLogLog::with_hasher(PRECISION, BuildHasherDefault::default())
}

/// The 48 bits that are kept spread over 64: a bijection, from MurmurHash3's finaliser.
fn spread(digest: u64) -> u64 {
    let mut hash = digest & !SLICE;
    hash = (hash ^ (hash >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    hash = (hash ^ (hash >> 33)).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    hash ^ (hash >> 33)
}

impl Subjects {
    /// Persons, as of a slice.
    pub fn count(&mut self, slice: u64) -> u64 {
        self.advance(slice);
        match &self.counted {
            Counted::Exactly(list) => list.len() as u64,
            Counted::Estimated(estimate) => estimate.all.count() as u64,
        }
    }

    /// Adds a person to the current slice. Whether the person was not counted before; unknown (false) in estimates.
    pub fn add(&mut self, slice: u64, digest: u64) -> bool {
        self.advance(slice);
        let newest = self.newest;
        match &mut self.counted {
            Counted::Estimated(estimate) => {
                estimate.add(newest, digest);
                return false;
            }
            Counted::Exactly(list) => {
                let word = digest & !SLICE | newest & SLICE;
                match list.binary_search_by_key(&(digest & !SLICE), |known| known & !SLICE) {
                    Ok(index) => {
                        if let Some(known) = list.get_mut(index) {
                            *known = word;
                        }
                        return false;
                    }
                    Err(index) if list.len() < EXACT => {
                        grow(list);
                        list.insert(index, word);
                        return true;
                    }
                    Err(_) => {}
                }
            }
        }
        self.estimate();
        self.add(slice, digest);
        true
    }

    /// Whether nobody is counted any more.
    pub fn is_empty(&mut self, slice: u64) -> bool {
        self.count(slice) == 0
    }

    /// Bytes that it holds beside itself.
    #[must_use]
    pub fn heap(&self) -> usize {
        match &self.counted {
            Counted::Exactly(list) => list.capacity() * size_of::<u64>(),
            Counted::Estimated(estimate) => {
                size_of::<Estimate>() + (estimate.slices.len() + 1) * ((1 << PRECISION) + size_of::<Sketch>())
            }
        }
    }

    fn advance(&mut self, slice: u64) {
        let ahead = match step(self.newest, slice) {
            Step::Stay => return,
            Step::Back => return self.back(slice),
            Step::Forward(ahead) => ahead,
        };
        self.newest = slice;
        if ahead == RING {
            self.counted = Counted::default();
            return;
        }
        match &mut self.counted {
            Counted::Exactly(list) => {
                list.retain(|word| age(slice, *word) <= SLICES);
                if list.is_empty() {
                    *list = Vec::new();
                }
            }
            Counted::Estimated(estimate) => {
                if !estimate.forget(slice.saturating_sub(SLICES)) {
                    self.counted = Counted::default();
                }
            }
        }
    }

    /// The clock was set back: whoever is here counts as disclosed now.
    fn back(&mut self, slice: u64) {
        self.newest = slice;
        match &mut self.counted {
            Counted::Exactly(list) => list.iter_mut().for_each(|word| *word = *word & !SLICE | slice & SLICE),
            Counted::Estimated(estimate) => estimate.slices = BTreeMap::from([(slice, estimate.all.clone())]),
        }
    }

    fn estimate(&mut self) {
        let Counted::Exactly(list) = &self.counted else { return };
        let mut estimate = Estimate { slices: BTreeMap::new(), all: sketch() };
        for word in list {
            estimate.add(self.newest.saturating_sub(age(self.newest, *word)), *word);
        }
        self.counted = Counted::Estimated(Box::new(estimate));
    }

    /// As plain data.
    #[must_use]
    pub fn record(&self) -> SubjectsRecord {
        let (exact, sketches) = match &self.counted {
            Counted::Exactly(list) => (list.clone(), Vec::new()),
            Counted::Estimated(estimate) => {
                (Vec::new(), estimate.slices.iter().map(|(slice, sketch)| (*slice, sketch.iter().collect())).collect())
            }
        };
        SubjectsRecord { newest: self.newest, exact, sketches }
    }

    /// Out of plain data; what does not make sense is left out.
    #[must_use]
    pub fn from_record(record: &SubjectsRecord) -> Self {
        if record.sketches.is_empty() {
            let mut list = record.exact.clone();
            list.sort_unstable();
            list.dedup_by_key(|word| *word & !SLICE);
            return Self { newest: record.newest, counted: Counted::Exactly(list) };
        }
        let mut estimate = Estimate { slices: BTreeMap::new(), all: sketch() };
        for (slice, registers) in &record.sketches {
            if let Some(read) = read(registers) {
                // Both have the same number of registers.
                let _ = estimate.all.union(&read);
                estimate.slices.insert(*slice, read);
            }
        }
        Self { newest: record.newest, counted: Counted::Estimated(Box::new(estimate)) }
    }
}

impl From<Subjects> for SubjectsRecord {
    fn from(subjects: Subjects) -> Self {
        subjects.record()
    }
}

impl From<SubjectsRecord> for Subjects {
    fn from(record: SubjectsRecord) -> Self {
        Self::from_record(&record)
    }
}

/// Grows by half: lists are many and short.
fn grow(list: &mut Vec<u64>) {
    if list.len() == list.capacity() {
        list.reserve_exact((list.len() / 2).max(4));
    }
}

/// Slices since a word was written; the window is far shorter than what 16 bits hold.
fn age(newest: u64, word: u64) -> u64 {
    newest.wrapping_sub(word) & SLICE
}

fn read(registers: &[u8]) -> Option<Sketch> {
    // A register counts zeros of at most 64 bits.
    if registers.len() != 1 << PRECISION || registers.iter().any(|rank| *rank > 65) {
        return None;
    }
    let zeros = registers.iter().filter(|rank| **rank == 0).count();
    let sum = registers.iter().map(|rank| 2_f64.powi(-i32::from(*rank))).sum();
    Some(HyperLogLog::from_parts(registers.into(), BuildHasherDefault::default(), zeros, sum))
}

impl Estimate {
    fn add(&mut self, slice: u64, digest: u64) {
        let hash = spread(digest);
        self.slices.entry(slice).or_insert_with(sketch).insert_hash(hash);
        self.all.insert_hash(hash);
    }

    /// Forgets slices before this one; whether any is left.
    fn forget(&mut self, oldest: u64) -> bool {
        let kept = self.slices.split_off(&oldest);
        let gone = !std::mem::replace(&mut self.slices, kept).is_empty();
        if gone {
            self.all = sketch();
            for sketch in self.slices.values() {
                // Both have the same number of registers.
                let _ = self.all.union(sketch);
            }
        }
        !self.slices.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use proptest::prelude::*;

    use super::*;
    use crate::model::person::digest;

    fn person(number: u64) -> u64 {
        digest(&[7; 32], "t", &number.to_string())
    }

    proptest! {
        #[test]
        fn few_are_counted_exactly(events in prop::collection::vec((0_u64..3, 0_u64..300), 1..400)) {
            let mut subjects = Subjects::default();
            let mut last: HashMap<u64, u64> = HashMap::new();
            let mut slice = 70_000;
            for (ahead, number) in events {
                slice += ahead;
                subjects.add(slice, person(number));
                last.insert(number, slice);
                let within = last.values().filter(|at| slice - **at <= SLICES).count() as u64;
                prop_assert_eq!(subjects.count(slice), within);
            }
        }
    }

    #[test]
    fn many_are_estimated_within_three_standard_errors() {
        let mut subjects = Subjects::default();
        for number in 0..50_000 {
            subjects.add(100 + number / 5_000, person(number));
            if matches!(number + 1, 1_001 | 2_000 | 10_000 | 50_000) {
                let count = subjects.count(100 + number / 5_000) as f64;
                let error = (count / (number + 1) as f64 - 1.0).abs();
                assert!(error < 3.0 * 0.01625, "{count} for {}", number + 1);
            }
        }
        // Half of the slices have left the window.
        let half = subjects.count(105 + SLICES) as f64;
        assert!((half / 25_000.0 - 1.0).abs() < 0.05, "{half}");
        assert!(subjects.is_empty(110 + SLICES));
        assert!(subjects.heap() == 0 && subjects.add(200, 1));
    }

    #[test]
    fn records_restore_what_was_counted() {
        for many in [30, 5_000] {
            let mut subjects = Subjects::default();
            (0..many).for_each(|number| _ = subjects.add(100 + number % 9, person(number)));
            let mut again = Subjects::from_record(&subjects.record());
            assert_eq!(again.count(108), subjects.count(108));
            assert_eq!(again.count(104 + SLICES), subjects.count(104 + SLICES));
        }
    }

    #[test]
    fn a_clock_set_back_keeps_everybody() {
        for many in [30, 5_000] {
            let mut subjects = Subjects::default();
            (0..many).for_each(|number| _ = subjects.add(100_000 + number % 9, person(number)));
            let before = subjects.count(100_008);
            assert_eq!(subjects.count(50_000), before);
            assert_eq!(subjects.count(50_000 + SLICES), before);
            assert_eq!(subjects.count(50_001 + SLICES), 0);
        }
    }
}
