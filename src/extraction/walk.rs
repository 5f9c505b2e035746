//! Walks: statements that go on where an earlier one ended, along the keys or page by page.

use std::time::Duration;

use serde::{Deserialize, Serialize};

/// How far apart neighbouring keys may lie: numbers are missing where rows were deleted.
const GAP: i64 = 3;

/// Trails followed at once: normal work between the steps of a walk does not hide it.
const TRAILS: usize = 8;

#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
struct Trail {
    /// The last key.
    edge: i64,
    /// Upwards or downwards; 0 while there is one step.
    direction: i8,
    steps: u32,
    last: Duration,
}

/// Walks along the numbers of persons' keys.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct KeyWalk {
    trails: Vec<Trail>,
}

impl KeyWalk {
    /// Follows a statement that disclosed persons with keys from `low` to `high`; the steps of its walk so far.
    pub fn follow(&mut self, now: Duration, within: Duration, low: i64, high: i64) -> u32 {
        self.trails.retain(|trail| now.saturating_sub(trail.last) < within);
        for trail in &mut self.trails {
            let up = trail.direction >= 0 && (1..=GAP).contains(&low.saturating_sub(trail.edge));
            let down = trail.direction <= 0 && (1..=GAP).contains(&trail.edge.saturating_sub(high));
            if up || down {
                trail.direction = if up { 1 } else { -1 };
                trail.edge = if up { high } else { low };
                trail.steps = trail.steps.saturating_add(1);
                trail.last = now;
                return trail.steps;
            }
            if (low..=high).contains(&trail.edge) && low == high {
                // The same person again is no step.
                trail.last = now;
                return 0;
            }
        }
        if self.trails.len() >= TRAILS {
            let weakest = self.trails.iter().enumerate().min_by_key(|(_, trail)| (trail.steps / 4, trail.last));
            if let Some((index, _)) = weakest {
                self.trails.swap_remove(index);
            }
        }
        self.trails.push(Trail { edge: high, direction: 0, steps: 0, last: now });
        0
    }

    /// Starts anew after it was told.
    pub fn forget(&mut self) {
        self.trails.clear();
    }
}

/// One shape again and again: how often, how evenly, and how many persons each time brought.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct Crawl {
    shape: u64,
    pages: u32,
    last: Duration,
    /// Persons of the pages, and those not seen before.
    pub persons: u64,
    pub fresh: u64,
    /// Mean and sum of squared differences of the seconds between pages (Welford).
    mean: f64,
    squares: f64,
    intervals: u32,
}

impl Crawl {
    /// A statement of this shape starts; how many pages there are, this one included.
    pub fn page(&mut self, now: Duration, longest: Duration, shape: u64) -> u32 {
        let gap = now.saturating_sub(self.last);
        // A page that brought nothing new is not one.
        let stale = self.pages > 1 && self.fresh * 2 < self.persons;
        if shape != self.shape || gap > longest || stale {
            *self = Self { shape, pages: 1, last: now, ..Self::default() };
            return 1;
        }
        self.pages = self.pages.saturating_add(1);
        self.last = now;
        self.intervals += 1;
        let seconds = gap.as_secs_f64();
        let delta = seconds - self.mean;
        self.mean += delta / f64::from(self.intervals);
        self.squares += delta * (seconds - self.mean);
        self.pages
    }

    /// Mean seconds between pages, and their deviation as a part of the mean: below a third no person works.
    #[must_use]
    pub fn rhythm(&self) -> Option<(f64, f64)> {
        let intervals = f64::from(self.intervals.checked_sub(1).filter(|n| *n > 0)?);
        Some((self.mean, (self.squares / intervals).sqrt() / self.mean.max(1e-3)))
    }

    /// Starts anew after it was told.
    pub fn forget(&mut self) {
        *self = Self::default();
    }
}
