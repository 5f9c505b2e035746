-- case: first and all
SELECT CAST(current_setting('server_version_num') AS integer) AS v
-- case: first and all, 2
SELECT * FROM "housing"."buyers" ORDER BY "id" LIMIT 1
-- case: first and all, 3
SELECT * FROM "housing"."buyers" ORDER BY "id" LIMIT 5 OFFSET 2
-- case: filters
SELECT * FROM "housing"."buyers" WHERE (("level" IN (1, 2)) AND ("agent_id" IS NOT NULL) AND (("name" LIKE '王%') OR ("email" ILIKE '%.cn' ESCAPE '\'))) ORDER BY "id"
-- case: joined
SELECT "name", "price" FROM "housing"."buyers" INNER JOIN "housing"."contracts" AS "c" ON ("c"."buyer_id" = "housing"."buyers"."id") ORDER BY "c"."id" LIMIT 5
-- case: grouped
SELECT "status", count(*) AS "count" FROM "housing"."contracts" GROUP BY "status" ORDER BY "status"
-- case: window
SELECT "id", rank() OVER (PARTITION BY "status" ORDER BY "price" DESC) AS "r" FROM "housing"."contracts" ORDER BY "id" LIMIT 5
-- case: common table
WITH "top" AS (SELECT "buyer_id", sum("price") AS "total" FROM "housing"."contracts" GROUP BY "buyer_id") SELECT * FROM "top" ORDER BY "total" DESC, "buyer_id" LIMIT 5
-- case: paged
BEGIN
-- then
DECLARE "sequel_cursor" NO SCROLL CURSOR WITHOUT HOLD FOR SELECT * FROM "housing"."buyers" ORDER BY "id"
-- then
FETCH FORWARD 100 FROM "sequel_cursor"
-- then
FETCH FORWARD 100 FROM "sequel_cursor"
-- then
FETCH FORWARD 100 FROM "sequel_cursor"
-- then
FETCH FORWARD 100 FROM "sequel_cursor"
-- then
CLOSE "sequel_cursor"
-- then
COMMIT
-- case: lock
BEGIN
-- then
SELECT * FROM "housing"."buyers" WHERE ("id" = 1) FOR UPDATE SKIP LOCKED
-- then
COMMIT
-- case: distinct on, lateral, case
SELECT DISTINCT ON ("buyer_id") "buyer_id", "signed" FROM "housing"."contracts" ORDER BY "buyer_id", "signed" DESC
-- case: distinct on, lateral, case, 2
SELECT "id", (CASE WHEN ("level" = 1) THEN 'one' ELSE 'other' END) AS "l" FROM "housing"."buyers" ORDER BY "id" LIMIT 4
-- case: copied
COPY (SELECT "id", "phone" FROM "housing"."buyers" ORDER BY "id" LIMIT 3) TO STDOUT (FORMAT csv)
-- case: schema
SELECT "relname" FROM "pg_class" INNER JOIN "pg_namespace" ON ("pg_namespace"."oid" = "pg_class"."relnamespace") WHERE (("relkind" IN ('r', 'p')) AND ("pg_namespace"."nspname" = 'housing'))
-- case: schema, 2
SELECT "relname" FROM "pg_class" INNER JOIN "pg_namespace" ON ("pg_namespace"."oid" = "pg_class"."relnamespace") WHERE (("relkind" = 'v') AND ("pg_namespace"."nspname" = 'housing'))
-- case: schema, 3 [interference]
SELECT "pg_attribute"."attname" AS "name", CAST("pg_attribute"."atttypid" AS integer) AS "oid", CAST("basetype"."oid" AS integer) AS "base_oid", format_type("basetype"."oid", "pg_type"."typtypmod") AS "db_base_type", format_type("pg_type"."oid", "pg_attribute"."atttypmod") AS "db_type", pg_get_expr("pg_attrdef"."adbin", "pg_class"."oid") AS "default", NOT "pg_attribute"."attnotnull" AS "allow_null", COALESCE(("pg_attribute"."attnum" = ANY("pg_index"."indkey")), false) AS "primary_key", "pg_attribute"."attidentity", ("pg_attribute"."attgenerated" != '') AS "generated" FROM "pg_class" INNER JOIN "pg_attribute" ON ("pg_attribute"."attrelid" = "pg_class"."oid") INNER JOIN "pg_type" ON ("pg_type"."oid" = "pg_attribute"."atttypid") LEFT OUTER JOIN "pg_type" AS "basetype" ON ("basetype"."oid" = "pg_type"."typbasetype") LEFT OUTER JOIN "pg_attrdef" ON (("pg_attrdef"."adrelid" = "pg_class"."oid") AND ("pg_attrdef"."adnum" = "pg_attribute"."attnum")) LEFT OUTER JOIN "pg_index" ON (("pg_index"."indrelid" = "pg_class"."oid") AND ("pg_index"."indisprimary" IS TRUE)) WHERE (("pg_attribute"."attisdropped" IS FALSE) AND ("pg_attribute"."attnum" > 0) AND ("pg_class"."oid" = CAST(CAST('"housing"."buyers"' AS regclass) AS oid))) ORDER BY "pg_attribute"."attnum"
-- case: schema, 4
SELECT "indc"."relname" AS "name", "ind"."indisunique" AS "unique", "att"."attname" AS "column", "con"."condeferrable" AS "deferrable" FROM "pg_class" AS "tab" INNER JOIN "pg_index" AS "ind" ON ("ind"."indrelid" = "tab"."oid") INNER JOIN "pg_class" AS "indc" ON ("indc"."oid" = "ind"."indexrelid") INNER JOIN "pg_attribute" AS "att" ON (("att"."attrelid" = "tab"."oid") AND ("att"."attnum" = ANY("ind"."indkey"))) LEFT JOIN "pg_constraint" AS "con" ON ("con"."conname" = "indc"."relname") WHERE (("indc"."relkind" = 'i') AND ("ind"."indisprimary" IS FALSE) AND ("indexprs" IS NULL) AND ("indisvalid" IS TRUE) AND ("indisready" IS TRUE) AND ("indislive" IS TRUE) AND ("tab"."oid" = CAST(CAST('"housing"."buyers"' AS regclass) AS oid)) AND ("indpred" IS NULL)) ORDER BY "indc"."relname", array_position("ind"."indkey", "att"."attnum")
-- case: schema, 5
SELECT "co"."conname" AS "name", "att"."attname" AS "column", "co"."confupdtype" AS "on_update", "co"."confdeltype" AS "on_delete", "cl2"."relname" AS "table", "att2"."attname" AS "refcolumn", ("co"."condeferrable" AND "co"."condeferred") AS "deferrable", "nsp"."nspname" AS "schema" FROM "pg_constraint" AS "co" INNER JOIN "pg_class" AS "cl" ON ("cl"."oid" = "co"."conrelid") INNER JOIN "pg_attribute" AS "att" ON (("att"."attrelid" = "cl"."oid") AND ("att"."attnum" = ANY("co"."conkey"))) INNER JOIN "pg_class" AS "cl2" ON ("cl2"."oid" = "co"."confrelid") INNER JOIN "pg_attribute" AS "att2" ON (("att2"."attrelid" = "cl2"."oid") AND ("att2"."attnum" = ANY("co"."confkey"))) INNER JOIN "pg_namespace" AS "nsp" ON ("nsp"."oid" = "cl2"."relnamespace") WHERE (("cl"."relkind" IN ('r', 'p')) AND ("co"."contype" = 'f') AND (array_position("co"."conkey", "att"."attnum") = array_position("co"."confkey", "att2"."attnum")) AND ("cl"."oid" = CAST(CAST('"housing"."contracts"' AS regclass) AS oid))) ORDER BY "co"."conname", array_position("co"."conkey", "att"."attnum")
-- case: schema, 6
SELECT "pg_attribute"."attname" AS "pk" FROM "pg_class", "pg_attribute", "pg_index", "pg_namespace" WHERE (("pg_class"."oid" = "pg_attribute"."attrelid") AND ("pg_class"."relnamespace" = "pg_namespace"."oid") AND ("pg_class"."oid" = "pg_index"."indrelid") AND ("pg_index"."indkey"[0] = "pg_attribute"."attnum") AND ("pg_index"."indisprimary" = 't') AND ("pg_class"."oid" = CAST(CAST('"housing"."buyers"' AS regclass) AS oid))) LIMIT 1
-- case: schema, 7
SELECT "co"."conname" AS "constraint", "att"."attname" AS "column", pg_get_constraintdef("co"."oid") AS "definition" FROM "pg_constraint" AS "co" LEFT JOIN "pg_attribute" AS "att" ON (("att"."attrelid" = "co"."conrelid") AND ("att"."attnum" = ANY("co"."conkey"))) WHERE (("contype" = 'c') AND ("conrelid" = CAST(CAST('"housing"."buyers"' AS regclass) AS oid)))
