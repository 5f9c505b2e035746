-- case: Rails find
SELECT "housing"."buyers".* FROM "housing"."buyers" WHERE "housing"."buyers"."id" = 9 LIMIT 1
-- case: Rails pluck
SELECT "housing"."buyers"."phone" FROM "housing"."buyers" ORDER BY "housing"."buyers"."id" ASC LIMIT 10
-- case: Rails includes
SELECT "housing"."visits".* FROM "housing"."visits" WHERE "housing"."visits"."buyer_id" IN (1, 6, 11) ORDER BY id
-- case: Rails exists
SELECT 1 AS one FROM "housing"."buyers" WHERE "housing"."buyers"."level" = 1 LIMIT 1
-- case: Rails batches
SELECT "housing"."buyers".* FROM "housing"."buyers" WHERE "housing"."buyers"."id" > 100 ORDER BY "housing"."buyers"."id" ASC LIMIT 50
-- case: Sequelize
SELECT "Buyer"."id", "Buyer"."name", "contracts"."id" AS "contracts.id", "contracts"."price" AS "contracts.price" FROM "housing"."buyers" AS "Buyer" LEFT OUTER JOIN "housing"."contracts" AS "contracts" ON "Buyer"."id" = "contracts"."buyer_id" WHERE "Buyer"."id" < 10 ORDER BY 1, 3
-- case: Sequelize count with distinct
SELECT count(DISTINCT("Buyer"."id")) AS "count" FROM "housing"."buyers" AS "Buyer" LEFT OUTER JOIN "housing"."visits" AS "v" ON "v"."buyer_id" = "Buyer"."id"
-- case: Prisma
SELECT "housing"."buyers"."id", "housing"."buyers"."phone" FROM "housing"."buyers" WHERE ("housing"."buyers"."level" = 2 AND 1=1) ORDER BY "housing"."buyers"."id" ASC LIMIT 5 OFFSET 0
-- case: TypeORM distinct paging
SELECT DISTINCT "distinctAlias"."Buyer_id" AS "ids_Buyer_id" FROM (SELECT "Buyer"."id" AS "Buyer_id", "Buyer"."name" AS "Buyer_name" FROM "housing"."buyers" "Buyer") "distinctAlias" ORDER BY "Buyer_id" ASC LIMIT 10
-- case: Entity Framework
SELECT b."id", b."name", t."id" AS "Id0", t."price" FROM housing.buyers AS b LEFT JOIN (SELECT c."id", c."buyer_id", c."price" FROM housing.contracts AS c WHERE c."price" > 1200000.0) AS t ON b."id" = t."buyer_id" WHERE b."id" < 20 ORDER BY b."id", t."id"
-- case: Entity Framework any
SELECT EXISTS (SELECT 1 FROM housing.buyers AS b WHERE b.level = 3)
-- case: jOOQ
select "b"."id", "b"."phone", row_number() over (order by "b"."id") as "rn" from "housing"."buyers" as "b" order by "rn" fetch next 5 rows only
-- case: jOOQ multiset
select "b"."id", (select coalesce(jsonb_agg(jsonb_build_array("v0", "v1")), jsonb_build_array()) from (select "c"."id" as "v0", "c"."bank_card" as "v1" from "housing"."contracts" as "c" where "c"."buyer_id" = "b"."id" order by "c"."id") as "t") as "contracts" from "housing"."buyers" as "b" where "b"."id" < 8 order by "b"."id"
-- case: MyBatis paging plug-in
SELECT COUNT(0) FROM (SELECT id, name, phone FROM housing.buyers WHERE active = TRUE) table_count
-- case: MyBatis dynamic where
-- bind: %海%, 1
SELECT b.id, b.name, p.name AS project FROM housing.buyers b JOIN housing.contracts c ON c.buyer_id = b.id JOIN housing.units u ON u.id = c.unit_id JOIN housing.buildings g ON g.id = u.building_id JOIN housing.projects p ON p.id = g.project_id WHERE p.name LIKE $1 AND b.level >= $2 ORDER BY c.id
-- case: MyBatis-Plus with Chinese aliases
SELECT id AS "编号", name AS "姓名", phone AS "电话" FROM housing.buyers ORDER BY "编号" LIMIT 5
-- case: Laravel
select "id", "name", "phone" from "housing"."buyers" where "agent_id" = 3 order by "id" asc limit 15 offset 0
-- case: Laravel aggregate
select count(*) as aggregate from "housing"."buyers" where "agent_id" = 3
-- case: GORM
SELECT * FROM "housing"."buyers" WHERE "buyers"."id" = 17 ORDER BY "buyers"."id" LIMIT 1
-- case: Doctrine
SELECT t0.id AS id_1, t0.name AS name_2, t0.phone AS phone_3 FROM housing.buyers t0 WHERE t0.agent_id = 5 ORDER BY t0.id ASC
-- case: Ecto
SELECT b0."id", b0."name", b0."phone" FROM "housing"."buyers" AS b0 WHERE (b0."level" = ANY('{1,2}')) ORDER BY b0."id" LIMIT 9
-- case: Diesel
SELECT "housing"."buyers"."id", "housing"."buyers"."name" FROM "housing"."buyers" WHERE (("housing"."buyers"."level" > 1) AND ("housing"."buyers"."active" = true)) ORDER BY "housing"."buyers"."id"
-- case: PostgREST
WITH pgrst_source AS (SELECT "housing"."buyers"."id", "housing"."buyers"."phone" FROM "housing"."buyers" ORDER BY "housing"."buyers"."id" LIMIT 5) SELECT null::bigint AS total_result_set, pg_catalog.count(_postgrest_t) AS page_total, coalesce(json_agg(_postgrest_t), '[]') AS body FROM (SELECT * FROM pgrst_source) _postgrest_t
-- case: Hasura
SELECT coalesce(json_agg("root"), '[]') AS "root" FROM (SELECT row_to_json((SELECT "_e" FROM (SELECT "_root.base"."id" AS "id", "_root.base"."phone" AS "phone") AS "_e")) AS "root" FROM (SELECT * FROM "housing"."buyers" WHERE ("housing"."buyers"."level") = (('2')::integer) ORDER BY "id" LIMIT 3) AS "_root.base") AS "_root"
-- case: Metabase
SELECT "source"."agent_id" AS "agent_id", COUNT(*) AS "count" FROM (SELECT "housing"."buyers"."agent_id" AS "agent_id", "housing"."buyers"."phone" AS "phone" FROM "housing"."buyers") "source" GROUP BY "source"."agent_id" ORDER BY "source"."agent_id" ASC
-- case: Superset
SELECT DATE_TRUNC('week', created_at) AS __timestamp, count(*) AS count FROM housing.buyers WHERE created_at >= '2023-01-01 00:00:00.000000' AND created_at < '2024-01-01 00:00:00.000000' GROUP BY DATE_TRUNC('week', created_at) ORDER BY 1 LIMIT 50000
-- case: Tableau
SELECT CAST("buyers"."name" AS TEXT) AS "name", SUM(1) AS "sum:Number of Records:ok" FROM "housing"."buyers" "buyers" GROUP BY 1 ORDER BY 1 NULLS FIRST
-- case: table with odd names
SELECT "id", "Select", "a""b", "名称" FROM app."Odd Names" ORDER BY "id"
-- case: unprotected table by search path
SET search_path TO app, public
-- then
SELECT key, value FROM settings ORDER BY key
-- case: protected table by search path
SET search_path TO housing, public
-- then
SELECT id, phone FROM buyers ORDER BY id LIMIT 5
