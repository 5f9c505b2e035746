//! Masks are long, and a text is full of them: each is read once alone, and names stand for them where they are a column
//! of a substitution.
//!
//! That is sound because it only saves work. A name with a NUL in it can stand in no text that PostgreSQL takes, so each
//! comes from here. What stands before it was the same text, so that sqlparser's tokenizer is where the mask began at the
//! beginning of a token; a mask that is read alone ends at the end of one; and between `SELECT` or a comma and `AS`,
//! where the name was met, an expression is read as it is read alone. The reading counts only if every name was met as
//! the column whose mask it is, byte by byte, and if it agrees: everything else is read again as it stands.

use std::cell::Cell;

use memchr::memmem;
use sqlparser::ast::{Expr, Ident, SelectItem};

use crate::model::facts::Facts;
use crate::rights::table::{RelationRight, Rights};

use super::masks::Masks;

/// Shortest mask that is worth it, in bytes.
const SHORTEST: usize = 32;

const BEFORE: [&str; 2] = [", ", "SELECT "];
const BEHIND: &str = " AS \"";

/// What stands for what.
#[derive(Debug, Default)]
pub(super) struct Replaced<'a> {
    /// Masks in the order of their places, and whether each was met where it belongs.
    masks: Vec<(&'a str, Cell<bool>)>,
}

impl<'a> Replaced<'a> {
    /// The text with names for its masks. `None`: there are none.
    pub(super) fn of(text: &str, planned: &[Facts], rights: &'a Rights, masks: &Masks) -> Option<(String, Self)> {
        let mut found: Vec<(usize, &str)> = Vec::new();
        let mut sought = sought(planned, rights);
        sought.retain(|mask| found_alone(text, mask, &mut found) && masks.read(mask).is_some());
        found.retain(|(_, mask)| sought.contains(mask));
        if found.is_empty() || memchr::memchr(0, text.as_bytes()).is_some() {
            return None;
        }
        found.sort_unstable();
        let (mut out, mut end) = (String::with_capacity(text.len()), 0);
        let mut replaced = Self::default();
        for (at, mask) in found {
            // one inside of another
            let Some(between) = text.get(end..at) else { continue };
            out.push_str(between);
            out.push_str(&format!("\"\0{}\"", replaced.masks.len()));
            end = at + mask.len();
            replaced.masks.push((mask, Cell::new(false)));
        }
        out.push_str(text.get(end..)?);
        Some((out, replaced))
    }

    /// The mask that a name stands for.
    pub(super) fn mask(&self, name: &Ident) -> Option<&'a str> {
        self.place(name).map(|(mask, _)| *mask)
    }

    /// The names among the columns of what has proved to be a substitution are met where they belong.
    pub(super) fn meet(&self, items: &[SelectItem]) {
        for item in items {
            if let SelectItem::ExprWithAlias { expr: Expr::Identifier(name), .. } = item
                && let Some((_, met)) = self.place(name)
            {
                met.set(true);
            }
        }
    }

    fn place(&self, name: &Ident) -> Option<&(&'a str, Cell<bool>)> {
        let number: usize = name.value.strip_prefix('\0')?.parse().ok()?;
        self.masks.get(number)
    }

    pub(super) fn all_met(&self) -> bool {
        self.masks.iter().all(|(_, met)| met.get())
    }
}

/// The long masks of the relations that the plan names. What a comment could hide in is none of them.
fn sought<'a>(planned: &[Facts], rights: &'a Rights) -> Vec<&'a str> {
    let relations = planned.iter().flat_map(|facts| &facts.relations);
    let columns = relations.filter_map(|oid| match rights.relation(*oid) {
        Some(RelationRight::Masked(columns)) => Some(columns),
        _ => None,
    });
    let mut masks: Vec<&str> =
        columns.flat_map(|columns| columns.iter()).filter_map(|column| column.expression.as_deref()).collect();
    masks.retain(|mask| mask.len() >= SHORTEST && !mask.contains("--") && !mask.contains("/*"));
    masks.sort_unstable();
    masks.dedup();
    masks
}

/// Finds every place where a mask may be a column of a substitution; whether there is one.
fn found_alone<'a>(text: &str, mask: &'a str, found: &mut Vec<(usize, &'a str)>) -> bool {
    let before = found.len();
    let places = memmem::find_iter(text.as_bytes(), mask).filter(|at| {
        let (head, rest) = (text.get(..*at).unwrap_or_default(), text.get(at + mask.len()..).unwrap_or_default());
        BEFORE.iter().any(|one| head.ends_with(one)) && rest.starts_with(BEHIND)
    });
    found.extend(places.map(|at| (at, mask)));
    found.len() > before
}
