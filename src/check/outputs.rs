//! Masks among the outputs: a SELECT over one relation with protected columns, which stands as it is, may have for an item
//! of its list the mask of such a column, to the byte, with ` AS "name"` behind it.
//!
//! A mask is one whole expression, and what stands behind it ends the item. Nothing inside is walked: of what is walked
//! nothing may speak of the columns (see `fields`).

use crate::catalog::snapshot::Relation;
use crate::grammar::names::quoted;
use crate::grammar::{Node, nodes};
use crate::model::facts::Right;
use crate::model::tables::Set;
use crate::rights::table::{ColumnRight, RelationRight};

use super::template;
use super::walk::{Flow, Walk};

impl<'a> Walk<'a> {
    /// The items of a select list (by their places) that are such masks: need not be walked. Only where the plan says that
    /// there are some: a client may write a mask that names no column, too.
    pub(super) fn masked_outputs(&mut self, it: &'a nodes::SelectStmt) -> Set<i32> {
        let mut masked = Set::default();
        let only = if self.plans_masks { self.only_relation(it) } else { None };
        let Some((relation, columns, own_name)) = only else { return masked };
        let choosing: Vec<&str> = template::choosing(&self.subject, relation).collect();
        // masks under a condition call the relation by its own name
        let stands = |column: &ColumnRight| own_name || column.shown.is_none();
        let hidden = |one: &&ColumnRight| one.right < Right::Clear && stands(one) && !choosing.contains(&&*one.name);
        for item in it.target_list().iter() {
            let found = columns.iter().filter(hidden).find_map(|column| self.mask_at(item, column));
            if let Some((start, end)) = found {
                masked.insert(item.location);
                self.masks.push(start);
                self.fix(start, end);
            }
        }
        self.substituted += usize::from(!masked.is_empty());
        self.masked_outputs += masked.len();
        masked
    }

    /// The relation, if it is all that a SELECT reads, under the names of its own columns and with all of its rows, and
    /// nobody but the client takes the outputs; and whether it is called by its own name.
    fn only_relation(&self, it: &nodes::SelectStmt) -> Option<(&'a Relation, &'a [ColumnRight], bool)> {
        let Some(Node::RangeVar(range)) = it.from_clause().first() else { return None };
        let subject = self.subject;
        let relation = subject.snapshot.relation_named(range.schemaname()?, range.relname()?)?;
        let Some(RelationRight::Masked(columns)) = subject.rights.relation(relation.oid) else { return None };
        let renamed = range.alias().is_some_and(|alias| !alias.colnames().is_empty());
        let shown = self.flow == Flow::Free && self.sinks == 0;
        let plain = it.from_clause().len() == 1 && !renamed && subject.rights.filter(relation.oid).is_none();
        let own_name = range.alias().is_none_or(|alias| alias.aliasname() == range.relname());
        let fits = shown && plain && template::covers(&subject, relation, columns);
        fits.then_some((&**relation, &**columns, own_name))
    }

    /// The bytes of an item that is the mask of that column, with its name.
    fn mask_at(&self, item: &nodes::ResTarget, column: &ColumnRight) -> Option<(usize, usize)> {
        let start = usize::try_from(item.location).ok()?;
        self.subject.tokens.index_at(start)?;
        let rest = self.subject.text.get(start..)?.strip_prefix(column.expression.as_deref()?)?;
        let rest = rest.strip_prefix(" AS ")?.strip_prefix(&quoted(item.name()?))?;
        Some((start, self.subject.text.len() - rest.len()))
    }
}
