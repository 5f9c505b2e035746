//! The embedded store: what was counted, in a file of the state folder (redb).
//!
//! A thread writes what changed every [`EVERY`], in one transaction that is on the disk when it ends. Sessions never
//! wait for it. A process that is killed at any moment finds the last such transaction: what is missing is what was
//! counted since, at most [`EVERY`] and the time that one write takes, less than a second together; longer writes are
//! complained of. Of that, `Governor::restore` adds what it may have been: to each meter that was growing, its growth
//! in its fastest second of late, and no less than a chunk. So a count is never below what it was a second before the
//! end, and as a rule not below what it was at the end. After a stop in good order nothing is missing or added.
//!
//! Once an hour, and at the end, entries go that the governor no longer keeps. What cannot be read is moved aside and
//! complained of, once and loudly; what can be read of it is kept.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use redb::{Database, DatabaseError, ReadableDatabase as _, ReadableTable, StorageError, TableDefinition, TableError};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{Clock, StartError};
use crate::extraction::governor::Governor;
use crate::extraction::state::State;

/// Between two writes.
pub const EVERY: Duration = Duration::from_millis(500);

/// How often old entries are thrown out.
const TIDY: Duration = Duration::from_secs(3_600);

/// The file in the state folder.
pub const FILE: &str = "extraction.redb";

type Entries = TableDefinition<'static, u64, &'static [u8]>;

const METERS: Entries = TableDefinition::new("meters");
const PROFILES: Entries = TableDefinition::new("profiles");
const PLACES: Entries = TableDefinition::new("places");
const PEERS: Entries = TableDefinition::new("peers");
/// `orders`, `at`, `clean`.
const REST: TableDefinition<'static, &str, &[u8]> = TableDefinition::new("rest");

/// The open file.
#[derive(Debug)]
pub struct File {
    database: Database,
}

/// The entries that a governor still has.
#[derive(Debug, Default)]
pub struct Kept {
    meters: HashSet<u64>,
    profiles: HashSet<u64>,
    places: HashSet<u64>,
}

impl Kept {
    fn of(governor: &Governor) -> Self {
        let mut kept = Self::default();
        for shard in &governor.shards {
            let shard = shard.lock().unwrap_or_else(PoisonError::into_inner);
            kept.meters.extend(shard.meters.keys());
            kept.profiles.extend(shard.profiles.keys());
            kept.places.extend(shard.places.keys());
        }
        kept
    }
}

/// What is wrong with a file or with writing to it.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    #[error(transparent)]
    Store(Box<redb::Error>),
    #[error(transparent)]
    Encode(rmp_serde::encode::Error),
}

impl<E: Into<redb::Error>> From<E> for Failure {
    fn from(error: E) -> Self {
        Self::Store(Box::new(error.into()))
    }
}

impl File {
    /// Opens the file in a folder, or makes it, and reads what it holds. A file that is damaged is moved aside.
    ///
    /// # Errors
    /// When another process has it open, or the folder cannot be written.
    pub fn open(folder: &Path) -> Result<(Self, State), StartError> {
        make(folder)?;
        let path = folder.join(FILE);
        let file = match Database::create(&path) {
            Ok(database) => Self { database },
            Err(DatabaseError::DatabaseAlreadyOpen | DatabaseError::LockProtocolMismatch) => {
                return Err(StartError::Busy(path));
            }
            Err(error) if is_damage(&error) => {
                aside(&path, &error.to_string())?;
                Self { database: Database::create(&path).map_err(|error| unusable(&path, &error))? }
            }
            Err(error) => return Err(unusable(&path, &error)),
        };
        match file.read() {
            Ok((state, 0)) => Ok((file, state)),
            Ok((state, unread)) => Ok((file.renew(&path, &format!("{unread} entries cannot be read"), &state)?, state)),
            Err(error) => Ok((file.renew(&path, &error.to_string(), &State::default())?, State::default())),
        }
    }

    /// Moves the file aside and begins a new one, with what could be read.
    fn renew(self, path: &Path, why: &str, state: &State) -> Result<Self, StartError> {
        drop(self);
        aside(path, why)?;
        let file = Self { database: Database::create(path).map_err(|error| unusable(path, &error))? };
        file.write(state, None).map_err(|error| StartError::Folder(path.to_owned(), error.to_string()))?;
        Ok(file)
    }

    /// Everything, and how many entries made no sense.
    fn read(&self) -> Result<(State, usize), Failure> {
        let read = self.database.begin_read()?;
        let mut unread = 0;
        let mut state = State {
            meters: entries(read.open_table(METERS), &mut unread)?,
            profiles: entries(read.open_table(PROFILES), &mut unread)?,
            places: entries(read.open_table(PLACES), &mut unread)?,
            peers: entries(read.open_table(PEERS), &mut unread)?,
            ..State::default()
        };
        let rest = match read.open_table(REST) {
            Ok(rest) => rest,
            Err(TableError::TableDoesNotExist(_)) => return Ok((state, unread)),
            Err(error) => return Err(error.into()),
        };
        state.at = one(&rest, "at", &mut unread)?;
        state.orders = one(&rest, "orders", &mut unread)?;
        state.clean = one(&rest, "clean", &mut unread)?;
        Ok((state, unread))
    }

    /// Writes a state over what is there, and forgets what is not kept, where that is told. On the disk when it returns.
    ///
    /// # Errors
    /// When the disk refuses. The file then holds what it held before.
    pub fn write(&self, state: &State, kept: Option<&Kept>) -> Result<(), Failure> {
        let write = self.database.begin_write()?;
        put(&mut write.open_table(METERS)?, &state.meters, kept.map(|kept| &kept.meters))?;
        put(&mut write.open_table(PROFILES)?, &state.profiles, kept.map(|kept| &kept.profiles))?;
        put(&mut write.open_table(PLACES)?, &state.places, kept.map(|kept| &kept.places))?;
        let peers = state.peers.iter().map(|(id, _)| *id).collect();
        put(&mut write.open_table(PEERS)?, &state.peers, Some(&peers))?;
        {
            let mut rest = write.open_table(REST)?;
            rest.insert("at", encoded(&state.at)?.as_slice())?;
            rest.insert("orders", encoded(&state.orders)?.as_slice())?;
            rest.insert("clean", encoded(&state.clean)?.as_slice())?;
        }
        write.commit()?;
        Ok(())
    }
}

/// By names, so that a newer program finds its way in an older file.
fn encoded<T: Serialize>(value: &T) -> Result<Vec<u8>, Failure> {
    rmp_serde::to_vec_named(value).map_err(Failure::Encode)
}

fn put<T: Serialize>(
    table: &mut redb::Table<'_, u64, &[u8]>,
    entries: &[(u64, T)],
    kept: Option<&HashSet<u64>>,
) -> Result<(), Failure> {
    if let Some(kept) = kept {
        table.retain(|key, _| kept.contains(&key))?;
    }
    for (key, value) in entries {
        table.insert(key, encoded(value)?.as_slice())?;
    }
    Ok(())
}

type Opened = Result<redb::ReadOnlyTable<u64, &'static [u8]>, TableError>;

fn entries<T: DeserializeOwned>(table: Opened, unread: &mut usize) -> Result<Vec<(u64, T)>, Failure> {
    let table = match table {
        Ok(table) => table,
        Err(TableError::TableDoesNotExist(_)) => return Ok(Vec::new()),
        Err(error) => return Err(error.into()),
    };
    let mut found = Vec::new();
    for entry in table.iter()? {
        let (key, value) = entry?;
        match rmp_serde::from_slice(value.value()) {
            Ok(value) => found.push((key.value(), value)),
            Err(_) => *unread += 1,
        }
    }
    Ok(found)
}

fn one<T: DeserializeOwned + Default>(
    table: &impl ReadableTable<&'static str, &'static [u8]>,
    name: &str,
    unread: &mut usize,
) -> Result<T, Failure> {
    let Some(value) = table.get(name)? else { return Ok(T::default()) };
    Ok(rmp_serde::from_slice(value.value()).unwrap_or_else(|_| {
        *unread += 1;
        T::default()
    }))
}

fn make(folder: &Path) -> Result<(), StartError> {
    use std::os::unix::fs::DirBuilderExt as _;
    let made = fs::DirBuilder::new().recursive(true).mode(0o700).create(folder);
    made.map_err(|error| StartError::Folder(folder.to_owned(), error.to_string()))
}

fn unusable(path: &Path, error: &DatabaseError) -> StartError {
    StartError::Folder(path.to_owned(), error.to_string())
}

/// Whether the file itself is at fault, not the right to read it or the room on the disk.
fn is_damage(error: &DatabaseError) -> bool {
    use std::io::ErrorKind::{InvalidData, UnexpectedEof};
    match error {
        DatabaseError::Storage(StorageError::Io(error)) => matches!(error.kind(), InvalidData | UnexpectedEof),
        DatabaseError::Storage(StorageError::Corrupted(_)) | DatabaseError::RepairAborted => true,
        DatabaseError::UpgradeRequired(_) => true,
        _ => false,
    }
}

/// Moves a file out of the way, under a name that says when.
fn aside(path: &Path, why: &str) -> Result<(), StartError> {
    let seconds = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default().as_secs();
    let mut place = path.with_extension(format!("damaged-{seconds}"));
    for again in 1..100 {
        if !place.exists() {
            break;
        }
        place = path.with_extension(format!("damaged-{seconds}-{again}"));
    }
    fs::rename(path, &place).map_err(|error| StartError::Folder(place.clone(), error.to_string()))?;
    tracing::error!(
        file = %path.display(), moved_to = %place.display(), why,
        "what was counted of extraction could not be read: LIMITS BEGIN ANEW for what is lost, quarantines may be gone"
    );
    Ok(())
}

/// The thread that writes.
#[derive(Debug)]
pub struct Writer {
    stop: Sender<()>,
    thread: JoinHandle<()>,
}

impl Writer {
    /// Starts writing what changes.
    ///
    /// # Errors
    /// When the thread cannot be started.
    pub fn start(file: File, path: PathBuf, governor: Arc<Governor>, clock: Clock) -> Result<Self, StartError> {
        let (stop, stopped) = channel();
        // The file holds all that the governor was given.
        let (since, tidied) = (Some(clock()), Instant::now());
        let orders = None;
        let file = Some(file);
        let mut writing = Writing { file, path: path.clone(), governor, clock, since, tidied, orders, refused: false };
        let thread = std::thread::Builder::new().name("extraction".to_owned()).spawn(move || writing.run(&stopped));
        let thread = thread.map_err(|error| StartError::Folder(path, error.to_string()))?;
        Ok(Self { stop, thread })
    }

    /// Writes the last state and ends. Blocks until it is on the disk.
    pub fn finish(self) {
        // Nobody hears it where the thread has ended by itself.
        let _ = self.stop.send(());
        if self.thread.join().is_err() {
            tracing::error!("the writer of what was counted of extraction ended by itself");
        }
    }
}

struct Writing {
    /// `None`: after an error it has to be opened anew.
    file: Option<File>,
    path: PathBuf,
    governor: Arc<Governor>,
    clock: Clock,
    /// When the last write looked for changes; `None`: the next one writes everything.
    since: Option<Duration>,
    tidied: Instant,
    /// The version of the orders in the file.
    orders: Option<u64>,
    /// The disk refused the last write: said once.
    refused: bool,
}

impl Writing {
    fn run(&mut self, stopped: &Receiver<()>) {
        // At once: from here on the end is not in good order any more.
        self.write(false);
        while stopped.recv_timeout(EVERY) == Err(RecvTimeoutError::Timeout) {
            self.write(false);
        }
        // In good order, or because whoever counts is gone.
        self.write(true);
    }

    fn write(&mut self, last: bool) {
        let begun = Instant::now();
        let (now, orders) = ((self.clock)(), self.governor.orders_version());
        let mut state = match self.since {
            // A little before the last call: what was under way then.
            Some(since) => self.governor.changes(now, since.saturating_sub(EVERY)),
            None => self.governor.snapshot(now),
        };
        state.clean = last;
        let tidy = last || self.tidied.elapsed() >= TIDY;
        let idle = state.meters.is_empty() && state.profiles.is_empty() && state.places.is_empty();
        if idle && !tidy && self.orders == Some(orders) {
            self.since = Some(now);
            return;
        }
        let kept = tidy.then(|| Kept::of(&self.governor));
        match self.put(&state, kept.as_ref()) {
            Ok(()) => self.written(now, orders, tidy),
            Err(error) => self.not_written(&error),
        }
        let took = begun.elapsed();
        if took > EVERY {
            tracing::warn!(?took, "writing what was counted of extraction takes long: a crash may lose so much more");
        }
    }

    fn put(&mut self, state: &State, kept: Option<&Kept>) -> Result<(), Failure> {
        let file = match self.file.take() {
            Some(file) => file,
            None => File { database: Database::create(&self.path)? },
        };
        file.write(state, kept)?;
        self.file = Some(file);
        Ok(())
    }

    fn written(&mut self, now: Duration, orders: u64, tidied: bool) {
        if std::mem::take(&mut self.refused) {
            tracing::warn!(file = %self.path.display(), "what was counted of extraction is kept again");
        }
        (self.since, self.orders) = (Some(now), Some(orders));
        if tidied {
            self.tidied = Instant::now();
        }
    }

    fn not_written(&mut self, error: &Failure) {
        // What is no longer marked as changed would be missing from a smaller write.
        self.since = None;
        if !std::mem::replace(&mut self.refused, true) {
            tracing::error!(file = %self.path.display(), %error, "what was counted of extraction is not kept");
        }
    }
}
