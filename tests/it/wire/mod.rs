//! What the pure parts of wire and auth claim, asked of others: PostgreSQL itself, an independent codec, a hostile peer.

mod conversation;
mod encoding;
mod encoding_races;
mod front;
mod hostile;
mod names;
mod peer;
mod raw;
mod secrets;
mod start_up;
