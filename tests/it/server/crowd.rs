//! Many connections that say nothing keep nobody from the admin port. (`login` has those at the port for clients.)

use std::net::TcpStream;

use super::{descriptors, plain, until};

#[test]
fn silent_connections_keep_nobody_from_the_admin_port() {
    let menshen = plain();
    let silent: Vec<_> =
        (0..400).map(|_| TcpStream::connect(("127.0.0.1", menshen.admin_port)).expect("connected")).collect();
    let answer = menshen.admin("/healthz").expect("an answer");
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    until("connections without a request are closed", || descriptors(&menshen) < 100);
    drop(silent);
}
