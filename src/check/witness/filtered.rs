//! Writes to relations whose rows are filtered, as sqlparser reads them.

use sqlparser::ast::{
    BinaryOperator, Expr, FromTable, ObjectName, OnConflictAction, OnInsert, Statement, TableFactor, TableObject,
};

use super::masks::Masks;
use super::reading::{Meaning, meaning, spelled};
use super::{Abstention, Subject, Verdict, contradicts};
use crate::grammar::names::quoted;

/// What a write goes to, what the name is that its columns are qualified by, and the condition for its rows.
struct Write<'s> {
    target: &'s ObjectName,
    called: Option<String>,
    condition: Option<&'s Expr>,
}

fn table(factor: &TableFactor) -> Option<(&ObjectName, Option<String>)> {
    match factor {
        TableFactor::Table { name, alias, args: None, .. } => {
            Some((name, alias.as_ref().map(|alias| spelled(&alias.name).into_owned())))
        }
        _ => None,
    }
}

fn write(statement: &Statement) -> Option<Write<'_>> {
    let (target, called, condition) = match statement {
        Statement::Update(update) => {
            let (target, called) = table(&update.table.relation)?;
            (target, called, update.selection.as_ref())
        }
        Statement::Delete(delete) => {
            let (FromTable::WithFromKeyword(from) | FromTable::WithoutKeyword(from)) = &delete.from;
            let (target, called) = table(&from.first()?.relation)?;
            (target, called, delete.selection.as_ref())
        }
        Statement::Insert(insert) => {
            let Some(OnInsert::OnConflict(conflict)) = &insert.on else { return None };
            let (OnConflictAction::DoUpdate(update), TableObject::TableName(target)) =
                (&conflict.action, &insert.table)
            else {
                return None;
            };
            let called = insert.table_alias.as_ref().map(|alias| spelled(&alias.alias).into_owned());
            (target, called, update.selection.as_ref())
        }
        Statement::Merge(merge) => {
            let (target, called) = table(&merge.table)?;
            (target, called, Some(&*merge.on))
        }
        _ => return None,
    };
    Some(Write { target, called, condition })
}

/// The filter before a write's condition, where its target's rows are filtered. `None`: they are not.
pub(super) fn of<'s>(
    subject: Subject<'_>,
    masks: &Masks,
    statement: &'s Statement,
) -> Result<Option<&'s Expr>, Verdict> {
    let Some(Write { target, called, condition }) = write(statement) else { return Ok(None) };
    let Meaning::Permanent(relation) = meaning(subject, target)? else { return Ok(None) };
    let Some(filter) = subject.rights.filter(relation.oid) else { return Ok(None) };
    let abstains = || Verdict::Abstains(Abstention::Differs("filter"));
    let called = called.unwrap_or_else(|| relation.name.to_string());
    let filter = filter.condition.over(&quoted(&called)).and_then(|text| masks.read(&text)).ok_or_else(abstains)?;
    let first = match condition {
        Some(Expr::BinaryOp { left, op: BinaryOperator::And, .. }) => Some(&**left),
        other => other,
    };
    match first {
        Some(Expr::Case { operand: None, conditions, .. }) => match conditions.as_slice() {
            [only] if only.condition == *filter => Some(&only.condition),
            _ => None,
        },
        _ => None,
    }
    .map(Some)
    .ok_or_else(|| contradicts(format!("rows of {} are written that are filtered", relation.name)))
}
