//! Which columns, when they are assigned, change of whom or of what the rows of a relation say they are: its subject's and
//! its dimensions', by whatever relation they can be written.

use std::collections::{HashMap, HashSet};

use crate::catalog::snapshot::Snapshot;
use crate::model::ids::{ColumnId, Oid};

use super::removals;
use super::table::{Dimensions, Subjects};
use super::ties::{Views, below_of, spread};

/// The relations whose rows are labelled anew.
#[derive(Default, Debug)]
pub(super) struct Labels {
    /// By an assignment to a column.
    pub(super) assigned: HashMap<ColumnId, Vec<Oid>>,
    /// By a deletion from a relation: a foreign key then sets a column.
    pub(super) removed: HashMap<Oid, Vec<Oid>>,
}

fn note<T: Eq + std::hash::Hash>(labels: &mut HashMap<T, Vec<Oid>>, by: T, labelled: Oid) {
    let noted = labels.entry(by).or_default();
    if !noted.contains(&labelled) {
        noted.push(labelled);
    }
}

/// Finds them: the relation itself, what it inherits from and what inherits from it, views that show the column, and what
/// a foreign key follows.
pub(super) fn labels(snapshot: &Snapshot, subjects: &Subjects, dimensions: &Dimensions) -> Labels {
    let mut telling: HashMap<Oid, HashSet<i16>> = HashMap::new();
    for column in subjects.keys() {
        telling.entry(column.relation).or_default().insert(column.number);
    }
    for (relation, columns) in dimensions {
        telling.entry(*relation).or_default().extend(columns.iter().filter_map(|(_, number)| *number));
    }
    let views = Views::of(snapshot);
    let mut labels = Labels::default();
    for (oid, mut numbers) in telling {
        let Some(relation) = snapshot.relation(oid) else { continue };
        let computed = |(of, from): &(i16, i16)| numbers.contains(of).then_some(*from);
        let sources: Vec<i16> = relation.generated_from.iter().filter_map(computed).collect();
        numbers.extend(sources);
        let moved: Vec<i16> = numbers.iter().copied().collect();
        removals::felt_from(snapshot, &views, relation, &moved)
            .into_iter()
            .for_each(|from| note(&mut labels.removed, from, oid));
        for place in spread(snapshot, &views, relation) {
            let at = numbers.iter().filter_map(|number| place.columns.get(number)).flatten();
            at.for_each(|number| {
                note(&mut labels.assigned, ColumnId { relation: place.relation, number: *number }, oid)
            });
        }
        for heir in below_of(snapshot, oid).into_iter().filter_map(|heir| snapshot.relation(heir)) {
            let names = numbers.iter().filter_map(|number| relation.column_by_number(*number));
            let own = names.filter_map(|column| heir.column(&column.name));
            own.for_each(|column| {
                note(&mut labels.assigned, ColumnId { relation: heir.oid, number: column.number }, oid)
            });
        }
    }
    labels
}
