//! Newtypes for every identifier, so that one is never taken for another.

use std::fmt;
use std::sync::Arc;

use data_encoding::HEXLOWER;

/// A PostgreSQL object identifier.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Oid(pub u32);

/// First OID that `initdb` does not assign: objects below it belong to the server itself
/// (`FirstNormalObjectId` in `access/transam.h`).
pub const FIRST_NORMAL_OID: Oid = Oid(16384);

impl fmt::Debug for Oid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

impl fmt::Display for Oid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

/// A column: its relation and its attribute number (negative for system columns).
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct ColumnId {
    pub relation: Oid,
    pub number: i16,
}

/// One client connection, unique within a process.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct SessionId(pub u64);

impl fmt::Display for SessionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:x}", self.0)
    }
}

/// One statement of a session, counted from 1.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Default)]
pub struct StatementId(pub u64);

/// Where a rule stands, e.g. `policy.csv:12`: what an explanation, an audit line and a refusal name.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct RuleId(pub Arc<str>);

impl fmt::Display for RuleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A SHA-256 digest: of a policy bundle, a catalog, a statement shape.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Digest(pub [u8; 32]);

impl Digest {
    /// Its hexadecimal digits, written into `text`.
    pub fn hex<'t>(&self, text: &'t mut [u8; 64]) -> &'t str {
        HEXLOWER.encode_mut_str(&self.0, text)
    }

    /// The first 12 hexadecimal digits: enough to tell two apart in a log.
    #[must_use]
    pub fn short(&self) -> String {
        let mut text = self.to_string();
        text.truncate(12);
        text
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        HEXLOWER.encode_display(&self.0).fmt(f)
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Digest({})", self.short())
    }
}
