//! Receivers on the loopback address that speak the real protocols and keep what they were sent.

use std::sync::{Arc, Mutex};

use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream, UdpSocket};

/// What has arrived, oldest first.
#[derive(Clone, Default)]
pub struct Received(Arc<Mutex<Vec<String>>>);

impl Received {
    pub fn all(&self) -> Vec<String> {
        self.0.lock().expect("no panic").clone()
    }

    fn push(&self, text: String) {
        self.0.lock().expect("no panic").push(text);
    }
}

/// A web service that answers every request with `status` and `body`; what it keeps is head and body of each.
pub async fn web(port: u16, status: u16, body: &'static str) -> (u16, Received) {
    let listener = TcpListener::bind(("127.0.0.1", port)).await.expect("a port");
    let (port, received) = (listener.local_addr().expect("an address").port(), Received::default());
    let kept = received.clone();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(request(stream, kept.clone(), status, body));
        }
    });
    (port, received)
}

async fn request(stream: TcpStream, kept: Received, status: u16, answer: &'static str) {
    let mut stream = BufReader::new(stream);
    let (mut head, mut length) = (String::new(), 0);
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).await.unwrap_or(0) == 0 {
            return;
        }
        if let Some(number) = line.to_lowercase().strip_prefix("content-length:") {
            length = number.trim().parse().expect("a length");
        }
        head.push_str(&line);
        if line == "\r\n" {
            break;
        }
    }
    let mut body = vec![0; length];
    stream.read_exact(&mut body).await.expect("a body");
    kept.push(head + std::str::from_utf8(&body).expect("UTF-8"));
    let length = answer.len();
    let answer = format!("HTTP/1.1 {status} X\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{answer}");
    let _ = stream.write_all(answer.as_bytes()).await;
}

/// A mail server (RFC 5321) without TLS; what it keeps is envelope and message of each mail.
pub async fn mail() -> (u16, Received) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let (port, received) = (listener.local_addr().expect("an address").port(), Received::default());
    let kept = received.clone();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(conversation(BufReader::new(stream), kept.clone()));
        }
    });
    (port, received)
}

async fn conversation(mut stream: BufReader<TcpStream>, kept: Received) {
    let mut mail = String::new();
    stream.write_all(b"220 sink ESMTP\r\n").await.expect("a greeting");
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).await.unwrap_or(0) == 0 {
            return;
        }
        let word = line.split([' ', '\r']).next().unwrap_or_default().to_uppercase();
        let answer: &[u8] = match word.as_str() {
            "EHLO" => b"250-sink\r\n250-8BITMIME\r\n250 SMTPUTF8\r\n",
            "MAIL" | "RCPT" => {
                mail.push_str(&line);
                b"250 OK\r\n"
            }
            "DATA" => {
                stream.write_all(b"354 go on\r\n").await.expect("written");
                while !mail.ends_with("\r\n.\r\n") {
                    assert!(stream.read_line(&mut mail).await.expect("a line") > 0, "it breaks off");
                }
                kept.push(std::mem::take(&mut mail));
                b"250 taken\r\n"
            }
            "QUIT" => b"221 bye\r\n",
            _ => b"250 OK\r\n",
        };
        if stream.write_all(answer).await.is_err() {
            return;
        }
    }
}

/// A syslog receiver over TCP (RFC 6587, octet counting): what it keeps are messages without their frames.
pub async fn syslog() -> (u16, Received) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let (port, received) = (listener.local_addr().expect("an address").port(), Received::default());
    let kept = received.clone();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut text = String::new();
            stream.read_to_string(&mut text).await.expect("UTF-8");
            let (length, message) = text.split_once(' ').expect("a frame");
            assert_eq!(length.parse(), Ok(message.len()));
            kept.push(message.to_owned());
        }
    });
    (port, received)
}

/// The same over UDP.
pub async fn syslog_datagrams() -> (u16, Received) {
    let socket = UdpSocket::bind("127.0.0.1:0").await.expect("a port");
    let (port, received) = (socket.local_addr().expect("an address").port(), Received::default());
    let kept = received.clone();
    tokio::spawn(async move {
        let mut datagram = vec![0; 65_536];
        while let Ok(length) = socket.recv(&mut datagram).await {
            kept.push(std::str::from_utf8(&datagram[..length]).expect("UTF-8").to_owned());
        }
    });
    (port, received)
}

/// The body of a service's answer to GET.
pub async fn get(port: u16, path: &str) -> Option<String> {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).await.ok()?;
    let request = format!("GET {path} HTTP/1.0\r\nHost: localhost\r\n\r\n");
    stream.write_all(request.as_bytes()).await.ok()?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.ok()?;
    let (head, body) = answer.split_once("\r\n\r\n")?;
    head.contains(" 200 ").then(|| body.to_owned())
}
