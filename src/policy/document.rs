//! Reading TOML by hand, so that every problem of a file is found at once and points at what was written.

use std::ops::Range;

use serde_spanned::Spanned;
use toml::de::{DeTable, DeValue};

use super::diagnostic::{Diagnostic, Source, nearest};
use super::rows::Unit;

/// A table of a document. Keys are taken out one by one; [`Section::finish`] complains about the rest.
#[derive(Debug)]
pub(super) struct Section<'d> {
    source: Source<'d>,
    /// Of the table's header or braces.
    pub(super) span: Range<usize>,
    entries: Vec<(Spanned<String>, &'d Spanned<DeValue<'d>>)>,
    asked: Vec<&'static str>,
}

/// Parses a document and reports every syntax error; what could be read is returned all the same.
pub(super) fn parse<'d>(source: Source<'d>, report: &mut Vec<Diagnostic>) -> Spanned<DeTable<'d>> {
    let (document, errors) = DeTable::parse_recoverable(source.text);
    for error in errors {
        let message = error.message().lines().collect::<Vec<_>>().join(", ");
        report.push(source.error(&error.span().unwrap_or(0..0), message));
    }
    document
}

impl<'d> Section<'d> {
    pub(super) fn root(source: Source<'d>, document: &'d Spanned<DeTable<'d>>) -> Self {
        Self::new(source, document.span(), document.get_ref())
    }

    fn new(source: Source<'d>, span: Range<usize>, table: &'d DeTable<'d>) -> Self {
        let key = |key: &Spanned<_>| Spanned::new(key.span(), AsRef::<str>::as_ref(key.get_ref()).to_owned());
        let mut entries: Vec<_> = table.iter().map(|(name, value)| (key(name), value)).collect();
        // As written, not in the order of the names.
        entries.sort_by_key(|(name, _): &(Spanned<String>, _)| name.span().start);
        Self { source, span, entries, asked: Vec::new() }
    }

    fn take(&mut self, key: &'static str) -> Option<(Spanned<String>, &'d Spanned<DeValue<'d>>)> {
        self.asked.push(key);
        let index = self.entries.iter().position(|(name, _)| name.get_ref() == key)?;
        Some(self.entries.remove(index))
    }

    /// A string.
    pub(super) fn text(&mut self, key: &'static str, report: &mut Vec<Diagnostic>) -> Option<Spanned<String>> {
        let (_, value) = self.take(key)?;
        text_of(self.source, value, report)
    }

    /// A string that must be there.
    pub(super) fn required_text(&mut self, key: &'static str, report: &mut Vec<Diagnostic>) -> Option<Spanned<String>> {
        if !self.entries.iter().any(|(name, _)| name.get_ref() == key) {
            self.asked.push(key);
            report.push(self.source.error(&self.span, format!("`{key}` is missing here")));
            return None;
        }
        self.text(key, report)
    }

    /// `true` or `false`.
    pub(super) fn truth(&mut self, key: &'static str, report: &mut Vec<Diagnostic>) -> Option<bool> {
        let (_, value) = self.take(key)?;
        let truth = value.get_ref().as_bool();
        if truth.is_none() {
            report.push(wrong_type(self.source, value, "`true` or `false`"));
        }
        truth
    }

    /// A string or an array of strings; an absent key is an empty list.
    pub(super) fn texts(&mut self, key: &'static str, report: &mut Vec<Diagnostic>) -> Vec<Spanned<String>> {
        let Some((_, value)) = self.take(key) else { return Vec::new() };
        match value.get_ref() {
            DeValue::Array(items) => items.iter().filter_map(|item| text_of(self.source, item, report)).collect(),
            _ => text_of(self.source, value, report).into_iter().collect(),
        }
    }

    /// An age: exactly one of `years`, `months`, `days`, with a number above 0.
    pub(super) fn age(&mut self, report: &mut Vec<Diagnostic>) -> Option<(u32, Unit)> {
        let units = [("years", Unit::Years), ("months", Unit::Months), ("days", Unit::Days)];
        let found: Vec<_> =
            units.into_iter().filter_map(|(key, unit)| self.take(key).map(|entry| (entry, unit))).collect();
        let [((_, value), unit)] = found.as_slice() else {
            report
                .push(self.source.error(&self.span, "one age is needed here").expected(listed(units.map(|one| one.0))));
            return None;
        };
        let number = value.get_ref().as_integer().and_then(|number| number.to_string().parse().ok());
        match number {
            Some(count @ 1..=100_000) => Some((count, *unit)),
            _ => {
                report.push(self.source.error(&value.span(), "this is no age").expected("a number from 1 to 100000"));
                None
            }
        }
    }

    /// A table.
    pub(super) fn section(&mut self, key: &'static str, report: &mut Vec<Diagnostic>) -> Option<Section<'d>> {
        let (name, value) = self.take(key)?;
        section_of(self.source, &name, value, report)
    }

    /// An array of tables (`[[key]]`).
    pub(super) fn sections(&mut self, key: &'static str, report: &mut Vec<Diagnostic>) -> Vec<Section<'d>> {
        let Some((name, value)) = self.take(key) else { return Vec::new() };
        let Some(items) = value.get_ref().as_array() else {
            report.push(wrong_type(self.source, value, format!("an array of tables, `[[{key}]]`")));
            return Vec::new();
        };
        items.iter().filter_map(|item| section_of(self.source, &name, item, report)).collect()
    }

    /// A whole number in a range.
    pub(super) fn integer(
        &mut self,
        key: &'static str,
        range: std::ops::RangeInclusive<u64>,
        report: &mut Vec<Diagnostic>,
    ) -> Option<u64> {
        let (_, value) = self.take(key)?;
        integer_of(self.source, value, range, report)
    }

    /// A number, with or without a fraction, in a range.
    pub(super) fn number(
        &mut self,
        key: &'static str,
        range: std::ops::RangeInclusive<f64>,
        report: &mut Vec<Diagnostic>,
    ) -> Option<Spanned<f64>> {
        let (_, value) = self.take(key)?;
        let number: Option<f64> = match value.get_ref() {
            DeValue::Integer(number) => number.to_string().parse().ok(),
            DeValue::Float(number) => number.as_str().parse().ok(),
            _ => None,
        };
        match number.filter(|number| range.contains(number)) {
            Some(number) => Some(Spanned::new(value.span(), number)),
            None => {
                let expected = format!("a number from {} to {}", range.start(), range.end());
                report.push(self.source.error(&value.span(), "this number does not belong here").expected(expected));
                None
            }
        }
    }

    /// A whole number, or a table that says how it is found.
    pub(super) fn count(&mut self, key: &'static str, report: &mut Vec<Diagnostic>) -> Option<Count<'d>> {
        let Some((name, value)) = self.take(key) else {
            report.push(self.source.error(&self.span, format!("`{key}` is missing here")));
            return None;
        };
        match value.get_ref() {
            DeValue::Table(table) => Some(Count::Section(Section::new(self.source, place(&name, value), table))),
            _ => integer_of(self.source, value, 0..=1 << 53, report).map(Count::Number),
        }
    }

    /// The keys that have not been taken, for tables whose keys are names.
    pub(super) fn keys(&self) -> Vec<Spanned<String>> {
        self.entries.iter().map(|(name, _)| name.clone()).collect()
    }

    /// The string of one of [`Self::keys`].
    pub(super) fn text_of(&mut self, key: &Spanned<String>, report: &mut Vec<Diagnostic>) -> Option<Spanned<String>> {
        let index = self.entries.iter().position(|(name, _)| name == key)?;
        let (_, value) = self.entries.remove(index);
        text_of(self.source, value, report)
    }

    /// Whether a key is written and has not been taken.
    pub(super) fn has(&self, key: &str) -> bool {
        self.entries.iter().any(|(name, _)| name.get_ref() == key)
    }

    /// Everything that has not been taken, as it is.
    pub(super) fn rest(self) -> Vec<(Spanned<String>, &'d Spanned<DeValue<'d>>)> {
        self.entries
    }

    /// Everything that has not been taken, as named tables; for tables whose keys are names.
    pub(super) fn named_sections(self, report: &mut Vec<Diagnostic>) -> Vec<(Spanned<String>, Section<'d>)> {
        let source = self.source;
        let one = |(name, value): (Spanned<String>, &'d Spanned<DeValue<'d>>)| {
            let section = section_of(source, &name, value, report)?;
            Some((name, section))
        };
        self.entries.into_iter().filter_map(one).collect()
    }

    /// Everything that has not been taken, each either a string or a table; for tables whose keys are names.
    pub(super) fn named_items(self, report: &mut Vec<Diagnostic>) -> Vec<(Spanned<String>, Item<'d>)> {
        let source = self.source;
        let one = |(name, value): (Spanned<String>, &'d Spanned<DeValue<'d>>)| {
            let item = match value.get_ref() {
                DeValue::String(text) => Item::Text(Spanned::new(value.span(), text.to_string())),
                DeValue::Table(table) => Item::Section(Section::new(source, place(&name, value), table)),
                _ => {
                    report.push(wrong_type(source, value, "a string or a table"));
                    return None;
                }
            };
            Some((name, item))
        };
        self.entries.into_iter().filter_map(one).collect()
    }

    /// A key that exists in the design but not yet in this version: saying so is safer than ignoring it.
    pub(super) fn not_supported(&mut self, key: &'static str, help: &str, report: &mut Vec<Diagnostic>) {
        if let Some((name, _)) = self.take(key) {
            report.push(self.source.error(&name.span(), format!("`{key}` is not supported yet")).help(help));
        }
        self.asked.retain(|asked| *asked != key);
    }

    /// Complains about every key that was not asked for.
    pub(super) fn finish(self, report: &mut Vec<Diagnostic>) {
        for (name, _) in &self.entries {
            let written = name.get_ref();
            let mut diagnostic = self.source.error(&name.span(), format!("unknown key `{written}`"));
            if !self.asked.is_empty() {
                diagnostic = diagnostic.expected(listed(self.asked.iter().copied()));
            }
            if let Some(near) = nearest(written, self.asked.iter().copied()) {
                diagnostic = diagnostic.help(format!("did you mean `{near}`?"));
            }
            report.push(diagnostic);
        }
    }
}

/// A value that may be written short or long.
#[derive(Debug)]
pub(super) enum Item<'d> {
    Text(Spanned<String>),
    Section(Section<'d>),
}

/// A number that may be written out or described.
#[derive(Debug)]
pub(super) enum Count<'d> {
    Number(u64),
    Section(Section<'d>),
}

/// `a`, `b` or `c`.
pub(super) fn listed<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    let quoted: Vec<String> = names.into_iter().map(|name| format!("`{name}`")).collect();
    match quoted.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
        _ => quoted.concat(),
    }
}

fn section_of<'d>(
    source: Source<'d>,
    name: &Spanned<String>,
    value: &'d Spanned<DeValue<'d>>,
    report: &mut Vec<Diagnostic>,
) -> Option<Section<'d>> {
    match value.get_ref() {
        DeValue::Table(table) => Some(Section::new(source, place(name, value), table)),
        _ => {
            report.push(wrong_type(source, value, "a table"));
            None
        }
    }
}

fn text_of(source: Source<'_>, value: &Spanned<DeValue<'_>>, report: &mut Vec<Diagnostic>) -> Option<Spanned<String>> {
    match value.get_ref() {
        DeValue::String(text) => Some(Spanned::new(value.span(), text.to_string())),
        _ => {
            report.push(wrong_type(source, value, "a string"));
            None
        }
    }
}

fn integer_of(
    source: Source<'_>,
    value: &Spanned<DeValue<'_>>,
    range: std::ops::RangeInclusive<u64>,
    report: &mut Vec<Diagnostic>,
) -> Option<u64> {
    let number = value.get_ref().as_integer().and_then(|number| number.to_string().parse().ok());
    match number.filter(|number| range.contains(number)) {
        Some(number) => Some(number),
        None => {
            let expected = format!("a whole number from {} to {}", range.start(), range.end());
            report.push(source.error(&value.span(), "this number does not belong here").expected(expected));
            None
        }
    }
}

fn wrong_type(source: Source<'_>, value: &Spanned<DeValue<'_>>, expected: impl Into<String>) -> Diagnostic {
    let found = value.get_ref().type_str();
    source.error(&value.span(), format!("a value of type {found} does not belong here")).expected(expected)
}

/// Where to point for a table: a header's span may be empty for tables that only dotted keys imply.
fn place(name: &Spanned<String>, value: &Spanned<DeValue<'_>>) -> Range<usize> {
    if value.span().is_empty() { name.span() } else { value.span() }
}
