//! Columns by which consent and retention decide what is shown of a row, in whatever relation they can be assigned: who
//! could write them could read what they hide.

use std::collections::HashSet;
use std::sync::Arc;

use crate::catalog::snapshot::{Relation, Snapshot};
use crate::model::ids::Oid;
use crate::model::tables::Map;

use super::table::{ColumnRight, RelationRight, Rights};
use super::ties::{Views, below_of, spread};

/// A column of a relation that decides, and the name of what it shows or hides.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Decides {
    pub number: i16,
    pub shown: Arc<str>,
}

/// Finds them: in the relation itself, in what it inherits from and what inherits from it, and in views that show them.
pub(super) fn decide(rights: &mut Rights, snapshot: &Snapshot) {
    let mut views = None;
    let mut found: Map<Oid, Vec<Decides>> = Map::default();
    for (oid, right) in &rights.relations {
        let Some(relation) = snapshot.relation(*oid) else { continue };
        for (shown, numbers) in read_by(relation, right) {
            let mut note = |oid: Oid, number: i16| {
                let noted = found.entry(oid).or_default();
                if !noted.iter().any(|one| one.number == number) {
                    noted.push(Decides { number, shown: Arc::clone(shown) });
                }
            };
            let views = views.get_or_insert_with(|| Views::of(snapshot));
            let own = with_sources(relation, numbers.iter().copied());
            for place in spread(snapshot, views, relation).iter().filter(|place| place.same) {
                place.there(&own).into_iter().for_each(|number| note(place.relation, number));
            }
            for heir in below_of(snapshot, *oid).into_iter().filter_map(|heir| snapshot.relation(heir)) {
                let names = numbers.iter().filter_map(|number| relation.column_by_number(*number));
                let there = names.filter_map(|column| Some(heir.column(&column.name)?.number));
                let own = with_sources(heir, there);
                for place in spread(snapshot, views, heir).iter().filter(|place| place.same) {
                    place.there(&own).into_iter().for_each(|number| note(place.relation, number));
                }
            }
        }
    }
    rights.decides = found;
}

/// Each column that is shown in some rows only, and the numbers of those that this depends on.
fn read_by<'a>(relation: &Relation, right: &'a RelationRight) -> Vec<(&'a Arc<str>, Vec<i16>)> {
    let columns: &[ColumnRight] = match right {
        RelationRight::Masked(columns) | RelationRight::Clear(columns) => columns,
        RelationRight::Refused(_) => &[],
    };
    let conditions = columns.iter().filter_map(|column| Some((&column.name, &column.shown.as_ref()?.condition)));
    let read = conditions.map(|(name, condition)| {
        let numbers =
            relation.columns.iter().filter(|column| condition.reads(&column.name)).map(|column| column.number);
        (name, numbers.collect())
    });
    read.collect()
}

/// Those columns, and what generated ones among them are computed from.
fn with_sources(relation: &Relation, numbers: impl Iterator<Item = i16>) -> Vec<i16> {
    let numbers: HashSet<i16> = numbers.collect();
    let sources = relation.generated_from.iter().filter(|(of, _)| numbers.contains(of)).map(|(_, from)| *from);
    numbers.iter().copied().chain(sources).collect()
}

impl Rights {
    /// The name of a column that is shown or hidden by what this one holds.
    #[must_use]
    pub fn decides(&self, relation: Oid, number: i16) -> Option<&Arc<str>> {
        self.decides.get(&relation)?.iter().find(|one| one.number == number).map(|one| &one.shown)
    }
}
