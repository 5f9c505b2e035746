//! How analysis says no.

use crate::model::refusal::{Reason, Refusal};

/// What a step of analysis gives.
pub(super) type Step<T = ()> = Result<T, Refusal>;

/// A form of a statement that is not understood.
pub(super) fn not_understood(what: &str, location: i32) -> Refusal {
    Refusal::new(Reason::NotUnderstood, format!("{what} is not supported for this user")).at(location)
}

/// A relation of which an earlier statement of the same query string may have changed what its name means.
pub(super) fn unclear(location: i32) -> Refusal {
    not_understood("an unqualified relation after CREATE TEMP in the same query string", location)
        .hint("Send the statements one by one.")
}

/// A statement that is not on the allow-list.
pub(super) fn not_allowed(what: &str) -> Refusal {
    Refusal::new(Reason::StatementClass, format!("{what} is not allowed for this user"))
        .hint("Ask for a role that reads the protected columns in clear, or use an allowed statement.")
}

/// A plan prints constants, and the key of a pseudonym is one.
pub(super) fn secret_plan() -> Refusal {
    Refusal::new(Reason::StatementClass, "the plan of a statement that reads pseudonyms is not shown")
        .detail("EXPLAIN prints the key that they are made with.")
        .hint("Explain a statement without the columns that hold pseudonyms.")
}
