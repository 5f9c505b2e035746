//! What stands under a name is counted and stopped by every name that the server finds it by, and by every message.

use std::io::Write as _;
use std::net::TcpStream;

use menshen::wire::server::{Message, ProtocolVersion};
use menshen::wire::{frame, write};

use super::{RULES, World, until, world};
use crate::server::raw;

const LIMITS: &str = "[[limit]]\nname = \"all\"\nwho = \"role:caller\"\nmeter = \"subjects\"\nwindow = \"1d\"\n\
                      steps = [{ at = 1000000000, do = \"alert\" }]\n";

struct Client(TcpStream);

impl Client {
    fn new(world: &World) -> Self {
        let mut stream = raw::connect(world.menshen.port);
        let options = [("user", "clerk"), ("database", &*world.database), ("client_encoding", "UTF8")];
        stream.write_all(&raw::startup(ProtocolVersion::V3_0, &options)).expect("sent");
        raw::read_until_ready(&mut stream);
        Self(stream)
    }

    /// Says this, and hears how many rows come, and the SQLSTATE of an error.
    fn say(&mut self, bytes: &[u8]) -> (usize, Option<String>) {
        self.0.write_all(bytes).expect("sent");
        let ready = |bytes: &[u8]| bytes.len() >= 6 && bytes[bytes.len() - 6..].starts_with(b"Z\0\0\0\x05");
        let answer = raw::read_until(&mut self.0, ready);
        let (mut rest, mut rows, mut error) = (answer.as_slice(), 0, None);
        while let Ok(Some((message, behind))) = frame::cut(frame::Sender::Server, rest) {
            rows += usize::from(message.tag() == b'D');
            if let Ok(Message::Error(fields)) = Message::read(message) {
                error = fields.get(b'C').map(|sqlstate| String::from_utf8_lossy(sqlstate).into_owned());
            }
            rest = behind;
        }
        (rows, error)
    }

    fn query(&mut self, text: impl AsRef<[u8]>) -> (usize, Option<String>) {
        let mut bytes = Vec::new();
        write::query(&mut bytes, text.as_ref()).expect("written");
        self.say(&bytes)
    }

    fn parse(&mut self, name: &[u8], text: &str) {
        let mut bytes = Vec::new();
        write::parse(&mut bytes, name, text.as_bytes(), std::iter::empty()).expect("written");
        write::sync(&mut bytes);
        assert_eq!(self.say(&bytes), (0, None));
    }

    fn bind(&mut self, portal: &[u8], text: &str) {
        let mut bytes = Vec::new();
        write::parse(&mut bytes, b"", text.as_bytes(), std::iter::empty()).expect("written");
        write::bind(&mut bytes, portal, b"", &[], &[], &[]).expect("written");
        write::sync(&mut bytes);
        assert_eq!(self.say(&bytes), (0, None));
    }

    fn run(&mut self, text: &str, rows: i32) -> (usize, Option<String>) {
        let mut bytes = Vec::new();
        write::parse(&mut bytes, b"", text.as_bytes(), std::iter::empty()).expect("written");
        write::bind(&mut bytes, b"", b"", &[], &[], &[]).expect("written");
        write::execute(&mut bytes, b"", rows).expect("written");
        write::sync(&mut bytes);
        self.say(&bytes)
    }
}

fn counted(world: &World) -> u64 {
    world.metric("menshen_extraction_persons_total", "role=\"caller\"") as u64
}

const ALL: &str = "SELECT phone FROM crm.buyers";

#[test]
fn names_are_what_the_server_takes_them_for() {
    let world = world(400, LIMITS);
    let mut client = Client::new(&world);
    let long = [b'a'; 70];
    client.parse(&long, ALL);
    let cut = "a".repeat(63);
    assert_eq!(client.query(format!("EXECUTE {cut}")).0, 400);
    assert_eq!(counted(&world), 400);
    client.query(format!("CREATE TEMP TABLE kept AS EXECUTE {cut}"));
    assert_eq!(counted(&world), 800);
    client.query("BEGIN");
    client.bind(&long, ALL);
    assert_eq!(client.query(format!("FETCH ALL FROM {cut}")).0, 400);
    assert_eq!(counted(&world), 1200);
    client.query("ROLLBACK");
}

#[test]
fn names_are_the_same_in_every_encoding() {
    let world = world(400, LIMITS);
    let mut client = Client::new(&world);
    client.parse("名".as_bytes(), ALL);
    client.query("BEGIN");
    client.query("DECLARE \"名\" CURSOR FOR SELECT phone FROM crm.buyers");
    client.query("SET client_encoding = 'GBK'");
    assert_eq!(client.query(b"EXECUTE \"\xc3\xfb\"").0, 400);
    assert_eq!(counted(&world), 400);
    assert_eq!(client.query(b"FETCH ALL FROM \"\xc3\xfb\"").0, 400);
    assert_eq!(counted(&world), 800);
}

#[test]
fn portals_are_cursors() {
    let world = world(400, LIMITS);
    let mut client = Client::new(&world);
    client.query("BEGIN");
    client.bind(b"p", ALL);
    assert_eq!(client.query("FETCH ALL FROM p").0, 400);
    assert_eq!(counted(&world), 400);
    client.query("SAVEPOINT s");
    client.query("DECLARE c CURSOR FOR SELECT 1");
    client.query("ROLLBACK TO s");
    client.bind(b"c", ALL);
    assert_eq!(client.query("FETCH ALL FROM c").0, 400);
    assert_eq!(counted(&world), 800);
    client.query("ROLLBACK");
}

#[test]
fn what_a_suspended_write_has_written_is_counted() {
    let world = world(400, LIMITS);
    let mut client = Client::new(&world);
    client.query("CREATE TEMP TABLE kept (id int, phone text)");
    client.query("BEGIN");
    let text = "INSERT INTO kept SELECT id, phone FROM crm.buyers RETURNING 1";
    assert_eq!(client.run(text, 1).0, 1);
    let before = counted(&world);
    assert!((401..=2001).contains(&before), "{before}");
    assert_eq!(client.query("SELECT phone FROM kept").0, 400);
    assert_eq!(counted(&world) - before, 400);
    let before = counted(&world);
    let text = "UPDATE crm.notes n SET note = b.phone FROM crm.buyers b WHERE b.id = n.buyer_id RETURNING 1";
    assert_eq!(client.run(text, 1).0, 1);
    assert!(counted(&world) - before > 400);
    client.query("ROLLBACK");
}

#[test]
fn a_quarantine_holds_for_names_of_every_kind() {
    let limits = "[[limit]]\nname = \"few\"\nwho = \"role:caller\"\nmeter = \"subjects\"\nwindow = \"1d\"\n\
                  steps = [{ at = 10, do = \"quarantine\" }]\n";
    let world = world(400, limits);
    let mut client = Client::new(&world);
    let long = [b'a'; 70];
    client.parse(&long, ALL);
    client.query("BEGIN");
    client.bind(b"p", ALL);
    client.query("DECLARE c CURSOR WITH HOLD FOR SELECT phone FROM crm.buyers");
    client.query("SAVEPOINT s");
    assert_eq!(client.query("SELECT phone FROM crm.buyers LIMIT 20").1.as_deref(), Some("53400"));
    let cut = "a".repeat(63);
    let mut execute = Vec::new();
    write::execute(&mut execute, b"c", 0).expect("written");
    write::sync(&mut execute);
    for attempt in ["FETCH ALL FROM p", &format!("EXECUTE {cut}"), "FETCH ALL FROM c", ""] {
        client.query("ROLLBACK TO s");
        let answer = if attempt.is_empty() { client.say(&execute) } else { client.query(attempt) };
        assert_eq!(answer, (0, Some("53400".to_owned())), "{attempt}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn new_rights_hold_for_names_of_every_kind() {
    let world = world(400, LIMITS);
    let mut client = Client::new(&world);
    client.parse(&[b'a'; 70], ALL);
    client.parse("名".as_bytes(), ALL);
    client.query("BEGIN");
    client.bind(b"p", ALL);
    client.query("SET client_encoding = 'GBK'");
    client.query("SAVEPOINT s");
    std::fs::write(world.bundle.path().join("policy.csv"), RULES.replace("pii/phone, clear", "pii/phone, masked"))
        .expect("written");
    world.menshen.signal("HUP");
    until(|| async { world.metric("menshen_policy_epoch", "") >= 2.0 }).await;
    let cut = "a".repeat(63);
    for attempt in [b"FETCH ALL FROM p".as_slice(), format!("EXECUTE {cut}").as_bytes(), b"EXECUTE \"\xc3\xfb\""] {
        client.query("ROLLBACK TO s");
        let (rows, error) = client.query(attempt);
        assert!(rows == 0 && error.is_some(), "{}: {rows} {error:?}", String::from_utf8_lossy(attempt));
    }
}
