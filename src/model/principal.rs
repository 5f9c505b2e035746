//! Who is asking.

use std::net::IpAddr;
use std::sync::Arc;

/// How an application names the person it asks for.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum NamedBy {
    /// A setting of the session, `menshen.user`.
    Setting(Arc<str>),
    /// A key of the comment that a statement ends in, after sqlcommenter.
    Comment(Arc<str>),
}

/// The person behind an application, as the application names it.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct EndUser {
    pub name: Arc<str>,
    /// Whether the name came with a proof: else the application's account may have named whomever it liked.
    pub signed: bool,
    /// The policy roles of the person itself, without those of the application's account, sorted.
    pub roles: Arc<[Arc<str>]>,
}

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
    /// The policy roles it holds, inherited ones and those of its end user included, sorted.
    pub roles: Arc<[Arc<str>]>,
    /// Reads masks where it would read values: a limit or an administrator has lowered it for now.
    pub lowered: bool,
    /// Whom the application speaks for now, if it has named anybody.
    pub end_user: Option<EndUser>,
}
