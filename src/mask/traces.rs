//! What is left of a mask when a form has written it in its own way: with blanks, in another width, cut off, inside of
//! other text. A value with such traces is no true value, whatever stands around them.

use super::expression::{bytewise, call, literal, operator};

/// Stars: what the masks are for has none.
const STARS: &str = "*＊﹡∗⁎⁑✱✲✳";
/// What programs draw in place of stars. One of them may stand in a text (a name's middle dot), two do not.
const DOTS: &str = "•●○◦∙⚫⬤■□▪×✕✖★☆⋆✽❋";
/// Stars as HTML and URLs spell them, in lower case.
const SPELLED: [&str; 4] = ["&#42;", "&#x2a;", "&ast;", "%2a"];
const SPELLED_PATTERN: &str = "&#(?:42|[xX]2[aA]);|&[aA][sS][tT];|%2[aA]";
/// Two of them in a number stand for digits.
const BLANKED: &str = "xX#_?";
const BLANKED_PATTERN: &str = "[xX#_?]{2}|[.]{2}|…";
/// What forms put between characters, or take out.
const SURROUNDINGS: &str = " -()+_./,;:\u{a0}\u{3000}";
/// The country's code as forms put it before a number.
const COUNTRY: &str = "'^(?:00)?86'";

/// What traces a mask leaves.
#[derive(Clone, Copy)]
pub(super) struct Traces {
    pub(super) fill: char,
    /// Whether the mask is one of numbers.
    pub(super) number: bool,
}

impl Traces {
    /// Of masks that fill with stars, or that say so.
    pub(super) const STARS: Self = Self { fill: '*', number: false };

    fn is_star(self) -> bool {
        STARS.contains(self.fill) || DOTS.contains(self.fill)
    }

    /// Whether every text with the fill character has a trace.
    pub(super) fn are_any_fill(self) -> bool {
        STARS.contains(self.fill)
    }

    fn is_run(self, character: char) -> bool {
        if self.is_star() {
            return DOTS.contains(character);
        }
        character == self.fill || Some(character) == full_width(self.fill)
    }

    /// The run's characters as a set of a regular expression.
    fn set(self) -> String {
        match (self.is_star(), self.fill, full_width(self.fill)) {
            (true, ..) => format!("[{DOTS}]"),
            (_, '\\', wide) => format!("[\\\\{}]", wide.map_or(String::new(), String::from)),
            (_, ']', wide) => format!("[]{}]", wide.map_or(String::new(), String::from)),
            (_, fill, Some(wide)) => format!("[{wide}{fill}]"),
            (_, fill, None) => format!("[{fill}]"),
        }
    }

    /// Whether a text has traces.
    pub(super) fn are_in(self, value: &str) -> bool {
        let characters: Vec<char> = value.chars().collect();
        let run = characters.windows(2).any(|two| matches!(two, [a, b] if self.is_run(*a) && self.is_run(*b)))
            || characters.windows(3).any(|three| matches!(three, [a, ' ', b] if self.is_run(*a) && self.is_run(*b)));
        run || (self.is_star() && is_star(value)) || (self.number && is_blanked(value, &characters))
    }

    /// SQL: whether `text` has traces; NULL for NULL.
    pub(super) fn sql(self, text: &str) -> String {
        let set = self.set();
        let mut pattern = format!("{set} ?{set}");
        if self.is_star() {
            pattern = format!("[{STARS}]|{pattern}|^ *{set} *$|{SPELLED_PATTERN}");
        }
        if self.number {
            pattern = format!("{pattern}|{BLANKED_PATTERN}");
        }
        operator(&bytewise(text), "~", &literal(&pattern))
    }
}

fn is_star(value: &str) -> bool {
    let mut alone = value.trim_matches(' ').chars();
    let single = alone.next().is_some_and(|first| DOTS.contains(first)) && alone.next().is_none();
    let lower = value.to_ascii_lowercase();
    single || value.contains(|one| STARS.contains(one)) || SPELLED.iter().any(|spelled| lower.contains(spelled))
}

fn is_blanked(value: &str, characters: &[char]) -> bool {
    let two = |two: &[char]| {
        matches!(two, ['.', '.']) || matches!(two, [a, b] if BLANKED.contains(*a) && BLANKED.contains(*b))
    };
    value.contains('…') || characters.windows(2).any(two)
}

/// The same mark in a column of Chinese characters.
fn full_width(fill: char) -> Option<char> {
    let ascii = u32::from(fill);
    (0x21..=0x7e).contains(&ascii).then(|| char::from_u32(ascii + 0xFEE0)).flatten()
}

/// What [`bare_sql`] answers for texts.
pub(super) fn is_bare(value: &str, reading: &str, number: bool) -> bool {
    let ignored = |one: char| STARS.contains(one) || DOTS.contains(one) || SURROUNDINGS.contains(one);
    let bare = |text: &str| text.replace(ignored, "").to_ascii_lowercase();
    let local = |text: String| {
        let rest = text.strip_prefix("00").filter(|rest| rest.starts_with("86")).unwrap_or(&text).strip_prefix("86");
        rest.filter(|_| number).map_or(text.clone(), str::to_owned)
    };
    let value = local(bare(value));
    !value.is_empty() && value == local(bare(reading))
}

/// SQL: whether `value` is what `reading` shows, but without the fill and in other surroundings: `1380024`, which a form
/// has made of `138****0024`. NULL where one of them is NULL.
pub(super) fn bare_sql(value: &str, reading: &str, number: bool) -> String {
    let ignored = literal(&format!("{STARS}{DOTS}{SURROUNDINGS}"));
    let bare = |text: &str| {
        let bare = call("lower", &[&call("translate", &[&bytewise(text), &ignored, "''"])]);
        if number { call("regexp_replace", &[&bare, COUNTRY, "''"]) } else { bare }
    };
    let value = bare(value);
    format!("{} AND {}", operator(&value, "<>", "''"), operator(&value, "=", &bare(reading)))
}
