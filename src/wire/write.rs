//! Building the messages that Menshen says itself. Everything is appended to the caller's buffer; a message that
//! cannot be written leaves nothing behind in it.

use bytes::{BufMut, BytesMut};
use thiserror::Error;

use super::client::{CANCEL_REQUEST, GSSENC_REQUEST, SSL_REQUEST};
use super::frame::{LARGE_MESSAGE_LIMIT, STARTUP_PACKET_LIMIT, Sender, length_limit};
use super::server::{FieldDescription, ProtocolVersion, Status};

/// A message that the protocol has no bytes for.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Error)]
pub enum Unwritable {
    #[error("a zero byte inside the {0}")]
    ZeroByte(&'static str),
    #[error("{0} is too long for a message")]
    TooLong(&'static str),
}

/// What messages can be appended to.
pub trait Buffer: BufMut {
    /// All bytes written so far.
    fn written(&mut self) -> &mut [u8];
    /// Forgets everything behind the first `length` bytes.
    fn cut_back(&mut self, length: usize);
}

impl Buffer for BytesMut {
    fn written(&mut self) -> &mut [u8] {
        self.as_mut()
    }

    fn cut_back(&mut self, length: usize) {
        self.truncate(length);
    }
}

impl Buffer for Vec<u8> {
    fn written(&mut self) -> &mut [u8] {
        self.as_mut_slice()
    }

    fn cut_back(&mut self, length: usize) {
        self.truncate(length);
    }
}

/// Writes a message whose body the closure appends. `name` is for the error.
fn message<B: Buffer>(
    buffer: &mut B,
    sender: Sender,
    tag: u8,
    name: &'static str,
    body: impl FnOnce(&mut B) -> Result<(), Unwritable>,
) -> Result<(), Unwritable> {
    let start = buffer.written().len();
    buffer.put_u8(tag);
    let result = counted(buffer, name, length_limit(sender, tag), body);
    if result.is_err() {
        buffer.cut_back(start);
    }
    result
}

/// Writes a length that counts itself, and a body.
fn counted<B: Buffer>(
    buffer: &mut B,
    name: &'static str,
    limit: u32,
    body: impl FnOnce(&mut B) -> Result<(), Unwritable>,
) -> Result<(), Unwritable> {
    let start = buffer.written().len();
    buffer.put_u32(0);
    let result = body(buffer).and_then(|()| {
        let length = buffer.written().len() - start;
        match u32::try_from(length) {
            Ok(length) if length <= limit => Ok(length),
            _ => Err(Unwritable::TooLong(name)),
        }
    });
    match (result, buffer.written().get_mut(start..start + 4)) {
        (Ok(length), Some(place)) => {
            place.copy_from_slice(&length.to_be_bytes());
            Ok(())
        }
        (Ok(_), None) => Err(Unwritable::TooLong(name)),
        (Err(error), _) => {
            buffer.cut_back(start);
            Err(error)
        }
    }
}

fn cstr(buffer: &mut impl Buffer, field: &'static str, text: &[u8]) -> Result<(), Unwritable> {
    if text.contains(&0) {
        return Err(Unwritable::ZeroByte(field));
    }
    // checked here too, so that an absurd text is refused before it is copied
    if text.len() > LARGE_MESSAGE_LIMIT as usize {
        return Err(Unwritable::TooLong(field));
    }
    buffer.put_slice(text);
    buffer.put_u8(0);
    Ok(())
}

fn count(buffer: &mut impl Buffer, field: &'static str, count: usize) -> Result<(), Unwritable> {
    buffer.put_u16(u16::try_from(count).map_err(|_| Unwritable::TooLong(field))?);
    Ok(())
}

fn value(buffer: &mut impl Buffer, field: &'static str, value: Option<&[u8]>) -> Result<(), Unwritable> {
    let Some(bytes) = value else {
        buffer.put_i32(-1);
        return Ok(());
    };
    if bytes.len() > LARGE_MESSAGE_LIMIT as usize {
        return Err(Unwritable::TooLong(field));
    }
    buffer.put_u32(bytes.len() as u32);
    buffer.put_slice(bytes);
    Ok(())
}

/// A message whose whole body is `bytes`, never longer than a few bytes.
fn fixed(buffer: &mut impl BufMut, tag: u8, bytes: &[u8]) {
    buffer.put_u8(tag);
    buffer.put_u32(4 + bytes.len() as u32);
    buffer.put_slice(bytes);
}

// ---- messages of a server ----

/// The severity of an ErrorResponse or NoticeResponse.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Severity {
    Error,
    Fatal,
    Panic,
    Warning,
    Notice,
    Debug,
    Info,
    Log,
}

impl Severity {
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Error => "ERROR",
            Self::Fatal => "FATAL",
            Self::Panic => "PANIC",
            Self::Warning => "WARNING",
            Self::Notice => "NOTICE",
            Self::Debug => "DEBUG",
            Self::Info => "INFO",
            Self::Log => "LOG",
        }
    }

    fn tag(self) -> u8 {
        match self {
            Self::Error | Self::Fatal | Self::Panic => b'E',
            _ => b'N',
        }
    }
}

/// An error or a notice that we say ourselves. Texts are in the client's encoding.
#[derive(Clone, Copy, Debug)]
pub struct Report<'a> {
    pub severity: Severity,
    /// Five characters.
    pub sqlstate: &'a str,
    pub message: &'a [u8],
    pub detail: Option<&'a [u8]>,
    pub hint: Option<&'a [u8]>,
    /// Counted in characters of the statement, from 1.
    pub position: Option<usize>,
}

impl<'a> Report<'a> {
    /// A report with a message alone.
    #[must_use]
    pub fn new(severity: Severity, sqlstate: &'a str, message: &'a [u8]) -> Self {
        Self { severity, sqlstate, message, detail: None, hint: None, position: None }
    }
}

/// Bytes after which a text of our own is cut, so that a report can always be written.
const REPORT_TEXT_LIMIT: usize = 64 * 1024;

/// ErrorResponse or NoticeResponse, by the severity. A text ends at its first zero byte, as it would for any reader.
pub fn report<B: Buffer>(buffer: &mut B, report: &Report<'_>) {
    let position = report.position.map(|position| position.to_string());
    let fields = [
        (b'S', Some(report.severity.as_str().as_bytes())),
        (b'V', Some(report.severity.as_str().as_bytes())),
        (b'C', Some(report.sqlstate.as_bytes())),
        (b'M', Some(report.message)),
        (b'D', report.detail),
        (b'H', report.hint),
        (b'P', position.as_deref().map(str::as_bytes)),
    ];
    let fields = fields.into_iter().filter_map(|(code, text)| Some((code, sayable(text?))));
    let written = self::fields(buffer, report.severity.tag(), fields);
    debug_assert!(written.is_ok(), "texts are short and hold no zero byte");
}

fn sayable(text: &[u8]) -> &[u8] {
    let text = text.split(|&byte| byte == 0).next().unwrap_or_default();
    text.get(..REPORT_TEXT_LIMIT).unwrap_or(text)
}

/// ErrorResponse (`E`) or NoticeResponse (`N`) from fields: code and text.
///
/// # Errors
/// A zero byte in a text; too long.
pub fn fields<'a, B: Buffer>(
    buffer: &mut B,
    tag: u8,
    fields: impl IntoIterator<Item = (u8, &'a [u8])>,
) -> Result<(), Unwritable> {
    message(buffer, Sender::Server, tag, "report", |buffer| {
        for (code, text) in fields {
            if code == 0 {
                return Err(Unwritable::ZeroByte("field code"));
            }
            buffer.put_u8(code);
            cstr(buffer, "field of a report", text)?;
        }
        buffer.put_u8(0);
        Ok(())
    })
}

/// NotificationResponse (`A`).
///
/// # Errors
/// A zero byte in a text; too long.
pub fn notification<B: Buffer>(
    buffer: &mut B,
    process_id: u32,
    channel: &[u8],
    payload: &[u8],
) -> Result<(), Unwritable> {
    message(buffer, Sender::Server, b'A', "NotificationResponse", |buffer| {
        buffer.put_u32(process_id);
        cstr(buffer, "channel", channel)?;
        cstr(buffer, "payload", payload)
    })
}

pub fn ready_for_query(buffer: &mut impl BufMut, status: Status) {
    fixed(buffer, b'Z', &[status.as_u8()]);
}

/// # Errors
/// A zero byte in a text; too long.
pub fn parameter_status(buffer: &mut impl Buffer, name: &[u8], setting: &[u8]) -> Result<(), Unwritable> {
    message(buffer, Sender::Server, b'S', "ParameterStatus", |buffer| {
        cstr(buffer, "name of a setting", name)?;
        cstr(buffer, "value of a setting", setting)
    })
}

/// # Errors
/// A key that is too long for any version of the protocol.
pub fn backend_key_data(buffer: &mut impl Buffer, process_id: u32, key: &[u8]) -> Result<(), Unwritable> {
    message(buffer, Sender::Server, b'K', "BackendKeyData", |buffer| {
        buffer.put_u32(process_id);
        buffer.put_slice(cancel_key(key)?);
        Ok(())
    })
}

fn cancel_key(key: &[u8]) -> Result<&[u8], Unwritable> {
    if key.len() > super::client::CANCEL_KEY_LIMIT { Err(Unwritable::TooLong("cancel key")) } else { Ok(key) }
}

pub fn authentication_ok(buffer: &mut impl BufMut) {
    fixed(buffer, b'R', &0_u32.to_be_bytes());
}

pub fn authentication_cleartext_password(buffer: &mut impl BufMut) {
    fixed(buffer, b'R', &3_u32.to_be_bytes());
}

/// The SASL mechanisms on offer, the preferred one first.
///
/// # Errors
/// A zero byte in a name.
pub fn authentication_sasl(buffer: &mut impl Buffer, mechanisms: &[&str]) -> Result<(), Unwritable> {
    message(buffer, Sender::Server, b'R', "AuthenticationSASL", |buffer| {
        buffer.put_u32(10);
        for mechanism in mechanisms {
            cstr(buffer, "SASL mechanism", mechanism.as_bytes())?;
        }
        buffer.put_u8(0);
        Ok(())
    })
}

/// # Errors
/// Too long.
pub fn authentication_sasl_continue(buffer: &mut impl Buffer, data: &[u8]) -> Result<(), Unwritable> {
    authentication(buffer, "AuthenticationSASLContinue", 11, data)
}

/// # Errors
/// Too long.
pub fn authentication_sasl_final(buffer: &mut impl Buffer, data: &[u8]) -> Result<(), Unwritable> {
    authentication(buffer, "AuthenticationSASLFinal", 12, data)
}

fn authentication(buffer: &mut impl Buffer, name: &'static str, code: u32, data: &[u8]) -> Result<(), Unwritable> {
    message(buffer, Sender::Server, b'R', name, |buffer| {
        buffer.put_u32(code);
        buffer.put_slice(data);
        Ok(())
    })
}

/// Tells a client that asked for more which version will be spoken and which of its `_pq_.` options are unknown.
///
/// # Errors
/// A zero byte in a name; too long.
pub fn negotiate_protocol_version(
    buffer: &mut impl Buffer,
    version: ProtocolVersion,
    unknown: &[&[u8]],
) -> Result<(), Unwritable> {
    message(buffer, Sender::Server, b'v', "NegotiateProtocolVersion", |buffer| {
        buffer.put_u32(version.code());
        buffer.put_u32(u32::try_from(unknown.len()).map_err(|_| Unwritable::TooLong("option list"))?);
        unknown.iter().try_for_each(|name| cstr(buffer, "name of an option", name))
    })
}

/// # Errors
/// A zero byte in a name; more than 65,535 fields.
pub fn row_description(buffer: &mut impl Buffer, fields: &[FieldDescription<'_>]) -> Result<(), Unwritable> {
    message(buffer, Sender::Server, b'T', "RowDescription", |buffer| {
        count(buffer, "fields of a row", fields.len())?;
        for field in fields {
            cstr(buffer, "name of a field", field.name)?;
            buffer.put_u32(field.table_oid);
            buffer.put_i16(field.column_number);
            buffer.put_u32(field.type_oid);
            buffer.put_i16(field.type_size);
            buffer.put_i32(field.type_modifier);
            buffer.put_i16(field.format);
        }
        Ok(())
    })
}

/// # Errors
/// More than 65,535 values; too long.
pub fn data_row(buffer: &mut impl Buffer, values: &[Option<&[u8]>]) -> Result<(), Unwritable> {
    message(buffer, Sender::Server, b'D', "DataRow", |buffer| {
        count(buffer, "values of a row", values.len())?;
        values.iter().try_for_each(|&column| value(buffer, "value of a row", column))
    })
}

/// # Errors
/// A zero byte in the tag; too long.
pub fn command_complete(buffer: &mut impl Buffer, tag: &[u8]) -> Result<(), Unwritable> {
    message(buffer, Sender::Server, b'C', "CommandComplete", |buffer| cstr(buffer, "command tag", tag))
}

// ---- messages of a client ----

/// # Errors
/// A zero byte in the text; too long.
pub fn query(buffer: &mut impl Buffer, text: &[u8]) -> Result<(), Unwritable> {
    message(buffer, Sender::Client, b'Q', "Query", |buffer| cstr(buffer, "query text", text))
}

/// # Errors
/// A zero byte in a text; more than 65,535 types; too long.
pub fn parse(
    buffer: &mut impl Buffer,
    name: &[u8],
    text: &[u8],
    types: impl ExactSizeIterator<Item = u32>,
) -> Result<(), Unwritable> {
    message(buffer, Sender::Client, b'P', "Parse", |buffer| {
        cstr(buffer, "name of a statement", name)?;
        cstr(buffer, "query text", text)?;
        count(buffer, "parameter types", types.len())?;
        types.for_each(|oid| buffer.put_u32(oid));
        Ok(())
    })
}

/// # Errors
/// A zero byte in a name; more than 65,535 items; too long.
pub fn bind(
    buffer: &mut impl Buffer,
    portal: &[u8],
    statement: &[u8],
    formats: &[i16],
    values: &[Option<&[u8]>],
    result_formats: &[i16],
) -> Result<(), Unwritable> {
    message(buffer, Sender::Client, b'B', "Bind", |buffer| {
        cstr(buffer, "name of a portal", portal)?;
        cstr(buffer, "name of a statement", statement)?;
        codes(buffer, "parameter formats", formats)?;
        count(buffer, "parameters", values.len())?;
        values.iter().try_for_each(|&parameter| value(buffer, "parameter", parameter))?;
        codes(buffer, "result formats", result_formats)
    })
}

/// Bind with other names: `tail` is everything behind the names, as [`super::client::Bind::tail`] gives it.
///
/// # Errors
/// A zero byte in a name; too long.
pub fn bind_renamed(buffer: &mut impl Buffer, portal: &[u8], statement: &[u8], tail: &[u8]) -> Result<(), Unwritable> {
    message(buffer, Sender::Client, b'B', "Bind", |buffer| {
        cstr(buffer, "name of a portal", portal)?;
        cstr(buffer, "name of a statement", statement)?;
        buffer.put_slice(tail);
        Ok(())
    })
}

fn codes(buffer: &mut impl Buffer, field: &'static str, codes: &[i16]) -> Result<(), Unwritable> {
    count(buffer, field, codes.len())?;
    codes.iter().for_each(|&code| buffer.put_i16(code));
    Ok(())
}

/// # Errors
/// A zero byte in the name; too long.
pub fn describe(buffer: &mut impl Buffer, target: super::client::Target<'_>) -> Result<(), Unwritable> {
    targeted(buffer, b'D', "Describe", target)
}

/// # Errors
/// A zero byte in the name; too long.
pub fn close(buffer: &mut impl Buffer, target: super::client::Target<'_>) -> Result<(), Unwritable> {
    targeted(buffer, b'C', "Close", target)
}

fn targeted(
    buffer: &mut impl Buffer,
    tag: u8,
    name: &'static str,
    target: super::client::Target<'_>,
) -> Result<(), Unwritable> {
    message(buffer, Sender::Client, tag, name, |buffer| {
        buffer.put_u8(target.kind());
        cstr(buffer, "name", target.name())
    })
}

/// `max_rows` 0: all rows.
///
/// # Errors
/// A zero byte in the name; too long.
pub fn execute(buffer: &mut impl Buffer, portal: &[u8], max_rows: i32) -> Result<(), Unwritable> {
    message(buffer, Sender::Client, b'E', "Execute", |buffer| {
        cstr(buffer, "name of a portal", portal)?;
        buffer.put_i32(max_rows);
        Ok(())
    })
}

pub fn sync(buffer: &mut impl BufMut) {
    fixed(buffer, b'S', &[]);
}

pub fn flush(buffer: &mut impl BufMut) {
    fixed(buffer, b'H', &[]);
}

pub fn terminate(buffer: &mut impl BufMut) {
    fixed(buffer, b'X', &[]);
}

/// Ends a COPY from the client with an error.
///
/// # Errors
/// A zero byte in the message; too long.
pub fn copy_fail(buffer: &mut impl Buffer, reason: &[u8]) -> Result<(), Unwritable> {
    message(buffer, Sender::Client, b'f', "CopyFail", |buffer| cstr(buffer, "reason", reason))
}

/// # Errors
/// A zero byte in the password; too long.
pub fn password(buffer: &mut impl Buffer, password: &[u8]) -> Result<(), Unwritable> {
    message(buffer, Sender::Client, b'p', "PasswordMessage", |buffer| cstr(buffer, "password", password))
}

/// # Errors
/// A zero byte in the mechanism; too long.
pub fn sasl_initial_response(buffer: &mut impl Buffer, mechanism: &str, data: &[u8]) -> Result<(), Unwritable> {
    message(buffer, Sender::Client, b'p', "SASLInitialResponse", |buffer| {
        cstr(buffer, "SASL mechanism", mechanism.as_bytes())?;
        value(buffer, "SASL data", Some(data))
    })
}

/// # Errors
/// Too long.
pub fn sasl_response(buffer: &mut impl Buffer, data: &[u8]) -> Result<(), Unwritable> {
    message(buffer, Sender::Client, b'p', "SASLResponse", |buffer| {
        buffer.put_slice(data);
        Ok(())
    })
}

/// A start-up packet: settings by name and value, `user` among them.
///
/// # Errors
/// A zero byte in a text, an empty name (it would end the list), too long for PostgreSQL.
pub fn startup<'a>(
    buffer: &mut impl Buffer,
    version: ProtocolVersion,
    options: impl IntoIterator<Item = (&'a [u8], &'a [u8])>,
) -> Result<(), Unwritable> {
    counted(buffer, "start-up packet", STARTUP_PACKET_LIMIT + 4, |buffer| {
        buffer.put_u32(version.code());
        for (name, setting) in options {
            if name.is_empty() {
                return Err(Unwritable::ZeroByte("name of an option"));
            }
            cstr(buffer, "name of an option", name)?;
            cstr(buffer, "value of an option", setting)?;
        }
        buffer.put_u8(0);
        Ok(())
    })
}

pub fn ssl_request(buffer: &mut impl BufMut) {
    buffer.put_u32(8);
    buffer.put_u32(SSL_REQUEST);
}

pub fn gssenc_request(buffer: &mut impl BufMut) {
    buffer.put_u32(8);
    buffer.put_u32(GSSENC_REQUEST);
}

/// # Errors
/// A key that is too long for any version of the protocol.
pub fn cancel_request(buffer: &mut impl Buffer, process_id: u32, key: &[u8]) -> Result<(), Unwritable> {
    counted(buffer, "CancelRequest", STARTUP_PACKET_LIMIT + 4, |buffer| {
        buffer.put_u32(CANCEL_REQUEST);
        buffer.put_u32(process_id);
        buffer.put_slice(cancel_key(key)?);
        Ok(())
    })
}
