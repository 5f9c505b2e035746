//! Masks: what a principal sees instead of a protected value.
//!
//! A mask is a type-preserving function with a visible and a hidden part. It exists twice, as a SQL expression that
//! the scan substitution places in a statement and as a Rust function; `tests/it/masks.rs` compares the two on a
//! server, byte for byte. Each family has a file of its own.
//!
//! | spelled in `masks.toml` | shows | 13812345678 / 王小明 … becomes |
//! |---|---|---|
//! | `keep = { first = 3, last = 4, fill = "*", hide = 1 }` | the first and last characters | `138****5678` |
//! | `name = true` | the surname, compound ones too | `王**`, `欧阳**` |
//! | `email = true` | first character and domain | `a****@example.com` |
//! | `phone = true` | prefix or area code, last four digits | `138****5678`, `+86138****5678`, `0571-****5678` |
//! | `id_card = { region = true, birth_year = true }` | region, year of birth | `1101011990********` |
//! | `bank_card = true` | first and last four digits | `6222********1234` |
//! | `address = true` | down to the district | `浙江省杭州市西湖区****` |
//! | `date = "year"`, `"month"` | the year, or year and month | `1990-01-01` |
//! | `number = { round = 1000 }`, `{ bucket = 1000 }` | the nearest or next lower multiple | `12000` |
//! | `null = true` | nothing | NULL |
//! | `constant = "withheld"` | nothing | `withheld` |
//! | `pseudonym = { key = "crm", per = "bundle", format = "digits", length = 11 }` | which values are the same | `00481523427` |
//! | `each = { phone = true }` | of every element of an array what the mask shows | `{138****5678}` |
//!
//! [`Json`] masks values inside of documents; `rights` makes it of what a bundle says of paths.
//!
//! A mask is a table with exactly one key. `phone`, `id_card` (also `id-card`), `name`, `email`, `bank_card`
//! (`bank-card`), `address`, `null`, `year`, `month` are masks of their own name that need no entry ([`Mask::named`]).
//!
//! What every mask promises (and the tests hold it to):
//! - NULL stays NULL, the empty text stays empty; nothing else passes unchanged unless it already was a mask.
//! - No stored value makes it raise an error: an error would tell something about the value.
//! - The answer depends on the value alone: not on the search path, the session's settings, time or collation. The
//!   expression is pure ASCII, so that it survives every client encoding. The server must be PostgreSQL 14 or newer
//!   and the database's encoding UTF8; characters are code points.
//! - Applied twice it gives the same as applied once (`pseudonym` apart, which is known by its first characters): the
//!   write-back guard rests on it.
//! - Text masks other than `keep` use a fixed number of fill characters and do not tell how long the hidden part is.
//!   `keep` shows one fill character per hidden character (up to 1,000): meant for values of one length.

mod address;
mod array;
mod bank_card;
mod constant;
mod date;
mod digits;
mod document;
mod each;
mod email;
mod expression;
mod guard;
mod id_card;
mod json;
mod keep;
mod kinds;
mod leaf;
mod mixed;
mod name;
mod number;
mod phone;
mod pseudonym;
mod stray;
mod text;
mod traces;

use std::sync::Arc;

use serde::Deserialize;

pub use address::Address;
pub use bank_card::BankCard;
pub use constant::Constant;
pub use date::Truncation;
pub use each::{Each, InvalidEach};
pub use email::Email;
pub use guard::{Guard, MARK, Present, guard_update};
pub use id_card::IdCard;
pub use json::{InvalidPath, Json, Overlap, Path};
pub use keep::Keep;
pub use name::Name;
pub use number::Number;
pub use phone::Phone;
pub use pseudonym::{MasterKey, Per, Pseudonym, ShortKey};

use crate::model::types::{ColumnType, TypeClass};

use text::{TextMask, as_text, fit, is_text, unpadded};

/// A mask and its parameters; deserialised from a table with exactly one key, as `masks.toml` spells it.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Deserialize)]
#[serde(try_from = "Written")]
pub enum Mask {
    Keep(Keep),
    Name(Name),
    Email(Email),
    Phone(Phone),
    IdCard(IdCard),
    BankCard(BankCard),
    Address(Address),
    Date(Truncation),
    Number(Number),
    /// NULL of the column's type: also what hidden columns read as.
    Null,
    Constant(Constant),
    Pseudonym(Pseudonym),
    Each(Each),
    Json(Json),
}

/// What was written, before it is known to hide anything.
#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Written {
    Keep(keep::Parameters),
    Name(bool),
    Email(bool),
    Phone(bool),
    IdCard(IdCard),
    BankCard(bool),
    Address(bool),
    Date(Truncation),
    Number(number::Parameters),
    Null(bool),
    Constant(String),
    Pseudonym(pseudonym::Parameters),
    Each(Box<Mask>),
}

/// Why what was written is no mask.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum InvalidMask {
    #[error(transparent)]
    Keep(#[from] keep::InvalidKeep),
    #[error(transparent)]
    Step(#[from] number::InvalidStep),
    #[error(transparent)]
    Pseudonym(#[from] pseudonym::InvalidPseudonym),
    #[error(transparent)]
    Each(#[from] InvalidEach),
    #[error("a mask without parameters is written `{0} = true`")]
    False(&'static str),
}

impl TryFrom<Written> for Mask {
    type Error = InvalidMask;

    fn try_from(written: Written) -> Result<Self, InvalidMask> {
        let plain = |mask: Self, yes: bool| if yes { Ok(mask) } else { Err(InvalidMask::False(mask.family())) };
        Ok(match written {
            Written::Keep(parameters) => Self::Keep(parameters.try_into()?),
            Written::Name(yes) => plain(Self::Name(Name), yes)?,
            Written::Email(yes) => plain(Self::Email(Email), yes)?,
            Written::Phone(yes) => plain(Self::Phone(Phone), yes)?,
            Written::IdCard(card) => Self::IdCard(card),
            Written::BankCard(yes) => plain(Self::BankCard(BankCard), yes)?,
            Written::Address(yes) => plain(Self::Address(Address), yes)?,
            Written::Date(truncation) => Self::Date(truncation),
            Written::Number(parameters) => Self::Number(parameters.try_into()?),
            Written::Null(yes) => plain(Self::Null, yes)?,
            Written::Constant(text) => Self::Constant(Constant { text }),
            Written::Pseudonym(parameters) => Self::Pseudonym(parameters.try_into()?),
            Written::Each(mask) => Self::Each(Each::new(*mask)?),
        })
    }
}

/// A mask cannot stand for a column of this type.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("mask `{mask}` cannot mask a column of type {column_type}")]
pub struct Unsupported {
    pub mask: &'static str,
    pub column_type: Arc<str>,
}

impl Mask {
    /// The families, as `masks.toml` spells them.
    pub const FAMILIES: [&str; 13] = [
        "keep",
        "name",
        "email",
        "phone",
        "id_card",
        "bank_card",
        "address",
        "date",
        "number",
        "null",
        "constant",
        "pseudonym",
        "each",
    ];

    /// The names of the masks that need no entry in `masks.toml`.
    pub const NAMED: [&str; 11] =
        ["phone", "id_card", "id-card", "name", "email", "bank_card", "bank-card", "address", "year", "month", "null"];

    /// The mask that needs no entry in `masks.toml`.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Some(match name {
            "phone" => Self::Phone(Phone),
            "id_card" | "id-card" => Self::IdCard(IdCard::default()),
            "name" => Self::Name(Name),
            "email" => Self::Email(Email),
            "bank_card" | "bank-card" => Self::BankCard(BankCard),
            "address" => Self::Address(Address),
            "year" => Self::Date(Truncation::Year),
            "month" => Self::Date(Truncation::Month),
            "null" => Self::Null,
            _ => return None,
        })
    }

    /// The family's name, as spelled in `masks.toml`.
    #[must_use]
    pub fn family(&self) -> &'static str {
        match self {
            Self::Keep(_) => "keep",
            Self::Name(_) => "name",
            Self::Email(_) => "email",
            Self::Phone(_) => "phone",
            Self::IdCard(_) => "id_card",
            Self::BankCard(_) => "bank_card",
            Self::Address(_) => "address",
            Self::Date(_) => "date",
            Self::Number(_) => "number",
            Self::Null => "null",
            Self::Constant(_) => "constant",
            Self::Pseudonym(_) => "pseudonym",
            Self::Each(_) => "each",
            Self::Json(_) => "json",
        }
    }

    fn text_mask(&self) -> Option<&dyn TextMask> {
        Some(match self {
            Self::Keep(mask) => mask,
            Self::Name(mask) => mask,
            Self::Email(mask) => mask,
            Self::Phone(mask) => mask,
            Self::IdCard(mask) => mask,
            Self::BankCard(mask) => mask,
            Self::Address(mask) => mask,
            _ => return None,
        })
    }

    /// Whether it can stand for a column of that type. A domain is what it is over.
    #[must_use]
    pub fn supports(&self, class: &TypeClass) -> bool {
        match (self, class) {
            (Self::Null, _) => true,
            (_, TypeClass::Domain(inner)) => kinds::of_class((**inner).clone()).is_some() && self.supports(inner),
            (Self::Date(_), class) => Truncation::supports(class),
            (Self::Number(number), class) => number.supports(class),
            (Self::Constant(constant), class) => constant.supports(class),
            (Self::Pseudonym(pseudonym), class) => pseudonym.supports(class),
            (Self::Each(each), class) => each.supports(class),
            (Self::Json(_), class) => Json::supports(class),
            _ => is_text(class),
        }
    }

    /// The SQL expression over `column` (already quoted), of the column's exact type.
    ///
    /// # Errors
    /// When the mask does not support the type.
    pub fn sql(&self, column: &str, ty: &ColumnType) -> Result<String, Unsupported> {
        let unsupported = || Unsupported { mask: self.family(), column_type: ty.sql.clone() };
        if !self.supports(&ty.class) {
            return Err(unsupported());
        }
        if let (Some(base), false) = (kinds::base(ty), *self == Self::Null) {
            let masked = self.sql(&format!("{column}::{}", base.sql), &base)?;
            // A domain that refuses NULL may hold it all the same: it stays what it is.
            return Ok(format!("(CASE WHEN {column} IS NULL THEN {column} ELSE {masked}::{0} END)::{0}", ty.sql));
        }
        let expression = match self {
            Self::Date(truncation) => truncation.expression(column, &ty.class),
            Self::Number(number) => number.expression(column, &ty.class),
            Self::Null => constant::null(column, &ty.class),
            Self::Constant(constant) => constant.expression(column, &ty.class),
            Self::Pseudonym(pseudonym) => pseudonym.expression(column, &ty.class).ok_or_else(unsupported)?,
            Self::Each(each) => each.expression(column, ty).ok_or_else(unsupported)?,
            Self::Json(json) => json.expression(column, &ty.class),
            _ => self.text_mask().map(|mask| mask.expression(&as_text(column, &ty.class))).unwrap_or_default(),
        };
        Ok(format!("({expression})::{}", ty.sql))
    }

    /// What the expression answers for a value that is not NULL; `None` is NULL.
    ///
    /// `value` is PostgreSQL's text form under `DateStyle = ISO` and `TimeZone = UTC`, blank padding included. Values
    /// that no column of the type can hold, and types that the mask does not support, give `None`.
    #[must_use]
    pub fn apply(&self, value: &str, ty: &ColumnType) -> Option<String> {
        if !self.supports(&ty.class) {
            return None;
        }
        if let Some(base) = kinds::base(ty) {
            return self.apply(value, &base);
        }
        match self {
            Self::Date(truncation) => truncation.apply(value),
            Self::Number(number) => number.apply(value, &ty.class),
            Self::Null => None,
            Self::Constant(constant) => Some(constant.apply(&ty.class)),
            Self::Pseudonym(pseudonym) => pseudonym.apply(value, &ty.class).map(|masked| fit(&masked, &ty.class)),
            Self::Each(each) => each.apply(value, ty),
            Self::Json(json) => Some(json.apply(value, &ty.class)),
            _ => self.text_mask().map(|mask| fit(&mask.apply(unpadded(value, &ty.class)), &ty.class)),
        }
    }

    /// Whether a value of a column of that type may be a masked reading rather than a true value: it must not be
    /// written into the column. `value` is as for [`Mask::apply`]. Of arrays and documents: whether some element or
    /// masked path is one.
    ///
    /// For texts that is whatever has traces of a mask, in whatever surroundings. A date that begins a month, a number that is a multiple of the
    /// step may well be true. Never so for `null`, nor where the mask does not support the type.
    #[must_use]
    pub fn looks_masked(&self, value: &str, ty: &ColumnType) -> bool {
        if !self.supports(&ty.class) {
            return false;
        }
        if let Some(base) = kinds::base(ty) {
            return self.looks_masked(value, &base);
        }
        match self {
            Self::Date(truncation) => truncation.apply(value).is_some_and(|masked| masked == value),
            Self::Number(number) => number.looks_masked(value, &ty.class),
            Self::Null => false,
            Self::Constant(constant) => constant.looks_masked(value, &ty.class),
            Self::Pseudonym(pseudonym) => pseudonym.looks_masked(value),
            Self::Each(each) => each.looks_masked(value, ty),
            Self::Json(json) => json.looks_masked(value, &ty.class),
            _ => self.text_mask().is_some_and(|mask| mask.looks_masked(unpadded(value, &ty.class))),
        }
    }

    /// The same as a SQL condition over `operand`, an expression of the column's type that is evaluated several
    /// times; false for NULL. `None`: nothing looks masked.
    #[must_use]
    pub fn looks_masked_sql(&self, operand: &str, ty: &ColumnType) -> Option<String> {
        if !self.supports(&ty.class) {
            return None;
        }
        if let Some(base) = kinds::base(ty) {
            return self.looks_masked_sql(&format!("{operand}::{}", base.sql), &base);
        }
        let condition = match self {
            Self::Date(truncation) => truncation.looks_masked_sql(operand, &ty.class),
            Self::Number(number) => number.looks_masked_sql(operand, &ty.class),
            Self::Null => return None,
            Self::Constant(constant) => constant.looks_masked_sql(operand, &ty.class),
            Self::Pseudonym(pseudonym) => pseudonym.looks_masked_sql(operand, &ty.class),
            Self::Each(each) => each.looks_masked_sql(operand, ty)?,
            Self::Json(json) => json.looks_masked_sql(operand, &ty.class)?,
            _ => self.text_mask()?.looks_masked_sql(&as_text(operand, &ty.class)),
        };
        Some(format!("COALESCE({condition}, false)"))
    }

    /// SQL: whether `value` is what a form makes of `reading`, the mask of the present value, when it takes the fill out or
    /// puts other surroundings around it; false where one of them is NULL. `None` where there is no such thing.
    fn rewritten_sql(&self, value: &str, reading: &str, class: &TypeClass) -> Option<String> {
        let condition = match (self, class) {
            (_, TypeClass::Domain(inner)) => return self.rewritten_sql(value, reading, inner),
            (Self::Date(_), TypeClass::Timestamptz) => Truncation::same_day(value, reading),
            (_, class) if is_text(class) => self.bare_sql(&text_of(value), &text_of(reading))?,
            _ => return None,
        };
        Some(format!("COALESCE({condition}, false)"))
    }

    /// [`traces::bare_sql`] for a mask over text.
    fn bare_sql(&self, value: &str, reading: &str) -> Option<String> {
        Some(traces::bare_sql(value, reading, self.is_of_numbers()?))
    }

    fn is_bare(&self, value: &str, reading: &str) -> bool {
        self.is_of_numbers().is_some_and(|number| traces::is_bare(value, reading, number))
    }

    /// Whether a mask over text is one of numbers; `None` for other masks.
    fn is_of_numbers(&self) -> Option<bool> {
        match self {
            Self::Constant(_) | Self::Pseudonym(_) => Some(false),
            mask => mask.text_mask().map(TextMask::is_of_numbers),
        }
    }

    /// For documents and arrays: SQL, of the column's type but for its length, for what is to be stored where a program
    /// writes `value` after it read the mask of `stored`: what in it equals the mask of its counterpart in `stored` (at
    /// the same path, at the same position) becomes that again, what is that mask without its fill becomes the mask, and
    /// members of objects that were not shown come back. The operands are expressions of the column's type that are
    /// evaluated several times. `None` for masks of single values.
    #[must_use]
    pub fn restored_sql(&self, stored: &str, value: &str, ty: &ColumnType) -> Option<String> {
        if !self.supports(&ty.class) {
            return None;
        }
        if let Some(base) = kinds::base(ty) {
            // A cast to the type with its length, or to the domain, would cut off what is too long for it.
            let of_base = |operand: &str| format!("{operand}::{}", guard::without_modifier(&base.sql));
            return self.restored_sql(&of_base(stored), &of_base(value), &base);
        }
        let restored = match self {
            Self::Each(each) => each.restored_sql(stored, value, ty)?,
            Self::Json(json) => json.restored_sql(stored, value, &ty.class),
            _ => return None,
        };
        Some(format!("({restored})::{}", guard::without_modifier(&ty.sql)))
    }

    /// For documents and arrays: SQL, whether it is in doubt which of the true values in `stored` belongs to a mask in
    /// `value`, because other masks of the same list look the same and the list has changed. `None`: never.
    fn mixed_sql(&self, stored: &str, value: &str, ty: &ColumnType) -> Option<String> {
        if !self.supports(&ty.class) {
            return None;
        }
        if let Some(base) = kinds::base(ty) {
            let of_base = |operand: &str| format!("{operand}::{}", guard::without_modifier(&base.sql));
            return self.mixed_sql(&of_base(stored), &of_base(value), &base);
        }
        let condition = match self {
            Self::Each(each) => each.mixed_sql(stored, value, ty)?,
            Self::Json(json) => json.mixed_sql(stored, value, &ty.class)?,
            _ => return None,
        };
        Some(format!("COALESCE({condition}, false)"))
    }

    /// For documents: SQL, whether `value` holds a mask at another place than its own, which `restored` still holds.
    fn stray_sql(&self, operands: [&str; 3], ty: &ColumnType) -> Option<String> {
        match (self, kinds::base(ty)) {
            (Self::Json(json), base) => json.stray_sql(operands, base.as_ref().map_or(&ty.class, |base| &base.class)),
            _ => None,
        }
    }

    /// What [`Mask::restored_sql`] answers for values that are not NULL. `None` for masks of single values.
    #[must_use]
    pub fn restored(&self, stored: &str, value: &str, ty: &ColumnType) -> Option<String> {
        if !self.supports(&ty.class) {
            return None;
        }
        if let Some(base) = kinds::base(ty) {
            return self.restored(stored, value, &base);
        }
        match self {
            Self::Each(each) => each.restored(stored, value, ty),
            Self::Json(json) => Some(json.restored(stored, value, &ty.class)),
            _ => None,
        }
    }

    /// Texts in its expression that whoever reads the mask must not see.
    #[must_use]
    pub fn secrets(&self) -> Vec<String> {
        match self {
            Self::Pseudonym(pseudonym) => pseudonym.secrets(),
            Self::Each(each) => each.mask().secrets(),
            Self::Json(json) => json.masks().into_iter().flat_map(Self::secrets).collect(),
            _ => Vec::new(),
        }
    }

    /// The pseudonym that it is or makes of every element.
    #[must_use]
    pub fn pseudonym(&self) -> Option<&Pseudonym> {
        match self {
            Self::Pseudonym(pseudonym) => Some(pseudonym),
            Self::Each(each) => each.mask().pseudonym(),
            _ => None,
        }
    }

    /// Whether it could stand for a column of that type once it has the key that it may need.
    #[must_use]
    pub fn fits(&self, class: &TypeClass) -> bool {
        let keyed = self.pseudonym().map(|pseudonym| self.with_pseudonym(pseudonym.with_any_key()));
        keyed.as_ref().unwrap_or(self).supports(class)
    }

    /// The same with another pseudonym in the place of its own.
    #[must_use]
    pub fn with_pseudonym(&self, pseudonym: Pseudonym) -> Self {
        match self {
            Self::Pseudonym(_) => Self::Pseudonym(pseudonym),
            Self::Each(each) => Self::Each(each.with_pseudonym(pseudonym)),
            mask => mask.clone(),
        }
    }

    /// How many bits of an ordinary value stay hidden (a cautious estimate; infinite where nothing is shown): whoever
    /// may test equality on the true value needs about 2^bits tests to find it.
    #[must_use]
    pub fn hidden_bits(&self) -> f64 {
        match self {
            Self::Date(truncation) => truncation.hidden_bits(),
            Self::Number(number) => number.hidden_bits(),
            Self::Null | Self::Constant(_) | Self::Pseudonym(_) => f64::INFINITY,
            Self::Each(each) => each.mask().hidden_bits(),
            Self::Json(json) => json.hidden_bits(),
            _ => self.text_mask().map_or(0.0, TextMask::hidden_bits),
        }
    }
}

fn text_of(operand: &str) -> String {
    format!("({operand})::pg_catalog.text")
}

#[cfg(test)]
mod attacks;
#[cfg(test)]
mod inside_tests;
#[cfg(test)]
mod tests;
