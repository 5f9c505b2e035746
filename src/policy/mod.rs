//! The policy bundle: files as written, compiled as a whole or not at all.

mod alert_file;
pub mod alerts;
pub mod bundle;
mod casbin;
pub mod classification;
pub mod compile;
pub mod condition;
mod detector_file;
pub mod diagnostic;
mod document;
pub mod documents;
pub mod end_user;
pub mod identity;
mod limit_file;
pub mod limits;
pub mod masks;
pub mod matrix;
mod names;
pub mod roles;
pub mod rows;
pub mod schedule;
mod warnings;

pub use self::casbin::MODEL;
pub use compile::{Decision, Decisions, Policy, compile, no_rule};

#[cfg(test)]
pub(crate) mod tests;
