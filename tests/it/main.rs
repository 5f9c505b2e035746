//! One binary for every test that needs real servers.
#![allow(
    dead_code,
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a bench of tools; tests print what programs said and end at the first surprise"
)]

mod alert;
mod catalog;
mod cluster;
mod demo;
mod drivers;
mod extraction;
#[path = "../legit/mod.rs"]
mod legit;
mod masks;
mod matching;
mod menshen;
#[path = "../oracle/mod.rs"]
mod oracle;
mod programs;
mod psql;
#[path = "../store/server.rs"]
mod redis_server;
mod regress;
mod rights;
mod server;
mod wire;
mod writes;
