//! Between the server and the client: rows wait here for the governor's answer, for their time, for a cancel.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use tokio::time::Sleep;

use crate::model::disclosure::Verdict;
use crate::model::refusal::{Reason, Refusal};
use crate::session::{Fault, Onward};

use super::drive::{Answer, Drive, End, Engine, Refreshing};

/// Rows between the server and the client that wait for an answer, or for their time.
#[derive(Default)]
pub(super) struct Gate {
    pub(super) asking: Option<Pin<Box<dyn Future<Output = Verdict> + Send>>>,
    /// Where in the bytes for the client that begins which has not been granted yet.
    pub(super) granted: usize,
    pub(super) pause: Option<Pin<Box<Sleep>>>,
    /// A client that has cancelled does not wait for rows that are paced.
    pub(super) cancelled: Option<Pin<Box<dyn Future<Output = ()> + Send>>>,
    /// The server is being told to stop: a later statement must not be hit.
    pub(super) cancelling: Option<Refreshing>,
    /// The rest of the row under way does not reach the client.
    pub(super) tail_dropped: bool,
}

impl Gate {
    /// Whether rows must not move.
    pub(super) fn closed(&self) -> bool {
        self.asking.is_some() || self.pause.is_some()
    }
}

impl Drive {
    /// Rows that have passed by, the first `tail` bytes of which belong to one that began earlier: to the client, once
    /// they have been asked about.
    pub(super) fn pass_rows(&mut self, rows: &[u8], tail: usize) -> Result<(), Fault> {
        let (tail, rows) = rows.split_at_checked(tail).unwrap_or((rows, &[]));
        let Engine::Machine(machine) = &mut self.engine else {
            self.effects.relay(tail);
            self.effects.relay(rows);
            return Ok(());
        };
        if !self.gate.tail_dropped {
            self.effects.relay(tail);
        }
        if rows.is_empty() {
            return Ok(());
        }
        self.gate.tail_dropped = machine.withholds();
        if self.gate.tail_dropped {
            return Ok(());
        }
        self.gate.granted = self.effects.client_bytes().len();
        self.effects.relay(rows);
        match machine.ask_rows().map(|ask| self.world.ask(ask)) {
            None => Ok(()),
            Some(Answer::Now(verdict)) => self.answered(verdict),
            Some(Answer::Later(answer)) => {
                self.gate.asking = Some(answer);
                Ok(())
            }
        }
    }

    /// The answer to what was asked about rows.
    fn answered(&mut self, verdict: Verdict) -> Result<(), Fault> {
        let Engine::Machine(machine) = &mut self.engine else { return Ok(()) };
        if let Verdict::Granted { wait, .. } = &verdict
            && !wait.is_zero()
        {
            self.gate.pause = Some(Box::pin(tokio::time::sleep(*wait)));
            let (mut cancels, before) = (self.cancels.clone(), self.cancels_before);
            self.gate.cancelled = Some(Box::pin(async move {
                _ = cancels.wait_for(|requests| requests.come > before && requests.told >= requests.come).await;
            }));
        }
        let onward = machine.answered(verdict);
        if onward == Onward::Deliver {
            return Ok(());
        }
        self.effects.retract(self.gate.granted);
        self.gate.tail_dropped = true;
        self.gate.cancelling = Some(self.world.cancel());
        if onward == Onward::End { Err(Fault::Limit) } else { Ok(()) }
    }

    /// Whether an answer has come, a pause is over, or the server has been told to stop.
    pub(super) fn poll_gate(&mut self, cx: &mut Context<'_>) -> Result<bool, End> {
        let mut moved = false;
        if let Some(asking) = &mut self.gate.asking
            && let Poll::Ready(verdict) = asking.as_mut().poll(cx)
        {
            self.gate.asking = None;
            self.answered(verdict).map_err(End::Fault)?;
            moved = true;
        }
        if let Some(pause) = &mut self.gate.pause
            && pause.as_mut().poll(cx).is_ready()
        {
            (self.gate.pause, self.gate.cancelled) = (None, None);
            moved = true;
        }
        if let Some(cancelled) = &mut self.gate.cancelled
            && cancelled.as_mut().poll(cx).is_ready()
        {
            (self.gate.pause, self.gate.cancelled) = (None, None);
            if let Engine::Machine(machine) = &mut self.engine {
                machine.stop(Refusal::new(Reason::Cancelled, "canceling statement due to user request"));
            }
            self.effects.retract(self.gate.granted);
            self.gate.tail_dropped = true;
            moved = true;
        }
        if let Some(cancelling) = &mut self.gate.cancelling
            && cancelling.as_mut().poll(cx).is_ready()
        {
            self.gate.cancelling = None;
            moved = true;
        }
        Ok(moved)
    }
}
