//! Where signals arrive and people's decisions are kept: the ledger and the queue, their file, and the task that sends.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use tokio::sync::Notify;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use crate::alert::incident::{Incident, Mark, Names, State};
use crate::alert::ledger::Ledger;
use crate::alert::render::Secrets;
use crate::alert::route::{Notice, Occasion};
use crate::model::disclosure::Signal;
use crate::policy::alerts::{Alerts, Channel, SecretName};

use super::queue::{Job, Queue};
use super::send::{Sender, send};
use super::store::{Batch, Store, StoreError};

/// Messages on their way at once.
const AT_ONCE: usize = 8;
/// How often quiet incidents are looked at, at least.
const ROUND: Duration = Duration::from_secs(1);
/// At least so long between two writes: what comes meanwhile is written together.
const GATHER: Duration = Duration::from_millis(20);
/// How long messages on their way may take at the end.
const LAST: Duration = Duration::from_secs(3);
/// Milliseconds for which a dead channel is passed over where another one lives.
const DEAD: u64 = 30_000;

/// Finds a secret by its name; what is wrong comes in words.
pub type FindSecret = Arc<dyn Fn(&SecretName) -> Result<String, String> + Send + Sync>;

/// What is known of a channel.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Health {
    /// Whether the last attempt failed.
    pub dead: bool,
    /// Since the start.
    pub delivered: u64,
    pub failed: u64,
    /// Milliseconds since 1970: until then it is passed over.
    passed_over_until: u64,
}

/// For metrics.
#[derive(Clone, Debug)]
pub struct Counts {
    /// Configured channels by name.
    pub channels: Vec<(Arc<str>, Health)>,
    /// Messages that are not delivered yet.
    pub waiting: u64,
    /// Messages given up since the start.
    pub given_up: u64,
    /// Failed attempts to write the file since the start.
    pub write_errors: u64,
    /// Incidents that are kept.
    pub incidents: [(State, u64); 3],
}

/// The desk of a process. Cheap to clone.
#[derive(Clone)]
pub struct Desk(Arc<Inner>);

struct Inner {
    books: Mutex<Books>,
    store: Store,
    sender: Sender,
    secrets: FindSecret,
    wake: Notify,
}

impl std::fmt::Debug for Desk {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Desk").field("sender", &self.0.sender).finish_non_exhaustive()
    }
}

struct Books {
    ledger: Ledger,
    queue: Queue,
    alerts: Arc<Alerts>,
    health: BTreeMap<String, Health>,
    /// Not on the disk yet.
    incidents: BTreeMap<String, Option<Incident>>,
    jobs: BTreeMap<u64, Option<Job>>,
    write_errors: u64,
}

impl Books {
    fn keep(&mut self, changes: Vec<(u64, Option<Job>)>) {
        self.jobs.extend(changes);
    }

    /// Decides what is to be told, and takes out what is to be written.
    fn step(&mut self, now: u64) -> Batch {
        let alerts = self.alerts.clone();
        for notice in self.ledger.step(now, &alerts) {
            let changes = self.queue.push(notice, now);
            self.keep(changes);
        }
        self.incidents.extend(self.ledger.changes());
        Batch {
            incidents: std::mem::take(&mut self.incidents).into_iter().collect(),
            jobs: std::mem::take(&mut self.jobs).into_iter().collect(),
        }
    }

    /// What could not be written is written next time, unless it has changed since.
    fn put_back(&mut self, batch: Batch) {
        self.write_errors += 1;
        for (id, incident) in batch.incidents {
            self.incidents.entry(id).or_insert(incident);
        }
        for (number, job) in batch.jobs {
            self.jobs.entry(number).or_insert(job);
        }
    }

    fn note_attempt(&mut self, channel: &str, failed: bool, now: u64) {
        let health = self.health.entry(channel.to_owned()).or_default();
        match failed {
            true => {
                health.failed += 1;
                health.passed_over_until = now + DEAD;
            }
            false => health.delivered += 1,
        }
        health.dead = failed;
    }
}

impl Desk {
    /// Opens the file in the state folder, with all that it kept.
    ///
    /// # Errors
    /// When the file cannot be used.
    pub fn open(
        folder: &std::path::Path,
        alerts: Arc<Alerts>,
        sender: Sender,
        secrets: FindSecret,
    ) -> Result<Self, StoreError> {
        let store = Store::open(folder)?;
        let (incidents, jobs) = store.load()?;
        let books = Books {
            ledger: Ledger::new(&sender.host, incidents),
            queue: Queue::new(jobs),
            alerts,
            health: BTreeMap::new(),
            incidents: BTreeMap::new(),
            jobs: BTreeMap::new(),
            write_errors: 0,
        };
        Ok(Self(Arc::new(Inner { books: Mutex::new(books), store, sender, secrets, wake: Notify::new() })))
    }

    fn books(&self) -> MutexGuard<'_, Books> {
        // a panic elsewhere leaves books that are at worst one signal behind
        self.0.books.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes in a signal; `names` tells relations' names. Never waits for the disk or a channel.
    pub fn note(&self, signal: &Signal, names: Names<'_>) {
        self.books().ledger.note(signal, names);
        self.0.wake.notify_one();
    }

    /// Routes and channels of a bundle that has come into force.
    pub fn configure(&self, alerts: Arc<Alerts>) {
        self.books().alerts = alerts;
        self.0.wake.notify_one();
    }

    /// All incidents, the latest first.
    #[must_use]
    pub fn list(&self) -> Vec<Incident> {
        self.books().ledger.list()
    }

    /// The incident whose id is, or uniquely begins with, `id`.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<Incident> {
        self.books().ledger.get(id).cloned()
    }

    /// Notes that somebody sees to it; `None`: there is no such incident.
    #[must_use]
    pub fn acknowledge(&self, id: &str, by: &str, note: &str) -> Option<Incident> {
        self.0.wake.notify_one();
        self.books().ledger.acknowledge(id, mark(by, note))
    }

    /// Notes that it has been seen to; `None`: there is no such incident.
    #[must_use]
    pub fn close(&self, id: &str, by: &str, note: &str) -> Option<Incident> {
        self.0.wake.notify_one();
        self.books().ledger.close(id, mark(by, note))
    }

    /// For metrics.
    #[must_use]
    pub fn counts(&self) -> Counts {
        let books = self.books();
        let (waiting, given_up) = books.queue.counts();
        let health = |name: &Arc<str>| books.health.get(&**name).copied().unwrap_or_default();
        Counts {
            channels: books.alerts.channels.iter().map(|one| (one.name.clone(), health(&one.name))).collect(),
            waiting,
            given_up,
            write_errors: books.write_errors,
            incidents: books.ledger.counts(),
        }
    }

    /// Sends a message that says it is a test. `None`: there is no such channel.
    ///
    /// # Errors
    /// What went wrong.
    pub async fn test(&self, channel: &str) -> Option<Result<(), String>> {
        let channel = self.books().alerts.channel(channel).cloned()?;
        let now = now();
        let notice = Notice {
            occasion: Occasion::Test,
            incident: Incident::example(now),
            channels: vec![channel.name.to_string()],
        };
        Some(self.through(&channel, &notice, now).await)
    }

    /// Keeps and sends until told to stop; what is not delivered then is kept for the next start.
    pub async fn run(self, stop: CancellationToken) {
        let mut running = JoinSet::new();
        loop {
            let wait = self.round(&mut running).await;
            let written = Instant::now();
            tokio::select! {
                () = stop.cancelled() => break,
                () = self.0.wake.notified() => tokio::time::sleep(GATHER.saturating_sub(written.elapsed())).await,
                Some(done) = running.join_next(), if !running.is_empty() => {
                    if let Err(error) = done {
                        tracing::error!(%error, "an alert's sender ended by itself");
                    }
                }
                () = tokio::time::sleep(wait) => {}
            }
        }
        // what is cut off here is sent again after the next start
        let settled = async { while running.join_next().await.is_some() {} };
        let _ = tokio::time::timeout(LAST, settled).await;
        running.shutdown().await;
        self.write().await;
    }

    /// Writes what has changed, starts what is due, and says how long nothing else will be.
    async fn round(&self, running: &mut JoinSet<()>) -> Duration {
        self.write().await;
        let now = now();
        let (due, wait) = {
            let mut books = self.books();
            let (due, given_up) = books.queue.start(now, AT_ONCE.saturating_sub(running.len()));
            books.keep(given_up);
            let next = books.queue.next_due().map(|next| Duration::from_millis(next.saturating_sub(now).max(20)));
            (due, next.unwrap_or(ROUND).min(ROUND))
        };
        for (number, job) in due {
            running.spawn(self.clone().attempt(number, job));
        }
        wait
    }

    async fn write(&self) {
        let batch = self.books().step(now());
        if batch.is_empty() {
            return;
        }
        let desk = self.clone();
        let written = tokio::task::spawn_blocking(move || {
            if let Err(error) = desk.0.store.write(&batch) {
                tracing::error!(%error, "incidents and alerts could not be written");
                desk.books().put_back(batch);
            }
        });
        if let Err(error) = written.await {
            tracing::error!(%error, "incidents and alerts could not be written");
        }
    }

    /// Tries one message: the channels that live, in their order, then those that were dead.
    async fn attempt(self, number: u64, job: Job) {
        let (alive, dead) = self.channels(&job.notice);
        let mut delivered = false;
        for channel in alive.iter().chain(&dead) {
            let done = self.through(channel, &job.notice, job.decided).await;
            self.books().note_attempt(&channel.name, done.is_err(), now());
            let incident = &job.notice.incident.id;
            match done {
                Ok(()) => {
                    tracing::info!(%incident, channel = %channel.name, "alert delivered");
                    delivered = true;
                    break;
                }
                Err(error) => tracing::warn!(%incident, channel = %channel.name, "alert not delivered: {error}"),
            }
        }
        let mut books = self.books();
        let changes = books.queue.finish(number, delivered, now(), rand::random());
        books.keep(changes);
        drop(books);
        self.0.wake.notify_one();
    }

    fn channels(&self, notice: &Notice) -> (Vec<Channel>, Vec<Channel>) {
        let books = self.books();
        let known = notice.channels.iter().filter_map(|name| books.alerts.channel(name).cloned());
        let now = now();
        known.partition(|one| books.health.get(&*one.name).is_none_or(|health| health.passed_over_until <= now))
    }

    async fn through(&self, channel: &Channel, notice: &Notice, decided: u64) -> Result<(), String> {
        let find = |name: &Option<SecretName>| name.as_ref().map(|name| (self.0.secrets)(name)).transpose();
        let secrets = Secrets { token: find(&channel.token)?, secret: find(&channel.secret)? };
        send(channel, &secrets, notice, &self.0.sender, (decided, now())).await
    }
}

fn mark(by: &str, note: &str) -> Mark {
    Mark { by: by.to_owned(), at: now(), note: note.to_owned() }
}

/// Milliseconds since 1970.
fn now() -> u64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(now.as_millis()).unwrap_or(u64::MAX)
}
