//! Totals → verdict and signals.

use std::sync::{Arc, PoisonError};
use std::time::Duration;

use crate::model::disclosure::{Ask, CHUNK_ROWS, LimitName, Occasion, Response, Signal, Verdict};
use crate::policy::limits::{Detector, Limit, Meter as Counts, Mode, Step};
use crate::policy::schedule::written;

use super::count::Count;
use super::detect::{Found, Sight, hash};
use super::governor::{Basis, Counted, Governor};
use super::profile::Held;
use super::respond::{Judged, Pace, chunk, severity, stops, thresholds};
use super::rules::Rules;
use super::shard::Meter;

/// A detector's response lasts so long where nothing is written.
const HELD: Duration = Duration::from_secs(3_600);

/// A period of what is usual is no longer than a day, so that a month's limit learns within a week.
const PERIOD: Duration = Duration::from_secs(86_400);

/// The detector with that digest.
pub(super) fn detector(rules: &Rules, digest: u64) -> Option<&Arc<Detector>> {
    rules.limits.detectors.iter().find(|one| hash(one.name.as_bytes()) == digest)
}

/// An answer in the making: the hardest of what limits, detectors and orders want.
pub(super) struct Answer<'a> {
    governor: &'a Governor,
    now: Duration,
    ask: &'a Ask,
    counted: &'a Counted,
    basis: Basis<'a>,
    hardest: Option<(Response, LimitName, Arc<str>)>,
    wait: Duration,
    chunk: u32,
    signals: Vec<Signal>,
}

impl<'a> Answer<'a> {
    pub(super) fn new(
        governor: &'a Governor,
        now: Duration,
        ask: &'a Ask,
        counted: &'a Counted,
        basis: Basis<'a>,
    ) -> Self {
        let (wait, chunk) = (Duration::ZERO, CHUNK_ROWS);
        Self { governor, now, ask, counted, basis, hardest: None, wait, chunk, signals: Vec::new() }
    }

    pub(super) fn verdict(&mut self, response: Response, limit: &LimitName, hint: &Arc<str>) {
        if self.hardest.as_ref().is_none_or(|(hardest, ..)| *hardest < response) {
            self.hardest = Some((response, Arc::clone(limit), Arc::clone(hint)));
        }
    }

    /// What all of it comes to.
    pub(super) fn give(self) -> (Verdict, Vec<Signal>) {
        let verdict = match self.hardest {
            Some((Response::Terminate, limit, hint)) => Verdict::Terminate { limit, hint },
            Some((Response::Block | Response::Quarantine, limit, hint)) => Verdict::Stop { limit, hint },
            Some((Response::Downgrade, limit, _)) => Verdict::Downgrade { limit },
            _ => Verdict::Granted { wait: self.wait, chunk: self.chunk },
        };
        (verdict, self.signals)
    }

    /// Judges every count by its limit.
    pub(super) fn limits(&mut self) {
        let counted = self.counted;
        for (index, count) in counted.counts.iter().enumerate() {
            let Some((limit, id)) = counted.rules.limit(count.limit) else { continue };
            let local = counted.totals.get(index).copied().unwrap_or(0);
            let total = match self.basis {
                // A store that lost its counts does not undo what this process knows.
                Basis::Shared(totals) => totals.get(index).copied().unwrap_or(local).max(local),
                Basis::Local | Basis::Share => local,
            };
            let before = total.saturating_sub(counted.grown.get(index).copied().unwrap_or(0));
            self.limit(limit, id, count, (before, total));
        }
    }

    fn limit(&mut self, limit: &Limit, id: u64, count: &Count, (before, total): (u64, u64)) {
        let peers = self.governor.usual(limit, id);
        let share = if matches!(self.basis, Basis::Share) { self.counted.rules.limits.share } else { 1.0 };
        let governor = self.governor;
        let mut shard = governor.shard(count.key);
        let meter = shard.meter(&self.counted.rules, self.now, count.key, id);
        if let Basis::Shared(_) = self.basis {
            meter.shared = (count.slice, total);
        }
        let sample = learn(limit, meter, self.now, total);
        let at = thresholds(limit, &meter.own, &peers, self.table(), share);
        self.forgive(meter, before);
        let judged = meter.standing.judge(self.now, limit, total, &at);
        let paced = match slow(limit, &judged) {
            Some(rate) if limit.mode == Mode::Enforce => Some((self.pace(&mut meter.standing.pace, rate), chunk(rate))),
            _ => None,
        };
        drop(shard);
        if let Some(sample) = sample {
            let mut peers = governor.peers.lock().unwrap_or_else(PoisonError::into_inner);
            peers.entry(id).or_default().learn(sample);
        }
        if let Some((wait, chunk)) = paced {
            self.wait = self.wait.max(wait);
            self.chunk = self.chunk.min(chunk);
        }
        if limit.mode == Mode::Enforce
            && let Some(each) = self.of_a_row(limit.meter, count)
        {
            self.chunk = self.chunk.min(u32::try_from(judged.room / each).unwrap_or(u32::MAX).max(1));
        }
        self.respond(limit, &judged, total);
    }

    /// What the next rows are taken to add each: as much as these. `None`: rows do not add to it.
    fn of_a_row(&self, meter: Counts, count: &Count) -> Option<u64> {
        match meter {
            Counts::Rows | Counts::Subjects => Some(1),
            Counts::Cells | Counts::Bytes => Some(count.number.checked_div(self.ask.disclosure.rows)?.max(1)),
            Counts::Statements | Counts::Denials | Counts::Logins | Counts::Probes => None,
        }
    }

    /// What is in force: the hardest of the entered steps.
    fn respond(&mut self, limit: &Limit, judged: &Judged, total: u64) {
        let Some(step) = entered(limit, judged) else { return };
        if judged.tell {
            self.tell(limit, step, judged, total);
        }
        if limit.mode == Mode::Observe || !stops(step.response) {
            return;
        }
        if step.response == Response::Quarantine && !self.quarantined() {
            let until = step.lasts.map(|lasts| self.now.saturating_add(lasts));
            let (meter, window) = (limit.meter.as_str(), written(limit.window));
            let reason = format!("more than {} {meter} within {window}, limit {}", judged.threshold, limit.name);
            self.governor.quarantine_by(self.now, &self.ask.account, until, &limit.name, reason);
        }
        self.verdict(step.response, &limit.name, &limit.hint);
    }

    fn tell(&mut self, limit: &Limit, step: &Step, judged: &Judged, total: u64) {
        let (meter, window) = (limit.meter.as_str(), written(limit.window));
        let evidence = format!("{total} {meter} within {window}; this step begins above {}", judged.threshold);
        let signal = Signal {
            rule: Arc::clone(&limit.name),
            meter,
            count: total,
            threshold: judged.threshold,
            persons: if limit.meter == Counts::Subjects { total } else { self.persons() },
            ..self.signal(step.response, limit.mode, vec![evidence.into()])
        };
        self.signals.push(signal);
    }

    fn signal(&self, response: Response, mode: Mode, evidence: Vec<Arc<str>>) -> Signal {
        Signal {
            rule: "".into(),
            severity: severity(response),
            response,
            observed: mode == Mode::Observe,
            account: Arc::clone(&self.ask.account),
            session: self.ask.session,
            at: self.now,
            meter: "",
            count: 0,
            threshold: 0,
            persons: 0,
            categories: self.ask.disclosure.cells.iter().filter(|(_, clear)| *clear > 0).cloned().collect(),
            relations: Arc::clone(&self.ask.relations),
            fingerprint: self.ask.fingerprint,
            evidence,
        }
    }

    /// Persons disclosed to the account within a day, where a detector looks at it.
    fn persons(&self) -> u64 {
        let key = self.counted.rules.account(&self.ask.account);
        let slice = super::window::slice(self.now, PERIOD);
        let mut shard = self.governor.shard(key);
        shard.profiles.get_mut(&key).map_or(0, |profile| profile.day.count(slice))
    }

    /// Lets rows go one after another; nothing else waits.
    fn pace(&self, pace: &mut Pace, rate: f64) -> Duration {
        match self.ask.occasion {
            Occasion::Rows => pace.take(self.now, self.ask.disclosure.rows.max(1), rate),
            _ => Duration::ZERO,
        }
    }

    /// Persons of the largest table that is read.
    fn table(&self) -> Option<u64> {
        let tables = self.governor.tables.load();
        let tables = tables.get(&self.ask.account.database)?;
        self.ask.relations.iter().filter_map(|relation| tables.get(relation)).max().copied()
    }

    /// Somebody has let the account go.
    fn forgive(&self, meter: &mut Meter, before: u64) {
        if self.governor.ordered()
            && let Some(at) = self.governor.orders().released(&self.ask.account)
            && at > meter.standing.pardoned_at()
        {
            meter.standing.pardon(at, before);
        }
    }

    fn quarantined(&self) -> bool {
        self.governor.ordered() && self.governor.orders().of(&self.ask.account, self.now).is_some()
    }

    /// Looks for patterns.
    pub(super) fn detectors(&mut self) {
        let rules = Arc::clone(&self.counted.rules);
        // who did not come in may have been anybody: nothing is learned of the account
        if self.ask.occasion == Occasion::LoginFailed
            || !rules.limits.detectors.iter().any(|one| one.scope.concerns(&self.ask.account))
        {
            return;
        }
        let account = rules.account(&self.ask.account);
        let sight = Sight {
            now: self.now,
            ask: self.ask,
            offset: rules.limits.offset,
            honeytokens: &rules.honeytokens,
            account,
        };
        let mut found = {
            let mut shard = self.governor.shard(account);
            let profile = shard.profiles.entry(account).or_default();
            sight.watch(profile, &rules.limits.detectors)
        };
        if let Some(place) = rules.place(&self.ask.account).filter(|_| !rules.places.is_empty()) {
            let mut shard = self.governor.shard(place);
            let place = shard.places.entry(place).or_default();
            let each = rules.places.iter();
            found.extend(each.filter_map(|(detector, users)| sight.colleagues(place, detector, *users)));
        }
        found.iter().for_each(|found| self.found(account, found));
        self.held(&rules, account);
    }

    fn found(&mut self, account: u64, found: &Found) {
        let detector = &found.detector;
        let signal = Signal {
            rule: Arc::clone(&detector.name),
            meter: "detector",
            count: found.count,
            threshold: detector.at,
            persons: self.persons(),
            ..self.signal(detector.response, detector.mode, found.evidence.clone())
        };
        self.signals.push(signal);
        if detector.mode == Mode::Observe {
            return;
        }
        match detector.response {
            Response::Alert => {}
            Response::Quarantine => {
                let until = detector.lasts.map(|lasts| self.now.saturating_add(lasts));
                let reason = format!("detector {}", detector.name);
                self.governor.quarantine_by(self.now, &self.ask.account, until, &detector.name, reason);
                self.verdict(Response::Quarantine, &detector.name, &detector.hint);
            }
            Response::Slow | Response::Downgrade | Response::Block | Response::Terminate => {
                let until = self.now.saturating_add(detector.lasts.unwrap_or(HELD));
                let held =
                    Held { detector: hash(detector.name.as_bytes()), since: self.now, until, pace: Pace::default() };
                let mut shard = self.governor.shard(account);
                shard.profiles.entry(account).or_default().held = Some(held);
            }
        }
    }

    /// What a detector has set in force earlier, or just now.
    fn held(&mut self, rules: &Rules, account: u64) {
        let released = self.governor.ordered().then(|| self.governor.orders().released(&self.ask.account)).flatten();
        let governor = self.governor;
        let mut shard = governor.shard(account);
        let Some(profile) = shard.profiles.get_mut(&account) else { return };
        let freed = |held: &Held| held.until <= self.now || released.is_some_and(|at| at >= held.since);
        profile.held.take_if(|held| freed(held));
        let Some(held) = &mut profile.held else { return };
        let Some(detector) = detector(rules, held.detector) else { return };
        let (rate, wait) = match detector.rate {
            Some(rate) if detector.response == Response::Slow => (rate, self.pace(&mut held.pace, rate)),
            _ => (f64::INFINITY, Duration::ZERO),
        };
        drop(shard);
        self.wait = self.wait.max(wait);
        self.chunk = self.chunk.min(chunk(rate));
        if stops(detector.response) {
            self.verdict(detector.response, &detector.name, &detector.hint);
        }
    }
}

fn entered<'l>(limit: &'l Limit, judged: &Judged) -> Option<&'l Step> {
    limit.steps.get(..=judged.step?)?.iter().max_by_key(|step| step.response)
}

/// The lowest rate of the entered steps.
fn slow(limit: &Limit, judged: &Judged) -> Option<f64> {
    limit.steps.get(..=judged.step?)?.iter().filter_map(|step| step.rate).min_by(f64::total_cmp)
}

/// Learns what is usual; the finished period's count, for the peers.
fn learn(limit: &Limit, meter: &mut Meter, now: Duration, total: u64) -> Option<u64> {
    if !limit.compares() {
        return None;
    }
    let period = u64::try_from(now.as_nanos() / limit.window.min(PERIOD).as_nanos().max(1)).unwrap_or(u64::MAX);
    let finished = (period > meter.period && meter.highest > 0).then_some(meter.highest);
    if let Some(sample) = finished {
        meter.own.learn(sample);
    }
    if period != meter.period {
        (meter.period, meter.highest) = (period, 0);
    }
    meter.highest = meter.highest.max(total);
    finished
}
