//! Long texts are analysed by threads of their own, not by those that serve sessions: whoever sends them waits for the
//! others that do, and nobody else.

use std::future::Future;
use std::num::NonZeroUsize;
use std::panic;
use std::pin::Pin;
use std::sync::LazyLock;
use std::thread;
use std::time::{Duration, Instant};

use tokio::sync::Semaphore;
use tokio::task::{self, JoinError};

use crate::session::{Held, Long};

/// So many at once: half of the processors stay with the sessions.
static SEATS: LazyLock<Semaphore> =
    LazyLock::new(|| Semaphore::new((thread::available_parallelism().map_or(1, NonZeroUsize::get) / 2).max(1)));

/// A text's analysis under way, and in the end how long it took by itself.
pub(super) type Reading = Pin<Box<dyn Future<Output = (Held, Duration)> + Send>>;

/// Has a long text analysed.
pub(super) fn read(long: Long) -> Reading {
    Box::pin(async move {
        // it is never closed
        let _seat = SEATS.acquire().await;
        let read = || {
            let started = Instant::now();
            (long.read(), started.elapsed())
        };
        match task::spawn_blocking(read).await.map_err(JoinError::try_into_panic) {
            Ok(read) => read,
            // a defect ends the session, as it would on the session's own thread
            Err(Ok(defect)) => panic::resume_unwind(defect),
            // the process ends
            Err(Err(_)) => std::future::pending().await,
        }
    })
}
