//! Runs every case and compares.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use super::cases::{Case, Fate};
use super::compare::{Numbers, differs_between_worlds, differs_from_masked, refusal};
use super::wire::{Connection, Message, Mode, packet};
use super::world::{RESTRICTED, World};

/// The three doors that a case goes through.
#[derive(Debug)]
pub struct Doors<'a> {
    /// Where Menshen (or what pretends to be it) listens.
    pub proxy: u16,
    /// PostgreSQL itself.
    pub server: u16,
    pub world: &'a World,
    pub principal: &'a str,
    /// In how many of the three ways each case is sent.
    pub ways: usize,
}

/// What came out of all cases.
#[derive(Debug, Default)]
pub struct Outcome {
    pub failures: Vec<String>,
    pub answered: usize,
    pub refused: usize,
    /// First line of each refusal of an attack, and how often.
    pub reasons: BTreeMap<String, usize>,
}

/// Connections of one principal, opened anew whenever a case may have left something behind.
struct Bench<'a> {
    doors: &'a Doors<'a>,
    open: Option<[Connection; 3]>,
    /// The search path that those have set.
    path: String,
}

impl<'a> Bench<'a> {
    fn connections(&mut self, path: &str) -> &mut [Connection; 3] {
        let doors = self.doors;
        if self.path != path {
            self.open = None;
            path.clone_into(&mut self.path);
        }
        self.open.get_or_insert_with(|| {
            let at = |port, database: &str| {
                let mut connection = Connection::open(port, doors.principal, database);
                if !path.is_empty() {
                    connection.run(Mode::Simple, &format!("SET search_path = {path}"), &[]);
                }
                connection
            };
            [
                at(doors.proxy, &doors.world.a),
                at(doors.proxy, &doors.world.b),
                at(doors.server, doors.world.masked(doors.principal)),
            ]
        })
    }

    fn tidy(&mut self, case: &Case) {
        let leave = self.open.as_ref().is_some_and(|connections| {
            case.steps.len() == 1
                && connections.iter().all(|connection| !connection.closed && connection.status == b'I')
        });
        if !leave {
            self.open = None;
        }
    }
}

/// Runs all cases, by the simple or the extended protocol with rows as text or in binary, in turn; each principal begins at
/// another place. Stops at 200 failures.
pub fn run(doors: &Doors<'_>, cases: &[Case]) -> Outcome {
    let mut outcome = Outcome::default();
    let mut bench = Bench { doors, open: None, path: String::new() };
    let turn = RESTRICTED.iter().position(|one| *one == doors.principal).unwrap_or_default();
    for (way, (number, case)) in (0..doors.ways).flat_map(|way| cases.iter().enumerate().map(move |case| (way, case))) {
        let modes: &[Mode] = match (case.simple_only, case.parameters.is_empty()) {
            (true, _) => &[Mode::Simple],
            (false, true) => &[Mode::Simple, Mode::Extended, Mode::Binary],
            (false, false) => &[Mode::Extended, Mode::Binary],
        };
        if way < modes.len() && outcome.failures.len() < 200 {
            one(&mut bench, case, modes[(number + turn + way) % modes.len()], &mut outcome);
            bench.tidy(case);
        }
    }
    outcome
}

/// Cases that lock rows or tables, or hear what others say, run one at a time: the databases are shared by all principals.
static ALONE: Mutex<()> = Mutex::new(());

fn is_alone(case: &Case) -> bool {
    let text = case.steps.join(" ").to_ascii_uppercase();
    ["FOR UPDATE", "FOR NO KEY UPDATE", "FOR SHARE", "LOCK ", "INSERT ", "UPDATE ", "DELETE ", "MERGE ", "NOTIFY"]
        .iter()
        .any(|word| text.contains(word))
}

fn one(bench: &mut Bench<'_>, case: &Case, mode: Mode, outcome: &mut Outcome) {
    let _alone = is_alone(case).then(|| ALONE.lock().unwrap_or_else(PoisonError::into_inner));
    let mut refused = false;
    for step in &case.steps {
        let numbers = &bench.doors.world.numbers;
        let [a, b, m] = bench.connections(&case.search_path);
        let ask = |connection: &mut Connection| {
            let parameters = if step.contains('$') || case.steps.len() == 1 { &*case.parameters } else { &[] };
            connection.send(&packet(mode, step, parameters, !case.bag));
            still(case, connection.receive())
        };
        let [a, b] = [a, b].map(ask);
        // What was refused is not run on M either: it may be a write.
        let verdict = compare_worlds(case, step, &a, &b, numbers).and_then(|reason| {
            // Some types have no binary form.
            let must = case.must_answer && reason.is_none() && mode != Mode::Binary;
            if must && a.iter().any(|message| message.kind == b'E') {
                Err(format!("fails: {}", explain(&a)))
            } else {
                Ok(reason)
            }
        });
        let verdict = verdict.and_then(|reason| match reason {
            None => compare_masked(case, step, &a, &ask(m), numbers),
            reason => Ok(reason),
        });
        match verdict {
            Err(problem) => {
                let principal = bench.doors.principal;
                outcome.failures.push(format!("{} as {principal}, {mode:?}:\n  {step}\n  {problem}", case.name));
                bench.open = None;
                return;
            }
            Ok(Some(reason)) => {
                refused = true;
                *outcome.reasons.entry(reason).or_default() += 1;
                // What follows would run in another state than on M; a single statement that was refused has changed nothing.
                if case.steps.len() > 1 || step.contains(';') {
                    bench.open = None;
                }
                break;
            }
            Ok(None) => {}
        }
    }
    if refused {
        outcome.refused += 1
    } else {
        outcome.answered += 1
    }
    if !refused && case.fate == Fate::MustBeRefused {
        outcome.failures.push(format!("{} as {}, {mode:?}: was answered", case.name, bench.doors.principal));
    }
}

/// The answer without the values that differ from one moment to the next.
fn still(case: &Case, mut answer: Vec<Message>) -> Vec<Message> {
    if case.moving {
        answer.retain(|message| !matches!(message.kind, b'D' | b'd'));
        answer.iter_mut().filter(|message| message.kind == b'C').for_each(|tag| tag.body.clear());
    }
    answer
}

/// `Ok(Some(reason))`: refused, as it may be; `Err`: the principal can tell the worlds apart, or was refused wrongly.
fn compare_worlds(
    case: &Case,
    step: &str,
    a: &[Message],
    b: &[Message],
    numbers: &Numbers,
) -> Result<Option<String>, String> {
    if let Some(difference) = differs_between_worlds(a, b, !case.bag && Case::ordered(step), numbers) {
        return Err(format!("A and B can be told apart: {difference}"));
    }
    if a.iter().next_back().is_none_or(|message| message.kind != b'Z') {
        return Err("the connection was closed".into());
    }
    match refusal(a) {
        Some(reason) if case.fate == Fate::Legitimate && !for_its_rows(&reason) => {
            Err(format!("refused: {}", explain(a)))
        }
        reason => Ok(reason),
    }
}

fn compare_masked(
    case: &Case,
    step: &str,
    a: &[Message],
    m: &[Message],
    numbers: &Numbers,
) -> Result<Option<String>, String> {
    let ordered = !case.bag && Case::ordered_outside(step);
    match differs_from_masked(a, m, ordered, numbers) {
        Some(difference) if case.equality => Err(format!("not what M answers: {difference}")),
        _ => Ok(None),
    }
}

/// What only somebody whose rows are filtered is refused: views that do not show by what, and numbers of rows.
fn for_its_rows(reason: &str) -> bool {
    reason.starts_with("menshen: which rows of ") || reason.starts_with("menshen: EXPLAIN with numbers of rows")
}

fn explain(answer: &[Message]) -> String {
    let error = answer.iter().find(|message| message.kind == b'E');
    let field = |code| error.and_then(|error| error.field(code)).unwrap_or_default();
    format!("{} / {} / {}", field(b'M'), field(b'D'), field(b'H'))
}
