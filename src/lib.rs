//! Menshen: a policy-enforcing PostgreSQL proxy.
//!
//! Start reading at [`session`] (what happens to one client), then [`sql`] (what becomes of its statements)
//! and [`rights`] (what it may see). Folders are listed in dependency order: each may use only folders above it
//! (`tests/tidy.rs` checks that). The pure ones know no socket, file, clock or randomness.

// the vocabulary
pub mod model;

// pure parts, each on its own
pub mod config;
pub mod grammar;
pub mod mask;
pub mod wire;

// what exists and who may see it
pub mod auth;
pub mod catalog;
pub mod policy;
pub mod rights;

// what becomes of a statement
pub mod check;
pub mod sql;

// one client and its server connection, as a machine without sockets
pub mod session;

// what others learn
pub mod alert;
pub mod audit;
pub mod extraction;
pub mod observe;

// the asynchronous shell
pub mod cli;
pub mod console;
pub mod server;
