//! What exists in one database: an immutable snapshot, and how names resolve in it.

pub mod build;
pub mod entangled;
mod felt;
pub mod queries;
pub mod reviewed;
pub mod search_path;
pub mod session_facts;
pub mod snapshot;
pub mod types;
mod views;

pub use views::COUNTING;
