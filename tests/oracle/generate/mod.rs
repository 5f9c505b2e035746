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
mod templates;
pub mod types;
mod writer;

use chance::Chance;
pub use knobs::Knobs;
use phrase::Phrase;
use schema::Schema;
use writer::Writer;

use super::wire::Mode;

/// How a query reaches the server.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
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
}

/// A generated statement.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Statement {
    pub query: Phrase,
    pub delivery: Delivery,
    /// Whether its order leaves nothing open.
    pub total: bool,
}

/// One message to the server.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Step {
    pub text: String,
    pub parameters: Vec<Option<String>>,
    pub mode: Mode,
    /// Whether rows must come in the same order.
    pub total: bool,
}

/// Statement number `index` of a run.
pub fn statement(seed: u64, index: u64, schema: &Schema, knobs: &Knobs) -> Statement {
    let mut writer = Writer::new(Chance::new(seed, index), schema, knobs);
    let temporary = writer.chance.percent(2);
    writer.named = temporary;
    let query = writer.top();
    let locking = query.phrase.text().contains(" FOR ");
    let delivery = match writer.chance.below(100) {
        _ if temporary && !locking => Delivery::Temporary,
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
    Statement { query: query.phrase, delivery, total: query.total }
}

impl Statement {
    /// A text by itself.
    pub fn plain(text: &str) -> Self {
        Self { query: text.into(), delivery: Delivery::Plain(Mode::Simple), total: true }
    }

    /// What is sent, message by message.
    pub fn steps(&self) -> Vec<Step> {
        let text = || self.query.text();
        let simple = |text: String| self.step(text, Mode::Simple, false);
        match self.delivery {
            Delivery::Plain(Mode::Simple) => vec![self.step(text(), Mode::Simple, self.total)],
            Delivery::Plain(mode) => {
                let (text, parameters) = self.query.with_parameters();
                let parameters = parameters.into_iter().map(|(_, value)| Some(value)).collect();
                vec![Step { parameters, ..self.step(text, mode, self.total) }]
            }
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
                let (text, parameters) = self.query.with_parameters();
                let values: Vec<String> = parameters.iter().map(|(ty, value)| ty.literal(value, false)).collect();
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
        }
    }

    fn step(&self, text: String, mode: Mode, total: bool) -> Step {
        Step { text, parameters: Vec::new(), mode, total }
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
