//! Months of office work: call-centre, sales, registration, a report tool and its nightly job.

use crate::chance::Chance;

/// Buyers, numbered from 1.
pub const BUYERS: i64 = 50_000;

/// Seconds; local time is 8 hours ahead of UTC. Day 0 is a Monday.
pub const DAY: u64 = 86_400;
/// 2026-06-01 00:00 in Shanghai.
pub const EPOCH: u64 = 1_780_243_200;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Job {
    Clerk,
    Sales,
    Registrar,
    /// The account of the report tool, which serves everybody.
    Report,
    /// An account that somebody has and nobody uses.
    Dormant,
}

#[derive(Clone, Debug)]
pub struct User {
    pub name: String,
    pub job: Job,
    /// Mean of what is done in a day.
    pace: f64,
    portfolio: Vec<i64>,
    recent: Vec<i64>,
    pub address: [u8; 4],
    /// Days of holidays, and the first day at work.
    away: std::ops::Range<u64>,
    joined: u64,
}

/// One statement and the persons that it brings.
#[derive(Clone, Debug)]
pub struct Visit {
    /// Seconds since [`EPOCH`].
    pub at: u64,
    pub user: usize,
    pub address: [u8; 4],
    pub shape: u8,
    pub persons: Vec<i64>,
    /// Of which theft, by position.
    pub theft: Option<usize>,
}

pub struct Office {
    pub users: Vec<User>,
    chance: Chance,
}

impl Office {
    /// `scale` 10 is a whole office of some ninety people.
    pub fn new(seed: u64, scale: usize, days: u64) -> Self {
        let mut office = Self { users: Vec::new(), chance: Chance(seed) };
        let jobs = [(Job::Clerk, 4 * scale), (Job::Sales, 3 * scale), (Job::Registrar, scale), (Job::Report, 1)];
        for (job, count) in jobs.into_iter().chain([(Job::Dormant, 4)]) {
            (0..count).for_each(|number| office.hire(job, number, days));
        }
        office
    }

    fn hire(&mut self, job: Job, number: usize, days: u64) {
        let chance = &mut self.chance;
        let pace = match job {
            Job::Clerk => chance.around(60.0, 9.0),
            Job::Sales => chance.around(15.0, 4.0),
            _ => chance.around(40.0, 6.0),
        };
        let portfolio = (0..chance.between(100, 220)).map(|_| 1 + chance.below(BUYERS)).collect();
        let starts = chance.below(days as i64) as u64;
        let name = match job {
            Job::Clerk => format!("clerk_{number}"),
            Job::Sales => format!("sales_{number}"),
            Job::Registrar => format!("registrar_{number}"),
            Job::Report => "report_app".to_owned(),
            Job::Dormant => format!("clerk_old_{number}"),
        };
        let index = self.users.len();
        self.users.push(User {
            name,
            job,
            pace,
            portfolio,
            recent: Vec::new(),
            address: [10, 0, (index / 200) as u8, (index % 200) as u8 + 1],
            away: starts..starts + if chance.happens(0.5) { 14 } else { 0 },
            joined: if chance.happens(0.08) { chance.below(days as i64 / 2) as u64 } else { 0 },
        });
    }

    /// What everybody does on a day, in no order.
    pub fn day(&mut self, day: u64) -> Vec<Visit> {
        let mut visits = Vec::new();
        for user in 0..self.users.len() {
            let one = &self.users[user];
            let weekend = day % 7 >= 5;
            let works = match one.job {
                Job::Report => true,
                Job::Dormant => false,
                Job::Registrar => !weekend,
                Job::Clerk | Job::Sales => !weekend || self.chance.happens(0.25),
            };
            if !works || one.away.contains(&day) || day < one.joined {
                continue;
            }
            match one.job {
                Job::Clerk => self.calls(user, day, &mut visits),
                Job::Sales => self.selling(user, day, &mut visits),
                Job::Registrar => self.filing(user, day, &mut visits),
                Job::Report => self.reports(user, day, &mut visits),
                Job::Dormant => {}
            }
        }
        visits
    }

    /// Work at a person's pace, from nine o'clock; now and then late, or from home through another address.
    fn spread(&mut self, user: usize, day: u64, mut each: Vec<(u8, Vec<i64>)>, visits: &mut Vec<Visit>) {
        let chance = &mut self.chance;
        let hours = if chance.happens(0.03) { 12.5 } else { 9.0 };
        let mut address = self.users[user].address;
        let moves = chance.happens(0.02);
        let length = hours * 3_600.0 / each.len().max(1) as f64;
        let count = each.len();
        let mut at = (day * DAY + 9 * 3_600) as f64;
        for (index, (shape, persons)) in each.drain(..).enumerate() {
            // Calls last exponentially long, but no less than a part.
            at += length * (0.3 + 0.7 * -(1.0 - chance.part()).ln());
            if moves && index == count / 2 {
                address[0] = 172;
            }
            if at > (day * DAY) as f64 + 21.9 * 3_600.0 {
                break;
            }
            visits.push(Visit { at: at as u64, user, address, shape, persons, theft: None });
        }
    }

    /// One person a call, some again; sometimes a list of appointments in the order of the contracts.
    fn calls(&mut self, user: usize, day: u64, visits: &mut Vec<Visit>) {
        let campaign = if self.chance.happens(0.04) { 1.8 } else { 1.0 };
        let calls = (self.chance.around(self.users[user].pace, 10.0) * campaign).max(5.0) as usize;
        let list = if self.chance.happens(0.15) { self.chance.between(8, 25) } else { 0 };
        let mut next = 1 + self.chance.below(BUYERS - 200);
        let mut each = Vec::new();
        for call in 0..calls {
            let recent = self.users[user].recent.len() as i64;
            let person = if (call as i64) < list {
                next += self.chance.between(1, 4);
                next
            } else if recent > 0 && self.chance.happens(0.3) {
                self.users[user].recent[self.chance.below(recent) as usize]
            } else {
                1 + self.chance.below(BUYERS)
            };
            let memory = &mut self.users[user].recent;
            memory.push(person);
            if memory.len() > 400 {
                memory.remove(0);
            }
            each.push((self.chance.below(3) as u8, vec![person]));
        }
        self.spread(user, day, each, visits);
    }

    /// Lists of the own customers, single ones, a few new leads; once in a while all of them.
    fn selling(&mut self, user: usize, day: u64, visits: &mut Vec<Visit>) {
        let review = self.chance.happens(0.03);
        let own = self.users[user].portfolio.clone();
        let mut each = Vec::new();
        if review {
            each.extend(own.chunks(20).map(|page| (10, page.to_vec())));
        }
        for _ in 0..self.chance.between(2, 6) {
            let from = self.chance.below(own.len() as i64) as usize;
            each.push((10, own.iter().skip(from).take(10).copied().collect()));
        }
        for _ in 0..self.chance.around(self.users[user].pace, 4.0).max(2.0) as usize {
            each.push((11, vec![own[self.chance.below(own.len() as i64) as usize]]));
        }
        for _ in 0..self.chance.between(2, 7) {
            let lead = 1 + self.chance.below(BUYERS);
            let slot = self.chance.below(own.len() as i64) as usize;
            self.users[user].portfolio[slot] = lead;
            each.push((11, vec![lead]));
        }
        self.spread(user, day, each, visits);
    }

    /// Contracts with one to three buyers.
    fn filing(&mut self, user: usize, day: u64, visits: &mut Vec<Visit>) {
        let busy = if self.chance.happens(0.05) { 2.0 } else { 1.0 };
        let contracts = (self.chance.around(self.users[user].pace, 8.0) * busy).max(5.0) as usize;
        let each = (0..contracts).map(|_| {
            let first = 1 + self.chance.below(BUYERS - 3);
            (20, (first..=first + self.chance.below(3)).collect())
        });
        let each = each.collect();
        self.spread(user, day, each, visits);
    }

    /// A job at two in the night that reads a tenth of everybody, and lists in the daytime.
    fn reports(&mut self, user: usize, day: u64, visits: &mut Vec<Visit>) {
        let address = self.users[user].address;
        let from = 1 + (day as i64 % 10) * (BUYERS / 10);
        for page in 0..10 {
            let persons = (from + page * 500..from + page * 500 + 500).collect();
            let at = day * DAY + 2 * 3_600 + page as u64 * 20;
            visits.push(Visit { at, user, address, shape: 30, persons, theft: None });
        }
        if day % 7 < 5 {
            let each = (0..self.chance.between(3, 8)).map(|_| {
                let count = self.chance.between(50, 150);
                (31, (0..count).map(|_| 1 + self.chance.below(BUYERS)).collect())
            });
            let each = each.collect();
            self.spread(user, day, each, visits);
        }
    }
}
