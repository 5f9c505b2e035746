-- search_path: housing, public
-- case: hibernate: for no key update of alias skip locked
BEGIN
-- then
select b1_0.id,b1_0.name,b1_0.phone from housing.buyers b1_0 where b1_0.id=3 for no key update of b1_0 skip locked
-- then
ROLLBACK
-- case: hibernate: insert select with generated ids
BEGIN
-- then
insert into app.events as e1_0(id,kind,at,payload) select 7000+row_number() over(order by c.id),c.status,c.signed,jsonb_build_object('price',c.price) from housing.contracts c where c.id<6
-- then
select id,kind,at,payload from app.events where id>7000 order by id
-- then
ROLLBACK
-- case: mybatis: foreach insert
-- bind: 801, 张三, 13811112222, web, 802, 李四, 13811113333, fair
BEGIN
-- then
INSERT INTO housing.leads (id, name, phone, source) VALUES ($1, $2, $3, $4) , ($5, $6, $7, $8)
-- then
ROLLBACK
-- case: django: select for update of self
BEGIN
-- then
SELECT "b"."id", "b"."name", "b"."phone" FROM "housing"."buyers" "b" INNER JOIN "housing"."agents" "a" ON ("b"."agent_id" = "a"."id") WHERE "b"."id" = 4 LIMIT 21 FOR UPDATE OF "b" SKIP LOCKED
-- then
ROLLBACK
-- case: django: f expression update
BEGIN
-- then
UPDATE "housing"."buyers" SET "level" = ("housing"."buyers"."level" + 1) WHERE ("housing"."buyers"."active" AND "housing"."buyers"."id" IN (SELECT U0."buyer_id" FROM "housing"."visits" U0))
-- then
ROLLBACK
-- case: django: bulk create of leads by unnest
BEGIN
-- then
INSERT INTO "housing"."leads" ("id", "name", "phone", "source") SELECT * FROM UNNEST((ARRAY[9001,9002])::integer[], (ARRAY['张三','李四'])::text[], (ARRAY['13811112222','13811113333'])::varchar[], (ARRAY['web','fair'])::text[])
-- then
ROLLBACK
-- case: rails: insert_all returning
BEGIN
-- then
INSERT INTO "app"."settings" ("key","value") VALUES ('aa', 'b') ON CONFLICT  DO NOTHING RETURNING "key"
-- then
INSERT INTO "app"."settings" ("key","value") VALUES ('city', 'b') ON CONFLICT ("key") DO UPDATE SET "value"=excluded."value" RETURNING "key"
-- then
ROLLBACK
-- case: dbeaver: cell edited by key
BEGIN
-- then
UPDATE housing.buyers SET "level"=3 WHERE id=5
-- then
ROLLBACK
-- case: ef core: execute delete with join
BEGIN
-- then
DELETE FROM housing.visits AS v USING housing.buyers AS b WHERE v.buyer_id = b.id AND b.level = 3
-- then
ROLLBACK
-- case: typeorm: start transaction with isolation
START TRANSACTION
-- then
SET TRANSACTION ISOLATION LEVEL READ COMMITTED
-- then
SELECT "b"."id" FROM "housing"."buyers" "b" WHERE "b"."id" = 1 FOR UPDATE NOWAIT
-- then
COMMIT
-- case: metabase: privileges of tables [bag]
with table_privileges as (select NULL as role, t.schemaname as schema, t.objectname as table, pg_catalog.has_any_column_privilege(current_user, format('%I.%I', t.schemaname, t.objectname), 'update') as update, pg_catalog.has_any_column_privilege(current_user, format('%I.%I', t.schemaname, t.objectname), 'select') as select, pg_catalog.has_any_column_privilege(current_user, format('%I.%I', t.schemaname, t.objectname), 'insert') as insert, pg_catalog.has_table_privilege(current_user, format('%I.%I', t.schemaname, t.objectname), 'delete') as delete from (select schemaname, tablename as objectname from pg_catalog.pg_tables union select schemaname, viewname as objectname from pg_views union select schemaname, matviewname as objectname from pg_matviews) t where t.schemaname !~ '^pg_' and t.schemaname <> 'information_schema' and pg_catalog.has_schema_privilege(current_user, t.schemaname, 'usage')) select t.* from table_privileges t where t.schema in ('housing') order by 3
-- case: hasura: insert mutation check
BEGIN
-- then
WITH "housing_leads__mutation_result_alias" AS (INSERT INTO "app"."settings" ("key", "value") VALUES ('h', 'x') RETURNING *, ('true')::boolean AS "check__constraint"), "alias" AS (SELECT "key", "value" FROM "housing_leads__mutation_result_alias") SELECT json_build_object('affected_rows', (SELECT COUNT(*) FROM "alias"))::text AS "response", (SELECT bool_and("check__constraint") FROM "housing_leads__mutation_result_alias") AS ok
-- then
ROLLBACK
-- case: update of several columns by row and sub
BEGIN
-- then
UPDATE agents SET (name, desk) = ('n', 'd') WHERE id = 2
-- then
UPDATE agents SET (name, desk) = ROW('n', DEFAULT) WHERE id = 2
-- then
UPDATE agents a SET (desk, commission) = (SELECT 'd' || count(*), max(level) / 100.0 FROM buyers b WHERE b.agent_id = a.id) WHERE id < 4 RETURNING *
-- then
ROLLBACK
-- case: merge levels from contracts
BEGIN
-- then
MERGE INTO buyers b USING (SELECT buyer_id, count(*)::int AS n FROM contracts GROUP BY buyer_id) c ON b.id = c.buyer_id WHEN MATCHED AND b.level < c.n THEN UPDATE SET level = c.n
-- then
ROLLBACK
-- case: temp table like protected
BEGIN
-- then
CREATE TEMP TABLE t1 (LIKE buyers)
-- then
INSERT INTO t1 SELECT * FROM buyers WHERE level = 1
-- then
SELECT id, name, phone FROM t1 ORDER BY id LIMIT 3
-- then
ROLLBACK
-- case: job queue with skip locked and limit in sub
BEGIN
-- then
UPDATE app.events SET kind = 'run' WHERE id = (SELECT id FROM app.events WHERE kind = 'export' ORDER BY at, id FOR UPDATE SKIP LOCKED LIMIT 1) RETURNING id, payload
-- then
ROLLBACK
-- case: batch: multi insert error rolls back [simple fails]
INSERT INTO app.settings VALUES ('mm','1'); INSERT INTO app.settings VALUES ('mm','2')
-- then
SELECT count(*) FROM app.settings WHERE key = 'mm'
-- case: write: insert lead where not exists
BEGIN
-- then
INSERT INTO leads (id, name, phone, source) SELECT 9300, '赵六', '13611112222', 'web' WHERE NOT EXISTS (SELECT 1 FROM leads WHERE id = 9300)
-- then
ROLLBACK
-- case: write: swap of two rows
BEGIN
-- then
UPDATE agents a SET desk = o.desk FROM agents o WHERE (a.id, o.id) IN ((1, 2), (2, 1))
-- then
SELECT id, desk FROM agents WHERE id < 3 ORDER BY id
-- then
ROLLBACK
-- case: write: document grows in an open table
BEGIN
-- then
UPDATE app.events SET payload = payload || jsonb_build_object('seen', true) #- '{ok}' WHERE id = 3 RETURNING payload
-- then
UPDATE app.events SET payload = jsonb_set(payload - 'n', '{tags}', coalesce(payload -> 'tags', '[]') || '["x"]', true) WHERE id = 3 RETURNING payload
-- then
ROLLBACK
-- case: write: delete duplicates by ctid of an open table
BEGIN
-- then
DELETE FROM app.events a USING app.events b WHERE a.ctid < b.ctid AND a.kind = b.kind AND a.id < 3
-- then
ROLLBACK
-- case: update of an open table with alias old
BEGIN
-- then
UPDATE units u SET status = 'sold' FROM units old WHERE old.id = u.id AND u.id = 4 RETURNING old.status, u.status
-- then
ROLLBACK
-- case: w insert unnest lists
-- bind: {9001,9002}, {张三,李四}, {13811112222,13811113333}
BEGIN
-- then
INSERT INTO leads (id, name, phone) SELECT * FROM unnest($1::int[], $2::text[], $3::varchar[]) RETURNING id
-- then
ROLLBACK
-- case: delete with limit by cte and join
BEGIN
-- then
WITH del AS (SELECT id FROM calls WHERE outcome = 'refused' ORDER BY at LIMIT 3 FOR UPDATE) DELETE FROM calls k USING del WHERE k.id = del.id RETURNING k.id
-- then
ROLLBACK
-- case: values called new
BEGIN
-- then
UPDATE buyers b SET level = new.level FROM (VALUES (1, 2)) AS new(id, level) WHERE b.id = new.id
-- then
ROLLBACK
-- case: with called new
BEGIN
-- then
WITH new AS (SELECT 3 AS id, 2 AS level) UPDATE buyers b SET level = new.level FROM new WHERE b.id = new.id
-- then
ROLLBACK
-- case: using called old
BEGIN
-- then
DELETE FROM visits v USING buyers old WHERE old.id = v.buyer_id AND old.level = 3
-- then
ROLLBACK
-- case: names inside of what is returned
BEGIN
-- then
DELETE FROM leads WHERE id < 4 RETURNING (SELECT row_to_json(x) FROM (SELECT leads.phone, name) x)
-- then
ROLLBACK
-- case: a subquery over the row that is written
BEGIN
-- then
UPDATE leads SET source = 'x' WHERE EXISTS (SELECT 1 FROM (SELECT leads.phone) x WHERE x.phone LIKE '1%') RETURNING id
-- then
ROLLBACK
-- case: rollup beside a write
BEGIN
-- then
WITH d AS (UPDATE leads SET source = 'x' WHERE id < 9 RETURNING id, phone) SELECT phone, count(*) FROM buyers GROUP BY ROLLUP (phone) ORDER BY 1 LIMIT 3
-- then
ROLLBACK
-- case: cube over what is returned
BEGIN
-- then
WITH d AS (DELETE FROM leads WHERE id < 9 RETURNING phone) SELECT phone, count(*) FROM d GROUP BY CUBE (phone) ORDER BY 1
-- then
ROLLBACK
