//! What a restricted client sees of an error: refusals in place of the failure that stands for them, positions in
//! the client's own text, and nothing said from inside functions and triggers.

use std::borrow::Cow;

use bytes::{Bytes, BytesMut};

use crate::catalog::snapshot::Snapshot;
use crate::model::facts::{Facts, SessionEffect, StatementClass};
use crate::model::ids::Oid;
use crate::model::refusal::{Reason, Refusal};
use crate::rights::table::{GUARD_MARK, RelationRight, Rights};
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

/// Stands for texts that quote what the server computed when it wrote a row with protected values.
const WITHHELD_VALUES: &[u8] = b"menshen: the message of an error over protected values is withheld";

/// The fields of a refusal, without severity.
fn said(refusal: &Refusal, encoding: Encoding) -> Vec<(u8, Vec<u8>)> {
    let say = |text: &str| encoding.encode(text).map_or_else(|_| ascii(text).into_bytes(), Cow::into_owned);
    let message = match refusal.reason {
        Reason::Syntax | Reason::Cancelled => refusal.message.to_string(),
        reason if reason.is_unknown() => refusal.message.to_string(),
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

/// Writes an error of Menshen's own, where the server has none.
///
/// # Errors
/// When it is too long for a message.
pub fn say(refusal: &Refusal, encoding: Encoding, out: &mut BytesMut) -> Result<(), Fault> {
    let said = said(refusal, encoding);
    let severity = [(b'S', b"ERROR".as_slice()), (b'V', b"ERROR")];
    let fields = severity.into_iter().chain(said.iter().map(|(code, text)| (*code, text.as_slice())));
    write::fields(out, b'E', fields).map_err(Fault::unwritable)
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

/// What decides how much of an error or notice is passed on: who asks, and what it was asked for.
#[derive(Clone, Copy, Debug)]
pub struct Concern<'a> {
    pub rights: &'a Rights,
    pub snapshot: &'a Snapshot,
    /// The statements that may be running; `None`: one that nobody knows.
    pub facts: Option<&'a [Facts]>,
}

impl Concern<'_> {
    /// Whether a relation has something that this principal may not see; what is not known has.
    fn guarded(&self, relation: Oid) -> bool {
        self.rights.hides(relation)
    }

    fn touches_guarded(&self) -> bool {
        let guarded = |facts: &Facts| facts.relations.iter().any(|relation| self.guarded(*relation));
        self.facts.is_none_or(|all| all.iter().any(guarded))
    }

    /// Whether the relation that the error names is one whose rows are all clear: of temporary ones a session meets its own
    /// alone.
    fn of_clear_relation(&self, fields: &Fields<'_>) -> bool {
        let Some((schema, table)) = named_relation(fields) else { return false };
        schema.starts_with("pg_temp_")
            || self.snapshot.relation_named(schema, table).is_some_and(|relation| !self.guarded(relation.oid))
    }

    /// Whether a context is that of a RAISE in a function whose messages the policy opens: its first line names who spoke
    /// (`plpgsql_exec_error_callback`), with its schema where the name alone may mean another. What it says is its
    /// author's; what the server says inside of it is not.
    fn hears(&self, context: &[u8]) -> bool {
        let spoken = || {
            let line = std::str::from_utf8(context.split(|byte| *byte == b'\n').next()?).ok()?;
            let (signature, place) = line.strip_prefix("PL/pgSQL function ")?.rsplit_once(" line ")?;
            let number = place.strip_suffix(" at RAISE")?;
            let name = signature.strip_suffix(')')?.split_once('(')?.0;
            let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.');
            (number.bytes().all(|byte| byte.is_ascii_digit()) && name.bytes().all(plain)).then_some(name)
        };
        let Some(name) = spoken() else { return false };
        let (schema, name) = name.split_once('.').map_or((None, name), |(schema, name)| (Some(schema), name));
        let named = self.snapshot.functions_named(name).iter();
        let mut meant = named.filter(|one| schema.is_none_or(|schema| schema == &*one.schema)).peekable();
        meant.peek().is_some() && meant.all(|one| self.rights.function_heard(&one.schema, &one.name))
    }

    fn is(&self, class: StatementClass) -> bool {
        self.facts.is_some_and(|all| all.iter().any(|facts| facts.class == class))
    }

    /// A violated constraint prints rows and keys, which are not only what the client has sent: those stay with the
    /// server unless everything that could be in them is clear.
    fn detail_stays(&self, fields: &Fields<'_>) -> bool {
        match fields.get(b'C') {
            // which table is written and which one refers to it may both be another than the statement names: by a
            // cascade, or by what was put off until the end of the transaction
            Some(state) if REFERENCES.contains(&state) => false,
            Some(state) if state.starts_with(b"23") || state.starts_with(b"44") => {
                self.of_clear_relation(fields) && !self.touches_guarded()
            }
            _ => !self.computed_on_true_values(fields),
        }
    }

    /// Whether an error may name the partition that a row is in, which tells of a protected column: every one that comes
    /// up as rows are met. Those with a place are of the statement itself.
    fn tells_partition(&self, fields: &Fields<'_>) -> bool {
        let parted = |facts: &Facts| {
            let executes = facts.effects.iter().any(|effect| matches!(effect, SessionEffect::Execute(_)));
            executes || facts.relations.iter().any(|relation| self.rights.parted(*relation))
        };
        let state = fields.get(b'C').unwrap_or_default();
        self.rights.parts()
            && ((REFERENCES.contains(&state) && self.names_partition(fields))
                || self.facts.is_none_or(|all| all.iter().any(parted)))
            && fields.get(b'P').is_none()
            && ![b"42".as_slice(), b"0A", b"25", b"26", b"34"].iter().any(|class| state.starts_with(class))
    }

    /// Whether a foreign key's error may name a partition: by the table that refers, or by one that it refers to.
    fn names_partition(&self, fields: &Fields<'_>) -> bool {
        let relation = named_relation(fields).and_then(|(schema, table)| self.snapshot.relation_named(schema, table));
        let parted = |oid| {
            let closed = matches!(self.rights.relation(oid), Some(RelationRight::Refused(_)));
            closed || self.rights.parted(oid)
        };
        relation.is_none_or(|one| parted(one.oid) || one.references.iter().any(|reference| parted(reference.to)))
    }

    /// Index expressions, checks, generated columns and row security are computed on true values when a row is written,
    /// and nothing but their absence of a place in the statement tells their errors from the client's own.
    fn computed_on_true_values(&self, fields: &Fields<'_>) -> bool {
        let may_write = [StatementClass::Write, StatementClass::CopyIn, StatementClass::Prepared];
        let writes = self.facts.is_none_or(|all| all.iter().any(|facts| may_write.contains(&facts.class)));
        let own = fields.get(b'P').is_some() || fields.get(b'W').is_some_and(of_parameter);
        let state = fields.get(b'C').unwrap_or_default();
        let silent =
            SILENT_STATES.contains(&state) || fields.get(b'M').is_some_and(|text| SILENT_TEXTS.contains(&text));
        writes && self.touches_guarded() && !own && !silent && state.starts_with(b"22")
    }
}

/// The schema and the table that an error names.
fn named_relation<'a>(fields: &Fields<'a>) -> Option<(&'a str, &'a str)> {
    let text = |code| std::str::from_utf8(fields.get(code)?).ok();
    text(b's').zip(text(b't'))
}

/// Violated foreign keys.
const REFERENCES: [&[u8]; 2] = [b"23503", b"23001"];

/// Data exceptions whose messages never quote a value: string too long, division by zero, NULL not allowed.
const SILENT_STATES: [&[u8]; 3] = [b"22001", b"22012", b"22004"];

/// Texts of 22003 that quote no value; others of it do.
const SILENT_TEXTS: [&[u8]; 5] = [
    b"numeric field overflow",
    b"value overflows numeric format",
    b"smallint out of range",
    b"integer out of range",
    b"bigint out of range",
];

/// Writes the server's error with its position moved to the client's own text, and without what it may not show.
///
/// # Errors
/// When the server's error is malformed.
pub fn clean(
    frame: Frame<'_>,
    concern: Concern<'_>,
    analysed: Option<&Analysed>,
    out: &mut BytesMut,
) -> Result<(), Fault> {
    if let Some(withheld) = without_inside(frame, concern)? {
        out.extend_from_slice(&withheld);
        return Ok(());
    }
    let fields = Fields::read("ErrorResponse", frame.body()).map_err(Fault::server)?;
    if concern.computed_on_true_values(&fields) || concern.tells_partition(&fields) {
        return withhold(frame.tag(), &fields, WITHHELD_VALUES, out);
    }
    let moved_text = analysed.filter(|analysed| analysed.rewritten());
    let detail = concern.detail_stays(&fields);
    if moved_text.is_none() && detail {
        out.extend_from_slice(frame.bytes());
        return Ok(());
    }
    let moved = |text: &[u8]| -> Option<String> {
        let position: usize = std::str::from_utf8(text).ok()?.parse().ok()?;
        Some((moved_text?.original(position.checked_sub(1)?)? + 1).to_string())
    };
    let change = |code, text| match code {
        b'P' if moved_text.is_some() => moved(text).map(|position| Cow::Owned(position.into_bytes())),
        b'D' if !detail => None,
        _ => Some(Cow::Borrowed(text)),
    };
    fields.rewrite(out, b'E', change, &[]).map_err(Fault::unwritable)
}

/// For errors and notices raised inside functions and triggers: the same with texts withheld, unless a function speaks
/// whose messages the policy opens; `None` for others.
///
/// # Errors
/// When the message is malformed.
pub fn without_inside(frame: Frame<'_>, concern: Concern<'_>) -> Result<Option<Bytes>, Fault> {
    let fields = Fields::read("report", frame.body()).map_err(Fault::server)?;
    let own = |context| of_the_statement(context, concern.is(StatementClass::CopyIn));
    if fields.get(b'W').is_none_or(own) {
        return Ok(None);
    }
    let mut out = BytesMut::new();
    if fields.get(b'W').is_some_and(|context| concern.hears(context)) {
        let kept = fields.iter().filter(|(code, _)| b"SVCMDH".contains(code));
        write::fields(&mut out, frame.tag(), kept).map_err(Fault::unwritable)?;
    } else {
        withhold(frame.tag(), &fields, WITHHELD, &mut out)?;
    }
    Ok(Some(out.freeze()))
}

/// Whether a notice is one that a client only gets under settings that are closed to it: what the server says to itself,
/// statements and plans among it.
///
/// # Errors
/// When the message is malformed.
pub fn is_of_the_log(frame: Frame<'_>) -> Result<bool, Fault> {
    let fields = Fields::read("NoticeResponse", frame.body()).map_err(Fault::server)?;
    let severity = fields.get(b'V').or_else(|| fields.get(b'S')).unwrap_or_default();
    Ok(severity.starts_with(b"DEBUG") || severity == b"LOG")
}

/// State and severity with another text.
fn withhold(tag: u8, fields: &Fields<'_>, text: &'static [u8], out: &mut BytesMut) -> Result<(), Fault> {
    let kept = fields.iter().filter_map(|(code, was)| match code {
        b'M' => Some((code, text)),
        b'S' | b'V' | b'C' => Some((code, was)),
        _ => None,
    });
    write::fields(out, tag, kept).map_err(Fault::unwritable)
}

/// Whether a context says where in the client's own statement something happened, and nothing was called: the line of
/// COPY, a parameter, a place in JSON text, a row that somebody else holds.
fn of_the_statement(context: &[u8], copying: bool) -> bool {
    const WORKER: &[u8] = b"parallel worker";
    let inner = context.strip_suffix(WORKER).map(|rest| rest.strip_suffix(b"\n").unwrap_or(rest));
    let context = inner.unwrap_or(context);
    let line = !context.contains(&b'\n');
    context.is_empty()
        || (copying && context.starts_with(b"COPY ") && !calls(context))
        || of_parameter(context)
        || (line && context.starts_with(b"JSON data, line "))
        || (line && context.starts_with(b"while ") && has(context, b" tuple (") && has(context, b" in relation \""))
}

fn has(text: &[u8], part: &[u8]) -> bool {
    text.windows(part.len()).any(|window| window == part)
}

/// Whether a context of several lines has one of a function or of a statement inside of one.
fn calls(context: &[u8]) -> bool {
    [b"\nSQL ".as_slice(), b"\nPL/", b" function "].iter().any(|mark| has(context, mark)) && context.contains(&b'\n')
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
