//! Which functions and operators a restricted principal's statement may call.
//!
//! The rule: a built-in function that is immutable or stable may be called unless it is on the reviewed list of those
//! that read rows, statistics, other sessions or files, or that execute text; of the volatile ones only those on the
//! reviewed list. Any other function only if the policy names it.

use std::sync::Arc;

use crate::catalog::snapshot::{Function, FunctionKind, Operator, Volatility};
use crate::model::ids::FIRST_NORMAL_OID;
use crate::model::refusal::{Reason, Refusal};

use super::analyse::Context;
use super::refuse::Step;

/// Stable or immutable, yet not to be called: what they reach is said beside them.
const DENIED: [&str; 13] = [
    // executes text that it is given
    "ts_rewrite",
    "ts_stat",
    // rows by their place
    "currtid",
    "currtid2",
    "currtid_byrelname",
    "currtid_byreloid",
    // most common values of pg_statistic_ext
    "pg_mcv_list_items",
    // statement texts
    "pg_prepared_statement",
    "pg_cursor",
    "current_query",
    "pg_get_replication_slots",
    // settings, guarded ones included
    "pg_show_all_settings",
    "pg_show_all_file_settings",
];

/// Families denied by the beginning of their names.
const DENIED_PREFIXES: [&str; 17] = [
    // a query, a table, a cursor, a schema or the database as XML
    "query_to_xml",
    "table_to_xml",
    "cursor_to_xml",
    "schema_to_xml",
    "database_to_xml",
    // other sessions, and counters
    "pg_stat_",
    "pg_prepared_xact",
    // files of the server
    "pg_read_",
    "pg_ls_",
    "pg_hba_",
    "pg_ident_",
    "pg_current_logfile",
    // large objects
    "lo_",
    "loread",
    "lowrite",
    // replication
    "pg_logical_",
    "binary_upgrade_",
];

/// Volatile, yet harmless: they read no rows and change nothing that outlives the session.
const REVIEWED_VOLATILE: [&str; 43] = [
    "random",
    "random_normal",
    "setseed",
    "gen_random_uuid",
    "uuidv4",
    "uuidv7",
    "clock_timestamp",
    "timeofday",
    "txid_current",
    "txid_current_if_assigned",
    "pg_current_xact_id",
    "pg_current_xact_id_if_assigned",
    "pg_sleep",
    "pg_sleep_for",
    "pg_sleep_until",
    "pg_notify",
    "pg_is_in_recovery",
    "pg_backend_pid",
    "pg_advisory_lock",
    "pg_advisory_lock_shared",
    "pg_advisory_unlock",
    "pg_advisory_unlock_shared",
    "pg_advisory_unlock_all",
    "pg_advisory_xact_lock",
    "pg_advisory_xact_lock_shared",
    "pg_try_advisory_lock",
    "pg_try_advisory_lock_shared",
    "pg_try_advisory_xact_lock",
    "pg_try_advisory_xact_lock_shared",
    "pg_table_size",
    "pg_indexes_size",
    "pg_relation_size",
    "pg_total_relation_size",
    "pg_database_size",
    "pg_tablespace_size",
    "pg_timezone_names",
    "pg_timezone_abbrevs",
    "pg_relation_is_publishable",
    "pg_partition_tree",
    "pg_partition_ancestors",
    "pg_jit_available",
    "pg_collation_actual_version",
    "pg_database_collation_actual_version",
];

/// Functions that take the name of a setting; the caller looks at the name.
pub(super) const SETTING_FUNCTIONS: [&str; 2] = ["set_config", "current_setting"];

/// What a function's name means.
#[derive(Clone, Debug)]
pub(super) struct Called {
    /// The schema to pin it to.
    pub(super) schema: Arc<str>,
    pub(super) aggregate: bool,
}

/// Resolves a function's name and says whether all that it may mean are allowed.
///
/// `Ok(None)`: no function of that name is in sight.
pub(super) fn resolve(context: &Context<'_>, schema: Option<&str>, name: &str, location: i32) -> Step<Option<Called>> {
    let found = context.names.functions(context.snapshot, schema, name);
    let Some(first) = found.first() else { return Ok(None) };
    if let Some(other) = found.iter().find(|one| one.schema != first.schema) {
        return Err(denied(name, location)
            .detail(format!("It may mean one of {} or one of {}.", first.schema, other.schema))
            .hint(format!("Write pg_catalog.{name} if the built-in function is meant.")));
    }
    if let Some(bad) = found.iter().find(|function| !allowed(context, function)) {
        return Err(denied(name, location)
            .detail(format!("{}.{} is not on the list of allowed functions.", bad.schema, bad.name)));
    }
    Ok(Some(Called {
        schema: Arc::clone(&first.schema),
        aggregate: found.iter().any(|function| function.kind == FunctionKind::Aggregate),
    }))
}

/// A refusal of a function by name.
pub(super) fn denied(name: &str, location: i32) -> Refusal {
    Refusal::new(Reason::Function, format!("function {name} is not allowed for this user"))
        .hint("The policy can name functions that may be called.")
        .at(location)
}

fn allowed(context: &Context<'_>, function: &Function) -> bool {
    let server_s_own =
        function.oid < FIRST_NORMAL_OID && matches!(&*function.schema, "pg_catalog" | "information_schema");
    context.rights.function_allowed(function.oid) || (server_s_own && built_in_allowed(function))
}

fn built_in_allowed(function: &Function) -> bool {
    let name = &*function.name;
    if function.kind == FunctionKind::Procedure
        || DENIED.contains(&name)
        || DENIED_PREFIXES.iter().any(|prefix| name.starts_with(prefix))
    {
        return false;
    }
    SETTING_FUNCTIONS.contains(&name)
        || function.volatility != Volatility::Volatile
        || REVIEWED_VOLATILE.contains(&name)
}

/// Refuses an operator name that may mean an operator outside of `pg_catalog`, on the effective path.
///
/// Operators cannot be pinned without changing how the expression groups. An operator over an extension's base type
/// is let pass: it cannot take a built-in operator's place, and only a superuser makes base types.
pub(super) fn operator(context: &Context<'_>, schema: Option<&str>, name: &str, location: i32) -> Step {
    if schema == Some("pg_catalog") {
        return Ok(());
    }
    let found = context.names.operators(context.snapshot, schema, name);
    if let (Some(schema), []) = (schema, found.as_slice()) {
        return Err(Refusal::new(Reason::Function, format!("operator {schema}.{name} does not exist")).at(location));
    }
    let bad = found.iter().find(|operator| &*operator.schema != "pg_catalog" && !operator_allowed(context, operator));
    match bad {
        None => Ok(()),
        Some(operator) => Err(Refusal::new(
            Reason::Function,
            format!("operator {}.{} is not allowed for this user", operator.schema, operator.name),
        )
        .hint("The policy can name the function behind it, or write OPERATOR(pg_catalog.…).")
        .at(location)),
    }
}

fn operator_allowed(context: &Context<'_>, operator: &Operator) -> bool {
    let extension_type = |oid| {
        oid >= FIRST_NORMAL_OID
            && context.snapshot.type_of(oid).is_some_and(|ty| ty.kind == b'b' && ty.element.is_none())
    };
    context.rights.function_allowed(operator.function)
        || extension_type(operator.right)
        || operator.left.is_some_and(extension_type)
}
