//! One session's way to the governor: on whose account it is counted, and what time it is.

use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use crate::extraction::Governor;
use crate::extraction::governor::{Refused, Stopped};
use crate::extraction::io::{Asked, Counting};
use crate::model::disclosure::{Account, Ask, Disclosure, Occasion};
use crate::model::ids::{Digest, SessionId};
use crate::model::principal::Principal;
use crate::model::refusal::Refusal;
use crate::session::meter::Meter;
use crate::session::{self, Barred, Test};

/// The time that is counted by: the wall clock's at the start of the process, and what has passed since. So a jump of the
/// wall clock moves no window.
#[derive(Clone, Copy, Debug)]
pub struct Clock {
    began: Instant,
    at: Duration,
}

impl Clock {
    #[must_use]
    pub fn start() -> Self {
        Self { began: Instant::now(), at: SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default() }
    }

    /// Since the Unix epoch.
    #[must_use]
    pub fn now(&self) -> Duration {
        self.at + self.began.elapsed()
    }
}

/// The governor, where its counts are kept, and the clock that it is asked by.
#[derive(Debug)]
pub struct Governing {
    pub counting: Counting,
    key: Arc<[u8; 32]>,
    clock: Clock,
}

impl Governing {
    #[must_use]
    pub fn new(counting: Counting, key: [u8; 32], clock: Clock) -> Self {
        Self { counting, key: Arc::new(key), clock }
    }

    /// Since the Unix epoch.
    #[must_use]
    pub fn now(&self) -> Duration {
        self.clock.now()
    }

    #[must_use]
    pub fn governor(&self) -> &Arc<Governor> {
        self.counting.governor()
    }

    /// The meter of a session.
    #[must_use]
    pub fn meter(&self, session: SessionId, account: Arc<Account>) -> Meter {
        Meter::new(session, account, Arc::clone(&self.key))
    }

    pub fn ask(&self, ask: Ask) -> Asked {
        self.counting.ask(self.now(), ask)
    }

    /// Counts what needs no answer.
    pub fn tell(&self, ask: Ask) {
        if self.governor().hears(&ask) {
            self.counting.tell(self.now(), ask);
        }
    }

    /// Counts a log-in: one that succeeded or that failed.
    pub fn login(&self, session: SessionId, account: &Arc<Account>, occasion: Occasion) {
        if self.governor().concerns(account) {
            self.tell(Ask {
                session,
                account: Arc::clone(account),
                occasion,
                fingerprint: Digest::default(),
                relations: Arc::default(),
                disclosure: Disclosure::default(),
            });
        }
    }

    /// Why an account may not start statements on protected columns.
    #[must_use]
    pub fn barred(&self, account: &Account) -> Option<Barred> {
        let Refused { limit, hint, ends } = self.governor().refused(self.now(), account)?;
        Some(Barred { refusal: session::limited(&limit, &hint), ends })
    }

    /// Counts values that are about to be compared with hidden ones; why they must not be.
    #[must_use]
    pub fn test(&self, test: Test) -> Option<Refusal> {
        let guesses = test.guesses && self.governor().stops_tests(self.now(), &test.ask.account);
        match self.counting.test(self.now(), test.ask) {
            Some(Stopped { limit, hint }) => Some(session::limited(&limit, &hint)),
            None => guesses.then(session::unseen_guesses),
        }
    }

    /// Whether anybody may be lowered at all.
    #[must_use]
    pub fn lowers(&self) -> bool {
        self.governor().lowers()
    }

    /// Whether an account reads masks at best.
    #[must_use]
    pub fn lowered(&self, account: &Account) -> bool {
        self.governor().downgraded(self.now(), account).is_some()
    }
}

/// The account that a session's takings are counted on.
#[must_use]
pub fn account(principal: Arc<Principal>, database: &Arc<str>, application_name: Option<&Arc<str>>) -> Arc<Account> {
    let application_name = application_name.map_or_else(|| "".into(), Arc::clone);
    let end_user = principal.end_user.as_ref().map(|person| Arc::clone(&person.name));
    Arc::new(Account { principal, database: Arc::clone(database), application_name, end_user })
}
