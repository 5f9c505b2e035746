//! What the pure parts of wire and auth claim, asked of others: PostgreSQL itself, an independent codec, a hostile peer.

mod encoding;
mod hostile;
mod peer;
mod secrets;
mod start_up;
