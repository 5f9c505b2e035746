//! What one principal's statements are judged by: immutable, replaced as a whole when an epoch ends.

use std::hash::BuildHasher as _;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Weak};

use quick_cache::UnitWeighter;
use quick_cache::sync::Cache;

use crate::catalog::search_path::SessionNames;
use crate::catalog::snapshot::Snapshot;
use crate::check::witness::{Verdict, Witness};
use crate::check::{self, Checked};
use crate::grammar;
use crate::model::epochs::Epochs;
use crate::model::facts::{ColumnUse, Facts};
use crate::model::ids::Digest;
use crate::model::refusal::{Reason, Refusal};
use crate::rights::table::Rights;
use crate::sql::analyse::{self, Context, Outcome, Plan};
use crate::sql::shape::{Literal, Skeleton, ends};

use super::shape::Shape;
use super::telling::{Described, Telling};

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
    /// Another for each that was made.
    pub serial: u64,
    shapes: Cache<Box<[u8]>, Cached, Weight, foldhash::fast::RandomState>,
    /// The shape that a text may have, by the names' digest and what stands at the text's ends: compared, it is found
    /// sooner than by its key.
    likely: Cache<(Digest, u64), Weak<Shape>, UnitWeighter, foldhash::fast::RandomState>,
    hasher: foldhash::fast::RandomState,
    /// Reads every new text of restricted principals a second time, if the configuration asks for it.
    witness: Option<Witness>,
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

/// The next serial.
static SERIAL: AtomicU64 = AtomicU64::new(1);

/// First byte of a cache key behind the names' digest: what follows is a skeleton, or a whole text.
const BY_SKELETON: u8 = 0;
const BY_TEXT: u8 = 1;
/// The same, of a text whose casts of parameters are not believed to convert nothing.
const DISBELIEVED: u8 = 2;

/// About what is kept of an ordinary statement, in bytes: the cache is bounded by so many times its number of shapes.
const SHAPE_BYTES: u64 = 8 * 1024;

/// What is kept of a statement grows with its text, which the key is about as long as, and with what it is rewritten to,
/// which is kept as planned and as proven.
#[derive(Clone, Debug)]
struct Weight;

impl quick_cache::Weighter<Box<[u8]>, Cached> for Weight {
    fn weight(&self, key: &Box<[u8]>, cached: &Cached) -> u64 {
        let analysed = match cached {
            Cached::Analysed(analysed) => Some(analysed),
            Cached::Shape(shape) => Some(&shape.analysed),
            Cached::ByText => None,
        };
        let kept = analysed.map_or(0, |analysed| analysed.weight());
        (key.len() * 8 + kept) as u64 + SHAPE_BYTES / 4
    }
}

/// Texts longer than this are analysed each time: one of them must not push out a thousand short ones.
pub(super) const CACHED_TEXT_MAX: usize = 16 * 1024;

/// A statement text's analysis and, unless it was refused, the proof that lets it be sent.
#[derive(Debug)]
pub struct Analysed {
    /// Shared by the texts of a shape: places in it are those of the shape's first text.
    pub plan: Arc<Plan>,
    /// `None` when the plan refuses.
    pub checked: Option<Checked>,
    /// Once the server's description of its rows has been seen and agreed with the rights.
    pub(super) described: Arc<Described>,
    /// What the second witness said; `None`: it was not asked.
    pub heard: Option<Verdict>,
    /// The shape, where this is another text of it, and this text's literals.
    pub(super) other: Option<(Arc<Shape>, Vec<Literal>)>,
}

impl Analysed {
    /// An analysis that ends in a refusal.
    #[must_use]
    pub fn without_proof(plan: Plan) -> Self {
        Self { plan: Arc::new(plan), checked: None, described: Arc::default(), heard: None, other: None }
    }

    /// What is kept of a text that is refused for something else than itself: its facts, not what would have been sent.
    #[must_use]
    pub(super) fn facts_alone(self: Arc<Self>, refusal: &Refusal) -> Arc<Self> {
        if self.checked.is_none() {
            return self;
        }
        let Plan { statements, fingerprint, normalized, .. } = &*self.plan;
        let (statements, normalized) = (Arc::clone(statements), normalized.clone());
        let outcome = Outcome::Refuse(refusal.clone());
        Arc::new(Self::without_proof(Plan { outcome, statements, fingerprint: *fingerprint, normalized }))
    }

    /// About how much memory it takes, in bytes.
    #[must_use]
    pub(super) fn weight(&self) -> usize {
        let normalized = self.plan.normalized.as_deref().map_or(0, str::len);
        // as planned, and as proven
        let sent = self.checked.as_ref().map_or(0, |checked| checked.text().len()) * 2;
        let facts = |one: &Facts| size_of::<Facts>() + one.columns.len() * size_of::<ColumnUse>();
        normalized + sent + self.plan.statements.iter().map(facts).sum::<usize>()
    }

    /// The refusal, if the text must not run.
    #[must_use]
    pub fn refusal(&self) -> Option<&Refusal> {
        match &self.plan.outcome {
            Outcome::Refuse(refusal) => Some(refusal),
            _ => None,
        }
    }

    /// Where a character of what is sent stood in the client's own text; both counted from 0. `None`: it is the same.
    #[must_use]
    pub fn original(&self, position: usize) -> Option<usize> {
        let Outcome::Rewritten { map, .. } = &self.plan.outcome else { return None };
        Some(match (&self.other, &self.checked) {
            (Some((shape, literals)), Some(sent)) => {
                let lengths = shape.lengths(sent.text(), literals);
                map.with_other_literals(&shape.text, &shape.literals, &lengths).original(position)
            }
            _ => map.original(position),
        })
    }

    /// Whether other text than the client's own is sent.
    #[must_use]
    pub fn rewritten(&self) -> bool {
        matches!(self.plan.outcome, Outcome::Rewritten { .. })
    }

    /// What tells how its rows are counted, once the server has described them and they agreed with the rights.
    #[must_use]
    pub fn described(&self) -> Option<&Telling> {
        self.described.telling.get().map(AsRef::as_ref)
    }

    pub fn set_described(&self, telling: Telling) {
        // the same description again
        let _ = self.described.telling.set(telling.into());
    }
}

impl Authority {
    /// Joins rights and catalog of one pair of epochs; `shapes_max` bounds the cache, in ordinary statements; `witness`: whether
    /// the second witness is asked.
    #[must_use]
    pub fn new(
        rights: Arc<Rights>,
        snapshot: Arc<Snapshot>,
        epochs: Epochs,
        policy: Digest,
        lane: Lane,
        shapes_max: u64,
        witness: bool,
    ) -> Self {
        let many = usize::try_from(shapes_max).unwrap_or(usize::MAX);
        let bytes = shapes_max.saturating_mul(SHAPE_BYTES);
        let shapes = Cache::with(many, bytes, Weight, Default::default(), Default::default());
        let likely = Cache::with(many, shapes_max, UnitWeighter, Default::default(), Default::default());
        let witness = (witness && lane == Lane::Enforce).then(Witness::default);
        let serial = SERIAL.fetch_add(1, Ordering::Relaxed);
        let hasher = Default::default();
        Self { rights, snapshot, epochs, policy, lane, serial, shapes, likely, hasher, witness }
    }

    /// Analyses and checks a text, or finds that its shape has been already (`true`).
    #[must_use]
    pub fn analyse(&self, text: &str, names: &SessionNames, names_digest: Digest) -> (Arc<Analysed>, bool) {
        if text.len() > CACHED_TEXT_MAX {
            return (Arc::new(self.analyse_cold(text, names, false)), false);
        }
        let likely = (names_digest, self.hasher.hash_one(ends(text)));
        let shape = self.likely.get(&likely).and_then(|shape| shape.upgrade());
        if let Some(analysed) = shape.and_then(|shape| shape.found(text)) {
            return (analysed, true);
        }
        let mut key = Vec::with_capacity(text.len() + 40);
        key.extend_from_slice(&names_digest.0);
        key.push(BY_SKELETON);
        let skeleton = Skeleton::of(text, &mut key);
        match self.shapes.get(key.as_slice()) {
            Some(Cached::Analysed(known)) => (known, true),
            Some(Cached::Shape(shape)) => match shape.with(text, skeleton.literals) {
                Some(analysed) => (Arc::new(analysed), true),
                None => (Arc::new(self.analyse_cold(text, names, true)), false),
            },
            Some(Cached::ByText) => self.analyse_by_text(text, names, names_digest, BY_TEXT),
            None => {
                let analysed = Arc::new(self.analyse_cold(text, names, true));
                let literal = !skeleton.literals.is_empty();
                let cached = match literal.then(|| Shape::of(text, skeleton, &analysed)) {
                    None => Cached::Analysed(Arc::clone(&analysed)),
                    Some(Some(shape)) => {
                        let shape = Arc::new(shape);
                        self.likely.insert(likely, Arc::downgrade(&shape));
                        Cached::Shape(shape)
                    }
                    Some(None) => Cached::ByText,
                };
                self.shapes.insert(key.into(), cached);
                (analysed, false)
            }
        }
    }

    /// The same where Parse declares parameters as what [`Facts::casts`] does not believe.
    #[must_use]
    pub fn analyse_disbelieving(
        &self,
        text: &str,
        names: &SessionNames,
        names_digest: Digest,
    ) -> (Arc<Analysed>, bool) {
        self.analyse_by_text(text, names, names_digest, DISBELIEVED)
    }

    fn analyse_by_text(
        &self,
        text: &str,
        names: &SessionNames,
        names_digest: Digest,
        kind: u8,
    ) -> (Arc<Analysed>, bool) {
        let key = [&names_digest.0[..], &[kind], text.as_bytes()].concat();
        if let Some(Cached::Analysed(known)) = self.shapes.get(key.as_slice()) {
            return (known, true);
        }
        let analysed = Arc::new(self.analyse_cold(text, names, kind != DISBELIEVED));
        self.shapes.insert(key.into(), Cached::Analysed(Arc::clone(&analysed)));
        (analysed, false)
    }

    fn analyse_cold(&self, text: &str, names: &SessionNames, believes: bool) -> Analysed {
        let context = Context { snapshot: &self.snapshot, rights: &self.rights, names };
        let parsed = grammar::parse(text);
        let mut plan = analyse::analyse_parsed(text, &parsed, &context, believes);
        if let Outcome::Refuse(refusal) = &mut plan.outcome {
            refusal.position = refusal.position.and_then(|byte| Some(text.get(..byte)?.chars().count()));
        }
        let mut heard = None;
        let checked = match &plan.outcome {
            Outcome::Refuse(_) => None,
            // the same bytes have the same tree
            Outcome::Relay => parsed.as_ref().ok().map(|tree| {
                let checked = check::check_parsed(tree, &plan.statements, &self.snapshot, &self.rights, names);
                checked.and_then(|checked| self.hear(checked, &plan.statements, names, &mut heard))
            }),
            Outcome::Rewritten { text, .. } => Some({
                let checked = check::check(text, &plan.statements, &self.snapshot, &self.rights, names);
                checked.and_then(|checked| self.hear(checked, &plan.statements, names, &mut heard))
            }),
        };
        let checked = match checked.transpose() {
            Ok(checked) => checked,
            Err(contradiction) => {
                plan.outcome = Outcome::Refuse(contradicted(&contradiction));
                None
            }
        };
        Analysed { plan: Arc::new(plan), checked, described: Arc::default(), heard, other: None }
    }

    /// The checker's proof, unless the second witness contradicts it.
    fn hear(
        &self,
        checked: Checked,
        statements: &[Facts],
        names: &SessionNames,
        heard: &mut Option<Verdict>,
    ) -> Result<Checked, check::Contradiction> {
        let hear = |one: &Witness| one.hear(checked.text(), statements, &self.snapshot, &self.rights, names);
        *heard = self.witness.as_ref().map(hear);
        match heard {
            Some(Verdict::Contradicts(contradiction)) => Err(contradiction.clone()),
            _ => Ok(checked),
        }
    }
}

fn contradicted(contradiction: &check::Contradiction) -> Refusal {
    Refusal::new(Reason::Contradiction, "this statement could not be proven safe")
        .detail(contradiction.to_string())
        .hint("This is a defect of Menshen: please report the statement. Writing it more simply may help.")
}
