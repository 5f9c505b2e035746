//! The process's life: what is needed to begin, what signals do, what must be finished before the end.

use std::io;
use std::path::PathBuf;
use std::sync::atomic::AtomicU64;
use std::sync::{Arc, OnceLock, Weak};
use std::time::Duration;

use arc_swap::ArcSwapOption;
use thiserror::Error;
use tokio::net::TcpListener;
use tokio::runtime::Handle;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::alert::io::store::StoreError;
use crate::audit::io::file::{self, Queue, Writer};
use crate::audit::order::Ordered;
use crate::config::{AuthMethod, Config, ExtractionState, Problem, secrets};
use crate::extraction::io::{self as extraction, Counting, redis};
use crate::model::disclosure::Signal;
use crate::observe::metrics::Metrics;
use crate::policy::diagnostic::{Diagnostic, Severity};

use super::alerts;
use super::cancel::CancelKeys;
use super::catalogs::Login;
use super::connect::Connector;
use super::epochs::Epochs;
use super::governing::{Clock, Governing};
use super::listen;
use super::orders::Governed;
use super::shared::Shared;
use super::tls;
use super::verifiers::Verifiers;
use super::workers::Workers;

/// Why the process does not begin, or not end as it should.
#[derive(Debug, Error)]
pub enum StartError {
    #[error("the configuration is invalid")]
    Config(Vec<Problem>),
    #[error("the policy bundle is invalid")]
    Policy(Vec<Diagnostic>),
    #[error("cannot listen on {address}: {error}")]
    Listen { address: String, error: io::Error },
    #[error("audit file {}: {error}", path.display())]
    Audit { path: PathBuf, error: io::Error },
    #[error("the audit file did not take the last records: more than {records} are lost")]
    Unwritten { records: usize },
    #[error("state folder {}: {error}", path.display())]
    State { path: PathBuf, error: StoreError },
    #[error("state of extraction: {0}")]
    Counting(#[source] extraction::StartError),
    #[error("metrics: {0}")]
    Metrics(#[from] prometheus::Error),
    #[error("signals cannot be received: {0}")]
    Signals(io::Error),
    #[error("threads cannot be started: {0}")]
    Threads(io::Error),
}

/// A process that is ready to serve.
#[derive(Debug)]
pub struct Server {
    pub shared: Arc<Shared>,
    listeners: Vec<TcpListener>,
    workers: Workers,
    writer: Option<Writer>,
}

impl Server {
    /// Reads what the configuration names and takes the addresses. To be called on the runtime.
    ///
    /// # Errors
    /// All problems of the files at once, or why an address cannot be taken.
    pub fn prepare(config: Config) -> Result<Self, StartError> {
        let metrics = Metrics::new()?;
        let (login, verifiers, client_tls) = credentials(&config).map_err(StartError::Config)?;
        let admin_tls = tls::admin_side(&config.admin).map_err(|problem| StartError::Config(vec![problem]))?;
        let connector = login.connector.clone();
        let key = secrets::extraction_key(&config).map_err(|problem| StartError::Config(vec![problem]))?;
        let epochs = Epochs::load(&config, login, metrics.clone(), key).map_err(StartError::Policy)?;
        let (clock, whole) = (Clock::start(), Whole::default());
        let counting = counting(&config, &epochs, clock, &whole)?;
        let governing = Governing::new(counting, key, clock);
        let mut listeners = Vec::new();
        for &address in &config.listen.addresses {
            let failed = |error| StartError::Listen { address: address.to_string(), error };
            listeners.push(listen::bind(address).map_err(failed)?);
        }
        let state = |error| StartError::State { path: config.state.dir.clone(), error };
        let desk = alerts::open(&config, epochs.alerts()).map_err(state)?;
        let workers = Workers::start(config.limits.worker_threads).map_err(StartError::Threads)?;
        let (audit, writer) = audit(&config)?.unzip();
        let shared = Shared {
            sessions: Arc::new(Semaphore::new(config.limits.max_connections)),
            connector,
            epochs: Arc::new(epochs),
            verifiers,
            client_tls: ArcSwapOption::new(client_tls.map(Arc::new)),
            admin_tls: ArcSwapOption::new(admin_tls),
            cancel_keys: CancelKeys::default(),
            metrics,
            governing,
            audit,
            desk,
            orders: OnceLock::new(),
            drain: CancellationToken::new(),
            last_session: AtomicU64::new(0),
            config,
        };
        let shared = Arc::new(shared);
        let of_orders = Arc::downgrade(&shared);
        let changed = move || _ = of_orders.upgrade().map(|shared| shared.epochs.orders_changed());
        let orders = Governed::new(Arc::clone(shared.governing.governor()), move || clock.now(), changed);
        _ = whole.set(Arc::downgrade(&shared));
        // nobody else has had the chance
        let _ = shared.orders.set(Arc::new(orders));
        Ok(Self { shared, listeners, workers, writer })
    }

    /// Serves until SIGTERM or SIGINT, then lets statements finish. SIGHUP reloads.
    ///
    /// # Errors
    /// When signals cannot be received.
    pub async fn run(self) -> Result<(), StartError> {
        let Self { shared, listeners, workers, writer } = self;
        let workers = Arc::new(workers);
        warn_of_trust(&shared.config);
        // who comes first is to be counted by all replicas, too; without the store it goes on all the same
        shared.governing.counting.ready(shared.config.extraction.timeout).await;
        let (sessions, stop) = (TaskTracker::new(), CancellationToken::new());
        let mut accepting = JoinSet::new();
        for listener in listeners {
            if let Ok(address) = listener.local_addr() {
                tracing::info!(%address, "listening");
            }
            let (shared, workers) = (shared.clone(), workers.clone());
            accepting.spawn(listen::accept(listener, shared, workers, sessions.clone(), stop.clone()));
        }
        let watcher = tokio::spawn(watch(shared.clone()));
        let order_watcher = tokio::spawn(watch_orders(shared.clone()));
        let desk_stop = CancellationToken::new();
        let desk = tokio::spawn(shared.desk.clone().run(desk_stop.clone()));
        let told = until_told_to_stop(&shared).await;
        stop.cancel();
        accepting.join_all().await;
        drain(&shared, &sessions).await;
        watcher.abort();
        order_watcher.abort();
        // it blocks, but nobody else is left to be kept waiting
        tokio::task::block_in_place(|| drop(workers));
        shared.governing.counting.stop().await;
        desk_stop.cancel();
        if let Err(error) = desk.await {
            tracing::error!(%error, "the desk of alerts ended by itself");
        }
        let written = match (&shared.audit, writer) {
            (Some(audit), Some(writer)) => finish(audit, writer, &shared.config).await,
            _ => Ok(()),
        };
        tracing::info!("stopped");
        told.and(written)
    }
}

/// Waits until every record is in the audit file, but not for ever.
async fn finish(audit: &Queue, writer: Writer, config: &Config) -> Result<(), StartError> {
    let finishing = async {
        if let Some(closed) = audit.close() {
            closed.await;
        }
        writer.finish().await;
    };
    let finished = tokio::time::timeout(config.audit.patience, finishing).await;
    finished.map_err(|_| StartError::Unwritten { records: audit.waiting() })
}

/// The process, once all of it is there: for those who are made before.
type Whole = Arc<OnceLock<Weak<Shared>>>;

/// Where what leaves is counted.
fn counting(config: &Config, epochs: &Epochs, clock: Clock, whole: &Whole) -> Result<Counting, StartError> {
    let password = secrets::redis_password(&config.extraction).map_err(|problem| StartError::Config(vec![problem]))?;
    let shared = config.extraction.redis_url.clone().filter(|_| config.extraction.state == ExtractionState::Redis);
    let shared = shared.map(|url| redis::Settings {
        url,
        password: password.map(|password| password.reveal().to_owned()),
        timeout: config.extraction.timeout,
    });
    let whole = Arc::clone(whole);
    let hear = move |signals: Vec<Signal>| {
        if let Some(shared) = whole.get().and_then(Weak::upgrade) {
            signals.into_iter().for_each(|signal| shared.signal(signal));
        }
    };
    let settings = extraction::Settings {
        folder: config.state.dir.clone(),
        shared,
        clock: Arc::new(move || clock.now()),
        hear: Arc::new(hear),
    };
    Counting::start(Arc::clone(epochs.governor()), settings, &Handle::current()).map_err(StartError::Counting)
}

type Credentials = (Login, Verifiers, Option<tls::ClientSide>);

/// Everything secret that the configuration names.
fn credentials(config: &Config) -> Result<Credentials, Vec<Problem>> {
    let mut problems = Vec::new();
    let connector = Connector::new(&config.upstream).map_err(|problem| problems.push(problem)).ok();
    let password = secrets::catalog_password(&config.catalog).map_err(|problem| problems.push(problem)).ok();
    let client_tls = tls::client_side(&config.listen).map_err(|problem| problems.push(problem)).ok();
    let (Some(connector), Some(password), Some(client_tls)) = (connector, password, client_tls) else {
        return Err(problems);
    };
    let login = Login { connector, user: config.catalog.user.clone(), password };
    let verifiers = Verifiers::new(&config.auth, Arc::new(login.clone()))?;
    Ok((login, verifiers, client_tls))
}

fn audit(config: &Config) -> Result<Option<(Queue, Writer)>, StartError> {
    let Some(path) = &config.audit.file else {
        tracing::warn!("audit.file is empty: nothing is recorded");
        return Ok(None);
    };
    let failed = |error| StartError::Audit { path: path.clone(), error };
    file::open(path, config.audit.queue).map(Some).map_err(failed)
}

fn warn_of_trust(config: &Config) {
    if config.auth.method == AuthMethod::Trust {
        tracing::warn!(
            "auth.method = \"trust\": ANYBODY WHO CAN CONNECT IS BELIEVED TO BE WHOEVER THEY SAY. For development only."
        );
    }
}

/// Asks catalogs for changes, and carries counts over to metrics.
/// How often orders of other replicas are looked for: they are to be in force within a second.
const ORDERS_INTERVAL: Duration = Duration::from_millis(250);

/// Has sessions learn of what other replicas were ordered.
async fn watch_orders(shared: Arc<Shared>) {
    let mut round = tokio::time::interval(ORDERS_INTERVAL);
    let mut known = shared.governing.governor().orders_version();
    loop {
        round.tick().await;
        let version = shared.governing.governor().orders_version();
        if std::mem::replace(&mut known, version) != version {
            shared.epochs.orders_changed();
        }
    }
}

async fn watch(shared: Arc<Shared>) {
    let mut round = tokio::time::interval(shared.config.catalog.poll_interval);
    round.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        round.tick().await;
        shared.epochs.watch_catalogs().await;
    }
}

async fn until_told_to_stop(shared: &Arc<Shared>) -> Result<(), StartError> {
    let listen_for = |kind| signal(kind).map_err(StartError::Signals);
    let mut hangup = listen_for(SignalKind::hangup())?;
    let mut terminate = listen_for(SignalKind::terminate())?;
    let mut interrupt = listen_for(SignalKind::interrupt())?;
    loop {
        tokio::select! {
            _ = terminate.recv() => break,
            _ = interrupt.recv() => break,
            _ = hangup.recv() => {
                let shared = shared.clone();
                // a bundle takes a while to compile; signals are to be heard meanwhile
                tokio::task::spawn_blocking(move || reload(&shared, "SIGHUP", ""));
            }
        }
    }
    Ok(())
}

/// Bundle, userlist, TLS files and audit file anew. What is wrong is logged, and the old one stays; why the bundle was
/// rejected is returned, too. To be called on a thread that may block, of a runtime.
pub fn reload(shared: &Shared, by: &str, reason: &str) -> Result<(), String> {
    tracing::info!(by, "reloading");
    let reloaded = shared.epochs.reload().map_err(|found| rejected(&found));
    let (digest, epoch) = shared.epochs.policy_in_force();
    let (failed, policy) = (reloaded.as_ref().err().map(String::as_str), Some((digest.as_str(), epoch)));
    let ordered = Ordered { by, order: "reload", reason, failed, policy, ..Ordered::default() };
    if let Some(waiting) = shared.ordered(&ordered) {
        Handle::current().block_on(waiting);
    }
    shared.desk.configure(shared.epochs.alerts());
    if let Err(problems) = shared.verifiers.reload() {
        problems.iter().for_each(|problem| tracing::error!("userlist not reloaded: {problem}"));
    }
    match tls::client_side(&shared.config.listen) {
        Ok(side) => shared.client_tls.store(side.map(Arc::new)),
        Err(problem) => tracing::error!("TLS not reloaded: {problem}"),
    }
    match tls::admin_side(&shared.config.admin) {
        Ok(side) => shared.admin_tls.store(side),
        Err(problem) => tracing::error!("TLS of the admin port not reloaded: {problem}"),
    }
    if let Some(audit) = &shared.audit {
        audit.reopen();
    }
    reloaded
}

/// Why a bundle was rejected, in one line.
fn rejected(found: &[Diagnostic]) -> String {
    let first = found.iter().find(|one| one.severity == Severity::Error).or_else(|| found.first());
    let first = first.map(|one| format!("{}:{}: {}", one.file, one.line, one.message));
    format!("the bundle has {} problems, the first: {}", found.len(), first.unwrap_or_default())
}

/// Idle sessions say goodbye at once, busy ones after their statement, all of them after the time-out.
async fn drain(shared: &Shared, sessions: &TaskTracker) {
    sessions.close();
    let open = sessions.len();
    tracing::info!(sessions = open, "draining");
    shared.drain.cancel();
    if tokio::time::timeout(shared.config.limits.drain_timeout, sessions.wait()).await.is_err() {
        tracing::warn!(sessions = sessions.len(), "limits.drain_timeout is over; closing what is left");
    }
}
