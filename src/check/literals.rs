//! Proven text with other literals: what was proven holds for every text that differs from it in plain literals alone.

use crate::grammar::{Kind, Tokens};

use super::Checked;

/// A proven text cut at literals that may be replaced.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Pattern {
    checked: Checked,
    slots: Vec<Slot>,
    /// Bytes of the text outside of the slots.
    kept: usize,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Slot {
    kind: Kind,
    start: usize,
    end: usize,
}

impl Pattern {
    /// `slots`: byte ranges of the proven text, ascending. `None` unless each is exactly one plain literal, and one that
    /// the proof does not depend on: not inside of a substitution, not the name of a setting.
    #[must_use]
    pub fn new(checked: &Checked, slots: &[(usize, usize)]) -> Option<Self> {
        let tokens = Tokens::of(checked.text()).ok()?;
        let found = slots.iter().map(|&(start, end)| {
            let token = tokens.get(tokens.index_at(start)?)?;
            let exact =
                token.end() == end && plain(token.kind, tokens.slice(token)) && checked.holds_without(start, end);
            exact.then_some(Slot { kind: token.kind, start, end })
        });
        let slots: Vec<Slot> = found.collect::<Option<_>>()?;
        if !slots.is_sorted_by(|a, b| a.end <= b.start) {
            return None;
        }
        let kept = checked.text().len() - slots.iter().map(|slot| slot.end - slot.start).sum::<usize>();
        Some(Self { checked: checked.clone(), slots, kept })
    }

    /// The proven text with these literals in place of its own. `None` unless each is one plain literal of the kind
    /// that stood there.
    #[must_use]
    pub fn with<'t>(&self, literals: impl ExactSizeIterator<Item = &'t str> + Clone) -> Option<Checked> {
        if literals.len() != self.slots.len() {
            return None;
        }
        let text = self.checked.text();
        let mut at = 0;
        // exact: the proven text takes over the buffer as it is
        let mut out = String::with_capacity(self.kept + literals.clone().map(str::len).sum::<usize>());
        for (slot, literal) in self.slots.iter().zip(literals) {
            if !plain(slot.kind, literal) {
                return None;
            }
            out.push_str(text.get(at..slot.start)?);
            out.push_str(literal);
            at = slot.end;
        }
        out.push_str(text.get(at..)?);
        Some(Checked::with_other_literals(out.into_boxed_str()))
    }
}

/// Whether the text is one literal of this kind and nothing more, in its plainest spelling.
fn plain(kind: Kind, literal: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    match kind {
        Kind::Integer => digits(literal),
        Kind::Float => match literal.bytes().position(|byte| byte == b'.') {
            None => digits(literal),
            Some(point) => {
                let (whole, part) = (literal.get(..point), literal.get(point + 1..));
                whole.is_some_and(digits) && part.is_some_and(digits)
            }
        },
        Kind::String => {
            let Some(inner) = literal.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\'')) else { return false };
            if memchr::memchr2(b'\'', 0, inner.as_bytes()).is_none() {
                return true;
            }
            let mut bytes = inner.bytes();
            while let Some(byte) = bytes.next() {
                if byte == 0 || (byte == b'\'' && bytes.next() != Some(b'\'')) {
                    return false;
                }
            }
            true
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_one_plain_literal_of_the_same_kind_takes_a_slot() {
        let text = "SELECT 1 WHERE 'a' = 'b'";
        let pattern = Pattern::new(&Checked::unproven(text, &[]), &[(7, 8), (15, 18)]).unwrap();
        let with = |a, b| pattern.with([a, b].into_iter()).map(|checked| checked.text().to_owned());
        assert_eq!(with("22", "'it''s'").unwrap(), "SELECT 22 WHERE 'it''s' = 'b'");
        for hostile in ["'", "'' '", "'a' OR 'b'", "'a''", "x", "1", "'a'; SELECT '", "'a'\n'b'", ""] {
            assert_eq!(with("1", hostile), None, "{hostile}");
        }
        for hostile in ["1.0", "-1", "1;", "1 ", "", "1e1", "'1'", "1--", "0x1"] {
            assert_eq!(with(hostile, "'a'"), None, "{hostile}");
        }
    }

    #[test]
    fn a_slot_must_be_a_literal() {
        let checked = Checked::unproven("SELECT a, E'x', 1", &[]);
        assert_eq!(Pattern::new(&checked, &[(7, 8)]), None);
        assert_eq!(Pattern::new(&checked, &[(10, 14)]), None);
        assert_eq!(Pattern::new(&checked, &[(11, 14)]), None);
        assert!(Pattern::new(&checked, &[(16, 17)]).is_some());
    }

    #[test]
    fn what_the_proof_depends_on_takes_no_other_literal() {
        let checked = Checked::unproven("SELECT 1, 2, 3", &[(8, 12)]);
        assert!(Pattern::new(&checked, &[(7, 8), (13, 14)]).is_some());
        assert_eq!(Pattern::new(&checked, &[(10, 11)]), None);
        let pattern = Pattern::new(&checked, &[(7, 8)]).unwrap();
        let other = pattern.with(["7"].into_iter()).unwrap();
        assert_eq!(Pattern::new(&other, &[(7, 8)]), None, "one whose places are not known");
    }
}
