//! `null` and `constant`: nothing of the value shows, but whether it is NULL.

use super::expression::{bytewise, call, case, literal, operator};
use super::text::{as_text, fit, is_text};
use crate::model::types::TypeClass;

/// NULL of the column's type. A domain may refuse NULL: a subscript beyond an array's end gives one without asking it.
pub(super) fn null(column: &str, class: &TypeClass) -> String {
    match class {
        TypeClass::Domain(_) => format!("(ARRAY[{column}])[2]"),
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

    /// A narrow column may have cut the constant off.
    pub(super) fn looks_masked(&self, value: &str, class: &TypeClass) -> bool {
        if !is_text(class) {
            return value == self.apply(class);
        }
        let value = value.trim_end_matches(' ');
        self.text == value || (!value.is_empty() && self.text.starts_with(value))
    }

    pub(super) fn looks_masked_sql(&self, operand: &str, class: &TypeClass) -> String {
        match class {
            TypeClass::Bool => operator(operand, "=", &self.text),
            class if is_text(class) => {
                let value = call("rtrim", &[&bytewise(&as_text(operand, class)), "' '"]);
                let begins = call("starts_with", &[&literal(&self.text), &value]);
                let empty = operator(&value, "<>", "''");
                if self.text.is_empty() { begins } else { format!("{begins} AND {empty}") }
            }
            _ => operator(operand, "=", &format!("({})", self.text)),
        }
    }
}
