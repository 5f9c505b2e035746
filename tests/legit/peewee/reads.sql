-- case: list
SELECT "t1"."id", "t1"."name", "t1"."phone", "t1"."email", "t1"."born", "t1"."income", "t1"."agent_id", "t1"."level" FROM "housing"."buyers" AS "t1" ORDER BY "t1"."id" LIMIT 5
-- case: get
SELECT "t1"."id", "t1"."name", "t1"."phone", "t1"."email", "t1"."born", "t1"."income", "t1"."agent_id", "t1"."level" FROM "housing"."buyers" AS "t1" WHERE ("t1"."id" = 3) LIMIT 1 OFFSET 0
-- case: get or none
SELECT "t1"."id", "t1"."name", "t1"."phone", "t1"."email", "t1"."born", "t1"."income", "t1"."agent_id", "t1"."level" FROM "housing"."buyers" AS "t1" WHERE ("t1"."phone" = '13800000000') LIMIT 1 OFFSET 0
-- case: tuples
SELECT "t1"."id", "t1"."name" AS "n" FROM "housing"."buyers" AS "t1" ORDER BY "t1"."id" LIMIT 4
-- case: join
SELECT "t1"."id", "t1"."buyer_id", "t1"."signed", "t1"."price", "t1"."status", "t2"."id", "t2"."name", "t2"."phone", "t2"."email", "t2"."born", "t2"."income", "t2"."agent_id", "t2"."level" FROM "housing"."contracts" AS "t1" INNER JOIN "housing"."buyers" AS "t2" ON ("t1"."buyer_id" = "t2"."id") WHERE ("t2"."level" = 2) ORDER BY "t1"."id"
-- case: left join and count
SELECT "t1"."id", "t1"."name", "t1"."phone", "t1"."email", "t1"."born", "t1"."income", "t1"."agent_id", "t1"."level", COUNT("t2"."id") AS "n" FROM "housing"."buyers" AS "t1" LEFT OUTER JOIN "housing"."contracts" AS "t2" ON ("t2"."buyer_id" = "t1"."id") GROUP BY "t1"."id", "t1"."name", "t1"."phone", "t1"."email", "t1"."born", "t1"."income", "t1"."agent_id", "t1"."level" ORDER BY "t1"."id" LIMIT 9
-- case: prefetch
SELECT "t1"."id", "t1"."buyer_id", "t1"."signed", "t1"."price", "t1"."status" FROM "housing"."contracts" AS "t1" WHERE ("t1"."buyer_id" IN (SELECT "_limited"."id" FROM (SELECT "t2"."id" FROM "housing"."buyers" AS "t2" ORDER BY "t2"."id" LIMIT 4) AS "_limited")) ORDER BY "t1"."id"
-- case: prefetch, 2
SELECT "t1"."id", "t1"."name", "t1"."phone", "t1"."email", "t1"."born", "t1"."income", "t1"."agent_id", "t1"."level" FROM "housing"."buyers" AS "t1" ORDER BY "t1"."id" LIMIT 4
-- case: conditions
SELECT "t1"."id", "t1"."name", "t1"."phone", "t1"."email", "t1"."born", "t1"."income", "t1"."agent_id", "t1"."level" FROM "housing"."buyers" AS "t1" WHERE (("t1"."name" ILIKE '王%') OR (("t1"."phone" ILIKE '%38%') AND NOT ("t1"."level" IN (1, 2)))) ORDER BY "t1"."id"
-- case: regular expression and between
SELECT "t1"."id", "t1"."name", "t1"."phone", "t1"."email", "t1"."born", "t1"."income", "t1"."agent_id", "t1"."level" FROM "housing"."buyers" AS "t1" WHERE (("t1"."email" ~ '^a') AND ("t1"."id" BETWEEN 1 AND 99)) ORDER BY "t1"."id"
-- case: ilike
SELECT "t1"."id", "t1"."name", "t1"."phone", "t1"."email", "t1"."born", "t1"."income", "t1"."agent_id", "t1"."level" FROM "housing"."buyers" AS "t1" WHERE ("t1"."email" ILIKE '%.CN') ORDER BY "t1"."id"
-- case: null
SELECT "t1"."id", "t1"."name", "t1"."phone", "t1"."email", "t1"."born", "t1"."income", "t1"."agent_id", "t1"."level" FROM "housing"."buyers" AS "t1" WHERE ("t1"."agent_id" IS NULL) ORDER BY "t1"."id" LIMIT 4
-- case: subquery
SELECT "t1"."id", (SELECT MAX("t2"."signed") FROM "housing"."contracts" AS "t2" WHERE ("t2"."buyer_id" = "t1"."id")) AS "last" FROM "housing"."buyers" AS "t1" ORDER BY "t1"."id" LIMIT 9
-- case: exists
SELECT "t1"."id", "t1"."name", "t1"."phone", "t1"."email", "t1"."born", "t1"."income", "t1"."agent_id", "t1"."level" FROM "housing"."buyers" AS "t1" WHERE EXISTS(SELECT "t2"."id" FROM "housing"."contracts" AS "t2" WHERE (("t2"."buyer_id" = "t1"."id") AND ("t2"."price" > 1800000))) ORDER BY "t1"."id"
-- case: case
SELECT "t1"."id", CASE WHEN ("t1"."income" > 400000) THEN 'high' ELSE 'low' END AS "band" FROM "housing"."buyers" AS "t1" ORDER BY "t1"."id" LIMIT 9
-- case: window
SELECT "t1"."id", RANK() OVER (PARTITION BY "t1"."status" ORDER BY "t1"."price" DESC) FROM "housing"."contracts" AS "t1" ORDER BY "t1"."id" LIMIT 9
-- case: common table
WITH "top" AS (SELECT "t1"."buyer_id", COUNT("t1"."id") AS "n" FROM "housing"."contracts" AS "t1" GROUP BY "t1"."buyer_id") SELECT "t2"."id", "top"."n" FROM "housing"."buyers" AS "t2" INNER JOIN "top" ON ("top"."buyer_id" = "t2"."id") ORDER BY "t2"."id"
-- case: compound
(SELECT "t1"."name" FROM "housing"."buyers" AS "t1" WHERE ("t1"."level" = 1)) UNION (SELECT "t2"."name" FROM "housing"."agents" AS "t2") ORDER BY 1
-- case: aggregates
SELECT AVG("t1"."income"), MIN("t1"."born"), COUNT(DISTINCT "t1"."phone") FROM "housing"."buyers" AS "t1" LIMIT 1
-- case: count and exists
SELECT COUNT(1) FROM (SELECT 1 FROM "housing"."buyers" AS "t1") AS "_wrapped" LIMIT 1
-- case: count and exists, 2
SELECT EXISTS(SELECT 1 FROM "housing"."buyers" AS "t1" WHERE ("t1"."level" = 9) ORDER BY "t1"."id") LIMIT 1
-- case: for update
BEGIN
-- then
SELECT "t1"."id", "t1"."name", "t1"."phone", "t1"."email", "t1"."born", "t1"."income", "t1"."agent_id", "t1"."level" FROM "housing"."buyers" AS "t1" WHERE ("t1"."id" < 3) ORDER BY "t1"."id" FOR UPDATE
-- then
COMMIT
-- case: introspection
SELECT tablename FROM pg_catalog.pg_tables WHERE schemaname = COALESCE('housing', current_schema()) ORDER BY tablename
-- case: introspection, 2
SELECT viewname, definition FROM pg_catalog.pg_views WHERE schemaname = COALESCE('housing', current_schema()) ORDER BY viewname
-- case: introspection, 3
SELECT
                i.relname, idxs.indexdef, idx.indisunique,
                ARRAY(
                    SELECT pg_get_indexdef(idx.indexrelid, k + 1, TRUE)
                    FROM generate_subscripts(idx.indkey, 1) AS k
                    ORDER BY k)
            FROM pg_catalog.pg_class AS t
            INNER JOIN pg_catalog.pg_namespace AS n ON t.relnamespace = n.oid
            INNER JOIN pg_catalog.pg_index AS idx ON t.oid = idx.indrelid
            INNER JOIN pg_catalog.pg_class AS i ON idx.indexrelid = i.oid
            INNER JOIN pg_catalog.pg_indexes AS idxs ON (
                idxs.tablename = t.relname
                AND idxs.indexname = i.relname
                AND idxs.schemaname = n.nspname)
            WHERE t.relname = 'buyers' AND t.relkind = 'r'
                AND n.nspname = COALESCE('housing', current_schema())
            ORDER BY idx.indisunique DESC, i.relname
-- case: introspection, 4
SELECT c.column_name, c.is_nullable, c.data_type,
                c.column_default,
                pg_catalog.format_type(a.atttypid, a.atttypmod),
                c.is_identity
            FROM information_schema.columns AS c
            INNER JOIN pg_catalog.pg_namespace AS n
                ON (n.nspname = c.table_schema)
            INNER JOIN pg_catalog.pg_class AS t
                ON (t.relname = c.table_name AND t.relnamespace = n.oid)
            INNER JOIN pg_catalog.pg_attribute AS a
                ON (a.attrelid = t.oid AND a.attname = c.column_name)
            WHERE c.table_name = 'buyers'
                AND c.table_schema = COALESCE('housing', current_schema())
                AND NOT a.attisdropped
            ORDER BY c.ordinal_position
-- case: introspection, 5
SELECT kc.column_name
            FROM information_schema.table_constraints AS tc
            INNER JOIN information_schema.key_column_usage AS kc ON (
                tc.table_name = kc.table_name AND
                tc.table_schema = kc.table_schema AND
                tc.constraint_name = kc.constraint_name)
            WHERE
                tc.constraint_type = 'PRIMARY KEY' AND
                tc.table_name = 'buyers' AND
                tc.table_schema = COALESCE('housing', current_schema())
            ORDER BY kc.ordinal_position
-- case: introspection, 6
SELECT DISTINCT
                kcu.column_name, ccu.table_name, ccu.column_name,
                tc.constraint_name, rc.delete_rule, rc.update_rule
            FROM information_schema.table_constraints AS tc
            JOIN information_schema.key_column_usage AS kcu
                ON (tc.constraint_name = kcu.constraint_name AND
                    tc.constraint_schema = kcu.constraint_schema AND
                    tc.table_name = kcu.table_name AND
                    tc.table_schema = kcu.table_schema)
            JOIN information_schema.constraint_column_usage AS ccu
                ON (ccu.constraint_name = tc.constraint_name AND
                    ccu.constraint_schema = tc.constraint_schema)
            JOIN information_schema.referential_constraints AS rc
                ON (rc.constraint_name = tc.constraint_name AND
                    rc.constraint_schema = tc.constraint_schema)
            WHERE
                tc.constraint_type = 'FOREIGN KEY' AND
                tc.table_name = 'contracts' AND
                tc.table_schema = COALESCE('housing', current_schema())
-- case: introspection, 7
SELECT COUNT(*) FROM pg_class, pg_namespace
            WHERE relkind='S'
                AND pg_class.relnamespace = pg_namespace.oid
                AND relname='x'
                AND nspname=COALESCE(NULL, current_schema())
-- case: introspection, 8
select oid, typname, format_type(oid, NULL) from pg_type
-- case: introspection, 9
SELECT a.attname, a.atttypid FROM pg_catalog.pg_attribute AS a INNER JOIN pg_catalog.pg_class AS t ON a.attrelid = t.oid INNER JOIN pg_catalog.pg_namespace AS n ON t.relnamespace = n.oid WHERE t.relname = 'buyers' AND n.nspname = COALESCE('housing', current_schema()) AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum
-- case: introspection, 10
SELECT DISTINCT
                kcu.column_name, ccu.table_name, ccu.column_name,
                tc.constraint_name, rc.delete_rule, rc.update_rule
            FROM information_schema.table_constraints AS tc
            JOIN information_schema.key_column_usage AS kcu
                ON (tc.constraint_name = kcu.constraint_name AND
                    tc.constraint_schema = kcu.constraint_schema AND
                    tc.table_name = kcu.table_name AND
                    tc.table_schema = kcu.table_schema)
            JOIN information_schema.constraint_column_usage AS ccu
                ON (ccu.constraint_name = tc.constraint_name AND
                    ccu.constraint_schema = tc.constraint_schema)
            JOIN information_schema.referential_constraints AS rc
                ON (rc.constraint_name = tc.constraint_name AND
                    rc.constraint_schema = tc.constraint_schema)
            WHERE
                tc.constraint_type = 'FOREIGN KEY' AND
                tc.table_name = 'buyers' AND
                tc.table_schema = COALESCE('housing', current_schema())
-- case: introspection, 11
SELECT
                i.relname, idxs.indexdef, idx.indisunique,
                ARRAY(
                    SELECT pg_get_indexdef(idx.indexrelid, k + 1, TRUE)
                    FROM generate_subscripts(idx.indkey, 1) AS k
                    ORDER BY k)
            FROM pg_catalog.pg_class AS t
            INNER JOIN pg_catalog.pg_namespace AS n ON t.relnamespace = n.oid
            INNER JOIN pg_catalog.pg_index AS idx ON t.oid = idx.indrelid
            INNER JOIN pg_catalog.pg_class AS i ON idx.indexrelid = i.oid
            INNER JOIN pg_catalog.pg_indexes AS idxs ON (
                idxs.tablename = t.relname
                AND idxs.indexname = i.relname
                AND idxs.schemaname = n.nspname)
            WHERE t.relname = 'contracts' AND t.relkind = 'r'
                AND n.nspname = COALESCE('housing', current_schema())
            ORDER BY idx.indisunique DESC, i.relname
-- case: introspection, 12
SELECT c.column_name, c.is_nullable, c.data_type,
                c.column_default,
                pg_catalog.format_type(a.atttypid, a.atttypmod),
                c.is_identity
            FROM information_schema.columns AS c
            INNER JOIN pg_catalog.pg_namespace AS n
                ON (n.nspname = c.table_schema)
            INNER JOIN pg_catalog.pg_class AS t
                ON (t.relname = c.table_name AND t.relnamespace = n.oid)
            INNER JOIN pg_catalog.pg_attribute AS a
                ON (a.attrelid = t.oid AND a.attname = c.column_name)
            WHERE c.table_name = 'contracts'
                AND c.table_schema = COALESCE('housing', current_schema())
                AND NOT a.attisdropped
            ORDER BY c.ordinal_position
-- case: introspection, 13
SELECT kc.column_name
            FROM information_schema.table_constraints AS tc
            INNER JOIN information_schema.key_column_usage AS kc ON (
                tc.table_name = kc.table_name AND
                tc.table_schema = kc.table_schema AND
                tc.constraint_name = kc.constraint_name)
            WHERE
                tc.constraint_type = 'PRIMARY KEY' AND
                tc.table_name = 'contracts' AND
                tc.table_schema = COALESCE('housing', current_schema())
            ORDER BY kc.ordinal_position
-- case: introspection, 14
SELECT a.attname, a.atttypid FROM pg_catalog.pg_attribute AS a INNER JOIN pg_catalog.pg_class AS t ON a.attrelid = t.oid INNER JOIN pg_catalog.pg_namespace AS n ON t.relnamespace = n.oid WHERE t.relname = 'contracts' AND n.nspname = COALESCE('housing', current_schema()) AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum
