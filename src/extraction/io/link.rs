//! The connection to a shared store: made, brought up to date, watched, and made anew when it breaks.
//!
//! A store is believed only after it has been told all that this replica has counted within each window. What was
//! counted while that was told is told again, once sessions have begun to use it.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use redis::aio::MultiplexedConnection;
use redis::{AsyncConnectionConfig, Client, IntoConnectionInfo as _, RedisError, Script, cmd};
use tokio::time::{sleep, timeout};
use tokio_util::sync::CancellationToken;

use crate::extraction::governor::SHARDS;
use crate::extraction::shard::Ever;
use crate::extraction::window;
use crate::model::person;

use super::Clock;
use super::orders::{self, received};
use super::redis::{Call, FORGOTTEN, Link, PREFIX, Shared, everything};

/// How long to wait before a store that is away is tried again: at first, and at most.
const FIRST: Duration = Duration::from_millis(100);
const LAST: Duration = Duration::from_secs(3);

/// How often orders are looked for, and whether the store is there. An order takes two of them, one at either end.
const POLL: Duration = Duration::from_millis(100);

/// How long the store may take for what no session waits for.
const PATIENCE: Duration = Duration::from_secs(5);

/// Meters told in one call.
const BATCH: usize = 100;

/// Why there is no link.
#[derive(Debug, thiserror::Error)]
pub(super) enum Trouble {
    #[error(transparent)]
    Redis(#[from] RedisError),
    #[error("no answer within {PATIENCE:?}")]
    Slow,
    #[error("{0}")]
    Said(&'static str),
}

/// Keeps a link until it is told to stop.
pub(super) struct Keeper {
    pub(super) shared: Arc<Shared>,
    pub(super) clock: Clock,
    pub(super) stop: CancellationToken,
}

impl Keeper {
    pub(super) async fn run(self) {
        let stop = self.stop.clone();
        tokio::select! {
            () = stop.cancelled() => {}
            () = self.keep() => {}
        }
        // Orders of the last moment.
        let link = self.shared.link.load_full();
        if let Some(link) = link
            && let Err(trouble) = self.exchange(&mut link.connection.clone(), &mut None).await
        {
            tracing::warn!(%trouble, "the last orders were not told to the other replicas");
        }
    }

    async fn keep(&self) {
        let mut delay = FIRST;
        loop {
            match self.connect().await {
                Ok((link, told)) => {
                    let begun = Instant::now();
                    if let Err(trouble) = self.watch(&link, told).await {
                        self.shared.give_up(&link, &trouble.to_string());
                    }
                    if begun.elapsed() > LAST {
                        delay = FIRST;
                    }
                }
                Err(trouble) => self.shared.went_away(&trouble.to_string()),
            }
            // Replicas do not all come back at the same moment.
            sleep(delay.mul_f64(rand::random_range(0.5..1.0))).await;
            delay = (delay * 2).min(LAST);
        }
    }

    /// Connects and brings the store up to date.
    async fn connect(&self) -> Result<(Arc<Link>, HashMap<u64, Ever>), Trouble> {
        let settings = &self.shared.settings;
        let mut info = settings.url.as_str().into_connection_info()?;
        if let Some(password) = &settings.password {
            let redis = info.redis_settings().clone().set_password(password);
            info = info.set_redis_settings(redis);
        }
        let config =
            AsyncConnectionConfig::new().set_connection_timeout(Some(PATIENCE)).set_response_timeout(Some(PATIENCE));
        let client = Client::open(info)?;
        let connecting = client.get_multiplexed_async_connection_with_config(&config);
        let mut connection = timeout(PATIENCE, connecting).await.map_err(|_| Trouble::Slow)??;
        self.check(&mut connection).await?;
        let epoch = once(&mut connection, "epoch", &format!("{:016x}", rand::random::<u64>())).await?;
        let link = Link { connection, epoch };
        let mut told = HashMap::new();
        self.tell(&link, &mut told).await?;
        Ok((Arc::new(link), told))
    }

    /// Whether the store may be used: it forgets nothing by itself, and all replicas have one key.
    async fn check(&self, connection: &mut MultiplexedConnection) -> Result<(), Trouble> {
        let key = format!("{:016x}", person::digest(&self.shared.governor.key, "menshen", "key"));
        if once(connection, "key", &key).await? != key {
            return Err(Trouble::Said("the other replicas have another key: extraction.key must be the same"));
        }
        let memory: String = cmd("INFO").arg("memory").query_async(connection).await.unwrap_or_default();
        let policy = memory.lines().find_map(|line| line.strip_prefix("maxmemory_policy:")).unwrap_or("noeviction");
        if policy != "noeviction" {
            tracing::warn!(policy, "the shared store throws out counts when its memory is full: set noeviction");
        }
        Ok(())
    }

    /// Tells the store of every meter that it has not been told of in this state.
    async fn tell(&self, link: &Link, told: &mut HashMap<u64, Ever>) -> Result<(), Trouble> {
        for index in 0..SHARDS {
            for call in self.calls(index, told) {
                let invocation = call.invocation(&self.shared.script, &link.epoch, &self.shared.replica);
                let answer = invocation.invoke_async(&mut link.connection.clone()).await?;
                self.shared.read(answer, &call).ok_or(Trouble::Said(FORGOTTEN))?;
            }
        }
        Ok(())
    }

    /// What there is to tell of one shard's meters.
    fn calls(&self, index: usize, told: &mut HashMap<u64, Ever>) -> Vec<Call> {
        let governor = &self.shared.governor;
        let (now, rules) = ((self.clock)(), governor.rules.load_full());
        let mut calls = vec![Call::default()];
        let Some(shard) = governor.shards.get(index) else { return Vec::new() };
        let mut shard = shard.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        for (key, meter) in &mut shard.meters {
            let Some((limit, _)) = rules.position(meter.limit).and_then(|index| rules.limit(index)) else { continue };
            if meter.ever == told.get(key).copied().unwrap_or_default() {
                continue;
            }
            told.insert(*key, meter.ever);
            if calls.last().is_none_or(|call| call.meters.len() >= BATCH) {
                calls.push(Call::default());
            }
            if let Some(call) = calls.last_mut() {
                everything(call, *key, limit, meter, window::slice(now, limit.window));
            }
        }
        calls.retain(|call| !call.meters.is_empty());
        calls
    }

    /// Lets sessions use the link, and exchanges orders over it until it breaks.
    async fn watch(&self, link: &Arc<Link>, mut told: HashMap<u64, Ever>) -> Result<(), Trouble> {
        let mut connection = link.connection.clone();
        let mut sent = None;
        self.exchange(&mut connection, &mut sent).await?;
        self.shared.link.store(Some(Arc::clone(link)));
        self.tell(link, &mut told).await?;
        drop(told);
        self.shared.came_back();
        loop {
            tokio::select! {
                () = self.shared.broken.notified() => {
                    if self.shared.link.load().is_none() {
                        return Ok(());
                    }
                }
                () = self.shared.ordered.notified() => self.exchange(&mut connection, &mut sent).await?,
                () = sleep(POLL) => self.exchange(&mut connection, &mut sent).await?,
            }
        }
    }

    /// Sends orders that are new here, and takes over those that are new there.
    async fn exchange(&self, connection: &mut MultiplexedConnection, sent: &mut Option<u64>) -> Result<(), Trouble> {
        let governor = &self.shared.governor;
        let version = governor.orders_version();
        let script = Script::new(orders::SCRIPT);
        let mut invocation = script.key(PREFIX);
        if *sent != Some(version) {
            for (who, order) in orders::written(&governor.orders_listed()) {
                invocation.arg(who).arg(order);
            }
        }
        let there: u64 = within(invocation.invoke_async(connection)).await?;
        let first = sent.replace(version).is_none();
        if first || there != self.shared.orders_seen.load(Ordering::Relaxed) {
            let all: HashMap<String, String> =
                within(cmd("HGETALL").arg(format!("{PREFIX}orders")).query_async(connection)).await?;
            governor.orders_received(&received(&all));
            self.shared.orders_seen.store(there, Ordering::Relaxed);
        }
        Ok(())
    }
}

async fn within<T>(answer: impl Future<Output = Result<T, RedisError>>) -> Result<T, Trouble> {
    Ok(timeout(PATIENCE, answer).await.map_err(|_| Trouble::Slow)??)
}

/// What stands under a name, which is this value where nothing did.
async fn once(connection: &mut MultiplexedConnection, name: &str, value: &str) -> Result<String, Trouble> {
    let key = format!("{PREFIX}{name}");
    within(cmd("SET").arg(&key).arg(value).arg("NX").query_async::<Option<String>>(connection)).await?;
    within(cmd("GET").arg(&key).query_async(connection)).await
}
