//! The catalog against a real server.

mod read;
mod search_path;
mod snapshot;
