//! What one principal's statements are judged by: immutable, replaced as a whole when an epoch ends.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::catalog::search_path::SessionNames;
use crate::catalog::snapshot::Snapshot;
use crate::check::{self, Checked, Pattern};
use crate::model::epochs::Epochs;
use crate::model::ids::Digest;
use crate::model::refusal::{Reason, Refusal};
use crate::rights::table::Rights;
use crate::sql::analyse::{self, Context, Outcome, Plan};
use crate::sql::shape::{self, Literal, Skeleton};

/// How much of a session Menshen takes part in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Lane {
    /// Every right is clear and the policy asks for no record: frames are relayed by header.
    Relay,
    /// Every right is clear: text is relayed as it is, and analysed only for the record.
    Watch,
    /// Restricted: nothing but checked text reaches the server.
    Enforce,
}

/// Rights, catalog and policy version that a principal's statements are judged by.
#[derive(Debug)]
pub struct Authority {
    pub rights: Arc<Rights>,
    pub snapshot: Arc<Snapshot>,
    pub epochs: Epochs,
    /// The policy bundle's digest.
    pub policy: Digest,
    pub lane: Lane,
    shapes: moka::sync::Cache<Box<[u8]>, Cached>,
}

/// What is known of a text, by its skeleton or by itself.
#[derive(Clone, Debug)]
enum Cached {
    Analysed(Arc<Analysed>),
    /// Stands for every text of the same skeleton.
    Shape(Arc<Shape>),
    /// The plan depends on the literals: look the whole text up.
    ByText,
}

/// An analysis that holds with other literals, too.
#[derive(Debug)]
struct Shape {
    analysed: Arc<Analysed>,
    text: Box<str>,
    literals: Vec<Literal>,
    pattern: Pattern,
}

impl Shape {
    /// `None` when the plan depends on the literals, or they cannot be found again in what is sent.
    fn of(text: &str, skeleton: Skeleton, analysed: &Arc<Analysed>) -> Option<Self> {
        if !shape::literal_free(&analysed.plan) {
            return None;
        }
        let slots = shape::slots(text, &skeleton.literals, &analysed.plan.outcome)?;
        let pattern = Pattern::new(analysed.checked.as_ref()?, &slots)?;
        Some(Self { analysed: Arc::clone(analysed), text: text.into(), literals: skeleton.literals, pattern })
    }

    /// The analysis of another text of this shape.
    fn with(&self, text: &str, literals: &[Literal]) -> Option<Analysed> {
        let spelled = literals.iter().map(|literal| text.get(literal.start..literal.end).unwrap_or_default());
        let checked = self.pattern.with(spelled)?;
        let outcome = match &self.analysed.plan.outcome {
            Outcome::Rewritten { map, .. } => Outcome::Rewritten {
                text: checked.text().to_owned(),
                map: map.with_other_literals(&self.text, &self.literals, text, literals),
            },
            other => other.clone(),
        };
        let plan = Plan {
            outcome,
            statements: Arc::clone(&self.analysed.plan.statements),
            fingerprint: self.analysed.plan.fingerprint,
            normalized: self.analysed.plan.normalized.clone(),
        };
        Some(Analysed { plan, checked: Some(checked), described: Arc::clone(&self.analysed.described) })
    }
}

/// First byte of a cache key behind the names' digest: what follows is a skeleton, or a whole text.
const BY_SKELETON: u8 = 0;
const BY_TEXT: u8 = 1;

/// Texts longer than this are analysed each time: one of them must not push out a thousand short ones.
const CACHED_TEXT_MAX: usize = 16 * 1024;

/// A statement text's analysis and, unless it was refused, the proof that lets it be sent.
#[derive(Debug)]
pub struct Analysed {
    pub plan: Plan,
    /// `None` when the plan refuses.
    pub checked: Option<Checked>,
    /// Whether the server's description of its rows has been seen and agreed with the rights.
    described: Arc<AtomicBool>,
}

impl Analysed {
    /// An analysis that ends in a refusal.
    #[must_use]
    pub fn without_proof(plan: Plan) -> Self {
        Self { plan, checked: None, described: Arc::default() }
    }

    /// The refusal, if the text must not run.
    #[must_use]
    pub fn refusal(&self) -> Option<&Refusal> {
        match &self.plan.outcome {
            Outcome::Refuse(refusal) => Some(refusal),
            _ => None,
        }
    }

    /// Whether other text than the client's own is sent.
    #[must_use]
    pub fn rewritten(&self) -> bool {
        matches!(self.plan.outcome, Outcome::Rewritten { .. })
    }

    #[must_use]
    pub fn described(&self) -> bool {
        self.described.load(Ordering::Relaxed)
    }

    pub fn set_described(&self) {
        self.described.store(true, Ordering::Relaxed);
    }
}

impl Authority {
    /// Joins rights and catalog of one pair of epochs; `shapes_max` bounds the cache, in statements.
    #[must_use]
    pub fn new(
        rights: Arc<Rights>,
        snapshot: Arc<Snapshot>,
        epochs: Epochs,
        policy: Digest,
        lane: Lane,
        shapes_max: u64,
    ) -> Self {
        Self { rights, snapshot, epochs, policy, lane, shapes: moka::sync::Cache::new(shapes_max) }
    }

    /// Analyses and checks a text, or finds that its shape has been already (`true`).
    #[must_use]
    pub fn analyse(&self, text: &str, names: &SessionNames, names_digest: Digest) -> (Arc<Analysed>, bool) {
        let mut key = Vec::with_capacity(text.len() + 40);
        key.extend_from_slice(&names_digest.0);
        key.push(BY_SKELETON);
        let skeleton = if text.len() > CACHED_TEXT_MAX { None } else { Skeleton::of(text, &mut key) };
        let Some(skeleton) = skeleton else { return (Arc::new(self.analyse_cold(text, names)), false) };
        match self.shapes.get(key.as_slice()) {
            Some(Cached::Analysed(known)) => (known, true),
            Some(Cached::Shape(shape)) => match shape.with(text, &skeleton.literals) {
                Some(analysed) => (Arc::new(analysed), true),
                None => (Arc::new(self.analyse_cold(text, names)), false),
            },
            Some(Cached::ByText) => self.analyse_by_text(text, names, names_digest),
            None => {
                let analysed = Arc::new(self.analyse_cold(text, names));
                let literal = !skeleton.literals.is_empty();
                let cached = match literal.then(|| Shape::of(text, skeleton, &analysed)) {
                    None => Cached::Analysed(Arc::clone(&analysed)),
                    Some(Some(shape)) => Cached::Shape(Arc::new(shape)),
                    Some(None) => Cached::ByText,
                };
                self.shapes.insert(key.into(), cached);
                (analysed, false)
            }
        }
    }

    fn analyse_by_text(&self, text: &str, names: &SessionNames, names_digest: Digest) -> (Arc<Analysed>, bool) {
        let key = [&names_digest.0[..], &[BY_TEXT], text.as_bytes()].concat();
        if let Some(Cached::Analysed(known)) = self.shapes.get(key.as_slice()) {
            return (known, true);
        }
        let analysed = Arc::new(self.analyse_cold(text, names));
        self.shapes.insert(key.into(), Cached::Analysed(Arc::clone(&analysed)));
        (analysed, false)
    }

    fn analyse_cold(&self, text: &str, names: &SessionNames) -> Analysed {
        let context = Context { snapshot: &self.snapshot, rights: &self.rights, names };
        let mut plan = analyse::analyse(text, &context);
        if let Outcome::Refuse(refusal) = &mut plan.outcome {
            refusal.position = refusal.position.and_then(|byte| Some(text.get(..byte)?.chars().count()));
        }
        let checked = match &plan.outcome {
            Outcome::Refuse(_) => None,
            Outcome::Relay => Some(check::check(text, &plan.statements, &self.snapshot, &self.rights, names)),
            Outcome::Rewritten { text, .. } => {
                Some(check::check(text, &plan.statements, &self.snapshot, &self.rights, names))
            }
        };
        let checked = match checked.transpose() {
            Ok(checked) => checked,
            Err(contradiction) => {
                plan.outcome = Outcome::Refuse(contradicted(&contradiction));
                None
            }
        };
        Analysed { plan, checked, described: Arc::default() }
    }
}

fn contradicted(contradiction: &check::Contradiction) -> Refusal {
    Refusal::new(Reason::Contradiction, "this statement could not be proven safe")
        .detail(contradiction.to_string())
        .hint("This is a defect of Menshen: please report the statement. Writing it more simply may help.")
}
