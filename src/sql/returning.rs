//! RETURNING, and what else a write shows: items keep the names that they have without masks.

use crate::grammar::tags::SubLinkType;
use crate::grammar::{Node, nodes};

use super::refuse::{Step, not_understood};
use super::scope::{Names, Role, fields};
use super::walk::Walk;

/// An item of a list that is named after a column.
#[derive(Clone, Debug)]
pub(super) struct Returned<'a> {
    /// Indexes of the references in it.
    pub(super) references: std::ops::Range<usize>,
    pub(super) item: &'a nodes::ResTarget,
    pub(super) name: &'a str,
}

impl<'a> Walk<'a> {
    pub(super) fn returning(&mut self, clause: Option<&'a nodes::ReturningClause>) -> Step<Names<'a>> {
        let Some(clause) = clause else { return Ok(Names::default()) };
        if !clause.options().is_empty() {
            return Err(not_understood("RETURNING WITH", -1));
        }
        let mut names = Some(Vec::new());
        let first = self.scope.equalities.len();
        for target in clause.exprs() {
            let Node::ResTarget(target) = target else { return Err(not_understood("this RETURNING", -1)) };
            let flow = self.flow_of(target);
            self.named_item(target, |walk| {
                walk.flowing(flow, |walk| match target.val() {
                    Node::ColumnRef(column) => walk.column(column, Role::Target),
                    Node::A_Indirection(indirection) => walk.indirection(indirection, Role::Target),
                    other => walk.expression(other),
                })
            })?;
            names = names.zip(self.returned_names(target)).map(|(mut names, more)| {
                names.extend(more);
                names
            });
        }
        self.scope.equalities.iter_mut().skip(first).for_each(|equality| equality.of_written = true);
        // names that are not all in place would be taken for others' by a list of column aliases
        Ok(names.map_or_else(Names::default, |known| Names { known, complete: true }))
    }

    /// The names of the columns that an item makes, if all of them are known.
    fn returned_names(&self, target: &'a nodes::ResTarget) -> Option<Vec<&'a str>> {
        let item = match target.val() {
            Node::ColumnRef(column) => fields(column)?,
            other => return target.name().or_else(|| column_name(other)).map(|name| vec![name]),
        };
        if let Some(name) = target.name().filter(|_| item.name.is_some()).or(item.name) {
            return Some(vec![name]);
        }
        let mut shown = self.scope.own_entries().filter(|one| item.qualifier.is_none_or(|name| one.name == name));
        let only = shown.next().filter(|only| only.names.complete)?;
        shown.next().is_none().then(|| only.names.known.clone())
    }

    /// Walks an item. Of one that may show what is written, the name is kept, whatever is put in its place.
    pub(super) fn named_item(&mut self, target: &'a nodes::ResTarget, walk: impl FnOnce(&mut Self) -> Step) -> Step {
        let first = self.scope.references.len();
        walk(self)?;
        let name = column_name(target.val()).filter(|_| target.name().is_none());
        let hides = |at: &usize| self.scope.entries.get(*at).is_some_and(|entry| entry.target.is_some());
        if let Some(name) = name.filter(|_| self.scope.targets.iter().any(hides)) {
            let references = first..self.scope.references.len();
            self.returned.push(Returned { references, item: target, name });
        }
        Ok(())
    }
}

/// The name that an unnamed output has from a column in it (`FigureColname`); `None`: it has another, or `*` is none.
fn column_name(mut node: Node<'_>) -> Option<&str> {
    loop {
        node = match node {
            Node::ColumnRef(column) => return fields(column)?.name,
            Node::TypeCast(cast) => cast.arg(),
            Node::CollateClause(collate) => collate.arg(),
            Node::CaseExpr(case) => case.defresult(),
            Node::A_Indirection(indirection) => {
                let mut steps = indirection.indirection().iter().rev();
                match steps.find(|step| matches!(step, Node::String(_) | Node::A_Star(_))) {
                    None => indirection.arg(),
                    Some(step) => return step.as_str(),
                }
            }
            Node::SubLink(link) if link.sub_link_type == SubLinkType::EXPR_SUBLINK => {
                let Node::SelectStmt(select) = link.subselect() else { return None };
                let first = select.target_list().first()?;
                if first.name().is_some() {
                    return None;
                }
                first.val()
            }
            _ => return None,
        }
    }
}
