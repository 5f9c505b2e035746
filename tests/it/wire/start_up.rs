//! Start-up packets as PostgreSQL takes and refuses them.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use menshen::wire::client::Startup;
use menshen::wire::frame::{Sender, cut, cut_startup};
use menshen::wire::server::{Message, ProtocolVersion};
use menshen::wire::write;

use crate::cluster::shared;

/// Sends bytes and reads until the server waits for more or hangs up.
fn answer(bytes: &[u8]) -> Vec<u8> {
    let cluster = shared();
    let mut server = TcpStream::connect((cluster.host.as_str(), cluster.port)).expect("connected");
    server.set_read_timeout(Some(Duration::from_secs(20))).expect("a time-out");
    server.write_all(bytes).expect("sent");
    // a server that has hung up on what we still had to say resets the connection: behind its answer, or before this
    let _ = server.shutdown(std::net::Shutdown::Write);
    let mut answer = Vec::new();
    let _ = server.read_to_end(&mut answer);
    answer
}

fn packet(version: ProtocolVersion, options: &[(&[u8], &[u8])]) -> Vec<u8> {
    let mut bytes = Vec::new();
    write::startup(&mut bytes, version, options.iter().copied()).expect("written");
    bytes
}

fn first(bytes: &[u8]) -> Message<'_> {
    let (frame, _) = cut(Sender::Server, bytes).expect("a frame").expect("a whole frame");
    Message::read(frame).expect("a message")
}

#[test]
fn the_server_negotiates_with_a_whole_version_code() {
    let bytes =
        answer(&packet(ProtocolVersion { major: 3, minor: 9999 }, &[(b"user", b"postgres"), (b"_pq_.x", b"1")]));
    let Message::NegotiateProtocolVersion(negotiate) = first(&bytes) else { panic!("{bytes:?}") };
    assert!(negotiate.version <= ProtocolVersion::V3_2 && negotiate.version >= ProtocolVersion::V3_0);
    assert_eq!(negotiate.unknown().collect::<Vec<_>>(), [b"_pq_.x"]);
}

/// What we refuse, the server refuses.
#[test]
fn packets_that_we_refuse_the_server_refuses() {
    let good = packet(ProtocolVersion::V3_0, &[(b"user", b"postgres"), (b"database", b"postgres")]);
    assert!(matches!(first(&answer(&good)), Message::Authentication(_)));
    let with_length = |length: u32| [&length.to_be_bytes(), &good[4..]].concat();
    let mut unterminated = good.clone();
    unterminated.pop();
    unterminated[3] -= 1;
    let long = [&10_005_u32.to_be_bytes()[..], &[0, 3, 0, 0], &[b'x'; 10_000]].concat();
    let left_over = [&(good.len() as u32 + 1).to_be_bytes(), &good[4..], b"\0"].concat();
    for bytes in
        [with_length(0), with_length(7), with_length(0x7fff_ffff), with_length(u32::MAX), unterminated, long, left_over]
    {
        let ours = cut_startup(&bytes).map(|cut| cut.map(|(frame, _)| Startup::read(frame)));
        assert!(!matches!(ours, Ok(Some(Ok(_)))), "{bytes:?}");
        let theirs = answer(&bytes);
        assert!(theirs.is_empty() || matches!(first(&theirs), Message::Error(_)), "{bytes:?} {theirs:?}");
    }
}
