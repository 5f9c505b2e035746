//! What each channel is sent, to the byte; signatures against vectors computed with openssl and Python's hmac.

use data_encoding::HEXLOWER;
use serde_json::{Value, json};

use super::text::Text;
use super::*;
use crate::alert::incident::Incident;
use crate::alert::route::Occasion;
use crate::model::disclosure::{Response, Severity};
use crate::policy::alerts::{Language, Transport};

const NOW: u64 = 1_795_636_387_120;
const SECRET: &str = "SECf00d+/=键";

fn incident() -> Incident {
    Incident {
        id: "3f9a1c20".into(),
        rule: "buyers-per-day".into(),
        user: "clerk_017".into(),
        severity: Severity::Critical,
        response: Response::Block,
        observed: false,
        started: NOW - 60_000,
        latest: NOW - 1000,
        signals: 3,
        count: 1204,
        threshold: 1000,
        persons: 1204,
        categories: [("pii/contact/phone".to_owned(), 1204)].into(),
        relations: ["housing.buyers".to_owned()].into(),
        evidence: vec!["24 pages of 50 rows, 2 s apart".into()],
        databases: ["housing".to_owned()].into(),
        applications: ["psql".to_owned()].into(),
        addresses: ["192.0.2.7".to_owned()].into(),
        fingerprints: [("070707070707".to_owned(), 3)].into(),
        ..Incident::example(NOW)
    }
}

fn secrets() -> Secrets {
    Secrets { token: Some("tok&en".into()), secret: Some(SECRET.into()) }
}

fn text(language: Language) -> Text {
    Text::of(&incident(), Occasion::Opened, language)
}

fn body(request: &Request) -> Value {
    serde_json::from_str(&request.body).unwrap()
}

#[test]
fn people_read_it_in_english() {
    let expected = "\
[Menshen critical] buyers-per-day: clerk_017, 1204 persons (begins)

Incident: 3f9a1c20 (open)
Who: clerk_017
Rule: buyers-per-day
Persons disclosed: 1204
Counted: 1204 subjects (limit 1000)
Response: block
From: 2026-11-25 19:52:07 UTC
Latest: 2026-11-25 19:53:06 UTC
Categories: pii/contact/phone 1204
Tables: housing.buyers
Statements: 070707070707 ×3
Databases: housing
Applications: psql
Addresses: 192.0.2.7
Evidence:
- 24 pages of 50 rows, 2 s apart
What you can do: menshen quarantine clerk_017 --reason 'incident 3f9a1c20'
";
    assert_eq!(text(Language::English).plain(), expected);
}

#[test]
fn people_read_it_in_chinese() {
    let expected = "\
【门神 严重】buyers-per-day：clerk_017，涉及 1204 人（事件开始）

事件编号: 3f9a1c20（未处理）
账号: clerk_017
规则: buyers-per-day
泄露人数: 1204
计数: 1204 人（上限 1000）
已采取措施: 阻断语句
开始时间: 2026-11-25 19:52:07 UTC
最近时间: 2026-11-25 19:53:06 UTC
数据类别: pii/contact/phone 1204
数据表: housing.buyers
语句指纹: 070707070707 ×3
数据库: housing
应用: psql
来源地址: 192.0.2.7
依据:
- 24 pages of 50 rows, 2 s apart
可执行的处置: menshen quarantine clerk_017 --reason 'incident 3f9a1c20'
";
    assert_eq!(text(Language::Chinese).plain(), expected);
}

#[test]
fn dingtalk_signs_in_the_url() {
    let request = dingtalk::request("https://ding.example/robot/send", &secrets(), &text(Language::Chinese), NOW);
    assert_eq!(
        request.url,
        "https://ding.example/robot/send?access_token=tok%26en&timestamp=1795636387120\
         &sign=8uoc00px96VyB9L5iVJeuCYKK5zc9zvJK2P7n3dyV3w%3D"
    );
    let body = body(&request);
    assert_eq!(body["msgtype"], "markdown");
    assert_eq!(body["at"]["isAtAll"], false);
    assert_eq!(body["markdown"]["title"], "【门神 严重】buyers-per-day：clerk_017，涉及 1204 人（事件开始）");
    let markdown = body["markdown"]["text"].as_str().unwrap();
    assert!(markdown.starts_with("### 【门神 严重】buyers-per-day"), "{markdown}");
    assert!(markdown.contains("\n- **泄露人数**: 1204\n"), "{markdown}");
    assert!(markdown.ends_with("**可执行的处置**: menshen quarantine clerk_017 --reason 'incident 3f9a1c20'"));
    let unsigned = Secrets { secret: None, ..secrets() };
    let request = dingtalk::request("https://ding.example/robot/send", &unsigned, &text(Language::Chinese), NOW);
    assert_eq!(request.url, "https://ding.example/robot/send?access_token=tok%26en");
}

#[test]
fn wecom_has_its_key_in_the_url_and_short_messages() {
    let request = wecom::request("https://wecom.example/send", &secrets(), &text(Language::Chinese));
    assert_eq!(request.url, "https://wecom.example/send?key=tok%26en");
    assert_eq!(body(&request)["msgtype"], "markdown");
    let evidence = (0..12).map(|_| "很长的依据".repeat(80)).collect();
    let long = Incident { evidence, ..incident() };
    let request = wecom::request("https://x", &secrets(), &Text::of(&long, Occasion::Opened, Language::Chinese));
    let content = body(&request)["markdown"]["content"].as_str().unwrap().len();
    assert!((4000..=4096).contains(&content), "{content}");
}

#[test]
fn feishu_signs_in_the_body() {
    let request =
        feishu::request("https://fs.example/hook", &secrets(), &text(Language::Chinese), Language::Chinese, NOW);
    assert_eq!(request.url, "https://fs.example/hook/tok%26en");
    let body = body(&request);
    assert_eq!(body["timestamp"], "1795636387");
    assert_eq!(body["sign"], "FlOxlIry65kTM6jlGbqXgvryuSCjjQJT31H/z4+IBzk=");
    assert_eq!(body["msg_type"], "post");
    let post = &body["content"]["post"]["zh_cn"];
    assert_eq!(post["title"], "【门神 严重】buyers-per-day：clerk_017，涉及 1204 人（事件开始）");
    assert_eq!(post["content"][1], json!([{ "tag": "text", "text": "账号: clerk_017" }]));
}

#[test]
fn slack_gets_blocks_within_its_limits() {
    let token = Secrets { token: Some("T0/B0/x".into()), secret: None };
    let request = slack::request("https://hooks.slack.example/services", &token, &text(Language::English));
    assert_eq!(request.url, "https://hooks.slack.example/services/T0/B0/x");
    let body = body(&request);
    let header = "[Menshen critical] buyers-per-day: clerk_017, 1204 persons (begins)";
    assert_eq!((&body["text"], &body["blocks"][0]["text"]["text"]), (&json!(header), &json!(header)));
    assert_eq!(body["blocks"][1]["fields"][1], json!({ "type": "mrkdwn", "text": "*Who*\nclerk_017" }));
    assert!(
        body["blocks"]
            .as_array()
            .unwrap()
            .iter()
            .all(|block| { block["fields"].as_array().is_none_or(|fields| fields.len() <= 10) })
    );
    let last = body["blocks"].as_array().unwrap().last().unwrap();
    assert_eq!(last["text"]["text"], "*What you can do*\n`menshen quarantine clerk_017 --reason 'incident 3f9a1c20'`");
}

#[test]
fn alertmanager_knows_start_end_and_severity() {
    let token = Secrets { token: Some("tok".into()), secret: None };
    let post = |incident: &Incident, occasion| {
        let text = Text::of(incident, occasion, Language::English);
        alertmanager::request("http://am:9093", &token, incident, occasion, &text, "http://menshen:6433/", NOW)
    };
    let request = post(&incident(), Occasion::Opened);
    assert_eq!(request.url, "http://am:9093/api/v2/alerts");
    assert_eq!(request.headers, [("authorization", "Bearer tok".to_owned())]);
    assert_eq!(body(&request).as_array().unwrap().len(), 1);
    let alert = body(&request)[0].clone();
    assert_eq!(alert["startsAt"], "2026-11-25T19:52:07.120Z");
    assert_eq!(alert["endsAt"], "2026-11-26T19:53:07.120Z");
    assert_eq!(alert["generatorURL"], "http://menshen:6433/incidents/3f9a1c20");
    let labels = json!({
        "alertname": "menshen_buyers-per-day", "incident": "3f9a1c20", "severity": "critical",
        "user": "clerk_017", "service": "menshen",
    });
    assert_eq!(alert["labels"], labels);
    assert_eq!(alert["annotations"]["persons"], "1204");
    assert_eq!(alert["annotations"]["command"], "menshen quarantine clerk_017 --reason 'incident 3f9a1c20'");
    let over = Incident { ended: Some(NOW - 500), ..incident() };
    let ended = body(&post(&over, Occasion::Ended));
    let ends: Vec<_> = ended.as_array().unwrap().iter().map(|one| &one["endsAt"]).collect();
    assert_eq!(ends, ["2026-11-25T19:53:06.620Z", "2026-11-25T19:53:07.120Z", "2026-11-25T19:53:07.120Z"]);
    assert_eq!(
        (&ended[1]["labels"]["severity"], &ended[2]["labels"]["severity"]),
        (&json!("notice"), &json!("warning"))
    );
}

#[test]
fn a_webhook_is_signed_over_time_and_body() {
    let secrets = Secrets { token: Some("tok".into()), secret: Some("hook secret".into()) };
    let text = text(Language::English);
    let request = webhook::request("http://hook", &secrets, &incident(), Occasion::Opened, &text, NOW);
    let signature = hmac(b"hook secret", format!("1795636387.{}", request.body).as_bytes());
    let expected = [
        ("authorization", "Bearer tok".to_owned()),
        ("x-menshen-timestamp", "1795636387".to_owned()),
        ("x-menshen-signature", format!("sha256={}", HEXLOWER.encode(&signature))),
    ];
    assert_eq!(request.headers, expected);
    let known = hmac(b"hook secret", "1795636387.{\"a\":\"键\"}".as_bytes());
    assert_eq!(HEXLOWER.encode(&known), "8a366b0c8f3972806c2ea0ad8c0fbd812df6aadaa54b7879f741cb34b44dc2e3");
    assert_eq!(body(&request)["incident"]["persons"], 1204);
    assert_eq!(body(&request)["event"], "opened");
}

#[test]
fn mail_names_its_thread_and_itself() {
    let text = Text { title: "a\r\nBcc: x@example.org".into(), ..text(Language::English) };
    let mail = smtp::mail(&incident(), Occasion::Opened, &text, "gate 1", NOW);
    assert_eq!(mail.subject, "a  Bcc: x@example.org", "a header stays one line");
    assert!(mail.body.contains("Persons disclosed: 1204\n"));
    let again = smtp::mail(&incident(), Occasion::Opened, &text, "gate 1", NOW);
    let later = smtp::mail(&incident(), Occasion::Grown, &text, "gate 1", NOW + 1);
    assert_eq!(mail, again);
    assert_eq!(mail.thread, later.thread);
    assert_ne!(mail.id, later.id);
    assert!(mail.id.starts_with('<') && mail.id.ends_with("@gate1>"), "{}", mail.id);
}

#[test]
fn syslog_is_rfc_5424() {
    let odd = Incident { user: "a\"]\\ b".into(), severity: Severity::Warning, ..incident() };
    let text = Text::of(&odd, Occasion::Opened, Language::English);
    let message = syslog::message(&odd, Occasion::Opened, &text, "gate-1", 42, NOW);
    let expected = "<84>1 2026-11-25T19:53:07.120Z gate-1 menshen 42 incident [incident@32473 incident=\"3f9a1c20\" \
        occasion=\"opened\" rule=\"buyers-per-day\" severity=\"warning\" response=\"block\" user=\"a\\\"\\]\\\\ b\" \
        persons=\"1204\" meter=\"subjects\" count=\"1204\" threshold=\"1000\" start=\"2026-11-25T19:52:07.120Z\"] \
        \u{feff}[Menshen warning] buyers-per-day: a\"]\\ b, 1204 persons (begins)";
    assert_eq!(message, expected);
    assert_eq!(syslog::framed("abc键", Transport::Tcp), "6 abc键".as_bytes());
    assert_eq!(syslog::framed("abc", Transport::Udp), b"abc");
}

#[test]
fn a_name_cannot_become_markup_a_link_or_a_mention() {
    let hostile = "<!channel> <at user_id=\"all\"></at> [x](http://evil.example) **b** `c` @all";
    let odd = Incident { user: hostile.into(), ..incident() };
    let text = Text::of(&odd, Occasion::Opened, Language::English);
    let markdown = dingtalk::markdown(&text);
    assert!(!markdown.contains(['<', '@', '[', '(']) && !markdown.contains("://"), "{markdown}");
    let wecom = wecom::request("https://x", &secrets(), &text);
    assert_eq!(body(&wecom)["markdown"]["content"], markdown);
    let slack = body(&slack::request("https://x", &secrets(), &text));
    assert!(!slack["text"].as_str().unwrap().contains('<'), "{slack}");
    for block in slack["blocks"].as_array().unwrap().iter().filter(|block| block["type"] == "section") {
        assert!(!block.to_string().contains('<'), "{block}");
    }
}

#[test]
fn answers_are_understood() {
    assert_eq!(dingtalk::accepted(200, r#"{"errcode":0,"errmsg":"ok"}"#), Ok(()));
    assert!(dingtalk::accepted(200, r#"{"errcode":310000,"errmsg":"sign not match"}"#).unwrap_err().contains("310000"));
    assert_eq!(wecom::accepted(200, r#"{"errcode":0,"errmsg":"ok"}"#), Ok(()));
    assert!(wecom::accepted(200, "<html>").is_err());
    assert_eq!(feishu::accepted(200, r#"{"StatusCode":0,"StatusMessage":"success","code":0}"#), Ok(()));
    assert!(feishu::accepted(200, r#"{"code":19021,"msg":"sign match fail"}"#).is_err());
    assert_eq!(slack::accepted(200, "ok"), Ok(()));
    assert!(alertmanager::accepted(400, "bad").unwrap_err().contains("status 400"));
    assert_eq!(alertmanager::accepted(200, ""), Ok(()));
}
