//! What a write assigns to: which columns may be written, and the write-back guard around their values.

use crate::grammar::names::{qualified, quoted};
use crate::grammar::{ConstValue, Node, NodeList, nodes};
use crate::mask::Guard;
use crate::model::facts::{Right, WriteRight};
use crate::model::ids::{ColumnId, Oid};
use crate::model::refusal::{Reason, Refusal};
use crate::rights::table::{ColumnRight, RelationRight};

use super::refuse::{Step, not_understood};
use super::scan::Named;
use super::scope::{Fields, Flow, Role};
use super::span::{AFTER_ASSIGNMENT, Span};
use super::tied::assigned_value;
use super::walk::Walk;

/// The refusal of a write that the policy does not allow, or that could put a mask over a true value.
pub(super) fn protected_write(location: i32) -> Refusal {
    Refusal::new(Reason::ProtectedWrite, "this user may not write where protected columns are read or written")
        .hint("Write tables that hold nothing protected, or write into a temporary table.")
        .at(location)
}

/// The refusal of a masked value on its way into something that outlives the session.
pub(super) fn masked_flow(what: &str, location: i32) -> Refusal {
    Refusal::new(Reason::ProtectedWrite, format!("a masked value may not be stored: {what}"))
        .detail("What this user reads of the column is a mask; stored, it would pass for a true value.")
        .hint("Leave the column out, or write into a temporary table.")
        .at(location)
}

fn masked_reading(name: &str, location: i32) -> Refusal {
    Refusal::new(Reason::ProtectedWrite, format!("a masked reading may not be written to column {name}"))
        .hint("Write the whole true value, or leave the column out of the statement.")
        .at(location)
}

fn decisive(name: &str, shown: &str, location: i32) -> Refusal {
    Refusal::new(Reason::ProtectedWrite, format!("column {name} decides what this user may read of a row"))
        .detail(format!("Column {shown} is shown or hidden by it."))
        .hint("Leave the column out, or write as a user whom the rule does not concern.")
        .at(location)
}

fn closed(column: &ColumnRight, location: i32) -> Refusal {
    Refusal::new(Reason::ProtectedWrite, format!("column {} may not be written by this user", column.name))
        .hint("Leave the column out, or ask for a role that may write it.")
        .at(location)
}

fn is_among(list: &[&str], column: &ColumnRight) -> bool {
    list.is_empty() || list.contains(&&*column.name)
}

/// What a statement writes to.
#[derive(Clone, Debug)]
pub(super) struct Target<'a> {
    pub(super) named: Named<'a>,
    /// Its columns, if one of them is classified.
    pub(super) columns: Option<&'a [ColumnRight]>,
    /// The name that its columns are qualified by, and its FROM item once that has been entered.
    pub(super) name: String,
    pub(super) entry: Option<usize>,
    /// The condition over it that holds for the rows that this principal reads, if not for all.
    pub(super) filter: Option<String>,
    pub(super) location: i32,
}

impl<'a> Target<'a> {
    pub(super) fn oid(&self) -> Oid {
        self.named.relation.oid
    }

    pub(super) fn column(&self, position: usize) -> Option<&'a ColumnRight> {
        self.columns?.get(position)
    }

    /// Whether something of it is not read in clear.
    pub(super) fn masked(&self) -> bool {
        self.columns.is_some_and(|columns| columns.iter().any(|column| column.right < Right::Clear))
    }

    /// Whether values that are written to it need to be looked at one by one.
    pub(super) fn guarded(&self) -> bool {
        let open = |column: &ColumnRight| column.right == Right::Clear && column.write == WriteRight::Free;
        self.columns.is_some_and(|columns| !columns.iter().all(open))
    }

    /// The refusal of a write to a closed column of a list; an empty list means all columns.
    pub(super) fn closed_among(&self, list: &[&str]) -> Option<Refusal> {
        let mut columns = self.columns?.iter();
        let closed_one = columns.find(|one| one.write == WriteRight::Denied && is_among(list, one))?;
        Some(closed(closed_one, self.location))
    }

    /// The refusal of a list of columns for COPY, if one of them can be tested by no WHERE.
    pub(super) fn uncopied_among(&self, list: &[&str]) -> Option<Refusal> {
        let mut columns = self.columns?.iter();
        let column = columns.find(|one| one.uncopied() && is_among(list, one))?;
        let what = format!("what COPY brings for column {} cannot be tested for masked readings", column.name);
        let hint = "Leave the column out of the list, or write it by INSERT.";
        Some(Refusal::new(Reason::ProtectedWrite, what).hint(hint).at(self.location))
    }

    /// What must hold of the values that COPY brings for these columns.
    pub(super) fn copy_tests(&self, list: &[&str]) -> Vec<String> {
        let columns = self.columns.unwrap_or_default().iter().filter(|column| is_among(list, column));
        let operand = |column: &ColumnRight| qualified(&self.named.relation.name, &column.name);
        columns.filter_map(|column| column.guard_copy(self.oid(), &operand(column))).collect()
    }

    /// Positions of the columns of a list; an empty list means all columns.
    pub(super) fn positions(&self, list: &[&str]) -> Vec<usize> {
        let columns = self.named.relation.columns.iter().enumerate();
        let meant = |name: &str| list.is_empty() || list.contains(&name);
        columns.filter(|(_, column)| meant(&column.name)).map(|(position, _)| position).collect()
    }

    /// Where values go that are written to a column.
    pub(super) fn flow(&self, position: Option<usize>) -> Flow {
        match (self.named.temporary, self.entry, position) {
            (true, ..) => Flow::Free,
            (false, Some(entry), Some(position)) if self.column(position).is_some_and(guards) => {
                Flow::Guarded(entry, position)
            }
            _ => Flow::Stored,
        }
    }
}

fn guards(column: &ColumnRight) -> bool {
    column.right < Right::Clear && column.write == WriteRight::Guarded
}

impl<'a> Walk<'a> {
    /// Resolves and pins what a statement writes to, and says whether it can be written at all.
    pub(super) fn target_of(&mut self, range: Option<&'a nodes::RangeVar>) -> Step<Target<'a>> {
        let range = range.ok_or_else(|| not_understood("a write without a target", -1))?;
        let named = self.named(range)?;
        self.writable(&named, range.location)?;
        self.pin(&named);
        let columns = match self.context.rights.relation(named.relation.oid) {
            _ if named.temporary => None,
            Some(RelationRight::Masked(columns) | RelationRight::Clear(columns)) => Some(&**columns),
            _ => None,
        };
        let alias = range.alias().and_then(|alias| alias.aliasname());
        let name = alias.or(range.relname()).unwrap_or_default().to_owned();
        let filter = self.target_filter(&named, &name, range.location)?;
        let target = Target { named, columns, name, filter, entry: None, location: range.location };
        if target.guarded() && matches!(&*target.name, "menshen" | "restored") {
            let what = format!("a table called {} as the target of a write", target.name);
            return Err(not_understood(&what, range.location).hint("Give it another alias."));
        }
        Ok(target)
    }

    fn target_filter(&self, named: &Named<'a>, name: &str, location: i32) -> Step<Option<String>> {
        let Some(filter) = self.context.rights.filter(named.relation.oid).filter(|_| !named.temporary) else {
            return Ok(None);
        };
        let over = filter.condition.over(&quoted(name));
        over.map(Some).ok_or_else(|| {
            not_understood("the name of a table whose rows are filtered", location).hint("Give it another alias.")
        })
    }

    /// The column that an item of a column list or of SET means. `None`: the server says that there is none.
    pub(super) fn assigned_column(&mut self, target: &Target<'a>, item: &'a nodes::ResTarget) -> Step<Option<usize>> {
        let written = Fields { catalog: None, schema: None, qualifier: None, name: item.name() };
        self.scope.refer(written, item.location, Role::Name);
        let position = target.named.relation.columns.iter().position(|column| Some(&*column.name) == item.name());
        if let Some(position) = position {
            self.note_written(target, position);
        }
        let right = position.and_then(|position| target.column(position));
        if let Some(column) = right.filter(|column| column.write == WriteRight::Denied) {
            return Err(closed(column, item.location));
        }
        if right.is_some_and(guards) && !item.indirection().is_empty() {
            return Err(not_understood("an assignment to a part of a protected column", item.location)
                .hint("Assign the whole value."));
        }
        for step in item.indirection() {
            match step {
                Node::String(_) => {}
                // a key of a document is stored, too
                Node::A_Indices(indices) => self.flowing(target.flow(None), |walk| {
                    walk.expression(indices.lidx())?;
                    walk.expression(indices.uidx())
                })?,
                _ => return Err(not_understood("this assignment", item.location)),
            }
        }
        Ok(position)
    }

    /// Writes the guard of an assignment around a value.
    pub(super) fn guard_assigned(
        &mut self,
        target: &Target<'a>,
        position: Option<usize>,
        value: Node<'a>,
        span: impl FnOnce(&Self) -> Option<Span>,
    ) -> Step {
        let Some(column) = position.and_then(|position| target.column(position)) else { return Ok(()) };
        if matches!(value, Node::SetToDefault(_)) {
            return Ok(());
        }
        let stored = qualified(&target.name, &column.name);
        let parameter = matches!(value, Node::ParamRef(_));
        match column.guard_update(target.oid(), &stored, parameter) {
            Some(guard) => self.wrap(guard, span(self), target.location),
            None => Ok(()),
        }
    }

    /// Writes the guard of an inserted value around it.
    pub(super) fn guard_inserted(
        &mut self,
        target: &Target<'a>,
        position: Option<usize>,
        value: Node<'a>,
        span: impl FnOnce(&Self) -> Option<Span>,
    ) -> Step {
        let Some(column) = position.and_then(|position| target.column(position)) else { return Ok(()) };
        match value {
            Node::SetToDefault(_) => return Ok(()),
            Node::A_Const(constant) => match constant.val() {
                None => return Ok(()),
                Some(ConstValue::String(text)) if column.judges(text) => {
                    return match column.is_masked_reading(text) {
                        true => Err(masked_reading(&column.name, constant.location)),
                        false => Ok(()),
                    };
                }
                _ => {}
            },
            _ => {}
        }
        match column.guard_insert(target.oid(), matches!(value, Node::ParamRef(_))) {
            Some(guard) => self.wrap(guard, span(self), target.location),
            None => Ok(()),
        }
    }

    fn wrap(&mut self, guard: Guard, span: Option<Span>, location: i32) -> Step {
        let Span { start, end } =
            span.ok_or_else(|| not_understood("the spelling of a value for a protected column", location))?;
        self.edits.insert(start, guard.before);
        self.edits.insert(end, guard.after);
        self.added_is_bounded()
    }

    /// Refuses an assignment to a column by which the policy decides what is shown of a row.
    fn decides_nothing(&self, target: &Target<'a>, position: Option<usize>, location: i32) -> Step {
        let column = position.and_then(|position| target.named.relation.columns.get(position));
        let Some(column) = column.filter(|_| !target.named.temporary) else { return Ok(()) };
        match self.context.rights.decides(target.oid(), column.number) {
            Some(shown) => Err(decisive(&column.name, shown, location)),
            None => Ok(()),
        }
    }

    /// SET: every assignment with its guard, and where its value goes. `sources`: see [`Self::untied`].
    pub(super) fn assignments(
        &mut self,
        target: &Target<'a>,
        list: impl IntoIterator<Item = &'a nodes::ResTarget>,
        sources: &[&'a str],
    ) -> Step {
        let list: Vec<&'a nodes::ResTarget> = list.into_iter().collect();
        self.untied(target, &list, sources)?;
        list.iter().for_each(|item| self.note_replaced(target, item, assigned_value(item)));
        let mut items = list.into_iter();
        while let Some(item) = items.next() {
            let Node::MultiAssignRef(multi) = item.val() else {
                let position = self.assigned_column(target, item)?;
                self.decides_nothing(target, position, item.location)?;
                self.relabelled(target, position);
                self.guard_assigned(target, position, item.val(), |walk| walk.assigned_span(item))?;
                self.flowing(target.flow(position), |walk| walk.expression(item.val()))?;
                continue;
            };
            let mut columns = vec![self.assigned_column(target, item)?];
            self.decides_nothing(target, columns.first().copied().flatten(), item.location)?;
            self.relabelled(target, columns.first().copied().flatten());
            let mut last = item;
            for _ in 1..multi.ncolumns {
                last = items.next().ok_or_else(|| not_understood("this assignment", item.location))?;
                let position = self.assigned_column(target, last)?;
                self.decides_nothing(target, position, last.location)?;
                self.relabelled(target, position);
                columns.push(position);
            }
            self.assigned_together(target, &columns, last, multi.source())?;
        }
        Ok(())
    }

    /// Notes an assignment to a column that says how a row is counted.
    fn relabelled(&mut self, target: &Target<'a>, position: Option<usize>) {
        let Some(column) = position.and_then(|position| target.named.relation.columns.get(position)) else { return };
        let column = ColumnId { relation: target.oid(), number: column.number };
        self.note_relabelled(self.context.rights.labelled_by(column));
    }

    /// Notes the relations of which a row may say something else of whom or of what it is.
    pub(super) fn note_relabelled(&mut self, relations: &[Oid]) {
        for relation in relations {
            if !self.facts.relabels.contains(relation) {
                self.facts.relabels.push(*relation);
            }
        }
    }

    /// `(a, b) = (…)`.
    fn assigned_together(
        &mut self,
        target: &Target<'a>,
        columns: &[Option<usize>],
        last: &'a nodes::ResTarget,
        source: Node<'a>,
    ) -> Step {
        let Node::RowExpr(row) = source else {
            let guarded = columns.iter().any(|position| matches!(target.flow(*position), Flow::Guarded(..)));
            if guarded {
                return Err(not_understood("protected columns assigned together from one subquery", last.location)
                    .hint("Assign each of them by itself."));
            }
            return self.flowing(target.flow(None), |walk| walk.expression(source));
        };
        if row.args().len() != columns.len() {
            return Err(not_understood("a row of another length than its columns", last.location));
        }
        let spans = self.row_spans(last, row.args());
        for (n, (position, value)) in columns.iter().zip(row.args()).enumerate() {
            let span = spans.as_ref().and_then(|spans| spans.get(n).copied());
            self.guard_assigned(target, *position, value, |_| span)?;
            self.flowing(target.flow(*position), |walk| walk.expression(value))?;
        }
        Ok(())
    }

    /// The bytes of `value` in `column = value`.
    fn assigned_span(&self, item: &nodes::ResTarget) -> Option<Span> {
        let (_, behind) = self.tokens.name(self.first_token(item).ok()?)?;
        self.tokens.is(behind, "=").then(|| self.span(behind + 1, AFTER_ASSIGNMENT))?
    }

    /// The bytes of each value in `(…, last) = [ROW] (value, …)`.
    fn row_spans(&self, last: &nodes::ResTarget, values: &NodeList) -> Option<Vec<Span>> {
        let (_, behind) = self.tokens.name(self.first_token(last).ok()?)?;
        let open = behind + 2;
        let open = open + usize::from(self.tokens.is(open, "row"));
        let found = self.tokens.is(behind, ")") && self.tokens.is(behind + 1, "=");
        let (spans, _) = self.items(open).filter(|_| found)?;
        (spans.len() == values.len()).then_some(spans)
    }
}
