//! PostgreSQL's own grammar: limits before parsing, an exact lexer for byte spans, and libpg_query's tree.
//!
//! Start at [`parse`]. The tree gives byte *starts* only; [`tokens::Tokens`] gives the ends.

pub mod limits;
pub mod names;
pub mod parse;
pub mod tokens;

pub use parse::{ErrorKind, ParseError, Tree, parse, parse_sent};
pub use pg_raw_parse::list::{CastNodeList, NodeList};
pub use pg_raw_parse::raw as tags;
pub use pg_raw_parse::{ConstValue, Node, nodes};
pub use tokens::{Kind, Token, Tokens};

/// An expression without the casts around it, of which a text may hold as many as it is long.
#[must_use]
pub fn uncast(mut node: Node<'_>) -> Node<'_> {
    while let Node::TypeCast(cast) = node {
        node = cast.arg();
    }
    node
}
