//! Where values stand in the text: the tree says where they begin, the tokens where they end.

use crate::grammar::{Kind, nodes};

use super::refuse::{Step, not_understood};
use super::walk::Walk;

/// Words that end the value of an assignment. All are reserved: none is a name.
pub(super) const AFTER_ASSIGNMENT: &[&str] = &["from", "where", "returning", "when"];

/// Words that end the last item of a select list.
pub(super) const AFTER_TARGETS: &[&str] = &[
    "from",
    "where",
    "group",
    "having",
    "window",
    "union",
    "intersect",
    "except",
    "order",
    "limit",
    "offset",
    "fetch",
    "for",
    "into",
    "on",
    "returning",
];

/// The bytes of an expression.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Span {
    pub(super) start: usize,
    pub(super) end: usize,
}

impl Walk<'_> {
    /// The index of the token behind the expression that begins with token `first`: at its own depth a comma, a
    /// closing parenthesis, a semicolon, one of `words`, or the end of the text.
    fn behind(&self, first: usize, words: &[&str]) -> usize {
        self.end_of(first, words, &[",", ";"])
    }

    /// The first token at or behind `from`, at its own depth, that is one of these words or ends the statement.
    pub(super) fn clause_from(&self, from: usize, words: &[&str]) -> usize {
        self.end_of(from, words, &[";"])
    }

    /// The byte behind the parentheses that open at the token `first`.
    pub(super) fn call_end(&self, first: usize) -> Option<usize> {
        let closing = self.tokens.is(first, "(").then(|| self.end_of(first + 1, &[], &[]))?;
        self.tokens.get(closing).filter(|_| self.tokens.is(closing, ")")).map(|token| token.end())
    }

    fn end_of(&self, first: usize, words: &[&str], punctuation: &[&str]) -> usize {
        let tokens = self.tokens;
        let (mut index, mut depth, mut cases) = (first, 0_usize, 0_usize);
        while let Some(token) = tokens.get(index) {
            let bracket = |all: &[&str]| token.kind == Kind::Punctuation && all.iter().any(|one| tokens.is(index, one));
            let word = |word: &str| token.kind == Kind::Word && tokens.is(index, word);
            let before = |what: &str| index.checked_sub(1).is_some_and(|before| tokens.is(before, what));
            if bracket(&["(", "["]) {
                depth += 1;
            } else if bracket(&[")", "]"]) {
                let Some(less) = depth.checked_sub(1) else { return index };
                depth = less;
            } else if depth == 0 && !before(".") {
                if word("case") {
                    cases += 1;
                } else if word("end") {
                    cases = cases.saturating_sub(1);
                } else if cases == 0 {
                    let inside = (word("from") && before("distinct")) || (word("group") && before("within"));
                    let ends = !inside && words.iter().any(|end| word(end));
                    if ends || bracket(punctuation) {
                        return index;
                    }
                }
            }
            index += 1;
        }
        index
    }

    /// The bytes of the expression that begins with token `first`.
    pub(super) fn span(&self, first: usize, words: &[&str]) -> Option<Span> {
        let last = self.behind(first, words).checked_sub(1).filter(|last| *last >= first)?;
        Some(Span { start: self.tokens.get(first)?.start(), end: self.tokens.get(last)?.end() })
    }

    /// The expressions between the parenthesis at token `open` and its counterpart, and the index behind that one.
    pub(super) fn items(&self, open: usize) -> Option<(Vec<Span>, usize)> {
        if !self.tokens.is(open, "(") {
            return None;
        }
        let mut items = Vec::new();
        let mut first = open + 1;
        loop {
            items.push(self.span(first, &[])?);
            let behind = self.behind(first, &[]);
            if self.tokens.is(behind, ")") {
                return Some((items, behind + 1));
            }
            first = behind + 1;
            self.tokens.get(behind).filter(|_| self.tokens.is(behind, ","))?;
        }
    }

    /// The first token at or behind `index`, outside of parentheses, that is this word.
    pub(super) fn word_from(&self, index: usize, word: &str) -> Option<usize> {
        let mut depth = 0_usize;
        (index..).map_while(|at| self.tokens.get(at).map(|token| (at, token))).find_map(|(at, token)| {
            if self.tokens.is(at, "(") {
                depth += 1;
            } else if self.tokens.is(at, ")") {
                depth = depth.saturating_sub(1);
            }
            (depth == 0 && token.kind == Kind::Word && self.tokens.is(at, word)).then_some(at)
        })
    }

    /// Where the star of a select list's item that begins at that byte ends; `star`: its token. `None`: it is none, or it
    /// has a name or parentheses around it, which PostgreSQL ignores and a list of columns would not.
    pub(super) fn star_end(&self, start: usize, star: usize) -> Option<usize> {
        let before = self.tokens.index_at(start)?.checked_sub(1);
        let enclosed = before.is_some_and(|before| self.tokens.is(before, "("));
        let alone = self.tokens.is(star, "*") && self.behind(star + 1, AFTER_TARGETS) == star + 1;
        self.tokens.get(star).filter(|_| alone && !enclosed).map(|token| token.end())
    }

    /// The index of the token that an item of a list begins with.
    pub(super) fn first_token(&self, target: &nodes::ResTarget) -> Step<usize> {
        let start = usize::try_from(target.location).ok();
        let index = start.and_then(|start| self.tokens.index_at(start));
        index.ok_or_else(|| not_understood("the spelling of a list", target.location))
    }

    /// The bytes of a select list's item, without its alias.
    pub(super) fn target_span(&self, target: &nodes::ResTarget) -> Step<Span> {
        let lost = || not_understood("the spelling of a select list", target.location);
        let first = self.first_token(target)?;
        let mut behind = self.behind(first, AFTER_TARGETS);
        if let Some(name) = target.name() {
            let alias = behind.checked_sub(1).ok_or_else(lost)?;
            self.tokens.name(alias).filter(|(spelled, next)| spelled == name && *next == behind).ok_or_else(lost)?;
            let before = alias.checked_sub(1).ok_or_else(lost)?;
            behind = if self.tokens.is(before, "as") { before } else { alias };
        }
        let last = behind.checked_sub(1).filter(|last| *last >= first).ok_or_else(lost)?;
        match (self.tokens.get(first), self.tokens.get(last)) {
            (Some(first), Some(last)) => Ok(Span { start: first.start(), end: last.end() }),
            _ => Err(lost()),
        }
    }
}
