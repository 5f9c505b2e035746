//! What leaves for a client and is asked about before it does: plain data between sessions and whoever counts.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use super::category::Category;
use super::ids::{Digest, Oid, SessionId};
use super::principal::Principal;

/// Rows of one chunk at most: what parallel sessions can overdraw by, each.
pub const CHUNK_ROWS: u32 = 256;

/// A natural person, as a keyed digest of the subject key's text: equal in all replicas with one key, and never a value.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct Subject {
    pub digest: u64,
    /// The key itself where it is a whole number: neighbours tell of a walk along the keys. Never written anywhere.
    pub number: Option<i64>,
}

/// On whose account it is counted.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Account {
    pub principal: Arc<Principal>,
    pub database: Arc<str>,
    /// What the client calls itself now, which it may change: counted beside the principal, never instead of it.
    pub application_name: Arc<str>,
    /// The person behind an application, if one was named.
    pub end_user: Option<Arc<str>>,
}

impl Account {
    #[must_use]
    pub fn address(&self) -> Option<IpAddr> {
        self.principal.address
    }

    /// Where the person sits: of an end user only the application's host is known.
    #[must_use]
    pub fn place(&self) -> Option<IpAddr> {
        self.address().filter(|_| self.end_user.is_none())
    }
}

/// What one chunk of a statement's answer, or what it stages out of sight, discloses.
#[derive(Clone, Debug, Default)]
pub struct Disclosure {
    /// Rows that carry protected columns.
    pub rows: u64,
    /// Payload bytes of them.
    pub bytes: u64,
    /// Persons that are known, whose clear values they carry; duplicates allowed.
    pub subjects: Vec<Subject>,
    /// Persons beyond those at most, where no subject key could be read: rows, or what a folded value may hold.
    pub unnamed: u64,
    /// Protected values in clear, by category; 0 of those that are masked.
    pub cells: Vec<(Category, u64)>,
    /// The same by the values of dimensions that limits count by: what of it is about each project, for example.
    pub shares: Vec<Share>,
    /// Values tested by `match`, and unique violations.
    pub probes: u64,
}

/// What of a disclosure is about one value of a dimension.
#[derive(Clone, Debug)]
pub struct Share {
    pub dimension: Arc<str>,
    pub value: Arc<str>,
    /// Without shares of its own.
    pub of: Disclosure,
}

/// The value of rows whose value of a dimension is not known. No column's text is spelled so.
pub const UNKNOWN: &str = "\0unknown";

impl Disclosure {
    /// Adds another one, shares apart, whose protected values are of the same categories.
    pub fn merge(&mut self, other: &Self) {
        self.rows += other.rows;
        self.bytes += other.bytes;
        self.unnamed = self.unnamed.saturating_add(other.unnamed);
        self.subjects.extend_from_slice(&other.subjects);
        self.probes += other.probes;
        if self.cells.is_empty() {
            self.cells.clone_from(&other.cells);
        } else {
            self.cells.iter_mut().zip(&other.cells).for_each(|(mine, theirs)| mine.1 += theirs.1);
        }
    }

    /// Counts it for a value of a dimension, too.
    pub fn share(&mut self, dimension: &Arc<str>, value: &str, other: &Self) {
        let known = self.shares.iter().position(|it| it.dimension == *dimension && *it.value == *value);
        if let Some(share) = known.and_then(|index| self.shares.get_mut(index)) {
            share.of.merge(other);
            return;
        }
        self.shares.push(Share { dimension: Arc::clone(dimension), value: value.into(), of: other.clone() });
    }

    /// Persons in it at most, the same person as often as it is in it.
    #[must_use]
    pub fn persons(&self) -> u64 {
        self.unnamed.saturating_add(self.subjects.len() as u64)
    }
}

/// What happened that limits and detectors count.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Occasion {
    /// A log-in that succeeded.
    Login,
    /// A log-in that failed.
    LoginFailed,
    /// A statement on protected columns starts.
    Statement,
    /// Values are about to be compared with hidden ones.
    Test,
    /// A statement was refused.
    Denial,
    /// Rows are about to leave, or were staged where the session can read them again.
    Rows,
}

/// A question that is answered before bytes move.
#[derive(Clone, Debug)]
pub struct Ask {
    pub session: SessionId,
    pub account: Arc<Account>,
    pub occasion: Occasion,
    /// The statement's shape.
    pub fingerprint: Digest,
    /// The protected relations that it reads.
    pub relations: Arc<[Oid]>,
    pub disclosure: Disclosure,
}

/// The name of a limit, detector or administrator's order that decided, for people and metrics.
pub type LimitName = Arc<str>;

/// What is to become of what was asked about.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Verdict {
    /// It may leave, after a wait (zero: now); the next chunk may hold so many rows.
    Granted { wait: Duration, chunk: u32 },
    /// The statement ends here: SQLSTATE 53400, naming the limit and whom to ask.
    Stop { limit: LimitName, hint: Arc<str> },
    /// From now on the session reads masks: it is to be analysed under lower rights. What was asked about may not leave in clear.
    Downgrade { limit: LimitName },
    /// The session ends.
    Terminate { limit: LimitName, hint: Arc<str> },
}

/// What a limit or an administrator does about it, from mild to hard.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Response {
    Alert,
    Slow,
    Downgrade,
    Block,
    Quarantine,
    Terminate,
}

impl Response {
    /// The word used in `limits.toml`, alerts and metrics.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Alert => "alert",
            Self::Slow => "slow",
            Self::Downgrade => "downgrade",
            Self::Block => "block",
            Self::Quarantine => "quarantine",
            Self::Terminate => "terminate",
        }
    }
}

/// How much an incident matters.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Severity {
    Notice,
    Warning,
    Critical,
}

impl Severity {
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Notice => "notice",
            Self::Warning => "warning",
            Self::Critical => "critical",
        }
    }
}

/// News of the governor: a limit was reached or a detector is sure. Grouped into incidents by `rule` and `account`.
#[derive(Clone, Debug)]
pub struct Signal {
    /// The limit or detector.
    pub rule: LimitName,
    pub severity: Severity,
    pub response: Response,
    /// Whether the response was only noted (`mode = "observe"`).
    pub observed: bool,
    pub account: Arc<Account>,
    pub session: SessionId,
    /// Since the Unix epoch.
    pub at: Duration,
    /// What the limit counts (`subjects`, `rows`, …), how much there is, and where the limit stands.
    pub meter: &'static str,
    pub count: u64,
    pub threshold: u64,
    /// Persons disclosed to this account in the limit's window.
    pub persons: u64,
    pub categories: Vec<(Category, u64)>,
    pub relations: Arc<[Oid]>,
    pub fingerprint: Digest,
    /// What a person reads as evidence, in English: counts, times, rhythms; never a value.
    pub evidence: Vec<Arc<str>>,
}
