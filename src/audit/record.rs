//! One audit line. Names, counts and rules; no value of a row or parameter.

use std::fmt::Display;
use std::net::IpAddr;

use serde::{Serialize, Serializer};

use crate::model::event::{Decision, StatementEvent};
use crate::model::facts::{ColumnUse, Right};
use crate::model::ids::{ColumnId, SessionId};
use crate::model::principal::Principal;

/// Whether a statement must leave a record: it touched protected columns, or it was refused.
#[must_use]
pub fn wanted(event: &StatementEvent) -> bool {
    !event.columns().is_empty() || matches!(event.decision, Decision::Refused(_))
}

/// Something as it is shown.
struct Shown<T>(T);

impl<T: Display> Serialize for Shown<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

/// A list that is nowhere but in the line.
struct Each<I>(I);

impl<I: Iterator<Item: Serialize> + Clone> Serialize for Each<I> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.clone())
    }
}

/// A record as it is written; the fields' order is the line's.
#[derive(Serialize)]
struct Record<'a, Roles, Purposes, Relations, Columns> {
    /// UTC, RFC 3339, milliseconds.
    time: String,
    session: Shown<SessionId>,
    statement: u64,
    user: &'a str,
    application: Option<&'a str>,
    /// Whom the application asked for; `end_user_signed`: whether the name was proven.
    end_user: Option<&'a str>,
    end_user_signed: Option<bool>,
    address: Option<IpAddr>,
    roles: Roles,
    purposes: Purposes,
    database: &'a str,
    class: &'static str,
    decision: &'static str,
    reason: Option<&'static str>,
    /// Names the statement without its literals.
    fingerprint: &'a str,
    /// The text with every literal replaced.
    text: Option<&'a str>,
    /// OIDs.
    relations: Relations,
    columns: Columns,
    rows: u64,
    bytes: u64,
    /// At most; 0 where no limit counts.
    persons: u64,
    duration_ms: f64,
    sqlstate: &'a str,
    policy: &'a str,
    policy_epoch: u64,
    catalog_epoch: u64,
}

#[derive(Serialize)]
struct Column<'a> {
    name: &'a str,
    category: &'a str,
    right: &'static str,
    rule: &'a str,
}

impl<'a> Column<'a> {
    fn of(column: &'a ColumnUse) -> Self {
        Self {
            name: &column.name,
            category: &column.category.0,
            right: Right::as_str(column.right),
            rule: &column.rule.0,
        }
    }
}

/// Appends the line of one statement, without line end. `ended` is when it did, in milliseconds since 1970.
///
/// # Errors
/// When it cannot be written as JSON, which no record should make happen.
pub fn append(event: &StatementEvent, ended: u64, bytes: &mut Vec<u8>) -> Result<(), serde_json::Error> {
    let principal = &event.principal;
    let (mut fingerprint, mut policy) = ([0; 64], [0; 64]);
    let record = Record {
        time: timestamp(ended),
        session: Shown(event.session),
        statement: event.statement.0,
        user: &principal.database_user,
        application: principal.application.as_deref(),
        end_user: principal.end_user.as_ref().map(|person| &*person.name),
        end_user_signed: principal.end_user.as_ref().map(|person| person.signed),
        address: principal.address,
        roles: Each(principal.roles.iter().map(AsRef::<str>::as_ref)),
        purposes: Each(principal.purposes.iter().map(AsRef::<str>::as_ref)),
        database: &event.database,
        class: event.class().as_str(),
        decision: event.decision.as_str(),
        reason: match event.decision {
            Decision::Refused(reason) => Some(reason.as_str()),
            Decision::Relayed | Decision::Rewritten => None,
        },
        fingerprint: event.fingerprint.hex(&mut fingerprint),
        text: event.normalized.as_deref(),
        relations: Each(event.relations().iter().map(|oid| oid.0)),
        columns: Each(event.columns().iter().map(Column::of)),
        rows: event.rows,
        bytes: event.bytes,
        persons: event.persons,
        duration_ms: (event.duration.as_secs_f64() * 1e6).round() / 1e3,
        sqlstate: std::str::from_utf8(&event.sqlstate).unwrap_or_default(),
        policy: event.policy.hex(&mut policy),
        policy_epoch: event.epochs.policy,
        catalog_epoch: event.epochs.catalog,
    };
    serde_json::to_writer(bytes, &record)
}

/// The line of a value that was stopped at the end of the pipe: a defect or an attack, never to be missed.
#[must_use]
pub fn violation(session: SessionId, principal: &Principal, column: ColumnId, now: u64) -> String {
    let line = serde_json::json!({
        "time": timestamp(now),
        "session": session.to_string(),
        "user": &*principal.database_user,
        "application": principal.application.as_deref(),
        "end_user": principal.end_user.as_ref().map(|person| &*person.name),
        "end_user_signed": principal.end_user.as_ref().map(|person| person.signed),
        "address": principal.address,
        "decision": "stopped",
        "reason": "origin-violation",
        "relations": [column.relation.0],
        "column_number": column.number,
    });
    line.to_string()
}

/// Milliseconds since 1970 as `2026-11-24T03:15:00.123Z`.
pub(super) fn timestamp(unix_milliseconds: u64) -> String {
    let (seconds, milliseconds) = (unix_milliseconds / 1000, unix_milliseconds % 1000);
    let (year, month, day) = civil(seconds / 86_400);
    let second = seconds % 86_400;
    let parts = [(year, 4), (month, 2), (day, 2), (second / 3600, 2), (second / 60 % 60, 2), (second % 60, 2)];
    let mut text = String::with_capacity(24);
    for ((number, digits), before) in
        parts.into_iter().chain([(milliseconds, 3)]).zip(["", "-", "-", "T", ":", ":", "."])
    {
        text.push_str(before);
        for place in (0..digits).rev() {
            text.push(char::from(b'0' + (number / 10u64.pow(place) % 10) as u8));
        }
    }
    text.push('Z');
    text
}

/// Days since 1970 as year, month and day of the Gregorian calendar: counted in eras of 400 years that begin in March,
/// so that the leap day is an era's and a year's last (Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms").
fn civil(days_since_1970: u64) -> (u64, u64, u64) {
    let days = days_since_1970 + 719_468;
    let (era, day_of_era) = (days / 146_097, days % 146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    (year_of_era + era * 400 + u64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::time::Duration;

    use super::*;
    use crate::model::category::Category;
    use crate::model::epochs::Epochs;
    use crate::model::facts::{ColumnUse, Facts, StatementClass};
    use crate::model::ids::{ColumnId, Digest, Oid, RuleId, SessionId, StatementId};
    use crate::model::principal::Principal;
    use crate::model::refusal::Reason;

    fn event(decision: Decision) -> StatementEvent {
        let phone = ColumnUse {
            column: ColumnId { relation: Oid(16400), number: 3 },
            name: "housing.buyers.phone".into(),
            category: Category("pii/contact/phone".into()),
            right: Right::Masked,
            rule: RuleId("policy.csv:4".into()),
        };
        let principal = Principal {
            database_user: "sales".into(),
            application: None,
            address: Some([127, 0, 0, 1].into()),
            purposes: Arc::from([]),
            roles: Arc::from(["role:sales".into()]),
            lowered: false,
            end_user: None,
        };
        let relations = vec![Oid(16400)];
        let facts = Facts { relations, columns: vec![phone], ..Facts::of(StatementClass::CopyOut) };
        StatementEvent {
            session: SessionId(0x1f),
            statement: StatementId(2),
            principal: Arc::new(principal),
            database: "estate".into(),
            decision,
            fingerprint: Digest([1; 32]),
            normalized: Some("SELECT phone FROM buyers WHERE id = $1".into()),
            statements: Arc::from([facts]),
            index: 0,
            rows: 3,
            bytes: 120,
            persons: 3,
            duration: Duration::from_micros(1_234),
            sqlstate: *b"00000",
            epochs: Epochs { policy: 1, catalog: 2 },
            policy: Digest([2; 32]),
        }
    }

    #[test]
    fn a_line_holds_who_what_and_why() {
        let mut line = Vec::new();
        append(&event(Decision::Rewritten), 1_795_489_200_123, &mut line).unwrap();
        let value: serde_json::Value = serde_json::from_slice(&line).unwrap();
        assert_eq!(value["time"], "2026-11-24T03:00:00.123Z");
        assert_eq!(value["user"], "sales");
        assert_eq!(value["class"], "copyout");
        assert_eq!(value["decision"], "rewritten");
        assert_eq!(value["columns"][0]["right"], "masked");
        assert_eq!(value["columns"][0]["rule"], "policy.csv:4");
        assert_eq!(value["duration_ms"], 1.234);
        assert!(!line.contains(&b'\n'));
    }

    #[test]
    fn refusals_and_protected_columns_leave_records() {
        let mut relayed = event(Decision::Relayed);
        assert!(wanted(&relayed));
        relayed.statements = Arc::from([]);
        assert!(!wanted(&relayed));
        relayed.decision = Decision::Refused(Reason::Function);
        assert!(wanted(&relayed));
    }

    #[test]
    fn dates() {
        for (days, date) in
            [(0, (1970, 1, 1)), (11_016, (2000, 2, 29)), (11_017, (2000, 3, 1)), (20_781, (2026, 11, 24))]
        {
            assert_eq!(civil(days), date);
        }
    }
}
