//! Filtered rows: which plans the server makes of them.

use super::wire::{Connection, Mode};
use super::{proxy, world};
use crate::cluster;

fn plan(connection: &mut Connection, statement: &str) -> String {
    let answer = connection.run(Mode::Simple, &format!("EXPLAIN (COSTS OFF) {statement}"), &[]);
    let rows = answer
        .iter()
        .filter(|message| message.kind == b'D')
        .map(|row| String::from_utf8_lossy(&row.body[6..]).into_owned());
    rows.collect::<Vec<_>>().join("\n")
}

#[test]
fn lookups_use_indexes_and_what_could_tell_waits_for_the_filter() {
    let proxy = proxy();
    let (cluster, database) = (cluster::shared(), &world::shared().a);
    // what the planner may do is the database's to say, not the user's
    let role = format!("ALTER ROLE agent IN DATABASE \"{database}\"");
    cluster.sql("postgres", &format!("{role} SET enable_seqscan = off"));
    let mut agent = Connection::open(proxy.port, "agent", database);
    cluster.sql("postgres", &format!("{role} RESET enable_seqscan"));
    let prepared = "PREPARE looked AS SELECT * FROM housing.contracts WHERE id = $1::INTEGER";
    agent.run(Mode::Simple, prepared, &[]);
    for lookup in [
        "EXECUTE looked(17)",
        "SELECT * FROM housing.contracts WHERE id = 17",
        "SELECT * FROM housing.buyers b WHERE b.id = 17 AND b.active FOR UPDATE",
        "SELECT * FROM housing.units u JOIN housing.contracts c ON c.id = u.id WHERE u.id = 3",
        "SELECT * FROM housing.units u WHERE EXISTS (SELECT 1 FROM housing.contracts c WHERE c.id = u.id) AND u.id IN (1, 2)",
    ] {
        let plan = plan(&mut agent, lookup);
        assert!(plan.contains("contracts_pkey") || plan.contains("buyers_pkey"), "{lookup}\n{plan}");
        assert!(!plan.contains("Subquery Scan"), "{lookup}\n{plan}");
    }
    for telling in [
        "SELECT * FROM housing.contracts WHERE 1/(id - 30) > 0",
        "SELECT * FROM housing.contracts WHERE id = 30 AND status LIKE 'x%'",
    ] {
        let plan = plan(&mut agent, telling);
        let (outer, inner) = plan.split_once("->").unwrap_or_else(|| panic!("{plan}"));
        assert!(outer.contains("Subquery Scan") && inner.contains("cancelled"), "{telling}\n{plan}");
        assert!(!inner.contains("/ (id") && !inner.contains("~~"), "{telling}\n{plan}");
    }
}
