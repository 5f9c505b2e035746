//! `masks.toml`: named masks, and who sees which.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde_spanned::Spanned;

use crate::mask::Mask;
use crate::model::category::Category;

use super::bundle::{self, OverrideEntry};
use super::diagnostic::{Diagnostic, Source, nearest};
use super::document::{self, Section, listed};
use super::roles::{Known, Subject, pattern_of, subject_of};

/// A mask under the name that bundles use for it.
#[derive(Clone, PartialEq, Debug)]
pub struct NamedMask {
    pub name: Arc<str>,
    pub mask: Mask,
}

/// `[[override]]`: another mask for some subject.
#[derive(Clone, Debug)]
struct Override {
    who: Subject,
    pattern: Arc<str>,
    mask: Arc<NamedMask>,
}

/// Every mask that a bundle may name, and who sees which.
#[derive(Clone, Debug)]
pub struct Masks {
    named: BTreeMap<Arc<str>, Arc<NamedMask>>,
    null: Arc<NamedMask>,
    /// In the order of the file: the first that fits counts.
    overrides: Vec<Override>,
}

impl Default for Masks {
    /// The masks that need no parameters, under the names of their kinds.
    fn default() -> Self {
        let each = built_in().into_iter().map(|(name, mask)| {
            let name: Arc<str> = name.into();
            (Arc::clone(&name), Arc::new(NamedMask { name, mask }))
        });
        let null = Arc::new(NamedMask { name: "null".into(), mask: Mask::Null });
        Self { named: each.collect(), null, overrides: Vec::new() }
    }
}

impl Masks {
    /// The mask that shows nothing.
    #[must_use]
    pub fn null(&self) -> Arc<NamedMask> {
        Arc::clone(&self.null)
    }

    /// Every mask by name, built-in ones included.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<NamedMask>> {
        self.named.values()
    }

    /// Masks that some role sees instead of the category's own.
    pub fn overrides_of(&self, category: &Category) -> impl Iterator<Item = &Arc<NamedMask>> {
        self.overrides.iter().filter(|one| category.matches(&one.pattern)).map(|one| &one.mask)
    }

    /// The mask of the first `[[override]]` that is about one of these subjects and this category.
    pub(super) fn override_for(&self, category: &str, holders: &BTreeSet<Subject>) -> Option<&Arc<NamedMask>> {
        let category = Category(category.into());
        let mut fitting = self.overrides.iter().filter(|one| holders.contains(&one.who));
        fitting.find(|one| category.matches(&one.pattern)).map(|one| &one.mask)
    }

    /// The mask that `written` names; nothing written: `null`.
    pub(super) fn named(
        &self,
        source: Source<'_>,
        written: Option<&Spanned<String>>,
        report: &mut Vec<Diagnostic>,
    ) -> Option<Arc<NamedMask>> {
        let Some(written) = written else { return Some(self.null()) };
        let name = written.get_ref().as_str();
        if let Some(found) = self.named.get(name) {
            return Some(Arc::clone(found));
        }
        let unknown = source.error(&written.span(), format!("no mask `{name}` is defined"));
        let names = || self.named.keys().map(|name| &**name);
        report.push(match nearest(name, names()) {
            Some(near) => unknown.help(format!("did you mean `{near}`?")),
            None => unknown.expected(listed(names())).help(format!("or define `[{name}]` in masks.toml")),
        });
        None
    }

    /// Compiles the overrides, once it is known whom and what they may name.
    pub(super) fn add_overrides(
        &mut self,
        source: Source<'_>,
        entries: &[OverrideEntry],
        known: Known<'_>,
        report: &mut Vec<Diagnostic>,
    ) {
        for entry in entries {
            let who = subject_of(source, known, &entry.who, report);
            let pattern = pattern_of(source, known, &entry.category, report);
            let mask = self.named(source, Some(&entry.mask), report);
            if let (Some(who), Some(pattern), Some(mask)) = (who, pattern, mask) {
                self.overrides.push(Override { who, pattern, mask });
            }
        }
    }
}

/// Reads `masks.toml` into `masks`; the overrides are compiled later.
pub(super) fn read(source: Source<'_>, masks: &mut Masks, report: &mut Vec<Diagnostic>) -> Vec<OverrideEntry> {
    let document = document::parse(source, report);
    let mut root = Section::root(source, &document);
    let overrides = root.sections("override", report);
    let overrides = overrides.into_iter().filter_map(|section| bundle::mask_override(section, report)).collect();
    for (name, section) in root.named_sections(report) {
        if let Some(mask) = spelled(source, &name, section, report) {
            let name: Arc<str> = name.get_ref().as_str().into();
            masks.named.insert(Arc::clone(&name), Arc::new(NamedMask { name, mask }));
        }
    }
    overrides
}

fn built_in() -> Vec<(&'static str, Mask)> {
    vec![("null", Mask::Null)]
}

/// What one `[name]` of `masks.toml` says.
fn spelled(
    source: Source<'_>,
    name: &Spanned<String>,
    mut section: Section<'_>,
    report: &mut Vec<Diagnostic>,
) -> Option<Mask> {
    let null = section.flag("null", report).map(|_| Mask::Null);
    section.finish(report);
    if null.is_none() {
        report.push(source.error(&name.span(), format!("mask `{}` does not say what it does", name.get_ref())));
    }
    null
}
