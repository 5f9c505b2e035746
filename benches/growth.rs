//! Whether analysis stays linear, whatever a statement is made longer by: some fifty ways, each at 150 and at 600 KB. What
//! takes more than twice as long as four times the size explains fails.
#![allow(clippy::print_stdout, reason = "it prints a table")]

use std::process::ExitCode;
use std::time::{Duration, Instant};

mod world;

use world::World;

const SMALL: usize = 150_000;
const LARGE: usize = 600_000;

/// Four times the size may take so many times as long.
const MOST: f64 = 8.0;

/// Less than this says nothing.
const FAST: Duration = Duration::from_millis(20);

/// A statement as a template: `<…|s>` repeats what stands before the bar, with `#` numbered, joined by `s`.
const WAYS: &[(&str, &str)] = &[
    ("outputs and ORDER BY", "SELECT <id AS a#|, > FROM notes ORDER BY <a#|, >"),
    ("computed outputs and ORDER BY", "SELECT <id + #|, > FROM notes ORDER BY <title|, >"),
    ("masked outputs and ORDER BY", "SELECT <id|, > FROM housing.buyers ORDER BY <phone|, >"),
    ("temporary tables, each read", "<CREATE TEMP TABLE t# (a int); SELECT a FROM t#|; >"),
    ("assignments", "UPDATE housing.buyers SET <phone = #|, >"),
    ("outputs and GROUP BY", "SELECT <title AS a#|, > FROM notes GROUP BY <a#|, >"),
    ("outputs of a subquery", "SELECT <a#|, > FROM (SELECT <id AS a#|, > FROM notes) s"),
    ("GROUP BY", "SELECT count(*) FROM housing.buyers GROUP BY <id + #|, >"),
    ("GROUPING SETS", "SELECT count(*) FROM housing.buyers GROUP BY GROUPING SETS (<(id, project_id)|, >)"),
    ("open relations", "SELECT 1 FROM <notes t#|, >"),
    ("protected relations", "SELECT 1 FROM <housing.buyers t#|, >"),
    ("masked relations", "SELECT <t#.phone|, > FROM <housing.buyers t#|, >"),
    ("columns of many relations", "SELECT <t#.id|, > FROM <notes t#|, >"),
    ("bare columns among many relations", "SELECT <title|, > FROM <projects t#|, >, notes"),
    ("JOIN USING", "SELECT 1 FROM notes t <JOIN notes t# USING (id)| >"),
    ("NATURAL JOIN", "SELECT 1 FROM notes t <NATURAL JOIN notes t#| >"),
    ("JOIN ON", "SELECT 1 FROM notes t <JOIN notes t# ON t#.id = t.id| >"),
    ("CROSS JOIN of masked", "SELECT t.phone FROM housing.buyers t <CROSS JOIN housing.buyers t#| >"),
    ("parameters", "SELECT 1 FROM housing.buyers WHERE id IN (<$#|, >)"),
    ("CASE", "SELECT CASE <WHEN id = # THEN phone| > END FROM housing.buyers"),
    ("ARRAY", "SELECT ARRAY[<phone|, >] FROM housing.buyers"),
    ("ROW", "SELECT ROW(<phone, #|, >) FROM housing.buyers"),
    ("arguments", "SELECT concat(<phone, #|, >) FROM housing.buyers"),
    ("coalesce", "SELECT coalesce(<phone|, >) FROM housing.buyers"),
    ("operators", "SELECT <phone| || > FROM housing.buyers"),
    ("casts", "SELECT phone<::text|> FROM housing.buyers"),
    ("subqueries in FROM", "SELECT 1 FROM <(SELECT id, phone FROM housing.buyers) s#|, >"),
    ("LATERAL", "SELECT 1 FROM notes n, <LATERAL (SELECT n.id) s#|, >"),
    ("functions in FROM", "SELECT 1 FROM <generate_series(1, #) g#|, >"),
    ("EXISTS", "SELECT 1 FROM notes n WHERE <EXISTS (SELECT 1 FROM housing.buyers WHERE id = #)| AND >"),
    ("IN (SELECT)", "SELECT 1 FROM notes n WHERE <id IN (SELECT id FROM housing.buyers WHERE name = 'x#')| OR >"),
    ("scalar subqueries", "SELECT <(SELECT phone FROM housing.buyers WHERE id = #)|, >"),
    (
        "correlated subqueries",
        "SELECT <(SELECT concat(b.phone, title) FROM notes WHERE id = #)|, > FROM housing.buyers b",
    ),
    ("windows", "SELECT phone FROM housing.buyers WINDOW <w# AS (PARTITION BY phone)|, >"),
    ("window calls", "SELECT <count(*) OVER (ORDER BY phone)|, > FROM housing.buyers"),
    ("FILTER", "SELECT <count(*) FILTER (WHERE id = #)|, > FROM housing.buyers"),
    ("VALUES and names", "SELECT 1 FROM (VALUES (<#|, >)) v(<c#|, >)"),
    ("WITH", "WITH <w# AS (SELECT phone FROM housing.buyers)|, > SELECT * FROM <w#|, >"),
    (
        "WITH RECURSIVE",
        "WITH RECURSIVE <w# AS (SELECT phone FROM housing.buyers)|, > SELECT <(SELECT phone FROM w#)|, >",
    ),
    ("UNION of masked", "<SELECT phone FROM housing.buyers WHERE id = #| UNION ALL >"),
    (
        "UNION in parentheses",
        "<(SELECT phone FROM housing.buyers WHERE id = # ORDER BY phone)| UNION ALL > ORDER BY phone",
    ),
    ("match", "SELECT id FROM housing.buyers WHERE <phone = '1381234#'| OR >"),
    ("rows compared", "SELECT id FROM housing.buyers WHERE <(id, name) = (#, 'x')| OR >"),
    ("LIKE", "SELECT id FROM housing.buyers WHERE <name LIKE 'x#%'| AND >"),
    ("nested AND and OR", "SELECT id FROM housing.buyers WHERE <(id = # OR project_id = 1)| AND >"),
    ("stars", "SELECT <b.*|, > FROM housing.buyers b"),
    ("whole rows", "SELECT <b|, > FROM housing.buyers b"),
    ("protected rows", "INSERT INTO housing.buyers (id, name, phone) VALUES <(#, 'x', '13800001111')|, >"),
    ("RETURNING", "UPDATE housing.buyers SET name = 'x' WHERE id = 1 RETURNING <id AS c#|, >"),
    ("UPDATE FROM", "UPDATE notes SET title = 'x' FROM <housing.buyers t#|, >"),
    ("statements", "<SELECT phone FROM housing.buyers WHERE id = #|; >"),
    ("PREPARE", "<PREPARE p# AS SELECT phone FROM housing.buyers|; >"),
    ("DEALLOCATE", "<DEALLOCATE p#|; >"),
    ("DECLARE", "BEGIN; <DECLARE c# CURSOR FOR SELECT 1|; >"),
    ("SAVEPOINT", "BEGIN; <SAVEPOINT s#|; >"),
    ("comments", "SELECT phone </* # */|> FROM housing.buyers"),
    ("line comments", "SELECT phone <-- #\n|> FROM housing.buyers"),
    ("a long string", "SELECT phone FROM housing.buyers WHERE name = '<x''|>'"),
    ("a long dollar string", "SELECT phone FROM housing.buyers WHERE name = $a$<x$|>$a$"),
    ("quoted names", "SELECT <id AS \"a\"\"#\"|, > FROM housing.buyers"),
    ("white space", "SELECT < |>phone FROM housing.buyers"),
];

/// The statement of about so many bytes.
fn written(template: &str, bytes: usize) -> String {
    let made = |count: usize| {
        let mut text = String::new();
        let mut rest = template;
        while let Some((before, repeated)) = rest.split_once('<') {
            let Some((inside, after)) = repeated.split_once('>') else { break };
            let Some((part, between)) = inside.split_once('|') else { break };
            text.push_str(before);
            for n in 0..count {
                if n > 0 {
                    text.push_str(between);
                }
                text.push_str(&part.replace('#', &(n + 1).to_string()));
            }
            rest = after;
        }
        text + rest
    };
    let (few, many) = (made(1_000).len(), made(2_000).len());
    made(bytes * 1_000 / (many - few).max(1))
}

/// The least of three times, and what became of it.
fn timed(text: &str, world: &World) -> (Duration, &'static str) {
    let once = || {
        let begun = Instant::now();
        let became = world.analysed(text);
        (begun.elapsed(), became)
    };
    let first = once();
    if first.0 > Duration::from_secs(2) { first } else { [first, once(), once()].into_iter().min().unwrap_or(first) }
}

fn main() -> ExitCode {
    let world = World::new();
    let mut failed = 0;
    println!("| longer by | 150 KB, ms | 600 KB, ms | times | |\n|---|---|---|---|---|");
    // `cargo bench --bench growth -- UNION`: those alone
    let wanted = std::env::args().skip(1).find(|argument| !argument.starts_with('-')).unwrap_or_default();
    for (way, template) in WAYS.iter().filter(|(way, _)| way.contains(&wanted)) {
        let (small, before) = timed(&written(template, SMALL), &world);
        let (large, became) = timed(&written(template, LARGE), &world);
        let times = large.as_secs_f64() / small.max(FAST / 4).as_secs_f64();
        let bad = ["contradicted", "syntax"].contains(&became) || (before == became && large > FAST && times > MOST);
        failed += usize::from(bad);
        let (small, large) = (small.as_secs_f64() * 1e3, large.as_secs_f64() * 1e3);
        let mark = if bad { "FAILS" } else { "" };
        println!("| {way} | {small:.1} ({before}) | {large:.1} ({became}) | {times:.1} | {mark} |");
    }
    if failed > 0 { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}
