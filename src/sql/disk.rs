//! Sizes on disk are withheld. An index grows by a page when enough entries come to lie beside one another, so that who
//! may write rows can tell by its size between which of them a true value lies:
//!
//! ```text
//! CASE WHEN true THEN NULL ELSE pg_catalog.pg_relation_size(…) END
//! ```
//!
//! The type and the name of an output column stay the call's own, and the call does not run.

use crate::grammar::nodes;

use super::refuse::{Step, not_understood};
use super::walk::{Walk, strings};

/// Functions of `pg_catalog` that look at files.
const SIZES: [&str; 6] = [
    "pg_database_size",
    "pg_indexes_size",
    "pg_relation_size",
    "pg_table_size",
    "pg_tablespace_size",
    "pg_total_relation_size",
];

impl<'a> Walk<'a> {
    /// Whether a function of that name tells a size, and this principal may not know it.
    pub(super) fn tells_size(&self, name: &str) -> bool {
        SIZES.contains(&name) && !self.context.rights.unrestricted()
    }

    /// Has the call stand where it does not run, if it tells a size.
    pub(super) fn withhold_size(&mut self, call: &'a nodes::FuncCall) -> Step {
        let parts = strings(call.funcname()).unwrap_or_default();
        let ([name] | ["pg_catalog", name]) = parts.as_slice() else { return Ok(()) };
        if !self.tells_size(name) {
            return Ok(());
        }
        let place = self.place(call.location, &parts)?;
        let end = self.call_end(place.next);
        let end = end.ok_or_else(|| not_understood("this way to ask for a size", call.location))?;
        self.edits.insert(place.start, "CASE WHEN true THEN NULL ELSE ".into());
        self.edits.insert(end, " END".into());
        Ok(())
    }
}
