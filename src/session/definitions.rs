//! Definitions that change by what passes through this session: whoever asks afterwards is judged by the new ones.

use crate::wire::server::Status;

/// Watches what the server says of completed commands.
#[derive(Debug, Default)]
pub struct Definitions {
    /// Something was defined in a transaction that may not have ended.
    pending: bool,
    /// The same, of something that was not understood: what others cannot see yet, no catalog says.
    unclear: bool,
}

/// Commands after which names, columns, views, functions or operators may mean something else. What a SELECT or CALL
/// does inside of functions does not show here.
fn defines(tag: &[u8]) -> bool {
    let of_index = [b"INDEX".as_slice(), b"STATISTICS"];
    match tag.split(|byte| *byte == b' ').next() {
        Some(b"CREATE" | b"ALTER" | b"DROP") => !of_index.iter().any(|kind| tag.ends_with(kind)),
        Some(first) => first == b"DO" || tag.starts_with(b"IMPORT FOREIGN") || tag == b"COMMIT PREPARED",
        None => false,
    }
}

impl Definitions {
    /// A command is complete; `tag` is what CommandComplete says. `understood`: its text was, so that it defines no more than
    /// the session's own temporary tables. Returns whether the catalog may have changed.
    pub fn command(&mut self, tag: &[u8], understood: bool) -> bool {
        let defines = !understood && defines(tag);
        self.pending |= defines;
        self.unclear |= defines || (!understood && tag == b"CALL");
        defines || (self.pending && tag == b"COMMIT")
    }

    /// The server is ready. Returns whether the catalog may have changed since the last command.
    pub fn ready(&mut self, status: Status) -> bool {
        self.unclear &= status != Status::Idle;
        status == Status::Idle && std::mem::take(&mut self.pending)
    }

    /// Whether the transaction under way has defined something that was not understood.
    #[must_use]
    pub fn unclear(&self) -> bool {
        self.unclear
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn definitions_count_when_they_are_made_and_when_they_are_committed() {
        let mut definitions = Definitions::default();
        assert!(!definitions.command(b"SELECT 7", false) && !definitions.command(b"COMMIT", false));
        assert!(!definitions.ready(Status::Idle));
        assert!(definitions.command(b"ALTER TABLE", false));
        assert!(!definitions.ready(Status::InTransaction));
        assert!(!definitions.command(b"INSERT 0 1", false));
        assert!(definitions.command(b"COMMIT", false));
        assert!(definitions.ready(Status::Idle));
        assert!(!definitions.ready(Status::Idle));
    }

    #[test]
    fn what_was_not_understood_is_unclear_to_the_end_of_its_transaction() {
        let mut definitions = Definitions::default();
        assert!(!definitions.command(b"CREATE TABLE", true) && !definitions.command(b"SELECT 1", false));
        assert!(!definitions.unclear() && !definitions.ready(Status::Idle));
        for tag in [b"CREATE VIEW".as_slice(), b"DO", b"CALL"] {
            definitions.command(tag, false);
            assert!(definitions.unclear());
            definitions.ready(Status::InTransaction);
            assert!(definitions.unclear());
            definitions.ready(Status::Idle);
            assert!(!definitions.unclear());
        }
    }

    #[test]
    fn only_definitions_count() {
        for tag in ["CREATE VIEW", "DROP FUNCTION", "DO", "CREATE TABLE AS", "COMMIT PREPARED", "IMPORT FOREIGN SCHEMA"]
        {
            assert!(defines(tag.as_bytes()), "{tag}");
        }
        for tag in ["SELECT 1", "CREATE INDEX", "DROP INDEX", "COPY 5", "COMMIT", "CALL", "DELETE 1", "", "CREATED"] {
            assert!(!defines(tag.as_bytes()), "{tag}");
        }
    }
}
