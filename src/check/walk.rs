//! The work list, and which WITH queries are visible where.

use std::collections::BTreeSet;

use crate::catalog::search_path::SessionNames;
use crate::catalog::snapshot::Snapshot;
use crate::grammar::{Kind, Node, NodeList, Tokens, nodes};
use crate::model::ids::Oid;
use crate::rights::table::Rights;

use super::{Contradiction, Step};

/// More WITH queries than this make looking them up slow.
const MAX_CTES: usize = 1000;

/// What a text is checked against.
#[derive(Clone, Copy)]
pub(super) struct Subject<'a> {
    pub(super) text: &'a str,
    pub(super) snapshot: &'a Snapshot,
    pub(super) rights: &'a Rights,
    pub(super) names: &'a SessionNames,
}

/// The innermost WITH query that is visible at a place; the others follow from it.
pub(super) type Scope = Option<usize>;

struct Cte<'a> {
    name: &'a str,
    outer: Scope,
}

/// The walk over one text.
pub(super) struct Walk<'a> {
    pub(super) subject: Subject<'a>,
    pending: Vec<(Node<'a>, Scope)>,
    ctes: Vec<Cte<'a>>,
    /// Of the present statement: scans that are substituted, permanent relations, permanent relations written to.
    pub(super) substituted: usize,
    pub(super) relations: BTreeSet<Oid>,
    pub(super) stores: bool,
    /// Items of FROM, and fields that are functions unless the item they are of has such a column.
    pub(super) items: Vec<Node<'a>>,
    pub(super) fields: Vec<Field<'a>>,
}

/// `qualifier.name`, where a function of that name is in sight.
pub(super) struct Field<'a> {
    pub(super) qualifier: &'a str,
    pub(super) name: &'a str,
    pub(super) location: i32,
}

/// The strings of a dotted name.
pub(super) fn strings(list: &NodeList) -> Option<Vec<&str>> {
    list.iter().map(Node::as_str).collect()
}

impl<'a> Walk<'a> {
    pub(super) fn new(subject: Subject<'a>) -> Self {
        Self {
            subject,
            pending: Vec::new(),
            ctes: Vec::new(),
            substituted: 0,
            relations: BTreeSet::new(),
            stores: false,
            items: Vec::new(),
            fields: Vec::new(),
        }
    }

    /// Begins a statement.
    pub(super) fn begin(&mut self) {
        self.substituted = 0;
        self.relations.clear();
        self.stores = false;
        self.items.clear();
        self.fields.clear();
    }

    pub(super) fn push(&mut self, node: Node<'a>, scope: Scope) {
        if !matches!(node, Node::None) {
            self.pending.push((node, scope));
        }
    }

    pub(super) fn push_all(&mut self, list: &'a NodeList, scope: Scope) {
        for node in list {
            self.push(node, scope);
        }
    }

    pub(super) fn push_sorts(&mut self, list: impl IntoIterator<Item = &'a nodes::SortBy>, scope: Scope) {
        self.pending.extend(list.into_iter().map(|sort| (Node::SortBy(sort), scope)));
    }

    pub(super) fn push_targets(&mut self, list: impl IntoIterator<Item = &'a nodes::ResTarget>, scope: Scope) {
        self.pending.extend(list.into_iter().map(|target| (Node::ResTarget(target), scope)));
    }

    /// Visits everything that is pending.
    pub(super) fn drain(&mut self) -> Step {
        while let Some((node, scope)) = self.pending.pop() {
            self.visit(node, scope)?;
        }
        Ok(())
    }

    /// Makes a WITH query visible inside of `outer`.
    pub(super) fn see(&mut self, name: &'a str, outer: Scope, location: i32) -> Step<Scope> {
        if self.ctes.len() >= MAX_CTES {
            return Err(Contradiction::at(location, "it has too many WITH queries"));
        }
        self.ctes.push(Cte { name, outer });
        Ok(Some(self.ctes.len() - 1))
    }

    pub(super) fn is_cte(&self, name: &str, scope: Scope) -> bool {
        let mut at = scope;
        while let Some(cte) = at.and_then(|index| self.ctes.get(index)) {
            if cte.name == name {
                return true;
            }
            at = cte.outer;
        }
        false
    }

    /// Numbers that servers before version 16 read as a number and a name: `0x1F`, `1_000`.
    pub(super) fn literals(&self, tokens: &Tokens<'_>) -> Step {
        if self.subject.snapshot.server_version >= 160_000 {
            return Ok(());
        }
        for &token in tokens.list() {
            let slice = tokens.slice(token);
            let number = matches!(token.kind, Kind::Integer | Kind::Float);
            if number && slice.bytes().any(|byte| matches!(byte, b'_' | b'x' | b'X' | b'o' | b'O' | b'b' | b'B')) {
                let what = "it has a number that this server reads otherwise";
                return Err(Contradiction { what: what.into(), position: Some(token.start()) });
            }
        }
        Ok(())
    }
}
