//! What an expression may name at its place.

use super::phrase::Phrase;
use super::types::Type;

/// An output column of a FROM item.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Field {
    /// As written, quoted where it must be.
    pub name: String,
    pub ty: Type,
}

/// A FROM item.
#[derive(Clone, Debug)]
pub struct Item {
    /// As written.
    pub alias: String,
    pub fields: Vec<Field>,
    /// Columns that tell its rows apart, if any do.
    pub key: Option<Vec<String>>,
    /// GROUP BY its key makes its other columns usable.
    pub primary: bool,
    /// `fields` are all of its columns.
    pub whole: bool,
    /// FOR UPDATE may name it.
    pub lockable: bool,
    /// Its columns are written without its name.
    pub bare: bool,
}

impl Item {
    /// A column of it as written.
    pub fn column(&self, name: &str) -> String {
        if self.bare { name.to_owned() } else { format!("{}.{name}", self.alias) }
    }
}

/// An item of GROUP BY.
#[derive(Clone, Debug)]
pub struct Key {
    pub ty: Type,
    pub phrase: Phrase,
    /// A column by itself: subqueries may name it too.
    pub column: bool,
}

/// What a level allows in its select list.
#[derive(Clone, Debug)]
pub enum Grouping {
    None,
    /// These expressions, and aggregates of anything.
    By(Vec<Key>),
}

/// One query's FROM.
#[derive(Clone, Debug)]
pub struct Level {
    pub items: Vec<Item>,
    pub grouping: Grouping,
    /// The item in the making may not look at those before it.
    pub shut: bool,
    /// Inside the arguments of an aggregate: anything, but no aggregate.
    pub arguments: bool,
    /// Window functions may stand here.
    pub windows: bool,
    /// Names of the WINDOW clause: peers alike.
    pub named: Vec<String>,
}

impl Level {
    pub fn new(items: Vec<Item>) -> Self {
        Self { items, grouping: Grouping::None, shut: false, arguments: false, windows: false, named: Vec::new() }
    }

    /// Whether columns may be named freely.
    pub fn free(&self) -> bool {
        !self.shut && (self.arguments || matches!(self.grouping, Grouping::None))
    }

    /// Whether aggregates are what there is besides the keys.
    pub fn grouped(&self) -> bool {
        !self.arguments && matches!(self.grouping, Grouping::By(_))
    }

    /// Every column of that type.
    pub fn columns(&self, ty: Type) -> Vec<String> {
        let of = |item: &Item| {
            let fields = item.fields.iter().filter(|field| field.ty == ty);
            fields.map(|field| item.column(&field.name)).collect::<Vec<_>>()
        };
        self.items.iter().flat_map(of).collect()
    }

    /// What tells the rows of this level apart, if something does.
    pub fn key(&self) -> Option<Vec<String>> {
        let mut all = Vec::new();
        for item in &self.items {
            let key = item.key.as_ref()?;
            all.extend(key.iter().map(|name| item.column(name)));
        }
        Some(all)
    }
}

/// A WITH item in sight.
#[derive(Clone, Debug)]
pub struct Cte {
    pub name: String,
    pub fields: Vec<Field>,
}
