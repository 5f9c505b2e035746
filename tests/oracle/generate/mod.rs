//! A seeded generator of statements: typed, valid nearly always, and with answers that PostgreSQL determines.

mod chance;
mod expression;
mod from;
mod knobs;
pub mod phrase;
mod query;
pub mod schema;
mod scope;
pub mod shrink;
pub mod targets;
mod templates;
pub mod types;
mod values;
mod writer;
mod writes;

use chance::Chance;
pub use knobs::Knobs;
use phrase::{Phrase, Side};
use schema::Schema;
use writer::Writer;

use super::wire::{Mode, packet};

/// How a query reaches the server.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Delivery {
    /// As it is.
    Plain(Mode),
    /// COPY (…) TO STDOUT with these options.
    Copy(&'static str),
    /// DECLARE, FETCH of some rows, then of the others.
    Cursor,
    /// PREPARE, EXECUTE, DEALLOCATE.
    Prepared,
    /// CREATE TEMP TABLE … AS, and what is in it.
    Temporary,
    /// A temporary table of masked readings, which is then written to.
    Scratch,
    /// A write in a transaction that is rolled back after what it left has been read.
    Write { mode: Mode, back: String, back_mode: Mode },
}

impl Delivery {
    /// The same by fewer or simpler messages.
    pub fn plainer(&self, mode: Mode) -> Self {
        match self {
            Self::Write { back, .. } => Self::Write { mode, back: back.clone(), back_mode: Mode::Simple },
            _ => Self::Plain(mode),
        }
    }
}

/// A generated statement.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Statement {
    pub query: Phrase,
    pub delivery: Delivery,
    /// Whether its order leaves nothing open.
    pub total: bool,
    /// Meant to be refused: it stores what can only be a masked reading of something else.
    pub meant: bool,
    /// It writes over documents. Where all that is read is null, M does not know whether that hides something, which
    /// nothing may replace: what it answers then is another story.
    pub apart: bool,
}

/// One message to the server.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Step {
    pub text: String,
    pub parameters: Vec<Option<String>>,
    pub mode: Mode,
    /// Whether rows must come in the same order.
    pub total: bool,
    /// What is said to M instead, where values are entered into protected columns.
    pub masked: Option<(String, Vec<Option<String>>)>,
}

impl Step {
    /// What is sent.
    pub fn packet(&self, side: Side) -> Vec<u8> {
        let (text, parameters) = match &self.masked {
            Some((text, parameters)) if side == Side::Masked => (text, parameters),
            _ => (&self.text, &self.parameters),
        };
        packet(self.mode, text, parameters, self.total)
    }
}

/// Statement number `index` of a run.
pub fn statement(seed: u64, index: u64, schema: &Schema, knobs: &Knobs) -> Statement {
    let mut writer = Writer::new(Chance::new(seed, index), schema, knobs);
    if !schema.targets.is_empty() && writer.chance.percent(knobs.writes) {
        return writer.write();
    }
    let temporary = writer.chance.percent(2);
    writer.named = temporary;
    let query = writer.top();
    let locking = query.phrase.text().contains(" FOR ");
    let delivery = match writer.chance.below(100) {
        0..50 if temporary && !locking => Delivery::Temporary,
        _ if temporary && !locking => Delivery::Scratch,
        0..40 => Delivery::Plain(Mode::Simple),
        40..65 => Delivery::Plain(Mode::Extended),
        65..88 => Delivery::Plain(Mode::Binary),
        // the first row of a binary COPY comes with its header
        88..90 if !locking && query.total => Delivery::Copy(" (FORMAT binary)"),
        90..92 if !locking => Delivery::Copy(writer.chance.one::<&str>(&["", " (FORMAT csv, HEADER)"])),
        92..95 => Delivery::Cursor,
        95..98 => Delivery::Prepared,
        _ => Delivery::Plain(Mode::Simple),
    };
    Statement { query: query.phrase, delivery, total: query.total, meant: false, apart: false }
}

impl Statement {
    /// A text by itself.
    pub fn plain(text: &str) -> Self {
        Self { query: text.into(), delivery: Delivery::Plain(Mode::Simple), total: true, meant: false, apart: false }
    }

    /// What is sent, message by message.
    pub fn steps(&self) -> Vec<Step> {
        let text = || self.query.text();
        let simple = |text: String| self.step(text, Mode::Simple, false);
        match &self.delivery {
            Delivery::Plain(mode) => vec![self.sent(*mode)],
            Delivery::Copy(options) => {
                vec![self.step(format!("COPY ({}) TO STDOUT{options}", text()), Mode::Simple, self.total)]
            }
            Delivery::Cursor => {
                let fetch = |text: &str| self.step(text.into(), Mode::Simple, self.total);
                let first = if self.total { Some(fetch("FETCH 3 FROM proof")) } else { None };
                let begin = [simple("BEGIN".into()), simple(format!("DECLARE proof CURSOR FOR {}", text()))];
                let end = [fetch("FETCH ALL FROM proof"), simple("ROLLBACK".into())];
                begin.into_iter().chain(first).chain(end).collect()
            }
            Delivery::Prepared => {
                let (text, parameters) = self.query.with_parameters(Side::True);
                let value = |(ty, value): &(types::Type, Option<String>)| {
                    value.as_ref().map_or("NULL".into(), |value| ty.literal(value, false))
                };
                let values: Vec<String> = parameters.iter().map(value).collect();
                let list = if values.is_empty() { String::new() } else { format!("({})", values.join(", ")) };
                vec![
                    simple(format!("PREPARE proof AS {text}")),
                    self.step(format!("EXECUTE proof{list}"), Mode::Simple, self.total),
                    simple("DEALLOCATE proof".into()),
                ]
            }
            Delivery::Temporary => vec![
                simple("BEGIN".into()),
                simple(format!("CREATE TEMP TABLE proof ON COMMIT DROP AS {}", text())),
                simple("SELECT * FROM proof".into()),
                simple("ROLLBACK".into()),
            ],
            Delivery::Scratch => vec![
                simple("BEGIN".into()),
                simple(format!("CREATE TEMP TABLE proof ON COMMIT DROP AS {}", text())),
                simple(format!("INSERT INTO proof {}", text())),
                simple(
                    "WITH gone AS (DELETE FROM proof p WHERE p IS NULL RETURNING *) INSERT INTO proof TABLE gone"
                        .into(),
                ),
                simple("SELECT * FROM proof".into()),
                simple("ROLLBACK".into()),
            ],
            Delivery::Write { mode, back, back_mode } => vec![
                simple("BEGIN".into()),
                self.sent(*mode),
                self.step(back.clone(), *back_mode, back.contains("ORDER BY")),
                simple("ROLLBACK".into()),
            ],
        }
    }

    /// The query by itself in that mode.
    fn sent(&self, mode: Mode) -> Step {
        let side = |side| match mode {
            Mode::Simple => (self.query.text_for(side), Vec::new()),
            _ => {
                let (text, parameters) = self.query.with_parameters(side);
                (text, parameters.into_iter().map(|(_, value)| value).collect())
            }
        };
        let (text, parameters) = side(Side::True);
        let masked = Some(side(Side::Masked)).filter(|(other, values)| *other != text || *values != parameters);
        Step { parameters, masked, ..self.step(text, mode, self.total) }
    }

    fn step(&self, text: String, mode: Mode, total: bool) -> Step {
        Step { text, parameters: Vec::new(), mode, total, masked: None }
    }

    /// As a case of `tests/oracle/cases/`.
    pub fn as_case(&self, name: &str) -> String {
        let steps = self.steps();
        let mut words = Vec::new();
        if steps.len() > 1 || matches!(self.delivery, Delivery::Copy(_)) {
            words.push("simple");
        }
        if !self.total {
            words.push("bag");
        }
        let words = if words.is_empty() { String::new() } else { format!(" [{}]", words.join(" ")) };
        let mut out = format!("-- case: {name}{words}\n");
        let parameters: Vec<String> = steps
            .iter()
            .flat_map(|step| &step.parameters)
            .map(|value| value.clone().unwrap_or("NULL".into()))
            .collect();
        if !parameters.is_empty() {
            out.push_str(&format!("-- bind: {}\n", parameters.join(", ")));
        }
        let texts: Vec<&str> = steps.iter().map(|step| step.text.as_str()).collect();
        out.push_str(&texts.join("\n-- then\n"));
        out.push('\n');
        out
    }
}
