//! Which columns, when they are assigned, change of whom or of what the rows of a relation say they are: its subject's and
//! its dimensions', by whatever relation they can be written.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crate::catalog::snapshot::Snapshot;
use crate::model::ids::{ColumnId, Oid};

use super::table::Dimensions;
use super::ties::{Views, below_of, spread};

/// The relations whose rows an assignment to a column labels anew.
pub(super) type Labels = HashMap<ColumnId, Vec<Oid>>;

/// Finds them: the relation itself, what it inherits from and what inherits from it, views that show the column, and what
/// a foreign key follows.
pub(super) fn labels(snapshot: &Snapshot, subjects: &HashMap<ColumnId, Arc<str>>, dimensions: &Dimensions) -> Labels {
    let mut telling: HashMap<Oid, HashSet<i16>> = HashMap::new();
    for column in subjects.keys() {
        telling.entry(column.relation).or_default().insert(column.number);
    }
    for (relation, columns) in dimensions {
        telling.entry(*relation).or_default().extend(columns.iter().filter_map(|(_, number)| *number));
    }
    let views = Views::of(snapshot);
    let mut labels = Labels::new();
    let mut note = |relation: Oid, number: i16, labelled: Oid| {
        let noted = labels.entry(ColumnId { relation, number }).or_default();
        if !noted.contains(&labelled) {
            noted.push(labelled);
        }
    };
    for (oid, numbers) in telling {
        let Some(relation) = snapshot.relation(oid) else { continue };
        for place in spread(snapshot, &views, relation) {
            let at = numbers.iter().filter_map(|number| place.columns.get(number)).flatten();
            at.for_each(|number| note(place.relation, *number, oid));
        }
        for heir in below_of(snapshot, oid).into_iter().filter_map(|heir| snapshot.relation(heir)) {
            let names = numbers.iter().filter_map(|number| relation.column_by_number(*number));
            let own = names.filter_map(|column| heir.column(&column.name));
            own.for_each(|column| note(heir.oid, column.number, oid));
        }
    }
    labels
}
