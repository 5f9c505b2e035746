//! What becomes of a restricted principal's statement: analysis and rewriting.
//!
//! Start at [`analyse::analyse`]. `classify` has the statement classes, `query` and `expression` walk the tree,
//! `scope` knows the names in sight, `scan` resolves and substitutes relations, `columns` settles what depends on the
//! whole statement, `splice` applies the edits.

pub mod analyse;
pub mod shape;
pub mod splice;

mod alone;
mod alter;
mod behind;
mod carried;
mod classify;
mod columns;
mod copy;
mod disk;
mod early;
mod expression;
mod filtered;
mod functions;
mod leaks;
mod matching;
mod missing;
mod moments;
mod normalize;
mod outputs;
mod parameters;
mod query;
mod readings;
mod refuse;
mod returning;
mod scan;
mod scope;
mod settings;
mod side;
mod skeleton;
mod span;
mod spare;
mod star;
pub mod tag;
mod target;
mod temporary;
mod tied;
mod types;
mod walk;
mod whole;
mod writes;
