//! Writes to tables whose rows are filtered: rows that the principal does not read are not there to be changed.
//!
//! ```text
//! WHERE CASE WHEN <filter> THEN true ELSE false END AND (<condition>)
//! WHERE CASE WHEN <filter> THEN (<condition>) ELSE false END
//! ```
//!
//! (in a MERGE, ON instead of WHERE).
//!
//! The first leaves the server its indexes; the second is for conditions that could tell of a row before the filter
//! has tested it. New rows are not held against the filter: it says what is read.

use crate::grammar::tags::MergeMatchKind;
use crate::grammar::{Node, nodes};

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
    /// Where it stands: its WHERE or ON, and where it ends; or where it would stand.
    place: Place,
    /// Whether the server looks rows up by it, and does not just test one that it has found.
    chooses: bool,
}

#[derive(Clone, Copy, Debug)]
enum Place {
    /// Behind this word.
    Behind {
        word: &'static str,
        start: usize,
        end: usize,
        condition_end: usize,
    },
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
        let place = self.place_of_condition(from);
        let place = place.filter(|place| matches!(place, Place::Missing(_)) == matches!(condition, Node::None));
        self.put_first(target, filter, condition, place, chooses)
    }

    fn put_first(
        &mut self,
        target: &Target<'a>,
        filter: String,
        condition: Node<'a>,
        place: Option<Place>,
        chooses: bool,
    ) -> Step {
        let place = place.ok_or_else(|| not_understood("the spelling of a condition", target.location))?;
        self.facts.filtered = true;
        self.scope.filtered.push(FilteredWrite { filter, condition, place, chooses });
        Ok(())
    }

    /// The same for what a MERGE joins by: a row that the principal does not read matches nothing.
    pub(super) fn filter_joined(&mut self, target: &Target<'a>, merge: &'a nodes::MergeStmt) -> Step {
        let Some(filter) = target.filter.clone() else { return Ok(()) };
        let by_source = MergeMatchKind::MERGE_WHEN_NOT_MATCHED_BY_SOURCE;
        if merge.merge_when_clauses().iter().any(|when| when.match_kind == by_source) {
            return Err(not_understood("NOT MATCHED BY SOURCE on a table whose rows are filtered", target.location)
                .hint("Use UPDATE or DELETE with NOT EXISTS."));
        }
        let place = self.place_of_join(target.named.place.next);
        self.put_first(target, filter, merge.join_condition(), place, true)
    }

    /// Where the WHERE of the clauses that begin with token `from` stands.
    fn place_of_condition(&self, from: usize) -> Option<Place> {
        let clause = self.clause_from(from, &["where", "returning"]);
        if !self.tokens.is(clause, "where") {
            return Some(Place::Missing(self.tokens.get(clause.checked_sub(1)?)?.end()));
        }
        self.behind_word("WHERE", clause, self.clause_from(clause + 1, &["returning"]))
    }

    /// Where the ON of the MERGE whose target ends before token `from` stands: the last one before the first WHEN, for
    /// what is merged may be a join.
    fn place_of_join(&self, from: usize) -> Option<Place> {
        let mut on = None;
        let mut next = self.clause_from(from, &["on", "when"]);
        while self.tokens.is(next, "on") {
            on = Some(next);
            next = self.clause_from(next + 1, &["on", "when"]);
        }
        self.behind_word("ON", on?, next)
    }

    /// The place of the condition between its first word and the token `end`.
    fn behind_word(&self, word: &'static str, index: usize, end: usize) -> Option<Place> {
        let last = end.checked_sub(1).filter(|last| *last > index)?;
        let token = self.tokens.get(index)?;
        let condition_end = self.tokens.get(last)?.end();
        Some(Place::Behind { word, start: token.start(), end: token.end(), condition_end })
    }

    /// Writes the filters, when everything is known that tells which conditions may stand beside them.
    pub(super) fn settle_filtered_writes(&mut self) {
        for write in std::mem::take(&mut self.scope.filtered) {
            let FilteredWrite { filter, condition, place, chooses } = write;
            match place {
                Place::Missing(end) => {
                    self.edits.insert(end, format!(" WHERE CASE WHEN {filter} THEN true ELSE false END"));
                }
                Place::Behind { word, start, end, condition_end } if chooses && !self.leaks_of(condition).open() => {
                    let before = format!("{word} CASE WHEN {filter} THEN true ELSE false END AND (");
                    self.edits.replace(start, end, before);
                    self.edits.insert(condition_end, ")".into());
                }
                Place::Behind { word, start, end, condition_end } => {
                    self.edits.replace(start, end, format!("{word} CASE WHEN {filter} THEN ("));
                    self.edits.insert(condition_end, ") ELSE false END".into());
                }
            }
        }
    }
}
