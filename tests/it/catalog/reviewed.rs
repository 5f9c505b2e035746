//! The reviewed inventory against the server that is there.

use menshen::catalog::reviewed::{Review, SettingReview, setting};
use menshen::model::ids::FIRST_NORMAL_OID;

use super::read;
use crate::cluster;

#[tokio::test]
async fn somebody_has_looked_at_everything_that_the_server_brings() {
    let snapshot = read::snapshot(&read::superuser("postgres").await).await;
    let names = "SELECT oid, oid::regprocedure FROM pg_proc WHERE oid < 16384";
    let mut functions = 0;
    for line in cluster::shared().sql("postgres", names).lines() {
        let (oid, name) = line.split_once('|').expect("two columns");
        let oid = menshen::model::ids::Oid(oid.parse().expect("an OID"));
        assert_ne!(snapshot.function_review(oid), Review::Missing, "{name}: run scripts/review.py");
        functions += 1;
    }
    assert!(functions > 3_000);
    for (query, review) in [
        ("SELECT oid, oid::regoperator FROM pg_operator WHERE oid < 16384", Review::Open),
        ("SELECT casttarget, castsource::regtype FROM pg_cast WHERE castfunc <> 0", Review::Open),
    ] {
        for line in cluster::shared().sql("postgres", query).lines() {
            let (oid, name) = line.split_once('|').expect("two columns");
            let oid = menshen::model::ids::Oid(oid.parse().expect("an OID"));
            let found =
                if query.contains("pg_cast") { snapshot.type_review(oid) } else { snapshot.operator_review(oid) };
            assert_eq!(found, review, "{name}");
            assert!(oid < FIRST_NORMAL_OID);
        }
    }
    let plain = "SELECT oid, typname FROM pg_type t WHERE oid < 16384 AND typtype <> 'c'
                 AND typnamespace = 'pg_catalog'::regnamespace AND NOT EXISTS (SELECT FROM pg_type e WHERE e.typarray = t.oid)";
    for line in cluster::shared().sql("postgres", plain).lines() {
        let (oid, name) = line.split_once('|').expect("two columns");
        let oid = menshen::model::ids::Oid(oid.parse().expect("an OID"));
        assert_ne!(snapshot.type_review(oid), Review::Missing, "{name}: run scripts/review.py");
    }
}

/// A user's setting that the list calls free must be one that a user may set at all.
#[test]
fn free_settings_are_the_user_s_own() {
    let names = "SELECT name, context FROM pg_settings";
    for line in cluster::shared().sql("postgres", names).lines() {
        let (name, context) = line.split_once('|').expect("two columns");
        let free = matches!(setting(name), SettingReview::Free | SettingReview::Bound);
        let asked_for = ["commit_delay", "deadlock_timeout", "lc_messages"].contains(&name);
        assert!(!free || context == "user" || asked_for, "{name} is {context}");
    }
}

/// What conditions beside a filter may compare although the server does not call it leakproof: no two values make it fail.
#[test]
fn comparisons_that_are_taken_to_be_safe_fail_for_no_values() {
    const TIMES: &str = "('-infinity'), ('infinity'), ('4713-01-01 BC'), ('294276-12-31'), ('2024-02-29')";
    let of = |ty: &str, values: &str| format!("(SELECT x::{ty} FROM (VALUES {values}) v(x))");
    let times = |ty: &str, more: &str| of(ty, &format!("{TIMES}{more}"));
    let sets = [
        vec![
            times("date", ", ('5874897-12-31'), ('4714-11-24 BC')"),
            times("timestamp", ", ('294276-12-31 23:59:59.999999')"),
            times("timestamptz", ", ('294276-12-31 23:59:59.999999+00')"),
        ],
        vec![
            of("int2", "('-32768'), ('32767'), ('0')"),
            of("int4", "('-2147483648'), ('2147483647')"),
            of("int8", "('-9223372036854775808'), ('9223372036854775807')"),
            of("numeric", "('NaN'), ('Infinity'), ('-Infinity'), ('0'), ('1e-16383'), ('1e131071'), ('-9.5')"),
        ],
    ];
    for (zone, set) in
        ["UTC", "Pacific/Kiritimati", "Etc/GMT+12"].iter().flat_map(|zone| sets.iter().map(move |set| (zone, set)))
    {
        for (one, other) in set.iter().flat_map(|one| set.iter().map(move |other| (one, other))) {
            let each: Vec<String> =
                ["=", "<>", "<", ">", "<=", ">="].iter().map(|operator| format!("count(a.x {operator} b.x)")).collect();
            let query = format!("SET timezone = '{zone}'; SELECT {} FROM {one} a(x), {other} b(x)", each.join(" + "));
            assert!(cluster::shared().sql("postgres", &query).trim().parse::<u32>().expect(&query) > 0);
        }
    }
}
