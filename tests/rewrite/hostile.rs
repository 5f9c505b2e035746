//! Golden statements, broken by tokens and by bytes: whatever comes out is answered, in time, without a panic, and
//! neither the checker nor the second witness contradicts what the rewriter made of it.

use std::time::{Duration, Instant};

use menshen::catalog::search_path::SessionNames;
use menshen::check::witness::{Verdict, Witness};
use menshen::grammar::Tokens;
use menshen::sql::analyse::{Context, Outcome, analyse};

/// Numbers that look random and are the same each time.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides.max(1)
    }

    fn pick<'t>(&mut self, from: &[&'t str]) -> &'t str {
        from[self.roll(from.len())]
    }
}

/// Pieces of text that mean much to lexers and parsers.
const PIECES: [&str; 40] = [
    "'",
    "\"",
    "--",
    "/*",
    "*/",
    "$$",
    ";",
    "(",
    ")",
    "[",
    "]",
    ",",
    ".",
    "::",
    "\\",
    "E'",
    "U&\"",
    "U&'",
    "$1",
    "*",
    "ONLY",
    "LATERAL",
    "AS",
    "NULL",
    "WITH",
    "RECURSIVE",
    "UNION ALL",
    "SELECT",
    "FROM",
    "TABLE",
    "ctid",
    "buyers",
    "phone",
    "-2 ^ 2",
    "\u{0}",
    "\u{a0}",
    "客",
    "GROUP BY",
    "OFFSET 0",
    "RETURNING *",
];

/// What the checker says of some statements that the server does not accept either: a column of a WITH query that has
/// none of that name, a target's name where it cannot be seen. It knows less of names than the rewriter, and refuses.
const OF_NONSENSE: [&str; 2] = ["a masked value may be stored", "a column of a target may be read without its mask"];

/// What the witness says of a column name in a SELECT without FROM, which the server does not accept: it takes all
/// relations of a statement together.
const WITHOUT_FROM: &str = "a second reading: the plan does not tell of column";

/// Another text that resembles this one.
pub fn broken(text: &str, all: &[String], dice: &mut Dice) -> String {
    match Tokens::of(text) {
        Ok(tokens) if dice.roll(4) > 0 => by_tokens(text, &tokens, all, dice),
        _ => by_bytes(text, dice),
    }
}

fn by_tokens(text: &str, tokens: &Tokens<'_>, all: &[String], dice: &mut Dice) -> String {
    let mut parts: Vec<String> = Vec::new();
    let mut from = 0;
    for &token in tokens.list() {
        parts.push(text[from..token.start()].to_owned());
        parts.push(tokens.slice(token).to_owned());
        from = token.end();
    }
    parts.push(text[from..].to_owned());
    for _ in 0..=dice.roll(3) {
        let (place, other) = (dice.roll(parts.len()), dice.roll(parts.len()));
        match dice.roll(6) {
            0 => drop(parts.remove(place)),
            1 => parts.insert(place, format!(" {} ", dice.pick(&PIECES))),
            2 => parts.swap(place, other),
            3 => parts.insert(place, parts[other].clone()),
            4 => {
                let end = (place + dice.roll(12)).min(parts.len());
                let again: Vec<String> = parts[place..end].to_vec();
                parts.splice(other..other, again);
            }
            _ => {
                let donor = &all[dice.roll(all.len())];
                if let Ok(tokens) = Tokens::of(donor)
                    && !tokens.list().is_empty()
                {
                    parts[place] = format!(" {} ", tokens.slice(tokens.list()[dice.roll(tokens.list().len())]));
                }
            }
        }
        if parts.is_empty() {
            break;
        }
    }
    parts.concat()
}

fn by_bytes(text: &str, dice: &mut Dice) -> String {
    let mut bytes = text.as_bytes().to_vec();
    for _ in 0..=dice.roll(3) {
        let place = dice.roll(bytes.len());
        match dice.roll(4) {
            0 if !bytes.is_empty() => drop(bytes.remove(place)),
            1 if !bytes.is_empty() => bytes[place] = dice.roll(128) as u8,
            2 => bytes.truncate(place),
            _ => drop(bytes.splice(place..place, dice.pick(&PIECES).bytes())),
        }
    }
    String::from_utf8(bytes).unwrap_or_default()
}

/// Breaks statements for so long. Gives how many were tried, sent, and agreed to by the witness.
///
/// # Panics
/// At the first text that takes long or is contradicted.
pub fn are_answered(
    statements: &[String],
    context: &Context<'_>,
    names: &SessionNames,
    seed: u64,
    most: Duration,
) -> [usize; 3] {
    let witness = Witness::default();
    let mut dice = Dice::new(seed);
    let mut counts = [0; 3];
    let began = Instant::now();
    while began.elapsed() < most {
        let statement = &statements[dice.roll(statements.len())];
        let text = broken(statement, statements, &mut dice);
        let here = Instant::now();
        counts[0] += 1;
        let plan = analyse(&text, context);
        let sent = match &plan.outcome {
            Outcome::Relay => &text,
            Outcome::Rewritten { text, .. } => text,
            Outcome::Refuse(_) => continue,
        };
        counts[1] += 1;
        match menshen::check::check(sent, &plan.statements, context.snapshot, context.rights, names) {
            Ok(_) => {}
            Err(contradiction) if OF_NONSENSE.contains(&&*contradiction.what) => continue,
            Err(contradiction) => panic!("seed {seed}: {contradiction:?}\n{text}\n{sent}"),
        }
        let heard = witness.hear(sent, &plan.statements, context.snapshot, context.rights, names);
        match &heard {
            Verdict::Contradicts(contradiction) if contradiction.what.starts_with(WITHOUT_FROM) => continue,
            Verdict::Contradicts(_) => panic!("seed {seed}: {heard:?}\n{text}\n{sent}"),
            _ => {}
        }
        counts[2] += usize::from(heard == Verdict::Agrees);
        assert!(here.elapsed() < Duration::from_secs(5), "seed {seed}: slow\n{text}");
    }
    counts
}
