//! Types of values, as far as the generator tells them apart.

/// A type, or several that mix freely (`varchar` and its domains are text).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Type {
    Int,
    Big,
    Numeric,
    Float,
    Text,
    Bool,
    Date,
    Stamp,
    Local,
    Interval,
    Json,
    Texts,
    Ints,
    Status,
}

impl Type {
    pub const ALL: [Self; 14] = [
        Self::Int,
        Self::Big,
        Self::Numeric,
        Self::Float,
        Self::Text,
        Self::Bool,
        Self::Date,
        Self::Stamp,
        Self::Local,
        Self::Interval,
        Self::Json,
        Self::Texts,
        Self::Ints,
        Self::Status,
    ];

    /// From what `format_type` says.
    pub fn of(name: &str) -> Option<Self> {
        let (name, array) = name.strip_suffix("[]").map_or((name, false), |element| (element, true));
        let plain = match name.split('(').next().unwrap_or(name).trim() {
            "integer" => Self::Int,
            "bigint" => Self::Big,
            "numeric" => Self::Numeric,
            "double precision" => Self::Float,
            "text" | "character varying" | "housing.phone_number" => Self::Text,
            "boolean" => Self::Bool,
            "date" => Self::Date,
            "timestamp with time zone" => Self::Stamp,
            "timestamp without time zone" => Self::Local,
            "interval" => Self::Interval,
            "jsonb" => Self::Json,
            "housing.unit_status" => Self::Status,
            _ => return None,
        };
        match (plain, array) {
            (plain, false) => Some(plain),
            (Self::Text, true) => Some(Self::Texts),
            (Self::Int, true) => Some(Self::Ints),
            _ => None,
        }
    }

    /// Its name in casts.
    pub fn sql(self) -> &'static str {
        match self {
            Self::Int => "int4",
            Self::Big => "int8",
            Self::Numeric => "numeric",
            Self::Float => "float8",
            Self::Text => "text",
            Self::Bool => "boolean",
            Self::Date => "date",
            Self::Stamp => "timestamptz",
            Self::Local => "timestamp",
            Self::Interval => "interval",
            Self::Json => "jsonb",
            Self::Texts => "text[]",
            Self::Ints => "int4[]",
            Self::Status => "housing.unit_status",
        }
    }

    /// What a shrunk expression becomes.
    pub fn leaf(self) -> &'static str {
        match self {
            Self::Int => "1",
            Self::Text => "'x'",
            Self::Bool => "true",
            Self::Big => "1::int8",
            Self::Numeric => "1.5",
            Self::Float => "1::float8",
            Self::Date => "date '2023-05-05'",
            Self::Stamp => "timestamptz '2023-05-05'",
            Self::Local => "timestamp '2023-05-05'",
            Self::Interval => "interval '1 day'",
            Self::Json => "'{}'::jsonb",
            Self::Texts => "'{x}'::text[]",
            Self::Ints => "'{1}'::int4[]",
            Self::Status => "'sold'::housing.unit_status",
        }
    }

    /// A constant of this type; `bare`: its type is said by what stands beside it.
    pub fn literal(self, value: &str, bare: bool) -> String {
        let quoted = format!("'{}'", value.replace('\'', "''"));
        match self {
            Self::Int if value.starts_with('-') => format!("({value})"),
            Self::Int => value.to_owned(),
            Self::Bool => value.to_owned(),
            Self::Text if bare => quoted,
            Self::Date | Self::Interval => format!("{} {quoted}", self.sql()),
            _ if bare => quoted,
            _ => format!("{quoted}::{}", self.sql()),
        }
    }

    /// The letter that stands for it in templates.
    pub fn letter(self) -> char {
        match self {
            Self::Int => 'i',
            Self::Big => 'B',
            Self::Numeric => 'm',
            Self::Float => 'f',
            Self::Text => 't',
            Self::Bool => 'b',
            Self::Date => 'd',
            Self::Stamp => 's',
            Self::Local => 'l',
            Self::Interval => 'v',
            Self::Json => 'j',
            Self::Texts => 'a',
            Self::Ints => 'A',
            Self::Status => 'e',
        }
    }

    /// The type that a letter of a template stands for.
    pub fn of_letter(letter: char) -> Option<Self> {
        Self::ALL.into_iter().find(|ty| ty.letter() == letter)
    }
}

#[test]
fn letters_are_told_apart() {
    for ty in Type::ALL {
        assert_eq!(Type::of_letter(ty.letter()), Some(ty));
    }
    assert_eq!(Type::of("character varying(20)"), Some(Type::Text));
    assert_eq!(Type::of("text[]"), Some(Type::Texts));
    assert_eq!(Type::of("xml"), None);
}
