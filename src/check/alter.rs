//! ALTER TABLE, of temp tables alone.

use crate::grammar::tags::{AlterTableType, ObjectType};
use crate::grammar::{Node, nodes};
use crate::model::facts::SessionEffect;

use super::names::Use;
use super::walk::Walk;
use super::{Contradiction, Step};

impl<'a> Walk<'a> {
    fn altered(&mut self, range: Option<&'a nodes::RangeVar>) -> Step {
        let of_temp = |range: &&nodes::RangeVar| range.schemaname().is_some_and(|schema| self.subject.is_temp(schema));
        let range = range.filter(of_temp).ok_or_else(|| Contradiction::at(-1, "ALTER of a permanent table"))?;
        self.effect(SessionEffect::TempTables);
        self.relation(range, Use::Empty)
    }

    pub(super) fn alter(&mut self, it: &'a nodes::AlterTableStmt) -> Step {
        if it.objtype != ObjectType::OBJECT_TABLE {
            return Err(Contradiction::at(-1, "ALTER of something that is no table"));
        }
        self.altered(it.relation())?;
        for command in it.cmds() {
            let Node::AlterTableCmd(one) = command else {
                return Err(Contradiction::at(-1, "a part of ALTER TABLE is not understood"));
            };
            match one.subtype {
                AlterTableType::AT_DropColumn
                | AlterTableType::AT_DropConstraint
                | AlterTableType::AT_SetNotNull
                | AlterTableType::AT_DropNotNull
                    if matches!(one.def(), Node::None) => {}
                AlterTableType::AT_ColumnDefault => self.push(one.def(), None),
                AlterTableType::AT_AddColumn | AlterTableType::AT_AlterColumnType => match one.def() {
                    Node::ColumnDef(column) => self.column_definition(column)?,
                    _ => return Err(Contradiction::at(-1, "ALTER TABLE has a column that is not understood")),
                },
                AlterTableType::AT_AddConstraint => match one.def() {
                    Node::Constraint(constraint) => self.constraint(constraint)?,
                    _ => return Err(Contradiction::at(-1, "ALTER TABLE has a constraint that is not understood")),
                },
                _ => return Err(Contradiction::at(-1, "ALTER TABLE in a form that may not be sent")),
            }
        }
        Ok(())
    }

    pub(super) fn rename(&mut self, it: &'a nodes::RenameStmt) -> Step {
        let table = |ty| ty == ObjectType::OBJECT_TABLE;
        let column = it.rename_type == ObjectType::OBJECT_COLUMN && table(it.relation_type);
        if !column && !table(it.rename_type) {
            return Err(Contradiction::at(-1, "RENAME of something that is no temp table"));
        }
        self.altered(it.relation())?;
        self.made.extend(it.newname().filter(|_| table(it.rename_type)));
        Ok(())
    }
}
