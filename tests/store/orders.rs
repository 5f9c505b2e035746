//! Orders reach every replica within a second, in the order in which they were given.

use std::time::{Duration, Instant};

use menshen::policy::limits::Meter;

use crate::server::Server;
use crate::world::{Replica, account, replicas};

/// Waits until it is so; how long that took. More than a second is too long.
async fn within_a_second(what: &str, so: impl Fn() -> bool) {
    let begun = Instant::now();
    while !so() {
        assert!(begun.elapsed() < Duration::from_secs(1), "{what}: not within a second");
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
    println!("{what}: after {:?}", begun.elapsed());
}

fn refused(replica: &Replica) -> bool {
    replica.counting.governor().refused(replica.now(), &account("clerk")).is_some()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn orders_reach_every_replica_within_a_second() {
    let server = Server::start();
    let all = replicas(Meter::Subjects, &server).await;
    all[0].counting.governor().quarantine(all[0].now(), "clerk", None, "why");
    within_a_second("quarantine", || all.iter().all(refused)).await;
    all[1].counting.governor().release(all[1].now(), "clerk", "good");
    within_a_second("release", || !all.iter().any(refused)).await;
    all[2].counting.governor().lockdown(all[2].now(), None, "emergency");
    let masked = |one: &Replica| one.counting.governor().downgraded(one.now(), &account("anybody")).is_some();
    within_a_second("lock-down", || all.iter().all(masked)).await;
    all[0].counting.governor().end_lockdown(all[0].now(), "over");
    within_a_second("its end", || !all.iter().any(masked)).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_clock_that_is_ahead_gives_no_last_word() {
    let server = Server::start();
    let all = replicas(Meter::Subjects, &server).await;
    all[0].jump(3_600);
    all[0].counting.governor().quarantine(all[0].now(), "clerk", None, "why");
    within_a_second("quarantine by a clock that is ahead", || all.iter().all(refused)).await;
    all[1].counting.governor().release(all[1].now(), "clerk", "good");
    within_a_second("release by one that is not", || !all.iter().any(refused)).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn orders_survive_the_store_and_reach_who_comes_later() {
    let mut server = Server::start();
    let all = replicas(Meter::Subjects, &server).await;
    server.kill();
    all[0].counting.governor().quarantine(all[0].now(), "clerk", None, "why");
    server.again();
    for replica in &all {
        assert!(replica.counting.ready(Duration::from_secs(10)).await);
    }
    within_a_second("quarantine given while the store was away", || all.iter().all(refused)).await;
    let late = Replica::start(Meter::Subjects, &server);
    assert!(late.counting.ready(Duration::from_secs(10)).await);
    assert!(refused(&late), "known before the first ask");
}
