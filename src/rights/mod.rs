//! Policy × Snapshot × Principal → Rights.

pub mod bind;
mod builtin;
mod layout;
pub mod report;
pub mod table;

pub use bind::{Binder, bind};

#[cfg(test)]
mod tests;
