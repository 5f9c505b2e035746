//! Whom an application asks for decides what is read and on whose account it is counted.

mod comments;
mod more;
mod pipelines;

use std::sync::Once;
use std::time::{SystemTime, UNIX_EPOCH};

use hmac::{Hmac, Mac as _};
use sha2::Sha256;
use tempfile::TempDir;
use tokio_postgres::{Client, SimpleQueryMessage};

use super::{CLASSIFICATION, rows, schema};
use crate::cluster::{connect, shared};
use crate::menshen::{self, Menshen, Settings};

/// `anna` reads telephone numbers, `bert` and `carl` masks; the application itself reads everything.
const RULES: &str = "\
p, role:anyone, pii/*, masked, *, allow
p, role:caller, pii/phone, clear, *, allow
p, role:boss, *, clear, *, allow
g, user:eu_app, role:boss
g, user:eu_low, role:caller
g, user:anna, role:caller
g, user:dora, role:boss
";

const KEY: &str = "0123456789abcdef0123456789abcdef";

const ANNA: &str = "SELECT set_config('menshen.user', 'anna', false)";
const BERT: &str = "SELECT set_config('menshen.user', 'bert', false)";
const NOBODY: &str = "RESET \"menshen.user\"";
const ONE: &str = "SELECT phone FROM crm.buyers WHERE id = 1";

pub struct World {
    menshen: Menshen,
    database: String,
    folders: [TempDir; 2],
}

fn identity(naming: &str) -> String {
    let one = |name: &str, login: &str| {
        format!("[[application]]\nname = \"{name}\"\nlogin = \"{login}\"\nend_user = {{ {naming} }}\n")
    };
    [one("crm", "eu_app"), one("low", "eu_low")].concat()
}

pub fn world_with(naming: &str, files: &[(&str, &str)], limits: &str) -> World {
    static USERS: Once = Once::new();
    USERS.call_once(|| ["eu_app", "eu_low", "clerk"].into_iter().for_each(|user| shared().login(user, "secret")));
    let identity = identity(naming);
    let mut all = vec![
        ("classification.toml", CLASSIFICATION),
        ("policy.csv", RULES),
        ("identity.toml", &identity),
        ("limits.toml", limits),
    ];
    all.retain(|(name, _)| !files.iter().any(|(other, _)| other == name));
    all.extend(files);
    let bundle = menshen::bundle(&all);
    let keys = menshen::bundle(&[("crm", KEY)]);
    let file = keys.path().join("crm");
    std::fs::set_permissions(&file, std::os::unix::fs::PermissionsExt::from_mode(0o600)).expect("permissions");
    let database = shared().fresh_database("enduser");
    shared().sql(&database, &schema(2_000));
    let settings = Settings::new(bundle.path()).trusting().user("eu_app", "secret").user("eu_low", "secret");
    let settings = settings.with("policy", format!("keys = \"{}\"", keys.path().display()));
    World { menshen: Menshen::start(shared(), &settings), database, folders: [bundle, keys] }
}

fn world(naming: &str, limits: &str) -> World {
    world_with(naming, &[], limits)
}

const SETTING: &str = "setting = \"menshen.user\"";

impl World {
    async fn client(&self, user: &str) -> Client {
        connect(&self.menshen.config(user, "secret", &self.database)).await
    }

    /// The bundle's folder.
    fn folder(&self) -> &std::path::Path {
        self.folders[0].path()
    }

    async fn app(&self) -> Client {
        self.client("eu_app").await
    }
}

/// The first value of the last row, or what the error says.
async fn ask(client: &Client, sql: &str) -> String {
    match client.simple_query(sql).await {
        Ok(messages) => {
            let row = messages.iter().rev().find_map(|message| match message {
                SimpleQueryMessage::Row(row) => Some(row.get(0).unwrap_or("NULL").to_owned()),
                _ => None,
            });
            row.unwrap_or_default()
        }
        Err(error) if error.is_closed() => "closed".into(),
        Err(error) => error.as_db_error().map_or_else(|| error.to_string(), |error| error.message().to_owned()),
    }
}

fn clear(value: &str) -> bool {
    value.len() == 11 && value.bytes().all(|byte| byte.is_ascii_digit())
}

fn masked(value: &str) -> bool {
    value.len() == 11 && value.contains("****")
}

/// Who reads the telephone number in clear.
async fn reads(client: &Client) -> bool {
    let value = ask(client, ONE).await;
    assert!(clear(&value) || masked(&value), "{value}");
    clear(&value)
}

#[tokio::test(flavor = "multi_thread")]
async fn two_end_users_of_one_session_read_what_each_may() {
    let world = world(SETTING, "");
    let client = world.app().await;
    assert!(reads(&client).await, "the application asks for itself");
    ask(&client, BERT).await;
    assert!(!reads(&client).await);
    ask(&client, ANNA).await;
    assert!(reads(&client).await);
    // what anna may not, though the application may
    assert!(ask(&client, "SELECT name FROM crm.buyers WHERE id = 1").await.contains('*'));
    ask(&client, "SET \"menshen\".\"user\" = 'bert'").await;
    assert!(!reads(&client).await);
    ask(&client, NOBODY).await;
    assert!(reads(&client).await);
    // who may everything reads no more than the application that asks
    let low = world.client("eu_low").await;
    ask(&low, "SELECT set_config('menshen.user', 'dora', false)").await;
    assert!(reads(&low).await);
    assert!(ask(&low, "SELECT name FROM crm.buyers WHERE id = 1").await.contains('*'));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_ends_a_setting_ends_the_person() {
    let world = world(SETTING, "");
    let client = world.app().await;
    ask(&client, BERT).await;
    for (set, undo) in [
        ("BEGIN; SELECT set_config('menshen.user', 'anna', true)", "ROLLBACK"),
        ("BEGIN; SELECT set_config('menshen.user', 'anna', true)", "COMMIT"),
        ("BEGIN; SET LOCAL \"menshen.user\" = anna", "COMMIT"),
        ("BEGIN; SET \"menshen.user\" = anna", "ROLLBACK"),
        ("BEGIN; SAVEPOINT s; SET \"menshen.user\" = anna", "ROLLBACK TO s; COMMIT"),
    ] {
        ask(&client, set).await;
        assert!(reads(&client).await, "{set}");
        ask(&client, undo).await;
        assert!(!reads(&client).await, "{set}; {undo}");
    }
    // an error takes it back, in a block and in a string
    ask(&client, "BEGIN; SET \"menshen.user\" = anna").await;
    ask(&client, "SELECT 1/0").await;
    ask(&client, "ROLLBACK").await;
    assert!(!reads(&client).await);
    ask(&client, "SET \"menshen.user\" = anna; SET work_mem = 'nonsense'").await;
    assert!(!reads(&client).await);
    for reset in ["DISCARD ALL", "RESET ALL", "SET \"menshen.user\" TO DEFAULT"] {
        ask(&client, BERT).await;
        assert!(!reads(&client).await);
        ask(&client, reset).await;
        assert!(reads(&client).await, "{reset}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_of_the_start_up_packet_is_what_reset_comes_back_to() {
    let world = world(SETTING, "");
    let mut config = world.menshen.config("eu_app", "secret", &world.database);
    let client = connect(config.options("-c menshen.user=bert")).await;
    assert!(!reads(&client).await);
    ask(&client, ANNA).await;
    assert!(reads(&client).await);
    ask(&client, "DISCARD ALL").await;
    assert!(!reads(&client).await);
    // others cannot set it
    let refused = world
        .menshen
        .config("clerk", "secret", &world.database)
        .options("-c menshen.user=bert")
        .connect(tokio_postgres::NoTls)
        .await;
    assert!(refused.is_err());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_and_a_question_in_one_string_are_refused() {
    let world = world(SETTING, "");
    let client = world.app().await;
    ask(&client, BERT).await;
    for text in [
        "SELECT set_config('menshen.user', 'anna', false); SELECT phone FROM crm.buyers WHERE id = 1",
        "RESET \"menshen.user\"; SELECT phone FROM crm.buyers WHERE id = 1",
        "RESET ALL; SELECT phone FROM crm.buyers WHERE id = 1",
        "BEGIN; SET LOCAL \"menshen.user\" = 'anna'; SELECT phone FROM crm.buyers WHERE id = 1; COMMIT",
    ] {
        assert!(ask(&client, text).await.contains("names the end user"), "{text}");
        ask(&client, "ROLLBACK").await;
        assert!(!reads(&client).await, "{text}");
    }
    ask(&client, "BEGIN; SET LOCAL \"menshen.user\" = 'anna'").await;
    assert!(reads(&client).await);
    let undone = ask(&client, "COMMIT; SELECT phone FROM crm.buyers WHERE id = 1").await;
    assert!(undone.starts_with("menshen: "), "{undone}");
    ask(&client, "ROLLBACK").await;
    assert!(!reads(&client).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_is_what_the_application_says_and_nothing_that_it_has_read() {
    let world = world(SETTING, "");
    let client = world.app().await;
    for text in [
        "SELECT set_config('menshen.user', phone, false) FROM crm.buyers WHERE id = 1",
        "SELECT set_config('menshen.user', (SELECT phone FROM crm.buyers WHERE id = 1), false)",
        "SELECT set_config('menshen.' || 'user', 'anna', false)",
        "SELECT set_config('menshen.other', 'anna', false)",
        "SET menshen.other = 'anna'",
        "SET ROLE postgres",
    ] {
        assert!(ask(&client, text).await.starts_with("menshen: "), "{text}");
    }
    for text in ["SET \"menshen.user\" = E'a\\tb'", "SELECT set_config('menshen.user', repeat('a', 9000), false)"] {
        ask(&client, text).await;
    }
    ask(&client, "SET \"menshen.user\" = E'a\\tb'").await;
    let doubt = ask(&client, ONE).await;
    assert!(doubt.contains("is not known"), "{doubt}");
    assert_eq!(ask(&client, "SELECT count(*) FROM crm.contracts").await, "50");
    ask(&client, ANNA).await;
    assert!(reads(&client).await);
    assert_eq!(ask(&client, "SHOW \"menshen.user\"").await, "anna");
    assert_eq!(ask(&client, "SELECT current_setting('menshen.user')").await, "anna");
    // nor can anybody who is not recognised as the application
    let clerk = world.client("clerk").await;
    assert!(ask(&clerk, ANNA).await.starts_with("menshen: "));
}

#[tokio::test(flavor = "multi_thread")]
async fn prepared_statements_and_cursors_follow_whoever_runs_them() {
    let world = world(SETTING, "");
    let client = world.app().await;
    ask(&client, ANNA).await;
    let statement = client.prepare("SELECT phone::text FROM crm.buyers WHERE id = $1").await.expect("prepared");
    let value = |row: tokio_postgres::Row| row.get::<_, String>(0);
    assert!(clear(&value(client.query_one(&statement, &[&1]).await.expect("a row"))));
    ask(&client, "PREPARE p AS SELECT phone FROM crm.buyers WHERE id = 1").await;
    ask(&client, "BEGIN").await;
    ask(&client, "DECLARE c CURSOR WITH HOLD FOR SELECT phone FROM crm.buyers").await;
    assert!(clear(&ask(&client, "FETCH 1 FROM c").await));
    ask(&client, "COMMIT").await;
    ask(&client, BERT).await;
    assert!(masked(&value(client.query_one(&statement, &[&1]).await.expect("a row"))));
    for text in ["EXECUTE p", "FETCH 1 FROM c"] {
        let refused = ask(&client, text).await;
        assert!(refused.contains("changed since"), "{text}: {refused}");
    }
    ask(&client, ANNA).await;
    assert!(clear(&value(client.query_one(&statement, &[&1]).await.expect("a row"))));
    assert!(clear(&ask(&client, "EXECUTE p").await));
    assert!(clear(&ask(&client, "FETCH 1 FROM c").await));
    // a name can be prepared, too
    ask(&client, "PREPARE name AS SELECT set_config('menshen.user', $1, false)").await;
    ask(&client, "EXECUTE name('bert')").await;
    assert!(!reads(&client).await);
    assert!(
        ask(&client, "EXECUTE name('anna'); SELECT phone FROM crm.buyers WHERE id = 1").await.starts_with("menshen: ")
    );
    assert!(!reads(&client).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_temporary_table_is_not_read_for_another_person() {
    let world = world(SETTING, "");
    let client = world.app().await;
    ask(&client, ANNA).await;
    ask(&client, "CREATE TEMP TABLE t AS SELECT phone FROM crm.buyers").await;
    assert!(clear(&ask(&client, "SELECT phone FROM t LIMIT 1").await));
    ask(&client, BERT).await;
    for text in ["SELECT phone FROM t LIMIT 1", "CREATE TEMP TABLE u AS SELECT * FROM t", "COPY t TO STDOUT"] {
        let refused = ask(&client, text).await;
        assert!(refused.contains("temporary table"), "{text}: {refused}");
    }
    assert!(!reads(&client).await, "other statements go on");
    // what is dropped comes back
    for drop in ["DROP TABLE t", "DISCARD TEMP"] {
        ask(&client, "BEGIN").await;
        ask(&client, drop).await;
        ask(&client, ONE).await;
        ask(&client, "ROLLBACK").await;
        assert!(ask(&client, "SELECT phone FROM t LIMIT 1").await.contains("temporary table"), "{drop}");
    }
    ask(&client, ANNA).await;
    assert!(clear(&ask(&client, "SELECT phone FROM t LIMIT 1").await));
    ask(&client, BERT).await;
    ask(&client, "DISCARD TEMP").await;
    ask(&client, "CREATE TEMP TABLE t AS SELECT phone FROM crm.buyers").await;
    assert!(masked(&ask(&client, "SELECT phone FROM t LIMIT 1").await));
}

const LIMIT: &str = "[[limit]]\nname = \"daily\"\nmeter = \"subjects\"\nwindow = \"1d\"\nper = \"end_user\"\n\
    steps = [{ at = 100, do = \"block\" }]\n";

#[tokio::test(flavor = "multi_thread")]
async fn a_limit_stops_the_end_user_and_not_the_colleague() {
    let world = world(SETTING, LIMIT);
    let client = world.app().await;
    ask(&client, ANNA).await;
    let limit = ask(&client, "SELECT id, phone FROM crm.buyers").await;
    assert!(limit.contains("limit \"daily\""), "{limit}");
    assert!(ask(&client, ONE).await.contains("limit \"daily\""));
    ask(&client, "SELECT set_config('menshen.user', 'dora', false)").await;
    assert!(reads(&client).await, "dora has taken nothing");
    ask(&client, ANNA).await;
    assert!(ask(&client, ONE).await.contains("limit \"daily\""));
    // elsewhere, too
    let other = world.client("eu_low").await;
    ask(&other, ANNA).await;
    assert!(ask(&other, ONE).await.contains("limit \"daily\""));
    ask(&other, "SELECT set_config('menshen.user', 'dora', false)").await;
    assert_eq!(rows(&other.simple_query("SELECT id, phone FROM crm.buyers WHERE id < 50").await.expect("rows")), 49);
    assert!(world.menshen.audits("\"end_user\":\"anna\",\"end_user_signed\":false"));
}

#[tokio::test(flavor = "multi_thread")]
async fn who_must_say_for_whom_reads_nothing_before() {
    let world = world("setting = \"menshen.user\", required = true", "");
    let client = world.app().await;
    let refused = ask(&client, ONE).await;
    assert!(refused.contains("has not said for whom it asks"), "{refused}");
    assert_eq!(ask(&client, "SELECT 1").await, "1");
    ask(&client, BERT).await;
    assert!(!reads(&client).await);
    ask(&client, NOBODY).await;
    assert!(ask(&client, ONE).await.contains("has not said"));
    assert!(client.query(ONE, &[]).await.is_err());
    assert!(ask(&client, "COPY crm.buyers TO STDOUT").await.contains("has not said"));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_application_that_speaks_for_its_users_keeps_its_rights() {
    let world = world("setting = \"menshen.user\", rights = \"application\"", LIMIT);
    let client = world.app().await;
    ask(&client, BERT).await;
    assert!(reads(&client).await);
    assert!(ask(&client, "SELECT id, phone FROM crm.buyers").await.contains("limit"));
    ask(&client, ANNA).await;
    assert!(reads(&client).await);
}

fn mac(key: &str, text: &str) -> Vec<u8> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key.as_bytes()).expect("a key");
    mac.update(text.as_bytes());
    mac.finalize().into_bytes().to_vec()
}

fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970").as_secs()
}

fn signed(name: &str, at: u64, login: &str, key: &str) -> String {
    let code = mac(key, &format!("menshen end user\n{name}\n{at}\n{login}"));
    let code: String = code.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("{name}:{at}:{code}")
}

async fn name(client: &Client, token: &str) {
    client.query("SELECT set_config('menshen.user', $1, false)", &[&token]).await.expect("set");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_signed_name_cannot_be_forged_or_kept() {
    let naming = "setting = \"menshen.user\", signed = \"hmac\", key = \"crm\", max_age = \"10m\", required = true";
    let world = world(naming, "");
    let client = world.app().await;
    name(&client, &signed("anna", now(), "eu_app", KEY)).await;
    assert!(reads(&client).await);
    name(&client, &signed("bert", now(), "eu_app", KEY)).await;
    assert!(!reads(&client).await);
    let good = signed("bert", now(), "eu_app", KEY);
    for token in [
        "anna".to_owned(),
        good.replace("bert", "anna"),
        signed("anna", now(), "eu_app", "another key, which is long enough"),
        signed("anna", now(), "eu_low", KEY),
        signed("anna", now() - 601, "eu_app", KEY),
        signed("anna", now() + 3600, "eu_app", KEY),
        format!("anna:{}:", now()),
        signed("", now(), "eu_app", KEY),
        String::new(),
    ] {
        name(&client, &token).await;
        let refused = ask(&client, ONE).await;
        assert!(refused.starts_with("menshen: "), "{token}: {refused}");
    }
    name(&client, &signed("anna", now() - 590, "eu_app", KEY)).await;
    assert!(reads(&client).await);
    let until = now() + 20;
    while !ask(&client, ONE).await.contains("is not known") {
        assert!(now() < until, "it never expires");
    }
    assert!(world.menshen.audits("\"end_user\":\"anna\",\"end_user_signed\":true"));
}
