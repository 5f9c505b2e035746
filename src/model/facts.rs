//! What analysis found out about a statement: plain data that the checker, the session, audit and metrics share.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::category::Category;
use super::ids::{ColumnId, Oid, RuleId};

/// How much of a column a principal may read, from least to most.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Right {
    /// Reads as NULL.
    Hidden,
    /// Reads as its mask.
    Masked,
    /// Reads as it is.
    Clear,
}

impl Right {
    /// The word used in policies, audit lines and metrics.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Hidden => "hidden",
            Self::Masked => "masked",
            Self::Clear => "clear",
        }
    }
}

/// How a principal may write a column.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum WriteRight {
    /// Not at all.
    Denied,
    /// Values that are, or may be, masked readings never replace true ones.
    Guarded,
    /// As the database's own grants say.
    Free,
}

impl WriteRight {
    /// The word used in explanations.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Denied => "denied",
            Self::Guarded => "guarded",
            Self::Free => "free",
        }
    }
}

/// What a comparison of masked values is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Comparison {
    /// One of masks, as the masked table would have it.
    Mask,
    /// Refused between two columns, since it would pair strangers; of masks with anything else.
    #[default]
    Constants,
    /// Refused.
    Refuse,
}

/// A column whose true value a statement tests for equality.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Probe {
    pub column: ColumnId,
    /// With how many values at most, those of parameters apart.
    pub values: u64,
    /// Parameters, counted from 1, each with as many values as its array has.
    pub arrays: Vec<usize>,
}

/// One classified column that a statement reads, and what this principal sees of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ColumnUse {
    pub column: ColumnId,
    /// `schema.table.column`.
    pub name: Arc<str>,
    pub category: Category,
    pub right: Right,
    /// The rule that decided.
    pub rule: RuleId,
}

/// Statement classes of the allow-list (chapter 3, *What else carries data*).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum StatementClass {
    /// SELECT, TABLE, VALUES, WITH … SELECT, SELECT … INTO TEMP.
    Read,
    /// INSERT, UPDATE, DELETE, MERGE.
    Write,
    /// COPY … TO STDOUT.
    CopyOut,
    /// COPY … FROM STDIN.
    CopyIn,
    Explain,
    /// DECLARE, FETCH, MOVE, CLOSE.
    Cursor,
    /// PREPARE, EXECUTE, DEALLOCATE.
    Prepared,
    /// BEGIN, COMMIT, ROLLBACK, SAVEPOINT, …
    Transaction,
    /// SET, RESET, SHOW, DISCARD.
    Setting,
    /// CREATE TEMP TABLE, its indexes, DROP of temp tables, TRUNCATE.
    TempTable,
    /// LISTEN, UNLISTEN, NOTIFY, LOCK, CHECKPOINT-like statements that carry no data.
    Other,
    /// An empty query string.
    Empty,
}

impl StatementClass {
    /// As audit records name it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Write => "write",
            Self::CopyOut => "copyout",
            Self::CopyIn => "copyin",
            Self::Explain => "explain",
            Self::Cursor => "cursor",
            Self::Prepared => "prepared",
            Self::Transaction => "transaction",
            Self::Setting => "setting",
            Self::TempTable => "temptable",
            Self::Other => "other",
            Self::Empty => "empty",
        }
    }
}

/// What a statement may change of the session's own names; the session asks the server again afterwards.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum SessionEffect {
    /// The effective search path may differ afterwards (SET, RESET, DISCARD; also ROLLBACK after such).
    SearchPath,
    /// Temp tables may differ afterwards.
    TempTables,
    /// The client encoding may differ afterwards (SET, RESET, DISCARD; also ROLLBACK after such).
    Encoding,
    /// The application may ask for another person afterwards (by its setting; also ROLLBACK after such).
    EndUser,
    /// A transaction (or savepoint) ends: whatever was set inside may be undone.
    TransactionEnd,
    /// PREPARE name.
    Prepare(Arc<str>),
    /// EXECUTE name.
    Execute(Arc<str>),
    /// DEALLOCATE name; `None` for ALL.
    Deallocate(Option<Arc<str>>),
    /// DECLARE name.
    Declare(Arc<str>),
    /// The cursor that is declared outlives its transaction.
    Hold,
    /// FETCH or MOVE from name.
    Fetch(Arc<str>),
    /// CLOSE name; `None` for ALL.
    Close(Option<Arc<str>>),
}

/// What one statement of a query string does.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Facts {
    pub class: StatementClass,
    /// Every relation it names, in order of first appearance, without duplicates.
    pub relations: Vec<Oid>,
    /// Every classified column of the relations it scans that the statement may deliver or depend on.
    pub columns: Vec<ColumnUse>,
    /// Tests of true values.
    pub probes: Vec<Probe>,
    /// How many relation scans were substituted.
    pub substituted: usize,
    /// How many masks stand among its outputs, over the one relation that it reads, which stands as it is.
    pub masked_outputs: usize,
    /// Whether rows of a relation that it scans are left out.
    pub filtered: bool,
    /// Parameters, counted from 1, that conditions beside a filter are believed not to fail by, each with the type that it is
    /// cast to wherever it is named: not if Parse declares another.
    pub casts: BTreeMap<i32, Oid>,
    /// Every scan of a relation with classified columns, in order: the same relation twice is two scans.
    pub scans: Vec<Oid>,
    /// Those of them of which clear values are read, be it in a condition.
    pub disclosing: Vec<Oid>,
    /// How often WITH queries are read in FROM: what one scans is as many scans.
    pub with_references: u32,
    /// Whether values of many rows may be folded into one: aggregates, windows, arrays of a query, recursion.
    pub folds: bool,
    /// Numbers in a row that conditions over others than the row's own persons may have made: what aggregates and
    /// windows that only count give, the first plain one apart.
    pub numbers: u32,
    /// Whether something of it can be read back that no row shows: by functions with side effects on what they are
    /// given, rows locked out of sight, rows written inside of WITH.
    pub lasting: bool,
    /// Calls of functions with side effects on constants: whether each was made can be read back.
    pub marks: u32,
    /// Whether it locks rows.
    pub locks: bool,
    /// Whether it writes rows.
    pub writes: bool,
    /// Whether it is an EXPLAIN that runs the statement, and so tells numbers of rows.
    pub analyzes: bool,
    /// Whether it assigns to protected columns that are not read in clear.
    pub unseen: bool,
    /// Whether that tells which values there are: by a key, by where an updated row goes, or to somebody who may test for
    /// them.
    pub tries: bool,
    /// How many values it spells out at most for such a column: in rows of VALUES, in arms of CASE.
    pub attempts: u64,
    /// Whether such values come from somewhere else: a query, other columns, an expression.
    pub computes: bool,
    /// Whether RETURNING tests true values: those that were written, too.
    pub asks_back: bool,
    /// Bits that the value of one person takes at least, of the columns that it reads in clear.
    pub bits: u64,
    /// Whether a literal decides about something of these facts.
    pub literal: bool,
    /// How many values each argument of EXECUTE has at most, were it an array; `None`: that is not known.
    pub arguments: Vec<Option<u64>>,
    /// Whether a value that is read in clear goes into a table that outlives the session.
    pub stores: bool,
    /// How often it names a temporary table.
    pub temporary: u32,
    /// Relations of whose rows it changes whom or what they say that they are about.
    pub relabels: Vec<Oid>,
    pub effects: Vec<SessionEffect>,
}

impl Facts {
    /// Facts of a statement that touches no relation.
    #[must_use]
    pub fn of(class: StatementClass) -> Self {
        Self {
            class,
            relations: Vec::new(),
            columns: Vec::new(),
            probes: Vec::new(),
            substituted: 0,
            masked_outputs: 0,
            filtered: false,
            casts: BTreeMap::new(),
            scans: Vec::new(),
            disclosing: Vec::new(),
            with_references: 0,
            folds: false,
            numbers: 0,
            lasting: false,
            marks: 0,
            locks: false,
            writes: false,
            analyzes: false,
            unseen: false,
            tries: false,
            attempts: 0,
            computes: false,
            asks_back: false,
            bits: 32,
            literal: false,
            arguments: Vec::new(),
            stores: false,
            temporary: 0,
            relabels: Vec::new(),
            effects: Vec::new(),
        }
    }

    /// Whether the statement reads a classified column, in clear or not: such statements are audited.
    #[must_use]
    pub fn touches_protected(&self) -> bool {
        !self.columns.is_empty()
    }

    /// This statement, as it was run by `by`: EXECUTE, FETCH, MOVE, or something that has one of them inside.
    #[must_use]
    pub fn run_by(&self, by: &Self) -> Self {
        let fetched = by.effects.iter().any(|effect| matches!(effect, SessionEffect::Fetch(_)));
        if by.writes {
            // WHERE CURRENT OF
            let mut own = by.clone();
            own.disclosing.extend(&self.disclosing);
            return own;
        }
        let mut own = self.clone();
        if fetched {
            own.probes.clear();
        }
        own.class = if by.class == StatementClass::Prepared { self.class } else { by.class };
        own.lasting |= by.analyzes && (self.writes || by.class == StatementClass::TempTable);
        own.analyzes = by.analyzes;
        own.arguments.clone_from(&by.arguments);
        own.effects.clone_from(&by.effects);
        own
    }

    /// Values that it tests, given how many each of its parameters has.
    #[must_use]
    pub fn tested(&self, parameter: impl Fn(usize) -> u64) -> u64 {
        let of = |probe: &Probe| probe.arrays.iter().fold(probe.values, |sum, n| sum.saturating_add(parameter(*n)));
        self.probes.iter().fold(0, |sum, probe| sum.saturating_add(of(probe)))
    }
}
