//! Asking a database for what a command needs to know of it.

use std::future::Future;
use std::sync::Arc;

use anyhow::{Context as _, anyhow};

use crate::catalog::snapshot::Snapshot;
use crate::config::{Config, secrets};
use crate::observe::metrics::Metrics;
use crate::server::catalogs::{Catalog, Login};
use crate::server::connect::Connector;

/// The catalog of a database, read as the configured catalog user.
///
/// # Errors
/// When the server cannot be asked.
pub fn snapshot(config: &Config, database: &str) -> anyhow::Result<Arc<Snapshot>> {
    let login = login(config)?;
    wait(async {
        let (changed, _) = tokio::sync::watch::channel(0);
        let catalog = Catalog::new(database, Arc::new(login), Metrics::new()?, changed);
        let version = catalog.current().await.with_context(|| format!("database {database} cannot be read"))?;
        Ok(Arc::clone(&version.snapshot))
    })?
}

fn login(config: &Config) -> anyhow::Result<Login> {
    let connector = Connector::new(&config.upstream).map_err(|problem| anyhow!("{problem}"))?;
    let password = secrets::catalog_password(&config.catalog).map_err(|problem| anyhow!("{problem}"))?;
    Ok(Login { connector, user: config.catalog.user.clone(), password })
}

fn wait<T>(work: impl Future<Output = T>) -> anyhow::Result<T> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    Ok(runtime.block_on(work))
}
