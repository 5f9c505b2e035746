//! Identifiers: folding, truncation, quoting, as PostgreSQL's `scansup.c` and `quote_identifier` do it.

/// Longest identifier, in bytes (`NAMEDATALEN - 1`).
pub const MAX_NAME: usize = 63;

/// Cuts a name to 63 bytes at a character boundary.
#[must_use]
pub fn truncate(name: &str) -> &str {
    name.get(..name.floor_char_boundary(MAX_NAME)).unwrap_or(name)
}

/// Folds an unquoted identifier to lower case (ASCII only, as in a UTF-8 database) and truncates it.
#[must_use]
pub fn fold(name: &str) -> String {
    truncate(&name.to_ascii_lowercase()).to_owned()
}

/// Appends a name in double quotes.
pub fn push_quoted(out: &mut String, name: &str) {
    out.push('"');
    for (n, part) in name.split('"').enumerate() {
        if n > 0 {
            out.push_str("\"\"");
        }
        out.push_str(part);
    }
    out.push('"');
}

/// A name in double quotes.
#[must_use]
pub fn quoted(name: &str) -> String {
    let mut out = String::with_capacity(name.len() + 2);
    push_quoted(&mut out, name);
    out
}

/// `"schema"."name"`.
#[must_use]
pub fn qualified(schema: &str, name: &str) -> String {
    let mut out = String::with_capacity(schema.len() + name.len() + 5);
    push_quoted(&mut out, schema);
    out.push('.');
    push_quoted(&mut out, name);
    out
}

/// Resolves the escapes of a `U&"…"` identifier's body (doubled quotes already removed).
/// `None`: an escape that PostgreSQL refuses too.
#[must_use]
pub fn unescape_unicode(body: &str, escape: char) -> Option<String> {
    let mut out = String::with_capacity(body.len());
    let mut rest = body.chars();
    let mut high: Option<u32> = None;
    while let Some(c) = rest.next() {
        if c != escape {
            if high.is_some() {
                return None;
            }
            out.push(c);
            continue;
        }
        let mut ahead = rest.clone();
        let digits = match ahead.next()? {
            c if c == escape => {
                if high.is_some() {
                    return None;
                }
                rest = ahead;
                out.push(escape);
                continue;
            }
            '+' => {
                rest = ahead;
                6
            }
            _ => 4,
        };
        let mut code = 0u32;
        for _ in 0..digits {
            code = code * 16 + rest.next()?.to_digit(16)?;
        }
        match (high.take(), code) {
            (Some(first), 0xDC00..=0xDFFF) => {
                out.push(char::from_u32(0x10000 + ((first & 0x3FF) << 10) + (code & 0x3FF))?);
            }
            (None, 0xD800..=0xDBFF) => high = Some(code),
            (None, 1..) => out.push(char::from_u32(code)?),
            _ => return None,
        }
    }
    high.is_none().then_some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_cut_at_a_character_boundary() {
        let long = "客".repeat(30);
        assert_eq!(truncate(&long).len(), 63);
        assert_eq!(truncate(&format!("a{long}")).len(), 61);
        assert_eq!(fold("ÄBC客"), "Äbc客");
    }

    #[test]
    fn quotes_are_doubled() {
        assert_eq!(qualified("a\"b", "C d"), "\"a\"\"b\".\"C d\"");
    }

    #[test]
    fn unicode_escapes() {
        assert_eq!(unescape_unicode(r"d\0061t\+000061", '\\').as_deref(), Some("data"));
        assert_eq!(unescape_unicode(r"a\\b", '\\').as_deref(), Some(r"a\b"));
        assert_eq!(unescape_unicode("!0061!!", '!').as_deref(), Some("a!"));
        assert_eq!(unescape_unicode(r"\D83D\DE00", '\\').as_deref(), Some("😀"));
        for bad in [r"\D83D", r"\DE00", r"\00", r"\0000", r"\zzzz", r"\D83Dx", "\\"] {
            assert_eq!(unescape_unicode(bad, '\\'), None, "{bad}");
        }
    }
}
