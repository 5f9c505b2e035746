//! Keeping incidents and messages over a crash, and sending.

pub mod desk;
pub mod http;
pub mod queue;
pub mod send;
pub mod store;
