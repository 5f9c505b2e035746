# make demo   four people ask a housing information system the same question (ONCE=1: and then stop)
# make test   every test; installs what it needs first
# make bench  criterion for the pure core (the analysis as it is installed), then pgbench through direct, PgBouncer and Menshen
# make simulate  months of office work with thefts through the extraction governor: the table of docs/extraction.md
# make regress  PostgreSQL's own regression tests, directly and through Menshen
# make prove  N generated statements (20,000) from SEED against both oracles, optimised
# make lint   formatting, clippy with warnings as errors, licences

SHELL := /bin/bash
# $(call found,WORDS): finds or installs, and fails where that fails.
found = found=$$(scripts/env.sh $(1)) && eval "$$found" &&

.PHONY: demo test prove simulate bench regress lint

demo:
	@demo/run.sh

test:
	@$(call found,server libclang jdbc python node alertmanager redis faketime) scripts/test.sh

prove:
	@$(call found,server libclang) N=$(N) SEED=$(or $(SEED),random) cargo test --profile quick --test prove

simulate:
	@$(call found,libclang) cargo test --profile quick --test sim -- --ignored --nocapture

bench:
	@$(call found,server libclang pgbouncer) cargo build --release --bin menshen && cargo bench --profile release --bench analyse --bench hot \
	  && cargo bench --profile quick --bench growth --bench wire --bench extraction && cargo build --profile quick --example relay && benches/e2e/run.sh

regress:
	@$(call found,server libclang) cargo build && scripts/regress.sh

lint:
	@$(call found,libclang) cargo fmt --check && cargo clippy --all-targets -- -D warnings && scripts/licenses.sh
