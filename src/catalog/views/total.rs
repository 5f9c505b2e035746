//! Expressions that fail for no value.

use crate::catalog::snapshot::Column;
use crate::grammar::tags::A_Expr_Kind;
use crate::grammar::{ConstValue, Node, NodeList, nodes, uncast};
use crate::model::types::TypeClass;

/// Deeper nesting than this is not followed.
const MAX_DEPTH: usize = 60;

/// Built-in functions, aggregates and window functions that take every value.
const FUNCTIONS: [&str; 30] = [
    "bool_and",
    "bool_or",
    "btrim",
    "char_length",
    "concat",
    "concat_ws",
    "count",
    "cume_dist",
    "dense_rank",
    "every",
    "first_value",
    "initcap",
    "json_agg",
    "lag",
    "last_value",
    "lead",
    "left",
    "length",
    "lower",
    "ltrim",
    "max",
    "md5",
    "min",
    "percent_rank",
    "rank",
    "replace",
    "reverse",
    "right",
    "row_number",
    "rtrim",
];

/// Comparisons.
const OPERATORS: [&str; 6] = ["=", "<>", "<", ">", "<=", ">="];

/// Functions that tell the time, round it, and spell it.
const TIMES: [&str; 6] = ["date_trunc", "now", "statement_timestamp", "timezone", "to_char", "transaction_timestamp"];

/// Functions that give a text whatever they are given.
const TEXTS: [&str; 10] =
    ["btrim", "concat", "concat_ws", "left", "lower", "ltrim", "md5", "right", "rtrim", "to_char"];

/// With a pattern that is written out.
const PATTERNS: [&str; 4] = ["~~", "!~~", "~~*", "!~~*"];

/// What columns hold.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub(super) struct Holds {
    /// Arrays: not all of them can be put together.
    pub(super) lists: bool,
    /// Values, or rows and arrays of such, that the server finds no way to compare when it comes to them.
    pub(super) incomparable: bool,
}

impl Holds {
    pub(super) fn of<'c>(columns: impl IntoIterator<Item = &'c Column>) -> Self {
        columns.into_iter().fold(Self::default(), |found, column| Self {
            lists: found.lists || is_list(&column.ty.class),
            incomparable: found.incomparable || !column.groupable,
        })
    }
}

fn is_list(mut class: &TypeClass) -> bool {
    while let TypeClass::Domain(base) | TypeClass::Checked(base) = class {
        class = base;
    }
    matches!(class, TypeClass::Array(_))
}

/// Where an expression stands.
#[derive(Clone, Copy)]
struct Place<'h> {
    depth: usize,
    /// What a column holds.
    holds: &'h dyn Fn(&nodes::ColumnRef) -> Holds,
    /// Whether values are compared there.
    compared: bool,
    /// Whether arrays would be put together there.
    joined: bool,
}

impl Place<'_> {
    fn compared(self) -> Self {
        Self { compared: true, ..self }
    }

    fn joined(self) -> Self {
        Self { joined: true, ..self }
    }

    /// Inside of what is a text whatever is given.
    fn text(self) -> Self {
        Self { compared: false, joined: false, ..self }
    }

    fn takes(self, column: &nodes::ColumnRef) -> bool {
        let holds = (self.holds)(column);
        !(self.compared && holds.incomparable || self.joined && holds.lists)
    }
}

/// Whether an expression comes to something whatever the values of its columns are, of which that is known. What is not
/// known to do so does not.
pub(super) fn total(node: Node<'_>, holds: &dyn Fn(&nodes::ColumnRef) -> Holds) -> bool {
    at(node, Place { depth: 0, holds, compared: false, joined: false })
}

fn all(list: &NodeList, place: Place<'_>) -> bool {
    list.iter().all(|node| at(node, place))
}

fn at(node: Node<'_>, place: Place<'_>) -> bool {
    let inside = Place { depth: place.depth + 1, ..place };
    place.depth < MAX_DEPTH && (composed(node, inside) || fixed(node, inside.depth))
}

/// Of parts that come to something, by what does for every value.
fn composed(node: Node<'_>, place: Place<'_>) -> bool {
    let one = |node| at(node, place);
    match node {
        Node::None => true,
        Node::ColumnRef(column) => place.takes(column),
        Node::NodeList(list) => all(list, place),
        Node::A_Expr(it) => operation(it, place).is_some_and(|place| at(it.lexpr(), place) && at(it.rexpr(), place)),
        Node::BoolExpr(it) => all(it.args(), place),
        Node::TypeCast(it) => to_text(it) && at(it.arg(), place.text()),
        Node::CollateClause(it) => one(it.arg()),
        Node::NullTest(it) => one(it.arg()),
        Node::BooleanTest(it) => one(it.arg()),
        Node::CoalesceExpr(it) => all(it.args(), place),
        Node::MinMaxExpr(it) => all(it.args(), place.compared()),
        Node::RowExpr(it) => all(it.args(), place),
        // of arrays, it fails where they differ in length
        Node::A_ArrayExpr(it) => all(it.elements(), place.joined()),
        Node::CaseExpr(it) => {
            let place = if matches!(it.arg(), Node::None) { place } else { place.compared() };
            at(it.arg(), place) && at(it.defresult(), place) && all(it.args(), place)
        }
        Node::CaseWhen(it) => one(it.expr()) && one(it.result()),
        Node::FuncCall(it) => call(it, place),
        _ => false,
    }
}

/// A function, aggregate or window function.
fn call(it: &nodes::FuncCall, place: Place<'_>) -> bool {
    let Some(name) = named(it.funcname()) else { return false };
    let taken = match name {
        // of bytes, by an encoding that they need not be in
        "length" => it.args().len() == 1,
        _ => FUNCTIONS.contains(&name) || (cuts(name) && placed(it.args())),
    };
    let compares = it.agg_distinct || ["max", "min"].contains(&name);
    let sorted = |node| at(node, place.compared());
    taken
        && all(it.args(), if compares { place.compared() } else { place })
        && at(it.agg_filter(), place)
        && it.agg_order().iter().all(|sort| sorted(sort.node()))
        && it.over().is_none_or(|window| {
            all(window.partition_clause(), place.compared())
                && window.order_clause().iter().all(|sort| sorted(sort.node()))
                && matches!((window.start_offset(), window.end_offset()), (Node::None, Node::None))
        })
}

/// Functions that fail where a length is below zero.
fn cuts(name: &str) -> bool {
    ["substr", "substring"].contains(&name)
}

/// Whether all arguments but the first are numbers that are written out: none of them is below zero.
fn placed(arguments: &NodeList) -> bool {
    let number = |node: Node<'_>| matches!(node, Node::A_Const(it) if matches!(it.val(), Some(ConstValue::Integer(_))));
    arguments.iter().skip(1).all(number)
}

/// A name of `pg_catalog`.
fn named(list: &NodeList) -> Option<&str> {
    match list.iter().map(|part| part.as_str()).collect::<Option<Vec<_>>>()?.as_slice() {
        [name] | ["pg_catalog", name] => Some(name),
        _ => None,
    }
}

/// What comes to something if its operands do, which stand there.
fn operation<'h>(it: &nodes::A_Expr, place: Place<'h>) -> Option<Place<'h>> {
    let name = named(it.name())?;
    match it.kind {
        A_Expr_Kind::AEXPR_LIKE | A_Expr_Kind::AEXPR_ILIKE | A_Expr_Kind::AEXPR_OP if PATTERNS.contains(&name) => {
            Some(place).filter(|_| pattern(it.rexpr()))
        }
        // lists and documents are put together by the same operator, and not all of them can be
        A_Expr_Kind::AEXPR_OP if name == "||" => Some(place.joined()).filter(|_| text(it.lexpr()) || text(it.rexpr())),
        A_Expr_Kind::AEXPR_OP
        | A_Expr_Kind::AEXPR_OP_ANY
        | A_Expr_Kind::AEXPR_OP_ALL
        | A_Expr_Kind::AEXPR_DISTINCT
        | A_Expr_Kind::AEXPR_NOT_DISTINCT
        | A_Expr_Kind::AEXPR_NULLIF
        | A_Expr_Kind::AEXPR_IN => Some(place.compared()).filter(|_| OPERATORS.contains(&name)),
        _ => None,
    }
}

/// A pattern of LIKE that is written out, and does not end in the middle of an escape.
fn pattern(node: Node<'_>) -> bool {
    match uncast(node) {
        Node::A_Const(it) => matches!(it.val(), Some(ConstValue::String(text)) if !text.ends_with('\\')),
        _ => false,
    }
}

/// Whether it is a text by its spelling.
fn text(mut node: Node<'_>) -> bool {
    loop {
        node = match node {
            Node::TypeCast(it) => return to_text(it),
            Node::CollateClause(it) => it.arg(),
            Node::FuncCall(it) => return named(it.funcname()).is_some_and(|name| TEXTS.contains(&name)),
            Node::A_Expr(it) if named(it.name()) == Some("||") => match text(it.rexpr()) {
                true => return true,
                false => it.lexpr(),
            },
            _ => return false,
        }
    }
}

/// What is the same for every row, and would fail for all of them.
fn fixed(node: Node<'_>, depth: usize) -> bool {
    let one = |node| fixed(node, depth + 1);
    depth < MAX_DEPTH
        && match node {
            Node::A_Const(_) | Node::SQLValueFunction(_) => true,
            // within a condition it is computed for some rows only, and a text may not be of the type
            Node::TypeCast(it) => built_in(it).is_some() && !text(it.arg()) && one(it.arg()),
            Node::A_ArrayExpr(it) => it.elements().iter().all(one),
            Node::A_Expr(it) => {
                named(it.name()).is_some() && (matches!(it.lexpr(), Node::None) || one(it.lexpr())) && one(it.rexpr())
            }
            Node::FuncCall(it) => {
                named(it.funcname()).is_some_and(|name| TIMES.contains(&name)) && it.args().iter().all(one)
            }
            _ => false,
        }
}

fn to_text(it: &nodes::TypeCast) -> bool {
    let lists = it.type_name().is_none_or(|ty| !ty.array_bounds().is_empty());
    !lists && matches!(built_in(it), Some("text" | "varchar" | "bpchar"))
}

/// The type's name, if it is one of the server's own.
fn built_in(it: &nodes::TypeCast) -> Option<&str> {
    match it.type_name()?.names().iter().map(|part| part.sval()).collect::<Option<Vec<_>>>()?.as_slice() {
        [name] | ["pg_catalog", name] => Some(name),
        _ => None,
    }
}
