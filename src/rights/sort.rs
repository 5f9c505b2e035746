//! How far the type of a condition's parts must be known, so that no setting of a client turns what they mean.

use std::sync::Arc;

use crate::catalog::snapshot::{Function, Snapshot};
use crate::grammar::names;
use crate::model::ids::Oid;
use crate::model::types::TypeClass;
use crate::policy::condition::{TypeName, Wrong};

/// A family of types that settings treat alike.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Sort {
    /// A quoted literal: of whatever type it is compared with.
    Literal(String),
    Null,
    Text,
    Number,
    /// Numbers whose text depends on `extra_float_digits`.
    Float,
    Boolean,
    /// UUIDs and enums: a literal of them means one thing.
    Plain,
    Json,
    /// Dates and times without a zone, intervals; their type, or 0.
    Moment(Oid),
    /// Times with a zone: their text and their day depend on TimeZone.
    Zoned,
    Array(Box<Sort>),
    Other,
    Unknown,
}

type Step<T> = Result<T, Wrong>;

const DATE: Oid = Oid(1082);
const TIME: Oid = Oid(1083);
const TIMESTAMP: Oid = Oid(1114);
const TIMESTAMPTZ: Oid = Oid(1184);
const INTERVAL: Oid = Oid(1186);
const TIMETZ: Oid = Oid(1266);

/// Types that a condition may cast to, all of `pg_catalog`.
const TARGETS: [(&str, Sort); 15] = [
    ("text", Sort::Text),
    ("varchar", Sort::Text),
    ("bool", Sort::Boolean),
    ("int2", Sort::Number),
    ("int4", Sort::Number),
    ("int8", Sort::Number),
    ("numeric", Sort::Number),
    ("float8", Sort::Float),
    ("uuid", Sort::Plain),
    ("jsonb", Sort::Json),
    ("date", Sort::Moment(DATE)),
    ("time", Sort::Moment(TIME)),
    ("timestamp", Sort::Moment(TIMESTAMP)),
    ("interval", Sort::Moment(INTERVAL)),
    ("timestamptz", Sort::Zoned),
];

pub(super) fn of_class(class: &TypeClass, oid: Oid) -> Sort {
    match class {
        TypeClass::Text | TypeClass::Varchar(_) | TypeClass::Bpchar(_) => Sort::Text,
        TypeClass::Bool => Sort::Boolean,
        TypeClass::Int2 | TypeClass::Int4 | TypeClass::Int8 | TypeClass::Numeric(_) => Sort::Number,
        TypeClass::Float4 | TypeClass::Float8 => Sort::Float,
        TypeClass::Date => Sort::Moment(DATE),
        TypeClass::Timestamp => Sort::Moment(TIMESTAMP),
        TypeClass::Timestamptz => Sort::Zoned,
        TypeClass::Uuid | TypeClass::Enum => Sort::Plain,
        TypeClass::Json | TypeClass::Jsonb => Sort::Json,
        TypeClass::Domain(base) => of_class(base, Oid(0)),
        TypeClass::Array(element) => Sort::Array(Box::new(of_class(element, Oid(0)))),
        TypeClass::Bytea | TypeClass::Bit | TypeClass::Varbit => Sort::Other,
        TypeClass::Composite | TypeClass::Checked(_) => Sort::Other,
        TypeClass::Other => match oid {
            TIME | INTERVAL => Sort::Moment(oid),
            TIMETZ => Sort::Zoned,
            // `name`, as CURRENT_USER has
            Oid(19) => Sort::Text,
            _ => Sort::Other,
        },
    }
}

/// The sort of a built-in type.
pub(super) fn of_oid(snapshot: &Snapshot, oid: Oid) -> Sort {
    if oid == TIMETZ {
        return Sort::Zoned;
    }
    let name = snapshot.type_of(oid).filter(|ty| &*ty.schema == "pg_catalog").map(|ty| &*ty.name);
    TARGETS.iter().find(|(target, _)| Some(*target) == name).map_or(Sort::Unknown, |(_, sort)| sort.clone())
}

/// The sort of a type that a condition casts to, and the type as SQL.
pub(super) fn of_type_name(snapshot: &Snapshot, ty: &TypeName, at: usize) -> Step<(Sort, String)> {
    let schema = ty.schema.as_deref().unwrap_or("pg_catalog");
    let array = if ty.array { "[]" } else { "" };
    let sql = format!("{}{array}", names::qualified(schema, &ty.name));
    let built_in = TARGETS.iter().find(|(name, _)| schema == "pg_catalog" && *name == ty.name);
    let known = snapshot.types_named(&ty.name).iter().find(|one| &*one.schema == schema);
    let sort = match (built_in, known) {
        (Some((_, sort)), _) => sort.clone(),
        (None, Some(known)) if known.kind == b'e' => Sort::Plain,
        _ => {
            let wrong = Wrong::new(at, format!("a cast to `{}` cannot stand in a condition of rows.toml", ty.name));
            return Err(
                wrong.help("text, numbers, boolean, uuid, jsonb, dates and times, and enums by schema.name can")
            );
        }
    };
    Ok(if ty.array { (Sort::Array(Box::new(sort)), sql) } else { (sort, sql) })
}

fn turns(at: usize, what: &str, help: &str) -> Wrong {
    Wrong::new(at, format!("{what} depends on settings of the client")).help(help)
}

/// `2024-01-31`, `2024-01-31 08:00:00`; with a zone only if `offset`.
fn iso(text: &str, offset: bool) -> bool {
    let (date, rest) = text.split_at_checked(10).unwrap_or((text, ""));
    let shaped = |text: &str, shape: &str| {
        text.len() == shape.len()
            && text.bytes().zip(shape.bytes()).all(|(c, s)| if s == b'0' { c.is_ascii_digit() } else { c == s })
    };
    if !shaped(date, "0000-00-00") {
        return false;
    }
    let signed = rest.rfind(['+', '-']);
    let (time, zone) = signed.and_then(|at| rest.split_at_checked(at)).unwrap_or((rest, ""));
    let zone_is_right = match offset {
        true => shaped(zone, "+00") || shaped(zone, "-00") || shaped(zone, "+00:00") || shaped(zone, "-00:00"),
        false => zone.is_empty(),
    };
    zone_is_right && (time.is_empty() && !offset || shaped(time, " 00:00") || shaped(time, " 00:00:00"))
}

/// `3 years`, `36 months`, …
fn is_interval(text: &str) -> bool {
    const UNITS: [&str; 14] = [
        "year", "years", "month", "months", "week", "weeks", "day", "days", "hour", "hours", "minute", "minutes",
        "second", "seconds",
    ];
    text.split_once(' ').is_some_and(|(number, unit)| {
        !number.is_empty() && number.len() < 7 && number.bytes().all(|c| c.is_ascii_digit()) && UNITS.contains(&unit)
    })
}

/// Whether a literal reads as the same value of a sort under every setting.
fn literal_of(text: &str, sort: &Sort, at: usize) -> Step<()> {
    let fine = match sort {
        Sort::Text | Sort::Number | Sort::Float | Sort::Boolean | Sort::Plain | Sort::Json => true,
        Sort::Literal(_) | Sort::Null => true,
        Sort::Moment(INTERVAL) => is_interval(text),
        Sort::Moment(TIME) => text.len() == 5 && text.as_bytes().get(2) == Some(&b':'),
        Sort::Moment(_) => iso(text, false),
        Sort::Zoned => iso(text, true),
        Sort::Array(_) | Sort::Other | Sort::Unknown => false,
    };
    let help =
        "write '2024-01-31', '2024-01-31 08:00', '2024-01-31 08:00+08' (with a zone), '3 years'; cast the other side";
    if fine { Ok(()) } else { Err(turns(at, &format!("what '{text}' means here"), help)) }
}

/// Whether a cast means the same under every setting.
pub(super) fn cast(from: &Sort, to: &Sort, at: usize) -> Step<()> {
    match (from, to) {
        (Sort::Literal(_), Sort::Array(element)) if !matches!(**element, Sort::Moment(_) | Sort::Zoned) => Ok(()),
        (Sort::Literal(text), to) => literal_of(text, to, at),
        (Sort::Null, _) => Ok(()),
        (Sort::Moment(_), Sort::Moment(_)) => Ok(()),
        (Sort::Number, Sort::Float) | (Sort::Float, Sort::Number) => Ok(()),
        (Sort::Float, Sort::Text | Sort::Json) => Err(turns(at, "the text of this number", "cast it to numeric first")),
        (from, to) if from == to && !matches!(from, Sort::Unknown | Sort::Other) => Ok(()),
        (
            Sort::Text | Sort::Number | Sort::Boolean | Sort::Plain,
            Sort::Text | Sort::Number | Sort::Boolean | Sort::Plain | Sort::Json,
        ) => Ok(()),
        _ => Err(turns(at, "this cast", "times with a zone: x AT TIME ZONE 'Asia/Shanghai'")),
    }
}

/// The sort of what an operator gives, if both sides mean the same under every setting.
pub(super) fn operation(left: Option<&Sort>, operator: &str, right: &Sort, at: usize) -> Step<Sort> {
    const COMPARE: [&str; 6] = ["=", "<>", "<", ">", "<=", ">="];
    const MATCH: [&str; 8] = ["~~", "!~~", "~~*", "!~~*", "~", "!~", "~*", "!~*"];
    let text = |sort: &Sort| matches!(sort, Sort::Text | Sort::Literal(_) | Sort::Null);
    let number = |sort: &Sort| matches!(sort, Sort::Number | Sort::Float | Sort::Null);
    let float = |sort: &Sort| *sort == Sort::Float;
    let Some(left) = left else {
        return match operator {
            "-" | "+" if float(right) => Ok(Sort::Float),
            "-" | "+" if number(right) => Ok(Sort::Number),
            _ => Err(unknown(operator, at)),
        };
    };
    match operator {
        operator if COMPARE.contains(&operator) => comparable(left, right, at).map(|()| Sort::Boolean),
        operator if MATCH.contains(&operator) && text(left) && text(right) => Ok(Sort::Boolean),
        "||" if text(left) && text(right) => Ok(Sort::Text),
        "+" | "-" | "*" | "/" | "%" if number(left) && number(right) => {
            Ok(if float(left) || float(right) { Sort::Float } else { Sort::Number })
        }
        // a literal beside a date could be several things
        "+" | "-" => match (left, right) {
            (Sort::Moment(_), Sort::Moment(_) | Sort::Number | Sort::Float) => Ok(Sort::Moment(Oid(0))),
            _ => Err(turns(at, "this arithmetic", "times with a zone: x AT TIME ZONE 'Asia/Shanghai'; cast literals")),
        },
        "->>" | "#>>" if *left == Sort::Json => Ok(Sort::Text),
        "->" | "#>" if *left == Sort::Json => Ok(Sort::Json),
        "@>" | "<@" | "?" if *left == Sort::Json => Ok(Sort::Boolean),
        _ => Err(unknown(operator, at)),
    }
}

fn unknown(operator: &str, at: usize) -> Wrong {
    Wrong::new(at, format!("operator `{operator}` cannot stand here in a condition of rows.toml"))
}

fn comparable(left: &Sort, right: &Sort, at: usize) -> Step<()> {
    match (left, right) {
        (Sort::Literal(text), other) | (other, Sort::Literal(text)) => literal_of(text, other, at),
        (Sort::Null, _) | (_, Sort::Null) => Ok(()),
        (Sort::Zoned, Sort::Zoned) | (Sort::Moment(_), Sort::Moment(_)) => Ok(()),
        (Sort::Zoned | Sort::Moment(_), _) | (_, Sort::Zoned | Sort::Moment(_)) => {
            Err(turns(at, "this comparison", "compare times of one kind: x AT TIME ZONE 'Asia/Shanghai' has no zone"))
        }
        _ => Ok(()),
    }
}

/// `x AT TIME ZONE zone`.
pub(super) fn at_time_zone(sorts: &[Sort], at: usize) -> Step<Sort> {
    match sorts {
        [Sort::Literal(_), Sort::Zoned] => Ok(Sort::Moment(TIMESTAMP)),
        [Sort::Literal(_), Sort::Moment(TIMESTAMP)] => Ok(Sort::Zoned),
        _ => Err(Wrong::new(at, "AT TIME ZONE wants a timestamp and a zone as a literal")),
    }
}

/// What may be one sort or the other.
pub(super) fn either(one: Sort, other: Sort) -> Sort {
    match (&one, &other) {
        (one, other) if one == other => other.clone(),
        (Sort::Number | Sort::Float, Sort::Number | Sort::Float) => Sort::Float,
        _ => Sort::Unknown,
    }
}

/// What COALESCE, CASE or an array has in common.
pub(super) fn common(sorts: &[Sort], at: usize) -> Step<Sort> {
    let mut found: Option<&Sort> = None;
    for sort in sorts.iter().filter(|sort| !matches!(sort, Sort::Null | Sort::Literal(_))) {
        match found {
            None => found = Some(sort),
            Some(known) if known == sort => {}
            Some(Sort::Number | Sort::Float) if matches!(sort, Sort::Number | Sort::Float) => {
                found = Some(&Sort::Float)
            }
            Some(_) => return Err(Wrong::new(at, "these are of different types").help("cast them")),
        }
    }
    let Some(found) = found else { return Ok(Sort::Text) };
    for sort in sorts {
        if let Sort::Literal(text) = sort {
            literal_of(text, found, at)?;
        }
    }
    Ok(found.clone())
}

/// Whether a function may be the one that is meant: one that takes times with a zone is not, where another takes the
/// very type that is given.
pub(super) fn may_mean(all: &[&Arc<Function>], function: &Function, sorts: &[Sort]) -> bool {
    sorts.iter().enumerate().all(|(n, sort)| {
        let takes = |one: &Function| one.argument_types.get(n).copied().unwrap_or_default();
        let Sort::Moment(given) = sort else { return true };
        ![TIMESTAMPTZ, TIMETZ].contains(&takes(function)) || !all.iter().any(|other| takes(other) == *given)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `ratio::text = '0.1'` would be another condition under `SET extra_float_digits = -15`.
    #[test]
    fn what_a_float_reads_like_is_the_client_s_choice() {
        assert!(cast(&Sort::Float, &Sort::Text, 0).is_err());
        assert!(cast(&Sort::Float, &Sort::Json, 0).is_err());
        assert!(cast(&Sort::Number, &Sort::Text, 0).is_ok());
        assert!(cast(&Sort::Float, &Sort::Number, 0).is_ok());
        for (left, right) in [(Sort::Float, Sort::Number), (Sort::Number, Sort::Float)] {
            assert!(matches!(operation(Some(&left), "*", &right, 0), Ok(Sort::Float)));
            assert!(matches!(common(&[left.clone(), right.clone()], 0), Ok(Sort::Float)));
            assert_eq!(either(left, right), Sort::Float);
        }
        assert_eq!(either(Sort::Text, Sort::Number), Sort::Unknown);
    }
}
