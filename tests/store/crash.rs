//! kill -9 at any moment: at most a second of counting is missing.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use menshen::policy::limits::Meter;

use crate::world::{account, alone, ask, now, total};

/// Where the child counts; without it, it is no child.
const FOLDER: &str = "MENSHEN_TEST_STATE";
const ROWS: u64 = 10;

/// Run by the test below in a process of its own: counts, and says so after each answer, until it is killed.
#[tokio::test]
#[ignore = "a part of the test below"]
async fn child() {
    let Some(folder) = std::env::var_os(FOLDER).map(PathBuf::from) else { return };
    let counting = alone(&folder, Meter::Rows).unwrap();
    let mut counted = total(&counting, &account("clerk"));
    let begun = Instant::now();
    // Not for ever, should nobody kill it.
    while begun.elapsed() < Duration::from_secs(20) {
        let _ = counting.ask(now(), ask(&account("clerk"), 0, ROWS));
        counted += ROWS;
        let mut out = std::io::stdout().lock();
        writeln!(out, "counted {counted} {}", begun.elapsed().as_millis()).unwrap();
        out.flush().unwrap();
        drop(out);
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
}

/// What a child said it had counted, with its milliseconds.
fn killed_after(folder: &std::path::Path, milliseconds: u64) -> Vec<(u64, u64)> {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "crash::child", "--ignored", "--nocapture"]).env(FOLDER, folder);
    let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut said: Vec<(u64, u64)> = Vec::new();
    let mut killed = false;
    for line in lines {
        let Ok(line) = line else { break };
        // The harness may have written on the same line.
        let Some((_, rest)) = line.split_once("counted ") else { continue };
        // The last line may be cut.
        let Some((count, at)) = rest.split_once(' ') else { continue };
        let (Ok(count), Ok(at)) = (count.parse(), at.parse()) else { continue };
        said.push((count, at));
        if at >= milliseconds && !killed {
            child.kill().unwrap();
            killed = true;
        }
    }
    child.wait().unwrap();
    said
}

#[tokio::test]
async fn kill_9_loses_at_most_a_second() {
    let folder = tempfile::tempdir().unwrap();
    let mut before = 0;
    for milliseconds in [40, 1_730, 2_210, 1_111] {
        let said = killed_after(folder.path(), milliseconds);
        let (last, at) = *said.last().unwrap();
        let second_ago = said.iter().rev().find(|(_, then)| then + 1_000 <= at).map_or(before, |(count, _)| *count);
        let counting = alone(folder.path(), Meter::Rows).unwrap();
        let found = total(&counting, &account("clerk"));
        println!("killed at {at} ms: {last} acknowledged, {second_ago} a second before, {found} after the restart");
        assert!(found >= second_ago, "{found} < {second_ago}");
        assert!(found <= last + 12_000, "rounded up too far: {found}");
        counting.stop().await;
        before = found;
    }
}
