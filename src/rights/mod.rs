//! Policy × Snapshot × Principal → Rights.

pub mod table;
