//! `alerts.toml`: the channels by which people hear of incidents, and which incident goes where.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;
use std::time::Duration;

use crate::model::disclosure::Severity;

use super::diagnostic::{Diagnostic, Source};

pub(super) use super::alert_file::compile;
pub use super::alert_file::duration;

/// The language of what people read.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Language {
    #[default]
    English,
    Chinese,
}

/// How a channel is spoken to.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Kind {
    /// 钉钉: a group's custom robot.
    DingTalk,
    /// 企业微信: a group's robot.
    WeCom,
    /// 飞书: a group's custom bot.
    Feishu,
    Slack,
    /// Alertmanager's API, version 2.
    Alertmanager,
    /// The incident as JSON.
    Webhook,
    Smtp,
    /// RFC 5424.
    Syslog,
}

impl Kind {
    pub(super) const ALL: [Self; 8] = [
        Self::DingTalk,
        Self::WeCom,
        Self::Feishu,
        Self::Slack,
        Self::Alertmanager,
        Self::Webhook,
        Self::Smtp,
        Self::Syslog,
    ];

    /// The word used in `alerts.toml`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::DingTalk => "dingtalk",
            Self::WeCom => "wecom",
            Self::Feishu => "feishu",
            Self::Slack => "slack",
            Self::Alertmanager => "alertmanager",
            Self::Webhook => "webhook",
            Self::Smtp => "smtp",
            Self::Syslog => "syslog",
        }
    }

    /// Where the service itself takes messages; `None`: the bundle must say.
    pub(super) fn home(self) -> Option<&'static str> {
        match self {
            Self::DingTalk => Some("https://oapi.dingtalk.com/robot/send"),
            Self::WeCom => Some("https://qyapi.weixin.qq.com/cgi-bin/webhook/send"),
            Self::Feishu => Some("https://open.feishu.cn/open-apis/bot/v2/hook"),
            Self::Slack => Some("https://hooks.slack.com/services"),
            Self::Alertmanager | Self::Webhook | Self::Smtp | Self::Syslog => None,
        }
    }
}

/// Where a secret is found: never in the bundle itself.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum SecretName {
    /// An environment variable.
    Environment(Arc<str>),
    /// A file in the folder that `alerts.secrets` of `menshen.toml` names.
    File(Arc<str>),
}

/// How syslog messages travel.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Transport {
    /// RFC 5426.
    #[default]
    Udp,
    /// RFC 6587, with octet counting.
    Tcp,
}

/// Whether mail travels encrypted.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum MailTls {
    /// From the first byte (port 465).
    #[default]
    Tls,
    /// STARTTLS, or no mail is sent.
    StartTls,
    /// Plain text: for a relay on the same machine.
    Off,
}

/// What only some kinds have.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Endpoint {
    /// Without its secret parts.
    Url(Arc<str>),
    /// `host:port` of a mail server.
    Mail { address: Arc<str>, tls: MailTls, user: Option<Arc<str>>, from: Arc<str>, to: Vec<Arc<str>> },
    /// `host:port` of a syslog receiver.
    Syslog { address: Arc<str>, transport: Transport },
}

/// One `[[channel]]`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Channel {
    pub name: Arc<str>,
    pub kind: Kind,
    pub endpoint: Endpoint,
    pub language: Language,
    /// For one attempt, from name resolution to the answer.
    pub timeout: Duration,
    /// What lets a sender in: `access_token`, `key`, the path of a hook, a bearer token, a mail password.
    pub token: Option<SecretName>,
    /// What messages are signed with.
    pub secret: Option<SecretName>,
    pub(crate) span: Range<usize>,
}

/// One `[[route]]`. A criterion that is not written does not count.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Route {
    /// At least.
    pub severity: Severity,
    /// Names of limits and detectors; `*` at the end stands for any end.
    pub rules: Vec<Arc<str>>,
    pub roles: Vec<Arc<str>>,
    /// In the order in which they are tried.
    pub channels: Vec<Arc<str>>,
    /// At least so long between two messages about an incident that grows.
    pub group: Duration,
    /// How often an incident is brought up again that nobody has acknowledged; `None`: never.
    pub repeat: Option<Duration>,
    /// Whether the end of an incident is told.
    pub resolved: bool,
    /// Whether the routes after this one are asked, too.
    pub also: bool,
}

impl Route {
    /// Whether an incident goes this way.
    #[must_use]
    pub fn takes(&self, severity: Severity, rule: &str, roles: &BTreeSet<Arc<str>>) -> bool {
        let fits = |pattern: &Arc<str>| match pattern.strip_suffix('*') {
            Some(prefix) => rule.starts_with(prefix),
            None => **pattern == *rule,
        };
        severity >= self.severity
            && (self.rules.is_empty() || self.rules.iter().any(fits))
            && (self.roles.is_empty() || self.roles.iter().any(|role| roles.contains(role)))
    }
}

/// `alerts.toml`, compiled.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Alerts {
    pub channels: Vec<Channel>,
    pub routes: Vec<Route>,
    /// An incident ends when its rule has been silent for so long.
    pub quiet: Duration,
}

impl Default for Alerts {
    fn default() -> Self {
        Self { channels: Vec::new(), routes: Vec::new(), quiet: Duration::from_secs(30 * 60) }
    }
}

impl Alerts {
    #[must_use]
    pub fn channel(&self, name: &str) -> Option<&Channel> {
        self.channels.iter().find(|channel| &*channel.name == name)
    }

    /// The ways an incident goes, by position: the first route that takes it, and those after routes with `also`.
    #[must_use]
    pub fn ways(&self, severity: Severity, rule: &str, roles: &BTreeSet<Arc<str>>) -> Vec<(usize, &Route)> {
        let mut ways = Vec::new();
        for (index, route) in self.routes.iter().enumerate().filter(|(_, route)| route.takes(severity, rule, roles)) {
            ways.push((index, route));
            if !route.also {
                break;
            }
        }
        ways
    }
}

/// What is probably not meant: a channel that no route names, channels without a route.
pub(super) fn warn(alerts: &Alerts, source: Source<'_>, report: &mut Vec<Diagnostic>) {
    for channel in &alerts.channels {
        if !alerts.routes.iter().any(|route| route.channels.contains(&channel.name)) {
            let idle = source.warning(&channel.span, format!("no route leads to channel `{}`", channel.name));
            report.push(idle.help("name it in the `channels` of a `[[route]]`, or take it out"));
        }
    }
}
