//! A filter that is not kept apart by `OFFSET 0`: the proof that no condition of the statement tells anything of a row
//! before the filter has tested it.
//!
//! Scopes are not looked at: a name is good if it is so whichever item of the statement it means.

use crate::catalog::snapshot::{Lineage, Origin, Relation, RelationKind};
use crate::grammar::tags::{A_Expr_Kind, BoolExprType, SubLinkType};
use crate::grammar::{ConstValue, Node, NodeList, nodes};
use crate::model::facts::Right;
use crate::model::ids::{ColumnId, Oid};
use crate::model::tables::Map;

use super::moments::quoted;
use super::walk::{Scope, Walk, strings};
use super::{Contradiction, Step, template};

/// An item of FROM, or the target of a write.
pub(super) struct Source<'a> {
    /// What qualifies its columns; `None`: something that is not known.
    pub(super) name: Option<&'a str>,
    /// The relation that it is, under its columns' own names.
    pub(super) relation: Option<&'a Relation>,
}

impl<'a> Source<'a> {
    /// Not a relation: a subquery, a function, a WITH query, a join.
    pub(super) fn other(alias: Option<&'a nodes::Alias>) -> Self {
        Self { name: alias.and_then(nodes::Alias::aliasname), relation: None }
    }

    /// Under this name, if it has no alias.
    pub(super) fn or_called(self, name: &'a str) -> Self {
        Self { name: self.name.or(Some(name)), ..self }
    }

    pub(super) fn of(relation: &'a Relation, alias: Option<&'a nodes::Alias>) -> Self {
        let renamed = alias.is_some_and(|alias| !alias.colnames().is_empty());
        let name = alias.map_or(Some(&*relation.name), nodes::Alias::aliasname);
        Self { name, relation: Some(relation).filter(|_| !renamed) }
    }
}

const BOOLEAN: u32 = 16;
const COMPARISONS: [&str; 6] = ["<", "<=", "=", "<>", ">=", ">"];

/// What a comparison has on one side.
#[derive(Clone, Copy)]
enum Term {
    /// With its collation, if that is known, and whether it may be a number that no float holds.
    Stored(Oid, Option<Oid>, bool),
    Literal(Oid),
    /// A literal or parameter that takes the other side's type.
    Free,
}

impl<'a> Walk<'a> {
    /// Notes a relation that is named as it is.
    pub(super) fn source_named(&mut self, range: &'a nodes::RangeVar) {
        let (schema, name) = (range.schemaname().unwrap_or_default(), range.relname().unwrap_or_default());
        let subject = self.subject;
        let relation = match subject.is_temp(schema) {
            true => subject.names.temp.iter().find(|one| &*one.name == name),
            false => subject.snapshot.relation_named(schema, name),
        };
        let unknown = Source::other(range.alias()).or_called(name);
        self.sources.push(relation.map_or(unknown, |relation| Source::of(relation, range.alias())));
    }

    /// Proves it for every filter that is not kept apart.
    pub(super) fn filters_come_first(&self) -> Step {
        let telling = || Contradiction::at(-1, "a condition may look at rows before their filter does");
        if !self.writes.beside.iter().all(|condition| self.tells_nothing(*condition, false)) {
            return Err(telling());
        }
        if self.unfenced.is_empty() {
            return Ok(());
        }
        let mut join_in: Map<Scope, bool> = Map::default();
        for (part, filter) in &self.unfenced {
            *join_in.entry(*part).or_default() |= filter.condition.subquery;
        }
        let early = join_in.values().any(|joins| *joins) && !self.nothing_is_early();
        let tells = |(part, condition): &(Scope, Node<'a>)| {
            join_in.get(part).is_some_and(|joins| !self.tells_nothing(*condition, *joins))
        };
        if self.merged || early || self.conditions.iter().any(tells) {
            return Err(telling());
        }
        Ok(())
    }

    /// Whether a condition, or each that AND joins in it, is silent, or speaks of unfiltered relations alone and no filter
    /// `joins` others.
    fn tells_nothing(&self, condition: Node<'a>, joins: bool) -> bool {
        let mut left = vec![condition];
        while let Some(condition) = left.pop() {
            if let Node::BoolExpr(both) = condition
                && both.boolop == BoolExprType::AND_EXPR
            {
                left.extend(both.args());
                continue;
            }
            let elsewhere = || !joins && self.speaks_of_unfiltered(condition);
            if !self.is_silent(condition, 0) && !elsewhere() {
                return false;
            }
        }
        true
    }

    /// Whether it is made of leakproof comparisons.
    fn is_silent(&self, node: Node<'a>, depth: usize) -> bool {
        depth < 50
            && match node {
                Node::None => true,
                Node::BoolExpr(it) => it.args().iter().all(|inner| self.is_silent(inner, depth + 1)),
                Node::BooleanTest(it) => self.is_silent(it.arg(), depth + 1),
                Node::NullTest(it) => !it.argisrow && self.operand(it.arg()).is_some(),
                Node::A_Expr(it) => self.is_silent_comparison(it),
                Node::SubLink(it) => self.is_silent_lookup(it, depth + 1),
                _ => match self.operand(node) {
                    Some(Term::Stored(ty, ..)) => ty == Oid(BOOLEAN),
                    Some(_) => true,
                    None => false,
                },
            }
    }

    fn is_silent_comparison(&self, it: &'a nodes::A_Expr) -> bool {
        let Some(left) = self.operand(it.lexpr()) else { return false };
        let with = |operators: &[&str], node: Node<'a>| {
            self.operand(node).is_some_and(|right| operators.iter().all(|one| self.is_leakproof(one, left, right)))
        };
        let every = |operators: &[&str]| match it.rexpr() {
            Node::NodeList(list) => list.iter().all(|node| with(operators, node)),
            _ => false,
        };
        let written = strings(it.name());
        let name = match written.as_deref() {
            Some([name]) => name,
            Some(["pg_catalog", name]) => name,
            _ => return false,
        };
        match it.kind {
            A_Expr_Kind::AEXPR_OP => with(&[name], it.rexpr()),
            A_Expr_Kind::AEXPR_IN => every(&["=", "<>"]),
            A_Expr_Kind::AEXPR_BETWEEN | A_Expr_Kind::AEXPR_NOT_BETWEEN => every(&["<", "<=", ">", ">="]),
            A_Expr_Kind::AEXPR_DISTINCT | A_Expr_Kind::AEXPR_NOT_DISTINCT => with(&["="], it.rexpr()),
            A_Expr_Kind::AEXPR_OP_ANY | A_Expr_Kind::AEXPR_OP_ALL => {
                self.array_of(it.rexpr()).is_some_and(|element| self.is_leakproof(name, left, element))
            }
            _ => false,
        }
    }

    /// A subquery that looks rows up in tables and cannot fail: the server may run it, or not, for a row that the filter
    /// has yet to test.
    fn is_silent_lookup(&self, it: &'a nodes::SubLink, depth: usize) -> bool {
        let Node::SelectStmt(select) = it.subselect() else { return false };
        let may_fail = |node| match node {
            Node::None => false,
            Node::A_Const(rows) => !matches!(rows.val(), Some(ConstValue::Integer(0..))),
            _ => true,
        };
        let more =
            [select.group_clause(), select.window_clause(), select.values_lists()].iter().any(|one| !one.is_empty())
                || select.distinct_clause().iter().any(|one| !matches!(one, Node::None))
                || select.larg().is_some()
                || select.with_clause().is_some()
                || !select.sort_clause().is_empty()
                || !select.locking_clause().is_empty()
                || !matches!(select.having_clause(), Node::None)
                || may_fail(select.limit_count())
                || may_fail(select.limit_offset())
                || !self.is_silent(select.where_clause(), depth);
        let mut items: Vec<Node<'a>> = select.from_clause().iter().collect();
        while let Some(item) = items.pop() {
            match item {
                Node::RangeVar(range) if self.is_table(range) => {}
                Node::JoinExpr(join) if self.is_silent(join.quals(), depth) => items.extend([join.larg(), join.rarg()]),
                // a substituted relation is one, and what else it may be has been proven already
                Node::RangeSubselect(sub) => match sub.subquery() {
                    Node::SelectStmt(inner) if matches!(template::substituted(&self.subject, inner), Ok(Some(_))) => {}
                    _ => return false,
                },
                _ => return false,
            }
        }
        let mut values = select.target_list().iter().map(nodes::ResTarget::val);
        match it.sub_link_type {
            _ if more => false,
            SubLinkType::EXISTS_SUBLINK => values.all(|value| matches!(value, Node::A_Const(_) | Node::ColumnRef(_))),
            SubLinkType::ANY_SUBLINK if it.oper_name().is_empty() => match (values.next(), values.next()) {
                (Some(value), None) => {
                    let both = self.operand(it.testexpr()).zip(self.operand(value));
                    both.is_some_and(|(left, right)| self.is_leakproof("=", left, right))
                }
                _ => false,
            },
            _ => false,
        }
    }

    /// No WITH query, no view: those may compute something.
    fn is_table(&self, range: &nodes::RangeVar) -> bool {
        let (Some(schema), Some(name)) = (range.schemaname(), range.relname()) else { return false };
        let found = self.subject.snapshot.relation_named(schema, name);
        self.subject.is_temp(schema) || found.is_some_and(|relation| relation.reads_plainly())
    }

    fn operand(&self, node: Node<'a>) -> Option<Term> {
        match node {
            Node::ParamRef(_) => Some(Term::Free).filter(|_| !self.uncommon_parameters),
            Node::A_Const(constant) => match constant.val() {
                None | Some(ConstValue::String(_)) => Some(Term::Free),
                Some(ConstValue::Boolean(_)) => Some(Term::Literal(Oid(BOOLEAN))),
                Some(ConstValue::Integer(_)) => Some(Term::Literal(Oid(23))),
                Some(ConstValue::Float(digits)) => {
                    Some(Term::Literal(if digits.parse::<i64>().is_ok() { Oid(20) } else { Oid(1700) }))
                }
                _ => None,
            },
            Node::TypeCast(cast) if matches!(cast.arg(), Node::ParamRef(_)) => {
                self.kept_cast(cast).filter(|(_, list)| !list).map(|(ty, _)| Term::Literal(ty))
            }
            // of a quoted literal: done by the parser, once
            Node::TypeCast(cast) if is_text(cast.arg()) => {
                let ty = cast.type_name().filter(|ty| ty.array_bounds().is_empty())?;
                self.type_called(ty).map(Term::Literal)
            }
            Node::ColumnRef(column) => {
                let fields: Vec<&str> = strings(column.fields())?;
                let (name, rest) = fields.split_last()?;
                self.stored(rest.last().copied(), name).map(|column| Term::Stored(column.0, column.1, column.2))
            }
            _ => self.certain_time(node).map(Term::Literal),
        }
    }

    /// The elements of an array that is a parameter or written out: the server computes nothing for it when it runs.
    fn array_of(&self, node: Node<'a>) -> Option<Term> {
        let written_out = |node| match node {
            Node::A_ArrayExpr(array) => array.elements().iter().all(is_text),
            node => is_text(node),
        };
        match node {
            Node::ParamRef(_) | Node::A_Const(_) => Some(Term::Free),
            Node::TypeCast(cast) if matches!(cast.arg(), Node::ParamRef(_)) => {
                self.kept_cast(cast).filter(|(_, list)| *list).map(|(ty, _)| Term::Literal(ty))
            }
            Node::TypeCast(cast) if written_out(cast.arg()) => {
                let ty = cast.type_name().filter(|ty| ty.array_bounds().len() == 1)?;
                self.type_called(ty).map(Term::Literal)
            }
            Node::A_ArrayExpr(array) => {
                let whole = |node: Node<'a>| matches!(self.operand(node), Some(Term::Literal(Oid(23))));
                let elements = array.elements();
                let all_whole = elements.iter().all(|one| matches!(one, Node::A_Const(_)) && whole(one));
                match (elements.is_empty(), all_whole, elements.iter().all(is_text)) {
                    (true, ..) => None,
                    (_, false, false) => self.kept_alike(elements).map(Term::Literal),
                    (_, true, _) => Some(Term::Literal(Oid(23))),
                    (_, _, true) => Some(Term::Literal(Oid(25))),
                }
            }
            _ => None,
        }
    }

    pub(super) fn type_called(&self, ty: &nodes::TypeName) -> Option<Oid> {
        let names: Vec<&str> = ty.names().iter().map(|name| name.sval()).collect::<Option<_>>()?;
        let [schema, name] = *names.as_slice() else { return None };
        let named = self.subject.snapshot.types_named(name).iter().find(|one| &*one.schema == schema)?;
        let known = schema == "pg_catalog" || (named.kind == b'e' && !self.subject.is_temp(schema));
        (known && ty.typmods().is_empty()).then_some(named.oid)
    }

    /// What [`Term::Stored`] has of a column that is clear and stored in a table, whichever item it is of.
    fn stored(&self, qualifier: Option<&str>, name: &str) -> Option<(Oid, Option<Oid>, bool)> {
        let mut ty = None;
        for source in &self.sources {
            match (qualifier, source.name) {
                (Some(qualifier), Some(other)) if qualifier != other => continue,
                // what is not known may have this name, or such a column
                (_, None) => return None,
                _ => {}
            }
            let relation = source.relation?;
            match relation.column(name) {
                None if qualifier.is_some() => return None,
                None => {}
                Some(column) => {
                    let id = ColumnId { relation: relation.oid, number: column.number };
                    let long = column.type_oid == Oid(1700) && !is_short(column.typmod);
                    let found = (column.type_oid, column.collation, long);
                    let clear = self.subject.rights.column(relation.oid, column.number) == Right::Clear;
                    if !clear || !self.in_a_table(id, 0) || ty.is_some_and(|other| other != found) {
                        return None;
                    }
                    ty = Some(found);
                }
            }
        }
        ty
    }

    /// Whether a column is no expression of a view's.
    fn in_a_table(&self, id: ColumnId, depth: usize) -> bool {
        let Some(relation) = self.subject.snapshot.relation(id.relation) else { return true };
        if relation.kind != RelationKind::View {
            return true;
        }
        let Some(Lineage::Known { outputs, .. }) = &relation.lineage else { return false };
        let mut outputs = relation.columns.iter().zip(outputs);
        match outputs.find(|(column, _)| column.number == id.number) {
            Some((_, Origin::Column(source))) => depth < 50 && self.in_a_table(*source, depth + 1),
            _ => false,
        }
    }

    fn is_leakproof(&self, operator: &str, left: Term, right: Term) -> bool {
        use Term::{Free, Literal, Stored};
        let (left, right) = match (left, right) {
            (Free | Literal(_), Free | Literal(_)) => {
                let plain = |term: Term| match term {
                    Literal(ty) => matches!(ty.0, 16 | 20 | 23 | 25 | 1043 | 1700),
                    _ => true,
                };
                return COMPARISONS.contains(&operator) && plain(left) && plain(right);
            }
            // which of two collations is meant the server does not know: it fails
            (Stored(one, mine, _), Stored(_, other, _)) if is_collated(one) && !have_one_collation(mine, other) => {
                return false;
            }
            (Stored(one, mine, _), Free | Literal(_)) | (Free | Literal(_), Stored(one, mine, _))
                if is_collated(one) && !have_one_collation(mine, Some(OF_NAMES)) =>
            {
                return false;
            }
            // a parameter that is declared as a float, which not every numeric can become
            (Stored(.., true), Free) | (Free, Stored(.., true)) => return false,
            (Stored(one, ..), Free) | (Free, Stored(one, ..)) => (one, one),
            (Stored(one, ..) | Literal(one), Stored(other, ..) | Literal(other)) => (one, other),
        };
        let snapshot = self.subject.snapshot;
        let base = |ty: Oid| match snapshot.type_of(ty) {
            // varchar has the operators of text, enums those of anyenum
            _ if ty == Oid(1043) => Oid(25),
            Some(known) if known.kind == b'e' => Oid(3500),
            _ => ty,
        };
        let (left, right) = (base(left), base(right));
        let promised = || {
            snapshot.operators_named(operator).iter().any(|one| {
                let exact = &*one.schema == "pg_catalog" && one.left == Some(left) && one.right == right;
                exact && snapshot.function(one.function).is_some_and(|function| function.leakproof)
            })
        };
        // the server would rather take an operator that is made for one enum
        let made_for_one = || {
            let is_enum = |ty: Oid| snapshot.type_of(ty).is_some_and(|known| known.kind == b'e');
            snapshot.operators_named(operator).iter().any(|one| is_enum(one.right) || one.left.is_some_and(is_enum))
        };
        let safe = || compares_safely(left.0, operator, right.0, snapshot.server_version);
        COMPARISONS.contains(&operator) && (promised() || (safe() && (left != Oid(3500) || !made_for_one())))
    }

    /// Whether every column in it is of an unfiltered relation, and there is one.
    fn speaks_of_unfiltered(&self, condition: Node<'a>) -> bool {
        let (mut left, mut columns) = (vec![condition], 0);
        let list = |left: &mut Vec<Node<'a>>, list: &'a NodeList| left.extend(list);
        while let Some(node) = left.pop() {
            match node {
                Node::None | Node::A_Const(_) | Node::ParamRef(_) | Node::SQLValueFunction(_) => {}
                Node::BoolExpr(it) => list(&mut left, it.args()),
                Node::CoalesceExpr(it) => list(&mut left, it.args()),
                Node::NodeList(it) => list(&mut left, it),
                Node::FuncCall(it) if it.over().is_none() => list(&mut left, it.args()),
                Node::A_Expr(it) => left.extend([it.lexpr(), it.rexpr()]),
                Node::TypeCast(it) => left.push(it.arg()),
                Node::NullTest(it) => left.push(it.arg()),
                Node::BooleanTest(it) => left.push(it.arg()),
                Node::ColumnRef(column) => {
                    columns += 1;
                    let fields = strings(column.fields()).unwrap_or_default();
                    let [.., qualifier, _] = fields.as_slice() else { return false };
                    let mut named = self.sources.iter().filter(|one| one.name.is_none_or(|name| name == *qualifier));
                    let unfiltered = |source: &Source<'_>| {
                        source.relation.is_some_and(|relation| self.subject.rights.filter(relation.oid).is_none())
                    };
                    let found = named.clone().next().is_some();
                    if !found || !named.all(unfiltered) {
                        return false;
                    }
                }
                _ => return false,
            }
        }
        columns > 0
    }
}

fn is_text(node: Node<'_>) -> bool {
    quoted(node).is_some()
}

/// Comparisons that raise no error whatever the values, by the server's source, though they are not marked leakproof:
/// numbers with numeric among them; date, timestamp and timestamptz with each other, from version 13 on; labels of an enum
/// for being the same.
fn compares_safely(left: u32, operator: &str, right: u32, version: u32) -> bool {
    match (left.min(right), left.max(right)) {
        (20 | 21 | 23 | 1700, 1700) => true,
        (1082 | 1114 | 1184, 1082 | 1114 | 1184) => version >= 130_000,
        (3500, 3500) => ["=", "<>"].contains(&operator),
        _ => false,
    }
}

/// Whether a numeric of this typmod has at most 37 digits before its point, as `numeric.c` packs them.
fn is_short(typmod: i32) -> bool {
    typmod.checked_sub(4).filter(|packed| *packed >= 0).is_some_and(|packed| {
        let (precision, scale) = (packed >> 16 & 0xffff, ((packed & 0x7ff) ^ 1024) - 1024);
        precision - scale <= 37
    })
}

/// Whether values of a type are compared by a collation: name, text, bpchar and varchar.
fn is_collated(ty: Oid) -> bool {
    matches!(ty.0, 19 | 25 | 1042 | 1043)
}

/// `C`, which values of type name have.
const OF_NAMES: Oid = Oid(950);

/// Whether the server finds one collation for both: they are the same, or one is the default, which gives way.
fn have_one_collation(one: Option<Oid>, other: Option<Oid>) -> bool {
    let (Some(one), Some(other)) = (one, other) else { return false };
    let default_or_names = |collation: Oid| matches!(collation.0, 100 | 950);
    one == other || (default_or_names(one) && default_or_names(other))
}

/// Whether a parameter of this type may be compared with any column: the conversion of neither fails.
pub(super) fn is_common(ty: &nodes::TypeName) -> bool {
    let (Some(parts), true) =
        (ty.names().iter().map(|part| part.sval()).collect::<Option<Vec<_>>>(), ty.names().len() < 3)
    else {
        return false;
    };
    let named = match parts.as_slice() {
        ["pg_catalog", name] => name,
        [name] => name,
        _ => return false,
    };
    let numbers = ["int2", "int4", "int8", "numeric", "float4", "float8"];
    let others = [
        "bool",
        "text",
        "varchar",
        "bpchar",
        "bytea",
        "json",
        "jsonb",
        "date",
        "time",
        "timestamp",
        "timestamptz",
        "interval",
    ];
    numbers.contains(named) || others.contains(named)
}
