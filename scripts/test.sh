#!/usr/bin/env bash
# Every test, in two rows beside each other: one of them often waits for a clock. What the second says comes after the first.
# One build serves all: the defects of tests/leaks.rs are planted where that test orders them, nowhere else.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# whoever runs everything has no use for what makes the next build shorter
export CARGO_INCREMENTAL=${CARGO_INCREMENTAL:-0}
# generated statements; CI asks for 20,000
export N=${N:-2000}
# a panic tells its place without
export CARGO_PROFILE_DEV_DEBUG=${CARGO_PROFILE_DEV_DEBUG:-false}
# slightly optimised: that takes two minutes more to build, and saves five of running everything
tests=(cargo test --config profile.dev.package.menshen.opt-level=1 --no-fail-fast --features test-leaks)
"${tests[@]}" --no-run || exit
others=(--lib --bins)
for test in tests/*.rs tests/*/main.rs; do
  name=$(basename "${test%/main.rs}" .rs)
  [ "$name" = it ] || others+=(--test "$name")
done
said=$(mktemp)
trap 'kill "$second" 2>/dev/null; rm -f "$said"' EXIT
trap 'exit 130' INT TERM
"${tests[@]}" "${others[@]}" >"$said" 2>&1 &
second=$!
status=0
# some wait for clocks while others compute
"${tests[@]}" --test it -- --test-threads 3 || status=$?
wait "$second" || status=$?
cat "$said"
exit "$status"
