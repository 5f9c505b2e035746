//! What sqlparser's visitor finds in one statement, held against the plan.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::ops::ControlFlow;

use sqlparser::ast::{
    AccessExpr, CopySource, CreateTable, Expr, FromTable, Ident, Join, JoinConstraint, JoinOperator, ObjectName,
    ObjectNamePart, Query, Select, SelectItem, SelectItemQualifiedWildcardKind, SetExpr, Statement, TableAlias,
    TableFactor, TableObject, TableWithJoins, Visitor,
};

use crate::catalog::snapshot::{Function, Relation};
use crate::model::facts::{Facts, Right, StatementClass};
use crate::model::ids::ColumnId;
use crate::rights::table::{ColumnRight, RESERVED_ALIAS, RelationRight};

use super::masks::Masks;
use super::{Abstention, Subject, Verdict, contradicts, filtered, substitution};

/// Longest identifier, in bytes (`NAMEDATALEN - 1`); sqlparser does not cut them.
const MAX_NAME: usize = 63;

/// Values that have a key word of their own, which no relation can be called, and may be items of FROM.
const KEYWORD_VALUES: [&str; 11] = [
    "current_date",
    "current_time",
    "current_timestamp",
    "localtime",
    "localtimestamp",
    "current_user",
    "current_role",
    "session_user",
    "user",
    "current_catalog",
    "current_schema",
];

/// What PostgreSQL's grammar calls by a key word, so that no schema can stand before it.
const KEYWORD_CALLS: [&str; 25] = [
    "all",
    "some",
    "values",
    "coalesce",
    "greatest",
    "least",
    "nullif",
    "grouping",
    "extract",
    "normalize",
    "overlay",
    "position",
    "substring",
    "treat",
    "trim",
    "row",
    "array",
    "exists",
    "xmlconcat",
    "xmlelement",
    "xmlexists",
    "xmlforest",
    "xmlparse",
    "xmlpi",
    "xmlroot",
];

/// What a relation's name means.
pub(super) enum Meaning<'a> {
    Permanent(&'a Relation),
    Temporary,
    /// Without a schema.
    Bare,
    Unknown,
}

fn is_value(name: &Ident) -> bool {
    name.quote_style.is_none() && KEYWORD_VALUES.contains(&&*spelled(name))
}

/// An identifier as PostgreSQL has it: folded unless quoted, and cut to its longest.
pub(super) fn spelled(name: &Ident) -> Cow<'_, str> {
    let end = name.value.floor_char_boundary(MAX_NAME);
    let cut = name.value.get(..end).unwrap_or_default();
    match name.quote_style {
        None if cut.bytes().any(|byte| byte.is_ascii_uppercase()) => cut.to_ascii_lowercase().into(),
        _ => cut.into(),
    }
}

fn parts(name: &ObjectName) -> Result<Vec<&Ident>, Verdict> {
    name.0.iter().map(ObjectNamePart::as_ident).collect::<Option<_>>().ok_or(Verdict::Abstains(Abstention::NotParsed))
}

/// Looks a relation up by its name.
pub(super) fn meaning<'a>(subject: Subject<'a>, name: &ObjectName) -> Result<Meaning<'a>, Verdict> {
    Ok(named(subject, &parts(name)?))
}

fn named<'a>(subject: Subject<'a>, parts: &[&Ident]) -> Meaning<'a> {
    let (schema, name) = match parts {
        [_] => return Meaning::Bare,
        [schema, name] => (schema, name),
        [database, schema, name] if spelled(database) == *subject.snapshot.database => (schema, name),
        _ => return Meaning::Unknown,
    };
    let schema = spelled(schema);
    if schema == "pg_temp" || subject.names.temp_schema.as_deref() == Some(&schema) {
        return Meaning::Temporary;
    }
    let relation = subject.snapshot.relation_named(&schema, &spelled(name));
    relation.map_or(Meaning::Unknown, |relation| Meaning::Permanent(relation))
}

/// An item of FROM by the name that columns are qualified with.
struct Item<'a> {
    name: String,
    /// `None`: not a relation of the catalog, or its columns have other names here.
    relation: Option<&'a Relation>,
}

/// What is done with a relation that is named outside of a substitution.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Named {
    /// Rows are written to it, or it is locked, emptied or made.
    Target,
    /// An item of FROM: only what it shows in clear may be spoken of.
    Item,
    Elsewhere,
}

/// The walk over one statement. Nodes are told apart by their addresses: the tree stands still while it is read.
pub(super) struct Reading<'a> {
    subject: Subject<'a>,
    masks: &'a Masks,
    facts: &'a Facts,
    /// The names of each enclosing WITH, and how many of them are visible here.
    withs: Vec<(Vec<String>, usize)>,
    /// Queries of WITH items: which WITH, and which of its items.
    bodies: HashMap<*const Query, (usize, usize)>,
    /// Names of relations that need no further explanation: called functions, substituted scans.
    calls: HashSet<*const ObjectName>,
    explained: HashSet<*const ObjectName>,
    /// Names of relations that rows are written to, or that are locked, emptied or made.
    targets: HashSet<*const ObjectName>,
    /// Names of relations in FROM, and those of them that are protected, by what qualifies their columns.
    scanned: HashSet<*const ObjectName>,
    bare: Vec<(String, &'a Relation)>,
    /// Whether columns may be meant without being named: a star, a natural join, a join with a name of its own.
    whole: bool,
    substitutions: HashSet<*const Query>,
    /// Filters before the conditions of writes, and masks among outputs, compared with what they must be.
    compared: HashSet<*const Expr>,
    /// How many substitutions, filters and masks enclose the place.
    inside: usize,
    items: Vec<Item<'a>>,
    /// Names behind a dot after a value: no columns of FROM.
    fields: HashSet<*const Expr>,
    /// Columns by qualifier and name; no name: a star.
    columns: HashSet<(Option<String>, Option<String>)>,
    substituted: usize,
    masked_outputs: usize,
}

type Flow = ControlFlow<Verdict>;

fn flow(step: Result<(), Verdict>) -> Flow {
    step.map_or_else(ControlFlow::Break, ControlFlow::Continue)
}

impl<'a> Reading<'a> {
    pub(super) fn new(subject: Subject<'a>, masks: &'a Masks, facts: &'a Facts) -> Self {
        Self {
            subject,
            masks,
            facts,
            withs: Vec::new(),
            bodies: HashMap::new(),
            calls: HashSet::new(),
            explained: HashSet::new(),
            targets: HashSet::new(),
            scanned: HashSet::new(),
            bare: Vec::new(),
            whole: false,
            substitutions: HashSet::new(),
            compared: HashSet::new(),
            inside: 0,
            items: Vec::new(),
            fields: HashSet::new(),
            columns: HashSet::new(),
            substituted: 0,
            masked_outputs: 0,
        }
    }

    /// What can be said only after all of the statement was seen.
    pub(super) fn end(self, statement: &Statement) -> Result<(), Verdict> {
        use StatementClass::{Read, Write};
        let class = match statement {
            Statement::Query(_) => matches!(self.facts.class, Read | Write | StatementClass::TempTable),
            Statement::Insert(_) | Statement::Update(_) | Statement::Delete(_) | Statement::Merge(_) => {
                self.facts.class == Write
            }
            _ => !matches!(self.facts.class, Read | Write),
        };
        if !class {
            return Err(contradicts("it is another kind of statement than planned"));
        }
        if self.substituted != self.facts.substituted {
            return Err(contradicts("it has another number of substituted scans than planned"));
        }
        if self.masked_outputs < self.facts.masked_outputs {
            return Err(contradicts("it has fewer masks among its outputs than planned"));
        }
        self.bare_are_unspoken()?;
        self.columns_are_planned()
    }

    /// Classified columns that are certainly used must be in the plan, or nobody would be told.
    fn columns_are_planned(&self) -> Result<(), Verdict> {
        for (qualifier, column) in &self.columns {
            let mut meant = self.items.iter().filter(|item| qualifier.as_ref().is_none_or(|name| *name == item.name));
            let (Some(item), None) = (meant.next(), meant.next()) else { continue };
            let Some(relation) = item.relation else { continue };
            let classified = match self.subject.rights.relation(relation.oid) {
                Some(RelationRight::Masked(columns) | RelationRight::Clear(columns)) => columns,
                _ => continue,
            };
            for one in classified.iter().filter(|one| one.category.is_some()) {
                let id = ColumnId { relation: relation.oid, number: one.number };
                let used = column.as_deref().is_none_or(|name| name == &*one.name);
                if used && !self.facts.columns.iter().any(|planned| planned.column == id) {
                    return Err(contradicts(format!("the plan does not tell of column {}", one.name)));
                }
            }
        }
        Ok(())
    }

    fn is_with(&self, name: &str) -> bool {
        self.withs.iter().any(|(names, visible)| names.iter().take(*visible).any(|one| one == name))
    }

    /// A relation must be a WITH query, a temp table, or one that the plan names; a protected one only a target.
    fn relation(&self, parts: &[&Ident], used: Named) -> Result<(), Verdict> {
        let written = || parts.iter().map(|part| part.value.as_str()).collect::<Vec<_>>().join(".");
        match named(self.subject, parts) {
            Meaning::Temporary => Ok(()),
            Meaning::Bare if parts.first().is_some_and(|name| self.is_with(&spelled(name)) || is_value(name)) => Ok(()),
            Meaning::Bare => Err(contradicts(format!("relation {} is not pinned", written()))),
            Meaning::Unknown => Err(contradicts(format!("relation {} is not known", written()))),
            Meaning::Permanent(relation) if !self.facts.relations.contains(&relation.oid) => {
                Err(contradicts(format!("the plan does not name relation {}", written())))
            }
            Meaning::Permanent(relation) => match self.subject.rights.relation(relation.oid) {
                Some(RelationRight::Refused(_)) => Err(contradicts(format!("relation {} is refused", written()))),
                // an item of FROM is looked at when all columns have been seen
                Some(RelationRight::Masked(_))
                    if used == Named::Elsewhere
                        || (used == Named::Item && self.subject.rights.filter(relation.oid).is_some()) =>
                {
                    Err(contradicts(format!("relation {} is protected", written())))
                }
                _ => Ok(()),
            },
        }
    }

    /// A function must be pinned, unless the extensions' own functions of its name are all that others may be meant.
    fn call(&self, name: &ObjectName) -> Result<(), Verdict> {
        match parts(name)?.as_slice() {
            [name] if is_value(name) => Ok(()),
            [name] if name.quote_style.is_none() && KEYWORD_CALLS.contains(&&*spelled(name)) => Ok(()),
            [name] if self.is_of_extensions(&spelled(name)) => Ok(()),
            [name] => Err(contradicts(format!("function {} is not pinned", name.value))),
            _ => Ok(()),
        }
    }

    fn is_of_extensions(&self, name: &str) -> bool {
        let on_path = |schema: &str| self.subject.names.path.iter().any(|on| &**on == schema);
        let mut visible = self.subject.snapshot.functions_named(name).iter().filter(|one| on_path(&one.schema));
        let shared = visible.clone().any(|one| one.extension.is_some());
        let known = |one: &Function| {
            &*one.schema == "pg_catalog" || one.extension.is_some() || self.subject.rights.function_allowed(one.oid)
        };
        shared && visible.all(|one| known(one))
    }

    /// Every TABLE command of a query, which the visitor does not show.
    fn table_commands(&self, body: &SetExpr) -> Result<(), Verdict> {
        let mut pending = vec![body];
        while let Some(body) = pending.pop() {
            match body {
                SetExpr::SetOperation { left, right, .. } => pending.extend([&**left, &**right]),
                SetExpr::Table(table) => {
                    let parts: Vec<&Ident> = table.schema_name.iter().chain(&table.table_name).collect();
                    self.relation(&parts, Named::Elsewhere)?;
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn enter(&mut self, query: &Query) -> Result<(), Verdict> {
        if let Some(&(with, item)) = self.bodies.get(&std::ptr::from_ref(query)) {
            let recursive = self.withs.get(with).is_some_and(|(names, visible)| *visible == names.len());
            if let Some((_, visible)) = self.withs.get_mut(with).filter(|_| !recursive) {
                *visible = item;
            }
        }
        if let Some(with) = &query.with {
            let names: Vec<String> = with.cte_tables.iter().map(|cte| spelled(&cte.alias.name).into_owned()).collect();
            for (item, cte) in with.cte_tables.iter().enumerate() {
                self.bodies.insert(&raw const *cte.query, (self.withs.len(), item));
            }
            let visible = if with.recursive { names.len() } else { 0 };
            self.withs.push((names, visible));
        }
        if self.substitutions.contains(&std::ptr::from_ref(query)) {
            self.inside += 1;
        }
        if self.inside > 0 { Ok(()) } else { self.table_commands(&query.body) }
    }

    fn leave(&mut self, query: &Query) {
        if query.with.is_some() {
            self.withs.pop();
        }
        if let Some(&(with, item)) = self.bodies.get(&std::ptr::from_ref(query))
            && let Some((names, visible)) = self.withs.get_mut(with)
        {
            *visible = (*visible).max(item + 1).min(names.len());
        }
        if self.substitutions.contains(&std::ptr::from_ref(query)) {
            self.inside -= 1;
        }
    }

    fn factor(&mut self, factor: &TableFactor) -> Result<(), Verdict> {
        match factor {
            TableFactor::Table { name, args: Some(_), alias, .. } => {
                self.calls.insert(std::ptr::from_ref(name));
                self.item(alias.as_ref().map(|alias| &alias.name), None);
            }
            TableFactor::Table { name, alias: Some(alias), .. }
                if self.facts.class == StatementClass::Write && alias.name.value.starts_with(RESERVED_ALIAS) =>
            {
                // a condition on the rows of a target
                self.explained.insert(std::ptr::from_ref(name));
            }
            TableFactor::Table { name, alias, .. } => {
                let renamed = alias.as_ref().is_some_and(|alias| !alias.columns.is_empty());
                let relation = match meaning(self.subject, name)? {
                    Meaning::Permanent(relation) if !renamed => Some(relation),
                    _ => None,
                };
                let last = name.0.last().and_then(ObjectNamePart::as_ident);
                self.scanned.insert(std::ptr::from_ref(name));
                self.bare(name, alias.as_ref())?;
                self.item(alias.as_ref().map(|alias| &alias.name).or(last), relation);
            }
            TableFactor::Derived { subquery, alias, .. } => {
                let renamed = alias.as_ref().is_some_and(|alias| !alias.columns.is_empty());
                let found = substitution::of(self.subject, self.masks, subquery)?;
                if let Some((relation, name, hides)) = found {
                    if !self.facts.relations.contains(&relation.oid) {
                        return Err(contradicts(format!("the plan does not name relation {}", relation.name)));
                    }
                    self.explained.insert(std::ptr::from_ref(name));
                    self.substitutions.insert(&raw const **subquery);
                    self.substituted += usize::from(hides);
                }
                let relation = found.map(|(relation, ..)| relation).filter(|_| !renamed);
                self.item(alias.as_ref().map(|alias| &alias.name), relation);
            }
            TableFactor::NestedJoin { table_with_joins, alias } => {
                self.whole |= alias.is_some();
                self.joins(&table_with_joins.joins);
                self.item(None, None);
            }
            _ => self.item(None, None),
        }
        Ok(())
    }

    /// A protected relation that stands as it is: nothing protected of it may be spoken of.
    fn bare(&mut self, name: &ObjectName, alias: Option<&TableAlias>) -> Result<(), Verdict> {
        let Meaning::Permanent(relation) = meaning(self.subject, name)? else { return Ok(()) };
        let protected = matches!(self.subject.rights.relation(relation.oid), Some(RelationRight::Masked(_)));
        if !protected || self.targets.contains(&std::ptr::from_ref(name)) {
            return Ok(());
        }
        if alias.is_some_and(|alias| !alias.columns.is_empty()) {
            return Err(contradicts(format!("columns of {} are renamed", relation.name)));
        }
        let called = alias.map_or_else(|| relation.name.to_string(), |alias| spelled(&alias.name).into_owned());
        self.bare.push((called, relation));
        Ok(())
    }

    fn bare_are_unspoken(&self) -> Result<(), Verdict> {
        for (called, relation) in &self.bare {
            let Some(RelationRight::Masked(columns)) = self.subject.rights.relation(relation.oid) else { continue };
            let spoken = |name: &str| {
                let of = |qualifier: Option<&str>| {
                    self.columns.contains(&(qualifier.map(str::to_owned), Some(name.to_owned())))
                };
                of(None) || of(Some(called))
            };
            let mut protected = columns.iter().filter(|column| column.right != Right::Clear);
            let star = self.columns.contains(&(Some(called.clone()), None));
            if self.whole || star || spoken(called) || protected.any(|column| spoken(&column.name)) {
                return Err(contradicts(format!("relation {} is protected", relation.name)));
            }
        }
        Ok(())
    }

    fn joins(&mut self, joins: &[Join]) {
        use JoinOperator::{CrossJoin, FullOuter, Inner, Left, LeftOuter, Right, RightOuter};
        for join in joins {
            let (JoinOperator::Join(constraint)
            | Inner(constraint)
            | Left(constraint)
            | LeftOuter(constraint)
            | Right(constraint)
            | RightOuter(constraint)
            | FullOuter(constraint)
            | CrossJoin(constraint)) = &join.join_operator
            else {
                self.whole = true;
                continue;
            };
            match constraint {
                // the alias of USING shows no more than the columns that it names
                JoinConstraint::Using(names) | JoinConstraint::UsingAlias(names, _) => {
                    names.iter().for_each(|name| self.column(None, name.0.last().and_then(ObjectNamePart::as_ident)));
                }
                JoinConstraint::On(_) | JoinConstraint::None => {}
                _ => self.whole = true,
            }
        }
    }

    fn item(&mut self, name: Option<&Ident>, relation: Option<&'a Relation>) {
        if self.inside == 0 {
            let name = name.map(|name| spelled(name).into_owned()).unwrap_or_default();
            self.items.push(Item { name, relation });
        }
    }

    fn target(&mut self, factor: &TableFactor) {
        if let TableFactor::Table { name, args: None, .. } = factor {
            self.targets.insert(std::ptr::from_ref(name));
        }
    }

    fn open(&mut self, statement: &Statement) -> Result<(), Verdict> {
        self.compared.extend(filtered::of(self.subject, self.masks, statement)?.map(std::ptr::from_ref));
        match statement {
            Statement::Insert(insert) => {
                if let TableObject::TableName(name) = &insert.table {
                    self.targets.insert(std::ptr::from_ref(name));
                }
            }
            Statement::Update(update) => self.target(&update.table.relation),
            Statement::Delete(delete) => {
                let (FromTable::WithFromKeyword(from) | FromTable::WithoutKeyword(from)) = &delete.from;
                from.iter().for_each(|one: &TableWithJoins| self.target(&one.relation));
            }
            Statement::Merge(merge) => self.target(&merge.table),
            Statement::Truncate(truncate) => {
                self.targets.extend(truncate.table_names.iter().map(|target| &raw const target.name));
            }
            Statement::Lock(lock) => self.targets.extend(lock.tables.iter().map(|target| &raw const target.name)),
            Statement::CreateTable(create) => self.create(create)?,
            Statement::Copy { source: CopySource::Table { table_name, .. }, to, .. } => {
                self.relation(&parts(table_name)?, if *to { Named::Elsewhere } else { Named::Target })?;
            }
            _ => {}
        }
        Ok(())
    }

    fn create(&mut self, create: &CreateTable) -> Result<(), Verdict> {
        let temporary = create.temporary || matches!(meaning(self.subject, &create.name)?, Meaning::Temporary);
        if !temporary {
            return Err(contradicts("a permanent table is created"));
        }
        self.explained.insert(&raw const create.name);
        Ok(())
    }

    fn column(&mut self, qualifier: Option<&Ident>, name: Option<&Ident>) {
        if self.inside == 0 {
            let owned = |name: &Ident| spelled(name).into_owned();
            self.columns.insert((qualifier.map(owned), name.map(owned)));
        }
    }

    fn expression(&mut self, expr: &Expr) -> Result<(), Verdict> {
        match expr {
            Expr::Identifier(_) if self.fields.contains(&std::ptr::from_ref(expr)) => {}
            Expr::Identifier(name) => self.column(None, Some(name)),
            // three may be a column's field: sqlparser drops the parentheses of (a.b).c
            Expr::CompoundIdentifier(names) => {
                if let [qualifier, name] = names.as_slice() {
                    self.column(Some(qualifier), Some(name));
                }
            }
            Expr::CompoundFieldAccess { root, access_chain } => {
                let fields = access_chain.iter().filter_map(|access| match access {
                    AccessExpr::Dot(field) => Some(std::ptr::from_ref(field)),
                    AccessExpr::Subscript(_) => None,
                });
                self.fields.extend(fields);
                if let (Expr::Identifier(qualifier), Some(AccessExpr::Dot(Expr::Identifier(name)))) =
                    (&**root, access_chain.first())
                {
                    self.column(Some(qualifier), Some(name));
                }
            }
            Expr::Function(function) => self.call(&function.name)?,
            _ => {}
        }
        Ok(())
    }

    /// Masks in the list of a SELECT over one relation that stands as it is; what is inside of them is not looked at.
    fn masked_outputs(&mut self, select: &Select) -> Result<(), Verdict> {
        if self.facts.masked_outputs == 0 || self.inside > 0 {
            return Ok(());
        }
        let [TableWithJoins { relation: TableFactor::Table { name, args: None, .. }, joins }] = select.from.as_slice()
        else {
            return Ok(());
        };
        let Meaning::Permanent(relation) = meaning(self.subject, name)? else { return Ok(()) };
        let Some(RelationRight::Masked(columns)) = self.subject.rights.relation(relation.oid) else { return Ok(()) };
        if !joins.is_empty() {
            return Ok(());
        }
        let planned = |column: &&ColumnRight| {
            let id = ColumnId { relation: relation.oid, number: column.number };
            column.category.is_none() || self.facts.columns.iter().any(|planned| planned.column == id)
        };
        let hidden = columns.iter().filter(|column| column.right != Right::Clear);
        let hidden: Vec<&ColumnRight> = hidden.filter(planned).collect();
        let masked = substitution::masked(self.subject, self.masks, &hidden, &select.projection)?;
        self.substituted += usize::from(!masked.is_empty());
        self.masked_outputs += masked.len();
        self.compared.extend(masked.into_iter().map(std::ptr::from_ref));
        Ok(())
    }

    fn stars(&mut self, select: &Select) {
        if self.inside == 0 {
            self.whole |= select.projection.iter().any(|item| matches!(item, SelectItem::Wildcard(_)));
            select.from.iter().for_each(|from| self.joins(&from.joins));
        }
        for item in &select.projection {
            match item {
                SelectItem::Wildcard(_) if select.from.len() == 1 => self.column(None, None),
                SelectItem::QualifiedWildcard(SelectItemQualifiedWildcardKind::ObjectName(name), _) => {
                    self.column(name.0.last().and_then(ObjectNamePart::as_ident), None);
                }
                _ => {}
            }
        }
    }
}

impl Visitor for Reading<'_> {
    type Break = Verdict;

    fn pre_visit_statement(&mut self, statement: &Statement) -> Flow {
        flow(self.open(statement))
    }

    fn pre_visit_query(&mut self, query: &Query) -> Flow {
        flow(self.enter(query))
    }

    fn post_visit_query(&mut self, query: &Query) -> Flow {
        self.leave(query);
        ControlFlow::Continue(())
    }

    fn pre_visit_select(&mut self, select: &Select) -> Flow {
        self.stars(select);
        flow(self.masked_outputs(select))
    }

    fn pre_visit_table_factor(&mut self, factor: &TableFactor) -> Flow {
        if self.inside > 0 {
            return ControlFlow::Continue(());
        }
        flow(self.factor(factor))
    }

    fn pre_visit_relation(&mut self, name: &ObjectName) -> Flow {
        let place = std::ptr::from_ref(name);
        // what is inside of a substitution has been compared with the masks and the filter
        if self.inside > 0 || self.explained.contains(&place) {
            return ControlFlow::Continue(());
        }
        if self.calls.contains(&place) {
            return flow(self.call(name));
        }
        let used = match place {
            _ if self.targets.contains(&place) => Named::Target,
            _ if self.scanned.contains(&place) => Named::Item,
            _ => Named::Elsewhere,
        };
        flow(parts(name).and_then(|parts| self.relation(&parts, used)))
    }

    fn pre_visit_expr(&mut self, expr: &Expr) -> Flow {
        self.inside += usize::from(self.compared.contains(&std::ptr::from_ref(expr)));
        if self.inside > 0 {
            return ControlFlow::Continue(());
        }
        flow(self.expression(expr))
    }

    fn post_visit_expr(&mut self, expr: &Expr) -> Flow {
        self.inside -= usize::from(self.compared.contains(&std::ptr::from_ref(expr)));
        ControlFlow::Continue(())
    }
}
