#!/usr/bin/env bash
# Records the catalogue anew: a throw-away PostgreSQL with the oracles' world, the programs that are installed, and what
# the server's log says they sent. Read the diff before keeping it.
#
#     PYTHON=… NODE_PATH=… tests/legit/record/record.sh [FOLDER]      (default: tests/legit)
#
# PYTHON: an interpreter with django, sqlalchemy[asyncio], psycopg, psycopg2, asyncpg, peewee, pony, tortoise-orm,
# pandas, pexpect and pgcli. NODE_PATH: modules with pg, pg-cursor, pg-query-stream, sequelize, typeorm,
# reflect-metadata, knex, objection, drizzle-orm, kysely, pg-promise and postgres. Debian's ruby-activerecord, ruby-pg,
# ruby-sequel, php-pgsql, php-doctrine-dbal and libpostgresql-jdbc-java. What is missing is left out.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$here/../../..
folder=${1:-$here/..}
started=$("$root/scripts/cluster.sh" start --parent $$ --set log_statement=all --set log_destination=jsonlog \
  --set logging_collector=on --set log_directory=log --set log_filename=record --set log_parameter_max_length=-1 \
  --set log_rotation_size=0 --hba 'host all clerk 127.0.0.1/32 trust')
eval "$started"
trap '"$root/scripts/cluster.sh" stop "$CLUSTER"' EXIT
export PGHOST PGPORT PGUSER PGPASSWORD PYTHONDONTWRITEBYTECODE=1 PATH=$PG_BIN:$PATH
for user in clerk marketer registrar; do psql -XqAt -c "CREATE ROLE $user LOGIN"; done
psql -XqAt -c 'CREATE DATABASE world'
export PGDATABASE=world
psql -XqAt -f "$root/tests/oracle/world/schema.sql"
psql -XqAt -v hidden=0 -v buyers=300 -f "$root/tests/oracle/world/data.sql"
psql -XqAt -c 'VACUUM ANALYZE'

try() { "$@" || printf 'record: %s: left out\n' "$*" >&2; }
jar=${MENSHEN_JDBC_JAR:-/usr/share/java/postgresql.jar}
try "$here/psql.sh"
try "$here/programs.sh"
for program in psql_tab django_orm sqlalchemy_orm other_orms pgcli_completion; do
  try "${PYTHON:-python3}" "$here/$program.py"
done
try node "$here/node_orms.js"
try ruby "$here/ruby_orms.rb"
try php "$here/doctrine.php"
try java -cp "$jar" "$here/Metadata.java"
"${PYTHON:-python3}" "$here/catalogue.py" "$PGDATA/log/record.json" "$folder"
