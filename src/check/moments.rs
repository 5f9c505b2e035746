//! The proof that a time is computed without fail, and its type: the server's clock, cut and moved by constants.

use crate::grammar::tags::{A_Expr_Kind, SQLValueFunctionOp};
use crate::grammar::{ConstValue, Node, nodes};
use crate::model::ids::Oid;

use super::walk::{Walk, strings};

/// Whether a time of day is a part of it, and whether that is of a time zone.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Time {
    Date,
    Local,
    Zoned,
}

impl Time {
    fn oid(self) -> Oid {
        Oid(match self {
            Self::Date => 1082,
            Self::Local => 1114,
            Self::Zoned => 1184,
        })
    }
}

impl<'a> Walk<'a> {
    /// The type of a time that cannot fail.
    pub(super) fn certain_time(&self, node: Node<'a>) -> Option<Oid> {
        self.time(node, 0).map(Time::oid)
    }

    fn time(&self, node: Node<'a>, depth: usize) -> Option<Time> {
        match node {
            _ if depth > 10 => None,
            Node::SQLValueFunction(it) => match it.op {
                SQLValueFunctionOp::SVFOP_CURRENT_DATE => Some(Time::Date),
                SQLValueFunctionOp::SVFOP_LOCALTIMESTAMP => Some(Time::Local),
                SQLValueFunctionOp::SVFOP_CURRENT_TIMESTAMP => Some(Time::Zoned),
                _ => None,
            },
            Node::TypeCast(cast) => {
                self.time(cast.arg(), depth + 1)?;
                match scalar(cast)? {
                    "date" => Some(Time::Date),
                    "timestamp" => Some(Time::Local),
                    "timestamptz" => Some(Time::Zoned),
                    _ => None,
                }
            }
            Node::FuncCall(call) => {
                let (name, arguments) = (strings(call.funcname())?, call.args().iter().collect::<Vec<_>>());
                let ["pg_catalog", name] = name.as_slice() else { return None };
                match (*name, arguments.as_slice()) {
                    ("now" | "statement_timestamp" | "transaction_timestamp", []) => Some(Time::Zoned),
                    ("date_trunc", [unit, of]) if quoted(*unit).is_some_and(is_unit) => {
                        Some(if self.time(*of, depth + 1)? == Time::Local { Time::Local } else { Time::Zoned })
                    }
                    _ => None,
                }
            }
            Node::A_Expr(it) if it.kind == A_Expr_Kind::AEXPR_OP => {
                let operator = strings(it.name())?;
                let moves = matches!(operator.as_slice(), ["+" | "-"] | ["pg_catalog", "+" | "-"]);
                self.time(it.lexpr(), depth + 1).filter(|_| moves).and_then(|from| moved(from, it.rexpr()))
            }
            _ => None,
        }
    }
}

/// A time that days or an interval are added to: as many as leave any clock within the range of its type.
fn moved(from: Time, by: Node<'_>) -> Option<Time> {
    match by {
        Node::A_Const(days) => {
            let few = matches!(days.val(), Some(ConstValue::Integer(0..=99_999)));
            Some(from).filter(|from| few && *from == Time::Date)
        }
        Node::TypeCast(cast) if scalar(cast) == Some("interval") => {
            let (number, unit) = quoted(cast.arg())?.split_once(' ')?;
            let short = number.len() < 4 && number.parse::<u16>().is_ok() && !number.starts_with('+');
            let known = unit == "second" || unit == "seconds" || is_unit(unit.strip_suffix('s').unwrap_or(unit));
            let to = if from == Time::Date { Time::Local } else { from };
            Some(to).filter(|_| short && known && unit.trim_end_matches('s') != "quarter")
        }
        _ => None,
    }
}

fn is_unit(name: &str) -> bool {
    matches!(name, "minute" | "hour" | "day" | "week" | "month" | "quarter" | "year")
}

/// The text of a quoted constant.
pub(super) fn quoted(node: Node<'_>) -> Option<&str> {
    let Node::A_Const(constant) = node else { return None };
    match constant.val() {
        Some(ConstValue::String(text)) => Some(text),
        _ => None,
    }
}

/// The server's type that a cast names, neither an array nor of a certain length.
fn scalar(cast: &nodes::TypeCast) -> Option<&str> {
    let ty = cast.type_name()?;
    let names: Vec<&str> = ty.names().iter().map(|name| name.sval()).collect::<Option<_>>()?;
    match names.as_slice() {
        ["pg_catalog", name] if ty.typmods().is_empty() && ty.array_bounds().is_empty() => Some(name),
        _ => None,
    }
}
