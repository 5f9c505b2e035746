-- case: authenticate [simple]
SET client_min_messages TO warning;SET TIME ZONE INTERVAL '+00:00' HOUR TO MINUTE
-- then
WITH ranges AS (  SELECT pg_range.rngtypid, pg_type.typname AS rngtypname,         pg_type.typarray AS rngtyparray, pg_range.rngsubtype    FROM pg_range LEFT OUTER JOIN pg_type ON pg_type.oid = pg_range.rngtypid)SELECT pg_type.typname, pg_type.typtype, pg_type.oid, pg_type.typarray,       ranges.rngtypname, ranges.rngtypid, ranges.rngtyparray  FROM pg_type LEFT OUTER JOIN ranges ON pg_type.oid = ranges.rngsubtype WHERE (pg_type.typtype IN('b', 'e'))
-- case: authenticate [simple]
SET client_min_messages TO warning;SET TIME ZONE INTERVAL '+00:00' HOUR TO MINUTE
-- then
SELECT 1+1 AS result
-- case: find all
SELECT "id", "name", "phone", "email", "born", "income", "extra", "phones", "level", "active", "created_at", "agent_id" FROM "housing"."buyers" AS "buyers" ORDER BY "buyers"."id" ASC LIMIT 5
-- case: find by key
SELECT "id", "name", "phone", "email", "born", "income", "extra", "phones", "level", "active", "created_at", "agent_id" FROM "housing"."buyers" AS "buyers" WHERE "buyers"."id" = 3
-- case: find one
SELECT "id", "name", "phone", "email", "born", "income", "extra", "phones", "level", "active", "created_at", "agent_id" FROM "housing"."buyers" AS "buyers" WHERE "buyers"."phone" LIKE '138%' ORDER BY "buyers"."id" ASC LIMIT 1
-- case: find and count
SELECT count(*) AS "count" FROM "housing"."buyers" AS "buyers" WHERE "buyers"."level" = 2
-- case: find and count, 2
SELECT "id", "name", "phone", "email", "born", "income", "extra", "phones", "level", "active", "created_at", "agent_id" FROM "housing"."buyers" AS "buyers" WHERE "buyers"."level" = 2 ORDER BY "buyers"."id" ASC LIMIT 5 OFFSET 5
-- case: find and count [simple]
SET client_min_messages TO warning;SET TIME ZONE INTERVAL '+00:00' HOUR TO MINUTE
-- case: operators
SELECT "id", "name", "phone", "email", "born", "income", "extra", "phones", "level", "active", "created_at", "agent_id" FROM "housing"."buyers" AS "buyers" WHERE ("buyers"."name" LIKE '王%' OR "buyers"."email" ILIKE '%.cn') AND "buyers"."level" BETWEEN 0 AND 2 AND "buyers"."id" NOT IN (4, 5) AND "buyers"."agent_id" IS NOT NULL ORDER BY "buyers"."id" ASC
-- case: json and arrays
SELECT "id", "name", "phone", "email", "born", "income", "extra", "phones", "level", "active", "created_at", "agent_id" FROM "housing"."buyers" AS "buyers" WHERE CAST(("buyers"."extra"#>>'{rank}') AS DOUBLE PRECISION) > 3 AND "buyers"."phones" @> ARRAY['1']::TEXT[] ORDER BY "buyers"."id" ASC
-- case: regular expression
SELECT "id", "name", "phone", "email", "born", "income", "extra", "phones", "level", "active", "created_at", "agent_id" FROM "housing"."buyers" AS "buyers" WHERE "buyers"."email" ~ '^a' AND "buyers"."phone" IS NOT NULL ORDER BY "buyers"."id" ASC
-- case: included
SELECT "buyers".*, "agent"."id" AS "agent.id", "agent"."name" AS "agent.name", "agent"."desk" AS "agent.desk", "contracts"."id" AS "contracts.id", "contracts"."signed" AS "contracts.signed", "contracts"."price" AS "contracts.price", "contracts"."status" AS "contracts.status", "contracts"."bank_card" AS "contracts.bank_card", "contracts"."buyer_id" AS "contracts.buyer_id" FROM (SELECT "buyers"."id", "buyers"."name", "buyers"."phone", "buyers"."email", "buyers"."born", "buyers"."income", "buyers"."extra", "buyers"."phones", "buyers"."level", "buyers"."active", "buyers"."created_at", "buyers"."agent_id" FROM "housing"."buyers" AS "buyers" ORDER BY "buyers"."id" ASC LIMIT 5) AS "buyers" LEFT OUTER JOIN "housing"."agents" AS "agent" ON "buyers"."agent_id" = "agent"."id" LEFT OUTER JOIN "housing"."contracts" AS "contracts" ON "buyers"."id" = "contracts"."buyer_id" ORDER BY "buyers"."id" ASC
-- case: included and required
SELECT "contracts"."id", "contracts"."signed", "contracts"."price", "contracts"."status", "contracts"."bank_card", "contracts"."buyer_id", "buyer"."id" AS "buyer.id", "buyer"."name" AS "buyer.name", "buyer"."phone" AS "buyer.phone", "buyer"."email" AS "buyer.email", "buyer"."born" AS "buyer.born", "buyer"."income" AS "buyer.income", "buyer"."extra" AS "buyer.extra", "buyer"."phones" AS "buyer.phones", "buyer"."level" AS "buyer.level", "buyer"."active" AS "buyer.active", "buyer"."created_at" AS "buyer.created_at", "buyer"."agent_id" AS "buyer.agent_id", "buyer->agent"."id" AS "buyer.agent.id", "buyer->agent"."name" AS "buyer.agent.name", "buyer->agent"."desk" AS "buyer.agent.desk" FROM "housing"."contracts" AS "contracts" INNER JOIN "housing"."buyers" AS "buyer" ON "contracts"."buyer_id" = "buyer"."id" AND "buyer"."level" = 2 LEFT OUTER JOIN "housing"."agents" AS "buyer->agent" ON "buyer"."agent_id" = "buyer->agent"."id" ORDER BY "contracts"."id" ASC
-- case: included separately
SELECT "agents"."id", "agents"."name", "agents"."desk" FROM "housing"."agents" AS "agents" ORDER BY "agents"."id" ASC LIMIT 3
-- case: included separately, 2
SELECT "id", "name", "phone", "email", "born", "income", "extra", "phones", "level", "active", "created_at", "agent_id" FROM "housing"."buyers" AS "buyers" WHERE "buyers"."agent_id" IN (1, 2, 3) ORDER BY "buyers"."id" ASC
-- case: some attributes
SELECT "id", "name" AS "n", upper("email") AS "mail" FROM "housing"."buyers" AS "buyers" ORDER BY "buyers"."id" ASC LIMIT 5
-- case: grouped
SELECT "level", COUNT("id") AS "n" FROM "housing"."buyers" AS "buyers" GROUP BY "level" HAVING COUNT("id") > 10 ORDER BY "buyers"."level"
-- case: aggregates
SELECT sum("price") AS "sum" FROM "housing"."contracts" AS "contracts"
-- case: aggregates, 2
SELECT max("signed") AS "max" FROM "housing"."contracts" AS "contracts"
-- case: aggregates, 3
SELECT count(DISTINCT("phone")) AS "count" FROM "housing"."buyers" AS "buyers"
-- case: aggregates, 4
SELECT min("price") AS "min" FROM "housing"."contracts" AS "contracts" WHERE "contracts"."status" = 'filed'
-- case: literal subquery
SELECT "id", "name", "phone", "email", "born", "income", "extra", "phones", "level", "active", "created_at", "agent_id", (SELECT COUNT(*) FROM housing.contracts c WHERE c.buyer_id = "buyers".id) AS "n" FROM "housing"."buyers" AS "buyers" ORDER BY "buyers"."id" ASC LIMIT 5
-- case: raw with bound values
-- bind: 2
SELECT id, phone FROM housing.buyers WHERE level = $1 ORDER BY id
-- case: transaction and lock
START TRANSACTION
-- then
SELECT "id", "name", "phone", "email", "born", "income", "extra", "phones", "level", "active", "created_at", "agent_id" FROM "housing"."buyers" AS "buyers" WHERE "buyers"."id" IN (1, 2) ORDER BY "buyers"."id" ASC FOR UPDATE SKIP LOCKED
-- then
COMMIT
-- case: introspection
SELECT table_name FROM information_schema.tables WHERE table_schema = 'housing' AND table_type LIKE '%TABLE' AND table_name != 'spatial_ref_sys'
-- case: introspection, 2
SELECT pk.constraint_type as "Constraint",c.column_name as "Field", c.column_default as "Default",c.is_nullable as "Null", (CASE WHEN c.udt_name = 'hstore' THEN c.udt_name ELSE c.data_type END) || (CASE WHEN c.character_maximum_length IS NOT NULL THEN '(' || c.character_maximum_length || ')' ELSE '' END) as "Type", (SELECT array_agg(e.enumlabel) FROM pg_catalog.pg_type t JOIN pg_catalog.pg_enum e ON t.oid=e.enumtypid WHERE t.typname=c.udt_name) AS "special", (SELECT pgd.description FROM pg_catalog.pg_statio_all_tables AS st INNER JOIN pg_catalog.pg_description pgd on (pgd.objoid=st.relid) WHERE c.ordinal_position=pgd.objsubid AND c.table_name=st.relname) AS "Comment" FROM information_schema.columns c LEFT JOIN (SELECT tc.table_schema, tc.table_name, cu.column_name, tc.constraint_type FROM information_schema.TABLE_CONSTRAINTS tc JOIN information_schema.KEY_COLUMN_USAGE  cu ON tc.table_schema=cu.table_schema and tc.table_name=cu.table_name and tc.constraint_name=cu.constraint_name and tc.constraint_type='PRIMARY KEY') pk ON pk.table_schema=c.table_schema AND pk.table_name=c.table_name AND pk.column_name=c.column_name WHERE c.table_name = 'buyers' AND c.table_schema = 'housing'
-- case: introspection, 3 [interference]
SELECT i.relname AS name, ix.indisprimary AS primary, ix.indisunique AS unique, ix.indkey AS indkey, array_agg(a.attnum) as column_indexes, array_agg(a.attname) AS column_names, pg_get_indexdef(ix.indexrelid) AS definition FROM pg_class t, pg_class i, pg_index ix, pg_attribute a, pg_namespace s WHERE t.oid = ix.indrelid AND i.oid = ix.indexrelid AND a.attrelid = t.oid AND t.relkind = 'r' and t.relname = 'buyers' AND s.oid = t.relnamespace AND s.nspname = 'housing' GROUP BY i.relname, ix.indexrelid, ix.indisprimary, ix.indisunique, ix.indkey ORDER BY i.relname
-- case: introspection, 4 [moving]
SELECT DISTINCT tc.constraint_name as constraint_name, tc.constraint_schema as constraint_schema, tc.constraint_catalog as constraint_catalog, tc.table_name as table_name,tc.table_schema as table_schema,tc.table_catalog as table_catalog,tc.initially_deferred as initially_deferred,tc.is_deferrable as is_deferrable,kcu.column_name as column_name,ccu.table_schema  AS referenced_table_schema,ccu.table_catalog  AS referenced_table_catalog,ccu.table_name  AS referenced_table_name,ccu.column_name AS referenced_column_name FROM information_schema.table_constraints AS tc JOIN information_schema.key_column_usage AS kcu ON tc.constraint_name = kcu.constraint_name JOIN information_schema.constraint_column_usage AS ccu ON ccu.constraint_name = tc.constraint_name WHERE constraint_type = 'FOREIGN KEY' AND tc.table_name = 'contracts' AND tc.table_catalog = 'world' AND tc.table_schema = 'housing'
-- case: introspection, 5
SELECT schema_name FROM information_schema.schemata WHERE schema_name <> 'information_schema' AND schema_name != 'public' AND schema_name !~ E'^pg_'
-- case: introspection, 6
SELECT table_name FROM information_schema.tables WHERE table_schema = 'housing' AND table_name = 'buyers'
-- case: introspection, 7 [moving]
SELECT constraint_catalog AS "constraintCatalog", constraint_schema AS "constraintSchema", constraint_name AS "constraintName", table_catalog AS "tableCatalog", table_schema AS "tableSchema", table_name AS "tableName", constraint_type AS "constraintType", is_deferrable AS "isDeferrable", initially_deferred AS "initiallyDeferred" from INFORMATION_SCHEMA.table_constraints WHERE table_name='[object Object]'
-- case: version
SHOW SERVER_VERSION
