//! What a step of the machine wants done. Statement text leaves for the server only through the methods here,
//! and each asks for the proof that allows it.

use std::sync::Arc;

use bytes::{Buf, BytesMut};

use crate::check::{Checked, ParameterTypes};
use crate::model::disclosure::Ask;
use crate::model::event::Event;
use crate::model::refusal::Reason;
use crate::rights::table::Unrestricted;
use crate::wire::client::Target;
use crate::wire::encoding::Encoding;
use crate::wire::write;

use super::Fault;
use super::metering::Test;
use super::text::Long;

/// The text that stands for a refused statement, so that transaction and protocol state stay the server's own. It fails
/// where PostgreSQL would begin to look at the statement's names: not before it has said that the transaction has failed.
const REFUSED: &[u8] = b"SELECT menshen_refused_this_statement";

/// The same for what PostgreSQL's parser does not take, in any state of the transaction.
const UNREADABLE: &[u8] = b"menshen_refused_this_statement";

/// The statement that a refusal of something else than a Parse fails by: not the one without a name, which is the client's
/// and goes on.
pub(super) const STOPS: &[u8] = b"menshen stops";

fn stand_in(reason: Reason) -> &'static [u8] {
    match reason {
        Reason::Syntax | Reason::Encoding | Reason::TooComplex => UNREADABLE,
        _ => REFUSED,
    }
}

/// An ordinary query, and its answer, take no more, in bytes.
const ORDINARY: usize = 512;

/// Collected effects of steps; the shell performs and empties them.
#[derive(Debug, Default)]
pub struct Effects {
    to_client: BytesMut,
    to_server: BytesMut,
    /// The bytes for the server end within a frame of the client, the rest of which has still to come.
    unfinished: bool,
    /// What is to be said to the server behind that frame: within it, it would be taken for a part of its body, and as
    /// much of the body for frames.
    behind: BytesMut,
    /// News for metrics, audit and log.
    pub events: Vec<Event>,
    /// A text was analysed just now: whether its shape was known. The shell takes the time.
    pub analysed: Option<bool>,
    /// What is counted and needs no answer.
    pub told: Vec<Ask>,
    /// Values are about to be tested: may they be? To be answered by `Machine::tested`; then the frame is offered again.
    pub test: Option<Test>,
    /// What the second witness said of that text, as a label of metrics.
    pub heard: Option<&'static str>,
    /// Who is it that the application names so? To be answered by `Machine::speak`; then the frame is offered again.
    pub speaker: Option<Arc<str>>,
    /// A text is to be analysed where nobody waits for it: by [`Long::read`], for `Machine::read`; then the frame is offered
    /// again.
    pub long: Option<Long>,
    /// The catalog may be stale: refresh it, then call `Machine::refreshed`.
    pub refresh: bool,
    /// What goes to the client now says that definitions have changed: whoever asks afterwards must be judged by them.
    pub defined: bool,
    /// The client said goodbye.
    pub terminate: bool,
}

/// A frontend frame that carries no statement text.
#[derive(Clone, Copy, Debug)]
pub struct TextFree<'a>(&'a [u8]);

impl<'a> TextFree<'a> {
    /// `None` for frames whose body the server would parse as SQL or run as a function.
    #[must_use]
    pub fn of(frame: &'a [u8]) -> Option<Self> {
        let tag = frame.first()?;
        b"BEDCHSdcfX".contains(tag).then_some(Self(frame))
    }
}

impl Effects {
    #[must_use]
    pub fn client_bytes(&self) -> &[u8] {
        &self.to_client
    }

    #[must_use]
    pub fn server_bytes(&self) -> &[u8] {
        &self.to_server
    }

    /// Drops what the shell has written; an empty buffer gives its memory back.
    pub fn client_written(&mut self, count: usize) {
        advance(&mut self.to_client, count);
    }

    pub fn server_written(&mut self, count: usize) {
        advance(&mut self.to_server, count);
    }

    /// Takes back what waits for the client behind the first `kept` bytes.
    pub fn retract(&mut self, kept: usize) {
        self.to_client.truncate(kept);
    }

    /// Bytes of server frames for the client, as received.
    pub fn relay(&mut self, bytes: &[u8]) {
        roomy(&mut self.to_client).extend_from_slice(bytes);
    }

    /// Room for frames that Menshen itself says to the client.
    pub fn to_client(&mut self) -> &mut BytesMut {
        &mut self.to_client
    }

    /// Room for whole frames: the only place where anything but the pieces of a client's frame is written to the server.
    fn frames(&mut self) -> &mut BytesMut {
        roomy(if self.unfinished { &mut self.behind } else { &mut self.to_server })
    }

    /// Whether the bytes for the server end within a frame of the client.
    #[must_use]
    pub fn unfinished(&self) -> bool {
        self.unfinished
    }

    /// A piece of what the client sends, in step with it; `left`: so many bytes of its last frame have still to come.
    fn piece(&mut self, bytes: &[u8], left: usize) {
        roomy(&mut self.to_server).extend_from_slice(bytes);
        self.unfinished = left > 0;
        if !self.unfinished && !self.behind.is_empty() {
            let behind = std::mem::take(&mut self.behind);
            self.to_server.extend_from_slice(&behind);
        }
    }

    /// A frame of an unrestricted principal.
    pub fn forward_unrestricted(&mut self, frame: &[u8], _: Unrestricted) {
        self.frames().extend_from_slice(frame);
    }

    /// Frames of an unrestricted principal, cut anywhere; `left`: so many bytes of the last one have still to come.
    pub fn forward_piece(&mut self, bytes: &[u8], left: usize, _: Unrestricted) {
        self.piece(bytes, left);
    }

    pub fn forward(&mut self, frame: TextFree<'_>) {
        self.frames().extend_from_slice(frame.0);
    }

    /// CopyData of the client, cut anywhere: data, never text. A frame that has begun must be finished; `left`: so many
    /// bytes of the last one have still to come.
    pub fn forward_copy_data(&mut self, bytes: &[u8], left: usize) {
        self.piece(bytes, left);
    }

    /// # Errors
    /// When the text cannot be said in the client's encoding, or is too long for a message.
    pub fn query(&mut self, text: &Checked, encoding: Encoding) -> Result<(), Fault> {
        let bytes = encoding.encode(text.text()).map_err(|_| Fault::Encoding)?;
        write::query(self.frames(), &bytes).map_err(Fault::unwritable)
    }

    /// # Errors
    /// When the text cannot be said in the client's encoding, or is too long for a message.
    pub fn parse(
        &mut self,
        name: &[u8],
        text: &Checked,
        types: ParameterTypes<'_>,
        encoding: Encoding,
    ) -> Result<(), Fault> {
        let bytes = encoding.encode(text.text()).map_err(|_| Fault::Encoding)?;
        write::parse(self.frames(), name, &bytes, types.numbers()).map_err(Fault::unwritable)
    }

    /// # Errors
    /// Never: the text is a constant.
    pub fn refused_query(&mut self, reason: Reason) -> Result<(), Fault> {
        write::query(self.frames(), stand_in(reason)).map_err(Fault::unwritable)
    }

    /// # Errors
    /// When the name is too long for a message.
    pub fn refused_parse(&mut self, name: &[u8], reason: Reason) -> Result<(), Fault> {
        write::parse(self.frames(), name, stand_in(reason), [].into_iter()).map_err(Fault::unwritable)
    }

    /// # Errors
    /// When the name is too long for a message.
    pub fn describe_portal(&mut self, name: &[u8]) -> Result<(), Fault> {
        write::describe(self.frames(), Target::Portal(name)).map_err(Fault::unwritable)
    }

    /// # Errors
    /// When the name is too long for a message.
    pub fn describe_statement(&mut self, name: &[u8]) -> Result<(), Fault> {
        write::describe(self.frames(), Target::Statement(name)).map_err(Fault::unwritable)
    }

    /// # Errors
    /// When the name is too long for a message.
    pub fn close_statement(&mut self, name: &[u8]) -> Result<(), Fault> {
        write::close(self.frames(), Target::Statement(name)).map_err(Fault::unwritable)
    }

    /// # Errors
    /// When the name is too long for a message.
    pub fn close_portal(&mut self, name: &[u8]) -> Result<(), Fault> {
        write::close(&mut self.to_server, Target::Portal(name)).map_err(Fault::unwritable)
    }

    pub fn flush(&mut self) {
        write::flush(self.frames());
    }

    pub fn sync(&mut self) {
        write::sync(self.frames());
    }

    /// Makes the server skip what follows, up to the next Sync.
    ///
    /// # Errors
    /// Never: the texts are constants.
    pub fn fail_pipeline(&mut self) -> Result<(), Fault> {
        write::parse(self.frames(), STOPS, UNREADABLE, [].into_iter()).map_err(Fault::unwritable)
    }

    /// Says goodbye for a client that has gone.
    pub fn goodbye(&mut self) {
        write::terminate(self.frames());
    }

    /// Ends a COPY that the client does not know of.
    ///
    /// # Errors
    /// Never: the text is a constant.
    pub fn copy_fail(&mut self) -> Result<(), Fault> {
        write::copy_fail(self.frames(), b"the statement was stopped").map_err(Fault::unwritable)
    }

    /// One of Menshen's own questions, by the extended protocol so that the client's unnamed statement survives; `name`: of
    /// a statement and a portal that the client does not have.
    ///
    /// # Errors
    /// Never: the texts are short.
    pub fn ask(&mut self, name: &[u8], question: &str) -> Result<(), Fault> {
        let out = self.frames();
        write::parse(out, name, question.as_bytes(), [].into_iter())
            .and_then(|()| write::bind(out, name, name, &[], &[], &[]))
            .and_then(|()| write::execute(out, name, 0))
            .and_then(|()| write::close(out, Target::Portal(name)))
            .and_then(|()| write::close(out, Target::Statement(name)))
            .map_err(Fault::unwritable)
    }
}

/// The buffer with room for what an ordinary message says: it grows in one step, and holds nothing while nothing waits.
fn roomy(buffer: &mut BytesMut) -> &mut BytesMut {
    if buffer.capacity() == 0 {
        buffer.reserve(ORDINARY);
    }
    buffer
}

fn advance(buffer: &mut BytesMut, count: usize) {
    if count >= buffer.len() {
        *buffer = BytesMut::new();
    } else {
        buffer.advance(count);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_said_within_a_frame_of_the_client() {
        let mut fx = Effects::default();
        fx.forward_copy_data(b"d\0\0\0\x0a123", 3);
        fx.refused_query(Reason::Limit).unwrap();
        fx.flush();
        assert_eq!(fx.server_bytes(), b"d\0\0\0\x0a123");
        fx.forward_copy_data(b"4", 2);
        fx.server_written(9);
        assert!(fx.unfinished() && fx.server_bytes().is_empty());
        fx.forward_copy_data(b"56", 0);
        let behind = fx.server_bytes().strip_prefix(b"56Q").unwrap();
        assert!(behind.ends_with(b"menshen_refused_this_statement\0H\0\0\0\x04"));
        fx.server_written(usize::MAX);
        fx.flush();
        assert_eq!(fx.server_bytes(), b"H\0\0\0\x04");
    }
}
