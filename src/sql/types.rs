//! Type names and collations: resolved, pinned, and on their lists.

use crate::catalog::reviewed::Review;
use crate::catalog::search_path::FoundType;
use crate::catalog::snapshot::Type;
use crate::grammar::{Node, NodeList, nodes};
use crate::model::facts::Right;
use crate::model::ids::{ColumnId, FIRST_NORMAL_OID};
use crate::model::refusal::{Reason, Refusal};

use super::missing;
use super::refuse::{Step, not_understood};
use super::walk::{Walk, strings};

/// Words that column definitions take for types.
const SERIALS: [&str; 6] = ["serial", "bigserial", "smallserial", "serial2", "serial4", "serial8"];

/// The refusal of a type whose rows are masked where values are not entered by the client.
pub(super) fn masked_rows(name: &str, location: i32) -> Refusal {
    not_understood(&format!("the row type of {name}, which has protected columns,"), location)
        .hint("Name the columns one by one.")
}

impl<'a> Walk<'a> {
    /// The name of a type that holds no rows which are masked: as they are read, these are of another.
    pub(super) fn type_name(&mut self, ty: Option<&'a nodes::TypeName>) -> Step {
        self.type_named(ty, false)
    }

    /// The type of a cast: what the client enters may be any row.
    pub(super) fn cast_type(&mut self, cast: &'a nodes::TypeCast) -> Step {
        let entered = matches!(cast.arg(), Node::A_Const(_) | Node::ParamRef(_) | Node::RowExpr(_));
        self.type_named(cast.type_name(), entered)
    }

    fn type_named(&mut self, ty: Option<&'a nodes::TypeName>, entered: bool) -> Step {
        let Some(ty) = ty else { return Ok(()) };
        if ty.setof || ty.pct_type || ty.type_oid != 0 {
            return Err(not_understood("a type written with SETOF or %TYPE", ty.location));
        }
        for modifier in ty.typmods() {
            self.constant(modifier, ty.location)?;
        }
        let array = !ty.array_bounds().is_empty();
        let parts: Vec<&str> = ty.names().iter().filter_map(|name| name.sval()).collect();
        match parts.as_slice() {
            [name] => self.bare_type(name, array, entered, ty.location),
            ["pg_catalog", name] => self.system_type(name, array, ty.location),
            [schema, name] => self.qualified_type(schema, name, array, entered, ty.location),
            _ => Err(not_understood("a type name with more than two parts", ty.location)),
        }
    }

    /// The type of a column definition.
    pub(super) fn column_type(&mut self, ty: Option<&'a nodes::TypeName>) -> Step {
        let serial = |ty: &nodes::TypeName| {
            let mut names = ty.names().iter();
            matches!((names.next().and_then(|name| name.sval()), names.next()), (Some(name), None) if SERIALS.contains(&name))
        };
        match ty {
            Some(ty) if serial(ty) => Ok(()),
            ty => self.type_name(ty),
        }
    }

    fn bare_type(&mut self, name: &str, array: bool, entered: bool, location: i32) -> Step {
        self.names_are_known(location)?;
        let place = self.place(location, &[name])?;
        match self.context.names.ty(self.context.snapshot, None, name) {
            FoundType::Permanent(ty) => {
                self.allow_type(&ty, entered, location)?;
                self.qualify(place, &ty.schema);
                Ok(())
            }
            FoundType::Temporary => Err(not_understood("a temporary table's row type", location)),
            FoundType::Missing => Err(missing::type_named(&self.context, None, name, array).at(location)),
        }
    }

    /// `pg_catalog.x`, written so, or a key word of the grammar such as INTEGER.
    fn system_type(&mut self, name: &str, array: bool, location: i32) -> Step {
        if self.place(location, &["pg_catalog", name]).is_ok() {
            return self.qualified_type("pg_catalog", name, array, true, location);
        }
        // JSON is a key word from version 17 on, and a name like any other before
        if name == "json" {
            let place = self.place(location, &[name])?;
            self.qualify(place, "pg_catalog");
        }
        Ok(())
    }

    fn qualified_type(&mut self, schema: &str, name: &str, array: bool, entered: bool, location: i32) -> Step {
        match self.context.names.ty(self.context.snapshot, Some(schema), name) {
            FoundType::Permanent(ty) => self.allow_type(&ty, entered, location),
            FoundType::Temporary => Err(not_understood("a temporary table's row type", location)),
            FoundType::Missing => Err(missing::type_named(&self.context, Some(schema), name, array).at(location)),
        }
    }

    /// Built-in types, reviewed ones of extensions, and those of users that run no code of their own: enums, domains,
    /// ranges, row types.
    fn allow_type(&self, ty: &Type, entered: bool, location: i32) -> Step {
        if !entered && self.is_of_masked_rows(ty) {
            return Err(masked_rows(&ty.name, location));
        }
        let element = ty.element.and_then(|oid| self.context.snapshot.type_of(oid));
        let ty = element.map_or(ty, |element| &**element);
        let server_s_own = ty.oid < FIRST_NORMAL_OID;
        let review = self.context.snapshot.type_review(ty.oid);
        if server_s_own && review != Review::Open {
            return Err(super::functions::closed("type", &ty.name, review).at(location));
        }
        if server_s_own
            || (ty.kind == b'b' && review == Review::Open)
            || (matches!(ty.kind, b'e' | b'd' | b'r' | b'm' | b'c') && !ty.runs_code)
            || self.context.rights.function_allowed(ty.oid)
        {
            return Ok(());
        }
        Err(Refusal::new(Reason::Function, format!("type {}.{} is not allowed for this user", ty.schema, ty.name))
            .hint("Cast to a built-in type instead.")
            .at(location))
    }

    /// Whether values of the type hold rows of which something is masked.
    pub(super) fn is_of_masked_rows(&self, ty: &Type) -> bool {
        let masked = |id: &ColumnId| self.context.rights.column(id.relation, id.number) < Right::Clear;
        ty.oid >= FIRST_NORMAL_OID && self.context.snapshot.columns_in(ty.oid).iter().any(masked)
    }

    /// `COLLATE name`: collations run no code; an unqualified one is pinned to `pg_catalog`.
    pub(super) fn collation(&mut self, names: &NodeList, location: i32) -> Step {
        let lost = || not_understood("this collation", location);
        let parts = strings(names).ok_or_else(lost)?;
        match parts.as_slice() {
            [name] => {
                // the location is that of COLLATE
                let start = usize::try_from(location).map_err(|_| lost())?;
                let keyword = self.tokens.index_at(start).filter(|&index| self.tokens.is(index, "collate"));
                let place = keyword.and_then(|index| self.place_at(index + 1, &[name])).ok_or_else(lost)?;
                self.qualify(place, "pg_catalog");
                Ok(())
            }
            [_, _] => Ok(()),
            _ => Err(lost()),
        }
    }

    /// An operator by its name, possibly written `OPERATOR(schema.op)`.
    pub(super) fn operator(&mut self, names: &NodeList, location: i32) -> Step {
        let parts = strings(names).ok_or_else(|| not_understood("this operator", location))?;
        match parts.as_slice() {
            [] => self.operator_named(None, "=", location),
            [name] => self.operator_named(None, name, location),
            [schema, name] => self.operator_named(Some(schema), name, location),
            _ => Err(not_understood("an operator name with more than two parts", location)),
        }
    }

    pub(super) fn operator_named(&mut self, schema: Option<&str>, name: &str, location: i32) -> Step {
        if schema.is_none() {
            self.names_are_known(location)?;
            if self.operators.contains(name) {
                return Ok(());
            }
        }
        super::functions::operator(&self.context, schema, name, location)?;
        if schema.is_none() {
            self.operators.insert(name.to_owned());
        }
        Ok(())
    }

    /// An item of COPY, FETCH, … that may only be a constant.
    pub(super) fn constant(&self, node: Node<'a>, location: i32) -> Step {
        match node {
            Node::None | Node::A_Const(_) | Node::String(_) | Node::Integer(_) | Node::Float(_) | Node::Boolean(_) => {
                Ok(())
            }
            _ => Err(not_understood("anything but a constant here", location)),
        }
    }
}
