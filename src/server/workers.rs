//! The threads that serve clients, each with a runtime of its own: a session stays on the thread where it began, so
//! that nothing of it is ever handed over and no thread wakes another for it. Where there is one for each processor, each
//! stays on its own.

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
        let stop = CancellationToken::new();
        let each = kept_on(count).into_iter().enumerate();
        let each =
            each.map(|(number, processor)| Worker::start(number, processor, &stop)).collect::<io::Result<_>>()?;
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
    fn start(number: usize, processor: Option<usize>, stop: &CancellationToken) -> io::Result<Self> {
        let runtime = Builder::new_current_thread().enable_all().build()?;
        let handle = runtime.handle().clone();
        let stop = stop.clone();
        let thread = thread::Builder::new().name(format!("clients-{number}")).spawn(move || {
            if let Some(processor) = processor {
                keep_on(processor);
            }
            runtime.block_on(stop.cancelled());
            // what is left after the drain's time-out must not keep the process
            runtime.shutdown_background();
        })?;
        Ok(Self { runtime: handle, places: Arc::default(), thread: Some(thread) })
    }
}

/// The processor of each of `count` threads. `None`: any. One that was given a share of more processors than it has
/// threads, by a quota, may run on all of them.
fn kept_on(count: usize) -> Vec<Option<usize>> {
    let parallel = thread::available_parallelism().map_or(1, NonZeroUsize::get);
    let own = processors();
    match count {
        0 if own.len() == parallel => own.into_iter().map(Some).collect(),
        0 => vec![None; parallel],
        count => vec![None; count],
    }
}

/// The processors that this process may run on.
#[cfg(target_os = "linux")]
fn processors() -> Vec<usize> {
    let allowed = rustix::thread::sched_getaffinity(None);
    allowed.map_or_else(
        |_| Vec::new(),
        |set| (0..rustix::thread::CpuSet::MAX_CPU).filter(|number| set.is_set(*number)).collect(),
    )
}

#[cfg(not(target_os = "linux"))]
fn processors() -> Vec<usize> {
    Vec::new()
}

/// Keeps the current thread on a processor; where that fails it runs on any.
#[cfg(target_os = "linux")]
fn keep_on(processor: usize) {
    let mut only = rustix::thread::CpuSet::new();
    only.set(processor);
    if let Err(error) = rustix::thread::sched_setaffinity(None, &only) {
        tracing::debug!(%error, processor, "a thread that serves clients may run on any processor");
    }
}

#[cfg(not(target_os = "linux"))]
fn keep_on(_: usize) {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_thread_for_each_processor_stays_on_it() {
        assert_eq!(kept_on(3), [None; 3]);
        let own = processors();
        if own.len() != thread::available_parallelism().unwrap().get() {
            return;
        }
        let workers = Workers::start(0).unwrap();
        let places: Vec<Place> = own.iter().map(|_| workers.place().unwrap()).collect();
        let mut found = Vec::new();
        for place in &places {
            let (tell, told) = std::sync::mpsc::channel();
            place.runtime.spawn(async move { tell.send(processors()) });
            found.extend(told.recv().unwrap());
        }
        found.sort_unstable();
        assert_eq!(found, own);
    }

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
