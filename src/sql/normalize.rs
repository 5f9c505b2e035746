//! The text of a statement without its literals: what audit lines show, and the fingerprint of a shape.

use sha2::{Digest as _, Sha256};

use crate::grammar::{Kind, Tokens};
use crate::model::ids::Digest;

/// The text with comments dropped, white space collapsed, words in lower case, and every literal replaced by `?`;
/// lists of literals become a single `?`.
pub(super) fn normalize(tokens: &Tokens<'_>) -> String {
    let text = tokens.text();
    let mut out = String::with_capacity(text.len());
    let mut end = 0;

    for &token in tokens.list() {
        if token.start() > end && !out.is_empty() {
            out.push(' ');
        }
        end = token.end();
        let slice = tokens.slice(token);
        match token.kind {
            Kind::String | Kind::BitString | Kind::Integer | Kind::Float => {
                if out.ends_with("?, ") || out.ends_with("?,") {
                    out.truncate(out.rfind('?').unwrap_or(0));
                }
                out.push('?');
            }
            Kind::Word => {
                let start = out.len();
                out.push_str(slice);
                if let Some(word) = out.get_mut(start..) {
                    word.make_ascii_lowercase();
                }
            }
            Kind::Quoted | Kind::UnicodeQuoted | Kind::Param | Kind::Operator | Kind::Punctuation => {
                out.push_str(slice);
            }
        }
    }
    out
}

/// SHA-256 of a normalised text.
pub(super) fn fingerprint(normalized: &str) -> Digest {
    Digest(Sha256::digest(normalized.as_bytes()).into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_literal_and_no_comment_survives() {
        let text = "SELECT  B.name /* 13800138000 */, $1\nFROM \"Buyers\" b -- 张三\n WHERE phone IN ('138', E'1''3', 5, 1.5) AND x=B'01' ;";
        let tokens = Tokens::of(text).unwrap();
        assert_eq!(normalize(&tokens), "select b.name , $1 from \"Buyers\" b where phone in (?) and x=? ;");
    }

    #[test]
    fn shapes_with_other_literals_have_the_same_fingerprint() {
        let of = |text| fingerprint(&normalize(&Tokens::of(text).unwrap()));
        assert_eq!(of("select 1"), of("SELECT  'x'--c"));
        assert_ne!(of("select 1"), of("select a"));
    }
}
