//! Statement classes: the allow-list. What is not named here is refused.

use crate::grammar::tags::TransactionStmtKind;
use crate::grammar::{Node, nodes};
use crate::model::facts::{SessionEffect, StatementClass};
use crate::model::ids::Oid;

use super::refuse::{Step, not_allowed, not_understood, secret_plan};
use super::walk::Walk;

/// Options of EXPLAIN.
const EXPLAIN_OPTIONS: [&str; 12] = [
    "analyze",
    "verbose",
    "costs",
    "settings",
    "generic_plan",
    "buffers",
    "serialize",
    "wal",
    "timing",
    "summary",
    "memory",
    "format",
];

/// Whether an option of EXPLAIN is on (`defGetBoolean`); what is not understood counts as on.
fn is_on(option: &nodes::DefElem) -> bool {
    match option.arg() {
        Node::String(text) => {
            !text.sval().is_some_and(|text| ["off", "false"].iter().any(|off| text.eq_ignore_ascii_case(off)))
        }
        Node::Integer(number) => number.ival != 0,
        Node::Boolean(value) => value.boolval,
        _ => true,
    }
}

/// `parsenodes.h`.
const CURSOR_OPT_HOLD: i32 = 0x0020;

impl<'a> Walk<'a> {
    /// One statement of the query string; `first` is the index of its first token.
    pub(super) fn statement(&mut self, node: Node<'a>, first: usize) -> Step {
        match node {
            Node::DropStmt(drop) => self.drop(drop, first),
            other => self.preparable(other).unwrap_or_else(|| self.utility(other)),
        }
    }

    /// What PREPARE, EXPLAIN and DECLARE take. `None`: something else.
    fn preparable(&mut self, node: Node<'a>) -> Option<Step> {
        self.facts.class = match node {
            Node::SelectStmt(select) if select.into_clause().is_some() => return Some(self.select_into(select)),
            Node::SelectStmt(_) => StatementClass::Read,
            Node::InsertStmt(_) | Node::UpdateStmt(_) | Node::DeleteStmt(_) | Node::MergeStmt(_) => {
                StatementClass::Write
            }
            _ => return None,
        };
        Some(self.query(node).map(drop))
    }

    fn utility(&mut self, node: Node<'a>) -> Step {
        match node {
            Node::CopyStmt(copy) => self.copy(copy),
            Node::TransactionStmt(transaction) => self.transaction(transaction),
            Node::VariableSetStmt(set) => self.set(set),
            Node::VariableShowStmt(show) => self.show(show),
            Node::DiscardStmt(discard) => self.discard(discard),
            Node::DeclareCursorStmt(declare) => self.declare(declare),
            Node::FetchStmt(fetch) => self.fetch(fetch.portalname()),
            Node::ClosePortalStmt(close) => {
                self.effect(SessionEffect::Close(close.portalname().map(Into::into)));
                self.class(StatementClass::Cursor)
            }
            Node::PrepareStmt(prepare) => self.prepare(prepare),
            Node::ExecuteStmt(execute) => {
                self.facts.class = StatementClass::Prepared;
                self.execute(execute)
            }
            Node::DeallocateStmt(deallocate) => {
                self.effect(SessionEffect::Deallocate(deallocate.name().map(Into::into)));
                self.class(StatementClass::Prepared)
            }
            Node::ExplainStmt(explain) => self.explain(explain),
            Node::ListenStmt(_) | Node::UnlistenStmt(_) | Node::NotifyStmt(_) | Node::ConstraintsSetStmt(_) => {
                self.class(StatementClass::Other)
            }
            Node::LockStmt(lock) => self.lock(lock),
            Node::CreateStmt(create) => self.create_table(create),
            Node::CreateTableAsStmt(create) => self.create_table_as(create),
            Node::AlterTableStmt(alter) => self.alter_table(alter),
            Node::RenameStmt(rename) => self.rename(rename),
            Node::IndexStmt(index) => self.create_index(index),
            Node::TruncateStmt(truncate) => self.truncate(truncate),
            Node::VacuumStmt(vacuum) => self.analyze(vacuum),
            _ => Err(not_allowed("this kind of statement")),
        }
    }

    fn class(&mut self, class: StatementClass) -> Step {
        self.facts.class = class;
        Ok(())
    }

    fn transaction(&mut self, transaction: &'a nodes::TransactionStmt) -> Step {
        use TransactionStmtKind as Kind;
        match transaction.kind {
            Kind::TRANS_STMT_BEGIN | Kind::TRANS_STMT_START | Kind::TRANS_STMT_SAVEPOINT | Kind::TRANS_STMT_RELEASE => {
            }
            Kind::TRANS_STMT_COMMIT
            | Kind::TRANS_STMT_ROLLBACK
            | Kind::TRANS_STMT_ROLLBACK_TO
            | Kind::TRANS_STMT_PREPARE
            | Kind::TRANS_STMT_COMMIT_PREPARED
            | Kind::TRANS_STMT_ROLLBACK_PREPARED => self.effect(SessionEffect::TransactionEnd),
            _ => return Err(not_understood("this transaction statement", transaction.location)),
        }
        self.class(StatementClass::Transaction)
    }

    fn declare(&mut self, declare: &'a nodes::DeclareCursorStmt) -> Step {
        let name = declare.portalname().ok_or_else(|| not_understood("a cursor without a name", -1))?;
        match declare.query() {
            Node::SelectStmt(_) => self.query(declare.query())?,
            _ => return Err(not_understood("this DECLARE", -1)),
        };
        self.effect(SessionEffect::Declare(name.into()));
        if declare.options & CURSOR_OPT_HOLD != 0 {
            self.effect(SessionEffect::Hold);
        }
        self.class(StatementClass::Cursor)
    }

    fn fetch(&mut self, name: Option<&str>) -> Step {
        let name = name.ok_or_else(|| not_understood("a cursor without a name", -1))?;
        self.effect(SessionEffect::Fetch(name.into()));
        self.class(StatementClass::Cursor)
    }

    fn prepare(&mut self, prepare: &'a nodes::PrepareStmt) -> Step {
        let name = prepare.name().ok_or_else(|| not_understood("a prepared statement without a name", -1))?;
        for ty in prepare.argtypes() {
            self.scope.declared_parameters = true;
            self.scope.odd_parameters |= super::leaks::is_odd(ty);
            self.type_name(Some(ty))?;
        }
        match self.preparable(prepare.query()) {
            Some(step) if self.facts.class != StatementClass::TempTable => step?,
            _ => return Err(not_understood("this PREPARE", -1)),
        }
        self.effect(SessionEffect::Prepare(name.into()));
        self.class(StatementClass::Prepared)
    }

    pub(super) fn execute(&mut self, execute: &'a nodes::ExecuteStmt) -> Step {
        let name = execute.name().ok_or_else(|| not_understood("a prepared statement without a name", -1))?;
        // what could not be pinned in the statement is looked up again under the path of then
        self.names_are_known(-1)?;
        self.expressions(execute.params())?;
        self.facts.arguments = execute.params().iter().map(super::matching::values_of).collect();
        if self.facts.effects.contains(&SessionEffect::SearchPath) {
            return Err(not_understood("EXECUTE with a parameter that changes search_path", -1));
        }
        self.effect(SessionEffect::Execute(name.into()));
        Ok(())
    }

    fn explain(&mut self, explain: &'a nodes::ExplainStmt) -> Step {
        for option in explain.options() {
            if !option.defname().is_some_and(|name| EXPLAIN_OPTIONS.contains(&name)) {
                return Err(not_understood("this option of EXPLAIN", option.location));
            }
        }
        self.facts.analyzes = explain.options().iter().any(|one| one.defname() == Some("analyze") && is_on(one));
        match explain.query() {
            // What was prepared is not looked at again: it may be any of this principal's columns.
            Node::ExecuteStmt(_) if self.context.rights.has_secrets() => return Err(secret_plan()),
            Node::ExecuteStmt(execute) => self.execute(execute)?,
            Node::DeclareCursorStmt(declare) => self.declare(declare)?,
            Node::CreateTableAsStmt(create) => self.create_table_as(create)?,
            other => match self.preparable(other) {
                Some(step) => step?,
                None => return Err(not_allowed("EXPLAIN of this kind of statement")),
            },
        }
        if self.uses_made {
            // whether its numbers may be shown is decided by the relation
            return Err(not_understood("EXPLAIN over a table that the same query string makes", -1)
                .hint("Send the statements one by one."));
        }
        let writes = self.facts.writes || self.facts.class == StatementClass::TempTable;
        self.facts.lasting |= self.facts.analyzes && writes;
        self.class(StatementClass::Explain)
    }

    /// Over a relation that is not all there, a plan shows no number: estimates of rows and widths come from statistics
    /// of true values; what is counted when it runs (rows, cache hits, memory, blocks, bytes of WAL, calls of triggers)
    /// is counted below the masks.
    pub(super) fn without_numbers(&mut self, explain: &'a nodes::ExplainStmt, first: usize) -> Step {
        // what a prepared statement reads is not looked at again
        let prepared = self.facts.effects.iter().any(|effect| matches!(effect, SessionEffect::Execute(_)));
        let (snapshot, rights) = (self.context.snapshot, self.context.rights);
        let blurred = |oid: &Oid| snapshot.relation(*oid).is_none_or(|relation| rights.blurs(relation));
        if !prepared && !self.facts.relations.iter().any(blurred) {
            return Ok(());
        }
        if self.facts.analyzes {
            return Err(not_allowed("EXPLAIN ANALYZE of a table that is masked or filtered")
                .hint("Write EXPLAIN without ANALYZE, or run the statement itself."));
        }
        let lost = || not_understood("the options of this EXPLAIN", -1);
        let end = |walk: &Self, index: usize| walk.tokens.get(index).map(|token| token.end()).ok_or_else(lost);
        let keyword = end(self, first)?;
        if !self.tokens.is(first, "explain") {
            return Err(lost());
        }
        let words =
            (first + 1..).take_while(|&at| ["analyze", "analyse", "verbose"].iter().any(|w| self.tokens.is(at, w)));
        let count = words.count();
        match (explain.options().is_empty(), count) {
            (true, _) => self.edits.insert(keyword, " (COSTS OFF)".into()),
            (false, 0) => {
                let close =
                    (first + 1..self.tokens.list().len()).find(|&at| self.tokens.is(at, ")")).ok_or_else(lost)?;
                let place = self.tokens.get(close).ok_or_else(lost)?.start();
                self.edits.insert(place, ", COSTS OFF".into());
            }
            (false, count) => {
                self.edits.insert(keyword, " (".into());
                for at in first + 1..first + count {
                    let place = end(self, at)?;
                    self.edits.insert(place, ",".into());
                }
                let place = end(self, first + count)?;
                self.edits.insert(place, ", COSTS OFF)".into());
            }
        }
        Ok(())
    }

    fn lock(&mut self, lock: &'a nodes::LockStmt) -> Step {
        for relation in lock.relations() {
            let Node::RangeVar(range) = relation else { return Err(not_understood("this LOCK", -1)) };
            let named = self.named(range)?;
            self.pin(&named);
        }
        self.class(StatementClass::Other)
    }
}
