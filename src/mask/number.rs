//! `number`: numbers become multiples of a step.

use serde::Deserialize;

use super::expression::{call, case, operator};
use crate::model::types::TypeClass;

/// Largest step.
const LARGEST_STEP: u64 = 1_000_000_000_000_000;
/// Numbers of more integer digits than these become the largest multiple within them.
const MOST_DIGITS: u32 = 30;
/// Integers up to there are exact in `float8`, and in the 15 digits that its cast to `numeric` keeps.
const EXACT_IN_FLOAT8: i128 = 999_999_999_999_999;

/// The nearest multiple of a step, halves away from zero; or the next lower one, which names a bucket by its begin.
///
/// What the column's type cannot hold becomes the multiple next to its end of the range. NaN stays.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Number {
    Round(u64),
    Bucket(u64),
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Parameters {
    Round(u64),
    Bucket(u64),
}

/// A step of zero or one hides nothing.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("the step must be a whole number from 2 to 1,000,000,000,000,000")]
pub struct InvalidStep;

impl TryFrom<Parameters> for Number {
    type Error = InvalidStep;

    fn try_from(written: Parameters) -> Result<Self, InvalidStep> {
        let (Parameters::Round(step) | Parameters::Bucket(step)) = written;
        if !(2..=LARGEST_STEP).contains(&step) {
            return Err(InvalidStep);
        }
        Ok(match written {
            Parameters::Round(step) => Self::Round(step),
            Parameters::Bucket(step) => Self::Bucket(step),
        })
    }
}

/// A decimal number, as far as rounding must know it.
struct Decimal {
    negative: bool,
    /// Saturated.
    whole: i128,
    /// Whether the fraction is at least a half, and whether there is one.
    half: bool,
    fraction: bool,
}

impl Decimal {
    /// `None` for NaN and for what is no number.
    fn parse(text: &str) -> Option<Self> {
        let (negative, digits) = text.strip_prefix('-').map_or((false, text), |digits| (true, digits));
        if digits == "Infinity" {
            return Some(Self { negative, whole: i128::MAX, half: false, fraction: false });
        }
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        if digits.is_empty() || !whole.bytes().chain(fraction.bytes()).all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let whole = if whole.is_empty() { 0 } else { whole.parse().unwrap_or(i128::MAX) };
        let half = fraction.bytes().next().is_some_and(|digit| digit >= b'5');
        Some(Self { negative, whole, half, fraction: fraction.bytes().any(|digit| digit != b'0') })
    }

    /// As the cast from `float8` to `numeric` reads it: 15 significant digits.
    fn parse_float(text: &str) -> Option<Self> {
        let value: f64 = text.parse().ok()?;
        if value.is_nan() || value.is_infinite() {
            return Self::parse(text);
        }
        if value.abs() < 0.1 {
            return Some(Self { negative: value < 0.0, whole: 0, half: false, fraction: value != 0.0 });
        }
        let magnitude = value.abs().log10().floor().clamp(-1.0, 40.0) as i32;
        if magnitude > 20 {
            return Some(Self { negative: value < 0.0, whole: i128::MAX, half: false, fraction: false });
        }
        let scientific = format!("{value:.14e}");
        Self::parse(&plain(&scientific)?)
    }
}

/// `-1.25e1` → `-12.5`.
fn plain(scientific: &str) -> Option<String> {
    let (mantissa, exponent) = scientific.split_once('e')?;
    let exponent: i32 = exponent.parse().ok()?;
    let (sign, mantissa) = mantissa.strip_prefix('-').map_or(("", mantissa), |rest| ("-", rest));
    let digits: String = mantissa.chars().filter(|character| *character != '.').collect();
    let point = exponent + 1;
    Some(match usize::try_from(point) {
        Err(_) => format!("{sign}0.{}{digits}", "0".repeat(point.unsigned_abs() as usize)),
        Ok(point) if point >= digits.len() => format!("{sign}{digits}{}", "0".repeat(point - digits.len())),
        Ok(point) => {
            let (whole, fraction) = digits.split_at_checked(point)?;
            format!("{sign}{}{whole}.{fraction}", if whole.is_empty() { "0" } else { "" })
        }
    })
}

impl Number {
    fn step(self) -> i128 {
        let (Self::Round(step) | Self::Bucket(step)) = self;
        step.into()
    }

    pub(super) fn supports(self, class: &TypeClass) -> bool {
        match class {
            TypeClass::Int2 | TypeClass::Int4 | TypeClass::Int8 | TypeClass::Float8 | TypeClass::Numeric(None) => true,
            TypeClass::Numeric(Some((_, scale))) => *scale >= 0,
            _ => false,
        }
    }

    /// The least and greatest multiple that the type holds.
    fn bounds(self, class: &TypeClass) -> (i128, i128) {
        let (least, most) = match class {
            TypeClass::Int2 => (i16::MIN.into(), i16::MAX.into()),
            TypeClass::Int4 => (i32::MIN.into(), i32::MAX.into()),
            TypeClass::Int8 => (i64::MIN.into(), i64::MAX.into()),
            TypeClass::Float8 => (-EXACT_IN_FLOAT8, EXACT_IN_FLOAT8),
            TypeClass::Numeric(Some((precision, scale))) => {
                let digits = (i32::from(*precision) - i32::from(*scale)).clamp(0, MOST_DIGITS.cast_signed());
                let most = 10i128.pow(digits.unsigned_abs()) - 1;
                (-most, most)
            }
            _ => (1 - 10i128.pow(MOST_DIGITS), 10i128.pow(MOST_DIGITS) - 1),
        };
        (least / self.step() * self.step(), most / self.step() * self.step())
    }

    pub(super) fn expression(self, column: &str, class: &TypeClass) -> String {
        let (least, most) = self.bounds(class);
        let step = self.step();
        let constant = |number: &str| format!("({number})::pg_catalog.numeric");
        let number = format!("{column}::pg_catalog.numeric");
        // Within the bounds before anything is added: the greatest numerics would overflow.
        let (least, most) = (constant(&least.to_string()), constant(&most.to_string()));
        let clamped = format!("GREATEST({least}, LEAST({most}, {number}))");
        let negative = operator(&number, "<", &constant("0"));
        let shifted = match self {
            Self::Round(_) => {
                let half = format!("{}{}", step / 2, if step % 2 == 0 { "" } else { ".5" });
                let shift = case(&[(&negative, &constant(&format!("-{half}")))], &constant(&half));
                operator(&clamped, "+", &shift)
            }
            Self::Bucket(_) => {
                let shift = case(&[(&negative, &constant(&(step - 1).to_string()))], &constant("0"));
                operator(&call("floor", &[&clamped]), "-", &shift)
            }
        };
        let step = constant(&step.to_string());
        let multiple = operator(&call("div", &[&shifted, &step]), "*", &step);
        let nan = operator(&number, "=", "'NaN'::pg_catalog.numeric");
        // LEAST and GREATEST pass NULL over.
        let null = format!("{column} IS NULL");
        let mut arms = vec![(&*null, "NULL")];
        if matches!(class, TypeClass::Numeric(_) | TypeClass::Float8) {
            arms.push((&nan, &number));
        }
        case(&arms, &multiple)
    }

    /// The multiple that stands for a number.
    fn multiple(self, number: &Decimal) -> i128 {
        let step = self.step();
        let whole = number.whole.min(10i128.pow(MOST_DIGITS + 2));
        match self {
            Self::Round(_) => {
                let twice = 2 * whole + i128::from(number.half);
                let magnitude = (twice + step) / (2 * step) * step;
                if number.negative { -magnitude } else { magnitude }
            }
            Self::Bucket(_) if number.negative => (-whole - i128::from(number.fraction)).div_euclid(step) * step,
            Self::Bucket(_) => whole / step * step,
        }
    }

    pub(super) fn apply(self, value: &str, class: &TypeClass) -> Option<String> {
        if value == "NaN" {
            return Some(value.into());
        }
        let number = if *class == TypeClass::Float8 { Decimal::parse_float(value) } else { Decimal::parse(value) }?;
        let (least, most) = self.bounds(class);
        let multiple = self.multiple(&number).clamp(least, most);
        Some(match class {
            TypeClass::Numeric(Some((_, scale @ 1..))) => {
                format!("{multiple}.{}", "0".repeat(scale.unsigned_abs().into()))
            }
            _ => multiple.to_string(),
        })
    }

    /// Multiples that are in bounds. NaN, which every mask shows, does no harm when it is written back.
    pub(super) fn looks_masked(self, value: &str, class: &TypeClass) -> bool {
        let number = if *class == TypeClass::Float8 { Decimal::parse_float(value) } else { Decimal::parse(value) };
        let (least, most) = self.bounds(class);
        number.is_some_and(|number| {
            let whole = if number.negative { -number.whole } else { number.whole };
            !number.fraction && whole % self.step() == 0 && (least..=most).contains(&whole)
        })
    }

    pub(super) fn looks_masked_sql(self, operand: &str, class: &TypeClass) -> String {
        let number = format!("{operand}::pg_catalog.numeric");
        let same = operator(&format!("({})", self.expression(operand, class)), "=", &number);
        format!("{same} AND {}", operator(&number, "<>", "'NaN'::pg_catalog.numeric"))
    }

    pub(super) fn hidden_bits(self) -> f64 {
        (self.step() as f64).log2()
    }
}
