//! Names in comments at the end of statements.

use super::{KEY, LIMIT, ask, clear, masked, now, signed, world};

const COMMENT: &str = "sqlcommenter = \"user\"";

const ONE: &str = "SELECT phone FROM crm.buyers WHERE id = 1";

fn tagged(text: &str, name: &str) -> String {
    format!("{text} /*action='list',user='{name}'*/")
}

#[tokio::test(flavor = "multi_thread")]
async fn each_statement_says_for_whom_it_asks() {
    let world = world(COMMENT, "");
    let client = world.app().await;
    assert!(masked(&ask(&client, &tagged(ONE, "bert")).await));
    assert!(clear(&ask(&client, &tagged(ONE, "anna")).await));
    assert!(ask(&client, &tagged("SELECT name FROM crm.buyers WHERE id = 1", "anna")).await.contains('*'));
    assert!(masked(&ask(&client, &tagged(ONE, "bert")).await));
    assert!(clear(&ask(&client, ONE).await), "the application asks for itself");
    // its setting means nothing here
    assert!(ask(&client, super::ANNA).await.starts_with("menshen: "));
    for text in [
        "SELECT phone FROM crm.buyers WHERE id = 1 /*user='anna'*/ /*user='bert'*/",
        "SELECT phone FROM crm.buyers WHERE id = 1 /*user='anna'*/ -- /*user='bert'*/",
        "SELECT phone FROM crm.buyers WHERE id = 1 /*user='%00'*/",
        "SELECT phone FROM crm.buyers WHERE id = 1 /*user='anna*/",
    ] {
        let doubt = ask(&client, text).await;
        assert!(doubt.contains("is not known"), "{text}: {doubt}");
    }
    // what is written into the middle of a statement does not change who asks
    assert!(masked(&ask(&client, &tagged("SELECT phone /*user='anna'*/ FROM crm.buyers WHERE id = 1", "bert")).await));
    assert!(world.menshen.audits("\"end_user\":\"bert\",\"end_user_signed\":false"));
}

#[tokio::test(flavor = "multi_thread")]
async fn prepared_statements_and_cursors_ask_for_whom_they_were_made() {
    let world = world(COMMENT, "");
    let client = world.app().await;
    let [anna, bert] = ["anna", "bert"].map(|name| tagged("SELECT phone::text FROM crm.buyers WHERE id = $1", name));
    let (anna, bert) = (client.prepare(&anna).await.expect("one"), client.prepare(&bert).await.expect("other"));
    for _ in 0..2 {
        let value = |row: tokio_postgres::Row| row.get::<_, String>(0);
        assert!(clear(&value(client.query_one(&anna, &[&1]).await.expect("a row"))));
        assert!(masked(&value(client.query_one(&bert, &[&1]).await.expect("a row"))));
        assert!(clear(&ask(&client, ONE).await));
    }
    ask(&client, "BEGIN").await;
    ask(&client, &tagged("DECLARE a CURSOR FOR SELECT phone FROM crm.buyers", "anna")).await;
    ask(&client, &tagged("DECLARE b CURSOR FOR SELECT phone FROM crm.buyers", "bert")).await;
    assert!(clear(&ask(&client, "FETCH 1 FROM a").await));
    assert!(masked(&ask(&client, "FETCH 1 FROM b").await));
    assert!(clear(&ask(&client, &tagged("FETCH 1 FROM a", "anna")).await));
    let refused = ask(&client, &tagged("FETCH 1 FROM a", "bert")).await;
    assert!(refused.contains("changed since"), "{refused}");
    ask(&client, "ROLLBACK").await;
    ask(&client, &tagged("PREPARE p AS SELECT phone FROM crm.buyers WHERE id = 1", "bert")).await;
    assert!(masked(&ask(&client, "EXECUTE p").await));
    assert!(ask(&client, &tagged("EXECUTE p", "anna")).await.contains("changed since"));
}

/// Texts so long that they are analysed elsewhere.
#[tokio::test(flavor = "multi_thread")]
async fn it_does_not_matter_how_long_a_text_is() {
    let world = world(COMMENT, "");
    let client = world.app().await;
    let long = "x".repeat(40_000);
    let by_note = format!("SELECT phone FROM crm.buyers WHERE id = 1 AND '{long}' <> ''");
    ask(&client, &tagged("PREPARE q (text) AS SELECT phone FROM crm.buyers WHERE id = 1 AND $1 <> ''", "bert")).await;
    ask(&client, &tagged(&format!("PREPARE r AS {by_note}"), "bert")).await;
    ask(&client, "BEGIN").await;
    ask(&client, &tagged(&format!("DECLARE c CURSOR FOR {by_note}"), "bert")).await;
    for _ in 0..2 {
        assert!(clear(&ask(&client, &tagged(&by_note, "anna")).await));
        assert!(clear(&ask(&client, &by_note).await), "the application asks for itself");
        assert!(masked(&ask(&client, &format!("EXECUTE q('{long}')")).await));
        assert!(masked(&ask(&client, "EXECUTE r").await));
        assert!(masked(&ask(&client, &tagged(&by_note, "bert")).await));
    }
    assert!(masked(&ask(&client, "FETCH 1 FROM c").await));
    assert!(ask(&client, &tagged("EXECUTE r", "anna")).await.contains("changed since"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_limit_is_each_person_s_own() {
    let world = world(COMMENT, LIMIT);
    let client = world.app().await;
    let all = "SELECT id, phone FROM crm.buyers";
    assert!(ask(&client, &tagged(all, "anna")).await.contains("limit \"daily\""));
    assert!(ask(&client, &tagged(ONE, "anna")).await.contains("limit \"daily\""));
    assert!(clear(&ask(&client, &tagged(ONE, "dora")).await));
    let barred = client.query(&tagged("SELECT id, phone FROM crm.buyers WHERE id = 7", "anna"), &[]).await;
    assert!(barred.expect_err("barred").to_string().contains("db error"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_comment_can_be_signed() {
    let world = world("sqlcommenter = \"user\", signed = \"hmac\", key = \"crm\", required = true", "");
    let client = world.app().await;
    let good = signed("anna", now(), "eu_app", KEY);
    assert!(clear(&ask(&client, &tagged(ONE, &good.replace(':', "%3A"))).await));
    assert!(masked(&ask(&client, &tagged(ONE, &signed("bert", now(), "eu_app", KEY))).await));
    for bad in [ONE.to_owned(), tagged(ONE, "anna"), tagged(ONE, &good.replace("anna", "dora"))] {
        assert!(ask(&client, &bad).await.starts_with("menshen: "), "{bad}");
    }
}
