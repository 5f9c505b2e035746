//! The userlist file: one user and its secret per line, as PgBouncer's `auth_file`.
//!
//! ```text
//! ; comment
//! "clerk_017" "SCRAM-SHA-256$4096:…$…:…"
//! "report"    "a password in the clear"
//! ```
//! A double quote inside a name or secret is written twice. What follows the secret on a line is ignored.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use thiserror::Error;

use super::scram_client::Password;
use super::verifier::{Verifier, VerifierError};

/// What the file holds for a user.
#[derive(Clone, Debug)]
pub enum UserSecret {
    Scram(Verifier),
    /// To be turned into a [`Verifier`] once, when the file is loaded.
    Plain(Password),
}

impl UserSecret {
    /// What a log-in is checked against. Slow for a plain password; `salt` is random and unused for a verifier.
    #[must_use]
    pub fn into_verifier(self, salt: &[u8], iterations: u32) -> Verifier {
        match self {
            Self::Scram(verifier) => verifier,
            Self::Plain(password) => Verifier::from_password(password.as_bytes(), salt, iterations),
        }
    }
}

/// A line that cannot be used. Secrets are never repeated.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
#[error("line {line}: {what}")]
pub struct UserlistError {
    /// Counted from 1.
    pub line: usize,
    pub what: LineError,
}

#[derive(Clone, PartialEq, Eq, Debug, Error)]
pub enum LineError {
    #[error("expected a {0} in double quotes")]
    Expected(&'static str),
    #[error("the {0} has no closing double quote")]
    Unclosed(&'static str),
    #[error("the user name is empty")]
    NoName,
    #[error("the secret of `{0}` is empty")]
    NoSecret(String),
    #[error("`{user}` is named a second time, first in line {first}")]
    Twice { user: String, first: usize },
    #[error("`{user}`: {error}")]
    Verifier { user: String, error: VerifierError },
    #[error("`{0}`: MD5 secrets are not supported, store a SCRAM-SHA-256 secret instead")]
    Md5(String),
}

/// Users and their secrets by name.
#[derive(Debug, Default)]
pub struct Userlist {
    users: BTreeMap<String, (usize, UserSecret)>,
}

impl Userlist {
    /// Reads the text of a userlist file.
    ///
    /// # Errors
    /// Every line that cannot be used, in order.
    pub fn parse(text: &str) -> Result<Self, Vec<UserlistError>> {
        let mut list = Self::default();
        let mut errors = Vec::new();
        for (number, line) in (1..).zip(text.lines()) {
            let line = line.trim_ascii();
            if line.is_empty() || line.starts_with([';', '#']) {
                continue;
            }
            if let Err(what) = list.add(number, line) {
                errors.push(UserlistError { line: number, what });
            }
        }
        if errors.is_empty() { Ok(list) } else { Err(errors) }
    }

    fn add(&mut self, number: usize, line: &str) -> Result<(), LineError> {
        let (user, rest) = quoted(line, "user name")?;
        let (secret, _) = quoted(rest.trim_ascii_start(), "secret")?;
        if user.is_empty() {
            return Err(LineError::NoName);
        }
        let secret = user_secret(&user, secret)?;
        match self.users.entry(user) {
            Entry::Occupied(entry) => Err(LineError::Twice { user: entry.key().clone(), first: entry.get().0 }),
            Entry::Vacant(entry) => {
                entry.insert((number, secret));
                Ok(())
            }
        }
    }

    #[must_use]
    pub fn get(&self, user: &str) -> Option<&UserSecret> {
        self.users.get(user).map(|(_, secret)| secret)
    }

    /// Names and secrets, by name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &UserSecret)> {
        self.users.iter().map(|(user, (_, secret))| (user.as_str(), secret))
    }

    #[must_use]
    pub fn len(&self) -> usize {
        self.users.len()
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.users.is_empty()
    }
}

fn user_secret(user: &str, secret: String) -> Result<UserSecret, LineError> {
    if secret.is_empty() {
        return Err(LineError::NoSecret(user.to_owned()));
    }
    if is_md5(&secret) {
        return Err(LineError::Md5(user.to_owned()));
    }
    if !Verifier::is_one(&secret) {
        return Ok(UserSecret::Plain(Password::new(secret)));
    }
    match Verifier::parse(&secret) {
        Ok(verifier) => Ok(UserSecret::Scram(verifier)),
        Err(error) => Err(LineError::Verifier { user: user.to_owned(), error }),
    }
}

/// As PostgreSQL tells it from a password: `md5` and 32 hexadecimal digits.
fn is_md5(secret: &str) -> bool {
    let digits = secret.strip_prefix("md5");
    digits.is_some_and(|digits| digits.len() == 32 && digits.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

/// A text in double quotes at the beginning, and what follows it.
fn quoted<'a>(text: &'a str, what: &'static str) -> Result<(String, &'a str), LineError> {
    let mut rest = text.strip_prefix('"').ok_or(LineError::Expected(what))?;
    let mut content = String::new();
    loop {
        let (part, behind) = rest.split_once('"').ok_or(LineError::Unclosed(what))?;
        content.push_str(part);
        match behind.strip_prefix('"') {
            Some(behind) => {
                content.push('"');
                rest = behind;
            }
            None => return Ok((content, behind)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn users_with_keys_and_with_passwords() {
        let verifier = Verifier::from_password(b"pencil", b"salt", 4096);
        let text = format!(
            "; people\n\"clerk\" \"{}\"\n\n  \"a \"\"b\"\"\"  \"pass\"\"word\" \"ignored\" 7\r\n# more\n\"张\" \"密\"",
            verifier.to_secret()
        );
        let list = Userlist::parse(&text).unwrap();
        assert_eq!(list.iter().map(|(user, _)| user).collect::<Vec<_>>(), ["a \"b\"", "clerk", "张"]);
        let Some(UserSecret::Scram(found)) = list.get("clerk") else { panic!() };
        assert_eq!(found.to_secret(), verifier.to_secret());
        let Some(UserSecret::Plain(password)) = list.get("a \"b\"") else { panic!() };
        assert_eq!(password.as_bytes(), b"pass\"word");
        let computed = list.get("张").unwrap().clone().into_verifier(b"salt", 1);
        assert_eq!(computed.to_secret(), Verifier::from_password("密".as_bytes(), b"salt", 1).to_secret());
        assert!(list.get("nobody").is_none());
    }

    #[test]
    fn all_problems_are_said_with_their_lines_and_without_secrets() {
        let text = "clerk \"x\"\n\"clerk\"\n\"clerk\" \"x\n\"\" \"x\"\n\"a\" \"\"\n\"b\" \"x\"\n\"b\" \"y\"\n\
                    \"c\" \"SCRAM-SHA-256$0:YQ==$x:y\"\n\"d\" \"md50123456789abcdef0123456789abcdef\"\n\"e\" \"md5 is fine\"";
        let errors = Userlist::parse(text).unwrap_err();
        let said: Vec<_> = errors.iter().map(UserlistError::to_string).collect();
        assert_eq!(
            said,
            [
                "line 1: expected a user name in double quotes",
                "line 2: expected a secret in double quotes",
                "line 3: the secret has no closing double quote",
                "line 4: the user name is empty",
                "line 5: the secret of `a` is empty",
                "line 7: `b` is named a second time, first in line 6",
                "line 8: `c`: invalid iteration count in a SCRAM-SHA-256 secret",
                "line 9: `d`: MD5 secrets are not supported, store a SCRAM-SHA-256 secret instead",
            ]
        );
    }

    proptest! {
        #[test]
        fn any_name_and_password_can_be_written(user in "[^\r\n\0]{1,12}", password in "[^\r\n\0]{1,12}") {
            prop_assume!(!Verifier::is_one(&password) && !is_md5(&password));
            let quote = |text: &str| text.replace('"', "\"\"");
            let list = Userlist::parse(&format!("\"{}\" \"{}\"", quote(&user), quote(&password))).unwrap();
            let Some(UserSecret::Plain(found)) = list.get(&user) else { panic!() };
            prop_assert_eq!(found.as_bytes(), password.as_bytes());
        }

        #[test]
        fn no_text_panics(text in "[\" \n;#a$:]{0,40}") {
            let _ = Userlist::parse(&text);
        }
    }
}
