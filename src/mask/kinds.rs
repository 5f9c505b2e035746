//! Types inside types: what a domain is over, what an array holds.

use crate::model::types::{ColumnType, TypeClass};

/// The type of an array's elements.
pub(super) fn element(ty: &ColumnType) -> Option<ColumnType> {
    let TypeClass::Array(class) = &ty.class else { return None };
    Some(ColumnType { sql: ty.sql.strip_suffix("[]")?.into(), class: (**class).clone() })
}

/// The type that a domain is over.
pub(super) fn base(ty: &ColumnType) -> Option<ColumnType> {
    let TypeClass::Domain(class) = &ty.class else { return None };
    of_class((**class).clone())
}

/// A built-in type as SQL.
pub(super) fn of_class(class: TypeClass) -> Option<ColumnType> {
    let name = match &class {
        TypeClass::Text => "text".to_owned(),
        TypeClass::Varchar(None) => "varchar".into(),
        TypeClass::Varchar(Some(limit)) => format!("varchar({limit})"),
        TypeClass::Bpchar(None) => "bpchar".into(),
        TypeClass::Bpchar(Some(limit)) => format!("bpchar({limit})"),
        TypeClass::Bool => "bool".into(),
        TypeClass::Int2 => "int2".into(),
        TypeClass::Int4 => "int4".into(),
        TypeClass::Int8 => "int8".into(),
        TypeClass::Numeric(None) => "\"numeric\"".into(),
        TypeClass::Numeric(Some((precision, scale))) => format!("\"numeric\"({precision},{scale})"),
        TypeClass::Float8 => "float8".into(),
        TypeClass::Date => "date".into(),
        TypeClass::Timestamp => "\"timestamp\"".into(),
        TypeClass::Timestamptz => "timestamptz".into(),
        TypeClass::Json => "json".into(),
        TypeClass::Jsonb => "jsonb".into(),
        TypeClass::Array(element) => {
            let sql = format!("{}[]", of_class((**element).clone())?.sql);
            return Some(ColumnType { sql: sql.into(), class });
        }
        _ => return None,
    };
    Some(ColumnType { sql: format!("pg_catalog.{name}").into(), class })
}
