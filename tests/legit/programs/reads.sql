-- search_path: housing, public
-- case: spring data: page with count, quoted pagination
-- bind: 1, 10, 5
select b1_0.id,b1_0.active,b1_0.address,b1_0.agent_id,b1_0.born,b1_0.email,b1_0.level,b1_0.name,b1_0.phone from housing.buyers b1_0 where b1_0.level>=$1 order by b1_0.id offset $3 rows fetch first $2 rows only
-- case: hibernate: lower like escape
-- bind: %a%
select b1_0.id,lower(b1_0.email) from housing.buyers b1_0 where lower(b1_0.email) like lower($1) escape '!' order by b1_0.id asc nulls first
-- case: hibernate: window in subquery
select r.id,r.rn from (select c1_0.id,row_number() over(partition by c1_0.buyer_id order by c1_0.signed desc, c1_0.id) from housing.contracts c1_0) r(id,rn) where r.rn=1 order by r.id
-- case: mybatis: selectKey
BEGIN
-- then
SELECT coalesce(max(id),0)+1 FROM housing.leads
-- then
ROLLBACK
-- case: flyway: advisory
SELECT pg_try_advisory_lock(77431708279161)
-- then
SELECT pg_advisory_unlock(77431708279161)
-- case: django: annotate buyers by primary key group
SELECT "b"."id", "b"."name", "b"."phone", "b"."created_at", COUNT("v"."id") AS "visits" FROM "housing"."buyers" "b" LEFT OUTER JOIN "housing"."visits" "v" ON ("b"."id" = "v"."buyer_id") GROUP BY "b"."id" ORDER BY "visits" DESC, "b"."id" LIMIT 10
-- case: django: search vector
SELECT "p"."id", ts_rank(to_tsvector(COALESCE("p"."name", '') || ' ' || COALESCE("p"."district", '')), plainto_tsquery('海悦府')) AS "rank" FROM "housing"."projects" "p" WHERE to_tsvector(COALESCE("p"."name", '') || ' ' || COALESCE("p"."district", '')) @@ (plainto_tsquery('海悦府')) ORDER BY "rank" DESC, 1
-- case: django: constraints introspection [bag]
SELECT indexname, array_agg(attname ORDER BY arridx), indisunique, indisprimary, array_agg(ordering ORDER BY arridx), amname, exprdef, s2.attoptions FROM (SELECT c2.relname as indexname, idx.*, attr.attname, am.amname, CASE WHEN idx.indexprs IS NOT NULL THEN pg_get_indexdef(idx.indexrelid) END AS exprdef, CASE am.amname WHEN 'btree' THEN CASE (option & 1) WHEN 1 THEN 'DESC' ELSE 'ASC' END END as ordering, c2.reloptions as attoptions FROM (SELECT * FROM pg_index i, unnest(i.indkey, i.indoption) WITH ORDINALITY koi(key, option, arridx)) idx LEFT JOIN pg_class c ON idx.indrelid = c.oid LEFT JOIN pg_class c2 ON idx.indexrelid = c2.oid LEFT JOIN pg_am am ON c2.relam = am.oid LEFT JOIN pg_attribute attr ON attr.attrelid = c.oid AND attr.attnum = idx.key WHERE c.relname = 'projects' AND pg_catalog.pg_table_is_visible(c.oid)) s2 GROUP BY indexname, indisunique, indisprimary, amname, exprdef, attoptions
-- case: sqlalchemy: array any
SELECT housing.projects.id FROM housing.projects WHERE '精装' = ANY (housing.projects.tags) ORDER BY housing.projects.id
-- case: rails: find each batch
SELECT "b".* FROM "housing"."buyers" "b" WHERE "b"."id" > 10 ORDER BY "b"."id" ASC LIMIT 1000
-- case: dbeaver: roles [bag]
SELECT a.oid,a.*,pd.description FROM pg_catalog.pg_roles a left join pg_catalog.pg_shdescription pd on a.oid = pd.objoid ORDER BY a.rolname
-- case: dbeaver: procedures [bag]
SELECT p.oid as poid,p.*,CASE WHEN p.prokind = 'a' THEN null ELSE pg_catalog.pg_get_expr(p.proargdefaults, 0) END as arg_defaults,d.description FROM pg_catalog.pg_proc p LEFT OUTER JOIN pg_catalog.pg_description d ON d.objoid=p.oid AND d.objsubid = 0 WHERE p.pronamespace='app'::regnamespace ORDER BY p.proname
-- case: datagrip: server info
select version()
-- then
select current_database() is not null as a, current_schemas(false) as b
-- then
select round(extract(epoch from pg_postmaster_start_time() at time zone 'UTC')) > 0 as startup_time
-- case: pgadmin: connection info [simple]
SET DateStyle=ISO; SET client_min_messages=notice; SELECT set_config('bytea_output','hex',false) FROM pg_show_all_settings() WHERE name = 'bytea_output'; SET client_encoding='UTF8'
-- case: pgadmin: table properties [interference bag]
SELECT *, (CASE when pre_coll_inherits is NULL then ARRAY[]::varchar[] else pre_coll_inherits END) as coll_inherits FROM (SELECT rel.oid, rel.relname AS name, rel.reltablespace AS spcoid,rel.relacl AS relacl_str, (CASE WHEN length(spc.spcname::text) > 0 OR rel.relkind = 'p' THEN spc.spcname ELSE 'pg_default' END) as spcname, (CASE rel.relreplident WHEN 'd' THEN 'default' ELSE 'full' END) as replica_identity, (select nspname FROM pg_catalog.pg_namespace WHERE oid = 'housing'::regnamespace ) as schema, pg_catalog.pg_get_userbyid(rel.relowner) AS relowner, rel.relispartition, rel.relhassubclass, des.description, con.conname, con.conkey, EXISTS(select 1 FROM pg_catalog.pg_trigger JOIN pg_catalog.pg_proc pt ON pt.oid=tgfoid AND pt.proname='logtrigger' WHERE tgrelid=rel.oid) AS isrepl, (SELECT count(*) FROM pg_catalog.pg_trigger WHERE tgrelid=rel.oid AND tgisinternal = FALSE) AS triggercount, (SELECT ARRAY(SELECT CASE WHEN (nspname NOT LIKE 'pg\_%') THEN pg_catalog.quote_ident(nspname)||'.'||pg_catalog.quote_ident(c.relname) ELSE pg_catalog.quote_ident(c.relname) END AS inherited_tables FROM pg_catalog.pg_inherits i JOIN pg_catalog.pg_class c ON c.oid = i.inhparent JOIN pg_catalog.pg_namespace n ON n.oid=c.relnamespace WHERE i.inhrelid = rel.oid ORDER BY inhseqno)) AS pre_coll_inherits, substring(pg_catalog.array_to_string(rel.reloptions, ',') FROM 'fillfactor=([0-9]*)') AS fillfactor, rel.reloptions AS reloptions, tst.reloptions AS toast_reloptions, rel.reloftype, rel.relrowsecurity as rlspolicy, rel.relforcerowsecurity as forcerlspolicy FROM pg_catalog.pg_class rel LEFT OUTER JOIN pg_catalog.pg_tablespace spc on spc.oid=rel.reltablespace LEFT OUTER JOIN pg_catalog.pg_description des ON (des.objoid=rel.oid AND des.objsubid=0 AND des.classoid='pg_class'::regclass) LEFT OUTER JOIN pg_catalog.pg_constraint con ON con.conrelid=rel.oid AND con.contype='p' LEFT OUTER JOIN pg_catalog.pg_class tst ON tst.oid = rel.reltoastrelid WHERE rel.relkind IN ('r','s','t','p') AND rel.relnamespace = 'housing'::regnamespace AND rel.oid = 'housing.buyers'::regclass ) AS TableInformation ORDER BY name
-- case: npgsql: enum labels [bag]
SELECT pg_type.oid, enumlabel FROM pg_enum JOIN pg_type ON pg_type.oid=enumtypid ORDER BY oid, enumsortorder
-- case: ef core: json column query
SELECT e.id, e.payload ->> 'n' FROM app.events AS e WHERE CAST(e.payload ->> 'n' AS integer) > 3 AND (e.payload #>> '{ok}') = 'true' ORDER BY e.id LIMIT 3
-- case: prisma: introspection columns [bag]
SELECT oid.namespace, info.table_name, info.column_name, format_type(att.atttypid, att.atttypmod) as formatted_type, info.numeric_precision, info.numeric_scale, info.numeric_precision_radix, info.datetime_precision, info.data_type, info.udt_schema as type_schema_name, info.udt_name as full_data_type, pg_get_expr(attdef.adbin, attdef.adrelid) AS column_default, info.is_nullable, info.is_identity, info.character_maximum_length, col_description(att.attrelid, ordinal_position) AS description FROM information_schema.columns info JOIN pg_attribute att ON att.attname = info.column_name JOIN (SELECT pg_class.oid, relname, pg_namespace.nspname as namespace FROM pg_class JOIN pg_namespace on pg_namespace.oid = pg_class.relnamespace AND pg_namespace.nspname = ANY ( ARRAY['app'] ) WHERE reltype > 0) as oid on oid.oid = att.attrelid AND relname = info.table_name AND namespace = info.table_schema LEFT OUTER JOIN pg_attrdef attdef ON attdef.adrelid = att.attrelid AND attdef.adnum = att.attnum AND table_schema = namespace ORDER BY namespace, table_name, ordinal_position
-- case: knex: with raw cte and union
with "w" as (select "id", "name" from "housing"."buyers" where "level" = 3) select * from "w" union all select "id", "name" from "housing"."leads" where "source" = 'web' order by 1, 2 limit 10
-- case: gorm: migrator has table
SELECT count(*) FROM information_schema.tables WHERE table_schema = CURRENT_SCHEMA() AND table_name = 'buyers' AND table_type = 'BASE TABLE'
-- case: sqlx: nullability by attribute
SELECT NOT pg_attribute.attnotnull FROM (VALUES (1::int4, 'housing.buyers'::regclass::oid::int4, 1::int2), (2::int4, NULL::int4, NULL::int2)) AS col(idx, table_id, col_idx) LEFT JOIN pg_catalog.pg_attribute ON table_id IS NOT NULL AND attrelid = table_id AND attnum = col_idx ORDER BY col.idx
-- case: metabase: day of week
SELECT CAST(extract(dow FROM "housing"."visits"."at") AS integer) + 1 AS "at", COUNT(*) AS "count" FROM "housing"."visits" GROUP BY CAST(extract(dow FROM "housing"."visits"."at") AS integer) + 1 ORDER BY 1 ASC
-- case: superset: explain estimate [interference]
EXPLAIN SELECT count(*) FROM housing.projects
-- case: tableau: select into temp
BEGIN
-- then
SELECT "buyers"."agent_id" AS "agent_id", COUNT(1) AS "n" INTO TEMPORARY TABLE "#Tableau_2" FROM "housing"."buyers" "buyers" GROUP BY 1
-- then
SELECT * FROM "#Tableau_2" ORDER BY 1
-- then
ROLLBACK
-- case: grafana: unixEpochFilter
SELECT id, at AS "time" FROM housing.visits WHERE extract(epoch from at) >= 1675000000 AND extract(epoch from at) <= 1685000000 ORDER BY 2 LIMIT 5
-- case: looker: derived table
WITH buyer_facts AS (SELECT c.buyer_id, COUNT(*) AS lifetime_contracts, MIN(c.signed) AS first_signed FROM housing.contracts AS c GROUP BY 1) SELECT buyer_facts.lifetime_contracts AS "buyer_facts.lifetime_contracts", COUNT(DISTINCT buyers.id ) AS "buyers.count", COALESCE(SUM(DISTINCT (CAST(FLOOR(COALESCE(buyers.level, 0) * (1000000 * 1.0)) AS DECIMAL(38,0))) + ('x' || MD5(buyers.id ::varchar))::bit(64)::bigint::DECIMAL(38) * 18446744073709551616 + ('x' || SUBSTR(MD5(buyers.id ::varchar), 17))::bit(64)::bigint::DECIMAL(65)) - SUM(DISTINCT ('x' || MD5(buyers.id ::varchar))::bit(64)::bigint::DECIMAL(65) * 18446744073709551616 + ('x' || SUBSTR(MD5(buyers.id ::varchar), 17))::bit(64)::bigint::DECIMAL(65)), 0) AS "sum" FROM housing.buyers AS buyers LEFT JOIN buyer_facts ON buyers.id = buyer_facts.buyer_id GROUP BY 1 ORDER BY 2 DESC, 1 FETCH NEXT 500 ROWS ONLY
-- case: report: natural join and using merged column
SELECT contract_id, ordinal, cb.name, p.amount FROM co_buyers cb JOIN payments p USING (contract_id) ORDER BY 1, 2, 4 LIMIT 10
-- case: report: age groups from birth year
SELECT width_bucket(extract(year FROM age(date '2024-01-01', born))::int, 20, 80, 6) AS g, count(*) FROM buyers GROUP BY 1 ORDER BY 1
-- case: report: buyers without activity by anti join
SELECT b.id, b.name FROM buyers b LEFT JOIN visits v ON v.buyer_id = b.id WHERE v.id IS NULL ORDER BY b.id
-- case: report: rollup with labels
SELECT CASE WHEN grouping(p.name) = 1 THEN '合计' ELSE p.name END AS project, u.status, count(*) FROM projects p JOIN buildings g ON g.project_id = p.id JOIN units u ON u.building_id = g.id GROUP BY ROLLUP (p.name, u.status) ORDER BY grouping(p.name), p.name, u.status NULLS LAST
-- case: api: etag of rows
SELECT md5(string_agg(b::text, '|' ORDER BY b.id)) FROM agents b
-- case: call centre: last calls with buyer
SELECT DISTINCT ON (k.buyer_id) k.buyer_id, b.name, k.phone, k.at, k.outcome FROM calls k LEFT JOIN buyers b ON b.id = k.buyer_id ORDER BY k.buyer_id NULLS LAST, k.at DESC
-- case: filing: contract with co-buyers folded, key only
SELECT c.*, string_agg(cb.name, '、' ORDER BY cb.ordinal) AS parties FROM contracts c LEFT JOIN co_buyers cb ON cb.contract_id = c.id GROUP BY c.id ORDER BY c.id LIMIT 6
-- case: filing: values with default ordering
VALUES (1, 'a'), (2, 'b') ORDER BY 1 DESC LIMIT 1
-- case: overview view filtered and grouped
SELECT project, count(*), sum(price), min(buyer) FROM contract_overview GROUP BY project ORDER BY 1
-- case: sum over case with enum
SELECT g.id, sum(CASE u.status WHEN 'sold' THEN 1 WHEN 'free' THEN 0 ELSE NULL END) AS sold FROM buildings g JOIN units u ON u.building_id = g.id GROUP BY g.id ORDER BY g.id
-- case: like any of a parameter
-- bind: {138%,139%}
SELECT id FROM buyers WHERE phone LIKE ANY ($1::text[]) ORDER BY id
-- case: typed literals
SELECT timestamp with time zone '2024-01-01 00:00+08', timestamp(0) without time zone '2024-01-01 00:00:00.6', time '10:00', bit '101', B'101'::varbit(3), X'1F', E'a\tb', U&'\738B', $$x'y$$, $t$a$t$, 1e3, .5, 'a'
'b'
-- case: group by distinct
SELECT level, count(*) FROM buyers GROUP BY DISTINCT ROLLUP (level), ROLLUP (level) ORDER BY 1, 2
-- case: rows from
SELECT * FROM ROWS FROM (generate_series(1, 3), unnest(ARRAY['a', 'b'])) WITH ORDINALITY AS t(n, s, o)
-- case: several empties [simple]
;;SELECT 1;; SELECT 2;
-- case: star over nested subselects
SELECT * FROM (SELECT * FROM (SELECT b.*, a.name AS agent FROM buyers b LEFT JOIN agents a ON a.id = b.agent_id) x) y ORDER BY id LIMIT 2
-- case: cursor scroll all directions
BEGIN
-- then
DECLARE c INSENSITIVE SCROLL CURSOR FOR SELECT id, name FROM buyers ORDER BY id
-- then
FETCH LAST c
-- then
FETCH PRIOR c
-- then
FETCH ABSOLUTE 3 c
-- then
FETCH BACKWARD ALL c
-- then
MOVE 2 c
-- then
FETCH FIRST c
-- then
CLOSE ALL
-- then
COMMIT
-- case: good job, advisory in where
SELECT id FROM app.events WHERE kind = 'export' AND pg_try_advisory_lock(('x' || substr(md5('job' || id::text), 1, 16))::bit(64)::bigint) ORDER BY id LIMIT 1
-- then
SELECT pg_advisory_unlock_all()
-- case: batch: datestyle changed before [simple]
SET DateStyle = 'SQL, DMY'; SELECT born, '05/06/1980'::date FROM buyers WHERE id = 1
-- case: ranges
SELECT int4range(1, 5) * int4range(3, 9), upper(daterange('2024-01-01', '2024-02-01')), '[1,5)'::int4range @> 3, range_agg(int4range(id, id + 2)) FROM agents WHERE id < 4
-- case: filter with within group and distinct
SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY price) FILTER (WHERE status = 'filed'), count(DISTINCT (buyer_id, status)) FROM contracts
-- case: uuid and crypto
SELECT ext.digest('a', 'sha256'), encode(ext.hmac('a', 'k', 'sha256'), 'hex'), ext.uuid_nil(), ext.levenshtein('kitten', 'sitting'), ext.similarity('abc', 'abd') > 0.1
-- case: tree breadth first
WITH RECURSIVE t AS (SELECT id, name FROM agents WHERE manager_id IS NULL UNION ALL SELECT a.id, a.name FROM agents a JOIN t ON a.manager_id = t.id) SEARCH BREADTH FIRST BY id SET o SELECT * FROM t ORDER BY o
-- case: index usage advice [bag interference]
SELECT relname, indexrelname FROM pg_stat_user_indexes WHERE schemaname = 'housing'
-- case: parameter json contains
-- bind: {"ok": true}
SELECT count(*) FROM app.events WHERE payload @> $1::jsonb
-- case: row as json by a subselect of chosen columns
SELECT b.id, row_to_json((SELECT d FROM (SELECT b.name, b.phone) d)) AS data FROM buyers b ORDER BY b.id LIMIT 3
-- case: rows grouped as a whole
SELECT l, count(*) FROM agents l GROUP BY l ORDER BY l LIMIT 2
-- case: group by two masked with rollup and having
SELECT left(id_no, 6) AS region, extract(year FROM born)::int / 10 * 10 AS decade, count(*) FROM buyers WHERE id_no IS NOT NULL GROUP BY ROLLUP (1, 2) HAVING count(*) > 1 ORDER BY 1 NULLS LAST, 2 NULLS LAST
-- case: intersect of filters
SELECT id FROM buyers WHERE level > 0 INTERSECT SELECT buyer_id FROM contracts WHERE price > 1000000 EXCEPT SELECT buyer_id FROM visits WHERE agent_id = 1 ORDER BY id
-- case: like all of a list
SELECT id FROM leads WHERE name LIKE ALL (ARRAY['王%'])
-- case: like some of a list
SELECT id FROM leads WHERE name NOT ILIKE SOME (ARRAY['王%', 'x']) ORDER BY id
-- case: like all on an open table
SELECT id FROM projects WHERE name LIKE ALL (ARRAY['%', '%%']) ORDER BY id
