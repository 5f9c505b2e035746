//! `INSERT … SELECT *` into a table with protected columns: the star is spelled out, so that each value has its guard.

use crate::catalog::search_path::Found;
use crate::grammar::names::{qualified, quoted};
use crate::grammar::{Node, nodes};

use super::query::is_several_unnest;
use super::refuse::Step;
use super::scope::fields;
use super::target::Target;
use super::temporary::MADE;
use super::walk::{Walk, alias_columns};

/// What an item of FROM is called that has no name of its own.
const ROWS: &str = "menshen_rows";

/// An item of FROM, and its columns in order.
struct Item {
    name: String,
    columns: Vec<String>,
    /// What is put behind it, and where: the names.
    named: Option<(usize, String)>,
}

impl Item {
    fn of(name: &str, columns: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self { name: name.to_owned(), columns: columns.into_iter().map(Into::into).collect(), named: None }
    }
}

impl<'a> Walk<'a> {
    /// Spells out a star that stands alone over one item of FROM with as many columns as are inserted; `false`: it cannot
    /// be.
    pub(super) fn spell_out(
        &mut self,
        target: &Target<'a>,
        columns: &[Option<usize>],
        select: &'a nodes::SelectStmt,
    ) -> Step<bool> {
        let (mut items, mut from) = (select.target_list().iter(), select.from_clause().iter());
        let (Some(star), None, Some(item), None) = (items.next(), items.next(), from.next(), from.next()) else {
            return Ok(false);
        };
        let bare = matches!(star.val(), Node::ColumnRef(column)
            if fields(column).is_some_and(|fields| fields.name.is_none() && fields.qualifier.is_none()));
        let Ok(token) = self.first_token(star) else { return Ok(false) };
        let Some(place) = self.tokens.get(token).filter(|_| bare && self.tokens.is(token, "*")) else {
            return Ok(false);
        };
        let Some(item) = self.known_item(item).filter(|item| item.columns.len() == columns.len()) else {
            return Ok(false);
        };
        let mut list = Vec::with_capacity(columns.len());
        for (name, position) in item.columns.iter().zip(columns) {
            let operand = qualified(&item.name, name);
            let column = position.and_then(|position| target.column(position));
            list.push(match column.and_then(|column| column.guard_insert(target.oid(), false)) {
                Some(guard) => format!("{}{operand}{}", guard.before, guard.after),
                None => operand,
            });
        }
        self.edits.replace(place.start(), place.end(), list.join(", "));
        if let Some((end, names)) = item.named {
            self.edits.insert(end, names);
        }
        Ok(true)
    }

    fn known_item(&self, item: Node<'a>) -> Option<Item> {
        match item {
            Node::RangeVar(range) => self.known_relation(range),
            Node::RangeFunction(range) => self.known_function(range),
            Node::RangeSubselect(sub) => {
                let Node::SelectStmt(select) = sub.subquery() else { return None };
                let width = match select.values_lists().get(0) {
                    Some(Node::NodeList(row)) => row.len(),
                    _ => return None,
                };
                let given = alias_columns(sub.alias());
                let column = |n: usize| {
                    given.get(n).map_or_else(|| format!("column{}", n + 1), |name: &&str| (*name).to_owned())
                };
                Some(Item::of(sub.alias()?.aliasname()?, (0..width).map(column)))
            }
            _ => None,
        }
    }

    fn known_relation(&self, range: &'a nodes::RangeVar) -> Option<Item> {
        let name = range.relname()?;
        let called = range.alias().and_then(|alias| alias.aliasname()).unwrap_or(name);
        if !alias_columns(range.alias()).is_empty() || range.catalogname().is_some() {
            return None;
        }
        if let Some(known) = self.scope.cte(name).filter(|_| range.schemaname().is_none()) {
            return known.complete.then(|| Item::of(called, known.known.iter().copied()));
        }
        match self.found(range.schemaname(), name)? {
            Found::Permanent(relation) | Found::Temporary(relation) if relation.oid != MADE => {
                Some(Item::of(called, relation.columns.iter().map(|column| &*column.name)))
            }
            _ => None,
        }
    }

    fn known_function(&self, range: &'a nodes::RangeFunction) -> Option<Item> {
        let alias = range.alias().and_then(|alias| alias.aliasname());
        if range.ordinality {
            return None;
        }
        if !range.coldeflist().is_empty() {
            let columns: Option<Vec<&str>> = range.coldeflist().iter().map(|column| column.colname()).collect();
            return Some(Item::of(alias?, columns?));
        }
        let mut functions = range.functions().iter();
        let (Some(Node::NodeList(pair)), None) = (functions.next(), functions.next()) else { return None };
        let Some(Node::FuncCall(call)) = pair.get(0) else { return None };
        if !is_several_unnest(call, pair.get(1), range) {
            return None;
        }
        let given = alias_columns(range.alias());
        if given.len() == call.args().len() {
            return Some(Item::of(alias?, given));
        }
        let start = usize::try_from(call.location).ok().filter(|_| alias.is_none())?;
        let (_, behind) = self.items(self.tokens.index_at(start)? + 1)?;
        let end = self.tokens.get(behind.checked_sub(1)?)?.end();
        let columns: Vec<String> = (1..=call.args().len()).map(|n| format!("c{n}")).collect();
        let names: Vec<String> = columns.iter().map(|name| quoted(name)).collect();
        let named = Some((end, format!(" AS {}({})", quoted(ROWS), names.join(", "))));
        Some(Item { name: ROWS.to_owned(), columns, named })
    }
}
