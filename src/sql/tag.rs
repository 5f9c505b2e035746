//! The comment that a statement ends in, after sqlcommenter: `/*route='%2Fbuyers',user='alice'*/`.

use std::borrow::Cow;

use crate::grammar::Tokens;

/// What such a comment says of one key.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Tag {
    /// Nothing.
    Absent,
    Value(String),
    /// More than one thing, or something that cannot be read.
    Unclear,
}

/// What the comments behind the last token of a query string say of `key`. Comments between tokens say nothing: whoever
/// writes a part of a statement cannot write its end.
#[must_use]
pub fn of(text: &str, key: &str) -> Tag {
    // most texts end in no comment
    if !text.trim_end_matches([' ', '\t', '\r', '\n', ';']).ends_with("*/") && !text.contains("--") {
        return Tag::Absent;
    }
    // what the lexer refuses is refused for that
    let Ok(tokens) = Tokens::of(text) else { return Tag::Absent };
    let statement = |token: &&crate::grammar::Token| tokens.slice(**token) != ";";
    let end = tokens.list().iter().rev().find(statement).map_or(0, crate::grammar::Token::end);
    let mut tag = Tag::Absent;
    for comment in comments(text.get(end..).unwrap_or_default()) {
        let said = match comment {
            Comment::Block(body) => pairs(body, key),
            // what stands there may be the rest of a statement that somebody has cut off
            Comment::Line(body) if body.contains(&format!("{key}=")) => Tag::Unclear,
            Comment::Line(_) => Tag::Absent,
        };
        match (said, &tag) {
            (Tag::Absent, _) => {}
            (found, Tag::Absent) => tag = found,
            _ => return Tag::Unclear,
        }
    }
    tag
}

/// A comment's body.
enum Comment<'t> {
    Block(&'t str),
    Line(&'t str),
}

/// The comments in a text that is nothing but comments, white space and semicolons; of nested ones the outermost.
fn comments(mut text: &str) -> Vec<Comment<'_>> {
    let mut found = Vec::new();
    while let Some(start) = text.find(['/', '-']) {
        let rest = text.get(start + 2..).unwrap_or_default();
        let line = text.get(start..).is_some_and(|text| text.starts_with("--"));
        let length = if line { rest.find(['\n', '\r']).unwrap_or(rest.len()) } else { inside(rest) };
        let (body, behind) = rest.split_at_checked(length).unwrap_or((rest, ""));
        found.push(if line { Comment::Line(body) } else { Comment::Block(body) });
        text = if line { behind } else { behind.get(2..).unwrap_or_default() };
    }
    found
}

/// Where a comment ends whose `/*` has been read.
fn inside(text: &str) -> usize {
    let (mut depth, mut at) = (1_usize, 0);
    let bytes = text.as_bytes();
    while let Some(pair) = bytes.get(at..at + 2) {
        match pair {
            b"*/" if depth == 1 => return at,
            b"*/" => (depth, at) = (depth - 1, at + 2),
            b"/*" => (depth, at) = (depth + 1, at + 2),
            _ => at += 1,
        }
    }
    text.len()
}

/// What `key='value',other='…'` says of `key`.
fn pairs(comment: &str, key: &str) -> Tag {
    let mut tag = Tag::Absent;
    let mut rest = comment.trim();
    while let Some((name, after)) = rest.split_once('=') {
        let Some((value, behind)) = quoted(after.trim_start()) else {
            return if comment.contains(key) { Tag::Unclear } else { tag };
        };
        if decoded(name.trim()).as_deref() == Some(key) {
            match (decoded(&value), &tag) {
                (Some(value), Tag::Absent) => tag = Tag::Value(value),
                _ => return Tag::Unclear,
            }
        }
        rest = behind.trim_start().trim_start_matches(',').trim_start();
    }
    tag
}

/// A value in quotes, its escapes taken out, and what stands behind it.
fn quoted(text: &str) -> Option<(Cow<'_, str>, &str)> {
    let body = text.strip_prefix('\'')?;
    let mut escaped = false;
    let end = body.char_indices().find(|(_, c)| {
        let ends = *c == '\'' && !escaped;
        escaped = *c == '\\' && !escaped;
        ends
    });
    let (value, rest) = body.split_at_checked(end?.0)?;
    Some((value.replace("\\'", "'").into(), rest.get(1..)?))
}

/// Percent-decoded; `None`: no text.
fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'%' => {
                let pair = [rest.next()?, rest.next()?];
                let digits = std::str::from_utf8(&pair).ok().filter(|_| pair.iter().all(u8::is_ascii_hexdigit))?;
                u8::from_str_radix(digits, 16).ok()?
            }
            other => other,
        });
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(text: &str) -> Option<String> {
        match of(text, "user") {
            Tag::Absent => None,
            Tag::Value(name) => Some(name),
            Tag::Unclear => Some("?".into()),
        }
    }

    #[test]
    fn the_comment_at_the_end_names_the_user() {
        for (text, name) in [
            ("SELECT 1 /*user='alice'*/", Some("alice")),
            ("SELECT 1 /*action='%2Fbuyers',user='%E7%8E%8B',route='x'*/ ;\n", Some("王")),
            ("SELECT 1; /* user = 'alice' */", Some("alice")),
            ("SELECT 1 /*user='o\\'brien'*/", Some("o'brien")),
            ("SELECT 1 /*traceparent='00-1'*/ /*user='alice'*/", Some("alice")),
            ("SELECT 1 /*superuser='root'*/", None),
            ("SELECT 1 /*USER='root'*/", None),
            ("SELECT '/*user=''root''*/'", None),
            ("SELECT '/*user=\"root\"*/' /*a='b'*/", None),
            ("SELECT 1", None),
            ("", None),
        ] {
            assert_eq!(named(text).as_deref(), name, "{text}");
        }
    }

    #[test]
    fn what_stands_inside_of_a_statement_names_nobody() {
        for text in [
            "SELECT /*user='root'*/ 1",
            "/*user='root'*/ SELECT 1",
            "SELECT 1 /*user='root'*/; SELECT 2",
            "SELECT 1 /* /*user='root'*/ */",
            "SELECT $$ /*user='root'*/ $$",
        ] {
            assert_eq!(named(text), None, "{text}");
        }
    }

    #[test]
    fn who_is_named_twice_is_not_known() {
        for text in [
            "SELECT 1 /*user='bob'*/ /*user='alice'*/",
            "SELECT 1 /*user='bob',user='alice'*/",
            "SELECT 1 /*user='bob'*/ -- ' /*user='alice'*/",
            "SELECT 1 -- user='bob'\n /*user='alice'*/",
            "SELECT 1 /*user='bob*/",
            "SELECT 1 /*user=bob*/",
            "SELECT 1 /*user='%zz'*/",
            "SELECT 1 /*user='%ff'*/",
        ] {
            assert_eq!(named(text).as_deref(), Some("?"), "{text}");
        }
    }
}
