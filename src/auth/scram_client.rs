//! The client's side of SCRAM: Menshen proves itself to a server, and has the server prove itself in return. One type
//! per step; a step consumes the one before.
//!
//! [`begin`] → [`ExpectServerFirst`] → [`ExpectServerFinal`] → [`ServerProved`].

use thiserror::Error;

use super::attributes::{Attributes, Flaw, decode, decode_any, encode};
use super::channel_binding::{self, EndPoint};
use super::keys::{Exchange, LoginKeys, Nonce, SaltedPassword};
use super::scram_server::{SCRAM, SCRAM_PLUS};
use super::verifier::iteration_count;

/// More rounds than this are not computed for a server that asks for them: it would stop the session for minutes.
/// PostgreSQL's own default is 4,096.
pub const ITERATION_LIMIT: u32 = 2_000_000;

/// Why the exchange with the server ended.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
pub enum ServerLoginError {
    #[error("the server offers no SCRAM mechanism")]
    NoMechanism,
    #[error("the server offered SCRAM-SHA-256-PLUS authentication over a connection without TLS")]
    PlusWithoutTls,
    #[error("channel binding is required, but the server or its certificate does not support it")]
    BindingRequired,
    #[error("malformed SCRAM message from the server: {0}")]
    Malformed(Flaw),
    #[error("invalid SCRAM response from the server: nonce mismatch")]
    Nonce,
    #[error("the server asks for {0} SCRAM iterations")]
    Iterations(u32),
    #[error("the server refused the SCRAM exchange: {0}")]
    Refused(String),
    #[error("incorrect server signature: the peer does not know this user's secret")]
    Signature,
}

impl From<Flaw> for ServerLoginError {
    fn from(flaw: Flaw) -> Self {
        Self::Malformed(flaw)
    }
}

/// What Menshen proves that it knows.
#[derive(Clone, Debug)]
pub enum Secret {
    /// Recovered from the client's proof, or stored: no slow computation.
    Keys(LoginKeys),
    /// Salted and hashed in the middle of the exchange, slow by intention.
    Password(Password),
}

/// A password; never printed.
#[derive(Clone)]
pub struct Password(Vec<u8>);

impl Password {
    #[must_use]
    pub fn new(password: impl Into<Vec<u8>>) -> Self {
        Self(password.into())
    }

    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

impl std::fmt::Debug for Password {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Password(…)")
    }
}

/// The connection to the server, as far as binding to it goes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Channel {
    /// Without TLS.
    Plain,
    /// TLS, but binding is switched off or the certificate has no hash for it.
    Unbindable,
    /// TLS, and the binding of the certificate that the server showed.
    Bindable(EndPoint),
}

/// Chooses a mechanism among those on offer, as libpq does: with binding wherever both sides can. Answers its name
/// and the data for the SASLInitialResponse.
///
/// # Errors
/// No mechanism fits; binding is `required` and cannot be had.
pub fn begin<'a>(
    offered: impl IntoIterator<Item = &'a [u8]>,
    channel: Channel,
    required: bool,
    secret: Secret,
    nonce: &Nonce,
) -> Result<(&'static str, Vec<u8>, ExpectServerFirst), ServerLoginError> {
    let (mut plus, mut plain) = (false, false);
    for mechanism in offered {
        plus |= mechanism == SCRAM_PLUS.as_bytes();
        plain |= mechanism == SCRAM.as_bytes();
    }
    let (mechanism, header, binding) = match channel {
        Channel::Bindable(end_point) if plus => (SCRAM_PLUS, format!("p={},,", channel_binding::NAME), Some(end_point)),
        Channel::Plain if plus => return Err(ServerLoginError::PlusWithoutTls),
        _ if required => return Err(ServerLoginError::BindingRequired),
        _ if !plain => return Err(ServerLoginError::NoMechanism),
        // the server did not offer binding: should somebody in between have taken the offer away, `y` tells it
        Channel::Bindable(_) => (SCRAM, "y,,".to_owned(), None),
        Channel::Plain | Channel::Unbindable => (SCRAM, "n,,".to_owned(), None),
    };
    let next = ExpectServerFirst::new(header, binding, "", nonce.as_str(), secret);
    Ok((mechanism, next.client_first(), next))
}

/// The server's nonce, salt and iterations are to come.
#[derive(Debug)]
pub struct ExpectServerFirst {
    secret: Secret,
    header: String,
    binding: Option<EndPoint>,
    nonce: String,
    client_first_bare: String,
}

impl ExpectServerFirst {
    /// PostgreSQL takes the user from the start-up packet, so the name here is empty as libpq's is.
    fn new(header: String, binding: Option<EndPoint>, user: &str, nonce: &str, secret: Secret) -> Self {
        Self { secret, header, binding, nonce: nonce.to_owned(), client_first_bare: format!("n={user},r={nonce}") }
    }

    fn client_first(&self) -> Vec<u8> {
        format!("{}{}", self.header, self.client_first_bare).into_bytes()
    }

    /// Answers the server-first-message with the data of a SASLResponse.
    ///
    /// # Errors
    /// A message that is not SCRAM's, a nonce that does not continue ours, absurd iterations.
    pub fn first(self, data: &[u8]) -> Result<(Vec<u8>, ExpectServerFinal), ServerLoginError> {
        let server_first = Attributes::text(data)?;
        let mut attributes = Attributes::new(server_first);
        let nonce = attributes.nonce()?;
        if nonce.len() <= self.nonce.len() || !nonce.starts_with(&self.nonce) {
            return Err(ServerLoginError::Nonce);
        }
        let salt = decode_any(attributes.value('s')?)?;
        let iterations = iteration_count(attributes.value('i')?).ok_or("Invalid iteration count.")?;
        if !attributes.is_empty() {
            return Err(ServerLoginError::Malformed("Garbage at the end of the server-first-message."));
        }
        let keys = login_keys(self.secret, &salt, iterations)?;
        let mut binding = self.header.into_bytes();
        binding.extend(self.binding.iter().flat_map(EndPoint::as_bytes));
        let without_proof = format!("c={},r={nonce}", encode(&binding));
        let next = ExpectServerFinal {
            keys,
            client_first_bare: self.client_first_bare,
            server_first: server_first.to_owned(),
            without_proof,
        };
        Ok((next.client_final(), next))
    }
}

fn login_keys(secret: Secret, salt: &[u8], iterations: u32) -> Result<LoginKeys, ServerLoginError> {
    match secret {
        Secret::Keys(keys) => Ok(keys),
        Secret::Password(_) if iterations > ITERATION_LIMIT => Err(ServerLoginError::Iterations(iterations)),
        Secret::Password(password) => Ok(SaltedPassword::new(password.as_bytes(), salt, iterations).login_keys()),
    }
}

/// The server's signature is to come.
#[derive(Debug)]
pub struct ExpectServerFinal {
    keys: LoginKeys,
    client_first_bare: String,
    server_first: String,
    without_proof: String,
}

/// The server knows the user's secret too. Without this an AuthenticationOk means nothing.
#[derive(Debug)]
pub struct ServerProved(());

impl ExpectServerFinal {
    fn exchange(&self) -> Exchange<'_> {
        Exchange {
            client_first_bare: &self.client_first_bare,
            server_first: &self.server_first,
            client_final_without_proof: &self.without_proof,
        }
    }

    fn client_final(&self) -> Vec<u8> {
        let proof = self.keys.client.proof(&self.exchange());
        format!("{},p={}", self.without_proof, encode(&proof)).into_bytes()
    }

    /// Checks the data of the AuthenticationSASLFinal.
    ///
    /// # Errors
    /// An error that the server reports, a message that is not SCRAM's, a wrong signature.
    pub fn last(self, data: &[u8]) -> Result<ServerProved, ServerLoginError> {
        let text = Attributes::text(data)?;
        if let Some(error) = text.strip_prefix("e=") {
            return Err(ServerLoginError::Refused(error.chars().take(100).collect()));
        }
        let mut attributes = Attributes::new(text);
        let signature = decode::<32>(attributes.value('v')?)?;
        if !attributes.is_empty() {
            return Err(ServerLoginError::Malformed("Garbage at the end of the server-final-message."));
        }
        if self.keys.server.verifies(&self.exchange(), &signature) {
            Ok(ServerProved(()))
        } else {
            Err(ServerLoginError::Signature)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::scram_server::{ExpectMechanism, LoginError, Proved};
    use super::super::verifier::Verifier;
    use super::*;
    use proptest::prelude::*;

    const SERVER_FIRST: &str = "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096";
    const SERVER_FINAL: &str = "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=";

    fn password() -> Secret {
        Secret::Password(Password::new("pencil"))
    }

    fn rfc_7677() -> ExpectServerFirst {
        ExpectServerFirst::new("n,,".to_owned(), None, "user", "rOprNGfwEbeRWgbNEkqO", password())
    }

    #[test]
    fn the_exchange_of_rfc_7677() {
        let client = rfc_7677();
        assert_eq!(client.client_first(), b"n,,n=user,r=rOprNGfwEbeRWgbNEkqO");
        let (answer, next) = client.first(SERVER_FIRST.as_bytes()).unwrap();
        assert_eq!(
            answer,
            b"c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,\
              p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ="
        );
        assert!(next.last(SERVER_FINAL.as_bytes()).is_ok());
    }

    #[test]
    fn a_server_that_does_not_know_the_secret_is_found_out() {
        let last = |data: &str| rfc_7677().first(SERVER_FIRST.as_bytes()).unwrap().1.last(data.as_bytes()).unwrap_err();
        assert_eq!(last(&SERVER_FINAL.replace("6rri", "6rrj")), ServerLoginError::Signature);
        assert_eq!(last("e=other-error"), ServerLoginError::Refused("other-error".to_owned()));
        for text in ["", "v=", "v=YQ==", "x=1", &format!("{SERVER_FINAL},x=1"), &format!("{SERVER_FINAL}\0")] {
            assert!(matches!(last(text), ServerLoginError::Malformed(_)), "{text}");
        }
    }

    #[test]
    fn first_messages_of_a_false_server() {
        let first = |data: &str| rfc_7677().first(data.as_bytes()).map(|_| ()).unwrap_err();
        let with = |from: &str, to: &str| first(&SERVER_FIRST.replace(from, to));
        assert_eq!(with("r=rOpr", "r=xOpr"), ServerLoginError::Nonce);
        assert_eq!(with("%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0", ""), ServerLoginError::Nonce, "our own half alone");
        assert_eq!(with("4096", "2147483647"), ServerLoginError::Iterations(2_147_483_647));
        let malformed = |error| matches!(error, ServerLoginError::Malformed(_));
        for (from, to) in [("4096", "0"), ("4096", "-1"), ("4096", "4096 "), ("4096", "4096,x=1"), (",i=4096", "")] {
            assert!(malformed(with(from, to)), "{to}");
        }
        assert!(malformed(with("W22Z", "!")) && malformed(with("r=", "m=")) && malformed(first("")));
    }

    #[test]
    fn the_mechanism_follows_the_offer_and_the_channel() {
        let bindable = || Channel::Bindable(EndPoint::of(b"hash"));
        let choose = |offered: &[&str], channel, required| {
            let offered: Vec<_> = offered.iter().map(|name| name.as_bytes()).collect();
            begin(offered, channel, required, password(), &Nonce::of("abc"))
                .map(|(name, data, _)| (name, String::from_utf8(data).unwrap()))
        };
        let both = [SCRAM_PLUS, SCRAM];
        let bound = (SCRAM_PLUS, "p=tls-server-end-point,,n=,r=abc".to_owned());
        assert_eq!(choose(&both, bindable(), false), Ok(bound.clone()));
        assert_eq!(choose(&both, bindable(), true), Ok(bound));
        assert_eq!(choose(&[SCRAM], bindable(), false), Ok((SCRAM, "y,,n=,r=abc".to_owned())));
        assert_eq!(choose(&both, Channel::Unbindable, false), Ok((SCRAM, "n,,n=,r=abc".to_owned())));
        assert_eq!(choose(&[SCRAM], Channel::Plain, false), Ok((SCRAM, "n,,n=,r=abc".to_owned())));
        assert_eq!(choose(&both, Channel::Plain, false), Err(ServerLoginError::PlusWithoutTls));
        for (offer, channel) in [(&both[1..], bindable()), (&both, Channel::Unbindable), (&both[1..], Channel::Plain)] {
            assert_eq!(choose(offer, channel, true), Err(ServerLoginError::BindingRequired));
        }
        assert_eq!(choose(&["OAUTHBEARER"], bindable(), false), Err(ServerLoginError::NoMechanism));
        assert_eq!(choose(&[SCRAM_PLUS], Channel::Unbindable, false), Err(ServerLoginError::NoMechanism));
    }

    /// Plays one whole exchange.
    fn exchange(
        secret: Secret,
        verifier: &Verifier,
        channel: Channel,
        ours: Option<EndPoint>,
    ) -> Result<Proved, LoginError> {
        let server = ExpectMechanism::new(verifier.clone(), ours, Nonce::new([7; 18]));
        let offered: Vec<_> = server.mechanisms().iter().map(|name| name.as_bytes()).collect();
        let (mechanism, data, client) = begin(offered, channel, false, secret, &Nonce::new([9; 18])).unwrap();
        let (data, server) = server.choose(mechanism.as_bytes())?.first(&data)?;
        let (data, client) = client.first(&data).unwrap();
        let proved = server.last(&data)?;
        client.last(&proved.answer).unwrap();
        Ok(proved)
    }

    #[test]
    fn recovered_keys_log_in_where_the_password_would() {
        let verifier = Verifier::from_password(b"secret", b"0123456789abcdef", 64);
        let secret = Secret::Password(Password::new("secret"));
        let proved = exchange(secret, &verifier, Channel::Plain, None).unwrap();
        let again = exchange(Secret::Keys(proved.keys), &verifier, Channel::Plain, None).unwrap();
        assert!(!again.bound);
        let wrong = exchange(Secret::Password(Password::new("Secret")), &verifier, Channel::Plain, None);
        assert_eq!(wrong.unwrap_err(), LoginError::Failed);
    }

    #[test]
    fn an_attacker_between_two_tls_connections_is_found_out() {
        let verifier = Verifier::from_password(b"secret", b"0123456789abcdef", 64);
        let play = |channel, ours: Option<&[u8]>| {
            let secret = Secret::Password(Password::new("secret"));
            exchange(secret, &verifier, channel, ours.map(EndPoint::of))
        };
        let seen = |hash: &[u8]| Channel::Bindable(EndPoint::of(hash));
        assert!(play(seen(b"ours"), Some(b"ours")).unwrap().bound);
        assert_eq!(play(seen(b"theirs"), Some(b"ours")).unwrap_err(), LoginError::BindingMismatch);
        assert!(!play(seen(b"theirs"), None).unwrap().bound, "binding was never on offer");
        // the attacker takes PLUS out of the offer: the client's `y` gives it away
        let server = ExpectMechanism::new(verifier.clone(), Some(EndPoint::of(b"ours")), Nonce::new([7; 18]));
        let (mechanism, data, _) =
            begin([SCRAM.as_bytes()], seen(b"theirs"), false, password(), &Nonce::new([9; 18])).unwrap();
        let error = server.choose(mechanism.as_bytes()).unwrap().first(&data).unwrap_err();
        assert_eq!(error, LoginError::Downgrade);
    }

    #[test]
    fn passwords_do_not_print() {
        assert_eq!(format!("{:?}", password()), "Password(Password(…))");
    }

    proptest! {
        #[test]
        fn no_bytes_panic(data in prop::collection::vec(any::<u8>(), 0..64), text in "[a-z=,+/0-9]{0,40}") {
            let keys = SaltedPassword::new(b"secret", b"salt", 1).login_keys();
            let client = || ExpectServerFirst::new("n,,".to_owned(), None, "", "abc", Secret::Keys(keys.clone()));
            for data in [&data[..], text.as_bytes(), &[b"r=abc", text.as_bytes()].concat()] {
                let _ = client().first(data);
                let (_, next) = client().first(b"r=abcd,s=YQ==,i=1").unwrap();
                prop_assert!(next.last(data).is_err());
            }
        }
    }
}
