//! House rules: who may use whom, what stays pure, what is never written. Sizes are only printed.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::print_stdout, reason = "a test")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use menshen::model::refusal::Reason;

/// Folders of `src` in dependency order, what each may use, and whether it is pure (no I/O, no clock, no randomness).
const FOLDERS: &[(&str, &[&str], bool)] = &[
    ("model", &[], true),
    ("grammar", &[], true),
    ("config", &["model"], false),
    ("wire", &["model"], true),
    ("mask", &["model"], true),
    ("catalog", &["model", "grammar"], true),
    ("auth", &["model", "wire"], true),
    ("policy", &["model", "mask", "grammar"], true),
    ("rights", &["model", "mask", "catalog", "policy", "grammar"], true),
    ("sql", &["model", "mask", "catalog", "rights", "grammar"], true),
    // Never sql: the checker writes down a second time what a substituted scan looks like.
    ("check", &["model", "catalog", "rights", "grammar"], true),
    // The catalog for the snapshot and the session's names, which travel together with the rights.
    // The grammar, since a text that is sent as it is has been parsed for the rewriter and the checker alike.
    ("session", &["model", "grammar", "wire", "auth", "catalog", "rights", "sql", "check"], true),
    ("audit", &["model", "policy"], false),
    // Pure but for io/: the stores of its counts.
    ("extraction", &["model", "policy"], true),
    ("alert", &["model", "policy"], true),
    ("observe", &["model", "policy"], false),
    (
        "server",
        &[
            "model",
            "grammar",
            "config",
            "wire",
            "mask",
            "catalog",
            "auth",
            "policy",
            "rights",
            "sql",
            "check",
            "session",
            "audit",
            "alert",
            "extraction",
            "observe",
            "console",
        ],
        false,
    ),
    ("console", ALL, false),
    ("cli", ALL, false),
];

const ALL: &[&str] = &[
    "model",
    "grammar",
    "config",
    "wire",
    "mask",
    "catalog",
    "auth",
    "policy",
    "rights",
    "sql",
    "check",
    "session",
    "audit",
    "alert",
    "extraction",
    "observe",
    "server",
    "console",
    "cli",
];

/// Impure things, and what to do instead. Addresses are plain data.
const IMPURE: &[(&str, &str)] = &[
    ("tokio", "sockets and timers live in server/"),
    ("std::fs", "contents of files are arguments"),
    ("std::env::", "settings are arguments"),
    ("std::net::Tcp", "sockets live in server/"),
    ("std::net::Udp", "sockets live in server/"),
    ("std::os::", "sockets live in server/"),
    ("std::process", "processes are started by nobody"),
    ("std::thread", "threads live in server/"),
    ("Instant::now", "`now` is an argument"),
    ("SystemTime", "`now` is an argument"),
    ("rand::", "seeds and nonces are arguments"),
];

/// Never written in the repository's own files.
const UNFINISHED: &[&str] = &["todo!(", "unimplemented!(", "TODO", "FIXME", "XXX:"];

/// A file of this repository.
struct File {
    /// From the root, with `/`.
    path: String,
    text: String,
}

impl File {
    /// Without tests at its end; files of tests are empty.
    fn product(&self) -> &str {
        if self.path.contains("/tests/") || self.path.ends_with("tests.rs") {
            return "";
        }
        let cut = ["#[cfg(test)]\nmod tests", "#[cfg(test)]\npub(crate) mod tests", "#[cfg(test)]\npub mod tests"];
        cut.iter().filter_map(|mark| self.text.find(mark)).min().map_or(&self.text, |end| &self.text[..end])
    }

    /// The folder of `src` it stands in; `None` for `lib.rs` and `main.rs`.
    fn folder(&self) -> Option<&str> {
        self.path.strip_prefix("src/")?.split_once('/').map(|(folder, _)| folder)
    }

    /// Lines of code with their numbers, without comments (a `//` in a literal cuts too much, which is no harm).
    fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        let lines = self.product().lines().enumerate();
        lines.map(|(index, line)| (index + 1, line.split("//").next().unwrap_or_default()))
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn collect(folder: &Path, found: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, found);
        } else {
            found.push(path);
        }
    }
}

/// Text files below these folders of the repository.
fn files(folders: &[&str]) -> Vec<File> {
    let mut paths = Vec::new();
    folders.iter().for_each(|folder| collect(&root().join(folder), &mut paths));
    paths.sort();
    let file = |path: PathBuf| {
        let name = path.strip_prefix(root()).unwrap().to_str().unwrap().replace('\\', "/");
        Some(File { path: name, text: fs::read_to_string(&path).ok()? })
    };
    paths.into_iter().filter_map(file).collect()
}

fn rust(folders: &[&str]) -> Vec<File> {
    files(folders).into_iter().filter(|file| file.path.ends_with(".rs")).collect()
}

#[track_caller]
fn assert_none(rule: &str, broken: &[String]) {
    assert!(broken.is_empty(), "{rule}\n{}", broken.join("\n"));
}

#[test]
fn every_folder_has_its_row() {
    let mut folders: Vec<String> = rust(&["src"]).iter().filter_map(|file| file.folder().map(str::to_owned)).collect();
    folders.dedup();
    let known: Vec<&str> = FOLDERS.iter().map(|(name, ..)| *name).collect();
    let broken: Vec<String> = folders.into_iter().filter(|folder| !known.contains(&folder.as_str())).collect();
    assert_none("these folders are not in the dependency table (docs/decisions says why it is as it is)", &broken);
}

#[test]
fn folders_use_only_what_the_table_allows() {
    let mut broken = Vec::new();
    for file in rust(&["src"]) {
        let Some(folder) = file.folder() else { continue };
        let (_, allowed, _) = FOLDERS.iter().find(|(name, ..)| *name == folder).unwrap();
        for (line, code) in file.code() {
            for used in used(code) {
                if used != folder && !allowed.contains(&used) {
                    broken.push(format!("{}:{line}: {folder} may not use {used}", file.path));
                }
            }
        }
    }
    assert_none("a folder may use only folders above it", &broken);
}

/// Folders named by `crate::…` paths of a line.
fn used(code: &str) -> impl Iterator<Item = &str> {
    code.split("crate::").skip(1).filter_map(|rest| {
        let name = rest.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').next()?;
        ALL.contains(&name).then_some(name)
    })
}

#[test]
fn one_line_imports_are_enough() {
    // `use crate::{a, b}` would escape the rule above.
    let grouped = |file: &File| file.text.contains("use crate::{").then(|| file.path.clone());
    let broken: Vec<String> = rust(&["src"]).iter().filter_map(grouped).collect();
    assert_none("write one `use crate::folder::…` for each folder", &broken);
}

#[test]
fn pure_folders_have_no_sockets_files_clocks_or_randomness() {
    let mut broken = Vec::new();
    for file in rust(&["src"]) {
        let pure = |folder| FOLDERS.iter().any(|(name, _, pure)| *name == folder && *pure);
        if !file.folder().is_some_and(pure) || file.path.contains("/io/") {
            continue;
        }
        for (line, code) in file.code() {
            for (impure, instead) in IMPURE {
                if code.contains(impure) {
                    broken.push(format!("{}:{line}: `{impure}`: {instead}", file.path));
                }
            }
        }
    }
    assert_none("pure folders do no I/O", &broken);
}

#[test]
fn only_the_command_line_prints_and_uses_anyhow() {
    let mut broken = Vec::new();
    for file in rust(&["src"]).iter().filter(|file| file.folder() != Some("cli")) {
        for (line, code) in file.code() {
            if ["anyhow", "println!(", "print!(", "eprintln!(", "dbg!("].iter().any(|word| code.contains(word)) {
                broken.push(format!("{}:{line}: {}", file.path, code.trim()));
            }
        }
    }
    assert_none("println and anyhow belong to cli/", &broken);
}

#[test]
fn only_the_grammar_may_be_unsafe() {
    let mut broken = Vec::new();
    for file in rust(&["src"]).iter().filter(|file| file.folder() != Some("grammar")) {
        let lines = file.code().filter(|(_, code)| code.contains("unsafe ") || code.contains("unsafe{"));
        broken.extend(lines.map(|(line, code)| format!("{}:{line}: {}", file.path, code.trim())));
    }
    assert_none("`unsafe` is for binding libpg_query", &broken);
}

#[test]
fn one_place_names_casbin() {
    let names = |file: &&File| file.code().any(|(_, code)| code.trim_start().starts_with("use casbin::"));
    let files = rust(&["src"]);
    let named: Vec<&str> = files.iter().filter(names).map(|file| file.path.as_str()).collect();
    assert_eq!(named, ["src/policy/casbin.rs"]);
}

#[test]
fn nothing_is_left_unfinished() {
    let mut broken = Vec::new();
    for file in files(&["src", "tests", "scripts", "docs", "demo", "policies", "benches", "docker"]) {
        if file.path == "tests/tidy.rs" {
            continue;
        }
        for (index, line) in file.text.lines().enumerate() {
            if UNFINISHED.iter().any(|word| line.contains(word)) {
                broken.push(format!("{}:{}: {}", file.path, index + 1, line.trim()));
            }
        }
    }
    assert_none("finish it, or leave it out", &broken);
}

#[test]
fn files_say_what_they_are() {
    let silent = |file: &File| (!file.text.starts_with("//!")).then(|| file.path.clone());
    let broken: Vec<String> = rust(&["src", "tests", "benches"]).iter().filter_map(silent).collect();
    assert_none("a file begins with `//!`: what it is and why it exists", &broken);
}

/// Given by the session or its shell, not by analysis: shown by tests of the protocol.
const OF_THE_SESSION: [Reason; 10] = [
    Reason::Encoding,
    Reason::UnknownStatement,
    Reason::UnknownCursor,
    Reason::Protocol,
    Reason::Contradiction,
    Reason::Stale,
    Reason::Unavailable,
    Reason::Limit,
    Reason::EndUser,
    Reason::Cancelled,
];

/// Reasons that analysis gives stand in a golden file.
#[test]
fn every_reason_of_refusal_is_tested() {
    let golden: String = files(&["tests/rewrite"]).into_iter().map(|file| file.text).collect();
    let broken: Vec<String> = Reason::ALL
        .into_iter()
        .filter(|reason| !OF_THE_SESSION.contains(reason))
        .filter(|reason| !golden.contains(&format!("\n! {}:", reason.as_str())))
        .map(|reason| reason.as_str().to_owned())
        .collect();
    assert_none("a refusal that no test shows may not exist", &broken);
}

#[test]
fn sizes_are_a_question_not_an_error() {
    let files = rust(&["src"]);
    let mut long: Vec<(usize, &str)> = files
        .iter()
        .map(|file| (file.product().lines().count(), file.path.as_str()))
        .filter(|(n, _)| *n > 400)
        .collect();
    long.sort_unstable_by(|a, b| b.cmp(a));
    let mut folders: BTreeMap<&str, usize> = BTreeMap::new();
    for file in &files {
        *folders.entry(file.folder().unwrap_or("src")).or_default() += file.product().lines().count();
    }
    println!("lines without tests, by folder: {folders:?}");
    println!("files over 400 lines: {long:?}");
    for file in &files {
        for (line, length, name) in functions(file).filter(|(_, length, _)| *length > 70) {
            println!("{}:{line}: `{name}` has {length} lines", file.path);
        }
    }
}

/// Functions of a file: first line, length, name. rustfmt puts the closing brace below the `fn`.
fn functions(file: &File) -> impl Iterator<Item = (usize, usize, &str)> {
    let lines: Vec<&str> = file.product().lines().collect();
    let starts: Vec<usize> = (0..lines.len()).filter(|index| lines[*index].contains("fn ")).collect();
    starts.into_iter().filter_map(move |start| {
        let indent = lines[start].len() - lines[start].trim_start().len();
        let close = format!("{}}}", " ".repeat(indent));
        let length = lines[start..].iter().position(|line| *line == close)?;
        let name = lines[start].split("fn ").nth(1)?.split(['(', '<']).next()?;
        Some((start + 1, length + 1, name))
    })
}
