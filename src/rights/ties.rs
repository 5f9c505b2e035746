//! What the definitions of a database tie together: columns that the server looks at in one with columns that a principal
//! does not see in clear. A write to one of them would tell, by failing or not, what the others hold.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crate::catalog::entangled::{Entangled, Together};
use crate::catalog::snapshot::{Column, Lineage, Origin, Reference, Relation, RelationKind, Snapshot};
use crate::mask::Mask;
use crate::model::category::Category;
use crate::model::facts::{Comparison, Right, WriteRight};
use crate::model::ids::{ColumnId, Oid, RuleId};
use crate::model::refusal::{Reason, Refusal};
use crate::model::tables::Map;
use crate::policy::classification::SYSTEM;

use super::bind::expression;
use super::names::name_of;
use super::references;
use super::removals::{self, Removal};
use super::table::{ColumnRight, RelationRight, Rights};

/// A set of columns of one relation of which some are not clear.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Tie {
    /// The definition, in people's words.
    pub by: Arc<str>,
    /// Numbers of columns that a write may move it by.
    pub touches: Vec<i16>,
    /// Columns that are not clear: their names in the table of the definition, and their numbers in this relation, which
    /// may not have them.
    pub keeps: Vec<(Arc<str>, Vec<i16>)>,
}

/// A unique or exclusion index over a column that is not clear.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Unique {
    pub name: Arc<str>,
    /// Numbers of the columns that are its keys; `None`: an expression is one, too.
    pub keys: Option<Vec<i16>>,
    /// Numbers of those that are not clear.
    pub hidden: Vec<i16>,
    /// Whether one that is not clear gets a value by itself where this relation does not have it, or is compared without one.
    pub filled: bool,
}

impl Unique {
    /// As it is in a relation by which the table is written; the numbers are the table's.
    pub(super) fn at(place: &Place, table: &Relation, name: &Arc<str>, keys: &[i16], hidden: &[i16]) -> Self {
        let keys = (!keys.contains(&0)).then(|| place.there(keys));
        let filled = hidden.iter().any(|number| table.fills(*number) && place.there(&[*number]).is_empty());
        Self { name: Arc::clone(name), keys, hidden: place.there(hidden), filled }
    }
}

/// What is tied together in one relation.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct Tied {
    pub sets: Vec<Tie>,
    pub uniques: Vec<Unique>,
    /// Whether the partition that a row is in tells of a column that is not clear.
    pub parted: bool,
    /// Why its rows are not deleted.
    pub removal: Option<Removal>,
}

impl Tied {
    /// Whether every row that is inserted is a guess: see [`Unique::filled`].
    #[must_use]
    pub fn fills(&self) -> bool {
        self.uniques.iter().any(|unique| unique.filled)
    }

    /// Notes why rows are not deleted: one of several reasons, always the same.
    pub(super) fn keep(&mut self, removal: &Removal) {
        self.removal = self.removal.take().into_iter().chain([removal.clone()]).min();
    }

    pub(super) fn add(&mut self, tie: Tie) {
        if !self.sets.contains(&tie) {
            self.sets.push(tie);
        }
    }
}

/// So many relations are followed from a table.
const MAX_PLACES: usize = 1000;

/// A relation by which a table may be written.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) relation: Oid,
    /// Where columns of the table are in it, by number.
    pub(super) columns: HashMap<i16, Vec<i16>>,
    /// Whether its rows are rows of the table, not what these follow.
    pub(super) same: bool,
}

impl Place {
    /// The numbers that columns of the table have in it.
    pub(super) fn there(&self, columns: &[i16]) -> Vec<i16> {
        columns.iter().filter_map(|number| self.columns.get(number)).flatten().copied().collect()
    }

    fn moved(&self, relation: Oid, same: bool, to: impl Fn(&i16) -> Vec<i16>) -> Self {
        let columns = self.columns.iter().map(|(number, at)| (*number, at.iter().flat_map(&to).collect()));
        Self { relation, columns: columns.collect(), same: same && self.same }
    }
}

/// Finds it all for one principal, and closes the partitions by which it would be told a column.
pub(super) fn tie(rights: &mut Rights, snapshot: &Snapshot) {
    let views = Views::of(snapshot);
    let (mut closed, mut compared) = (HashSet::new(), Vec::new());
    let mut tied: Map<Oid, Tied> = Map::default();
    let below: HashSet<Oid> = rights.below_clear.keys().map(|id| id.relation).collect();
    for relation in snapshot.relations().filter(|relation| !relation.entangled.is_empty()) {
        if rights.filter(relation.oid).is_some() {
            note_left_out(snapshot, &views, relation, &mut tied);
        }
        let refused = matches!(rights.relation(relation.oid), Some(RelationRight::Refused(_)));
        if !refused && !below.contains(&relation.oid) {
            continue;
        }
        let places = spread(snapshot, &views, relation);
        for set in &relation.entangled {
            let Some(found) = Found::of(rights, relation, set) else { continue };
            for place in &places {
                found.note(relation, set, place, tied.entry(place.relation).or_default());
                if set.by == Together::Exclusion && place.same {
                    let at = found.hidden.iter().filter_map(|number| place.columns.get(number));
                    compared.push((place.relation, at.flatten().copied().collect::<Vec<i16>>()));
                }
            }
            if let Some(removal) = found.removal(relation, set) {
                for oid in removals::felt_from(snapshot, &views, relation, &found.touches) {
                    tied.entry(oid).or_default().keep(&removal);
                }
            }
            if set.by == Together::PartitionKey {
                closed.extend(below_of(snapshot, relation.oid));
                let read = views.that_read(places.iter().filter(|place| place.same).map(|place| place.relation));
                read.into_iter().for_each(|oid| tied.entry(oid).or_default().parted = true);
            }
        }
    }
    references::tie(rights, snapshot, &views, &mut tied);
    let showing = views.that_read(closed.iter().copied());
    for oid in closed {
        if let Some(partition) = snapshot.relation(oid) {
            rights.add(oid, RelationRight::Refused(partition_refused(partition)));
        }
    }
    for view in showing.into_iter().filter_map(|oid| snapshot.relation(oid)) {
        rights.add(view.oid, RelationRight::Refused(view_refused(view)));
    }
    if tied.values().any(|tied| tied.parted) {
        for counting in snapshot.relations().filter(counts_partitions) {
            let columns: Option<Arc<[ColumnRight]>> = counting.columns.iter().map(without_counts).collect();
            columns.into_iter().for_each(|columns| rights.add(counting.oid, RelationRight::Masked(columns)));
        }
    }
    for (oid, numbers) in compared {
        unwritable(rights, oid, &numbers);
    }
    rights.ties = tied;
}

/// Notes indexes that tell more of rows which are left out than which keys they have: whether others lie between two values,
/// or whether a condition holds of them. One statement asks as much as it spells out.
fn note_left_out(snapshot: &Snapshot, views: &Views, relation: &Relation, tied: &mut Map<Oid, Tied>) {
    let beyond_keys = |set: &&Entangled| match set.by {
        Together::Exclusion => true,
        Together::Unique => !set.keys.contains(&0) && set.columns.iter().any(|number| !set.keys.contains(number)),
        _ => false,
    };
    for set in relation.entangled.iter().filter(beyond_keys) {
        for place in spread(snapshot, views, relation).iter().filter(|place| place.same) {
            let unique = Unique::at(place, relation, &set.name, &set.keys, &set.columns);
            tied.entry(place.relation).or_default().uniques.push(unique);
        }
    }
}

/// Closes columns to writes that would ask in what order, or between which values, others' lie.
fn unwritable(rights: &mut Rights, oid: Oid, numbers: &[i16]) {
    let Some(RelationRight::Masked(columns)) = rights.relation(oid) else { return };
    let close = |column: &ColumnRight| match numbers.contains(&column.number) {
        true => ColumnRight { write: WriteRight::Denied, ..column.clone() },
        false => column.clone(),
    };
    let columns: Arc<[ColumnRight]> = columns.iter().map(close).collect();
    rights.add(oid, RelationRight::Masked(columns));
}

/// Views of the server that count, for each table, rows that statements have just met.
fn counts_partitions(relation: &&Arc<Relation>) -> bool {
    let name = &*relation.name;
    let of_tables = name.starts_with("pg_stat_") && (name.ends_with("_tables") || name.ends_with("_indexes"));
    &*relation.schema == "pg_catalog" && (of_tables || name.starts_with("pg_statio_"))
}

/// The names of what is counted, without the counts.
fn without_counts(column: &Column) -> Option<ColumnRight> {
    let named = ["relid", "indexrelid", "schemaname", "relname", "indexrelname"].contains(&&*column.name);
    let hidden = (!named).then(|| expression(&Mask::Null, column));
    Some(ColumnRight {
        number: column.number,
        name: Arc::clone(&column.name),
        right: if named { Right::Clear } else { Right::Hidden },
        category: hidden.is_some().then(|| Category(SYSTEM.into())),
        rule: RuleId("partitions by a protected column".into()),
        expression: match hidden {
            None => None,
            Some(expression) => Some(expression?),
        },
        mask: (!named).then(|| Arc::new(Mask::Null)),
        ty: column.ty.clone(),
        write: if named { WriteRight::Free } else { WriteRight::Denied },
        matching: false,
        comparison: Comparison::default(),
        shown: None,
    })
}

fn view_refused(view: &Relation) -> Refusal {
    Refusal::new(Reason::Relation, format!("view {} is not available to this user", name_of(view)))
        .detail("It reads a partition. Which rows are in that tells a column that this user does not read in clear.")
        .hint("Use the table that it is a partition of.")
}

fn partition_refused(partition: &Relation) -> Refusal {
    let name = name_of(partition);
    Refusal::new(Reason::Relation, format!("partition {name} is not available to this user"))
        .detail("Which rows are in it tells a column that this user does not read in clear.")
        .hint("Use the table that it is a partition of.")
}

/// What of a set concerns a principal, by the numbers of the set's own table.
struct Found {
    touches: Vec<i16>,
    keeps: Vec<i16>,
    /// Of the set itself, those that are not clear.
    hidden: Vec<i16>,
}

impl Found {
    /// `None`: all of it is clear, or nothing of it can be felt.
    fn of(rights: &Rights, relation: &Relation, set: &Entangled) -> Option<Self> {
        let right = |number: i16| rights.column(relation.oid, number);
        if set.by == Together::GeneratedAlways && set.keys.iter().all(|number| right(*number) == Right::Hidden) {
            return None;
        }
        let all = set.columns.contains(&0);
        let members: Vec<i16> = match all {
            true => relation.columns.iter().map(|column| column.number).collect(),
            false => set.columns.clone(),
        };
        let below = |number: &i16| right(*number) < Right::Clear;
        let (mut touches, mut keeps) = (Vec::new(), Vec::new());
        for member in &members {
            let mut sources =
                relation.generated_from.iter().filter(|(of, _)| of == member).map(|(_, from)| *from).peekable();
            if sources.peek().is_none() {
                touches.push(*member);
                keeps.extend(Some(*member).filter(below));
                continue;
            }
            // a generated column moves with what it is computed from, and tells of it unless it is shown anyway
            for source in sources {
                touches.push(source);
                keeps.extend(Some(source).filter(|source| below(member) && below(source)));
            }
        }
        let hidden: Vec<i16> = members.into_iter().filter(below).collect();
        for list in [&mut touches, &mut keeps] {
            list.sort_unstable();
            list.dedup();
        }
        (!keeps.is_empty() || !hidden.is_empty()).then_some(Self { touches, keeps, hidden })
    }

    /// What a deletion would tell that moves one of its columns; `None`: nothing.
    fn removal(&self, table: &Relation, set: &Entangled) -> Option<Removal> {
        let kept = self.keeps.first().filter(|_| self.touches.len() > 1)?;
        let kept = Arc::clone(&table.column_by_number(*kept)?.name);
        Some(Removal { by: named(set, table), kept })
    }

    /// Adds it to what is known of a relation in which the table's columns are `at`.
    fn note(&self, table: &Relation, set: &Entangled, place: &Place, tied: &mut Tied) {
        let touches = place.there(&self.touches);
        if self.touches.len() > 1 && !self.keeps.is_empty() && !touches.is_empty() {
            let by = named(set, table);
            let name = |number: &i16| table.column_by_number(*number).map(|column| Arc::clone(&column.name));
            let keeps = self.keeps.iter().filter_map(|number| Some((name(number)?, place.there(&[*number]))));
            tied.add(Tie { by, touches, keeps: keeps.collect() });
        }
        if !place.same {
            return;
        }
        if matches!(set.by, Together::Unique | Together::Exclusion) {
            let hidden: Vec<i16> = self.hidden.iter().chain(&self.keeps).copied().collect();
            let mut unique = Unique::at(place, table, &set.name, &set.keys, &hidden);
            let computed = |number: &i16| table.generated_from.iter().any(|(of, _)| of == number);
            unique.filled |= set.compares_nothing_in(&hidden) || self.hidden.iter().any(computed);
            tied.uniques.push(unique);
        }
        tied.parted |= set.by == Together::PartitionKey;
    }
}

/// A definition in people's words.
fn named(set: &Entangled, table: &Relation) -> Arc<str> {
    format!("{} {} of {}", set.by.as_str(), set.name, name_of(table)).into()
}

/// The table itself, what it inherits from or is a partition of, what its foreign keys follow, and views that show columns
/// of these as they are: a write to any of them may be one to the table.
pub(super) fn spread(snapshot: &Snapshot, views: &Views, table: &Relation) -> Vec<Place> {
    let own = table.columns.iter().map(|column| (column.number, vec![column.number])).collect();
    let mut found = vec![Place { relation: table.oid, columns: own, same: true }];
    let mut next = 0;
    while let Some(place) = found.get(next).filter(|_| next < MAX_PLACES).cloned() {
        next += 1;
        let Some(relation) = snapshot.relation(place.relation) else { continue };
        let mut more = Vec::new();
        for parent in relation.parents.iter().filter_map(|parent| snapshot.relation(*parent)) {
            let named = |number: &i16| parent.column(&relation.column_by_number(*number)?.name).map(|one| one.number);
            more.push(place.moved(parent.oid, true, |number| named(number).into_iter().collect()));
        }
        for view in views.over(relation.oid) {
            let shown = |number: &i16| shown_as(view, ColumnId { relation: relation.oid, number: *number });
            more.push(place.moved(view.oid, true, shown));
        }
        for Reference { to, pairs, .. } in relation.references.iter().filter(|one| one.follows) {
            let there = |number: &i16| pairs.iter().filter(|(own, _)| own == number).map(|(_, other)| *other).collect();
            more.push(place.moved(*to, false, there));
        }
        more.retain(|place| !found.contains(place) && place.columns.values().any(|at| !at.is_empty()));
        found.extend(more);
    }
    found
}

/// The columns of a view that are this one.
fn shown_as(view: &Relation, column: ColumnId) -> Vec<i16> {
    let Some(Lineage::Known { outputs, .. }) = &view.lineage else { return Vec::new() };
    let shows = view.columns.iter().zip(outputs).filter(|(_, origin)| **origin == Origin::Column(column));
    shows.map(|(own, _)| own.number).collect()
}

/// Inheritance children and partitions, and theirs.
pub(super) fn below_of(snapshot: &Snapshot, oid: Oid) -> HashSet<Oid> {
    let mut found = HashSet::new();
    loop {
        let below = |relation: &&Arc<Relation>| relation.parents.iter().any(|one| *one == oid || found.contains(one));
        let more: Vec<Oid> = snapshot.relations().filter(below).map(|relation| relation.oid).collect();
        let before = found.len();
        found.extend(more);
        if found.len() == before {
            return found;
        }
    }
}

/// Views, by what they read.
pub(super) struct Views {
    /// Those that show a column of a relation as it is.
    showing: HashMap<Oid, Vec<Arc<Relation>>>,
    reading: HashMap<Oid, Vec<Oid>>,
}

impl Views {
    pub(super) fn of(snapshot: &Snapshot) -> Self {
        let mut found = Self { showing: HashMap::new(), reading: HashMap::new() };
        let kept =
            |relation: &&Arc<Relation>| matches!(relation.kind, RelationKind::View | RelationKind::MaterializedView);
        for view in snapshot.relations().filter(kept) {
            for read in &view.reads {
                found.reading.entry(*read).or_default().push(view.oid);
                if view.kind == RelationKind::View {
                    found.showing.entry(*read).or_default().push(Arc::clone(view));
                }
            }
        }
        found
    }

    /// Views that show columns of a relation as they are.
    pub(super) fn over(&self, oid: Oid) -> impl Iterator<Item = &Arc<Relation>> {
        self.showing.get(&oid).into_iter().flatten()
    }

    /// Views over these, and views over those.
    pub(super) fn that_read(&self, relations: impl Iterator<Item = Oid>) -> HashSet<Oid> {
        let mut queue: Vec<Oid> = relations.collect();
        let mut found = HashSet::new();
        while let Some(oid) = queue.pop() {
            let views = self.reading.get(&oid).into_iter().flatten();
            queue.extend(views.filter(|view| found.insert(**view)));
        }
        found
    }
}
