//! Policy × Snapshot × Principal → Rights.

mod apart;
pub mod bind;
mod builtin;
mod decisive;
mod documents;
mod heirs;
mod judge_rows;
mod labels;
mod layout;
mod names;
mod order;
mod pin;
mod references;
mod removals;
pub mod report;
mod rows;
mod sort;
pub mod table;
pub mod ties;

pub use bind::{Binder, bind};

#[cfg(test)]
mod copies;
#[cfg(test)]
mod tests;
