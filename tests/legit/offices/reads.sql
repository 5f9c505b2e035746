-- search_path: housing, app, public
-- case: sqlalchemy 1.4 has_table
select relname from pg_class c join pg_namespace n on n.oid=c.relnamespace where pg_catalog.pg_table_is_visible(c.oid) and relname='buyers'
-- case: sqlalchemy connect 1.4
select pg_catalog.version()
-- then
select current_schema()
-- then
SELECT CAST('test plain returns' AS VARCHAR(60)) AS anon_1
-- then
SELECT CAST('test unicode returns' AS VARCHAR(60)) AS anon_1
-- then
show standard_conforming_strings
-- then
show transaction isolation level
-- case: sqlalchemy 2 hstore oids
SELECT t.oid, t.typarray AS array_oid FROM pg_type t JOIN pg_namespace ns ON ns.oid = t.typnamespace WHERE t.typname = 'hstore'
-- case: psycopg3 EnumInfo fetch
SELECT name, oid, array_oid, array_agg(label) AS labels FROM (SELECT t.typname AS name, t.oid AS oid, t.typarray AS array_oid, e.enumlabel AS label FROM pg_type t LEFT JOIN pg_enum e ON e.enumtypid = t.oid WHERE t.oid = to_regtype('housing.unit_status') ORDER BY e.enumsortorder) x GROUP BY name, oid, array_oid
-- case: psycopg3 CompositeInfo fetch
SELECT t.typname AS name, t.oid AS oid, t.typarray AS array_oid, t.oid::regtype::text AS regtype, coalesce(a.fnames, '{}') AS field_names, coalesce(a.ftypes, '{}') AS field_types FROM pg_type t LEFT JOIN (SELECT attrelid, array_agg(attname) AS fnames, array_agg(atttypid) AS ftypes FROM (SELECT a.attrelid, a.attname, a.atttypid FROM pg_attribute a JOIN pg_type t ON t.typrelid = a.attrelid WHERE t.oid = to_regtype('housing.home') AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum) x GROUP BY attrelid) a ON a.attrelid = t.typrelid WHERE t.oid = to_regtype('housing.home')
-- case: psycopg3 RangeInfo fetch
SELECT t.typname AS name, t.oid AS oid, t.typarray AS array_oid, t.oid::regtype::text AS regtype, r.rngsubtype AS subtype_oid FROM pg_type t JOIN pg_range r ON t.oid = r.rngtypid WHERE t.oid = to_regtype('daterange')
-- case: psycopg3 MultirangeInfo fetch
SELECT t.typname AS name, t.oid AS oid, t.typarray AS array_oid, t.oid::regtype::text AS regtype, r.rngtypid AS range_oid, r.rngsubtype AS subtype_oid FROM pg_type t JOIN pg_range r ON t.oid = r.rngmultitypid WHERE t.oid = to_regtype('datemultirange')
-- case: psycopg2 composite caster
SELECT t.oid, typarray, attname, atttypid FROM pg_type t JOIN pg_namespace ns ON typnamespace = ns.oid JOIN pg_attribute a ON attrelid = typrelid WHERE typname = 'home' AND nspname = 'housing' AND attnum > 0 AND NOT attisdropped ORDER BY attnum
-- case: psycopg2 range caster
SELECT rngtypid, rngsubtype, (SELECT typarray FROM pg_type WHERE oid = rngtypid) FROM pg_range WHERE rngtypid = 'int4range'::regtype
-- case: sqlalchemy 2 domains
SELECT pg_catalog.pg_type.typname AS name, pg_catalog.format_type(pg_catalog.pg_type.typbasetype, pg_catalog.pg_type.typtypmod) AS attype, NOT pg_catalog.pg_type.typnotnull AS nullable, pg_catalog.pg_type.typdefault AS "default", pg_catalog.pg_type_is_visible(pg_catalog.pg_type.oid) AS visible, pg_catalog.pg_namespace.nspname AS schema, domain_constraints.condefs, domain_constraints.connames, pg_catalog.pg_collation.collname FROM pg_catalog.pg_type JOIN pg_catalog.pg_namespace ON pg_catalog.pg_namespace.oid = pg_catalog.pg_type.typnamespace LEFT OUTER JOIN pg_catalog.pg_collation ON pg_catalog.pg_type.typcollation = pg_catalog.pg_collation.oid LEFT OUTER JOIN (SELECT pg_catalog.pg_constraint.contypid AS contypid, array_agg(pg_catalog.pg_get_constraintdef(pg_catalog.pg_constraint.oid, true)) AS condefs, array_agg(CAST(pg_catalog.pg_constraint.conname AS TEXT)) AS connames FROM pg_catalog.pg_constraint WHERE pg_catalog.pg_constraint.contypid != 0 GROUP BY pg_catalog.pg_constraint.contypid) AS domain_constraints ON pg_catalog.pg_type.oid = domain_constraints.contypid WHERE pg_catalog.pg_type.typtype = 'd' ORDER BY pg_catalog.pg_namespace.nspname, pg_catalog.pg_type.typname
-- case: sqlalchemy 2 multi comments constraints
SELECT pg_catalog.pg_class.relname, attr.conname, attr.description, attr.cols FROM pg_catalog.pg_class LEFT JOIN (SELECT con.conrelid, con.conname, min(con.description) AS description, array_agg(con.col ORDER BY con.ord) AS cols FROM (SELECT c.conrelid, c.conname, d.description, u.ord, a.attname AS col FROM pg_catalog.pg_constraint c LEFT JOIN pg_catalog.pg_description d ON d.objoid = c.oid, unnest(c.conkey) WITH ORDINALITY u(attnum, ord) JOIN pg_catalog.pg_attribute a ON a.attnum = u.attnum WHERE a.attrelid = c.conrelid AND c.contype = ANY(ARRAY['p','u'])) con GROUP BY 1, 2) attr ON attr.conrelid = pg_catalog.pg_class.oid WHERE pg_catalog.pg_class.relkind = ANY (ARRAY['r','p','f']) AND pg_catalog.pg_class.relname IN ('buyers','payments') ORDER BY 1, 2
-- case: alembic version table probe
SELECT pg_catalog.pg_class.relname FROM pg_catalog.pg_class JOIN pg_catalog.pg_namespace ON pg_catalog.pg_namespace.oid = pg_catalog.pg_class.relnamespace WHERE pg_catalog.pg_class.relname = 'alembic_version' AND pg_catalog.pg_class.relkind = ANY (ARRAY['r', 'p', 'f', 'v', 'm']) AND pg_catalog.pg_table_is_visible(pg_catalog.pg_class.oid) AND pg_catalog.pg_namespace.nspname != 'pg_catalog'
-- case: asyncpg introspection by oids [simple]
WITH RECURSIVE typeinfo_tree(oid, ns, name, kind, basetype, elemtype, elemdelim, range_subtype, attrtypoids, attrnames, depth) AS (SELECT ti.oid, ti.ns, ti.name, ti.kind, ti.basetype, ti.elemtype, ti.elemdelim, ti.range_subtype, ti.attrtypoids, ti.attrnames, 0 FROM (SELECT t.oid AS oid, ns.nspname AS ns, t.typname AS name, t.typtype AS kind, (CASE WHEN t.typtype = 'd' THEN (WITH RECURSIVE typebases(oid, depth) AS (SELECT t2.typbasetype AS oid, 0 AS depth FROM pg_type t2 WHERE t2.oid = t.oid UNION ALL SELECT t2.typbasetype AS oid, tb.depth + 1 AS depth FROM pg_type t2, typebases tb WHERE tb.oid = t2.oid AND t2.typbasetype != 0) SELECT oid FROM typebases ORDER BY depth DESC LIMIT 1) ELSE NULL END) AS basetype, t.typelem AS elemtype, elem_t.typdelim AS elemdelim, range_t.rngsubtype AS range_subtype, (CASE WHEN t.typtype = 'c' THEN (SELECT array_agg(ia.atttypid ORDER BY ia.attnum) FROM pg_attribute ia INNER JOIN pg_class c ON (ia.attrelid = c.oid) WHERE ia.attnum > 0 AND NOT ia.attisdropped AND c.reltype = t.oid) ELSE NULL END) AS attrtypoids, (CASE WHEN t.typtype = 'c' THEN (SELECT array_agg(ia.attname::text ORDER BY ia.attnum) FROM pg_attribute ia INNER JOIN pg_class c ON (ia.attrelid = c.oid) WHERE ia.attnum > 0 AND NOT ia.attisdropped AND c.reltype = t.oid) ELSE NULL END) AS attrnames FROM pg_catalog.pg_type AS t INNER JOIN pg_catalog.pg_namespace ns ON (ns.oid = t.typnamespace) LEFT JOIN pg_type elem_t ON (t.typlen = -1 AND t.typelem != 0 AND t.typelem = elem_t.oid) LEFT JOIN pg_range range_t ON (t.oid = range_t.rngtypid)) AS ti WHERE ti.oid = any(ARRAY['housing.home'::regtype::oid])) SELECT DISTINCT *, basetype::regtype::text AS basetype_name FROM typeinfo_tree ORDER BY depth DESC
-- case: asyncpg jit
SELECT current_setting('jit') AS cur, set_config('jit', 'off', false) AS new
-- then
SELECT set_config('jit', 'on', false)
-- case: npgsql composite load
SELECT typ.oid, att.attname, att.atttypid FROM pg_type AS typ JOIN pg_namespace AS ns ON (ns.oid = typ.typnamespace) JOIN pg_class AS cls ON (cls.oid = typ.typrelid) JOIN pg_attribute AS att ON (att.attrelid = typ.typrelid) WHERE (typ.typtype = 'c' AND cls.relkind='c') AND attnum > 0 AND NOT attisdropped ORDER BY typ.oid, att.attnum
-- case: npgsql GetSchema users
SELECT usename as user_name, usesysid as sysid FROM pg_catalog.pg_user ORDER BY 1
-- case: npgsql GetSchema databases [moving]
SELECT d.datname, u.usename, d.* FROM pg_database d LEFT JOIN pg_user u ON d.datdba = u.usesysid ORDER BY 1
-- case: npgsql GetSchema constraints
SELECT pgtn.nspname AS CONSTRAINT_SCHEMA, pgc.conname AS CONSTRAINT_NAME, pgt.relname AS TABLE_NAME, pgc.contype, pgc.condeferrable AS IS_DEFERRABLE, pgc.condeferred AS INITIALLY_DEFERRED FROM pg_catalog.pg_constraint pgc JOIN pg_catalog.pg_namespace pgn ON pgc.connamespace = pgn.oid JOIN pg_catalog.pg_class pgt ON pgc.conrelid = pgt.oid JOIN pg_catalog.pg_namespace pgtn ON pgt.relnamespace = pgtn.oid ORDER BY 1,2,3
-- case: ef core scaffolding tables
SELECT nspname, relname, relkind, description FROM pg_class AS cls JOIN pg_namespace AS ns ON ns.oid = cls.relnamespace LEFT OUTER JOIN pg_description AS des ON des.objoid = cls.oid AND des.objsubid=0 WHERE cls.relkind IN ('r', 'v', 'm', 'f') AND ns.nspname NOT IN ('pg_catalog', 'information_schema') AND cls.relname <> '__EFMigrationsHistory' AND NOT EXISTS (SELECT 1 FROM pg_depend WHERE classid=(SELECT oid FROM pg_class WHERE relnamespace = 'pg_catalog'::regnamespace AND relname='pg_class') AND objid=cls.oid AND deptype IN ('e', 'x')) ORDER BY 1,2
-- case: ef core history exists
SELECT EXISTS (SELECT 1 FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid=c.relnamespace WHERE c.relname='__EFMigrationsHistory')
-- case: ef core has tables
SELECT CASE WHEN COUNT(*) = 0 THEN FALSE ELSE TRUE END FROM pg_class AS cls JOIN pg_namespace AS ns ON ns.oid = cls.relnamespace WHERE cls.relkind IN ('r', 'v', 'm', 'f', 'p') AND ns.nspname NOT IN ('pg_catalog', 'information_schema')
-- case: hibernate tool metadata
SELECT sequence_name FROM information_schema.sequences WHERE sequence_schema = current_schema()
-- case: jooq version
select 1
-- then
select version() as "version"
-- case: jooq meta tables
select "pg_catalog"."pg_namespace"."nspname", "pg_catalog"."pg_class"."relname", coalesce(d.description, ''), "pg_catalog"."pg_class"."relkind" from "pg_catalog"."pg_class" join "pg_catalog"."pg_namespace" on "pg_catalog"."pg_class"."relnamespace" = "pg_catalog"."pg_namespace"."oid" left outer join "pg_catalog"."pg_description" d on (d.objoid = "pg_catalog"."pg_class"."oid" and d.classoid = 'pg_catalog.pg_class'::regclass and d.objsubid = 0) where ("pg_catalog"."pg_namespace"."nspname" in ('housing') and "pg_catalog"."pg_class"."relkind" in ('r','p','v','m','f')) order by 1, 2
-- case: jooq routines
select r1.routine_schema, r1.routine_name, r1.specific_name, case when exists (select 1 from information_schema.parameters p where p.specific_schema = r1.specific_schema and p.specific_name = r1.specific_name and upper(p.parameter_mode) not in ('IN','OUT')) then 1 else 0 end, r1.data_type, r1.character_maximum_length, case when (p.proretset and r1.data_type = 'record') then true else false end from information_schema.routines r1 join pg_catalog.pg_namespace n on n.nspname = r1.specific_schema join pg_catalog.pg_proc p on (p.pronamespace = n.oid and (p.proname || '_' || p.oid) = r1.specific_name) where r1.routine_schema in ('app','housing') order by 1,2,3
-- case: jooq multiset emulation
select b.id, (select coalesce(jsonb_agg(jsonb_build_array(v0, v1)), jsonb_build_array()) from (select c.id as v0, c.price as v1 from housing.contracts as c where c.buyer_id = b.id order by c.id) as t) from housing.buyers as b order by b.id fetch next 5 rows only
-- case: jooq seek
select id, name from housing.buyers where (level, id) > (1, 10) order by level, id fetch next 5 rows only
-- case: activerecord type map
SELECT t.oid, t.typname, t.typelem, t.typdelim, t.typinput, r.rngsubtype, t.typtype, t.typbasetype FROM pg_type as t LEFT JOIN pg_range as r ON oid = rngtypid WHERE t.typname IN ('int2', 'int4', 'int8', 'oid', 'float4', 'float8', 'text', 'varchar', 'char', 'name', 'bpchar', 'bool', 'bit', 'varbit', 'date', 'money', 'bytea', 'point', 'hstore', 'json', 'jsonb', 'cidr', 'inet', 'uuid', 'xml', 'tsvector', 'macaddr', 'citext', 'ltree', 'line', 'lseg', 'box', 'path', 'polygon', 'circle', 'interval', 'time', 'timestamp', 'timestamptz', 'numeric') OR t.typtype IN ('r', 'e', 'd') OR t.typinput = 'array_in(cstring,oid,integer)'::regprocedure OR t.typelem != 0
-- case: activerecord pk and sequence
SELECT attr.attname, nsp.nspname, seq.relname FROM pg_class seq, pg_attribute attr, pg_depend dep, pg_constraint cons, pg_namespace nsp WHERE seq.oid = dep.objid AND seq.relkind = 'S' AND attr.attrelid = dep.refobjid AND attr.attnum = dep.refobjsubid AND attr.attrelid = cons.conrelid AND attr.attnum = cons.conkey[1] AND seq.relnamespace = nsp.oid AND cons.contype = 'p' AND dep.classid = 'pg_class'::regclass AND dep.refobjid = '"housing"."buyers"'::regclass
-- case: activerecord schema dump extensions
SELECT pg_extension.extname, n.nspname AS schema FROM pg_extension JOIN pg_namespace n ON pg_extension.extnamespace = n.oid ORDER BY 1
-- case: activerecord enums
SELECT type.typname AS name, type.OID AS oid, n.nspname AS schema, array_agg(enum.enumlabel ORDER BY enum.enumsortorder) AS value FROM pg_enum AS enum JOIN pg_type AS type ON (type.oid = enum.enumtypid) JOIN pg_namespace n ON type.typnamespace = n.oid WHERE n.nspname = ANY (current_schemas(false)) GROUP BY type.OID, n.nspname, type.typname
-- case: activerecord structure options
SELECT attname FROM (SELECT indrelid, indkey, generate_subscripts(indkey, 1) idx FROM pg_index WHERE indrelid = '"housing"."co_buyers"'::regclass AND indisprimary) i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[i.idx] ORDER BY i.idx
-- case: activerecord migration lock
SELECT pg_try_advisory_lock(5281634172846237154)
-- then
SELECT pg_advisory_unlock(5281634172846237154)
-- case: activerecord session
SET client_min_messages TO warning
-- then
SET standard_conforming_strings = on
-- then
SET intervalstyle = iso_8601
-- then
SET SESSION timezone TO 'UTC'
-- then
SHOW client_min_messages
-- then
SELECT interval '1 day 2 hours'
-- case: activerecord exists limit
SELECT 1 AS one FROM "housing"."buyers" WHERE "buyers"."name" = '王**' LIMIT 1
-- case: activerecord in_batches pluck
SELECT "buyers"."id" FROM "housing"."buyers" WHERE "buyers"."active" = TRUE AND "buyers"."id" > 20 ORDER BY "buyers"."id" ASC LIMIT 10
-- case: activerecord calculate average
SELECT AVG("buyers"."income") FROM "housing"."buyers"
-- case: activerecord group count with order
SELECT COUNT(*) AS "count_all", "buyers"."agent_id" AS "buyers_agent_id" FROM "housing"."buyers" GROUP BY "buyers"."agent_id" ORDER BY count_all DESC, 2
-- case: sequelize showAllTables
SELECT table_name, table_schema FROM information_schema.tables WHERE table_type LIKE '%TABLE' AND table_schema NOT IN ('information_schema', 'pg_catalog', 'tiger', 'tiger_data', 'topology') AND table_name != 'spatial_ref_sys' ORDER BY 1
-- case: sequelize describeTable
SELECT pk.constraint_type as "Constraint",c.column_name as "Field", c.column_default as "Default",c.is_nullable as "Null", (CASE WHEN c.udt_name = 'hstore' THEN c.udt_name ELSE c.data_type END) || (CASE WHEN c.character_maximum_length IS NOT NULL THEN '(' || c.character_maximum_length || ')' ELSE '' END) as "Type", (SELECT array_agg(e.enumlabel) FROM pg_catalog.pg_type t JOIN pg_catalog.pg_enum e ON t.oid=e.enumtypid WHERE t.typname=c.udt_name) AS "special", (SELECT pgd.description FROM pg_catalog.pg_statio_all_tables AS st INNER JOIN pg_catalog.pg_description pgd on (pgd.objoid=st.relid) WHERE c.ordinal_position=pgd.objsubid AND c.table_name=st.relname) AS "Comment" FROM information_schema.columns c LEFT JOIN (SELECT tc.table_schema, tc.table_name, cu.column_name, tc.constraint_type FROM information_schema.TABLE_CONSTRAINTS tc JOIN information_schema.KEY_COLUMN_USAGE cu ON tc.table_schema=cu.table_schema and tc.table_name=cu.table_name and tc.constraint_name=cu.constraint_name and tc.constraint_type='PRIMARY KEY') pk ON pk.table_schema=c.table_schema AND pk.table_name=c.table_name AND pk.column_name=c.column_name WHERE c.table_name = 'units' AND c.table_schema = 'housing'
-- case: sequelize fks
SELECT DISTINCT tc.constraint_name as constraint_name, tc.constraint_schema as constraint_schema, tc.table_name as table_name, tc.table_schema as table_schema, kcu.column_name as column_name, ccu.table_schema AS referenced_table_schema, ccu.table_name AS referenced_table_name, ccu.column_name AS referenced_column_name FROM information_schema.table_constraints AS tc JOIN information_schema.key_column_usage AS kcu ON tc.constraint_name = kcu.constraint_name JOIN information_schema.constraint_column_usage AS ccu ON ccu.constraint_name = tc.constraint_name WHERE constraint_type = 'FOREIGN KEY' AND tc.table_name = 'contracts' ORDER BY 1
-- case: sequelize range/enum oids [simple]
SELECT pg_type.oid, pg_type.typname, pg_type.typarray, pg_range.rngtypid AS "range_oid" FROM pg_type LEFT JOIN pg_range ON pg_range.rngsubtype = pg_type.oid WHERE (pg_type.typtype IN ('b','e')) ORDER BY pg_type.oid
-- case: sequelize enum order by
SELECT t.typname enum_name, array_agg(e.enumlabel ORDER BY enumsortorder) enum_value FROM pg_type t JOIN pg_enum e ON t.oid = e.enumtypid JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace WHERE n.nspname = 'housing' GROUP BY 1
-- case: sequelize findAndCountAll include
SELECT "Buyer".*, "visits"."id" AS "visits.id", "visits"."at" AS "visits.at" FROM (SELECT "Buyer"."id", "Buyer"."name", "Buyer"."phone" FROM "housing"."buyers" AS "Buyer" WHERE "Buyer"."phone" LIKE '138%' ORDER BY "Buyer"."id" ASC LIMIT 5 OFFSET 2) AS "Buyer" LEFT OUTER JOIN "housing"."visits" AS "visits" ON "Buyer"."id" = "visits"."buyer_id" ORDER BY "Buyer"."id" ASC, "visits"."id"
-- case: prisma 5 schema exists
SELECT EXISTS(SELECT 1 FROM pg_namespace WHERE nspname = 'housing'), version(), current_setting('server_version_num')::integer as numeric_version
-- case: prisma advisory
SELECT pg_advisory_lock(72707369)
-- then
SELECT pg_advisory_unlock(72707369)
-- case: prisma indexes
WITH rawindex AS (SELECT indrelid, indexrelid, indisunique, indisprimary, unnest(indkey) AS indkeyid, generate_subscripts(indkey, 1) AS indkeyidx, unnest(indclass) AS indclass, unnest(indoption) AS indoption FROM pg_index WHERE indpred IS NULL AND NOT indisexclusion) SELECT schemainfo.nspname AS namespace, indexinfo.relname AS index_name, tableinfo.relname AS table_name, columninfo.attname AS column_name, rawindex.indisunique AS is_unique, rawindex.indisprimary AS is_primary_key, rawindex.indkeyidx AS column_index, opclass.opcname AS opclass, opclass.opcdefault AS opcdefault, indexaccess.amname AS index_algo, CASE rawindex.indoption & 1 WHEN 1 THEN 'DESC' ELSE 'ASC' END AS column_order, CASE rawindex.indoption & 2 WHEN 2 THEN true ELSE false END AS nulls_first, pc.condeferrable AS condeferrable, pc.condeferred AS condeferred FROM rawindex INNER JOIN pg_class AS tableinfo ON tableinfo.oid = rawindex.indrelid INNER JOIN pg_class AS indexinfo ON indexinfo.oid = rawindex.indexrelid INNER JOIN pg_namespace AS schemainfo ON schemainfo.oid = tableinfo.relnamespace LEFT JOIN pg_attribute AS columninfo ON columninfo.attrelid = tableinfo.oid AND columninfo.attnum = rawindex.indkeyid INNER JOIN pg_am AS indexaccess ON indexaccess.oid = indexinfo.relam LEFT JOIN pg_opclass AS opclass ON opclass.oid = rawindex.indclass LEFT JOIN pg_constraint pc ON rawindex.indexrelid = pc.conindid AND pc.contype <> 'f' WHERE schemainfo.nspname = ANY ('{housing}') ORDER BY namespace, table_name, index_name, column_index
-- case: prisma fks
SELECT con.oid AS "con_id", att2.attname AS "child_column", cl.relname AS "parent_table", att.attname AS "parent_column", con.confdeltype, con.confupdtype, rel_ns.nspname AS "referenced_schema_name", conname AS constraint_name, child, parent, table_name, namespace, condeferrable, condeferred FROM (SELECT ns.nspname AS "namespace", unnest(con1.conkey) AS "parent", unnest(con1.confkey) AS "child", cl.relname AS table_name, ns.nspname AS schema_name, generate_subscripts(con1.conkey, 1) AS colidx, con1.oid, con1.confrelid, con1.conrelid, con1.conname, con1.confdeltype, con1.confupdtype, con1.condeferrable, con1.condeferred FROM pg_class cl join pg_constraint con1 on con1.conrelid = cl.oid join pg_namespace ns on cl.relnamespace = ns.oid WHERE ns.nspname = ANY ('{housing}') and con1.contype = 'f') con JOIN pg_attribute att on att.attrelid = con.confrelid and att.attnum = con.child JOIN pg_class cl on cl.oid = con.confrelid JOIN pg_attribute att2 on att2.attrelid = con.conrelid and att2.attnum = con.parent JOIN pg_class rel_cl on con.confrelid = rel_cl.oid JOIN pg_namespace rel_ns on rel_cl.relnamespace = rel_ns.oid ORDER BY con.oid, con_id, con.colidx
-- case: prisma json relation strategy join
SELECT "t1"."id", "t1"."name", "Buyer_visits"."__prisma_data__" AS "visits" FROM "housing"."buyers" AS "t1" LEFT JOIN LATERAL (SELECT COALESCE(JSONB_AGG("__prisma_data__"), '[]') AS "__prisma_data__" FROM (SELECT "t3"."__prisma_data__" FROM (SELECT JSONB_BUILD_OBJECT('id', "t2"."id", 'at', "t2"."at", 'remark', "t2"."remark") AS "__prisma_data__" FROM (SELECT "t1_"."id", "t1_"."at", "t1_"."remark" FROM "housing"."visits" AS "t1_" WHERE "t1"."id" = "t1_"."buyer_id" ORDER BY 1) AS "t2") AS "t3") AS "t4") AS "Buyer_visits" ON TRUE WHERE "t1"."id" < 6 ORDER BY "t1"."id"
-- case: typeorm take skip
SELECT DISTINCT "distinctAlias"."Buyer_id" AS "ids_Buyer_id", "distinctAlias"."Buyer_name" FROM (SELECT "Buyer"."id" AS "Buyer_id", "Buyer"."name" AS "Buyer_name", "v"."id" AS "v_id" FROM "housing"."buyers" "Buyer" LEFT JOIN "housing"."visits" "v" ON "v"."buyer_id"="Buyer"."id") "distinctAlias" ORDER BY "distinctAlias"."Buyer_name" ASC, "Buyer_id" ASC LIMIT 5
-- case: ecto bootstrap types
SELECT t.oid, t.typname, t.typsend, t.typreceive, t.typoutput, t.typinput, coalesce(d.typelem, t.typelem), coalesce(r.rngsubtype, 0), ARRAY (SELECT a.atttypid FROM pg_attribute AS a WHERE a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum) FROM pg_type AS t LEFT JOIN pg_type AS d ON t.typbasetype = d.oid LEFT JOIN pg_range AS r ON r.rngtypid = t.oid OR r.rngmultitypid = t.oid OR (t.typbasetype <> 0 AND r.rngtypid = t.typbasetype) WHERE (t.typrelid = 0) AND (t.typelem = 0 OR NOT EXISTS (SELECT 1 FROM pg_catalog.pg_type s WHERE s.typrelid != 0 AND s.oid = t.typelem))
-- case: ecto schema migrations lock
BEGIN
-- then
SELECT pg_advisory_xact_lock(129653361)
-- then
ROLLBACK
-- case: ecto query
SELECT b0."id", b0."name", b0."phone" FROM "housing"."buyers" AS b0 WHERE (b0."level" = 2) AND (b0."phone" ILIKE '139%') ORDER BY b0."id" LIMIT 10
-- case: ecto preload many to one
SELECT a0."id", a0."name", a0."id" FROM "housing"."agents" AS a0 WHERE (a0."id" = ANY('{1,2,3}')) ORDER BY 1
-- case: ecto fragment dynamic subquery windows
SELECT s0."id", s0."rn" FROM (SELECT sc0."id" AS "id", row_number() OVER "w" AS "rn" FROM "housing"."contracts" AS sc0 WINDOW "w" AS (PARTITION BY sc0."buyer_id" ORDER BY sc0."signed" DESC, sc0."id")) AS s0 WHERE (s0."rn" = 1) ORDER BY 1
-- case: oban notify and lock
SELECT pg_notify('items', '{"queue":"default"}')
-- then
SELECT pg_try_advisory_xact_lock(123, 456)
-- case: gorm migrator columns
SELECT description FROM pg_catalog.pg_description WHERE objsubid = (SELECT ordinal_position FROM information_schema.columns WHERE table_name = 'buyers' AND column_name = 'name' AND table_schema='housing') AND objoid = (SELECT oid FROM pg_catalog.pg_class WHERE relname = 'buyers' AND relnamespace = (SELECT oid FROM pg_catalog.pg_namespace WHERE nspname = 'housing'))
-- case: gorm migrator column types
SELECT c.column_name, c.is_nullable = 'YES', c.udt_name, c.character_maximum_length, c.numeric_precision, c.numeric_precision_radix, c.numeric_scale, c.datetime_precision, 8 * typlen, c.column_default, pd.description, c.identity_increment FROM information_schema.columns AS c JOIN pg_type AS pgt ON c.udt_name = pgt.typname LEFT JOIN pg_catalog.pg_description as pd ON pd.objsubid = c.ordinal_position AND pd.objoid = (SELECT oid FROM pg_catalog.pg_class WHERE relname = c.table_name AND relnamespace = (SELECT oid FROM pg_catalog.pg_namespace WHERE nspname = c.table_schema)) WHERE table_catalog = current_database() AND table_schema = 'housing' AND table_name = 'contracts'
-- case: gorm limit 1 for column types
SELECT * FROM "housing"."buyers" LIMIT 1
-- case: gorm migrator indexes
SELECT ct.relname AS table_name, ci.relname AS index_name, i.indisunique AS non_unique, i.indisprimary AS primary, a.attname AS column_name FROM pg_index i LEFT JOIN pg_class ct ON ct.oid = i.indrelid LEFT JOIN pg_class ci ON ci.oid = i.indexrelid LEFT JOIN pg_attribute a ON a.attrelid = ct.oid LEFT JOIN pg_constraint con ON con.conindid = i.indexrelid WHERE a.attnum = ANY(i.indkey) AND con.oid IS NULL AND ct.relkind = 'r' AND ct.relname = 'buyers' ORDER BY 2
-- case: gorm savepoint
BEGIN
-- then
SAVEPOINT sp0x140001
-- then
SELECT count(*) FROM "housing"."buyers"
-- then
ROLLBACK TO SAVEPOINT sp0x140001
-- then
COMMIT
-- case: pgx pgtype autoload
WITH RECURSIVE descendants(oid) AS (SELECT 'housing.home'::regtype::oid UNION SELECT a.atttypid FROM descendants d JOIN pg_type t ON t.oid = d.oid JOIN pg_attribute a ON a.attrelid = t.typrelid WHERE a.attnum > 0) SELECT d.oid::regtype::text, t.typtype FROM descendants d JOIN pg_type t ON t.oid = d.oid ORDER BY 1
-- case: pgx load composite
select typtype::text, typbasetype from pg_type where oid='housing.home'::regtype::oid
-- then
select typrelid from pg_type where oid='housing.home'::regtype::oid
-- then
select attname, atttypid from pg_attribute where attrelid=(select typrelid from pg_type where oid='housing.home'::regtype) and not attisdropped and attnum > 0 order by attnum
-- case: sqlx fetch type by oid
SELECT oid::regtype::text, typname, typtype, typcategory, typrelid, typelem, typbasetype FROM pg_catalog.pg_type WHERE oid = 'housing.unit_status'::regtype
-- case: sqlx describe nullable explain
EXPLAIN (VERBOSE, FORMAT JSON) SELECT key FROM app.settings
-- case: diesel print-schema
SELECT "columns"."column_name", "columns"."udt_name", "columns"."udt_schema", "columns"."__is_nullable", "columns"."character_maximum_length", "columns"."comment" FROM (SELECT column_name, udt_name, udt_schema, is_nullable AS __is_nullable, character_maximum_length, col_description(regclass(table_schema || '.' || table_name), ordinal_position) AS comment, table_name, table_schema, ordinal_position FROM "information_schema"."columns") columns WHERE "columns"."table_name" = 'projects' AND "columns"."table_schema" = 'housing' ORDER BY "columns"."ordinal_position"
-- case: diesel query
SELECT "housing"."buyers"."id", "housing"."buyers"."name" FROM "housing"."buyers" WHERE (("housing"."buyers"."level" = 1) OR ("housing"."buyers"."agent_id" IS NULL)) ORDER BY "housing"."buyers"."id" ASC LIMIT 5 OFFSET 0
-- case: diesel type lookup
SELECT "pg_type"."oid", "pg_type"."typarray" FROM "pg_type" INNER JOIN "pg_namespace" ON ("pg_type"."typnamespace" = "pg_namespace"."oid") WHERE (("pg_type"."typname" = 'unit_status') AND ("pg_namespace"."nspname" = 'housing')) LIMIT 1
-- case: tokio-postgres typeinfo
SELECT t.typname, t.typtype, t.typelem, r.rngsubtype, t.typbasetype, n.nspname, t.typrelid FROM pg_catalog.pg_type t LEFT OUTER JOIN pg_catalog.pg_range r ON r.rngtypid = t.oid INNER JOIN pg_catalog.pg_namespace n ON t.typnamespace = n.oid WHERE t.oid = 'housing.home'::regtype
-- case: django inspectdb tables
SELECT c.relname, CASE WHEN c.relispartition THEN 'p' WHEN c.relkind IN ('m', 'v') THEN 'v' ELSE 't' END, obj_description(c.oid, 'pg_class') FROM pg_catalog.pg_class c LEFT JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN ('f', 'm', 'p', 'r', 'v') AND n.nspname NOT IN ('pg_catalog', 'pg_toast') AND pg_catalog.pg_table_is_visible(c.oid) ORDER BY 1
-- case: django inspectdb relations
SELECT a1.attname, c2.relname, a2.attname FROM pg_constraint con LEFT JOIN pg_class c1 ON con.conrelid = c1.oid LEFT JOIN pg_class c2 ON con.confrelid = c2.oid LEFT JOIN pg_attribute a1 ON c1.oid = a1.attrelid AND a1.attnum = con.conkey[1] LEFT JOIN pg_attribute a2 ON c2.oid = a2.attrelid AND a2.attnum = con.confkey[1] WHERE c1.relname = 'contracts' AND con.contype = 'f' AND c1.relnamespace = c2.relnamespace AND pg_catalog.pg_table_is_visible(c1.oid) ORDER BY 1
-- case: django constraints
SELECT c.conname, array(SELECT attname FROM unnest(c.conkey) WITH ORDINALITY cols(colid, arridx) JOIN pg_attribute AS ca ON cols.colid = ca.attnum WHERE ca.attrelid = c.conrelid ORDER BY cols.arridx), c.contype, (SELECT fkc.relname || '.' || fka.attname FROM pg_attribute AS fka JOIN pg_class AS fkc ON fka.attrelid = fkc.oid WHERE fka.attrelid = c.confrelid AND fka.attnum = c.confkey[1]), cl.reloptions FROM pg_constraint AS c JOIN pg_class AS cl ON c.conrelid = cl.oid WHERE cl.relname = 'contracts' AND pg_catalog.pg_table_is_visible(cl.oid) ORDER BY 1
-- case: django server side cursor
BEGIN
-- then
DECLARE "_django_curs_140_sync_1" NO SCROLL CURSOR FOR SELECT "buyers"."id", "buyers"."name" FROM "buyers" ORDER BY 1
-- then
FETCH FORWARD 100 FROM "_django_curs_140_sync_1"
-- then
FETCH FORWARD 2000 FROM "_django_curs_140_sync_1"
-- then
CLOSE "_django_curs_140_sync_1"
-- then
COMMIT
-- case: django with hold cursor
DECLARE "_django_curs_1" NO SCROLL CURSOR WITH HOLD FOR SELECT "buyers"."id", "buyers"."phone" FROM "buyers" ORDER BY "buyers"."id" ASC
-- then
FETCH FORWARD 50 FROM "_django_curs_1"
-- then
CLOSE "_django_curs_1"
-- case: django exact/iexact/istartswith
SELECT "buyers"."id" FROM "buyers" WHERE (UPPER("buyers"."name"::text) LIKE UPPER('王%') AND UPPER("buyers"."email"::text) = UPPER('a@b.c')) LIMIT 21
-- case: django trunc/extract
SELECT DISTINCT DATE_TRUNC('month', "visits"."at" AT TIME ZONE 'Asia/Shanghai') AS "datetimefield" FROM "visits" WHERE "visits"."at" IS NOT NULL ORDER BY "datetimefield" ASC
-- case: django contenttypes delete collect
SELECT "visits"."id", "visits"."buyer_id", "visits"."at", "visits"."remark" FROM "visits" WHERE "visits"."buyer_id" IN (3) ORDER BY 1
-- case: django jsonfield lookups
SELECT "events"."id" FROM "app"."events" WHERE (("events"."payload" -> 'n') > '95'::jsonb AND "events"."payload" ? 'ok' AND ("events"."payload" #> '{n}') IS NOT NULL) ORDER BY 1
-- case: django exists filter
SELECT "buyers"."id", EXISTS(SELECT 1 AS "a" FROM "visits" U0 WHERE U0."buyer_id" = ("buyers"."id") LIMIT 1) AS "has" FROM "buyers" WHERE EXISTS(SELECT 1 AS "a" FROM "contracts" V0 WHERE V0."buyer_id" = ("buyers"."id") LIMIT 1) ORDER BY 1 LIMIT 5
-- case: django explain
EXPLAIN (FORMAT JSON, COSTS OFF) SELECT "agents"."id" FROM "agents"
-- case: staging like including defaults
CREATE TEMPORARY TABLE st2 (LIKE buyers INCLUDING DEFAULTS INCLUDING GENERATED) ON COMMIT DELETE ROWS
-- then
SELECT count(*) FROM st2
-- case: temp unlogged and tablespace forms
CREATE TEMP TABLE tu (id int) WITH (autovacuum_enabled = false)
-- then
CREATE LOCAL TEMPORARY TABLE tu2 (id int, PRIMARY KEY (id)) ON COMMIT PRESERVE ROWS
-- then
SELECT relname, relpersistence FROM pg_class WHERE relname IN ('tu', 'tu2') ORDER BY 1
-- case: temp exists probe
SELECT to_regclass('pg_temp.nosuch'), to_regclass('housing.buyers')
-- case: execute into temp
PREPARE pt (int) AS SELECT id, name FROM buyers WHERE level = $1 ORDER BY id
-- then
CREATE TEMP TABLE ex AS EXECUTE pt (2)
-- then
SELECT count(*) FROM ex
-- case: copy to formats
COPY (SELECT id, name, phone FROM buyers WHERE id < 4 ORDER BY id) TO STDOUT
-- then
COPY (SELECT id, name, phone FROM buyers WHERE id < 4 ORDER BY id) TO STDOUT WITH CSV HEADER QUOTE '''' ESCAPE '\' FORCE QUOTE name
-- then
COPY buyers (id, name) TO STDOUT (FORMAT csv, DELIMITER E'\t')
-- then
COPY (VALUES (1, NULL), (2, '')) TO STDOUT (FORMAT csv, NULL 'N')
-- case: copy binary
COPY (SELECT id, level FROM buyers WHERE id < 4 ORDER BY id) TO STDOUT (FORMAT binary)
-- case: copy old syntax
COPY app.settings TO STDOUT WITH DELIMITER AS '|' NULL AS 'null'
-- then
COPY BINARY app.settings TO STDOUT
-- case: own temporary table: CREATE INDEX ON t USING brin (a)
CREATE TEMP TABLE t (id serial PRIMARY KEY, a int DEFAULT 1, b text, r int4range, d jsonb)
-- then
CREATE INDEX ON t USING brin (a)
-- then
SELECT count(*) FROM pg_attribute WHERE attrelid = to_regclass('pg_temp.t')
-- case: own temporary table: CREATE INDEX ON t USING hash (a)
CREATE TEMP TABLE t (id serial PRIMARY KEY, a int DEFAULT 1, b text, r int4range, d jsonb)
-- then
CREATE INDEX ON t USING hash (a)
-- then
SELECT count(*) FROM pg_attribute WHERE attrelid = to_regclass('pg_temp.t')
-- case: own temporary table: CREATE INDEX ON t USING gist (r)
CREATE TEMP TABLE t (id serial PRIMARY KEY, a int DEFAULT 1, b text, r int4range, d jsonb)
-- then
CREATE INDEX ON t USING gist (r)
-- then
SELECT count(*) FROM pg_attribute WHERE attrelid = to_regclass('pg_temp.t')
-- case: own temporary table: CREATE INDEX ON t USING gin (d)
CREATE TEMP TABLE t (id serial PRIMARY KEY, a int DEFAULT 1, b text, r int4range, d jsonb)
-- then
CREATE INDEX ON t USING gin (d)
-- then
SELECT count(*) FROM pg_attribute WHERE attrelid = to_regclass('pg_temp.t')
-- case: own temporary table: CREATE INDEX ON t (a DESC NULLS LAST) INCLUDE (b)
CREATE TEMP TABLE t (id serial PRIMARY KEY, a int DEFAULT 1, b text, r int4range, d jsonb)
-- then
CREATE INDEX ON t (a DESC NULLS LAST) INCLUDE (b)
-- then
SELECT count(*) FROM pg_attribute WHERE attrelid = to_regclass('pg_temp.t')
-- case: own temporary table: CREATE INDEX CONCURRENTLY ON t (a)
CREATE TEMP TABLE t (id serial PRIMARY KEY, a int DEFAULT 1, b text, r int4range, d jsonb)
-- then
CREATE INDEX CONCURRENTLY ON t (a)
-- then
SELECT count(*) FROM pg_attribute WHERE attrelid = to_regclass('pg_temp.t')
-- case: own temporary table: CREATE INDEX IF NOT EXISTS ti ON t (a)
CREATE TEMP TABLE t (id serial PRIMARY KEY, a int DEFAULT 1, b text, r int4range, d jsonb)
-- then
CREATE INDEX IF NOT EXISTS ti ON t (a)
-- then
SELECT count(*) FROM pg_attribute WHERE attrelid = to_regclass('pg_temp.t')
-- case: own temporary table: CREATE UNIQUE INDEX ON t (a) NULLS NOT DISTINCT
CREATE TEMP TABLE t (id serial PRIMARY KEY, a int DEFAULT 1, b text, r int4range, d jsonb)
-- then
CREATE UNIQUE INDEX ON t (a) NULLS NOT DISTINCT
-- then
SELECT count(*) FROM pg_attribute WHERE attrelid = to_regclass('pg_temp.t')
-- case: own temporary table: ALTER TABLE t ADD CHECK (a > 0) NOT VALID
CREATE TEMP TABLE t (id serial PRIMARY KEY, a int DEFAULT 1, b text, r int4range, d jsonb)
-- then
ALTER TABLE t ADD CHECK (a > 0) NOT VALID
-- then
SELECT count(*) FROM pg_attribute WHERE attrelid = to_regclass('pg_temp.t')
-- case: own temporary table: ALTER TABLE t DROP CONSTRAINT IF EXISTS k
CREATE TEMP TABLE t (id serial PRIMARY KEY, a int DEFAULT 1, b text, r int4range, d jsonb)
-- then
ALTER TABLE t DROP CONSTRAINT IF EXISTS k
-- then
SELECT count(*) FROM pg_attribute WHERE attrelid = to_regclass('pg_temp.t')
-- case: own temporary table: ALTER TABLE t RENAME TO t2
CREATE TEMP TABLE t (id serial PRIMARY KEY, a int DEFAULT 1, b text, r int4range, d jsonb)
-- then
ALTER TABLE t RENAME TO t2
-- then
SELECT count(*) FROM pg_attribute WHERE attrelid = to_regclass('pg_temp.t')
-- case: own temporary table: ALTER TABLE t RENAME COLUMN a TO z
CREATE TEMP TABLE t (id serial PRIMARY KEY, a int DEFAULT 1, b text, r int4range, d jsonb)
-- then
ALTER TABLE t RENAME COLUMN a TO z
-- then
SELECT count(*) FROM pg_attribute WHERE attrelid = to_regclass('pg_temp.t')
-- case: own temporary table: ALTER TABLE t ALTER a TYPE bigint
CREATE TEMP TABLE t (id serial PRIMARY KEY, a int DEFAULT 1, b text, r int4range, d jsonb)
-- then
ALTER TABLE t ALTER a TYPE bigint
-- then
SELECT count(*) FROM pg_attribute WHERE attrelid = to_regclass('pg_temp.t')
-- case: own temporary table: DROP INDEX IF EXISTS nosuch_idx
CREATE TEMP TABLE t (id serial PRIMARY KEY, a int DEFAULT 1, b text, r int4range, d jsonb)
-- then
DROP INDEX IF EXISTS nosuch_idx
-- then
SELECT count(*) FROM pg_attribute WHERE attrelid = to_regclass('pg_temp.t')
-- case: own temporary table: ANALYZE t (a)
CREATE TEMP TABLE t (id serial PRIMARY KEY, a int DEFAULT 1, b text, r int4range, d jsonb)
-- then
ANALYZE t (a)
-- then
SELECT count(*) FROM pg_attribute WHERE attrelid = to_regclass('pg_temp.t')
-- case: own temporary table: TRUNCATE TABLE t RESTART IDENTITY CASCADE
CREATE TEMP TABLE t (id serial PRIMARY KEY, a int DEFAULT 1, b text, r int4range, d jsonb)
-- then
TRUNCATE TABLE t RESTART IDENTITY CASCADE
-- then
SELECT count(*) FROM pg_attribute WHERE attrelid = to_regclass('pg_temp.t')
-- case: own temporary table: TRUNCATE ONLY t
CREATE TEMP TABLE t (id serial PRIMARY KEY, a int DEFAULT 1, b text, r int4range, d jsonb)
-- then
TRUNCATE ONLY t
-- then
SELECT count(*) FROM pg_attribute WHERE attrelid = to_regclass('pg_temp.t')
-- case: own temporary table: CREATE TEMP TABLE u AS TABLE t WITH DATA
CREATE TEMP TABLE t (id serial PRIMARY KEY, a int DEFAULT 1, b text, r int4range, d jsonb)
-- then
CREATE TEMP TABLE u AS TABLE t WITH DATA
-- then
SELECT count(*) FROM pg_attribute WHERE attrelid = to_regclass('pg_temp.t')
-- case: own temporary table: CREATE TEMP TABLE u (LIKE t INCLUDING ALL EXCLUDING INDEXES
CREATE TEMP TABLE t (id serial PRIMARY KEY, a int DEFAULT 1, b text, r int4range, d jsonb)
-- then
CREATE TEMP TABLE u (LIKE t INCLUDING ALL EXCLUDING INDEXES)
-- then
SELECT count(*) FROM pg_attribute WHERE attrelid = to_regclass('pg_temp.t')
-- case: own temporary table: CREATE TEMP TABLE u (s housing.unit_status DEFAULT 'free', 
CREATE TEMP TABLE t (id serial PRIMARY KEY, a int DEFAULT 1, b text, r int4range, d jsonb)
-- then
CREATE TEMP TABLE u (s housing.unit_status DEFAULT 'free', p housing.phone_number)
-- then
SELECT count(*) FROM pg_attribute WHERE attrelid = to_regclass('pg_temp.t')
-- case: own temporary table: CREATE TEMP TABLE u (b bigserial, s smallserial, c char(3),
CREATE TEMP TABLE t (id serial PRIMARY KEY, a int DEFAULT 1, b text, r int4range, d jsonb)
-- then
CREATE TEMP TABLE u (b bigserial, s smallserial, c char(3), m money, x xml, i inet, u uuid DEFAULT gen_random_uuid(), v varbit(5), ts timestamp(3), iv interval day to second)
-- then
SELECT count(*) FROM pg_attribute WHERE attrelid = to_regclass('pg_temp.t')
-- case: own temporary table: CREATE TEMP TABLE u (d date DEFAULT CURRENT_DATE, w text DE
CREATE TEMP TABLE t (id serial PRIMARY KEY, a int DEFAULT 1, b text, r int4range, d jsonb)
-- then
CREATE TEMP TABLE u (d date DEFAULT CURRENT_DATE, w text DEFAULT CURRENT_USER, n numeric DEFAULT random())
-- then
SELECT count(*) FROM pg_attribute WHERE attrelid = to_regclass('pg_temp.t')
-- case: setting: SET extra_float_digits = 3
SET extra_float_digits = 3
-- then
SELECT 1.1::float8 / 3, now() IS NOT NULL, interval '90 min'
-- case: setting: SET application_name = 'report'
SET application_name = 'report'
-- then
SELECT 1.1::float8 / 3, now() IS NOT NULL, interval '90 min'
-- case: setting: SET statement_timeout = '30s'
SET statement_timeout = '30s'
-- then
SELECT 1.1::float8 / 3, now() IS NOT NULL, interval '90 min'
-- case: setting: SET lock_timeout TO 5000
SET lock_timeout TO 5000
-- then
SELECT 1.1::float8 / 3, now() IS NOT NULL, interval '90 min'
-- case: setting: SET idle_in_transaction_session_timeout = 60000
SET idle_in_transaction_session_timeout = 60000
-- then
SELECT 1.1::float8 / 3, now() IS NOT NULL, interval '90 min'
-- case: setting: SET search_path TO housing, public
SET search_path TO housing, public
-- then
SELECT 1.1::float8 / 3, now() IS NOT NULL, interval '90 min'
-- case: setting: SET search_path = "$user", public
SET search_path = "$user", public
-- then
SELECT 1.1::float8 / 3, now() IS NOT NULL, interval '90 min'
-- case: setting: SET SESSION search_path TO DEFAULT
SET SESSION search_path TO DEFAULT
-- then
SELECT 1.1::float8 / 3, now() IS NOT NULL, interval '90 min'
-- case: setting: SET TIME ZONE 'Asia/Shanghai'
SET TIME ZONE 'Asia/Shanghai'
-- then
SELECT 1.1::float8 / 3, now() IS NOT NULL, interval '90 min'
-- case: setting: SET TIME ZONE LOCAL
SET TIME ZONE LOCAL
-- then
SELECT 1.1::float8 / 3, now() IS NOT NULL, interval '90 min'
-- case: setting: SET TimeZone TO 'PRC'
SET TimeZone TO 'PRC'
-- then
SELECT 1.1::float8 / 3, now() IS NOT NULL, interval '90 min'
-- case: setting: SET TIME ZONE INTERVAL '+08:00' HOUR TO MINUTE
SET TIME ZONE INTERVAL '+08:00' HOUR TO MINUTE
-- then
SELECT 1.1::float8 / 3, now() IS NOT NULL, interval '90 min'
-- case: setting: SET datestyle TO 'ISO, YMD'
SET datestyle TO 'ISO, YMD'
-- then
SELECT 1.1::float8 / 3, now() IS NOT NULL, interval '90 min'
-- case: setting: SET client_encoding TO 'UTF8'
SET client_encoding TO 'UTF8'
-- then
SELECT 1.1::float8 / 3, now() IS NOT NULL, interval '90 min'
-- case: setting: SET NAMES 'UTF8'
SET NAMES 'UTF8'
-- then
SELECT 1.1::float8 / 3, now() IS NOT NULL, interval '90 min'
-- case: setting: SET bytea_output = 'escape'
SET bytea_output = 'escape'
-- then
SELECT 1.1::float8 / 3, now() IS NOT NULL, interval '90 min'
-- case: setting: SET work_mem = '64MB'
SET work_mem = '64MB'
-- then
SELECT 1.1::float8 / 3, now() IS NOT NULL, interval '90 min'
-- case: setting: SET maintenance_work_mem = '64MB'
SET maintenance_work_mem = '64MB'
-- then
SELECT 1.1::float8 / 3, now() IS NOT NULL, interval '90 min'
-- case: setting: SET synchronous_commit = off
SET synchronous_commit = off
-- then
SELECT 1.1::float8 / 3, now() IS NOT NULL, interval '90 min'
-- case: setting: SET jit = off
SET jit = off
-- then
SELECT 1.1::float8 / 3, now() IS NOT NULL, interval '90 min'
-- case: setting: SET max_parallel_workers_per_gather = 0
SET max_parallel_workers_per_gather = 0
-- then
SELECT 1.1::float8 / 3, now() IS NOT NULL, interval '90 min'
-- case: setting: SET default_transaction_isolation = 'read committed'
SET default_transaction_isolation = 'read committed'
-- then
SELECT 1.1::float8 / 3, now() IS NOT NULL, interval '90 min'
-- case: setting: SET default_transaction_isolation TO 'repeatable read'
SET default_transaction_isolation TO 'repeatable read'
-- then
SELECT 1.1::float8 / 3, now() IS NOT NULL, interval '90 min'
-- case: setting: SET standard_conforming_strings = on
SET standard_conforming_strings = on
-- then
SELECT 1.1::float8 / 3, now() IS NOT NULL, interval '90 min'
-- case: setting: SET escape_string_warning = off
SET escape_string_warning = off
-- then
SELECT 1.1::float8 / 3, now() IS NOT NULL, interval '90 min'
-- case: setting: SET client_min_messages = warning
SET client_min_messages = warning
-- then
SELECT 1.1::float8 / 3, now() IS NOT NULL, interval '90 min'
-- case: setting: SET client_min_messages = notice
SET client_min_messages = notice
-- then
SELECT 1.1::float8 / 3, now() IS NOT NULL, interval '90 min'
-- case: setting: SET client_min_messages TO error
SET client_min_messages TO error
-- then
SELECT 1.1::float8 / 3, now() IS NOT NULL, interval '90 min'
-- case: setting: SET geqo = off
SET geqo = off
-- then
SELECT 1.1::float8 / 3, now() IS NOT NULL, interval '90 min'
-- case: setting: SET join_collapse_limit = 20
SET join_collapse_limit = 20
-- then
SELECT 1.1::float8 / 3, now() IS NOT NULL, interval '90 min'
-- case: setting: SET from_collapse_limit = 20
SET from_collapse_limit = 20
-- then
SELECT 1.1::float8 / 3, now() IS NOT NULL, interval '90 min'
-- case: setting: SET plan_cache_mode = force_custom_plan
SET plan_cache_mode = force_custom_plan
-- then
SELECT 1.1::float8 / 3, now() IS NOT NULL, interval '90 min'
-- case: setting: SET row_security = off
SET row_security = off
-- then
SELECT 1.1::float8 / 3, now() IS NOT NULL, interval '90 min'
-- case: setting: SET row_security = on
SET row_security = on
-- then
SELECT 1.1::float8 / 3, now() IS NOT NULL, interval '90 min'
-- case: setting: SET lc_monetary TO 'C'
SET lc_monetary TO 'C'
-- then
SELECT 1.1::float8 / 3, now() IS NOT NULL, interval '90 min'
-- case: setting: SET lc_time = 'C'
SET lc_time = 'C'
-- then
SELECT 1.1::float8 / 3, now() IS NOT NULL, interval '90 min'
-- case: setting: SET xmloption = content
SET xmloption = content
-- then
SELECT 1.1::float8 / 3, now() IS NOT NULL, interval '90 min'
-- case: setting: SET temp_buffers = 1000
SET temp_buffers = 1000
-- then
SELECT 1.1::float8 / 3, now() IS NOT NULL, interval '90 min'
-- case: setting: SET tcp_keepalives_idle = 60
SET tcp_keepalives_idle = 60
-- then
SELECT 1.1::float8 / 3, now() IS NOT NULL, interval '90 min'
-- case: setting: SET check_function_bodies = false
SET check_function_bodies = false
-- then
SELECT 1.1::float8 / 3, now() IS NOT NULL, interval '90 min'
-- case: setting: SET default_tablespace = ''
SET default_tablespace = ''
-- then
SELECT 1.1::float8 / 3, now() IS NOT NULL, interval '90 min'
-- case: setting: SET idle_session_timeout = 0
SET idle_session_timeout = 0
-- then
SELECT 1.1::float8 / 3, now() IS NOT NULL, interval '90 min'
-- case: setting: SET constraint_exclusion = partition
SET constraint_exclusion = partition
-- then
SELECT 1.1::float8 / 3, now() IS NOT NULL, interval '90 min'
-- case: setting: SET role none
SET role none
-- then
SELECT 1.1::float8 / 3, now() IS NOT NULL, interval '90 min'
-- case: setting: RESET ROLE
RESET ROLE
-- then
SELECT 1.1::float8 / 3, now() IS NOT NULL, interval '90 min'
-- case: setting: SET SESSION AUTHORIZATION DEFAULT
SET SESSION AUTHORIZATION DEFAULT
-- then
SELECT 1.1::float8 / 3, now() IS NOT NULL, interval '90 min'
-- case: setting: RESET ALL
RESET ALL
-- then
SELECT 1.1::float8 / 3, now() IS NOT NULL, interval '90 min'
-- case: setting: SET quote_all_identifiers = on
SET quote_all_identifiers = on
-- then
SELECT 1.1::float8 / 3, now() IS NOT NULL, interval '90 min'
-- case: setting: SET intervalstyle = 'postgres'
SET intervalstyle = 'postgres'
-- then
SELECT 1.1::float8 / 3, now() IS NOT NULL, interval '90 min'
-- case: setting: SET default_text_search_config = 'pg_catalog.simple'
SET default_text_search_config = 'pg_catalog.simple'
-- then
SELECT 1.1::float8 / 3, now() IS NOT NULL, interval '90 min'
-- case: asks: current_setting('server_version_num')::int
SELECT current_setting('server_version_num')::int
-- case: asks: current_setting('TimeZone')
SELECT current_setting('TimeZone')
-- case: asks: current_setting('search_path')
SELECT current_setting('search_path')
-- case: asks: set_config('search_path', 'housing', false)
SELECT set_config('search_path', 'housing', false)
-- case: asks: set_config('statement_timeout', '1000', false)
SELECT set_config('statement_timeout', '1000', false)
-- case: asks: set_config('extra_float_digits', '3', false)
SELECT set_config('extra_float_digits', '3', false)
-- case: asks: set_config('timezone', 'UTC', true)
SELECT set_config('timezone', 'UTC', true)
-- case: asks: inet_server_addr() IS NULL
SELECT inet_server_addr() IS NULL
-- case: asks: inet_client_port() IS NULL
SELECT inet_client_port() IS NULL
-- case: asks: pg_backend_pid() > 0
SELECT pg_backend_pid() > 0
-- case: asks: pg_postmaster_start_time() < now()
SELECT pg_postmaster_start_time() < now()
-- case: asks: pg_conf_load_time() < now()
SELECT pg_conf_load_time() < now()
-- case: asks: pg_is_in_recovery()
SELECT pg_is_in_recovery()
-- case: asks: txid_current() > 0
SELECT txid_current() > 0
-- case: asks: pg_current_xact_id() IS NOT NULL
SELECT pg_current_xact_id() IS NOT NULL
-- case: asks: txid_current_if_assigned()
SELECT txid_current_if_assigned()
-- case: asks: pg_my_temp_schema()
SELECT pg_my_temp_schema()
-- case: asks: pg_is_other_temp_schema(2200)
SELECT pg_is_other_temp_schema(2200)
-- case: asks: pg_client_encoding()
SELECT pg_client_encoding()
-- case: asks: getdatabaseencoding()
SELECT getdatabaseencoding()
-- case: asks: pg_encoding_to_char(6)
SELECT pg_encoding_to_char(6)
-- case: asks: pg_char_to_encoding('UTF8')
SELECT pg_char_to_encoding('UTF8')
-- case: asks: pg_size_pretty(123456789::bigint)
SELECT pg_size_pretty(123456789::bigint)
-- case: asks: pg_typeof(1.5)
SELECT pg_typeof(1.5)
-- case: asks: pg_typeof(phone) FROM buyers LIMIT 1
SELECT pg_typeof(phone) FROM buyers LIMIT 1
-- case: asks: pg_column_size('abc'::text)
SELECT pg_column_size('abc'::text)
-- case: asks: pg_get_keywords() LIMIT 1
SELECT pg_get_keywords() LIMIT 1
-- case: asks: obj_description('housing.buyers'::regclass)
SELECT obj_description('housing.buyers'::regclass)
-- case: asks: col_description('housing.buyers'::regclass, 2)
SELECT col_description('housing.buyers'::regclass, 2)
-- case: asks: shobj_description(1, 'pg_database')
SELECT shobj_description(1, 'pg_database')
-- case: asks: format_type(1043, 24)
SELECT format_type(1043, 24)
-- case: asks: to_regtype('housing.unit_status')
SELECT to_regtype('housing.unit_status')
-- case: asks: to_regclass('buyers')
SELECT to_regclass('buyers')
-- case: asks: to_regrole('clerk')
SELECT to_regrole('clerk')
-- case: asks: to_regproc('lower')
SELECT to_regproc('lower')
-- case: asks: to_regnamespace('housing')
SELECT to_regnamespace('housing')
-- case: asks: has_table_privilege('housing.buyers', 'SELECT')
SELECT has_table_privilege('housing.buyers', 'SELECT')
-- case: asks: has_schema_privilege('housing', 'CREATE')
SELECT has_schema_privilege('housing', 'CREATE')
-- case: asks: has_database_privilege(current_database(), 'TEMP')
SELECT has_database_privilege(current_database(), 'TEMP')
-- case: asks: has_function_privilege('housing.loud(text)', 'EXECUTE')
SELECT has_function_privilege('housing.loud(text)', 'EXECUTE')
-- case: asks: has_sequence_privilege('series.ids', 'USAGE')
SELECT has_sequence_privilege('series.ids', 'USAGE')
-- case: asks: has_type_privilege('housing.unit_status', 'USAGE')
SELECT has_type_privilege('housing.unit_status', 'USAGE')
-- case: asks: pg_has_role('clerk', 'USAGE')
SELECT pg_has_role('clerk', 'USAGE')
-- case: asks: pg_has_role(current_user, 'pg_read_all_data', 'MEMBER')
SELECT pg_has_role(current_user, 'pg_read_all_data', 'MEMBER')
-- case: asks: row_security_active('housing.buyers')
SELECT row_security_active('housing.buyers')
-- case: asks: pg_relation_is_updatable('housing.buyer_cards'::regclass, fa
SELECT pg_relation_is_updatable('housing.buyer_cards'::regclass, false)
-- case: asks: pg_get_serial_sequence('housing.buyers', 'id')
SELECT pg_get_serial_sequence('housing.buyers', 'id')
-- case: asks: pg_get_indexdef('housing.buyers_phone'::regclass)
SELECT pg_get_indexdef('housing.buyers_phone'::regclass)
-- case: asks: pg_get_constraintdef(oid) FROM pg_constraint WHERE conname =
SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = 'buyers_pkey'
-- case: asks: pg_get_userbyid(10)
SELECT pg_get_userbyid(10)
-- case: asks: pg_get_viewdef('housing.buyer_cards')
SELECT pg_get_viewdef('housing.buyer_cards')
-- case: asks: pg_get_partkeydef('housing.payments'::regclass)
SELECT pg_get_partkeydef('housing.payments'::regclass)
-- case: asks: pg_get_expr(relpartbound, oid) FROM pg_class WHERE relname =
SELECT pg_get_expr(relpartbound, oid) FROM pg_class WHERE relname = 'payments_2023'
-- case: asks: pg_partition_root('housing.payments_2023')
SELECT pg_partition_root('housing.payments_2023')
-- case: asks: relid FROM pg_partition_tree('housing.payments')
SELECT relid FROM pg_partition_tree('housing.payments')
-- case: asks: pg_table_is_visible('housing.buyers'::regclass)
SELECT pg_table_is_visible('housing.buyers'::regclass)
-- case: asks: pg_sleep(0)
SELECT pg_sleep(0)
-- case: asks: pg_blocking_pids(1)
SELECT pg_blocking_pids(1)
-- case: asks: pg_try_advisory_lock(1), pg_advisory_unlock(1)
SELECT pg_try_advisory_lock(1), pg_advisory_unlock(1)
-- case: asks: pg_try_advisory_lock_shared(1, 2), pg_advisory_unlock_shared
SELECT pg_try_advisory_lock_shared(1, 2), pg_advisory_unlock_shared(1, 2)
-- case: asks: pg_advisory_xact_lock(5)
SELECT pg_advisory_xact_lock(5)
-- case: asks: pg_try_advisory_xact_lock(hashtext('job'))
SELECT pg_try_advisory_xact_lock(hashtext('job'))
-- case: asks: hashtext('x'), hashtextextended('x', 0)
SELECT hashtext('x'), hashtextextended('x', 0)
-- case: asks: pg_notify('items', 'x')
SELECT pg_notify('items', 'x')
-- case: asks: pg_notification_queue_usage() < 1
SELECT pg_notification_queue_usage() < 1
-- case: asks: gen_random_uuid() IS NULL
SELECT gen_random_uuid() IS NULL
-- case: asks: md5('x'), sha256('x'), encode('x', 'base64')
SELECT md5('x'), sha256('x'), encode('x', 'base64')
-- case: asks: timeofday() IS NULL
SELECT timeofday() IS NULL
-- case: asks: nextval('series.ids') IS NULL
SELECT nextval('series.ids') IS NULL
-- case: asks: pg_describe_object('pg_class'::regclass, 'housing.buyers'::r
SELECT pg_describe_object('pg_class'::regclass, 'housing.buyers'::regclass, 0)
-- case: asks: pg_identify_object('pg_class'::regclass, 'housing.buyers'::r
SELECT pg_identify_object('pg_class'::regclass, 'housing.buyers'::regclass, 0)
-- case: asks: pg_identify_object_as_address('pg_class'::regclass, 'housing
SELECT pg_identify_object_as_address('pg_class'::regclass, 'housing.buyers'::regclass, 0)
-- case: asks: quote_ident('a b'), quote_literal(E'a\'b'), quote_nullable(N
SELECT quote_ident('a b'), quote_literal(E'a\'b'), quote_nullable(NULL), format('%I %L %s', 'a b', 'x', 1)
-- case: asks: parse_ident('housing.buyers')
SELECT parse_ident('housing.buyers')
-- case: asks: unistr('\0041'), normalize('a'), 'x' IS NORMALIZED
SELECT unistr('\0041'), normalize('a'), 'x' IS NORMALIZED
-- case: asks: string_to_table('a,b', ',')
SELECT string_to_table('a,b', ',')
-- case: asks: regexp_count('aba', 'a'), regexp_substr('abc', 'b'), regexp_
SELECT regexp_count('aba', 'a'), regexp_substr('abc', 'b'), regexp_instr('abc', 'c'), regexp_like('a', 'A', 'i')
-- case: asks: date_bin('15 min', timestamp '2024-01-01 00:17', timestamp '
SELECT date_bin('15 min', timestamp '2024-01-01 00:17', timestamp '2001-01-01')
-- case: asks: trim_array(ARRAY(1,2,3), 1), array_fill(0, ARRAY(2)), array_
SELECT trim_array(ARRAY[1,2,3], 1), array_fill(0, ARRAY[2]), array_positions(ARRAY[1,2,1], 1)
-- case: asks: xmlelement(name a, 'x')
SELECT xmlelement(name a, 'x')
-- case: asks: xmlagg(xmlforest(id, name) ORDER BY id) FROM agents WHERE id
SELECT xmlagg(xmlforest(id, name) ORDER BY id) FROM agents WHERE id < 3
-- case: asks: xmlserialize(content xmlelement(name b, name) AS text) FROM
SELECT xmlserialize(content xmlelement(name b, name) AS text) FROM buyers WHERE id = 1
-- case: asks: xpath('/a/text()', '<a>x</a>')
SELECT xpath('/a/text()', '<a>x</a>')
-- case: asks: xmltable.* FROM xmltable('/r/i' PASSING xml '<r><i>1</i></r>
SELECT xmltable.* FROM xmltable('/r/i' PASSING xml '<r><i>1</i></r>' COLUMNS n int PATH '.')
-- case: asks: json_object('{a,1}'), json_strip_nulls('{"a":null}'), jsonb_
SELECT json_object('{a,1}'), json_strip_nulls('{"a":null}'), jsonb_pretty('{}'), jsonb_set('{}', '{a}', '1'), jsonb_insert('{"a":[1]}', '{a,0}', '2')
-- case: asks: jsonb_path_query_array('(1,2)', '$(*) ? (@ > 1)'), jsonb_pat
SELECT jsonb_path_query_array('[1,2]', '$[*] ? (@ > 1)'), jsonb_path_exists('{}', '$.a'), jsonb_path_match('true', '$')
-- case: asks: row_to_json(ROW(1, 'x')), to_json(now()) IS NULL, array_to_j
SELECT row_to_json(ROW(1, 'x')), to_json(now()) IS NULL, array_to_json(ARRAY[1])
-- case: asks: version() IS NULL
SELECT version() IS NULL
-- case: asks: num_nulls(1, NULL), num_nonnulls(name, phone) FROM buyers WH
SELECT num_nulls(1, NULL), num_nonnulls(name, phone) FROM buyers WHERE id < 3
-- case: asks: width_bucket(5, ARRAY(1, 5)), scale(1.50), min_scale(1.50),
SELECT width_bucket(5, ARRAY[1, 5]), scale(1.50), min_scale(1.50), trim_scale(1.50), gcd(4, 6), lcm(4, 6), factorial(5)
-- case: asks: make_timestamptz(2024, 1, 1, 0, 0, 0, 'UTC'), make_time(1, 2
SELECT make_timestamptz(2024, 1, 1, 0, 0, 0, 'UTC'), make_time(1, 2, 3), make_interval(days => 3)
-- case: asks: age(timestamp '2024-01-01', timestamp '2020-02-02'), justify
SELECT age(timestamp '2024-01-01', timestamp '2020-02-02'), justify_days(interval '40 days'), isfinite(date 'infinity')
-- case: asks: to_timestamp(1700000000), to_timestamp('2024-01-02', 'YYYY-M
SELECT to_timestamp(1700000000), to_timestamp('2024-01-02', 'YYYY-MM-DD'), to_number('1,234.5', '9G999D9'), to_char(1234.5, 'L9G999D99')
-- case: asks: overlay('abc' PLACING 'x' FROM 2), position('b' IN 'abc'), s
SELECT overlay('abc' PLACING 'x' FROM 2), position('b' IN 'abc'), substring('abc' FROM 'b(.)'), substring('abc' SIMILAR 'a#"_#"c' ESCAPE '#')
-- case: asks: extract(epoch FROM interval '1 day'), extract(week FROM date
SELECT extract(epoch FROM interval '1 day'), extract(week FROM date '2024-01-01'), extract(isodow FROM date '2024-01-01')
-- case: asks: ('2024-01-01'::date, '2024-02-01'::date) OVERLAPS ('2024-01-
SELECT ('2024-01-01'::date, '2024-02-01'::date) OVERLAPS ('2024-01-15'::date, interval '1 month')
-- case: asks: bit_and(level), bit_or(level), bit_xor(level), bool_and(acti
SELECT bit_and(level), bit_or(level), bit_xor(level), bool_and(active), every(active) FROM buyers
-- case: asks: random() < 1, setseed(0.5)
SELECT random() < 1, setseed(0.5)
-- case: asks: current_timestamp(0) IS NULL, localtime IS NULL, localtimest
SELECT current_timestamp(0) IS NULL, localtime IS NULL, localtimestamp(3) IS NULL
-- case: asks: pg_lsn '0/0' + 16
SELECT pg_lsn '0/0' + 16
-- case: asks: ctid, tableoid::regclass FROM agents WHERE id = 1
SELECT ctid, tableoid::regclass FROM agents WHERE id = 1
-- case: asks: b.* IS NOT NULL, b IS NULL FROM buyers b WHERE id = 1
SELECT b.* IS NOT NULL, b IS NULL FROM buyers b WHERE id = 1
-- case: asks: pg_collation_for(name) FROM buyers WHERE id = 1
SELECT pg_collation_for(name) FROM buyers WHERE id = 1
-- case: asks: collation for ('a' COLLATE "C")
SELECT collation for ('a' COLLATE "C")
-- case: postgrest read
WITH pgrst_source AS (SELECT "housing"."buyers".* FROM "housing"."buyers" WHERE "housing"."buyers"."phone" like '138%' ORDER BY "housing"."buyers"."id" ASC LIMIT 3 OFFSET 0), pgrst_source_count AS (SELECT 1 FROM "housing"."buyers" WHERE "housing"."buyers"."phone" like '138%') SELECT (SELECT pg_catalog.count(*) FROM pgrst_source_count) AS total_result_set, pg_catalog.count(_postgrest_t) AS page_total, coalesce(json_agg(_postgrest_t), '[]') AS body FROM (SELECT * FROM pgrst_source) _postgrest_t
-- case: hasura subscription multiplex
SELECT "_subs"."result_id", "_fld_resp"."root" AS "result" FROM UNNEST(ARRAY['a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11']::uuid[], ARRAY['{"q":{"id":3}}']::json[]) AS "_subs"("result_id", "result_vars") LEFT OUTER JOIN LATERAL (SELECT json_build_object('buyers', (SELECT coalesce(json_agg(row_to_json(x)), '[]') FROM (SELECT id, name FROM housing.buyers WHERE id = ("_subs"."result_vars" #>> ARRAY['q', 'id'])::int) x)) AS "root") AS "_fld_resp" ON ('true')
-- case: graphile page info
with __local_0__ as (select to_json((json_build_object('__identifiers'::text, json_build_array(b."id"), 'id'::text, (b."id"), 'name'::text, (b."name")))) as "@nodes" from "housing"."buyers" as b where (b."active") and (TRUE) order by b."id" ASC limit 3), __local_1__ as (select json_agg(to_json(__local_0__)) as data from __local_0__) select coalesce((select __local_1__.data from __local_1__), '[]'::json) as "data", (select json_build_object('totalCount'::text, count(1)) from "housing"."buyers" as b where active) as "aggregates"
-- case: metabase filter options search
SELECT "housing"."buyers"."name" AS "name" FROM "housing"."buyers" WHERE (LOWER("housing"."buyers"."name") LIKE '%王%') GROUP BY "housing"."buyers"."name" ORDER BY "housing"."buyers"."name" ASC LIMIT 1001
-- case: metabase fingerprint sample
SELECT "source"."substring1" AS "substring1", "source"."id" FROM (SELECT "housing"."buyers"."id" AS "id", SUBSTRING("housing"."buyers"."address", 1, 1234) AS "substring1" FROM "housing"."buyers" LIMIT 10000) AS "source" ORDER BY 2 LIMIT 5
-- case: metabase remark
SELECT date_trunc('week', ("housing"."buyers"."created_at"::timestamp + INTERVAL '1 day')) + INTERVAL '-1 day' AS "w", count(*) FROM "housing"."buyers" GROUP BY 1 ORDER BY 1 LIMIT 4
-- case: superset column probe
SELECT * FROM (SELECT id, name, phone FROM housing.buyers) AS virtual_table LIMIT 0
-- case: superset virtual table chart
SELECT DATE_TRUNC('month', created_at) AS created_at, COUNT(DISTINCT phone) AS "COUNT_DISTINCT(phone)", AVG(income) AS "AVG(income)" FROM (SELECT * FROM housing.buyers) AS virtual_table WHERE created_at >= TO_TIMESTAMP('2023-01-01 00:00:00.000000', 'YYYY-MM-DD HH24:MI:SS.US') AND created_at < TO_TIMESTAMP('2023-03-01 00:00:00.000000', 'YYYY-MM-DD HH24:MI:SS.US') GROUP BY DATE_TRUNC('month', created_at) ORDER BY "COUNT_DISTINCT(phone)" DESC LIMIT 10000
-- case: tableau temp rights check
CREATE LOCAL TEMPORARY TABLE "#Tableau_5_1_Connect" ("COL" INTEGER) ON COMMIT PRESERVE ROWS
-- then
DROP TABLE "#Tableau_5_1_Connect"
-- case: tableau fold
SELECT "Custom SQL Query"."level" AS "level", SUM(CAST("Custom SQL Query"."income" AS DOUBLE PRECISION)) AS "sum:income:ok", COUNT(DISTINCT (CASE WHEN ("Custom SQL Query"."level" > 1) THEN "Custom SQL Query"."phone" ELSE NULL END)) AS "ctd", MIN(CASE WHEN ("Custom SQL Query"."name" = '王**') THEN 1 ELSE 0 END) AS "m" FROM (SELECT * FROM housing.buyers) "Custom SQL Query" GROUP BY 1 HAVING (COUNT(1) > 0) ORDER BY 1
-- case: tableau odbc catalog
select NULL, NULL, 'TABLE' union select NULL, NULL, 'VIEW'
-- case: odbc SQLTables
select relname, nspname, relkind from pg_catalog.pg_class c, pg_catalog.pg_namespace n where relkind in ('r', 'v', 'm', 'f', 'p') and nspname not in ('pg_catalog', 'information_schema', 'pg_toast', 'pg_temp_1') and n.oid = relnamespace order by nspname, relname
-- case: odbc SQLColumns
select n.nspname, c.relname, a.attname, a.atttypid, t.typname, a.attnum, a.attlen, a.atttypmod, a.attnotnull, c.relhasrules, c.relkind, c.oid, pg_get_expr(d.adbin, d.adrelid), case t.typtype when 'd' then t.typbasetype else 0 end, t.typtypmod, 0, attidentity, c.relhassubclass from (((pg_catalog.pg_class c inner join pg_catalog.pg_namespace n on n.oid = c.relnamespace and c.relname = E'agents' and n.nspname = E'housing') inner join pg_catalog.pg_attribute a on (not a.attisdropped) and a.attnum > 0 and a.attrelid = c.oid) inner join pg_catalog.pg_type t on t.oid = a.atttypid) left outer join pg_attrdef d on a.atthasdef and d.adrelid = a.attrelid and d.adnum = a.attnum order by n.nspname, c.relname, attnum
-- case: power bi columns
select TABLE_SCHEMA, TABLE_NAME, COLUMN_NAME, ORDINAL_POSITION, IS_NULLABLE, case when (data_type like '%unsigned%') then DATA_TYPE || ' unsigned' else DATA_TYPE end as DATA_TYPE from INFORMATION_SCHEMA.columns where TABLE_SCHEMA = 'housing' and TABLE_NAME = 'buyers' order by TABLE_SCHEMA, TABLE_NAME, ORDINAL_POSITION
-- case: power bi keys
select i.CONSTRAINT_SCHEMA || '_' || i.CONSTRAINT_NAME as INDEX_NAME, ii.COLUMN_NAME, ii.ORDINAL_POSITION, case when i.CONSTRAINT_TYPE = 'PRIMARY KEY' then 'Y' else 'N' end as PRIMARY_KEY from INFORMATION_SCHEMA.table_constraints i inner join INFORMATION_SCHEMA.key_column_usage ii on i.CONSTRAINT_SCHEMA = ii.CONSTRAINT_SCHEMA and i.CONSTRAINT_NAME = ii.CONSTRAINT_NAME and i.TABLE_SCHEMA = ii.TABLE_SCHEMA and i.TABLE_NAME = ii.TABLE_NAME where i.TABLE_SCHEMA = 'housing' and i.TABLE_NAME = 'contracts' and i.CONSTRAINT_TYPE in ('PRIMARY KEY', 'UNIQUE') order by 1, 2
-- case: power bi fold text filter
select "_"."id", "_"."name" from "housing"."buyers" "_" where ("_"."name") like '王%' and ("_"."email" <> '' or "_"."email" is null) order by "_"."id" limit 5
-- case: grafana timeGroup fill
SELECT floor(extract(epoch from at)/86400)*86400 AS "time", outcome AS metric, count(*) AS "calls" FROM housing.calls WHERE at BETWEEN '2022-06-01T00:00:00Z' AND '2022-07-01T00:00:00Z' GROUP BY 1, 2 ORDER BY 1, 2
-- case: grafana variables
SELECT quote_ident(table_name) FROM information_schema.tables WHERE CASE WHEN array_length(string_to_array(table_schema, ' '), 1) IS NULL THEN false ELSE quote_ident(table_schema) = ANY (string_to_array('housing', ',')) END ORDER BY 1
-- case: finereport paging by row_number
SELECT * FROM (SELECT ROW_NUMBER() OVER (ORDER BY id) AS fr_rn, t.* FROM (SELECT b.id, b.name AS "客户姓名", b.phone AS "联系电话", a.name AS "置业顾问" FROM housing.buyers b LEFT JOIN housing.agents a ON b.agent_id = a.id WHERE 1=1 AND b.name LIKE '%%') t) tt WHERE fr_rn > 10 AND fr_rn <= 15
-- case: finereport count wrapper
SELECT COUNT(*) FROM (SELECT b.id, b.name, b.phone FROM housing.buyers b WHERE 1=1 ORDER BY b.id DESC) fr_count
-- case: mybatis pagehelper
SELECT count(0) FROM (SELECT b.*, (SELECT count(*) FROM housing.contracts c WHERE c.buyer_id = b.id) AS n FROM housing.buyers b) table_count WHERE n > 0
-- case: mybatis concat like
SELECT id, name, phone FROM housing.buyers WHERE name LIKE CONCAT('%', '王', '%') AND (phone LIKE CONCAT('%', '8', '%') OR id_no = '') ORDER BY id LIMIT 10 OFFSET 0
-- case: chinese collation order
SELECT id, name FROM housing.buyers WHERE id < 20 ORDER BY convert_to(name, 'GBK'), id
-- case: order by collate
SELECT id, name FROM housing.buyers WHERE id < 20 ORDER BY name COLLATE "C", id
-- case: order by field list
SELECT id, status FROM housing.contracts WHERE id < 10 ORDER BY array_position(ARRAY['filed','signed','cancelled'], status), id
-- case: union of paged subqueries
(SELECT id, name FROM housing.buyers ORDER BY id LIMIT 2) UNION ALL (SELECT id, name FROM housing.leads ORDER BY id DESC LIMIT 2)
-- case: retention matrix
WITH cohort AS (SELECT buyer_id, date_trunc('month', min(at)) AS m FROM housing.visits GROUP BY 1), act AS (SELECT v.buyer_id, c.m, (extract(year FROM age(date_trunc('month', v.at), c.m)) * 12 + extract(month FROM age(date_trunc('month', v.at), c.m)))::int AS k FROM housing.visits v JOIN cohort c USING (buyer_id)) SELECT m, count(DISTINCT buyer_id) FILTER (WHERE k = 0) AS m0, count(DISTINCT buyer_id) FILTER (WHERE k = 1) AS m1 FROM act GROUP BY m ORDER BY m
-- case: rfm
SELECT seg, count(*), min(phone) FROM (SELECT b.id, b.phone, ntile(5) OVER (ORDER BY max(v.at), b.id) || '-' || ntile(5) OVER (ORDER BY count(v.id), b.id) AS seg FROM housing.buyers b JOIN housing.visits v ON v.buyer_id = b.id GROUP BY b.id) x GROUP BY seg ORDER BY seg
-- case: dedupe by masked phone with window
SELECT id, name, phone, dup FROM (SELECT id, name, phone, count(*) OVER (PARTITION BY phone) AS dup, row_number() OVER (PARTITION BY phone ORDER BY id) AS rn FROM housing.buyers WHERE phone IS NOT NULL) t WHERE dup > 1 AND rn = 1 ORDER BY id LIMIT 10
-- case: phone validity check
SELECT count(*) FILTER (WHERE phone ~ '^1[3-9][0-9]{9}$') AS valid, count(*) FILTER (WHERE phone !~ '^1') AS odd, count(*) FILTER (WHERE id_no SIMILAR TO '[0-9]{17}[0-9X]') AS ids FROM housing.buyers
-- case: gender from id
SELECT id, CASE WHEN substr(id_no, 17, 1) ~ '[0-9]' THEN CASE WHEN substr(id_no, 17, 1)::int % 2 = 1 THEN '男' ELSE '女' END END AS sex FROM housing.buyers ORDER BY id LIMIT 10
-- case: birthday today
SELECT id, name FROM housing.buyers WHERE to_char(born, 'MMDD') = to_char(date '2024-01-01', 'MMDD') ORDER BY id
-- case: email domain
SELECT split_part(email, '@', 2) AS domain, count(*) FROM housing.buyers GROUP BY 1 ORDER BY 2 DESC, 1
-- case: joins on masked phone
SELECT b.id, c.id FROM housing.buyers b JOIN housing.calls c ON c.phone = b.phone WHERE b.id < 5 ORDER BY 1, 2 LIMIT 10
-- case: left join last digits
SELECT b.id, count(c.id) FROM housing.buyers b LEFT JOIN housing.calls c ON right(c.phone, 4) = right(b.phone, 4) GROUP BY b.id ORDER BY b.id LIMIT 5
-- case: not in subquery with masks
SELECT count(*) FROM housing.leads WHERE phone NOT IN (SELECT phone FROM housing.buyers WHERE phone IS NOT NULL)
-- case: between and income bands
SELECT CASE WHEN income < 100000 THEN 'A' WHEN income BETWEEN 100000 AND 300000 THEN 'B' ELSE 'C' END AS band, count(*), sum(income), avg(income)::numeric(12,2), percentile_cont(0.5) WITHIN GROUP (ORDER BY income) FROM housing.buyers GROUP BY 1 ORDER BY 1
-- case: json details masked
SELECT id, extra ->> 'wechat' AS wx, extra -> 'kin', jsonb_typeof(extra), coalesce(extra ->> 'rank', '-') FROM housing.buyers WHERE id < 4 ORDER BY id
-- case: json where
SELECT id FROM housing.profiles WHERE extra @> '{"level": 2}' AND extra -> 'contacts' -> 0 ->> 'name' IS NOT NULL ORDER BY id LIMIT 5
-- case: json path query
SELECT p.id, c ->> 'phone' FROM housing.profiles p, jsonb_path_query(p.extra, '$.contacts[*] ? (@.kin == true)') c ORDER BY 1, 2 LIMIT 5
-- case: array functions on masked
SELECT id, phones[1], cardinality(phones), '13800138000' = ANY(phones), array_to_string(phones, ';') FROM housing.buyers WHERE id < 4 ORDER BY id
-- case: unnest masked array
SELECT b.id, u.n, u.p FROM housing.buyers b LEFT JOIN LATERAL unnest(b.phones) WITH ORDINALITY AS u(p, n) ON true WHERE b.id < 4 ORDER BY 1, 2
-- case: composite field access
SELECT id, (home).street, (home).door FROM housing.profiles WHERE (home).door < 5 ORDER BY id
-- case: group by name having
SELECT name, count(*) AS n, array_agg(id ORDER BY id) FROM housing.buyers GROUP BY name HAVING count(*) > 3 ORDER BY n DESC, name LIMIT 5
-- case: distinct on masked
SELECT DISTINCT ON (left(phone, 3)) left(phone, 3), id, name FROM housing.buyers WHERE phone IS NOT NULL ORDER BY left(phone, 3), id
-- case: keyset on masked text
SELECT id, name FROM housing.buyers WHERE (name, id) > ('张**', 10) ORDER BY name, id LIMIT 5
-- case: exists correlated with masks
SELECT id FROM housing.contracts c WHERE EXISTS (SELECT FROM housing.buyers b WHERE b.id = c.buyer_id AND b.name LIKE '李%') ORDER BY id LIMIT 5
-- case: string_agg distinct
SELECT agent_id, string_agg(DISTINCT name, '、' ORDER BY name) FROM housing.buyers WHERE id < 40 GROUP BY agent_id ORDER BY 1 NULLS LAST
-- case: json tree
WITH RECURSIVE t AS (SELECT id, name, manager_id, 1 AS lvl FROM housing.agents WHERE manager_id IS NULL UNION ALL SELECT a.id, a.name, a.manager_id, t.lvl + 1 FROM housing.agents a JOIN t ON a.manager_id = t.id) CYCLE id SET is_cycle USING path SELECT lvl, jsonb_agg(jsonb_build_object('id', id, 'name', name) ORDER BY id) FROM t GROUP BY lvl ORDER BY lvl
-- case: lateral top n per group with masks
SELECT a.id, x.* FROM housing.agents a LEFT JOIN LATERAL (SELECT b.id AS bid, b.name, b.phone FROM housing.buyers b WHERE b.agent_id = a.id ORDER BY b.created_at DESC, b.id LIMIT 2) x ON true ORDER BY a.id, x.bid
-- case: generate calendar with cross join
SELECT m::date, p.id, coalesce(sum(c.price), 0) FROM generate_series('2023-01-01'::date, '2023-03-01', '1 month') m CROSS JOIN housing.projects p LEFT JOIN (housing.contracts c JOIN housing.units u ON u.id = c.unit_id JOIN housing.buildings g ON g.id = u.building_id) ON g.project_id = p.id AND date_trunc('month', c.signed) = m GROUP BY 1, 2 ORDER BY 1, 2
-- case: contract print view
SELECT c.id AS 合同编号, b.name AS 买受人, b.id_no AS 证件号码, b.phone AS 联系电话, b.address AS 通讯地址, u.number AS 房号, to_char(c.price, 'FM999,999,999.00') AS 总价, c.bank_card AS 卡号 FROM housing.contracts c JOIN housing.buyers b ON b.id = c.buyer_id JOIN housing.units u ON u.id = c.unit_id WHERE c.id IN (1, 2, 3) ORDER BY c.id
-- case: coalesce of several masked
SELECT id, COALESCE(phone, email, '无') AS contact, NULLIF(name, '') AS nm, concat_ws('/', name, phone, email), name || '(' || phone || ')' FROM housing.buyers WHERE id BETWEEN 1 AND 20 ORDER BY id
-- case: full outer join stats
SELECT COALESCE(x.d, y.d) AS d, x.n, y.n FROM (SELECT at::date d, count(*) n FROM housing.visits GROUP BY 1) x FULL JOIN (SELECT at::date d, count(*) n FROM housing.calls GROUP BY 1) y ON x.d = y.d ORDER BY 1 LIMIT 5
-- case: ilike any array
SELECT id, name FROM housing.projects WHERE name ILIKE ANY (ARRAY['%海%', '%云%']) ORDER BY id
-- case: percent of total
SELECT level, round(100.0 * count(*) / sum(count(*)) OVER (), 2) AS pct FROM housing.buyers GROUP BY level ORDER BY level
-- case: max by
SELECT (array_agg(name ORDER BY created_at DESC))[1] AS newest, max(created_at) FROM housing.buyers GROUP BY level ORDER BY 2
-- case: window last value ignore
SELECT id, last_value(name) OVER (PARTITION BY agent_id ORDER BY id ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) FROM housing.buyers WHERE id < 10 ORDER BY id
-- case: select without from and dual views
SELECT 1 AS "1", NULL, 'x'::unknown, true, 1.5, now() > '2020-01-01'::timestamptz
-- case: select star with using
SELECT * FROM housing.buyers JOIN housing.profiles USING (id) WHERE id < 3 ORDER BY id
-- case: natural left join
SELECT id, source FROM housing.leads NATURAL LEFT JOIN housing.contacts ORDER BY id LIMIT 3
-- case: row comparison again
SELECT id FROM housing.buyers WHERE (level, active) = (2, true) AND ROW(id, name) IS NOT NULL ORDER BY id LIMIT 3
-- case: listen notify
LISTEN items
-- then
NOTIFY items, 'a'
-- then
UNLISTEN items
-- case: prepared sql level
PREPARE q (int, text) AS SELECT id, name FROM housing.buyers WHERE level = $1 AND name LIKE $2 ORDER BY id LIMIT 3
-- then
EXECUTE q (2, '王%')
-- then
SELECT name, parameter_types FROM pg_prepared_statements WHERE from_sql
-- then
DEALLOCATE q
-- then
DEALLOCATE ALL
-- case: values and table commands
TABLE housing.agents ORDER BY id LIMIT 2
-- then
VALUES (1), (2)
-- case: jdbc getTables
SELECT NULL AS TABLE_CAT, n.nspname AS TABLE_SCHEM, c.relname AS TABLE_NAME, CASE n.nspname ~ '^pg_' OR n.nspname = 'information_schema' WHEN true THEN CASE WHEN n.nspname = 'pg_catalog' OR n.nspname = 'information_schema' THEN CASE c.relkind WHEN 'r' THEN 'SYSTEM TABLE' WHEN 'v' THEN 'SYSTEM VIEW' WHEN 'i' THEN 'SYSTEM INDEX' ELSE NULL END WHEN n.nspname = 'pg_toast' THEN CASE c.relkind WHEN 'r' THEN 'SYSTEM TOAST TABLE' WHEN 'i' THEN 'SYSTEM TOAST INDEX' ELSE NULL END ELSE CASE c.relkind WHEN 'r' THEN 'TEMPORARY TABLE' WHEN 'p' THEN 'TEMPORARY TABLE' WHEN 'i' THEN 'TEMPORARY INDEX' WHEN 'S' THEN 'TEMPORARY SEQUENCE' WHEN 'v' THEN 'TEMPORARY VIEW' ELSE NULL END END WHEN false THEN CASE c.relkind WHEN 'r' THEN 'TABLE' WHEN 'p' THEN 'PARTITIONED TABLE' WHEN 'i' THEN 'INDEX' WHEN 'P' then 'PARTITIONED INDEX' WHEN 'S' THEN 'SEQUENCE' WHEN 'v' THEN 'VIEW' WHEN 'c' THEN 'TYPE' WHEN 'f' THEN 'FOREIGN TABLE' WHEN 'm' THEN 'MATERIALIZED VIEW' ELSE NULL END ELSE NULL END AS TABLE_TYPE, d.description AS REMARKS, '' as TYPE_CAT, '' as TYPE_SCHEM, '' as TYPE_NAME, '' AS SELF_REFERENCING_COL_NAME, '' AS REF_GENERATION FROM pg_catalog.pg_namespace n, pg_catalog.pg_class c LEFT JOIN pg_catalog.pg_description d ON (c.oid = d.objoid AND d.objsubid = 0 and d.classoid = 'pg_class'::regclass) WHERE c.relnamespace = n.oid AND n.nspname LIKE 'housing' ORDER BY TABLE_TYPE, TABLE_SCHEM, TABLE_NAME
-- case: jdbc getColumns
SELECT * FROM (SELECT n.nspname, c.relname, a.attname, a.atttypid, a.attnotnull OR (t.typtype = 'd' AND t.typnotnull) AS attnotnull, a.atttypmod, a.attlen, t.typtypmod, row_number() OVER (PARTITION BY a.attrelid ORDER BY a.attnum) AS attnum, nullif(a.attidentity, '') as attidentity, nullif(a.attgenerated, '') as attgenerated, pg_catalog.pg_get_expr(def.adbin, def.adrelid) AS adsrc, dsc.description, t.typbasetype, t.typtype FROM pg_catalog.pg_namespace n JOIN pg_catalog.pg_class c ON (c.relnamespace = n.oid) JOIN pg_catalog.pg_attribute a ON (a.attrelid = c.oid) JOIN pg_catalog.pg_type t ON (a.atttypid = t.oid) LEFT JOIN pg_catalog.pg_attrdef def ON (a.attrelid = def.adrelid AND a.attnum = def.adnum) LEFT JOIN pg_catalog.pg_description dsc ON (c.oid = dsc.objoid AND a.attnum = dsc.objsubid) LEFT JOIN pg_catalog.pg_class dc ON (dc.oid = dsc.classoid AND dc.relname = 'pg_class') LEFT JOIN pg_catalog.pg_namespace dn ON (dc.relnamespace = dn.oid AND dn.nspname = 'pg_catalog') WHERE c.relkind in ('r','p','v','f','m') and a.attnum > 0 AND NOT a.attisdropped AND n.nspname LIKE 'housing' AND c.relname LIKE 'agents') c WHERE true ORDER BY nspname, c.relname, attnum
-- case: jdbc getIndexInfo
SELECT tmp.TABLE_CAT, tmp.TABLE_SCHEM, tmp.TABLE_NAME, tmp.NON_UNIQUE, tmp.INDEX_QUALIFIER, tmp.INDEX_NAME, tmp.TYPE, tmp.ORDINAL_POSITION, trim(both '"' from pg_catalog.pg_get_indexdef(tmp.CI_OID, tmp.ORDINAL_POSITION, false)) AS COLUMN_NAME, CASE tmp.AM_NAME WHEN 'btree' THEN CASE tmp.I_INDOPTION[tmp.ORDINAL_POSITION - 1] & 1::smallint WHEN 1 THEN 'D' ELSE 'A' END ELSE NULL END AS ASC_OR_DESC, tmp.CARDINALITY >= 0, tmp.FILTER_CONDITION FROM (SELECT NULL AS TABLE_CAT, n.nspname AS TABLE_SCHEM, ct.relname AS TABLE_NAME, NOT i.indisunique AS NON_UNIQUE, NULL AS INDEX_QUALIFIER, ci.relname AS INDEX_NAME, CASE i.indisclustered WHEN true THEN 1 ELSE CASE am.amname WHEN 'hash' THEN 2 ELSE 3 END END AS TYPE, (information_schema._pg_expandarray(i.indkey)).n AS ORDINAL_POSITION, ci.reltuples AS CARDINALITY, ci.relpages AS PAGES, pg_catalog.pg_get_expr(i.indpred, i.indrelid) AS FILTER_CONDITION, ci.oid AS CI_OID, i.indoption AS I_INDOPTION, am.amname AS AM_NAME FROM pg_catalog.pg_class ct JOIN pg_catalog.pg_namespace n ON (ct.relnamespace = n.oid) JOIN pg_catalog.pg_index i ON (ct.oid = i.indrelid) JOIN pg_catalog.pg_class ci ON (ci.oid = i.indexrelid) JOIN pg_catalog.pg_am am ON (ci.relam = am.oid) WHERE true AND n.nspname = 'housing' AND ct.relname = 'buyers') AS tmp ORDER BY NON_UNIQUE, TYPE, INDEX_NAME, ORDINAL_POSITION
-- case: jdbc getTypeInfo
SELECT t.typname, t.oid FROM pg_catalog.pg_type t JOIN pg_catalog.pg_namespace n ON (t.typnamespace = n.oid) WHERE n.nspname != 'pg_toast' AND (t.typrelid = 0 OR (SELECT c.relkind = 'c' FROM pg_catalog.pg_class c WHERE c.oid = t.typrelid)) ORDER BY 2
-- case: jdbc sql type lookup
SELECT n.nspname = ANY(current_schemas(true)), n.nspname, t.typname FROM pg_catalog.pg_type t JOIN pg_catalog.pg_namespace n ON t.typnamespace = n.oid WHERE t.oid = 'housing.unit_status'::regtype
-- case: jdbc type oid by name
SELECT typinput='pg_catalog.array_in'::regproc as is_array, typtype, typname, pg_type.oid FROM pg_catalog.pg_type LEFT JOIN (select ns.oid as nspoid, ns.nspname, r.r from pg_namespace as ns join (select s.r, (current_schemas(false))[s.r] as nspname from generate_series(1, array_upper(current_schemas(false), 1)) as s(r)) as r using (nspname)) as sp ON sp.nspoid = typnamespace WHERE typname = 'unit_status' ORDER BY sp.r, pg_type.oid DESC
-- case: jdbc field metadata
SELECT c.oid, a.attnum, a.attname, c.relname, n.nspname, a.attnotnull OR (t.typtype = 'd' AND t.typnotnull), a.attidentity != '' OR pg_catalog.pg_get_expr(d.adbin, d.adrelid) LIKE '%nextval(%' FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON (c.relnamespace = n.oid) JOIN pg_catalog.pg_attribute a ON (c.oid = a.attrelid) JOIN pg_catalog.pg_type t ON (a.atttypid = t.oid) LEFT JOIN pg_catalog.pg_attrdef d ON (d.adrelid = a.attrelid AND d.adnum = a.attnum) JOIN (SELECT 'housing.buyers'::regclass::oid AS oid, 1 AS attnum UNION ALL SELECT 'housing.buyers'::regclass::oid, 13) vals ON (c.oid = vals.oid AND a.attnum = vals.attnum) ORDER BY 2
-- case: jdbc getUDTs
select null as type_cat, n.nspname as type_schem, t.typname as type_name, null as class_name, CASE WHEN t.typtype='c' then 2002 else 2001 end as data_type, pg_catalog.obj_description(t.oid, 'pg_type') as remarks, CASE WHEN t.typtype = 'd' then (select CASE t.typname WHEN 'x' THEN 1 ELSE 12 END) else null end as base_type from pg_catalog.pg_type t, pg_catalog.pg_namespace n where t.typnamespace = n.oid and n.nspname != 'pg_catalog' and n.nspname != 'pg_toast' and typrelid != 0 and t.typtype IN ('c','d') order by data_type, type_schem, type_name
-- case: array literal typed enum any
-- bind: {free,sold}
SELECT count(*) FROM units WHERE status = ANY($1::housing.unit_status[])
-- case: domain cast
SELECT '13800001111'::housing.phone_number, NULL::housing.unit_status
-- case: hibernate struct
select p1_0.id,(p1_0.home).street,(p1_0.home).door from housing.profiles p1_0 where p1_0.id=2
-- case: join using alias again
SELECT x.id, p.mobile FROM buyers b JOIN profiles p USING (id) AS x WHERE x.id < 3 ORDER BY x.id
-- case: order by using operator
SELECT id, name FROM agents ORDER BY id USING > LIMIT 2
-- case: row in subquery
SELECT id FROM contracts WHERE (buyer_id, status) IN (SELECT b.id, 'filed' FROM buyers b WHERE b.active) ORDER BY id LIMIT 4
-- case: all and some
SELECT id FROM units WHERE list_price >= ALL (SELECT list_price FROM units) OR id = SOME (ARRAY[1, 2]) ORDER BY id
-- case: array of a subquery again
SELECT a.id, ARRAY(SELECT b.name FROM buyers b WHERE b.agent_id = a.id ORDER BY b.id LIMIT 2) FROM agents a ORDER BY a.id
-- case: array of rows
SELECT array_agg(b ORDER BY b.id) IS NOT NULL, count(b.*), count(b) FROM buyers b WHERE id < 4
-- case: json subscripts again
SELECT id, payload['n'], (payload['n'])::int + 1 FROM app.events WHERE payload['ok'] = 'true' ORDER BY id LIMIT 3
-- case: limit all, select all
SELECT ALL id FROM agents ORDER BY id LIMIT ALL OFFSET 10 ROWS
-- case: intersect all by columns
SELECT level FROM buyers INTERSECT ALL SELECT ordinal FROM co_buyers ORDER BY 1 LIMIT 3
-- case: values joined
SELECT b.id, v.tag, b.name FROM buyers b JOIN (VALUES (1, 'vip'), (2, 'new')) AS v(id, tag) ON v.id = b.id ORDER BY 1
-- case: partition maintenance looks
SELECT inhrelid::regclass, pg_get_expr(c.relpartbound, c.oid) FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid WHERE inhparent = 'housing.payments'::regclass ORDER BY 1
-- then
SELECT * FROM pg_partition_tree('housing.payments') ORDER BY 1::text
-- case: tablesample-free sampling
SELECT id FROM buyers ORDER BY md5(id::text) LIMIT 3
-- case: rollup of open table
SELECT district, count(*) FROM projects GROUP BY ROLLUP (district) ORDER BY 1 NULLS LAST
-- case: named windows chained
SELECT id, sum(price) OVER w2 FROM contracts WHERE id < 6 WINDOW w AS (PARTITION BY status), w2 AS (w ORDER BY id) ORDER BY id
-- case: string functions over masks
SELECT id, length(phone), upper(email), initcap(name), lpad(phone, 13, '0'), md5(phone) IS NULL, strpos(phone, '*'), ascii(name), format('%s<%s>', name, email), left(id_no, -4), regexp_matches(phone, '(\d+)') FROM buyers WHERE id IN (1, 2, 3) ORDER BY id
-- case: dates over masks
SELECT id, born, extract(month FROM born), born + 1, born + interval '1 month', to_char(born, 'YYYY-MM-DD'), age('2024-01-01', born), daterange(born, NULL), born < '1980-06-01' FROM buyers WHERE id < 4 ORDER BY id
-- case: numbers over masks
SELECT id, income, income::int, income / 12, round(income, -4), to_char(income, '999,999,999.00'), income::text, greatest(income, 100000), width_bucket(income, 0, 1000000, 10) FROM buyers WHERE id < 6 ORDER BY id
-- case: typed parameters for masks
-- bind: 138****0024, 560000, 1996-01-01
SELECT id FROM buyers WHERE phone = $1 AND income = $2 AND born = $3
-- case: parameter in select list
-- bind: x, 3
SELECT $1::text AS tag, id, name FROM buyers WHERE id = $2
-- case: parameter null safe
-- bind: NULL
SELECT count(*) FROM buyers WHERE phone IS NOT DISTINCT FROM $1
-- case: like parameter on name with escape
-- bind: 王\%%
SELECT count(*) FROM buyers WHERE name LIKE $1 ESCAPE '\'
-- case: limit parameters
-- bind: 3, 2
SELECT id, phone FROM buyers ORDER BY id LIMIT $1 OFFSET $2
-- case: interval parameter
-- bind: 30 days
SELECT count(*) FROM visits WHERE at > timestamptz '2023-05-01' - $1::interval
-- case: any parameter of phones
-- bind: {138****0024,x}
SELECT id FROM buyers WHERE phone = ANY($1) ORDER BY id
-- case: case with parameter order
-- bind: name
SELECT id FROM buyers WHERE id < 9 ORDER BY CASE WHEN $1 = 'name' THEN name ELSE phone END, id
-- case: sqlcommenter again
SELECT id, name FROM buyers WHERE id = 2 /*action='show',controller='buyers',framework='rails',traceparent='00-5bd66ef5095369c7b0d1f8f4bd33716a-c532cb4098ac3dd2-01'*/
-- case: hints in comments
/*+ SeqScan(b) */ SELECT /* app:crm */ b.id FROM buyers b WHERE b.id = 2 -- trailing
-- case: odd spacing and quoting
SELECT"id","name"FROM"housing"."buyers"WHERE"id"=2
-- case: dollar quoted search
SELECT id FROM buyers WHERE name = $$王**$$ AND id < 40 ORDER BY id
-- case: unicode identifiers
SELECT b.name AS "姓名", b.phone 电话 FROM buyers AS b WHERE b.id = 2
-- case: table alias with columns
SELECT c1, c2 FROM buyers AS t(c1, c2) WHERE c1 < 3 ORDER BY c1
-- case: whole row to text and back
SELECT b::text LIKE '(%' FROM buyers b WHERE id = 1
-- case: star expansions of joins
SELECT b.*, a.* FROM buyers b JOIN agents a ON a.id = b.agent_id WHERE b.id = 2
-- case: subselect in from without alias names
SELECT count(*) FROM (SELECT DISTINCT phone, name FROM buyers) AS d
-- case: scalar subqueries in select
SELECT (SELECT count(*) FROM buyers), (SELECT max(name) FROM buyers WHERE level = 1), EXISTS (TABLE agents)
-- case: nested ctes with same name
WITH b AS (SELECT * FROM buyers WHERE level = 1), c AS (WITH b AS (SELECT id FROM b WHERE active) SELECT count(*) AS n FROM b) SELECT c.n, (SELECT count(*) FROM b) FROM c
-- case: cte named like a table
WITH buyers AS (SELECT id, name FROM housing.buyers WHERE id < 3) SELECT * FROM buyers ORDER BY id
-- case: union types
SELECT id, phone FROM buyers WHERE id = 2 UNION SELECT id, phone FROM calls WHERE id = 1 UNION SELECT 0, NULL ORDER BY 1
-- case: correlated lateral aggregate with having
SELECT a.id, s.n FROM agents a, LATERAL (SELECT count(*) AS n FROM buyers b WHERE b.agent_id = a.id HAVING count(*) > 10) s ORDER BY 1
-- case: advisory locks in a worker
SELECT pg_try_advisory_lock(1, id) FROM (SELECT id FROM app.events ORDER BY id LIMIT 2) j
-- then
SELECT pg_advisory_unlock_all()
-- case: psql 17 watch style
SELECT now() > '2020-01-01', count(*) FROM buyers
-- case: copy query with join
COPY (SELECT b.id, b.name, a.name FROM buyers b LEFT JOIN agents a ON a.id = b.agent_id ORDER BY b.id LIMIT 3) TO STDOUT WITH (FORMAT csv, HEADER)
-- case: copy of a filtered table whole
COPY contracts TO STDOUT
