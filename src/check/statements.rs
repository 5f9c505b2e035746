//! The statements that may be sent at all, each with what is allowed in it.

use std::sync::Arc;

use crate::grammar::tags::{ConstrType, DiscardMode, ObjectType, TransactionStmtKind, VariableSetKind};
use crate::grammar::{CastNodeList, Node, NodeList, nodes};
use crate::model::facts::{Facts, SessionEffect, StatementClass};
use crate::model::ids::Oid;
use crate::model::principal::NamedBy;
use crate::model::tables::{Map, Set};

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
    walk.sinks = walk.sinks_of(node);
    walk.plans_masks = facts.masked_outputs > 0;
    walk.statement(node)?;
    walk.drain()?;
    walk.fields_are_columns()?;
    walk.reads_are_masked()?;
    walk.keep_casts(&facts.casts);
    walk.filters_come_first()?;
    walk.nothing_tells_partitions()?;
    walk.nobody_tells_who_locked()?;
    walk.numbers_tell_nothing()?;
    walk.nothing_left_out_is_used()?;
    if walk.marks_rows && walk.relations.iter().any(|oid| walk.subject.rights.is_apart(*oid)) {
        return Err(at("rows are locked or written beside a view that the server computes as a whole"));
    }
    as_planned(walk, facts, statement.stmt_location)?;
    if walk.effects.iter().any(|effect| comes_late(effect, facts.class)) {
        return Err(at("a setting that names depend on changes later than its statement is sent"));
    }
    if let Node::ExplainStmt(explain) = node {
        shows_no_number(walk, explain)?;
    }
    walk.end();
    Ok(())
}

/// Whether such a change happens when somebody fetches, inserts or executes, of which nobody is told.
fn comes_late(effect: &SessionEffect, class: StatementClass) -> bool {
    match effect {
        SessionEffect::SearchPath => !matches!(class, StatementClass::Read | StatementClass::Setting),
        SessionEffect::EndUser => class == StatementClass::TempTable,
        _ => false,
    }
}

fn as_planned(walk: &Walk<'_>, facts: &Facts, location: i32) -> Step {
    let at = |what: &str| Contradiction::at(location, what);
    if walk.substituted != facts.substituted {
        return Err(at("a statement has another number of substitutions than planned"));
    }
    // others may be the client's own
    if walk.masked_outputs < facts.masked_outputs {
        return Err(at("a statement has fewer masks among its outputs than planned"));
    }
    let planned: Set<Oid> = facts.relations.iter().copied().collect();
    if let Some(other) = walk.relations.iter().find(|oid| !planned.contains(oid)) {
        return Err(at(&format!("a statement names relation {other}, which was not planned")));
    }
    if let Some(effect) = walk.effects.iter().find(|effect| !facts.effects.contains(effect)) {
        return Err(at(&format!("a statement has an effect on its session that was not planned: {effect:?}")));
    }
    Ok(())
}

/// The classes that a statement may be planned as; none: it may not be sent.
fn class(node: Node<'_>) -> &'static [StatementClass] {
    match node {
        Node::SelectStmt(select) if select.into_clause().is_some() => &[StatementClass::TempTable],
        Node::SelectStmt(_) => &[StatementClass::Read],
        Node::InsertStmt(_) | Node::UpdateStmt(_) | Node::DeleteStmt(_) | Node::MergeStmt(_) => {
            &[StatementClass::Write]
        }
        Node::CopyStmt(copy) if copy.is_from => &[StatementClass::CopyIn],
        Node::CopyStmt(_) => &[StatementClass::CopyOut],
        Node::ExplainStmt(_) => &[StatementClass::Explain],
        Node::DeclareCursorStmt(_) | Node::FetchStmt(_) | Node::ClosePortalStmt(_) => &[StatementClass::Cursor],
        Node::PrepareStmt(_) | Node::ExecuteStmt(_) | Node::DeallocateStmt(_) => &[StatementClass::Prepared],
        Node::TransactionStmt(_) => &[StatementClass::Transaction],
        Node::VariableSetStmt(_) | Node::VariableShowStmt(_) | Node::DiscardStmt(_) => &[StatementClass::Setting],
        Node::CreateStmt(_)
        | Node::CreateTableAsStmt(_)
        | Node::AlterTableStmt(_)
        | Node::RenameStmt(_)
        | Node::IndexStmt(_)
        | Node::DropStmt(_)
        | Node::TruncateStmt(_)
        | Node::VacuumStmt(_) => &[StatementClass::TempTable],
        Node::ListenStmt(_)
        | Node::UnlistenStmt(_)
        | Node::NotifyStmt(_)
        | Node::ConstraintsSetStmt(_)
        | Node::LockStmt(_) => &[StatementClass::Other],
        _ => &[],
    }
}

/// Numbers in a plan, estimated or counted, come from true values and from rows that a filter leaves out: EXPLAIN over a
/// relation that hides something, or of what is not known, has none.
fn shows_no_number(walk: &Walk<'_>, explain: &nodes::ExplainStmt) -> Step {
    let prepared = walk.effects.iter().any(|effect| matches!(effect, SessionEffect::Execute(_)));
    let (snapshot, rights) = (walk.subject.snapshot, walk.subject.rights);
    let told = |oid: &Oid| snapshot.relation(*oid).is_some_and(|relation| !rights.blurs(relation));
    if !prepared && !walk.uses_made && walk.relations.iter().all(told) {
        return Ok(());
    }
    let off = |option: &nodes::DefElem| match option.arg() {
        Node::String(text) => matches!(text.sval().map(str::to_ascii_lowercase).as_deref(), Some("off" | "false")),
        Node::Integer(number) => number.ival == 0,
        Node::Boolean(value) => !value.boolval,
        _ => false,
    };
    let all = |name: &'static str| explain.options().iter().filter(move |one| one.defname() == Some(name));
    if all("analyze").all(off) && all("costs").next_back().is_some_and(off) {
        return Ok(());
    }
    Err(Contradiction::at(-1, "EXPLAIN shows numbers of what is hidden"))
}

impl<'a> Walk<'a> {
    fn statement(&mut self, node: Node<'a>) -> Step {
        match node {
            Node::SelectStmt(it) if it.into_clause().is_some() => self.select_into(it),
            Node::SelectStmt(_)
            | Node::InsertStmt(_)
            | Node::UpdateStmt(_)
            | Node::DeleteStmt(_)
            | Node::MergeStmt(_) => self.query(node),
            other => {
                // the words of these statements are not separated from their literals
                self.fix(0, self.subject.text.len());
                self.utility(other)
            }
        }
    }

    fn utility(&mut self, node: Node<'a>) -> Step {
        match node {
            Node::CopyStmt(it) => self.copy(it),
            Node::ExplainStmt(it) => self.explain(it),
            Node::DeclareCursorStmt(it) => self.declare(it),
            Node::FetchStmt(it) => self.named_effect(it.portalname(), SessionEffect::Fetch),
            Node::PrepareStmt(it) => self.prepare(it),
            Node::ExecuteStmt(it) => self.execute(it),
            Node::DeallocateStmt(it) => {
                self.effect(SessionEffect::Deallocate(it.name().map(Into::into)));
                Ok(())
            }
            Node::TransactionStmt(it) => self.transaction(it),
            Node::VariableSetStmt(it) => self.set(it),
            Node::VariableShowStmt(it) => self.show(it),
            Node::DiscardStmt(it) => self.discard(it),
            Node::CreateStmt(it) => self.create(it),
            Node::CreateTableAsStmt(it) => self.create_as(it),
            Node::AlterTableStmt(it) => self.alter(it),
            Node::RenameStmt(it) => self.rename(it),
            Node::IndexStmt(it) => self.index(it),
            Node::DropStmt(it) => self.drop(it),
            Node::TruncateStmt(it) => it.relations().iter().try_for_each(|range| self.truncated(range)),
            Node::LockStmt(it) => it.relations().iter().try_for_each(|range| self.locked(range)),
            Node::VacuumStmt(it) => self.analyze(it),
            Node::ClosePortalStmt(it) => {
                self.effect(SessionEffect::Close(it.portalname().map(Into::into)));
                Ok(())
            }
            Node::ConstraintsSetStmt(_) | Node::ListenStmt(_) | Node::UnlistenStmt(_) | Node::NotifyStmt(_) => Ok(()),
            _ => Err(Contradiction::at(-1, "a statement of this kind may not be sent")),
        }
    }

    fn named_effect(&mut self, name: Option<&str>, effect: fn(Arc<str>) -> SessionEffect) -> Step {
        let name = name.ok_or_else(|| Contradiction::at(-1, "a statement without its name"))?;
        self.effect(effect(name.into()));
        Ok(())
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

    /// A query that only reads, if it has no WITH query that writes.
    fn select_only(&mut self, node: Node<'a>) -> Step {
        match node {
            Node::SelectStmt(_) => self.query(node),
            _ => Err(Contradiction::at(-1, "a statement where only a SELECT may stand")),
        }
    }

    fn select_into(&mut self, it: &'a nodes::SelectStmt) -> Step {
        self.into(it.into_clause())?;
        self.into_allowed = true;
        self.query(Node::SelectStmt(it))
    }

    fn declare(&mut self, it: &'a nodes::DeclareCursorStmt) -> Step {
        self.named_effect(it.portalname(), SessionEffect::Declare)?;
        self.select_only(it.query())
    }

    fn execute(&mut self, it: &'a nodes::ExecuteStmt) -> Step {
        self.named_effect(it.name(), SessionEffect::Execute)?;
        self.push_all(it.params(), None);
        Ok(())
    }

    fn locked(&mut self, node: Node<'a>) -> Step {
        match node {
            Node::RangeVar(range) => self.relation(range, Use::Name),
            _ => Err(Contradiction::at(-1, "a relation's name is not understood")),
        }
    }

    /// TRUNCATE: of temp tables.
    fn truncated(&mut self, node: Node<'a>) -> Step {
        match node {
            Node::RangeVar(range) if range.schemaname().is_some_and(|schema| self.subject.is_temp(schema)) => {
                self.relation(range, Use::Empty)
            }
            _ => Err(Contradiction::at(-1, "TRUNCATE of a permanent table")),
        }
    }

    /// Options by name, with constants for values.
    fn options(&self, list: &'a CastNodeList<nodes::DefElem>, known: &[&str]) -> Step {
        for option in list {
            let listed = option.defnamespace().is_none() && option.defname().is_some_and(|name| known.contains(&name));
            let plain = match option.arg() {
                Node::NodeList(values) => values.iter().all(is_constant),
                value => is_constant(value),
            };
            if !listed || !plain {
                return Err(Contradiction::at(option.location, "an option is not understood"));
            }
        }
        Ok(())
    }

    fn copy(&mut self, it: &'a nodes::CopyStmt) -> Step {
        if it.is_program || it.filename().is_some() {
            return Err(Contradiction::at(-1, "COPY with a file or a program"));
        }
        self.options(it.options(), lists::COPY_OPTIONS)?;
        match (it.relation(), it.query()) {
            (Some(range), Node::None) => {
                if it.is_from {
                    return self.copy_from(it, range);
                }
                self.relation(range, Use::Read)
            }
            (None, query) if !it.is_from => self.select_only(query),
            _ => Err(Contradiction::at(-1, "COPY is not understood")),
        }
    }

    fn explain(&mut self, it: &'a nodes::ExplainStmt) -> Step {
        self.options(it.options(), lists::EXPLAIN_OPTIONS)?;
        let rights = self.subject.rights;
        let prepared = rights.has_secrets() && matches!(it.query(), Node::ExecuteStmt(_));
        if prepared || rights.shows_secret(self.subject.text) {
            return Err(Contradiction::at(-1, "EXPLAIN would print the key of a pseudonym"));
        }
        match it.query() {
            Node::CreateTableAsStmt(create) => self.create_as(create),
            Node::DeclareCursorStmt(declare) => self.declare(declare),
            Node::ExecuteStmt(execute) => self.execute(execute),
            Node::SelectStmt(select) if select.into_clause().is_some() => self.select_into(select),
            other => self.query(other),
        }
    }

    fn prepare(&mut self, it: &'a nodes::PrepareStmt) -> Step {
        self.named_effect(it.name(), SessionEffect::Prepare)?;
        for ty in it.argtypes().iter() {
            self.declares_parameters = true;
            self.uncommon_parameters |= !super::leaks::is_common(ty);
            self.type_name(Some(ty), false)?;
        }
        self.query(it.query())
    }

    fn create_as(&mut self, it: &'a nodes::CreateTableAsStmt) -> Step {
        let into = it.into().filter(|_| it.objtype == ObjectType::OBJECT_TABLE);
        self.into(into)?;
        match it.query() {
            Node::ExecuteStmt(execute) => self.execute(execute),
            query => self.select_only(query),
        }
    }

    fn create(&mut self, it: &'a nodes::CreateStmt) -> Step {
        let at = |what: &str| Contradiction::at(it.relation().map_or(-1, |range| range.location), what);
        if !it.relation().is_some_and(|range| self.is_temporary(range)) {
            return Err(at("CREATE TABLE of a permanent table"));
        }
        self.effect(SessionEffect::TempTables);
        self.made.extend(it.relation().and_then(|range| range.relname()));
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
                    self.relation(range, Use::Name)?;
                    self.copies_no_code(range, like.options)?;
                }
                _ => return Err(at("an element of CREATE TABLE is not understood")),
            }
        }
        it.constraints().iter().try_for_each(|constraint| self.constraint(constraint))
    }

    /// What is copied of another table's definition calls nothing of users' that is not allowed.
    fn copies_no_code(&self, range: &nodes::RangeVar, options: u32) -> Step {
        // INCLUDING COMMENTS, COMPRESSION, IDENTITY, STORAGE
        let calls = options & !(1 | 1 << 1 | 1 << 5 | 1 << 8) != 0;
        let (schema, name) = (range.schemaname().unwrap_or_default(), range.relname().unwrap_or_default());
        let relation = self.subject.snapshot.relation_named(schema, name).filter(|_| calls);
        match relation.is_some_and(|relation| relation.carried.iter().any(|oid| !self.subject.is_callable(*oid))) {
            true => Err(Contradiction::at(range.location, "a table is made like one that calls what is not allowed")),
            false => Ok(()),
        }
    }

    pub(super) fn column_definition(&mut self, column: &'a nodes::ColumnDef) -> Step {
        if column.identity_sequence().is_some()
            || !column.fdwoptions().is_empty()
            || !matches!(column.cooked_default(), Node::None)
        {
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

    pub(super) fn constraint(&mut self, it: &'a nodes::Constraint) -> Step {
        let plain = it.pktable().is_none()
            && it.indexname().is_none()
            && it.indexspace().is_none()
            && it.access_method().is_none()
            && it.exclusions().is_empty()
            && matches!(it.where_clause(), Node::None);
        if !plain {
            return Err(Contradiction::at(it.location, "a constraint is not understood"));
        }
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
        let range = range.ok_or_else(|| Contradiction::at(-1, "CREATE INDEX on a permanent table"))?;
        self.relation(range, Use::Empty)?;
        if !it.exclude_op_names().is_empty()
            || !it.access_method().is_none_or(lists::access_method)
            || it.table_space().is_some()
        {
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
    fn analyze(&mut self, it: &'a nodes::VacuumStmt) -> Step {
        let permanent = || Contradiction::at(-1, "VACUUM, or ANALYZE of a permanent table");
        if it.is_vacuumcmd || it.rels().is_empty() {
            return Err(permanent());
        }
        for one in it.rels().iter() {
            let of_temp =
                |range: &&nodes::RangeVar| range.schemaname().is_some_and(|schema| self.subject.is_temp(schema));
            let range = one.relation().filter(of_temp).ok_or_else(permanent)?;
            self.relation(range, Use::Empty)?;
        }
        self.options(it.options(), lists::ANALYZE_OPTIONS)
    }

    /// DROP of temp tables and their indexes, or of nothing: of a table that is not there, where nobody makes one.
    fn drop(&mut self, it: &'a nodes::DropStmt) -> Step {
        let permanent = || Contradiction::at(-1, "DROP of something permanent");
        if !matches!(it.remove_type, ObjectType::OBJECT_TABLE | ObjectType::OBJECT_INDEX) {
            return Err(permanent());
        }
        let temp = self.subject.names.temp.iter();
        let known: Map<&str, Oid> = temp.map(|relation| (&*relation.name, relation.oid)).collect();
        for object in it.objects() {
            let Node::NodeList(name) = object else { return Err(permanent()) };
            match strings(name).as_deref() {
                Some([schema, name]) if self.subject.is_temp(schema) => self.relations.extend(known.get(name)),
                Some(["pg_catalog", name])
                    if it.missing_ok
                        && it.remove_type == ObjectType::OBJECT_TABLE
                        && self.subject.snapshot.relation_named("pg_catalog", name).is_none() => {}
                _ => return Err(permanent()),
            }
        }
        self.effect(SessionEffect::TempTables);
        Ok(())
    }
}

impl Walk<'_> {
    fn transaction(&mut self, it: &nodes::TransactionStmt) -> Step {
        match it.kind {
            TransactionStmtKind::TRANS_STMT_BEGIN
            | TransactionStmtKind::TRANS_STMT_START
            | TransactionStmtKind::TRANS_STMT_SAVEPOINT
            | TransactionStmtKind::TRANS_STMT_RELEASE => {}
            TransactionStmtKind::TRANS_STMT_COMMIT
            | TransactionStmtKind::TRANS_STMT_ROLLBACK
            | TransactionStmtKind::TRANS_STMT_ROLLBACK_TO
            | TransactionStmtKind::TRANS_STMT_PREPARE
            | TransactionStmtKind::TRANS_STMT_COMMIT_PREPARED
            | TransactionStmtKind::TRANS_STMT_ROLLBACK_PREPARED => self.effect(SessionEffect::TransactionEnd),
            _ => return Err(Contradiction::at(-1, "a transaction statement of this kind may not be sent")),
        }
        modes(it.options())
    }

    fn set(&mut self, it: &nodes::VariableSetStmt) -> Step {
        let name = it.name().unwrap_or_default();
        let refused = || Contradiction::at(it.location, format!("setting {name} may not change"));
        match it.kind {
            VariableSetKind::VAR_RESET_ALL => {
                self.effect(SessionEffect::SearchPath);
                self.effect(SessionEffect::Encoding);
                self.others_may_be_meant();
            }
            VariableSetKind::VAR_SET_MULTI if matches!(name, "TRANSACTION" | "SESSION CHARACTERISTICS") => {
                return modes(it.args());
            }
            VariableSetKind::VAR_SET_DEFAULT | VariableSetKind::VAR_RESET | VariableSetKind::VAR_SET_VALUE
                if self.nobody_else(it, name) =>
            {
                // back to what the session began with: that is asked again
                if it.kind != VariableSetKind::VAR_SET_VALUE {
                    self.effect(SessionEffect::SearchPath);
                }
            }
            VariableSetKind::VAR_SET_DEFAULT | VariableSetKind::VAR_RESET if self.own_setting(name) => {}
            VariableSetKind::VAR_SET_VALUE if self.own_setting(name) => value(it, name)?,
            _ => return Err(refused()),
        }
        self.setting_changes(name);
        Ok(())
    }

    /// What follows for the session from a change of this setting.
    pub(super) fn setting_changes(&mut self, name: &str) {
        if name.eq_ignore_ascii_case("search_path") {
            self.effect(SessionEffect::SearchPath);
        }
        if name.eq_ignore_ascii_case("client_encoding") {
            self.effect(SessionEffect::Encoding);
        }
        if self.subject.rights.names_end_user(name) {
            self.effect(SessionEffect::EndUser);
        }
    }

    /// Every setting is reset, also one that names whom the application asks for.
    fn others_may_be_meant(&mut self) {
        if matches!(self.subject.rights.named_by(), Some(NamedBy::Setting(_))) {
            self.effect(SessionEffect::EndUser);
        }
    }

    fn show(&self, it: &nodes::VariableShowStmt) -> Step {
        let name = it.name().unwrap_or_default();
        if lists::shown(name) || self.subject.rights.is_application_s(name) {
            return Ok(());
        }
        Err(Contradiction::at(-1, format!("setting {name} may not be shown")))
    }

    /// SET ROLE or SET SESSION AUTHORIZATION of a session that is who logged in, to nobody else.
    fn nobody_else(&self, it: &nodes::VariableSetStmt, name: &str) -> bool {
        let (role, login) = (name.eq_ignore_ascii_case("role"), &*self.subject.names.login);
        let who = role || name.eq_ignore_ascii_case("session_authorization");
        if !who || login.is_empty() || *self.subject.names.user != *login {
            return false;
        }
        match (it.kind, it.args().first().and_then(string), it.args().len()) {
            (VariableSetKind::VAR_SET_VALUE, Some(given), 1) => given == login || (role && given == "none"),
            (VariableSetKind::VAR_SET_VALUE, ..) => false,
            (_, None, 0) => true,
            _ => false,
        }
    }

    /// Whether a setting may be changed by SET.
    fn own_setting(&self, name: &str) -> bool {
        lists::setting(name) || self.subject.rights.is_application_s(name)
    }

    fn discard(&mut self, it: &nodes::DiscardStmt) -> Step {
        match it.target {
            DiscardMode::DISCARD_ALL => {
                self.effect(SessionEffect::SearchPath);
                self.effect(SessionEffect::Encoding);
                self.others_may_be_meant();
                self.effect(SessionEffect::TempTables);
                self.effect(SessionEffect::Deallocate(None));
            }
            DiscardMode::DISCARD_TEMP => self.effect(SessionEffect::TempTables),
            DiscardMode::DISCARD_PLANS | DiscardMode::DISCARD_SEQUENCES => {}
            _ => return Err(Contradiction::at(-1, "DISCARD is not understood")),
        }
        Ok(())
    }
}

/// Modes of a transaction: its isolation level, and whether it reads only.
fn modes(list: &NodeList) -> Step {
    let known = |mode: Node<'_>| match mode {
        Node::DefElem(mode) => {
            mode.defname().is_some_and(|name| lists::TRANSACTION_MODES.contains(&name)) && is_constant(mode.arg())
        }
        _ => false,
    };
    if list.iter().all(known) { Ok(()) } else { Err(Contradiction::at(-1, "a transaction mode is not understood")) }
}

/// The value of a setting: constants, and one that is open where that matters.
fn value(it: &nodes::VariableSetStmt, name: &str) -> Step {
    let at = |what: String| Contradiction::at(it.location, what);
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

/// Whether a node is a constant, or nothing.
fn is_constant(node: Node<'_>) -> bool {
    matches!(
        node,
        Node::None
            | Node::A_Const(_)
            | Node::A_Star(_)
            | Node::String(_)
            | Node::Integer(_)
            | Node::Float(_)
            | Node::Boolean(_)
    )
}
