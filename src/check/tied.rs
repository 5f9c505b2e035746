//! Nothing is written by whose failing a column would be told that is not clear, see `rights::ties`: proven of the
//! rewritten text, by blunt rules.

use crate::catalog::snapshot::Relation;
use crate::grammar::{Node, nodes};
use crate::model::facts::WriteRight;
use crate::model::ids::Oid;
use crate::model::tables::Set;
use crate::rights::table::ColumnRight;
use crate::rights::ties::{Tied, Unique};

use super::target::{Target, inner_value, parts};
use super::walk::{Walk, strings};
use super::{Contradiction, Step};

/// The system column that keeps who locked or changed a row last.
pub(super) const LOCKER: &str = "xmax";

/// What a value may be made by, of constants.
const CALLS: &[&str] = &["lower", "upper", "btrim", "ltrim", "rtrim", "replace"];

/// An assignment, by the number of its column.
struct Assigned<'a> {
    number: i16,
    name: &'a str,
    /// Nothing stays of what the column held.
    replaced: bool,
    value: Node<'a>,
}

impl<'a> Walk<'a> {
    fn ties(&self, target: &Target) -> Option<&'a Tied> {
        self.subject.rights.tied(target.relation()).filter(|_| !target.temporary)
    }

    /// Every column that is assigned to leaves no other in its set with what it held, if that is not clear.
    pub(super) fn nothing_tied(
        &mut self,
        target: &Target,
        items: &[&'a nodes::ResTarget],
        given: &Set<&'a str>,
    ) -> Step {
        let Some(ties) = self.ties(target) else { return Ok(()) };
        let Some(relation) = self.subject.snapshot.relation(target.relation()) else { return Ok(()) };
        // the server has no such column, either, or one that is tied to none yet
        let known = |item: &&nodes::ResTarget| item.name().is_none_or(|name| relation.column(name).is_some());
        let items: Vec<&'a nodes::ResTarget> = items.iter().copied().filter(known).collect();
        let assigned: Vec<Assigned<'a>> = items.iter().filter_map(|item| self.assigned(target, item)).collect();
        if assigned.len() != items.len() {
            return Err(Contradiction::at(-1, "a column is assigned that is not known"));
        }
        let stays = |number: &i16| !assigned.iter().any(|one| one.number == *number && one.replaced);
        for one in &assigned {
            let moves = ties.sets.iter().filter(|set| set.touches.contains(&one.number));
            let mut kept = moves.flat_map(|set| &set.keeps);
            if kept.any(|(_, places)| !places.contains(&one.number) && places.iter().all(stays)) {
                return Err(Contradiction::at(-1, format!("column {} is tied to one that is not clear", one.name)));
            }
            if ties.uniques.iter().any(|unique| unique.hidden.contains(&one.number)) {
                self.given_alone = true;
                if !self.is_given(one, given) {
                    return Err(Contradiction::at(-1, format!("many values are tried for column {}", one.name)));
                }
            }
        }
        Ok(())
    }

    /// Deleting rows writes nothing elsewhere that is tied to what is not clear.
    pub(super) fn nothing_follows(&self, target: &Target) -> Step {
        match self.ties(target).is_some_and(|ties| ties.removal.is_some()) {
            true => Err(Contradiction::at(-1, "rows are deleted that others are tied to")),
            false => Ok(()),
        }
    }

    fn assigned(&self, target: &Target, item: &'a nodes::ResTarget) -> Option<Assigned<'a>> {
        let name = item.name()?;
        let relation = self.subject.snapshot.relation(target.relation())?;
        let number = relation.column(name)?.number;
        let free = |right: &ColumnRight| right.write == WriteRight::Free;
        let whole = item.indirection().is_empty();
        let default = matches!(item.val(), Node::SetToDefault(_));
        let replaced = whole && (default || self.right_of(target, name).is_none_or(free));
        let value = match item.val() {
            Node::MultiAssignRef(part) => match part.source() {
                Node::RowExpr(row) => row.args().get(usize::try_from(part.colno).ok()?.checked_sub(1)?)?,
                other => other,
            },
            value => value,
        };
        Some(Assigned { number, name, replaced, value })
    }

    /// Rows that are inserted, where each may be a guess, are in the text.
    pub(super) fn rows_are_given(
        &mut self,
        target: &Target,
        list: &[&'a str],
        query: Node<'a>,
        conflict: Option<&'a nodes::OnConflictClause>,
    ) -> Step {
        let Some(ties) = self.ties(target).filter(|ties| !ties.uniques.is_empty()) else { return Ok(()) };
        let Some(relation) = self.subject.snapshot.relation(target.relation()) else { return Ok(()) };
        let tried = |number: &i16| {
            let name = relation.column_by_number(*number).map(|column| &*column.name);
            list.is_empty() || relation.fills(*number) || name.is_some_and(|name| list.contains(&name))
        };
        let meant = |unique: &Unique| conflict.is_some_and(|conflict| is_meant(relation, conflict, unique));
        if !ties.uniques.iter().any(|unique| unique.filled || unique.hidden.iter().any(tried) || meant(unique)) {
            return Ok(());
        }
        self.given_alone = true;
        match query {
            Node::None => Ok(()),
            query if has_given_rows(query) => Ok(()),
            _ => Err(Contradiction::at(-1, "rows that are not in the text are tried under a unique index")),
        }
    }

    /// COPY brings no column that is looked for in a unique index and is not clear.
    pub(super) fn copies_no_guess(&self, target: &Target, list: &[&str]) -> Step {
        let Some(ties) = self.ties(target) else { return Ok(()) };
        let Some(relation) = self.subject.snapshot.relation(target.relation()) else { return Ok(()) };
        if ties.fills() {
            return Err(Contradiction::at(-1, "COPY fills a column that is not clear and not shown"));
        }
        for number in ties.uniques.iter().flat_map(|unique| &unique.hidden) {
            let name = relation.column_by_number(*number).map(|column| &*column.name);
            if list.is_empty() || relation.fills(*number) || name.is_none_or(|name| list.contains(&name)) {
                return Err(Contradiction::at(-1, "COPY tries values of a column that is not clear"));
            }
        }
        Ok(())
    }

    /// Notes where RETURNING of an INSERT names its own rows: outside of subqueries.
    pub(super) fn inserted_is_returned(&mut self, it: Option<&'a nodes::ReturningClause>) {
        let mut pending: Vec<Node<'a>> = it.into_iter().flat_map(|it| it.exprs().iter()).collect();
        while let Some(node) = pending.pop() {
            match node {
                Node::ColumnRef(it) if parts(it).1 == Some(LOCKER) => _ = self.inserted.insert(it.location),
                Node::ResTarget(it) => pending.push(it.val()),
                Node::TypeCast(it) => pending.push(it.arg()),
                Node::A_Expr(it) => pending.extend([it.lexpr(), it.rexpr()]),
                Node::BoolExpr(it) => pending.extend(it.args()),
                Node::NullTest(it) => pending.push(it.arg()),
                Node::CoalesceExpr(it) => pending.extend(it.args()),
                Node::CaseExpr(it) => pending.extend(it.args().iter().chain([it.arg(), it.defresult()])),
                Node::CaseWhen(it) => pending.extend([it.expr(), it.result()]),
                Node::FuncCall(it) => pending.extend(it.args()),
                _ => {}
            }
        }
    }

    /// Who locked a row that is there may be whoever refers to it: nobody is told.
    pub(super) fn nobody_tells_who_locked(&self) -> Step {
        let Some(place) = self.lockers.iter().find(|place| !self.inserted.contains(place)) else { return Ok(()) };
        let of_people = |oid: &Oid| self.subject.snapshot.relation(*oid).is_none_or(|one| &*one.schema != "pg_catalog");
        match self.relations.iter().any(of_people) && !self.subject.rights.unrestricted() {
            true => Err(Contradiction::at(*place, "who refers to a row may be read")),
            false => Ok(()),
        }
    }

    /// Of the whole statement: no rows are made beside those in the text, and nothing names partitions apart.
    pub(super) fn nothing_tells_partitions(&self) -> Step {
        if self.given_alone && self.rows_made {
            return Err(Contradiction::at(-1, "a function makes rows where all must be in the text"));
        }
        let names = |one: &str| self.columns.iter().any(|(_, name)| *name == one);
        if self.filtered && names("ctid") {
            return Err(Contradiction::at(-1, "the place of a row may be read where others are left out"));
        }
        let named = names("tableoid") || names("ctid");
        let parted = |oid: &Oid| self.subject.rights.parted(*oid);
        if self.subject.rights.parts() && (named || self.lists_partitions) && self.relations.iter().any(parted) {
            return Err(Contradiction::at(-1, "the partition of a row may be read, which is not clear"));
        }
        Ok(())
    }
}

/// Whether the arbiter of ON CONFLICT may be this index.
fn is_meant(relation: &Relation, conflict: &nodes::OnConflictClause, unique: &Unique) -> bool {
    let Some(infer) = conflict.infer() else { return true };
    if infer.conname().is_some() {
        return infer.conname() == Some(&*unique.name);
    }
    let names = infer.index_elems().iter().map(|element| match element {
        Node::IndexElem(element) => element.name(),
        _ => None,
    });
    let (Some(names), Some(keys)) = (names.collect::<Option<Set<&str>>>(), &unique.keys) else { return true };
    let of = |number: &i16| relation.column_by_number(*number).map(|column| &*column.name);
    keys.iter().map(of).collect::<Option<Set<&str>>>().is_none_or(|keys| keys == names)
}

fn has_given_rows(query: Node<'_>) -> bool {
    match query {
        Node::SelectStmt(it) if !it.values_lists().is_empty() => true,
        Node::SelectStmt(it) => it.from_clause().is_empty() && it.larg().is_none() && it.rarg().is_none(),
        _ => false,
    }
}

/// Names of items of FROM that have no rows but those in the text.
pub(super) fn given_items<'a>(from: impl IntoIterator<Item = Node<'a>>) -> Set<&'a str> {
    let mut names = Set::default();
    for item in from {
        if let Node::RangeSubselect(sub) = item
            && !sub.lateral
            && has_given_rows(sub.subquery())
        {
            names.extend(sub.alias().and_then(nodes::Alias::aliasname));
        }
    }
    names
}

impl Walk<'_> {
    /// Whether a value is in the text, or what the column held, perhaps behind its mask or guard.
    fn is_given(&self, assigned: &Assigned<'_>, items: &Set<&str>) -> bool {
        let mut pending = vec![inner_value(assigned.value).unwrap_or(assigned.value)];
        while let Some(node) = pending.pop() {
            match node {
                Node::None | Node::SetToDefault(_) | Node::ParamRef(_) | Node::A_Const(_) => {}
                Node::TypeCast(it) if self.is_in_reading(it.location) => {}
                Node::CaseExpr(it) if self.is_in_reading(it.location) => {}
                Node::TypeCast(it) => pending.push(it.arg()),
                Node::CollateClause(it) => pending.push(it.arg()),
                Node::CaseExpr(it) => pending.extend(it.args().iter().chain([it.defresult()])),
                Node::CaseWhen(it) => pending.push(it.result()),
                Node::CoalesceExpr(it) => pending.extend(it.args()),
                Node::A_Expr(it) => pending.extend([it.lexpr(), it.rexpr()]),
                Node::FuncCall(it) => match strings(it.funcname()).as_deref() {
                    Some(["pg_catalog", name]) if CALLS.contains(name) && !it.args().is_empty() => {
                        pending.extend(it.args());
                    }
                    _ => return false,
                },
                Node::ColumnRef(it) => match parts(it) {
                    (Some(qualifier), _) if items.contains(qualifier) => {}
                    (_, Some(name)) if name == assigned.name => {}
                    _ => return false,
                },
                _ => return false,
            }
        }
        true
    }
}
