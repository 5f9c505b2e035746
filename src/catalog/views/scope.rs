//! What names mean inside of a query of a view's definition.

use crate::catalog::snapshot::Origin;
use crate::model::ids::ColumnId;

use super::{Answer, Columns, sources};

/// A named column and where it comes from.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Output {
    pub name: String,
    pub origin: Origin,
}

/// An item of FROM.
#[derive(Clone, Debug)]
pub struct Table {
    pub name: Option<String>,
    pub columns: Vec<Output>,
    /// What a column that is not listed depends on; `None`: there is no such column.
    pub others: Option<Columns>,
}

/// System columns hold nothing of a person.
const SYSTEM_COLUMNS: [&str; 6] = ["ctid", "xmin", "cmin", "xmax", "cmax", "tableoid"];

impl Table {
    fn column(&self, name: &str) -> Option<Origin> {
        match self.columns.iter().find(|column| column.name == name) {
            Some(column) => Some(column.origin.clone()),
            None if SYSTEM_COLUMNS.contains(&name) => Some(Origin::Derived(Vec::new())),
            None => self.others.as_ref().map(derived),
        }
    }

    /// Everything it may show.
    pub fn all(&self) -> Columns {
        let listed = self.columns.iter().flat_map(|column| sources(&column.origin)).copied();
        listed.chain(self.others.iter().flatten().copied()).collect()
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
    /// The last one of a name counts.
    pub ctes: Vec<Table>,
    pub parent: Option<&'p Scope<'p>>,
}

impl<'p> Scope<'p> {
    pub fn inside(parent: &'p Scope<'p>) -> Self {
        Self { tables: Vec::new(), ctes: Vec::new(), parent: Some(parent) }
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

    /// A bare column name. Where several relations have it (merged by USING), it may be of any.
    pub fn bare(&self, name: &str) -> Option<Origin> {
        self.levels().find_map(|scope| either(scope.tables.iter().filter_map(|table| table.column(name)).collect()))
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
    let all: Columns = found.iter().flat_map(sources).copied().collect::<std::collections::BTreeSet<ColumnId>>();
    Some(derived(&all))
}
