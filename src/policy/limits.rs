//! `limits.toml`: how much somebody may take in a window of time, and what becomes of it.

use std::fmt::Write as _;
use std::sync::Arc;
use std::time::Duration;

use crate::model::category::Category;
use crate::model::disclosure::{Account, LimitName, Response};
use crate::model::principal::Principal;

use super::roles::{ANYONE, Subject};
use super::schedule::{Hours, written};

/// What a limit counts.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Meter {
    /// Rows that carry protected columns.
    Rows,
    /// Distinct persons whose clear values left.
    Subjects,
    /// Protected values in clear.
    Cells,
    /// Payload of such rows.
    Bytes,
    /// Statements on protected columns.
    Statements,
    /// Statements that were refused.
    Denials,
    /// Log-ins, failed ones included.
    Logins,
    /// Values tested by `match`, and unique violations.
    Probes,
}

impl Meter {
    pub const ALL: [Self; 8] = [
        Self::Rows,
        Self::Subjects,
        Self::Cells,
        Self::Bytes,
        Self::Statements,
        Self::Denials,
        Self::Logins,
        Self::Probes,
    ];

    /// The word used in `limits.toml`, alerts and metrics.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Rows => "rows",
            Self::Subjects => "subjects",
            Self::Cells => "cells",
            Self::Bytes => "bytes",
            Self::Statements => "statements",
            Self::Denials => "denials",
            Self::Logins => "logins",
            Self::Probes => "probes",
        }
    }
}

/// Whose takings are added up.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Per {
    /// The database user, and the end user behind it where one is named.
    Principal,
    EndUser,
    Application,
    Address,
    Database,
    /// A dimension that the bundle names, such as a project.
    Dimension(Arc<str>),
}

/// Whether a limit acts.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Mode {
    Enforce,
    /// Counts and tells, and holds nobody.
    Observe,
}

/// Where a step begins: with more than so many.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Threshold {
    Absolute(u64),
    /// The account's own mean of past windows and so many deviations; `least` in any case, and until the mean is known.
    Own {
        deviations: f64,
        least: u64,
    },
    /// The same of everybody whom the limit is about.
    Peers {
        deviations: f64,
        least: u64,
    },
    /// A part of the persons of the largest table that is read; `least` in any case, and where its size is unknown.
    Table {
        share: f64,
        least: u64,
    },
}

/// One step of a limit.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Step {
    pub at: Threshold,
    pub response: Response,
    /// Rows a second, of `slow`.
    pub rate: Option<f64>,
    /// How long it lasts at least; `None`: while there is too much in the window. A quarantine: until it is released.
    pub lasts: Option<Duration>,
}

/// Who is left out, and when.
#[derive(Clone, PartialEq, Debug)]
pub struct Exception {
    pub who: Vec<Subject>,
    pub hours: Option<Hours>,
}

/// Whom a limit or a detector is about.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Scope {
    /// Empty: everybody.
    pub who: Vec<Subject>,
    pub except: Vec<Exception>,
    /// When it holds; `None`: always.
    pub hours: Option<Hours>,
}

impl Scope {
    /// Whether it may be about an account at some time.
    #[must_use]
    pub fn concerns(&self, account: &Account) -> bool {
        (self.who.is_empty() || self.who.iter().any(|who| is(account, who)))
            && !self.except.iter().any(|except| except.hours.is_none() && except.names(account))
    }

    /// Whether it is about an account now.
    #[must_use]
    pub fn holds(&self, account: &Account, now: Duration) -> bool {
        self.concerns(account)
            && self.hours.is_none_or(|hours| hours.contains(now))
            && !self.except.iter().any(|except| except.hours.is_some_and(|h| h.contains(now)) && except.names(account))
    }
}

impl Exception {
    fn names(&self, account: &Account) -> bool {
        self.who.iter().any(|who| is(account, who))
    }
}

fn is(account: &Account, who: &Subject) -> bool {
    let principal = &account.principal;
    match who {
        Subject::User(name) => *name == principal.database_user || account.end_user.as_ref() == Some(name),
        Subject::App(name) => principal.application.as_ref() == Some(name),
        Subject::Role(name) => &**name == ANYONE || principal.roles.contains(name),
    }
}

/// A `[[limit]]`.
#[derive(Clone, PartialEq, Debug)]
pub struct Limit {
    pub name: LimitName,
    pub scope: Scope,
    pub per: Vec<Per>,
    pub meter: Meter,
    /// Categories or prefixes; empty: all.
    pub categories: Vec<Arc<str>>,
    pub window: Duration,
    pub mode: Mode,
    /// In the order of the file, mild ones first.
    pub steps: Vec<Step>,
    /// A step ends when what is counted falls below this part of its threshold.
    pub release: f64,
    /// Whom to ask, for the hint.
    pub ask: Option<Arc<str>>,
    /// What the client is told when a statement ends.
    pub hint: Arc<str>,
    pub identity: Identity,
}

/// What makes a limit's count the same count after `limits.toml` has changed: its name, meter, window, who, when.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct Identity(pub Arc<str>);

impl Limit {
    /// Whether a category belongs to what it counts.
    #[must_use]
    pub fn counts(&self, category: &Category) -> bool {
        self.categories.is_empty() || self.categories.iter().any(|pattern| category.matches(pattern))
    }

    /// Whether some step compares with what was usual before.
    #[must_use]
    pub fn compares(&self) -> bool {
        self.steps.iter().any(|step| matches!(step.at, Threshold::Own { .. } | Threshold::Peers { .. }))
    }

    pub(super) fn identify(&mut self) {
        let Self { name, scope, per, meter, categories, window, .. } = self;
        let text = format!("{name}|{scope:?}|{per:?}|{}|{categories:?}|{}", meter.as_str(), written(*window));
        self.identity = Identity(text.into());
    }
}

/// The words for whoever is stopped: in English, and in Chinese for the person at the screen.
#[must_use]
pub(super) fn hint(name: &str, meter: &str, window: Option<Duration>, ask: Option<&str>) -> Arc<str> {
    let mut text = match window {
        Some(window) => format!("The limit \"{name}\" counts {meter} over {}.", written(window)),
        None => format!("The detector \"{name}\" ended this."),
    };
    let whom = ask.unwrap_or("the security team");
    let _ = write!(text, " If your work needs more, ask {whom}.");
    let _ = write!(text, " 已达到“{name}”的限额，如工作需要请联系：{}。", ask.unwrap_or("安全管理员"));
    text.into()
}

/// What a detector looks for.
#[derive(Clone, PartialEq, Debug)]
pub enum Pattern {
    /// The same shape again and again, at a steady rhythm, each time with persons not seen before.
    PagingCrawl,
    /// Persons in the order of their keys.
    KeyWalk,
    /// Guessing by `match` predicates and unique violations.
    Enumeration,
    /// Persons disclosed outside of the working hours.
    OffHours { working: Hours },
    /// An application, address or driver that the account has not used before.
    FirstUse { application: bool, address: bool, driver: bool },
    /// One account alive at two addresses at once.
    TwoAddresses,
    /// Much, soon after a long silence.
    Burst { silence: Duration },
    /// Several accounts on one address that together take much.
    Colleagues { users: usize },
    /// Persons whom nobody has a reason to read: space and key text.
    Honeytoken { subjects: Vec<(Arc<str>, Arc<str>)> },
}

/// A `[detector.…]`.
#[derive(Clone, PartialEq, Debug)]
pub struct Detector {
    pub name: LimitName,
    pub pattern: Pattern,
    pub scope: Scope,
    pub mode: Mode,
    /// More than so many make it sure; each detector says what it counts.
    pub at: u64,
    pub window: Duration,
    pub response: Response,
    /// Rows a second, of `slow`.
    pub rate: Option<f64>,
    /// How long the response lasts.
    pub lasts: Option<Duration>,
    pub hint: Arc<str>,
}

/// `limits.toml`, compiled. The default limits nothing.
#[derive(Clone, PartialEq, Debug)]
pub struct Limits {
    pub limits: Vec<Arc<Limit>>,
    pub detectors: Vec<Arc<Detector>>,
    /// The part of each limit that one replica goes on with while the shared store is away.
    pub share: f64,
    /// Minutes east of UTC, for times of day in evidence.
    pub offset: i16,
}

impl Default for Limits {
    fn default() -> Self {
        Self { limits: Vec::new(), detectors: Vec::new(), share: 0.5, offset: 0 }
    }
}

impl Limits {
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.limits.is_empty() && self.detectors.is_empty()
    }

    /// Whether some limit is a part of the persons of a table.
    #[must_use]
    pub fn measures_tables(&self) -> bool {
        let measures = |step: &Step| matches!(step.at, Threshold::Table { .. });
        self.limits.iter().any(|limit| limit.steps.iter().any(measures))
    }

    /// Whether the statements of a principal who may read everything have to be looked at: log-ins are counted where they
    /// happen, and such a principal is refused nothing.
    #[must_use]
    pub fn look_at(&self, principal: &Principal) -> bool {
        let account = Account {
            principal: Arc::new(principal.clone()),
            database: "".into(),
            application_name: "".into(),
            end_user: None,
        };
        let of_statements = |limit: &&Arc<Limit>| !matches!(limit.meter, Meter::Logins | Meter::Denials);
        self.limits.iter().filter(of_statements).any(|limit| limit.scope.concerns(&account))
            || self.detectors.iter().any(|detector| detector.scope.concerns(&account))
    }

    /// Whether anything meters or watches this account.
    #[must_use]
    pub fn concerns(&self, account: &Account) -> bool {
        self.limits.iter().any(|limit| limit.scope.concerns(account))
            || self.detectors.iter().any(|detector| detector.scope.concerns(account))
    }

    /// The dimensions that some limit counts by.
    pub fn dimensions(&self) -> impl Iterator<Item = &Arc<str>> {
        let per = self.limits.iter().flat_map(|limit| &limit.per);
        per.filter_map(|per| if let Per::Dimension(name) = per { Some(name) } else { None })
    }

    /// Whether guesses of somebody are limited: by a limit on probes, or by the detector of enumeration.
    #[must_use]
    pub fn limits_probes(&self, who: &Subject) -> bool {
        let about = |scope: &Scope| {
            let anyone = |subject: &Subject| matches!(subject, Subject::Role(role) if &**role == ANYONE);
            scope.who.is_empty() || scope.who.iter().any(|subject| subject == who || anyone(subject))
        };
        let acts = |mode: Mode| mode == Mode::Enforce;
        let limited = |limit: &Arc<Limit>| limit.meter == Meter::Probes && acts(limit.mode) && about(&limit.scope);
        let watched = |detector: &Arc<Detector>| {
            detector.pattern == Pattern::Enumeration
                && acts(detector.mode)
                && detector.response > Response::Alert
                && about(&detector.scope)
        };
        self.limits.iter().any(limited) || self.detectors.iter().any(watched)
    }
}
