//! The queue of expected answers: for each message on its way, which statement it belongs to and what the client
//! is to see of the answer.

use std::collections::VecDeque;
use std::sync::Arc;

use crate::model::facts::SessionEffect;
use crate::model::refusal::Refusal;

use super::meter::Run;
use super::names::{Name, Portal, Prepared, Source};

/// What the client sees of an answer.
#[derive(Debug)]
pub enum Show {
    /// The answer as it is.
    Relay,
    /// Nothing: the question was Menshen's own. An error is shown all the same.
    Hide,
    /// The server's error, replaced by this refusal; any other answer is a fault.
    Swap(Box<Refusal>),
}

/// What a Describe is about.
#[derive(Debug)]
pub enum Of {
    Statement(Name),
    Portal(Name),
}

/// One message on its way.
#[derive(Debug)]
pub enum Expect {
    /// Query, or FunctionCall: answers up to ReadyForQuery.
    Simple {
        run: Run,
        show: Show,
    },
    Parse {
        name: Name,
        prepared: Option<Arc<Prepared>>,
        show: Show,
    },
    Bind {
        name: Name,
        portal: Option<Arc<Portal>>,
        show: Show,
    },
    Describe {
        prepared: Option<Arc<Prepared>>,
        target: Of,
        show: Show,
    },
    Execute {
        run: Run,
        show: Show,
    },
    CloseStatement {
        name: Name,
        show: Show,
    },
    ClosePortal {
        name: Name,
    },
    /// Menshen's own question: its rows are collected.
    Ask {
        rows: Vec<Vec<Option<String>>>,
    },
    Sync {
        show: Show,
    },
}

impl Expect {
    /// What it makes of the name of a statement, if the server does it. Menshen's own questions have names of their own.
    #[must_use]
    pub fn statement(&self) -> Option<(&[u8], Option<&Arc<Prepared>>)> {
        match self {
            Self::Parse { name, prepared: Some(prepared), show: Show::Relay | Show::Hide } => {
                Some((name, Some(prepared)))
            }
            Self::CloseStatement { name, show } if !name.is_empty() || matches!(show, Show::Relay) => {
                Some((name, None))
            }
            Self::Simple { run, .. } if run.query => Some((b"", None)),
            _ => None,
        }
    }

    /// The same of a portal.
    #[must_use]
    pub fn portal(&self) -> Option<(&[u8], Option<&Arc<Portal>>)> {
        match self {
            Self::Bind { name, portal, show: Show::Relay } => Some((name, portal.as_ref())),
            Self::ClosePortal { name } => Some((name, None)),
            Self::Simple { run, .. } if run.query => Some((b"", None)),
            _ => None,
        }
    }

    /// Whether SQL runs that makes or removes statements or cursors.
    #[must_use]
    pub fn names(&self) -> bool {
        let (Self::Simple { run, .. } | Self::Execute { run, .. }) = self else { return false };
        let mut statements =
            run.analysed.iter().filter(|_| !run.within).flat_map(|analysed| &*analysed.plan.statements);
        let makes = |effect: &SessionEffect| {
            matches!(
                effect,
                SessionEffect::Prepare(_)
                    | SessionEffect::Deallocate(_)
                    | SessionEffect::Declare(_)
                    | SessionEffect::Close(_)
            )
        };
        statements.any(|facts| facts.effects.iter().any(makes))
    }

    /// About how much memory a text takes that it keeps, in bytes.
    fn weight(&self) -> usize {
        let source = |source: &Option<Arc<Source>>| source.as_ref().map_or(0, |source| source.text.len());
        match self {
            Self::Simple { run, .. } => {
                run.analysed.as_ref().map_or(0, |analysed| analysed.weight()) + source(&run.source)
            }
            Self::Parse { prepared: Some(prepared), .. } => prepared.analysed.weight() + source(&prepared.source),
            // what is executed was parsed before
            _ => 0,
        }
    }

    /// Whether the server goes on behind it, whatever has failed before.
    #[must_use]
    pub fn ends_skipping(&self) -> bool {
        matches!(self, Self::Sync { .. } | Self::Simple { .. })
    }
}

/// Messages whose answers are outstanding, oldest first.
#[derive(Debug, Default)]
pub struct Queue {
    /// Each with its weight.
    entries: VecDeque<(Expect, usize)>,
    weight: usize,
}

impl Queue {
    pub fn push(&mut self, expect: Expect) {
        let weight = expect.weight();
        self.weight = self.weight.saturating_add(weight);
        self.entries.push_back((expect, weight));
    }

    pub fn front(&mut self) -> Option<&mut Expect> {
        self.entries.front_mut().map(|(entry, _)| entry)
    }

    pub fn pop(&mut self) -> Option<Expect> {
        let (entry, weight) = self.entries.pop_front()?;
        self.weight = self.weight.saturating_sub(weight);
        Some(entry)
    }

    /// About how much memory the texts take that wait for answers, in bytes.
    #[must_use]
    pub fn weight(&self) -> usize {
        self.weight
    }

    #[must_use]
    pub fn back(&self) -> Option<&Expect> {
        self.entries.back().map(|(entry, _)| entry)
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    pub fn iter(&self) -> impl Iterator<Item = &Expect> {
        self.entries.iter().map(|(entry, _)| entry)
    }

    /// After an error in the extended protocol the server skips everything up to the next Sync: so do the answers.
    /// Returns what was skipped, and whether a Sync is already on its way.
    pub fn skip_to_sync(&mut self) -> (Vec<Expect>, bool) {
        let mut skipped = Vec::new();
        while let Some(front) = self.front() {
            if matches!(front, Expect::Sync { .. }) {
                return (skipped, true);
            }
            skipped.extend(self.pop());
        }
        (skipped, false)
    }

    /// Whether everything up to the next Sync, and that Sync, is Menshen's own: the client does not know of it.
    #[must_use]
    pub fn asking_alone(&self) -> bool {
        let mut asked = false;
        for entry in self.iter() {
            match entry {
                Expect::Ask { .. } => asked = true,
                Expect::Sync { show } => return asked && matches!(show, Show::Hide),
                _ => {}
            }
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use super::*;
    use crate::model::ids::StatementId;
    use crate::wire::encoding::Encoding;

    #[test]
    fn what_waits_weighs_as_much_as_its_texts() {
        let source = |text: &[u8]| Source { text: text.into(), encoding: Encoding::UTF8, types: Box::default() };
        let run = |text| Run { source: Some(Arc::new(source(text))), ..Run::new(StatementId(1), Instant::now(), None) };
        let mut queue = Queue::default();
        for text in [b"12345".as_slice(), b"123"] {
            queue.push(Expect::Simple { run: run(text), show: Show::Relay });
            queue.push(Expect::Sync { show: Show::Relay });
        }
        assert_eq!(queue.weight(), 8);
        if let Some(Expect::Simple { run, .. }) = queue.front() {
            run.source = None;
        }
        queue.skip_to_sync();
        assert_eq!(queue.weight(), 3);
        while queue.pop().is_some() {}
        assert_eq!(queue.weight(), 0);
    }

    #[test]
    fn a_query_ends_what_has_no_name() {
        let run = |query| Run { query, ..Run::new(StatementId(1), Instant::now(), None) };
        let query = Expect::Simple { run: run(true), show: Show::Relay };
        assert!(matches!(query.statement(), Some((b"", None))));
        assert!(matches!(query.portal(), Some((b"", None))));
        let call = Expect::Simple { run: run(false), show: Show::Relay };
        assert!(call.statement().is_none() && call.portal().is_none());
    }
}
