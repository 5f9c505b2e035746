//! The admin port: metrics and health.

mod health;
pub mod routes;
