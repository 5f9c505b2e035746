//! The catalog of one database: read when it is first needed, asked for changes ever after.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::time::Duration;

use arc_swap::ArcSwapOption;
use thiserror::Error;
use tokio::sync::{Mutex, watch};
use tokio::time::Instant;

use crate::catalog::build::{self, BuildError, Builder};
use crate::catalog::queries::{self, PROLOGUE};
use crate::catalog::snapshot::Snapshot;
use crate::config::secrets::Secret;
use crate::extraction::Governor;
use crate::observe::metrics::Metrics;

use super::connect::{ConnectError, Connector};
use super::listener::{INSTALLED, Listener};
use super::sizes::{self, Sizes};
use super::upstream::{QueryError, Upstream};

/// A snapshot that could not be compared with the server for so long is no longer trusted.
const STALE_AFTER: Duration = Duration::from_secs(30);

/// Reading a catalog takes seconds where it is very large; a server that is silent for longer is given up.
const READ_LIMIT: Duration = Duration::from_secs(120);

/// How long the server may take to say how many persons tables hold: comparisons wait for it.
const SIZES_LIMIT: Duration = Duration::from_secs(5);

/// How long statements wait for a comparison that keeps failing, and the pause between attempts.
const SETTLE_LIMIT: Duration = Duration::from_secs(30);
const AGAIN: Duration = Duration::from_millis(100);

/// Why there is no catalog to judge statements by.
#[derive(Debug, Error)]
pub enum CatalogError {
    #[error(transparent)]
    Query(#[from] QueryError),
    #[error(transparent)]
    Build(#[from] BuildError),
    #[error("the server says its version is `{0}`")]
    Version(String),
    #[error("reading it was given up: the process ends")]
    Ended,
}

impl From<ConnectError> for CatalogError {
    fn from(error: ConnectError) -> Self {
        Self::Query(error.into())
    }
}

/// How Menshen itself logs in.
#[derive(Clone, Debug)]
pub struct Login {
    pub connector: Connector,
    pub user: String,
    pub password: Option<Secret>,
}

/// A snapshot and its version, counted from 1.
#[derive(Clone, Debug)]
pub struct Version {
    pub snapshot: Arc<Snapshot>,
    pub epoch: u64,
}

/// The catalog of one database.
#[derive(Debug)]
pub struct Catalog {
    pub database: Arc<str>,
    login: Arc<Login>,
    metrics: Metrics,
    current: ArcSwapOption<Version>,
    /// Nobody has compared `current` with the server since the last session left.
    resting: AtomicBool,
    /// Counts the occasions on which something may have changed, and how many of them a comparison has covered.
    suspicions: AtomicU64,
    settled: AtomicU64,
    listener: Listener,
    reader: Mutex<Reader>,
    changed: watch::Sender<u64>,
    /// Sessions that use it.
    seats: AtomicUsize,
    pub(super) sizes: Sizes,
}

/// What only one task at a time may use.
#[derive(Debug)]
struct Reader {
    /// Kept open while there are sessions; a connection hinders DROP DATABASE.
    upstream: Option<(Upstream, u32)>,
    epoch: u64,
    compared: Instant,
}

impl Catalog {
    /// A catalog that has not been read. `changed` is told whenever a new version is in force.
    #[must_use]
    pub fn new(database: &str, login: Arc<Login>, metrics: Metrics, changed: watch::Sender<u64>) -> Self {
        let reader = Reader { upstream: None, epoch: 0, compared: Instant::now() };
        Self {
            database: database.into(),
            login,
            metrics,
            current: ArcSwapOption::empty(),
            resting: AtomicBool::new(false),
            suspicions: AtomicU64::new(0),
            settled: AtomicU64::new(0),
            listener: Listener::default(),
            reader: Mutex::new(reader),
            changed,
            seats: AtomicUsize::new(0),
            sizes: Sizes::default(),
        }
    }

    /// The version in force; reads the catalog if there is none, or if nobody has watched it lately.
    ///
    /// # Errors
    /// When it cannot be read.
    pub async fn current(self: &Arc<Self>) -> Result<Arc<Version>, CatalogError> {
        let watched = !self.resting.load(Ordering::Acquire);
        match self.in_force().filter(|_| watched) {
            Some(version) => Ok(version),
            None => {
                let version = self.refresh().await?;
                self.attend().await;
                Ok(version)
            }
        }
    }

    /// The version in force, for whoever has a seat; `None`: there is none that can be trusted.
    #[must_use]
    pub fn in_force(&self) -> Option<Arc<Version>> {
        self.current.load_full()
    }

    /// Compares with the server and reads what has changed.
    ///
    /// # Errors
    /// When it cannot be read; after a while of that, the version in force is given up.
    pub async fn refresh(&self) -> Result<Arc<Version>, CatalogError> {
        let mut reader = self.reader.lock().await;
        self.compare_now(&mut reader).await
    }

    /// The same, unless another task has covered so many suspicions meanwhile. A server that cannot be asked just now
    /// (its catalog is locked by the very change) is asked again for a while.
    ///
    /// # Errors
    /// When it cannot be read.
    pub async fn settle(&self, suspicions: u64) -> Result<Arc<Version>, CatalogError> {
        let deadline = Instant::now() + SETTLE_LIMIT;
        loop {
            let mut reader = self.reader.lock().await;
            let compared = match self.in_force().filter(|_| self.is_settled(suspicions)) {
                Some(version) => Ok(version),
                None => self.compare_now(&mut reader).await,
            };
            drop(reader);
            if compared.is_ok() || Instant::now() > deadline {
                return compared;
            }
            tokio::time::sleep(AGAIN).await;
        }
    }

    /// Says that the catalog may have changed: no restricted statement starts before it has been compared.
    pub fn suspect(&self) {
        self.suspicions.fetch_add(1, Ordering::AcqRel);
    }

    /// How often something may have changed so far.
    #[must_use]
    pub fn suspicions(&self) -> u64 {
        self.suspicions.load(Ordering::Acquire)
    }

    /// Whether a comparison that began after so many suspicions has ended.
    #[must_use]
    pub fn is_settled(&self, suspicions: u64) -> bool {
        self.settled.load(Ordering::Acquire) >= suspicions
    }

    async fn compare_now(&self, reader: &mut Reader) -> Result<Arc<Version>, CatalogError> {
        let covered = self.suspicions.load(Ordering::Acquire);
        let compared = tokio::time::timeout(READ_LIMIT, self.compare(reader)).await;
        let compared = compared.unwrap_or_else(|_| Err(ConnectError::Timeout(READ_LIMIT).into()));
        match &compared {
            Ok(_) => {
                self.settled.fetch_max(covered, Ordering::AcqRel);
                reader.compared = Instant::now();
                self.resting.store(false, Ordering::Release);
            }
            Err(error) => self.failed(reader, error),
        }
        compared
    }

    async fn compare(&self, reader: &mut Reader) -> Result<Arc<Version>, CatalogError> {
        let kept = match reader.upstream.take() {
            Some((mut upstream, major)) => {
                fingerprint(&mut upstream, major).await.map(|it| ((upstream, major), it)).ok()
            }
            None => None,
        };
        // a kept connection ends with a database that is dropped, and another may have its name by now
        let (mut connection, fingerprint) = match kept {
            Some(kept) => kept,
            None => {
                let (mut upstream, major) = self.connect().await?;
                let fingerprint = fingerprint(&mut upstream, major).await?;
                ((upstream, major), fingerprint)
            }
        };
        let (upstream, major) = &mut connection;
        let known = self.current.load_full().filter(|version| version.snapshot.fingerprint == fingerprint);
        let version = match known {
            Some(version) => version,
            None => {
                let snapshot = read(upstream, *major).await?;
                reader.epoch += 1;
                self.put_in_force(snapshot, reader.epoch)
            }
        };
        reader.upstream = Some(connection);
        Ok(version)
    }

    async fn connect(&self) -> Result<(Upstream, u32), CatalogError> {
        let mut upstream = self.upstream().await?;
        let rows = upstream.query("SHOW server_version_num").await?;
        let number = rows.into_iter().flatten().flatten().next().unwrap_or_default();
        let number: u32 = number.parse().map_err(|_| CatalogError::Version(number))?;
        Ok((upstream, number / 10_000))
    }

    fn put_in_force(&self, snapshot: Snapshot, epoch: u64) -> Arc<Version> {
        let version = Arc::new(Version { snapshot: Arc::new(snapshot), epoch });
        self.current.store(Some(version.clone()));
        // sessions first: whoever has read the metric may rely on it
        self.changed.send_modify(|generation| *generation += 1);
        self.metrics.upstream_up.set(1);
        self.metrics.catalog_epoch.with_label_values(&[&self.database]).set(i64::try_from(epoch).unwrap_or(i64::MAX));
        tracing::info!(database = %self.database, epoch, "catalog read");
        version
    }

    fn failed(&self, reader: &mut Reader, error: &CatalogError) {
        reader.upstream = None;
        self.metrics.upstream_failures.inc();
        let unreachable = matches!(
            error,
            CatalogError::Query(QueryError::Connect(ConnectError::Unreachable(_) | ConnectError::Timeout(_)))
        );
        if unreachable {
            self.metrics.upstream_up.set(0);
        }
        tracing::warn!(database = %self.database, %error, "the catalog could not be read");
        if reader.compared.elapsed() > STALE_AFTER && self.current.swap(None).is_some() {
            tracing::error!(database = %self.database, "the catalog is stale: statements are refused until it is read");
            self.changed.send_modify(|generation| *generation += 1);
        }
    }

    /// One round of watching: compares while there are sessions, lets go of the connection when there are none.
    pub async fn watch(self: &Arc<Self>) {
        if self.seats.load(Ordering::Relaxed) > 0 {
            // the failure has been logged, and the next round tries again
            if self.refresh().await.is_ok() {
                self.attend().await;
            }
        } else {
            let mut reader = self.reader.lock().await;
            if self.seats.load(Ordering::Relaxed) == 0 {
                self.listener.stop();
                reader.upstream = None;
                // unwatched, it may change unnoticed: the next session compares before it trusts it
                self.resting.store(true, Ordering::Release);
            }
        }
    }

    /// Begins to listen where `menshen install` has been, so that the server says when something changes.
    async fn attend(self: &Arc<Self>) {
        if self.listener.listening() {
            return;
        }
        let mut reader = self.reader.lock().await;
        let Some((upstream, _)) = &mut reader.upstream else { return };
        if upstream.query(INSTALLED).await.is_ok_and(|rows| !rows.is_empty()) {
            self.listener.listen(self);
        }
    }

    /// Tells the governor how many persons the tables hold, if it wants to know and has not been told lately.
    pub async fn measure(&self, governor: &Governor) {
        let Some(subjects) = self.sizes.due().filter(|_| governor.measures_tables()) else { return };
        let mut reader = self.reader.lock().await;
        let Some(mut connection) = reader.upstream.take() else { return };
        let asked = tokio::time::timeout(SIZES_LIMIT, sizes::persons(&mut connection.0, &subjects)).await;
        match asked.unwrap_or_else(|_| Err(ConnectError::Timeout(SIZES_LIMIT).into())) {
            Ok(persons) => {
                governor.tables_changed(&self.database, persons);
                reader.upstream = Some(connection);
            }
            // on a connection of its own the next comparison goes on
            Err(error) => {
                tracing::warn!(database = %self.database, %error, "how many persons tables hold could not be asked");
            }
        }
    }

    /// Menshen's own log-in to this database.
    pub(super) async fn upstream(&self) -> Result<Upstream, ConnectError> {
        let Login { connector, user, password } = &*self.login;
        Upstream::connect(connector, user, password.as_ref(), &self.database).await
    }

    /// Says that a session uses this catalog: it is watched from now on.
    pub fn take_seat(&self) {
        self.seats.fetch_add(1, Ordering::Relaxed);
    }

    /// Says that a session no longer uses it.
    pub fn leave_seat(&self) {
        self.seats.fetch_sub(1, Ordering::Relaxed);
    }
}

async fn fingerprint(upstream: &mut Upstream, major: u32) -> Result<crate::model::ids::Digest, CatalogError> {
    let rows = upstream.query(queries::fingerprint(major)).await?;
    let value = rows.into_iter().flatten().flatten().next().unwrap_or_default();
    Ok(build::fingerprint(&value))
}

/// Reads the whole catalog in one transaction.
async fn read(upstream: &mut Upstream, major: u32) -> Result<Snapshot, CatalogError> {
    let mut builder = Builder::new();
    for statement in PROLOGUE {
        upstream.query(statement).await?;
    }
    for query in queries::all(major) {
        for row in upstream.query(query.sql).await? {
            let row: Vec<_> = row.iter().map(Option::as_deref).collect();
            builder.row(query.name, &row)?;
        }
        builder.answered(query.name);
    }
    upstream.query("COMMIT").await?;
    let built = tokio::task::spawn_blocking(move || builder.finish()).await;
    built.map_or_else(|_| Err(BuildError::Unanswered("snapshot").into()), |built| Ok(built?))
}
