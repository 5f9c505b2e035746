//! `alerts.toml`: what it means, and what is said about a wrong one.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use super::{compile, files};
use crate::model::disclosure::Severity;
use crate::policy::alerts::{Alerts, Endpoint, Kind, Language, MailTls, SecretName, Transport};

const RULES: &str = "p, role:anyone, *, masked, *, allow\ng, user:clerk_017, role:sales\n";

fn alerts(text: &str) -> Result<Arc<Alerts>, Vec<String>> {
    let mut files = files(RULES);
    files.insert("alerts.toml".to_owned(), text.to_owned());
    let told = |found: &crate::policy::diagnostic::Diagnostic| {
        let more = [&found.expected, &found.help].into_iter().flatten().map(|more| format!(" | {more}"));
        format!("{}:{} {}{}", found.line, found.column, found.message, more.collect::<String>())
    };
    compile(&files)
        .map(|policy| policy.alerts)
        .map_err(|report| report.iter().filter(|found| found.file == "alerts.toml").map(told).collect())
}

#[test]
fn channels_and_routes_mean_what_they_say() {
    let text = r#"
        quiet = "10min"
        [[channel]]
        name = "duty"
        kind = "dingtalk"
        token = "env:DING_TOKEN"
        secret = "file:ding.secret"
        language = "zh"
        timeout = "3s"
        [[channel]]
        name = "am"
        kind = "alertmanager"
        url = "http://127.0.0.1:9093/"
        [[channel]]
        name = "mail"
        kind = "smtp"
        address = "mail.example:587"
        tls = "starttls"
        user = "menshen"
        token = "file:mail"
        from = "menshen@example.org"
        to = "a@example.org"
        [[channel]]
        name = "log"
        kind = "syslog"
        address = "127.0.0.1:514"
        transport = "tcp"
        [[route]]
        severity = "critical"
        channels = ["duty", "mail"]
        repeat = "never"
        also = true
        [[route]]
        rule = "night-*"
        role = ["role:sales"]
        channels = "am"
        group = "1h"
        resolved = false
        [[route]]
        channels = ["log"]
    "#;
    let alerts = alerts(text).unwrap();
    assert_eq!(alerts.quiet, Duration::from_secs(600));
    let duty = alerts.channel("duty").unwrap();
    assert_eq!((duty.kind, duty.language, duty.timeout), (Kind::DingTalk, Language::Chinese, Duration::from_secs(3)));
    assert_eq!(duty.token, Some(SecretName::Environment("DING_TOKEN".into())));
    assert_eq!(duty.secret, Some(SecretName::File("ding.secret".into())));
    assert_eq!(duty.endpoint, Endpoint::Url("https://oapi.dingtalk.com/robot/send".into()));
    assert_eq!(alerts.channel("am").unwrap().endpoint, Endpoint::Url("http://127.0.0.1:9093".into()));
    assert!(
        matches!(&alerts.channel("mail").unwrap().endpoint, Endpoint::Mail { tls: MailTls::StartTls, to, .. } if to.len() == 1)
    );
    assert!(matches!(&alerts.channel("log").unwrap().endpoint, Endpoint::Syslog { transport: Transport::Tcp, .. }));
    let ways = |severity, rule: &str, role: &str| {
        let roles = BTreeSet::from([Arc::from(role)]);
        alerts.ways(severity, rule, &roles).into_iter().map(|(index, _)| index).collect::<Vec<_>>()
    };
    assert_eq!(ways(Severity::Critical, "night-walk", "sales"), [0, 1], "`also` asks the next ones, too");
    assert_eq!(ways(Severity::Warning, "night-walk", "sales"), [1]);
    assert_eq!(ways(Severity::Warning, "night-walk", "dba"), [2]);
    assert_eq!(ways(Severity::Critical, "day", "sales"), [0, 2]);
    assert_eq!((alerts.routes[0].repeat, alerts.routes[1].resolved), (None, false));
}

#[test]
fn every_problem_points_at_what_was_written() {
    let text = "\
quiet = \"soon\"
[[channel]]
name = \"Duty\"
kind = \"dingtak\"
[[channel]]
name = \"a\"
kind = \"slack\"
url = \"https://hooks.slack.com/services?x=secret\"
token = \"T0/B0/abc\"
[[channel]]
name = \"a\"
kind = \"syslog\"
address = \"514\"
colour = \"red\"
[[route]]
severity = \"fatal\"
role = \"saels\"
channels = [\"b\"]
[[route]]
";
    let expected = [
        "1:9 `soon` is no time | such as `30s`, `5min`, `4h`, `1d`",
        "4:8 `dingtak` is not known here | `dingtalk`, `wecom`, `feishu`, `slack`, `alertmanager`, `webhook`, `smtp` or \
         `syslog` | did you mean `dingtalk`?",
        "5:1 a slack channel needs its `token` | `env:NAME` (an environment variable) or `file:name` (in the folder \
         `alerts.secrets`)",
        "8:7 a secret does not belong in a bundle | write the address up to its `?` or its last part, and say with \
         `token` where the secret is",
        "9:9 `token` does not say where a secret is | `env:NAME` (an environment variable) or `file:name` (in the folder \
         `alerts.secrets`) | the secret itself never stands in a bundle",
        "13:11 `514` is no address | a host and a port: `mail.example:465`",
        "14:1 unknown key `colour` | `name`, `kind`, `language`, `timeout`, `token`, `secret`, `address` or `transport`",
        "16:12 `fatal` is not known here | `notice`, `warning` or `critical`",
        "17:8 there is no role `saels` | did you mean `sales`?",
        "18:13 there is no channel `b`",
        "19:1 this route leads nowhere | `channels = [\"…\"]`, the first of them first",
    ];
    assert_eq!(alerts(text).unwrap_err(), expected);
}

#[test]
fn a_channel_that_nothing_leads_to_is_told_and_none_is_fine() {
    let mut files = files(RULES);
    files.insert(
        "alerts.toml".to_owned(),
        "[[channel]]\nname = \"a\"\nkind = \"webhook\"\nurl = \"http://x\"\n".to_owned(),
    );
    let policy = compile(&files).unwrap();
    assert!(policy.warnings.iter().any(|found| found.message == "no route leads to channel `a`" && found.line == 2));
    assert_eq!(*alerts("").unwrap(), Alerts::default());
}
