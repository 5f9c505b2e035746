//! Column types, as far as masks and rewriting must know them.

use std::sync::Arc;

/// A column's declared type.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct ColumnType {
    /// The type as SQL, schema-qualified and with its modifier, fit for a cast under any search path:
    /// `pg_catalog.varchar(20)`, `pg_catalog.text[]`, `housing."状态"`.
    pub sql: Arc<str>,
    pub class: TypeClass,
}

/// Families of types that a mask treats alike.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum TypeClass {
    Text,
    /// `varchar(n)`, in characters; `None` without a limit.
    Varchar(Option<u32>),
    /// `char(n)`: blank-padded to n characters; `None` for `bpchar` without a limit.
    Bpchar(Option<u32>),
    Bool,
    Int2,
    Int4,
    Int8,
    /// `numeric(precision, scale)`.
    Numeric(Option<(u16, i16)>),
    Float4,
    Float8,
    Date,
    Timestamp,
    Timestamptz,
    Uuid,
    Json,
    Jsonb,
    Bytea,
    Bit,
    Varbit,
    /// An array of the inner type.
    Array(Box<TypeClass>),
    Enum,
    /// A domain over the inner type.
    Domain(Box<TypeClass>),
    /// A domain with constraints, which a mask may violate.
    Checked(Box<TypeClass>),
    Composite,
    /// Everything else: only `null` masks it.
    Other,
}
