//! The proof that a text may be sent for a restricted principal.

use std::sync::Arc;

use crate::catalog::search_path::SessionNames;
use crate::catalog::snapshot::Snapshot;
use crate::grammar::{self, Tree};
use crate::model::facts::{Facts, StatementClass};
use crate::model::planted::{Planted, planted};
use crate::rights::table::Rights;

use super::walk::{Subject, Walk};
use super::{Contradiction, blank, statements};

/// Statement text that the checker has walked. Nothing else can be sent for a restricted principal.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Checked {
    text: Box<str>,
    /// Byte ranges whose literals the proof depends on; ascending. `None`: all of it.
    fixed: Option<Arc<[(usize, usize)]>>,
}

impl Checked {
    /// For [`super::Pattern`]: a proven text whose plain literals were replaced by others of their kind. Its literals
    /// are not replaced again.
    pub(super) fn with_other_literals(text: Box<str>) -> Self {
        Self { text, fixed: None }
    }

    /// A text that nobody has proven, for tests of what is done with proven ones.
    #[cfg(test)]
    pub(super) fn unproven(text: &str, fixed: &[(usize, usize)]) -> Self {
        Self { text: text.into(), fixed: Some(fixed.into()) }
    }

    /// Whether the proof holds whatever literals stand in these bytes.
    pub(super) fn holds_without(&self, start: usize, end: usize) -> bool {
        let Some(fixed) = &self.fixed else { return false };
        let after = fixed.partition_point(|range| range.1 <= start);
        fixed.get(after).is_none_or(|range| end <= range.0)
    }

    /// The proven text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }
}

/// Proves that `text` shows this principal nothing that it may not see, and does what `statements` say.
///
/// # Errors
/// When anything in the text is not proven: the rewriter has a defect, and the text must not be sent.
pub fn check(
    text: &str,
    statements: &[Facts],
    snapshot: &Snapshot,
    rights: &Rights,
    names: &SessionNames,
) -> Result<Checked, Contradiction> {
    if let Some(blanked) = blank::masks(text, statements, rights)
        && let Ok(tree) = grammar::parse_sent(&blanked.text)
        && let Ok((checked, masks)) = walk(&tree, text, statements, snapshot, rights, names)
        && blanked.places.iter().all(|place| masks.binary_search(place).is_ok())
    {
        return Ok(checked);
    }
    let tree = grammar::parse_sent(text)
        .map_err(|error| Contradiction { what: format!("it does not parse: {error}"), position: error.position })?;
    walk(&tree, text, statements, snapshot, rights, names).map(|(checked, _)| checked)
}

/// The same of a text that has been parsed: the client's own, which is sent as it is.
///
/// # Errors
/// As [`check`].
pub fn check_parsed(
    tree: &Tree<'_>,
    statements: &[Facts],
    snapshot: &Snapshot,
    rights: &Rights,
    names: &SessionNames,
) -> Result<Checked, Contradiction> {
    walk(tree, tree.tokens().text(), statements, snapshot, rights, names).map(|(checked, _)| checked)
}

/// The proof over a tree of the text, or of what stands for it; and where masks of substitutions stand, ascending.
fn walk(
    tree: &Tree<'_>,
    text: &str,
    statements: &[Facts],
    snapshot: &Snapshot,
    rights: &Rights,
    names: &SessionNames,
) -> Result<(Checked, Vec<usize>), Contradiction> {
    if planted(Planted::Checker) {
        return Ok((Checked { text: text.into(), fixed: Some([(0, text.len())].into()) }, Vec::new()));
    }
    let mut walk = Walk::new(Subject { text, tokens: tree.tokens(), snapshot, rights, names, any_path: false });
    walk.literals()?;
    let planned = statements.iter().filter(|facts| facts.class != StatementClass::Empty);
    if planned.clone().count() != tree.len() {
        return Err(Contradiction { what: "it has another number of statements than planned".into(), position: None });
    }
    for (statement, facts) in tree.statements().zip(planned) {
        statements::check(&mut walk, statement, facts)?;
    }
    let mut fixed = std::mem::take(&mut walk.fixed);
    // disjoint, since what encloses them all is the whole text
    fixed.sort_unstable();
    walk.masks.sort_unstable();
    walk.masks.dedup();
    Ok((Checked { text: text.into(), fixed: Some(fixed.into()) }, walk.masks))
}
