//! Thefts that are put into the office's work.

use crate::chance::Chance;
use crate::office::{BUYERS, DAY, Job, Office, Visit};

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Class {
    Fast,
    Slow,
    Colluding,
}

#[derive(Clone, Debug)]
pub struct Theft {
    pub name: &'static str,
    pub class: Class,
    pub users: Vec<usize>,
    pub visits: Vec<Visit>,
    pub start: u64,
    pub end: u64,
}

/// How a thief goes about it.
struct Way {
    job: Job,
    users: usize,
    days: u64,
    /// Persons a day of each user, and a statement.
    each_day: i64,
    page: i64,
    /// Seconds between statements; `None`: among the work, at its pace.
    every: Option<u64>,
    /// Hour of the day.
    hour: f64,
    /// In the order of the keys, or mixed.
    ordered: bool,
    one_address: bool,
    shape: u8,
}

const PLAIN: Way = Way {
    job: Job::Clerk,
    users: 1,
    days: 1,
    each_day: 40,
    page: 1,
    every: None,
    hour: 10.0,
    ordered: false,
    one_address: false,
    shape: 1,
};

fn ways() -> Vec<(&'static str, Class, Way)> {
    use Class::{Colluding, Fast, Slow};
    vec![
        (
            "dump, pages of 50",
            Fast,
            Way { each_day: 5_000, page: 50, every: Some(3), ordered: true, shape: 40, ..PLAIN },
        ),
        (
            "dump, COPY of 20,000",
            Fast,
            Way { job: Job::Sales, each_day: 20_000, page: 20_000, every: Some(1), shape: 41, ..PLAIN },
        ),
        (
            "script of single look-ups",
            Fast,
            Way { job: Job::Registrar, each_day: 2_000, every: Some(2), shape: 20, ..PLAIN },
        ),
        ("at night", Fast, Way { each_day: 300, page: 10, every: Some(45), hour: 2.5, shape: 2, ..PLAIN }),
        (
            "through the report tool",
            Fast,
            Way { job: Job::Report, each_day: 3_000, page: 150, every: Some(40), hour: 15.0, shape: 31, ..PLAIN },
        ),
        ("40 a day, mixed, call-centre", Slow, Way { days: 42, ..PLAIN }),
        ("40 a day, by key, call-centre", Slow, Way { days: 42, ordered: true, ..PLAIN }),
        ("40 a day, mixed, sales", Slow, Way { job: Job::Sales, days: 42, shape: 11, ..PLAIN }),
        ("40 a day, mixed, registrar", Slow, Way { job: Job::Registrar, days: 42, shape: 20, ..PLAIN }),
        ("five colleagues, 100 a day each", Colluding, Way { users: 5, days: 11, each_day: 100, ..PLAIN }),
        ("five colleagues, by key", Colluding, Way { users: 5, days: 11, each_day: 100, ordered: true, ..PLAIN }),
        (
            "three in sales, 80 a day each",
            Colluding,
            Way { job: Job::Sales, users: 3, days: 14, each_day: 80, shape: 11, ..PLAIN },
        ),
        (
            "four unused accounts, 80 a day each",
            Colluding,
            Way {
                job: Job::Dormant,
                users: 4,
                days: 8,
                each_day: 80,
                every: Some(60),
                hour: 19.0,
                one_address: true,
                ..PLAIN
            },
        ),
    ]
}

/// One theft of each kind, each by other people, beginning in the second half.
pub fn plan(office: &Office, seed: u64, days: u64) -> Vec<Theft> {
    let mut chance = Chance(seed ^ 0x7468_6566_7400);
    let mut taken = vec![false; office.users.len()];
    let mut thefts = Vec::new();
    for (name, class, way) in ways() {
        let free: Vec<usize> =
            (0..office.users.len()).filter(|user| office.users[*user].job == way.job && !taken[*user]).collect();
        if free.len() < way.users {
            continue;
        }
        let first = chance.below((free.len() - way.users + 1) as i64) as usize;
        let users = free[first..first + way.users].to_vec();
        users.iter().for_each(|user| taken[*user] = true);
        let mut day = days / 2 + chance.below(5) as u64;
        day += (7 - day % 7) % 7;
        let index = thefts.len();
        let visits = commit(office, &way, &users, day, index, &mut chance);
        let start = visits.iter().map(|visit| visit.at).min().unwrap();
        let end = visits.iter().map(|visit| visit.at).max().unwrap();
        thefts.push(Theft { name, class, users, visits, start, end });
    }
    thefts
}

fn commit(office: &Office, way: &Way, users: &[usize], first: u64, theft: usize, chance: &mut Chance) -> Vec<Visit> {
    let mut visits = Vec::new();
    let base = 1 + chance.below(BUYERS / 2);
    for (place, user) in users.iter().enumerate() {
        // Each takes a part of the list; a factor coprime to its length mixes it.
        let mut next = place as i64 * 4_000;
        let address = office.users[if way.one_address { users[0] } else { *user }].address;
        for day in (first..first + way.days).filter(|day| day % 7 < 5) {
            let mut at = (day * DAY) as f64 + way.hour * 3_600.0;
            for _ in 0..(way.each_day / way.page).max(1) {
                let key = |n: i64| 1 + if way.ordered { base + n } else { n * 7_919 + base } % BUYERS;
                let persons = (next..next + way.page).map(key).collect();
                next += way.page;
                at += match way.every {
                    Some(seconds) => seconds as f64 * (0.8 + 0.4 * chance.part()),
                    None => 7.0 * 3_600.0 / way.each_day as f64 * (0.3 + 0.7 * -(1.0 - chance.part()).ln()),
                };
                if at > (day * DAY) as f64 + 21.9 * 3_600.0 {
                    break;
                }
                visits.push(Visit {
                    at: at as u64,
                    user: *user,
                    address,
                    shape: way.shape,
                    persons,
                    theft: Some(theft),
                });
            }
        }
    }
    visits
}
