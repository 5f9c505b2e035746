//! A condition of `rows.toml` → SQL that means the same under every search path and every setting of a client.
//!
//! It is not the bundle's text that is sent, but one printed from its tree: every name qualified, every operator
//! `OPERATOR(pg_catalog.…)`, everything in parentheses. What a client's settings could turn (TimeZone, DateStyle) is
//! refused.

use std::collections::HashSet;
use std::sync::Arc;

use crate::catalog::snapshot::{Column, FunctionKind, Relation, RelationKind, Snapshot, Volatility};
use crate::grammar::names;
use crate::model::ids::{FIRST_NORMAL_OID, Oid};
use crate::model::types::TypeClass;
use crate::policy::condition::{Expression, Item, Kind, Query, Wrong};

use super::sort::{self, Sort};
use super::table::{Condition, Part};

type Step<T> = Result<T, Wrong>;

/// Stable functions whose value no setting turns.
const CLOCKS: [&str; 3] = ["now", "statement_timestamp", "transaction_timestamp"];

/// What a condition's names may mean.
pub(super) struct Names<'a> {
    pub(super) snapshot: &'a Snapshot,
    /// User functions that the policy names.
    pub(super) functions: &'a HashSet<Oid>,
    /// How the rule calls the relation, and a column of it by the name that the rule uses.
    pub(super) table: &'a str,
    pub(super) column: &'a dyn Fn(&str) -> Option<Column>,
}

/// Pins a condition.
pub(super) fn pin(names: &Names<'_>, expression: &Expression) -> Step<Condition> {
    let mut printer = Printer { names, parts: Vec::new(), text: String::new(), scopes: Vec::new(), aliases: 0 };
    match printer.expression(expression)? {
        Sort::Boolean => {}
        _ => return Err(Wrong::new(expression.at, "this is neither true nor false").help("write a comparison")),
    }
    let subquery = printer.aliases > 0;
    printer.flush();
    Ok(Condition::new(printer.parts, subquery))
}

/// A table of a subquery's FROM, as the rule and as the printed text call it.
struct Source {
    called: String,
    alias: String,
    relation: Arc<Relation>,
}

struct Printer<'n, 'a> {
    names: &'n Names<'a>,
    parts: Vec<Part>,
    text: String,
    scopes: Vec<Vec<Source>>,
    aliases: usize,
}

impl Printer<'_, '_> {
    fn flush(&mut self) {
        if !self.text.is_empty() {
            self.parts.push(Part::Text(std::mem::take(&mut self.text).into()));
        }
    }

    fn part(&mut self, part: Part) {
        self.flush();
        self.parts.push(part);
    }

    fn expression(&mut self, it: &Expression) -> Step<Sort> {
        let at = it.at;
        match &it.kind {
            Kind::Column { of, name } => self.column(of.as_deref(), name, at),
            Kind::Principal => {
                self.part(Part::Principal);
                Ok(Sort::Text)
            }
            Kind::CurrentUser => self.constant("CURRENT_USER", Sort::Text),
            Kind::Null => self.constant("NULL", Sort::Null),
            Kind::Boolean(value) => self.constant(if *value { "TRUE" } else { "FALSE" }, Sort::Boolean),
            Kind::Number(number) => self.constant(&format!("({number})"), Sort::Number),
            Kind::Text(text) => self.constant(&literal(text), Sort::Literal(text.clone())),
            Kind::Cast(inner, ty) => {
                let (target, sql) = sort::of_type_name(self.names.snapshot, ty, at)?;
                self.text.push('(');
                let from = self.expression(inner)?;
                sort::cast(&from, &target, at)?;
                self.text.push_str(&format!(")::{sql}"));
                Ok(target)
            }
            Kind::Operation { left, operator, right } => self.operation(left.as_deref(), operator, right, at),
            Kind::Each { left, operator, right, all } => {
                self.text.push('(');
                let left = self.expression(left)?;
                let quantifier = if *all { "ALL" } else { "ANY" };
                self.text.push_str(&format!(" OPERATOR(pg_catalog.{operator}) {quantifier} ("));
                let Sort::Array(element) = self.expression(right)? else {
                    return Err(Wrong::new(at, "what stands behind ANY or ALL is no array"));
                };
                self.text.push_str("))");
                sort::operation(Some(&left), operator, &element, at)
            }
            Kind::Call { schema, name, arguments } => self.call(schema.as_deref(), name, arguments, at),
            Kind::Coalesce(list) => {
                self.text.push_str("COALESCE");
                self.list(list).and_then(|sorts| sort::common(&sorts, at))
            }
            Kind::Array(list) => {
                if list.is_empty() {
                    return Err(Wrong::new(at, "an empty array"));
                }
                self.text.push_str("ARRAY[");
                let sorts = self.each(list, ", ")?;
                self.text.push(']');
                Ok(Sort::Array(Box::new(sort::common(&sorts, at)?)))
            }
            Kind::Case { branches, otherwise } => self.case(branches, otherwise.as_deref(), at),
            Kind::All(list) => self.logic(list, " AND "),
            Kind::Any(list) => self.logic(list, " OR "),
            Kind::Not(inner) => {
                self.text.push_str("(NOT ");
                self.boolean(inner)?;
                self.constant(")", Sort::Boolean)
            }
            Kind::Is(inner, what) => {
                self.text.push('(');
                if what.ends_with("NULL") {
                    self.expression(inner)?;
                } else {
                    self.boolean(inner)?;
                }
                self.constant(&format!(" {what})"), Sort::Boolean)
            }
            Kind::Exists(query) => {
                self.text.push_str("(EXISTS ");
                self.query(query)?;
                self.constant(")", Sort::Boolean)
            }
            Kind::Among(left, query) => {
                self.text.push('(');
                let left = self.expression(left)?;
                self.text.push_str(" OPERATOR(pg_catalog.=) ANY ");
                let right = self.query(query)?;
                self.text.push(')');
                sort::operation(Some(&left), "=", &right, at)
            }
            Kind::Value(query) => self.query(query),
        }
    }

    fn constant(&mut self, text: &str, sort: Sort) -> Step<Sort> {
        self.text.push_str(text);
        Ok(sort)
    }

    fn boolean(&mut self, it: &Expression) -> Step<()> {
        match self.expression(it)? {
            Sort::Boolean | Sort::Null => Ok(()),
            _ => Err(Wrong::new(it.at, "this is neither true nor false")),
        }
    }

    fn each(&mut self, list: &[Expression], between: &str) -> Step<Vec<Sort>> {
        let mut sorts = Vec::new();
        for (n, one) in list.iter().enumerate() {
            if n > 0 {
                self.text.push_str(between);
            }
            sorts.push(self.expression(one)?);
        }
        Ok(sorts)
    }

    fn list(&mut self, list: &[Expression]) -> Step<Vec<Sort>> {
        self.text.push('(');
        let sorts = self.each(list, ", ")?;
        self.text.push(')');
        Ok(sorts)
    }

    fn logic(&mut self, list: &[Expression], between: &str) -> Step<Sort> {
        self.text.push('(');
        for (n, one) in list.iter().enumerate() {
            if n > 0 {
                self.text.push_str(between);
            }
            self.boolean(one)?;
        }
        self.constant(")", Sort::Boolean)
    }

    fn operation(&mut self, left: Option<&Expression>, operator: &str, right: &Expression, at: usize) -> Step<Sort> {
        self.text.push('(');
        let left = left.map(|left| self.expression(left)).transpose()?;
        self.text.push_str(&format!(" OPERATOR(pg_catalog.{operator}) "));
        let right = self.expression(right)?;
        self.text.push(')');
        sort::operation(left.as_ref(), operator, &right, at)
    }

    fn case(&mut self, branches: &[(Expression, Expression)], otherwise: Option<&Expression>, at: usize) -> Step<Sort> {
        self.text.push_str("(CASE");
        let mut sorts = Vec::new();
        for (when, then) in branches {
            self.text.push_str(" WHEN ");
            self.boolean(when)?;
            self.text.push_str(" THEN ");
            sorts.push(self.expression(then)?);
        }
        if let Some(otherwise) = otherwise {
            self.text.push_str(" ELSE ");
            sorts.push(self.expression(otherwise)?);
        }
        self.text.push_str(" END)");
        sort::common(&sorts, at)
    }

    fn column(&mut self, of: Option<&str>, name: &str, at: usize) -> Step<Sort> {
        for scope in self.scopes.iter().rev() {
            let mut meant = scope
                .iter()
                .filter(|source| of.is_none_or(|of| of == source.called))
                .filter_map(|source| Some((source, source.relation.column(name)?)));
            match (meant.next(), meant.next()) {
                (Some((source, column)), None) => {
                    let text = names::qualified(&source.alias, name);
                    let sort = sort::of_class(&column.ty.class, column.type_oid);
                    self.text.push_str(&text);
                    return Ok(sort);
                }
                (Some(_), Some(_)) => return Err(Wrong::new(at, format!("column `{name}` is ambiguous"))),
                (None, _) if of.is_some_and(|of| scope.iter().any(|source| source.called == of)) => {
                    return Err(Wrong::new(at, format!("`{}` has no column `{name}`", of.unwrap_or_default())));
                }
                (None, _) => {}
            }
        }
        let own = of.is_none_or(|of| of == self.names.table).then(|| (self.names.column)(name)).flatten();
        let Some(column) = own else {
            let table = self.names.table;
            return Err(match of.filter(|of| *of != table) {
                Some(of) => Wrong::new(at, format!("`{of}` is no table that this condition names")),
                None => Wrong::new(at, format!("`{table}` has no column `{name}`")),
            });
        };
        self.part(Part::Row);
        self.text.push('.');
        names::push_quoted(&mut self.text, &column.name);
        Ok(sort::of_class(&column.ty.class, column.type_oid))
    }

    fn call(&mut self, schema: Option<&str>, name: &str, arguments: &[Expression], at: usize) -> Step<Sort> {
        let of = schema.unwrap_or("pg_catalog");
        self.text.push_str(&names::qualified(of, name));
        let sorts = self.list(arguments)?;
        let named = self.names.snapshot.functions_named(name).iter().filter(|function| &*function.schema == of);
        let fits = |function: &&Arc<crate::catalog::snapshot::Function>| {
            let most = function.argument_types.len();
            function.kind == FunctionKind::Function
                && (most - usize::from(function.defaults).min(most)..=most).contains(&sorts.len())
                && !function.variadic
                && !function.returns_set
        };
        let found: Vec<_> = named.filter(fits).collect();
        if found.is_empty() {
            let what = format!("no function `{of}.{name}` takes {} arguments", sorts.len());
            return Err(Wrong::new(at, what).help("functions of other schemas are written with their schema"));
        }
        if of == "pg_catalog" && name == "timezone" {
            return sort::at_time_zone(&sorts, at);
        }
        let meant: Vec<_> = found.iter().filter(|function| sort::may_mean(&found, function, &sorts)).collect();
        let named_by_policy = meant.iter().all(|function| self.names.functions.contains(&function.oid));
        let built_in = of == "pg_catalog" && meant.iter().all(|function| function.oid < FIRST_NORMAL_OID);
        let steady = meant.iter().all(|function| function.volatility == Volatility::Immutable);
        let allowed = named_by_policy || (built_in && (steady || CLOCKS.contains(&name)));
        if !allowed {
            let wrong = Wrong::new(at, format!("function `{of}.{name}` cannot stand in a condition of rows.toml"));
            return Err(wrong.help(match built_in {
                true => "what it gives may depend on settings of the client; only immutable functions can",
                false => "name it under `[functions] allow` in classification.toml",
            }));
        }
        let results = meant.iter().map(|function| sort::of_oid(self.names.snapshot, function.return_type));
        Ok(results.reduce(sort::either).unwrap_or(Sort::Unknown))
    }

    /// `(SELECT … FROM … WHERE …)`, under aliases that no relation and no column has.
    fn query(&mut self, query: &Query) -> Step<Sort> {
        let sources = query.sources.iter().map(|item| self.source(item)).collect::<Step<Vec<_>>>()?;
        self.scopes.push(sources);
        self.text.push_str("(SELECT ");
        let sort = match &query.output {
            Some(output) => self.expression(output)?,
            None => self.constant("1", Sort::Number)?,
        };
        let from: Vec<String> = self.scopes.last().into_iter().flatten().map(Source::text).collect();
        self.text.push_str(&format!(" FROM {}", from.join(", ")));
        if let Some(condition) = &query.condition {
            self.text.push_str(" WHERE ");
            self.boolean(condition)?;
        }
        self.text.push(')');
        self.scopes.pop();
        Ok(sort)
    }

    fn source(&mut self, item: &Item) -> Step<Source> {
        let missing = || Wrong::new(item.at, format!("the database has no `{}.{}`", item.schema, item.name));
        let relation = self.names.snapshot.relation_named(&item.schema, &item.name).ok_or_else(missing)?;
        match relation.kind {
            RelationKind::Sequence | RelationKind::Composite => return Err(missing()),
            _ => {}
        }
        self.aliases += 1;
        let alias = format!("{}{}", super::table::RESERVED_ALIAS, self.aliases);
        let called = item.alias.clone().unwrap_or_else(|| item.name.clone());
        Ok(Source { called, alias, relation: Arc::clone(relation) })
    }
}

impl Source {
    fn text(&self) -> String {
        let name = names::qualified(&self.relation.schema, &self.relation.name);
        format!("{name} AS {}", names::quoted(&self.alias))
    }
}

/// A text as a literal that reads the same whatever `standard_conforming_strings` says.
pub(super) fn literal(text: &str) -> String {
    let quoted = text.replace('\'', "''");
    if text.contains('\\') { format!("E'{}'", quoted.replace('\\', "\\\\")) } else { format!("'{quoted}'") }
}

/// Whether a relation's columns are of a class that a moment has; for `[[retention]]`.
pub(super) fn younger(column: &Column, interval: &str) -> Option<Vec<Part>> {
    let clock = "pg_catalog.timezone('UTC'::pg_catalog.text, pg_catalog.now())";
    let limit = format!("({clock} OPERATOR(pg_catalog.-) {interval})");
    let limit = match column.ty.class {
        TypeClass::Date | TypeClass::Timestamp => limit,
        TypeClass::Timestamptz => format!("pg_catalog.timezone('UTC'::pg_catalog.text, {limit})"),
        _ => return None,
    };
    let name = names::quoted(&column.name);
    Some(vec![
        Part::Text("(".into()),
        Part::Row,
        Part::Text(format!(".{name} OPERATOR(pg_catalog.>=) {limit})").into()),
    ])
}
