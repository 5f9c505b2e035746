//! Query and FunctionCall: one message, answers up to ReadyForQuery.

use std::sync::Arc;
use std::time::Instant;

use crate::model::facts::SessionEffect;
use crate::model::ids::Oid;
use crate::model::refusal::{Reason, Refusal};
use crate::wire::client;
use crate::wire::frame::Frame;

use super::effect::Effects;
use super::expect::{Expect, Show};
use super::machine::Machine;
use super::metering::Tested;
use super::names::{Source, Under};
use super::text::Reading;
use super::{Fault, Taken};

impl Machine {
    pub(super) fn query(&mut self, now: Instant, frame: Frame<'_>, fx: &mut Effects) -> Result<Taken, Fault> {
        let query = client::Query::read(frame.body()).map_err(Fault::client)?;
        let Some(said) = self.said_in(query.text, fx) else { return Ok(Taken::Later) };
        if !self.speaks(now, said, fx)? {
            return Ok(Taken::Later);
        }
        let Reading::Ready(analysed) = self.read_text(query.text, &[], fx)? else { return Ok(Taken::Later) };
        let tested = match self.may_test(&analysed, None, self.next(None), fx) {
            Tested::Later => return Ok(Taken::Later),
            Tested::No(refusal) => Some(refusal),
            Tested::Yes => None,
        };
        let made_in = self.era;
        self.note_effects(&analysed);
        self.pipeline_open = false;
        let misnamed = self.misnamed(&analysed);
        let show = match self.barred(Some(&analysed), self.next(None))?.or(misnamed).or(tested) {
            Some(refusal) => {
                fx.refused_query(refusal.reason)?;
                Show::Swap(Box::new(refusal))
            }
            None => self.send_query(frame, &analysed, fx)?,
        };
        let makes = |effect: &SessionEffect| matches!(effect, SessionEffect::Declare(_) | SessionEffect::Prepare(_));
        let mut statements = analysed.plan.statements.iter();
        let makes = statements.any(|facts| facts.effects.iter().any(makes));
        if matches!(show, Show::Relay) {
            self.note_fetched(&analysed);
        }
        let kept = match &show {
            Show::Swap(refusal) => analysed.facts_alone(refusal),
            _ => analysed,
        };
        let mut run = self.run(now, Some(kept));
        run.query = true;
        self.ends_implicitly();
        if makes && matches!(show, Show::Relay) {
            run.source =
                Some(Arc::new(Source { text: query.text.into(), encoding: self.encoding, types: Box::default() }));
            // a function in the same string may run behind what makes it
            let under = Under { era: made_in, ..self.under() };
            run.under = Some((under, Arc::clone(&self.authority)));
        }
        self.expect(Expect::Simple { run, show });
        Ok(Taken::Done)
    }

    fn send_query(
        &self,
        frame: Frame<'_>,
        analysed: &super::authority::Analysed,
        fx: &mut Effects,
    ) -> Result<Show, Fault> {
        if let Some(proof) = self.unrestricted() {
            fx.forward_unrestricted(frame.bytes(), proof);
            return Ok(Show::Relay);
        }
        match (&analysed.checked, analysed.refusal()) {
            (Some(checked), None) => {
                fx.query(checked, self.encoding)?;
                Ok(Show::Relay)
            }
            (_, refusal) => {
                let refusal = refusal.cloned().unwrap_or_else(unproven);
                fx.refused_query(refusal.reason)?;
                Ok(Show::Swap(Box::new(refusal)))
            }
        }
    }

    pub(super) fn function_call(&mut self, now: Instant, frame: Frame<'_>, fx: &mut Effects) -> Result<Taken, Fault> {
        let calls = !self.calls_large_object(frame.body());
        let refusal = match self.unrestricted() {
            Some(_) if calls => self.barred(None, self.next(None))?,
            Some(_) => None,
            None => Some(
                Refusal::new(Reason::Protocol, "the function call message is closed to restricted principals")
                    .hint("Call the function in a SELECT statement."),
            ),
        };
        let show = match (refusal, self.unrestricted()) {
            (None, Some(proof)) => {
                self.may_rename();
                fx.forward_unrestricted(frame.bytes(), proof);
                Show::Relay
            }
            (refusal, _) => {
                let refusal = refusal.unwrap_or_else(unproven);
                fx.refused_query(refusal.reason)?;
                Show::Swap(Box::new(refusal))
            }
        };
        // it is answered by ReadyForQuery, as a Query is
        self.pipeline_open = false;
        let mut run = self.run(now, None);
        run.calls = calls;
        self.ends_implicitly();
        self.expect(Expect::Simple { run, show });
        Ok(Taken::Done)
    }

    /// Whether a FunctionCall is of large objects: those hold what somebody has put there.
    fn calls_large_object(&self, body: &[u8]) -> bool {
        let oid = body.first_chunk().map(|bytes| Oid(u32::from_be_bytes(*bytes)));
        let function = oid.and_then(|oid| self.authority.snapshot.function(oid));
        function.is_some_and(|function| {
            let name = &*function.name;
            &*function.schema == "pg_catalog" && (name.starts_with("lo_") || matches!(name, "loread" | "lowrite"))
        })
    }
}

/// Stands in where neither a proof nor a refusal exists; no path leads here.
pub(super) fn unproven() -> Refusal {
    Refusal::new(Reason::Contradiction, "this statement could not be proven safe")
}
