//! Sums over a sliding window: a ring of slices, the same memory however much is counted.
//!
//! A window is cut into [`SLICES`] slices; the sum is that of the current slice and the [`SLICES`] before it. It
//! therefore never misses what happened within the window, and counts at most what happened in one slice more:
//! 1/24 of the window, 4.2 %. Errors always count too much, never too little.
//!
//! Clocks: a slice is never older than the one before. A clock set back by at most one slice counts into the newest
//! slice; set back further, what has been counted is taken as counted now, so it stays at most one window longer. A
//! clock set forward forgets what that much time would have let go, no more.

use std::time::Duration;

use serde::{Deserialize, Serialize};

/// Whole slices in a window; one more is being filled.
pub const SLICES: u64 = 24;

/// How many slices a ring has.
pub(super) const RING: usize = SLICES as usize + 1;

/// The number of a slice since the Unix epoch. Shared stores name their keys by it.
#[must_use]
pub fn slice(now: Duration, window: Duration) -> u64 {
    let length = (window.as_nanos() / u128::from(SLICES)).max(1);
    u64::try_from(now.as_nanos() / length).unwrap_or(u64::MAX)
}

/// What a ring has to do when it is asked at a slice.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Step {
    Stay,
    /// So many slices are new and empty; at most [`RING`].
    Forward(usize),
    /// The clock was set back: what is here counts as counted now.
    Back,
}

/// From the newest slice to the asked one.
pub(super) fn step(newest: u64, asked: u64) -> Step {
    match asked.checked_sub(newest) {
        Some(0) => Step::Stay,
        Some(ahead) => Step::Forward(usize::try_from(ahead).unwrap_or(RING).min(RING)),
        None if newest - asked <= 1 => Step::Stay,
        None => Step::Back,
    }
}

/// A sum over a sliding window.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Window {
    newest: u64,
    /// Where the newest slice stands in the ring.
    head: u8,
    total: u64,
    ring: Vec<u64>,
}

impl Window {
    /// The sum, as of a slice.
    pub fn total(&mut self, slice: u64) -> u64 {
        self.advance(slice);
        self.total
    }

    /// Adds to the current slice; the new sum.
    pub fn add(&mut self, slice: u64, amount: u64) -> u64 {
        self.advance(slice);
        if amount == 0 {
            return self.total;
        }
        if self.ring.is_empty() {
            // Meters that nothing was added to hold no ring.
            self.ring = vec![0; RING];
        }
        if let Some(count) = self.ring.get_mut(usize::from(self.head)) {
            let room = u64::MAX - self.total;
            *count += amount.min(room);
            self.total += amount.min(room);
        }
        self.total
    }

    /// Bytes that it holds beside itself.
    #[must_use]
    pub fn heap(&self) -> usize {
        self.ring.capacity() * size_of::<u64>()
    }

    fn advance(&mut self, slice: u64) {
        match step(self.newest, slice) {
            Step::Stay => return,
            Step::Back => {}
            Step::Forward(ahead) if ahead == RING || self.total == 0 => {
                self.total = 0;
                self.ring = Vec::new();
            }
            Step::Forward(ahead) => (0..ahead).for_each(|_| self.turn()),
        }
        self.newest = slice;
    }

    fn turn(&mut self) {
        self.head = (self.head + 1) % RING as u8;
        if let Some(oldest) = self.ring.get_mut(usize::from(self.head)) {
            self.total -= *oldest;
            *oldest = 0;
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const HOUR: Duration = Duration::from_secs(3_600);

    proptest! {
        /// Never less than what the window holds, never more than the window and one slice hold.
        #[test]
        fn the_stated_error_holds(steps in prop::collection::vec((0_u64..900, 0_u64..50), 1..200)) {
            let mut window = Window::default();
            let mut events: Vec<(Duration, u64)> = Vec::new();
            let mut now = Duration::from_secs(1_700_000_000);
            for (seconds, amount) in steps {
                now += Duration::from_secs(seconds);
                events.push((now, amount));
                let total = window.add(slice(now, HOUR), amount);
                let since = |span: Duration| -> u64 {
                    events.iter().filter(|(at, _)| *at + span > now).map(|(_, amount)| amount).sum()
                };
                prop_assert!(total >= since(HOUR));
                prop_assert!(total <= since(HOUR + HOUR / SLICES as u32));
            }
        }

        /// Whatever the clock does: nothing is below zero, nothing that was just added is missing.
        #[test]
        fn clocks_may_jump(steps in prop::collection::vec((0_u64..400_000, 0_u64..1_000), 1..100)) {
            let mut window = Window::default();
            for (second, amount) in steps {
                prop_assert!(window.add(slice(Duration::from_secs(second), HOUR), amount) >= amount);
                prop_assert_eq!(window.total, window.ring.iter().sum::<u64>());
            }
        }
    }

    #[test]
    fn a_clock_set_back_forgets_nothing_and_ends() {
        let mut window = Window::default();
        let noon = Duration::from_secs(1_700_000_000);
        window.add(slice(noon, HOUR), 100);
        let back = noon - 10 * HOUR;
        assert_eq!(window.total(slice(back, HOUR)), 100);
        assert_eq!(window.total(slice(back + HOUR / 2, HOUR)), 100);
        assert_eq!(window.total(slice(back + HOUR + HOUR / 12, HOUR)), 0, "one window and its slice later");
    }

    #[test]
    fn sums_do_not_wrap() {
        let mut window = Window::default();
        window.add(1, u64::MAX - 1);
        assert_eq!(window.add(1, 10), u64::MAX);
        assert_eq!(window.total(1_000), 0);
    }
}
