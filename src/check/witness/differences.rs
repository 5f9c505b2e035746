//! What sqlparser is known to read otherwise than PostgreSQL, in a way that touches relations, columns or the number
//! of statements. Each entry has a test that shows the difference. (How it groups operators differs too, which changes
//! neither.)

use sqlparser::keywords::Keyword;
use sqlparser::tokenizer::{Token, TokenWithSpan};

use crate::model::facts::{Facts, StatementClass};

/// A difference, and how a text is recognised that may show it.
pub(super) struct Difference {
    pub(super) name: &'static str,
    /// Before parsing: sqlparser's tokens, white space included, and what the plan says.
    shows: fn(&[TokenWithSpan], &[Facts]) -> bool,
}

/// The reviewed table.
pub(super) const DIFFERENCES: &[Difference] = &[
    // U&"d\0061ta" is one identifier; sqlparser reads a column U, an operator and a column "d\0061ta"
    Difference { name: "unicode-identifier", shows: |tokens, _| unicode_identifier(tokens) },
    // the rows of COPY … FROM STDIN are messages of the protocol; sqlparser takes what follows in the text for them
    Difference {
        name: "copy-from-stdin",
        shows: |_, facts| facts.iter().any(|one| one.class == StatementClass::CopyIn),
    },
    // BETWEEN SYMMETRIC (a) AND b; sqlparser calls a function SYMMETRIC
    Difference {
        name: "between-symmetric",
        shows: |tokens, _| words_and_parenthesis(tokens, ["between", "symmetric"]),
    },
    // GROUPING SETS (ROLLUP (a)); sqlparser calls a function ROLLUP
    Difference {
        name: "sets-in-sets",
        shows: |tokens, _| {
            words_and_parenthesis(tokens, ["grouping", "sets"])
                && ["rollup", "cube"].iter().any(|word| words_and_parenthesis(tokens, [word]))
        },
    },
    // GROUP BY DISTINCT (a), ROLLUP (b); sqlparser calls a function DISTINCT
    Difference { name: "group-by-distinct", shows: |tokens, _| words_and_parenthesis(tokens, ["by", "distinct"]) },
];

/// The first difference that a text may show.
pub(super) fn before(tokens: &[TokenWithSpan], planned: &[Facts]) -> Option<&'static str> {
    DIFFERENCES.iter().find(|difference| (difference.shows)(tokens, planned)).map(|difference| difference.name)
}

/// Whether these words stand one after the other with a parenthesis behind them.
fn words_and_parenthesis<const N: usize>(tokens: &[TokenWithSpan], words: [&str; N]) -> bool {
    let word = |token: &Token, text: &str| matches!(token, Token::Word(word) if word.quote_style.is_none() && word.value.eq_ignore_ascii_case(text));
    let seen: Vec<&Token> =
        tokens.iter().map(|token| &token.token).filter(|token| !matches!(token, Token::Whitespace(_))).collect();
    seen.windows(N + 1).any(|some| {
        some.last().is_some_and(|open| **open == Token::LParen)
            && words.iter().zip(some).all(|(text, token)| word(token, text))
    })
}

fn unicode_identifier(tokens: &[TokenWithSpan]) -> bool {
    let word = |token: &Token, text: &str| {
        matches!(token, Token::Word(word) if word.quote_style.is_none() && word.keyword == Keyword::NoKeyword
            && word.value.eq_ignore_ascii_case(text))
    };
    let quoted = |token: &Token| matches!(token, Token::Word(word) if word.quote_style == Some('"'));
    tokens.windows(3).any(|three| match three {
        [u, and, name] => word(&u.token, "u") && and.token == Token::Ampersand && quoted(&name.token),
        _ => false,
    })
}
