//! A subquery in FROM that stands for a relation with protected columns, as sqlparser reads it.

use sqlparser::ast::{
    Expr, Function, FunctionArg, FunctionArgExpr, FunctionArguments, GroupByExpr, Ident, LimitClause, ObjectName,
    ObjectNamePart, OrderBy, OrderByExpr, OrderByKind, Query, Select, SelectItem, SetExpr, TableFactor, Value,
    ValueWithSpan,
};

use crate::catalog::snapshot::Relation;
use crate::model::facts::Right;
use crate::rights::table::{ColumnRight, RelationRight};

use super::masks::Masks;
use super::reading::{Meaning, meaning, spelled};
use super::{Abstention, Subject, Verdict, contradicts};

const SYSTEM_COLUMNS: [&str; 6] = ["tableoid", "cmax", "xmax", "cmin", "xmin", "ctid"];

/// The relation that a subquery stands for, where it is named, and whether something of it is hidden. `None`: an
/// ordinary subquery, of a relation whose rows are not filtered.
pub(super) fn of<'a, 'q>(
    subject: Subject<'a>,
    masks: &Masks,
    query: &'q Query,
) -> Result<Option<(&'a Relation, &'q ObjectName, bool)>, Verdict> {
    let SetExpr::Select(select) = &*query.body else { return Ok(None) };
    let [from] = select.from.as_slice() else { return Ok(None) };
    let TableFactor::Table { name, alias, args: None, sample, .. } = &from.relation else { return Ok(None) };
    let Meaning::Permanent(relation) = meaning(subject, name)? else { return Ok(None) };
    let Some(RelationRight::Masked(columns)) = subject.rights.relation(relation.oid) else { return Ok(None) };
    let alone = from.joins.is_empty() && alias.is_none() && sample.is_none();
    let found = match alone && plain(query, select) && fenced(query) {
        true => filtered(subject, masks, relation, select)
            .and_then(|()| items(subject, masks, relation, columns, &select.projection))
            .map(|()| {
                subject.replaced.meet(&select.projection);
                Some((relation, name, hides(subject, relation, columns, &select.projection)))
            }),
        false => Err(contradicts(format!("the substitution of {} has clauses of its own", relation.name))),
    };
    match found {
        Err(Verdict::Contradicts(_)) if subject.rights.filter(relation.oid).is_none() => Ok(None),
        other => other,
    }
}

/// Whether rows are filtered, or a protected column is listed.
fn hides(subject: Subject<'_>, relation: &Relation, columns: &[ColumnRight], items: &[SelectItem]) -> bool {
    let listed = |column: &&ColumnRight| {
        items
            .iter()
            .any(|item| matches!(item, SelectItem::ExprWithAlias { alias, .. } if *spelled(alias) == *column.name))
    };
    let protected = |column: &&ColumnRight| column.right != Right::Clear;
    subject.rights.filter(relation.oid).is_some() || columns.iter().filter(protected).any(|column| listed(&column))
}

/// Nothing but targets and FROM.
fn plain(query: &Query, select: &Select) -> bool {
    let grouped =
        !matches!(&select.group_by, GroupByExpr::Expressions(items, more) if items.is_empty() && more.is_empty());
    query.with.is_none()
        && query.order_by.as_ref().is_none_or(as_stored)
        && query.fetch.is_none()
        && query.locks.is_empty()
        && select.distinct.is_none()
        && select.into.is_none()
        && select.having.is_none()
        && select.named_window.is_empty()
        && !grouped
}

/// `ORDER BY ctid`.
fn as_stored(order: &OrderBy) -> bool {
    let OrderByKind::Expressions(keys) = &order.kind else { return false };
    let ctid = |expr: &Expr| matches!(expr, Expr::Identifier(name) if *spelled(name) == *"ctid");
    let plain =
        |key: &OrderByExpr| key.options.sort.is_none() && key.options.nulls_first.is_none() && key.with_fill.is_none();
    order.interpolate.is_none() && matches!(keys.as_slice(), [key] if ctid(&key.expr) && plain(key))
}

/// No LIMIT, and no OFFSET but the one that keeps a filter apart: `OFFSET 0`.
fn fenced(query: &Query) -> bool {
    let zero =
        |expr: &Expr| matches!(expr, Expr::Value(ValueWithSpan { value: Value::Number(zero, _), .. }) if zero == "0");
    match &query.limit_clause {
        None => true,
        Some(LimitClause::LimitOffset { limit: None, offset: Some(offset), limit_by }) => {
            limit_by.is_empty() && zero(&offset.value)
        }
        Some(_) => false,
    }
}

/// WHERE is the filter of the principal's rows, to be found exactly where there is one.
fn filtered(subject: Subject<'_>, masks: &Masks, relation: &Relation, select: &Select) -> Result<(), Verdict> {
    let fits = match (subject.rights.filter(relation.oid), &select.selection) {
        (None, None) => true,
        (Some(filter), Some(found)) => {
            let filter = masks.read(&filter.text).ok_or(Verdict::Abstains(Abstention::Differs("filter")))?;
            *filter == *found
        }
        _ => false,
    };
    if fits { Ok(()) } else { Err(contradicts(format!("the rows of {} are not filtered as planned", relation.name))) }
}

/// Columns in attribute order, each as planned; some may be left out, which the checker judges. Then system columns.
fn items(
    subject: Subject<'_>,
    masks: &Masks,
    relation: &Relation,
    columns: &[ColumnRight],
    items: &[SelectItem],
) -> Result<(), Verdict> {
    let mut rest = columns.iter();
    for item in items {
        let (name, expr) = match item {
            SelectItem::UnnamedExpr(Expr::Identifier(name)) => (name, None),
            SelectItem::ExprWithAlias { expr, alias } => (alias, Some(expr)),
            _ => return Err(contradicts(format!("{} is not substituted as planned", relation.name))),
        };
        if let Some(column) = shadowed(columns, name) {
            // a true value, under a name that only tests of equality use
            let own = matches!(expr, Some(Expr::Identifier(own)) if spelled(own) == *column.name);
            if own && column.matching {
                continue;
            }
        }
        let fits = match (rest.find(|column| spelled(name) == *column.name), expr) {
            (None, None) => is_system(name),
            (None, Some(_)) => false,
            (Some(column), None) => column.right == Right::Clear,
            (Some(column), Some(expr)) if column.right == Right::Clear => is_itself(column, expr),
            (Some(column), Some(expr)) => is_planned(subject, masks, column, expr)?,
        };
        if !fits {
            return Err(contradicts(format!("column {} of {} is not as planned", name.value, relation.name)));
        }
    }
    Ok(())
}

/// The column that a name such as `"menshen:3"` stands for.
fn shadowed<'c>(columns: &'c [ColumnRight], name: &Ident) -> Option<&'c ColumnRight> {
    let number = name.value.strip_prefix("menshen:").filter(|_| name.quote_style == Some('"'))?;
    columns.iter().find(|column| column.number.to_string() == number)
}

/// `COALESCE("name", "name")`.
fn is_itself(column: &ColumnRight, expr: &Expr) -> bool {
    let own = |argument: &FunctionArg| matches!(argument, FunctionArg::Unnamed(FunctionArgExpr::Expr(Expr::Identifier(own))) if *spelled(own) == *column.name);
    let Expr::Function(Function { name, args: FunctionArguments::List(list), filter: None, over: None, .. }) = expr
    else {
        return false;
    };
    let coalesce = matches!(name.0.as_slice(), [ObjectNamePart::Identifier(word)]
        if word.quote_style.is_none() && word.value.eq_ignore_ascii_case("coalesce"));
    coalesce && list.args.len() == 2 && list.clauses.is_empty() && list.args.iter().all(own)
}

/// Of the items of a SELECT over one relation: those that are the masks of these columns.
pub(super) fn masked<'q>(
    subject: Subject<'_>,
    masks: &Masks,
    columns: &[&ColumnRight],
    items: &'q [SelectItem],
) -> Result<Vec<&'q Expr>, Verdict> {
    let mut found = Vec::new();
    for item in items {
        let SelectItem::ExprWithAlias { expr, .. } = item else { continue };
        for column in columns {
            if is_mask(subject, masks, column, expr)? {
                subject.replaced.meet(std::slice::from_ref(item));
                found.push(expr);
                break;
            }
        }
    }
    Ok(found)
}

/// A column's mask, or NULL where nobody uses the column.
fn is_planned(subject: Subject<'_>, masks: &Masks, column: &ColumnRight, expr: &Expr) -> Result<bool, Verdict> {
    let unused = || masks.read(&format!("(NULL)::{}", column.ty.sql)).is_some_and(|null| *null == *expr);
    Ok(is_mask(subject, masks, column, expr)? || unused())
}

fn is_mask(subject: Subject<'_>, masks: &Masks, column: &ColumnRight, expr: &Expr) -> Result<bool, Verdict> {
    let not_read = || Verdict::Abstains(Abstention::Differs("mask"));
    let planned = column.expression.as_deref().ok_or_else(not_read)?;
    if let Expr::Identifier(name) = expr
        && let Some(mask) = subject.replaced.mask(name)
    {
        return Ok(mask == planned);
    }
    Ok(*masks.read(planned).ok_or_else(not_read)? == *expr)
}

fn is_system(name: &Ident) -> bool {
    name.quote_style.is_none() && SYSTEM_COLUMNS.contains(&name.value.as_str())
}
