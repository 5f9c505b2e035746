#!/usr/bin/env bash
# Checks where every dependency for this platform comes from and that its licence is on the list of deny.toml.
# Why not cargo-deny: docs/decisions/0016-licences.md.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
platform=$(rustc -vV | sed -n 's/^host: //p')
cargo metadata --quiet --locked --format-version 1 --filter-platform "$platform" | python3 scripts/licenses.py
