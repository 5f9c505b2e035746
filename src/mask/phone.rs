//! `phone`: mobile and landline numbers, with or without +86.

use super::TextMask;
use super::expression::{bytewise, call, case, hide_middle, middle, operator, unless_empty};

const RUN: &str = "****";
/// Fewer hidden digits than these are too easily guessed: such numbers are masked wholly.
const HIDE: usize = 4;
const LAST: usize = 4;

/// Keeps the prefix and the last four characters: `138****5678`, `+86138****5678`, `+86 138****5678`,
/// `0571-****5678`. What does not hide four digits is `****`.
///
/// What lies between is `****` whatever its length, separators and extension included.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Phone;

/// How many characters lead: country code, separator and three digits, or an area code up to its hyphen, or three.
fn prefix(value: &str) -> usize {
    let at = |index| value.chars().nth(index);
    match value.strip_prefix("+86") {
        Some(rest) if rest.starts_with([' ', '-']) => 7,
        Some(_) => 6,
        None if at(3) == Some('-') => 4,
        None if at(4) == Some('-') => 5,
        None => 3,
    }
}

impl TextMask for Phone {
    fn fits(&self, _limit: Option<u32>) -> bool {
        true
    }

    fn expression(&self, text: &str) -> String {
        let masked = |first| {
            let (condition, result) = middle(text, first, LAST, RUN, HIDE);
            case(&[(&condition, &result)], "'****'")
        };
        let equals = |part: &str, constant: &str| operator(&bytewise(part), "=", constant);
        let country = call("left", &[text, "4"]);
        let (spaced, hyphened) = (equals(&country, "'+86 '"), equals(&country, "'+86-'"));
        unless_empty(
            text,
            &[
                (&format!("{spaced} OR {hyphened}"), &masked(7)),
                (&equals(&call("left", &[text, "3"]), "'+86'"), &masked(6)),
                (&equals(&call("substr", &[text, "4", "1"]), "'-'"), &masked(4)),
                (&equals(&call("substr", &[text, "5", "1"]), "'-'"), &masked(5)),
            ],
            &masked(3),
        )
    }

    fn apply(&self, value: &str) -> String {
        if value.is_empty() {
            return String::new();
        }
        hide_middle(value, prefix(value), LAST, RUN, HIDE).unwrap_or_else(|| RUN.into())
    }

    fn fill(&self) -> char {
        '*'
    }

    fn hidden_bits(&self) -> f64 {
        HIDE as f64 * 10f64.log2()
    }
}
