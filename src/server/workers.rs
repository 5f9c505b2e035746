//! The threads that serve clients, each with a runtime of its own: a session stays on the thread where it began, so
//! that nothing of it is ever handed over and no thread wakes another for it.

use std::io;
use std::num::NonZeroUsize;
use std::sync::Arc;
use std::thread::{self, JoinHandle};

use tokio::runtime::{Builder, Handle};
use tokio_util::sync::CancellationToken;

/// The threads; they end with this value, and what runs on them ends with them.
#[derive(Debug)]
pub struct Workers {
    each: Vec<Worker>,
    stop: CancellationToken,
}

#[derive(Debug)]
struct Worker {
    runtime: Handle,
    /// One clone for each place taken.
    places: Arc<()>,
    thread: Option<JoinHandle<()>>,
}

/// A connection's place on a thread, for as long as it is held.
#[derive(Debug)]
pub struct Place {
    pub runtime: Handle,
    _place: Arc<()>,
}

impl Workers {
    /// Starts `count` threads; 0: one for each processor.
    ///
    /// # Errors
    /// When a thread or its runtime cannot be started.
    pub fn start(count: usize) -> io::Result<Self> {
        let count = match count {
            0 => thread::available_parallelism().map_or(1, NonZeroUsize::get),
            count => count,
        };
        let stop = CancellationToken::new();
        let each = (0..count).map(|number| Worker::start(number, &stop)).collect::<io::Result<_>>()?;
        Ok(Self { each, stop })
    }

    /// A place on the thread that has the fewest connections.
    #[must_use]
    pub fn place(&self) -> Option<Place> {
        let worker = self.each.iter().min_by_key(|worker| Arc::strong_count(&worker.places))?;
        Some(Place { runtime: worker.runtime.clone(), _place: worker.places.clone() })
    }
}

impl Drop for Workers {
    fn drop(&mut self) {
        self.stop.cancel();
        for thread in self.each.iter_mut().filter_map(|worker| worker.thread.take()) {
            if thread.join().is_err() {
                tracing::error!("a thread that serves clients ended by itself");
            }
        }
    }
}

impl Worker {
    fn start(number: usize, stop: &CancellationToken) -> io::Result<Self> {
        let runtime = Builder::new_current_thread().enable_all().build()?;
        let handle = runtime.handle().clone();
        let stop = stop.clone();
        let thread = thread::Builder::new().name(format!("clients-{number}")).spawn(move || {
            runtime.block_on(stop.cancelled());
            // what is left after the drain's time-out must not keep the process
            runtime.shutdown_background();
        })?;
        Ok(Self { runtime: handle, places: Arc::default(), thread: Some(thread) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn connections_are_spread_and_their_places_are_given_back() {
        let workers = Workers::start(2).unwrap();
        let name = |place: &Place| {
            let (tell, told) = std::sync::mpsc::channel();
            place.runtime.spawn(async move { tell.send(thread::current().name().map(str::to_owned)) });
            told.recv().unwrap()
        };
        let (first, second) = (workers.place().unwrap(), workers.place().unwrap());
        assert_ne!(name(&first), name(&second));
        let freed = name(&first);
        drop(first);
        assert_eq!(name(&workers.place().unwrap()), freed);
    }
}
