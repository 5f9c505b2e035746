//! What of a statement can be read back although no row shows it: side effects of functions, rows that are locked or
//! written out of sight, values that a key compares; and what calls that only count may say.

use crate::catalog::COUNTING;
use crate::catalog::snapshot::{Function, Lineage, Origin, Relation, Volatility};
use crate::grammar::{ConstValue, Node, NodeList, nodes};
use crate::model::facts::Right;
use crate::model::ids::ColumnId;

use super::functions::{Called, server_s_own};
use super::matching::reads_nothing;
use super::scope::Reference;
use super::target::Target;
use super::walk::{Walk, absent};

/// Functions of the server that are volatile since what they give changes, and that leave nothing behind.
const HARMLESS: [&str; 27] = [
    "clock_timestamp",
    "currval",
    "gen_random_uuid",
    "lastval",
    "pg_blocking_pids",
    "pg_collation_actual_version",
    "pg_column_size",
    "pg_database_collation_actual_version",
    "pg_database_size",
    "pg_indexes_size",
    "pg_is_in_recovery",
    "pg_jit_available",
    "pg_last_xact_replay_timestamp",
    "pg_notification_queue_usage",
    "pg_partition_ancestors",
    "pg_partition_tree",
    "pg_relation_size",
    "pg_table_size",
    "pg_tablespace_size",
    "pg_total_relation_size",
    "pg_xact_status",
    "random",
    "random_normal",
    "timeofday",
    "txid_status",
    "uuidv4",
    "uuidv7",
];

/// Whether a call may leave something behind: it is volatile, and nobody has found it harmless.
pub(super) fn lasts(function: &Function) -> bool {
    let harmless = server_s_own(function) && HARMLESS.contains(&&*function.name);
    function.volatility == Volatility::Volatile && !harmless
}

/// Whether a WITH query writes rows of which nobody knows how many.
pub(super) fn writes_unknown(query: Node<'_>) -> bool {
    match query {
        Node::InsertStmt(insert) => match insert.select_stmt() {
            Node::SelectStmt(select) => select.values_lists().is_empty(),
            _ => false,
        },
        Node::UpdateStmt(_) | Node::DeleteStmt(_) | Node::MergeStmt(_) => true,
        _ => false,
    }
}

/// LIMIT, where it is a number.
fn limit_of(select: &nodes::SelectStmt) -> Option<u32> {
    match select.limit_count() {
        Node::A_Const(constant) => match constant.val()? {
            ConstValue::Integer(rows) => u32::try_from(rows).ok(),
            _ => None,
        },
        _ => None,
    }
}

fn constant(list: &NodeList) -> bool {
    list.iter().all(reads_nothing)
}

impl<'a> Walk<'a> {
    /// Notes what a call may fold, count or leave behind.
    pub(super) fn note_call(&mut self, call: &'a nodes::FuncCall, name: &str, called: &Called) {
        if called.lasting {
            match constant(call.args()) {
                true => self.facts.marks += 1,
                false => self.facts.lasting = true,
            }
        }
        if !called.aggregate && call.over().is_none() {
            return;
        }
        self.scope.aggregates += 1;
        if !COUNTING.contains(&name) || called.schema.is_none() {
            self.facts.folds = true;
            return;
        }
        // of all rows, or of those of the row's own group
        let plain = absent(call.agg_filter())
            && call.args().iter().all(|one| matches!(one, Node::ColumnRef(_)) || reads_nothing(one))
            && call.over().is_none_or(is_empty);
        if plain && !self.scope.counted {
            self.scope.counted = true;
        } else {
            self.facts.numbers += 1;
        }
    }

    /// Notes rows that a query locks and does not show: those that OFFSET skips, those of a subquery. Of one that stands
    /// alone LIMIT says how many. `first` is its first column reference.
    pub(super) fn note_locks(&mut self, select: &'a nodes::SelectStmt, first: usize) {
        if select.locking_clause().is_empty() {
            return;
        }
        self.facts.locks = true;
        let skips = !absent(select.limit_offset());
        if self.depth() <= 1 && !skips {
            return;
        }
        match limit_of(select).filter(|_| !skips && self.stands_alone(first)) {
            Some(rows) => {
                self.facts.literal = true;
                self.facts.marks = self.facts.marks.saturating_add(rows);
            }
            None => self.facts.lasting = true,
        }
    }

    /// Whether every column that the current level speaks of since then is one of its own.
    fn stands_alone(&self, first: usize) -> bool {
        let Some(own) = self.scope.current else { return false };
        let is_own = |reference: &Reference<'a>| {
            let mut levels: Vec<usize> = self.scope.chain(reference.level).take_while(|level| *level != own).collect();
            levels.push(own);
            let mut entries = self.scope.entries.iter().filter(|entry| levels.contains(&entry.level));
            match (reference.qualifier, reference.name) {
                (Some(qualifier), _) => entries.any(|entry| entry.name == qualifier),
                (None, Some(name)) => entries.any(|entry| entry.names.known.contains(&name)),
                (None, None) => true,
            }
        };
        self.scope.references.iter().skip(first).all(is_own)
    }

    /// Whether rows are written inside of WITH, and the statement's own rows do not say how many.
    pub(super) fn writes_out_of_sight(&self, statement: Node<'a>) -> bool {
        let shown = match (self.scope.written.as_slice(), statement) {
            ([], _) => true,
            ([one], Node::SelectStmt(select)) => self.shows_all(select, one),
            ([one], Node::InsertStmt(insert)) => {
                insert.on_conflict_clause().is_none()
                    && matches!(insert.select_stmt(), Node::SelectStmt(select) if self.shows_all(select, one))
            }
            _ => false,
        };
        !shown
    }

    /// Whether a query gives each row of a WITH query once.
    fn shows_all(&self, select: &nodes::SelectStmt, name: &str) -> bool {
        let from = match (select.from_clause().first(), select.from_clause().len()) {
            (Some(Node::RangeVar(range)), 1) => range.schemaname().is_none() && range.relname() == Some(name),
            _ => false,
        };
        from && absent(select.where_clause())
            && absent(select.having_clause())
            && absent(select.limit_count())
            && absent(select.limit_offset())
            && select.group_clause().is_empty()
            && select.distinct_clause().is_empty()
            && self.scope.aggregates == 0
    }

    /// Notes a column that is written: where its true values are not read, the write tells something of them.
    pub(super) fn note_written(&mut self, target: &Target<'a>, position: usize) {
        let Some(right) = target.column(position).filter(|right| right.right < Right::Clear) else { return };
        let id = ColumnId { relation: target.named.relation.oid, number: right.number };
        self.facts.unseen |= right.category.is_some();
        self.facts.tries |= right.category.is_some() && (right.matching || self.in_a_table(id, is_compared));
    }

    /// Notes an assignment over the value that is there: whether that is the same value can be felt. `value`: where it is
    /// no part of something else's.
    pub(super) fn note_replaced(&mut self, target: &Target<'a>, item: &'a nodes::ResTarget, value: Option<Node<'a>>) {
        let columns = target.columns.unwrap_or_default();
        let own = columns.iter().find(|column| Some(&*column.name) == item.name());
        let Some(right) = own.filter(|right| right.right < Right::Clear && right.category.is_some()) else { return };
        let id = ColumnId { relation: target.named.relation.oid, number: right.number };
        self.facts.tries |= self.in_a_table(id, is_felt);
        self.facts.attempts = self.facts.attempts.max(value.map_or(1, guesses));
        self.facts.computes |= !value.is_some_and(reads_nothing);
    }

    /// Whether it is so of a column, seen through views.
    fn in_a_table(&self, mut id: ColumnId, is_so: fn(&Relation, i16) -> bool) -> bool {
        for _ in 0..40 {
            let Some(relation) = self.context.snapshot.relation(id.relation) else { return true };
            if is_so(relation, id.number) {
                return true;
            }
            let position = relation.columns.iter().position(|column| column.number == id.number);
            let Some(Lineage::Known { outputs, .. }) = &relation.lineage else { return false };
            match position.and_then(|position| outputs.get(position)) {
                Some(Origin::Column(source)) => id = *source,
                _ => return true,
            }
        }
        true
    }
}

/// Whether a constraint compares the values of a column.
fn is_compared(relation: &Relation, number: i16) -> bool {
    relation.compared.iter().any(|compared| [0, number].contains(compared))
}

/// Whether an update shows that it changes a column.
fn is_felt(relation: &Relation, number: i16) -> bool {
    relation.felt.iter().any(|felt| [0, number].contains(felt))
}

/// How many values an expression can come to that is made of what the statement spells out.
pub(super) fn guesses(value: Node<'_>) -> u64 {
    guesses_at(value, 0)
}

fn guesses_at(mut value: Node<'_>, depth: usize) -> u64 {
    if depth > 40 {
        return u64::MAX;
    }
    let one = |node| guesses_at(node, depth + 1);
    let mut found: u64 = 1;
    loop {
        value = match value {
            Node::TypeCast(it) => it.arg(),
            Node::CollateClause(it) => it.arg(),
            Node::CaseWhen(it) => it.result(),
            Node::A_Expr(it) => {
                found = found.saturating_mul(one(it.rexpr()));
                it.lexpr()
            }
            Node::CaseExpr(it) => {
                let arms = it.args().iter().chain([it.defresult()]).filter(|arm| !absent(*arm));
                return found.saturating_mul(arms.map(one).fold(0, u64::saturating_add));
            }
            Node::CoalesceExpr(it) => {
                return found.saturating_mul(it.args().iter().map(one).fold(0, u64::saturating_add));
            }
            Node::FuncCall(it) => return it.args().iter().map(one).fold(found, u64::saturating_mul),
            _ => return found,
        }
    }
}

/// OVER ().
fn is_empty(window: &nodes::WindowDef) -> bool {
    window.name().is_none()
        && window.refname().is_none()
        && window.partition_clause().is_empty()
        && window.order_clause().is_empty()
        && absent(window.start_offset())
        && absent(window.end_offset())
}
