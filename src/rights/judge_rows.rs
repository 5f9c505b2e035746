//! One principal's rules of `rows.toml`, applied to a relation and its columns.

use std::collections::HashSet;

use crate::catalog::snapshot::{Column, Relation};
use crate::mask::Mask;
use crate::model::category::Category;
use crate::model::facts::{Right, WriteRight};
use crate::model::ids::RuleId;
use crate::model::refusal::{Reason, Refusal};
use crate::policy::classification::UNCLASSIFIED;

use super::bind::{Judge, Unmaskable, expression, quoted};
use super::layout::name_of;
use super::rows::{Applied, What, own_name};
use super::table::{ColumnRight, Condition, RowFilter, Shown};

impl<'a> Judge<'a> {
    /// What the rules about this principal say of a relation, each with the name that it is asked under.
    pub(super) fn rows_of(&self, relation: &Relation) -> Vec<(&'a Applied, &str)> {
        let mut rows = Vec::new();
        for (name, rules) in &self.askers {
            rows.extend(self.rows_for(relation, rules).into_iter().map(|applied| (applied, &**name)));
        }
        rows
    }

    /// A filter of a view's own stands in the place of what follows from the filters below.
    fn rows_for(&self, relation: &Relation, rules: &HashSet<usize>) -> Vec<&'a Applied> {
        let all = self.rows.by_relation.get(&relation.oid).into_iter().flatten();
        let mine: Vec<&Applied> = all.filter(|applied| rules.contains(&applied.rule)).collect();
        let own = mine.iter().any(|applied| applied.own && matches!(applied.what, What::Rows(_)));
        let replaced = |applied: &&Applied| {
            let of_rows =
                self.policy.rows.get(applied.rule).is_some_and(|rule| rule.effect == crate::policy::rows::Effect::Rows);
            own && applied.inherited && of_rows
        };
        mine.into_iter().filter(|applied| !replaced(applied)).collect()
    }

    fn rule(&self, applied: &Applied) -> RuleId {
        self.policy.rows.get(applied.rule).map_or_else(crate::policy::no_rule, |rule| rule.id.clone())
    }

    /// The first rule that makes the relation unusable.
    pub(super) fn closed(&self, relation: &Relation, rows: &[(&Applied, &str)]) -> Option<Refusal> {
        rows.iter().find_map(|(applied, _)| match &applied.what {
            What::Closed { why, help } => Some(
                Refusal::new(Reason::Relation, format!("which rows of {} may be read is not known", name_of(relation)))
                    .detail(format!("{why} ({})", self.rule(applied)))
                    .hint(help.clone()),
            ),
            _ => None,
        })
    }

    /// Which rows there are: those that every filter lets pass.
    pub(super) fn filter(&self, relation: &Relation, rows: &[(&Applied, &str)]) -> Option<RowFilter> {
        let filters = rows.iter().filter_map(|(applied, name)| match &applied.what {
            What::Rows(condition) => Some((condition.asked_by(name), self.rule(applied))),
            _ => None,
        });
        let (mut conditions, mut rules): (Vec<Condition>, Vec<RuleId>) = (Vec::new(), Vec::new());
        for (condition, rule) in filters {
            // the same of the account and of its end user
            if !conditions.contains(&condition) {
                conditions.push(condition);
                rules.push(rule);
            }
        }
        let condition = Condition::all(&conditions)?;
        // a relation whose own name would be caught inside: nothing is shown
        let text = condition.over(&own_name(relation)).unwrap_or_else(|| "(FALSE)".into());
        Some(RowFilter { condition, text: text.into(), rules: rules.into() })
    }

    /// A column as it reads where some rows hide it.
    pub(super) fn in_rows(
        &self,
        mut right: ColumnRight,
        relation: &Relation,
        column: &Column,
        rows: &[(&Applied, &str)],
    ) -> Result<ColumnRight, Unmaskable> {
        let mut conditions = Vec::new();
        if right.right == Right::Hidden {
            return Ok(right);
        }
        for (applied, name) in rows {
            match &applied.what {
                What::Hidden(columns) if columns.contains(&column.number) => {
                    right.right = Right::Hidden;
                    right.rule = self.rule(applied);
                }
                What::Columns(columns, condition) if columns.contains(&column.number) => {
                    let condition = condition.asked_by(name);
                    conditions.extend((!conditions.contains(&condition)).then_some(condition));
                    right.rule = self.rule(applied);
                }
                _ => continue,
            }
            right.write = right.write.min(WriteRight::Guarded);
            right.matching = false;
            right.category.get_or_insert_with(|| Category(UNCLASSIFIED.into()));
        }
        let null = || expression(&Mask::Null, column).ok_or(Unmaskable);
        if right.right == Right::Hidden {
            right.expression = Some(null()?);
            right.mask = Some(Mask::Null.into());
        } else if let Some(shown) = Condition::all(&conditions) {
            let condition = shown.over(&own_name(relation)).unwrap_or_else(|| "(FALSE)".into());
            let value = right.expression.take().unwrap_or_else(|| quoted(&column.name).into());
            right.expression = Some(format!("CASE WHEN {condition} THEN {value} ELSE {} END", null()?).into());
            let clear = right.right == Right::Clear;
            right.right = Right::Masked;
            // where it reads as NULL, writing NULL back changes nothing
            right.mask = right.mask.or_else(|| Some(Mask::Null.into()));
            right.shown = Some(Shown { condition: shown, clear });
        }
        Ok(right)
    }
}
