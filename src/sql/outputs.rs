//! Masks among the outputs: a statement that reads one relation, and of its protected columns nothing but whole outputs,
//! has the masks there, and the relation as it is. The server then plans what it would without a policy.

use crate::grammar::names::{MAX_NAME, quoted};
use crate::grammar::nodes;
use crate::model::facts::Right;
use crate::model::tables::Map;
use crate::rights::table::ColumnRight;

use super::refuse::Step;
use super::scope::{Entry, Flow, Reference, Role};
use super::span::Span;
use super::walk::Walk;

/// An output that is a protected column, and its bytes with its name.
pub(super) struct Output<'a> {
    span: Span,
    name: &'a str,
    mask: &'a str,
}

impl<'a> Walk<'a> {
    /// The protected columns of an item of FROM of which the statement speaks (by their positions in `named`), if each is
    /// an output, once, and nothing else. `None`: the item has to be substituted.
    pub(super) fn masked_outputs(&self, entry: &Entry<'a>, named: &[usize]) -> Option<Vec<Output<'a>>> {
        let scan = entry.scan.as_ref().filter(|_| self.stands_plainly(entry))?;
        let spoken = self.spoken_once(entry);
        let protected = named.iter().filter_map(|at| scan.columns.get(*at)).filter(|one| one.right < Right::Clear);
        // a condition on a row calls its table by its own name
        let own_name = entry.relation.is_some_and(|relation| &*relation.name == entry.name);
        let output = |column: &'a ColumnRight| {
            let number = (*spoken.get(&*column.name)?)?;
            self.output(column, number).filter(|_| own_name || column.shown.is_none())
        };
        protected.map(output).collect()
    }

    /// Whether a statement is one SELECT over that relation alone, whose rows it gives one by one: beside groups and
    /// aggregates a mask that names no column may stand where the column may not.
    fn stands_plainly(&self, entry: &Entry<'a>) -> bool {
        let [level] = self.scope.levels.as_slice() else { return false };
        let open = entry.scan.as_ref().is_some_and(|scan| scan.before.is_empty() && scan.shadows.is_empty());
        let filtered = entry.relation.is_some_and(|one| self.context.rights.filter(one.oid).is_some());
        let grouped = level.grouping.grouped || self.scope.aggregates > 0;
        open && !filtered && !grouped && self.scope.entries.len() == 1 && self.sinks == 0
    }

    /// The names that the statement speaks of as columns of its only item, each with the only reference by which it does.
    fn spoken_once(&self, entry: &Entry<'a>) -> Map<&'a str, Option<usize>> {
        let mut spoken: Map<&'a str, Option<usize>> = Map::default();
        for (number, reference) in self.scope.references.iter().enumerate() {
            if let Some(name) = reference.name.filter(|_| reference.qualifier.is_none_or(|one| one == entry.name)) {
                spoken.entry(name).and_modify(|first| *first = None).or_insert(Some(number));
            }
        }
        spoken
    }

    fn output(&self, column: &'a ColumnRight, number: usize) -> Option<Output<'a>> {
        let at = self.scope.shown.binary_search_by_key(&number, |(number, _)| *number).ok()?;
        let (_, item) = self.scope.shown.get(at)?;
        let reference = self.scope.references.get(number).filter(|one| is_plain(one))?;
        let parts: Vec<&str> = reference.qualifier.into_iter().chain(reference.name).collect();
        let span = self.whole_output(item, &parts)?;
        Some(Output { span, name: item.name().unwrap_or(&column.name), mask: column.expression.as_deref()? })
    }

    /// The bytes of an output that is the column called so, with the name that it is given.
    fn whole_output(&self, item: &nodes::ResTarget, parts: &[&str]) -> Option<Span> {
        let place = self.place_at(self.first_token(item).ok()?, parts)?;
        let mut behind = place.next;
        if let Some(name) = item.name() {
            behind += usize::from(self.tokens.is(behind, "as"));
            behind = self.tokens.name(behind).filter(|(spelled, _)| spelled == name)?.1;
        }
        // the server says so where it cuts a name
        let cut = |index: usize| self.tokens.get(index).is_none_or(|token| token.end() - token.start() > MAX_NAME);
        let last = self.tokens.get(behind.checked_sub(1)?)?;
        (place.first..behind).all(|index| !cut(index)).then_some(Span { start: place.start, end: last.end() })
    }

    /// Writes the masks.
    pub(super) fn mask_outputs(&mut self, outputs: Vec<Output<'a>>) -> Step {
        for Output { span, name, mask } in outputs {
            self.edits.replace(span.start, span.end, format!("{mask} AS {}", quoted(name)));
            self.edits_are_bounded()?;
        }
        self.facts.masks_outputs = true;
        self.facts.substituted += 1;
        Ok(())
    }
}

/// Whether it is a whole output that the client sees.
fn is_plain(reference: &Reference<'_>) -> bool {
    reference.role == Role::Target && reference.flow == Flow::Free && reference.schema.is_none()
}
