//! What is in force: the policy and each database's catalog, replaced as a whole, and the rights that follow.

use std::collections::HashMap;
use std::net::IpAddr;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use arc_swap::ArcSwap;
use tokio::runtime::Handle;
use tokio::sync::watch;
use tokio::task::JoinSet;

use crate::catalog::snapshot::Snapshot;
use crate::config::Config;
use crate::extraction::Governor;
use crate::model::epochs::Epochs as Pair;
use crate::model::ids::Oid;
use crate::model::principal::{EndUser, Principal};
use crate::model::refusal::Refusal;
use crate::observe::metrics::Metrics;
use crate::policy::alerts::Alerts;
use crate::policy::compile::Policy;
use crate::policy::diagnostic::{Diagnostic, Severity};
use crate::policy::end_user::Named;
use crate::rights::bind;
use crate::session::authority::{Authority, Lane};

use super::bundle;
use super::catalogs::{Catalog, CatalogError, Login, Version};

/// Statement shapes kept for each set of rights.
const SHAPES_MAX: u64 = 10_000;

/// Sets of rights kept; what sessions use stays in any case.
const AUTHORITIES_MAX: usize = 1_000;

/// Who is asking, before any policy has been applied.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Identity {
    pub database_user: Arc<str>,
    pub address: Option<IpAddr>,
    /// As the start-up packet claimed.
    pub application_name: Option<Arc<str>>,
    /// Reads masks at best, for now.
    pub lowered: bool,
    /// Whom its application speaks for.
    pub end_user: Option<Named>,
}

impl Identity {
    fn principal(&self, policy: &Policy) -> Principal {
        let principal = policy.principal(&self.database_user, self.address, self.application_name.as_deref());
        let principal = Principal { lowered: self.lowered, ..principal };
        match self.end_user.as_ref().filter(|_| policy.naming(&principal).is_some()) {
            Some(named) => policy.on_behalf(&principal, &named.name, named.signed),
            None => principal,
        }
    }
}

/// A database, whether its catalog was left out, and who is asking.
type Asker = (Arc<str>, bool, Principal);

/// The epoch of a catalog that was not read; those that were are counted from 1.
const NO_CATALOG: u64 = 0;

/// A policy and its version, counted from 1.
#[derive(Debug)]
struct InForce {
    policy: Policy,
    epoch: u64,
}

/// Policy and catalogs in force.
#[derive(Debug)]
pub struct Epochs {
    dir: PathBuf,
    keys: Option<PathBuf>,
    /// Whether the second witness is asked.
    witness: bool,
    policy: ArcSwap<InForce>,
    catalogs: Mutex<HashMap<Arc<str>, Arc<Catalog>>>,
    /// Rights by database and principal, of the epochs in force.
    authorities: Mutex<HashMap<Asker, Arc<Authority>>>,
    login: Arc<Login>,
    metrics: Metrics,
    changed: watch::Sender<u64>,
    governor: Arc<Governor>,
    /// The runtime that catalogs are read on.
    home: Handle,
}

/// A session's hold on the catalog of its database.
#[derive(Debug)]
pub struct Seat {
    epochs: Arc<Epochs>,
    catalog: Arc<Catalog>,
}

impl Epochs {
    /// Loads the policy; catalogs are read when they are needed, on the runtime that this is called on.
    ///
    /// # Errors
    /// Every problem of the bundle.
    pub fn load(config: &Config, login: Login, metrics: Metrics, key: [u8; 32]) -> Result<Self, Vec<Diagnostic>> {
        let policy = bundle::load(&config.policy.dir, config.policy.keys.as_deref())?;
        log_warnings(&policy);
        metrics.policy_epoch.set(1);
        tracing::info!(digest = %policy.digest().short(), epoch = 1, "policy in force");
        Ok(Self {
            dir: config.policy.dir.clone(),
            keys: config.policy.keys.clone(),
            witness: config.policy.witness,
            governor: Arc::new(Governor::new(Arc::clone(&policy.limits), key)),
            policy: ArcSwap::from_pointee(InForce { policy, epoch: 1 }),
            catalogs: Mutex::default(),
            authorities: Mutex::default(),
            login: Arc::new(login),
            metrics,
            changed: watch::Sender::new(0),
            home: Handle::current(),
        })
    }

    /// Who hears of incidents, by the policy in force.
    #[must_use]
    pub fn alerts(&self) -> Arc<Alerts> {
        self.policy.load().policy.alerts.clone()
    }

    /// Compiles the bundle again and puts it in force, or leaves the old one. Blocks.
    ///
    /// # Errors
    /// Every problem of the bundle; they have been logged.
    pub fn reload(&self) -> Result<(), Vec<Diagnostic>> {
        match bundle::load(&self.dir, self.keys.as_deref()) {
            Ok(policy) => {
                log_warnings(&policy);
                let epoch = self.policy.load().epoch + 1;
                self.governor.limits_changed(Arc::clone(&policy.limits));
                tracing::info!(digest = %policy.digest().short(), epoch, "policy in force");
                self.policy.store(Arc::new(InForce { policy, epoch }));
                // sessions first: whoever has read the metric may rely on it
                self.changed.send_modify(|generation| *generation += 1);
                self.metrics.policy_epoch.set(i64::try_from(epoch).unwrap_or(i64::MAX));
                self.metrics.reloads.with_label_values(&["accepted"]).inc();
                Ok(())
            }
            Err(diagnostics) => {
                self.metrics.reloads.with_label_values(&["rejected"]).inc();
                tracing::error!(
                    problems = diagnostics.len(),
                    "the policy bundle was rejected; the old one stays in force"
                );
                diagnostics.iter().for_each(log_diagnostic);
                Err(diagnostics)
            }
        }
    }

    /// The digest of the policy in force, as it is shown, and its version.
    #[must_use]
    pub fn policy_in_force(&self) -> (String, u64) {
        let in_force = self.policy.load();
        (in_force.policy.digest().to_string(), in_force.epoch)
    }

    /// The version of the policy in force.
    #[must_use]
    pub fn policy_epoch(&self) -> u64 {
        self.policy.load().epoch
    }

    /// Who this is under the policy in force.
    #[must_use]
    pub fn principal(&self, identity: &Identity) -> Principal {
        identity.principal(&self.policy.load().policy)
    }

    /// The name of a database that somebody has been let in to.
    #[must_use]
    pub fn known_database(&self, name: &str) -> Option<Arc<str>> {
        lock(&self.catalogs).get_key_value(name).map(|(known, _)| Arc::clone(known))
    }

    /// Takes a seat in a database that somebody has been in.
    #[must_use]
    pub fn seat_of_known(self: &Arc<Self>, database: &str) -> Option<Seat> {
        let catalog = lock(&self.catalogs).get(database).cloned()?;
        catalog.take_seat();
        Some(Seat { epochs: self.clone(), catalog })
    }

    /// Takes a seat in a database, which is kept from then on: the server should know it. The catalog is not read yet.
    #[must_use]
    pub fn seat(self: &Arc<Self>, database: &str) -> Seat {
        let mut catalogs = lock(&self.catalogs);
        let catalog = catalogs.entry(database.into()).or_insert_with(|| {
            let catalog = Catalog::new(database, self.login.clone(), self.metrics.clone(), self.changed.clone());
            Arc::new(catalog)
        });
        catalog.take_seat();
        Seat { epochs: self.clone(), catalog: catalog.clone() }
    }

    /// Who counts what leaves, by the limits in force.
    #[must_use]
    pub fn governor(&self) -> &Arc<Governor> {
        &self.governor
    }

    /// Has every session ask anew who it speaks for, before its next statement.
    pub fn orders_changed(&self) {
        self.changed.send_modify(|generation| *generation += 1);
    }

    /// The name of a relation, as far as it is known without waiting for a catalog.
    #[must_use]
    pub fn relation_name(&self, database: &str, relation: Oid) -> Option<Arc<str>> {
        let catalog = lock(&self.catalogs).get(database).cloned()?;
        let version = catalog.in_force()?;
        let relation = version.snapshot.relation(relation)?;
        Some(format!("{}.{}", relation.schema, relation.name).into())
    }

    /// Asks every catalog in use whether something has changed; to be called at intervals.
    pub async fn watch_catalogs(&self) {
        let catalogs: Vec<_> = lock(&self.catalogs).values().cloned().collect();
        let mut rounds = JoinSet::new();
        for catalog in catalogs {
            let governor = Arc::clone(&self.governor);
            rounds.spawn(async move {
                catalog.watch().await;
                catalog.measure(&governor).await;
            });
        }
        while rounds.join_next().await.is_some() {}
    }

    /// Reads catalogs where no session waits for the same thread.
    async fn at_home(
        &self,
        reading: impl Future<Output = Result<Arc<Version>, CatalogError>> + Send + 'static,
    ) -> Result<Arc<Version>, CatalogError> {
        self.home.spawn(reading).await.map_err(|_| CatalogError::Ended)?
    }

    fn known(&self, key: &Asker, epochs: Pair) -> Option<Arc<Authority>> {
        lock(&self.authorities).get(key).filter(|authority| authority.epochs == epochs).cloned()
    }
}

impl Seat {
    /// Who this is under the policy in force, and what they may see of this database; reads the catalog if need be.
    ///
    /// # Errors
    /// When the catalog cannot be read.
    pub async fn authority(&self, identity: &Identity) -> Result<(Arc<Principal>, Arc<Authority>), CatalogError> {
        if let Some(free) = self.without_catalog(identity) {
            return Ok(free);
        }
        let catalog = self.catalog.clone();
        let version = self.epochs.at_home(async move { catalog.current().await }).await?;
        let judged = self.judge(identity, version.snapshot.clone(), version.epoch);
        if self.epochs.governor.measures_tables() {
            let (catalog, governor) = (self.catalog.clone(), Arc::clone(&self.epochs.governor));
            // where it is not known, a limit's `least` holds
            let _ = self.epochs.home.spawn(async move { catalog.measure(&governor).await }).await;
        }
        Ok(judged)
    }

    /// The same with the catalog in force; `None`: there is none, and nothing may be answered.
    #[must_use]
    pub fn authority_now(&self, identity: &Identity) -> Option<(Arc<Principal>, Arc<Authority>)> {
        self.without_catalog(identity).or_else(|| {
            let version = self.catalog.in_force()?;
            Some(self.judge(identity, version.snapshot.clone(), version.epoch))
        })
    }

    /// Whether some right is below clear, as far as that is known without waiting for a catalog.
    #[must_use]
    pub fn restricts(&self, identity: &Identity) -> bool {
        match self.authority_now(identity) {
            Some((_, authority)) => authority.lane == Lane::Enforce || authority.rights.named_by().is_some(),
            None => {
                let in_force = self.epochs.policy.load_full();
                let principal = identity.principal(&in_force.policy);
                in_force.policy.naming(&principal).is_some() || !in_force.policy.decide(&principal).unrestricted()
            }
        }
    }

    /// Who may read everything and is not recorded needs no catalog: backups go on even where it cannot be read.
    fn without_catalog(&self, identity: &Identity) -> Option<(Arc<Principal>, Arc<Authority>)> {
        let in_force = self.epochs.policy.load_full();
        if in_force.policy.records(&identity.principal(&in_force.policy)) {
            return None;
        }
        Some(self.judge(identity, Arc::default(), NO_CATALOG)).filter(|(_, authority)| authority.lane == Lane::Relay)
    }

    /// What a replication connection may do, which speaks of no table: `None` unless everything.
    #[must_use]
    pub fn replication(&self, identity: &Identity) -> Option<(Arc<Principal>, Arc<Authority>)> {
        let judged = self.judge(identity, Arc::default(), NO_CATALOG);
        Some(judged).filter(|(_, authority)| authority.rights.unrestricted())
    }

    /// The person whom an application names so.
    ///
    /// # Errors
    /// Why it is not known who that is.
    pub fn person(&self, identity: &Identity, said: &str, now: Duration) -> Result<Option<Named>, Refusal> {
        let in_force = self.epochs.policy.load_full();
        let account = Identity { end_user: None, ..identity.clone() }.principal(&in_force.policy);
        match in_force.policy.naming(&account) {
            Some(naming) => naming.person(said, &identity.database_user, now, &in_force.policy.keys),
            None => Ok(None),
        }
    }

    fn judge(&self, identity: &Identity, snapshot: Arc<Snapshot>, catalog: u64) -> (Arc<Principal>, Arc<Authority>) {
        let in_force = self.epochs.policy.load_full();
        let epochs = Pair { policy: in_force.epoch, catalog };
        let principal = identity.principal(&in_force.policy);
        // rights follow from user, roles and purposes; where exactly the client sits makes no difference
        let asker = Principal { address: None, end_user: kind(&in_force.policy, &principal), ..principal.clone() };
        let shapes = if asker.end_user.is_some() { SHAPES_MAX / 10 } else { SHAPES_MAX };
        let key = (self.catalog.database.clone(), catalog == NO_CATALOG, asker);
        let authority = match self.epochs.known(&key, epochs) {
            Some(authority) => authority,
            None => {
                let rights = bind::bind(&in_force.policy, &snapshot, &principal);
                if catalog != NO_CATALOG {
                    self.catalog.sizes.remember(rights.subjects());
                }
                let lane = match (rights.unrestricted(), rights.recorded()) {
                    // whatever it may itself: it may ask for somebody who may less
                    _ if rights.named_by().is_some() => Lane::Enforce,
                    (false, _) => Lane::Enforce,
                    (true, true) if catalog != NO_CATALOG => Lane::Watch,
                    // replication, or nothing to record
                    (true, _) => Lane::Relay,
                };
                let policy = in_force.policy.digest();
                let witness = self.epochs.witness;
                self.keep(key, Authority::new(rights.into(), snapshot, epochs, policy, lane, shapes, witness))
            }
        };
        (Arc::new(principal), authority)
    }

    /// Keeps what was made, unless another session was faster with the same: then its, so that shapes are shared.
    fn keep(&self, key: Asker, made: Authority) -> Arc<Authority> {
        let mut authorities = lock(&self.epochs.authorities);
        let (database, left_out, _) = &key;
        // what was made for other epochs is of no use any more
        authorities.retain(|(other, out, _), kept| other != database || out != left_out || kept.epochs == made.epochs);
        if authorities.len() >= AUTHORITIES_MAX {
            // those of end users that no session asks for just now: they are made again when they come back
            authorities.retain(|(_, _, asker), kept| asker.end_user.is_none() || Arc::strong_count(kept) > 1);
        }
        authorities.entry(key).or_insert_with(|| Arc::new(made)).clone()
    }

    /// Compares the catalog with the server at once, for a name that is not in it.
    ///
    /// # Errors
    /// When it cannot be read.
    pub async fn refresh(&self) -> Result<(), CatalogError> {
        let catalog = self.catalog.clone();
        self.epochs.at_home(async move { catalog.refresh().await }).await.map(|_| ())
    }

    /// Says that the catalog may have changed.
    pub fn suspect(&self) {
        self.catalog.suspect();
    }

    /// How often the catalog may have changed so far.
    #[must_use]
    pub fn suspicions(&self) -> u64 {
        self.catalog.suspicions()
    }

    /// Whether it has been compared with the server after so many of these.
    #[must_use]
    pub fn is_settled(&self, suspicions: u64) -> bool {
        self.catalog.is_settled(suspicions)
    }

    /// Compares the catalog with the server, if nobody has done so after so many.
    ///
    /// # Errors
    /// When it cannot be read.
    pub async fn settle(&self, suspicions: u64) -> Result<(), CatalogError> {
        self.catalog.settle(suspicions).await.map(|_| ())
    }

    /// Signals whenever a new policy or a new catalog of any database is in force.
    #[must_use]
    pub fn changes(&self) -> watch::Receiver<u64> {
        self.epochs.changed.subscribe()
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        self.catalog.leave_seat();
    }
}

/// What of an end user its rights follow from: those who differ in nothing else share theirs.
fn kind(policy: &Policy, principal: &Principal) -> Option<EndUser> {
    let person = principal.end_user.as_ref()?;
    let name = if policy.distinguishes(person) { Arc::clone(&person.name) } else { Arc::default() };
    Some(EndUser { name, signed: false, roles: Arc::clone(&person.roles) })
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // the maps are whole after each statement, so a panic elsewhere left nothing half done
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn log_warnings(policy: &Policy) {
    policy.warnings.iter().for_each(log_diagnostic);
}

fn log_diagnostic(found: &Diagnostic) {
    let Diagnostic { file, line, message, .. } = found;
    match found.severity {
        Severity::Error => tracing::error!(file = %file, line = ?line, "policy: {message}"),
        Severity::Warning => tracing::warn!(file = %file, line = ?line, "policy: {message}"),
    }
}
