//! From a client that is logged in to a session: the server connection, the rights, the session's names.

use std::sync::Arc;

use thiserror::Error;

use crate::catalog::session_facts::{FactsError, OPENING, SessionFacts, TEMPORARY};
use crate::model::disclosure::Occasion;
use crate::model::ids::SessionId;
use crate::model::principal::{NamedBy, Principal};
use crate::session::authority::{Authority, Lane};
use crate::session::meter::Meter;
use crate::session::relay::Relay;
use crate::session::{Fault, Machine, Opening};
use crate::wire::encoding::Encoding;
use crate::wire::frame::{self, Sender};
use crate::wire::server::Message;

use super::catalogs::CatalogError;
use super::connect::{CancelKey, ConnectError, Connected};
use super::connection::Connection;
use super::drive::Engine;
use super::epochs::{Identity, Seat};
use super::governing::account;
use super::login::LoggedIn;
use super::rejection::fatal;
use super::shared::Shared;
use super::start_options;
use super::upstream::{self, QueryError};
use super::world::SessionWorld;

/// A session that is ready to be driven.
#[derive(Debug)]
pub struct Opened {
    pub server: Connection,
    /// ParameterStatus and notices, as the server sent them.
    pub greeting: Vec<u8>,
    pub cancel: Option<CancelKey>,
    pub engine: Engine,
    pub world: Arc<SessionWorld>,
    pub principal: Arc<Principal>,
    pub restricted: bool,
}

/// Settings that analysis takes for granted: where a literal ends, and which characters the database holds.
const NEEDED: [(&str, &str); 2] = [("standard_conforming_strings", "on"), ("server_encoding", "UTF8")];

/// Why a client that is logged in gets no session.
#[derive(Debug, Error)]
pub enum Unopened {
    #[error("sorry, too many clients already")]
    TooMany,
    #[error("this account is stopped: ask the security team")]
    Barred,
    #[error(transparent)]
    Connect(#[from] ConnectError),
    #[error("the catalog cannot be read: {0}")]
    Catalog(#[from] CatalogError),
    #[error("replication is closed to restricted users")]
    Replication,
    #[error("start-up option `{0}` is closed to restricted users")]
    Option(String),
    #[error("statements of restricted users need `{name} = {wanted}`, but the server has set it otherwise")]
    Setting { name: &'static str, wanted: &'static str },
    #[error("statements cannot be analysed in this client encoding: {0}")]
    Encoding(String),
    #[error("the session's names could not be asked: {0}")]
    Names(String),
}

impl From<QueryError> for Unopened {
    fn from(error: QueryError) -> Self {
        match error {
            QueryError::Connect(error) => Self::Connect(error),
            error => Self::Names(error.to_string()),
        }
    }
}

impl From<Fault> for Unopened {
    fn from(fault: Fault) -> Self {
        Self::Names(fault.to_string())
    }
}

impl Unopened {
    /// The word for the metric of failed log-ins.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::TooMany => "too-many",
            Self::Barred => "limit",
            Self::Connect(ConnectError::Refused(_)) => "server",
            Self::Connect(_) => "upstream",
            Self::Catalog(_) => "catalog",
            Self::Replication | Self::Option(_) | Self::Setting { .. } | Self::Encoding(_) | Self::Names(_) => {
                "options"
            }
        }
    }

    /// Whether it was refused for what it is or asks for, and not because something could not be reached. A limit that
    /// is reached counts no further: or whoever tries again would never be let in.
    #[must_use]
    pub fn is_refusal(&self) -> bool {
        matches!(self.kind(), "server" | "options")
    }

    /// What the client is told: the server's own words where it has any.
    #[must_use]
    pub fn report(&self) -> Vec<u8> {
        let (sqlstate, message) = match self {
            Self::Connect(ConnectError::Refused(error)) => return error.bytes.clone(),
            Self::TooMany => ("53300", self.to_string()),
            Self::Barred => ("53400", format!("menshen: {self}")),
            Self::Connect(ConnectError::Proof(_)) => {
                ("28000", "menshen: could not log in to the database server as this user".to_owned())
            }
            Self::Connect(_) => ("57P03", "menshen: the database server cannot be reached".to_owned()),
            Self::Catalog(_) => ("57P03", "menshen: the catalog of this database cannot be read".to_owned()),
            Self::Replication | Self::Option(_) => ("42501", format!("menshen: {self}")),
            Self::Setting { .. } | Self::Encoding(_) | Self::Names(_) => ("0A000", format!("menshen: {self}")),
        };
        fatal(sqlstate, &message, None)
    }
}

/// Settings that are off in restricted sessions, and the server versions (`server_version_num`) that have them. The
/// planner works below the masks: what it remembers (Memoize) it finds again by true values, and what it joins by merging
/// or reads from an index alone comes in their order. Only `jit`, which is off for speed, may be asked for otherwise.
const PINNED: [(&str, u32); 4] =
    [("jit", 110_000), ("enable_memoize", 140_000), ("enable_mergejoin", 90_000), ("enable_indexonlyscan", 90_200)];

/// Logs in to the server for the client and finds out what it may see.
///
/// # Errors
/// Why there will be no session.
pub async fn open(login: &LoggedIn, id: SessionId, shared: &Arc<Shared>) -> Result<Opened, Unopened> {
    let mut options: Vec<(&[u8], &[u8])> =
        vec![(b"user", login.server_user.as_bytes()), (b"database", login.database.as_bytes())];
    options.extend(login.options.iter().map(|(name, value)| (name.as_slice(), value.as_slice())));
    let seat = shared.epochs.seat_of_known(&login.database);
    let replication = login.replication();
    let given = |name: &str| login.options.iter().any(|(given, _)| given == name.as_bytes());
    let connect = async |version: u32| {
        let pinned = PINNED.iter().filter(|(name, since)| version >= *since && !given(name));
        let pinned = pinned.map(|(name, _)| (name.as_bytes(), &b"off"[..]));
        let options: Vec<_> = options.iter().copied().chain(pinned).collect();
        let connected = shared.connector.connect(&options, &login.credentials).await;
        shared.upstream_answered(connected.as_ref().err());
        connected
    };
    // of the first session of a database the server's version is not known yet
    let restricts = |seat: &&Seat| !replication && seat.restricts(&login.identity);
    let known = seat.as_ref().filter(restricts).and_then(|seat| seat.authority_now(&login.identity));
    let version = known.map(|(_, authority)| authority.snapshot.server_version);
    let mut connected = connect(version.unwrap_or_default()).await?;
    let seat = seat.unwrap_or_else(|| shared.epochs.seat(&login.database));
    let (principal, authority) = match replication {
        true => seat.replication(&login.identity).ok_or(Unopened::Replication)?,
        false => seat.authority(&login.identity).await?,
    };
    let account = account(principal.clone(), &login.database, login.identity.application_name.as_ref());
    let (principal, authority) = match !replication && shared.governing.lowered(&account) {
        true => seat.authority(&Identity { lowered: true, ..login.identity.clone() }).await?,
        false => (principal, authority),
    };
    let restricted = authority.lane == Lane::Enforce;
    if version.is_none() && !replication && (restricted || authority.rights.named_by().is_some()) {
        connected = connect(authority.snapshot.server_version).await?;
    }
    let Connected { connection: mut server, greeting, cancel } = connected;
    if restricted
        && let Some(name) = start_options::closed(&login.options, |name| authority.rights.is_application_s(name))
    {
        return Err(Unopened::Option(name));
    }
    // a session that is only relayed has no place to refuse anything
    if authority.lane == Lane::Relay && shared.governing.barred(&account).is_some() {
        return Err(Unopened::Barred);
    }
    shared.governing.login(id, &account, Occasion::Login);
    // whom it will ask for is not known yet
    let counted = authority.rights.named_by().is_some() || shared.governing.governor().concerns(&account);
    let meter = counted.then(|| shared.governing.meter(id, account.clone()));
    let engine = engine(&mut server, &greeting, id, &principal, &login.database, &authority, meter).await?;
    let identity = login.identity.clone();
    let world = Arc::new(SessionWorld::new(shared.clone(), id, seat, identity, replication, account, cancel.clone()));
    Ok(Opened { server, greeting, cancel, engine, world, principal, restricted })
}

async fn engine(
    server: &mut Connection,
    greeting: &[u8],
    session: SessionId,
    principal: &Arc<Principal>,
    database: &Arc<str>,
    authority: &Arc<Authority>,
    meter: Option<Meter>,
) -> Result<Engine, Unopened> {
    let proof = authority.rights.unrestricted_proof();
    if let (Lane::Relay, Some(proof)) = (authority.lane, proof) {
        return Ok(Engine::Relay(Relay::new(session, principal.clone(), database.clone(), proof)));
    }
    if authority.lane == Lane::Enforce
        && let Some((name, wanted)) = NEEDED
            .into_iter()
            .find(|(name, wanted)| reported(greeting, name).is_none_or(|value| value != wanted.as_bytes()))
    {
        return Err(Unopened::Setting { name, wanted });
    }
    let encoding = Encoding::by_name(reported(greeting, "client_encoding").unwrap_or_default());
    let encoding = encoding.map_err(|error| Unopened::Encoding(error.to_string()))?;
    if let Some(NamedBy::Setting(name)) = authority.rights.named_by() {
        // from here on the server knows it, whatever becomes of its value
        let known = format!(
            "SELECT pg_catalog.set_config('{name}', COALESCE(pg_catalog.current_setting('{name}', true), ''), false)"
        );
        upstream::query(server, &known, encoding).await?;
    }
    let facts = facts(server, encoding).await?;
    let (principal, database, authority) = (principal.clone(), database.clone(), authority.clone());
    let own_name = format!("menshen {:032x}", rand::random::<u128>()).into_bytes().into();
    let machine = Machine::new(Opening { session, principal, database, authority, facts, encoding, meter, own_name })?;
    Ok(Engine::Machine(Box::new(machine)))
}

/// The value that the server reported of a setting.
fn reported<'a>(mut greeting: &'a [u8], name: &str) -> Option<&'a [u8]> {
    let mut last = None;
    while let Ok(Some((frame, rest))) = frame::cut(Sender::Server, greeting) {
        greeting = rest;
        match Message::read(frame) {
            Ok(Message::ParameterStatus(status)) if status.name == name.as_bytes() => last = Some(status.value),
            _ => {}
        }
    }
    last
}

/// What the session's names mean, asked before the client may say anything.
async fn facts(server: &mut Connection, encoding: Encoding) -> Result<SessionFacts, Unopened> {
    let rows = upstream::query(server, OPENING, encoding).await?;
    let lost = |error: FactsError| Unopened::Names(error.to_string());
    let mut facts = SessionFacts::everything(texts(&rows).iter().map(Vec::as_slice)).map_err(lost)?;
    if facts.has_temporary() {
        let rows = upstream::query(server, TEMPORARY, encoding).await?;
        facts.temporary(texts(&rows).iter().map(Vec::as_slice)).map_err(lost)?;
    }
    Ok(facts)
}

fn texts(rows: &[upstream::Row]) -> Vec<Vec<Option<&str>>> {
    rows.iter().map(|row| row.iter().map(Option::as_deref).collect()).collect()
}
