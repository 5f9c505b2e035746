//! What a statement's column references come to, once all its FROM items are known: substitutions with the system
//! columns they need, GROUP BY a key, and the facts about protected columns.

use std::collections::BTreeSet;

use crate::catalog::snapshot::RelationKind;
use crate::grammar::{limits, names};
use crate::model::facts::{ColumnUse, Right};
use crate::model::ids::ColumnId;
use crate::model::refusal::{Reason, Refusal};
use crate::model::tables::Set;
use crate::model::types::TypeClass;
use crate::rights::table::RelationRight;

use super::behind::persons;
use super::leaks::Leaks;
use super::refuse::{Step, not_understood, reads_too_often};
use super::scan::{Rows, SYSTEM_COLUMNS, substitution};
use super::scope::{Entry, Flow, Reference, Role};
use super::spare::{Listed, Spoken};
use super::walk::Walk;

/// What is used of one FROM item.
#[derive(Clone, Debug, Default)]
pub(super) struct Use {
    /// Positions of columns that are named.
    columns: BTreeSet<usize>,
    /// Whether all of them are (a star, the whole row, a natural join).
    pub(super) all: bool,
    /// Positions of those that are read, not only named to be written.
    read: BTreeSet<usize>,
    read_all: bool,
    system: BTreeSet<&'static str>,
    /// References (by index) that take all columns.
    pub(super) whole: Vec<usize>,
    /// Whether some value of it goes into something that outlives the session.
    stored: bool,
}

/// How a reference meets a FROM item that it can see.
enum Meets {
    Not,
    Column(usize),
    Whole,
}

fn meets(reference: &Reference<'_>, entry: &Entry<'_>) -> Meets {
    let position = |name: &str| entry.names.known.iter().position(|known| *known == name);
    match (reference.qualifier, reference.name) {
        (None, None) if reference.level == Some(entry.level) => Meets::Whole,
        (None, None) => Meets::Not,
        (Some(qualifier), _) if qualifier != entry.name => Meets::Not,
        (Some(_), None) => Meets::Whole,
        (Some(_), Some(name)) => match position(name) {
            Some(position) => Meets::Column(position),
            None if SYSTEM_COLUMNS.contains(&name) => Meets::Not,
            // a function on the row
            None => Meets::Whole,
        },
        (None, Some(name)) => match position(name) {
            Some(position) => Meets::Column(position),
            None if name == entry.name => Meets::Whole,
            None => Meets::Not,
        },
    }
}

/// Bits that a value of a type takes at least, packed as tightly as may be.
fn bits(class: &TypeClass) -> u64 {
    match class {
        TypeClass::Bool => 1,
        TypeClass::Int2 | TypeClass::Date | TypeClass::Enum => 8,
        TypeClass::Domain(base) => bits(base),
        _ => 32,
    }
}

impl<'a> Walk<'a> {
    /// Ends the walk of a statement: decides everything that depends on all of it.
    pub(super) fn settle(&mut self) -> Step {
        let by_level = self.entries_by_level();
        self.spend(self.name_work(&by_level))?;
        let (uses, spoken) = self.uses(&by_level);
        for index in 0..self.scope.references.len() {
            self.settle_reference(index, &by_level)?;
        }
        self.settle_equalities(&by_level)?;
        self.settle_readings(&by_level)?;
        let leaks = self.leaks(|| self.scope.nullable.iter().any(|index| !self.reads_bare(*index, &uses, &spoken)));
        for (index, used) in uses.iter().enumerate() {
            self.settle_entry(index, used, &spoken, &by_level, &leaks)?;
        }
        self.settle_filtered_writes();
        let ungrouped = self.ungrouped_by_level();
        for level in 0..self.scope.levels.len() {
            self.extend_group_by(level, &by_level, &ungrouped)?;
        }
        Ok(())
    }

    fn entries_by_level(&self) -> Vec<Vec<usize>> {
        let mut by_level = vec![Vec::new(); self.scope.levels.len()];
        for (index, entry) in self.scope.entries.iter().enumerate() {
            if let Some(list) = by_level.get_mut(entry.level) {
                list.push(index);
            }
        }
        by_level
    }

    /// How many names are compared where every reference is looked up in every FROM item that it can see: for what is
    /// used, for what may be a function, and for GROUP BY.
    fn name_work(&self, by_level: &[Vec<usize>]) -> usize {
        let names = |index: &usize| self.entry(*index).map_or(1, |entry| 1 + entry.names.known.len());
        let of_level: Vec<usize> = by_level.iter().map(|entries| entries.iter().map(names).sum()).collect();
        let work = |level: usize| of_level.get(level).copied().unwrap_or_default();
        let looked_up = self.scope.references.iter().map(|one| self.scope.chain(one.level).map(work).sum::<usize>());
        let grouped = self.scope.levels.iter().zip(by_level).enumerate().map(|(level, (one, entries))| {
            let each = work(level) + one.grouping.items.len();
            if one.grouping.items.is_empty() { 0 } else { entries.len() * each }
        });
        looked_up.sum::<usize>() + grouped.sum::<usize>()
    }

    /// References (by index) that stand ungrouped, where a level has GROUP BY.
    fn ungrouped_by_level(&self) -> Vec<Vec<usize>> {
        let mut by_level = vec![Vec::new(); self.scope.levels.len()];
        let named: Set<(usize, &str)> = match self.scope.levels.iter().any(|level| !level.grouping.items.is_empty()) {
            true => self.scope.entries.iter().map(|entry| (entry.level, entry.name)).collect(),
            false => Set::default(),
        };
        for (index, reference) in self.scope.references.iter().enumerate() {
            for &level in &reference.ungrouped_at {
                let grouped = self.scope.levels.get(level).is_some_and(|level| !level.grouping.items.is_empty());
                let inside = |qualifier| {
                    let mut chain = self.scope.chain(reference.level).take_while(|one| *one != level);
                    chain.any(|one| named.contains(&(one, qualifier)))
                };
                // the nearest item of that name is meant
                if !grouped || reference.qualifier.is_some_and(inside) {
                    continue;
                }
                if let Some(list) = by_level.get_mut(level) {
                    list.push(index);
                }
            }
        }
        by_level
    }

    fn entry(&self, index: usize) -> Option<&Entry<'a>> {
        self.scope.entries.get(index)
    }

    /// The FROM items that a place in `level` can see, from the inside.
    fn visible<'s>(&'s self, level: Option<usize>, by_level: &'s [Vec<usize>]) -> impl Iterator<Item = usize> + 's {
        self.scope.chain(level).filter_map(|level| by_level.get(level)).flatten().copied()
    }

    fn uses(&self, by_level: &[Vec<usize>]) -> (Vec<Use>, Spoken<'a>) {
        let mut uses = vec![Use::default(); self.scope.entries.len()];
        let mut unclear = self.scope.levels.iter().any(|level| level.natural);
        for (number, reference) in self.scope.references.iter().enumerate() {
            let mut met =
                reference.name.is_none_or(|name| self.scope.outputs.contains(name) || SYSTEM_COLUMNS.contains(&name));
            for index in self.visible(reference.level, by_level) {
                let (Some(entry), Some(used)) = (self.entry(index), uses.get_mut(index)) else { continue };
                let meets = meets(reference, entry);
                let reads = reference.role != Role::Name;
                let stored = matches!(reference.flow, Flow::Stored | Flow::Column(_) | Flow::Columns);
                used.stored |= stored && !matches!(meets, Meets::Not);
                match meets {
                    Meets::Not => {
                        met |= !entry.names.complete;
                        continue;
                    }
                    Meets::Column(position) => {
                        used.columns.insert(position);
                        used.read.extend(reads.then_some(position));
                    }
                    Meets::Whole => {
                        used.all = true;
                        used.read_all |= reads;
                        used.whole.push(number);
                    }
                }
                met = true;
            }
            unclear |= !met;
            self.system_column(reference, by_level, &mut uses);
        }
        for (used, entry) in uses.iter_mut().zip(&self.scope.entries) {
            let natural = self.scope.levels.get(entry.level).is_some_and(|level| level.natural);
            used.all |= natural;
            used.read_all |= natural;
        }
        (uses, Spoken::new(&self.scope.references, unclear))
    }

    /// `ctid`, `xmin`, …: of the named item; unqualified, of the tables of the innermost level that has any.
    fn system_column(&self, reference: &Reference<'_>, by_level: &[Vec<usize>], uses: &mut [Use]) {
        let Some(&name) = SYSTEM_COLUMNS.iter().find(|name| Some(**name) == reference.name) else { return };
        for level in self.scope.chain(reference.level) {
            let mut tables = false;
            for &index in by_level.get(level).into_iter().flatten() {
                let (Some(entry), Some(used)) = (self.entry(index), uses.get_mut(index)) else { continue };
                tables |= entry.relation.is_some();
                let meant = reference.qualifier.is_none_or(|qualifier| qualifier == entry.name);
                if meant && entry.scan.is_some() && !entry.names.known.contains(&name) {
                    used.system.insert(name);
                }
            }
            if tables && reference.qualifier.is_none() {
                return;
            }
        }
    }

    /// A qualified name that is no known column may be a function called on the row; a schema in front of a
    /// substituted relation's name goes.
    fn settle_reference(&mut self, index: usize, by_level: &[Vec<usize>]) -> Step {
        let Some(reference) = self.scope.references.get(index) else { return Ok(()) };
        let Some(qualifier) = reference.qualifier else { return Ok(()) };
        let (level, schema, location) = (reference.level, reference.schema, reference.location);
        let (catalog, name) = (reference.catalog, reference.name);
        let named: Vec<&Entry<'a>> = self
            .visible(level, by_level)
            .filter_map(|index| self.entry(index))
            .filter(|entry| entry.name == qualifier)
            .collect();
        let known = |entry: &&Entry<'a>, name: &str| {
            entry.names.known.contains(&name) || (entry.relation.is_some() && SYSTEM_COLUMNS.contains(&name))
        };
        let attribute = name.filter(|name| named.is_empty() || !named.iter().all(|entry| known(entry, name)));
        let meant = |entry: &&Entry<'a>| {
            let of = entry.relation.as_ref().map(|relation| &*relation.schema);
            entry.scan.is_some() && !entry.aliased && of == schema
        };
        let substituted = schema.is_some() && named.iter().any(meant);
        // without its schema the name means the item of the innermost level that has one
        let nearest = named.first().map(|entry| entry.level);
        let mut nearest = named.iter().filter(|entry| Some(entry.level) == nearest);
        let ambiguous = !matches!((nearest.next(), nearest.next()), (Some(one), None) if meant(one));
        if let Some(name) = attribute {
            self.attribute(name, location)?;
        }
        if let Some(schema) = schema.filter(|_| substituted) {
            if ambiguous {
                return Err(not_understood("two FROM items of the same name, one with protected columns,", location));
            }
            let parts: Vec<&str> = catalog.into_iter().chain([schema, qualifier]).collect();
            let place = self.place(location, &parts)?;
            self.edits.replace(place.start, place.end, names::quoted(qualifier));
        }
        Ok(())
    }

    fn settle_entry(
        &mut self,
        index: usize,
        used: &Use,
        spoken: &Spoken<'a>,
        by_level: &[Vec<usize>],
        leaks: &[Leaks],
    ) -> Step {
        let Some(entry) = self.entry(index) else { return Ok(()) };
        self.view_is_unordered(index, entry, used, spoken)?;
        if let Some(outputs) = self.masked_outputs(entry, used, spoken) {
            self.mask_outputs(outputs)?;
            self.leave_bare(index);
            self.note_columns(index, used);
            return Ok(());
        }
        let shadowed = entry.scan.as_ref().is_some_and(|scan| !scan.shadows.is_empty());
        if used.all && (!used.system.is_empty() || shadowed) {
            self.expand_stars(index, used, by_level)?;
        }
        let Some(entry) = self.scope.entries.get(index) else { return Ok(()) };
        let scanned = entry.scan.as_ref().filter(|_| !used.all);
        let named = scanned.and_then(|_| spoken.columns(entry));
        let sorted = self.could_be_sorted(entry, named.as_deref());
        if named.as_ref().is_some_and(|named| !sorted && self.is_unspoken(entry, named)) {
            self.leave_bare(index);
            self.note_columns(index, used);
            return Ok(());
        }
        if let (Some(scan), Some(relation)) = (&entry.scan, &entry.relation) {
            let system: Vec<&str> = used.system.iter().copied().collect();
            let needed = named.filter(|_| !sorted);
            let listed = |position| match &needed {
                _ if used.all || used.columns.contains(&position) => Listed::Value,
                Some(needed) if needed.binary_search(&position).is_err() => Listed::Not,
                _ => Listed::Unused,
            };
            let filter = self.context.rights.filter(relation.oid);
            let leaks = leaks.get(entry.part).copied().unwrap_or_default();
            let fenced = filter.is_some_and(|filter| self.scope.guards_rows || leaks.reach(filter));
            if fenced && (self.locks.1 || self.locks.0.contains(&entry.name)) {
                // a lock would be taken of all that the filter lets pass, before the conditions are tested
                return Err(not_understood(
                    "locking rows by conditions that have to wait for the filter of the rows",
                    -1,
                )
                .hint("Choose the rows by comparisons of columns with constants."));
            }
            let rows = Rows { filter, sorted, fenced };
            self.facts.filtered |= filter.is_some();
            let text = substitution(relation, scan.columns, scan.only, &system, &scan.shadows, listed, rows);
            self.edits.replace(scan.start, scan.end, format!("{}{text}{}", scan.before, scan.after));
            self.edits_are_bounded()?;
            self.facts.substituted += 1;
        }
        self.note_columns(index, used);
        Ok(())
    }

    /// Whether the server could read a scan by an index that has its rows in the order of what is not clear: the statement
    /// speaks of another column of it, or the filter of its rows may.
    pub(super) fn could_be_sorted(&self, entry: &Entry<'a>, named: Option<&[usize]>) -> bool {
        let (Some(_), Some(relation)) = (&entry.scan, &entry.relation) else { return false };
        let by = self.context.rights.sorts(relation.oid);
        let chooses = |at: &usize| relation.columns.get(*at).is_some_and(|column| by.contains(&column.number));
        let filtered = self.context.rights.filter(relation.oid).is_some();
        !by.is_empty() && (filtered || named.is_none_or(|named| named.iter().any(chooses)))
    }

    /// The refusal of a view whose rows could come in such an order: it has no place of a row to sort by.
    fn view_is_unordered(&self, index: usize, entry: &Entry<'a>, used: &Use, spoken: &Spoken<'a>) -> Step {
        let Some(view) = entry.relation.filter(|one| one.kind == RelationKind::View) else { return Ok(()) };
        let by = self.context.rights.sorts(view.oid);
        if by.is_empty() || self.scope.targets.contains(&index) {
            return Ok(());
        }
        let named = spoken.columns(entry).filter(|_| !used.all);
        let chooses = |at: &usize| view.columns.get(*at).is_some_and(|column| by.contains(&column.number));
        let filtered = self.context.rights.filter(view.oid).is_some();
        if !filtered && named.is_some_and(|named| !named.iter().any(chooses)) {
            return Ok(());
        }
        let columns: Vec<&str> =
            view.columns.iter().filter(|column| by.contains(&column.number)).map(|column| &*column.name).collect();
        let what = format!("rows of view {} could come in the order of values that this user does not read", view.name);
        Err(Refusal::new(Reason::Relation, what)
            .detail(format!("An index of a table below it sorts by them behind, or for rows by, {}.", columns.join(", ")))
            .hint("Read the table itself, leave these columns out, or have its owner put the protected column into an index of its own."))
    }

    /// Whether a statement speaks of nothing of a scan but what it shows in clear, so that the relation itself can stand
    /// there: the server then plans what it would without a policy.
    fn is_unspoken(&self, entry: &Entry<'a>, named: &[usize]) -> bool {
        let Some(scan) = &entry.scan else { return false };
        let clear = |position: &usize| scan.columns.get(*position).is_some_and(|column| column.right == Right::Clear);
        self.may_stand(entry) && named.iter().all(clear)
    }

    /// Whether the relation of a scan could stand as it is, but for what the statement speaks of: all of its rows are
    /// shown, and no true value is tested.
    pub(super) fn may_stand(&self, entry: &Entry<'a>) -> bool {
        let (Some(scan), Some(relation)) = (&entry.scan, &entry.relation) else { return false };
        let open = scan.before.is_empty() && scan.shadows.is_empty();
        open && self.context.rights.filter(relation.oid).is_none()
    }

    /// Whether an item of FROM is a table that stands as it is.
    fn reads_bare(&self, index: usize, uses: &[Use], spoken: &Spoken<'a>) -> bool {
        let (Some(entry), Some(used)) = (self.entry(index), uses.get(index)) else { return false };
        let named = spoken.columns(entry).filter(|_| !used.all);
        let unspoken =
            |named: Vec<usize>| !self.could_be_sorted(entry, Some(&named)) && self.is_unspoken(entry, &named);
        let bare = entry.scan.is_none() || named.is_some_and(unspoken);
        bare && entry.relation.is_some_and(|relation| relation.reads_plainly())
    }

    /// Lets the relation stand as it is, under its pinned name.
    fn leave_bare(&mut self, index: usize) {
        let Some(entry) = self.scope.entries.get_mut(index) else { return };
        let (Some(scan), Some(relation)) = (entry.scan.take(), &entry.relation) else { return };
        if scan.pinned {
            return;
        }
        let only = if scan.only { "ONLY " } else { "" };
        self.edits.replace(
            scan.start,
            scan.end,
            format!("{only}{}", names::qualified(&relation.schema, &relation.name)),
        );
    }

    /// Masks are bounded by what may be received.
    pub(super) fn edits_are_bounded(&self) -> Step {
        if self.edits.written() <= limits::MAX_TEXT {
            return Ok(());
        }
        Err(reads_too_often())
    }

    /// A substitution with system columns has more columns than the table shows: `*` beside `ctid` is spelled out.
    fn expand_stars(&mut self, index: usize, used: &Use, by_level: &[Vec<usize>]) -> Step {
        for &number in &used.whole {
            let (Some(reference), Some(entry)) = (self.scope.references.get(number), self.entry(index)) else {
                continue;
            };
            let location = reference.location;
            let lost = || {
                not_understood("a system column, or a test of a true value, beside the whole row", location)
                    .hint("Name the columns.")
            };
            let alone = by_level.get(entry.level).is_some_and(|entries| entries.len() == 1);
            let star =
                reference.name.is_none() && reference.role == Role::Target && (reference.qualifier.is_some() || alone);
            if !star {
                return Err(lost());
            }
            let parts: Vec<&str> =
                reference.catalog.into_iter().chain(reference.schema).chain(reference.qualifier).collect();
            let start = usize::try_from(location).map_err(|_| lost())?;
            let star = match parts.as_slice() {
                [] => self.tokens.index_at(start).ok_or_else(lost)?,
                parts => self.place(location, parts)?.next + 1,
            };
            let end = self.star_end(start, star).ok_or_else(lost)?;
            let columns: Vec<String> =
                entry.names.known.iter().map(|name| names::qualified(entry.name, name)).collect();
            if reference.schema.is_some() {
                return Err(lost());
            }
            self.edits.replace(start, end, columns.join(", "));
            self.edits_are_bounded()?;
        }
        let natural = self
            .entry(index)
            .is_some_and(|entry| self.scope.levels.get(entry.level).is_some_and(|level| level.natural));
        if natural { Err(not_understood("a system column beside a natural join", -1)) } else { Ok(()) }
    }

    /// Notes the classified columns of an entry's relation that are used.
    fn note_columns(&mut self, index: usize, used: &Use) {
        let Some(relation) = self.scope.entries.get(index).and_then(|entry| entry.relation) else { return };
        let Some(RelationRight::Masked(columns) | RelationRight::Clear(columns)) =
            self.context.rights.relation(relation.oid)
        else {
            return;
        };
        let mut clear = false;
        for column in columns.iter() {
            let Some(category) = &column.category else { continue };
            let position = relation.columns.iter().position(|one| one.number == column.number);
            if !used.all && !position.is_some_and(|position| used.columns.contains(&position)) {
                continue;
            }
            let read = used.read_all || position.is_some_and(|position| used.read.contains(&position));
            let shown = column.shown.as_ref().is_some_and(|shown| shown.clear);
            if read && (column.right == Right::Clear || shown) {
                clear = true;
                self.facts.bits = self.facts.bits.min(bits(&column.ty.class));
            }
            let id = ColumnId { relation: relation.oid, number: column.number };
            if self.facts.columns.iter().any(|one| one.column == id) {
                continue;
            }
            self.facts.columns.push(ColumnUse {
                column: id,
                name: format!("{}.{}.{}", relation.schema, relation.name, column.name).into(),
                category: category.clone(),
                right: column.right,
                rule: column.rule.clone(),
            });
        }
        self.facts.scans.push(relation.oid);
        self.facts.stores |= clear && used.stored;
        if clear {
            let persons = persons(self.context.rights, self.context.snapshot, relation);
            self.facts.folds |= persons.folded;
            self.facts.disclosing.extend((0..persons.each).map(|_| relation.oid));
        }
    }

    /// GROUP BY the key of a table lets PostgreSQL select the other columns; of a subquery it does not. So they are
    /// added to the list: the groups stay the same.
    fn extend_group_by(&mut self, level: usize, by_level: &[Vec<usize>], ungrouped: &[Vec<usize>]) -> Step {
        let Some(grouping) = self.scope.levels.get(level).map(|level| &level.grouping) else { return Ok(()) };
        if grouping.items.is_empty() {
            return Ok(());
        }
        let unclear = grouping.inside.is_none();
        let (entries, references) = (by_level.get(level), ungrouped.get(level));
        self.spend(entries.map_or(0, Vec::len) * references.map_or(0, Vec::len))?;
        let mut insertions = Vec::new();
        for &index in by_level.get(level).into_iter().flatten() {
            let Some(place) = self.grouped_by_key(index, level, by_level) else { continue };
            let Some(entry) = self.entry(index) else { continue };
            let columns = self.ungrouped(entry, level, ungrouped.get(level).map_or(&[], Vec::as_slice));
            if columns.is_empty() {
                continue;
            }
            if unclear {
                return Err(not_understood("a column that depends on a grouped key, beside such grouping sets", -1)
                    .hint("Name the column in GROUP BY, or aggregate it."));
            }
            let mut text = String::new();
            for position in columns {
                let (Some(name), Some(relation)) = (entry.names.known.get(position), &entry.relation) else { continue };
                if relation.columns.get(position).is_none_or(|column| !column.groupable) {
                    return Err(not_understood("a column without equality beside GROUP BY of the key", -1)
                        .detail(format!("Column {name} cannot be grouped."))
                        .hint("Cast it to a type that has an equality operator, or aggregate it."));
                }
                text.push_str(", ");
                text.push_str(&names::qualified(entry.name, name));
            }
            if self.takes_rows(entry, ungrouped.get(level).map_or(&[], Vec::as_slice)) {
                text.push_str(", ");
                text.push_str(&names::quoted(entry.name));
            }
            insertions.push((place, text));
        }
        for (place, text) in insertions {
            self.edits.insert(place, text);
        }
        Ok(())
    }

    /// Whether one of these is the whole row as one value: a star among targets is its columns.
    fn takes_rows(&self, entry: &Entry<'a>, references: &[usize]) -> bool {
        let mut references = references.iter().filter_map(|&index| self.scope.references.get(index));
        references.any(|reference| {
            let spread = reference.name.is_none() && matches!(reference.role, Role::Target | Role::Spread);
            !spread && matches!(meets(reference, entry), Meets::Whole)
        })
    }

    /// Where to add columns, if GROUP BY has all key columns of this substituted table, and all are clear.
    fn grouped_by_key(&self, index: usize, level: usize, by_level: &[Vec<usize>]) -> Option<usize> {
        let entry = self.entry(index)?;
        let scan = entry.scan.as_ref()?;
        let relation = entry.relation.as_ref()?;
        let grouping = &self.scope.levels.get(level)?.grouping;
        let mut place = None;
        for number in relation.primary_key.as_ref()? {
            let clear = scan.columns.iter().any(|column| column.number == *number && column.right == Right::Clear);
            let position = relation.columns.iter().position(|column| column.number == *number).filter(|_| clear)?;
            let name = entry.names.known.get(position)?;
            let others = by_level.get(level)?.iter().filter(|other| **other != index);
            let known = |other: &&usize| self.entry(**other).is_some_and(|other| other.names.known.contains(name));
            // where it is merged, it is the first one's
            let of = self.scope.levels.get(level)?;
            let merged = of.merged.contains(name) && !of.merged_otherwise;
            let unique = others.filter(known).all(|other| merged && *other > index);
            let item = grouping.items.iter().find(|item| {
                item.name == *name && item.qualifier.as_ref().map_or(unique, |qualifier| *qualifier == entry.name)
            })?;
            place = place.max(Some(item.end));
        }
        place
    }

    /// Positions of an entry's columns that stand ungrouped where only grouped ones may.
    fn ungrouped(&self, entry: &Entry<'a>, level: usize, references: &[usize]) -> BTreeSet<usize> {
        let mut positions = BTreeSet::new();
        for reference in references.iter().filter_map(|&index| self.scope.references.get(index)) {
            match meets(reference, entry) {
                Meets::Column(position) => {
                    positions.insert(position);
                }
                Meets::Whole => positions.extend(0..entry.names.known.len()),
                Meets::Not => {}
            }
        }
        if let Some(level) = self.scope.levels.get(level) {
            let inside = |name: &&str| level.grouping.inside.as_ref().is_some_and(|names| names.contains(name));
            positions.retain(|position| !entry.names.known.get(*position).is_some_and(inside));
            for item in &level.grouping.items {
                if item.qualifier.as_ref().is_none_or(|qualifier| *qualifier == entry.name)
                    && let Some(position) = entry.names.known.iter().position(|known| *known == item.name)
                {
                    positions.remove(&position);
                }
            }
        }
        positions
    }
}
