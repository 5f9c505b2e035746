//! `bank_card`: the first and last four characters stay.

use super::digits::Ends;
use super::text::TextMask;

/// A number of 16 digits, the shortest in use, hides eight.
const ENDS: Ends = Ends { last: 4, run: "********", hide: 8 };
const FIRST: usize = 4;

/// `6222********1234`, whether the number has 16 or 19 digits, in groups or not; what is not written in ASCII digits
/// and separators, or does not hide eight digits, is `********`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct BankCard;

impl TextMask for BankCard {
    fn expression(&self, text: &str) -> String {
        ENDS.expression(text, &FIRST.to_string())
    }

    fn apply(&self, value: &str) -> String {
        ENDS.apply(value, FIRST)
    }

    fn fill(&self) -> char {
        '*'
    }

    fn is_of_numbers(&self) -> bool {
        true
    }

    /// The last digit is a checksum (Luhn); two more of the hidden ones name the issuer together with the first four.
    fn hidden_bits(&self) -> f64 {
        (ENDS.hide - 3) as f64 * 10f64.log2()
    }
}
