//! The catalog against a real server.

mod fingerprint;
pub mod read;
mod search_path;
mod snapshot;
mod views;
