//! PostgreSQL's lexer (`scan.l`), written again for byte spans: where names, literals and operators begin and end.
//!
//! `standard_conforming_strings` is on, the text is UTF-8. Rules quoted are those of version 18.

use std::borrow::Cow;

use super::limits;
use super::names;
use super::parse::{ErrorKind, ParseError};

/// What a token is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Kind {
    /// An unquoted identifier or a key word.
    Word,
    /// `"…"`
    Quoted,
    /// `U&"…"`, without its UESCAPE.
    UnicodeQuoted,
    /// `'…'`, `E'…'`, `$tag$…$tag$` or `U&'…'` with all their continuations.
    String,
    /// `B'…'` or `X'…'`.
    BitString,
    Integer,
    Float,
    /// `$1`
    Param,
    /// An operator of one or more operator characters.
    Operator,
    /// One of `, ( ) [ ] . ; :`, `::`, `..`, `:=` or `=>`.
    Punctuation,
}

/// A token's kind and its bytes in the text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Token {
    pub kind: Kind,
    start: u32,
    end: u32,
}

impl Token {
    /// Byte offset of its first byte.
    #[must_use]
    pub fn start(&self) -> usize {
        self.start as usize
    }

    /// Byte offset after its last byte.
    #[must_use]
    pub fn end(&self) -> usize {
        self.end as usize
    }
}

/// The tokens of one text, in order; comments and white space are between them.
#[derive(Clone, Debug)]
pub struct Tokens<'t> {
    text: &'t str,
    list: Vec<Token>,
}

impl<'t> Tokens<'t> {
    /// Cuts a text into tokens.
    ///
    /// # Errors
    /// What PostgreSQL's lexer refuses, with its message; and texts beyond the limits on comments and operators.
    pub fn of(text: &'t str) -> Result<Self, ParseError> {
        let mut lexer = Lexer { text, bytes: text.as_bytes(), at: 0, work: 0 };
        // of a long text most is in literals
        let mut list = Vec::with_capacity(text.len().min(limits::MAX_TEXT) / 4 + 4);
        while let Some(token) = lexer.next()? {
            list.push(token);
        }
        Ok(Self { text, list })
    }

    /// How many bytes stand in literals of strings.
    pub(super) fn literal_bytes(&self) -> usize {
        let literals = self.list.iter().filter(|token| matches!(token.kind, Kind::String | Kind::BitString));
        literals.map(|token| token.end() - token.start()).sum()
    }

    /// The text that was cut.
    #[must_use]
    pub fn text(&self) -> &'t str {
        self.text
    }

    #[must_use]
    pub fn list(&self) -> &[Token] {
        &self.list
    }

    /// The bytes of a token.
    #[must_use]
    pub fn slice(&self, token: Token) -> &'t str {
        self.text.get(token.start()..token.end()).unwrap_or_default()
    }

    /// The index of the token that starts exactly at this byte.
    #[must_use]
    pub fn index_at(&self, start: usize) -> Option<usize> {
        self.list.binary_search_by_key(&start, Token::start).ok()
    }

    /// The index of the first token that starts at or after this byte.
    #[must_use]
    pub fn index_from(&self, start: usize) -> usize {
        self.list.partition_point(|token| token.start() < start)
    }

    #[must_use]
    pub fn get(&self, index: usize) -> Option<Token> {
        self.list.get(index).copied()
    }

    /// Whether the token at `index` is this punctuation, operator or (lower-case) key word.
    #[must_use]
    pub fn is(&self, index: usize, what: &str) -> bool {
        self.get(index).is_some_and(|token| match token.kind {
            Kind::Word => self.slice(token).eq_ignore_ascii_case(what),
            Kind::Punctuation | Kind::Operator => self.slice(token) == what,
            _ => false,
        })
    }

    /// The name that the token at `index` spells (folded, truncated, unescaped), and the index after it.
    /// `None`: not a name.
    #[must_use]
    pub fn name(&self, index: usize) -> Option<(Cow<'t, str>, usize)> {
        let token = self.get(index)?;
        let slice = self.slice(token);
        match token.kind {
            Kind::Word => {
                let plain = slice.len() <= names::MAX_NAME && !slice.bytes().any(|b| b.is_ascii_uppercase());
                Some((if plain { slice.into() } else { names::fold(slice).into() }, index + 1))
            }
            Kind::Quoted => {
                let body = slice.get(1..slice.len() - 1)?;
                if body.contains('"') {
                    let body = body.replace("\"\"", "\"");
                    return Some((names::truncate(&body).to_owned().into(), index + 1));
                }
                Some((names::truncate(body).into(), index + 1))
            }
            Kind::UnicodeQuoted => {
                let body = slice.get(3..slice.len() - 1)?.replace("\"\"", "\"");
                let (escape, next) = self.uescape(index + 1)?;
                let name = names::unescape_unicode(&body, escape)?;
                Some((names::truncate(&name).to_owned().into(), next))
            }
            _ => None,
        }
    }

    /// The escape character that applies to a `U&` token before `index`, and the index after the clause.
    fn uescape(&self, index: usize) -> Option<(char, usize)> {
        if !self.is(index, "uescape") {
            return Some(('\\', index));
        }
        let literal = self.get(index + 1).filter(|token| token.kind == Kind::String)?;
        let mut body = self.slice(literal).strip_prefix('\'')?.strip_suffix('\'')?.chars();
        match (body.next(), body.next()) {
            (Some(escape), None) => Some((escape, index + 2)),
            _ => None,
        }
    }

    /// Refuses nesting of parentheses and brackets beyond the limit.
    pub(super) fn check_nesting(&self) -> Result<(), ParseError> {
        let mut depth = 0usize;
        for &token in &self.list {
            if token.kind != Kind::Punctuation {
                continue;
            }
            match self.slice(token) {
                "(" | "[" => depth += 1,
                ")" | "]" => depth = depth.saturating_sub(1),
                _ => {}
            }
            if depth > limits::MAX_NESTING {
                let message = format!("parentheses are nested more than {} deep", limits::MAX_NESTING);
                return Err(ParseError { kind: ErrorKind::TooComplex, message, position: Some(token.start()) });
            }
        }
        Ok(())
    }
}

struct Lexer<'t> {
    text: &'t str,
    bytes: &'t [u8],
    at: usize,
    /// Bytes scanned in runs of operator characters so far.
    work: usize,
}

/// What a byte may be, as bits: looked up for each byte of each text.
const SPACE: u8 = 1;
const WORD_START: u8 = 2;
const WORD_PART: u8 = 4;
const OPERATOR: u8 = 8;
/// Characters that allow an operator to end in `+` or `-`.
const FREES_THE_END: u8 = 16;

#[expect(clippy::indexing_slicing, reason = "computed when compiled")]
const BYTES: [u8; 256] = {
    let mut bytes = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        bytes[byte] = match byte as u8 {
            b' ' | b'\t' | b'\n' | b'\r' | 0x0c | 0x0b => SPACE,
            b'a'..=b'z' | b'A'..=b'Z' | b'_' | 0x80.. => WORD_START | WORD_PART,
            b'0'..=b'9' | b'$' => WORD_PART,
            b'~' | b'!' | b'@' | b'#' | b'^' | b'&' | b'|' | b'`' | b'?' | b'%' => OPERATOR | FREES_THE_END,
            b'+' | b'-' | b'*' | b'/' | b'<' | b'>' | b'=' => OPERATOR,
            _ => 0,
        };
        byte += 1;
    }
    bytes
};

fn may_be(b: u8, what: u8) -> bool {
    BYTES.get(usize::from(b)).is_some_and(|bits| bits & what != 0)
}

fn is_space(b: u8) -> bool {
    may_be(b, SPACE)
}

fn is_newline(b: u8) -> bool {
    matches!(b, b'\n' | b'\r')
}

fn is_word_start(b: u8) -> bool {
    may_be(b, WORD_START)
}

fn is_word_part(b: u8) -> bool {
    may_be(b, WORD_PART)
}

fn is_operator(b: u8) -> bool {
    may_be(b, OPERATOR)
}

fn frees_the_end(b: u8) -> bool {
    may_be(b, FREES_THE_END)
}

impl Lexer<'_> {
    fn peek(&self, ahead: usize) -> Option<u8> {
        self.bytes.get(self.at + ahead).copied()
    }

    fn starts_with(&self, at: usize, pair: [u8; 2]) -> bool {
        self.bytes.get(at) == Some(&pair[0]) && self.bytes.get(at + 1) == Some(&pair[1])
    }

    fn error(&self, position: usize, message: &str) -> ParseError {
        let near = self.text.get(position..).unwrap_or_default();
        let message = if near.is_empty() {
            format!("{message} at end of input")
        } else {
            let near: String = near.chars().take(64).collect();
            format!("{message} at or near \"{near}\"")
        };
        ParseError { kind: ErrorKind::Syntax, message, position: Some(position) }
    }

    fn complex(&self, message: &str) -> ParseError {
        ParseError { kind: ErrorKind::TooComplex, message: message.to_owned(), position: Some(self.at) }
    }

    fn token(&mut self, kind: Kind, end: usize) -> Result<Option<Token>, ParseError> {
        let span = u32::try_from(self.at).ok().zip(u32::try_from(end).ok());
        let (start, stop) = span.ok_or_else(|| self.complex("the statement is too long"))?;
        self.at = end;
        Ok(Some(Token { kind, start, end: stop }))
    }

    fn next(&mut self) -> Result<Option<Token>, ParseError> {
        self.skip_blank()?;
        let Some(first) = self.peek(0) else { return Ok(None) };
        let second = self.peek(1);
        match (first.to_ascii_lowercase(), second) {
            (b'\'', _) => self.string(0, false),
            (b'"', _) => self.quoted(0, Kind::Quoted),
            (b'e', Some(b'\'')) => self.string(1, true),
            (b'b' | b'x', Some(b'\'')) => self.bit_string(),
            (b'u', Some(b'&')) if self.peek(2) == Some(b'\'') => self.string(2, false),
            (b'u', Some(b'&')) if self.peek(2) == Some(b'"') => self.quoted(2, Kind::UnicodeQuoted),
            (b',' | b'(' | b')' | b'[' | b']' | b';', _) => self.token(Kind::Punctuation, self.at + 1),
            (b'$', Some(b'0'..=b'9')) => self.param(),
            (b'$', _) => self.dollar(),
            (b'0'..=b'9', _) | (b'.', Some(b'0'..=b'9')) => self.number(),
            (b, _) if is_word_start(b) => {
                let end = self.run(self.at, is_word_part);
                self.token(Kind::Word, end)
            }
            (b, _) => self.symbol(b),
        }
    }

    /// The end of the run of bytes that satisfy `part`, from `at`.
    fn run(&self, at: usize, part: impl Fn(u8) -> bool) -> usize {
        let rest = self.bytes.get(at..).unwrap_or_default();
        at + rest.iter().position(|&b| !part(b)).unwrap_or(rest.len())
    }

    fn skip_blank(&mut self) -> Result<(), ParseError> {
        loop {
            self.at = self.run(self.at, is_space);
            if self.starts_with(self.at, *b"--") {
                self.at = self.run(self.at, |b| !is_newline(b));
            } else if self.starts_with(self.at, *b"/*") {
                self.skip_comment()?;
            } else {
                return Ok(());
            }
        }
    }

    /// `scan.l` matches the operator characters after each `/*` before it puts them back: they count as work.
    fn spend(&mut self, from: usize) -> Result<usize, ParseError> {
        let end = self.run(from, is_operator);
        self.work += end - from;
        if self.work > limits::MAX_OPERATOR_WORK {
            return Err(self.complex("too many operator characters or comment starts in a row"));
        }
        Ok(end)
    }

    fn skip_comment(&mut self) -> Result<(), ParseError> {
        let start = self.at;
        let mut depth = 0usize;
        loop {
            let rest = self.bytes.get(self.at..).unwrap_or_default();
            let Some(skip) = rest.iter().position(|&b| b == b'/' || b == b'*') else {
                return Err(self.error(start, "unterminated /* comment"));
            };
            self.at += skip;
            if self.starts_with(self.at, *b"/*") {
                self.spend(self.at)?;
                depth += 1;
                if depth > limits::MAX_COMMENT_DEPTH {
                    return Err(self.complex("comments are nested too deep"));
                }
                self.at += 2;
            } else if self.starts_with(self.at, *b"*/") {
                self.at += 2;
                depth -= 1;
                if depth == 0 {
                    return Ok(());
                }
            } else {
                self.at += 1;
            }
        }
    }

    /// A string whose opening quote is `prefix` bytes ahead.
    fn string(&mut self, prefix: usize, escapes: bool) -> Result<Option<Token>, ParseError> {
        let end = self.quotes(self.at + prefix + 1, escapes)?;
        self.token(Kind::String, end)
    }

    fn bit_string(&mut self) -> Result<Option<Token>, ParseError> {
        let end = self.quotes(self.at + 2, false)?;
        self.token(Kind::BitString, end)
    }

    /// The end of a quoted string whose body starts at `at`, continuations included.
    fn quotes(&self, mut at: usize, escapes: bool) -> Result<usize, ParseError> {
        loop {
            match self.bytes.get(at) {
                None => return Err(self.error(self.at, "unterminated quoted string")),
                Some(b'\\') if escapes => at += 2,
                Some(b'\'') if self.bytes.get(at + 1) == Some(&b'\'') => at += 2,
                Some(b'\'') => match self.continuation(at + 1) {
                    Some(body) => at = body,
                    None => return Ok(at + 1),
                },
                Some(_) => at += 1,
            }
        }
    }

    /// `quotecontinue`: white space with at least one newline in it, then a quote. Where the body goes on.
    fn continuation(&self, mut at: usize) -> Option<usize> {
        loop {
            at = self.run(at, |b| is_space(b) && !is_newline(b));
            if !self.starts_with(at, *b"--") {
                break;
            }
            at = self.run(at, |b| !is_newline(b));
        }
        if !self.bytes.get(at).copied().is_some_and(is_newline) {
            return None;
        }
        loop {
            at = self.run(at, is_space);
            if !self.starts_with(at, *b"--") {
                break;
            }
            at = self.run(at, |b| !is_newline(b));
            if at == self.bytes.len() {
                return None;
            }
        }
        (self.bytes.get(at) == Some(&b'\'')).then_some(at + 1)
    }

    fn quoted(&mut self, prefix: usize, kind: Kind) -> Result<Option<Token>, ParseError> {
        let body = self.at + prefix + 1;
        let mut at = body;
        loop {
            at = self.run(at, |b| b != b'"');
            match (self.bytes.get(at), self.bytes.get(at + 1)) {
                (None, _) => return Err(self.error(self.at, "unterminated quoted identifier")),
                (_, Some(b'"')) => at += 2,
                _ if at == body => return Err(self.error(self.at, "zero-length delimited identifier")),
                _ => return self.token(kind, at + 1),
            }
        }
    }

    fn param(&mut self) -> Result<Option<Token>, ParseError> {
        let end = self.run(self.at + 1, |b| b.is_ascii_digit());
        if self.bytes.get(end).copied().is_some_and(is_word_start) {
            return Err(self.error(self.at, "trailing junk after parameter"));
        }
        self.token(Kind::Param, end)
    }

    fn dollar(&mut self) -> Result<Option<Token>, ParseError> {
        let named = self.peek(1).is_some_and(is_word_start);
        let tag_end = if named { self.run(self.at + 1, |b| is_word_part(b) && b != b'$') } else { self.at + 1 };
        if self.bytes.get(tag_end) != Some(&b'$') {
            return Err(self.error(self.at, "syntax error"));
        }
        let tag = self.text.get(self.at..=tag_end).unwrap_or_default();
        let body = self.text.get(tag_end + 1..).unwrap_or_default();
        match body.find(tag) {
            Some(offset) => self.token(Kind::String, tag_end + 1 + offset + tag.len()),
            None => Err(self.error(self.at, "unterminated dollar-quoted string")),
        }
    }

    fn number(&mut self) -> Result<Option<Token>, ParseError> {
        let (end, kind) = self.number_end();
        if self.bytes.get(end).copied().is_some_and(is_word_start) {
            return Err(self.error(self.at, "trailing junk after numeric literal"));
        }
        self.token(kind, end)
    }

    fn number_end(&self) -> (usize, Kind) {
        if self.peek(0) == Some(b'0') {
            let part: Option<fn(&u8) -> bool> = match self.peek(1) {
                Some(b'x' | b'X') => Some(u8::is_ascii_hexdigit),
                Some(b'o' | b'O') => Some(|b| matches!(b, b'0'..=b'7')),
                Some(b'b' | b'B') => Some(|b| matches!(b, b'0' | b'1')),
                _ => None,
            };
            if let Some(part) = part {
                let end = self.digits(self.at + 2, part, true);
                // without a digit: the prefix letter is junk after `0`
                return (if end == self.at + 2 { self.at + 1 } else { end }, Kind::Integer);
            }
        }
        let decimal: fn(&u8) -> bool = u8::is_ascii_digit;
        let mut end = self.digits(self.at, decimal, false);
        let mut kind = Kind::Integer;
        if self.bytes.get(end) == Some(&b'.') && self.bytes.get(end + 1) != Some(&b'.') {
            kind = Kind::Float;
            end = self.digits(end + 1, decimal, false);
        }
        if matches!(self.bytes.get(end), Some(b'e' | b'E')) {
            let sign = usize::from(matches!(self.bytes.get(end + 1), Some(b'+' | b'-')));
            let exponent = self.digits(end + 1 + sign, decimal, false);
            if exponent > end + 1 + sign {
                return (exponent, Kind::Float);
            }
        }
        (end, kind)
    }

    /// The end of digits that single underscores may separate.
    fn digits(&self, mut at: usize, part: fn(&u8) -> bool, mut underscore: bool) -> usize {
        loop {
            match self.bytes.get(at) {
                Some(b) if part(b) => at += 1,
                Some(b'_') if underscore && self.bytes.get(at + 1).is_some_and(part) => at += 2,
                _ => return at,
            }
            underscore = true;
        }
    }

    fn symbol(&mut self, first: u8) -> Result<Option<Token>, ParseError> {
        let here = self.at;
        for pair in [*b"::", *b"..", *b":="] {
            if self.starts_with(here, pair) {
                return self.token(Kind::Punctuation, here + 2);
            }
        }
        if b",()[].;:".contains(&first) {
            return self.token(Kind::Punctuation, here + 1);
        }
        if !is_operator(first) {
            return Err(self.error(here, "syntax error"));
        }
        let end = self.operator_end()?;
        let kind = if self.bytes.get(here..end) == Some(b"=>") { Kind::Punctuation } else { Kind::Operator };
        self.token(kind, end)
    }

    /// Where an operator ends: before a comment, and without `+` or `-` at its end unless it holds a character that
    /// SQL's own operators do not have.
    fn operator_end(&mut self) -> Result<usize, ParseError> {
        let here = self.at;
        let run = self.spend(here)?;
        let bytes = self.bytes.get(here..run).unwrap_or_default();
        let comment = bytes.windows(2).position(|pair| pair == b"/*" || pair == b"--");
        let bytes = bytes.get(..comment.unwrap_or(bytes.len())).unwrap_or_default();
        let Some((_, before)) = bytes.split_last() else { return Err(self.error(here, "syntax error")) };
        if before.iter().any(|&b| frees_the_end(b)) {
            return Ok(here + bytes.len());
        }
        let kept = bytes.iter().rposition(|b| !matches!(b, b'+' | b'-')).map_or(1, |last| last + 1);
        Ok(here + kept.max(1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<&str> {
        let tokens = Tokens::of(text).unwrap();
        tokens.list().iter().map(|&token| tokens.slice(token)).collect()
    }

    #[test]
    fn operators_end_where_postgresql_ends_them() {
        assert_eq!(cut("a=-1"), ["a", "=", "-", "1"]);
        assert_eq!(cut("a@-1"), ["a", "@-", "1"]);
        assert_eq!(cut("a*-+-b"), ["a", "*", "-", "+", "-", "b"]);
        assert_eq!(cut("a--b\n+c"), ["a", "+", "c"]);
        assert_eq!(cut("a<>--b"), ["a", "<>"]);
        assert_eq!(cut("a||/*x*/b"), ["a", "||", "b"]);
        assert_eq!(cut("a::int..b:=c=>d"), ["a", "::", "int", "..", "b", ":=", "c", "=>", "d"]);
        assert_eq!(cut("x?-y"), ["x", "?-", "y"]);
    }

    #[test]
    fn strings_go_on_after_a_newline_only() {
        assert_eq!(cut("'a'\n 'b' 'c'"), ["'a'\n 'b'", "'c'"]);
        assert_eq!(cut("'a' -- x\n--y\n'b'"), ["'a' -- x\n--y\n'b'"]);
        assert_eq!(cut("'a' /* \n */ 'b'"), ["'a'", "'b'"]);
        assert_eq!(cut(r"'a\' E'a\'b' U&'x' B'0' n'x'"), [r"'a\'", r"E'a\'b'", "U&'x'", "B'0'", "n", "'x'"]);
        assert_eq!(cut("$a$ $b$ '$a$ $$x$$"), ["$a$ $b$ '$a$", "$$x$$"]);
    }

    #[test]
    fn numbers() {
        assert_eq!(
            cut("1 1. .5 1e5 1.5E-3 0x1F 1_000 1..2"),
            ["1", "1.", ".5", "1e5", "1.5E-3", "0x1F", "1_000", "1", "..", "2"]
        );
        for junk in ["1a", "1.5x", "0x", "1e", "1__0", "123abc"] {
            assert!(Tokens::of(junk).is_err(), "{junk}");
        }
    }

    #[test]
    fn names_are_decoded() {
        let tokens = Tokens::of(r#"Foo "B""ar" U&"d!0061" UESCAPE '!' x"#).unwrap();
        assert_eq!(tokens.name(0).unwrap(), ("foo".into(), 1));
        assert_eq!(tokens.name(1).unwrap(), ("B\"ar".into(), 2));
        assert_eq!(tokens.name(2).unwrap(), ("da".into(), 5));
        assert_eq!(tokens.name(5).unwrap(), ("x".into(), 6));
    }

    #[test]
    fn comments_nest() {
        assert_eq!(cut("a/* /* */ ' */b/**/c/***/d"), ["a", "b", "c", "d"]);
        assert!(Tokens::of("/* /* */").is_err());
    }
}
