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
-- case: a key of a document is set
BEGIN
-- then
UPDATE housing.profiles SET extra = jsonb_set(extra, '{level}', '3') WHERE id % 10 IN (1, 2, 6)
-- then
ROLLBACK
-- case: a document is merged into
BEGIN
-- then
UPDATE housing.profiles SET extra = extra || '{"seen": true}' WHERE id % 10 IN (1, 2, 6) AND id < 60
-- then
ROLLBACK
-- case: merged, whether there is one or not
BEGIN
-- then
UPDATE housing.profiles SET extra = COALESCE(extra, '{}'::jsonb) || jsonb_build_object('seen', now()::date = '2000-01-01') WHERE id % 10 IN (1, 2, 3)
-- then
ROLLBACK
-- case: a key is taken away
BEGIN
-- then
UPDATE housing.profiles SET extra = extra - 'level' #- '{contacts,0,kin}' WHERE id % 10 IN (1, 2, 6) AND id < 60
-- then
ROLLBACK
-- case: a new number at a masked place
BEGIN
-- then
UPDATE housing.profiles AS p SET extra = jsonb_set(p.extra, '{phone}', '"13911112222"') WHERE id = 1
-- then
ROLLBACK
-- case: inside of a list
BEGIN
-- then
UPDATE housing.profiles SET extra = jsonb_insert(extra, '{stars}', '5'::jsonb) WHERE id IN (1, 2)
-- then
ROLLBACK
-- case: a list grows
BEGIN
-- then
UPDATE housing.profiles SET phones = array_append(phones, '13911112222'::varchar) WHERE id IN (4, 5, 6, 7)
-- then
ROLLBACK
-- case: a list grows by another
BEGIN
-- then
UPDATE housing.profiles SET phones = phones || ARRAY['13911112222', '13911113333']::varchar[] WHERE id IN (4, 5, 6, 7)
-- then
ROLLBACK
-- case: in an upsert
BEGIN
-- then
INSERT INTO housing.profiles AS p (id, extra) VALUES (1, '{"level": 2}') ON CONFLICT (id) DO UPDATE SET extra = p.extra || '{"level": 2}'
-- then
ROLLBACK
-- case: a document is merged into, bound
-- bind: {"seen": true}
BEGIN
-- then
UPDATE housing.profiles SET extra = extra || $1 WHERE id = 1
-- then
ROLLBACK
-- case: hibernate6: insert with returning identity
BEGIN
-- then
insert into app.events (kind,at,payload,id) values ('x',localtimestamp,cast('{"a":1}' as jsonb),(select coalesce(max(id),0)+1 from app.events)) returning id
-- then
ROLLBACK
-- case: hibernate6: dml by cte
BEGIN
-- then
with HTE_buyers(id) as materialized (select b1_0.id from housing.buyers b1_0 where b1_0.level=2),d as (delete from housing.calls c where c.buyer_id in (select h.id from HTE_buyers h) returning c.id) select count(*) from HTE_buyers id,d
-- then
ROLLBACK
-- case: ef core: concurrency token xmin
BEGIN
-- then
UPDATE app.events SET kind = 'z' WHERE id = 3 AND xmin = (SELECT e.xmin FROM app.events e WHERE e.id = 3) RETURNING id
-- then
UPDATE housing.buyers SET level = 1 WHERE id = 3 AND xmin = '1'
-- then
ROLLBACK
-- case: gorm: save all fields
BEGIN
-- then
UPDATE "housing"."agents" SET "name"='n',"desk"='d',"commission"=0.02,"manager_id"=NULL WHERE "id" = 3
-- then
UPDATE "housing"."buyers" SET "active"=false WHERE "buyers"."id" = 3 AND "buyers"."active"
-- then
ROLLBACK
-- case: prisma: native upsert
BEGIN
-- then
INSERT INTO "app"."settings" ("key","value") VALUES ('city','z') ON CONFLICT ("key") DO UPDATE SET "value" = 'z' WHERE ("app"."settings"."key" = 'city' AND 1=1) RETURNING "app"."settings"."key", "app"."settings"."value"
-- then
UPDATE "housing"."buyers" SET "level" = ("housing"."buyers"."level" + 1) WHERE ("housing"."buyers"."id" IN (1,2) AND 1=1) RETURNING "housing"."buyers"."id", "housing"."buyers"."name", "housing"."buyers"."phone"
-- then
DELETE FROM "housing"."leads" WHERE ("housing"."leads"."id" = 3 AND 1=1) RETURNING "housing"."leads"."id", "housing"."leads"."name"
-- then
ROLLBACK
-- case: knex: on conflict merge and returning
BEGIN
-- then
insert into "app"."settings" ("key", "value") values ('city', 'a'), ('z', 'b') on conflict ("key") do update set "key" = excluded."key", "value" = excluded."value" returning "key"
-- then
update "housing"."buyers" set "level" = "level" + 1 where "id" in (select "buyer_id" from "housing"."contracts" where "status" = 'filed') returning "id"
-- then
delete from "housing"."calls" where "at" < '2023-02-01' returning "id"
-- then
ROLLBACK
-- case: django: bulk_update
BEGIN
-- then
UPDATE "housing"."buyers" SET "level" = (CASE WHEN ("housing"."buyers"."id" = 1) THEN 3 WHEN ("housing"."buyers"."id" = 2) THEN 1 ELSE NULL END)::integer, "active" = (CASE WHEN ("housing"."buyers"."id" = 1) THEN true WHEN ("housing"."buyers"."id" = 2) THEN false ELSE NULL END)::boolean WHERE "housing"."buyers"."id" IN (1, 2)
-- then
ROLLBACK
-- case: django: bulk_create ignore and update conflicts
BEGIN
-- then
INSERT INTO "app"."settings" ("key", "value") VALUES ('city', 'v'), ('b', 'w') ON CONFLICT DO NOTHING
-- then
INSERT INTO "app"."settings" ("key", "value") VALUES ('city', 'v'), ('b2', 'w') ON CONFLICT("key") DO UPDATE SET "value" = EXCLUDED."value" RETURNING "app"."settings"."key"
-- then
ROLLBACK
-- case: activerecord: upsert_all
BEGIN
-- then
INSERT INTO "app"."settings" ("key","value") VALUES ('city', 'x'), ('c', 'y') ON CONFLICT ("key") DO UPDATE SET "value"=excluded."value" RETURNING "key"
-- then
INSERT INTO "app"."events" ("id","kind","at") VALUES (1, 'x', CURRENT_TIMESTAMP) ON CONFLICT ("id") DO UPDATE SET at=(CASE WHEN ("events"."kind" IS NOT DISTINCT FROM excluded."kind") THEN "events".at ELSE CURRENT_TIMESTAMP END),"kind"=excluded."kind" RETURNING "id"
-- then
ROLLBACK
-- case: doctrine: sequence batch and versions
BEGIN
-- then
SELECT NEXTVAL('series.ids') IS NOT NULL
-- then
UPDATE housing.buyers SET level = level + 1 WHERE id = 3 AND level = 1
-- then
SELECT b0_.level AS level_0 FROM housing.buyers b0_ WHERE b0_.id = 3
-- then
ROLLBACK
-- case: job queue: delete returning as pop
BEGIN
-- then
DELETE FROM app.events WHERE id = ANY (ARRAY(SELECT id FROM app.events WHERE kind = 'export' ORDER BY id LIMIT 2 FOR UPDATE SKIP LOCKED)) RETURNING id, kind, payload
-- then
ROLLBACK
-- case: outbox: insert with the change of a buyer
BEGIN
-- then
WITH ch AS (UPDATE buyers SET level = level + 1 WHERE id = 4 RETURNING id, level) INSERT INTO app.events (id, kind, at, payload) SELECT 9100 + id, 'buyer.level', now(), jsonb_build_object('id', id, 'level', level) FROM ch RETURNING id, payload
-- then
ROLLBACK
-- case: merge with delete and do nothing
BEGIN
-- then
MERGE INTO app.settings t USING (VALUES ('city', NULL), ('new', 'x'), ('phone', 'y')) s(key, value) ON t.key = s.key WHEN MATCHED AND s.value IS NULL THEN DELETE WHEN MATCHED THEN UPDATE SET value = s.value WHEN NOT MATCHED AND s.value IS NULL THEN DO NOTHING WHEN NOT MATCHED THEN INSERT (key, value) VALUES (s.key, s.value)
-- then
SELECT * FROM app.settings ORDER BY key
-- then
ROLLBACK
-- case: buyer's contact changed by parameters
-- bind: 13900002222, 4
BEGIN
-- then
UPDATE buyers SET phone = $1, level = level + 1 WHERE id = $2
-- then
ROLLBACK
-- case: reassign all of an agent
BEGIN
-- then
UPDATE contracts SET agent_id = 2 WHERE agent_id = 3 AND status <> 'cancelled'
-- then
UPDATE visits v SET agent_id = c.agent_id FROM contracts c WHERE c.buyer_id = v.buyer_id AND v.agent_id = 3
-- then
ROLLBACK
-- case: temp table with serial and default, unlogged words
BEGIN
-- then
CREATE TEMP TABLE rows_in (n int GENERATED ALWAYS AS IDENTITY, line text NOT NULL, ok boolean DEFAULT true, CHECK (line <> ''))
-- then
INSERT INTO rows_in (line) VALUES ('a;1'), ('b;2') RETURNING n, line, ok
-- then
UPDATE rows_in SET ok = false WHERE split_part(line, ';', 2)::int > 1
-- then
SELECT n, split_part(line, ';', 1) FROM rows_in WHERE ok ORDER BY n
-- then
ROLLBACK
-- case: foreign key fails [fails]
BEGIN
-- then
INSERT INTO app.events (id, kind, at) VALUES (1, 'x', now())
-- then
ROLLBACK
-- case: parameters: lead by key of an agent looked up
-- bind: 9001, 张三, 13911112222, 周
BEGIN
-- then
INSERT INTO leads (id, name, phone, source) VALUES ($1, $2, $3, (SELECT a.desk FROM agents a WHERE a.name LIKE $4 || '%' LIMIT 1)) RETURNING id
-- then
ROLLBACK
-- case: parameters: contact set with a check of version and a subquery
-- bind: 13911112222, 4, 1
BEGIN
-- then
UPDATE buyers SET phone = $1, agent_id = (SELECT min(a.id) FROM agents a WHERE a.manager_id = 1) WHERE id = $2 AND level >= $3
-- then
ROLLBACK
-- case: parameters: upsert of a contact
-- bind: 9001, 13911112222
BEGIN
-- then
INSERT INTO contacts (id, phone) VALUES ($1, $2) ON CONFLICT (id) DO UPDATE SET phone = EXCLUDED.phone RETURNING id
-- then
INSERT INTO contacts AS c (id, phone) VALUES ($1, $2) ON CONFLICT (id) DO UPDATE SET phone = COALESCE(EXCLUDED.phone, c.phone) RETURNING c.id
-- then
ROLLBACK
-- case: parameters: delete by pairs and by age
-- bind: {1,2}, 2023-02-01
BEGIN
-- then
DELETE FROM co_buyers WHERE contract_id = ANY ($1::int[]) AND $2::date IS NOT NULL
-- then
DELETE FROM calls WHERE at < $2::date AND id <> ALL ($1::int[])
-- then
ROLLBACK
-- case: a number that is looked up among the values
BEGIN
-- then
INSERT INTO housing.leads (id, name) VALUES ((SELECT max(id) + 1000 FROM housing.buyers), upper('x'))
-- then
ROLLBACK
-- case: a key that is looked up among the values
BEGIN
-- then
INSERT INTO housing.calls (id, phone, buyer_id, at, seconds) VALUES (9001, '13911112222', (SELECT id FROM housing.buyers WHERE id = 3), now(), 30)
-- then
ROLLBACK
-- case: the same, bound
-- bind: 9001, 王伟, 13911112222, 3
BEGIN
-- then
INSERT INTO housing.buyers (id, name, phone, level, created_at, agent_id) VALUES ($1, $2, $3, 1, now(), (SELECT agent_id FROM housing.buyers WHERE id = $4))
-- then
ROLLBACK
