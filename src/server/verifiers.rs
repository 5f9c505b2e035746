//! What clients' proofs are checked against: the userlist file, then `auth.query`.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use arc_swap::ArcSwap;
use rand::Rng;
use tokio::sync::Semaphore;

use crate::auth::scram_client::Password;
use crate::auth::userlist::{UserSecret, Userlist};
use crate::auth::verifier::{self, DEFAULT_ITERATIONS, Verifier};
use crate::config::{Auth, Problem};

use super::catalogs::Login;
use super::upstream::{QueryError, Row, Upstream};

/// Connections for `auth.query`: whoever has proven nothing yet takes no more of the server's.
const CONNECTIONS: usize = 4;

/// One user of the userlist.
#[derive(Clone, Debug)]
pub struct User {
    pub verifier: Verifier,
    /// The password itself, when the file holds it.
    pub password: Option<Password>,
}

/// Looks verifiers up.
#[derive(Debug)]
pub struct Verifiers {
    auth: Auth,
    login: Arc<Login>,
    users: ArcSwap<HashMap<String, User>>,
    asking: Semaphore,
    idle: Mutex<Vec<Upstream>>,
    /// Random: makes the salts of users that do not exist, and of those whose plain password is listed.
    mock_secret: [u8; 32],
}

/// Reads the userlist, if there is one. Plain passwords are hashed here, which takes milliseconds each.
///
/// # Errors
/// Every line that cannot be used, or that the file cannot be read.
pub fn users(auth: &Auth, mock_secret: &[u8; 32]) -> Result<HashMap<String, User>, Vec<Problem>> {
    let Some(path) = &auth.userlist else { return Ok(HashMap::new()) };
    let name = path.display().to_string();
    let text = std::fs::read_to_string(path).map_err(|error| vec![Problem::of_file(&name, error.to_string())])?;
    let list = Userlist::parse(&text).map_err(|errors| {
        let problem = |error: crate::auth::userlist::UserlistError| Problem {
            line: Some(error.line),
            ..Problem::of_file(&name, error.what.to_string())
        };
        errors.into_iter().map(problem).collect::<Vec<_>>()
    })?;
    Ok(list.iter().map(|(user, secret)| (user.to_owned(), known(user, secret, mock_secret))).collect())
}

fn known(user: &str, secret: &UserSecret, mock_secret: &[u8; 32]) -> User {
    let salt = verifier::salt(mock_secret, user.as_bytes());
    let password = match secret {
        UserSecret::Plain(password) => Some(password.clone()),
        UserSecret::Scram(_) => None,
    };
    User { verifier: secret.clone().into_verifier(&salt, DEFAULT_ITERATIONS), password }
}

impl Verifiers {
    /// # Errors
    /// Every problem of the userlist.
    pub fn new(auth: &Auth, login: Arc<Login>) -> Result<Self, Vec<Problem>> {
        let mut mock_secret = [0; 32];
        rand::rng().fill(&mut mock_secret);
        let users = ArcSwap::from_pointee(users(auth, &mock_secret)?);
        let asking = Semaphore::new(CONNECTIONS);
        Ok(Self { auth: auth.clone(), login, users, asking, idle: Mutex::default(), mock_secret })
    }

    /// Reads the userlist again.
    ///
    /// # Errors
    /// Every problem of it; the old one stays.
    pub fn reload(&self) -> Result<(), Vec<Problem>> {
        self.users.store(Arc::new(users(&self.auth, &self.mock_secret)?));
        Ok(())
    }

    /// What the userlist holds for a user.
    #[must_use]
    pub fn listed(&self, user: &str) -> Option<User> {
        self.users.load().get(user).cloned()
    }

    /// A user's verifier; for users that do not exist or have none, one that no proof fits.
    ///
    /// # Errors
    /// When `auth.query` fails.
    pub async fn verifier(&self, user: &str) -> Result<Verifier, QueryError> {
        if let Some(User { verifier, .. }) = self.listed(user) {
            return Ok(verifier);
        }
        let asked = match &self.auth.query {
            Some(query) => self.ask(query, user).await?,
            None => None,
        };
        Ok(asked.unwrap_or_else(|| Verifier::mock(&self.mock_secret, user.as_bytes(), DEFAULT_ITERATIONS)))
    }

    async fn ask(&self, query: &str, user: &str) -> Result<Option<Verifier>, QueryError> {
        let rows = self.rows(query, user).await?;
        let [row] = rows.as_slice() else { return Ok(None) };
        let secret = match row.as_slice() {
            [Some(name), Some(secret), ..] if name == user => secret,
            _ => return Ok(None),
        };
        let verifier = Verifier::parse(secret);
        if verifier.is_err() {
            tracing::warn!(user, "auth.query answers something else than a SCRAM-SHA-256 secret");
        }
        Ok(verifier.ok())
    }

    /// Asks on a connection that is kept, or on a new one where that has gone.
    async fn rows(&self, query: &str, user: &str) -> Result<Vec<Row>, QueryError> {
        // nobody closes the semaphore
        let _asking = self.asking.acquire().await;
        let kept = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        if let Some(mut upstream) = kept {
            match upstream.query_with(query, &[user]).await {
                Ok(rows) => return Ok(self.keep(upstream, rows)),
                Err(QueryError::Connect(_)) => {}
                Err(error) => return Err(error),
            }
        }
        let Login { connector, user: own, password } = &*self.login;
        let mut upstream = Upstream::connect(connector, own, password.as_ref(), &self.auth.query_database).await?;
        let rows = upstream.query_with(query, &[user]).await?;
        Ok(self.keep(upstream, rows))
    }

    fn keep(&self, upstream: Upstream, rows: Vec<Row>) -> Vec<Row> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(upstream);
        rows
    }
}
