//! `rows.toml`: which rows somebody reads, and in which rows a category is hidden (consent, retention).

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use serde_spanned::Spanned;

use crate::model::category::Category;
use crate::model::ids::RuleId;

use super::bundle::{ROWS, RowEntry};
use super::classification::QualifiedName;
use super::condition::{self, Expression, Wrong};
use super::diagnostic::{Diagnostic, Source};
use super::names::qualified;
use super::roles::{Known, Subject, pattern_of, purpose_of, subject_of};

/// What becomes of a row for which a rule's test does not hold.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Effect {
    /// It is not there.
    Rows,
    /// Its columns of these categories read as NULL: a category, or a prefix with `/*`.
    Columns(Arc<str>),
}

/// A span of time in calendar units.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Unit {
    Years,
    Months,
    Days,
}

/// What a row must meet.
#[derive(Clone, PartialEq, Debug)]
pub enum Test {
    Condition(Expression),
    /// The column's time lies no longer back than this, by the clock of UTC.
    Younger {
        column: Arc<str>,
        count: u32,
        unit: Unit,
    },
}

/// One rule of `rows.toml`.
#[derive(Clone, Debug)]
pub struct RowRule {
    /// `rows.toml:12`.
    pub id: RuleId,
    pub table: QualifiedName,
    pub effect: Effect,
    pub test: Test,
    who: Vec<Subject>,
    except: Vec<Subject>,
    purposes: Vec<Arc<str>>,
    except_purposes: Vec<Arc<str>>,
    /// Of the table's name, and of the text of the test.
    pub(crate) table_span: Range<usize>,
    pub(crate) test_span: Range<usize>,
    /// Where the condition's first byte stands, if it is written without escapes.
    start: Option<usize>,
}

impl RowRule {
    /// Whether it is about somebody who is all of these subjects and acts for these purposes.
    #[must_use]
    pub fn concerns(&self, holders: &BTreeSet<Subject>, purposes: &[Arc<str>]) -> bool {
        let any_of = |list: &[Subject]| list.iter().any(|subject| holders.contains(subject));
        let acts_for = |list: &[Arc<str>]| list.iter().any(|purpose| purposes.contains(purpose));
        (self.who.is_empty() || any_of(&self.who))
            && !any_of(&self.except)
            && (self.purposes.is_empty() || acts_for(&self.purposes))
            && !acts_for(&self.except_purposes)
    }

    /// Whether it is about this very subject, or leaves it out.
    pub(super) fn speaks_of(&self, who: &Subject) -> bool {
        self.who.contains(who) || self.except.contains(who)
    }

    /// Whether a category reads as NULL in rows that do not meet the test.
    #[must_use]
    pub fn hides(&self, category: &Category) -> bool {
        matches!(&self.effect, Effect::Columns(pattern) if category.matches(pattern))
    }

    /// Points at what is wrong with the condition.
    pub(crate) fn wrong(&self, source: Source<'_>, wrong: &Wrong) -> Diagnostic {
        let span = place(source, self.start, &self.test_span, wrong.at);
        let found = source.error(&span, wrong.message.clone());
        match &wrong.help {
            Some(help) => found.help(help.clone()),
            None => found,
        }
    }
}

/// The word at an offset of a condition; the whole condition where it is written with escapes.
fn place(source: Source<'_>, start: Option<usize>, whole: &Range<usize>, at: usize) -> Range<usize> {
    let Some(begin) = start.map(|start| start + at).filter(|begin| *begin < whole.end) else { return whole.clone() };
    let rest = source.text.get(begin..whole.end).unwrap_or_default();
    let word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.');
    let length = rest.find(|c| !word(c)).unwrap_or(rest.len());
    let first = rest.chars().next().map_or(0, char::len_utf8);
    begin..begin + length.max(first)
}

/// Where a string's text begins, if what is written is the text itself.
fn written_plainly(source: Source<'_>, text: &Spanned<String>) -> Option<usize> {
    let written = source.text.get(text.span())?;
    let start = written.find(text.get_ref().as_str())?;
    let around = |part: &str| part.chars().all(|c| matches!(c, '"' | '\'' | '\n' | '\r'));
    let end = start + text.get_ref().len();
    (around(written.get(..start)?) && around(written.get(end..)?)).then(|| text.span().start + start)
}

/// Compiles what was written; problems go to `report`.
pub(super) fn compile(
    source: Source<'_>,
    entries: &[RowEntry],
    known: Known<'_>,
    report: &mut Vec<Diagnostic>,
) -> Vec<RowRule> {
    entries.iter().filter_map(|entry| rule(source, entry, known, report)).collect()
}

fn rule(source: Source<'_>, entry: &RowEntry, known: Known<'_>, report: &mut Vec<Diagnostic>) -> Option<RowRule> {
    let table = qualified(source, &entry.table, report);
    let effect = match &entry.category {
        None => Some(Effect::Rows),
        Some(category) => pattern_of(source, known, category, report).map(Effect::Columns),
    };
    let subjects = |list: &[Spanned<String>], report: &mut Vec<Diagnostic>| -> Option<Vec<Subject>> {
        list.iter().map(|one| subject_of(source, known, one, report)).collect()
    };
    let purposes = |list: &[Spanned<String>], report: &mut Vec<Diagnostic>| -> Option<Vec<Arc<str>>> {
        list.iter().map(|one| purpose_of(source, known, one, report)).collect()
    };
    let (who, except) = (subjects(&entry.who, report), subjects(&entry.except, report));
    let (for_purposes, except_purposes) = (purposes(&entry.purposes, report), purposes(&entry.except_purposes, report));
    let (test, test_span, start) = test(source, entry, report)?;
    let (line, _) = source.position(entry.span.start);
    let rule = RowRule {
        id: RuleId(format!("{ROWS}:{line}").into()),
        table: table?,
        effect: effect?,
        test,
        who: who?,
        except: except?,
        purposes: for_purposes?,
        except_purposes: except_purposes?,
        table_span: entry.table.span(),
        test_span,
        start,
    };
    escapable(source, entry, &rule, report);
    Some(rule)
}

/// What the row must meet, where that is written, and where its text begins.
fn test(
    source: Source<'_>,
    entry: &RowEntry,
    report: &mut Vec<Diagnostic>,
) -> Option<(Test, Range<usize>, Option<usize>)> {
    if let Some(text) = &entry.condition {
        let start = written_plainly(source, text);
        return match condition::parse(text.get_ref()) {
            Ok(expression) => Some((Test::Condition(expression), text.span(), start)),
            Err(wrong) => {
                let found = source.error(&place(source, start, &text.span(), wrong.at), wrong.message);
                report.push(match wrong.help {
                    Some(help) => found.help(help),
                    None => found,
                });
                None
            }
        };
    }
    let (column, (count, unit)) = (entry.column.as_ref()?, entry.age?);
    if count == 0 {
        report.push(source.error(&entry.span, "nothing is younger than no time").help("write a number above 0"));
        return None;
    }
    let test = Test::Younger { column: column.get_ref().as_str().into(), count, unit };
    Some((test, column.span(), None))
}

/// A rule for an application or a purpose holds only while a connection is recognised.
fn escapable(source: Source<'_>, entry: &RowEntry, rule: &RowRule, report: &mut Vec<Diagnostic>) {
    let application = rule.who.iter().find(|subject| matches!(subject, Subject::App(_)));
    let help = "say it of everybody, and leave out who may see more under `except` or `except_purposes`";
    if let Some(app) = application {
        let warning =
            source.warning(&entry.span, format!("a connection not recognised as `{app}` is not held to this"));
        report.push(warning.help(help));
    } else if !rule.purposes.is_empty() {
        let warning = source.warning(&entry.span, "a connection that acts for no purpose is not held to this");
        report.push(warning.help(help));
    }
}
