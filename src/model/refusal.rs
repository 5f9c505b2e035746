//! The table of refusals: everything a client may be told instead of an answer.

use std::borrow::Cow;

/// Why a statement was refused. The variant is the reason's stable name in metrics, audit lines and tests.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Reason {
    /// Not a statement of the allow-list.
    StatementClass,
    /// PostgreSQL's grammar does not accept the text; the server's own syntax error is shown.
    Syntax,
    /// The text is beyond the limits of size, depth or comments.
    TooComplex,
    /// Text that is not valid in the client's encoding.
    Encoding,
    /// A relation that does not exist (SQLSTATE 42P01, as PostgreSQL says it).
    UnknownRelation,
    /// A function or operator that does not exist (42883).
    UnknownFunction,
    /// A type or setting that does not exist (42704).
    UnknownObject,
    /// A schema that does not exist (3F000).
    UnknownSchema,
    /// A column that does not exist (42703).
    UnknownColumn,
    /// A prepared statement that does not exist (26000).
    UnknownStatement,
    /// A cursor that does not exist (34000).
    UnknownCursor,
    /// A relation this principal may not use at all: unanalysable view, refused schema.
    Relation,
    /// A function, operator or type outside the allow-list.
    Function,
    /// A setting that must not change or be read.
    Setting,
    /// A form of a statement that is not understood.
    NotUnderstood,
    /// A write that touches a protected column.
    ProtectedWrite,
    /// A comparison of masked columns that would pair strangers.
    Comparison,
    /// Protocol features that are closed to restricted principals.
    Protocol,
    /// The checker contradicts the rewriter: a defect.
    Contradiction,
    /// Rights changed under a prepared statement or cursor.
    Stale,
    /// The catalog or the policy is not available.
    Unavailable,
    /// More was taken than a limit allows, or an administrator stopped it.
    Limit,
    /// For whom an application asks is not known.
    EndUser,
    /// The client cancelled a statement whose rows were being paced (SQLSTATE 57014, as PostgreSQL says it).
    Cancelled,
}

impl Reason {
    pub const ALL: [Self; 24] = [
        Self::StatementClass,
        Self::Syntax,
        Self::TooComplex,
        Self::Encoding,
        Self::UnknownRelation,
        Self::UnknownFunction,
        Self::UnknownObject,
        Self::UnknownSchema,
        Self::UnknownColumn,
        Self::UnknownStatement,
        Self::UnknownCursor,
        Self::Relation,
        Self::Function,
        Self::Setting,
        Self::NotUnderstood,
        Self::ProtectedWrite,
        Self::Comparison,
        Self::Protocol,
        Self::Contradiction,
        Self::Stale,
        Self::Unavailable,
        Self::Limit,
        Self::EndUser,
        Self::Cancelled,
    ];

    /// The name used in metrics, audit lines and tests.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::StatementClass => "statement-class",
            Self::Syntax => "syntax",
            Self::TooComplex => "too-complex",
            Self::Encoding => "encoding",
            Self::UnknownRelation => "unknown-relation",
            Self::UnknownFunction => "unknown-function",
            Self::UnknownObject => "unknown-object",
            Self::UnknownSchema => "unknown-schema",
            Self::UnknownColumn => "unknown-column",
            Self::UnknownStatement => "unknown-statement",
            Self::UnknownCursor => "unknown-cursor",
            Self::Relation => "relation",
            Self::Function => "function",
            Self::Setting => "setting",
            Self::NotUnderstood => "not-understood",
            Self::ProtectedWrite => "protected-write",
            Self::Comparison => "comparison",
            Self::Protocol => "protocol",
            Self::Contradiction => "contradiction",
            Self::Stale => "stale",
            Self::Unavailable => "unavailable",
            Self::Limit => "limit",
            Self::EndUser => "end-user",
            Self::Cancelled => "cancelled",
        }
    }

    /// The SQLSTATE a client sees (PostgreSQL, appendix A).
    #[must_use]
    pub fn sqlstate(self) -> &'static str {
        match self {
            Self::Syntax => "42601",
            Self::TooComplex => "54001",
            Self::Encoding => "22021",
            Self::UnknownRelation => "42P01",
            Self::UnknownFunction => "42883",
            Self::UnknownObject => "42704",
            Self::UnknownSchema => "3F000",
            Self::UnknownColumn => "42703",
            Self::UnknownStatement => "26000",
            Self::UnknownCursor => "34000",
            Self::Stale => "0A000",
            Self::Unavailable => "57P03",
            Self::Limit => "53400",
            Self::Cancelled => "57014",
            _ => "42501",
        }
    }
}

impl Reason {
    /// Whether it says, in PostgreSQL's own words, that something does not exist.
    #[must_use]
    pub fn is_unknown(self) -> bool {
        matches!(
            self,
            Self::UnknownRelation
                | Self::UnknownFunction
                | Self::UnknownObject
                | Self::UnknownSchema
                | Self::UnknownColumn
                | Self::UnknownStatement
                | Self::UnknownCursor
        )
    }
}

/// An error that a client is shown instead of an answer. `message` has no `menshen: ` prefix yet.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Refusal {
    pub reason: Reason,
    pub message: Cow<'static, str>,
    /// The rule, the column, the object: what decided.
    pub detail: Option<String>,
    /// What to do about it.
    pub hint: Option<Cow<'static, str>>,
    /// Offset into the client's statement text: bytes as analysis reports it, characters once the session has it.
    pub position: Option<usize>,
}

impl Refusal {
    /// A refusal with a message alone; add the rest with the other methods.
    #[must_use]
    pub fn new(reason: Reason, message: impl Into<Cow<'static, str>>) -> Self {
        Self { reason, message: message.into(), detail: None, hint: None, position: None }
    }

    #[must_use]
    pub fn detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = Some(detail.into());
        self
    }

    #[must_use]
    pub fn hint(mut self, hint: impl Into<Cow<'static, str>>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Sets the byte offset into the statement text; negative locations of the parser are ignored.
    #[must_use]
    pub fn at(mut self, location: i32) -> Self {
        self.position = usize::try_from(location).ok();
        self
    }
}
