//! What a server says: views over the bodies of backend messages. Text is bytes in the client's encoding.

use std::borrow::Cow;
use std::fmt;

use super::frame::Frame;
use super::read::{Body, Codes, Malformed, Oids, Values};
use super::write::{self, Buffer, Unwritable};

/// A version of the protocol.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct ProtocolVersion {
    pub major: u16,
    pub minor: u16,
}

impl ProtocolVersion {
    pub const V3_0: Self = Self { major: 3, minor: 0 };
    pub const V3_2: Self = Self { major: 3, minor: 2 };

    #[must_use]
    pub fn from_code(code: u32) -> Self {
        let [a, b, c, d] = code.to_be_bytes();
        Self { major: u16::from_be_bytes([a, b]), minor: u16::from_be_bytes([c, d]) }
    }

    /// As it stands in a start-up packet.
    #[must_use]
    pub fn code(self) -> u32 {
        (u32::from(self.major) << 16) | u32::from(self.minor)
    }
}

impl fmt::Display for ProtocolVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.major, self.minor)
    }
}

/// The answer to SSLRequest or GSSENCRequest: one byte without length.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum EncryptionAnswer {
    Yes,
    No,
    /// An ErrorResponse begins: a server that does not know the request, or an attacker. Not to be shown to anybody.
    Error,
}

impl EncryptionAnswer {
    /// `None`: not an answer. `yes` is `S` after SSLRequest and `G` after GSSENCRequest.
    #[must_use]
    pub fn read(byte: u8, yes: u8) -> Option<Self> {
        match byte {
            b'N' => Some(Self::No),
            b'E' => Some(Self::Error),
            _ if byte == yes => Some(Self::Yes),
            _ => None,
        }
    }
}

/// A message of the server. Bodies that nobody here looks into are left as bytes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Message<'a> {
    Authentication(Authentication<'a>),
    BackendKeyData(BackendKeyData<'a>),
    BindComplete,
    CloseComplete,
    CommandComplete(CommandComplete<'a>),
    CopyBoth(CopyFormats<'a>),
    CopyData(&'a [u8]),
    CopyDone,
    CopyIn(CopyFormats<'a>),
    CopyOut(CopyFormats<'a>),
    DataRow(DataRow<'a>),
    EmptyQuery,
    Error(Fields<'a>),
    FunctionCallResponse(&'a [u8]),
    NegotiateProtocolVersion(NegotiateProtocolVersion<'a>),
    NoData,
    Notice(Fields<'a>),
    Notification(Notification<'a>),
    ParameterDescription(Oids<'a>),
    ParameterStatus(ParameterStatus<'a>),
    ParseComplete,
    PortalSuspended,
    ReadyForQuery(Status),
    RowDescription(RowDescription<'a>),
}

impl<'a> Message<'a> {
    /// # Errors
    /// A body that is not laid out as its tag demands.
    pub fn read(frame: Frame<'a>) -> Result<Self, Malformed> {
        let body = frame.body();
        Ok(match frame.tag() {
            b'R' => Self::Authentication(Authentication::read(body)?),
            b'K' => Self::BackendKeyData(BackendKeyData::read(body)?),
            b'2' => empty("BindComplete", body).map(|()| Self::BindComplete)?,
            b'3' => empty("CloseComplete", body).map(|()| Self::CloseComplete)?,
            b'C' => Self::CommandComplete(CommandComplete::read(body)?),
            b'W' => Self::CopyBoth(CopyFormats::read("CopyBothResponse", body)?),
            b'd' => Self::CopyData(body),
            b'c' => empty("CopyDone", body).map(|()| Self::CopyDone)?,
            b'G' => Self::CopyIn(CopyFormats::read("CopyInResponse", body)?),
            b'H' => Self::CopyOut(CopyFormats::read("CopyOutResponse", body)?),
            b'D' => Self::DataRow(DataRow::read(body)?),
            b'I' => empty("EmptyQueryResponse", body).map(|()| Self::EmptyQuery)?,
            b'E' => Self::Error(Fields::read("ErrorResponse", body)?),
            b'V' => Self::FunctionCallResponse(body),
            b'v' => Self::NegotiateProtocolVersion(NegotiateProtocolVersion::read(body)?),
            b'n' => empty("NoData", body).map(|()| Self::NoData)?,
            b'N' => Self::Notice(Fields::read("NoticeResponse", body)?),
            b'A' => Self::Notification(Notification::read(body)?),
            b't' => Self::ParameterDescription(parameter_description(body)?),
            b'S' => Self::ParameterStatus(ParameterStatus::read(body)?),
            b'1' => empty("ParseComplete", body).map(|()| Self::ParseComplete)?,
            b's' => empty("PortalSuspended", body).map(|()| Self::PortalSuspended)?,
            b'Z' => Self::ReadyForQuery(Status::read(body)?),
            b'T' => Self::RowDescription(RowDescription::read(body)?),
            tag => return Err(Body::new("backend", body).invalid("tag", i64::from(tag))),
        })
    }
}

fn empty(message: &'static str, body: &[u8]) -> Result<(), Malformed> {
    Body::new(message, body).finish("length")
}

/// An authentication request.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Authentication<'a> {
    Ok,
    CleartextPassword,
    Md5Password {
        salt: [u8; 4],
    },
    Sasl(Mechanisms<'a>),
    SaslContinue(&'a [u8]),
    SaslFinal(&'a [u8]),
    /// A method that Menshen does not speak (Kerberos, GSS, SSPI, …), by its code.
    Other(u32),
}

impl<'a> Authentication<'a> {
    /// # Errors
    /// A field cut short, bytes left over.
    pub fn read(body: &'a [u8]) -> Result<Self, Malformed> {
        let mut body = Body::new("Authentication", body);
        let request = match body.u32("method")? {
            0 => Self::Ok,
            3 => Self::CleartextPassword,
            5 => Self::Md5Password { salt: body.u32("salt")?.to_be_bytes() },
            10 => Self::Sasl(Mechanisms::read(&mut body)?),
            11 => Self::SaslContinue(body.rest()),
            12 => Self::SaslFinal(body.rest()),
            code => {
                body.rest();
                Self::Other(code)
            }
        };
        body.finish("method").map(|()| request)
    }
}

/// Names of SASL mechanisms, the server's favourite first.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Mechanisms<'a>(&'a [u8]);

impl<'a> Mechanisms<'a> {
    fn read(body: &mut Body<'a>) -> Result<Self, Malformed> {
        let names = body.remaining();
        while !body.cstr("SASL mechanism")?.is_empty() {}
        Ok(Self(names))
    }

    pub fn iter(&self) -> impl Iterator<Item = &'a [u8]> + use<'a> {
        let mut body = Body::new("Authentication", self.0);
        std::iter::from_fn(move || body.cstr("SASL mechanism").ok().filter(|name| !name.is_empty()))
    }

    #[must_use]
    pub fn contains(&self, name: &str) -> bool {
        self.iter().any(|other| other == name.as_bytes())
    }
}

/// What a client needs to cancel a statement of this session.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct BackendKeyData<'a> {
    pub process_id: u32,
    /// Four bytes in protocol 3.0, up to 256 in 3.2.
    pub key: &'a [u8],
}

impl<'a> BackendKeyData<'a> {
    /// # Errors
    /// A field cut short, a key of an impossible length.
    pub fn read(body: &'a [u8]) -> Result<Self, Malformed> {
        let mut body = Body::new("BackendKeyData", body);
        let process_id = body.u32("process id")?;
        let key = body.rest();
        if !(super::client::CANCEL_KEY_MIN..=super::client::CANCEL_KEY_LIMIT).contains(&key.len()) {
            return Err(body.invalid("length of the cancel key", i64::try_from(key.len()).unwrap_or(i64::MAX)));
        }
        Ok(Self { process_id, key })
    }
}

/// The transaction status in ReadyForQuery.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Status {
    /// Not in a transaction block.
    Idle,
    InTransaction,
    /// In a transaction block that can only be rolled back.
    Failed,
}

impl Status {
    /// # Errors
    /// Not one of the three bytes, bytes left over.
    pub fn read(body: &[u8]) -> Result<Self, Malformed> {
        let mut body = Body::new("ReadyForQuery", body);
        let status = match body.u8("status")? {
            b'I' => Self::Idle,
            b'T' => Self::InTransaction,
            b'E' => Self::Failed,
            other => return Err(body.invalid("status", i64::from(other))),
        };
        body.finish("status").map(|()| status)
    }

    #[must_use]
    pub fn as_u8(self) -> u8 {
        match self {
            Self::Idle => b'I',
            Self::InTransaction => b'T',
            Self::Failed => b'E',
        }
    }
}

/// The tag of a finished command, such as `SELECT 5` or `INSERT 0 1`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct CommandComplete<'a> {
    pub tag: &'a [u8],
}

impl<'a> CommandComplete<'a> {
    /// # Errors
    /// No terminator, bytes left over.
    pub fn read(body: &'a [u8]) -> Result<Self, Malformed> {
        let mut body = Body::new("CommandComplete", body);
        let tag = body.cstr("command tag")?;
        body.finish("command tag").map(|()| Self { tag })
    }

    /// The number at the end of the tag, where the command has one.
    #[must_use]
    pub fn rows(&self) -> Option<u64> {
        std::str::from_utf8(self.tag).ok()?.rsplit_once(' ')?.1.parse().ok()
    }
}

/// The formats of a COPY: the whole, and each column.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct CopyFormats<'a> {
    /// 0 text, 1 binary.
    pub overall: u8,
    pub columns: Codes<'a>,
}

impl<'a> CopyFormats<'a> {
    /// # Errors
    /// A field cut short, bytes left over.
    pub fn read(message: &'static str, body: &'a [u8]) -> Result<Self, Malformed> {
        let mut body = Body::new(message, body);
        let overall = body.u8("format")?;
        let columns = Codes::read(&mut body, "column formats")?;
        body.finish("column formats").map(|()| Self { overall, columns })
    }
}

/// A row of a result.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct DataRow<'a> {
    pub values: Values<'a>,
}

impl<'a> DataRow<'a> {
    /// # Errors
    /// A length below −1 or beyond the body, bytes left over.
    pub fn read(body: &'a [u8]) -> Result<Self, Malformed> {
        let mut body = Body::new("DataRow", body);
        let values = Values::read(&mut body, "values")?;
        body.finish("values").map(|()| Self { values })
    }
}

/// The fields of an ErrorResponse or NoticeResponse: a code and a text each (documentation, "Error and Notice Message
/// Fields").
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Fields<'a>(&'a [u8]);

impl<'a> Fields<'a> {
    /// # Errors
    /// A text without end, no terminator, bytes left over.
    pub fn read(message: &'static str, body: &'a [u8]) -> Result<Self, Malformed> {
        let mut body = Body::new(message, body);
        let fields = body.remaining();
        while body.u8("field code")? != 0 {
            body.cstr("field")?;
        }
        body.finish("terminator").map(|()| Self(fields))
    }

    /// Codes and texts in the order of the message.
    pub fn iter(&self) -> impl Iterator<Item = (u8, &'a [u8])> + Clone + use<'a> {
        let mut body = Body::new("report", self.0);
        std::iter::from_fn(move || {
            let code = body.u8("field code").ok().filter(|&code| code != 0)?;
            Some((code, body.cstr("field").ok()?))
        })
    }

    /// The first field with this code.
    #[must_use]
    pub fn get(&self, code: u8) -> Option<&'a [u8]> {
        self.iter().find(|(other, _)| *other == code).map(|(_, text)| text)
    }

    /// The SQLSTATE. A server that sends none is not excluded by the protocol.
    #[must_use]
    pub fn sqlstate(&self) -> Option<&'a [u8]> {
        self.get(b'C')
    }

    /// Whether the session ends with this report: severity FATAL or PANIC, in the field that is never translated.
    #[must_use]
    pub fn ends_session(&self) -> bool {
        matches!(self.get(b'V').or_else(|| self.get(b'S')), Some(b"FATAL" | b"PANIC"))
    }

    /// Writes the report with changes: `change` is asked for every field in order and answers the text to send,
    /// `None` to leave the field out. `added` follows behind.
    ///
    /// # Errors
    /// A zero byte in a text; too long.
    pub fn rewrite<'b, B: Buffer>(
        &self,
        buffer: &mut B,
        tag: u8,
        mut change: impl FnMut(u8, &'a [u8]) -> Option<Cow<'b, [u8]>>,
        added: &[(u8, &[u8])],
    ) -> Result<(), Unwritable> {
        let kept: Vec<_> = self.iter().filter_map(|(code, text)| Some((code, change(code, text)?))).collect();
        let kept = kept.iter().map(|(code, text)| (*code, text.as_ref()));
        write::fields(buffer, tag, kept.chain(added.iter().copied()))
    }
}

/// Says which version the server will speak, and which options it does not know.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct NegotiateProtocolVersion<'a> {
    /// PostgreSQL sends the whole version code here, not the minor number alone.
    pub version: ProtocolVersion,
    options: &'a [u8],
}

impl<'a> NegotiateProtocolVersion<'a> {
    /// # Errors
    /// A field cut short, bytes left over.
    pub fn read(body: &'a [u8]) -> Result<Self, Malformed> {
        let mut body = Body::new("NegotiateProtocolVersion", body);
        let version = match ProtocolVersion::from_code(body.u32("version")?) {
            // as the documentation has it: the minor number alone
            ProtocolVersion { major: 0, minor } => ProtocolVersion { major: 3, minor },
            version => version,
        };
        let count = body.u32("option count")?;
        let options = body.remaining();
        // an option takes at least its terminator, so a false count fails at the end of the body
        for _ in 0..count {
            body.cstr("option")?;
        }
        body.finish("option").map(|()| Self { version, options })
    }

    /// The `_pq_.` options that the server does not know.
    pub fn unknown(&self) -> impl Iterator<Item = &'a [u8]> + use<'a> {
        let mut body = Body::new("NegotiateProtocolVersion", self.options);
        std::iter::from_fn(move || body.cstr("option").ok())
    }
}

/// NOTIFY of another session, or our own.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Notification<'a> {
    pub process_id: u32,
    pub channel: &'a [u8],
    pub payload: &'a [u8],
}

impl<'a> Notification<'a> {
    /// # Errors
    /// A field cut short, bytes left over.
    pub fn read(body: &'a [u8]) -> Result<Self, Malformed> {
        let mut body = Body::new("NotificationResponse", body);
        let process_id = body.u32("process id")?;
        let channel = body.cstr("channel")?;
        let payload = body.cstr("payload")?;
        body.finish("payload").map(|()| Self { process_id, channel, payload })
    }
}

/// The parameter types of a prepared statement. A statement may have more than Bind can give: the server's count of 16
/// bits then says the rest.
///
/// # Errors
/// Fewer or more types than the count says.
pub fn parameter_description(body: &[u8]) -> Result<Oids<'_>, Malformed> {
    let mut body = Body::new("ParameterDescription", body);
    let types = Oids::read_wrapped(&mut body, "parameter types")?;
    body.finish("parameter types").map(|()| types)
}

/// A setting that clients are told of, and its present value.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ParameterStatus<'a> {
    pub name: &'a [u8],
    pub value: &'a [u8],
}

impl<'a> ParameterStatus<'a> {
    /// # Errors
    /// A field cut short, bytes left over.
    pub fn read(body: &'a [u8]) -> Result<Self, Malformed> {
        let mut body = Body::new("ParameterStatus", body);
        let name = body.cstr("name")?;
        let value = body.cstr("value")?;
        body.finish("value").map(|()| Self { name, value })
    }
}

/// A column of a result, as the server describes it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct FieldDescription<'a> {
    pub name: &'a [u8],
    /// The table the column comes from unchanged; 0 for anything else.
    pub table_oid: u32,
    /// The attribute number in that table; 0 for anything else, negative for system columns.
    pub column_number: i16,
    pub type_oid: u32,
    /// In bytes; negative for types of variable width.
    pub type_size: i16,
    pub type_modifier: i32,
    /// 0 text, 1 binary; 0 also when not yet known (Describe of a statement).
    pub format: i16,
}

/// The columns of a result.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct RowDescription<'a> {
    count: u16,
    fields: &'a [u8],
}

impl<'a> RowDescription<'a> {
    /// Goes through all fields once, so that reading them later cannot fail.
    ///
    /// # Errors
    /// A field cut short, bytes left over.
    pub fn read(body: &'a [u8]) -> Result<Self, Malformed> {
        let mut body = Body::new("RowDescription", body);
        let count = body.u16("field count")?;
        let fields = body.remaining();
        for _ in 0..count {
            Self::field(&mut body)?;
        }
        body.finish("format").map(|()| Self { count, fields })
    }

    fn field(body: &mut Body<'a>) -> Result<FieldDescription<'a>, Malformed> {
        Ok(FieldDescription {
            name: body.cstr("field name")?,
            table_oid: body.u32("table OID")?,
            column_number: body.i16("column number")?,
            type_oid: body.u32("type OID")?,
            type_size: body.i16("type size")?,
            type_modifier: body.i32("type modifier")?,
            format: body.i16("format")?,
        })
    }

    #[must_use]
    pub fn len(&self) -> usize {
        usize::from(self.count)
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    pub fn iter(&self) -> impl Iterator<Item = FieldDescription<'a>> + Clone + use<'a> {
        let mut body = Body::new("RowDescription", self.fields);
        (0..self.count).map_while(move |_| Self::field(&mut body).ok())
    }
}

#[cfg(test)]
mod tests {
    use super::super::frame::{Sender, exactly};
    use super::super::write::{Report, Severity};
    use super::*;
    use proptest::prelude::*;

    fn read(bytes: &[u8]) -> Message<'_> {
        Message::read(exactly(Sender::Server, bytes).unwrap()).unwrap()
    }

    fn written(write: impl FnOnce(&mut Vec<u8>) -> Result<(), Unwritable>) -> Vec<u8> {
        let mut bytes = Vec::new();
        write(&mut bytes).unwrap();
        bytes
    }

    #[test]
    fn a_report_of_ours_has_the_fields_in_postgresql_s_order() {
        let mut bytes = Vec::new();
        let report = Report {
            detail: Some(b"rule 3"),
            position: Some(8),
            ..Report::new(Severity::Error, "42501", b"menshen: no\0 hidden tail")
        };
        write::report(&mut bytes, &report);
        let Message::Error(fields) = read(&bytes) else { panic!() };
        let codes: Vec<u8> = fields.iter().map(|(code, _)| code).collect();
        assert_eq!(codes, b"SVCMDP");
        assert_eq!(fields.get(b'M'), Some(b"menshen: no".as_slice()));
        assert_eq!(fields.get(b'P'), Some(b"8".as_slice()));
        assert_eq!(fields.sqlstate(), Some(b"42501".as_slice()));
        assert!(!fields.ends_session());
        bytes.clear();
        write::report(&mut bytes, &Report::new(Severity::Warning, "01000", &[b'x'; 100_000]));
        assert!(matches!(read(&bytes), Message::Notice(_)));
    }

    #[test]
    fn a_report_is_rewritten_field_by_field() {
        let body = b"SERROR\0VFATAL\0C23505\0Mduplicate\0DKey (phone)=(138)\0\0";
        let fields = Fields::read("ErrorResponse", body).unwrap();
        assert!(fields.ends_session());
        let change = |code, text| match code {
            b'D' => None,
            b'M' => Some(Cow::Borrowed(b"other".as_slice())),
            _ => Some(Cow::Borrowed(text)),
        };
        let bytes = written(|buffer| fields.rewrite(buffer, b'E', change, &[(b'H', b"ask")]));
        let Message::Error(rewritten) = read(&bytes) else { panic!() };
        let texts: Vec<_> = rewritten.iter().map(|(_, text)| text).collect();
        assert_eq!(texts, [b"ERROR".as_slice(), b"FATAL", b"23505", b"other", b"ask"]);
        let same = written(|buffer| fields.rewrite(buffer, b'E', |_, text| Some(Cow::Borrowed(text)), &[]));
        assert_eq!(&same[5..], body);
    }

    #[test]
    fn reports_must_end_with_a_terminator_and_nothing_else() {
        for body in [b"".as_slice(), b"SERROR\0", b"SERROR", b"\0\0", b"SERROR\0\0x"] {
            assert!(Fields::read("ErrorResponse", body).is_err(), "{body:?}");
        }
        // a server error without SQLSTATE crashed another proxy
        assert_eq!(Fields::read("ErrorResponse", b"\0").unwrap().sqlstate(), None);
    }

    #[test]
    fn a_row_description_is_read_lazily() {
        let field = FieldDescription {
            name: b"id",
            table_oid: 16_400,
            column_number: -1,
            type_oid: 23,
            type_size: -1,
            type_modifier: -1,
            format: 1,
        };
        let other = FieldDescription { name: b"", type_modifier: 24, ..field };
        let bytes = written(|buffer| write::row_description(buffer, &[field, other]));
        let Message::RowDescription(row) = read(&bytes) else { panic!() };
        assert_eq!(row.len(), 2);
        assert_eq!(row.iter().collect::<Vec<_>>(), [field, other]);
        for end in 0..bytes.len() - 5 {
            assert!(RowDescription::read(&bytes[5..5 + end]).is_err());
        }
        assert!(RowDescription::read(b"\xff\xff").is_err());
        assert!(RowDescription::read(b"\0\0").unwrap().is_empty());
    }

    #[test]
    fn rows_round_trip() {
        let values = [Some(b"1".as_slice()), None, Some(b"")];
        let bytes = written(|buffer| write::data_row(buffer, &values));
        let Message::DataRow(row) = read(&bytes) else { panic!() };
        assert_eq!(row.values.iter().collect::<Vec<_>>(), values);
        assert!(DataRow::read(b"\0\x01\0\0\0\x05abcd").is_err());
        assert!(DataRow::read(b"\0\x01\xff\xff\xff\xff\0").is_err());
    }

    #[test]
    fn authentication_requests() {
        let bytes = written(|buffer| write::authentication_sasl(buffer, &["SCRAM-SHA-256-PLUS", "SCRAM-SHA-256"]));
        let Message::Authentication(Authentication::Sasl(mechanisms)) = read(&bytes) else { panic!() };
        assert!(mechanisms.contains("SCRAM-SHA-256") && !mechanisms.contains("SCRAM"));
        assert_eq!(mechanisms.iter().count(), 2);
        let mut bytes = Vec::new();
        write::authentication_ok(&mut bytes);
        assert_eq!(read(&bytes), Message::Authentication(Authentication::Ok));
        let bytes = written(|buffer| write::authentication_sasl_final(buffer, b"v=abc"));
        assert_eq!(read(&bytes), Message::Authentication(Authentication::SaslFinal(b"v=abc")));
        let read = Authentication::read;
        assert_eq!(read(b"\0\0\0\x05abcd"), Ok(Authentication::Md5Password { salt: *b"abcd" }));
        assert_eq!(read(b"\0\0\0\x07"), Ok(Authentication::Other(7)));
        for bad in [b"\0\0\0".as_slice(), b"\0\0\0\0x", b"\0\0\0\x05abc", b"\0\0\0\x05abcde", b"\0\0\0\x0aSCRAM\0"] {
            assert!(read(bad).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn more_parameters_than_a_count_can_say() {
        let all = |count: u16, types: usize| [&count.to_be_bytes()[..], &[0, 0, 0, 25].repeat(types)].concat();
        for (count, types) in [(0, 0), (3, 3), (0, 65_536), (2, 65_538), (65_535, 65_535)] {
            assert_eq!(parameter_description(&all(count, types)).map(|oids| oids.len()), Ok(types));
        }
        for (count, types) in [(1, 0), (0, 1), (3, 2), (2, 65_537)] {
            assert!(parameter_description(&all(count, types)).is_err());
        }
    }

    #[test]
    fn small_messages() {
        let bytes = written(|buffer| write::backend_key_data(buffer, 7, &[1; 256]));
        assert_eq!(read(&bytes), Message::BackendKeyData(BackendKeyData { process_id: 7, key: &[1; 256] }));
        assert!(BackendKeyData::read(b"\0\0\0\x01abc").is_err());
        let bytes = written(|buffer| write::parameter_status(buffer, b"TimeZone", b"UTC"));
        assert_eq!(read(&bytes), Message::ParameterStatus(ParameterStatus { name: b"TimeZone", value: b"UTC" }));
        for status in [Status::Idle, Status::InTransaction, Status::Failed] {
            let mut bytes = Vec::new();
            write::ready_for_query(&mut bytes, status);
            assert_eq!(read(&bytes), Message::ReadyForQuery(status));
        }
        assert!(Status::read(b"X").is_err() && Status::read(b"II").is_err() && Status::read(b"").is_err());
        let unknown: [&[u8]; 2] = [b"_pq_.a", b"_pq_.b"];
        let bytes = written(|buffer| write::negotiate_protocol_version(buffer, ProtocolVersion::V3_0, &unknown));
        let Message::NegotiateProtocolVersion(answer) = read(&bytes) else { panic!() };
        assert_eq!((answer.version, answer.unknown().count()), (ProtocolVersion::V3_0, 2));
        let minor_alone = NegotiateProtocolVersion::read(b"\0\0\0\x02\0\0\0\0").unwrap();
        assert_eq!(minor_alone.version, ProtocolVersion::V3_2);
        assert!(NegotiateProtocolVersion::read(b"\0\x03\0\0\xff\xff\xff\xff").is_err());
        assert_eq!(
            Notification::read(b"\0\0\0\x01ch\0\0").unwrap(),
            Notification { process_id: 1, channel: b"ch", payload: b"" }
        );
    }

    #[test]
    fn command_tags_count_rows() {
        let rows = |body| CommandComplete::read(body).unwrap().rows();
        assert_eq!(rows(b"SELECT 5\0"), Some(5));
        assert_eq!(rows(b"INSERT 0 3\0"), Some(3));
        assert_eq!(rows(b"CREATE TABLE\0"), None);
        assert_eq!(rows(b"BEGIN\0"), None);
        assert_eq!(rows(b"\0"), None);
    }

    #[test]
    fn nothing_is_left_behind_by_what_cannot_be_written() {
        let mut bytes = b"before".to_vec();
        assert!(write::query(&mut bytes, b"select\0 1").is_err());
        assert!(write::data_row(&mut bytes, &vec![None; 65_536]).is_err());
        assert!(write::startup(&mut bytes, ProtocolVersion::V3_0, [(b"".as_slice(), b"".as_slice())]).is_err());
        let long = [b'a'; 10_000];
        assert!(write::startup(&mut bytes, ProtocolVersion::V3_0, [(b"user".as_slice(), long.as_slice())]).is_err());
        assert!(write::cancel_request(&mut bytes, 1, &[0; 257]).is_err());
        assert!(write::execute(&mut bytes, &[b'a'; 10_000], 0).is_err());
        assert_eq!(bytes, b"before");
    }

    proptest! {
        #[test]
        fn no_bytes_panic(body in prop::collection::vec(any::<u8>(), 0..80)) {
            for tag in 0..=u8::MAX {
                let mut bytes = vec![tag];
                bytes.extend((body.len() as u32 + 4).to_be_bytes());
                bytes.extend(&body);
                let Ok(frame) = exactly(Sender::Server, &bytes) else { continue };
                match Message::read(frame) {
                    Ok(Message::RowDescription(row)) => prop_assert_eq!(row.iter().count(), row.len()),
                    Ok(Message::DataRow(row)) => prop_assert_eq!(row.values.iter().count(), row.values.len()),
                    Ok(Message::Error(fields) | Message::Notice(fields)) => {
                        let same = written(|buffer| fields.rewrite(buffer, tag, |_, t| Some(Cow::Borrowed(t)), &[]));
                        prop_assert_eq!(same, bytes);
                    }
                    _ => (),
                }
            }
        }
    }
}
