//! The audit: one JSON line for each statement that touched protected columns or was refused, and for each order of an
//! administrator.
//!
//! [`record`] and [`order`] say what a line holds (never a personal value); [`io`] writes lines to a file.

pub mod io;
pub mod order;
pub mod record;
