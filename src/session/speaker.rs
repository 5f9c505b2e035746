//! For whom an application's session asks: what the application says is followed, and nothing is answered before it is
//! known who that is.

use std::sync::Arc;
use std::time::Instant;

use crate::model::disclosure::Account;
use crate::model::facts::{Facts, SessionEffect, StatementClass};
use crate::model::principal::{NamedBy, Principal};
use crate::model::refusal::{Reason, Refusal};
use crate::sql::tag::{self, Tag};
use crate::wire::server::Status;

use super::Fault;
use super::authority::{Analysed, Authority};
use super::effect::Effects;
use super::machine::Machine;
use super::names::{self, Prepared};
use super::ran::When;

/// Under so many rights the temporary tables of one session may have been filled.
const FILLED_MAX: usize = 64;

/// Stands for a name that cannot be read: no name is spelled so.
const UNREADABLE: &str = "\0";

/// Who asks from now on.
#[derive(Debug)]
pub struct Speaker {
    pub principal: Arc<Principal>,
    pub authority: Arc<Authority>,
    pub account: Arc<Account>,
    /// Why what is protected may not be read: it is not known for whom.
    pub doubt: Option<Refusal>,
    /// Until when the name is believed.
    pub until: Option<Instant>,
}

/// For whom the session asks now.
#[derive(Debug)]
pub(super) struct Speaking {
    by: NamedBy,
    /// What the application said that the present principal was made for; `None`: nobody has looked yet.
    said: Option<Arc<str>>,
    doubt: Option<Refusal>,
    until: Option<Instant>,
    /// Under whose rights the session's temporary tables may have been filled.
    filled: Vec<Arc<Authority>>,
}

impl Speaking {
    pub(super) fn of(authority: &Authority) -> Option<Self> {
        let by = authority.rights.named_by()?.clone();
        Some(Self { by, said: None, doubt: None, until: None, filled: Vec::new() })
    }

    /// The setting that names the person.
    pub(super) fn setting(&self) -> Option<&Arc<str>> {
        match &self.by {
            NamedBy::Setting(name) => Some(name),
            NamedBy::Comment(_) => None,
        }
    }

    /// The rights have been made anew: so is what is known of the person.
    pub(super) fn forget(&mut self) {
        self.said = None;
    }
}

impl Machine {
    /// Whether it is known for whom the next message asks; `false`: not yet. `said` is what the message itself says.
    pub(super) fn speaks(&mut self, now: Instant, said: Option<Arc<str>>, fx: &mut Effects) -> Result<bool, Fault> {
        if self.speaking.is_none() {
            return Ok(true);
        }
        if !self.names_known(None, fx)? {
            return Ok(false);
        }
        // a transaction can bring back what has been dropped in it
        let settled = self.transaction == Status::Idle && !self.pipeline_open;
        let emptied = settled && !self.asking.temporary_tables();
        let Some(speaking) = &mut self.speaking else { return Ok(true) };
        if emptied {
            speaking.filled.clear();
        }
        let said = match &speaking.by {
            NamedBy::Setting(_) => Arc::clone(&self.asking.said),
            NamedBy::Comment(_) => said.unwrap_or_default(),
        };
        if speaking.said.as_ref() == Some(&said) && speaking.until.is_none_or(|until| now < until) {
            return Ok(true);
        }
        // what is on its way belongs to whoever asked for it
        if !self.queue.is_empty() {
            self.flush_for_answers(fx);
            return Ok(false);
        }
        fx.speaker = Some(said);
        Ok(false)
    }

    /// The answer to [`Effects::speaker`]: who it is that was named by `said`.
    ///
    /// # Errors
    /// When the application names people in another way by now.
    pub fn speak(&mut self, said: Arc<str>, speaker: Speaker) -> Result<(), Fault> {
        let Some(speaking) = &mut self.speaking else { return Err(Fault::Rights) };
        if speaker.authority.rights.named_by() != Some(&speaking.by) {
            return Err(Fault::Rights);
        }
        speaking.said = Some(said);
        (speaking.doubt, speaking.until) = (speaker.doubt, speaker.until);
        (self.principal, self.authority) = (speaker.principal, speaker.authority);
        if let Some(meter) = &mut self.meter {
            meter.account = Arc::clone(&speaker.account);
            meter.under(&self.authority.rights);
        }
        Ok(())
    }

    /// What a text says of whom it asks for. FETCH and EXECUTE without a word ask for whom the cursor or the prepared
    /// statement was made: drivers write them themselves. `None`: it must be analysed first, elsewhere.
    pub(super) fn said_in(&mut self, text: &[u8], fx: &mut Effects) -> Option<Option<Arc<str>>> {
        let Some(NamedBy::Comment(key)) = self.speaking.as_ref().map(|speaking| &speaking.by) else {
            return Some(None);
        };
        let Ok(decoded) = self.encoding.decode(text) else { return Some(None) };
        let analysed = match tag::of(&decoded, key) {
            Tag::Value(name) => return Some(Some(name.into())),
            Tag::Unclear => return Some(Some(UNREADABLE.into())),
            Tag::Absent if self.is_long(text) => self.analyse_again(text, fx)?,
            Tag::Absent => self.authority.analyse(&decoded, &self.asking.names, self.asking.digest).0,
        };
        let [facts] = &*analysed.plan.statements else { return Some(None) };
        Some(self.runs(facts).and_then(|runs| runs.said.clone()))
    }

    /// What FETCH and EXECUTE run, if it is known.
    fn runs(&self, facts: &Facts) -> Option<&Prepared> {
        facts.effects.iter().find_map(|effect| match effect {
            SessionEffect::Execute(name) => self.statements.get(names::key(name)).map(|found| &**found),
            SessionEffect::Fetch(name) => self.cursor(names::key(name)).map(|cursor| &*cursor.prepared),
            _ => None,
        })
    }

    /// For whom what is made now is made.
    pub(super) fn said(&self) -> Option<Arc<str>> {
        self.speaking.as_ref().filter(|speaking| speaking.setting().is_none())?.said.clone()
    }

    /// Whether a statement may name another person, by itself or by what it runs.
    pub(super) fn renames(&self, facts: &Facts) -> bool {
        let own = facts.effects.contains(&SessionEffect::EndUser);
        own || self.runs(facts).is_some_and(|made| {
            made.analysed.plan.statements.iter().any(|facts| facts.effects.contains(&SessionEffect::EndUser))
        })
    }

    /// A text is on its way that may name somebody else, or put something into temporary tables.
    pub(super) fn note_speaker(&mut self, statements: &[Facts]) {
        if self.speaking.is_none() {
            return;
        }
        if statements.iter().any(|facts| self.renames(facts)) {
            self.barrier = true;
            self.asking.said_touched();
        }
        let fills = |facts: &Facts| facts.temporary > 0 || facts.effects.contains(&SessionEffect::TempTables);
        if let Some(speaking) = self.speaking.as_mut().filter(|_| statements.iter().any(fills))
            && !speaking.filled.iter().any(|known| Arc::ptr_eq(known, &self.authority))
            && speaking.filled.len() < FILLED_MAX
        {
            speaking.filled.push(Arc::clone(&self.authority));
        }
    }

    /// Why a text may not run as the person that it is analysed for.
    pub(super) fn misspoken(&self, analysed: &Analysed) -> Option<Refusal> {
        let speaking = self.speaking.as_ref()?;
        let quiet = |facts: &Facts| {
            matches!(facts.class, StatementClass::Transaction | StatementClass::Setting | StatementClass::Empty)
        };
        let statements = &analysed.plan.statements;
        let mut behind = statements.iter().skip_while(|facts| !self.renames(facts)).skip(1);
        if speaking.setting().is_some() && !behind.all(quiet) {
            return Some(
                Refusal::new(
                    Reason::EndUser,
                    "a statement after one that names the end user, in the same query string",
                )
                .hint("Send the statements one by one."),
            );
        }
        let temporary = statements.iter().any(|facts| facts.temporary > 0);
        let makes = statements.iter().any(|facts| facts.class == StatementClass::TempTable);
        let lower = |other: &Arc<Authority>| {
            !Arc::ptr_eq(other, &self.authority) && !self.authority.rights.covers(&other.rights)
        };
        let full =
            speaking.filled.len() >= FILLED_MAX && !speaking.filled.iter().any(|it| Arc::ptr_eq(it, &self.authority));
        let foreign = full || speaking.filled.iter().any(lower);
        let unknown = (temporary && foreign) || (makes && full);
        (unknown && self.asking.temporary_tables()).then(|| {
            Refusal::new(Reason::EndUser, "the temporary table may have been filled for another end user")
                .hint("Run DISCARD TEMP before another end user is named.")
        })
    }

    /// Why what is protected may not be read now.
    pub(super) fn doubted(&self, analysed: &Analysed, when: When<'_>) -> Option<&Refusal> {
        let doubt = self.speaking.as_ref()?.doubt.as_ref()?;
        let filtered = analysed.plan.statements.iter().any(|facts| facts.filtered);
        (filtered || self.touches_protected(analysed, when)).then_some(doubt)
    }
}
