//! What psql does besides asking queries, through Menshen as directly.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::time::{Duration, Instant};

use crate::cluster;
use crate::drivers::{Door, PASSWORD, readable, writable};

fn psql(door: &Door) -> Command {
    let mut psql = cluster::shared().program("psql");
    psql.args(["-X", "-a", "-h", "127.0.0.1", "-p", &door.port.to_string(), "-U", door.user, "-d", &door.database]);
    psql.env("PGPASSWORD", PASSWORD).env("LC_ALL", "C.UTF-8");
    psql
}

/// Everything psql says to a script, with what differs in each run taken out.
fn transcript(door: &Door, script: &str) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("script.sql"), script).expect("written");
    let mut psql = psql(door);
    psql.args(["-f", "script.sql"]).current_dir(folder.path());
    let output = psql.output().expect("psql runs");
    let said = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
    said.replace(&door.database, "DATABASE").replace(&door.port.to_string(), "PORT")
}

const WRITES: &str = r#"
\copy (SELECT g, 'line ' || g FROM generate_series(1, 50) g) TO 'out.csv' WITH (FORMAT csv, HEADER)
CREATE TABLE public.taken (id int PRIMARY KEY, line text);
\copy public.taken FROM 'out.csv' WITH (FORMAT csv, HEADER)
SELECT count(*), sum(id), min(line) FROM public.taken;
COPY public.taken FROM stdin;
1	twice
\.
COPY public.taken FROM stdin;
6000	one
6001	two
\.
COPY (SELECT * FROM public.taken WHERE id > 48) TO stdout;
SELECT format('CREATE TABLE public.made_%s (id int)', g) FROM generate_series(1, 3) g \gexec
SELECT relname FROM pg_class WHERE relname ~ '^made_' ORDER BY 1 \gset first_
SELECT max(id) AS top FROM public.taken \gset
SELECT :top;
\set FETCH_COUNT 7
SELECT id FROM public.taken WHERE id < 20;
\unset FETCH_COUNT
\! printf 'a large object\n' > object
BEGIN;
\lo_import object
SELECT lo_get(:LASTOID);
\lo_export :LASTOID back
\! cat back
\lo_unlink :LASTOID
COMMIT;
LISTEN news;
NOTIFY news, 'to myself';
BEGIN; NOTIFY news, 'not yet'; SELECT 1; COMMIT;
SELECT pg_notify('news', repeat('x', 70)) \g /dev/null
UNLISTEN *;
SELECT 1 \; SELECT 2 \; SELECT 1/0 \; SELECT 3;
BEGIN \; SELECT 1/0 \;
SELECT 'aborted';
ROLLBACK;
SELECT 1 AS a, 2 AS b \crosstabview
SELECT * FROM public.taken WHERE id = 3 \gx
SELECT * FROM public.taken \gdesc
\errverbose
SELECT nothing;
\errverbose
\set AUTOCOMMIT off
SELECT 1;
\echo :SQLSTATE :ROW_COUNT
SAVEPOINT s;
ROLLBACK TO s;
COMMIT;
\set ON_ERROR_ROLLBACK on
BEGIN;
SELECT 1/0;
SELECT 'goes on';
COMMIT;
\encoding LATIN1
SELECT 'ä' = U&'\00C3\00A4';
\encoding
\conninfo
"#;

const READS: &str = r#"
\copy (SELECT id, name, phone FROM housing.buyers ORDER BY id) TO 'out.csv' WITH (FORMAT csv, HEADER)
\! cat out.csv
\copy housing.buyers (id, phone) TO 'plain'
\! sort -n plain
COPY (SELECT phone FROM housing.buyers ORDER BY id LIMIT 3) TO stdout;
SELECT format('SELECT %L, phone FROM housing.buyers WHERE id = %s', name, id) FROM housing.buyers ORDER BY id LIMIT 3 \gexec
SELECT phone FROM housing.buyers ORDER BY id LIMIT 1 \gset
\echo :phone
\set FETCH_COUNT 2
SELECT id, phone FROM housing.buyers ORDER BY id LIMIT 7;
\unset FETCH_COUNT
SELECT phone, count(*) FROM housing.buyers GROUP BY 1 ORDER BY 1 LIMIT 2 \gdesc
SELECT * FROM housing.buyers ORDER BY id LIMIT 1 \gx
BEGIN;
DECLARE c CURSOR FOR SELECT phone FROM housing.buyers ORDER BY id;
FETCH 2 FROM c;
SELECT 1/0;
FETCH 2 FROM c;
ROLLBACK;
LISTEN housing_psql;
NOTIFY housing_psql, 'to myself';
SELECT 1;
SELECT 1 \; SELECT phone FROM housing.buyers ORDER BY id LIMIT 1 \; SELECT 1/0;
\conninfo
"#;

/// Without the numbers of processes and large objects.
fn plain(said: &str) -> String {
    let lines = said.lines().filter(|line| !line.starts_with("lo_import") && !line.starts_with("lo_unlink"));
    lines.map(|line| line.split(" with PID ").next().unwrap_or_default()).collect::<Vec<_>>().join("\n")
}

fn same(direct: &str, through: &str) {
    let lines = direct.lines().zip(through.lines()).position(|(direct, through)| direct != through);
    let from = |said: &str| said.lines().skip(lines.unwrap_or_default()).take(9).collect::<Vec<_>>().join("\n");
    assert!(direct == through, "directly:\n{}\nthrough Menshen:\n{}", from(direct), from(through));
}

#[test]
fn everything_that_an_unrestricted_user_types_says_the_same() {
    let [direct, through] = writable().map(|door| {
        cluster::shared().sql(&door.database, &format!("GRANT CREATE ON SCHEMA public TO {}", door.user));
        plain(&transcript(&door, WRITES))
    });
    same(&direct, &through);
    for needed in ["COPY 50", "received from server process", "duplicate key", "a large object", "goes on"] {
        assert!(through.contains(needed), "{needed}:\n{through}");
    }
}

#[test]
fn everything_that_a_restricted_user_types_says_the_same_about_masks() {
    let [masked, through] = readable().map(|door| plain(&transcript(&door, READS)));
    same(&masked, &through);
    assert!(through.contains("COPY ") && through.contains("****"), "{through}");
}

/// psql at work, its output line by line.
struct Running {
    child: Child,
    input: ChildStdin,
    lines: std::sync::mpsc::Receiver<String>,
}

impl Running {
    fn start(door: &Door) -> Self {
        let psql = psql(door);
        let words = std::iter::once(psql.get_program()).chain(psql.get_args());
        let words: Vec<_> = words.map(|word| word.to_string_lossy()).collect();
        // only at a terminal psql survives an interrupt
        let mut terminal = Command::new("script");
        terminal.args(["-q", "-f", "-c", &format!("{} -A -t -q -n", words.join(" ")), "/dev/null"]);
        terminal.envs(psql.get_envs().filter_map(|(name, value)| Some((name, value?)))).env("PAGER", "");
        let mut child = terminal.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("script runs psql");
        let (tell, lines) = std::sync::mpsc::channel();
        let output = BufReader::new(child.stdout.take().expect("its output"));
        std::thread::spawn(move || output.lines().map_while(Result::ok).try_for_each(|line| tell.send(line)));
        Self { input: child.stdin.take().expect("its input"), child, lines }
    }

    fn types(&mut self, text: &str) {
        writeln!(self.input, "{text}").and_then(|()| self.input.flush()).expect("typed");
    }

    /// Reads on to a line that contains `wanted`.
    fn until(&self, wanted: &str) {
        let mut seen = Vec::new();
        loop {
            match self.lines.recv_timeout(Duration::from_secs(30)) {
                Ok(line) if line.contains(wanted) => return,
                Ok(line) => seen.push(line),
                Err(error) => panic!("no {wanted}: {error}: {seen:?}"),
            }
        }
    }

    /// As Ctrl-C.
    fn interrupt(&mut self) {
        self.input.write_all(b"\x03").and_then(|()| self.input.flush()).expect("typed");
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Waits until a statement with this text runs.
fn until_it_runs(text: &str) {
    let asked = format!(
        "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND query LIKE '%{text}%' AND pid <> pg_backend_pid()"
    );
    let deadline = Instant::now() + Duration::from_secs(30);
    while cluster::shared().sql("postgres", &asked).trim() != "1" {
        assert!(Instant::now() < deadline, "{text} does not run");
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn an_interrupted_psql_cancels_and_goes_on() {
    let doors = [&writable()[1], &readable()[1]].map(Clone::clone);
    for (number, door) in doors.iter().enumerate() {
        let mut psql = Running::start(door);
        let mark = format!("interrupt me {number}");
        psql.types(&format!("SELECT pg_sleep(600), '{mark}';"));
        until_it_runs(&mark);
        psql.interrupt();
        psql.until("canceling statement due to user request");
        psql.types("SELECT 'it goes' || ' on';");
        psql.until("it goes on");
        // a statement that is repeated until somebody interrupts it
        psql.types("SELECT 'and' || ' again' \\watch 0.1");
        psql.until("and again");
        psql.until("and again");
        psql.interrupt();
        psql.types("SELECT 'still' || ' there';");
        psql.until("still there");
    }
}

#[test]
fn a_notification_reaches_a_psql_that_listens() {
    let [direct, through] = writable();
    let mut listening = Running::start(&through);
    listening.types("LISTEN calls; SELECT 'list' || 'ening';");
    listening.until("listening");
    let mut other = Running::start(&Door { database: through.database.clone(), ..direct });
    other.types("SELECT pg_notify('calls', 'from ' || 'outside'); SELECT 'se' || 'nt';");
    other.until("sent");
    listening.types("SELECT 1;");
    listening.until("from outside");
}
