//! Masks on their way through WITH queries and items of FROM: which of their columns carry one.
//!
//! Looked at by names alone, wherever in the statement: a column carries a mask if one is read into it, or a column of a
//! name that carries one. Nothing that is stored may speak of such a name, or of what may be a whole row.

use crate::grammar::{Node, NodeList, nodes};
use crate::model::tables::{Map, Set};

use super::target::{Read, parts};
use super::walk::{Flow, Scope, Walk, strings};
use super::{Contradiction, Step};

/// Columns of WITH queries and items of FROM in the present statement.
#[derive(Default)]
pub(super) struct Carriers<'a> {
    /// What they are called; `None`: it is not known.
    outputs: Vec<Option<&'a str>>,
    /// Outputs of which a part is `*` over a substituted scan.
    pub(super) starred: Vec<usize>,
    /// Names that take another's place.
    renamed: Vec<(&'a str, &'a str)>,
    /// Names of columns of which it is not known what they hold.
    unclear: Vec<&'a str>,
    /// Whether `*` passes all columns on, of a scan with masks.
    pub(super) whole: bool,
}

/// What a reference may mean of the columns of such rows.
enum Speaks<'a> {
    Nothing,
    Name(&'a str),
    All,
}

impl<'a> Walk<'a> {
    /// Targets of a query whose rows others take columns of.
    pub(super) fn pass_targets(&mut self, list: impl IntoIterator<Item = &'a nodes::ResTarget>, scope: Scope) {
        for target in list {
            let flow = match target.val() {
                Node::ColumnRef(column) if target.name().is_none() && parts(column).1.is_none() => Flow::Columns,
                _ => {
                    self.carriers.outputs.push(called(target));
                    Flow::Column(self.carriers.outputs.len() - 1)
                }
            };
            self.push_to(flow, Node::ResTarget(target), scope);
        }
    }

    /// Notes names that columns are given from outside of their query.
    pub(super) fn names_given(&mut self, names: &'a NodeList, query: Node<'a>) {
        let names = strings(names).unwrap_or_default();
        let Node::SelectStmt(select) = query else { return self.carriers.unclear.extend(names) };
        // masks come into none of these
        if select.larg().is_some() || !select.values_lists().is_empty() {
            return;
        }
        // behind what may be several columns nobody knows which is meant
        let mut targets = select
            .target_list()
            .iter()
            .map_while(|target| match target.val() {
                Node::ColumnRef(column) if parts(column).1.is_none() => None,
                Node::A_Indirection(_) => None,
                _ => Some(called(target)),
            })
            .fuse();
        for name in names {
            match targets.next() {
                Some(old) => self.carriers.renamed.extend(old.map(|old| (old, name))),
                None => self.carriers.unclear.push(name),
            }
        }
    }

    /// Notes names of columns that somewhere else are made.
    pub(super) fn names_made(&mut self, alias: Option<&'a nodes::Alias>) {
        let names = alias.and_then(|alias| strings(alias.colnames())).unwrap_or_default();
        self.carriers.unclear.extend(names);
    }

    /// Proves that nothing stored takes a mask out of such rows. `masked`: columns of scans that are masks; `outputs`:
    /// columns, by their numbers, that masks are read into.
    pub(super) fn carried_is_not_stored(&self, masked: Vec<&'a str>, outputs: &[usize], reads: &[Read<'a>]) -> Step {
        if masked.is_empty() && outputs.is_empty() {
            return Ok(());
        }
        let rows = self.sources.iter().filter(|one| one.relation.is_none());
        let rows: Set<&str> = rows.filter_map(|one| one.name).collect();
        let carried = self.carried(masked, outputs, reads, &rows)?;
        for read in reads.iter().filter(|read| matches!(read.flow, Flow::Stored | Flow::Guarded(..) | Flow::Rows)) {
            let stored = match self.speaks(read.column, &rows) {
                Speaks::Nothing => false,
                Speaks::Name(name) => carried.contains(name),
                Speaks::All => true,
            };
            if stored {
                return Err(Contradiction::at(read.column.location, "a masked value may be stored"));
            }
        }
        Ok(())
    }

    /// Every name of a column that may carry a mask.
    fn carried(
        &self,
        masked: Vec<&'a str>,
        outputs: &[usize],
        reads: &[Read<'a>],
        rows: &Set<&str>,
    ) -> Step<Set<&'a str>> {
        let output = |number: usize| self.carriers.outputs.get(number).copied().flatten();
        let unknown = || Contradiction::at(-1, "a masked value is read into a column without a known name");
        let mut left = masked;
        left.extend(&self.carriers.unclear);
        for number in outputs {
            left.push(output(*number).ok_or_else(unknown)?);
        }
        let mut leads: Map<&str, Vec<Option<&'a str>>> = Map::default();
        for (old, new) in &self.carriers.renamed {
            leads.entry(old).or_default().push(Some(new));
        }
        for read in reads {
            let Flow::Column(number) = read.flow else { continue };
            match self.speaks(read.column, rows) {
                Speaks::Nothing => {}
                Speaks::Name(name) => leads.entry(name).or_default().push(output(number)),
                Speaks::All => left.push(output(number).ok_or_else(unknown)?),
            }
        }
        let mut carried = Set::default();
        while let Some(name) = left.pop() {
            if carried.insert(name) {
                for next in leads.remove(name).unwrap_or_default() {
                    left.push(next.ok_or_else(unknown)?);
                }
            }
        }
        Ok(carried)
    }

    /// `rows`: what the items are called whose columns are looked at.
    fn speaks(&self, column: &'a nodes::ColumnRef, rows: &Set<&str>) -> Speaks<'a> {
        match parts(column) {
            (Some(item), _) if !rows.contains(item) => Speaks::Nothing,
            (Some(_), Some(name)) if !self.subject.is_called_on_rows(name) => Speaks::Name(name),
            (None, Some(name)) if !rows.contains(name) => Speaks::Name(name),
            _ => Speaks::All,
        }
    }
}

/// What an output column is called (`FigureColname`), in the cases that are certain.
fn called(target: &nodes::ResTarget) -> Option<&str> {
    target.name().or_else(|| match target.val() {
        Node::ColumnRef(column) => parts(column).1,
        Node::FuncCall(call) => call.funcname().iter().next_back().and_then(Node::as_str),
        _ => None,
    })
}
