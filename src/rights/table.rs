//! What one principal may see of one database: column → right, in constant time.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crate::mask::Mask;
use crate::model::category::Category;
use crate::model::facts::{Right, WriteRight};
use crate::model::ids::{ColumnId, Oid, RuleId};
use crate::model::refusal::Refusal;
use crate::model::types::ColumnType;

/// One column of a relation that holds something protected from this principal.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ColumnRight {
    pub number: i16,
    pub name: Arc<str>,
    pub right: Right,
    /// `None` for columns without a class.
    pub category: Option<Category>,
    pub rule: RuleId,
    /// Below clear: the SQL that stands for the column inside the scan, over the bare quoted column name,
    /// ending in a cast to the exact type.
    pub expression: Option<Arc<str>>,
    /// Below clear: what `expression` spells out.
    pub mask: Option<Arc<Mask>>,
    pub ty: ColumnType,
    pub write: WriteRight,
    /// Whether equality may be tested on the true value.
    pub matching: bool,
}

impl ColumnRight {
    /// The SQL that this principal reads in place of `operand`, which names the column (`"b"."phone"`); `None` for a
    /// clear column.
    #[must_use]
    pub fn reading(&self, operand: &str) -> Option<String> {
        self.mask.as_ref()?.sql(operand, &self.ty).ok()
    }
}

/// What a principal may do with a relation.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum RelationRight {
    /// Some column is classified, all of them are clear to this principal.
    Clear(Arc<[ColumnRight]>),
    /// At least one column is below clear: scans are substituted. All user columns, in attribute order.
    Masked(Arc<[ColumnRight]>),
    /// Not to be used at all.
    Refused(Refusal),
}

/// The compiled rights. Only `rights::bind` makes it.
#[derive(Debug)]
pub struct Rights {
    pub(super) unrestricted: bool,
    pub(super) recorded: bool,
    /// Relations that are not listed hold nothing classified.
    pub(super) relations: HashMap<Oid, RelationRight>,
    /// Columns of the relations above that are not clear.
    pub(super) below_clear: HashMap<ColumnId, Right>,
    /// User functions the policy names.
    pub(super) functions: HashSet<Oid>,
}

/// The proof that a principal's every right is clear: its statements may pass as they are.
#[derive(Clone, Copy, Debug)]
pub struct Unrestricted(());

impl Rights {
    /// The proof, if every right is clear.
    #[must_use]
    pub fn unrestricted_proof(&self) -> Option<Unrestricted> {
        self.unrestricted.then_some(Unrestricted(()))
    }

    /// Whether every right is clear: such principals skip analysis.
    #[must_use]
    pub fn unrestricted(&self) -> bool {
        self.unrestricted
    }

    /// Whether an unrestricted principal's statements are analysed after all, so that what it reads is recorded.
    /// False where the policy exempts it, and where the database has nothing classified.
    #[must_use]
    pub fn recorded(&self) -> bool {
        self.recorded
    }

    /// `None`: nothing of it is classified.
    #[must_use]
    pub fn relation(&self, oid: Oid) -> Option<&RelationRight> {
        self.relations.get(&oid)
    }

    /// What of a column may be read; unlisted columns are clear.
    #[must_use]
    pub fn column(&self, relation: Oid, number: i16) -> Right {
        if let Some(RelationRight::Refused(_)) = self.relations.get(&relation) {
            return Right::Hidden;
        }
        self.below_clear.get(&ColumnId { relation, number }).copied().unwrap_or(Right::Clear)
    }

    /// Rights made by hand.
    #[cfg(test)]
    pub(crate) fn by_hand(relations: impl IntoIterator<Item = (Oid, RelationRight)>, functions: &[Oid]) -> Self {
        let mut rights = Self {
            unrestricted: false,
            recorded: false,
            relations: HashMap::new(),
            below_clear: HashMap::new(),
            functions: functions.iter().copied().collect(),
        };
        relations.into_iter().for_each(|(oid, right)| rights.add(oid, right));
        rights
    }

    pub(super) fn add(&mut self, oid: Oid, right: RelationRight) {
        if let RelationRight::Masked(columns) = &right {
            let below = columns.iter().filter(|column| column.right < Right::Clear);
            let ids = below.map(|column| (ColumnId { relation: oid, number: column.number }, column.right));
            self.below_clear.extend(ids);
        }
        self.relations.insert(oid, right);
    }

    /// Whether policy names this user function as allowed for restricted principals.
    #[must_use]
    pub fn function_allowed(&self, oid: Oid) -> bool {
        self.functions.contains(&oid)
    }
}
