//! Columns of a row that the server looks at together.

use std::sync::Arc;

/// By what, see the query of that name.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Together {
    Check,
    ForeignKey,
    /// A unique or exclusion index: it can be what ON CONFLICT means.
    Unique,
    /// An exclusion index that compares by more than equality: it answers for many values at once.
    Exclusion,
    /// An index with expressions or a predicate.
    Index,
    /// What a generated column is computed from.
    Generated,
    /// The same, and the expression fails for no value.
    GeneratedAlways,
    PartitionKey,
    /// A policy of row-level security.
    Policy,
}

impl Together {
    pub(super) fn from_letter(letter: u8) -> Option<Self> {
        Some(match letter {
            b'c' => Self::Check,
            b'f' => Self::ForeignKey,
            b'u' => Self::Unique,
            b'x' => Self::Exclusion,
            b'i' => Self::Index,
            b'g' => Self::Generated,
            b'h' => Self::GeneratedAlways,
            b'p' => Self::PartitionKey,
            b'r' => Self::Policy,
            _ => return None,
        })
    }

    /// In people's words.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Check => "check constraint",
            Self::ForeignKey => "foreign key",
            Self::Unique | Self::Exclusion => "unique or exclusion index",
            Self::Index => "index",
            Self::Generated | Self::GeneratedAlways => "generated column",
            Self::PartitionKey => "partition key",
            Self::Policy => "row-level security policy",
        }
    }
}

/// One such set: a write to one of its columns may fail, or not, by what the others hold.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Entangled {
    pub by: Together,
    pub name: Arc<str>,
    /// Attribute numbers; 0: every column of the row.
    pub columns: Vec<i16>,
    /// Of an index those that are keys themselves, 0 for expressions; of a generated column itself.
    pub keys: Vec<i16>,
    /// Of an index those that an expression or its predicate reads which may come to something where they are NULL; 0: all.
    pub loose: Vec<i16>,
}

impl Entangled {
    /// Whether a row is compared, or left out, by a column of these that it gives no value.
    #[must_use]
    pub fn compares_nothing_in(&self, columns: &[i16]) -> bool {
        columns.iter().any(|number| self.loose.contains(number)) || (self.loose.contains(&0) && !columns.is_empty())
    }
}

/// An index that has its rows in an order, by several keys or of some rows alone.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sorting {
    /// Attribute numbers of its keys, 0 for expressions.
    pub keys: Vec<i16>,
    /// Those that its expressions read, and those of its predicate.
    pub expressions: Vec<i16>,
    pub predicate: Vec<i16>,
}
