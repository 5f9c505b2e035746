//! One `POST` to a web service: a connection for each, over TLS for `https`. No redirects, no proxies.

use std::sync::{Arc, OnceLock};

use http_body_util::{BodyExt, Full, Limited};
use hyper::body::Bytes;
use hyper::client::conn::http1;
use hyper::{Method, Uri};
use hyper_util::rt::TokioIo;
use rustls::pki_types::ServerName;
use rustls::{ClientConfig, RootCertStore};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

use crate::alert::render::Request;

/// Bytes of an answer that are read.
const ANSWER: usize = 64 << 10;

/// Sends and returns the status and the answer's text. What goes wrong is told without the URL, whose parts are secret.
///
/// # Errors
/// In words: the host cannot be reached, is not who it should be, or does not speak HTTP.
pub async fn post(request: &Request) -> Result<(u16, String), String> {
    let uri: Uri = request.url.parse().map_err(|_| "the address cannot be read".to_owned())?;
    let host = uri.host().ok_or("the address has no host")?.trim_matches(['[', ']']).to_owned();
    let secure = uri.scheme_str() == Some("https");
    let port = uri.port_u16().unwrap_or(if secure { 443 } else { 80 });
    let tcp = TcpStream::connect((host.as_str(), port)).await.map_err(|error| format!("cannot connect: {error}"))?;
    if !secure {
        return exchange(tcp, &uri, request).await;
    }
    let name = ServerName::try_from(host).map_err(|_| "the host's name cannot be in a certificate".to_owned())?;
    let tls = TlsConnector::from(trust()?).connect(name, tcp).await.map_err(|error| format!("TLS: {error}"))?;
    exchange(tls, &uri, request).await
}

async fn exchange<S>(stream: S, uri: &Uri, request: &Request) -> Result<(u16, String), String>
where
    S: AsyncRead + AsyncWrite + Send + Unpin + 'static,
{
    let failed = |error: hyper::Error| format!("HTTP: {error}");
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await.map_err(failed)?;
    let driver = tokio::spawn(connection);
    let path = uri.path_and_query().map_or("/", |path| path.as_str());
    let mut built = hyper::Request::builder()
        .method(Method::POST)
        .uri(path)
        .header("host", uri.authority().map_or("", |authority| authority.as_str()))
        .header("content-type", "application/json; charset=utf-8")
        .header("user-agent", concat!("menshen/", env!("CARGO_PKG_VERSION")))
        .header("connection", "close");
    for (name, value) in &request.headers {
        built = built.header(*name, value.as_str());
    }
    let body = Full::new(Bytes::from(request.body.clone()));
    let built = built.body(body).map_err(|_| "a secret holds what cannot stand in a header".to_owned())?;
    let response = sender.send_request(built).await.map_err(failed)?;
    let status = response.status().as_u16();
    let body = Limited::new(response.into_body(), ANSWER).collect().await;
    driver.abort();
    // the status decides; an answer that breaks off is only unreadable
    let text = body.map(|body| body.to_bytes()).unwrap_or_default();
    Ok((status, std::str::from_utf8(&text).unwrap_or_default().to_owned()))
}

/// The system's trusted authorities (`SSL_CERT_FILE` and `SSL_CERT_DIR` name others), read once.
fn trust() -> Result<Arc<ClientConfig>, String> {
    static CONFIG: OnceLock<Arc<ClientConfig>> = OnceLock::new();
    if let Some(config) = CONFIG.get() {
        return Ok(config.clone());
    }
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    if roots.is_empty() {
        return Err("the system has no trusted authorities".to_owned());
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
    let builder = builder.map_err(|error| format!("TLS: {error}"))?;
    let config = Arc::new(builder.with_root_certificates(roots).with_no_client_auth());
    Ok(CONFIG.get_or_init(|| config).clone())
}
