//! Where masks go that are read into columns of WITH queries and of items of FROM: not into what is stored.
//!
//! The names of columns decide, wherever in the statement they stand: in doubt a column carries a mask.

use crate::catalog::snapshot::Function;
use crate::grammar::{Node, NodeList, nodes};
use crate::model::ids::Oid;
use crate::model::refusal::Refusal;
use crate::model::tables::{Map, Set};

use super::readings::protected;
use super::refuse::{Step, not_understood};
use super::scope::{Entry, Flow, Reference, Role, fields};
use super::target::masked_flow;
use super::walk::{Walk, strings};

/// What a statement passes on by columns of its own queries.
#[derive(Debug, Default)]
pub(super) struct Passed<'a> {
    /// Names of such columns, by their numbers; `None`: it is not known how the server calls it.
    columns: Vec<Option<&'a str>>,
    /// Columns that a mask is read into, and where; whether all columns of something masked are passed on.
    masked: Vec<(usize, i32)>,
    all: bool,
    /// New names of columns, with the old ones if those are known.
    renamed: Vec<(Option<&'a str>, &'a str)>,
}

/// What of passed columns a reference may mean.
enum Means<'a> {
    None,
    Named(&'a str),
    Any,
}

impl<'a> Walk<'a> {
    /// Where the value of an item of a select list goes.
    pub(super) fn flow_of(&mut self, target: &'a nodes::ResTarget) -> Flow {
        if self.scope.flow != Flow::Rows {
            return self.scope.flow;
        }
        if is_plain_star(target) {
            return Flow::Columns;
        }
        self.scope.passed.columns.push(name_of(target));
        Flow::Column(self.scope.passed.columns.len() - 1)
    }

    /// Notes that a masked value goes there; `false`: it is stored.
    pub(super) fn pass(&mut self, flow: Flow, location: i32) -> bool {
        match flow {
            Flow::Free => {}
            Flow::Column(column) => self.scope.passed.masked.push((column, location)),
            Flow::Columns => self.scope.passed.all = true,
            Flow::Rows | Flow::Stored | Flow::Guarded(..) => return false,
        }
        true
    }

    /// Notes the names that an alias, or the list behind the name of a WITH query, gives to a query's columns.
    pub(super) fn renames(&mut self, names: &'a NodeList, query: Node<'a>) {
        let names = strings(names).unwrap_or_default();
        let targets = match query {
            Node::SelectStmt(select) if select.larg().is_some() || !select.values_lists().is_empty() => return,
            Node::SelectStmt(select) => Some(select.target_list()),
            _ => None,
        };
        let mut targets = targets
            .into_iter()
            .flatten()
            .map_while(|target| {
                let spreads = is_plain_star(target) || matches!(target.val(), Node::A_Indirection(_));
                (!spreads).then(|| name_of(target))
            })
            .fuse();
        for name in names {
            match targets.next() {
                // nothing masked is read into what has no known name
                Some(None) => {}
                Some(old) => self.scope.passed.renamed.push((old, name)),
                None => self.scope.passed.renamed.push((None, name)),
            }
        }
    }

    pub(super) fn renames_unknown(&mut self, names: impl IntoIterator<Item = &'a str>) {
        self.scope.passed.renamed.extend(names.into_iter().map(|name| (None, name)));
    }

    /// Refuses to store what may carry a mask.
    pub(super) fn settle_passed(&self) -> Step {
        let passed = &self.scope.passed;
        if passed.masked.is_empty() && !passed.all {
            return Ok(());
        }
        let entries = self.scope.entries.iter().enumerate();
        let computed = entries.filter(|(index, entry)| !self.is_proposed(*index) && is_computed(entry));
        let rows: Set<&str> = computed.map(|(_, entry)| entry.name).collect();
        let carrying = self.carrying(&rows)?;
        for reference in self.values().filter(|reference| matches!(reference.flow, Flow::Stored | Flow::Guarded(..))) {
            let stored = match self.means(reference, &rows) {
                Means::Named(name) if carrying.contains(name) => name,
                Means::None | Means::Named(_) => continue,
                Means::Any => "a whole row",
            };
            return Err(masked_flow(stored, reference.location)
                .detail("It may come from a column that this user reads as a mask."));
        }
        Ok(())
    }

    fn values(&self) -> impl Iterator<Item = &Reference<'a>> {
        self.scope.references.iter().filter(|one| !matches!(one.role, Role::Name | Role::Shared))
    }

    /// The names of columns that may carry masks.
    fn carrying(&self, rows: &Set<&str>) -> Step<Set<&'a str>> {
        let passed = &self.scope.passed;
        let name = |column: usize| passed.columns.get(column).copied().flatten();
        let mut found = self.masked_names();
        for (column, location) in &passed.masked {
            found.push(name(*column).ok_or_else(|| nameless(*location))?);
        }
        let mut next: Map<&str, Vec<(Option<&'a str>, i32)>> = Map::default();
        for (old, new) in &passed.renamed {
            match old {
                Some(old) => next.entry(old).or_default().push((Some(new), -1)),
                None => found.push(new),
            }
        }
        for reference in self.values() {
            let Flow::Column(column) = reference.flow else { continue };
            let location = reference.location;
            match self.means(reference, rows) {
                Means::None => {}
                Means::Named(old) => next.entry(old).or_default().push((name(column), location)),
                Means::Any => found.push(name(column).ok_or_else(|| nameless(location))?),
            }
        }
        let mut carrying = Set::default();
        while let Some(one) = found.pop() {
            if carrying.insert(one) {
                for (new, location) in next.remove(one).unwrap_or_default() {
                    found.push(new.ok_or_else(|| nameless(location))?);
                }
            }
        }
        Ok(carrying)
    }

    /// The names of columns that are masks where they are scanned or written.
    fn masked_names(&self) -> Vec<&'a str> {
        let mut found = Vec::new();
        for entry in &self.scope.entries {
            let columns = entry.target.or(entry.scan.as_ref().map(|scan| scan.columns)).unwrap_or_default();
            let hidden = columns.iter().zip(&entry.names.known).filter(|(column, _)| protected(column));
            found.extend(hidden.map(|(_, name)| *name));
        }
        found
    }

    fn means(&self, reference: &Reference<'a>, rows: &Set<&str>) -> Means<'a> {
        match (reference.qualifier, reference.name) {
            (Some(item), _) if !rows.contains(item) => Means::None,
            (Some(_), Some(name)) if !self.takes_a_row(name) => Means::Named(name),
            (None, Some(name)) if !rows.contains(name) => Means::Named(name),
            _ => Means::Any,
        }
    }

    /// Whether the server may call a function of that name, behind a dot, on a row.
    fn takes_a_row(&self, name: &str) -> bool {
        let snapshot = self.context.snapshot;
        let of_rows = |ty: &Oid| {
            let kind = |oid: Oid| snapshot.type_of(oid).map(|ty| (ty.kind, ty.element));
            match kind(*ty) {
                None | Some((b'c' | b'd' | b'p', _)) => true,
                Some((_, element)) => element.and_then(kind).is_some_and(|(kind, _)| kind == b'p'),
            }
        };
        let alone = |one: &Function| {
            let more = one.argument_types.len() > 1 + usize::from(one.defaults) + usize::from(one.variadic);
            !more && one.argument_types.first().is_some_and(of_rows)
        };
        self.context.names.functions(snapshot, None, name).iter().any(|function| alone(function))
    }
}

fn nameless(location: i32) -> Refusal {
    not_understood("a masked value in a column without a name, beside values that are stored,", location)
        .hint("Give the column a name by AS.")
}

/// Whether an item is no relation under its columns' own names.
fn is_computed(entry: &Entry<'_>) -> bool {
    entry.relation.is_none_or(|relation| {
        !relation.columns.iter().map(|column| &*column.name).eq(entry.names.known.iter().copied())
    })
}

/// `*` or `t.*`.
fn is_plain_star(target: &nodes::ResTarget) -> bool {
    target.name().is_none()
        && matches!(target.val(), Node::ColumnRef(column) if fields(column).is_some_and(|fields| fields.name.is_none()))
}

/// The name that the server gives to an output column, where that is plain to see.
fn name_of(target: &nodes::ResTarget) -> Option<&str> {
    match target.val() {
        _ if target.name().is_some() => target.name(),
        Node::ColumnRef(column) => fields(column)?.name,
        Node::FuncCall(call) => strings(call.funcname())?.pop(),
        _ => None,
    }
}
