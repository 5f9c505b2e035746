//! Each detector fires on its theft and stays quiet on office traffic.

use std::sync::Arc;
use std::time::Duration;

use crate::model::disclosure::{Account, Ask, Disclosure, Occasion, Response, Signal, Subject, Verdict};
use crate::model::ids::{Digest, SessionId};
use crate::model::person;
use crate::model::principal::Principal;
use crate::policy::compile;

use super::Governor;

const KEY: [u8; 32] = [7; 32];
/// 2026-11-25, a Wednesday, 10:00 UTC.
const START: u64 = 1_795_564_800 + 36_000;
const DAY: u64 = 86_400;

/// One account's work, with the signals that it caused.
struct Office {
    governor: Governor,
    user: String,
    person: Option<String>,
    address: String,
    program: String,
    now: u64,
    signals: Vec<Signal>,
    last: Verdict,
}

impl Office {
    fn new(detector: &str) -> Self {
        let mut files = crate::policy::tests::files("p, role:anyone, pii/*, clear, *, allow\n");
        files.insert("limits.toml".into(), detector.into());
        let governor = Governor::new(compile(&files).unwrap().limits, KEY);
        let last = Verdict::Granted { wait: Duration::ZERO, chunk: 256 };
        let (user, address, program) = ("li".into(), "10.0.0.1".into(), "crm".into());
        Self { governor, user, person: None, address, program, now: START, signals: Vec::new(), last }
    }

    fn ask(&mut self, occasion: Occasion, shape: u8, persons: &[i64], probes: u64) {
        let subjects = persons.iter().map(|number| Subject {
            digest: person::digest(&KEY, "housing.buyers", &number.to_string()),
            number: Some(*number),
        });
        let ask = Ask {
            session: SessionId(1),
            account: Arc::new(Account {
                principal: Arc::new(Principal {
                    database_user: self.user.as_str().into(),
                    application: None,
                    address: self.address.parse().ok(),
                    purposes: Arc::from([]),
                    roles: Arc::from(["anyone".into()]),
                    lowered: false,
                    end_user: None,
                }),
                database: "housing".into(),
                application_name: self.program.as_str().into(),
                end_user: self.person.as_deref().map(Into::into),
            }),
            occasion,
            fingerprint: Digest([shape; 32]),
            relations: Arc::from([]),
            disclosure: Disclosure {
                rows: persons.len() as u64,
                subjects: subjects.collect(),
                probes,
                ..Disclosure::default()
            },
        };
        let (verdict, signals) = self.governor.ask(Duration::from_secs(self.now), &ask);
        self.last = verdict;
        self.signals.extend(signals);
    }

    /// A statement that brings these persons, after a pause.
    fn read(&mut self, pause: u64, shape: u8, persons: &[i64]) {
        self.now += pause;
        self.ask(Occasion::Statement, shape, &[], 0);
        self.ask(Occasion::Rows, shape, persons, 0);
    }

    /// A day of calls: forty persons without order, at a person's pace.
    fn calls(&mut self, day: u64) {
        for call in 0..40_u64 {
            let mixed = (day * 40 + call).wrapping_mul(0x9e37_79b9_7f4a_7c15);
            self.read(60 + mixed % 900, (mixed >> 60) as u8 % 3, &[(mixed >> 20) as i64 % 50_000]);
        }
        self.now = START + (day + 1) * DAY;
    }

    #[track_caller]
    fn quiet(&self) {
        assert!(self.signals.is_empty(), "{:?}", self.signals);
    }

    #[track_caller]
    fn told(&self, words: &str) {
        let evidence: Vec<&str> = self.signals.iter().flat_map(|signal| &signal.evidence).map(|one| &**one).collect();
        assert!(evidence.iter().any(|one| one.contains(words)), "{evidence:?}");
    }
}

#[test]
fn paging_crawl() {
    let mut office = Office::new("[detector.paging-crawl]\ndo = \"slow\"\nrate = \"1/s\"\n");
    (0..10).for_each(|day| office.calls(day));
    office.quiet();
    for page in 0..30_i64 {
        let persons: Vec<i64> = (page * 50..page * 50 + 50).map(|n| n * 7 % 50_000).collect();
        office.read(30 + page as u64 % 3, 9, &persons);
    }
    office.told("one statement shape was repeated 21 times, 31.1 s apart");
    assert!(matches!(office.last, Verdict::Granted { chunk: 1, wait } if !wait.is_zero()), "{:?}", office.last);
}

#[test]
fn key_walk() {
    let mut office = Office::new("[detector.key-walk]\nat = 20\nwindow = \"7d\"\n");
    (0..10).for_each(|day| office.calls(day));
    office.quiet();
    // Two steps of a walk between every call.
    for step in 0..30_i64 {
        office.read(40, 1, &[10_000 + 2 * step]);
        office.read(400, 2, &[(step * 7_919) % 50_000 + 1]);
    }
    office.told("21 statements each went on at the next key");
}

#[test]
fn enumeration() {
    let mut office = Office::new("[detector.enumeration]\nat = 30\ndo = \"block\"\nfor = \"1h\"\n");
    for _ in 0..20 {
        office.now += 300;
        office.ask(Occasion::Statement, 1, &[], 5);
    }
    office.quiet();
    for _ in 0..10 {
        office.now += 2;
        office.ask(Occasion::Statement, 1, &[], 5);
    }
    office.told("values were tested against hidden ones within 10 minutes");
    assert!(matches!(office.last, Verdict::Stop { .. }));
    office.now += 3_700;
    office.ask(Occasion::Statement, 1, &[], 0);
    assert!(matches!(office.last, Verdict::Granted { .. }), "an hour later");
}

#[test]
fn off_hours() {
    let mut office = Office::new("[detector.off-hours]\nworking = \"mon-fri 08:00-20:00\"\nat = 20\n");
    office.calls(0);
    office.now = START + 9 * 3_600;
    (0..20).for_each(|n| office.read(60, 1, &[n]));
    office.now = START + 13 * 3_600;
    (100..120).for_each(|n| office.read(60, 1, &[n]));
    office.quiet();
    office.read(60, 1, &[200]);
    office.told("21 persons outside of working hours, now 23:21");
}

#[test]
fn first_use() {
    let mut office = Office::new("[detector.first-use]\nof = [\"address\", \"driver\"]\n");
    (0..8).for_each(|day| office.calls(day));
    office.quiet();
    office.program = "psql".into();
    office.read(60, 1, &[1]);
    office.told("program name: one that the account has not used within 30 days");
}

#[test]
fn two_addresses() {
    let mut office = Office::new("[detector.two-addresses]\n");
    for day in 0..4 {
        office.address = if day % 2 == 0 { "10.0.0.1".into() } else { "10.0.0.2".into() };
        office.calls(day);
    }
    office.quiet();
    for turn in 0..8 {
        office.address = format!("10.0.0.{}", 1 + turn % 2);
        office.read(60, 1, &[turn]);
    }
    office.told("to and fro between two addresses 3 times");
}

#[test]
fn the_host_of_an_application_is_not_where_its_users_sit() {
    for detector in ["two-addresses", "colleagues", "first-use"] {
        let more = if detector == "first-use" { "of = [\"address\"]\n" } else { "" };
        let mut office = Office::new(&format!("[detector.{detector}]\nat = 0\n{more}"));
        for turn in 0..200 {
            office.person = Some(format!("person {}", turn % 5));
            office.address = format!("10.0.0.{}", 1 + turn / 5 % 2 + turn / 100);
            office.read(3600, 1, &[turn]);
        }
        office.quiet();
    }
}

#[test]
fn burst_after_silence() {
    let mut office = Office::new("[detector.burst]\nsilence = \"14d\"\nat = 50\n");
    office.calls(0);
    office.now += 20 * DAY;
    (0..50).for_each(|n| office.read(20, 1, &[n]));
    office.quiet();
    office.read(20, 1, &[60]);
    office.told("51 persons right after 14 or more days of silence");
}

#[test]
fn colleagues_on_one_address() {
    let mut office = Office::new("[detector.colleagues]\nat = 90\nusers = 3\n");
    for (turn, user) in ["li", "wu", "li", "zhao"].into_iter().enumerate() {
        office.user = user.into();
        (0..30).for_each(|n| office.read(10, 1, &[n + 30 * turn as i64]));
    }
    office.told("3 accounts on one address took 91 different persons");
}

#[test]
fn honeytokens() {
    let mut office =
        Office::new("[detector.honeytoken]\nsubjects = [\"housing.buyers:777777\"]\ndo = \"quarantine\"\n");
    (0..5).for_each(|day| office.calls(day));
    office.quiet();
    office.read(60, 1, &[777_777]);
    office.told("a bait");
    assert_eq!(office.signals[0].response, Response::Quarantine);
    assert!(matches!(office.last, Verdict::Stop { .. }), "before it leaves");
}
