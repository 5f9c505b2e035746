//! Reading one body: errors, never panics, and the end must be the end.

use std::ffi::CStr;

use thiserror::Error;

/// A body that is not laid out as its message demands. Says which message and which field.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Error)]
#[error("malformed {message} message: {field} {fault}")]
pub struct Malformed {
    /// PostgreSQL's name of the message.
    pub message: &'static str,
    /// The field that was to be read.
    pub field: &'static str,
    pub fault: Fault,
}

/// What is wrong with a field.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Error)]
pub enum Fault {
    #[error("is cut short: {needed} bytes needed, {left} left")]
    Short { needed: usize, left: usize },
    #[error("has no terminator")]
    Unterminated,
    #[error("has the invalid value {0}")]
    Value(i64),
    #[error("is followed by {0} bytes that belong to no field")]
    LeftOver(usize),
}

/// Reads the fields of exactly one body, in order. Every reading names its field, for the error.
#[derive(Clone, Debug)]
pub struct Body<'a> {
    message: &'static str,
    rest: &'a [u8],
}

impl<'a> Body<'a> {
    /// `message` is PostgreSQL's name of the message; `bytes` its whole body.
    #[must_use]
    pub fn new(message: &'static str, bytes: &'a [u8]) -> Self {
        Self { message, rest: bytes }
    }

    /// The bytes not read yet.
    #[must_use]
    pub fn remaining(&self) -> &'a [u8] {
        self.rest
    }

    /// # Errors
    /// Fewer than `count` bytes are left.
    pub fn bytes(&mut self, field: &'static str, count: usize) -> Result<&'a [u8], Malformed> {
        let Some((taken, rest)) = self.rest.split_at_checked(count) else {
            return Err(self.error(field, Fault::Short { needed: count, left: self.rest.len() }));
        };
        self.rest = rest;
        Ok(taken)
    }

    /// # Errors
    /// No byte is left.
    pub fn u8(&mut self, field: &'static str) -> Result<u8, Malformed> {
        self.array::<1>(field).map(u8::from_be_bytes)
    }

    /// # Errors
    /// Fewer than two bytes are left.
    pub fn i16(&mut self, field: &'static str) -> Result<i16, Malformed> {
        self.array(field).map(i16::from_be_bytes)
    }

    /// A count of items: two bytes that PostgreSQL reads without a sign.
    ///
    /// # Errors
    /// Fewer than two bytes are left.
    pub fn u16(&mut self, field: &'static str) -> Result<u16, Malformed> {
        self.array(field).map(u16::from_be_bytes)
    }

    /// # Errors
    /// Fewer than four bytes are left.
    pub fn i32(&mut self, field: &'static str) -> Result<i32, Malformed> {
        self.array(field).map(i32::from_be_bytes)
    }

    /// # Errors
    /// Fewer than four bytes are left.
    pub fn u32(&mut self, field: &'static str) -> Result<u32, Malformed> {
        self.array(field).map(u32::from_be_bytes)
    }

    /// The bytes before the next zero byte, which is taken too.
    ///
    /// # Errors
    /// No zero byte is left.
    pub fn cstr(&mut self, field: &'static str) -> Result<&'a [u8], Malformed> {
        let Ok(text) = CStr::from_bytes_until_nul(self.rest) else {
            return Err(self.error(field, Fault::Unterminated));
        };
        self.bytes(field, text.count_bytes() + 1)?;
        Ok(text.to_bytes())
    }

    /// A length of four bytes and as many bytes; `None` for the length −1, which stands for NULL.
    ///
    /// # Errors
    /// The length is below −1 or above what is left.
    pub fn value(&mut self, field: &'static str) -> Result<Option<&'a [u8]>, Malformed> {
        let length = self.i32(field)?;
        match usize::try_from(length) {
            Ok(length) => self.bytes(field, length).map(Some),
            Err(_) if length == -1 => Ok(None),
            Err(_) => Err(self.invalid(field, i64::from(length))),
        }
    }

    /// `count` items of `size` bytes each, unread. The size is checked against what is left before anything is made
    /// of the count.
    ///
    /// # Errors
    /// Fewer bytes are left.
    pub fn items(&mut self, field: &'static str, count: u16, size: usize) -> Result<&'a [u8], Malformed> {
        self.bytes(field, usize::from(count).saturating_mul(size))
    }

    /// Everything that is left.
    pub fn rest(&mut self) -> &'a [u8] {
        std::mem::take(&mut self.rest)
    }

    /// Demands that nothing is left. `field` is the last one that was read.
    ///
    /// # Errors
    /// Bytes are left.
    pub fn finish(self, field: &'static str) -> Result<(), Malformed> {
        match self.rest.len() {
            0 => Ok(()),
            left => Err(self.error(field, Fault::LeftOver(left))),
        }
    }

    /// The error for a field that was read and has a value it cannot have.
    #[must_use]
    pub fn invalid(&self, field: &'static str, value: i64) -> Malformed {
        self.error(field, Fault::Value(value))
    }

    fn array<const N: usize>(&mut self, field: &'static str) -> Result<[u8; N], Malformed> {
        let Some((taken, rest)) = self.rest.split_first_chunk::<N>() else {
            return Err(self.error(field, Fault::Short { needed: N, left: self.rest.len() }));
        };
        self.rest = rest;
        Ok(*taken)
    }

    fn error(&self, field: &'static str, fault: Fault) -> Malformed {
        Malformed { message: self.message, field, fault }
    }
}

/// A list of two-byte items inside a body: format codes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Codes<'a>(&'a [u8]);

impl<'a> Codes<'a> {
    /// Reads a count and as many codes.
    ///
    /// # Errors
    /// Fewer bytes are left than the count demands.
    pub fn read(body: &mut Body<'a>, field: &'static str) -> Result<Self, Malformed> {
        let count = body.u16(field)?;
        body.items(field, count, 2).map(Self)
    }

    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len() / 2
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn iter(&self) -> impl ExactSizeIterator<Item = i16> + Clone + use<'a> {
        self.0.chunks_exact(2).map(|pair| pair.first_chunk().copied().map_or(0, i16::from_be_bytes))
    }

    /// The format of item `index` by PostgreSQL's rule: no codes means text for all, one code stands for all.
    #[must_use]
    pub fn of(&self, index: usize) -> Option<i16> {
        match self.len() {
            0 => Some(0),
            1 => self.iter().next(),
            _ => self.iter().nth(index),
        }
    }
}

/// A list of type OIDs inside a body.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Oids<'a>(&'a [u8]);

impl<'a> Oids<'a> {
    /// Reads a count and as many OIDs.
    ///
    /// # Errors
    /// Fewer bytes are left than the count demands.
    pub fn read(body: &mut Body<'a>, field: &'static str) -> Result<Self, Malformed> {
        let count = body.u16(field)?;
        body.items(field, count, 4).map(Self)
    }

    /// Reads a count and all OIDs that are left: as many, or more by a multiple of 65,536.
    ///
    /// # Errors
    /// Another number of bytes is left.
    pub fn read_wrapped(body: &mut Body<'a>, field: &'static str) -> Result<Self, Malformed> {
        let count = usize::from(body.u16(field)?);
        let more = (body.rest.len() / 4).saturating_sub(count) & !0xffff;
        body.bytes(field, (count + more).saturating_mul(4)).map(Self)
    }

    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len() / 4
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn iter(&self) -> impl ExactSizeIterator<Item = u32> + Clone + use<'a> {
        self.0.chunks_exact(4).map(|four| four.first_chunk().copied().map_or(0, u32::from_be_bytes))
    }
}

/// A list of values inside a body, each a length and bytes, or NULL.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Values<'a> {
    count: u16,
    bytes: &'a [u8],
}

impl<'a> Values<'a> {
    /// Reads a count and as many values; each is checked now, so that going through them later cannot fail.
    ///
    /// # Errors
    /// A length below −1 or above what is left.
    pub fn read(body: &mut Body<'a>, field: &'static str) -> Result<Self, Malformed> {
        let count = body.u16(field)?;
        let before = body.remaining();
        for _ in 0..count {
            body.value(field)?;
        }
        let taken = before.len() - body.remaining().len();
        Ok(Self { count, bytes: before.get(..taken).unwrap_or_default() })
    }

    #[must_use]
    pub fn len(&self) -> usize {
        usize::from(self.count)
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// The values in order; `None` is NULL.
    pub fn iter(&self) -> impl Iterator<Item = Option<&'a [u8]>> + Clone + use<'a> {
        let mut body = Body::new("", self.bytes);
        (0..self.count).map_while(move |_| body.value("").ok())
    }

    /// The counted list as it stands in the body, without its count.
    #[must_use]
    pub fn bytes(&self) -> &'a [u8] {
        self.bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn fields_come_in_order_and_the_end_is_demanded() {
        let mut body = Body::new("Test", b"\x01\xff\xfe\0\0\0\x07ab\0tail");
        assert_eq!(body.u8("a"), Ok(1));
        assert_eq!(body.i16("b"), Ok(-2));
        assert_eq!(body.i32("c"), Ok(7));
        assert_eq!(body.cstr("d"), Ok(b"ab".as_slice()));
        assert_eq!(body.remaining(), b"tail");
        let error = body.clone().finish("d").unwrap_err();
        assert_eq!(error.to_string(), "malformed Test message: d is followed by 4 bytes that belong to no field");
        assert_eq!(body.bytes("e", 4), Ok(b"tail".as_slice()));
        assert_eq!(body.finish("e"), Ok(()));
    }

    #[test]
    fn short_bodies_are_errors_that_name_the_field() {
        let mut body = Body::new("Bind", b"\0\0\x05");
        let error = body.i32("parameter").unwrap_err();
        assert_eq!(error.to_string(), "malformed Bind message: parameter is cut short: 4 bytes needed, 3 left");
        assert_eq!(body.cstr("a"), Ok(b"".as_slice()));
        assert_eq!(body.bytes("b", usize::MAX).unwrap_err().fault, Fault::Short { needed: usize::MAX, left: 2 });
        assert_eq!(body.remaining().len(), 2, "a failed reading takes nothing");
        assert_eq!(Body::new("Query", b"select").cstr("text").unwrap_err().fault, Fault::Unterminated);
    }

    #[test]
    fn values_know_null_from_nonsense() {
        let read = |bytes| Body::new("DataRow", bytes).value("column");
        assert_eq!(read(b"\xff\xff\xff\xff"), Ok(None));
        assert_eq!(read(b"\0\0\0\0"), Ok(Some(b"".as_slice())));
        assert_eq!(read(b"\xff\xff\xff\xfe").unwrap_err().fault, Fault::Value(-2));
        assert_eq!(read(b"\x80\0\0\0").unwrap_err().fault, Fault::Value(-2_147_483_648));
        assert_eq!(read(b"\x7f\xff\xff\xffx").unwrap_err().fault, Fault::Short { needed: 0x7fff_ffff, left: 1 });
    }

    #[test]
    fn lists_are_checked_against_what_is_left() {
        assert!(Oids::read(&mut Body::new("Parse", b"\xff\xff\0\0\0\x17"), "type").is_err());
        assert!(Codes::read(&mut Body::new("Bind", b"\0\x02\0\x01"), "format").is_err());
        assert!(Values::read(&mut Body::new("Bind", b"\0\x02\xff\xff\xff\xff"), "parameter").is_err());
        let mut body = Body::new("Parse", b"\0\x02\0\0\0\x17\0\0\0\x19");
        assert_eq!(Oids::read(&mut body, "type").unwrap().iter().collect::<Vec<_>>(), [23, 25]);
        assert_eq!(body.finish("type"), Ok(()));
    }

    #[test]
    fn format_codes_follow_the_rule_of_none_one_all() {
        let codes = |bytes| Codes::read(&mut Body::new("Bind", bytes), "format").unwrap();
        assert_eq!(codes(b"\0\0").of(7), Some(0));
        assert_eq!(codes(b"\0\x01\0\x01").of(7), Some(1));
        assert_eq!(codes(b"\0\x02\0\x01\0\0").of(1), Some(0));
        assert_eq!(codes(b"\0\x02\0\x01\0\0").of(2), None);
    }

    proptest! {
        #[test]
        fn no_bytes_panic(bytes in prop::collection::vec(any::<u8>(), 0..48), count in any::<usize>()) {
            let body = Body::new("Test", &bytes);
            let _ = body.clone().bytes("f", count);
            let _ = body.clone().cstr("f");
            if let Ok(values) = Values::read(&mut body.clone(), "f") {
                prop_assert_eq!(values.iter().count(), values.len());
            }
            if let Ok(codes) = Codes::read(&mut body.clone(), "f") {
                prop_assert_eq!(codes.iter().count(), codes.len());
            }
            if let Ok(oids) = Oids::read(&mut body.clone(), "f") {
                prop_assert_eq!(oids.iter().count(), oids.len());
            }
        }
    }
}
