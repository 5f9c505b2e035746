//! How sqlparser reads a mask that stands alone: read once, compared with what stands in a text.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use sqlparser::ast::Expr;
use sqlparser::dialect::PostgreSqlDialect;
use sqlparser::parser::Parser;

/// Masks by their text; `None`: not understood.
#[derive(Debug, Default)]
pub(super) struct Masks(Mutex<HashMap<Box<str>, Option<Arc<Expr>>>>);

impl Masks {
    /// The tree of a mask.
    pub(super) fn read(&self, mask: &str) -> Option<Arc<Expr>> {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(read) = known.get(mask) {
            return read.clone();
        }
        let read = parse(mask).map(Arc::new);
        known.insert(mask.into(), read.clone());
        read
    }
}

fn parse(mask: &str) -> Option<Expr> {
    let mut parser =
        Parser::new(&PostgreSqlDialect {}).with_recursion_limit(super::MAX_DEPTH).try_with_sql(mask).ok()?;
    let read = parser.parse_expr().ok()?;
    let rest = parser.next_token();
    (rest.token == sqlparser::tokenizer::Token::EOF).then_some(read)
}
