//! Version numbers of policy and catalog.

/// The pair of versions that an analysis is valid for; each counts up from 1 within a process.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub struct Epochs {
    pub policy: u64,
    pub catalog: u64,
}
