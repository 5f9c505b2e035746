//! Messages that wait: bounded, each tried until one of its channels takes it or it is too old to be news.

use std::collections::{BTreeMap, HashSet};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::alert::route::{Notice, Occasion};

/// Messages that may wait.
pub const LONGEST: usize = 4096;
/// Milliseconds after which a message is given up.
const TOO_OLD: u64 = 24 * 3600 * 1000;
/// Milliseconds of the first wait, and of the longest.
const FIRST_WAIT: u64 = 1000;
const LONGEST_WAIT: u64 = 5 * 60 * 1000;

/// A message. Times are milliseconds since 1970.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Job {
    pub notice: Notice,
    pub decided: u64,
    /// Rounds in which no channel took it; begun anew after a restart.
    #[serde(skip)]
    pub attempts: u32,
    /// Not to be tried before.
    #[serde(skip)]
    pub due: u64,
}

/// Messages by number, in the order in which they were decided.
#[derive(Clone, Debug, Default)]
pub struct Queue {
    jobs: BTreeMap<u64, Job>,
    running: HashSet<u64>,
    last: u64,
    given_up: u64,
}

/// What is to be written or removed.
pub type Change = (u64, Option<Job>);

impl Queue {
    #[must_use]
    pub fn new(kept: Vec<(u64, Job)>) -> Self {
        let jobs: BTreeMap<u64, Job> = kept.into_iter().collect();
        let last = jobs.keys().next_back().copied().unwrap_or_default();
        Self { jobs, last, ..Self::default() }
    }

    /// Takes a message. A message about the same incident to the same channels that still waits is replaced: people
    /// need to know how it stands, not each step that they missed.
    pub fn push(&mut self, notice: Notice, now: u64) -> Vec<Change> {
        let same = |job: &Job| job.notice.incident.id == notice.incident.id && job.notice.channels == notice.channels;
        let waiting = self.jobs.iter().find(|(number, job)| !self.running.contains(*number) && same(job));
        if let Some(number) = waiting.map(|(number, _)| *number)
            && let Some(job) = self.jobs.get_mut(&number)
        {
            let first = job.notice.occasion == Occasion::Opened && notice.occasion != Occasion::Ended;
            job.notice = Notice { occasion: if first { Occasion::Opened } else { notice.occasion }, ..notice };
            job.decided = now;
            return vec![(number, Some(job.clone()))];
        }
        let mut changes = self.make_room();
        self.last += 1;
        let job = Job { notice, decided: now, attempts: 0, due: now };
        self.jobs.insert(self.last, job.clone());
        changes.push((self.last, Some(job)));
        changes
    }

    /// Drops the mildest and oldest message where there are too many.
    fn make_room(&mut self) -> Vec<Change> {
        if self.jobs.len() < LONGEST {
            return Vec::new();
        }
        let idle = self.jobs.iter().filter(|(number, _)| !self.running.contains(*number));
        let Some(number) = idle.min_by_key(|(number, job)| (job.notice.incident.severity, **number)).map(|(n, _)| *n)
        else {
            return Vec::new();
        };
        self.give_up(number, "too many messages wait")
    }

    fn give_up(&mut self, number: u64, why: &str) -> Vec<Change> {
        let Some(job) = self.jobs.remove(&number) else { return Vec::new() };
        self.given_up += 1;
        let incident = &job.notice.incident.id;
        tracing::error!(%incident, channels = ?job.notice.channels, "an alert was given up: {why}");
        vec![(number, None)]
    }

    /// Messages to be tried now, at most `most`; each counts as running until [`Queue::finish`]. Of one incident and
    /// way only one runs at a time, so that its end is never told before its beginning.
    pub fn start(&mut self, now: u64, most: usize) -> (Vec<(u64, Job)>, Vec<Change>) {
        let old: Vec<u64> = self
            .jobs
            .iter()
            .filter(|(number, job)| !self.running.contains(*number) && now.saturating_sub(job.decided) > TOO_OLD)
            .map(|(number, _)| *number)
            .collect();
        let given_up = old.into_iter().flat_map(|number| self.give_up(number, "it is a day old")).collect();
        let mut busy: HashSet<(String, Vec<String>)> = HashSet::new();
        let mut started = Vec::new();
        for (number, job) in &self.jobs {
            let way = (job.notice.incident.id.clone(), job.notice.channels.clone());
            // the first of a way, running or not, keeps those after it waiting
            let first = busy.insert(way);
            if first && !self.running.contains(number) && job.due <= now && started.len() < most {
                started.push((*number, job.clone()));
            }
        }
        self.running.extend(started.iter().map(|(number, _)| *number));
        (started, given_up)
    }

    /// Notes what became of a message: delivered, or to be tried again after a wait. `dice`: from 0 to 1, so that many
    /// processes do not come back at the same moment.
    pub fn finish(&mut self, number: u64, delivered: bool, now: u64, dice: f64) -> Vec<Change> {
        self.running.remove(&number);
        if delivered {
            return self.jobs.remove(&number).map(|_| (number, None)).into_iter().collect();
        }
        if let Some(job) = self.jobs.get_mut(&number) {
            job.attempts = job.attempts.saturating_add(1);
            job.due = now.saturating_add(u64::try_from(wait(job.attempts, dice).as_millis()).unwrap_or(u64::MAX));
        }
        Vec::new()
    }

    /// When the next message is due; `None`: none waits.
    #[must_use]
    pub fn next_due(&self) -> Option<u64> {
        self.jobs.iter().filter(|(number, _)| !self.running.contains(*number)).map(|(_, job)| job.due).min()
    }

    /// Messages that wait or are on their way, and those given up since the start.
    #[must_use]
    pub fn counts(&self) -> (u64, u64) {
        (self.jobs.len() as u64, self.given_up)
    }
}

/// Twice as long after each failed round, half of it by chance.
#[must_use]
pub fn wait(attempts: u32, dice: f64) -> Duration {
    let longest = FIRST_WAIT.saturating_mul(1 << attempts.saturating_sub(1).min(20)).min(LONGEST_WAIT);
    Duration::from_millis(longest).mul_f64(0.5 + dice.clamp(0.0, 1.0) / 2.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::alert::incident::Incident;
    use crate::model::disclosure::Severity;

    fn notice(id: &str, severity: Severity, occasion: Occasion) -> Notice {
        let incident = Incident { id: id.to_owned(), severity, ..Incident::example(0) };
        Notice { occasion, incident, channels: vec!["a".to_owned(), "b".to_owned()] }
    }

    #[test]
    fn waits_grow_and_stay_bounded() {
        let longest: Vec<u128> = (1..=12).map(|attempts| wait(attempts, 1.0).as_millis()).collect();
        assert_eq!(longest[..4], [1000, 2000, 4000, 8000]);
        assert_eq!(longest[11], 300_000);
        assert_eq!(wait(u32::MAX, 0.0).as_millis(), 150_000);
    }

    #[test]
    fn what_waits_is_brought_up_to_date_and_what_runs_is_followed() {
        let mut queue = Queue::default();
        queue.push(notice("1", Severity::Notice, Occasion::Opened), 0);
        queue.push(notice("1", Severity::Warning, Occasion::Worse), 1);
        assert_eq!(queue.counts(), (1, 0));
        let (started, _) = queue.start(1, 8);
        assert_eq!(
            (started[0].1.notice.occasion, started[0].1.notice.incident.severity),
            (Occasion::Opened, Severity::Warning)
        );
        queue.push(notice("1", Severity::Warning, Occasion::Ended), 2);
        assert_eq!(queue.counts(), (2, 0), "what is on its way is not replaced");
        assert!(queue.start(2, 8).0.is_empty(), "its end is not told before its beginning");
        assert!(queue.finish(started[0].0, false, 2, 1.0).is_empty());
        assert_eq!(queue.next_due(), Some(2), "the second is due, and waits for the first");
        assert!(queue.start(3, 8).0.is_empty());
        let (again, _) = queue.start(1002, 8);
        assert_eq!(queue.finish(again[0].0, true, 1003, 1.0), [(again[0].0, None)]);
        assert_eq!(queue.start(1003, 8).0[0].1.notice.occasion, Occasion::Ended);
    }

    #[test]
    fn it_is_bounded_and_the_mildest_goes_first() {
        let mut queue = Queue::default();
        queue.push(notice("x", Severity::Critical, Occasion::Opened), 0);
        for number in 0..LONGEST {
            queue.push(notice(&number.to_string(), Severity::Notice, Occasion::Opened), 0);
        }
        assert_eq!(queue.counts(), (LONGEST as u64, 1));
        assert!(queue.jobs.values().any(|job| job.notice.incident.id == "x"));
        let (started, given_up) = queue.start(TOO_OLD + 1, 8);
        assert!(started.is_empty() && given_up.len() == LONGEST);
    }
}
