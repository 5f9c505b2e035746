//! `email`: the first character and the domain stay.

use super::TextMask;
use super::expression::{bytewise, call, case, concat, operator, unless_empty};

/// An address's domain has at most 255 characters; a `@` further from the end begins none.
const LONGEST_DOMAIN: usize = 256;

/// `a****@example.com`; a local part of one character or none shows `****`, a text without `@` is masked wholly.
///
/// The domain is taken after the last `@`, so that of several addresses only the last one's domain shows. A domain of
/// a person's own names that person: prefer `constant` or `null` where such addresses matter.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Email;

impl TextMask for Email {
    /// Cut off before the `@`, a mask would not be the mask of itself.
    fn fits(&self, limit: Option<u32>) -> bool {
        limit.is_none_or(|limit| limit >= 6)
    }

    fn expression(&self, text: &str) -> String {
        let end = call("right", &[text, &LONGEST_DOMAIN.to_string()]);
        let domain = call("strpos", &[&bytewise(&call("reverse", &[&end])), "'@'"]);
        let local = operator(&call("length", &[text]), "-", &domain);
        let first = case(&[(&operator(&local, ">", "1"), &call("left", &[text, "1"]))], "'*'");
        let masked = concat(&[&first, "'****'", &call("right", &[text, &domain])]);
        let none = operator(&domain, "=", "0");
        unless_empty(text, &[(&none, "'*****'")], &masked)
    }

    fn apply(&self, value: &str) -> String {
        let characters: Vec<char> = value.chars().collect();
        if characters.is_empty() {
            return String::new();
        }
        let Some(domain) = characters.iter().rev().take(LONGEST_DOMAIN).position(|character| *character == '@') else {
            return "*****".into();
        };
        let local = characters.len() - (domain + 1);
        let first = characters.first().filter(|_| local > 1).unwrap_or(&'*');
        std::iter::once(first).chain(&['*'; 4]).chain(characters.iter().skip(local)).collect()
    }

    fn fill(&self) -> char {
        '*'
    }

    /// Local parts are often a name and a year, or a phone number of which one digit shows.
    fn hidden_bits(&self) -> f64 {
        16.0
    }
}
