//! The first bytes of a connection, well-formed or not: what PostgreSQL answers, Menshen answers.

use std::io::Write;

use menshen::wire::server::ProtocolVersion;
use menshen::wire::write;

use super::raw::{cancel_key, connect, converse, error, read_until_ready, startup};
use super::{KEPT, descriptors, logged, plain, until};
use crate::cluster::shared;
use crate::menshen::Settings;

fn ssl_request() -> Vec<u8> {
    let mut bytes = Vec::new();
    write::ssl_request(&mut bytes);
    bytes
}

fn gss_request() -> Vec<u8> {
    let mut bytes = Vec::new();
    write::gssenc_request(&mut bytes);
    bytes
}

#[test]
fn garbage_is_answered_as_the_server_does() {
    let (cluster, menshen) = (shared(), plain());
    let session = startup(ProtocolVersion::V3_0, &[("user", "nobody"), ("database", "postgres")]);
    let huge = 0x7fff_ffff_u32.to_be_bytes();
    let no_end = [&12_u32.to_be_bytes()[..], &ProtocolVersion::V3_0.code().to_be_bytes(), b"user"].concat();
    let cases: &[(&str, Vec<u8>)] = &[
        ("nothing", Vec::new()),
        ("one byte", b"\0".to_vec()),
        ("a web browser", b"GET / HTTP/1.1\r\nHost: x\r\n\r\n".to_vec()),
        ("a length too small", b"\0\0\0\x07abc".to_vec()),
        ("a length too large", [&huge[..], b"abc"].concat()),
        ("a truncated packet", session[..20].to_vec()),
        ("protocol 9.9", startup(ProtocolVersion { major: 9, minor: 9 }, &[("user", "x")])),
        ("no user", startup(ProtocolVersion::V3_0, &[("database", "x")])),
        ("no terminator", no_end),
        ("SSLRequest and nothing", ssl_request()),
        ("data behind an SSLRequest", [ssl_request(), session.clone()].concat()),
        ("a password that is no SASL message", [session.clone(), b"p\0\0\0\x04".to_vec()].concat()),
        ("a query instead of a password", [session, b"Q\0\0\0\x0dSELECT 1\0".to_vec()].concat()),
    ];
    let before = descriptors(&menshen);
    for (name, bytes) in cases {
        (0..3).for_each(|_| drop(converse(menshen.port, bytes)));
        let (theirs, ours) = (converse(cluster.port, bytes), converse(menshen.port, bytes));
        let code = |answer: &[u8]| error(answer.trim_ascii_start_of(b'N')).map(|(sqlstate, _)| sqlstate);
        assert_eq!(code(&ours), code(&theirs), "{name}: {:?}", String::from_utf8_lossy(&ours));
        assert_eq!(ours.is_empty(), theirs.is_empty(), "{name}");
        // whether a declined request is answered before its sequel is refused makes no difference
        assert_eq!(ours.trim_ascii_start_of(b'N').first(), theirs.trim_ascii_start_of(b'N').first(), "{name}");
    }
    until("descriptors are given back", || descriptors(&menshen) <= before + KEPT);
    // one line each, but for those that only left: at once, or when they were asked for a password
    logged(&menshen, "log-in failed", 4 * 11);
    assert!(!menshen.log().contains("panicked"), "{}", menshen.log());
}

/// Skips the one-byte answers before the first message.
trait Skip {
    fn trim_ascii_start_of(&self, byte: u8) -> &[u8];
}

impl Skip for [u8] {
    fn trim_ascii_start_of(&self, byte: u8) -> &[u8] {
        let skip = self.iter().take_while(|&&other| other == byte).count();
        &self[skip..]
    }
}

#[test]
fn newer_protocols_are_negotiated_down_to_3_2() {
    let cluster = shared();
    cluster.login("newer", "secret");
    let menshen =
        crate::menshen::Menshen::start(cluster, &Settings::new("policies").trusting().user("newer", "secret"));
    let hello = |version, extra: &[(&str, &str)]| {
        let mut stream = connect(menshen.port);
        let options = [&[("user", "newer"), ("database", "postgres")], extra].concat();
        stream.write_all(&startup(version, &options)).unwrap();
        let answer = read_until_ready(&mut stream);
        assert!(error(&answer).is_none(), "{:?}", error(&answer));
        answer
    };
    let key_length = |answer: &[u8]| cancel_key(answer).map(|(_, key)| key.len());
    let version = |minor| ProtocolVersion { major: 3, minor };

    let old = hello(version(0), &[]);
    assert_eq!((old.first(), key_length(&old)), (Some(&b'R'), Some(4)));
    let new = hello(version(2), &[]);
    assert_eq!((new.first(), key_length(&new)), (Some(&b'R'), Some(32)));
    let newest = hello(version(9999), &[("_pq_.unheard_of", "1")]);
    let negotiated = b"v\0\0\0\x1c\0\x03\0\x02\0\0\0\x01_pq_.unheard_of\0";
    assert!(newest.starts_with(negotiated), "{:?}", &newest[..40]);
    assert_eq!(key_length(&newest), Some(32));
    let optional = hello(version(0), &[("_pq_.unheard_of", "1")]);
    assert!(optional.starts_with(b"v\0\0\0\x1c\0\x03\0\0\0\0\0\x01_pq_.unheard_of\0"), "{:?}", &optional[..40]);
}
