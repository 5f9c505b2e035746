//! Every meter, every way to add up, every kind of threshold: each stops a real session.

use tokio_postgres::error::SqlState;
use tokio_postgres::{Client, Config, NoTls};

use super::limits::taken;
use super::{RULES, World, bundle, rows, schema, until, users, world, world_by};
use crate::cluster::{connect, shared};
use crate::menshen::{Menshen, Settings, WallClock};

/// A limit that blocks.
pub(super) fn block(more: &str, at: &str) -> String {
    format!("[[limit]]\nname = \"it\"\n{more}\nsteps = [{{ at = {at}, do = \"block\" }}]\n")
}

/// Whether a statement ends by the limit.
async fn blocked(client: &Client, statement: &str) -> bool {
    match taken(client, statement).await.1 {
        Some(error) => {
            assert_eq!(error.code(), Some(&SqlState::CONFIGURATION_LIMIT_EXCEEDED), "{error:?}");
            true
        }
        None => false,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn rows_of_protected_columns_are_counted_masked_ones_too() {
    let world = world(2_000, &block("meter = \"rows\"\nscope = \"pii/name\"\nwindow = \"1h\"", "100"));
    let client = world.client("clerk").await;
    assert_eq!(taken(&client, "SELECT id, project FROM crm.buyers").await.0, 2_000);
    assert!(!blocked(&client, "SELECT phone FROM crm.buyers WHERE id <= 200").await, "another category");
    let (count, error) = taken(&client, "SELECT name FROM crm.buyers").await;
    assert!(count == 100 && error.is_some(), "{count} rows");
}

#[tokio::test(flavor = "multi_thread")]
async fn cells_are_counted_where_they_are_clear() {
    let world = world(2_000, &block("meter = \"cells\"\nscope = \"pii/*\"\nwindow = \"1h\"", "100"));
    // the name is masked for this one, and clear for that one
    let (count, error) = taken(&world.client("clerk").await, "SELECT id, name, phone FROM crm.buyers").await;
    assert!(count == 100 && error.is_some(), "{count} rows");
    let (count, error) = taken(&world.client("registrar").await, "SELECT id, name, phone FROM crm.buyers").await;
    assert!(count == 50 && error.is_some(), "{count} rows");
}

#[tokio::test(flavor = "multi_thread")]
async fn bytes_are_counted() {
    let world = world(2_000, &block("meter = \"bytes\"\nwindow = \"1h\"", "4000"));
    let client = world.client("clerk").await;
    // eleven digits, and what the protocol puts around them
    let (count, error) = taken(&client, "SELECT phone FROM crm.buyers").await;
    assert!((4000 / 30..=4000 / 11).contains(&count) && error.is_some(), "{count} rows");
}

#[tokio::test(flavor = "multi_thread")]
async fn statements_are_counted() {
    let world = world(60, &block("meter = \"statements\"\nwindow = \"1h\"", "3"));
    let client = world.client("clerk").await;
    for _ in 0..4 {
        client.simple_query("SELECT count(*) FROM pg_class").await.expect("nobody's");
        assert!(!blocked(&client, "SELECT phone FROM crm.buyers WHERE id = 1").await);
    }
    assert!(blocked(&client, "SELECT phone FROM crm.buyers WHERE id = 1").await);
}

#[tokio::test(flavor = "multi_thread")]
async fn denials_are_counted() {
    let world = world(60, &block("meter = \"denials\"\nwindow = \"1h\"", "3"));
    let client = world.client("clerk").await;
    for _ in 0..4 {
        assert!(!blocked(&client, "SELECT phone FROM crm.buyers WHERE id = 1").await);
        let refused = client.simple_query("SELECT pg_read_file('/etc/passwd')").await.expect_err("refused");
        assert_eq!(refused.code(), Some(&SqlState::INSUFFICIENT_PRIVILEGE));
    }
    assert!(blocked(&client, "SELECT phone FROM crm.buyers WHERE id = 1").await);
}

#[tokio::test(flavor = "multi_thread")]
async fn logins_are_counted() {
    let world = world(60, &block("meter = \"logins\"\nwindow = \"1h\"", "3"));
    for _ in 0..3 {
        let client = world.client("clerk").await;
        assert!(!blocked(&client, "SELECT phone FROM crm.buyers WHERE id = 1").await);
    }
    let client = world.client("clerk").await;
    assert!(blocked(&client, "SELECT phone FROM crm.buyers WHERE id = 1").await);
    let other = world.client("marketer").await;
    assert!(!blocked(&other, "SELECT phone FROM crm.buyers WHERE id = 1").await);
}

/// Log-ins that fail count on the account whose password is guessed, and on the address; names that nobody has, as one.
#[tokio::test(flavor = "multi_thread")]
async fn logins_that_fail_are_counted() {
    users();
    let alert = |name: &str, per: &str| {
        format!(
            "[[limit]]\nname = \"{name}\"\nper = \"{per}\"\nmeter = \"logins\"\nwindow = \"1h\"\n\
             steps = [{{ at = 4, do = \"alert\" }}]\n"
        )
    };
    let limits = [alert("account", "principal"), alert("place", "address")].concat();
    let bundle = bundle(RULES, &limits);
    let database = shared().fresh_database("logins");
    shared().sql(&database, &schema(60));
    let menshen = Menshen::start(shared(), &Settings::new(bundle.path()));
    let world = World { menshen, database, bundle };
    let signals = |rule: &str| world.metric("menshen_extraction_signals_total", &format!("rule=\"{rule}\""));
    let fails = async |user: &str, password: &str| {
        let config = world.menshen.config(user, password, &world.database);
        assert!(config.connect(NoTls).await.is_err());
    };
    for number in 0..4 {
        fails(&format!("nobody_{number}"), "guess").await;
    }
    assert_eq!((signals("account"), signals("place")), (0.0, 0.0));
    fails("nobody_5", "guess").await;
    until(|| async { signals("account") == 1.0 && signals("place") == 1.0 }).await;
    // the right password of a true account counts with the wrong ones
    for _ in 0..4 {
        fails("clerk", "guess").await;
    }
    assert_eq!(signals("account"), 1.0);
    drop(connect(&world.menshen.config("clerk", "secret", &world.database)).await);
    until(|| async { signals("account") == 2.0 }).await;
    let log = world.menshen.log();
    assert!(log.contains("user=(no such user)") && !log.contains("user=nobody_0 meter"), "{log}");
}

pub(super) const GUESSERS: &str = "p, role:caller, pii/name, match, *, allow\n";

#[tokio::test(flavor = "multi_thread")]
async fn probes_are_counted() {
    let limits = block("meter = \"probes\"\nwindow = \"1h\"", "4");
    let world = world_by(&format!("{RULES}{GUESSERS}"), 60, &limits);
    let client = world.client("clerk").await;
    let guess = "SELECT id FROM crm.buyers WHERE name IN ('a', 'b', 'c')";
    assert!(!blocked(&client, guess).await);
    // whether a number exists is answered by the error
    for _ in 0..2 {
        let twice = client.simple_query("INSERT INTO crm.buyers (id) VALUES (1)").await.expect_err("exists");
        assert_eq!(twice.code(), Some(&SqlState::UNIQUE_VIOLATION));
    }
    assert!(blocked(&client, guess).await);
}

/// Ways to test 600 values by one statement: what is sent once before, and then again and again.
fn tests_of_many() -> [(&'static str, String); 6] {
    let some = |quoted: &str, many| (0..many).map(|n| format!("{quoted}n{n}{quoted}")).collect::<Vec<_>>().join(",");
    let (bare, quoted) = (some("", 600), some("'", 600));
    let (bare_half, quoted_half) = (some("", 300), some("'", 300));
    let found = "SELECT id FROM crm.buyers WHERE name";
    let prepare = "PREPARE find (text[]) AS SELECT id FROM crm.buyers WHERE name = ANY ($1)";
    [
        ("", format!("{found} = ANY ('{{{bare}}}')")),
        ("", format!("{found} = ANY (ARRAY[{quoted}])")),
        ("", format!("{found} = ANY (ARRAY[ARRAY[{quoted_half}], '{{{bare_half}}}'::text[]])")),
        (prepare, format!("EXECUTE find ('{{{bare}}}')")),
        (prepare, format!("EXECUTE find (ARRAY[{quoted}])")),
        ("BEGIN", format!("DECLARE c{{n}} CURSOR FOR {found} = ANY ('{{{bare}}}')")),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn arrays_are_counted_by_their_elements() {
    let limits = block("meter = \"probes\"\nwindow = \"1h\"", "1000");
    let rules = format!("{RULES}{GUESSERS}");
    let one = "SELECT id FROM crm.buyers WHERE name = 'x'";
    for (first, many) in tests_of_many() {
        let world = world_by(&rules, 60, &limits);
        let client = world.client("clerk").await;
        if !first.is_empty() {
            client.batch_execute(first).await.expect(first);
        }
        assert!(!blocked(&client, one).await, "{many:.80}");
        client.batch_execute(&many.replace("{n}", "0")).await.expect("tested");
        assert!(!blocked(&client, one).await, "{many:.80}");
        let refused = client.batch_execute(&many.replace("{n}", "1")).await.expect_err("more than is left");
        assert_eq!(refused.code(), Some(&SqlState::CONFIGURATION_LIMIT_EXCEEDED), "{many:.80}");
        _ = client.batch_execute("ROLLBACK").await;
        assert!(blocked(&client, one).await, "{many:.80}");
    }
    let world = world_by(&rules, 60, &limits);
    let client = world.client("clerk").await;
    let names: Vec<String> = (0..600).map(|n| format!("n{n}")).collect();
    let many = "SELECT id FROM crm.buyers WHERE name = ANY ($1)";
    client.query(many, &[&names]).await.expect("tested");
    assert!(!blocked(&client, one).await);
    let refused = client.query(many, &[&names]).await.expect_err("more than is left");
    assert_eq!(refused.code(), Some(&SqlState::CONFIGURATION_LIMIT_EXCEEDED));
    assert!(blocked(&client, one).await);
}

/// Messages that would test more than the 20 values that are left, however they say it.
#[tokio::test(flavor = "multi_thread")]
async fn what_would_be_too_much_is_not_begun() {
    let some = |text: &str, between: &str| {
        (0..30).map(|n| text.replace("{n}", &n.to_string())).collect::<Vec<_>>().join(between)
    };
    let (guesses, looks) = (some("name = 'n{n}'", ","), some("SELECT id FROM crm.buyers WHERE name = 'n{n}'", "; "));
    let prepare = "PREPARE find (text) AS SELECT id FROM crm.buyers WHERE name = $1";
    let arrays = "PREPARE find (text[]) AS SELECT id FROM crm.buyers WHERE name = ANY ($1)";
    let insert = "INSERT INTO crm.buyers (id, name) SELECT 90000 + n, 'n' || n FROM generate_series(0, 99) n";
    let join =
        "SELECT b.id FROM crm.buyers b JOIN crm.buyers g ON g.name = b.name WHERE g.id >= 90000 AND b.id < 90000";
    let inner = "(SELECT b.id FROM crm.buyers b WHERE b.name = buyers.name AND b.id < 90000)";
    let messages = [
        format!("SELECT array_position(ARRAY[{guesses}], true) FROM crm.buyers WHERE id = 1"),
        looks,
        format!("{prepare}; {}", some("EXECUTE find ('n{n}')", "; ")),
        format!("{arrays}; EXECUTE find ('{{{}}}')", some("n{n}", ",")),
        format!("PREPARE find AS SELECT 1; DEALLOCATE find; {arrays}; EXECUTE find ('{{{}}}')", some("n{n}", ",")),
        format!(
            "INSERT INTO crm.buyers (id, name) VALUES {} ON CONFLICT (name) DO NOTHING",
            some("(-{n}, 'n{n}')", ",")
        ),
        format!("BEGIN; {insert}; {join}; ROLLBACK"),
        format!("{insert} RETURNING id, {inner}"),
    ];
    let limits = block("meter = \"probes\"\nwindow = \"1h\"", "20");
    for message in messages {
        let world = world_by(&format!("{RULES}{GUESSERS}"), 60, &limits);
        shared().sql(&world.database, "CREATE UNIQUE INDEX ON crm.buyers (name)");
        let client = world.client("clerk").await;
        let refused = client.batch_execute(&message).await.expect_err("more than is left");
        let refused = refused.as_db_error().expect("an answer");
        assert!(
            ["53400", "42501"].contains(&refused.code().code()) && refused.hint().is_some(),
            "{refused:?} {message:.80}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn sessions_beside_each_other_test_no_more_than_one() {
    let limits = block("meter = \"probes\"\nwindow = \"1h\"", "20");
    let world = world_by(&format!("{RULES}{GUESSERS}"), 60, &limits);
    let guess = "SELECT id FROM crm.buyers WHERE name IN ('a','b','c','d','e','f','g','h','i','j','k','l')";
    let mut sessions = tokio::task::JoinSet::new();
    for _ in 0..12 {
        let client = world.client("clerk").await;
        sessions.spawn(async move { client.batch_execute(guess).await.is_ok() });
    }
    let answered = sessions.join_all().await.into_iter().filter(|answered| *answered).count();
    assert_eq!(answered, 1, "12 values each, of 20");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_array_that_cannot_be_counted_is_not_tested() {
    let world = world_by(&format!("{RULES}{GUESSERS}"), 60, &block("meter = \"probes\"\nwindow = \"1h\"", "10"));
    let client = world.client("clerk").await;
    client
        .batch_execute("PREPARE find (text[]) AS SELECT id FROM crm.buyers WHERE name = ANY ($1)")
        .await
        .expect("made");
    for _ in 0..20 {
        let computed = client.batch_execute("EXECUTE find (string_to_array('a b', ' '))").await.expect_err("refused");
        let computed = computed.as_db_error().expect("an answer");
        assert!(computed.message().contains("computed") && computed.hint().is_some(), "{computed:?}");
    }
    client.batch_execute("EXECUTE find ('{a,b}')").await.expect("tested");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_key_compares_is_a_probe() {
    let list = |names: i32| {
        let rows: Vec<String> = (0..600).map(|n| format!("({}, 'n{}')", 2000 + n, n % names)).collect();
        format!("INSERT INTO crm.buyers (id, name) VALUES {}", rows.join(", "))
    };
    let (listed, upserted) = (list(599), format!("{} ON CONFLICT (name) DO UPDATE SET level = 1", list(600)));
    let (unique, exclusive) =
        ("CREATE UNIQUE INDEX ON crm.buyers (name)", "ALTER TABLE crm.buyers ADD EXCLUDE USING btree (name WITH =)");
    let cases = [(&listed, unique), (&upserted, unique), (&listed, exclusive)];
    for (many, key) in cases {
        let world = world(700, &block("meter = \"probes\"\nwindow = \"1h\"", "1000"));
        shared().sql(&world.database, key);
        let client = world.client("clerk").await;
        for _ in 0..2 {
            assert!(!blocked(&client, "SELECT id, phone FROM crm.buyers WHERE id = 1").await, "{many:.80}");
            client.batch_execute("BEGIN").await.expect("begun");
            // in one list a name stands twice
            _ = client.batch_execute(many).await;
            client.batch_execute("ROLLBACK").await.expect("back");
        }
        assert!(blocked(&client, "SELECT id, phone FROM crm.buyers WHERE id = 1").await, "{many:.80}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_write_that_waits_for_others_is_a_probe() {
    let world = world(60, &block("meter = \"probes\"\nwindow = \"1h\"", "4"));
    shared().sql(&world.database, "CREATE UNIQUE INDEX ON crm.buyers (name)");
    let (holder, client) = (world.client("clerk").await, world.client("clerk").await);
    holder.batch_execute("BEGIN; SELECT id FROM crm.buyers WHERE id = 1 FOR KEY SHARE").await.expect("held");
    client.batch_execute("SET lock_timeout = '20ms'").await.expect("set");
    for n in 0..5 {
        assert!(!blocked(&client, "SELECT id, phone FROM crm.buyers WHERE id = 2").await, "{n}");
        let waited = client.batch_execute(&format!("UPDATE crm.buyers SET name = 'g{n}' WHERE id = 1")).await;
        let ends = if n < 4 { SqlState::LOCK_NOT_AVAILABLE } else { SqlState::CONFIGURATION_LIMIT_EXCEEDED };
        assert_eq!(waited.expect_err("held").code(), Some(&ends));
    }
    assert!(blocked(&client, "SELECT id, phone FROM crm.buyers WHERE id = 2").await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_write_that_may_tell_is_a_probe_however_it_ends() {
    let arms: Vec<String> = (0..30).map(|n| format!("WHEN {n} THEN 'n{n}'")).collect();
    let arms = format!("CASE id {} END", arms.join(" "));
    let unique = "CREATE UNIQUE INDEX ON crm.buyers (name)";
    let guess = |n| {
        format!(
            "a{n} AS (INSERT INTO crm.buyers (id, name) VALUES (-{n}, 'g{n}') ON CONFLICT (name) DO NOTHING RETURNING id)"
        )
    };
    let within: Vec<String> = (1..6).map(guess).collect();
    let cases = [
        // by another error than the key's: the guess is wrong
        (unique, 5, "UPDATE crm.buyers SET name = 'g' || $n WHERE id = 1 RETURNING 1 / (id - id)".to_owned()),
        // guesses by rows, and by parts
        (unique, 1, format!("UPDATE crm.buyers SET name = {arms} WHERE id IN (1, 2)")),
        (unique, 1, "UPDATE crm.buyers SET name = CASE id WHEN 1 THEN 'a' WHEN 2 THEN 'e' ELSE 'b' END || CASE id WHEN 1 THEN 'c' ELSE 'd' END || 'x'".to_owned()),
        // in WITH, each by itself
        (unique, 1, format!("WITH {} SELECT 1", within.join(", "))),
        // where an updated row goes tells whether its key has changed
        ("CREATE INDEX ON crm.buyers (name)", 5, "UPDATE crm.buyers SET name = 'g' || $n WHERE id = 1".to_owned()),
        ("CREATE INDEX ON crm.buyers (lower(name))", 5, "UPDATE crm.buyers SET name = 'g' || $n WHERE id = 1".to_owned()),
        (
            "CREATE TRIGGER same BEFORE UPDATE ON crm.buyers FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()",
            5,
            "UPDATE crm.buyers SET name = 'g' || $n WHERE id = 1".to_owned(),
        ),
    ];
    for (definition, times, guess) in cases {
        let world = world(60, &block("meter = \"probes\"\nwindow = \"1h\"", "4"));
        shared().sql(&world.database, definition);
        let client = world.client("clerk").await;
        for n in 0..times {
            assert!(!blocked(&client, "SELECT id, phone FROM crm.buyers WHERE id = 2").await, "{n} {guess:.80}");
            client.batch_execute("BEGIN").await.expect("begun");
            _ = client.batch_execute(&guess.replace("$n", &format!("'{n}'"))).await;
            client.batch_execute("ROLLBACK").await.expect("back");
        }
        assert!(blocked(&client, "SELECT id, phone FROM crm.buyers WHERE id = 2").await, "{guess:.80}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_write_that_is_fetched_in_parts_is_a_probe() {
    let world = world(60, &block("meter = \"probes\"\nwindow = \"1h\"", "4"));
    shared().sql(&world.database, "CREATE UNIQUE INDEX ON crm.buyers (name)");
    let mut client = world.client("clerk").await;
    let transaction = client.transaction().await.expect("begun");
    let insert = "INSERT INTO crm.buyers (id, name) VALUES (-1, 'a'), (-2, 'b'), (-3, 'c'), (-4, 'd'), (-5, 'e')
        ON CONFLICT (name) DO NOTHING RETURNING id";
    let portal = transaction.bind(insert, &[]).await.expect("bound");
    let refused = transaction.query_portal(&portal, 1).await.expect_err("more than is left");
    assert_eq!(refused.code(), Some(&SqlState::CONFIGURATION_LIMIT_EXCEEDED));
    transaction.rollback().await.expect("back");
    assert!(blocked(&client, "SELECT id, phone FROM crm.buyers WHERE id = 2").await);
}

impl World {
    fn to(&self, user: &str, application: &str) -> Config {
        let mut config = self.menshen.config(user, "", &self.database);
        config.application_name(application);
        config
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn all_accounts_of_an_address_add_up() {
    let world = world(2_000, &block("per = \"address\"\nmeter = \"subjects\"\nwindow = \"1h\"", "100"));
    let (clerk, marketer) = (world.client("clerk").await, world.client("marketer").await);
    assert!(!blocked(&clerk, "SELECT phone FROM crm.buyers WHERE id <= 60").await);
    let (count, error) = taken(&marketer, "SELECT id, phone FROM crm.buyers WHERE id > 1000").await;
    assert!(count == 40 && error.is_some(), "{count} rows");
    let elsewhere = world.client_at("clerk", [127, 0, 0, 2]).await;
    assert!(!blocked(&elsewhere, "SELECT phone FROM crm.buyers WHERE id <= 60").await);
}

#[tokio::test(flavor = "multi_thread")]
async fn applications_add_up_one_by_one_and_all_of_an_account_together() {
    let limits = [
        block("per = \"application\"\nmeter = \"subjects\"\nwindow = \"1h\"", "100"),
        block("meter = \"subjects\"\nwindow = \"1h\"", "150").replace("\"it\"", "\"all\""),
    ]
    .concat();
    let world = world(2_000, &limits);
    let (crm, report) = (connect(&world.to("clerk", "crm")).await, connect(&world.to("clerk", "report")).await);
    let (count, error) = taken(&crm, "SELECT id, phone FROM crm.buyers WHERE id > 1000").await;
    assert!(count == 100 && error.is_some(), "{count} rows");
    // another name is another application, but the account is the same
    let (count, error) = taken(&report, "SELECT id, phone FROM crm.buyers WHERE id <= 1000").await;
    // the row that was stopped is counted, too
    assert!(count == 49 && error.is_some(), "{count} rows");
    let third = connect(&world.to("marketer", "crm")).await;
    assert!(
        blocked(&third, "SELECT id, phone FROM crm.buyers WHERE id <= 5").await,
        "the application's, whoever uses it"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_adds_up_and_a_list_counts_each_combination() {
    let limits = [
        block("per = \"database\"\nmeter = \"subjects\"\nwindow = \"1h\"", "100"),
        block("per = [\"principal\", \"database\"]\nmeter = \"subjects\"\nwindow = \"1h\"", "60")
            .replace("\"it\"", "\"each\""),
    ]
    .concat();
    let world = world(2_000, &limits);
    let second = shared().fresh_database("second");
    shared().sql(&second, &schema(2_000));
    let at = async |user: &str, database: &str| connect(&world.menshen.config(user, "", database)).await;
    let everybody = "SELECT id, phone FROM crm.buyers";
    let clerk = at("clerk", &world.database).await;
    assert_eq!(taken(&clerk, everybody).await.0, 60);
    let marketer = at("marketer", &world.database).await;
    assert_eq!(taken(&marketer, &format!("{everybody} WHERE id > 1000")).await.0, 39, "and one that was stopped");
    assert_eq!(taken(&at("clerk", &second).await, everybody).await.0, 60);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_part_of_the_table_is_known_from_the_servers_statistics() {
    let world = world(2_000, &block("meter = \"subjects\"\nwindow = \"1h\"", "{ table = \"5%\", least = 30 }"));
    shared().sql(&world.database, "ANALYZE crm.buyers");
    let client = world.client("clerk").await;
    assert_eq!(taken(&client, "SELECT id, phone FROM crm.buyers").await.0, 100);
    let other = world.client("marketer").await;
    assert_eq!(taken(&other, "SELECT phone FROM crm.cards").await.0, 100, "a view of the same table");
    // where the server does not know, `least` holds
    let second = shared().fresh_database("unknown");
    let unanalysed = "ALTER TABLE crm.buyers SET (autovacuum_enabled = false);";
    shared().sql(
        &second,
        &schema(2_000).replace("INSERT INTO crm.buyers", &format!("{unanalysed} INSERT INTO crm.buyers")),
    );
    let client = connect(&world.menshen.config("registrar", "", &second)).await;
    assert_eq!(taken(&client, "SELECT id, phone FROM crm.buyers").await.0, 30);
}

/// Lives through days of work: on each, `clerk` and `marketer` read so many persons.
async fn days(limits: &str, work: &[(u64, u64)]) -> (World, Settings, WallClock) {
    users();
    let clock = WallClock::new(&format!("-{}d", work.len()));
    let bundle = bundle(RULES, limits);
    let settings = Settings { clock: Some(clock.clone()), ..Settings::new(bundle.path()).trusting() };
    let database = shared().fresh_database("days");
    shared().sql(&database, &schema(2_000));
    let mut world = World { menshen: Menshen::start(shared(), &settings), database, bundle };
    for (day, read) in work.iter().enumerate() {
        for (user, persons) in [("clerk", read.0), ("marketer", read.1)].into_iter().filter(|(_, persons)| *persons > 0)
        {
            let client = world.client(user).await;
            let query = format!("SELECT id, phone FROM crm.buyers WHERE id <= {persons}");
            assert_eq!(rows(&client.simple_query(&query).await.expect("usual")) as u64, persons);
        }
        world.menshen.stop();
        clock.set(&format!("-{}d", work.len() - day - 1));
        world.menshen.again(&settings);
    }
    (world, settings, clock)
}

#[tokio::test(flavor = "multi_thread")]
async fn more_than_is_usual_for_an_account_and_its_peers_is_stopped() {
    let limit = |name: &str, who: &str, at: &str| {
        let more = format!("who = \"user:{who}\"\nmeter = \"subjects\"\nwindow = \"1d\"");
        block(&more, at).replace("\"it\"", &format!("\"{name}\""))
    };
    let limits =
        [limit("own", "clerk", "{ own = 4, least = 65 }"), limit("peers", "marketer", "{ peers = 4, least = 30 }")]
            .concat();
    let (world, ..) = days(&limits, &[(60, 20), (60, 20), (60, 20), (60, 20), (60, 20), (60, 20), (60, 20)]).await;
    // sixty a day and four deviations, of at least a tenth each
    let (count, error) = taken(&world.client("clerk").await, "SELECT id, phone FROM crm.buyers").await;
    assert!(error.is_some() && (80..=90).contains(&count), "{count} rows");
    // twenty a day are below what is allowed in any case
    let (count, error) = taken(&world.client("marketer").await, "SELECT id, phone FROM crm.buyers").await;
    assert!(error.is_some() && count == 30, "{count} rows");
}
