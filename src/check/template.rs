//! The substitution template, written a second time: what must stand in place of a relation with protected columns.
//!
//! ```text
//! (SELECT <columns>[, <system columns>] FROM [ONLY ]"schema"."name")
//! ```
//!
//! Every user column in attribute order, the clear ones as `"name"`, the others as `<expression> AS "name"`. The text
//! is compared byte by byte, so that nothing inside needs to be understood.

use crate::catalog::snapshot::Relation;
use crate::grammar::{Node, nodes};
use crate::model::facts::Right;
use crate::rights::table::{ColumnRight, RelationRight};

use super::names::quoted;
use super::walk::Subject;
use super::{Contradiction, Step};

const SYSTEM_COLUMNS: [&str; 6] = ["ctid", "xmin", "xmax", "cmin", "cmax", "tableoid"];

const OPENING: &str = "(SELECT ";

/// The one relation of a subquery's FROM.
fn only_source(select: &nodes::SelectStmt) -> Option<&nodes::RangeVar> {
    let mut from = select.from_clause().iter();
    match (from.next(), from.next()) {
        (Some(Node::RangeVar(range)), None) => Some(range),
        _ => None,
    }
}

/// Whether a subquery in FROM stands for a relation with protected columns; then it must be its template, to the byte.
/// Returns the relation. `None`: an ordinary subquery, to be walked.
pub(super) fn substituted<'a>(subject: &Subject<'a>, select: &'a nodes::SelectStmt) -> Step<Option<&'a Relation>> {
    let Some(range) = only_source(select) else { return Ok(None) };
    let (Some(schema), Some(name)) = (range.schemaname(), range.relname()) else { return Ok(None) };
    let Some(relation) = subject.snapshot.relation_named(schema, name) else { return Ok(None) };
    let Some(RelationRight::Masked(columns)) = subject.rights.relation(relation.oid) else { return Ok(None) };
    let differs = |what: &str| Contradiction::at(range.location, format!("the substitution of {schema}.{name} {what}"));
    covers(relation, columns).then_some(()).ok_or_else(|| differs("does not fit its columns"))?;
    let body = columns_text(columns).ok_or_else(|| differs("has no mask"))?;
    let start = select.target_list().iter().next().map_or(-1, |target| target.location);
    let start = usize::try_from(start).ok().and_then(|start| start.checked_sub(OPENING.len()));
    let text = start.and_then(|start| subject.text.get(start..)).ok_or_else(|| differs("has no place"))?;
    let rest = text
        .strip_prefix(OPENING)
        .and_then(|rest| rest.strip_prefix(body.as_str()))
        .map(skip_system_columns)
        .and_then(|rest| rest.strip_prefix(if range.inh { " FROM " } else { " FROM ONLY " }))
        .ok_or_else(|| differs("differs from its template"))?;
    let here = subject.text.len() - rest.len();
    let tail = format!("{}.{})", quoted(schema), quoted(name));
    if usize::try_from(range.location) != Ok(here) || !rest.starts_with(&tail) || range.alias().is_some() {
        return Err(differs("differs from its template"));
    }
    Ok(Some(relation))
}

/// Whether the rights speak of the very columns that the relation has.
fn covers(relation: &Relation, columns: &[ColumnRight]) -> bool {
    relation.columns.len() == columns.len()
        && relation.columns.iter().zip(columns).all(|(has, right)| has.number == right.number && has.name == right.name)
}

fn columns_text(columns: &[ColumnRight]) -> Option<String> {
    let mut text = String::new();
    for column in columns {
        if !text.is_empty() {
            text.push_str(", ");
        }
        if column.right != Right::Clear {
            text.push_str(column.expression.as_deref()?);
            text.push_str(" AS ");
        }
        text.push_str(&quoted(&column.name));
    }
    (!text.is_empty()).then_some(text)
}

/// Passes over system columns after the others, each at most once.
fn skip_system_columns(text: &str) -> &str {
    let mut rest = text;
    let mut left = SYSTEM_COLUMNS.to_vec();
    while let Some(after) = rest.strip_prefix(", ") {
        let end = after.find([',', ' ']).unwrap_or(after.len());
        let Some((name, next)) = after.split_at_checked(end) else { break };
        let Some(index) = left.iter().position(|system| *system == name) else { break };
        left.remove(index);
        rest = next;
    }
    rest
}
