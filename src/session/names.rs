//! Prepared statements and portals by name, with what is known ahead of the server's answers.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

use foldhash::fast::RandomState;

use crate::model::facts::{Facts, SessionEffect, StatementClass};
use crate::model::ids::Digest;
use crate::wire::encoding::Encoding;
use crate::wire::server::RowDescription;

use super::authority::{Analysed, Authority};
use super::telling::Telling;
use super::text::described_by_name;

/// The name of a statement, portal or cursor as the books spell it: in UTF-8, and no more of it than the server looks at.
pub type Name = Box<[u8]>;

/// Bytes of a name that the server's tables of statements and portals look at (`NAMEDATALEN`).
const NAME_MAX: usize = 63;

/// What of a name tells it from others.
#[must_use]
pub fn key(name: &str) -> &[u8] {
    cut(name.as_bytes())
}

/// The same of a name in a message.
pub(super) fn key_of(name: &[u8], encoding: Encoding) -> Cow<'_, [u8]> {
    match encoding.decode(name) {
        Ok(Cow::Borrowed(text)) => Cow::Borrowed(key(text)),
        Ok(Cow::Owned(text)) => Cow::Owned(key(&text).into()),
        // the server refuses it for that
        Err(_) => Cow::Borrowed(cut(name)),
    }
}

fn cut(name: &[u8]) -> &[u8] {
    name.get(..NAME_MAX).unwrap_or(name)
}

/// What a text was rewritten under.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Under {
    /// The serial of the rights and the catalog.
    pub authority: u64,
    /// The search path. The server analyses a prepared text again when its own has changed, and looks up anew what
    /// could not be pinned: operators, and functions called by the notation of a field.
    ///
    /// Of a session whose texts are sent as they are, all of its names: nothing is pinned in them.
    pub path: Digest,
    /// Since which call of a function that may have given names another meaning it is known what this one means.
    pub era: u64,
}

/// A prepared statement of this session.
#[derive(Debug)]
pub struct Prepared {
    pub analysed: Arc<Analysed>,
    pub under: Under,
    /// What the client prepared, to analyse again when rights change.
    pub source: Option<Arc<Source>>,
    /// The rows as the client knows them, as [`rows_told`] spells them.
    pub told: Told,
    /// For whom it was made, where texts say so themselves.
    pub said: Option<Arc<str>>,
    /// Which statement of its text it is.
    pub index: usize,
    /// SQL's PREPARE or DECLARE has made it: what runs is what stands within that statement.
    pub within: bool,
}

impl Prepared {
    /// What it does: the facts of one statement, or of none.
    #[must_use]
    pub fn facts(&self) -> &[Facts] {
        self.analysed.plan.statements.get(self.index..=self.index).unwrap_or_default()
    }

    /// Whether the server has one thing that both describe, be it under other rights.
    #[must_use]
    pub fn is(&self, other: &Self) -> bool {
        let sources = self.source.as_ref().zip(other.source.as_ref());
        self.index == other.index && sources.is_some_and(|(one, other)| Arc::ptr_eq(one, other))
    }

    /// The same name, under which the server may have something else.
    #[must_use]
    pub fn doubted(&self) -> Self {
        Self {
            analysed: Arc::clone(&self.analysed),
            under: Under { era: DOUBTED, ..self.under },
            source: self.source.clone(),
            told: self.told.clone(),
            said: self.said.clone(),
            index: self.index,
            within: self.within,
        }
    }

    /// Whether it runs what stands under a name when it is executed.
    #[must_use]
    pub fn runs_a_name(&self) -> bool {
        let by_name = |effect: &SessionEffect| matches!(effect, SessionEffect::Execute(_) | SessionEffect::Fetch(_));
        !self.within && self.facts().iter().flat_map(|facts| &facts.effects).any(by_name)
    }

    /// Whether it changes what names are looked up by each time rows of it are fetched.
    pub fn renames(&self) -> bool {
        self.facts().iter().any(|facts| facts.effects.contains(&SessionEffect::SearchPath))
    }

    /// Whether SQL's EXECUTE of it does no more than deliver rows or write some: nothing of what the session's names
    /// mean.
    #[must_use]
    pub fn plain(&self) -> bool {
        let plain = |facts: &Facts| {
            let own = |effect: &SessionEffect| match effect {
                SessionEffect::Prepare(_) => self.within,
                // noted of whatever is run by name
                SessionEffect::EndUser => true,
                _ => false,
            };
            let class = match facts.class {
                StatementClass::Read | StatementClass::Write => true,
                StatementClass::Prepared => self.within,
                _ => false,
            };
            class && facts.effects.iter().all(own)
        };
        !self.facts().is_empty() && self.facts().iter().all(plain)
    }
}

/// What a client has been told of a statement's rows, if anything.
pub type Told = OnceLock<Box<[u8]>>;

/// Names, types and modifiers of result columns: what a client relies on.
#[must_use]
pub fn rows_told(description: &RowDescription<'_>) -> Box<[u8]> {
    let mut told = Vec::new();
    for field in description.iter() {
        told.extend_from_slice(field.name);
        told.push(0);
        told.extend_from_slice(&field.type_oid.to_be_bytes());
        told.extend_from_slice(&field.type_modifier.to_be_bytes());
    }
    told.into()
}

/// A client's Parse, or the query that made a cursor or prepared statement, kept for a later re-analysis.
#[derive(Debug)]
pub struct Source {
    /// The client's text, in its encoding of then.
    pub text: Box<[u8]>,
    pub encoding: Encoding,
    /// Parameter types that the client fixed; 0 leaves one to the server.
    pub types: Box<[u32]>,
}

impl Source {
    /// Whether it would be read as something else in another encoding.
    pub fn is_foreign(&self, encoding: Encoding) -> bool {
        self.encoding != encoding && !self.text.is_ascii()
    }
}

/// What a portal has run that runs a name, or whose rows depend on one: the server looks the name up when the portal is
/// executed first, and goes on delivering what it found then.
#[derive(Debug, Default)]
pub struct Ran {
    /// What stood under the name; `None`: nobody knows.
    pub made: Option<Arc<Prepared>>,
    /// How the rows are counted, by the description that the server gave then.
    pub telling: OnceLock<Telling>,
}

/// The era of what is not known: no other is equal to it.
pub const DOUBTED: u64 = u64::MAX;

/// A bound portal, or a cursor.
#[derive(Debug)]
pub struct Portal {
    pub prepared: Arc<Prepared>,
    /// What it was planned under.
    pub authority: Arc<Authority>,
    /// The formats of its columns, as Bind asked for them: none for text, one for all, or one each.
    pub formats: Box<[i16]>,
    /// How many values each of its parameters has, were it an array; empty where that does not matter.
    pub parameters: Box<[u64]>,
    /// Whether the values that it tests have been counted.
    pub told: AtomicBool,
    /// Whether it has been suspended: what it has written by then is counted once.
    pub suspended: AtomicBool,
    /// What it has run, where its rows depend on a name; shared by those that [`Self::renewed`] makes.
    pub ran: Option<Arc<OnceLock<Arc<Ran>>>>,
    /// Since when it is known what its name means, as [`Under::era`] says it.
    pub era: u64,
    /// A cursor that may outlive its transaction.
    pub held: bool,
}

impl Portal {
    #[must_use]
    pub fn new(prepared: Arc<Prepared>, authority: Arc<Authority>, formats: Box<[i16]>, era: u64) -> Self {
        Self {
            ran: (described_by_name(&prepared.analysed) || prepared.runs_a_name()).then(Arc::default),
            era,
            held: false,
            prepared,
            authority,
            formats,
            parameters: Box::default(),
            told: AtomicBool::new(false),
            suspended: AtomicBool::new(false),
        }
    }

    /// The same portal, of which more is known.
    #[must_use]
    pub fn renewed(&self, prepared: Arc<Prepared>, authority: Arc<Authority>) -> Self {
        let same = |flag: &AtomicBool| AtomicBool::new(flag.load(Ordering::Relaxed));
        let (told, suspended) = (same(&self.told), same(&self.suspended));
        let (formats, parameters) = (self.formats.clone(), self.parameters.clone());
        let (ran, era, held) = (self.ran.clone(), self.era, self.held);
        Self { prepared, authority, formats, parameters, told, suspended, ran, era, held }
    }

    /// What it has run, if it has been executed.
    #[must_use]
    pub fn ran(&self) -> Option<&Arc<Ran>> {
        self.ran.as_ref()?.get()
    }

    /// It has been executed: what it has run then it goes on delivering.
    pub fn has_run(&self, what: Arc<Ran>) {
        // the first time counts
        self.ran.iter().for_each(|ran| drop(ran.set(Arc::clone(&what))));
    }

    /// Whether what it tests has been counted, and it was sent.
    pub fn told(&self) -> bool {
        self.told.load(Ordering::Relaxed)
    }

    pub fn has_told(&self) {
        self.told.store(true, Ordering::Relaxed);
    }

    /// Whether it has been suspended before; `now`: it is.
    pub fn suspended_before(&self, now: bool) -> bool {
        self.suspended.fetch_or(now, Ordering::Relaxed)
    }

    /// Whether an output column comes in binary.
    #[must_use]
    pub fn binary(&self, position: usize) -> bool {
        match &*self.formats {
            [all] => *all == 1,
            each => each.get(position) == Some(&1),
        }
    }
}

/// What is on its way for a name.
#[derive(Debug)]
struct Ahead<T> {
    /// What it will mean if everything succeeds.
    value: Option<Arc<T>>,
    /// Between which two ends of skipping the last such message stands.
    segment: u64,
    /// How many messages about it have not been answered.
    unanswered: usize,
}

/// Names the server has confirmed, overlaid with what is on its way and may yet fail.
#[derive(Debug)]
pub struct Book<T> {
    confirmed: HashMap<Name, Arc<T>, RandomState>,
    ahead: HashMap<Name, Ahead<T>, RandomState>,
    /// Whether it is asked for a message that will come behind what is on its way, not for an answer to that.
    looks_ahead: bool,
}

impl<T> Default for Book<T> {
    fn default() -> Self {
        Self { confirmed: HashMap::default(), ahead: HashMap::default(), looks_ahead: false }
    }
}

impl<T> Book<T> {
    /// What the name will mean to the next message, if everything on its way succeeds; to an answer, what it means now.
    #[must_use]
    pub fn get(&self, name: &[u8]) -> Option<&Arc<T>> {
        match self.looks_ahead.then(|| self.ahead.get(name)).flatten() {
            Some(ahead) => ahead.value.as_ref(),
            None => self.confirmed.get(name),
        }
    }

    /// Whether messages are asked about from now on, or answers.
    pub fn look_ahead(&mut self, ahead: bool) {
        self.looks_ahead = ahead;
    }

    /// Whether the next message, of this segment, may find something else under the name. Where a message fails, the
    /// server skips the rest of its segment and no more: what is on its way in the same one may be built upon.
    #[must_use]
    pub fn doubtful(&self, name: &[u8], segment: u64) -> bool {
        self.ahead.get(name).is_some_and(|ahead| ahead.segment != segment)
    }

    /// A message that (re)defines the name, or removes it, is on its way.
    pub fn expect(&mut self, name: &[u8], value: Option<Arc<T>>, segment: u64) {
        if let Some(ahead) = self.ahead.get_mut(name) {
            (ahead.value, ahead.segment) = (value, segment);
            ahead.unanswered += 1;
        } else {
            self.ahead.insert(name.into(), Ahead { value, segment, unanswered: 1 });
        }
    }

    /// The server has done what was expected.
    pub fn answered(&mut self, name: &[u8], value: Option<Arc<T>>) {
        self.confirm(name, value);
        if let Some(ahead) = self.ahead.get_mut(name) {
            ahead.unanswered = ahead.unanswered.saturating_sub(1);
            if ahead.unanswered == 0 {
                self.ahead.remove(name);
            }
        }
    }

    /// The name goes on meaning the same object of the server, of which more is known now.
    pub fn renew(&mut self, name: &[u8], value: Arc<T>) {
        match self.ahead.get_mut(name) {
            Some(ahead) => ahead.value = Some(value),
            None => self.confirm(name, Some(value)),
        }
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

    /// Every confirmed name is gone (end of transaction for portals).
    pub fn clear(&mut self) {
        self.confirmed.clear();
    }

    /// How many names the server has confirmed.
    #[must_use]
    pub fn count(&self) -> usize {
        self.confirmed.len()
    }

    /// Confirmed names of which this does not hold are gone.
    pub fn keep(&mut self, holds: impl Fn(&T) -> bool) {
        if !self.confirmed.is_empty() {
            self.confirmed.retain(|_, value| holds(value));
        }
    }

    /// Every confirmed name is gone, but for what has none (DISCARD ALL, DEALLOCATE ALL).
    pub fn clear_named(&mut self) {
        self.confirmed.retain(|name, _| name.is_empty());
    }
}
