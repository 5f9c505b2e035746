//! Text → tree, with PostgreSQL's own messages and positions where the grammar refuses.

use std::ffi::{CStr, CString};
use std::fmt;

use pg_raw_parse::{ParseResult, nodes, raw};

use super::limits;
use super::tokens::Tokens;

/// Why a text was not parsed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ErrorKind {
    /// PostgreSQL's grammar (or lexer) refuses it.
    Syntax,
    /// Beyond the limits of [`limits`].
    TooComplex,
}

/// A text that was not parsed: PostgreSQL's message, and the byte offset it points at.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{message}")]
pub struct ParseError {
    pub kind: ErrorKind,
    pub message: String,
    pub position: Option<usize>,
}

/// The parsed statements of one query string, with the tokens of its text.
pub struct Tree<'t> {
    result: ParseResult,
    tokens: Tokens<'t>,
}

impl fmt::Debug for Tree<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // the binding's own Debug panics on lists that it takes for lists of something else (GRANT)
        f.debug_struct("Tree").field("statements", &self.len()).finish_non_exhaustive()
    }
}

impl<'t> Tree<'t> {
    /// The statements, in order; empty ones between semicolons are not listed.
    pub fn statements(&self) -> impl Iterator<Item = &nodes::RawStmt> {
        self.result.iter()
    }

    /// How many statements there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.result.len()
    }

    /// Whether there is nothing but white space, comments and semicolons.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.result.is_empty()
    }

    #[must_use]
    pub fn tokens(&self) -> &Tokens<'t> {
        &self.tokens
    }
}

/// Parses a query string with PostgreSQL's grammar, `standard_conforming_strings` being on.
///
/// # Errors
/// Texts beyond the limits, and texts that the grammar refuses.
pub fn parse(text: &str) -> Result<Tree<'_>, ParseError> {
    parse_within(text, limits::MAX_TEXT)
}

/// The same of a text whose names have been spelled out.
///
/// # Errors
/// As [`parse`].
pub fn parse_sent(text: &str) -> Result<Tree<'_>, ParseError> {
    parse_within(text, limits::MAX_TEXT + limits::MAX_ADDED)
}

fn parse_within(text: &str, most: usize) -> Result<Tree<'_>, ParseError> {
    let long = |bytes: usize, most: usize, what: &str| {
        let message = format!("the statement has {bytes} bytes{what}, more than {most}");
        Err(ParseError { kind: ErrorKind::TooComplex, message, position: None })
    };
    if text.len() > most + limits::MAX_LITERALS {
        return long(text.len(), most + limits::MAX_LITERALS, "");
    }
    let tokens = Tokens::of(text)?;
    if text.len() > most {
        let bytes = text.len() - tokens.literal_bytes();
        if bytes > most {
            return long(bytes, most, " without its literals");
        }
    }
    tokens.check_nesting()?;
    match pg_raw_parse::parse(text) {
        Ok(result) => Ok(Tree { result, tokens }),
        Err(error) => Err(explain(text, &error)),
    }
}

/// The error with its position. The binding keeps the position to itself, so the library is asked once more.
fn explain(text: &str, error: &pg_raw_parse::Error) -> ParseError {
    let message = error.to_string();
    let message = message.strip_prefix("Invalid statement: ").unwrap_or(&message).to_owned();
    ParseError { kind: ErrorKind::Syntax, message, position: position_of_error(text) }
}

fn position_of_error(text: &str) -> Option<usize> {
    let input = CString::new(text).ok()?;
    let input: &CStr = &input;
    // SAFETY: `input` is a NUL-terminated string that outlives the call; the result is freed exactly once, below, and
    // `error` is either null or points at a structure owned by the result.
    let cursor = unsafe {
        let result = raw::pg_query_normalize(input.as_ptr());
        let cursor = result.error.as_ref().map(|error| error.cursorpos);
        raw::pg_query_free_normalize_result(result);
        cursor
    }?;
    let characters = usize::try_from(cursor).ok()?.checked_sub(1)?;
    Some(text.char_indices().nth(characters).map_or(text.len(), |(offset, _)| offset))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_have_postgresql_s_message_and_the_byte_position() {
        let error = parse("SELECT '客户' FORM t").unwrap_err();
        assert_eq!(error.message, "syntax error at or near \"t\"");
        assert_eq!(error.position, Some("SELECT '客户' FORM ".len()));
        assert_eq!(parse("SELECT (").unwrap_err().message, "syntax error at end of input");
    }

    #[test]
    fn limits_come_before_the_parser() {
        for text in [
            format!("SELECT '{}'", "x".repeat(limits::MAX_TEXT + limits::MAX_LITERALS)),
            format!("SELECT '{}' {}", "x".repeat(limits::MAX_TEXT), " ".repeat(limits::MAX_TEXT)),
            format!("SELECT 1 {}", ", 1".repeat(limits::MAX_TEXT / 3)),
            "/*".repeat(200_000),
            "/**/".repeat(200_000),
            format!("SELECT 1 {} 2", "+-".repeat(200_000)),
            format!("SELECT {}1{}", "(".repeat(5000), ")".repeat(5000)),
            format!("SELECT {}1{}", "a[".repeat(5000), "]".repeat(5000)),
        ] {
            assert_eq!(parse(&text).unwrap_err().kind, ErrorKind::TooComplex, "{}", &text[..20]);
        }
        assert_eq!(parse("SELECT 'a\0b'").unwrap_err().kind, ErrorKind::Syntax);
        // a picture in a literal
        assert!(parse(&format!("SELECT '{}'", "x".repeat(4 * limits::MAX_TEXT))).is_ok());
    }

    #[test]
    fn escapes_that_make_invalid_text_are_refused_by_the_lexer() {
        assert!(parse(r"SELECT E'\xff'").is_err());
        assert!(parse(r"SELECT E'\xe5\xae\xa2'").is_ok());
        assert!(parse("SELECT $1abc").is_err());
    }

    #[test]
    fn statements_are_counted_as_the_server_counts_them() {
        assert_eq!(parse("").unwrap().len(), 0);
        assert_eq!(parse(" ; -- x\n ;/* */").unwrap().len(), 0);
        assert_eq!(parse("SELECT 1; SELECT ';' ;").unwrap().len(), 2);
    }
}
