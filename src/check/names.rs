//! Relations, functions, operators, types: each name must be pinned, and what it means must be allowed.

use crate::catalog::search_path::FoundType;
use crate::catalog::snapshot::{Function, Operator, Relation, RelationKind, Type};
use crate::grammar::{Node, NodeList, nodes};
use crate::model::ids::{FIRST_NORMAL_OID, Oid};
use crate::rights::table::RelationRight;

use super::walk::{Scope, Subject, Walk, strings};
use super::{Contradiction, Step, lists};

/// A name in double quotes.
pub(super) fn quoted(name: &str) -> String {
    let mut text = String::from("\"");
    text.push_str(&name.replace('"', "\"\""));
    text.push('"');
    text
}

/// What is done with a relation that is named outside of a substitution.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Use {
    Read,
    /// DELETE, TRUNCATE, LOCK: nothing of the statement's values is kept.
    Empty,
    /// INSERT, UPDATE, MERGE, COPY FROM.
    Store,
}

impl<'a> Subject<'a> {
    pub(super) fn is_temp(&self, schema: &str) -> bool {
        schema == "pg_temp" || self.names.temp_schema.as_deref() == Some(schema)
    }

    fn function_allowed(&self, function: &Function) -> bool {
        if self.rights.function_allowed(function.oid) {
            return true;
        }
        function.oid < FIRST_NORMAL_OID && lists::built_in(function)
    }

    fn operator_allowed(&self, operator: &Operator) -> bool {
        (operator.oid < FIRST_NORMAL_OID && &*operator.schema == "pg_catalog")
            || self.rights.function_allowed(operator.function)
            || self.of_an_extension(operator.right)
            || operator.left.is_some_and(|left| self.of_an_extension(left))
    }

    /// A base type that the server did not bring: only a superuser makes one, and an operator over it cannot take the
    /// place of one over built-in types.
    fn of_an_extension(&self, ty: Oid) -> bool {
        let base = |ty: &Type| ty.kind == b'b' && ty.element.is_none();
        ty >= FIRST_NORMAL_OID && self.snapshot.type_of(ty).is_some_and(|ty| base(ty))
    }

    /// A function by its pinned name: everything of that name must be allowed.
    pub(super) fn function(&self, schema: &str, name: &str, location: i32) -> Step {
        let of_schema = |one: &&std::sync::Arc<Function>| &*one.schema == schema;
        let mut named = self.snapshot.functions_named(name).iter().filter(of_schema).peekable();
        if self.is_temp(schema) || named.peek().is_none() {
            return Err(Contradiction::at(location, format!("function {schema}.{name} is not known")));
        }
        match named.find(|function| !self.function_allowed(function)) {
            Some(_) => Err(Contradiction::at(location, format!("function {schema}.{name} is not allowed"))),
            None => Ok(()),
        }
    }

    /// A field that is not a column is a function that is called on the row, found by the search path.
    pub(super) fn field(&self, name: &str, location: i32) -> Step {
        let visible = self.names.functions(self.snapshot, None, name);
        let bad = visible.iter().find(|one| self.takes_a_row(one) && !self.function_allowed(one));
        match bad {
            None => Ok(()),
            Some(_) => Err(Contradiction::at(location, format!("field {name} may be a function that is not allowed"))),
        }
    }

    fn takes_a_row(&self, function: &Function) -> bool {
        let required = function.argument_types.len().saturating_sub(usize::from(function.defaults));
        let first = function.argument_types.first().and_then(|ty| self.snapshot.type_of(*ty));
        (required <= 1 || function.variadic) && first.is_none_or(|ty| matches!(ty.kind, b'c' | b'p' | b'd'))
    }

    /// An operator as it was written: unqualified ones must not mean anybody's own on the present search path.
    pub(super) fn operator(&self, name: &NodeList, location: i32) -> Step {
        match strings(name).as_deref() {
            Some([operator]) => self.operator_named(operator, location),
            Some(["pg_catalog", _]) => Ok(()),
            Some([schema, operator]) if !self.is_temp(schema) => {
                let named = self.names.operators(self.snapshot, Some(schema), operator);
                let known = !named.is_empty() && named.iter().all(|operator| self.operator_allowed(operator));
                known
                    .then_some(())
                    .ok_or_else(|| Contradiction::at(location, format!("operator {schema}.{operator} is not allowed")))
            }
            _ => Err(Contradiction::at(location, "an operator's name is not understood")),
        }
    }

    pub(super) fn operator_named(&self, name: &str, location: i32) -> Step {
        let visible = self.names.operators(self.snapshot, None, name);
        match visible.iter().find(|operator| !self.operator_allowed(operator)) {
            None => Ok(()),
            Some(other) => {
                Err(Contradiction::at(location, format!("operator {name} may mean one of schema {}", other.schema)))
            }
        }
    }

    /// A collation: pinned.
    pub(super) fn collation(&self, name: &NodeList, location: i32) -> Step {
        match strings(name).as_deref() {
            Some([schema, _]) if !self.is_temp(schema) => Ok(()),
            _ => Err(Contradiction::at(location, "a collation is not pinned")),
        }
    }

    fn type_named(&self, schema: &str, name: &str, location: i32) -> Step {
        let unknown = || Contradiction::at(location, format!("type {schema}.{name} is not known"));
        if self.is_temp(schema) {
            return Err(unknown());
        }
        let ty = self.snapshot.types_named(name).iter().find(|ty| &*ty.schema == schema).ok_or_else(unknown)?;
        let of = ty.element.and_then(|element| self.snapshot.type_of(element)).unwrap_or(ty);
        let runs_code = of.oid >= FIRST_NORMAL_OID && !matches!(of.kind, b'e' | b'd' | b'r' | b'm' | b'c');
        if runs_code && !self.rights.function_allowed(of.oid) {
            return Err(Contradiction::at(location, format!("type {schema}.{name} is not allowed")));
        }
        Ok(())
    }

    /// JSON is a key word of the grammar that parsed the text; before version 17 the server looks the name up.
    fn json(&self, location: i32) -> Step {
        let written = usize::try_from(location).ok().and_then(|start| self.text.get(start..)).unwrap_or_default();
        let pinned = ["pg_catalog", "\"pg_catalog\""].iter().any(|schema| written.starts_with(schema));
        let built_in = || match self.names.ty(self.snapshot, None, "json") {
            FoundType::Permanent(ty) => ty.oid < FIRST_NORMAL_OID,
            FoundType::Temporary | FoundType::Missing => false,
        };
        if pinned || self.snapshot.server_version >= 170_000 || built_in() {
            return Ok(());
        }
        Err(Contradiction::at(location, "type json is not pinned"))
    }
}

/// Words that a column definition may have for a type.
const SERIALS: [&str; 6] = ["smallserial", "serial2", "serial", "serial4", "bigserial", "serial8"];

impl<'a> Walk<'a> {
    /// A type, its name pinned or a key word of the grammar.
    pub(super) fn type_name(&mut self, ty: Option<&'a nodes::TypeName>, in_definition: bool) -> Step {
        let Some(ty) = ty else { return Ok(()) };
        if ty.setof || ty.pct_type || ty.type_oid != 0 {
            return Err(Contradiction::at(ty.location, "a type's form is not understood"));
        }
        for modifier in ty.typmods() {
            let word = matches!(modifier, Node::ColumnRef(column) if column.fields().len() == 1);
            if !word && !matches!(modifier, Node::A_Const(_)) {
                return Err(Contradiction::at(ty.location, "a type's modifier is not a constant"));
            }
        }
        let parts: Option<Vec<&str>> = ty.names().iter().map(|name| name.sval()).collect();
        match parts.as_deref() {
            Some([name]) if in_definition && SERIALS.contains(name) => Ok(()),
            Some(["pg_catalog", "json"]) => self.subject.json(ty.location),
            Some([schema, name]) => self.subject.type_named(schema, name, ty.location),
            _ => Err(Contradiction::at(ty.location, "a type is not pinned")),
        }
    }

    /// A relation in FROM: a WITH query in scope, or a pinned relation without protected columns.
    pub(super) fn source(&mut self, range: &'a nodes::RangeVar, scope: Scope) -> Step {
        let name = range.relname().unwrap_or_default();
        if range.schemaname().is_none() && range.catalogname().is_none() && self.is_cte(name, scope) {
            return Ok(());
        }
        self.relation(range, Use::Read)
    }

    /// A pinned relation, used outside of a substitution: nothing in it may be below clear.
    pub(super) fn relation(&mut self, range: &'a nodes::RangeVar, used: Use) -> Step {
        let subject = self.subject;
        let at = |what: String| Contradiction::at(range.location, what);
        let name = range.relname().unwrap_or_default();
        let schema = range.schemaname().ok_or_else(|| at(format!("relation {name} is not pinned")))?;
        if range.catalogname().is_some_and(|database| database != &*subject.snapshot.database) {
            return Err(at(format!("relation {name} is of another database")));
        }
        if subject.is_temp(schema) {
            return self.temporary(range);
        }
        let found = subject.snapshot.relation_named(schema, name);
        let relation = found.ok_or_else(|| at(format!("relation {schema}.{name} is not known")))?;
        if relation.kind == RelationKind::Composite {
            return Err(at(format!("{schema}.{name} is not a relation")));
        }
        match subject.rights.relation(relation.oid) {
            None | Some(RelationRight::Clear(_)) => {}
            Some(RelationRight::Masked(_)) => return Err(at(format!("relation {schema}.{name} is not substituted"))),
            Some(RelationRight::Refused(_)) => return Err(at(format!("relation {schema}.{name} is refused"))),
        }
        self.stores |= used == Use::Store;
        self.named(relation);
        Ok(())
    }

    /// A temp table: it holds what this principal was shown. What a temp view holds is not known.
    fn temporary(&self, range: &nodes::RangeVar) -> Step {
        let name = range.relname().unwrap_or_default();
        let named = |one: &&std::sync::Arc<Relation>| &*one.name == name;
        let known = self.subject.names.temp.iter().find(named);
        match known.map(|relation| relation.kind) {
            None | Some(RelationKind::Table | RelationKind::Partitioned | RelationKind::Sequence) => Ok(()),
            Some(_) => Err(Contradiction::at(range.location, format!("temp relation {name} is not a table"))),
        }
    }

    /// Notes a permanent relation that the statement names.
    pub(super) fn named(&mut self, relation: &Relation) {
        self.relations.insert(relation.oid);
    }
}
