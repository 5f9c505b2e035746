//! The admin port and socket: metrics and health for everybody, incidents and orders for administrators.

pub mod admin;
mod commands;
mod health;
mod incidents;
pub mod orders;
mod port;
pub mod routes;
