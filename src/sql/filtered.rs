//! Writes to tables whose rows are filtered: rows that the principal does not read are not there to be changed.
//!
//! ```text
//! WHERE CASE WHEN <filter> THEN true ELSE false END AND (<condition>)
//! WHERE CASE WHEN <filter> THEN (<condition>) ELSE false END
//! ```
//!
//! The first leaves the server its indexes; the second is for conditions that could tell of a row before the filter
//! has tested it. New rows are not held against the filter: it says what is read.

use crate::grammar::Node;

use super::refuse::{Step, not_understood};
use super::target::Target;
use super::walk::Walk;

/// A condition that the filter of a write's target has to come before.
#[derive(Debug)]
pub(super) struct FilteredWrite<'a> {
    /// The filter over the target, in parentheses.
    filter: String,
    /// What the client wrote behind WHERE, if anything.
    condition: Node<'a>,
    /// Where it stands: its WHERE, and where it ends; or where it would stand.
    place: Place,
    /// Whether the server looks rows up by it, and does not just test one that it has found.
    chooses: bool,
}

#[derive(Clone, Copy, Debug)]
enum Place {
    Behind { start: usize, end: usize, condition_end: usize },
    Missing(usize),
}

impl<'a> Walk<'a> {
    /// Has the filter of what is written to, if there is one, come before the condition in the clauses that begin with
    /// token `from`.
    pub(super) fn filter_first(
        &mut self,
        target: &Target<'a>,
        from: usize,
        condition: Node<'a>,
        chooses: bool,
    ) -> Step {
        let Some(filter) = target.filter.clone() else { return Ok(()) };
        if matches!(condition, Node::CurrentOfExpr(_)) {
            return Err(not_understood("WHERE CURRENT OF on a table whose rows are filtered", target.location)
                .hint("Name the row by its key."));
        }
        let lost = || not_understood("the spelling of a condition", target.location);
        let place = self.place_of_condition(from).ok_or_else(lost)?;
        if matches!(place, Place::Missing(_)) != matches!(condition, Node::None) {
            return Err(lost());
        }
        self.facts.filtered = true;
        self.scope.filtered.push(FilteredWrite { filter, condition, place, chooses });
        Ok(())
    }

    /// Where the WHERE of the clauses that begin with token `from` stands.
    fn place_of_condition(&self, from: usize) -> Option<Place> {
        let clause = self.clause_from(from, &["where", "returning"]);
        if !self.tokens.is(clause, "where") {
            return Some(Place::Missing(self.tokens.get(clause.checked_sub(1)?)?.end()));
        }
        let last = self.clause_from(clause + 1, &["returning"]).checked_sub(1).filter(|last| *last > clause)?;
        let word = self.tokens.get(clause)?;
        Some(Place::Behind { start: word.start(), end: word.end(), condition_end: self.tokens.get(last)?.end() })
    }

    /// Writes the filters, when everything is known that tells which conditions may stand beside them.
    pub(super) fn settle_filtered_writes(&mut self) {
        for write in std::mem::take(&mut self.scope.filtered) {
            let FilteredWrite { filter, condition, place, chooses } = write;
            match place {
                Place::Missing(end) => {
                    self.edits.insert(end, format!(" WHERE CASE WHEN {filter} THEN true ELSE false END"));
                }
                Place::Behind { start, end, condition_end } if chooses && !self.leaks_of(vec![condition]).open() => {
                    let before = format!("WHERE CASE WHEN {filter} THEN true ELSE false END AND (");
                    self.edits.replace(start, end, before);
                    self.edits.insert(condition_end, ")".into());
                }
                Place::Behind { start, end, condition_end } => {
                    self.edits.replace(start, end, format!("WHERE CASE WHEN {filter} THEN ("));
                    self.edits.insert(condition_end, ") ELSE false END".into());
                }
            }
        }
    }
}
