//! A client that speaks bytes, well-formed or not.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpStream};
use std::time::Duration;

use menshen::wire::frame::{self, Sender};
use menshen::wire::server::{Message, ProtocolVersion};
use menshen::wire::write;

/// Says something, then nothing more, and returns everything that is answered until the other side closes.
pub fn converse(port: u16, bytes: &[u8]) -> Vec<u8> {
    let mut stream = connect(port);
    // the other side may have closed before everything was said
    let _ = stream.write_all(bytes);
    let _ = stream.shutdown(Shutdown::Write);
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    answer
}

pub fn connect(port: u16) -> TcpStream {
    let stream = TcpStream::connect(("127.0.0.1", port)).expect("connected");
    stream.set_read_timeout(Some(Duration::from_secs(20))).expect("set");
    stream
}

/// Reads until `enough` is satisfied or the other side closes.
pub fn read_until(stream: &mut impl Read, enough: impl Fn(&[u8]) -> bool) -> Vec<u8> {
    let mut answer = Vec::new();
    let mut chunk = [0; 4096];
    while !enough(&answer) {
        match stream.read(&mut chunk) {
            Ok(0) | Err(_) => break,
            Ok(count) => answer.extend_from_slice(&chunk[..count]),
        }
    }
    answer
}

/// Reads until ReadyForQuery.
pub fn read_until_ready(stream: &mut impl Read) -> Vec<u8> {
    read_until(stream, |bytes| bytes.ends_with(b"Z\0\0\0\x05I"))
}

pub fn startup(version: ProtocolVersion, options: &[(&str, &str)]) -> Vec<u8> {
    let mut packet = Vec::new();
    let options = options.iter().map(|(name, value)| (name.as_bytes(), value.as_bytes()));
    write::startup(&mut packet, version, options).expect("written");
    packet
}

/// SQLSTATE and message of the ErrorResponse among these messages; `None`: there is none.
pub fn error(mut bytes: &[u8]) -> Option<(String, String)> {
    let text = |bytes: Option<&[u8]>| String::from_utf8(bytes.unwrap_or_default().to_vec()).expect("UTF-8");
    while let Ok(Some((frame, rest))) = frame::cut(Sender::Server, bytes) {
        bytes = rest;
        if let Ok(Message::Error(fields)) = Message::read(frame) {
            return Some((text(fields.get(b'C')), text(fields.get(b'M'))));
        }
    }
    None
}

/// Process id and secret of the BackendKeyData among these messages.
pub fn cancel_key(mut bytes: &[u8]) -> Option<(u32, Vec<u8>)> {
    while let Ok(Some((frame, rest))) = frame::cut(Sender::Server, bytes) {
        bytes = rest;
        if let Ok(Message::BackendKeyData(key)) = Message::read(frame) {
            return Some((key.process_id, key.key.to_vec()));
        }
    }
    None
}
