//! A text with its plain literals taken out: the key under which its analysis is found again.
//!
//! One pass over the bytes, since it stands before every cache look-up. It knows just enough of the lexer to be sure
//! where plain literals are; at anything unusual it takes none out, and the whole text is the key. (A place that it
//! takes for a literal and the lexer does not is found out when the shape is made: `check::Pattern` wants a token.)
//!
//! A literal stays part of the key where a plan may depend on it: positions in GROUP BY and ORDER BY, and whole texts
//! that call a function which reads a name or setting from a string.

use crate::grammar::{Kind, limits};

/// A literal that may be another one without another plan.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Literal {
    pub kind: Kind,
    /// Byte offset of its first byte.
    pub start: usize,
    /// Byte offset after its last byte.
    pub end: usize,
}

/// A text with its plain literals taken out.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Skeleton {
    pub literals: Vec<Literal>,
}

impl Skeleton {
    /// Appends a key to `key` that two texts share only if their tokens and everything between them are the same,
    /// plain literals apart; each of those has the same kind.
    pub fn of(text: &str, key: &mut Vec<u8>) -> Self {
        let mut scan = Scan::new(text.as_bytes(), 16);
        let literals = scan.run().map(|()| scan.literals).unwrap_or_default();
        let bytes = text.as_bytes();
        let mut from = 0;
        for literal in &literals {
            key.extend_from_slice(bytes.get(from..literal.start).unwrap_or_default());
            // no text holds these two bytes in a row: 0xff is not in UTF-8
            key.extend_from_slice(&[0xff, letter(literal.kind)]);
            from = literal.end;
        }
        key.extend_from_slice(bytes.get(from..).unwrap_or_default());
        Self { literals }
    }

    /// The literals of a text that has the skeleton of `like`, whose own are `literals`; `None`: it has another one.
    /// Cheaper than its key: what stands between the literals is compared, not read.
    #[must_use]
    pub fn again(text: &str, like: &str, literals: &[Literal]) -> Option<Vec<Literal>> {
        let mut scan = Scan::new(text.as_bytes(), literals.len());
        let (mut at, mut from) = (0, 0);
        for literal in literals {
            let between = like.as_bytes().get(from..literal.start)?;
            at += scan.bytes.get(at..)?.strip_prefix(between).map(|_| between.len())?;
            at = match scan.class_at(at) {
                Class::Digit => scan.number(at)?,
                Class::Quote => scan.string(at)?,
                _ => return None,
            };
            (scan.literals.last()?.kind == literal.kind).then_some(())?;
            from = literal.end;
        }
        (scan.bytes.get(at..) == like.as_bytes().get(from..)).then_some(scan.literals)
    }
}

/// What every text of a skeleton shares, and is found at a glance: what stands before the first byte that a literal may
/// begin with, and behind the last that one may end with. Other skeletons may share it, too.
#[must_use]
pub fn ends(text: &str) -> (&[u8], &[u8]) {
    let bytes = text.as_bytes();
    let of_literal = |byte: &u8| *byte == b'\'' || byte.is_ascii_digit();
    // chunk by chunk: without a branch for each byte
    let any = |chunk: &[u8]| chunk.iter().fold(false, |any, byte| any | of_literal(byte));
    let plain = bytes.chunks(CHUNK).take_while(|chunk| !any(chunk)).map(<[u8]>::len).sum::<usize>();
    let rest = bytes.get(plain..).unwrap_or_default();
    let first = plain + rest.iter().position(of_literal).unwrap_or(rest.len());
    let plain = bytes.rchunks(CHUNK).take_while(|chunk| !any(chunk)).map(<[u8]>::len).sum::<usize>();
    let rest = bytes.get(..bytes.len() - plain).unwrap_or_default();
    let last = rest.iter().rposition(of_literal).map_or(0, |last| last + 1);
    (bytes.get(..first).unwrap_or_default(), bytes.get(last..).unwrap_or_default())
}

/// Bytes that are looked at together.
const CHUNK: usize = 32;

fn letter(kind: Kind) -> u8 {
    match kind {
        Kind::Integer => b'i',
        Kind::Float => b'f',
        _ => b's',
    }
}

/// What a word means for the literals around it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Word {
    /// The string behind it, or a whole argument, names something: no literal of the text is taken out. UESCAPE stands
    /// before the character that says how an identifier's escapes are read.
    Reads,
    By,
    Distinct,
    On,
    /// Ends an ORDER BY or GROUP BY list at its own depth: reserved, so that no column is called so.
    Ends,
    Other,
}

fn word(lower: &[u8]) -> Word {
    match lower {
        b"uescape"
        | b"set_config"
        | b"current_setting"
        | b"nextval"
        | b"currval"
        | b"setval"
        | b"lastval"
        | b"pg_notify"
        | b"to_regclass"
        | b"pg_get_serial_sequence" => Word::Reads,
        b"by" => Word::By,
        b"distinct" => Word::Distinct,
        b"on" => Word::On,
        b"limit" | b"offset" | b"fetch" | b"for" | b"having" | b"window" | b"union" | b"intersect" | b"except"
        | b"order" | b"where" => Word::Ends,
        _ => Word::Other,
    }
}

/// Longest of these words.
const LONGEST: usize = 22;

/// Per length, the first letters that one of these words has.
#[expect(clippy::indexing_slicing, reason = "computed when compiled")]
const FIRST: [u32; LONGEST + 1] = {
    let words: [&[u8]; 24] = [
        b"uescape",
        b"set_config",
        b"current_setting",
        b"nextval",
        b"currval",
        b"setval",
        b"lastval",
        b"pg_notify",
        b"to_regclass",
        b"pg_get_serial_sequence",
        b"by",
        b"distinct",
        b"on",
        b"limit",
        b"offset",
        b"fetch",
        b"for",
        b"having",
        b"window",
        b"union",
        b"intersect",
        b"except",
        b"order",
        b"where",
    ];
    let mut first = [0u32; LONGEST + 1];
    let mut n = 0;
    while n < words.len() {
        let [letter, ..] = words[n] else { panic!("empty") };
        first[words[n].len()] |= 1 << (*letter - b'a');
        n += 1;
    }
    first
};

/// Classes of bytes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Space,
    Letter,
    Digit,
    /// `$`: part of a word, or the beginning of a parameter.
    Dollar,
    Quote,
    Double,
    Open,
    Close,
    Dash,
    Slash,
    Dot,
    Other,
    Odd,
}

#[expect(clippy::indexing_slicing, reason = "computed when compiled")]
const CLASSES: [Class; 256] = {
    let mut classes = [Class::Other; 256];
    let mut byte = 0;
    while byte < 256 {
        classes[byte] = match byte as u8 {
            b' ' | b'\t' | b'\n' | b'\r' | 0x0b | 0x0c => Class::Space,
            b'a'..=b'z' | b'A'..=b'Z' | b'_' | 0x80.. => Class::Letter,
            b'0'..=b'9' => Class::Digit,
            b'$' => Class::Dollar,
            b'\'' => Class::Quote,
            b'"' => Class::Double,
            b'(' | b'[' => Class::Open,
            b')' | b']' => Class::Close,
            b'-' => Class::Dash,
            b'/' => Class::Slash,
            b'.' => Class::Dot,
            0 | b'\\' => Class::Odd,
            _ => Class::Other,
        };
        byte += 1;
    }
    classes
};

fn class(byte: u8) -> Class {
    CLASSES.get(usize::from(byte)).copied().unwrap_or(Class::Odd)
}

/// The pass over a text. Its steps give where they end; `None`: something unusual.
struct Scan<'t> {
    bytes: &'t [u8],
    literals: Vec<Literal>,
    depth: u32,
    /// A bit per depth: a list behind BY, whose integers may be positions.
    lists: u128,
    /// DISTINCT has been seen, and no ON since.
    distinct: bool,
    /// A dot has been seen, and no word since: what follows is a name.
    dotted: bool,
}

impl<'t> Scan<'t> {
    fn new(bytes: &'t [u8], literals: usize) -> Self {
        Self { bytes, literals: Vec::with_capacity(literals), depth: 0, lists: 0, distinct: false, dotted: false }
    }

    fn at(&self, place: usize) -> Option<u8> {
        self.bytes.get(place).copied()
    }

    fn class_at(&self, place: usize) -> Class {
        self.at(place).map_or(Class::Space, class)
    }

    /// The first place from `at` on whose byte is not of the kind.
    fn past(&self, at: usize, kind: impl Fn(Class) -> bool) -> usize {
        let rest = self.bytes.get(at..).unwrap_or_default();
        at + rest.iter().position(|&byte| !kind(class(byte))).unwrap_or(rest.len())
    }

    fn run(&mut self) -> Option<()> {
        let mut at = 0;
        while let Some(byte) = self.at(at) {
            at = match class(byte) {
                Class::Space | Class::Other => at + 1,
                Class::Letter => self.word(at)?,
                Class::Digit => self.number(at)?,
                Class::Dollar => self.parameter(at)?,
                Class::Quote => self.string(at)?,
                Class::Double => {
                    self.dotted = false;
                    self.quoted(at)?
                }
                Class::Open => {
                    self.depth += 1;
                    (self.depth as usize <= limits::MAX_NESTING).then_some(at + 1)?
                }
                Class::Close => {
                    self.depth = self.depth.saturating_sub(1);
                    self.lists &= u128::MAX >> (127 - self.depth);
                    at + 1
                }
                Class::Dash if self.at(at + 1) == Some(b'-') => self.line_comment(at),
                Class::Slash if self.at(at + 1) == Some(b'*') => self.comment(at)?,
                Class::Dash | Class::Slash => at + 1,
                Class::Dot => {
                    self.dotted = true;
                    (self.class_at(at + 1) != Class::Digit).then_some(at + 1)?
                }
                Class::Odd => return None,
            };
        }
        Some(())
    }

    fn line_comment(&self, at: usize) -> usize {
        let rest = self.bytes.get(at..).unwrap_or_default();
        at + rest.iter().position(|byte| matches!(byte, b'\n' | b'\r')).unwrap_or(rest.len())
    }

    /// A comment without another one inside.
    fn comment(&self, at: usize) -> Option<usize> {
        let rest = self.bytes.get(at + 2..)?;
        let end = rest.windows(2).position(|pair| pair == b"*/" || pair == b"/*")?;
        (rest.get(end) == Some(&b'*')).then_some(at + 2 + end + 2)
    }

    fn word(&mut self, start: usize) -> Option<usize> {
        let end = self.past(start, |class| matches!(class, Class::Letter | Class::Digit | Class::Dollar));
        let word = self.bytes.get(start..end)?;
        self.known(word)?;
        self.dotted = false;
        let next = self.at(end);
        match (word, next) {
            (b"e" | b"E", Some(b'\'')) => self.escaped(end),
            (b"b" | b"B" | b"x" | b"X", Some(b'\'')) => self.string_end(end),
            (b"u" | b"U", Some(b'&')) => None,
            _ => Some(end),
        }
    }

    /// Follows lists behind BY. `None`: the literals of this text may be read as names.
    fn known(&mut self, written: &[u8]) -> Option<()> {
        let letter = written.first()?.to_ascii_lowercase().wrapping_sub(b'a');
        let likely = FIRST.get(written.len()).is_some_and(|first| letter < 26 && first & (1 << letter) != 0);
        if !likely {
            return Some(());
        }
        let mut lower = [0; LONGEST];
        let lower = lower.get_mut(..written.len())?;
        lower.copy_from_slice(written);
        lower.make_ascii_lowercase();
        match word(lower) {
            Word::Reads => return None,
            Word::By => self.lists |= 1 << self.depth,
            Word::Distinct => self.distinct = true,
            Word::On if std::mem::take(&mut self.distinct) => self.lists |= 1 << self.depth,
            Word::Ends if !self.dotted => self.lists &= !(1 << self.depth),
            Word::On | Word::Ends | Word::Other => {}
        }
        Some(())
    }

    /// Digits, perhaps a point and digits.
    fn number(&mut self, start: usize) -> Option<usize> {
        let digit = |class| class == Class::Digit;
        let mut end = self.past(start, digit);
        let mut kind = Kind::Integer;
        if self.at(end) == Some(b'.') {
            kind = Kind::Float;
            let point = end;
            end = self.past(point + 1, digit);
            if end == point + 1 {
                return None;
            }
        }
        if matches!(self.class_at(end), Class::Letter | Class::Dollar | Class::Dot) {
            return None;
        }
        if kind == Kind::Float || self.lists == 0 {
            self.literals.push(Literal { kind, start, end });
        }
        Some(end)
    }

    fn parameter(&self, start: usize) -> Option<usize> {
        let end = self.past(start + 1, |class| class == Class::Digit);
        (end > start + 1 && !matches!(self.class_at(end), Class::Letter | Class::Dollar)).then_some(end)
    }

    fn string(&mut self, start: usize) -> Option<usize> {
        let end = self.string_end(start)?;
        self.literals.push(Literal { kind: Kind::String, start, end });
        Some(end)
    }

    /// Where a string without escapes ends, whose quote is at `start`.
    fn string_end(&self, start: usize) -> Option<usize> {
        let mut at = start + 1;
        loop {
            let rest = self.bytes.get(at..)?;
            at += rest.iter().position(|&byte| byte == b'\'')? + 1;
            if self.at(at) != Some(b'\'') {
                return self.not_continued(at);
            }
            at += 1;
        }
    }

    /// The same for one with escapes.
    fn escaped(&self, start: usize) -> Option<usize> {
        let mut at = start + 1;
        loop {
            let rest = self.bytes.get(at..)?;
            at += rest.iter().position(|&byte| matches!(byte, b'\'' | b'\\'))?;
            match (self.at(at), self.at(at + 1)) {
                (Some(b'\\'), _) | (_, Some(b'\'')) => at += 2,
                _ => return self.not_continued(at + 1),
            }
        }
    }

    /// A string may go on in another line, which is unusual.
    fn not_continued(&self, end: usize) -> Option<usize> {
        let next = self.past(end, |class| class == Class::Space);
        let comment = self.at(next) == Some(b'-') && self.at(next + 1) == Some(b'-');
        (!comment && self.at(next) != Some(b'\'')).then_some(end)
    }

    fn quoted(&mut self, start: usize) -> Option<usize> {
        let body = self.bytes.get(start + 1..)?;
        let length = body.iter().position(|&byte| byte == b'"')?;
        let end = start + 1 + length + 1;
        let reads = word(body.get(..length)?) == Word::Reads;
        (!reads && self.at(end) != Some(b'"')).then_some(end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grammar::Tokens;

    fn key(text: &str) -> (Vec<u8>, usize) {
        let mut key = Vec::new();
        let skeleton = Skeleton::of(text, &mut key);
        (key, skeleton.literals.len())
    }

    #[test]
    fn plain_literals_do_not_make_a_shape() {
        assert_eq!(key("select * from t where a = 1 and b = 'x'"), key("select * from t where a = 22 and b = 'it''s'"));
        assert_ne!(key("select * from t where a = 1"), key("select * from t where a = 1.0"));
        assert_ne!(key("select * from t where a = 1"), key("select * from t where a = '1'"));
        assert_ne!(key("select * from t where a = 1"), key("select * from t where  a = 1"));
        assert_eq!(key("select * from t join u on t.a = 1"), key("select * from t join u on t.a = 2"));
        assert_eq!(key("select -- 'x'\n 1 /* '2' */ + 3"), key("select -- 'x'\n 7 /* '2' */ + 8"));
        assert_ne!(key("select 1 /* '2' */"), key("select 1 /* '3' */"));
    }

    #[test]
    fn positions_and_names_stay_in_the_shape() {
        assert_ne!(key("select a, b from t order by 1"), key("select a, b from t order by 2"));
        assert_ne!(key("select a, b from t group by a, 1"), key("select a, b from t group by a, 2"));
        assert_ne!(key("select a, b from t group by rows, 1"), key("select a, b from t group by rows, 2"));
        assert_ne!(key("select distinct on (1) a, b from t"), key("select distinct on (2) a, b from t"));
        assert_ne!(key("select distinct/* */On(1) a, b from t"), key("select distinct/* */On(2) a, b from t"));
        assert_eq!(key("select a from t order by a limit 1"), key("select a from t order by a limit 2"));
        assert_eq!(key("select (select a from t order by (1)), 2").1, 1);
        for named in ["select current_setting('x')", "select \"current_setting\"('x')", "select NextVal('x'), 1"] {
            assert_eq!(key(named).1, 0, "{named}");
        }
        for odd in [
            "select E'a'",
            "select 'a'\n'b'",
            "select 'a' -- x\n'b'",
            "select $$a$$",
            "select b'1'",
            "select 1e5",
            "select U&'a'",
            "select .5",
            "select 1.",
            "select 1, \"a\"\"b\"",
            "select /* /* */ */ 1",
            "select 'a",
            "select 1 /*",
        ] {
            assert_eq!(key(odd).1, 0, "{odd}");
        }
        assert_eq!(key(r"select E'\'', 'b', x'1', n'c'").1, 2);
    }

    #[test]
    fn what_stands_around_literals_is_shared() {
        let long = "select a, b, c from t where something = ".repeat(3);
        for (text, before, behind) in
            [("select", "select", "select"), ("a1 = 'x', 2 limit", "a", " limit"), ("'x'", "", ""), ("", "", "")]
        {
            assert_eq!(ends(text), (before.as_bytes(), behind.as_bytes()), "{text}");
            let (first, last) = (format!("{long}{text}"), format!("{text}{long}"));
            assert_eq!(ends(&first).0, format!("{long}{before}").as_bytes(), "{text}");
            assert_eq!(ends(&last).1, format!("{behind}{long}").as_bytes(), "{text}");
        }
    }

    /// Whatever is taken for a plain literal is a token of that kind, and texts of one key have the same tokens.
    #[test]
    fn literals_are_tokens() {
        let parts = [
            "select", " ", "\n", "1", "2.5", "'a'", "''", "'", "\"", "$1", "$", "$$", "a", "e", "E'", "U&", "b'", "--",
            "/*", "*/", "(", ")", "-", "/", ".", "é", "1e5", "by", "\\", "+", "::", "x1",
        ];
        let mut seed = 1u64;
        let mut next = |n: usize| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (seed >> 33) as usize % n
        };
        let (mut found, mut again) = (0, 0);
        for _ in 0..200_000 {
            let chosen: Vec<&str> = (0..1 + next(9)).map(|_| parts[next(parts.len())]).collect();
            let text = chosen.concat();
            let mut own = Vec::new();
            let literals = Skeleton::of(&text, &mut own).literals;
            let others = [("1", "23"), ("'a'", "''"), ("2.5", "1"), ("''", "'b''c'"), ("a", "b"), ("x1", "x12")];
            let mut other =
                |part| others.iter().find(|(it, _)| *it == part && next(2) > 0).map_or(part, |(_, other)| *other);
            let like: String = chosen.iter().map(|part| other(part)).collect();
            let mut key = Vec::new();
            let like_literals = Skeleton::of(&like, &mut key).literals;
            let known = (own == key).then_some(&literals);
            assert!(known.is_none() || ends(&text) == ends(&like), "{text:?} like {like:?}");
            assert_eq!(Skeleton::again(&text, &like, &like_literals).as_ref(), known, "{text:?} like {like:?}");
            again += usize::from(known.is_some() && text != like);
            let Ok(tokens) = Tokens::of(&text) else { continue };
            for literal in literals {
                found += 1;
                let token = tokens.get(tokens.index_at(literal.start).unwrap_or_else(|| panic!("{text:?}"))).unwrap();
                assert_eq!((token.kind, token.end()), (literal.kind, literal.end), "{text:?}");
            }
        }
        assert!(again > 1_000, "{again}");
        assert!(found > 10_000, "{found}");
    }
}
