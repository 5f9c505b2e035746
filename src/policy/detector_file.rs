//! Compiling `[detector.…]` of `limits.toml`.

use std::sync::Arc;
use std::time::Duration;

use serde_spanned::Spanned;

use crate::model::disclosure::Response;

use super::diagnostic::{Diagnostic, nearest};
use super::document::{Section, listed};
use super::limit_file::Reader;
use super::limits::{Detector, Pattern, hint};

const MINUTE: u64 = 60;
const DAY: u64 = 86_400;

/// Name, what makes it sure when nothing is written (`at`), and its window in seconds.
const KINDS: [(&str, u64, u64); 9] = [
    ("paging-crawl", 20, 30 * MINUTE),
    ("key-walk", 30, DAY),
    ("enumeration", 30, 10 * MINUTE),
    ("off-hours", 20, DAY),
    ("first-use", 0, 30 * DAY),
    ("two-addresses", 2, 10 * MINUTE),
    ("burst", 50, DAY),
    ("colleagues", 500, DAY),
    ("honeytoken", 0, DAY),
];

/// Compiles one detector.
pub(super) fn detector(
    reader: &Reader<'_>,
    name: &Spanned<String>,
    mut section: Section<'_>,
    report: &mut Vec<Diagnostic>,
) -> Option<Detector> {
    let Some((_, at, window)) = KINDS.iter().find(|(kind, ..)| kind == name.get_ref()) else {
        let kinds = || KINDS.iter().map(|(kind, ..)| *kind);
        let unknown = reader.source.error(&name.span(), format!("there is no detector `{}`", name.get_ref()));
        let unknown = unknown.expected(listed(kinds()));
        report.push(match nearest(name.get_ref(), kinds()) {
            Some(near) => unknown.help(format!("did you mean `{near}`?")),
            None => unknown,
        });
        return None;
    };
    let pattern = pattern(reader, name.get_ref(), &mut section, report);
    let scope = reader.scope(&mut section, report);
    let mode = reader.mode(&mut section, report);
    let response = if section.has("do") { reader.response(&mut section, report) } else { Some(Response::Alert) };
    let (rate, lasts) = reader.manner(&mut section, response, report);
    let at = section.integer("at", 0..=1 << 53, report).unwrap_or(*at);
    let window = reader.span(&mut section, "window", report).unwrap_or(Duration::from_secs(*window));
    let ask = section.text("ask", report);
    section.finish(report);
    if rate.is_some() && response != Some(Response::Slow) {
        return None;
    }
    Some(Detector {
        name: name.get_ref().as_str().into(),
        pattern: pattern?,
        scope: scope?,
        mode,
        at,
        window,
        response: response?,
        rate,
        lasts,
        hint: hint(name.get_ref(), "", None, ask.as_ref().map(|ask| ask.get_ref().as_str())),
    })
}

fn pattern(
    reader: &Reader<'_>,
    name: &str,
    section: &mut Section<'_>,
    report: &mut Vec<Diagnostic>,
) -> Option<Pattern> {
    Some(match name {
        "paging-crawl" => Pattern::PagingCrawl,
        "key-walk" => Pattern::KeyWalk,
        "enumeration" => Pattern::Enumeration,
        "off-hours" => match reader.hours(section, "working", report)? {
            Some(working) => Pattern::OffHours { working },
            None => {
                let missing = reader.source.error(&section.span, "`working` is missing here");
                report.push(missing.expected("the working hours, such as `mon-fri 08:00-20:00`"));
                return None;
            }
        },
        "first-use" => first_use(reader, section, report)?,
        "two-addresses" => Pattern::TwoAddresses,
        "burst" => {
            Pattern::Burst { silence: reader.span(section, "silence", report).unwrap_or(Duration::from_secs(14 * DAY)) }
        }
        "colleagues" => {
            let users = section.integer("users", 2..=1_000, report).unwrap_or(3);
            Pattern::Colleagues { users: usize::try_from(users).unwrap_or(3) }
        }
        _ => honeytoken(reader, section, report)?,
    })
}

fn first_use(reader: &Reader<'_>, section: &mut Section<'_>, report: &mut Vec<Diagnostic>) -> Option<Pattern> {
    const THINGS: [&str; 3] = ["application", "address", "driver"];
    let written = section.texts("of", report);
    for odd in written.iter().filter(|one| !THINGS.contains(&one.get_ref().as_str())) {
        let wrong = reader.source.error(&odd.span(), format!("first use of `{}` is not looked for", odd.get_ref()));
        report.push(wrong.expected(listed(THINGS)));
    }
    let of = |thing: &str| written.is_empty() || written.iter().any(|one| one.get_ref() == thing);
    Some(Pattern::FirstUse { application: of("application"), address: of("address"), driver: of("driver") })
}

/// `housing.buyers:1001`: the space of the subject key, and the key's text.
fn honeytoken(reader: &Reader<'_>, section: &mut Section<'_>, report: &mut Vec<Diagnostic>) -> Option<Pattern> {
    let written = section.texts("subjects", report);
    if written.is_empty() {
        let missing = reader.source.error(&section.span, "no subjects to watch over");
        report.push(
            missing.expected("`subjects = [\"housing.buyers:1001\"]`: the table, and the text of its subject key"),
        );
        return None;
    }
    let one = |text: &Spanned<String>, report: &mut Vec<Diagnostic>| match text.get_ref().split_once(':') {
        Some((space, key)) if !space.is_empty() && !key.is_empty() => Some((Arc::from(space), Arc::from(key))),
        _ => {
            let wrong = reader.source.error(&text.span(), format!("`{}` names no person", text.get_ref()));
            report.push(wrong.expected("`housing.buyers:1001`: the table, and the text of its subject key"));
            None
        }
    };
    let subjects: Vec<_> = written.iter().map(|text| one(text, report)).collect();
    Some(Pattern::Honeytoken { subjects: subjects.into_iter().collect::<Option<_>>()? })
}
