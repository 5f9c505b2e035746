//! The golden cases' database with six tables of fifteen columns more, and statements of any size of several kinds.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a broken fixture is a failed bench")]
#![allow(dead_code, reason = "each bench uses a part")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;

use menshen::catalog::search_path::SessionNames;
use menshen::catalog::snapshot::Snapshot;
use menshen::check::{check, check_parsed};
use menshen::grammar;
use menshen::rights::bind::bind;
use menshen::rights::table::Rights;
use menshen::sql::analyse::{Context, Outcome, analyse_parsed};

#[path = "../../tests/rewrite/fixture/mod.rs"]
mod fixture;

pub struct World {
    pub snapshot: Arc<Snapshot>,
    pub rights: Arc<Rights>,
    pub names: SessionNames,
}

impl World {
    pub fn new() -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rewrite/fixture");
        let read = |name: &str| std::fs::read_to_string(root.join(name)).unwrap();
        let (mut tables, mut classified) = (read("catalog.txt"), read("classification.toml"));
        for n in 1..=6 {
            let columns: String = (1..=12).fold(String::new(), |mut all, column| {
                write!(all, ", c{column} text").unwrap();
                all
            });
            writeln!(tables, "\ntable housing.wide{n} id int8*, name text, phone text{columns}").unwrap();
            let of = format!("\n[table.\"housing.wide{n}\".columns]\nphone = \"pii/contact/phone\"\n");
            classified.push_str(&of);
        }
        let files = BTreeMap::from([
            ("policy.csv".to_owned(), read("policy.csv")),
            ("masks.toml".to_owned(), read("masks.toml")),
            ("classification.toml".to_owned(), classified),
        ]);
        let policy = menshen::policy::compile(&files).unwrap();
        let catalog = fixture::Catalog::parse(&tables, &read("builtin.txt"));
        let snapshot = catalog.snapshot(catalog.server_version);
        let rights = bind(&policy, &snapshot, &policy.principal("clerk", None, None));
        Self { snapshot: Arc::new(snapshot), rights: Arc::new(rights), names: catalog.names(None) }
    }
}

impl World {
    /// Rewrites and checks a text; what became of it.
    pub fn analysed(&self, text: &str) -> &'static str {
        let Self { snapshot, rights, names } = self;
        let parsed = grammar::parse(text);
        let plan = analyse_parsed(text, &parsed, &Context { snapshot, rights, names }, true);
        let (proof, became) = match (&plan.outcome, &parsed) {
            (Outcome::Relay, Ok(tree)) => (check_parsed(tree, &plan.statements, snapshot, rights, names), "relayed"),
            (Outcome::Rewritten { text, .. }, _) => {
                (check(text, &plan.statements, snapshot, rights, names), "rewritten")
            }
            // what grows beyond the limits is refused: that is timed
            (Outcome::Refuse(refusal), _) => return refusal.reason.as_str(),
            (Outcome::Relay, Err(_)) => return "not parsed",
        };
        proof.map_or("contradicted", |_| became)
    }
}

/// Appends `part(0)`, `part(1)`, … to `start` until `end` makes about that many bytes of it.
fn grown(bytes: usize, start: &str, end: &str, part: impl Fn(usize) -> String) -> String {
    let mut text = start.to_owned();
    for n in 0.. {
        let next = part(n);
        if n > 0 && text.len() + next.len() + end.len() > bytes {
            break;
        }
        text.push_str(&next);
    }
    text + end
}

/// Makes a statement of about so many bytes.
pub type Statement = fn(usize) -> String;

/// Kinds of statements.
pub const KINDS: [(&str, Statement); 8] = [
    ("in-list", |bytes| {
        let start = "SELECT b.id, b.phone, lower(c.phone) FROM housing.buyers b JOIN housing.co_buyers c \
                     ON c.buyer_id = b.id WHERE b.id IN (1";
        grown(bytes, start, ")", |n| format!(", {}", 10_000 + n))
    }),
    ("joins", |bytes| {
        let start = "SELECT a.id, a.name, a.phone, b.c1, b.c2, c.c3, d.c4, e.c5, f.c6, f.phone FROM housing.wide1 a \
                     JOIN housing.wide2 b ON b.id = a.id JOIN housing.wide3 c ON c.id = b.id \
                     JOIN wide4 d ON d.id = c.id LEFT JOIN wide5 e ON e.id = d.id LEFT JOIN wide6 f ON f.id = e.id \
                     WHERE a.c7 = 'x'";
        grown(bytes, start, " ORDER BY a.id", |n| format!(" AND b.c{} = 'value {n}'", n % 12 + 1))
    }),
    ("insert-rows", |bytes| {
        grown(bytes, "INSERT INTO public.notes (id, title, body) VALUES (1, 'a', 'b')", "", |n| {
            format!(", ({n}, 'title {n}', 'a text of some length')")
        })
    }),
    ("with-chain", |bytes| {
        let last = |n: usize| if n == 0 { "notes".to_owned() } else { format!("w{}", n - 1) };
        grown(bytes, "WITH z AS (SELECT id FROM buyers)", " SELECT * FROM w0", |n| {
            format!(", w{n} AS (SELECT id, title FROM {} WHERE id > {n})", last(n))
        })
    }),
    ("and-or", |bytes| {
        grown(bytes, "SELECT id, phone FROM buyers WHERE id = 0", "", |n| {
            format!(" {} name = 'n{n}'", if n % 3 == 0 { "AND" } else { "OR" })
        })
    }),
    ("many-statements", |bytes| grown(bytes, "SELECT 1", "", |n| format!("; SELECT phone FROM buyers WHERE id = {n}"))),
    ("columns", |bytes| {
        grown(bytes, "SELECT b.id", " FROM buyers b, projects p", |n| format!(", b.name || p.city AS c{n}"))
    }),
    ("union", |bytes| {
        grown(bytes, "SELECT id, title FROM notes", "", |n| {
            format!(" UNION ALL SELECT id, title FROM notes WHERE id = {n}")
        })
    }),
];
