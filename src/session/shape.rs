//! Analyses that hold with other literals, and those that a session has used last.

use std::collections::VecDeque;
use std::sync::Arc;

use crate::check::Pattern;
use crate::model::ids::Digest;
use crate::sql::shape::{self, Literal, Skeleton};

use super::authority::Analysed;

/// An analysis that holds with other literals, too.
#[derive(Debug)]
pub(super) struct Shape {
    pub analysed: Arc<Analysed>,
    pub text: Box<str>,
    pub literals: Vec<Literal>,
    /// Where the literals stand in what is sent.
    slots: Vec<(usize, usize)>,
    pattern: Pattern,
}

impl Shape {
    /// `None` when the plan depends on the literals, or they cannot be found again in what is sent.
    pub fn of(text: &str, skeleton: Skeleton, analysed: &Arc<Analysed>) -> Option<Self> {
        if !shape::literal_free(&analysed.plan) {
            return None;
        }
        let slots = shape::slots(text, &skeleton.literals, &analysed.plan.outcome)?;
        let pattern = Pattern::new(analysed.checked.as_ref()?, &slots)?;
        Some(Self { analysed: Arc::clone(analysed), text: text.into(), literals: skeleton.literals, slots, pattern })
    }

    /// The analysis of another text of this shape: this one's plan, and its text with the other literals.
    pub fn with(self: &Arc<Self>, text: &str, literals: Vec<Literal>) -> Option<Analysed> {
        let spelled = literals.iter().map(|literal| text.get(literal.start..literal.end).unwrap_or_default());
        let checked = self.pattern.with(spelled)?;
        Some(Analysed {
            plan: Arc::clone(&self.analysed.plan),
            checked: Some(checked),
            described: Arc::clone(&self.analysed.described),
            heard: None,
            other: Some((Arc::clone(self), literals)),
        })
    }

    /// The analysis of a text, if it has this shape.
    pub fn found(self: &Arc<Self>, text: &str) -> Option<Arc<Analysed>> {
        let literals = Skeleton::again(text, &self.text, &self.literals)?;
        self.with(text, literals).map(Arc::new)
    }

    /// How long the literals of another text of this shape are, in characters: read from what is sent.
    pub fn lengths(&self, sent: &str, literals: &[Literal]) -> Vec<usize> {
        let (mut before, mut after) = (0, 0);
        let lengths = self.slots.iter().zip(literals).map(|(&(start, end), literal)| {
            let length = literal.end - literal.start;
            let slot = (start + after).saturating_sub(before);
            (before, after) = (before + end - start, after + length);
            sent.get(slot..slot + length).map_or(length, |literal| literal.chars().count())
        });
        lengths.collect()
    }
}

/// Texts of which a session remembers the analysis, and how long they may be, in bytes: there are many sessions.
const RECENT: usize = 8;
const RECENT_TEXT_MAX: usize = 2 * 1024;

/// What a session has sent last, found again by comparing texts: cheaper than a key of each.
#[derive(Debug, Default)]
pub struct Recent {
    /// What it was analysed under.
    under: (u64, Digest),
    last: VecDeque<Known>,
}

#[derive(Debug)]
enum Known {
    Text(Box<str>, Arc<Analysed>),
    Shape(Arc<Shape>),
}

impl Known {
    fn of(&self, text: &str) -> Option<Arc<Analysed>> {
        match self {
            Self::Text(known, analysed) => (**known == *text).then(|| Arc::clone(analysed)),
            Self::Shape(shape) => shape.found(text),
        }
    }
}

impl Recent {
    /// The analysis of a text that is one of the last, or has the shape of one. Serial of the authority, digest of the
    /// names: under others nothing is known.
    pub fn find(&mut self, under: (u64, Digest), text: &str) -> Option<Arc<Analysed>> {
        if self.under != under {
            self.last.clear();
            self.under = under;
        }
        let (at, found) = self.last.iter().enumerate().find_map(|(at, known)| Some((at, known.of(text)?)))?;
        if at > 0
            && let Some(known) = self.last.remove(at)
        {
            self.last.push_front(known);
        }
        Some(found)
    }

    /// Remembers what [`Self::find`] did not find.
    pub fn note(&mut self, text: &str, analysed: &Arc<Analysed>) {
        if text.len() > RECENT_TEXT_MAX {
            return;
        }
        self.last.truncate(RECENT - 1);
        self.last.push_front(match &analysed.other {
            Some((shape, _)) => Known::Shape(Arc::clone(shape)),
            None => Known::Text(text.into(), Arc::clone(analysed)),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::refusal::{Reason, Refusal};
    use crate::session::text::refused;

    #[test]
    fn what_was_found_is_found_again() {
        let (under, mut recent) = ((1, Digest::default()), Recent::default());
        let known = ["a", "b"].map(|text| (text, Arc::new(refused(Refusal::new(Reason::Syntax, text)))));
        for (text, analysed) in &known {
            assert!(recent.find(under, text).is_none());
            recent.note(text, analysed);
        }
        for (text, analysed) in known.iter().chain(&known).flat_map(|one| [one; 3]) {
            assert!(recent.find(under, text).is_some_and(|found| Arc::ptr_eq(&found, analysed)), "{text}");
        }
        assert!(recent.find((2, Digest::default()), "a").is_none());
    }
}
