//! The files of a bundle as they are written: structure and positions, no meaning yet.

use std::collections::BTreeMap;
use std::ops::Range;

use serde_spanned::Spanned;
use sha2::{Digest as _, Sha256};

use crate::model::ids::Digest;

use super::diagnostic::{Diagnostic, Severity, Source, nearest};
use super::document::{self, Item, Section, listed};
use super::rows::Unit;

pub const MODEL: &str = "model.conf";
pub const RULES: &str = "policy.csv";
pub const CLASSIFICATION: &str = "classification.toml";
pub const MASKS: &str = "masks.toml";
pub const IDENTITY: &str = "identity.toml";
pub const ROWS: &str = "rows.toml";
pub const LIMITS: &str = "limits.toml";
pub const ALERTS: &str = "alerts.toml";

/// Files that this version reads.
pub const KNOWN: [&str; 8] = [MODEL, RULES, CLASSIFICATION, MASKS, ROWS, LIMITS, IDENTITY, ALERTS];

/// Bytes of one file; a bundle is written by people.
const MAX_FILE: usize = 4 << 20;

/// SHA-256 over names and contents.
#[must_use]
pub fn digest(files: &BTreeMap<String, String>) -> Digest {
    let mut hasher = Sha256::new();
    for (name, text) in files {
        for part in [name, text] {
            hasher.update((part.len() as u64).to_be_bytes());
            hasher.update(part);
        }
    }
    Digest(hasher.finalize().into())
}

/// Whether the bundle's files are those that this version knows, and not too big.
pub(super) fn inventory(files: &BTreeMap<String, String>, report: &mut Vec<Diagnostic>) {
    for required in [RULES, CLASSIFICATION] {
        if !files.contains_key(required) {
            let missing = Diagnostic::of_file(Severity::Error, required, "the bundle has no such file");
            report.push(missing.help("a bundle needs at least `classification.toml` and `policy.csv`"));
        }
    }
    for (name, text) in files {
        if text.len() > MAX_FILE {
            report.push(Diagnostic::of_file(Severity::Error, name, "the file is larger than 4 MiB"));
        }
        report.extend(foreign(name));
        if KNOWN.contains(&name.as_str()) {
            deceptive(Source::new(name, text), report);
        }
    }
}

/// Characters that make a line read otherwise than it is: line ends that are none, and marks that turn the order of
/// what is shown. A rule that a reviewer sees might be part of a comment.
fn deceptive(source: Source<'_>, report: &mut Vec<Diagnostic>) {
    let bad = |(at, c): &(usize, char)| match c {
        '\r' => source.text.get(at + 1..).is_some_and(|rest| !rest.starts_with('\n')),
        '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => true,
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => true,
        _ => false,
    };
    for (at, character) in source.text.char_indices().filter(bad) {
        let message = format!("U+{:04X} makes this line read otherwise than it is", u32::from(character));
        let found = source.error(&(at..at + character.len_utf8()), message);
        report.push(found.help("take it out; end lines with a line feed"));
    }
}

/// What is to be said about a file that is not read.
fn foreign(name: &str) -> Option<Diagnostic> {
    if KNOWN.contains(&name) {
        return None;
    }
    if name.starts_with("tests/") {
        return Some(Diagnostic::of_file(Severity::Warning, name, "tests of a bundle are not run yet"));
    }
    let looks_like_ours = [".toml", ".csv", ".conf"].iter().any(|end| name.to_lowercase().trim().ends_with(end));
    looks_like_ours.then(|| {
        let unknown = Diagnostic::of_file(Severity::Error, name, "not a file of a bundle").expected(listed(KNOWN));
        match nearest(&name.to_lowercase(), KNOWN) {
            Some(near) => unknown.help(format!("did you mean `{near}`?")),
            None => unknown.help("a file that is not read would be a rule that is not enforced"),
        }
    })
}

/// `classification.toml`.
#[derive(Debug, Default)]
pub(super) struct ClassificationFile {
    pub(super) unclassified: Option<Spanned<String>>,
    pub(super) schemas: Vec<(Spanned<String>, Option<Spanned<String>>)>,
    pub(super) categories: Vec<CategoryEntry>,
    pub(super) relations: Vec<RelationEntry>,
    pub(super) functions: Vec<Spanned<String>>,
    pub(super) messages: Vec<Spanned<String>>,
    pub(super) channels: Vec<Spanned<String>>,
    pub(super) settings: Vec<Spanned<String>>,
}

#[derive(Debug)]
pub(super) struct CategoryEntry {
    pub(super) path: Spanned<String>,
    pub(super) title: Option<Spanned<String>>,
    pub(super) level: Option<Spanned<String>>,
    pub(super) mask: Option<Spanned<String>>,
    pub(super) on_compare: Option<Spanned<String>>,
}

/// `[table."schema.name"]` or `[view."schema.name"]`.
#[derive(Debug)]
pub(super) struct RelationEntry {
    pub(super) name: Spanned<String>,
    /// Written as `[view.…]`: its owner vouches for what the definition does with protected columns.
    pub(super) declared_view: bool,
    pub(super) subject: Option<Spanned<String>>,
    /// Names of dimensions and the columns that hold them.
    pub(super) dimensions: Vec<(Spanned<String>, Spanned<String>)>,
    pub(super) unclassified: Option<Spanned<String>>,
    pub(super) columns: Vec<ColumnEntry>,
    pub(super) documents: Vec<DocumentEntry>,
}

/// `[table."schema.name".json.column]`.
#[derive(Debug)]
pub(super) struct DocumentEntry {
    pub(super) column: Spanned<String>,
    pub(super) rest: Option<Spanned<String>>,
    /// Paths, spelled as columns are.
    pub(super) paths: Vec<ColumnEntry>,
}

#[derive(Debug)]
pub(super) struct ColumnEntry {
    pub(super) name: Spanned<String>,
    pub(super) category: Spanned<String>,
    pub(super) mask: Option<Spanned<String>>,
}

/// Reads `classification.toml`.
pub(super) fn classification(source: Source<'_>, report: &mut Vec<Diagnostic>) -> ClassificationFile {
    let document = document::parse(source, report);
    let mut root = Section::root(source, &document);
    let mut file = ClassificationFile::default();
    if let Some(mut defaults) = root.section("defaults", report) {
        file.unclassified = defaults.text("unclassified", report);
        defaults.finish(report);
    }
    for (name, mut schema) in named(&mut root, "schema", report) {
        file.schemas.push((name, schema.text("unclassified", report)));
        schema.finish(report);
    }
    for (path, section) in named(&mut root, "category", report) {
        file.categories.push(category(path, section, report));
    }
    for (key, declared_view) in [("table", false), ("view", true)] {
        for (name, section) in named(&mut root, key, report) {
            file.relations.push(relation(name, declared_view, section, report));
        }
    }
    if let Some(mut functions) = root.section("functions", report) {
        file.functions = functions.texts("allow", report);
        file.messages = functions.texts("messages", report);
        functions.finish(report);
    }
    if let Some(mut notify) = root.section("notify", report) {
        file.channels = notify.texts("allow", report);
        notify.finish(report);
    }
    if let Some(mut settings) = root.section("settings", report) {
        file.settings = settings.texts("allow", report);
        settings.finish(report);
    }
    root.finish(report);
    file
}

fn named<'d>(
    root: &mut Section<'d>,
    key: &'static str,
    report: &mut Vec<Diagnostic>,
) -> Vec<(Spanned<String>, Section<'d>)> {
    root.section(key, report).map(|section| section.named_sections(report)).unwrap_or_default()
}

fn category(path: Spanned<String>, mut section: Section<'_>, report: &mut Vec<Diagnostic>) -> CategoryEntry {
    let entry = CategoryEntry {
        path,
        title: section.text("title", report),
        level: section.text("level", report),
        mask: section.text("mask", report),
        on_compare: section.text("on_compare", report),
    };
    section.finish(report);
    entry
}

fn relation(
    name: Spanned<String>,
    declared_view: bool,
    mut section: Section<'_>,
    report: &mut Vec<Diagnostic>,
) -> RelationEntry {
    let mut entry = RelationEntry {
        name,
        declared_view,
        subject: section.text("subject", report),
        dimensions: Vec::new(),
        unclassified: section.text("unclassified", report),
        columns: Vec::new(),
        documents: Vec::new(),
    };
    if let Some(mut dimensions) = section.section("dimensions", report) {
        for name in dimensions.keys() {
            let column = dimensions.text_of(&name, report);
            entry.dimensions.extend(column.map(|column| (name, column)));
        }
        dimensions.finish(report);
    }
    if let Some(documents) = section.section("json", report) {
        for (column, section) in documents.named_sections(report) {
            entry.documents.push(document(column, section, report));
        }
    }
    if let Some(columns) = section.section("columns", report) {
        for (name, item) in columns.named_items(report) {
            entry.columns.extend(column(name, item, report));
        }
    }
    section.finish(report);
    entry
}

fn document(column_name: Spanned<String>, mut section: Section<'_>, report: &mut Vec<Diagnostic>) -> DocumentEntry {
    let mut entry = DocumentEntry { column: column_name, rest: section.text("rest", report), paths: Vec::new() };
    for (path, item) in section.named_items(report) {
        entry.paths.extend(column(path, item, report));
    }
    entry
}

fn column(name: Spanned<String>, item: Item<'_>, report: &mut Vec<Diagnostic>) -> Option<ColumnEntry> {
    match item {
        Item::Text(category) => Some(ColumnEntry { name, category, mask: None }),
        Item::Section(mut section) => {
            let (category, mask) = (section.required_text("category", report), section.text("mask", report));
            section.finish(report);
            Some(ColumnEntry { name, category: category?, mask })
        }
    }
}

/// `masks.toml`: named masks are read by `super::masks`, here are the role-specific ones.
#[derive(Debug)]
pub(super) struct OverrideEntry {
    pub(super) who: Spanned<String>,
    pub(super) category: Spanned<String>,
    pub(super) mask: Spanned<String>,
}

/// Reads one `[[override]]`.
pub(super) fn mask_override(mut section: Section<'_>, report: &mut Vec<Diagnostic>) -> Option<OverrideEntry> {
    let who = section.required_text("who", report);
    let category = section.required_text("category", report);
    let mask = section.required_text("mask", report);
    section.finish(report);
    Some(OverrideEntry { who: who?, category: category?, mask: mask? })
}

/// One `[[filter]]`, `[[consent]]` or `[[retention]]` of `rows.toml`.
#[derive(Debug)]
pub(super) struct RowEntry {
    pub(super) span: Range<usize>,
    pub(super) who: Vec<Spanned<String>>,
    pub(super) except: Vec<Spanned<String>>,
    pub(super) purposes: Vec<Spanned<String>>,
    pub(super) except_purposes: Vec<Spanned<String>>,
    pub(super) table: Spanned<String>,
    /// None: whole rows.
    pub(super) category: Option<Spanned<String>>,
    pub(super) condition: Option<Spanned<String>>,
    pub(super) column: Option<Spanned<String>>,
    pub(super) age: Option<(u32, Unit)>,
}

/// Reads `rows.toml`.
pub(super) fn rows(source: Source<'_>, report: &mut Vec<Diagnostic>) -> Vec<RowEntry> {
    let document = document::parse(source, report);
    let mut root = Section::root(source, &document);
    let mut entries = Vec::new();
    for key in ["filter", "consent", "retention"] {
        for section in root.sections(key, report) {
            entries.extend(row_entry(key, section, report));
        }
    }
    root.finish(report);
    entries.sort_by_key(|entry| entry.span.start);
    entries
}

fn row_entry(key: &str, mut section: Section<'_>, report: &mut Vec<Diagnostic>) -> Option<RowEntry> {
    let span = section.span.clone();
    let [who, except, purposes, except_purposes] =
        ["who", "except", "purposes", "except_purposes"].map(|list| section.texts(list, report));
    let table = section.required_text("table", report);
    let category = match key {
        "consent" => Some(section.required_text("category", report)?),
        "retention" => section.text("category", report),
        _ => None,
    };
    let (mut condition, mut column, mut age) = (None, None, None);
    if key == "retention" {
        column = Some(section.required_text("column", report)?);
        age = Some(section.age(report)?);
    } else {
        condition = Some(section.required_text("where", report)?);
    }
    section.finish(report);
    Some(RowEntry { span, who, except, purposes, except_purposes, table: table?, category, condition, column, age })
}

/// `identity.toml`.
#[derive(Debug, Default)]
pub(super) struct IdentityFile {
    /// Purposes that exist although no application has them yet.
    pub(super) purposes: Vec<Spanned<String>>,
    /// Whose reading is not recorded, while they may read everything.
    pub(super) unrecorded: Vec<Spanned<String>>,
    pub(super) applications: Vec<ApplicationEntry>,
}

#[derive(Debug)]
pub(super) struct ApplicationEntry {
    pub(super) name: Spanned<String>,
    pub(super) logins: Vec<Spanned<String>>,
    pub(super) from: Vec<Spanned<String>>,
    pub(super) application_names: Vec<Spanned<String>>,
    pub(super) purposes: Vec<Spanned<String>>,
    pub(super) end_user: Option<EndUserEntry>,
}

/// `end_user = { … }`.
#[derive(Debug)]
pub(super) struct EndUserEntry {
    pub(super) span: Range<usize>,
    pub(super) setting: Option<Spanned<String>>,
    pub(super) sqlcommenter: Option<Spanned<String>>,
    pub(super) signed: Option<Spanned<String>>,
    pub(super) key: Option<Spanned<String>>,
    pub(super) max_age: Option<Spanned<String>>,
    pub(super) claim: Option<Spanned<String>>,
    pub(super) issuer: Option<Spanned<String>>,
    pub(super) audience: Option<Spanned<String>>,
    pub(super) rights: Option<Spanned<String>>,
    pub(super) required: bool,
}

/// Reads `identity.toml`.
pub(super) fn identity(source: Source<'_>, report: &mut Vec<Diagnostic>) -> IdentityFile {
    let document = document::parse(source, report);
    let mut root = Section::root(source, &document);
    let (purposes, unrecorded) = (root.texts("purposes", report), root.texts("unrecorded", report));
    let mut file = IdentityFile { purposes, unrecorded, applications: Vec::new() };
    for section in root.sections("application", report) {
        file.applications.extend(application(section, report));
    }
    root.finish(report);
    file
}

fn application(mut section: Section<'_>, report: &mut Vec<Diagnostic>) -> Option<ApplicationEntry> {
    let name = section.required_text("name", report);
    let logins = section.texts("login", report);
    let from = section.texts("from", report);
    let application_names = section.texts("application_name", report);
    let purposes = section.texts("purposes", report);
    let end_user = section.section("end_user", report).map(|section| end_user(section, report));
    for later in ["certificate", "hours"] {
        section.not_supported(later, "this version knows `login`, `from` and `application_name`", report);
    }
    section.finish(report);
    Some(ApplicationEntry { name: name?, logins, from, application_names, purposes, end_user })
}

fn end_user(mut section: Section<'_>, report: &mut Vec<Diagnostic>) -> EndUserEntry {
    let entry = EndUserEntry {
        span: section.span.clone(),
        setting: section.text("setting", report),
        sqlcommenter: section.text("sqlcommenter", report),
        signed: section.text("signed", report),
        key: section.text("key", report),
        max_age: section.text("max_age", report),
        claim: section.text("claim", report),
        issuer: section.text("issuer", report),
        audience: section.text("audience", report),
        rights: section.text("rights", report),
        required: section.truth("required", report).unwrap_or_default(),
    };
    section.finish(report);
    entry
}
