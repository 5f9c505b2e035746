//! Golden rewrites with a name unpinned, code slipped in, statements added, or under another plan. What is done to
//! their scans stands in `mutants.rs`.

use menshen::catalog::search_path::SessionNames;
use menshen::catalog::snapshot::Snapshot;
use menshen::grammar::{Kind, Tokens};
use menshen::model::facts::{Facts, StatementClass};
use menshen::rights::table::Rights;

/// A text that must be contradicted, and what was done to it.
type Broken = (&'static str, String);

/// Names that are not pinned, and code that nobody allowed.
fn unpinned(text: &str, out: &mut Vec<Broken>) {
    let tokens = Tokens::of(text).unwrap();
    let list = tokens.list();
    for (index, token) in list.iter().enumerate() {
        let name = tokens.name(index).map(|(name, _)| name.into_owned());
        let is = |at: usize, what: &str| tokens.is(at, what);
        let (start, end) = (token.start(), list.get(index + 1).map_or(text.len(), |dot| dot.end()));
        if name.as_deref() == Some("pg_catalog") && is(index + 1, ".") && token.kind != Kind::String {
            let before = index.checked_sub(1);
            // a relation or column of the catalog may be written without its schema where its name is not read
            let called = is(index + 3, "(") || before.is_some_and(|before| is(before, "::"));
            // key words are the server's own types without a schema, too
            let keyword = ["varchar", "json", "numeric", "timestamp"].iter().any(|word| is(index + 2, word));
            if called && !keyword {
                out.push(("a name unpinned", format!("{}{}", &text[..start], &text[end..])));
            }
            if called {
                out.push(("a name pinned elsewhere", format!("{}evil{}", &text[..start], &text[token.end()..])));
            }
        }
        let from = index.checked_sub(1).is_some_and(|before| is(before, "from") || is(before, "join"));
        // without a schema it may be the name of a WITH query
        let with = text.to_ascii_lowercase().contains("with ");
        if from && !with && is(index + 1, ".") && !is(index + 3, "(") && !is(index + 3, ".") {
            out.push(("a relation unpinned", format!("{}{}", &text[..start], &text[end..])));
            out.push(("a relation of another schema", format!("{}pg_toast{}", &text[..start], &text[token.end()..])));
        }
    }
    let first = |keyword: &str, with: &str| {
        let at = tokens.list().iter().enumerate().find(|(index, _)| tokens.is(*index, keyword))?.1.end();
        Some(format!("{}{with}{}", &text[..at], &text[at..]))
    };
    for code in [
        "public.leak()",
        "leak()",
        "pg_catalog.query_to_xml('table housing.buyers', true, true, '')",
        "pg_catalog.pg_read_file('x')",
        "'x'::public.geometry",
        "'x'::phone_domain",
        "(SELECT pg_catalog.max(value) FROM public.secrets)",
        "'a' === 'b'",
        "'a' OPERATOR(evil.||) 'b'",
        "current_setting('hba_file')",
        "pg_catalog.current_setting('hba_file')",
    ] {
        out.extend(first("select", &format!(" {code}, ")).map(|text| ("code slipped in", text)));
    }
}

/// Statements that were not planned.
fn more_statements(text: &str, out: &mut Vec<Broken>) {
    for other in ["SELECT 1", "COMMIT", "SET row_security = off", "TABLE public.secrets"] {
        out.push(("a statement more behind", format!("{text}\n; {other}")));
        out.push(("a statement more before", format!("{other}; {text}")));
    }
}

/// Plans that are not those of the text.
fn other_plans(facts: &[Facts]) -> Vec<Vec<Facts>> {
    let mut plans = vec![[facts, facts].concat(), facts.iter().skip(1).cloned().collect()];
    for index in 0..facts.len() {
        let mut change = |change: &dyn Fn(&mut Facts)| {
            let mut plan = facts.to_vec();
            change(&mut plan[index]);
            if plan != facts {
                plans.push(plan);
            }
        };
        change(&|facts| facts.substituted += 1);
        change(&|facts| facts.substituted = facts.substituted.saturating_sub(1));
        change(&|facts| facts.relations.clear());
        change(&|facts| facts.effects.clear());
        change(&|facts| {
            facts.class = match facts.class {
                StatementClass::Read => StatementClass::Write,
                StatementClass::Other => StatementClass::Transaction,
                _ => StatementClass::Other,
            }
        });
    }
    plans.retain(|plan| plan.len() != facts.len() || !facts.is_empty());
    plans
}

/// Breaks a good text in each of these ways. Gives how many breakages were contradicted.
///
/// # Panics
/// When one is not.
pub fn all_are_caught(
    text: &str,
    facts: &[Facts],
    snapshot: &Snapshot,
    rights: &Rights,
    names: &SessionNames,
) -> usize {
    if facts.is_empty() || rights.unrestricted() {
        return 0;
    }
    let mut broken = Vec::new();
    unpinned(text, &mut broken);
    more_statements(text, &mut broken);
    broken.retain(|(_, other)| other != text);
    for (what, other) in &broken {
        let checked = menshen::check::check(other, facts, snapshot, rights, names);
        assert!(checked.is_err(), "not caught: {what}\n{other}");
    }
    let plans = other_plans(facts);
    for plan in &plans {
        let checked = menshen::check::check(text, plan, snapshot, rights, names);
        assert!(checked.is_err() || only_news_differ(plan, facts), "not caught: another plan\n{text}\n{plan:?}");
    }
    broken.len() + plans.len()
}

/// Whether two plans differ in nothing but effects that are only told: reading from a cursor that is made elsewhere.
fn only_news_differ(plan: &[Facts], facts: &[Facts]) -> bool {
    plan.len() == facts.len()
        && plan.iter().zip(facts).all(|(a, b)| {
            a.class == b.class
                && a.substituted == b.substituted
                && (a.effects == b.effects || b.effects.iter().all(|effect| format!("{effect:?}").contains("Fetch")))
                && a.relations == b.relations
        })
}
