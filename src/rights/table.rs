//! What one principal may see of one database: column → right, in constant time.

use std::ops::Range;
use std::sync::Arc;

use crate::catalog::snapshot::{Relation, RelationKind, Snapshot};
pub use crate::mask::MARK as GUARD_MARK;
use crate::mask::{Guard, Mask, Present, guard_update};
use crate::model::category::Category;
use crate::model::facts::{Comparison, Right, WriteRight};
use crate::model::ids::{ColumnId, FIRST_NORMAL_OID, Oid, RuleId};
use crate::model::principal::NamedBy;
use crate::model::refusal::Refusal;
use crate::model::tables::{Map, Set};
use crate::model::types::{ColumnType, TypeClass};
use crate::policy::classification::QualifiedName;

use super::decisive::Decides;
use super::labels::Labels;
use super::ties::Tied;

/// What aliases inside of conditions begin with; a client's alias that begins so could catch their names.
pub const RESERVED_ALIAS: &str = "menshen ";

/// Longest text that is inserted and judged here, in bytes.
const JUDGED_MAX: usize = 4096;

/// A piece of a condition's text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Part {
    Text(Arc<str>),
    /// The name of the item that the row is of.
    Row,
    /// The principal's name, as a literal.
    Principal,
}

/// A condition over a row, in SQL that means the same under every search path and every setting.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Condition {
    parts: Arc<[Part]>,
    /// Whether it reads other relations: the server may then test it after other conditions.
    pub subquery: bool,
}

impl Condition {
    pub(super) fn new(parts: Vec<Part>, subquery: bool) -> Self {
        Self { parts: parts.into(), subquery }
    }

    /// All of these; `None`: there is none.
    pub(super) fn all(conditions: &[Self]) -> Option<Self> {
        let (first, rest) = conditions.split_first()?;
        if rest.is_empty() {
            return Some(first.clone());
        }
        let mut parts = vec![Part::Text("(".into())];
        for (n, condition) in conditions.iter().enumerate() {
            parts.extend((n > 0).then(|| Part::Text(" AND ".into())));
            parts.extend(condition.parts.iter().cloned());
        }
        parts.push(Part::Text(")".into()));
        Some(Self::new(parts, conditions.iter().any(|condition| condition.subquery)))
    }

    /// Whether it looks at this column of the row.
    #[must_use]
    pub fn reads(&self, column: &str) -> bool {
        let named = format!(".{}", crate::grammar::names::quoted(column));
        let of_row = |pair: &[Part]| match pair {
            [Part::Row, Part::Text(text)] => text.starts_with(&named) || !text.starts_with('.'),
            [Part::Row, _] => true,
            _ => false,
        };
        self.parts.windows(2).any(of_row) || matches!(self.parts.last(), Some(Part::Row))
    }

    /// With the principal's name put in.
    pub(super) fn asked_by(&self, principal: &str) -> Self {
        let literal = format!("{}::pg_catalog.text", super::pin::literal(principal));
        let part = |part: &Part| match part {
            Part::Principal => Part::Text(literal.as_str().into()),
            other => other.clone(),
        };
        Self { parts: self.parts.iter().map(part).collect(), subquery: self.subquery }
    }

    /// The condition over the row of the item that is called `qualifier`, an identifier in quotes. Always in
    /// parentheses. `None`: the name would be caught inside of it.
    #[must_use]
    pub fn over(&self, qualifier: &str) -> Option<String> {
        if qualifier.trim_start_matches('"').starts_with(RESERVED_ALIAS) {
            return None;
        }
        let mut out = String::new();
        for part in self.parts.iter() {
            match part {
                Part::Text(text) => out.push_str(text),
                Part::Row => out.push_str(qualifier),
                Part::Principal => return None,
            }
        }
        Some(format!("({out})"))
    }
}

/// Which rows of a relation a principal reads.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RowFilter {
    pub condition: Condition,
    /// The condition over the relation under its own name.
    pub text: Arc<str>,
    /// The rules that it comes from.
    pub rules: Arc<[RuleId]>,
}

/// In which rows a column is shown, and how.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Shown {
    pub condition: Condition,
    /// Whether the value itself is shown there; else its mask.
    pub clear: bool,
}

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
    /// What a comparison of what is read is.
    pub comparison: Comparison,
    /// Below clear: hidden in rows where this does not hold.
    pub shown: Option<Shown>,
}

impl ColumnRight {
    /// The SQL that this principal reads in place of `operand`, which names the column (`"b"."phone"`); `None` for a
    /// clear column.
    #[must_use]
    pub fn reading(&self, operand: &str) -> Option<String> {
        let Some(shown) = &self.shown else { return self.mask.as_ref()?.sql(operand, &self.ty).ok() };
        let hidden = Mask::Null.sql(operand, &self.ty).ok()?;
        let qualifier =
            operand.strip_suffix(&crate::grammar::names::quoted(&self.name)).and_then(|q| q.strip_suffix('.'));
        let Some(condition) = qualifier.and_then(|qualifier| shown.condition.over(qualifier)) else {
            return Some(hidden);
        };
        let value = if shown.clear { operand.to_owned() } else { self.mask.as_ref()?.sql(operand, &self.ty).ok()? };
        Some(format!("CASE WHEN {condition} THEN {value} ELSE {hidden} END"))
    }

    /// Whether parts of a value may be changed over its reading, as somebody does who reads it, changes it and saves it:
    /// of documents and arrays masks are told by their places.
    #[must_use]
    pub fn changes_in_parts(&self) -> bool {
        self.shown.is_none() && self.mask.as_deref().is_some_and(Mask::is_of_parts)
    }

    /// What to write around a value that is assigned over the present one, which `stored` names; `None`: nothing.
    /// `parameter`: the value is a bare parameter.
    #[must_use]
    pub fn guard_update(&self, relation: Oid, stored: &str, parameter: bool) -> Option<Guard> {
        let guarded = self.write == WriteRight::Guarded && self.right < Right::Clear;
        let reading = self.reading(stored).filter(|_| guarded)?;
        let mask = self.mask.as_deref();
        let hidden = self.shown.is_some() || mask == Some(&Mask::Null);
        let present = Present { stored, reading: &reading, mask, hidden };
        Some(guard_update(present, &self.ty, &self.marked(relation), parameter))
    }

    /// What to write around a value that is inserted; `None`: nothing.
    #[must_use]
    pub fn guard_insert(&self, relation: Oid, parameter: bool) -> Option<Guard> {
        self.guarding()?.guard_insert(&self.ty, &self.marked(relation), parameter)
    }

    /// A condition over `operand`, a value that COPY brings: true, or an error for a masked reading. `None`: nothing to
    /// test.
    #[must_use]
    pub fn guard_copy(&self, relation: Oid, operand: &str) -> Option<String> {
        self.guarding()?.guard_copy(operand, &self.ty, &self.marked(relation))
    }

    /// Whether COPY could bring a masked reading that no test finds.
    #[must_use]
    pub fn uncopied(&self) -> bool {
        let tested = |mask: &&Arc<Mask>| mask.guard_copy(&self.name, &self.ty, "").is_some();
        self.guarding().filter(tested).is_some_and(|mask| mask.is_of_parts())
    }

    /// Whether a text that is inserted can be judged as it is written; else the server must, as it must long ones, which
    /// take their time.
    #[must_use]
    pub fn judges(&self, text: &str) -> bool {
        let of_text = matches!(self.ty.class, TypeClass::Text | TypeClass::Varchar(_) | TypeClass::Bpchar(_));
        of_text && text.len() <= JUDGED_MAX
    }

    /// Whether an inserted text is a masked reading, of those that it [`Self::judges`].
    #[must_use]
    pub fn is_masked_reading(&self, text: &str) -> bool {
        self.guarding().is_some_and(|mask| mask.unmistakable() && mask.looks_masked(text, &self.ty))
    }

    fn guarding(&self) -> Option<&Arc<Mask>> {
        self.mask.as_ref().filter(|_| self.write == WriteRight::Guarded)
    }

    /// How [`crate::mask::MARK`]'s error names the column.
    fn marked(&self, relation: Oid) -> String {
        format!("{relation}.{}", self.number)
    }
}

/// What a principal may do with a relation.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum RelationRight {
    /// Some column is classified, all of them are clear to this principal.
    Clear(Arc<[ColumnRight]>),
    /// At least one column is below clear, or rows are filtered: scans are substituted. All user columns, in attribute
    /// order.
    Masked(Arc<[ColumnRight]>),
    /// Not to be used at all.
    Refused(Refusal),
}

/// The columns that are keys of persons, and the set of persons that each is of.
pub type Subjects = Map<ColumnId, Arc<str>>;

/// Dimensions by relation: their names, and the numbers of their columns where those exist.
pub type Dimensions = Map<Oid, Vec<(Arc<str>, Option<i16>)>>;

/// The compiled rights. Only `rights::bind` makes it.
#[derive(Debug)]
pub struct Rights {
    pub(super) unrestricted: bool,
    pub(super) recorded: bool,
    /// Relations that are not listed hold nothing classified.
    pub(super) relations: Map<Oid, RelationRight>,
    /// Columns of the relations above that are not clear.
    pub(super) below_clear: Map<ColumnId, Right>,
    /// Relations of which some rows are not there; each is [`RelationRight::Masked`].
    pub(super) filters: Map<Oid, RowFilter>,
    /// What definitions tie together.
    pub(super) ties: Map<Oid, Tied>,
    /// Columns that decide what is shown of a row.
    pub(super) decides: Map<Oid, Vec<Decides>>,
    /// Columns by which rows could be had in the order of others that are not clear.
    pub(super) sorts: Map<Oid, Vec<i16>>,
    /// Views that tell what is not clear where rows are locked or written.
    pub(super) apart: Set<Oid>,
    /// What stands in expressions above and must not be shown.
    pub(super) secrets: Vec<String>,
    /// User functions the policy names.
    pub(super) functions: Set<Oid>,
    /// User functions the policy names for what they say.
    pub(super) messages: Arc<[(QualifiedName, Range<usize>)]>,
    /// Channels of NOTIFY that the policy names.
    pub(super) channels: Arc<[Arc<str>]>,
    /// Settings of applications that the policy names.
    pub(super) settings: Arc<[Arc<str>]>,
    /// Columns that name the person a row is about.
    pub(super) subjects: Arc<Subjects>,
    /// What limits count by.
    pub(super) dimensions: Arc<Dimensions>,
    pub(super) labels: Arc<Labels>,
    /// How the principal's application names the person it asks for.
    pub(super) named_by: Option<NamedBy>,
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
    /// False where the policy exempts it. Also where nothing is classified yet: a dump that is being restored makes such
    /// tables, and its session has to go on.
    #[must_use]
    pub fn recorded(&self) -> bool {
        self.recorded
    }

    /// `None`: nothing of it is classified.
    #[must_use]
    pub fn relation(&self, oid: Oid) -> Option<&RelationRight> {
        self.relations.get(&oid)
    }

    /// Whether something of a relation is not there as it is: a column below clear, rows left out, all of it.
    #[must_use]
    pub fn hides(&self, oid: Oid) -> bool {
        matches!(self.relation(oid), Some(RelationRight::Masked(_) | RelationRight::Refused(_)))
    }

    /// Whether what the server counts and estimates of a relation may tell of what is hidden. Views are taken to stand
    /// before something that is.
    #[must_use]
    pub fn blurs(&self, relation: &Relation) -> bool {
        let view = matches!(relation.kind, RelationKind::View | RelationKind::MaterializedView);
        self.hides(relation.oid) || (view && relation.oid >= FIRST_NORMAL_OID)
    }

    /// Which of its rows there are; `None`: all.
    #[must_use]
    pub fn filter(&self, oid: Oid) -> Option<&RowFilter> {
        self.filters.get(&oid)
    }

    /// Whether some relation has a filter.
    #[must_use]
    pub fn filters_rows(&self) -> bool {
        !self.filters.is_empty()
    }

    /// What definitions tie together in a relation with columns that are not clear; `None`: nothing.
    #[must_use]
    pub fn tied(&self, oid: Oid) -> Option<&Tied> {
        self.ties.get(&oid)
    }

    /// Whether the partition that a row is in tells of a column that is not clear.
    #[must_use]
    pub fn parted(&self, oid: Oid) -> bool {
        self.tied(oid).is_some_and(|tied| tied.parted)
    }

    /// Whether there is such a table at all.
    #[must_use]
    pub fn parts(&self) -> bool {
        self.ties.values().any(|tied| tied.parted)
    }

    /// What of a column may be read; unlisted columns are clear.
    #[must_use]
    pub fn column(&self, relation: Oid, number: i16) -> Right {
        if let Some(RelationRight::Refused(_)) = self.relations.get(&relation) {
            return Right::Hidden;
        }
        self.below_clear.get(&ColumnId { relation, number }).copied().unwrap_or(Right::Clear)
    }

    /// The set of persons whose key this column is, if it is one.
    #[must_use]
    pub fn subject(&self, column: ColumnId) -> Option<&Arc<str>> {
        self.subjects.get(&column)
    }

    /// The relations whose rows say something else of whom or of what they are when this column is assigned.
    #[must_use]
    pub fn labelled_by(&self, column: ColumnId) -> &[Oid] {
        self.labels.assigned.get(&column).map_or(&[], Vec::as_slice)
    }

    /// The same, when rows of this relation are deleted.
    #[must_use]
    pub fn labelled_without(&self, relation: Oid) -> &[Oid] {
        self.labels.removed.get(&relation).map_or(&[], Vec::as_slice)
    }

    /// What limits count by: the dimensions of each relation, with the columns that hold them.
    #[must_use]
    pub fn dimensions(&self) -> &Arc<Dimensions> {
        &self.dimensions
    }

    /// How the principal's application names the person it asks for; `None`: it asks for itself.
    #[must_use]
    pub fn named_by(&self) -> Option<&NamedBy> {
        self.named_by.as_ref()
    }

    /// Whether a setting is the one that names the person an application asks for.
    #[must_use]
    pub fn names_end_user(&self, setting: &str) -> bool {
        matches!(&self.named_by, Some(NamedBy::Setting(name)) if name.eq_ignore_ascii_case(setting))
    }

    /// The columns that are keys of persons, and the set of each.
    #[must_use]
    pub fn subjects(&self) -> &Arc<Subjects> {
        &self.subjects
    }

    /// Whether something of `known`, the catalog that `before` is about, may be read less than under `before`.
    #[must_use]
    pub fn below(&self, before: &Self, known: &Snapshot) -> bool {
        let existed = |oid: Oid, number: i16| {
            known.relation(oid).is_some_and(|relation| relation.column_by_number(number).is_some())
        };
        let refused = self.relations.iter().filter(|(_, right)| matches!(right, RelationRight::Refused(_)));
        let closed = refused.map(|(oid, _)| *oid).any(|oid| {
            known.relation(oid).is_some() && !matches!(before.relation(oid), Some(RelationRight::Refused(_)))
        });
        let lowered = |(id, right): (&ColumnId, &Right)| {
            existed(id.relation, id.number) && *right < before.column(id.relation, id.number)
        };
        closed || self.below_clear.iter().any(lowered)
    }

    /// Whether everything that may be read under `other` may be read under these rights, too.
    #[must_use]
    pub fn covers(&self, other: &Self) -> bool {
        let column = |(mine, theirs): (&ColumnRight, &ColumnRight)| {
            let alike = (&mine.expression, &mine.shown) == (&theirs.expression, &theirs.shown);
            mine.number == theirs.number && (mine.right == Right::Clear || theirs.right == Right::Hidden || alike)
        };
        self.relations.iter().all(|(oid, right)| match (right, other.relations.get(oid)) {
            (RelationRight::Clear(_), _) | (_, Some(RelationRight::Refused(_))) => true,
            (RelationRight::Masked(mine), Some(RelationRight::Masked(theirs))) => {
                let rows = self.filters.get(oid).is_none_or(|filter| other.filters.get(oid) == Some(filter));
                rows && mine.len() == theirs.len() && mine.iter().zip(theirs.iter()).all(column)
            }
            _ => false,
        })
    }

    /// Rights made by hand.
    #[cfg(test)]
    pub(crate) fn by_hand(relations: impl IntoIterator<Item = (Oid, RelationRight)>, functions: &[Oid]) -> Self {
        let mut rights = Self {
            unrestricted: false,
            recorded: false,
            relations: Map::default(),
            below_clear: Map::default(),
            filters: Map::default(),
            ties: Map::default(),
            decides: Map::default(),
            sorts: Map::default(),
            apart: Set::default(),
            secrets: Vec::new(),
            functions: functions.iter().copied().collect(),
            messages: Arc::default(),
            channels: Arc::default(),
            settings: Arc::default(),
            subjects: Arc::default(),
            dimensions: Arc::default(),
            labels: Arc::default(),
            named_by: None,
        };
        relations.into_iter().for_each(|(oid, right)| rights.add(oid, right));
        rights
    }

    /// With what the definitions of this catalog tie together.
    #[cfg(test)]
    pub(crate) fn tied_by_hand(mut self, snapshot: &Snapshot) -> Self {
        super::decisive::decide(&mut self, snapshot);
        super::ties::tie(&mut self, snapshot);
        super::order::order(&mut self, snapshot);
        super::apart::apart(&mut self, snapshot);
        self
    }

    pub(super) fn add(&mut self, oid: Oid, right: RelationRight) {
        if let RelationRight::Masked(columns) = &right {
            let below = columns.iter().filter(|column| column.right < Right::Clear);
            let ids = below.map(|column| (ColumnId { relation: oid, number: column.number }, column.right));
            self.below_clear.extend(ids);
            for secret in columns.iter().flat_map(|column| column.mask.iter().flat_map(|mask| mask.secrets())) {
                if !self.secrets.contains(&secret) {
                    self.secrets.push(secret);
                }
            }
        }
        self.relations.insert(oid, right);
    }

    /// Whether some column's expression has a key in it.
    #[must_use]
    pub fn has_secrets(&self) -> bool {
        !self.secrets.is_empty()
    }

    /// Whether a rewritten text has a pseudonym's key in it: its plan must not be shown.
    #[must_use]
    pub fn shows_secret(&self, text: &str) -> bool {
        self.secrets.iter().any(|secret| text.contains(secret.as_str()))
    }

    /// A rewritten text as people may read it.
    #[must_use]
    pub fn redacted(&self, text: &str) -> String {
        self.secrets.iter().fold(text.to_owned(), |text, secret| text.replace(secret.as_str(), "[key]"))
    }

    /// Whether a notification of this channel reaches a restricted principal with its payload.
    #[must_use]
    pub fn channel_allowed(&self, channel: &str) -> bool {
        self.channels.iter().any(|named| match named.strip_suffix('*') {
            Some(stem) => channel.starts_with(stem),
            None => **named == *channel,
        })
    }

    /// Whether a setting is an application's own: the policy names it, or it names the person the application asks for.
    #[must_use]
    pub fn is_application_s(&self, setting: &str) -> bool {
        let begins = |stem: &str| setting.get(..stem.len()).is_some_and(|start| start.eq_ignore_ascii_case(stem));
        self.names_end_user(setting)
            || self.settings.iter().any(|named| match named.strip_suffix('*') {
                Some(stem) => begins(stem),
                None => named.eq_ignore_ascii_case(setting),
            })
    }

    /// Whether policy names this user function as one whose messages restricted principals may read.
    #[must_use]
    pub fn function_heard(&self, schema: &str, name: &str) -> bool {
        self.messages.iter().any(|(heard, _)| (&*heard.schema, &*heard.name) == (schema, name))
    }

    /// Whether policy names this user function as allowed for restricted principals.
    #[must_use]
    pub fn function_allowed(&self, oid: Oid) -> bool {
        self.functions.contains(&oid)
    }
}
