//! One value of `menshen.toml`, asked for as what it means.

use std::net::SocketAddr;
use std::ops::RangeInclusive;
use std::path::PathBuf;
use std::time::Duration;

use toml::de::DeValue;

/// A value as written. Each method says what was expected when it is something else.
#[derive(Clone, Copy, Debug)]
pub struct Value<'a>(pub(super) &'a DeValue<'a>);

impl<'a> Value<'a> {
    pub(super) fn text(self) -> Result<&'a str, String> {
        self.0.as_str().ok_or_else(|| "expected a text in quotes".to_owned())
    }

    /// A text that must not be empty.
    pub(super) fn name(self) -> Result<String, String> {
        match self.text()? {
            "" => Err("expected a text that is not empty".to_owned()),
            text => Ok(text.to_owned()),
        }
    }

    /// A text; empty means that there is none.
    pub(super) fn optional(self) -> Result<Option<String>, String> {
        Ok(Some(self.text()?.to_owned()).filter(|text| !text.is_empty()))
    }

    /// A path; empty means that there is none.
    pub(super) fn path(self) -> Result<Option<PathBuf>, String> {
        Ok(self.optional()?.map(PathBuf::from))
    }

    /// `true` or `false`.
    pub(super) fn truth(self) -> Result<bool, String> {
        self.0.as_bool().ok_or_else(|| "expected true or false".to_owned())
    }

    /// One of the given words.
    pub(super) fn word<T: Copy>(self, words: &[(&str, T)]) -> Result<T, String> {
        let text = self.text().unwrap_or_default();
        let found = words.iter().find(|(word, _)| *word == text).map(|(_, meaning)| *meaning);
        found.ok_or_else(|| {
            let all: Vec<_> = words.iter().map(|(word, _)| format!("\"{word}\"")).collect();
            format!("expected one of {}", all.join(", "))
        })
    }

    pub(super) fn integer(self, range: RangeInclusive<u64>) -> Result<u64, String> {
        let number = self.0.as_integer().and_then(|n| u64::from_str_radix(n.as_str(), n.radix()).ok());
        number
            .filter(|number| range.contains(number))
            .ok_or_else(|| format!("expected a number from {} to {}", range.start(), range.end()))
    }

    /// A list of numbers of users.
    pub(super) fn numbers(self) -> Result<Vec<u32>, String> {
        let items = self.0.as_array().ok_or_else(|| "expected a list of numbers: [1000, 1001]".to_owned())?;
        let number = |value: Value<'_>| value.integer(0..=u64::from(u32::MAX));
        items
            .iter()
            .map(|item| number(Value(item.get_ref())).map(|number| u32::try_from(number).unwrap_or(u32::MAX)))
            .collect()
    }

    pub(super) fn size(self, range: RangeInclusive<u64>) -> Result<usize, String> {
        self.integer(range).and_then(|number| usize::try_from(number).map_err(|_| "expected a smaller number".into()))
    }

    /// A time such as `"200ms"`, `"10s"`, `"5min"`, `"1h"`; more than zero.
    pub(super) fn duration(self) -> Result<Duration, String> {
        let units = [("ms", 1), ("s", 1000), ("min", 60_000), ("h", 3_600_000)];
        self.with_unit(&units)
            .filter(|&milliseconds| milliseconds > 0)
            .map(Duration::from_millis)
            .ok_or_else(|| "expected a time such as \"200ms\", \"10s\", \"5min\", \"1h\"".to_owned())
    }

    fn with_unit(self, units: &[(&str, u64)]) -> Option<u64> {
        let text = self.text().ok()?;
        let digits = text.trim_end_matches(|c: char| !c.is_ascii_digit());
        let unit = text.strip_prefix(digits)?.trim_start();
        let factor = units.iter().find(|(name, _)| *name == unit)?.1;
        digits.parse::<u64>().ok()?.checked_mul(factor)
    }

    /// An address with a port; empty means that there is none.
    pub(super) fn address(self) -> Result<Option<SocketAddr>, String> {
        match self.text()? {
            "" => Ok(None),
            text => address(text).map(Some),
        }
    }

    /// One address or a list of them, at least one.
    pub(super) fn addresses(self) -> Result<Vec<SocketAddr>, String> {
        let list = match self.0.as_array() {
            None => vec![address(self.text()?)?],
            Some(items) => {
                items.iter().map(|item| address(Value(item.get_ref()).text()?)).collect::<Result<_, String>>()?
            }
        };
        if list.is_empty() { Err("expected at least one address".to_owned()) } else { Ok(list) }
    }
}

fn address(text: &str) -> Result<SocketAddr, String> {
    text.parse().map_err(|_| format!("expected an IP address and a port such as \"127.0.0.1:6432\", found \"{text}\""))
}
