//! The audit file: a bounded queue, one thread that writes, nothing dropped in silence.
//!
//! Statements come as they are: the thread makes their lines, many at once, beside the sessions.
//!
//! When the queue is full, sessions wait; when the disk refuses, the writer says so and tries again until it takes the
//! lines. So a disk that stays full stops statements that must be recorded.

use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use tokio::sync::mpsc::error::TrySendError;
use tokio::sync::{mpsc, oneshot};
use tokio::time::timeout;

use crate::audit::record::Lines;
use crate::model::event::StatementEvent;

/// Lines that are written at once.
const BATCH: usize = 256;
/// Between two writes, unless lines press. A writer that is woken for each line costs the sessions more than the lines do;
/// a process that is killed loses the lines of so long a time.
const PAUSE: Duration = Duration::from_millis(10);
/// How long to wait before the disk is tried again.
const RETRY: Duration = Duration::from_millis(500);

/// How long to wait for a line that must be in the file.
const PATIENCE: Duration = Duration::from_secs(5);

#[derive(Debug)]
enum Record {
    /// And when it ended, in milliseconds since 1970.
    Statement(Box<StatementEvent>, u64),
    /// A line (without line end), and who is told once it is in the file.
    Line(String, Option<oneshot::Sender<()>>),
}

/// What the writer has done so far, for metrics.
#[derive(Debug, Default)]
pub struct Written {
    lines: AtomicU64,
    errors: AtomicU64,
}

impl Written {
    /// Lines written, and attempts that failed.
    #[must_use]
    pub fn counts(&self) -> (u64, u64) {
        (self.lines.load(Ordering::Relaxed), self.errors.load(Ordering::Relaxed))
    }
}

/// A record that waits for its place in the queue.
pub type Waiting = Pin<Box<dyn Future<Output = ()> + Send>>;

/// Where sessions leave records. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Queue {
    records: mpsc::Sender<Option<Record>>,
    reopen: Arc<AtomicBool>,
    pub written: Arc<Written>,
}

/// The thread that writes; the receiver is told when it has ended.
#[derive(Debug)]
pub struct Writer(oneshot::Receiver<()>);

impl Queue {
    /// Leaves a line (without line end). While the queue is full it cannot: then the answer must be waited for before
    /// anything else happens.
    #[must_use]
    pub fn record(&self, line: String) -> Option<Waiting> {
        self.put(Some(Record::Line(line, None)))
    }

    /// Leaves what is to be told of a statement that ended at a time, in milliseconds since 1970; as [`Self::record`].
    #[must_use]
    pub fn statement(&self, event: Box<StatementEvent>, ended: u64) -> Option<Waiting> {
        self.put(Some(Record::Statement(event, ended)))
    }

    /// Leaves a line; what it returns is done when the line is in the file, or has been waited for too long.
    #[must_use]
    pub fn record_surely(&self, line: String) -> Waiting {
        let (written, told) = oneshot::channel();
        let placed = self.put(Some(Record::Line(line, Some(written))));
        let done = async move {
            if let Some(placed) = placed {
                placed.await;
            }
            _ = told.await;
        };
        Box::pin(async move {
            if timeout(PATIENCE, done).await.is_err() {
                tracing::error!("an audit line that is waited for is not in the file after {PATIENCE:?}");
            }
        })
    }

    /// Says that no line will come any more.
    #[must_use]
    pub fn close(&self) -> Option<Waiting> {
        self.put(None)
    }

    fn put(&self, record: Option<Record>) -> Option<Waiting> {
        match self.records.try_send(record) {
            Ok(()) => None,
            Err(TrySendError::Closed(_)) => {
                lost();
                None
            }
            Err(TrySendError::Full(record)) => {
                let records = self.records.clone();
                Some(Box::pin(async move {
                    if records.send(record).await.is_err() {
                        lost();
                    }
                }))
            }
        }
    }

    /// Makes the writer open the file anew, after it was moved away.
    pub fn reopen(&self) {
        self.reopen.store(true, Ordering::Relaxed);
    }

    /// Records that wait.
    #[must_use]
    pub fn waiting(&self) -> usize {
        self.records.max_capacity() - self.records.capacity()
    }
}

impl Writer {
    /// Waits until every line is on disk; the queue must have been closed.
    pub async fn finish(self) {
        if self.0.await.is_err() {
            tracing::error!("the audit writer ended by itself");
        }
    }
}

/// Opens the file for appending and starts the writer.
///
/// # Errors
/// When the file cannot be opened or the thread not be started.
pub fn open(path: &Path, waiting_max: usize) -> io::Result<(Queue, Writer)> {
    let file = append(path)?;
    let (records, inbox) = mpsc::channel(waiting_max);
    let queue = Queue { records, reopen: Arc::default(), written: Arc::default() };
    let (reopen, written) = (queue.reopen.clone(), queue.written.clone());
    let mut sink = Sink { path: path.to_owned(), file, reopen, written };
    let (ended, end) = oneshot::channel();
    std::thread::Builder::new().name("audit".to_owned()).spawn(move || {
        sink.run(inbox);
        _ = ended.send(());
    })?;
    Ok((queue, Writer(end)))
}

fn lost() {
    tracing::error!("the audit writer has ended: a record is lost");
}

fn append(path: &Path) -> io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt;
    OpenOptions::new().create(true).append(true).mode(0o640).open(path)
}

/// Adds a record's line, if it can be written, and who waits for it; whether it could.
fn append_line(record: Record, lines: &mut Lines, bytes: &mut Vec<u8>, awaited: &mut Vec<oneshot::Sender<()>>) -> bool {
    match record {
        Record::Line(line, written) => {
            bytes.extend_from_slice(line.as_bytes());
            awaited.extend(written);
        }
        Record::Statement(event, ended) => {
            let before = bytes.len();
            if let Err(error) = lines.append(&event, ended, bytes) {
                tracing::error!(%error, session = %event.session, "a record could not be written");
                bytes.truncate(before);
                return false;
            }
        }
    }
    bytes.push(b'\n');
    true
}

struct Sink {
    path: PathBuf,
    file: File,
    reopen: Arc<AtomicBool>,
    written: Arc<Written>,
}

impl Sink {
    fn run(&mut self, mut inbox: mpsc::Receiver<Option<Record>>) {
        let mut batch = Vec::with_capacity(BATCH);
        let mut awaited = Vec::new();
        let (mut lines, mut bytes) = (Lines::default(), Vec::new());
        let mut open = true;
        while open && inbox.blocking_recv_many(&mut batch, BATCH) > 0 {
            open = batch.iter().all(Option::is_some);
            let pressed = batch.len() >= BATCH.min(inbox.max_capacity() / 2);
            let mut count = 0;
            for record in batch.drain(..).flatten() {
                count += u64::from(append_line(record, &mut lines, &mut bytes, &mut awaited));
            }
            self.write(&bytes);
            bytes.clear();
            // whoever has given up waiting does not hear it
            awaited.drain(..).for_each(|written| _ = written.send(()));
            self.written.lines.fetch_add(count, Ordering::Relaxed);
            if open && !pressed {
                std::thread::sleep(PAUSE);
            }
        }
        if let Err(error) = self.file.sync_all() {
            tracing::error!(%error, path = %self.path.display(), "the audit file could not be flushed to disk");
        }
    }

    /// Writes all bytes, however often it takes. What a failed write left behind is continued, not repeated.
    fn write(&mut self, bytes: &[u8]) {
        let mut rest = bytes;
        while !rest.is_empty() {
            match self.reopened().and_then(|()| self.file.write(rest)) {
                Ok(count) => rest = rest.get(count..).unwrap_or_default(),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => {
                    if self.written.errors.fetch_add(1, Ordering::Relaxed).is_multiple_of(20) {
                        tracing::error!(%error, path = %self.path.display(), "audit lines cannot be written; trying again");
                    }
                    std::thread::sleep(RETRY);
                }
            }
        }
    }

    fn reopened(&mut self) -> io::Result<()> {
        if self.reopen.swap(false, Ordering::Relaxed) {
            self.file = append(&self.path).inspect_err(|_| self.reopen.store(true, Ordering::Relaxed))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_on_disk_when_the_writer_has_finished() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("audit.jsonl");
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let (queue, writer) = open(&path, 4).unwrap();
        runtime.block_on(async {
            for number in 0..1000 {
                if let Some(waiting) = queue.record(number.to_string()) {
                    waiting.await;
                }
            }
            if let Some(waiting) = queue.close() {
                waiting.await;
            }
        });
        writer.0.blocking_recv().unwrap();
        let text = std::fs::read_to_string(&path).unwrap();
        assert_eq!(
            text.lines().map(|line| line.parse::<u32>().unwrap()).collect::<Vec<_>>(),
            (0..1000).collect::<Vec<_>>()
        );
    }

    #[test]
    fn a_line_that_is_waited_for_is_in_the_file() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("audit.jsonl");
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        let (queue, writer) = open(&path, 4).unwrap();
        for number in 1..4 {
            runtime.block_on(queue.record_surely("x".to_owned()));
            assert_eq!(std::fs::read_to_string(&path).unwrap(), "x\n".repeat(number));
        }
        assert!(queue.close().is_none());
        writer.0.blocking_recv().unwrap();
    }

    #[test]
    fn a_moved_file_is_opened_anew() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("audit.jsonl");
        let (queue, writer) = open(&path, 4).unwrap();
        std::fs::rename(&path, dir.path().join("old")).unwrap();
        queue.reopen();
        assert!(queue.record("x".to_owned()).is_none() && queue.close().is_none());
        writer.0.blocking_recv().unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "x\n");
    }
}
