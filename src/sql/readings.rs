//! What references of a write come to: the target's own protected columns read as their masks, no masked value is
//! stored, and names that could be taken for the target's say whose they are.

use crate::grammar::names::{qualified, quoted};
use crate::model::facts::Right;
use crate::model::refusal::Refusal;
use crate::model::tables::Set;
use crate::rights::table::ColumnRight;

use super::refuse::{Step, not_understood};
use super::scope::{Entry, Flow, Reference, Role, Window};
use super::target::masked_flow;
use super::walk::Walk;

/// What a reference means.
pub(super) enum Meant {
    /// A column of a FROM item.
    Column(usize, usize),
    /// A whole row (or all columns) of a FROM item.
    Row(usize),
    /// All columns of a level.
    All(usize),
    /// A column that several FROM items have.
    Merged(Vec<(usize, usize)>),
    /// Perhaps a column of a FROM item whose columns are not known.
    Unknown,
    Nothing,
}

/// What RETURNING calls the row before and after the write, and from which version of the server on.
const BEFORE_AND_AFTER: [&str; 2] = ["old", "new"];
const KNOWN_SINCE: u32 = 180_000;

pub(super) fn protected(column: &ColumnRight) -> bool {
    column.right < Right::Clear
}

/// The names by which something protected can be called without saying whose it is.
struct Hot<'a> {
    /// Of what is written to.
    own: Set<&'a str>,
    /// Of what is read, which matters where masks may be stored.
    read: Set<&'a str>,
}

impl Hot<'_> {
    fn holds(&self, reference: &Reference<'_>) -> bool {
        let name = named(reference);
        self.own.contains(name) || (stored(reference) && self.read.contains(name))
    }
}

fn named<'a>(reference: &Reference<'a>) -> &'a str {
    reference.name.unwrap_or("*")
}

/// Whether what is read may be stored.
fn stored(reference: &Reference<'_>) -> bool {
    reference.flow != Flow::Free
}

fn unclear(reference: &Reference<'_>) -> Refusal {
    not_understood("a column name that may mean a protected column", reference.location)
        .hint("Write the table's name or alias before the column.")
}

impl<'a> Walk<'a> {
    /// Settles every reference of a statement that writes; of others there is nothing to do.
    pub(super) fn settle_readings(&mut self, by_level: &[Vec<usize>]) -> Step {
        let writes = self.scope.entries.iter().any(|entry| entry.target.is_some());
        if !writes && self.sinks == 0 {
            return Ok(());
        }
        let hot = Hot {
            own: self.names_of(|entry| entry.target),
            read: self.names_of(|entry| entry.scan.as_ref().map(|scan| scan.columns)),
        };
        let mut changed = Set::default();
        for index in 0..self.scope.references.len() {
            let Some(reference) = self.scope.references.get(index) else { continue };
            if matches!(reference.role, Role::Name | Role::Shared) {
                continue;
            }
            let reference = reference.clone();
            if self.settle_reading(&reference, by_level, &hot)? {
                changed.insert(index);
            }
        }
        self.settle_passed()?;
        let returned = std::mem::take(&mut self.returned);
        for item in returned.into_iter().filter(|item| item.references.clone().any(|index| changed.contains(&index))) {
            let end = self.target_span(item.item)?.end;
            self.edits.insert(end, format!(" AS {}", quoted(item.name)));
        }
        Ok(())
    }

    /// The names by which protected columns, and rows that hold them, can be called without saying whose they are.
    fn names_of(&self, columns: impl Fn(&Entry<'a>) -> Option<&'a [ColumnRight]>) -> Set<&'a str> {
        let mut names = Set::default();
        for entry in &self.scope.entries {
            let Some(columns) = columns(entry) else { continue };
            names.insert(entry.name);
            let exposed = columns.iter().zip(&entry.names.known).filter(|(column, _)| protected(column));
            names.extend(exposed.map(|(_, name)| *name));
        }
        names
    }

    pub(super) fn meant(&self, reference: &Reference<'a>, by_level: &[Vec<usize>]) -> Meant {
        let entries = |level: usize, window: Window| {
            by_level.get(level).into_iter().flatten().copied().filter(move |index| window.shows(*index))
        };
        let position = |index: usize, name: &str| {
            self.scope.entries.get(index)?.names.known.iter().position(|known| *known == name)
        };
        let is_called = |index: &usize, name: &str| self.scope.entries.get(*index).is_some_and(|one| one.name == name);
        let row = |name: &str| {
            self.scope
                .seen(reference)
                .find_map(|(level, window)| entries(level, window).find(|one| is_called(one, name)))
        };
        match (reference.qualifier, reference.name) {
            (None, None) => reference.level.map_or(Meant::Nothing, Meant::All),
            (Some(qualifier), name) => match row(qualifier) {
                None => Meant::Nothing,
                Some(index) => match name.map(|name| (name, position(index, name))) {
                    Some((_, Some(position))) => Meant::Column(index, position),
                    Some((name, None)) if super::scan::SYSTEM_COLUMNS.contains(&name) => Meant::Nothing,
                    _ => Meant::Row(index),
                },
            },
            (None, Some(name)) => {
                for (level, window) in self.scope.seen(reference) {
                    let hits: Vec<_> =
                        entries(level, window).filter_map(|index| Some((index, position(index, name)?))).collect();
                    match hits.as_slice() {
                        [] => {}
                        [(index, position)] => return Meant::Column(*index, *position),
                        _ => return Meant::Merged(hits),
                    }
                    let open = |index: usize| self.scope.entries.get(index).is_some_and(|one| !one.names.complete);
                    if entries(level, window).any(open) {
                        return Meant::Unknown;
                    }
                }
                row(name).map_or(Meant::Nothing, Meant::Row)
            }
        }
    }

    pub(super) fn target_column(&self, index: usize, position: usize) -> Option<&'a ColumnRight> {
        self.scope.entries.get(index)?.target?.get(position).filter(|column| protected(column))
    }

    fn scanned_column(&self, index: usize, position: usize) -> Option<&'a ColumnRight> {
        self.scope.entries.get(index)?.scan.as_ref()?.columns.get(position).filter(|column| protected(column))
    }

    /// Whether the reference's text was replaced.
    fn settle_reading(&mut self, reference: &Reference<'a>, by_level: &[Vec<usize>], hot: &Hot<'a>) -> Step<bool> {
        let row = reference.qualifier.or(reference.name);
        let may_be_row = row.is_some_and(|row| BEFORE_AND_AFTER.contains(&row));
        if may_be_row && !hot.own.is_empty() && self.context.snapshot.server_version >= KNOWN_SINCE {
            return Err(not_understood("a name that RETURNING knows as the row before or after", reference.location)
                .hint("Use another alias than old and new."));
        }
        let of_a_join = reference.qualifier.is_none_or(|qualifier| self.scope.join_names.contains(&qualifier));
        if stored(reference) && !hot.read.is_empty() && !self.scope.join_names.is_empty() && of_a_join {
            return Err(not_understood(
                "a column of a join that has a name of its own, to be stored,",
                reference.location,
            )
            .hint("Leave the join's name out, and write each table's alias before its columns."));
        }
        match self.meant(reference, by_level) {
            Meant::Column(index, position) => self.settle_column(reference, (index, position), by_level, hot),
            Meant::Row(index) if self.is_targets(reference, index, by_level) => Err(unclear(reference)),
            Meant::Row(index) => self.settle_row(reference, index, by_level),
            Meant::All(level) => self.settle_star(reference, level, by_level),
            Meant::Merged(hits) => {
                let touches = |&(index, position): &(usize, usize)| {
                    self.target_column(index, position).is_some()
                        || (stored(reference) && self.scanned_column(index, position).is_some())
                };
                let touched = hits.iter().any(touches);
                if !touched && (!hot.holds(reference) || self.is_output(reference)) {
                    return Ok(false);
                }
                self.settle_unclear(reference, hot.own.contains(named(reference)))
            }
            Meant::Unknown | Meant::Nothing => {
                let of_target = reference.qualifier.is_some_and(|qualifier| hot.own.contains(qualifier));
                let system = super::scan::SYSTEM_COLUMNS.contains(&named(reference));
                if !(hot.holds(reference) || of_target) || system || self.is_output(reference) {
                    return Ok(false);
                }
                self.settle_unclear(reference, of_target || hot.own.contains(named(reference)))
            }
        }
    }

    /// A name of which it is not known what it means: a mask that is passed on, at most.
    fn settle_unclear(&mut self, reference: &Reference<'a>, may_be_own: bool) -> Step<bool> {
        match !may_be_own && stored(reference) && self.pass(reference.flow, reference.location) {
            true => Ok(false),
            false => Err(unclear(reference)),
        }
    }

    fn settle_column(
        &mut self,
        reference: &Reference<'a>,
        (index, position): (usize, usize),
        by_level: &[Vec<usize>],
        hot: &Hot<'a>,
    ) -> Step<bool> {
        // nothing is sorted or grouped at the level of what is written: further inside it is the output's name
        let own_column = self.target_column(index, position).filter(|_| !self.is_output(reference));
        if let Some(column) = own_column {
            let kept = reference.flow == Flow::Guarded(index, position);
            if !kept && !self.pass(reference.flow, reference.location) {
                return Err(masked_flow(named(reference), reference.location));
            }
            return self.read_own(reference, index, column, by_level).map(|()| true);
        }
        let masked = stored(reference) && self.scanned_column(index, position).is_some();
        if masked && !self.pass(reference.flow, reference.location) {
            return Err(masked_flow(named(reference), reference.location));
        }
        if masked && !hot.own.contains(named(reference)) {
            return Ok(false);
        }
        if !hot.holds(reference) || self.is_output(reference) {
            return Ok(false);
        }
        // of what is proposed the server does not know whose it is, either
        let proposed = reference.qualifier.is_none() && self.is_proposed(index);
        if proposed || self.is_taken(reference, index, by_level) {
            return Err(unclear(reference));
        }
        match reference.qualifier {
            Some(_) => Ok(false),
            None => self.say_whose(reference, index).map(|()| false),
        }
    }

    /// Whether another FROM item of this one's name holds something protected, and the reference may be taken for its.
    fn is_taken(&self, reference: &Reference<'a>, index: usize, by_level: &[Vec<usize>]) -> bool {
        let read = |other: &Entry<'a>| reference.flow != Flow::Free && other.scan.is_some();
        self.namesakes(index).any(read) || self.is_targets(reference, index, by_level)
    }

    /// Whether a target has this FROM item's name, and the reference may be taken for its.
    fn is_targets(&self, reference: &Reference<'a>, index: usize, by_level: &[Vec<usize>]) -> bool {
        self.namesakes(index).any(|other| other.target.is_some()) && !self.is_nearest(reference, index, by_level)
    }

    /// The other FROM items of its name.
    fn namesakes(&self, index: usize) -> impl Iterator<Item = &Entry<'a>> {
        let own = self.scope.entries.get(index).map(|entry| entry.name);
        let entries = self.scope.entries.iter().enumerate();
        entries.filter(move |(other, entry)| *other != index && Some(entry.name) == own).map(|(_, entry)| entry)
    }

    /// Whether that FROM item is the nearest of its name, and seen together with all beside it: what stands in FROM
    /// itself, or below the name of a join, is not looked at.
    fn is_nearest(&self, reference: &Reference<'a>, index: usize, by_level: &[Vec<usize>]) -> bool {
        let entry = |index: usize| self.scope.entries.get(index);
        let Some(own) = entry(index) else { return false };
        let of_schema = own.scan.is_some() && !own.aliased;
        if !self.scope.join_names.is_empty() || (reference.schema.is_some() && !of_schema) {
            return false;
        }
        for (level, window) in self.scope.seen(reference) {
            let called = |other: &usize| entry(*other).is_some_and(|other| other.name == own.name);
            let mut found = by_level.get(level).into_iter().flatten().copied().filter(called).peekable();
            if found.peek().is_some() {
                return !window.beside && found.eq([index]) && window.shows(index);
            }
        }
        false
    }

    /// Whether an item is the row that INSERT proposes.
    pub(super) fn is_proposed(&self, index: usize) -> bool {
        self.scope.entries.get(index).is_some_and(|entry| entry.name == "excluded" && entry.relation.is_none())
    }

    /// Whether an item of ORDER BY or GROUP BY is the name of an output column.
    fn is_output(&self, reference: &Reference<'a>) -> bool {
        let level = reference.level.and_then(|level| self.scope.levels.get(level));
        (reference.role, reference.qualifier) == (Role::Item, None)
            && level.is_some_and(|level| level.outputs.iter().any(|output| Some(*output) == reference.name))
    }

    /// A column of the target: its mask over that same column.
    fn read_own(
        &mut self,
        reference: &Reference<'a>,
        index: usize,
        column: &'a ColumnRight,
        by_level: &[Vec<usize>],
    ) -> Step {
        let operand = self.own_operand(reference, index, &column.name, by_level)?;
        let lost = || not_understood("this reading of a protected column", reference.location);
        let reading = match self.scope.tested.contains(&reference.location) {
            true => operand,
            false => format!("({})", column.reading(&operand).ok_or_else(lost)?),
        };
        let parts: Vec<&str> =
            [reference.catalog, reference.schema, reference.qualifier, reference.name].into_iter().flatten().collect();
        let place = self.place(reference.location, &parts)?;
        self.edits.replace(place.start, place.end, reading);
        Ok(())
    }

    /// `"target"."column"`, if that means the target's column at the reference's place.
    pub(super) fn own_operand(
        &self,
        reference: &Reference<'a>,
        index: usize,
        column: &str,
        by_level: &[Vec<usize>],
    ) -> Step<String> {
        let lost = || not_understood("two tables of the same name, one with protected columns,", reference.location);
        let entry = self.scope.entries.get(index).ok_or_else(lost)?;
        let called = |&other: &usize| self.scope.entries.get(other).is_some_and(|other| other.name == entry.name);
        let of_level = |level: usize| by_level.get(level).into_iter().flatten().copied().filter(|other| called(other));
        let nearest = self.scope.chain(reference.level).find(|&level| of_level(level).next().is_some());
        let only = nearest.is_some_and(|level| of_level(level).eq([index]));
        if only { Ok(qualified(entry.name, column)) } else { Err(lost()) }
    }

    /// Writes an item's name before a column that could be taken for the target's.
    fn say_whose(&mut self, reference: &Reference<'a>, index: usize) -> Step {
        let lost = || unclear(reference);
        let entry = self.scope.entries.get(index).filter(|entry| !entry.name.is_empty()).ok_or_else(lost)?;
        let joined = self.scope.levels.get(entry.level).is_some_and(|level| level.natural);
        let place = self.place(reference.location, &[reference.name.unwrap_or_default()])?;
        if joined {
            return Err(lost());
        }
        let owner = quoted(entry.name);
        self.edits.insert(place.start, format!("{owner}."));
        Ok(())
    }
}
