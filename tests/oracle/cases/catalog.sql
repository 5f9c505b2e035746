-- case: tables by information schema
SELECT table_schema, table_name, table_type FROM information_schema.tables WHERE table_schema IN ('housing', 'app') ORDER BY 1, 2
-- case: columns by information schema
SELECT column_name, data_type, is_nullable FROM information_schema.columns WHERE table_schema = 'housing' AND table_name = 'buyers' ORDER BY ordinal_position
-- case: SQLAlchemy has_table
SELECT pg_catalog.pg_class.relname FROM pg_catalog.pg_class JOIN pg_catalog.pg_namespace ON pg_catalog.pg_namespace.oid = pg_catalog.pg_class.relnamespace WHERE pg_catalog.pg_class.relname = 'buyers' AND pg_catalog.pg_class.relkind = ANY (ARRAY['r', 'p', 'f', 'v', 'm']) AND pg_catalog.pg_table_is_visible(pg_catalog.pg_class.oid) AND pg_catalog.pg_namespace.nspname != 'pg_catalog'
-- case: psql, describe a table, first query
SELECT c.oid, n.nspname, c.relname FROM pg_catalog.pg_class c LEFT JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE c.relname OPERATOR(pg_catalog.~) '^(buyers)$' COLLATE pg_catalog.default AND n.nspname OPERATOR(pg_catalog.~) '^(housing)$' COLLATE pg_catalog.default ORDER BY 2, 3
-- case: psql, describe a table, columns
SELECT a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod), (SELECT pg_catalog.pg_get_expr(d.adbin, d.adrelid, true) FROM pg_catalog.pg_attrdef d WHERE d.adrelid = a.attrelid AND d.adnum = a.attnum AND a.atthasdef), a.attnotnull, (SELECT c.collname FROM pg_catalog.pg_collation c, pg_catalog.pg_type t WHERE c.oid = a.attcollation AND t.oid = a.atttypid AND a.attcollation <> t.typcollation) AS attcollation, a.attidentity, a.attgenerated FROM pg_catalog.pg_attribute a WHERE a.attrelid = 'housing.buyers'::regclass AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum
-- case: psql, list relations, without what other sessions have for themselves at the moment
SELECT n.nspname as "Schema", c.relname as "Name", CASE c.relkind WHEN 'r' THEN 'table' WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized view' WHEN 'p' THEN 'partitioned table' END as "Type", pg_catalog.pg_get_userbyid(c.relowner) as "Owner" FROM pg_catalog.pg_class c LEFT JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace LEFT JOIN pg_catalog.pg_am am ON am.oid = c.relam WHERE c.relkind IN ('r','p','v','m','S','f','') AND n.nspname <> 'pg_catalog' AND n.nspname !~ '^pg_toast' AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_temp' ORDER BY 1,2
-- case: psql, list schemas
SELECT n.nspname AS "Name", pg_catalog.pg_get_userbyid(n.nspowner) AS "Owner" FROM pg_catalog.pg_namespace n WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' ORDER BY 1
-- case: psql, indexes of a table
SELECT c2.relname, i.indisprimary, i.indisunique, pg_catalog.pg_get_indexdef(i.indexrelid, 0, true), pg_catalog.pg_get_constraintdef(con.oid, true) FROM pg_catalog.pg_class c, pg_catalog.pg_class c2, pg_catalog.pg_index i LEFT JOIN pg_catalog.pg_constraint con ON (conrelid = i.indrelid AND conindid = i.indexrelid AND contype IN ('p','u','x')) WHERE c.oid = 'housing.buyers'::regclass AND c.oid = i.indrelid AND i.indexrelid = c2.oid ORDER BY i.indisprimary DESC, c2.relname
-- case: primary key of a table
SELECT a.attname FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY(i.indkey) WHERE i.indrelid = 'housing.buyers'::regclass AND i.indisprimary
-- case: foreign keys
SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE contype = 'f' AND conrelid = 'housing.contracts'::regclass ORDER BY 1
-- case: enumeration labels
SELECT e.enumlabel FROM pg_type t JOIN pg_enum e ON e.enumtypid = t.oid WHERE t.typname = 'unit_status' ORDER BY e.enumsortorder
-- case: types by oid
SELECT t.oid, t.typname, t.typelem, t.typrelid FROM pg_type t WHERE t.oid = ANY (ARRAY[23, 25, 1043]) ORDER BY 1
-- case: Npgsql type loading
SELECT ns.nspname, t.oid, t.typname, t.typtype, t.typnotnull FROM pg_type AS t JOIN pg_namespace AS ns ON (ns.oid = t.typnamespace) WHERE t.typtype IN ('e', 'd') AND ns.nspname = 'housing' ORDER BY 2
-- case: comments
SELECT obj_description('housing.buyers'::regclass, 'pg_class'), col_description('housing.buyers'::regclass, 1)
-- case: privileges
SELECT has_table_privilege('housing.buyers', 'SELECT'), has_schema_privilege('housing', 'USAGE')
-- case: current schemas
SELECT current_schemas(true)
-- case: regclass and friends
SELECT 'housing.buyers'::regclass, 'int4'::regtype, to_regclass('housing.nothing'), 'now'::regproc
-- case: version and encoding
SHOW client_encoding
