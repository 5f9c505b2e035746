//! The catalog queries of `queries.sql`, by name and server version.

/// A catalog query, and how its rows are to be read.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Name {
    Server,
    Fingerprint,
    Schemas,
    Relations,
    Columns,
    Types,
    Modifiers,
    Equalities,
    Keys,
    Compared,
    Felt,
    Carried,
    Parents,
    Generated,
    Entangled,
    Sortings,
    References,
    Functions,
    Operators,
    Views,
    Dependencies,
}

impl Name {
    const ALL: [(Self, &'static str); 21] = [
        (Self::Server, "server"),
        (Self::Fingerprint, "fingerprint"),
        (Self::Schemas, "schemas"),
        (Self::Relations, "relations"),
        (Self::Columns, "columns"),
        (Self::Types, "types"),
        (Self::Modifiers, "modifiers"),
        (Self::Equalities, "equalities"),
        (Self::Keys, "keys"),
        (Self::Compared, "compared"),
        (Self::Felt, "felt"),
        (Self::Carried, "carried"),
        (Self::Parents, "parents"),
        (Self::Generated, "generated"),
        (Self::Entangled, "entangled"),
        (Self::Sortings, "sortings"),
        (Self::References, "references"),
        (Self::Functions, "functions"),
        (Self::Operators, "operators"),
        (Self::Views, "views"),
        (Self::Dependencies, "dependencies"),
    ];

    /// The name in `queries.sql`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        Self::ALL.iter().find(|(name, _)| *name == self).map_or("?", |(_, text)| text)
    }
}

/// One query, to be sent as it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Query {
    pub name: Name,
    pub sql: &'static str,
}

/// Statements that a reader of the catalog sends before the queries, one by one. With an empty search path,
/// `pg_get_viewdef` and `format_type` qualify every name that is not of `pg_catalog`; views take locks, so waiting
/// is bounded. `COMMIT` ends it.
pub const PROLOGUE: [&str; 5] = [
    "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
    "SET LOCAL search_path = ''",
    "SET LOCAL quote_all_identifiers = on",
    "SET LOCAL lock_timeout = '5s'",
    "SET LOCAL statement_timeout = '60s'",
];

const FILE: &str = include_str!("queries.sql");

/// The queries for a server of that major version, in the order to run them. The first two are [`Name::Server`] and
/// [`Name::Fingerprint`], which is read first so that a change during the reading shows up in the next comparison.
#[must_use]
pub fn all(major: u32) -> Vec<Query> {
    FILE.split("-- query: ").skip(1).filter_map(|section| parse(section, major)).collect()
}

/// The text of the fingerprint query, for polling outside a transaction.
#[must_use]
pub fn fingerprint(major: u32) -> &'static str {
    all(major).into_iter().find(|query| query.name == Name::Fingerprint).map_or("", |query| query.sql)
}

fn parse(section: &'static str, major: u32) -> Option<Query> {
    let (header, body) = section.split_once('\n')?;
    let mut words = header.split_whitespace();
    let title = words.next()?;
    let name = Name::ALL.iter().find(|(_, text)| *text == title)?.0;
    while let (Some(word), Some(bound)) = (words.next(), words.next()) {
        let bound: u32 = bound.parse().ok()?;
        if (word == "from" && major < bound) || (word == "to" && major > bound) {
            return None;
        }
    }
    let end = body.find(';')? + 1;
    Some(Query { name, sql: body.get(..end)?.trim() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_version_has_each_query_once() {
        for major in 13..=18 {
            let names: Vec<_> = all(major).iter().map(|query| query.name).collect();
            assert_eq!(names, Name::ALL.map(|(name, _)| name), "{major}");
        }
    }

    #[test]
    fn a_query_is_one_statement_with_qualified_names() {
        for query in all(15) {
            assert_eq!(query.sql.matches(';').count(), 1, "{:?}", query.name);
            for word in ["FROM pg_", "JOIN pg_", "(SELECT FROM"] {
                let bare = query.sql.replace("pg_catalog.", "@");
                assert!(!bare.contains(word), "{:?}: {word}", query.name);
            }
        }
        assert!(fingerprint(15).starts_with("SELECT "));
    }

    #[test]
    fn version_bounds_are_inclusive() {
        let section = "keys from 14 to 15\nSELECT 1;\n";
        let chosen: Vec<u32> = (13..=18).filter(|major| parse(section, *major).is_some()).collect();
        assert_eq!(chosen, [14, 15]);
    }
}
