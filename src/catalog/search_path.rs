//! The names a session can see: its effective search path and its temp tables, as the server reported them.

use std::sync::Arc;

use super::snapshot::{Relation, Snapshot};

/// What was asked of the server about one session. A new value after each asking; never modelled.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SessionNames {
    pub user: Arc<str>,
    /// Schemas in the order PostgreSQL searches them for relations: `pg_temp_N` first if it exists and the setting
    /// does not place it, `pg_catalog` implicitly before the rest unless the setting places it.
    pub path: Arc<[Arc<str>]>,
    /// `pg_temp_N`, once the session has one.
    pub temp_schema: Option<Arc<str>>,
    /// Temp tables and views of this session.
    pub temp: Vec<Arc<Relation>>,
}

/// A relation name's meaning in one session.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Found {
    Permanent(Arc<Relation>),
    Temporary(Arc<Relation>),
    Missing,
}

impl SessionNames {
    /// Resolves a relation name as `RangeVarGetRelid` does; names are already folded and truncated.
    #[must_use]
    pub fn relation(&self, snapshot: &Snapshot, schema: Option<&str>, name: &str) -> Found {
        let temporary = || self.temp.iter().find(|relation| &*relation.name == name).cloned();
        let one = |schema: &str| -> Option<Found> {
            if schema == "pg_temp" || self.temp_schema.as_deref() == Some(schema) {
                return temporary().map(Found::Temporary);
            }
            snapshot.relation_named(schema, name).cloned().map(Found::Permanent)
        };
        match schema {
            Some(schema) => one(schema),
            None => self.path.iter().find_map(|schema| one(schema)),
        }
        .unwrap_or(Found::Missing)
    }
}
