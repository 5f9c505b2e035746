//! The catalog against a real server.

mod fingerprint;
pub mod read;
mod reviewed;
mod search_path;
mod snapshot;
mod views;
