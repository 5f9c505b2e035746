//! Cold analysis of statements of growing size, checked as the session has it.

#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a broken fixture is a failed bench")]

use std::collections::BTreeMap;
use std::hint::black_box;
use std::path::Path;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use menshen::check::check;
use menshen::rights::bind::bind;
use menshen::sql::analyse::{Context, Outcome, analyse};

#[path = "../tests/rewrite/fixture/mod.rs"]
mod fixture;

/// A statement over two protected tables with a list of about `bytes` bytes.
fn statement(bytes: usize) -> String {
    let mut text = "SELECT b.id, b.phone, lower(c.phone) FROM housing.buyers b JOIN housing.co_buyers c \
                    ON c.buyer_id = b.id WHERE b.id IN (1"
        .to_owned();
    while text.len() + 1 < bytes {
        text.push_str(", 12345");
    }
    text.push(')');
    text
}

fn cold(criterion: &mut Criterion) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rewrite/fixture");
    let read = |name: &str| std::fs::read_to_string(root.join(name)).unwrap();
    let files: BTreeMap<String, String> =
        ["policy.csv", "classification.toml"].into_iter().map(|name| (name.to_owned(), read(name))).collect();
    let policy = menshen::policy::compile(&files).unwrap();
    let catalog = fixture::Catalog::parse(&read("catalog.txt"), &read("builtin.txt"));
    let snapshot = catalog.snapshot(catalog.server_version);
    let rights = bind(&policy, &snapshot, &policy.principal("clerk", None, None));
    let names = catalog.names(None);
    let context = Context { snapshot: &snapshot, rights: &rights, names: &names };
    let mut group = criterion.benchmark_group("analyse");
    for bytes in [100, 500, 5_000, 50_000, 500_000] {
        let text = statement(bytes);
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.bench_with_input(BenchmarkId::new("cold", bytes), &text, |bencher, text| {
            bencher.iter(|| black_box(analyse(black_box(text), &context)));
        });
        let plan = analyse(&text, &context);
        let Outcome::Rewritten { text, .. } = &plan.outcome else { panic!("not rewritten") };
        group.bench_with_input(BenchmarkId::new("check", bytes), text, |bencher, text| {
            bencher.iter(|| black_box(check(black_box(text), &plan.statements, &snapshot, &rights, &names)));
        });
    }
    group.finish();
}

criterion_group!(benches, cold);
criterion_main!(benches);
