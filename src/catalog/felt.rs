//! What of a write is compared, or felt, where its rows come to be: a generated column moves with what it is computed from,
//! and rows of a table may be rows of its partitions and children, which have indexes and triggers of their own.

use std::collections::HashMap;

use crate::model::ids::Oid;

use super::snapshot::Relation;

/// Adds to each relation what its generated columns, and the relations below it, compare and feel.
pub(super) fn spread(relations: &mut [Relation]) {
    for relation in relations.iter_mut() {
        let Relation { generated_from, compared, felt, .. } = relation;
        for list in [compared, felt] {
            let of = |list: &[i16], from: &(i16, i16)| list.contains(&from.0).then_some(from.1);
            let sources: Vec<i16> = generated_from.iter().filter_map(|from| of(list, from)).collect();
            add(list, sources);
        }
    }
    let places: HashMap<Oid, usize> = relations.iter().enumerate().map(|(place, one)| (one.oid, place)).collect();
    for place in 0..relations.len() {
        for above in above(relations, &places, place) {
            let (Some(low), Some(high)) = (relations.get(place), relations.get(above)) else { continue };
            let there = |number: &i16| match low.column_by_number(*number) {
                None => Some(*number).filter(|number| *number == 0),
                Some(column) => high.column(&column.name).map(|column| column.number),
            };
            let compared: Vec<i16> = low.compared.iter().filter_map(there).collect();
            let felt: Vec<i16> = low.felt.iter().filter_map(there).collect();
            if let Some(high) = relations.get_mut(above) {
                add(&mut high.compared, compared);
                add(&mut high.felt, felt);
            }
        }
    }
}

/// The places of all that a relation inherits from, if it has something to add.
fn above(relations: &[Relation], places: &HashMap<Oid, usize>, from: usize) -> Vec<usize> {
    let adds = relations.get(from).is_some_and(|one| !one.compared.is_empty() || !one.felt.is_empty());
    let (mut found, mut next) = (vec![from], 0);
    while let Some(here) = found.get(next).filter(|_| adds).and_then(|place| relations.get(*place)) {
        next += 1;
        let parents: Vec<usize> = here.parents.iter().filter_map(|oid| places.get(oid)).copied().collect();
        parents.into_iter().for_each(|parent| {
            if !found.contains(&parent) {
                found.push(parent);
            }
        });
    }
    found.split_off(1)
}

fn add(list: &mut Vec<i16>, more: Vec<i16>) {
    list.extend(more);
    list.sort_unstable();
    list.dedup();
}
