//! The statements that may be sent at all, each with what is allowed in it.

use crate::grammar::tags::{ConstrType, DiscardMode, ObjectType, TransactionStmtKind, VariableSetKind};
use crate::grammar::{Node, nodes};
use crate::model::facts::{Facts, StatementClass};

use super::expressions::string;
use super::names::Use;
use super::walk::{Walk, strings};
use super::{Contradiction, Step, lists};

/// Checks one statement against its plan.
pub(super) fn check<'a>(walk: &mut Walk<'a>, statement: &'a nodes::RawStmt, facts: &Facts) -> Step {
    let at = |what: &str| Contradiction::at(statement.stmt_location, what);
    walk.begin();
    let node = statement.stmt();
    if !class(node).contains(&facts.class) {
        return Err(at("a statement is not of the class that was planned"));
    }
    walk.statement(node)?;
    walk.drain()?;
    walk.fields_are_columns()?;
    if walk.substituted != facts.substituted {
        return Err(at("a statement has another number of substitutions than planned"));
    }
    if let Some(other) = walk.relations.iter().find(|oid| !facts.relations.contains(oid)) {
        return Err(at(&format!("a statement names relation {other}, which was not planned")));
    }
    if walk.stores && walk.substituted > 0 {
        return Err(at("masked values may reach a permanent table"));
    }
    Ok(())
}

/// The classes that a statement may be planned as; none: it may not be sent.
fn class(node: Node<'_>) -> &'static [StatementClass] {
    match node {
        Node::SelectStmt(_) => &[StatementClass::Read, StatementClass::Write, StatementClass::TempTable],
        Node::InsertStmt(_) | Node::UpdateStmt(_) | Node::DeleteStmt(_) | Node::MergeStmt(_) => {
            &[StatementClass::Write]
        }
        Node::CopyStmt(copy) if copy.is_from => &[StatementClass::CopyIn],
        Node::CopyStmt(_) => &[StatementClass::CopyOut],
        Node::ExplainStmt(_) => &[StatementClass::Explain],
        Node::DeclareCursorStmt(_) | Node::FetchStmt(_) | Node::ClosePortalStmt(_) => &[StatementClass::Cursor],
        Node::PrepareStmt(_) | Node::ExecuteStmt(_) | Node::DeallocateStmt(_) => &[StatementClass::Prepared],
        Node::TransactionStmt(_) | Node::ConstraintsSetStmt(_) => {
            &[StatementClass::Transaction, StatementClass::Setting, StatementClass::Other]
        }
        Node::VariableSetStmt(_) | Node::VariableShowStmt(_) | Node::DiscardStmt(_) => &[StatementClass::Setting],
        Node::CreateStmt(_)
        | Node::CreateTableAsStmt(_)
        | Node::IndexStmt(_)
        | Node::DropStmt(_)
        | Node::TruncateStmt(_)
        | Node::VacuumStmt(_) => &[StatementClass::TempTable, StatementClass::Write],
        Node::ListenStmt(_) | Node::UnlistenStmt(_) | Node::NotifyStmt(_) | Node::LockStmt(_) => {
            &[StatementClass::Other]
        }
        _ => &[],
    }
}

impl<'a> Walk<'a> {
    fn statement(&mut self, node: Node<'a>) -> Step {
        match node {
            Node::SelectStmt(_)
            | Node::InsertStmt(_)
            | Node::UpdateStmt(_)
            | Node::DeleteStmt(_)
            | Node::MergeStmt(_) => {
                self.push(node, None);
                Ok(())
            }
            Node::CopyStmt(it) => self.copy(it),
            Node::ExplainStmt(it) => self.explain(it),
            Node::DeclareCursorStmt(it) => self.query(it.query()),
            Node::PrepareStmt(it) => self.prepare(it),
            Node::ExecuteStmt(it) => {
                self.push_all(it.params(), None);
                Ok(())
            }
            Node::TransactionStmt(it) => transaction(it),
            Node::VariableSetStmt(it) => set(it),
            Node::VariableShowStmt(it) => show(it),
            Node::DiscardStmt(it) => discard(it),
            Node::CreateStmt(it) => self.create(it),
            Node::CreateTableAsStmt(it) => self.create_as(it),
            Node::IndexStmt(it) => self.index(it),
            Node::DropStmt(it) => self.drop(it),
            Node::TruncateStmt(it) => it.relations().iter().try_for_each(|range| self.named_range(range)),
            Node::LockStmt(it) => it.relations().iter().try_for_each(|range| match range {
                Node::RangeVar(range) => self.pinned(range),
                _ => Err(Contradiction::at(-1, "a relation's name is not understood")),
            }),
            Node::VacuumStmt(it) => self.analyze(it),
            Node::FetchStmt(_)
            | Node::ClosePortalStmt(_)
            | Node::DeallocateStmt(_)
            | Node::ConstraintsSetStmt(_)
            | Node::ListenStmt(_)
            | Node::UnlistenStmt(_)
            | Node::NotifyStmt(_) => Ok(()),
            _ => Err(Contradiction::at(-1, "a statement of this kind may not be sent")),
        }
    }

    /// A statement that another one runs: a query or a data-modifying statement.
    fn query(&mut self, node: Node<'a>) -> Step {
        match node {
            Node::SelectStmt(_)
            | Node::InsertStmt(_)
            | Node::UpdateStmt(_)
            | Node::DeleteStmt(_)
            | Node::MergeStmt(_) => {
                self.push(node, None);
                Ok(())
            }
            _ => Err(Contradiction::at(-1, "a statement inside of another is not understood")),
        }
    }

    fn named_range(&mut self, node: Node<'a>) -> Step {
        match node {
            Node::RangeVar(range) => self.relation(range, Use::Empty),
            _ => Err(Contradiction::at(-1, "a relation's name is not understood")),
        }
    }

    fn copy(&mut self, it: &'a nodes::CopyStmt) -> Step {
        if it.is_program || it.filename().is_some() {
            return Err(Contradiction::at(-1, "COPY with a file or a program"));
        }
        match (it.relation(), it.query()) {
            (Some(range), Node::None) => {
                self.relation(range, if it.is_from { Use::Store } else { Use::Read })?;
                self.push(it.where_clause(), None);
                Ok(())
            }
            (None, query) if !it.is_from => self.query(query),
            _ => Err(Contradiction::at(-1, "COPY is not understood")),
        }
    }

    fn explain(&mut self, it: &'a nodes::ExplainStmt) -> Step {
        match it.query() {
            Node::CreateTableAsStmt(create) => self.create_as(create),
            Node::DeclareCursorStmt(declare) => self.query(declare.query()),
            Node::ExecuteStmt(execute) => {
                self.push_all(execute.params(), None);
                Ok(())
            }
            other => self.query(other),
        }
    }

    fn prepare(&mut self, it: &'a nodes::PrepareStmt) -> Step {
        for ty in it.argtypes().iter() {
            self.type_name(Some(ty), false)?;
        }
        self.query(it.query())
    }

    fn create_as(&mut self, it: &'a nodes::CreateTableAsStmt) -> Step {
        let into = it.into().filter(|_| it.objtype == ObjectType::OBJECT_TABLE);
        self.into(into.ok_or_else(|| Contradiction::at(-1, "CREATE … AS of something that is not a table"))?)?;
        match it.query() {
            Node::ExecuteStmt(execute) => {
                self.push_all(execute.params(), None);
                Ok(())
            }
            query => self.query(query),
        }
    }

    fn create(&mut self, it: &'a nodes::CreateStmt) -> Step {
        let at = |what: &str| Contradiction::at(it.relation().map_or(-1, |range| range.location), what);
        if !it.relation().is_some_and(|range| self.is_temporary(range)) {
            return Err(at("CREATE TABLE of a permanent table"));
        }
        if !it.inh_relations().is_empty()
            || it.partbound().is_some()
            || it.partspec().is_some()
            || it.of_typename().is_some()
            || it.access_method().is_some()
            || it.tablespacename().is_some()
        {
            return Err(at("CREATE TABLE in a form that is not understood"));
        }
        for element in it.table_elts() {
            match element {
                Node::ColumnDef(column) => self.column_definition(column)?,
                Node::Constraint(constraint) => self.constraint(constraint)?,
                Node::TableLikeClause(like) => {
                    let range = like.relation().ok_or_else(|| at("LIKE without a relation"))?;
                    self.pinned(range)?;
                }
                _ => return Err(at("an element of CREATE TABLE is not understood")),
            }
        }
        it.constraints().iter().try_for_each(|constraint| self.constraint(constraint))
    }

    /// LOCK TABLE and LIKE, which take names and types and never rows: the relation needs only to be pinned.
    fn pinned(&mut self, range: &'a nodes::RangeVar) -> Step {
        let schema = range.schemaname().ok_or_else(|| Contradiction::at(range.location, "a relation is not pinned"))?;
        if self.subject.is_temp(schema) {
            return Ok(());
        }
        let found = self.subject.snapshot.relation_named(schema, range.relname().unwrap_or_default());
        let relation = found.ok_or_else(|| Contradiction::at(range.location, "a relation is not known"))?;
        self.named(relation);
        Ok(())
    }

    fn column_definition(&mut self, column: &'a nodes::ColumnDef) -> Step {
        if column.identity_sequence().is_some() || !column.fdwoptions().is_empty() {
            return Err(Contradiction::at(column.location, "a column definition is not understood"));
        }
        self.push(column.raw_default(), None);
        if let Some(collation) = column.coll_clause() {
            self.subject.collation(collation.collname(), collation.location)?;
        }
        for constraint in column.constraints() {
            let Node::Constraint(constraint) = constraint else {
                return Err(Contradiction::at(column.location, "a column constraint is not understood"));
            };
            self.constraint(constraint)?;
        }
        self.type_name(column.type_name(), true)
    }

    fn constraint(&mut self, it: &'a nodes::Constraint) -> Step {
        match it.contype {
            ConstrType::CONSTR_NULL
            | ConstrType::CONSTR_NOTNULL
            | ConstrType::CONSTR_DEFAULT
            | ConstrType::CONSTR_IDENTITY
            | ConstrType::CONSTR_GENERATED
            | ConstrType::CONSTR_CHECK
            | ConstrType::CONSTR_PRIMARY
            | ConstrType::CONSTR_UNIQUE
            | ConstrType::CONSTR_ATTR_DEFERRABLE
            | ConstrType::CONSTR_ATTR_NOT_DEFERRABLE
            | ConstrType::CONSTR_ATTR_DEFERRED
            | ConstrType::CONSTR_ATTR_IMMEDIATE => {
                self.push(it.raw_expr(), None);
                Ok(())
            }
            _ => Err(Contradiction::at(it.location, "a constraint is not understood")),
        }
    }

    fn index(&mut self, it: &'a nodes::IndexStmt) -> Step {
        let range = it.relation().filter(|range| range.schemaname().is_some_and(|schema| self.subject.is_temp(schema)));
        if range.is_none() {
            return Err(Contradiction::at(-1, "CREATE INDEX on a permanent table"));
        }
        if !it.access_method().is_none_or(lists::access_method) || it.table_space().is_some() {
            return Err(Contradiction::at(-1, "CREATE INDEX in a form that is not understood"));
        }
        for element in it.index_params().iter() {
            self.index_element(element, None)?;
        }
        for element in it.index_including_params() {
            let Node::IndexElem(element) = element else {
                return Err(Contradiction::at(-1, "an INCLUDE column is not understood"));
            };
            self.index_element(element, None)?;
        }
        self.push(it.where_clause(), None);
        Ok(())
    }

    /// ANALYZE of temp tables.
    fn analyze(&self, it: &'a nodes::VacuumStmt) -> Step {
        let of_temp = |one: &nodes::VacuumRelation| {
            one.relation().and_then(nodes::RangeVar::schemaname).is_some_and(|schema| self.subject.is_temp(schema))
        };
        if !it.is_vacuumcmd && !it.rels().is_empty() && it.rels().iter().all(of_temp) {
            return Ok(());
        }
        Err(Contradiction::at(-1, "VACUUM, or ANALYZE of a permanent table"))
    }

    fn drop(&mut self, it: &'a nodes::DropStmt) -> Step {
        let of_temp = |object: Node<'_>| match object {
            Node::NodeList(name) => {
                matches!(strings(name).as_deref(), Some([schema, _]) if self.subject.is_temp(schema))
            }
            _ => false,
        };
        let kind = matches!(it.remove_type, ObjectType::OBJECT_TABLE | ObjectType::OBJECT_INDEX);
        if kind && it.objects().iter().all(of_temp) {
            return Ok(());
        }
        Err(Contradiction::at(-1, "DROP of something permanent"))
    }
}

/// The kinds that there are.
fn transaction(it: &nodes::TransactionStmt) -> Step {
    match it.kind {
        TransactionStmtKind::TRANS_STMT_BEGIN
        | TransactionStmtKind::TRANS_STMT_START
        | TransactionStmtKind::TRANS_STMT_COMMIT
        | TransactionStmtKind::TRANS_STMT_ROLLBACK
        | TransactionStmtKind::TRANS_STMT_SAVEPOINT
        | TransactionStmtKind::TRANS_STMT_RELEASE
        | TransactionStmtKind::TRANS_STMT_ROLLBACK_TO
        | TransactionStmtKind::TRANS_STMT_PREPARE
        | TransactionStmtKind::TRANS_STMT_COMMIT_PREPARED
        | TransactionStmtKind::TRANS_STMT_ROLLBACK_PREPARED => Ok(()),
        _ => Err(Contradiction::at(-1, "a transaction statement of this kind may not be sent")),
    }
}

fn set(it: &nodes::VariableSetStmt) -> Step {
    let name = it.name().unwrap_or_default();
    let at = |what: String| Contradiction::at(it.location, what);
    match it.kind {
        VariableSetKind::VAR_RESET_ALL => Ok(()),
        VariableSetKind::VAR_SET_MULTI if matches!(name, "TRANSACTION" | "SESSION CHARACTERISTICS") => Ok(()),
        VariableSetKind::VAR_SET_DEFAULT | VariableSetKind::VAR_RESET if lists::setting(name) => Ok(()),
        VariableSetKind::VAR_SET_VALUE if lists::setting(name) => {
            let mut values = it.args().iter();
            let first = values.next().and_then(string);
            let only = first.filter(|_| values.next().is_none());
            if !lists::setting_value(name, Some(only.unwrap_or_default())) {
                return Err(at(format!("this value of {name} may not be set")));
            }
            it.args().iter().try_for_each(|value| match value {
                Node::A_Const(_) => Ok(()),
                Node::TypeCast(cast) if matches!(cast.arg(), Node::A_Const(_)) => Ok(()),
                _ => Err(at(format!("a value of {name} is not a constant"))),
            })
        }
        _ => Err(at(format!("setting {name} may not change"))),
    }
}

fn show(it: &nodes::VariableShowStmt) -> Step {
    let name = it.name().unwrap_or_default();
    if lists::shown(name) { Ok(()) } else { Err(Contradiction::at(-1, format!("setting {name} may not be shown"))) }
}

fn discard(it: &nodes::DiscardStmt) -> Step {
    match it.target {
        DiscardMode::DISCARD_ALL
        | DiscardMode::DISCARD_PLANS
        | DiscardMode::DISCARD_SEQUENCES
        | DiscardMode::DISCARD_TEMP => Ok(()),
        _ => Err(Contradiction::at(-1, "DISCARD is not understood")),
    }
}
