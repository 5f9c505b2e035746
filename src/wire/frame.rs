//! Where a message ends: headers, length limits, cutting exact frames. No other file computes a message's end.
//!
//! After start-up every message is a tag byte, a length of four bytes (which counts itself) and a body. Start-up
//! packets have no tag. A length is compared with the limit of its tag before anybody waits for the body or makes
//! room for it.

use thiserror::Error;

/// `MaxAllocSize` of PostgreSQL: the largest thing its allocator gives out, in bytes.
pub const MAX_ALLOC_SIZE: u32 = 0x3fff_ffff;

/// The declared length a client's short message may have (`PQ_SMALL_MESSAGE_LIMIT`), in bytes.
pub const SMALL_MESSAGE_LIMIT: u32 = 10_000;

/// The declared length a client's message with text or data may have (`PQ_LARGE_MESSAGE_LIMIT`), in bytes.
pub const LARGE_MESSAGE_LIMIT: u32 = MAX_ALLOC_SIZE - 1;

/// The declared length of a password, GSS or SASL message (`PG_MAX_AUTH_TOKEN_LENGTH`), in bytes.
pub const AUTH_TOKEN_LIMIT: u32 = 65_535;

/// The declared length of a SASL message in a SCRAM exchange (`PG_MAX_SASL_MESSAGE_LENGTH`), in bytes.
pub const SASL_MESSAGE_LIMIT: u32 = 1_024;

/// The body of a start-up packet, in bytes (`MAX_STARTUP_PACKET_LENGTH`): without the four bytes of its length.
pub const STARTUP_PACKET_LIMIT: u32 = 10_000;

/// The declared length libpq accepts of a server message that is not meant to be long, in bytes.
pub const SERVER_SHORT_LIMIT: u32 = 30_000;

/// The declared length of a server message with text or data, in bytes. Its body is built in one allocation, and
/// the length counts itself in addition.
pub const SERVER_LONG_LIMIT: u32 = MAX_ALLOC_SIZE + 3;

/// The declared length of a ParameterDescription, in bytes: a statement may have more parameters than its count can say, and
/// than Bind can give.
pub const PARAMETER_DESCRIPTION_LIMIT: u32 = 4 + 2 + 4 * 1_048_576;

/// The first byte of a TLS record that carries a handshake: a client that speaks TLS without asking first.
pub const TLS_HANDSHAKE: u8 = 0x16;

/// Who sent a message. The same tag means different things in the two directions.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Sender {
    Client,
    Server,
}

impl Sender {
    /// PostgreSQL's word for this side.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Client => "frontend",
            Self::Server => "backend",
        }
    }
}

/// Bytes that cannot be the head of a message. The connection they came from has lost its place and must end.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Error)]
pub enum FrameError {
    #[error("invalid {} message type {tag}", sender.as_str())]
    UnknownTag { sender: Sender, tag: u8 },
    #[error("invalid length {length} of {} message {:?}", sender.as_str(), char::from(*tag))]
    Length { sender: Sender, tag: u8, length: u32 },
    #[error("invalid length of startup packet: {length}")]
    StartupLength { length: u32 },
    #[error("{extra} bytes after the end of a {} message", sender.as_str())]
    LeftOver { sender: Sender, extra: usize },
    #[error("{} message ends before its declared length", sender.as_str())]
    Short { sender: Sender },
}

/// The head of a message: its tag, and how many bytes of body follow.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Header {
    tag: u8,
    body: u32,
}

impl Header {
    /// Bytes of the tag and the length.
    pub const SIZE: usize = 5;

    #[must_use]
    #[inline]
    pub fn tag(self) -> u8 {
        self.tag
    }

    /// Bytes of the body, without tag and length.
    #[must_use]
    #[inline]
    pub fn body(self) -> usize {
        self.body as usize
    }

    /// Bytes of the whole message: tag, length and body.
    #[must_use]
    #[inline]
    pub fn size(self) -> usize {
        Self::SIZE + self.body as usize
    }
}

/// Reads the head of the message that begins at the first byte, without needing its body. `None`: too few bytes to
/// know, and nothing wrong with what is there.
///
/// # Errors
/// An unknown tag, or a length below four or above the limit of the tag.
#[inline]
pub fn header(sender: Sender, bytes: &[u8]) -> Result<Option<Header>, FrameError> {
    let &[tag, a, b, c, d, ..] = bytes else { return head_cut_short(sender, bytes) };
    let length = u32::from_be_bytes([a, b, c, d]);
    let limit = length_limit(sender, tag);
    if length < 4 || length > limit {
        return Err(refused(sender, tag, length));
    }
    Ok(Some(Header { tag, body: length - 4 }))
}

fn head_cut_short(sender: Sender, bytes: &[u8]) -> Result<Option<Header>, FrameError> {
    match bytes.first() {
        Some(&tag) if length_limit(sender, tag) == 0 => Err(FrameError::UnknownTag { sender, tag }),
        _ => Ok(None),
    }
}

#[cold]
fn refused(sender: Sender, tag: u8, length: u32) -> FrameError {
    if length_limit(sender, tag) == 0 {
        FrameError::UnknownTag { sender, tag }
    } else {
        FrameError::Length { sender, tag, length }
    }
}

/// The largest declared length a message may have, in bytes (the length counts itself, not the tag). 0: there is no
/// such message.
#[must_use]
#[inline]
pub fn length_limit(sender: Sender, tag: u8) -> u32 {
    match sender {
        Sender::Client => client_limit(tag),
        Sender::Server => server_limit(tag),
    }
}

#[inline]
const fn client_limit(tag: u8) -> u32 {
    match tag {
        // Query, Parse, Bind, FunctionCall, CopyData
        b'Q' | b'P' | b'B' | b'F' | b'd' => LARGE_MESSAGE_LIMIT,
        // Execute, Describe, Close, Sync, Flush, Terminate, CopyDone, CopyFail
        b'E' | b'D' | b'C' | b'S' | b'H' | b'X' | b'c' | b'f' => SMALL_MESSAGE_LIMIT,
        // PasswordMessage and its like
        b'p' => AUTH_TOKEN_LIMIT,
        _ => 0,
    }
}

#[inline]
const fn server_limit(tag: u8) -> u32 {
    match tag {
        // DataRow, RowDescription, CopyData, ErrorResponse, NoticeResponse, NotificationResponse,
        // FunctionCallResponse, and ParameterStatus: a setting such as search_path has no length of its own
        b'D' | b'T' | b'd' | b'E' | b'N' | b'A' | b'V' | b'S' => SERVER_LONG_LIMIT,
        b't' => PARAMETER_DESCRIPTION_LIMIT,
        // Authentication, AuthenticationGSSContinue included
        b'R' => AUTH_TOKEN_LIMIT,
        // BackendKeyData, ReadyForQuery, CommandComplete, ParseComplete, BindComplete, CloseComplete, NoData,
        // PortalSuspended, EmptyQueryResponse, CopyIn-, CopyOut-, CopyBothResponse, CopyDone,
        // NegotiateProtocolVersion
        b'K' | b'Z' | b'C' | b'1' | b'2' | b'3' | b'n' | b's' | b'I' | b'G' | b'H' | b'W' | b'c' | b'v' => {
            SERVER_SHORT_LIMIT
        }
        _ => 0,
    }
}

/// Exactly one message, as received. Only this file makes one.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Frame<'a> {
    sender: Sender,
    tag: u8,
    bytes: &'a [u8],
    body: &'a [u8],
}

impl<'a> Frame<'a> {
    #[must_use]
    pub fn sender(&self) -> Sender {
        self.sender
    }

    #[must_use]
    pub fn tag(&self) -> u8 {
        self.tag
    }

    /// The whole message with tag and length, to be forwarded as it is.
    #[must_use]
    pub fn bytes(&self) -> &'a [u8] {
        self.bytes
    }

    #[must_use]
    pub fn body(&self) -> &'a [u8] {
        self.body
    }
}

/// Cuts the first message off; the second part of the answer is what follows it. `None`: it is not all there yet.
///
/// # Errors
/// As [`header`].
#[inline]
pub fn cut(sender: Sender, bytes: &[u8]) -> Result<Option<(Frame<'_>, &[u8])>, FrameError> {
    let Some(header) = header(sender, bytes)? else { return Ok(None) };
    let Some((whole, rest)) = bytes.split_at_checked(header.size()) else { return Ok(None) };
    let Some((_, body)) = whole.split_at_checked(Header::SIZE) else { return Ok(None) };
    Ok(Some((Frame { sender, tag: header.tag, bytes: whole, body }, rest)))
}

/// Takes bytes that must be one whole message and nothing else.
///
/// # Errors
/// As [`header`]; bytes missing, bytes left over.
pub fn exactly(sender: Sender, bytes: &[u8]) -> Result<Frame<'_>, FrameError> {
    match cut(sender, bytes)? {
        None => Err(FrameError::Short { sender }),
        Some((frame, [])) => Ok(frame),
        Some((_, rest)) => Err(FrameError::LeftOver { sender, extra: rest.len() }),
    }
}

/// Follows a stream of messages by their headers alone, whatever the chunks it arrives in. What it says may pass can
/// be forwarded before the rest of a body has arrived.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Walk {
    sender: Sender,
    left: u32,
}

/// How far [`Walk::run`] came.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Run {
    /// Bytes from the beginning of the chunk that may be forwarded.
    pub passed: usize,
    /// Messages whose head was accepted in this chunk.
    pub begun: usize,
    pub stop: Stop,
}

/// Why a run ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Stop {
    /// The chunk is used up, at the end of a message or within a body.
    UsedUp,
    /// What is left of the chunk is too short for a header; keep it and come again with more.
    Header,
    /// A message that the caller did not accept begins behind what passed.
    Other(Header),
}

impl Walk {
    /// A walk that begins at the head of a message.
    #[must_use]
    pub fn new(sender: Sender) -> Self {
        Self { sender, left: 0 }
    }

    /// A walk that begins behind a header that was read already: its whole body has still to come.
    #[must_use]
    pub fn within(sender: Sender, header: Header) -> Self {
        Self { sender, left: header.body }
    }

    /// Bytes of the present body that have not been seen yet; 0 between two messages.
    #[must_use]
    pub fn left(&self) -> usize {
        self.left as usize
    }

    /// Walks over a chunk as long as `accept` says yes to the headers in it.
    ///
    /// # Errors
    /// As [`header`]. What passed before is lost to the caller: the stream is out of step and has to end.
    #[inline]
    pub fn run(&mut self, chunk: &[u8], mut accept: impl FnMut(Header) -> bool) -> Result<Run, FrameError> {
        self.run_looking(chunk, |head, _| accept(head))
    }

    /// As [`Self::run`]; `accept` is shown what has arrived behind the header, too: the body, all or the beginning of it,
    /// and whatever follows.
    ///
    /// # Errors
    /// As [`Self::run`].
    #[inline]
    pub fn run_looking(
        &mut self,
        chunk: &[u8],
        mut accept: impl FnMut(Header, &[u8]) -> bool,
    ) -> Result<Run, FrameError> {
        let mut passed = 0;
        let mut begun = 0;
        let stop = loop {
            let here = chunk.get(passed..).unwrap_or_default();
            // a body never exceeds a u32, so neither does the smaller of the two
            let step = here.len().min(self.left as usize);
            passed += step;
            self.left -= step as u32;
            let here = here.get(step..).unwrap_or_default();
            if here.is_empty() {
                break Stop::UsedUp;
            }
            match header(self.sender, here)? {
                None => break Stop::Header,
                Some(head) if accept(head, here.get(Header::SIZE..).unwrap_or_default()) => {
                    begun += 1;
                    passed += Header::SIZE;
                    self.left = head.body;
                }
                Some(head) => break Stop::Other(head),
            }
        };
        Ok(Run { passed, begun, stop })
    }
}

/// A start-up packet: no tag, so its first four bytes are the length and the body begins with a code.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct StartupFrame<'a> {
    bytes: &'a [u8],
    body: &'a [u8],
}

impl<'a> StartupFrame<'a> {
    /// The whole packet with its length.
    #[must_use]
    pub fn bytes(&self) -> &'a [u8] {
        self.bytes
    }

    #[must_use]
    pub fn body(&self) -> &'a [u8] {
        self.body
    }
}

/// Cuts a start-up packet off. `None`: it is not all there yet.
///
/// # Errors
/// A length that is too small for a code or above PostgreSQL's limit.
pub fn cut_startup(bytes: &[u8]) -> Result<Option<(StartupFrame<'_>, &[u8])>, FrameError> {
    let &[a, b, c, d, ..] = bytes else { return Ok(None) };
    let length = u32::from_be_bytes([a, b, c, d]);
    if !(8..=STARTUP_PACKET_LIMIT + 4).contains(&length) {
        return Err(FrameError::StartupLength { length });
    }
    let Some((whole, rest)) = bytes.split_at_checked(length as usize) else { return Ok(None) };
    let Some((_, body)) = whole.split_at_checked(4) else { return Ok(None) };
    Ok(Some((StartupFrame { bytes: whole, body }, rest)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn message(tag: u8, body: &[u8]) -> Vec<u8> {
        let mut bytes = vec![tag];
        bytes.extend((body.len() as u32 + 4).to_be_bytes());
        bytes.extend(body);
        bytes
    }

    #[test]
    fn a_header_needs_no_body() {
        let head = header(Sender::Client, b"Q\x3f\xff\xff\xfe").unwrap().unwrap();
        assert_eq!((head.tag(), head.body(), head.size()), (b'Q', 0x3fff_fffa, 0x3fff_ffff));
        assert_eq!(header(Sender::Client, b"Q\0\0\0"), Ok(None));
        assert_eq!(header(Sender::Client, b""), Ok(None));
    }

    #[test]
    fn lengths_are_limited_as_postgresql_does() {
        let length = |sender, tag: u8, length: u32| {
            let mut bytes = vec![tag];
            bytes.extend(length.to_be_bytes());
            header(sender, &bytes).is_ok()
        };
        for (sender, tag, limit) in [
            (Sender::Client, b'Q', 1_073_741_822),
            (Sender::Client, b'B', 1_073_741_822),
            (Sender::Client, b'E', 10_000),
            (Sender::Client, b'X', 10_000),
            (Sender::Client, b'p', 65_535),
            (Sender::Server, b'Z', 30_000),
            (Sender::Server, b't', 4_194_310),
            (Sender::Server, b'D', 1_073_741_826),
        ] {
            assert!(length(sender, tag, limit) && length(sender, tag, 4), "{tag}");
            assert!(!length(sender, tag, limit + 1), "{tag}");
            for bad in [0, 1, 2, 3, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff] {
                assert!(!length(sender, tag, bad), "{tag} {bad}");
            }
        }
    }

    #[test]
    fn unknown_tags_are_told_at_the_first_byte() {
        let unknown = FrameError::UnknownTag { sender: Sender::Client, tag: b'Z' };
        assert_eq!(header(Sender::Client, b"Z"), Err(unknown));
        assert_eq!(header(Sender::Client, b"Z\0\0\0\x05I"), Err(unknown));
        assert!(header(Sender::Server, b"Z\0\0\0\x05I").unwrap().is_some());
        assert!(header(Sender::Server, b"Q\0\0\0\x05\0").is_err());
    }

    #[test]
    fn exactly_wants_one_message() {
        let one = message(b'S', b"");
        assert_eq!(exactly(Sender::Client, &one).unwrap().bytes(), one);
        let two = [one.clone(), one.clone()].concat();
        assert_eq!(exactly(Sender::Client, &two), Err(FrameError::LeftOver { sender: Sender::Client, extra: 5 }));
        assert_eq!(exactly(Sender::Client, &one[..4]), Err(FrameError::Short { sender: Sender::Client }));
    }

    #[test]
    fn bytes_behind_a_query_text_stay_inside_its_frame() {
        // another decoder gave the tail of this body out as the next message
        let bytes = [message(b'Q', b"select 1\0; drop table x\0"), message(b'S', b"")].concat();
        let (query, rest) = cut(Sender::Client, &bytes).unwrap().unwrap();
        assert_eq!(query.body(), b"select 1\0; drop table x\0");
        assert_eq!(rest, message(b'S', b""));
    }

    #[test]
    fn startup_packets_have_their_own_limit() {
        let packet = |length: u32, there: usize| {
            let mut bytes = length.to_be_bytes().to_vec();
            bytes.resize(there, 0);
            cut_startup(&bytes).map(|cut| cut.map(|(frame, rest)| (frame.body().len(), rest.len())))
        };
        assert_eq!(packet(8, 8), Ok(Some((4, 0))));
        assert_eq!(packet(8, 10), Ok(Some((4, 2))));
        assert_eq!(packet(8, 7), Ok(None));
        assert_eq!(packet(10_004, 4), Ok(None));
        for length in [0, 4, 7, 10_005, 0x7fff_ffff, 0xffff_fffc, 0xffff_ffff] {
            assert_eq!(packet(length, 20), Err(FrameError::StartupLength { length }));
        }
    }

    #[test]
    fn a_walk_stops_at_another_kind() {
        let rows = [message(b'D', b"abc"), message(b'D', b""), message(b'C', b"SELECT 2\0")].concat();
        let mut walk = Walk::new(Sender::Server);
        let run = walk.run(&rows, |head| head.tag() == b'D').unwrap();
        assert_eq!((run.passed, run.begun), (13, 2));
        assert!(matches!(run.stop, Stop::Other(head) if head.tag() == b'C' && head.body() == 9));
        assert_eq!(walk.left(), 0);
    }

    #[test]
    fn a_walk_can_begin_within_a_body() {
        let head = header(Sender::Server, &message(b'd', b"0123456789")).unwrap().unwrap();
        let mut walk = Walk::within(Sender::Server, head);
        assert_eq!(walk.run(b"012", |_| false).unwrap(), Run { passed: 3, begun: 0, stop: Stop::UsedUp });
        let run = walk.run(b"3456789Z\0\0", |_| false).unwrap();
        assert_eq!(run, Run { passed: 7, begun: 0, stop: Stop::Header });
    }

    fn server_message() -> impl Strategy<Value = Vec<u8>> {
        (prop::sample::select(b"DTZC12".to_vec()), prop::collection::vec(any::<u8>(), 0..40))
            .prop_map(|(tag, body)| message(tag, &body))
    }

    proptest! {
        #[test]
        fn no_bytes_panic(bytes in prop::collection::vec(any::<u8>(), 0..64)) {
            for sender in [Sender::Client, Sender::Server] {
                let _ = header(sender, &bytes);
                let _ = exactly(sender, &bytes);
                let _ = Walk::new(sender).run(&bytes, |_| true);
                if let Ok(Some((frame, rest))) = cut(sender, &bytes) {
                    prop_assert_eq!([frame.bytes(), rest].concat(), bytes.clone());
                    prop_assert_eq!(frame.body().len() + Header::SIZE, frame.bytes().len());
                }
            }
            let _ = cut_startup(&bytes);
        }

        #[test]
        fn a_walk_agrees_with_cutting_however_the_stream_is_split(
            messages in prop::collection::vec(server_message(), 0..12),
            chunk in 1_usize..17,
        ) {
            let stream = messages.concat();
            let mut walk = Walk::new(Sender::Server);
            let (mut held, mut passed, mut begun) = (Vec::new(), Vec::new(), 0);
            for part in stream.chunks(chunk) {
                held.extend_from_slice(part);
                let run = walk.run(&held, |_| true).unwrap();
                passed.extend(held.drain(..run.passed));
                begun += run.begun;
            }
            prop_assert!(held.is_empty());
            prop_assert_eq!(walk.left(), 0);
            prop_assert_eq!(passed, stream);
            prop_assert_eq!(begun, messages.len());
        }
    }
}
