//! Who may give orders: a token on the port, the system's word on the socket.

use std::fmt;
use std::io;
use std::os::unix::fs::{FileTypeExt, PermissionsExt};
use std::path::Path;
use std::sync::Arc;

use axum::Json;
use axum::extract::connect_info::Connected;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::{StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use axum::serve::IncomingStream;
use serde_json::json;
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;
use tokio::net::{UnixListener, UnixStream};

use crate::config::secrets::AdminToken;

use super::visitors::Visited;

/// Who asks, as it is written down with what they order.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Administrator(pub String);

/// How administrators are known.
#[derive(Clone, Debug)]
pub enum Door {
    /// By a token. Without any, nobody is one.
    Port(Vec<AdminToken>),
    /// By the number of the user at the other end.
    Socket { own: u32, others: Vec<u32> },
}

/// The user at the other end of the socket; `None`: the system does not say.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Peer(Option<u32>);

/// The socket, with room for so many of each user.
pub type Socket = Visited<UnixListener, Option<u32>>;

impl Connected<IncomingStream<'_, Socket>> for Peer {
    fn connect_info(stream: IncomingStream<'_, Socket>) -> Self {
        Self(user(stream.io().stream()))
    }
}

/// The user at the other end.
pub fn user(stream: &UnixStream) -> Option<u32> {
    stream.peer_cred().ok().map(|peer| peer.uid())
}

/// Why somebody is no administrator.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Stranger {
    /// There is no token to know anybody by.
    Closed,
    NoToken,
    WrongToken,
    WrongUser(Option<u32>),
}

impl fmt::Display for Stranger {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Closed => f.write_str("closed: admin.token_file and MENSHEN_ADMIN_TOKEN name no token"),
            Self::NoToken => f.write_str("`Authorization: Bearer …` with the admin token is needed"),
            Self::WrongToken => f.write_str("wrong token"),
            Self::WrongUser(Some(user)) => write!(f, "user {user} is not in admin.socket_users"),
            Self::WrongUser(None) => f.write_str("the system does not say which user asks"),
        }
    }
}

impl Door {
    /// Who asks.
    ///
    /// # Errors
    /// When it is no administrator.
    pub fn who(&self, bearer: Option<&str>, peer: Option<Peer>) -> Result<Administrator, Stranger> {
        match self {
            Self::Port(tokens) if tokens.is_empty() => Err(Stranger::Closed),
            Self::Port(tokens) => {
                let given = bearer.ok_or(Stranger::NoToken)?;
                // all of them, whichever it is
                let fits = tokens.iter().filter(|token| equal(given, token.secret.reveal())).collect::<Vec<_>>();
                let token = fits.first().ok_or(Stranger::WrongToken)?;
                let name = token.name.as_ref().map(|name| format!("token {name}"));
                Ok(Administrator(name.unwrap_or_else(|| "token".to_owned())))
            }
            Self::Socket { own, others } => match peer.and_then(|peer| peer.0) {
                Some(user) if user == 0 || user == *own || others.contains(&user) => {
                    Ok(Administrator(format!("uid {user}")))
                }
                user => Err(Stranger::WrongUser(user)),
            },
        }
    }
}

/// In a time that does not tell how much of it is right.
fn equal(given: &str, token: &str) -> bool {
    Sha256::digest(given).ct_eq(&Sha256::digest(token)).into()
}

/// Lets administrators through, and tells handlers who it is.
pub async fn guard(State(door): State<Arc<Door>>, mut request: Request, next: Next) -> Response {
    let header = request.headers().get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let bearer = header.and_then(|value| value.strip_prefix("Bearer ")).map(str::trim);
    let peer = request.extensions().get::<ConnectInfo<Peer>>().map(|peer| peer.0);
    match door.who(bearer, peer) {
        Ok(administrator) => {
            request.extensions_mut().insert(administrator);
            next.run(request).await
        }
        Err(stranger) => {
            tracing::warn!(path = request.uri().path(), "an administrator's request was refused: {stranger}");
            let status = match stranger {
                Stranger::NoToken | Stranger::WrongToken => StatusCode::UNAUTHORIZED,
                Stranger::Closed | Stranger::WrongUser(_) => StatusCode::FORBIDDEN,
            };
            (status, Json(json!({ "error": stranger.to_string() }))).into_response()
        }
    }
}

/// Takes the socket. One that a process left behind is replaced; one that somebody serves is not.
///
/// # Errors
/// When the path is taken, too long for a socket, or cannot be written.
pub fn bind(path: &Path) -> io::Result<UnixListener> {
    if std::fs::symlink_metadata(path).is_ok_and(|file| file.file_type().is_socket()) {
        match std::os::unix::net::UnixStream::connect(path) {
            Ok(_) => return Err(io::Error::new(io::ErrorKind::AddrInUse, "another process serves it")),
            Err(error) if error.kind() == io::ErrorKind::ConnectionRefused => std::fs::remove_file(path)?,
            Err(error) => return Err(error),
        }
    }
    let listener = UnixListener::bind(path)?;
    // whoever may connect is asked for by number; others of `admin.socket_users` must reach it
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o666))?;
    Ok(listener)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::secrets::Secret;

    #[test]
    fn only_the_whole_token_opens_the_port() {
        let token = |name: &str, text: &str| AdminToken { name: Some(name.to_owned()), secret: Secret::new(text) };
        let door = Door::Port(vec![token("ann", "0123456789abcdef"), token("ben", "fedcba9876543210")]);
        assert_eq!(door.who(Some("0123456789abcdef"), None), Ok(Administrator("token ann".to_owned())));
        assert_eq!(door.who(Some("fedcba9876543210"), None), Ok(Administrator("token ben".to_owned())));
        for wrong in ["", "0123456789abcde", "0123456789abcdef0", "0123456789abcdeF"] {
            assert_eq!(door.who(Some(wrong), None), Err(Stranger::WrongToken), "{wrong}");
        }
        assert_eq!(door.who(None, Some(Peer(Some(0)))), Err(Stranger::NoToken));
        assert_eq!(Door::Port(Vec::new()).who(Some(""), None), Err(Stranger::Closed));
    }

    #[test]
    fn the_socket_is_for_root_the_process_and_whom_it_names() {
        let door = Door::Socket { own: 70, others: vec![1000] };
        for (user, welcome) in [(0, true), (70, true), (1000, true), (1001, false)] {
            assert_eq!(door.who(Some("any"), Some(Peer(Some(user)))).is_ok(), welcome, "{user}");
        }
        assert_eq!(door.who(None, Some(Peer(None))), Err(Stranger::WrongUser(None)));
        assert_eq!(door.who(None, None), Err(Stranger::WrongUser(None)));
    }
}
