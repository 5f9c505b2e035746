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

/// How many characters of `text` are none of `ignored`.
pub(super) fn length_without(text: &str, ignored: &str) -> String {
    call("length", &[&call("translate", &[text, &literal(ignored), "''"])])
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
