//! What a limit does when too much was taken: steps that are entered and left, and pacing.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::model::disclosure::{CHUNK_ROWS, Response, Severity};
use crate::policy::limits::{Limit, Step, Threshold};

use super::baseline::Baseline;

/// The longest that one chunk waits: below what drivers and people take for a dead connection.
pub const LONGEST_WAIT: Duration = Duration::from_secs(30);

/// What is paced leaves in pieces of so much time, for an even flow.
const PIECE: f64 = 0.25;

/// Rows of the next chunk at a rate: a quarter of a second's, at least one.
#[must_use]
pub fn chunk(rate: f64) -> u32 {
    // `as` saturates
    ((rate * PIECE) as u32).clamp(1, CHUNK_ROWS)
}

/// A leaky bucket without a burst: when the next row may leave. Shared by all sessions of one account.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Pace {
    next: Duration,
}

impl Pace {
    /// How long so many rows have to wait, at a rate of rows a second; at most [`LONGEST_WAIT`].
    ///
    /// What was asked for in one piece is let go in one piece and paid for by the next. More sessions than what the
    /// rate gives in the longest wait are each given a piece every such time.
    pub fn take(&mut self, now: Duration, rows: u64, rate: f64) -> Duration {
        let latest = now + LONGEST_WAIT;
        let start = self.next.clamp(now, latest);
        let cost = Duration::try_from_secs_f64(rows as f64 / rate).unwrap_or(LONGEST_WAIT);
        self.next = start.saturating_add(cost).min(latest + LONGEST_WAIT);
        start - now
    }
}

/// Where an account stands with one limit.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct Standing {
    /// How many of the steps are entered.
    level: u8,
    /// The entered step lasts until then at least.
    until: Duration,
    /// What had been counted when somebody was let go: not held against the account again.
    pardoned: u64,
    pardoned_at: Duration,
    /// Where the entered step begins.
    threshold: u64,
    /// The count of the last signal.
    told: u64,
    pub pace: Pace,
}

/// What [`Standing::judge`] found.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Judged {
    /// The step in force, by position.
    pub step: Option<usize>,
    /// Where it begins; of none in force: the first one's.
    pub threshold: u64,
    /// Whether somebody is to be told: a step is entered, or the count has doubled since.
    pub tell: bool,
    /// How much more there may be before a step stops the statement, or begins to pace it.
    pub room: u64,
}

impl Standing {
    /// Which step is in force with this count, and how far the next is. `thresholds` are those of the steps.
    pub fn judge(&mut self, now: Duration, limit: &Limit, count: u64, thresholds: &[u64]) -> Judged {
        self.pardoned = self.pardoned.min(count);
        let serving = now < self.until;
        if !serving && self.served(limit) {
            self.pardon(now, count);
        }
        let held = count - self.pardoned;
        let entered = thresholds.iter().rposition(|at| held > *at).map_or(0, |index| index + 1);
        // A step is left further down than where it is entered, so that nobody goes in and out of it.
        let released = |at: &u64| (*at as f64 * limit.release) as u64;
        let kept = thresholds.iter().take(usize::from(self.level)).rposition(|at| held > released(at));
        let kept = if serving { usize::from(self.level) } else { kept.map_or(0, |index| index + 1) };
        let level = entered.max(kept);
        let higher = level > usize::from(self.level);
        if level == 0 {
            self.told = 0;
        }
        if higher {
            let lasts = level.checked_sub(1).and_then(|index| limit.steps.get(index)).and_then(|step| step.lasts);
            self.until = lasts.map_or(Duration::ZERO, |lasts| now.saturating_add(lasts));
        }
        let tell = level > 0 && (higher || held / 2 >= self.told.max(1));
        if tell {
            self.told = held;
        }
        self.level = u8::try_from(level).unwrap_or(u8::MAX);
        let step = level.checked_sub(1);
        let threshold = thresholds.get(step.unwrap_or(0)).copied().unwrap_or(u64::MAX);
        self.threshold = threshold;
        Judged { step, threshold, tell, room: room(limit, held, thresholds) }
    }

    /// The step that is still in force with this count, without entering one.
    #[must_use]
    pub fn still<'l>(&self, now: Duration, limit: &'l Limit, count: u64) -> Option<&'l Step> {
        let step = self.in_force(limit)?;
        let released = (self.threshold as f64 * limit.release) as u64;
        let held = count.saturating_sub(self.pardoned);
        (now < self.until || (held > released && step.response != Response::Quarantine)).then_some(step)
    }

    /// How much more there may be before a step stops it; `None`: no step does.
    #[must_use]
    pub fn until_stopped(&self, limit: &Limit, count: u64, thresholds: &[u64]) -> Option<u64> {
        let held = count.saturating_sub(self.pardoned);
        let stopping = limit.steps.iter().zip(thresholds).filter(|(step, _)| stops(step.response));
        stopping.map(|(_, at)| at.saturating_sub(held)).min()
    }

    /// The step that was entered last.
    #[must_use]
    pub fn in_force<'l>(&self, limit: &'l Limit) -> Option<&'l Step> {
        limit.steps.get(usize::from(self.level).checked_sub(1)?)
    }

    /// What was counted until now is forgiven.
    pub fn pardon(&mut self, at: Duration, count: u64) {
        *self = Self { pardoned: count, pardoned_at: at, pace: self.pace, ..Self::default() };
    }

    #[must_use]
    pub fn pardoned_at(&self) -> Duration {
        self.pardoned_at
    }

    /// A quarantine for a time has ended: what led to it does not lead to the next.
    fn served(&self, limit: &Limit) -> bool {
        self.until > Duration::ZERO && self.in_force(limit).is_some_and(|step| step.response == Response::Quarantine)
    }

    /// Whether nothing is remembered here that matters later.
    #[must_use]
    pub fn is_idle(&self, now: Duration) -> bool {
        now >= self.until && self.pace.next <= now
    }
}

fn room(limit: &Limit, held: u64, thresholds: &[u64]) -> u64 {
    // what is to be paced begins with its first row: not after a whole chunk, for which the next would have to wait
    let ahead = |(step, at): &(&Step, &u64)| stops(step.response) || (step.response == Response::Slow && held <= **at);
    let steps = limit.steps.iter().zip(thresholds);
    steps.filter(ahead).map(|(_, at)| at.saturating_sub(held)).min().unwrap_or(u64::MAX)
}

/// Whether a response keeps what was asked about from leaving.
#[must_use]
pub fn stops(response: Response) -> bool {
    !matches!(response, Response::Alert | Response::Slow)
}

/// Where the steps of a limit begin for one account, now.
///
/// `share` is the part of the limit that counts here; `table` the persons of the largest table that is read.
#[must_use]
pub fn thresholds(limit: &Limit, own: &Baseline, peers: &Baseline, table: Option<u64>, share: f64) -> Vec<u64> {
    let of = |step: &Step| match step.at {
        Threshold::Absolute(at) => at,
        Threshold::Own { deviations, least } => {
            let known = own.threshold(deviations).or_else(|| peers.threshold(deviations));
            known.unwrap_or(least).max(least)
        }
        Threshold::Peers { deviations, least } => peers.threshold(deviations).unwrap_or(least).max(least),
        Threshold::Table { share, least } => table.map_or(0, |persons| (persons as f64 * share) as u64).max(least),
    };
    limit.steps.iter().map(|step| (of(step) as f64 * share) as u64).collect()
}

/// How much a response matters.
#[must_use]
pub fn severity(response: Response) -> Severity {
    match response {
        Response::Alert => Severity::Notice,
        Response::Slow | Response::Downgrade => Severity::Warning,
        Response::Block | Response::Quarantine | Response::Terminate => Severity::Critical,
    }
}
