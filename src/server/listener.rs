//! Hearing at once that a catalog has changed, where the event trigger of `menshen install` says so.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::task::JoinHandle;

use super::catalogs::Catalog;
use super::upstream::QueryError;

/// Has a row where the event trigger exists and fires.
pub const INSTALLED: &str =
    "SELECT 1 FROM pg_catalog.pg_event_trigger WHERE evtname = 'menshen_ddl' AND evtenabled <> 'D'";

/// What the trigger notifies.
const LISTEN: &str = "LISTEN menshen_ddl";

/// The task that listens for one database, if there is one.
#[derive(Debug, Default)]
pub struct Listener {
    task: Mutex<Option<JoinHandle<()>>>,
}

impl Listener {
    fn task(&self) -> MutexGuard<'_, Option<JoinHandle<()>>> {
        // a handle is whole after each statement
        self.task.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether somebody listens.
    #[must_use]
    pub fn listening(&self) -> bool {
        self.task().as_ref().is_some_and(|task| !task.is_finished())
    }

    /// Begins to listen, unless somebody does.
    pub fn listen(&self, catalog: &Arc<Catalog>) {
        if self.listening() {
            return;
        }
        let catalog = Arc::clone(catalog);
        *self.task() = Some(tokio::spawn(async move {
            let Err(error) = hear(&catalog).await;
            tracing::warn!(database = %catalog.database, %error, "not told of changes of the catalog; polling goes on");
            // what was said meanwhile has been missed
            catalog.suspect();
        }));
    }

    /// Lets go of the connection.
    pub fn stop(&self) {
        if let Some(task) = self.task().take() {
            task.abort();
        }
    }
}

async fn hear(catalog: &Catalog) -> Result<std::convert::Infallible, QueryError> {
    let mut upstream = catalog.upstream().await?;
    upstream.query(LISTEN).await?;
    tracing::info!(database = %catalog.database, "the server tells of changes of the catalog");
    loop {
        // the first time for what was said before anybody listened
        catalog.suspect();
        // why it failed has been logged; statements wait until it succeeds
        let _ = catalog.settle(catalog.suspicions()).await;
        upstream.notified().await?;
    }
}
