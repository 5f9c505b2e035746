//! Writes that would tell, by failing or not, what columns hold that are not read in clear: because the server looks at
//! both together, or because so many guesses are made at once.

use crate::catalog::snapshot::Column;
use crate::grammar::{Node, nodes};
use crate::model::facts::WriteRight;
use crate::model::refusal::{Reason, Refusal};
use crate::rights::table::ColumnRight;
use crate::rights::ties::{Tied, Unique};

use super::refuse::{Step, not_understood};
use super::scope::{Entry, Reference, fields};
use super::target::Target;
use super::walk::{Walk, absent};

/// Functions of what is spelled out whose results are no more than that.
const PLAIN: [&str; 6] = ["lower", "upper", "btrim", "ltrim", "rtrim", "replace"];

/// System columns that tell partitions apart.
const OF_PARTITION: [&str; 2] = ["tableoid", "ctid"];

fn tied_to(column: &str, kept: &str, by: &str, location: i32) -> Refusal {
    Refusal::new(Reason::ProtectedWrite, format!("column {column} may not be assigned while {kept} stays as it is"))
        .detail(format!("By {by}, whether that fails would tell what {kept} holds, which this user reads masked."))
        .hint("Leave the column out, or write as a user who reads both in clear.")
        .at(location)
}

/// The system column in which a row keeps who locked it last.
pub(super) const LOCKER: &str = "xmax";

pub(super) fn locker(location: i32) -> Refusal {
    not_understood("xmax of rows that are there already", location)
        .detail("It tells which rows of other tables refer to them.")
        .hint("Leave it out, or read it in RETURNING of an INSERT; xmin tells versions of a row apart.")
}

fn many_guesses(location: i32) -> Refusal {
    let what = "rows that are computed or read may not be written under a unique index over a protected column";
    Refusal::new(Reason::ProtectedWrite, what)
        .detail("Whether that fails would tell at once of all of them whether they exist.")
        .hint("Write the values in the statement: VALUES (…), or constants and parameters.")
        .at(location)
}

/// What is written, if it is written where the definitions of the database are felt.
fn tied<'a>(walk: &Walk<'a>, target: &Target<'a>) -> Option<&'a Tied> {
    walk.context.rights.tied(target.named.relation.oid).filter(|_| !target.named.temporary)
}

impl<'a> Walk<'a> {
    /// Refuses assignments to columns that are tied to others which are not clear and keep what they hold. `sources`:
    /// names of FROM items whose rows are spelled out.
    pub(super) fn untied(&mut self, target: &Target<'a>, items: &[&'a nodes::ResTarget], sources: &[&'a str]) -> Step {
        let Some(tied) = tied(self, target) else { return Ok(()) };
        let number = |item: &nodes::ResTarget| target.named.relation.column(item.name()?).map(|column| column.number);
        let replaced = |kept: &i16| items.iter().any(|item| number(item) == Some(*kept) && target.replaces(item));
        for item in items {
            let (Some(assigned), Some(name)) = (number(item), item.name()) else { continue };
            for tie in tied.sets.iter().filter(|tie| tie.touches.contains(&assigned)) {
                let keeps = |(_, at): &&(_, Vec<i16>)| !at.contains(&assigned) && !at.iter().any(replaced);
                if let Some((kept, _)) = tie.keeps.iter().find(keeps) {
                    return Err(tied_to(name, kept, &tie.by, item.location));
                }
            }
            let guessed = tied.uniques.iter().any(|unique| unique.hidden.contains(&assigned));
            if guessed && !(assigned_value(item)).is_some_and(|value| is_spelled(value, name, target, sources)) {
                return Err(many_guesses(item.location));
            }
            self.scope.spelled |= guessed;
        }
        Ok(())
    }

    /// Refuses deletions that write elsewhere what is tied to columns that are not clear.
    pub(super) fn removable(&self, target: &Target<'a>) -> Step {
        let Some(removal) = tied(self, target).and_then(|tied| tied.removal.as_ref()) else { return Ok(()) };
        let what = format!("rows of {} may not be deleted by this user", target.name);
        Err(Refusal::new(Reason::ProtectedWrite, what)
            .detail(format!(
                "A foreign key then sets a column. By {}, whether that fails would tell what {} holds.",
                removal.by, removal.kept
            ))
            .hint("Delete them as a user who reads that column in clear.")
            .at(target.location))
    }

    /// Refuses rows that a query makes where each would be a guess.
    pub(super) fn spelled_rows(
        &mut self,
        target: &Target<'a>,
        columns: &[Option<usize>],
        query: Node<'a>,
        conflict: Option<&'a nodes::OnConflictClause>,
    ) -> Step {
        let Some(tied) = tied(self, target) else { return Ok(()) };
        let all = &target.named.relation.columns;
        let listed =
            |number: i16| columns.iter().flatten().any(|at| all.get(*at).is_some_and(|it| it.number == number));
        let given = |number: &i16| listed(*number) || target.named.relation.fills(*number);
        let felt = |unique: &Unique| {
            unique.filled
                || unique.hidden.iter().any(given)
                || conflict.is_some_and(|conflict| may_mean(target, conflict, unique))
        };
        if !tied.uniques.iter().any(felt) {
            return Ok(());
        }
        if tied.fills() {
            (self.facts.unseen, self.facts.tries) = (true, true);
        }
        self.scope.spelled = true;
        if absent(query) || spells_rows(query) { Ok(()) } else { Err(many_guesses(target.location)) }
    }

    /// The same for COPY: of which row it is that fails, the server tells the line.
    pub(super) fn spelled_copy(&mut self, target: &Target<'a>, list: &[&str]) -> Step {
        let Some(tied) = tied(self, target) else { return Ok(()) };
        let named = |one: &Column| list.is_empty() || one.defaulted || list.contains(&&*one.name);
        let mut given = target.named.relation.columns.iter().filter(|one| named(one));
        let felt = |one: &Column| tied.uniques.iter().any(|unique| unique.hidden.contains(&one.number));
        if !tied.fills() && !given.any(felt) {
            return Ok(());
        }
        Err(many_guesses(target.location).hint("Insert the rows by VALUES (…), or copy as a user who reads in clear."))
    }

    /// Whether a table is named that is in partitions by a protected column.
    pub(super) fn reads_parted(&self) -> bool {
        self.facts.relations.iter().any(|oid| self.context.rights.parted(*oid))
    }

    /// What can be said when the whole statement has been seen: no function makes many rows of what is spelled out, no
    /// name tells partitions apart.
    pub(super) fn untold(&self) -> Step {
        if self.scope.spelled && self.scope.makes_rows {
            return Err(many_guesses(-1).hint("Leave out the function that returns rows."));
        }
        if let Some(location) = self.scope.counts
            && (self.facts.substituted > 0 || self.facts.filtered || self.scope.chooses)
        {
            return Err(Refusal::new(
                Reason::Function,
                "moving a sequence beside a table that is masked or filtered is not allowed for this user",
            )
            .detail(
                "How many numbers are drawn tells how the server looks for rows, and a number may be what was read.",
            )
            .hint("Move it by a statement of its own, or draw the number in the VALUES of an INSERT.")
            .at(location));
        }
        self.unlocked()?;
        let rights = self.context.rights;
        let place = self.scope.references.iter().find(|one| one.name == Some("ctid"));
        let filtered = |entry: &Entry<'a>| entry.relation.is_some_and(|one| rights.filter(one.oid).is_some());
        if let Some(place) = place.filter(|_| self.scope.entries.iter().any(filtered)) {
            return Err(not_understood("ctid beside a table whose rows are filtered", place.location)
                .hint("Leave it out: it counts the rows between."));
        }
        if !rights.parts() {
            return Ok(());
        }
        let tells = |one: &&Reference<'_>| one.name.is_some_and(|name| OF_PARTITION.contains(&name));
        match self.scope.references.iter().find(tells).filter(|_| self.reads_parted()) {
            None => Ok(()),
            Some(named) => Err(not_understood(
                "a system column beside a table in partitions by a protected column",
                named.location,
            )
            .hint("Leave it out: it tells which partition a row is in.")),
        }
    }
}

impl Walk<'_> {
    /// Refuses `xmax`: of a row that others refer to it is the transaction of one of them, whatever of that is hidden. Of a
    /// row that an INSERT returns it says only whether it was there.
    fn unlocked(&self) -> Step {
        let told = |one: &&Reference<'_>| {
            one.name == Some(LOCKER) && !one.level.is_some_and(|level| self.scope.inserted_at.contains(&level))
        };
        let Some(named) = self.scope.references.iter().find(told) else { return Ok(()) };
        let own = |entry: &Entry<'_>| entry.relation.is_some_and(|one| &*one.schema != "pg_catalog");
        if self.context.rights.unrestricted() || !self.scope.entries.iter().any(own) {
            return Ok(());
        }
        Err(locker(named.location))
    }
}

impl<'a> Target<'a> {
    /// Whether an assignment leaves nothing of what the column held.
    fn replaces(&self, item: &nodes::ResTarget) -> bool {
        let free = |column: &ColumnRight| column.write == WriteRight::Free;
        let right = self.columns.and_then(|columns| columns.iter().find(|one| Some(&*one.name) == item.name()));
        item.indirection().is_empty() && (matches!(item.val(), Node::SetToDefault(_)) || right.is_none_or(free))
    }
}

/// Whether a conflict may be one with this index.
fn may_mean(target: &Target<'_>, conflict: &nodes::OnConflictClause, unique: &Unique) -> bool {
    let Some(infer) = conflict.infer() else { return true };
    if let Some(name) = infer.conname() {
        return name == &*unique.name;
    }
    let Some(keys) = &unique.keys else { return true };
    let number = |element: Node<'_>| match element {
        Node::IndexElem(element) => target.named.relation.column(element.name()?).map(|column| column.number),
        _ => None,
    };
    let Some(named) = infer.index_elems().iter().map(number).collect::<Option<Vec<i16>>>() else { return true };
    named.iter().all(|one| keys.contains(one)) && keys.iter().all(|one| named.contains(one))
}

/// Whether a query has no more rows than it spells out.
pub(super) fn spells_rows(query: Node<'_>) -> bool {
    let Node::SelectStmt(select) = query else { return false };
    !select.values_lists().is_empty() || (select.from_clause().is_empty() && select.larg().is_none())
}

/// How many rows the FROM items together have that are spelled out.
pub(super) fn spelled_count<'a>(items: impl IntoIterator<Item = Node<'a>>) -> u64 {
    let rows = items.into_iter().map(|item| match item {
        Node::RangeSubselect(sub) => match sub.subquery() {
            Node::SelectStmt(select) => select.values_lists().len().max(1) as u64,
            _ => 1,
        },
        _ => 1,
    });
    rows.fold(1, u64::saturating_mul)
}

/// Names of FROM items whose rows are spelled out.
pub(super) fn spelled_sources<'a>(items: impl IntoIterator<Item = Node<'a>>) -> Vec<&'a str> {
    let named = items.into_iter().filter_map(|item| match item {
        Node::RangeSubselect(sub) if !sub.lateral && spells_rows(sub.subquery()) => sub.alias()?.aliasname(),
        _ => None,
    });
    named.collect()
}

/// The value of an assignment; `None`: it is a part of something else's.
pub(super) fn assigned_value<'a>(item: &'a nodes::ResTarget) -> Option<Node<'a>> {
    match item.val() {
        Node::MultiAssignRef(part) => match part.source() {
            Node::RowExpr(row) => row.args().get(usize::try_from(part.colno - 1).ok()?),
            _ => None,
        },
        value => Some(value),
    }
}

/// Whether a value is given by the statement itself, or is the column's own.
fn is_spelled(value: Node<'_>, column: &str, target: &Target<'_>, sources: &[&str]) -> bool {
    let mut pending = vec![value];
    while let Some(node) = pending.pop() {
        match node {
            Node::None | Node::A_Const(_) | Node::ParamRef(_) | Node::SetToDefault(_) => {}
            Node::TypeCast(cast) => pending.push(cast.arg()),
            Node::CollateClause(collate) => pending.push(collate.arg()),
            Node::CoalesceExpr(all) => pending.extend(all.args()),
            Node::A_Expr(operation) => pending.extend([operation.lexpr(), operation.rexpr()]),
            Node::CaseExpr(case) => {
                pending.push(case.defresult());
                pending.extend(case.args());
            }
            Node::CaseWhen(when) => pending.push(when.result()),
            Node::FuncCall(call) => {
                let name = call.funcname().iter().next_back().and_then(Node::as_str);
                if !name.is_some_and(|name| PLAIN.contains(&name)) || call.args().is_empty() {
                    return false;
                }
                pending.extend(call.args());
            }
            Node::ColumnRef(reference) => {
                let Some(parts) = fields(reference) else { return false };
                let own = parts.name == Some(column) && parts.qualifier.is_none_or(|one| one == target.name);
                if !own && !parts.qualifier.is_some_and(|one| sources.contains(&one)) {
                    return false;
                }
            }
            _ => return false,
        }
    }
    true
}
