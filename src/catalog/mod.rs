//! What exists in one database: an immutable snapshot, and how names resolve in it.

pub mod search_path;
pub mod snapshot;
