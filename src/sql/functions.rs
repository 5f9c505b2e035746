//! Which functions and operators a restricted principal's statement may call.
//!
//! The rule: a function of the server, or of a well-known extension, may be called if the reviewed inventory
//! (`catalog::reviewed`) has it, with these arguments, in an open class; an operator if its function may. Any other
//! function only if the policy names it.

use std::sync::Arc;

use crate::catalog::reviewed::Review;
use crate::catalog::snapshot::{Function, FunctionKind, Operator, Type};
use crate::model::ids::{FIRST_NORMAL_OID, Oid};
use crate::model::refusal::{Reason, Refusal};

use super::analyse::Context;
use super::refuse::Step;

/// Functions that take the name of a setting; the caller looks at the name.
pub(super) const SETTING_FUNCTIONS: [&str; 2] = ["set_config", "current_setting"];

/// What a function's name means.
#[derive(Clone, Debug)]
pub(super) struct Called {
    /// The schema to pin it to; `None`: functions of several schemas may be meant, all of them allowed, and the arguments
    /// decide. It is looked up again where the search path has changed, as operators are.
    pub(super) schema: Option<Arc<str>>,
    /// Whether somebody has reviewed all that it may mean.
    pub(super) reviewed: bool,
    pub(super) aggregate: bool,
    pub(super) returns_set: bool,
    /// Whether a call may leave something behind that can be read back.
    pub(super) lasting: bool,
    /// Whether it moves a sequence, for somebody who may not read everything.
    pub(super) counts: bool,
}

/// Resolves a function's name and says whether all that it may mean are allowed.
///
/// `Ok(None)`: no function of that name is in sight.
pub(super) fn resolve(context: &Context<'_>, schema: Option<&str>, name: &str, location: i32) -> Step<Option<Called>> {
    let all = context.names.functions(context.snapshot, schema, name);
    let found = unhidden(&all);
    let Some(first) = found.first() else { return Ok(None) };
    let other = found.iter().find(|one| one.schema != first.schema);
    let of_extensions = all.iter().any(|function| function.extension.is_some());
    let allowed = |function: &&&Arc<Function>| allowed(context, function);
    if let Some(other) =
        other.filter(|_| !(of_extensions && all.iter().all(|function| allowed(&function))) || sets(name))
    {
        return Err(denied(name, location)
            .detail(format!("It may mean one of {} or one of {}.", first.schema, other.schema))
            .hint(format!("Write pg_catalog.{name} if the built-in function is meant.")));
    }
    if let Some(bad) = found.iter().find(|function| !allowed(function)) {
        let review = if server_s_own(bad) { context.snapshot.function_review(bad.oid) } else { Review::Open };
        return Err(match review {
            Review::Missing => closed("function", name, review).at(location),
            Review::Closed(class) => denied(name, location).detail(format!(
                "{}.{} is not on the list of allowed functions: its class is {class}.",
                bad.schema, bad.name
            )),
            _ => denied(name, location)
                .detail(format!("{}.{} is not on the list of allowed functions.", bad.schema, bad.name)),
        });
    }
    Ok(Some(Called {
        schema: Some(Arc::clone(&first.schema)).filter(|_| other.is_none()),
        reviewed: found.iter().all(|function| server_s_own(function) || of_extension(context, function)),
        aggregate: found.iter().any(|function| function.kind == FunctionKind::Aggregate),
        returns_set: found.iter().any(|function| function.returns_set),
        lasting: found.iter().any(|function| super::side::lasts(function)),
        counts: !context.rights.unrestricted() && found.iter().any(|function| counts(function)),
    }))
}

/// Whether `pg_catalog` alone has functions of that name: it is on every path.
pub(super) fn is_only_the_server_s(context: &Context<'_>, name: &str) -> bool {
    let named = context.snapshot.functions_named(name);
    !named.is_empty() && named.iter().all(|function| &*function.schema == "pg_catalog")
}

fn sets(name: &str) -> bool {
    SETTING_FUNCTIONS.contains(&name)
}

/// Without those that one earlier in the path hides, having the same arguments (`FuncnameGetCandidates`). At worst, where
/// a call names its arguments, the pinned call is one that the server does not find.
fn unhidden<'s>(found: &[&'s Arc<Function>]) -> Vec<&'s Arc<Function>> {
    let mut kept: Vec<&'s Arc<Function>> = Vec::with_capacity(found.len());
    for &function in found {
        let plain = !function.variadic && function.defaults == 0;
        let hides =
            |one: &&Arc<Function>| one.schema != function.schema && one.argument_types == function.argument_types;
        if !(plain && kept.iter().any(hides)) {
            kept.push(function);
        }
    }
    kept
}

/// A refusal of a function by name.
pub(super) fn denied(name: &str, location: i32) -> Refusal {
    Refusal::new(Reason::Function, format!("function {name} is not allowed for this user"))
        .hint("The policy can name functions that may be called.")
        .at(location)
}

/// A refusal of something of the server's that is closed, or that nobody has looked at.
pub(super) fn closed(what: &str, name: &str, review: Review) -> Refusal {
    if review != Review::Missing {
        return Refusal::new(Reason::Function, format!("{what} {name} is not allowed for this user"));
    }
    Refusal::new(Reason::Function, format!("{what} {name} is not reviewed yet"))
        .detail("This version of PostgreSQL has it, and nobody has said yet whether it can show what is protected.")
        .hint("The policy can name it.")
}

pub(super) fn server_s_own(function: &Function) -> bool {
    function.oid < FIRST_NORMAL_OID && matches!(&*function.schema, "pg_catalog" | "information_schema")
}

/// Whether it is an extension's, and reviewed to be harmless.
fn of_extension(context: &Context<'_>, function: &Function) -> bool {
    function.extension.is_some() && context.snapshot.function_review(function.oid) == Review::Open
}

/// Whether a function moves a sequence: where nothing is read that is protected.
fn counts(function: &Function) -> bool {
    matches!(&*function.name, "nextval" | "setval") && server_s_own(function)
}

/// Whether the function of that OID may be called.
pub(super) fn is_open(context: &Context<'_>, oid: Oid) -> bool {
    context.snapshot.function(oid).is_some_and(|function| allowed(context, function))
}

fn allowed(context: &Context<'_>, function: &Function) -> bool {
    let review = || context.snapshot.function_review(function.oid);
    context.rights.function_allowed(function.oid)
        || of_extension(context, function)
        || (server_s_own(function) && matches!(review(), Review::Open | Review::Setting))
        // who reads everything is understood for the sake of counting
        || (server_s_own(function)
            && (context.rights.unrestricted() || counts(function))
            && review() == Review::Closed("sequences"))
}

/// Refuses an operator name that may mean an operator outside of `pg_catalog`, on the effective path.
///
/// Operators cannot be pinned without changing how the expression groups. An operator over an extension's base type
/// is let pass: it cannot take a built-in operator's place, and only a superuser makes base types.
pub(super) fn operator(context: &Context<'_>, schema: Option<&str>, name: &str, location: i32) -> Step {
    // nearly every name, and the server has dozens of `=`
    if schema.is_none() && context.snapshot.operators_are_open(name) {
        return Ok(());
    }
    let found = context.names.operators(context.snapshot, schema, name);
    if let (Some(schema), []) = (schema, found.as_slice()) {
        return Err(super::missing::operator(context, schema, name).at(location));
    }
    match found.iter().find(|operator| !operator_allowed(context, operator)) {
        None => Ok(()),
        Some(operator) if operator.oid < FIRST_NORMAL_OID => {
            Err(closed("operator", name, context.snapshot.operator_review(operator.oid)).at(location))
        }
        Some(operator) => Err(Refusal::new(
            Reason::Function,
            format!("operator {}.{} is not allowed for this user", operator.schema, operator.name),
        )
        .hint("The policy can name the function behind it, or write OPERATOR(pg_catalog.…).")
        .at(location)),
    }
}

fn operator_allowed(context: &Context<'_>, operator: &Operator) -> bool {
    let function = context.snapshot.function(operator.function);
    let by_extension = function.is_some_and(|function| function.extension.is_some());
    // anybody may make an operator over an extension's type: it must be the extension's, too
    let extension_type = |oid| {
        let base = |ty: &Type| ty.kind == b'b' && ty.element.is_none() && (by_extension || ty.extension.is_none());
        oid >= FIRST_NORMAL_OID && context.snapshot.type_of(oid).is_some_and(|ty| base(ty))
    };
    if operator.oid < FIRST_NORMAL_OID && &*operator.schema == "pg_catalog" {
        return context.snapshot.operator_review(operator.oid) == Review::Open
            || context.rights.function_allowed(operator.function);
    }
    context.rights.function_allowed(operator.function)
        || function.is_some_and(|function| of_extension(context, function))
        || extension_type(operator.right)
        || operator.left.is_some_and(extension_type)
}
