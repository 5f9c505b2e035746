//! What is stored to check a user: `SCRAM-SHA-256$<iterations>:<salt>$<StoredKey>:<ServerKey>`, as in `pg_authid`.

use std::fmt;

use sha2::{Digest as _, Sha256};
use thiserror::Error;

use super::attributes::{decode, decode_any, encode};
use super::keys::{SaltedPassword, ServerKey, StoredKey};

/// Bytes of a salt that PostgreSQL makes (`SCRAM_DEFAULT_SALT_LEN`).
pub const SALT_LENGTH: usize = 16;

/// The iterations that PostgreSQL uses unless it is told otherwise (`SCRAM_SHA_256_DEFAULT_ITERATIONS`).
pub const DEFAULT_ITERATIONS: u32 = 4096;

/// A SCRAM-SHA-256 secret: enough to check a log-in, not to log in elsewhere.
#[derive(Clone)]
pub struct Verifier {
    iterations: u32,
    salt: Vec<u8>,
    stored: StoredKey,
    server: ServerKey,
    /// False for users that do not exist: their exchange looks like any other and fails at its end.
    genuine: bool,
}

/// A text that is no SCRAM-SHA-256 secret. The text itself is not repeated: it may be a password.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Error)]
pub enum VerifierError {
    #[error("not a SCRAM-SHA-256 secret")]
    Scheme,
    #[error("invalid iteration count in a SCRAM-SHA-256 secret")]
    Iterations,
    #[error("invalid salt in a SCRAM-SHA-256 secret")]
    Salt,
    #[error("invalid StoredKey in a SCRAM-SHA-256 secret")]
    StoredKey,
    #[error("invalid ServerKey in a SCRAM-SHA-256 secret")]
    ServerKey,
}

impl Verifier {
    const SCHEME: &'static str = "SCRAM-SHA-256";

    /// # Errors
    /// Says which part is not as it should be.
    pub fn parse(text: &str) -> Result<Self, VerifierError> {
        let rest = text.strip_prefix(Self::SCHEME).and_then(|rest| rest.strip_prefix('$'));
        let (head, keys) = rest.and_then(|rest| rest.split_once('$')).ok_or(VerifierError::Scheme)?;
        let (iterations, salt) = head.split_once(':').ok_or(VerifierError::Scheme)?;
        let (stored, server) = keys.split_once(':').ok_or(VerifierError::Scheme)?;
        Ok(Self {
            iterations: iteration_count(iterations).ok_or(VerifierError::Iterations)?,
            salt: decode_any(salt).ok().filter(|salt| !salt.is_empty()).ok_or(VerifierError::Salt)?,
            stored: decode(stored).map(StoredKey::from_bytes).map_err(|_| VerifierError::StoredKey)?,
            server: decode(server).map(ServerKey::from_bytes).map_err(|_| VerifierError::ServerKey)?,
            genuine: true,
        })
    }

    /// Whether `text` claims to be a SCRAM-SHA-256 secret, well-formed or not.
    #[must_use]
    pub fn is_one(text: &str) -> bool {
        text.strip_prefix(Self::SCHEME).is_some_and(|rest| rest.starts_with('$'))
    }

    /// Computes the secret of a password. Slow by intention; `salt` is random.
    #[must_use]
    pub fn from_password(password: &[u8], salt: &[u8], iterations: u32) -> Self {
        let salted = SaltedPassword::new(password, salt, iterations);
        Self {
            iterations,
            salt: salt.to_vec(),
            stored: salted.client_key().stored_key(),
            server: salted.server_key(),
            genuine: true,
        }
    }

    /// A verifier for a user that does not exist: always the same for the same name, so that it cannot be told from a
    /// real one, and matched by no password (PostgreSQL's mock authentication). `secret` is random and lasts as long
    /// as the process, better longer.
    #[must_use]
    pub fn mock(secret: &[u8], user: &[u8], iterations: u32) -> Self {
        Self {
            iterations,
            salt: salt(secret, user).to_vec(),
            stored: StoredKey::from_bytes(derived(b"stored", secret, user)),
            server: ServerKey::from_bytes(derived(b"server", secret, user)),
            genuine: false,
        }
    }

    #[must_use]
    pub fn iterations(&self) -> u32 {
        self.iterations
    }

    #[must_use]
    pub fn salt(&self) -> &[u8] {
        &self.salt
    }

    #[must_use]
    pub fn stored_key(&self) -> &StoredKey {
        &self.stored
    }

    #[must_use]
    pub fn server_key(&self) -> &ServerKey {
        &self.server
    }

    /// Whether a user stands behind it.
    #[must_use]
    pub fn genuine(&self) -> bool {
        self.genuine
    }

    /// The secret as `pg_authid` and the userlist hold it.
    #[must_use]
    pub fn to_secret(&self) -> String {
        format!(
            "{}${}:{}${}:{}",
            Self::SCHEME,
            self.iterations,
            encode(&self.salt),
            encode(self.stored.as_bytes()),
            encode(self.server.as_bytes())
        )
    }
}

/// The salt of a user whose password Menshen hashes itself: the same that a mock of that name would show, so that it
/// does not tell, today or after a reload, who exists.
#[must_use]
pub fn salt(secret: &[u8], user: &[u8]) -> [u8; SALT_LENGTH] {
    let digest = derived(b"salt", secret, user);
    digest.first_chunk().copied().unwrap_or_default()
}

/// `secret` has one length throughout, so that no two users' inputs are the same bytes.
fn derived(purpose: &[u8], secret: &[u8], user: &[u8]) -> [u8; 32] {
    Sha256::new().chain_update(purpose).chain_update(secret).chain_update(user).finalize().into()
}

impl fmt::Debug for Verifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Verifier").field("iterations", &self.iterations).finish_non_exhaustive()
    }
}

/// A positive number of plain digits.
pub(super) fn iteration_count(text: &str) -> Option<u32> {
    let plain = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|&count: &u32| plain && count > 0 && i32::try_from(count).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The secret of the password `pencil` with the salt of RFC 7677.
    const SECRET: &str = "SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:\
                          wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=";

    #[test]
    fn a_secret_round_trips_and_is_what_the_password_gives() {
        let verifier = Verifier::parse(SECRET).unwrap();
        assert_eq!(verifier.to_secret(), SECRET);
        let computed = Verifier::from_password(b"pencil", verifier.salt(), verifier.iterations());
        assert_eq!(computed.to_secret(), SECRET);
        assert!(verifier.genuine() && !format!("{verifier:?}").contains("W22"));
    }

    #[test]
    fn each_part_is_checked() {
        let with = |from: &str, to: &str| Verifier::parse(&SECRET.replace(from, to)).unwrap_err();
        assert_eq!(with("SCRAM-SHA-256$", "md5"), VerifierError::Scheme);
        assert_eq!(with("SCRAM-SHA-256$", "SCRAM-SHA-256"), VerifierError::Scheme);
        assert_eq!(with("$WG5", "WG5"), VerifierError::Scheme);
        for count in ["0", "-1", "+1", "", "4096x", "4294967296", "2147483648"] {
            assert_eq!(with("4096", count), VerifierError::Iterations, "{count}");
        }
        assert_eq!(with("W22ZaJ0SNY7soEsUEjb6gQ==", ""), VerifierError::Salt);
        assert_eq!(with("W22ZaJ0SNY7soEsUEjb6gQ==", "!"), VerifierError::Salt);
        assert_eq!(with("WG5d", ""), VerifierError::StoredKey);
        assert_eq!(with("2dU=", "2dU=="), VerifierError::ServerKey);
        assert_eq!(Verifier::parse("").unwrap_err(), VerifierError::Scheme);
    }

    #[test]
    fn a_mock_is_stable_per_user_and_looks_like_postgresql_s_own() {
        let mock = |secret: &[u8], user: &[u8]| Verifier::mock(secret, user, DEFAULT_ITERATIONS);
        assert_eq!(mock(b"s", b"eve").to_secret(), mock(b"s", b"eve").to_secret());
        assert_ne!(mock(b"s", b"eve").salt(), mock(b"s", b"adam").salt());
        assert_ne!(mock(b"s", b"eve").salt(), mock(b"t", b"eve").salt());
        assert_eq!(mock(b"s", b"eve").salt().len(), SALT_LENGTH);
        assert_eq!(mock(b"s", b"eve").salt(), salt(b"s", b"eve"));
        assert!(!mock(b"s", b"eve").genuine());
    }
}
