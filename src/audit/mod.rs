//! The audit: one JSON line for each statement that touched protected columns or was refused.
//!
//! [`record`] says what a line holds (never a personal value); [`io`] writes lines to a file.

pub mod io;
pub mod record;
