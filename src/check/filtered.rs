//! Writes to relations whose rows are filtered: the filter stands before the condition, to the byte.
//!
//! ```text
//! CASE WHEN <filter> THEN true ELSE false END[ AND <conditions>]
//! CASE WHEN <filter> THEN (<condition>) ELSE false END
//! ```
//!
//! The server may test what stands behind the AND first: each of it must be silent.

use crate::grammar::tags::BoolExprType;
use crate::grammar::{ConstValue, Node, nodes};
use crate::model::facts::{Right, WriteRight};
use crate::rights::table::{ColumnRight, RelationRight};

use super::target::Target;
use super::walk::{Flow, Scope, Walk};
use super::{Contradiction, Step};

const OPENING: &str = "CASE WHEN ";
const ALONE: &str = " THEN true ELSE false END";
const AROUND: &str = " THEN (";

fn is_false(node: Node<'_>) -> bool {
    matches!(node, Node::A_Const(it) if matches!(it.val(), Some(ConstValue::Boolean(false))))
}

impl<'a> Walk<'a> {
    /// The condition that chooses the rows of a write, or decides whether a row that was found is written (`beside`:
    /// whether conditions may stand beside the filter).
    pub(super) fn chosen(&mut self, target: &Target, condition: Node<'a>, beside: bool, scope: Scope) -> Step {
        let open = |column: &ColumnRight| column.right == Right::Clear && column.write == WriteRight::Free;
        let guarded = match self.subject.rights.relation(target.relation()) {
            Some(RelationRight::Masked(columns)) => !columns.iter().all(open),
            _ => false,
        };
        self.chosen_for_write |= beside && !target.temporary && (guarded || target.is_filtered());
        if !target.is_filtered() {
            self.push_to(Flow::Free, condition, scope);
            self.conditions.push((self.unmerged(scope), condition));
            return Ok(());
        }
        let missing = || Contradiction::at(-1, "a write does not begin with the filter of its target");
        let (case, others) = match condition {
            Node::CaseExpr(case) => (case, None),
            Node::BoolExpr(both) if both.boolop == BoolExprType::AND_EXPR && beside => match both.args().get(0) {
                Some(Node::CaseExpr(case)) => (case, Some(both.args())),
                _ => return Err(missing()),
            },
            _ => return Err(missing()),
        };
        let inside = self.behind_filter(target, case).ok_or_else(missing)?;
        match (inside, others) {
            (Some(inside), None) => {
                self.push_to(Flow::Free, inside, scope);
                self.conditions.push((self.unmerged(scope), inside));
            }
            (None, others) => {
                for other in others.into_iter().flatten().skip(1) {
                    self.push_to(Flow::Free, other, scope);
                    self.conditions.push((self.unmerged(scope), other));
                    self.writes.beside.push(other);
                }
            }
            (Some(_), Some(_)) => return Err(missing()),
        }
        Ok(())
    }

    /// Compares the bytes of a filter. The condition that is tested behind it, if there is one inside of the CASE;
    /// outside, `None`: they differ.
    fn behind_filter(&mut self, target: &Target, case: &'a nodes::CaseExpr) -> Option<Option<Node<'a>>> {
        let filter = self.writes.filters.get(target.filter?)?;
        let start = usize::try_from(case.location).ok()?;
        let text = self.subject.text.get(start..)?;
        let rest = text.strip_prefix(OPENING)?.strip_prefix(filter.as_str())?;
        let end = start + text.len() - rest.len();
        let mut whens = case.args().iter();
        let (Some(Node::CaseWhen(when)), None) = (whens.next(), whens.next()) else { return None };
        if !matches!(case.arg(), Node::None) || !is_false(case.defresult()) {
            return None;
        }
        self.fix(start, end);
        match rest.strip_prefix(AROUND) {
            Some(_) => Some(Some(when.result())),
            None => rest.strip_prefix(ALONE).map(|_| None),
        }
    }
}
