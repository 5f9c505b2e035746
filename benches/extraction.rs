//! What asking the governor costs: nanoseconds of an ask, bytes of a meter with 100,000 principals.
#![allow(missing_docs, clippy::unwrap_used, clippy::indexing_slicing, clippy::print_stdout, reason = "a benchmark")]

use std::collections::BTreeMap;
use std::hint::black_box;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use menshen::extraction::Governor;
use menshen::model::disclosure::{Account, Ask, Disclosure, Occasion, Subject};
use menshen::model::ids::{Digest, Oid, SessionId};
use menshen::model::principal::Principal;
use menshen::policy::compile;
use menshen::policy::limits::Limits;

const START: Duration = Duration::from_secs(1_795_600_800);

fn limits(text: &str) -> Arc<Limits> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("policies");
    let read = |name: &str| (name.to_owned(), std::fs::read_to_string(folder.join(name)).unwrap());
    let mut files: BTreeMap<String, String> =
        ["classification.toml", "identity.toml", "masks.toml", "policy.csv"].map(read).into();
    files.insert("limits.toml".into(), text.into());
    compile(&files).unwrap().limits
}

fn default() -> Arc<Limits> {
    limits(include_str!("../policies/limits.toml"))
}

const ONE: &str = "[[limit]]\nname = \"daily\"\nmeter = \"subjects\"\nwindow = \"1d\"\nsteps = [{ at = 100000000, do = \"block\" }]\n";

fn ask(user: usize, from: u64, persons: u64) -> Ask {
    let subjects = (from..from + persons).map(|n| Subject {
        digest: n.wrapping_mul(0x9e37_79b9_7f4a_7c15),
        number: i64::try_from(n * 7_919 % 1_000_003).ok(),
    });
    Ask {
        session: SessionId(1),
        account: Arc::new(Account {
            principal: Arc::new(Principal {
                database_user: format!("clerk_{user}").into(),
                application: Some("call-center".into()),
                address: Some([10, 0, (user >> 8) as u8, user as u8].into()),
                purposes: Arc::from([]),
                roles: Arc::from(["anyone".into(), "call-center".into()]),
                lowered: false,
                end_user: None,
            }),
            database: "housing".into(),
            application_name: "crm".into(),
            end_user: None,
        }),
        occasion: Occasion::Rows,
        fingerprint: Digest([1; 32]),
        relations: Arc::from([Oid(20_000)]),
        disclosure: Disclosure {
            rows: persons,
            bytes: persons * 80,
            subjects: subjects.collect(),
            ..Default::default()
        },
    }
}

/// Bytes for 100,000 principals, by how many persons each has read on a day.
fn memory() {
    println!("\nprincipals  persons each  meters  bytes a meter, profiles included  MB in all");
    for (name, limits) in [("one limit", limits(ONE)), ("policies/limits.toml", default())] {
        for persons in [1, 10, 60] {
            let governor = Governor::new(Arc::clone(&limits), [1; 32]);
            for user in 0..100_000 {
                let _ = governor.ask(START, &ask(user, user as u64 * 1_000, persons));
            }
            let (meters, bytes) = governor.size();
            let (each, all) = (bytes / meters.max(1), bytes >> 20);
            println!("{:>10}  {persons:>12}  {meters:>6}  {each:>32}  {all:>9}   {name}", 100_000);
        }
    }
}

fn asks(criterion: &mut Criterion) {
    memory();
    let mut group = criterion.benchmark_group("ask");
    for (name, limits) in [("no limits", limits("")), ("one limit", limits(ONE)), ("default bundle", default())] {
        let governor = Governor::new(limits, [1; 32]);
        let single: Vec<Ask> = (0..64).map(|n| ask(n, n as u64 * 100, 1)).collect();
        let mut turn = 0;
        group.throughput(Throughput::Elements(1));
        group.bench_function(format!("1 person, {name}"), |bencher| {
            bencher.iter(|| {
                turn = (turn + 1) % single.len();
                black_box(governor.ask(START, &single[turn]))
            });
        });
        // As an export does: chunks of 256 persons, always others.
        let chunks: Vec<Ask> = (0..4_000).map(|n| ask(0, 1_000_000 + n * 256, 256)).collect();
        let mut next = 0;
        group.throughput(Throughput::Elements(256));
        group.bench_function(format!("256 persons, {name}"), |bencher| {
            bencher.iter(|| {
                next = (next + 1) % chunks.len();
                black_box(governor.ask(START, &chunks[next]))
            });
        });
    }
    group.finish();
}

criterion_group!(benches, asks);
criterion_main!(benches);
