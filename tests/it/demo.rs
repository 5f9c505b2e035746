//! The demonstration's database: it loads, follows from its seed alone, and its people's numbers are well-formed.

use crate::cluster::{Cluster, root};

/// GB 11643: the check character of a resident identity number.
fn identity_number_is_valid(number: &str) -> bool {
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = number.bytes().zip(weights).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    number.len() == 18 && b"10X98765432"[sum as usize % 11] == number.as_bytes()[17]
}

/// Luhn's check of a card number.
fn card_is_valid(number: &str) -> bool {
    let digit = |(place, byte): (usize, u8)| match (place % 2, u32::from(byte - b'0')) {
        (0, digit) => digit,
        (_, digit) => digit * 2 / 10 + digit * 2 % 10,
    };
    number.len() == 19 && number.bytes().rev().enumerate().map(digit).sum::<u32>() % 10 == 0
}

fn load(cluster: &Cluster, seed: u32) -> String {
    let database = cluster.fresh_database("demo");
    let file = |name: &str| root().join("demo").join(name);
    cluster.sql_file(&database, &file("schema.sql"), &[]);
    cluster.sql_file(&database, &file("data.sql"), &["buyers=300", &format!("seed={seed}")]);
    cluster.sql_file(&database, &file("roles.sql"), &["password=it's", "catalog_password=another"]);
    database
}

#[test]
fn the_demonstration_loads_and_follows_from_its_seed() {
    // A cluster of its own: the users belong to the cluster, and other tests have users of the same names.
    let cluster = Cluster::start(&[]);
    let (first, again, other) = (load(&cluster, 1), load(&cluster, 1), load(&cluster, 2));
    let print = |database: &str| {
        let tables = "buyers,co_buyers,contracts,payments,visit_logs,call_logs,units,projects,handover_appointments,handover_contacts";
        let sums = tables.split(',').map(|table| {
            let sum = format!("SELECT md5(string_agg(t::text, chr(10) ORDER BY id)) FROM housing.{table} AS t");
            cluster.sql(database, &sum)
        });
        sums.collect::<Vec<_>>()
    };
    assert_eq!(print(&first), print(&again));
    assert!(print(&first).iter().zip(print(&other)).all(|(one, two)| *one != two));

    let people = cluster.sql(&first, "SELECT id_no, coalesce(bank_card, '') FROM housing.buyers");
    let people: Vec<_> = people.lines().filter_map(|line| line.split_once('|')).collect();
    assert_eq!(people.len(), 300);
    for (identity, card) in people {
        assert!(identity_number_is_valid(identity), "{identity}");
        assert!(card.is_empty() || card_is_valid(card), "{card}");
    }
    let lookup = "SET ROLE menshen_catalog; SELECT uname, left(phash, 14) FROM menshen.user_lookup";
    assert_eq!(cluster.sql(&first, &format!("{lookup}('sales_01')")).trim(), "sales_01|SCRAM-SHA-256$");
    assert_eq!(cluster.sql(&first, &format!("{lookup}('postgres')")).trim(), "|", "a superuser's verifier");
    let denied = "SELECT has_function_privilege('sales_01', 'menshen.user_lookup(text)', 'EXECUTE')";
    assert_eq!(cluster.sql(&first, denied).trim(), "f");
    cluster.stop();
}
