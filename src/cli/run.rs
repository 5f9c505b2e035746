//! `menshen run`: serve clients.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context;

use crate::config::{Config, LogFormat, load};
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
    let admin = config.admin.address;
    let server = Server::prepare(config)?;
    if let Some(address) = admin {
        let listener = routes::bind(address).await.with_context(|| format!("admin.address {address}"))?;
        tokio::spawn(routes::serve(listener, server.shared.clone()));
    }
    Ok(server.run().await?)
}
