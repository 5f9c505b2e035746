-- case: list page
SELECT "buyers"."id", "buyers"."name", "buyers"."phone", "buyers"."level" FROM "housing"."buyers" "buyers" ORDER BY "buyers"."id" ASC LIMIT 21
-- case: get by primary key
-- bind: 7
SELECT "buyers"."id", "buyers"."name", "buyers"."id_no", "buyers"."phone", "buyers"."email" FROM "housing"."buyers" WHERE "buyers"."id" = $1 LIMIT 21
-- case: get by primary key, literal
SELECT "buyers"."id", "buyers"."name", "buyers"."phone" FROM "housing"."buyers" WHERE "buyers"."id" = 7 LIMIT 21
-- case: count
SELECT COUNT(*) AS "__count" FROM "housing"."buyers" WHERE "buyers"."active"
-- case: exists
SELECT 1 AS "a" FROM "housing"."buyers" WHERE "buyers"."level" = 2 LIMIT 1
-- case: select related
SELECT "contracts"."id", "contracts"."signed", "contracts"."price", "buyers"."id", "buyers"."name", "buyers"."phone" FROM "housing"."contracts" INNER JOIN "housing"."buyers" ON ("contracts"."buyer_id" = "buyers"."id") WHERE "contracts"."status" = 'signed' ORDER BY "contracts"."id" DESC LIMIT 20
-- case: select related through a nullable key
SELECT "buyers"."id", "buyers"."name", "agents"."id", "agents"."name" FROM "housing"."buyers" LEFT OUTER JOIN "housing"."agents" ON ("buyers"."agent_id" = "agents"."id") ORDER BY "buyers"."id" LIMIT 30
-- case: prefetch related
SELECT "co_buyers"."contract_id", "co_buyers"."ordinal", "co_buyers"."name", "co_buyers"."phone" FROM "housing"."co_buyers" WHERE "co_buyers"."contract_id" IN (1, 4, 7, 10, 13) ORDER BY 1, 2
-- case: annotate with a count, grouped by the key alone
SELECT "buyers"."id", "buyers"."name", "buyers"."phone", COUNT("contracts"."id") AS "contracts" FROM "housing"."buyers" LEFT OUTER JOIN "housing"."contracts" ON ("buyers"."id" = "contracts"."buyer_id") GROUP BY "buyers"."id" ORDER BY "buyers"."id" ASC LIMIT 40
-- case: annotate, having
SELECT "buyers"."id", "buyers"."name", SUM("contracts"."price") AS "total" FROM "housing"."buyers" INNER JOIN "housing"."contracts" ON ("buyers"."id" = "contracts"."buyer_id") GROUP BY "buyers"."id" HAVING SUM("contracts"."price") > 1500000 ORDER BY "total" DESC, "buyers"."id"
-- case: grouped by the key, ordered by another column
SELECT "buyers"."id", COUNT("visits"."id") AS "n" FROM "housing"."buyers" LEFT OUTER JOIN "housing"."visits" ON ("buyers"."id" = "visits"."buyer_id") GROUP BY "buyers"."id" ORDER BY "buyers"."created_at" DESC LIMIT 10
-- case: values and annotate
SELECT "buyers"."level", COUNT(*) AS "n", MIN("buyers"."born") AS "oldest" FROM "housing"."buyers" GROUP BY "buyers"."level" ORDER BY "buyers"."level"
-- case: distinct
SELECT DISTINCT "buyers"."phone" FROM "housing"."buyers" WHERE "buyers"."phone" IS NOT NULL ORDER BY "buyers"."phone"
-- case: icontains
SELECT "buyers"."id", "buyers"."name" FROM "housing"."buyers" WHERE UPPER("buyers"."name"::text) LIKE UPPER('%王%') ORDER BY "buyers"."id"
-- case: startswith
SELECT "buyers"."id", "buyers"."phone" FROM "housing"."buyers" WHERE "buyers"."phone"::text LIKE '138%' ORDER BY "buyers"."id"
-- case: date lookup
SELECT "buyers"."id", "buyers"."born" FROM "housing"."buyers" WHERE "buyers"."born" BETWEEN '1980-01-01' AND '1980-12-31' ORDER BY "buyers"."id"
-- case: year extraction
SELECT EXTRACT(YEAR FROM "buyers"."born") AS "year", COUNT(*) FROM "housing"."buyers" GROUP BY 1 ORDER BY 1
-- case: truncated date
SELECT DATE_TRUNC('month', "buyers"."created_at" AT TIME ZONE 'Asia/Shanghai') AS "month", COUNT("buyers"."id") FROM "housing"."buyers" GROUP BY 1 ORDER BY 1
-- case: subquery annotation
SELECT "buyers"."id", (SELECT U0."signed" FROM "housing"."contracts" U0 WHERE U0."buyer_id" = ("buyers"."id") ORDER BY U0."signed" DESC, U0."id" LIMIT 1) AS "last" FROM "housing"."buyers" ORDER BY "buyers"."id" LIMIT 25
-- case: exists filter
SELECT "buyers"."id", "buyers"."phone" FROM "housing"."buyers" WHERE EXISTS(SELECT 1 AS "a" FROM "housing"."contracts" U0 WHERE (U0."buyer_id" = ("buyers"."id") AND U0."price" > 1800000) LIMIT 1) ORDER BY "buyers"."id"
-- case: exclude
SELECT "buyers"."id" FROM "housing"."buyers" WHERE NOT ("buyers"."id" IN (SELECT U1."buyer_id" FROM "housing"."contracts" U1 WHERE U1."status" = 'cancelled')) ORDER BY 1
-- case: case when
SELECT "buyers"."id", CASE WHEN "buyers"."income" > 400000 THEN 'high' WHEN "buyers"."income" IS NULL THEN 'unknown' ELSE 'low' END AS "band" FROM "housing"."buyers" ORDER BY "buyers"."id"
-- case: window
SELECT "buyers"."id", ROW_NUMBER() OVER (PARTITION BY "buyers"."agent_id" ORDER BY "buyers"."created_at") AS "rank" FROM "housing"."buyers" ORDER BY "buyers"."id"
-- case: concat
SELECT "buyers"."id", CONCAT(("buyers"."name")::text, (CONCAT((' ')::text, ("buyers"."phone")::text))::text) AS "label" FROM "housing"."buyers" ORDER BY "buyers"."id"
-- case: coalesce
SELECT COALESCE("buyers"."phone", "buyers"."email", 'none') AS "contact" FROM "housing"."buyers" ORDER BY "buyers"."id"
-- case: union of querysets
(SELECT "buyers"."name" AS "col1" FROM "housing"."buyers" WHERE "buyers"."level" = 1) UNION (SELECT "leads"."name" AS "col1" FROM "housing"."leads") ORDER BY (1) ASC
-- case: json key lookup
SELECT "buyers"."id", ("buyers"."extra" ->> 'wechat') AS "wechat" FROM "housing"."buyers" ORDER BY "buyers"."id" LIMIT 10
-- case: array contains
SELECT "projects"."id" FROM "housing"."projects" WHERE "projects"."tags" @> ARRAY['tag1']::text[] ORDER BY 1
-- case: in bulk
-- bind: {1,2,3,99}
SELECT "buyers"."id", "buyers"."name" FROM "housing"."buyers" WHERE "buyers"."id" = ANY($1) ORDER BY 1
-- case: iterator with a server-side cursor
BEGIN
-- then
DECLARE "_django_curs_140_sync_1" NO SCROLL CURSOR WITHOUT HOLD FOR SELECT "buyers"."id", "buyers"."phone" FROM "housing"."buyers" ORDER BY "buyers"."id"
-- then
FETCH FORWARD 20 FROM "_django_curs_140_sync_1"
-- then
FETCH FORWARD 20 FROM "_django_curs_140_sync_1"
-- then
CLOSE "_django_curs_140_sync_1"
-- then
COMMIT
-- case: select for update
BEGIN
-- then
SELECT "buyers"."id", "buyers"."name" FROM "housing"."buyers" WHERE "buyers"."id" = 3 LIMIT 21 FOR UPDATE
-- then
ROLLBACK
-- case: select for update of, skip locked
BEGIN
-- then
SELECT "contracts"."id", "buyers"."phone" FROM "housing"."contracts" INNER JOIN "housing"."buyers" ON ("contracts"."buyer_id" = "buyers"."id") WHERE "contracts"."id" < 5 ORDER BY 1 FOR NO KEY UPDATE OF "contracts" SKIP LOCKED
-- then
COMMIT
-- case: savepoints around reads
BEGIN
-- then
SAVEPOINT "s140_x1"
-- then
SELECT "buyers"."phone" FROM "housing"."buyers" WHERE "buyers"."id" = 1
-- then
RELEASE SAVEPOINT "s140_x1"
-- then
ROLLBACK
-- case: sqlcommenter
SELECT "buyers"."id", "buyers"."phone" FROM "housing"."buyers" WHERE "buyers"."id" = 4 /*controller='buyers',framework='django%3A4.2',route='buyers/%3Cint%3E'*/
-- case: aggregate over a subquery
SELECT COUNT(*) FROM (SELECT "buyers"."agent_id" AS "col1" FROM "housing"."buyers" GROUP BY 1 HAVING COUNT(*) > 10) subquery
-- case: aggregate
SELECT AVG("buyers"."income") AS "income__avg", MAX("buyers"."income"), MIN("buyers"."born"), STDDEV_POP("buyers"."income") FROM "housing"."buyers"
-- case: random expression over keys
SELECT "buyers"."id", MOD("buyers"."id", 7) AS "m" FROM "housing"."buyers" WHERE MOD("buyers"."id", 7) = 3 ORDER BY 1
-- case: trigram-like search by regular expression
SELECT "buyers"."id", "buyers"."email" FROM "housing"."buyers" WHERE "buyers"."email"::text ~* '^a.*@example\.com$' ORDER BY 1
