//! JSON as PostgreSQL reads and writes it, one level at a time; what is kept stays as it was written.

/// The outermost level of a JSON text.
pub(super) enum Level<'t> {
    Object(Vec<(String, &'t str)>),
    Array(Vec<&'t str>),
    Text(String),
    Number(&'t str),
    Truth,
    Null,
}

/// Which of the two types: their functions and spacing differ.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Family {
    Json,
    Jsonb,
}

impl Family {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Jsonb => "jsonb",
        }
    }

    /// As `json_object_agg` and `jsonb` print it.
    pub(super) fn object(self, members: &[(String, String)]) -> String {
        if members.is_empty() {
            return "{}".into();
        }
        let (open, colon, close) = if self == Self::Json { ("{ ", " : ", " }") } else { ("{", ": ", "}") };
        let members: Vec<String> =
            members.iter().map(|(key, value)| format!("{}{colon}{value}", quoted(key))).collect();
        format!("{open}{}{close}", members.join(", "))
    }
}

/// As `json_agg` and `jsonb` print it.
pub(super) fn array(elements: &[String]) -> String {
    format!("[{}]", elements.join(", "))
}

/// A string as `escape_json` writes it.
pub(super) fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            control if control < ' ' => out.push_str(&format!("\\u{:04x}", u32::from(control))),
            other => out.push(other),
        }
    }
    out.push('"');
    out
}

/// Reads one level of a valid JSON text. `None` for other texts, and for escapes that stand for no character.
pub(super) fn read(text: &str) -> Option<Level<'_>> {
    let mut reader = Reader { text, at: 0 };
    reader.blanks();
    let level = match reader.peek()? {
        b'{' => Level::Object(reader.members()?),
        b'[' => Level::Array(reader.elements()?),
        b'"' => Level::Text(unescaped(reader.value()?)?),
        b't' | b'f' => Level::Truth,
        b'n' => Level::Null,
        _ => Level::Number(reader.value()?),
    };
    Some(level)
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Reader<'t> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn blanks(&mut self) {
        while self.peek().is_some_and(|byte| byte.is_ascii_whitespace()) {
            self.at += 1;
        }
    }

    fn eat(&mut self, byte: u8) -> Option<()> {
        self.blanks();
        (self.peek()? == byte).then(|| self.at += 1)
    }

    /// Whether the list goes on.
    fn goes_on(&mut self, close: u8) -> Option<bool> {
        match self.eat(b',') {
            Some(()) => Some(true),
            None => self.eat(close).map(|()| false),
        }
    }

    fn members(&mut self) -> Option<Vec<(String, &'t str)>> {
        self.eat(b'{')?;
        let mut members = Vec::new();
        if self.eat(b'}').is_some() {
            return Some(members);
        }
        loop {
            let key = unescaped(self.value()?)?;
            self.eat(b':')?;
            members.push((key, self.value()?));
            if !self.goes_on(b'}')? {
                return Some(members);
            }
        }
    }

    fn elements(&mut self) -> Option<Vec<&'t str>> {
        self.eat(b'[')?;
        let mut elements = Vec::new();
        if self.eat(b']').is_some() {
            return Some(elements);
        }
        loop {
            elements.push(self.value()?);
            if !self.goes_on(b']')? {
                return Some(elements);
            }
        }
    }

    /// The whole of a value, whatever is in it.
    fn value(&mut self) -> Option<&'t str> {
        self.blanks();
        let (start, mut depth, mut quoted) = (self.at, 0_usize, false);
        loop {
            let byte = self.peek();
            match byte {
                Some(b'\\') if quoted => self.at += 1,
                Some(b'"') => quoted = !quoted,
                Some(b'{' | b'[') if !quoted => depth += 1,
                Some(b'}' | b']') if !quoted && depth > 0 => depth -= 1,
                None | Some(b',' | b':' | b'}' | b']') if !quoted && depth == 0 => break,
                Some(blank) if !quoted && depth == 0 && blank.is_ascii_whitespace() => break,
                Some(_) => {}
                None => return None,
            }
            self.at += 1;
        }
        self.text.get(start..self.at).filter(|value| !value.is_empty())
    }
}

/// What a string in quotes says.
fn unescaped(quoted: &str) -> Option<String> {
    let mut rest = quoted.strip_prefix('"')?.strip_suffix('"')?.chars();
    let mut text = String::new();
    while let Some(next) = rest.next() {
        if next != '\\' {
            text.push(next);
            continue;
        }
        text.push(match rest.next()? {
            'b' => '\u{8}',
            'f' => '\u{c}',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'u' => code_point(&mut rest)?,
            other => other,
        });
    }
    Some(text)
}

/// What stands behind `\u`: four digits, or a pair of surrogates. `None` for what PostgreSQL's text cannot hold.
fn code_point(rest: &mut std::str::Chars<'_>) -> Option<char> {
    let mut four = || {
        let digits: String = rest.by_ref().take(4).collect();
        u32::from_str_radix(&digits, 16).ok()
    };
    let first = four()?;
    if !(0xd800..0xdc00).contains(&first) {
        return char::from_u32(first).filter(|character| *character != '\0');
    }
    if (rest.next()?, rest.next()?) != ('\\', 'u') {
        return None;
    }
    let digits: String = rest.by_ref().take(4).collect();
    let second = u32::from_str_radix(&digits, 16).ok().filter(|second| (0xdc00..0xe000).contains(second))?;
    char::from_u32(0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00))
}

/// Whether every string of a valid JSON text can be read.
pub(super) fn readable(text: &str) -> bool {
    let mut rest = text;
    while let Some(start) = rest.find('"') {
        let mut reader = Reader { text: rest, at: start };
        let Some(string) = reader.string() else { return false };
        if unescaped(string).is_none() {
            return false;
        }
        rest = rest.get(reader.at..).unwrap_or_default();
    }
    true
}

impl<'t> Reader<'t> {
    /// A string with its quotes.
    fn string(&mut self) -> Option<&'t str> {
        let start = self.at;
        loop {
            self.at += 1;
            match self.peek()? {
                b'\\' => self.at += 1,
                b'"' => break,
                _ => {}
            }
        }
        self.at += 1;
        self.text.get(start..self.at)
    }
}
