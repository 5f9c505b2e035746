//! New policies and new catalogs are in force for the next statement of every open session.

use std::io::{Read, Write};
use std::path::Path;
use std::process::Command;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Once};

use menshen::wire::server::ProtocolVersion;
use menshen::wire::write;
use tempfile::TempDir;
use tokio_postgres::{Client, SimpleQueryMessage};

use super::raw::{self, read_until_ready, startup};
use super::until;
use crate::cluster::{self, connect, shared};
use crate::menshen::{Menshen, Settings};

const CLASSES: &str = r#"
[defaults]
unclassified = "clear"
[category."pii/phone"]
level = "sensitive"
mask = "phone"
[category."pii/never"]
level = "sensitive"
mask = "null"
[table."h.buyers".columns]
phone = "pii/phone"
[table."h.never".columns]
secret = "pii/never"
"#;

/// What the three may do with telephone numbers. The clerk never sees `h.never`: it stays restricted.
fn rules(clerk: &str, others: &str) -> String {
    format!(
        "p, role:sales, pii/phone, {clerk}, *, allow\np, role:boss, *, {others}, *, allow\n\
         p, role:dba, *, {others}, *, allow\n\
         g, user:ep_clerk, role:sales\ng, user:ep_boss, role:boss\ng, user:ep_dba, role:dba\n"
    )
}

/// A Menshen that does not poll, a database and a bundle of its own.
pub struct Bench {
    pub menshen: Menshen,
    pub database: String,
    policies: TempDir,
}

pub const TRUE: &str = "13812345678";
pub const MASK: &str = "138****5678";

impl Bench {
    pub fn new() -> Self {
        Self::polling("1h")
    }

    pub fn polling(interval: &str) -> Self {
        Self::with(&[("catalog", &format!("poll_interval = \"{interval}\""))])
    }

    /// With these lines of the configuration.
    pub fn with(lines: &[(&'static str, &str)]) -> Self {
        let cluster = shared();
        // roles are the cluster's: two tests that change one at a time fail
        static ROLES: Once = Once::new();
        ROLES.call_once(|| {
            for user in ["ep_clerk", "ep_boss", "ep_dba"] {
                cluster.login(user, "secret");
            }
            cluster.sql("postgres", "ALTER ROLE ep_boss SUPERUSER; ALTER ROLE ep_dba SUPERUSER");
        });
        let database = cluster.fresh_database("epochs");
        cluster.sql(&database, SCHEMA);
        let policies = tempfile::tempdir().expect("a folder");
        std::fs::write(policies.path().join("classification.toml"), CLASSES).expect("written");
        std::fs::write(policies.path().join("identity.toml"), identity()).expect("written");
        write_rules(policies.path(), &rules("masked", "clear"));
        let settings = Settings::new(policies.path()).trusting();
        let settings = settings.user("ep_clerk", "secret").user("ep_boss", "secret").user("ep_dba", "secret");
        let settings = lines.iter().fold(settings, |settings, (section, line)| settings.with(section, *line));
        Self { menshen: Menshen::start(cluster, &settings), database, policies }
    }

    pub async fn client(&self, user: &str) -> Client {
        connect(&self.menshen.config(user, "secret", &self.database)).await
    }

    pub fn metric(&self, name: &str) -> i64 {
        let page = self.menshen.admin("/metrics").expect("metrics");
        let line = page.lines().find(|line| line.starts_with(name)).unwrap_or_default();
        line.rsplit(' ').next().and_then(|number| number.parse().ok()).unwrap_or(0)
    }

    /// Puts other rights in force, and returns when Menshen has said that they are.
    pub fn flip(&self, clerk: &str, others: &str) {
        let before = self.metric("menshen_policy_epoch");
        write_rules(self.policies.path(), &rules(clerk, others));
        self.menshen.signal("HUP");
        until("the new policy is in force", || self.metric("menshen_policy_epoch") > before);
    }

    /// Runs statements around Menshen.
    pub fn around(&self, sql: &str) {
        shared().sql(&self.database, sql);
    }
}

fn identity() -> String {
    let example = std::fs::read_to_string(cluster::root().join("policies/identity.toml")).expect("an example");
    let line = example.lines().find(|line| line.starts_with("unrecorded")).expect("a line");
    assert_eq!(line, "unrecorded = [\"role:dba\"]");
    line.to_owned() + "\n"
}

fn write_rules(folder: &Path, rules: &str) {
    // a bundle must not be read half written
    let next = folder.join(".policy.csv.next");
    std::fs::write(&next, rules).expect("written");
    std::fs::rename(next, folder.join("policy.csv")).expect("renamed");
}

const SCHEMA: &str = "
    CREATE SCHEMA h; GRANT USAGE ON SCHEMA h TO PUBLIC;
    CREATE TABLE h.buyers (id int PRIMARY KEY, phone varchar(20), note text);
    INSERT INTO h.buyers SELECT n, '13812345678', 'note' FROM generate_series(1, 5) n;
    CREATE TABLE h.plain (id int PRIMARY KEY, phone varchar(20), note text);
    INSERT INTO h.plain SELECT n, 'nothing', 'note' FROM generate_series(1, 5) n;
    CREATE TABLE h.never (id int, secret text);
    CREATE VIEW h.card AS SELECT id, note AS shown FROM h.buyers;
    GRANT SELECT ON ALL TABLES IN SCHEMA h TO PUBLIC; GRANT UPDATE ON h.buyers TO PUBLIC;
    ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO PUBLIC;
    ALTER DEFAULT PRIVILEGES FOR ROLE ep_boss, ep_dba GRANT SELECT ON TABLES TO PUBLIC;";

/// The first value, or the error's message.
pub async fn ask(client: &Client, sql: &str) -> String {
    match client.simple_query(sql).await {
        Ok(messages) => messages
            .iter()
            .find_map(|message| match message {
                SimpleQueryMessage::Row(row) => Some(row.get(0).unwrap_or("NULL").to_owned()),
                _ => None,
            })
            .unwrap_or_default(),
        Err(error) if error.is_closed() => "closed".into(),
        Err(error) => error.as_db_error().map_or_else(|| error.to_string(), |error| error.message().to_owned()),
    }
}

/// Definitions that make `SELECT shown FROM h.card` or `SELECT phone FROM h.plain` deliver what is protected, and back.
const CHANGES: [(&str, &str); 5] = [
    (
        "CREATE OR REPLACE VIEW h.card AS SELECT id, phone::text AS shown FROM h.buyers",
        "CREATE OR REPLACE VIEW h.card AS SELECT id, note AS shown FROM h.buyers",
    ),
    (
        "BEGIN; CREATE OR REPLACE VIEW h.card AS SELECT id, phone::text AS shown FROM h.buyers; COMMIT",
        "BEGIN; DROP VIEW h.card; CREATE VIEW h.card AS SELECT id, note AS shown FROM h.buyers; COMMIT",
    ),
    (
        "DO $$ BEGIN CREATE OR REPLACE VIEW h.card AS SELECT id, upper(phone) AS shown FROM h.buyers; END $$",
        "DROP VIEW h.card; CREATE VIEW h.card AS SELECT id, note AS shown FROM h.buyers",
    ),
    (
        "ALTER TABLE h.plain RENAME TO other; ALTER TABLE h.buyers RENAME TO plain",
        "ALTER TABLE h.plain RENAME TO buyers; ALTER TABLE h.other RENAME TO plain",
    ),
    (
        "ALTER TABLE h.buyers RENAME phone TO tel; ALTER TABLE h.buyers RENAME note TO phone;
         ALTER TABLE h.buyers RENAME tel TO note",
        "ALTER TABLE h.buyers RENAME phone TO tel; ALTER TABLE h.buyers RENAME note TO phone;
         ALTER TABLE h.buyers RENAME tel TO note",
    ),
];

/// Expressions, which the end of the pipe knows no origin of.
const QUESTIONS: [&str; 3] = [
    "SELECT shown || '' FROM h.card ORDER BY 1 DESC LIMIT 1",
    "SELECT string_agg(phone, ',') FROM h.plain",
    "SELECT note || '' FROM h.plain ORDER BY 1 LIMIT 1",
];

#[tokio::test(flavor = "multi_thread")]
async fn definitions_that_pass_through_are_in_force_for_everybody_s_next_statement() {
    let bench = Bench::new();
    let clerk = bench.client("ep_clerk").await;
    // followed by headers alone, and watched
    for user in ["ep_dba", "ep_boss"] {
        let definer = bench.client(user).await;
        for (change, back) in CHANGES {
            for _ in 0..3 {
                for question in QUESTIONS {
                    let answer = ask(&clerk, question).await;
                    assert!(!answer.contains(TRUE) && !answer.contains("error"), "{question}: {answer}");
                }
                definer.batch_execute(change).await.unwrap();
                for question in QUESTIONS {
                    let answer = ask(&clerk, question).await;
                    assert!(!answer.contains(TRUE), "{user}, {change}\n{question}: {answer}");
                }
                definer.batch_execute(back).await.unwrap();
            }
        }
    }
    assert_eq!(bench.metric("menshen_origin_violations_total"), 0);
    assert_eq!(ask(&clerk, "SELECT phone FROM h.buyers").await, MASK);
}

const ENDED: &str = "menshen: rights changed; connect again";

#[tokio::test(flavor = "multi_thread")]
async fn who_becomes_restricted_begins_anew() {
    let bench = Bench::new();
    for user in ["ep_dba", "ep_boss"] {
        let before = bench.client(user).await;
        assert_eq!(ask(&before, "SELECT phone FROM h.buyers").await, TRUE);
        bench.flip("masked", "masked");
        // settings, prepared statements and temporary tables of another time
        assert_eq!(ask(&before, "SELECT phone FROM h.buyers").await, ENDED, "{user}");
        assert_eq!(ask(&bench.client(user).await, "SELECT phone FROM h.buyers").await, MASK);
        bench.flip("masked", "clear");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_relayed_session_in_the_middle_of_a_message_is_no_exception() {
    let bench = Bench::new();
    let mut stream = raw::connect(bench.menshen.port);
    let hello = [("user", "ep_dba"), ("database", bench.database.as_str())];
    stream.write_all(&startup(ProtocolVersion::V3_0, &hello)).unwrap();
    read_until_ready(&mut stream);
    let mut query = Vec::new();
    write::query(&mut query, b"SELECT phone FROM h.buyers").unwrap();
    // never at the end of a message when anybody looks
    stream.write_all(&query).unwrap();
    stream.write_all(&query[..9]).unwrap();
    assert!(String::from_utf8_lossy(&read_until_ready(&mut stream)).contains(TRUE));
    bench.flip("masked", "masked");
    stream.write_all(&[&query[9..], &query, &query[..9]].concat()).unwrap();
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    let answer = String::from_utf8_lossy(&answer).into_owned();
    assert!(answer.contains(ENDED) && !answer.contains(TRUE), "{answer}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_read_under_higher_rights_does_not_stay() {
    let bench = Bench::new();
    bench.flip("clear", "clear");
    let (plain, staged, paging) =
        (bench.client("ep_clerk").await, bench.client("ep_clerk").await, bench.client("ep_clerk").await);
    assert_eq!(ask(&plain, "SELECT phone FROM h.buyers").await, TRUE);
    staged.batch_execute("CREATE TEMP TABLE mine AS SELECT phone FROM h.buyers").await.unwrap();
    assert_eq!(ask(&staged, "SELECT phone FROM mine").await, TRUE);
    paging.batch_execute("BEGIN; DECLARE c CURSOR FOR SELECT phone FROM h.buyers").await.unwrap();
    assert_eq!(ask(&paging, "FETCH 1 FROM c").await, TRUE);
    paging.batch_execute("PREPARE p AS SELECT phone FROM h.buyers").await.unwrap();
    bench.flip("masked", "clear");
    assert_eq!(ask(&plain, "SELECT phone FROM h.buyers").await, MASK);
    assert_eq!(ask(&staged, "SELECT phone FROM mine").await, ENDED);
    let stale = "menshen: the rights, the catalog or the search path changed since cursor \"c\" was made";
    assert_eq!(ask(&paging, "FETCH 1 FROM c").await, stale);
    paging.batch_execute("ROLLBACK").await.unwrap();
    let answer = ask(&paging, "EXECUTE p").await;
    assert!(!answer.contains(TRUE), "{answer}");
    // more rights take nothing away
    paging.batch_execute("CREATE TEMP TABLE masks AS SELECT phone FROM h.buyers").await.unwrap();
    bench.flip("clear", "clear");
    assert_eq!(ask(&paging, "SELECT phone FROM masks").await, MASK);
    assert_eq!(ask(&paging, "SELECT phone FROM h.buyers").await, TRUE);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_made_while_rights_change_is_of_those_it_was_read_under() {
    let bench = Bench::new();
    bench.flip("clear", "clear");
    let clerk = Arc::new(bench.client("ep_clerk").await);
    let makes = "SELECT pg_sleep(5); PREPARE late AS SELECT phone FROM h.buyers;
                 DECLARE late CURSOR WITH HOLD FOR SELECT phone FROM h.buyers";
    let making = tokio::spawn({
        let clerk = Arc::clone(&clerk);
        async move { clerk.batch_execute(makes).await }
    });
    tokio::time::sleep(std::time::Duration::from_millis(500)).await;
    tokio::task::block_in_place(|| bench.flip("masked", "clear"));
    assert!(!making.is_finished(), "the rights change in between");
    making.await.unwrap().unwrap();
    for text in ["EXECUTE late", "FETCH 1 FROM late"] {
        let answer = ask(&clerk, text).await;
        assert!(answer.contains("changed since"), "{text}: {answer}");
    }
}

/// Statements and cursors that the protocol's Parse has made ready, and SQL or the protocol runs by another name.
#[tokio::test(flavor = "multi_thread")]
async fn rights_that_are_withdrawn_are_withdrawn_from_every_name() {
    let bench = Bench::new();
    bench.flip("clear", "clear");
    let mut stream = raw::connect(bench.menshen.port);
    let hello = [("user", "ep_clerk"), ("database", bench.database.as_str())];
    stream.write_all(&startup(ProtocolVersion::V3_0, &hello)).unwrap();
    read_until_ready(&mut stream);
    let mut talk = |messages: &[(char, &str, &str)]| {
        let mut bytes = Vec::new();
        for (kind, name, text) in messages {
            let (name, text) = (name.as_bytes(), text.as_bytes());
            match kind {
                'P' => write::parse(&mut bytes, name, text, [].into_iter()).unwrap(),
                'B' => write::bind(&mut bytes, name, text, &[], &[], &[]).unwrap(),
                'E' => write::execute(&mut bytes, name, 0).unwrap(),
                'S' => write::sync(&mut bytes),
                _ => write::query(&mut bytes, text).unwrap(),
            }
        }
        stream.write_all(&bytes).unwrap();
        String::from_utf8_lossy(&read_until_ready(&mut stream)).into_owned()
    };
    let (prepare, declare) =
        ("PREPARE made AS SELECT phone FROM h.buyers", "DECLARE k CURSOR WITH HOLD FOR SELECT phone FROM h.buyers");
    talk(
        &[('P', "d1", prepare), ('P', "d2", declare), ('P', "e", "EXECUTE made"), ('P', "f", "FETCH 1 FROM k")]
            .into_iter()
            .chain([('S', "", "")])
            .collect::<Vec<_>>(),
    );
    for by_sql in ["EXECUTE d1", "EXECUTE d2"] {
        let answer = talk(&[('Q', "", by_sql)]);
        assert!(answer.contains("neither a query"), "{answer}");
    }
    talk(&[('B', "", "d1"), ('E', "", ""), ('B', "", "d2"), ('E', "", ""), ('S', "", "")]);
    let runs = |name| [('B', "", name), ('E', "", ""), ('S', "", "")];
    for name in ["made", "e", "f"] {
        let answer = talk(&runs(name));
        assert!(answer.contains(TRUE), "{name}: {answer}");
    }
    bench.flip("masked", "clear");
    for text in ["EXECUTE made", "FETCH 1 FROM k"] {
        let answer = talk(&[('Q', "", text)]);
        assert!(answer.contains("changed since") && !answer.contains(TRUE), "{text}: {answer}");
    }
    for name in ["made", "e", "f"] {
        let answer = talk(&runs(name));
        assert!(answer.contains("changed since") && !answer.contains(TRUE), "{name}: {answer}");
    }
    let answer = talk(&[('E', "k", ""), ('S', "", "")]);
    assert!(answer.contains("changed since") && !answer.contains(TRUE), "{answer}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_event_trigger_tells_of_what_goes_around() {
    let bench = Bench::new();
    let menshen = |words: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_menshen"));
        command.current_dir(bench.menshen.folder.path()).arg("install");
        cluster::run(command.args(["--database", &bench.database]).args(words))
    };
    bench.around(&menshen(&["--print"]));
    // may be run again
    bench.around(&menshen(&["--print"]));
    let clerk = bench.client("ep_clerk").await;
    assert_eq!(ask(&clerk, "SELECT shown || '' FROM h.card").await, "note");
    until("Menshen listens", || bench.menshen.log().contains("the server tells of changes"));
    for (change, back) in CHANGES {
        for definition in [change, back] {
            let before = bench.metric("menshen_catalog_epoch");
            bench.around(definition);
            until("it is noticed", || bench.metric("menshen_catalog_epoch") > before);
            for question in QUESTIONS {
                let answer = ask(&clerk, question).await;
                assert!(!answer.contains(TRUE), "{definition}\n{question}: {answer}");
            }
        }
    }
    // temporary objects concern nobody
    let before = bench.metric("menshen_catalog_epoch");
    clerk.batch_execute("CREATE TEMP TABLE mine (id int)").await.unwrap();
    let password = bench.menshen.folder.path().join("boss.password");
    std::fs::write(&password, "secret\n").unwrap();
    std::fs::set_permissions(&password, std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
    let login = ["--as", "ep_boss", "--password-file", "boss.password"];
    let said = menshen(&login);
    assert!(said.contains("CREATE EVENT TRIGGER menshen_ddl"), "{said}");
    menshen(&[&login[..], &["--uninstall"]].concat());
    let left = "SELECT count(*) FROM pg_event_trigger";
    assert_eq!(shared().sql(&bench.database, left).trim(), "0");
    assert!(bench.metric("menshen_catalog_epoch") >= before);
}

/// What is in force, as those who ask may rely on it.
struct Truth {
    /// A version that counts up, and in its last two bits [`MASKS`], [`CLEAR`] or [`CHANGING`].
    state: AtomicU64,
    judged: AtomicU64,
    over: AtomicBool,
}

const MASKS: u64 = 0;
const CLEAR: u64 = 1;
const CHANGING: u64 = 2;

impl Truth {
    fn now(&self) -> u64 {
        self.state.load(Ordering::SeqCst)
    }

    /// The answer that was right from before a question until after its answer, if one was.
    fn answer(&self, before: u64) -> Option<&'static str> {
        match before & 3 {
            _ if self.now() != before => None,
            MASKS => Some(MASK),
            CLEAR => Some(TRUE),
            _ => None,
        }
    }

    fn becomes(&self, state: u64) {
        let version = (self.now() >> 2) + 1;
        self.state.store((version << 2) | state, Ordering::SeqCst);
    }

    fn judged(&self) -> u64 {
        self.judged.load(Ordering::SeqCst)
    }
}

const FLIPS: usize = 60;

/// Asks as fast as it can until it is over.
async fn hammer(client: Client, truth: Arc<Truth>, simple: bool) {
    let prepared = client.prepare("SELECT phone, id FROM h.buyers WHERE id = $1").await.unwrap();
    while !truth.over.load(Ordering::SeqCst) {
        let before = truth.now();
        let answer: String = match simple {
            true => ask(&client, "SELECT phone FROM h.buyers WHERE id = 2").await,
            false => client.query_one(&prepared, &[&2_i32]).await.unwrap().get(0),
        };
        assert!([TRUE, MASK].contains(&answer.as_str()), "{answer}");
        if let Some(right) = truth.answer(before) {
            assert_eq!(answer, right, "step {before}");
            truth.judged.fetch_add(1, Ordering::SeqCst);
        }
        let before = truth.now();
        let answer = ask(&client, "SELECT shown || '' FROM h.card").await;
        assert!(truth.answer(before) != Some(MASK) || !answer.contains(TRUE), "step {before}: {answer}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_answer_under_old_rights_however_often_they_change() {
    let bench = Bench::new();
    let truth = Truth { state: AtomicU64::new(MASKS), judged: AtomicU64::new(0), over: AtomicBool::new(false) };
    let truth = Arc::new(truth);
    let mut hammers = Vec::new();
    for number in 0..6 {
        let client = bench.client("ep_clerk").await;
        hammers.push(tokio::spawn(hammer(client, Arc::clone(&truth), number % 2 == 0)));
    }
    let boss = bench.client("ep_boss").await;
    for flip in 0..FLIPS {
        truth.becomes(CHANGING);
        let (clerk, state) = if flip % 2 == 0 { ("clear", CLEAR) } else { ("masked", MASKS) };
        tokio::task::block_in_place(|| bench.flip(clerk, "clear"));
        truth.becomes(state);
        let before = truth.judged();
        let ended = || hammers.iter().any(tokio::task::JoinHandle::is_finished);
        tokio::task::block_in_place(|| until("answers", || truth.judged() >= before + 3 || ended()));
        truth.becomes(CHANGING);
        let (change, back) = CHANGES[0];
        boss.batch_execute(if flip % 3 == 0 { change } else { back }).await.unwrap();
        truth.becomes(state);
        let before = truth.judged();
        tokio::task::block_in_place(|| until("answers", || truth.judged() >= before + 3 || ended()));
    }
    truth.over.store(true, Ordering::SeqCst);
    for hammer in hammers {
        hammer.await.expect("no answer under old rights");
    }
    println!("{} answers judged over {FLIPS} policies", truth.judged());
    assert_eq!(bench.metric("menshen_origin_violations_total"), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_change_does_not_concern_goes_on() {
    let bench = Bench::new();
    let (clerk, boss) = (bench.client("ep_clerk").await, bench.client("ep_boss").await);
    let prepared = clerk.prepare("SELECT * FROM h.buyers WHERE id = $1").await.unwrap();
    clerk
        .batch_execute(
            "PREPARE q AS SELECT phone FROM h.buyers;
             BEGIN; DECLARE held CURSOR WITH HOLD FOR SELECT shown FROM h.card; COMMIT;
             BEGIN; DECLARE c CURSOR FOR SELECT phone FROM h.buyers",
        )
        .await
        .unwrap();
    assert_eq!(ask(&clerk, "FETCH 1 FROM c").await, MASK);
    for change in ["CREATE TABLE h.unrelated (id int)", "CREATE VIEW h.other AS SELECT 1 AS one", "DROP VIEW h.other"] {
        boss.batch_execute(change).await.unwrap();
        assert_eq!(ask(&clerk, "FETCH 1 FROM c").await, MASK, "{change}");
        assert_eq!(ask(&clerk, "FETCH 1 FROM held").await, "note", "{change}");
        assert_eq!(ask(&clerk, "EXECUTE q").await, MASK, "{change}");
        let row = clerk.query_one(&prepared, &[&1_i32]).await.unwrap();
        assert_eq!(row.get::<_, String>(1), MASK, "{change}");
    }
    // the masks go, and with them the text that was sent
    bench.flip("clear", "clear");
    let row = clerk.query_one(&prepared, &[&1_i32]).await.unwrap();
    assert_eq!(row.get::<_, String>(1), TRUE);
    clerk.batch_execute("COMMIT").await.unwrap();
    bench.flip("masked", "clear");
    // what the cursor delivers is not what the view means any more
    boss.batch_execute(CHANGES[0].0).await.unwrap();
    let stale = "menshen: the rights, the catalog or the search path changed since cursor \"held\" was made";
    assert_eq!(ask(&clerk, "FETCH 1 FROM held").await, stale);
    // a client that relies on the columns it was told of must not be given others
    boss.batch_execute("ALTER TABLE h.buyers ADD COLUMN late int").await.unwrap();
    let error = clerk.query_one(&prepared, &[&1_i32]).await.unwrap_err();
    let said = error.as_db_error().map(|error| error.message().to_owned()).unwrap_or_default();
    assert_eq!(said, "menshen: the columns of a prepared statement changed; connect again");
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_changes_something_all_the_time_holds_nobody_for_ever() {
    let bench = Bench::new();
    let over = Arc::new(AtomicBool::new(false));
    let mut changing = Vec::new();
    for number in 0..2 {
        let (boss, over) = (bench.client("ep_boss").await, Arc::clone(&over));
        changing.push(tokio::spawn(async move {
            let change = format!("CREATE OR REPLACE FUNCTION h.busy{number}() RETURNS int LANGUAGE sql AS 'SELECT 1'");
            while !over.load(Ordering::SeqCst) {
                boss.batch_execute(&change).await.unwrap();
            }
        }));
    }
    let clerk = bench.client("ep_clerk").await;
    let asked = async {
        for _ in 0..5 {
            assert_eq!(ask(&clerk, "SELECT phone FROM h.buyers").await, MASK);
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(60), asked).await.expect("answers between the changes");
    over.store(true, Ordering::SeqCst);
    for task in changing {
        task.await.unwrap();
    }
}
