//! Asking a database for what a command needs to know of it.

use std::collections::HashSet;
use std::future::Future;
use std::sync::Arc;

use anyhow::{Context as _, anyhow};

use crate::catalog::search_path::{SessionNames, effective};
use crate::catalog::snapshot::Snapshot;
use crate::config::{Config, secrets};
use crate::observe::metrics::Metrics;
use crate::server::catalogs::{Catalog, Login};
use crate::server::connect::Connector;
use crate::server::upstream::Upstream;

/// The catalog of a database, read as the configured catalog user.
///
/// # Errors
/// When the server cannot be asked.
pub fn snapshot(config: &Config, database: &str) -> anyhow::Result<Arc<Snapshot>> {
    let login = login(config)?;
    wait(async {
        let (changed, _) = tokio::sync::watch::channel(0);
        let catalog = Arc::new(Catalog::new(database, Arc::new(login), Metrics::new()?, changed));
        let version = catalog.current().await.with_context(|| format!("database {database} cannot be read"))?;
        Ok(Arc::clone(&version.snapshot))
    })?
}

/// The names a new session of `user` would see: by the setting of its role, its database, or `search_path`.
///
/// # Errors
/// When the server cannot be asked, or the setting is not a list of names.
pub fn names(config: &Config, database: &str, user: &str, search_path: Option<&str>) -> anyhow::Result<SessionNames> {
    let login = login(config)?;
    let (setting, usable) = wait(async {
        let mut upstream = Upstream::connect(&login.connector, &login.user, login.password.as_ref(), database).await?;
        let setting = upstream.query_with(SETTING, &[user]).await?;
        let usable = upstream.query_with(USABLE, &[user]).await?;
        anyhow::Ok((setting, usable))
    })?
    .with_context(|| format!("database {database} cannot be asked about {user}"))?;
    let setting = setting.into_iter().flatten().flatten().next();
    let setting = search_path.or(setting.as_deref()).unwrap_or(DEFAULT_PATH);
    let usable: HashSet<Arc<str>> = usable.into_iter().flatten().flatten().map(Arc::from).collect();
    let path = effective(setting, user, &usable, None).map_err(|error| anyhow!("{error}"))?;
    Ok(SessionNames {
        user: user.into(),
        login: user.into(),
        path,
        temp_schema: None,
        temp: Vec::new(),
        temp_types: Vec::new(),
    })
}

/// PostgreSQL's own default.
const DEFAULT_PATH: &str = "\"$user\", public";

/// `search_path` as `ALTER ROLE` and `ALTER DATABASE` set it, the most specific first (`process_settings` in
/// `utils/init/postinit.c`).
const SETTING: &str = "\
SELECT pg_catalog.substr(s.setting, 13) \
FROM pg_catalog.pg_db_role_setting d, pg_catalog.unnest(d.setconfig) AS s(setting) \
WHERE s.setting LIKE 'search\\_path=%' \
  AND d.setrole IN (0, (SELECT r.oid FROM pg_catalog.pg_roles r WHERE r.rolname = $1)) \
  AND d.setdatabase IN (0, (SELECT b.oid FROM pg_catalog.pg_database b WHERE b.datname = pg_catalog.current_database())) \
ORDER BY (d.setrole <> 0) DESC, (d.setdatabase <> 0) DESC LIMIT 1";

/// Schemas that the role may use; those of everybody if there is no such role.
const USABLE: &str = "\
SELECT n.nspname FROM pg_catalog.pg_namespace n \
LEFT JOIN pg_catalog.pg_roles r ON r.rolname = $1 \
WHERE CASE WHEN r.oid IS NULL THEN pg_catalog.has_schema_privilege('public', n.oid, 'USAGE') \
  ELSE pg_catalog.has_schema_privilege(r.oid, n.oid, 'USAGE') END";

fn login(config: &Config) -> anyhow::Result<Login> {
    let connector = Connector::new(&config.upstream).map_err(|problem| anyhow!("{problem}"))?;
    let password = secrets::catalog_password(&config.catalog).map_err(|problem| anyhow!("{problem}"))?;
    Ok(Login { connector, user: config.catalog.user.clone(), password })
}

/// Waits for work with the server.
///
/// # Errors
/// When the system gives no runtime.
pub fn wait<T>(work: impl Future<Output = T>) -> anyhow::Result<T> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    Ok(runtime.block_on(work))
}
