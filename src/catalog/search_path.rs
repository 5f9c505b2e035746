//! The names a session can see: its effective search path and its temp tables, as the server reported them.

use std::collections::HashSet;
use std::sync::Arc;

use crate::grammar::names::{fold, truncate};

use super::snapshot::{Function, Operator, Relation, Snapshot, Type};

/// What was asked of the server about one session. A new value after each asking; never modelled.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SessionNames {
    pub user: Arc<str>,
    /// Who logged in (`SESSION_USER`): the same, unless a role was set for the login.
    pub login: Arc<str>,
    /// Schemas in the order PostgreSQL searches them for relations: `pg_temp_N` first if it exists and the setting
    /// does not place it, `pg_catalog` implicitly before the rest unless the setting places it.
    pub path: Arc<[Arc<str>]>,
    /// `pg_temp_N`, once the session has one.
    pub temp_schema: Option<Arc<str>>,
    /// Temp tables and views of this session. Their columns have names and type OIDs, no type text.
    pub temp: Vec<Arc<Relation>>,
    /// Names of the types in the temp schema: row types of temp tables, their arrays, others.
    pub temp_types: Vec<Arc<str>>,
}

/// A relation name's meaning in one session.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Found<'s> {
    Permanent(&'s Arc<Relation>),
    Temporary(&'s Arc<Relation>),
    Missing,
}

/// A type name's meaning in one session.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum FoundType {
    Permanent(Arc<Type>),
    /// In the session's temp schema.
    Temporary,
    Missing,
}

/// Why a `search_path` setting gives no path.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("the search_path setting {0:?} is not a list of identifiers")]
pub struct InvalidPath(pub String);

impl SessionNames {
    /// Whether a schema is this session's own for temp objects.
    #[must_use]
    pub fn is_temp(&self, schema: &str) -> bool {
        schema == "pg_temp" || self.temp_schema.as_deref() == Some(schema)
    }

    /// Resolves a relation name as `RangeVarGetRelid` does; names are already folded and truncated.
    #[must_use]
    pub fn relation<'s>(&'s self, snapshot: &'s Snapshot, schema: Option<&str>, name: &str) -> Found<'s> {
        let temporary = || self.temp.iter().find(|relation| &*relation.name == name);
        let one = |schema: &str| -> Option<Found<'s>> {
            if self.is_temp(schema) {
                return temporary().map(Found::Temporary);
            }
            snapshot.relation_named(schema, name).map(Found::Permanent)
        };
        match schema {
            Some(schema) => one(schema),
            None => self.path.iter().find_map(|schema| one(schema)),
        }
        .unwrap_or(Found::Missing)
    }

    /// The functions that a call by that name may mean, in path order (`FuncnameGetCandidates`). An unqualified name
    /// never means a function of the temp schema.
    #[must_use]
    pub fn functions<'s>(&self, snapshot: &'s Snapshot, schema: Option<&str>, name: &str) -> Vec<&'s Arc<Function>> {
        self.in_path_order(schema, snapshot.functions_named(name), |function| &function.schema)
    }

    /// The operators that may be meant by that name, in path order; never those of the temp schema.
    #[must_use]
    pub fn operators<'s>(&self, snapshot: &'s Snapshot, schema: Option<&str>, name: &str) -> Vec<&'s Arc<Operator>> {
        self.in_path_order(schema, snapshot.operators_named(name), |operator| &operator.schema)
    }

    /// Resolves a type name as `LookupTypeName` does; the temp schema counts.
    #[must_use]
    pub fn ty(&self, snapshot: &Snapshot, schema: Option<&str>, name: &str) -> FoundType {
        let one = |schema: &str| -> Option<FoundType> {
            if self.is_temp(schema) {
                return self.temp_types.iter().any(|ty| &**ty == name).then_some(FoundType::Temporary);
            }
            let named = snapshot.types_named(name).iter().find(|ty| &*ty.schema == schema);
            named.cloned().map(FoundType::Permanent)
        };
        match schema {
            Some(schema) => one(schema),
            None => self.path.iter().find_map(|schema| one(schema)),
        }
        .unwrap_or(FoundType::Missing)
    }

    fn in_path_order<'s, T>(
        &self,
        schema: Option<&str>,
        named: &'s [Arc<T>],
        schema_of: impl Fn(&T) -> &Arc<str>,
    ) -> Vec<&'s Arc<T>> {
        let of = |schema: &str| named.iter().filter(|one| &**schema_of(one) == schema).collect::<Vec<_>>();
        match schema {
            Some(schema) => of(schema),
            None => self.path.iter().filter(|schema| !self.is_temp(schema)).flat_map(|schema| of(schema)).collect(),
        }
    }
}

/// The schemas that are searched, from the text of the `search_path` setting (`recomputeNamespacePath` in
/// `catalog/namespace.c`): names that do not exist or may not be used are passed over.
///
/// # Errors
/// When the setting is not a list of identifiers.
pub fn effective(
    setting: &str,
    user: &str,
    usable: &HashSet<Arc<str>>,
    temp_schema: Option<&Arc<str>>,
) -> Result<Arc<[Arc<str>]>, InvalidPath> {
    let catalog: Arc<str> = "pg_catalog".into();
    let mut path: Vec<Arc<str>> = Vec::new();
    for name in split_identifiers(setting).ok_or_else(|| InvalidPath(setting.to_owned()))? {
        let schema = match name.as_str() {
            "$user" => usable.get(user),
            "pg_temp" => temp_schema,
            name if temp_schema.is_some_and(|schema| &**schema == name) => temp_schema,
            name => usable.get(name),
        };
        path.extend(schema.filter(|schema| !path.contains(schema)).cloned());
    }
    if !path.contains(&catalog) {
        path.insert(0, catalog);
    }
    if let Some(temp) = temp_schema.filter(|temp| !path.contains(temp)) {
        path.insert(0, Arc::clone(temp));
    }
    Ok(path.into())
}

/// `scanner_isspace`. Version 16 made a vertical tab white space too: it is refused here outside of quotes.
fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\x0c')
}

/// `SplitIdentifierString` with a comma: names folded unless quoted, cut to 63 bytes. `None`: not a list.
fn split_identifiers(text: &str) -> Option<Vec<String>> {
    let mut names = Vec::new();
    let mut rest = text.trim_start_matches(is_space);
    if rest.is_empty() {
        return Some(names);
    }
    loop {
        let (name, after) = match rest.strip_prefix('"') {
            Some(body) => quoted(body)?,
            None => {
                let end = rest.find(|c| c == ',' || is_space(c)).unwrap_or(rest.len());
                let (name, after) = rest.split_at_checked(end)?;
                if name.is_empty() || name.contains('\x0b') {
                    return None;
                }
                (fold(name), after)
            }
        };
        names.push(name);
        let after = after.trim_start_matches(is_space);
        match after.strip_prefix(',') {
            Some(next) => rest = next.trim_start_matches(is_space),
            None if after.is_empty() => return Some(names),
            None => return None,
        }
    }
}

/// A quoted name after its opening quote, and what follows the closing one.
fn quoted(body: &str) -> Option<(String, &str)> {
    let mut name = String::new();
    let mut rest = body;
    loop {
        let (part, after) = rest.split_once('"')?;
        name.push_str(part);
        match after.strip_prefix('"') {
            Some(next) => {
                name.push('"');
                rest = next;
            }
            None => return Some((truncate(&name).to_owned(), after)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(setting: &str, temp: Option<&str>) -> Vec<String> {
        let usable = ["public", "alice", "pg_catalog", "Mixed", "a,b", "pg_toast", "住房"];
        let usable = usable.into_iter().map(Arc::from).collect();
        let temp = temp.map(Arc::from);
        let path = effective(setting, "alice", &usable, temp.as_ref()).unwrap();
        path.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn implicit_schemas_come_first_unless_placed() {
        assert_eq!(path("\"$user\", public", None), ["pg_catalog", "alice", "public"]);
        assert_eq!(path("public", Some("pg_temp_3")), ["pg_temp_3", "pg_catalog", "public"]);
        assert_eq!(path("public, pg_catalog, pg_temp", Some("pg_temp_3")), ["public", "pg_catalog", "pg_temp_3"]);
        assert_eq!(path("pg_temp_3, public", Some("pg_temp_3")), ["pg_catalog", "pg_temp_3", "public"]);
        assert_eq!(path("public, pg_temp", None), ["pg_catalog", "public"]);
        assert_eq!(path("", None), ["pg_catalog"]);
        assert_eq!(path("\"\"", None), ["pg_catalog"]);
    }

    #[test]
    fn names_fold_unless_quoted_and_missing_ones_are_passed_over() {
        assert_eq!(path("PUBLIC , nowhere,\"Mixed\",mixed", None), ["pg_catalog", "public", "Mixed"]);
        assert_eq!(path("\"a,b\",住房, $user, public, public", None), ["pg_catalog", "a,b", "住房", "alice", "public"]);
    }

    #[test]
    fn names_are_cut_to_63_bytes() {
        let long = "客".repeat(22);
        assert_eq!(split_identifiers(&long).unwrap(), ["客".repeat(21)]);
        assert_eq!(split_identifiers(&format!("\"{long}\"")).unwrap(), ["客".repeat(21)]);
        assert_eq!(split_identifiers(" \"a\"\"b\" , C").unwrap(), ["a\"b", "c"]);
    }

    #[test]
    fn what_is_no_list_is_refused() {
        for bad in ["a,", ",a", "a b", "\"a", "a\"\"b\" c", "\"a\"b", "a\x0bb", ","] {
            assert_eq!(split_identifiers(bad), None, "{bad:?}");
        }
    }
}
