//! Runs an office with thefts through a governor, or through naive fixed limits, and says what was noticed.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use menshen::extraction::Governor;
use menshen::model::category::Category;
use menshen::model::disclosure::{Account, Ask, CHUNK_ROWS, Disclosure, Occasion, Subject};
use menshen::model::ids::{Digest, Oid, SessionId};
use menshen::model::principal::Principal;
use menshen::policy::limits::Limits;

use crate::chance::mix;
use crate::office::{DAY, EPOCH, Job, Office, User, Visit};
use crate::thefts::{Class, Theft, plan};

const BUYERS_TABLE: Oid = Oid(20_000);

/// Something that sees what everybody reads, and says whom it takes for a thief.
pub trait Watch {
    /// Names of what is told of this visit, each with how many of its persons had left by then.
    fn visit(&mut self, visit: &Visit) -> Vec<(Arc<str>, usize)>;
}

pub struct Governed {
    governor: Governor,
    accounts: HashMap<(usize, [u8; 4]), Arc<Account>>,
    users: Vec<User>,
    name: Category,
}

impl Governed {
    pub fn new(limits: Arc<Limits>, office: &Office) -> Self {
        let governor = Governor::new(limits, [9; 32]);
        governor.tables_changed(&"housing".into(), HashMap::from([(BUYERS_TABLE, crate::office::BUYERS as u64)]));
        let name = Category::parse("pii/contact/phone").unwrap();
        Self { governor, accounts: HashMap::new(), users: office.users.clone(), name }
    }

    fn account(&mut self, visit: &Visit) -> Arc<Account> {
        let user = &self.users[visit.user];
        let account = self.accounts.entry((visit.user, visit.address)).or_insert_with(|| {
            let (role, application) = match user.job {
                Job::Clerk | Job::Dormant => (Some("call-center"), "call-center"),
                Job::Sales => (Some("sales"), "crm"),
                Job::Registrar => (Some("registrar"), "registration"),
                Job::Report => (None, "report"),
            };
            let roles = ["anyone"].into_iter().chain(role).map(Arc::from).collect();
            Arc::new(Account {
                principal: Arc::new(Principal {
                    database_user: user.name.as_str().into(),
                    application: Some(application.into()),
                    address: Some(IpAddr::from(visit.address)),
                    purposes: Arc::from([]),
                    roles,
                    lowered: false,
                    end_user: None,
                }),
                database: "housing".into(),
                application_name: application.into(),
                end_user: None,
            })
        });
        Arc::clone(account)
    }
}

impl Watch for Governed {
    fn visit(&mut self, visit: &Visit) -> Vec<(Arc<str>, usize)> {
        let account = self.account(visit);
        let now = Duration::from_secs(EPOCH + visit.at);
        let mut ask = Ask {
            session: SessionId(visit.user as u64),
            account,
            occasion: Occasion::Statement,
            fingerprint: Digest([visit.shape; 32]),
            relations: Arc::from([BUYERS_TABLE]),
            disclosure: Disclosure::default(),
        };
        let mut told: Vec<_> = self.governor.ask(now, &ask).1.into_iter().map(|signal| (signal.rule, 0)).collect();
        ask.occasion = Occasion::Rows;
        let mut left = 0;
        for chunk in visit.persons.chunks(CHUNK_ROWS as usize) {
            ask.disclosure = Disclosure {
                rows: chunk.len() as u64,
                bytes: chunk.len() as u64 * 80,
                subjects: chunk.iter().map(|n| Subject { digest: mix(*n as u64), number: Some(*n) }).collect(),
                cells: vec![(self.name.clone(), chunk.len() as u64)],
                ..Disclosure::default()
            };
            left += chunk.len();
            told.extend(self.governor.ask(now, &ask).1.into_iter().map(|signal| (signal.rule, left)));
        }
        // Whoever is suspected is let go on: what is measured is noticing.
        for order in self.governor.orders_listed().quarantined.into_iter().filter(|(_, order)| order.holds(now)) {
            self.governor.release(now, &order.0, "the simulation goes on");
        }
        told
    }
}

/// The same number of different persons a day for everybody.
pub struct Naive {
    pub at: usize,
    days: HashMap<usize, (u64, HashSet<i64>, bool)>,
}

impl Naive {
    pub fn new(at: usize) -> Self {
        Self { at, days: HashMap::new() }
    }
}

impl Watch for Naive {
    fn visit(&mut self, visit: &Visit) -> Vec<(Arc<str>, usize)> {
        let day = visit.at / DAY;
        let entry = self.days.entry(visit.user).or_default();
        if entry.0 != day {
            *entry = (day, HashSet::new(), false);
        }
        for (index, person) in visit.persons.iter().enumerate() {
            entry.1.insert(*person);
            if entry.1.len() > self.at && !entry.2 {
                entry.2 = true;
                return vec![("fixed".into(), index + 1)];
            }
        }
        Vec::new()
    }
}

/// What came of one theft.
#[derive(Clone, Debug)]
pub struct Outcome {
    pub name: &'static str,
    pub class: Class,
    pub noticed: Option<Arc<str>>,
    /// Persons stolen until it was noticed, or all of them.
    pub lost: usize,
}

#[derive(Clone, Debug, Default)]
pub struct Result {
    pub outcomes: Vec<Outcome>,
    /// Incidents (a rule and an account within a day) of people who do nothing wrong, by rule.
    pub false_alerts: BTreeMap<Arc<str>, usize>,
    /// Weeks of one user each.
    pub user_weeks: f64,
}

impl Result {
    pub fn add(&mut self, other: Self) {
        self.outcomes.extend(other.outcomes);
        other.false_alerts.into_iter().for_each(|(rule, count)| *self.false_alerts.entry(rule).or_default() += count);
        self.user_weeks += other.user_weeks;
    }

    pub fn false_per_hundred_weeks(&self) -> f64 {
        self.false_alerts.values().sum::<usize>() as f64 * 100.0 / self.user_weeks
    }
}

/// One office over months.
pub fn run(seed: u64, scale: usize, days: u64, watch: impl FnOnce(&Office) -> Box<dyn Watch>) -> Result {
    let mut office = Office::new(seed, scale, days);
    let mut watch = watch(&office);
    let thefts = plan(&office, seed, days);
    let mut judge = Judge::new(&thefts);
    for day in 0..days {
        let mut visits = office.day(day);
        let todays = thefts.iter().flat_map(|theft| &theft.visits).filter(|visit| visit.at / DAY == day);
        let todays: Vec<Visit> = todays.cloned().collect();
        // A thief works where he steals.
        for visit in &mut visits {
            if let Some(theft) = todays.iter().find(|theft| theft.user == visit.user) {
                visit.address = theft.address;
            }
        }
        visits.extend(todays);
        visits.sort_by_key(|visit| visit.at);
        for visit in &visits {
            let told = watch.visit(visit);
            judge.visit(visit, told);
        }
    }
    let user_weeks = office.users.len() as f64 * days as f64 / 7.0;
    judge.result(user_weeks)
}

struct Judge<'t> {
    thefts: &'t [Theft],
    noticed: Vec<Option<Arc<str>>>,
    lost: Vec<HashSet<i64>>,
    incidents: HashMap<(Arc<str>, usize), u64>,
    false_alerts: BTreeMap<Arc<str>, usize>,
}

impl<'t> Judge<'t> {
    fn new(thefts: &'t [Theft]) -> Self {
        let (noticed, lost) = (vec![None; thefts.len()], vec![HashSet::new(); thefts.len()]);
        Self { thefts, noticed, lost, incidents: HashMap::new(), false_alerts: BTreeMap::new() }
    }

    fn visit(&mut self, visit: &Visit, told: Vec<(Arc<str>, usize)>) {
        let left = told.iter().map(|(_, left)| *left).min().unwrap_or(visit.persons.len());
        if let Some(theft) = visit.theft
            && self.noticed[theft].is_none()
        {
            self.lost[theft].extend(visit.persons.iter().take(left));
        }
        for (rule, _) in told {
            // A report that a theft has left behind, for a month at most, is one of it.
            let during = |theft: &Theft| {
                theft.users.contains(&visit.user) && (theft.start..theft.end + 30 * DAY).contains(&visit.at)
            };
            if let Some(index) = self.thefts.iter().position(during) {
                if visit.at <= self.thefts[index].end {
                    self.noticed[index].get_or_insert(rule);
                }
                continue;
            }
            let before = self.incidents.insert((Arc::clone(&rule), visit.user), visit.at);
            if before.is_none_or(|at| visit.at - at > DAY) {
                *self.false_alerts.entry(rule).or_default() += 1;
            }
        }
    }

    fn result(self, user_weeks: f64) -> Result {
        let each = self.thefts.iter().zip(self.noticed).zip(self.lost);
        let outcomes = each.map(|((theft, noticed), lost)| Outcome {
            name: theft.name,
            class: theft.class,
            noticed,
            lost: lost.len(),
        });
        Result { outcomes: outcomes.collect(), false_alerts: self.false_alerts, user_weeks }
    }
}
