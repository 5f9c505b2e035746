//! What may be called and set: reviewed apart from the rewriter's lists.

use std::sync::LazyLock;

use crate::catalog::snapshot::{Function, FunctionKind, Type};
use crate::model::ids::Oid;

/// The server's own functions that may be called, by number and name: `open.txt`, from versions 13 to 18. Sorted.
static OPEN: LazyLock<Vec<(u32, &'static str)>> = LazyLock::new(|| {
    let entries = include_str!("open.txt").lines().filter_map(|line| line.split_once(' '));
    entries.filter_map(|(oid, name)| Some((oid.parse().ok()?, name))).collect()
});

/// Functions of well-known extensions that may be called, by extension and name. Sorted.
static EXTENSIONS: LazyLock<Vec<(&'static str, &'static str)>> =
    LazyLock::new(|| include_str!("extensions.txt").lines().filter_map(|line| line.split_once(' ')).collect());

/// Their types, by extension and name. Sorted.
const EXTENSION_TYPES: &[(&str, &str)] = &[
    ("citext", "citext"),
    ("hstore", "hstore"),
    ("intarray", "query_int"),
    ("ltree", "lquery"),
    ("ltree", "ltree"),
    ("ltree", "ltxtquery"),
];

/// By number, whether it is one of these.
static OPEN_NUMBERS: LazyLock<Vec<bool>> = LazyLock::new(|| {
    let mut open = vec![false; OPEN.last().map_or(0, |(oid, _)| *oid as usize + 1)];
    for (oid, _) in OPEN.iter() {
        open.get_mut(*oid as usize).into_iter().for_each(|one| *one = true);
    }
    open
});

/// From this number on, the server numbers its objects anew whenever a cluster is made.
const FIRST_UNPINNED: u32 = 10_000;

/// Those of such numbers that may be called. Sorted.
const UNPINNED: &[(&str, &str)] = &[
    ("information_schema", "_pg_char_max_length"),
    ("information_schema", "_pg_char_octet_length"),
    ("information_schema", "_pg_datetime_precision"),
    ("information_schema", "_pg_expandarray"),
    ("information_schema", "_pg_index_position"),
    ("information_schema", "_pg_interval_type"),
    ("information_schema", "_pg_numeric_precision"),
    ("information_schema", "_pg_numeric_precision_radix"),
    ("information_schema", "_pg_numeric_scale"),
    ("information_schema", "_pg_truetypid"),
    ("information_schema", "_pg_truetypmod"),
    ("pg_catalog", "ts_debug"),
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

/// Whether a function that the server brought may be called: it is the one that somebody has looked at.
pub(super) fn built_in(function: &Function) -> bool {
    let name = &*function.name;
    if function.kind == FunctionKind::Procedure {
        return false;
    }
    if function.oid.0 >= FIRST_UNPINNED {
        return UNPINNED.binary_search(&(&*function.schema, name)).is_ok();
    }
    &*function.schema == "pg_catalog" && OPEN.binary_search(&(function.oid.0, name)).is_ok()
}

/// Whether a function is one of an extension that somebody has looked at.
pub(super) fn of_extension(function: &Function) -> bool {
    let called = function.kind != FunctionKind::Procedure;
    let named = |extension| EXTENSIONS.binary_search(&(extension, &*function.name)).is_ok();
    called && function.extension.as_deref().is_some_and(named)
}

/// Whether it is one of those whose definition is a text in SQL that is not qualified throughout.
pub(super) fn written_in_sql(function: &Function) -> bool {
    const NAMES: [&str; 9] = [
        "regexp_match",
        "regexp_matches",
        "regexp_replace",
        "regexp_split_to_array",
        "regexp_split_to_table",
        "replace",
        "split_part",
        "strpos",
        "translate",
    ];
    function.extension.as_deref() == Some("citext") && NAMES.contains(&&*function.name)
}

/// Whether a type is one of an extension that somebody has looked at, and no cast of others comes with it.
pub(super) fn extension_type(ty: &Type) -> bool {
    let named = |extension| EXTENSION_TYPES.binary_search(&(extension, &*ty.name)).is_ok();
    ty.kind == b'b' && !ty.runs_code && ty.extension.as_deref().is_some_and(named)
}

/// Whether a function moves a sequence.
pub(super) fn of_sequences(function: &Function) -> bool {
    &*function.schema == "pg_catalog" && moves_sequence(&function.name)
}

/// Whether functions of the server that are called so move sequences.
pub(super) fn moves_sequence(name: &str) -> bool {
    matches!(name, "nextval" | "setval")
}

/// Whether the server's own operator over that function may be used.
pub(super) fn behind_operator(function: Oid) -> bool {
    OPEN_NUMBERS.get(function.0 as usize).is_some_and(|open| *open)
}

/// Types of the server that no value of a statement has.
const CLOSED_TYPES: &[&str] = &[
    "event_trigger",
    "fdw_handler",
    "gtsvector",
    "index_am_handler",
    "internal",
    "language_handler",
    "pg_brin_bloom_summary",
    "pg_brin_minmax_multi_summary",
    "pg_ddl_command",
    "pg_dependencies",
    "pg_mcv_list",
    "pg_ndistinct",
    "pg_node_tree",
    "table_am_handler",
    "trigger",
    "tsm_handler",
];

/// The highest number of a plain type that somebody has looked at.
const LAST_TYPE: u32 = 6_101;

/// Whether a type that the server brought may be named: it is not newer than this list, and no internal one. Row types
/// of its catalogs and the domains of `information_schema` have numbers of no order.
pub(super) fn built_in_type(ty: &Type) -> bool {
    let numbered = ty.kind != b'c' && &*ty.schema == "pg_catalog";
    (!numbered || ty.oid.0 <= LAST_TYPE) && CLOSED_TYPES.binary_search(&&*ty.name).is_err()
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
    "check_function_bodies",
    "client_connection_check_interval",
    "client_encoding",
    "client_min_messages",
    "commit_delay",
    "constraint_exclusion",
    "datestyle",
    "deadlock_timeout",
    "default_statistics_target",
    "default_table_access_method",
    "default_tablespace",
    "default_text_search_config",
    "default_transaction_deferrable",
    "default_transaction_isolation",
    "default_transaction_read_only",
    "enable_async_append",
    "enable_distinct_reordering",
    "enable_gathermerge",
    "enable_group_by_reordering",
    "enable_hashagg",
    "enable_incremental_sort",
    "enable_material",
    "enable_nestloop",
    "enable_parallel_append",
    "enable_parallel_hash",
    "enable_partition_pruning",
    "enable_partitionwise_aggregate",
    "enable_partitionwise_join",
    "enable_presorted_aggregate",
    "enable_self_join_elimination",
    "enable_sort",
    "enable_tidscan",
    "escape_string_warning",
    "extra_float_digits",
    "from_collapse_limit",
    "geqo*",
    "idle_in_transaction_session_timeout",
    "idle_session_timeout",
    "intervalstyle",
    "io_combine_limit",
    "jit",
    "jit_above_cost",
    "jit_expressions",
    "jit_inline_above_cost",
    "jit_optimize_above_cost",
    "jit_tuple_deforming",
    "join_collapse_limit",
    "lc_messages",
    "lc_monetary",
    "lc_numeric",
    "lc_time",
    "lock_timeout",
    "logical_decoding_work_mem",
    "maintenance_io_concurrency",
    "maintenance_work_mem",
    "max_parallel_maintenance_workers",
    "max_parallel_workers",
    "max_parallel_workers_per_gather",
    "parallel_leader_participation",
    "pg_trgm.similarity_threshold",
    "pg_trgm.strict_word_similarity_threshold",
    "pg_trgm.word_similarity_threshold",
    "plan_cache_mode",
    "quote_all_identifiers",
    "restrict_nonsystem_relation_kind",
    "row_security",
    "search_path",
    "seed",
    "standard_conforming_strings",
    "statement_timeout",
    "stats_fetch_consistency",
    "synchronize_seqscans",
    "synchronous_commit",
    "tcp_keepalives_count",
    "tcp_keepalives_idle",
    "tcp_keepalives_interval",
    "tcp_user_timeout",
    "temp_buffers",
    "timezone",
    "transaction_deferrable",
    "transaction_isolation",
    "transaction_read_only",
    "transaction_timeout",
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
        "row_security" => matches!(value.as_deref(), Some("on" | "off")),
        "default_table_access_method" => value.as_deref() == Some("heap"),
        "default_tablespace" => value.as_deref() == Some(""),
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
    "array_nulls",
    "autovacuum",
    "backslash_quote",
    "block_size",
    "cpu_index_tuple_cost",
    "cpu_operator_cost",
    "cpu_tuple_cost",
    "cursor_tuple_fraction",
    "data_checksums",
    "debug_assertions",
    "debug_parallel_query",
    "default_toast_compression",
    "default_with_oids",
    "effective_cache_size",
    "effective_io_concurrency",
    "enable_bitmapscan",
    "enable_hashjoin",
    "enable_indexonlyscan",
    "enable_indexscan",
    "enable_memoize",
    "enable_mergejoin",
    "enable_seqscan",
    "force_parallel_mode",
    "fsync",
    "hash_mem_multiplier",
    "hot_standby",
    "huge_pages",
    "in_hot_standby",
    "integer_datetimes",
    "is_superuser",
    "lc_collate",
    "lc_ctype",
    "max_connections",
    "max_function_args",
    "max_identifier_length",
    "max_index_keys",
    "max_locks_per_transaction",
    "max_prepared_transactions",
    "max_replication_slots",
    "max_stack_depth",
    "max_wal_senders",
    "max_worker_processes",
    "min_parallel_index_scan_size",
    "min_parallel_table_scan_size",
    "parallel_setup_cost",
    "parallel_tuple_cost",
    "password_encryption",
    "port",
    "random_page_cost",
    "recursive_worktable_factor",
    "role",
    "segment_size",
    "seq_page_cost",
    "server_encoding",
    "server_version",
    "server_version_num",
    "session_authorization",
    "session_replication_role",
    "shared_buffers",
    "ssl",
    "timezone_abbreviations",
    "track_activities",
    "track_commit_timestamp",
    "track_counts",
    "track_functions",
    "track_io_timing",
    "transform_null_equals",
    "wal_block_size",
    "wal_level",
    "wal_segment_size",
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
        for list in [CLOSED_TYPES, SETTINGS, SHOWN, COPY_OPTIONS, EXPLAIN_OPTIONS] {
            assert!(list.is_sorted(), "{list:?}");
        }
        assert!(EXTENSIONS.len() > 200 && EXTENSIONS.is_sorted() && EXTENSION_TYPES.is_sorted());
        assert!(SYNTAX.is_sorted() && UNPINNED.is_sorted());
        assert!(OPEN.len() > 2_000 && OPEN.is_sorted());
    }

    #[test]
    fn both_lists_of_extensions_say_the_same() {
        let reviewed = include_str!("../catalog/reviewed/extensions.txt").lines().filter(|line| !line.starts_with('#'));
        let (mut functions, mut types) = (std::collections::BTreeSet::new(), Vec::new());
        for (extension, name) in reviewed.filter_map(|line| line.split_once(' ')?.0.split_once('.')) {
            match name.split_once('(') {
                Some((name, _)) => drop(functions.insert((extension, name))),
                None => types.push((extension, name)),
            }
        }
        assert_eq!(functions.into_iter().collect::<Vec<_>>(), *EXTENSIONS);
        assert_eq!(types, EXTENSION_TYPES);
    }

    #[test]
    fn what_decides_what_is_read_or_logged_stays() {
        for guarded in [
            "role",
            "session_authorization",
            "session_replication_role",
            "log_statement",
            "log_min_messages",
            "debug_print_plan",
            "backslash_quote",
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
