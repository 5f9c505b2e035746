//! The rules of `rows.toml`, bound to a database: which relations each of them concerns, and how. The same for every
//! principal.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crate::catalog::snapshot::{Column, Lineage, Origin, Relation, RelationKind, Snapshot};
use crate::grammar::names;
use crate::model::ids::{ColumnId, Oid};
use crate::policy::Policy;
use crate::policy::condition::Wrong;
use crate::policy::diagnostic::Diagnostic;
use crate::policy::rows::{Effect, RowRule, Test, Unit};

use super::layout::{BoundColumn, Holding, heirs_of, name_of};
use super::pin::{self, Names};
use super::table::{Condition, Part};

/// How far views over views are followed.
const MAX_DEPTH: usize = 100;

/// What a rule does to a relation.
#[derive(Clone, Debug)]
pub(super) enum What {
    /// Rows that do not meet the condition are not there.
    Rows(Condition),
    /// These columns are hidden in rows that do not meet the condition.
    Columns(Vec<i16>, Condition),
    /// These columns are hidden.
    Hidden(Vec<i16>),
    /// The relation cannot be used: why, and what to do.
    Closed { why: String, help: String },
}

/// One rule's say about one relation.
#[derive(Clone, Debug)]
pub(super) struct Applied {
    /// Position in `Policy::rows`.
    pub(super) rule: usize,
    pub(super) what: What,
    /// Whether the rule names this very relation.
    pub(super) own: bool,
    /// Whether it follows from what a view reads.
    pub(super) inherited: bool,
    /// The rule's names of columns → this relation's.
    names: HashMap<Arc<str>, Arc<str>>,
}

/// Every rule's say, by relation.
#[derive(Debug, Default)]
pub(super) struct Bound {
    pub(super) by_relation: HashMap<Oid, Vec<Applied>>,
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// What is known while rules are bound.
struct Binding<'a> {
    policy: &'a Policy,
    snapshot: &'a Snapshot,
    functions: &'a HashSet<Oid>,
    /// What columns of tables hold.
    columns: &'a HashMap<Oid, Vec<BoundColumn>>,
    children: HashMap<Oid, Vec<Oid>>,
    bound: Bound,
    done: HashSet<Oid>,
}

/// Binds all rules.
pub(super) fn bind(
    policy: &Policy,
    snapshot: &Snapshot,
    functions: &HashSet<Oid>,
    columns: &HashMap<Oid, Vec<BoundColumn>>,
) -> Bound {
    if policy.rows.is_empty() {
        return Bound::default();
    }
    let mut children: HashMap<Oid, Vec<Oid>> = HashMap::new();
    for relation in snapshot.relations() {
        for parent in &relation.parents {
            children.entry(*parent).or_default().push(relation.oid);
        }
    }
    let bound = Bound::default();
    let mut binding = Binding { policy, snapshot, functions, columns, children, bound, done: HashSet::new() };
    for (index, rule) in policy.rows.iter().enumerate() {
        binding.rule(index, rule);
    }
    let mut views: Vec<&Arc<Relation>> = snapshot.relations().filter(|one| is_view(one)).collect();
    views.sort_by_key(|view| view.oid);
    for view in views {
        binding.view(view, 0);
    }
    binding.bound
}

fn is_view(relation: &Relation) -> bool {
    matches!(relation.kind, RelationKind::View | RelationKind::MaterializedView)
}

impl Binding<'_> {
    fn rule(&mut self, index: usize, rule: &RowRule) {
        let found: Vec<Arc<Relation>> = match self.snapshot.relation_named(&rule.table.schema, &rule.table.name) {
            Some(relation) => vec![Arc::clone(relation)],
            None => {
                let source = self.policy.rows_source();
                let missing = source.warning(&rule.table_span, format!("the database has no `{}`", rule.table));
                self.bound.diagnostics.push(missing.help("if it was renamed, correct the name"));
                heirs_of(self.policy, self.snapshot, &rule.table)
            }
        };
        for relation in found {
            let own = relation.columns.iter().map(|column| (Arc::clone(&column.name), Arc::clone(&column.name)));
            let own: HashMap<_, _> = own.collect();
            self.apply(index, rule, &relation, &own, true);
            for child in self.descendants(relation.oid) {
                self.apply(index, rule, &child, &own, false);
            }
            for parent in self.ancestors(&relation) {
                self.read_through(index, rule, &relation, &parent);
            }
        }
    }

    fn push(&mut self, oid: Oid, applied: Applied) {
        self.bound.by_relation.entry(oid).or_default().push(applied);
    }

    /// A rule over a relation that has the columns.
    fn apply(
        &mut self,
        index: usize,
        rule: &RowRule,
        relation: &Arc<Relation>,
        names: &HashMap<Arc<str>, Arc<str>>,
        own: bool,
    ) {
        let what = match self.pinned(rule, relation, names) {
            Err(wrong) => {
                if own {
                    self.bound.diagnostics.push(rule.wrong(self.policy.rows_source(), &wrong));
                }
                let help = format!("correct {}: {}", rule.id, wrong.message);
                What::Closed { why: "its rule does not fit this database".into(), help }
            }
            Ok(pinned) => match &rule.effect {
                Effect::Rows => What::Rows(pinned),
                Effect::Columns(_) => match self.hidden_by(rule, relation) {
                    columns if columns.is_empty() => return,
                    columns => What::Columns(columns, pinned),
                },
            },
        };
        self.push(relation.oid, Applied { rule: index, what, own, inherited: false, names: names.clone() });
    }

    fn pinned(
        &self,
        rule: &RowRule,
        relation: &Relation,
        names: &HashMap<Arc<str>, Arc<str>>,
    ) -> Result<Condition, Wrong> {
        let column = |name: &str| -> Option<Column> { relation.column(names.get(name)?).cloned() };
        match &rule.test {
            Test::Condition(expression) => {
                let names = Names {
                    snapshot: self.snapshot,
                    functions: self.functions,
                    table: &rule.table.name,
                    column: &column,
                };
                pin::pin(&names, expression)
            }
            Test::Younger { column: name, count, unit } => {
                let missing = || Wrong::new(0, format!("`{}` has no column `{name}`", rule.table));
                let column = column(name).ok_or_else(missing)?;
                let interval = match unit {
                    Unit::Years => format!("pg_catalog.make_interval({count})"),
                    Unit::Months => format!("pg_catalog.make_interval(0, {count})"),
                    Unit::Days => format!("pg_catalog.make_interval(0, 0, 0, {count})"),
                };
                let parts: Vec<Part> = pin::younger(&column, &interval)
                    .ok_or_else(|| Wrong::new(0, format!("`{name}` is neither a date nor a timestamp")))?;
                Ok(Condition::new(parts, false))
            }
        }
    }

    /// Columns of a table that hold what a rule hides.
    fn hidden_by(&self, rule: &RowRule, relation: &Relation) -> Vec<i16> {
        let holds = |column: &&BoundColumn| column.holdings.iter().any(|holding| hides(rule, holding));
        self.columns.get(&relation.oid).into_iter().flatten().filter(holds).map(|column| column.number).collect()
    }

    /// A scan of a parent reads the rows of the relation that a rule is about, and cannot be told to test them.
    fn read_through(&mut self, index: usize, rule: &RowRule, relation: &Relation, parent: &Arc<Relation>) {
        let what = match &rule.effect {
            Effect::Rows => What::Closed {
                why: format!("it shows the rows of {}, which are filtered", name_of(relation)),
                help: format!("write the filter for {} in rows.toml", name_of(parent)),
            },
            Effect::Columns(_) => {
                let hidden = self.hidden_by(rule, relation);
                let named = hidden.iter().filter_map(|number| relation.column_by_number(*number));
                let columns: Vec<i16> =
                    named.filter_map(|column| parent.column(&column.name)).map(|column| column.number).collect();
                if columns.is_empty() {
                    return;
                }
                What::Hidden(columns)
            }
        };
        self.push(parent.oid, Applied { rule: index, what, own: false, inherited: false, names: HashMap::new() });
    }

    fn descendants(&self, oid: Oid) -> Vec<Arc<Relation>> {
        self.reach(oid, |oid| self.children.get(&oid).cloned().unwrap_or_default())
    }

    fn ancestors(&self, relation: &Relation) -> Vec<Arc<Relation>> {
        self.reach(relation.oid, |oid| self.snapshot.relation(oid).map(|one| one.parents.clone()).unwrap_or_default())
    }

    fn reach(&self, from: Oid, next: impl Fn(Oid) -> Vec<Oid>) -> Vec<Arc<Relation>> {
        let (mut seen, mut queue, mut found) = (HashSet::from([from]), vec![from], Vec::new());
        while let Some(oid) = queue.pop() {
            for other in next(oid) {
                if seen.insert(other) {
                    queue.push(other);
                    found.extend(self.snapshot.relation(other).cloned());
                }
            }
        }
        found
    }

    /// What follows for a view from the rules about what it reads.
    fn view(&mut self, view: &Arc<Relation>, depth: usize) {
        if depth > MAX_DEPTH || !self.done.insert(view.oid) {
            return;
        }
        for source in view.reads.iter().filter_map(|oid| self.snapshot.relation(*oid)) {
            if is_view(source) {
                self.view(source, depth + 1);
            }
            for below in self.bound.by_relation.get(&source.oid).cloned().unwrap_or_default() {
                self.above(view, source, &below);
            }
        }
    }

    fn above(&mut self, view: &Arc<Relation>, source: &Relation, below: &Applied) {
        let Some(rule) = self.policy.rows.get(below.rule) else { return };
        let names = names_above(view, source, &below.names);
        let over = |binding: &Self| match view.rows_of == Some(source.oid) {
            true => binding.pinned(rule, view, &names).ok(),
            false => None,
        };
        let closed = || What::Closed {
            why: format!("the view shows rows of {}, which {} filters", name_of(source), rule.id),
            help: format!(
                "let the view be a SELECT from it alone that shows the columns of the filter, or write a [[filter]] \
                 for {} in rows.toml",
                name_of(view)
            ),
        };
        let found: Vec<What> = match &below.what {
            What::Rows(_) => vec![over(self).map_or_else(closed, What::Rows)],
            What::Closed { .. } => vec![closed()],
            What::Columns(columns, _) => self.columns_above(view, source, columns, over(self)),
            What::Hidden(columns) => self.columns_above(view, source, columns, None),
        };
        for what in found {
            let names = names.clone();
            self.push(view.oid, Applied { rule: below.rule, what, own: false, inherited: true, names });
        }
    }

    /// What of a view comes from columns that are hidden, in some rows or in all.
    fn columns_above(
        &self,
        view: &Arc<Relation>,
        source: &Relation,
        columns: &[i16],
        over: Option<Condition>,
    ) -> Vec<What> {
        let class = self.policy.classification.relations.get(&name_of(view));
        let declared = class.is_some_and(|class| class.declared_view);
        let meant = |id: &ColumnId| id.relation == source.oid && columns.contains(&id.number);
        let vouched = |column: &Column| class.is_some_and(|class| class.columns.contains_key(&column.name));
        let refused = |id: &ColumnId| What::Closed {
            why: format!(
                "the view depends on {}, which is hidden in some rows",
                super::layout::column_name(self.snapshot, *id)
            ),
            help: format!(
                "name what its columns hold under [view.\"{}\".columns] in classification.toml",
                name_of(view)
            ),
        };
        let (mut plain, mut hidden) = (Vec::new(), Vec::new());
        match &view.lineage {
            None => {}
            Some(Lineage::Unknown { refers, .. }) => match refers.iter().find(|id| meant(id)) {
                Some(id) if !declared => return vec![refused(id)],
                Some(_) => {
                    hidden.extend(view.columns.iter().filter(|column| !vouched(column)).map(|column| column.number));
                }
                None => {}
            },
            Some(Lineage::Known { outputs, decides }) => {
                if let Some(id) = decides.iter().find(|id| meant(id)).filter(|_| !declared) {
                    return vec![refused(id)];
                }
                for (column, origin) in view.columns.iter().zip(outputs) {
                    match origin {
                        Origin::Column(id) if meant(id) => plain.push(column.number),
                        // the plain value in some of its rows: which ones is not known
                        Origin::Either(ids) if ids.iter().any(&meant) => hidden.push(column.number),
                        Origin::Derived(ids) if ids.iter().any(&meant) && !vouched(column) => {
                            hidden.push(column.number)
                        }
                        _ => {}
                    }
                }
            }
        }
        let mut found = Vec::new();
        match over {
            Some(condition) if !plain.is_empty() => found.push(What::Columns(plain, condition)),
            _ => hidden.extend(plain),
        }
        found.extend((!hidden.is_empty()).then_some(What::Hidden(hidden)));
        found
    }
}

/// Whether a rule hides what a column holds, or what it is computed from.
fn hides(rule: &RowRule, holding: &Holding) -> bool {
    match holding {
        Holding::Personal(category, _) => rule.hides(category),
        Holding::Derived(inner) => hides(rule, inner),
        _ => false,
    }
}

/// The rule's names of columns → those of a view over the relation.
fn names_above(view: &Relation, source: &Relation, below: &HashMap<Arc<str>, Arc<str>>) -> HashMap<Arc<str>, Arc<str>> {
    let Some(Lineage::Known { outputs, .. }) = &view.lineage else { return HashMap::new() };
    let shown = |name: &str| {
        let number = source.column(name)?.number;
        let plain = Origin::Column(ColumnId { relation: source.oid, number });
        let position = outputs.iter().position(|origin| *origin == plain)?;
        view.columns.get(position).map(|column| Arc::clone(&column.name))
    };
    below.iter().filter_map(|(rule, own)| Some((Arc::clone(rule), shown(own)?))).collect()
}

/// A relation's name as its own condition calls it.
pub(super) fn own_name(relation: &Relation) -> String {
    names::quoted(&relation.name)
}
