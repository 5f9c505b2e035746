//! All incidents of a process: bounded, the oldest that nobody needs any more make room.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;
use std::time::Duration;

use crate::model::disclosure::Signal;
use crate::policy::alerts::Alerts;

use super::incident::{Incident, Mark, Names, State};
use super::route::{self, Notice};

/// Incidents that are kept.
pub const KEPT: usize = 2000;

/// By rule, database user and end user.
type Key = (String, String, Option<String>);

/// Incidents by id, and what has changed since somebody last asked.
#[derive(Clone, Debug, Default)]
pub struct Ledger {
    replica: Arc<str>,
    incidents: BTreeMap<String, Incident>,
    live: HashMap<Key, String>,
    changed: BTreeSet<String>,
}

impl Ledger {
    /// With what was kept. `replica` tells this process from others: a host's name.
    #[must_use]
    pub fn new(replica: &str, kept: impl IntoIterator<Item = Incident>) -> Self {
        let mut ledger = Self { replica: replica.into(), ..Self::default() };
        for incident in kept {
            if incident.live() {
                ledger.live.insert(key(&incident), incident.id.clone());
            }
            ledger.incidents.insert(incident.id.clone(), incident);
        }
        ledger
    }

    /// Takes in a signal: it begins an incident or makes one grow.
    pub fn note(&mut self, signal: &Signal, names: Names<'_>) {
        let fresh = Incident::begin(signal, &self.replica, names);
        let key = key(&fresh);
        if let Some(incident) = self.live.get(&key).and_then(|id| self.incidents.get_mut(id)) {
            incident.grow(signal, names);
            self.changed.insert(incident.id.clone());
            return;
        }
        if self.incidents.len() >= KEPT {
            self.make_room();
        }
        self.live.insert(key, fresh.id.clone());
        self.changed.insert(fresh.id.clone());
        self.incidents.insert(fresh.id.clone(), fresh);
    }

    /// Drops the incident that is needed least: closed before ended before acknowledged before open, the mildest and
    /// oldest first.
    fn make_room(&mut self) {
        let need = |incident: &&Incident| {
            let state = match (incident.state, incident.ended) {
                (State::Closed, _) => 0,
                (_, Some(_)) => 1,
                (State::Acknowledged, None) => 2,
                (State::Open, None) => 3,
            };
            (state, incident.severity, incident.latest)
        };
        let Some(id) = self.incidents.values().min_by_key(need).map(|incident| incident.id.clone()) else { return };
        if let Some(incident) = self.incidents.remove(&id)
            && incident.live()
        {
            self.live.remove(&key(&incident));
        }
        self.changed.insert(id);
    }

    /// Ends incidents whose rule has been silent, and says who is to be told what. `now`: milliseconds since 1970.
    pub fn step(&mut self, now: u64, alerts: &Alerts) -> Vec<Notice> {
        let quiet = milliseconds(alerts.quiet);
        let mut notices = Vec::new();
        for incident in self.incidents.values_mut() {
            if incident.live() && now.saturating_sub(incident.latest) >= quiet {
                incident.ended = Some(now);
                self.live.remove(&key(incident));
                self.changed.insert(incident.id.clone());
            }
            let due = route::due(incident, alerts, now);
            if !due.is_empty() {
                self.changed.insert(incident.id.clone());
            }
            notices.extend(due);
        }
        notices
    }

    /// What has changed since the last call: incidents, or the ids of those that are gone.
    pub fn changes(&mut self) -> Vec<(String, Option<Incident>)> {
        let changed = std::mem::take(&mut self.changed);
        changed.into_iter().map(|id| (id.clone(), self.incidents.get(&id).cloned())).collect()
    }

    /// All incidents, the latest first.
    #[must_use]
    pub fn list(&self) -> Vec<Incident> {
        let mut all: Vec<Incident> = self.incidents.values().cloned().collect();
        all.sort_by(|a, b| (b.latest, &b.id).cmp(&(a.latest, &a.id)));
        all
    }

    /// The incident whose id is, or uniquely begins with, `id`.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&Incident> {
        let mut near = self.incidents.range(id.to_owned()..).take_while(|(known, _)| known.starts_with(id));
        let (first, second) = (near.next(), near.next());
        match second {
            Some(_) if first.is_none_or(|(known, _)| known != id) => None,
            _ => first.filter(|_| !id.is_empty()).map(|(_, incident)| incident),
        }
    }

    /// Notes that somebody sees to it; a closed incident stays closed.
    pub fn acknowledge(&mut self, id: &str, mark: Mark) -> Option<Incident> {
        self.change(id, |incident| {
            if incident.state == State::Open {
                incident.state = State::Acknowledged;
                incident.acknowledged = Some(mark);
            }
        })
    }

    /// Notes that it has been seen to, and ends it.
    pub fn close(&mut self, id: &str, mark: Mark) -> Option<Incident> {
        self.change(id, |incident| {
            if incident.state != State::Closed {
                incident.state = State::Closed;
                incident.ended.get_or_insert(mark.at);
                incident.closed = Some(mark);
            }
        })
    }

    fn change(&mut self, id: &str, change: impl FnOnce(&mut Incident)) -> Option<Incident> {
        let id = self.get(id)?.id.clone();
        let incident = self.incidents.get_mut(&id)?;
        change(incident);
        let after = incident.clone();
        if !after.live() && self.live.get(&key(&after)) == Some(&id) {
            self.live.remove(&key(&after));
        }
        self.changed.insert(id);
        Some(after)
    }

    /// Open, acknowledged and closed incidents that are kept.
    #[must_use]
    pub fn counts(&self) -> [(State, u64); 3] {
        [State::Open, State::Acknowledged, State::Closed].map(|state| {
            let count = self.incidents.values().filter(|incident| incident.state == state).count();
            (state, count as u64)
        })
    }
}

fn key(incident: &Incident) -> Key {
    (incident.rule.clone(), incident.user.clone(), incident.end_user.clone())
}

fn milliseconds(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}
