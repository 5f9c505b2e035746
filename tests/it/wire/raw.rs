//! A client that says exactly the bytes it is given.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpStream};
use std::time::Duration;

use menshen::auth::keys::Nonce;
use menshen::auth::scram_client::{self, Channel, Password, Secret};
use menshen::wire::frame::{Header, Sender, header};
use menshen::wire::server::{Authentication, ProtocolVersion};
use menshen::wire::write;

/// A connection of such a client, logged in by SCRAM.
#[derive(Debug)]
pub struct Raw {
    stream: TcpStream,
}

/// One message of the server.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Answer {
    pub tag: u8,
    pub body: Vec<u8>,
}

impl Answer {
    /// A field of an error or notice.
    pub fn field(&self, code: u8) -> String {
        let field = self.body.split(|byte| *byte == 0).find(|field| field.first() == Some(&code));
        field.map(|field| String::from_utf8_lossy(&field[1..]).into_owned()).unwrap_or_default()
    }
}

impl Raw {
    pub fn open(port: u16, user: &str, password: &str, database: &str) -> Self {
        let stream = TcpStream::connect(("127.0.0.1", port)).expect("connected");
        stream.set_read_timeout(Some(Duration::from_secs(30))).expect("a time-out");
        stream.set_nodelay(true).expect("no delay");
        let mut raw = Self { stream };
        let options = [("user", user), ("database", database), ("client_encoding", "UTF8")];
        let options = options.map(|(name, value)| (name.as_bytes(), value.as_bytes()));
        raw.say(|b| write::startup(b, ProtocolVersion::V3_0, options).expect("written"));
        raw.log_in(password);
        let answers = raw.until_ready();
        assert_eq!(answers.last().map(|answer| answer.tag), Some(b'Z'), "{answers:?}");
        raw
    }

    fn log_in(&mut self, password: &str) {
        let offer = self.next().expect("an offer");
        let Ok(Authentication::Sasl(mechanisms)) = Authentication::read(&offer.body) else { panic!("{offer:?}") };
        let secret = Secret::Password(Password::new(password));
        let begun = scram_client::begin(mechanisms.iter(), Channel::Plain, false, secret, &Nonce::new([7; 18]));
        let (mechanism, data, first) = begun.expect("a mechanism");
        self.say(|b| write::sasl_initial_response(b, mechanism, &data).expect("written"));
        let challenge = self.next().expect("a challenge");
        let Ok(Authentication::SaslContinue(data)) = Authentication::read(&challenge.body) else {
            panic!("{challenge:?}")
        };
        let (data, last) = first.first(data).expect("a nonce and a salt");
        self.say(|b| write::sasl_response(b, &data).expect("written"));
        let answer = self.next().expect("a signature");
        let Ok(Authentication::SaslFinal(data)) = Authentication::read(&answer.body) else { panic!("{answer:?}") };
        last.last(data).expect("the server's proof");
    }

    /// Sends what is written, in one piece.
    pub fn say(&mut self, write: impl FnOnce(&mut Vec<u8>)) {
        let mut bytes = Vec::new();
        write(&mut bytes);
        self.send(&bytes);
    }

    /// A server that has hung up already is noticed when its answer is read.
    pub fn send(&mut self, bytes: &[u8]) {
        let _ = self.stream.write_all(bytes);
    }

    /// Says that nothing more will come.
    pub fn close_half(&mut self) {
        let _ = self.stream.shutdown(Shutdown::Write);
    }

    /// Everything up to the end of the connection.
    pub fn rest(&mut self) -> Vec<Answer> {
        std::iter::from_fn(|| self.next()).collect()
    }

    /// The next message; `None` when the server has hung up.
    pub fn next(&mut self) -> Option<Answer> {
        let mut head = [0; Header::SIZE];
        self.stream.read_exact(&mut head).ok()?;
        let head = header(Sender::Server, &head).expect("a header")?;
        let mut body = vec![0; head.body()];
        self.stream.read_exact(&mut body).ok()?;
        Some(Answer { tag: head.tag(), body })
    }

    /// Everything up to ReadyForQuery, or to the end of the connection.
    pub fn until_ready(&mut self) -> Vec<Answer> {
        self.until(b'Z')
    }

    /// Everything up to a message of this kind, or to the end of the connection.
    pub fn until(&mut self, tag: u8) -> Vec<Answer> {
        let mut answers = Vec::new();
        while let Some(answer) = self.next() {
            let last = answer.tag == tag;
            answers.push(answer);
            if last {
                break;
            }
        }
        answers
    }

    /// A simple query and all its answers.
    pub fn query(&mut self, text: &[u8]) -> Vec<Answer> {
        self.say(|b| write::query(b, text).expect("written"));
        self.until_ready()
    }
}
