//! Masks in substitutions are long, and compared byte by byte: nothing inside of them needs to be parsed.
//!
//! Each text that equals a mask is overwritten by `NULL` and spaces, so that places stay what they are, and the parser
//! reads that. A proof over it counts if every overwritten place turns out to be a column of a substitution: what stands
//! before the first one is the same in both texts, so the lexer is in the same state there, which is no literal and no
//! comment, or there would be no such column; a mask is one whole expression, so it is in that state again behind it; and
//! so on to the next. Otherwise the text is read in full.

use memchr::memmem;

use crate::grammar::names::quoted;
use crate::model::facts::{Facts, Right};
use crate::rights::table::{ColumnRight, RelationRight, Rights};

/// What takes the place of a mask, filled up with spaces.
const NOTHING: &str = "NULL";

/// Masks that are shorter are parsed as soon as overwritten.
const LONG: usize = 64;

/// A text without its masks.
pub(super) struct Blanked {
    pub(super) text: String,
    /// Where masks stood; ascending.
    pub(super) places: Vec<usize>,
}

/// `None`: there is no long mask in the text.
pub(super) fn masks(text: &str, statements: &[Facts], rights: &Rights) -> Option<Blanked> {
    let mut found: Vec<(usize, usize)> = Vec::new();
    for facts in statements.iter().filter(|facts| facts.substituted > 0) {
        for relation in &facts.relations {
            let Some(RelationRight::Masked(columns)) = rights.relation(*relation) else { continue };
            columns.iter().filter(|column| column.right != Right::Clear).for_each(|one| find(text, one, &mut found));
        }
    }
    found.sort_unstable();
    found.dedup();
    if found.is_empty() || !found.is_sorted_by(|one, next| one.1 <= next.0) {
        return None;
    }
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for (start, end) in &found {
        out.push_str(text.get(at..*start)?);
        out.push_str(NOTHING);
        out.push_str(&" ".repeat(end - start - NOTHING.len()));
        at = *end;
    }
    out.push_str(text.get(at..)?);
    Some(Blanked { text: out, places: found.into_iter().map(|(start, _)| start).collect() })
}

/// Finds a column's mask by what stands behind it.
fn find(text: &str, column: &ColumnRight, found: &mut Vec<(usize, usize)>) {
    let Some(mask) = column.expression.as_deref().filter(|mask| mask.len() >= LONG) else { return };
    let behind = format!(" AS {}", quoted(&column.name));
    let ends = memmem::find_iter(text.as_bytes(), &behind);
    let masked = ends.filter(|end| text.get(..*end).is_some_and(|before| before.ends_with(mask)));
    found.extend(masked.map(|end| (end - mask.len(), end)));
}
