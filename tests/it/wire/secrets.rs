//! Verifiers are PostgreSQL's own form, both ways.

use menshen::auth::verifier::{DEFAULT_ITERATIONS, Verifier};

use crate::cluster::{connect, shared};

#[tokio::test]
async fn the_server_takes_our_secrets_and_we_take_its() {
    let cluster = shared();
    // mapped, normalised, prohibited and bidirectional characters: where SASLprep implementations part
    for (number, password) in
        ["pencil", "密码", "I\u{ad}X ª", "a\u{a0}b", "tab\tbell\u{7}", "\u{627}1", "\u{ad}"].iter().enumerate()
    {
        let role = format!("scram_{number}");
        cluster.login(&role, password);
        let stored = cluster.sql("postgres", &format!("SELECT rolpassword FROM pg_authid WHERE rolname = '{role}'"));
        let verifier = Verifier::parse(stored.trim()).expect("a secret");
        let ours = Verifier::from_password(password.as_bytes(), verifier.salt(), verifier.iterations());
        assert_eq!(ours.to_secret(), stored.trim(), "{password:?}");
        assert_eq!((verifier.iterations(), verifier.salt().len()), (DEFAULT_ITERATIONS, 16));
    }
    let secret = Verifier::from_password("密码".as_bytes(), b"0123456789abcdef", 5000).to_secret();
    cluster.login("scram_ours", &secret);
    connect(&cluster.config("scram_ours", "密码", "postgres")).await;
}
