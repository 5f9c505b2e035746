//! `email`: the first character and the domain stay.

use super::expression::{bytewise, call, concat, literal, operator, unless_empty};
use super::text::TextMask;

/// An address's domain has at most 255 characters; a `@` further from the end begins none.
const LONGEST_DOMAIN: usize = 256;
/// Shorter local parts are masked wholly, so that no result is longer than the value: a narrow column would cut it off.
const SHORTEST_LOCAL: usize = 5;
const WHOLE: &str = "*****";

/// `a****@example.com`; a text that does not end in `@` and a domain, or has a `@` among its first five characters, is
/// masked wholly.
///
/// The domain is taken after the last `@`, so that of several addresses only the last one's shows. It has letters,
/// digits, hyphens and dots and ends in a letter: whatever else somebody typed after an address, such as a telephone
/// number, hides all. A domain of a person's own names that person: prefer `constant` where such addresses matter.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Email;

/// How many characters the domain has, its `@` included.
fn domain_length(characters: &[char]) -> Option<usize> {
    let end = characters.iter().rev().take(LONGEST_DOMAIN);
    let domain = end.clone().position(|character| *character == '@')?;
    let legal = |character: &&char| character.is_ascii_alphanumeric() || matches!(character, '.' | '-');
    let named = characters.last().is_some_and(char::is_ascii_alphabetic);
    (named && end.take(domain).all(|character| legal(&character))).then_some(domain + 1)
}

impl TextMask for Email {
    /// One short search by regular expression, with nothing in it that could be tried in two ways.
    fn expression(&self, text: &str) -> String {
        let end = bytewise(&call("right", &[text, &LONGEST_DOMAIN.to_string()]));
        let domain = call("substring", &[&end, "'@[A-Za-z0-9.-]*[A-Za-z]$'"]);
        let shown =
            concat(&[&call("left", &[text, "1"]), "'****'", &call("right", &[text, &call("length", &[&domain])])]);
        let start = bytewise(&call("left", &[text, &SHORTEST_LOCAL.to_string()]));
        let long = operator(&call("strpos", &[&start, "'@'"]), "=", "0");
        let whole = literal(WHOLE);
        unless_empty(text, &[(&long, &format!("COALESCE({shown}, {whole})"))], &whole)
    }

    fn apply(&self, value: &str) -> String {
        let characters: Vec<char> = value.chars().collect();
        let Some(first) = characters.first() else { return String::new() };
        let domain = domain_length(&characters).filter(|_| !characters.iter().take(SHORTEST_LOCAL).any(|c| *c == '@'));
        let Some(domain) = domain else { return WHOLE.into() };
        std::iter::once(first).chain(&['*'; 4]).chain(characters.iter().skip(characters.len() - domain)).collect()
    }

    fn fill(&self) -> char {
        '*'
    }

    /// Local parts are often a name and a year, or a phone number of which one digit shows.
    fn hidden_bits(&self) -> f64 {
        16.0
    }
}
