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
-- case: hibernate6: entity graph with left joins and version
-- bind: 5
select b1_0.id,b1_0.active,b1_0.address,b1_0.agent_id,a1_0.id,a1_0.commission,a1_0.desk,a1_0.manager_id,a1_0.name,b1_0.born,b1_0.created_at,b1_0.email,b1_0.id_no,b1_0.income,b1_0.level,b1_0.name,b1_0.phone,c1_0.buyer_id,c1_0.id,c1_0.price,c1_0.signed,c1_0.status,c1_0.unit_id from housing.buyers b1_0 left join housing.agents a1_0 on a1_0.id=b1_0.agent_id left join housing.contracts c1_0 on b1_0.id=c1_0.buyer_id where b1_0.id=$1 order by c1_0.id
-- case: hibernate6: listagg and filter
select a1_0.id,string_agg(b1_0.name,', ' order by b1_0.id) filter (where b1_0.level>1),count(b1_0.id) filter (where b1_0.active) from housing.agents a1_0 left join housing.buyers b1_0 on b1_0.agent_id=a1_0.id group by a1_0.id order by a1_0.id
-- case: hibernate6: json functions
select e1_0.id,cast(e1_0.payload#>>'{n}' as integer),jsonb_typeof(e1_0.payload),e1_0.payload is null from app.events e1_0 order by e1_0.id fetch first 5 rows only
-- case: ef core: include with inner subquery
-- bind: 10, 0
SELECT t.id, t.name, t.phone, v.id, v.at, v.remark FROM (SELECT b.id, b.name, b.phone FROM housing.buyers AS b WHERE b.active ORDER BY b.name, b.id LIMIT $1 OFFSET $2) AS t LEFT JOIN housing.visits AS v ON t.id = v.buyer_id ORDER BY t.name, t.id, v.id
-- case: ef core: date parts
SELECT date_part('year', b.born)::int, date_part('month', b.born)::int, (b.born + INTERVAL '1 years')::date, b.created_at AT TIME ZONE 'UTC', now() >= b.created_at, make_date(2020, 1, 1) FROM housing.buyers AS b WHERE b.born IS NOT NULL ORDER BY b.id LIMIT 5
-- case: npgsql: type loading query 6+ [bag]
SELECT ns.nspname, t.oid, t.typname, t.typtype, t.typnotnull, t.elemtypoid FROM (SELECT typ.oid, typ.typnamespace, typ.typname, typ.typtype, typ.typrelid, typ.typnotnull, typ.relkind, elemtyp.oid AS elemtypoid, elemtyp.typname AS elemtypname, elemcls.relkind AS elemrelkind, CASE WHEN elemproc.proname='array_recv' THEN 'a' ELSE elemtyp.typtype END AS elemtyptype, CASE WHEN proc.proname='array_recv' THEN 'a' WHEN typ.typtype='r' THEN 'r' ELSE typ.typtype END AS typtype2 FROM (SELECT typ.oid, typnamespace, typname, typrelid, typnotnull, relkind, typelem AS elemoid, CASE WHEN proc.proname='array_recv' THEN 'a' ELSE typ.typtype END AS typtype, CASE WHEN proc.proname='array_recv' THEN typ.typelem WHEN typ.typtype='r' THEN rngsubtype WHEN typ.typtype='m' THEN (SELECT rngtypid FROM pg_range WHERE rngmultitypid = typ.oid) WHEN typ.typtype='d' THEN typ.typbasetype END AS elemtypoid2 FROM pg_type AS typ LEFT JOIN pg_class AS cls ON (cls.oid = typ.typrelid) LEFT JOIN pg_proc AS proc ON proc.oid = typ.typreceive LEFT JOIN pg_range ON (pg_range.rngtypid = typ.oid)) AS typ LEFT JOIN pg_type AS elemtyp ON elemtyp.oid = elemtypoid2 LEFT JOIN pg_class AS elemcls ON (elemcls.oid = elemtyp.typrelid) LEFT JOIN pg_proc AS elemproc ON elemproc.oid = elemtyp.typreceive LEFT JOIN pg_proc AS proc ON proc.oid = elemtyp.typreceive) AS t JOIN pg_namespace AS ns ON (ns.oid = typnamespace) WHERE typtype IN ('b', 'r', 'm', 'e', 'd') OR (typtype = 'c' AND relkind='c') OR (typtype = 'p' AND typname IN ('record', 'void', 'unknown')) OR (typtype = 'a' AND (elemtyptype IN ('b', 'r', 'm', 'e', 'd') OR (elemtyptype = 'p' AND elemtypname IN ('record', 'void')) OR (elemtyptype = 'c' AND elemrelkind='c'))) ORDER BY CASE WHEN typtype IN ('b', 'e', 'p') THEN 0 WHEN typtype = 'c' THEN 1 WHEN typtype = 'r' THEN 2 WHEN typtype = 'm' THEN 3 WHEN typtype = 'd' AND elemtyptype <> 'a' THEN 4 WHEN typtype = 'a' THEN 5 WHEN typtype = 'd' AND elemtyptype = 'a' THEN 6 END
-- case: gorm: preload in
SELECT * FROM "housing"."contracts" WHERE "contracts"."buyer_id" IN (1,2,3,4) ORDER BY id
-- case: gorm: format types of columns [bag]
SELECT a.attname as column_name, format_type(a.atttypid, a.atttypmod) AS data_type FROM pg_attribute a JOIN pg_class b ON a.attrelid = b.oid AND relnamespace = (SELECT oid FROM pg_catalog.pg_namespace WHERE nspname = 'housing') WHERE a.attnum > 0 AND NOT a.attisdropped AND b.relname = 'buyers'
-- case: sqlx: type by name
-- bind: unit_status
SELECT oid FROM pg_catalog.pg_type WHERE typname ILIKE $1
-- case: prisma: find many with nested ids
-- bind: 10, 0
SELECT "housing"."buyers"."id", "housing"."buyers"."name", "housing"."buyers"."phone", "housing"."buyers"."agent_id" FROM "housing"."buyers" WHERE ("housing"."buyers"."active" = true AND ("housing"."buyers"."id") IN (SELECT "t1"."buyer_id" FROM "housing"."contracts" AS "t1" WHERE ("t1"."price" > 1 AND "t1"."buyer_id" IS NOT NULL))) ORDER BY "housing"."buyers"."id" ASC LIMIT $1 OFFSET $2
-- case: prisma: introspection tables [bag]
SELECT tbl.relname AS table_name, namespace.nspname as namespace, (tbl.relhassubclass and tbl.relkind = 'p') as is_partition, (tbl.relhassubclass and tbl.relkind = 'r') as has_subclass, tbl.relrowsecurity as has_row_level_security, reloptions, obj_description(tbl.oid, 'pg_class') as description FROM pg_class AS tbl INNER JOIN pg_namespace AS namespace ON namespace.oid = tbl.relnamespace WHERE ( tbl.relkind = 'r' AND tbl.relispartition = 'f' OR tbl.relkind = 'p' ) AND namespace.nspname = ANY ( ARRAY['housing'] ) ORDER BY namespace, table_name
-- case: typeorm: pagination by distinct alias
SELECT DISTINCT "distinctAlias"."b_id" AS "ids_b_id", "distinctAlias"."b_name" FROM (SELECT "b"."id" AS "b_id", "b"."name" AS "b_name", "b"."phone" AS "b_phone", "c"."id" AS "c_id" FROM "housing"."buyers" "b" LEFT JOIN "housing"."contracts" "c" ON "c"."buyer_id"="b"."id") "distinctAlias" ORDER BY "distinctAlias"."b_name" ASC, "b_id" ASC LIMIT 10
-- case: sequelize: describe table [bag]
SELECT pk.constraint_type as "Constraint", c.column_name as "Field", c.column_default as "Default",c.is_nullable as "Null", (CASE WHEN c.udt_name = 'hstore' THEN c.udt_name ELSE c.data_type END) || (CASE WHEN c.character_maximum_length IS NOT NULL THEN '(' || c.character_maximum_length || ')' ELSE '' END) as "Type", (SELECT array_agg(e.enumlabel) FROM pg_catalog.pg_type t JOIN pg_catalog.pg_enum e ON t.oid=e.enumtypid WHERE t.typname=c.udt_name) AS "special", (SELECT pgd.description FROM pg_catalog.pg_statio_all_tables AS st INNER JOIN pg_catalog.pg_description pgd on (pgd.objoid=st.relid) WHERE c.ordinal_position=pgd.objsubid AND c.table_name=st.relname) AS "Comment" FROM information_schema.columns c LEFT JOIN (SELECT tc.table_schema, tc.table_name, cu.column_name, tc.constraint_type FROM information_schema.TABLE_CONSTRAINTS tc JOIN information_schema.KEY_COLUMN_USAGE cu ON tc.table_schema=cu.table_schema and tc.table_name=cu.table_name and tc.constraint_name=cu.constraint_name and tc.constraint_type='PRIMARY KEY') pk ON pk.table_schema=c.table_schema AND pk.table_name=c.table_name AND pk.column_name=c.column_name WHERE c.table_name = 'units' AND c.table_schema = 'housing'
-- case: mybatis pagehelper count
SELECT count(0) FROM contracts c LEFT JOIN buyers b ON b.id = c.buyer_id WHERE c.status = 'filed'
-- case: metabase: quarter of year and week with sunday start
SELECT CAST(extract(quarter FROM "housing"."contracts"."signed") AS integer) AS "q", (DATE_TRUNC('week', ("housing"."contracts"."signed" + INTERVAL '1 day')) + INTERVAL '-1 day') AS "w", SUM("housing"."contracts"."price") AS "sum", COUNT(distinct "housing"."contracts"."buyer_id") AS "count" FROM "housing"."contracts" GROUP BY 1, 2 ORDER BY 1 ASC, 2 ASC
-- case: superset: time grain 15 minutes
SELECT DATE_TRUNC('minute', at) - MAKE_INTERVAL(mins => MOD(EXTRACT(MINUTE FROM at)::int, 15)) AS __timestamp, count(*) AS count FROM housing.calls GROUP BY 1 ORDER BY 1 LIMIT 100
-- case: power bi: folding with nested aliases
select "_"."agent_id", "_"."a0" from (select "rows"."agent_id" as "agent_id", sum("rows"."level") as "a0" from (select "agent_id", "level" from "housing"."buyers" "$Table" where "active" = true and "level" is not null) "rows" group by "agent_id") "_" where not "_"."a0" is null order by "_"."agent_id" limit 4096
-- case: grafana: timeGroup with fill and alias
SELECT floor(extract(epoch from at)/86400)*86400 AS "time", outcome AS metric, count(*) AS "n" FROM housing.calls WHERE at BETWEEN '2023-01-01T00:00:00Z' AND '2024-12-31T00:00:00Z' GROUP BY 1, 2 ORDER BY 1, 2
-- case: looker: yesno and tiers
SELECT CASE WHEN (buyers.level > 1) THEN 'Yes' ELSE 'No' END AS "buyers.vip", CASE WHEN buyers.income < 100000 THEN '1' WHEN buyers.income >= 100000 AND buyers.income < 300000 THEN '2' WHEN buyers.income >= 300000 THEN '3' ELSE 'Undefined' END AS "buyers.income_tier", COUNT(*) AS "buyers.count", COUNT(DISTINCT CASE WHEN NOT COALESCE(buyers.active, FALSE) THEN buyers.id ELSE NULL END) AS "n" FROM housing.buyers AS buyers WHERE (buyers.name ILIKE '%' OR buyers.name IS NULL) GROUP BY 1, 2 ORDER BY 1, 2
-- case: report: json export by nested aggregates
SELECT jsonb_pretty(jsonb_agg(jsonb_build_object('id', b.id, 'name', b.name, 'phone', b.phone, 'contracts', (SELECT coalesce(jsonb_agg(jsonb_build_object('id', c.id, 'price', c.price, 'parties', (SELECT jsonb_agg(to_jsonb(cb) - 'contract_id' ORDER BY cb.ordinal) FROM co_buyers cb WHERE cb.contract_id = c.id)) ORDER BY c.id), '[]'::jsonb) FROM contracts c WHERE c.buyer_id = b.id)) ORDER BY b.id)) FROM buyers b WHERE b.id < 6
-- case: report: running balance with frames
SELECT contract_id, paid_on, amount, sum(amount) OVER w, avg(amount) OVER (w ROWS BETWEEN 2 PRECEDING AND CURRENT ROW), first_value(payer_name) OVER w, nth_value(amount, 2) OVER (w RANGE BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING), ntile(4) OVER w, cume_dist() OVER w, percent_rank() OVER w FROM payments WHERE contract_id < 5 WINDOW w AS (PARTITION BY contract_id ORDER BY paid_on, id) ORDER BY 1, 2, id
-- case: report: recursive split of text
WITH RECURSIVE s(id, rest, part) AS (SELECT id, tags::text, '' FROM projects UNION ALL SELECT id, substr(rest, 3), left(rest, 2) FROM s WHERE length(rest) > 0) SELECT id, count(*) FROM s GROUP BY id ORDER BY id
-- case: report: last value per group by array_agg
SELECT agent_id, (array_agg(id ORDER BY created_at DESC, id))[1] AS newest, (array_agg(name ORDER BY id))[1:2] AS names FROM buyers GROUP BY agent_id ORDER BY 1 NULLS LAST
-- case: report: regexp family
SELECT regexp_replace(phone, '(\d{3}).*(\d{4})', '\1-\2'), (regexp_match(phone, '^\d+'))[1], regexp_split_to_array(email, '@'), phone ~ '^1[3-9]', regexp_count(phone, '8'), regexp_substr(phone, '\d{2}'), regexp_instr(phone, '8'), regexp_like(phone, '^1') FROM buyers ORDER BY id LIMIT 5
-- case: report: all, any with subqueries
SELECT id FROM contracts c WHERE c.price >= ALL (SELECT price FROM contracts d WHERE d.agent_id = c.agent_id) OR c.price = ANY (SELECT max(price) FROM contracts) ORDER BY id
-- case: report: except all and intersect nested
(SELECT name FROM buyers EXCEPT ALL SELECT name FROM leads) UNION (SELECT name FROM co_buyers INTERSECT ALL SELECT name FROM buyers) ORDER BY 1 NULLS LAST
-- case: health: snapshot ids [moving]
SELECT txid_current(), pg_current_xact_id_if_assigned(), pg_current_snapshot(), txid_current_snapshot(), pg_snapshot_xmin(pg_current_snapshot())
-- case: debezium: incremental chunk
SELECT * FROM "housing"."buyers" WHERE "id" > 3 AND NOT "id" > 20 OR ("id" = 20 AND FALSE) ORDER BY "id" LIMIT 1024
-- case: airbyte: estimate of a scan [moving]
WITH block_sz AS (SELECT current_setting('block_size')::int AS bs) SELECT (SELECT relpages FROM pg_class WHERE oid = '"app"."events"'::regclass), (SELECT bs FROM block_sz), pg_relation_size('"app"."events"'), CASE WHEN (SELECT 1) = 1 THEN 'x' END
-- case: navicat: data grid with key
SELECT * FROM "housing"."buyers" ORDER BY "id" LIMIT 1000 OFFSET 0
-- then
SELECT "public"."shops".* FROM "public"."shops" LIMIT 10
-- case: pgadmin: query tool paging cursor and column types
BEGIN
-- then
SELECT at.attname, at.attnum, ty.typname FROM pg_catalog.pg_attribute at LEFT JOIN pg_catalog.pg_type ty ON (ty.oid = at.atttypid) WHERE attrelid='housing.buyers'::regclass::oid AND attnum = ANY ((SELECT con.conkey FROM pg_catalog.pg_class rel LEFT OUTER JOIN pg_catalog.pg_constraint con ON con.conrelid=rel.oid AND con.contype='p' WHERE rel.relkind IN ('r','s','t', 'p') AND rel.oid = 'housing.buyers'::regclass::oid)::oid[])
-- then
SELECT * FROM housing.buyers ORDER BY id ASC LIMIT 100
-- then
END
-- case: sqlalchemy2: selectinload and contains_eager
SELECT contracts_1.buyer_id AS contracts_1_buyer_id, contracts_1.id AS contracts_1_id, contracts_1.bank_card AS contracts_1_bank_card FROM housing.contracts AS contracts_1 WHERE contracts_1.buyer_id IN (1, 2, 3) ORDER BY contracts_1.id
-- case: hana odata: skip take count
SELECT COUNT(*) OVER () AS total, q.* FROM (SELECT b.*, ROW_NUMBER() OVER (ORDER BY b.name, b.id) AS rn FROM buyers b) q WHERE rn BETWEEN 3 AND 7 ORDER BY rn
-- case: report: boolean tests, symmetric between, is of null rows
SELECT id, active IS NOT TRUE, level BETWEEN SYMMETRIC 3 AND 1, (agent_id, level) IS NOT NULL, name IS DISTINCT FROM phone, name NOT SIMILAR TO '王%', name ^@ '李', income % 1000, @ (level - 3), id::bit(8) & b'00000001', |/ id::float8 FROM buyers ORDER BY id LIMIT 5
-- case: tableau: cursor of a join [simple]
BEGIN;declare "SQL_CUR1" cursor for SELECT "b"."name" AS "name", SUM("c"."price") AS "s" FROM "housing"."buyers" "b" INNER JOIN "housing"."contracts" "c" ON ("b"."id" = "c"."buyer_id") GROUP BY 1 ORDER BY 1;fetch 100 in "SQL_CUR1"
-- then
close "SQL_CUR1";COMMIT
-- case: cognos: nested with aggregates over qualified aliases
SELECT "T0"."C0" AS "Project", "T0"."C1" AS "Total" FROM (SELECT "projects"."name" AS "C0", SUM("units"."list_price") AS "C1", COUNT(*) AS "C2" FROM "housing"."projects" "projects" INNER JOIN "housing"."buildings" "b" ON "projects"."id" = "b"."project_id" INNER JOIN "housing"."units" "units" ON "b"."id" = "units"."building_id" GROUP BY "projects"."name") "T0" WHERE "T0"."C2" > 0 ORDER BY "Project" ASC NULLS LAST
-- case: mybatis: recursive department list
with recursive cte as (select id, manager_id, name, 1 as lv, name::text as full_name from agents where id in (1) union all select a.id, a.manager_id, a.name, c.lv + 1, c.full_name || '>' || a.name from agents a inner join cte c on c.id = a.manager_id) select cte.*, (select count(1) from buyers b where b.agent_id = cte.id) as bcount from cte order by lv, id
-- case: perl dbi: placeholders of counts
-- bind: 3
SELECT id, name, phone FROM buyers WHERE id > $1 ORDER BY id LIMIT 3 OFFSET $1::bigint - 3
-- case: parameter enum
-- bind: free
SELECT id FROM units WHERE status = $1::unit_status ORDER BY id LIMIT 4
-- case: keyset by row comparison with masked
SELECT id, name FROM buyers WHERE (name, id) > ('李*', 3) ORDER BY name, id LIMIT 5
-- case: scalar subqueries of a dashboard
SELECT (SELECT count(*) FROM buyers) AS a, (SELECT count(*) FROM contracts WHERE signed >= date_trunc('year', date '2023-06-01')) AS b, (SELECT coalesce(sum(amount), 0) FROM payments) AS c, (SELECT max(at) FROM calls) AS d, (SELECT string_agg(name, ',' ORDER BY id) FROM agents) AS e
-- case: contacts in documents unnested
SELECT p.id, c ->> 'name' AS name, c ->> 'phone' AS phone FROM profiles p, LATERAL jsonb_array_elements(CASE jsonb_typeof(p.extra -> 'contacts') WHEN 'array' THEN p.extra -> 'contacts' ELSE '[]' END) AS c ORDER BY 1, 2, 3 LIMIT 10
-- case: explain of a report for tuning [interference]
EXPLAIN (FORMAT JSON, COSTS FALSE) SELECT b.id FROM buyers b WHERE b.level = 1
-- case: columns renamed to what they are called
SELECT p.id, p.name FROM buyers AS p (id, name) WHERE p.level = 1 ORDER BY 1
-- case: one column renamed to what it is called
SELECT l.id, phone FROM leads AS l (id) ORDER BY 1
-- case: what a script of pg_dump begins with
SET default_tablespace = ''
-- then
SET default_table_access_method = heap
-- then
SHOW default_table_access_method
