//! What a name is found by changes when the server changes it, however that is brought about: an operator that a schema of
//! somebody else's has is never taken for `pg_catalog`'s.

use std::io::Write as _;
use std::net::TcpStream;
use std::sync::Arc;

use menshen::wire::frame::{self, Sender};
use menshen::wire::server::{Message, ProtocolVersion};
use menshen::wire::write;

use super::epochs::{Bench, ask};
use super::raw;

/// An equality that always holds.
const OPERATORS: &str = "
    CREATE SCHEMA ops;
    CREATE FUNCTION ops.yes(text, text) RETURNS bool LANGUAGE sql IMMUTABLE AS 'SELECT true';
    CREATE OPERATOR ops.= (LEFTARG = text, RIGHTARG = text, FUNCTION = ops.yes)";

/// Whose equality is it?
const ASK: &str = "SELECT 'a'::text = 'b'::text";

const THERE: &str = "set_config('search_path', 'ops, pg_catalog', false)";

fn bench() -> Bench {
    let bench = Bench::new();
    bench.around(&format!("{OPERATORS}; GRANT USAGE ON SCHEMA ops TO PUBLIC"));
    bench
}

/// Messages of the extended protocol, or a Query.
enum Say<'t> {
    Query(&'t str),
    /// Parse, Bind, Execute.
    Run(&'t str),
    /// Parse and Bind of a portal called `p`.
    Open(&'t str),
    /// Bind of a statement that SQL has prepared, and Execute.
    Prepared(&'t str),
    Sync,
}

use Say::{Open, Prepared, Query, Run, Sync};

fn bytes(says: &[Say<'_>]) -> Vec<u8> {
    let mut buffer = Vec::new();
    let made = |buffer: &mut Vec<u8>, text: &str, portal: &str, statement: &str, runs: bool| {
        if !text.is_empty() {
            write::parse(buffer, statement.as_bytes(), text.as_bytes(), [].into_iter()).unwrap();
        }
        write::bind(buffer, portal.as_bytes(), statement.as_bytes(), &[], &[], &[]).unwrap();
        if runs {
            write::execute(buffer, portal.as_bytes(), 0).unwrap();
        }
    };
    for say in says {
        match say {
            Query(text) => write::query(&mut buffer, text.as_bytes()).unwrap(),
            Run(text) => made(&mut buffer, text, "", "", true),
            Open(text) => made(&mut buffer, text, "p", "", false),
            Prepared(name) => made(&mut buffer, "", "", name, true),
            Sync => write::sync(&mut buffer),
        }
    }
    buffer
}

fn session(bench: &Bench) -> TcpStream {
    let mut stream = raw::connect(bench.menshen.port);
    let options = [("user", "ep_clerk"), ("database", bench.database.as_str())];
    stream.write_all(&raw::startup(ProtocolVersion::V3_0, &options)).unwrap();
    raw::read_until_ready(&mut stream);
    stream
}

/// How often the server became ready, in whatever transaction.
fn ready(mut bytes: &[u8]) -> usize {
    let mut count = 0;
    while let Ok(Some((frame, rest))) = frame::cut(Sender::Server, bytes) {
        bytes = rest;
        count += usize::from(matches!(Message::read(frame), Ok(Message::ReadyForQuery(_))));
    }
    count
}

/// The first value of the last row, or the last error's SQLSTATE.
fn last(mut bytes: &[u8]) -> String {
    let mut last = String::new();
    while let Ok(Some((frame, rest))) = frame::cut(Sender::Server, bytes) {
        bytes = rest;
        match frame.tag() {
            b'D' => last = String::from_utf8_lossy(frame.body().get(6..).unwrap_or_default()).into_owned(),
            b'E' => last = raw::error(frame.bytes()).expect("an error").0,
            _ => {}
        }
    }
    last
}

fn say(stream: &mut TcpStream, says: &[Say<'_>]) -> String {
    let answers = says.iter().filter(|say| matches!(say, Query(_) | Sync)).count();
    stream.write_all(&bytes(says)).unwrap();
    last(&raw::read_until(stream, |bytes| ready(bytes) >= answers))
}

/// Each of these changes the path later than its text is sent.
#[test]
fn a_path_that_changes_late_is_not_overlooked() {
    let bench = bench();
    let insert = format!("CREATE TEMP TABLE d (a int, b text DEFAULT {THERE}); INSERT INTO d (a) VALUES (1)");
    let check = format!("CREATE TEMP TABLE d (a int, CHECK ({THERE} IS NOT NULL)); INSERT INTO d VALUES (1)");
    let altered = format!("CREATE TEMP TABLE d (a int); ALTER TABLE d ADD b text DEFAULT {THERE}");
    let (declare, prepare) =
        (format!("DECLARE c CURSOR WITH HOLD FOR SELECT {THERE}"), format!("PREPARE s AS SELECT {THERE}"));
    let open = format!("SELECT {THERE}");
    let explained = format!("EXPLAIN (ANALYZE) SELECT {THERE}");
    let ways: [&[Say<'_>]; 10] = [
        &[Query(&insert)],
        &[Query(&check)],
        &[Query(&altered), Query("INSERT INTO d (a) VALUES (1)")],
        &[Query(&declare), Query("FETCH c")],
        &[Query(&declare), Query("MOVE c")],
        &[Query(&prepare), Query("EXECUTE s")],
        &[Query(&prepare), Prepared("s"), Sync],
        &[Query("BEGIN"), Open(&open), Sync, Query("FETCH p"), Query("COMMIT")],
        &[Query("BEGIN"), Open(&open), Query("MOVE p"), Query("COMMIT")],
        &[Query("BEGIN"), Open(&explained), Sync, Query("FETCH p"), Query("COMMIT")],
    ];
    for (number, way) in ways.into_iter().enumerate() {
        let mut stream = session(&bench);
        assert_eq!(say(&mut stream, &[Query(ASK)]), "f");
        for one in way.split_inclusive(|say| matches!(say, Query(_) | Sync)) {
            say(&mut stream, one);
        }
        assert_ne!(say(&mut stream, &[Query(ASK)]), "t", "way {number}");
        assert_ne!(say(&mut stream, &[Run(ASK), Sync]), "t", "way {number}, prepared");
    }
    // what is said at once is known at once
    let mut stream = session(&bench);
    say(&mut stream, &[Run(&open), Sync]);
    assert_eq!(say(&mut stream, &[Query(ASK)]), "42501");
}

/// A Query ends the implicit transaction that Parse, Bind and Execute before it have begun, and what was set for it.
#[test]
fn a_query_in_a_pipeline_ends_what_was_set_locally() {
    let bench = bench();
    for between in ["SELECT 1; SELECT 2", "SELECT 1", "SELECT 1/0", "SELECT pg_read_file('x')", ""] {
        for set in ["SET LOCAL search_path = pg_catalog", "SELECT set_config('search_path', 'pg_catalog', true)"] {
            let mut stream = session(&bench);
            say(&mut stream, &[Query("SET search_path = ops, pg_catalog")]);
            let answer =
                say(&mut stream, &[Run(set), Run("SELECT 1"), Query(between), Query(ASK), Run("SELECT 2"), Query(ASK)]);
            assert_eq!(answer, "42501", "{set}, {between}");
        }
    }
}

/// Schemas that come later, and that somebody may use later or no more.
#[tokio::test(flavor = "multi_thread")]
async fn schemas_are_those_of_now() {
    let bench = Bench::new();
    let client = Arc::new(bench.client("ep_clerk").await);
    ask(&client, "SET search_path = ops, h, pg_catalog").await;
    assert_eq!(ask(&client, ASK).await, "f");
    bench.around(OPERATORS);
    noticed(&bench, &client).await;
    assert_eq!(ask(&client, ASK).await, "f", "it may not be used");
    for (change, answer) in [
        ("GRANT USAGE ON SCHEMA ops TO PUBLIC", false),
        ("REVOKE USAGE ON SCHEMA ops FROM PUBLIC", true),
        ("ALTER SCHEMA ops RENAME TO other; GRANT USAGE ON SCHEMA other TO PUBLIC", true),
        ("ALTER SCHEMA other RENAME TO ops", false),
    ] {
        bench.around(change);
        noticed(&bench, &client).await;
        assert_eq!(ask(&client, ASK).await == "f", answer, "{change}");
        assert_ne!(ask(&client, ASK).await, "t", "{change}");
    }
}

/// A statement that names what is not there has the catalog looked at.
async fn noticed(bench: &Bench, client: &tokio_postgres::Client) {
    let before = bench.metric("menshen_catalog_epoch");
    ask(client, "SELECT * FROM h.nobody_has_this").await;
    super::until("the change is noticed", || bench.metric("menshen_catalog_epoch") > before);
}

/// A prepared text is of the encoding that it was sent in.
#[test]
fn a_text_is_read_in_the_encoding_it_was_sent_in() {
    let bench = bench();
    let mut stream = session(&bench);
    say(&mut stream, &[Query("SET client_encoding = 'LATIN1'")]);
    let mut parse = Vec::new();
    write::parse(&mut parse, b"s", b"SELECT ascii('\xe9')", [].into_iter()).unwrap();
    write::sync(&mut parse);
    stream.write_all(&parse).unwrap();
    raw::read_until_ready(&mut stream);
    assert_eq!(say(&mut stream, &[Prepared("s"), Sync]), "233");
    say(&mut stream, &[Query("SET client_encoding = 'WIN1251'")]);
    say(&mut stream, &[Query("SET search_path = h, pg_catalog")]);
    assert_ne!(say(&mut stream, &[Prepared("s"), Sync]), "1081");
}
