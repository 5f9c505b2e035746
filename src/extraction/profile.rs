//! What is remembered of an account, and of an address, for detectors.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::respond::Pace;
use super::subjects::Subjects;
use super::walk::{Crawl, KeyWalk};
use super::window::Window;

/// Applications, addresses and drivers remembered of one account.
const KNOWN: usize = 32;

/// A thing that an account uses.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Thing {
    Application,
    Address,
    Driver,
}

/// What is remembered of one account.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Profile {
    /// First and last sight.
    pub since: Duration,
    pub last: Duration,
    known: Vec<(Thing, u64, Duration)>,
    pub crawl: Crawl,
    pub walk: KeyWalk,
    /// Keys of the statement that runs: lowest and highest.
    pub keys: Option<(i64, i64)>,
    pub probes: Window,
    /// Persons of one day, for evidence and to know fresh ones.
    pub day: Subjects,
    /// Persons outside of working hours.
    pub outside: Subjects,
    /// Since an account that was silent takes again, and whom.
    pub awake: Option<Duration>,
    pub burst: Subjects,
    /// The address before the last change, when it was seen last, and changes between two addresses.
    pub address: u64,
    pub other: Option<(u64, Duration)>,
    pub changes: u32,
    /// When each detector was sure last, by the digest of its name.
    fired: Vec<(u64, Duration)>,
    /// What a detector has set in force.
    pub held: Option<Held>,
}

/// A detector's response that lasts.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Held {
    /// The detector, by the digest of its name.
    pub detector: u64,
    pub since: Duration,
    pub until: Duration,
    pub pace: Pace,
}

impl Profile {
    /// Whether the account has not used a thing within a time; remembers it.
    pub fn first_use(&mut self, now: Duration, thing: Thing, hash: u64, remembered: Duration) -> bool {
        if let Some(entry) = self.known.iter_mut().find(|(kind, known, _)| *kind == thing && *known == hash) {
            let forgotten = now.saturating_sub(entry.2) > remembered;
            entry.2 = now;
            return forgotten;
        }
        if self.known.len() >= KNOWN
            && let Some((index, _)) = self.known.iter().enumerate().min_by_key(|(_, (_, _, last))| *last)
        {
            self.known.swap_remove(index);
        }
        self.known.push((thing, hash, now));
        true
    }

    /// Whether a detector may tell again: not within `pause` of the last time.
    pub fn fires(&mut self, now: Duration, detector: u64, pause: Duration) -> bool {
        match self.fired.iter_mut().find(|(known, _)| *known == detector) {
            Some((_, at)) if now.saturating_sub(*at) < pause && now >= *at => false,
            Some((_, at)) => {
                *at = now;
                true
            }
            None => {
                self.fired.push((detector, now));
                true
            }
        }
    }

    /// Bytes that it holds beside itself.
    #[must_use]
    pub fn heap(&self) -> usize {
        self.day.heap() + self.outside.heap() + self.burst.heap() + self.probes.heap() + self.known.capacity() * 40
    }
}

/// Who takes what from one address.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Place {
    pub last: Duration,
    pub persons: Subjects,
    /// Accounts by digest, and when each was seen last.
    pub accounts: Vec<(u64, Duration)>,
    pub fired: Duration,
}
