//! The stores of what extraction counts: with a real Redis, with processes that are killed, with clocks that jump.
//! What runs here needs no PostgreSQL; `scripts/env.sh redis` finds or installs the server.
#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "tests print what they measured and end at the first surprise"
)]

#[path = "store/crash.rs"]
mod crash;
#[path = "store/embedded.rs"]
mod embedded;
#[path = "store/orders.rs"]
mod orders;
#[path = "store/outage.rs"]
mod outage;
#[path = "store/parallel.rs"]
mod parallel;
#[path = "store/server.rs"]
mod server;
#[path = "store/world.rs"]
mod world;
