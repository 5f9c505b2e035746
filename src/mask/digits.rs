//! Numbers written in digits and separators, of which both ends stay: telephone and bank card numbers.

use super::expression::{call, concat, length_without, literal, operator, unless_empty};

/// What may stand between digits.
const SEPARATORS: &str = " -+()";
/// What a number, or the mask of one, consists of.
const NUMBER: &str = "0123456789* -+()";

/// A number's visible ends around a run of fill characters.
pub(super) struct Ends {
    pub(super) last: usize,
    /// Stands for everything between the ends, and for every text that is no such number.
    pub(super) run: &'static str,
    /// At least so many digits lie between the ends; a number with fewer would be too easily guessed.
    pub(super) hide: usize,
}

impl Ends {
    /// `first` is SQL of type integer: how many characters lead.
    pub(super) fn expression(&self, text: &str, first: &str) -> String {
        let after = call("substr", &[text, &operator(first, "+", "1")]);
        let hidden = call("left", &[&after, &format!("-{}", self.last)]);
        let is_number = operator(&length_without(text, NUMBER), "=", "0");
        let hides = operator(&length_without(&hidden, SEPARATORS), ">=", &self.hide.to_string());
        let (run, last) = (literal(self.run), call("right", &[text, &self.last.to_string()]));
        let masked = concat(&[&call("left", &[text, first]), &run, &last]);
        unless_empty(text, &[(&format!("{is_number} AND {hides}"), &masked)], &run)
    }

    pub(super) fn apply(&self, value: &str, first: usize) -> String {
        if value.is_empty() {
            return String::new();
        }
        self.masked(value, first).unwrap_or_else(|| self.run.to_owned())
    }

    fn masked(&self, value: &str, first: usize) -> Option<String> {
        let end = value.len().checked_sub(self.last)?;
        let (lead, hidden, tail) = (value.get(..first)?, value.get(first..end)?, value.get(end..)?);
        let is_number = value.chars().all(|character| NUMBER.contains(character));
        let hides = hidden.chars().filter(|character| !SEPARATORS.contains(*character)).count() >= self.hide;
        (is_number && hides).then(|| format!("{lead}{}{tail}", self.run))
    }
}
