//! One binary for every test that needs real servers.
#![allow(dead_code, clippy::disallowed_methods, reason = "a bench of tools; tests print what programs said")]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test that fails may panic")]

mod catalog;
mod cluster;
mod server;
