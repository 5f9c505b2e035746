//! Whole rows of what is written, and every column of it: as they are read.

use crate::grammar::names::quoted;
use crate::rights::table::ColumnRight;

use super::readings::protected;
use super::refuse::{Step, not_understood};
use super::scope::{Flow, Reference, Role};
use super::target::masked_flow;
use super::walk::Walk;

impl<'a> Walk<'a> {
    pub(super) fn settle_row(
        &mut self,
        reference: &Reference<'a>,
        index: usize,
        by_level: &[Vec<usize>],
    ) -> Step<bool> {
        let Some(entry) = self.scope.entries.get(index) else { return Ok(false) };
        let hides = |columns: &[ColumnRight]| columns.iter().any(protected);
        let scanned = entry.scan.as_ref().is_some_and(|scan| hides(scan.columns));
        let own = entry.target.filter(|columns| hides(columns));
        // the whole row of what is written, as one value, has no name of its own
        let one_value = own.is_some() && !matches!(reference.flow, Flow::Free | Flow::Columns);
        if (scanned || own.is_some()) && (one_value || !self.pass(reference.flow, reference.location)) {
            return Err(masked_flow("a whole row", reference.location));
        }
        let Some(columns) = own else { return Ok(false) };
        let lost = || not_understood("this use of a whole row with protected columns", reference.location);
        let mut parts: Vec<&str> =
            [reference.catalog, reference.schema, reference.qualifier].into_iter().flatten().collect();
        match (reference.qualifier, reference.name) {
            // `t.*`: every column, or the row
            (Some(_), None) => {
                let star = self.place(reference.location, &parts)?.next + 1;
                let start = usize::try_from(reference.location).map_err(|_| lost())?;
                let end = match reference.role {
                    Role::Target => self.star_end(start, star),
                    _ => self.tokens.get(star).filter(|_| self.tokens.is(star, "*")).map(|token| token.end()),
                };
                let written = match reference.role {
                    Role::Target => self.read_all(reference, index, columns, by_level, true)?,
                    Role::Spread => self.read_all(reference, index, columns, by_level, false)?,
                    _ => self.read_row(reference, index, columns, by_level)?,
                };
                self.edits.replace(start, end.ok_or_else(lost)?, written);
                // each column has its name already
                Ok(false)
            }
            (None, Some(_)) => {
                parts.extend(reference.name);
                let place = self.place(reference.location, &parts)?;
                if let Some(selected) = self.selected(place.start, place.next) {
                    return self.select_own(reference, index, columns, by_level, selected);
                }
                let row = self.read_row(reference, index, columns, by_level)?;
                self.edits.replace(place.start, place.end, row);
                Ok(true)
            }
            _ => Err(lost()),
        }
    }

    /// Where `(row).field`, or `(row).*`, begins, and its last token: the row is the token that begins at `start`.
    fn selected(&self, start: usize, next: usize) -> Option<(usize, usize)> {
        let row = self.tokens.index_at(start)?;
        let enclosed = |depth: &usize| {
            let open = row.checked_sub(*depth);
            open.is_some_and(|open| self.tokens.is(open, "(")) && self.tokens.is(next + depth - 1, ")")
        };
        let depth = (1..).take_while(enclosed).find(|depth| self.tokens.is(next + depth, "."))?;
        Some((self.tokens.get(row.checked_sub(depth)?)?.start(), next + depth + 1))
    }

    /// `(t).phone`: as `t.phone`. `(t).*`: as `t.*`.
    fn select_own(
        &mut self,
        reference: &Reference<'a>,
        index: usize,
        columns: &[ColumnRight],
        by_level: &[Vec<usize>],
        (start, last): (usize, usize),
    ) -> Step<bool> {
        let lost = || {
            not_understood("this use of a whole row with protected columns", reference.location)
                .hint("Write the row's name, a dot and the column, without parentheses.")
        };
        if self.tokens.is(last, "*") {
            let end = self.star_end(start, last).filter(|_| reference.role == Role::Target).ok_or_else(lost)?;
            let list = self.read_all(reference, index, columns, by_level, true)?;
            self.edits.replace(start, end, list);
            return Ok(false);
        }
        let (name, behind) = self.tokens.name(last).ok_or_else(lost)?;
        let column = columns.iter().find(|column| *column.name == *name).ok_or_else(lost)?;
        let end = behind.checked_sub(1).and_then(|last| self.tokens.get(last)).ok_or_else(lost)?.end();
        let read = self.read_one(reference, index, column, by_level)?;
        self.edits.replace(start, end, read);
        Ok(true)
    }

    /// `*` of RETURNING; any other shows items of its own FROM.
    pub(super) fn settle_star(
        &mut self,
        reference: &Reference<'a>,
        level: usize,
        by_level: &[Vec<usize>],
    ) -> Step<bool> {
        let entries: Vec<usize> = by_level.get(level).cloned().unwrap_or_default();
        let find = |index: &usize| self.scope.entries.get(*index);
        let scans = entries.iter().filter_map(find).filter_map(|entry| entry.scan.as_ref());
        let masked = scans.flat_map(|scan| scan.columns).any(protected);
        let target = entries.iter().copied().find_map(|index| {
            let columns = self.scope.entries.get(index)?.target?;
            columns.iter().any(protected).then_some((index, columns))
        });
        if (masked || target.is_some()) && !self.pass(reference.flow, reference.location) {
            return Err(masked_flow("every column", reference.location));
        }
        let Some((target, columns)) = target else { return Ok(false) };
        let joined = self.scope.levels.get(level).is_some_and(|level| level.returns_joined);
        let natural = self.scope.levels.get(level).is_some_and(|level| level.natural);
        let lost = || {
            not_understood("RETURNING * of a write with protected columns in this form", reference.location)
                .hint("Name the columns.")
        };
        let mut list = self.read_all(reference, target, columns, by_level, true)?;
        for index in entries.iter().filter(|index| **index != target) {
            let Some(entry) = self.scope.entries.get(*index) else { continue };
            match joined {
                true if !natural && !entry.name.is_empty() => list.push_str(&format!(", {}.*", quoted(entry.name))),
                true => return Err(lost()),
                // what INSERT proposes is not shown; what MERGE joins is, elsewhere
                false if self.is_proposed(*index) => {}
                false => return Err(lost()),
            }
        }
        let start = usize::try_from(reference.location).map_err(|_| lost())?;
        let star = self.tokens.index_at(start).filter(|index| self.tokens.is(*index, "*")).ok_or_else(lost)?;
        let end = self.tokens.get(star).ok_or_else(lost)?.end();
        self.edits.replace(start, end, list);
        Ok(false)
    }

    /// Every column of the target, in order, as it is read; `named`: under its own name.
    fn read_all(
        &self,
        reference: &Reference<'a>,
        index: usize,
        columns: &[ColumnRight],
        by_level: &[Vec<usize>],
        named: bool,
    ) -> Step<String> {
        let mut list = String::new();
        for column in columns {
            let separator = if list.is_empty() { "" } else { ", " };
            list.push_str(separator);
            list.push_str(&self.read_one(reference, index, column, by_level)?);
            if named {
                list.push_str(&format!(" AS {}", quoted(&column.name)));
            }
        }
        Ok(list)
    }

    /// A column of the target as it is read.
    fn read_one(
        &self,
        reference: &Reference<'a>,
        index: usize,
        column: &ColumnRight,
        by_level: &[Vec<usize>],
    ) -> Step<String> {
        let operand = self.own_operand(reference, index, &column.name, by_level)?;
        if !protected(column) {
            return Ok(operand);
        }
        let reading = column.reading(&operand);
        Ok(format!("({})", reading.ok_or_else(|| not_understood("this column", reference.location))?))
    }

    /// The whole row of the target as it is read.
    fn read_row(
        &self,
        reference: &Reference<'a>,
        index: usize,
        columns: &[ColumnRight],
        by_level: &[Vec<usize>],
    ) -> Step<String> {
        let list = self.read_all(reference, index, columns, by_level, true)?;
        let row = quoted(self.scope.entries.get(index).map_or("", |entry| entry.name));
        Ok(format!("(SELECT {row} FROM (SELECT {list}) AS {row})"))
    }
}
