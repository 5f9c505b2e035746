//! Printing answers and problems, for people and for programs.

use std::io::{self, Write};

use serde_json::{Value, json};

use crate::config::Problem;
use crate::policy::diagnostic::Diagnostic;

use super::Format;

/// Writes an answer to standard output. A reader that has gone away (`menshen … | head`) is not an error.
///
/// # Errors
/// When standard output cannot be written.
pub fn print(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        done => done,
    }
}

/// A table with columns as wide as their widest cell.
pub fn aligned<const N: usize>(rows: &[[String; N]]) -> String {
    let mut widths = [0; N];
    for row in rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = cell.chars().count().max(*width);
        }
    }
    let line = |row: &[String; N]| {
        let cells: Vec<String> = row.iter().zip(widths).map(|(cell, width)| format!("{cell:<width$}")).collect();
        cells.join("  ").trim_end().to_owned() + "\n"
    };
    rows.iter().map(line).collect()
}

/// Writes problems: for people to standard error, as JSON to standard output.
pub fn print_problems(problems: &[Problem], format: Format) {
    match format {
        Format::Human => {
            let mut text = String::new();
            for problem in problems {
                text.push_str(&format!("{problem}\n"));
            }
            // Nobody is left to tell when standard error itself is gone.
            let _ = io::stderr().lock().write_all(text.as_bytes());
        }
        Format::Json => {
            let list: Vec<Value> = problems.iter().map(as_json).collect();
            let _ = print(&format!("{}\n", json!({ "problems": list })));
        }
    }
}

/// Writes what is wrong with a policy bundle: for people to standard error, as JSON to standard output.
pub fn print_diagnostics(diagnostics: &[Diagnostic], format: Format) {
    match format {
        Format::Human => {
            let text: String = diagnostics.iter().map(|found| format!("{}\n", found.render())).collect();
            let _ = io::stderr().lock().write_all(text.as_bytes());
        }
        Format::Json => {
            let _ = print(&format!("{}\n", json!({ "diagnostics": diagnostics })));
        }
    }
}

/// Writes why a command failed.
pub fn print_failure(error: &anyhow::Error, format: Format) {
    let error = with_causes(error);
    let text = match format {
        Format::Human => format!("menshen: {error}\n"),
        Format::Json => format!("{}\n", json!({ "error": error })),
    };
    let _ = io::stderr().lock().write_all(text.as_bytes());
}

/// An error and its causes, each said once: many messages end with their cause's.
fn with_causes(error: &anyhow::Error) -> String {
    let mut said = error.to_string();
    for cause in error.chain().skip(1).map(ToString::to_string) {
        if !said.ends_with(&cause) {
            said.push_str(": ");
            said.push_str(&cause);
        }
    }
    said
}

/// A problem as programs read it.
pub fn as_json(problem: &Problem) -> Value {
    json!({
        "file": problem.file,
        "line": problem.line,
        "column": problem.column,
        "message": problem.message,
        "help": problem.help,
    })
}
