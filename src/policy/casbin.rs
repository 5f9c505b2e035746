//! The only place that names casbin: which rules apply to a principal's request, and whether they allow it.
//!
//! casbin's own reading of files is not used: its line reader loses a first line behind a byte order mark, keeps
//! quotes of odd shape, and its role manager stops at ten levels, where a deny would silently end. What it gets are
//! the parsed rules of one principal, whose roles are already known, all one step away. casbin is asynchronous for
//! adapters that wait for something; the one in memory never does, so each future is done when it is first polled.

use std::future::Future;
use std::pin::pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, Waker};

use casbin::function_map::OperatorFunction;
use casbin::rhai::Dynamic;
use casbin::{Adapter, CoreApi, DefaultModel, EffectKind, Effector, EffectorStream, Enforcer, MemoryAdapter};

use super::diagnostic::{Diagnostic, Source};
use super::roles::{Action, Rule};

/// What every bundle's `model.conf` says, and what is used when there is none.
///
/// Another model would decide differently from what explanations, the matrix and the tests of a bundle say, and a
/// matcher with one more condition would weaken denials as well as permissions: so there is one.
pub const MODEL: &str = "\
[request_definition]
r = subject, category, action, purpose

[policy_definition]
p = subject, category, action, purpose, eft

[role_definition]
g = _, _

[policy_effect]
e = some(where (p.eft == allow)) && !some(where (p.eft == deny))

[matchers]
m = g(r.subject, p.subject) && category(r.category, p.category) && r.action == p.action && purpose(r.purpose, p.purpose)
";

/// Stands for the principal in casbin's role graph; no subject of a bundle is spelled like that.
const PRINCIPAL: &str = "principal";

/// Checks that `model.conf` means what [`MODEL`] means; blanks and comments are free.
pub(super) fn check_model(source: Source<'_>, report: &mut Vec<Diagnostic>) {
    let mut expected = statements(MODEL);
    let mut offset = 0;
    let mut section = String::new();
    for line in source.text.split_inclusive('\n') {
        let start = offset;
        offset += line.len();
        let Some(statement) = statement(line) else { continue };
        let begin = start + line.len() - line.trim_start().len();
        let span = begin..begin + line.trim().len();
        if statement.starts_with('[') {
            section.clone_from(&statement);
        }
        let found = (section.clone(), statement);
        if let Some(index) = expected.iter().position(|wanted| *wanted == found) {
            expected.remove(index);
            continue;
        }
        let wrong = source.error(&span, "the model of a bundle is fixed, and this is not in it");
        let line = MODEL.lines().find(|line| {
            let key = |line: &str| line.split('=').next().map(str::trim).map(str::to_owned);
            line.contains('=') && key(line) == key(&found.1)
        });
        report.push(match line {
            Some(line) => wrong.expected(format!("`{line}`")),
            None => wrong.help("take the line out, or leave the file out"),
        });
    }
    if !expected.is_empty() && !report.iter().any(|diagnostic| diagnostic.file == source.name) {
        let end = source.text.trim_end().len();
        for (_, statement) in expected {
            report.push(source.error(&(end..end), format!("`{statement}` is missing in this model")));
        }
    }
}

/// Section headers and definitions, each with the section it stands in, blanks taken out.
fn statements(text: &str) -> Vec<(String, String)> {
    let mut section = String::new();
    let each = text.lines().filter_map(statement).map(|statement| {
        if statement.starts_with('[') {
            section.clone_from(&statement);
        }
        (section.clone(), statement)
    });
    each.collect()
}

fn statement(line: &str) -> Option<String> {
    let line = line.trim();
    let comment = line.starts_with('#') || line.starts_with(';');
    (!line.is_empty() && !comment).then(|| line.chars().filter(|c| !matches!(c, ' ' | '\t')).collect())
}

/// A failure of casbin itself: the principal then has no right at all.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("casbin: {0}")]
pub struct Failure(String);

impl Failure {
    fn of(error: impl std::fmt::Display) -> Self {
        Self(error.to_string())
    }
}

/// What one request met, by position among the rules it was decided with.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Verdict {
    Allowed(usize),
    Denied(usize),
    /// No rule applies.
    Silent,
}

/// casbin over the rules that can apply to one principal.
pub(super) struct Judge {
    enforcer: Enforcer,
    /// Purposes of the principal, between commas.
    purposes: String,
    witnessed: Arc<Mutex<Vec<(usize, EffectKind)>>>,
}

impl std::fmt::Debug for Judge {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Judge").field("purposes", &self.purposes).finish_non_exhaustive()
    }
}

impl Judge {
    /// `rules` are those whose subject is the principal or a role it has, no two alike.
    pub(super) fn new(rules: &[&Rule], purposes: &[Arc<str>]) -> Result<Self, Failure> {
        let adapter = ready(adapter(rules))??;
        let model = ready(DefaultModel::from_str(MODEL))?.map_err(Failure::of)?;
        let mut enforcer = ready(Enforcer::new(model, adapter))?.map_err(Failure::of)?;
        let witnessed = Arc::new(Mutex::new(Vec::new()));
        enforcer.set_effector(Box::new(Witness(Arc::clone(&witnessed))));
        enforcer.add_function("category", OperatorFunction::Arg2(category));
        enforcer.add_function("purpose", OperatorFunction::Arg2(purpose));
        Ok(Self { enforcer, purposes: format!(",{},", purposes.join(",")), witnessed })
    }

    /// Whether `action` on `category` is allowed. A deny wins over every allow, wherever it stands.
    pub(super) fn decide(&self, category: &str, action: Action) -> Result<Verdict, Failure> {
        let request = (PRINCIPAL, category, action.as_str(), self.purposes.as_str());
        let allowed = self.enforcer.enforce(request).map_err(Failure::of)?;
        let witnessed = self.witnessed.lock().unwrap_or_else(PoisonError::into_inner);
        let first = |kind| witnessed.iter().find(|(_, met)| *met == kind).map(|(index, _)| *index);
        match (first(EffectKind::Deny), first(EffectKind::Allow), allowed) {
            (Some(deny), _, false) => Ok(Verdict::Denied(deny)),
            (None, Some(allow), true) => Ok(Verdict::Allowed(allow)),
            (None, None, false) => Ok(Verdict::Silent),
            _ => Err(Failure("its answer does not follow from the rules it met".into())),
        }
    }
}

async fn adapter(rules: &[&Rule]) -> Result<MemoryAdapter, Failure> {
    let mut adapter = MemoryAdapter::default();
    for rule in rules {
        let effect = if rule.deny { "deny" } else { "allow" };
        let subject = rule.subject.to_string();
        let line = [subject.as_str(), &*rule.pattern, rule.action.as_str(), &*rule.purpose, effect];
        let new = adapter.add_policy("p", "p", line.map(str::to_owned).to_vec()).await.map_err(Failure::of)?;
        if !new {
            // Positions would no longer be those of `rules`.
            return Err(Failure("a rule is repeated".into()));
        }
        adapter.add_policy("g", "g", vec![PRINCIPAL.to_owned(), subject]).await.map_err(Failure::of)?;
    }
    Ok(adapter)
}

/// Drives a future that has nothing to wait for.
fn ready<T>(future: impl Future<Output = T>) -> Result<T, Failure> {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => Ok(value),
        Poll::Pending => Err(Failure("a rule in memory had to be waited for".into())),
    }
}

/// `category(r.category, p.category)`: prefix wildcards, as [`crate::model::category::Category::matches`].
fn category(request: Dynamic, pattern: Dynamic) -> Dynamic {
    let (Ok(request), Ok(pattern)) = (request.into_immutable_string(), pattern.into_immutable_string()) else {
        return false.into();
    };
    crate::model::category::Category(request.as_str().into()).matches(&pattern).into()
}

/// `purpose(r.purpose, p.purpose)`: `*`, or one of the purposes of the principal.
fn purpose(held: Dynamic, wanted: Dynamic) -> Dynamic {
    let (Ok(held), Ok(wanted)) = (held.into_immutable_string(), wanted.into_immutable_string()) else {
        return false.into();
    };
    (wanted == "*" || held.contains(&format!(",{wanted},"))).into()
}

/// Deny overrides, and remembers which rules were met: casbin's own effector tells only whether.
struct Witness(Arc<Mutex<Vec<(usize, EffectKind)>>>);

impl Effector for Witness {
    fn new_stream(&self, _expression: &str, _rules: usize) -> Box<dyn EffectorStream> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clear();
        Box::new(Stream { witnessed: Arc::clone(&self.0), index: 0, allowed: false, denied: false })
    }
}

struct Stream {
    witnessed: Arc<Mutex<Vec<(usize, EffectKind)>>>,
    index: usize,
    allowed: bool,
    denied: bool,
}

impl EffectorStream for Stream {
    fn next(&self) -> bool {
        self.allowed && !self.denied
    }

    fn push_effect(&mut self, effect: EffectKind) -> bool {
        match effect {
            EffectKind::Allow => self.allowed = true,
            EffectKind::Deny => self.denied = true,
            EffectKind::Indeterminate => {}
        }
        if effect != EffectKind::Indeterminate {
            self.witnessed.lock().unwrap_or_else(PoisonError::into_inner).push((self.index, effect));
        }
        self.index += 1;
        // Never done early: every rule that applies is to be seen.
        false
    }
}
