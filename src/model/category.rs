//! Category paths such as `pii/contact/phone`, and the patterns that rules match them with.

use std::fmt;
use std::sync::Arc;

/// What kind of personal information a column holds: a path of lower-case segments.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct Category(pub Arc<str>);

impl fmt::Display for Category {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Why a text is not a category path.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("expected a path like `pii/contact/phone`: lower-case letters, digits and `-`, segments separated by `/`")]
pub struct InvalidCategory;

impl Category {
    /// Parses a path.
    ///
    /// # Errors
    /// When a segment is empty or holds anything but `a-z`, `0-9` and `-`.
    pub fn parse(text: &str) -> Result<Self, InvalidCategory> {
        let legal = |segment: &str| {
            !segment.is_empty() && segment.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        };
        if text.split('/').all(legal) { Ok(Self(text.into())) } else { Err(InvalidCategory) }
    }

    /// Whether `pattern` names this category: the same path, `*`, or a prefix followed by `/*`
    /// (`pii/*` matches `pii` itself and everything below it).
    #[must_use]
    pub fn matches(&self, pattern: &str) -> bool {
        if pattern == "*" {
            return true;
        }
        match pattern.strip_suffix("/*") {
            None => pattern == &*self.0,
            Some(prefix) => self.0.strip_prefix(prefix).is_some_and(|rest| rest.is_empty() || rest.starts_with('/')),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_match_whole_segments() {
        let phone = Category::parse("pii/contact/phone").unwrap();
        for yes in ["*", "pii/*", "pii/contact/*", "pii/contact/phone", "pii/contact/phone/*"] {
            assert!(phone.matches(yes), "{yes}");
        }
        for no in ["pii", "pii/con*", "pii/contact/phones", "pii/identity/*", "", "/*"] {
            assert!(!phone.matches(no), "{no}");
        }
    }

    #[test]
    fn a_path_has_no_empty_segment_and_no_capitals() {
        for bad in ["", "/", "pii/", "/pii", "pii//x", "Pii", "pii/联系"] {
            assert_eq!(Category::parse(bad), Err(InvalidCategory), "{bad}");
        }
    }
}
