//! What a statement writes to: every value for a protected column stands in its guard, the target's own protected
//! columns are read through their masks, and nothing that is masked is stored.
//!
//! The rules are blunter than those of the rewriter, on purpose: they look at names, and at scopes only where an item of
//! FROM has the very name of the target. A reference that does not say whose column it is, and could be a protected one,
//! contradicts.

use crate::catalog::snapshot::{Column, Relation};
use crate::grammar::names::{qualified, quoted};
use crate::grammar::tags::{A_Expr_Kind, BoolExprType};
use crate::grammar::{ConstValue, Node, NodeList, nodes};
use crate::model::facts::{Right, WriteRight};
use crate::model::ids::Oid;
use crate::rights::table::{ColumnRight, RelationRight};

use super::matching::Equalities;
use super::names::Use;
use super::walk::{Flow, MAX_STEPS, Scope, Walk, strings};
use super::{Contradiction, Step};

/// What a guard calls the value in it: a target of that name would be hidden by it.
const GUARDED: &str = "menshen";

/// What RETURNING calls the row before and after the write, from version 18 on.
const BEFORE_AND_AFTER: [&str; 2] = ["old", "new"];
const KNOWN_SINCE: u32 = 180_000;

/// How names of hidden columns with true values begin; behind it stands the column's number.
const SHADOW: &str = "menshen:";

const SYSTEM_COLUMNS: [&str; 6] = ["ctid", "xmin", "xmax", "cmin", "cmax", "tableoid"];

/// What one write goes to, by its numbers among the statement's protected targets and filters.
#[derive(Clone, Copy, Debug)]
pub(super) struct Target {
    pub(super) temporary: bool,
    protected: Option<usize>,
    relation: Oid,
    /// By its number among the filters of targets.
    pub(super) filter: Option<usize>,
}

impl Target {
    pub(super) fn relation(&self) -> Oid {
        self.relation
    }

    pub(super) fn is_filtered(&self) -> bool {
        self.filter.is_some()
    }

    /// Where values go that are written to it, if they need no guard.
    pub(super) fn flow(&self) -> Flow {
        if self.temporary { Flow::Free } else { Flow::Stored }
    }
}

/// A target with columns that are not simply free to read and write.
struct Protected<'a> {
    /// By which its columns are qualified.
    name: &'a str,
    relation: &'a Relation,
    columns: &'a [ColumnRight],
}

/// A substituted scan: by which its columns are qualified, and how its masked columns are called there. A join with a
/// name of its own shows everything under it: no names.
struct Scanned<'a> {
    name: &'a str,
    columns: Vec<(&'a str, bool)>,
    /// Columns whose true values it has beside the masks.
    shadows: Vec<&'a ColumnRight>,
    all: bool,
}

/// A column that is read, where its value goes, and what its place sees.
pub(super) struct Read<'a> {
    pub(super) column: &'a nodes::ColumnRef,
    pub(super) flow: Flow,
    scope: Scope,
}

/// What the present statement writes to, scans and reads.
#[derive(Default)]
pub(super) struct Writes<'a> {
    targets: Vec<Protected<'a>>,
    scans: Vec<Scanned<'a>>,
    reads: Vec<Read<'a>>,
    /// Conditions over targets whose rows are filtered, in parentheses.
    pub(super) filters: Vec<String>,
    /// Conditions of the statement's own that may look at rows of such targets before their filters do.
    pub(super) beside: Vec<Node<'a>>,
    pub(super) equalities: Equalities<'a>,
    natural: bool,
}

fn masked(column: &ColumnRight) -> bool {
    column.right < Right::Clear
}

/// Whether an inserted text is seen not to be a masked reading as it is written.
fn is_judged(column: &ColumnRight, text: &str) -> bool {
    column.judges(text) && !column.is_masked_reading(text)
}

fn guarded(column: &ColumnRight) -> bool {
    masked(column) && column.write == WriteRight::Guarded
}

impl<'a> Walk<'a> {
    /// How many parts of a statement store values in permanent tables.
    pub(super) fn sinks_of(&self, node: Node<'a>) -> usize {
        let (with, target) = match node {
            Node::SelectStmt(it) => (it.with_clause(), None),
            Node::DeleteStmt(it) => (it.with_clause(), None),
            Node::InsertStmt(it) => (it.with_clause(), it.relation()),
            Node::UpdateStmt(it) => (it.with_clause(), it.relation()),
            Node::MergeStmt(it) => (it.with_clause(), it.relation()),
            Node::ExplainStmt(it) => return self.sinks_of(it.query()),
            Node::PrepareStmt(it) => return self.sinks_of(it.query()),
            Node::CopyStmt(it) => return self.sinks_of(it.query()),
            Node::CreateTableAsStmt(it) => return self.sinks_of(it.query()),
            _ => return 0,
        };
        let permanent = |range: &nodes::RangeVar| !range.schemaname().is_some_and(|one| self.subject.is_temp(one));
        let inside = with.into_iter().flat_map(|with| with.ctes().iter()).map(|cte| self.sinks_of(cte.ctequery()));
        inside.sum::<usize>() + usize::from(target.is_some_and(permanent))
    }

    /// What a statement writes to.
    pub(super) fn target(&mut self, range: Option<&'a nodes::RangeVar>) -> Step<Target> {
        let range = range.ok_or_else(|| Contradiction::at(-1, "a statement has no target"))?;
        self.items.push(Node::RangeVar(range));
        self.source_named(range);
        self.relation(range, Use::Write)?;
        let schema = range.schemaname().unwrap_or_default();
        let name = range.relname().unwrap_or_default();
        let temporary = self.subject.is_temp(schema);
        let relation = self.subject.snapshot.relation_named(schema, name).filter(|_| !temporary);
        let open = Target { temporary, protected: None, relation: Oid(0), filter: None };
        let Some(relation) = relation else { return Ok(open) };
        let alias = range.alias().and_then(|alias| alias.aliasname()).unwrap_or(name);
        let filter = self.target_filter(relation.oid, alias, range.location)?;
        let open = Target { relation: relation.oid, filter, ..open };
        let columns = match self.subject.rights.relation(relation.oid) {
            Some(RelationRight::Masked(columns) | RelationRight::Clear(columns)) => &**columns,
            _ => &[],
        };
        if columns.iter().all(|column| !masked(column) && column.write == WriteRight::Free) {
            return Ok(open);
        }
        let has = |(column, right): (&Column, &ColumnRight)| column.number == right.number && column.name == right.name;
        if relation.columns.len() != columns.len() || !relation.columns.iter().zip(columns).all(has) {
            return Err(Contradiction::at(range.location, "the rights do not fit the columns of a target"));
        }
        if alias == GUARDED {
            return Err(Contradiction::at(range.location, "a target is called as what stands in guards"));
        }
        self.writes.targets.push(Protected { name: alias, relation, columns });
        Ok(Target { protected: Some(self.writes.targets.len() - 1), ..open })
    }

    fn target_filter(&mut self, relation: Oid, alias: &str, location: i32) -> Step<Option<usize>> {
        let Some(filter) = self.subject.rights.filter(relation) else { return Ok(None) };
        let over = filter.condition.over(&quoted(alias));
        let lost = || Contradiction::at(location, "a filter cannot be said over the name of its target");
        self.writes.filters.push(over.ok_or_else(lost)?);
        self.filtered = true;
        Ok(Some(self.writes.filters.len() - 1))
    }

    /// What may be done with a column of it; `None`: everything.
    pub(super) fn right_of(&self, target: &Target, name: &str) -> Option<&'a ColumnRight> {
        self.protected(target)?.columns.iter().find(|column| &*column.name == name)
    }

    fn protected(&self, target: &Target) -> Option<&Protected<'a>> {
        self.writes.targets.get(target.protected?)
    }

    /// Whether nothing that is written to it needs to be looked at.
    pub(super) fn is_open(&self, target: &Target) -> bool {
        target.protected.is_none()
    }

    pub(super) fn is_masked(&self, target: &Target) -> bool {
        self.protected(target).is_some_and(|target| target.columns.iter().any(masked))
    }

    pub(super) fn is_guarded(&self, target: &Target, position: Option<usize>) -> bool {
        let column = self.protected(target).zip(position).and_then(|(target, position)| target.columns.get(position));
        column.is_some_and(guarded)
    }

    /// The columns that values are for: those listed, or all.
    pub(super) fn column_list(&mut self, target: &Target, list: &'a NodeList) -> Step<Vec<Option<usize>>> {
        if list.is_empty() {
            let Some(protected) = self.protected(target) else { return Ok(Vec::new()) };
            if protected.columns.iter().any(|column| column.write == WriteRight::Denied) {
                return Err(Contradiction::at(-1, "a column is written that may not be"));
            }
            return Ok((0..protected.columns.len()).map(Some).collect());
        }
        let mut positions = Vec::with_capacity(list.len());
        for item in list {
            let Node::ResTarget(item) = item else {
                return Err(Contradiction::at(-1, "a column list is not understood"));
            };
            positions.push(self.assigned_column(target, item)?);
            self.subscripts(item.indirection(), false, target.flow(), None)?;
        }
        Ok(positions)
    }

    pub(super) fn assigned_column(&mut self, target: &Target, item: &'a nodes::ResTarget) -> Step<Option<usize>> {
        let Some(protected) = self.protected(target) else { return Ok(None) };
        let position = protected.columns.iter().position(|column| Some(&*column.name) == item.name());
        let Some(column) = position.and_then(|position| protected.columns.get(position)) else { return Ok(None) };
        if column.write == WriteRight::Denied {
            return Err(Contradiction::at(item.location, "a column is written that may not be"));
        }
        if guarded(column) && !item.indirection().is_empty() {
            return Err(Contradiction::at(item.location, "a part of a protected column is assigned"));
        }
        Ok(position)
    }

    /// A column by which the policy decides what is shown of a row is not assigned to.
    pub(super) fn decides_nothing(&self, target: &Target, item: &nodes::ResTarget) -> Step {
        let columns = self.protected(target).map(|target| target.columns).unwrap_or_default();
        let mut shown = columns.iter().filter_map(|column| column.shown.as_ref());
        let relation = self.subject.snapshot.relation(target.relation).filter(|_| !target.temporary);
        let number = relation.zip(item.name()).and_then(|(relation, name)| Some(relation.column(name)?.number));
        let decides = number.is_some_and(|number| self.subject.rights.decides(target.relation, number).is_some());
        if decides || shown.any(|shown| item.name().is_none_or(|name| shown.condition.reads(name))) {
            return Err(Contradiction::at(item.location, "a column is assigned by which rights are decided"));
        }
        Ok(())
    }

    /// COPY … FROM STDIN: its WHERE begins with the tests of every guarded column. What it reads otherwise are the
    /// values that the client sends.
    pub(super) fn copy_from(&mut self, it: &'a nodes::CopyStmt, range: &'a nodes::RangeVar) -> Step {
        let at = |what: &str| Contradiction::at(range.location, what);
        let target = self.target(Some(range))?;
        let list = strings(it.attlist()).ok_or_else(|| at("a column list is not understood"))?;
        self.copies_no_guess(&target, &list)?;
        let mut tests = Vec::new();
        if let Some(protected) = self.protected(&target) {
            let name = &protected.relation.name;
            for column in protected.columns.iter().filter(|one| list.is_empty() || list.contains(&&*one.name)) {
                if column.write == WriteRight::Denied {
                    return Err(at("a column is written that may not be"));
                }
                if column.uncopied() {
                    return Err(at("what COPY brings cannot be tested"));
                }
                tests.extend(column.guard_copy(target.relation, &qualified(name, &column.name)));
            }
        }
        self.writes.targets.clear();
        let conditions: Vec<Node<'a>> = match it.where_clause() {
            Node::None => Vec::new(),
            Node::BoolExpr(all) if all.boolop == BoolExprType::AND_EXPR => all.args().iter().collect(),
            one => vec![one],
        };
        for (n, test) in tests.iter().enumerate() {
            let Some(Node::CaseExpr(case)) = conditions.get(n) else {
                return Err(at("what COPY brings is not tested"));
            };
            let rest = usize::try_from(case.location).ok().and_then(|start| self.subject.text.get(start..));
            if !rest.is_some_and(|rest| rest.starts_with(test.as_str())) {
                return Err(at("what COPY brings is not tested"));
            }
        }
        conditions.iter().skip(tests.len()).for_each(|condition| self.push(*condition, None));
        Ok(())
    }

    /// A value in SET.
    pub(super) fn assigned_value(
        &mut self,
        target: &Target,
        position: Option<usize>,
        value: Node<'a>,
        scope: Scope,
    ) -> Step {
        if !self.is_guarded(target, position) || matches!(value, Node::SetToDefault(_)) {
            self.push_to(target.flow(), value, scope);
            return Ok(());
        }
        let (Some(number), Some(position)) = (target.protected, position) else { return Ok(()) };
        let unguarded = || Contradiction::at(-1, "a value for a protected column has no guard");
        let inner = inner_value(value).ok_or_else(unguarded)?;
        let parameter = matches!(inner, Node::ParamRef(_));
        let guard = self.protected(target).and_then(|target| {
            let column = target.columns.get(position)?;
            column.guard_update(target.relation.oid, &qualified(target.name, &column.name), parameter)
        });
        let guard = guard.ok_or_else(unguarded)?;
        self.stands_in(value, &guard.before, &guard.after)?;
        self.push_to(Flow::Guarded(number, position), inner, scope);
        Ok(())
    }

    /// Proves that a value that is inserted needs no guard, or stands in it; it is still to be walked.
    pub(super) fn inserted_value(&mut self, target: &Target, position: Option<usize>, value: Node<'a>) -> Step {
        let column = self.protected(target).zip(position).and_then(|(target, position)| target.columns.get(position));
        let Some(column) = column.filter(|column| guarded(column)) else { return Ok(()) };
        match value {
            Node::SetToDefault(_) => Ok(()),
            Node::A_Const(constant) if constant.val().is_none() => Ok(()),
            Node::A_Const(it) if constant(value).is_some_and(|text| is_judged(column, text)) => {
                let start = usize::try_from(it.location);
                let start = start.map_err(|_| Contradiction::at(-1, "a constant without a place"))?;
                self.fix(start, start + 1);
                Ok(())
            }
            _ => {
                // the server judges it
                let parameter = matches!(inner_value(value), Some(Node::ParamRef(_)));
                let guard = column.guard_insert(target.relation, parameter);
                guard.map_or(Ok(()), |guard| self.stands_in(value, &guard.before, &guard.after))
            }
        }
    }

    /// Whether a value is a subquery whose bytes are the guard's around something in parentheses.
    fn stands_in(&self, value: Node<'a>, before: &str, after: &str) -> Step {
        let lost = |location| Contradiction::at(location, "a value for a protected column is not in its guard");
        let Node::SubLink(link) = value else { return Err(lost(-1)) };
        let (text, tokens) = (self.subject.text, self.subject.tokens);
        let start = usize::try_from(link.location).map_err(|_| lost(-1))?;
        let inner = start + before.len();
        let rest = text.get(start..).filter(|rest| rest.starts_with(before));
        let mut index = rest.and_then(|_| tokens.index_at(inner)).ok_or_else(|| lost(link.location))?;
        let mut depth = 0_usize;
        loop {
            let token = tokens.get(index).ok_or_else(|| lost(link.location))?;
            if tokens.is(index, "(") {
                depth += 1;
            } else if tokens.is(index, ")") {
                if depth == 0 {
                    let rest = text.get(token.start()..).unwrap_or_default();
                    return if rest.starts_with(after) { Ok(()) } else { Err(lost(link.location)) };
                }
                depth -= 1;
            }
            index += 1;
        }
    }

    /// Names columns of an index, whose values are not read.
    pub(super) fn naming(&mut self, node: Node<'a>, scope: Scope) {
        self.push_to(Flow::Named, node, scope);
    }

    /// Whether the cast at `location` (its `::`) is the last step of a target's column's mask.
    pub(super) fn is_own_reading(&self, target: usize, position: usize, location: i32) -> bool {
        let of_own = |reading: &Reading, at: usize| {
            (reading.target, reading.position) == (target, position) && reading.start <= at && at < reading.end
        };
        let found = || {
            let target = self.writes.targets.get(target)?;
            let column = target.columns.get(position)?;
            if column.shown.is_some() {
                // a mask under a condition
                let at = usize::try_from(location).ok()?;
                return Some(self.readings().iter().any(|reading| of_own(reading, at)));
            }
            let reading = format!("({})", column.reading(&qualified(target.name, &column.name))?);
            // the mask ends in `::<type>)`
            let cast = reading.len() - ")".len() - column.ty.sql.len() - "::".len();
            let start = usize::try_from(location).ok()?.checked_sub(cast)?;
            self.subject.tokens.index_at(start)?;
            Some(self.subject.text.get(start..)?.starts_with(&reading))
        };
        found().unwrap_or(false)
    }

    /// Whether it changes a part of its first operand, where that may be a reading: of a document, or of an array.
    pub(super) fn is_change(&self, target: usize, position: usize, node: Node<'a>) -> bool {
        let column = self.writes.targets.get(target).and_then(|target| target.columns.get(position));
        let changed = match node {
            Node::A_Expr(it) if it.kind == A_Expr_Kind::AEXPR_OP => strings(it.name()),
            Node::FuncCall(it) => strings(it.funcname()).filter(|name| name.len() == 2),
            _ => None,
        };
        let known = ["||", "-", "#-", "jsonb_set", "jsonb_set_lax", "jsonb_insert", "array_append"];
        let is_known = match changed.as_deref() {
            Some([name] | ["pg_catalog", name]) => known.contains(name),
            _ => false,
        };
        is_known && column.is_some_and(|column| column.changes_in_parts())
    }

    /// Whether a subquery is the whole row of a target, as it is read: `(SELECT "t" FROM (SELECT …) AS "t")`, perhaps in
    /// more parentheses.
    pub(super) fn is_row_reading(&self, it: &nodes::SubLink) -> Step<bool> {
        let (text, tokens) = (self.subject.text, self.subject.tokens);
        let first = usize::try_from(it.location).ok().and_then(|start| tokens.index_at(start));
        let Some(first) = first else { return Ok(false) };
        let open = (first..).take_while(|index| tokens.is(*index, "(")).count();
        let begin = (first + open).checked_sub(1).and_then(|index| tokens.get(index)).map(|token| token.start());
        let Some(begin) = begin else { return Ok(false) };
        let rest = text.get(begin..).unwrap_or_default();
        let closed = |row: &String| {
            let behind = tokens.index_at(begin + row.len() - ")".len());
            rest.starts_with(row) && behind.is_some_and(|last| (last..last + open).all(|index| tokens.is(index, ")")))
        };
        let found = self.writes.targets.iter().filter_map(row_reading).any(|row| closed(&row));
        if found && self.flow != Flow::Free {
            return Err(Contradiction::at(it.location, "a masked value may be stored: a whole row"));
        }
        Ok(found)
    }

    /// Notes a substituted scan.
    pub(super) fn scanned(
        &mut self,
        relation: &'a Relation,
        alias: Option<&'a nodes::Alias>,
        shadows: Vec<i16>,
    ) -> Step {
        let Some(RelationRight::Masked(columns)) = self.subject.rights.relation(relation.oid) else { return Ok(()) };
        let renamed = alias.and_then(|alias| strings(alias.colnames())).unwrap_or_default();
        let exposed = columns.iter().enumerate().map(|(n, column)| {
            let name = renamed.get(n).copied().unwrap_or(&column.name);
            (name, masked(column))
        });
        let exposed: Vec<(&str, bool)> = exposed.collect();
        if !shadows.is_empty() && renamed.len() > exposed.len() {
            return Err(Contradiction::at(-1, "a true value has a name of its own"));
        }
        let shadows = columns.iter().filter(|column| shadows.contains(&column.number)).collect();
        let name = alias.and_then(|alias| alias.aliasname()).unwrap_or_default();
        self.writes.scans.push(Scanned { name, columns: exposed, shadows, all: false });
        Ok(())
    }

    /// Notes a join with a name of its own.
    pub(super) fn joined_as(&mut self, alias: &'a nodes::Alias) {
        let name = alias.aliasname().unwrap_or_default();
        self.writes.scans.push(Scanned { name, columns: Vec::new(), shadows: Vec::new(), all: true });
    }

    pub(super) fn joined_naturally(&mut self, natural: bool) {
        self.writes.natural |= natural;
    }

    /// Notes a column that is read.
    pub(super) fn read(&mut self, column: &'a nodes::ColumnRef, scope: Scope) {
        if self.flow != Flow::Named {
            self.writes.reads.push(Read { column, flow: self.flow, scope });
        }
    }

    /// Proves of every column that is read that it is not a protected one, or stands in its mask, and that nothing
    /// masked is stored.
    pub(super) fn reads_are_masked(&self) -> Step {
        self.true_values_are_tested()?;
        let Writes { targets, scans, reads, .. } = &self.writes;
        let hides = targets.iter().any(|target| target.columns.iter().any(masked));
        if !hides && (self.sinks == 0 || self.substituted == 0) {
            return Ok(());
        }
        let (readings, mut steps) = (self.readings(), MAX_STEPS);
        let (mut outputs, mut whole) = (self.carriers.starred.clone(), self.carriers.whole);
        for read @ Read { column, flow, .. } in reads {
            let location = usize::try_from(column.location).unwrap_or(usize::MAX);
            let after = readings.partition_point(|reading| reading.end <= location);
            let masked = match readings.get(after).filter(|reading| reading.start <= location) {
                Some(reading) => *flow != Flow::Guarded(reading.target, reading.position),
                None if *flow == Flow::Free && self.is_tested(column) => false,
                None => self.may_be_masked(read, &mut steps)?,
            };
            match flow {
                Flow::Column(output) if masked => outputs.push(*output),
                Flow::Columns => whole |= masked,
                Flow::Free => {}
                _ if masked => return Err(Contradiction::at(column.location, "a masked value may be stored")),
                _ => {}
            }
        }
        if outputs.is_empty() && !whole {
            return Ok(());
        }
        let columns = scans.iter().flat_map(|scan| &scan.columns);
        self.carried_is_not_stored(columns.filter(|one| one.1).map(|one| one.0).collect(), &outputs, reads)
    }

    /// True values that may be tested under this name: those of scans by their shadows' names, those of targets.
    pub(super) fn testable(&self, qualifier: &str, name: &str) -> Option<&'a ColumnRight> {
        let Writes { targets, scans, .. } = &self.writes;
        let mut called = scans.iter().filter(|scan| scan.name == qualifier).peekable();
        if let Some(number) = name.strip_prefix(SHADOW) {
            called.peek()?;
            let found = |scan: &&Scanned<'a>| scan.shadows.iter().find(|one| one.number.to_string() == number).copied();
            let first = called.clone().next().and_then(|scan| found(&scan))?;
            let same = |other: &ColumnRight| other.category == first.category;
            return called.all(|scan| found(&scan).is_some_and(same)).then_some(first);
        }
        if called.peek().is_some() {
            return None;
        }
        let mut targets = targets.iter().filter(|target| target.name == qualifier);
        let column = targets.next()?.columns.iter().find(|column| &*column.name == name)?;
        let one = targets.next().is_none();
        (one && column.right == Right::Masked && column.matching).then_some(column)
    }

    /// Where a scan has true values: nothing of the statement names a shadow but equalities, and nothing takes whole
    /// rows of that scan.
    fn true_values_are_tested(&self) -> Step {
        let Writes { scans, reads, natural, .. } = &self.writes;
        let shadowed: Vec<&Scanned<'a>> = scans.iter().filter(|scan| !scan.shadows.is_empty()).collect();
        let named = scans.iter().any(|scan| scan.all);
        if !shadowed.is_empty() && (*natural || named) {
            return Err(Contradiction::at(-1, "a join that may show true values"));
        }
        for Read { column, .. } in reads {
            let (qualifier, name) = parts(column);
            let shown = name.is_some_and(|name| name.starts_with(SHADOW)) && !self.is_tested(column);
            let whole = shadowed.iter().any(|scan| match (qualifier, name) {
                (Some(qualifier), Some(name)) => {
                    qualifier == scan.name
                        && !name.starts_with(SHADOW)
                        && !scan.columns.iter().any(|(known, _)| *known == name)
                        && !SYSTEM_COLUMNS.contains(&name)
                }
                (Some(qualifier), None) => qualifier == scan.name,
                (None, Some(name)) => name == scan.name,
                (None, None) => false,
            });
            if shown || whole {
                return Err(Contradiction::at(column.location, "a true value may be shown"));
            }
        }
        Ok(())
    }

    /// Every place in the text that is a mask over a column of a target; ascending.
    fn readings(&self) -> Vec<Reading> {
        let mut readings = Vec::new();
        for (target, protected) in self.writes.targets.iter().enumerate() {
            for (position, column) in protected.columns.iter().enumerate().filter(|(_, column)| masked(column)) {
                let operand = qualified(protected.name, &column.name);
                let Some(reading) = column.reading(&operand) else { continue };
                let reading = format!("({reading})");
                let found = self.subject.text.match_indices(&reading).map(|(start, found)| (start, found.len()));
                // from the start of a token on, the same bytes are the same tokens
                let found = found.filter(|(start, _)| self.subject.tokens.index_at(*start).is_some());
                readings.extend(found.map(|(start, len)| Reading { start, end: start + len, target, position }));
            }
        }
        readings.sort_unstable_by_key(|reading| reading.start);
        readings
    }

    /// Whether a place lies in a mask over a column of a target, whose bytes are proven as a whole.
    pub(super) fn is_in_reading(&self, location: i32) -> bool {
        let within = |reading: &Reading, at: usize| reading.start <= at && at < reading.end;
        usize::try_from(location).is_ok_and(|at| self.readings().iter().any(|reading| within(reading, at)))
    }

    /// Whether a column may be a mask of a scan; it is none of the target's.
    fn may_be_masked(&self, read: &Read<'a>, steps: &mut usize) -> Step<bool> {
        let Writes { targets, scans, .. } = &self.writes;
        let Read { column, scope, .. } = *read;
        let (qualifier, name) = parts(column);
        let known = self.subject.snapshot.server_version >= KNOWN_SINCE;
        let row = known && qualifier.or(name).is_some_and(|row| BEFORE_AND_AFTER.contains(&row));
        if row && targets.iter().any(|target| target.columns.iter().any(masked)) {
            return Err(Contradiction::at(column.location, "the row before or after a write may be read"));
        }
        let own = targets.iter().any(|target| {
            let columns = target.columns.iter().map(|column| (&*column.name, masked(column)));
            may_be(target.name, columns, false, qualifier, name)
                && !(says_whose(target, column) && self.is_hidden(target.name, scope, steps))
        });
        if own {
            return Err(Contradiction::at(column.location, "a column of a target may be read without its mask"));
        }
        let stored = read.flow != Flow::Free;
        Ok(stored
            && scans.iter().any(|scan| may_be(scan.name, scan.columns.iter().copied(), scan.all, qualifier, name)))
    }
}

/// The text that stands for the whole row of a target.
fn row_reading(target: &Protected<'_>) -> Option<String> {
    let mut list = Vec::with_capacity(target.columns.len());
    for column in target.columns {
        let operand = qualified(target.name, &column.name);
        let shown = if masked(column) { format!("({})", column.reading(&operand)?) } else { operand };
        list.push(format!("{shown} AS {}", quoted(&column.name)));
    }
    let name = quoted(target.name);
    Some(format!("(SELECT {name} FROM (SELECT {}) AS {name})", list.join(", ")))
}

/// A mask over a column of a target, by its bytes.
struct Reading {
    start: usize,
    end: usize,
    target: usize,
    position: usize,
}

/// Whether `qualifier.name` may be a masked column, or a whole row, of an item with these columns (and whether they are
/// masked). A star by itself is looked at where it stands.
fn may_be<'n>(
    item: &str,
    columns: impl Iterator<Item = (&'n str, bool)>,
    all: bool,
    qualifier: Option<&str>,
    name: Option<&str>,
) -> bool {
    let mut columns = columns;
    match (qualifier, name) {
        (Some(qualifier), _) if qualifier != item => false,
        (Some(_), _) if all => true,
        (Some(_), None) => true,
        (Some(_), Some(name)) => match columns.find(|(column, _)| *column == name) {
            Some((_, masked)) => masked,
            // a function on the row
            None => !SYSTEM_COLUMNS.contains(&name),
        },
        (None, Some(_)) if all => true,
        (None, Some(name)) => name == item || columns.any(|(column, masked)| masked && column == name),
        (None, None) => false,
    }
}

/// Whether what may be a target's column, or its row, is that of the nearest item of the target's name. Behind a schema
/// only relations without an alias count.
fn says_whose(target: &Protected<'_>, column: &nodes::ColumnRef) -> bool {
    match (column.fields().len(), parts(column)) {
        (1, (_, Some(name))) => !target.columns.iter().any(|column| masked(column) && &*column.name == name),
        (parts, _) => parts == 2,
    }
}

/// Qualifier and name of a column reference; no name: a star.
pub(super) fn parts(column: &nodes::ColumnRef) -> (Option<&str>, Option<&str>) {
    let mut fields = column.fields().iter().rev().map(|field| field.as_str());
    let name = fields.next().flatten();
    (fields.next().flatten(), name)
}

/// The text of a string constant.
fn constant(node: Node<'_>) -> Option<&str> {
    match node {
        Node::A_Const(constant) => match constant.val()? {
            ConstValue::String(text) => Some(text),
            _ => None,
        },
        _ => None,
    }
}

/// What stands in a guard: `(SELECT … FROM (SELECT (value)::type) AS …)`.
pub(super) fn inner_value(node: Node<'_>) -> Option<Node<'_>> {
    fn only(node: Node<'_>) -> Option<&nodes::SelectStmt> {
        match node {
            Node::SelectStmt(select) => Some(select),
            _ => None,
        }
    }
    let Node::SubLink(link) = node else { return None };
    let Some(Node::RangeSubselect(source)) = only(link.subselect())?.from_clause().first() else { return None };
    match only(source.subquery())?.target_list().first()?.val() {
        Node::TypeCast(cast) => Some(cast.arg()),
        _ => None,
    }
}
