//! Incidents and alerts: what the governor noticed, told to people once, and kept until somebody has seen to it.
//!
//! [`incident`] groups signals, [`route`] decides who is told and when, [`render`] writes what each kind of channel
//! takes; [`io`] keeps and sends. Nothing here holds a personal value.

pub mod incident;
pub mod io;
pub mod ledger;
pub mod render;
pub mod route;
pub mod time;
mod words;
