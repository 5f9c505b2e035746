//! Sizes on disk follow true values: a call that tells one stands where it does not run.

use crate::grammar::{ConstValue, Node, nodes};

use super::walk::Walk;

/// Whether a function tells how large something is on disk.
pub(super) fn tells_size(name: &str) -> bool {
    let of = name.strip_prefix("pg_").and_then(|name| name.strip_suffix("_size"));
    of.is_some_and(|of| matches!(of, "relation" | "total_relation" | "table" | "indexes" | "database" | "tablespace"))
}

impl<'a> Walk<'a> {
    /// Notes the call that a `CASE WHEN true THEN NULL ELSE … END` does not run.
    pub(super) fn note_idle(&mut self, it: &'a nodes::CaseExpr) {
        let mut whens = it.args().iter();
        let (Node::None, Some(Node::CaseWhen(when)), None, Node::FuncCall(call)) =
            (it.arg(), whens.next(), whens.next(), it.defresult())
        else {
            return;
        };
        let holds = matches!(when.expr(), Node::A_Const(one) if matches!(one.val(), Some(ConstValue::Boolean(true))));
        if holds && matches!(when.result(), Node::A_Const(one) if one.val().is_none()) {
            self.idle.insert(call.location);
        }
    }
}
