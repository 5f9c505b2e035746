//! The catalog against a real server.

mod read;
mod snapshot;
