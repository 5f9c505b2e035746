//! The server's own catalogs: which of their columns can hold values of rows or statements of sessions.
//!
//! Principle: a column is closed to restricted principals if it can hold a value of a row (or a measure that depends
//! on such values, like a frequency), a statement or value of a session, or a secret of a connection. What people
//! wrote as definitions (defaults, view and function texts, partition bounds, comments, row-level-security
//! expressions) is open: it is code, it is what `\d` shows, and it is the same whatever the rows hold. A catalog that
//! is not in this table, because a newer server brought it, is refused until somebody has looked at it.

use crate::catalog::snapshot::Relation;
use crate::model::ids::FIRST_NORMAL_OID;

/// What of a catalog is open.
#[derive(Clone, Copy, Debug)]
enum Columns {
    All,
    /// All but these.
    Except(&'static [&'static str]),
    /// These alone: for statistics, where new versions add columns that are derived from values.
    Only(&'static [&'static str]),
}

/// A reviewed catalog: its name, what is open, why not all of it.
type Entry = (&'static str, Columns, &'static str);

/// Counters of rows, blocks, calls and bytes tell what a statement did below the masks: whether a guessed value was the
/// stored one shows in the rows that an update could leave in place, in the bytes of its WAL, in a trigger that ran.
const WORK: &str = "work done below the masks, which depends on values";
const POSITIONS: &str = "positions in the WAL: how many bytes a write took";

const TABLE_MAINTENANCE: Columns = Columns::Only(&[
    "relid",
    "schemaname",
    "relname",
    "n_live_tup",
    "n_dead_tup",
    "last_vacuum",
    "last_autovacuum",
    "last_analyze",
    "last_autoanalyze",
    "vacuum_count",
    "autovacuum_count",
    "analyze_count",
    "autoanalyze_count",
]);
const INDEX_NAMES: Columns = Columns::Only(&["relid", "indexrelid", "schemaname", "relname", "indexrelname"]);

/// `pg_catalog`, versions 13 to 18: those that hold values. `pg_locks` is not here at all, and so refused: which rows a
/// serializable transaction has read is in its mere number of rows.
const HOLDING: &[Entry] = &[
    (
        "pg_statistic",
        Columns::Only(&["starelid", "staattnum", "stainherit"]),
        "most common values, histograms and what is computed from them",
    ),
    (
        "pg_stats",
        Columns::Only(&["schemaname", "tablename", "attname", "inherited"]),
        "most common values, histograms and what is computed from them",
    ),
    (
        "pg_statistic_ext_data",
        Columns::Only(&["stxoid", "stxdinherit"]),
        "combinations of values, statistics of expressions",
    ),
    (
        "pg_stats_ext",
        Columns::Only(&[
            "schemaname",
            "tablename",
            "statistics_schemaname",
            "statistics_name",
            "statistics_owner",
            "attnames",
            "exprs",
            "kinds",
            "inherited",
        ]),
        "combinations of values",
    ),
    (
        "pg_stats_ext_exprs",
        Columns::Only(&[
            "schemaname",
            "tablename",
            "statistics_schemaname",
            "statistics_name",
            "statistics_owner",
            "expr",
            "inherited",
        ]),
        "values of expressions over rows",
    ),
    ("pg_attribute", Columns::Except(&["attmissingval"]), "the value of rows that are older than the column"),
    ("pg_largeobject", Columns::Except(&["data"]), "contents of large objects"),
    ("pg_stat_activity", Columns::Except(&["query"]), "statements of other sessions, with their literals"),
    ("pg_cursors", Columns::Except(&["statement"]), "statements with their literals"),
    ("pg_prepared_statements", Columns::Except(&["statement"]), "statements with their literals"),
    ("pg_backend_memory_contexts", Columns::Except(&["ident"]), "texts of cached statements"),
    ("pg_authid", Columns::Except(&["rolpassword"]), "password verifiers"),
    ("pg_shadow", Columns::Except(&["passwd"]), "password verifiers"),
    ("pg_user_mapping", Columns::Except(&["umoptions"]), "passwords for foreign servers"),
    ("pg_user_mappings", Columns::Except(&["umoptions"]), "passwords for foreign servers"),
    ("pg_subscription", Columns::Except(&["subconninfo"]), "a connection string, perhaps with its password"),
    (
        "pg_stat_wal_receiver",
        Columns::Only(&["pid", "status", "slot_name"]),
        "a connection string, positions in the WAL",
    ),
    ("pg_stat_all_tables", TABLE_MAINTENANCE, WORK),
    ("pg_stat_sys_tables", TABLE_MAINTENANCE, WORK),
    ("pg_stat_user_tables", TABLE_MAINTENANCE, WORK),
    ("pg_stat_xact_all_tables", Columns::Only(&["relid", "schemaname", "relname"]), WORK),
    ("pg_stat_xact_sys_tables", Columns::Only(&["relid", "schemaname", "relname"]), WORK),
    ("pg_stat_xact_user_tables", Columns::Only(&["relid", "schemaname", "relname"]), WORK),
    ("pg_statio_all_tables", Columns::Only(&["relid", "schemaname", "relname"]), WORK),
    ("pg_statio_sys_tables", Columns::Only(&["relid", "schemaname", "relname"]), WORK),
    ("pg_statio_user_tables", Columns::Only(&["relid", "schemaname", "relname"]), WORK),
    ("pg_statio_all_sequences", Columns::Only(&["relid", "schemaname", "relname"]), WORK),
    ("pg_statio_sys_sequences", Columns::Only(&["relid", "schemaname", "relname"]), WORK),
    ("pg_statio_user_sequences", Columns::Only(&["relid", "schemaname", "relname"]), WORK),
    ("pg_stat_all_indexes", INDEX_NAMES, WORK),
    ("pg_stat_sys_indexes", INDEX_NAMES, WORK),
    ("pg_stat_user_indexes", INDEX_NAMES, WORK),
    ("pg_statio_all_indexes", INDEX_NAMES, WORK),
    ("pg_statio_sys_indexes", INDEX_NAMES, WORK),
    ("pg_statio_user_indexes", INDEX_NAMES, WORK),
    ("pg_stat_user_functions", Columns::Only(&["funcid", "schemaname", "funcname"]), WORK),
    ("pg_stat_xact_user_functions", Columns::Only(&["funcid", "schemaname", "funcname"]), WORK),
    (
        "pg_stat_database",
        Columns::Only(&["datid", "datname", "numbackends", "xact_commit", "xact_rollback", "deadlocks", "stats_reset"]),
        WORK,
    ),
    ("pg_stat_wal", Columns::Only(&["stats_reset"]), WORK),
    ("pg_stat_bgwriter", Columns::Only(&["stats_reset"]), WORK),
    ("pg_stat_checkpointer", Columns::Only(&["stats_reset"]), WORK),
    ("pg_stat_io", Columns::Only(&["backend_type", "object", "context", "stats_reset"]), WORK),
    ("pg_stat_slru", Columns::Only(&["name", "stats_reset"]), WORK),
    ("pg_stat_replication_slots", Columns::Only(&["slot_name", "stats_reset"]), WORK),
    (
        "pg_stat_replication",
        Columns::Only(&[
            "pid",
            "usesysid",
            "usename",
            "application_name",
            "client_addr",
            "client_hostname",
            "client_port",
            "backend_start",
            "state",
            "sync_priority",
            "sync_state",
        ]),
        POSITIONS,
    ),
    (
        "pg_replication_slots",
        Columns::Only(&["slot_name", "plugin", "slot_type", "datoid", "database", "temporary", "active", "active_pid"]),
        POSITIONS,
    ),
    ("pg_stat_subscription", Columns::Only(&["subid", "subname", "pid", "relid"]), POSITIONS),
    ("pg_replication_origin_status", Columns::Only(&["local_id", "external_id"]), POSITIONS),
    ("pg_file_settings", Columns::Except(&["setting", "error"]), "settings that hold connection strings"),
    ("pg_hba_file_rules", Columns::Except(&["options", "error"]), "passwords for LDAP and RADIUS"),
];

/// `pg_catalog`, versions 13 to 18: definitions, names, counters, states.
const OPEN: &[&str] = &[
    "pg_aggregate",
    "pg_aios",
    "pg_am",
    "pg_amop",
    "pg_amproc",
    "pg_attrdef",
    "pg_auth_members",
    "pg_available_extension_versions",
    "pg_available_extensions",
    "pg_cast",
    "pg_class",
    "pg_collation",
    "pg_config",
    "pg_constraint",
    "pg_conversion",
    "pg_database",
    "pg_db_role_setting",
    "pg_default_acl",
    "pg_depend",
    "pg_description",
    "pg_enum",
    "pg_event_trigger",
    "pg_extension",
    "pg_foreign_data_wrapper",
    "pg_foreign_server",
    "pg_foreign_table",
    "pg_group",
    "pg_ident_file_mappings",
    "pg_index",
    "pg_indexes",
    "pg_inherits",
    "pg_init_privs",
    "pg_language",
    "pg_largeobject_metadata",
    "pg_matviews",
    "pg_namespace",
    "pg_opclass",
    "pg_operator",
    "pg_opfamily",
    "pg_parameter_acl",
    "pg_partitioned_table",
    "pg_policies",
    "pg_policy",
    "pg_prepared_xacts",
    "pg_proc",
    "pg_publication",
    "pg_publication_namespace",
    "pg_publication_rel",
    "pg_publication_tables",
    "pg_range",
    "pg_replication_origin",
    "pg_rewrite",
    "pg_roles",
    "pg_rules",
    "pg_seclabel",
    "pg_seclabels",
    "pg_sequence",
    "pg_sequences",
    "pg_settings",
    "pg_shdepend",
    "pg_shdescription",
    "pg_shmem_allocations",
    "pg_shmem_allocations_numa",
    "pg_shseclabel",
    "pg_stat_archiver",
    "pg_stat_database_conflicts",
    "pg_stat_gssapi",
    "pg_stat_progress_analyze",
    "pg_stat_progress_basebackup",
    "pg_stat_progress_cluster",
    "pg_stat_progress_copy",
    "pg_stat_progress_create_index",
    "pg_stat_progress_vacuum",
    "pg_stat_recovery_prefetch",
    "pg_stat_ssl",
    "pg_stat_subscription_stats",
    "pg_statistic_ext",
    "pg_subscription_rel",
    "pg_tables",
    "pg_tablespace",
    "pg_timezone_abbrevs",
    "pg_timezone_names",
    "pg_transform",
    "pg_trigger",
    "pg_ts_config",
    "pg_ts_config_map",
    "pg_ts_dict",
    "pg_ts_parser",
    "pg_ts_template",
    "pg_type",
    "pg_user",
    "pg_views",
    "pg_wait_events",
];

/// `information_schema` describes definitions; these two of its views show secrets of connections.
const INFORMATION_SCHEMA: &[Entry] = &[
    ("_pg_user_mappings", Columns::Except(&["umoptions"]), "passwords for foreign servers"),
    ("user_mapping_options", Columns::Except(&["option_value"]), "passwords for foreign servers"),
];

/// Whether the server made the relation.
pub(super) fn is_system(relation: &Relation) -> bool {
    matches!(&*relation.schema, "pg_catalog" | "information_schema") || relation.oid < FIRST_NORMAL_OID
}

/// Whether somebody has looked at what the server's relation can hold.
pub(super) fn is_reviewed(relation: &Relation) -> bool {
    if relation.oid >= FIRST_NORMAL_OID {
        return false;
    }
    match &*relation.schema {
        "pg_catalog" => entry(relation).is_some(),
        schema => schema == "information_schema",
    }
}

/// Whether a column of the server's relation can hold values.
pub(super) fn holds_values(relation: &Relation, number: i16) -> bool {
    let (Some((_, columns, _)), Some(column)) = (entry(relation), relation.column_by_number(number)) else {
        return false;
    };
    match columns {
        Columns::All => false,
        Columns::Except(closed) => closed.contains(&&*column.name),
        Columns::Only(open) => !open.contains(&&*column.name),
    }
}

fn entry(relation: &Relation) -> Option<Entry> {
    let find = |table: &[Entry]| table.iter().find(|(name, ..)| *name == &*relation.name).copied();
    match &*relation.schema {
        "pg_catalog" => find(HOLDING).or_else(|| {
            OPEN.binary_search(&&*relation.name).ok().and_then(|at| OPEN.get(at)).map(|name| (*name, Columns::All, ""))
        }),
        "information_schema" => find(INFORMATION_SCHEMA),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::snapshot::RelationKind;
    use crate::model::ids::Oid;

    #[test]
    fn the_table_is_sorted_and_says_everything_once() {
        assert!(OPEN.is_sorted(), "binary search");
        let mut names: Vec<&str> = OPEN.iter().copied().chain(HOLDING.iter().map(|(name, ..)| *name)).collect();
        let all = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), all);
        assert!(HOLDING.iter().chain(INFORMATION_SCHEMA).all(|(_, _, reason)| !reason.is_empty()));
    }

    #[test]
    fn what_nobody_has_looked_at_is_not_reviewed() {
        let relation = |oid, schema, name| Relation::new(Oid(oid), schema, name, RelationKind::View);
        assert!(is_reviewed(&relation(1259, "pg_catalog", "pg_class")));
        assert!(!is_reviewed(&relation(9999, "pg_catalog", "pg_stat_of_the_future")));
        assert!(!is_reviewed(&relation(20000, "pg_catalog", "pg_class")), "somebody else's pg_class");
        assert!(is_reviewed(&relation(13000, "information_schema", "columns")));
    }
}
