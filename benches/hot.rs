//! Finding a known shape again: the same text, and texts with other literals in them. The whole path of a session:
//! key, look-up, and the text that is sent.

#![expect(clippy::indexing_slicing, reason = "a broken fixture is a failed bench")]

use std::hint::black_box;
use std::sync::Arc;
use std::time::Duration;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use menshen::model::epochs::Epochs;
use menshen::model::ids::Digest;
use menshen::session::authority::{Authority, Lane};
use menshen::session::shape::Recent;

mod world;

use world::World;

/// A search form's statement of about `bytes` bytes; `n` is in its literals.
fn statement(bytes: usize, n: usize) -> String {
    let mut text = format!("SELECT b.id, b.name, b.phone FROM housing.buyers b WHERE b.id = {}", 100_000 + n);
    if bytes > 200 {
        text = format!(
            "SELECT b.id, b.name, b.phone, p.name AS project, p.city, c.total, c.signed FROM housing.buyers b \
             JOIN housing.projects p ON p.id = b.project_id LEFT JOIN housing.contracts c ON c.buyer_id = b.id \
             WHERE p.city = 'Qingdao' AND b.name = 'name {:06}' AND c.total > {}.50 AND c.signed >= '2026-01-31' AND \
             b.project_id IN ({}, 17, 18, 19) AND coalesce(p.name, '') <> 'none' GROUP BY b.id, b.name, b.phone, p.name, \
             p.city, c.total, c.signed ORDER BY c.signed DESC, b.id LIMIT 50 OFFSET {}",
            n,
            1_000 + n,
            n % 100,
            n % 1_000
        );
    }
    text
}

fn hot(criterion: &mut Criterion) {
    let World { snapshot, rights, names } = World::new();
    let digest = Digest::default();
    let epochs = Epochs { policy: 1, catalog: 1 };
    let authority =
        Authority::new(Arc::clone(&rights), Arc::clone(&snapshot), epochs, digest, Lane::Enforce, 10_000, true);
    let mut group = criterion.benchmark_group("hot");
    group.warm_up_time(Duration::from_millis(500)).measurement_time(Duration::from_secs(2));
    for bytes in [100, 500] {
        let texts: Vec<String> = (0..1_000).map(|n| statement(bytes, n)).collect();
        let first = &texts[..1];
        assert!(authority.analyse(&texts[0], &names, digest).0.checked.is_some(), "refused");
        assert!(authority.analyse(&texts[1], &names, digest).1, "the shape of other literals is not known");
        for (what, texts, recent) in [
            ("same-text", first, true),
            ("other-literals", &texts[..], true),
            ("not-in-this-session", &texts[..], false),
        ] {
            group.throughput(Throughput::Bytes(texts[0].len() as u64));
            group.bench_with_input(BenchmarkId::new(what, texts[0].len()), texts, |bencher, texts| {
                let mut next = texts.iter().cycle();
                let mut last = Recent::default();
                bencher.iter(|| {
                    let Some(text) = next.next() else { return };
                    let under = (authority.serial, digest);
                    let found = recent.then(|| last.find(under, black_box(text))).flatten();
                    black_box(found.unwrap_or_else(|| {
                        let (analysed, _) = authority.analyse(black_box(text), &names, digest);
                        last.note(text, &analysed);
                        analysed
                    }));
                });
            });
        }
    }
    group.finish();
}

criterion_group!(benches, hot);
criterion_main!(benches);
