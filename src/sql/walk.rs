//! The state of one analysis, and what every part of the walk needs: depth, places in the text, edits.

use std::sync::Arc;

use crate::catalog::snapshot::Relation;
use crate::grammar::{Node, NodeList, Tokens, limits, names, nodes};
use crate::model::facts::{Facts, SessionEffect, StatementClass};
use crate::model::refusal::{Reason, Refusal};
use crate::model::tables::Set;

use super::analyse::Context;
use super::parameters::Casts;
use super::refuse::{Step, not_understood, too_much_added};
use super::returning::Returned;
use super::scope::{Flow, Scope};
use super::splice::Edits;
use super::temporary::Makings;

/// The walk over the statements of one query string.
#[derive(Debug)]
pub(super) struct Walk<'a> {
    pub(super) context: Context<'a>,
    pub(super) tokens: &'a Tokens<'a>,
    pub(super) edits: Edits,
    /// Items of RETURNING whose names come from a column that they are.
    pub(super) returned: Vec<Returned<'a>>,
    /// Of the statement being walked.
    pub(super) facts: Facts,
    pub(super) scope: Scope<'a>,
    /// How many parts of the statement put values into something that outlives the session.
    pub(super) sinks: usize,
    /// What earlier statements of the same query string may have changed under our feet.
    pub(super) changed: Changed,
    /// Those that statements of the string make, whichever has run.
    pub(super) makings: &'a Makings,
    /// The temporary table that the statement makes, for those after it.
    pub(super) makes: Option<String>,
    /// Whether the statement uses one that another of the same string has made.
    pub(super) uses_made: bool,
    /// Names of the items that it locks by name, and whether it locks all of a level.
    pub(super) locks: (Vec<&'a str>, bool),
    /// Whether it locks or writes rows that it has read.
    pub(super) marks_rows: bool,
    /// A call in the select list being walked, and the only setting that `name` can be there.
    pub(super) named_by_view: Option<(i32, &'a str)>,
    /// Whether casts of parameters may be believed to convert nothing; and how each parameter is cast, once that was asked.
    pub(super) believes: bool,
    pub(super) casts: Option<Casts<'a>>,
    depth: usize,
    /// Comparisons of names so far.
    work: usize,
    /// Unqualified operators that may be used.
    pub(super) operators: Set<String>,
}

/// What earlier statements of the same query string have changed of the session's names.
#[derive(Debug, Default)]
pub(super) struct Changed {
    pub(super) path: bool,
    /// Whether any temporary table may be gone.
    pub(super) temporary: bool,
    /// Temporary tables that were made: which columns they have is not known.
    pub(super) made: Set<String>,
    /// Temporary tables that were dropped.
    pub(super) dropped: Set<String>,
}

impl Changed {
    pub(super) fn make(&mut self, name: String) {
        self.dropped.remove(&name);
        self.made.insert(name);
    }

    pub(super) fn drop(&mut self, name: &str) {
        self.made.remove(name);
        self.dropped.insert(name.to_owned());
    }
}

/// A name found in the text: its bytes, and the indexes of its first token and of the one after it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Place {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) first: usize,
    pub(super) next: usize,
}

impl<'a> Walk<'a> {
    pub(super) fn new(context: Context<'a>, tokens: &'a Tokens<'a>, makings: &'a Makings, believes: bool) -> Self {
        Self {
            context,
            tokens,
            edits: Edits::default(),
            returned: Vec::new(),
            facts: Facts::of(StatementClass::Empty),
            scope: Scope::default(),
            sinks: 0,
            changed: Changed::default(),
            makings,
            makes: None,
            uses_made: false,
            locks: (Vec::new(), false),
            marks_rows: false,
            named_by_view: None,
            believes,
            casts: None,
            depth: 0,
            work: 0,
            operators: Set::default(),
        }
    }

    /// Counts comparisons of names.
    pub(super) fn spend(&mut self, comparisons: usize) -> Step {
        self.work = self.work.saturating_add(comparisons);
        if self.work <= limits::MAX_NAME_WORK {
            return Ok(());
        }
        Err(Refusal::new(Reason::TooComplex, "the statement has too many names to look up in too many FROM items")
            .hint("Split it into several statements."))
    }

    /// Goes one node deeper.
    pub(super) fn deeper<T>(&mut self, step: impl FnOnce(&mut Self) -> Step<T>) -> Step<T> {
        if self.depth >= limits::MAX_DEPTH {
            return Err(Refusal::new(Reason::TooComplex, "the statement is nested too deep")
                .hint("Split it into several statements, or use temporary tables."));
        }
        self.depth += 1;
        let result = step(self);
        self.depth -= 1;
        result
    }

    /// What is written may take the place of all of the text and add what a statement may grow by: asked while there is
    /// little of it.
    pub(super) fn added_is_bounded(&self) -> Step {
        let most = self.tokens.text().len() + limits::MAX_ADDED;
        if self.edits.written() <= most { Ok(()) } else { Err(too_much_added()) }
    }

    pub(super) fn depth(&self) -> usize {
        self.depth
    }

    /// Walks something whose value goes there.
    pub(super) fn flowing<T>(&mut self, flow: Flow, step: impl FnOnce(&mut Self) -> Step<T>) -> Step<T> {
        let before = std::mem::replace(&mut self.scope.flow, flow);
        let result = step(self);
        self.scope.flow = before;
        result
    }

    /// Walks what names columns of an index instead of reading them.
    pub(super) fn naming(&mut self, step: impl FnOnce(&mut Self) -> Step) -> Step {
        let before = std::mem::replace(&mut self.scope.naming, true);
        let result = step(self);
        self.scope.naming = before;
        result
    }

    /// Where rows of WITH, and of what a write joins, may go.
    pub(super) fn through(&self) -> Flow {
        if self.sinks > 0 { Flow::Rows } else { Flow::Free }
    }

    /// Where rows of FROM may go: nobody but the query that they are joined in can name them.
    pub(super) fn joined(&self) -> Flow {
        if self.scope.flow == Flow::Free { Flow::Free } else { self.through() }
    }

    /// Where values go that rows are made of by something else than a query: which of their columns has which, is not seen.
    pub(super) fn made_into(&self, flow: Flow) -> Flow {
        if flow == Flow::Rows { Flow::Stored } else { flow }
    }

    pub(super) fn effect(&mut self, effect: SessionEffect) {
        if !self.facts.effects.contains(&effect) {
            self.facts.effects.push(effect);
        }
    }

    pub(super) fn touch(&mut self, relation: &Arc<Relation>) {
        if !self.facts.relations.contains(&relation.oid) {
            self.facts.relations.push(relation.oid);
        }
    }

    /// Refuses what depends on names after an earlier statement of the same string has changed their meaning.
    pub(super) fn names_are_known(&self, location: i32) -> Step {
        if !self.changed.path {
            return Ok(());
        }
        Err(not_understood("a statement after one that changes search_path, in the same query string,", location)
            .hint("Send the statements one by one."))
    }

    /// Finds the dotted name whose first part starts at `location`, and makes sure that it is `parts`.
    pub(super) fn place(&self, location: i32, parts: &[&str]) -> Step<Place> {
        let lost = || not_understood("the spelling of a name", location);
        let start = usize::try_from(location).map_err(|_| lost())?;
        let first = self.tokens.index_at(start).ok_or_else(lost)?;
        self.place_at(first, parts).ok_or_else(lost)
    }

    /// As [`Self::place`], from a token's index.
    pub(super) fn place_at(&self, first: usize, parts: &[&str]) -> Option<Place> {
        let start = self.tokens.get(first)?.start();
        let mut index = first;
        for (n, part) in parts.iter().enumerate() {
            if n > 0 {
                if !self.tokens.is(index, ".") {
                    return None;
                }
                index += 1;
            }
            let (name, next) = self.tokens.name(index)?;
            if name != *part {
                return None;
            }
            index = next;
        }
        let end = self.tokens.get(index.checked_sub(1)?)?.end();
        Some(Place { start, end, first, next: index })
    }

    /// Writes `"schema".` before the name at `place`.
    pub(super) fn qualify(&mut self, place: Place, schema: &str) {
        self.edits.insert(
            place.start,
            if schema == "pg_catalog" { "pg_catalog.".into() } else { format!("{}.", names::quoted(schema)) },
        );
    }
}

/// The texts of a list of names. `None`: something else is in it.
pub(super) fn strings(list: &NodeList) -> Option<Vec<&str>> {
    list.iter().map(|node| node.as_str()).collect()
}

/// The names of an alias's columns.
pub(super) fn alias_columns(alias: Option<&nodes::Alias>) -> Vec<&str> {
    alias.and_then(|alias| strings(alias.colnames())).unwrap_or_default()
}

/// Whether there is no node.
pub(super) fn absent(node: Node<'_>) -> bool {
    matches!(node, Node::None)
}
