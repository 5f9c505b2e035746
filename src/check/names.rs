//! Relations, functions, operators, types: each name must be pinned, and what it means must be allowed.

use crate::catalog::search_path::FoundType;
use crate::catalog::snapshot::{Function, Operator, Relation, RelationKind, Type};
use crate::grammar::tags::CoercionForm;
use crate::grammar::{ConstValue, Node, NodeList, nodes};
use crate::model::facts::Right;
use crate::model::ids::{FIRST_NORMAL_OID, Oid};
use crate::model::tables::Set;
use crate::rights::table::RelationRight;

use super::disk::tells_size;
use super::leaks::Source;
use super::walk::{Scope, Subject, Walk, strings};
use super::{Contradiction, Step, lists, template, types};

/// What is done with a relation that is named outside of a substitution.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Use {
    /// COPY … TO: all columns.
    Read,
    /// An item of FROM: the columns that the statement speaks of.
    Scan,
    /// LOCK, LIKE: names and types are used, no rows.
    Name,
    /// DELETE, TRUNCATE: nothing of the statement's values is kept.
    Empty,
    /// INSERT, UPDATE, DELETE, MERGE, COPY FROM: what is read and stored of protected columns is looked at one by one.
    Write,
}

/// `pg_class.relpersistence` of permanent relations: what the grammar gives to a name that says nothing else.
const PERMANENT: u8 = b'p';

/// Schemas whose relations hold rows of others, or are other sessions'.
fn is_internal(schema: &str) -> bool {
    schema.starts_with("pg_toast") || schema.starts_with("pg_temp")
}

impl<'a> Subject<'a> {
    pub(super) fn is_temp(&self, schema: &str) -> bool {
        schema == "pg_temp" || self.names.temp_schema.as_deref() == Some(schema)
    }

    /// Whether the function of that OID may be called.
    pub(super) fn is_callable(&self, oid: Oid) -> bool {
        self.snapshot.function(oid).is_some_and(|function| self.function_allowed(function))
    }

    fn function_allowed(&self, function: &Function) -> bool {
        if self.rights.function_allowed(function.oid) || self.reviewed_of_extension(function) {
            return true;
        }
        function.oid < FIRST_NORMAL_OID && (lists::of_sequences(function) || lists::built_in(function))
    }

    /// Functions of extensions that are written in SQL are read by the server when they run: no search path may then give
    /// their operators another meaning.
    fn reviewed_of_extension(&self, function: &Function) -> bool {
        let others = |(name, ty): (&str, Oid)| {
            let of = |one: &Operator| one.oid >= FIRST_NORMAL_OID && one.left == Some(ty) && one.right == ty;
            self.snapshot.operators_named(name).iter().any(|one| of(one))
        };
        lists::of_extension(function)
            && !(lists::written_in_sql(function) && [("=", Oid(23)), ("||", Oid(25))].into_iter().any(others))
    }

    fn operator_allowed(&self, operator: &Operator) -> bool {
        (operator.oid < FIRST_NORMAL_OID
            && &*operator.schema == "pg_catalog"
            && lists::behind_operator(operator.function))
            || self.rights.function_allowed(operator.function)
            || self.snapshot.function(operator.function).is_some_and(|function| self.reviewed_of_extension(function))
            || [Some(operator.right), operator.left].into_iter().flatten().any(|ty| self.of_an_extension(ty, operator))
    }

    /// An operator over a base type that the server did not bring: only a superuser makes one, and an operator over it
    /// cannot take the place of one over built-in types. Those over an extension's type are the extension's alone: of
    /// its types whoever likes has values.
    fn of_an_extension(&self, ty: Oid, operator: &Operator) -> bool {
        let function = self.snapshot.function(operator.function);
        let member = function.is_some_and(|function| function.extension.is_some());
        let base = |ty: &Type| ty.kind == b'b' && ty.element.is_none() && (member || ty.extension.is_none());
        ty >= FIRST_NORMAL_OID && self.snapshot.type_of(ty).is_some_and(|ty| base(ty))
    }

    /// Whether an unqualified name of a function, operator or type may mean something in this schema.
    fn on_path(&self, schema: &str) -> bool {
        self.any_path || self.names.path.iter().any(|on| &**on == schema)
    }

    /// A function by its pinned name: everything of that name must be allowed.
    pub(super) fn function(&self, schema: &str, name: &str, location: i32) -> Step {
        let mut named = self.snapshot.functions_named(name).iter().filter(|one| &*one.schema == schema).peekable();
        if self.is_temp(schema) || named.peek().is_none() {
            return Err(Contradiction::at(location, format!("function {schema}.{name} is not known")));
        }
        match named.find(|function| !self.function_allowed(function)) {
            Some(_) => Err(Contradiction::at(location, format!("function {schema}.{name} is not allowed"))),
            None => Ok(()),
        }
    }

    /// A function by a name that is not pinned: whatever it may mean on the search path must be allowed.
    fn function_on_path(&self, name: &str, location: i32) -> Step {
        let named = self.snapshot.functions_named(name).iter();
        let mut visible = named.filter(|one| self.on_path(&one.schema) && !self.is_temp(&one.schema)).peekable();
        let shared = visible.clone().any(|one| one.extension.is_some());
        let known = shared && visible.peek().is_some() && !lists::names_setting(name);
        if known && visible.all(|function| self.function_allowed(function)) {
            return Ok(());
        }
        Err(Contradiction::at(location, format!("function {name} is not pinned")))
    }

    /// A name after a dot that is not a column is a function that is called on the row or value before it, found by
    /// the search path; or, after a value, a type that it is cast to. `row`: what stands before it is a row.
    pub(super) fn field(&self, name: &str, row: bool, location: i32) -> Step {
        let functions = self.snapshot.functions_named(name).iter();
        let mut visible = functions.filter(|one| self.on_path(&one.schema) && self.takes_one(one, row));
        if visible.any(|one| lists::names_setting(name) || tells_size(name) || !self.function_allowed(one)) {
            let what = format!("field {name} may be a function that is not allowed");
            return Err(Contradiction::at(location, what));
        }
        let mut types = self.snapshot.types_named(name).iter().filter(|ty| self.on_path(&ty.schema));
        match types.find(|ty| !row && !types::allowed(self.snapshot, ty)) {
            None => Ok(()),
            Some(_) => Err(Contradiction::at(location, format!("field {name} may be a type that is not allowed"))),
        }
    }

    /// Whether a name after the dot behind a row may be a function.
    pub(super) fn is_called_on_rows(&self, name: &str) -> bool {
        let named = self.snapshot.functions_named(name).iter();
        named.filter(|one| self.on_path(&one.schema)).any(|one| self.takes_one(one, true))
    }

    /// Whether a function can be called with one argument, which may be a row.
    fn takes_one(&self, function: &Function, row: bool) -> bool {
        let most = function.argument_types.len();
        let least = most.saturating_sub(usize::from(function.defaults) + usize::from(function.variadic));
        let first = function.argument_types.first();
        least <= 1 && first.is_some_and(|first| !row || self.takes_rows(*first))
    }

    /// Whether a row may be passed for an argument of this type: row types, pseudo-types and arrays of them, domains;
    /// and what is not known.
    fn takes_rows(&self, ty: Oid) -> bool {
        let kind = |oid: Oid| self.snapshot.type_of(oid).map(|ty| ty.kind);
        self.snapshot.type_of(ty).is_none_or(|ty| {
            matches!(ty.kind, b'c' | b'p' | b'd') || ty.element.is_some_and(|element| kind(element) == Some(b'p'))
        })
    }

    /// An unqualified operator: it must not mean anybody's own on the search path.
    fn operator_on_path(&self, name: &str, location: i32) -> Step {
        let visible = self.snapshot.operators_named(name).iter().filter(|one| self.on_path(&one.schema));
        match visible.into_iter().find(|operator| !self.operator_allowed(operator)) {
            None => Ok(()),
            Some(other) => {
                Err(Contradiction::at(location, format!("operator {name} may mean one of schema {}", other.schema)))
            }
        }
    }

    fn operator_of_schema(&self, schema: &str, name: &str, location: i32) -> Step {
        let of_schema = |one: &&std::sync::Arc<Operator>| &*one.schema == schema;
        let mut named = self.snapshot.operators_named(name).iter().filter(of_schema).peekable();
        let known = !self.is_temp(schema) && (named.peek().is_some() || schema == "pg_catalog");
        if known && named.all(|operator| self.operator_allowed(operator)) {
            return Ok(());
        }
        Err(Contradiction::at(location, format!("operator {schema}.{name} is not allowed")))
    }

    /// A collation: pinned.
    pub(super) fn collation(&self, name: &NodeList, location: i32) -> Step {
        match strings(name).as_deref() {
            Some([schema, _]) if !self.is_temp(schema) => Ok(()),
            _ => Err(Contradiction::at(location, "a collation is not pinned")),
        }
    }

    fn type_named(&self, schema: &str, name: &str, location: i32) -> Step {
        let unknown = || Contradiction::at(location, format!("type {schema}.{name} is not known"));
        if self.is_temp(schema) {
            return Err(unknown());
        }
        let ty = self.snapshot.types_named(name).iter().find(|ty| &*ty.schema == schema).ok_or_else(unknown)?;
        if types::allowed(self.snapshot, ty) {
            return Ok(());
        }
        Err(Contradiction::at(location, format!("type {schema}.{name} is not allowed")))
    }

    /// JSON is a key word of the grammar that parsed the text; before version 17 the server looks the name up.
    fn json(&self, location: i32) -> Step {
        let written = usize::try_from(location).ok().and_then(|start| self.text.get(start..)).unwrap_or_default();
        let pinned = ["pg_catalog", "\"pg_catalog\""].iter().any(|schema| written.starts_with(schema));
        let built_in = || match self.names.ty(self.snapshot, None, "json") {
            FoundType::Permanent(ty) => ty.oid < FIRST_NORMAL_OID,
            FoundType::Temporary | FoundType::Missing => false,
        };
        if pinned || self.snapshot.server_version >= 170_000 || built_in() {
            return Ok(());
        }
        Err(Contradiction::at(location, "type json is not pinned"))
    }
}

/// Words that a column definition may have for a type.
const SERIALS: [&str; 6] = ["smallserial", "serial2", "serial", "serial4", "bigserial", "serial8"];

impl<'a> Walk<'a> {
    /// The function of a call: pinned, so that the server reads the name as the tree has it.
    pub(super) fn called(&mut self, it: &'a nodes::FuncCall) -> Step {
        let not_pinned = || Contradiction::at(it.location, "a function is not pinned");
        let parts = strings(it.funcname()).ok_or_else(not_pinned)?;
        let (schema, name) = match *parts.as_slice() {
            [schema, name] => (schema, name),
            [name] => return self.called_on_path(it, name),
            _ => return Err(not_pinned()),
        };
        let pinned = match it.funcformat {
            CoercionForm::COERCE_SQL_SYNTAX => {
                schema == "pg_catalog" && lists::syntax(name, self.subject.snapshot.server_version)
            }
            CoercionForm::COERCE_EXPLICIT_CALL => {
                let escape = schema == "pg_catalog"
                    && matches!(name, "like_escape" | "similar_to_escape")
                    && self.word_at(it.location, &["like", "ilike", "similar", "not"]);
                escape || self.spelled(it.location, &parts)
            }
            _ => false,
        };
        if !pinned {
            return Err(not_pinned());
        }
        if tells_size(name) && !self.idle.contains(&it.location) {
            return Err(Contradiction::at(it.location, "a size is told"));
        }
        let named = self.subject.snapshot.functions_named(name).iter();
        self.rows_made |= named.filter(|one| &*one.schema == schema).any(|one| one.returns_set);
        if !self.functions.contains(&(schema, name)) {
            self.subject.function(schema, name, it.location)?;
            self.functions.insert((schema, name));
        }
        if schema == "pg_catalog" && lists::moves_sequence(name) {
            self.drawn(it)?;
        }
        if lists::names_setting(name) { self.setting_of(name, it) } else { Ok(()) }
    }

    /// A sequence that a constant names is moved.
    fn drawn(&mut self, it: &'a nodes::FuncCall) -> Step {
        self.drawn = true;
        let mut pending: Vec<Node<'a>> = it.args().iter().take(1).collect();
        while let Some(node) = pending.pop() {
            match node {
                Node::A_Const(_) | Node::ParamRef(_) => {}
                Node::TypeCast(cast) => pending.push(cast.arg()),
                Node::FuncCall(call)
                    if strings(call.funcname()).as_deref() == Some(&["pg_catalog", "pg_get_serial_sequence"]) =>
                {
                    pending.extend(call.args());
                }
                _ if self.subject.rights.unrestricted() => return Ok(()),
                _ => return Err(Contradiction::at(it.location, "a sequence is not named by a constant")),
            }
        }
        Ok(())
    }

    /// How many numbers are drawn depends on nothing that is not read in clear.
    pub(super) fn numbers_tell_nothing(&self) -> Step {
        let told = self.substituted > 0 || self.reads_filtered || self.chosen_for_write;
        match self.drawn && told && !self.subject.rights.unrestricted() {
            true => Err(Contradiction::at(-1, "numbers are drawn where something protected is read")),
            false => Ok(()),
        }
    }

    /// A call that the server is to look up itself, as the client wrote it: by the arguments it may be one of several.
    fn called_on_path(&mut self, it: &'a nodes::FuncCall, name: &'a str) -> Step {
        if it.funcformat != CoercionForm::COERCE_EXPLICIT_CALL
            || !self.spelled(it.location, &[name])
            || tells_size(name)
            || lists::moves_sequence(name)
        {
            return Err(Contradiction::at(it.location, "a function is not pinned"));
        }
        self.rows_made |= self.subject.snapshot.functions_named(name).iter().any(|one| one.returns_set);
        if !self.functions.contains(&("", name)) {
            self.subject.function_on_path(name, it.location)?;
            self.functions.insert(("", name));
        }
        Ok(())
    }

    /// `current_setting` and `set_config` name their setting by a constant, see also [`Walk::setting_of_view`]. The
    /// proof depends on it.
    fn setting_of(&mut self, function: &str, it: &'a nodes::FuncCall) -> Step {
        let open = if function == "set_config" { lists::setting_to_any } else { lists::shown };
        let at = |what: &str| Contradiction::at(it.location, what);
        if let (Some(Node::CoalesceExpr(name)), "current_setting") = (it.args().first(), function) {
            return self.setting_of_those_shown(name).ok_or_else(|| at("a setting is not named by a constant"));
        }
        let constant = match it.args().first() {
            Some(Node::A_Const(constant)) => constant,
            Some(Node::ColumnRef(_)) => self
                .named_settings
                .get(&it.location)
                .copied()
                .ok_or_else(|| at("a setting is not named by a constant"))?,
            Some(Node::TypeCast(cast)) => match cast.arg() {
                Node::A_Const(constant) => constant,
                _ => return Err(at("a setting is not named by a constant")),
            },
            _ => return Err(at("a setting is not named by a constant")),
        };
        let named = it.args().iter().any(|argument| matches!(argument, Node::NamedArgExpr(_)));
        let name = match constant.val() {
            Some(ConstValue::String(name)) if !named && !it.func_variadic => name,
            _ => return Err(at("a setting is not named by a constant")),
        };
        let own = self.subject.rights.is_application_s(name);
        if !(own || open(name)) {
            return Err(at("a setting may not be read or changed so"));
        }
        if function == "set_config" {
            if own && !it.args().get(1).is_some_and(is_given) {
                return Err(at("a setting of an application is given what may have been read"));
            }
            self.setting_changes(name);
        }
        let start = usize::try_from(constant.location).map_err(|_| at("a constant without a place"))?;
        self.fix(start, start + 1);
        Ok(())
    }

    /// `coalesce(pg_catalog.substring(…, '(?i)^(a|b)$'), 'no such setting')`: whatever comes in, the name that comes
    /// out is one of settings that may be shown, or of none.
    fn setting_of_those_shown(&mut self, name: &'a nodes::CoalesceExpr) -> Option<()> {
        let (Some(Node::FuncCall(inner)), Some(Node::A_Const(otherwise)), 2) =
            (name.args().first(), name.args().get(1), name.args().len())
        else {
            return None;
        };
        let (Some(Node::A_Const(pattern)), 2) = (inner.args().get(1), inner.args().len()) else { return None };
        let (Some(ConstValue::String(none)), Some(ConstValue::String(names))) = (otherwise.val(), pattern.val()) else {
            return None;
        };
        let names = names.strip_prefix("(?i)^(")?.strip_suffix(")$")?;
        let plain =
            |name: &str| name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_' || byte.is_ascii_digit());
        let substring = strings(inner.funcname())? == ["pg_catalog", "substring"] && !inner.func_variadic;
        let proven = substring
            && none.starts_with("menshen: ")
            && !none.contains('.')
            && names.split('|').all(|name| plain(name) && lists::shown(name));
        for constant in [otherwise, pattern].into_iter().filter(|_| proven) {
            let start = usize::try_from(constant.location).ok()?;
            self.fix(start, start + 1);
        }
        proven.then_some(())
    }

    /// A name after the dot behind a row, see [`Subject::field`]: where it may be a function, it must prove to be a
    /// column.
    pub(super) fn field_of_row(&mut self, qualifier: &'a str, name: &'a str, location: i32) {
        if self.attributes.contains(name) {
            return;
        }
        if self.subject.field(name, true, location).is_ok() {
            self.attributes.insert(name);
        } else {
            self.fields.entry((qualifier, name)).or_insert(location);
        }
    }

    /// An operator as it was written.
    pub(super) fn operator(&mut self, name: &'a NodeList, location: i32) -> Step {
        match strings(name).as_deref() {
            Some([operator]) => self.operator_named(operator, location),
            Some([schema, operator]) => self.subject.operator_of_schema(schema, operator, location),
            _ => Err(Contradiction::at(location, "an operator's name is not understood")),
        }
    }

    /// An operator that is looked up on the search path.
    pub(super) fn operator_named(&mut self, name: &'a str, location: i32) -> Step {
        if self.operators.contains(name) {
            return Ok(());
        }
        self.subject.operator_on_path(name, location)?;
        self.operators.insert(name);
        Ok(())
    }

    /// A type, its name pinned or a key word of the grammar.
    pub(super) fn type_name(&mut self, ty: Option<&'a nodes::TypeName>, in_definition: bool) -> Step {
        let Some(ty) = ty else { return Ok(()) };
        if ty.setof || ty.pct_type || ty.type_oid != 0 {
            return Err(Contradiction::at(ty.location, "a type's form is not understood"));
        }
        for modifier in ty.typmods() {
            let word = matches!(modifier, Node::ColumnRef(column) if column.fields().len() == 1);
            if !word && !matches!(modifier, Node::A_Const(_)) {
                return Err(Contradiction::at(ty.location, "a type's modifier is not a constant"));
            }
        }
        let parts: Option<Vec<&str>> = ty.names().iter().map(|name| name.sval()).collect();
        match parts.as_deref() {
            Some([name]) if in_definition && SERIALS.contains(name) => Ok(()),
            Some(["pg_catalog", "json"]) => self.subject.json(ty.location),
            Some([schema, name]) => self.subject.type_named(schema, name, ty.location),
            _ => Err(Contradiction::at(ty.location, "a type is not pinned")),
        }
    }

    /// A relation in FROM: a WITH query in scope, or a pinned relation without protected columns.
    pub(super) fn source(&mut self, range: &'a nodes::RangeVar, scope: Scope) -> Step {
        let name = range.relname().unwrap_or_default();
        if range.schemaname().is_none() && range.catalogname().is_none() && self.is_cte(name, scope, range.location)? {
            self.sources.push(Source::other(range.alias()).or_called(name));
            self.names_made(range.alias());
            return Ok(());
        }
        self.source_named(range);
        self.relation(range, Use::Scan)
    }

    /// A pinned relation, used outside of a substitution: nothing in it may be below clear.
    pub(super) fn relation(&mut self, range: &'a nodes::RangeVar, used: Use) -> Step {
        let subject = self.subject;
        let at = |what: String| Contradiction::at(range.location, what);
        let name = range.relname().unwrap_or_default();
        let schema = range.schemaname().ok_or_else(|| at(format!("relation {name} is not pinned")))?;
        if range.relpersistence as u8 != PERMANENT {
            return Err(at(format!("relation {schema}.{name} is named in a form that is not understood")));
        }
        if range.catalogname().is_some_and(|database| database != &*subject.snapshot.database) {
            return Err(at(format!("relation {name} is of another database")));
        }
        if subject.is_temp(schema) {
            return self.temporary(range);
        }
        let found = subject.snapshot.relation_named(schema, name).filter(|_| !is_internal(schema));
        let relation = found.ok_or_else(|| at(format!("relation {schema}.{name} is not known")))?;
        if relation.kind == RelationKind::Composite {
            return Err(at(format!("{schema}.{name} is not a relation")));
        }
        match subject.rights.relation(relation.oid) {
            // a view has no place of a row to sort by
            None | Some(RelationRight::Clear(_)) if used == Use::Scan && relation.kind == RelationKind::View => {
                let names: Vec<&str> = template::choosing(&subject, relation).collect();
                if !names.is_empty() {
                    self.left_out.push((Node::RangeVar(range), names));
                }
            }
            None | Some(RelationRight::Clear(_)) => {}
            // no column is read, and nothing is changed
            Some(RelationRight::Masked(_)) if matches!(used, Use::Name | Use::Write) => {}
            // what it shows in clear is all that may be spoken of
            Some(RelationRight::Masked(columns))
                if used == Use::Scan
                    && subject.rights.filter(relation.oid).is_none()
                    && template::covers(&subject, relation, columns) =>
            {
                let protected = columns.iter().filter(|column| column.right != Right::Clear);
                let names = protected.map(|column| &*column.name).chain(template::choosing(&subject, relation));
                self.left_out.push((Node::RangeVar(range), names.collect()));
            }
            Some(RelationRight::Masked(_)) => return Err(at(format!("relation {schema}.{name} is not substituted"))),
            Some(RelationRight::Refused(_)) => return Err(at(format!("relation {schema}.{name} is refused"))),
        }
        if used == Use::Write && self.is_ruled(relation) {
            return Err(at(format!("rules of {schema}.{name} lead elsewhere")));
        }
        self.named(relation);
        Ok(())
    }

    /// Whether it has rules, or something that it reads, if it is a view.
    fn is_ruled(&self, relation: &Relation) -> bool {
        let (mut left, mut seen) = (relation.reads.clone(), Set::default());
        let mut ruled = relation.has_rules;
        while let Some(oid) = left.pop().filter(|_| !ruled) {
            if let Some(below) = self.subject.snapshot.relation(oid).filter(|_| seen.insert(oid)) {
                ruled = below.has_rules;
                left.extend(&below.reads);
            }
        }
        ruled
    }

    /// A temp table: it holds what this principal was shown. What a temp view holds is not known.
    fn temporary(&mut self, range: &nodes::RangeVar) -> Step {
        let name = range.relname().unwrap_or_default();
        let known = self.subject.names.temp.iter().find(|one| &*one.name == name);
        match known {
            Some(relation)
                if matches!(
                    relation.kind,
                    RelationKind::Table | RelationKind::Partitioned | RelationKind::Sequence
                ) =>
            {
                self.named(relation);
                Ok(())
            }
            // nothing else of that name can be there once it has been made
            None if self.made.contains(name) => {
                self.uses_made = true;
                Ok(())
            }
            _ => Err(Contradiction::at(range.location, format!("temp relation {name} is not a known table"))),
        }
    }

    /// Notes a relation that the statement names.
    pub(super) fn named(&mut self, relation: &Relation) {
        self.relations.insert(relation.oid);
    }
}

/// What the client itself says: a constant, or a parameter.
fn is_given(value: Node<'_>) -> bool {
    match value {
        Node::A_Const(_) | Node::ParamRef(_) => true,
        Node::TypeCast(cast) => matches!(cast.arg(), Node::A_Const(_) | Node::ParamRef(_)),
        _ => false,
    }
}
