-- case: server's kind and version
SELECT version(), current_setting('server_version_num'), current_setting('is_superuser'), pg_is_in_recovery()
-- case: databases for a tree [moving]
SELECT db.oid, db.datname, db.dattablespace, ta.spcname, db.datallowconn, db.datistemplate, has_database_privilege(db.oid, 'CREATE') AS cancreate, datdba AS owner, descr.description FROM pg_catalog.pg_database db LEFT OUTER JOIN pg_catalog.pg_tablespace ta ON db.dattablespace = ta.oid LEFT OUTER JOIN pg_catalog.pg_shdescription descr ON (db.oid = descr.objoid AND descr.classoid = 'pg_database'::regclass) WHERE db.datallowconn AND NOT db.datistemplate AND db.datname = current_database()
-- case: roles for a tree
SELECT r.oid, r.rolname, r.rolcanlogin, r.rolsuper, ARRAY(SELECT m.roleid FROM pg_catalog.pg_auth_members m WHERE m.member = r.oid) AS member_of FROM pg_catalog.pg_roles r ORDER BY r.rolcanlogin, r.rolname
-- case: rights of the session's role
SELECT roles.oid AS id, roles.rolname AS name, roles.rolsuper AS is_superuser, CASE WHEN roles.rolsuper THEN true ELSE roles.rolcreaterole END AS can_create_role, pg_catalog.pg_has_role(roles.oid, 'MEMBER') AS member FROM pg_catalog.pg_roles AS roles WHERE rolname = current_user
-- case: schemas for a tree
SELECT n.oid, n.*, d.description, has_schema_privilege(n.oid, 'CREATE') AS can_create, has_schema_privilege(n.oid, 'USAGE') AS has_usage FROM pg_catalog.pg_namespace n LEFT OUTER JOIN pg_catalog.pg_description d ON d.objoid = n.oid AND d.objsubid = 0 AND d.classoid = 'pg_namespace'::regclass WHERE n.nspname !~ '^pg_' ORDER BY n.nspname
-- case: tables of a schema with their parts [moving]
SELECT c.oid, c.*, d.description, pg_catalog.pg_get_expr(c.relpartbound, c.oid) AS partition_expr, pg_catalog.pg_get_partkeydef(c.oid) AS partition_key FROM pg_catalog.pg_class c LEFT OUTER JOIN pg_catalog.pg_description d ON d.objoid = c.oid AND d.objsubid = 0 AND d.classoid = 'pg_class'::regclass WHERE c.relnamespace = 'housing'::regnamespace AND c.relkind NOT IN ('i', 'I', 'c') ORDER BY c.relname
-- case: columns of a table with their defaults [interference]
SELECT c.relname, a.*, pg_catalog.pg_get_expr(ad.adbin, ad.adrelid, true) AS def_value, dsc.description, dep.objid FROM pg_catalog.pg_attribute a INNER JOIN pg_catalog.pg_class c ON (a.attrelid = c.oid) LEFT OUTER JOIN pg_catalog.pg_attrdef ad ON (a.attrelid = ad.adrelid AND a.attnum = ad.adnum) LEFT OUTER JOIN pg_catalog.pg_description dsc ON (c.oid = dsc.objoid AND a.attnum = dsc.objsubid) LEFT OUTER JOIN pg_depend dep ON dep.refobjid = a.attrelid AND dep.deptype = 'i' AND dep.refobjsubid = a.attnum AND dep.classid = dep.refclassid WHERE NOT a.attisdropped AND a.attnum > 0 AND c.oid = 'housing.buyers'::regclass ORDER BY a.attnum
-- case: constraints of a table
SELECT c.oid, c.conname, c.contype, c.conkey, c.confkey, t.relname AS tabrelname, rt.relnamespace AS refnamespace, d.description, pg_catalog.pg_get_constraintdef(c.oid, true) FROM pg_catalog.pg_constraint c INNER JOIN pg_catalog.pg_class t ON t.oid = c.conrelid LEFT OUTER JOIN pg_catalog.pg_class rt ON rt.oid = c.confrelid LEFT OUTER JOIN pg_catalog.pg_description d ON d.objoid = c.oid AND d.objsubid = 0 AND d.classoid = 'pg_constraint'::regclass WHERE c.conrelid IN ('housing.contracts'::regclass, 'housing.buyers'::regclass) ORDER BY c.conname
-- case: indexes of a table
SELECT i.indexrelid, i.indkey, i.indisunique, c.relname, c.reltablespace, tc.relname AS tabrelname, dsc.description, pg_catalog.pg_get_expr(i.indpred, i.indrelid) AS pred_expr, pg_catalog.pg_get_expr(i.indexprs, i.indrelid, true) AS expr, pg_catalog.pg_get_indexdef(i.indexrelid) FROM pg_catalog.pg_index i INNER JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid INNER JOIN pg_catalog.pg_class tc ON tc.oid = i.indrelid LEFT OUTER JOIN pg_catalog.pg_description dsc ON i.indexrelid = dsc.objoid WHERE i.indrelid = 'housing.buyers'::regclass ORDER BY tabrelname, c.relname
-- case: types for a cache
SELECT t.oid, t.typname, t.typtype, t.typlen, t.typelem, t.typbasetype, c.relkind, format_type(nullif(t.typbasetype, 0), t.typtypmod) AS base_type_name, d.description FROM pg_catalog.pg_type t LEFT OUTER JOIN pg_catalog.pg_type et ON et.oid = t.typelem LEFT OUTER JOIN pg_catalog.pg_class c ON c.oid = t.typrelid LEFT OUTER JOIN pg_catalog.pg_description d ON t.oid = d.objoid WHERE t.typname IS NOT NULL AND (c.relkind IS NULL OR c.relkind = 'c') AND (et.typcategory IS NULL OR et.typcategory <> 'C') AND t.oid < 16384 ORDER BY t.oid
-- case: enumerations for a cache
SELECT e.enumtypid, e.enumlabel FROM pg_catalog.pg_enum e WHERE e.enumtypid = 'housing.unit_status'::regtype ORDER BY e.enumtypid, e.enumsortorder
-- case: functions of a schema
SELECT p.oid, p.proname, p.prokind, p.provolatile, p.prosecdef, l.lanname, pg_catalog.pg_get_function_arguments(p.oid) AS args, pg_catalog.pg_get_function_result(p.oid) AS result, d.description FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_language l ON l.oid = p.prolang LEFT OUTER JOIN pg_catalog.pg_description d ON d.objoid = p.oid AND d.classoid = 'pg_proc'::regclass WHERE p.pronamespace = 'housing'::regnamespace ORDER BY p.proname, p.oid
-- case: text of a function
SELECT pg_catalog.pg_get_functiondef('housing.loud(text)'::regprocedure)
-- case: text of a view
SELECT pg_catalog.pg_get_viewdef('housing.contract_overview'::regclass, true), (SELECT string_agg(r.rulename, ',') FROM pg_catalog.pg_rewrite r WHERE r.ev_class = 'housing.contract_overview'::regclass)
-- case: what depends on a table
SELECT DISTINCT d.classid::regclass::text, c.relname FROM pg_catalog.pg_depend d JOIN pg_catalog.pg_rewrite r ON r.oid = d.objid JOIN pg_catalog.pg_class c ON c.oid = r.ev_class WHERE d.refobjid = 'housing.buyers'::regclass AND c.relname <> 'buyers' ORDER BY 2
-- case: triggers of a table
SELECT t.oid, t.tgname, t.tgenabled, pg_catalog.pg_get_triggerdef(t.oid) FROM pg_catalog.pg_trigger t WHERE t.tgrelid = 'housing.buyers'::regclass AND NOT t.tgisinternal ORDER BY t.tgname
-- case: privileges of a table
SELECT r.rolname AS grantee, acl.privilege_type, acl.is_grantable FROM pg_catalog.pg_class c, LATERAL aclexplode(coalesce(c.relacl, acldefault('r', c.relowner))) AS acl LEFT JOIN pg_catalog.pg_roles r ON r.oid = acl.grantee WHERE c.oid = 'housing.buyers'::regclass ORDER BY 1 NULLS FIRST, 2
-- case: privileges by the standard's views
SELECT grantor, grantee, privilege_type FROM information_schema.table_privileges WHERE table_schema = 'housing' AND table_name = 'buyers' ORDER BY 2, 3
-- case: estimated rows
SELECT c.oid::regclass::text AS name, c.reltuples::bigint AS rows FROM pg_catalog.pg_class c WHERE c.relnamespace = 'housing'::regnamespace AND c.relkind = 'r' ORDER BY 1
-- case: sizes on disk [interference]
SELECT pg_size_pretty(pg_total_relation_size('housing.buyers')), pg_relation_size('housing.buyers', 'main') > 0, pg_size_pretty(pg_indexes_size('housing.buyers'::regclass))
-- case: activity without statements [moving]
SELECT pid, datname, usename, application_name, client_addr, backend_start, state, wait_event FROM pg_catalog.pg_stat_activity WHERE pid = pg_backend_pid()
-- case: settings by the view
SELECT name, setting, unit, short_desc FROM pg_catalog.pg_settings WHERE name IN ('server_version', 'TimeZone', 'max_connections') ORDER BY name
-- case: extensions there are
SELECT e.extname, e.extversion, n.nspname FROM pg_catalog.pg_extension e JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace ORDER BY 1
-- case: collations, first ones
SELECT c.oid, c.collname, c.collprovider FROM pg_catalog.pg_collation c WHERE c.collname IN ('C', 'default', 'POSIX') ORDER BY 2
-- case: columns with their keys by the standard's views
SELECT c.column_name, c.udt_schema, c.udt_name, c.is_nullable, c.is_identity, c.column_default, pk.constraint_type FROM information_schema.columns c LEFT JOIN (SELECT k.table_schema, k.table_name, k.column_name, t.constraint_type FROM information_schema.table_constraints t JOIN information_schema.key_column_usage k ON t.constraint_name = k.constraint_name AND t.constraint_schema = k.constraint_schema AND t.table_name = k.table_name WHERE t.constraint_type = 'PRIMARY KEY') pk ON pk.table_schema = c.table_schema AND pk.table_name = c.table_name AND pk.column_name = c.column_name WHERE c.table_schema = 'housing' AND c.table_name = 'buyers' ORDER BY c.ordinal_position
-- case: foreign keys by the standard's views
SELECT tc.constraint_name, kcu.column_name, ccu.table_schema, ccu.table_name, ccu.column_name, rc.update_rule, rc.delete_rule FROM information_schema.table_constraints tc JOIN information_schema.key_column_usage kcu ON kcu.constraint_name = tc.constraint_name AND kcu.constraint_schema = tc.constraint_schema JOIN information_schema.constraint_column_usage ccu ON ccu.constraint_name = tc.constraint_name AND ccu.constraint_schema = tc.constraint_schema JOIN information_schema.referential_constraints rc ON rc.constraint_name = tc.constraint_name AND rc.constraint_schema = tc.constraint_schema WHERE tc.constraint_type = 'FOREIGN KEY' AND tc.table_schema = 'housing' ORDER BY 1, 2
-- case: foreign keys by the catalogs, column by column
SELECT ns.nspname, cl.relname, att.attname, rcl.relname AS other, ratt.attname AS other_column FROM pg_catalog.pg_constraint con CROSS JOIN LATERAL unnest(con.conkey, con.confkey) WITH ORDINALITY AS k(here, there, n) JOIN pg_catalog.pg_class cl ON cl.oid = con.conrelid JOIN pg_catalog.pg_namespace ns ON ns.oid = cl.relnamespace JOIN pg_catalog.pg_attribute att ON att.attrelid = con.conrelid AND att.attnum = k.here JOIN pg_catalog.pg_class rcl ON rcl.oid = con.confrelid JOIN pg_catalog.pg_attribute ratt ON ratt.attrelid = con.confrelid AND ratt.attnum = k.there WHERE con.contype = 'f' ORDER BY 1, 2, 3
-- case: routines by the standard's views
SELECT routine_schema, routine_name, data_type FROM information_schema.routines WHERE routine_schema IN ('housing', 'app') ORDER BY 1, 2
-- case: views by the standard's views
SELECT table_name, is_updatable FROM information_schema.views WHERE table_schema = 'housing' ORDER BY 1
-- case: sequences, domains, schemata by the standard's views
SELECT (SELECT count(*) FROM information_schema.sequences), (SELECT string_agg(domain_name, ',' ORDER BY domain_name) FROM information_schema.domains WHERE domain_schema = 'housing'), (SELECT count(*) FROM information_schema.schemata WHERE schema_name = 'housing')
-- case: types loaded by a binary driver
SELECT ns.nspname, t.oid, t.typname, t.typtype, t.typnotnull, t.elemtypoid FROM (SELECT typ.oid, typ.typnamespace, typ.typname, typ.typrelid, typ.typnotnull, CASE WHEN proc.proname = 'array_recv' THEN 'a' ELSE typ.typtype END AS typtype, CASE WHEN proc.proname = 'array_recv' THEN typ.typelem WHEN typ.typtype = 'r' THEN rngsubtype WHEN typ.typtype = 'd' THEN typ.typbasetype END AS elemtypoid FROM pg_type AS typ LEFT JOIN pg_class AS cls ON (cls.oid = typ.typrelid) LEFT JOIN pg_proc AS proc ON proc.oid = typ.typreceive LEFT JOIN pg_range ON (pg_range.rngtypid = typ.oid) WHERE typ.typtype IN ('b', 'r', 'm', 'e', 'd') OR (typ.typtype = 'c' AND cls.relkind = 'c')) AS t JOIN pg_namespace AS ns ON (ns.oid = t.typnamespace) WHERE t.oid < 16384 ORDER BY t.oid
-- case: fields of composite types loaded by a binary driver
SELECT typ.oid, att.attname, att.atttypid FROM pg_type AS typ JOIN pg_namespace AS ns ON (ns.oid = typ.typnamespace) JOIN pg_class AS cls ON (cls.oid = typ.typrelid) JOIN pg_attribute AS att ON (att.attrelid = typ.typrelid) WHERE typ.typtype = 'c' AND cls.relkind = 'c' AND att.attnum > 0 AND NOT att.attisdropped ORDER BY typ.oid, att.attnum
-- case: schema of a result by a binary driver [interference]
SELECT attr.attname, attr.attnum, attr.attnotnull, attidentity != '' AS isidentity, CASE WHEN typ.typtype = 'd' THEN typ.typtypmod ELSE atttypmod END AS typmod, CASE WHEN atthasdef THEN (SELECT pg_get_expr(adbin, cls.oid) FROM pg_attrdef WHERE adrelid = cls.oid AND adnum = attr.attnum) END AS def, EXISTS (SELECT * FROM pg_index WHERE pg_index.indrelid = cls.oid AND pg_index.indisprimary AND attnum = ANY (indkey)) AS isprimary, EXISTS (SELECT * FROM pg_index WHERE pg_index.indrelid = cls.oid AND pg_index.indisunique AND pg_index.indnkeyatts = 1 AND attnum = pg_index.indkey[0]) AS isunique FROM pg_attribute AS attr JOIN pg_type AS typ ON attr.atttypid = typ.oid JOIN pg_class AS cls ON cls.oid = attr.attrelid JOIN pg_namespace AS ns ON ns.oid = cls.relnamespace WHERE NOT attr.attisdropped AND attr.attnum > 0 AND nspname = 'housing' AND relname = 'contracts' ORDER BY attnum
-- case: rows of a table for a grid
SELECT x.* FROM housing.buyers x ORDER BY x.id LIMIT 200
-- case: rows of a table for a grid, with their places
SELECT x.ctid, x.id, x.name, x.tableoid::regclass FROM housing.agents x ORDER BY x.id
-- case: count for a grid
SELECT COUNT(*) FROM housing.buyers x WHERE x.level = 2
