//! The substitution template, written a second time: what must stand in place of a relation with protected columns.
//!
//! ```text
//! (SELECT <columns>[, <system columns>] FROM [ONLY ]"schema"."name"[ WHERE <filter>][ ORDER BY ctid][ OFFSET 0])
//! ```
//!
//! `ORDER BY ctid` may only be left out where the statement names no column by which an index could be chosen that has
//! the rows in the order of what is not clear.
//!
//! The filter stands there exactly if the principal has one. `OFFSET 0` may only be left out where `leaks` proves it.
//!
//! The user columns in attribute order, the clear ones as `"name"`, or behind `OFFSET 0`, where their type has operators that
//! fail by the value, as `COALESCE("name", "name") AS "name"`: the planner tries such operators on what it has kept of a
//! column, filtered or not, but not of an expression. The others as `<expression> AS "name"` or, where
//! they are not used, `(NULL)::<type> AS "name"`. Columns may be left out if the statement does not speak their names.
//! The text is compared byte by byte, so that nothing inside needs to be understood.

use crate::catalog::snapshot::{Column, Relation};
use crate::grammar::{Node, nodes};
use crate::model::facts::Right;
use crate::model::types::TypeClass;
use crate::rights::table::{ColumnRight, RelationRight, RowFilter};

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

/// A relation's template, and its bytes in the text.
pub(super) struct Substituted<'a> {
    pub(super) relation: &'a Relation,
    /// The filter that the server may test after conditions from outside.
    pub(super) unfenced: Option<&'a RowFilter>,
    /// Numbers of columns whose true values stand beside the masks, to be tested for equality.
    pub(super) shadows: Vec<i16>,
    pub(super) start: usize,
    pub(super) end: usize,
    /// Columns that it does not list.
    pub(super) left_out: Vec<&'a str>,
    /// Whether it hides something: rows, or values of columns. A subquery of the client's may look like one that shows
    /// clear columns alone.
    pub(super) hides: bool,
    /// Where the masks of columns stand.
    pub(super) masks: Vec<usize>,
    /// Whether it lists a system column that tells partitions apart.
    pub(super) partition: bool,
    /// Whether its rows come as they are stored.
    pub(super) sorted: bool,
}

/// Whether a subquery in FROM stands for a relation with protected columns: it is its template, to the byte. `None`: an
/// ordinary subquery, to be walked, which may speak of nothing that is protected. Of a relation whose rows are filtered
/// there is none.
pub(super) fn substituted<'a>(subject: &Subject<'a>, select: &'a nodes::SelectStmt) -> Step<Option<Substituted<'a>>> {
    let Some(range) = only_source(select) else { return Ok(None) };
    let (Some(schema), Some(name)) = (range.schemaname(), range.relname()) else { return Ok(None) };
    let Some(relation) = subject.snapshot.relation_named(schema, name) else { return Ok(None) };
    let Some(RelationRight::Masked(columns)) = subject.rights.relation(relation.oid) else { return Ok(None) };
    let differs = |what: &str| Contradiction::at(range.location, format!("the substitution of {schema}.{name} {what}"));
    if !covers(subject, relation, columns) {
        return Err(differs("does not fit its columns"));
    }
    let filter = subject.rights.filter(relation.oid);
    let plain = is_plain(select, filter.is_some()) && range.alias().is_none();
    let fits = |found: &Found<'_>| plain && found.sorted != select.sort_clause().is_empty();
    match exact(subject, select, range, relation, columns).filter(fits) {
        Some(found) => {
            let unfenced = filter.filter(|_| !found.fenced);
            let Found { start, end, left_out, shadows, masks, partition, sorted, .. } = found;
            let masked = |column: &ColumnRight| column.right != Right::Clear && !left_out.contains(&&*column.name);
            let hides = filter.is_some() || columns.iter().any(masked);
            Ok(Some(Substituted { relation, unfenced, shadows, start, end, left_out, hides, masks, partition, sorted }))
        }
        None if filter.is_none() => Ok(None),
        None => Err(differs("differs from its template")),
    }
}

/// Where a substitution stands, what it does not list, and whether its filter is kept apart.
struct Found<'a> {
    start: usize,
    end: usize,
    left_out: Vec<&'a str>,
    fenced: bool,
    /// Numbers of columns whose true values it has.
    shadows: Vec<i16>,
    masks: Vec<usize>,
    partition: bool,
    sorted: bool,
}

/// Compares the bytes from the opening parenthesis to the closing one. `None`: they differ.
fn exact<'a>(
    subject: &Subject<'a>,
    select: &nodes::SelectStmt,
    range: &nodes::RangeVar,
    relation: &'a Relation,
    columns: &[ColumnRight],
) -> Option<Found<'a>> {
    let first = usize::try_from(select.target_list().first()?.location).ok()?;
    let start = first.checked_sub(OPENING.len())?;
    let mut rest = Rest { text: subject.text, at: start };
    rest.eat(OPENING)?;
    let (mut left_out, mut masks) = (Vec::new(), Vec::new());
    let (mut veiled, mut unveiled) = (false, false);
    for (n, (own, column)) in relation.columns.iter().zip(columns).enumerate() {
        let before = rest.at;
        let comma = if left_out.len() == n { "" } else { ", " };
        match rest.eat(comma).and_then(|()| rest.eat_column(own, column)) {
            Some(Listed::Mask) => masks.push(before + comma.len()),
            Some(Listed::Veiled) => veiled = true,
            Some(Listed::Clear) => unveiled |= !fails_by_nothing(&own.ty.class),
            Some(Listed::Null) => {}
            None => {
                rest.at = before;
                left_out.push(&*own.name);
            }
        }
    }
    if left_out.len() == relation.columns.len() {
        return None;
    }
    let partition = rest.eat_system_columns();
    let mut shadows = Vec::new();
    for column in columns.iter().filter(|column| column.matching && column.right == Right::Masked) {
        if rest.eat_shadow(column).is_some() {
            shadows.push(column.number);
        }
    }
    rest.eat(if range.inh { " FROM " } else { " FROM ONLY " })?;
    if usize::try_from(range.location) != Ok(rest.at) {
        return None;
    }
    rest.eat_quoted(&relation.schema)?;
    rest.eat(".")?;
    rest.eat_quoted(&relation.name)?;
    let mut fenced = false;
    let filter = subject.rights.filter(relation.oid);
    if let Some(filter) = filter {
        rest.eat_all(&[" WHERE ", &filter.text])?;
    }
    let sorted = !subject.rights.sorts(relation.oid).is_empty() && rest.eat(" ORDER BY ctid").is_some();
    if filter.is_some() {
        // the filter itself may choose such an index
        if !sorted && choosing(subject, relation).next().is_some() {
            return None;
        }
        fenced = rest.eat(" OFFSET 0").is_some();
    }
    if (fenced && unveiled) || (veiled && !fenced) {
        return None;
    }
    rest.eat(")")?;
    Some(Found { start, end: rest.at, left_out, fenced, shadows, masks, partition, sorted })
}

/// How a substitution lists a column.
enum Listed {
    /// By its mask.
    Mask,
    Null,
    Clear,
    /// In clear, in an expression.
    Veiled,
}

/// Types whose operators the planner may try on any value: each compares, and none fails.
fn fails_by_nothing(class: &TypeClass) -> bool {
    use TypeClass as T;
    match class {
        T::Domain(base) | T::Checked(base) => fails_by_nothing(base),
        T::Bool | T::Enum | T::Uuid | T::Bit | T::Varbit => true,
        T::Int2 | T::Int4 | T::Int8 | T::Numeric(_) | T::Float4 | T::Float8 => true,
        T::Date | T::Timestamp | T::Timestamptz => true,
        T::Text | T::Varchar(_) | T::Bpchar(_) | T::Json | T::Jsonb | T::Bytea => false,
        T::Array(_) | T::Composite | T::Other => false,
    }
}

/// What is left of a text to compare.
struct Rest<'t> {
    text: &'t str,
    at: usize,
}

impl Rest<'_> {
    fn eat(&mut self, expected: &str) -> Option<()> {
        self.text.get(self.at..)?.starts_with(expected).then(|| self.at += expected.len())
    }

    /// All of these in a row, or nothing.
    fn eat_all(&mut self, expected: &[&str]) -> Option<()> {
        let start = self.at;
        let all = expected.iter().try_for_each(|part| self.eat(part));
        if all.is_none() {
            self.at = start;
        }
        all
    }

    /// A column as this principal reads it, under its name.
    fn eat_column(&mut self, own: &Column, column: &ColumnRight) -> Option<Listed> {
        let listed = if column.right != Right::Clear {
            // NULL shows nothing, whatever the mask: what is not used is written so
            match self.eat_all(&[column.expression.as_deref()?, " AS "]) {
                Some(()) => Listed::Mask,
                None => self.eat_all(&["(NULL)::", &own.ty.sql, " AS "]).map(|()| Listed::Null)?,
            }
        } else if self.eat("COALESCE(").is_some() {
            self.eat_quoted(&column.name)?;
            self.eat(", ")?;
            self.eat_quoted(&column.name)?;
            self.eat(") AS ").map(|()| Listed::Veiled)?
        } else {
            Listed::Clear
        };
        self.eat_quoted(&column.name).map(|()| listed)
    }

    /// A hidden column with the true values of one that may be tested for equality.
    fn eat_shadow(&mut self, column: &ColumnRight) -> Option<()> {
        let start = self.at;
        let eaten = self.eat(", ").and_then(|()| self.eat_quoted(&column.name));
        let eaten = eaten.and_then(|()| self.eat(&format!(" AS \"menshen:{}\"", column.number)));
        if eaten.is_none() {
            self.at = start;
        }
        eaten
    }

    /// A name in double quotes, those inside of it doubled.
    fn eat_quoted(&mut self, name: &str) -> Option<()> {
        self.eat("\"")?;
        for (n, part) in name.split('"').enumerate() {
            if n > 0 {
                self.eat("\"\"")?;
            }
            self.eat(part)?;
        }
        self.eat("\"")
    }

    /// Passes over system columns after the others, each at most once; whether one tells partitions apart.
    fn eat_system_columns(&mut self) -> bool {
        let mut left = SYSTEM_COLUMNS.to_vec();
        loop {
            let next = |name: &&str| {
                let rest = self.text.get(self.at..).and_then(|rest| rest.strip_prefix(", "));
                rest.and_then(|rest| rest.strip_prefix(*name)).is_some_and(|rest| rest.starts_with([',', ' ']))
            };
            let Some(index) = left.iter().position(next) else {
                return ["tableoid", "ctid"].iter().any(|name| !left.contains(name));
            };
            self.at += ", ".len() + left.remove(index).len();
        }
    }
}

/// The columns by which an index could be chosen that has a relation's rows in the order of what is not clear.
pub(super) fn choosing<'a>(subject: &Subject<'a>, relation: &'a Relation) -> impl Iterator<Item = &'a str> {
    let by = subject.rights.sorts(relation.oid);
    relation.columns.iter().filter(move |column| by.contains(&column.number)).map(|column| &*column.name)
}

/// Whether the rights speak of the very columns that the relation has, and have an expression for each that is not
/// clear.
pub(super) fn covers(subject: &Subject<'_>, relation: &Relation, columns: &[ColumnRight]) -> bool {
    relation.columns.len() == columns.len()
        && relation.columns.iter().zip(columns).all(|(has, right)| {
            has.number == right.number
                && has.name == right.name
                && subject.rights.column(relation.oid, has.number) == right.right
                && right.expression.is_some() == (right.right < Right::Clear)
        })
}

/// Whether a SELECT has nothing but targets and FROM, and what a filter adds.
fn is_plain(select: &nodes::SelectStmt, filtered: bool) -> bool {
    let lists = [select.distinct_clause(), select.group_clause(), select.window_clause(), select.values_lists()];
    let clauses = [select.having_clause(), select.limit_count()];
    let of_filters = [select.where_clause(), select.limit_offset()];
    lists.iter().all(|list| list.is_empty())
        && clauses.iter().all(|node| matches!(node, Node::None))
        && (filtered || of_filters.iter().all(|node| matches!(node, Node::None)))
        && select.locking_clause().is_empty()
        && select.into_clause().is_none()
        && select.with_clause().is_none()
        && select.larg().is_none()
        && select.rarg().is_none()
}
