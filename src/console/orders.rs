//! What an administrator orders about people: the part of the extraction governor that the console needs.

use std::fmt;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// What is ordered.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// One user's statements on protected tables are refused.
    Quarantine,
    /// Everybody is restricted to masks.
    Lockdown,
}

/// An order in force. Times are milliseconds since 1970.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Order {
    pub kind: Kind,
    /// The database user; `None`: everybody.
    pub who: Option<String>,
    pub since: u64,
    /// `None`: until it is lifted.
    pub until: Option<u64>,
    pub reason: String,
    /// Who ordered it; a limit orders by its own name.
    pub by: String,
}

/// What is wanted, by whom and why.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Wanted {
    /// `None`: until it is lifted.
    pub duration: Option<Duration>,
    pub reason: String,
    pub by: String,
}

/// Why an order is not carried out.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
pub enum OrderError {
    /// There is nothing to lift.
    #[error("there is no such order in force: {0}")]
    Absent(String),
    /// The state cannot be written or shared; whether it is in force elsewhere is not known.
    #[error("{0}")]
    Failed(String),
}

/// Whoever carries orders out. Each is in force in this process when its call returns.
pub trait Orders: fmt::Debug + Send + Sync {
    /// Refuses a user's statements on protected tables.
    ///
    /// # Errors
    /// When it cannot be carried out.
    fn quarantine(&self, who: &str, wanted: &Wanted) -> Result<Order, OrderError>;

    /// Lifts a user's quarantine.
    ///
    /// # Errors
    /// When there is none, or it cannot be lifted.
    fn release(&self, who: &str, wanted: &Wanted) -> Result<(), OrderError>;

    /// Restricts everybody to masks.
    ///
    /// # Errors
    /// When it cannot be carried out.
    fn lockdown(&self, wanted: &Wanted) -> Result<Order, OrderError>;

    /// Lifts the restriction of everybody.
    ///
    /// # Errors
    /// When there is none, or it cannot be lifted.
    fn end_lockdown(&self, wanted: &Wanted) -> Result<(), OrderError>;

    /// The orders in force.
    fn list(&self) -> Vec<Order>;
}
