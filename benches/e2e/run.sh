#!/usr/bin/env bash
# pgbench -S, a million-row scan, new and idle connections and a masked export: directly, through PgBouncer (session
# mode), through a bare relay of frames (`relay.rs`) and through Menshen, interleaved.
#
# ONLY=scan measures scans and their metering alone.
#     make bench     ROUNDS (5) and SECONDS_EACH (2) decide how long; MENSHEN names the program
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
cd "$root"
found=$(scripts/env.sh server pgbouncer target)
eval "$found"
export MENSHEN=${MENSHEN:-$CARGO_TARGET_DIR/release/menshen}
relay=${RELAY:-$CARGO_TARGET_DIR/quick/examples/relay}
for program in "$MENSHEN" "$relay"; do
  [ -x "$program" ] || { echo "bench: no $program: cargo build --release --bin menshen and cargo build --profile quick --example relay first" >&2; exit 1; }
done

folder=$(mktemp -d) proxies=()
chmod 755 "$folder"
finish() {
  for pid in ${proxies[@]+"${proxies[@]}"}; do kill "$pid" 2>/dev/null || true; wait "$pid" 2>/dev/null || true; done
  [ -z "${CLUSTER:-}" ] || scripts/cluster.sh stop "$CLUSTER"
  rm -rf "$folder"
}
trap finish EXIT
trap 'exit 130' INT TERM

cluster=$(scripts/cluster.sh start --parent $$ --set shared_buffers=256MB)
eval "$(sed 's/^/export /' <<<"$cluster")"
as_admin() { "$PG_BIN/psql" -X -q -v ON_ERROR_STOP=1 -h "$PGSOCKET" -U postgres "$@"; }
free_port() { local p; while p=$((20000 + RANDOM % 12000)); (exec 3<>"/dev/tcp/127.0.0.1/$p") 2>/dev/null; do :; done; echo "$p"; }

as_admin -d postgres -c 'CREATE DATABASE bench' -c "CREATE ROLE bench_clear LOGIN PASSWORD 'bench'" \
  -c "CREATE ROLE bench_watched LOGIN PASSWORD 'bench'" \
  -c "CREATE ROLE bench_masked LOGIN PASSWORD 'bench'" -c "CREATE ROLE bench_reads LOGIN PASSWORD 'bench'" -c "CREATE ROLE menshen LOGIN PASSWORD 'catalog'" \
  -c 'GRANT SELECT ON pg_catalog.pg_authid TO menshen'
"$PG_BIN/pgbench" -i -q -s 10 -h "$PGSOCKET" -U postgres bench 2>/dev/null
as_admin -d bench -c 'CREATE TABLE people (id int PRIMARY KEY, name text, phone text, id_no text, address text)' \
  -c "INSERT INTO people SELECT g, '王小' || g % 97, '138' || 10000000 + g, '33012219950918' || 1000 + g % 9000, \
    '浙江省杭州市桐庐县解放路' || g || '号' FROM generate_series(1, 200000) g"
as_admin -d bench -c 'GRANT SELECT ON ALL TABLES IN SCHEMA public TO PUBLIC' -c 'VACUUM (FREEZE, ANALYZE)'

export BOUNCER_PORT MENSHEN_PORT RELAY_PORT UNMETERED_PORT
BOUNCER_PORT=$(free_port) MENSHEN_PORT=$(free_port) RELAY_PORT=$(free_port) UNMETERED_PORT=$(free_port)
cat >"$folder/pgbouncer.ini" <<INI
[databases]
bench = host=127.0.0.1 port=$PGPORT dbname=bench
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = $BOUNCER_PORT
unix_socket_dir =
auth_type = scram-sha-256
auth_file = $folder/users
pool_mode = session
default_pool_size = 50
max_client_conn = 200
server_reset_query = DISCARD ALL
logfile = $folder/pgbouncer.log
pidfile = $folder/pgbouncer.pid
INI
printf '"bench_clear" "bench"\n"bench_masked" "bench"\n' >"$folder/users"
# configuration PORT BUNDLE STATE; threads as they are by default
configuration() {
  cat <<TOML
[listen]
address = "127.0.0.1:$1"
[upstream]
host = "127.0.0.1"
port = $PGPORT
sslmode = "disable"
[catalog]
user = "menshen"
password_file = "$folder/catalog.password"
[auth]
query = "SELECT rolname, rolpassword FROM pg_catalog.pg_authid WHERE rolname = \$1 AND rolcanlogin"
[policy]
dir = "$2"
[admin]
address = ""
socket = "$folder/$3.sock"
[state]
dir = "$folder/$3"
[audit]
file = "$folder/$3.jsonl"
[log]
level = "warn"
TOML
}
# the same without limits: nothing is metered
cp -r "$root/benches/e2e/bundle" "$folder/unmetered"
rm "$folder/unmetered/limits.toml"
configuration "$MENSHEN_PORT" "$root/benches/e2e/bundle" state >"$folder/menshen.toml"
configuration "$UNMETERED_PORT" "$folder/unmetered" other-state >"$folder/unmetered.toml"
printf catalog >"$folder/catalog.password"
chmod 600 "$folder/menshen.toml" "$folder/unmetered.toml" "$folder/catalog.password"
chmod 644 "$folder/pgbouncer.ini" "$folder/users"

if [ "$(id -u)" = 0 ]; then
  owner=$(stat -c %U "$PGDATA")
  chown "$owner" "$folder"
  setpriv --reuid "$owner" --regid "$(id -g "$owner")" --clear-groups "$PGBOUNCER" -q "$folder/pgbouncer.ini" &
else
  "$PGBOUNCER" -q "$folder/pgbouncer.ini" &
fi
proxies+=($!)
"$MENSHEN" run --config "$folder/menshen.toml" 2>"$folder/menshen.log" &
proxies+=($!)
"$relay" "127.0.0.1:$RELAY_PORT" "127.0.0.1:$PGPORT" &
proxies+=($!)
"$MENSHEN" run --config "$folder/unmetered.toml" 2>"$folder/unmetered.log" &
proxies+=($!)
export BOUNCER_PID=${proxies[0]} MENSHEN_PID=${proxies[1]} RELAY_PID=${proxies[2]} UNMETERED_PID=${proxies[3]} CONFIG=$folder/menshen.toml
for port in "$BOUNCER_PORT" "$MENSHEN_PORT" "$RELAY_PORT" "$UNMETERED_PORT"; do
  until PGPASSWORD=bench "$PG_BIN/psql" -X -q -h 127.0.0.1 -p "$port" -U bench_masked -d bench -c 'SELECT 1' >/dev/null 2>&1; do
    kill -0 "$BOUNCER_PID" && kill -0 "$MENSHEN_PID" && kill -0 "$UNMETERED_PID" || { cat "$folder"/*.log >&2; exit 1; }
    sleep 0.1
  done
done
python3 benches/e2e/measure.py
