//! Which names a place in a statement can see: query levels, their FROM items, and common table expressions.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::catalog::snapshot::Relation;
use crate::grammar::{Node, nodes};
use crate::model::tables::{Map, Set};
use crate::rights::table::ColumnRight;

use super::carried::Passed;
use super::filtered::FilteredWrite;
use super::matching::Equality;

/// Which FROM items of its level a place sees, by their index: by default all of them.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Window {
    pub(super) first: usize,
    /// The one after the last.
    pub(super) end: Option<usize>,
    /// Whether they stand beside it, as for LATERAL, and not below it, as for the condition of a join.
    pub(super) beside: bool,
}

impl Window {
    pub(super) fn shows(self, index: usize) -> bool {
        index >= self.first && self.end.is_none_or(|end| index < end)
    }
}

/// One SELECT, INSERT, UPDATE, … with its own FROM list.
#[derive(Debug, Default)]
pub(super) struct Level<'a> {
    pub(super) parent: Option<usize>,
    /// Whether it does not see its parent's FROM items, but what is outside of them.
    apart: bool,
    /// Which of its parent's FROM items it sees.
    window: Window,
    /// How many FROM items there were when it was opened: its own, and those of levels inside, come behind.
    pub(super) before: usize,
    /// Whether it has a NATURAL join, or a join with a name of its own: every column of its items may be used.
    pub(super) natural: bool,
    /// Names that its joins merge, and whether one of these may stand for another column than that of the left side.
    pub(super) merged: Vec<&'a str>,
    pub(super) merged_otherwise: bool,
    /// Whether it joins at all, or has more than one FROM item.
    pub(super) joins: bool,
    pub(super) grouping: Grouping<'a>,
    /// How many aggregate calls enclose the place being walked.
    pub(super) aggregates: usize,
    /// Whether `*` in its RETURNING shows everything in its FROM.
    pub(super) returns_joined: bool,
    /// Names of its output columns, as far as they are known, for ORDER BY and GROUP BY.
    pub(super) outputs: Vec<&'a str>,
}

/// What GROUP BY says, and where the walk is.
#[derive(Debug, Default)]
pub(super) struct Grouping<'a> {
    /// Plain items of GROUP BY: column name, its qualifier, and the byte after the item.
    pub(super) items: Vec<GroupItem>,
    /// Whether the level has a GROUP BY or a HAVING.
    pub(super) grouped: bool,
    /// Names of the columns in grouping sets: there they may be NULL. `None`: what stands there may be other columns.
    pub(super) inside: Option<Set<&'a str>>,
    /// Whether the place being walked must hold grouped columns only (targets, HAVING, ORDER BY, …).
    pub(super) checked: bool,
}

/// One item of GROUP BY that is a column.
#[derive(Clone, Debug)]
pub(super) struct GroupItem {
    pub(super) qualifier: Option<String>,
    pub(super) name: String,
    /// Where another item may be inserted.
    pub(super) end: usize,
}

/// The names of an entry's columns, as far as they are known.
#[derive(Clone, Debug, Default)]
pub(super) struct Names<'a> {
    pub(super) known: Vec<&'a str>,
    /// Whether there are no others.
    pub(super) complete: bool,
}

/// An item of FROM (or the target of a write).
#[derive(Debug)]
pub(super) struct Entry<'a> {
    pub(super) level: usize,
    /// Of those parts of the statement that are planned by themselves.
    pub(super) part: usize,
    /// The name by which columns are qualified; empty for an unnamed join or subquery.
    pub(super) name: &'a str,
    pub(super) aliased: bool,
    pub(super) relation: Option<&'a Arc<Relation>>,
    /// Exposed names: of a relation with its column aliases applied, and whether there are any.
    pub(super) names: Names<'a>,
    pub(super) renamed: bool,
    pub(super) scan: Option<Scan<'a>>,
    /// What is written to, if it holds something protected.
    pub(super) target: Option<&'a [ColumnRight]>,
}

impl Entry<'_> {
    /// Whether its column aliases are more than its relation has columns: they would name what is hidden behind.
    pub(super) fn renamed_beyond(&self) -> bool {
        self.relation.as_ref().is_some_and(|relation| self.names.known.len() > relation.columns.len())
    }
}

/// A substituted scan: where it stands, and what of it.
#[derive(Debug)]
pub(super) struct Scan<'a> {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) only: bool,
    pub(super) columns: &'a [ColumnRight],
    /// Numbers of columns whose true values are tested.
    pub(super) shadows: BTreeSet<i16>,
    /// Whether the client wrote the relation's name with its schema, and nothing else that is replaced.
    pub(super) pinned: bool,
    /// Text before the substitution (`SELECT * FROM ` in the place of TABLE).
    pub(super) before: &'static str,
    /// Text after it.
    pub(super) after: String,
}

/// Where the value of an expression goes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) enum Flow {
    /// To the client, or into a condition.
    #[default]
    Free,
    /// Into rows whose columns the statement takes elsewhere: those of a WITH query, or of an item of FROM.
    Rows,
    /// Into a column of such rows, by its number; into several, each under the name that it has.
    Column(usize),
    Columns,
    /// Into something that outlives the session.
    Stored,
    /// As it is into a guarded column of the target, by entry and position: the column's own reading may stand there.
    Guarded(usize, usize),
}

impl Flow {
    /// Where what goes there only together with something else goes.
    pub(super) fn beside(self) -> Self {
        if matches!(self, Self::Guarded(..)) { Self::Stored } else { self }
    }
}

/// What a column reference is for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Role {
    Value,
    /// A whole item of a target list.
    Target,
    /// An item of a row constructor: a star there is all columns.
    Spread,
    /// A whole item of ORDER BY, GROUP BY or DISTINCT ON: it may be the name of an output column.
    Item,
    /// What is assigned to, or names a column of an index.
    Name,
    /// What is read by its name alone: a column of USING or of COPY … TO.
    Shared,
}

/// A column reference (or a star) and where it stands.
#[derive(Clone, Debug)]
pub(super) struct Reference<'a> {
    pub(super) level: Option<usize>,
    window: Window,
    pub(super) catalog: Option<&'a str>,
    pub(super) schema: Option<&'a str>,
    pub(super) qualifier: Option<&'a str>,
    /// `None`: a star.
    pub(super) name: Option<&'a str>,
    pub(super) location: i32,
    pub(super) role: Role,
    pub(super) flow: Flow,
    /// Levels (from the inside) at which it stands outside of aggregates in a place that must be grouped.
    pub(super) ungrouped_at: Vec<usize>,
}

/// A common table expression in sight.
#[derive(Debug)]
struct Cte<'a> {
    name: &'a str,
    names: Names<'a>,
}

/// The scopes of one statement.
#[derive(Debug, Default)]
pub(super) struct Scope<'a> {
    pub(super) levels: Vec<Level<'a>>,
    pub(super) current: Option<usize>,
    /// The level whose FROM items a subquery without LATERAL stands beside, while that is walked.
    pub(super) apart_from: Option<usize>,
    /// Which FROM items of the current level the place being walked sees.
    window: Window,
    pub(super) entries: Vec<Entry<'a>>,
    pub(super) references: Vec<Reference<'a>>,
    /// Whether guards stand among what a query selects.
    pub(super) guards_rows: bool,
    /// Which of the items are written to; and levels at which a target is inserted into.
    pub(super) targets: Vec<usize>,
    pub(super) inserted_at: Vec<usize>,
    /// What decides about rows: WHERE, ON, HAVING, at every level, each with the part of the statement that it is in.
    pub(super) conditions: Vec<(usize, Node<'a>)>,
    /// The part being walked, of those that are planned by themselves, and how many there have been; 0 is the statement.
    pub(super) part: usize,
    pub(super) parts: usize,
    /// Whether something decides that is no such condition: USING, NATURAL.
    pub(super) merged: bool,
    /// What rows are sorted or told apart by; and whether something else may be computed before they are joined.
    pub(super) ordered: Vec<Node<'a>>,
    pub(super) early: bool,
    /// Tables to the right of LEFT JOIN: the numbers of their items.
    pub(super) nullable: Vec<usize>,
    /// Names of joins that have one: what their columns are is not looked at.
    pub(super) join_names: Vec<&'a str>,
    /// Whether a parameter is declared to be of a type that comparisons with it may fail by.
    pub(super) odd_parameters: bool,
    /// Whether PREPARE declares parameters.
    pub(super) declared_parameters: bool,
    /// Where a sequence is moved; and whether a write chooses rows by what is protected.
    pub(super) counts: Option<i32>,
    pub(super) chooses: bool,
    /// Conditions of writes that filters have to come before.
    pub(super) filtered: Vec<FilteredWrite<'a>>,
    /// Whether rows are written that must be spelled out, and whether a function returns some.
    pub(super) spelled: bool,
    pub(super) makes_rows: bool,
    /// Items of select lists that are a column or a star, each with the number of its reference; ascending.
    pub(super) shown: Vec<(usize, &'a nodes::ResTarget)>,
    /// Names that targets are given: ORDER BY may mean one of them.
    pub(super) outputs: Set<&'a str>,
    /// Operations that may test true values, and the places of columns that do.
    pub(super) equalities: Vec<Equality>,
    pub(super) tested: Set<i32>,
    /// Where the value of the expression being walked goes.
    pub(super) flow: Flow,
    /// What columns of WITH queries and of items of FROM pass on.
    pub(super) passed: Passed<'a>,
    /// Whether what is walked names columns of an index.
    pub(super) naming: bool,
    /// Whether a plain call that only counts has been met.
    pub(super) counted: bool,
    /// How many aggregate and window calls have been met.
    pub(super) aggregates: usize,
    /// WITH queries that write rows of which it is not known how many.
    pub(super) written: Vec<&'a str>,
    ctes: Vec<Cte<'a>>,
    /// Where in `ctes` those of a name are, the innermost last.
    ctes_by_name: Map<&'a str, Vec<usize>>,
}

/// A place to return to.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mark {
    current: Option<usize>,
    window: Window,
    ctes: usize,
}

impl<'a> Scope<'a> {
    pub(super) fn mark(&self) -> Mark {
        Mark { current: self.current, window: self.window, ctes: self.ctes.len() }
    }

    pub(super) fn reset(&mut self, mark: Mark) {
        self.current = mark.current;
        self.window = mark.window;
        for cte in self.ctes.drain(mark.ctes.min(self.ctes.len())..) {
            if let Some(places) = self.ctes_by_name.get_mut(cte.name) {
                places.pop();
            }
        }
    }

    /// Opens a level inside the current one.
    pub(super) fn open(&mut self) -> usize {
        let apart = self.current.is_some() && self.current == self.apart_from;
        let window = std::mem::take(&mut self.window);
        let level = Level { parent: self.current, apart, window, before: self.entries.len(), ..Level::default() };
        self.levels.push(level);
        let index = self.levels.len() - 1;
        self.current = Some(index);
        index
    }

    pub(super) fn level(&mut self) -> Option<&mut Level<'a>> {
        self.levels.get_mut(self.current?)
    }

    pub(super) fn see_cte(&mut self, name: &'a str, names: Names<'a>) {
        self.ctes_by_name.entry(name).or_default().push(self.ctes.len());
        self.ctes.push(Cte { name, names });
    }

    /// Column names of the common table expression that an unqualified name means here.
    pub(super) fn cte(&self, name: &str) -> Option<&Names<'a>> {
        if self.ctes.is_empty() {
            return None;
        }
        let place = *self.ctes_by_name.get(name)?.last()?;
        self.ctes.get(place).map(|cte| &cte.names)
    }

    /// Narrows what the place being walked sees of its level's FROM items; returns what it saw before.
    pub(super) fn look(&mut self, window: Window) -> Window {
        std::mem::replace(&mut self.window, window)
    }

    /// The levels that a reference may mean something of, from the inside, and which of their FROM items: those of
    /// [`Scope::chain`] but for what stands beside a subquery without LATERAL, behind what is walked in FROM, and
    /// outside of the join whose condition it is in.
    pub(super) fn seen(&self, reference: &Reference<'a>) -> impl Iterator<Item = (usize, Window)> + '_ {
        let first = reference.level.map(|level| (level, reference.window));
        std::iter::successors(first, |(level, _)| {
            let mut inner = self.levels.get(*level)?;
            while inner.apart {
                inner = self.levels.get(inner.parent?)?;
            }
            Some((inner.parent?, inner.window))
        })
    }

    /// The levels that a place in `level` is inside of, from the inside. More than it sees: what a name there could mean
    /// is used.
    pub(super) fn chain(&self, level: Option<usize>) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(level, |&level| self.levels.get(level).and_then(|level| level.parent))
    }

    /// The FROM items of the current level.
    pub(super) fn own_entries(&self) -> impl Iterator<Item = &Entry<'a>> {
        let before = self.current.and_then(|level| self.levels.get(level)).map_or(self.entries.len(), |one| one.before);
        let behind = self.entries.get(before..).unwrap_or_default();
        behind.iter().filter(|entry| Some(entry.level) == self.current)
    }

    /// Records a column reference.
    pub(super) fn refer(&mut self, fields: Fields<'a>, location: i32, role: Role) {
        let ungrouped = |&level: &usize| {
            self.levels.get(level).is_some_and(|level| level.grouping.checked && level.aggregates == 0)
        };
        let role = if self.naming { Role::Name } else { role };
        let ungrouped_at = self.chain(self.current).filter(ungrouped).collect();
        self.references.push(Reference {
            level: self.current,
            window: self.window,
            catalog: fields.catalog,
            schema: fields.schema,
            qualifier: fields.qualifier,
            name: fields.name,
            location,
            role,
            flow: self.flow,
            ungrouped_at,
        });
    }
}

/// The parts of a column reference.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Fields<'a> {
    pub(super) catalog: Option<&'a str>,
    pub(super) schema: Option<&'a str>,
    pub(super) qualifier: Option<&'a str>,
    /// `None`: a star.
    pub(super) name: Option<&'a str>,
}

/// Takes a column reference apart. `None`: more parts than PostgreSQL knows, or something else than names.
pub(super) fn fields(column: &nodes::ColumnRef) -> Option<Fields<'_>> {
    let mut parts: [Option<&str>; 4] = [None; 4];
    let mut count = 0;
    let mut star = false;
    for field in column.fields() {
        if star {
            return None;
        }
        match field {
            Node::String(name) => *parts.get_mut(count)? = Some(name.sval()?),
            Node::A_Star(_) => star = true,
            _ => return None,
        }
        count += 1;
    }
    if count == 0 || count > 4 {
        return None;
    }
    let part = |back: usize| count.checked_sub(back).and_then(|index| parts.get(index).copied().flatten());
    Some(Fields { catalog: part(4), schema: part(3), qualifier: part(2), name: if star { None } else { part(1) } })
}
