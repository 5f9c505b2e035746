//! Lists whose masks look alike: which of them is which is known by position alone, and only while the list is as it was
//! read.
//!
//! ```text
//! CASE WHEN <all elements but one are there as they were read, or all, with others behind> THEN false
//!      ELSE <some element could be restored from two, or from another than the one at its place> END
//! ```
//!
//! An element that reads as no other does, and is at its place, is known wherever the list was changed.

use super::expression::{bytewise, call, case, literal, operator};

/// Strings of JSON, and what stands between its parts.
const BLANKS: &str = "(\"(?:[^\"\\\\]|\\\\.)*\")|\\s+";

/// A list that is there and what is written over it, in SQL.
pub(super) struct Mixed<'a> {
    pub(super) stored: &'a str,
    pub(super) value: &'a str,
    /// What is read of the stored one.
    pub(super) reading: &'a str,
    /// The functions that tell the elements of a list, and their number.
    pub(super) elements: &'a str,
    pub(super) length: &'a str,
    /// Of JSON as text: blanks between its parts mean nothing.
    pub(super) json: bool,
    pub(super) depth: usize,
}

/// An element that is there, its reading, and one that is written.
pub(super) struct Operands {
    pub(super) stored: String,
    pub(super) reading: String,
    pub(super) value: String,
}

impl Mixed<'_> {
    pub(super) fn operands(&self) -> Operands {
        let of = |name: &str| name.replace('#', &self.depth.to_string());
        Operands { stored: of("o#.s"), reading: of("o#.r"), value: of("w#.v") }
    }

    /// `restored`: what becomes of an element over one that is there.
    pub(super) fn sql(&self, restored: &str) -> String {
        let Self { stored, value, reading, depth, .. } = self;
        let mixed = case(&[(&self.settled(), "false")], &self.doubtful(restored));
        format!("(SELECT {mixed} FROM (SELECT {stored} AS s, {value} AS v, {reading} AS r OFFSET 0) AS l{depth})")
    }

    fn old(&self) -> String {
        let Self { elements, depth, .. } = self;
        let list = |name: &str| call(elements, &[&format!("l{depth}.{name}")]);
        format!("ROWS FROM ({}, {}) WITH ORDINALITY AS o{depth}(s, r, n)", list("s"), list("r"))
    }

    fn written(&self) -> String {
        let Self { elements, depth, .. } = self;
        format!("{} WITH ORDINALITY AS w{depth}(v, n)", call(elements, &[&format!("l{depth}.v")]))
    }

    /// What an element is told from others by.
    fn text(&self, operand: &str) -> String {
        let mut text = format!("{operand}::pg_catalog.text");
        if self.json {
            text = call("regexp_replace", &[&text, &literal(BLANKS), &literal("\\1"), "'g'"]);
        }
        bytewise(&call("quote_nullable", &[&text]))
    }

    /// Whether no element, or one of a list that is as long as it was, is another than was read at its place.
    fn settled(&self) -> String {
        let Self { length, depth, .. } = self;
        let Operands { reading, value, .. } = self.operands();
        let same = operator(&self.text(&reading), "=", &self.text(&value));
        let place = operator(&format!("o{depth}.n"), "=", &format!("w{depth}.n"));
        let stay =
            format!("(SELECT pg_catalog.count(*) FROM {}, {} WHERE {place} AND {same})", self.old(), self.written());
        let number = |name: &str| call(length, &[&format!("l{depth}.{name}")]);
        let one = format!("{}::pg_catalog.int4", operator(&number("s"), "=", &number("v")));
        operator(&operator(&stay, "+", &one), ">=", &number("s"))
    }

    fn doubtful(&self, restored: &str) -> String {
        let Operands { reading, value, .. } = self.operands();
        let depth = self.depth;
        let (value, reading, restored) = (self.text(&value), self.text(&reading), self.text(restored));
        let pairs = format!(
            "SELECT w{depth}.n, o{depth}.n AS m, {value} AS v, {reading} AS r, {restored} AS x FROM {}, {} OFFSET 0",
            self.old(),
            self.written()
        );
        let (own, alike) = (operator("p.m", "=", "p.n"), operator("p.r", "=", "p.v"));
        let restores = operator("p.x", "<>", "p.v");
        let ways = format!("pg_catalog.count(DISTINCT p.x) FILTER (WHERE {restores})");
        let at_its_place = format!("pg_catalog.count(*) FILTER (WHERE {own} AND {restores})");
        let known = format!(
            "pg_catalog.bool_or({own} AND {alike}) AND {}",
            operator(&format!("pg_catalog.count(*) FILTER (WHERE {alike})"), "=", "1")
        );
        let doubtful = operator(&ways, ">", &at_its_place);
        format!("EXISTS(SELECT 1 FROM ({pairs}) AS p GROUP BY p.n HAVING {doubtful} AND NOT ({known}))")
    }
}
