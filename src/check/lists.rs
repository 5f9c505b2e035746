//! What may be called and set: reviewed apart from the rewriter's lists.

use crate::catalog::snapshot::{Function, FunctionKind, Volatility};

/// Immutable or stable, in some version or for some overload, and yet closed: they show rows by name or by place, the
/// text of statements, run text as SQL, or find code by what they are given at run time. A name ending in `*` stands for all that begin so.
const NEVER: &[&str] = &[
    "array_in",
    "array_recv",
    "binary_upgrade_*",
    "current_query",
    "currtid*",
    "cursor_to_xml*",
    "database_to_xml*",
    "dblink*",
    "domain_in",
    "domain_recv",
    "fmgr_*",
    "lo_*",
    "loread",
    "lowrite",
    "multirange_in",
    "multirange_recv",
    "query_to_xml*",
    "range_in",
    "range_recv",
    "record_in",
    "record_recv",
    "schema_to_xml*",
    "table_to_xml*",
    "ts_rewrite",
    "ts_stat",
];

/// Functions whose names begin with `pg_` are about the server itself: only these are open. Sorted.
const ABOUT_THE_SERVER: &[&str] = &[
    "pg_advisory_lock",
    "pg_advisory_lock_shared",
    "pg_advisory_unlock",
    "pg_advisory_unlock_all",
    "pg_advisory_unlock_shared",
    "pg_advisory_xact_lock",
    "pg_advisory_xact_lock_shared",
    "pg_available_extension_versions",
    "pg_available_extensions",
    "pg_backend_pid",
    "pg_basetype",
    "pg_blocking_pids",
    "pg_char_to_encoding",
    "pg_client_encoding",
    "pg_collation_actual_version",
    "pg_collation_for",
    "pg_collation_is_visible",
    "pg_column_compression",
    "pg_column_is_updatable",
    "pg_column_size",
    "pg_conf_load_time",
    "pg_config",
    "pg_conversion_is_visible",
    "pg_current_snapshot",
    "pg_current_xact_id",
    "pg_current_xact_id_if_assigned",
    "pg_database_collation_actual_version",
    "pg_database_size",
    "pg_describe_object",
    "pg_encoding_max_length",
    "pg_encoding_to_char",
    "pg_extension_update_paths",
    "pg_filenode_relation",
    "pg_function_is_visible",
    "pg_get_acl",
    "pg_get_catalog_foreign_keys",
    "pg_get_constraintdef",
    "pg_get_expr",
    "pg_get_function_arg_default",
    "pg_get_function_arguments",
    "pg_get_function_identity_arguments",
    "pg_get_function_result",
    "pg_get_function_sqlbody",
    "pg_get_functiondef",
    "pg_get_indexdef",
    "pg_get_keywords",
    "pg_get_object_address",
    "pg_get_partition_constraintdef",
    "pg_get_partkeydef",
    "pg_get_publication_tables",
    "pg_get_replica_identity_index",
    "pg_get_ruledef",
    "pg_get_serial_sequence",
    "pg_get_statisticsobjdef",
    "pg_get_statisticsobjdef_columns",
    "pg_get_statisticsobjdef_expressions",
    "pg_get_triggerdef",
    "pg_get_userbyid",
    "pg_get_viewdef",
    "pg_has_role",
    "pg_identify_object",
    "pg_identify_object_as_address",
    "pg_index_column_has_property",
    "pg_index_has_property",
    "pg_indexam_has_property",
    "pg_indexam_progress_phasename",
    "pg_indexes_size",
    "pg_is_in_recovery",
    "pg_is_other_temp_schema",
    "pg_jit_available",
    "pg_listening_channels",
    "pg_lsn",
    "pg_lsn_cmp",
    "pg_lsn_eq",
    "pg_lsn_ge",
    "pg_lsn_gt",
    "pg_lsn_hash",
    "pg_lsn_hash_extended",
    "pg_lsn_larger",
    "pg_lsn_le",
    "pg_lsn_lt",
    "pg_lsn_mi",
    "pg_lsn_mii",
    "pg_lsn_ne",
    "pg_lsn_pli",
    "pg_lsn_smaller",
    "pg_my_temp_schema",
    "pg_notify",
    "pg_opclass_is_visible",
    "pg_operator_is_visible",
    "pg_opfamily_is_visible",
    "pg_options_to_table",
    "pg_partition_ancestors",
    "pg_partition_root",
    "pg_partition_tree",
    "pg_postmaster_start_time",
    "pg_relation_filenode",
    "pg_relation_filepath",
    "pg_relation_is_publishable",
    "pg_relation_is_updatable",
    "pg_relation_size",
    "pg_sequence_parameters",
    "pg_settings_get_flags",
    "pg_size_bytes",
    "pg_size_pretty",
    "pg_sleep",
    "pg_sleep_for",
    "pg_sleep_until",
    "pg_snapshot_xip",
    "pg_snapshot_xmax",
    "pg_snapshot_xmin",
    "pg_statistics_obj_is_visible",
    "pg_table_is_visible",
    "pg_table_size",
    "pg_tablespace_databases",
    "pg_tablespace_location",
    "pg_tablespace_size",
    "pg_timezone_abbrevs",
    "pg_timezone_names",
    "pg_total_relation_size",
    "pg_trigger_depth",
    "pg_try_advisory_lock",
    "pg_try_advisory_lock_shared",
    "pg_try_advisory_xact_lock",
    "pg_try_advisory_xact_lock_shared",
    "pg_ts_config_is_visible",
    "pg_ts_dict_is_visible",
    "pg_ts_parser_is_visible",
    "pg_ts_template_is_visible",
    "pg_type_is_visible",
    "pg_typeof",
    "pg_visible_in_snapshot",
    "pg_wal_lsn_diff",
    "pg_walfile_name",
    "pg_walfile_name_offset",
    "pg_xact_status",
];

/// Volatile, and yet open; those that begin with `pg_` apart. Sorted.
const VOLATILE: &[&str] = &[
    "array_sample",
    "array_shuffle",
    "clock_timestamp",
    "currval",
    "gen_random_uuid",
    "lastval",
    "random",
    "random_normal",
    "setseed",
    "timeofday",
    "txid_current",
    "txid_current_if_assigned",
    "uuidv4",
    "uuidv7",
];

/// Functions that words of the grammar stand for, and the first version in which they do. Sorted.
const SYNTAX: &[(&str, u32)] = &[
    ("btrim", 0),
    ("date_part", 0),
    ("extract", 0),
    ("is_normalized", 0),
    ("ltrim", 0),
    ("normalize", 0),
    ("overlaps", 0),
    ("overlay", 0),
    ("pg_collation_for", 0),
    ("position", 0),
    ("rtrim", 0),
    ("substring", 0),
    ("system_user", 160_000),
    ("timezone", 0),
    ("xmlexists", 0),
];

fn listed(list: &[&str], name: &str) -> bool {
    list.iter().any(|entry| match entry.strip_suffix('*') {
        Some(stem) => name.starts_with(stem),
        None => *entry == name,
    })
}

/// Whether a function that the server brought may be called. One whose name begins with `pg_` is closed until somebody
/// has looked at it; of the others, one is open if the server says that it changes nothing.
pub(super) fn built_in(function: &Function) -> bool {
    let name = &*function.name;
    if function.kind == FunctionKind::Procedure || listed(NEVER, name) {
        return false;
    }
    if name.starts_with("pg_") {
        return ABOUT_THE_SERVER.binary_search(&name).is_ok();
    }
    names_setting(name) || function.volatility != Volatility::Volatile || VOLATILE.binary_search(&name).is_ok()
}

/// Whether a function is given the name of a setting.
pub(super) fn names_setting(name: &str) -> bool {
    matches!(name, "current_setting" | "set_config")
}

/// Whether words of the grammar stand for this function in the server's version.
pub(super) fn syntax(name: &str, server_version: u32) -> bool {
    let found = SYNTAX.binary_search_by_key(&name, |(one, _)| *one);
    found.ok().and_then(|at| SYNTAX.get(at)).is_some_and(|(_, since)| server_version >= *since)
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

/// Whether a setting may be given any value, by a function; those that the session itself must follow are set by SET.
pub(super) fn setting_to_any(name: &str) -> bool {
    setting(name) && setting_value(name, None) && !name.eq_ignore_ascii_case("client_encoding")
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

/// Options of COPY.
pub(super) const COPY_OPTIONS: &[&str] = &[
    "default",
    "delimiter",
    "encoding",
    "escape",
    "force_not_null",
    "force_null",
    "force_quote",
    "format",
    "freeze",
    "header",
    "log_verbosity",
    "null",
    "oids",
    "on_error",
    "quote",
    "reject_limit",
];

/// Options of EXPLAIN.
pub(super) const EXPLAIN_OPTIONS: &[&str] = &[
    "analyze",
    "buffers",
    "costs",
    "format",
    "generic_plan",
    "memory",
    "serialize",
    "settings",
    "summary",
    "timing",
    "verbose",
    "wal",
];

/// Modes of BEGIN and SET TRANSACTION.
pub(super) const TRANSACTION_MODES: [&str; 3] =
    ["transaction_isolation", "transaction_read_only", "transaction_deferrable"];

/// Options of ANALYZE.
pub(super) const ANALYZE_OPTIONS: &[&str] = &["buffer_usage_limit", "skip_locked", "verbose"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_sorted() {
        for list in [NEVER, ABOUT_THE_SERVER, VOLATILE, SETTINGS, SHOWN, COPY_OPTIONS, EXPLAIN_OPTIONS] {
            assert!(list.is_sorted(), "{list:?}");
        }
        assert!(SYNTAX.is_sorted());
    }

    #[test]
    fn what_decides_what_is_read_or_logged_stays() {
        for guarded in [
            "row_security",
            "role",
            "session_authorization",
            "session_replication_role",
            "log_statement",
            "log_min_messages",
            "debug_print_plan",
            "backslash_quote",
            "escape_string_warning",
            "session_preload_libraries",
            "local_preload_libraries",
            "dynamic_library_path",
            "menshen.user",
            "",
        ] {
            assert!(!setting(guarded), "{guarded}");
        }
        assert!(shown("SERVER_VERSION") && !shown("hba_file") && !shown("all") && !shown("menshen.user"));
        assert!(setting_to_any("Search_Path") && !setting_to_any("client_min_messages"));
    }
}
