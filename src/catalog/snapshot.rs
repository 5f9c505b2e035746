//! Immutable objects of one database, found by OID and by name.

use std::collections::HashMap;
use std::sync::Arc;

use crate::model::ids::{ColumnId, Digest, FIRST_NORMAL_OID, Oid};
use crate::model::tables::{Map, Set};
use crate::model::types::ColumnType;

use super::entangled::{Entangled, Sorting};
use super::reviewed::{self, Review};

/// `pg_class.relkind`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum RelationKind {
    Table,
    Partitioned,
    View,
    MaterializedView,
    Foreign,
    Sequence,
    Composite,
}

impl RelationKind {
    /// Whether rows of it are stored here: reading them computes nothing and asks nobody else.
    #[must_use]
    pub fn is_stored(self) -> bool {
        matches!(self, Self::Table | Self::Partitioned | Self::MaterializedView)
    }
}

/// A user column of a relation; dropped ones are not listed.
///
/// System columns (`ctid`, `xmin`, …) are never listed: they hold nothing of a person.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Column {
    pub number: i16,
    pub name: Arc<str>,
    pub type_oid: Oid,
    pub typmod: i32,
    pub ty: ColumnType,
    pub not_null: bool,
    /// Computed from other columns: COPY leaves it out unless it is named.
    pub generated: bool,
    /// Whether the type has a default equality operator (GROUP BY works on it).
    pub groupable: bool,
    /// Of its values (`pg_attribute.attcollation`; 0: they have none). `None`: not known, of a temp table.
    pub collation: Option<Oid>,
    /// Whether a row gets a value there that does not name it; NULL is one where a unique index compares it.
    pub defaulted: bool,
}

/// Where a view's column comes from.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Origin {
    /// A plain column of another relation (which may be a view again).
    Column(ColumnId),
    /// In each row the plain value of one of these columns, all of one type (a set operation, a merged column of a
    /// full join); empty: there are no rows.
    Either(Vec<ColumnId>),
    /// An expression over these columns; empty: a constant.
    Derived(Vec<ColumnId>),
}

impl Origin {
    /// Every column that it depends on.
    #[must_use]
    pub fn sources(&self) -> &[ColumnId] {
        match self {
            Self::Column(column) => std::slice::from_ref(column),
            Self::Either(columns) | Self::Derived(columns) => columns,
        }
    }
}

/// What is known of a view's definition.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Lineage {
    Known {
        /// One per view column, in attribute order.
        outputs: Vec<Origin>,
        /// Columns that decide which rows there are or how they are combined (WHERE, JOIN, GROUP BY, …).
        decides: Vec<ColumnId>,
    },
    /// Not analysed: all columns that the definition refers to (by `pg_depend`), and why.
    Unknown { refers: Vec<ColumnId>, why: String },
}

/// Scans of relations that a row of a view's definition comes from.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Behind {
    Scan(Oid),
    /// Of each of these.
    All(Vec<Behind>),
    /// Of one of these: a union.
    One(Vec<Behind>),
}

/// Whose values a row of a view may hold.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Rows {
    pub behind: Behind,
    /// How often its WITH queries are read: what one scans is as many scans.
    pub readings: u32,
    /// Columns whose values of many rows may be folded into one.
    pub folded: Vec<ColumnId>,
}

/// What a view computes that a statement may not have asked for: the server leaves it out where it merges the view into the
/// statement, or into a view above it that is merged.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Unasked {
    /// Whether it is computed all the same, and what views below compute with it.
    pub kept: bool,
    /// Whether the server cannot merge it: where rows are locked or written it keeps whole rows of it, with all that they
    /// are computed from.
    pub apart: bool,
    /// What windows are ordered and parted by: rows come in that order.
    pub ordered: Vec<ColumnId>,
    /// What expressions are computed from that fail for some values, which the error quotes.
    pub failing: Vec<ColumnId>,
}

impl Unasked {
    pub fn columns(&self) -> impl Iterator<Item = ColumnId> {
        self.ordered.iter().chain(&self.failing).copied()
    }
}

/// A foreign key.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Reference {
    pub name: Arc<str>,
    /// The relation that it refers to.
    pub to: Oid,
    /// Numbers of own columns, each with that of the column it refers to.
    pub pairs: Vec<(i16, i16)>,
    /// Whether own columns are written when what they refer to is updated.
    pub follows: bool,
    pub removal: OnRemoval,
}

/// What becomes of a row when the row that it refers to is deleted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum OnRemoval {
    /// That is an error.
    Fails,
    /// Its columns are set to NULL or to their defaults.
    IsSet,
    Goes,
}

/// A table, view, sequence or composite type.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Relation {
    pub oid: Oid,
    pub schema: Arc<str>,
    pub name: Arc<str>,
    pub kind: RelationKind,
    /// In attribute order.
    pub columns: Vec<Column>,
    /// Attribute numbers of the primary key.
    pub primary_key: Option<Vec<i16>>,
    /// Attribute numbers of columns whose values a constraint compares with others: unique, exclusion and foreign keys, those
    /// of the relations below included; 0: every column.
    pub compared: Vec<i16>,
    /// Attribute numbers of columns of which it shows whether an update changes them; 0: every column.
    pub felt: Vec<i16>,
    /// Users' functions that a table made like it would call.
    pub carried: Vec<Oid>,
    /// Inheritance parents or the partitioned table this is a partition of.
    pub parents: Vec<Oid>,
    /// Attribute numbers of generated columns, each with one of the columns that its expression reads.
    pub generated_from: Vec<(i16, i16)>,
    /// Columns that the server looks at together.
    pub entangled: Vec<Entangled>,
    /// Indexes by which rows can come in the order of one column where another was asked for.
    pub sortings: Vec<Sorting>,
    pub references: Vec<Reference>,
    /// Whether DML on it may run triggers (`pg_class.relhastriggers`; foreign keys count).
    pub has_triggers: bool,
    /// Whether it has rewrite rules (`pg_rewrite`) besides the one that makes a view a view.
    pub has_rules: bool,
    /// Whether the database's own policies say who sees its rows (`pg_class.relrowsecurity`).
    pub has_row_security: bool,
    /// For views and materialized views; `None` for those of the server itself (`pg_catalog`, `information_schema`).
    pub lineage: Option<Lineage>,
    /// What it computes, if it is a view.
    pub unasked: Unasked,
    /// Whose values a row of a view may hold; `None`: of a table, or not known.
    pub rows: Option<Rows>,
    /// Functions that a view's definition calls and whose results lineage cannot trace: user functions, and built-in
    /// ones that read data by name (`query_to_xml`, …). Such a view is only as safe as all of these functions.
    pub calls: Vec<Oid>,
    /// Relations that a view's definition names.
    pub reads: Vec<Oid>,
    /// For a view with one row for each row of one relation that its WHERE lets pass: that relation.
    pub rows_of: Option<Oid>,
}

impl Relation {
    /// A relation without columns; the caller fills in what it has.
    #[must_use]
    pub fn new(oid: Oid, schema: &str, name: &str, kind: RelationKind) -> Self {
        Self {
            oid,
            schema: schema.into(),
            name: name.into(),
            kind,
            columns: Vec::new(),
            primary_key: None,
            compared: Vec::new(),
            felt: Vec::new(),
            parents: Vec::new(),
            generated_from: Vec::new(),
            carried: Vec::new(),
            entangled: Vec::new(),
            sortings: Vec::new(),
            references: Vec::new(),
            has_triggers: false,
            has_rules: false,
            unasked: Unasked::default(),
            has_row_security: false,
            lineage: None,
            rows: None,
            calls: Vec::new(),
            reads: Vec::new(),
            rows_of: None,
        }
    }

    #[must_use]
    pub fn column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|column| &*column.name == name)
    }

    /// Whether it holds rows that are read without anything that may fail: no view, no policy of the database's.
    #[must_use]
    pub fn reads_plainly(&self) -> bool {
        self.kind.is_stored() && !self.has_row_security
    }

    /// Whether a row gets a value in this column that does not name it.
    #[must_use]
    pub fn fills(&self, number: i16) -> bool {
        self.column_by_number(number).is_some_and(|column| column.defaulted)
    }

    #[must_use]
    pub fn column_by_number(&self, number: i16) -> Option<&Column> {
        self.columns.iter().find(|column| column.number == number)
    }
}

/// `pg_proc.prokind`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum FunctionKind {
    Function,
    Aggregate,
    Window,
    Procedure,
}

/// `pg_proc.provolatile`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Volatility {
    Immutable,
    Stable,
    Volatile,
}

/// A function, aggregate, window function or procedure.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Function {
    pub oid: Oid,
    pub schema: Arc<str>,
    pub name: Arc<str>,
    pub kind: FunctionKind,
    pub volatility: Volatility,
    pub returns_set: bool,
    /// `pg_proc.proleakproof`: nothing but its result tells anything of its arguments.
    pub leakproof: bool,
    /// Whether the last argument may be repeated (`VARIADIC`).
    pub variadic: bool,
    /// Input arguments.
    pub argument_types: Vec<Oid>,
    /// How many of the last arguments have defaults.
    pub defaults: u16,
    pub return_type: Oid,
    /// The extension that it is a member of, if a superuser owns it.
    pub extension: Option<Arc<str>>,
}

/// A type by name; composite types of tables included.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Type {
    pub oid: Oid,
    pub schema: Arc<str>,
    pub name: Arc<str>,
    /// `pg_type.typtype`: b base, c composite, d domain, e enum, m multirange, p pseudo, r range.
    pub kind: u8,
    /// The element type, if this is an array type.
    pub element: Option<Oid>,
    /// Type and modifier that a domain is over.
    pub base: Option<(Oid, i32)>,
    /// What a range is of; the range that a multirange is of.
    pub bounds: Option<Oid>,
    /// Whether a cast or a domain's constraint calls a function of a user's making.
    pub runs_code: bool,
    /// The extension that it is a member of, if a superuser owns it.
    pub extension: Option<Arc<str>>,
}

impl Type {
    /// The types that a value of it is made of, but for a row's fields.
    pub fn parts(&self) -> impl Iterator<Item = Oid> + use<> {
        self.element.into_iter().chain(self.base.map(|(base, _)| base)).chain(self.bounds)
    }
}

/// A user-defined or built-in operator, by name and schema.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Operator {
    pub oid: Oid,
    pub schema: Arc<str>,
    pub name: Arc<str>,
    /// `None` for a prefix operator.
    pub left: Option<Oid>,
    pub right: Oid,
    /// The function behind it.
    pub function: Oid,
}

/// The parts of a [`Snapshot`], before they are indexed.
#[derive(Clone, Debug, Default)]
pub struct Parts {
    pub database: String,
    /// `server_version_num`.
    pub server_version: u32,
    pub fingerprint: Digest,
    pub relations: Vec<Relation>,
    pub functions: Vec<Function>,
    pub operators: Vec<Operator>,
    pub types: Vec<Type>,
    /// Of the server's own casts that call a function: the type that they make, and the function.
    pub casts: Vec<(Oid, Oid)>,
    /// Composite type → the relation whose rows it is.
    pub row_types: HashMap<Oid, Oid>,
    pub schemas: Vec<String>,
    /// Schemas, and who may use them, in one text: equal texts, equal answers.
    pub usage: String,
}

/// Everything of one database that analysis may need to know.
#[derive(Debug, Default)]
pub struct Snapshot {
    pub database: Arc<str>,
    /// `server_version_num`, e.g. 150018.
    pub server_version: u32,
    /// Equal fingerprints: nothing has changed.
    pub fingerprint: Digest,
    pub(super) relations: Map<Oid, Arc<Relation>>,
    pub(super) relations_by_name: Map<Arc<str>, Vec<Arc<Relation>>>,
    pub(super) functions: Map<Arc<str>, Vec<Arc<Function>>>,
    pub(super) operators: Map<Arc<str>, Vec<Arc<Operator>>>,
    pub(super) types: Map<Arc<str>, Vec<Arc<Type>>>,
    pub(super) operators_by_oid: Map<Oid, Arc<Operator>>,
    /// Names of which every operator is the server's own, and open.
    pub(super) open_operators: Set<Arc<str>>,
    pub(super) types_by_oid: Map<Oid, Arc<Type>>,
    pub(super) functions_by_oid: Map<Oid, Arc<Function>>,
    pub(super) row_types: Map<Oid, Oid>,
    pub(super) schemas: Set<Arc<str>>,
    usage: Box<str>,
    /// What the inventory says of the server's own functions and types; other objects are not in it.
    pub(super) reviews: Reviews,
}

/// The inventory, applied to the objects of one server.
#[derive(Debug, Default)]
pub(super) struct Reviews {
    functions: Map<Oid, Review>,
    /// Of the server's own operators and types, those that are not open.
    operators: Map<Oid, Review>,
    types: Map<Oid, Review>,
}

impl Reviews {
    fn of(parts: &Parts) -> Self {
        let types: Map<Oid, &Type> = parts.types.iter().map(|ty| (ty.oid, ty)).collect();
        let built_in = |oid: Oid| oid < FIRST_NORMAL_OID;
        let functions: Map<Oid, Review> = parts
            .functions
            .iter()
            .filter(|function| built_in(function.oid) || function.extension.is_some())
            .filter(|function| !(looks_up(function) && is_taken(&parts.operators)))
            .map(|function| (function.oid, review(function, &types)))
            .collect();
        let of_function = |oid: &Oid| functions.get(oid).copied().unwrap_or(Review::Missing);
        let not_open = |(_, review): &(Oid, Review)| *review != Review::Open;
        let operators = parts.operators.iter().filter(|operator| built_in(operator.oid));
        let operators = operators.map(|operator| (operator.oid, of_function(&operator.function))).filter(not_open);
        let of_casts = parts.casts.iter().map(|(target, function)| (*target, of_function(function))).filter(not_open);
        let plain = parts.types.iter().filter(|ty| built_in(ty.oid) && ty.kind != b'c' && ty.element.is_none());
        let plain = plain.filter(|ty| &*ty.schema == "pg_catalog").map(|ty| (ty.oid, reviewed::ty(&ty.name)));
        let of_extension = |ty: &Type| {
            let extension = ty.extension.as_deref().filter(|_| !ty.runs_code)?;
            Some((ty.oid, reviewed::of_extension(&format!("{extension}.{}", ty.name))))
        };
        let of_extensions: Vec<_> = parts.types.iter().filter_map(of_extension).collect();
        let types = of_casts.chain(plain).filter(not_open).chain(of_extensions).collect();
        Self { operators: operators.collect(), types, functions }
    }

    fn operator(&self, oid: Oid) -> Review {
        let otherwise = if oid < FIRST_NORMAL_OID { Review::Open } else { Review::Missing };
        self.operators.get(&oid).copied().unwrap_or(otherwise)
    }

    fn opens(&self, operator: &Operator) -> bool {
        operator.oid < FIRST_NORMAL_OID
            && &*operator.schema == "pg_catalog"
            && self.operator(operator.oid) == Review::Open
    }
}

fn review(function: &Function, types: &Map<Oid, &Type>) -> Review {
    match &function.extension {
        Some(extension) => reviewed::of_extension(&signature(extension, function, types)),
        None => reviewed::function(&signature(&function.schema, function, types)),
    }
}

/// Those of citext that are written in SQL. The server reads them when they first run, which may be long after the
/// statement that calls them: they look `=` and `||` up on whatever is the search path then.
const WRITTEN_IN_SQL: [&str; 9] = [
    "regexp_match",
    "regexp_matches",
    "regexp_replace",
    "regexp_split_to_array",
    "regexp_split_to_table",
    "replace",
    "split_part",
    "strpos",
    "translate",
];

fn looks_up(function: &Function) -> bool {
    function.extension.as_deref() == Some("citext") && WRITTEN_IN_SQL.contains(&&*function.name)
}

/// Whether somebody has an operator that could stand, on some search path, where such a function means the server's: one
/// of the very same types.
fn is_taken(operators: &[Operator]) -> bool {
    const INT4: Oid = Oid(23);
    const TEXT: Oid = Oid(25);
    let same = |operator: &Operator, name, ty| {
        &*operator.name == name && [operator.left, Some(operator.right)] == [Some(ty); 2]
    };
    let mut others = operators.iter().filter(|operator| operator.oid >= FIRST_NORMAL_OID);
    others.any(|operator| same(operator, "=", INT4) || same(operator, "||", TEXT))
}

/// Functions of extensions that somebody has reviewed, and that are open wherever they are called.
pub(super) fn open_of_extensions<'t>(functions: &[Function], types: impl Iterator<Item = &'t Type>) -> Set<Oid> {
    let types: Map<Oid, &Type> = types.map(|ty| (ty.oid, ty)).collect();
    let of_extensions = functions.iter().filter(|function| function.extension.is_some() && !looks_up(function));
    of_extensions.filter(|function| review(function, &types) == Review::Open).map(|function| function.oid).collect()
}

/// `schema.name(type,type)`, as the inventory spells it; of an extension's function with the extension's name.
fn signature(of: &str, function: &Function, types: &Map<Oid, &Type>) -> String {
    let arguments = function.argument_types.iter().map(|oid| types.get(oid).map_or("?", |ty| &*ty.name));
    format!("{of}.{}({})", function.name, arguments.collect::<Vec<_>>().join(","))
}

fn by_name<T>(all: impl IntoIterator<Item = Arc<T>>, name: impl Fn(&T) -> &Arc<str>) -> Map<Arc<str>, Vec<Arc<T>>> {
    let mut index: Map<Arc<str>, Vec<Arc<T>>> = Map::default();
    for one in all {
        index.entry(Arc::clone(name(&one))).or_default().push(one);
    }
    index
}

impl Snapshot {
    /// Indexes the parts.
    #[must_use]
    pub fn assemble(parts: Parts) -> Self {
        let reviews = Reviews::of(&parts);
        let relations: Map<_, _> =
            parts.relations.into_iter().map(|relation| (relation.oid, Arc::new(relation))).collect();
        let functions: Map<_, _> =
            parts.functions.into_iter().map(|function| (function.oid, Arc::new(function))).collect();
        let operators: Map<_, _> =
            parts.operators.into_iter().map(|operator| (operator.oid, Arc::new(operator))).collect();
        let types: Map<_, _> = parts.types.into_iter().map(|ty| (ty.oid, Arc::new(ty))).collect();
        let named: Map<_, Vec<Arc<Operator>>> = by_name(operators.values().cloned(), |operator| &operator.name);
        let open = named.iter().filter(|(_, operators)| operators.iter().all(|operator| reviews.opens(operator)));
        Self {
            database: parts.database.into(),
            server_version: parts.server_version,
            fingerprint: parts.fingerprint,
            relations_by_name: by_name(relations.values().cloned(), |relation| &relation.name),
            relations,
            functions: by_name(functions.values().cloned(), |function| &function.name),
            functions_by_oid: functions,
            open_operators: open.map(|(name, _)| name.clone()).collect(),
            operators: named,
            operators_by_oid: operators,
            types: by_name(types.values().cloned(), |ty| &ty.name),
            types_by_oid: types,
            row_types: parts.row_types.into_iter().collect(),
            schemas: parts.schemas.into_iter().map(Into::into).collect(),
            usage: parts.usage.into(),
            reviews,
        }
    }

    /// What the inventory says of a function of the server or of an extension; everybody else's are not in it.
    #[must_use]
    pub fn function_review(&self, oid: Oid) -> Review {
        self.reviews.functions.get(&oid).copied().unwrap_or(Review::Missing)
    }

    /// What the inventory says of the function behind an operator of the server.
    #[must_use]
    pub fn operator_review(&self, oid: Oid) -> Review {
        self.reviews.operator(oid)
    }

    /// Whether every operator of that name, in whatever schema, is the server's own, and open.
    #[must_use]
    pub fn operators_are_open(&self, name: &str) -> bool {
        self.open_operators.contains(name)
    }

    /// What the inventory says of a type of the server and of the casts that make it; of an array type, ask for its
    /// element.
    #[must_use]
    pub fn type_review(&self, oid: Oid) -> Review {
        let otherwise = if oid < FIRST_NORMAL_OID { Review::Open } else { Review::Missing };
        self.reviews.types.get(&oid).copied().unwrap_or(otherwise)
    }

    /// The type of that OID.
    #[must_use]
    pub fn type_of(&self, oid: Oid) -> Option<&Arc<Type>> {
        self.types_by_oid.get(&oid)
    }

    /// Every column of the relations whose rows a value of that type may hold: itself, in arrays, domains, composites, ranges.
    #[must_use]
    pub fn columns_in(&self, ty: Oid) -> Vec<ColumnId> {
        let (mut seen, mut queue, mut found) = (Set::default(), vec![ty], Vec::new());
        while let Some(oid) = queue.pop() {
            if !seen.insert(oid) {
                continue;
            }
            if let Some(ty) = self.type_of(oid) {
                queue.extend(ty.parts());
            }
            if let Some(relation) = self.row_types.get(&oid).and_then(|relation| self.relation(*relation)) {
                queue.extend(relation.columns.iter().map(|column| column.type_oid));
                found.extend(
                    relation.columns.iter().map(|column| ColumnId { relation: relation.oid, number: column.number }),
                );
            }
        }
        found
    }

    /// The operator of that OID.
    #[must_use]
    pub fn operator(&self, oid: Oid) -> Option<&Arc<Operator>> {
        self.operators_by_oid.get(&oid)
    }

    /// Puts a new value in the place of a relation with the same OID and name.
    pub(super) fn replace(&mut self, relation: Relation) {
        let relation = Arc::new(relation);
        if let Some(named) = self.relations_by_name.get_mut(&relation.name)
            && let Some(place) = named.iter_mut().find(|one| one.oid == relation.oid)
        {
            *place = Arc::clone(&relation);
        }
        self.relations.insert(relation.oid, relation);
    }

    /// The function of that OID.
    #[must_use]
    pub fn function(&self, oid: Oid) -> Option<&Arc<Function>> {
        self.functions_by_oid.get(&oid)
    }

    #[must_use]
    pub fn relation(&self, oid: Oid) -> Option<&Arc<Relation>> {
        self.relations.get(&oid)
    }

    /// Every relation, in no order.
    pub fn relations(&self) -> impl Iterator<Item = &Arc<Relation>> {
        self.relations.values()
    }

    /// The relation `schema.name`; names are as stored (already folded and truncated).
    #[must_use]
    pub fn relation_named(&self, schema: &str, name: &str) -> Option<&Arc<Relation>> {
        self.relations_by_name.get(name)?.iter().find(|relation| &*relation.schema == schema)
    }

    /// All functions of that name, in every schema.
    #[must_use]
    pub fn functions_named(&self, name: &str) -> &[Arc<Function>] {
        self.functions.get(name).map_or(&[], Vec::as_slice)
    }

    #[must_use]
    pub fn operators_named(&self, name: &str) -> &[Arc<Operator>] {
        self.operators.get(name).map_or(&[], Vec::as_slice)
    }

    #[must_use]
    pub fn types_named(&self, name: &str) -> &[Arc<Type>] {
        self.types.get(name).map_or(&[], Vec::as_slice)
    }

    #[must_use]
    pub fn has_schema(&self, name: &str) -> bool {
        self.schemas.contains(name)
    }

    /// Whether there are the same schemas, which the same roles may use.
    #[must_use]
    pub fn same_schemas(&self, other: &Self) -> bool {
        self.usage == other.usage
    }
}
