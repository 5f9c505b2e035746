# make demo   four people ask a housing information system the same question (ONCE=1: and then stop)
# make test   every test; installs what it needs first
# make bench  criterion for the pure core, then pgbench through direct, PgBouncer and Menshen
# make lint   formatting, clippy with warnings as errors, licences

SHELL := /bin/bash
ENV := eval "$$(scripts/env.sh server libclang)" &&

.PHONY: demo test bench lint

demo:
	@demo/run.sh

test:
	@eval "$$(scripts/env.sh server libclang jdbc python node)" && cargo test --no-fail-fast

bench:
	@eval "$$(scripts/env.sh server libclang pgbouncer)" && cargo bench && cargo build --release && benches/e2e/run.sh

lint:
	@$(ENV) cargo fmt --check && cargo clippy --all-targets -- -D warnings && scripts/licenses.sh
