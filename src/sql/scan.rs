//! Relations in FROM: resolved, pinned, and where something in them is protected, substituted.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::catalog::search_path::Found;
use crate::catalog::snapshot::{Column, Relation, RelationKind};
use crate::grammar::{Kind, limits, names, nodes};
use crate::model::facts::Right;
use crate::model::planted::{Planted, planted};
use crate::model::refusal::{Reason, Refusal};
use crate::model::types::TypeClass;
use crate::rights::table::{ColumnRight, RelationRight, RowFilter};

use super::matching::shadow;
use super::refuse::{Step, not_understood, reads_too_often, unclear};
use super::scope::{Entry, Names, Scan};
use super::spare::Listed;
use super::temporary::MADE;
use super::walk::{Place, Walk, alias_columns};

/// A relation that a statement names, and where.
#[derive(Clone, Debug)]
pub(super) struct Named<'a> {
    pub(super) relation: &'a Arc<Relation>,
    pub(super) temporary: bool,
    /// Whether an earlier statement of the same query string makes it: its columns are not known.
    pub(super) made: bool,
    pub(super) place: Place,
    /// Whether the client wrote a schema.
    pub(super) qualified: bool,
}

impl<'a> Named<'a> {
    /// The names of its columns.
    pub(super) fn names(&self) -> Names<'a> {
        let known = self.relation.columns.iter().map(|column| &*column.name).collect();
        Names { known, complete: !self.made }
    }

    /// The relation, if what it has is known.
    pub(super) fn described(&self) -> Option<&'a Arc<Relation>> {
        (!self.made).then_some(self.relation)
    }
}

/// What copying a name counts as, in comparisons.
const COPY_WORK: usize = 8;

/// Names of the columns that every table has.
pub(super) const SYSTEM_COLUMNS: [&str; 6] = ["ctid", "xmin", "xmax", "cmin", "cmax", "tableoid"];

/// The text that takes a relation's place in FROM: the listed columns in attribute order, as this principal reads them.
/// Protected columns that the statement certainly does not use (`listed` answers for positions) are NULL: a mask is a
/// long text, and the server would analyse it for nothing.
pub(super) fn substitution(
    relation: &Relation,
    columns: &[ColumnRight],
    only: bool,
    system: &[&str],
    shadows: &BTreeSet<i16>,
    listed: impl Fn(usize) -> Listed,
    rows: Rows<'_>,
) -> String {
    let mut out = String::with_capacity(64 + columns.len() * 24);
    out.push_str("(SELECT ");
    let lists = |n: &usize| listed(*n) != Listed::Not;
    // a list of nothing is no list
    let first = (0..columns.len()).find(lists).unwrap_or_default();
    for (n, column) in columns.iter().enumerate().filter(|(n, _)| *n == first || lists(n)) {
        if n > first {
            out.push_str(", ");
        }
        match &column.expression {
            Some(expression) if column.right < Right::Clear => {
                // a domain may refuse NULL: its mask knows how to get one
                let plain = |one: &&Column| {
                    one.number == column.number
                        && listed(n) != Listed::Value
                        && !matches!(one.ty.class, TypeClass::Domain(_) | TypeClass::Checked(_))
                };
                match relation.columns.get(n).filter(plain) {
                    Some(unused) => {
                        out.push_str("(NULL)::");
                        out.push_str(&unused.ty.sql);
                    }
                    None if planted(Planted::Scan) && &*column.name == "phone" => out.push_str("phone"),
                    None => out.push_str(expression),
                }
                out.push_str(" AS ");
                names::push_quoted(&mut out, &column.name);
            }
            _ if rows.fenced && relation.columns.get(n).is_none_or(|one| is_tried(&one.ty.class)) => {
                push_veiled(&mut out, &column.name);
            }
            _ => names::push_quoted(&mut out, &column.name),
        }
    }
    for name in system {
        out.push_str(", ");
        out.push_str(name);
    }
    for column in columns.iter().filter(|column| shadows.contains(&column.number)) {
        out.push_str(", ");
        names::push_quoted(&mut out, &column.name);
        out.push_str(" AS ");
        out.push_str(&shadow(column.number));
    }
    out.push_str(if only { " FROM ONLY " } else { " FROM " });
    names::push_quoted(&mut out, &relation.schema);
    out.push('.');
    names::push_quoted(&mut out, &relation.name);
    if let Some(filter) = rows.filter {
        out.push_str(" WHERE ");
        out.push_str(&filter.text);
    }
    if rows.sorted {
        out.push_str(" ORDER BY ctid");
    }
    if rows.fenced {
        out.push_str(" OFFSET 0");
    }
    out.push(')');
    out
}

/// Whether the planner, to estimate how many rows a condition leaves, may run an operator that fails by the value (LIKE
/// does, by a pattern that ends in its escape) on what ANALYZE has kept of a column of that type: of rows, too, that a
/// filter leaves out.
fn is_tried(class: &TypeClass) -> bool {
    match class {
        TypeClass::Bool
        | TypeClass::Int2
        | TypeClass::Int4
        | TypeClass::Int8
        | TypeClass::Numeric(_)
        | TypeClass::Float4
        | TypeClass::Float8
        | TypeClass::Date
        | TypeClass::Timestamp
        | TypeClass::Timestamptz
        | TypeClass::Uuid
        | TypeClass::Bit
        | TypeClass::Varbit
        | TypeClass::Enum => false,
        TypeClass::Domain(base) | TypeClass::Checked(base) => is_tried(base),
        _ => true,
    }
}

/// A column as it is, and as no column: of an expression the planner knows no values (`examine_simple_variable`).
fn push_veiled(out: &mut String, name: &str) {
    out.push_str("COALESCE(");
    names::push_quoted(out, name);
    out.push_str(", ");
    names::push_quoted(out, name);
    out.push_str(") AS ");
    names::push_quoted(out, name);
}

/// Which rows a substitution has, and in which order.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rows<'a> {
    pub(super) filter: Option<&'a RowFilter>,
    /// Whether they come as they are stored: by an index they could come in the order of true values.
    pub(super) sorted: bool,
    /// Whether the server must test the filter before anything of the client's: `OFFSET 0` keeps the subquery apart.
    pub(super) fenced: bool,
}

impl<'a> Walk<'a> {
    /// Resolves a relation name that is no common table expression.
    pub(super) fn named(&mut self, range: &'a nodes::RangeVar) -> Step<Named<'a>> {
        let location = range.location;
        let name = range.relname().ok_or_else(|| not_understood("a relation without a name", location))?;
        let mut parts = Vec::with_capacity(3);
        if let Some(catalog) = range.catalogname() {
            if catalog != &*self.context.snapshot.database {
                return Err(not_understood("a relation of another database", location));
            }
            parts.push(catalog);
        }
        parts.extend(range.schemaname());
        parts.push(name);
        let place = self.place(location, &parts)?;
        if range.schemaname().is_none() {
            self.names_are_known(location)?;
        }
        let (relation, temporary) = match self.found(range.schemaname(), name).ok_or_else(|| unclear(location))? {
            Found::Permanent(relation) => (relation, false),
            Found::Temporary(relation) => (relation, true),
            Found::Missing => return Err(missing(range)),
        };
        self.usable(relation, temporary, location)?;
        let made = temporary && relation.oid == MADE;
        self.uses_made |= made;
        match temporary {
            true => self.touch_temporary(range.schemaname(), relation),
            false => self.touch(relation),
        }
        self.facts.temporary += u32::from(temporary);
        Ok(Named { relation, temporary, made, place, qualified: parts.len() == 2 })
    }

    fn usable(&self, relation: &Relation, temporary: bool, location: i32) -> Step {
        let refuse = |what: &str| {
            Err(Refusal::new(Reason::Relation, format!("{what} \"{}\" is not available to this user", relation.name))
                .at(location))
        };
        if temporary && matches!(relation.kind, RelationKind::View | RelationKind::MaterializedView) {
            return refuse("temporary view");
        }
        if relation.schema.starts_with("pg_toast") || (!temporary && relation.schema.starts_with("pg_temp")) {
            return refuse("relation");
        }
        match self.right(relation, temporary) {
            Some(RelationRight::Refused(refusal)) => {
                let mut refusal = refusal.clone();
                refusal.position = usize::try_from(location).ok();
                Err(refusal)
            }
            _ => Ok(()),
        }
    }

    fn right(&self, relation: &Relation, temporary: bool) -> Option<&'a RelationRight> {
        if temporary { None } else { self.context.rights.relation(relation.oid) }
    }

    /// The columns to substitute, if this principal does not read all of them in clear.
    pub(super) fn protected(&self, named: &Named<'a>) -> Option<&'a [ColumnRight]> {
        match self.right(named.relation, named.temporary) {
            Some(RelationRight::Masked(columns)) => Some(columns),
            _ => None,
        }
    }

    /// Writes the name as what it was resolved to, unless it is written so already.
    pub(super) fn pin(&mut self, named: &Named<'a>) {
        if planted(Planted::Pins) {
            return;
        }
        let schema = if named.temporary { "pg_temp" } else { &*named.relation.schema };
        if named.qualified && !named.temporary {
            return;
        }
        let text = if named.temporary {
            format!("pg_temp.{}", names::quoted(&named.relation.name))
        } else {
            names::qualified(schema, &named.relation.name)
        };
        self.edits.replace(named.place.start, named.place.end, text);
    }

    /// A relation in FROM. Common table expressions come first, as `getNSItemForSpecialRelationTypes` has it.
    pub(super) fn range(&mut self, range: &'a nodes::RangeVar, sampled: bool) -> Step {
        if range.schemaname().is_none()
            && let Some(name) = range.relname()
            && let Some(known) = self.scope.cte(name)
        {
            let known = known.clone();
            self.facts.with_references += 1;
            self.renames_unknown(alias_columns(range.alias()));
            return self.enter(range.alias(), Some(name), None, known, None);
        }
        let named = self.named(range)?;
        let known = named.names();
        let scan = match self.protected(&named) {
            None => {
                self.pin(&named);
                None
            }
            Some(_) if sampled => {
                return Err(not_understood("TABLESAMPLE of a relation with protected columns", range.location));
            }
            Some(columns) => Some(self.scan(range, &named, columns)?),
        };
        self.enter(range.alias(), range.relname(), named.described(), known, scan)
    }

    /// Finds everything that the substitution replaces: ONLY, parentheses around the name, a star after it.
    fn scan(&mut self, range: &'a nodes::RangeVar, named: &Named<'a>, columns: &'a [ColumnRight]) -> Step<Scan<'a>> {
        if self.scope.entries.len() >= limits::MAX_ITEMS {
            return Err(reads_too_often());
        }
        let lost = || not_understood("the spelling of a FROM item", range.location);
        let tokens = self.tokens;
        let Place { mut start, mut end, first, next } = named.place;
        let (mut before, mut after) = (first, next);
        if range.inh {
            if tokens.is(next, "*") && tokens.get(next).is_some_and(|token| token.kind == Kind::Operator) {
                end = tokens.get(next).ok_or_else(lost)?.end();
                after = next + 1;
            }
        } else {
            let mut only = first.checked_sub(1).ok_or_else(lost)?;
            if tokens.is(only, "(") {
                only = only.checked_sub(1).ok_or_else(lost)?;
                end = tokens.get(next).filter(|_| tokens.is(next, ")")).ok_or_else(lost)?.end();
                after = next + 1;
            }
            start = tokens.get(only).filter(|_| tokens.is(only, "only")).ok_or_else(lost)?.start();
            before = only;
        }
        let mut prefix = "";
        if let Some(table) = before.checked_sub(1).filter(|&index| tokens.is(index, "table")) {
            start = tokens.get(table).ok_or_else(lost)?.start();
            prefix = "SELECT * FROM ";
        }
        let alias = match range.alias() {
            Some(_) => {
                // an alias must follow: what is put in its place must not swallow another word
                tokens.get(after).ok_or_else(lost)?;
                String::new()
            }
            None => format!(" AS {}", names::quoted(&named.relation.name)),
        };
        Ok(Scan {
            start,
            end,
            only: !range.inh,
            columns,
            shadows: BTreeSet::new(),
            pinned: named.qualified && (start, end) == (named.place.start, named.place.end),
            before: prefix,
            after: alias,
        })
    }

    /// Adds a FROM item to the current level.
    pub(super) fn enter(
        &mut self,
        alias: Option<&'a nodes::Alias>,
        name: Option<&'a str>,
        relation: Option<&'a Arc<Relation>>,
        mut names: Names<'a>,
        scan: Option<Scan<'a>>,
    ) -> Step {
        let level = self.scope.current.ok_or_else(|| not_understood("a FROM item here", -1))?;
        // these were copied
        self.spend(COPY_WORK * names.known.len())?;
        let aliases = alias_columns(alias);
        let renamed = !aliases.is_empty();
        for (n, name) in aliases.into_iter().enumerate() {
            match names.known.get_mut(n) {
                Some(place) => *place = name,
                None => names.known.push(name),
            }
        }
        let given = alias.and_then(|alias| alias.aliasname());
        let name = given.or(name).unwrap_or_default();
        let aliased = given.is_some();
        let part = self.scope.part;
        self.scope.entries.push(Entry { level, part, name, aliased, relation, names, renamed, scan, target: None });
        Ok(())
    }
}

/// PostgreSQL's own message.
fn missing(range: &nodes::RangeVar) -> Refusal {
    let name = range.relname().unwrap_or_default();
    let name = range.schemaname().map_or_else(|| name.to_owned(), |schema| format!("{schema}.{name}"));
    Refusal::new(Reason::UnknownRelation, format!("relation \"{name}\" does not exist")).at(range.location)
}
