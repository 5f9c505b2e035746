//! `each`: a mask over every element of an array.

use super::array::Array;
use super::expression::{bytewise, call, case, operator};
use super::kinds::element;
use super::mixed::{Mixed, Operands};
use super::text::is_text;
use super::{Mask, Pseudonym};
use crate::model::types::{ColumnType, TypeClass};

/// Masks every element. Lists and tables (one or two dimensions, counted from 1) keep their shape and the masks of
/// their elements; arrays of any other shape keep it, too, and every element is NULL. NULL elements stay NULL.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Each(Box<Mask>);

/// What masks every element must be a mask of one value.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("`each` takes a mask of single values: not `each`, `json` or `null`")]
pub struct InvalidEach;

impl Each {
    /// # Errors
    /// When `mask` is for whole arrays or documents, or is `null`, which hides the array better as a whole.
    pub fn new(mask: Mask) -> Result<Self, InvalidEach> {
        match mask {
            Mask::Each(_) | Mask::Json(_) | Mask::Null => Err(InvalidEach),
            mask => Ok(Self(Box::new(mask))),
        }
    }

    /// The mask of one element.
    #[must_use]
    pub fn mask(&self) -> &Mask {
        &self.0
    }

    pub(super) fn with_pseudonym(&self, pseudonym: Pseudonym) -> Self {
        Self(Box::new(self.0.with_pseudonym(pseudonym)))
    }

    pub(super) fn supports(&self, class: &TypeClass) -> bool {
        matches!(class, TypeClass::Array(element) if self.0.supports(element))
    }

    pub(super) fn expression(&self, column: &str, ty: &ColumnType) -> Option<String> {
        let element = element(ty)?;
        let masked = self.0.sql("u.e", &element).ok()?;
        let nothing = format!("{column} IS NULL OR {}", is(&call("cardinality", &[column]), "0"));
        let elements = "pg_catalog.unnest(a.a) WITH ORDINALITY AS u(e, n)";
        let list = format!("ARRAY(SELECT {masked} FROM (SELECT {column} AS a) AS a, {elements} ORDER BY u.n)");
        let row = operator(&operator("u.n", "-", "1"), "/", &call("array_length", &["a.a", "2"]));
        let rows = format!(
            "SELECT {row} AS n, pg_catalog.array_agg({masked} ORDER BY u.n) AS a FROM (SELECT {column} AS a) AS a, \
             {elements} GROUP BY {row}"
        );
        let table = format!("(SELECT pg_catalog.array_agg(r.a ORDER BY r.n) FROM ({rows}) AS r)");
        let dimensions = |function: &str| {
            let series = call("generate_series", &["1", &call("array_ndims", &["a.a"])]);
            let one = call(function, &["a.a", "d.d"]);
            format!("ARRAY(SELECT {one} FROM (SELECT {column} AS a) AS a, {series} AS d(d) ORDER BY d.d)")
        };
        let null = format!("NULL::{}", element.sql);
        let shape = call("array_fill", &[&null, &dimensions("array_length"), &dimensions("array_lower")]);
        Some(case(&[(&nothing, column), (&is_list(column), &list), (&is_table(column), &table)], &shape))
    }

    pub(super) fn apply(&self, value: &str, ty: &ColumnType) -> Option<String> {
        let element = element(ty)?;
        let array = Array::read(value)?;
        let plain = array.from_one && array.dimensions <= 2;
        let mask = |one: &str| if plain { self.0.apply(one, &element) } else { None };
        Some(array.map(mask).to_string())
    }

    pub(super) fn looks_masked(&self, value: &str, ty: &ColumnType) -> bool {
        let (Some(element), Some(array)) = (element(ty), Array::read(value)) else { return false };
        array.elements().any(|one| self.0.looks_masked(one, &element))
    }

    pub(super) fn looks_masked_sql(&self, operand: &str, ty: &ColumnType) -> Option<String> {
        let looks = self.0.looks_masked_sql("u.e", &element(ty)?)?;
        Some(format!("EXISTS(SELECT 1 FROM pg_catalog.unnest({operand}) AS u(e) WHERE {looks})"))
    }

    /// Element by element in lists, else the whole array.
    pub(super) fn restored_sql(&self, stored: &str, value: &str, ty: &ColumnType) -> Option<String> {
        let element = element(ty)?;
        let masked = self.0.sql("u.s", &element).ok()?;
        let within = operator("u.n", "<=", &call("cardinality", &["a.v"]));
        let list = format!(
            "ARRAY(SELECT {} FROM (SELECT u.*, {masked} AS r FROM (SELECT {stored} AS s, {value} AS v) AS a, \
             ROWS FROM (pg_catalog.unnest(a.v), pg_catalog.unnest(a.s)) WITH ORDINALITY AS u(v, s, n) \
             WHERE {within} OFFSET 0) AS u ORDER BY u.n)",
            self.restored_element(["u.s", "u.r", "u.v"], &element)
        );
        let lists = format!("{} AND {}", is_list(stored), is_list(value));
        let bare = self.bare_sql("u.v", "u.r", &element).map(|bare| {
            let both = "ROWS FROM (pg_catalog.unnest(a.v), pg_catalog.unnest(a.r)) AS u(v, r)";
            format!("EXISTS(SELECT 1 FROM {both} WHERE {bare})")
        });
        // a driver that knows no bounds writes them as 1
        let flat = |array: &str| format!("ARRAY(SELECT u.e FROM pg_catalog.unnest({array}) AS u(e))");
        let as_many = operator(&call("cardinality", &["a.v"]), "=", &call("cardinality", &["a.r"]));
        let same = format!("{as_many} AND {}", operator(&flat("a.v"), "=", &flat("a.r")));
        let whole = case(&[(&same, "a.s"), (bare.as_deref().unwrap_or("false"), "a.r")], "a.v");
        let read = self.expression(stored, ty)?;
        let whole = format!("(SELECT {whole} FROM (SELECT {stored} AS s, {value} AS v, {read} AS r OFFSET 0) AS a)");
        Some(case(&[(&lists, &list)], &whole))
    }

    /// Whether a list was changed so that its masks may be another's than the one at their place.
    pub(super) fn mixed_sql(&self, stored: &str, value: &str, ty: &ColumnType) -> Option<String> {
        let reading = self.expression(stored, ty)?;
        let (elements, length) = ("unnest", "cardinality");
        let mixed = Mixed { stored, value, reading: &reading, elements, length, json: false, depth: 0 };
        let Operands { stored: was, reading: read, value: is } = mixed.operands();
        let restored = self.restored_element([&was, &read, &is], &element(ty)?);
        let lists = format!("{} AND {}", is_list(stored), is_list(value));
        Some(case(&[(&lists, &mixed.sql(&restored))], "false"))
    }

    /// An element by what is there, its mask, and what is written in its place.
    fn restored_element(&self, [stored, masked, value]: [&str; 3], element: &ColumnType) -> String {
        let same = match is_text(&element.class) {
            true => operator(&bytewise(value), "=", masked),
            false => operator(value, "=", masked),
        };
        let bare = self.bare_sql(value, masked, element);
        case(&[(&same, stored), (bare.as_deref().unwrap_or("false"), masked)], value)
    }

    fn bare_sql(&self, value: &str, masked: &str, element: &ColumnType) -> Option<String> {
        let text = |operand: &str| format!("{operand}::pg_catalog.text");
        is_text(&element.class).then(|| self.0.bare_sql(&text(value), &text(masked))).flatten()
    }

    /// What [`Each::restored_sql`] answers.
    pub(super) fn restored(&self, stored: &str, value: &str, ty: &ColumnType) -> Option<String> {
        let element = element(ty)?;
        let (was, is) = (Array::read(stored)?, Array::read(value)?);
        let is_list = |array: &Array| array.from_one && array.dimensions == 1;
        if is_list(&was) && is_list(&is) {
            let restored = is.zip_map(&was, |value, stored| {
                let masked = stored.and_then(|stored| self.0.apply(stored, &element));
                let restored = match (value, masked.as_deref()) {
                    (Some(value), Some(masked)) if positive(value) == positive(masked) => stored,
                    (Some(value), Some(masked)) if self.is_bare(value, masked, &element) => Some(masked),
                    _ => value,
                };
                restored.map(str::to_owned)
            });
            return Some(restored.to_string());
        }
        let read = self.apply(stored, ty)?;
        let masked = Array::read(&read)?;
        let bare = is.pairs(&masked).any(|(value, masked)| self.is_bare(value, masked, &element));
        let restored = if is.has_elements_of(&masked) {
            stored
        } else if bare {
            &read
        } else {
            value
        };
        Some(restored.to_owned())
    }

    fn is_bare(&self, value: &str, masked: &str, element: &ColumnType) -> bool {
        is_text(&element.class) && self.0.is_bare(value, masked)
    }
}

/// Zero of a floating-point type by its one spelling: the server finds both the same.
fn positive(text: &str) -> &str {
    if text == "-0" { "0" } else { text }
}

fn is(number: &str, what: &str) -> String {
    operator(number, "=", what)
}

fn is_list(array: &str) -> String {
    let counted = is(&call("array_lower", &[array, "1"]), "1");
    format!("{} AND {counted}", is(&call("array_ndims", &[array]), "1"))
}

fn is_table(array: &str) -> String {
    let counted = |dimension| is(&call("array_lower", &[array, dimension]), "1");
    format!("{} AND {} AND {}", is(&call("array_ndims", &[array]), "2"), counted("1"), counted("2"))
}
