//! Parse, Bind, Describe, Execute, Close: the extended protocol, pipelines included.

use std::sync::Arc;
use std::time::Instant;

use crate::check::ParameterTypes;
use crate::model::facts::Facts;
use crate::model::refusal::{Reason, Refusal};
use crate::wire::client::{Bind, Execute, Parse, Target};
use crate::wire::frame::Frame;

use super::authority::Analysed;
use super::effect::{Effects, STOPS};
use super::expect::{Expect, Of, Show};
use super::machine::{Known, Machine};
use super::meter::Run;
use super::metering::Tested;
use super::names::{DOUBTED, Name, Portal, Prepared, Ran, Source, Told, key_of};
use super::ran;
use super::renew::Renewed;
use super::simple::unproven;
use super::text::{self, Reading};
use super::{Fault, Taken};

/// What a portal does when it is executed.
struct Next {
    portal: Option<Arc<Portal>>,
    ran: Option<Arc<Ran>>,
    /// Whether a function may have put something else in its place.
    unknown: bool,
}

/// Whether it may.
enum Coming {
    Next(Next),
    Later,
    Refused(Refusal, Option<Arc<Analysed>>),
}

impl Machine {
    pub(super) fn parse(&mut self, now: Instant, frame: Frame<'_>, fx: &mut Effects) -> Result<Taken, Fault> {
        let parse = Parse::read(frame.body()).map_err(Fault::client)?;
        let Some(said) = self.said_in(parse.text, fx) else { return Ok(Taken::Later) };
        if !self.speaks(now, said, fx)? {
            return Ok(Taken::Later);
        }
        if let Some(otherwise) = self.unreadable_name(&[parse.name], fx)? {
            return Ok(otherwise);
        }
        let types: Box<[u32]> = parse.types.iter().collect();
        let Reading::Ready(analysed) = self.read_text(parse.text, &types, fx)? else { return Ok(Taken::Later) };
        if let Some(proof) = self.unrestricted() {
            fx.forward_unrestricted(frame.bytes(), proof);
        } else if let Some(refusal) = self.send_parse(parse.name, &analysed, &types, fx)? {
            return self.refuse_parse(parse.name, refusal, Some(analysed), fx);
        }
        let source = Some(Arc::new(Source { text: parse.text.into(), encoding: self.encoding, types }));
        let (under, said) = (self.under(), self.said());
        let (told, index, within) = (Told::new(), 0, false);
        let prepared = Arc::new(Prepared { analysed, under, source, told, said, index, within });
        let name: Name = key_of(parse.name, self.encoding).into();
        self.expect(Expect::Parse { name, prepared: Some(prepared), show: Show::Relay });
        self.sent_extended();
        Ok(Taken::Done)
    }

    /// What becomes of a message whose names cannot be read now, since the encoding may be changing; `None`: they can.
    fn unreadable_name(&mut self, names: &[&[u8]], fx: &mut Effects) -> Result<Option<Taken>, Fault> {
        if names.iter().all(|name| name.is_ascii()) {
            return Ok(None);
        }
        match self.encoding_known(false, fx) {
            Known::Yes => Ok(None),
            Known::Later => Ok(Some(Taken::Later)),
            Known::NotBeforeSync => self.refuse_parse(STOPS, text::unsettled_encoding(), None, fx).map(Some),
        }
    }

    /// What a target stands for.
    fn target(&self, target: Target<'_>) -> Option<Arc<Prepared>> {
        let key = key_of(name_of(target), self.encoding);
        match target {
            Target::Statement(_) => self.statements.get(&key).cloned(),
            Target::Portal(_) => self.cursor(&key).map(|portal| Arc::clone(&portal.prepared)),
        }
    }

    /// Sends a Parse with checked text, or says why it must not be sent.
    pub(super) fn send_parse(
        &self,
        name: &[u8],
        analysed: &Analysed,
        types: &[u32],
        fx: &mut Effects,
    ) -> Result<Option<Refusal>, Fault> {
        let types = match self.parameter_types(types, &analysed.plan.statements) {
            Ok(types) => types,
            Err(refusal) => return Ok(Some(analysed.refusal().cloned().unwrap_or(refusal))),
        };
        match (&analysed.checked, analysed.refusal()) {
            (Some(checked), None) => fx.parse(name, checked, types, self.encoding).map(|()| None),
            (_, refusal) => Ok(Some(refusal.cloned().unwrap_or_else(unproven))),
        }
    }

    /// The proof that a restricted client may give its parameters these types, or the refusal.
    pub(super) fn parameter_types<'t>(
        &self,
        types: &'t [u32],
        statements: &[Facts],
    ) -> Result<ParameterTypes<'t>, Refusal> {
        let snapshot = &self.authority.snapshot;
        ParameterTypes::check(types, snapshot, statements).map_err(|oid| {
            let name = snapshot.type_of(oid).map_or_else(|| oid.to_string(), |ty| format!("{}.{}", ty.schema, ty.name));
            Refusal::new(Reason::Function, format!("a parameter of type {name} is not allowed for this user"))
                .hint("Leave the parameter's type to the server, or use a built-in type.")
        })
    }

    /// Makes the server fail at this place of the pipeline, and shows the refusal for its error.
    fn refuse_parse(
        &mut self,
        name: &[u8],
        refusal: Refusal,
        analysed: Option<Arc<Analysed>>,
        fx: &mut Effects,
    ) -> Result<Taken, Fault> {
        fx.refused_parse(name, refusal.reason)?;
        let under = self.under();
        let prepared = analysed.map(|analysed| {
            let analysed = analysed.facts_alone(&refusal);
            let (source, told, said, index, within) = (None, Told::new(), None, 0, false);
            Arc::new(Prepared { analysed, under, source, told, said, index, within })
        });
        let name = key_of(name, self.encoding).into();
        self.queue.push(Expect::Parse { name, prepared, show: Show::Swap(Box::new(refusal)) });
        self.sent_extended();
        Ok(Taken::Done)
    }

    pub(super) fn bind(&mut self, now: Instant, frame: Frame<'_>, fx: &mut Effects) -> Result<Taken, Fault> {
        let bind = Bind::read(frame.body()).map_err(Fault::client)?;
        let target = Target::Statement(bind.statement);
        let made = if self.asking.all_stale() { self.target(target) } else { None };
        let text = made.as_ref().and_then(|made| made.source.as_deref()).map(|source| &*source.text);
        if self.followed() && !self.names_known(text, fx)? {
            return Ok(Taken::Later);
        }
        if let Some(otherwise) = self.unreadable_name(&[bind.statement, bind.portal], fx)? {
            return Ok(otherwise);
        }
        let key = key_of(bind.statement, self.encoding);
        if !self.settled(&[&key], &[], fx) {
            return Ok(Taken::Later);
        }
        let mut prepared = self.statements.get(&key).cloned();
        let said = prepared.as_ref().and_then(|prepared| prepared.said.clone());
        if !self.speaks(now, said, fx)? {
            return Ok(Taken::Later);
        }
        let restricted = self.restricted();
        let follows = |known: &Prepared| self.followed() || known.analysed.rewritten();
        if let Some(known) = prepared.as_ref().filter(|known| known.under != self.under() && follows(known)) {
            match self.renew(bind.statement, known, fx)? {
                Renewed::Ready(fresh) => prepared = Some(fresh),
                Renewed::Unneeded => {}
                Renewed::Later => return Ok(Taken::Later),
                Renewed::Refused(refusal) => return self.refuse_parse(STOPS, refusal, None, fx),
            }
        }
        // an unknown statement is the server's to refuse: it knows none that was not checked
        if restricted && prepared.is_none() {
            fx.close_statement(bind.statement)?;
            self.close_unknown();
        }
        let portal = prepared.map(|prepared| {
            let parameters = ran::parameters(&prepared, &bind);
            let formats = bind.result_formats.iter().collect();
            let era = if prepared.under.era == self.era { self.era } else { DOUBTED };
            Arc::new(Portal { parameters, ..Portal::new(prepared, Arc::clone(&self.authority), formats, era) })
        });
        let name: Name = key_of(bind.portal, self.encoding).into();
        self.expect(Expect::Bind { name, portal, show: Show::Relay });
        self.sent_extended();
        self.pass(frame, fx)
    }

    pub(super) fn describe(&mut self, now: Instant, frame: Frame<'_>, fx: &mut Effects) -> Result<Taken, Fault> {
        let target = Target::read("Describe", frame.body()).map_err(Fault::client)?;
        if let Some(otherwise) = self.unreadable_name(&[name_of(target)], fx)? {
            return Ok(otherwise);
        }
        let key = key_of(name_of(target), self.encoding);
        let (of, settled) = match target {
            Target::Statement(_) => (Of::Statement(key.as_ref().into()), self.settled(&[&key], &[], fx)),
            Target::Portal(_) => (Of::Portal(key.as_ref().into()), self.settled(&[], &[&key], fx)),
        };
        if !settled {
            return Ok(Taken::Later);
        }
        if self.speaking.is_some() {
            match self.renew_described(now, target, fx)? {
                Renewed::Ready(_) | Renewed::Unneeded => {}
                Renewed::Later => return Ok(Taken::Later),
                Renewed::Refused(refusal) => return self.refuse_parse(STOPS, refusal, None, fx),
            }
        }
        let prepared = self.target(target);
        self.queue.push(Expect::Describe { prepared, target: of, show: Show::Relay });
        self.sent_extended();
        self.pass(frame, fx)
    }

    pub(super) fn execute(&mut self, now: Instant, frame: Frame<'_>, fx: &mut Effects) -> Result<Taken, Fault> {
        let execute = Execute::read(frame.body()).map_err(Fault::client)?;
        if let Some(otherwise) = self.unreadable_name(&[execute.portal], fx)? {
            return Ok(otherwise);
        }
        let key = key_of(execute.portal, self.encoding);
        if !self.settled(&[], &[&key], fx) {
            return Ok(Taken::Later);
        }
        let said = self.cursor(&key).and_then(|portal| portal.prepared.said.clone());
        if !self.speaks(now, said, fx)? {
            return Ok(Taken::Later);
        }
        let next = match self.comes_next(&key, fx)? {
            Coming::Next(next) => next,
            Coming::Later => return Ok(Taken::Later),
            Coming::Refused(refusal, analysed) => return self.refuse_parse(STOPS, refusal, analysed, fx),
        };
        if self.restricted() && self.cursor(&key).is_none() {
            fx.close_portal(execute.portal)?;
            self.close_unknown();
        }
        self.describe_next(execute.portal, &key, &next, fx)?;
        self.note_next(&next);
        let run = self.run_of(now, next);
        self.ahead(&run);
        self.expect(Expect::Execute { run, show: Show::Relay });
        self.sent_extended();
        self.pass(frame, fx)
    }

    /// What a portal does when it is executed now, or why it must not.
    fn comes_next(&mut self, key: &[u8], fx: &mut Effects) -> Result<Coming, Fault> {
        let restricted = self.restricted();
        let stale = if self.followed() { self.stale_portal(key, fx) } else { None };
        if fx.long.is_some() {
            return Ok(Coming::Later);
        }
        if let Some(stale) = stale.as_ref().filter(|_| restricted) {
            return Ok(Coming::Refused(text::stale("portal", ""), Some(Arc::clone(stale))));
        }
        // what DECLARE has done is not done again
        let portal = self.portals.get(key).cloned();
        let first = portal.as_deref().is_some_and(|portal| !self.has_run(portal) && !portal.prepared.within);
        // what it runs by name is looked up when it is executed first, not when it was bound
        let analysed = portal.as_ref().map(|portal| Arc::clone(&portal.prepared.analysed));
        if let Some(analysed) = analysed.as_ref().filter(|_| first)
            && !self.named_settled(analysed, fx)
        {
            return Ok(Coming::Later);
        }
        let ran = portal.as_deref().and_then(|portal| self.runs_next(portal));
        let mut unknown = stale.is_some() || portal.as_deref().is_some_and(|portal| self.doubts(portal, key));
        let read = self.cursor(key).filter(|_| !unknown).map(|portal| Arc::clone(&portal.prepared.analysed));
        if let Some(refusal) = self.barred(read.as_deref(), self.next(ran.as_deref()))? {
            return Ok(Coming::Refused(refusal, read));
        }
        let refusal = match &analysed {
            Some(analysed) if first => self.misnamed(analysed).or_else(|| self.stale_name(analysed, fx)),
            _ => portal.as_deref().zip(ran.as_deref()).and_then(|(portal, ran)| self.stale_ran(portal, ran, fx)),
        };
        if fx.long.is_some() {
            return Ok(Coming::Later);
        }
        match refusal {
            Some(refusal) if restricted || refusal.reason != Reason::Stale => Ok(Coming::Refused(refusal, analysed)),
            refusal => {
                unknown |= refusal.is_some();
                if let Some(portal) = portal.as_deref() {
                    match self.may_test(&portal.prepared.analysed, Some(portal), self.next(ran.as_deref()), fx) {
                        Tested::Later => return Ok(Coming::Later),
                        Tested::No(refusal) => return Ok(Coming::Refused(refusal, analysed)),
                        Tested::Yes => portal.has_told(),
                    }
                }
                Ok(Coming::Next(Next { portal, ran, unknown }))
            }
        }
    }

    /// Whether a function may have put something else in a portal's place. What has no name is out of its reach.
    fn doubts(&self, portal: &Portal, key: &[u8]) -> bool {
        portal.era != self.era && (portal.era == DOUBTED || !key.is_empty())
    }

    /// Has the rows that come next described, unless they have been.
    fn describe_next(&mut self, name: &[u8], key: &[u8], next: &Next, fx: &mut Effects) -> Result<(), Fault> {
        let prepared = next.portal.as_ref().map(|portal| &portal.prepared);
        let when = self.next(next.ran.as_deref());
        let looked_at = self.restricted() || prepared.is_some_and(|prepared| self.meters(&prepared.analysed, when));
        if looked_at && !self.described_ahead(key, next) {
            fx.describe_portal(name)?;
            let (prepared, target) = (prepared.cloned(), Of::Portal(key.into()));
            self.queue.push(Expect::Describe { prepared, target, show: Show::Hide });
        } else if let Some(ran) = next.ran.as_ref().filter(|_| !looked_at) {
            // nor by what the client may have described for something else
            ran.telling.get_or_init(Default::default);
        }
        Ok(())
    }

    fn note_next(&mut self, next: &Next) {
        let portal = next.portal.as_ref();
        if let Some(portal) = portal {
            // of the whole string where SQL has prepared it
            self.note_effects(&portal.prepared.analysed);
            if !portal.prepared.within {
                self.note_fetched(&portal.prepared.analysed);
            }
        }
        if next.unknown || portal.is_none() {
            self.may_rename();
        }
    }

    fn run_of(&mut self, now: Instant, next: Next) -> Run {
        let Next { portal, ran, unknown } = next;
        let prepared = portal.as_ref().map(|portal| &portal.prepared);
        let run = self.run(now, prepared.map(|prepared| Arc::clone(&prepared.analysed)));
        let unknown = unknown || run.unknown;
        Run {
            source: prepared.and_then(|prepared| prepared.source.clone()),
            within: prepared.is_some_and(|prepared| prepared.within),
            index: prepared.map_or(0, |prepared| prepared.index),
            under: portal.as_ref().map(|portal| (portal.prepared.under, Arc::clone(&portal.authority))),
            // verified before, or by a Describe that is answered before the first row
            described: true,
            portal,
            ran,
            unknown,
            ..run
        }
    }

    /// What is described is what the person that the application asks for now would get.
    fn renew_described(&mut self, now: Instant, target: Target<'_>, fx: &mut Effects) -> Result<Renewed, Fault> {
        let Some(made) = self.target(target) else { return Ok(Renewed::Unneeded) };
        if !self.speaks(now, made.said.clone(), fx)? {
            return Ok(Renewed::Later);
        }
        match target {
            Target::Statement(name) if made.under != self.under() => self.renew(name, &made, fx),
            Target::Portal(name) => Ok(match self.stale_portal(&key_of(name, self.encoding), fx) {
                _ if fx.long.is_some() => Renewed::Later,
                Some(_) => Renewed::Refused(text::stale("portal", "")),
                None => Renewed::Unneeded,
            }),
            Target::Statement(_) => Ok(Renewed::Unneeded),
        }
    }

    /// The analysis of a portal or cursor that must not deliver any more.
    pub(super) fn stale_portal(&mut self, name: &[u8], fx: &mut Effects) -> Option<Arc<Analysed>> {
        let bound = self.portals.get(name).is_some();
        let made = Arc::clone(self.cursor(name)?);
        if made.prepared.under.authority == self.authority.serial {
            return None;
        }
        match self.still(&made, fx) {
            None => return Some(Arc::clone(&made.prepared.analysed)),
            Some(fresh) if bound => self.portals.renew(name, fresh),
            Some(fresh) => self.cursors.renew(name, fresh),
        }
        None
    }

    /// Whether the rows' origins are verified before the first of them arrives, without asking once more.
    fn described_ahead(&self, key: &[u8], next: &Next) -> bool {
        let Some(portal) = &next.portal else { return false };
        let prepared = &portal.prepared;
        let same = |described: &Arc<Prepared>| Arc::ptr_eq(described, prepared);
        if text::described_by_name(&prepared.analysed) {
            // right before it is executed first: the name may mean something else at any other time
            return self.has_run(portal)
                || matches!(
                    self.queue.back(),
                    Some(Expect::Describe { prepared: Some(it), target: Of::Portal(name), .. })
                        if same(it) && **name == *key
                );
        }
        prepared.analysed.described().is_some()
            || self
                .queue
                .iter()
                .any(|entry| matches!(entry, Expect::Describe { prepared: Some(described), .. } if same(described)))
    }

    pub(super) fn close(&mut self, frame: Frame<'_>, fx: &mut Effects) -> Result<Taken, Fault> {
        let target = Target::read("Close", frame.body()).map_err(Fault::client)?;
        if let Some(otherwise) = self.unreadable_name(&[name_of(target)], fx)? {
            return Ok(otherwise);
        }
        let name: Name = key_of(name_of(target), self.encoding).into();
        match target {
            Target::Statement(_) => self.expect(Expect::CloseStatement { name, show: Show::Relay }),
            Target::Portal(_) => self.expect(Expect::ClosePortal { name }),
        }
        self.sent_extended();
        self.pass(frame, fx)
    }
}

fn name_of(target: Target<'_>) -> &[u8] {
    match target {
        Target::Statement(name) | Target::Portal(name) => name,
    }
}
