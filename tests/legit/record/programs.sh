#!/usr/bin/env bash
# pg_dump of permitted tables, pgbench's scripts, clusterdb's kind of look-ups.
set -euo pipefail
user=${LEGIT_USER:-clerk}
mark() { psql -XqAt -U "$user" -c "SELECT 'mark: $1: $2'" >/dev/null; }
quiet() { "$@" >/dev/null 2>&1 || true; }
mark pg-dump "data of an open table"
quiet pg_dump -U "$user" --data-only -t app.events
mark pg-dump "data of a masked table"
quiet pg_dump -U "$user" --data-only -t housing.buyers
mark pg-dump "data of several as inserts"
quiet pg_dump -U "$user" --data-only --column-inserts -t app.settings -t housing.leads
mark pg-dump "definition of a table"
quiet pg_dump -U "$user" --schema-only -t housing.buyers
mark pg-dump "definition of a schema"
quiet pg_dump -U "$user" --schema-only -n app
