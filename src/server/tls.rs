//! TLS on both legs, with PostgreSQL's own words.
//!
//! Towards clients: one certificate, client certificates where an authority for them is named. Towards the server:
//! libpq's sslmodes (its documentation, "SSL Support"): who must be proven, and what happens without TLS.

use std::path::Path;
use std::sync::Arc;

use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, ring};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName, UnixTime};
use rustls::server::WebPkiClientVerifier;
use rustls::{
    CertificateError, ClientConfig, DigitallySignedStruct, Error, RootCertStore, ServerConfig, SignatureScheme,
};

use crate::config::{Admin, Listen, Problem, SslMode, TlsMode, Upstream, secrets};

/// The protocol name of PostgreSQL in ALPN.
pub const ALPN: &[u8] = b"postgresql";

/// What is needed to speak TLS with clients.
#[derive(Clone)]
pub struct ClientSide {
    pub config: Arc<ServerConfig>,
    /// Our own certificate, as DER: what channel binding is computed from.
    pub certificate: Arc<[u8]>,
}

impl std::fmt::Debug for ClientSide {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ClientSide").finish_non_exhaustive()
    }
}

/// Makes the client leg's TLS; `None` when it is off.
///
/// # Errors
/// A file that cannot be read or does not hold what it should.
pub fn client_side(listen: &Listen) -> Result<Option<ClientSide>, Problem> {
    let (TlsMode::Allow | TlsMode::Require, Some(certificate), Some(key)) =
        (listen.tls, &listen.tls_certificate, &listen.tls_key)
    else {
        return Ok(None);
    };
    let chain = certificates(certificate)?;
    let own = chain.first().map(|first| Arc::from(first.as_ref())).unwrap_or_default();
    let builder = ServerConfig::builder_with_provider(provider())
        .with_safe_default_protocol_versions()
        .map_err(|error| problem(certificate, &error))?;
    let builder = match &listen.tls_client_ca {
        None => builder.with_no_client_auth(),
        Some(ca) => {
            let verifier = WebPkiClientVerifier::builder_with_provider(roots(ca)?, provider())
                .allow_unauthenticated()
                .build()
                .map_err(|error| problem(ca, &error))?;
            builder.with_client_cert_verifier(verifier)
        }
    };
    let mut config =
        builder.with_single_cert(chain, private_key(key)?).map_err(|error| problem(certificate, &error))?;
    config.alpn_protocols = vec![ALPN.to_vec()];
    Ok(Some(ClientSide { config: Arc::new(config), certificate: own }))
}

/// Makes the admin port's TLS; `None` when it has none.
///
/// # Errors
/// A file that cannot be read or does not hold what it should.
pub fn admin_side(admin: &Admin) -> Result<Option<Arc<ServerConfig>>, Problem> {
    let (Some(certificate), Some(key)) = (&admin.tls_certificate, &admin.tls_key) else { return Ok(None) };
    let mut config = ServerConfig::builder_with_provider(provider())
        .with_safe_default_protocol_versions()
        .map_err(|error| problem(certificate, &error))?
        .with_no_client_auth()
        .with_single_cert(certificates(certificate)?, private_key(key)?)
        .map_err(|error| problem(certificate, &error))?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(Some(Arc::new(config)))
}

/// What an administrator needs to speak TLS with the admin port: `ca` signs its certificate; without it, whom the system
/// trusts.
///
/// # Errors
/// When the file cannot be read or does not hold what it should.
pub fn administrators_side(ca: Option<&Path>) -> Result<Arc<ClientConfig>, Problem> {
    let trusted = match ca {
        Some(ca) => roots(ca)?,
        None => {
            let mut store = RootCertStore::empty();
            store.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
            Arc::new(store)
        }
    };
    let builder = ClientConfig::builder_with_provider(provider()).with_safe_default_protocol_versions();
    let builder = builder.map_err(|error| Problem::of_file("--admin", error.to_string()))?;
    Ok(Arc::new(builder.with_root_certificates(trusted).with_no_client_auth()))
}

/// What is needed to speak TLS with the server.
#[derive(Clone, Debug)]
pub struct ServerSide {
    pub config: Arc<ClientConfig>,
    pub name: ServerName<'static>,
    /// Whether plain text will do when the server has no TLS.
    pub optional: bool,
}

/// Makes the server leg's TLS; `None` when the mode is `disable` or the server is reached by a Unix-domain socket.
///
/// # Errors
/// A file that cannot be read or does not hold what it should; a host name that no certificate can have.
pub fn server_side(upstream: &Upstream) -> Result<Option<ServerSide>, Problem> {
    if upstream.sslmode == SslMode::Disable || upstream.socket_path().is_some() {
        return Ok(None);
    }
    let name = ServerName::try_from(upstream.host.clone())
        .map_err(|error| Problem::of_file("upstream.host", format!("`{}`: {error}", upstream.host)))?;
    let builder = ClientConfig::builder_with_provider(provider())
        .with_safe_default_protocol_versions()
        .map_err(|error| Problem::of_file("upstream.sslmode", error.to_string()))?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(verifier(upstream)?));
    let mut config = match (&upstream.certificate, &upstream.key) {
        (Some(certificate), Some(key)) => builder
            .with_client_auth_cert(certificates(certificate)?, private_key(key)?)
            .map_err(|error| problem(certificate, &error))?,
        _ => builder.with_no_client_auth(),
    };
    config.alpn_protocols = vec![ALPN.to_vec()];
    Ok(Some(ServerSide { config: Arc::new(config), name, optional: upstream.sslmode == SslMode::Prefer }))
}

/// Who the server must prove to be.
fn verifier(upstream: &Upstream) -> Result<Verifier, Problem> {
    let chain = |ca: &Path| {
        WebPkiServerVerifier::builder_with_provider(roots(ca)?, provider()).build().map_err(|error| problem(ca, &error))
    };
    match (upstream.sslmode, &upstream.ca) {
        (SslMode::VerifyFull, Some(ca)) => Ok(Verifier { chain: Some(chain(ca)?), name: true }),
        (SslMode::VerifyCa | SslMode::Require, Some(ca)) => Ok(Verifier { chain: Some(chain(ca)?), name: false }),
        (SslMode::VerifyFull | SslMode::VerifyCa, None) => {
            Err(Problem::of_file("upstream.ca", "needed for upstream.sslmode = \"verify-ca\" and \"verify-full\""))
        }
        _ => Ok(Verifier { chain: None, name: false }),
    }
}

/// Checks a server's certificate as far as the sslmode demands.
#[derive(Debug)]
struct Verifier {
    /// `None`: whoever it is.
    chain: Option<Arc<WebPkiServerVerifier>>,
    /// Whether the certificate must name the host.
    name: bool,
}

impl ServerCertVerifier for Verifier {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let Some(chain) = &self.chain else { return Ok(ServerCertVerified::assertion()) };
        match chain.verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now) {
            // the name is looked at last: everything else was in order
            Err(Error::InvalidCertificate(
                CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. },
            )) if !self.name => Ok(ServerCertVerified::assertion()),
            verified => verified,
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        rustls::crypto::verify_tls12_signature(message, cert, dss, &provider().signature_verification_algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        rustls::crypto::verify_tls13_signature(message, cert, dss, &provider().signature_verification_algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        provider().signature_verification_algorithms.supported_schemes()
    }
}

fn provider() -> Arc<CryptoProvider> {
    static PROVIDER: std::sync::LazyLock<Arc<CryptoProvider>> =
        std::sync::LazyLock::new(|| Arc::new(ring::default_provider()));
    Arc::clone(&PROVIDER)
}

fn certificates(path: &Path) -> Result<Vec<CertificateDer<'static>>, Problem> {
    let read = CertificateDer::pem_file_iter(path).and_then(Iterator::collect::<Result<Vec<_>, _>>);
    match read.map_err(|error| problem(path, &error))? {
        list if list.is_empty() => Err(problem(path, &"no certificate in PEM form")),
        list => Ok(list),
    }
}

fn private_key(path: &Path) -> Result<PrivateKeyDer<'static>, Problem> {
    secrets::check_private(path)?;
    PrivateKeyDer::from_pem_file(path).map_err(|error| problem(path, &error))
}

fn roots(path: &Path) -> Result<Arc<RootCertStore>, Problem> {
    let mut store = RootCertStore::empty();
    for certificate in certificates(path)? {
        store.add(certificate).map_err(|error| problem(path, &error))?;
    }
    Ok(Arc::new(store))
}

fn problem(path: &Path, error: &impl std::fmt::Display) -> Problem {
    Problem::of_file(path.display().to_string(), error.to_string())
}

/// The common name of a certificate's subject, as `auth.method = "cert"` compares it.
#[must_use]
pub fn common_name(der: &[u8]) -> Option<String> {
    let (_, certificate) = x509_parser::parse_x509_certificate(der).ok()?;
    let names: Vec<_> = certificate.subject().iter_common_name().filter_map(|name| name.as_str().ok()).collect();
    match names.as_slice() {
        // two names, or one with a zero byte inside, can be read in two ways
        [name] if !name.contains('\0') => Some((*name).to_owned()),
        _ => None,
    }
}
