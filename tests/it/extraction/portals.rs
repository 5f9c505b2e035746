//! Portals that run a name, after a FETCH that was refused and an Execute that was skipped; rows that come in parts; and
//! sessions that were there before their limits were.

use std::time::{Duration, Instant};

use super::limits::limit;
use super::meters::{GUESSERS, block};
use super::renamed::{ALL, Session, say};
use super::{RULES, World, world, world_by};
use crate::cluster::shared;

const PROBES: &str = "meter = \"probes\"\nwindow = \"1h\"";

fn guessers(at: &str) -> World {
    let world = world_by(&format!("{RULES}{GUESSERS}"), 60, &block(PROBES, at));
    shared().sql(&world.database, "CREATE UNIQUE INDEX ON crm.buyers (name)");
    world
}

fn some(text: &str) -> String {
    (0..100).map(|n| text.replace("{n}", &n.to_string())).collect::<Vec<_>>().join(", ")
}

/// A FETCH that was refused has run nothing: what the portal delivers is looked at as if there had been none.
#[test]
fn a_refused_fetch_opens_no_portal() {
    let bound = || say().query("BEGIN").parse("s", ALL).bind("p", "EXECUTE s").sync().query("SAVEPOINT a");
    for lowered in [false, true] {
        let world = world(400, &limit("{ at = 1000, do = \"downgrade\" }"));
        let mut session = Session::new(&world, "clerk");
        assert_eq!(session.hear(&bound()), (0, None));
        assert!(session.hear(&say().query("FETCH FROM p")).1.is_some());
        assert_eq!(session.hear(&say().query("ROLLBACK TO a")), (0, None));
        if lowered {
            let twice = "SELECT a.id, b.phone FROM crm.buyers a JOIN crm.buyers b ON b.id = a.id";
            let reads = say().query(ALL).query(twice).query(ALL).query(ALL);
            (0..4).for_each(|_| _ = Session::new(&world, "clerk").hear(&reads));
        }
        let (rows, error) = session.hear(&say().execute("p", 0).sync());
        let counted = world.metric("menshen_extraction_persons_total", "role=\"caller\"");
        match lowered {
            true => assert_eq!((rows, error.is_some()), (0, true), "{counted} counted"),
            false => assert_eq!((rows, error, counted), (400, None, 400.0)),
        }
    }
}

/// What a name stands for when it is tested is counted, not what it stood for when the server skipped the Execute.
#[test]
fn a_skipped_execute_has_tested_nothing() {
    let many = format!("PREPARE s AS SELECT id FROM crm.buyers WHERE name IN ({})", some("'n{n}'"));
    let world = guessers("20");
    let mut session = Session::new(&world, "clerk");
    let bound = say().parse("taken", "SELECT 1").sync().query("BEGIN").query("PREPARE s AS SELECT 1");
    session.hear(&bound.bind("p", "EXECUTE s").sync().query("SAVEPOINT a"));
    assert!(session.hear(&say().parse("taken", "SELECT 1").execute("p", 0).sync()).1.is_some());
    let again = say().query("ROLLBACK TO a").query("DEALLOCATE s").query(&many);
    assert_eq!(session.hear(&again), (0, None));
    assert_eq!(session.hear(&say().execute("p", 0).sync()).1.as_deref(), Some("53400"));
}

/// What asks back about values that it has computed is refused by its name, too.
#[test]
fn guesses_that_nobody_sees_are_refused_by_name() {
    let insert = "INSERT INTO crm.buyers (id, name) SELECT 90000 + n, 'n' || n FROM generate_series(0, 99) n";
    let asks = "RETURNING id, (SELECT b.id FROM crm.buyers b WHERE b.name = buyers.name AND b.id < 90000)";
    let world = guessers("20");
    let mut session = Session::new(&world, "clerk");
    // or it is not even prepared
    session.hear(&say().query(&format!("PREPARE s AS {insert} {asks}")));
    for run in [say().query("EXECUTE s"), say().bind("", "EXECUTE s").execute("", 0).sync()] {
        let (rows, error) = session.hear(&run);
        assert!(
            rows == 0 && ["53400", "42501", "26000"].contains(&error.as_deref().unwrap_or_default()),
            "{rows} {error:?}"
        );
    }
}

/// Where the server's writes end within a row, it is known all the same whom the row is about.
#[test]
fn rows_that_arrive_in_pieces_are_of_known_persons() {
    let world = world(400, &limit("{ at = 200, do = \"block\" }"));
    let wide = "SELECT id, phone, repeat('x', id % 700) FROM crm.buyers WHERE id <= 200";
    let mut session = Session::new(&world, "clerk");
    for turn in 0..20 {
        assert_eq!(session.hear(&say().query(wide)), (200, None), "{turn}");
    }
    assert_eq!(session.hear(&say().query("SELECT phone FROM crm.buyers WHERE id = 201")).1.as_deref(), Some("53400"));
}

#[test]
fn what_is_fetched_in_parts_is_one_statement() {
    let world = world(400, &block("meter = \"statements\"\nwindow = \"1h\"", "3"));
    let mut session = Session::new(&world, "clerk");
    let parts = (0..8).fold(say().bind("", ALL), |say, _| say.execute("", 50));
    assert_eq!(session.hear(&parts.execute("", 0).sync()), (400, None));
    for _ in 0..3 {
        assert_eq!(session.hear(&say().query("SELECT phone FROM crm.buyers WHERE id = 1")), (1, None));
    }
    assert_eq!(session.hear(&say().query("SELECT phone FROM crm.buyers WHERE id = 1")).1.as_deref(), Some("53400"));
}

/// A pool's sessions live for weeks: limits reach those that were open before them.
#[test]
fn limits_reach_sessions_that_were_open_before() {
    let world = world(400, "");
    let mut session = Session::new(&world, "clerk");
    assert_eq!(session.hear(&say().query(ALL)), (400, None));
    std::fs::write(world.bundle.path().join("limits.toml"), limit("{ at = 100, do = \"block\" }")).expect("written");
    world.menshen.signal("HUP");
    let until = Instant::now() + Duration::from_secs(20);
    while world.metric("menshen_policy_epoch", "") < 2.0 {
        assert!(Instant::now() < until, "not reloaded");
        std::thread::sleep(Duration::from_millis(20));
    }
    assert_eq!(session.hear(&say().query(ALL)).1.as_deref(), Some("53400"));
}
