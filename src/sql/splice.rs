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
        let mut shift = 0isize;
        for &(start, length, original, original_length) in &self.edits {
            if rewritten < start {
                break;
            }
            if rewritten < start + length {
                return original;
            }
            shift = (original + original_length) as isize - (start + length) as isize;
        }
        rewritten.saturating_add_signed(shift)
    }
}
