//! `id_card`: the 18 characters of a resident identity number (GB 11643).

use serde::Deserialize;

use super::expression::{call, concat, length_without, literal, operator, unless_empty};
use super::text::TextMask;

/// Six digits of region, four of the birth year, four of month and day, three of sequence, a check character.
const LENGTH: usize = 18;

/// Keeps the region, the birth year or both, digits all; every other text is 18 stars, so numbers of the old form (15
/// digits), passports and the like show nothing.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IdCard {
    #[serde(default)]
    pub region: bool,
    #[serde(default)]
    pub birth_year: bool,
}

impl Default for IdCard {
    fn default() -> Self {
        Self { region: true, birth_year: false }
    }
}

impl IdCard {
    /// The visible part: index of its first character, and how many.
    fn shown(&self) -> (usize, usize) {
        match (self.region, self.birth_year) {
            (true, true) => (0, 10),
            (true, false) => (0, 6),
            (false, true) => (6, 4),
            (false, false) => (0, 0),
        }
    }
}

impl TextMask for IdCard {
    fn expression(&self, text: &str) -> String {
        let (from, count) = self.shown();
        let shown = call("substr", &[text, &(from + 1).to_string(), &count.to_string()]);
        let number = operator(&call("length", &[text]), "=", &LENGTH.to_string());
        let condition = format!("{number} AND {}", operator(&length_without(&shown, "0123456789"), "=", "0"));
        let (before, after) = (literal(&"*".repeat(from)), literal(&"*".repeat(LENGTH - from - count)));
        unless_empty(text, &[(&condition, &concat(&[&before, &shown, &after]))], &literal(&"*".repeat(LENGTH)))
    }

    fn apply(&self, value: &str) -> String {
        if value.is_empty() {
            return String::new();
        }
        let (from, count) = self.shown();
        let shown: String = value.chars().skip(from).take(count).collect();
        if value.chars().count() != LENGTH || !shown.bytes().all(|byte| byte.is_ascii_digit()) {
            return "*".repeat(LENGTH);
        }
        format!("{}{shown}{}", "*".repeat(from), "*".repeat(LENGTH - from - count))
    }

    fn fill(&self) -> char {
        '*'
    }

    fn is_of_numbers(&self) -> bool {
        true
    }

    /// Month and day, a sequence number; the check character adds nothing. About 80 birth years and 3,000 regions.
    fn hidden_bits(&self) -> f64 {
        let year = if self.birth_year { 0.0 } else { 80f64.log2() };
        let region = if self.region { 0.0 } else { 3000f64.log2() };
        365.25f64.log2() + 1000f64.log2() + year + region
    }
}
