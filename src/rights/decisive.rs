//! Columns by which consent and retention decide what is shown of a row, in whatever relation they can be assigned: who
//! could write them could read what they hide.

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
        let read = read_by(relation, right);
        if read.is_empty() {
            continue;
        }
        let views = views.get_or_insert_with(|| Views::of(snapshot));
        let heirs = below_of(snapshot, *oid).into_iter().filter_map(|heir| snapshot.relation(heir));
        for table in std::iter::once(relation).chain(heirs) {
            for place in spread(snapshot, views, table).iter().filter(|place| place.same) {
                let noted = found.entry(place.relation).or_default();
                for (shown, names) in &read {
                    place.there(&with_sources(table, names)).into_iter().for_each(|number| note(noted, number, shown));
                }
            }
        }
    }
    rights.decides = found;
}

/// Of several columns that one decides about, the same is named each time.
fn note(noted: &mut Vec<Decides>, number: i16, shown: &Arc<str>) {
    match noted.iter_mut().find(|one| one.number == number) {
        None => noted.push(Decides { number, shown: Arc::clone(shown) }),
        Some(one) if **shown < *one.shown => one.shown = Arc::clone(shown),
        Some(_) => {}
    }
}

/// Each column that is shown in some rows only, and the names of those that this depends on.
fn read_by<'a>(relation: &'a Relation, right: &'a RelationRight) -> Vec<(&'a Arc<str>, Vec<&'a str>)> {
    let columns: &[ColumnRight] = match right {
        RelationRight::Masked(columns) | RelationRight::Clear(columns) => columns,
        RelationRight::Refused(_) => &[],
    };
    let conditions = columns.iter().filter_map(|column| Some((&column.name, &column.shown.as_ref()?.condition)));
    let read = conditions.map(|(shown, condition)| {
        let names = relation.columns.iter().map(|column| &*column.name);
        (shown, names.filter(|name| condition.reads(name)).collect())
    });
    read.collect()
}

/// The numbers of these columns, and of what generated ones among them are computed from.
fn with_sources(table: &Relation, names: &[&str]) -> Vec<i16> {
    let numbers: Vec<i16> = names.iter().filter_map(|name| Some(table.column(name)?.number)).collect();
    let sources = table.generated_from.iter().filter(|(of, _)| numbers.contains(of)).map(|(_, from)| *from);
    numbers.iter().copied().chain(sources).collect()
}

impl Rights {
    /// The name of a column that is shown or hidden by what this one holds.
    #[must_use]
    pub fn decides(&self, relation: Oid, number: i16) -> Option<&Arc<str>> {
        self.decides.get(&relation)?.iter().find(|one| one.number == number).map(|one| &one.shown)
    }
}
