//! `pseudonym`: another value in place of the true one, always the same, by a secret key.

use std::fmt;
use std::sync::Arc;

use data_encoding::HEXLOWER;
use hmac::{Hmac, Mac};
use serde::Deserialize;
use sha2::{Digest, Sha256};

use super::expression::{bytewise, call, concat, literal, operator, unless_empty};
use super::text::{as_text, is_text, unpadded};
use crate::model::types::TypeClass;

/// Block of SHA-256, in bytes.
const BLOCK: usize = 64;
/// Hexadecimal digits of the code that make one run of decimal digits, and how many of these.
const CHUNK: usize = 15;
/// What forms put between digits.
const SEPARATORS: &str = " -()+.";

/// How a pseudonym looks. Its first characters are none of a true value's, so that it is known as a pseudonym.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// `00` and decimal digits.
    Digits,
    /// `#` and hexadecimal digits.
    Hex,
}

impl Format {
    fn mark(self) -> &'static str {
        match self {
            Self::Digits => "00",
            Self::Hex => "#",
        }
    }
}

/// Who gets the same pseudonyms for the same values.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Per {
    /// Each database user, through each application: two lists that leaked from two of them cannot be joined.
    Principal,
    /// All who act for the same purposes.
    Purpose,
    /// Everybody.
    Bundle,
}

/// A keyed code of the value (HMAC-SHA-256), cut to a format: the same for the same value in every table that uses the
/// key.
///
/// Of *n* different values, about *n*² ÷ (2 × 10^(length − 2)) pairs share a pseudonym in digits, *n*² ÷ (2 ×
/// 16^(length − 1)) in hexadecimal digits. What is written differently (`138 1234 5678`) has another pseudonym.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Pseudonym {
    key: Arc<str>,
    per: Per,
    format: Format,
    length: usize,
    /// Without it nothing is masked by it: the column is hidden.
    subkey: Option<Subkey>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Parameters {
    key: String,
    per: Per,
    format: Format,
    length: usize,
}

/// Parameters that make no pseudonym.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("`key` names a secret (`a-z`, `0-9`, `_`); `length` is 10 to 40 for `digits`, 13 to 64 for `hex`")]
pub struct InvalidPseudonym;

impl TryFrom<Parameters> for Pseudonym {
    type Error = InvalidPseudonym;

    fn try_from(written: Parameters) -> Result<Self, InvalidPseudonym> {
        let lengths = if written.format == Format::Digits { 10..=40 } else { 13..=64 };
        let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
        let named = !written.key.is_empty() && written.key.len() <= 40 && written.key.bytes().all(plain);
        if !named || !lengths.contains(&written.length) {
            return Err(InvalidPseudonym);
        }
        let Parameters { key, per, format, length } = written;
        Ok(Self { key: key.into(), per, format, length, subkey: None })
    }
}

/// The secret that a key's name stands for. It is never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct MasterKey(Arc<[u8]>);

/// A key of fewer bytes would be found by trying.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("a key has at least 16 bytes; `openssl rand -hex 32` makes one")]
pub struct ShortKey;

impl MasterKey {
    /// # Errors
    /// When it is shorter than 16 bytes.
    pub fn new(secret: &[u8]) -> Result<Self, ShortKey> {
        if secret.len() < 16 { Err(ShortKey) } else { Ok(Self(secret.into())) }
    }

    /// Whether `code` is HMAC-SHA-256 of the message by this key.
    #[must_use]
    pub fn authenticates(&self, message: &[u8], code: &[u8]) -> bool {
        let mac = Hmac::<Sha256>::new_from_slice(&self.0).map(|mac| mac.chain_update(message));
        mac.is_ok_and(|mac| mac.verify_slice(code).is_ok())
    }

    /// The key of one scope: it tells nothing about those of others, nor about the secret.
    fn of(&self, per: Per, scope: &[&str]) -> Option<Subkey> {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0).ok()?;
        mac.update(format!("menshen pseudonym {per:?}").as_bytes());
        for part in scope {
            mac.update(&(part.len() as u64).to_be_bytes());
            mac.update(part.as_bytes());
        }
        Some(Subkey(mac.finalize().into_bytes().into()))
    }
}

impl fmt::Debug for MasterKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[secret]")
    }
}

#[derive(Clone, PartialEq, Eq, Hash)]
struct Subkey([u8; 32]);

impl fmt::Debug for Subkey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[secret]")
    }
}

impl Subkey {
    /// The block that HMAC hashes before its message, inside or outside.
    fn pad(&self, byte: u8) -> [u8; BLOCK] {
        let mut block = [byte; BLOCK];
        block.iter_mut().zip(self.0).for_each(|(one, key)| *one ^= key);
        block
    }

    fn inside(&self) -> [u8; BLOCK] {
        self.pad(0x36)
    }

    fn outside(&self) -> [u8; BLOCK] {
        self.pad(0x5c)
    }

    fn code(&self, value: &str) -> String {
        let inner = Sha256::new().chain_update(self.inside()).chain_update(value).finalize();
        HEXLOWER.encode(&Sha256::new().chain_update(self.outside()).chain_update(inner).finalize())
    }
}

impl Pseudonym {
    /// The name of its key.
    #[must_use]
    pub fn key(&self) -> &str {
        &self.key
    }

    /// Who shares pseudonyms.
    #[must_use]
    pub fn per(&self) -> Per {
        self.per
    }

    /// The same with the key of one scope in it: the parts of it that [`Per`] says.
    #[must_use]
    pub fn with(&self, master: &MasterKey, scope: &[&str]) -> Self {
        Self { subkey: master.of(self.per, scope), ..self.clone() }
    }

    /// To ask what types it is for.
    pub(super) fn with_any_key(&self) -> Self {
        Self { subkey: Some(Subkey([0; 32])), ..self.clone() }
    }

    /// What of its key stands in its expression.
    pub(super) fn secrets(&self) -> Vec<String> {
        self.subkey.iter().flat_map(|key| [HEXLOWER.encode(&key.inside()), HEXLOWER.encode(&key.outside())]).collect()
    }

    /// Texts long enough for the whole of it.
    pub(super) fn supports(&self, class: &TypeClass) -> bool {
        let fits = match class {
            TypeClass::Varchar(Some(limit)) | TypeClass::Bpchar(Some(limit)) => *limit as usize >= self.length,
            class => is_text(class),
        };
        fits && self.subkey.is_some()
    }

    pub(super) fn expression(&self, column: &str, class: &TypeClass) -> Option<String> {
        let key = self.subkey.as_ref()?;
        let text = as_text(column, class);
        let block = |block: &[u8]| call("decode", &[&format!("'{}'", HEXLOWER.encode(block)), "'hex'"]);
        let inner = concat(&[&block(&key.inside()), &call("convert_to", &[&text, "'UTF8'"])]);
        let outer = concat(&[&block(&key.outside()), &call("sha256", &[&inner])]);
        let code = call("encode", &[&call("sha256", &[&outer]), "'hex'"]);
        let mark = literal(self.format.mark());
        let length = (self.length - self.format.mark().len()).to_string();
        let digits = match self.format {
            Format::Hex => code,
            Format::Digits => {
                let chunks = (0..self.chunks()).map(|chunk| digits_sql(&code, chunk));
                concat(&chunks.collect::<Vec<_>>().iter().map(String::as_str).collect::<Vec<_>>())
            }
        };
        // The column's own text leads, none of it: the result keeps the column's collation.
        let nothing = call("left", &[&text, "0"]);
        let masked = concat(&[&nothing, &mark, &call("left", &[&format!("({digits})"), &length])]);
        Some(unless_empty(&text, &[], &masked))
    }

    fn chunks(&self) -> usize {
        (self.length - self.format.mark().len()).div_ceil(CHUNK)
    }

    pub(super) fn apply(&self, value: &str, class: &TypeClass) -> Option<String> {
        let value = unpadded(value, class);
        if value.is_empty() {
            return Some(String::new());
        }
        let code = self.subkey.as_ref()?.code(value);
        let digits: String = match self.format {
            Format::Hex => code,
            Format::Digits => (0..self.chunks()).filter_map(|chunk| digits(&code, chunk)).collect(),
        };
        Some(self.format.mark().chars().chain(digits.chars()).take(self.length).collect())
    }

    /// A pseudonym, in whatever surroundings.
    pub(super) fn looks_masked(&self, value: &str) -> bool {
        match self.format {
            Format::Digits => {
                let plain = value.replace(|one| SEPARATORS.contains(one), "");
                let mut runs = plain.split(|one: char| !one.is_ascii_digit());
                runs.any(|run| run.len() == self.length && run.starts_with(self.format.mark()))
            }
            Format::Hex => value.match_indices(self.format.mark()).any(|(at, mark)| {
                let digits = value.as_bytes().get(at + mark.len()..at + self.length);
                digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
            }),
        }
    }

    pub(super) fn looks_masked_sql(&self, operand: &str, class: &TypeClass) -> String {
        let text = bytewise(&as_text(operand, class));
        let mark = self.format.mark();
        let hidden = self.length - mark.len();
        match self.format {
            Format::Digits => {
                let plain = call("translate", &[&text, &literal(SEPARATORS), "''"]);
                operator(&plain, "~", &literal(&format!("(^|[^0-9]){mark}[0-9]{{{hidden}}}($|[^0-9])")))
            }
            Format::Hex => operator(&text, "~", &literal(&format!("{mark}[0-9a-fA-F]{{{hidden}}}"))),
        }
    }
}

/// SQL: the chunk's hexadecimal digits as that many decimal ones.
fn digits_sql(code: &str, chunk: usize) -> String {
    let part = call("substr", &[code, &(chunk * CHUNK + 1).to_string(), &CHUNK.to_string()]);
    let number = format!("({})::pg_catalog.bit(60)::pg_catalog.int8", concat(&["'x'", &part]));
    let rest = operator(&number, "%", &10_u64.pow(15).to_string());
    call("lpad", &[&format!("{rest}::pg_catalog.text"), &CHUNK.to_string(), "'0'"])
}

fn digits(code: &str, chunk: usize) -> Option<String> {
    let part = code.get(chunk * CHUNK..(chunk + 1) * CHUNK)?;
    let number = u64::from_str_radix(part, 16).ok()?;
    Some(format!("{:015}", number % 10_u64.pow(15)))
}
