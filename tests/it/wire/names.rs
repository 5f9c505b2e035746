//! A restricted client has its names mean something else to the server than what was read: it runs by SQL what only the
//! protocol was watched for, and builds upon messages that fail or are skipped.

use menshen::wire::client::Target;
use menshen::wire::write;

use super::front::{ENFORCED, WATCHED, front};
use super::raw::{Answer, Raw};

/// A literal in SJIS, a column in LATIN1 (see `encoding_races`).
const ATTACK: &str = "\u{95}\\";
const LATIN: &str = "SET client_encoding TO LATIN1";
/// An error that quotes a row.
const QUOTES: &str = "UPDATE housing.buyers SET id = NULL WHERE id = 1";

/// What a client says in one go.
#[derive(Clone, Default)]
struct Say {
    bytes: Vec<u8>,
    ready: usize,
}

impl Say {
    fn query(mut self, text: &str) -> Self {
        write::query(&mut self.bytes, &attack(text)).expect("written");
        self.ready += 1;
        self
    }

    fn parse(mut self, name: &str, text: &str) -> Self {
        write::parse(&mut self.bytes, name.as_bytes(), &attack(text), [].into_iter()).expect("written");
        self
    }

    fn bind(mut self, portal: &str, statement: &str) -> Self {
        write::bind(&mut self.bytes, portal.as_bytes(), statement.as_bytes(), &[], &[], &[]).expect("written");
        self
    }

    fn execute(mut self, portal: &str) -> Self {
        write::execute(&mut self.bytes, portal.as_bytes(), 0).expect("written");
        self
    }

    fn describe(mut self, statement: &str) -> Self {
        write::describe(&mut self.bytes, Target::Statement(statement.as_bytes())).expect("written");
        self
    }

    fn close(mut self, statement: &str) -> Self {
        write::close(&mut self.bytes, Target::Statement(statement.as_bytes())).expect("written");
        self
    }

    fn sync(mut self) -> Self {
        write::sync(&mut self.bytes);
        self.ready += 1;
        self
    }

    /// One of its messages is skipped: so many answers fewer.
    fn skipped(mut self) -> Self {
        self.ready -= 1;
        self
    }

    /// A statement runs, and the attack behind it.
    fn runs(self, name: &str) -> Self {
        self.bind("", name).execute("").parse("x", ATTACK).bind("", "x").execute("").sync()
    }
}

fn say() -> Say {
    Say::default()
}

fn attack(text: &str) -> Vec<u8> {
    match text {
        ATTACK => b"SELECT E'\x95\\' || ' , upper(phone) FROM housing.buyers --'".to_vec(),
        _ => text.as_bytes().to_vec(),
    }
}

fn turn(raw: &mut Raw, say: &Say) -> Vec<Answer> {
    raw.send(&say.bytes);
    (0..say.ready).flat_map(|_| raw.until_ready()).collect()
}

/// Whether a true phone is among the answers.
fn leaks(answers: &[Answer]) -> bool {
    let holds = |body: &[u8], phone: &String| body.windows(phone.len()).any(|window| window == phone.as_bytes());
    answers.iter().any(|answer| front().phones.iter().any(|phone| holds(&answer.body, phone)))
}

/// Says the turns to the server itself, where they must leak, and through Menshen, where they must not.
fn attempt(name: &str, encoding: &str, turns: &[Say]) -> Vec<Vec<Answer>> {
    let play = |raw: &mut Raw| -> Vec<Vec<Answer>> {
        raw.query(format!("SET client_encoding TO {encoding}").as_bytes());
        turns.iter().map(|say| turn(raw, say)).collect()
    };
    let direct = play(&mut front().direct(ENFORCED));
    assert!(direct.iter().any(|answers| leaks(answers)), "{name} is no attack: {direct:?}");
    let mut raw = front().open(ENFORCED);
    let answers = play(&mut raw);
    assert!(!answers.iter().any(|answers| leaks(answers)), "{name}: {answers:?}");
    // and it goes on
    let after = raw.query(b"ROLLBACK; SELECT id FROM housing.projects");
    assert_eq!(after.iter().filter(|answer| answer.tag == b'D').count(), 30, "{name}: {after:?}");
    answers
}

fn error(answers: &[Answer]) -> (String, String) {
    let error = answers.iter().find(|answer| answer.tag == b'E');
    error.map(|error| (error.field(b'C'), error.field(b'M'))).unwrap_or_default()
}

#[test]
fn execute_runs_queries_only() {
    let set = say().parse("s", LATIN).sync();
    let answers = attempt("SET", "SJIS", &[set.clone(), say().query("EXECUTE s").query(ATTACK)]);
    let refused = "menshen: EXECUTE of \"s\", which is neither a query nor a write of rows";
    assert_eq!(error(&answers[1]), ("42501".into(), refused.into()));
    attempt("a wait", "SJIS", &[set.clone(), say().query("EXECUTE s"), say().query(ATTACK)]);
    // by a statement that names another one only when it runs
    let nested = say().parse("e", "EXECUTE s").sync();
    attempt("nested", "SJIS", &[set.clone(), nested.clone(), say().bind("", "e").execute("").sync().query(ATTACK)]);
    let later = say().query("PREPARE s AS SELECT 1");
    let turns = [later, nested, say().query("DEALLOCATE s"), set, say().runs("e")];
    attempt("another one by then", "SJIS", &turns);
    let mut raw = front().open(ENFORCED);
    for utility in
        ["ROLLBACK", "DECLARE k CURSOR WITH HOLD FOR SELECT 1", "PREPARE p AS SELECT 1", "CREATE TEMP TABLE t (a int)"]
    {
        turn(&mut raw, &say().close("u").parse("u", utility).sync());
        let answers = turn(&mut raw, &say().query("EXECUTE u"));
        assert!(error(&answers).1.contains("neither a query"), "{utility}: {answers:?}");
        // the protocol's own Execute runs it
        let answers = turn(&mut raw, &say().bind("", "u").execute("").sync());
        assert_eq!(error(&answers), Default::default(), "{utility}: {answers:?}");
    }
}

#[test]
fn execute_still_runs_queries() {
    for user in [ENFORCED, WATCHED] {
        let mut raw = front().open(user);
        turn(&mut raw, &say().parse("s", "SELECT 7").sync());
        for text in [
            "EXECUTE s",
            "PREPARE q AS SELECT 7; EXECUTE q",
            "EXECUTE q",
            "DEALLOCATE q; PREPARE q AS VALUES (7); EXECUTE q",
            "BEGIN; DECLARE c CURSOR FOR SELECT 7; FETCH c; COMMIT",
        ] {
            let answers = turn(&mut raw, &say().query(text));
            assert_eq!(answers.iter().filter(|answer| answer.tag == b'D').count(), 1, "{text}: {answers:?}");
        }
        // names that are on their way, and one that is gone
        let text = say().query("PREPARE r AS SELECT 7").query("EXECUTE r").query("DEALLOCATE r").query("EXECUTE r");
        let answers = turn(&mut raw, &text);
        assert_eq!(answers.iter().filter(|answer| answer.tag == b'D').count(), 1, "{answers:?}");
        assert_eq!(error(&answers), ("26000".into(), "prepared statement \"r\" does not exist".into()));
        let answers = turn(&mut raw, &say().query("FETCH 1 FROM nobody"));
        assert_eq!(error(&answers), ("34000".into(), "cursor \"nobody\" does not exist".into()));
    }
}

#[test]
fn what_fails_or_is_skipped_names_nothing() {
    let set = |name: &str| say().parse(name, LATIN).sync();
    let twice = say().parse("s", "SELECT 1").sync().runs("s");
    attempt("a Parse that fails", "SJIS", &[set("s"), twice]);
    let skipped = say().execute("nobody").close("s").sync().runs("s");
    attempt("a Close that is skipped", "SJIS", &[set("s"), skipped]);
    let skipped = say().execute("nobody").parse("", "SELECT 1").sync().runs("");
    attempt("a Parse that is skipped", "SJIS", &[set(""), skipped]);
    let skipped = say().execute("nobody").query("SELECT 1").sync().skipped();
    attempt("a Query that is skipped", "SJIS", &[set(""), skipped.clone(), say().runs("")]);
    let mut at_once = skipped;
    at_once.bytes.extend(say().runs("").bytes);
    at_once.ready += 1;
    attempt("a Query that is skipped, without waiting", "SJIS", &[set(""), at_once]);
}

#[test]
fn what_sql_makes_is_waited_for() {
    let made = say().parse("s", "SELECT 1").sync();
    let prepare = format!("PREPARE s AS {QUOTES}");
    let run = |say: Say| say.bind("", "s").execute("").sync();
    let again = run(say().query("DEALLOCATE s").query(&prepare));
    attempt("two queries", "UTF8", &[made.clone(), again]);
    let again = run(say().query(&format!("DEALLOCATE s; {prepare}")));
    attempt("one query", "UTF8", &[made.clone(), again]);
    let steps = |text: &str, say: Say| say.parse("", text).bind("", "").execute("");
    let again = run(steps(&prepare, steps("DEALLOCATE s", say())));
    attempt("a pipeline", "UTF8", &[made, again]);
    // a portal of a statement that has been made anew since: the statement is not what the portal ran
    let turns = [
        say().query("PREPARE s AS SELECT 1").query("BEGIN").bind("p", "s").sync(),
        say().query("DEALLOCATE s").query(&prepare).execute("p").sync(),
        run(say()),
    ];
    attempt("an old portal", "UTF8", &turns);
    // what an answer is about is what stood under the name then, not what will
    let turns = [say().query(&prepare), say().query("EXECUTE s").close("s").parse("s", "SELECT 1").sync()];
    attempt("another one behind it", "UTF8", &turns);
}

/// A description is kept for all sessions: never under what another statement was read as.
#[test]
fn descriptions_are_of_what_they_describe() {
    let text = "SELECT upper(phone) AS a, 'names.rs' AS b FROM housing.buyers";
    for _ in 0..2 {
        let mut raw = front().open(ENFORCED);
        turn(&mut raw, &say().parse("s", "SELECT id, name FROM housing.projects").sync());
        let answers = turn(&mut raw, &say().parse("s", text).sync().describe("s").sync());
        assert_eq!(error(&answers).0, "42P05", "{answers:?}");
        let mut other = front().open(ENFORCED);
        let answers = turn(&mut other, &say().parse("s", text).bind("", "s").execute("").sync());
        assert!(!leaks(&answers) && answers.iter().filter(|answer| answer.tag == b'D').count() == 40, "{answers:?}");
    }
}

/// What is refused when it is executed fails by a statement of Menshen's own.
#[test]
fn a_refusal_leaves_the_statement_without_a_name() {
    let mut raw = front().open(ENFORCED);
    let answers = turn(&mut raw, &say().parse("", "FETCH 1 FROM nobody").bind("", "").execute("").sync());
    assert_eq!(error(&answers).0, "34000", "{answers:?}");
    let answers = turn(&mut raw, &say().bind("", "").sync());
    assert_eq!(error(&answers), Default::default(), "{answers:?}");
}

/// Batches that follow on each other without waiting.
#[test]
fn pipelines_flow() {
    let mut raw = front().open(ENFORCED);
    let mut batches = say();
    for _ in 0..50 {
        batches = batches.parse("", "SELECT 7").bind("", "").execute("").sync();
    }
    let answers = turn(&mut raw, &batches);
    assert_eq!(answers.iter().filter(|answer| answer.tag == b'D').count(), 50);
    let mut batches = say().parse("s", "SELECT 7").sync();
    for _ in 0..50 {
        batches = batches.bind("", "s").execute("").sync();
    }
    let answers = turn(&mut raw, &batches);
    assert_eq!(answers.iter().filter(|answer| answer.tag == b'D').count(), 50);
}
