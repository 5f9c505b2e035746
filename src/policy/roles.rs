//! `policy.csv`: who may do what with which category, and who belongs to which role.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use serde_spanned::Spanned;

use crate::model::category::Category;
use crate::model::ids::RuleId;

use super::bundle::RULES;
use super::classification::{SYSTEM, UNCLASSIFIED};
use super::diagnostic::{Diagnostic, Source, nearest};
use super::document::listed;
use super::identity::{Identity, NAME, is_name};

/// The role that everybody has.
pub const ANYONE: &str = "anyone";

/// Who a rule is about.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Subject {
    /// A database user.
    User(Arc<str>),
    /// An application of `identity.toml`.
    App(Arc<str>),
    Role(Arc<str>),
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::User(name) => write!(f, "user:{name}"),
            Self::App(name) => write!(f, "app:{name}"),
            Self::Role(name) => write!(f, "role:{name}"),
        }
    }
}

/// What a rule is about doing.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Action {
    /// Read the value.
    Clear,
    /// Read its mask.
    Masked,
    /// Test the value for equality where its mask is read.
    Match,
    /// Write freely.
    Write,
    /// Write, with the write-back guard.
    WriteGuarded,
}

impl Action {
    const ALL: [Self; 5] = [Self::Clear, Self::Masked, Self::Match, Self::Write, Self::WriteGuarded];

    /// The word used in bundles.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Clear => "clear",
            Self::Masked => "masked",
            Self::Match => "match",
            Self::Write => "write",
            Self::WriteGuarded => "write-guarded",
        }
    }
}

/// A `p` line.
#[derive(Clone, Debug)]
pub struct Rule {
    /// `policy.csv:12`.
    pub id: RuleId,
    pub subject: Subject,
    /// A category, a prefix with `/*`, or `*`.
    pub pattern: Arc<str>,
    pub action: Action,
    /// `*`, or one purpose.
    pub purpose: Arc<str>,
    pub deny: bool,
    pub(crate) span: Range<usize>,
}

/// A `g` line.
#[derive(Clone, Debug)]
pub struct Membership {
    pub member: Subject,
    pub role: Arc<str>,
    pub(crate) span: Range<usize>,
}

/// `policy.csv`, compiled.
#[derive(Clone, Debug, Default)]
pub struct Rules {
    /// In the order of the file, without repetitions.
    pub rules: Vec<Rule>,
    pub memberships: Vec<Membership>,
    parents: HashMap<Subject, Vec<Arc<str>>>,
}

impl Rules {
    /// The roles that these subjects have between them, inherited ones and `anyone` included.
    #[must_use]
    pub fn roles_of(&self, subjects: impl IntoIterator<Item = Subject>) -> BTreeSet<Arc<str>> {
        let mut roles = BTreeSet::from([Arc::from(ANYONE)]);
        let mut queue: Vec<Subject> = subjects.into_iter().chain([Subject::Role(ANYONE.into())]).collect();
        while let Some(subject) = queue.pop() {
            for role in self.parents.get(&subject).into_iter().flatten() {
                if roles.insert(Arc::clone(role)) {
                    queue.push(Subject::Role(Arc::clone(role)));
                }
            }
        }
        roles
    }

    /// Every role that a line names, and `anyone`.
    #[must_use]
    pub fn names(&self) -> BTreeSet<Arc<str>> {
        let subjects = self.rules.iter().map(|rule| &rule.subject);
        let members = self.memberships.iter().map(|membership| &membership.member);
        let named = subjects.chain(members).filter_map(|subject| match subject {
            Subject::Role(name) => Some(Arc::clone(name)),
            _ => None,
        });
        let joined = self.memberships.iter().map(|membership| Arc::clone(&membership.role));
        named.chain(joined).chain([Arc::from(ANYONE)]).collect()
    }
}

/// What the names of a rule may refer to.
#[derive(Clone, Copy, Debug)]
pub(super) struct Known<'a> {
    pub(super) categories: &'a [&'a Category],
    pub(super) identity: &'a Identity,
    /// Names of dimensions.
    pub(super) dimensions: &'a [&'a str],
}

/// Compiles what was written; problems go to `report`.
pub(super) fn compile(source: Source<'_>, known: Known<'_>, report: &mut Vec<Diagnostic>) -> Rules {
    let mut rules = Rules::default();
    let mut seen = BTreeMap::new();
    let mut offset = 0;
    for (index, line) in source.text.split_inclusive('\n').enumerate() {
        let start = offset;
        offset += line.len();
        let Some(fields) = fields(source, start, line, report) else { continue };
        let texts: Vec<String> = fields.iter().map(|field| field.text.clone()).collect();
        if let Some(first) = seen.insert(texts, index + 1) {
            let repeated = source.warning(&whole(&fields), "this line is written twice");
            report.push(repeated.help(format!("line {first} says the same")));
            continue;
        }
        let reader = Reader { source, known };
        match fields.split_first() {
            Some((kind, rest)) if kind.text == "p" => {
                rules.rules.extend(reader.rule(index + 1, whole(&fields), rest, report));
            }
            Some((kind, rest)) if kind.text == "g" => {
                rules.memberships.extend(reader.membership(whole(&fields), rest, report));
            }
            Some((kind, _)) => {
                let wrong = source.error(&kind.span, format!("a line cannot begin with `{}`", kind.text));
                report.push(wrong.expected("`p` (a rule), `g` (a membership) or `#` (a comment)"));
            }
            None => {}
        }
    }
    for membership in &rules.memberships {
        rules.parents.entry(membership.member.clone()).or_default().push(Arc::clone(&membership.role));
    }
    cycles(source, &rules, report);
    rules
}

/// A value between commas, with the blanks around it cut off.
#[derive(Debug)]
struct Field {
    text: String,
    span: Range<usize>,
}

fn whole(fields: &[Field]) -> Range<usize> {
    let start = fields.first().map_or(0, |field| field.span.start);
    start..fields.last().map_or(start, |field| field.span.end)
}

/// Cuts one line, or `None` for a comment, an empty line, or one that is not to be understood.
fn fields(source: Source<'_>, start: usize, line: &str, report: &mut Vec<Diagnostic>) -> Option<Vec<Field>> {
    let line = line.strip_suffix('\n').unwrap_or(line);
    let line = line.strip_suffix('\r').unwrap_or(line);
    if line.trim_matches(BLANK).is_empty() || line.trim_start_matches(BLANK).starts_with('#') {
        return None;
    }
    if let Some((at, bad)) = line.char_indices().find(|(_, c)| invisible(*c)) {
        let span = start + at..start + at + bad.len_utf8();
        let code = u32::from(bad);
        report.push(source.error(&span, format!("an invisible character, U+{code:04X}, stands in this line")));
        return None;
    }
    let mut fields = Vec::new();
    let mut rest = line;
    loop {
        let at = start + line.len() - rest.len();
        let blanks = rest.len() - rest.trim_start_matches(BLANK).len();
        let (field, after) = match rest.get(blanks..).and_then(|text| text.strip_prefix('"')) {
            Some(quoted) => quoted_field(source, at + blanks, quoted, report)?,
            None => {
                let (text, after) = rest.split_at_checked(rest.find(',').unwrap_or(rest.len()))?;
                let trimmed = text.trim_matches(BLANK);
                let begin = if trimmed.is_empty() { at } else { at + blanks };
                let end = if trimmed.is_empty() { at + text.len() } else { begin + trimmed.len() };
                (Field { text: trimmed.to_owned(), span: begin..end }, after)
            }
        };
        fields.push(field);
        match after.strip_prefix(',') {
            Some(next) => rest = next,
            None => return Some(fields),
        }
    }
}

/// What may stand around a value.
const BLANK: [char; 2] = [' ', '\t'];

/// A field in double quotes, after the opening one; a doubled quote stands for one. Also what follows, from its comma.
fn quoted_field<'t>(
    source: Source<'_>,
    start: usize,
    text: &'t str,
    report: &mut Vec<Diagnostic>,
) -> Option<(Field, &'t str)> {
    let mut value = String::new();
    let mut rest = text;
    loop {
        let Some((before, after)) = rest.split_once('"') else {
            report.push(source.error(&(start..start + 1 + text.len()), "this quote is never closed"));
            return None;
        };
        value.push_str(before);
        match after.strip_prefix('"') {
            Some(next) => {
                value.push('"');
                rest = next;
            }
            None => {
                let end = start + 1 + text.len() - after.len();
                let tail = after.trim_start_matches(BLANK);
                if !tail.is_empty() && !tail.starts_with(',') {
                    report.push(source.error(&(start..end), "a quoted value must be followed by a comma"));
                    return None;
                }
                return Some((Field { text: value, span: start..end }, tail));
            }
        }
    }
}

/// Characters that a reviewer of the bundle cannot see: controls, zero-width and bidirectional marks, odd blanks.
pub(super) fn invisible(character: char) -> bool {
    (character.is_control() && character != '\t')
        || (character.is_whitespace() && !BLANK.contains(&character) && character != '\u{3000}')
        || matches!(
            u32::from(character),
            0xad | 0x34f
                | 0x61c
                | 0x115f..=0x1160
                | 0x17b4..=0x17b5
                | 0x180b..=0x180f
                | 0x200b..=0x200f
                | 0x202a..=0x202e
                | 0x2060..=0x206f
                | 0x3164
                | 0xfe00..=0xfe0f
                | 0xfeff
                | 0xffa0
                | 0xfff0..=0xfffb
                | 0xe0000..=0xe0fff
        )
}

struct Reader<'a> {
    source: Source<'a>,
    known: Known<'a>,
}

impl Reader<'_> {
    fn rule(&self, line: usize, span: Range<usize>, fields: &[Field], report: &mut Vec<Diagnostic>) -> Option<Rule> {
        let [subject, pattern, action, purpose, effect] = fields else {
            let count = fields.len();
            let wrong = self.source.error(&span, format!("a rule has 5 values after `p`, this one has {count}"));
            report.push(wrong.expected("p, subject, category, action, purpose, allow or deny"));
            return None;
        };
        let subject = self.subject(subject, report);
        let pattern = self.pattern(pattern, report);
        let actions = Action::ALL.map(|action| (action.as_str(), action));
        let action = self.word(action, "action", &actions, report);
        let purpose = self.purpose(purpose, report);
        let deny = self.word(effect, "effect", &[("allow", false), ("deny", true)], report);
        let id = RuleId(format!("{RULES}:{line}").into());
        Some(Rule { id, subject: subject?, pattern: pattern?, action: action?, purpose: purpose?, deny: deny?, span })
    }

    fn membership(&self, span: Range<usize>, fields: &[Field], report: &mut Vec<Diagnostic>) -> Option<Membership> {
        let [member, role] = fields else {
            let count = fields.len();
            let wrong = self.source.error(&span, format!("a membership has 2 values after `g`, this one has {count}"));
            report.push(wrong.expected("g, member, role:name"));
            return None;
        };
        let member = self.subject(member, report);
        match self.subject(role, report)? {
            Subject::Role(role) => Some(Membership { member: member?, role, span }),
            other => {
                let wrong = self.source.error(&fields.last()?.span, format!("`{other}` is not a role"));
                report.push(wrong.expected("`role:name`: what the first value becomes a member of"));
                None
            }
        }
    }

    fn subject(&self, field: &Field, report: &mut Vec<Diagnostic>) -> Option<Subject> {
        let wrong = |message: String| self.source.error(&field.span, message);
        let Some((kind, name)) = field.text.split_once(':') else {
            report.push(wrong(format!("`{}` does not say what it is", field.text)).expected(SUBJECT));
            return None;
        };
        match kind {
            // A database user may have any name that PostgreSQL has.
            "user" if name == "*" => {
                report.push(wrong("`user:*` is a user called `*`".into()).help("everybody has the role `role:anyone`"));
                None
            }
            "user" if !name.is_empty() && name.len() <= 63 => {
                if mixes_scripts(name) {
                    let odd = self.source.warning(&field.span, format!("`{name}` mixes letters that look alike"));
                    report.push(odd.help("a rule for a user who does not exist does nothing; type the name again"));
                }
                Some(Subject::User(name.into()))
            }
            "user" => {
                report.push(wrong("a database user's name has 1 to 63 bytes".into()));
                None
            }
            "app" | "role" if !is_name(name) => {
                report.push(wrong(format!("`{name}` cannot name a role or an application")).expected(NAME));
                None
            }
            "role" => Some(Subject::Role(name.into())),
            "app" => {
                let applications = &self.known.identity.applications;
                if applications.iter().any(|app| &*app.name == name) {
                    return Some(Subject::App(name.into()));
                }
                let unknown = wrong(format!("`identity.toml` has no application `{name}`"));
                report.push(suggest(unknown, name, applications.iter().map(|app| &*app.name)));
                None
            }
            _ => {
                report.push(wrong(format!("`{kind}:` is not a kind of subject")).expected(SUBJECT));
                None
            }
        }
    }

    fn pattern(&self, field: &Field, report: &mut Vec<Diagnostic>) -> Option<Arc<str>> {
        let written = field.text.as_str();
        let path = written.strip_suffix("/*").unwrap_or(written);
        let error = |message: String| self.source.error(&field.span, message);
        if written != "*" && Category::parse(path).is_err() {
            let wrong = error(format!("`{written}` is not a category or a prefix of categories"));
            report.push(wrong.expected("a path such as `pii/name`, a path followed by `/*`, or `*`"));
            return None;
        }
        if path.split('/').next() == Some(SYSTEM) {
            let wrong = error(format!("rules cannot name `{written}`"));
            report.push(wrong.help("the server's catalogs that hold values are open to unrestricted principals only"));
            return None;
        }
        let known = || self.known.categories.iter().copied();
        if written == "*" || written == UNCLASSIFIED || known().any(|category| category.matches(written)) {
            return Some(written.into());
        }
        let unknown = error(format!("no category that `classification.toml` defines matches `{written}`"));
        let names: Vec<&str> = known().flat_map(|category| prefixes(&category.0)).collect();
        report.push(suggest(unknown, path, names.into_iter().chain([UNCLASSIFIED])));
        None
    }

    fn purpose(&self, field: &Field, report: &mut Vec<Diagnostic>) -> Option<Arc<str>> {
        let purposes = &self.known.identity.purposes;
        if field.text == "*" {
            return Some("*".into());
        }
        if let Some(known) = purposes.iter().find(|purpose| ***purpose == *field.text) {
            return Some(Arc::clone(known));
        }
        let unknown = self.source.error(&field.span, format!("`identity.toml` knows no purpose `{}`", field.text));
        report.push(suggest(unknown, &field.text, purposes.iter().map(|purpose| &**purpose)));
        None
    }

    fn word<T: Copy>(&self, field: &Field, what: &str, words: &[(&str, T)], report: &mut Vec<Diagnostic>) -> Option<T> {
        if let Some((_, value)) = words.iter().find(|(word, _)| *word == field.text) {
            return Some(*value);
        }
        let wrong = self.source.error(&field.span, format!("`{}` is not an {what}", field.text));
        let expected = wrong.expected(listed(words.iter().map(|(word, _)| *word)));
        report.push(match nearest(&field.text, words.iter().map(|(word, _)| *word)) {
            Some(near) => expected.help(format!("did you mean `{near}`?")),
            None => expected,
        });
        None
    }
}

/// Reads a subject that stands in a TOML file.
pub(super) fn subject_of(
    source: Source<'_>,
    known: Known<'_>,
    written: &Spanned<String>,
    report: &mut Vec<Diagnostic>,
) -> Option<Subject> {
    let field = Field { text: written.get_ref().clone(), span: written.span() };
    Reader { source, known }.subject(&field, report)
}

/// Reads a category or a prefix of categories that stands in a TOML file.
pub(super) fn pattern_of(
    source: Source<'_>,
    known: Known<'_>,
    written: &Spanned<String>,
    report: &mut Vec<Diagnostic>,
) -> Option<Arc<str>> {
    let field = Field { text: written.get_ref().clone(), span: written.span() };
    Reader { source, known }.pattern(&field, report)
}

/// Reads a purpose that stands in a TOML file.
pub(super) fn purpose_of(
    source: Source<'_>,
    known: Known<'_>,
    written: &Spanned<String>,
    report: &mut Vec<Diagnostic>,
) -> Option<Arc<str>> {
    let field = Field { text: written.get_ref().clone(), span: written.span() };
    Reader { source, known }.purpose(&field, report)
}

/// Latin letters together with Greek or Cyrillic ones, or fullwidth forms: names that look like another.
fn mixes_scripts(name: &str) -> bool {
    let latin = name.chars().any(|c| c.is_ascii_alphabetic());
    let alike = |c: char| matches!(u32::from(c), 0x370..=0x52f | 0x1f00..=0x1fff);
    latin && name.chars().any(alike) || name.chars().any(|c| matches!(u32::from(c), 0xff01..=0xff5e))
}

/// What a subject looks like.
const SUBJECT: &str = "`user:name` (a database user), `app:name` (of `identity.toml`) or `role:name`";

/// `pii/contact/phone` → `pii`, `pii/contact`, `pii/contact/phone`.
fn prefixes(path: &str) -> impl Iterator<Item = &str> {
    let ends = path.match_indices('/').map(|(at, _)| at).chain([path.len()]);
    ends.filter_map(|end| path.get(..end))
}

fn suggest<'k>(diagnostic: Diagnostic, written: &str, known: impl Iterator<Item = &'k str>) -> Diagnostic {
    let known: BTreeSet<&str> = known.collect();
    if let Some(near) = nearest(written, known.iter().copied()) {
        return diagnostic.help(format!("did you mean `{near}`?"));
    }
    match known.is_empty() {
        true => diagnostic,
        false => diagnostic.expected(listed(known.into_iter().take(20))),
    }
}

/// A role that contains itself is a slip: everybody in the circle has the rights of all.
fn cycles(source: Source<'_>, rules: &Rules, report: &mut Vec<Diagnostic>) {
    for membership in &rules.memberships {
        let Subject::Role(member) = &membership.member else { continue };
        if membership.role == *member || reaches(rules, &membership.role, member) {
            let circle = source.error(&membership.span, format!("`role:{member}` contains itself"));
            report.push(circle.help("a membership must not lead back to where it begins"));
        }
    }
}

fn reaches(rules: &Rules, from: &Arc<str>, to: &Arc<str>) -> bool {
    let mut seen = BTreeSet::new();
    let mut queue = vec![Arc::clone(from)];
    while let Some(role) = queue.pop() {
        for parent in rules.parents.get(&Subject::Role(role)).into_iter().flatten() {
            if parent == to {
                return true;
            }
            if seen.insert(Arc::clone(parent)) {
                queue.push(Arc::clone(parent));
            }
        }
    }
    false
}
