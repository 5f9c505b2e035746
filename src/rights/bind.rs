//! Policy × Snapshot × Principal → [`Rights`]: the only maker of them.

use std::collections::HashSet;
use std::sync::Arc;

use crate::catalog::snapshot::{Column, Relation, Snapshot};
use crate::mask::{Mask, Per};
use crate::model::category::Category;
use crate::model::facts::{Comparison, Right, WriteRight};
use crate::model::ids::{Oid, RuleId};
use crate::model::planted::{Planted, planted};
use crate::model::principal::Principal;
use crate::model::refusal::{Reason, Refusal};
use crate::model::tables::{Map, Set};
use crate::policy::classification::{SYSTEM, UNCLASSIFIED, Unclassified};
use crate::policy::masks::NamedMask;
use crate::policy::{Decision, Decisions, Policy};

use super::layout::{BoundColumn, BoundRelation, Guard, Holding, Layout, column_name, function_name, layout, name_of};
use super::rows::Bound;
use super::table::{ColumnRight, RelationRight, Rights, RowFilter};

/// The rule of the built-in entries for the server's own catalogs.
const BUILT_IN: &str = "built-in";

/// Policy bound to one database; makes the rights of each principal.
#[derive(Debug)]
pub struct Binder<'a> {
    policy: &'a Policy,
    layout: Layout,
}

/// What one principal may see of one database. Where many principals are bound, keep a [`Binder`].
#[must_use]
pub fn bind(policy: &Policy, snapshot: &Snapshot, principal: &Principal) -> Rights {
    Binder::new(policy, snapshot).rights(snapshot, principal)
}

impl<'a> Binder<'a> {
    /// Finds out what each column may hold; independent of who asks.
    #[must_use]
    pub fn new(policy: &'a Policy, snapshot: &Snapshot) -> Self {
        Self { policy, layout: layout(policy, snapshot) }
    }

    /// What `principal` may see. `snapshot` is the one that the binder was made for.
    #[must_use]
    pub fn rights(&self, snapshot: &Snapshot, principal: &Principal) -> Rights {
        let decisions = self.policy.decide(principal);
        let mut rights = Rights {
            unrestricted: decisions.unrestricted(),
            recorded: false,
            relations: Map::default(),
            below_clear: Map::default(),
            filters: Map::default(),
            ties: Map::default(),
            decides: Map::default(),
            sorts: Map::default(),
            apart: Set::default(),
            secrets: Vec::new(),
            functions: self.layout.functions.iter().copied().collect(),
            messages: Arc::clone(&self.policy.classification.messages),
            channels: Arc::clone(&self.policy.classification.channels),
            settings: Arc::clone(&self.policy.classification.settings),
            subjects: Arc::clone(&self.layout.subjects),
            dimensions: Arc::clone(&self.layout.dimensions),
            labels: Arc::clone(&self.layout.labels),
            named_by: self.policy.naming(principal).map(|naming| naming.by.clone()),
        };
        let wanted = self.policy.records(principal);
        if rights.unrestricted && !wanted {
            return rights;
        }
        let rules = self.policy.row_rules(principal).into_iter();
        let askers = rules.map(|(name, rules)| (name, rules.into_iter().collect())).collect();
        let judge = Judge { policy: self.policy, principal, decisions, askers, rows: &self.layout.rows };
        for bound in &self.layout.relations {
            let (right, filter) = judge.relation(bound, snapshot);
            if let Some(right) = right {
                rights.add(bound.relation.oid, right);
            }
            rights.filters.extend(filter.map(|filter| (bound.relation.oid, filter)));
        }
        if !rights.unrestricted {
            super::decisive::decide(&mut rights, snapshot);
            super::ties::tie(&mut rights, snapshot);
            super::order::order(&mut rights, snapshot);
            super::apart::apart(&mut rights, snapshot);
        }
        let functions = std::mem::take(&mut rights.functions);
        rights.functions = functions.into_iter().filter(|oid| delivers_clear(&rights, snapshot, *oid)).collect();
        rights.recorded = wanted;
        rights
    }
}

/// One principal's decisions, applied to what columns hold.
pub(super) struct Judge<'a> {
    pub(super) policy: &'a Policy,
    principal: &'a Principal,
    pub(super) decisions: Decisions,
    /// The rules of `rows.toml` that are about it, by the name that they are asked under.
    pub(super) askers: Vec<(Arc<str>, HashSet<usize>)>,
    pub(super) rows: &'a Bound,
}

/// What a principal may read of one column.
#[derive(Clone, Debug)]
pub(super) struct Verdict {
    pub(super) right: Right,
    pub(super) category: Category,
    pub(super) rule: RuleId,
    /// For `masked`.
    pub(super) mask: Arc<NamedMask>,
    pub(super) write: WriteRight,
    pub(super) matching: bool,
    pub(super) comparison: Comparison,
}

impl Judge<'_> {
    /// `None`: nothing of it is protected from anybody in a way that concerns this principal.
    fn relation(&self, bound: &BoundRelation, snapshot: &Snapshot) -> (Option<RelationRight>, Option<RowFilter>) {
        let rows = self.rows_of(&bound.relation);
        if !self.decisions.unrestricted()
            && let Some(refusal) = self.refusal(bound, snapshot).or_else(|| self.closed(&bound.relation, &rows))
        {
            return (Some(RelationRight::Refused(refusal)), None);
        }
        let filter = self.filter(&bound.relation, &rows);
        let mut masked = filter.is_some();
        let mut classified = false;
        let mut columns = Vec::with_capacity(bound.columns.len());
        for (column, holds) in bound.relation.columns.iter().zip(&bound.columns) {
            let judged = self.column(column, holds);
            let Ok(right) = judged.and_then(|right| self.in_rows(right, &bound.relation, column, &rows)) else {
                return (Some(RelationRight::Refused(unmaskable(&bound.relation, column))), None);
            };
            masked |= right.right < Right::Clear;
            classified |= right.category.is_some();
            columns.push(right);
        }
        match (masked, classified) {
            (true, _) => (Some(RelationRight::Masked(columns.into())), filter),
            (false, true) => (Some(RelationRight::Clear(columns.into())), None),
            (false, false) => (None, None),
        }
    }

    fn column(&self, column: &Column, holds: &BoundColumn) -> Result<ColumnRight, Unmaskable> {
        let mut right = ColumnRight {
            number: column.number,
            name: Arc::clone(&column.name),
            right: Right::Clear,
            category: None,
            rule: RuleId("not classified".into()),
            expression: None,
            mask: None,
            ty: column.ty.clone(),
            write: WriteRight::Free,
            matching: false,
            comparison: Comparison::default(),
            shown: None,
        };
        let Some(verdict) = self.verdict(&holds.holdings) else { return Ok(right) };
        right.right = verdict.right;
        let personal = ![UNCLASSIFIED, SYSTEM].contains(&&*verdict.category.0);
        right.category = (personal || verdict.right < Right::Clear).then_some(verdict.category);
        right.rule = verdict.rule;
        right.write = verdict.write;
        right.matching = verdict.matching;
        right.comparison = verdict.comparison;
        if right.right == Right::Masked {
            let mask = self.bound(&verdict.mask.mask);
            right.expression = expression(&mask, column);
            if planted(Planted::Mask) && &*column.name == "phone" {
                right.expression = Some("phone".into());
            }
            right.mask = Some(Arc::new(mask));
            if right.expression.is_none() {
                right.right = Right::Hidden;
            }
        }
        if right.right == Right::Hidden {
            right.expression = Some(expression(&Mask::Null, column).ok_or(Unmaskable)?);
            right.mask = Some(Arc::new(Mask::Null));
            // nothing of it is shown, not even whether a value is the true one
            right.matching = false;
        }
        Ok(right)
    }

    /// The strictest of what each holding allows. Two masks that are not the same: neither is known to hide enough.
    fn verdict(&self, holdings: &[Holding]) -> Option<Verdict> {
        let each = holdings.iter().map(|holding| self.holding(holding));
        each.reduce(|a, b| {
            let (write, matching) = (a.write.min(b.write), a.matching && b.matching);
            let strictest = match (a.right, b.right) {
                (Right::Masked, Right::Masked) if a.mask.mask != b.mask.mask => Verdict { right: Right::Hidden, ..a },
                _ if b.right < a.right => b,
                _ => a,
            };
            Verdict { write, matching, ..strictest }
        })
    }

    fn holding(&self, holding: &Holding) -> Verdict {
        match holding {
            Holding::Personal(category, own) => self.personal(category, own.as_ref()),
            Holding::Document(document) => self.document(document),
            Holding::Derived(inner) => self.hidden_unless_clear(self.holding(inner)),
            Holding::Drifted(category) => {
                let verdict = self.hidden_unless_clear(self.personal(category, None));
                match verdict.right {
                    Right::Clear => verdict,
                    _ => Verdict { rule: RuleId("a classified column of this table is missing".into()), ..verdict },
                }
            }
            Holding::Unclassified(_) => {
                let decision = self.decisions.unclassified();
                self.hidden_unless_clear(verdict(Category(UNCLASSIFIED.into()), decision, None))
            }
            Holding::System | Holding::Unknown => Verdict {
                right: if self.decisions.unrestricted() { Right::Clear } else { Right::Hidden },
                category: Category(SYSTEM.into()),
                rule: RuleId(BUILT_IN.into()),
                mask: self.policy.masks.null(),
                write: if self.decisions.unrestricted() { WriteRight::Free } else { WriteRight::Denied },
                matching: false,
                comparison: Comparison::default(),
            },
        }
    }

    fn hidden_unless_clear(&self, verdict: Verdict) -> Verdict {
        let right = if verdict.right == Right::Clear { Right::Clear } else { Right::Hidden };
        Verdict { right, matching: false, ..verdict }
    }

    /// The mask with this principal's key in it, where it needs one. Without a key it fits no column.
    pub(super) fn bound(&self, mask: &Mask) -> Mask {
        let Some(pseudonym) = mask.pseudonym() else { return mask.clone() };
        let Some(master) = self.policy.keys.get(pseudonym.key()) else { return mask.clone() };
        let mut scope: Vec<&str> = match pseudonym.per() {
            Per::Bundle => Vec::new(),
            Per::Purpose => self.principal.purposes.iter().map(|purpose| &**purpose).collect(),
            Per::Principal => {
                let Principal { database_user, application, end_user, .. } = self.principal;
                let person = end_user.iter().map(|person| &*person.name);
                [&**database_user, application.as_deref().unwrap_or_default()].into_iter().chain(person).collect()
            }
        };
        if pseudonym.per() == Per::Purpose {
            scope.sort_unstable();
        }
        mask.with_pseudonym(pseudonym.with(master, &scope))
    }

    pub(super) fn personal(&self, category: &Category, own: Option<&Arc<NamedMask>>) -> Verdict {
        match self.decisions.of(category) {
            Some(decision) => verdict(category.clone(), decision, own),
            // A category that is not defined cannot be compiled; were it so, nobody may read it.
            None => Verdict {
                right: Right::Hidden,
                category: category.clone(),
                rule: crate::policy::no_rule(),
                mask: self.policy.masks.null(),
                write: WriteRight::Denied,
                matching: false,
                comparison: Comparison::default(),
            },
        }
    }

    /// Why the relation cannot be used at all, if so.
    fn refusal(&self, bound: &BoundRelation, snapshot: &Snapshot) -> Option<Refusal> {
        let closed = Holding::Unclassified(Unclassified::Refuse);
        if self.decisions.unclassified().right < Right::Clear
            && let Some(column) = bound.columns.iter().position(|column| column.holdings.contains(&closed))
        {
            return Some(unclassified(&bound.relation, column));
        }
        bound.guards.iter().find_map(|guard| self.guarded(&bound.relation, guard, snapshot))
    }

    fn guarded(&self, relation: &Relation, guard: &Guard, snapshot: &Snapshot) -> Option<Refusal> {
        let name = name_of(relation);
        let refusal = |message: String| Refusal::new(Reason::Relation, message);
        match guard {
            Guard::Decides(id, holding) | Guard::Refers(id, holding) => {
                let verdict = self.holding(holding);
                if verdict.right == Right::Clear {
                    return None;
                }
                let why =
                    if matches!(guard, Guard::Decides(..)) { "decides by" } else { "cannot be analysed and reads" };
                let column = column_name(snapshot, *id);
                let detail = format!("the view {why} {column}, which is {} ({})", verdict.right.as_str(), verdict.rule);
                Some(refusal(format!("view {name} depends on a protected column")).detail(detail).hint(declare(&name)))
            }
            Guard::Calls(oid) => {
                let called = function_name(snapshot, *oid);
                let detail = format!("the view calls {called}, which the policy does not name");
                let hint = format!("allow the function in classification.toml, or {}", declare(&name));
                Some(refusal(format!("what view {name} holds is not known")).detail(detail).hint(hint))
            }
            Guard::NotReviewed => Some(
                refusal(format!("system relation {name} is not known to hold no values"))
                    .hint("only principals without restrictions may read it"),
            ),
        }
    }
}

/// What a function returns passes by every scan. Named by the bundle or not, rows of a table would not be masked.
fn delivers_clear(rights: &Rights, snapshot: &Snapshot, function: Oid) -> bool {
    let Some(function) = snapshot.function(function) else { return false };
    let rows = snapshot.columns_in(function.return_type);
    rows.iter()
        .all(|id| rights.column(id.relation, id.number) == Right::Clear && !rights.filters.contains_key(&id.relation))
}

/// A column that not even NULL can stand for.
pub(super) struct Unmaskable;

pub(super) fn verdict(category: Category, decision: &Decision, own: Option<&Arc<NamedMask>>) -> Verdict {
    let mask = own.filter(|_| !decision.overridden).unwrap_or(&decision.mask);
    Verdict {
        right: decision.right,
        category,
        rule: decision.rule.clone(),
        mask: Arc::clone(mask),
        write: decision.write,
        matching: decision.matching,
        comparison: decision.comparison,
    }
}

/// The SQL that stands for a column; `None` if the mask cannot keep the column's type.
pub(super) fn expression(mask: &Mask, column: &Column) -> Option<Arc<str>> {
    mask.sql(&quoted(&column.name), &column.ty).ok().map(Into::into)
}

/// An identifier as SQL, always in quotes.
pub(super) fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// What to write into the bundle so that a view can be used.
fn declare(name: &crate::policy::classification::QualifiedName) -> String {
    format!("name what its columns hold under [view.\"{name}\".columns] in classification.toml")
}

fn unclassified(relation: &Relation, column: usize) -> Refusal {
    let name = name_of(relation);
    let column = relation.columns.get(column).map_or("?", |column| &*column.name);
    Refusal::new(Reason::Relation, format!("{name} has columns that nobody has classified"))
        .detail(format!("column {column} is in no class, and such relations are closed"))
        .hint(format!("classify it under [table.\"{name}\".columns] in classification.toml"))
}

fn unmaskable(relation: &Relation, column: &Column) -> Refusal {
    Refusal::new(Reason::Relation, format!("{} has a column that cannot be masked", name_of(relation)))
        .detail(format!("column {} has type {}", column.name, column.ty.sql))
}
