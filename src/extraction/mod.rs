//! Extraction: whoever takes too much is noticed, slowed and stopped.
//!
//! Pure but for `io`, which keeps and shares the counts: no clock, no I/O; `now` is the time since the Unix epoch. The
//! shell should derive it from a monotonic clock that was set by the wall clock once, so that a jump of the wall clock
//! moves no window of a running process.
//!
//! [`governor::Governor`] answers the question that a session asks before bytes move. Its answer is made in two steps,
//! so that several replicas can share their counts:
//!
//! 1. [`governor::Governor::count`] finds the meters that an [`crate::model::disclosure::Ask`] concerns, and adds to
//!    the local ones. What it returns says for each meter what to add where: [`count::Count`].
//! 2. [`governor::Governor::decide`] turns totals into a verdict and signals. The totals are the local ones
//!    ([`governor::Basis::Local`]), or those of a shared store ([`governor::Basis::Shared`]), or the local ones
//!    against a share of each limit while the store is away ([`governor::Basis::Share`]).
//!
//! [`governor::Governor::ask`] does both locally. An asynchronous shell with a shared store does in between, in one
//! round trip: for each `Count`, by `key` and `slice`, `INCRBY number` and, where `persons`, `PFADD` of the ask's
//! digests; and reads the sum (`PFCOUNT` over the slices) of the `SLICES` slices before and this one. Counting always
//! comes before deciding, so parallel sessions cannot each take what is left.
//!
//! Files: `window` and `subjects` count, `baseline` knows what is usual, `count` says which meters an ask concerns,
//! `respond` enters and leaves steps and paces, `walk`, `profile` and `detect` are the detectors, `orders` what is
//! ordered for named accounts, `shard` where it is all kept, `state` what is persisted of it, `io` where and by whom.

pub mod baseline;
pub mod count;
mod decide;
pub mod detect;
pub mod governor;
pub mod io;
pub mod orders;
pub mod profile;
pub mod respond;
mod rules;
mod shard;
pub mod simulate;
pub mod state;
pub mod subjects;
pub mod walk;
pub mod window;

pub use governor::{Basis, Governor};

#[cfg(test)]
mod detector_tests;
#[cfg(test)]
mod tests;
