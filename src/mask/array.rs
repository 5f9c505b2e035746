//! PostgreSQL's text form of arrays.

use std::fmt;

/// An array as text, cut into its elements and what stands between them.
pub(super) struct Array {
    /// Text before each element; the last one is behind all.
    between: Vec<String>,
    elements: Vec<Option<String>>,
    pub(super) dimensions: usize,
    /// Whether every dimension counts from 1.
    pub(super) from_one: bool,
}

impl Array {
    /// `None` for what is no array.
    pub(super) fn read(text: &str) -> Option<Self> {
        let from_one = !text.starts_with('[');
        let bounds = if from_one { 0 } else { text.find('=')? + 1 };
        let (mut between, mut elements) = (Vec::new(), Vec::new());
        let mut gap = text.get(..bounds)?.to_owned();
        let (mut depth, mut dimensions) = (0_usize, 0);
        let mut rest = text.get(bounds..)?.chars().peekable();
        while let Some(&next) = rest.peek() {
            match next {
                '{' | '}' | ',' => {
                    depth = if next == '{' { depth + 1 } else { depth.saturating_sub(usize::from(next == '}')) };
                    dimensions = dimensions.max(depth);
                    gap.push(next);
                    rest.next();
                }
                _ => {
                    elements.push(element(&mut rest)?);
                    between.push(std::mem::take(&mut gap));
                }
            }
        }
        between.push(gap);
        (dimensions > 0).then_some(Self { between, elements, dimensions, from_one })
    }

    /// Those that are not NULL.
    pub(super) fn elements(&self) -> impl Iterator<Item = &str> {
        self.elements.iter().filter_map(Option::as_deref)
    }

    /// Elements at the same places that are not NULL.
    pub(super) fn pairs<'a>(&'a self, other: &'a Self) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.elements.iter().zip(&other.elements).filter_map(|(one, other)| one.as_deref().zip(other.as_deref()))
    }

    /// Whether it holds the same, whatever its bounds.
    pub(super) fn has_elements_of(&self, other: &Self) -> bool {
        self.elements == other.elements
    }

    /// Another element for each that is not NULL.
    pub(super) fn map(mut self, mask: impl Fn(&str) -> Option<String>) -> Self {
        self.elements = self.elements.iter().map(|one| one.as_deref().and_then(&mask)).collect();
        self
    }

    /// Another element for each, by it and the other array's at its place.
    pub(super) fn zip_map(mut self, other: &Self, f: impl Fn(Option<&str>, Option<&str>) -> Option<String>) -> Self {
        let others = other.elements.iter().map(Option::as_deref).chain(std::iter::repeat(None));
        self.elements = self.elements.iter().zip(others).map(|(one, other)| f(one.as_deref(), other)).collect();
        self
    }
}

/// One element; `Some(None)` is NULL.
fn element(rest: &mut std::iter::Peekable<std::str::Chars<'_>>) -> Option<Option<String>> {
    let mut text = String::new();
    if rest.next_if_eq(&'"').is_none() {
        while let Some(next) = rest.next_if(|next| !matches!(next, '{' | '}' | ',')) {
            text.push(next);
        }
        return Some((text != "NULL").then_some(text));
    }
    loop {
        match rest.next()? {
            '"' => return Some(Some(text)),
            '\\' => text.push(rest.next()?),
            next => text.push(next),
        }
    }
}

impl fmt::Display for Array {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (gap, one) in self.between.iter().zip(&self.elements) {
            f.write_str(gap)?;
            match one {
                None => f.write_str("NULL")?,
                Some(one) if is_plain(one) => f.write_str(one)?,
                Some(one) => write!(f, "\"{}\"", one.replace('\\', "\\\\").replace('"', "\\\""))?,
            }
        }
        f.write_str(self.between.last().map_or("", String::as_str))
    }
}

/// Whether `array_out` writes an element without quotes.
fn is_plain(text: &str) -> bool {
    let odd = ['{', '}', ',', '"', '\\', ' ', '\t', '\n', '\r', '\u{b}', '\u{c}'];
    !text.is_empty() && !text.eq_ignore_ascii_case("null") && !text.contains(odd)
}
