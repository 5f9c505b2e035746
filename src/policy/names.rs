//! Qualified names as bundles write them.

use serde_spanned::Spanned;

use super::classification::QualifiedName;
use super::diagnostic::{Diagnostic, Source};

/// `schema.name`, each part as PostgreSQL stores it; parts in double quotes may hold anything.
pub(super) fn qualified(
    source: Source<'_>,
    written: &Spanned<String>,
    report: &mut Vec<Diagnostic>,
) -> Option<QualifiedName> {
    match split_name(written.get_ref()).as_deref() {
        Some([schema, name]) => Some(QualifiedName { schema: schema.as_str().into(), name: name.as_str().into() }),
        _ => {
            let wrong = source.error(&written.span(), format!("`{}` is not a qualified name", written.get_ref()));
            let expected = "`schema.name` in lower case; `\"Schema\".\"Name\"` for names that PostgreSQL does not fold";
            report.push(wrong.expected(expected));
            None
        }
    }
}

/// Splits at dots outside quotes. `None` if a part is empty, too long, or would have been folded.
fn split_name(text: &str) -> Option<Vec<String>> {
    let mut parts = Vec::new();
    let mut rest = text;
    loop {
        let (part, after) = match rest.strip_prefix('"') {
            Some(quoted) => quoted_part(quoted)?,
            None => {
                let end = rest.find('.').unwrap_or(rest.len());
                let (part, after) = rest.split_at_checked(end)?;
                let folds = part.chars().any(|c| c.is_ascii_uppercase() || c.is_whitespace() || c == '"');
                if folds {
                    return None;
                }
                (part.to_owned(), after)
            }
        };
        // NAMEDATALEN - 1: PostgreSQL has no longer name.
        if part.is_empty() || part.len() > 63 {
            return None;
        }
        parts.push(part);
        match after.strip_prefix('.') {
            Some(next) => rest = next,
            None if after.is_empty() => return Some(parts),
            None => return None,
        }
    }
}

/// The part up to the closing quote, with doubled quotes undone, and what follows.
fn quoted_part(text: &str) -> Option<(String, &str)> {
    let mut part = String::new();
    let mut rest = text;
    loop {
        let (before, after) = rest.split_once('"')?;
        part.push_str(before);
        match after.strip_prefix('"') {
            Some(next) => {
                part.push('"');
                rest = next;
            }
            None => return Some((part, after)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_split_as_sql_would_read_them() {
        let split = |text| split_name(text).map(|parts| parts.join("|"));
        assert_eq!(split("housing.buyers").as_deref(), Some("housing|buyers"));
        assert_eq!(split("\"a.b\".\"c\"\"d\"").as_deref(), Some("a.b|c\"d"));
        assert_eq!(split("住房.购房人").as_deref(), Some("住房|购房人"));
        let long = format!("s.{}", "x".repeat(64));
        for bad in
            ["", ".", "a.", ".a", "a..b", "Housing.buyers", "a b.c", "\"a", "\"a\"b.c", "\"\".x", "a.b\"c", &long]
        {
            assert_eq!(split(bad), None, "{bad}");
        }
    }
}
