//! Each protocol as its receiver sees it, and what happens when a receiver is dead.

use std::time::Duration;

use super::{alerts, free_port, names, signal, sink, until, work};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn mail_arrives_with_its_subject_and_thread() {
    let folder = tempfile::tempdir().unwrap();
    let (port, mails) = sink::mail().await;
    let working = work(
        folder.path(),
        alerts(&format!(
            "[[channel]]\nname = \"mail\"\nkind = \"smtp\"\naddress = \"127.0.0.1:{port}\"\ntls = \"off\"\n\
             from = \"Menshen <menshen@example.org>\"\nto = [\"duty@example.org\", \"dpo@example.org\"]\nlanguage = \"zh\"\n\
             [[route]]\nchannels = [\"mail\"]\n"
        )),
    );
    working.desk.note(&signal("clerk_017", 1204), &names);
    until("a mail", async || !mails.all().is_empty()).await;
    let mail = mails.all().remove(0);
    for expected in [
        "MAIL FROM:<menshen@example.org>",
        "RCPT TO:<duty@example.org>",
        "RCPT TO:<dpo@example.org>",
        "\r\nIn-Reply-To: <",
        "\r\nMessage-ID: <",
        "\r\nContent-Type: text/plain; charset=utf-8\r\n",
        "\r\nSubject: =?utf-8?b?",
    ] {
        assert!(mail.contains(expected), "{expected}:\n{mail}");
    }
    working.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn syslog_arrives_over_both_transports() {
    let folder = tempfile::tempdir().unwrap();
    let ((tcp, stream), (udp, datagrams)) = (sink::syslog().await, sink::syslog_datagrams().await);
    let working = work(
        folder.path(),
        alerts(&format!(
            "[[channel]]\nname = \"t\"\nkind = \"syslog\"\naddress = \"127.0.0.1:{tcp}\"\ntransport = \"tcp\"\n\
             [[channel]]\nname = \"u\"\nkind = \"syslog\"\naddress = \"127.0.0.1:{udp}\"\n\
             [[route]]\nchannels = [\"t\"]\nalso = true\n[[route]]\nchannels = [\"u\"]\n"
        )),
    );
    working.desk.note(&signal("clerk_017", 1204), &names);
    until("both", async || !stream.all().is_empty() && !datagrams.all().is_empty()).await;
    for message in [stream.all().remove(0), datagrams.all().remove(0)] {
        assert!(message.starts_with("<82>1 20"), "{message}");
        assert!(message.contains(" gate-1 menshen 42 incident [incident@32473 incident=\""), "{message}");
        assert!(message.contains(" persons=\"1204\" "), "{message}");
    }
    working.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_dead_channel_falls_over_to_the_next_and_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let dead = free_port();
    let (angry, refused) = sink::web(0, 200, r#"{"errcode":310000,"errmsg":"sign not match"}"#).await;
    let (port, hooks) = sink::web(0, 204, "").await;
    let text = format!(
        "[[channel]]\nname = \"dead\"\nkind = \"slack\"\nurl = \"http://127.0.0.1:{dead}\"\ntoken = \"env:T\"\n\
         [[channel]]\nname = \"angry\"\nkind = \"dingtalk\"\nurl = \"http://127.0.0.1:{angry}/robot/send\"\n\
         token = \"env:TOKEN\"\nsecret = \"env:SECRET\"\n\
         [[channel]]\nname = \"hook\"\nkind = \"webhook\"\nurl = \"http://127.0.0.1:{port}/in\"\nsecret = \"env:S\"\n\
         [[route]]\nchannels = [\"dead\", \"angry\", \"hook\"]\n"
    );
    let working = work(folder.path(), alerts(&text));
    working.desk.note(&signal("clerk_017", 1204), &names);
    until("the last channel", async || !hooks.all().is_empty()).await;
    let first = refused.all().remove(0);
    assert!(first.starts_with("POST /robot/send?access_token=TOKEN&timestamp="), "{first}");
    let hook = hooks.all().remove(0);
    assert!(hook.starts_with("POST /in HTTP/1.1\r\n") && hook.contains("x-menshen-signature: sha256="), "{hook}");
    assert!(hook.contains("\"event\":\"opened\"") && hook.contains("\"persons\":1204"), "{hook}");
    until("it is settled", async || working.desk.counts().waiting == 0).await;
    let health = working.desk.counts().channels;
    let told: Vec<_> = health.iter().map(|(name, one)| (&**name, one.dead, one.delivered, one.failed)).collect();
    assert_eq!(told, [("dead", true, 0, 1), ("angry", true, 0, 1), ("hook", false, 1, 0)]);
    // while they are known to be dead, the living one is asked first
    working.desk.note(&signal("clerk_018", 1300), &names);
    until("the second", async || hooks.all().len() == 2).await;
    assert_eq!(refused.all().len(), 1);
    // one incident, not one message for each signal
    for more in 0..200 {
        working.desk.note(&signal("clerk_018", 1301 + more), &names);
    }
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert_eq!(hooks.all().len(), 2);
    assert_eq!(working.desk.list().len(), 2);
    working.finish().await;
}
