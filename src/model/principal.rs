//! Who is asking.

use std::net::IpAddr;
use std::sync::Arc;

/// An authenticated asker. Immutable: a change of identity makes a new value.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Principal {
    /// The database user, authenticated by Menshen and used towards PostgreSQL.
    pub database_user: Arc<str>,
    /// The application of `identity.toml` that this connection belongs to, if one matched.
    pub application: Option<Arc<str>>,
    /// Where the client connects from; `None` for a Unix-domain socket.
    pub address: Option<IpAddr>,
    /// The purposes this connection may act for, sorted.
    pub purposes: Arc<[Arc<str>]>,
    /// The policy roles it holds, inherited ones included, sorted.
    pub roles: Arc<[Arc<str>]>,
    /// Reads masks where it would read values: a limit or an administrator has lowered it for now.
    pub lowered: bool,
}
