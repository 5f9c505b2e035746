//! What becomes of a restricted principal's statement: analysis and rewriting.

pub mod analyse;
pub mod splice;
