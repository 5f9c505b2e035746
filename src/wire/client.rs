//! What a client says: views over the bodies of frontend messages. Text is bytes in the client's encoding.

use super::frame::{Frame, StartupFrame};
use super::read::{Body, Codes, Malformed, Oids, Values};
use super::server::ProtocolVersion;

/// `CANCEL_REQUEST_CODE` of PostgreSQL.
pub const CANCEL_REQUEST: u32 = (1234 << 16) | 5678;
/// `NEGOTIATE_SSL_CODE` of PostgreSQL.
pub const SSL_REQUEST: u32 = (1234 << 16) | 5679;
/// `NEGOTIATE_GSS_CODE` of PostgreSQL.
pub const GSSENC_REQUEST: u32 = (1234 << 16) | 5680;

/// The fewest bytes a cancel key has; exactly so many in protocol 3.0.
pub const CANCEL_KEY_MIN: usize = 4;
/// The most bytes a cancel key has (protocol 3.2).
pub const CANCEL_KEY_LIMIT: usize = 256;

/// What a packet without a tag asks for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Startup<'a> {
    Ssl,
    GssEnc,
    Cancel(CancelRequest<'a>),
    Session(StartupMessage<'a>),
    /// A version whose layout is not known: to be answered with SQLSTATE 0A000.
    Unsupported(ProtocolVersion),
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct CancelRequest<'a> {
    pub process_id: u32,
    /// [`CANCEL_KEY_MIN`] to [`CANCEL_KEY_LIMIT`] bytes.
    pub key: &'a [u8],
}

impl<'a> Startup<'a> {
    /// # Errors
    /// A body that is not laid out as its code demands.
    pub fn read(frame: StartupFrame<'a>) -> Result<Self, Malformed> {
        let mut body = Body::new("startup packet", frame.body());
        let code = body.u32("protocol version")?;
        match code {
            SSL_REQUEST => body.finish("protocol version").map(|()| Self::Ssl),
            GSSENC_REQUEST => body.finish("protocol version").map(|()| Self::GssEnc),
            CANCEL_REQUEST => CancelRequest::read(body).map(Self::Cancel),
            _ => match ProtocolVersion::from_code(code) {
                version if version.major == 3 => StartupMessage::read(version, body).map(Self::Session),
                version => Ok(Self::Unsupported(version)),
            },
        }
    }
}

impl<'a> CancelRequest<'a> {
    fn read(mut body: Body<'a>) -> Result<Self, Malformed> {
        let process_id = body.u32("process id")?;
        let key = body.rest();
        if !(CANCEL_KEY_MIN..=CANCEL_KEY_LIMIT).contains(&key.len()) {
            return Err(body.invalid("length of the cancel key", i64::try_from(key.len()).unwrap_or(i64::MAX)));
        }
        Ok(Self { process_id, key })
    }
}

/// StartupMessage: a version and settings by name and value.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct StartupMessage<'a> {
    pub version: ProtocolVersion,
    options: &'a [u8],
}

impl<'a> StartupMessage<'a> {
    /// Goes through all options once, so that reading them later cannot fail.
    fn read(version: ProtocolVersion, mut body: Body<'a>) -> Result<Self, Malformed> {
        let options = body.remaining();
        while !body.cstr("option name")?.is_empty() {
            body.cstr("option value")?;
        }
        body.finish("terminator")?;
        Ok(Self { version, options })
    }

    /// Names and values in the order of the packet. A name may come twice; PostgreSQL takes the last.
    pub fn options(&self) -> impl Iterator<Item = (&'a [u8], &'a [u8])> + Clone + use<'a> {
        let mut body = Body::new("startup packet", self.options);
        std::iter::from_fn(move || match body.cstr("option name") {
            Ok(name) if !name.is_empty() => Some((name, body.cstr("option value").ok()?)),
            _ => None,
        })
    }

    /// The value that PostgreSQL would take for `name`: the last one.
    #[must_use]
    pub fn option(&self, name: &str) -> Option<&'a [u8]> {
        self.options().filter(|(other, _)| *other == name.as_bytes()).last().map(|(_, value)| value)
    }

    /// Names of protocol extensions asked for (`_pq_.…`).
    pub fn extensions(&self) -> impl Iterator<Item = &'a [u8]> + use<'a> {
        self.options().map(|(name, _)| name).filter(|name| name.starts_with(b"_pq_."))
    }
}

/// A message after start-up.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Message<'a> {
    Query(Query<'a>),
    Parse(Parse<'a>),
    Bind(Bind<'a>),
    Describe(Target<'a>),
    Execute(Execute<'a>),
    Close(Target<'a>),
    Sync,
    Flush,
    Terminate,
    /// The body is not looked into.
    FunctionCall(&'a [u8]),
    CopyData(&'a [u8]),
    CopyDone,
    /// The reason, as the client gives it.
    CopyFail(&'a [u8]),
    /// PasswordMessage, SASLInitialResponse, SASLResponse: which one, only the state of the log-in tells. See
    /// [`password`] and [`SaslInitialResponse`].
    Password(&'a [u8]),
}

impl<'a> Message<'a> {
    /// # Errors
    /// A body that is not laid out as its tag demands.
    pub fn read(frame: Frame<'a>) -> Result<Self, Malformed> {
        let body = frame.body();
        Ok(match frame.tag() {
            b'Q' => Self::Query(Query::read(body)?),
            b'P' => Self::Parse(Parse::read(body)?),
            b'B' => Self::Bind(Bind::read(body)?),
            b'D' => Self::Describe(Target::read("Describe", body)?),
            b'E' => Self::Execute(Execute::read(body)?),
            b'C' => Self::Close(Target::read("Close", body)?),
            b'S' => empty("Sync", body).map(|()| Self::Sync)?,
            b'H' => empty("Flush", body).map(|()| Self::Flush)?,
            b'X' => empty("Terminate", body).map(|()| Self::Terminate)?,
            b'F' => Self::FunctionCall(body),
            b'd' => Self::CopyData(body),
            b'c' => empty("CopyDone", body).map(|()| Self::CopyDone)?,
            b'f' => Self::CopyFail(lone_text("CopyFail", "reason", body)?),
            b'p' => Self::Password(body),
            tag => return Err(Body::new("frontend", body).invalid("tag", i64::from(tag))),
        })
    }
}

fn empty(message: &'static str, body: &[u8]) -> Result<(), Malformed> {
    Body::new(message, body).finish("length")
}

fn lone_text<'a>(message: &'static str, field: &'static str, body: &'a [u8]) -> Result<&'a [u8], Malformed> {
    let mut body = Body::new(message, body);
    let text = body.cstr(field)?;
    body.finish(field).map(|()| text)
}

/// A simple query.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Query<'a> {
    pub text: &'a [u8],
}

impl<'a> Query<'a> {
    /// # Errors
    /// No terminator, or bytes behind it.
    pub fn read(body: &'a [u8]) -> Result<Self, Malformed> {
        lone_text("Query", "query text", body).map(|text| Self { text })
    }
}

/// A statement to be prepared. An empty name is the unnamed statement.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Parse<'a> {
    pub name: &'a [u8],
    pub text: &'a [u8],
    /// Types that the client fixes; 0 leaves one to the server.
    pub types: Oids<'a>,
}

impl<'a> Parse<'a> {
    /// # Errors
    /// A field cut short, bytes left over.
    pub fn read(body: &'a [u8]) -> Result<Self, Malformed> {
        let mut body = Body::new("Parse", body);
        let name = body.cstr("statement name")?;
        let text = body.cstr("query text")?;
        let types = Oids::read(&mut body, "parameter types")?;
        body.finish("parameter types")?;
        Ok(Self { name, text, types })
    }
}

/// Parameters for a prepared statement, making a portal of it. Empty names are the unnamed portal and statement.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Bind<'a> {
    pub portal: &'a [u8],
    pub statement: &'a [u8],
    /// As sent; that they fit the number of parameters is for the server to say.
    pub formats: Codes<'a>,
    pub parameters: Values<'a>,
    pub result_formats: Codes<'a>,
    tail: &'a [u8],
}

impl<'a> Bind<'a> {
    /// # Errors
    /// A field cut short, a length below −1, bytes left over.
    pub fn read(body: &'a [u8]) -> Result<Self, Malformed> {
        let mut body = Body::new("Bind", body);
        let portal = body.cstr("portal name")?;
        let statement = body.cstr("statement name")?;
        let tail = body.remaining();
        let formats = Codes::read(&mut body, "parameter formats")?;
        let parameters = Values::read(&mut body, "parameters")?;
        let result_formats = Codes::read(&mut body, "result formats")?;
        body.finish("result formats")?;
        Ok(Self { portal, statement, formats, parameters, result_formats, tail })
    }

    /// Everything behind the two names, for a Bind that differs in its names alone.
    #[must_use]
    pub fn tail(&self) -> &'a [u8] {
        self.tail
    }
}

/// What Describe and Close name.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Target<'a> {
    Statement(&'a [u8]),
    Portal(&'a [u8]),
}

impl<'a> Target<'a> {
    /// # Errors
    /// A kind that is neither statement nor portal, no terminator, bytes left over.
    pub fn read(message: &'static str, body: &'a [u8]) -> Result<Self, Malformed> {
        let mut body = Body::new(message, body);
        let kind = body.u8("kind")?;
        let name = body.cstr("name")?;
        let target = match kind {
            b'S' => Self::Statement(name),
            b'P' => Self::Portal(name),
            _ => return Err(body.invalid("kind", i64::from(kind))),
        };
        body.finish("name").map(|()| target)
    }

    #[must_use]
    pub fn name(self) -> &'a [u8] {
        match self {
            Self::Statement(name) | Self::Portal(name) => name,
        }
    }

    /// The byte that stands for the kind.
    #[must_use]
    pub fn kind(self) -> u8 {
        match self {
            Self::Statement(_) => b'S',
            Self::Portal(_) => b'P',
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Execute<'a> {
    pub portal: &'a [u8],
    /// 0 or less: all rows.
    pub max_rows: i32,
}

impl<'a> Execute<'a> {
    /// # Errors
    /// A field cut short, bytes left over.
    pub fn read(body: &'a [u8]) -> Result<Self, Malformed> {
        let mut body = Body::new("Execute", body);
        let portal = body.cstr("portal name")?;
        let max_rows = body.i32("row limit")?;
        body.finish("row limit").map(|()| Self { portal, max_rows })
    }
}

/// The password in a PasswordMessage.
///
/// # Errors
/// No terminator, or bytes behind it.
pub fn password(body: &[u8]) -> Result<&[u8], Malformed> {
    lone_text("PasswordMessage", "password", body)
}

/// The first message of a SASL exchange. A SASLResponse, the next one, is its body as it stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct SaslInitialResponse<'a> {
    pub mechanism: &'a [u8],
    pub data: Option<&'a [u8]>,
}

impl<'a> SaslInitialResponse<'a> {
    /// # Errors
    /// A field cut short, bytes left over.
    pub fn read(body: &'a [u8]) -> Result<Self, Malformed> {
        let mut body = Body::new("SASLInitialResponse", body);
        let mechanism = body.cstr("mechanism")?;
        let data = body.value("data")?;
        body.finish("data").map(|()| Self { mechanism, data })
    }
}

#[cfg(test)]
mod tests {
    use super::super::frame::{Sender, cut, cut_startup, exactly};
    use super::super::read::Fault;
    use super::super::write;
    use super::*;
    use proptest::prelude::*;

    fn read(bytes: &[u8]) -> Result<Message<'_>, Malformed> {
        Message::read(exactly(Sender::Client, bytes).unwrap())
    }

    fn framed(tag: u8, body: &[u8]) -> Vec<u8> {
        let mut bytes = vec![tag];
        bytes.extend((body.len() as u32 + 4).to_be_bytes());
        bytes.extend(body);
        bytes
    }

    fn startup(body: &[u8]) -> Result<Startup<'static>, Malformed> {
        let bytes: &'static [u8] = [&(body.len() as u32 + 4).to_be_bytes(), body].concat().leak();
        Startup::read(cut_startup(bytes).unwrap().unwrap().0)
    }

    #[test]
    fn a_parameter_count_beyond_the_body_does_not_reach_the_next_frame() {
        // another decoder took the Query behind this Parse for two type OIDs
        let stream = [framed(b'P', b"\0\0\0\x02"), framed(b'Q', b"drop table x\0")].concat();
        let (parse, rest) = cut(Sender::Client, &stream).unwrap().unwrap();
        let error = Message::read(parse).unwrap_err();
        assert_eq!(error.to_string(), "malformed Parse message: parameter types is cut short: 8 bytes needed, 0 left");
        assert_eq!(read(rest), Ok(Message::Query(Query { text: b"drop table x" })));
    }

    #[test]
    fn bytes_behind_the_last_field_are_an_error() {
        let left_over = |bytes: &[u8]| matches!(read(bytes).unwrap_err().fault, Fault::LeftOver(_));
        assert!(left_over(&framed(b'Q', b"select 1\0; drop table x\0")));
        assert!(left_over(&framed(b'P', b"\0\0\0\0\0")));
        assert!(left_over(&framed(b'B', b"\0\0\0\0\0\0\0\0x")));
        assert!(left_over(&framed(b'D', b"S\0\0")));
        assert!(left_over(&framed(b'E', b"\0\0\0\0\0\0")));
        assert!(left_over(&framed(b'S', b"x")));
        assert!(left_over(&framed(b'f', b"a\0b")));
    }

    #[test]
    fn bodies_cut_short_are_errors() {
        for bytes in [
            framed(b'Q', b"select 1"),
            framed(b'Q', b""),
            framed(b'P', b"a\0select"),
            framed(b'P', b"a\0select\0\0"),
            framed(b'B', b"a\0b\0\0\x01\0\x01\0\x01\0\0\0\x05abc"),
            framed(b'B', b"a\0b\0\0\0\xff\xff"),
            framed(b'B', b"\0\0\0\0\0\x01\xff\xff\xff\xfe\0\0"),
            framed(b'B', b"\0\0\0\0\0\x01\x7f\xff\xff\xff\0\0"),
            framed(b'E', b"a\0\0\0"),
            framed(b'D', b""),
            framed(b'D', b"S"),
            framed(b'C', b"Xname\0"),
            framed(b'f', b"why"),
        ] {
            assert!(read(&bytes).is_err(), "{bytes:?}");
        }
    }

    #[test]
    fn text_stays_bytes() {
        // GBK for the name Zhang; another decoder replaced it silently
        let bytes = framed(b'Q', b"select '\xd5\xc5'\0");
        assert_eq!(read(&bytes), Ok(Message::Query(Query { text: b"select '\xd5\xc5'" })));
    }

    #[test]
    fn startup_packets_are_told_apart() {
        assert_eq!(startup(b"\x04\xd2\x16\x2f"), Ok(Startup::Ssl));
        assert_eq!(startup(b"\x04\xd2\x16\x30"), Ok(Startup::GssEnc));
        assert!(startup(b"\x04\xd2\x16\x2fx").is_err());
        let old = ProtocolVersion { major: 2, minor: 0 };
        assert_eq!(startup(b"\0\x02\0\0anything"), Ok(Startup::Unsupported(old)));
        let Ok(Startup::Session(message)) = startup(b"\0\x03\0\x02user\0a\0_pq_.x\0on\0user\0b\0\0") else { panic!() };
        assert_eq!(message.version, ProtocolVersion::V3_2);
        assert_eq!(message.option("user"), Some(b"b".as_slice()));
        assert_eq!(message.option("database"), None);
        assert_eq!(message.options().count(), 3);
        assert_eq!(message.extensions().collect::<Vec<_>>(), [b"_pq_.x"]);
        let Ok(Startup::Session(empty)) = startup(b"\0\x03\0\0\0") else { panic!() };
        assert_eq!(empty.options().count(), 0);
    }

    #[test]
    fn startup_options_must_be_laid_out_as_postgresql_wants() {
        for body in [
            b"\0\x03\0\0".as_slice(),
            b"\0\x03\0\0user\0a\0",
            b"\0\x03\0\0user\0a",
            b"\0\x03\0\0user\0",
            b"\0\x03\0\0user\0a\0\0x",
            b"\0\x03\0\0user\0a\0\0\0",
            b"\0\x03\0\0\0user\0a\0\0",
        ] {
            assert!(startup(body).is_err(), "{body:?}");
        }
    }

    #[test]
    fn cancel_keys_have_four_to_256_bytes() {
        for (length, good) in [(0, false), (3, false), (4, true), (32, true), (256, true), (257, false)] {
            let mut body = b"\x04\xd2\x16\x2e\0\0\0\x07".to_vec();
            body.resize(8 + length, 9);
            let read = startup(&body);
            assert_eq!(read.is_ok(), good, "{length}");
            if let Ok(Startup::Cancel(cancel)) = read {
                assert_eq!((cancel.process_id, cancel.key.len()), (7, length));
            }
        }
        assert!(startup(b"\x04\xd2\x16\x2e").is_err());
    }

    #[test]
    fn what_is_written_is_what_is_read() {
        let mut bytes = Vec::new();
        write::parse(&mut bytes, b"s", b"select $1", [23, 0].into_iter()).unwrap();
        let Ok(Message::Parse(parse)) = read(&bytes) else { panic!() };
        assert_eq!((parse.name, parse.text), (b"s".as_slice(), b"select $1".as_slice()));
        assert_eq!(parse.types.iter().collect::<Vec<_>>(), [23, 0]);

        bytes.clear();
        let values = [None, Some(b"".as_slice()), Some(b"\0\xff")];
        write::bind(&mut bytes, b"p", b"s", &[1], &values, &[0, 1]).unwrap();
        let Ok(Message::Bind(bind)) = read(&bytes) else { panic!() };
        assert_eq!((bind.portal, bind.statement), (b"p".as_slice(), b"s".as_slice()));
        assert_eq!(bind.parameters.iter().collect::<Vec<_>>(), values);
        assert_eq!(bind.formats.iter().collect::<Vec<_>>(), [1]);
        assert_eq!(bind.result_formats.iter().collect::<Vec<_>>(), [0, 1]);
        let (mut same, mut other) = (Vec::new(), Vec::new());
        write::bind_renamed(&mut same, bind.portal, bind.statement, bind.tail()).unwrap();
        assert_eq!(same, bytes);
        write::bind_renamed(&mut other, b"", b"longer", bind.tail()).unwrap();
        let Ok(Message::Bind(renamed)) = read(&other) else { panic!() };
        assert_eq!((renamed.statement, renamed.parameters), (b"longer".as_slice(), bind.parameters));

        bytes.clear();
        write::execute(&mut bytes, b"p", 100).unwrap();
        assert_eq!(read(&bytes), Ok(Message::Execute(Execute { portal: b"p", max_rows: 100 })));
        for target in [Target::Statement(b"s"), Target::Portal(b"")] {
            bytes.clear();
            write::describe(&mut bytes, target).unwrap();
            assert_eq!(read(&bytes), Ok(Message::Describe(target)));
            bytes.clear();
            write::close(&mut bytes, target).unwrap();
            assert_eq!(read(&bytes), Ok(Message::Close(target)));
        }
    }

    #[test]
    fn log_in_messages_round_trip() {
        let mut bytes = Vec::new();
        write::password(&mut bytes, b"secret").unwrap();
        let Ok(Message::Password(body)) = read(&bytes) else { panic!() };
        assert_eq!(password(body), Ok(b"secret".as_slice()));
        assert!(password(b"secret").is_err() && password(b"sec\0ret\0").is_err());
        bytes.clear();
        write::sasl_initial_response(&mut bytes, "SCRAM-SHA-256", b"n,,n=,r=x").unwrap();
        let Ok(Message::Password(body)) = read(&bytes) else { panic!() };
        let initial = SaslInitialResponse { mechanism: b"SCRAM-SHA-256", data: Some(b"n,,n=,r=x") };
        assert_eq!(SaslInitialResponse::read(body), Ok(initial));
        assert_eq!(SaslInitialResponse::read(b"X\0\xff\xff\xff\xff").unwrap().data, None);
        assert!(SaslInitialResponse::read(b"X\0\0\0\0\x02a").is_err());
        assert!(SaslInitialResponse::read(b"X\0\0\0\0\x01ab").is_err());
    }

    #[test]
    fn startup_packets_round_trip() {
        let options = [(b"user".as_slice(), b"a".as_slice()), (b"options", b""), (b"_pq_.y", b"1")];
        let mut bytes = Vec::new();
        write::startup(&mut bytes, ProtocolVersion::V3_0, options).unwrap();
        let frame = cut_startup(&bytes).unwrap().unwrap().0;
        let Ok(Startup::Session(message)) = Startup::read(frame) else { panic!() };
        assert_eq!(message.options().collect::<Vec<_>>(), options);

        bytes.clear();
        write::cancel_request(&mut bytes, 7, &[9; 256]).unwrap();
        let frame = cut_startup(&bytes).unwrap().unwrap().0;
        assert_eq!(Startup::read(frame), Ok(Startup::Cancel(CancelRequest { process_id: 7, key: &[9; 256] })));
    }

    proptest! {
        #[test]
        fn no_bytes_panic(body in prop::collection::vec(any::<u8>(), 0..80)) {
            for tag in *b"QPBDECSHXFdcfp" {
                let bytes = framed(tag, &body);
                let message = read(&bytes);
                if let Ok(Message::Bind(bind)) = &message {
                    prop_assert_eq!(bind.parameters.iter().count(), bind.parameters.len());
                }
            }
            let _ = SaslInitialResponse::read(&body);
            let _ = password(&body);
            if body.len() >= 4 {
                let _ = startup(&body);
                if let Ok(Startup::Session(message)) = startup(&[b"\0\x03\0\0".as_slice(), &body].concat()) {
                    let length: usize = message.options().map(|(name, value)| name.len() + value.len() + 2).sum();
                    prop_assert_eq!(length + 1, body.len());
                }
            }
        }

        #[test]
        fn every_cut_of_a_good_message_is_an_error(
            names in prop::array::uniform3("[a-z]{0,8}"),
            values in prop::collection::vec(prop::option::of(prop::collection::vec(any::<u8>(), 0..9)), 0..5),
            formats in prop::collection::vec(any::<i16>(), 0..4),
        ) {
            let values: Vec<_> = values.iter().map(Option::as_deref).collect();
            let mut messages = vec![Vec::new(); 3];
            write::bind(&mut messages[0], names[0].as_bytes(), names[1].as_bytes(), &formats, &values, &formats).unwrap();
            let types = formats.iter().map(|&code| code as u32);
            write::parse(&mut messages[1], names[0].as_bytes(), names[2].as_bytes(), types).unwrap();
            write::execute(&mut messages[2], names[0].as_bytes(), 5).unwrap();
            for bytes in messages {
                prop_assert!(read(&bytes).is_ok());
                let body = &bytes[5..];
                for end in 0..body.len() {
                    prop_assert!(read(&framed(bytes[0], &body[..end])).is_err());
                }
                prop_assert!(read(&framed(bytes[0], &[body, b"\0"].concat())).is_err());
            }
        }
    }
}
