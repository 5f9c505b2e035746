//! Where audit lines go.

pub mod file;
