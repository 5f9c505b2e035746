//! What a byte costs that is only passed on, and what a message costs that is read.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a benchmark of known bytes")]
#![allow(missing_docs, reason = "criterion's macros make the functions")]

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use menshen::wire::encoding::Encoding;
use menshen::wire::frame::{Sender, Walk, cut};
use menshen::wire::{client, server, write};

const STREAM: usize = 1 << 20;
const CHUNK: usize = 64 << 10;

/// Rows of two columns, together about 1 MB.
fn rows(value: &[u8]) -> Vec<u8> {
    let mut stream = Vec::with_capacity(STREAM + 2 * value.len() + 64);
    while stream.len() < STREAM {
        write::data_row(&mut stream, &[Some(b"1234567"), Some(value)]).unwrap();
    }
    stream
}

/// Walks over the stream as a relay does: in chunks, a header that is cut waits for the next one.
fn walk(stream: &[u8]) -> usize {
    let mut walk = Walk::new(Sender::Server);
    let (mut start, mut messages) = (0, 0);
    while start < stream.len() {
        let end = stream.len().min(start + CHUNK);
        let run = walk.run(&stream[start..end], |head| head.tag() == b'D').unwrap();
        messages += run.begun;
        start += run.passed;
    }
    messages
}

/// Cuts every row and goes through its values.
fn read(stream: &[u8]) -> usize {
    let (mut rest, mut bytes) = (stream, 0);
    while let Ok(Some((frame, behind))) = cut(Sender::Server, rest) {
        let server::Message::DataRow(row) = server::Message::read(frame).unwrap() else { break };
        bytes += row.values.iter().flatten().map(<[u8]>::len).sum::<usize>();
        rest = behind;
    }
    bytes
}

fn relay(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("wire");
    for (name, value) in [("short rows", vec![b'x'; 20]), ("long rows", vec![b'x'; 2000])] {
        let stream = rows(&value);
        group.throughput(Throughput::Bytes(stream.len() as u64));
        group.bench_function(format!("walk 1 MB of {name}"), |b| b.iter(|| walk(black_box(&stream))));
        group.bench_function(format!("read 1 MB of {name}"), |b| b.iter(|| read(black_box(&stream))));
    }
    group.finish();
}

fn messages(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("message");
    let mut bind = Vec::new();
    write::bind(&mut bind, b"", b"S_1", &[], &[Some(b"13800138000"), None, Some(b"42")], &[]).unwrap();
    group.bench_function("read Bind", |b| {
        b.iter(|| {
            let (frame, _) = cut(Sender::Client, black_box(&bind)).unwrap().unwrap();
            client::Message::read(frame).unwrap()
        });
    });
    let mut buffer = Vec::with_capacity(256);
    group.bench_function("write Parse", |b| {
        b.iter(|| {
            buffer.clear();
            let text = black_box(b"SELECT id, phone FROM housing.buyers WHERE id = $1");
            write::parse(&mut buffer, b"S_1", text, [23].into_iter()).unwrap();
            buffer.len()
        });
    });
    let gbk = Encoding::by_name(b"GBK").unwrap();
    let text = gbk.encode(&"SELECT 姓名, 电话 FROM 买家 WHERE 项目 = '春江花园' ".repeat(8)).unwrap().into_owned();
    group.throughput(Throughput::Bytes(text.len() as u64));
    group.bench_function("decode GBK", |b| b.iter(|| gbk.decode(black_box(&text)).unwrap().len()));
    group.finish();
}

criterion_group!(benches, relay, messages);
criterion_main!(benches);
