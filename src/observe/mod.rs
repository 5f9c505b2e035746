//! Seen from outside: metrics and logs.

pub mod metrics;
pub mod tracing;
