//! `masks.toml`: named masks, and who sees which.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::Deserialize;
use serde_spanned::Spanned;
use toml::de::{DeValue, ValueDeserializer};

use crate::mask::{Each, Mask};
use crate::model::category::Category;

use super::bundle::{self, OverrideEntry};
use super::diagnostic::{Diagnostic, Source, nearest};
use super::document::{self, Section, listed};
use super::identity::{NAME, is_name};
use super::roles::{Known, Subject, pattern_of, subject_of};

/// A mask under the name that bundles use for it.
#[derive(Clone, PartialEq, Eq, Debug)]
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
        let built_in = Mask::NAMED.into_iter().filter_map(|name| Some((Arc::from(name), Mask::named(name)?)));
        let named = built_in.map(|(name, mask): (Arc<str>, _)| (Arc::clone(&name), Arc::new(NamedMask { name, mask })));
        let null = Arc::new(NamedMask { name: "null".into(), mask: Mask::Null });
        Self { named: named.collect(), null, overrides: Vec::new() }
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

    /// Whether an `[[override]]` is about this very subject.
    pub(super) fn speaks_of(&self, who: &Subject) -> bool {
        self.overrides.iter().any(|one| one.who == *who)
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
    // Those that name another mask come after the others.
    let (of_elements, of_values): (Vec<_>, Vec<_>) =
        root.rest().into_iter().partition(|(_, value)| element_mask(value).is_some());
    for (name, value) in of_values.into_iter().chain(of_elements) {
        let mask = match element_mask(value) {
            Some(element) => each(source, &name, &element, masks, report),
            None => spelled(source, &name, value, report),
        };
        if let Some(mask) = mask {
            masks.named.insert(Arc::clone(&mask.name), Arc::new(mask));
        }
    }
    overrides
}

/// The name in `each = "name"`.
fn element_mask(value: &Spanned<DeValue<'_>>) -> Option<Spanned<String>> {
    let table = value.get_ref().as_table().filter(|table| table.len() == 1)?;
    let (key, element) = table.iter().next()?;
    let name = element.get_ref().as_str().filter(|_| key.get_ref() == "each")?;
    Some(Spanned::new(element.span(), name.to_owned()))
}

/// The mask of arrays whose elements the named mask is for.
fn each(
    source: Source<'_>,
    name: &Spanned<String>,
    element: &Spanned<String>,
    masks: &Masks,
    report: &mut Vec<Diagnostic>,
) -> Option<NamedMask> {
    check_name(source, name, report);
    let of_element = masks.named(source, Some(element), report)?;
    match Each::new(of_element.mask.clone()) {
        Ok(each) => Some(NamedMask { name: name.get_ref().as_str().into(), mask: Mask::Each(each) }),
        Err(error) => {
            report.push(source.error(&element.span(), format!("this is no mask: {error}")));
            None
        }
    }
}

fn check_name(source: Source<'_>, name: &Spanned<String>, report: &mut Vec<Diagnostic>) {
    if !is_name(name.get_ref()) {
        let wrong = source.error(&name.span(), format!("`{}` cannot name a mask", name.get_ref()));
        report.push(wrong.expected(NAME));
    }
}

/// What one `[name]` of `masks.toml` says: its name, and a table with one key, the mask's kind.
fn spelled(
    source: Source<'_>,
    name: &Spanned<String>,
    value: &Spanned<DeValue<'_>>,
    report: &mut Vec<Diagnostic>,
) -> Option<NamedMask> {
    check_name(source, name, report);
    match Mask::deserialize(ValueDeserializer::from(value.clone())) {
        Ok(mask) => Some(NamedMask { name: name.get_ref().as_str().into(), mask }),
        Err(error) => {
            let message = error.message().lines().collect::<Vec<_>>().join(", ");
            let wrong = source.error(&error.span().unwrap_or(name.span()), format!("this is no mask: {message}"));
            report.push(wrong.expected(format!("one key, the family: {}", listed(Mask::FAMILIES))));
            None
        }
    }
}
