//! Pieces of SQL that mean the same under every search path, setting and client encoding.

use std::fmt::Write;

/// A string constant in pure ASCII, independent of `standard_conforming_strings`.
pub(super) fn literal(text: &str) -> String {
    if text.bytes().all(|byte| (b' '..=b'~').contains(&byte) && byte != b'\\' && byte != b'\'') {
        return format!("'{text}'");
    }
    let mut sql = String::from("E'");
    for character in text.chars() {
        match character {
            '\'' => sql.push_str("''"),
            '\\' => sql.push_str("\\\\"),
            ' '..='~' => sql.push(character),
            _ if u32::from(character) <= 0xffff => _ = write!(sql, "\\u{:04X}", u32::from(character)),
            _ => _ = write!(sql, "\\U{:08X}", u32::from(character)),
        }
    }
    sql.push('\'');
    sql
}

/// `pg_catalog.<name>(<arguments>)`.
pub(super) fn call(name: &str, arguments: &[&str]) -> String {
    format!("pg_catalog.{name}({})", arguments.join(", "))
}

/// A binary operator of `pg_catalog`, in parentheses: `OPERATOR()` has one precedence for all.
pub(super) fn operator(left: &str, name: &str, right: &str) -> String {
    format!("({left} OPERATOR(pg_catalog.{name}) {right})")
}

/// Concatenation.
pub(super) fn concat(parts: &[&str]) -> String {
    parts.join(" OPERATOR(pg_catalog.||) ")
}

/// The text compared by its bytes. Only where a number or a truth value results: the collation of the masked column
/// must remain the column's own.
pub(super) fn bytewise(text: &str) -> String {
    format!("({text} COLLATE pg_catalog.\"C\")")
}

/// `CASE WHEN … THEN … ELSE … END`.
pub(super) fn case(arms: &[(&str, &str)], otherwise: &str) -> String {
    let mut sql = String::from("CASE");
    for (condition, result) in arms {
        _ = write!(sql, " WHEN {condition} THEN {result}");
    }
    _ = write!(sql, " ELSE {otherwise} END");
    sql
}

/// A text that is NULL or empty as it is, `otherwise` for every other.
pub(super) fn unless_empty(text: &str, arms: &[(&str, &str)], otherwise: &str) -> String {
    let empty = format!("{text} IS NULL OR {}", operator(&call("length", &[text]), "=", "0"));
    let mut all = vec![(empty.as_str(), text)];
    all.extend_from_slice(arms);
    case(&all, otherwise)
}

/// How many characters of `text` are ASCII digits or `*`.
pub(super) fn digits(text: &str) -> String {
    let others = call("translate", &[text, "'0123456789*'", "''"]);
    operator(&call("length", &[text]), "-", &call("length", &[&others]))
}

/// [`digits`] in Rust.
pub(super) fn count_digits(text: &[char]) -> usize {
    text.iter().filter(|character| character.is_ascii_digit() || **character == '*').count()
}

/// The first `first` and last `last` characters around `run`, where at least `hide` digits lie between them; shared
/// by phone and card numbers. In SQL: a condition and a result.
pub(super) fn middle(text: &str, first: usize, last: usize, run: &str, hide: usize) -> (String, String) {
    let length = operator(&call("length", &[text]), "-", &(first + last).to_string());
    let hidden = call("substr", &[text, &(first + 1).to_string(), &format!("GREATEST({length}, 0)")]);
    let condition = operator(&digits(&hidden), ">=", &hide.to_string());
    let (left, right) = (call("left", &[text, &first.to_string()]), call("right", &[text, &last.to_string()]));
    (condition, concat(&[&left, &literal(run), &right]))
}

/// [`middle`] in Rust; `None` where too few digits would be hidden.
pub(super) fn hide_middle(value: &str, first: usize, last: usize, run: &str, hide: usize) -> Option<String> {
    let characters: Vec<char> = value.chars().collect();
    let end = characters.len().checked_sub(last)?;
    let hidden = characters.get(first..end)?;
    let (shown, tail) = (characters.get(..first)?, characters.get(end..)?);
    (count_digits(hidden) >= hide)
        .then(|| shown.iter().copied().chain(run.chars()).chain(tail.iter().copied()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn literals_are_ascii_and_mean_the_same_under_every_setting() {
        assert_eq!(literal("a b"), "'a b'");
        assert_eq!(literal("it's"), "E'it''s'");
        assert_eq!(literal("\\"), "E'\\\\'");
        assert_eq!(literal("\n区😀"), "E'\\u000A\\u533A\\U0001F600'");
    }
}
