//! Who is told of an incident, and when: at once, when it gets worse or grows, again while nobody sees to it, at its end.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::policy::alerts::{Alerts, Route};

use super::incident::{Incident, State, Told};

/// Why something is told.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Occasion {
    /// It begins.
    Opened,
    /// Its severity rose, or the response became harder.
    Worse,
    /// Half as much again has been taken since the last message.
    Grown,
    /// Nobody has acknowledged it.
    Reminder,
    /// The rule is silent, or somebody closed it.
    Ended,
    /// Somebody tries a channel.
    Test,
}

impl Occasion {
    /// The word used in webhooks and mail headers.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Opened => "opened",
            Self::Worse => "worse",
            Self::Grown => "grown",
            Self::Reminder => "reminder",
            Self::Ended => "ended",
            Self::Test => "test",
        }
    }
}

/// A message to be sent by the first of its channels that lives.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Notice {
    pub occasion: Occasion,
    /// As it was when this was decided.
    pub incident: Incident,
    pub channels: Vec<String>,
}

/// What is to be told now. It counts as told from then on.
pub fn due(incident: &mut Incident, alerts: &Alerts, now: u64) -> Vec<Notice> {
    let roles: BTreeSet<Arc<str>> = incident.roles.iter().map(|role| role.as_str().into()).collect();
    let mut notices = Vec::new();
    for (_, route) in alerts.ways(incident.severity, &incident.rule, &roles) {
        let way = route.channels.join(",");
        let Some(occasion) = occasion(incident, route, incident.told.get(&way), now) else { continue };
        incident.told.insert(way, told(incident, now));
        notices.push((occasion, route));
    }
    let notice = |(occasion, route): (Occasion, &Route)| Notice {
        occasion,
        incident: incident.clone(),
        channels: route.channels.iter().map(ToString::to_string).collect(),
    };
    notices.into_iter().map(notice).collect()
}

fn told(incident: &Incident, now: u64) -> Told {
    Told {
        at: now,
        severity: incident.severity,
        response: incident.response,
        count: incident.count,
        persons: incident.persons,
        ended: !incident.live(),
    }
}

fn occasion(incident: &Incident, route: &Route, told: Option<&Told>, now: u64) -> Option<Occasion> {
    let Some(told) = told else {
        // what is over, or already in somebody's hands, is no news
        return (incident.live() && incident.state == State::Open).then_some(Occasion::Opened);
    };
    if !incident.live() {
        return (route.resolved && !told.ended).then_some(Occasion::Ended);
    }
    if incident.severity > told.severity || incident.response > told.response {
        return Some(Occasion::Worse);
    }
    let since = u128::from(now.saturating_sub(told.at));
    let half_again = |now: u64, then: u64| now > then && now - then >= then.div_ceil(2);
    let grown = half_again(incident.count, told.count) || half_again(incident.persons, told.persons);
    if grown && since >= route.group.as_millis() {
        return Some(Occasion::Grown);
    }
    let again = route.repeat.is_some_and(|repeat| since >= repeat.as_millis());
    (incident.state == State::Open && again).then_some(Occasion::Reminder)
}
