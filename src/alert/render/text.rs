//! What people read of an incident, in English and Chinese, before a channel's own markup.

use crate::alert::incident::{Incident, State};
use crate::alert::route::Occasion;
use crate::alert::time::readable;
use crate::model::disclosure::{Response, Severity};
use crate::policy::alerts::Language;

/// A message: a line that says it all, facts with their names, evidence, and what can be done.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Text {
    pub title: String,
    pub facts: Vec<(&'static str, String)>,
    pub evidence: (&'static str, Vec<String>),
    pub command: (&'static str, String),
}

impl Text {
    #[must_use]
    pub fn of(incident: &Incident, occasion: Occasion, language: Language) -> Self {
        match language {
            Language::English => english(incident, occasion),
            Language::Chinese => chinese(incident, occasion),
        }
    }

    /// Without any markup.
    #[must_use]
    pub fn plain(&self) -> String {
        let mut lines = vec![self.title.clone(), String::new()];
        lines.extend(self.facts.iter().map(|(name, fact)| format!("{name}: {fact}")));
        if !self.evidence.1.is_empty() {
            lines.push(format!("{}:", self.evidence.0));
            lines.extend(self.evidence.1.iter().map(|sentence| format!("- {sentence}")));
        }
        lines.push(format!("{}: {}", self.command.0, self.command.1));
        lines.join("\n") + "\n"
    }
}

fn english(incident: &Incident, occasion: Occasion) -> Text {
    let what = match occasion {
        Occasion::Opened => "begins",
        Occasion::Worse => "got worse",
        Occasion::Grown => "goes on",
        Occasion::Reminder => "nobody has acknowledged it",
        Occasion::Ended => "ended",
        Occasion::Test => "only a test",
    };
    let severity = incident.severity.as_str();
    let title =
        format!("[Menshen {severity}] {}: {}, {} persons ({what})", incident.rule, who(incident), incident.persons);
    let done = match (incident.observed, incident.response) {
        (true, response) => format!("none (observed only: would have been {})", response.as_str()),
        (false, response) => response.as_str().to_owned(),
    };
    let mut facts = vec![
        ("Incident", format!("{} ({})", incident.id, incident.state.as_str())),
        ("Who", who(incident)),
        ("Rule", incident.rule.clone()),
        ("Persons disclosed", incident.persons.to_string()),
        ("Counted", format!("{} {} (limit {})", incident.count, incident.meter, incident.threshold)),
        ("Response", done),
        ("From", readable(incident.started)),
        ("Latest", readable(incident.latest)),
    ];
    facts.extend(incident.ended.map(|ended| ("Ended", readable(ended))));
    rest(&mut facts, incident, ["Categories", "Tables", "Statements", "Databases", "Applications", "Addresses"]);
    Text {
        title,
        facts,
        evidence: ("Evidence", incident.evidence.clone()),
        command: ("What you can do", incident.command()),
    }
}

fn chinese(incident: &Incident, occasion: Occasion) -> Text {
    let what = match occasion {
        Occasion::Opened => "事件开始",
        Occasion::Worse => "事件升级",
        Occasion::Grown => "仍在增长",
        Occasion::Reminder => "尚无人确认",
        Occasion::Ended => "事件结束",
        Occasion::Test => "仅为测试",
    };
    let severity = match incident.severity {
        Severity::Notice => "提示",
        Severity::Warning => "警告",
        Severity::Critical => "严重",
    };
    let title =
        format!("【门神 {severity}】{}：{}，涉及 {} 人（{what}）", incident.rule, who(incident), incident.persons);
    let response = match incident.response {
        Response::Alert => "告警",
        Response::Slow => "限速",
        Response::Downgrade => "降为脱敏",
        Response::Block => "阻断语句",
        Response::Quarantine => "隔离",
        Response::Terminate => "断开会话",
    };
    let state = match incident.state {
        State::Open => "未处理",
        State::Acknowledged => "已确认",
        State::Closed => "已关闭",
    };
    let done = if incident.observed { format!("无（仅观察，本应{response}）") } else { response.to_owned() };
    let mut facts = vec![
        ("事件编号", format!("{}（{state}）", incident.id)),
        ("账号", who(incident)),
        ("规则", incident.rule.clone()),
        ("泄露人数", incident.persons.to_string()),
        ("计数", format!("{} {}（上限 {}）", incident.count, meter(&incident.meter), incident.threshold)),
        ("已采取措施", done),
        ("开始时间", readable(incident.started)),
        ("最近时间", readable(incident.latest)),
    ];
    facts.extend(incident.ended.map(|ended| ("结束时间", readable(ended))));
    rest(&mut facts, incident, ["数据类别", "数据表", "语句指纹", "数据库", "应用", "来源地址"]);
    Text {
        title, facts, evidence: ("依据", incident.evidence.clone()), command: ("可执行的处置", incident.command())
    }
}

/// What a limit counts, in Chinese; a meter that is not known here keeps its name.
fn meter(name: &str) -> &str {
    match name {
        "rows" => "行",
        "subjects" => "人",
        "cells" => "个明文值",
        "bytes" => "字节",
        "statements" => "条语句",
        "denials" => "次拒绝",
        "logins" => "次登录",
        "probes" => "次试探",
        other => other,
    }
}

fn who(incident: &Incident) -> String {
    match &incident.end_user {
        Some(person) => format!("{} / {person}", incident.user),
        None => incident.user.clone(),
    }
}

/// The lists, where they hold something.
fn rest(facts: &mut Vec<(&'static str, String)>, incident: &Incident, names: [&'static str; 6]) {
    let joined = |names: &mut dyn Iterator<Item = &String>| names.take(8).cloned().collect::<Vec<_>>().join(", ");
    let categories: Vec<String> =
        incident.categories.iter().take(8).map(|(name, count)| format!("{name} {count}")).collect();
    let shapes: Vec<String> =
        incident.top_fingerprints(3).into_iter().map(|(name, count)| format!("{name} ×{count}")).collect();
    let lists = [
        categories.join(", "),
        joined(&mut incident.relations.iter()),
        shapes.join(", "),
        joined(&mut incident.databases.iter()),
        joined(&mut incident.applications.iter()),
        joined(&mut incident.addresses.iter()),
    ];
    facts.extend(names.into_iter().zip(lists).filter(|(_, list)| !list.is_empty()));
}
