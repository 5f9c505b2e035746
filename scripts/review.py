#!/usr/bin/env python3
"""Says what of a server's own functions, types and settings nobody has reviewed yet.

    scripts/review.py [--write] [psql options, e.g. -h HOST -p PORT -U postgres -d postgres]

Reads the catalog of a running server and the inventory in src/catalog/reviewed/, and prints a line for whatever the
server has and the inventory has not, with the class that the rule below proposes. With --write the lines are merged
into the inventory, to be read one by one before they are committed: a proposal is no review. Lines are never removed,
since other versions of the server may have what this one has not.

Exit status: 0 when everything is there, 1 otherwise, 2 when the rule has no proposal for something.
"""

import pathlib
import subprocess
import sys

FOLDER = pathlib.Path(__file__).resolve().parent.parent / "src/catalog/reviewed"

# What a name stands for is reviewed in itself here, because the catalog alone does not say it. `*` ends a family.
NAMED = {
    # open -----------------------------------------------------------------------------------------------------------
    # what it returns depends on chance or on the clock, and on nothing else
    "chance": "random random_normal setseed gen_random_uuid uuidv4 uuidv7 array_sample array_shuffle clock_timestamp"
    " timeofday pg_sleep pg_sleep_for pg_sleep_until",
    # the state of this session and its transaction
    "session": "currval lastval txid_current txid_current_if_assigned txid_current_snapshot txid_status"
    " pg_current_xact_id pg_current_xact_id_if_assigned pg_current_snapshot pg_xact_status pg_backend_pid"
    " pg_blocking_pids pg_notify pg_listening_channels pg_notification_queue_usage pg_my_temp_schema pg_trigger_depth"
    " pg_client_encoding pg_advisory_* pg_try_advisory_*",
    # facts about the server that are the same for everybody
    "server": "pg_is_in_recovery pg_postmaster_start_time pg_conf_load_time pg_jit_available pg_numa_available"
    " pg_config pg_timezone_names pg_timezone_abbrevs pg_timezone_abbrevs_abbrevs pg_timezone_abbrevs_zone"
    " pg_available_extensions pg_available_extension_versions pg_extension_update_paths pg_get_keywords"
    " pg_get_wait_events pg_last_xact_replay_timestamp"
    " pg_collation_actual_version pg_database_collation_actual_version pg_settings_get_flags pg_get_loaded_modules pg_show_all_settings",
    # sizes on disk: they grow with the number of rows and the length of what is stored
    "sizes": "pg_table_size pg_indexes_size pg_relation_size pg_total_relation_size pg_database_size"
    " pg_tablespace_size pg_column_size pg_column_compression pg_column_toast_chunk_id",
    # definitions: what people wrote and PostgreSQL calls things
    "names": "pg_get_constraintdef pg_get_expr pg_get_function_* pg_get_functiondef pg_get_indexdef pg_get_partkeydef"
    " pg_get_partition_constraintdef pg_get_ruledef pg_get_serial_sequence pg_get_statisticsobjdef*"
    " pg_get_triggerdef pg_get_userbyid pg_get_viewdef pg_get_acl pg_get_catalog_foreign_keys pg_get_object_address"
    " pg_get_publication_tables pg_get_replica_identity_index pg_describe_object pg_identify_object*"
    " pg_collation_for pg_collation_is_visible pg_conversion_is_visible pg_function_is_visible pg_opclass_is_visible"
    " pg_operator_is_visible pg_opfamily_is_visible pg_statistics_obj_is_visible pg_table_is_visible"
    " pg_ts_config_is_visible pg_ts_dict_is_visible pg_ts_parser_is_visible pg_ts_template_is_visible"
    " pg_type_is_visible pg_typeof pg_basetype pg_has_role pg_char_to_encoding pg_encoding_* pg_filenode_relation"
    " pg_relation_filenode pg_relation_filepath pg_relation_is_publishable pg_relation_is_updatable"
    " pg_column_is_updatable pg_partition_* pg_index_column_has_property pg_index_has_property"
    " pg_indexam_has_property pg_indexam_progress_phasename pg_is_other_temp_schema pg_options_to_table"
    " pg_sequence_parameters pg_tablespace_databases pg_tablespace_location",
    # plain computing, though the name begins with pg_
    "harmless": "pg_lsn pg_lsn_* pg_lsnout pg_snapshot_* pg_visible_in_snapshot pg_size_bytes pg_size_pretty"
    " pg_wal_lsn_diff pg_walfile_name pg_walfile_name_offset pg_split_walfile_name pg_lsn_in pg_snapshot_in",
    # take the name of a setting: the caller looks at it
    "setting": "current_setting set_config",
    # closed ---------------------------------------------------------------------------------------------------------
    # text that they are given is run as SQL, or names what is read
    "runs-text": "query_to_xml* table_to_xml* cursor_to_xml* schema_to_xml* database_to_xml* ts_stat pg_extension_config_dump",
    # a type is named by text or number: input may run a domain's constraints
    "finds-type": "pg_input_is_valid pg_input_error_info array_in record_in domain_in range_in multirange_in enum_in"
    " any*_in",
    # rows by their place
    "reads-rows": "currtid currtid2 pg_get_multixact_members",
    # most common values and what is made of them
    "statistics": "pg_mcv_list_* pg_mcv_list_items pg_ndistinct_* pg_dependencies_* pg_clear_*_stats pg_restore_*_stats",
    # what other sessions do, or their statements; counters are read through the reviewed views
    "other-sessions": "pg_stat_* pg_cursor pg_prepared_statement pg_prepared_xact current_query pg_lock_status"
    " pg_get_backend_memory_contexts pg_get_shmem_allocations* pg_get_aios pg_safe_snapshot_blocking_pids"
    " pg_isolation_test_session_is_blocked pg_log_backend_memory_contexts pg_cancel_backend pg_terminate_backend"
    " pg_export_snapshot pg_xact_commit_timestamp* pg_last_committed_xact pg_sequence_last_value"
    " pg_get_sequence_data",
    # files of the server, and settings with them
    "files": "pg_read_* pg_ls_* pg_stat_file pg_hba_file_rules pg_ident_file_mappings pg_current_logfile"
    " pg_rotate_logfile* pg_show_all_file_settings pg_file_*",
    # sequences move for everybody
    "sequences": "nextval setval",
    "large-objects": "lo_* loread lowrite",
    "replication": "pg_logical_* pg_replication_* pg_create_*_slot pg_create_*_replication_slot"
    " pg_copy_*_replication_slot pg_drop_replication_slot pg_get_replication_slots pg_sync_replication_slots"
    " pg_show_replication_origin_status pg_log_standby_snapshot pg_current_wal_* pg_wal_* pg_get_wal_*"
    " pg_available_wal_summaries pg_is_wal_replay_paused pg_last_wal_receive_lsn pg_last_wal_replay_lsn",
    # the work of administrators, upgrades and event triggers
    "administration": "pg_backup_* pg_start_backup pg_stop_backup pg_is_in_backup pg_control_* pg_promote"
    " pg_reload_conf pg_switch_wal pg_create_restore_point pg_import_system_collations pg_nextoid"
    " pg_stop_making_pinned_objects binary_upgrade_* brin_summarize_* brin_desummarize_range gin_clean_pending_list"
    " amvalidate fmgr_*_validator plpgsql_* postgresql_fdw_validator pg_event_trigger_* pg_ddl_command_*",
}

# They belong to the server: no statement can pass or use a value of such a type.
INTERNAL_TYPES = {"internal", "trigger", "event_trigger", "language_handler", "fdw_handler", "index_am_handler",
                  "tsm_handler", "table_am_handler", "pg_ddl_command"}

# Pseudo-types and others whose text no statement has a reason to make.
CLOSED_INPUT = {"pg_node_tree", "pg_brin_bloom_summary", "pg_brin_minmax_multi_summary", "gtsvector", "void",
                "internal", "cstring"} | INTERNAL_TYPES

FUNCTIONS = """
SELECT n.nspname, p.proname, p.prokind, p.provolatile,
  ARRAY(SELECT t.typname FROM unnest(p.proargtypes) WITH ORDINALITY a (ty, n) JOIN pg_type t ON t.oid = a.ty ORDER BY a.n),
  r.typname
FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace JOIN pg_type r ON r.oid = p.prorettype
WHERE p.oid < 16384 AND n.nspname IN ('pg_catalog', 'information_schema')"""

# Arrays follow their elements and row types their relations.
TYPES = """
SELECT t.typname, t.typtype FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
WHERE t.oid < 16384 AND n.nspname IN ('pg_catalog') AND t.typtype <> 'c'
  AND NOT EXISTS (SELECT 1 FROM pg_type e WHERE e.typarray = t.oid)"""

SETTINGS = "SELECT lower(name), context FROM pg_settings WHERE name !~ '\\.'"


def matches(pattern, name):
    stem, star, rest = pattern.partition("*")
    return name == pattern if not star else name.startswith(stem) and name.endswith(rest)


def function_class(schema, name, kind, volatility, arguments, returned):
    if kind == "p":
        return "administration"
    if INTERNAL_TYPES & {*arguments, returned}:
        return "internal"
    # the most telling pattern decides: `pg_mcv_list_items` before `pg_*`
    found = [(len(pattern), label) for label, patterns in NAMED.items() for pattern in patterns.split()
             if matches(pattern, name)]
    if found:
        return max(found)[1]
    if name == "ts_rewrite":
        return "runs-text" if arguments[1:] == ["text"] else "harmless"
    if "cstring" in arguments and (returned in CLOSED_INPUT or name.endswith("shell_in")):
        return "internal"
    if schema == "pg_catalog" and (name.startswith("pg_node_tree") or name.startswith("brin_")):
        return "names" if name.endswith(("_out", "_send")) else "internal"
    if name.startswith("pg_") or volatility == "v":
        return None
    if name.startswith(("has_", "to_reg", "obj_description", "col_description", "shobj_description", "format_type",
                        "row_security_active", "regclass", "current_schema")):
        return "names"
    return "harmless"


def type_class(name, kind):
    if name in INTERNAL_TYPES or name in {"pg_node_tree", "pg_mcv_list", "pg_ndistinct", "pg_dependencies", "gtsvector",
                                          "pg_brin_bloom_summary", "pg_brin_minmax_multi_summary"}:
        return "internal"
    if name.startswith("reg"):
        return "names"
    return "pseudo" if kind == "p" else "harmless"


def setting_class(name, context):
    return "closed"


def rows(options, query):
    command = ["psql", "-X", "-q", "-A", "-t", "-F", "\t", "-v", "ON_ERROR_STOP=1", *options, "-c", query]
    for line in subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines():
        yield line.split("\t")


def names_of(array):
    return [name.strip('"') for name in array.strip("{}").split(",") if name]


def found(options):
    """What the server has: file → name → proposed class."""
    functions = {}
    for schema, name, kind, volatility, arguments, returned in rows(options, FUNCTIONS):
        arguments = names_of(arguments)
        label = function_class(schema, name, kind, volatility, arguments, returned)
        functions[f"{schema}.{name}({','.join(arguments)})"] = label
    return {
        "functions.txt": functions,
        "types.txt": {name: type_class(name, kind) for name, kind in rows(options, TYPES)},
        "settings.txt": {name: setting_class(name, context) for name, context in rows(options, SETTINGS)},
    }


def read(path):
    """Heading and entries of a file of the inventory."""
    lines = path.read_text().splitlines() if path.exists() else []
    head = [line for line in lines if line.startswith("#")]
    entries = {}
    for line in lines:
        if line and not line.startswith("#"):
            name, _, label = line.partition(" ")
            entries[name] = label
    return head, entries


def main():
    write = "--write" in sys.argv
    options = [option for option in sys.argv[1:] if option != "--write"]
    status = 0
    for file, has in found(options).items():
        head, known = read(FOLDER / file)
        for name, label in sorted(has.items()):
            if name in known:
                continue
            status = max(status, 1 if label else 2)
            print(f"{file}: {name} {label or '?'}")
            if label:
                known[name] = label
        if write:
            lines = head + [f"{name} {label}" for name, label in sorted(known.items())]
            (FOLDER / file).write_text("\n".join(lines) + "\n")
    sys.exit(status)


main()
