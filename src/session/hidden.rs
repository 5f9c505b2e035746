//! Menshen's own round trips: what the session's names mean is asked of the server, never modelled.

use std::sync::Arc;

use sha2::{Digest as _, Sha256};

use crate::catalog::search_path::SessionNames;
use crate::catalog::session_facts::{EVERYTHING, SCHEMAS, SEARCH_PATH, SessionFacts, TEMPORARY};
use crate::model::ids::Digest;

use super::Fault;

/// Failures of a question in a row before the session is given up.
const FAILURES_MAX: usize = 3;

/// What is known of the session's names, and what has to be asked again.
#[derive(Debug)]
pub struct Asking {
    facts: SessionFacts,
    pub names: SessionNames,
    /// Equal digests: the same names.
    pub digest: Digest,
    /// Of the search path alone, temp schema apart: no function or operator is ever found there.
    pub path: Digest,
    /// The setting by which an application names its end user, and what it was said to be.
    setting: Option<Box<str>>,
    pub said: Arc<str>,
    path_stale: bool,
    /// Schemas have come or gone, or who may use them has changed.
    schemas_stale: bool,
    said_stale: bool,
    temp_stale: bool,
    /// All of this may be another by now, and who the session is.
    all_stale: bool,
    /// Something was changed since the transaction began: its end may undo that.
    touched_path: bool,
    touched_said: bool,
    touched_temp: bool,
    touched_all: bool,
    asked: Question,
    failures: usize,
}

/// What is asked of the server about the session.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Question {
    Everything,
    Path,
    Schemas,
    Said,
    Temporary,
}

impl Asking {
    /// # Errors
    /// When the server's search path is not a list of names.
    pub fn new(facts: SessionFacts, setting: Option<&str>) -> Result<Self, Fault> {
        let names = facts.names().map_err(|error| Fault::Server(error.to_string()))?;
        Ok(Self {
            facts,
            digest: digest(&names),
            path: path(&names),
            names,
            setting: setting.map(Into::into),
            said: Arc::default(),
            path_stale: false,
            schemas_stale: false,
            said_stale: setting.is_some(),
            temp_stale: false,
            all_stale: false,
            touched_path: false,
            touched_said: false,
            touched_temp: false,
            touched_all: false,
            asked: Question::Path,
            failures: 0,
        })
    }

    #[must_use]
    pub fn stale(&self) -> bool {
        self.all_stale || self.path_stale || self.schemas_stale || self.said_stale || self.temp_stale
    }

    /// Whether nothing of it is known.
    #[must_use]
    pub fn all_stale(&self) -> bool {
        self.all_stale
    }

    /// Whether the session has temporary tables, or may have.
    #[must_use]
    pub fn temporary_tables(&self) -> bool {
        self.temp_stale || self.all_stale || !self.names.temp.is_empty()
    }

    pub fn path_touched(&mut self) {
        self.path_stale = true;
        self.touched_path = true;
    }

    /// Schemas have come or gone, or who may use them has changed.
    pub fn schemas_changed(&mut self) {
        self.schemas_stale = true;
    }

    pub fn temp_touched(&mut self) {
        self.temp_stale = true;
        self.touched_temp = true;
    }

    /// Nobody knows what has been done: temp tables and views may have been made, and another role taken.
    pub fn all_touched(&mut self) {
        self.all_stale = true;
        self.touched_all = true;
    }

    /// The application may ask for another person from now on.
    pub fn said_touched(&mut self) {
        self.said_stale |= self.setting.is_some();
        self.touched_said |= self.setting.is_some();
    }

    /// Whether the end of the transaction may change what names mean.
    #[must_use]
    pub fn touched(&self) -> bool {
        self.touched_path || self.touched_said || self.touched_temp || self.touched_all
    }

    /// A transaction ended or a part of it was undone: everything set inside may be different now.
    pub fn transaction_ended(&mut self) {
        self.path_stale |= self.touched_path;
        self.said_stale |= self.touched_said;
        self.temp_stale |= self.touched_temp;
        self.all_stale |= self.touched_all;
    }

    /// The server is outside any transaction: what is asked from now on is not undone by an older one.
    pub fn outside_transaction(&mut self) {
        self.transaction_ended();
        self.touched_path = false;
        self.touched_said = false;
        self.touched_temp = false;
        self.touched_all = false;
    }

    /// The next question. The search path is asked with SHOW, which takes no snapshot, so that a SET TRANSACTION that
    /// follows still works; temp tables are only asked about after the client itself has run a command on them, or one that
    /// nobody has understood.
    #[must_use]
    pub fn question(&mut self) -> String {
        let (question, text) = match &self.setting {
            _ if self.all_stale => (Question::Everything, EVERYTHING.to_owned()),
            _ if self.path_stale => (Question::Path, SEARCH_PATH.to_owned()),
            _ if self.schemas_stale => (Question::Schemas, SCHEMAS.to_owned()),
            Some(setting) if self.said_stale => (Question::Said, format!("SHOW \"{setting}\"")),
            _ => (Question::Temporary, TEMPORARY.to_owned()),
        };
        self.asked = question;
        text
    }

    /// The question failed (a time-out, a cancel that came late): it is asked again, a few times.
    ///
    /// # Errors
    /// When it keeps failing.
    pub fn failed(&mut self) -> Result<(), Fault> {
        self.failures += 1;
        if self.failures > FAILURES_MAX {
            return Err(Fault::Server("a question about the session's names keeps failing".into()));
        }
        Ok(())
    }

    /// Takes the rows that answer [`Self::question`].
    ///
    /// # Errors
    /// When the rows are not an answer to the question.
    pub fn answered(&mut self, rows: &[Vec<Option<String>>]) -> Result<(), Fault> {
        let strange = |error: &dyn std::fmt::Display| Fault::Server(error.to_string());
        self.failures = 0;
        match self.asked {
            Question::Everything => {
                let rows = texts(rows);
                self.facts =
                    SessionFacts::everything(rows.iter().map(Vec::as_slice)).map_err(|error| strange(&error))?;
                (self.all_stale, self.path_stale, self.schemas_stale, self.temp_stale) = (false, false, false, false);
            }
            Question::Path => {
                self.facts.search_path(shown(rows).ok_or_else(|| strange(&"search_path has no single value"))?);
                self.path_stale = false;
            }
            Question::Said => {
                self.said = shown(rows).ok_or_else(|| strange(&"a setting has no single value"))?.into();
                self.said_stale = false;
                return Ok(());
            }
            Question::Schemas => {
                self.facts.schemas(texts(rows).iter().map(Vec::as_slice)).map_err(|error| strange(&error))?;
                self.schemas_stale = false;
            }
            Question::Temporary => {
                self.facts.temporary(texts(rows).iter().map(Vec::as_slice)).map_err(|error| strange(&error))?;
                self.temp_stale = false;
            }
        }
        self.names = self.facts.names().map_err(|error| strange(&error))?;
        self.digest = digest(&self.names);
        self.path = path(&self.names);
        Ok(())
    }
}

fn texts(rows: &[Vec<Option<String>>]) -> Vec<Vec<Option<&str>>> {
    rows.iter().map(|row| row.iter().map(Option::as_deref).collect()).collect()
}

/// The answer to SHOW.
fn shown(rows: &[Vec<Option<String>>]) -> Option<&str> {
    let [row] = rows else { return None };
    row.first()?.as_deref()
}

fn path(names: &SessionNames) -> Digest {
    let lasting = names.path.iter().filter(|schema| !names.is_temp(schema));
    Digest(Sha256::digest(format!("{:?}", lasting.collect::<Vec<_>>())).into())
}

fn digest(names: &SessionNames) -> Digest {
    Digest(Sha256::digest(format!("{names:?}")).into())
}
