//! kill -9 at any moment: at most a second of counting is missing.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use menshen::policy::limits::Meter;

use crate::server::Server;
use crate::world::{account, alone, ask, now, sharing, total};

/// Where the child counts; without it, it is no child.
const FOLDER: &str = "MENSHEN_TEST_STATE";
/// The Redis that it shares its counts through, if any.
const URL: &str = "MENSHEN_TEST_REDIS";
const ROWS: u64 = 10;

/// Run by the test below in a process of its own: counts, and says so after each answer, until it is killed.
#[tokio::test]
#[ignore = "a part of the test below"]
async fn child() {
    let Some(folder) = std::env::var_os(FOLDER).map(PathBuf::from) else { return };
    let counting = match std::env::var(URL) {
        Ok(url) => sharing(&folder, Meter::Rows, url, None),
        Err(_) => alone(&folder, Meter::Rows).unwrap(),
    };
    assert!(counting.ready(Duration::from_secs(10)).await);
    let mut counted = total(&counting, &account("clerk"));
    let begun = Instant::now();
    // Not for ever, should nobody kill it.
    while begun.elapsed() < Duration::from_secs(20) {
        let _ = counting.ask(now(), ask(&account("clerk"), 0, ROWS)).answer().await;
        counted += ROWS;
        let mut out = std::io::stdout().lock();
        writeln!(out, "counted {counted} {}", begun.elapsed().as_millis()).unwrap();
        out.flush().unwrap();
        drop(out);
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
}

/// What a child said it had counted, with its milliseconds.
fn killed_after(folder: &Path, milliseconds: u64, url: Option<String>) -> Vec<(u64, u64)> {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "crash::child", "--ignored", "--nocapture"]).env(FOLDER, folder);
    command.envs(url.map(|url| (URL, url)));
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
        let said = killed_after(folder.path(), milliseconds, None);
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

#[tokio::test]
async fn a_replica_that_is_killed_leaves_all_that_it_was_granted_with_the_store() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start();
    let mut before = 0;
    for milliseconds in [300, 700] {
        let said = killed_after(folder.path(), milliseconds, Some(server.url()));
        let granted = (said.last().unwrap().0).saturating_sub(said[0].0 - ROWS);
        println!("{granted} acknowledged, {} in the store", server.total() - before);
        // One ask may have been counted, and not have been answered.
        assert!((granted..=granted + ROWS).contains(&(server.total() - before)));
        before = server.total();
    }
}
