#!/usr/bin/env bash
# A throw-away PostgreSQL cluster: own folder, free port, loopback and a Unix-domain socket only.
#
#     scripts/cluster.sh start [--parent PID] [--set NAME=VALUE]… [--hba LINE]…
#     scripts/cluster.sh stop FOLDER
#
# `start` prints NAME=value lines: CLUSTER (its folder), PG_BIN, PGHOST, PGPORT, PGSOCKET, PGDATA, PGUSER, PGPASSWORD,
# POSTMASTER (process id). The superuser `postgres` is trusted over the socket; everybody else, and every TCP
# connection, logs in by SCRAM. A watchdog stops and removes the cluster when process PID (default: the caller) ends,
# however it ends. Run by root, the server runs as `postgres` or, where there is none, as `nobody`.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

say() { printf 'cluster: %s\n' "$*" >&2; }
die() { say "$*"; exit 1; }

owner() { getent passwd postgres >/dev/null && echo postgres || echo nobody; }

as_owner() {
  if [ "$(id -u)" = 0 ]; then (cd / && exec setpriv --reuid "$(owner)" --regid "$(id -g "$(owner)")" --clear-groups \
    env -u PGHOST -u PGPORT -u PGUSER -u PGDATABASE -u PGDATA HOME=/ LC_ALL=C "$@")
  else (cd / && exec env -u PGHOST -u PGPORT -u PGUSER -u PGDATABASE -u PGDATA LC_ALL=C "$@"); fi
}

# When a process started, in clock ticks: a process id alone may be given to another process.
birth() { [ -r "/proc/$1/stat" ] && sed 's/.*) //' "/proc/$1/stat" 2>/dev/null | cut -d' ' -f20; }

postmaster_of() { head -n 1 "$1/data/postmaster.pid" 2>/dev/null; }

remove() {
  local folder=$1 pid signal
  pid=$(postmaster_of "$folder" || true)
  if [ -n "$pid" ]; then
    for signal in INT QUIT KILL; do
      kill -"$signal" "$pid" 2>/dev/null || break
      for _ in $(seq 100); do kill -0 "$pid" 2>/dev/null || break 2; sleep 0.1; done
    done
  fi
  # a server that crashed by itself: its log names the statement
  ! grep -qs 'terminated by signal 11' "$folder/server.log" || mv "$folder/server.log" "$folder.crashed.log"
  rm -rf "$folder"
}

# Runs detached: waits for the parent's or the server's end, then clears up.
watch() {
  local folder=$1 parent=$2 born=$3
  while [ -d "$folder/data" ] && [ -n "$born" ] && [ "$(birth "$parent" || true)" = "$born" ]; do sleep 0.5; done
  [ -d "$folder" ] && remove "$folder"
  exit 0
}

free_port() {
  local port
  while :; do
    port=$((20000 + RANDOM % 12000))
    (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || { echo "$port"; return; }
  done
}

new_folder() {
  local base=${TMPDIR:-/tmp} folder
  [ ${#base} -le 60 ] || base=/tmp    # a socket's path has 107 bytes at most
  folder=$(mktemp -d "$base/menshen-pg.XXXXXX")
  [ "$(id -u)" != 0 ] || chown "$(owner):" "$folder"
  chmod 755 "$folder"
  if ! as_owner test -w "$folder"; then
    rm -rf "$folder"; [ "$base" != /tmp ] || die "$(owner) cannot write below /tmp"
    TMPDIR=/tmp new_folder; return
  fi
  echo "$folder"
}

configure() {
  local data=$1; shift
  cat >>"$data/postgresql.conf" <<CONF
listen_addresses = '127.0.0.1'
unix_socket_directories = '$(dirname "$data")'
max_connections = 200
password_encryption = 'scram-sha-256'
fsync = off
synchronous_commit = off
full_page_writes = off
autovacuum = off
max_wal_size = '4GB'
wal_level = logical
shared_buffers = '128MB'
jit = off
timezone = 'UTC'
log_timezone = 'UTC'
lc_messages = 'C'
CONF
  local setting
  for setting in "$@"; do printf "%s = '%s'\n" "${setting%%=*}" "${setting#*=}" >>"$data/postgresql.conf"; done
}

write_hba() {
  local data=$1; shift
  { [ $# -eq 0 ] || printf '%s\n' "$@"
    cat <<'HBA'
local all postgres trust
local replication postgres trust
local all all scram-sha-256
host all all 127.0.0.1/32 scram-sha-256
host replication all 127.0.0.1/32 scram-sha-256
HBA
  } >"$data/pg_hba.conf"
}

start() {
  local parent=$PPID settings=() lines=()
  while [ $# -gt 0 ]; do
    case $1 in
      --parent) parent=$2 ;; --set) settings+=("$2") ;; --hba) lines+=("$2") ;; *) die "unknown option: $1" ;;
    esac
    shift 2
  done
  local found folder password port
  found=$("$here/env.sh" server)
  eval "$found"
  folder=$(new_folder)
  trap 'remove "$folder"' EXIT
  trap 'exit 130' INT TERM HUP
  password=$(od -An -N12 -tx1 /dev/urandom | tr -d ' \n')
  as_owner sh -c "umask 077; printf %s '$password' >'$folder/password'"
  as_owner "$PG_BIN/initdb" -D "$folder/data" -U postgres --pwfile="$folder/password" -A scram-sha-256 -E UTF8 \
    --locale=C.UTF-8 --no-sync --no-instructions >"$folder.log" 2>&1 || { cat "$folder.log" >&2; rm -f "$folder.log"; exit 1; }
  rm -f "$folder.log"
  configure "$folder/data" ${settings[@]+"${settings[@]}"}
  write_hba "$folder/data" ${lines[@]+"${lines[@]}"}
  local try
  for try in 1 2 3 4 5; do
    port=$(free_port)
    if as_owner "$PG_BIN/pg_ctl" -D "$folder/data" -s -w -t 60 -l "$folder/server.log" -o "-p $port" start \
      </dev/null >/dev/null 2>&1; then break; fi
    [ "$try" != 5 ] || { cat "$folder/server.log" >&2; die "the server does not start"; }
  done
  setsid "$here/cluster.sh" watch "$folder" "$parent" "$(birth "$parent" || true)" </dev/null >/dev/null 2>&1 &
  trap - EXIT
  cat <<END
CLUSTER=$folder
PG_BIN=$PG_BIN
PGHOST=127.0.0.1
PGPORT=$port
PGSOCKET=$folder
PGDATA=$folder/data
PGUSER=postgres
PGPASSWORD=$password
POSTMASTER=$(postmaster_of "$folder")
END
}

command=${1:-}; shift || true
case $command in
  start) start "$@" ;;
  stop) [ -n "${1:-}" ] && [ -d "$1/data" ] || die "stop needs a cluster's folder"; remove "$1" ;;
  watch) watch "$@" ;;
  *) die "usage: cluster.sh start [--parent PID] [--set NAME=VALUE]… [--hba LINE]… | stop FOLDER" ;;
esac
