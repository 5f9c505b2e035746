//! `alerts.toml` as it is written → [`Alerts`], or every problem with its place.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use serde_spanned::Spanned;

use crate::model::disclosure::Severity;

use super::alerts::{Alerts, Channel, Endpoint, Kind, Language, MailTls, Route, SecretName, Transport, warn};
use super::diagnostic::{Diagnostic, Source, nearest};
use super::document::{self, Section, listed};
use super::identity::{NAME, is_name};

const SEVERITIES: [Severity; 3] = [Severity::Notice, Severity::Warning, Severity::Critical];
const LANGUAGES: [(&str, Language); 2] = [("en", Language::English), ("zh", Language::Chinese)];
const TRANSPORTS: [(&str, Transport); 2] = [("udp", Transport::Udp), ("tcp", Transport::Tcp)];
const MAIL_TLS: [(&str, MailTls); 3] = [("tls", MailTls::Tls), ("starttls", MailTls::StartTls), ("off", MailTls::Off)];

const TIMEOUT: Duration = Duration::from_secs(10);
const GROUP: Duration = Duration::from_secs(5 * 60);
const REPEAT: Duration = Duration::from_secs(4 * 3600);

/// Compiles `alerts.toml`; `roles` are those of `policy.csv`. Problems go to `report`.
pub(super) fn compile(source: Source<'_>, roles: &BTreeSet<Arc<str>>, report: &mut Vec<Diagnostic>) -> Alerts {
    let document = document::parse(source, report);
    let mut root = Section::root(source, &document);
    let mut alerts = Alerts::default();
    let mut file = File { source, report };
    if let Some(quiet) = file.duration(&mut root, "quiet") {
        alerts.quiet = quiet;
    }
    for section in root.sections("channel", file.report) {
        let Some(channel) = file.channel(section) else { continue };
        if let Some(first) = alerts.channel(&channel.name) {
            let (line, _) = source.position(first.span.start);
            let twice = source.error(&channel.span, format!("channel `{}` exists already", channel.name));
            file.report.push(twice.help(format!("it is defined in line {line}")));
        }
        alerts.channels.push(channel);
    }
    for section in root.sections("route", file.report) {
        alerts.routes.extend(file.route(section, &alerts.channels, roles));
    }
    root.finish(file.report);
    warn(&alerts, source, report);
    alerts
}

struct File<'d, 'r> {
    source: Source<'d>,
    report: &'r mut Vec<Diagnostic>,
}

impl<'d> File<'d, '_> {
    fn wrong(&mut self, at: &Spanned<String>, message: impl Into<String>, expected: impl Into<String>) {
        self.report.push(self.source.error(&at.span(), message).expected(expected));
    }

    fn channel(&mut self, mut section: Section<'d>) -> Option<Channel> {
        let name = section.required_text("name", self.report);
        let kind = section.required_text("kind", self.report);
        let kind = kind.and_then(|kind| self.word(&kind, &Kind::ALL.map(|kind| (kind.as_str(), kind))));
        let language = self.optional_word(&mut section, "language", &LANGUAGES).unwrap_or_default();
        let timeout = self.duration(&mut section, "timeout").unwrap_or(TIMEOUT);
        let [token, secret] = ["token", "secret"].map(|key| self.secret(&mut section, key));
        let needs = section.span.clone();
        let endpoint = kind.and_then(|kind| self.endpoint(kind, &mut section));
        if kind.is_some() {
            section.finish(self.report);
        }
        let (name, kind) = (name?, kind?);
        if !is_name(name.get_ref()) {
            self.wrong(&name, format!("`{}` cannot name a channel", name.get_ref()), NAME);
        }
        if token.is_none() && kind.home().is_some() {
            let missing = self.source.error(&needs, format!("a {} channel needs its `token`", kind.as_str()));
            self.report.push(missing.expected(SECRET));
        }
        let span = name.span();
        let name = name.into_inner().into();
        Some(Channel { name, kind, endpoint: endpoint?, language, timeout, token, secret, span })
    }

    fn endpoint(&mut self, kind: Kind, section: &mut Section<'d>) -> Option<Endpoint> {
        match kind {
            Kind::Smtp => {
                let address = section.required_text("address", self.report);
                let tls = self.optional_word(section, "tls", &MAIL_TLS).unwrap_or_default();
                let user = section.text("user", self.report).map(|user| user.into_inner().into());
                let from = section.required_text("from", self.report);
                let to = section.texts("to", self.report);
                if to.is_empty() {
                    self.report.push(self.source.error(&section.span, "`to` is missing here"));
                }
                let to = to.iter().filter_map(|to| self.mailbox(to)).collect();
                let from = self.mailbox(&from?);
                Some(Endpoint::Mail { address: self.address(&address?)?, tls, user, from: from?, to })
            }
            Kind::Syslog => {
                let address = section.required_text("address", self.report);
                let transport = self.optional_word(section, "transport", &TRANSPORTS).unwrap_or_default();
                Some(Endpoint::Syslog { address: self.address(&address?)?, transport })
            }
            _ => {
                let written = match kind.home() {
                    Some(_) => section.text("url", self.report),
                    None => Some(section.required_text("url", self.report)?),
                };
                match written {
                    Some(written) => self.url(&written).map(Endpoint::Url),
                    None => kind.home().map(|home| Endpoint::Url(home.into())),
                }
            }
        }
    }

    /// A URL without anything secret: no user, no query.
    fn url(&mut self, written: &Spanned<String>) -> Option<Arc<str>> {
        let text = written.get_ref().as_str();
        let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
        let legal = |rest: &str| !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_graphic());
        let Some(rest) = rest.filter(|rest| legal(rest)) else {
            self.wrong(written, "this is no address of a web service", "`https://…` or `http://…`");
            return None;
        };
        if rest.contains(['?', '#', '@']) {
            let found = self.source.error(&written.span(), "a secret does not belong in a bundle");
            self.report
                .push(found.help(
                    "write the address up to its `?` or its last part, and say with `token` where the secret is",
                ));
            return None;
        }
        Some(text.trim_end_matches('/').into())
    }

    /// `host:port`.
    fn address(&mut self, written: &Spanned<String>) -> Option<Arc<str>> {
        let port = written.get_ref().rsplit_once(':').filter(|(host, _)| !host.is_empty() && !host.contains('/'));
        if port.is_some_and(|(_, port)| port.parse::<u16>().is_ok_and(|port| port > 0)) {
            return Some(written.get_ref().as_str().into());
        }
        self.wrong(written, format!("`{}` is no address", written.get_ref()), "a host and a port: `mail.example:465`");
        None
    }

    fn mailbox(&mut self, written: &Spanned<String>) -> Option<Arc<str>> {
        let text = written.get_ref();
        if text.contains('@') && !text.chars().any(|c| c.is_control()) {
            return Some(text.as_str().into());
        }
        self.wrong(written, format!("`{text}` is no mail address"), "`name@example.org`");
        None
    }

    fn secret(&mut self, section: &mut Section<'d>, key: &'static str) -> Option<SecretName> {
        let written = section.text(key, self.report)?;
        let variable = |name: &str| {
            let legal = |b: u8| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_';
            !name.is_empty() && name.bytes().all(legal)
        };
        match written.get_ref().split_once(':') {
            Some(("env", name)) if variable(name) => Some(SecretName::Environment(name.into())),
            Some(("file", name)) if is_name(name) && !name.starts_with('.') => Some(SecretName::File(name.into())),
            _ => {
                let found = self.source.error(&written.span(), format!("`{key}` does not say where a secret is"));
                self.report.push(found.expected(SECRET).help("the secret itself never stands in a bundle"));
                None
            }
        }
    }

    fn duration(&mut self, section: &mut Section<'d>, key: &'static str) -> Option<Duration> {
        let written = section.text(key, self.report)?;
        let found = duration(written.get_ref());
        if found.is_none() {
            self.wrong(&written, format!("`{}` is no time", written.get_ref()), "such as `30s`, `5min`, `4h`, `1d`");
        }
        found
    }

    fn optional_word<T: Copy>(
        &mut self,
        section: &mut Section<'d>,
        key: &'static str,
        words: &[(&str, T)],
    ) -> Option<T> {
        let written = section.text(key, self.report)?;
        self.word(&written, words)
    }

    fn word<T: Copy>(&mut self, written: &Spanned<String>, words: &[(&str, T)]) -> Option<T> {
        let text = written.get_ref().as_str();
        let found = words.iter().find(|(word, _)| *word == text).map(|(_, meaning)| *meaning);
        if found.is_none() {
            let known = || words.iter().map(|(word, _)| *word);
            let mut unknown = self.source.error(&written.span(), format!("`{text}` is not known here"));
            unknown = unknown.expected(listed(known()));
            if let Some(near) = nearest(text, known()) {
                unknown = unknown.help(format!("did you mean `{near}`?"));
            }
            self.report.push(unknown);
        }
        found
    }

    fn route(&mut self, mut section: Section<'d>, channels: &[Channel], roles: &BTreeSet<Arc<str>>) -> Option<Route> {
        let words = SEVERITIES.map(|severity| (severity.as_str(), severity));
        let severity = self.optional_word(&mut section, "severity", &words).unwrap_or(Severity::Notice);
        let rules = section.texts("rule", self.report).into_iter().map(|rule| rule.into_inner().into()).collect();
        let written_roles = section.texts("role", self.report);
        let written = section.texts("channels", self.report);
        let group = self.duration(&mut section, "group").unwrap_or(GROUP);
        let repeat = self.repeat(&mut section);
        let resolved = section.truth("resolved", self.report).unwrap_or(true);
        let also = section.truth("also", self.report).unwrap_or(false);
        if written.is_empty() {
            let nowhere = self.source.error(&section.span, "this route leads nowhere");
            self.report.push(nowhere.expected("`channels = [\"…\"]`, the first of them first"));
        }
        section.finish(self.report);
        let known = || channels.iter().map(|channel| &*channel.name);
        let to = written.iter().filter_map(|name| self.known(name, "channel", &mut known())).collect();
        let of = |role: &Spanned<String>| {
            let short = role.get_ref().strip_prefix("role:").unwrap_or(role.get_ref()).to_owned();
            Spanned::new(role.span(), short)
        };
        let names = || roles.iter().map(|role| &**role);
        let roles = written_roles.iter().filter_map(|role| self.known(&of(role), "role", &mut names())).collect();
        Some(Route { severity, rules, roles, channels: to, group, repeat, resolved, also })
    }

    fn repeat(&mut self, section: &mut Section<'d>) -> Option<Duration> {
        let Some(written) = section.text("repeat", self.report) else { return Some(REPEAT) };
        if written.get_ref() == "never" {
            return None;
        }
        let found = duration(written.get_ref());
        if found.is_none() {
            self.wrong(&written, format!("`{}` is no time", written.get_ref()), "such as `4h`, or `never`");
        }
        found
    }

    fn known(
        &mut self,
        written: &Spanned<String>,
        what: &str,
        known: &mut dyn Iterator<Item = &str>,
    ) -> Option<Arc<str>> {
        let text = written.get_ref().as_str();
        let all: Vec<&str> = known.collect();
        if all.contains(&text) {
            return Some(text.into());
        }
        let mut unknown = self.source.error(&written.span(), format!("there is no {what} `{text}`"));
        if let Some(near) = nearest(text, all) {
            unknown = unknown.help(format!("did you mean `{near}`?"));
        }
        self.report.push(unknown);
        None
    }
}

const SECRET: &str = "`env:NAME` (an environment variable) or `file:name` (in the folder `alerts.secrets`)";

/// A time such as `30s`, `5min`, `4h`, `1d`; more than zero and at most a year.
#[must_use]
pub fn duration(text: &str) -> Option<Duration> {
    let digits = text.trim_end_matches(|c: char| !c.is_ascii_digit());
    let factor = match text.strip_prefix(digits)?.trim_start() {
        "s" => 1,
        "min" => 60,
        "h" => 3600,
        "d" => 86_400,
        _ => return None,
    };
    let seconds = digits.parse::<u64>().ok()?.checked_mul(factor)?;
    (1..=366 * 86_400).contains(&seconds).then(|| Duration::from_secs(seconds))
}
