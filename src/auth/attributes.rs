//! Reading SCRAM messages: `a=value` attributes separated by commas (RFC 5802, section 5.1).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// Why a message is not one of SCRAM's. The text is PostgreSQL's DETAIL.
pub type Flaw = &'static str;

/// What is left of a message.
#[derive(Clone, Copy, Debug)]
pub struct Attributes<'a> {
    rest: Option<&'a str>,
}

impl<'a> Attributes<'a> {
    /// # Errors
    /// An empty message, one with a zero byte, one that is not UTF-8.
    pub fn text(message: &'a [u8]) -> Result<&'a str, Flaw> {
        if message.is_empty() {
            return Err("The message is empty.");
        }
        if message.contains(&0) {
            return Err("Message length does not match input length.");
        }
        std::str::from_utf8(message).map_err(|_| "The message is not valid UTF-8.")
    }

    #[must_use]
    pub fn new(text: &'a str) -> Self {
        Self { rest: Some(text) }
    }

    /// Whether the message is used up.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rest.is_none()
    }

    /// What has not been read.
    #[must_use]
    pub fn rest(&self) -> &'a str {
        self.rest.unwrap_or_default()
    }

    /// The next attribute: its letter and its value.
    ///
    /// # Errors
    /// None left, or something that is no attribute.
    pub fn any(&mut self) -> Result<(char, &'a str), Flaw> {
        let rest = self.rest.ok_or("Attribute expected, but found end of string.")?;
        let (item, rest) = match rest.split_once(',') {
            Some((item, rest)) => (item, Some(rest)),
            None => (rest, None),
        };
        let mut characters = item.chars();
        let name = characters.next().filter(char::is_ascii_alphabetic);
        let name = name.ok_or("Attribute expected, but found invalid character.")?;
        if characters.next() != Some('=') {
            return Err("Expected character \"=\" in an attribute.");
        }
        self.rest = rest;
        Ok((name, characters.as_str()))
    }

    /// The value of the next attribute, which must be `name`.
    ///
    /// # Errors
    /// As [`Self::any`]; another attribute comes.
    pub fn value(&mut self, name: char) -> Result<&'a str, Flaw> {
        match self.any()? {
            (found, value) if found == name => Ok(value),
            _ => Err("An attribute comes in the place of another."),
        }
    }

    /// A nonce: printable ASCII without comma, and not empty.
    ///
    /// # Errors
    /// As [`Self::value`]; other characters.
    pub fn nonce(&mut self) -> Result<&'a str, Flaw> {
        let nonce = self.value('r')?;
        if !nonce.is_empty() && nonce.bytes().all(|byte| byte.is_ascii_graphic()) {
            Ok(nonce)
        } else {
            Err("Non-printable characters in SCRAM nonce.")
        }
    }
}

/// # Errors
/// Text that is not base64 of exactly `N` bytes.
pub fn decode<const N: usize>(text: &str) -> Result<[u8; N], Flaw> {
    let bytes = STANDARD.decode(text).map_err(|_| "Malformed base64.")?;
    bytes.try_into().map_err(|_| "A base64 value has the wrong length.")
}

/// # Errors
/// Text that is not base64.
pub fn decode_any(text: &str) -> Result<Vec<u8>, Flaw> {
    STANDARD.decode(text).map_err(|_| "Malformed base64.")
}

#[must_use]
pub fn encode(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_come_in_order() {
        let mut attributes = Attributes::new("n=,r=abc,x=1=2");
        assert_eq!(attributes.value('n'), Ok(""));
        assert_eq!(attributes.nonce(), Ok("abc"));
        assert_eq!(attributes.rest(), "x=1=2");
        assert_eq!(attributes.any(), Ok(('x', "1=2")));
        assert!(attributes.is_empty() && attributes.any().is_err());
    }

    #[test]
    fn what_is_no_attribute_is_a_flaw() {
        for text in ["", "=", "n", "n:", ",", "1=2", "é=2", "n=,"] {
            let mut attributes = Attributes::new(text);
            assert!(attributes.any().and_then(|_| attributes.any()).is_err(), "{text}");
        }
        for text in ["r=", "r=a b", "r=\u{7f}", "r=é", "s=abc"] {
            assert!(Attributes::new(text).nonce().is_err(), "{text}");
        }
        assert!(Attributes::text(b"").is_err());
        assert!(Attributes::text(b"n=\0").is_err());
        assert!(Attributes::text(b"n=\xff").is_err());
    }
}
