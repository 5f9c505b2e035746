//! Seen from outside: metrics and logs.

pub mod found;
pub mod metrics;
pub mod tracing;
