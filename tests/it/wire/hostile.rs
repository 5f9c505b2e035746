//! Streams that were good once: bytes flipped, counts and lengths inflated, pieces lost or doubled. Whatever arrives,
//! every byte belongs to exactly one frame, nothing panics, and both ways of walking over a stream agree.

use menshen::wire::client::{self, Target};
use menshen::wire::frame::{Header, Sender, Walk, cut, cut_startup, header};
use menshen::wire::server::{self, FieldDescription, ProtocolVersion, Status};
use menshen::wire::write;
use proptest::prelude::*;

fn client_stream(seed: &[u8]) -> Vec<u8> {
    let mut stream = Vec::new();
    for &kind in seed {
        let name = &b"statement"[..usize::from(kind % 9)];
        let written = match kind % 8 {
            0 => write::query(&mut stream, b"select 1; select '\xd5\xc5'"),
            1 => write::parse(&mut stream, name, b"select $1", [23, 0].into_iter()),
            2 => write::bind(&mut stream, b"", name, &[0, 1], &[Some(b"138"), None], &[1]),
            3 => write::describe(&mut stream, Target::Portal(name)),
            4 => write::execute(&mut stream, name, 7),
            5 => write::close(&mut stream, Target::Statement(name)),
            6 => write::sasl_initial_response(&mut stream, "SCRAM-SHA-256", b"n,,n=,r=abc"),
            _ => {
                write::sync(&mut stream);
                Ok(())
            }
        };
        written.expect("written");
    }
    stream
}

fn server_stream(seed: &[u8]) -> Vec<u8> {
    let mut stream = Vec::new();
    let field = FieldDescription {
        name: b"phone",
        table_oid: 16_400,
        column_number: 3,
        type_oid: 25,
        type_size: -1,
        type_modifier: -1,
        format: 0,
    };
    for &kind in seed {
        let written = match kind % 8 {
            0 => write::row_description(&mut stream, &[field, field]),
            1 | 2 => write::data_row(&mut stream, &[Some(b"13800138000"), None, Some(b"")]),
            3 => write::fields(&mut stream, b'E', [(b'S', b"ERROR".as_slice()), (b'M', b"no")]),
            4 => write::command_complete(&mut stream, b"SELECT 2"),
            5 => write::negotiate_protocol_version(&mut stream, ProtocolVersion::V3_0, &[b"_pq_.x"]),
            6 => write::authentication_sasl(&mut stream, &["SCRAM-SHA-256"]),
            _ => {
                write::ready_for_query(&mut stream, Status::Idle);
                Ok(())
            }
        };
        written.expect("written");
    }
    stream
}

/// One change to a stream, at a place that is taken modulo its length.
#[derive(Clone, Debug)]
enum Change {
    Flip(usize, u8),
    Number(usize, u32),
    Remove(usize, usize),
    Double(usize, usize),
    Insert(usize, Vec<u8>),
}

fn change() -> impl Strategy<Value = Change> {
    let numbers = prop::sample::select(vec![
        0,
        1,
        3,
        4,
        5,
        10_000,
        10_001,
        0xffff,
        0x3fff_fffe,
        0x3fff_ffff,
        0x7fff_ffff,
        0x8000_0000,
        0xffff_fffe,
        u32::MAX,
    ]);
    prop_oneof![
        (any::<usize>(), any::<u8>()).prop_map(|(at, byte)| Change::Flip(at, byte)),
        (any::<usize>(), numbers).prop_map(|(at, number)| Change::Number(at, number)),
        (any::<usize>(), 1..9_usize).prop_map(|(at, count)| Change::Remove(at, count)),
        (any::<usize>(), 1..40_usize).prop_map(|(at, count)| Change::Double(at, count)),
        (any::<usize>(), prop::collection::vec(any::<u8>(), 1..9)).prop_map(|(at, bytes)| Change::Insert(at, bytes)),
    ]
}

fn apply(stream: &mut Vec<u8>, change: &Change) {
    if stream.is_empty() {
        return;
    }
    let length = stream.len();
    let range = |at: usize, count: usize| at % length..(at % length + count).min(length);
    match *change {
        Change::Flip(at, byte) => stream[at % length] ^= byte,
        Change::Number(at, number) => {
            let range = range(at, 4);
            let bytes = number.to_be_bytes();
            stream[range.clone()].copy_from_slice(&bytes[..range.len()]);
        }
        Change::Remove(at, count) => drop(stream.drain(range(at, count))),
        Change::Double(at, count) => {
            let piece = stream[range(at, count)].to_vec();
            stream.splice(at % length..at % length, piece);
        }
        Change::Insert(at, ref bytes) => drop(stream.splice(at % length..at % length, bytes.iter().copied())),
    }
}

/// Cuts and reads all that can be; answers the tags seen and what was left.
fn cut_all(sender: Sender, stream: &[u8]) -> (Vec<u8>, usize, bool) {
    let (mut rest, mut tags) = (stream, Vec::new());
    loop {
        let before = rest.len();
        match cut(sender, rest) {
            Err(_) => return (tags, rest.len(), true),
            Ok(None) => return (tags, rest.len(), false),
            Ok(Some((frame, behind))) => {
                assert_eq!(frame.bytes().len() + behind.len(), before);
                assert_eq!(frame.body().len() + Header::SIZE, frame.bytes().len());
                read(sender, frame);
                tags.push(frame.tag());
                rest = behind;
            }
        }
    }
}

/// Reads a message in full. What counts promise is there.
fn read(sender: Sender, frame: menshen::wire::frame::Frame<'_>) {
    let body = frame.body().len();
    match sender {
        Sender::Client => match client::Message::read(frame) {
            Ok(client::Message::Bind(bind)) => {
                assert_eq!(bind.parameters.iter().count(), bind.parameters.len());
                let bytes: usize = bind.parameters.iter().flatten().map(<[u8]>::len).sum();
                assert!(bytes + bind.portal.len() + bind.statement.len() + 2 <= body);
            }
            Ok(client::Message::Parse(parse)) => assert!(parse.types.iter().count() * 4 + parse.text.len() <= body),
            Ok(client::Message::Password(body)) => drop(client::SaslInitialResponse::read(body)),
            _ => (),
        },
        Sender::Server => match server::Message::read(frame) {
            Ok(server::Message::DataRow(row)) => assert_eq!(row.values.iter().count(), row.values.len()),
            Ok(server::Message::RowDescription(row)) => assert_eq!(row.iter().count(), row.len()),
            Ok(server::Message::Error(fields)) => {
                assert!(fields.iter().map(|(_, text)| text.len() + 2).sum::<usize>() < body);
            }
            _ => (),
        },
    }
}

/// Walks over the stream in chunks; answers the tags seen.
fn walk_all(sender: Sender, stream: &[u8], chunk: usize) -> (Vec<u8>, bool) {
    let (mut walk, mut held, mut tags) = (Walk::new(sender), Vec::new(), Vec::new());
    for part in stream.chunks(chunk) {
        held.extend_from_slice(part);
        let accept = |head: Header| {
            tags.push(head.tag());
            true
        };
        match walk.run(&held, accept) {
            Ok(run) => drop(held.drain(..run.passed)),
            Err(_) => return (tags, true),
        }
        assert!(held.len() < Header::SIZE, "only a header may wait");
    }
    (tags, false)
}

fn check(sender: Sender, stream: &[u8], chunk: usize) {
    let (cut_tags, left, failed) = cut_all(sender, stream);
    let (walk_tags, walk_failed) = walk_all(sender, stream, chunk);
    assert_eq!(failed, walk_failed);
    // the walk has seen a message begin that cutting still waits for
    let begun = !failed && header(sender, &stream[stream.len() - left..]).is_ok_and(|head| head.is_some());
    assert_eq!(walk_tags.len(), cut_tags.len() + usize::from(begun));
    assert_eq!(walk_tags[..cut_tags.len()], cut_tags);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn clients(seed in prop::collection::vec(any::<u8>(), 1..9), changes in prop::collection::vec(change(), 0..4), chunk in 1_usize..99) {
        let mut stream = client_stream(&seed);
        changes.iter().for_each(|change| apply(&mut stream, change));
        check(Sender::Client, &stream, chunk);
        // the same bytes where a start-up packet is expected
        if let Ok(Some((frame, rest))) = cut_startup(&stream) {
            prop_assert_eq!(frame.bytes().len() + rest.len(), stream.len());
            let _ = client::Startup::read(frame);
        }
    }

    #[test]
    fn servers(seed in prop::collection::vec(any::<u8>(), 1..9), changes in prop::collection::vec(change(), 0..4), chunk in 1_usize..99) {
        let mut stream = server_stream(&seed);
        changes.iter().for_each(|change| apply(&mut stream, change));
        check(Sender::Server, &stream, chunk);
    }

    #[test]
    fn start_up_packets(changes in prop::collection::vec(change(), 0..4), long in 0_usize..300) {
        let mut packet = Vec::new();
        let value = vec![b'x'; long];
        let options = [(b"user".as_slice(), b"a".as_slice()), (b"options", &value), (b"_pq_.x", b"")];
        write::startup(&mut packet, ProtocolVersion::V3_2, options).expect("written");
        changes.iter().for_each(|change| apply(&mut packet, change));
        if let Ok(Some((frame, _))) = cut_startup(&packet)
            && let Ok(client::Startup::Session(message)) = client::Startup::read(frame)
        {
            // every byte of the packet is a name, a value or a terminator
            let bytes: usize = message.options().map(|(name, value)| name.len() + value.len() + 2).sum();
            prop_assert_eq!(bytes + 1 + 8, frame.bytes().len());
        }
    }
}
