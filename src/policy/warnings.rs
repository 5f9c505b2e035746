//! What compiles and is probably not meant.

use std::collections::BTreeSet;

use super::classification::{Class, UNCLASSIFIED};
use super::compile::Policy;
use super::diagnostic::{Diagnostic, Source};
use super::roles::{ANYONE, Action, Subject};

/// Collects warnings about a bundle that otherwise compiles.
pub(super) fn collect(policy: &Policy, rules: Source<'_>, classification: Source<'_>, report: &mut Vec<Diagnostic>) {
    unruled_categories(policy, classification, report);
    unused_categories(policy, classification, report);
    empty_roles(policy, rules, report);
    roles_without_rules(policy, rules, report);
    odd_rules(policy, rules, report);
    escapable_denials(policy, rules, report);
}

/// A category that no rule allows anybody to read: hidden from everybody.
fn unruled_categories(policy: &Policy, source: Source<'_>, report: &mut Vec<Diagnostic>) {
    let reading = |action| matches!(action, Action::Clear | Action::Masked);
    for (category, definition) in &policy.classification.categories {
        let mut allows = policy.rules.rules.iter().filter(|rule| !rule.deny && reading(rule.action));
        if !allows.any(|rule| category.matches(&rule.pattern)) {
            let warning = source.warning(&definition.span, format!("no rule lets anybody read `{category}`"));
            report.push(warning.help("it is hidden from everybody; a `masked` or `clear` rule would open it"));
        }
    }
}

/// A category that no column has.
fn unused_categories(policy: &Policy, source: Source<'_>, report: &mut Vec<Diagnostic>) {
    let columns = policy.classification.relations.values().flat_map(|relation| relation.columns.values());
    let used: BTreeSet<_> = columns
        .flat_map(|column| match &column.class {
            Class::Personal(category) => BTreeSet::from([category]),
            Class::Document(document) => document.categories(),
            Class::Public => BTreeSet::new(),
        })
        .collect();
    for (category, definition) in &policy.classification.categories {
        if !used.contains(category) {
            report.push(source.warning(&definition.span, format!("no column is classified as `{category}`")));
        }
    }
}

/// A role that rules name and nobody has: often a slip, and a denial for it denies nothing.
fn empty_roles(policy: &Policy, source: Source<'_>, report: &mut Vec<Diagnostic>) {
    let joined: BTreeSet<_> = policy.rules.memberships.iter().map(|membership| &membership.role).collect();
    let mut told = BTreeSet::new();
    for rule in &policy.rules.rules {
        if let Subject::Role(role) = &rule.subject
            && &**role != ANYONE
            && !joined.contains(role)
            && told.insert(role)
        {
            let warning = source.warning(&rule.span, format!("nobody is a member of `role:{role}`"));
            report.push(warning.help(format!("add a line `g, user:…, role:{role}` or correct the name")));
        }
    }
}

/// A role that somebody has and that no rule names: it gives nothing.
fn roles_without_rules(policy: &Policy, source: Source<'_>, report: &mut Vec<Diagnostic>) {
    let ruled = |role: &std::sync::Arc<str>| {
        let subject = Subject::Role(role.clone());
        policy.rules.rules.iter().any(|rule| rule.subject == subject)
            || policy.rules.memberships.iter().any(|membership| membership.member == subject)
    };
    let mut told = BTreeSet::new();
    for membership in &policy.rules.memberships {
        let role = &membership.role;
        if &**role == ANYONE {
            report.push(source.warning(&membership.span, "everybody is a member of `role:anyone` anyway"));
        } else if membership.member == Subject::Role(ANYONE.into()) {
            report.push(source.warning(&membership.span, format!("everybody becomes a member of `role:{role}`")));
        } else if !ruled(role) && told.insert(role) {
            report.push(source.warning(&membership.span, format!("no rule says what `role:{role}` may do")));
        }
    }
}

/// Rules that open more than they seem to, or nothing.
fn odd_rules(policy: &Policy, source: Source<'_>, report: &mut Vec<Diagnostic>) {
    for rule in &policy.rules.rules {
        match rule.action {
            Action::Match if !rule.deny && !policy.limits.limits_probes(&rule.subject) => {
                let warning = source.warning(&rule.span, "`match` is granted without a probe limit");
                report.push(warning.help(
                    "with enough tests a masked value is found; write a limit with `meter = \"probes\"` in limits.toml",
                ));
            }
            Action::Write if !rule.deny => {
                let warning = source.warning(&rule.span, "`write` takes the write-back guard away");
                report
                    .push(warning.help(
                        "who reads a mask here may write it over the true value; `write-guarded` is the default",
                    ));
            }
            _ if &*rule.pattern == UNCLASSIFIED && rule.action == Action::Masked && !rule.deny => {
                let warning = source.warning(&rule.span, "what nobody classified has no mask");
                report.push(warning.help("`masked` reads as NULL here; classify the columns, or write `clear`"));
            }
            _ => {}
        }
    }
}

/// A denial for an application holds only while a connection is recognised as that application's.
fn escapable_denials(policy: &Policy, source: Source<'_>, report: &mut Vec<Diagnostic>) {
    for rule in policy.rules.rules.iter().filter(|rule| rule.deny) {
        if let Subject::App(app) = &rule.subject {
            let warning =
                source.warning(&rule.span, format!("a connection not recognised as `{app}` is not denied this"));
            report.push(warning.help("deny it to a role of the database user, or allow it to fewer"));
        }
    }
}
