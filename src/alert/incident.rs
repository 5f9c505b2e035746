//! One incident: what a rule noticed about a principal, from its first signal to its end. Never a value.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use data_encoding::HEXLOWER;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::model::disclosure::{Response, Severity, Signal};
use crate::model::ids::Oid;

use super::words;

/// Entries of each list of an incident.
const LISTED: usize = 32;
/// Shapes of statements whose counts are kept.
const SHAPES: usize = 16;
/// Sentences of evidence: the first, which tell of the beginning, and the latest.
const EVIDENCE: usize = 12;
/// Characters of a name that a client chose.
const NAME: usize = 128;
/// Characters of a sentence.
const SENTENCE: usize = 400;

/// What people have done about it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// Nobody has looked at it.
    Open,
    /// Somebody sees to it: no more reminders.
    Acknowledged,
    /// Seen to. What the rule notices from then on is a new incident.
    Closed,
}

impl State {
    /// The word used on the command line.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Acknowledged => "acknowledged",
            Self::Closed => "closed",
        }
    }
}

/// Who did something about it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Mark {
    pub by: String,
    /// Milliseconds since 1970.
    pub at: u64,
    pub note: String,
}

/// What was last told to the channels of one route.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Told {
    /// Milliseconds since 1970.
    pub at: u64,
    #[serde(with = "words::severity")]
    pub severity: Severity,
    #[serde(with = "words::response")]
    pub response: Response,
    pub count: u64,
    pub persons: u64,
    /// Whether its end was told.
    pub ended: bool,
}

/// Signals of one rule about one principal. Times are milliseconds since 1970.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Incident {
    /// Eight hexadecimal digits.
    pub id: String,
    /// The limit or detector.
    pub rule: String,
    /// The database user.
    pub user: String,
    /// The person behind an application, if one was named.
    pub end_user: Option<String>,
    pub roles: BTreeSet<String>,
    /// The highest so far.
    #[serde(with = "words::severity")]
    pub severity: Severity,
    /// The hardest so far.
    #[serde(with = "words::response")]
    pub response: Response,
    /// Whether every response was only noted (`mode = "observe"`).
    pub observed: bool,
    pub state: State,
    pub started: u64,
    pub latest: u64,
    /// When the rule fell silent, or somebody closed it.
    pub ended: Option<u64>,
    pub acknowledged: Option<Mark>,
    pub closed: Option<Mark>,
    pub signals: u64,
    /// What the limit counts.
    pub meter: String,
    /// The highest that was counted, and where the limit stood then.
    pub count: u64,
    pub threshold: u64,
    /// The most persons that were disclosed in the limit's window.
    pub persons: u64,
    /// Protected values in clear: the highest count of the window, by category.
    pub categories: BTreeMap<String, u64>,
    pub relations: BTreeSet<String>,
    /// Shapes of statements, by how often a signal named them.
    pub fingerprints: BTreeMap<String, u64>,
    pub evidence: Vec<String>,
    pub databases: BTreeSet<String>,
    pub applications: BTreeSet<String>,
    pub addresses: BTreeSet<String>,
    /// By route.
    #[serde(default)]
    pub told: BTreeMap<String, Told>,
}

/// The name of a relation, if it is known.
pub type Names<'n> = &'n dyn Fn(Oid) -> Option<Arc<str>>;

impl Incident {
    /// The first signal of an incident; `replica` tells those of different processes apart.
    #[must_use]
    pub fn begin(signal: &Signal, replica: &str, names: Names<'_>) -> Self {
        let at = milliseconds(signal);
        let principal = &signal.account.principal;
        let user = clean(&principal.database_user, NAME);
        let end_user = signal.account.end_user.as_deref().map(|person| clean(person, NAME));
        let mut incident = Self {
            id: id(&[replica, &signal.rule, &user, end_user.as_deref().unwrap_or(""), &at.to_string()]),
            rule: signal.rule.to_string(),
            user,
            end_user,
            roles: BTreeSet::new(),
            severity: signal.severity,
            response: signal.response,
            observed: true,
            state: State::Open,
            started: at,
            latest: at,
            ended: None,
            acknowledged: None,
            closed: None,
            signals: 0,
            meter: String::new(),
            count: 0,
            threshold: 0,
            persons: 0,
            categories: BTreeMap::new(),
            relations: BTreeSet::new(),
            fingerprints: BTreeMap::new(),
            evidence: Vec::new(),
            databases: BTreeSet::new(),
            applications: BTreeSet::new(),
            addresses: BTreeSet::new(),
            told: BTreeMap::new(),
        };
        incident.grow(signal, names);
        incident
    }

    /// Takes in another signal. Nothing that was noted becomes less.
    pub fn grow(&mut self, signal: &Signal, names: Names<'_>) {
        let account = &signal.account;
        self.signals = self.signals.saturating_add(1);
        self.severity = self.severity.max(signal.severity);
        self.response = self.response.max(signal.response);
        self.observed &= signal.observed;
        self.started = self.started.min(milliseconds(signal));
        self.latest = self.latest.max(milliseconds(signal));
        if signal.count >= self.count {
            (self.count, self.threshold) = (signal.count, signal.threshold);
            self.meter = signal.meter.to_owned();
        }
        self.persons = self.persons.max(signal.persons);
        for (category, count) in &signal.categories {
            if self.categories.len() < LISTED || self.categories.contains_key(&*category.0) {
                let most = self.categories.entry(category.0.to_string()).or_default();
                *most = (*most).max(*count);
            }
        }
        for relation in signal.relations.iter() {
            list(&mut self.relations, &names(*relation).unwrap_or_else(|| format!("relation {relation}").into()));
        }
        self.shape(signal.fingerprint.short());
        signal.evidence.iter().for_each(|sentence| self.note(clean(sentence, SENTENCE)));
        account.principal.roles.iter().for_each(|role| list(&mut self.roles, role));
        list(&mut self.databases, &account.database);
        let named = account.principal.application.as_deref().unwrap_or(&account.application_name);
        list(&mut self.applications, named);
        let address = account.address().map_or_else(|| "local".to_owned(), |address| address.to_string());
        list(&mut self.addresses, &address);
    }

    /// Counts a shape; where there are too many, the rarest makes room and its count is inherited (Metwally et al.,
    /// Space-Saving, 2005): a shape that makes up more than a sixteenth of the signals is never missed.
    fn shape(&mut self, fingerprint: String) {
        let full = self.fingerprints.len() >= SHAPES && !self.fingerprints.contains_key(&fingerprint);
        let rarest = self.fingerprints.iter().min_by_key(|(_, count)| **count).map(|(name, _)| name.clone());
        let inherited = match rarest {
            Some(rarest) if full => self.fingerprints.remove(&rarest).unwrap_or_default(),
            _ => 0,
        };
        *self.fingerprints.entry(fingerprint).or_insert(inherited) += 1;
    }

    fn note(&mut self, sentence: String) {
        if sentence.is_empty() || self.evidence.contains(&sentence) {
            return;
        }
        if self.evidence.len() >= EVIDENCE {
            self.evidence.remove(EVIDENCE / 2);
        }
        self.evidence.push(sentence);
    }

    /// Whether further signals of its rule belong to it.
    #[must_use]
    pub fn live(&self) -> bool {
        self.ended.is_none()
    }

    /// The most frequent shapes, most frequent first.
    #[must_use]
    pub fn top_fingerprints(&self, most: usize) -> Vec<(&str, u64)> {
        let mut shapes: Vec<(&str, u64)> =
            self.fingerprints.iter().map(|(name, count)| (name.as_str(), *count)).collect();
        shapes.sort_by_key(|(name, count)| (std::cmp::Reverse(*count), *name));
        shapes.truncate(most);
        shapes
    }

    /// What can be done about it, as typed into a shell: what is already done is undone by it.
    #[must_use]
    pub fn command(&self) -> String {
        let order = match self.response {
            Response::Quarantine if !self.observed => "release",
            _ => "quarantine",
        };
        let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.' | b'@');
        let (user, id) = (&self.user, &self.id);
        match !user.is_empty() && user.bytes().all(plain) {
            true => format!("menshen {order} {user} --reason 'incident {id}'"),
            false => format!("menshen {order} --reason 'incident {id}' -- '{}'", user.replace('\'', r"'\''")),
        }
    }

    /// An incident that is none, to try a channel.
    #[must_use]
    pub fn example(now: u64) -> Self {
        Self {
            id: "00000000".into(),
            rule: "test".into(),
            user: "nobody".into(),
            end_user: None,
            roles: BTreeSet::from(["anyone".to_owned()]),
            severity: Severity::Notice,
            response: Response::Alert,
            observed: true,
            state: State::Open,
            started: now,
            latest: now,
            ended: None,
            acknowledged: None,
            closed: None,
            signals: 1,
            meter: "subjects".into(),
            count: 0,
            threshold: 0,
            persons: 0,
            categories: BTreeMap::new(),
            relations: BTreeSet::new(),
            fingerprints: BTreeMap::new(),
            evidence: vec!["somebody asked for this test; nothing was taken".into()],
            databases: BTreeSet::new(),
            applications: BTreeSet::new(),
            addresses: BTreeSet::new(),
            told: BTreeMap::new(),
        }
    }
}

fn milliseconds(signal: &Signal) -> u64 {
    u64::try_from(signal.at.as_millis()).unwrap_or(u64::MAX)
}

fn id(parts: &[&str]) -> String {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update((part.len() as u64).to_be_bytes());
        hasher.update(part);
    }
    let [a, b, c, d, ..] = <[u8; 32]>::from(hasher.finalize());
    HEXLOWER.encode(&[a, b, c, d])
}

fn list(set: &mut BTreeSet<String>, name: &str) {
    if set.len() < LISTED && !name.is_empty() {
        set.insert(clean(name, NAME));
    }
}

/// A client's text without what ends a line, turns the order of what is shown, or goes on for ever.
fn clean(text: &str, most: usize) -> String {
    let plain = |c: char| match c {
        '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2028}' | '\u{2029}' | '\u{2066}'..='\u{2069}' => {
            '\u{fffd}'
        }
        c if c.is_control() => '\u{fffd}',
        c => c,
    };
    text.chars().take(most).map(plain).collect()
}

#[cfg(test)]
#[path = "incident_tests.rs"]
mod tests;
