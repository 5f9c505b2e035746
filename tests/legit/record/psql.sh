#!/usr/bin/env bash
# psql's own questions to the catalogs: describe commands, and what TAB asks for. Needs the libpq variables and LEGIT_USER.
set -euo pipefail
asks() { psql -XqAt -U "${LEGIT_USER:-clerk}" "$@" >/dev/null 2>&1 || true; }
mark() { printf "SELECT 'mark: psql: %s';\n" "$1"; }

while read -r command; do
  mark "${command//\\/}"
  printf '%s\n' "$command"
done <<'END' | asks
\d
\d housing.buyers
\d+ housing.buyers
\d housing.payments
\d+ housing.payments_2023
\d+ housing.leads
\d+ housing.contract_overview
\d+ housing.buyer_directory
\d housing.buyers_phone
\dt housing.*
\dt+ housing.*
\di+ housing.*
\dv housing.*
\dm+ housing.*
\ds
\dE
\dP+ housing.*
\df housing.*
\df+ app.*
\da app.*
\do app.*
\dT+ housing.*
\dD housing.*
\dC
\dn+
\dp housing.*
\ddp
\du
\du+
\drds
\db+
\dx
\dx+ plpgsql
\dl
\dd housing.*
\dL
\dy
\dF
\dFd
\dFp
\dFt
\dc
\dO
\dA
\dAc btree
\dAf btree int4
\dAo btree integer_ops
\dAp btree integer_ops
\dX housing.*
\dconfig work_mem
\dconfig+ *statement*
\dRp
\des
\det
\dew
\deu
\l
\l+ world
\sf housing.phone_of
\sf+ app.append
\sv housing.rich
\z housing.contracts
\z app.*
\encoding
\conninfo
\d "Odd Names"
\d app."Odd Names"
END

{ mark "gdesc"; echo 'SELECT id, name, phone FROM housing.buyers \gdesc'
  mark "gexec"; echo "SELECT format('SELECT count(*) FROM %s', oid::regclass) FROM pg_class WHERE relname IN ('buyers', 'units') ORDER BY 1 \gexec"
  mark "crosstabview"; echo "SELECT status, extract(year FROM signed) AS y, count(*) FROM housing.contracts GROUP BY 1, 2 ORDER BY 1, 2 \crosstabview"
  mark "copy out"; echo '\copy (SELECT id, phone FROM housing.buyers ORDER BY id LIMIT 3) TO /dev/null CSV HEADER'
  mark "fetch count"; echo '\set FETCH_COUNT 50'; echo 'SELECT id, name FROM housing.buyers ORDER BY id;'; echo '\unset FETCH_COUNT'
  mark "on error rollback"; echo '\set ON_ERROR_ROLLBACK on'; echo 'BEGIN;'; echo 'SELECT max(phone) FROM housing.buyers;'; echo 'COMMIT;'
} | asks
