//! `null` and `constant`: nothing of the value shows, but whether it is NULL.

use super::expression::{bytewise, call, case, literal, operator};
use super::text::{as_text, fit, is_text};
use super::traces::Traces;
use crate::model::types::TypeClass;

/// A constant of so many characters is looked for within other text.
const TELLING: usize = 3;

/// NULL of the column's type. A domain may refuse NULL: a subscript beyond an array's end gives one without asking it.
pub(super) fn null(column: &str, class: &TypeClass) -> String {
    match class {
        TypeClass::Domain(_) | TypeClass::Checked(_) => format!("(ARRAY[{column}])[2]"),
        _ => "NULL".into(),
    }
}

/// One text, integer or truth value for all that are not NULL.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Constant {
    pub text: String,
}

impl Constant {
    pub(super) fn supports(&self, class: &TypeClass) -> bool {
        let within = |least: i64, most: i64| {
            self.text
                .parse()
                .is_ok_and(|number: i64| (least..=most).contains(&number) && number.to_string() == self.text)
        };
        match class {
            TypeClass::Text | TypeClass::Varchar(_) | TypeClass::Bpchar(_) => !self.text.contains('\0'),
            TypeClass::Bool => matches!(&*self.text, "true" | "false"),
            TypeClass::Int2 => within(i16::MIN.into(), i16::MAX.into()),
            TypeClass::Int4 => within(i32::MIN.into(), i32::MAX.into()),
            TypeClass::Int8 => within(i64::MIN, i64::MAX),
            _ => false,
        }
    }

    /// The column itself where it is NULL: the result keeps the column's collation.
    pub(super) fn expression(&self, column: &str, class: &TypeClass) -> String {
        let constant = match class {
            TypeClass::Text | TypeClass::Varchar(_) | TypeClass::Bpchar(_) => {
                return case(
                    &[(&format!("{column} IS NULL"), &format!("{column}::pg_catalog.text"))],
                    &literal(&self.text),
                );
            }
            TypeClass::Bool => self.text.clone(),
            _ => format!("({})", self.text),
        };
        case(&[(&format!("{column} IS NULL"), "NULL")], &constant)
    }

    pub(super) fn apply(&self, class: &TypeClass) -> String {
        match class {
            TypeClass::Bool => if self.text == "true" { "t" } else { "f" }.into(),
            TypeClass::Bpchar(None) | TypeClass::Varchar(_) | TypeClass::Text | TypeClass::Bpchar(_) => {
                fit(&self.text, class)
            }
            _ => self.text.clone(),
        }
    }

    /// Whether it is so long that no true value holds it by chance.
    fn is_told(&self) -> bool {
        self.text.chars().count() >= TELLING
    }

    /// Traces of the constant, if it has stars in it.
    fn traces(&self) -> Option<Traces> {
        Traces::STARS.are_in(&self.text).then_some(Traces::STARS)
    }

    /// A narrow column may have cut the constant off, a form may have written it in other surroundings.
    pub(super) fn looks_masked(&self, value: &str, class: &TypeClass) -> bool {
        if !is_text(class) {
            return value == self.apply(class);
        }
        let (text, lower) = (self.text.to_ascii_lowercase(), value.to_ascii_lowercase());
        let value = lower.trim_end_matches(' ');
        let within = self.is_told() && value.contains(&text);
        let traced = self.traces().is_some_and(|traces| traces.are_in(value));
        within || traced || text == value || (!value.is_empty() && text.starts_with(value))
    }

    pub(super) fn looks_masked_sql(&self, operand: &str, class: &TypeClass) -> String {
        match class {
            TypeClass::Bool => operator(operand, "=", &self.text),
            class if is_text(class) => {
                let value = call("lower", &[&call("rtrim", &[&bytewise(&as_text(operand, class)), "' '"])]);
                let text = literal(&self.text.to_ascii_lowercase());
                let begins = call("starts_with", &[&text, &value]);
                if self.text.is_empty() {
                    return begins;
                }
                let mut looks = format!("({begins} AND {})", operator(&value, "<>", "''"));
                if self.is_told() {
                    looks += &format!(" OR {}", operator(&call("strpos", &[&value, &text]), ">", "0"));
                }
                if let Some(traces) = self.traces() {
                    looks += &format!(" OR {}", traces.sql(&value));
                }
                format!("({looks})")
            }
            _ => operator(operand, "=", &format!("({})", self.text)),
        }
    }
}
