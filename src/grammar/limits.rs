//! What is refused before any parser sees it: sizes and shapes on which parsers spend quadratic time or stack.

/// Longest statement text, in bytes, without what stands in literals.
pub const MAX_TEXT: usize = 1 << 20;

/// What may stand in its literals beside that: pictures are inserted so. They cost a copy, not analysis.
pub const MAX_LITERALS: usize = 32 << 20;

/// What may be added to it by spelling names out.
pub const MAX_ADDED: usize = 3 << 20;

/// Deepest nesting of comments within comments.
pub const MAX_COMMENT_DEPTH: usize = 16;

/// Deepest nesting of parentheses and brackets.
pub const MAX_NESTING: usize = 120;

/// Deepest nesting of tree nodes that a walker follows; chains of binary operators, AND/OR and UNION are walked in
/// loops and count once. Sized for a 2 MiB stack in an unoptimised build.
pub const MAX_DEPTH: usize = 150;

/// Items of FROM that a statement has which reads protected tables: the server plans each as a query of its own.
pub const MAX_ITEMS: usize = 4096;

/// Comparisons of names (about ten nanoseconds each) that the analysis of one query string may cost. Looking up each
/// column in each FROM item is quadratic, in PostgreSQL as here; a statement that needs more is made to be slow.
pub const MAX_NAME_WORK: usize = 16 << 20;

/// Characters of operators. A run of them is scanned again for each token in it (also by libpg_query), so that
/// `+-+-…` or `/**//**/…` cost quadratic time; this is the number of bytes that may be scanned in such runs.
pub const MAX_OPERATOR_WORK: usize = 4 << 20;
