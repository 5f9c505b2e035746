//! Recorded metering events, and what other limits would have done with them.
//!
//! A recording is a file of JSON objects, one a line, in the order of time: [`Recorded`]. It holds digests and counts,
//! never a value. A replay asks a fresh [`Governor`] about each event; nobody is held, so what comes after a stop is
//! replayed as it was recorded.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::model::category::Category;
use crate::model::disclosure::{Account, Ask, Disclosure, Occasion, Response, Share, Signal, Subject, Verdict};
use crate::model::ids::{Digest, Oid, SessionId};
use crate::model::principal::Principal;
use crate::policy::limits::Limits;

use super::detect::hash;
use super::governor::Governor;

/// What happened, as one word.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum What {
    Login,
    LoginFailed,
    Statement,
    Test,
    Denial,
    Rows,
}

/// An ask and its time. Everything but `ms`, `user` and `what` may be left out.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recorded {
    /// Milliseconds since the Unix epoch.
    pub ms: u64,
    pub what: What,
    /// The database user.
    pub user: String,
    /// The end user that an application vouched for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end_user: Option<String>,
    /// The application of `identity.toml`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub app: Option<String>,
    /// What the client called itself.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<IpAddr>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub database: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<String>,
    #[serde(default)]
    pub session: u64,
    /// The statement's shape, hexadecimal.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub shape: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub relations: Vec<u32>,
    #[serde(default)]
    pub rows: u64,
    #[serde(default)]
    pub bytes: u64,
    /// Digests of persons, each with the key where it is a whole number and the recording may hold it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub subjects: Vec<(u64, Option<i64>)>,
    #[serde(default)]
    pub unnamed: u64,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub cells: BTreeMap<String, u64>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub shares: Vec<Part>,
    #[serde(default)]
    pub probes: u64,
}

/// What of a disclosure was about one value of a dimension.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Part {
    pub dimension: String,
    pub value: String,
    pub rows: u64,
    #[serde(default)]
    pub bytes: u64,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub subjects: Vec<u64>,
    #[serde(default)]
    pub unnamed: u64,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub cells: BTreeMap<String, u64>,
}

impl Part {
    fn of(share: &Share) -> Self {
        let Disclosure { rows, bytes, subjects, unnamed, cells, .. } = &share.of;
        Self {
            dimension: share.dimension.to_string(),
            value: share.value.to_string(),
            rows: *rows,
            bytes: *bytes,
            subjects: subjects.iter().map(|one| one.digest).collect(),
            unnamed: *unnamed,
            cells: cells.iter().map(|(category, count)| (category.to_string(), *count)).collect(),
        }
    }

    fn share(&self) -> Share {
        let cells = self.cells.iter().filter_map(|(path, count)| Some((Category::parse(path).ok()?, *count)));
        let of = Disclosure {
            rows: self.rows,
            bytes: self.bytes,
            subjects: self.subjects.iter().map(|digest| Subject { digest: *digest, number: None }).collect(),
            unnamed: self.unnamed,
            cells: cells.collect(),
            ..Disclosure::default()
        };
        Share { dimension: self.dimension.as_str().into(), value: self.value.as_str().into(), of }
    }
}

impl Recorded {
    /// An ask as it is recorded. Numbers of keys are left out unless `numbers`: they are what they stand for.
    #[must_use]
    pub fn of(now: Duration, ask: &Ask, numbers: bool) -> Self {
        let (account, disclosure) = (&ask.account, &ask.disclosure);
        let principal = &account.principal;
        let text = |text: &Arc<str>| text.to_string();
        Self {
            ms: u64::try_from(now.as_millis()).unwrap_or(u64::MAX),
            what: match ask.occasion {
                Occasion::Login => What::Login,
                Occasion::LoginFailed => What::LoginFailed,
                Occasion::Statement => What::Statement,
                Occasion::Test => What::Test,
                Occasion::Denial => What::Denial,
                Occasion::Rows => What::Rows,
            },
            user: text(&principal.database_user),
            end_user: account.end_user.as_ref().map(text),
            app: principal.application.as_ref().map(text),
            name: text(&account.application_name),
            address: principal.address,
            database: text(&account.database),
            roles: principal.roles.iter().map(text).collect(),
            session: ask.session.0,
            shape: ask.fingerprint.to_string(),
            relations: ask.relations.iter().map(|relation| relation.0).collect(),
            rows: disclosure.rows,
            bytes: disclosure.bytes,
            subjects: disclosure.subjects.iter().map(|one| (one.digest, one.number.filter(|_| numbers))).collect(),
            unnamed: disclosure.unnamed,
            cells: disclosure.cells.iter().map(|(category, count)| (category.to_string(), *count)).collect(),
            shares: disclosure.shares.iter().map(Part::of).collect(),
            probes: disclosure.probes,
        }
    }

    /// When it was, since the Unix epoch.
    #[must_use]
    pub fn at(&self) -> Duration {
        Duration::from_millis(self.ms)
    }

    /// The ask that was recorded.
    #[must_use]
    pub fn ask(&self) -> Ask {
        let roles = self.roles.iter().map(|role| role.as_str().into());
        let principal = Principal {
            database_user: self.user.as_str().into(),
            application: self.app.as_deref().map(Into::into),
            address: self.address,
            purposes: Arc::from([]),
            roles: roles.collect(),
            lowered: false,
            end_user: None,
        };
        let account = Account {
            principal: Arc::new(principal),
            database: self.database.as_str().into(),
            application_name: self.name.as_str().into(),
            end_user: self.end_user.as_deref().map(Into::into),
        };
        let cells = self.cells.iter().filter_map(|(path, count)| Some((Category::parse(path).ok()?, *count)));
        let mut fingerprint = [0; 32];
        for (byte, value) in fingerprint.iter_mut().zip(hash(self.shape.as_bytes()).to_be_bytes()) {
            *byte = value;
        }
        Ask {
            session: SessionId(self.session),
            account: Arc::new(account),
            occasion: match self.what {
                What::Login => Occasion::Login,
                What::LoginFailed => Occasion::LoginFailed,
                What::Statement => Occasion::Statement,
                What::Test => Occasion::Test,
                What::Denial => Occasion::Denial,
                What::Rows => Occasion::Rows,
            },
            fingerprint: Digest(fingerprint),
            relations: self.relations.iter().map(|relation| Oid(*relation)).collect(),
            disclosure: Disclosure {
                rows: self.rows,
                bytes: self.bytes,
                subjects: self
                    .subjects
                    .iter()
                    .map(|(digest, number)| Subject { digest: *digest, number: *number })
                    .collect(),
                unnamed: self.unnamed,
                cells: cells.collect(),
                shares: self.shares.iter().map(Part::share).collect(),
                probes: self.probes,
            },
        }
    }
}

/// What one limit or detector would have done to one account.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Touched {
    pub rule: String,
    /// The end user, or the database user.
    pub who: String,
    /// First and last time, milliseconds since the Unix epoch.
    pub first_ms: u64,
    pub last_ms: u64,
    /// The hardest response.
    pub response: &'static str,
    pub observed: bool,
    pub times: u64,
    /// What was counted at most, of what, and where the step began.
    pub count: u64,
    pub meter: &'static str,
    pub threshold: u64,
    pub evidence: Vec<String>,
    #[serde(skip)]
    hardest: Option<Response>,
}

/// What a recording came to.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Outcome {
    pub events: u64,
    /// Asks that would not have been granted at once, by what would have become of them.
    pub waited: u64,
    pub downgraded: u64,
    pub stopped: u64,
    /// Sorted by the first time.
    pub touched: Vec<Touched>,
}

/// A replay of recorded events against limits.
#[derive(Debug)]
pub struct Replay {
    governor: Governor,
    outcome: Outcome,
    touched: BTreeMap<(String, String), Touched>,
}

impl Replay {
    /// `key` is only for what the recording itself does not hold: digests of honeytokens, if it is that of the
    /// recorded digests.
    #[must_use]
    pub fn new(limits: Arc<Limits>, key: [u8; 32]) -> Self {
        Self { governor: Governor::new(limits, key), outcome: Outcome::default(), touched: BTreeMap::new() }
    }

    /// Replays the next event.
    pub fn event(&mut self, event: &Recorded) {
        self.outcome.events += 1;
        let ask = event.ask();
        if !self.governor.concerns(&ask.account) {
            return;
        }
        let (verdict, signals) = self.governor.ask(event.at(), &ask);
        match verdict {
            Verdict::Granted { wait, .. } => self.outcome.waited += u64::from(!wait.is_zero()),
            Verdict::Downgrade { .. } => self.outcome.downgraded += 1,
            Verdict::Stop { .. } | Verdict::Terminate { .. } => self.outcome.stopped += 1,
        }
        signals.iter().for_each(|signal| self.signal(event.ms, signal));
    }

    fn signal(&mut self, ms: u64, signal: &Signal) {
        let account = &signal.account;
        let who = account.end_user.as_ref().unwrap_or(&account.principal.database_user).to_string();
        let key = (signal.rule.to_string(), who);
        let touched = self.touched.entry(key.clone()).or_insert_with(|| Touched {
            rule: key.0,
            who: key.1,
            first_ms: ms,
            last_ms: ms,
            response: signal.response.as_str(),
            observed: signal.observed,
            times: 0,
            count: 0,
            meter: signal.meter,
            threshold: signal.threshold,
            evidence: Vec::new(),
            hardest: None,
        });
        touched.times += 1;
        touched.last_ms = ms;
        touched.count = touched.count.max(signal.count);
        if touched.hardest.is_none_or(|hardest| hardest < signal.response) {
            touched.hardest = Some(signal.response);
            touched.response = signal.response.as_str();
            touched.threshold = signal.threshold;
            touched.evidence = signal.evidence.iter().map(|line| line.to_string()).collect();
        }
    }

    /// What it came to.
    #[must_use]
    pub fn outcome(self) -> Outcome {
        let mut touched: Vec<Touched> = self.touched.into_values().collect();
        touched.sort_by(|a, b| (a.first_ms, &a.rule, &a.who).cmp(&(b.first_ms, &b.rule, &b.who)));
        Outcome { touched, ..self.outcome }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_holds_an_ask() {
        let line = r#"{"ms":1795600800000,"what":"rows","user":"li","roles":["sales"],"rows":2,"subjects":[[1,null],[2,7]],"cells":{"pii/name":2}}"#;
        let event: Recorded = serde_json::from_str(line).unwrap();
        let ask = event.ask();
        assert_eq!(
            (ask.disclosure.subjects.len(), ask.disclosure.rows, &*ask.account.principal.database_user),
            (2, 2, "li")
        );
        let again = Recorded::of(event.at(), &ask, true);
        assert_eq!((again.subjects, again.cells, again.ms), (event.subjects.clone(), event.cells.clone(), event.ms));
        assert_eq!(Recorded::of(event.at(), &ask, false).subjects, [(1, None), (2, None)]);
        assert!(serde_json::from_str::<Recorded>(&line.replace("rows\":2", "rws\":2")).is_err());
    }
}
