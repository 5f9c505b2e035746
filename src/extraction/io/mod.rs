//! Where counts live between asks: with this process alone, or shared by several replicas. The impure part of
//! [`crate::extraction`].
//!
//! [`Counting`] is what sessions ask. Files: [`embedded`] keeps everything across restarts, in both kinds; [`redis`]
//! shares counts, [`link`] keeps its connection and brings a store up to date that was away, [`orders`] takes orders
//! from replica to replica.

pub mod embedded;
mod link;
mod orders;
pub mod redis;

use std::fmt;
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use crate::model::disclosure::{Ask, Signal, Verdict};

use tokio::runtime::Handle;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use super::governor::{Basis, Counted, Governor, Stopped};

/// The time since the Unix epoch that asks are counted by; should come from a monotonic clock.
pub type Clock = Arc<dyn Fn() -> Duration + Send + Sync>;

/// Hears signals of what nobody waits for: [`Counting::tell`].
pub type Hear = Arc<dyn Fn(Vec<Signal>) + Send + Sync>;

/// An answer that a shared store has to be asked for. Ends within the store's timeout.
pub type Later = Pin<Box<dyn Future<Output = (Verdict, Vec<Signal>)> + Send>>;

/// What is to become of what was asked about.
#[must_use]
pub enum Asked {
    Now(Verdict, Vec<Signal>),
    /// Nothing may leave before it has come.
    Later(Later),
}

impl fmt::Debug for Asked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Now(verdict, signals) => f.debug_tuple("Now").field(verdict).field(signals).finish(),
            Self::Later(_) => f.write_str("Later"),
        }
    }
}

impl Asked {
    /// Waits for it.
    pub async fn answer(self) -> (Verdict, Vec<Signal>) {
        match self {
            Self::Now(verdict, signals) => (verdict, signals),
            Self::Later(later) => later.await,
        }
    }
}

/// Where it is kept.
#[derive(Clone)]
pub struct Settings {
    /// The state folder; it is made when it is missing.
    pub folder: PathBuf,
    /// The store that replicas share; `None`: this process counts alone.
    pub shared: Option<redis::Settings>,
    pub clock: Clock,
    pub hear: Hear,
}

impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Settings").field("folder", &self.folder).finish_non_exhaustive()
    }
}

/// Why counting cannot begin.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum StartError {
    #[error("{}: another process has it open; each needs a state.dir of its own", .0.display())]
    Busy(PathBuf),
    #[error("{path}: {why}", path = .0.display(), why = .1)]
    Folder(PathBuf, String),
}

/// Counts what leaves and says what may; shared by all sessions.
pub struct Counting {
    governor: Arc<Governor>,
    shared: Option<Arc<redis::Shared>>,
    hear: Hear,
    runtime: Handle,
    stop: CancellationToken,
    background: Mutex<Background>,
}

#[derive(Default)]
struct Background {
    writer: Option<embedded::Writer>,
    keeper: Option<JoinHandle<()>>,
}

impl fmt::Debug for Counting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Counting").field("shared", &self.shared).finish_non_exhaustive()
    }
}

impl Counting {
    /// Opens the store, gives the governor (which must not have counted yet) what was kept, and begins to keep what
    /// it counts. A shared store is sought in the background, on `runtime`: see [`Counting::ready`].
    ///
    /// # Errors
    /// When the state folder cannot be used or belongs to another process.
    pub fn start(governor: Arc<Governor>, settings: Settings, runtime: &Handle) -> Result<Self, StartError> {
        let (file, state) = embedded::File::open(&settings.folder)?;
        governor.restore(state);
        let Settings { folder, clock, hear, shared } = settings;
        let path = folder.join(embedded::FILE);
        let writer = embedded::Writer::start(file, path, Arc::clone(&governor), Arc::clone(&clock))?;
        let stop = CancellationToken::new();
        let shared = shared.map(|settings| Arc::new(redis::Shared::new(Arc::clone(&governor), settings)));
        let keeper = shared.clone().map(|shared| link::Keeper { shared, clock, stop: stop.clone() });
        let keeper = keeper.map(|keeper| runtime.spawn(keeper.run()));
        let background = Mutex::new(Background { writer: Some(writer), keeper });
        Ok(Self { governor, shared, hear, runtime: runtime.clone(), stop, background })
    }

    #[must_use]
    pub fn governor(&self) -> &Arc<Governor> {
        &self.governor
    }

    /// How it goes with the shared store; `None`: this process counts alone.
    #[must_use]
    pub fn status(&self) -> Option<redis::Status> {
        self.shared.as_ref().map(|shared| shared.status())
    }

    /// Waits until the shared store has been reached, for so long at most. Whether it has. Before that, asks are
    /// decided with a share of each limit.
    pub async fn ready(&self, longest: Duration) -> bool {
        let Some(shared) = &self.shared else { return true };
        let reached = async {
            while shared.link.load().is_none() {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        };
        tokio::time::timeout(longest, reached).await.is_ok()
    }

    /// Counts, then says what may leave. Counted here even if the answer is not waited for; told to a shared store at
    /// the latest with the next ask that concerns the same meters, except for persons.
    pub fn ask(&self, now: Duration, ask: Ask) -> Asked {
        let counted = self.governor.count(now, &ask);
        self.answer(now, ask, counted)
    }

    fn answer(&self, now: Duration, ask: Ask, counted: Counted) -> Asked {
        let (verdict, signals) = match &self.shared {
            Some(shared) if !counted.counts.is_empty() => {
                let ask = Arc::new(ask);
                match shared.ask(now, &ask, counted) {
                    Ok(later) => return Asked::Later(later),
                    Err(counted) => shared.decide_alone(now, &ask, &counted),
                }
            }
            _ => self.governor.decide(now, &ask, &counted, Basis::Local),
        };
        Asked::Now(verdict, signals)
    }

    /// Counts what happened and holds nothing up. Its signals are heard, not returned; steps that it enters are in
    /// force for what is asked next.
    pub fn tell(&self, now: Duration, ask: Ask) {
        self.pass_on(self.ask(now, ask));
    }

    /// Counts values that are about to be compared with hidden ones, and says at once which limit they are too many for, by
    /// what this process knows.
    #[must_use]
    pub fn test(&self, now: Duration, ask: Ask) -> Option<Stopped> {
        let counted = self.governor.count(now, &ask);
        let stopped = self.governor.too_many(now, &counted);
        self.pass_on(self.answer(now, ask, counted));
        stopped
    }

    /// Has signals heard that nobody waits for.
    fn pass_on(&self, asked: Asked) {
        let hear = Arc::clone(&self.hear);
        let heard = move |signals: Vec<Signal>| {
            if !signals.is_empty() {
                hear(signals);
            }
        };
        match asked {
            Asked::Now(_, signals) => heard(signals),
            Asked::Later(later) => _ = self.runtime.spawn(async move { heard(later.await.1) }),
        }
    }

    /// Tells orders to the other replicas and writes the last state. Asks after it are answered, but no longer kept.
    pub async fn stop(&self) {
        self.stop.cancel();
        let background = std::mem::take(&mut *self.background.lock().unwrap_or_else(PoisonError::into_inner));
        if let Some(keeper) = background.keeper
            && keeper.await.is_err()
        {
            tracing::error!("the keeper of the shared store of extraction ended by itself");
        }
        if let Some(writer) = background.writer
            && tokio::task::spawn_blocking(|| writer.finish()).await.is_err()
        {
            tracing::error!("the last state of extraction was not written");
        }
    }
}
