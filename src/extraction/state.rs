//! What is kept across restarts, as plain data, and how it is taken up again.

use std::sync::PoisonError;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::model::disclosure::CHUNK_ROWS;
use crate::policy::limits::Meter as Counts;

use super::baseline::Baseline;
use super::governor::Governor;
use super::orders::Orders;
use super::profile::{Place, Profile};
use super::shard::Meter;
use super::window::slice;

/// Everything, or everything that changed, at one time. Keys are keyed digests: they name nobody.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct State {
    /// When it was taken, since the Unix epoch.
    pub at: Duration,
    pub meters: Vec<(u64, Meter)>,
    pub profiles: Vec<(u64, Profile)>,
    pub places: Vec<(u64, Place)>,
    /// What is usual among peers, by the limit's digest.
    pub peers: Vec<(u64, Baseline)>,
    pub orders: Orders,
    /// The last state of a process that stopped in good order: nothing is missing.
    #[serde(default)]
    pub clean: bool,
}

/// Counting that a crash may lose: what a store writes once a second.
const LOST: Duration = Duration::from_secs(2);

impl Governor {
    /// Everything that is kept. Locks one shard after another, so it is no one moment's picture; counts only grow.
    #[must_use]
    pub fn snapshot(&self, now: Duration) -> State {
        self.collect(now, None)
    }

    /// Meters, profiles and places that changed since `since`, and the rest, which is small. For a store that writes
    /// once a second: entries replace those with the same key. `since` should be a little before the last call.
    #[must_use]
    pub fn changes(&self, now: Duration, since: Duration) -> State {
        self.collect(now, Some(since))
    }

    fn collect(&self, now: Duration, since: Option<Duration>) -> State {
        let mut state = State { at: now, orders: self.orders_listed(), ..State::default() };
        let wanted = |last: Duration| since.is_none_or(|since| last >= since);
        for shard in &self.shards {
            let mut shard = shard.lock().unwrap_or_else(PoisonError::into_inner);
            for (key, meter) in &mut shard.meters {
                if meter.changed || since.is_none() {
                    state.meters.push((*key, (**meter).clone()));
                    meter.changed = false;
                    meter.fastest = 0;
                }
            }
            let profiles = shard.profiles.iter().filter(|(_, profile)| wanted(profile.last));
            state.profiles.extend(profiles.map(|(key, profile)| (*key, (**profile).clone())));
            let places = shard.places.iter().filter(|(_, place)| wanted(place.last));
            state.places.extend(places.map(|(key, place)| (*key, (**place).clone())));
        }
        let peers = self.peers.lock().unwrap_or_else(PoisonError::into_inner);
        state.peers = peers.iter().map(|(id, baseline)| (*id, *baseline)).collect();
        state
    }

    /// Takes up what was kept, into a governor that has counted nothing yet.
    ///
    /// Rounds up: a meter that was growing when the last record of it was made may have grown for as long as lies
    /// between two records. It is given what it grew by in its fastest second, no less than a chunk where rows or
    /// persons are counted. After a stop in good order nothing is added. Meters of limits that no longer exist are
    /// left out.
    pub fn restore(&self, state: State) {
        let rules = self.rules.load();
        let newest = state.meters.iter().map(|(_, meter)| meter.last).max().unwrap_or(state.at).min(state.at);
        for (key, mut meter) in state.meters {
            let Some((limit, _)) = rules.position(meter.limit).and_then(|index| rules.limit(index)) else { continue };
            if !state.clean && meter.last + LOST >= newest {
                let least = match limit.meter {
                    Counts::Rows | Counts::Subjects | Counts::Cells => u64::from(CHUNK_ROWS),
                    Counts::Bytes | Counts::Statements | Counts::Denials | Counts::Logins | Counts::Probes => 1,
                };
                meter.numbers.add(slice(meter.last, limit.window), meter.fastest.max(least));
                meter.changed = true;
            }
            self.shard(key).meters.insert(key, Box::new(meter));
        }
        for (key, profile) in state.profiles {
            self.shard(key).profiles.insert(key, Box::new(profile));
        }
        for (key, place) in state.places {
            self.shard(key).places.insert(key, Box::new(place));
        }
        self.peers.lock().unwrap_or_else(PoisonError::into_inner).extend(state.peers);
        self.orders_received(&state.orders);
    }

    /// Meters that are kept, and the bytes that they and the profiles take.
    #[must_use]
    pub fn size(&self) -> (usize, usize) {
        let mut size = (0, 0);
        for shard in &self.shards {
            let shard = shard.lock().unwrap_or_else(PoisonError::into_inner);
            size.0 += shard.meters.len();
            size.1 += shard.meters.values().map(|meter| meter.size()).sum::<usize>();
            size.1 += shard.profiles.values().map(|one| size_of::<Profile>() + one.heap()).sum::<usize>();
            // Keys, pointers and control bytes of the maps.
            size.1 += (shard.meters.capacity() + shard.profiles.capacity() + shard.places.capacity()) * 17;
        }
        size
    }
}
