//! Immutable objects of one database, found by OID and by name.

use std::collections::HashMap;
use std::sync::Arc;

use crate::model::ids::{ColumnId, Digest, Oid};
use crate::model::types::ColumnType;

/// `pg_class.relkind`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum RelationKind {
    Table,
    Partitioned,
    View,
    MaterializedView,
    Foreign,
    Sequence,
    Composite,
}

/// A user column of a relation; dropped ones are not listed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Column {
    pub number: i16,
    pub name: Arc<str>,
    pub type_oid: Oid,
    pub typmod: i32,
    pub ty: ColumnType,
    pub not_null: bool,
    /// Whether the type has a default equality operator (GROUP BY works on it).
    pub groupable: bool,
}

/// Where a view's column comes from.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Origin {
    /// A plain column of another relation (which may be a view again).
    Column(ColumnId),
    /// An expression over these columns; empty: a constant.
    Derived(Vec<ColumnId>),
}

/// What is known of a view's definition.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Lineage {
    Known {
        /// One per view column, in attribute order.
        outputs: Vec<Origin>,
        /// Columns that decide which rows there are or how they are combined (WHERE, JOIN, GROUP BY, …).
        decides: Vec<ColumnId>,
    },
    /// Not analysed: all columns that the definition refers to (by `pg_depend`), and why.
    Unknown { refers: Vec<ColumnId>, why: String },
}

/// A table, view, sequence or composite type.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Relation {
    pub oid: Oid,
    pub schema: Arc<str>,
    pub name: Arc<str>,
    pub kind: RelationKind,
    /// In attribute order.
    pub columns: Vec<Column>,
    /// Attribute numbers of the primary key.
    pub primary_key: Option<Vec<i16>>,
    /// Inheritance parents or the partitioned table this is a partition of.
    pub parents: Vec<Oid>,
    /// For views and materialized views.
    pub lineage: Option<Lineage>,
}

impl Relation {
    #[must_use]
    pub fn column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|column| &*column.name == name)
    }

    #[must_use]
    pub fn column_by_number(&self, number: i16) -> Option<&Column> {
        self.columns.iter().find(|column| column.number == number)
    }
}

/// `pg_proc.prokind`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum FunctionKind {
    Function,
    Aggregate,
    Window,
    Procedure,
}

/// `pg_proc.provolatile`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Volatility {
    Immutable,
    Stable,
    Volatile,
}

/// A function, aggregate, window function or procedure.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Function {
    pub oid: Oid,
    pub schema: Arc<str>,
    pub name: Arc<str>,
    pub kind: FunctionKind,
    pub volatility: Volatility,
    pub returns_set: bool,
    pub argument_types: Vec<Oid>,
    pub return_type: Oid,
}

/// A type by name; composite types of tables included.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Type {
    pub oid: Oid,
    pub schema: Arc<str>,
    pub name: Arc<str>,
    /// `pg_type.typtype`: b base, c composite, d domain, e enum, m multirange, p pseudo, r range.
    pub kind: u8,
}

/// A user-defined or built-in operator, by name and schema.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Operator {
    pub oid: Oid,
    pub schema: Arc<str>,
    pub name: Arc<str>,
}

/// Everything of one database that analysis may need to know.
#[derive(Debug, Default)]
pub struct Snapshot {
    pub database: Arc<str>,
    /// `server_version_num`, e.g. 150018.
    pub server_version: u32,
    /// Equal fingerprints: nothing has changed.
    pub fingerprint: Digest,
    pub(super) relations: HashMap<Oid, Arc<Relation>>,
    pub(super) relations_by_name: HashMap<Arc<str>, Vec<Arc<Relation>>>,
    pub(super) functions: HashMap<Arc<str>, Vec<Arc<Function>>>,
    pub(super) operators: HashMap<Arc<str>, Vec<Arc<Operator>>>,
    pub(super) types: HashMap<Arc<str>, Vec<Arc<Type>>>,
    pub(super) schemas: Vec<Arc<str>>,
}

impl Snapshot {
    #[must_use]
    pub fn relation(&self, oid: Oid) -> Option<&Arc<Relation>> {
        self.relations.get(&oid)
    }

    /// Every relation, in no order.
    pub fn relations(&self) -> impl Iterator<Item = &Arc<Relation>> {
        self.relations.values()
    }

    /// The relation `schema.name`; names are as stored (already folded and truncated).
    #[must_use]
    pub fn relation_named(&self, schema: &str, name: &str) -> Option<&Arc<Relation>> {
        self.relations_by_name.get(name)?.iter().find(|relation| &*relation.schema == schema)
    }

    /// All functions of that name, in every schema.
    #[must_use]
    pub fn functions_named(&self, name: &str) -> &[Arc<Function>] {
        self.functions.get(name).map_or(&[], Vec::as_slice)
    }

    #[must_use]
    pub fn operators_named(&self, name: &str) -> &[Arc<Operator>] {
        self.operators.get(name).map_or(&[], Vec::as_slice)
    }

    #[must_use]
    pub fn types_named(&self, name: &str) -> &[Arc<Type>] {
        self.types.get(name).map_or(&[], Vec::as_slice)
    }

    #[must_use]
    pub fn has_schema(&self, name: &str) -> bool {
        self.schemas.iter().any(|schema| &**schema == name)
    }
}
