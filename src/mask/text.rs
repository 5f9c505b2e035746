//! Masks over text, in every type that holds text.

use crate::model::types::TypeClass;

use super::expression::{bytewise, call, literal, operator};
use super::traces::Traces;

/// A mask over text; `value` and `text` have no blank padding.
pub(super) trait TextMask {
    /// SQL of type text over `text`, an operand of type text that may be NULL.
    fn expression(&self, text: &str) -> String;
    fn apply(&self, value: &str) -> String;
    /// A character that every result other than the empty text holds.
    fn fill(&self) -> char;
    fn hidden_bits(&self) -> f64;

    /// Whether it masks numbers.
    fn is_of_numbers(&self) -> bool {
        false
    }

    fn traces(&self) -> Traces {
        Traces { fill: self.fill(), number: self.is_of_numbers() }
    }

    /// Whether a text has traces of such a mask, is a mask of itself, or what a narrow column left of one.
    fn looks_masked(&self, value: &str) -> bool {
        // A `char(n)` that the text came from may have padded it.
        let masked = |value: &str| value.contains(self.fill()) && self.apply(value).starts_with(value);
        self.traces().are_in(value) || masked(value) || masked(value.trim_end_matches(' '))
    }

    /// The same in SQL; NULL for NULL.
    fn looks_masked_sql(&self, text: &str) -> String {
        let traces = self.traces().sql(text);
        if self.traces().are_any_fill() {
            return traces;
        }
        let begins = |text: &str| call("starts_with", &[&bytewise(&format!("({})", self.expression(text))), text]);
        let text = bytewise(text);
        let fill = operator(&call("strpos", &[&text, &literal(&self.fill().to_string())]), ">", "0");
        format!("({traces} OR {fill} AND ({} OR {}))", begins(&text), begins(&call("rtrim", &[&text, "' '"])))
    }
}

/// Whether a type holds text.
pub(super) fn is_text(class: &TypeClass) -> bool {
    matches!(class, TypeClass::Text | TypeClass::Varchar(_) | TypeClass::Bpchar(_))
}

/// The column as an operand of functions over text: `varchar` is one by itself, `char(n)` loses its padding.
pub(super) fn as_text(column: &str, class: &TypeClass) -> String {
    if matches!(class, TypeClass::Bpchar(_)) { format!("{column}::pg_catalog.text") } else { column.to_owned() }
}

/// A `char(n)` value without its padding, as its cast to text gives it.
pub(super) fn unpadded<'a>(value: &'a str, class: &TypeClass) -> &'a str {
    if matches!(class, TypeClass::Bpchar(_)) { value.trim_end_matches(' ') } else { value }
}

/// An explicit cast of a text to the column's type: cut off, or padded.
pub(super) fn fit(text: &str, class: &TypeClass) -> String {
    match class {
        TypeClass::Varchar(Some(limit)) => text.chars().take(*limit as usize).collect(),
        TypeClass::Bpchar(Some(limit)) => text.chars().chain(std::iter::repeat(' ')).take(*limit as usize).collect(),
        _ => text.to_owned(),
    }
}
