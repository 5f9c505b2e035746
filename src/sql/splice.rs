//! Edits at verified places of the client's own bytes, and the way back for error positions.

/// Maps byte offsets of the rewritten text back to the original.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct PositionMap {
    /// Per edit: (start in the rewritten text, length there, start in the original, length there), ascending.
    pub(super) edits: Vec<(usize, usize, usize, usize)>,
}

impl PositionMap {
    /// Where a byte offset of the rewritten text stood in the original; inside an edit: the edited token's start.
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
