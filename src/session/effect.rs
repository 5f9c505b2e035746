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

/// The text that stands for a refused statement, so that transaction and protocol state stay the server's own. It fails
/// where PostgreSQL would begin to look at the statement's names: not before it has said that the transaction has failed.
const REFUSED: &[u8] = b"SELECT menshen_refused_this_statement";

/// The same for what PostgreSQL's parser does not take, in any state of the transaction.
const UNREADABLE: &[u8] = b"menshen_refused_this_statement";

fn stand_in(reason: Reason) -> &'static [u8] {
    match reason {
        Reason::Syntax | Reason::Encoding | Reason::TooComplex => UNREADABLE,
        _ => REFUSED,
    }
}

/// Collected effects of steps; the shell performs and empties them.
#[derive(Debug, Default)]
pub struct Effects {
    to_client: BytesMut,
    to_server: BytesMut,
    /// News for metrics, audit and log.
    pub events: Vec<Event>,
    /// A text was analysed just now: whether its shape was known. The shell takes the time.
    pub analysed: Option<bool>,
    /// What is counted and needs no answer.
    pub told: Vec<Ask>,
    /// What the second witness said of that text, as a label of metrics.
    pub heard: Option<&'static str>,
    /// Who is it that the application names so? To be answered by `Machine::speak`; then the frame is offered again.
    pub speaker: Option<Arc<str>>,
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
        self.to_client.extend_from_slice(bytes);
    }

    /// Room for frames that Menshen itself says to the client.
    pub fn to_client(&mut self) -> &mut BytesMut {
        &mut self.to_client
    }

    /// A frame, or part of one, of an unrestricted principal.
    pub fn forward_unrestricted(&mut self, bytes: &[u8], _: Unrestricted) {
        self.to_server.extend_from_slice(bytes);
    }

    pub fn forward(&mut self, frame: TextFree<'_>) {
        self.to_server.extend_from_slice(frame.0);
    }

    /// CopyData of the client, whole or in part: data, never text. A frame that has begun must be finished; outside a
    /// COPY the server ignores it.
    pub fn forward_copy_data(&mut self, bytes: &[u8]) {
        self.to_server.extend_from_slice(bytes);
    }

    /// # Errors
    /// When the text cannot be said in the client's encoding, or is too long for a message.
    pub fn query(&mut self, text: &Checked, encoding: Encoding) -> Result<(), Fault> {
        let bytes = encoding.encode(text.text()).map_err(|_| Fault::Encoding)?;
        write::query(&mut self.to_server, &bytes).map_err(Fault::unwritable)
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
        write::parse(&mut self.to_server, name, &bytes, types.numbers()).map_err(Fault::unwritable)
    }

    /// # Errors
    /// Never: the text is a constant.
    pub fn refused_query(&mut self, reason: Reason) -> Result<(), Fault> {
        write::query(&mut self.to_server, stand_in(reason)).map_err(Fault::unwritable)
    }

    /// # Errors
    /// When the name is too long for a message.
    pub fn refused_parse(&mut self, name: &[u8], reason: Reason) -> Result<(), Fault> {
        write::parse(&mut self.to_server, name, stand_in(reason), [].into_iter()).map_err(Fault::unwritable)
    }

    /// # Errors
    /// When the name is too long for a message.
    pub fn describe_portal(&mut self, name: &[u8]) -> Result<(), Fault> {
        write::describe(&mut self.to_server, Target::Portal(name)).map_err(Fault::unwritable)
    }

    /// # Errors
    /// When the name is too long for a message.
    pub fn describe_statement(&mut self, name: &[u8]) -> Result<(), Fault> {
        write::describe(&mut self.to_server, Target::Statement(name)).map_err(Fault::unwritable)
    }

    /// # Errors
    /// When the name is too long for a message.
    pub fn close_statement(&mut self, name: &[u8]) -> Result<(), Fault> {
        write::close(&mut self.to_server, Target::Statement(name)).map_err(Fault::unwritable)
    }

    /// # Errors
    /// When the name is too long for a message.
    pub fn close_portal(&mut self, name: &[u8]) -> Result<(), Fault> {
        write::close(&mut self.to_server, Target::Portal(name)).map_err(Fault::unwritable)
    }

    pub fn flush(&mut self) {
        write::flush(&mut self.to_server);
    }

    pub fn sync(&mut self) {
        write::sync(&mut self.to_server);
    }

    /// One of Menshen's own questions, by the extended protocol so that the client's unnamed statement survives.
    ///
    /// # Errors
    /// Never: the texts are short.
    pub fn ask(&mut self, question: &str) -> Result<(), Fault> {
        const NAME: &[u8] = b"menshen asks";
        let out = &mut self.to_server;
        write::parse(out, NAME, question.as_bytes(), [].into_iter())
            .and_then(|()| write::bind(out, NAME, NAME, &[], &[], &[]))
            .and_then(|()| write::execute(out, NAME, 0))
            .and_then(|()| write::close(out, Target::Portal(NAME)))
            .and_then(|()| write::close(out, Target::Statement(NAME)))
            .map_err(Fault::unwritable)
    }
}

fn advance(buffer: &mut BytesMut, count: usize) {
    if count >= buffer.len() {
        *buffer = BytesMut::new();
    } else {
        buffer.advance(count);
    }
}
