#!/usr/bin/env bash
# PostgreSQL's own regression tests, once directly and once through each lane of an unrestricted principal; the outputs
# are compared with each other (not with PostgreSQL's expected ones).
#
#     scripts/regress.sh [TEST…]     none named: all of PostgreSQL's schedule; those named run after test_setup
#
# The SQL and the C functions it needs come from Debian's source package of the server's own major version. It is
# fetched once, with a configuration of apt's that is private to this script, and kept below .build/regress/.
# MENSHEN names the program (default: the debug build), KEEP a folder for the outputs.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"
found=$(scripts/env.sh server target)
eval "$found"
major=$("$PG_BIN/postgres" --version | grep -oE '[0-9]+' | head -n 1)
cache=$root/.build/regress
say() { printf 'regress: %s\n' "$*" >&2; }
die() { say "$*"; exit 1; }

# --- sources ------------------------------------------------------------------------------------------------------

apt_private() {
  local command=$1; shift
  "$command" -q -o APT::Sandbox::User="$(id -un)" -o Dir::Etc::SourceList="$cache/apt/sources.list" -o Dir::Etc::SourceParts=/dev/null \
    -o Dir::State::lists="$cache/apt/lists" -o Dir::Cache="$cache/apt/cache" "$@"
}

# The newest version whose source can be had; an archive keeps few, and an index may name one that is gone.
fetch() {
  local source=postgresql-$major suite=bookworm key=/usr/share/keyrings/debian-archive-keyring.gpg version
  [ -r /etc/os-release ] && suite=$(. /etc/os-release && echo "${VERSION_CODENAME:-$suite}")
  mkdir -p "$cache/apt/lists/partial" "$cache/apt/cache/archives/partial"
  for version in main:debian:"$suite" main:debian-security:"$suite-security"; do
    printf '%s [signed-by=%s] http://deb.debian.org/%s %s main\n' deb "$key" "$(cut -d: -f2 <<<"$version")" \
      "$(cut -d: -f3 <<<"$version")" deb-src "$key" "$(cut -d: -f2 <<<"$version")" "$(cut -d: -f3 <<<"$version")"
  done >"$cache/apt/sources.list"
  say "fetching $source"
  apt_private apt-get update >"$cache/fetch.log" 2>&1 || return 1
  for version in $(apt_private apt-cache showsrc "$source" | awk '$1 == "Version:" { print $2 }' | sort -rV); do
    (cd "$cache" && apt_private apt-get source --download-only "$source=$version" &&
      apt_private apt-get download "postgresql-server-dev-$major=$version") >>"$cache/fetch.log" 2>&1 && return
  done
  return 1
}

# Unpacks what the tests need and compiles their C functions.
prepare() {
  local made=$cache/$major
  [ -f "$made/regress.so" ] && return
  fetch || { tail -n 20 "$cache/fetch.log" >&2; die "the source of PostgreSQL $major cannot be had"; }
  rm -rf "$made" "$made.new"
  mkdir -p "$made.new/dev"
  tar xf "$cache"/postgresql-"$major"_*.orig.tar.* -C "$made.new" --strip-components=4 --wildcards \
    '*/src/test/regress/sql' '*/src/test/regress/data' '*/src/test/regress/parallel_schedule' '*/src/test/regress/regress.c'
  dpkg-deb -x "$cache"/postgresql-server-dev-"$major"_*.deb "$made.new/dev"
  cc -O1 -w -fPIC -shared -I "$made.new/dev/usr/include/postgresql/$major/server" "$made.new/regress.c" -o "$made.new/regress.so"
  mv "$made.new" "$made"
}

mkdir -p "$cache"
exec 9>"$cache/lock"
flock 9
prepare
exec 9>&-
tests=$cache/$major
schedule=$(sed -n 's/^test: //p' "$tests/parallel_schedule" | tr ' ' '\n' | sed '/^$/d')
chosen=${*:-$schedule}
[ "$(head -n 1 <<<"$chosen" | cut -d' ' -f1)" = test_setup ] || chosen="test_setup $chosen"
for name in $chosen; do [ -f "$tests/sql/$name.sql" ] || die "no such test: $name"; done

# --- doors --------------------------------------------------------------------------------------------------------

MENSHEN=${MENSHEN:-$CARGO_TARGET_DIR/debug/menshen}
[ -x "$MENSHEN" ] || die "no $MENSHEN: cargo build first"
folder=$(mktemp -d /tmp/menshen-regress.XXXXXX) menshen=
chmod 755 "$folder"
CLUSTER=
close() {
  [ -z "$menshen" ] || { kill "$menshen" 2>/dev/null || true; wait "$menshen" 2>/dev/null || true; menshen=; }
  [ -z "$CLUSTER" ] || scripts/cluster.sh stop "$CLUSTER"
  CLUSTER=
}
trap 'close; rm -rf "$folder"' EXIT
trap 'exit 130' INT TERM
free_port() { local p; while p=$((20000 + RANDOM % 12000)); (exec 3<>"/dev/tcp/127.0.0.1/$p") 2>/dev/null; do :; done; echo "$p"; }
as_admin() { "$PG_BIN/psql" -X -q -v ON_ERROR_STOP=1 -h "$PGSOCKET" -p "$CLUSTER_PORT" -U postgres "$@"; }

# The files that the server and psql read and write: at the same place for every door, for messages name them.
workplace() {
  rm -rf "$folder/work" && mkdir -p "$folder/work/lib" "$folder/work/results"
  cp -r "$tests/data" "$folder/work/" && cp "$tests/regress.so" "$folder/work/lib/"
  ln -s "$($PG_BIN/pg_config --pkglibdir)"/{refint,autoinc}.so "$folder/work/lib/"
  chmod -R a+rX "$folder/work" && chmod 777 "$folder/work/results"
}

# Everybody may read everything; $1: who is exempt from recording.
through() {
  local port; port=$(free_port)
  mkdir -p "$folder/bundle"
  : >"$folder/userlist" && chmod 600 "$folder/userlist"
  printf 'p, role:anyone, *, clear, *, allow\n' >"$folder/bundle/policy.csv"
  printf '[defaults]\nunclassified = "clear"\n' >"$folder/bundle/classification.toml"
  printf 'unrecorded = [%s]\n' "$1" >"$folder/bundle/identity.toml"
  cat >"$folder/menshen.toml" <<TOML
[listen]
address = "127.0.0.1:$port"
[upstream]
host = "127.0.0.1"
port = $CLUSTER_PORT
sslmode = "disable"
[catalog]
user = "menshen"
[auth]
method = "trust"
userlist = "$folder/userlist"
upstream = "password"
[policy]
dir = "$folder/bundle"
[admin]
address = ""
[state]
dir = "$folder/state"
[audit]
file = "$folder/audit.jsonl"
[log]
level = "warn"
TOML
  "$MENSHEN" run --config "$folder/menshen.toml" 2>>"$folder/menshen.log" &
  menshen=$!
  until "$PG_BIN/psql" -X -q -h 127.0.0.1 -p "$port" -U postgres -c 'SELECT 1' postgres >/dev/null 2>&1; do
    kill -0 "$menshen" 2>/dev/null || { cat "$folder/menshen.log" >&2; die "Menshen does not start"; }
    sleep 0.1
  done
  PGPORT=$port
}

# As pg_regress runs psql.
run() {
  env -u PGDATA -u PGSOCKET -u PGPASSWORD -u CLUSTER PGHOST=127.0.0.1 PGPORT="$PGPORT" PGUSER=postgres PGDATABASE=regression \
    PGTZ=PST8PDT PGDATESTYLE='Postgres, MDY' PGOPTIONS='-c intervalstyle=postgres_verbose' LC_ALL=C \
    PGAPPNAME="pg_regress/$1" PG_ABS_SRCDIR="$folder/work" PG_ABS_BUILDDIR="$folder/work" \
    PG_LIBDIR="$folder/work/lib" PG_DLSUFFIX=.so \
    timeout 300 "$PG_BIN/psql" -X -a -q -d regression -v HIDE_TABLEAM=on -v HIDE_TOAST_COMPRESSION=on \
    <"$tests/sql/$1.sql" >"$2" 2>&1 || echo "psql ended with status $?" >>"$2"
}

door() {
  local name=$1 unrecorded=${2-} started=$SECONDS
  eval "$(scripts/cluster.sh start --parent $$ --set max_prepared_transactions=2 --hba 'host all all 127.0.0.1/32 trust')"
  CLUSTER_PORT=$PGPORT
  workplace
  as_admin -d postgres -c 'CREATE ROLE menshen LOGIN' -c "CREATE DATABASE regression TEMPLATE template0"
  local setting
  for setting in "lc_messages TO 'C'" "lc_monetary TO 'C'" "lc_numeric TO 'C'" "lc_time TO 'C'" \
    "bytea_output TO 'hex'" "timezone_abbreviations TO 'Default'"; do
    as_admin -d postgres -c "ALTER DATABASE regression SET $setting"
  done
  [ $# = 1 ] || through "$unrecorded"
  mkdir -p "$folder/$name"
  for test in $chosen; do run "$test" "$folder/$name/$test.out"; done
  close
  say "$name: $((SECONDS - started)) s"
}

door direct
door relay '"role:anyone"'
door watch ''
[ ! -s "$folder/menshen.log" ] || cp "$folder/menshen.log" "$folder/watch/menshen.log"
if [ -n "${KEEP:-}" ]; then mkdir -p "$KEEP"; cp -r "$folder"/{direct,relay,watch} "$folder"/menshen.log "$KEEP/"; fi
python3 tests/regress/compare.py "$folder" ${*:+--some}
