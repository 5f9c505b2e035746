//! What becomes of counts while the store is slow, away, or has forgotten.

use std::time::{Duration, Instant};

use menshen::extraction::io::Asked;
use menshen::policy::limits::Meter;

use crate::server::Server;
use crate::world::{Replica, account, ask, replicas, sharing};

async fn back(replica: &Replica) {
    assert!(replica.counting.ready(Duration::from_secs(10)).await);
}

#[tokio::test]
async fn a_slow_store_holds_nobody_up_and_counts_once() {
    let server = Server::start();
    let all = replicas(Meter::Rows, &server).await;
    let account = account("clerk");
    assert_eq!(all[0].granted(ask(&account, 0, 100)).await, Some(256));
    server.command::<()>(&["CLIENT", "PAUSE", "1500"]);
    let begun = Instant::now();
    assert!(all[0].granted(ask(&account, 0, 100)).await.is_some());
    assert!(begun.elapsed() < Duration::from_millis(600), "{:?}", begun.elapsed());
    for _ in 0..10 {
        // The others need no time at all: the store is known to be away.
        assert!(matches!(all[0].counting.ask(all[0].now(), ask(&account, 0, 100)), Asked::Now(..)));
    }
    assert_eq!(all[0].counting.status().unwrap().outages, 1);
    back(&all[0]).await;
    assert_eq!(server.total(), 1_200, "each once");
    // 1,200 were counted: of a limit of 10,000 there remain 8,800 and the rows of this ask.
    assert!(all[1].granted(ask(&account, 0, 8_799)).await.is_some());
    assert_eq!(all[2].granted(ask(&account, 0, 1)).await, Some(1));
    assert_eq!(all[2].granted(ask(&account, 0, 1)).await, None);
}

#[tokio::test]
async fn what_was_counted_meanwhile_is_added_when_the_store_is_back() {
    for meter in [Meter::Rows, Meter::Subjects] {
        let mut server = Server::start();
        let all = replicas(meter, &server).await;
        let account = account("clerk");
        for (index, replica) in all.iter().enumerate() {
            assert!(replica.granted(ask(&account, index as u64 * 10_000, 800)).await.is_some());
        }
        server.kill();
        for (index, replica) in all.iter().enumerate() {
            assert!(replica.granted(ask(&account, index as u64 * 10_000 + 1_000, 1_200)).await.is_some());
        }
        // 2,000 each: beyond 3,000 nobody gets anything alone.
        assert!(all[0].granted(ask(&account, 5_000, 1_200)).await.is_none());
        server.again();
        for replica in &all {
            back(replica).await;
        }
        // 7,200 have been counted, the refused ones included; and 2,000 more are not too much.
        assert!(all[1].granted(ask(&account, 20_000_000, 2_000)).await.is_some(), "{meter:?}");
        assert!(all[2].granted(ask(&account, 30_000_000, 1_500)).await.is_none(), "{meter:?}");
    }
}

#[tokio::test]
async fn a_store_that_has_forgotten_everything_is_told_again() {
    let server = Server::start();
    let all = replicas(Meter::Subjects, &server).await;
    let account = account("clerk");
    assert!(all[0].granted(ask(&account, 0, 9_000)).await.is_some());
    server.command::<()>(&["FLUSHALL"]);
    // Noticed by the first who asks; the second replica holds its own share meanwhile.
    assert!(all[0].granted(ask(&account, 0, 1)).await.is_none());
    back(&all[0]).await;
    let _ = all[1].granted(ask(&account, 0, 1)).await;
    back(&all[1]).await;
    assert!(all[1].granted(ask(&account, 50_000, 2_000)).await.is_none());
}

#[tokio::test]
async fn replicas_with_different_keys_do_not_share() {
    let server = Server::start();
    server.command::<()>(&["SET", "menshen:key", "of somebody else"]);
    let replica = Replica::start(Meter::Subjects, &server);
    assert!(!replica.counting.ready(Duration::from_millis(500)).await);
    assert_eq!(replica.granted(ask(&account("clerk"), 0, 10)).await, Some(256));
    assert!(replica.counting.status().unwrap().away.is_some());
}

#[tokio::test]
async fn what_nobody_waits_for_is_counted_and_heard() {
    let mut server = Server::start();
    let all = replicas(Meter::Rows, &server).await;
    let account = account("clerk");
    all[0].counting.tell(all[0].now(), ask(&account, 0, 6_000));
    all[0].counting.tell(all[0].now(), ask(&account, 0, 5_000));
    let begun = Instant::now();
    while all[0].heard.lock().unwrap().is_empty() {
        assert!(begun.elapsed() < Duration::from_secs(5), "not heard");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    let signal = all[0].heard.lock().unwrap()[0].clone();
    assert_eq!((&*signal.rule, signal.count), ("most", 11_000));
    assert_eq!(server.total(), 11_000);
    server.kill();
    let _ = all[1].granted(ask(&account, 0, 3_001)).await;
    all[1].counting.tell(all[1].now(), ask(&account, 0, 3_500));
    assert_eq!(all[1].heard.lock().unwrap().len(), 1, "the count has doubled");
}

#[tokio::test]
async fn a_store_may_ask_for_a_password() {
    let server = Server::start();
    server.command::<()>(&["CONFIG", "SET", "requirepass", "secret"]);
    let folder = tempfile::tempdir().unwrap();
    for (password, opens) in [(None, false), (Some("wrong"), false), (Some("secret"), true)] {
        let counting = sharing(folder.path(), Meter::Rows, server.url(), password);
        assert_eq!(counting.ready(Duration::from_secs(if opens { 10 } else { 1 })).await, opens, "{password:?}");
        counting.stop().await;
    }
}
