//! Cold analysis of statements of growing size and of several kinds: rewriting and checking; the witness apart.

#![expect(clippy::panic, reason = "a broken fixture is a failed bench")]

use std::hint::black_box;
use std::time::Duration;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use menshen::check::witness::{Verdict, Witness};
use menshen::sql::analyse::{Context, Outcome, analyse};

mod world;

use world::{KINDS, World};

const SIZES: [usize; 6] = [100, 500, 5_000, 50_000, 500_000, 1_000_000];

fn cold(criterion: &mut Criterion) {
    let world = World::new();
    let mut group = criterion.benchmark_group("cold");
    group.sample_size(20).warm_up_time(Duration::from_millis(300)).measurement_time(Duration::from_secs(1));
    for (kind, statement) in KINDS {
        for bytes in SIZES {
            let text = statement(bytes);
            // the smallest of a kind may be longer than asked for
            if text.len() > bytes * 3 / 2 {
                continue;
            }
            group.throughput(Throughput::Bytes(text.len() as u64));
            group.bench_with_input(BenchmarkId::new(kind, bytes), &text, |bencher, text| {
                bencher.iter(|| world.analysed(black_box(text)));
            });
        }
    }
    group.finish();
}

fn witness(criterion: &mut Criterion) {
    let World { snapshot, rights, names } = &World::new();
    let context = Context { snapshot, rights, names };
    let witness = Witness::default();
    let mut group = criterion.benchmark_group("witness");
    group.sample_size(20).warm_up_time(Duration::from_millis(300)).measurement_time(Duration::from_secs(1));
    for (kind, statement) in KINDS {
        for bytes in [500, 5_000] {
            let text = statement(bytes);
            let plan = analyse(&text, &context);
            let sent = match &plan.outcome {
                Outcome::Relay => &text,
                Outcome::Rewritten { text, .. } => text,
                Outcome::Refuse(refusal) => panic!("{refusal:?}"),
            };
            group.throughput(Throughput::Bytes(text.len() as u64));
            group.bench_with_input(BenchmarkId::new(kind, bytes), sent, |bencher, sent| {
                bencher.iter(|| {
                    let heard = witness.hear(black_box(sent), &plan.statements, snapshot, rights, names);
                    assert!(!matches!(heard, Verdict::Contradicts(_)), "{heard:?}");
                });
            });
        }
    }
    group.finish();
}

criterion_group!(benches, cold, witness);
criterion_main!(benches);
