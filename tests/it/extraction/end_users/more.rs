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
