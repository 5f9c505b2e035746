//! What "the same answer" means.

use super::wire::Message;

/// The policy error in an answer, if it was refused.
pub fn refusal(answer: &[Message]) -> Option<String> {
    let errors = answer.iter().filter(|message| message.kind == b'E');
    errors.filter_map(|error| error.field(b'M')).find(|message| message.starts_with("menshen:"))
}

/// What the numbers of objects mean in a world.
#[derive(Clone, Debug, Default)]
pub struct Numbers {
    /// The row types of its tables.
    pub row_types: Vec<u32>,
    /// From this one on, objects are a session's own, and the same object has another number elsewhere.
    pub own: u32,
}

/// `record`.
const RECORD: u32 = 2249;

/// How Menshen's answer on A differs from PostgreSQL's on M: columns (names, types), rows, command tags, SQLSTATE,
/// message (but for pins) and position of errors, transaction status. Origins of columns may differ: a mask has none. A whole row
/// of a substituted scan is a `record` where the table's is of its row type.
pub fn differs_from_masked(
    menshen: &[Message],
    masked: &[Message],
    ordered: bool,
    numbers: &Numbers,
) -> Option<String> {
    let ty = |oid| if numbers.row_types.contains(&oid) || oid >= numbers.own { RECORD } else { oid };
    let view = |message: &Message| comparable(message, |_| 0, ty);
    if alike(menshen, masked, view) || asks_a_row_type(masked) {
        return None;
    }
    let (mut menshen, masked) = (strip(menshen, ordered, view), strip(masked, ordered, view));
    for (at, (one, other)) in menshen.iter_mut().zip(&masked).enumerate() {
        if one.kind == b'T' && other.kind == b'T' {
            let rows: Vec<_> = masked[at + 1..].iter().take_while(|message| message.kind == b'D').collect();
            let ends = |message: &Message| matches!(message.kind, b'C' | b's');
            let executed = !rows.is_empty() || masked.get(at + 1).is_some_and(ends);
            overlook_modifiers(one, other, &rows, executed);
        }
    }
    difference(&menshen, &masked)
}

/// A table's row type has no order where a column has none (`json`), and the parser says so; a `record`, which Menshen's
/// rows are, is asked only when two rows are alike so far. More is answered than M answers, and nothing else.
pub fn asks_a_row_type(masked: &[Message]) -> bool {
    let missing = ["ordering", "equality"].map(|kind| format!("could not identify an {kind} operator for type "));
    masked.iter().any(|message| {
        let text = |code| message.field(code).unwrap_or_default();
        message.kind == b'E' && text(b'C') == "42883" && missing.iter().any(|start| text(b'M').starts_with(start))
    })
}

/// A simple query's columns are described as planned: where a hidden column is NULL for certain, the planner may know a
/// length that it cannot know of M's column, or forget one (`coalesce` of nothing but NULLs has none). A length that M
/// knows counts wherever there is a value, and where nothing was executed.
fn overlook_modifiers(menshen: &mut Message, masked: &Message, rows: &[&Message], executed: bool) {
    const NONE: [u8; 4] = [0xff; 4];
    let (mut at, end) = (2, menshen.body.len().min(masked.body.len()));
    let mut column = 0;
    while let Some(name) = masked.body[at.min(end)..end].iter().position(|byte| *byte == 0) {
        let modifier = at + name + 13..at + name + 17;
        if modifier.end <= end {
            let forgotten = menshen.body[modifier.clone()] == NONE && rows.iter().all(|row| is_null(row, column));
            if masked.body[modifier.clone()] == NONE {
                menshen.body[modifier].fill(0xff);
            } else if forgotten && executed {
                menshen.body[modifier.clone()].copy_from_slice(&masked.body[modifier]);
            }
        }
        (at, column) = (at + name + 19, column + 1);
    }
}

fn is_null(row: &Message, column: usize) -> bool {
    let mut rest = &row.body[2..];
    for _ in 0..column {
        let length = i32::from_be_bytes(rest[..4].try_into().expect("a length"));
        rest = &rest[4 + usize::try_from(length).unwrap_or(0)..];
    }
    rest[..4] == [0xff; 4]
}

/// How what a principal observes of A differs from what it observes of B: nothing may, but the numbers of the session's
/// own temporary tables and of its process.
pub fn differs_between_worlds(a: &[Message], b: &[Message], ordered: bool, numbers: &Numbers) -> Option<String> {
    let shared = |oid: u32| oid.min(numbers.own);
    let view = |message: &Message| match message.kind {
        b'T' => comparable(message, shared, shared),
        b'A' => Message { kind: b'A', body: message.body[4..].to_vec() },
        _ => message.clone(),
    };
    if alike(a, b, view) {
        return None;
    }
    difference(&strip(a, ordered, view), &strip(b, ordered, view))
}

/// Whether they are the same message by message: nearly all are, and then nothing needs to be sorted.
fn alike(left: &[Message], right: &[Message], view: impl Fn(&Message) -> Message) -> bool {
    let same = |(one, other): (&Message, &Message)| one == other || view(one) == view(other);
    left.len() == right.len() && left.iter().zip(right).all(same)
}

/// The answer with no positions in its errors.
pub fn without_positions(answer: &[Message]) -> Vec<Message> {
    let strip = |message: &Message| {
        let fields = message.body.split(|byte| *byte == 0).filter(|field| field.first() != Some(&b'P'));
        Message { kind: message.kind, body: fields.collect::<Vec<_>>().join(&0) }
    };
    let kept = |message: &Message| if message.kind == b'E' { strip(message) } else { message.clone() };
    answer.iter().map(kept).collect()
}

fn difference(left: &[Message], right: &[Message]) -> Option<String> {
    let at = left.iter().zip(right).position(|(left, right)| left != right);
    let at = at.or((left.len() != right.len()).then(|| left.len().min(right.len())))?;
    let show = |side: &[Message]| side.get(at).map_or("nothing".into(), Message::show);
    Some(format!("message {at} of {}/{}:\n    {}\n    {}", left.len(), right.len(), show(left), show(right)))
}

/// Applies `view` to each message; rows without an order are sorted.
fn strip(answer: &[Message], ordered: bool, view: impl Fn(&Message) -> Message) -> Vec<Message> {
    let mut messages: Vec<Message> = answer.iter().map(view).collect();
    if !ordered {
        // A statement's rows may come in portions.
        for answer in messages.split_inclusive_mut(|message| message.kind == b'C') {
            let mut rows: Vec<Message> = answer.iter().filter(|message| is_row(message)).cloned().collect();
            rows.sort();
            answer.iter_mut().filter(|message| is_row(message)).zip(rows).for_each(|(place, row)| *place = row);
        }
    }
    messages
}

fn is_row(message: &Message) -> bool {
    matches!(message.kind, b'D' | b'd')
}

/// The message with what may differ replaced: tables and types of columns, and of errors all but what programs act on.
fn comparable(message: &Message, table: impl Fn(u32) -> u32, ty: impl Fn(u32) -> u32) -> Message {
    let body = match message.kind {
        b'T' => columns(&message.body, table, ty),
        b'E' | b'N' => {
            let field = |code| message.field(code).unwrap_or_default();
            // what is pinned is named so in errors
            let text = field(b'M').replace("pg_catalog.", "");
            [field(b'V'), field(b'C'), text, field(b'P')].join("\0").into_bytes()
        }
        // The number of the process that notified.
        b'A' => message.body[4..].to_vec(),
        _ => message.body.clone(),
    };
    Message { kind: message.kind, body }
}

/// A RowDescription with other tables and types; without a table there is no attribute number either.
fn columns(body: &[u8], table: impl Fn(u32) -> u32, ty: impl Fn(u32) -> u32) -> Vec<u8> {
    let mut changed = body[..2].to_vec();
    let mut rest = &body[2..];
    while !rest.is_empty() {
        let (name, fields) = rest.split_at(rest.iter().position(|byte| *byte == 0).expect("a terminated name") + 1);
        let number = |at: usize| u32::from_be_bytes(fields[at..at + 4].try_into().expect("four bytes"));
        let origin = table(number(0));
        changed.extend_from_slice(name);
        changed.extend(origin.to_be_bytes());
        changed.extend(if origin == 0 { &[0, 0] } else { &fields[4..6] });
        changed.extend(ty(number(6)).to_be_bytes());
        changed.extend_from_slice(&fields[10..18]);
        rest = &fields[18..];
    }
    changed
}

#[cfg(test)]
mod tests {
    use std::slice::from_ref;

    use super::*;

    const NUMBERS: Numbers = Numbers { row_types: Vec::new(), own: 1000 };

    fn message(kind: u8, body: &[u8]) -> Message {
        Message { kind, body: body.to_vec() }
    }

    #[test]
    fn rows_without_an_order_are_a_bag() {
        let one = [message(b'D', b"1"), message(b'D', b"2"), message(b'C', b"x")];
        let two = [message(b'D', b"2"), message(b'D', b"1"), message(b'C', b"x")];
        assert_eq!(differs_between_worlds(&one, &two, false, &NUMBERS), None);
        assert!(differs_between_worlds(&one, &two, true, &NUMBERS).is_some());
        assert!(differs_between_worlds(&one, &two[1..], false, &NUMBERS).is_some());
    }

    #[test]
    fn only_the_origin_of_a_column_is_overlooked() {
        let column = |origin: u8, ty: u8| {
            let mut body = vec![0, 1];
            body.extend(b"phone\0");
            body.extend([0, 0, 0, origin, 0, origin]);
            body.extend([0, 0, 0, ty, 0, 4, 255, 255, 255, 255, 0, 0]);
            message(b'T', &body)
        };
        assert_eq!(differs_from_masked(&[column(1, 25)], &[column(0, 25)], true, &NUMBERS), None);
        assert!(differs_from_masked(&[column(1, 25)], &[column(1, 26)], true, &NUMBERS).is_some());
        assert_eq!(
            differs_from_masked(
                &[column(1, 99)],
                &[column(1, 98)],
                true,
                &Numbers { row_types: vec![98, 99], own: 1000 }
            ),
            None
        );
        assert!(differs_between_worlds(&[column(1, 25)], &[column(0, 25)], true, &NUMBERS).is_some());
    }

    #[test]
    fn a_length_that_m_does_not_know_is_overlooked() {
        let column = |modifier: [u8; 4]| {
            let rest = [&[0; 6][..], &[0, 0, 4, 19, 255, 255], &modifier, &[0, 0]].concat();
            message(b'T', &[&[0, 1][..], b"phone\0", &rest].concat())
        };
        let (known, unknown) = (column([0, 0, 0, 24]), column([255; 4]));
        assert_eq!(differs_from_masked(from_ref(&known), from_ref(&unknown), true, &NUMBERS), None);
        assert!(differs_from_masked(from_ref(&unknown), from_ref(&known), true, &NUMBERS).is_some());
        let done = message(b'C', b"SELECT 1\0");
        let [menshen, masked] = [&unknown, &known].map(|columns| [columns.clone(), done.clone()]);
        assert_eq!(differs_from_masked(&menshen, &masked, true, &NUMBERS), None);
        let rows = |value: &[u8]| message(b'D', &[&[0, 1][..], value].concat());
        let (null, value) = (rows(&[255; 4]), rows(&[0, 0, 0, 1, b'x']));
        let differs = |row: &Message| {
            let [menshen, masked] = [&unknown, &known].map(|columns| [columns.clone(), row.clone(), done.clone()]);
            differs_from_masked(&menshen, &masked, true, &NUMBERS).is_some()
        };
        assert!(differs(&value) && !differs(&null));
        assert!(differs_between_worlds(&[unknown], &[known], true, &NUMBERS).is_some());
    }

    #[test]
    fn every_field_of_an_error_counts_between_worlds() {
        let error = |detail: &str| message(b'E', format!("SERROR\0C22P02\0Mbad\0D{detail}\0\0").as_bytes());
        assert_eq!(differs_from_masked(&[error("a")], &[error("b")], true, &NUMBERS), None);
        assert!(differs_between_worlds(&[error("a")], &[error("b")], true, &NUMBERS).is_some());
    }
}
