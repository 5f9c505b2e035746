//! Where meters and profiles are kept: maps behind many locks, with idle entries thrown out.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::baseline::Baseline;
use super::profile::{Place, Profile};
use super::respond::Standing;
use super::rules::Rules;
use super::subjects::Subjects;
use super::window::Window;

/// Entries are looked through for idle ones so often.
const SWEEP: Duration = Duration::from_secs(600);

/// Profiles are forgotten after so long without a sign of life: longer than the silence before a burst.
const FORGOTTEN: Duration = Duration::from_secs(100 * 86_400);

/// Meters of one shard at most. Beyond it, new ones share one: it counts too much, and memory stays bounded, whatever
/// names a client makes up.
const MAX_METERS: usize = 1 << 15;

/// One count of one limit for one account.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Meter {
    /// The digest of the limit's identity.
    pub limit: u64,
    pub last: Duration,
    pub numbers: Window,
    pub persons: Subjects,
    pub standing: Standing,
    /// What was usual, where the limit compares: the period that runs, and the highest count in it.
    pub period: u64,
    pub highest: u64,
    pub own: Baseline,
    /// The most that was added within one second since the last record: what a crash may lose.
    pub fastest: u64,
    #[serde(skip)]
    pub(super) second: (u64, u64),
    /// The total that a shared store gave last, and the slice that it is of: local ones know less.
    #[serde(skip)]
    pub(super) shared: (u64, u64),
    #[serde(skip)]
    pub(super) changed: bool,
    #[serde(skip)]
    pub(super) ever: Ever,
}

/// All that this process has added to a meter, duplicates included; never less than before, though a meter be thrown out
/// and made anew. By it a shared store knows what it has missed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) struct Ever {
    pub(super) numbers: u64,
    pub(super) persons: u64,
}

impl Meter {
    /// Persons and numbers, as of a slice.
    pub fn total(&mut self, slice: u64) -> u64 {
        self.persons.count(slice).saturating_add(self.numbers.total(slice))
    }

    /// What a shared store said last in this slice; 0: nothing.
    #[must_use]
    pub fn heard(&self, slice: u64) -> u64 {
        let (of, total) = self.shared;
        if of == slice { total } else { 0 }
    }

    /// The total, with what other replicas have counted as far as that was heard.
    pub fn known(&mut self, slice: u64) -> u64 {
        self.total(slice).max(self.heard(slice))
    }

    /// Notes how fast it grows.
    pub(super) fn speed(&mut self, now: Duration, amount: u64) {
        let second = now.as_secs();
        if self.second.0 != second {
            self.second = (second, 0);
        }
        self.second.1 = self.second.1.saturating_add(amount);
        self.fastest = self.fastest.max(self.second.1);
    }

    /// Bytes that it takes with everything it holds.
    #[must_use]
    pub fn size(&self) -> usize {
        size_of::<Self>() + self.numbers.heap() + self.persons.heap()
    }
}

/// Keys are keyed digests already.
#[derive(Clone, Copy, Default, Debug)]
pub(super) struct AsIs(u64);

impl std::hash::Hasher for AsIs {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*byte);
        }
    }

    fn write_u64(&mut self, key: u64) {
        self.0 = key;
    }
}

type Map<T> = HashMap<u64, Box<T>, BuildHasherDefault<AsIs>>;

/// A part of all meters, profiles and places.
#[derive(Debug, Default)]
pub(super) struct Shard {
    pub(super) meters: Map<Meter>,
    pub(super) profiles: Map<Profile>,
    pub(super) places: Map<Place>,
    swept: Duration,
    /// Of the meters that were thrown out, the highest.
    ended: Ever,
}

impl Shard {
    /// The meter of that key; a new one belongs to the limit.
    pub(super) fn meter(&mut self, rules: &Rules, now: Duration, key: u64, limit: u64) -> &mut Meter {
        if now.saturating_sub(self.swept) > SWEEP || now < self.swept {
            self.sweep(rules, now);
        }
        let full = self.meters.len() >= MAX_METERS && !self.meters.contains_key(&key);
        // Of each limit one, so that windows of different lengths do not meet.
        let key = if full { limit } else { key };
        let ever = self.ended;
        self.meters.entry(key).or_insert_with(|| Box::new(Meter { limit, ever, ..Meter::default() }))
    }

    /// Throws out what counts nothing any more, and what belongs to limits that no longer exist.
    pub(super) fn sweep(&mut self, rules: &Rules, now: Duration) {
        self.swept = now;
        let ended = &mut self.ended;
        self.meters.retain(|_, meter| {
            let kept = is_kept(rules, now, meter);
            if !kept {
                ended.numbers = ended.numbers.max(meter.ever.numbers);
                ended.persons = ended.persons.max(meter.ever.persons);
            }
            kept
        });
        self.profiles.retain(|_, profile| now.saturating_sub(profile.last) < FORGOTTEN);
        self.places.retain(|_, place| now.saturating_sub(place.last) < FORGOTTEN / 3);
    }
}

fn is_kept(rules: &Rules, now: Duration, meter: &Meter) -> bool {
    let Some((limit, _)) = rules.position(meter.limit).and_then(|index| rules.limit(index)) else { return false };
    let kept = if limit.compares() { FORGOTTEN } else { limit.window + limit.window / 8 };
    now.saturating_sub(meter.last) < kept || !meter.standing.is_idle(now)
}
