//! Spans of time, times of day and rates, as bundles write them.

use std::time::Duration;

const DAY: u64 = 86_400;

/// Times at which something holds: days of the week and a part of the day, by one fixed offset from UTC.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Hours {
    /// Bit 0 is Monday.
    days: u8,
    /// Minutes of the day; a part that ends before it begins goes over midnight.
    from: u16,
    until: u16,
    /// Minutes east of UTC.
    offset: i16,
}

const NAMES: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

impl Hours {
    /// Parses `08:00-20:00`, `mon-fri`, or `mon-fri 08:00-20:00`; days may be listed, `mon,wed,fri`.
    ///
    /// `offset` is what local time is ahead of UTC, in minutes.
    #[must_use]
    pub fn parse(text: &str, offset: i16) -> Option<Self> {
        let mut hours = Self { days: 0x7f, from: 0, until: 1440, offset };
        let (mut days, mut times) = (false, false);
        for word in text.split_ascii_whitespace() {
            if word.starts_with(|c: char| c.is_ascii_digit()) && !times {
                (hours.from, hours.until) = part_of_day(word)?;
                times = true;
            } else if !days && !times {
                hours.days = days_of(word)?;
                days = true;
            } else {
                return None;
            }
        }
        (days || times).then_some(hours)
    }

    /// Whether it holds at this time since the Unix epoch. A part that goes over midnight belongs to the day it began.
    #[must_use]
    pub fn contains(&self, now: Duration) -> bool {
        let (day, minute) = local(now, self.offset);
        let on = |day: u64| self.days & (1 << weekday(day)) != 0;
        if self.from < self.until {
            on(day) && (self.from..self.until).contains(&minute)
        } else {
            (on(day) && minute >= self.from) || (on(day.wrapping_sub(1)) && minute < self.until)
        }
    }
}

/// Days since the epoch and minute of the day, where local time is ahead of UTC by so many minutes.
#[must_use]
pub fn local(now: Duration, offset: i16) -> (u64, u16) {
    let seconds = now.as_secs().saturating_add_signed(i64::from(offset) * 60);
    (seconds / DAY, u16::try_from(seconds % DAY / 60).unwrap_or(0))
}

/// 0 is Monday: the first day of the epoch was a Thursday.
#[must_use]
pub fn weekday(day: u64) -> u8 {
    u8::try_from((day % 7 + 3) % 7).unwrap_or(0)
}

fn part_of_day(text: &str) -> Option<(u16, u16)> {
    let (from, until) = text.split_once('-')?;
    let (from, until) = (time_of_day(from)?, time_of_day(until)?);
    (from != until && from < 1440).then_some((from, until))
}

/// Minutes of the day; `24:00` is its end.
fn time_of_day(text: &str) -> Option<u16> {
    let (hour, minute) = text.split_once(':')?;
    let two = |text: &str| -> Option<u16> {
        let digits = text.len() == 2 && text.bytes().all(|b| b.is_ascii_digit());
        digits.then(|| text.parse().ok()).flatten()
    };
    let (hour, minute) = (two(hour)?, two(minute)?);
    (minute < 60 && hour * 60 + minute <= 1440).then_some(hour * 60 + minute)
}

fn days_of(text: &str) -> Option<u8> {
    let position = |name: &str| NAMES.iter().position(|known| *known == name);
    text.split(',').try_fold(0, |days, part| {
        let (from, until) = part.split_once('-').unwrap_or((part, part));
        let (from, until) = (position(from)?, position(until)?);
        let count = (until + 7 - from) % 7;
        Some((0..=count).fold(days, |days, step| days | 1 << ((from + step) % 7)))
    })
}

/// Minutes east of UTC: `+08:00`, `-03:30`, `Z`.
#[must_use]
pub fn offset(text: &str) -> Option<i16> {
    if text == "Z" {
        return Some(0);
    }
    let (sign, rest) = match text.split_at_checked(1)? {
        ("+", rest) => (1, rest),
        ("-", rest) => (-1, rest),
        _ => return None,
    };
    let minutes = i16::try_from(time_of_day(rest)?).ok()?;
    (minutes <= 14 * 60).then_some(sign * minutes)
}

/// A whole number of seconds, minutes, hours or days: `90s`, `10m`, `12h`, `30d`.
#[must_use]
pub fn span(text: &str) -> Option<Duration> {
    let unit = match text.bytes().last()? {
        b's' => 1,
        b'm' => 60,
        b'h' => 3_600,
        b'd' => DAY,
        _ => return None,
    };
    let digits = text.get(..text.len() - 1)?;
    let number: u64 = digits.bytes().all(|b| b.is_ascii_digit()).then(|| digits.parse().ok()).flatten()?;
    (number > 0).then(|| Duration::from_secs(number.saturating_mul(unit)))
}

/// How a span is written.
#[must_use]
pub fn written(span: Duration) -> String {
    let seconds = span.as_secs();
    for (unit, name) in [(DAY, 'd'), (3_600, 'h'), (60, 'm')] {
        if seconds >= unit && seconds.is_multiple_of(unit) {
            return format!("{}{name}", seconds / unit);
        }
    }
    format!("{seconds}s")
}

/// So many per second: `2/s`, `30/m`, `0.5/s`.
#[must_use]
pub fn rate(text: &str) -> Option<f64> {
    let (number, unit) = text.split_once('/')?;
    let unit = match unit {
        "s" => 1.0,
        "m" => 60.0,
        "h" => 3_600.0,
        _ => return None,
    };
    let number: f64 = number.bytes().all(|b| b.is_ascii_digit() || b == b'.').then(|| number.parse().ok()).flatten()?;
    let rate = number / unit;
    (1e-3..=1e6).contains(&rate).then_some(rate)
}

/// A part of a whole: `5%`, `0.5%`.
#[must_use]
pub fn percent(text: &str) -> Option<f64> {
    let digits = text.strip_suffix('%')?;
    let number: f64 = digits.bytes().all(|b| b.is_ascii_digit() || b == b'.').then(|| digits.parse().ok()).flatten()?;
    (number > 0.0 && number <= 100.0).then_some(number / 100.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Seconds of 2026-11-25, a Wednesday, at midnight UTC.
    const WEDNESDAY: u64 = 1_795_564_800;

    fn at(hour: u64, minute: u64) -> Duration {
        Duration::from_secs(WEDNESDAY + hour * 3_600 + minute * 60)
    }

    #[test]
    fn hours_hold_by_local_time() {
        let office = Hours::parse("mon-fri 08:00-20:00", 480).unwrap();
        assert!(office.contains(at(0, 0)) && office.contains(at(11, 59)));
        assert!(!office.contains(at(12, 0)) && !office.contains(at(23, 59)));
        let weekend = Hours::parse("sat,sun", 0).unwrap();
        assert!(!weekend.contains(at(9, 0)) && weekend.contains(at(9 + 72, 0)));
    }

    #[test]
    fn a_night_belongs_to_the_day_it_began() {
        let night = Hours::parse("wed 22:00-06:00", 0).unwrap();
        assert!(night.contains(at(22, 0)) && night.contains(at(24 + 5, 59)));
        assert!(!night.contains(at(5, 0)) && !night.contains(at(24 + 22, 30)));
        let over = Hours::parse("sat-mon", 0).unwrap();
        assert!(over.contains(at(72, 0)) && over.contains(at(120, 0)) && !over.contains(at(0, 0)));
    }

    #[test]
    fn nothing_is_guessed() {
        for bad in ["", "8-20", "08:00", "08:00-08:00", "25:00-26:00", "mon-xyz", "08:00-20:00 mon", "mon tue"] {
            assert_eq!(Hours::parse(bad, 0), None, "{bad}");
        }
        for bad in ["", "d", "0d", "+1d", "1w", "1.5h", "१d"] {
            assert_eq!(span(bad), None, "{bad}");
        }
        for bad in ["2", "2/d", "0/s", "-1/s", "e/s", "./s"] {
            assert_eq!(rate(bad), None, "{bad}");
        }
        for bad in ["5", "0%", "101%", "x%", "%"] {
            assert_eq!(percent(bad), None, "{bad}");
        }
    }

    #[test]
    fn spans_and_rates_are_read() {
        assert_eq!(span("12h"), Some(Duration::from_secs(43_200)));
        assert_eq!(written(Duration::from_secs(43_200)), "12h");
        assert_eq!(written(Duration::from_secs(90)), "90s");
        assert_eq!((rate("2/s"), rate("30/m")), (Some(2.0), Some(0.5)));
        assert_eq!((percent("5%"), offset("+08:00"), offset("-03:30")), (Some(0.05), Some(480), Some(-210)));
    }
}
