//! The asynchronous shell: the only folder that owns client and server sockets.
//!
//! [`listen`] accepts and hands each client to one of the [`workers`]; [`serve`] is one connection's life: [`startup`] and [`login`] until the client is known,
//! [`opening`] until its session is ready, [`drive`] until its end. [`shutdown`] holds the process together.

pub mod alerts;
pub mod bundle;
pub mod cancel;
pub mod catalogs;
pub mod connect;
pub mod connection;
pub mod drive;
pub mod epochs;
mod from_client;
mod from_server;
mod gate;
pub mod governing;
pub mod listen;
mod listener;
pub mod login;
mod long;
pub mod opening;
pub mod orders;
pub mod proof;
pub mod rejection;
pub mod room;
pub mod serve;
pub mod shared;
pub mod shutdown;
pub mod sizes;
pub mod start_options;
mod startup;
pub mod stream;
pub mod tls;
pub mod upstream;
pub mod verifiers;
pub mod workers;
pub mod world;
