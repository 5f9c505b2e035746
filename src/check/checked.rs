//! The proof that a text may be sent for a restricted principal.

use std::sync::Arc;

/// Statement text that the checker has walked. Nothing else can be sent for a restricted principal.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Checked {
    text: Arc<str>,
}

impl Checked {
    /// For [`super::Pattern`]: a proven text whose plain literals were replaced by others of their kind.
    pub(super) fn with_other_literals(text: Arc<str>) -> Self {
        Self { text }
    }

    /// The proven text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }
}
