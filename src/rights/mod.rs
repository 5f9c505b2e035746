//! Policy × Snapshot × Principal → Rights.

pub mod bind;
mod builtin;
mod judge_rows;
mod layout;
mod pin;
pub mod report;
mod rows;
mod sort;
pub mod table;

pub use bind::{Binder, bind};

#[cfg(test)]
mod tests;
