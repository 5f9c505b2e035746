//! Types that a Parse message gives its parameters: input of a type is code, and must not be a user's.

use super::wire::{Connection, Message, with_types};
use super::{proxy, world};
use crate::cluster;

fn answer(principal: &str, port: u16, text: &str, types: &[u32], value: &str) -> Vec<Message> {
    let mut connection = Connection::open(port, principal, &world::shared().a);
    connection.send(&with_types(text, types, &[Some(value.into())]));
    connection.receive()
}

fn state(answer: &[Message]) -> Option<String> {
    answer.iter().find(|message| message.kind == b'E').and_then(|message| message.field(b'C'))
}

#[test]
fn no_parameter_is_of_a_type_that_runs_a_users_code() {
    let (proxy, world) = (proxy(), world::shared());
    let oid = |ty: &str| {
        let asked = format!("SELECT '{ty}'::regtype::oid");
        cluster::shared().sql(&world.a, &asked).trim().parse::<u32>().expect("a number")
    };
    let refused = ["app.checked", "app.checked[]", "app.card", "app.carded", "app.carded[]", "pg_node_tree"].map(oid);
    let texts = ["SELECT $1", "SELECT 1 WHERE $1 IS NULL", "CREATE TEMP TABLE q AS SELECT $1 AS x", "SELECT array[$1]"];
    for principal in world::RESTRICTED {
        for ty in refused.into_iter().chain([4_000_000_000]) {
            for text in texts {
                let answer = answer(principal, proxy.port, text, &[ty], "13886500024");
                assert_eq!(state(&answer).as_deref(), Some("42501"), "{text} with {ty} as {principal}: {answer:?}");
            }
        }
        for (ty, value) in [("text", "x"), ("int4[]", "{1}"), ("regclass", "0"), ("json", "1")] {
            let answer = answer(principal, proxy.port, "SELECT $1 IS NULL", &[oid(ty)], value);
            assert_eq!(state(&answer), None, "{ty} as {principal}: {answer:?}");
        }
    }
}

/// `int8 = oid` is a comparison of numbers of objects: the conversion fails for a number below zero, of any row.
#[test]
fn no_parameter_beside_filtered_rows_is_the_number_of_an_object() {
    let proxy = proxy();
    let text = "SELECT count(*) FROM field.plots WHERE big = $1";
    for ty in [26, 2205] {
        let answer = answer("agent", proxy.port, text, &[ty], "3");
        assert_eq!(state(&answer).as_deref(), Some("42501"), "{ty}: {answer:?}");
    }
    for ty in [0, 20, 23, 1700] {
        let answer = answer("agent", proxy.port, text, &[ty], "3");
        assert_eq!(state(&answer), None, "{ty}: {answer:?}");
    }
}

/// A price has so few digits that every float holds it: it can be compared with whatever number is declared.
#[test]
fn rows_are_locked_by_prices_beside_numbers_of_any_type() {
    let proxy = proxy();
    let text = "SELECT id FROM housing.contracts WHERE id = 3 AND price > $1 AND price NOT IN ($1, 7) FOR UPDATE";
    for ty in [0, 21, 23, 20, 700, 701, 1700] {
        let answer = answer("agent", proxy.port, text, &[ty], "1");
        let rows = answer.iter().filter(|message| message.kind == b'D').count();
        assert_eq!((state(&answer), rows), (None, 1), "{ty}: {answer:?}");
    }
    let money = answer("agent", proxy.port, text, &[790], "1");
    assert!(state(&money).is_some(), "{money:?}");
}

/// `$1::INTEGER` converts nothing where nobody has declared the parameter: rows can be locked and found by an index. What is
/// declared as something that not every value of can be one waits for the filter, and nothing is locked.
#[test]
fn parameters_under_a_cast_are_what_they_are_cast_to_unless_declared_otherwise() {
    let proxy = proxy();
    let rows = |answer: &[Message]| answer.iter().filter(|message| message.kind == b'D').count();
    // int2, int4, int8, text; lists of these; varchar, bpchar, bytea
    for (text, value, fitting, others) in [
        ("SELECT id FROM housing.contracts WHERE id = $1::INTEGER", "3", [23, 21], [20, 25]),
        ("SELECT id FROM housing.contracts WHERE id = ANY ($1::INTEGER[])", "{3}", [1007, 1005], [1016, 1009]),
        ("SELECT id FROM housing.contracts WHERE id = ANY (ARRAY[$1::INTEGER, $1::INTEGER])", "3", [23, 21], [20, 25]),
        (
            "SELECT id FROM housing.contracts WHERE id = 3 AND ($1::VARCHAR IS NULL OR status <> $1::VARCHAR)",
            "x",
            [1043, 25],
            [1042, 17],
        ),
    ] {
        let locking = format!("{text} FOR UPDATE");
        for declared in [0, 705].into_iter().chain(fitting) {
            for text in [text, &locking] {
                let answer = answer("agent", proxy.port, text, &[declared], value);
                assert_eq!((state(&answer), rows(&answer)), (None, 1), "{text} with {declared}: {answer:?}");
            }
        }
        for declared in others {
            let locked = answer("agent", proxy.port, &locking, &[declared], value);
            assert_eq!(state(&locked).as_deref(), Some("42501"), "{text} with {declared}: {locked:?}");
            let read = answer("agent", proxy.port, text, &[declared], value);
            assert_eq!(state(&read), None, "{text} with {declared}: {read:?}");
        }
    }
}
