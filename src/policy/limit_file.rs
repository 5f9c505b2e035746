//! Compiling `limits.toml`: limits first, detectors in their own file.

use std::sync::Arc;
use std::time::Duration;

use serde_spanned::Spanned;

use crate::model::disclosure::Response;

use super::detector_file;
use super::diagnostic::{Diagnostic, Source, nearest};
use super::document::{self, Count, Section, listed};
use super::identity::{NAME, is_name};
use super::limits::{Exception, Identity, Limit, Limits, Meter, Mode, Per, Scope, Step, Threshold, hint};
use super::roles::{Known, Subject, pattern_of, subject_of};
use super::schedule::{self, Hours};

const MINUTE: Duration = Duration::from_secs(60);
const MONTH: Duration = Duration::from_secs(30 * 86_400);

/// What a key of a limit is read with.
pub(super) struct Reader<'a> {
    pub(super) source: Source<'a>,
    pub(super) known: Known<'a>,
    /// Minutes east of UTC.
    pub(super) offset: i16,
}

/// Reads and compiles `limits.toml`; problems go to `report`.
pub(super) fn compile(source: Source<'_>, known: Known<'_>, report: &mut Vec<Diagnostic>) -> Limits {
    let document = document::parse(source, report);
    let mut root = Section::root(source, &document);
    let mut limits = Limits::default();
    if let Some(written) = root.text("utc_offset", report) {
        match schedule::offset(written.get_ref()) {
            Some(offset) => limits.offset = offset,
            None => {
                let wrong = source.error(&written.span(), format!("`{}` is no offset from UTC", written.get_ref()));
                report.push(wrong.expected("`+08:00`, `-03:30` or `Z`"));
            }
        }
    }
    if let Some(mut share) = root.section("share", report) {
        if let Some(part) = share.number("each", 0.01..=1.0, report) {
            limits.share = part.into_inner();
        }
        share.finish(report);
    }
    let reader = Reader { source, known, offset: limits.offset };
    let mut spans: Vec<Spanned<String>> = Vec::new();
    for section in root.sections("limit", report) {
        if let Some((name, limit)) = reader.limit(section, report) {
            reader.once(&name, &spans, report);
            spans.push(name);
            limits.limits.push(Arc::new(limit));
        }
    }
    if let Some(detectors) = root.section("detector", report) {
        for (name, section) in detectors.named_sections(report) {
            reader.once(&name, &spans, report);
            limits.detectors.extend(detector_file::detector(&reader, &name, section, report).map(Arc::new));
        }
    }
    root.finish(report);
    limits
}

impl Reader<'_> {
    fn once(&self, name: &Spanned<String>, before: &[Spanned<String>], report: &mut Vec<Diagnostic>) {
        if let Some(first) = before.iter().find(|first| first.get_ref() == name.get_ref()) {
            let (line, _) = self.source.position(first.span().start);
            let twice = self.source.error(&name.span(), format!("limit `{}` exists already", name.get_ref()));
            report.push(twice.help(format!("it stands in line {line}; alerts and incidents name limits")));
        }
    }

    fn limit(&self, mut section: Section<'_>, report: &mut Vec<Diagnostic>) -> Option<(Spanned<String>, Limit)> {
        let name = section.required_text("name", report);
        let scope = self.scope(&mut section, report);
        let per = self.per(&mut section, report);
        let meter = self.required_word(&mut section, "meter", &Meter::ALL.map(|meter| (meter.as_str(), meter)), report);
        let categories = self.categories(&mut section, meter, report);
        let window = self.window(&mut section, report);
        let mode = self.mode(&mut section, report);
        let release = section.number("release", 0.0..=1.0, report).map_or(0.8, Spanned::into_inner);
        let ask = section.text("ask", report).map(|ask| Arc::from(ask.get_ref().as_str()));
        let span = section.span.clone();
        let steps: Option<Vec<Step>> =
            section.sections("steps", report).into_iter().map(|step| self.step(step, report)).collect();
        section.finish(report);
        let (name, meter, window, steps) = (name?, meter?, window?, steps?);
        if !is_name(name.get_ref()) {
            let wrong = self.source.error(&name.span(), format!("`{}` cannot name a limit", name.get_ref()));
            report.push(wrong.expected(NAME));
        }
        if steps.is_empty() {
            let none = self.source.error(&span, "this limit does nothing: it has no `steps`");
            report.push(none.expected("`steps = [ { at = 100, do = \"alert\" } ]`"));
        }
        self.milder_later(&span, &steps, report);
        self.divided(&span, per.as_deref().unwrap_or_default(), meter, report);
        let hint = hint(name.get_ref(), meter.as_str(), Some(window), ask.as_deref());
        let mut limit = Limit {
            name: name.get_ref().as_str().into(),
            scope: scope?,
            per: per?,
            meter,
            categories: categories?,
            window,
            mode,
            steps,
            release,
            ask,
            hint,
            identity: Identity("".into()),
        };
        limit.identify();
        Some((name, limit))
    }

    /// What has no rows has no dimension, and rows are counted by one of them at a time.
    fn divided(&self, span: &std::ops::Range<usize>, per: &[Per], meter: Meter, report: &mut Vec<Diagnostic>) {
        let dimensions = per.iter().filter(|per| matches!(per, Per::Dimension(_))).count();
        let of_rows = matches!(meter, Meter::Rows | Meter::Subjects | Meter::Cells | Meter::Bytes);
        if dimensions > 0 && !of_rows {
            let wrong = self.source.error(span, "what this limit counts is of no dimension");
            report.push(wrong.help("dimensions are for `rows`, `subjects`, `cells` and `bytes`"));
        }
        if dimensions > 1 {
            let wrong = self.source.error(span, "this limit counts by more than one dimension");
            report.push(wrong.help("write one limit for each"));
        }
    }

    /// A step that does less with more is a slip.
    fn milder_later(&self, span: &std::ops::Range<usize>, steps: &[Step], report: &mut Vec<Diagnostic>) {
        let odd = steps.windows(2).any(|pair| match pair {
            [a, b] => match (a.at, b.at) {
                (Threshold::Absolute(low), Threshold::Absolute(high)) => low >= high || a.response > b.response,
                _ => false,
            },
            _ => false,
        });
        if odd {
            let warning = self.source.warning(span, "a later step begins with no more, or does less, than one before");
            report.push(warning.help("write the steps from few and mild to many and hard"));
        }
    }

    pub(super) fn scope(&self, section: &mut Section<'_>, report: &mut Vec<Diagnostic>) -> Option<Scope> {
        let who = self.who(section, report);
        let hours = self.hours(section, "hours", report);
        let except: Option<Vec<Exception>> =
            section.sections("except", report).into_iter().map(|except| self.exception(except, report)).collect();
        Some(Scope { who: who?, except: except?, hours: hours? })
    }

    fn exception(&self, mut section: Section<'_>, report: &mut Vec<Diagnostic>) -> Option<Exception> {
        let (who, hours) = (self.who(&mut section, report), self.hours(&mut section, "hours", report));
        let span = section.span.clone();
        section.finish(report);
        let who = who?;
        if who.is_empty() {
            report.push(self.source.error(&span, "nobody is left out here").expected("`who = \"app:…\"`"));
        }
        Some(Exception { who, hours: hours? })
    }

    fn who(&self, section: &mut Section<'_>, report: &mut Vec<Diagnostic>) -> Option<Vec<Subject>> {
        let written = section.texts("who", report);
        // Everything is read, so that every problem is found.
        let read: Vec<Option<Subject>> =
            written.iter().map(|who| subject_of(self.source, self.known, who, report)).collect();
        read.into_iter().collect()
    }

    /// `Some(None)` where it is not written; `None` where it is wrong.
    pub(super) fn hours(
        &self,
        section: &mut Section<'_>,
        key: &'static str,
        report: &mut Vec<Diagnostic>,
    ) -> Option<Option<Hours>> {
        let Some(written) = section.text(key, report) else { return Some(None) };
        let hours = Hours::parse(written.get_ref(), self.offset);
        if hours.is_none() {
            let wrong = self.source.error(&written.span(), format!("`{}` is no time of the week", written.get_ref()));
            report.push(wrong.expected("`08:00-20:00`, `mon-fri` or `mon-fri 08:00-20:00`"));
        }
        hours.map(Some)
    }

    fn per(&self, section: &mut Section<'_>, report: &mut Vec<Diagnostic>) -> Option<Vec<Per>> {
        let written = section.texts("per", report);
        if written.is_empty() {
            return Some(vec![Per::Principal]);
        }
        let read: Vec<Option<Per>> = written.iter().map(|text| self.one_per(text, report)).collect();
        let mut per: Vec<Per> = read.into_iter().collect::<Option<_>>()?;
        per.sort();
        per.dedup();
        Some(per)
    }

    fn one_per(&self, written: &Spanned<String>, report: &mut Vec<Diagnostic>) -> Option<Per> {
        const WORDS: [&str; 5] = ["principal", "end_user", "application", "address", "database"];
        let name = written.get_ref().as_str();
        let per = match name {
            "principal" => Per::Principal,
            "end_user" => Per::EndUser,
            "application" => Per::Application,
            "address" => Per::Address,
            "database" => Per::Database,
            _ => {
                let dimension = name.strip_prefix("dimension:").filter(|name| is_name(name));
                if let Some(dimension) = dimension {
                    if self.known.dimensions.contains(&dimension) {
                        return Some(Per::Dimension(dimension.into()));
                    }
                    let unknown = format!("no table of `classification.toml` has a dimension `{dimension}`");
                    let unknown = self.source.error(&written.span(), unknown);
                    report.push(unknown.help(format!("write `dimensions = {{ {dimension} = \"column\" }}` there")));
                    return None;
                }
                let wrong = self.source.error(&written.span(), format!("`{name}` cannot be counted by"));
                let wrong = wrong.expected(listed(WORDS.into_iter().chain(["dimension:name"])));
                report.push(match nearest(name, WORDS) {
                    Some(near) => wrong.help(format!("did you mean `{near}`?")),
                    None => wrong,
                });
                return None;
            }
        };
        Some(per)
    }

    fn categories(
        &self,
        section: &mut Section<'_>,
        meter: Option<Meter>,
        report: &mut Vec<Diagnostic>,
    ) -> Option<Vec<Arc<str>>> {
        let written = section.texts("scope", report);
        if let (Some(Meter::Logins | Meter::Denials | Meter::Probes | Meter::Statements), Some(first)) =
            (meter, written.first())
        {
            let wrong = self.source.error(&first.span(), "what this limit counts has no category");
            report.push(wrong.help("`scope` is for `rows`, `subjects`, `cells` and `bytes`"));
        }
        let read: Vec<_> = written.iter().map(|text| pattern_of(self.source, self.known, text, report)).collect();
        read.into_iter().collect()
    }

    fn window(&self, section: &mut Section<'_>, report: &mut Vec<Diagnostic>) -> Option<Duration> {
        let written = section.required_text("window", report)?;
        let window = schedule::span(written.get_ref()).filter(|window| (MINUTE..=MONTH).contains(window));
        if window.is_none() {
            let wrong = self.source.error(&written.span(), format!("`{}` is no window", written.get_ref()));
            report.push(wrong.expected("from `1m` to `30d`: a whole number of `s`, `m`, `h` or `d`"));
        }
        window
    }

    pub(super) fn span(
        &self,
        section: &mut Section<'_>,
        key: &'static str,
        report: &mut Vec<Diagnostic>,
    ) -> Option<Duration> {
        let written = section.text(key, report)?;
        let span = schedule::span(written.get_ref());
        if span.is_none() {
            let wrong = self.source.error(&written.span(), format!("`{}` is no span of time", written.get_ref()));
            report.push(wrong.expected("a whole number of `s`, `m`, `h` or `d`, such as `12h`"));
        }
        span
    }

    pub(super) fn mode(&self, section: &mut Section<'_>, report: &mut Vec<Diagnostic>) -> Mode {
        let words = [("enforce", Mode::Enforce), ("observe", Mode::Observe)];
        self.word(section, "mode", &words, report).unwrap_or(Mode::Enforce)
    }

    fn step(&self, mut section: Section<'_>, report: &mut Vec<Diagnostic>) -> Option<Step> {
        let at = section.count("at", report);
        let response = self.response(&mut section, report);
        let (rate, lasts) = self.manner(&mut section, response, report);
        section.finish(report);
        let at = self.threshold(at?, report)?;
        Some(Step { at, response: response?, rate, lasts })
    }

    pub(super) fn response(&self, section: &mut Section<'_>, report: &mut Vec<Diagnostic>) -> Option<Response> {
        use Response::{Alert, Block, Downgrade, Quarantine, Slow, Terminate};
        let all = [Alert, Slow, Downgrade, Block, Quarantine, Terminate].map(|response| (response.as_str(), response));
        self.required_word(section, "do", &all, report)
    }

    /// `rate` and `for`.
    pub(super) fn manner(
        &self,
        section: &mut Section<'_>,
        response: Option<Response>,
        report: &mut Vec<Diagnostic>,
    ) -> (Option<f64>, Option<Duration>) {
        let span = section.span.clone();
        let written = section.text("rate", report);
        let rate = written.as_ref().and_then(|rate| schedule::rate(rate.get_ref()));
        match (&written, response) {
            (Some(text), _) if rate.is_none() => {
                let wrong = self.source.error(&text.span(), format!("`{}` is no rate", text.get_ref()));
                report.push(wrong.expected("`2/s`, `30/m` or `100/h`"));
            }
            (Some(text), Some(other)) if other != Response::Slow => {
                report.push(self.source.error(&text.span(), format!("`{}` has no rate", other.as_str())));
            }
            (None, Some(Response::Slow)) => {
                report.push(self.source.error(&span, "`slow` needs a rate").expected("`rate = \"2/s\"`"));
            }
            _ => {}
        }
        (rate, self.span(section, "for", report))
    }

    fn threshold(&self, at: Count<'_>, report: &mut Vec<Diagnostic>) -> Option<Threshold> {
        let mut section = match at {
            Count::Number(number) => return Some(Threshold::Absolute(number)),
            Count::Section(section) => section,
        };
        let span = section.span.clone();
        let own = section.number("own", 0.5..=100.0, report);
        let peers = section.number("peers", 0.5..=100.0, report);
        let table = section.text("table", report);
        let least = section.integer("least", 0..=1 << 53, report);
        section.finish(report);
        let Some(least) = least else {
            let missing = self.source.error(&span, "`least` is missing here");
            report.push(missing.help("what is allowed in any case, and while nothing is known to compare with"));
            return None;
        };
        match (own, peers, table) {
            (Some(own), None, None) => Some(Threshold::Own { deviations: own.into_inner(), least }),
            (None, Some(peers), None) => Some(Threshold::Peers { deviations: peers.into_inner(), least }),
            (None, None, Some(part)) => match schedule::percent(part.get_ref()) {
                Some(share) => Some(Threshold::Table { share, least }),
                None => {
                    let wrong = self.source.error(&part.span(), format!("`{}` is no part", part.get_ref()));
                    report.push(wrong.expected("a percentage such as `5%`"));
                    None
                }
            },
            _ => {
                let wrong = self.source.error(&span, "a threshold compares with one thing");
                report.push(wrong.expected("`own = 3`, `peers = 3` (deviations above the mean) or `table = \"5%\"`"));
                None
            }
        }
    }

    fn required_word<T: Copy>(
        &self,
        section: &mut Section<'_>,
        key: &'static str,
        words: &[(&'static str, T)],
        report: &mut Vec<Diagnostic>,
    ) -> Option<T> {
        if !section.has(key) {
            let missing = self.source.error(&section.span, format!("`{key}` is missing here"));
            report.push(missing.expected(listed(words.iter().map(|(word, _)| *word))));
        }
        self.word(section, key, words, report)
    }

    fn word<T: Copy>(
        &self,
        section: &mut Section<'_>,
        key: &'static str,
        words: &[(&'static str, T)],
        report: &mut Vec<Diagnostic>,
    ) -> Option<T> {
        let written = section.text(key, report)?;
        if let Some((_, value)) = words.iter().find(|(word, _)| word == written.get_ref()) {
            return Some(*value);
        }
        let wrong = self.source.error(&written.span(), format!("`{}` is not a word for `{key}`", written.get_ref()));
        let wrong = wrong.expected(listed(words.iter().map(|(word, _)| *word)));
        report.push(match nearest(written.get_ref(), words.iter().map(|(word, _)| *word)) {
            Some(near) => wrong.help(format!("did you mean `{near}`?")),
            None => wrong,
        });
        None
    }
}
