//! COPY: of a table or a query to the client, and from the client into what holds nothing protected.

use std::collections::BTreeSet;

use crate::catalog::snapshot::RelationKind;
use crate::grammar::{Node, names, nodes};
use crate::model::facts::StatementClass;

use super::refuse::{Step, not_allowed, not_understood};
use super::scan::{Named, Rows, substitution};
use super::scope::{Fields, Role};
use super::spare::Listed;
use super::walk::{Walk, strings};

/// Options of COPY; none of them reads anything.
const OPTIONS: [&str; 16] = [
    "format",
    "freeze",
    "delimiter",
    "null",
    "default",
    "header",
    "quote",
    "escape",
    "force_quote",
    "force_not_null",
    "force_null",
    "encoding",
    "on_error",
    "log_verbosity",
    "reject_limit",
    "oids",
];

impl<'a> Walk<'a> {
    pub(super) fn copy(&mut self, copy: &'a nodes::CopyStmt) -> Step {
        self.facts.class = if copy.is_from { StatementClass::CopyIn } else { StatementClass::CopyOut };
        if copy.is_program || copy.filename().is_some() {
            return Err(not_allowed("COPY to or from a file or program"));
        }
        for option in copy.options() {
            if option.defnamespace().is_some() || !option.defname().is_some_and(|name| OPTIONS.contains(&name)) {
                return Err(not_understood("this option of COPY", option.location));
            }
        }
        match (copy.relation(), copy.is_from) {
            (None, false) => match copy.query() {
                Node::SelectStmt(_) => self.query(copy.query()).map(drop),
                _ => Err(not_allowed("COPY of a statement that writes")),
            },
            (None, true) => Err(not_understood("this COPY", -1)),
            (Some(range), true) => self.copy_in(copy, range),
            (Some(range), false) => self.copy_out(copy, range),
        }
    }

    /// COPY … FROM STDIN: a WHERE of its own tests every value that is brought for a guarded column. What WHERE reads
    /// are the client's own values.
    fn copy_in(&mut self, copy: &'a nodes::CopyStmt, range: &'a nodes::RangeVar) -> Step {
        let list = strings(copy.attlist()).ok_or_else(|| not_understood("this column list", range.location))?;
        let target = self.target_of(Some(range))?;
        if let Some(refusal) = target.closed_among(&list).or_else(|| target.uncopied_among(&list)) {
            return Err(refusal);
        }
        self.spelled_copy(&target, &list)?;
        for position in target.positions(&list) {
            self.note_written(&target, position);
        }
        self.note_copied(&target.named, &list, Role::Name)?;
        let tests = target.copy_tests(&list);
        if !tests.is_empty() {
            self.test_copied(&tests, &target.named, copy)?;
        }
        if super::walk::absent(copy.where_clause()) {
            return Ok(());
        }
        self.scope.open();
        self.enter(None, range.relname(), target.named.described(), target.named.names(), None)?;
        self.expression(copy.where_clause())
    }

    fn test_copied(&mut self, tests: &[String], named: &Named<'a>, copy: &'a nodes::CopyStmt) -> Step {
        let lost = || not_understood("this spelling of COPY", -1);
        let tests = tests.iter().map(|test| format!("({test})")).collect::<Vec<_>>().join(" AND ");
        let mut behind = named.place.next;
        while self.tokens.get(behind).is_some() && !self.tokens.is(behind, ";") {
            behind += 1;
        }
        let end = behind.checked_sub(1).and_then(|last| self.tokens.get(last)).ok_or_else(lost)?.end();
        if super::walk::absent(copy.where_clause()) {
            self.edits.insert(end, format!(" WHERE {tests}"));
            return Ok(());
        }
        let condition = self.word_from(named.place.next, "where").ok_or_else(lost)? + 1;
        let start = self.tokens.get(condition).ok_or_else(lost)?.start();
        self.edits.insert(start, format!("{tests} AND ("));
        self.edits.insert(end, ")".into());
        Ok(())
    }

    fn copy_out(&mut self, copy: &'a nodes::CopyStmt, range: &'a nodes::RangeVar) -> Step {
        let location = range.location;
        let named = self.named(range)?;
        let list = strings(copy.attlist()).ok_or_else(|| not_understood("this column list", location))?;
        self.note_copied(&named, &list, Role::Shared)?;
        let Some(columns) = self.protected(&named) else {
            self.pin(&named);
            return Ok(());
        };
        if named.relation.kind != RelationKind::Table {
            return Err(not_understood("COPY of anything but a table with protected columns", location)
                .hint("Use COPY (SELECT …) TO STDOUT."));
        }
        if let Some(unknown) = list.iter().find(|name| named.relation.column(name).is_none()) {
            return Err(super::missing::column(&named.relation.name, unknown));
        }
        let end = self.end_of_copied(&named, list.is_empty())?;
        let listed = |position: usize| {
            let column = named.relation.columns.get(position);
            let used = column.is_none_or(|column| list.is_empty() || list.contains(&&*column.name));
            if used { Listed::Value } else { Listed::Unused }
        };
        let filter = self.context.rights.filter(named.relation.oid);
        let sorted = !self.context.rights.sorts(named.relation.oid).is_empty();
        let rows = Rows { filter, sorted, fenced: false };
        let from = substitution(named.relation, columns, true, &[], &BTreeSet::new(), listed, rows);
        let copied = named.relation.columns.iter().filter(|column| !column.generated);
        let all: Vec<&str> = copied.map(|column| &*column.name).collect();
        let targets = if list.is_empty() { all } else { list };
        let targets: Vec<String> = targets.into_iter().map(names::quoted).collect();
        let alias = names::quoted(&named.relation.name);
        let text = format!("(SELECT {} FROM {from} AS {alias})", targets.join(", "));
        self.edits.replace(named.place.start, end, text);
        self.facts.substituted += 1;
        Ok(())
    }

    /// The columns that are copied, as references of a level of their own.
    fn note_copied(&mut self, named: &Named<'a>, list: &[&'a str], role: Role) -> Step {
        self.scope.open();
        self.enter(None, Some(&named.relation.name), named.described(), named.names(), None)?;
        let refer = |name| Fields { catalog: None, schema: None, qualifier: None, name };
        if list.is_empty() {
            self.scope.refer(refer(None), -1, role);
        }
        for name in list {
            self.scope.refer(refer(Some(name)), -1, role);
        }
        Ok(())
    }

    /// The byte after the name and its column list. The oldest spellings of COPY take no query: refused.
    fn end_of_copied(&self, named: &Named<'a>, whole: bool) -> Step<usize> {
        let lost = || not_understood("this spelling of COPY", -1);
        let tokens = self.tokens;
        let before = named.place.first.checked_sub(1).ok_or_else(lost)?;
        if !tokens.is(before, "copy") {
            return Err(lost());
        }
        let mut index = named.place.next;
        let mut end = named.place.end;
        if !whole {
            if !tokens.is(index, "(") {
                return Err(lost());
            }
            while !tokens.is(index, ")") {
                index += 1;
                tokens.get(index).ok_or_else(lost)?;
            }
            end = tokens.get(index).ok_or_else(lost)?.end();
            index += 1;
        }
        let old = tokens.is(index + 2, "using") || tokens.is(index + 2, "delimiters");
        if tokens.is(index, "to") && tokens.is(index + 1, "stdout") && !old { Ok(end) } else { Err(lost()) }
    }
}
