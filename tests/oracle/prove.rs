//! Generated statements through the three doors, many at a time: `make prove N=… SEED=…`.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::Write;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use super::compare::{
    Numbers, asks_a_row_type, differs_between_worlds, differs_from_masked, refusal, without_positions,
};
use super::displaced::displaced;
use super::generate::phrase::Side;
use super::generate::schema::Schema;
use super::generate::shrink::shrink;
use super::generate::targets::{CORRUPTED, keep, watch};
use super::generate::{self, Knobs, Statement, Step};
use super::wire::{Connection, Message};
use super::world::{self, RESTRICTED, World};
use crate::cluster::{self, root};

/// Statements on their way at once in one session.
const BATCH: u64 = 12;

/// Batches after which a worker sweeps its databases: what was rolled back is still in them.
const SWEEP: u64 = 200;

/// Sessions that work side by side, each for one principal and in databases of its own: nobody waits for a lock. Two for
/// each principal keep two cores busy, since each also waits for the slowest of its doors.
const WORKERS: usize = 2 * RESTRICTED.len();

/// Shares above which a run fails, in percent: refused ones of the valid, and those that PostgreSQL does not determine.
const REFUSED_MOST: f64 = 3.0;
const OPEN_MOST: f64 = 0.5;

/// Settings of every session: nothing that only costs time.
const SETTINGS: &str =
    "jit = off;max_parallel_workers_per_gather = 0;statement_timeout = 1000;search_path = housing, public";

/// What to run.
#[derive(Clone, Debug)]
pub struct Order {
    /// How many statements the seed gives, and from which one on they are run, in whole batches.
    pub count: u64,
    pub from: u64,
    pub seed: u64,
    /// Where Menshen listens.
    pub proxy: u16,
    pub knobs: Knobs,
    /// Stop at the first difference.
    pub first: bool,
    /// Whether counterexamples are made small.
    pub shrink: bool,
    /// Whether names are taken over by other objects, too.
    pub displace: bool,
}

/// What came out.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    pub answered: u64,
    /// Valid statements that were refused.
    pub refused: u64,
    /// Writes that store a masked reading of something else, and were refused as they must be.
    pub guarded: u64,
    /// Those of all that write.
    pub writes: u64,
    /// Statements with an error on M too.
    pub invalid: u64,
    /// Answers that were compared with M's, errors too.
    pub compared: u64,
    /// What PostgreSQL itself answers in more than one way.
    pub open: u64,
    /// Of refusals of valid statements: how many and an example.
    pub reasons: BTreeMap<String, (u64, String)>,
    /// Errors of M: how many and an example.
    pub errors: BTreeMap<String, (u64, String)>,
    pub differences: Vec<Difference>,
}

/// A counterexample.
#[derive(Clone, Debug)]
pub struct Difference {
    pub index: u64,
    pub principal: &'static str,
    pub problem: String,
    pub shrunk: Statement,
}

/// What one statement came to.
enum Verdict {
    Same,
    Invalid(String),
    Refused(String),
    /// As it was meant to be.
    Guarded,
    Differs(String),
    Open,
}

impl Outcome {
    fn add(&mut self, other: Self) {
        self.answered += other.answered;
        self.refused += other.refused;
        self.guarded += other.guarded;
        self.writes += other.writes;
        self.invalid += other.invalid;
        self.compared += other.compared;
        self.open += other.open;
        for (mine, others) in [(&mut self.reasons, other.reasons), (&mut self.errors, other.errors)] {
            for (reason, (count, example)) in others {
                mine.entry(reason).or_insert((0, example)).0 += count;
            }
        }
        self.differences.extend(other.differences);
    }

    /// In percent of the valid statements.
    pub fn refused_share(&self) -> f64 {
        100.0 * self.refused as f64 / (self.refused + self.answered).max(1) as f64
    }

    fn open_share(&self) -> f64 {
        100.0 * self.open as f64 / (self.compared + self.open).max(1) as f64
    }

    /// What is wrong, if anything is.
    pub fn failure(&self) -> Option<String> {
        if !self.differences.is_empty() {
            return Some(format!("{} statements differ", self.differences.len()));
        }
        if self.refused_share() > REFUSED_MOST {
            return Some(format!("{:.2} % of the valid statements were refused", self.refused_share()));
        }
        (self.open_share() > OPEN_MOST).then(|| format!("{:.2} % of the answers are not determined", self.open_share()))
    }
}

/// Databases of its own for each worker, and what statements of each principal are made of.
#[derive(Debug)]
pub struct Ground {
    worlds: [World; WORKERS],
    schemas: [Schema; RESTRICTED.len()],
}

/// For which principal, by its place in [`RESTRICTED`], a worker works.
fn served(worker: usize) -> usize {
    worker % RESTRICTED.len()
}

impl Ground {
    /// Builds the databases; they go with this value.
    pub fn new() -> Self {
        let small = world::small();
        let others: Vec<&str> = small.databases().into_iter().skip(1).collect();
        let schema = Schema::read(&small.a, &others);
        let schemas = RESTRICTED.map(|principal| {
            let (snapshot, rights) = world::seen(&small.a, principal);
            schema.of_principal(small.masked(principal), &snapshot, &rights)
        });
        let worlds = std::array::from_fn(|worker| own_world(&small, RESTRICTED[served(worker)]));
        for (worker, world) in worlds.iter().enumerate() {
            let schema = &schemas[served(worker)];
            watch(&schema.targets, &world.a);
            watch(&schema.targets, &world.b);
            world.databases().into_iter().for_each(|database| keep(&schema.targets, database));
        }
        Self { worlds, schemas }
    }

    /// Runs the order; `progress` is told how many statements are done.
    pub fn run(&self, order: &Order, progress: impl Fn(u64) + Sync) -> Outcome {
        let (done, stop) = (AtomicU64::new(0), AtomicBool::new(false));
        let total = Mutex::new(Outcome::default());
        let progress = |more: u64| progress(done.fetch_add(more, Ordering::Relaxed) + more);
        std::thread::scope(|scope| {
            for (number, world) in self.worlds.iter().enumerate() {
                let (stop, total, progress) = (&stop, &total, &progress);
                let (principal, schema) = (RESTRICTED[served(number)], &self.schemas[served(number)]);
                scope.spawn(move || {
                    let mut worker = Worker::new(order, world, principal, schema);
                    worker.share(number as u64, stop, progress);
                    total.lock().expect("nobody panicked").add(worker.outcome);
                });
            }
        });
        let mut outcome = total.into_inner().expect("nobody panicked");
        for (world, principal) in self.worlds.iter().zip(RESTRICTED).filter(|_| order.displace) {
            outcome.differences.extend(displaced(world, principal, order.proxy));
        }
        outcome
    }
}

impl Drop for Ground {
    fn drop(&mut self) {
        for database in self.worlds.iter().flat_map(World::databases) {
            cluster::shared().sql("postgres", &format!("DROP DATABASE {database} WITH (FORCE)"));
        }
    }
}

/// Takes as long as it takes, whatever bounds the sessions' statements.
fn sweep(database: &str) {
    cluster::run(cluster::shared().psql(database).args(["-c", "SET statement_timeout = 0", "-c", "VACUUM"]));
}

fn own_world(small: &World, principal: &'static str) -> World {
    let world = small.copy_for(principal);
    for database in world.databases() {
        let set = SETTINGS.split(';').map(|setting| format!("ALTER DATABASE {database} SET {setting};"));
        cluster::shared().sql("postgres", &set.collect::<String>());
    }
    world
}

struct Worker<'a> {
    order: &'a Order,
    world: &'a World,
    principal: &'static str,
    schema: &'a Schema,
    open: Option<[Connection; 3]>,
    outcome: Outcome,
}

/// One step's answers: Menshen on A and on B, PostgreSQL on M.
type Answers = [Vec<Message>; 3];

impl<'a> Worker<'a> {
    fn new(order: &'a Order, world: &'a World, principal: &'static str, schema: &'a Schema) -> Self {
        Self { order, world, principal, schema, open: None, outcome: Outcome::default() }
    }

    /// Every batch that falls to the worker of this number.
    fn share(&mut self, number: u64, stop: &AtomicBool, progress: &(impl Fn(u64) + Sync)) {
        let mut batch = number + (self.order.from / BATCH / WORKERS as u64) * WORKERS as u64;
        while batch * BATCH < self.order.count && !stop.load(Ordering::Relaxed) {
            let indices: Vec<u64> = (batch * BATCH..((batch + 1) * BATCH).min(self.order.count)).collect();
            self.batch(&indices);
            progress(indices.len() as u64);
            let found = self.outcome.differences.len();
            if found > 9 || (found > 0 && self.order.first) {
                stop.store(true, Ordering::Relaxed);
            }
            batch += WORKERS as u64;
            if (batch / WORKERS as u64).is_multiple_of(SWEEP) {
                self.world.databases().into_iter().for_each(sweep);
            }
        }
    }

    fn batch(&mut self, indices: &[u64]) {
        let make = |index: &u64| generate::statement(self.order.seed, *index, self.schema, &self.order.knobs);
        let statements: Vec<Statement> = indices.iter().map(make).collect();
        let steps: Vec<Vec<Step>> = statements.iter().map(Statement::steps).collect();
        let mut first = 0;
        while first < statements.len() {
            let answers = self.ask(&steps[first..]);
            for answers in &answers {
                let n = first;
                first += 1;
                let mut verdict = judge(&statements[n], &steps[n], answers, &self.world.numbers);
                if let Verdict::Differs(problem) = verdict {
                    verdict = self.confirm(&statements[n], problem);
                }
                self.count(indices[n], &statements[n], verdict);
                // it may be ROLLBACK that came too late: the others are asked again
                if late(answers) {
                    self.open = None;
                    break;
                }
            }
        }
    }

    /// Sends everything at once through all doors and takes the answers back.
    fn ask(&mut self, statements: &[Vec<Step>]) -> Vec<Vec<Answers>> {
        let bytes = |side| statements.iter().flatten().flat_map(|step| step.packet(side)).collect::<Vec<u8>>();
        let (truth, masked) = (bytes(Side::True), bytes(Side::Masked));
        let connections = self.connections();
        connections.iter_mut().zip([&truth, &truth, &masked]).for_each(|(connection, bytes)| connection.send(bytes));
        let take = |connections: &mut [Connection; 3]| {
            connections.each_mut().map(|connection| if connection.closed { Vec::new() } else { connection.receive() })
        };
        let answers = statements.iter().map(|steps| steps.iter().map(|_| take(connections)).collect()).collect();
        if connections.iter().any(|connection| connection.closed || connection.status != b'I') {
            self.open = None;
        }
        answers
    }

    fn connections(&mut self) -> &mut [Connection; 3] {
        let (world, principal, proxy) = (self.world, self.principal, self.order.proxy);
        self.open.get_or_insert_with(|| {
            let server = cluster::shared().port;
            let doors = [(proxy, world.a.as_str()), (proxy, &world.b), (server, world.masked(principal))];
            doors.map(|(port, database)| Connection::open(port, principal, database))
        })
    }

    /// The same alone, in new sessions.
    fn alone(&mut self, statement: &Statement) -> (Verdict, bool) {
        self.open = None;
        let steps = statement.steps();
        let answers = self.ask(std::slice::from_ref(&steps)).remove(0);
        let fails = answers.iter().any(|[.., m]| m.iter().any(|message| message.kind == b'E'));
        (judge(statement, &steps, &answers, &self.world.numbers), fails)
    }

    /// A difference counts unless PostgreSQL itself answers in more than one way.
    fn confirm(&mut self, statement: &Statement, problem: String) -> Verdict {
        if self.is_open(statement) {
            return Verdict::Open;
        }
        match self.alone(statement).0 {
            verdict @ (Verdict::Differs(_) | Verdict::Open) => verdict,
            _ => Verdict::Differs(format!("only among others: {problem}")),
        }
    }

    /// Whether M's answer depends on how PostgreSQL plans.
    fn is_open(&mut self, statement: &Statement) -> bool {
        const PLANS: [&str; 4] = [
            "",
            "SET enable_hashagg = off; SET enable_hashjoin = off; SET enable_memoize = off",
            "SET enable_mergejoin = off; SET enable_nestloop = off; SET enable_seqscan = off; SET enable_sort = off",
            "SET from_collapse_limit = 1; SET join_collapse_limit = 1; SET enable_material = off; SET enable_seqscan = off",
        ];
        let steps = statement.steps();
        let answers = PLANS.map(|plan| {
            let database = self.world.masked(self.principal);
            let mut connection = Connection::open(cluster::shared().port, self.principal, database);
            connection.run(super::wire::Mode::Simple, plan, &[]);
            let ask = |step: &Step| {
                connection.send(&step.packet(Side::Masked));
                connection.receive()
            };
            steps.iter().map(ask).collect::<Vec<_>>()
        });
        let [first, others @ ..] = &answers;
        others.iter().any(|other| {
            let mut both = first.iter().zip(other).zip(&steps);
            both.any(|((one, other), step)| differs_from_masked(one, other, step.total, &self.world.numbers).is_some())
        })
    }

    fn count(&mut self, index: u64, statement: &Statement, verdict: Verdict) {
        self.outcome.writes += u64::from(matches!(statement.delivery, generate::Delivery::Write { .. }));
        let text = || statement.steps().iter().map(|step| step.text.as_str()).collect::<Vec<_>>().join("; ");
        match verdict {
            Verdict::Same => {
                self.outcome.answered += 1;
                self.outcome.compared += 1;
            }
            Verdict::Invalid(error) => {
                self.outcome.invalid += 1;
                self.outcome.compared += 1;
                self.outcome.errors.entry(error).or_insert_with(|| (0, text())).0 += 1;
            }
            Verdict::Refused(reason) => {
                self.outcome.refused += 1;
                self.outcome.reasons.entry(reason).or_insert_with(|| (0, text())).0 += 1;
            }
            Verdict::Guarded => self.outcome.guarded += 1,
            Verdict::Open => self.outcome.open += 1,
            Verdict::Differs(problem) => {
                // said at once: a long run may be stopped
                let _ =
                    writeln!(std::io::stderr(), "prove: statement {index} as {} differs: {problem}", self.principal);
                let (verdict, failed) = self.alone(statement);
                let shrunk = match verdict {
                    Verdict::Differs(_) if self.order.shrink => shrink(statement, 600, |one| {
                        let (verdict, fails) = self.alone(one);
                        matches!(verdict, Verdict::Differs(_)) && (failed || !fails) && !self.is_open(one)
                    }),
                    _ => statement.clone(),
                };
                self.outcome.differences.push(Difference { index, principal: self.principal, problem, shrunk });
            }
        }
    }
}

fn error(answer: &[Message], code: u8) -> Option<String> {
    answer.iter().find(|message| message.kind == b'E').and_then(|message| message.field(code))
}

/// Whether the server took too long through one of the doors.
fn late(answers: &[Answers]) -> bool {
    answers.iter().flatten().any(|answer| error(answer, b'C').is_some_and(|state| state == "57014"))
}

fn judge(statement: &Statement, steps: &[Step], answers: &[Answers], numbers: &Numbers) -> Verdict {
    if late(answers) {
        return Verdict::Open;
    }
    let fails = answers.iter().find_map(|[.., m]| error(m, b'M'));
    let mut lost = false;
    for (step, [a, b, m]) in steps.iter().zip(answers) {
        let corrupted = |answer: &&&Vec<Message>| error(answer, b'C').is_some_and(|state| state == CORRUPTED);
        if let Some(answer) = [a, b].iter().find(corrupted) {
            let what = error(answer, b'M').unwrap_or_default();
            return Verdict::Differs(format!("a protected value became what was neither there nor entered: {what}"));
        }
        if let Some(difference) = differs_between_worlds(a, b, step.total, numbers) {
            return Verdict::Differs(format!("A and B can be told apart: {difference}"));
        }
        if a.last().is_none_or(|message| message.kind != b'Z') {
            return Verdict::Differs("the connection was closed".into());
        }
        if refusal(a).is_some() {
            return match fails {
                Some(error) => Verdict::Invalid(error),
                None if statement.meant => Verdict::Guarded,
                None => Verdict::Refused(why(a)),
            };
        }
        // M's transaction failed where Menshen's goes on: from here on there is nothing to compare with
        lost |= statement.apart || asks_a_row_type(m);
        if lost {
            continue;
        }
        let (a, m) = match step.masked {
            // another text has other positions
            Some(_) => (&without_positions(a), &without_positions(m)),
            None => (a, m),
        };
        if let Some(difference) = differs_from_masked(a, m, step.total, numbers) {
            return Verdict::Differs(format!("not what M answers: {difference}"));
        }
    }
    fails.map_or(Verdict::Same, Verdict::Invalid)
}

fn why(answer: &[Message]) -> String {
    let field = |code| error(answer, code).unwrap_or_default();
    format!("{} / {}", field(b'M'), field(b'D'))
}

impl Difference {
    /// Writes it down as a case that stays; gives its path.
    pub fn keep(&self, seed: u64) -> String {
        let mut hasher = DefaultHasher::new();
        self.shrunk.query.text().hash(&mut hasher);
        let hash = format!("{:08x}", hasher.finish() as u32);
        let path = format!("tests/oracle/cases/found/{hash}.sql");
        let case = self.shrunk.as_case(&format!("seed {seed}, statement {}, {}", self.index, self.principal));
        std::fs::write(root().join(&path), case).expect("written");
        path
    }
}

/// A Menshen in front of the shared cluster, with these defects planted.
pub fn proxy_with(defects: &str) -> crate::menshen::Menshen {
    super::proxy_with(defects)
}
