//! How many persons each table holds, for limits that are a part of it: the server's statistics are asked now and then.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

use crate::extraction::governor::Persons;
use crate::model::ids::Oid;
use crate::rights::table::Subjects;

use super::upstream::{QueryError, Upstream};

/// Asks for the persons of tables by the columns that name them.
const QUERY: &str = include_str!("sizes.sql");

/// How often it is asked.
const AGAIN: Duration = Duration::from_secs(60);

/// What is to be asked of one database, and when that was done last.
#[derive(Debug, Default)]
pub struct Sizes(Mutex<(Arc<Subjects>, Option<Instant>)>);

impl Sizes {
    /// Takes over which columns name persons.
    pub fn remember(&self, subjects: &Arc<Subjects>) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.0 != *subjects {
            *known = (Arc::clone(subjects), None);
        }
    }

    /// What is to be asked about now; it is not due again for a while, even if that fails.
    #[must_use]
    pub fn due(&self) -> Option<Arc<Subjects>> {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let lately = known.1.is_some_and(|asked| asked.elapsed() < AGAIN);
        if lately || known.0.is_empty() {
            return None;
        }
        known.1 = Some(Instant::now());
        Some(Arc::clone(&known.0))
    }
}

/// Asks how many persons there are; tables of which the server does not know are left out.
///
/// # Errors
/// As [`Upstream::query_with`].
pub async fn persons(upstream: &mut Upstream, subjects: &Subjects) -> Result<Persons, QueryError> {
    let list = |texts: Vec<String>| format!("{{{}}}", texts.join(","));
    let relations = list(subjects.keys().map(|column| column.relation.to_string()).collect());
    let numbers = list(subjects.keys().map(|column| column.number.to_string()).collect());
    let rows = upstream.query_with(QUERY, &[&relations, &numbers]).await?;
    let read = |row: Vec<Option<String>>| match row.as_slice() {
        [Some(relation), Some(persons)] => Some((Oid(relation.parse().ok()?), persons.parse().ok()?)),
        _ => None,
    };
    Ok(rows.into_iter().filter_map(read).collect())
}
