//! Masks among the outputs: a statement that reads one relation, and of its protected columns nothing but whole outputs,
//! has the masks there, and the relation as it is. The server then plans what it would without a policy.

use crate::grammar::names::{MAX_NAME, quoted};
use crate::grammar::nodes;
use crate::model::facts::Right;
use crate::model::tables::Map;
use crate::rights::table::ColumnRight;

use super::columns::Use;
use super::refuse::Step;
use super::scope::{Entry, Flow, Reference, Role};
use super::span::Span;
use super::spare::Spoken;
use super::walk::Walk;

/// What is to stand in the place of an output that shows something protected, with so many masks.
pub(super) struct Output {
    span: Span,
    text: String,
    masks: usize,
}

impl<'a> Walk<'a> {
    /// What shows something protected of an item of FROM, if these are outputs and nothing else of the statement speaks of
    /// it: each column once, or all of them by one star. `None`: the item has to be substituted.
    pub(super) fn masked_outputs(&self, entry: &Entry<'a>, used: &Use, spoken: &Spoken<'a>) -> Option<Vec<Output>> {
        let scan = entry.scan.as_ref().filter(|_| self.stands_plainly(entry))?;
        let named = spoken.beside_stars(entry)?;
        if self.could_be_sorted(entry, (!used.all).then_some(&named)) {
            return None;
        }
        let protected = named.iter().filter_map(|at| scan.columns.get(*at)).filter(|one| one.right < Right::Clear);
        let mut protected = protected.peekable();
        match (used.all, protected.peek()) {
            (true, None) => Some(vec![self.star(entry, used)?]),
            (true, Some(_)) | (false, None) => None,
            (false, Some(_)) => {
                let once = self.spoken_once(entry);
                protected.map(|column| self.output(entry, column, (*once.get(&*column.name)?)?)).collect()
            }
        }
    }

    /// A star among the outputs, spelled out.
    fn star(&self, entry: &Entry<'a>, used: &Use) -> Option<Output> {
        let [number] = used.whole.as_slice() else { return None };
        let reference = self.scope.references.get(*number).filter(|one| is_plain(one) && one.name.is_none())?;
        self.scope.shown.binary_search_by_key(number, |(number, _)| *number).ok()?;
        let start = usize::try_from(reference.location).ok()?;
        let first = self.tokens.index_at(start)?;
        let star = match reference.qualifier {
            None => first,
            Some(qualifier) => self.place_at(first, &[qualifier]).filter(|_| self.is_short(first))?.next + 1,
        };
        let span = Span { start, end: self.star_end(start, star)? };
        let shown = |column: &'a ColumnRight| match column.right < Right::Clear {
            true => masked(entry, column, &column.name),
            false => Some(quoted(&column.name)),
        };
        let columns = entry.scan.as_ref()?.columns;
        let masks = columns.iter().filter(|column| column.right < Right::Clear).count();
        // by the name of the item a column would be the whole row to the checker
        if masks == 0 || entry.names.known.contains(&entry.name) {
            return None;
        }
        let columns: Option<Vec<String>> = columns.iter().map(shown).collect();
        Some(Output { span, text: columns?.join(", "), masks })
    }

    /// Whether a statement is one SELECT over that relation alone, whose rows it gives one by one: beside groups and
    /// aggregates a mask that names no column may stand where the column may not.
    fn stands_plainly(&self, entry: &Entry<'a>) -> bool {
        let [level] = self.scope.levels.as_slice() else { return false };
        let grouped = level.grouping.grouped || self.scope.aggregates > 0;
        self.may_stand(entry) && !grouped && self.scope.entries.len() == 1 && self.sinks == 0
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

    fn output(&self, entry: &Entry<'a>, column: &'a ColumnRight, number: usize) -> Option<Output> {
        let at = self.scope.shown.binary_search_by_key(&number, |(number, _)| *number).ok()?;
        let (_, item) = self.scope.shown.get(at)?;
        let reference = self.scope.references.get(number).filter(|one| is_plain(one))?;
        let parts: Vec<&str> = reference.qualifier.into_iter().chain(reference.name).collect();
        let span = self.whole_output(item, &parts)?;
        Some(Output { span, text: masked(entry, column, item.name().unwrap_or(&column.name))?, masks: 1 })
    }

    /// The bytes of an output that is the column called so, with the name that it is given.
    fn whole_output(&self, item: &nodes::ResTarget, parts: &[&str]) -> Option<Span> {
        let place = self.place_at(self.first_token(item).ok()?, parts)?;
        let mut behind = place.next;
        if let Some(name) = item.name() {
            behind += usize::from(self.tokens.is(behind, "as"));
            behind = self.tokens.name(behind).filter(|(spelled, _)| spelled == name)?.1;
        }
        let last = self.tokens.get(behind.checked_sub(1)?)?;
        let short = (place.first..behind).all(|index| self.is_short(index));
        short.then_some(Span { start: place.start, end: last.end() })
    }

    /// Whether a name is not cut: the server says so where it cuts one, and then has to see it.
    fn is_short(&self, index: usize) -> bool {
        self.tokens.get(index).is_some_and(|token| token.end() - token.start() <= MAX_NAME)
    }

    /// Writes the masks.
    pub(super) fn mask_outputs(&mut self, outputs: Vec<Output>) -> Step {
        for Output { span, text, masks } in outputs {
            self.facts.masked_outputs += masks;
            self.edits.replace(span.start, span.end, text);
            self.edits_are_bounded()?;
        }
        self.facts.substituted += 1;
        Ok(())
    }
}

/// A column's mask under a name. One under a condition on the row calls the relation by its own name.
fn masked(entry: &Entry<'_>, column: &ColumnRight, name: &str) -> Option<String> {
    let own_name = entry.relation.is_some_and(|relation| &*relation.name == entry.name);
    let mask = column.expression.as_deref().filter(|_| own_name || column.shown.is_none())?;
    Some(format!("{mask} AS {}", quoted(name)))
}

/// Whether it is a whole output that the client sees.
fn is_plain(reference: &Reference<'_>) -> bool {
    reference.role == Role::Target && reference.flow == Flow::Free && reference.schema.is_none()
}
