//! Ways around the person: functions, cursors that run late, row rules, exemptions.

use super::{ANNA, BERT, CLASSIFICATION, ONE, SETTING, World, ask, clear, identity, masked, reads, world_with};
use crate::cluster::shared;

fn around(world: &World, sql: &str) {
    shared().sql(&world.database, sql);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_named_function_sets_is_followed() {
    let classification = format!("{CLASSIFICATION}\n[functions]\nallow = [\"crm.login_as\", \"crm.twice\"]\n");
    let world = world_with(SETTING, &[("classification.toml", &classification)], "");
    around(
        &world,
        "CREATE FUNCTION crm.login_as(text) RETURNS text LANGUAGE sql AS $$ SELECT set_config('menshen.user', $1, false) $$;
         CREATE FUNCTION crm.twice(int) RETURNS int LANGUAGE sql AS $$ SELECT 2 * $1 $$",
    );
    let client = world.app().await;
    ask(&client, "SELECT crm.login_as('bert')").await;
    assert!(!reads(&client).await);
    client.query("SELECT crm.login_as('anna')", &[]).await.expect("called");
    assert!(reads(&client).await);
    ask(&client, "SELECT x FROM crm.login_as('bert') x").await;
    assert!(!reads(&client).await);
    ask(&client, "SELECT phone FROM crm.buyers WHERE id = 1 AND crm.login_as('anna') = 'anna'").await;
    assert!(reads(&client).await);
    assert_eq!(ask(&client, "SELECT crm.twice(2)").await, "4");
    assert!(reads(&client).await);
    ask(&client, "BEGIN; SELECT crm.login_as('bert')").await;
    assert!(!reads(&client).await);
    ask(&client, "ROLLBACK").await;
    assert!(reads(&client).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_runs_late_counts_late() {
    let world = world_with(SETTING, &[], "");
    let client = world.app().await;
    ask(&client, BERT).await;
    // a cursor that is held is run when its transaction ends
    let held =
        "DECLARE c CURSOR WITH HOLD FOR SELECT set_config('menshen.user', 'anna', false) FROM generate_series(1, 2)";
    for text in ["BEGIN", held, "COMMIT"] {
        ask(&client, text).await;
    }
    let said = ask(&client, "SHOW \"menshen.user\"").await;
    assert_eq!(reads(&client).await, said == "anna", "{said}");
    ask(&client, BERT).await;
    let refused = ask(&client, &format!("BEGIN; {}; COMMIT; {ONE}", held.replace("DECLARE c", "DECLARE d"))).await;
    assert!(refused.starts_with("menshen: "), "{refused}");
    ask(&client, "ROLLBACK").await;
    for text in ["BEGIN", &held.replace("DECLARE c", "DECLARE e").replace(" WITH HOLD", "")] {
        ask(&client, text).await;
    }
    assert!(!reads(&client).await);
    let refused = ask(&client, &format!("FETCH 1 FROM e; {ONE}")).await;
    assert!(refused.starts_with("menshen: "), "{refused}");
    ask(&client, "ROLLBACK").await;
    ask(&client, "BEGIN").await;
    ask(&client, &held.replace("DECLARE c", "DECLARE f").replace(" WITH HOLD", "")).await;
    ask(&client, "MOVE 1 FROM f").await;
    let said = ask(&client, "SHOW \"menshen.user\"").await;
    assert_eq!(reads(&client).await, said == "anna", "{said}");
    ask(&client, "ROLLBACK").await;
    assert!(!reads(&client).await);
    for text in [
        "EXPLAIN ANALYZE SELECT set_config('menshen.user', 'anna', false)",
        "CREATE TEMP TABLE t AS SELECT set_config('menshen.user', 'anna', false)",
        "COPY (SELECT set_config('menshen.user', 'anna', false)) TO STDOUT",
        "SELECT 1 WHERE set_config('menshen.user', 'anna', false) = 'anna'",
        "SELECT CASE WHEN true THEN set_config('menshen.user', 'anna', false) END",
    ] {
        ask(&client, BERT).await;
        ask(&client, text).await;
        let said = ask(&client, "SHOW \"menshen.user\"").await;
        assert_eq!(reads(&client).await, said == "anna", "{text}: {said}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn rows_are_those_of_both() {
    let rows = "[[filter]]\ntable = \"crm.buyers\"\nexcept = \"app:crm\"\n\
        where = \"(menshen.principal = 'anna' AND project = 1) OR (menshen.principal = 'bert' AND project = 2)\"\n\
        [[filter]]\ntable = \"crm.buyers\"\nwho = \"app:crm\"\nwhere = \"id > 1000\"\n";
    let world = world_with(SETTING, &[("rows.toml", rows)], "");
    let client = world.app().await;
    let projects = "SELECT string_agg(DISTINCT project::text, ',') || min(id)::text FROM crm.buyers";
    assert_eq!(ask(&client, "SELECT count(*) FROM crm.buyers").await, "1000");
    ask(&client, ANNA).await;
    assert_eq!(ask(&client, projects).await, "11002");
    ask(&client, "CREATE TEMP TABLE mine AS SELECT * FROM crm.buyers").await;
    for text in ["BEGIN", "DECLARE c CURSOR FOR SELECT id FROM crm.buyers"] {
        ask(&client, text).await;
    }
    ask(&client, BERT).await;
    assert_eq!(ask(&client, projects).await, "21003");
    assert!(ask(&client, "SELECT count(*) FROM mine").await.contains("temporary table"));
    ask(&client, "ROLLBACK").await;
    ask(&client, "SELECT set_config('menshen.user', 'dora', false)").await;
    assert_eq!(ask(&client, "SELECT count(*) FROM crm.buyers").await, "0");
    // strangers share their rights, and are nobody else
    ask(&client, "SELECT set_config('menshen.user', 'anna''--', false)").await;
    assert_eq!(ask(&client, "SELECT count(*) FROM crm.buyers").await, "0");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_not_recorded_must_say_for_whom_all_the_same() {
    let naming = "setting = \"menshen.user\", required = true";
    let exempt = format!("unrecorded = [\"user:eu_app\"]\n{}", identity(naming));
    let world = world_with(naming, &[("identity.toml", &exempt)], "");
    let client = world.app().await;
    assert!(ask(&client, ONE).await.contains("has not said"));
    for text in
        ["UPDATE crm.buyers SET phone = '1' WHERE id = 1 RETURNING phone", "DELETE FROM crm.buyers WHERE phone = '1'"]
    {
        let refused = ask(&client, text).await;
        assert!(refused.starts_with("menshen: "), "{text}: {refused}");
    }
    ask(&client, BERT).await;
    assert!(masked(&ask(&client, ONE).await));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_limit_can_be_about_one_person() {
    let limit = "[[limit]]\nname = \"anna\"\nwho = \"user:anna\"\nmeter = \"subjects\"\nwindow = \"1d\"\n\
        steps = [{ at = 20, do = \"quarantine\", for = \"1h\" }]\n";
    let world = world_with(SETTING, &[], limit);
    let client = world.app().await;
    let many = "SELECT id, phone FROM crm.buyers WHERE id <= 60";
    ask(&client, "SELECT set_config('menshen.user', 'dora', false)").await;
    assert!(!ask(&client, many).await.starts_with("menshen: "));
    ask(&client, ANNA).await;
    assert!(ask(&client, many).await.contains("limit \"anna\""));
    let other = world.client("eu_low").await;
    assert!(clear(&ask(&other, ONE).await));
    ask(&other, ANNA).await;
    let refused = ask(&other, ONE).await;
    assert!(refused.contains("limit \"anna\""), "she is quarantined wherever she asks: {refused}");
    ask(&client, "SELECT set_config('menshen.user', 'dora', false)").await;
    assert!(clear(&ask(&client, ONE).await));
}

/// Puts other files of the bundle in force.
fn reload(world: &World, files: &[(&str, &str)]) {
    let epoch = |world: &World| {
        let page = world.menshen.admin("/metrics").expect("metrics");
        let line = page.lines().find(|line| line.starts_with("menshen_policy_epoch")).unwrap_or_default().to_owned();
        line.rsplit(' ').next().and_then(|number| number.parse::<u64>().ok()).expect("a number")
    };
    let before = epoch(world);
    for (name, text) in files {
        // a bundle must not be read half written
        let next = world.folder().join(".next");
        std::fs::write(&next, text).expect("written");
        std::fs::rename(next, world.folder().join(name)).expect("renamed");
    }
    world.menshen.signal("HUP");
    crate::server::until("the new policy is in force", || epoch(world) > before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_policy_is_about_the_person_of_now() {
    let world = world_with(SETTING, &[], "");
    let client = world.app().await;
    ask(&client, BERT).await;
    assert!(!reads(&client).await);
    reload(&world, &[("policy.csv", &format!("{}g, user:bert, role:caller\n", super::RULES))]);
    assert!(reads(&client).await);
    ask(&client, ANNA).await;
    reload(&world, &[("policy.csv", &super::RULES.replace("g, user:anna, role:caller\n", ""))]);
    assert!(!reads(&client).await);
    // a name that must be signed from now on is none
    reload(&world, &[("identity.toml", &identity("setting = \"menshen.user\", signed = \"hmac\", key = \"crm\""))]);
    let refused = ask(&client, ONE).await;
    assert!(refused.contains("is not known"), "{refused}");
    // another way to name people is for new sessions
    reload(&world, &[("identity.toml", &identity("sqlcommenter = \"user\""))]);
    let ended = ask(&client, ONE).await;
    assert!(ended == "closed" || ended.contains("rights changed"), "{ended}");
    let client = world.app().await;
    assert!(masked(&ask(&client, &format!("{ONE} /*user='bert'*/")).await));
    reload(&world, &[("identity.toml", "")]);
    let ended = ask(&client, &format!("{ONE} /*user='bert'*/")).await;
    assert!(ended == "closed" || ended.contains("rights changed"), "{ended}");
    // who was unrestricted and is to ask for others from now on
    let client = world.app().await;
    assert!(reads(&client).await);
    reload(&world, &[("identity.toml", &identity(SETTING))]);
    let ended = ask(&client, ONE).await;
    assert!(ended == "closed" || ended.contains("rights changed"), "{ended}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hundred_people_of_one_pool_read_their_own() {
    let rows =
        "[[filter]]\ntable = \"crm.buyers\"\nexcept = \"app:crm\"\nwhere = \"menshen.principal = 'u' || id::text\"\n";
    let world = world_with(SETTING, &[("rows.toml", rows)], "");
    let mut sessions = Vec::new();
    for session in 0..4 {
        let client = world.app().await;
        sessions.push(tokio::spawn(async move {
            let statement =
                client.prepare("SELECT min(id)::text || ' of ' || count(*) FROM crm.buyers").await.expect("prepared");
            for turn in 0..60 {
                let person = 1 + (turn * 7 + session * 13) % 100;
                let (begin, name) = ("BEGIN", format!("SELECT set_config('menshen.user', 'u{person}', true)"));
                ask(&client, begin).await;
                ask(&client, &name).await;
                let own: Option<String> = client.query_one(&statement, &[]).await.expect("a row").get(0);
                assert_eq!(own, Some(format!("{person} of 1")));
                ask(&client, if turn % 2 == 0 { "COMMIT" } else { "ROLLBACK" }).await;
            }
        }));
    }
    for session in sessions {
        session.await.expect("every turn was right");
    }
}
