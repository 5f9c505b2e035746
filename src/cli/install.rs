//! `menshen install`: lets a database say at once when a table, view or function changes.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context as _, anyhow};
use serde_json::json;

use crate::config::{load, secrets};
use crate::server::connect::{ConnectError, Connector};
use crate::server::proof::ProofError;
use crate::server::upstream::Upstream;

use super::problems::{print, print_problems};
use super::{Format, INVALID, database};

/// Let a database say at once when a table, view or function changes (an event trigger; needs a superuser).
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The configuration file.
    #[arg(short, long, default_value = "menshen.toml")]
    config: PathBuf,
    /// The database to install into.
    #[arg(long)]
    database: String,
    /// The superuser to log in as.
    #[arg(long = "as", value_name = "USER", default_value = "postgres")]
    user: String,
    /// A file with that user's password.
    #[arg(long)]
    password_file: Option<PathBuf>,
    /// Take it out again.
    #[arg(long)]
    uninstall: bool,
    /// Only print the statements, to be run by hand.
    #[arg(long)]
    print: bool,
}

/// May be run again at any time. A definition of temporary objects concerns nobody else and is not told.
const INSTALL: [&str; 4] = [
    "CREATE SCHEMA IF NOT EXISTS menshen",
    "CREATE OR REPLACE FUNCTION menshen.ddl_happened() RETURNS event_trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF tg_tag IN ('CREATE TABLE', 'CREATE TABLE AS', 'SELECT INTO', 'CREATE INDEX') AND NOT EXISTS (
    SELECT FROM pg_catalog.pg_event_trigger_ddl_commands() c WHERE c.schema_name IS DISTINCT FROM 'pg_temp')
  THEN RETURN; END IF;
  PERFORM pg_catalog.pg_notify('menshen_ddl', '');
END $$",
    "DROP EVENT TRIGGER IF EXISTS menshen_ddl",
    "CREATE EVENT TRIGGER menshen_ddl ON ddl_command_end EXECUTE FUNCTION menshen.ddl_happened()",
];

/// Fires for sessions with `session_replication_role = replica`, too.
const ALWAYS: &str = "ALTER EVENT TRIGGER menshen_ddl ENABLE ALWAYS";

/// The schema stays: other things may live in it.
const UNINSTALL: [&str; 2] =
    ["DROP EVENT TRIGGER IF EXISTS menshen_ddl", "DROP FUNCTION IF EXISTS menshen.ddl_happened()"];

/// What a database administrator must know.
const NOTES: &str = "\
A transaction that defines something now notifies channel menshen_ddl: it cannot be prepared (PREPARE TRANSACTION).
Menshen begins to listen within catalog.poll_interval; no restart is needed.
";

/// Installs, and says what it did.
///
/// # Errors
/// When the server cannot be asked, or refuses.
pub fn run(arguments: &Arguments, format: Format) -> anyhow::Result<ExitCode> {
    let statements: Vec<&str> = match arguments.uninstall {
        true => UNINSTALL.to_vec(),
        false => INSTALL.into_iter().chain([ALWAYS]).collect(),
    };
    if !arguments.print {
        let config = match load::load(&arguments.config) {
            Ok(config) => config,
            Err(problems) => {
                print_problems(&problems, format);
                return Ok(ExitCode::from(INVALID));
            }
        };
        let connector = Connector::new(&config.upstream).map_err(|problem| anyhow!("{problem}"))?;
        let password = arguments.password_file.as_deref().map(secrets::password_file).transpose();
        let password = password.map_err(|problem| anyhow!("{problem}"))?;
        database::wait(async {
            let (user, database) = (&arguments.user, &arguments.database);
            let connected = Upstream::connect(&connector, user, password.as_ref(), database).await;
            let mut upstream = connected.map_err(|error| match error {
                ConnectError::Proof(ProofError::NoPassword(_)) => {
                    anyhow!("{error}: --password-file names a file with the password of \"{user}\"")
                }
                error => error.into(),
            })?;
            // all or nothing: while the trigger is replaced, no change goes untold
            for statement in ["BEGIN"].iter().chain(&statements).chain(&["COMMIT"]) {
                upstream.query(statement).await.with_context(|| (*statement).to_owned())?;
            }
            anyhow::Ok(())
        })??;
    }
    print(&match format {
        Format::Json => format!("{}\n", json!({ "run": !arguments.print, "statements": statements })),
        Format::Human => {
            let list: String = statements.iter().map(|statement| format!("{statement};\n")).collect();
            let notes = if arguments.uninstall || arguments.print { "" } else { NOTES };
            format!("{list}{notes}")
        }
    })?;
    Ok(ExitCode::SUCCESS)
}
