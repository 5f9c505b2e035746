//! The write-back guard: what is stored in place of a value that comes from somebody who reads the column's mask.
//!
//! ```text
//! (SELECT CASE WHEN <value is what was read> THEN <present value>
//!              WHEN <value has traces of a mask, or is the reading without its fill> THEN <an error>
//!              ELSE "menshen"."v" END
//!    FROM (SELECT (<value>)::<type>) AS "menshen"("v"))
//! ```
//!
//! Of documents and arrays, what in the value is the mask of its counterpart in the present one becomes that again first;
//! then the same is asked of the result.
//!
//! The subquery evaluates the value once: what is compared is what is stored. The error is a cast that fails, whose
//! text begins with [`MARK`]; it is computed from a stable function so that the planner does not fail ahead of time.

use std::borrow::Cow;

use super::{Mask, expression};
use crate::model::types::{ColumnType, TypeClass};

/// How the failing cast's text begins; behind it stands the column, as `<relation OID>.<attribute number>`.
pub const MARK: &str = "menshen:masked:";

const VALUE: &str = "\"menshen\".\"v\"";

const RESTORED: &str = "\"restored\".\"v\"";

/// The SQL to write around a value.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Guard {
    pub before: String,
    pub after: String,
}

impl Mask {
    /// Around a value that is inserted; `None` where no value is a masked reading for certain.
    #[must_use]
    pub fn guard_insert(&self, ty: &ColumnType, column: &str, parameter: bool) -> Option<Guard> {
        let looks = self.certain()?.looks_masked_sql(VALUE, ty)?;
        Some(guard(&[(looks, failure(ty, column))], ty, parameter))
    }

    /// A condition over `operand`, a value that COPY brings: true, or an error; `None` as for [`Self::guard_insert`].
    #[must_use]
    pub fn guard_copy(&self, operand: &str, ty: &ColumnType, column: &str) -> Option<String> {
        let looks = self.certain()?.looks_masked_sql(operand, ty)?;
        let fails = format!("{}::pg_catalog.int4 IS NOT NULL", mark(column));
        Some(expression::case(&[(&looks, &fails)], "true"))
    }

    /// Whether its guards look at each part of a value in a subquery, which a WHERE of COPY does not take.
    #[must_use]
    pub fn is_of_parts(&self) -> bool {
        matches!(self, Self::Each(_) | Self::Json(_))
    }

    /// Whether what looks masked cannot well be a true value: a text with stars in it is none, the first of January may
    /// be one.
    #[must_use]
    pub fn unmistakable(&self) -> bool {
        match self {
            Self::Date(_) | Self::Number(_) | Self::Null => false,
            Self::Each(each) => each.mask().unmistakable(),
            _ => true,
        }
    }

    /// What of it is unmistakable: of a document, the masks of some paths.
    fn certain(&self) -> Option<Cow<'_, Self>> {
        match self {
            Self::Json(json) => Some(Cow::Owned(Self::Json(json.certain()))),
            mask => mask.unmistakable().then_some(Cow::Borrowed(mask)),
        }
    }
}

/// What a principal reads of the value that is there.
#[derive(Clone, Copy, Debug)]
pub struct Present<'a> {
    /// The value itself, an operand such as `"b"."phone"`.
    pub stored: &'a str,
    /// What is read of it.
    pub reading: &'a str,
    /// What the reading may be; `None` where it is the value itself.
    pub mask: Option<&'a Mask>,
    /// Whether it may read as NULL though it is not.
    pub hidden: bool,
}

/// The guard around a value that is assigned to a column in place of the present one. `column` is how [`MARK`]'s error
/// names it; `parameter`: the value is a bare parameter, which takes the column's type.
#[must_use]
pub fn guard_update(present: Present<'_>, ty: &ColumnType, column: &str, parameter: bool) -> Guard {
    let Present { stored, reading, mask, hidden } = present;
    let mut arms = vec![(unchanged(reading, ty), stored.to_owned())];
    arms.extend(left_empty(present, ty).filter(|_| hidden).map(|empty| (empty, stored.to_owned())));
    if let Some(document) = Document::of(present, ty) {
        arms.push((document.left_empty(), stored.to_owned()));
        arms.extend(document.joined_to_nothing().map(|joined| (joined, failure(ty, column))));
    }
    let mixed = mask.and_then(|mask| mask.mixed_sql(stored, VALUE, ty));
    arms.extend(mixed.map(|mixed| (mixed, failure(ty, column))));
    if let Some(restored) = mask.and_then(|mask| restored(mask, stored, ty, &failure(ty, column))) {
        arms.push(("true".into(), restored));
        return guard(&arms, ty, parameter);
    }
    let looks = mask.and_then(|mask| mask.looks_masked_sql(VALUE, ty));
    let rewritten = mask.and_then(|mask| mask.rewritten_sql(VALUE, reading, &ty.class));
    arms.extend(looks.into_iter().chain(rewritten).map(|looks| (looks, failure(ty, column))));
    guard(&arms, ty, parameter)
}

/// Of a document or an array: the value with the true ones for their masks, or `failure` where others are left.
fn restored(mask: &Mask, stored: &str, ty: &ColumnType, failure: &str) -> Option<String> {
    let restored = mask.restored_sql(stored, VALUE, ty)?;
    let left = [mask.looks_masked_sql(RESTORED, ty), mask.stray_sql([stored, VALUE, RESTORED], ty)];
    let arms: Vec<(&str, &str)> = left.iter().flatten().map(|left| (&**left, failure)).collect();
    let checked = if arms.is_empty() { RESTORED.into() } else { expression::case(&arms, RESTORED) };
    Some(format!("(SELECT {checked} FROM (SELECT {restored} OFFSET 0) AS \"restored\"(\"v\"))"))
}

/// Whether the value is the nothing that a form makes of NULL, where what is there is hidden.
fn left_empty(present: Present<'_>, ty: &ColumnType) -> Option<String> {
    let Present { stored, reading, .. } = present;
    Some(format!("({}) AND ({reading}) IS NULL AND {stored} IS NOT NULL", is_nothing(&ty.class)?))
}

/// A document that may read as JSON's null though it is not.
struct Document<'a> {
    present: Present<'a>,
    family: &'static str,
    nothing: String,
}

impl<'a> Document<'a> {
    fn of(present: Present<'a>, ty: &ColumnType) -> Option<Self> {
        let family = match (present.mask, &ty.class) {
            (Some(Mask::Json(_)), TypeClass::Json) => "json",
            (Some(Mask::Json(_)), TypeClass::Jsonb) => "jsonb",
            _ => return None,
        };
        Some(Self { present, family, nothing: is_nothing(&ty.class)? })
    }

    fn is_null(&self, operator: &str, operand: &str) -> String {
        expression::operator(&expression::call(&format!("{}_typeof", self.family), &[operand]), operator, "'null'")
    }

    /// That null is all that is read of something else.
    fn is_hidden(&self) -> String {
        format!("{} AND {}", self.is_null("<>", self.present.stored), self.is_null("=", self.present.reading))
    }

    /// Whether the value is what drivers and forms make of such a null.
    fn left_empty(&self) -> String {
        format!("({VALUE} IS NULL OR {}) AND {}", self.nothing, self.is_hidden())
    }

    /// Whether something was joined to such a null by `||`, which makes a list of both.
    fn joined_to_nothing(&self) -> Option<String> {
        let element = |place: &str| format!("({VALUE} OPERATOR(pg_catalog.->) ({place})::pg_catalog.int4)");
        let [first, last] = ["0", "-1"].map(|place| self.is_null("=", &element(place)));
        (self.family == "jsonb").then(|| format!("({first} OR {last}) AND {}", self.is_hidden()))
    }
}

/// Whether the value is spelled as nothing.
fn is_nothing(class: &TypeClass) -> Option<String> {
    let value = expression::bytewise(&format!("{VALUE}::pg_catalog.text"));
    let among: Vec<String> = nothing(class)?.iter().map(|one| expression::operator(&value, "=", one)).collect();
    Some(among.join(" OR "))
}

/// How a type spells that there is nothing.
fn nothing(class: &TypeClass) -> Option<&'static [&'static str]> {
    match class {
        TypeClass::Text | TypeClass::Varchar(_) | TypeClass::Bpchar(_) => Some(&["''"]),
        TypeClass::Array(_) => Some(&["'{}'"]),
        TypeClass::Json | TypeClass::Jsonb => Some(&["'null'", "'{}'", "'[]'", "'\"\"'"]),
        TypeClass::Domain(inner) | TypeClass::Checked(inner) => nothing(inner),
        _ => None,
    }
}

/// Whether the value is what was read.
fn unchanged(reading: &str, ty: &ColumnType) -> String {
    let (value, read) = match comparison(&ty.class) {
        Comparison::Bytes => (expression::bytewise(VALUE), reading.to_owned()),
        Comparison::Text => (format!("{VALUE}::pg_catalog.text"), format!("({reading})::pg_catalog.text")),
        Comparison::Own => (VALUE.to_owned(), reading.to_owned()),
    };
    let same = expression::operator(&value, "=", &format!("({read})"));
    format!("({VALUE} IS NULL AND ({reading}) IS NULL) OR {same}")
}

/// How two values of a type are known to be the same.
enum Comparison {
    /// Texts by their bytes, whatever the collation.
    Bytes,
    /// Types without equality by their text.
    Text,
    Own,
}

fn comparison(class: &TypeClass) -> Comparison {
    match class {
        TypeClass::Text | TypeClass::Varchar(_) | TypeClass::Bpchar(_) => Comparison::Bytes,
        TypeClass::Json | TypeClass::Composite | TypeClass::Bit | TypeClass::Varbit | TypeClass::Other => {
            Comparison::Text
        }
        TypeClass::Domain(inner) | TypeClass::Checked(inner) => comparison(inner),
        TypeClass::Array(inner) => match comparison(inner) {
            Comparison::Own => Comparison::Own,
            // by its text, so that no element's collation makes two of them the same
            Comparison::Bytes | Comparison::Text => Comparison::Text,
        },
        _ => Comparison::Own,
    }
}

fn guard(arms: &[(String, String)], ty: &ColumnType, parameter: bool) -> Guard {
    let arms: Vec<(&str, &str)> = arms.iter().map(|(when, then)| (when.as_str(), then.as_str())).collect();
    let choice = expression::case(&arms, VALUE);
    let ty = if parameter { rounded(ty) } else { base(ty) };
    Guard { before: format!("(SELECT {choice} FROM (SELECT ("), after: format!(")::{ty}) AS \"menshen\"(\"v\"))") }
}

/// An error in place of a value of the type.
fn failure(ty: &ColumnType, column: &str) -> String {
    format!("{}::pg_catalog.int4::pg_catalog.text::{}", mark(column), base(ty))
}

fn mark(column: &str) -> String {
    expression::call("concat", &[&expression::literal(&format!("{MARK}{column}"))])
}

/// The type without its length, or of a domain its base: the assignment that follows complains of what is too long, a cast
/// would cut it off.
fn base(ty: &ColumnType) -> String {
    base_of_domain(&ty.class).unwrap_or_else(|| rounded(ty))
}

/// The type without its length, but with its precision: what the assignment would round is compared as it will be stored.
fn rounded(ty: &ColumnType) -> String {
    if rounds(&ty.class) { ty.sql.to_string() } else { without_modifier(&ty.sql) }
}

fn rounds(class: &TypeClass) -> bool {
    match class {
        TypeClass::Numeric(_) | TypeClass::Timestamp | TypeClass::Timestamptz => true,
        TypeClass::Array(element) => rounds(element),
        _ => false,
    }
}

/// A cast to a domain cuts off, too, and one to an array of it: the base type by its own name, where there is a length.
fn base_of_domain(class: &TypeClass) -> Option<String> {
    match class {
        TypeClass::Domain(inner) | TypeClass::Checked(inner) => named(inner),
        TypeClass::Array(element) => base_of_domain(element).map(|element| format!("{element}[]")),
        _ => None,
    }
}

fn named(class: &TypeClass) -> Option<String> {
    let name = match class {
        TypeClass::Varchar(_) => "pg_catalog.varchar",
        TypeClass::Bpchar(_) => "pg_catalog.bpchar",
        TypeClass::Numeric(Some((precision, scale))) => {
            return Some(format!("pg_catalog.numeric({precision},{scale})"));
        }
        TypeClass::Numeric(None) => "pg_catalog.numeric",
        TypeClass::Bit => "pg_catalog.bit",
        TypeClass::Varbit => "pg_catalog.varbit",
        TypeClass::Array(element) => return named(element).map(|element| format!("{element}[]")),
        TypeClass::Domain(inner) | TypeClass::Checked(inner) => return named(inner),
        _ => return None,
    };
    Some(name.into())
}

/// `pg_catalog.varchar(20)[]` → `pg_catalog.varchar[]`; parentheses inside of a quoted name stay.
pub(super) fn without_modifier(sql: &str) -> String {
    let (element, array) = sql.strip_suffix("[]").map_or((sql, ""), |element| (element, "[]"));
    let open = element.rfind('(').filter(|_| element.ends_with(')'));
    format!("{}{array}", open.and_then(|open| element.get(..open)).unwrap_or(element))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_left_to_the_assignment() {
        assert_eq!(without_modifier("pg_catalog.varchar(20)"), "pg_catalog.varchar");
        assert_eq!(without_modifier("pg_catalog.numeric(12,2)[]"), "pg_catalog.numeric[]");
        assert_eq!(without_modifier("pg_catalog.text"), "pg_catalog.text");
        assert_eq!(without_modifier("\"a\".\"b(1)\""), "\"a\".\"b(1)\"");
    }

    #[test]
    fn domains_leave_lengths_to_the_assignment() {
        let base = |class| base(&ColumnType { sql: "\"a\".\"b\"".into(), class });
        let limited = || Box::new(TypeClass::Varchar(Some(18)));
        assert_eq!(base(TypeClass::Checked(limited())), "pg_catalog.varchar");
        assert_eq!(base(TypeClass::Domain(Box::new(TypeClass::Checked(limited())))), "pg_catalog.varchar");
        assert_eq!(base(TypeClass::Array(Box::new(TypeClass::Domain(limited())))), "pg_catalog.varchar[]");
        assert_eq!(base(TypeClass::Checked(Box::new(TypeClass::Array(limited())))), "pg_catalog.varchar[]");
        assert_eq!(base(TypeClass::Domain(Box::new(TypeClass::Bit))), "pg_catalog.bit");
        assert_eq!(base(TypeClass::Checked(Box::new(TypeClass::Int4))), "\"a\".\"b\"");
    }

    #[test]
    fn what_the_assignment_rounds_is_compared_as_it_is_stored() {
        let base = |sql: &str, class| base(&ColumnType { sql: sql.into(), class });
        let money = || TypeClass::Numeric(Some((12, 2)));
        assert_eq!(base("pg_catalog.numeric(12,2)", money()), "pg_catalog.numeric(12,2)");
        assert_eq!(
            base("pg_catalog.numeric(12,2)[]", TypeClass::Array(Box::new(money()))),
            "pg_catalog.numeric(12,2)[]"
        );
        assert_eq!(base("\"a\".\"b\"", TypeClass::Domain(Box::new(money()))), "pg_catalog.numeric(12,2)");
        assert_eq!(base("pg_catalog.timestamp(0)", TypeClass::Timestamp), "pg_catalog.timestamp(0)");
    }
}
