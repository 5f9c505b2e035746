#!/usr/bin/env bash
# Every test. The generated statements of tests/prove.rs run beside the others, which often wait for a clock; what they
# say comes after. One build serves all: the defects of tests/leaks.rs are planted where that test orders them, nowhere else.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
tests=(cargo test --features test-leaks)
"${tests[@]}" --no-run || exit
said=$(mktemp)
trap 'kill "$prove" 2>/dev/null; rm -f "$said"' EXIT
trap 'exit 130' INT TERM
"${tests[@]}" --test prove >"$said" 2>&1 &
prove=$!
status=0
N=0 "${tests[@]}" --no-fail-fast || status=$?
wait "$prove" || status=$?
cat "$said"
exit "$status"
