//! Column types as SQL that means the same under every search path, and their classes.

use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;
use std::sync::Arc;

use crate::grammar::names::quoted;
use crate::model::ids::{FIRST_NORMAL_OID, Oid};
use crate::model::tables::Set;
use crate::model::types::{ColumnType, TypeClass};

use super::snapshot::Type;

/// Domains over domains, arrays of composites of arrays: deeper than this is treated as unknown.
const MAX_NESTING: usize = 32;

/// Everything that is needed to describe a column's type.
#[derive(Debug, Default)]
pub struct Types {
    pub by_oid: HashMap<Oid, Type>,
    /// (type, modifier) → how the modifier prints, parentheses included; types of extensions only.
    pub modifiers: HashMap<(Oid, i32), String>,
    /// Types that GROUP BY works on by an operator class of their own or of a binary-coercible type.
    pub equalities: HashSet<Oid>,
    /// Domains with a constraint: a mask may not be a value of them.
    pub checked: HashSet<Oid>,
    /// Composite type → types of its columns.
    pub fields: HashMap<Oid, Vec<Oid>>,
    /// Functions that casts and constraints of a type call, the server's own apart.
    pub code: HashMap<Oid, Vec<Oid>>,
}

/// An identifier as it is if it cannot be mistaken (lower-case letters, digits, underscores), else quoted.
/// Fit after a dot only: nothing is reserved there.
fn quote_after_dot(name: &str) -> String {
    let plain = name.starts_with(|first: char| first.is_ascii_lowercase() || first == '_')
        && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
    // `pg_catalog.char` means the type `char`, but a reader would take it for the keyword
    if plain && name != "char" { name.to_owned() } else { quoted(name) }
}

impl Types {
    /// The type text and class of a column; `None` when the type is not known.
    #[must_use]
    pub fn describe(&self, oid: Oid, modifier: i32) -> Option<ColumnType> {
        let ty = self.by_oid.get(&oid)?;
        let sql = match ty.element {
            Some(element) => format!("{}[]", self.sql(self.by_oid.get(&element)?, modifier)?),
            None => self.sql(ty, modifier)?,
        };
        Some(ColumnType { sql: Arc::from(sql), class: self.class(oid, modifier, 0) })
    }

    fn sql(&self, ty: &Type, modifier: i32) -> Option<String> {
        let schema = if &*ty.schema == "pg_catalog" { "pg_catalog".to_owned() } else { quoted(&ty.schema) };
        let mut sql = format!("{schema}.{}", quote_after_dot(&ty.name));
        if modifier >= 0 {
            if ty.oid < FIRST_NORMAL_OID {
                sql.push_str(&built_in_modifier(&ty.name, modifier)?);
            } else {
                sql.push_str(self.modifiers.get(&(ty.oid, modifier))?);
            }
        }
        Some(sql)
    }

    fn class(&self, oid: Oid, modifier: i32, depth: usize) -> TypeClass {
        let Some(ty) = self.by_oid.get(&oid).filter(|_| depth < MAX_NESTING) else {
            return TypeClass::Other;
        };
        if let Some(element) = ty.element {
            return TypeClass::Array(Box::new(self.class(element, modifier, depth + 1)));
        }
        match (ty.kind, ty.base) {
            (b'd', Some((base, modifier))) => {
                let base = Box::new(self.class(base, modifier, depth + 1));
                if self.checked.contains(&oid) { TypeClass::Checked(base) } else { TypeClass::Domain(base) }
            }
            (b'e', _) => TypeClass::Enum,
            (b'c', _) => TypeClass::Composite,
            (b'b', _) if &*ty.schema == "pg_catalog" && oid < FIRST_NORMAL_OID => built_in(&ty.name, modifier),
            _ => TypeClass::Other,
        }
    }

    /// Input of a row or of a domain is input of what it is made of: a type runs code if a part of it does that the server did
    /// not bring. Of its own types users' casts alone run code, which making a value does not call.
    ///
    /// Reviewed functions of extensions are no user's code.
    pub fn spread_code(&mut self, open: &Set<Oid>) {
        for (oid, code) in &self.code {
            let runs = code.iter().any(|function| !open.contains(function));
            self.by_oid.entry(*oid).and_modify(|ty| ty.runs_code |= runs);
        }
        loop {
            let runs = |oid: &Oid| *oid >= FIRST_NORMAL_OID && self.by_oid.get(oid).is_some_and(|ty| ty.runs_code);
            let inside = |ty: &Type| {
                ty.parts().chain(self.fields.get(&ty.oid).into_iter().flatten().copied()).any(|part| runs(&part))
            };
            let found: Vec<Oid> =
                self.by_oid.values().filter(|ty| !ty.runs_code && inside(ty)).map(|ty| ty.oid).collect();
            if found.is_empty() {
                return;
            }
            for oid in found {
                self.by_oid.entry(oid).and_modify(|ty| ty.runs_code = true);
            }
        }
    }

    /// Users' functions that run when a value of the type, or of what it is made of, is made.
    pub fn code_of(&self, oid: Oid) -> Set<Oid> {
        let (mut left, mut seen, mut found) = (vec![oid], Set::default(), Set::default());
        while let Some(oid) = left.pop() {
            let Some(ty) = self.by_oid.get(&oid).filter(|_| seen.insert(oid)) else { continue };
            found.extend(self.code.get(&oid).into_iter().flatten());
            left.extend(ty.parts());
            left.extend(self.fields.get(&oid).into_iter().flatten());
        }
        found
    }

    /// Whether GROUP BY works on the type.
    #[must_use]
    pub fn groupable(&self, oid: Oid) -> bool {
        self.groupable_at(oid, 0)
    }

    fn groupable_at(&self, oid: Oid, depth: usize) -> bool {
        let Some(ty) = self.by_oid.get(&oid).filter(|_| depth < MAX_NESTING) else {
            return false;
        };
        if let Some(element) = ty.element {
            return self.groupable_at(element, depth + 1);
        }
        match (ty.kind, ty.base) {
            (b'd', Some((base, _))) => self.groupable_at(base, depth + 1),
            (b'e' | b'r' | b'm', _) => true,
            (b'c', _) => self
                .fields
                .get(&oid)
                .is_none_or(|fields| fields.iter().all(|field| self.groupable_at(*field, depth + 1))),
            _ => self.equalities.contains(&oid),
        }
    }
}

/// Modifier of `varchar(n)` and `char(n)`: n plus the size of a length word.
const VARHDRSZ: i32 = 4;

fn length(modifier: i32) -> Option<u32> {
    u32::try_from(modifier.checked_sub(VARHDRSZ)?).ok()
}

/// Precision and scale out of a modifier of `numeric` (scale: 11 bits, signed since version 15).
fn numeric(modifier: i32) -> Option<(u16, i16)> {
    let packed = modifier.checked_sub(VARHDRSZ).filter(|packed| *packed >= 0)?;
    let precision = u16::try_from((packed >> 16) & 0xffff).ok()?;
    let scale = i16::try_from(((packed & 0x7ff) ^ 1024) - 1024).ok()?;
    Some((precision, scale))
}

/// The modifier of a built-in type, in the numbers that its input function takes.
fn built_in_modifier(name: &str, modifier: i32) -> Option<String> {
    let mut text = String::new();
    match name {
        "varchar" | "bpchar" => write!(text, "({})", length(modifier)?).ok()?,
        "bit" | "varbit" | "time" | "timetz" | "timestamp" | "timestamptz" => write!(text, "({modifier})").ok()?,
        "numeric" => numeric(modifier).and_then(|(precision, scale)| write!(text, "({precision},{scale})").ok())?,
        "interval" => write!(text, "({})", interval(modifier)).ok()?,
        _ => return None,
    }
    Some(text)
}

/// `INTERVAL_FULL_RANGE` and `INTERVAL_FULL_PRECISION` of `utils/timestamp.h`.
const FULL_RANGE: i32 = 0x7fff;
const FULL_PRECISION: i32 = 0xffff;

fn interval(modifier: i32) -> String {
    let (range, precision) = ((modifier >> 16) & FULL_RANGE, modifier & FULL_PRECISION);
    if precision == FULL_PRECISION { range.to_string() } else { format!("{range},{precision}") }
}

fn built_in(name: &str, modifier: i32) -> TypeClass {
    match name {
        "text" => TypeClass::Text,
        "varchar" => TypeClass::Varchar(length(modifier)),
        "bpchar" => TypeClass::Bpchar(length(modifier)),
        "bool" => TypeClass::Bool,
        "int2" => TypeClass::Int2,
        "int4" => TypeClass::Int4,
        "int8" => TypeClass::Int8,
        "numeric" => TypeClass::Numeric(numeric(modifier)),
        "float4" => TypeClass::Float4,
        "float8" => TypeClass::Float8,
        "date" => TypeClass::Date,
        "timestamp" => TypeClass::Timestamp,
        "timestamptz" => TypeClass::Timestamptz,
        "uuid" => TypeClass::Uuid,
        "json" => TypeClass::Json,
        "jsonb" => TypeClass::Jsonb,
        "bytea" => TypeClass::Bytea,
        "bit" => TypeClass::Bit,
        "varbit" => TypeClass::Varbit,
        _ => TypeClass::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Row = (u32, &'static str, &'static str, u8, Option<u32>, Option<(u32, i32)>);

    fn types(list: &[Row]) -> Types {
        let by_oid = list.iter().map(|(oid, schema, name, kind, element, base)| {
            let ty = Type {
                oid: Oid(*oid),
                schema: (*schema).into(),
                name: (*name).into(),
                kind: *kind,
                element: element.map(Oid),
                base: base.map(|(oid, modifier)| (Oid(oid), modifier)),
                bounds: None,
                runs_code: false,
                extension: None,
            };
            (ty.oid, ty)
        });
        Types { by_oid: by_oid.collect(), ..Types::default() }
    }

    #[test]
    fn built_in_types_print_their_modifiers_in_numbers() {
        let types = types(&[
            (1043, "pg_catalog", "varchar", b'b', None, None),
            (1015, "pg_catalog", "_varchar", b'b', Some(1043), None),
            (1700, "pg_catalog", "numeric", b'b', None, None),
            (1186, "pg_catalog", "interval", b'b', None, None),
            (18, "pg_catalog", "char", b'b', None, None),
            (1184, "pg_catalog", "timestamptz", b'b', None, None),
        ]);
        let sql = |oid, modifier| types.describe(Oid(oid), modifier).unwrap().sql.to_string();
        assert_eq!(sql(1043, -1), "pg_catalog.varchar");
        assert_eq!(sql(1043, 24), "pg_catalog.varchar(20)");
        assert_eq!(sql(1015, 24), "pg_catalog.varchar(20)[]");
        assert_eq!(sql(1700, ((10 << 16) | 2) + 4), "pg_catalog.numeric(10,2)");
        assert_eq!(sql(1700, ((3 << 16) | (-2 & 0x7ff)) + 4), "pg_catalog.numeric(3,-2)");
        assert_eq!(sql(18, -1), "pg_catalog.\"char\"");
        assert_eq!(sql(1184, 3), "pg_catalog.timestamptz(3)");
        assert_eq!(sql(1186, (0x7fff << 16) | 3), "pg_catalog.interval(32767,3)");
        assert_eq!(sql(1186, (4 << 16) | 0xffff), "pg_catalog.interval(4)");
        assert_eq!(types.describe(Oid(1043), 24).unwrap().class, TypeClass::Varchar(Some(20)));
    }

    #[test]
    fn odd_names_are_quoted_and_domains_show_what_they_are_over() {
        let types = types(&[
            (25, "pg_catalog", "text", b'b', None, None),
            (20000, "we\"ird", "状态", b'e', None, None),
            (20001, "s", "Phone", b'd', None, Some((1043, 24))),
            (1043, "pg_catalog", "varchar", b'b', None, None),
            (20002, "s", "point3", b'b', None, None),
        ]);
        let status = types.describe(Oid(20000), -1).unwrap();
        assert_eq!((&*status.sql, status.class), ("\"we\"\"ird\".\"状态\"", TypeClass::Enum));
        let phone = types.describe(Oid(20001), -1).unwrap();
        assert_eq!(&*phone.sql, "\"s\".\"Phone\"");
        assert_eq!(phone.class, TypeClass::Domain(Box::new(TypeClass::Varchar(Some(20)))));
        let mut checked = types;
        checked.checked.insert(Oid(20001));
        let phone = checked.describe(Oid(20001), -1).unwrap();
        let over = Box::new(TypeClass::Varchar(Some(20)));
        assert_eq!(phone.class, TypeClass::Checked(over), "a mask may violate the constraint");
        let types = checked;
        // a modifier that nobody told how to print is not guessed
        assert_eq!(types.describe(Oid(20002), 7), None);
        assert_eq!(types.describe(Oid(4), -1), None);
    }

    #[test]
    fn composites_group_when_all_their_fields_do() {
        let mut types = types(&[
            (25, "pg_catalog", "text", b'b', None, None),
            (114, "pg_catalog", "json", b'b', None, None),
            (20000, "s", "good", b'c', None, None),
            (20001, "s", "bad", b'c', None, None),
            (20002, "s", "_bad", b'b', Some(20001), None),
        ]);
        types.equalities.insert(Oid(25));
        types.fields.insert(Oid(20000), vec![Oid(25)]);
        types.fields.insert(Oid(20001), vec![Oid(25), Oid(114)]);
        let groupable = [25, 114, 20000, 20001, 20002].map(|oid| types.groupable(Oid(oid)));
        assert_eq!(groupable, [true, false, true, false, false]);
    }
}
