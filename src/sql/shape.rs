//! Texts that differ in plain literals alone are one shape: analysed once, edited again for each.
//!
//! `skeleton` says which literals may be others; here is what of a plan holds for every text of a shape.

use crate::model::facts::StatementClass;

use super::analyse::{Outcome, Plan};
pub use super::skeleton::{Literal, Skeleton, ends};
use super::splice::PositionMap;

/// Whether a plan stands for every text of its shape.
#[must_use]
pub fn literal_free(plan: &Plan) -> bool {
    !matches!(plan.outcome, Outcome::Refuse(_))
        && plan.statements.iter().all(|facts| {
            matches!(facts.class, StatementClass::Read | StatementClass::Write)
                && facts.effects.is_empty()
                && !facts.literal
        })
}

/// Where a text's literals stand in what its plan sends instead; byte ranges there. `None`: an edit has touched one.
#[must_use]
pub fn slots(text: &str, literals: &[Literal], outcome: &Outcome) -> Option<Vec<(usize, usize)>> {
    match outcome {
        Outcome::Relay => Some(literals.iter().map(|literal| (literal.start, literal.end)).collect()),
        Outcome::Rewritten { text: rewritten, map } => {
            let edits = in_bytes(text, rewritten, map)?;
            let mut edits = edits.iter().peekable();
            let mut shift = 0isize;
            let moved = literals.iter().map(|literal| {
                while let Some(edit) = edits.next_if(|edit| edit.from + edit.before <= literal.start) {
                    shift = (edit.to + edit.after) as isize - (edit.from + edit.before) as isize;
                }
                if edits.peek().is_some_and(|edit| edit.from < literal.end) {
                    return None;
                }
                let slot = (literal.start.checked_add_signed(shift)?, literal.end.checked_add_signed(shift)?);
                (rewritten.get(slot.0..slot.1) == text.get(literal.start..literal.end)).then_some(slot)
            });
            moved.collect()
        }
        Outcome::Refuse(_) => None,
    }
}

struct ByteEdit {
    from: usize,
    before: usize,
    to: usize,
    after: usize,
}

fn in_bytes(text: &str, rewritten: &str, map: &PositionMap) -> Option<Vec<ByteEdit>> {
    let mut original = Places::new(text);
    let mut new = Places::new(rewritten);
    let edits = map.edits.iter().map(|&(to, after, from, before)| {
        let (from, from_end) = (original.byte(from)?, original.byte(from + before)?);
        let (to, to_end) = (new.byte(to)?, new.byte(to + after)?);
        Some(ByteEdit { from, before: from_end - from, to, after: to_end - to })
    });
    edits.collect()
}

/// Character offsets, asked in ascending order, to byte offsets.
struct Places<'t> {
    text: &'t str,
    characters: usize,
    bytes: usize,
}

impl<'t> Places<'t> {
    fn new(text: &'t str) -> Self {
        Self { text, characters: 0, bytes: 0 }
    }

    fn byte(&mut self, character: usize) -> Option<usize> {
        let ahead = character.checked_sub(self.characters)?;
        let rest = self.text.get(self.bytes..)?;
        self.bytes += match rest.char_indices().nth(ahead) {
            Some((offset, _)) => offset,
            None if rest.chars().count() == ahead => rest.len(),
            None => return None,
        };
        self.characters = character;
        Some(self.bytes)
    }
}

impl PositionMap {
    /// The map of another text of the shape: `from` are the literals of this map's text, `to` the lengths of the other
    /// one's, in characters.
    #[must_use]
    pub fn with_other_literals(&self, text: &str, from: &[Literal], to: &[usize]) -> Self {
        let length = |literal: &Literal| -> isize {
            text.get(literal.start..literal.end).map_or(0, |slice| slice.chars().count() as isize)
        };
        let mut places = Places::new(text);
        let mut shift = 0isize;
        let mut pairs = from.iter().zip(to).peekable();
        let mut edits = self.edits.clone();
        for edit in &mut edits {
            let place = places.byte(edit.2);
            while let Some((old, new)) = pairs.next_if(|(old, _)| place.is_some_and(|place| old.end <= place)) {
                shift += *new as isize - length(old);
            }
            edit.0 = edit.0.saturating_add_signed(shift);
            edit.2 = edit.2.saturating_add_signed(shift);
        }
        Self { edits }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn literals_are_found_again_behind_edits() {
        let text = "select '客', 1 from buyers where id = 42";
        let rewritten = "select '客', 1 from (select 7) AS buyers where id = 42";
        let map = PositionMap { edits: vec![(19, 20, 19, 6)] };
        let mut key = Vec::new();
        let literals = Skeleton::of(text, &mut key).literals;
        let outcome = Outcome::Rewritten { text: rewritten.into(), map: map.clone() };
        let slots = slots(text, &literals, &outcome).unwrap();
        let found: Vec<_> = slots.iter().map(|&(start, end)| &rewritten[start..end]).collect();
        assert_eq!(found, ["'客'", "1", "42"]);
        let other = "select 'a客c', 100 from buyers where id = 42";
        let others = Skeleton::of(other, &mut Vec::new()).literals;
        let lengths: Vec<_> = others.iter().map(|one| other[one.start..one.end].chars().count()).collect();
        assert_eq!(map.with_other_literals(text, &literals, &lengths).edits, [(23, 20, 23, 6)]);
    }
}
