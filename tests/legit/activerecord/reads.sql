-- search_path: housing
-- case: connecting [moving]
SET client_min_messages TO 'warning'
-- then
SET search_path TO housing
-- then
SET standard_conforming_strings = on
-- then
SET intervalstyle = iso_8601
-- then
SET SESSION timezone TO 'UTC'
-- then
SELECT t.oid, t.typname
FROM pg_type as t
WHERE t.typname IN ('int2', 'int4', 'int8', 'oid', 'float4', 'float8', 'numeric', 'bool', 'timestamp', 'timestamptz')
-- then
SELECT t.oid, t.typname, t.typelem, t.typdelim, t.typinput, r.rngsubtype, t.typtype, t.typbasetype
FROM pg_type as t
LEFT JOIN pg_range as r ON oid = rngtypid
WHERE
  t.typname IN ('int2', 'int4', 'int8', 'oid', 'float4', 'float8', 'text', 'varchar', 'char', 'name', 'bpchar', 'bool', 'bit', 'varbit', 'timestamptz', 'date', 'money', 'bytea', 'point', 'hstore', 'json', 'jsonb', 'cidr', 'inet', 'uuid', 'xml', 'tsvector', 'macaddr', 'citext', 'ltree', 'line', 'lseg', 'box', 'path', 'polygon', 'circle', 'time', 'timestamp', 'numeric', 'interval')
  OR t.typtype IN ('r', 'e', 'd')
  OR t.typinput = 'array_in(cstring,oid,integer)'::regprocedure
  OR t.typelem != 0
-- then
SHOW TIME ZONE
-- case: first use of a model [interference]
SELECT a.attname, format_type(a.atttypid, a.atttypmod),
       pg_get_expr(d.adbin, d.adrelid), a.attnotnull, a.atttypid, a.atttypmod,
       c.collname, col_description(a.attrelid, a.attnum) AS comment
  FROM pg_attribute a
  LEFT JOIN pg_attrdef d ON a.attrelid = d.adrelid AND a.attnum = d.adnum
  LEFT JOIN pg_type t ON a.atttypid = t.oid
  LEFT JOIN pg_collation c ON a.attcollation = c.oid AND a.attcollation <> t.typcollation
 WHERE a.attrelid = '"buyers"'::regclass
   AND a.attnum > 0 AND NOT a.attisdropped
 ORDER BY a.attnum
-- case: first use of a model, 2
-- bind: 3
SELECT "buyers".* FROM "buyers" ORDER BY "buyers"."id" ASC LIMIT $1
-- case: first use of a model, 3
SELECT c.relname FROM pg_class c LEFT JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = ANY (current_schemas(false)) AND c.relkind IN ('r','v','m','p','f')
-- case: first use of a model, 4
SELECT a.attname
  FROM (
         SELECT indrelid, indkey, generate_subscripts(indkey, 1) idx
           FROM pg_index
          WHERE indrelid = '"buyers"'::regclass
            AND indisprimary
       ) i
  JOIN pg_attribute a
    ON a.attrelid = i.indrelid
   AND a.attnum = i.indkey[i.idx]
 ORDER BY i.idx
-- case: schema of others [interference]
SELECT a.attname, format_type(a.atttypid, a.atttypmod),
       pg_get_expr(d.adbin, d.adrelid), a.attnotnull, a.atttypid, a.atttypmod,
       c.collname, col_description(a.attrelid, a.attnum) AS comment
  FROM pg_attribute a
  LEFT JOIN pg_attrdef d ON a.attrelid = d.adrelid AND a.attnum = d.adnum
  LEFT JOIN pg_type t ON a.atttypid = t.oid
  LEFT JOIN pg_collation c ON a.attcollation = c.oid AND a.attcollation <> t.typcollation
 WHERE a.attrelid = '"agents"'::regclass
   AND a.attnum > 0 AND NOT a.attisdropped
 ORDER BY a.attnum
-- case: schema of others, 2
-- bind: 1
SELECT "agents".* FROM "agents" ORDER BY "agents"."id" ASC LIMIT $1
-- case: schema of others, 3
SELECT a.attname
  FROM (
         SELECT indrelid, indkey, generate_subscripts(indkey, 1) idx
           FROM pg_index
          WHERE indrelid = '"agents"'::regclass
            AND indisprimary
       ) i
  JOIN pg_attribute a
    ON a.attrelid = i.indrelid
   AND a.attnum = i.indkey[i.idx]
 ORDER BY i.idx
-- case: schema of others, 4 [interference]
SELECT a.attname, format_type(a.atttypid, a.atttypmod),
       pg_get_expr(d.adbin, d.adrelid), a.attnotnull, a.atttypid, a.atttypmod,
       c.collname, col_description(a.attrelid, a.attnum) AS comment
  FROM pg_attribute a
  LEFT JOIN pg_attrdef d ON a.attrelid = d.adrelid AND a.attnum = d.adnum
  LEFT JOIN pg_type t ON a.atttypid = t.oid
  LEFT JOIN pg_collation c ON a.attcollation = c.oid AND a.attcollation <> t.typcollation
 WHERE a.attrelid = '"contracts"'::regclass
   AND a.attnum > 0 AND NOT a.attisdropped
 ORDER BY a.attnum
-- case: schema of others, 5
-- bind: 1
SELECT "contracts".* FROM "contracts" ORDER BY "contracts"."id" ASC LIMIT $1
-- case: schema of others, 6
SELECT a.attname
  FROM (
         SELECT indrelid, indkey, generate_subscripts(indkey, 1) idx
           FROM pg_index
          WHERE indrelid = '"contracts"'::regclass
            AND indisprimary
       ) i
  JOIN pg_attribute a
    ON a.attrelid = i.indrelid
   AND a.attnum = i.indkey[i.idx]
 ORDER BY i.idx
-- case: find
-- bind: 7, 1
SELECT "buyers".* FROM "buyers" WHERE "buyers"."id" = $1 LIMIT $2
-- case: find by
-- bind: 138****0024, 1
SELECT "buyers".* FROM "buyers" WHERE "buyers"."phone" = $1 LIMIT $2
-- case: where
-- bind: 1, 2, t, 5
SELECT "buyers".* FROM "buyers" WHERE "buyers"."level" IN ($1, $2) AND "buyers"."active" = $3 AND "buyers"."agent_id" IS NOT NULL AND (name LIKE '王%') ORDER BY "buyers"."id" DESC LIMIT $4
-- case: or, ranges
-- bind: 3, 9
SELECT "buyers".* FROM "buyers" WHERE ("buyers"."id" BETWEEN $1 AND $2 OR "buyers"."level" IS NULL) ORDER BY "buyers"."id" ASC
-- case: joins
-- bind: 2
SELECT "contracts".* FROM "contracts" INNER JOIN "buyers" ON "buyers"."id" = "contracts"."buyer_id" INNER JOIN "agents" ON "agents"."id" = "buyers"."agent_id" WHERE "agents"."id" = $1 ORDER BY "contracts"."id" ASC
-- case: left joins and grouping
-- bind: 9
SELECT buyers.id, buyers.name, COUNT(contracts.id) AS n FROM "buyers" LEFT OUTER JOIN "contracts" ON "contracts"."buyer_id" = "buyers"."id" GROUP BY "buyers"."id" ORDER BY "buyers"."id" ASC LIMIT $1
-- case: includes
-- bind: 2, 3, 4, 5
SELECT "agents".* FROM "agents" WHERE "agents"."id" IN ($1, $2, $3, $4)
-- case: includes, 2
-- bind: 1, 2, 3, 4
SELECT "contracts".* FROM "contracts" WHERE "contracts"."buyer_id" IN ($1, $2, $3, $4)
-- case: eager load
-- bind: filed, 4
SELECT DISTINCT "buyers"."id" AS alias_0, "buyers"."id" FROM "buyers" LEFT OUTER JOIN "agents" ON "agents"."id" = "buyers"."agent_id" LEFT OUTER JOIN "contracts" ON "contracts"."buyer_id" = "buyers"."id" WHERE "contracts"."status" = $1 ORDER BY "buyers"."id" ASC LIMIT $2
-- case: eager load, 2
-- bind: filed, 1, 4, 10, 13
SELECT "buyers"."id" AS t0_r0, "buyers"."name" AS t0_r1, "buyers"."id_no" AS t0_r2, "buyers"."phone" AS t0_r3, "buyers"."email" AS t0_r4, "buyers"."address" AS t0_r5, "buyers"."born" AS t0_r6, "buyers"."income" AS t0_r7, "buyers"."extra" AS t0_r8, "buyers"."phones" AS t0_r9, "buyers"."note" AS t0_r10, "buyers"."agent_id" AS t0_r11, "buyers"."level" AS t0_r12, "buyers"."created_at" AS t0_r13, "buyers"."active" AS t0_r14, "agents"."id" AS t1_r0, "agents"."name" AS t1_r1, "agents"."desk" AS t1_r2, "agents"."commission" AS t1_r3, "agents"."manager_id" AS t1_r4, "contracts"."id" AS t2_r0, "contracts"."unit_id" AS t2_r1, "contracts"."buyer_id" AS t2_r2, "contracts"."agent_id" AS t2_r3, "contracts"."signed" AS t2_r4, "contracts"."price" AS t2_r5, "contracts"."status" AS t2_r6, "contracts"."bank_card" AS t2_r7 FROM "buyers" LEFT OUTER JOIN "agents" ON "agents"."id" = "buyers"."agent_id" LEFT OUTER JOIN "contracts" ON "contracts"."buyer_id" = "buyers"."id" WHERE "contracts"."status" = $1 AND "buyers"."id" IN ($2, $3, $4, $5) ORDER BY "buyers"."id" ASC
-- case: pluck and ids
-- bind: 3
SELECT "buyers"."id", "buyers"."phone" FROM "buyers" ORDER BY "buyers"."id" ASC LIMIT $1
-- case: pluck and ids, 2
-- bind: 3
SELECT "buyers"."id" FROM "buyers" WHERE "buyers"."level" = $1
-- case: calculations
SELECT COUNT(*) FROM "buyers"
-- case: calculations, 2
SELECT SUM("contracts"."price") FROM "contracts"
-- case: calculations, 3
SELECT AVG("contracts"."price") FROM "contracts"
-- case: calculations, 4
SHOW max_identifier_length
-- case: calculations, 5
SELECT COUNT(*) AS count_all, "contracts"."status" AS contracts_status FROM "contracts" GROUP BY "contracts"."status"
-- case: calculations, 6
SELECT COUNT(DISTINCT "buyers"."phone") FROM "buyers"
-- case: calculations, 7
SELECT MAX("contracts"."signed") FROM "contracts"
-- case: exists and any
-- bind: 9, 1
SELECT 1 AS one FROM "buyers" WHERE "buyers"."level" = $1 LIMIT $2
-- case: exists and any, 2
-- bind: 1
SELECT 1 AS one FROM "buyers" LIMIT $1
-- case: batches
-- bind: 120, 120
SELECT "buyers".* FROM "buyers" WHERE "buyers"."id" > $1 ORDER BY "buyers"."id" ASC LIMIT $2
-- case: subquery
-- bind: filed
SELECT "buyers".* FROM "buyers" WHERE "buyers"."id" IN (SELECT "contracts"."buyer_id" FROM "contracts" WHERE "contracts"."status" = $1) ORDER BY "buyers"."id" ASC
-- case: having
SELECT COUNT(*) AS count_all, "buyers"."agent_id" AS buyers_agent_id FROM "buyers" GROUP BY "buyers"."agent_id" HAVING (COUNT(*) > 10) ORDER BY "buyers"."agent_id" ASC
-- case: find by sql
SELECT id, name FROM buyers WHERE level = 2 ORDER BY id
-- case: explained
-- bind: 1
SELECT "buyers".* FROM "buyers" WHERE "buyers"."level" = $1
-- case: explained, 2 [interference]
-- bind: 1
EXPLAIN SELECT "buyers".* FROM "buyers" WHERE "buyers"."level" = $1
-- case: lock
BEGIN
-- then
SELECT "buyers".* FROM "buyers" WHERE "buyers"."id" = '1' FOR UPDATE SKIP LOCKED
-- then
COMMIT
-- case: nested transactions
BEGIN
-- then
SAVEPOINT active_record_1
-- then
SELECT COUNT(*) FROM "buyers"
-- then
RELEASE SAVEPOINT active_record_1
-- then
COMMIT
-- case: introspection
SELECT c.relname FROM pg_class c LEFT JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = ANY (current_schemas(false)) AND c.relkind IN ('r','p')
-- case: introspection, 2
SELECT c.relname FROM pg_class c LEFT JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = ANY (current_schemas(false)) AND c.relkind IN ('v','m')
-- case: introspection, 3
SELECT nspname
  FROM pg_namespace
 WHERE nspname !~ '^pg_.*'
   AND nspname NOT IN ('information_schema')
 ORDER by nspname
-- case: introspection, 4
SELECT current_schema
-- case: introspection, 5 [moving]
SELECT current_database()
-- case: introspection, 6 [moving]
SELECT pg_encoding_to_char(encoding) FROM pg_database WHERE datname = current_database()
-- case: introspection, 7 [moving]
SELECT datcollate FROM pg_database WHERE datname = current_database()
-- case: introspection, 8 [moving]
SELECT datctype FROM pg_database WHERE datname = current_database()
-- case: introspection, 9
SELECT extname FROM pg_extension
-- case: introspection, 10
SELECT distinct i.relname, d.indisunique, d.indkey, pg_get_indexdef(d.indexrelid), t.oid,
                pg_catalog.obj_description(i.oid, 'pg_class') AS comment
FROM pg_class t
INNER JOIN pg_index d ON t.oid = d.indrelid
INNER JOIN pg_class i ON d.indexrelid = i.oid
LEFT JOIN pg_namespace n ON n.oid = i.relnamespace
WHERE i.relkind IN ('i', 'I')
  AND d.indisprimary = 'f'
  AND t.relname = 'buyers'
  AND n.nspname = ANY (current_schemas(false))
ORDER BY i.relname
-- case: introspection, 11
SELECT a.attnum, a.attname
FROM pg_attribute a
WHERE a.attrelid = <<regclass housing.buyers>>
AND a.attnum IN (12)
-- case: introspection, 12
SELECT a.attnum, a.attname
FROM pg_attribute a
WHERE a.attrelid = <<regclass housing.buyers>>
AND a.attnum IN (4)
-- case: introspection, 13
SELECT t2.oid::regclass::text AS to_table, a1.attname AS column, a2.attname AS primary_key, c.conname AS name, c.confupdtype AS on_update, c.confdeltype AS on_delete, c.convalidated AS valid
FROM pg_constraint c
JOIN pg_class t1 ON c.conrelid = t1.oid
JOIN pg_class t2 ON c.confrelid = t2.oid
JOIN pg_attribute a1 ON a1.attnum = c.conkey[1] AND a1.attrelid = t1.oid
JOIN pg_attribute a2 ON a2.attnum = c.confkey[1] AND a2.attrelid = t2.oid
JOIN pg_namespace t3 ON c.connamespace = t3.oid
WHERE c.contype = 'f'
  AND t1.relname = 'contracts'
  AND t3.nspname = ANY (current_schemas(false))
ORDER BY c.conname
-- case: introspection, 14
SELECT a.attname
  FROM (
         SELECT indrelid, indkey, generate_subscripts(indkey, 1) idx
           FROM pg_index
          WHERE indrelid = '"co_buyers"'::regclass
            AND indisprimary
       ) i
  JOIN pg_attribute a
    ON a.attrelid = i.indrelid
   AND a.attnum = i.indkey[i.idx]
 ORDER BY i.idx
-- case: introspection, 15
SELECT pg_catalog.obj_description(c.oid, 'pg_class')
FROM pg_catalog.pg_class c
  LEFT JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relname = 'buyers'
  AND c.relkind IN ('r','p')
  AND n.nspname = ANY (current_schemas(false))
-- case: introspection, 16
SELECT conname, pg_get_constraintdef(c.oid) AS constraintdef, c.convalidated AS valid
            FROM pg_constraint c
            JOIN pg_class t ON c.conrelid = t.oid
            WHERE c.contype = 'c'
              AND t.relname = 'buyers'
-- case: introspection, 17
SELECT c.relname FROM pg_class c LEFT JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = ANY (current_schemas(false)) AND c.relname = 'buyers' AND c.relkind IN ('r','p')
-- case: introspection, 18
SELECT c.relname FROM pg_class c LEFT JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = ANY (current_schemas(false)) AND c.relname = 'buyer_cards' AND c.relkind IN ('v','m')
-- case: introspection, 19
SELECT COUNT(*)
FROM pg_class t
INNER JOIN pg_index d ON t.oid = d.indrelid
INNER JOIN pg_class i ON d.indexrelid = i.oid
LEFT JOIN pg_namespace n ON n.oid = i.relnamespace
WHERE i.relkind IN ('i', 'I')
  AND i.relname = 'buyers_phone'
  AND t.relname = 'buyers'
  AND n.nspname = ANY (current_schemas(false))
-- case: introspection, 20
SELECT pg_get_serial_sequence('buyers', 'id')
-- case: introspection, 21
SHOW client_min_messages
-- case: introspection, 22
SELECT COUNT(*) FROM pg_namespace WHERE nspname = 'app'
-- case: advisory lock
SELECT pg_try_advisory_lock(42)
-- case: advisory lock, 2
SELECT pg_advisory_unlock(42)
-- case: advisory lock
SET standard_conforming_strings = ON
-- then
SET client_min_messages = 'WARNING'
-- then
SET DateStyle = 'ISO'
