//! What "the same answer" means.

use super::wire::Message;

/// The policy error in an answer, if it was refused.
pub fn refusal(answer: &[Message]) -> Option<String> {
    let errors = answer.iter().filter(|message| message.kind == b'E');
    errors.filter_map(|error| error.field(b'M')).find(|message| message.starts_with("menshen:"))
}

/// How Menshen's answer on A differs from PostgreSQL's on M: columns (names, types), rows, command tags, SQLSTATE,
/// message and position of errors, transaction status. Origins of columns may differ: a mask has none.
pub fn differs_from_masked(menshen: &[Message], masked: &[Message], ordered: bool) -> Option<String> {
    difference(&strip(menshen, ordered, without_origin), &strip(masked, ordered, without_origin))
}

/// How what a principal observes of A differs from what it observes of B: nothing may.
pub fn differs_between_worlds(a: &[Message], b: &[Message], ordered: bool) -> Option<String> {
    difference(&strip(a, ordered, Clone::clone), &strip(b, ordered, Clone::clone))
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
        let mut rest = messages.as_mut_slice();
        while let Some(start) = rest.iter().position(is_row) {
            let end =
                rest[start..].iter().position(|message| !is_row(message)).map_or(rest.len(), |count| start + count);
            rest[start..end].sort();
            rest = &mut rest[end..];
        }
    }
    messages
}

fn is_row(message: &Message) -> bool {
    matches!(message.kind, b'D' | b'd')
}

fn without_origin(message: &Message) -> Message {
    match message.kind {
        b'T' => Message { kind: b'T', body: columns_without_origin(&message.body) },
        b'E' | b'N' => {
            let fields = [b'V', b'C', b'M', b'P'].map(|code| message.field(code).unwrap_or_default());
            Message { kind: message.kind, body: fields.join("\0").into_bytes() }
        }
        _ => message.clone(),
    }
}

/// A RowDescription with table and attribute numbers set to nothing.
fn columns_without_origin(body: &[u8]) -> Vec<u8> {
    let mut stripped = body[..2].to_vec();
    let mut rest = &body[2..];
    while !rest.is_empty() {
        let name = rest.iter().position(|byte| *byte == 0).expect("a terminated name") + 1;
        stripped.extend_from_slice(&rest[..name]);
        stripped.extend_from_slice(&rest[name + 6..name + 18]);
        rest = &rest[name + 18..];
    }
    stripped
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(kind: u8, body: &[u8]) -> Message {
        Message { kind, body: body.to_vec() }
    }

    #[test]
    fn rows_without_an_order_are_a_bag() {
        let one = [message(b'D', b"1"), message(b'D', b"2"), message(b'C', b"x")];
        let two = [message(b'D', b"2"), message(b'D', b"1"), message(b'C', b"x")];
        assert_eq!(differs_between_worlds(&one, &two, false), None);
        assert!(differs_between_worlds(&one, &two, true).is_some());
        assert!(differs_between_worlds(&one, &two[1..], false).is_some());
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
        assert_eq!(differs_from_masked(&[column(1, 25)], &[column(0, 25)], true), None);
        assert!(differs_from_masked(&[column(1, 25)], &[column(1, 26)], true).is_some());
        assert!(differs_between_worlds(&[column(1, 25)], &[column(0, 25)], true).is_some());
    }

    #[test]
    fn every_field_of_an_error_counts_between_worlds() {
        let error = |detail: &str| message(b'E', format!("SERROR\0C22P02\0Mbad\0D{detail}\0\0").as_bytes());
        assert_eq!(differs_from_masked(&[error("a")], &[error("b")], true), None);
        assert!(differs_between_worlds(&[error("a")], &[error("b")], true).is_some());
    }
}
