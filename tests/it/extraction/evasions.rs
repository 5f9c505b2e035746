//! `tests/evasions`: every way to take many persons without seeming to is counted, never too low.

use std::fs;
use std::io::Write as _;

use futures_util::StreamExt as _;
use menshen::wire::server::ProtocolVersion;
use menshen::wire::write;
use tokio_postgres::Client;

use super::{World, world};
use crate::cluster::{root, shared};
use crate::server::raw;

/// What is counted may be so many times too much: folded values are counted by their length.
const TOO_MUCH: u64 = 24;

/// No response: all is counted, nothing stopped.
const LIMITS: &str = "[[limit]]\nname = \"all\"\nwho = \"role:caller\"\nmeter = \"subjects\"\nwindow = \"1d\"\n\
                      steps = [{ at = 1000000000, do = \"alert\" }]\n";

struct Evasion {
    name: String,
    persons: u64,
    at_most: u64,
    steps: Vec<String>,
}

fn all() -> Vec<Evasion> {
    let mut files: Vec<_> = fs::read_dir(root().join("tests/evasions")).expect("there").flatten().collect();
    files.sort_by_key(fs::DirEntry::path);
    let sql = files.into_iter().map(|file| file.path()).filter(|path| path.extension().is_some_and(|it| it == "sql"));
    let text: String = sql.map(|path| fs::read_to_string(path).expect("text")).collect();
    text.split("-- case: ").skip(1).map(read).collect()
}

fn read(case: &str) -> Evasion {
    let mut lines = case.lines();
    let name = lines.next().expect("a name").to_owned();
    let persons = lines.next().and_then(|line| line.strip_prefix("-- persons: ")).expect("a number");
    let (persons, at_most) = persons.split_once(", counted up to ").map_or((persons, None), |(a, b)| (a, Some(b)));
    let persons = persons.parse().expect("a number");
    let at_most = at_most.map_or(u64::max(persons, 1) * TOO_MUCH, |text| text.parse().expect("a number"));
    let body: Vec<&str> = lines.collect();
    let steps = body.join("\n").split("-- then\n").map(|step| step.trim().to_owned()).collect();
    Evasion { name, persons, at_most, steps }
}

/// Whether the step is open to the user.
async fn take(client: &Client, step: &str) -> bool {
    if !step.starts_with("COPY") {
        // an error may be what is tried
        if let Err(error) = client.simple_query(step).await {
            let error = error.as_db_error().unwrap_or_else(|| panic!("{step}: {error:?}")).to_string();
            // plans that run, and locks, are closed to who does not read everything
            let may = step.starts_with("EXPLAIN (ANALYZE") || step.contains("pg_locks") || step.contains("xmax");
            let closed = may && error.contains("menshen: ");
            let tried = ["::int", "::reg", "SELECT NULL", "RAISE"].iter().any(|part| step.contains(part));
            assert!(closed || (tried && error.len() < 250), "{step}: {error}");
            return !closed;
        }
        return true;
    }
    let copied = client.copy_out(step).await.unwrap_or_else(|error| panic!("{step}: {error:?}"));
    copied.for_each(|chunk| async move { drop(chunk.expect("data")) }).await;
    true
}

fn counted(world: &World) -> u64 {
    counted_of(world, "caller")
}

fn counted_of(world: &World, role: &str) -> u64 {
    world.metric("menshen_extraction_persons_total", &format!("role=\"{role}\"")) as u64
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_taken_uncounted() {
    takes_all("clerk", "caller", LIMITS).await;
}

/// Who reads everything in clear is only watched.
#[tokio::test(flavor = "multi_thread")]
async fn nor_by_those_who_are_not_restricted() {
    takes_all("registrar", "boss", &LIMITS.replace("caller", "boss")).await;
}

async fn takes_all(user: &str, role: &str, limits: &str) {
    let world = world(400, limits);
    let client = world.client(user).await;
    let counted = |world: &World| counted_of(world, role);
    let (cases, mut failed) = (all(), Vec::new());
    assert!(cases.len() >= 60, "{} cases", cases.len());
    for case in &cases {
        let before = counted(&world);
        let mut open = true;
        for step in &case.steps {
            open = open && take(&client, step).await;
        }
        if !open {
            client.simple_query("ROLLBACK").await.expect("back");
            println!("       closed  {}", case.name);
            continue;
        }
        let counted = counted(&world) - before;
        println!("{:5} of {:5}  {}", counted, case.persons, case.name);
        if !(case.persons..=case.at_most).contains(&counted) {
            failed.push(format!("{}: {counted} of {}", case.name, case.persons));
        }
    }
    assert!(failed.is_empty(), "{failed:#?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn portals_binary_rows_and_pipelines_are_counted() {
    let world = world(400, LIMITS);
    let mut client = world.client("clerk").await;
    let binary = client.query("SELECT id, phone FROM crm.buyers", &[]).await.expect("rows");
    assert_eq!((binary.len(), counted(&world)), (400, 400));
    let transaction = client.transaction().await.expect("begun");
    let portal = transaction.bind("SELECT phone FROM crm.buyers", &[]).await.expect("bound");
    for _ in 0..4 {
        assert_eq!(transaction.query_portal(&portal, 100).await.expect("rows").len(), 100);
    }
    transaction.commit().await.expect("ended");
    assert_eq!(counted(&world), 800);
    let halves = ["SELECT phone FROM crm.buyers WHERE id <= 200", "SELECT phone FROM crm.buyers WHERE id > 200"];
    let (one, two) = tokio::join!(client.query(halves[0], &[]), client.query(halves[1], &[]));
    assert_eq!(one.expect("rows").len() + two.expect("rows").len(), 400);
    assert_eq!(counted(&world), 1200);
}

/// A name that SQL has made anew runs what it means by then, also where the message was sent before.
#[tokio::test(flavor = "multi_thread")]
async fn names_made_anew_on_the_way_are_counted() {
    for (user, role) in [("clerk", "caller"), ("registrar", "boss")] {
        let world = world(400, &LIMITS.replace("caller", role));
        let mut stream = raw::connect(world.menshen.port);
        let hello = [("user", user), ("database", world.database.as_str())];
        stream.write_all(&raw::startup(ProtocolVersion::V3_0, &hello)).expect("sent");
        raw::read_until_ready(&mut stream);
        let mut talk = |bytes: &[u8]| {
            stream.write_all(bytes).expect("sent");
            let synced = |all: &[u8]| all.ends_with(b"Z\0\0\0\x05I") && all.windows(400).len() > 0;
            raw::read_until(&mut stream, synced)
        };
        let mut bytes = Vec::new();
        write::parse(&mut bytes, b"s", b"SELECT repeat('x', 500)", [].into_iter()).expect("written");
        write::query(&mut bytes, b"SELECT repeat('x', 500)").expect("written");
        talk(&bytes);
        bytes.clear();
        write::query(&mut bytes, b"DEALLOCATE s").expect("written");
        write::query(&mut bytes, b"PREPARE s AS SELECT phone FROM crm.buyers").expect("written");
        write::bind(&mut bytes, b"", b"s", &[], &[], &[]).expect("written");
        write::execute(&mut bytes, b"", 0).expect("written");
        write::sync(&mut bytes);
        assert!(talk(&bytes).len() > 4000);
        let counted = counted_of(&world, role);
        assert!((400..=800).contains(&counted), "{user}: {counted}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn work_that_shows_nobody_is_not_counted() {
    let world = world(400, LIMITS);
    let client = world.client("clerk").await;
    for step in [
        "SELECT count(*), project FROM crm.buyers GROUP BY project",
        "SELECT id, name FROM crm.buyers",
        "SELECT amount FROM crm.contracts",
        "CREATE TEMP TABLE t AS SELECT id FROM crm.buyers",
        "SELECT * FROM t",
        "SELECT relname FROM pg_class",
        "EXPLAIN SELECT phone FROM crm.buyers",
        "INSERT INTO crm.buyers (id, phone) VALUES (9001, '13800000000') RETURNING id",
        "UPDATE crm.buyers SET phone = '13800000001' WHERE id = 9001",
        "DELETE FROM crm.buyers WHERE id = 9001",
    ] {
        assert!(take(&client, step).await, "{step}");
        assert_eq!(counted(&world), 0, "{step}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_understood_of_those_who_read_everything_is_counted() {
    let world = world(400, &LIMITS.replace("caller", "boss"));
    shared().sql(&world.database, "CREATE SEQUENCE crm.s; GRANT ALL ON crm.s TO PUBLIC");
    let client = world.client("registrar").await;
    for (step, persons) in [
        ("SELECT nextval('crm.s')", 0..=0),
        (
            "INSERT INTO crm.notes SELECT nextval('crm.s') + 5000, id, '' FROM crm.buyers WHERE phone LIKE '1%'",
            400..=402,
        ),
        ("SELECT count(setval('crm.s', phone::bigint)) FROM crm.buyers WHERE id = 3", 2000..=2100),
        ("DO $$ BEGIN PERFORM set_config('x.y', string_agg(phone, ''), false) FROM crm.buyers; END $$", 2000..=2000),
        (
            "DO $$ BEGIN RAISE NOTICE '%', (SELECT string_agg(phone, '') FROM crm.buyers); RAISE 'x' USING ERRCODE = '23505'; END $$",
            1100..=1300,
        ),
        ("CREATE TEMP TABLE a AS SELECT lo_creat(-1), phone FROM crm.buyers WHERE id <= 20", 20..=20),
        ("SELECT phone FROM a", 20..=200),
    ] {
        let before = counted_of(&world, "boss");
        assert!(take(&client, step).await, "{step}");
        let counted = counted_of(&world, "boss") - before;
        assert!(persons.contains(&counted), "{step}: {counted}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_understood_leaves_nothing_behind_uncounted() {
    let world = world(400, &LIMITS.replace("caller", "boss"));
    let all = "SELECT phone FROM crm.buyers";
    for steps in [
        vec![
            "SELECT set_config('shop.x', (SELECT string_agg(phone, ',') FROM crm.buyers), false) IS NULL".to_owned(),
            "SHOW shop.x".to_owned(),
        ],
        vec!["SELECT lo_from_bytea(987651, (SELECT string_agg(phone, ',') FROM crm.buyers)::bytea)".to_owned()],
        vec![
            "CREATE TEMP TABLE t (x text)".to_owned(),
            format!("CREATE PROCEDURE pg_temp.g() LANGUAGE sql AS 'INSERT INTO t {all}'"),
            "CALL pg_temp.g()".to_owned(),
        ],
        vec![
            "CREATE TEMP TABLE t (x text)".to_owned(),
            format!("CREATE FUNCTION pg_temp.g() RETURNS int LANGUAGE sql AS 'INSERT INTO t {all}; SELECT 1'"),
            "SELECT pg_temp.g()".to_owned(),
            "SELECT x FROM t".to_owned(),
        ],
        vec![
            "CREATE FUNCTION pg_temp.f() RETURNS text LANGUAGE sql AS 'SELECT string_agg(phone, '','') FROM crm.buyers'"
                .to_owned(),
            "CREATE TEMP TABLE t (id int, x text DEFAULT pg_temp.f())".to_owned(),
            "INSERT INTO t (id) VALUES (1)".to_owned(),
            "SELECT x FROM t".to_owned(),
        ],
        vec![
            "CREATE TEMP TABLE t (id int, x text)".to_owned(),
            "CREATE RULE r AS ON INSERT TO t DO INSTEAD SELECT id, phone FROM crm.buyers".to_owned(),
            "INSERT INTO t VALUES (1)".to_owned(),
        ],
    ] {
        let client = world.client("registrar").await;
        let before = counted_of(&world, "boss");
        for step in &steps {
            assert!(take(&client, step).await, "{step}");
        }
        let counted = counted_of(&world, "boss") - before;
        assert!(counted >= 400, "{steps:?}: {counted}");
    }
}

/// What hides a table, or is found under another role, is found out before anything is counted by its name.
#[tokio::test(flavor = "multi_thread")]
async fn names_that_nobody_has_understood_the_making_of_are_asked_for() {
    let all = "SELECT id, phone FROM crm.buyers";
    for making in [
        format!("CREATE TEMP VIEW notes AS {all}"),
        format!("CREATE TABLE pg_temp.notes AS {all}"),
        format!("DO $$ BEGIN EXECUTE 'CREATE TEMP VIEW notes AS {all}'; END $$"),
        format!("DO $$ BEGIN EXECUTE 'CREATE TEMP TABLE notes AS {all}'; END $$"),
    ] {
        takes(&["SET search_path = crm", &making, "SELECT * FROM notes"]).await;
        takes(&["SET search_path = crm", "BEGIN", "SET LOCAL lock_timeout = 0", &making, "SELECT * FROM notes"]).await;
    }
    let function = "CREATE FUNCTION pg_temp.f() RETURNS void LANGUAGE plpgsql AS \
                    $$ BEGIN CREATE TEMP VIEW notes AS SELECT id, phone FROM crm.buyers; END $$";
    takes(&["SET search_path = crm", function, "SELECT pg_temp.f()", "SELECT * FROM notes"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_role_has_other_names() {
    shared().login("assumed", "secret");
    let more = "CREATE SCHEMA assumed; CREATE VIEW assumed.shown AS SELECT id, phone FROM crm.buyers;
                CREATE VIEW public.shown AS SELECT id FROM crm.notes LIMIT 0;
                GRANT USAGE ON SCHEMA assumed TO assumed; GRANT assumed TO registrar;
                GRANT SELECT ON assumed.shown, public.shown TO PUBLIC";
    for steps in [
        vec!["SET ROLE assumed", "SELECT * FROM shown"],
        vec!["BEGIN", "SET LOCAL ROLE assumed", "SELECT * FROM shown"],
        vec!["SELECT set_config('role', 'assumed', false)", "SELECT * FROM shown"],
        vec![
            "SET ROLE assumed",
            "SELECT * FROM shown LIMIT 0",
            "RESET ROLE",
            "SET ROLE assumed",
            "SELECT * FROM shown",
        ],
        vec!["SET ROLE assumed", "BEGIN", "SET LOCAL ROLE registrar", "ROLLBACK", "SELECT * FROM shown"],
    ] {
        let world = world(400, &LIMITS.replace("caller", "boss"));
        shared().sql(&world.database, more);
        taken(&world, &steps, 400).await;
    }
}

/// What a transaction is like is said before anything is asked in it, be it by Menshen.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_asked_comes_behind_the_isolation_level() {
    shared().login("assumed", "secret");
    let world = world(400, &LIMITS.replace("caller", "boss"));
    shared().sql(&world.database, "GRANT assumed TO registrar");
    let mut client = world.client("registrar").await;
    for before in ["SET LOCAL ROLE assumed", "LOCK TABLE crm.notes", "SET LOCAL work_mem = '1MB'"] {
        for prepared in [false, true] {
            let transaction = client.transaction().await.expect("begun");
            transaction.batch_execute(before).await.expect("done");
            let level = "SET TRANSACTION ISOLATION LEVEL SERIALIZABLE";
            let set = match prepared {
                true => transaction.execute(level, &[]).await.map(|_| ()),
                false => transaction.batch_execute(level).await,
            };
            set.unwrap_or_else(|error| panic!("{before}: {error:?}"));
            transaction.batch_execute("SELECT id, phone FROM crm.buyers").await.expect("read");
        }
    }
}

/// Sends each step alone: `registrar` is counted for all 400.
async fn takes(steps: &[&str]) {
    taken(&world(400, &LIMITS.replace("caller", "boss")), steps, 400).await;
}

/// Whether at least so many are counted of the last step.
async fn taken(world: &World, steps: &[&str], persons: u64) {
    let client = world.client("registrar").await;
    let (last, first) = steps.split_last().expect("steps");
    for step in first {
        client.simple_query(step).await.unwrap_or_else(|error| panic!("{step}: {error:?}"));
    }
    let before = counted_of(world, "boss");
    let answer = client.simple_query(last).await.unwrap_or_else(|error| panic!("{last}: {error:?}"));
    let counted = counted_of(world, "boss") - before;
    assert!(super::rows(&answer) as u64 >= persons, "{steps:?}: {} rows", super::rows(&answer));
    assert!(counted >= persons, "{steps:?}: {counted}");
}

/// Definitions of its own count for a session before they are committed, and before anybody has read them.
#[tokio::test(flavor = "multi_thread")]
async fn definitions_of_its_own_hide_nothing() {
    let world = world(400, &LIMITS.replace("caller", "boss"));
    let sql = "CREATE SCHEMA dev; GRANT ALL ON SCHEMA dev TO registrar";
    shared().sql(&world.database, sql);
    let plain = "CREATE OR REPLACE VIEW dev.w AS SELECT 1 AS id, ''::varchar(20) AS phone";
    let all = "CREATE OR REPLACE VIEW dev.w AS SELECT id, phone FROM crm.buyers";
    let within = format!("DO $$ BEGIN EXECUTE '{all}'; END $$");
    let known = "SELECT * FROM dev.w LIMIT 0";
    for change in [all, &within] {
        taken(&world, &[plain, known, "BEGIN", change, "SELECT * FROM dev.w"], 400).await;
        taken(&world, &[plain, known, change, "SELECT * FROM dev.w"], 400).await;
        for _ in 0..5 {
            let client = world.client("registrar").await;
            client.batch_execute(plain).await.expect("made");
            let before = counted_of(&world, "boss");
            let (_, taken, _) = tokio::join!(
                client.batch_execute(change),
                client.simple_query("SELECT * FROM dev.w"),
                client.batch_execute(plain)
            );
            assert_eq!(super::rows(&taken.expect("rows")), 400);
            let counted = counted_of(&world, "boss") - before;
            assert!(counted >= 400, "{change}: {counted}");
        }
    }
}

/// Whoever defines temporary tables is counted as before.
#[tokio::test(flavor = "multi_thread")]
async fn temporary_tables_make_nothing_unclear() {
    let world = world(400, &LIMITS.replace("caller", "boss"));
    let client = world.client("registrar").await;
    for step in ["BEGIN", "CREATE TEMP TABLE t (id int)", "INSERT INTO t VALUES (1)", "LOCK TABLE crm.notes"] {
        client.simple_query(step).await.expect("done");
    }
    let before = counted_of(&world, "boss");
    client.simple_query("SELECT id, phone FROM crm.buyers WHERE id <= 3").await.expect("rows");
    client.simple_query("SELECT id, phone FROM crm.buyers WHERE id <= 3").await.expect("rows");
    assert_eq!(counted_of(&world, "boss") - before, 6);
}

#[tokio::test(flavor = "multi_thread")]
async fn ordinary_work_is_counted_once() {
    let world = world(400, LIMITS);
    let client = world.client("clerk").await;
    for (step, persons) in [
        ("SELECT count(*) FROM crm.buyers WHERE phone LIKE '13%'", 1),
        ("SELECT id, phone, count(*) OVER () FROM crm.buyers ORDER BY id LIMIT 50", 50),
        (
            "SELECT b.id, b.phone, count(c.id) FROM crm.buyers b LEFT JOIN crm.contracts c ON c.buyer_id = b.id GROUP BY b.id LIMIT 50",
            50,
        ),
        ("UPDATE crm.buyers SET level = 1 WHERE phone = '1'", 1),
        ("UPDATE crm.buyers SET level = 1 WHERE id <= 3 RETURNING id, phone", 3),
        ("WITH n AS (UPDATE crm.buyers SET level = 2 WHERE id <= 3 RETURNING id, phone) SELECT id, phone FROM n", 3),
        ("WITH n AS (INSERT INTO crm.notes VALUES (9001, 1, '')) SELECT id, phone FROM crm.buyers WHERE id <= 3", 3),
        (
            "UPDATE crm.buyers SET level = 3 WHERE id = (SELECT id FROM crm.buyers WHERE level = 2 ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED) RETURNING phone",
            2,
        ),
        ("SELECT id, phone, random(), clock_timestamp() FROM crm.buyers WHERE id <= 3", 3),
        ("SELECT id, phone FROM crm.buyers WHERE id <= 3 FOR UPDATE", 3),
        ("SELECT id, phone FROM crm.cards WHERE id <= 3", 3),
        ("SELECT id, phone FROM crm.totals WHERE id <= 3", 3),
        ("SELECT id, phone FROM crm.either", 200),
        ("SELECT id FROM crm.pairs", 0),
    ] {
        let before = counted(&world);
        assert!(take(&client, step).await, "{step}");
        assert_eq!(counted(&world) - before, persons, "{step}");
    }
}
