//! Counts that several replicas share, in Redis or Valkey.
//!
//! One ask is one call of a script ([`meters.lua`](../../../../src/extraction/io/meters.lua)), and so one round trip:
//! it adds what the ask discloses to every meter that it concerns and answers their totals. Replicas that ask at the
//! same time are put in a row by the store, and each sees what those before it took.
//!
//! A replica does not say "add 5" but "I have added 105 ever": the store adds what it does not know of. So nothing is
//! lost or added twice when an answer fails to come, a store comes back without its last second or without anything, or
//! calls overtake each other. Persons are a HyperLogLog, to which adding twice is no harm.
//!
//! While the store is away, asks are decided on this replica's own counts against a share of each limit
//! ([`Basis::Share`]); [`super::link`] brings the store up to date before it is believed again.

use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use arc_swap::ArcSwapOption;
use redis::aio::MultiplexedConnection;
use redis::{Script, ScriptInvocation};
use tokio::sync::Notify;

use crate::extraction::governor::{Basis, Counted, Governor};
use crate::extraction::shard::{Ever, Meter};
use crate::extraction::window::SLICES;
use crate::model::disclosure::{Ask, Signal, Verdict};
use crate::policy::limits::Limit;

use super::Later;

/// What all keys begin with. Installations that share a server use databases of their own.
pub(super) const PREFIX: &str = "menshen:";

/// Numbers beyond this are not whole ones to the store.
const MOST: u64 = 1 << 53;

/// Where the store is.
#[derive(Clone)]
pub struct Settings {
    /// `redis://…` or `rediss://…`.
    pub url: String,
    pub password: Option<String>,
    /// How long an answer may take.
    pub timeout: Duration,
}

impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // An address may hold a password against all advice.
        f.debug_struct("Settings").field("timeout", &self.timeout).finish_non_exhaustive()
    }
}

/// How it goes with the store, for metrics.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Status {
    /// For how long it has been away.
    pub away: Option<Duration>,
    /// How often it went away.
    pub outages: u64,
    /// Asks that were decided without it.
    pub alone: u64,
}

/// A connection to a store that knows all that this replica has counted.
pub(super) struct Link {
    pub(super) connection: MultiplexedConnection,
    /// Of the store's memory: another one where it has forgotten everything.
    pub(super) epoch: String,
}

/// What is known of a shared store, by all sessions.
pub struct Shared {
    pub(super) governor: Arc<Governor>,
    pub(super) settings: Settings,
    pub(super) script: Script,
    /// This process.
    pub(super) replica: String,
    /// `None`: it is away.
    pub(super) link: ArcSwapOption<Link>,
    /// A link was given up.
    pub(super) broken: Notify,
    /// The store has other orders than were last read from it.
    pub(super) ordered: Notify,
    pub(super) orders_seen: AtomicU64,
    pub(super) outage: std::sync::Mutex<Outage>,
    alone: AtomicU64,
}

#[derive(Debug, Default)]
pub(super) struct Outage {
    since: Option<Instant>,
    count: u64,
}

impl fmt::Debug for Shared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Shared").field("status", &self.status()).finish_non_exhaustive()
    }
}

impl Shared {
    pub(super) fn new(governor: Arc<Governor>, settings: Settings) -> Self {
        Self {
            governor,
            settings,
            script: Script::new(include_str!("meters.lua")),
            replica: format!("{:016x}", rand::random::<u64>()),
            link: ArcSwapOption::empty(),
            broken: Notify::new(),
            ordered: Notify::new(),
            orders_seen: AtomicU64::new(0),
            outage: std::sync::Mutex::default(),
            alone: AtomicU64::new(0),
        }
    }

    #[must_use]
    pub fn status(&self) -> Status {
        let outage = self.outage();
        Status {
            away: outage.since.map(|since| since.elapsed()),
            outages: outage.count,
            alone: self.alone.load(Ordering::Relaxed),
        }
    }

    /// The answer to what was counted here, by the shared totals. `None`: the store is away.
    pub(super) fn ask(self: &Arc<Self>, now: Duration, ask: &Arc<Ask>, counted: Counted) -> Result<Later, Counted> {
        let Some(link) = self.link.load_full() else { return Err(counted) };
        let call = self.call(now, ask, &counted);
        let (shared, ask) = (Arc::clone(self), Arc::clone(ask));
        Ok(Box::pin(async move {
            match shared.totals(&link, &call).await {
                Some(totals) => shared.governor.decide(now, &ask, &counted, Basis::Shared(&totals)),
                None => shared.decide_alone(now, &ask, &counted),
            }
        }))
    }

    pub(super) fn decide_alone(&self, now: Duration, ask: &Ask, counted: &Counted) -> (Verdict, Vec<Signal>) {
        self.alone.fetch_add(1, Ordering::Relaxed);
        self.governor.decide(now, ask, counted, Basis::Share)
    }

    fn call(&self, now: Duration, ask: &Ask, counted: &Counted) -> Call {
        let mut call = Call::default();
        let mut lists: HashMap<Option<usize>, usize> = HashMap::new();
        for count in &counted.counts {
            let Some((limit, id)) = counted.rules.limit(count.limit) else { continue };
            let mut shard = self.governor.shard(count.key);
            let meter = shard.meter(&counted.rules, now, count.key, id);
            let own = meter.numbers.total(count.slice);
            let list = match count.persons {
                false => 0,
                true => *lists
                    .entry(count.share)
                    .or_insert_with(|| call.list(count.subjects(ask).iter().map(|subject| subject.digest))),
            };
            call.meters.push(Entry::new(count.key, limit, meter.ever, own, list));
        }
        call
    }

    /// The totals of a call's meters. `None`: the store gave no answer in time, or no good one, and is given up.
    async fn totals(&self, link: &Arc<Link>, call: &Call) -> Option<Vec<u64>> {
        let mut connection = link.connection.clone();
        let invocation = call.invocation(&self.script, &link.epoch, &self.replica);
        let answer = tokio::time::timeout(self.settings.timeout, invocation.invoke_async(&mut connection)).await;
        let why = match answer {
            Ok(Ok(answer)) => match self.read(answer, call) {
                Some(totals) => return Some(totals),
                None => FORGOTTEN.to_owned(),
            },
            Ok(Err(error)) => error.to_string(),
            Err(_) => format!("no answer within {:?}", self.settings.timeout),
        };
        self.give_up(link, &why);
        None
    }

    /// The totals in an answer; takes note of the orders' version before them.
    pub(super) fn read(&self, answer: Vec<u64>, call: &Call) -> Option<Vec<u64>> {
        let (version, totals) = answer.split_first()?;
        if *version != self.orders_seen.load(Ordering::Relaxed) {
            self.ordered.notify_one();
        }
        (totals.len() == call.meters.len()).then(|| totals.to_vec())
    }

    /// Goes on alone, until the link has been made anew.
    pub(super) fn give_up(&self, link: &Arc<Link>, why: &str) {
        let current = self.link.load_full();
        if current.as_ref().is_some_and(|current| Arc::ptr_eq(current, link)) {
            // Another session may be first; it says so then.
            let was = self.link.compare_and_swap(&current, None);
            if was.as_ref().is_some_and(|was| Arc::ptr_eq(was, link)) {
                self.went_away(why);
                self.broken.notify_one();
            }
        }
    }

    /// Says once that the store is away.
    pub(super) fn went_away(&self, why: &str) {
        let mut outage = self.outage();
        if outage.since.is_none() {
            outage.since = Some(Instant::now());
            outage.count += 1;
            tracing::error!(
                why,
                "the shared store of extraction is away: this replica goes on alone, with its share of every limit"
            );
        }
    }

    pub(super) fn came_back(&self) {
        let since = self.outage().since.take();
        match since {
            Some(since) => tracing::warn!(
                after = ?since.elapsed(),
                "the shared store of extraction is back and knows what was counted meanwhile"
            ),
            None => tracing::info!("counts of extraction are shared"),
        }
    }

    fn outage(&self) -> std::sync::MutexGuard<'_, Outage> {
        self.outage.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

/// Why a store is given up that answers, but nothing.
pub(super) const FORGOTTEN: &str = "it has forgotten what was counted";

/// One call of the script.
#[derive(Debug, Default)]
pub(super) struct Call {
    lists: Vec<Vec<u8>>,
    pub(super) meters: Vec<Entry>,
}

/// What a replica knows of one meter; the fields that `meters.lua` lists.
#[derive(Debug)]
pub(super) struct Entry {
    key: u64,
    length: u64,
    ever: Ever,
    own: u64,
    pub(super) estimate: u64,
    list: usize,
}

impl Entry {
    pub(super) fn new(key: u64, limit: &Limit, ever: Ever, own: u64, list: usize) -> Self {
        let length = u64::try_from((limit.window.as_nanos() / u128::from(SLICES) / 1_000).max(1)).unwrap_or(MOST);
        Self { key, length, ever, own, estimate: 0, list }
    }
}

impl Call {
    /// A list of persons, by 48 bits of each digest: what the governor itself keeps of them. Its number, from 1.
    pub(super) fn list(&mut self, digests: impl Iterator<Item = u64>) -> usize {
        let mut words: Vec<u64> = digests.map(|digest| digest & !0xffff).collect();
        if words.is_empty() {
            return 0;
        }
        words.sort_unstable();
        words.dedup();
        self.lists.push(words.into_iter().flat_map(u64::to_be_bytes).collect());
        self.lists.len()
    }

    pub(super) fn invocation<'s>(&self, script: &'s Script, epoch: &str, replica: &str) -> ScriptInvocation<'s> {
        let mut invocation = script.key(PREFIX);
        invocation.arg(epoch).arg(replica).arg(self.lists.len());
        for list in &self.lists {
            invocation.arg(list.as_slice());
        }
        for meter in &self.meters {
            invocation.arg(format!("{:016x}", meter.key)).arg(meter.length.min(MOST));
            invocation.arg(meter.ever.numbers.min(MOST)).arg(meter.own.min(MOST));
            invocation.arg(meter.ever.persons.min(MOST)).arg(meter.estimate.min(MOST)).arg(meter.list);
        }
        invocation
    }
}

/// What this replica knows of a meter, to bring a store up to date: its persons by name where it has them.
pub(super) fn everything(call: &mut Call, key: u64, limit: &Limit, meter: &mut Meter, slice: u64) {
    let persons = meter.persons.count(slice);
    let record = meter.persons.record();
    let list = call.list(record.exact.into_iter());
    let mut entry = Entry::new(key, limit, meter.ever, meter.numbers.total(slice), list);
    if list == 0 {
        entry.estimate = persons;
    }
    call.meters.push(entry);
}
