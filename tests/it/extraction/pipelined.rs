//! Rows that are stopped where more has been sent behind them.

use std::io::Write as _;
use std::net::TcpStream;

use menshen::wire::frame::{self, Sender};
use menshen::wire::server::ProtocolVersion;
use menshen::wire::write;

use super::limits::limit;
use super::{World, world};
use crate::cluster::shared;
use crate::server::raw::{connect, read_until, read_until_ready, startup};

/// Ends within a chunk of the limit: the server is done with it before it could be cancelled.
const STOPPED: &str = "SELECT id, phone FROM crm.buyers WHERE id <= 700";

fn open(world: &World) -> TcpStream {
    let mut stream = connect(world.menshen.port);
    let hello = startup(ProtocolVersion::V3_0, &[("user", "clerk"), ("database", &world.database)]);
    stream.write_all(&hello).expect("sent");
    read_until_ready(&mut stream);
    stream
}

fn query(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    write::query(&mut bytes, text.as_bytes()).expect("written");
    bytes
}

fn run(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    write::parse(&mut bytes, b"", text.as_bytes(), [].into_iter()).expect("written");
    write::bind(&mut bytes, b"", b"", &[], &[], &[]).expect("written");
    write::execute(&mut bytes, b"", 0).expect("written");
    bytes
}

/// Says it, and answers what comes until so many ReadyForQuery: kinds of messages without rows, with state or command.
fn answers(stream: &mut TcpStream, said: &[u8], ready: usize) -> Vec<String> {
    stream.write_all(said).expect("sent");
    let heard = |bytes: &[u8]| {
        let (mut rest, mut heard) = (bytes, Vec::new());
        while let Ok(Some((frame, behind))) = frame::cut(Sender::Server, rest) {
            rest = behind;
            let text =
                |body: &[u8]| body.split(|byte| *byte == 0).next().unwrap_or_default().escape_ascii().to_string();
            match frame.tag() {
                b'D' => {}
                b'E' => {
                    let state = frame.body().split(|byte| *byte == 0).find(|field| field.starts_with(b"C"));
                    heard.push(format!("E {}", state.unwrap_or_default()[1..].escape_ascii()));
                }
                b'C' | b'Z' => heard.push(format!("{} {}", char::from(frame.tag()), text(frame.body()))),
                other => heard.push(char::from(other).to_string()),
            }
        }
        heard
    };
    let count = |bytes: &[u8]| heard(bytes).iter().filter(|line| line.starts_with('Z')).count();
    heard(&read_until(stream, |bytes| count(bytes) >= ready))
}

fn stored(world: &World) -> String {
    shared().sql(&world.database, "SELECT count(*) FROM crm.notes WHERE id > 900000").trim().to_owned()
}

#[test]
fn what_was_sent_behind_a_stopped_statement_is_not_done() {
    let world = world(2000, &limit("{ at = 300, do = \"block\" }"));
    let mut stream = open(&world);
    let insert = "INSERT INTO crm.notes VALUES (900001, 1, 'x')";
    let said = [query("BEGIN"), query(STOPPED), query(insert), query("COMMIT")].concat();
    let heard = answers(&mut stream, &said, 4);
    let expected = ["C BEGIN", "Z T", "T", "E 53400", "Z E", "E 25P02", "Z E", "C ROLLBACK", "Z I"];
    assert_eq!(heard, expected);
    assert_eq!(stored(&world), "0");
}

#[test]
fn a_pipeline_behind_a_stopped_statement_is_skipped() {
    let world = world(2000, &limit("{ at = 300, do = \"block\" }"));
    let mut stream = open(&world);
    let insert = "INSERT INTO crm.notes VALUES (900002, 1, 'x')";
    let sync = || b"S\0\0\0\x04".to_vec();
    let said = [run("BEGIN"), run(STOPPED), run(insert), sync(), run("COMMIT"), sync(), query("SELECT 1")].concat();
    let heard = answers(&mut stream, &said, 3);
    let expected =
        ["1", "2", "C BEGIN", "1", "2", "E 53400", "Z E", "1", "2", "C ROLLBACK", "Z I", "T", "C SELECT 1", "Z I"];
    assert_eq!(heard, expected);
    // without a transaction, too
    let mut stream = open(&world);
    let said = [run(STOPPED), run(insert), sync(), query("SELECT 1")].concat();
    answers(&mut stream, &said, 2);
    assert_eq!(stored(&world), "0");
}

/// What Menshen says to the server to fail a transaction does not come into the middle of what the client is sending: the
/// server would take it for data, and as much of the data for messages.
#[test]
fn nothing_is_said_within_the_client_s_data() {
    let world = world(2000, &limit("{ at = 300, do = \"block\" }"));
    let mut stream = open(&world);
    answers(&mut stream, &query("BEGIN"), 1);
    let own = query("SELECT menshen_refused_this_statement");
    let mut smuggled = query("SELECT upper(phone) FROM crm.buyers");
    let mut data = b"d".to_vec();
    data.extend((own.len() as u32 + 14).to_be_bytes());
    data.extend([b'x'; 10]);
    let heard = answers(&mut stream, &[query(STOPPED), data].concat(), 1);
    assert_eq!(heard, ["T", "E 53400", "Z E"]);
    smuggled.resize(own.len(), b' ');
    let heard = answers(&mut stream, &[smuggled, query("SELECT 1"), query("ROLLBACK")].concat(), 2);
    assert_eq!(heard, ["E 25P02", "Z E", "C ROLLBACK", "Z I"]);
}
