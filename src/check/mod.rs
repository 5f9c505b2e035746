//! The independent checker over PostgreSQL's grammar: the only maker of [`Checked`].

mod checked;
mod literals;

use crate::catalog::search_path::SessionNames;
use crate::catalog::snapshot::Snapshot;
use crate::model::facts::Facts;
use crate::rights::table::Rights;
pub use checked::Checked;
pub use literals::Pattern;

/// What the checker found in a text that the plan does not explain.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{what}")]
pub struct Contradiction {
    pub what: String,
    /// Byte offset into the rewritten text.
    pub position: Option<usize>,
}

/// Walks a text that is to be sent for a restricted principal.
///
/// # Errors
/// Whatever is not proven safe.
pub fn check(
    _text: &str,
    _statements: &[Facts],
    _snapshot: &Snapshot,
    _rights: &Rights,
    _names: &SessionNames,
) -> Result<Checked, Contradiction> {
    Err(Contradiction { what: "nothing is proven yet".into(), position: None })
}
