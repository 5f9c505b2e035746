//! The shell against a real server.

mod upstream;
