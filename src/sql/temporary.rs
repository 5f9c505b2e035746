//! Temporary tables, which are the session's own: made, indexed, analysed, emptied, dropped.

use std::sync::Arc;

use crate::catalog::search_path::Found;
use crate::catalog::snapshot::{Relation, RelationKind};
use crate::grammar::tags::{ConstrType, ObjectType};
use crate::grammar::{Node, NodeList, Tree, names, nodes};
use crate::model::facts::StatementClass;
use crate::model::ids::Oid;
use crate::model::tables::Map;

use super::functions;
use super::missing;
use super::refuse::{Step, not_allowed, not_understood, unclear};
use super::scan::Named;
use super::walk::{Changed, Place, Walk, strings};

/// `pg_class.relpersistence` of temporary relations, as the grammar has it.
const TEMPORARY: u8 = b't';

/// Stands for a temporary table that does not exist yet: of its columns nothing is known.
pub(super) const MADE: Oid = Oid(0);

/// `TableLikeOption`s that copy nothing which runs: COMMENTS, COMPRESSION, IDENTITY, STORAGE.
const LIKE_PLAIN: u32 = 1 | 1 << 1 | 1 << 5 | 1 << 8;

/// The server's own kinds of indexes.
const ACCESS_METHODS: [&str; 6] = ["btree", "hash", "gist", "gin", "spgist", "brin"];

pub(super) type Makings = Map<Arc<str>, Arc<Relation>>;

/// The temporary tables that statements of a query string make, for those after them to refer to. Where the walk finds
/// another, its name stays unclear.
pub(super) fn makings(tree: &Tree<'_>) -> Makings {
    let names = tree.statements().filter_map(|statement| making(statement.stmt()));
    let made = names.map(|name| Arc::new(Relation::new(MADE, "pg_temp", name, RelationKind::Table)));
    made.map(|made| (Arc::clone(&made.name), made)).collect()
}

fn making<'t>(statement: Node<'t>) -> Option<&'t str> {
    match statement {
        Node::CreateStmt(create) => create.relation()?.relname(),
        Node::CreateTableAsStmt(create) => create.into()?.rel()?.relname(),
        Node::SelectStmt(select) => select.into_clause()?.rel()?.relname(),
        Node::AlterTableStmt(alter) => alter.relation()?.relname(),
        Node::RenameStmt(rename) if rename.rename_type == ObjectType::OBJECT_TABLE => rename.newname(),
        Node::RenameStmt(rename) => rename.relation()?.relname(),
        Node::ExplainStmt(explain) => making(explain.query()),
        _ => None,
    }
}

impl<'a> Walk<'a> {
    /// What a relation's name means here, after what earlier statements of the same query string have made and dropped.
    /// `None`: that is not known.
    pub(super) fn found(&self, schema: Option<&str>, name: &str) -> Option<Found<'a>> {
        let names = self.context.names;
        let found = names.relation(self.context.snapshot, schema, name);
        let own = schema.is_none_or(|schema| names.is_temp(schema));
        let Changed { made, dropped, temporary, .. } = &self.changed;
        if !own || !(made.contains(name) || dropped.contains(name) || *temporary) {
            return Some(found);
        }
        // another schema of the path may come first
        let first = names.path.first().is_some_and(|first| names.is_temp(first));
        let hidden = schema.is_none() && !first && matches!(found, Found::Permanent(_));
        if *temporary || !made.contains(name) || hidden {
            return None;
        }
        self.makings.get(name).map(Found::Temporary)
    }

    /// Notes that the statement names a temporary table, perhaps one that had this name before.
    pub(super) fn touch_temporary(&mut self, schema: Option<&str>, relation: &Arc<Relation>) {
        if relation.oid != MADE {
            self.touch(relation);
        } else if let Found::Temporary(before) =
            self.context.names.relation(self.context.snapshot, schema, &relation.name)
        {
            self.touch(before);
        }
    }

    /// The name of a relation to be made: temporary, or refused.
    fn made(&mut self, range: Option<&'a nodes::RangeVar>) -> Step {
        let range = range.ok_or_else(|| not_understood("a table without a name", -1))?;
        let in_temp = range.schemaname().is_none_or(|schema| schema == "pg_temp") && range.catalogname().is_none();
        if range.relpersistence.cast_unsigned() != TEMPORARY || !in_temp {
            return Err(not_allowed("CREATE of anything but temporary tables"));
        }
        self.facts.class = StatementClass::TempTable;
        self.makes = range.relname().map(str::to_owned);
        self.temporary_tables_change();
        Ok(())
    }

    pub(super) fn create_table(&mut self, create: &'a nodes::CreateStmt) -> Step {
        self.made(create.relation())?;
        let odd = create.partbound().is_some()
            || create.partspec().is_some()
            || create.of_typename().is_some()
            || !create.inh_relations().is_empty()
            || create.tablespacename().is_some()
            || create.access_method().is_some();
        if odd {
            return Err(not_understood("a temporary table with inheritance, partitions or a storage clause", -1));
        }
        self.scope.open();
        for element in create.table_elts() {
            match element {
                Node::ColumnDef(column) => self.column_definition(column)?,
                Node::Constraint(constraint) => self.constraint(constraint)?,
                Node::TableLikeClause(like) => {
                    let range = like.relation().ok_or_else(|| not_understood("this LIKE", -1))?;
                    let named = self.named(range)?;
                    self.pin(&named);
                    self.likeable(&named, like)?;
                }
                _ => return Err(not_understood("this element of a table", -1)),
            }
        }
        for constraint in create.constraints() {
            self.constraint(constraint)?;
        }
        Ok(())
    }

    /// Refuses a table like another whose defaults, checks and indexes call what this user may not.
    fn likeable(&self, named: &Named<'a>, like: &nodes::TableLikeClause) -> Step {
        let closed = |oid: &Oid| !functions::is_open(&self.context, *oid);
        if like.options & !LIKE_PLAIN == 0 || named.temporary || !named.relation.carried.iter().any(closed) {
            return Ok(());
        }
        Err(not_understood("a table like one whose definitions call functions that are not allowed for this user", -1)
            .hint("Leave INCLUDING out, or include COMMENTS, COMPRESSION, IDENTITY and STORAGE only."))
    }

    pub(super) fn column_definition(&mut self, column: &'a nodes::ColumnDef) -> Step {
        if column.compression().is_some() || column.storage_name().is_some() || !column.fdwoptions().is_empty() {
            return Err(not_understood("a storage clause of a column", column.location));
        }
        if let Some(collate) = column.coll_clause() {
            self.collation(collate.collname(), collate.location)?;
        }
        self.expression(column.raw_default())?;
        for constraint in column.constraints() {
            match constraint {
                Node::Constraint(constraint) => self.constraint(constraint)?,
                _ => return Err(not_understood("this constraint", column.location)),
            }
        }
        self.column_type(column.type_name())
    }

    pub(super) fn constraint(&mut self, constraint: &'a nodes::Constraint) -> Step {
        match constraint.contype {
            ConstrType::CONSTR_NULL
            | ConstrType::CONSTR_NOTNULL
            | ConstrType::CONSTR_DEFAULT
            | ConstrType::CONSTR_IDENTITY
            | ConstrType::CONSTR_GENERATED
            | ConstrType::CONSTR_CHECK
            | ConstrType::CONSTR_PRIMARY
            | ConstrType::CONSTR_UNIQUE => {}
            _ => return Err(not_understood("this kind of constraint", constraint.location)),
        }
        self.expression(constraint.raw_expr())
    }

    /// CREATE TEMP TABLE … AS, and SELECT … INTO TEMP by way of [`Self::select_into`].
    pub(super) fn create_table_as(&mut self, create: &'a nodes::CreateTableAsStmt) -> Step {
        if create.objtype != ObjectType::OBJECT_TABLE {
            return Err(not_allowed("CREATE MATERIALIZED VIEW"));
        }
        self.into(create.into())?;
        match create.query() {
            Node::SelectStmt(_) => self.query(create.query()).map(drop),
            Node::ExecuteStmt(execute) => self.execute(execute),
            _ => Err(not_understood("this CREATE TABLE AS", -1)),
        }
    }

    pub(super) fn select_into(&mut self, select: &'a nodes::SelectStmt) -> Step {
        self.into(select.into_clause())?;
        self.select_body(select).map(drop)
    }

    fn into(&mut self, into: Option<&'a nodes::IntoClause>) -> Step {
        let into = into.ok_or_else(|| not_understood("this INTO", -1))?;
        if into.access_method().is_some() || into.table_space_name().is_some() {
            return Err(not_understood("a storage clause of a temporary table", -1));
        }
        self.made(into.rel())
    }

    /// A relation that must be one of the session's temporary tables.
    pub(super) fn own(&mut self, range: Option<&'a nodes::RangeVar>, what: &str) -> Step {
        self.facts.class = StatementClass::TempTable;
        let range = range.ok_or_else(|| not_allowed(what))?;
        let named = self.named(range)?;
        if !named.temporary {
            return Err(not_allowed(what));
        }
        self.pin(&named);
        Ok(())
    }

    pub(super) fn create_index(&mut self, index: &'a nodes::IndexStmt) -> Step {
        self.own(index.relation(), "CREATE INDEX on anything but a temporary table")?;
        let built_in = index.access_method().is_none_or(|method| ACCESS_METHODS.contains(&method));
        if !built_in
            || index.table_space().is_some()
            || !index.options().is_empty()
            || !index.exclude_op_names().is_empty()
        {
            return Err(not_understood("this index", -1));
        }
        self.scope.open();
        for element in index.index_params() {
            self.index_element(element)?;
        }
        for element in index.index_including_params() {
            match element {
                Node::IndexElem(element) => self.index_element(element)?,
                _ => return Err(not_understood("this index", -1)),
            }
        }
        self.expression(index.where_clause())
    }

    pub(super) fn truncate(&mut self, truncate: &'a nodes::TruncateStmt) -> Step {
        for relation in truncate.relations() {
            let Node::RangeVar(range) = relation else { return Err(not_understood("this TRUNCATE", -1)) };
            self.own(Some(range), "TRUNCATE of anything but temporary tables")?;
        }
        Ok(())
    }

    pub(super) fn analyze(&mut self, vacuum: &'a nodes::VacuumStmt) -> Step {
        if vacuum.is_vacuumcmd || vacuum.rels().is_empty() {
            return Err(not_allowed("VACUUM, and ANALYZE of anything but temporary tables,"));
        }
        for relation in vacuum.rels() {
            self.own(relation.relation(), "ANALYZE of anything but temporary tables")?;
        }
        Ok(())
    }

    /// DROP TABLE of temporary tables, and of their indexes. The tree has no places of these names: they are found in the tokens.
    pub(super) fn drop(&mut self, drop: &'a nodes::DropStmt, first: usize) -> Step {
        let word = match drop.remove_type {
            ObjectType::OBJECT_TABLE => "table",
            ObjectType::OBJECT_INDEX if !drop.concurrent => "index",
            _ => return Err(not_allowed("DROP of anything but temporary tables")),
        };
        self.facts.class = StatementClass::TempTable;
        self.temporary_tables_change();
        let lost = || not_understood("this DROP", -1);
        let mut index = first + 2;
        if !self.tokens.is(first, "drop") || !self.tokens.is(first + 1, word) {
            return Err(lost());
        }
        if drop.missing_ok {
            index += 2;
        }
        for object in drop.objects() {
            let Node::NodeList(parts) = object else { return Err(lost()) };
            index = match word {
                "index" => self.drop_index(parts, drop.missing_ok, index)?,
                _ => self.drop_one(parts, drop.missing_ok, index)?,
            };
            index += usize::from(self.tokens.is(index, ","));
        }
        Ok(())
    }

    /// An index is not known by its name: whatever it is, it is one of a temporary table.
    fn drop_index(&mut self, parts: &'a NodeList, if_exists: bool, index: usize) -> Step<usize> {
        let lost = || not_understood("this DROP", -1);
        let parts = strings(parts).ok_or_else(lost)?;
        let place = self.place_at(index, &parts).ok_or_else(lost)?;
        let named = parts.last().copied().unwrap_or_default();
        if let Found::Temporary(relation) = self.context.names.relation(self.context.snapshot, Some("pg_temp"), named) {
            self.touch(relation);
        }
        let none = self.context.names.temp_schema.is_none() && self.changed.made.is_empty();
        match parts.as_slice() {
            [name] if none && !if_exists => return Err(missing::index(name)),
            [_] => self.edits.insert(place.start, "pg_temp.".into()),
            [schema, _] if self.context.names.is_temp(schema) => {}
            _ => return Err(not_allowed("DROP of anything but temporary tables")),
        }
        Ok(place.next)
    }

    fn drop_one(&mut self, parts: &'a NodeList, if_exists: bool, index: usize) -> Step<usize> {
        let lost = || not_understood("this DROP", -1);
        let parts = strings(parts).ok_or_else(lost)?;
        let place = self.place_at(index, &parts).ok_or_else(lost)?;
        let (schema, name) = match parts.as_slice() {
            [name] => (None, *name),
            [schema, name] => (Some(*schema), *name),
            _ => return Err(lost()),
        };
        if schema.is_none() {
            self.names_are_known(-1)?;
        }
        match self.found(schema, name).ok_or_else(|| unclear(-1))? {
            Found::Permanent(_) => return Err(not_allowed("DROP of anything but temporary tables")),
            Found::Temporary(relation) => {
                self.touch_temporary(schema, relation);
                self.changed.drop(name);
            }
            Found::Missing => return self.drop_missing(schema, name, if_exists, place),
        }
        if schema.is_none() {
            self.edits.insert(place.start, "pg_temp.".into());
        }
        Ok(place.next)
    }

    /// DROP of what does not exist says so, even if somebody makes it meanwhile: it can be no permanent table.
    fn drop_missing(&mut self, schema: Option<&str>, name: &str, if_exists: bool, place: Place) -> Step<usize> {
        if !if_exists {
            return Err(missing::table(&self.context, schema, name));
        }
        let own = self.context.names.temp_schema.is_some() || !self.changed.made.is_empty();
        match schema {
            None if own => self.edits.insert(place.start, "pg_temp.".into()),
            Some(schema) if self.context.names.is_temp(schema) => {}
            // where nobody makes a table: the server's notice has the table's name alone
            _ => self.edits.replace(place.start, place.end, format!("pg_catalog.{}", names::quoted(name))),
        }
        Ok(place.next)
    }
}
