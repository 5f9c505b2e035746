//! What binding a bundle to a database finds out: what is missing, unclassified, not to be masked.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::catalog::snapshot::{Relation, RelationKind, Snapshot};
use crate::mask::Mask;
use crate::model::category::Category;
use crate::model::types::{ColumnType, TypeClass};
use crate::policy::Policy;
use crate::policy::classification::{Class, ColumnClass, QualifiedName, RelationClass};
use crate::policy::diagnostic::{Diagnostic, nearest};
use crate::policy::documents::PathClass;
use crate::policy::masks::NamedMask;

use super::builtin;
use super::layout::{Guard, Layout, column_name, function_name, heirs, layout, name_of};

/// How a bundle and a database fit together.
#[derive(Clone, Debug, Default)]
pub struct Binding {
    /// Classified and missing, masks that do not fit, rules about rows that do not fit: each points at its line.
    pub diagnostics: Vec<Diagnostic>,
    /// Columns of tables in no class, by table, in attribute order. Those of the server's own are not listed.
    pub unclassified: BTreeMap<QualifiedName, Vec<Arc<str>>>,
    /// Views that restricted principals cannot use unless the bundle declares them, and why.
    pub opaque_views: BTreeMap<QualifiedName, String>,
    /// How many columns have a class.
    pub classified: usize,
}

/// Compares a bundle with a database.
#[must_use]
pub fn inspect(policy: &Policy, snapshot: &Snapshot) -> Binding {
    let mut binding = Binding::default();
    let mut names: Vec<_> = policy.classification.relations.iter().collect();
    names.sort_by_key(|(_, class)| class.span.start);
    for (name, class) in names {
        match snapshot.relation_named(&name.schema, &name.name) {
            Some(relation) => inspect_relation(policy, relation, class, &mut binding),
            None => binding.diagnostics.push(missing_relation(policy, snapshot, name, class)),
        }
    }
    missing_functions(policy, snapshot, &mut binding);
    let layout = layout(policy, snapshot);
    binding.diagnostics.extend(layout.rows.diagnostics.iter().cloned());
    for relation in snapshot.relations().filter(|relation| !builtin::is_system(relation)) {
        list_unclassified(policy, snapshot, relation, &mut binding);
    }
    list_opaque_views(&layout, snapshot, &mut binding);
    binding
}

/// Views with a guard that may refuse them to somebody.
fn list_opaque_views(layout: &Layout, snapshot: &Snapshot, binding: &mut Binding) {
    for bound in &layout.relations {
        let why = match bound.guards.first() {
            Some(Guard::Decides(id, _)) => format!("decides by {}", column_name(snapshot, *id)),
            Some(Guard::Refers(id, _)) => format!("cannot be analysed and reads {}", column_name(snapshot, *id)),
            Some(Guard::Calls(oid)) => format!("calls {}", function_name(snapshot, *oid)),
            Some(Guard::NotReviewed) | None => continue,
        };
        binding.opaque_views.insert(name_of(&bound.relation), why);
    }
}

fn missing_relation(policy: &Policy, snapshot: &Snapshot, name: &QualifiedName, class: &RelationClass) -> Diagnostic {
    let source = policy.classification_source();
    let missing = source.warning(&class.span, format!("the database has no `{name}`"));
    if let Some(heir) = heirs(policy, snapshot, class).first() {
        let heir = name_of(heir);
        return missing.help(format!("`{heir}` has all its personal columns and is treated as it; correct the name"));
    }
    let known: Vec<String> = snapshot.relations().map(|relation| name_of(relation).to_string()).collect();
    match nearest(&name.to_string(), known.iter().map(String::as_str)) {
        Some(near) => missing.help(format!("did you mean `{near}`?")),
        None => missing.help("if it was renamed, its new name is not protected by this entry"),
    }
}

fn inspect_relation(policy: &Policy, relation: &Relation, class: &RelationClass, binding: &mut Binding) {
    let source = policy.classification_source();
    let is_view = matches!(relation.kind, RelationKind::View | RelationKind::MaterializedView);
    if class.declared_view && !is_view {
        let wrong = source.warning(&class.span, "this is not a view");
        binding.diagnostics.push(wrong.help(format!("write `[table.\"{}\"]`", name_of(relation))));
    }
    let mut columns: Vec<_> = class.columns.iter().collect();
    columns.sort_by_key(|(_, column)| column.span.start);
    for (name, column) in columns {
        match relation.column(name) {
            Some(found) => {
                binding.classified += 1;
                binding.diagnostics.extend(unfit_masks(policy, column, &found.ty));
            }
            None => binding.diagnostics.push(missing_column(policy, relation, name, column)),
        }
    }
    if let Some(subject) = class.subject.as_ref().filter(|subject| relation.column(subject).is_none()) {
        let missing = source.warning(&class.subject_span, format!("the table has no column `{subject}`"));
        binding.diagnostics.push(missing.help("the subject key names the column that identifies a person"));
    }
    binding.diagnostics.extend(missing_dimensions(policy, relation, class));
}

/// Dimensions whose column the table does not have.
fn missing_dimensions(policy: &Policy, relation: &Relation, class: &RelationClass) -> Vec<Diagnostic> {
    let source = policy.classification_source();
    let missing = class.dimensions.iter().filter(|dimension| relation.column(&dimension.column).is_none());
    let told = missing.map(|dimension| {
        let missing = source.warning(&dimension.span, format!("the table has no column `{}`", dimension.column));
        missing.help("until this is corrected, its rows count as those whose value is not known")
    });
    told.collect()
}

fn missing_column(policy: &Policy, relation: &Relation, name: &str, column: &ColumnClass) -> Diagnostic {
    let source = policy.classification_source();
    let missing = source.warning(&column.span, format!("`{}` has no column `{name}`", name_of(relation)));
    let near = nearest(name, relation.columns.iter().map(|column| &*column.name));
    let drift = "until this is corrected, its unclassified columns are hidden from whoever may not read this category";
    match near {
        Some(near) => missing.help(format!("did you mean `{near}`? {drift}")),
        None => missing.help(drift),
    }
}

/// Masks that this column may get and its type cannot hold: it is hidden instead.
fn unfit_masks(policy: &Policy, column: &ColumnClass, ty: &ColumnType) -> Vec<Diagnostic> {
    let source = policy.classification_source();
    match &column.class {
        Class::Public => Vec::new(),
        Class::Document(document) => match ty.class {
            TypeClass::Json | TypeClass::Jsonb => {
                document.paths.iter().flat_map(|path| unfit_path(policy, path)).collect()
            }
            _ => {
                let unfit = source.warning(&column.span, format!("a column of type {} has no JSON paths", ty.sql));
                vec![unfit.help("it is hidden as a whole from whoever may not read all of its categories in clear")]
            }
        },
        Class::Personal(category) => {
            let unfit = names_of(policy, category, column.mask.as_ref(), |mask| !mask.fits(&ty.class));
            let each = unfit.into_iter().map(|mask| {
                let unfit =
                    source.warning(&column.span, format!("mask `{mask}` does not fit a column of type {}", ty.sql));
                unfit.help(help_for(&ty.class))
            });
            each.collect()
        }
    }
}

fn help_for(class: &TypeClass) -> &'static str {
    match class {
        TypeClass::Checked(_) => "it is hidden instead: a mask may violate the constraint of the domain",
        TypeClass::Array(_) => "it is hidden instead; a mask of every element is written `each = \"…\"` in masks.toml",
        TypeClass::Composite => "it is hidden instead, with all its fields; a view can show single ones",
        _ => "it is hidden instead; give the column a mask of its own: `{ category = \"…\", mask = \"…\" }`",
    }
}

/// Masks for arrays at a path, which holds single values.
fn unfit_path(policy: &Policy, path: &PathClass) -> Vec<Diagnostic> {
    let Class::Personal(category) = &path.class else { return Vec::new() };
    let unfit = names_of(policy, category, path.mask.as_ref(), |mask| matches!(mask, Mask::Each(_)));
    let each = unfit.into_iter().map(|mask| {
        let unfit = policy.classification_source().warning(&path.span, format!("mask `{mask}` is for arrays"));
        unfit.help("what stands at this path is hidden instead; name the mask of one value")
    });
    each.collect()
}

/// Names of the masks that something of a category may get, and that are as asked for.
fn names_of<'p>(
    policy: &'p Policy,
    category: &Category,
    own: Option<&'p Arc<NamedMask>>,
    wanted: impl Fn(&Mask) -> bool,
) -> BTreeSet<&'p str> {
    let default = policy.classification.categories.get(category).map(|definition| &definition.mask);
    let all = own.or(default).into_iter().chain(policy.masks.overrides_of(category));
    all.filter(|mask| wanted(&mask.mask)).map(|mask| &*mask.name).collect()
}

fn missing_functions(policy: &Policy, snapshot: &Snapshot, binding: &mut Binding) {
    let classification = &policy.classification;
    for (name, span) in classification.functions.iter().chain(&*classification.messages) {
        if !snapshot.functions_named(&name.name).iter().any(|function| function.schema == name.schema) {
            let missing =
                policy.classification_source().warning(span, format!("the database has no function `{name}`"));
            binding.diagnostics.push(missing);
        }
    }
}

fn list_unclassified(policy: &Policy, snapshot: &Snapshot, relation: &Relation, binding: &mut Binding) {
    let name = name_of(relation);
    match relation.kind {
        RelationKind::Table | RelationKind::Partitioned | RelationKind::Foreign => {}
        _ => return,
    }
    let classes: Vec<&RelationClass> = ancestry(snapshot, relation)
        .into_iter()
        .filter_map(|relation| policy.classification.relations.get(&name_of(relation)))
        .collect();
    let inherited = |name: &str| {
        let parents = relation.parents.iter().filter_map(|oid| snapshot.relation(*oid));
        parents.into_iter().any(|parent| parent.column(name).is_some())
    };
    let unclassified: Vec<Arc<str>> = relation
        .columns
        .iter()
        // A parent's column is listed there.
        .filter(|column| !inherited(&column.name))
        .filter(|column| !classes.iter().any(|class| class.columns.contains_key(&column.name)))
        .map(|column| Arc::clone(&column.name))
        .collect();
    if !unclassified.is_empty() {
        binding.unclassified.insert(name, unclassified);
    }
}

/// A relation and everything it inherits from.
fn ancestry<'s>(snapshot: &'s Snapshot, relation: &'s Relation) -> Vec<&'s Relation> {
    let mut found: Vec<&Relation> = vec![relation];
    let mut next = 0;
    while let Some(relation) = found.get(next).copied() {
        next += 1;
        for parent in relation.parents.iter().filter_map(|oid| snapshot.relation(*oid)) {
            if !found.iter().any(|known| known.oid == parent.oid) {
                found.push(parent);
            }
        }
    }
    found
}
