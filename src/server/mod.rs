//! The asynchronous shell: the only folder that owns client and server sockets.

pub mod bundle;
pub mod cancel;
pub mod catalogs;
pub mod connect;
pub mod connection;
pub mod drive;
pub mod proof;
pub mod stream;
pub mod tls;
pub mod upstream;
