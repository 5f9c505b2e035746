//! `menshen run`: serve clients.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context;

use crate::config::{Config, LogFormat, load, secrets};
use crate::console::admin::{self, Door};
use crate::console::routes;
use crate::observe::tracing;
use crate::server::shutdown::{Server, StartError};

use super::problems::{print_diagnostics, print_problems};
use super::{Format, INVALID};

/// Serve clients.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The configuration file.
    #[arg(short, long, default_value = "menshen.toml")]
    pub config: PathBuf,
}

/// Serves until it is told to stop.
///
/// # Errors
/// When the process cannot go on: an address in use, the admin port, the audit file.
pub fn run(arguments: &Arguments, format: Format) -> anyhow::Result<ExitCode> {
    let config = match load::load(&arguments.config) {
        Ok(config) => config,
        Err(problems) => {
            print_problems(&problems, format);
            return Ok(ExitCode::from(INVALID));
        }
    };
    #[cfg(feature = "test-leaks")]
    if let Ok(defects) = std::env::var("MENSHEN_TEST_LEAKS") {
        crate::model::planted::order(&defects);
    }
    tracing::start(&config.log.level, config.log.format == LogFormat::Json).map_err(anyhow::Error::msg)?;
    // accepts, reads catalogs and answers the admin port; clients have threads of their own
    let mut runtime = tokio::runtime::Builder::new_multi_thread();
    let runtime = runtime.worker_threads(1).enable_all().build().context("the runtime cannot be started")?;
    let served = runtime.block_on(serve(config));
    // what is left after the drain's time-out must not keep the process
    runtime.shutdown_background();
    match served {
        Ok(()) => Ok(ExitCode::SUCCESS),
        Err(error) => match error.downcast::<StartError>()? {
            StartError::Config(problems) => {
                print_problems(&problems, format);
                Ok(ExitCode::from(INVALID))
            }
            StartError::Policy(diagnostics) => {
                print_diagnostics(&diagnostics, format);
                Ok(ExitCode::from(INVALID))
            }
            error => Err(error.into()),
        },
    }
}

async fn serve(config: Config) -> anyhow::Result<()> {
    let address = config.admin.address;
    let socket = config.admin.socket.clone();
    let others = config.admin.socket_users.clone();
    let tokens = secrets::admin_tokens(&config.admin).map_err(|problem| StartError::Config(vec![problem]))?;
    let server = Server::prepare(config)?;
    if let Some(address) = address {
        let plain = server.shared.admin_tls.load().is_none();
        if plain && !tokens.is_empty() && !address.ip().is_loopback() {
            ::tracing::warn!(
                %address,
                "the admin token crosses the network in clear text: give the port a certificate (admin.tls_certificate)"
            );
        }
        let listener = routes::bind(address).await.with_context(|| format!("admin.address {address}"))?;
        tokio::spawn(routes::serve(listener, server.shared.clone(), Door::Port(tokens)));
    }
    if let Some(path) = socket {
        let listener = admin::bind(&path).with_context(|| format!("admin.socket {}", path.display()))?;
        let door = Door::Socket { own: own_user()?, others };
        tokio::spawn(routes::serve_socket(listener, server.shared.clone(), door));
    }
    Ok(server.run().await?)
}

/// The number of the user that this process runs as, as the system tells it to whoever is at the other end of a socket.
fn own_user() -> anyhow::Result<u32> {
    let (one, _other) = tokio::net::UnixStream::pair()?;
    Ok(one.peer_cred()?.uid())
}
