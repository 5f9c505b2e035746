//! Grouping: one incident for each rule and principal, nothing lost, nothing without bound.

use std::net::IpAddr;
use std::time::Duration;

use proptest::prelude::*;

use super::*;
use crate::alert::ledger::{KEPT, Ledger};
use crate::alert::route::Occasion;
use crate::model::category::Category;
use crate::model::disclosure::Account;
use crate::model::ids::{Digest, SessionId};
use crate::model::principal::Principal;
use crate::policy::alerts::{Alerts, Route};

pub(in crate::alert) fn signal(rule: &str, user: &str, at: u64, count: u64) -> Signal {
    let principal = Principal {
        database_user: user.into(),
        application: None,
        address: Some(IpAddr::from([192, 0, 2, 7])),
        purposes: Arc::from([]),
        roles: Arc::from([Arc::from("anyone"), Arc::from("sales")]),
        lowered: false,
        end_user: None,
    };
    Signal {
        rule: rule.into(),
        severity: Severity::Warning,
        response: Response::Slow,
        observed: false,
        account: Arc::new(Account {
            principal: Arc::new(principal),
            database: "housing".into(),
            application_name: "psql".into(),
            end_user: None,
        }),
        session: SessionId(1),
        at: Duration::from_millis(at),
        meter: "subjects",
        count,
        threshold: 100,
        persons: count,
        categories: vec![(Category("pii/contact/phone".into()), count)],
        relations: Arc::from([Oid(20_001)]),
        fingerprint: Digest([7; 32]),
        evidence: vec![format!("{count} persons in an hour").into()],
    }
}

pub(in crate::alert) fn names(oid: Oid) -> Option<Arc<str>> {
    (oid == Oid(20_001)).then(|| "housing.buyers".into())
}

fn routed(severity: Severity) -> Alerts {
    let route = Route {
        severity,
        rules: Vec::new(),
        roles: Vec::new(),
        channels: vec!["a".into(), "b".into()],
        group: Duration::from_secs(300),
        repeat: Some(Duration::from_secs(3600)),
        resolved: true,
        also: false,
    };
    Alerts { routes: vec![route], ..Alerts::default() }
}

fn told(ledger: &mut Ledger, now: u64, alerts: &Alerts) -> Vec<Occasion> {
    ledger.step(now, alerts).into_iter().map(|notice| notice.occasion).collect()
}

const MINUTE: u64 = 60_000;

#[test]
fn an_incident_is_told_once_then_when_it_grows_and_at_its_end() {
    let (mut ledger, alerts) = (Ledger::new("here", []), routed(Severity::Notice));
    ledger.note(&signal("per-day", "clerk", 0, 100), &names);
    assert_eq!(told(&mut ledger, 1, &alerts), [Occasion::Opened]);
    for second in 1..60 {
        ledger.note(&signal("per-day", "clerk", second * 1000, 100 + second / 10), &names);
        assert_eq!(told(&mut ledger, second * 1000, &alerts), []);
    }
    ledger.note(&signal("per-day", "clerk", 6 * MINUTE, 150), &names);
    assert_eq!(told(&mut ledger, 6 * MINUTE, &alerts), [Occasion::Grown]);
    let harder = Signal { response: Response::Quarantine, ..signal("per-day", "clerk", 6 * MINUTE + 1, 151) };
    ledger.note(&harder, &names);
    assert_eq!(told(&mut ledger, 6 * MINUTE + 1, &alerts), [Occasion::Worse], "without waiting");
    assert_eq!(told(&mut ledger, 35 * MINUTE, &alerts), []);
    assert_eq!(told(&mut ledger, 37 * MINUTE, &alerts), [Occasion::Ended]);
    assert_eq!(told(&mut ledger, 500 * MINUTE, &alerts), []);
    let [incident] = &ledger.list()[..] else { panic!("one") };
    assert_eq!((incident.signals, incident.count, incident.persons), (62, 151, 151));
    assert_eq!((incident.started, incident.latest, incident.ended), (0, 6 * MINUTE + 1, Some(37 * MINUTE)));
    assert!(incident.relations.contains("housing.buyers"));
    assert_eq!(incident.top_fingerprints(9), [("070707070707", 62)]);
    ledger.note(&signal("per-day", "clerk", 501 * MINUTE, 100), &names);
    assert_eq!(ledger.list().len(), 2, "after its end a new one begins");
}

#[test]
fn who_acknowledges_is_not_reminded_and_who_closes_ends_it() {
    let (mut ledger, alerts) = (Ledger::new("here", []), routed(Severity::Notice));
    let mark = |at| Mark { by: "officer".into(), at, note: String::new() };
    let alerts = Alerts { quiet: Duration::from_secs(1_000_000), ..alerts };
    ledger.note(&signal("per-day", "clerk", 0, 100), &names);
    let id = ledger.list()[0].id.clone();
    assert_eq!(told(&mut ledger, 0, &alerts), [Occasion::Opened]);
    assert_eq!(told(&mut ledger, 59 * MINUTE, &alerts), []);
    assert_eq!(told(&mut ledger, 60 * MINUTE, &alerts), [Occasion::Reminder]);
    assert_eq!(ledger.acknowledge(&id[..3], mark(5)).map(|incident| incident.state), Some(State::Acknowledged));
    assert_eq!(told(&mut ledger, 300 * MINUTE, &alerts), []);
    let closed = ledger.close(&id, mark(301 * MINUTE)).unwrap();
    assert_eq!((closed.state, closed.ended), (State::Closed, Some(301 * MINUTE)));
    assert_eq!(told(&mut ledger, 302 * MINUTE, &alerts), [Occasion::Ended]);
    assert!(ledger.acknowledge(&id, mark(303 * MINUTE)).unwrap().acknowledged.is_some_and(|mark| mark.at == 5));
    ledger.note(&signal("per-day", "clerk", 304 * MINUTE, 100), &names);
    assert_eq!(told(&mut ledger, 304 * MINUTE, &alerts), [Occasion::Opened], "it goes on: a new one");
    assert!(ledger.close("zz", mark(0)).is_none() && ledger.close("", mark(0)).is_none());
}

#[test]
fn what_no_route_takes_is_kept_and_told_when_it_gets_worse() {
    let (mut ledger, alerts) = (Ledger::new("here", []), routed(Severity::Critical));
    ledger.note(&signal("per-day", "clerk", 0, 100), &names);
    assert_eq!(told(&mut ledger, 0, &alerts), []);
    ledger.note(&Signal { severity: Severity::Critical, ..signal("per-day", "clerk", 1, 100) }, &names);
    assert_eq!(told(&mut ledger, 1, &alerts), [Occasion::Opened]);
}

#[test]
fn a_client_cannot_break_the_suggested_command_or_the_lines() {
    let odd = Incident::begin(&signal("r", "x'; rm -rf ~ #\n\u{202e}", 0, 1), "h", &names);
    assert_eq!(odd.user, "x'; rm -rf ~ #\u{fffd}\u{fffd}");
    let (start, end) = odd.command().split_once(" -- ").map(|(a, b)| (a.to_owned(), b.to_owned())).unwrap();
    assert_eq!(start, format!("menshen quarantine --reason 'incident {}'", odd.id));
    assert_eq!(end, "'x'\\''; rm -rf ~ #\u{fffd}\u{fffd}'");
    let plain = Incident::begin(&signal("r", "clerk_017", 0, 1), "h", &names);
    assert!(plain.command().starts_with("menshen quarantine clerk_017 --reason "), "{}", plain.command());
    let long = Incident::begin(&signal("r", &"x".repeat(10_000), 0, 1), "h", &names);
    assert_eq!(long.user.len(), 128);
}

#[test]
fn incidents_and_their_lists_are_bounded_and_open_critical_ones_stay() {
    let mut ledger = Ledger::new("here", []);
    ledger.note(&Signal { severity: Severity::Critical, ..signal("first", "clerk", 0, 1) }, &names);
    for number in 0..KEPT as u64 + 50 {
        ledger.note(&signal("r", &format!("user{number}"), number + 1, 1), &names);
    }
    assert_eq!(ledger.list().len(), KEPT);
    assert!(ledger.list().iter().any(|incident| incident.rule == "first"));
    let gone = ledger.changes().iter().filter(|(_, incident)| incident.is_none()).count();
    assert_eq!(gone, 51);
    let mut incident = Incident::begin(&signal("r", "u", 0, 1), "h", &names);
    for number in 0..1000u64 {
        let mut many = signal("r", "u", number, number);
        many.fingerprint = Digest(std::array::from_fn(|at| if at < 8 { number.to_be_bytes()[at] } else { 0 }));
        many.relations = Arc::from([Oid(u32::try_from(number).unwrap() + 30_000)]);
        many.categories = vec![(Category(format!("c/{number}").as_str().into()), 1)];
        incident.grow(&many, &names);
    }
    let size = serde_json::to_string(&incident).unwrap().len();
    assert!(size < 8_000, "{size}");
}

#[test]
fn what_is_kept_is_read_back() {
    let mut ledger = Ledger::new("here", []);
    ledger.note(&signal("per-day", "clerk", 5, 100), &names);
    ledger.step(5, &routed(Severity::Notice));
    let text = serde_json::to_string(&ledger.list()).unwrap();
    let kept: Vec<Incident> = serde_json::from_str(&text).unwrap();
    assert_eq!(kept, ledger.list());
    let mut again = Ledger::new("here", kept);
    assert_eq!(told(&mut again, 6, &routed(Severity::Notice)), [], "told once, also over a restart");
    again.note(&signal("per-day", "clerk", 7, 101), &names);
    assert_eq!((again.list().len(), again.list()[0].signals), (1, 2));
}

proptest! {
    /// However signals come: as many live incidents as there are rules with principals, no signal lost, nothing shrinks.
    #[test]
    fn signals_are_grouped(signals in proptest::collection::vec((0u8..3, 0u8..4, 0u64..1_000_000, 0u64..1000), 1..200)) {
        let mut ledger = Ledger::new("here", []);
        for (rule, user, at, count) in &signals {
            ledger.note(&signal(&format!("r{rule}"), &format!("u{user}"), *at, *count), &names);
        }
        let keys: BTreeSet<(u8, u8)> = signals.iter().map(|(rule, user, ..)| (*rule, *user)).collect();
        let incidents = ledger.list();
        prop_assert_eq!(incidents.len(), keys.len());
        prop_assert_eq!(incidents.iter().map(|incident| incident.signals).sum::<u64>(), signals.len() as u64);
        for incident in &incidents {
            let own = || signals.iter().filter(|(rule, user, ..)| {
                incident.rule == format!("r{rule}") && incident.user == format!("u{user}")
            });
            prop_assert_eq!(incident.count, own().map(|one| one.3).max().unwrap());
            prop_assert_eq!(incident.started, own().map(|one| one.2).min().unwrap());
            prop_assert_eq!(incident.latest, own().map(|one| one.2).max().unwrap());
        }
    }
}
