//! What is personal: categories, the columns that hold them, and what a column that nobody classified is.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use std::sync::Arc;

use serde_spanned::Spanned;

use crate::model::category::Category;
use crate::model::facts::Comparison;

use super::bundle::{CategoryEntry, ClassificationFile, ColumnEntry, RelationEntry};
use super::diagnostic::{Diagnostic, Source, nearest};
use super::document::listed;
use super::documents::{self, Document};
use super::identity::{NAME, is_name};
use super::masks::{Masks, NamedMask};
use super::names::qualified;

/// A column that is known to hold nothing personal.
pub const PUBLIC: &str = "public";

/// The category of columns that nobody classified; rules may name it, so that a role may read them in clear.
pub const UNCLASSIFIED: &str = "unclassified";

/// Categories of the server's own catalogs that hold values start with this segment; see `rights::builtin`.
pub const SYSTEM: &str = "system";

/// What a column that nobody classified is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Unclassified {
    /// Everybody reads it.
    Clear,
    /// It reads as NULL, except to those who may read category `unclassified`.
    Hidden,
    /// The whole relation is refused, except to those who may read category `unclassified`.
    Refuse,
}

impl Unclassified {
    /// The word used in bundles.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Clear => "clear",
            Self::Hidden => "hidden",
            Self::Refuse => "refuse",
        }
    }
}

/// How serious a disclosure would be (一般, 重要, 敏感; compare GB/T 43697).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Level {
    General,
    Important,
    Sensitive,
}

impl Level {
    /// The word used in bundles.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::General => "general",
            Self::Important => "important",
            Self::Sensitive => "sensitive",
        }
    }
}

/// A category as the bundle defines it.
#[derive(Clone, Debug)]
pub struct CategoryDefinition {
    pub title: Option<Arc<str>>,
    pub level: Option<Level>,
    /// What `masked` means for it unless a column or a role says otherwise.
    pub mask: Arc<NamedMask>,
    pub comparison: Comparison,
    pub(crate) span: Range<usize>,
}

/// What a classified column holds.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Class {
    Public,
    Personal(Category),
    /// JSON, by the paths in it.
    Document(Arc<Document>),
}

/// A column as the bundle classifies it.
#[derive(Clone, Debug)]
pub struct ColumnClass {
    pub class: Class,
    /// Instead of the category's mask.
    pub mask: Option<Arc<NamedMask>>,
    pub(crate) span: Range<usize>,
}

/// What limits can count by, such as a project, and the column that says which.
#[derive(Clone, Debug)]
pub struct Dimension {
    pub name: Arc<str>,
    pub column: Arc<str>,
    pub(crate) span: Range<usize>,
}

/// A table or view as the bundle classifies it.
#[derive(Clone, Debug)]
pub struct RelationClass {
    /// Its owner vouches for the definition: only the columns named here count.
    pub declared_view: bool,
    /// The column that names the natural person a row is about.
    pub subject: Option<Arc<str>>,
    /// Dimensions and the columns that hold them.
    pub dimensions: Vec<Dimension>,
    pub unclassified: Option<Unclassified>,
    pub columns: HashMap<Arc<str>, ColumnClass>,
    pub(crate) span: Range<usize>,
    pub(crate) subject_span: Range<usize>,
}

/// A relation's or function's schema and name, as stored in the catalog.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct QualifiedName {
    pub schema: Arc<str>,
    pub name: Arc<str>,
}

impl std::fmt::Display for QualifiedName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}", self.schema, self.name)
    }
}

/// `classification.toml`, compiled.
#[derive(Clone, Debug, Default)]
pub struct Classification {
    pub(crate) unclassified: Option<Unclassified>,
    pub(crate) schemas: HashMap<Arc<str>, Unclassified>,
    pub categories: BTreeMap<Category, CategoryDefinition>,
    pub relations: HashMap<QualifiedName, RelationClass>,
    /// User functions that restricted principals may call, with where they are written.
    pub(crate) functions: Vec<(QualifiedName, Range<usize>)>,
    /// Functions whose RAISE reaches restricted principals with its text, with where they are written.
    pub(crate) messages: Arc<[(QualifiedName, Range<usize>)]>,
    /// Channels whose notifications reach restricted principals with their payload; `*` ends a family.
    pub(crate) channels: Arc<[Arc<str>]>,
    /// Settings of applications that restricted principals may set and read; `*` ends a family.
    pub(crate) settings: Arc<[Arc<str>]>,
}

impl Classification {
    /// What an unclassified column of this relation is. A bundle that does not say: hidden.
    #[must_use]
    pub fn unclassified(&self, relation: &QualifiedName) -> Unclassified {
        let own = self.relations.get(relation).and_then(|class| class.unclassified);
        own.or_else(|| self.schemas.get(&relation.schema).copied())
            .or(self.unclassified)
            .unwrap_or(Unclassified::Hidden)
    }

    /// Whether some column may be hidden or refused only because nobody classified it.
    #[must_use]
    pub fn closes_unclassified(&self) -> bool {
        let strict = |what: Unclassified| what != Unclassified::Clear;
        let columns = self.relations.values().flat_map(|class| class.columns.values());
        let open_ended =
            |column: &ColumnClass| matches!(&column.class, Class::Document(document) if document.rest.is_none());
        strict(self.unclassified.unwrap_or(Unclassified::Hidden))
            || columns.into_iter().any(open_ended)
            || self.schemas.values().copied().any(strict)
            || self.relations.values().filter_map(|class| class.unclassified).any(strict)
    }
}

/// Compiles what was written; problems go to `report`.
pub(super) fn compile(
    source: Source<'_>,
    file: &ClassificationFile,
    masks: &Masks,
    report: &mut Vec<Diagnostic>,
) -> Classification {
    let mut compiled =
        Classification { unclassified: unclassified(source, file.unclassified.as_ref(), report), ..Default::default() };
    for (name, what) in &file.schemas {
        if let Some(what) = unclassified(source, what.as_ref(), report) {
            compiled.schemas.insert(name.get_ref().as_str().into(), what);
        }
    }
    for entry in &file.categories {
        if let Some((category, definition)) = category(source, entry, masks, report) {
            compiled.categories.insert(category, definition);
        }
    }
    for entry in &file.relations {
        add_relation(source, entry, masks, &mut compiled, report);
    }
    let mut named = |names: &[Spanned<String>]| -> Vec<_> {
        names.iter().filter_map(|name| Some((qualified(source, name, report)?, name.span()))).collect()
    };
    compiled.functions = named(&file.functions);
    compiled.messages = named(&file.messages).into();
    compiled.channels = file.channels.iter().map(|channel| channel.get_ref().as_str().into()).collect();
    compiled.settings = file.settings.iter().filter_map(|name| setting(source, name, report)).collect();
    compiled
}

/// A setting's name: of an application's own, which have a dot. The server's are open or closed for everybody.
fn setting(source: Source<'_>, written: &Spanned<String>, report: &mut Vec<Diagnostic>) -> Option<Arc<str>> {
    let name = written.get_ref();
    let word = |part: &str| {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
        !part.is_empty() && part.bytes().all(plain) && !part.starts_with(|first: char| first.is_ascii_digit())
    };
    let mut parts = name.split('.').rev();
    let last = parts.next().unwrap_or_default();
    let family = last == "*" || word(last.strip_suffix('*').unwrap_or(last));
    let mut before = parts.peekable();
    if family && before.peek().is_some() && before.all(word) {
        return Some(name.as_str().into());
    }
    let wrong = source.error(&written.span(), format!("`{name}` is not a setting of an application"));
    report.push(wrong.expected("a name with a dot, such as `app.tenant`, or a family, such as `app.*`"));
    None
}

fn unclassified(
    source: Source<'_>,
    written: Option<&Spanned<String>>,
    report: &mut Vec<Diagnostic>,
) -> Option<Unclassified> {
    let words = [Unclassified::Clear, Unclassified::Hidden, Unclassified::Refuse].map(|what| (what.as_str(), what));
    word(source, written?, &words, report)
}

/// One of a few words.
pub(super) fn word<T: Copy>(
    source: Source<'_>,
    written: &Spanned<String>,
    words: &[(&str, T)],
    report: &mut Vec<Diagnostic>,
) -> Option<T> {
    let found = words.iter().find(|(word, _)| word == written.get_ref());
    if found.is_none() {
        let wrong = source.error(&written.span(), format!("`{}` is not a word known here", written.get_ref()));
        report.push(wrong.expected(listed(words.iter().map(|(word, _)| *word))));
    }
    found.map(|(_, value)| *value)
}

fn category(
    source: Source<'_>,
    entry: &CategoryEntry,
    masks: &Masks,
    report: &mut Vec<Diagnostic>,
) -> Option<(Category, CategoryDefinition)> {
    let levels = [Level::General, Level::Important, Level::Sensitive].map(|level| (level.as_str(), level));
    let level = entry.level.as_ref().and_then(|level| word(source, level, &levels, report));
    let comparisons = [("mask", Comparison::Mask), ("refuse", Comparison::Refuse)];
    let comparison = entry.on_compare.as_ref().and_then(|written| word(source, written, &comparisons, report));
    let comparison = comparison.unwrap_or_default();
    // An unknown mask is reported; the category exists all the same, for those who name it.
    let mask = masks.named(source, entry.mask.as_ref(), report).unwrap_or_else(|| masks.null());
    let span = entry.path.span();
    let parsed = Category::parse(entry.path.get_ref());
    let Ok(category) = parsed else {
        let wrong = source.error(&span, format!("`{}` is not a category path", entry.path.get_ref()));
        report.push(wrong.expected("segments of `a-z`, `0-9` and `-`, separated by `/`, as in `pii/contact/phone`"));
        return None;
    };
    let first = category.0.split('/').next().unwrap_or_default();
    if [PUBLIC, UNCLASSIFIED, SYSTEM].contains(&first) {
        let reserved = source.error(&span, format!("categories under `{first}` are built in"));
        report.push(reserved.help("choose another first segment, such as `pii`"));
        return None;
    }
    let title = entry.title.as_ref().map(|title| title.get_ref().as_str().into());
    Some((category, CategoryDefinition { title, level, mask, comparison, span }))
}

fn add_relation(
    source: Source<'_>,
    entry: &RelationEntry,
    masks: &Masks,
    compiled: &mut Classification,
    report: &mut Vec<Diagnostic>,
) {
    let mut columns = HashMap::new();
    for column in &entry.columns {
        if let Some(class) = column_class(source, column, masks, compiled, report) {
            columns.insert(column.name.get_ref().as_str().into(), class);
        }
    }
    for document in &entry.documents {
        let name = document.column.get_ref().as_str();
        if columns.contains_key(name) {
            let twice = source.error(&document.column.span(), format!("column `{name}` is classified as a whole, too"));
            report.push(twice.help("either the whole column has a category, or paths in it"));
        } else if let Some(class) = documents::compile(source, document, masks, compiled, report) {
            columns.insert(name.into(), class);
        }
    }
    let Some(name) = qualified(source, &entry.name, report) else { return };
    let class = RelationClass {
        declared_view: entry.declared_view,
        subject: entry.subject.as_ref().map(|subject| subject.get_ref().as_str().into()),
        dimensions: entry
            .dimensions
            .iter()
            .filter_map(|(name, column)| dimension(source, name, column, report))
            .collect(),
        unclassified: unclassified(source, entry.unclassified.as_ref(), report),
        columns,
        span: entry.name.span(),
        subject_span: entry.subject.as_ref().map_or(0..0, Spanned::span),
    };
    // `housing.buyers` and `"housing"."buyers"` are different keys for TOML.
    if let Some(first) = compiled.relations.get(&name) {
        let (line, _) = source.position(first.span.start);
        let twice = source.error(&entry.name.span(), format!("`{name}` is classified twice"));
        report.push(twice.help(format!("the first time in line {line}; put all its columns there")));
        return;
    }
    compiled.relations.insert(name, class);
}

fn dimension(
    source: Source<'_>,
    name: &Spanned<String>,
    column: &Spanned<String>,
    report: &mut Vec<Diagnostic>,
) -> Option<Dimension> {
    if !is_name(name.get_ref()) {
        let wrong = source.error(&name.span(), format!("`{}` cannot name a dimension", name.get_ref()));
        report.push(wrong.expected(NAME));
        return None;
    }
    Some(Dimension {
        name: name.get_ref().as_str().into(),
        column: column.get_ref().as_str().into(),
        span: column.span(),
    })
}

pub(super) fn column_class(
    source: Source<'_>,
    entry: &ColumnEntry,
    masks: &Masks,
    compiled: &Classification,
    report: &mut Vec<Diagnostic>,
) -> Option<ColumnClass> {
    let mask = match &entry.mask {
        None => None,
        written => Some(masks.named(source, written.as_ref(), report)?),
    };
    let span = entry.name.span().start..entry.category.span().end;
    Some(ColumnClass { class: the_class(source, &entry.category, compiled, report)?, mask, span })
}

/// The category that was written, or `public`.
pub(super) fn the_class(
    source: Source<'_>,
    entry: &Spanned<String>,
    compiled: &Classification,
    report: &mut Vec<Diagnostic>,
) -> Option<Class> {
    let written = entry.get_ref().as_str();
    if written == PUBLIC {
        return Some(Class::Public);
    }
    let known = || compiled.categories.keys().map(|category| &*category.0);
    match compiled.categories.keys().find(|category| &*category.0 == written) {
        Some(category) => Some(Class::Personal(category.clone())),
        None => {
            let unknown = source.error(&entry.span(), format!("no category `{written}` is defined"));
            report.push(match nearest(written, known().chain([PUBLIC])) {
                Some(near) => unknown.help(format!("did you mean `{near}`?")),
                None => unknown.help(format!("add `[category.\"{written}\"]`, or write `public`")),
            });
            None
        }
    }
}
