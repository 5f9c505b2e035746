//! Proving who somebody is: SCRAM-SHA-256 in both directions, channel binding, verifiers and the userlist file.
//!
//! A client proves itself to Menshen ([`scram_server`]); from its proof the ClientKey is recovered, with which Menshen
//! proves itself to the server as the same database user ([`scram_client`]) without ever knowing the password.
//! Random nonces and file contents are arguments.
//!
//! Sources: RFC 5802, RFC 7677, RFC 5929; where PostgreSQL is stricter or laxer (`auth-scram.c`, `fe-auth-scram.c`),
//! it decides. Its text for an error is used where a client would see one.

pub mod attributes;
pub mod channel_binding;
pub mod keys;
pub mod scram_client;
pub mod scram_server;
pub mod userlist;
pub mod verifier;
