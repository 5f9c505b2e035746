//! One binary for every test that needs real servers.
#![allow(dead_code, clippy::disallowed_methods, reason = "a bench of tools; tests print what programs said")]

mod catalog;
mod cluster;
mod server;
