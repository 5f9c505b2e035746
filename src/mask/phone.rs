//! `phone`: mobile and landline numbers, with or without +86.

use super::digits::Ends;
use super::expression::{bytewise, call, case, length_without, operator};
use super::text::TextMask;

const ENDS: Ends = Ends { last: 4, run: "****", hide: 4 };

/// Keeps the prefix and the last four characters: `138****5678`, `+86138****5678`, `+86 138****5678`,
/// `0571-****5678`. What is not written in ASCII digits and separators, or does not hide four digits, is `****`.
///
/// What lies between is `****` whatever its length, separators and extension included.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Phone;

/// How many characters lead: country code, separator and three digits, or an area code up to its hyphen, or three.
fn prefix(value: &str) -> usize {
    match value.strip_prefix("+86") {
        Some(rest) if rest.starts_with([' ', '-']) => 7,
        Some(_) => 6,
        None => value.chars().take(5).position(|character| character == '-').map_or(3, |at| (at + 1).max(3)),
    }
}

impl TextMask for Phone {
    fn expression(&self, text: &str) -> String {
        let country = operator(&bytewise(&call("left", &[text, "3"])), "=", "'+86'");
        let separated = operator("7", "-", &length_without(&call("substr", &[text, "4", "1"]), " -"));
        let hyphen = call("strpos", &[&bytewise(&call("left", &[text, "5"])), "'-'"]);
        ENDS.expression(text, &case(&[(&country, &separated)], &format!("GREATEST(3, {hyphen})")))
    }

    fn apply(&self, value: &str) -> String {
        ENDS.apply(value, prefix(value))
    }

    fn fill(&self) -> char {
        '*'
    }

    fn is_of_numbers(&self) -> bool {
        true
    }

    fn hidden_bits(&self) -> f64 {
        ENDS.hide as f64 * 10f64.log2()
    }
}
