//! `date`: dates and timestamps are cut to the first moment of their year or month.

use serde::Deserialize;

use super::expression::{call, case, operator};
use crate::model::types::TypeClass;

/// What remains of a date.
///
/// Infinite dates stay. `timestamptz` is cut in UTC: by the session's time zone, which a client may set as it likes,
/// values near the beginning of a year would be told from others. The year 4714 BC, in which PostgreSQL's calendar
/// begins, is shown as its first day, 24 November.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Truncation {
    Year,
    Month,
}

/// Never an error, as `date_trunc` would be at the ends of the calendar.
fn midnight(moment: &str) -> String {
    operator(&format!("({moment})::pg_catalog.\"time\""), "=", "'00:00:00'::pg_catalog.\"time\"")
}

impl Truncation {
    pub(super) fn supports(class: &TypeClass) -> bool {
        matches!(class, TypeClass::Date | TypeClass::Timestamp | TypeClass::Timestamptz)
    }

    /// Year (negative: BC) and month of the first whole unit of PostgreSQL's calendar.
    fn first_whole(self) -> &'static str {
        match self {
            Self::Year => "-4713, 1, 1",
            Self::Month => "-4714, 12, 1",
        }
    }

    pub(super) fn expression(self, column: &str, class: &TypeClass) -> String {
        match class {
            TypeClass::Date => self.of_date(column),
            TypeClass::Timestamptz => {
                let utc = call("make_interval", &[]);
                let local = self.of_timestamp(&call("timezone", &[&utc, column]));
                call("timezone", &[&utc, &local])
            }
            _ => self.of_timestamp(column),
        }
    }

    /// Whether a value begins its unit; of a moment, in UTC or in the session's time zone: forms leave the time out.
    pub(super) fn looks_masked_sql(self, operand: &str, class: &TypeClass) -> String {
        let begins = operator(&format!("({})", self.expression(operand, class)), "=", operand);
        if !matches!(class, TypeClass::Timestamptz) {
            return begins;
        }
        let first = |field: &str| operator(&call("extract", &[field, operand]), "=", "1");
        let month = if self == Self::Year { format!(" AND {}", first("'month'")) } else { String::new() };
        format!("({begins} OR {} AND {}{month})", midnight(operand), first("'day'"))
    }

    /// Whether a moment is the day of another, without its time, in the session's time zone.
    pub(super) fn same_day(moment: &str, other: &str) -> String {
        let day = |moment: &str| format!("({moment})::pg_catalog.date");
        format!("{} AND {}", midnight(moment), operator(&day(moment), "=", &day(other)))
    }

    fn unit(self) -> &'static str {
        match self {
            Self::Year => "'year'",
            Self::Month => "'month'",
        }
    }

    /// Without a detour over timestamps, which cannot hold the latest dates.
    fn of_date(self, date: &str) -> String {
        let field = |name: &str| format!("{}::pg_catalog.int4", call("extract", &[name, date]));
        let month = match self {
            Self::Year => "1".into(),
            Self::Month => field("'month'"),
        };
        let cut = call("make_date", &[&field("'year'"), &month, "1"]);
        let early = operator(date, "<", &call("make_date", &[self.first_whole()]));
        let first_day = call("make_date", &["-4714, 11, 24"]);
        // Infinite dates have no fields to make a date of.
        case(&[(&call("isfinite", &[date]), &case(&[(&early, &first_day)], &cut))], date)
    }

    fn of_timestamp(self, timestamp: &str) -> String {
        let at = |day: &str| call("make_timestamp", &[day, "0, 0, 0"]);
        let early = operator(timestamp, "<", &at(self.first_whole()));
        let finite = call("isfinite", &[timestamp]);
        let first = case(&[(&finite, &at("-4714, 11, 24"))], timestamp);
        case(&[(&early, &first)], &call("date_trunc", &[self.unit(), timestamp]))
    }

    /// `None` for text that is no date or timestamp in ISO form.
    pub(super) fn apply(self, value: &str) -> Option<String> {
        if matches!(value, "infinity" | "-infinity") {
            return Some(value.into());
        }
        let (rest, bc) = match value.strip_suffix(" BC") {
            Some(rest) => (rest, " BC"),
            None => (value, ""),
        };
        let (day, time) = match rest.split_once(' ') {
            None => (rest, ""),
            Some((day, time)) if time.ends_with("+00") => (day, " 00:00:00+00"),
            Some((day, _)) => (day, " 00:00:00"),
        };
        let mut fields = day.split('-');
        let (year, month) = (fields.next()?, fields.next()?);
        let number = |field: &str| field.parse::<u32>().ok().filter(|_| field.bytes().all(|b| b.is_ascii_digit()));
        let (year_number, month_number, _) = (number(year)?, number(month)?, number(fields.next()?)?);
        if fields.next().is_some() {
            return None;
        }
        let before_the_first = !bc.is_empty() && year_number == 4714 && (self == Self::Year || month_number < 12);
        Some(match self {
            _ if before_the_first => format!("4714-11-24{time}{bc}"),
            Self::Year => format!("{year}-01-01{time}{bc}"),
            Self::Month => format!("{year}-{month}-01{time}{bc}"),
        })
    }

    /// Of a date written in ISO form: how many characters stay, and what follows them.
    pub(super) fn iso(self) -> (&'static str, &'static str) {
        match self {
            Self::Year => ("4", "-01-01"),
            Self::Month => ("7", "-01"),
        }
    }

    /// A day of a year, or of a month.
    pub(super) fn hidden_bits(self) -> f64 {
        match self {
            Self::Year => 365f64.log2(),
            Self::Month => 30f64.log2(),
        }
    }
}
