//! Times as people and protocols write them. UTC.

/// Milliseconds since 1970 as RFC 3339 with milliseconds: `2026-11-25T19:53:07.120Z`.
#[must_use]
pub fn rfc3339(milliseconds: u64) -> String {
    let (date, clock) = (milliseconds / 86_400_000, milliseconds % 86_400_000);
    let (year, month, day) = civil(date);
    let (hour, minute, second) = (clock / 3_600_000, clock / 60_000 % 60, clock / 1000 % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{:03}Z", clock % 1000)
}

/// For people: `2026-11-25 19:53:07 UTC`.
#[must_use]
pub fn readable(milliseconds: u64) -> String {
    let text = rfc3339(milliseconds);
    match (text.get(..10), text.get(11..19)) {
        (Some(date), Some(clock)) => format!("{date} {clock} UTC"),
        _ => text,
    }
}

/// Days since 1970 as year, month, day of the Gregorian calendar, counted in eras of 400 years that begin in March.
fn civil(days: u64) -> (u64, u64, u64) {
    let shifted = days + 719_468;
    let (era, of_era) = (shifted / 146_097, shifted % 146_097);
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let day_of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    (era * 400 + year_of_era + u64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By `date -u -d @…`.
    #[test]
    fn times_are_those_of_the_calendar() {
        assert_eq!(rfc3339(0), "1970-01-01T00:00:00.000Z");
        assert_eq!(rfc3339(951_782_400_000), "2000-02-29T00:00:00.000Z");
        assert_eq!(rfc3339(1_795_636_387_120), "2026-11-25T19:53:07.120Z");
        assert_eq!(rfc3339(4_107_542_399_999), "2100-02-28T23:59:59.999Z");
        assert_eq!(readable(4_107_542_400_000), "2100-03-01 00:00:00 UTC");
    }
}
