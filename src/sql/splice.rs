//! Edits at verified places of the client's own bytes, and the way back for error positions.

/// Maps character offsets (from 0) of the rewritten text back to the original: PostgreSQL counts error positions in
/// characters, in every encoding.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct PositionMap {
    /// Per edit, in characters: (start in the rewritten text, length there, start in the original, length there),
    /// ascending.
    pub(super) edits: Vec<(usize, usize, usize, usize)>,
}

impl PositionMap {
    /// Where a character of the rewritten text stood in the original; inside an edit: the edited token's start.
    #[must_use]
    pub fn original(&self, rewritten: usize) -> usize {
        let after = self.edits.partition_point(|edit| edit.0 <= rewritten);
        let Some(&(start, length, original, original_length)) = after.checked_sub(1).and_then(|at| self.edits.get(at))
        else {
            return rewritten;
        };
        if rewritten < start + length {
            return original;
        }
        rewritten.saturating_add_signed((original + original_length) as isize - (start + length) as isize)
    }
}

/// One replacement of the bytes `start..end`; an insertion where both are the same.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Edit {
    start: usize,
    end: usize,
    text: String,
}

/// The edits of one text, in any order until they are applied.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Edits {
    list: Vec<Edit>,
    /// Bytes of the new texts.
    written: usize,
}

/// Two edits that overlap, or one outside of the text: a defect of the caller.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Overlap;

impl Edits {
    /// Replaces the bytes `start..end`.
    pub(super) fn replace(&mut self, start: usize, end: usize, text: String) {
        self.written += text.len();
        self.list.push(Edit { start, end, text });
    }

    /// Bytes of the new texts so far.
    pub(super) fn written(&self) -> usize {
        self.written
    }

    /// Inserts before the byte at `start`.
    pub(super) fn insert(&mut self, start: usize, text: String) {
        self.replace(start, start, text);
    }

    /// Applies the edits. `None`: there are none, the text stays as it is.
    pub(super) fn apply(mut self, text: &str) -> Result<Option<(String, PositionMap)>, Overlap> {
        if self.list.is_empty() {
            return Ok(None);
        }
        // stable: insertions at one place stay in the order in which they were made
        self.list.sort_by_key(|edit| (edit.start, edit.end));
        let mut out = String::with_capacity(text.len() + self.written);
        let mut map = PositionMap::default();
        let (mut at, mut from, mut to) = (0usize, 0usize, 0usize);
        for edit in &self.list {
            let kept = text.get(at..edit.start).ok_or(Overlap)?;
            let old = text.get(edit.start..edit.end).ok_or(Overlap)?;
            out.push_str(kept);
            let written = out.len();
            let next = text.get(edit.end..).and_then(|rest| rest.chars().next());
            push_apart(&mut out, &edit.text, next);
            let kept = kept.chars().count();
            (from, to) = (from + kept, to + kept);
            let after = out.get(written..).ok_or(Overlap)?.chars().count();
            let before = old.chars().count();
            map.edits.push((to, after, from, before));
            (from, to) = (from + before, to + after);
            at = edit.end;
        }
        out.push_str(text.get(at..).ok_or(Overlap)?);
        Ok(Some((out, map)))
    }
}

/// Appends an edit's text, with a space where it would otherwise run into its neighbours: `FROM notes"n"` must not
/// become `FROM "public"."notes""n"`, nor `u&f(1)` become `u&"s".f(1)`.
fn push_apart(out: &mut String, text: &str, next: Option<char>) {
    if let (Some(left), Some(right)) = (out.chars().next_back(), text.chars().next())
        && runs_together(left, right)
    {
        out.push(' ');
    }
    out.push_str(text);
    if let (Some(left), Some(right)) = (text.chars().next_back(), next)
        && runs_together(left, right)
    {
        out.push(' ');
    }
}

/// Whether two characters side by side may belong to one token, or make another kind of token.
fn runs_together(left: char, right: char) -> bool {
    let word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '$') || !c.is_ascii();
    let quote = |c: char| matches!(c, '"' | '\'');
    let operator = |c: char| "~!@#^&|`?+-*/%<>=".contains(c);
    (word(left) && word(right))
        || (quote(right) && (left == right || left == '&'))
        || (word(left) && right == '\'')
        || (operator(left) && operator(right))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_are_applied_in_order_of_place_and_mapped_back_in_characters() {
        let text = "SELECT '客' FROM a, b";
        let mut edits = Edits::default();
        edits.replace(text.len() - 1, text.len(), "s.b".into());
        edits.replace(text.len() - 4, text.len() - 3, "(x) AS a".into());
        let (out, map) = edits.apply(text).unwrap().unwrap();
        assert_eq!(out, "SELECT '客' FROM (x) AS a, s.b");
        let place = |of: &str, text: &str| text[..text.find(of).unwrap()].chars().count();
        assert_eq!(map.original(place("FROM", &out)), place("FROM", text));
        assert_eq!(map.original(place("AS a", &out)), place("a,", text));
        assert_eq!(map.original(place(", s", &out)), place(", b", text));
    }

    #[test]
    fn texts_are_kept_apart_where_they_would_make_another_token() {
        let with = |text: &str, start: usize, end: usize, new: &str| {
            let mut edits = Edits::default();
            edits.replace(start, end, new.into());
            edits.apply(text).unwrap().unwrap().0
        };
        assert_eq!(with("FROM n\"x\"", 5, 6, "\"s\".\"n\""), "FROM \"s\".\"n\" \"x\"");
        assert_eq!(with("u&f(1)", 2, 2, "\"s\"."), "u& \"s\".f(1)");
        assert_eq!(with("SELECT\"f\"(1)", 6, 6, "pg_catalog."), "SELECT pg_catalog.\"f\"(1)");
        assert_eq!(with("(a)", 1, 2, "b"), "(b)");
    }

    #[test]
    fn no_edit_means_the_same_bytes_and_overlaps_are_refused() {
        assert_eq!(Edits::default().apply("x"), Ok(None));
        let mut edits = Edits::default();
        edits.replace(0, 2, String::new());
        edits.replace(1, 3, String::new());
        assert_eq!(edits.apply("abc"), Err(Overlap));
        let mut edits = Edits::default();
        edits.replace(1, 2, String::new());
        assert_eq!(edits.apply("客"), Err(Overlap));
    }
}
