//! What a restricted client sees of an error: refusals in place of the failure that stands for them, positions in
//! the client's own text, and nothing said from inside functions and triggers.

use std::borrow::Cow;

use bytes::{Bytes, BytesMut};

use crate::catalog::snapshot::Snapshot;
use crate::model::ids::Oid;
use crate::model::refusal::{Reason, Refusal};
use crate::rights::table::GUARD_MARK;
use crate::sql::analyse::Outcome;
use crate::wire::encoding::Encoding;
use crate::wire::frame::Frame;
use crate::wire::server::Fields;
use crate::wire::write;

use super::Fault;
use super::authority::Analysed;

/// SQLSTATE of a text that is no value of its type.
const INVALID_TEXT: &[u8] = b"22P02";

/// Stands for texts that a function or trigger may have filled with protected values.
const WITHHELD: &[u8] = b"menshen: the message from inside a function or trigger is withheld";

/// The fields of a refusal, without severity.
fn said(refusal: &Refusal, encoding: Encoding) -> Vec<(u8, Vec<u8>)> {
    let say = |text: &str| encoding.encode(text).map_or_else(|_| ascii(text).into_bytes(), Cow::into_owned);
    let message = match refusal.reason {
        Reason::UnknownRelation | Reason::Syntax => refusal.message.to_string(),
        _ => format!("menshen: {}", refusal.message),
    };
    let mut fields = vec![(b'C', refusal.reason.sqlstate().as_bytes().to_vec()), (b'M', say(&message))];
    fields.extend(refusal.detail.as_deref().map(|detail| (b'D', say(detail))));
    fields.extend(refusal.hint.as_deref().map(|hint| (b'H', say(hint))));
    fields.extend(refusal.position.map(|position| (b'P', (position + 1).to_string().into_bytes())));
    fields
}

/// The refusal that the failing cast of a write-back guard stands for: which column would have been given a mask.
#[must_use]
pub fn masked_reading(fields: &Fields<'_>, snapshot: &Snapshot) -> Option<Refusal> {
    let message = fields.get(b'M').filter(|_| fields.sqlstate() == Some(INVALID_TEXT))?;
    let mark = GUARD_MARK.as_bytes();
    let start = message.windows(mark.len()).position(|window| window == mark)? + mark.len();
    let named = message.get(start..)?.split(|byte| !byte.is_ascii_digit() && *byte != b'.').next()?;
    let (relation, number) = std::str::from_utf8(named).ok()?.split_once('.')?;
    let relation = snapshot.relation(Oid(relation.parse().ok()?))?;
    let column = relation.column_by_number(number.parse().ok()?)?;
    let column = format!("{}.{}.{}", relation.schema, relation.name, column.name);
    Some(
        Refusal::new(Reason::ProtectedWrite, format!("a masked reading may not be written to {column}"))
            .detail("The value is a mask, and not the one that stands for the present value.")
            .hint("Write the whole true value, or leave the column out of the statement."),
    )
}

fn ascii(text: &str) -> String {
    text.chars().map(|c| if c.is_ascii() { c } else { '?' }).collect()
}

/// Writes the refusal in place of the server's error, keeping the server's severity.
///
/// # Errors
/// When the server's error is malformed.
pub fn swap(frame: Frame<'_>, refusal: &Refusal, encoding: Encoding, out: &mut BytesMut) -> Result<(), Fault> {
    let server = Fields::read("ErrorResponse", frame.body()).map_err(Fault::server)?;
    // In a failed transaction the server says just that, whatever it is asked.
    if server.get(b'C') == Some(b"25P02".as_slice()) {
        out.extend_from_slice(frame.bytes());
        return Ok(());
    }
    let said = said(refusal, encoding);
    let mut fields: Vec<(u8, &[u8])> = server.iter().filter(|(code, _)| matches!(code, b'S' | b'V')).collect();
    fields.extend(said.iter().map(|(code, text)| (*code, text.as_slice())));
    write::fields(out, b'E', fields).map_err(Fault::unwritable)
}

/// Writes the server's error with its position moved to the client's own text.
///
/// # Errors
/// When the server's error is malformed.
pub fn clean(frame: Frame<'_>, analysed: Option<&Analysed>, out: &mut BytesMut) -> Result<(), Fault> {
    if let Some(withheld) = without_inside(frame)? {
        out.extend_from_slice(&withheld);
        return Ok(());
    }
    let Some(Outcome::Rewritten { map, .. }) = analysed.map(|analysed| &analysed.plan.outcome) else {
        out.extend_from_slice(frame.bytes());
        return Ok(());
    };
    let fields = Fields::read("ErrorResponse", frame.body()).map_err(Fault::server)?;
    let moved = |text: &[u8]| -> Option<String> {
        let position: usize = std::str::from_utf8(text).ok()?.parse().ok()?;
        Some((map.original(position.checked_sub(1)?) + 1).to_string())
    };
    let change = |code, text| match code {
        b'P' => moved(text).map(|position| Cow::Owned(position.into_bytes())),
        _ => Some(Cow::Borrowed(text)),
    };
    fields.rewrite(out, b'E', change, &[]).map_err(Fault::unwritable)
}

/// For errors and notices raised inside functions and triggers: the same with texts withheld; `None` for others.
///
/// # Errors
/// When the message is malformed.
pub fn without_inside(frame: Frame<'_>) -> Result<Option<Bytes>, Fault> {
    let fields = Fields::read("report", frame.body()).map_err(Fault::server)?;
    let inside = fields.get(b'W').is_some_and(|context| !context.starts_with(b"COPY ") && !of_parameter(context));
    if !inside {
        return Ok(None);
    }
    let kept = fields.iter().filter_map(|(code, text)| match code {
        b'M' => Some((code, WITHHELD)),
        b'S' | b'V' | b'C' => Some((code, text)),
        _ => None,
    });
    let mut out = BytesMut::new();
    write::fields(&mut out, frame.tag(), kept).map_err(Fault::unwritable)?;
    Ok(Some(out.freeze()))
}

/// Whether a context is the one line that Bind adds for a parameter whose text is no value of its type: nothing is said
/// there but the client's own value.
fn of_parameter(context: &[u8]) -> bool {
    let behind = match context.strip_prefix(b"portal \"") {
        Some(named) => named.split(|byte| *byte == b'"').nth(1).unwrap_or_default(),
        None => context.strip_prefix(b"unnamed portal").unwrap_or_default(),
    };
    behind.starts_with(b" parameter $") && !context.contains(&b'\n')
}
