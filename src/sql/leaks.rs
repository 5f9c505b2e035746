//! Whether something of the client's could look at a row before the policy's filter has tested it.
//!
//! The server pulls a substitution up and tests cheap conditions first. A condition that can fail, or call code, would
//! then tell of rows that are not there. Comparisons by leakproof operators tell nothing; whatever else stands in a
//! condition keeps the filtered scan apart. A scan that is kept apart is always right, only slower.

use std::sync::Arc;

use crate::catalog::search_path::FoundType;
use crate::catalog::snapshot::{Column, Lineage, Operator, Origin, RelationKind};
use crate::grammar::tags::{A_Expr_Kind as Kind, BoolExprType, SetOperation, SubLinkType};
use crate::grammar::{ConstValue, Node, NodeList, nodes};
use crate::model::facts::Right;
use crate::model::ids::{ColumnId, Oid};
use crate::model::types::TypeClass;
use crate::rights::table::RowFilter;

use super::scope::{Entry, Fields, fields};
use super::walk::{Walk, strings};

/// What the conditions of a statement, or of a part that is planned by itself, could tell.
#[derive(Clone, Copy, Default, Debug)]
pub(super) struct Leaks {
    /// One of them could look at any row.
    open: bool,
    /// One of them could look at rows of other relations only.
    elsewhere: bool,
    /// Something else than a condition could look at a row before it is joined.
    early: bool,
}

impl Leaks {
    /// Whether something could look at any row.
    pub(super) fn open(self) -> bool {
        self.open
    }

    /// Whether a scan with this filter must be kept apart. A filter that reads other relations may become a join, which
    /// others come before.
    pub(super) fn reach(self, filter: &RowFilter) -> bool {
        self.open || ((self.elsewhere || self.early) && filter.condition.subquery)
    }
}

/// One side of a comparison.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Side {
    Column(Stored),
    /// A literal or parameter; `None`: of the other side's type.
    Constant(Option<Oid>),
}

/// What tells how the values of a column are compared.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Stored {
    ty: Oid,
    /// Where it is known.
    collation: Option<Oid>,
    /// Numbers of any length: what they are compared with may be declared to be of a type that cannot hold them.
    unbounded: bool,
}

const BOOL: Oid = Oid(16);
const INT8: Oid = Oid(20);
const INT2: Oid = Oid(21);
const INT4: Oid = Oid(23);
const TEXT: Oid = Oid(25);
const VARCHAR: Oid = Oid(1043);
const DATE: Oid = Oid(1082);
const TIMESTAMP: Oid = Oid(1114);
const TIMESTAMPTZ: Oid = Oid(1184);
const NUMERIC: Oid = Oid(1700);
const ANYENUM: Oid = Oid(3500);
/// `pg_type.typtype` of enums.
const ENUM: u8 = b'e';
/// Types of constants of which no comparison fails, whatever the other side is converted to.
const PLAIN: [Oid; 6] = [BOOL, INT4, INT8, NUMERIC, TEXT, VARCHAR];
/// Names of types that a parameter may be given: no conversion for a comparison with it fails.
const DECLARED: [&str; 18] = [
    "bool",
    "bpchar",
    "bytea",
    "date",
    "float4",
    "float8",
    "int2",
    "int4",
    "int8",
    "interval",
    "json",
    "jsonb",
    "numeric",
    "text",
    "time",
    "timestamp",
    "timestamptz",
    "varchar",
];
/// `name`, `text` and `bpchar`: compared by a collation.
const COLLATED: [Oid; 3] = [Oid(19), TEXT, Oid(1042)];

impl<'a> Walk<'a> {
    /// Looks at every condition, if some scan is filtered: what those of each part of the statement could tell. `nullable`:
    /// whether something is computed that an outer join may set to NULL.
    pub(super) fn leaks(&self, nullable: impl Fn() -> bool) -> Vec<Leaks> {
        let filtered = |entry: &Entry<'a>| self.is_filtered(entry);
        if !self.scope.entries.iter().any(filtered) {
            return Vec::new();
        }
        let none = Leaks { open: self.scope.merged, elsewhere: false, early: nullable() || self.computes_early() };
        let mut leaks = vec![none; self.scope.parts + 1];
        for (part, condition) in &self.scope.conditions {
            let found = self.leaks_of(*condition);
            if let Some(leaks) = leaks.get_mut(*part) {
                leaks.open |= found.open;
                leaks.elsewhere |= found.elsewhere;
            }
        }
        leaks
    }

    /// What a condition could tell.
    pub(super) fn leaks_of(&self, condition: Node<'a>) -> Leaks {
        let (mut leaks, mut pending) = (Leaks::default(), vec![condition]);
        while let Some(node) = pending.pop() {
            match node {
                Node::BoolExpr(it) if it.boolop == BoolExprType::AND_EXPR => pending.extend(it.args()),
                node if self.tells_nothing(node, 0) => {}
                node if self.of_others(node, 0) == Some(true) => leaks.elsewhere = true,
                _ => leaks.open = true,
            }
        }
        leaks
    }

    fn is_filtered(&self, entry: &Entry<'a>) -> bool {
        let scanned = entry.relation.as_ref().filter(|_| entry.scan.is_some());
        scanned.is_some_and(|relation| self.context.rights.filter(relation.oid).is_some())
    }

    /// Whether a condition consists of comparisons by leakproof operators.
    fn tells_nothing(&self, node: Node<'a>, depth: usize) -> bool {
        if depth > 40 {
            return false;
        }
        match node {
            Node::None => true,
            Node::BoolExpr(it) => it.args().iter().all(|part| self.tells_nothing(part, depth + 1)),
            Node::NullTest(it) => !it.argisrow && self.side(it.arg()).is_some(),
            Node::BooleanTest(it) => self.tells_nothing(it.arg(), depth + 1),
            Node::A_Expr(it) => self.compares(it),
            Node::SubLink(it) => self.looks_up(it, depth + 1),
            node => match self.side(node) {
                Some(Side::Column(stored)) => stored.ty == BOOL,
                other => other.is_some(),
            },
        }
    }

    fn compares(&self, it: &'a nodes::A_Expr) -> bool {
        let Some(left) = self.side(it.lexpr()) else { return false };
        let operator = || match strings(it.name()).as_deref() {
            Some([name] | ["pg_catalog", name]) => Some((*name).to_owned()),
            _ => None,
        };
        let all = |operators: &[&str], right: Side| operators.iter().all(|one| self.leakproof(left, one, right));
        let each = |list: &'a NodeList, operators: &[&str]| {
            list.iter().all(|one| self.side(one).is_some_and(|right| all(operators, right)))
        };
        match (it.kind, it.rexpr()) {
            (Kind::AEXPR_IN, Node::NodeList(list)) => each(list, &["=", "<>"]),
            (Kind::AEXPR_BETWEEN | Kind::AEXPR_NOT_BETWEEN, Node::NodeList(list)) => {
                each(list, &["<", "<=", ">", ">="])
            }
            (Kind::AEXPR_DISTINCT | Kind::AEXPR_NOT_DISTINCT, right) => {
                self.side(right).is_some_and(|right| all(&["="], right))
            }
            (Kind::AEXPR_OP, right) => {
                operator().zip(self.side(right)).is_some_and(|(name, right)| self.leakproof(left, &name, right))
            }
            (Kind::AEXPR_OP_ANY | Kind::AEXPR_OP_ALL, right) => {
                operator().zip(self.elements(right)).is_some_and(|(name, right)| self.leakproof(left, &name, right))
            }
            _ => false,
        }
    }

    /// `EXISTS (SELECT …)` and `x IN (SELECT y …)` of tables, by conditions that tell nothing. When the server runs it may
    /// depend on the row that is tested: nothing in it may fail.
    fn looks_up(&self, it: &'a nodes::SubLink, depth: usize) -> bool {
        let Node::SelectStmt(select) = it.subselect() else { return false };
        let mut targets = select.target_list().iter();
        let plain = select.op == SetOperation::SETOP_NONE
            && [select.group_clause(), select.window_clause(), select.values_lists()]
                .iter()
                .all(|list| list.is_empty())
            && select.distinct_clause().iter().all(|one| matches!(one, Node::None))
            && select.with_clause().is_none()
            && select.sort_clause().is_empty()
            && select.locking_clause().is_empty()
            && [select.limit_count(), select.limit_offset()].into_iter().all(is_number)
            && matches!(select.having_clause(), Node::None)
            && self.tells_nothing(select.where_clause(), depth)
            && select.from_clause().iter().all(|item| self.joins_tables(item, depth));
        match it.sub_link_type {
            SubLinkType::EXISTS_SUBLINK => {
                plain && targets.all(|one| matches!(one.val(), Node::A_Const(_) | Node::ColumnRef(_)))
            }
            SubLinkType::ANY_SUBLINK if plain && it.oper_name().is_empty() => {
                let (Some(target), None) = (targets.next(), targets.next()) else { return false };
                let sides = self.side(it.testexpr()).zip(self.side(target.val()));
                sides.is_some_and(|(left, right)| self.leakproof(left, "=", right))
            }
            _ => false,
        }
    }

    /// Whether an item of FROM is a table, or tables joined by what tells nothing.
    fn joins_tables(&self, item: Node<'a>, depth: usize) -> bool {
        match item {
            Node::RangeVar(range) => {
                let alias = range.alias().and_then(nodes::Alias::aliasname);
                let name = alias.or(range.relname()).unwrap_or_default();
                let mut named = self.scope.entries.iter().filter(|entry| entry.name == name);
                named.all(|entry| entry.relation.is_some_and(|relation| relation.reads_plainly()))
            }
            Node::JoinExpr(join) => {
                depth < 40
                    && self.tells_nothing(join.quals(), depth + 1)
                    && [join.larg(), join.rarg()].into_iter().all(|side| self.joins_tables(side, depth + 1))
            }
            _ => false,
        }
    }

    /// A column that everybody may compare, or something constant.
    fn side(&self, node: Node<'a>) -> Option<Side> {
        match node {
            Node::ParamRef(_) if self.scope.odd_parameters => None,
            Node::ColumnRef(column) => self.type_of(&fields(column)?).map(Side::Column),
            Node::ParamRef(_) => Some(Side::Constant(None)),
            Node::A_Const(constant) => match constant.val() {
                None | Some(ConstValue::String(_)) => Some(Side::Constant(None)),
                Some(ConstValue::Boolean(_)) => Some(Side::Constant(Some(BOOL))),
                Some(ConstValue::Integer(_)) => Some(Side::Constant(Some(INT4))),
                Some(ConstValue::Float(number)) => {
                    let ty = if number.parse::<i64>().is_ok() { INT8 } else { NUMERIC };
                    Some(Side::Constant(Some(ty)))
                }
                _ => None,
            },
            // a literal's cast is done once, when the statement is parsed
            Node::TypeCast(cast) if is_quoted(cast.arg()) => {
                self.server_type(cast.type_name()?).map(|ty| Side::Constant(Some(ty)))
            }
            Node::TypeCast(cast) if matches!(cast.arg(), Node::ParamRef(_)) => {
                self.cast_parameter(cast).filter(|_| is_single(cast)).map(|ty| Side::Constant(Some(ty)))
            }
            node => self.moment(node, 0).map(|ty| Side::Constant(Some(ty))),
        }
    }

    /// A type of the server's, or an enum, that is named without more.
    pub(super) fn server_type(&self, ty: &'a nodes::TypeName) -> Option<Oid> {
        match ty.array_bounds().is_empty() && ty.typmods().is_empty() {
            true => self.named_type(ty),
            false => None,
        }
    }

    pub(super) fn named_type(&self, ty: &'a nodes::TypeName) -> Option<Oid> {
        let names: Vec<&str> = ty.names().iter().map(|name| name.sval()).collect::<Option<_>>()?;
        let (schema, name) = match *names.as_slice() {
            [name] => (None, name),
            [schema, name] => (Some(schema), name),
            _ => return None,
        };
        let named = self.context.snapshot.types_named(name);
        let of_server = named.iter().find(|ty| &*ty.schema == "pg_catalog" && named.len() == 1);
        if let Some(ty) = of_server.filter(|_| schema.is_none_or(|schema| schema == "pg_catalog")) {
            return Some(ty.oid);
        }
        match self.context.names.ty(self.context.snapshot, schema, name) {
            FoundType::Permanent(ty) if ty.kind == ENUM && !self.changed.path => Some(ty.oid),
            _ => None,
        }
    }

    /// What the elements of an array are that nothing is computed for.
    fn elements(&self, node: Node<'a>) -> Option<Side> {
        match node {
            // of the column's own type
            Node::ParamRef(_) | Node::A_Const(_) => Some(Side::Constant(None)),
            Node::A_ArrayExpr(array) => {
                let all = |kind: fn(Node<'a>) -> bool| array.elements().iter().all(kind);
                match array.elements().is_empty() {
                    false if all(is_quoted) => Some(Side::Constant(Some(TEXT))),
                    false if all(is_whole) => Some(Side::Constant(Some(INT4))),
                    _ => self.alike(array.elements()),
                }
            }
            Node::TypeCast(cast) => {
                let ty = cast.type_name().filter(|ty| ty.array_bounds().len() == 1 && ty.typmods().is_empty())?;
                let literal = match cast.arg() {
                    Node::A_ArrayExpr(array) => array.elements().iter().all(is_quoted),
                    Node::ParamRef(_) => self.cast_parameter(cast).is_some(),
                    node => is_quoted(node),
                };
                self.named_type(ty).filter(|_| literal).map(|ty| Side::Constant(Some(ty)))
            }
            _ => None,
        }
    }

    /// Parameters that are all cast to one type.
    fn alike(&self, elements: &'a NodeList) -> Option<Side> {
        let mut types = elements.iter().map(|element| match element {
            Node::TypeCast(cast) => self.cast_parameter(cast).filter(|_| is_single(cast)),
            _ => None,
        });
        let first = types.next()??;
        types.all(|ty| ty == Some(first)).then_some(Side::Constant(Some(first)))
    }

    /// What a column that is read in clear is compared by, whichever item of the statement is meant.
    fn type_of(&self, written: &Fields<'a>) -> Option<Stored> {
        let name = written.name?;
        let meant = |entry: &&Entry<'a>| written.qualifier.is_none_or(|qualifier| qualifier == entry.name);
        let mut found = None;
        if self.scope.entries.iter().any(|entry| entry.relation.is_none() && entry.name.is_empty()) {
            return None;
        }
        for entry in self.scope.entries.iter().filter(meant) {
            let relation = entry.relation.as_ref().filter(|_| self.shows_its_names(entry))?;
            let Some(column) = relation.column(name) else {
                match written.qualifier {
                    Some(_) => return None,
                    None => continue,
                }
            };
            let id = ColumnId { relation: relation.oid, number: column.number };
            let clear = self.context.rights.column(id.relation, id.number) == Right::Clear && self.is_stored(id);
            let (ty, collation) = (column.type_oid, column.collation);
            let stored = Stored { ty, collation, unbounded: ty == NUMERIC && !fits_a_float(&column.ty.class) };
            if !clear || found.is_some_and(|known| known != stored) {
                return None;
            }
            found = Some(stored);
        }
        found
    }

    /// Whether a column is a table's, seen through views at most: no expression of a view's is computed for it.
    fn is_stored(&self, mut id: ColumnId) -> bool {
        for _ in 0..40 {
            let Some(relation) = self.context.snapshot.relation(id.relation) else { return true };
            let position = relation.columns.iter().position(|column| column.number == id.number);
            match (&relation.lineage, relation.kind) {
                (Some(Lineage::Known { outputs, .. }), RelationKind::View) => {
                    match position.and_then(|position| outputs.get(position)) {
                        Some(Origin::Column(source)) => id = *source,
                        _ => return false,
                    }
                }
                (_, RelationKind::View) => return false,
                _ => return true,
            }
        }
        false
    }

    /// Whether an item is a relation whose columns have their own names.
    pub(super) fn shows_its_names(&self, entry: &Entry<'a>) -> bool {
        entry.relation.as_ref().is_some_and(|relation| {
            let own = relation.columns.iter().map(|column| &*column.name);
            entry.names.known.iter().copied().eq(own)
        })
    }

    /// Whether the operator that the server chooses for these sides is leakproof, or as good as that.
    fn leakproof(&self, left: Side, operator: &str, right: Side) -> bool {
        const COMPARE: [&str; 6] = ["=", "<>", "<", ">", "<=", ">="];
        let (left, right) = match (left, right) {
            (Side::Constant(a), Side::Constant(b)) => {
                return COMPARE.contains(&operator) && [a, b].into_iter().flatten().all(|ty| PLAIN.contains(&ty));
            }
            // of two collations the server can choose none, and says so when it runs
            (Side::Column(a), Side::Column(b))
                if COLLATED.contains(&self.operand(a.ty)) && !agree(a.collation, b.collation) =>
            {
                return false;
            }
            // which may be of type name
            (Side::Column(a), Side::Constant(_)) | (Side::Constant(_), Side::Column(a))
                if COLLATED.contains(&self.operand(a.ty)) && !is_usual(a.collation) =>
            {
                return false;
            }
            // which may be declared as a float
            (Side::Column(a), Side::Constant(None)) | (Side::Constant(None), Side::Column(a)) if a.unbounded => {
                return false;
            }
            (Side::Column(a), Side::Column(b)) => (self.operand(a.ty), self.operand(b.ty)),
            (Side::Column(a), Side::Constant(b)) => (self.operand(a.ty), self.operand(b.unwrap_or(a.ty))),
            (Side::Constant(a), Side::Column(b)) => (self.operand(a.unwrap_or(b.ty)), self.operand(b.ty)),
        };
        let snapshot = self.context.snapshot;
        let exact = snapshot
            .operators_named(operator)
            .iter()
            .find(|one| &*one.schema == "pg_catalog" && one.left == Some(left) && one.right == right);
        let function = exact.and_then(|operator| snapshot.function(operator.function));
        COMPARE.contains(&operator)
            && (function.is_some_and(|function| function.leakproof) || self.never_fails(left, operator, right))
    }

    /// Whether no value makes a comparison fail, although the server does not promise it: `cmp_numerics` raises no error,
    /// `enum_eq` compares numbers of labels, and since version 13 a date that no timestamp can hold is compared all the
    /// same (`date2timestamp_opt_overflow`).
    fn never_fails(&self, left: Oid, operator: &str, right: Oid) -> bool {
        let among = |types: &[Oid]| types.contains(&left) && types.contains(&right);
        let numbers = [left, right].contains(&NUMERIC) && among(&[INT2, INT4, INT8, NUMERIC]);
        let times = self.context.snapshot.server_version >= 130_000 && among(&[DATE, TIMESTAMP, TIMESTAMPTZ]);
        // an operator of an enum's own would be chosen before that of all enums
        let own = |one: &Arc<Operator>| {
            let mut types = [one.left, Some(one.right)].into_iter().flatten();
            types.any(|ty| ty != ANYENUM && self.operand(ty) == ANYENUM)
        };
        let enums = among(&[ANYENUM]) && matches!(operator, "=" | "<>");
        numbers || times || (enums && !self.context.snapshot.operators_named(operator).iter().any(own))
    }

    /// The type whose operators a type has.
    fn operand(&self, ty: Oid) -> Oid {
        let known = self.context.snapshot.type_of(ty);
        match known {
            _ if ty == VARCHAR => TEXT,
            Some(known) if known.kind == ENUM => ANYENUM,
            _ => ty,
        }
    }

    /// Whether a condition speaks of columns of unfiltered relations and of nothing else. `None`: it has no column.
    fn of_others(&self, node: Node<'a>, depth: usize) -> Option<bool> {
        let inside = |nodes: &mut dyn Iterator<Item = Node<'a>>| {
            let mut found = None;
            for node in nodes {
                match self.of_others(node, depth + 1) {
                    Some(false) => return Some(false),
                    Some(true) => found = Some(true),
                    None => {}
                }
            }
            found
        };
        if depth > 40 {
            return Some(false);
        }
        match node {
            Node::None | Node::A_Const(_) | Node::ParamRef(_) | Node::SQLValueFunction(_) => None,
            Node::ColumnRef(column) => Some(fields(column).is_some_and(|written| self.of_other(&written))),
            Node::NodeList(list) => inside(&mut list.iter()),
            Node::BoolExpr(it) => inside(&mut it.args().iter()),
            Node::A_Expr(it) => inside(&mut [it.lexpr(), it.rexpr()].into_iter()),
            Node::TypeCast(it) => self.of_others(it.arg(), depth + 1),
            Node::NullTest(it) => self.of_others(it.arg(), depth + 1),
            Node::BooleanTest(it) => self.of_others(it.arg(), depth + 1),
            Node::CoalesceExpr(it) => inside(&mut it.args().iter()),
            Node::FuncCall(it) if it.over().is_none() => inside(&mut it.args().iter()),
            _ => Some(false),
        }
    }

    /// Whether a qualified column can only be one of an unfiltered relation.
    fn of_other(&self, written: &Fields<'a>) -> bool {
        let (Some(qualifier), Some(_)) = (written.qualifier, written.name) else { return false };
        let named = |entry: &&Entry<'a>| entry.name == qualifier || (entry.relation.is_none() && entry.name.is_empty());
        let mut named = self.scope.entries.iter().filter(named).peekable();
        named.peek().is_some()
            && named.all(|entry| {
                entry.relation.as_ref().is_some_and(|relation| {
                    let right = |column: &Column| self.context.rights.column(relation.oid, column.number);
                    // a target's masks are written where they are named
                    let plain = entry.target.is_none()
                        || written
                            .name
                            .and_then(|name| relation.column(name))
                            .is_none_or(|it| right(it) == Right::Clear);
                    plain && self.context.rights.filter(relation.oid).is_none() && self.shows_its_names(entry)
                })
            })
    }
}

/// Whether PREPARE gives a parameter a type to which a column may not be convertible: the number of an object above all.
pub(super) fn is_odd(ty: &nodes::TypeName) -> bool {
    let names: Option<Vec<&str>> = ty.names().iter().map(|name| name.sval()).collect();
    !matches!(names.as_deref(), Some(["pg_catalog", name] | [name]) if DECLARED.contains(name))
}

/// The default collation, which gives way to any other, or that of type `name`.
fn is_usual(collation: Option<Oid>) -> bool {
    matches!(collation, Some(Oid(100 | 950)))
}

fn agree(here: Option<Oid>, there: Option<Oid>) -> bool {
    (here.is_some() && here == there) || (is_usual(here) && is_usual(there))
}

/// Whether the numbers of a column have so few digits before the point that a float of either precision holds them.
fn fits_a_float(class: &TypeClass) -> bool {
    matches!(class, TypeClass::Numeric(Some((precision, scale))) if i32::from(*precision) - i32::from(*scale) <= 37)
}

fn is_quoted(node: Node<'_>) -> bool {
    quoted(node).is_some()
}

/// The text of a quoted constant.
pub(super) fn quoted(node: Node<'_>) -> Option<&str> {
    let Node::A_Const(constant) = node else { return None };
    match constant.val() {
        Some(ConstValue::String(text)) => Some(text),
        _ => None,
    }
}

fn is_whole(node: Node<'_>) -> bool {
    matches!(node, Node::A_Const(constant) if matches!(constant.val(), Some(ConstValue::Integer(_))))
}

/// Whether a cast is to no list.
fn is_single(cast: &nodes::TypeCast) -> bool {
    cast.type_name().is_some_and(|ty| ty.array_bounds().is_empty())
}

/// A number of rows that no LIMIT or OFFSET fails by, or none.
fn is_number(node: Node<'_>) -> bool {
    match node {
        Node::None => true,
        Node::A_Const(constant) => matches!(constant.val(), Some(ConstValue::Integer(number)) if number >= 0),
        _ => false,
    }
}
