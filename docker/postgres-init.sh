#!/bin/sh
# Run once by PostgreSQL's image, when its data folder is empty.
set -eu
run() { psql -v ON_ERROR_STOP=1 -U "${POSTGRES_USER:-postgres}" -d "$POSTGRES_DB" "$@"; }
run -f /demo/schema.sql
run -v buyers="$DEMO_BUYERS" -v seed=42 -f /demo/data.sql
run -v password="$DEMO_PASSWORD" -v catalog_password="$CATALOG_PASSWORD" -f /demo/roles.sql
