//! SET, RESET, SHOW, DISCARD: which settings a restricted principal may change or read.

use crate::grammar::tags::{DiscardMode, VariableSetKind};
use crate::grammar::{ConstValue, Node, nodes};
use crate::model::facts::{SessionEffect, StatementClass};
use crate::model::refusal::{Reason, Refusal};

use super::refuse::{Step, not_understood};
use super::walk::Walk;

/// Settings that change nothing of what is read, only how it is shown, planned or timed.
const WRITABLE: [&str; 70] = [
    "application_name",
    "backend_flush_after",
    "bytea_output",
    "client_encoding",
    "client_min_messages",
    "commit_delay",
    "constraint_exclusion",
    "cpu_index_tuple_cost",
    "cpu_operator_cost",
    "cpu_tuple_cost",
    "cursor_tuple_fraction",
    "datestyle",
    "deadlock_timeout",
    "default_statistics_target",
    "default_text_search_config",
    "default_transaction_deferrable",
    "default_transaction_isolation",
    "default_transaction_read_only",
    "effective_cache_size",
    "effective_io_concurrency",
    "enable_async_append",
    "enable_bitmapscan",
    "enable_gathermerge",
    "enable_hashagg",
    "enable_hashjoin",
    "enable_incremental_sort",
    "enable_indexonlyscan",
    "enable_indexscan",
    "enable_material",
    "enable_memoize",
    "enable_mergejoin",
    "enable_nestloop",
    "enable_parallel_append",
    "enable_parallel_hash",
    "enable_partition_pruning",
    "enable_partitionwise_aggregate",
    "enable_partitionwise_join",
    "enable_presorted_aggregate",
    "enable_seqscan",
    "enable_sort",
    "enable_tidscan",
    "extra_float_digits",
    "from_collapse_limit",
    "geqo",
    "hash_mem_multiplier",
    "idle_in_transaction_session_timeout",
    "idle_session_timeout",
    "intervalstyle",
    "jit",
    "join_collapse_limit",
    "lc_messages",
    "lc_monetary",
    "lc_numeric",
    "lc_time",
    "lock_timeout",
    "maintenance_work_mem",
    "max_parallel_workers_per_gather",
    "plan_cache_mode",
    "random_page_cost",
    "search_path",
    "seq_page_cost",
    "standard_conforming_strings",
    "statement_timeout",
    "synchronous_commit",
    "temp_buffers",
    "timezone",
    "transaction_timeout",
    "work_mem",
    "xmlbinary",
    "xmloption",
];

/// Settings that may be read besides those that may be changed.
const READABLE: [&str; 29] = [
    "block_size",
    "data_checksums",
    "default_tablespace",
    "default_with_oids",
    "fsync",
    "in_hot_standby",
    "integer_datetimes",
    "is_superuser",
    "lc_collate",
    "lc_ctype",
    "max_connections",
    "max_function_args",
    "max_identifier_length",
    "max_index_keys",
    "max_prepared_transactions",
    "max_stack_depth",
    "password_encryption",
    "port",
    "role",
    "row_security",
    "server_encoding",
    "server_version",
    "server_version_num",
    "session_authorization",
    "transaction_deferrable",
    "transaction_isolation",
    "transaction_read_only",
    "track_functions",
    "wal_level",
];

/// May be set with SET TRANSACTION only, whose forms are all harmless but SNAPSHOT.
const TRANSACTION: [&str; 3] = ["transaction_isolation", "transaction_read_only", "transaction_deferrable"];

fn listed(list: &[&str], name: &str) -> bool {
    list.iter().any(|listed| listed.eq_ignore_ascii_case(name))
}

fn guarded(name: &str, location: i32) -> Refusal {
    Refusal::new(Reason::Setting, format!("setting {name} is not open to this user")).at(location)
}

/// Whether a setting may be changed.
pub(super) fn writable(name: &str, location: i32) -> Step {
    if listed(&WRITABLE, name) || listed(&TRANSACTION, name) { Ok(()) } else { Err(guarded(name, location)) }
}

/// Whether a setting may be read.
pub(super) fn readable(name: &str, location: i32) -> Step {
    if listed(&WRITABLE, name) || listed(&READABLE, name) { Ok(()) } else { Err(guarded(name, location)) }
}

/// Settings whose values matter must be set by SET, where the value is a literal.
pub(super) fn free_value(name: &str, location: i32) -> Step {
    if listed(&["client_min_messages", "standard_conforming_strings", "client_encoding"], name) {
        return Err(guarded(name, location).hint("Use SET instead of set_config."));
    }
    Ok(())
}

/// Values that are guarded though the setting is not.
fn value_allowed(set: &nodes::VariableSetStmt, name: &str) -> bool {
    let is = |allowed: &[&str]| {
        let mut values = set.args().iter();
        let only = (values.next(), values.next());
        matches!(only, (Some(Node::A_Const(value)), None)
            if matches!(value.val(), Some(ConstValue::String(value)) if listed(allowed, value)))
    };
    match name.to_ascii_lowercase().as_str() {
        "client_min_messages" => is(&["notice", "warning", "error"]),
        "standard_conforming_strings" => is(&["on", "true", "yes", "1"]),
        _ => true,
    }
}

impl<'a> Walk<'a> {
    pub(super) fn set(&mut self, set: &'a nodes::VariableSetStmt) -> Step {
        self.facts.class = StatementClass::Setting;
        let name = set.name().unwrap_or_default();
        let location = set.location;
        match set.kind {
            VariableSetKind::VAR_SET_MULTI => {
                if !matches!(name, "TRANSACTION" | "SESSION CHARACTERISTICS") {
                    return Err(guarded(name, location));
                }
                return Ok(());
            }
            VariableSetKind::VAR_RESET_ALL => {
                self.path_may_change();
                self.effect(SessionEffect::Encoding);
                return Ok(());
            }
            VariableSetKind::VAR_SET_VALUE => {
                writable(name, location)?;
                if !value_allowed(set, name) {
                    return Err(guarded(name, location).detail("This value of it is not open."));
                }
                for value in set.args() {
                    match value {
                        Node::A_Const(_) => {}
                        Node::TypeCast(cast) => self.constant(cast.arg(), location)?,
                        _ => return Err(not_understood("this value of a setting", location)),
                    }
                }
            }
            VariableSetKind::VAR_SET_DEFAULT | VariableSetKind::VAR_RESET => writable(name, location)?,
            _ => return Err(guarded(name, location)),
        }
        if name.eq_ignore_ascii_case("search_path") {
            self.path_may_change();
        }
        if name.eq_ignore_ascii_case("client_encoding") {
            self.effect(SessionEffect::Encoding);
        }
        Ok(())
    }

    pub(super) fn path_may_change(&mut self) {
        self.effect(SessionEffect::SearchPath);
    }

    pub(super) fn show(&mut self, show: &'a nodes::VariableShowStmt) -> Step {
        self.facts.class = StatementClass::Setting;
        readable(show.name().unwrap_or_default(), -1)
    }

    pub(super) fn discard(&mut self, discard: &'a nodes::DiscardStmt) -> Step {
        self.facts.class = StatementClass::Setting;
        match discard.target {
            DiscardMode::DISCARD_ALL => {
                self.path_may_change();
                self.effect(SessionEffect::Encoding);
                self.temporary_tables_change();
                self.effect(SessionEffect::Deallocate(None));
            }
            DiscardMode::DISCARD_TEMP => self.temporary_tables_change(),
            DiscardMode::DISCARD_PLANS | DiscardMode::DISCARD_SEQUENCES => {}
            _ => return Err(not_understood("this DISCARD", -1)),
        }
        Ok(())
    }

    pub(super) fn temporary_tables_change(&mut self) {
        self.effect(SessionEffect::TempTables);
    }
}
