//! What the pure parts of wire and auth claim about PostgreSQL, asked of PostgreSQL.

mod encoding;
mod secrets;
