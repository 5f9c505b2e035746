//! RETURNING: its items keep the names that they have without masks.

use crate::grammar::tags::SubLinkType;
use crate::grammar::{Node, nodes};

use super::refuse::{Step, not_understood};
use super::scope::{Names, Role, fields};
use super::walk::Walk;

/// An item of RETURNING that is named after a column.
#[derive(Clone, Debug)]
pub(super) struct Returned {
    /// Indexes of the references in it.
    pub(super) references: std::ops::Range<usize>,
    /// The byte after it.
    pub(super) end: usize,
    pub(super) name: String,
}

impl<'a> Walk<'a> {
    pub(super) fn returning(&mut self, clause: Option<&'a nodes::ReturningClause>) -> Step<Names> {
        let mut names = Names::default();
        let Some(clause) = clause else { return Ok(names) };
        if !clause.options().is_empty() {
            return Err(not_understood("RETURNING WITH", -1));
        }
        for target in clause.exprs() {
            match target {
                Node::ResTarget(target) => {
                    names.known.extend(target.name().map(str::to_owned));
                    self.returned_item(target)?;
                }
                _ => return Err(not_understood("this RETURNING", -1)),
            }
        }
        // the names are not in place: a column alias list could not be applied
        Ok(Names::default())
    }

    fn returned_item(&mut self, target: &'a nodes::ResTarget) -> Step {
        let first = self.scope.references.len();
        match target.val() {
            Node::ColumnRef(column) => self.column(column, Role::Target)?,
            Node::A_Indirection(indirection) => self.indirection(indirection, Role::Target)?,
            other => self.expression(other)?,
        }
        let name = column_name(target.val()).filter(|_| target.name().is_none());
        if let Some(name) = name {
            let end = self.target_span(target)?.end;
            self.returned.push(Returned { references: first..self.scope.references.len(), end, name: name.to_owned() });
        }
        Ok(())
    }
}

/// The name that an unnamed output has from a column in it (`FigureColname`); `None`: it has another, or `*` is none.
fn column_name(node: Node<'_>) -> Option<&str> {
    match node {
        Node::ColumnRef(column) => fields(column)?.name,
        Node::TypeCast(cast) => column_name(cast.arg()),
        Node::CollateClause(collate) => column_name(collate.arg()),
        Node::CaseExpr(case) => column_name(case.defresult()),
        Node::A_Indirection(indirection) => {
            let mut steps = indirection.indirection().iter().rev();
            match steps.find(|step| matches!(step, Node::String(_) | Node::A_Star(_))) {
                None => column_name(indirection.arg()),
                Some(step) => step.as_str(),
            }
        }
        Node::SubLink(link) if link.sub_link_type == SubLinkType::EXPR_SUBLINK => match link.subselect() {
            Node::SelectStmt(select) => {
                let first = select.target_list().first()?;
                if first.name().is_some() { None } else { column_name(first.val()) }
            }
            _ => None,
        },
        _ => None,
    }
}
