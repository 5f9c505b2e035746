//! Answering the server's authentication requests.

use rand::Rng;
use thiserror::Error;

use crate::auth::channel_binding::EndPoint;
use crate::auth::keys::{LoginKeys, NONCE_LENGTH, Nonce};
use crate::auth::scram_client::{
    self, Channel, ExpectServerFinal, ExpectServerFirst, Password, Secret, ServerLoginError, ServerProved,
};
use crate::wire::server::Authentication;
use crate::wire::write::{self, Unwritable};

/// How to prove to the server who we are.
#[derive(Clone, Debug)]
pub enum Credentials {
    /// The keys of the user's SCRAM verifier, as the client's own proof revealed them.
    ScramKeys(LoginKeys),
    Password(Password),
    /// Nothing but the TLS certificate, or nothing at all.
    None,
}

/// Why the server's requests could not be answered.
#[derive(Debug, Error)]
pub enum ProofError {
    #[error(transparent)]
    Scram(#[from] ServerLoginError),
    #[error("the server asks for a password, and {0}")]
    NoPassword(&'static str),
    #[error("the server asks for an authentication method that is not supported (code {0})")]
    Unsupported(u32),
    #[error("the server asks for MD5 authentication; set password_encryption = 'scram-sha-256' and the password anew")]
    Md5,
    #[error("the server's authentication messages are out of order")]
    Order,
    #[error(transparent)]
    Unwritable(#[from] Unwritable),
}

/// Where the exchange with the server is.
#[derive(Debug)]
enum Step {
    Start,
    First(ExpectServerFirst),
    Final(ExpectServerFinal),
    Proved(ServerProved),
    /// Something that the server has to take as it is.
    Said,
}

/// One log-in at the server.
#[derive(Debug)]
pub struct Proof<'a> {
    credentials: &'a Credentials,
    channel: Channel,
    step: Step,
}

impl<'a> Proof<'a> {
    /// `certificate`: the server's, as DER, on a TLS connection.
    #[must_use]
    pub fn new(credentials: &'a Credentials, certificate: Option<&[u8]>) -> Self {
        let channel = match certificate.map(EndPoint::of_certificate) {
            None => Channel::Plain,
            Some(Ok(end_point)) => Channel::Bindable(end_point),
            Some(Err(_)) => Channel::Unbindable,
        };
        Self { credentials, channel, step: Step::Start }
    }

    /// The message that answers a request; `None`: none is wanted.
    ///
    /// # Errors
    /// What is asked for cannot be given, or the server does not prove itself.
    pub fn answer(&mut self, request: &Authentication<'_>) -> Result<Option<Vec<u8>>, ProofError> {
        let mut message = Vec::new();
        self.step = match (request, std::mem::replace(&mut self.step, Step::Said)) {
            (Authentication::CleartextPassword, Step::Start) => {
                write::password(&mut message, self.password()?.as_bytes())?;
                Step::Said
            }
            (Authentication::Md5Password { .. }, Step::Start) => return Err(ProofError::Md5),
            (Authentication::Sasl(offered), Step::Start) => {
                let (channel, nonce) = (self.channel.clone(), fresh_nonce());
                let (mechanism, data, next) =
                    scram_client::begin(offered.iter(), channel, false, self.secret()?, &nonce)?;
                write::sasl_initial_response(&mut message, mechanism, &data)?;
                Step::First(next)
            }
            (Authentication::SaslContinue(data), Step::First(first)) => {
                let (answer, next) = first.first(data)?;
                write::sasl_response(&mut message, &answer)?;
                Step::Final(next)
            }
            (Authentication::SaslFinal(data), Step::Final(last)) => Step::Proved(last.last(data)?),
            (Authentication::Other(code), _) => return Err(ProofError::Unsupported(*code)),
            _ => return Err(ProofError::Order),
        };
        Ok((!message.is_empty()).then_some(message))
    }

    /// The server says AuthenticationOk. In the middle of a SCRAM exchange that means nothing.
    ///
    /// # Errors
    /// When the server has not proved itself although it began to.
    pub fn accepted(self) -> Result<(), ProofError> {
        match self.step {
            Step::Start | Step::Said | Step::Proved(_) => Ok(()),
            Step::First(_) | Step::Final(_) => Err(ProofError::Order),
        }
    }

    fn password(&self) -> Result<&Password, ProofError> {
        match self.credentials {
            Credentials::Password(password) => Ok(password),
            Credentials::ScramKeys(_) => Err(ProofError::NoPassword("only SCRAM keys are known")),
            Credentials::None => Err(ProofError::NoPassword("none is known")),
        }
    }

    fn secret(&self) -> Result<Secret, ProofError> {
        match self.credentials {
            Credentials::ScramKeys(keys) => Ok(Secret::Keys(keys.clone())),
            Credentials::Password(password) => Ok(Secret::Password(password.clone())),
            Credentials::None => Err(ProofError::NoPassword("none is known")),
        }
    }
}

/// A nonce nobody has seen before.
pub(super) fn fresh_nonce() -> Nonce {
    let mut random = [0; NONCE_LENGTH];
    rand::rng().fill(&mut random);
    Nonce::new(random)
}
