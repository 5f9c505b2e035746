//! What a session asks of the server about itself, on the client's own connection: the texts, and their answers.
//!
//! These run under the client's search path, so every function and operator in them is pinned.

use std::collections::HashSet;
use std::sync::Arc;

use crate::model::ids::Oid;
use crate::model::types::{ColumnType, TypeClass};

use super::search_path::{InvalidPath, SessionNames, effective};
use super::snapshot::{Column, Relation, RelationKind};

macro_rules! temporary {
    () => {
        concat!(
            "SELECT 'temp'::pg_catalog.text, n.nspname::pg_catalog.text, NULL::pg_catalog.oid, NULL::pg_catalog.text,",
            " NULL::pg_catalog.int4, NULL::pg_catalog.oid, NULL::pg_catalog.int4 FROM pg_catalog.pg_namespace n",
            " WHERE n.oid OPERATOR(pg_catalog.=) pg_catalog.pg_my_temp_schema()",
            " UNION ALL SELECT 'type', t.typname, NULL, NULL, NULL, NULL, NULL FROM pg_catalog.pg_type t",
            " WHERE t.typnamespace OPERATOR(pg_catalog.=) pg_catalog.pg_my_temp_schema()",
            " UNION ALL SELECT 'relation', c.relname, c.oid, c.relkind::pg_catalog.text, NULL, NULL, NULL",
            " FROM pg_catalog.pg_class c",
            " WHERE c.relnamespace OPERATOR(pg_catalog.=) pg_catalog.pg_my_temp_schema()",
            " UNION ALL SELECT 'column', a.attname, a.attrelid, a.attnotnull::pg_catalog.text, a.attnum, a.atttypid,",
            " a.atttypmod FROM pg_catalog.pg_class c JOIN pg_catalog.pg_attribute a",
            " ON a.attrelid OPERATOR(pg_catalog.=) c.oid",
            " WHERE c.relnamespace OPERATOR(pg_catalog.=) pg_catalog.pg_my_temp_schema()",
            " AND a.attnum OPERATOR(pg_catalog.>) 0 AND NOT a.attisdropped"
        )
    };
}

macro_rules! usable {
    () => {
        concat!(
            "SELECT 'schema'::pg_catalog.text, n.nspname::pg_catalog.text, NULL::pg_catalog.oid, NULL::pg_catalog.text,",
            " NULL::pg_catalog.int4, NULL::pg_catalog.oid, NULL::pg_catalog.int4 FROM pg_catalog.pg_namespace n",
            " WHERE pg_catalog.has_schema_privilege(n.oid, 'USAGE')"
        )
    };
}

macro_rules! opening {
    () => {
        concat!(
            "SELECT 'user'::pg_catalog.text, CURRENT_USER::pg_catalog.text, pg_catalog.pg_my_temp_schema(),",
            " SESSION_USER::pg_catalog.text, NULL::pg_catalog.int4, NULL::pg_catalog.oid, NULL::pg_catalog.int4",
            " UNION ALL SELECT 'path', pg_catalog.current_setting('search_path'), NULL, NULL, NULL, NULL, NULL",
            " UNION ALL ",
            usable!()
        )
    };
}

/// Asked at start-up: everything but what is temporary, of which there is something only after a trigger on log-ins. What
/// is left out takes a new server process four times as long as the rest.
pub const OPENING: &str = opening!();

/// Asked whenever the session is outside of a transaction and much may have changed: everything.
pub const EVERYTHING: &str = concat!(opening!(), " UNION ALL ", temporary!());

/// Asked after schemas, or who may use them, have changed: the schemas that the user may use.
pub const SCHEMAS: &str = usable!();

/// Asked after temp tables may have changed, where a snapshot may be taken.
pub const TEMPORARY: &str = temporary!();

/// Asked after the search path may have changed. SHOW takes no snapshot, so that it cannot be felt by a following
/// `SET TRANSACTION ISOLATION LEVEL`.
pub const SEARCH_PATH: &str = "SHOW search_path";

/// Why an answer cannot be used.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("the server's answer about the session is not understood: {0}")]
pub struct FactsError(pub &'static str);

/// What the server said about a session, kept so that parts can be asked again.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct SessionFacts {
    user: Option<Arc<str>>,
    login: Option<Arc<str>>,
    search_path: String,
    usable: HashSet<Arc<str>>,
    temp_schema: Option<Arc<str>>,
    temp: Vec<Relation>,
    temp_types: Vec<Arc<str>>,
    /// Whether the session had a temp schema when it was asked.
    has_temporary: bool,
}

impl SessionFacts {
    /// Reads the answer to [`EVERYTHING`], or to [`OPENING`].
    ///
    /// # Errors
    /// When a row is not of that answer, or the user or the search path is missing.
    pub fn everything<'r>(rows: impl IntoIterator<Item = &'r [Option<&'r str>]>) -> Result<Self, FactsError> {
        let mut facts = Self::default();
        let mut has_path = false;
        for row in rows {
            match row {
                [Some("user"), Some(user), temp, login, ..] => {
                    facts.has_temporary = *temp != Some("0");
                    facts.user = Some((*user).into());
                    facts.login = login.map(Into::into);
                }
                [Some("path"), Some(path), ..] => {
                    facts.search_path = (*path).to_owned();
                    has_path = true;
                }
                [Some("schema"), Some(schema), ..] => {
                    facts.usable.insert((*schema).into());
                }
                row => facts.temporary_row(row)?,
            }
        }
        if facts.user.is_none() || !has_path {
            return Err(FactsError("no user or no search_path"));
        }
        facts.sort_columns();
        Ok(facts)
    }

    /// Whether there may be something temporary, so that [`TEMPORARY`] is to be asked after [`OPENING`].
    #[must_use]
    pub fn has_temporary(&self) -> bool {
        self.has_temporary
    }

    /// Reads the answer to [`TEMPORARY`], which replaces what was known of temp objects.
    ///
    /// # Errors
    /// When a row is not of that answer.
    pub fn temporary<'r>(&mut self, rows: impl IntoIterator<Item = &'r [Option<&'r str>]>) -> Result<(), FactsError> {
        self.temp_schema = None;
        self.temp.clear();
        self.temp_types.clear();
        rows.into_iter().try_for_each(|row| self.temporary_row(row))?;
        self.sort_columns();
        Ok(())
    }

    /// Reads the answer to [`SCHEMAS`], which replaces what was known of them.
    ///
    /// # Errors
    /// When a row is not of that answer.
    pub fn schemas<'r>(&mut self, rows: impl IntoIterator<Item = &'r [Option<&'r str>]>) -> Result<(), FactsError> {
        let read = rows.into_iter().map(|row| match row {
            [Some("schema"), Some(schema), ..] => Ok(Arc::from(*schema)),
            _ => Err(FactsError("a schema's row is not one")),
        });
        self.usable = read.collect::<Result<_, _>>()?;
        Ok(())
    }

    /// Takes the answer to [`SEARCH_PATH`].
    pub fn search_path(&mut self, setting: &str) {
        setting.clone_into(&mut self.search_path);
    }

    /// The names that the session can see now.
    ///
    /// # Errors
    /// When the search path is not a list of identifiers.
    pub fn names(&self) -> Result<SessionNames, InvalidPath> {
        let user = self.user.clone().unwrap_or_default();
        Ok(SessionNames {
            path: effective(&self.search_path, &user, &self.usable, self.temp_schema.as_ref())?,
            user,
            login: self.login.clone().unwrap_or_default(),
            temp_schema: self.temp_schema.clone(),
            temp: self.temp.iter().cloned().map(Arc::new).collect(),
            temp_types: self.temp_types.clone(),
        })
    }

    fn temporary_row(&mut self, row: &[Option<&str>]) -> Result<(), FactsError> {
        match row {
            [Some("temp"), Some(schema), ..] => self.temp_schema = Some((*schema).into()),
            [Some("type"), Some(name), ..] => self.temp_types.push((*name).into()),
            [Some("relation"), Some(name), Some(oid), Some(kind), ..] => {
                let schema = self.temp_schema.clone().ok_or(FactsError("a temp relation before its schema"))?;
                // indexes cannot be read from
                if let Some(kind) = relation_kind(kind) {
                    self.temp.push(Relation::new(Oid(number(oid)?), &schema, name, kind));
                }
            }
            [Some("column"), Some(name), Some(relation), Some(not_null), Some(number_), Some(ty), Some(typmod)] => {
                let relation = Oid(number(relation)?);
                let column = Column {
                    number: number(number_)?,
                    name: (*name).into(),
                    type_oid: Oid(number(ty)?),
                    typmod: number(typmod)?,
                    ty: ColumnType { sql: "pg_catalog.text".into(), class: TypeClass::Other },
                    not_null: *not_null == "true",
                    generated: false,
                    groupable: false,
                    collation: None,
                    defaulted: false,
                };
                if let Some(relation) = self.temp.iter_mut().rev().find(|one| one.oid == relation) {
                    relation.columns.push(column);
                }
            }
            _ => return Err(FactsError("a row of an unknown kind")),
        }
        Ok(())
    }

    fn sort_columns(&mut self) {
        for relation in &mut self.temp {
            relation.columns.sort_by_key(|column| column.number);
        }
    }
}

fn relation_kind(letter: &str) -> Option<RelationKind> {
    match letter {
        "r" => Some(RelationKind::Table),
        "p" => Some(RelationKind::Partitioned),
        "v" => Some(RelationKind::View),
        "m" => Some(RelationKind::MaterializedView),
        "f" => Some(RelationKind::Foreign),
        "S" => Some(RelationKind::Sequence),
        "c" => Some(RelationKind::Composite),
        _ => None,
    }
}

fn number<T: std::str::FromStr>(text: &str) -> Result<T, FactsError> {
    text.parse().map_err(|_| FactsError("a number was expected"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const NONE: Option<&str> = None;

    #[test]
    fn an_answer_becomes_names_and_parts_of_it_can_be_asked_again() {
        let rows: [&[Option<&str>]; 8] = [
            &[Some("user"), Some("alice"), NONE, NONE, NONE, NONE, NONE],
            &[Some("path"), Some("\"$user\", public"), NONE, NONE, NONE, NONE, NONE],
            &[Some("schema"), Some("public"), NONE, NONE, NONE, NONE, NONE],
            &[Some("schema"), Some("pg_catalog"), NONE, NONE, NONE, NONE, NONE],
            &[Some("temp"), Some("pg_temp_4"), NONE, NONE, NONE, NONE, NONE],
            &[Some("relation"), Some("t"), Some("20000"), Some("r"), NONE, NONE, NONE],
            &[Some("column"), Some("b"), Some("20000"), Some("false"), Some("2"), Some("25"), Some("-1")],
            &[Some("column"), Some("a"), Some("20000"), Some("true"), Some("1"), Some("23"), Some("-1")],
        ];
        let mut facts = SessionFacts::everything(rows).unwrap();
        let names = facts.names().unwrap();
        assert_eq!(names.path.iter().map(|s| &**s).collect::<Vec<_>>(), ["pg_temp_4", "pg_catalog", "public"]);
        let columns: Vec<_> = names.temp[0].columns.iter().map(|column| &*column.name).collect();
        assert_eq!(columns, ["a", "b"]);
        facts.search_path("public, pg_catalog");
        facts.temporary([]).unwrap();
        let names = facts.names().unwrap();
        assert_eq!(names.path.iter().map(|s| &**s).collect::<Vec<_>>(), ["public", "pg_catalog"]);
        assert!(names.temp.is_empty());
    }

    #[test]
    fn an_incomplete_or_strange_answer_is_an_error() {
        let user: &[Option<&str>] = &[Some("user"), Some("alice")];
        assert!(SessionFacts::everything([user]).is_err());
        let strange: &[Option<&str>] = &[Some("news"), Some("x")];
        assert!(SessionFacts::everything([user, strange]).is_err());
    }
}
