//! The file of one process: what it keeps, what it does not believe.

use std::time::{Duration, Instant};

use menshen::extraction::io::StartError;
use menshen::extraction::io::embedded::FILE;
use menshen::policy::limits::Meter;

use crate::world::{account, alone, ask, now, total};

#[tokio::test]
async fn a_stop_in_good_order_loses_and_adds_nothing() {
    let folder = tempfile::tempdir().unwrap();
    for meter in [Meter::Rows, Meter::Subjects] {
        let mut counted = 0;
        for persons in [5, 900, 4_000] {
            let counting = alone(folder.path(), meter).unwrap();
            assert_eq!(total(&counting, &account("clerk")), counted);
            let _ = counting.ask(now(), ask(&account("clerk"), 10_000 + counted, persons));
            counting.governor().quarantine(now(), "thief", None, "why");
            counted = total(&counting, &account("clerk"));
            counting.stop().await;
        }
        let counting = alone(folder.path(), meter).unwrap();
        assert!(counting.governor().refused(now(), &account("thief")).is_some());
        assert_eq!(total(&counting, &account("clerk")), counted, "{meter:?}");
        counting.stop().await;
    }
    // A limit that was taken away while somebody else's was in force is forgotten, in the file as well.
    let counting = alone(folder.path(), Meter::Rows).unwrap();
    assert_eq!(total(&counting, &account("clerk")), 0);
    counting.stop().await;
}

#[tokio::test]
async fn a_damaged_file_is_moved_aside() {
    let folder = tempfile::tempdir().unwrap();
    for content in ["this is no store".repeat(1_000), "short".into()] {
        std::fs::write(folder.path().join(FILE), &content).unwrap();
        let counting = alone(folder.path(), Meter::Rows).unwrap();
        let _ = counting.ask(now(), ask(&account("clerk"), 0, 10));
        counting.stop().await;
        let counting = alone(folder.path(), Meter::Rows).unwrap();
        assert_eq!(total(&counting, &account("clerk")), 10);
        counting.stop().await;
        let aside = std::fs::read_dir(folder.path()).unwrap().filter_map(Result::ok);
        let aside: Vec<_> = aside.filter(|entry| entry.file_name().to_string_lossy().contains("damaged")).collect();
        assert!(aside.iter().any(|entry| std::fs::read_to_string(entry.path()).unwrap() == content), "{aside:?}");
        std::fs::remove_file(folder.path().join(FILE)).unwrap();
    }
}

#[tokio::test]
async fn a_folder_belongs_to_one_process() {
    let folder = tempfile::tempdir().unwrap();
    let counting = alone(folder.path(), Meter::Rows).unwrap();
    assert!(matches!(alone(folder.path(), Meter::Rows), Err(StartError::Busy(_))));
    counting.stop().await;
    let again = alone(folder.path(), Meter::Rows).unwrap();
    again.stop().await;
}

#[tokio::test]
#[ignore = "a measurement: cargo test --profile quick --test store -- --ignored --nocapture a_hundred_thousand"]
async fn a_hundred_thousand_accounts_are_kept() {
    let folder = tempfile::tempdir().unwrap();
    let counting = alone(folder.path(), Meter::Subjects).unwrap();
    for number in 0..100_000 {
        let _ = counting.ask(now(), ask(&account(&number.to_string()), number, 20));
    }
    tokio::time::sleep(Duration::from_secs(8)).await;
    let begun = Instant::now();
    (0..1_000).for_each(|number| _ = counting.ask(now(), ask(&account(&number.to_string()), number, 20)));
    counting.stop().await;
    let written = begun.elapsed();
    let size = std::fs::metadata(folder.path().join(FILE)).unwrap().len() / 1_000_000;
    let begun = Instant::now();
    let counting = alone(folder.path(), Meter::Subjects).unwrap();
    println!(
        "100,000 accounts: 1,000 changed ones written and old ones sought in {written:?}, {size} MB, read in {:?}",
        begun.elapsed()
    );
    counting.stop().await;
}
