//! What has to be known before a message of the client may follow: whether the server takes it for a part of a COPY FROM
//! STDIN, where it ignores Sync and Flush (protocol, *COPY Operations*), and whether the statement before it stands.

use crate::model::facts::{SessionEffect, StatementClass};

use super::effect::Effects;
use super::expect::{Expect, Show};
use super::machine::Machine;
use super::meter::Run;
use super::{Fault, metering};

/// Whether the server, when it comes to the client's next message, will be waiting for the data of a COPY.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Copying {
    /// It will not: it ignores data.
    No,
    /// It is: it ignores Sync and Flush.
    Yes,
    /// A statement is on its way that may ask for data: that has to be waited for.
    Unknown,
}

impl Machine {
    /// What becomes of data that comes now.
    pub fn copying(&mut self) -> Copying {
        if self.copying_in {
            return Copying::Yes;
        }
        self.copies_ahead = self.copies_ahead && self.queue.iter().any(may_copy);
        if self.copies_ahead { Copying::Unknown } else { Copying::No }
    }

    /// Data has been passed on.
    pub fn copied(&mut self) {
        self.syncs_ignored = 0;
    }

    /// Whether the server asks for data is to be waited for.
    pub fn await_copying(&mut self, fx: &mut Effects) {
        self.flush_for_answers(fx);
    }

    /// The server asks for the data of the statement in front.
    ///
    /// # Errors
    /// When a Sync is on its way, which it ignores: nothing would fit what was asked any more.
    pub(super) fn copy_begins(&mut self, fx: &mut Effects) -> Result<(), Fault> {
        if self.queue.iter().any(|entry| matches!(entry, Expect::Sync { .. })) {
            return Err(Fault::Server("it asks for data of which nobody knew".into()));
        }
        if let Some(Expect::Simple { run, .. } | Expect::Execute { run, .. }) = self.queue.front() {
            run.copied = true;
        }
        if self.muted {
            // the client does not hear of it
            return fx.copy_fail();
        }
        self.copying_in = true;
        self.syncs_ignored = 0;
        Ok(())
    }

    /// An error has ended a COPY: what the client has sent behind its last data, the server has yet to hear.
    pub(super) fn copy_failed(&mut self, fx: &mut Effects) {
        if std::mem::take(&mut self.copying_in) {
            self.say_ignored(fx);
        }
    }

    /// Says the Syncs that the server would have ignored if it still waited for data.
    pub(super) fn say_ignored(&mut self, fx: &mut Effects) {
        for _ in 0..std::mem::take(&mut self.syncs_ignored) {
            self.say_sync(fx);
        }
    }

    /// Whether a message has to wait until the rows that are counted have been answered: a limit may yet stop them, and
    /// then the transaction has to fail before anything more of it is done. A pipeline goes on to its Sync.
    pub(super) fn waits_for_rows(&mut self, tag: u8) -> bool {
        if !self.rows_ahead || matches!(tag, b'X' | b'H' | b'c' | b'f') {
            return false;
        }
        self.rows_ahead = self.queue.iter().any(|entry| {
            let (Expect::Simple { run, show: Show::Relay } | Expect::Execute { run, show: Show::Relay }) = entry else {
                return false;
            };
            self.counted(run)
        });
        self.rows_ahead && !(self.pipeline_open && matches!(tag, b'S' | b'C'))
    }

    /// A statement is on its way.
    pub(super) fn ahead(&mut self, run: &Run) {
        self.copies_ahead |= copies(run);
        self.rows_ahead |= self.counted(run);
    }

    /// Whether a limit may stop the rows of a statement. What EXECUTE and FETCH stand for may still be on its way.
    fn counted(&self, run: &Run) -> bool {
        let by_name = |effect: &SessionEffect| matches!(effect, SessionEffect::Execute(_) | SessionEffect::Fetch(_));
        self.meter.is_some()
            && run.analysed.as_deref().filter(|_| !run.unknown).is_none_or(|analysed| {
                let mut effects = analysed.plan.statements.iter().flat_map(|facts| &facts.effects);
                effects.any(by_name) || self.meters(analysed, run.when())
            })
    }
}

fn may_copy(entry: &Expect) -> bool {
    match entry {
        // without a text it is a FunctionCall
        Expect::Simple { run, show: Show::Relay } => run.analysed.is_some() && copies(run),
        Expect::Execute { run, show: Show::Relay } => copies(run),
        _ => false,
    }
}

/// Whether what is left of a statement may ask for data. One that nobody knows may.
fn copies(run: &Run) -> bool {
    let Some(analysed) = run.analysed.as_ref().filter(|_| !run.unknown) else { return !run.copied };
    if metering::blind(analysed) {
        return !run.copied;
    }
    let rest = analysed.plan.statements.get(run.index + usize::from(run.copied)..).unwrap_or_default();
    rest.iter().any(|facts| {
        let executes = facts.effects.iter().any(|effect| matches!(effect, SessionEffect::Execute(_)));
        executes || facts.class == StatementClass::CopyIn
    })
}
