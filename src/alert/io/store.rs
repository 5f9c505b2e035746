//! The file of incidents and of messages that have not been delivered: what is in it survives `kill -9` and power loss.

use std::path::Path;

use redb::{Database, ReadableDatabase, ReadableTable, TableDefinition};
use thiserror::Error;

use crate::alert::incident::Incident;

use super::queue::Job;

/// Incidents by id, as JSON.
const INCIDENTS: TableDefinition<'_, &str, &[u8]> = TableDefinition::new("incidents");
/// Messages by number, as JSON.
const JOBS: TableDefinition<'_, u64, &[u8]> = TableDefinition::new("jobs");

/// Why the file cannot be used.
#[derive(Debug, Error)]
pub enum StoreError {
    #[error("{0}")]
    Database(#[from] redb::Error),
    #[error("{0}")]
    Folder(#[from] std::io::Error),
    #[error("an entry cannot be written: {0}")]
    Json(#[from] serde_json::Error),
}

/// What is written at once: all of it or nothing.
#[derive(Clone, Debug, Default)]
pub struct Batch {
    /// Incidents that have changed; `None`: gone.
    pub incidents: Vec<(String, Option<Incident>)>,
    /// Messages that wait; `None`: delivered or given up.
    pub jobs: Vec<(u64, Option<Job>)>,
}

impl Batch {
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.incidents.is_empty() && self.jobs.is_empty()
    }
}

/// Incidents, and messages by number.
pub type Kept = (Vec<Incident>, Vec<(u64, Job)>);

/// The open file. One process at a time: a second one is refused.
#[derive(Debug)]
pub struct Store(Database);

impl Store {
    /// Opens or makes `alerts.redb` in the folder, which is made too; only its owner may read it.
    ///
    /// # Errors
    /// When it cannot be opened: another process has it, it is damaged, the folder cannot be made.
    pub fn open(folder: &Path) -> Result<Self, StoreError> {
        use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
        std::fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
        let path = folder.join("alerts.redb");
        // made here for its permissions: names of users are in it
        std::fs::OpenOptions::new().create(true).append(true).mode(0o600).open(&path)?;
        let database = Database::builder().set_cache_size(4 << 20).create(&path).map_err(redb::Error::from)?;
        let store = Self(database);
        // so that both tables exist
        store.begin(|_, _| Ok(()))?;
        Ok(store)
    }

    /// Everything that was kept. What cannot be read any more is left out, and logged.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn load(&self) -> Result<Kept, StoreError> {
        let read = self.0.begin_read().map_err(redb::Error::from)?;
        let (mut incidents, mut jobs) = (Vec::new(), Vec::new());
        let table = read.open_table(INCIDENTS).map_err(redb::Error::from)?;
        for entry in table.iter().map_err(redb::Error::from)? {
            let (id, text) = entry.map_err(redb::Error::from)?;
            incidents.extend(parsed::<Incident>(id.value(), text.value()));
        }
        let table = read.open_table(JOBS).map_err(redb::Error::from)?;
        for entry in table.iter().map_err(redb::Error::from)? {
            let (number, text) = entry.map_err(redb::Error::from)?;
            jobs.extend(parsed::<Job>(&number.value().to_string(), text.value()).map(|job| (number.value(), job)));
        }
        Ok((incidents, jobs))
    }

    /// Writes a batch; it is on the disk when this returns.
    ///
    /// # Errors
    /// When it cannot be written; then nothing of it is.
    pub fn write(&self, batch: &Batch) -> Result<(), StoreError> {
        self.begin(|incidents, jobs| {
            for (id, incident) in &batch.incidents {
                match incident {
                    Some(incident) => {
                        let text = serde_json::to_vec(incident)?;
                        incidents.insert(id.as_str(), text.as_slice()).map_err(redb::Error::from)?;
                    }
                    None => _ = incidents.remove(id.as_str()).map_err(redb::Error::from)?,
                }
            }
            for (number, job) in &batch.jobs {
                match job {
                    Some(job) => {
                        let text = serde_json::to_vec(job)?;
                        jobs.insert(*number, text.as_slice()).map_err(redb::Error::from)?;
                    }
                    None => _ = jobs.remove(*number).map_err(redb::Error::from)?,
                }
            }
            Ok(())
        })
    }

    fn begin(
        &self,
        work: impl FnOnce(
            &mut redb::Table<'_, &'static str, &'static [u8]>,
            &mut redb::Table<'_, u64, &'static [u8]>,
        ) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let write = self.0.begin_write().map_err(redb::Error::from)?;
        {
            let mut incidents = write.open_table(INCIDENTS).map_err(redb::Error::from)?;
            let mut jobs = write.open_table(JOBS).map_err(redb::Error::from)?;
            work(&mut incidents, &mut jobs)?;
        }
        write.commit().map_err(redb::Error::from)?;
        Ok(())
    }
}

fn parsed<T: serde::de::DeserializeOwned>(name: &str, text: &[u8]) -> Option<T> {
    serde_json::from_slice(text)
        .inspect_err(|error| tracing::error!(entry = name, %error, "a kept incident or message cannot be read"))
        .ok()
}
