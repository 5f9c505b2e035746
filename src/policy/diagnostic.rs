//! What is wrong with a bundle, and where: file, line, column, what was expected, what to do.

use std::fmt::{self, Write as _};
use std::ops::Range;

use serde::Serialize;

/// Whether a bundle can be used in spite of it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The bundle does not compile.
    Error,
    /// The bundle compiles, but probably does not say what was meant.
    Warning,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Error => "error",
            Self::Warning => "warning",
        })
    }
}

/// One problem of a bundle. Messages start lower-case, have no full stop and put what was written in backticks.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Diagnostic {
    pub severity: Severity,
    /// The file's name inside the bundle.
    pub file: String,
    /// Counted from 1; 0 when the whole file is meant.
    pub line: usize,
    /// In characters, counted from 1; 0 when the whole file is meant.
    pub column: usize,
    /// How many characters of the line are meant.
    pub length: usize,
    pub message: String,
    /// What would have been right here.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expected: Option<String>,
    /// What to do about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
    /// The line that `line` counts to, without its end.
    pub source: String,
}

impl Diagnostic {
    /// A problem of a whole file: missing, unknown, not to be read.
    #[must_use]
    pub fn of_file(severity: Severity, file: &str, message: impl Into<String>) -> Self {
        Self {
            severity,
            file: file.to_owned(),
            line: 0,
            column: 0,
            length: 0,
            message: message.into(),
            expected: None,
            help: None,
            source: String::new(),
        }
    }

    #[must_use]
    pub fn expected(mut self, expected: impl Into<String>) -> Self {
        self.expected = Some(expected.into());
        self
    }

    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The exact text that is underlined.
    #[must_use]
    pub fn slice(&self) -> String {
        self.source.chars().skip(self.column.saturating_sub(1)).take(self.length).collect()
    }

    /// For people: the message, the place, the line with the text underlined, what was expected and what helps.
    #[must_use]
    pub fn render(&self) -> String {
        let mut text = format!("{}: {}\n", self.severity, self.message);
        let margin = " ".repeat(self.line.to_string().len());
        if self.line == 0 {
            let _ = writeln!(text, "{margin}--> {}", self.file);
        } else {
            let _ = writeln!(text, "{margin}--> {}:{}:{}", self.file, self.line, self.column);
            let _ = writeln!(text, "{margin} |");
            let _ = writeln!(text, "{} | {}", self.line, self.source.replace('\t', " "));
            let before: usize = self.source.chars().take(self.column.saturating_sub(1)).map(width).sum();
            let under: usize = self.slice().chars().map(width).sum();
            let _ = writeln!(text, "{margin} | {}{}", " ".repeat(before), "^".repeat(under.max(1)));
        }
        for (word, what) in [("expected", &self.expected), ("help", &self.help)] {
            if let Some(what) = what {
                let _ = writeln!(text, "{margin} = {word}: {what}");
            }
        }
        text
    }
}

impl fmt::Display for Diagnostic {
    /// One line, as compilers print it: `policy.csv:12:4: error: …`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => write!(f, "{}: {}: {}", self.file, self.severity, self.message),
            line => write!(f, "{}:{line}:{}: {}: {}", self.file, self.column, self.severity, self.message),
        }
    }
}

/// Columns that a character takes on a terminal: 2 for East Asian wide and fullwidth characters.
fn width(character: char) -> usize {
    match u32::from(character) {
        0x1100..=0x115f
        | 0x2e80..=0xa4cf
        | 0xac00..=0xd7a3
        | 0xf900..=0xfaff
        | 0xfe30..=0xfe6f
        | 0xff00..=0xff60
        | 0xffe0..=0xffe6
        | 0x20000..=0x3fffd => 2,
        _ => 1,
    }
}

/// A file of the bundle, able to say where a byte span of it lies.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    pub name: &'a str,
    /// Without a byte order mark.
    pub text: &'a str,
}

impl<'a> Source<'a> {
    /// A leading byte order mark, which editors on Windows write, is not part of the text.
    #[must_use]
    pub fn new(name: &'a str, text: &'a str) -> Self {
        Self { name, text: text.strip_prefix('\u{feff}').unwrap_or(text) }
    }

    #[must_use]
    pub fn error(&self, span: &Range<usize>, message: impl Into<String>) -> Diagnostic {
        self.at(Severity::Error, span, message)
    }

    #[must_use]
    pub fn warning(&self, span: &Range<usize>, message: impl Into<String>) -> Diagnostic {
        self.at(Severity::Warning, span, message)
    }

    /// Where `offset` stands: line and column, counted from 1, columns in characters.
    #[must_use]
    pub fn position(&self, offset: usize) -> (usize, usize) {
        let before = self.text.get(..self.floor(offset)).unwrap_or(self.text);
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let column = before.get(line_start..).map_or(0, |line| line.chars().count());
        (before.matches('\n').count() + 1, column + 1)
    }

    fn at(&self, severity: Severity, span: &Range<usize>, message: impl Into<String>) -> Diagnostic {
        let start = self.floor(span.start);
        let (line, column) = self.position(start);
        let line_start = self.text.get(..start).and_then(|before| before.rfind('\n')).map_or(0, |newline| newline + 1);
        let rest = self.text.get(line_start..).unwrap_or_default();
        let source = rest.split('\n').next().unwrap_or_default().trim_end_matches('\r');
        let line_end = line_start + source.len();
        let end = self.floor(span.end).clamp(start, line_end.max(start));
        let length = self.text.get(start..end).map_or(0, |slice| slice.chars().count());
        let whole = Diagnostic::of_file(severity, self.name, message);
        Diagnostic { line, column, length, source: source.to_owned(), ..whole }
    }

    /// The nearest character boundary at or before `offset`.
    fn floor(&self, offset: usize) -> usize {
        self.text.floor_char_boundary(offset)
    }
}

/// The entry of `known` that was probably meant by `written`: at most a third of its characters differ.
#[must_use]
pub fn nearest<'k>(written: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    let limit = written.chars().count().div_ceil(3);
    let distances = known.into_iter().map(|candidate| (distance(written, candidate), candidate));
    distances.filter(|(distance, _)| *distance <= limit).min().map(|(_, candidate)| candidate)
}

/// How many characters must be inserted, removed or replaced (Levenshtein), for short names.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().take(64).collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().take(64).enumerate() {
        let mut diagonal = i;
        let mut left = i + 1;
        for (slot, y) in row.iter_mut().skip(1).zip(&b) {
            let here = (diagonal + usize::from(x != *y)).min(left + 1).min(*slot + 1);
            diagonal = *slot;
            *slot = here;
            left = here;
        }
        if let Some(first) = row.first_mut() {
            *first = i + 1;
        }
    }
    row.last().copied().unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_underline_stands_below_what_is_meant() {
        let source = Source::new("identity.toml", "a = 1\n姓名 = \"销售\" # x\r\nb = 2\n");
        let start = source.text.find("\"销售\"").unwrap();
        let diagnostic = source.error(&(start..start + 8), "no").expected("yes").help("write yes");
        assert_eq!((diagnostic.line, diagnostic.column, diagnostic.slice().as_str()), (2, 6, "\"销售\""));
        let expected = "\
error: no
 --> identity.toml:2:6
  |
2 | 姓名 = \"销售\" # x
  |        ^^^^^^
  = expected: yes
  = help: write yes
";
        assert_eq!(diagnostic.render(), expected);
        assert_eq!(diagnostic.to_string(), "identity.toml:2:6: error: no");
    }

    #[test]
    fn odd_spans_do_not_panic() {
        let source = Source::new("f", "销\r\n售");
        for start in 0..10 {
            for end in 0..10 {
                let _ = source.error(&(start..end), "x").render();
            }
        }
    }

    #[test]
    fn the_nearest_name_is_a_likely_slip() {
        assert_eq!(nearest("pii/contact/fone", ["pii/contact/phone", "pii/name"]), Some("pii/contact/phone"));
        assert_eq!(nearest("maskd", ["masked", "match", "clear"]), Some("masked"));
        assert_eq!(nearest("x", ["masked"]), None);
        assert_eq!((distance("", "abc"), distance("abc", ""), distance("kitten", "sitting")), (3, 3, 3));
    }
}
