//! A mask over one string or number of a JSON document.

use super::Mask;
use super::document::{Family, Level, quoted, read};
use super::expression::{bytewise, call, case, literal, operator};
use super::kinds::of_class;
use crate::model::types::{ColumnType, TypeClass};

/// Numbers that are masked; others become null: to make a `numeric` of a number with an exponent may fail.
const NUMBER: &str = "^-?[0-9]{1,30}([.][0-9]{1,30})?$";
/// Texts that hold a date, with or without a time behind.
const DATE: &str = "^[0-9]{4}-[0-9]{2}-[0-9]{2}($|[T ])";

/// What of JSON a mask is for.
enum Kind {
    Text,
    Number,
    /// A date written in ISO form: how many characters stay, and what follows them.
    Date(&'static str, &'static str),
    Nothing,
}

fn kind(mask: &Mask) -> Kind {
    match mask {
        Mask::Date(truncation) => {
            let (pattern, rest) = truncation.iso();
            Kind::Date(pattern, rest)
        }
        Mask::Number(_) => Kind::Number,
        Mask::Null | Mask::Json(_) | Mask::Each(_) => Kind::Nothing,
        _ => Kind::Text,
    }
}

fn ty(class: TypeClass) -> ColumnType {
    of_class(class).unwrap_or(ColumnType { sql: "pg_catalog.text".into(), class: TypeClass::Text })
}

fn text() -> ColumnType {
    ty(TypeClass::Text)
}

fn numeric() -> ColumnType {
    ty(TypeClass::Numeric(None))
}

/// SQL conditions and results of the mask, for strings or numbers: what stands at the path must be `.0`, match `.1`,
/// and becomes `.2`, not yet JSON.
struct Parts {
    kind: &'static str,
    fits: Option<String>,
    text: String,
    masked: String,
}

fn parts(mask: &Mask, value: &str) -> Option<Parts> {
    let inner = format!("({value} OPERATOR(pg_catalog.#>>) '{{}}')");
    let matches = |pattern: &str| format!("({} OPERATOR(pg_catalog.~) {})", bytewise(&inner), literal(pattern));
    Some(match kind(mask) {
        Kind::Nothing => return None,
        Kind::Text => Parts { kind: "string", fits: None, masked: mask.sql(&inner, &text()).ok()?, text: inner },
        Kind::Number => {
            let number = format!("{inner}::pg_catalog.\"numeric\"");
            let masked = mask.sql(&number, &numeric()).ok()?;
            Parts { kind: "number", fits: Some(matches(NUMBER)), masked, text: number }
        }
        Kind::Date(kept, rest) => {
            let masked = format!("({} OPERATOR(pg_catalog.||) '{rest}')", call("left", &[&inner, kept]));
            Parts { kind: "string", fits: Some(matches(DATE)), masked, text: inner }
        }
    })
}

/// SQL of the document's type for `value`, one value of it.
pub(super) fn masked_sql(mask: &Mask, value: &str, family: Family) -> String {
    let name = family.name();
    let null = format!("'null'::pg_catalog.{name}");
    let Some(parts) = parts(mask, value) else { return null };
    let json = format!("COALESCE({}, {null})", call(&format!("to_{name}"), &[&parts.masked]));
    let masked = match &parts.fits {
        Some(fits) => case(&[(fits, &json)], &null),
        None => json,
    };
    case(&[(&is(value, parts.kind, name), &masked)], &null)
}

fn is(value: &str, kind: &str, name: &str) -> String {
    operator(&call(&format!("{name}_typeof"), &[value]), "=", &format!("'{kind}'"))
}

/// SQL: whether the value looks masked.
pub(super) fn looks_masked_sql(mask: &Mask, value: &str, family: Family) -> Option<String> {
    let parts = parts(mask, value)?;
    let looks = match kind(mask) {
        Kind::Date(..) => operator(&bytewise(&parts.text), "=", &parts.masked),
        Kind::Number => mask.looks_masked_sql(&parts.text, &numeric())?,
        _ => mask.looks_masked_sql(&parts.text, &text())?,
    };
    let looks = match &parts.fits {
        Some(fits) => case(&[(fits, &looks)], "false"),
        None => looks,
    };
    Some(case(&[(&is(value, parts.kind, family.name()), &looks)], "false"))
}

/// SQL: whether the value is the reading without its fill; `None` where there is no such thing.
pub(super) fn bare_sql(mask: &Mask, value: &str, reading: &str) -> Option<String> {
    let text = |json: &str| format!("({json} OPERATOR(pg_catalog.#>>) '{{}}')");
    mask.bare_sql(&text(value), &text(reading))
}

/// What [`bare_sql`] answers for one value of a document.
pub(super) fn is_bare(mask: &Mask, value: &str, reading: &str) -> bool {
    let text = |json: &str| match read(json) {
        Some(Level::Text(text)) => Some(text),
        Some(Level::Null) | None => None,
        _ => Some(json.to_owned()),
    };
    text(value).zip(text(reading)).is_some_and(|(value, reading)| mask.is_bare(&value, &reading))
}

fn fits_number(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = digits.split_once('.').map_or((digits, None), |(whole, rest)| (whole, Some(rest)));
    let run = |digits: &str| (1..=30).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    run(whole) && fraction.is_none_or(run)
}

fn fits_date(text: &str) -> bool {
    let bytes = text.as_bytes();
    let day = bytes.iter().take(10).enumerate().all(|(at, byte)| match at {
        4 | 7 => *byte == b'-',
        _ => byte.is_ascii_digit(),
    });
    day && bytes.len() >= 10 && matches!(bytes.get(10), None | Some(b'T' | b' '))
}

/// The mask of one value of a document, as JSON.
pub(super) fn masked(mask: &Mask, value: &str) -> String {
    let masked = match (kind(mask), read(value)) {
        (Kind::Text, Some(Level::Text(inner))) => mask.apply(&inner, &text()).map(|masked| quoted(&masked)),
        (Kind::Date(kept, rest), Some(Level::Text(inner))) if fits_date(&inner) => {
            kept.parse().ok().and_then(|kept: usize| inner.get(..kept)).map(|kept| quoted(&format!("{kept}{rest}")))
        }
        (Kind::Number, Some(Level::Number(number))) if fits_number(number) => mask.apply(number, &numeric()),
        _ => None,
    };
    masked.unwrap_or_else(|| "null".into())
}

/// Whether one value of a document looks masked.
pub(super) fn looks_masked(mask: &Mask, value: &str) -> bool {
    match (kind(mask), read(value)) {
        (Kind::Text, Some(Level::Text(inner))) => mask.looks_masked(&inner, &text()),
        (Kind::Date(..), Some(Level::Text(inner))) => fits_date(&inner) && masked(mask, value) == quoted(&inner),
        (Kind::Number, Some(Level::Number(number))) => fits_number(number) && mask.looks_masked(number, &numeric()),
        _ => false,
    }
}

/// Whether two values are the same string, number or null; `other` is one of these.
pub(super) fn same(one: &str, other: &str) -> bool {
    match (read(one), read(other)) {
        (Some(Level::Text(one)), Some(Level::Text(other))) => one == other,
        (Some(Level::Number(one)), Some(Level::Number(other))) => one == other,
        (Some(Level::Null), Some(Level::Null)) => true,
        _ => false,
    }
}
