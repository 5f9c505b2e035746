//! Conversations: every message in every state, pipelines, errors in between. What a client hears through Menshen is
//! what it hears from the server, byte for byte, whatever its lane; only the time may differ.

use menshen::wire::client::Target;
use menshen::wire::write::{self, Unwritable};

use super::front::{ENFORCED, RELAYED, WATCHED, front};
use super::raw::{Answer, Raw};

/// What a client says in one go, and how many ReadyForQuery it waits for then.
struct Turn {
    bytes: Vec<u8>,
    ready: usize,
}

struct Script {
    name: &'static str,
    turns: Vec<Turn>,
}

/// Builds what a client says.
#[derive(Default)]
struct Say {
    turns: Vec<Turn>,
    bytes: Vec<u8>,
    ready: usize,
}

impl Say {
    fn add(mut self, write: impl FnOnce(&mut Vec<u8>) -> Result<(), Unwritable>) -> Self {
        write(&mut self.bytes).expect("written");
        self
    }

    fn query(mut self, text: &str) -> Self {
        self.ready += 1;
        self.add(|b| write::query(b, text.as_bytes()))
    }

    fn parse(self, name: &str, text: &str) -> Self {
        self.add(|b| write::parse(b, name.as_bytes(), text.as_bytes(), [].into_iter()))
    }

    fn bind(self, portal: &str, statement: &str, values: &[&str]) -> Self {
        self.bind_as(portal, statement, values, &[])
    }

    fn bind_as(self, portal: &str, statement: &str, values: &[&str], formats: &[i16]) -> Self {
        let values: Vec<_> = values.iter().map(|value| Some(value.as_bytes())).collect();
        self.add(|b| write::bind(b, portal.as_bytes(), statement.as_bytes(), &[], &values, formats))
    }

    fn describe_statement(self, name: &str) -> Self {
        self.add(|b| write::describe(b, Target::Statement(name.as_bytes())))
    }

    fn describe_portal(self, name: &str) -> Self {
        self.add(|b| write::describe(b, Target::Portal(name.as_bytes())))
    }

    fn execute(self, portal: &str, rows: i32) -> Self {
        self.add(|b| write::execute(b, portal.as_bytes(), rows))
    }

    fn close_statement(self, name: &str) -> Self {
        self.add(|b| write::close(b, Target::Statement(name.as_bytes())))
    }

    fn close_portal(self, name: &str) -> Self {
        self.add(|b| write::close(b, Target::Portal(name.as_bytes())))
    }

    fn flush(self) -> Self {
        self.raw(b'H', b"")
    }

    fn sync(mut self) -> Self {
        self.ready += 1;
        self.raw(b'S', b"")
    }

    fn raw(mut self, tag: u8, body: &[u8]) -> Self {
        self.bytes.push(tag);
        self.bytes.extend((body.len() as u32 + 4).to_be_bytes());
        self.bytes.extend(body);
        self
    }

    /// The whole of one statement in the extended protocol, without Sync.
    fn run(self, text: &str) -> Self {
        self.parse("", text).bind("", "", &[]).describe_portal("").execute("", 0)
    }

    /// Ends a turn: what follows is said when the answers are there.
    fn then(mut self) -> Self {
        let (bytes, ready) = (std::mem::take(&mut self.bytes), std::mem::take(&mut self.ready));
        self.turns.push(Turn { bytes, ready });
        self
    }

    fn script(self, name: &'static str) -> Script {
        Script { name, turns: self.then().turns }
    }
}

fn say() -> Say {
    Say::default()
}

fn simple() -> Vec<Script> {
    vec![
        say().query("SELECT id, name FROM housing.projects ORDER BY id").script("rows"),
        say().query("").query(";").query(" -- nothing").script("empty queries"),
        say().query("SELECT 1; SELECT 2; SELECT 3").script("several statements"),
        say().query("SELECT 1; SELECT 1/0; SELECT 3").query("SELECT 4").script("an error stops its query"),
        say().query("SELECT 1").query("SELECT 1/0").query("SELECT 2").script("pipelined queries"),
        say().query("BEGIN").query("SELECT 1/0").query("SELECT 1").query("ROLLBACK").script("a failed transaction"),
        say().query("SET application_name = 'x'").query("SHOW application_name").script("a setting is reported"),
        say().query("SET LOCAL application_name = 'x'").script("a warning"),
        say().query("ROLLBACK").query("COMMIT").script("no transaction"),
        say()
            .query("PREPARE p AS SELECT name FROM housing.projects WHERE id = $1")
            .query("EXECUTE p(3)")
            .query("DEALLOCATE p")
            .query("EXECUTE p(3)")
            .script("SQL PREPARE"),
        say()
            .query("BEGIN")
            .query("DECLARE c CURSOR FOR SELECT id FROM housing.projects ORDER BY id")
            .query("FETCH 3 FROM c")
            .query("MOVE 2 FROM c")
            .query("FETCH 1 FROM c")
            .query("CLOSE c")
            .query("COMMIT")
            .script("a cursor"),
        say().query("COPY housing.projects TO STDOUT").script("COPY of a table"),
        say()
            .query("COPY (SELECT id FROM housing.projects ORDER BY id) TO STDOUT (FORMAT csv)")
            .script("COPY of a query"),
        say().raw(b'd', b"data").raw(b'c', b"").raw(b'f', b"no\0").query("SELECT 1").script("COPY data out of place"),
    ]
}

fn extended() -> Vec<Script> {
    let by_id = "SELECT name, area FROM housing.projects WHERE id = $1::int";
    let all = "SELECT id FROM housing.projects ORDER BY id";
    vec![
        say().run("SELECT 1").sync().script("one statement"),
        say()
            .parse("s", by_id)
            .describe_statement("s")
            .sync()
            .then()
            .bind("", "s", &["1"])
            .execute("", 0)
            .bind("", "s", &["2"])
            .describe_portal("")
            .execute("", 0)
            .sync()
            .then()
            .close_statement("s")
            .sync()
            .bind("", "s", &["1"])
            .sync()
            .script("a named statement"),
        say()
            .parse("s", by_id)
            .bind_as("", "s", &["1"], &[1])
            .describe_portal("")
            .execute("", 0)
            .sync()
            .script("binary results"),
        say()
            .parse("", by_id)
            .bind("", "", &["x"])
            .execute("", 0)
            .run("SELECT 1")
            .sync()
            .run("SELECT 2")
            .sync()
            .script("a bad parameter skips to Sync"),
        say()
            .run("SELECT 1")
            .run("SELECT 1/0")
            .run("SELECT 2")
            .sync()
            .run("SELECT 3")
            .sync()
            .script("an error within a pipeline"),
        say().run("SELEKT").run("SELECT 1").sync().sync().sync().script("a syntax error, and Syncs without anything"),
        say()
            .parse("", by_id)
            .bind("", "", &[])
            .sync()
            .parse("", by_id)
            .bind("", "", &["1", "2"])
            .sync()
            .script("wrong counts of parameters"),
        say()
            .parse("", by_id)
            .bind_as("", "", &["1"], &[0, 1, 0])
            .sync()
            .parse("", by_id)
            .bind_as("", "", &["1"], &[7])
            .sync()
            .script("wrong formats"),
        say()
            .bind("", "nobody", &[])
            .sync()
            .describe_statement("nobody")
            .sync()
            .describe_portal("nobody")
            .sync()
            .execute("nobody", 0)
            .sync()
            .close_statement("nobody")
            .close_portal("nobody")
            .sync()
            .script("names nobody made"),
        say().parse("s", by_id).parse("s", by_id).sync().script("a name made twice"),
        say().parse("s", all).bind("p", "s", &[]).bind("p", "s", &[]).sync().script("a portal made twice"),
        say()
            .parse("", all)
            .bind("", "", &[])
            .describe_portal("")
            .execute("", 4)
            .execute("", 5)
            .execute("", 0)
            .execute("", 0)
            .sync()
            .script("rows in portions"),
        say()
            .parse("", all)
            .bind("p", "", &[])
            .execute("p", 2)
            .sync()
            .execute("p", 2)
            .sync()
            .script("a portal ends with its transaction"),
        say()
            .query("BEGIN")
            .parse("", all)
            .bind("p", "", &[])
            .describe_portal("p")
            .execute("p", 2)
            .sync()
            .then()
            .query("SELECT 1")
            .execute("p", 2)
            .sync()
            .then()
            .close_portal("p")
            .execute("p", 1)
            .sync()
            .query("ROLLBACK")
            .script("a portal in a transaction, and a query in between"),
        say()
            .parse("s", all)
            .flush()
            .describe_statement("s")
            .flush()
            .bind("", "s", &[])
            .execute("", 1)
            .flush()
            .sync()
            .script("Flush"),
        say().run("BEGIN").run("SELECT 1").run("COMMIT").sync().script("a transaction in one pipeline"),
        say()
            .run("BEGIN")
            .sync()
            .run("SELECT 1/0")
            .sync()
            .run("SELECT 1")
            .sync()
            .run("ROLLBACK")
            .sync()
            .script("a failed transaction"),
        say().run("").sync().run("-- nothing").sync().script("empty statements"),
        say().parse("", "SELECT 1; SELECT 2").sync().script("two statements in one Parse"),
        say().run("COPY housing.projects TO STDOUT").sync().run("SELECT 1").sync().script("COPY"),
        say().parse("", "SELECT 1").query("SELECT 2").sync().script("a query between Parse and Sync"),
        say()
            .run("SET application_name = 'y'")
            .run("SHOW application_name")
            .sync()
            .script("a setting within a pipeline"),
    ]
}

/// What only principals without restrictions may do.
fn closed() -> Vec<Script> {
    let table = "CREATE TEMP TABLE t (a int, b text)";
    vec![
        say()
            .query(table)
            .then()
            .query("COPY t FROM STDIN")
            .raw(b'd', b"1\tx\n2\t")
            .raw(b'd', b"y\n")
            .raw(b'c', b"")
            .query("SELECT count(*), max(b) FROM t")
            .script("COPY from the client"),
        say()
            .query(table)
            .then()
            .query("COPY t FROM STDIN")
            .raw(b'd', b"1\tx\n")
            .raw(b'f', b"enough\0")
            .query("SELECT count(*), max(b) FROM t")
            .script("COPY that the client ends with an error"),
        say()
            .query(table)
            .then()
            .query("COPY t FROM STDIN")
            .raw(b'd', b"one\tx\n")
            .raw(b'c', b"")
            .query("SELECT 1")
            .script("bad COPY data"),
        say()
            .query(table)
            .then()
            .parse("", "COPY t FROM STDIN")
            .bind("", "", &[])
            .execute("", 0)
            .raw(b'd', b"1\tx\n")
            .raw(b'c', b"")
            .sync()
            .query("SELECT count(*), max(b) FROM t")
            .script("COPY in the extended protocol"),
        say().query("DO $$ BEGIN RAISE NOTICE 'hello'; END $$").script("a notice"),
        // lower('ABC')
        Say { ready: 1, ..say() }.raw(b'F', b"\0\0\x03\x66\0\0\0\x01\0\0\0\x03ABC\0\0").script("a function call"),
    ]
}

/// Sync and Flush within a COPY are ignored by the server, data outside of one too.
fn copying() -> Vec<Script> {
    let table = "CREATE TEMP TABLE t (a int, b text)";
    let count = "SELECT count(*), max(b) FROM t";
    let begin = || say().query(table).then();
    let extended = || begin().parse("", "COPY t FROM STDIN").bind("", "", &[]).execute("", 0);
    // a Sync that is not answered
    let ignored = |say: Say| say.raw(b'S', b"");
    let many = |mut say: Say, tag: u8, count: usize| {
        for _ in 0..count {
            say = say.raw(tag, b"");
        }
        say
    };
    vec![
        many(begin().query("COPY t FROM STDIN").raw(b'd', b"1\tx\n"), b'S', 40)
            .flush()
            .raw(b'c', b"")
            .query("SELECT 1/0")
            .query(count)
            .script("Syncs within a COPY"),
        ignored(extended())
            .raw(b'd', b"1\tx\n")
            .raw(b'c', b"")
            .sync()
            .query("SELECT 1/0")
            .query(count)
            .run("SELECT 1")
            .sync()
            .script("a Sync behind Execute"),
        ignored(ignored(ignored(extended()).raw(b'd', b"1\tx\n")).flush())
            .raw(b'f', b"enough\0")
            .sync()
            .query(count)
            .script("Syncs within a COPY that the client ends with an error"),
        ignored(extended())
            .raw(b'd', b"one\tx\n")
            .raw(b'd', b"2\ty\n")
            .raw(b'c', b"")
            .sync()
            .query(count)
            .script("bad data"),
        extended().raw(b'd', b"one\tx\n").sync().query(count).script("bad data, and Sync alone"),
        begin()
            .query("COPY t FROM STDIN")
            .raw(b'd', b"one\tx\n")
            .sync()
            .sync()
            .query(count)
            .script("bad data, and Syncs"),
        ignored(begin().parse("", "COPY housing.projects FROM STDIN").bind("", "", &[]).execute("", 0))
            .raw(b'd', b"1\n")
            .raw(b'c', b"")
            .query(count)
            .sync()
            .query(count)
            .script("a COPY that does not begin"),
        begin()
            .query("COPY t FROM STDIN; SELECT count(*) FROM t; COPY t FROM STDIN; SELECT count(*) FROM t")
            .raw(b'd', b"1\tx\n")
            .raw(b'c', b"")
            .raw(b'S', b"")
            .raw(b'd', b"2\ty\n")
            .raw(b'd', b"3\tz\n")
            .raw(b'c', b"")
            .query(count)
            .script("two COPYs in one query"),
        many(say().parse("", "SELECT 1"), b'c', 30_000)
            .sync()
            .query("SELECT 1")
            .script("the end of data that nobody sent"),
        say()
            .parse("", "SELECT 1")
            .raw(b'd', b"data")
            .bind("", "", &[])
            .raw(b'f', b"no\0")
            .execute("", 0)
            .raw(b'd', b"more")
            .raw(b'c', b"")
            .sync()
            .query("SELECT 2")
            .script("data out of place"),
    ]
}

/// What was sent before a goodbye, or before the client closed its half, is done and answered.
fn parting() -> Vec<Script> {
    let mut scripts = Vec::new();
    for goodbye in [true, false] {
        let end = |say: Say, name| match goodbye {
            true => say.raw(b'X', b"").script(name),
            false => say.script(name),
        };
        scripts.extend([
            end(say().query("SELECT 1"), "one query"),
            end(say().query("SELECT * FROM generate_series(1, 60000)").run("SELECT 2").sync(), "many rows"),
            end(say().query("SELECT pg_sleep(0.5), 'late'").query("SELECT 2"), "a slow query"),
            end(say().query("BEGIN").run("SELECT 1"), "without its Sync"),
            end(say().raw(b'd', b"data"), "nothing"),
        ]);
    }
    // half a message
    let mut half = say().query("SELECT 1").script("half a message");
    half.turns[0].bytes.extend(b"Q\0\0\0\x20SELECT");
    scripts.push(half);
    scripts
}

fn open() -> Vec<Script> {
    simple().into_iter().chain(extended()).collect()
}

fn all() -> Vec<Script> {
    open().into_iter().chain(closed()).collect()
}

/// Plays a script and answers all that came back; `step` bytes are sent at a time.
fn play(raw: &mut Raw, script: &Script, step: usize) -> Vec<Answer> {
    let mut answers = Vec::new();
    for turn in &script.turns {
        turn.bytes.chunks(step).for_each(|piece| raw.send(piece));
        for _ in 0..turn.ready {
            answers.extend(raw.until_ready());
        }
    }
    answers
}

/// The answers to be compared: all of them, but for the place in the server's source that an error comes from. A Describe
/// of ours may run into it before the client's Execute does.
fn essence(answers: &[Answer]) -> String {
    let line = |answer: &Answer| {
        let fields = answer.body.split(|byte| *byte == 0);
        let body: Vec<u8> = match answer.tag {
            b'E' => {
                fields.filter(|field| !matches!(field.first(), Some(b'F' | b'L' | b'R'))).collect::<Vec<_>>().join(&0)
            }
            _ => answer.body.clone(),
        };
        format!("  {} {}\n", char::from(answer.tag), body.escape_ascii())
    };
    answers.iter().map(line).collect()
}

fn compare(user: &str, scripts: &[Script], step: usize) {
    let mut differ = String::new();
    for script in scripts {
        let heard = essence(&play(&mut front().open(user), script, step));
        let direct = essence(&play(&mut front().direct(user), script, usize::MAX));
        if heard != direct {
            differ += &format!("{} ({user}):\n through Menshen\n{} directly\n{}", script.name, heard, direct);
        }
    }
    assert!(differ.is_empty(), "{differ}");
}

#[test]
fn whoever_is_relayed_hears_what_the_server_says() {
    compare(RELAYED, &all(), usize::MAX);
}

#[test]
fn whoever_is_watched_hears_what_the_server_says() {
    compare(WATCHED, &all(), usize::MAX);
}

#[test]
fn a_restricted_principal_hears_what_the_server_says() {
    compare(ENFORCED, &open(), usize::MAX);
}

/// Where a message is not laid out as it must be, the server says so and goes on; Menshen ends a session whose messages
/// it has to read, and relays the others.
#[test]
fn malformed_messages_end_a_session_that_is_read() {
    let scripts = || {
        [
            say().raw(b'D', b"Xname\0").sync().script("Describe of neither statement nor portal"),
            say().raw(b'Q', b"SELECT 1").sync().script("a text without end"),
            say().raw(b'Q', b"SELECT 1\0; DROP TABLE x\0").sync().script("bytes behind a text"),
            say().raw(b'P', b"\0SELECT 1\0\0\x02").sync().script("fewer types than are counted"),
            say().raw(b'B', b"\0\0\0\0\xff\xff").sync().script("fewer parameters than are counted"),
            say().raw(b'B', b"\0\0\0\0\0\x01\xff\xff\xff\xfe\0\0").sync().script("a negative length"),
            say().raw(b'E', b"\0\0\0").sync().script("a short Execute"),
        ]
    };
    for script in scripts() {
        for user in [WATCHED, ENFORCED] {
            let answers = play(&mut front().open(user), &script, usize::MAX);
            let last = answers.last().expect("an answer");
            assert_eq!((last.tag, last.field(b'C')), (b'E', "08P01".to_owned()), "{} ({user})", script.name);
            assert_eq!(last.field(b'V'), "FATAL", "{} ({user})", script.name);
        }
    }
}

/// Messages of a length or kind that cannot be: the server hangs up, and so does Menshen; nobody else notices.
#[test]
fn frames_that_cannot_be_end_the_session() {
    let mut other = front().open(ENFORCED);
    for user in [RELAYED, WATCHED, ENFORCED] {
        for bytes in [
            b"Q\0\0\0\x03".as_slice(),
            b"Q\x7f\xff\xff\xff",
            b"Q\x80\0\0\0",
            b"S\0\0\x27\x11",
            b"p\0\x01\0\0",
            b"Z\0\0\0\x05I",
            b"\0\0\0\x08\x04\xd2\x16\x2f",
            b"\xff\xff\xff\xff\xff",
        ] {
            let mut raw = front().open(user);
            raw.send(bytes);
            let last = raw.until_ready().pop();
            assert!(last.is_none_or(|last| last.field(b'V') == "FATAL"), "{} ({user})", bytes.escape_ascii());
        }
        // half a message, and gone
        let mut raw = front().open(user);
        raw.send(b"Q\0\0\0\x20SELECT");
        drop(raw);
    }
    assert_eq!(other.query(b"SELECT 1").len(), 4);
}

#[test]
fn within_a_copy_the_client_hears_what_the_server_says() {
    for user in [RELAYED, WATCHED, ENFORCED] {
        for step in [usize::MAX, 7] {
            compare(user, &copying(), step);
        }
    }
}

/// The server ends a session that says something else within a COPY; where Menshen cannot even read it before the COPY
/// has ended, so does Menshen.
#[test]
fn a_statement_within_a_copy_ends_the_session() {
    let begin = || say().query("CREATE TEMP TABLE t (a int, b text)").then();
    for script in [
        begin().query("COPY t FROM STDIN").query("SELECT 1").script("Query"),
        begin()
            .parse("cp", "COPY t FROM STDIN")
            .bind("pc", "cp", &[])
            .parse("st", "SET search_path = housing")
            .bind("ps", "st", &[])
            .execute("ps", 0)
            .execute("pc", 0)
            .parse("x", "SELECT 1")
            .sync()
            .script("Parse, behind another search path"),
    ] {
        for user in [WATCHED, ENFORCED] {
            let answers = play(&mut front().open(user), &script, usize::MAX);
            let last = answers.last().expect("an answer");
            assert_eq!((last.tag, last.field(b'C')), (b'E', "08P01".to_owned()), "{} ({user})", script.name);
            assert_eq!(last.field(b'V'), "FATAL", "{} ({user})", script.name);
        }
    }
}

#[test]
fn a_client_that_parts_has_been_answered() {
    let mut differ = String::new();
    for user in [RELAYED, WATCHED, ENFORCED] {
        for script in parting() {
            let [heard, direct] = [front().open(user), front().direct(user)].map(|mut raw| {
                script.turns.iter().for_each(|turn| raw.send(&turn.bytes));
                raw.close_half();
                essence(&raw.rest())
            });
            if heard != direct {
                differ +=
                    &format!("{} ({user}):\n through Menshen\n{heard:.2000} directly\n{direct:.2000}", script.name);
            }
        }
    }
    assert!(differ.is_empty(), "{differ}");
}

#[test]
fn what_was_sent_before_a_goodbye_is_done() {
    let direct = &mut front().direct(WATCHED);
    for (id, user) in [(1, RELAYED), (2, WATCHED), (3, ENFORCED)] {
        for (id, goodbye) in [(id, true), (id + 10, false)] {
            let insert = format!("INSERT INTO housing.marks VALUES ({id}, 'done')");
            let say = say().query("SELECT * FROM generate_series(1, 60000)").query(&insert);
            let say = if goodbye { say.raw(b'X', b"") } else { say };
            let mut raw = front().open(user);
            say.script("").turns.iter().for_each(|turn| raw.send(&turn.bytes));
            raw.close_half();
            assert_eq!(raw.rest().len(), 60_000 + 5, "{user} {goodbye}");
            let stored = direct.query(format!("SELECT note FROM housing.marks WHERE id = {id}").as_bytes());
            assert_eq!(stored[1].tag, b'D', "{user} {goodbye}");
        }
    }
}

#[test]
fn bytes_may_come_one_by_one() {
    for user in [RELAYED, WATCHED, ENFORCED] {
        compare(user, &open(), 1);
    }
}
