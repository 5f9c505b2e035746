//! The governor as sessions meet it: limits, steps, pacing, orders, state, detectors.

use std::collections::{BTreeMap, HashMap};
use std::net::IpAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use proptest::prelude::*;

use crate::model::category::Category;
use crate::model::disclosure::{Account, Ask, Disclosure, Occasion, Response, Signal, Subject, Verdict};
use crate::model::ids::{Digest, Oid, SessionId};
use crate::model::person;
use crate::model::principal::Principal;
use crate::policy::limits::Limits;

use super::governor::{Basis, Governor, Refused};
use super::state::State;

const KEY: [u8; 32] = [7; 32];

/// 2026-11-25, a Wednesday, 10:00 UTC.
const START: Duration = Duration::from_secs(1_795_564_800 + 36_000);

fn seconds(seconds: u64) -> Duration {
    START + Duration::from_secs(seconds)
}

fn limits(text: &str) -> Arc<Limits> {
    let mut files: BTreeMap<String, String> =
        crate::policy::tests::files("p, role:anyone, pii/*, clear, *, allow\ng, user:li, role:sales\n");
    files.insert("limits.toml".into(), text.into());
    match crate::policy::compile(&files) {
        Ok(policy) => policy.limits,
        Err(found) => panic!("{}", found.iter().map(|one| one.render()).collect::<String>()),
    }
}

fn governor(text: &str) -> Governor {
    Governor::new(limits(text), KEY)
}

fn account(user: &str, address: &str) -> Arc<Account> {
    Arc::new(Account {
        principal: Arc::new(Principal {
            database_user: user.into(),
            application: None,
            address: address.parse::<IpAddr>().ok(),
            purposes: Arc::from([]),
            roles: Arc::from(["anyone".into(), "sales".into()]),
            lowered: false,
            end_user: None,
        }),
        database: "housing".into(),
        application_name: "psql".into(),
        end_user: None,
    })
}

fn subject(number: u64) -> Subject {
    Subject { digest: person::digest(&KEY, "housing.buyers", &number.to_string()), number: i64::try_from(number).ok() }
}

fn ask(user: &str, occasion: Occasion, persons: std::ops::Range<u64>) -> Ask {
    let rows = persons.end - persons.start;
    let name = Category::parse("pii/name").unwrap();
    Ask {
        session: SessionId(1),
        account: account(user, "10.0.0.1"),
        occasion,
        fingerprint: Digest([3; 32]),
        relations: Arc::from([Oid(20_000)]),
        disclosure: Disclosure {
            rows,
            bytes: rows * 100,
            subjects: persons.map(subject).collect(),
            cells: if rows > 0 { vec![(name, rows)] } else { Vec::new() },
            ..Disclosure::default()
        },
    }
}

fn rows(user: &str, persons: std::ops::Range<u64>) -> Ask {
    ask(user, Occasion::Rows, persons)
}

/// Adds nothing: asks where the count stands.
fn nothing(user: &str) -> Ask {
    rows(user, 0..0)
}

fn daily(steps: &str) -> String {
    format!("[[limit]]\nname = \"daily\"\nmeter = \"subjects\"\nwindow = \"1d\"\nsteps = [{steps}]\n")
}

const FREE: Verdict = Verdict::Granted { wait: Duration::ZERO, chunk: 256 };

fn is_stop(verdict: &Verdict) -> bool {
    matches!(verdict, Verdict::Stop { .. })
}

fn responses(signals: &[Signal]) -> Vec<Response> {
    signals.iter().map(|signal| signal.response).collect()
}

#[test]
fn without_limits_nothing_is_asked() {
    let governor = governor("");
    assert!(!governor.concerns(&account("li", "10.0.0.1")));
    let (verdict, signals) = governor.ask(START, &rows("li", 0..256));
    assert!(verdict == FREE && signals.is_empty() && governor.size().0 == 0);
}

#[test]
fn steps_follow_each_other() {
    let governor = governor(&daily(
        "{ at = 100, do = \"alert\" }, { at = 200, do = \"slow\", rate = \"2/s\" }, { at = 300, do = \"quarantine\", for = \"12h\" }",
    ));
    assert!(governor.concerns(&account("li", "10.0.0.1")));
    assert_eq!(
        governor.ask(START, &rows("li", 0..100)),
        (Verdict::Granted { wait: Duration::ZERO, chunk: 100 }, vec![])
    );
    let (verdict, signals) = governor.ask(START, &rows("li", 50..150));
    assert_eq!(
        (verdict, responses(&signals)),
        (Verdict::Granted { wait: Duration::ZERO, chunk: 50 }, vec![Response::Alert])
    );
    assert_eq!((signals[0].count, signals[0].threshold, &*signals[0].rule), (150, 100, "daily"));
    let (_, signals) = governor.ask(START, &rows("li", 0..150));
    assert!(signals.is_empty(), "the same persons again");
    let (verdict, signals) = governor.ask(START, &rows("li", 150..201));
    assert_eq!(
        (verdict, responses(&signals)),
        (Verdict::Granted { wait: Duration::ZERO, chunk: 1 }, vec![Response::Slow])
    );
    let (verdict, signals) = governor.ask(START, &rows("li", 201..301));
    assert!(is_stop(&verdict), "{verdict:?}");
    assert_eq!(responses(&signals), [Response::Quarantine]);
    let Refused { limit, hint, .. } = governor.refused(seconds(1), &account("li", "10.0.0.9")).unwrap();
    assert!(&*limit == "daily" && hint.contains("quarantined"), "{hint}");
    let reason = &governor.orders_listed().quarantined["li"].reason;
    assert!(reason.contains("more than 300 subjects within 1d"), "{reason}");
    assert!(governor.refused(seconds(1), &account("wu", "10.0.0.1")).is_none());
    assert!(governor.refused(seconds(12 * 3_600 + 1), &account("li", "10.0.0.1")).is_none(), "served");
    let (verdict, _) = governor.ask(seconds(12 * 3_600 + 1), &rows("li", 1_000..1_001));
    assert!(!is_stop(&verdict), "what led to it does not lead to the next");
}

impl PartialEq for Signal {
    fn eq(&self, other: &Self) -> bool {
        (&self.rule, self.count, self.response) == (&other.rule, other.count, other.response)
    }
}

#[test]
fn a_release_ends_a_quarantine_for_a_time() {
    let governor = governor(&daily("{ at = 100, do = \"quarantine\", for = \"12h\" }"));
    assert!(is_stop(&governor.ask(START, &rows("li", 0..101)).0));
    assert!(governor.refused(seconds(1), &account("li", "10.0.0.1")).is_some());
    governor.release(seconds(10), "li", "she was asked to call everybody");
    assert!(governor.refused(seconds(11), &account("li", "10.0.0.1")).is_none());
}

#[test]
fn a_release_forgives_what_was_counted() {
    let governor = governor(&daily("{ at = 100, do = \"quarantine\" }"));
    assert!(is_stop(&governor.ask(START, &rows("li", 0..101)).0));
    assert!(governor.refused(seconds(86_400 * 300), &account("li", "10.0.0.1")).is_some(), "until it is released");
    governor.release(seconds(10), "li", "she was asked to call everybody");
    assert!(governor.refused(seconds(11), &account("li", "10.0.0.1")).is_none());
    assert!(!is_stop(&governor.ask(seconds(11), &rows("li", 101..200)).0));
    assert!(is_stop(&governor.ask(seconds(12), &rows("li", 200..300)).0), "another hundred");
}

#[test]
fn a_chunk_is_no_larger_than_what_is_left() {
    let governor = governor(&daily("{ at = 100, do = \"block\" }"));
    let granted = |verdict| match verdict {
        Verdict::Granted { chunk, .. } => u64::from(chunk),
        other => panic!("{other:?}"),
    };
    assert_eq!(granted(governor.ask(START, &nothing("li")).0), 100);
    assert_eq!(granted(governor.ask(START, &rows("li", 0..90)).0), 10);
    assert_eq!(granted(governor.ask(START, &rows("li", 90..100)).0), 1);
    assert!(is_stop(&governor.ask(START, &rows("li", 100..101)).0));
    assert!(is_stop(&governor.ask(START, &nothing("li")).0), "the next does not start");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(20))]
    /// Whatever is delivered in parallel, no more than the limit leaves, since counting comes first.
    #[test]
    fn parallel_sessions_do_not_overdraw(limit in 200_u64..900, sessions in 2_u64..9) {
        let governor = governor(&daily(&format!("{{ at = {limit}, do = \"block\" }}")));
        let delivered = AtomicU64::new(0);
        std::thread::scope(|scope| {
            for session in 0..sessions {
                let (governor, delivered) = (&governor, &delivered);
                scope.spawn(move || {
                    let mut next = session * 10_000;
                    let (mut verdict, _) = governor.ask(START, &nothing("li"));
                    while let Verdict::Granted { chunk, .. } = verdict {
                        let chunk = u64::from(chunk);
                        (verdict, _) = governor.ask(START, &rows("li", next..next + chunk));
                        if matches!(verdict, Verdict::Granted { .. }) {
                            delivered.fetch_add(chunk, Ordering::Relaxed);
                        }
                        next += chunk;
                    }
                });
            }
        });
        prop_assert!(delivered.into_inner() <= limit);
    }

    /// At a rate, any split into chunks takes as long as it should, and no chunk waits for long.
    #[test]
    fn pacing_is_even(rate in 1_u64..50, sessions in 1_u64..4) {
        let governor = governor(&daily(&format!("{{ at = 0, do = \"slow\", rate = \"{rate}/s\" }}")));
        let mut ready = vec![START; sessions as usize];
        let mut chunks = vec![1; sessions as usize];
        let (mut delivered, mut next) = (0, 0);
        let end = seconds(120);
        while let Some(session) = (0..ready.len()).min_by_key(|index| ready[*index]).filter(|index| ready[*index] < end) {
            let rows_now = u64::from(chunks[session]);
            let (verdict, _) = governor.ask(ready[session], &rows("li", next..next + rows_now));
            let Verdict::Granted { wait, chunk } = verdict else { panic!("{verdict:?}") };
            prop_assert!(wait <= Duration::from_secs(2 + 2 * sessions), "{wait:?}");
            ready[session] += wait + Duration::from_millis(1);
            (delivered, next, chunks[session]) = (delivered + rows_now, next + rows_now, chunk);
        }
        let expected = (120 * rate) as f64;
        prop_assert!((delivered as f64 / expected - 1.0).abs() < 0.1, "{delivered} for {expected}");
    }

    /// What a crash loses is less than what recovery adds.
    #[test]
    fn recovery_rounds_up(chunks in prop::collection::vec(1_u64..256, 1..40), lost in 0_usize..3) {
        let text = daily("{ at = 1000000, do = \"block\" }");
        let before = governor(&text);
        let mut next = 0;
        let mut saved = before.snapshot(START);
        let kept = chunks.len().saturating_sub(lost);
        for (index, chunk) in chunks.iter().enumerate() {
            // Ten chunks a second; the last second's are lost.
            let now = START + Duration::from_millis(100 * index as u64);
            let _ = before.ask(now, &rows("li", next..next + chunk));
            next += chunk;
            if index + 1 == kept {
                saved = before.snapshot(now);
            }
        }
        prop_assume!(kept > 0);
        let text_of = serde_json::to_string(&saved).unwrap();
        let after = governor(&text);
        after.restore(serde_json::from_str::<State>(&text_of).unwrap());
        let counted = after.count(seconds(60), &rows("li", 0..0));
        let lost: u64 = chunks.iter().skip(kept).sum();
        prop_assert!(counted.totals[0] >= next - lost);
        if lost <= 256 {
            prop_assert!(counted.totals[0] + 16 >= next, "{} of {next}", counted.totals[0]);
        }
    }
}

#[test]
fn a_step_is_left_lower_than_it_is_entered() {
    let text = daily("{ at = 100, do = \"block\" }").replace("1d", "1h");
    let governor = governor(&text);
    let _ = governor.ask(START, &rows("li", 0..30));
    let _ = governor.ask(seconds(1_800), &rows("li", 30..101));
    assert!(is_stop(&governor.ask(seconds(1_801), &nothing("li")).0));
    // The first thirty have left the window: 71 are below 80.
    assert!(governor.refused(seconds(3_500), &account("li", "10.0.0.1")).is_some());
    assert!(governor.refused(seconds(3_900), &account("li", "10.0.0.1")).is_none());
    assert!(!is_stop(&governor.ask(seconds(3_900), &nothing("li")).0));
    assert!(!is_stop(&governor.ask(seconds(3_901), &rows("li", 200..220)).0), "91 are above 80 and below 100");
}

#[test]
fn observing_holds_nobody() {
    let governor = governor(&format!("{}mode = \"observe\"\n", daily("{ at = 10, do = \"quarantine\" }")));
    let (verdict, signals) = governor.ask(START, &rows("li", 0..50));
    assert_eq!(verdict, FREE);
    assert!(signals[0].observed && signals[0].response == Response::Quarantine);
    assert!(governor.refused(START, &account("li", "10.0.0.1")).is_none());
}

#[test]
fn who_is_left_out_is_not_counted() {
    let governor = governor(&format!("{}except = [{{ who = \"user:wu\" }}]\n", daily("{ at = 10, do = \"block\" }")));
    assert!(!governor.concerns(&account("wu", "10.0.0.1")));
    assert_eq!(governor.ask(START, &rows("wu", 0..50)).0, FREE);
    assert!(is_stop(&governor.ask(START, &rows("li", 0..50)).0));
}

#[test]
fn takings_are_added_up_by_address_and_renaming_does_not_help() {
    let governor = governor(&format!("{}per = \"address\"\n", daily("{ at = 100, do = \"block\" }")));
    assert!(!is_stop(&governor.ask(START, &rows("li", 0..60)).0));
    let mut other = rows("wu", 60..120);
    other.account = Arc::new(Account { application_name: "report".into(), ..(*other.account).clone() });
    assert!(is_stop(&governor.ask(START, &other).0));
}

#[test]
fn a_part_of_the_table_is_a_limit() {
    let governor = governor(&daily("{ at = { table = \"5%\", least = 10 }, do = \"block\" }"));
    assert!(is_stop(&governor.ask(START, &rows("wu", 0..11)).0), "least, while the size is unknown");
    governor.tables_changed(&"elsewhere".into(), HashMap::from([(Oid(20_000), 9)]));
    governor.tables_changed(&"housing".into(), HashMap::from([(Oid(20_000), 2_000)]));
    assert!(!is_stop(&governor.ask(START, &rows("li", 0..100)).0));
    assert!(is_stop(&governor.ask(START, &rows("li", 100..101)).0));
}

#[test]
fn own_history_sets_the_limit() {
    let governor = governor(&daily("{ at = { own = 4, least = 10 }, do = \"alert\" }"));
    let mut told = Vec::new();
    for day in 0..20_u64 {
        let persons = 50 + day % 5;
        let (_, signals) = governor.ask(seconds(day * 2 * 86_400), &rows("li", day * 1_000..day * 1_000 + persons));
        told.push(signals.len());
    }
    assert!(told[8..].iter().all(|count| *count == 0), "{told:?}");
    let (_, signals) = governor.ask(seconds(40 * 86_400), &rows("li", 90_000..90_120));
    assert_eq!(responses(&signals), [Response::Alert]);
}

#[test]
fn changed_limits_keep_counts_of_what_is_unchanged() {
    let governor = governor(&daily("{ at = 1000, do = \"block\" }"));
    let _ = governor.ask(START, &rows("li", 0..150));
    governor.limits_changed(limits(&daily("{ at = 100, do = \"block\" }")));
    assert!(is_stop(&governor.ask(START, &nothing("li")).0), "the count is still there");
    governor.limits_changed(limits(&daily("{ at = 100, do = \"block\" }").replace("1d", "1h")));
    assert!(!is_stop(&governor.ask(START, &nothing("li")).0), "another window counts anew");
}

#[test]
fn the_lockdown_restricts_everybody_until_it_ends() {
    let governor = governor("");
    governor.lockdown(START, Some(seconds(3_600)), "a list was found for sale");
    let li = account("li", "10.0.0.1");
    assert!(governor.concerns(&li) && governor.downgraded(START, &li).is_some());
    assert!(matches!(governor.ask(START, &rows("li", 0..1)).0, Verdict::Downgrade { .. }));
    assert!(governor.downgraded(seconds(3_600), &li).is_none());
    governor.lockdown(seconds(4_000), None, "again");
    let other = self::governor("");
    other.orders_received(&governor.orders_listed());
    assert!(other.downgraded(seconds(4_001), &li).is_some(), "on every replica");
    governor.end_lockdown(seconds(5_000), "found");
    other.orders_received(&governor.orders_listed());
    assert!(other.downgraded(seconds(5_001), &li).is_none() && other.orders_version() == 2);
}

#[test]
fn shared_totals_decide_and_a_share_is_left_without_them() {
    let text = format!("[share]\neach = 0.5\n{}", daily("{ at = 100, do = \"block\" }"));
    let governor = governor(&text);
    let some = rows("li", 0..40);
    let counted = governor.count(START, &some);
    assert!(is_stop(&governor.decide(START, &some, &counted, Basis::Shared(&[101])).0));
    let more = rows("wu", 0..60);
    let counted = governor.count(START, &more);
    assert!(is_stop(&governor.decide(START, &more, &counted, Basis::Share).0), "60 of 50");
    let keys: Vec<u64> = counted.counts.iter().map(|count| count.key).collect();
    let replica = self::governor(&text);
    assert_eq!(keys, replica.count(START, &more).counts.iter().map(|count| count.key).collect::<Vec<_>>());
}

#[test]
fn memory_follows_who_is_active() {
    let governor = governor(&daily("{ at = 100, do = \"alert\" }"));
    for user in 0..2_000 {
        let _ = governor.ask(START, &rows(&format!("u{user}"), user..user + 5));
    }
    assert_eq!(governor.size().0, 2_000);
    for user in 0..2_000 {
        let _ = governor.ask(seconds(3 * 86_400), &rows(&format!("v{}", user % 200), user..user + 5));
    }
    governor.sweep(seconds(3 * 86_400));
    assert_eq!(governor.size().0, 200, "idle meters are gone");
}

#[test]
fn what_is_paced_begins_with_the_first_row_beyond() {
    let governor = governor(&daily("{ at = 100, do = \"slow\", rate = \"10/s\" }"));
    let (verdict, _) = governor.ask(START, &rows("li", 0..60));
    assert_eq!(verdict, Verdict::Granted { wait: Duration::ZERO, chunk: 40 });
    let (verdict, _) = governor.ask(START, &rows("li", 60..100));
    assert_eq!(verdict, Verdict::Granted { wait: Duration::ZERO, chunk: 1 });
    let (verdict, signals) = governor.ask(START, &rows("li", 100..101));
    assert_eq!(verdict, Verdict::Granted { wait: Duration::ZERO, chunk: 2 });
    assert_eq!(responses(&signals), [Response::Slow]);
}

#[test]
fn a_chunk_is_what_is_left_of_cells_and_bytes_too() {
    let limits = "[[limit]]\nname = \"c\"\nmeter = \"cells\"\nwindow = \"1d\"\nsteps = [{ at = 100, do = \"block\" }]\n\
                  [[limit]]\nname = \"b\"\nmeter = \"bytes\"\nwindow = \"1d\"\nsteps = [{ at = 3000, do = \"block\" }]\n";
    let governor = governor(limits);
    // a row has one cell and a hundred bytes
    let (verdict, _) = governor.ask(START, &rows("li", 0..10));
    assert_eq!(verdict, Verdict::Granted { wait: Duration::ZERO, chunk: 20 });
}
