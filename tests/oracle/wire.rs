//! A PostgreSQL client that hides nothing: it keeps every message as it came.

use std::io::{BufReader, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

/// One message of the server, as it came.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Message {
    pub kind: u8,
    pub body: Vec<u8>,
}

impl Message {
    /// A field of an ErrorResponse or NoticeResponse.
    pub fn field(&self, code: u8) -> Option<String> {
        let mut fields = self.body.split(|byte| *byte == 0);
        let field = fields.find(|field| field.first() == Some(&code))?;
        Some(String::from_utf8_lossy(&field[1..]).into_owned())
    }

    /// The message for people.
    pub fn show(&self) -> String {
        format!("{} {}", self.kind as char, self.body.escape_ascii())
    }
}

/// How a statement is sent.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mode {
    Simple,
    /// Parse, Describe, Bind, Describe, Execute; results as text.
    Extended,
    /// The same with binary results, fetched in three portions.
    Binary,
}

/// A connection that is logged in.
#[derive(Debug)]
pub struct Connection {
    stream: BufReader<TcpStream>,
    /// Whether the server ended it.
    pub closed: bool,
    /// Transaction status of the last ReadyForQuery.
    pub status: u8,
}

impl Connection {
    /// Logs in to a server that trusts this user.
    pub fn open(port: u16, user: &str, database: &str) -> Self {
        let stream = TcpStream::connect(("127.0.0.1", port)).expect("connected");
        stream.set_read_timeout(Some(Duration::from_secs(60))).expect("a time-out");
        stream.set_nodelay(true).expect("no delay");
        let mut connection = Self { stream: BufReader::new(stream), closed: false, status: 0 };
        let mut body = 196_608_i32.to_be_bytes().to_vec();
        for text in ["user", user, "database", database, "client_encoding", "UTF8", ""] {
            text_into(&mut body, text);
        }
        let mut packet = (body.len() as i32 + 4).to_be_bytes().to_vec();
        packet.extend(body);
        connection.send(&packet);
        let answer = connection.receive();
        assert_eq!(
            connection.status,
            b'I',
            "log-in of {user}: {:?}",
            answer.iter().map(Message::show).collect::<Vec<_>>()
        );
        connection
    }

    /// Sends a statement in that mode and returns everything up to ReadyForQuery, or to the end of the connection.
    pub fn run(&mut self, mode: Mode, text: &str, parameters: &[Option<String>]) -> Vec<Message> {
        self.send(&packet(mode, text, parameters, true));
        self.receive()
    }

    /// Sends what [`packet`] made.
    pub fn send(&mut self, packet: &[u8]) {
        if self.stream.get_mut().write_all(packet).is_err() {
            self.closed = true;
        }
    }

    /// Everything up to the next ReadyForQuery, or to the end of the connection.
    pub fn receive(&mut self) -> Vec<Message> {
        let mut messages = Vec::new();
        while let Some(message) = self.message() {
            match message.kind {
                // The statements here never have data to send.
                b'G' => self.refuse_copy(),
                b'Z' => {
                    self.status = message.body[0];
                    messages.push(message);
                    return messages;
                }
                _ => {}
            }
            messages.push(message);
        }
        self.closed = true;
        messages
    }

    fn refuse_copy(&mut self) {
        let mut packet = Vec::new();
        frame(&mut packet, b'f', |body| text_into(body, "no data"));
        frame(&mut packet, b'S', |_| {});
        self.send(&packet);
    }

    fn message(&mut self) -> Option<Message> {
        let mut header = [0; 5];
        self.stream.read_exact(&mut header).ok()?;
        let length = i32::from_be_bytes([header[1], header[2], header[3], header[4]]);
        let mut body = vec![0; usize::try_from(length).expect("a length") - 4];
        self.stream.read_exact(&mut body).ok()?;
        Some(Message { kind: header[0], body })
    }
}

/// The bytes that ask for a statement in that mode; `in_portions`: binary rows come in several.
pub fn packet(mode: Mode, text: &str, parameters: &[Option<String>], in_portions: bool) -> Vec<u8> {
    let mut packet = Vec::new();
    match mode {
        Mode::Simple => frame(&mut packet, b'Q', |body| text_into(body, text)),
        Mode::Extended => extended(&mut packet, text, &[], parameters, 0, &[0]),
        Mode::Binary => {
            extended(&mut packet, text, &[], parameters, 1, if in_portions { portions(text) } else { &[0] })
        }
    }
    packet
}

/// [`Mode::Extended`] with the types of parameters, by number.
pub fn with_types(text: &str, types: &[u32], parameters: &[Option<String>]) -> Vec<u8> {
    let mut packet = Vec::new();
    extended(&mut packet, text, types, parameters, 0, &[0]);
    packet
}

/// Row limits of the Executes: what returns no rows cannot be executed in portions.
fn portions(text: &str) -> &'static [i32] {
    let first = text.split_whitespace().next().unwrap_or_default().to_ascii_uppercase();
    let rows = ["SELECT", "WITH", "TABLE", "VALUES"].contains(&first.as_str()) && !text.contains(" INTO ");
    if rows { &[2, 5, 0] } else { &[0] }
}

fn text_into(body: &mut Vec<u8>, text: &str) {
    body.extend_from_slice(text.as_bytes());
    body.push(0);
}

fn frame(packet: &mut Vec<u8>, kind: u8, fill: impl FnOnce(&mut Vec<u8>)) {
    let mut body = Vec::new();
    fill(&mut body);
    packet.push(kind);
    packet.extend((body.len() as i32 + 4).to_be_bytes());
    packet.extend(body);
}

/// The whole pipeline of one statement; `portions` are the row limits of its Executes.
fn extended(
    packet: &mut Vec<u8>,
    text: &str,
    types: &[u32],
    parameters: &[Option<String>],
    format: i16,
    portions: &[i32],
) {
    frame(packet, b'P', |body| {
        body.push(0);
        text_into(body, text);
        body.extend((types.len() as i16).to_be_bytes());
        types.iter().for_each(|oid| body.extend(oid.to_be_bytes()));
    });
    frame(packet, b'D', |body| body.extend(b"S\0"));
    frame(packet, b'B', |body| {
        body.extend([0, 0]);
        body.extend(0_i16.to_be_bytes());
        body.extend((parameters.len() as i16).to_be_bytes());
        for parameter in parameters {
            body.extend(parameter.as_ref().map_or(-1, |value| value.len() as i32).to_be_bytes());
            body.extend(parameter.iter().flat_map(|value| value.bytes()));
        }
        body.extend(1_i16.to_be_bytes());
        body.extend(format.to_be_bytes());
    });
    frame(packet, b'D', |body| body.extend(b"P\0"));
    for portion in portions {
        frame(packet, b'E', |body| {
            body.push(0);
            body.extend(portion.to_be_bytes());
        });
    }
    frame(packet, b'S', |_| {});
}
