//! What names mean inside of a query of a view's definition.

use std::ops::Range;

use crate::catalog::snapshot::Origin;

use super::{Answer, Columns};

/// A named column and where it comes from.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Output {
    pub name: String,
    pub origin: Origin,
}

/// An item of FROM.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Table {
    pub name: Option<String>,
    pub columns: Vec<Output>,
    /// Where a column that is not listed comes from; `None`: there is no such column.
    pub others: Option<Origin>,
    /// Columns by which its rows are put into partitions.
    pub parted_by: Columns,
}

/// System columns hold nothing of a person.
const SYSTEM_COLUMNS: [&str; 5] = ["ctid", "xmin", "cmin", "cmax", "tableoid"];

/// But this one tells by whom a row is referred to: it keeps who locked it to see that it stays.
const LOCKED_BY: &str = "xmax";

/// These tell which partition a row is in.
const OF_PARTITION: [&str; 2] = ["ctid", "tableoid"];

impl Table {
    fn column(&self, name: &str) -> Option<Origin> {
        match self.columns.iter().find(|column| column.name == name) {
            Some(column) => Some(column.origin.clone()),
            None if OF_PARTITION.contains(&name) => Some(derived(&self.parted_by)),
            None if SYSTEM_COLUMNS.contains(&name) => Some(Origin::Derived(Vec::new())),
            None if LOCKED_BY == name => None,
            None => self.others.clone(),
        }
    }

    /// Everything it may show.
    pub fn all(&self) -> Columns {
        let listed = self.columns.iter().map(|column| &column.origin);
        listed.chain(&self.others).flat_map(Origin::sources).copied().collect()
    }

    /// Gives it an alias, and its first columns the alias's column names.
    pub fn renamed(mut self, alias: &str, columns: &[&str]) -> Answer<Self> {
        self.name = Some(alias.to_owned());
        if columns.len() > self.columns.len() && self.others.is_none() {
            return Err(format!("alias {alias} has more columns than its relation"));
        }
        for (column, name) in self.columns.iter_mut().zip(columns) {
            (*name).clone_into(&mut column.name);
        }
        Ok(self)
    }
}

/// An expression over these columns.
pub fn derived(columns: &Columns) -> Origin {
    Origin::Derived(columns.iter().copied().collect())
}

/// The names of one query level, and of those around it.
#[derive(Default)]
pub struct Scope<'p> {
    pub tables: Vec<Table>,
    /// Columns that USING has merged.
    pub merged: Vec<Output>,
    /// The last one of a name counts.
    pub ctes: Vec<Table>,
    pub parent: Option<&'p Scope<'p>>,
}

impl<'p> Scope<'p> {
    pub fn inside(parent: &'p Scope<'p>) -> Self {
        Self { tables: Vec::new(), merged: Vec::new(), ctes: Vec::new(), parent: Some(parent) }
    }

    fn levels(&self) -> impl Iterator<Item = &Scope<'_>> {
        std::iter::successors(Some(self), |scope| scope.parent)
    }

    pub fn cte(&self, name: &str) -> Option<&Table> {
        self.levels().find_map(|scope| scope.ctes.iter().rev().find(|cte| cte.name.as_deref() == Some(name)))
    }

    /// `table.name`. With equal aliases in one level, what any of them shows.
    pub fn qualified(&self, table: &str, name: &str) -> Answer<Origin> {
        for scope in self.levels() {
            let named = || scope.tables.iter().filter(|one| one.name.as_deref() == Some(table));
            if named().next().is_some() {
                let found: Vec<_> = named().filter_map(|one| one.column(name)).collect();
                return either(found).ok_or_else(|| format!("column {table}.{name} is not known"));
            }
        }
        Err(format!("relation {table} is not known"))
    }

    /// A bare column name: a merged one, or the only one; with several, what any of them shows.
    pub fn bare(&self, name: &str) -> Option<Origin> {
        self.levels().find_map(|scope| {
            let merged = scope.merged.iter().rev().find(|merged| merged.name == name);
            let of_tables = || either(scope.tables.iter().filter_map(|table| table.column(name)).collect());
            merged.map(|merged| merged.origin.clone()).or_else(of_tables)
        })
    }

    /// A column of one side of a join: the tables and merged columns in these ranges.
    pub fn side(&self, name: &str, tables: Range<usize>, merged: Range<usize>) -> Option<Origin> {
        let merged = self.merged.get(merged)?.iter().rev().find(|merged| merged.name == name);
        let of_tables = || either(self.tables.get(tables)?.iter().filter_map(|table| table.column(name)).collect());
        merged.map(|merged| merged.origin.clone()).or_else(of_tables)
    }

    /// A join with an alias hides the tables in it: what is left is one table with the merged columns in front.
    /// With several levels of merged columns their order is not followed: no column names then.
    pub fn close_join(&mut self, alias: &str, names: &[&str], first: usize, merged: usize) -> Answer<()> {
        let merged = self.merged.split_off(merged);
        let rest = self.tables.split_off(first);
        if !merged.is_empty() && !names.is_empty() {
            return Err("it has a join with USING and column aliases".to_owned());
        }
        let others = rest.iter().find_map(|table| table.others.clone());
        if others.is_some() && !names.is_empty() {
            return Err("it has column aliases over a function".to_owned());
        }
        let is_merged = |column: &Output| merged.iter().any(|merged| merged.name == column.name);
        let rest = rest.into_iter().flat_map(|table| table.columns).filter(|column| !is_merged(column));
        let columns = merged.iter().cloned().chain(rest.collect::<Vec<_>>()).collect();
        self.tables.push(Table { columns, others, ..Table::default() }.renamed(alias, names)?);
        Ok(())
    }

    /// A whole row.
    pub fn row(&self, table: &str) -> Option<Columns> {
        self.levels().find_map(|scope| {
            let mut named = scope.tables.iter().filter(|one| one.name.as_deref() == Some(table)).peekable();
            named.peek()?;
            Some(named.flat_map(Table::all).collect())
        })
    }
}

fn either(mut found: Vec<Origin>) -> Option<Origin> {
    if found.len() <= 1 {
        return found.pop();
    }
    Some(derived(&found.iter().flat_map(Origin::sources).copied().collect()))
}
