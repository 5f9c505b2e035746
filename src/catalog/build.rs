//! Rows of the catalog queries → [`Snapshot`].

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use sha2::{Digest as _, Sha256};

use crate::model::ids::{ColumnId, Digest, Oid};
use crate::model::tables::Set;
use crate::model::types::{ColumnType, TypeClass};

use super::entangled::{Entangled, Sorting, Together};
use super::queries::Name;
use super::snapshot::{
    Column, Function, FunctionKind, Lineage, OnRemoval, Operator, Parts, Reference, Relation, RelationKind, Snapshot,
    Type, Volatility, open_of_extensions,
};
use super::types::Types;
use super::views;

/// Why rows of the catalog cannot be used.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum BuildError {
    /// A row is not what the query returns.
    #[error("catalog query `{query}`: column {column} is not {expected}")]
    Cell { query: &'static str, column: usize, expected: &'static str },
    /// A query's rows never came.
    #[error("catalog query `{0}` was not answered")]
    Unanswered(&'static str),
}

/// Hashes the one value of the fingerprint query.
#[must_use]
pub fn fingerprint(value: &str) -> Digest {
    Digest(Sha256::digest(value.as_bytes()).into())
}

struct Cells<'a> {
    query: Name,
    row: &'a [Option<&'a str>],
}

impl<'a> Cells<'a> {
    fn bad(&self, column: usize, expected: &'static str) -> BuildError {
        BuildError::Cell { query: self.query.as_str(), column: column + 1, expected }
    }

    fn maybe(&self, column: usize) -> Option<&'a str> {
        self.row.get(column).copied().flatten()
    }

    fn text(&self, column: usize) -> Result<&'a str, BuildError> {
        self.maybe(column).ok_or_else(|| self.bad(column, "a text"))
    }

    fn number<T: std::str::FromStr>(&self, column: usize) -> Result<T, BuildError> {
        self.text(column)?.parse().map_err(|_| self.bad(column, "a number"))
    }

    fn oid(&self, column: usize) -> Result<Oid, BuildError> {
        self.number(column).map(Oid)
    }

    /// An OID, or `None` for NULL and 0.
    fn maybe_oid(&self, column: usize) -> Result<Option<Oid>, BuildError> {
        match self.maybe(column) {
            None => Ok(None),
            Some(_) => self.oid(column).map(|oid| Some(oid).filter(|oid| oid.0 != 0)),
        }
    }

    fn boolean(&self, column: usize) -> Result<bool, BuildError> {
        match self.text(column)? {
            "t" => Ok(true),
            "f" => Ok(false),
            _ => Err(self.bad(column, "a boolean")),
        }
    }

    fn letter(&self, column: usize) -> Result<u8, BuildError> {
        self.text(column)?.bytes().next().ok_or_else(|| self.bad(column, "a letter"))
    }

    /// An `oidvector` or `int2vector`.
    fn vector<T: std::str::FromStr>(&self, column: usize) -> Result<Vec<T>, BuildError> {
        let numbers = self.text(column)?.split_whitespace().map(str::parse);
        numbers.collect::<Result<_, _>>().map_err(|_| self.bad(column, "a vector of numbers"))
    }
}

/// A column before the types are known.
struct RawColumn {
    relation: Oid,
    number: i16,
    name: Arc<str>,
    type_oid: Oid,
    typmod: i32,
    not_null: bool,
    generated: bool,
    collation: Oid,
    defaulted: bool,
}

/// What a view's rule refers to.
#[derive(Default)]
struct Dependencies {
    relations: Vec<Oid>,
    functions: Vec<Oid>,
    operators: Vec<Oid>,
    types: Vec<Oid>,
}

/// Collects rows, one by one and in any order of queries, and makes a snapshot of them.
#[derive(Default)]
pub struct Builder {
    answered: HashSet<Name>,
    parts: Parts,
    columns: Vec<RawColumn>,
    types: Types,
    /// Relation → its composite type.
    row_types: HashMap<Oid, Oid>,
    keys: HashMap<Oid, Vec<i16>>,
    compared: HashMap<Oid, Vec<i16>>,
    felt: HashMap<Oid, Vec<i16>>,
    parents: HashMap<Oid, Vec<Oid>>,
    generated: HashMap<Oid, Vec<(i16, i16)>>,
    carried: HashMap<Oid, Vec<Oid>>,
    entangled: HashMap<Oid, Vec<Entangled>>,
    sortings: HashMap<Oid, Vec<Sorting>>,
    references: HashMap<Oid, Vec<Reference>>,
    /// Views: what they are defined as, and whether they are security barriers.
    definitions: Vec<(Oid, Option<String>, bool)>,
    dependencies: HashMap<Oid, Dependencies>,
}

impl std::fmt::Debug for Builder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Builder").field("answered", &self.answered).finish_non_exhaustive()
    }
}

impl Builder {
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Says that a query has been answered in full, be it without rows.
    pub fn answered(&mut self, query: Name) {
        self.answered.insert(query);
    }

    /// Takes one row of a query's answer, in text format.
    ///
    /// # Errors
    /// When it is not a row of that query.
    pub fn row(&mut self, query: Name, row: &[Option<&str>]) -> Result<(), BuildError> {
        let cells = Cells { query, row };
        match query {
            Name::Server => {
                self.parts.database = cells.text(0)?.to_owned();
                self.parts.server_version = cells.number(1)?;
            }
            Name::Fingerprint => self.parts.fingerprint = fingerprint(cells.text(0)?),
            Name::Schemas => {
                self.parts.usage.extend([cells.text(0)?, " ", cells.text(1)?, "\n"]);
                self.parts.schemas.push(cells.text(0)?.to_owned());
            }
            Name::Relations => self.parts.relations.push(relation(&cells)?),
            Name::Columns => self.columns.push(column(&cells)?),
            Name::Types => self.type_row(&cells)?,
            Name::Modifiers => {
                self.types.modifiers.insert((cells.oid(0)?, cells.number(1)?), cells.text(2)?.to_owned());
            }
            Name::Equalities => {
                self.types.equalities.insert(cells.oid(0)?);
            }
            Name::Keys => {
                self.keys.insert(cells.oid(0)?, cells.vector(1)?);
            }
            Name::Compared => self.compared.entry(cells.oid(0)?).or_default().push(cells.number(1)?),
            Name::Felt => self.felt.entry(cells.oid(0)?).or_default().push(cells.number(1)?),
            Name::Carried => self.carried.entry(cells.oid(0)?).or_default().push(cells.oid(1)?),
            Name::Parents => self.parents.entry(cells.oid(0)?).or_default().push(cells.oid(1)?),
            Name::Generated => {
                self.generated.entry(cells.oid(0)?).or_default().push((cells.number(1)?, cells.number(2)?));
            }
            Name::Entangled => self.entangled.entry(cells.oid(0)?).or_default().push(entangled(&cells)?),
            Name::Sortings => self.sortings.entry(cells.oid(0)?).or_default().push(sorting(&cells)?),
            Name::References => self.references.entry(cells.oid(0)?).or_default().push(reference(&cells)?),
            Name::Functions => self.parts.functions.push(function(&cells)?),
            Name::Operators => self.parts.operators.push(operator(&cells)?),
            Name::Views => {
                let definition = cells.maybe(1).map(str::to_owned);
                self.definitions.push((cells.oid(0)?, definition, cells.boolean(2)?));
            }
            Name::Dependencies => self.dependency_row(&cells)?,
        }
        Ok(())
    }

    fn type_row(&mut self, cells: &Cells<'_>) -> Result<(), BuildError> {
        let base = cells.maybe_oid(5)?.map(|base| Ok((base, cells.number(6)?))).transpose()?;
        let ty = Type {
            oid: cells.oid(0)?,
            schema: cells.text(1)?.into(),
            name: cells.text(2)?.into(),
            kind: cells.letter(3)?,
            element: cells.maybe_oid(4)?,
            base,
            bounds: cells.maybe_oid(12)?,
            runs_code: false,
            extension: cells.maybe(11).map(Into::into),
        };
        self.types.code.insert(ty.oid, cells.vector(8)?.into_iter().map(Oid).collect());
        self.parts.casts.extend(cells.vector(9)?.into_iter().map(|function| (ty.oid, Oid(function))));
        if cells.boolean(10)? {
            self.types.checked.insert(ty.oid);
        }
        if let Some(relation) = cells.maybe_oid(7)? {
            self.row_types.insert(relation, ty.oid);
        }
        self.types.by_oid.insert(ty.oid, ty);
        Ok(())
    }

    fn dependency_row(&mut self, cells: &Cells<'_>) -> Result<(), BuildError> {
        let of = self.dependencies.entry(cells.oid(0)?).or_default();
        let referred = cells.oid(2)?;
        match cells.letter(1)? {
            b'r' => of.relations.push(referred),
            b'f' => of.functions.push(referred),
            b'o' => of.operators.push(referred),
            b't' => of.types.push(referred),
            _ => return Err(cells.bad(1, "r, f, o or t")),
        }
        Ok(())
    }

    /// Puts the rows together.
    ///
    /// # Errors
    /// When a query was not answered, or rows do not fit together.
    pub fn finish(mut self) -> Result<Snapshot, BuildError> {
        if let Some(query) = super::queries::all(15).iter().find(|query| !self.answered.contains(&query.name)) {
            return Err(BuildError::Unanswered(query.name.as_str()));
        }
        self.place_columns();
        for relation in &mut self.parts.relations {
            relation.primary_key = self.keys.remove(&relation.oid);
            relation.compared = self.compared.remove(&relation.oid).unwrap_or_default();
            relation.felt = self.felt.remove(&relation.oid).unwrap_or_default();
            relation.carried = self.carried.remove(&relation.oid).unwrap_or_default();
            relation.parents = self.parents.remove(&relation.oid).unwrap_or_default();
            relation.generated_from = self.generated.remove(&relation.oid).unwrap_or_default();
            relation.references = self.references.remove(&relation.oid).unwrap_or_default();
            relation.entangled = self.entangled.remove(&relation.oid).unwrap_or_default();
            relation.sortings = self.sortings.remove(&relation.oid).unwrap_or_default();
        }
        super::felt::spread(&mut self.parts.relations);
        let open = open_of_extensions(&self.parts.functions, self.types.by_oid.values());
        self.types.spread_code(&open);
        for depends in self.dependencies.values_mut() {
            let code = depends.types.iter().flat_map(|ty| self.types.code_of(*ty));
            depends.functions.extend(code);
        }
        self.parts.types = self.types.by_oid.into_values().collect();
        self.parts.row_types = self.row_types.into_iter().map(|(relation, ty)| (ty, relation)).collect();
        let mut snapshot = Snapshot::assemble(self.parts);
        let definitions = std::mem::take(&mut self.definitions);
        for (oid, definition, barrier) in definitions {
            let depends = self.dependencies.remove(&oid).unwrap_or_default();
            trace(&mut snapshot, oid, (definition.as_deref(), barrier), &depends, &open);
        }
        Ok(snapshot)
    }

    fn place_columns(&mut self) {
        let Self { types, columns, row_types, parts, .. } = self;
        for column in columns.iter() {
            if let Some(row_type) = row_types.get(&column.relation) {
                types.fields.entry(*row_type).or_default().push(column.type_oid);
            }
        }
        let mut described = HashMap::new();
        let mut placed: HashMap<Oid, Vec<Column>> = HashMap::new();
        for raw in columns.drain(..) {
            let key = (raw.type_oid, raw.typmod);
            if let std::collections::hash_map::Entry::Vacant(entry) = described.entry(key) {
                let ty = types.describe(raw.type_oid, raw.typmod).unwrap_or_else(unnameable);
                entry.insert((ty, types.groupable(raw.type_oid)));
            }
            let Some((ty, groupable)) = described.get(&key).cloned() else { continue };
            let column = Column {
                number: raw.number,
                name: raw.name,
                type_oid: raw.type_oid,
                typmod: raw.typmod,
                ty,
                not_null: raw.not_null,
                generated: raw.generated,
                groupable,
                collation: Some(raw.collation),
                defaulted: raw.defaulted,
            };
            placed.entry(raw.relation).or_default().push(column);
        }
        for relation in &mut parts.relations {
            relation.columns = placed.remove(&relation.oid).unwrap_or_default();
            relation.columns.sort_by_key(|column| column.number);
        }
    }
}

/// What stands for a type that no SQL of ours can name, such as one in a session's temp schema.
fn unnameable() -> ColumnType {
    ColumnType { sql: "pg_catalog.text".into(), class: TypeClass::Other }
}

/// Gives a view its lineage.
fn trace(
    snapshot: &mut Snapshot,
    oid: Oid,
    (definition, barrier): (Option<&str>, bool),
    depends: &Dependencies,
    open: &Set<Oid>,
) {
    let Some(view) = snapshot.relation(oid).cloned() else { return };
    let traced = match definition {
        Some(definition) => views::trace(snapshot, &view, definition),
        None => Err("its definition could not be read".to_owned()),
    };
    let mut view = Relation::clone(&view);
    let user_operators = depends.operators.iter().filter_map(|operator| snapshot.operator(*operator));
    view.calls = user_operators.map(|operator| operator.function).collect();
    view.calls.extend(&depends.functions);
    view.reads.clone_from(&depends.relations);
    view.lineage = Some(match traced {
        Ok(traced) => {
            view.calls.extend(traced.calls);
            view.rows_of = traced.rows_of;
            view.unasked = traced.unasked;
            view.unasked.apart |= barrier;
            view.rows = Some(traced.rows);
            traced.lineage
        }
        Err(why) => Lineage::Unknown { refers: all_columns(snapshot, &depends.relations), why },
    });
    view.calls.retain(|function| !open.contains(function));
    view.calls.sort_unstable();
    view.calls.dedup();
    snapshot.replace(view);
}

/// `pg_depend` does not record columns behind whole-row references: every column of what is referred to counts.
fn all_columns(snapshot: &Snapshot, relations: &[Oid]) -> Vec<ColumnId> {
    let known = relations.iter().filter_map(|oid| snapshot.relation(*oid));
    known
        .flat_map(|relation| {
            let of = relation.oid;
            relation.columns.iter().map(move |column| ColumnId { relation: of, number: column.number })
        })
        .collect()
}

fn relation(cells: &Cells<'_>) -> Result<Relation, BuildError> {
    let kind = match cells.letter(3)? {
        b'r' => RelationKind::Table,
        b'p' => RelationKind::Partitioned,
        b'v' => RelationKind::View,
        b'm' => RelationKind::MaterializedView,
        b'f' => RelationKind::Foreign,
        b'S' => RelationKind::Sequence,
        b'c' => RelationKind::Composite,
        _ => return Err(cells.bad(3, "a kind of relation")),
    };
    let mut relation = Relation::new(cells.oid(0)?, cells.text(1)?, cells.text(2)?, kind);
    relation.has_triggers = cells.boolean(4)?;
    relation.has_rules = cells.boolean(5)?;
    relation.has_row_security = cells.boolean(6)?;
    Ok(relation)
}

fn entangled(cells: &Cells<'_>) -> Result<Entangled, BuildError> {
    let by = Together::from_letter(cells.letter(1)?).ok_or_else(|| cells.bad(1, "a kind of definition"))?;
    let mut columns = cells.vector(3)?;
    columns.sort_unstable();
    columns.dedup();
    Ok(Entangled { by, name: cells.text(2)?.into(), columns, keys: cells.vector(4)?, loose: cells.vector(5)? })
}

fn reference(cells: &Cells<'_>) -> Result<Reference, BuildError> {
    Ok(Reference {
        name: cells.text(1)?.into(),
        to: cells.oid(2)?,
        pairs: cells.vector(3)?.into_iter().zip(cells.vector(4)?).collect(),
        follows: matches!(cells.letter(5)?, b'c' | b'n' | b'd'),
        removal: match cells.letter(6)? {
            b'c' => OnRemoval::Goes,
            b'n' | b'd' => OnRemoval::IsSet,
            _ => OnRemoval::Fails,
        },
    })
}

fn sorting(cells: &Cells<'_>) -> Result<Sorting, BuildError> {
    Ok(Sorting { keys: cells.vector(1)?, expressions: cells.vector(2)?, predicate: cells.vector(3)? })
}

fn column(cells: &Cells<'_>) -> Result<RawColumn, BuildError> {
    Ok(RawColumn {
        relation: cells.oid(0)?,
        number: cells.number(1)?,
        name: cells.text(2)?.into(),
        type_oid: cells.oid(3)?,
        typmod: cells.number(4)?,
        not_null: cells.boolean(5)?,
        generated: cells.boolean(6)?,
        collation: cells.oid(7)?,
        defaulted: cells.boolean(8)?,
    })
}

fn function(cells: &Cells<'_>) -> Result<Function, BuildError> {
    Ok(Function {
        oid: cells.oid(0)?,
        schema: cells.text(1)?.into(),
        name: cells.text(2)?.into(),
        kind: match cells.letter(3)? {
            b'f' => FunctionKind::Function,
            b'a' => FunctionKind::Aggregate,
            b'w' => FunctionKind::Window,
            b'p' => FunctionKind::Procedure,
            _ => return Err(cells.bad(3, "a kind of function")),
        },
        volatility: match cells.letter(4)? {
            b'i' => Volatility::Immutable,
            b's' => Volatility::Stable,
            b'v' => Volatility::Volatile,
            _ => return Err(cells.bad(4, "a volatility")),
        },
        returns_set: cells.boolean(5)?,
        variadic: cells.boolean(6)?,
        argument_types: cells.vector(7)?.into_iter().map(Oid).collect(),
        defaults: cells.number(8)?,
        return_type: cells.oid(9)?,
        extension: cells.maybe(11).map(Into::into),
        leakproof: cells.boolean(10)?,
    })
}

fn operator(cells: &Cells<'_>) -> Result<Operator, BuildError> {
    Ok(Operator {
        oid: cells.oid(0)?,
        schema: cells.text(1)?.into(),
        name: cells.text(2)?.into(),
        left: cells.maybe_oid(3)?,
        right: cells.oid(4)?,
        function: cells.oid(5)?,
    })
}
