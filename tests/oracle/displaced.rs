//! Names that change hands between two statements.

use super::compare::{differs_between_worlds, refusal};
use super::generate::Statement;
use super::prove::Difference;
use super::wire::{Connection, Mode};
use super::world::World;
use crate::cluster;

/// Names that another object takes over between two statements: what was resolved is what runs, or it is refused, and
/// in no case is the new object read, which shows what is hidden.
pub fn displaced(world: &World, principal: &'static str, proxy: u16) -> Vec<Difference> {
    let mut doors = [&world.a, &world.b].map(|database| Connection::open(proxy, principal, database));
    let mut found = Vec::new();
    let take = "CREATE VIEW app.agents AS SELECT id, coalesce(phone, note) AS name FROM housing.buyers;
                GRANT SELECT ON app.agents TO PUBLIC";
    for text in ["SET search_path = app, housing", "SELECT name FROM agents ORDER BY id"].repeat(4) {
        let ask = |door: &mut Connection| door.run(Mode::Simple, text, &[]);
        doors.iter_mut().for_each(|door| drop(ask(door)));
        for database in [&world.a, &world.b] {
            cluster::shared().sql(database, take);
        }
        let [a, b] = doors.each_mut().map(ask);
        for database in [&world.a, &world.b] {
            cluster::shared().sql(database, "DROP VIEW app.agents");
        }
        // whether the news has come to Menshen is a matter of time, in each of them
        let refused = [&a, &b].into_iter().any(|answer| refusal(answer).is_some());
        if let Some(difference) = differs_between_worlds(&a, &b, true, &world.numbers).filter(|_| !refused) {
            let shrunk = Statement::plain(text);
            let problem = format!("A and B can be told apart when another relation has taken its place: {difference}");
            found.push(Difference { index: 0, principal, problem, shrunk });
        }
    }
    found
}
