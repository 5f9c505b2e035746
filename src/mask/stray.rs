//! Masks in a document at other places than their own, where no path says what stands there.

use super::Mask;
use super::document::Family;
use super::expression::{bytewise, call, case, literal, operator};
use super::json::{Json, family, unreadable};
use crate::model::types::TypeClass;

/// A string of JSON, with its quotes.
const STRING: &str = "\"(?:[^\"\\\\]|\\\\.)*\"";

impl Json {
    /// SQL: whether a string of `value` is a mask, and still one in `restored`, what is to be stored. Those that are shown
    /// as they are of `stored` may come back. `None`: no string is a mask for certain.
    pub(super) fn stray_sql(&self, [stored, value, restored]: [&str; 3], class: &TypeClass) -> Option<String> {
        let mut masks: Vec<String> = self.masks().into_iter().filter_map(|mask| mask.is_mask_sql("t.t")).collect();
        masks.sort();
        masks.dedup();
        if masks.is_empty() {
            return None;
        }
        let read = "(t.t[1]::pg_catalog.json OPERATOR(pg_catalog.#>>) '{}')";
        let read = match family(class) {
            Family::Jsonb => read.to_owned(),
            Family::Json => case(&[(&unreadable("t.t[1]"), "t.t[1]")], read),
        };
        let within = |text: &str| operator(&call("strpos", &[text, "t.q"]), ">", "0");
        let stray = format!(
            "EXISTS(SELECT 1 FROM (SELECT t.t[1] AS q, {read} AS t FROM {} AS t(t) OFFSET 0) AS t \
             WHERE ({}) AND {} AND NOT {})",
            call("regexp_matches", &["m.v", &literal(STRING), "'g'"]),
            masks.join(" OR "),
            within("m.r"),
            within("m.s")
        );
        let text = |json: &str| format!("COALESCE(({json})::pg_catalog.text, '')");
        let shown = self.blank().expression(stored, class);
        let (shown, value, restored) = (text(&shown), text(value), text(restored));
        Some(format!("(SELECT {stray} FROM (SELECT {shown} AS s, {value} AS v, {restored} AS r OFFSET 0) AS m)"))
    }
}

impl Mask {
    /// SQL: whether a text is a mask as this one makes it, and nothing else; `None` where a true value may be.
    fn is_mask_sql(&self, text: &str) -> Option<String> {
        let class = TypeClass::Text;
        match self {
            Self::Constant(constant) if constant.text.is_empty() => None,
            Self::Constant(constant) => Some(operator(&bytewise(text), "=", &literal(&constant.text))),
            Self::Pseudonym(pseudonym) => Some(pseudonym.looks_masked_sql(text, &class)),
            _ => {
                let mask = self.text_mask()?;
                // one other character may stand in a text
                let count = if mask.traces().are_any_fill() { 1 } else { 2 };
                let fill = literal(&mask.fill().to_string().repeat(count));
                let filled = operator(&call("strpos", &[&bytewise(text), &fill]), ">", "0");
                let same = operator(&bytewise(text), "=", &format!("({})", mask.expression(text)));
                Some(case(&[(&filled, &same)], "false"))
            }
        }
    }
}
