//! The server's side of SCRAM: a client proves itself to Menshen. One type per step; a step consumes the one before.
//!
//! [`ExpectMechanism`] → [`ExpectFirst`] → [`ExpectFinal`] → [`Proved`].

use subtle::ConstantTimeEq as _;
use thiserror::Error;

use super::attributes::{Attributes, Flaw, decode, encode};
use super::channel_binding::{self, EndPoint};
use super::keys::{Exchange, KEY_LENGTH, LoginKeys, Nonce};
use super::verifier::Verifier;
use crate::wire::frame::SASL_MESSAGE_LIMIT;

/// The mechanism without channel binding.
pub const SCRAM: &str = "SCRAM-SHA-256";
/// The mechanism with channel binding.
pub const SCRAM_PLUS: &str = "SCRAM-SHA-256-PLUS";

/// Why a client is not let in. Messages are PostgreSQL's.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Error)]
pub enum LoginError {
    #[error("client selected an invalid SASL authentication mechanism")]
    Mechanism,
    #[error("malformed SCRAM message")]
    Malformed(Flaw),
    #[error("SCRAM channel binding negotiation error")]
    Downgrade,
    #[error("unsupported SCRAM channel-binding type")]
    BindingType,
    #[error("client uses authorization identity, but it is not supported")]
    AuthorizationIdentity,
    #[error("client requires an unsupported SCRAM extension")]
    Extension,
    #[error("unexpected SCRAM channel-binding attribute in client-final-message")]
    BindingAttribute,
    #[error("SCRAM channel binding check failed")]
    BindingMismatch,
    #[error("invalid SCRAM response")]
    Nonce,
    /// To be shown with the user's name behind it, as PostgreSQL does; says nothing about whether the user exists.
    #[error("password authentication failed")]
    Failed,
}

impl LoginError {
    #[must_use]
    pub fn sqlstate(self) -> &'static str {
        match self {
            Self::Failed => "28P01",
            Self::Downgrade | Self::BindingMismatch => "28000",
            Self::AuthorizationIdentity | Self::Extension => "0A000",
            _ => "08P01",
        }
    }

    /// The DETAIL field, where there is one.
    #[must_use]
    pub fn detail(self) -> Option<&'static str> {
        match self {
            Self::Malformed(flaw) => Some(flaw),
            Self::Downgrade => Some(
                "The client supports SCRAM channel binding but thinks the server does not.  \
                 However, this server does support channel binding.",
            ),
            Self::Nonce => Some("Nonce does not match."),
            _ => None,
        }
    }
}

impl From<Flaw> for LoginError {
    fn from(flaw: Flaw) -> Self {
        Self::Malformed(flaw)
    }
}

/// The client has been offered mechanisms and is to choose one.
#[derive(Debug)]
pub struct ExpectMechanism {
    verifier: Verifier,
    end_point: Option<EndPoint>,
    nonce: Nonce,
}

impl ExpectMechanism {
    /// `verifier` is the user's, or a mock. `end_point` is the binding of our own certificate on a TLS connection;
    /// without it no channel binding is offered. `nonce` is fresh and random.
    #[must_use]
    pub fn new(verifier: Verifier, end_point: Option<EndPoint>, nonce: Nonce) -> Self {
        Self { verifier, end_point, nonce }
    }

    /// What AuthenticationSASL offers.
    #[must_use]
    pub fn mechanisms(&self) -> &'static [&'static str] {
        if self.end_point.is_some() { &[SCRAM_PLUS, SCRAM] } else { &[SCRAM] }
    }

    /// Takes the mechanism of the SASLInitialResponse. If the response carries no data, an empty
    /// AuthenticationSASLContinue asks for it.
    ///
    /// # Errors
    /// A mechanism that was not offered.
    pub fn choose(self, mechanism: &[u8]) -> Result<ExpectFirst, LoginError> {
        let chosen = self.mechanisms().iter().find(|offered| offered.as_bytes() == mechanism);
        let plus = *chosen.ok_or(LoginError::Mechanism)? == SCRAM_PLUS;
        Ok(ExpectFirst { server: self, plus })
    }
}

/// The client's first message is to come.
#[derive(Debug)]
pub struct ExpectFirst {
    server: ExpectMechanism,
    plus: bool,
}

/// What the client says about channel binding in its first message.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Gs2Flag {
    /// It cannot.
    No,
    /// It could, but thinks that we cannot.
    ThinksNo,
    Bound,
}

impl ExpectFirst {
    /// Answers the client-first-message with the data of an AuthenticationSASLContinue.
    ///
    /// # Errors
    /// A message that is not SCRAM's, asks for what is not supported, or hides that binding was on offer.
    pub fn first(self, data: &[u8]) -> Result<(Vec<u8>, ExpectFinal), LoginError> {
        let text = message(data)?;
        let (flag, bare) = self.header(text)?;
        let mut attributes = Attributes::new(bare);
        if bare.starts_with('m') {
            return Err(LoginError::Extension);
        }
        // the user is the one of the start-up packet; what stands here is ignored, as PostgreSQL does
        attributes.value('n')?;
        let client_nonce = attributes.nonce()?;
        while !attributes.is_empty() {
            attributes.any()?;
        }
        let Self { server: ExpectMechanism { verifier, end_point, nonce }, .. } = self;
        let nonce = format!("{client_nonce}{}", nonce.as_str());
        let server_first = format!("r={nonce},s={},i={}", encode(verifier.salt()), verifier.iterations());
        let gs2_header = text.get(..text.len() - bare.len()).unwrap_or_default();
        let mut binding = gs2_header.as_bytes().to_vec();
        if let (Gs2Flag::Bound, Some(end_point)) = (flag, &end_point) {
            binding.extend_from_slice(end_point.as_bytes());
        }
        let next = ExpectFinal {
            verifier,
            nonce,
            binding: encode(&binding),
            bound: flag == Gs2Flag::Bound,
            client_first_bare: bare.to_owned(),
            server_first: server_first.clone(),
        };
        Ok((server_first.into_bytes(), next))
    }

    /// Splits the GS2 header off and compares its flag with what was offered and chosen.
    fn header<'a>(&self, text: &'a str) -> Result<(Gs2Flag, &'a str), LoginError> {
        let (flag, rest) = text.split_once(',').ok_or("Unexpected end of the GS2 header.")?;
        let flag = match flag {
            "n" => Gs2Flag::No,
            "y" => Gs2Flag::ThinksNo,
            _ => match flag.strip_prefix("p=") {
                Some(channel_binding::NAME) => Gs2Flag::Bound,
                Some(_) if self.plus => return Err(LoginError::BindingType),
                Some(_) => Gs2Flag::Bound,
                None => return Err(LoginError::Malformed("Unexpected channel-binding flag.")),
            },
        };
        match (flag, self.plus) {
            (Gs2Flag::Bound, false) => Err(LoginError::Malformed(
                "The client selected SCRAM-SHA-256 without channel binding, but the SCRAM message includes channel \
                 binding data.",
            )),
            (Gs2Flag::No | Gs2Flag::ThinksNo, true) => Err(LoginError::Malformed(
                "The client selected SCRAM-SHA-256-PLUS, but the SCRAM message does not include channel binding data.",
            )),
            (Gs2Flag::ThinksNo, false) if self.server.end_point.is_some() => Err(LoginError::Downgrade),
            _ => match rest.strip_prefix(',') {
                Some(bare) => Ok((flag, bare)),
                None if rest.starts_with('a') => Err(LoginError::AuthorizationIdentity),
                None => Err(LoginError::Malformed("Unexpected attribute in client-first-message.")),
            },
        }
    }
}

/// The client's proof is to come.
#[derive(Debug)]
pub struct ExpectFinal {
    verifier: Verifier,
    nonce: String,
    /// The `c` attribute that the proof must carry.
    binding: String,
    bound: bool,
    client_first_bare: String,
    server_first: String,
}

/// The client has proved itself.
#[derive(Debug)]
pub struct Proved {
    /// The data of the AuthenticationSASLFinal.
    pub answer: Vec<u8>,
    /// With these Menshen logs in to the server as this user.
    pub keys: LoginKeys,
    /// Whether the proof was bound to the TLS connection.
    pub bound: bool,
}

impl ExpectFinal {
    /// Checks the client-final-message.
    ///
    /// # Errors
    /// A message that is not SCRAM's or of another exchange; a wrong proof, and any proof of a mock user.
    pub fn last(self, data: &[u8]) -> Result<Proved, LoginError> {
        let text = message(data)?;
        let mut attributes = Attributes::new(text);
        let binding = attributes.value('c')?;
        if !bool::from(binding.as_bytes().ct_eq(self.binding.as_bytes())) {
            return Err(if self.bound { LoginError::BindingMismatch } else { LoginError::BindingAttribute });
        }
        let nonce = attributes.nonce()?;
        let (without_proof, proof) = proof(text, attributes)?;
        if !bool::from(nonce.as_bytes().ct_eq(self.nonce.as_bytes())) {
            return Err(LoginError::Nonce);
        }
        let exchange = Exchange {
            client_first_bare: &self.client_first_bare,
            server_first: &self.server_first,
            client_final_without_proof: without_proof,
        };
        // the same work for users that do not exist
        let client = self.verifier.stored_key().recover(&exchange, &proof);
        let signature = self.verifier.server_key().signature(&exchange);
        let client = client.filter(|_| self.verifier.genuine()).ok_or(LoginError::Failed)?;
        Ok(Proved {
            answer: format!("v={}", encode(&signature)).into_bytes(),
            keys: LoginKeys { client, server: self.verifier.server_key().clone() },
            bound: self.bound,
        })
    }
}

/// Finds the proof behind optional extensions; answers what it signs, and the proof.
fn proof<'a>(text: &'a str, mut attributes: Attributes<'a>) -> Result<(&'a str, [u8; KEY_LENGTH]), Flaw> {
    loop {
        let signed = text.len() - attributes.rest().len();
        let (name, value) = attributes.any()?;
        if name == 'p' {
            if !attributes.is_empty() {
                return Err("Garbage found at the end of client-final-message.");
            }
            let proof = decode(value).map_err(|_| "Malformed proof in client-final-message.")?;
            let without = signed.checked_sub(1).and_then(|end| text.get(..end));
            return Ok((without.unwrap_or_default(), proof));
        }
    }
}

fn message(data: &[u8]) -> Result<&str, Flaw> {
    if data.len() > SASL_MESSAGE_LIMIT as usize {
        return Err("The message is too long.");
    }
    Attributes::text(data)
}

#[cfg(test)]
mod tests {
    use super::super::verifier::DEFAULT_ITERATIONS;
    use super::*;
    use proptest::prelude::*;

    const SERVER_NONCE: &str = "%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0";
    const CLIENT_FIRST: &[u8] = b"n,,n=user,r=rOprNGfwEbeRWgbNEkqO";
    const CLIENT_FINAL: &str = "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,\
                                p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=";

    /// Of the password `pencil`.
    fn verifier() -> Verifier {
        let secret = "SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:\
                      wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=";
        Verifier::parse(secret).unwrap()
    }

    fn start(end_point: Option<&[u8]>) -> ExpectMechanism {
        ExpectMechanism::new(verifier(), end_point.map(EndPoint::of), Nonce::of(SERVER_NONCE))
    }

    fn first(end_point: Option<&[u8]>, mechanism: &str, data: &[u8]) -> Result<ExpectFinal, LoginError> {
        start(end_point).choose(mechanism.as_bytes())?.first(data).map(|(_, next)| next)
    }

    #[test]
    fn the_exchange_of_rfc_7677() {
        let (answer, next) = start(None).choose(SCRAM.as_bytes()).unwrap().first(CLIENT_FIRST).unwrap();
        assert_eq!(answer, b"r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096");
        let proved = next.last(CLIENT_FINAL.as_bytes()).unwrap();
        assert_eq!(proved.answer, b"v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=");
        assert!(!proved.bound);
        let keys = super::super::keys::SaltedPassword::new(b"pencil", verifier().salt(), 4096).login_keys();
        assert!(proved.keys.client == keys.client, "the recovered key is the password's");
    }

    #[test]
    fn mechanisms_are_offered_by_the_connection() {
        assert_eq!(start(None).mechanisms(), [SCRAM]);
        assert_eq!(start(Some(b"x")).mechanisms(), [SCRAM_PLUS, SCRAM]);
        for name in ["SCRAM-SHA-256-PLUS", "SCRAM-SHA-1", "", "scram-sha-256", "SCRAM-SHA-256\0"] {
            assert_eq!(start(None).choose(name.as_bytes()).unwrap_err(), LoginError::Mechanism, "{name}");
        }
    }

    #[test]
    fn gs2_headers_must_fit_the_mechanism_and_the_connection() {
        let error = |end_point, mechanism, data: &[u8]| first(end_point, mechanism, data).unwrap_err();
        let bound = Some(b"hash".as_slice());
        // hiding that we offered binding, or binding that nobody chose
        assert_eq!(error(bound, SCRAM, b"y,,n=,r=a"), LoginError::Downgrade);
        assert!(first(None, SCRAM, b"y,,n=,r=a").is_ok(), "without TLS a client may think so");
        assert!(first(bound, SCRAM, b"n,,n=,r=a").is_ok(), "a client that cannot bind may still log in");
        let malformed = |error| matches!(error, LoginError::Malformed(_));
        assert!(malformed(error(bound, SCRAM, b"p=tls-server-end-point,,n=,r=a")));
        assert!(malformed(error(bound, SCRAM, b"p=tls-unique,,n=,r=a")));
        assert!(malformed(error(bound, SCRAM_PLUS, b"n,,n=,r=a")));
        assert!(malformed(error(bound, SCRAM_PLUS, b"y,,n=,r=a")));
        assert_eq!(error(bound, SCRAM_PLUS, b"p=tls-unique,,n=,r=a"), LoginError::BindingType);
        assert_eq!(error(bound, SCRAM_PLUS, b"p=,,n=,r=a"), LoginError::BindingType);
        assert_eq!(error(None, SCRAM, b"n,a=admin,n=,r=a"), LoginError::AuthorizationIdentity);
        assert_eq!(error(None, SCRAM, b"n,,m=x,n=,r=a"), LoginError::Extension);
    }

    #[test]
    fn first_messages_that_are_not_scram_s() {
        for data in [
            b"".as_slice(),
            b"n",
            b"n,",
            b"n,,",
            b"n,,n=",
            b"n,,n=,",
            b"n,,r=a,n=",
            b"n,,n=,r=",
            b"n,,n=,r=a b",
            b"n,,n=,r=a,",
            b"n,,n=,r=a,x",
            b"x,,n=,r=a",
            b",,n=,r=a",
            b"n,x,n=,r=a",
            b"n,,n=,r=a\0",
            b"n,,n=\xff,r=a",
            b"nn,,n=,r=a",
            b"n=,,n=,r=a",
        ] {
            let error = first(None, SCRAM, data).unwrap_err();
            assert!(matches!(error, LoginError::Malformed(_)), "{data:?} {error:?}");
        }
        assert!(first(None, SCRAM, b"n,,n=,r=a,x=ignored").is_ok());
        let long = [b"n,,n=,r=".as_slice(), &[b'a'; 1024]].concat();
        assert_eq!(first(None, SCRAM, &long).unwrap_err().sqlstate(), "08P01");
    }

    #[test]
    fn final_messages_that_prove_nothing() {
        let last = |data: &str| first(None, SCRAM, CLIENT_FIRST).unwrap().last(data.as_bytes()).unwrap_err();
        let with = |from: &str, to: &str| last(&CLIENT_FINAL.replace(from, to));
        assert_eq!(with("p=dHz", "p=dHx"), LoginError::Failed);
        assert_eq!(with("r=rOpr", "r=rOpx"), LoginError::Nonce);
        assert_eq!(with("$k0,", "$k0x,"), LoginError::Nonce);
        assert_eq!(with("%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0", ""), LoginError::Nonce, "the client's own half alone");
        assert_eq!(with("c=biws", "c=eSws"), LoginError::BindingAttribute, "another flag than before");
        assert_eq!(with(",p=", ",x=1,p="), LoginError::Failed, "what is signed is what was sent");
        let malformed = |error| matches!(error, LoginError::Malformed(_));
        assert!(malformed(with("ndVQ=", "ndVQ")));
        assert!(malformed(with("ndVQ=", "ndVQ=,x=1")));
        assert!(malformed(with("ndVQ=", "ndVQ=,")));
        assert!(malformed(with("p=dHzb", "p=")));
        assert!(malformed(with(",p=", ",q=")));
        for end in 0..CLIENT_FINAL.len() {
            let _ = last(&CLIENT_FINAL[..end]);
        }
    }

    #[test]
    fn the_binding_is_checked() {
        let plus = |ours: &[u8], theirs: &[u8]| {
            let next = first(Some(ours), SCRAM_PLUS, b"p=tls-server-end-point,,n=,r=abc").unwrap();
            let binding = encode(&[b"p=tls-server-end-point,,".as_slice(), theirs].concat());
            let without = format!("c={binding},r=abc{SERVER_NONCE}");
            let keys = super::super::keys::SaltedPassword::new(b"pencil", verifier().salt(), 4096).login_keys();
            let exchange = Exchange {
                client_first_bare: "n=,r=abc",
                server_first: &next.server_first.clone(),
                client_final_without_proof: &without,
            };
            next.last(format!("{without},p={}", encode(&keys.client.proof(&exchange))).as_bytes())
        };
        assert!(plus(b"our certificate", b"our certificate").unwrap().bound);
        assert_eq!(plus(b"our certificate", b"their certificate").unwrap_err(), LoginError::BindingMismatch);
        assert_eq!(plus(b"our certificate", b"").unwrap_err(), LoginError::BindingMismatch);
    }

    #[test]
    fn a_user_that_does_not_exist_fails_as_a_wrong_password_does() {
        let mock = Verifier::mock(b"secret", b"eve", DEFAULT_ITERATIONS);
        let server = ExpectMechanism::new(mock, None, Nonce::of(SERVER_NONCE));
        let (answer, next) = server.choose(SCRAM.as_bytes()).unwrap().first(CLIENT_FIRST).unwrap();
        let (genuine, _) = start(None).choose(SCRAM.as_bytes()).unwrap().first(CLIENT_FIRST).unwrap();
        assert!(answer.ends_with(b",i=4096") && answer.len() == genuine.len());
        assert_eq!(next.last(CLIENT_FINAL.as_bytes()).unwrap_err(), LoginError::Failed);
        assert_eq!(LoginError::Failed.sqlstate(), "28P01");
    }

    proptest! {
        #[test]
        fn no_bytes_panic(data in prop::collection::vec(any::<u8>(), 0..64), text in "[a-z=,+/0-9]{0,40}") {
            for data in [&data[..], text.as_bytes(), &[b"n,,n=,r=", text.as_bytes()].concat()] {
                let _ = first(None, SCRAM, data);
                let _ = first(Some(b"x"), SCRAM_PLUS, data);
            }
            for data in [&data[..], text.as_bytes(), &[b"c=biws,r=", text.as_bytes()].concat()] {
                prop_assert!(first(None, SCRAM, CLIENT_FIRST).unwrap().last(data).is_err());
            }
        }
    }
}
