//! ALTER TABLE of the session's own temporary tables.

use crate::grammar::tags::{AlterTableType, ObjectType};
use crate::grammar::{Node, nodes};

use super::refuse::{Step, not_allowed, not_understood};
use super::walk::Walk;

/// What the refusal calls it.
const ELSE: &str = "ALTER of anything but temporary tables";

impl<'a> Walk<'a> {
    pub(super) fn alter_table(&mut self, alter: &'a nodes::AlterTableStmt) -> Step {
        if alter.objtype != ObjectType::OBJECT_TABLE {
            return Err(not_allowed(ELSE));
        }
        self.altered(alter.relation())?;
        self.scope.open();
        for command in alter.cmds() {
            match command {
                Node::AlterTableCmd(command) => self.alteration(command)?,
                _ => return Err(not_understood("this ALTER TABLE", -1)),
            }
        }
        Ok(())
    }

    /// The table: from now on nothing is known of its columns.
    fn altered(&mut self, range: Option<&'a nodes::RangeVar>) -> Step {
        self.own(range, ELSE)?;
        self.makes = range.and_then(|range| range.relname()).map(str::to_owned);
        self.temporary_tables_change();
        Ok(())
    }

    fn alteration(&mut self, command: &'a nodes::AlterTableCmd) -> Step {
        use AlterTableType as Type;
        match (command.subtype, command.def()) {
            (
                Type::AT_DropColumn | Type::AT_SetNotNull | Type::AT_DropNotNull | Type::AT_DropConstraint,
                Node::None,
            ) => Ok(()),
            (Type::AT_AddColumn | Type::AT_AlterColumnType, Node::ColumnDef(column)) => self.column_definition(column),
            (Type::AT_AddConstraint, Node::Constraint(constraint)) => self.constraint(constraint),
            (Type::AT_ColumnDefault, default) => self.expression(default),
            _ => Err(not_understood("this ALTER TABLE", -1)),
        }
    }

    /// ALTER TABLE … RENAME.
    pub(super) fn rename(&mut self, rename: &'a nodes::RenameStmt) -> Step {
        let table = rename.rename_type == ObjectType::OBJECT_TABLE;
        let column =
            rename.rename_type == ObjectType::OBJECT_COLUMN && rename.relation_type == ObjectType::OBJECT_TABLE;
        if !table && !column {
            return Err(not_allowed(ELSE));
        }
        self.altered(rename.relation())?;
        if table {
            let was = self.makes.take().unwrap_or_default();
            self.changed.drop(&was);
            self.makes = rename.newname().map(str::to_owned);
        }
        Ok(())
    }
}
