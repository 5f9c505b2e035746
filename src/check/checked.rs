//! The proof that a text may be sent for a restricted principal.

use std::sync::Arc;

use crate::catalog::search_path::SessionNames;
use crate::catalog::snapshot::Snapshot;
use crate::grammar;
use crate::model::facts::{Facts, StatementClass};
use crate::rights::table::Rights;

use super::walk::{Subject, Walk};
use super::{Contradiction, statements};

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
    let tree = grammar::parse(text)
        .map_err(|error| Contradiction { what: format!("it does not parse: {error}"), position: error.position })?;
    let mut walk = Walk::new(Subject { text, snapshot, rights, names });
    walk.literals(tree.tokens())?;
    let planned = statements.iter().filter(|facts| facts.class != StatementClass::Empty);
    if planned.clone().count() != tree.len() {
        return Err(Contradiction { what: "it has another number of statements than planned".into(), position: None });
    }
    for (statement, facts) in tree.statements().zip(planned) {
        statements::check(&mut walk, statement, facts)?;
    }
    Ok(Checked { text: text.into() })
}
