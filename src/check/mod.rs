//! The independent checker over PostgreSQL's grammar: the only maker of [`Checked`].
//!
//! It reads the text that is about to be sent (parsed again, unless it is the client's own to the byte), and walks
//! every node of the tree, trusting nothing of what the rewriter did or meant. Its rules, templates and lists are written
//! a second time here, on purpose: a mistake in one of the two must not be repeated in the other. What it does not know
//! contradicts.
//!
//! The walk uses a work list instead of recursion, so no text can exhaust the stack, and visits each node once.

mod alter;
mod blank;
mod carried;
mod checked;
mod disk;
mod early;
mod expressions;
mod fields;
mod filtered;
mod leaks;
mod lists;
mod literals;
mod matching;
mod moments;
mod names;
mod outputs;
mod parameters;
mod queries;
mod scopes;
mod statements;
mod target;
mod template;
mod tied;
mod types;
mod walk;
pub mod witness;

pub use checked::{Checked, check, check_parsed};
pub use literals::Pattern;
pub use types::{ParameterTypes, disbelieved};

/// Why a text is not safe for a principal, or not what the plan says: a defect of the rewriter.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{what}")]
pub struct Contradiction {
    pub what: String,
    /// Byte offset into the checked text.
    pub position: Option<usize>,
}

impl Contradiction {
    /// `location` is the tree's: a byte offset, or negative where it has none.
    pub(crate) fn at(location: i32, what: impl Into<String>) -> Self {
        Self { what: what.into(), position: usize::try_from(location).ok() }
    }
}

/// The outcome of a step of the walk.
type Step<T = ()> = Result<T, Contradiction>;

#[cfg(test)]
mod tests;
