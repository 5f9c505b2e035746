//! What triggers say: withheld, but for those whose messages the policy opens.

use super::*;
use crate::server::until;

const TRIGGERS: &str = r#"
CREATE TABLE crm.stock (id int PRIMARY KEY, pieces int);
CREATE FUNCTION crm.check_stock() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.pieces < 0 THEN
        RAISE EXCEPTION 'stock % is too low', NEW.pieces USING HINT = 'order more', DETAIL = 'of ' || NEW.id, ERRCODE = 'P0042';
    END IF;
    PERFORM 1 / NEW.pieces;
    RAISE NOTICE 'stock is %', NEW.pieces;
    RETURN NEW;
END $$;
CREATE TRIGGER checks BEFORE INSERT OR UPDATE ON crm.stock FOR EACH ROW EXECUTE FUNCTION crm.check_stock();
CREATE TABLE crm.gossip (id int PRIMARY KEY, pieces int);
CREATE FUNCTION crm.gossips() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'PL/pgSQL function crm.check_stock() line 3 at RAISE' USING HINT = (SELECT phone FROM crm.buyers WHERE id = 1);
END $$;
CREATE TRIGGER gossips BEFORE INSERT ON crm.gossip FOR EACH ROW EXECUTE FUNCTION crm.gossips();
CREATE SCHEMA other;
CREATE FUNCTION other.check_stock() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'another: %', (SELECT phone FROM crm.buyers WHERE id = 1);
END $$;
CREATE TABLE crm.third (id int PRIMARY KEY);
CREATE TRIGGER third BEFORE INSERT ON crm.third FOR EACH ROW EXECUTE FUNCTION other.check_stock();
GRANT ALL ON crm.stock, crm.gossip, crm.third TO PUBLIC;
GRANT USAGE ON SCHEMA other TO PUBLIC;
"#;

const WITHHELD: &str = "menshen: the message from inside a function or trigger is withheld";

async fn with_triggers() -> (String, Client) {
    let database = shared().fresh_database("messages");
    shared().sql(&database, SCHEMA);
    shared().sql(&database, TRIGGERS);
    let client = connect(&world().menshen.config("clerk", "", &database)).await;
    (database, client)
}

async fn said(client: &Client, statement: &str) -> [Option<String>; 4] {
    let error = client.simple_query(statement).await.expect_err(statement);
    let error = error.as_db_error().expect("an error of the server");
    let own = |text: Option<&str>| text.map(str::to_owned);
    [Some(error.code().code().to_owned()), own(Some(error.message())), own(error.detail()), own(error.hint())]
}

#[tokio::test(flavor = "multi_thread")]
async fn a_function_that_the_policy_names_is_heard() {
    let (database, client) = with_triggers().await;
    let some = |text: &str| Some(text.to_owned());
    let all = [some("P0042"), some("stock -3 is too low"), some("of 1"), some("order more")];
    assert_eq!(said(&client, "INSERT INTO crm.stock VALUES (1, -3)").await, all);
    // compiled where it is on the search path, it says its bare name, which may be another's
    let other = connect(&world().menshen.config("clerk", "", &database)).await;
    other.batch_execute("SET search_path = crm, other").await.unwrap();
    assert_eq!(said(&other, "INSERT INTO stock VALUES (1, -3)").await[1], some(WITHHELD));
    shared().sql(&database, "DROP FUNCTION other.check_stock CASCADE");
    until("the catalog is read again", || {
        let again = tokio::task::block_in_place(|| {
            tokio::runtime::Handle::current().block_on(said(&other, "INSERT INTO stock VALUES (1, -3)"))
        });
        again[1] == some("stock -3 is too low")
    });
    // what the server says within
    assert_eq!(said(&client, "INSERT INTO crm.stock VALUES (1, 0)").await, [some("22012"), some(WITHHELD), None, None]);
    client.simple_query("INSERT INTO crm.stock VALUES (1, 5)").await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn no_other_function_is_heard_whatever_it_says() {
    let (_, client) = with_triggers().await;
    for statement in ["INSERT INTO crm.gossip VALUES (1, 1)", "INSERT INTO crm.third VALUES (1)"] {
        let [code, message, detail, hint] = said(&client, statement).await;
        assert_eq!((code.as_deref(), message.as_deref()), (Some("P0001"), Some(WITHHELD)), "{statement}");
        assert_eq!((detail, hint), (None, None), "{statement}");
    }
}
