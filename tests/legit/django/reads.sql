-- search_path: housing
-- case: list page
SELECT oid, typarray FROM pg_type WHERE typname = 'hstore'
-- case: list page, 2
SELECT oid, typarray FROM pg_type WHERE typname = 'citext'
-- case: list page, 3
SELECT "buyers"."id", "buyers"."name", "buyers"."id_no", "buyers"."phone", "buyers"."email", "buyers"."address", "buyers"."born", "buyers"."income", "buyers"."extra", "buyers"."phones", "buyers"."note", "buyers"."agent_id", "buyers"."level", "buyers"."created_at", "buyers"."active" FROM "buyers" ORDER BY "buyers"."id" ASC LIMIT 20
-- case: list page, second
SELECT "buyers"."id", "buyers"."name", "buyers"."id_no", "buyers"."phone", "buyers"."email", "buyers"."address", "buyers"."born", "buyers"."income", "buyers"."extra", "buyers"."phones", "buyers"."note", "buyers"."agent_id", "buyers"."level", "buyers"."created_at", "buyers"."active" FROM "buyers" ORDER BY "buyers"."id" ASC LIMIT 20 OFFSET 20
-- case: one by key
SELECT "buyers"."id", "buyers"."name", "buyers"."id_no", "buyers"."phone", "buyers"."email", "buyers"."address", "buyers"."born", "buyers"."income", "buyers"."extra", "buyers"."phones", "buyers"."note", "buyers"."agent_id", "buyers"."level", "buyers"."created_at", "buyers"."active" FROM "buyers" WHERE "buyers"."id" = 7 LIMIT 21
-- case: first and last
SELECT "buyers"."id", "buyers"."name", "buyers"."id_no", "buyers"."phone", "buyers"."email", "buyers"."address", "buyers"."born", "buyers"."income", "buyers"."extra", "buyers"."phones", "buyers"."note", "buyers"."agent_id", "buyers"."level", "buyers"."created_at", "buyers"."active" FROM "buyers" ORDER BY "buyers"."id" ASC LIMIT 1
-- case: first and last, 2
SELECT "buyers"."id", "buyers"."name", "buyers"."id_no", "buyers"."phone", "buyers"."email", "buyers"."address", "buyers"."born", "buyers"."income", "buyers"."extra", "buyers"."phones", "buyers"."note", "buyers"."agent_id", "buyers"."level", "buyers"."created_at", "buyers"."active" FROM "buyers" ORDER BY "buyers"."id" DESC LIMIT 1
-- case: first and last, 3
SELECT "buyers"."id", "buyers"."name", "buyers"."id_no", "buyers"."phone", "buyers"."email", "buyers"."address", "buyers"."born", "buyers"."income", "buyers"."extra", "buyers"."phones", "buyers"."note", "buyers"."agent_id", "buyers"."level", "buyers"."created_at", "buyers"."active" FROM "buyers" ORDER BY "buyers"."created_at" DESC LIMIT 1
-- case: in bulk
SELECT "buyers"."id", "buyers"."name", "buyers"."id_no", "buyers"."phone", "buyers"."email", "buyers"."address", "buyers"."born", "buyers"."income", "buyers"."extra", "buyers"."phones", "buyers"."note", "buyers"."agent_id", "buyers"."level", "buyers"."created_at", "buyers"."active" FROM "buyers" WHERE "buyers"."id" IN (1, 2, 3)
-- case: only some fields
SELECT "buyers"."id", "buyers"."name" FROM "buyers" ORDER BY "buyers"."id" ASC LIMIT 5
-- case: deferred fields
SELECT "buyers"."id", "buyers"."name", "buyers"."id_no", "buyers"."phone", "buyers"."email", "buyers"."address", "buyers"."born", "buyers"."income", "buyers"."phones", "buyers"."agent_id", "buyers"."level", "buyers"."created_at", "buyers"."active" FROM "buyers" ORDER BY "buyers"."id" ASC LIMIT 5
-- case: values
SELECT "buyers"."id" AS "id", "buyers"."phone" AS "phone", "agents"."name" AS "agent__name" FROM "buyers" LEFT OUTER JOIN "agents" ON ("buyers"."agent_id" = "agents"."id") ORDER BY 1 ASC LIMIT 5
-- case: flat list
SELECT "buyers"."phone" AS "phone" FROM "buyers" ORDER BY "buyers"."id" ASC LIMIT 5
-- case: refresh
SELECT "buyers"."id", "buyers"."name", "buyers"."id_no", "buyers"."phone", "buyers"."email", "buyers"."address", "buyers"."born", "buyers"."income", "buyers"."extra", "buyers"."phones", "buyers"."note", "buyers"."agent_id", "buyers"."level", "buyers"."created_at", "buyers"."active" FROM "buyers" WHERE "buyers"."id" = 1 LIMIT 21
-- case: select related
SELECT "contracts"."id", "contracts"."unit_id", "contracts"."buyer_id", "contracts"."agent_id", "contracts"."signed", "contracts"."status", "contracts"."price", "contracts"."bank_card", "units"."id", "units"."building_id", "units"."number", "units"."area", "units"."list_price", "units"."status", "buildings"."id", "buildings"."project_id", "buildings"."label", "buildings"."floors", "projects"."id", "projects"."code", "projects"."name", "projects"."district", "projects"."launched", "projects"."tags", "projects"."settings", "buyers"."id", "buyers"."name", "buyers"."id_no", "buyers"."phone", "buyers"."email", "buyers"."address", "buyers"."born", "buyers"."income", "buyers"."extra", "buyers"."phones", "buyers"."note", "buyers"."agent_id", "buyers"."level", "buyers"."created_at", "buyers"."active", "agents"."id", "agents"."name", "agents"."desk", "agents"."commission", "agents"."manager_id" FROM "contracts" INNER JOIN "units" ON ("contracts"."unit_id" = "units"."id") INNER JOIN "buildings" ON ("units"."building_id" = "buildings"."id") INNER JOIN "projects" ON ("buildings"."project_id" = "projects"."id") INNER JOIN "buyers" ON ("contracts"."buyer_id" = "buyers"."id") LEFT OUTER JOIN "agents" ON ("contracts"."agent_id" = "agents"."id") ORDER BY "contracts"."id" ASC LIMIT 5
-- case: prefetch
SELECT "buyers"."id", "buyers"."name", "buyers"."id_no", "buyers"."phone", "buyers"."email", "buyers"."address", "buyers"."born", "buyers"."income", "buyers"."extra", "buyers"."phones", "buyers"."note", "buyers"."agent_id", "buyers"."level", "buyers"."created_at", "buyers"."active" FROM "buyers" ORDER BY "buyers"."id" ASC LIMIT 5
-- case: prefetch, 2
SELECT "contracts"."id", "contracts"."unit_id", "contracts"."buyer_id", "contracts"."agent_id", "contracts"."signed", "contracts"."status", "contracts"."price", "contracts"."bank_card" FROM "contracts" WHERE "contracts"."buyer_id" IN (1, 2, 3, 4, 5)
-- case: prefetch, 3
SELECT "units"."id", "units"."building_id", "units"."number", "units"."area", "units"."list_price", "units"."status" FROM "units" WHERE ("units"."id") IN ((8), (301), (308), (201))
-- case: prefetch, 4
SELECT "visits"."id", "visits"."buyer_id", "visits"."agent_id", "visits"."at", "visits"."remark" FROM "visits" WHERE "visits"."buyer_id" IN (1, 2, 3, 4, 5)
-- case: prefetch with a queryset
SELECT "contracts"."id", "contracts"."unit_id", "contracts"."buyer_id", "contracts"."agent_id", "contracts"."signed", "contracts"."status", "contracts"."price", "contracts"."bank_card" FROM "contracts" WHERE ("contracts"."price" > 1200000 AND "contracts"."buyer_id" IN (1, 2, 3, 4, 5)) ORDER BY "contracts"."price" DESC
-- case: related manager
SELECT "agents"."id", "agents"."name", "agents"."desk", "agents"."commission", "agents"."manager_id" FROM "agents" WHERE "agents"."id" = 3 LIMIT 21
-- case: related manager, 2
SELECT "buyers"."id", "buyers"."name", "buyers"."id_no", "buyers"."phone", "buyers"."email", "buyers"."address", "buyers"."born", "buyers"."income", "buyers"."extra", "buyers"."phones", "buyers"."note", "buyers"."agent_id", "buyers"."level", "buyers"."created_at", "buyers"."active" FROM "buyers" WHERE "buyers"."agent_id" = 3 ORDER BY "buyers"."id" ASC
-- case: count and exists
SELECT COUNT(*) AS "__count" FROM "buyers"
-- case: count and exists, 2
SELECT 1 AS "a" FROM "buyers" WHERE "buyers"."level" = 2 LIMIT 1
-- case: text look-ups
SELECT "buyers"."id", "buyers"."name", "buyers"."id_no", "buyers"."phone", "buyers"."email", "buyers"."address", "buyers"."born", "buyers"."income", "buyers"."extra", "buyers"."phones", "buyers"."note", "buyers"."agent_id", "buyers"."level", "buyers"."created_at", "buyers"."active" FROM "buyers" WHERE ("buyers"."name"::text LIKE '%王%' OR "buyers"."phone"::text LIKE '138%' OR UPPER("buyers"."email"::text) LIKE UPPER('%.CN')) ORDER BY "buyers"."id" ASC LIMIT 9
-- case: regular expressions
SELECT "buyers"."id", "buyers"."name", "buyers"."id_no", "buyers"."phone", "buyers"."email", "buyers"."address", "buyers"."born", "buyers"."income", "buyers"."extra", "buyers"."phones", "buyers"."note", "buyers"."agent_id", "buyers"."level", "buyers"."created_at", "buyers"."active" FROM "buyers" WHERE ("buyers"."email"::text ~*  E'^a.*@example\\.com$' AND NOT ("buyers"."name"::text ~ '^张' AND "buyers"."name" IS NOT NULL)) ORDER BY "buyers"."id" ASC
-- case: date look-ups
SELECT "buyers"."id", "buyers"."name", "buyers"."id_no", "buyers"."phone", "buyers"."email", "buyers"."address", "buyers"."born", "buyers"."income", "buyers"."extra", "buyers"."phones", "buyers"."note", "buyers"."agent_id", "buyers"."level", "buyers"."created_at", "buyers"."active" FROM "buyers" WHERE ("buyers"."born" BETWEEN '1980-01-01'::date AND '1980-12-31'::date AND ("buyers"."created_at" AT TIME ZONE 'America/Chicago')::date >= '2023-01-02'::date AND EXTRACT(HOUR FROM "buyers"."created_at" AT TIME ZONE 'America/Chicago') < 20) ORDER BY "buyers"."id" ASC
-- case: date ranges and parts
SELECT "buyers"."id", "buyers"."name", "buyers"."id_no", "buyers"."phone", "buyers"."email", "buyers"."address", "buyers"."born", "buyers"."income", "buyers"."extra", "buyers"."phones", "buyers"."note", "buyers"."agent_id", "buyers"."level", "buyers"."created_at", "buyers"."active" FROM "buyers" WHERE (EXTRACT(QUARTER FROM "buyers"."born") = 1 AND "buyers"."born" BETWEEN '1970-01-01'::date AND '1975-12-31'::date AND EXTRACT(DOW FROM "buyers"."created_at" AT TIME ZONE 'America/Chicago') + 1 = 2) ORDER BY "buyers"."id" ASC
-- case: json look-ups
SELECT "buyers"."id", "buyers"."name", "buyers"."id_no", "buyers"."phone", "buyers"."email", "buyers"."address", "buyers"."born", "buyers"."income", "buyers"."extra", "buyers"."phones", "buyers"."note", "buyers"."agent_id", "buyers"."level", "buyers"."created_at", "buyers"."active" FROM "buyers" WHERE ("buyers"."extra" @> '{"rank": 4}'::jsonb AND "buyers"."extra" ? 'kin' AND ("buyers"."extra" -> 'rank') > '3'::jsonb) ORDER BY "buyers"."id" ASC
-- case: array look-ups
SELECT "projects"."id", "projects"."code", "projects"."name", "projects"."district", "projects"."launched", "projects"."tags", "projects"."settings" FROM "projects" WHERE ("projects"."tags" @> (ARRAY['精装'])::text[] AND CASE WHEN "projects"."tags" IS NULL THEN NULL ELSE coalesce(array_length("projects"."tags", 1), 0) END = 2) ORDER BY "projects"."id" ASC
-- case: array overlap and index
SELECT "projects"."id", "projects"."code", "projects"."name", "projects"."district", "projects"."launched", "projects"."tags", "projects"."settings" FROM "projects" WHERE (("projects"."tags")[1] = 'tag1' AND "projects"."tags" && (ARRAY['tag1'])::text[]) ORDER BY "projects"."id" ASC
-- case: json path
SELECT "projects"."id", "projects"."code", "projects"."name", "projects"."district", "projects"."launched", "projects"."tags", "projects"."settings" FROM "projects" WHERE ("projects"."settings" -> 'grade') IN ('1'::jsonb, '2'::jsonb) ORDER BY ("projects"."settings" -> 'grade') ASC
-- case: in a subquery
SELECT "buyers"."id", "buyers"."name", "buyers"."id_no", "buyers"."phone", "buyers"."email", "buyers"."address", "buyers"."born", "buyers"."income", "buyers"."extra", "buyers"."phones", "buyers"."note", "buyers"."agent_id", "buyers"."level", "buyers"."created_at", "buyers"."active" FROM "buyers" WHERE "buyers"."agent_id" IN (SELECT U0."id" FROM "agents" U0 WHERE U0."desk" = 'desk 1') ORDER BY "buyers"."id" ASC
-- case: across relations
SELECT DISTINCT "buyers"."id", "buyers"."name", "buyers"."id_no", "buyers"."phone", "buyers"."email", "buyers"."address", "buyers"."born", "buyers"."income", "buyers"."extra", "buyers"."phones", "buyers"."note", "buyers"."agent_id", "buyers"."level", "buyers"."created_at", "buyers"."active" FROM "buyers" INNER JOIN "contracts" ON ("buyers"."id" = "contracts"."buyer_id") INNER JOIN "units" ON ("contracts"."unit_id" = "units"."id") WHERE ("contracts"."price" > 1800000 AND "units"."status" = 'sold') ORDER BY "buyers"."id" ASC
-- case: excluded across relations
SELECT "buyers"."id", "buyers"."name", "buyers"."id_no", "buyers"."phone", "buyers"."email", "buyers"."address", "buyers"."born", "buyers"."income", "buyers"."extra", "buyers"."phones", "buyers"."note", "buyers"."agent_id", "buyers"."level", "buyers"."created_at", "buyers"."active" FROM "buyers" WHERE NOT (EXISTS(SELECT 1 AS "a" FROM "contracts" U1 WHERE (U1."status" = 'cancelled' AND U1."buyer_id" = ("buyers"."id")) LIMIT 1)) ORDER BY "buyers"."id" ASC LIMIT 9
-- case: null look-ups
SELECT "buyers"."id", "buyers"."name", "buyers"."id_no", "buyers"."phone", "buyers"."email", "buyers"."address", "buyers"."born", "buyers"."income", "buyers"."extra", "buyers"."phones", "buyers"."note", "buyers"."agent_id", "buyers"."level", "buyers"."created_at", "buyers"."active" FROM "buyers" WHERE ("buyers"."agent_id" IS NULL AND "buyers"."phone" IS NOT NULL) ORDER BY "buyers"."id" ASC LIMIT 9
-- case: annotated count
SELECT "buyers"."id", "buyers"."name", "buyers"."id_no", "buyers"."phone", "buyers"."email", "buyers"."address", "buyers"."born", "buyers"."income", "buyers"."extra", "buyers"."phones", "buyers"."note", "buyers"."agent_id", "buyers"."level", "buyers"."created_at", "buyers"."active", COUNT("contracts"."id") AS "n" FROM "buyers" LEFT OUTER JOIN "contracts" ON ("buyers"."id" = "contracts"."buyer_id") GROUP BY "buyers"."id", "buyers"."name", "buyers"."id_no", "buyers"."phone", "buyers"."email", "buyers"."address", "buyers"."born", "buyers"."income", "buyers"."extra", "buyers"."phones", "buyers"."note", "buyers"."agent_id", "buyers"."level", "buyers"."created_at", "buyers"."active" HAVING COUNT("contracts"."id") > 0 ORDER BY "buyers"."id" ASC LIMIT 9
-- case: two annotated counts
SELECT "buyers"."id", "buyers"."name", "buyers"."id_no", "buyers"."phone", "buyers"."email", "buyers"."address", "buyers"."born", "buyers"."income", "buyers"."extra", "buyers"."phones", "buyers"."note", "buyers"."agent_id", "buyers"."level", "buyers"."created_at", "buyers"."active", COUNT(DISTINCT "contracts"."id") AS "c", COUNT(DISTINCT "visits"."id") AS "v" FROM "buyers" LEFT OUTER JOIN "contracts" ON ("buyers"."id" = "contracts"."buyer_id") LEFT OUTER JOIN "visits" ON ("buyers"."id" = "visits"."buyer_id") GROUP BY "buyers"."id", "buyers"."name", "buyers"."id_no", "buyers"."phone", "buyers"."email", "buyers"."address", "buyers"."born", "buyers"."income", "buyers"."extra", "buyers"."phones", "buyers"."note", "buyers"."agent_id", "buyers"."level", "buyers"."created_at", "buyers"."active" ORDER BY "buyers"."id" ASC LIMIT 9
-- case: filtered aggregates
SELECT SUM("contracts"."price") AS "all", SUM("contracts"."price") FILTER (WHERE "contracts"."status" = 'filed') AS "filed", AVG("contracts"."price") AS "mean", MAX("contracts"."signed") AS "last" FROM "contracts"
-- case: grouped by a foreign field
SELECT "projects"."name" AS "unit__building__project__name", COUNT("contracts"."id") AS "n", SUM("contracts"."price") AS "total" FROM "contracts" INNER JOIN "units" ON ("contracts"."unit_id" = "units"."id") INNER JOIN "buildings" ON ("units"."building_id" = "buildings"."id") INNER JOIN "projects" ON ("buildings"."project_id" = "projects"."id") GROUP BY 1 ORDER BY 3 DESC
-- case: grouped by a month
SELECT DATE_TRUNC('month', "contracts"."signed") AS "month", COUNT("contracts"."id") AS "n" FROM "contracts" GROUP BY 1 ORDER BY 1 ASC
-- case: grouped by a week and hour
SELECT DATE_TRUNC('week', "visits"."at" AT TIME ZONE 'America/Chicago') AS "week", EXTRACT(HOUR FROM "visits"."at" AT TIME ZONE 'America/Chicago') AS "hour", COUNT(*) AS "n" FROM "visits" GROUP BY 1, 2 ORDER BY 1 ASC, 2 ASC
-- case: having
SELECT "buyers"."agent_id" AS "agent", COUNT("buyers"."id") AS "n" FROM "buyers" GROUP BY 1 HAVING COUNT("buyers"."id") > 20 ORDER BY 1 ASC
-- case: case when
SELECT "buyers"."id", "buyers"."name", "buyers"."id_no", "buyers"."phone", "buyers"."email", "buyers"."address", "buyers"."born", "buyers"."income", "buyers"."extra", "buyers"."phones", "buyers"."note", "buyers"."agent_id", "buyers"."level", "buyers"."created_at", "buyers"."active", CASE WHEN "buyers"."income" > 400000 THEN 'high' WHEN "buyers"."income" IS NULL THEN 'unknown' ELSE 'low' END AS "band" FROM "buyers" ORDER BY "buyers"."id" ASC LIMIT 9
-- case: grouped by a case
SELECT CASE WHEN "buyers"."level" >= 2 THEN 'a' ELSE 'b' END AS "band", COUNT("buyers"."id") AS "n" FROM "buyers" GROUP BY 1 ORDER BY 1 ASC
-- case: scalar subquery
SELECT "buyers"."id", "buyers"."name", "buyers"."id_no", "buyers"."phone", "buyers"."email", "buyers"."address", "buyers"."born", "buyers"."income", "buyers"."extra", "buyers"."phones", "buyers"."note", "buyers"."agent_id", "buyers"."level", "buyers"."created_at", "buyers"."active", (SELECT U0."signed" AS "signed" FROM "contracts" U0 WHERE U0."buyer_id" = ("buyers"."id") ORDER BY 1 DESC, U0."id" ASC LIMIT 1) AS "last" FROM "buyers" ORDER BY "buyers"."id" ASC LIMIT 9
-- case: exists subquery
SELECT "buyers"."id", "buyers"."name", "buyers"."id_no", "buyers"."phone", "buyers"."email", "buyers"."address", "buyers"."born", "buyers"."income", "buyers"."extra", "buyers"."phones", "buyers"."note", "buyers"."agent_id", "buyers"."level", "buyers"."created_at", "buyers"."active", EXISTS(SELECT 1 AS "a" FROM "contracts" U0 WHERE U0."buyer_id" = ("buyers"."id") LIMIT 1) AS "bought" FROM "buyers" WHERE EXISTS(SELECT 1 AS "a" FROM "contracts" U0 WHERE U0."buyer_id" = ("buyers"."id") LIMIT 1) ORDER BY "buyers"."id" ASC LIMIT 9
-- case: window functions
SELECT "buyers"."id", "buyers"."name", "buyers"."id_no", "buyers"."phone", "buyers"."email", "buyers"."address", "buyers"."born", "buyers"."income", "buyers"."extra", "buyers"."phones", "buyers"."note", "buyers"."agent_id", "buyers"."level", "buyers"."created_at", "buyers"."active", ROW_NUMBER() OVER (PARTITION BY "buyers"."agent_id" ORDER BY "buyers"."created_at" ASC) AS "nth", LAG("buyers"."level", 1) OVER (ORDER BY "buyers"."id" ASC) AS "prior" FROM "buyers" ORDER BY "buyers"."id" ASC LIMIT 9
-- case: ranked within a group
SELECT * FROM ( SELECT "contracts"."id" AS "col1", "contracts"."unit_id" AS "col2", "contracts"."buyer_id" AS "col3", "contracts"."agent_id" AS "col4", "contracts"."signed" AS "col5", "contracts"."status" AS "col6", "contracts"."price" AS "col7", "contracts"."bank_card" AS "col8", RANK() OVER (PARTITION BY "contracts"."agent_id" ORDER BY "contracts"."price" DESC) AS "r" FROM "contracts" ORDER BY "contracts"."agent_id" ASC, 9 ASC, "contracts"."id" ASC ) "qualify" WHERE "r" <= 2 ORDER BY "col4" ASC, 9 ASC, "col1" ASC
-- case: functions of text
SELECT "buyers"."id", "buyers"."name", "buyers"."id_no", "buyers"."phone", "buyers"."email", "buyers"."address", "buyers"."born", "buyers"."income", "buyers"."extra", "buyers"."phones", "buyers"."note", "buyers"."agent_id", "buyers"."level", "buyers"."created_at", "buyers"."active", UPPER("buyers"."email") AS "a", LENGTH("buyers"."name") AS "b", SUBSTRING("buyers"."phone", 1, 3) AS "c", (COALESCE("buyers"."name", '') || COALESCE((COALESCE(' ', '') || COALESCE("buyers"."phone", '')), '')) AS "d", LEFT("buyers"."id_no", 6) AS "e", REPLACE("buyers"."phone", '*', 'x') AS "g", MD5("buyers"."phone") AS "h" FROM "buyers" ORDER BY "buyers"."id" ASC LIMIT 5
-- case: functions of numbers
SELECT "units"."id", "units"."building_id", "units"."number", "units"."area", "units"."list_price", "units"."status", ROUND("units"."area", 0) AS "a", CEILING("units"."area") AS "b", (("units"."list_price" / "units"."area") * 2) AS "c", GREATEST("units"."list_price", 1100000.50) AS "d", ABS(("units"."id" - 5)) AS "e", SQRT("units"."area") AS "g" FROM "units" ORDER BY "units"."id" ASC LIMIT 5
-- case: coalesce and cast
SELECT "buyers"."id", "buyers"."name", "buyers"."id_no", "buyers"."phone", "buyers"."email", "buyers"."address", "buyers"."born", "buyers"."income", "buyers"."extra", "buyers"."phones", "buyers"."note", "buyers"."agent_id", "buyers"."level", "buyers"."created_at", "buyers"."active", COALESCE("buyers"."phone", "buyers"."email", 'none') AS "contact", (EXTRACT(YEAR FROM "buyers"."born"))::integer AS "year", ("buyers"."income")::text AS "t" FROM "buyers" ORDER BY "buyers"."id" ASC LIMIT 5
-- case: nulls last
SELECT "buyers"."id", "buyers"."name", "buyers"."id_no", "buyers"."phone", "buyers"."email", "buyers"."address", "buyers"."born", "buyers"."income", "buyers"."extra", "buyers"."phones", "buyers"."note", "buyers"."agent_id", "buyers"."level", "buyers"."created_at", "buyers"."active" FROM "buyers" ORDER BY "buyers"."income" DESC NULLS LAST, "buyers"."id" ASC LIMIT 9
-- case: random order of keys
SELECT COUNT(*) AS "__count" FROM "buyers" WHERE "buyers"."id" < 3
-- case: union
(SELECT "buyers"."name" AS "name" FROM "buyers" WHERE "buyers"."level" = 1) UNION (SELECT "agents"."name" AS "name" FROM "agents") ORDER BY 1 ASC
-- case: intersection and difference
(SELECT "buyers"."agent_id" AS "agent_id" FROM "buyers") INTERSECT (SELECT "agents"."id" AS "id" FROM "agents")
-- case: intersection and difference, 2
(SELECT "agents"."id" AS "id" FROM "agents") EXCEPT (SELECT "buyers"."agent_id" AS "agent_id" FROM "buyers")
-- case: distinct on
SELECT DISTINCT ON ("visits"."buyer_id") "visits"."buyer_id" AS "buyer", "visits"."remark" AS "remark" FROM "visits" ORDER BY 1 ASC, "visits"."at" DESC LIMIT 9
-- case: array aggregates
SELECT "agents"."id", "agents"."name", "agents"."desk", "agents"."commission", "agents"."manager_id", ARRAY_AGG("buyers"."id" ORDER BY "buyers"."id") AS "ids", STRING_AGG("buyers"."name", 'Value('', '')' ORDER BY "buyers"."id") AS "names", BOOL_OR("buyers"."active") AS "any" FROM "agents" LEFT OUTER JOIN "buyers" ON ("agents"."id" = "buyers"."agent_id") GROUP BY "agents"."id", "agents"."name", "agents"."desk", "agents"."commission", "agents"."manager_id" ORDER BY "agents"."id" ASC LIMIT 5
-- case: json aggregates
SELECT "agents"."id", "agents"."name", "agents"."desk", "agents"."commission", "agents"."manager_id", JSONB_AGG("buyers"."phone" ORDER BY "buyers"."id") AS "people" FROM "agents" LEFT OUTER JOIN "buyers" ON ("agents"."id" = "buyers"."agent_id") GROUP BY "agents"."id", "agents"."name", "agents"."desk", "agents"."commission", "agents"."manager_id" ORDER BY "agents"."id" ASC LIMIT 3
-- case: full text search
SELECT "buyers"."id", "buyers"."name", "buyers"."id_no", "buyers"."phone", "buyers"."email", "buyers"."address", "buyers"."born", "buyers"."income", "buyers"."extra", "buyers"."phones", "buyers"."note", "buyers"."agent_id", "buyers"."level", "buyers"."created_at", "buyers"."active", to_tsvector('simple'::regconfig, COALESCE("buyers"."name", '') || ' ' || COALESCE("buyers"."address", '')) AS "v" FROM "buyers" WHERE to_tsvector('simple'::regconfig, COALESCE("buyers"."name", '') || ' ' || COALESCE("buyers"."address", '')) @@ (plainto_tsquery('simple'::regconfig, '李明')) ORDER BY "buyers"."id" ASC
-- case: full text rank and headline
SELECT "projects"."id", "projects"."code", "projects"."name", "projects"."district", "projects"."launched", "projects"."tags", "projects"."settings", ts_rank(to_tsvector('simple'::regconfig, COALESCE("projects"."name", '')), plainto_tsquery('simple'::regconfig, '海悦府')) AS "r", ts_headline('simple'::regconfig, "projects"."name", plainto_tsquery('simple'::regconfig, '海悦府')) AS "h" FROM "projects" ORDER BY 8 DESC, "projects"."id" ASC
-- case: dates and datetimes
SELECT DISTINCT DATE_TRUNC('month', "contracts"."signed") AS "datefield" FROM "contracts" WHERE "contracts"."signed" IS NOT NULL ORDER BY 1 ASC
-- case: dates and datetimes, 2
SELECT DISTINCT DATE_TRUNC('day', "visits"."at" AT TIME ZONE 'America/Chicago') AS "datetimefield" FROM "visits" WHERE "visits"."at" IS NOT NULL ORDER BY 1 ASC
-- case: self join
SELECT "agents"."id", "agents"."name", "agents"."desk", "agents"."commission", "agents"."manager_id", T2."id", T2."name", T2."desk", T2."commission", T2."manager_id", T3."id", T3."name", T3."desk", T3."commission", T3."manager_id" FROM "agents" INNER JOIN "agents" T2 ON ("agents"."manager_id" = T2."id") LEFT OUTER JOIN "agents" T3 ON (T2."manager_id" = T3."id") WHERE T2."name"::text LIKE '%顾问%' ORDER BY "agents"."id" ASC
-- case: expressions between fields
SELECT "contracts"."id", "contracts"."unit_id", "contracts"."buyer_id", "contracts"."agent_id", "contracts"."signed", "contracts"."status", "contracts"."price", "contracts"."bank_card" FROM "contracts" INNER JOIN "units" ON ("contracts"."unit_id" = "units"."id") WHERE "contracts"."price" > ("units"."list_price" * 1.2) ORDER BY "contracts"."id" ASC
-- case: explained [interference]
EXPLAIN SELECT "buyers"."id", "buyers"."name", "buyers"."id_no", "buyers"."phone", "buyers"."email", "buyers"."address", "buyers"."born", "buyers"."income", "buyers"."extra", "buyers"."phones", "buyers"."note", "buyers"."agent_id", "buyers"."level", "buyers"."created_at", "buyers"."active" FROM "buyers" WHERE "buyers"."level" = 1
-- case: raw
SELECT id, name FROM housing.buyers WHERE id < 4 ORDER BY id
-- case: row lock
BEGIN
-- then
SELECT "buyers"."id" FROM "buyers" WHERE "buyers"."id" < 3 ORDER BY "buyers"."id" ASC FOR UPDATE OF "buyers" SKIP LOCKED
-- then
COMMIT
-- case: nested atomic blocks
BEGIN
-- then
SELECT COUNT(*) AS "__count" FROM "buyers"
-- then
SAVEPOINT "s140668639001472_x1"
-- then
SELECT COUNT(*) AS "__count" FROM "contracts" WHERE "contracts"."price" > 1
-- then
RELEASE SAVEPOINT "s140668639001472_x1"
-- then
COMMIT
-- case: server side cursor
BEGIN
-- then
DECLARE "_django_curs_140668639001472_sync_1" NO SCROLL CURSOR FOR SELECT "buyers"."id" AS "id", "buyers"."phone" AS "phone" FROM "buyers" ORDER BY 1 ASC
-- then
FETCH FORWARD 50 FROM "_django_curs_140668639001472_sync_1"
-- then
FETCH FORWARD 50 FROM "_django_curs_140668639001472_sync_1"
-- then
FETCH FORWARD 50 FROM "_django_curs_140668639001472_sync_1"
-- then
FETCH FORWARD 50 FROM "_django_curs_140668639001472_sync_1"
-- then
FETCH FORWARD 50 FROM "_django_curs_140668639001472_sync_1"
-- then
FETCH FORWARD 50 FROM "_django_curs_140668639001472_sync_1"
-- then
FETCH FORWARD 50 FROM "_django_curs_140668639001472_sync_1"
-- then
CLOSE "_django_curs_140668639001472_sync_1"
-- then
COMMIT
-- case: introspection
SELECT
                c.relname,
                CASE
                    WHEN c.relispartition THEN 'p'
                    WHEN c.relkind IN ('m', 'v') THEN 'v'
                    ELSE 't'
                END,
                obj_description(c.oid, 'pg_class')
            FROM pg_catalog.pg_class c
            LEFT JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind IN ('f', 'm', 'p', 'r', 'v')
                AND n.nspname NOT IN ('pg_catalog', 'pg_toast')
                AND pg_catalog.pg_table_is_visible(c.oid)
-- case: introspection, 2
SELECT
                s.relname AS sequence_name,
                a.attname AS colname
            FROM
                pg_class s
                JOIN pg_depend d ON d.objid = s.oid
                    AND d.classid = 'pg_class'::regclass
                    AND d.refclassid = 'pg_class'::regclass
                JOIN pg_attribute a ON d.refobjid = a.attrelid
                    AND d.refobjsubid = a.attnum
                JOIN pg_class tbl ON tbl.oid = d.refobjid
                    AND tbl.relname = 'buyers'
                    AND pg_catalog.pg_table_is_visible(tbl.oid)
            WHERE
                s.relkind = 'S'
-- case: introspection, 3
SELECT
                a.attname AS column_name,
                NOT (a.attnotnull OR (t.typtype = 'd' AND t.typnotnull)) AS is_nullable,
                pg_get_expr(ad.adbin, ad.adrelid) AS column_default,
                CASE WHEN collname = 'default' THEN NULL ELSE collname END AS collation,
                a.attidentity != '' AS is_autofield,
                col_description(a.attrelid, a.attnum) AS column_comment
            FROM pg_attribute a
            LEFT JOIN pg_attrdef ad ON a.attrelid = ad.adrelid AND a.attnum = ad.adnum
            LEFT JOIN pg_collation co ON a.attcollation = co.oid
            JOIN pg_type t ON a.atttypid = t.oid
            JOIN pg_class c ON a.attrelid = c.oid
            JOIN pg_namespace n ON c.relnamespace = n.oid
            WHERE c.relkind IN ('f', 'm', 'p', 'r', 'v')
                AND c.relname = 'buyers'
                AND n.nspname NOT IN ('pg_catalog', 'pg_toast')
                AND pg_catalog.pg_table_is_visible(c.oid)
-- case: introspection, 4
SELECT * FROM "buyers" LIMIT 1
-- case: introspection, 5
SELECT a1.attname, c2.relname, a2.attname
            FROM pg_constraint con
            LEFT JOIN pg_class c1 ON con.conrelid = c1.oid
            LEFT JOIN pg_class c2 ON con.confrelid = c2.oid
            LEFT JOIN
                pg_attribute a1 ON c1.oid = a1.attrelid AND a1.attnum = con.conkey[1]
            LEFT JOIN
                pg_attribute a2 ON c2.oid = a2.attrelid AND a2.attnum = con.confkey[1]
            WHERE
                c1.relname = 'buyers' AND
                con.contype = 'f' AND
                c1.relnamespace = c2.relnamespace AND
                pg_catalog.pg_table_is_visible(c1.oid)
-- case: introspection, 6
SELECT
                c.conname,
                array(
                    SELECT attname
                    FROM unnest(c.conkey) WITH ORDINALITY cols(colid, arridx)
                    JOIN pg_attribute AS ca ON cols.colid = ca.attnum
                    WHERE ca.attrelid = c.conrelid
                    ORDER BY cols.arridx
                ),
                c.contype,
                (SELECT fkc.relname || '.' || fka.attname
                FROM pg_attribute AS fka
                JOIN pg_class AS fkc ON fka.attrelid = fkc.oid
                WHERE fka.attrelid = c.confrelid AND fka.attnum = c.confkey[1]),
                cl.reloptions
            FROM pg_constraint AS c
            JOIN pg_class AS cl ON c.conrelid = cl.oid
            WHERE cl.relname = 'buyers' AND pg_catalog.pg_table_is_visible(cl.oid)
-- case: introspection, 7
SELECT
                indexname,
                array_agg(attname ORDER BY arridx),
                indisunique,
                indisprimary,
                array_agg(ordering ORDER BY arridx),
                amname,
                exprdef,
                s2.attoptions
            FROM (
                SELECT
                    c2.relname as indexname, idx.*, attr.attname, am.amname,
                    CASE
                        WHEN idx.indexprs IS NOT NULL THEN
                            pg_get_indexdef(idx.indexrelid)
                    END AS exprdef,
                    CASE am.amname
                        WHEN 'btree' THEN
                            CASE (option & 1)
                                WHEN 1 THEN 'DESC' ELSE 'ASC'
                            END
                    END as ordering,
                    c2.reloptions as attoptions
                FROM (
                    SELECT *
                    FROM
                        pg_index i,
                        unnest(i.indkey, i.indoption)
                            WITH ORDINALITY koi(key, option, arridx)
                ) idx
                LEFT JOIN pg_class c ON idx.indrelid = c.oid
                LEFT JOIN pg_class c2 ON idx.indexrelid = c2.oid
                LEFT JOIN pg_am am ON c2.relam = am.oid
                LEFT JOIN
                    pg_attribute attr ON attr.attrelid = c.oid AND attr.attnum = idx.key
                WHERE c.relname = 'buyers' AND pg_catalog.pg_table_is_visible(c.oid)
            ) s2
            GROUP BY indexname, indisunique, indisprimary, amname, exprdef, attoptions
-- case: isolation level set
SET default_transaction_isolation TO 'repeatable read'
-- then
RESET default_transaction_isolation
