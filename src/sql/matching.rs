//! `match`: equality that is tested on true values.
//!
//! A scan gives a hidden shadow column for each column that is tested (`"phone" AS "menshen:3"`), and the test names
//! that one: an index on the column is used as ever. Nothing else may name it.

use crate::grammar::tags::A_Expr_Kind;
use crate::grammar::{ConstValue, Node, nodes, uncast};
use crate::model::arrays::elements_at_most;
use crate::model::facts::{Comparison, Probe, Right};
use crate::model::ids::ColumnId;
use crate::model::refusal::{Reason, Refusal};
use crate::model::tables::Map;
use crate::rights::table::ColumnRight;

use super::readings::Meant;
use super::refuse::{Step, not_understood};
use super::scope::Role;
use super::walk::Walk;

/// An equality between a column and values that read nothing, or between two columns.
#[derive(Clone, Debug)]
pub(super) struct Equality {
    /// Where the column is named, and the other one.
    columns: (i32, Option<i32>),
    tested: Tested,
    /// Whether it stands in RETURNING.
    pub(super) of_written: bool,
}

/// How many values are compared with: so many, and those of arrays that are parameters, by their numbers.
#[derive(Clone, Default, Debug)]
struct Tested {
    values: u64,
    arrays: Vec<usize>,
    /// Whether a literal said how many.
    literal: bool,
}

impl Tested {
    fn one() -> Self {
        Self { values: 1, ..Self::default() }
    }

    /// Those of an array that reads nothing. Never too few: a string has no more elements than separators and one.
    fn array(node: Node<'_>) -> Self {
        let mut tested = Self::default();
        tested.add(node);
        tested.values = tested.values.max(u64::from(tested.arrays.is_empty()));
        tested
    }

    fn add(&mut self, node: Node<'_>) {
        match uncast(node) {
            Node::A_Const(constant) => {
                let text = match constant.val() {
                    Some(ConstValue::String(text)) => text,
                    _ => "",
                };
                self.literal |= !text.is_empty();
                self.values = self.values.saturating_add(elements_at_most(text.as_bytes()));
            }
            Node::ParamRef(parameter) => self.arrays.extend(usize::try_from(parameter.number)),
            Node::A_ArrayExpr(array) => {
                for element in array.elements() {
                    match element {
                        Node::A_Const(_) => self.values = self.values.saturating_add(1),
                        other => self.add(other),
                    }
                }
            }
            _ => {}
        }
    }
}

/// How many values an argument of EXECUTE has at most, were it an array; `None`: that cannot be told.
pub(super) fn values_of(node: Node<'_>) -> Option<u64> {
    let tested = Tested::array(node);
    (reads_nothing(node) && tested.arrays.is_empty()).then_some(tested.values)
}

/// A compared column: the numbers of its reference and of the FROM item that it is of.
#[derive(Clone, Copy, Debug)]
struct Compared {
    reference: usize,
    entry: usize,
}

/// The name of the shadow of a column.
pub(super) fn shadow(number: i16) -> String {
    format!("\"menshen:{number}\"")
}

/// Whether an expression reads nothing: a constant, a parameter, a cast or an array of such.
pub(super) fn reads_nothing(node: Node<'_>) -> bool {
    match uncast(node) {
        Node::A_Const(_) | Node::ParamRef(_) => true,
        Node::A_ArrayExpr(array) => array.elements().iter().all(reads_nothing),
        _ => false,
    }
}

fn is_equals(expression: &nodes::A_Expr) -> bool {
    let mut names = expression.name().iter().filter_map(|name| name.as_str());
    matches!((names.next(), names.next()), (Some("="), None) | (Some("pg_catalog"), Some("=")))
}

impl<'a> Walk<'a> {
    /// Notes an operation that may become a test of true values.
    pub(super) fn note_equality(&mut self, expression: &'a nodes::A_Expr) {
        if !is_equals(expression) {
            return;
        }
        let equality = match (expression.kind, expression.lexpr(), expression.rexpr()) {
            (A_Expr_Kind::AEXPR_OP, Node::ColumnRef(left), Node::ColumnRef(right)) => {
                Equality { columns: (left.location, Some(right.location)), tested: Tested::one(), of_written: false }
            }
            (A_Expr_Kind::AEXPR_OP, Node::ColumnRef(column), other)
            | (A_Expr_Kind::AEXPR_OP, other, Node::ColumnRef(column))
                if reads_nothing(other) =>
            {
                Equality { columns: (column.location, None), tested: Tested::one(), of_written: false }
            }
            (A_Expr_Kind::AEXPR_IN, Node::ColumnRef(column), Node::NodeList(list))
                if list.iter().all(reads_nothing) =>
            {
                let tested = Tested { values: list.len() as u64, ..Tested::default() };
                Equality { columns: (column.location, None), tested, of_written: false }
            }
            (A_Expr_Kind::AEXPR_OP_ANY, Node::ColumnRef(column), array) if reads_nothing(array) => {
                Equality { columns: (column.location, None), tested: Tested::array(array), of_written: false }
            }
            _ => return,
        };
        self.scope.equalities.push(equality);
    }

    /// Lets tests that the policy grants see true values, and refuses comparisons of two masks, which would pair
    /// strangers.
    pub(super) fn settle_equalities(&mut self, by_level: &[Vec<usize>]) -> Step {
        let equalities = std::mem::take(&mut self.scope.equalities);
        if equalities.is_empty() {
            return Ok(());
        }
        let values =
            self.scope.references.iter().enumerate().filter(|(_, one)| matches!(one.role, Role::Value | Role::Spread));
        let at: Map<i32, usize> = values.map(|(number, one)| (one.location, number)).collect();
        let meant = |location: i32| at.get(&location).copied();
        for equality in equalities {
            let (known, of_written) = (self.facts.probes.len(), equality.of_written);
            self.settle_equality(equality, &meant, by_level)?;
            self.facts.asks_back |= of_written && self.facts.probes.len() > known;
        }
        Ok(())
    }

    fn settle_equality(
        &mut self,
        equality: Equality,
        meant: &impl Fn(i32) -> Option<usize>,
        by_level: &[Vec<usize>],
    ) -> Step {
        let place = equality.columns.0;
        let Some((one, first)) = meant(place).and_then(|one| self.compared(one, by_level)) else { return Ok(()) };
        let Some(other) = equality.columns.1 else {
            return match first.comparison {
                _ if first.matching => self.test(one, first, equality.tested),
                Comparison::Refuse => Err(compares_masks(&first.name, place)),
                Comparison::Mask | Comparison::Constants => Ok(()),
            };
        };
        let Some((two, second)) = meant(other).and_then(|two| self.compared(two, by_level)) else { return Ok(()) };
        if first.matching && second.matching && first.category == second.category {
            self.test(one, first, Tested::one())?;
            self.test(two, second, Tested::one())?;
        } else if [first, second].iter().any(|column| column.comparison != Comparison::Mask) {
            return Err(pairs_strangers(&first.name, place));
        }
        Ok(())
    }

    /// A reference by its number, and the masked column that it means.
    fn compared(&self, number: usize, by_level: &[Vec<usize>]) -> Option<(Compared, &'a ColumnRight)> {
        let reference = self.scope.references.get(number)?;
        let Meant::Column(entry, position) = self.meant(reference, by_level) else { return None };
        let of = self.scope.entries.get(entry)?;
        let columns = of.scan.as_ref().map(|scan| scan.columns).or(of.target)?;
        let column = columns.get(position).filter(|column| column.right == Right::Masked)?;
        Some((Compared { reference: number, entry }, column))
    }

    /// Makes one side of an equality the true value.
    fn test(&mut self, compared: Compared, column: &'a ColumnRight, tested: Tested) -> Step {
        let lost = || not_understood("this test of a true value", -1);
        let reference = self.scope.references.get(compared.reference).ok_or_else(lost)?;
        let location = reference.location;
        let lost = || not_understood("this test of a true value", location);
        let entry = self.scope.entries.get_mut(compared.entry).ok_or_else(lost)?;
        let relation = entry.relation.as_ref().ok_or_else(lost)?.oid;
        let Tested { values, arrays, literal } = tested;
        self.facts.literal |= literal;
        self.facts.probes.push(Probe { column: ColumnId { relation, number: column.number }, values, arrays });
        if entry.renamed_beyond() {
            return Err(lost());
        }
        self.scope.tested.insert(location);
        if entry.target.is_some() {
            return Ok(());
        }
        let owner = crate::grammar::names::quoted(entry.name);
        entry.scan.as_mut().ok_or_else(lost)?.shadows.insert(column.number);
        let parts: Vec<&str> =
            [reference.catalog, reference.schema, reference.qualifier, reference.name].into_iter().flatten().collect();
        let place = self.place(location, &parts)?;
        self.edits.replace(place.start, place.end, format!("{owner}.{}", shadow(column.number)));
        Ok(())
    }
}

/// The refusal of an equality between two masks.
pub(super) fn pairs_strangers(name: &str, location: i32) -> Refusal {
    Refusal::new(Reason::Comparison, format!("two masked columns may not be compared: {name}"))
        .detail("Different persons can have the same mask: the comparison would pair strangers.")
        .hint("Join by a key, or ask for the right `match`; `on_compare = \"mask\"` in classification.toml allows it.")
        .at(location)
}

/// The refusal of an equality that masks decide, where the category says so.
fn compares_masks(name: &str, location: i32) -> Refusal {
    Refusal::new(Reason::Comparison, format!("column {name} may not be compared: this user reads its mask"))
        .detail("A search for a true value would find nobody, one for a mask strangers.")
        .hint("Search by another column, or ask for the right `match`.")
        .at(location)
}
