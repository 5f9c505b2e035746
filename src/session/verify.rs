//! Verification at the end of the pipe: the origins PostgreSQL reports must agree with the rights.

use crate::model::facts::Right;
use crate::model::ids::{ColumnId, Oid};
use crate::model::planted::{Planted, planted};
use crate::rights::table::Rights;
use crate::wire::server::RowDescription;

use super::Fault;

/// Every column of a row description that comes straight from a table must be one this principal sees in clear.
///
/// # Errors
/// [`Fault::Origin`] names the first column that is not.
pub fn origins(rights: &Rights, description: &RowDescription<'_>) -> Result<(), Fault> {
    if planted(Planted::Origins) {
        return Ok(());
    }
    for field in description.iter() {
        if field.table_oid == 0 || field.column_number == 0 {
            continue;
        }
        let relation = Oid(field.table_oid);
        if rights.column(relation, field.column_number) != Right::Clear {
            return Err(Fault::Origin(ColumnId { relation, number: field.column_number }));
        }
    }
    Ok(())
}
