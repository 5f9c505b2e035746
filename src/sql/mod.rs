//! What becomes of a restricted principal's statement: analysis and rewriting.

pub mod analyse;
pub mod shape;
pub mod splice;
