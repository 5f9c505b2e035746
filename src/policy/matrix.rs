//! Roles × categories: what a bundle gives to whom, at one glance.

use std::sync::Arc;

use crate::model::category::Category;
use crate::model::principal::Principal;

use super::classification::UNCLASSIFIED;
use super::compile::{Decision, Policy};
use super::roles::Subject;

/// What each role may read of each category, for whoever has this role and `anyone` alone.
#[derive(Clone, Debug)]
pub struct Matrix {
    /// Defined categories, then `unclassified` where the bundle closes what nobody classified.
    pub categories: Vec<Category>,
    pub rows: Vec<Row>,
}

/// What one role may read.
#[derive(Clone, Debug)]
pub struct Row {
    pub role: Arc<str>,
    /// In the order of the categories.
    pub rights: Vec<Decision>,
}

impl Matrix {
    /// `purposes`: what the holders of the roles act for.
    #[must_use]
    pub fn of(policy: &Policy, purposes: &[Arc<str>]) -> Self {
        let closes = policy.classification.closes_unclassified();
        let defined = policy.classification.categories.keys().cloned();
        let categories: Vec<Category> = defined.chain(closes.then(|| Category(UNCLASSIFIED.into()))).collect();
        let row = |role: Arc<str>| {
            let decisions = policy.decide_as([Subject::Role(Arc::clone(&role))], purposes);
            let rights =
                categories.iter().map(|category| decisions.of(category).unwrap_or(decisions.unclassified()).clone());
            Row { role, rights: rights.collect() }
        };
        let rows = policy.rules.names().into_iter().map(row).collect();
        Self { categories, rows }
    }

    /// As CSV: a header, then one line per role.
    #[must_use]
    pub fn csv(&self) -> String {
        let header = std::iter::once("role".to_owned()).chain(self.categories.iter().map(ToString::to_string));
        let mut lines = vec![header.collect::<Vec<_>>().join(",")];
        for row in &self.rows {
            let cells = row.rights.iter().map(|decision| decision.right.as_str());
            lines.push(std::iter::once(&*row.role).chain(cells).collect::<Vec<_>>().join(","));
        }
        lines.join("\n") + "\n"
    }

    /// As a table for people: categories down, roles across.
    #[must_use]
    pub fn text(&self) -> String {
        let mut table = vec![std::iter::once("category").chain(self.rows.iter().map(|row| &*row.role)).collect()];
        for (index, category) in self.categories.iter().enumerate() {
            let rights =
                self.rows.iter().map(|row| row.rights.get(index).map_or("", |decision| decision.right.as_str()));
            table.push(std::iter::once(&*category.0).chain(rights).collect::<Vec<&str>>());
        }
        aligned(&table)
    }
}

/// Columns as wide as their widest cell.
fn aligned(table: &[Vec<&str>]) -> String {
    let columns = table.iter().map(Vec::len).max().unwrap_or(0);
    let width = |column: usize| table.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max();
    let widths: Vec<usize> = (0..columns).map(|column| width(column).unwrap_or(0)).collect();
    let line = |row: &Vec<&str>| {
        let cells: Vec<String> = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:<width$}")).collect();
        cells.join("  ").trim_end().to_owned() + "\n"
    };
    table.iter().map(line).collect()
}

/// A principal as `explain` is told about it: acting for one of its purposes alone.
#[must_use]
pub fn acting_for(principal: Principal, purpose: &str) -> Option<Principal> {
    let purposes: Arc<[Arc<str>]> = principal.purposes.iter().filter(|held| &***held == purpose).cloned().collect();
    (!purposes.is_empty()).then_some(Principal { purposes, ..principal })
}
