//! View columns → source columns, from the definition that `pg_get_viewdef` prints.
//!
//! The definition was printed with only `pg_catalog` in the search path: an unqualified name is a CTE or built in.
//! Everything here over-approximates; a construct that is not understood makes the whole view unknown.

mod expression;
mod query;
mod rows;
mod scope;
mod total;

use std::collections::BTreeSet;

use crate::grammar::{self, Node};
use crate::model::ids::{ColumnId, Oid};

use super::snapshot::{Behind, Lineage, Relation, RelationKind, Rows, Snapshot, Unasked};

/// What a definition tells.
#[derive(Debug)]
pub struct Traced {
    pub lineage: Lineage,
    /// Built-in functions it calls that read data by name.
    pub calls: Vec<Oid>,
    /// Whose values a row of it may hold.
    pub rows: Rows,
    /// The one relation whose rows the view has.
    pub rows_of: Option<Oid>,
    pub unasked: Unasked,
}

/// A set of source columns.
type Columns = BTreeSet<ColumnId>;

/// Why a definition is not understood.
type Answer<T> = Result<T, String>;

/// Aggregates and window functions whose results hold no value of any row.
pub const COUNTING: [&str; 10] =
    ["count", "row_number", "rank", "dense_rank", "percent_rank", "cume_dist", "ntile", "bool_and", "bool_or", "every"];

/// Deeper nesting than this is not followed.
const MAX_DEPTH: usize = 100;

/// The state of one definition's analysis.
struct Tracer<'s> {
    snapshot: &'s Snapshot,
    calls: BTreeSet<Oid>,
    /// What functions are called with that return several rows, or none: it decides how many rows there are.
    spread: Columns,
    /// What windows are ordered and parted by: rows come in that order where the server keeps the window, or has stored them.
    ordered: Columns,
    /// What outputs are computed from that may fail: of a view that is not merged into the statement the server computes
    /// them whether they are asked for or not, and an error quotes the value.
    failing: Columns,
    /// Whether something in it keeps the server from merging it, or from leaving out what nobody asks for.
    kept: bool,
    /// Whether a part of it is a subquery that the server cannot merge.
    apart: bool,
    /// Relations that were scanned, one after another.
    scans: Vec<Behind>,
    /// How often WITH queries were read.
    readings: u32,
    /// What aggregates, windows and recursion are given that do not only count.
    folded: Columns,
    depth: usize,
}

impl<'s> Tracer<'s> {
    fn of(snapshot: &'s Snapshot) -> Self {
        Self {
            snapshot,
            calls: BTreeSet::new(),
            spread: Columns::new(),
            ordered: Columns::new(),
            failing: Columns::new(),
            kept: false,
            apart: false,
            scans: Vec::new(),
            readings: 0,
            folded: Columns::new(),
            depth: 0,
        }
    }
}

impl Tracer<'_> {
    /// Runs one level deeper.
    fn deeper<T>(&mut self, run: impl FnOnce(&mut Self) -> Answer<T>) -> Answer<T> {
        if self.depth >= MAX_DEPTH {
            return Err("it is nested too deep".to_owned());
        }
        self.depth += 1;
        let result = run(self);
        self.depth -= 1;
        result
    }
}

/// Analyses a view's definition; `Err` says what in it is not understood.
pub fn trace(snapshot: &Snapshot, view: &Relation, definition: &str) -> Answer<Traced> {
    let tree = grammar::parse(definition).map_err(|error| format!("its definition does not parse: {error}"))?;
    let mut statements = tree.statements();
    let (Some(statement), None) = (statements.next(), statements.next()) else {
        return Err("its definition is not one statement".to_owned());
    };
    let Node::SelectStmt(select) = statement.stmt() else {
        return Err("its definition is not a SELECT".to_owned());
    };
    let mut tracer = Tracer::of(snapshot);
    let flow = tracer.select(select, &scope::Scope::default())?;
    if flow.outputs.len() != view.columns.len() {
        return Err("its definition has another number of columns".to_owned());
    }
    let outputs = flow.outputs.into_iter().map(|output| output.origin).collect();
    let stored = view.kind == RelationKind::MaterializedView;
    let unasked = Unasked {
        kept: tracer.kept || stored,
        apart: !stored && (tracer.apart || tracer.kept),
        ordered: std::mem::take(&mut tracer.ordered).into_iter().collect(),
        // what failed when it was stored was told to its owner
        failing: std::mem::take(&mut tracer.failing).into_iter().filter(|_| !stored).collect(),
    };
    let own = unasked.columns().filter(|_| unasked.kept);
    let decides: Columns = flow.decides.union(&tracer.spread).copied().chain(own).collect();
    let lineage = Lineage::Known { outputs, decides: decides.into_iter().collect() };
    let rows_of = rows::source(snapshot, select);
    let folded = tracer.folded.into_iter().collect();
    let rows = Rows { behind: Behind::All(tracer.scans), readings: tracer.readings.max(1), folded };
    Ok(Traced { lineage, calls: tracer.calls.into_iter().collect(), rows, rows_of, unasked })
}

#[cfg(test)]
mod tests;
