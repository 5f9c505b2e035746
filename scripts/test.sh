#!/usr/bin/env bash
# Every test. The generated statements of tests/prove.rs run beside the others, which often wait for a clock; what they
# say comes after. Then the test of the tests, which needs a build with defects planted.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
cargo test --no-run || exit
said=$(mktemp)
trap 'kill "$prove" 2>/dev/null; rm -f "$said"' EXIT
trap 'exit 130' INT TERM
cargo test --test prove >"$said" 2>&1 &
prove=$!
status=0
N=0 cargo test --no-fail-fast || status=$?
wait "$prove" || status=$?
cat "$said"
cargo test --features test-leaks --test leaks || status=$?
exit "$status"
