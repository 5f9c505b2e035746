//! `keep`: the first and last characters stay, one fill character stands for each hidden one.

use serde::Deserialize;

use super::expression::{call, concat, literal, operator, unless_empty};
use super::text::TextMask;

/// Longer hidden parts are shown as that many fill characters.
const LONGEST: usize = 1000;

/// Keeps `first` and `last` characters of every text that leaves at least `hide` hidden; others are masked wholly.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Keep {
    first: u16,
    last: u16,
    fill: char,
    hide: u16,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Parameters {
    #[serde(default)]
    first: u16,
    #[serde(default)]
    last: u16,
    #[serde(default = "star")]
    fill: char,
    #[serde(default = "one")]
    hide: u16,
}

fn star() -> char {
    '*'
}

fn one() -> u16 {
    1
}

/// Why parameters of `keep` make no mask.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum InvalidKeep {
    #[error("`fill` must be a visible mark such as `*`, `#` or `●`: no letter, digit, blank or combining character")]
    Fill,
    #[error("`hide` must be at least 1, and `first`, `last` and `hide` at most 500 in sum")]
    Hide,
}

/// Marks that are seen as what they are: a blank or a character without width would make masks look like values.
fn is_visible_mark(character: char) -> bool {
    let wide = ['\u{2010}'..='\u{2027}', '\u{2030}'..='\u{205E}', '\u{2190}'..='\u{2BFF}', '\u{3001}'..='\u{3020}'];
    let full_width = ['\u{FF01}'..='\u{FF0F}', '\u{FF1A}'..='\u{FF20}', '\u{1F300}'..='\u{1F64F}'];
    character.is_ascii_punctuation()
        || matches!(character, '×' | '·' | '§' | '¤')
        || wide.iter().chain(&full_width).any(|range| range.contains(&character))
}

impl Keep {
    /// # Errors
    /// When `fill` could be part of a value, when nothing would be hidden.
    pub fn new(first: u16, last: u16, fill: char, hide: u16) -> Result<Self, InvalidKeep> {
        if !is_visible_mark(fill) {
            return Err(InvalidKeep::Fill);
        }
        if hide == 0 || u32::from(first) + u32::from(last) + u32::from(hide) > 500 {
            return Err(InvalidKeep::Hide);
        }
        Ok(Self { first, last, fill, hide })
    }

    fn kept(&self) -> usize {
        usize::from(self.first) + usize::from(self.last)
    }
}

impl TryFrom<Parameters> for Keep {
    type Error = InvalidKeep;

    fn try_from(written: Parameters) -> Result<Self, InvalidKeep> {
        Self::new(written.first, written.last, written.fill, written.hide)
    }
}

impl TextMask for Keep {
    fn expression(&self, text: &str) -> String {
        let (length, fill) = (call("length", &[text]), literal(&self.fill.to_string()));
        let wholly = operator(&length, "<", &(self.kept() + usize::from(self.hide)).to_string());
        let hidden = operator(&length, "-", &self.kept().to_string());
        let run = call("repeat", &[&fill, &format!("LEAST({hidden}, {LONGEST})")]);
        let (left, right) =
            (call("left", &[text, &self.first.to_string()]), call("right", &[text, &self.last.to_string()]));
        let whole = call("repeat", &[&fill, &length]);
        unless_empty(text, &[(&wholly, &whole)], &concat(&[&left, &run, &right]))
    }

    fn apply(&self, value: &str) -> String {
        let characters: Vec<char> = value.chars().collect();
        let length = characters.len();
        if length < self.kept() + usize::from(self.hide) {
            return std::iter::repeat_n(self.fill, length).collect();
        }
        let shown = characters.iter().take(usize::from(self.first));
        let tail = characters.iter().skip(length - usize::from(self.last));
        let run = std::iter::repeat_n(&self.fill, (length - self.kept()).min(LONGEST));
        shown.chain(run).chain(tail).collect()
    }

    fn fill(&self) -> char {
        self.fill
    }

    fn hidden_bits(&self) -> f64 {
        f64::from(self.hide) * 10f64.log2()
    }
}
