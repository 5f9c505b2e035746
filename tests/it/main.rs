//! One binary for every test that needs real servers.
