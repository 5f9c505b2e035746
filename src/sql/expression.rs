//! Expressions: every kind of node is named here, and walked in full; what is not named is refused.

use crate::catalog::search_path::FoundType;
use crate::grammar::tags::{A_Expr_Kind, CoercionForm, SubLinkType};
use crate::grammar::{ConstValue, Node, NodeList, nodes, uncast};
use crate::model::facts::SessionEffect;
use crate::rights::table::ColumnRight;

use super::alone::is_alone;
use super::functions::{self, Called};
use super::missing;
use super::query::is_name;
use super::refuse::{Step, not_understood};
use super::scope::{Flow, Role, fields};
use super::settings;
use super::tied::{LOCKER, locker};
use super::types::masked_rows;
use super::walk::{Walk, strings};

/// The operators that BETWEEN looks up.
const BETWEEN: [&str; 4] = ["<", ">", "<=", ">="];

impl<'a> Walk<'a> {
    pub(super) fn expressions(&mut self, list: &'a NodeList) -> Step {
        for node in list {
            self.expression(node)?;
        }
        Ok(())
    }

    /// An expression, or nothing.
    ///
    /// Chains of operators, casts and COLLATE that lean to the left, or have one side, are walked in this loop.
    pub(super) fn expression(&mut self, node: Node<'a>) -> Step {
        if let Node::ColumnRef(column) = node {
            return self.column(column, Role::Value);
        }
        self.flowing(self.inside(node), |walk| walk.computed(node))
    }

    /// Where the parts of an expression go: what is computed from a guarded column's reading is none any more.
    fn inside(&self, node: Node<'a>) -> Flow {
        match (self.scope.flow, node) {
            (flow @ Flow::Guarded(..), Node::CoalesceExpr(_) | Node::CaseExpr(_)) => flow,
            (flow @ Flow::Guarded(entry, position), _) if self.changes_a_part(entry, position, node) => flow,
            (Flow::Guarded(..), _) => Flow::Stored,
            (flow, _) => flow,
        }
    }

    /// Whether it is a document or an array, what stands first in it, with a part changed.
    fn changes_a_part(&self, entry: usize, position: usize, node: Node<'a>) -> bool {
        let named = |list: &NodeList, known: &[&str]| match strings(list).as_deref() {
            Some([name] | ["pg_catalog", name]) => known.contains(name),
            _ => false,
        };
        let changes = match node {
            Node::A_Expr(it) if super::walk::absent(it.lexpr()) => false,
            Node::A_Expr(it) => it.kind == A_Expr_Kind::AEXPR_OP && named(it.name(), &["||", "-", "#-"]),
            Node::FuncCall(it) => named(it.funcname(), &["array_append", "jsonb_insert", "jsonb_set", "jsonb_set_lax"]),
            _ => false,
        };
        changes && self.target_column(entry, position).is_some_and(ColumnRight::changes_in_parts)
    }

    fn computed(&mut self, node: Node<'a>) -> Step {
        let mut node = node;
        loop {
            node = match node {
                Node::None => return Ok(()),
                Node::A_Expr(expression) if matches!(self.scope.flow, Flow::Guarded(..)) => {
                    let changed = self.operation(expression)?;
                    return self.deeper(|walk| walk.expression(changed));
                }
                Node::A_Expr(expression) => self.operation(expression)?,
                Node::TypeCast(cast) => {
                    self.cast_type(cast)?;
                    self.note_parameter(cast);
                    cast.arg()
                }
                Node::CollateClause(collate) => {
                    self.collation(collate.collname(), collate.location)?;
                    collate.arg()
                }
                Node::ColumnRef(column) => return self.column(column, Role::Value),
                Node::A_Const(constant) => return constant_is_known(constant),
                Node::ParamRef(_) | Node::SQLValueFunction(_) | Node::SetToDefault(_) => return Ok(()),
                other => return self.deeper(|walk| walk.compound(other)),
            };
        }
    }

    fn compound(&mut self, node: Node<'a>) -> Step {
        match node {
            Node::BoolExpr(boolean) => self.expressions(boolean.args()),
            Node::FuncCall(call) => self.call(call),
            Node::SubLink(link) => self.sublink(link),
            Node::CaseExpr(case) => self.case(case),
            Node::A_Indirection(indirection) => self.indirection(indirection, Role::Value),
            Node::NodeList(list) => self.expressions(list),
            Node::CoalesceExpr(coalesce) => self.expressions(coalesce.args()),
            Node::MinMaxExpr(minmax) => self.expressions(minmax.args()),
            Node::NullTest(test) => self.expression(test.arg()),
            Node::BooleanTest(test) => self.expression(test.arg()),
            Node::RowExpr(row) => row.args().iter().try_for_each(|item| match item {
                Node::ColumnRef(column) => self.column(column, Role::Spread),
                item => self.expression(item),
            }),
            Node::A_ArrayExpr(array) => self.expressions(array.elements()),
            Node::GroupingFunc(grouping) => self.expressions(grouping.args()),
            Node::NamedArgExpr(argument) => self.expression(argument.arg()),
            // `(a, b) = (…)`: each target has the same source
            Node::MultiAssignRef(assign) if assign.colno > 1 => Ok(()),
            Node::MultiAssignRef(assign) => self.expression(assign.source()),
            Node::XmlExpr(xml) => self.xml(xml),
            Node::XmlSerialize(xml) => {
                self.type_name(xml.type_name())?;
                self.expression(xml.expr())
            }
            other => Err(not_understood(kind(other), -1)),
        }
    }

    /// The operator and all of its sides but the one with which the caller goes on.
    fn operation(&mut self, expression: &'a nodes::A_Expr) -> Step<Node<'a>> {
        use A_Expr_Kind as Kind;
        let location = expression.location;
        self.note_equality(expression);
        let meant: &[&str] = match expression.kind {
            Kind::AEXPR_OP | Kind::AEXPR_OP_ANY | Kind::AEXPR_OP_ALL => &[],
            Kind::AEXPR_DISTINCT | Kind::AEXPR_NOT_DISTINCT | Kind::AEXPR_NULLIF | Kind::AEXPR_IN => &["=", "<>"],
            Kind::AEXPR_LIKE | Kind::AEXPR_ILIKE | Kind::AEXPR_SIMILAR => &[],
            Kind::AEXPR_BETWEEN | Kind::AEXPR_NOT_BETWEEN | Kind::AEXPR_BETWEEN_SYM | Kind::AEXPR_NOT_BETWEEN_SYM => {
                &BETWEEN
            }
            _ => return Err(not_understood("this kind of operator", location)),
        };
        for name in meant {
            self.operator_named(None, name, location)?;
        }
        // the name of the others is a key word such as BETWEEN
        if meant != BETWEEN {
            self.operator(expression.name(), location)?;
        }
        let (left, right) = (expression.lexpr(), expression.rexpr());
        if super::walk::absent(left) {
            return Ok(right);
        }
        self.flowing(self.scope.flow.beside(), |walk| match right {
            // `@ a + @ a + …` leans to the right
            Node::A_Expr(_) | Node::TypeCast(_) | Node::CollateClause(_) => walk.deeper(|walk| walk.expression(right)),
            other => walk.expression(other),
        })?;
        Ok(left)
    }

    fn case(&mut self, case: &'a nodes::CaseExpr) -> Step {
        if !super::walk::absent(case.arg()) {
            self.operator_named(None, "=", case.location)?;
            self.flowing(Flow::Free, |walk| walk.expression(case.arg()))?;
        }
        for when in case.args() {
            match when {
                Node::CaseWhen(when) => {
                    self.flowing(Flow::Free, |walk| walk.expression(when.expr()))?;
                    self.expression(when.result())?;
                }
                _ => return Err(not_understood("this CASE", case.location)),
            }
        }
        self.expression(case.defresult())
    }

    fn sublink(&mut self, link: &'a nodes::SubLink) -> Step {
        match link.sub_link_type {
            SubLinkType::EXISTS_SUBLINK | SubLinkType::EXPR_SUBLINK | SubLinkType::ARRAY_SUBLINK => {}
            SubLinkType::ANY_SUBLINK | SubLinkType::ALL_SUBLINK => self.operator(link.oper_name(), link.location)?,
            _ => return Err(not_understood("this kind of subquery", link.location)),
        }
        self.facts.folds |= link.sub_link_type == SubLinkType::ARRAY_SUBLINK;
        self.expression(link.testexpr())?;
        let outputs = match link.sub_link_type {
            SubLinkType::EXISTS_SUBLINK => Flow::Free,
            _ => self.scope.flow,
        };
        self.planned(is_alone(link), |walk| walk.flowing(outputs, |walk| walk.query(link.subselect())))?;
        Ok(())
    }

    pub(super) fn column(&mut self, column: &'a nodes::ColumnRef, role: Role) -> Step {
        let location = column.location;
        let found = fields(column).ok_or_else(|| not_understood("this column reference", location))?;
        if found.catalog.is_some_and(|catalog| catalog != &*self.context.snapshot.database) {
            return Err(not_understood("a column of another database", location));
        }
        if found.name.is_some_and(|name| name.starts_with("menshen:")) {
            return Err(not_understood("a column of a name that begins with menshen:", location));
        }
        self.scope.refer(found, location, role);
        Ok(())
    }

    /// `(x).field`, `x[1]`, `(x).*`: a field that does not exist would be a function called on the value.
    pub(super) fn indirection(&mut self, indirection: &'a nodes::A_Indirection, role: Role) -> Step {
        for step in indirection.indirection() {
            match step {
                Node::String(name) => self.attribute(name.sval().unwrap_or_default(), -1)?,
                Node::A_Star(_) => {}
                Node::A_Indices(indices) => {
                    self.expression(indices.lidx())?;
                    self.expression(indices.uidx())?;
                }
                _ => return Err(not_understood("this kind of subscript", -1)),
            }
        }
        match indirection.arg() {
            Node::ColumnRef(column) => self.column(column, role),
            argument => self.expression(argument),
        }
    }

    /// A name that is a column, or else a function that is called on the row.
    pub(super) fn attribute(&mut self, name: &str, location: i32) -> Step {
        if name == LOCKER && !self.context.rights.unrestricted() {
            return Err(locker(location));
        }
        self.names_are_known(location)?;
        if let FoundType::Permanent(ty) = self.context.names.ty(self.context.snapshot, None, name)
            && self.is_of_masked_rows(&ty)
        {
            return Err(masked_rows(name, location));
        }
        match functions::resolve(&self.context, None, name, location)? {
            // it cannot be pinned: only what somebody has reviewed
            Some(called)
                if !called.reviewed || functions::SETTING_FUNCTIONS.contains(&name) || self.tells_size(name) =>
            {
                Err(functions::denied(name, location))
            }
            _ => Ok(()),
        }
    }

    fn xml(&mut self, xml: &'a nodes::XmlExpr) -> Step {
        for argument in xml.named_args() {
            match argument {
                Node::ResTarget(target) => self.expression(target.val())?,
                other => self.expression(other)?,
            }
        }
        self.expressions(xml.args())
    }

    fn call(&mut self, call: &'a nodes::FuncCall) -> Step {
        self.withhold_size(call)?;
        let location = call.location;
        let parts = strings(call.funcname()).ok_or_else(|| not_understood("this function name", location))?;
        let called = match parts.as_slice() {
            [name] => self.bare_function(call, name)?,
            ["pg_catalog", name] => self.system_function(call, name)?,
            [schema, name] => self.qualified_function(call, schema, name)?,
            _ => return Err(not_understood("a function name with more than two parts", location)),
        };
        self.setting_argument(parts.last().copied().unwrap_or_default(), call)?;
        if !called.reviewed {
            // nobody has looked into it
            self.end_user_may_change();
        }
        let name = parts.last().copied().unwrap_or_default();
        self.scope.makes_rows |= called.returns_set;
        if called.counts {
            if !call.args().first().is_some_and(names_sequence) {
                return Err(functions::denied(name, location).detail("Its sequence is not named by a constant."));
            }
            self.scope.counts = Some(location);
        }
        self.note_call(call, name, &called);
        let aggregate = called.aggregate && call.over().is_none();
        if call.agg_distinct {
            self.scope.ordered.extend(call.args());
        }
        let first = match called.schema.as_deref() {
            Some("pg_catalog") => self.scope.flow,
            _ => self.scope.flow.beside(),
        };
        self.in_aggregate(aggregate, |walk| {
            for (n, argument) in call.args().iter().enumerate() {
                let flow = if n == 0 { first } else { walk.scope.flow.beside() };
                walk.flowing(flow, |walk| walk.expression(argument))?;
            }
            for item in call.agg_order() {
                // what WITHIN GROUP sorts is what the aggregate gives
                let flow = if call.agg_within_group { walk.scope.flow } else { Flow::Free };
                walk.flowing(flow, |walk| walk.sort_item(item))?;
            }
            walk.flowing(Flow::Free, |walk| walk.expression(call.agg_filter()))
        })?;
        call.over().map_or(Ok(()), |window| self.window(window))
    }

    fn in_aggregate(&mut self, aggregate: bool, step: impl FnOnce(&mut Self) -> Step) -> Step {
        let change = usize::from(aggregate);
        if let Some(level) = self.scope.level() {
            level.aggregates += change;
        }
        // after a refusal the innermost level is another one
        step(self)?;
        if let Some(level) = self.scope.level() {
            level.aggregates -= change;
        }
        Ok(())
    }

    fn bare_function(&mut self, call: &'a nodes::FuncCall, name: &str) -> Step<Called> {
        let location = call.location;
        let place = self.place(location, &[name])?;
        // what only the server has it is, whatever the path has become
        let schema = match self.names_are_known(location) {
            Ok(()) => None,
            Err(refusal) if !functions::is_only_the_server_s(&self.context, name) => return Err(refusal),
            Err(_) => Some("pg_catalog"),
        };
        let called = functions::resolve(&self.context, schema, name, location)?;
        let called = called.ok_or_else(|| missing::function(&self.context, None, name, call))?;
        if let Some(schema) = &called.schema {
            self.qualify(place, schema);
        }
        Ok(called)
    }

    fn qualified_function(&mut self, call: &'a nodes::FuncCall, schema: &str, name: &str) -> Step<Called> {
        self.place(call.location, &[schema, name])?;
        let called = functions::resolve(&self.context, Some(schema), name, call.location)?;
        called.ok_or_else(|| missing::function(&self.context, Some(schema), name, call))
    }

    /// `pg_catalog.f(…)`, written so, or a syntax of its own that the grammar turns into a call.
    fn system_function(&mut self, call: &'a nodes::FuncCall, name: &str) -> Step<Called> {
        let location = call.location;
        if self.place(location, &["pg_catalog", name]).is_ok() {
            return self.qualified_function(call, "pg_catalog", name);
        }
        // a function of that name by its own spelling, where only a newer grammar knows a key word
        if let Ok(place) = self.place(location, &[name]) {
            match call.funcformat {
                CoercionForm::COERCE_SQL_SYNTAX
                    if name == "system_user" && self.context.snapshot.server_version < 160_000 =>
                {
                    return Err(not_understood("SYSTEM_USER", location));
                }
                CoercionForm::COERCE_EXPLICIT_CALL => self.qualify(place, "pg_catalog"),
                _ => {}
            }
        } else if call.funcformat == CoercionForm::COERCE_EXPLICIT_CALL
            && !matches!(name, "like_escape" | "similar_to_escape" | "similar_escape")
        {
            // TREAT
            return Err(not_understood("this syntax", location));
        }
        let called = functions::resolve(&self.context, Some("pg_catalog"), name, location)?;
        called.ok_or_else(|| missing::function(&self.context, Some("pg_catalog"), name, call))
    }

    /// `current_setting` and `set_config` may be called with the literal name of an allowed setting only.
    fn setting_argument(&mut self, function: &str, call: &'a nodes::FuncCall) -> Step {
        if !functions::SETTING_FUNCTIONS.contains(&function) {
            return Ok(());
        }
        let lost = || not_understood("the name of a setting that is not a literal", call.location);
        let mut name = call.args().first().ok_or_else(lost)?;
        if let Node::TypeCast(cast) = name {
            name = cast.arg();
        }
        let name = match (name, self.named_by_view) {
            (Node::A_Const(constant), _) => match constant.val() {
                Some(ConstValue::String(name)) => name,
                _ => return Err(lost()),
            },
            (name, Some((place, setting))) if place == call.location && is_name(name) => setting,
            (Node::ParamRef(_), _) if function == "current_setting" => return self.setting_of_parameter(call),
            _ => return Err(lost()),
        };
        if function == "current_setting" {
            return self.showable(name, call.location);
        }
        self.settable(name, call.location)?;
        if self.context.rights.names_end_user(name) {
            self.end_user_may_change();
        }
        if self.context.rights.is_application_s(name) {
            return given(call.args().get(1), call.location);
        }
        settings::free_value(name, call.location)?;
        if name.eq_ignore_ascii_case("search_path") {
            self.effect(SessionEffect::SearchPath);
        }
        Ok(())
    }

    /// `current_setting($1)`, as drivers send it that bind every value.
    fn setting_of_parameter(&mut self, call: &'a nodes::FuncCall) -> Step {
        let lost = || not_understood("the name of a setting that is not a literal", call.location);
        let parts = strings(call.funcname()).ok_or_else(lost)?;
        let tokens = self.tokens;
        let open = self.place(call.location, &parts)?.next;
        let (mut depth, mut end) = (0_usize, open + 1);
        while depth > 0 || !(tokens.is(end, ",") || tokens.is(end, ")")) {
            tokens.get(end).ok_or_else(lost)?;
            depth += usize::from(tokens.is(end, "("));
            depth = depth.saturating_sub(usize::from(tokens.is(end, ")")));
            end += 1;
        }
        if !tokens.is(open, "(") {
            return Err(lost());
        }
        let (before, after) = settings::read_by_name();
        let start = tokens.get(open + 1).ok_or_else(lost)?.start();
        let end = tokens.get(end - 1).ok_or_else(lost)?.end();
        self.edits.insert(start, before.to_owned());
        self.edits.insert(end, after.to_owned());
        Ok(())
    }

    pub(super) fn window(&mut self, window: &'a nodes::WindowDef) -> Step {
        self.flowing(Flow::Free, |walk| {
            walk.scope.ordered.extend(window.partition_clause());
            walk.expressions(window.partition_clause())?;
            for item in window.order_clause() {
                walk.sort_item(item)?;
            }
            walk.expression(window.start_offset())?;
            walk.expression(window.end_offset())
        })
    }
}

/// A constant, perhaps by the column that the sequence is for.
fn names_sequence(node: Node<'_>) -> bool {
    match uncast(node) {
        Node::A_Const(_) | Node::ParamRef(_) => true,
        Node::FuncCall(call) => {
            let name = call.funcname().iter().next_back().and_then(Node::as_str);
            name == Some("pg_get_serial_sequence") && call.args().iter().all(names_sequence)
        }
        _ => false,
    }
}

/// What an application may give its own settings: what it says itself, and nothing that was read. The session may go on
/// for somebody else.
fn given(value: Option<Node<'_>>, location: i32) -> Step {
    match value {
        Some(Node::A_Const(_) | Node::ParamRef(_)) => Ok(()),
        Some(Node::TypeCast(cast)) if matches!(cast.arg(), Node::A_Const(_) | Node::ParamRef(_)) => Ok(()),
        _ => Err(not_understood(
            "a value of an application's setting that is neither a literal nor a parameter",
            location,
        )),
    }
}

fn constant_is_known(constant: &nodes::A_Const) -> Step {
    match constant.val() {
        Some(ConstValue::Unrecognized(_)) => Err(not_understood("this constant", constant.location)),
        _ => Ok(()),
    }
}

/// What a refused node is called in the message.
fn kind(node: Node<'_>) -> &'static str {
    match node {
        Node::JsonFuncExpr(_)
        | Node::JsonObjectConstructor(_)
        | Node::JsonArrayConstructor(_)
        | Node::JsonArrayQueryConstructor(_)
        | Node::JsonObjectAgg(_)
        | Node::JsonArrayAgg(_)
        | Node::JsonParseExpr(_)
        | Node::JsonScalarExpr(_)
        | Node::JsonSerializeExpr(_)
        | Node::JsonIsPredicate(_) => "a SQL/JSON constructor",
        Node::MergeSupportFunc(_) => "MERGE_ACTION()",
        Node::CurrentOfExpr(_) => "WHERE CURRENT OF at this place",
        _ => "this kind of expression",
    }
}
