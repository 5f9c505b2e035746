//! PostgreSQL's own regression tests through an unrestricted principal: a selection that says something about the
//! protocol. `make regress` runs all of them.

use std::process::Command;

use crate::cluster::{root, run};

/// Tests that need nothing but PostgreSQL's `test_setup`.
const TESTS: [&str; 22] = [
    "strings",
    "encoding",
    "errors",
    "copyselect",
    "copydml",
    "copy2",
    "transactions",
    "portals",
    "prepare",
    "prepared_xacts",
    "async",
    "psql",
    "psql_crosstab",
    "guc",
    "limit",
    "plancache",
    "temp",
    "namespace",
    "largeobject",
    "returning",
    "with",
    "conversion",
];

#[test]
fn postgresqls_own_tests_say_the_same_through_both_lanes() {
    let mut script = Command::new(root().join("scripts/regress.sh"));
    let said = run(script.args(TESTS).env("MENSHEN", env!("CARGO_BIN_EXE_menshen")));
    assert!(said.contains("23 tests"), "{said}");
}
