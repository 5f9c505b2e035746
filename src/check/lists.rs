//! What may be called and set: reviewed apart from the rewriter's lists.

use crate::catalog::snapshot::{Function, FunctionKind, Volatility};

/// Built-in functions that show rows, statistics, statements, files or secrets that no mask stands before, or that
/// run text as SQL. A name ending in `*` stands for all that begin so.
const NEVER: &[&str] = &[
    "query_to_xml*",
    "table_to_xml*",
    "cursor_to_xml*",
    "schema_to_xml*",
    "database_to_xml*",
    "ts_stat",
    "ts_rewrite",
    "currtid*",
    "pg_mcv_list_items",
    "pg_stat_get_activity",
    "pg_stat_get_backend_activity",
    "pg_stat_get_wal_receiver",
    "pg_stat_file",
    "pg_prepared_statement",
    "pg_cursor",
    "pg_prepared_xact",
    "pg_show_all_file_settings",
    "pg_hba_file_rules",
    "pg_ident_file_mappings",
    "pg_read_*",
    "pg_ls_*",
    "lo_*",
    "loread",
    "lowrite",
    "pg_logical_*",
    "pg_get_wal_*",
    "pg_get_backend_memory_contexts",
    "binary_upgrade_*",
];

/// Volatile built-in functions that show nothing of rows and leave nothing behind but locks, notifications and
/// numbers of a sequence.
const VOLATILE: &[&str] = &[
    "random*",
    "setseed",
    "gen_random_uuid",
    "uuidv4",
    "uuidv7",
    "clock_timestamp",
    "timeofday",
    "nextval",
    "currval",
    "lastval",
    "pg_sleep*",
    "pg_notify",
    "pg_backend_pid",
    "pg_is_in_recovery",
    "pg_current_xact_id*",
    "txid_current*",
    "pg_advisory_*",
    "pg_try_advisory_*",
    "pg_table_size",
    "pg_indexes_size",
    "pg_relation_size",
    "pg_total_relation_size",
    "pg_database_size",
    "pg_tablespace_size",
    "pg_timezone_names",
    "pg_timezone_abbrevs*",
    "pg_relation_is_publishable",
    "pg_partition_tree",
    "pg_partition_ancestors",
    "pg_jit_available",
    "pg_collation_actual_version",
    "pg_database_collation_actual_version",
    "set_config",
];

fn listed(list: &[&str], name: &str) -> bool {
    list.iter().any(|entry| match entry.strip_suffix('*') {
        Some(stem) => name.starts_with(stem),
        None => *entry == name,
    })
}

/// Whether a function that the server brought may be called.
pub(super) fn built_in(function: &Function) -> bool {
    function.kind != FunctionKind::Procedure
        && !listed(NEVER, &function.name)
        && (function.volatility != Volatility::Volatile || listed(VOLATILE, &function.name))
}

/// Settings that change how values are shown or how queries are planned and timed, by name or family.
const SETTINGS: &[&str] = &[
    "application_name",
    "backend_flush_after",
    "bytea_output",
    "client_encoding",
    "client_min_messages",
    "commit_delay",
    "constraint_exclusion",
    "cpu_*",
    "cursor_tuple_fraction",
    "datestyle",
    "deadlock_timeout",
    "default_statistics_target",
    "default_text_search_config",
    "default_transaction_*",
    "effective_*",
    "enable_*",
    "extra_float_digits",
    "from_collapse_limit",
    "geqo*",
    "hash_mem_multiplier",
    "idle_*",
    "intervalstyle",
    "jit*",
    "join_collapse_limit",
    "lc_*",
    "lock_timeout",
    "logical_decoding_work_mem",
    "maintenance_*",
    "max_parallel_*",
    "min_parallel_*",
    "parallel_*",
    "plan_cache_mode",
    "random_page_cost",
    "recursive_worktable_factor",
    "search_path",
    "seq_page_cost",
    "standard_conforming_strings",
    "statement_timeout",
    "synchronous_commit",
    "temp_buffers",
    "timezone",
    "transaction_*",
    "work_mem",
    "xmlbinary",
    "xmloption",
];

/// Whether a setting may be changed.
pub(super) fn setting(name: &str) -> bool {
    listed(SETTINGS, &name.to_ascii_lowercase())
}

/// Whether a setting may have that value, where the value matters: strings must keep their meaning, and notices must
/// not show more than by default.
pub(super) fn setting_value(name: &str, value: Option<&str>) -> bool {
    let value = value.map(str::to_ascii_lowercase);
    match name.to_ascii_lowercase().as_str() {
        "standard_conforming_strings" => matches!(value.as_deref(), Some("on" | "true" | "yes" | "1")),
        "client_min_messages" => matches!(value.as_deref(), Some("notice" | "warning" | "error")),
        _ => true,
    }
}

/// Settings that may be shown besides those that may be changed: facts about the server and the session.
const SHOWN: &[&str] = &[
    "block_size",
    "data_checksums",
    "default_*",
    "fsync",
    "in_hot_standby",
    "integer_datetimes",
    "is_superuser",
    "max_*",
    "password_encryption",
    "port",
    "role",
    "row_security",
    "server_*",
    "session_authorization",
    "track_functions",
    "wal_level",
];

/// Whether a setting may be shown.
pub(super) fn shown(name: &str) -> bool {
    setting(name) || listed(SHOWN, &name.to_ascii_lowercase())
}

/// Index access methods whose operators are the built-in types' own.
pub(super) fn access_method(name: &str) -> bool {
    matches!(name, "btree" | "hash" | "gin" | "gist" | "spgist" | "brin")
}
