//! The wire protocol, versions 3.0 to 3.2: where a message ends, what is in it, and how to build one.
//!
//! [`frame`] alone decides where a message ends. What stands in a body is read by [`read::Body`], which gets exactly
//! one body and must finish it; [`client`] and [`server`] are views over a body, [`write`](mod@write) builds the few
//! messages that Menshen says itself. Text is bytes in the client's encoding until somebody converts it.
//!
//! Source of the layouts: PostgreSQL's documentation, chapter "Frontend/Backend Protocol"; of the limits: its sources,
//! `libpq/libpq.h`, `postmaster/postmaster.c`, `tcop/postgres.c` and `fe-protocol3.c`.

pub mod client;
pub mod encoding;
pub mod frame;
pub mod read;
pub mod server;
pub mod write;
