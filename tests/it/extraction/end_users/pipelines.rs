//! The same, byte for byte: messages that do not wait for the answers of those before them.

use std::io::Write as _;
use std::net::TcpStream;

use menshen::wire::client::Target;
use menshen::wire::frame::{self, Sender};
use menshen::wire::server::{Message, ProtocolVersion, Status};
use menshen::wire::write;

use super::{ANNA, BERT, LIMIT, ONE, SETTING, World, world};
use crate::server::raw::{connect, read_until, read_until_ready, startup};

struct Raw(TcpStream);

/// What one message says.
enum Say {
    Query(&'static str),
    Parse(&'static str, &'static str),
    Bind(&'static str, &'static str),
    Execute(&'static str, i32),
    DescribeStatement(&'static str),
    DescribePortal(&'static str),
    Sync,
}
use Say::{Bind, DescribePortal, DescribeStatement, Execute, Parse, Query, Sync};

impl Raw {
    fn open(world: &World) -> Self {
        let mut stream = connect(world.menshen.port);
        let options = [("user", "eu_app"), ("database", &*world.database)];
        stream.write_all(&startup(ProtocolVersion::V3_0, &options)).expect("sent");
        read_until_ready(&mut stream);
        Self(stream)
    }

    /// Says everything at once; values, errors and the states of ReadyForQuery, in order.
    fn say(&mut self, all: &[Say]) -> Vec<String> {
        let mut bytes = Vec::new();
        for one in all {
            match *one {
                Query(text) => write::query(&mut bytes, text.as_bytes()),
                Parse(name, text) => write::parse(&mut bytes, name.as_bytes(), text.as_bytes(), [].into_iter()),
                Bind(portal, name) => write::bind(&mut bytes, portal.as_bytes(), name.as_bytes(), &[], &[], &[]),
                Execute(portal, rows) => write::execute(&mut bytes, portal.as_bytes(), rows),
                DescribeStatement(name) => write::describe(&mut bytes, Target::Statement(name.as_bytes())),
                DescribePortal(name) => write::describe(&mut bytes, Target::Portal(name.as_bytes())),
                Sync => {
                    write::sync(&mut bytes);
                    Ok(())
                }
            }
            .expect("written");
        }
        self.0.write_all(&bytes).expect("sent");
        let wanted = all.iter().filter(|one| matches!(one, Query(_) | Sync)).count();
        let ready = |bytes: &[u8]| heard(bytes).iter().filter(|it| matches!(it.as_str(), "I" | "T" | "F")).count();
        let answer = read_until(&mut self.0, |bytes| ready(bytes) == wanted);
        heard(&answer)
    }
}

/// What matters of what was answered: `clear` and `masked` for telephone numbers.
fn heard(mut bytes: &[u8]) -> Vec<String> {
    let mut heard = Vec::new();
    while let Ok(Some((frame, rest))) = frame::cut(Sender::Server, bytes) {
        bytes = rest;
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("UTF-8");
        match Message::read(frame) {
            Ok(Message::DataRow(row)) => {
                let value = row.values.iter().next().flatten().map(text).unwrap_or_default();
                heard.extend(match value.as_str() {
                    "anna" | "bert" => None,
                    value if super::clear(value) => Some("clear".to_owned()),
                    value if super::masked(value) => Some("masked".to_owned()),
                    value => Some(value.to_owned()),
                });
            }
            Ok(Message::Error(fields)) => heard.push(text(fields.get(b'M').unwrap_or_default())),
            Ok(Message::ReadyForQuery(status)) => heard.push(state(status).to_owned()),
            _ => {}
        }
    }
    heard
}

fn state(status: Status) -> &'static str {
    match status {
        Status::Idle => "I",
        Status::InTransaction => "T",
        Status::Failed => "F",
    }
}

const MANY: &str = "SELECT phone FROM crm.buyers";

macro_rules! run {
    ($text:expr) => {
        [Parse("", $text), Bind("", ""), Execute("", 0)]
    };
}

fn together(parts: Vec<Vec<Say>>) -> Vec<Say> {
    parts.into_iter().flatten().collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_counts_for_what_follows_it_in_a_pipeline() {
    let world = world(SETTING, "");
    let mut raw = Raw::open(&world);
    let simple = raw.say(&[Query(ANNA), Query(ONE), Query(BERT), Query(ONE), Query(ANNA), Query(ONE), Query(BERT)]);
    assert_eq!(simple, ["I", "clear", "I", "I", "masked", "I", "I", "clear", "I", "I"]);
    let one = || run!(ONE).into();
    let all = vec![one(), run!(ANNA).into(), one(), run!(BERT).into(), one(), run!(ANNA).into(), one(), vec![Sync]];
    assert_eq!(raw.say(&together(all)), ["masked", "clear", "masked", "clear", "I"]);
    // anna's until she is undone: by the error, by the end of an implicit transaction
    assert_eq!(raw.say(&[Query(BERT)]), ["I"]);
    let failing = together(vec![run!(ANNA).into(), one(), run!("SELECT 1/0").into(), one(), vec![Sync]]);
    assert_eq!(raw.say(&failing), ["clear", "division by zero", "I"]);
    assert_eq!(raw.say(&together(vec![one(), vec![Sync]])), ["masked", "I"]);
    let local = "SELECT set_config('menshen.user', 'anna', true)";
    let both = together(vec![run!(local).into(), one(), vec![Sync], one(), vec![Sync]]);
    assert_eq!(raw.say(&both), ["clear", "I", "masked", "I"]);
    let mixed = together(vec![run!(local).into(), one(), vec![Query(ONE)]]);
    let mixed = raw.say(&mixed);
    // a simple query goes on in the implicit transaction, or after it: whatever the server says
    assert_eq!(mixed.first().map(String::as_str), Some("clear"));
    assert_eq!(raw.say(&[Query(ONE)]), ["masked", "I"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_bound_for_one_person_is_not_fetched_for_another() {
    let world = world(SETTING, "");
    let mut raw = Raw::open(&world);
    let stale = "menshen: the rights, the catalog or the search path changed since portal \"\" was made";
    raw.say(&[Query(ANNA)]);
    let pipelined = together(vec![
        vec![Parse("s", MANY), Bind("p", "s"), Execute("p", 1)],
        run!(BERT).into(),
        vec![Execute("p", 1), Sync],
    ]);
    assert_eq!(raw.say(&pipelined), ["clear", stale, "I"]);
    assert_eq!(raw.say(&[Query("BEGIN"), Query(ANNA)]), ["T", "T"]);
    assert_eq!(raw.say(&[Parse("t", MANY), Bind("p", "t"), Execute("p", 2), Sync]), ["clear", "clear", "T"]);
    assert_eq!(raw.say(&[Query(BERT), DescribePortal("p"), Sync]), ["T", stale, "F"]);
    assert_eq!(raw.say(&[Query("ROLLBACK"), Query("BEGIN"), Query(ANNA)]), ["I", "T", "T"]);
    raw.say(&[Query("DECLARE c CURSOR FOR SELECT phone FROM crm.buyers")]);
    assert_eq!(raw.say(&[Execute("c", 1), Sync]), ["clear", "T"]);
    assert_eq!(raw.say(&[Query(BERT), Execute("c", 1), Sync]).get(1).map(String::as_str), Some(stale));
    assert_eq!(raw.say(&[Query("ROLLBACK"), Query(BERT)]), ["I", "I"]);
    // prepared for anna, described and bound for bert
    assert_eq!(
        raw.say(&[DescribeStatement("s"), Bind("", "s"), DescribePortal(""), Execute("", 1), Sync]),
        ["masked", "I"]
    );
    assert_eq!(raw.say(&[Query(ANNA), Bind("", "s"), Execute("", 1), Sync]), ["I", "clear", "I"]);
    assert_eq!(
        raw.say(&[Bind("", "s"), Parse("", BERT), Bind("x", ""), Execute("x", 0), Execute("", 1), Sync]),
        [stale, "I"]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pipeline_is_counted_on_each_person_s_account() {
    let world = world(SETTING, LIMIT);
    let mut raw = Raw::open(&world);
    let few = "SELECT id, phone FROM crm.buyers WHERE id <= 60";
    let dora = "SELECT set_config('menshen.user', 'dora', false)";
    let all = together(vec![
        run!(ANNA).into(),
        run!(few).into(),
        run!(dora).into(),
        run!(few).into(),
        run!(ANNA).into(),
        run!("SELECT id, phone FROM crm.buyers WHERE id BETWEEN 61 AND 90").into(),
        run!(dora).into(),
        run!("SELECT id, phone FROM crm.buyers WHERE id BETWEEN 91 AND 131").into(),
        vec![Sync],
    ]);
    let answer = raw.say(&all);
    assert!(answer.iter().any(|line| line.contains("limit \"daily\"")), "{answer:?}");
    // dora has had her hundred, anna has not
    let next = "SELECT id, phone FROM crm.buyers WHERE id BETWEEN 91 AND 95";
    let answer = raw.say(&together(vec![run!(ANNA).into(), run!(next).into(), vec![Sync]]));
    assert!(!answer.iter().any(|line| line.contains("limit")), "{answer:?}");
    let answer = raw.say(&together(vec![run!(dora).into(), run!(next).into(), vec![Sync]]));
    assert!(answer.iter().any(|line| line.contains("limit \"daily\"")), "{answer:?}");
}
