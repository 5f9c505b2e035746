//! Prepared statements and portals by name, with what is known ahead of the server's answers.

use std::collections::HashMap;
use std::sync::Arc;

use crate::model::epochs::Epochs;

use super::authority::Analysed;

/// A statement or portal name as the client spells it, in its encoding.
pub type Name = Box<[u8]>;

/// A prepared statement of this session.
#[derive(Debug)]
pub struct Prepared {
    pub analysed: Arc<Analysed>,
    /// The epochs it was rewritten under.
    pub epochs: Epochs,
    /// What the client prepared, to analyse again when rights change; `None` for SQL PREPARE.
    pub source: Option<Source>,
}

/// A client's Parse, kept for a later re-analysis.
#[derive(Debug)]
pub struct Source {
    /// The client's text, in its encoding.
    pub text: Box<[u8]>,
    /// Parameter types that the client fixed; 0 leaves one to the server.
    pub types: Box<[u32]>,
}

/// A bound portal.
#[derive(Debug)]
pub struct Portal {
    pub prepared: Arc<Prepared>,
}

/// Names the server has confirmed, overlaid with what is on its way and may yet fail.
#[derive(Debug)]
pub struct Book<T> {
    confirmed: HashMap<Name, Arc<T>>,
    ahead: HashMap<Name, Option<Arc<T>>>,
}

impl<T> Default for Book<T> {
    fn default() -> Self {
        Self { confirmed: HashMap::new(), ahead: HashMap::new() }
    }
}

impl<T> Book<T> {
    /// What the name will mean to the next message, if everything on its way succeeds.
    #[must_use]
    pub fn get(&self, name: &[u8]) -> Option<&Arc<T>> {
        match self.ahead.get(name) {
            Some(ahead) => ahead.as_ref(),
            None => self.confirmed.get(name),
        }
    }

    /// A message that (re)defines the name, or removes it, is on its way.
    pub fn expect(&mut self, name: Name, value: Option<Arc<T>>) {
        self.ahead.insert(name, value);
    }

    /// The server did it.
    pub fn confirm(&mut self, name: &[u8], value: Option<Arc<T>>) {
        match value {
            Some(value) => {
                self.confirmed.insert(name.into(), value);
            }
            None => {
                self.confirmed.remove(name);
            }
        }
    }

    /// Nothing is on its way any more, or all of it was skipped.
    pub fn forget_ahead(&mut self) {
        self.ahead.clear();
    }

    /// Every confirmed name is gone (DISCARD ALL, DEALLOCATE ALL, end of transaction for portals).
    pub fn clear(&mut self) {
        self.confirmed.clear();
    }
}
