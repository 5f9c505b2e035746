//! `client_encoding`: bytes ↔ text, never lossy.
//!
//! What is analysed must be what the server will read, so a sequence is accepted only where our table and
//! PostgreSQL's give it the same character. The tables of `encoding_rs` were compared with a PostgreSQL 15 server over
//! every sequence of every encoding; where the two differ, or where PostgreSQL 19 differs from 15 (GB18030), the
//! sequence is refused ([`Shape`]). Encodings without such a table are refused as a whole.
//!
//! Every accepted sequence is one character, so positions counted in characters are the same in both forms.

use std::borrow::Cow;

use thiserror::Error;

/// An encoding a client may use, and whose text can be analysed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Encoding(&'static Entry);

/// A `client_encoding` that statements cannot be analysed in.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
pub enum EncodingError {
    #[error("unknown client encoding")]
    Unknown,
    #[error("statements in client encoding {0} cannot be analysed; use UTF8")]
    Unsupported(&'static str),
}

/// Bytes that are not text of the encoding, or not certainly the same text to the server.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Error)]
#[error("invalid or ambiguous byte sequence for encoding \"{encoding}\" at byte {offset}")]
pub struct DecodeError {
    /// PostgreSQL's name of the encoding.
    pub encoding: &'static str,
    /// Bytes before the sequence.
    pub offset: usize,
}

/// A character that the encoding has no sequence for.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Error)]
#[error("character U+{:04X} has no equivalent in encoding \"{encoding}\"", u32::from(*character))]
pub struct EncodeError {
    pub encoding: &'static str,
    pub character: char,
}

#[derive(PartialEq, Eq, Debug)]
struct Entry {
    /// As PostgreSQL reports it.
    name: &'static str,
    table: Table,
}

#[derive(PartialEq, Eq, Debug)]
enum Table {
    /// UTF-8, and SQL_ASCII: there the server converts nothing, so its bytes are those of the database.
    Utf8,
    /// ISO 8859-1: byte and code point are the same number. (The web's table of this name is windows-1252.)
    Latin1,
    Other(&'static encoding_rs::Encoding, Shape),
}

/// Which sequences of a foreign table are accepted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Shape {
    /// One byte; these ranges are refused.
    Single(&'static [(u8, u8)]),
    /// ASCII, or two bytes out of these ranges.
    Pairs(Range, &'static [Range]),
    Gb18030,
    EucJp,
    Sjis,
}

/// Lead bytes and trail bytes, both ends included.
type Range = (u8, u8, u8, u8);

const WHOLE: Shape = Shape::Single(&[]);
const EUC: Range = (0xa1, 0xfe, 0xa1, 0xfe);

/// Sequences whose meaning differs between versions of GB18030 (2000 in PostgreSQL 15, 2022 in 19 and on the web), as
/// numbers, both ends included.
const GB18030_DISPUTED: [(u32, u32); 15] = [
    (0xa3a0, 0xa3a0),
    (0xa6d9, 0xa6df),
    (0xa6ec, 0xa6ed),
    (0xa6f3, 0xa6f3),
    (0xa8bc, 0xa8bc),
    (0xfe59, 0xfe59),
    (0xfe61, 0xfe61),
    (0xfe66, 0xfe67),
    (0xfe6d, 0xfe6d),
    (0xfe7e, 0xfe7e),
    (0xfe90, 0xfe90),
    (0xfea0, 0xfea0),
    (0x8135_f437, 0x8135_f437),
    (0x8235_9037, 0x8235_9134),
    (0x8431_8236, 0x8431_8335),
];

macro_rules! entries {
    ($($constant:ident = $name:literal, $table:expr;)+) => {
        $(static $constant: Entry = Entry { name: $name, table: $table };)+
        #[cfg(test)]
        const ALL: &[Encoding] = &[$(Encoding(&$constant)),+];
    };
}

entries! {
    UTF8 = "UTF8", Table::Utf8;
    SQL_ASCII = "SQL_ASCII", Table::Utf8;
    LATIN1 = "LATIN1", Table::Latin1;
    LATIN2 = "LATIN2", Table::Other(encoding_rs::ISO_8859_2, WHOLE);
    LATIN3 = "LATIN3", Table::Other(encoding_rs::ISO_8859_3, WHOLE);
    LATIN4 = "LATIN4", Table::Other(encoding_rs::ISO_8859_4, WHOLE);
    LATIN5 = "LATIN5", Table::Other(encoding_rs::WINDOWS_1254, Shape::Single(&[(0x80, 0x9f)]));
    LATIN6 = "LATIN6", Table::Other(encoding_rs::ISO_8859_10, WHOLE);
    LATIN7 = "LATIN7", Table::Other(encoding_rs::ISO_8859_13, WHOLE);
    LATIN8 = "LATIN8", Table::Other(encoding_rs::ISO_8859_14, WHOLE);
    LATIN9 = "LATIN9", Table::Other(encoding_rs::ISO_8859_15, WHOLE);
    LATIN10 = "LATIN10", Table::Other(encoding_rs::ISO_8859_16, WHOLE);
    ISO_8859_5 = "ISO_8859_5", Table::Other(encoding_rs::ISO_8859_5, WHOLE);
    ISO_8859_6 = "ISO_8859_6", Table::Other(encoding_rs::ISO_8859_6, WHOLE);
    ISO_8859_7 = "ISO_8859_7", Table::Other(encoding_rs::ISO_8859_7, WHOLE);
    ISO_8859_8 = "ISO_8859_8", Table::Other(encoding_rs::ISO_8859_8, WHOLE);
    // what is undefined in Windows' code pages, the web's tables fill with control characters
    WIN1250 = "WIN1250", Table::Other(encoding_rs::WINDOWS_1250,
        Shape::Single(&[(0x81, 0x81), (0x83, 0x83), (0x88, 0x88), (0x90, 0x90), (0x98, 0x98)]));
    WIN1251 = "WIN1251", Table::Other(encoding_rs::WINDOWS_1251, Shape::Single(&[(0x98, 0x98)]));
    WIN1252 = "WIN1252", Table::Other(encoding_rs::WINDOWS_1252,
        Shape::Single(&[(0x81, 0x81), (0x8d, 0x8d), (0x8f, 0x90), (0x9d, 0x9d)]));
    WIN1253 = "WIN1253", Table::Other(encoding_rs::WINDOWS_1253,
        Shape::Single(&[(0x81, 0x81), (0x88, 0x88), (0x8a, 0x8a), (0x8c, 0x90), (0x98, 0x98), (0x9a, 0x9a), (0x9c, 0x9f)]));
    WIN1254 = "WIN1254", Table::Other(encoding_rs::WINDOWS_1254,
        Shape::Single(&[(0x81, 0x81), (0x8d, 0x90), (0x9d, 0x9e)]));
    WIN1255 = "WIN1255", Table::Other(encoding_rs::WINDOWS_1255,
        Shape::Single(&[(0x81, 0x81), (0x8a, 0x8a), (0x8c, 0x90), (0x9a, 0x9a), (0x9c, 0x9f), (0xca, 0xca)]));
    WIN1256 = "WIN1256", Table::Other(encoding_rs::WINDOWS_1256, WHOLE);
    WIN1257 = "WIN1257", Table::Other(encoding_rs::WINDOWS_1257,
        Shape::Single(&[(0x81, 0x81), (0x83, 0x83), (0x88, 0x88), (0x8a, 0x8a), (0x8c, 0x8c), (0x90, 0x90),
            (0x98, 0x98), (0x9a, 0x9a), (0x9c, 0x9c), (0x9f, 0x9f)]));
    WIN1258 = "WIN1258", Table::Other(encoding_rs::WINDOWS_1258,
        Shape::Single(&[(0x81, 0x81), (0x8a, 0x8a), (0x8d, 0x90), (0x9a, 0x9a), (0x9d, 0x9e)]));
    WIN866 = "WIN866", Table::Other(encoding_rs::IBM866, WHOLE);
    WIN874 = "WIN874", Table::Other(encoding_rs::WINDOWS_874,
        Shape::Single(&[(0x81, 0x84), (0x86, 0x90), (0x98, 0x9f)]));
    KOI8R = "KOI8R", Table::Other(encoding_rs::KOI8_R, WHOLE);
    KOI8U = "KOI8U", Table::Other(encoding_rs::KOI8_U, Shape::Single(&[(0xae, 0xae), (0xbe, 0xbe)]));
    EUC_CN = "EUC_CN", Table::Other(encoding_rs::GBK,
        Shape::Pairs((0xa1, 0xf7, 0xa1, 0xfe), &[(0xa1, 0xa1, 0xa4, 0xa4), (0xa1, 0xa1, 0xaa, 0xaa)]));
    EUC_KR = "EUC_KR", Table::Other(encoding_rs::EUC_KR, Shape::Pairs(EUC, &[]));
    GBK = "GBK", Table::Other(encoding_rs::GBK, Shape::Pairs((0x81, 0xfe, 0x40, 0xfe), &[(0, 0xff, 0x7f, 0x7f)]));
    BIG5 = "BIG5", Table::Other(encoding_rs::BIG5, Shape::Pairs((0xa1, 0xf9, 0x40, 0xfe), &[
        (0, 0xff, 0x7f, 0xa0),
        // symbols on which the tables disagree
        (0xa1, 0xa1, 0x45, 0x45), (0xa1, 0xa1, 0x4e, 0x4e), (0xa1, 0xa1, 0x5a, 0x5a), (0xa1, 0xa1, 0xc2, 0xc3),
        (0xa1, 0xa1, 0xc5, 0xc5), (0xa1, 0xa1, 0xe3, 0xe3), (0xa1, 0xa1, 0xf2, 0xf3), (0xa1, 0xa1, 0xfe, 0xfe),
        (0xa2, 0xa2, 0x40, 0x42), (0xa2, 0xa2, 0x44, 0x44), (0xa2, 0xa2, 0x46, 0x47), (0xa2, 0xa2, 0xcc, 0xcc),
        (0xa2, 0xa2, 0xce, 0xce),
        // what vendors added, each otherwise
        (0xc6, 0xc6, 0xa1, 0xfe), (0xc7, 0xc8, 0x40, 0xfe), (0xf9, 0xf9, 0xd6, 0xfe),
    ]));
    UHC = "UHC", Table::Other(encoding_rs::EUC_KR, Shape::Pairs((0x81, 0xfe, 0x41, 0xfe), &[]));
    GB18030 = "GB18030", Table::Other(encoding_rs::GB18030, Shape::Gb18030);
    EUC_JP = "EUC_JP", Table::Other(encoding_rs::EUC_JP, Shape::EucJp);
    SJIS = "SJIS", Table::Other(encoding_rs::SHIFT_JIS, Shape::Sjis);
}

impl Encoding {
    pub const UTF8: Self = Self(&UTF8);

    /// The encoding of this name, spelled in any way that PostgreSQL takes.
    ///
    /// # Errors
    /// A name that PostgreSQL does not know, or an encoding that statements cannot be analysed in.
    pub fn by_name(name: &[u8]) -> Result<Self, EncodingError> {
        let clean = name.iter().filter(|byte| byte.is_ascii_alphanumeric()).map(u8::to_ascii_lowercase);
        let clean: Vec<u8> = clean.take(32).collect();
        let clean = std::str::from_utf8(&clean).map_err(|_| EncodingError::Unknown)?;
        Ok(Self(match clean {
            "utf8" | "unicode" => &UTF8,
            "sqlascii" => &SQL_ASCII,
            "latin1" | "iso88591" => &LATIN1,
            "latin2" | "iso88592" => &LATIN2,
            "latin3" | "iso88593" => &LATIN3,
            "latin4" | "iso88594" => &LATIN4,
            "latin5" | "iso88599" => &LATIN5,
            "latin6" | "iso885910" => &LATIN6,
            "latin7" | "iso885913" => &LATIN7,
            "latin8" | "iso885914" => &LATIN8,
            "latin9" | "iso885915" => &LATIN9,
            "latin10" | "iso885916" => &LATIN10,
            "iso88595" => &ISO_8859_5,
            "iso88596" => &ISO_8859_6,
            "iso88597" => &ISO_8859_7,
            "iso88598" => &ISO_8859_8,
            "win1250" | "windows1250" => &WIN1250,
            "win1251" | "windows1251" | "win" => &WIN1251,
            "win1252" | "windows1252" => &WIN1252,
            "win1253" | "windows1253" => &WIN1253,
            "win1254" | "windows1254" => &WIN1254,
            "win1255" | "windows1255" => &WIN1255,
            "win1256" | "windows1256" => &WIN1256,
            "win1257" | "windows1257" => &WIN1257,
            "win1258" | "windows1258" | "abc" | "tcvn" | "tcvn5712" | "vscii" => &WIN1258,
            "win866" | "windows866" | "alt" => &WIN866,
            "win874" | "windows874" => &WIN874,
            "koi8r" | "koi8" => &KOI8R,
            "koi8u" => &KOI8U,
            "euccn" => &EUC_CN,
            "euckr" => &EUC_KR,
            "eucjp" => &EUC_JP,
            "gbk" | "win936" | "windows936" => &GBK,
            "gb18030" => &GB18030,
            "big5" | "win950" | "windows950" => &BIG5,
            "uhc" | "win949" | "windows949" => &UHC,
            "sjis" | "shiftjis" | "mskanji" | "win932" | "windows932" => &SJIS,
            _ => return Err(unsupported(clean)),
        }))
    }

    /// PostgreSQL's name.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.0.name
    }

    /// # Errors
    /// Bytes that are not text of this encoding, or whose meaning is not the same everywhere.
    pub fn decode(self, bytes: &[u8]) -> Result<Cow<'_, str>, DecodeError> {
        match &self.0.table {
            Table::Utf8 => match std::str::from_utf8(bytes) {
                Ok(text) => Ok(Cow::Borrowed(text)),
                Err(error) => Err(self.undecodable(error.valid_up_to())),
            },
            _ if bytes.is_ascii() => std::str::from_utf8(bytes).map(Cow::Borrowed).map_err(|_| self.undecodable(0)),
            Table::Latin1 => Ok(bytes.iter().map(|&byte| char::from(byte)).collect::<String>().into()),
            Table::Other(table, shape) => {
                shape.check(bytes).map_err(|offset| self.undecodable(offset))?;
                let text = table.decode_without_bom_handling_and_without_replacement(bytes);
                text.ok_or_else(|| self.undecodable(shape.first_unknown(table, bytes)))
            }
        }
    }

    /// # Errors
    /// The first character that cannot be written so that it is read back as itself.
    pub fn encode(self, text: &str) -> Result<Cow<'_, [u8]>, EncodeError> {
        match &self.0.table {
            Table::Utf8 => Ok(Cow::Borrowed(text.as_bytes())),
            _ if text.is_ascii() => Ok(Cow::Borrowed(text.as_bytes())),
            Table::Latin1 => text
                .chars()
                .map(|character| u8::try_from(character).map_err(|_| self.unencodable(character)))
                .collect::<Result<Vec<u8>, _>>()
                .map(Cow::Owned),
            Table::Other(table, _) => {
                // the web's encoders write some characters as others (¥ as a backslash in SJIS), so read it back
                let (bytes, _, failed) = table.encode(text);
                if !failed && self.decode(&bytes).is_ok_and(|back| back == text) {
                    Ok(bytes)
                } else {
                    let alone = |character: &char| !self.round_trips(table, *character);
                    Err(self.unencodable(text.chars().find(alone).unwrap_or(char::REPLACEMENT_CHARACTER)))
                }
            }
        }
    }

    fn round_trips(self, table: &'static encoding_rs::Encoding, character: char) -> bool {
        let text = character.to_string();
        let (bytes, _, failed) = table.encode(&text);
        !failed && self.decode(&bytes).is_ok_and(|back| back == text)
    }

    fn undecodable(self, offset: usize) -> DecodeError {
        DecodeError { encoding: self.0.name, offset }
    }

    fn unencodable(self, character: char) -> EncodeError {
        EncodeError { encoding: self.0.name, character }
    }
}

/// Encodings of PostgreSQL that no table here fits.
fn unsupported(clean: &str) -> EncodingError {
    match clean {
        "euctw" => EncodingError::Unsupported("EUC_TW"),
        "eucjis2004" => EncodingError::Unsupported("EUC_JIS_2004"),
        "johab" => EncodingError::Unsupported("JOHAB"),
        "muleinternal" => EncodingError::Unsupported("MULE_INTERNAL"),
        "shiftjis2004" => EncodingError::Unsupported("SHIFT_JIS_2004"),
        _ => EncodingError::Unknown,
    }
}

impl Shape {
    /// Walks over the sequences; the error is the offset of one that is refused. The ranges are those in which our
    /// table takes exactly one character from exactly one sequence, so that both sides agree where each ends.
    fn check(self, bytes: &[u8]) -> Result<(), usize> {
        let mut offset = 0;
        while let Some(rest) = bytes.get(offset..).filter(|rest| !rest.is_empty()) {
            offset += self.sequence(rest).ok_or(offset)?;
        }
        Ok(())
    }

    /// The length of the sequence at the beginning; `None` if it is refused.
    fn sequence(self, rest: &[u8]) -> Option<usize> {
        let lead = *rest.first()?;
        if lead < 0x80 {
            return Some(1);
        }
        let within = |index: usize, first: u8, last: u8| rest.get(index).is_some_and(|b| (first..=last).contains(b));
        match self {
            Self::Single(refused) => {
                (!refused.iter().any(|(first, last)| (first..=last).contains(&&lead))).then_some(1)
            }
            Self::Pairs(range, refused) => {
                let trail = *rest.get(1)?;
                let inside = |&(a, b, c, d): &Range| (a..=b).contains(&lead) && (c..=d).contains(&trail);
                (inside(&range) && !refused.iter().any(inside)).then_some(2)
            }
            Self::Gb18030 => gb18030(rest),
            Self::EucJp => match lead {
                0x8e => within(1, 0xa1, 0xdf).then_some(2),
                0x8f => {
                    let disputed = rest.get(1..3) == Some(&[0xa2, 0xc3]);
                    (within(1, 0xa1, 0xfe) && within(2, 0xa1, 0xfe) && !disputed).then_some(3)
                }
                // the rows behind are a vendor's, unknown to PostgreSQL
                0xa1..=0xf8 => within(1, 0xa1, 0xfe).then_some(2),
                _ => None,
            },
            Self::Sjis => match lead {
                0xa1..=0xdf => Some(1),
                0x81..=0x9f | 0xe0..=0xfc => (within(1, 0x40, 0x7e) || within(1, 0x80, 0xfc)).then_some(2),
                _ => None,
            },
        }
    }

    /// Where the table has no character, though the shape is right.
    fn first_unknown(self, table: &'static encoding_rs::Encoding, bytes: &[u8]) -> usize {
        let mut offset = 0;
        while let Some(rest) = bytes.get(offset..) {
            let Some(length) = self.sequence(rest) else { break };
            let sequence = rest.get(..length).unwrap_or(rest);
            if table.decode_without_bom_handling_and_without_replacement(sequence).is_none() {
                break;
            }
            offset += length;
        }
        offset
    }
}

fn gb18030(rest: &[u8]) -> Option<usize> {
    let (length, number) = match *rest {
        [a @ 0x81..=0xfe, b @ 0x30..=0x39, c @ 0x81..=0xfe, d @ 0x30..=0x39, ..] => {
            (4, u32::from_be_bytes([a, b, c, d]))
        }
        [a @ 0x81..=0xfe, b @ (0x40..=0x7e | 0x80..=0xfe), ..] => (2, u32::from_be_bytes([0, 0, a, b])),
        _ => return None,
    };
    (!GB18030_DISPUTED.iter().any(|(first, last)| (first..=last).contains(&&number))).then_some(length)
}

/// The byte offset of a character counted from 1, as the `P` field of an error counts; the place behind the last one
/// included.
#[must_use]
pub fn byte_offset(text: &str, position: usize) -> Option<usize> {
    let skip = position.checked_sub(1)?;
    let mut ends = text.char_indices().map(|(offset, _)| offset).chain(std::iter::once(text.len()));
    ends.nth(skip)
}

/// The position, counted from 1 in characters, of the character that begins at or covers a byte offset.
#[must_use]
pub fn character_position(text: &str, offset: usize) -> usize {
    text.char_indices().take_while(|(start, character)| start + character.len_utf8() <= offset).count() + 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn named(name: &str) -> Encoding {
        Encoding::by_name(name.as_bytes()).unwrap()
    }

    #[test]
    fn names_are_postgresql_s_and_their_aliases() {
        for encoding in ALL {
            assert_eq!(Encoding::by_name(encoding.name().as_bytes()), Ok(*encoding));
        }
        for (alias, name) in [
            ("utf-8", "UTF8"),
            ("Unicode", "UTF8"),
            ("iso-8859-1", "LATIN1"),
            ("Windows-1252", "WIN1252"),
            ("WIN936", "GBK"),
            ("'gb18030'", "GB18030"),
            ("SQL_ASCII", "SQL_ASCII"),
        ] {
            assert_eq!(named(alias).name(), name, "{alias}");
        }
        for name in ["EUC_TW", "EUC_JIS_2004", "JOHAB", "MULE_INTERNAL", "SHIFT_JIS_2004"] {
            assert!(matches!(Encoding::by_name(name.as_bytes()), Err(EncodingError::Unsupported(n)) if n == name));
        }
        for name in ["", "utf9", "latin11", "é", "utf8utf8utf8utf8utf8utf8utf8utf8utf8"] {
            assert_eq!(Encoding::by_name(name.as_bytes()), Err(EncodingError::Unknown), "{name}");
        }
    }

    #[test]
    fn samples() {
        for (name, bytes, text) in [
            ("GBK", b"select '\xd5\xc5\x81\x5c'".as_slice(), "select '张乗'"),
            ("GB18030", b"\xd5\xc5\x81\x30\x81\x30\x95\x32\x82\x36", "张\u{80}𠀀"),
            ("EUC_CN", b"\xd5\xc5", "张"),
            ("BIG5", b"\xb1\x69\xa4\xa4", "張中"),
            ("SJIS", b"\x95\x5c\xb1a", "表ｱa"),
            ("EUC_JP", b"\xc9\xbd\x8e\xb1", "表ｱ"),
            ("EUC_KR", b"\xb0\xa1", "가"),
            ("UHC", b"\x81\x41", "갂"),
            ("LATIN1", b"caf\xe9 \x80\xa4", "café \u{80}¤"),
            ("LATIN9", b"\xa4", "€"),
            ("WIN1252", b"\x80", "€"),
            ("WIN1251", b"\xcf\xf0", "Пр"),
            ("KOI8R", b"\xf0\xd2", "Пр"),
            ("SQL_ASCII", "é".as_bytes(), "é"),
        ] {
            let encoding = named(name);
            assert_eq!(encoding.decode(bytes).unwrap(), text, "{name}");
            assert_eq!(encoding.encode(text).unwrap(), bytes, "{name}");
        }
    }

    #[test]
    fn a_character_may_be_read_that_the_table_does_not_write() {
        let encoding = named("EUC_JP");
        assert_eq!(encoding.decode(b"\x8f\xb0\xa1").unwrap(), "丂");
        assert_eq!(encoding.encode("丂").unwrap_err().character, '丂');
    }

    #[test]
    fn nothing_is_replaced() {
        for (name, bytes, offset) in [
            ("UTF8", b"a\xd5\xc5".as_slice(), 1),
            ("UTF8", b"\xed\xa0\x80", 0),
            ("SQL_ASCII", b"ab\xff", 2),
            ("GBK", b"a\xd5", 1),
            ("GBK", b"\x80a", 0),
            ("GBK", b"\xd5\x27", 0),
            ("GBK", b"\x81\x30\x81\x30", 0),
            ("GBK", b"\xd5\xc5\xff\xff", 2),
            ("GB18030", b"\xd5\xc5\xa6\xd9", 2),
            ("GB18030", b"\xa8\xbc", 0),
            ("GB18030", b"\x82\x35\x90\x37", 0),
            ("GB18030", b"\xe3\x32\x9a\x36", 0),
            ("BIG5", b"\xa2\xcc", 0),
            ("SJIS", b"a\x80", 1),
            ("SJIS", b"\x95", 0),
            ("WIN1252", b"\x81", 0),
            ("LATIN5", b"\x80", 0),
        ] {
            assert_eq!(named(name).decode(bytes).unwrap_err().offset, offset, "{name} {bytes:x?}");
        }
    }

    #[test]
    fn what_cannot_be_written_is_named() {
        for (name, text, character) in [
            ("LATIN1", "a€", '€'),
            ("GBK", "张😀", '😀'),
            // the web's encoders turn these into other characters
            ("SJIS", "¥", '¥'),
            ("SJIS", "‾", '‾'),
            ("EUC_JP", "¥", '¥'),
            ("EUC_CN", "·", '·'),
            ("EUC_CN", "乗", '乗'),
            ("GBK", "€", '€'),
        ] {
            let error = named(name).encode(text).unwrap_err();
            assert_eq!((error.encoding, error.character), (name, character));
        }
        let error = named("LATIN1").encode("€").unwrap_err();
        assert_eq!(error.to_string(), "character U+20AC has no equivalent in encoding \"LATIN1\"");
    }

    /// All sequences of one and two bytes, and a net over the longer ones.
    fn sequences() -> impl Iterator<Item = Vec<u8>> {
        let ones = (0x80..=0xff_u8).map(|a| vec![a]);
        let twos = (0x80..=0xff_u8).flat_map(|a| (0..=0xff).map(move |b| vec![a, b]));
        let threes = (0..=0xffff_u16).map(|n| [vec![0x8f], n.to_be_bytes().to_vec()].concat());
        let fours = (0..126 * 10 * 126 * 10_u32).step_by(37).map(|n| {
            let part = |divisor: u32, count: u32, first: u8| first + (n / divisor % count) as u8;
            vec![part(12_600, 126, 0x81), part(1260, 10, 0x30), part(10, 126, 0x81), part(1, 10, 0x30)]
        });
        ones.chain(twos).chain(threes).chain(fours)
    }

    #[test]
    fn every_accepted_sequence_is_one_character_that_can_be_written() {
        let tables = ALL.iter().filter(|encoding| matches!(encoding.0.table, Table::Other(..)));
        for encoding in tables {
            let Table::Other(_, shape) = encoding.0.table else { continue };
            let mut accepted = 0;
            for sequence in sequences() {
                if shape.sequence(&sequence) != Some(sequence.len()) {
                    continue;
                }
                let Ok(text) = encoding.decode(&sequence) else { continue };
                let mut characters = text.chars();
                let (Some(character), None) = (characters.next(), characters.next()) else {
                    panic!("{} {sequence:x?} {text}", encoding.name());
                };
                assert!(!character.is_ascii(), "{} {sequence:x?} hides {character:?}", encoding.name());
                if let Ok(bytes) = encoding.encode(&text) {
                    assert_eq!(encoding.decode(&bytes).unwrap(), text);
                    accepted += 1;
                }
            }
            assert!(accepted > 70, "{} {accepted}", encoding.name());
        }
    }

    #[test]
    fn positions_count_characters_from_one() {
        let text = "a张😀b";
        let offsets: Vec<_> = (0..=6).map(|position| byte_offset(text, position)).collect();
        assert_eq!(offsets, [None, Some(0), Some(1), Some(4), Some(8), Some(9), None]);
        let positions: Vec<_> = (0..=9).map(|offset| character_position(text, offset)).collect();
        assert_eq!(positions, [1, 2, 2, 2, 3, 3, 3, 3, 4, 5]);
        assert_eq!(byte_offset("", 1), Some(0));
        assert_eq!(character_position("", 0), 1);
    }

    proptest! {
        #[test]
        fn no_bytes_panic_and_what_is_read_can_be_placed(bytes in prop::collection::vec(any::<u8>(), 0..24)) {
            for encoding in ALL {
                match encoding.decode(&bytes) {
                    Ok(text) => {
                        if let Ok(back) = encoding.encode(&text) {
                            prop_assert_eq!(encoding.decode(&back).unwrap(), text.clone());
                        }
                    }
                    Err(error) => prop_assert!(error.offset < bytes.len()),
                }
            }
        }

        #[test]
        fn text_is_written_as_itself_or_not_at_all(text in "\\PC{0,12}") {
            for encoding in ALL {
                match encoding.encode(&text) {
                    Ok(bytes) => prop_assert_eq!(encoding.decode(&bytes).unwrap(), text.as_str()),
                    Err(error) => prop_assert!(text.contains(error.character)),
                }
            }
        }

        #[test]
        fn positions_and_offsets_are_inverse(text in "\\PC{0,12}", position in 1_usize..14) {
            if let Some(offset) = byte_offset(&text, position) {
                prop_assert_eq!(character_position(&text, offset), position);
            }
        }
    }
}
