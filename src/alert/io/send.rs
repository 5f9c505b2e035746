//! One message through one channel.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use lettre::message::header::ContentType;
use lettre::message::{Mailbox, Message};
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Tls, TlsParameters};
use lettre::{AsyncSmtpTransport, AsyncTransport, Tokio1Executor};
use tokio::io::AsyncWriteExt;
use tokio::net::{TcpStream, UdpSocket};

use crate::alert::render::text::Text;
use crate::alert::render::{Request, Secrets, alertmanager, dingtalk, feishu, slack, smtp, syslog, webhook, wecom};
use crate::alert::route::Notice;
use crate::policy::alerts::{Channel, Endpoint, Kind, MailTls, Transport};

use super::http;

/// What this process calls itself towards receivers.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sender {
    /// This machine.
    pub host: String,
    pub process: u32,
    /// The admin interface, as a link for people.
    pub console: String,
}

/// Sends within the channel's time-out. `decided` and `now`: milliseconds since 1970.
///
/// # Errors
/// In words, without anything secret: what went wrong, or what the service said.
pub async fn send(
    channel: &Channel,
    secrets: &Secrets,
    notice: &Notice,
    sender: &Sender,
    (decided, now): (u64, u64),
) -> Result<(), String> {
    let work = deliver(channel, secrets, notice, sender, (decided, now));
    match tokio::time::timeout(channel.timeout, work).await {
        Ok(done) => done,
        Err(_) => Err(format!("no answer within {} s", channel.timeout.as_secs())),
    }
}

async fn deliver(
    channel: &Channel,
    secrets: &Secrets,
    notice: &Notice,
    sender: &Sender,
    (decided, now): (u64, u64),
) -> Result<(), String> {
    let (incident, occasion) = (&notice.incident, notice.occasion);
    let text = Text::of(incident, occasion, channel.language);
    match &channel.endpoint {
        Endpoint::Url(url) => {
            let (request, accepted) = request(channel, url, secrets, notice, &text, (&sender.console, now));
            let (status, body) = http::post(&request).await?;
            accepted(status, &body)
        }
        Endpoint::Mail { .. } => {
            let written = smtp::mail(incident, occasion, &text, &sender.host, decided);
            mail(channel, secrets, written, now).await
        }
        Endpoint::Syslog { address, transport } => {
            let message = syslog::message(incident, occasion, &text, &sender.host, sender.process, now);
            log(address, &syslog::framed(&message, *transport), *transport).await
        }
    }
}

type Accepted = fn(u16, &str) -> Result<(), String>;

/// What a web service is sent, and how its answer is understood.
fn request(
    channel: &Channel,
    url: &str,
    secrets: &Secrets,
    notice: &Notice,
    text: &Text,
    (console, now): (&str, u64),
) -> (Request, Accepted) {
    let (incident, occasion) = (&notice.incident, notice.occasion);
    match channel.kind {
        Kind::DingTalk => (dingtalk::request(url, secrets, text, now), dingtalk::accepted),
        Kind::WeCom => (wecom::request(url, secrets, text), wecom::accepted),
        Kind::Feishu => (feishu::request(url, secrets, text, channel.language, now), feishu::accepted),
        Kind::Slack => (slack::request(url, secrets, text), slack::accepted),
        Kind::Alertmanager => {
            let request = alertmanager::request(url, secrets, incident, occasion, text, console, now);
            (request, alertmanager::accepted)
        }
        Kind::Webhook | Kind::Smtp | Kind::Syslog => {
            (webhook::request(url, secrets, incident, occasion, text, now), webhook::accepted)
        }
    }
}

async fn mail(channel: &Channel, secrets: &Secrets, mail: smtp::Mail, now: u64) -> Result<(), String> {
    let Endpoint::Mail { address, tls, user, from, to } = &channel.endpoint else {
        return Err("this is no mail channel".to_owned());
    };
    let mailbox = |text: &str| text.parse::<Mailbox>().map_err(|error| format!("{text}: {error}"));
    let date = UNIX_EPOCH.checked_add(Duration::from_millis(now)).unwrap_or(SystemTime::UNIX_EPOCH);
    let mut message = Message::builder()
        .from(mailbox(from)?)
        .subject(mail.subject)
        .date(date)
        .message_id(Some(mail.id))
        .in_reply_to(mail.thread.clone())
        .references(mail.thread)
        .header(ContentType::TEXT_PLAIN);
    for one in to {
        message = message.to(mailbox(one)?);
    }
    let message = message.body(mail.body).map_err(|error| error.to_string())?;
    let (host, port) = address.rsplit_once(':').ok_or("the address has no port")?;
    let parameters = || TlsParameters::new(host.to_owned()).map_err(|error| format!("TLS: {error}"));
    let tls = match tls {
        MailTls::Tls => Tls::Wrapper(parameters()?),
        MailTls::StartTls => Tls::Required(parameters()?),
        MailTls::Off => Tls::None,
    };
    let mut transport = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(host)
        .port(port.parse().map_err(|_| "the port is none".to_owned())?)
        .tls(tls)
        .timeout(Some(channel.timeout));
    if let Some(user) = user {
        let password = secrets.token.clone().unwrap_or_default();
        transport = transport.credentials(Credentials::new(user.to_string(), password));
    }
    transport.build().send(message).await.map(|_| ()).map_err(|error| format!("mail: {error}"))
}

async fn log(address: &str, bytes: &[u8], transport: Transport) -> Result<(), String> {
    let failed = |error: std::io::Error| format!("syslog: {error}");
    match transport {
        Transport::Udp => {
            let peer =
                tokio::net::lookup_host(address).await.map_err(failed)?.next().ok_or("the host has no address")?;
            let any = if peer.is_ipv4() { "0.0.0.0:0" } else { "[::]:0" };
            let socket = UdpSocket::bind(any).await.map_err(failed)?;
            socket.connect(peer).await.map_err(failed)?;
            // a port that nobody listens on is told at the second datagram only: syslog over UDP promises nothing
            socket.send(bytes).await.map(|_| ()).map_err(failed)
        }
        Transport::Tcp => {
            let mut stream = TcpStream::connect(address).await.map_err(failed)?;
            stream.write_all(bytes).await.map_err(failed)?;
            stream.shutdown().await.map_err(failed)
        }
    }
}
