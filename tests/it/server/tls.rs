//! TLS on both legs.

use std::fs;
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::sync::Arc;

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};
use tempfile::TempDir;

use menshen::wire::server::ProtocolVersion;

use super::raw::{connect, converse, error, read_until_ready, startup};
use super::{plain, plain_settings};
use crate::cluster::{Cluster, run, shared};
use crate::menshen::{Menshen, Settings};

/// An authority, a server's certificate for localhost, and a client's for the user `carol`.
pub struct Certificates(TempDir);

impl Certificates {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut params = CertificateParams::new(Vec::<String>::new()).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.distinguished_name.push(DnType::CommonName, "authority of the tests");
        let authority = CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap();
        write(folder.path(), "ca.pem", &authority.pem());
        for (stem, names, common_name) in
            [("server", vec!["localhost".to_owned()], "localhost"), ("carol", vec![], "carol")]
        {
            let key = KeyPair::generate().unwrap();
            let mut params = CertificateParams::new(names).unwrap();
            params.distinguished_name.push(DnType::CommonName, common_name);
            let certificate = params.signed_by(&key, &authority).unwrap();
            write(folder.path(), &format!("{stem}.pem"), &certificate.pem());
            write(folder.path(), &format!("{stem}.key"), &key.serialize_pem());
        }
        Self(folder)
    }

    pub fn path(&self, name: &str) -> String {
        self.0.path().join(name).display().to_string()
    }

    fn settings(&self, settings: Settings, mode: &str) -> Settings {
        settings
            .with("listen", format!("tls = \"{mode}\""))
            .with("listen", format!("tls_certificate = \"{}\"", self.path("server.pem")))
            .with("listen", format!("tls_key = \"{}\"", self.path("server.key")))
            .with("listen", format!("tls_client_ca = \"{}\"", self.path("ca.pem")))
    }
}

fn write(folder: &Path, name: &str, text: &str) {
    let path = folder.join(name);
    fs::write(&path, text).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
}

/// psql with a connection string; answers what it prints, or what it says went wrong.
fn psql(cluster: &Cluster, connection: &str, password: &str, sql: &str) -> Result<String, String> {
    let mut command = cluster.program("psql");
    command.env("PGPASSWORD", password).args(["-X", "-A", "-t", "-c", sql, connection]);
    let output = command.output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap().trim().to_owned();
    if output.status.success() { Ok(text(output.stdout)) } else { Err(text(output.stderr)) }
}

#[test]
fn psql_speaks_tls_with_channel_binding() {
    let (cluster, certificates) = (shared(), Certificates::new());
    cluster.login("bound", "secret");
    let menshen = Menshen::start(cluster, &certificates.settings(plain_settings(), "allow"));
    let base = format!("host=localhost hostaddr=127.0.0.1 port={} user=bound dbname=postgres", menshen.port);
    let verified =
        format!("{base} sslmode=verify-full sslrootcert={} channel_binding=require", certificates.path("ca.pem"));
    assert_eq!(psql(cluster, &verified, "secret", "SELECT 1"), Ok("1".to_owned()));
    assert_eq!(psql(cluster, &format!("{base} sslmode=disable"), "secret", "SELECT 1"), Ok("1".to_owned()));
    let wrong = psql(cluster, &verified, "wrong", "SELECT 1").unwrap_err();
    assert!(wrong.contains("password authentication failed for user \"bound\""), "{wrong}");
}

#[test]
fn plain_text_is_refused_where_tls_is_required() {
    let (cluster, certificates) = (shared(), Certificates::new());
    cluster.login("open", "secret");
    let menshen = Menshen::start(cluster, &certificates.settings(plain_settings(), "require"));
    let base = format!("host=127.0.0.1 port={} user=open dbname=postgres", menshen.port);
    let refused = psql(cluster, &format!("{base} sslmode=disable"), "secret", "SELECT 1").unwrap_err();
    assert!(refused.contains("no encryption"), "{refused}");
    assert_eq!(psql(cluster, &format!("{base} sslmode=require"), "secret", "SELECT 1"), Ok("1".to_owned()));
}

#[test]
fn a_client_certificate_is_enough_for_its_own_name() {
    let (cluster, certificates) = (shared(), Certificates::new());
    cluster.login("carol", "secret");
    let settings = Settings { method: "cert", ..Settings::new("policies") };
    let settings = certificates.settings(settings.user("carol", "secret"), "require");
    let menshen = Menshen::start(cluster, &Settings { upstream: Some("password"), ..settings });
    let base = format!("host=127.0.0.1 port={} dbname=postgres sslmode=require", menshen.port);
    let (certificate, key) = (certificates.path("carol.pem"), certificates.path("carol.key"));
    let with = |user: &str| format!("{base} user={user} sslcert={certificate} sslkey={key}");
    assert_eq!(psql(cluster, &with("carol"), "", "SELECT session_user"), Ok("carol".to_owned()));
    let other = psql(cluster, &with("menshen"), "", "SELECT 1").unwrap_err();
    assert!(other.contains("certificate authentication failed for user \"menshen\""), "{other}");
    let none = psql(cluster, &format!("{base} user=carol"), "", "SELECT 1").unwrap_err();
    assert!(none.contains("connection requires a valid client certificate"), "{none}");
}

fn direct(
    menshen: &Menshen,
    certificates: &Certificates,
    protocols: &[&[u8]],
) -> StreamOwned<ClientConnection, std::net::TcpStream> {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_file(certificates.path("ca.pem")).unwrap()).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
    let mut config = builder.with_root_certificates(roots).with_no_client_auth();
    config.alpn_protocols = protocols.iter().map(|protocol| protocol.to_vec()).collect();
    let name = ServerName::try_from("localhost").unwrap();
    StreamOwned::new(ClientConnection::new(Arc::new(config), name).unwrap(), connect(menshen.port))
}

#[test]
fn tls_from_the_first_byte_needs_its_protocol_name() {
    let (cluster, certificates) = (shared(), Certificates::new());
    cluster.login("straight", "secret");
    let settings = Settings::new("policies").trusting().user("straight", "secret");
    let menshen = Menshen::start(cluster, &certificates.settings(settings, "require"));
    let hello = startup(ProtocolVersion::V3_0, &[("user", "straight"), ("database", "postgres")]);
    let mut stream = direct(&menshen, &certificates, &[b"postgresql"]);
    stream.write_all(&hello).unwrap();
    assert!(error(&read_until_ready(&mut stream)).is_none());
    for protocols in [&[][..], &[b"http/1.1".as_slice()]] {
        let mut stream = direct(&menshen, &certificates, protocols);
        let _ = stream.write_all(&hello);
        assert!(read_until_ready(&mut stream).is_empty());
    }
}

#[test]
fn tls_where_it_is_off_is_garbage() {
    let menshen = plain();
    assert!(converse(menshen.port, b"\x16\x03\x01\0\xf0\x01\0\0\xec\x03\x03").is_empty());
}

#[test]
fn the_server_leg_follows_the_sslmode() {
    let certificates = Certificates::new();
    let cluster = Cluster::start(&[]);
    let data = cluster.sql("postgres", "SHOW data_directory").trim().to_owned();
    for (from, to) in [("server.pem", "server.crt"), ("server.key", "server.key")] {
        let target = Path::new(&data).join(to);
        fs::copy(certificates.path(from), &target).unwrap();
        run(std::process::Command::new("chown").arg("--reference").arg(&data).arg(&target));
    }
    cluster.sql("postgres", "ALTER SYSTEM SET ssl = on");
    cluster.sql("postgres", "SELECT pg_reload_conf()");
    super::until("the server speaks TLS", || cluster.sql("postgres", "SHOW ssl").trim() == "on");
    cluster.login("leg", "secret");
    let ca = certificates.path("ca.pem");
    let other = Certificates::new();
    let through = |sslmode: &str, host: &str, ca: Option<&str>| {
        let mut settings = plain_settings().with("catalog", "poll_interval = \"1h\"");
        settings.sslmode = Some((sslmode.to_owned(), host.to_owned()));
        if let Some(ca) = ca {
            settings = settings.with("upstream", format!("ca = \"{ca}\""));
        }
        let menshen = Menshen::start(&cluster, &settings);
        let connection = format!("host=127.0.0.1 port={} user=leg dbname=postgres sslmode=disable", menshen.port);
        psql(&cluster, &connection, "secret", "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()")
    };
    assert_eq!(through("disable", "127.0.0.1", None), Ok("f".to_owned()));
    assert_eq!(through("prefer", "127.0.0.1", None), Ok("t".to_owned()));
    assert_eq!(through("require", "127.0.0.1", None), Ok("t".to_owned()));
    assert_eq!(through("verify-full", "localhost", Some(&ca)), Ok("t".to_owned()));
    for (sslmode, host, ca) in [
        ("verify-ca", "127.0.0.1", other.path("ca.pem")),
        ("require", "127.0.0.1", other.path("ca.pem")),
        ("verify-full", "127.0.0.1", ca.clone()),
    ] {
        let refused = through(sslmode, host, Some(&ca)).unwrap_err();
        assert!(refused.contains("log-ins are not possible now"), "{sslmode} {host}: {refused}");
    }
    assert_eq!(through("verify-ca", "127.0.0.1", Some(&ca)), Ok("t".to_owned()));
    cluster.stop();
}
