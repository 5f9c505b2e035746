//! SET, RESET, SHOW, DISCARD: which settings a restricted principal may change or read.

use std::sync::LazyLock;

use crate::grammar::tags::{DiscardMode, VariableSetKind};
use crate::grammar::{ConstValue, Node, nodes};
use crate::model::facts::{SessionEffect, StatementClass};
use crate::model::principal::NamedBy;
use crate::model::refusal::{Reason, Refusal};

use crate::catalog::reviewed::{self, SettingReview};

use super::refuse::{Step, not_understood};
use super::walk::Walk;

fn listed(list: &[&str], name: &str) -> bool {
    list.iter().any(|listed| listed.eq_ignore_ascii_case(name))
}

fn guarded(name: &str, location: i32) -> Refusal {
    let plain = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    if plain && !name.eq_ignore_ascii_case("all") && !reviewed::is_setting(name) {
        return super::missing::setting(name);
    }
    let refusal = Refusal::new(Reason::Setting, format!("setting {name} is not open to this user")).at(location);
    if name.contains('.') {
        refusal.hint("The policy can name settings that an application makes up.")
    } else {
        refusal
    }
}

/// Whether a setting may be changed.
fn writable(name: &str, location: i32) -> Step {
    match reviewed::setting(name) {
        SettingReview::Free | SettingReview::Bound => Ok(()),
        SettingReview::Shown | SettingReview::Closed => Err(guarded(name, location)),
    }
}

/// Whether a setting may be read.
fn readable(name: &str, location: i32) -> Step {
    match reviewed::setting(name) {
        SettingReview::Closed => Err(guarded(name, location)),
        _ => Ok(()),
    }
}

/// What comes around the name of a setting that is known only when the statement runs: a name that is not open becomes
/// one that no server has.
pub(super) fn read_by_name() -> (&'static str, &'static str) {
    static AFTER: LazyLock<String> = LazyLock::new(|| {
        let mut names: Vec<&str> = reviewed::readable_settings().collect();
        names.sort_unstable();
        format!(", '(?i)^({})$'), 'menshen: this setting is not open to this user')", names.join("|"))
    });
    ("coalesce(pg_catalog.substring(", &AFTER)
}

/// Settings whose values matter must be set by SET, where the value is a literal.
pub(super) fn free_value(name: &str, location: i32) -> Step {
    if reviewed::setting(name) == SettingReview::Bound {
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
        // with `off` the server raises an error where it would have left rows out
        "row_security" => is(&["on", "off"]),
        // as scripts of pg_dump say it
        "default_table_access_method" => is(&["heap"]),
        "default_tablespace" => is(&[""]),
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
                self.end_user_may_change();
                self.effect(SessionEffect::Encoding);
                return Ok(());
            }
            VariableSetKind::VAR_SET_VALUE if self.stays_itself(set, name) => return Ok(()),
            VariableSetKind::VAR_SET_DEFAULT | VariableSetKind::VAR_RESET if self.is_itself(name) => {
                // a role that the login is given at its start may come back: who it is is asked again
                self.path_may_change();
                return Ok(());
            }
            VariableSetKind::VAR_SET_VALUE => {
                self.settable(name, location)?;
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
            VariableSetKind::VAR_SET_DEFAULT | VariableSetKind::VAR_RESET => self.settable(name, location)?,
            _ => return Err(guarded(name, location)),
        }
        if name.eq_ignore_ascii_case("search_path") {
            self.path_may_change();
        }
        if name.eq_ignore_ascii_case("client_encoding") {
            self.effect(SessionEffect::Encoding);
        }
        if self.context.rights.names_end_user(name) {
            self.end_user_may_change();
        }
        Ok(())
    }

    /// Whether a setting says who the session is, and that is who logged in: back to it changes nothing.
    fn is_itself(&self, name: &str) -> bool {
        let names = self.context.names;
        listed(&["role", "session_authorization"], name) && !names.login.is_empty() && names.user == names.login
    }

    /// SET ROLE and SET SESSION AUTHORIZATION to who the session is already, as drivers and poolers send it.
    fn stays_itself(&self, set: &nodes::VariableSetStmt, name: &str) -> bool {
        let mut values = set.args().iter();
        let (Some(Node::A_Const(value)), None) = (values.next(), values.next()) else { return false };
        let Some(ConstValue::String(value)) = value.val() else { return false };
        let none = name.eq_ignore_ascii_case("role") && value == "none";
        self.is_itself(name) && (none || *value == *self.context.names.login)
    }

    pub(super) fn path_may_change(&mut self) {
        self.effect(SessionEffect::SearchPath);
    }

    /// Something runs that can set the setting by which an application names its end user.
    pub(super) fn end_user_may_change(&mut self) {
        if matches!(self.context.rights.named_by(), Some(NamedBy::Setting(_))) {
            self.effect(SessionEffect::EndUser);
        }
    }

    /// Whether a setting may be changed: an application's own may.
    pub(super) fn settable(&self, name: &str, location: i32) -> Step {
        if self.context.rights.is_application_s(name) { Ok(()) } else { writable(name, location) }
    }

    /// Whether a setting may be read.
    pub(super) fn showable(&self, name: &str, location: i32) -> Step {
        if self.context.rights.is_application_s(name) { Ok(()) } else { readable(name, location) }
    }

    pub(super) fn show(&mut self, show: &'a nodes::VariableShowStmt) -> Step {
        self.facts.class = StatementClass::Setting;
        self.showable(show.name().unwrap_or_default(), -1)
    }

    pub(super) fn discard(&mut self, discard: &'a nodes::DiscardStmt) -> Step {
        self.facts.class = StatementClass::Setting;
        match discard.target {
            DiscardMode::DISCARD_ALL => {
                self.path_may_change();
                self.effect(SessionEffect::Encoding);
                self.end_user_may_change();
                self.temporary_tables_change();
                self.changed.temporary = true;
                self.effect(SessionEffect::Deallocate(None));
            }
            DiscardMode::DISCARD_TEMP => {
                self.temporary_tables_change();
                self.changed.temporary = true;
            }
            DiscardMode::DISCARD_PLANS | DiscardMode::DISCARD_SEQUENCES => {}
            _ => return Err(not_understood("this DISCARD", -1)),
        }
        Ok(())
    }

    pub(super) fn temporary_tables_change(&mut self) {
        self.effect(SessionEffect::TempTables);
    }
}
