//! The work list, and what is noted of a statement on the way.

use std::collections::BTreeSet;

use crate::catalog::search_path::SessionNames;
use crate::catalog::snapshot::Snapshot;
use crate::grammar::{Kind, Node, NodeList, Tokens, nodes};
use crate::model::facts::SessionEffect;
use crate::model::ids::Oid;
use crate::model::tables::{Map, Set};
use crate::rights::table::{Rights, RowFilter};

use super::carried::Carriers;
use super::leaks::Source;
use super::parameters::Cast;
use super::scopes::Seen;
use super::target::Writes;
use super::{Contradiction, Step};

/// Steps that may be taken from WITH query to WITH query in looking up names; a text of 1 MiB that needs more is made
/// to be slow: it has thousands of WITH queries of few names.
pub(super) const MAX_STEPS: usize = 20_000_000;

/// What a text is checked against.
#[derive(Clone, Copy)]
pub(super) struct Subject<'a> {
    pub(super) text: &'a str,
    pub(super) tokens: &'a Tokens<'a>,
    pub(super) snapshot: &'a Snapshot,
    pub(super) rights: &'a Rights,
    pub(super) names: &'a SessionNames,
    /// Whether an earlier statement of the text may have changed the search path: an unqualified name may then mean
    /// something of any schema.
    pub(super) any_path: bool,
}

/// Where the value of an expression goes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Flow {
    /// To the client, into a temp table, or into a condition.
    Free,
    /// Into a permanent table.
    Stored,
    /// Into rows that other parts of the statement take columns of: those of a WITH query, or of an item of FROM.
    Rows,
    /// Into a column of such rows, by its number; and into columns of such rows, each under its own name.
    Column(usize),
    Columns,
    /// As it is into a guarded column, by target and position.
    Guarded(usize, usize),
    /// Nowhere: it names a column of an index.
    Named,
}

impl Flow {
    /// Of a value that is changed, where what changes it goes.
    pub(super) fn of_change(self) -> Self {
        match self {
            Self::Guarded(..) => Self::Stored,
            flow => flow,
        }
    }
}

/// The innermost of what is visible at a place; the others follow from it.
pub(super) type Scope = Option<usize>;

/// The walk over one text.
pub(super) struct Walk<'a> {
    pub(super) subject: Subject<'a>,
    pending: Vec<(Node<'a>, Scope, Flow)>,
    /// Of the node being visited.
    pub(super) flow: Flow,
    /// How many parts of the present statement store values in permanent tables.
    pub(super) sinks: usize,
    /// What the present statement writes to and scans, and the columns it reads.
    pub(super) writes: Writes<'a>,
    pub(super) carriers: Carriers<'a>,
    pub(super) seen: Vec<Seen<'a>>,
    /// Names that any WITH query has.
    pub(super) cte_names: Set<&'a str>,
    pub(super) steps: usize,
    /// Of the present statement: scans that are substituted, permanent relations.
    pub(super) substituted: usize,
    pub(super) relations: BTreeSet<Oid>,
    /// Whether the plan says that masks stand among its outputs, and how many do.
    pub(super) plans_masks: bool,
    pub(super) masked_outputs: usize,
    /// Items of FROM, and fields that are functions unless the items they are of have such columns: qualifier and name,
    /// and where.
    pub(super) items: Vec<Node<'a>>,
    pub(super) fields: Map<(&'a str, &'a str), i32>,
    /// What decides about rows, at every level, with the subquery that it is planned in; and whether something else does:
    /// USING, NATURAL.
    pub(super) conditions: Vec<(Scope, Node<'a>)>,
    pub(super) merged: bool,
    /// What rows are sorted or told apart by; and whether something else may be computed before they are joined.
    pub(super) ordered: Vec<Node<'a>>,
    pub(super) early: bool,
    /// Whether a parameter is declared to be of a type that not every column can be compared with.
    pub(super) uncommon_parameters: bool,
    /// Where parameters stand under casts, and to which types; those that are always under the same, by number.
    pub(super) casts: Map<i32, Cast>,
    pub(super) declares_parameters: bool,
    /// Whether a number of a sequence is drawn, and whether rows are chosen for a write by what is not clear.
    pub(super) drawn: bool,
    pub(super) chosen_for_write: bool,
    /// Whether it locks rows, or writes some that it has read.
    pub(super) marks_rows: bool,
    /// Items of FROM by what they show, and filters that conditions of the same subquery may come before.
    pub(super) sources: Vec<Source<'a>>,
    pub(super) unfenced: Vec<(Scope, &'a RowFilter)>,
    /// Whether a relation is named whose rows are filtered, and whether it is scanned.
    pub(super) filtered: bool,
    pub(super) reads_filtered: bool,
    /// Qualifier (empty: none) and name of every column reference, `*` for a star; and substitutions that do not list
    /// all columns, with what they leave out.
    pub(super) columns: Set<(&'a str, &'a str)>,
    /// Where rows are asked who locked them last; and where those are rows that the statement itself inserts.
    pub(super) lockers: Vec<i32>,
    pub(super) inserted: Set<i32>,
    pub(super) natural: bool,
    pub(super) left_out: Vec<(Node<'a>, Vec<&'a str>)>,
    /// Whether rows are written that must be in the text, and whether a function makes some.
    pub(super) given_alone: bool,
    pub(super) rows_made: bool,
    /// Whether a substitution lists what names partitions apart.
    pub(super) lists_partitions: bool,
    /// Whether the next SELECT is a statement of its own, which may have an INTO.
    pub(super) into_allowed: bool,
    /// What the present statement may change of the session's names.
    pub(super) effects: Vec<SessionEffect>,
    /// Settings that `name` of `pg_settings` can only be, by the place of the call that changes them: the constant.
    pub(super) named_settings: Map<i32, &'a nodes::A_Const>,
    /// Byte ranges of the text whose literals the proof depends on.
    pub(super) fixed: Vec<(usize, usize)>,
    /// Where masks of substitutions stand that may not have been parsed.
    pub(super) masks: Vec<usize>,
    /// Names that have been looked up and may be used.
    pub(super) operators: Set<&'a str>,
    pub(super) functions: Set<(&'a str, &'a str)>,
    /// Where calls stand that do not run.
    pub(super) idle: Set<i32>,
    pub(super) attributes: Set<&'a str>,
    /// Temp tables that statements of this text make.
    pub(super) made: Set<&'a str>,
    /// Whether the present statement uses one of them.
    pub(super) uses_made: bool,
}

/// Whether a node is a query, or an item of FROM.
fn makes_rows(node: Node<'_>) -> bool {
    matches!(
        node,
        Node::SelectStmt(_)
            | Node::InsertStmt(_)
            | Node::UpdateStmt(_)
            | Node::DeleteStmt(_)
            | Node::MergeStmt(_)
            | Node::RangeVar(_)
            | Node::RangeSubselect(_)
            | Node::RangeFunction(_)
            | Node::RangeTableSample(_)
            | Node::RangeTableFunc(_)
            | Node::JoinExpr(_)
    )
}

/// The strings of a dotted name.
pub(super) fn strings(list: &NodeList) -> Option<Vec<&str>> {
    list.iter().map(Node::as_str).collect()
}

impl<'a> Walk<'a> {
    pub(super) fn new(subject: Subject<'a>) -> Self {
        Self {
            subject,
            pending: Vec::new(),
            flow: Flow::Free,
            sinks: 0,
            writes: Writes::default(),
            carriers: Carriers::default(),
            seen: Vec::new(),
            cte_names: Set::default(),
            steps: 0,
            substituted: 0,
            relations: BTreeSet::new(),
            plans_masks: false,
            masked_outputs: 0,
            items: Vec::new(),
            fields: Map::default(),
            conditions: Vec::new(),
            ordered: Vec::new(),
            early: false,
            uncommon_parameters: false,
            casts: Map::default(),
            declares_parameters: false,
            drawn: false,
            chosen_for_write: false,
            marks_rows: false,
            merged: false,
            sources: Vec::new(),
            unfenced: Vec::new(),
            filtered: false,
            reads_filtered: false,
            columns: Set::default(),
            lockers: Vec::new(),
            inserted: Set::default(),
            natural: false,
            left_out: Vec::new(),
            given_alone: false,
            rows_made: false,
            lists_partitions: false,
            into_allowed: false,
            effects: Vec::new(),
            named_settings: Map::default(),
            fixed: Vec::new(),
            masks: Vec::new(),
            operators: Set::default(),
            functions: Set::default(),
            idle: Set::default(),
            attributes: Set::default(),
            made: Set::default(),
            uses_made: false,
        }
    }

    /// Begins a statement.
    pub(super) fn begin(&mut self) {
        (self.substituted, self.masked_outputs) = (0, 0);
        self.relations.clear();
        self.items.clear();
        // not cleared: that costs what it has ever held, for each statement
        self.fields = Map::default();
        self.conditions.clear();
        self.ordered.clear();
        self.early = false;
        self.uncommon_parameters = false;
        self.casts = Map::default();
        self.declares_parameters = false;
        self.drawn = false;
        self.chosen_for_write = false;
        self.marks_rows = false;
        self.merged = false;
        self.sources.clear();
        self.unfenced.clear();
        self.filtered = false;
        self.reads_filtered = false;
        self.columns.clear();
        self.lockers.clear();
        self.inserted = Set::default();
        (self.natural, self.uses_made) = (false, false);
        self.left_out.clear();
        self.effects.clear();
        (self.given_alone, self.rows_made, self.lists_partitions) = (false, false, false);
        self.writes = Writes::default();
        self.carriers = Carriers::default();
        self.flow = Flow::Free;
    }

    /// Ends a statement: what it changes of the search path counts for those after it.
    pub(super) fn end(&mut self) {
        if self.effects.contains(&SessionEffect::SearchPath) {
            self.subject.any_path = true;
            self.operators.clear();
            self.functions.clear();
            self.attributes.clear();
        }
    }

    pub(super) fn effect(&mut self, effect: SessionEffect) {
        if !self.effects.contains(&effect) {
            self.effects.push(effect);
        }
    }

    /// Notes bytes whose literals may not be replaced by others.
    pub(super) fn fix(&mut self, start: usize, end: usize) {
        self.fixed.push((start, end));
    }

    pub(super) fn push(&mut self, node: Node<'a>, scope: Scope) {
        if !matches!(node, Node::None) {
            self.pending.push((node, scope, self.flow));
        }
    }

    /// As [`Self::push`], with another way for the value to go.
    pub(super) fn push_to(&mut self, flow: Flow, node: Node<'a>, scope: Scope) {
        if !matches!(node, Node::None) {
            self.pending.push((node, scope, flow));
        }
    }

    /// Where rows of WITH, and of what a write joins, may go.
    pub(super) fn through(&self) -> Flow {
        if self.sinks > 0 { Flow::Rows } else { Flow::Free }
    }

    /// Where rows of FROM may go: where those of the query go that joins them.
    pub(super) fn joined(&self) -> Flow {
        if self.flow == Flow::Free { Flow::Free } else { self.through() }
    }

    pub(super) fn push_all(&mut self, list: &'a NodeList, scope: Scope) {
        for node in list {
            self.push(node, scope);
        }
    }

    pub(super) fn push_sorts(&mut self, list: impl IntoIterator<Item = &'a nodes::SortBy>, scope: Scope) {
        // what is sorted by goes nowhere
        self.pending.extend(list.into_iter().map(|sort| (Node::SortBy(sort), scope, Flow::Free)));
    }

    pub(super) fn push_targets(&mut self, list: impl IntoIterator<Item = &'a nodes::ResTarget>, scope: Scope) {
        let flow = self.flow;
        self.pending.extend(list.into_iter().map(|target| (Node::ResTarget(target), scope, flow)));
    }

    /// Visits everything that is pending.
    pub(super) fn drain(&mut self) -> Step {
        while let Some((node, scope, flow)) = self.pending.pop() {
            self.flow = match (flow, node) {
                (Flow::Guarded(target, position), Node::TypeCast(cast))
                    if self.is_own_reading(target, position, cast.location) =>
                {
                    continue;
                }
                (
                    Flow::Guarded(..),
                    Node::CoalesceExpr(_) | Node::CaseExpr(_) | Node::CaseWhen(_) | Node::ColumnRef(_),
                ) => flow,
                (Flow::Guarded(target, position), _) if self.is_change(target, position, node) => flow,
                // what is computed from a reading is none any more
                (Flow::Guarded(..), _) => Flow::Stored,
                (Flow::Named, Node::SubLink(_)) => Flow::Free,
                // a row whose columns have no names, or an argument of a function that makes rows
                (Flow::Rows, node) if !makes_rows(node) => Flow::Stored,
                (flow, _) => flow,
            };
            self.visit(node, scope)?;
        }
        Ok(())
    }

    /// Whether the text spells this dotted name at a location.
    pub(super) fn spelled(&self, location: i32, parts: &[&str]) -> bool {
        let tokens = self.subject.tokens;
        let Some(mut index) = usize::try_from(location).ok().and_then(|start| tokens.index_at(start)) else {
            return false;
        };
        for (n, part) in parts.iter().enumerate() {
            if n > 0 {
                if !tokens.is(index, ".") {
                    return false;
                }
                index += 1;
            }
            match tokens.name(index) {
                Some((name, next)) if name == *part => index = next,
                _ => return false,
            }
        }
        true
    }

    /// Whether the text has one of these key words at a location.
    pub(super) fn word_at(&self, location: i32, words: &[&str]) -> bool {
        let index = usize::try_from(location).ok().and_then(|start| self.subject.tokens.index_at(start));
        index.is_some_and(|index| words.iter().any(|word| self.subject.tokens.is(index, word)))
    }

    /// Numbers that servers before version 16 read as a number and a name: `0x1F`, `1_000`.
    pub(super) fn literals(&self) -> Step {
        if self.subject.snapshot.server_version >= 160_000 {
            return Ok(());
        }
        let tokens = self.subject.tokens;
        for &token in tokens.list() {
            let slice = tokens.slice(token);
            let number = matches!(token.kind, Kind::Integer | Kind::Float);
            if number && slice.bytes().any(|byte| matches!(byte, b'_' | b'x' | b'X' | b'o' | b'O' | b'b' | b'B')) {
                let what = "it has a number that this server reads otherwise";
                return Err(Contradiction { what: what.into(), position: Some(token.start()) });
            }
        }
        Ok(())
    }
}
