//! Output columns that tell how rows are counted: who a row is about, and of which value of a dimension it is.

use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

use crate::model::disclosure::Subject;
use crate::model::facts::Facts;
use crate::model::ids::{ColumnId, Oid};
use crate::model::person;
use crate::rights::table::{Dimensions, Rights};
use crate::wire::server::RowDescription;

use super::gauge::Gauge;
use super::names::Portal;

/// An output column that holds the key of the person a row is about.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SubjectColumn {
    pub position: usize,
    pub column: ColumnId,
    /// The set of persons that the key is of.
    pub set: Arc<str>,
    pub binary: bool,
}

/// An output column that says of which value of a dimension a row is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DimensionColumn {
    pub position: usize,
    pub relation: Oid,
    pub dimension: Arc<str>,
    pub binary: bool,
}

/// The output columns that tell how rows are counted.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Telling {
    pub subjects: Vec<SubjectColumn>,
    pub dimensions: Vec<DimensionColumn>,
}

impl Telling {
    /// Those of a description of rows, by the origins that the server reports.
    #[must_use]
    pub fn of(rights: &Rights, description: &RowDescription<'_>) -> Self {
        let mut telling = Self::default();
        for (position, field) in description.iter().enumerate() {
            let column = ColumnId { relation: Oid(field.table_oid), number: field.column_number };
            let (relation, binary) = (column.relation, field.format == 1);
            if let Some(set) = rights.subject(column).filter(|_| told_apart(field.type_oid)) {
                telling.subjects.push(SubjectColumn { position, column, set: Arc::clone(set), binary });
            }
            let dimensions = rights.dimensions().get(&relation).into_iter().flatten();
            let here = |(_, number): &&(Arc<str>, Option<i16>)| *number == Some(column.number);
            for (dimension, _) in dimensions.filter(here).filter(|_| spelled_alike(field.type_oid)) {
                telling.dimensions.push(DimensionColumn { position, relation, dimension: dimension.clone(), binary });
            }
        }
        telling
    }

    /// Without columns that a statement of the transaction, or this one, has written: they say what somebody liked.
    pub(super) fn without(&self, relabelled: &[Oid], facts: &[Facts]) -> Cow<'_, Self> {
        let written =
            |relation: &Oid| relabelled.contains(relation) || facts.iter().any(|one| one.relabels.contains(relation));
        let mut relations = self.subjects.iter().map(|one| &one.column.relation);
        if !relations.any(written) && !self.dimensions.iter().any(|one| written(&one.relation)) {
            return Cow::Borrowed(self);
        }
        let mut telling = self.clone();
        telling.subjects.retain(|one| !written(&one.column.relation));
        telling.dimensions.retain(|one| !written(&one.relation));
        Cow::Owned(telling)
    }

    /// For a portal, which says itself what comes in binary.
    pub(super) fn through(mut self, portal: Option<&Portal>) -> Self {
        let binary = |position| portal.is_some_and(|portal| portal.binary(position));
        self.subjects.iter_mut().for_each(|one| one.binary = binary(one.position));
        self.dimensions.iter_mut().for_each(|one| one.binary = binary(one.position));
        self
    }
}

/// Types whose values are spelled in one way, whatever the settings of the session: whole numbers, texts, UUID.
fn spelled_alike(type_oid: u32) -> bool {
    matches!(type_oid, 16 | 19 | 20 | 21 | 23 | 25 | 1042 | 1043 | 2950)
}

/// Types whose values stay apart from each other however they are spelled: floating point is rounded to as few digits as a
/// session asks for.
fn told_apart(type_oid: u32) -> bool {
    !matches!(type_oid, 600..=604 | 628 | 700 | 701 | 718 | 1017..=1022 | 1027)
}

/// How a value is counted; `None`: as one that is not known.
pub(super) fn spelled(value: &[u8], binary: bool) -> Option<Cow<'_, str>> {
    match (binary, value) {
        (true, &[a]) if a < 2 => Some(Cow::Borrowed(if a == 1 { "t" } else { "f" })),
        (true, value) => whole(value).map(|number| Cow::Owned(number.to_string())),
        (false, text) => std::str::from_utf8(text).ok().map(Cow::Borrowed),
    }
}

/// A whole number in PostgreSQL's binary form.
fn whole(value: &[u8]) -> Option<i64> {
    match *value {
        [a, b] => Some(i64::from(i16::from_be_bytes([a, b]))),
        [a, b, c, d] => Some(i64::from(i32::from_be_bytes([a, b, c, d]))),
        [a, b, c, d, e, f, g, h] => Some(i64::from_be_bytes([a, b, c, d, e, f, g, h])),
        _ => None,
    }
}

impl SubjectColumn {
    pub(super) fn person(&self, value: &[u8], key: &[u8; 32]) -> Subject {
        let number = match self.binary {
            true => whole(value),
            false => std::str::from_utf8(value).ok().and_then(|text| text.parse().ok()),
        };
        let text = match (self.binary, number, std::str::from_utf8(value)) {
            (true, Some(number), _) => Cow::Owned(number.to_string()),
            (_, _, Ok(text)) => Cow::Borrowed(text),
            // no text in UTF-8: its bytes say as well who it is
            (_, _, Err(_)) => Cow::Owned(format!("{value:?}")),
        };
        Subject { digest: person::digest(key, &self.set, &text), number }
    }
}

/// What tells how a text's rows are counted, once the server has described them; and how they are, as long as nothing
/// but the text decides about it.
#[derive(Debug, Default)]
pub struct Described {
    pub(super) telling: OnceLock<Box<Telling>>,
    gauge: OnceLock<(Telling, Arc<Dimensions>, Arc<Gauge>)>,
}

impl Described {
    /// The gauge that was made first, where it is of the same columns and dimensions; else another.
    pub(super) fn gauge(
        &self,
        telling: &Telling,
        dimensions: &Arc<Dimensions>,
        make: impl Fn() -> Arc<Gauge>,
    ) -> Arc<Gauge> {
        let (columns, known, gauge) = self.gauge.get_or_init(|| (telling.clone(), Arc::clone(dimensions), make()));
        if columns == telling && Arc::ptr_eq(known, dimensions) { Arc::clone(gauge) } else { make() }
    }
}
