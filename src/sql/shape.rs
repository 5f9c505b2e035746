//! Texts that differ in plain literals alone are one shape: analysed once, edited again for each.
//!
//! A literal stays part of the shape where a plan may depend on it: positions in GROUP BY and ORDER BY, and whole texts
//! that call a function which reads a name or setting from a string.

use crate::grammar::{Kind, Tokens};
use crate::model::facts::StatementClass;

use super::analyse::{Outcome, Plan};
use super::splice::PositionMap;

/// Functions whose string arguments name settings, sequences or relations; and the word before the character that says
/// how an identifier's escapes are read.
const NAME_READERS: [&str; 10] = [
    "uescape",
    "set_config",
    "current_setting",
    "nextval",
    "currval",
    "setval",
    "lastval",
    "pg_notify",
    "to_regclass",
    "pg_get_serial_sequence",
];

/// Words that end an ORDER BY or GROUP BY list at its own depth.
const LIST_ENDS: [&str; 14] = [
    "limit",
    "offset",
    "fetch",
    "for",
    "having",
    "window",
    "union",
    "intersect",
    "except",
    "order",
    "rows",
    "range",
    "groups",
    "where",
];

/// A literal that may be another one without another plan.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Literal {
    pub kind: Kind,
    /// Byte offset of its first byte.
    pub start: usize,
    /// Byte offset after its last byte.
    pub end: usize,
}

/// A text with its plain literals taken out.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Skeleton {
    pub literals: Vec<Literal>,
}

impl Skeleton {
    /// Appends a key to `key` that two texts share only if their tokens and everything between them are the same,
    /// plain literals apart; each of those has the same kind. `None`: the text is no sequence of tokens.
    pub fn of(text: &str, key: &mut Vec<u8>) -> Option<Self> {
        let tokens = Tokens::of(text).ok()?;
        let mut literals = Vec::new();
        let mut ordinals = Ordinals::default();
        let mut from = 0;
        for (index, &token) in tokens.list().iter().enumerate() {
            let slice = tokens.slice(token);
            if tokens.name(index).is_some_and(|(name, _)| NAME_READERS.contains(&&*name)) {
                literals.clear();
                break;
            }
            let ordinal = ordinals.next(token.kind, slice);
            if !ordinal && plain(token.kind, slice) {
                literals.push(Literal { kind: token.kind, start: token.start(), end: token.end() });
            }
        }
        for literal in &literals {
            key.extend_from_slice(text.get(from..literal.start).unwrap_or_default().as_bytes());
            // no text holds these two bytes in a row: 0xff is not in UTF-8
            key.extend_from_slice(&[0xff, letter(literal.kind)]);
            from = literal.end;
        }
        key.extend_from_slice(text.get(from..).unwrap_or_default().as_bytes());
        Some(Self { literals })
    }
}

fn letter(kind: Kind) -> u8 {
    match kind {
        Kind::Integer => b'i',
        Kind::Float => b'f',
        _ => b's',
    }
}

/// `'…'` in one piece, or an unsigned number in digits.
fn plain(kind: Kind, slice: &str) -> bool {
    match kind {
        Kind::Integer | Kind::Float => slice.bytes().all(|b| b.is_ascii_digit() || b == b'.'),
        Kind::String => {
            let inner = slice.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\''));
            inner.is_some_and(|inner| !inner.replace("''", "").contains('\''))
        }
        _ => false,
    }
}

/// Follows the lists behind BY: an integer at their own depth may be a position.
#[derive(Debug, Default)]
struct Ordinals {
    depth: usize,
    lists: Vec<usize>,
}

impl Ordinals {
    /// Whether the token may be a position.
    fn next(&mut self, kind: Kind, slice: &str) -> bool {
        match (kind, slice) {
            (Kind::Punctuation, "(" | "[") => self.depth += 1,
            (Kind::Punctuation, ")" | "]") => {
                self.depth = self.depth.saturating_sub(1);
                while self.lists.last().is_some_and(|&list| list > self.depth) {
                    self.lists.pop();
                }
            }
            (Kind::Word, "by" | "BY" | "on" | "ON") => self.lists.push(self.depth),
            (Kind::Word, word) if word.eq_ignore_ascii_case("by") => self.lists.push(self.depth),
            (Kind::Word, word) if LIST_ENDS.iter().any(|end| word.eq_ignore_ascii_case(end)) => {
                while self.lists.last() == Some(&self.depth) {
                    self.lists.pop();
                }
            }
            (Kind::Integer, _) => return !self.lists.is_empty(),
            _ => {}
        }
        false
    }
}

/// Whether a plan stands for every text of its shape.
#[must_use]
pub fn literal_free(plan: &Plan) -> bool {
    !matches!(plan.outcome, Outcome::Refuse(_))
        && plan.statements.iter().all(|facts| {
            matches!(facts.class, StatementClass::Read | StatementClass::Write) && facts.effects.is_empty()
        })
}

/// Where a text's literals stand in what its plan sends instead; byte ranges there. `None`: an edit has touched one.
#[must_use]
pub fn slots(text: &str, literals: &[Literal], outcome: &Outcome) -> Option<Vec<(usize, usize)>> {
    match outcome {
        Outcome::Relay => Some(literals.iter().map(|literal| (literal.start, literal.end)).collect()),
        Outcome::Rewritten { text: rewritten, map } => {
            let edits = in_bytes(text, rewritten, map)?;
            let moved = literals.iter().map(|literal| {
                let mut shift = 0isize;
                for edit in &edits {
                    if literal.end <= edit.from {
                        break;
                    }
                    if literal.start < edit.from + edit.before {
                        return None;
                    }
                    shift = (edit.to + edit.after) as isize - (edit.from + edit.before) as isize;
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
    /// The map of another text of the shape: `from` and `to` are the literals of this map's text and of the other one.
    #[must_use]
    pub fn with_other_literals(&self, text: &str, from: &[Literal], other: &str, to: &[Literal]) -> Self {
        let length = |text: &str, literal: &Literal| -> isize {
            text.get(literal.start..literal.end).map_or(0, |slice| slice.chars().count() as isize)
        };
        let mut places = Places::new(text);
        let mut shift = 0isize;
        let mut pairs = from.iter().zip(to).peekable();
        let mut edits = self.edits.clone();
        for edit in &mut edits {
            while let Some((old, new)) = pairs.next_if(|(old, _)| {
                let mut ahead = Places { text: places.text, ..places };
                ahead.byte(edit.2).is_some_and(|byte| old.end <= byte)
            }) {
                shift += length(other, new) - length(text, old);
            }
            places.byte(edit.2);
            edit.0 = edit.0.saturating_add_signed(shift);
            edit.2 = edit.2.saturating_add_signed(shift);
        }
        Self { edits }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(text: &str) -> (Vec<u8>, usize) {
        let mut key = Vec::new();
        let skeleton = Skeleton::of(text, &mut key).unwrap();
        (key, skeleton.literals.len())
    }

    #[test]
    fn plain_literals_do_not_make_a_shape() {
        assert_eq!(key("select * from t where a = 1 and b = 'x'"), key("select * from t where a = 22 and b = 'it''s'"));
        assert_ne!(key("select * from t where a = 1"), key("select * from t where a = 1.0"));
        assert_ne!(key("select * from t where a = 1"), key("select * from t where a = '1'"));
        assert_ne!(key("select * from t where a = 1"), key("select * from t where  a = 1"));
    }

    #[test]
    fn positions_and_names_stay_in_the_shape() {
        assert_ne!(key("select a, b from t order by 1"), key("select a, b from t order by 2"));
        assert_ne!(key("select a, b from t group by a, 1"), key("select a, b from t group by a, 2"));
        assert_ne!(key("select distinct on (1) a, b from t"), key("select distinct on (2) a, b from t"));
        assert_eq!(key("select a from t order by a limit 1"), key("select a from t order by a limit 2"));
        assert_eq!(key("select current_setting('x')").1, 0);
        for odd in ["select E'a'", "select 'a'\n'b'", "select $$a$$", "select b'1'", "select 1e5", "select U&'a'"] {
            assert_eq!(key(odd).1, 0, "{odd}");
        }
    }

    #[test]
    fn literals_are_found_again_behind_edits() {
        let text = "select '客', 1 from buyers where id = 42";
        let rewritten = "select '客', 1 from (select 7) AS buyers where id = 42";
        let map = PositionMap { edits: vec![(19, 20, 19, 6)] };
        let mut key = Vec::new();
        let literals = Skeleton::of(text, &mut key).unwrap().literals;
        let outcome = Outcome::Rewritten { text: rewritten.into(), map: map.clone() };
        let slots = slots(text, &literals, &outcome).unwrap();
        let found: Vec<_> = slots.iter().map(|&(start, end)| &rewritten[start..end]).collect();
        assert_eq!(found, ["'客'", "1", "42"]);
        let other = "select 'a客c', 100 from buyers where id = 42";
        let others = Skeleton::of(other, &mut Vec::new()).unwrap().literals;
        assert_eq!(map.with_other_literals(text, &literals, other, &others).edits, [(23, 20, 23, 6)]);
    }
}
