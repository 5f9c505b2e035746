//! Shape → Plan: the one entry point of rewriting.

use std::sync::Arc;

use crate::catalog::search_path::SessionNames;
use crate::catalog::snapshot::Snapshot;
use crate::grammar::{self, ErrorKind, Kind, Node, ParseError, Tokens, Tree, limits, nodes};
use crate::model::facts::{Facts, SessionEffect, StatementClass};
use crate::model::ids::Digest;
use crate::model::refusal::{Reason, Refusal};
use crate::rights::table::Rights;

use super::normalize::{fingerprint, normalize};
use super::refuse::{Step, not_understood, secret_plan, too_much_added};
use super::scope::Scope;
use super::splice::PositionMap;
use super::temporary::{Makings, makings};
use super::walk::Walk;

/// What a statement is analysed against.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    pub snapshot: &'a Snapshot,
    pub rights: &'a Rights,
    pub names: &'a SessionNames,
}

/// What is to be sent in place of the client's text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Outcome {
    /// The client's own bytes.
    Relay,
    Rewritten {
        text: String,
        map: PositionMap,
    },
    Refuse(Refusal),
}

/// The outcome of analysing one query string.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Plan {
    pub outcome: Outcome,
    /// One per statement of the query string, in order; empty when refused before parsing.
    pub statements: Arc<[Facts]>,
    /// Digest of the normalised text.
    pub fingerprint: Digest,
    /// The text with every literal replaced, of several statements its beginning; `None` when it could not be parsed.
    pub normalized: Option<Arc<str>>,
}

impl Plan {
    fn refused(text: &str, refusal: Refusal) -> Self {
        Self {
            outcome: Outcome::Refuse(refusal),
            statements: Arc::default(),
            fingerprint: fingerprint(text),
            normalized: None,
        }
    }
}

/// Says what becomes of a query string: everything in it is resolved, pinned and on its list, and protected columns
/// are masked where they are scanned; or it is refused.
#[must_use]
pub fn analyse(text: &str, context: &Context<'_>) -> Plan {
    analyse_parsed(text, &grammar::parse(text), context, true)
}

/// The same of a text that has been parsed; `believes`: whether casts of parameters may be believed to convert nothing, which
/// [`Facts::casts`] then says of which.
#[must_use]
pub fn analyse_parsed(
    text: &str,
    parsed: &Result<Tree<'_>, ParseError>,
    context: &Context<'_>,
    believes: bool,
) -> Plan {
    let tree = match parsed {
        Ok(tree) => tree,
        Err(error) => return Plan::refused(text, unparsed(error)),
    };
    let normalized: Arc<str> = normalize(tree.tokens()).into();
    let mut statements = Vec::with_capacity(tree.len());
    let outcome = match walk(tree, context, &makings(tree), believes, &mut statements) {
        Ok(None) => Outcome::Relay,
        Ok(Some((text, map))) => Outcome::Rewritten { text, map },
        Err(refusal) => Outcome::Refuse(refusal),
    };
    let fingerprint = fingerprint(&normalized);
    let normalized = Some(beginning(normalized, statements.len()));
    Plan { outcome, statements: statements.into(), fingerprint, normalized }
}

/// What is recorded of each statement of a text: all of it would be as much as the square of its length.
fn beginning(text: Arc<str>, statements: usize) -> Arc<str> {
    const RECORDED_MAX: usize = 2048;
    if statements < 2 || text.len() <= RECORDED_MAX {
        return text;
    }
    format!("{}…", text.get(..text.floor_char_boundary(RECORDED_MAX)).unwrap_or_default()).into()
}

fn unparsed(error: &ParseError) -> Refusal {
    let reason = match error.kind {
        ErrorKind::Syntax => Reason::Syntax,
        ErrorKind::TooComplex => Reason::TooComplex,
    };
    Refusal { position: error.position, ..Refusal::new(reason, error.message.clone()) }
}

fn walk<'a>(
    tree: &'a Tree<'a>,
    context: &Context<'a>,
    makings: &'a Makings,
    believes: bool,
    statements: &mut Vec<Facts>,
) -> Step<Option<(String, PositionMap)>> {
    let tokens = tree.tokens();
    numbers_are_old(tokens, context.snapshot.server_version)?;
    let mut walk = Walk::new(*context, tokens, makings, believes);
    for statement in tree.statements() {
        let result = one(&mut walk, statement, tokens);
        let mut facts = std::mem::replace(&mut walk.facts, Facts::of(StatementClass::Empty));
        if !facts.filtered {
            facts.casts.clear();
        }
        walk.changed.path |= facts.effects.contains(&SessionEffect::SearchPath);
        if let Some(name) = walk.makes.take() {
            walk.changed.make(name);
        }
        statements.push(facts);
        result?;
        walk.added_is_bounded()?;
    }
    let text = tokens.text();
    let edited = walk
        .edits
        .apply(text)
        .map_err(|_| Refusal::new(Reason::Contradiction, "two edits of the statement overlap"))?;
    let explains = statements.iter().any(|facts| facts.class == StatementClass::Explain);
    match &edited {
        Some((text, _)) if explains && context.rights.shows_secret(text) => Err(secret_plan()),
        Some((sent, _)) if sent.len() > text.len() + limits::MAX_ADDED => Err(too_much_added()),
        _ => Ok(edited),
    }
}

fn one<'a>(walk: &mut Walk<'a>, statement: &'a nodes::RawStmt, tokens: &'a Tokens<'a>) -> Step {
    walk.scope = Scope::default();
    walk.returned.clear();
    (walk.uses_made, walk.marks_rows, walk.locks) = (false, false, (Vec::new(), false));
    walk.sinks = walk.sinks_of(statement.stmt());
    let start = usize::try_from(statement.stmt_location).unwrap_or_default();
    walk.statement(statement.stmt(), tokens.index_from(start))?;
    walk.settle()?;
    walk.untold()?;
    renames_at_once(&walk.facts)?;
    nothing_apart_is_marked(walk)?;
    walk.facts.lasting |= walk.writes_out_of_sight(statement.stmt());
    if let Node::ExplainStmt(explain) = statement.stmt() {
        walk.without_numbers(explain, tokens.index_from(start))?;
    }
    Ok(())
}

/// Where rows are locked or written the server computes all of a view that it does not merge: an error would quote a value.
fn nothing_apart_is_marked(walk: &Walk<'_>) -> Step {
    let Context { snapshot, rights, .. } = walk.context;
    let apart = walk.facts.relations.iter().find(|oid| walk.marks_rows && rights.is_apart(**oid));
    let Some(view) = apart.and_then(|oid| snapshot.relation(*oid)) else { return Ok(()) };
    let what = format!("locking or writing rows beside view {}.{}", view.schema, view.name);
    Err(not_understood(&what, -1).hint("Read what is needed of the view in a statement of its own."))
}

/// A setting that texts are judged by changes when the statement is sent, not when somebody fetches from it, prepares it or
/// inserts a default.
fn renames_at_once(facts: &Facts) -> Step {
    use StatementClass::{Read, Setting, TempTable};
    let late = |effect: &SessionEffect| match effect {
        SessionEffect::SearchPath => !matches!(facts.class, Read | Setting),
        // what is fetched or executed of it is watched
        SessionEffect::EndUser => facts.class == TempTable,
        _ => false,
    };
    if !facts.effects.iter().any(late) {
        return Ok(());
    }
    Err(not_understood("set_config of what names are looked up by, outside of a SELECT of its own,", -1)
        .hint("Use SET."))
}

/// Forms of numbers that mean something else to a server older than the grammar.
fn numbers_are_old(tokens: &Tokens<'_>, server_version: u32) -> Step {
    if server_version >= 160_000 {
        return Ok(());
    }
    let newer = |slice: &str| {
        slice.contains('_') || matches!(slice.as_bytes().get(1), Some(b'x' | b'X' | b'o' | b'O' | b'b' | b'B'))
    };
    let number = tokens
        .list()
        .iter()
        .find(|token| matches!(token.kind, Kind::Integer | Kind::Float) && newer(tokens.slice(**token)));
    match number {
        None => Ok(()),
        Some(&token) => Err(Refusal {
            position: Some(token.start()),
            ..Refusal::new(
                Reason::Syntax,
                format!("trailing junk after numeric literal at or near \"{}\"", tokens.slice(token)),
            )
        }),
    }
}
