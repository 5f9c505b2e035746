//! What does not exist at all is answered as PostgreSQL answers: everybody may read what names there are.

use crate::catalog::search_path::FoundType;
use crate::grammar::{ConstValue, Node, nodes};
use crate::model::refusal::{Reason, Refusal};

use super::analyse::Context;
use super::functions::denied;

/// The schema that is named and does not exist.
fn schema(context: &Context<'_>, schema: Option<&str>) -> Option<Refusal> {
    let schema = schema.filter(|schema| !context.snapshot.has_schema(schema) && !context.names.is_temp(schema))?;
    Some(Refusal::new(Reason::UnknownSchema, format!("schema \"{schema}\" does not exist")))
}

fn qualified(of: Option<&str>, name: &str) -> String {
    of.map_or_else(|| name.to_owned(), |schema| format!("{schema}.{name}"))
}

/// A function of which there is none of that name. A call with one argument may be a cast, or read a column of a row
/// (`ParseFuncOrColumn`): that is not known here, unless it is a constant.
pub(super) fn function(context: &Context<'_>, of: Option<&str>, name: &str, call: &nodes::FuncCall) -> Refusal {
    if let Some(refusal) = schema(context, of) {
        return refusal.at(call.location);
    }
    let constant = matches!(call.args().first(), Some(Node::A_Const(_)));
    let cast = || context.names.ty(context.snapshot, of, name) != FoundType::Missing;
    if call.args().len() == 1 && (!constant || cast()) {
        return denied(name, call.location);
    }
    let types: Option<Vec<&str>> = call.args().iter().map(ty).collect();
    let types = types.map(|types| format!("({})", types.join(", "))).unwrap_or_default();
    let message = format!("function {}{types} does not exist", qualified(of, name));
    Refusal::new(Reason::UnknownFunction, message)
        .hint("No function matches the given name and argument types. You might need to add explicit type casts.")
        .at(call.location)
}

/// The type of an argument, where the text alone says it.
fn ty(argument: Node<'_>) -> Option<&'static str> {
    let Node::A_Const(constant) = argument else { return None };
    match constant.val() {
        None | Some(ConstValue::String(_)) => Some("unknown"),
        Some(ConstValue::Integer(_)) => Some("integer"),
        Some(ConstValue::Boolean(_)) => Some("boolean"),
        _ => None,
    }
}

/// A type of which there is none of that name.
pub(super) fn type_named(context: &Context<'_>, of: Option<&str>, name: &str, array: bool) -> Refusal {
    let missing = || {
        let brackets = if array { "[]" } else { "" };
        Refusal::new(Reason::UnknownObject, format!("type \"{}{brackets}\" does not exist", qualified(of, name)))
    };
    schema(context, of).unwrap_or_else(missing)
}

/// An operator of which there is none of that name in its schema.
pub(super) fn operator(context: &Context<'_>, of: &str, name: &str) -> Refusal {
    let missing = || {
        Refusal::new(Reason::UnknownFunction, format!("operator does not exist: {of}.{name}"))
            .hint("No operator matches the given name and argument types. You might need to add explicit type casts.")
    };
    schema(context, Some(of)).unwrap_or_else(missing)
}

/// A table to be dropped.
pub(super) fn table(context: &Context<'_>, of: Option<&str>, name: &str) -> Refusal {
    let missing = || Refusal::new(Reason::UnknownRelation, format!("table \"{name}\" does not exist"));
    schema(context, of).unwrap_or_else(missing)
}

/// An index to be dropped.
pub(super) fn index(name: &str) -> Refusal {
    Refusal::new(Reason::UnknownObject, format!("index \"{name}\" does not exist"))
}

/// A column that its relation does not have.
pub(super) fn column(relation: &str, name: &str) -> Refusal {
    Refusal::new(Reason::UnknownColumn, format!("column \"{name}\" of relation \"{relation}\" does not exist"))
}

/// A setting that no server has.
pub(super) fn setting(name: &str) -> Refusal {
    Refusal::new(Reason::UnknownObject, format!("unrecognized configuration parameter \"{name}\""))
}
