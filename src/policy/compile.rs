//! Files → [`Policy`], or every problem at once.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::net::IpAddr;
use std::sync::Arc;

use crate::mask::{MasterKey, Per};
use crate::model::category::Category;
use crate::model::facts::{Comparison, Right, WriteRight};
use crate::model::ids::{Digest, RuleId};
use crate::model::principal::{EndUser, Principal};

use super::alerts::{self, Alerts};
use super::bundle::{self, ALERTS, CLASSIFICATION, IDENTITY, LIMITS, MASKS, MODEL, ROWS, RULES};
use super::casbin::{self, Judge, Verdict};
use super::classification::{self, Classification, UNCLASSIFIED};
use super::condition;
use super::diagnostic::{Diagnostic, Severity, Source};
use super::end_user::Naming;
use super::identity::{self, Application, Identity};
use super::limit_file;
use super::limits::Limits;
use super::masks::{self, Masks, NamedMask};
use super::roles::{self, Action, Known, Rule, Rules, Subject};
use super::rows::{self, RowRule};
use super::warnings;

/// A compiled bundle.
#[derive(Clone, Debug)]
pub struct Policy {
    digest: Digest,
    pub classification: Classification,
    pub masks: Masks,
    pub identity: Identity,
    pub rules: Rules,
    /// `rows.toml`, in the order of the file.
    pub rows: Vec<RowRule>,
    /// `limits.toml`.
    pub limits: Arc<Limits>,
    /// `alerts.toml`.
    pub alerts: Arc<Alerts>,
    /// Secrets of pseudonyms by name: no part of the bundle, to be put in from outside.
    pub keys: BTreeMap<Arc<str>, MasterKey>,
    /// What compiles and is probably not meant.
    pub warnings: Vec<Diagnostic>,
    /// The text of `classification.toml`, for diagnostics about what it says of a database.
    classification_text: Arc<str>,
    /// The text of `rows.toml`, for the same.
    rows_text: Arc<str>,
}

/// What a principal may read of a category, and why.
#[derive(Clone, Debug)]
pub struct Decision {
    pub right: Right,
    /// The rule that decided, or [`no_rule`].
    pub rule: RuleId,
    /// What `masked` means to this principal, unless the column says otherwise.
    pub mask: Arc<NamedMask>,
    /// Whether `mask` is a role's own, which a column's mask does not replace.
    pub overridden: bool,
    pub write: WriteRight,
    /// Whether equality may be tested on the true value where its mask is read.
    pub matching: bool,
    pub comparison: Comparison,
}

impl Decision {
    /// What both may do. Of two masks that are not the same, neither is known to hide enough.
    fn and(self, other: Self) -> Self {
        let tests = |one: &Self| one.matching || one.right == Right::Clear;
        let matching = tests(&self) && tests(&other);
        let write = self.write.min(other.write);
        let hidden = (self.right, other.right) == (Right::Masked, Right::Masked) && self.mask.mask != other.mask.mask;
        let lower = if other.right < self.right { other } else { self };
        let right = if hidden { Right::Hidden } else { lower.right };
        Self { right, write, matching: matching && right == Right::Masked, ..lower }
    }
}

/// What one principal may read, by category.
#[derive(Clone, Debug)]
pub struct Decisions {
    categories: HashMap<Category, Decision>,
    unclassified: Decision,
    unrestricted: bool,
}

impl Decisions {
    /// `None` for categories that the bundle does not define.
    #[must_use]
    pub fn of(&self, category: &Category) -> Option<&Decision> {
        self.categories.get(category)
    }

    /// What a column is read as that nobody classified, where the bundle closes such columns.
    #[must_use]
    pub fn unclassified(&self) -> &Decision {
        &self.unclassified
    }

    /// What both may read: of each category the lower right.
    fn and(mut self, mut other: Self) -> Self {
        let both = |(category, own): (Category, Decision)| {
            let decision = other.categories.remove(&category).map(|theirs| own.and(theirs))?;
            Some((category, decision))
        };
        self.categories = self.categories.into_iter().filter_map(both).collect();
        self.unclassified = self.unclassified.and(other.unclassified);
        self.unrestricted = self.unrestricted && other.unrestricted;
        self
    }

    /// The same with masks in place of values.
    fn lowered(mut self) -> Self {
        self.unrestricted = false;
        for decision in self.categories.values_mut().chain([&mut self.unclassified]) {
            decision.right = decision.right.min(Right::Masked);
            decision.write = decision.write.min(WriteRight::Guarded);
        }
        self
    }

    /// Whether everything the bundle protects is clear, in every row.
    #[must_use]
    pub fn unrestricted(&self) -> bool {
        self.unrestricted
    }
}

/// The rule of what no rule allows.
#[must_use]
pub fn no_rule() -> RuleId {
    RuleId("no rule allows it".into())
}

/// Compiles a bundle: its files by name (`tests/…` included), without regard to where they come from.
///
/// # Errors
/// Every problem found, at least one of them an error, in the order of files and lines.
pub fn compile(files: &BTreeMap<String, String>) -> Result<Policy, Vec<Diagnostic>> {
    let mut report = Vec::new();
    bundle::inventory(files, &mut report);
    if report.iter().any(|found| found.message.contains("larger than")) {
        return Err(report);
    }
    let policy = assemble(files, &mut report);
    report.sort_by(|a, b| (a.severity, &a.file, a.line, a.column).cmp(&(b.severity, &b.file, b.line, b.column)));
    // What follows from a syntax error stands at the same place, after it.
    report.dedup_by(|b, a| {
        let place = |found: &Diagnostic| (found.file.clone(), found.line, found.column);
        (a.severity, b.severity) == (Severity::Error, Severity::Error) && a.line > 0 && place(a) == place(b)
    });
    if report.iter().any(|found| found.severity == Severity::Error) {
        return Err(report);
    }
    Ok(Policy { warnings: report, ..policy })
}

fn assemble(files: &BTreeMap<String, String>, report: &mut Vec<Diagnostic>) -> Policy {
    let source = |name: &'static str| Source::new(name, files.get(name).map_or("", String::as_str));
    if files.contains_key(MODEL) {
        casbin::check_model(source(MODEL), report);
    }
    let mut masks = Masks::default();
    let overrides = masks::read(source(MASKS), &mut masks, report);
    let written = bundle::classification(source(CLASSIFICATION), report);
    let classification = classification::compile(source(CLASSIFICATION), &written, &masks, report);
    let identity = identity::compile(source(IDENTITY), &bundle::identity(source(IDENTITY), report), report);
    let categories: Vec<&Category> = classification.categories.keys().collect();
    let dimensions = classification.relations.values().flat_map(|class| &class.dimensions);
    let dimensions: Vec<&str> = dimensions.map(|dimension| &*dimension.name).collect();
    let known = Known { categories: &categories, identity: &identity, dimensions: &dimensions };
    let rules = roles::compile(source(RULES), known, report);
    masks.add_overrides(source(MASKS), &overrides, known, report);
    let rows = rows::compile(source(ROWS), &bundle::rows(source(ROWS), report), known, report);
    let limits = limit_file::compile(source(LIMITS), known, report).into();
    let alerts = alerts::compile(source(ALERTS), &rules.names(), report).into();
    let policy = Policy {
        digest: bundle::digest(files),
        classification_text: source(CLASSIFICATION).text.into(),
        rows_text: source(ROWS).text.into(),
        classification,
        masks,
        identity,
        rules,
        rows,
        limits,
        alerts,
        keys: BTreeMap::new(),
        warnings: Vec::new(),
    };
    warnings::collect(&policy, source(RULES), source(CLASSIFICATION), report);
    policy
}

impl Policy {
    /// SHA-256 over the bundle's files.
    #[must_use]
    pub fn digest(&self) -> Digest {
        self.digest
    }

    /// Names of the keys that its pseudonyms need.
    #[must_use]
    pub fn key_names(&self) -> BTreeSet<Arc<str>> {
        self.masks.iter().filter_map(|mask| mask.mask.pseudonym().map(|pseudonym| pseudonym.key().into())).collect()
    }

    /// Names of the keys that end users' names are signed with.
    #[must_use]
    pub fn proof_names(&self) -> BTreeSet<Arc<str>> {
        let naming = self.identity.applications.iter().filter_map(|app| app.naming.as_ref());
        naming.filter_map(|naming| naming.proof.as_ref().map(|proof| Arc::clone(proof.key()))).collect()
    }

    /// `classification.toml`, for diagnostics.
    pub(crate) fn classification_source(&self) -> Source<'_> {
        Source { name: CLASSIFICATION, text: &self.classification_text }
    }

    /// `rows.toml`, for diagnostics.
    pub(crate) fn rows_source(&self) -> Source<'_> {
        Source { name: ROWS, text: &self.rows_text }
    }

    /// Which rules of `rows.toml` are about a principal, by position, and under which name it is asked for: rows pass
    /// that the rules about the account let pass, and those about its end user.
    #[must_use]
    pub fn row_rules(&self, principal: &Principal) -> Vec<(Arc<str>, Vec<usize>)> {
        let rules = |subjects: Vec<Subject>| {
            let holders = self.holders(subjects);
            let rules = self.rows.iter().enumerate();
            let concerned = rules.filter(|(_, rule)| rule.concerns(&holders, &principal.purposes));
            concerned.map(|(index, _)| index).collect()
        };
        let account = (Arc::clone(&principal.database_user), rules(subjects(principal)));
        let person = self.bounding(principal).map(|person| (Arc::clone(&person.name), rules(vec![subject(person)])));
        std::iter::once(account).chain(person).collect()
    }

    /// Who a connection is. A user that no rule names is nobody in particular: it has the role `anyone`.
    ///
    /// `application_name` is what the start-up packet claimed. A principal belongs to the policy that made it: after
    /// a reload it is to be made again.
    #[must_use]
    pub fn principal(&self, database_user: &str, address: Option<IpAddr>, application_name: Option<&str>) -> Principal {
        let application = self.identity.application(database_user, address, application_name);
        self.principal_through(database_user, address, application)
    }

    /// The principal of a connection that is the named application's; `None` if there is no such application.
    #[must_use]
    pub fn principal_of(&self, database_user: &str, application: &str) -> Option<Principal> {
        let application = self.identity.applications.iter().find(|known| &*known.name == application)?;
        Some(self.principal_through(database_user, None, Some(application)))
    }

    fn principal_through(
        &self,
        database_user: &str,
        address: Option<IpAddr>,
        application: Option<&Application>,
    ) -> Principal {
        let mut principal = Principal {
            database_user: database_user.into(),
            application: application.map(|app| Arc::clone(&app.name)),
            address,
            purposes: application.map_or_else(|| Arc::from([]), |app| Arc::clone(&app.purposes)),
            roles: Arc::from([]),
            lowered: false,
            end_user: None,
        };
        principal.roles = self.rules.roles_of(subjects(&principal)).into_iter().collect();
        principal
    }

    /// How the application of a principal names the person it asks for; `None`: it asks for itself.
    #[must_use]
    pub fn naming(&self, principal: &Principal) -> Option<&Arc<Naming>> {
        let name = principal.application.as_ref()?;
        self.identity.applications.iter().find(|app| app.name == *name)?.naming.as_ref()
    }

    /// The principal that an application's account is while it asks for somebody.
    #[must_use]
    pub fn on_behalf(&self, account: &Principal, name: &Arc<str>, signed: bool) -> Principal {
        let own = self.rules.roles_of([Subject::User(Arc::clone(name))]);
        let mut all: BTreeSet<Arc<str>> = account.roles.iter().cloned().collect();
        all.extend(own.iter().cloned());
        let end_user = EndUser { name: Arc::clone(name), signed, roles: own.into_iter().collect() };
        Principal { roles: all.into_iter().collect(), end_user: Some(end_user), ..account.clone() }
    }

    /// Whether the rights of an end user depend on who that is, beyond its roles: a rule names it, or rows or pseudonyms
    /// are each principal's own.
    #[must_use]
    pub fn distinguishes(&self, person: &EndUser) -> bool {
        let named = subject(person);
        self.rules.rules.iter().any(|rule| rule.subject == named)
            || self.masks.speaks_of(&named)
            || self.rows.iter().any(|rule| rule.speaks_of(&named))
            || self.rows_text.contains(condition::PRINCIPAL[1])
            || self.masks.iter().filter_map(|mask| mask.mask.pseudonym()).any(|it| it.per() == Per::Principal)
    }

    /// The end user, unless the application has rights enough for everybody it speaks for.
    fn bounding<'p>(&self, principal: &'p Principal) -> Option<&'p EndUser> {
        principal.end_user.as_ref().filter(|_| !self.naming(principal).is_some_and(|naming| naming.speaks))
    }

    /// Whether a principal's reading of personal columns is recorded even where it may read everything: so it is for
    /// everybody but those exempted, and for these if a limit is about what their statements do.
    #[must_use]
    pub fn records(&self, principal: &Principal) -> bool {
        let holders = self.holders(subjects(principal));
        self.naming(principal).is_some()
            || !self.identity.unrecorded.iter().any(|subject| holders.contains(subject))
            || self.limits.look_at(principal)
    }

    /// The subjects, and every role they have between them.
    fn holders(&self, subjects: impl IntoIterator<Item = Subject>) -> BTreeSet<Subject> {
        let mut holders: BTreeSet<Subject> = subjects.into_iter().collect();
        let roles = self.rules.roles_of(holders.iter().cloned());
        holders.extend(roles.into_iter().map(Subject::Role));
        holders
    }

    /// What a principal may read. casbin is asked once per category and action, never per column or statement.
    ///
    /// If casbin fails, which compiled rules should not make it do, nothing is allowed.
    #[must_use]
    pub fn decide(&self, principal: &Principal) -> Decisions {
        let mut decisions = self.decide_as(subjects(principal), &principal.purposes);
        if let Some(person) = self.bounding(principal) {
            decisions = decisions.and(self.decide_as([subject(person)], &principal.purposes));
        }
        if principal.lowered { decisions.lowered() } else { decisions }
    }

    /// What whoever is all of these subjects may read.
    pub(super) fn decide_as(&self, subjects: impl IntoIterator<Item = Subject>, purposes: &[Arc<str>]) -> Decisions {
        let holders = self.holders(subjects);
        let rules: Vec<&Rule> = self.rules.rules.iter().filter(|rule| holders.contains(&rule.subject)).collect();
        let judge = Judge::new(&rules, purposes).ok();
        let decide = |category: &str, mask: &Arc<NamedMask>, comparison: Comparison| {
            let (right, rule) =
                judge.as_ref().map_or((Right::Hidden, no_rule()), |judge| right(judge, &rules, category));
            let own = self.masks.override_for(category, &holders);
            let overridden = own.is_some();
            let write = judge.as_ref().map_or(WriteRight::Denied, |judge| write(judge, right, category));
            let matching = right == Right::Masked && judge.as_ref().is_some_and(|judge| matching(judge, category));
            Decision { right, rule, mask: Arc::clone(own.unwrap_or(mask)), overridden, write, matching, comparison }
        };
        let each = self.classification.categories.iter();
        let categories: HashMap<_, _> = each
            .map(|(category, definition)| {
                (category.clone(), decide(&category.0, &definition.mask, definition.comparison))
            })
            .collect();
        let unclassified = decide(UNCLASSIFIED, &self.masks.null(), Comparison::default());
        let open = !self.classification.closes_unclassified() || unclassified.right == Right::Clear;
        let free = |decision: &Decision| decision.right == Right::Clear && decision.write == WriteRight::Free;
        // also where a database has no such table: which rows it would be about is not known here
        let whole = !self.rows.iter().any(|rule| rule.concerns(&holders, purposes));
        let unrestricted = open && whole && categories.values().all(free);
        Decisions { categories, unclassified, unrestricted }
    }
}

/// What rules may call an end user.
fn subject(person: &EndUser) -> Subject {
    Subject::User(Arc::clone(&person.name))
}

/// What rules may call a principal's account.
fn subjects(principal: &Principal) -> Vec<Subject> {
    let user = Subject::User(Arc::clone(&principal.database_user));
    let app = principal.application.iter().map(|app| Subject::App(Arc::clone(app)));
    std::iter::once(user).chain(app).collect()
}

/// How a category may be written. What no rule says: freely by whoever reads it in clear, else guarded. Who is denied
/// `write-guarded` may not write at all; `write` may be denied alone.
fn write(judge: &Judge, right: Right, category: &str) -> WriteRight {
    let verdict = |action| judge.decide(category, action).unwrap_or(Verdict::Denied(0));
    match (verdict(Action::Write), verdict(Action::WriteGuarded)) {
        (_, Verdict::Denied(_)) => WriteRight::Denied,
        (Verdict::Allowed(_), _) => WriteRight::Free,
        (Verdict::Silent, _) if right == Right::Clear => WriteRight::Free,
        // nothing can guard a value that is read in clear
        (Verdict::Denied(_), _) if right == Right::Clear => WriteRight::Denied,
        (Verdict::Silent | Verdict::Denied(_), _) => WriteRight::Guarded,
    }
}

fn matching(judge: &Judge, category: &str) -> bool {
    matches!(judge.decide(category, Action::Match), Ok(Verdict::Allowed(_)))
}

/// The highest reading right that is allowed. Who is denied the mask is denied the value, too.
fn right(judge: &Judge, rules: &[&Rule], category: &str) -> (Right, RuleId) {
    let verdict = |action| judge.decide(category, action).unwrap_or(Verdict::Silent);
    let rule = |index: usize| rules.get(index).map_or_else(no_rule, |rule| rule.id.clone());
    match (verdict(Action::Clear), verdict(Action::Masked)) {
        (_, Verdict::Denied(index)) => (Right::Hidden, rule(index)),
        (Verdict::Allowed(index), _) => (Right::Clear, rule(index)),
        (_, Verdict::Allowed(index)) => (Right::Masked, rule(index)),
        (Verdict::Denied(index), Verdict::Silent) => (Right::Hidden, rule(index)),
        (Verdict::Silent, Verdict::Silent) => (Right::Hidden, no_rule()),
    }
}
