//! The statements: `tests/oracle/cases/*.sql` and, a folder a category, `tests/attacks/*/*.sql`, of attempts.
//!
//! A case begins with `-- case: <name>`, optionally with words in brackets, and holds one query string, or several
//! separated by lines `-- then`. `-- bind: a, b, NULL` gives parameters to the query strings that have any (such cases
//! run by the extended protocol only). `-- channel: …` says what the cases below it try.
//!
//! A line `-- search_path: housing` before the first case holds for all connections of the file.
//!
//! | word | meaning |
//! |---|---|
//! | `attack` | may be refused; every other case must not be |
//! | `refused` | must be refused |
//! | `interference` | only A and B are compared: the answer on M means something else (EXPLAIN, hidden by derivation) |
//! | `simple` | simple protocol only |
//! | `bag` | its order leaves something open: rows are compared in any order, and come in one portion |
//! | `moving` | rows differ from one moment, session or database to the next (clocks, process numbers, names of databases): only columns are compared |
//! | `fails` | in the catalogue of legitimate statements: PostgreSQL itself answers with an error |

use std::path::{Path, PathBuf};

use crate::cluster::root;

/// What may become of a case.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fate {
    /// A program that works today and must go on working.
    Legitimate,
    MayBeRefused,
    MustBeRefused,
}

/// One case.
#[derive(Clone, Debug)]
pub struct Case {
    /// `file:line name`.
    pub name: String,
    pub fate: Fate,
    /// Whether its answer on M says what it must be on A.
    pub equality: bool,
    pub simple_only: bool,
    /// Whether rows are compared in any order, though it asks for one.
    pub bag: bool,
    /// Whether rows cannot be compared.
    pub moving: bool,
    /// Whether an error is what it expects.
    pub fails: bool,
    /// Whether an error of the server is a failure of the case.
    pub must_answer: bool,
    /// What its sessions set first; nothing if empty.
    pub search_path: String,
    pub parameters: Vec<Option<String>>,
    pub steps: Vec<String>,
}

impl Case {
    /// Whether rows of this step come in an order that the statement asked for.
    pub fn ordered(step: &str) -> bool {
        step.to_ascii_lowercase().contains("order by")
    }

    /// The same, and the order is not one inside of a subquery or an aggregate.
    pub fn ordered_outside(step: &str) -> bool {
        let mut depth = 0;
        let outside = step.chars().filter(|letter| {
            depth += i32::from(*letter == '(') - i32::from(*letter == ')');
            depth == 0
        });
        Self::ordered(&outside.collect::<String>())
    }
}

/// Every case of every file, in the order of names.
pub fn all() -> Vec<Case> {
    of(&["tests/oracle/cases", "tests/attacks"])
}

/// Every case of the files below these folders, in the order of names.
pub fn of(folders: &[&str]) -> Vec<Case> {
    let mut files: Vec<_> = folders.iter().flat_map(|folder| files_below(&root().join(folder))).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "sql"));
    files.sort();
    files.iter().flat_map(|file| parse(&name_of(file), &std::fs::read_to_string(file).expect("UTF-8"))).collect()
}

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("cases").map(|entry| entry.expect("an entry").path());
    entries.flat_map(|path| if path.is_dir() { files_below(&path) } else { vec![path] }).collect()
}

/// `folder/stem`, which says what kind of case it is.
fn name_of(file: &Path) -> String {
    let folder = file.parent().and_then(Path::file_name).expect("a folder").to_string_lossy();
    format!("{folder}/{}", file.file_stem().expect("a name").to_string_lossy())
}

/// The cases of one file's text.
pub fn parse(file: &str, text: &str) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    let mut path = "";
    for (number, line) in text.lines().enumerate() {
        if let Some(head) = line.strip_prefix("-- case: ") {
            cases.push(Case { search_path: path.to_owned(), ..begin(file, number + 1, head) });
            continue;
        }
        if line.starts_with("-- channel: ") {
            continue;
        }
        let Some(case) = cases.last_mut() else {
            path = line.strip_prefix("-- search_path: ").unwrap_or(path);
            continue;
        };
        if let Some(list) = line.strip_prefix("-- bind: ") {
            case.parameters = list.split(", ").map(|value| (value != "NULL").then(|| value.to_owned())).collect();
        } else if line == "-- then" {
            case.steps.push(String::new());
        } else if let Some(step) = case.steps.last_mut() {
            step.push_str(line);
            step.push('\n');
        }
    }
    for case in &mut cases {
        for step in &mut case.steps {
            *step = step.trim().trim_end_matches(';').to_owned();
        }
    }
    cases
}

fn begin(file: &str, line: usize, head: &str) -> Case {
    let (name, words) = match head.split_once('[') {
        Some((name, words)) => (name.trim(), words.trim_end_matches(']')),
        None => (head.trim(), ""),
    };
    let words: Vec<&str> = words.split_whitespace().collect();
    let known = ["attack", "refused", "interference", "simple", "bag", "moving", "fails"];
    assert!(words.iter().all(|word| known.contains(word)), "{file}:{line}: unknown word in {words:?}");
    Case {
        name: format!("{file}:{line} {name}"),
        fate: match (words.contains(&"attack"), words.contains(&"refused")) {
            (_, true) => Fate::MustBeRefused,
            (true, false) => Fate::MayBeRefused,
            (false, false) => Fate::Legitimate,
        },
        equality: !words.contains(&"interference"),
        simple_only: words.contains(&"simple"),
        bag: words.contains(&"bag"),
        moving: words.contains(&"moving"),
        fails: words.contains(&"fails"),
        must_answer: false,
        search_path: String::new(),
        parameters: Vec::new(),
        steps: vec![String::new()],
    }
}

#[test]
fn cases_are_read_as_written() {
    let text = "-- case: one [attack]\n-- bind: 1, NULL, x\nSELECT $1;\n\n-- case: two\nBEGIN;\n-- then\nSELECT 1\nORDER BY 1;\n";
    let cases = parse("f", text);
    assert_eq!(cases.len(), 2);
    assert_eq!((cases[0].fate, cases[0].name.as_str()), (Fate::MayBeRefused, "f:1 one"));
    assert_eq!(cases[0].parameters, [Some("1".into()), None, Some("x".into())]);
    assert_eq!(cases[1].steps, ["BEGIN", "SELECT 1\nORDER BY 1"]);
    assert!(Case::ordered(&cases[1].steps[1]) && !Case::ordered(&cases[1].steps[0]));
    let inside = "SELECT string_agg(a, b ORDER BY c) FROM (SELECT 1 ORDER BY 1) x";
    assert!(Case::ordered(inside) && !Case::ordered_outside(inside));
    assert!(Case::ordered_outside(&format!("{inside} ORDER BY 1")));
}

/// The catalogue of attempts is what it claims to be: each names its channel, and none is there twice.
#[test]
fn attempts_name_their_channels_and_differ() {
    let mut seen = std::collections::BTreeMap::new();
    for file in files_below(&root().join("tests/attacks")) {
        let text = std::fs::read_to_string(&file).expect("UTF-8");
        let name = name_of(&file);
        assert!(text.starts_with("-- channel: "), "{name} does not say what it tries");
        for case in parse(&name, &text) {
            assert!(case.fate != Fate::Legitimate, "{} is no attempt", case.name);
            if let Some(twin) = seen.insert((case.steps.clone(), case.parameters.clone()), case.name.clone()) {
                panic!("{} is {twin} again", case.name);
            }
        }
    }
    assert!(seen.len() >= 200, "{} attempts", seen.len());
}
