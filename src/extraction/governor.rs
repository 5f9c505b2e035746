//! The governor: asked before bytes leave, shared by all sessions.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard};
use std::time::Duration;

use arc_swap::ArcSwap;

use crate::model::disclosure::{Account, Ask, LimitName, Response, Signal, Verdict};
use crate::model::ids::Oid;
use crate::policy::limits::{Detector, Limit, Limits, Meter, Mode};

use super::baseline::Baseline;
use super::count::{Count, concerns, counts};
use super::decide::Answer;
use super::orders::{Order, Orders, name};
use super::respond::{stops, thresholds};
use super::rules::Rules;
use super::shard::Shard;

/// Locks that meters are spread over.
pub(super) const SHARDS: usize = 64;

/// The name under which an administrator's quarantine and lock-down appear.
const QUARANTINE: &str = "quarantine";
const LOCKDOWN: &str = "lockdown";

/// Why statements on protected columns must not start.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Refused {
    pub limit: LimitName,
    /// What the client is told.
    pub hint: Arc<str>,
    /// Whether the session that asks for one is to end.
    pub ends: bool,
}

/// The limit that stops something.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Stopped {
    pub limit: LimitName,
    /// What the client is told.
    pub hint: Arc<str>,
}

/// Persons by table.
pub type Persons = HashMap<Oid, u64>;

/// What one ask concerns, with the local totals.
#[derive(Debug)]
pub struct Counted {
    pub(super) rules: Arc<Rules>,
    /// What is to be added to a shared store, too. Persons are the ask's.
    pub counts: Vec<Count>,
    /// Of each count, with this ask in it.
    pub totals: Vec<u64>,
    /// How much of each total is this ask's.
    pub(super) grown: Vec<u64>,
}

/// What totals a decision is based on.
#[derive(Clone, Copy, Debug)]
pub enum Basis<'a> {
    /// This process counts alone.
    Local,
    /// The totals that a shared store gave for each of [`Counted::counts`].
    Shared(&'a [u64]),
    /// The shared store is away: the local totals, against a share of each limit.
    Share,
}

/// Counts what leaves, and says what may. Cheap to ask from many threads at once.
#[derive(Debug)]
pub struct Governor {
    pub(super) key: [u8; 32],
    pub(super) rules: ArcSwap<Rules>,
    pub(super) shards: Box<[Mutex<Shard>]>,
    /// For an index beyond them, which there is not.
    spare: Mutex<Shard>,
    pub(super) orders: RwLock<Orders>,
    /// Goes up with every change of the orders; 0: there never was one.
    pub(super) version: AtomicU64,
    /// What is usual among those whom a limit is about, by the limit's digest.
    pub(super) peers: Mutex<HashMap<u64, Baseline>>,
    /// Persons of each table, by database.
    pub(super) tables: ArcSwap<HashMap<Arc<str>, Arc<Persons>>>,
}

impl Governor {
    /// `key` is that of the digests of persons, the same in all replicas.
    #[must_use]
    pub fn new(limits: Arc<Limits>, key: [u8; 32]) -> Self {
        Self {
            rules: ArcSwap::from_pointee(Rules::new(limits, &key)),
            key,
            shards: (0..SHARDS).map(|_| Mutex::default()).collect(),
            spare: Mutex::default(),
            orders: RwLock::default(),
            version: AtomicU64::new(0),
            peers: Mutex::default(),
            tables: ArcSwap::default(),
        }
    }

    /// The limits in force from now on. Limits whose meter, window, name and scope are the same keep their counts.
    pub fn limits_changed(&self, limits: Arc<Limits>) {
        self.rules.store(Arc::new(Rules::new(limits, &self.key)));
    }

    /// How many persons each table of a database holds, for limits that are a part of it.
    pub fn tables_changed(&self, database: &Arc<str>, persons: Persons) {
        let persons = Arc::new(persons);
        self.tables.rcu(|known| {
            let mut tables = HashMap::clone(known);
            tables.insert(Arc::clone(database), Arc::clone(&persons));
            tables
        });
    }

    /// Whether some limit is a part of a table: then [`Self::tables_changed`] is to be called.
    #[must_use]
    pub fn measures_tables(&self) -> bool {
        self.rules.load().limits.measures_tables()
    }

    /// Whether a limit or a detector is about this account.
    #[must_use]
    pub fn counts(&self, account: &Account) -> bool {
        self.rules.load().limits.concerns(account)
    }

    /// Whether anything meters, watches or restricts this account: if not, it need not ask.
    #[must_use]
    pub fn concerns(&self, account: &Account) -> bool {
        self.counts(account) || (self.ordered() && !self.orders().is_empty())
    }

    /// Whether anything counts or watches what has happened: if not, it need not be asked about.
    #[must_use]
    pub fn hears(&self, ask: &Ask) -> bool {
        let rules = self.rules.load();
        let limits = &rules.limits;
        !limits.detectors.is_empty() || limits.limits.iter().any(|limit| concerns(limit, ask))
    }

    /// Counts, then decides, on this process's own counts.
    #[must_use]
    pub fn ask(&self, now: Duration, ask: &Ask) -> (Verdict, Vec<Signal>) {
        let counted = self.count(now, ask);
        self.decide(now, ask, &counted, Basis::Local)
    }

    /// Finds the meters that an ask concerns and adds to the local ones.
    #[must_use]
    pub fn count(&self, now: Duration, ask: &Ask) -> Counted {
        let rules = self.rules.load_full();
        let counts = counts(&rules, now, ask);
        let (totals, grown) = counts.iter().map(|count| self.add(&rules, now, ask, count)).unzip();
        Counted { rules, counts, totals, grown }
    }

    /// The new total, and by how much it has grown.
    fn add(&self, rules: &Rules, now: Duration, ask: &Ask, count: &Count) -> (u64, u64) {
        let id = rules.ids.get(count.limit).copied().unwrap_or_default();
        let mut shard = self.shard(count.key);
        let meter = shard.meter(rules, now, count.key, id);
        let before = meter.total(count.slice);
        meter.numbers.add(count.slice, count.number);
        let persons = count.subjects(ask);
        persons.iter().for_each(|subject| _ = meter.persons.add(count.slice, subject.digest));
        let amount = count.number.saturating_add(persons.len() as u64);
        if amount > 0 {
            meter.last = now;
            meter.changed = true;
            meter.speed(now, amount);
            meter.ever.numbers = meter.ever.numbers.saturating_add(count.number);
            meter.ever.persons = meter.ever.persons.saturating_add(persons.len() as u64);
        }
        let total = meter.total(count.slice);
        (total, total.saturating_sub(before))
    }

    /// What is to become of what was counted.
    #[must_use]
    pub fn decide(&self, now: Duration, ask: &Ask, counted: &Counted, basis: Basis<'_>) -> (Verdict, Vec<Signal>) {
        let mut answer = Answer::new(self, now, ask, counted, basis);
        self.standing_orders(now, &ask.account, &mut answer);
        answer.limits();
        answer.detectors();
        answer.give()
    }

    fn standing_orders(&self, now: Duration, account: &Account, answer: &mut Answer<'_>) {
        if !self.ordered() {
            return;
        }
        let orders = self.orders();
        if orders.locked(now) {
            answer.verdict(Response::Downgrade, &LOCKDOWN.into(), &"".into());
        }
        if let Some(order) = orders.of(account, now) {
            let (limit, hint) = told(order);
            answer.verdict(Response::Quarantine, &limit, &hint);
        }
    }

    /// Why a statement of this account on protected columns must not start: quarantined, blocked or to be ended. Of what
    /// concerns nobody like it, it is found out at once.
    #[must_use]
    pub fn refused(&self, now: Duration, account: &Account) -> Option<Refused> {
        if self.ordered()
            && let Some(order) = self.orders().of(account, now)
        {
            let (limit, hint) = told(order);
            return Some(Refused { limit, hint, ends: false });
        }
        let (response, limit, hint) =
            self.in_force(now, account, &[Response::Block, Response::Quarantine, Response::Terminate])?;
        Some(Refused { limit, hint, ends: response == Response::Terminate })
    }

    /// The limit that values which were just counted are too many for: more than was left before a step stops.
    #[must_use]
    pub fn too_many(&self, now: Duration, counted: &Counted) -> Option<Stopped> {
        let each = counted.counts.iter().zip(&counted.totals).zip(&counted.grown);
        let over = each.filter_map(|((count, total), grown)| {
            let (limit, id) = counted.rules.limit(count.limit).filter(|(limit, _)| stops_tests(limit))?;
            let peers = self.usual(limit, id);
            let mut shard = self.shard(count.key);
            let meter = shard.meter(&counted.rules, now, count.key, id);
            let at = thresholds(limit, &meter.own, &peers, None, 1.0);
            let before = total.saturating_sub(*grown).max(meter.heard(count.slice));
            let left = meter.standing.until_stopped(limit, before, &at)?;
            (*grown > left).then(|| Stopped { limit: Arc::clone(&limit.name), hint: Arc::clone(&limit.hint) })
        });
        over.into_iter().next()
    }

    /// Whether a limit ends that values are compared with hidden ones.
    #[must_use]
    pub fn stops_tests(&self, now: Duration, account: &Account) -> bool {
        let rules = self.rules.load();
        let mut limits = rules.limits.limits.iter();
        limits.any(|limit| stops_tests(limit) && limit.scope.holds(account, now))
    }

    /// Whether [`Self::downgraded`] may say so of anybody.
    #[must_use]
    pub fn lowers(&self) -> bool {
        self.ordered() || self.rules.load().answers(&[Response::Downgrade])
    }

    /// Why this account reads masks for now: the lock-down, or a limit that downgrades.
    #[must_use]
    pub fn downgraded(&self, now: Duration, account: &Account) -> Option<LimitName> {
        if self.ordered() && self.orders().locked(now) {
            return Some(LOCKDOWN.into());
        }
        self.in_force(now, account, &[Response::Downgrade]).map(|(_, limit, _)| limit)
    }

    /// The hardest of some responses that is in force for an account, by limits that add up by what is known of it, or by
    /// a detector.
    fn in_force(
        &self,
        now: Duration,
        account: &Account,
        wanted: &[Response],
    ) -> Option<(Response, LimitName, Arc<str>)> {
        let rules = self.rules.load();
        if !rules.answers(wanted) {
            return None;
        }
        let wanted = |response: Response| wanted.contains(&response);
        let released = self.ordered().then(|| self.orders().released(account)).flatten();
        let mut hardest: Option<(Response, LimitName, Arc<str>)> = None;
        for (limit, id) in rules.limits.limits.iter().zip(&rules.ids) {
            let may = limit.mode == Mode::Enforce && limit.steps.iter().any(|step| wanted(step.response));
            if !may || !limit.scope.holds(account, now) {
                continue;
            }
            let key = rules.key(*id, &limit.per, account, "");
            let mut shard = self.shard(key);
            let Some(meter) = shard.meters.get_mut(&key) else { continue };
            let total = meter.known(super::window::slice(now, limit.window));
            if let Some(at) = released.filter(|at| *at > meter.standing.pardoned_at()) {
                meter.standing.pardon(at, total);
            }
            if let Some(step) = meter.standing.still(now, limit, total).filter(|step| wanted(step.response))
                && hardest.as_ref().is_none_or(|(hardest, ..)| *hardest < step.response)
            {
                hardest = Some((step.response, Arc::clone(&limit.name), Arc::clone(&limit.hint)));
            }
        }
        let held = self.held(&rules, now, account, wanted, released);
        hardest.into_iter().chain(held).reduce(|hardest, other| if other.0 > hardest.0 { other } else { hardest })
    }

    /// What a detector has set in force for an account, if it is wanted.
    fn held(
        &self,
        rules: &Rules,
        now: Duration,
        account: &Account,
        wanted: impl Fn(Response) -> bool,
        released: Option<Duration>,
    ) -> Option<(Response, LimitName, Arc<str>)> {
        let may =
            |one: &Arc<Detector>| wanted(one.response) && one.mode == Mode::Enforce && one.scope.concerns(account);
        if !rules.limits.detectors.iter().any(may) {
            return None;
        }
        let key = rules.account(account);
        let shard = self.shard(key);
        let held = shard.profiles.get(&key)?.held.as_ref()?;
        let held = Some(held).filter(|held| now < held.until && released.is_none_or(|at| at < held.since))?;
        let detector = super::decide::detector(rules, held.detector)?;
        wanted(detector.response).then(|| (detector.response, Arc::clone(&detector.name), Arc::clone(&detector.hint)))
    }

    /// Refuses somebody's statements on protected columns; `who` is a database user or an end user.
    pub fn quarantine(&self, now: Duration, who: &str, until: Option<Duration>, reason: &str) {
        self.order(who, Order { at: now, until, limit: None, reason: reason.into(), released: false });
    }

    /// Lets somebody go: quarantine and steps end, and what was counted so far is not held against the account.
    pub fn release(&self, now: Duration, who: &str, reason: &str) {
        self.order(who, Order { at: now, until: None, limit: None, reason: reason.into(), released: true });
    }

    /// Everybody reads masks only, until the time or until it is ended: the emergency plan.
    pub fn lockdown(&self, now: Duration, until: Option<Duration>, reason: &str) {
        self.lock(Order { at: now, until, limit: None, reason: reason.into(), released: false });
    }

    pub fn end_lockdown(&self, now: Duration, reason: &str) {
        self.lock(Order { at: now, until: None, limit: None, reason: reason.into(), released: true });
    }

    fn lock(&self, mut order: Order) {
        self.change(|orders| {
            order.later_than(orders.lockdown.as_ref());
            orders.lockdown = Some(order);
        });
    }

    /// Throws out what is idle. Shards that are asked do so by themselves; the shell does it for the others, now and
    /// then.
    pub fn sweep(&self, now: Duration) {
        let rules = self.rules.load();
        for shard in &self.shards {
            shard.lock().unwrap_or_else(PoisonError::into_inner).sweep(&rules, now);
        }
    }

    /// Everything that is ordered, to be shown, kept or sent.
    #[must_use]
    pub fn orders_listed(&self) -> Orders {
        self.orders().clone()
    }

    /// Goes up with every change of the orders: the shell sends them on when it has.
    #[must_use]
    pub fn orders_version(&self) -> u64 {
        self.version.load(Ordering::Acquire)
    }

    /// Takes over what another replica or the store knows.
    pub fn orders_received(&self, other: &Orders) {
        let mut orders = self.orders.write().unwrap_or_else(PoisonError::into_inner);
        if orders.merge(other) {
            self.version.fetch_add(1, Ordering::Release);
        }
    }

    pub(super) fn quarantine_by(
        &self,
        now: Duration,
        account: &Account,
        until: Option<Duration>,
        limit: &LimitName,
        reason: String,
    ) {
        let limit = Some(limit.to_string());
        self.order(name(account), Order { at: now, until, limit, reason, released: false });
    }

    fn order(&self, who: &str, mut order: Order) {
        self.change(|orders| {
            orders.sweep(order.at);
            order.later_than(orders.quarantined.get(who));
            orders.quarantined.insert(who.into(), order);
        });
    }

    fn change(&self, change: impl FnOnce(&mut Orders)) {
        change(&mut self.orders.write().unwrap_or_else(PoisonError::into_inner));
        self.version.fetch_add(1, Ordering::Release);
    }

    /// What is usual among those whom a limit is about, if it looks at that.
    pub(super) fn usual(&self, limit: &Limit, id: u64) -> Baseline {
        if !limit.compares() {
            return Baseline::default();
        }
        self.peers.lock().unwrap_or_else(PoisonError::into_inner).get(&id).copied().unwrap_or_default()
    }

    pub(super) fn ordered(&self) -> bool {
        self.orders_version() > 0
    }

    pub(super) fn orders(&self) -> RwLockReadGuard<'_, Orders> {
        self.orders.read().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn shard(&self, key: u64) -> MutexGuard<'_, Shard> {
        // Of the key's other half than what the maps' buckets are found by.
        let index = (key >> 32) as usize % SHARDS;
        self.shards.get(index).unwrap_or(&self.spare).lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn stops_tests(limit: &Limit) -> bool {
    limit.meter == Meter::Probes && limit.mode == Mode::Enforce && limit.steps.iter().any(|step| stops(step.response))
}

/// The limit that gave an order, and what the client is told.
fn told(order: &Order) -> (LimitName, Arc<str>) {
    let limit = order.limit.as_deref().unwrap_or(QUARANTINE).into();
    // what an administrator wrote is for those who investigate
    let reason = order.limit.as_ref().map(|_| format!(": {}", order.reason)).unwrap_or_default();
    let hint = format!(
        "This account is quarantined{reason}. Ask the security team to release it. 该账号已被隔离，请联系安全管理员解除。"
    );
    (limit, hint.into())
}
