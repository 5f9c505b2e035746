//! One audit line. Names, counts and rules; no value of a row or parameter.

use std::fmt::Display;
use std::hash::Hash;
use std::net::IpAddr;
use std::sync::Arc;

use serde::{Serialize, Serializer};

use crate::model::epochs::Epochs;
use crate::model::event::{Decision, StatementEvent};
use crate::model::facts::{ColumnUse, Facts, Right};
use crate::model::ids::{ColumnId, Digest, SessionId};
use crate::model::principal::Principal;
use crate::model::tables::Map;

/// Parts of lines that are kept, of each kind.
const SPELLED_MAX: usize = 512;
/// Longer ones are not.
const SPELLED_BYTES_MAX: usize = 4096;

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

/// The parts of a record as it is written; their order, and that of their fields, is the line's.
#[derive(Serialize)]
struct Head<'a> {
    /// UTC, RFC 3339, milliseconds.
    time: &'a str,
    session: Shown<SessionId>,
    statement: u64,
}

#[derive(Serialize)]
struct Asker<'a, Roles, Purposes> {
    user: &'a str,
    application: Option<&'a str>,
    /// Whom the application asked for; `end_user_signed`: whether the name was proven.
    end_user: Option<&'a str>,
    end_user_signed: Option<bool>,
    address: Option<IpAddr>,
    roles: Roles,
    purposes: Purposes,
    database: &'a str,
}

#[derive(Serialize)]
struct Asked<'a, Relations, Columns> {
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
}

#[derive(Serialize)]
struct Answer<'a> {
    rows: u64,
    bytes: u64,
    /// At most; 0 where no limit counts.
    persons: u64,
    duration_ms: f64,
    sqlstate: &'a str,
}

#[derive(Serialize)]
struct Under<'a> {
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

/// Makes the lines of statements. Who asks, for what, and under which policy, is much the same again and again: it is
/// spelled once for many lines.
#[derive(Debug, Default)]
pub struct Lines {
    second: Second,
    askers: Spelled<[usize; 2], (Arc<Principal>, Arc<str>)>,
    asked: Spelled<StatementKey, Statement>,
    under: Spelled<(Digest, Epochs), ()>,
}

/// By what a statement's fields are found: its addresses and position, what became of it, and its fingerprint.
type StatementKey = ([usize; 3], Decision, Digest);
type Statement = (Arc<[Facts]>, Option<Arc<str>>);

/// Fields that were spelled, by the addresses of what they tell of: while that is kept, nothing else has them.
#[derive(Debug)]
struct Spelled<K, Of>(Map<K, (Of, Vec<u8>)>);

impl<K, Of> Default for Spelled<K, Of> {
    fn default() -> Self {
        Self(Map::default())
    }
}

impl<K: Eq + Hash, Of> Spelled<K, Of> {
    fn append(
        &mut self,
        key: K,
        of: impl FnOnce() -> Of,
        spell: impl FnOnce(&mut Vec<u8>) -> Result<(), serde_json::Error>,
        bytes: &mut Vec<u8>,
    ) -> Result<(), serde_json::Error> {
        if let Some((_, fields)) = self.0.get(&key) {
            bytes.extend_from_slice(fields);
            return Ok(());
        }
        let before = bytes.len();
        spell(bytes)?;
        let fields = bytes.get(before..).unwrap_or_default();
        if fields.len() <= SPELLED_BYTES_MAX {
            if self.0.len() >= SPELLED_MAX {
                self.0.clear();
            }
            self.0.insert(key, (of(), fields.to_vec()));
        }
        Ok(())
    }
}

impl Lines {
    /// Appends the line of one statement, without line end. `ended` is when it did, in milliseconds since 1970.
    ///
    /// # Errors
    /// When it cannot be written as JSON, which no record should make happen.
    pub fn append(&mut self, event: &StatementEvent, ended: u64, bytes: &mut Vec<u8>) -> Result<(), serde_json::Error> {
        let before = bytes.len();
        let head =
            Head { time: self.second.timestamp(ended), session: Shown(event.session), statement: event.statement.0 };
        fields(&head, bytes)?;
        self.asker(event, bytes)?;
        self.asked(event, bytes)?;
        let answer = Answer {
            rows: event.rows,
            bytes: event.bytes,
            persons: event.persons,
            duration_ms: (event.duration.as_secs_f64() * 1e6).round() / 1e3,
            sqlstate: std::str::from_utf8(&event.sqlstate).unwrap_or_default(),
        };
        fields(&answer, bytes)?;
        self.under(event, bytes)?;
        bytes.push(b'}');
        bytes.get_mut(before).into_iter().for_each(|first| *first = b'{');
        Ok(())
    }

    fn asker(&mut self, event: &StatementEvent, bytes: &mut Vec<u8>) -> Result<(), serde_json::Error> {
        let (principal, database) = (&event.principal, &event.database);
        let spell = |bytes: &mut Vec<u8>| {
            let asker = Asker {
                user: &principal.database_user,
                application: principal.application.as_deref(),
                end_user: principal.end_user.as_ref().map(|person| &*person.name),
                end_user_signed: principal.end_user.as_ref().map(|person| person.signed),
                address: principal.address,
                roles: Each(principal.roles.iter().map(AsRef::<str>::as_ref)),
                purposes: Each(principal.purposes.iter().map(AsRef::<str>::as_ref)),
                database,
            };
            fields(&asker, bytes)
        };
        let key = [Arc::as_ptr(principal).addr(), Arc::as_ptr(database).addr()];
        self.askers.append(key, || (Arc::clone(principal), Arc::clone(database)), spell, bytes)
    }

    fn under(&mut self, event: &StatementEvent, bytes: &mut Vec<u8>) -> Result<(), serde_json::Error> {
        let spell = |bytes: &mut Vec<u8>| {
            let (policy, Epochs { policy: policy_epoch, catalog: catalog_epoch }) = (&mut [0; 64], event.epochs);
            fields(&Under { policy: event.policy.hex(policy), policy_epoch, catalog_epoch }, bytes)
        };
        self.under.append((event.policy, event.epochs), || (), spell, bytes)
    }

    fn asked(&mut self, event: &StatementEvent, bytes: &mut Vec<u8>) -> Result<(), serde_json::Error> {
        let (statements, text) = (&event.statements, &event.normalized);
        let spell = |bytes: &mut Vec<u8>| {
            let mut fingerprint = [0; 64];
            let asked = Asked {
                class: event.class().as_str(),
                decision: event.decision.as_str(),
                reason: match event.decision {
                    Decision::Refused(reason) => Some(reason.as_str()),
                    Decision::Relayed | Decision::Rewritten => None,
                },
                fingerprint: event.fingerprint.hex(&mut fingerprint),
                text: text.as_deref(),
                relations: Each(event.relations().iter().map(|oid| oid.0)),
                columns: Each(event.columns().iter().map(Column::of)),
            };
            fields(&asked, bytes)
        };
        let address = text.as_ref().map_or(0, |text| Arc::as_ptr(text).addr());
        let key = ([Arc::as_ptr(statements).addr(), event.index, address], event.decision, event.fingerprint);
        self.asked.append(key, || (Arc::clone(statements), text.clone()), spell, bytes)
    }
}

/// Appends the fields of one part, each with a comma before it.
fn fields(part: &impl Serialize, bytes: &mut Vec<u8>) -> Result<(), serde_json::Error> {
    let before = bytes.len();
    serde_json::to_writer(&mut *bytes, part)?;
    // the braces of an object
    bytes.pop();
    bytes.get_mut(before).into_iter().for_each(|first| *first = b',');
    Ok(())
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

/// The time of the last line: of lines within one second only the end differs.
#[derive(Debug, Default)]
struct Second(u64, String);

impl Second {
    /// As [`timestamp`].
    fn timestamp(&mut self, unix_milliseconds: u64) -> &str {
        let (seconds, milliseconds) = (unix_milliseconds / 1000, unix_milliseconds % 1000);
        let Self(last, text) = self;
        match text.rfind('.').filter(|_| *last == seconds) {
            Some(point) => {
                text.truncate(point + 1);
                push_digits(text, milliseconds, 3);
                text.push('Z');
            }
            None => (*last, *text) = (seconds, timestamp(unix_milliseconds)),
        }
        text
    }
}

fn push_digits(text: &mut String, number: u64, digits: u32) {
    for place in (0..digits).rev() {
        text.push(char::from(b'0' + (number / 10u64.pow(place) % 10) as u8));
    }
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
        push_digits(&mut text, number, digits);
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
    use std::time::Duration;

    use super::*;
    use crate::model::category::Category;
    use crate::model::facts::StatementClass;
    use crate::model::ids::{Oid, RuleId, StatementId};
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
        Lines::default().append(&event(Decision::Rewritten), 1_795_489_200_123, &mut line).unwrap();
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
    fn parts_that_are_kept_are_those_of_the_statement() {
        let (mut lines, mut other) = (Lines::default(), event(Decision::Rewritten));
        let read = |lines: &mut Lines, event: &StatementEvent| {
            let mut line = Vec::new();
            lines.append(event, 0, &mut line).unwrap();
            let alone = &mut Vec::new();
            Lines::default().append(event, 0, alone).unwrap();
            assert_eq!(line, *alone);
            serde_json::from_slice::<serde_json::Value>(&line).unwrap()
        };
        let first = read(&mut lines, &other);
        assert_eq!(first, read(&mut lines, &other));
        other.rows = 7;
        other.decision = Decision::Refused(Reason::Function);
        let refused = read(&mut lines, &other);
        assert_eq!((&refused["rows"], &refused["decision"]), (&7.into(), &"refused".into()));
        other.principal = Arc::new(Principal { database_user: "clerk".into(), ..Principal::clone(&other.principal) });
        assert_eq!(read(&mut lines, &other)["user"], "clerk");
        other.normalized = Some("SELECT \"".into());
        assert_eq!(read(&mut lines, &other)["text"], "SELECT \"");
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
    fn times_within_a_second() {
        let mut second = Second::default();
        for time in [0, 7, 999, 1_000, 1_795_489_200_123, 1_795_489_200_004, 1_795_489_199_004] {
            assert_eq!(second.timestamp(time), timestamp(time));
        }
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
