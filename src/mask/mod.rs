//! Type-preserving transformations of a value.

use crate::model::types::{ColumnType, TypeClass};

/// A mask and its parameters.
#[derive(Clone, PartialEq, Debug)]
pub enum Mask {
    /// NULL of the column's type.
    Null,
}

impl Mask {
    /// The SQL that stands for a column.
    ///
    /// # Errors
    /// When the type cannot hold the mask.
    pub fn sql(&self, _quoted_column: &str, ty: &ColumnType) -> Result<String, String> {
        Ok(format!("NULL::{}", ty.sql))
    }

    /// Whether a column of this type can hold the mask.
    #[must_use]
    pub fn supports(&self, _class: &TypeClass) -> bool {
        true
    }
}
