//! The keys of SCRAM-SHA-256 and the arithmetic between them (RFC 5802, section 3).

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, Mac as _};
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;

/// Bytes of every key, proof and signature: those of a SHA-256 digest.
pub const KEY_LENGTH: usize = 32;

type Digest = [u8; KEY_LENGTH];

/// Random bytes in a nonce (`SCRAM_RAW_NONCE_LEN`).
pub const NONCE_LENGTH: usize = 18;

/// What only the holder of the password can compute.
#[derive(Clone, PartialEq, Eq)]
pub struct ClientKey(Digest);

/// The hash of the ClientKey: enough to check a proof, not to make one.
#[derive(Clone)]
pub struct StoredKey(Digest);

/// What the server signs its last message with.
#[derive(Clone)]
pub struct ServerKey(Digest);

/// The keys with which Menshen can log in to a server as the user they belong to.
#[derive(Clone)]
pub struct LoginKeys {
    pub client: ClientKey,
    pub server: ServerKey,
}

macro_rules! secret {
    ($($name:ident)+) => {$(
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "(…)"))
            }
        }
    )+};
}
secret!(ClientKey StoredKey ServerKey LoginKeys SaltedPassword);

/// What PBKDF2 makes of a password: slow by intention, so to be made off the sessions' threads.
pub struct SaltedPassword(Digest);

impl SaltedPassword {
    /// `iterations` rounds over the prepared password.
    #[must_use]
    pub fn new(password: &[u8], salt: &[u8], iterations: u32) -> Self {
        let prepared = prepared(password);
        Self(pbkdf2::pbkdf2_hmac_array::<Sha256, KEY_LENGTH>(&prepared, salt, iterations))
    }

    #[must_use]
    pub fn client_key(&self) -> ClientKey {
        ClientKey(hmac(&self.0, &[b"Client Key"]))
    }

    #[must_use]
    pub fn server_key(&self) -> ServerKey {
        ServerKey(hmac(&self.0, &[b"Server Key"]))
    }

    #[must_use]
    pub fn login_keys(&self) -> LoginKeys {
        LoginKeys { client: self.client_key(), server: self.server_key() }
    }
}

/// SASLprep, or the bytes as they are where it does not apply: text that is not UTF-8 or that the profile prohibits
/// (PostgreSQL's rule, `pg_saslprep`).
fn prepared(password: &[u8]) -> Vec<u8> {
    let prepared = std::str::from_utf8(password).ok().and_then(|text| stringprep::saslprep(text).ok());
    match prepared {
        Some(text) if !text.is_empty() => text.as_bytes().to_vec(),
        _ => password.to_vec(),
    }
}

impl ClientKey {
    #[must_use]
    pub fn stored_key(&self) -> StoredKey {
        StoredKey(Sha256::digest(self.0).into())
    }

    /// The proof of this key for one exchange.
    #[must_use]
    pub fn proof(&self, exchange: &Exchange) -> [u8; KEY_LENGTH] {
        xor(&self.0, &exchange.signature(&self.stored_key().0))
    }
}

impl StoredKey {
    #[must_use]
    pub fn from_bytes(bytes: [u8; KEY_LENGTH]) -> Self {
        Self(bytes)
    }

    #[must_use]
    pub fn as_bytes(&self) -> &[u8; KEY_LENGTH] {
        &self.0
    }

    /// The ClientKey behind a proof, if the proof is of this key. Takes the same time either way.
    #[must_use]
    pub fn recover(&self, exchange: &Exchange, proof: &[u8; KEY_LENGTH]) -> Option<ClientKey> {
        let candidate = ClientKey(xor(proof, &exchange.signature(&self.0)));
        bool::from(candidate.stored_key().0.ct_eq(&self.0)).then_some(candidate)
    }
}

impl ServerKey {
    #[must_use]
    pub fn from_bytes(bytes: [u8; KEY_LENGTH]) -> Self {
        Self(bytes)
    }

    #[must_use]
    pub fn as_bytes(&self) -> &[u8; KEY_LENGTH] {
        &self.0
    }

    #[must_use]
    pub fn signature(&self, exchange: &Exchange) -> [u8; KEY_LENGTH] {
        exchange.signature(&self.0)
    }

    /// Whether `signature` is this key's for the exchange. Takes the same time either way.
    #[must_use]
    pub fn verifies(&self, exchange: &Exchange, signature: &[u8]) -> bool {
        self.signature(exchange).ct_eq(signature).into()
    }
}

/// What both sides sign: RFC 5802's AuthMessage.
#[derive(Clone, Copy, Debug)]
pub struct Exchange<'a> {
    pub client_first_bare: &'a str,
    pub server_first: &'a str,
    pub client_final_without_proof: &'a str,
}

impl Exchange<'_> {
    fn signature(&self, key: &Digest) -> Digest {
        let parts = [self.client_first_bare, ",", self.server_first, ",", self.client_final_without_proof];
        hmac(key, &parts.map(str::as_bytes))
    }
}

/// A nonce of one side: printable, without comma.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Nonce(String);

impl Nonce {
    /// A nonce from random bytes.
    #[must_use]
    pub fn new(random: [u8; NONCE_LENGTH]) -> Self {
        Self(STANDARD.encode(random))
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    #[cfg(test)]
    pub(super) fn of(text: &str) -> Self {
        Self(text.to_owned())
    }
}

/// HMAC-SHA-256 over parts that follow each other.
fn hmac(key: &[u8], parts: &[&[u8]]) -> Digest {
    // HMAC takes keys of any length, so the error branch has no key that reaches it
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key) else { return [0; KEY_LENGTH] };
    parts.iter().for_each(|part| mac.update(part));
    mac.finalize().into_bytes().into()
}

fn xor(a: &Digest, b: &Digest) -> Digest {
    let mut result = *a;
    result.iter_mut().zip(b).for_each(|(byte, other)| *byte ^= other);
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_are_prepared_as_postgresql_does() {
        assert_eq!(prepared("I\u{AD}X".as_bytes()), b"IX", "soft hyphen is mapped to nothing");
        assert_eq!(prepared("\u{AA}".as_bytes()), b"a", "compatibility form");
        assert_eq!(prepared("a\u{A0}b".as_bytes()), b"a b", "non-ASCII space");
        assert_eq!(prepared("密码".as_bytes()), "密码".as_bytes());
        // prohibited, not UTF-8, or nothing left: the bytes as they are
        assert_eq!(prepared(b"a\x07"), b"a\x07");
        assert_eq!(prepared("\u{627}\u{31}".as_bytes()), "\u{627}\u{31}".as_bytes());
        assert_eq!(prepared(b"\xd5\xc5"), b"\xd5\xc5");
        assert_eq!(prepared("\u{AD}".as_bytes()), "\u{AD}".as_bytes());
    }

    #[test]
    fn keys_do_not_print() {
        let keys = SaltedPassword::new(b"secret", b"salt", 1);
        assert_eq!(
            format!("{:?} {:?}", keys.login_keys(), keys.client_key().stored_key()),
            "LoginKeys(…) StoredKey(…)"
        );
    }

    #[test]
    fn a_proof_gives_back_the_client_key() {
        let keys = SaltedPassword::new(b"secret", b"salt", 2).login_keys();
        let exchange = Exchange { client_first_bare: "a", server_first: "b", client_final_without_proof: "c" };
        let other = Exchange { client_first_bare: "a", server_first: "b", client_final_without_proof: "d" };
        let stored = keys.client.stored_key();
        let proof = keys.client.proof(&exchange);
        assert!(stored.recover(&exchange, &proof) == Some(keys.client));
        assert!(stored.recover(&other, &proof).is_none());
        assert!(keys.server.verifies(&exchange, &keys.server.signature(&exchange)));
        assert!(!keys.server.verifies(&other, &keys.server.signature(&exchange)));
        assert!(!keys.server.verifies(&exchange, b""));
    }
}
