//! The second witness: sqlparser, an independent implementation of SQL, reads the text that is about to be sent.
//!
//! Where it can read the text, every relation, function and protected column that it finds must be explained by the
//! plan; a contradiction is a refusal and a counted defect. Where it cannot, it abstains: the proof over PostgreSQL's
//! grammar stands alone then, as without a witness. It shares nothing with the rewriter and nothing but the
//! vocabulary with the checker; what it is known to read otherwise than PostgreSQL stands in `differences`. Its printer
//! is never used.

mod differences;
mod filtered;
mod masks;
mod reading;
mod replaced;
mod substitution;

use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};

use sqlparser::ast::{Statement, Visit as _};
use sqlparser::dialect::PostgreSqlDialect;
use sqlparser::parser::Parser;
use sqlparser::tokenizer::{Token, TokenWithSpan, Tokenizer};

use crate::catalog::search_path::SessionNames;
use crate::catalog::snapshot::Snapshot;
use crate::model::facts::{Facts, StatementClass};
use crate::rights::table::Rights;

use super::Contradiction;
use masks::Masks;
use reading::Reading;
use replaced::Replaced;

/// Longest text that is read, in bytes.
const MAX_TEXT: usize = 32 * 1024;

/// Deepest nesting of parentheses and brackets that is read: parsers that go back and try again pay for each level.
const MAX_NESTING: usize = 24;

/// Levels of the parser's own recursion.
const MAX_DEPTH: usize = 100;

/// Stack, in bytes, for what does not grow with a text; and for each of its tokens: a chain of operators is a tree as
/// deep as it is long, which is dropped level by level.
const STACK_BASE: usize = 256 * 1024;
const STACK_PER_TOKEN: usize = 512;

/// Why the witness says nothing.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Abstention {
    /// Longer or deeper than it reads.
    TooLarge,
    /// sqlparser does not understand the text.
    NotParsed,
    /// It is known to understand something else than PostgreSQL: the name of the difference.
    Differs(&'static str),
    /// sqlparser panicked: a defect of it.
    Panicked,
}

/// What the witness says of a text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Verdict {
    /// The plan explains everything that it saw.
    Agrees,
    Abstains(Abstention),
    /// It saw something that the plan does not explain: the text must not be sent.
    Contradicts(Contradiction),
}

impl Verdict {
    /// The label in metrics.
    #[must_use]
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Agrees => "agrees",
            Self::Abstains(Abstention::TooLarge) => "abstains_too_large",
            Self::Abstains(Abstention::NotParsed) => "abstains_not_parsed",
            Self::Abstains(Abstention::Differs(_)) => "abstains_known_difference",
            Self::Abstains(Abstention::Panicked) => "abstains_panicked",
            Self::Contradicts(_) => "contradicts",
        }
    }
}

/// The witness for one principal's rights; it remembers how it read their masks.
#[derive(Debug, Default)]
pub struct Witness {
    masks: Masks,
}

/// What a text is held against.
#[derive(Clone, Copy)]
struct Subject<'a> {
    snapshot: &'a Snapshot,
    rights: &'a Rights,
    names: &'a SessionNames,
    replaced: &'a Replaced<'a>,
}

impl Witness {
    /// Reads a text and compares it with the plan. Never panics, and uses a stack of its own where a text may need it.
    #[must_use]
    pub fn hear(
        &self,
        text: &str,
        statements: &[Facts],
        snapshot: &Snapshot,
        rights: &Rights,
        names: &SessionNames,
    ) -> Verdict {
        if text.len() > MAX_TEXT {
            return Verdict::Abstains(Abstention::TooLarge);
        }
        if let Some((shorter, replaced)) = Replaced::of(text, statements, rights, &self.masks) {
            let subject = Subject { snapshot, rights, names, replaced: &replaced };
            if self.hear_whole(&shorter, statements, subject) == Verdict::Agrees && replaced.all_met() {
                return Verdict::Agrees;
            }
        }
        self.hear_as_it_stands(text, statements, snapshot, rights, names)
    }

    /// The same without the short cut over the masks.
    pub(super) fn hear_as_it_stands(
        &self,
        text: &str,
        statements: &[Facts],
        snapshot: &Snapshot,
        rights: &Rights,
        names: &SessionNames,
    ) -> Verdict {
        let replaced = &Replaced::default();
        self.hear_whole(text, statements, Subject { snapshot, rights, names, replaced })
    }

    fn hear_whole(&self, text: &str, statements: &[Facts], subject: Subject<'_>) -> Verdict {
        let stack = STACK_BASE + STACK_PER_TOKEN * text.len();
        let read = || catch_unwind(AssertUnwindSafe(|| self.read(text, statements, subject)));
        match stacker::maybe_grow(stack, stack, read) {
            Ok(Ok(())) => Verdict::Agrees,
            Ok(Err(end)) => end,
            Err(_) => Verdict::Abstains(Abstention::Panicked),
        }
    }

    fn read(&self, text: &str, planned: &[Facts], subject: Subject<'_>) -> Result<(), Verdict> {
        let abstains = |why| Verdict::Abstains(why);
        let dialect = PostgreSqlDialect {};
        let tokens = Tokenizer::new(&dialect, text).tokenize_with_location();
        let tokens = tokens.map_err(|_| abstains(Abstention::NotParsed))?;
        if nesting(&tokens) > MAX_NESTING {
            return Err(abstains(Abstention::TooLarge));
        }
        if let Some(known) = differences::before(&tokens, planned) {
            return Err(abstains(Abstention::Differs(known)));
        }
        let parser = Parser::new(&dialect).with_recursion_limit(MAX_DEPTH).with_tokens_with_locations(tokens);
        let read = { parser }.parse_statements().map_err(|_| abstains(Abstention::NotParsed))?;
        let planned: Vec<&Facts> = planned.iter().filter(|facts| facts.class != StatementClass::Empty).collect();
        if planned.len() != read.len() {
            return Err(contradicts("it has another number of statements than planned"));
        }
        for (statement, facts) in read.iter().zip(planned) {
            self.statement(statement, facts, subject)?;
        }
        Ok(())
    }

    fn statement(&self, statement: &Statement, facts: &Facts, subject: Subject<'_>) -> Result<(), Verdict> {
        let mut reading = Reading::new(subject, &self.masks, facts);
        match statement.visit(&mut reading) {
            ControlFlow::Break(end) => Err(end),
            ControlFlow::Continue(()) => reading.end(statement),
        }
    }
}

fn contradicts(what: impl Into<String>) -> Verdict {
    Verdict::Contradicts(Contradiction { what: format!("a second reading: {}", what.into()), position: None })
}

/// The deepest nesting of parentheses and brackets.
fn nesting(tokens: &[TokenWithSpan]) -> usize {
    let (mut depth, mut deepest) = (0usize, 0);
    for token in tokens {
        match token.token {
            Token::LParen | Token::LBracket => depth += 1,
            Token::RParen | Token::RBracket => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest
}
