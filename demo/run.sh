#!/usr/bin/env bash
# Four people of a housing information system ask the same question.
#
#     make demo            goes on serving until Ctrl-C
#     ONCE=1 make demo     ends by itself; its exit status says whether every answer was as the policy says
#
# BUYERS (100000) and SEED (42) decide the data; MENSHEN names a binary to use instead of building one. Everything runs on free loopback ports in a temporary folder, and is
# stopped and removed at the end.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"
buyers=${BUYERS:-100000} seed=${SEED:-42} failed=0

if [ -t 1 ]; then bold=$'\e[1m' dim=$'\e[2m' red=$'\e[31m' plain=$'\e[0m'; else bold='' dim='' red='' plain=''; fi
act() { printf '\n%s── %s ──%s\n' "$bold" "$*" "$plain"; }
say() { printf '%s%s%s\n' "$dim" "$*" "$plain"; }
wrong() { printf '%sNOT AS THE POLICY SAYS: %s%s\n' "$red" "$*" "$plain"; failed=1; }

eval "$(scripts/env.sh server libclang target)"
menshen=${MENSHEN:-}
if [ -z "$menshen" ]; then
  say "building (the first time takes a few minutes) …"
  cargo build --profile quick --quiet
  menshen=$CARGO_TARGET_DIR/quick/menshen
fi

umask 077
folder=$(mktemp -d) proxy=''
finish() {
  [ -z "$proxy" ] || { kill "$proxy" 2>/dev/null || true; wait "$proxy" 2>/dev/null || true; }
  [ -z "${CLUSTER:-}" ] || scripts/cluster.sh stop "$CLUSTER"
  rm -rf "$folder"
}
trap finish EXIT
trap 'exit 130' INT TERM

act "PostgreSQL with $buyers homebuyers, invented from seed $seed"
eval "$(scripts/cluster.sh start --parent $$ | sed 's/^/export /')"
secret() { head -c 18 /dev/urandom | base64 | tr '+/' '-_'; }
password=$(secret)
printf '%s' "$(secret)" >"$folder/catalog-password"
direct() { PGPASSWORD='' "$PG_BIN/psql" -X -q -v ON_ERROR_STOP=1 -h "$PGSOCKET" -U postgres "$@"; }
direct -d postgres -c 'CREATE DATABASE housing'
started=$(date +%s)
direct -d housing -f demo/schema.sql >/dev/null
direct -d housing -v buyers="$buyers" -v seed="$seed" -f demo/data.sql >/dev/null
direct -d housing -v password="$password" -v catalog_password="$(cat "$folder/catalog-password")" -f demo/roles.sql >/dev/null
say "generated in $(($(date +%s) - started)) s"

free_port() { local p; while p=$((20000 + RANDOM % 12000)); (exec 3<>"/dev/tcp/127.0.0.1/$p") 2>/dev/null; do :; done; echo "$p"; }
port=$(free_port) admin=$(free_port)
# The bundle as it is, but for time: what slows somebody down lets ten times as much through.
cp -r policies "$folder/policies"
sed -i 's#rate = "\([0-9]*\)/s"#rate = "\10/s"#' "$folder/policies/limits.toml"
cat >"$folder/menshen.toml" <<TOML
[listen]
address = "127.0.0.1:$port"
[upstream]
host = "$PGHOST"
port = $PGPORT
[catalog]
user = "menshen_catalog"
password_file = "$folder/catalog-password"
[auth]
query = "SELECT * FROM menshen.user_lookup(\$1)"
query_database = "housing"
[policy]
dir = "$folder/policies"
[admin]
address = "127.0.0.1:$admin"
socket = "$folder/admin.sock"
[state]
dir = "$folder/state"
[audit]
file = "$folder/audit.jsonl"
[log]
level = "warn"
TOML
"$menshen" run -c "$folder/menshen.toml" 2>"$folder/menshen.log" &
proxy=$!

# get PATH: an HTTP GET on the admin port, without needing a client for it
get() {
  exec 3<>"/dev/tcp/127.0.0.1/$admin" || return 1
  printf 'GET %s HTTP/1.0\r\nHost: localhost\r\n\r\n' "$1" >&3
  sed '1,/^\r$/d' <&3
  exec 3<&- 3>&-
}
for _ in $(seq 200); do
  kill -0 "$proxy" 2>/dev/null || { cat "$folder/menshen.log" >&2; exit 1; }
  { get /readyz 2>/dev/null || true; } | grep -q ready && break
  sleep 0.1
done
as() { local user=$1; shift; PGPASSWORD=$password "$PG_BIN/psql" -X -q -h 127.0.0.1 -p "$port" -U "$user" -d housing "$@"; }

act 'One query, four people'
fields=(name birth_date id_no phone email address bank_card)
people=(registrar_01 sales_01 clerk_017 marketing_01)
list=$(IFS=,; echo "${fields[*]}")
buyer=$(direct -d housing -At -c "SELECT min(id) FROM housing.buyers
  WHERE phone ~ '^1[0-9]{10}$' AND num_nulls(${list}) = 0")
query="SELECT ${list//,/, } FROM housing.buyers WHERE id = $buyer"
say "$query"
declare -A seen
collect() {   # collect WHO COMMAND…: the row's fields into seen[WHO.field]
  local who=$1 row i; shift
  row=$("$@" -At -F $'\x1f' -P null='(hidden)' -c "$query") || { wrong "$who: no answer"; return; }
  IFS=$'\x1f' read -r -a values <<<"$row"
  for i in "${!fields[@]}"; do seen[$who.${fields[$i]}]=${values[$i]:-}; done
}
collect truth direct -d housing
for who in "${people[@]}"; do collect "$who" as "$who"; done

variables=() rows=()
for field in "${fields[@]}"; do
  cells=":'f_$field'"; variables+=(-v "f_$field=$field")
  for who in "${people[@]}"; do variables+=(-v "v_${who}_$field=${seen[$who.$field]:-}"); cells+=", :'v_${who}_$field'"; done
  rows+=("($cells)")
done
titles='"column", "registrar_01 (filing)", "sales_01 (CRM)", "clerk_017 (call-centre)", "marketing_01"'
direct -d housing "${variables[@]}" -P border=2 -P footer=off <<<"SELECT * FROM (VALUES $(IFS=,; echo "${rows[*]}")) AS t ($titles);"

expect() { [[ ${seen[$1.$2]:-} == $3 ]] || wrong "$1 sees $2 as '${seen[$1.$2]:-}', expected $3"; }
for field in "${fields[@]}"; do expect registrar_01 "$field" "${seen[truth.$field]}"; done
for who in sales_01 clerk_017; do expect "$who" name "${seen[truth.name]}"; done
expect clerk_017 phone "${seen[truth.phone]}"
expect sales_01 phone "${seen[truth.phone]:0:3}\*\*\*\*${seen[truth.phone]: -4}"
expect clerk_017 id_no "*\*${seen[truth.id_no]: -4}"
for who in sales_01 clerk_017 marketing_01; do
  for field in id_no email address bank_card; do
    [ "${seen[$who.$field]}" != "${seen[truth.$field]}" ] || wrong "$who sees $field in clear"
  done
done
for field in id_no phone email address bank_card; do expect marketing_01 "$field" '(hidden)'; done
[ "${seen[marketing_01.name]}" != "${seen[truth.name]}" ] || wrong "marketing_01 sees a name in clear"

act 'A statement that cannot be proven safe'
query="SELECT query_to_xml('SELECT phone FROM housing.buyers', true, false, '')"
say "marketing_01: $query"
if answer=$(as marketing_01 -c "$query" 2>&1); then wrong "the statement was answered"; fi
printf '%s\n' "$answer"
[[ $answer == *'ERROR:  menshen: '* && $answer == *'HINT:'* ]] || wrong 'the refusal has no hint'

act 'Why? menshen policy explain --as clerk_017'
"$menshen" policy explain -c "$folder/menshen.toml" --database housing --as clerk_017 \
  "SELECT name, phone, id_no FROM housing.buyers WHERE id = $buyer" || wrong 'policy explain failed'

act 'Metrics (an excerpt of /metrics)'
metrics=$(get /metrics)
grep -E '^menshen_(sessions_total|statements_total|result_rows_total.*(phone|id-card)|refusals_total|.*_epoch|upstream_up)' \
  <<<"$metrics" || wrong 'no metrics'

act 'Audit: one line for each'
for _ in $(seq 50); do [ "$(grep -c . "$folder/audit.jsonl" 2>/dev/null || echo 0)" -ge 5 ] && break; sleep 0.1; done
cat "$folder/audit.jsonl"
for who in "${people[@]}"; do grep -q "\"user\":\"$who\"" "$folder/audit.jsonl" || wrong "no audit line for $who"; done
if grep -qF -e "${seen[truth.phone]}" -e "${seen[truth.id_no]}" "$folder/audit.jsonl"; then wrong 'a personal value in the audit'; fi

act 'A theft: sales_01 pages through all buyers, fifty at a time'
say "sales_01 reads names in clear: 300 persons a day are noticed, 400 are slowed, 600 are the end (policies/limits.toml)"
stolen=$folder/stolen page=0
while answer=$(as sales_01 -At -c "SELECT id, name FROM housing.buyers ORDER BY id LIMIT 50 OFFSET $((page * 50))" 2>&1); do
  printf '%s\n' "$answer" >>"$stolen"
  page=$((page + 1))
  printf '%4d persons after %3d s\n' "$(sort -u "$stolen" | wc -l)" $((SECONDS - ${began:=$SECONDS}))
  [ "$page" -lt 100 ] || break
done
printf '%s\n' "$answer"
lost=$(grep -cE '^[0-9]+\|' "$stolen")
[[ $answer == *'ERROR:  menshen: '* && $lost -le 650 ]] || wrong "the thief got $lost persons"
say "$lost of $buyers persons were lost"
admin() { "$menshen" "$@" -c "$folder/menshen.toml"; }
admin incident list || wrong 'no incidents'
grep -q sales_01 <<<"$(admin incident list)" || wrong 'nobody was told of sales_01'

act 'The security team lets sales_01 go on'
admin release sales_01 --reason 'the demonstration goes on' || wrong 'release failed'
as sales_01 -c "SELECT name FROM housing.buyers WHERE id = $buyer" || wrong 'sales_01 is still stopped'

act 'A theft in one statement: clerk_017 copies the telephone list'
as clerk_017 -c "COPY (SELECT id, phone FROM housing.buyers) TO STDOUT" >"$folder/copied" 2>"$folder/answer" || true
cat "$folder/answer"
lost=$(wc -l <"$folder/copied")
grep -q 'ERROR:  menshen: ' "$folder/answer" && [ "$lost" -le 556 ] || wrong "the thief got $lost persons"
say "$lost of $buyers persons were lost"

[ -z "${ONCE:-}" ] || { act "$([ "$failed" = 0 ] && echo 'Every answer was as the policy says' || echo 'Something was wrong')"; exit "$failed"; }
act 'Serving until Ctrl-C'
printf 'PGPASSWORD=%s psql -h 127.0.0.1 -p %s -U sales_01 housing\n' "$password" "$port"
printf 'http://127.0.0.1:%s/metrics\n' "$admin"
wait "$proxy" || true
exit "$failed"
