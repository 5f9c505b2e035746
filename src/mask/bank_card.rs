//! `bank_card`: the first and last four characters stay.

use super::TextMask;
use super::expression::{hide_middle, middle, unless_empty};

const RUN: &str = "********";
/// A number of 16 digits, the shortest in use, hides eight.
const HIDE: usize = 8;
const KEPT: usize = 4;

/// `6222********1234`, whether the number has 16 or 19 digits, in groups or not; what does not hide eight digits is
/// `********`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct BankCard;

impl TextMask for BankCard {
    fn fits(&self, _limit: Option<u32>) -> bool {
        true
    }

    fn expression(&self, text: &str) -> String {
        let (condition, result) = middle(text, KEPT, KEPT, RUN, HIDE);
        unless_empty(text, &[(&condition, &result)], "'********'")
    }

    fn apply(&self, value: &str) -> String {
        if value.is_empty() {
            return String::new();
        }
        hide_middle(value, KEPT, KEPT, RUN, HIDE).unwrap_or_else(|| RUN.into())
    }

    fn fill(&self) -> char {
        '*'
    }

    /// The last digit is a checksum (Luhn); two more of the hidden ones name the issuer together with the first four.
    fn hidden_bits(&self) -> f64 {
        (HIDE - 3) as f64 * 10f64.log2()
    }
}
