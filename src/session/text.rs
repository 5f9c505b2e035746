//! From a statement's bytes to its analysis.

use std::sync::Arc;

use crate::catalog::search_path::SessionNames;
use crate::check::disbelieved;
use crate::check::witness::Verdict;
use crate::model::facts::{Facts, SessionEffect, StatementClass};
use crate::model::ids::Digest;
use crate::model::refusal::{Reason, Refusal};
use crate::sql::analyse::{Outcome, Plan};
use crate::wire::encoding::Encoding;

use super::Fault;
use super::authority::{Analysed, Authority, CACHED_TEXT_MAX};
use super::effect::Effects;
use super::machine::{Known, Machine};
use super::metering::blind;
use super::names::{self, Source};

/// Texts about a transaction are no longer, in bytes.
const SHORT: usize = 256;

/// What the machine can do with a text now.
pub(super) enum Reading {
    Ready(Arc<Analysed>),
    /// Something must be asked first.
    Later,
}

/// The analysis of a text that was made elsewhere, or that waits for what the text names to be known: its frame is offered
/// again and again.
#[derive(Debug)]
pub struct Held {
    text: Box<[u8]>,
    encoding: Encoding,
    under: (u64, Digest),
    analysed: Arc<Analysed>,
    whose: Whose,
    /// Whether its analysis has been told to the shell.
    told: bool,
}

/// Where a text stands that is analysed elsewhere.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Whose {
    /// In the frame that is held.
    Frame,
    /// In what the frame speaks of by name: a cursor, a statement prepared by SQL.
    Named,
}

/// A long text and what it is to be judged by: its analysis may take so long that nobody else should wait for it.
#[derive(Debug)]
pub struct Long {
    text: Box<[u8]>,
    encoding: Encoding,
    authority: Arc<Authority>,
    names: SessionNames,
    digest: Digest,
    whose: Whose,
}

impl Long {
    /// Analyses it: a fraction of a microsecond for each byte.
    #[must_use]
    pub fn read(self) -> Held {
        let Self { text, encoding, authority, names, digest, whose } = self;
        let analysed = match encoding.decode(&text) {
            Ok(decoded) => authority.analyse(&decoded, &names, digest).0,
            Err(error) => unreadable(&error),
        };
        Held { text, encoding, under: (authority.serial, digest), analysed, whose, told: false }
    }
}

impl Held {
    /// What the second witness said of the text, as a label of metrics.
    #[must_use]
    pub fn heard(&self) -> Option<&'static str> {
        self.analysed.heard.as_ref().map(Verdict::as_str)
    }
}

impl Machine {
    /// Analyses the client's text, once the session's names are known; what does not exist gets one catalog refresh. `types`:
    /// what Parse declares its parameters to be.
    pub(super) fn read_text(&mut self, text: &[u8], types: &[u32], fx: &mut Effects) -> Result<Reading, Fault> {
        if !self.names_known(Some(text), fx)? {
            return Ok(Reading::Later);
        }
        // the ASCII characters are the same bytes in every encoding
        let known = if text.is_ascii() { Known::Yes } else { self.encoding_known(half_characters(text), fx) };
        let analysed = match known {
            Known::Yes => self.analyse_again(text, fx),
            Known::Later => None,
            Known::NotBeforeSync => Some(Arc::new(refused(unsettled_encoding()))),
        };
        let Some(analysed) = analysed.map(|analysed| self.believing(analysed, text, types)) else {
            return Ok(Reading::Later);
        };
        if !self.named_settled(&analysed, fx) {
            let (encoding, under) = (self.encoding, self.read_under());
            let whose = Whose::Frame;
            self.held.get_or_insert_with(|| Held { text: text.into(), encoding, under, analysed, whose, told: true });
            return Ok(Reading::Later);
        }
        let unknown = analysed.refusal().is_some_and(|refusal| refusal.reason.is_unknown());
        if unknown && !self.refreshed && self.unrestricted().is_none() {
            fx.refresh = true;
            return Ok(Reading::Later);
        }
        self.refreshed = false;
        if self.undoes_names(&analysed) {
            return Ok(Reading::Ready(Arc::new(refused(
                Refusal::new(Reason::NotUnderstood, "a statement after the end of a transaction that changed search_path or temp tables, in the same query string")
                    .hint("Send the statements one by one."),
            ))));
        }
        if let Some(refusal) = self.misspoken(&analysed) {
            return Ok(Reading::Ready(Arc::new(refused(refusal))));
        }
        let refused_name = self.stale_name(&analysed, fx).or_else(|| self.unbounded(&analysed));
        if fx.long.is_some() {
            return Ok(Reading::Later);
        }
        Ok(match refused_name {
            Some(refusal) => Reading::Ready(Arc::new(refused(refusal))),
            None => Reading::Ready(analysed),
        })
    }

    /// What was sent lately is found without a key. `None`: the text is long, and analysed elsewhere.
    pub(super) fn analyse_again(&mut self, text: &[u8], fx: &mut Effects) -> Option<Arc<Analysed>> {
        if let Some(held) = self.held_for(text, Whose::Frame, fx) {
            return Some(held);
        }
        if self.is_long(text) {
            fx.long = Some(self.long(text, Whose::Frame));
            return None;
        }
        let under = self.read_under();
        let Some(decoded) = self.encoding.decode(text).ok().filter(|_| self.unreadable.is_none()) else {
            return Some(self.analyse(text, fx));
        };
        if let Some(found) = self.recent.find(under, &decoded) {
            fx.analysed = Some(true);
            return Some(found);
        }
        let analysed = self.analyse(text, fx);
        if fx.analysed == Some(true) {
            self.recent.note(&decoded, &analysed);
        }
        Some(analysed)
    }

    /// The analysis that holds for parameters of these types.
    fn believing(&self, analysed: Arc<Analysed>, text: &[u8], types: &[u32]) -> Arc<Analysed> {
        if disbelieved(types, &analysed.plan.statements).is_none() {
            return analysed;
        }
        // it was decoded just now
        let Ok(text) = self.encoding.decode(text) else { return analysed };
        self.authority.analyse_disbelieving(&text, &self.asking.names, self.asking.digest).0
    }

    /// The same for the text of what is spoken of by name.
    pub(super) fn analyse_named(&mut self, source: &Source, fx: &mut Effects) -> Option<Arc<Analysed>> {
        let text = &*source.text;
        if !self.is_long(text) {
            let analysed = self.analyse(text, fx);
            return Some(self.believing(analysed, text, &source.types));
        }
        let held = self.held_for(text, Whose::Named, fx);
        if held.is_none() {
            fx.long = Some(self.long(text, Whose::Named));
        }
        held
    }

    pub(super) fn is_long(&self, text: &[u8]) -> bool {
        text.len() > CACHED_TEXT_MAX && self.unreadable.is_none()
    }

    /// The analysis that was made for the frame that is held, if it is this text's and still of now.
    fn held_for(&mut self, text: &[u8], whose: Whose, fx: &mut Effects) -> Option<Arc<Analysed>> {
        let (under, encoding) = (self.read_under(), self.encoding);
        let place = self.place(whose);
        place.take_if(|held| (held.under, held.encoding) != (under, encoding) || *held.text != *text);
        let held = place.as_mut()?;
        fx.analysed = std::mem::replace(&mut held.told, true).then_some(true);
        Some(Arc::clone(&held.analysed))
    }

    fn place(&mut self, whose: Whose) -> &mut Option<Held> {
        match whose {
            Whose::Frame => &mut self.held,
            Whose::Named => &mut self.held_named,
        }
    }

    fn long(&self, text: &[u8], whose: Whose) -> Long {
        let (authority, names, digest) = (Arc::clone(&self.authority), self.asking.names.clone(), self.asking.digest);
        Long { text: text.into(), encoding: self.encoding, authority, names, digest, whose }
    }

    /// The text that [`Effects::long`] spoke of has been analysed: its frame is to be offered again.
    pub fn read(&mut self, long: Held) {
        let place = self.place(long.whose);
        *place = Some(long);
    }

    /// Serial of the authority, digest of the names.
    fn read_under(&self) -> (u64, Digest) {
        (self.authority.serial, self.asking.digest)
    }

    pub(super) fn analyse(&self, text: &[u8], fx: &mut Effects) -> Arc<Analysed> {
        if let Some(error) = &self.unreadable {
            return self.analyse_readable(text).unwrap_or_else(|| unreadable(error));
        }
        match self.encoding.decode(text) {
            Ok(text) => {
                let (analysed, known) = self.authority.analyse(&text, &self.asking.names, self.asking.digest);
                fx.analysed = Some(known);
                fx.heard = analysed.heard.as_ref().filter(|_| !known).map(Verdict::as_str);
                analysed
            }
            Err(error) => unreadable(&error),
        }
    }

    /// What is the same in every encoding and shows nothing: the way back from one that cannot be read.
    fn analyse_readable(&self, text: &[u8]) -> Option<Arc<Analysed>> {
        let text = str::from_utf8(text).ok().filter(|text| text.is_ascii())?;
        let (analysed, _) = self.authority.analyse(text, &self.asking.names, self.asking.digest);
        let leads_back = |facts: &Facts| matches!(facts.class, StatementClass::Setting | StatementClass::Transaction);
        analysed.plan.statements.iter().all(leads_back).then_some(analysed)
    }

    /// Whether a text says no more than what the transaction under way and its settings are like, which it may have to do
    /// before anything has been asked in it.
    pub(super) fn is_about_the_transaction(&self, text: &[u8]) -> bool {
        let Some(text) = self.encoding.decode(text).ok().filter(|text| text.len() <= SHORT) else { return false };
        let (analysed, _) = self.authority.analyse(&text, &self.asking.names, self.asking.digest);
        let plain = |facts: &Facts| {
            matches!(facts.class, StatementClass::Setting | StatementClass::Transaction) && facts.effects.is_empty()
        };
        !blind(&analysed) && analysed.plan.statements.iter().all(plain)
    }

    /// EXECUTE and FETCH deliver what was rewritten earlier: not under rights that would have it otherwise now. Nothing is
    /// said while [`Effects::long`] asks for an analysis first.
    pub(super) fn stale_name(&mut self, analysed: &Analysed, fx: &mut Effects) -> Option<Refusal> {
        if !self.followed() {
            return None;
        }
        let effects = analysed.plan.statements.iter().flat_map(|facts| &facts.effects);
        effects.filter_map(|effect| self.stale_effect(effect, fx)).next()
    }

    /// Whether statements follow, in the same string, on one that may undo what the session's names were analysed under.
    fn undoes_names(&self, analysed: &Analysed) -> bool {
        let ends = |facts: &Facts| facts.effects.contains(&SessionEffect::TransactionEnd);
        let nameless = |facts: &Facts| matches!(facts.class, StatementClass::Transaction | StatementClass::Empty);
        let mut behind = analysed.plan.statements.iter().skip_while(|facts| !ends(facts));
        self.asking.touched() && self.followed() && !behind.all(nameless)
    }

    fn stale_effect(&mut self, effect: &SessionEffect, fx: &mut Effects) -> Option<Refusal> {
        match effect {
            SessionEffect::Execute(name) => {
                let key = names::key(name);
                let prepared = Arc::clone(self.statements.get(key)?);
                if prepared.under != self.under() {
                    let Some(fresh) = self.still_prepared(&prepared, fx) else {
                        return Some(stale("prepared statement", name));
                    };
                    self.statements.renew(key, fresh);
                }
            }
            // planned when it was declared, whatever the path is now
            SessionEffect::Fetch(name) if self.stale_portal(names::key(name), fx).is_some() => {
                return Some(stale("cursor", name));
            }
            _ => {}
        }
        None
    }
}

/// Whether what one encoding takes for a backslash is half of a character in another: the end of a literal depends on it.
fn half_characters(text: &[u8]) -> bool {
    text.windows(2).any(|pair| matches!(pair, [0x80..=0xff, b'\\']))
}

/// The refusal of what cannot be read before the client sends Sync.
pub(super) fn unsettled_encoding() -> Refusal {
    Refusal::new(Reason::Encoding, "the client encoding may have changed since the last Sync")
        .hint("Send Sync after changing client_encoding.")
}

/// The refusal of something that was made under rights or names that have changed since.
pub(super) fn stale(kind: &str, name: &str) -> Refusal {
    Refusal::new(
        Reason::Stale,
        format!("the rights, the catalog or the search path changed since {kind} \"{name}\" was made"),
    )
    .hint("Make it again; it will follow the rights of now.")
}

fn unreadable(error: &dyn std::fmt::Display) -> Arc<Analysed> {
    Arc::new(refused(
        Refusal::new(Reason::Encoding, error.to_string())
            .hint("Set client_encoding to the encoding that the program really sends, best UTF8."),
    ))
}

/// The analysis of a text that never reached the analyser.
pub(super) fn refused(refusal: Refusal) -> Analysed {
    let plan = Plan {
        outcome: Outcome::Refuse(refusal),
        statements: Arc::new([]),
        fingerprint: Digest::default(),
        normalized: None,
    };
    Analysed::without_proof(plan)
}

/// Whether the rows of such a statement depend on what a name stands for, not on its text alone.
pub(super) fn described_by_name(analysed: &Analysed) -> bool {
    analysed.plan.statements.iter().any(|f| matches!(f.class, StatementClass::Cursor | StatementClass::Prepared))
}
