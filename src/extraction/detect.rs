//! Detectors: patterns of taking that a count alone does not show. Each says what it saw in words, never a value.

use std::collections::HashSet;
use std::hash::Hasher;
use std::sync::Arc;
use std::time::Duration;

use siphasher::sip::SipHasher13;

use crate::model::disclosure::{Ask, Occasion};
use crate::policy::limits::{Detector, Pattern};
use crate::policy::schedule::local;

use super::profile::{Place, Profile, Thing};
use super::window::slice;

/// An account is known after so long; before, everything it uses is its first use.
const LEARNING: Duration = Duration::from_secs(7 * 86_400);

const DAY: Duration = Duration::from_secs(86_400);

/// A rhythm whose deviation is below this part of its mean is a machine's.
const STEADY: f64 = 0.35;

/// What a detector is sure of.
#[derive(Clone, Debug)]
pub struct Found {
    pub detector: Arc<Detector>,
    pub count: u64,
    pub evidence: Vec<Arc<str>>,
}

/// One ask in the eyes of detectors.
#[derive(Debug)]
pub struct Sight<'a> {
    pub now: Duration,
    pub ask: &'a Ask,
    /// Minutes east of UTC.
    pub offset: i16,
    /// Digests of persons that nobody has a reason to read.
    pub honeytokens: &'a HashSet<u64>,
    /// Digest of the account.
    pub account: u64,
}

/// A digest for remembering, not for secrets.
#[must_use]
pub fn hash(text: &[u8]) -> u64 {
    let mut hasher = SipHasher13::new();
    hasher.write(text);
    hasher.finish()
}

impl Sight<'_> {
    /// Runs the detectors that concern the account over its profile, then remembers what was seen.
    pub fn watch(&self, profile: &mut Profile, detectors: &[Arc<Detector>]) -> Vec<Found> {
        if profile.since.is_zero() {
            profile.since = self.now;
        }
        let fresh = self.remember(profile);
        let mut found = Vec::new();
        for detector in detectors.iter().filter(|one| one.scope.holds(&self.ask.account, self.now)) {
            if let Some((count, evidence)) = self.look(profile, detector, fresh) {
                let pause = detector.lasts.unwrap_or(detector.window.min(DAY));
                if profile.fires(self.now, hash(detector.name.as_bytes()), pause) {
                    found.push(Found { detector: Arc::clone(detector), count, evidence });
                }
            }
        }
        profile.last = self.now;
        found
    }

    /// Persons of this ask that the account had not read within a day.
    fn remember(&self, profile: &mut Profile) -> u64 {
        let disclosure = &self.ask.disclosure;
        let day = slice(self.now, DAY);
        let new = disclosure.subjects.iter().filter(|subject| profile.day.add(day, subject.digest)).count() as u64;
        let numbers = disclosure.subjects.iter().filter_map(|subject| subject.number);
        for number in numbers {
            let (low, high) = profile.keys.unwrap_or((number, number));
            profile.keys = Some((low.min(number), high.max(number)));
        }
        profile.crawl.persons += disclosure.subjects.len() as u64;
        profile.crawl.fresh += new;
        new
    }

    fn look(&self, profile: &mut Profile, detector: &Detector, fresh: u64) -> Option<(u64, Vec<Arc<str>>)> {
        match &detector.pattern {
            Pattern::PagingCrawl => self.paging(profile, detector),
            Pattern::KeyWalk => self.key_walk(profile, detector),
            Pattern::Enumeration => self.enumeration(profile, detector),
            Pattern::OffHours { working } if !working.contains(self.now) => self.off_hours(profile, detector),
            Pattern::FirstUse { application, address, driver } => {
                self.first_use(profile, detector, [*application, *address, *driver])
            }
            Pattern::TwoAddresses => self.two_addresses(profile, detector),
            Pattern::Burst { silence } => self.burst(profile, detector, *silence, fresh),
            Pattern::Honeytoken { .. } => self.honeytoken(),
            // `colleagues` is looked for at the address.
            Pattern::OffHours { .. } | Pattern::Colleagues { .. } => None,
        }
    }

    fn paging(&self, profile: &mut Profile, detector: &Detector) -> Option<(u64, Vec<Arc<str>>)> {
        if self.ask.occasion != Occasion::Statement {
            return None;
        }
        let pages = profile.crawl.page(self.now, detector.window, hash(&self.ask.fingerprint.0));
        let (mean, deviation) = profile.crawl.rhythm()?;
        if u64::from(pages) <= detector.at || (deviation > STEADY && mean > 2.0) {
            return None;
        }
        let persons = profile.crawl.fresh;
        if persons < u64::from(pages) / 2 {
            return None;
        }
        profile.crawl.forget();
        Some((
            u64::from(pages),
            vec![
                format!("one statement shape was repeated {pages} times, {mean:.1} s apart on average").into(),
                format!("the rhythm deviates by {:.0} % of that: people's by more than 50 %", deviation * 100.0).into(),
                format!("it brought {persons} persons not read before on that day").into(),
            ],
        ))
    }

    fn key_walk(&self, profile: &mut Profile, detector: &Detector) -> Option<(u64, Vec<Arc<str>>)> {
        // The keys of the statement before: this one begins.
        let (low, high) = match self.ask.occasion {
            Occasion::Statement => profile.keys.take()?,
            _ => return None,
        };
        let steps = u64::from(profile.walk.follow(self.now, detector.window, low, high));
        if steps <= detector.at {
            return None;
        }
        profile.walk.forget();
        let evidence = format!("{steps} statements each went on at the next key after the one before");
        Some((steps, vec![evidence.into()]))
    }

    fn enumeration(&self, profile: &mut Profile, detector: &Detector) -> Option<(u64, Vec<Arc<str>>)> {
        let probes = profile.probes.add(slice(self.now, detector.window), self.ask.disclosure.probes);
        if self.ask.disclosure.probes == 0 || probes <= detector.at {
            return None;
        }
        let minutes = detector.window.as_secs() / 60;
        Some((probes, vec![format!("{probes} values were tested against hidden ones within {minutes} minutes").into()]))
    }

    fn off_hours(&self, profile: &mut Profile, detector: &Detector) -> Option<(u64, Vec<Arc<str>>)> {
        let slice = slice(self.now, detector.window);
        for subject in &self.ask.disclosure.subjects {
            profile.outside.add(slice, subject.digest);
        }
        let persons = profile.outside.count(slice);
        if self.ask.occasion != Occasion::Rows || persons <= detector.at {
            return None;
        }
        let (_, minute) = local(self.now, self.offset);
        let evidence = format!("{persons} persons outside of working hours, now {:02}:{:02}", minute / 60, minute % 60);
        Some((persons, vec![evidence.into()]))
    }

    fn first_use(&self, profile: &mut Profile, detector: &Detector, of: [bool; 3]) -> Option<(u64, Vec<Arc<str>>)> {
        if self.ask.occasion == Occasion::Rows {
            return None;
        }
        let account = &self.ask.account;
        let application = account.principal.application.as_ref().map(|name| hash(name.as_bytes()));
        let address = account.place().map(|address| hash(address.to_string().as_bytes()));
        let driver = Some(hash(account.application_name.as_bytes()));
        let things = [
            (Thing::Application, application, "application"),
            (Thing::Address, address, "address"),
            (Thing::Driver, driver, "program name"),
        ];
        let learned = self.now.saturating_sub(profile.since) >= LEARNING;
        let mut evidence: Vec<Arc<str>> = Vec::new();
        for ((thing, value, name), wanted) in things.into_iter().zip(of) {
            let Some(value) = value else { continue };
            let first = profile.first_use(self.now, thing, value, detector.window);
            if first && wanted && learned {
                let days = detector.window.as_secs() / 86_400;
                evidence.push(format!("{name}: one that the account has not used within {days} days").into());
            }
        }
        (evidence.len() as u64 > detector.at).then_some((evidence.len() as u64, evidence))
    }

    fn two_addresses(&self, profile: &mut Profile, detector: &Detector) -> Option<(u64, Vec<Arc<str>>)> {
        let here = hash(self.ask.account.place()?.to_string().as_bytes());
        let before = profile.address;
        if before == here || before == 0 {
            profile.address = here;
            return None;
        }
        profile.address = here;
        let back =
            profile.other.is_some_and(|(known, at)| known == here && self.now.saturating_sub(at) < detector.window);
        profile.other = Some((before, profile.last));
        profile.changes = if back { profile.changes.saturating_add(1) } else { 0 };
        let changes = u64::from(profile.changes);
        let evidence = || format!("the account went to and fro between two addresses {changes} times, minutes apart");
        (changes > detector.at).then(|| (changes, vec![evidence().into()]))
    }

    fn burst(
        &self,
        profile: &mut Profile,
        detector: &Detector,
        silence: Duration,
        fresh: u64,
    ) -> Option<(u64, Vec<Arc<str>>)> {
        let silent = self.now.saturating_sub(profile.last);
        if !profile.last.is_zero() && silent >= silence {
            profile.awake = Some(self.now);
            profile.burst = Default::default();
        }
        let awake = profile.awake?;
        if self.now.saturating_sub(awake) > detector.window {
            profile.awake = None;
            profile.burst = Default::default();
            return None;
        }
        let slice = slice(self.now, detector.window);
        for subject in &self.ask.disclosure.subjects {
            profile.burst.add(slice, subject.digest);
        }
        let persons = profile.burst.count(slice);
        if fresh == 0 || persons <= detector.at {
            return None;
        }
        let days = silence.as_secs() / 86_400;
        Some((persons, vec![format!("{persons} persons right after {days} or more days of silence").into()]))
    }

    fn honeytoken(&self) -> Option<(u64, Vec<Arc<str>>)> {
        let subjects = &self.ask.disclosure.subjects;
        let bait = subjects.iter().filter(|subject| self.honeytokens.contains(&subject.digest)).count() as u64;
        let evidence = "a record was read that belongs to nobody and that no work needs: a bait";
        (bait > 0).then(|| (bait, vec![evidence.into()]))
    }

    /// Several accounts on one address that take much between them.
    pub fn colleagues(&self, place: &mut Place, detector: &Arc<Detector>, users: usize) -> Option<Found> {
        if !detector.scope.holds(&self.ask.account, self.now) || self.ask.disclosure.subjects.is_empty() {
            return None;
        }
        place.last = self.now;
        let slice = slice(self.now, detector.window);
        for subject in &self.ask.disclosure.subjects {
            place.persons.add(slice, subject.digest);
        }
        place.accounts.retain(|(_, last)| self.now.saturating_sub(*last) < detector.window);
        let room = place.accounts.len() < 64;
        match place.accounts.iter_mut().find(|(account, _)| *account == self.account) {
            Some((_, last)) => *last = self.now,
            None if room => place.accounts.push((self.account, self.now)),
            None => {}
        }
        let (persons, accounts) = (place.persons.count(slice), place.accounts.len());
        let told = !place.fired.is_zero() && self.now.saturating_sub(place.fired) < detector.window;
        if told || accounts < users || persons <= detector.at {
            return None;
        }
        place.fired = self.now;
        let evidence = format!("{accounts} accounts on one address took {persons} different persons between them");
        Some(Found { detector: Arc::clone(detector), count: persons, evidence: vec![evidence.into()] })
    }
}
