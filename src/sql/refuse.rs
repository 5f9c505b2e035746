//! How analysis says no.

use crate::grammar::limits::MAX_ADDED;
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

/// More is written than a statement may grow by.
pub(super) fn too_much_added() -> Refusal {
    let what = format!("the statement is longer by more than {MAX_ADDED} bytes with its names spelled out");
    Refusal::new(Reason::TooComplex, what).hint("Split it into several statements.")
}

pub(super) fn reads_too_often() -> Refusal {
    Refusal::new(Reason::TooComplex, "the statement reads protected tables too many times")
        .hint("Split it into several statements.")
}
