//! What a substitution may leave out. The server analyses every column that is listed, a few microseconds for each,
//! whether it is used or not: only those are listed whose names the statement speaks.

use crate::model::tables::Set;

use super::scope::{Entry, Reference};

/// How a substitution has a column.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Listed {
    /// As this principal reads it.
    Value,
    /// It is not used: nothing need be masked.
    Unused,
    Not,
}

/// Every name that a statement speaks of as a column, wherever that is: qualifier and name; `*` for a star.
#[derive(Debug, Default)]
pub(super) struct Spoken<'a> {
    names: Set<(Option<&'a str>, &'a str)>,
    /// Something cannot be told: a natural join, or a name that may be a mistake, about which the server's hint speaks
    /// of the table's other columns.
    unclear: bool,
}

impl<'a> Spoken<'a> {
    pub(super) fn new(references: &[Reference<'a>], unclear: bool) -> Self {
        let names = references.iter().map(|reference| (reference.qualifier, reference.name.unwrap_or("*")));
        Self { names: names.collect(), unclear }
    }

    fn of<'b>(&'b self, item: &'b str, name: &'b str) -> bool {
        self.names.contains(&(None, name)) || self.names.contains(&(Some(item), name))
    }

    /// Positions of an item's columns that are spoken of, ascending; `None`: perhaps all of them.
    pub(super) fn columns(&self, entry: &Entry<'_>) -> Option<Vec<usize>> {
        if self.of(entry.name, "*") { None } else { self.beside_stars(entry) }
    }

    /// The same without those that a star speaks of.
    pub(super) fn beside_stars(&self, entry: &Entry<'_>) -> Option<Vec<usize>> {
        let relation = entry.relation.as_ref()?;
        if self.unclear || entry.renamed || self.of(entry.name, entry.name) {
            return None;
        }
        let columns = relation.columns.iter().enumerate();
        Some(columns.filter(|(_, column)| self.of(entry.name, &column.name)).map(|(position, _)| position).collect())
    }
}
