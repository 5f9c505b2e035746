-- case: time series by an interval of seconds, as a dashboard groups it
SELECT floor(extract(epoch FROM at) / 86400) * 86400 AS "time", count(*) AS calls, avg(seconds) AS seconds FROM housing.calls WHERE at BETWEEN '2023-05-01T00:00:00Z' AND '2023-05-20T00:00:00Z' GROUP BY 1 ORDER BY 1
-- case: time series with a metric for each series
SELECT date_trunc('week', at) AS "time", outcome AS metric, count(*) AS value FROM housing.calls WHERE extract(epoch FROM at) BETWEEN 1682899200 AND 1690000000 GROUP BY 1, 2 ORDER BY 1, 2
-- case: values of a variable of a dashboard
SELECT DISTINCT district AS __text, district AS __value FROM housing.projects ORDER BY 1
-- case: annotations
SELECT extract(epoch FROM at)::bigint * 1000 AS time, kind AS text, ARRAY[kind] AS tags FROM app.events WHERE id < 6 ORDER BY 1
-- case: gaps filled by a join with a series
SELECT s.slot AS "time", coalesce(v.n, 0) AS value FROM generate_series(timestamptz '2023-02-01', timestamptz '2023-02-10', interval '12 hours') AS s(slot) LEFT JOIN (SELECT date_bin('12 hours', at, timestamptz '2023-02-01') AS slot, count(*) AS n FROM housing.visits GROUP BY 1) v USING (slot) ORDER BY 1
-- case: tables of a query editor
SELECT CASE WHEN quote_ident(table_schema) IN (SELECT CASE WHEN trim(s[i]) = '"$user"' THEN user ELSE trim(s[i]) END FROM generate_series(array_lower(string_to_array(current_setting('search_path'), ','), 1), array_upper(string_to_array(current_setting('search_path'), ','), 1)) AS i, string_to_array(current_setting('search_path'), ',') s) THEN quote_ident(table_name) ELSE quote_ident(table_schema) || '.' || quote_ident(table_name) END AS "table" FROM information_schema.tables WHERE quote_ident(table_schema) NOT IN ('information_schema', 'pg_catalog') ORDER BY 1
-- case: columns of a query editor by their types
SELECT quote_ident(column_name) AS "column", data_type AS "type" FROM information_schema.columns WHERE quote_ident(table_schema) || '.' || quote_ident(table_name) = 'housing.calls' AND data_type IN ('timestamp without time zone', 'timestamp with time zone', 'bigint', 'integer') ORDER BY ordinal_position
-- case: question on a question
SELECT "source"."level" AS "level", COUNT(*) AS "count", SUM("source"."price") AS "sum" FROM (SELECT "housing"."buyers"."level" AS "level", "contracts"."price" AS "price" FROM "housing"."buyers" LEFT JOIN "housing"."contracts" AS "contracts" ON "housing"."buyers"."id" = "contracts"."buyer_id") AS "source" GROUP BY "source"."level" ORDER BY "source"."level" ASC
-- case: question by a month with a join
SELECT CAST(DATE_TRUNC('month', "housing"."contracts"."signed") AS date) AS "signed", "Buyer"."level" AS "Buyer__level", SUM("housing"."contracts"."price") AS "sum" FROM "housing"."contracts" LEFT JOIN "housing"."buyers" AS "Buyer" ON "housing"."contracts"."buyer_id" = "Buyer"."id" WHERE "housing"."contracts"."signed" >= DATE '2023-01-01' AND "housing"."contracts"."signed" < DATE '2023-07-01' GROUP BY 1, 2 ORDER BY 1, 2
-- case: question with bins
SELECT FLOOR(("housing"."contracts"."price" - 1000000.0) / 100000.0) * 100000.0 + 1000000.0 AS "price", COUNT(*) AS "count" FROM "housing"."contracts" GROUP BY 1 ORDER BY 1
-- case: distinct values for a filter
SELECT "housing"."buyers"."name" FROM "housing"."buyers" WHERE LOWER("housing"."buyers"."email") LIKE '%example%' GROUP BY "housing"."buyers"."name" ORDER BY "housing"."buyers"."name" ASC LIMIT 1000
-- case: values for a fingerprint
SELECT SUBSTRING("housing"."buyers"."address", 1, 1234) AS "substring", SUBSTRING("housing"."buyers"."note", 1, 1234) AS "substring2", "housing"."buyers"."created_at" FROM "housing"."buyers" ORDER BY "housing"."buyers"."id" LIMIT 100
-- case: has a table any rows
SELECT TRUE AS "_" FROM "housing"."buyers" LIMIT 1
-- case: does nobody may nothing
SELECT TRUE AS "_" FROM "housing"."buyers" WHERE 1 <> 1 LIMIT 0
-- case: chart of a data set given as SQL
SELECT date_trunc('month', signed) AS __timestamp, status AS status, sum(price) AS "SUM(price)" FROM (SELECT c.signed, c.status, c.price, b.name FROM housing.contracts c JOIN housing.buyers b ON b.id = c.buyer_id) AS virtual_table WHERE signed >= to_timestamp('2023-01-01', 'YYYY-MM-DD')::timestamp AND signed < to_timestamp('2024-01-01', 'YYYY-MM-DD') GROUP BY date_trunc('month', signed), status ORDER BY "SUM(price)" DESC, 1, 2 LIMIT 10000
-- case: series limited by another query
SELECT date_trunc('month', c.signed) AS __timestamp, c.agent_id, count(*) AS count FROM housing.contracts c JOIN (SELECT agent_id AS agent_id__, count(*) AS mme_inner__ FROM housing.contracts GROUP BY agent_id ORDER BY mme_inner__ DESC, agent_id LIMIT 3) AS series_limit ON c.agent_id = agent_id__ GROUP BY 1, 2 ORDER BY 1, 2
-- case: pivot by a workbook
SELECT "buyers"."level" AS "level", SUM(CASE WHEN "contracts"."status" = 'filed' THEN 1 ELSE 0 END) AS "filed", SUM(CASE WHEN NOT ("contracts"."status" = 'filed') THEN 1 WHEN NOT NOT ("contracts"."status" = 'filed') THEN 0 ELSE NULL END) AS "other", MIN("buyers"."name") AS "TEMP(attr:name)", MAX("buyers"."name") AS "TEMP(attr:name2)" FROM "housing"."buyers" "buyers" INNER JOIN "housing"."contracts" "contracts" ON ("buyers"."id" = "contracts"."buyer_id") GROUP BY 1 HAVING (COUNT(1) > 0) ORDER BY 1
-- case: scratch table of a workbook
CREATE LOCAL TEMPORARY TABLE "#scratch" ("COL" INTEGER) ON COMMIT PRESERVE ROWS
-- then
INSERT INTO "#scratch" ("COL") VALUES (1)
-- then
SELECT "COL" FROM (SELECT "COL" FROM "#scratch") AS "x" LIMIT 1
-- then
DROP TABLE "#scratch"
-- case: workbook with a cursor
BEGIN
-- then
DECLARE "SQL_CUR1" CURSOR WITH HOLD FOR SELECT "buyers"."level" AS "level", CAST("buyers"."phone" AS TEXT) AS "phone" FROM "housing"."buyers" "buyers" ORDER BY "buyers"."id"
-- then
FETCH 100 IN "SQL_CUR1"
-- then
CLOSE "SQL_CUR1"
-- then
COMMIT
-- case: incremental extract
-- bind: 150
SELECT "buyers"."id", "buyers"."name", "buyers"."phone", "buyers"."address" FROM "housing"."buyers" "buyers" WHERE "buyers"."id" > $1 ORDER BY "buyers"."id"
-- case: query folded by a desktop reporter
select "_"."level" as "level", count(1) as "n" from (select "rows"."level", "rows"."phone" from "housing"."buyers" "rows" where "rows"."active" = true and "rows"."phone" is not null) "_" group by "_"."level" order by "_"."level" limit 1001
-- case: outer join folded by a desktop reporter
select "$Outer"."id", "$Outer"."name", "$Inner"."label" from (select "id", "name" from "housing"."buyers" where "id" < 10) "$Outer" left outer join (select "id" as "key", "name" as "label" from "housing"."agents") "$Inner" on ("$Outer"."id" = "$Inner"."key" or "$Outer"."id" is null and "$Inner"."key" is null) order by "$Outer"."id"
-- case: rows as an interface's answer
SELECT coalesce(json_agg("root"), '[]') AS "root" FROM (SELECT row_to_json((SELECT "_e" FROM (SELECT "_0_root.base"."id" AS "id", "_0_root.base"."name" AS "name", "_root.ar.contracts"."contracts" AS "contracts") AS "_e")) AS "root" FROM (SELECT * FROM "housing"."buyers" WHERE ("housing"."buyers"."level") = (2) ORDER BY "id" LIMIT 3) AS "_0_root.base" LEFT OUTER JOIN LATERAL (SELECT coalesce(json_agg("contracts"), '[]') AS "contracts" FROM (SELECT row_to_json((SELECT "_e" FROM (SELECT "c"."id" AS "id", "c"."price" AS "price") AS "_e")) AS "contracts" FROM (SELECT * FROM "housing"."contracts" WHERE ("_0_root.base"."id") = ("buyer_id") ORDER BY "id") AS "c") AS "x") AS "_root.ar.contracts" ON (TRUE)) AS "_1_root"
-- case: rows as a web service's answer
WITH pgrst_source AS (SELECT "housing"."buyers"."id", "housing"."buyers"."name", row_to_json("buyers_agents_1".*)::jsonb AS "agents" FROM "housing"."buyers" LEFT JOIN LATERAL (SELECT "agents_1"."name" FROM "housing"."agents" AS "agents_1" WHERE "agents_1"."id" = "housing"."buyers"."agent_id") AS "buyers_agents_1" ON TRUE WHERE "housing"."buyers"."level" = 1 ORDER BY "housing"."buyers"."id" LIMIT 5 OFFSET 0) SELECT null::bigint AS total_result_set, pg_catalog.count(_postgrest_t) AS page_total, coalesce(json_agg(_postgrest_t), '[]') AS body FROM (SELECT * FROM pgrst_source) _postgrest_t
