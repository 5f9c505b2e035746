//! Policy × Snapshot: what each column of a database may hold. The same for every principal.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use crate::catalog::snapshot::{Lineage, Origin, Relation, RelationKind, Snapshot, Unasked};
use crate::model::category::Category;
use crate::model::ids::{ColumnId, FIRST_NORMAL_OID, Oid};
use crate::policy::Policy;
use crate::policy::classification::{Class, ColumnClass, RelationClass, Unclassified};
use crate::policy::documents::Document;
use crate::policy::masks::NamedMask;

use super::heirs::missing;
pub(super) use super::heirs::{heirs, heirs_of};
use super::labels::{Labels, labels};
pub(super) use super::names::{column_name, function_name, name_of};
use super::table::{Dimensions, Subjects};
use super::{builtin, rows};

/// How far views over views and children of children are followed.
const MAX_DEPTH: usize = 100;

/// One reason for which a column may not be clear to everybody.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum Holding {
    /// A category, and the column's own mask.
    Personal(Category, Option<Arc<NamedMask>>),
    /// JSON, by the paths in it.
    Document(Arc<Document>),
    /// An expression over columns with this holding: hidden as soon as the holding is below clear.
    Derived(Box<Holding>),
    /// Nobody classified it, and the bundle says that such columns are closed.
    Unclassified(Unclassified),
    /// A value-holding column of the server's own catalogs.
    System,
    /// It cannot be worked out what it holds.
    Unknown,
    /// The table lost a column of this category: this unclassified one may be the same under a new name.
    Drifted(Category),
}

/// Why a relation may be refused as a whole.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum Guard {
    /// The definition decides by what this column holds which rows there are.
    Decides(ColumnId, Holding),
    /// The definition could not be analysed and refers to this column.
    Refers(ColumnId, Holding),
    /// The definition calls this function, which the policy does not name.
    Calls(Oid),
    /// A relation of the server itself that nobody has reviewed.
    NotReviewed,
}

/// What a column may hold.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct BoundColumn {
    pub(super) number: i16,
    pub(super) holdings: Vec<Holding>,
}

/// A relation with something to protect.
#[derive(Clone, Debug)]
pub(super) struct BoundRelation {
    pub(super) relation: Arc<Relation>,
    /// All user columns, in attribute order.
    pub(super) columns: Vec<BoundColumn>,
    pub(super) guards: Vec<Guard>,
}

/// What each column of a database may hold.
#[derive(Debug, Default)]
pub(super) struct Layout {
    pub(super) relations: Vec<BoundRelation>,
    pub(super) functions: HashSet<Oid>,
    /// The rules of `rows.toml`.
    pub(super) rows: rows::Bound,
    /// Columns that name the person a row is about, each with the name of the set that the person is of.
    pub(super) subjects: Arc<Subjects>,
    /// What limits count by: of each relation that has such, the dimensions and their columns, if they exist.
    pub(super) dimensions: Arc<Dimensions>,
    /// What an assignment to one of these, or to what stands for it, labels anew.
    pub(super) labels: Arc<Labels>,
}

/// Works a layout out.
pub(super) fn layout(policy: &Policy, snapshot: &Snapshot) -> Layout {
    let functions = allowed_functions(policy, snapshot);
    let mut survey = Survey::new(policy, snapshot, &functions);
    let mut columns = HashMap::new();
    for relation in snapshot.relations() {
        if matches!(relation.kind, RelationKind::Sequence | RelationKind::Composite) {
            continue;
        }
        let of: Vec<BoundColumn> = relation
            .columns
            .iter()
            .map(|column| BoundColumn { number: column.number, holdings: survey.column(relation, column.number, 0) })
            .collect();
        columns.insert(relation.oid, of);
    }
    let rows = rows::bind(policy, snapshot, &functions, &columns);
    let mut relations = Vec::new();
    for (oid, columns) in columns {
        let Some(relation) = snapshot.relation(oid) else { continue };
        let guards = survey.guards(relation);
        let classified = columns.iter().any(|column| !column.holdings.is_empty());
        if !guards.is_empty() || classified || rows.by_relation.contains_key(&oid) {
            relations.push(BoundRelation { relation: Arc::clone(relation), columns, guards });
        }
    }
    let (subjects, dimensions) = (Arc::new(survey.subjects()), Arc::new(survey.dimensions()));
    drop(survey);
    let labels = Arc::new(labels(snapshot, &subjects, &dimensions));
    Layout { relations, functions, rows, subjects, dimensions, labels }
}

/// Every overload of the user functions that the policy names.
fn allowed_functions(policy: &Policy, snapshot: &Snapshot) -> HashSet<Oid> {
    let named = policy.classification.functions.iter().flat_map(|(name, _)| {
        snapshot.functions_named(&name.name).iter().filter(|function| function.schema == name.schema)
    });
    named.map(|function| function.oid).collect()
}

/// What has been found out so far.
struct Survey<'a> {
    policy: &'a Policy,
    snapshot: &'a Snapshot,
    functions: &'a HashSet<Oid>,
    /// Direct inheritance children and partitions.
    children: HashMap<Oid, Vec<Oid>>,
    classes: HashMap<Oid, Option<&'a RelationClass>>,
    /// Categories of columns that the bundle classifies and the table does not have.
    lost: HashMap<Oid, Vec<Category>>,
    done: HashMap<ColumnId, Vec<Holding>>,
}

impl<'a> Survey<'a> {
    fn new(policy: &'a Policy, snapshot: &'a Snapshot, functions: &'a HashSet<Oid>) -> Self {
        let mut children: HashMap<Oid, Vec<Oid>> = HashMap::new();
        let mut classes = HashMap::new();
        let mut lost = HashMap::new();
        for relation in snapshot.relations() {
            for parent in &relation.parents {
                children.entry(*parent).or_default().push(relation.oid);
            }
            let class = policy.classification.relations.get(&name_of(relation));
            if let Some(class) = class {
                lost.insert(relation.oid, lost_categories(relation, class));
            }
            classes.insert(relation.oid, class);
        }
        for class in missing(policy, snapshot) {
            for heir in heirs(policy, snapshot, class) {
                let known = classes.entry(heir.oid).or_default();
                *known = known.or(Some(class));
            }
        }
        Self { policy, snapshot, functions, children, classes, lost, done: HashMap::new() }
    }

    /// What a column may hold, by every way in which values reach it.
    fn column(&mut self, relation: &Arc<Relation>, number: i16, depth: usize) -> Vec<Holding> {
        let id = ColumnId { relation: relation.oid, number };
        if let Some(done) = self.done.get(&id) {
            return done.clone();
        }
        if depth > MAX_DEPTH {
            return vec![Holding::Unknown];
        }
        let mut holdings = match relation.kind {
            RelationKind::View | RelationKind::MaterializedView => self.view_column(relation, number, depth),
            _ => self.table_column(relation, number, depth),
        };
        if builtin::holds_values(relation, number) {
            push(&mut holdings, Holding::System);
        }
        self.done.insert(id, holdings.clone());
        holdings
    }

    /// A table's column holds what it is classified as, and, a scan of a parent reading its children, what they hold.
    fn table_column(&mut self, relation: &Arc<Relation>, number: i16, depth: usize) -> Vec<Holding> {
        let Some(column) = relation.column_by_number(number) else { return Vec::new() };
        let name = Arc::clone(&column.name);
        let mut holdings = self.own_column(relation, &name, depth);
        for child in self.descendants(relation.oid) {
            for holding in self.own_column(&child, &name, depth) {
                push(&mut holdings, holding);
            }
        }
        holdings
    }

    /// What a column holds by its own table and that table's parents: its class or, where the bundle does not say what
    /// it is, also what it is computed from, and what the rows hold that its type is made of.
    fn own_column(&mut self, relation: &Arc<Relation>, name: &str, depth: usize) -> Vec<Holding> {
        let (mut holdings, classified) = self.inherited(relation, name, depth);
        let Some(column) = relation.column(name).filter(|_| !classified) else { return holdings };
        let number = column.number;
        let computed = relation.generated_from.iter().filter(|(of, _)| *of == number);
        let mut sources: Vec<ColumnId> =
            computed.map(|(_, from)| ColumnId { relation: relation.oid, number: *from }).collect();
        sources.extend(self.rows_of(column.type_oid));
        for source in sources {
            for holding in self.by_id(source, depth) {
                push(&mut holdings, Holding::Derived(Box::new(holding)));
            }
        }
        holdings
    }

    /// Every column of the relations whose rows a type may hold.
    fn rows_of(&self, ty: Oid) -> Vec<ColumnId> {
        if ty < FIRST_NORMAL_OID {
            return Vec::new();
        }
        self.snapshot.columns_in(ty)
    }

    /// What a column's own classification and that of its parents say (`true`); if nothing, the default for such
    /// columns.
    fn inherited(&self, relation: &Arc<Relation>, name: &str, depth: usize) -> (Vec<Holding>, bool) {
        let mut classes = Vec::new();
        let mut seen = HashSet::new();
        self.collect_classes(relation, name, depth, &mut seen, &mut classes);
        let personal: Vec<Holding> = classes.iter().filter_map(|class| personal(class)).collect();
        match () {
            () if !personal.is_empty() => (personal, true),
            // Known to hold nothing personal.
            () if !classes.is_empty() => (Vec::new(), true),
            () => (self.unclassified(relation), false),
        }
    }

    fn collect_classes(
        &self,
        relation: &Arc<Relation>,
        name: &str,
        depth: usize,
        seen: &mut HashSet<Oid>,
        classes: &mut Vec<&'a ColumnClass>,
    ) {
        if depth > MAX_DEPTH || !seen.insert(relation.oid) {
            return;
        }
        let own = self.classes.get(&relation.oid).copied().flatten();
        classes.extend(own.and_then(|class| class.columns.get(name)));
        for parent in relation.parents.iter().filter_map(|oid| self.snapshot.relation(*oid)) {
            if parent.column(name).is_some() {
                self.collect_classes(parent, name, depth + 1, seen, classes);
            }
        }
    }

    /// What an unclassified column of a table is.
    fn unclassified(&self, relation: &Arc<Relation>) -> Vec<Holding> {
        if builtin::is_system(relation) {
            return Vec::new();
        }
        match self.policy.classification.unclassified(&name_of(relation)) {
            Unclassified::Clear => self.lost_here_or_above(relation).into_iter().map(Holding::Drifted).collect(),
            closed => vec![Holding::Unclassified(closed)],
        }
    }

    /// A partition has the columns of its parents: what they lost, it lost.
    fn lost_here_or_above(&self, relation: &Arc<Relation>) -> BTreeSet<Category> {
        let mut seen = HashSet::new();
        let mut queue = vec![relation.oid];
        let mut lost = BTreeSet::new();
        while let Some(oid) = queue.pop() {
            if seen.insert(oid) {
                lost.extend(self.lost.get(&oid).into_iter().flatten().cloned());
                queue.extend(self.snapshot.relation(oid).into_iter().flat_map(|relation| relation.parents.iter()));
            }
        }
        lost
    }

    /// The subject columns of classified relations, and of what inherits from them.
    fn subjects(&self) -> Subjects {
        let mut found = Subjects::default();
        for (name, class) in &self.policy.classification.relations {
            let Some(subject) = &class.subject else { continue };
            let Some(relation) = self.snapshot.relation_named(&name.schema, &name.name) else { continue };
            let set: Arc<str> = name.to_string().into();
            for heir in std::iter::once(Arc::clone(relation)).chain(self.descendants(relation.oid)) {
                if let Some(column) = heir.column(subject) {
                    found.insert(ColumnId { relation: heir.oid, number: column.number }, Arc::clone(&set));
                }
            }
        }
        found
    }

    /// Dimensions that some limit counts by, of classified relations and of what inherits from them. What a view shows
    /// is of a dimension that nobody knows, unless the bundle says where it stands.
    fn dimensions(&self) -> Dimensions {
        let wanted: HashSet<&Arc<str>> = self.policy.limits.dimensions().collect();
        let mut found = Dimensions::default();
        for (name, class) in &self.policy.classification.relations {
            let Some(relation) = self.snapshot.relation_named(&name.schema, &name.name) else { continue };
            for dimension in class.dimensions.iter().filter(|dimension| wanted.contains(&dimension.name)) {
                for heir in std::iter::once(Arc::clone(relation)).chain(self.descendants(relation.oid)) {
                    let column = heir.column(&dimension.column).map(|column| column.number);
                    found.entry(heir.oid).or_default().push((Arc::clone(&dimension.name), column));
                }
            }
        }
        let derived =
            |relation: &&Arc<Relation>| !matches!(relation.kind, RelationKind::Table | RelationKind::Partitioned);
        for view in self.snapshot.relations().filter(derived) {
            let known = found.entry(view.oid).or_default();
            for name in &wanted {
                if !known.iter().any(|(one, _)| one == *name) {
                    known.push((Arc::clone(name), None));
                }
            }
        }
        found
    }

    fn descendants(&self, oid: Oid) -> Vec<Arc<Relation>> {
        let mut seen = HashSet::from([oid]);
        let mut queue = vec![oid];
        let mut found = Vec::new();
        while let Some(next) = queue.pop() {
            for child in self.children.get(&next).into_iter().flatten() {
                if seen.insert(*child) {
                    queue.push(*child);
                    found.extend(self.snapshot.relation(*child).cloned());
                }
            }
        }
        found
    }

    /// A view's column holds what its source holds; an expression, unless the bundle says what it is, hides it.
    fn view_column(&mut self, view: &Arc<Relation>, number: i16, depth: usize) -> Vec<Holding> {
        let Some(position) = view.columns.iter().position(|column| column.number == number) else { return Vec::new() };
        let named = self.named_class(view, position);
        let own: Vec<Holding> = named.and_then(personal).into_iter().collect();
        let sources: Vec<ColumnId> = match &view.lineage {
            None => return own,
            Some(Lineage::Known { outputs, .. }) => match outputs.get(position) {
                Some(Origin::Column(source)) => {
                    let mut holdings = own;
                    for holding in self.by_id(*source, depth) {
                        push(&mut holdings, holding);
                    }
                    return holdings;
                }
                Some(Origin::Either(sources)) => {
                    let mut holdings = own;
                    for source in sources {
                        for holding in self.by_id(*source, depth) {
                            push(&mut holdings, holding);
                        }
                    }
                    return holdings;
                }
                Some(Origin::Derived(sources)) => sources.clone(),
                // More columns than the definition has: not a definition that is understood.
                None => return vec![Holding::Unknown],
            },
            Some(Lineage::Unknown { refers, .. }) => refers.clone(),
        };
        if named.is_some() {
            return own;
        }
        let mut holdings = Vec::new();
        // a function that the bundle names is vouched for, the rows of a table that it returns are not
        let returned = view.calls.iter().filter_map(|function| self.snapshot.function(*function));
        let rows: Vec<ColumnId> = returned.flat_map(|function| self.rows_of(function.return_type)).collect();
        let sources = sources.into_iter().chain(rows);
        if view.calls.iter().any(|function| !self.functions.contains(function)) {
            // Whatever the function returns; an undeclared view is refused for it, a declared one names its columns.
            holdings.push(Holding::Unknown);
        }
        for source in sources {
            for holding in self.by_id(source, depth) {
                push(&mut holdings, Holding::Derived(Box::new(holding)));
            }
        }
        holdings
    }

    fn by_id(&mut self, id: ColumnId, depth: usize) -> Vec<Holding> {
        match self.snapshot.relation(id.relation) {
            Some(relation) => self.column(&Arc::clone(relation), id.number, depth + 1),
            None => vec![Holding::Unknown],
        }
    }

    fn named_class(&self, relation: &Relation, position: usize) -> Option<&'a ColumnClass> {
        let class = self.classes.get(&relation.oid).copied().flatten()?;
        class.columns.get(&relation.columns.get(position)?.name)
    }

    /// What may make the relation unusable as a whole.
    fn guards(&mut self, relation: &Arc<Relation>) -> Vec<Guard> {
        let mut guards = Vec::new();
        if builtin::is_system(relation) && !builtin::is_reviewed(relation) {
            guards.push(Guard::NotReviewed);
        }
        let declared = self.classes.get(&relation.oid).copied().flatten().is_some_and(|class| class.declared_view);
        if declared {
            return guards;
        }
        self.definition_guards(relation, &mut guards);
        guards
    }

    /// What its definition, and those of the views that it reads, look at. A view that the bundle declares is vouched for.
    fn definition_guards(&mut self, relation: &Arc<Relation>, guards: &mut Vec<Guard>) {
        for view in std::iter::once(Arc::clone(relation)).chain(self.views_behind(relation)) {
            self.own_guards(&view, guards);
            if !view.unasked.kept {
                continue;
            }
            let stored = view.kind == RelationKind::MaterializedView;
            for below in self.views_behind(&view) {
                let Unasked { ordered, failing, .. } = &below.unasked;
                let computed = ordered.iter().chain(failing.iter().filter(|_| !stored));
                computed.for_each(|id| self.guard(*id, Guard::Decides, guards));
            }
        }
    }

    /// Views that a view reads, or one of those; not those that the bundle declares, nor what these read.
    fn views_behind(&self, view: &Relation) -> Vec<Arc<Relation>> {
        let (mut left, mut seen, mut found) = (view.reads.clone(), HashSet::from([view.oid]), Vec::new());
        while let Some(oid) = left.pop() {
            let declared = self.classes.get(&oid).copied().flatten().is_some_and(|class| class.declared_view);
            let below = self.snapshot.relation(oid).filter(|one| one.lineage.is_some() && !declared);
            if let Some(below) = below.filter(|_| seen.insert(oid)) {
                left.extend(&below.reads);
                found.push(Arc::clone(below));
            }
        }
        found
    }

    fn guard(&mut self, id: ColumnId, guard: fn(ColumnId, Holding) -> Guard, guards: &mut Vec<Guard>) {
        for holding in self.by_id(id, 0) {
            let next = guard(id, holding);
            if !guards.contains(&next) {
                guards.push(next);
            }
        }
    }

    fn own_guards(&mut self, relation: &Arc<Relation>, guards: &mut Vec<Guard>) {
        let (columns, guard): (_, fn(ColumnId, Holding) -> Guard) = match &relation.lineage {
            Some(Lineage::Known { decides, .. }) => (decides.clone(), Guard::Decides),
            Some(Lineage::Unknown { refers, .. }) => (refers.clone(), Guard::Refers),
            None => return,
        };
        columns.into_iter().for_each(|id| self.guard(id, guard, guards));
        guards.extend(relation.calls.iter().filter(|oid| !self.functions.contains(oid)).map(|oid| Guard::Calls(*oid)));
    }
}

fn personal(class: &ColumnClass) -> Option<Holding> {
    match &class.class {
        Class::Public => None,
        Class::Personal(category) => Some(Holding::Personal(category.clone(), class.mask.clone())),
        Class::Document(document) => Some(Holding::Document(Arc::clone(document))),
    }
}

/// Categories of columns that the bundle classifies and the relation does not have (any more).
fn lost_categories(relation: &Relation, class: &RelationClass) -> Vec<Category> {
    let gone = class.columns.iter().filter(|(name, _)| relation.column(name).is_none());
    let mut lost: Vec<Category> = gone
        .flat_map(|(_, column)| match &column.class {
            Class::Personal(category) => vec![category.clone()],
            Class::Document(document) => document.categories().into_iter().cloned().collect(),
            Class::Public => Vec::new(),
        })
        .collect();
    lost.sort();
    lost.dedup();
    lost
}

fn push(holdings: &mut Vec<Holding>, holding: Holding) {
    if !holdings.contains(&holding) {
        holdings.push(holding);
    }
}
