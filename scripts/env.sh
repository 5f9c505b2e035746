#!/usr/bin/env bash
# Finds what Menshen's build, tests and benchmarks need, installs what is missing, and prints `export` lines:
#
#     eval "$(scripts/env.sh server libclang)"
#
# Words: server libclang target pgbouncer jdbc python node alertmanager redis faketime (none given: server libclang).
# `target` is where cargo puts what it builds.
# Everything else it has to say goes to standard error. Packages come from apt, which needs root or sudo; drivers of
# Python and Node go below .build/.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
build=$root/.build

say() { printf 'env: %s\n' "$*" >&2; }
die() { say "$*"; exit 1; }
export_line() { printf 'export %s=%q\n' "$1" "$2"; }

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"
  elif command -v sudo >/dev/null; then sudo -n "$@"
  else die "root or sudo is needed for: $*"; fi
}

# install PACKAGE… : quiet, without questions, and without Debian's own main cluster.
install() {
  command -v apt-get >/dev/null || die "cannot install $*: no apt-get here; install it by hand"
  say "installing $*"
  local log; log=$(mktemp)
  if ! { as_root mkdir -p /etc/postgresql-common/createcluster.d &&
    echo 'create_main_cluster = false' | as_root tee /etc/postgresql-common/createcluster.d/menshen.conf &&
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=600 update &&
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=600 \
      -o Dpkg::Options::=--force-confold install --no-install-recommends "$@"; } </dev/null >"$log" 2>&1; then
    tail -n 30 "$log" >&2; rm -f "$log"; die "installing $* failed"
  fi
  rm -f "$log"
}

# The folder of a server's binaries, newest version first; 13 at least.
find_server() {
  local folder version
  for folder in ${PG_BIN:-} $(ls -d /usr/lib/postgresql/*/bin /usr/pgsql-*/bin /opt/homebrew/opt/postgresql@*/bin \
    2>/dev/null | sort -t/ -k5 -rV) "$(pg_config --bindir 2>/dev/null || true)"; do
    [ -x "$folder/postgres" ] && [ -x "$folder/initdb" ] && [ -x "$folder/pgbench" ] || continue
    version=$("$folder/postgres" --version | grep -oE '[0-9]+' | head -n 1)
    [ "$version" -ge 13 ] && { echo "$folder"; return; }
  done
  return 1
}

find_libclang() {
  local folder
  for folder in ${LIBCLANG_PATH:-} $(ls -d /usr/lib/llvm-*/lib 2>/dev/null | sort -rV) \
    "$(llvm-config --libdir 2>/dev/null || true)" /usr/lib64 /usr/lib/x86_64-linux-gnu /usr/lib/aarch64-linux-gnu; do
    # not libclang-cpp, which LLVM brings along and bindgen cannot use
    ls "$folder"/libclang.so* "$folder"/libclang-[0-9]*.so* 2>/dev/null | grep -q . && { echo "$folder"; return; }
  done
  return 1
}

find_pgbouncer() { PATH=$PATH:/usr/sbin command -v pgbouncer; }
find_alertmanager() { command -v prometheus-alertmanager || command -v alertmanager; }
find_redis() { command -v redis-server || command -v valkey-server; }
find_faketime() {
  local file
  for file in ${FAKETIME_LIB:-} /usr/lib/*/faketime/libfaketimeMT.so.1 /usr/lib*/faketime/libfaketimeMT.so.1; do
    [ -e "$file" ] && { echo "$file"; return; }
  done
  return 1
}
find_target() {
  cargo metadata --no-deps --format-version 1 --manifest-path "$root/Cargo.toml" |
    sed 's/.*"target_directory":"\([^"]*\)".*/\1/'
}
find_jdbc() { ls "${MENSHEN_JDBC_JAR:-/usr/share/java/postgresql.jar}" 2>/dev/null; }

# A virtual environment with the Python drivers; made once, under a lock.
python_drivers() {
  local venv=$build/venv
  if ! "$venv/bin/python" -c 'import psycopg, asyncpg, sqlalchemy.ext.asyncio, django' 2>/dev/null; then
    command -v python3 >/dev/null || install python3 python3-venv
    rm -rf "$venv"
    python3 -m venv "$venv" >&2 || { install python3-venv; python3 -m venv "$venv" >&2; }
    say "installing psycopg, asyncpg, SQLAlchemy and Django into .build/venv"
    "$venv/bin/pip" install -q --disable-pip-version-check 'psycopg[binary]>=3.1,<4' 'asyncpg>=0.29,<1' \
      'sqlalchemy[asyncio]>=2,<3' 'django>=4.2,<6' >&2
  fi
  echo "$venv/bin/python"
}

node_drivers() {
  local folder=$build/node
  command -v node >/dev/null && command -v npm >/dev/null || install nodejs npm
  if ! [ -d "$folder/node_modules/pg-cursor" ]; then
    mkdir -p "$folder"
    say "installing node-postgres into .build/node"
    (cd "$folder" && npm install --silent --no-audit --no-fund --no-save --prefix . pg@8 pg-cursor@2 >&2)
  fi
  echo "$folder/node_modules"
}

locate() {
  case $1 in
    server)
      find_server >/dev/null || install postgresql postgresql-contrib
      export_line PG_BIN "$(find_server || die 'no PostgreSQL server, version 13 or newer, found')" ;;
    libclang)
      find_libclang >/dev/null || install libclang-dev
      export_line LIBCLANG_PATH "$(find_libclang || die 'no libclang found')" ;;
    target)
      export_line CARGO_TARGET_DIR "${CARGO_TARGET_DIR:-$(find_target || die 'cargo does not say where it builds')}" ;;
    pgbouncer)
      find_pgbouncer >/dev/null || install pgbouncer
      export_line PGBOUNCER "$(find_pgbouncer || die 'no pgbouncer found')" ;;
    jdbc)
      find_jdbc >/dev/null || install libpostgresql-jdbc-java
      command -v javac >/dev/null || install default-jdk-headless
      export_line MENSHEN_JDBC_JAR "$(find_jdbc || die 'no JDBC driver found')" ;;
    alertmanager)
      find_alertmanager >/dev/null || install prometheus-alertmanager
      export_line ALERTMANAGER "$(find_alertmanager || die 'no Alertmanager found')" ;;
    redis)
      find_redis >/dev/null || install redis-server
      export_line REDIS_SERVER "$(find_redis || die 'no redis-server found')" ;;
    faketime)
      find_faketime >/dev/null || install libfaketime
      export_line FAKETIME_LIB "$(find_faketime || die 'no libfaketime found')" ;;
    python) export_line MENSHEN_PYTHON "$(python_drivers)" ;;
    node) export_line NODE_PATH "$(node_drivers)" ;;
    *) die "unknown word: $1" ;;
  esac
}

mkdir -p "$build"
exec 9>"$build/env.lock"
flock 9
for word in "${@:-server}"; do locate "$word"; done
[ $# -gt 0 ] || locate libclang
