//! Times that programs compare columns with, and that cannot fail: the clock's, and what a constant moves them by.
//!
//! `now()`, `CURRENT_DATE - 30`, `now() - interval '90 days'`, `date_trunc('month', now())`. The server may compute one for
//! each row that it tests, of rows too that a filter leaves out.

use crate::grammar::tags::{A_Expr_Kind, SQLValueFunctionOp as Clock};
use crate::grammar::{ConstValue, Node, nodes};
use crate::model::ids::Oid;

use super::functions;
use super::leaks::quoted;
use super::walk::{Walk, strings};

const DATE: Oid = Oid(1082);
const TIMESTAMP: Oid = Oid(1114);
const TIMESTAMPTZ: Oid = Oid(1184);
const INTERVAL: Oid = Oid(1186);

/// What `date_trunc` knows, of what people write.
const TRUNCATED: [&str; 7] = ["hour", "day", "week", "month", "quarter", "year", "minute"];
const UNITS: [&str; 7] = ["second", "minute", "hour", "day", "week", "month", "year"];

impl<'a> Walk<'a> {
    /// The type of such a time; `None`: it is something else.
    pub(super) fn moment(&self, node: Node<'a>, depth: usize) -> Option<Oid> {
        if depth > 8 {
            return None;
        }
        match node {
            Node::SQLValueFunction(it) => match it.op {
                Clock::SVFOP_CURRENT_DATE => Some(DATE),
                Clock::SVFOP_CURRENT_TIMESTAMP => Some(TIMESTAMPTZ),
                Clock::SVFOP_LOCALTIMESTAMP => Some(TIMESTAMP),
                _ => None,
            },
            Node::FuncCall(call) => self.moment_called(call, depth),
            Node::TypeCast(cast) => {
                self.moment(cast.arg(), depth + 1)?;
                self.server_type(cast.type_name()?).filter(|ty| [DATE, TIMESTAMP, TIMESTAMPTZ].contains(ty))
            }
            Node::A_Expr(it) if it.kind == A_Expr_Kind::AEXPR_OP => {
                let (["+" | "-"] | ["pg_catalog", "+" | "-"]) = strings(it.name())?.as_slice() else { return None };
                let from = self.moment(it.lexpr(), depth + 1)?;
                match it.rexpr() {
                    Node::TypeCast(cast) if is_short(cast.arg()) => {
                        self.server_type(cast.type_name()?).filter(|ty| *ty == INTERVAL)?;
                        Some(if from == DATE { TIMESTAMP } else { from })
                    }
                    Node::A_Const(days) if from == DATE => match days.val() {
                        Some(ConstValue::Integer(0..100_000)) => Some(DATE),
                        _ => None,
                    },
                    _ => None,
                }
            }
            _ => None,
        }
    }

    fn moment_called(&self, call: &'a nodes::FuncCall, depth: usize) -> Option<Oid> {
        let name = match strings(call.funcname())?.as_slice() {
            ["pg_catalog", name] => *name,
            [name] if functions::is_only_the_server_s(&self.context, name) => *name,
            _ => return None,
        };
        let mut arguments = call.args().iter();
        match (name, arguments.next(), arguments.next(), arguments.next()) {
            ("now" | "transaction_timestamp" | "statement_timestamp", None, ..) => Some(TIMESTAMPTZ),
            ("date_trunc", Some(unit), Some(of), None) => {
                let known = quoted(unit).is_some_and(|unit| TRUNCATED.contains(&unit));
                let of = self.moment(of, depth + 1).filter(|_| known)?;
                Some(if of == DATE { TIMESTAMPTZ } else { of })
            }
            _ => None,
        }
    }
}

/// `'90 days'`: up to 999 of a unit, which no clock is moved out of its range by.
fn is_short(node: Node<'_>) -> bool {
    let Some((number, unit)) = quoted(node).and_then(|text| text.split_once(' ')) else { return false };
    let unit = unit.strip_suffix('s').unwrap_or(unit);
    (1..=3).contains(&number.len()) && number.bytes().all(|digit| digit.is_ascii_digit()) && UNITS.contains(&unit)
}
