-- search_path: housing, app, public
-- case: pgadmin dashboard session stats [moving]
SELECT 'session_stats' AS chart_name, pg_catalog.row_to_json(t) AS chart_data FROM (SELECT (SELECT count(*) FROM pg_catalog.pg_stat_activity WHERE datname = (SELECT datname FROM pg_catalog.pg_database WHERE oid = 5)) AS "Total", (SELECT count(*) FROM pg_catalog.pg_stat_activity WHERE state = 'active' AND datname = (SELECT datname FROM pg_catalog.pg_database WHERE oid = 5)) AS "Active", (SELECT count(*) FROM pg_catalog.pg_stat_activity WHERE state = 'idle' AND datname = (SELECT datname FROM pg_catalog.pg_database WHERE oid = 5)) AS "Idle") t
-- case: pgadmin dashboard tps [moving]
SELECT 'tps_stats' AS chart_name, pg_catalog.row_to_json(t) AS chart_data FROM (SELECT (SELECT sum(xact_commit) + sum(xact_rollback) FROM pg_catalog.pg_stat_database WHERE datname = current_database()) AS "Transactions", (SELECT sum(xact_commit) FROM pg_catalog.pg_stat_database WHERE datname = current_database()) AS "Commits") t
-- case: pgadmin dashboard activity [moving]
SELECT pid, datname, usename, application_name, client_addr, pg_catalog.to_char(backend_start, 'YYYY-MM-DD HH24:MI:SS TZ') AS backend_start, state, wait_event_type || ': ' || wait_event AS wait_event, array_to_string(pg_catalog.pg_blocking_pids(pid), ', ') AS blocking_pids, query, pg_catalog.to_char(state_change, 'YYYY-MM-DD HH24:MI:SS TZ') AS state_change, pg_catalog.to_char(query_start, 'YYYY-MM-DD HH24:MI:SS TZ') AS query_start, backend_type, CASE WHEN state = 'active' THEN ROUND((extract(epoch from now() - query_start) / 60)::numeric, 2) ELSE 0 END AS active_since FROM pg_catalog.pg_stat_activity WHERE datname = current_database() ORDER BY pid
-- case: pgadmin dashboard prepared
SELECT gid, database, owner, transaction, pg_catalog.to_char(prepared, 'YYYY-MM-DD HH24:MI:SS TZ') AS prepared FROM pg_catalog.pg_prepared_xacts WHERE database = current_database() ORDER BY gid, database, owner
-- case: pgadmin dashboard config [moving]
SELECT name, category, setting, unit, short_desc FROM pg_catalog.pg_settings ORDER BY category, name
-- case: pgadmin db info [moving]
SELECT db.oid as did, db.datname, db.datallowconn, pg_encoding_to_char(db.encoding) AS serverencoding, has_database_privilege(db.oid, 'CREATE') as cancreate, datistemplate FROM pg_catalog.pg_database db WHERE db.datname = current_database()
-- case: pgadmin gss and super
SELECT roles.oid as id, roles.rolname as name, roles.rolsuper as is_superuser, CASE WHEN roles.rolsuper THEN true ELSE roles.rolcreaterole END as can_create_role, CASE WHEN roles.rolsuper THEN true ELSE roles.rolcreatedb END as can_create_db, CASE WHEN 'pg_signal_backend'=ANY(ARRAY(WITH RECURSIVE cte AS (SELECT pg_roles.oid,pg_roles.rolname FROM pg_roles WHERE pg_roles.oid = roles.oid UNION ALL SELECT m.roleid, pgr.rolname FROM cte cte_1 JOIN pg_auth_members m ON m.member = cte_1.oid JOIN pg_roles pgr ON pgr.oid = m.roleid) SELECT rolname FROM cte)) THEN True ELSE False END as can_signal_backend FROM pg_catalog.pg_roles as roles WHERE rolname = current_user
-- case: pgadmin table nodes [bag]
SELECT rel.oid, rel.relname AS name, (SELECT count(*) FROM pg_catalog.pg_trigger WHERE tgrelid=rel.oid AND tgisinternal = FALSE) AS triggercount, (SELECT count(*) FROM pg_catalog.pg_trigger WHERE tgrelid=rel.oid AND tgisinternal = FALSE AND tgenabled = 'O') AS has_enable_triggers, (CASE WHEN rel.relkind = 'p' THEN true ELSE false END) AS is_partitioned, nsp.nspname AS schema, pg_get_userbyid(rel.relowner) AS relowner, (SELECT count(1) FROM pg_catalog.pg_inherits WHERE inhrelid=rel.oid LIMIT 1) as is_inherits, (SELECT count(1) FROM pg_catalog.pg_inherits WHERE inhparent=rel.oid LIMIT 1) as is_inherited, des.description FROM pg_catalog.pg_class rel INNER JOIN pg_catalog.pg_namespace nsp ON rel.relnamespace= nsp.oid LEFT OUTER JOIN pg_catalog.pg_description des ON (des.objoid=rel.oid AND des.objsubid=0 AND des.classoid='pg_class'::regclass) WHERE rel.relkind IN ('r','t','p') AND rel.relnamespace = 'housing'::regnamespace AND NOT rel.relispartition ORDER BY rel.relname
-- case: pgadmin columns node
SELECT att.attname as name, att.attnum as OID, pg_catalog.format_type(ty.oid,NULL) AS datatype, pg_catalog.format_type(ty.oid,att.atttypmod) AS displaytypname, att.attnotnull as not_null, CASE WHEN att.atthasdef OR att.attidentity != '' OR ty.typdefault IS NOT NULL THEN True ELSE False END as has_default_val, des.description, seq.seqtypid FROM pg_catalog.pg_attribute att JOIN pg_catalog.pg_type ty ON ty.oid=atttypid JOIN pg_catalog.pg_namespace tn ON tn.oid=ty.typnamespace JOIN pg_catalog.pg_class cl ON cl.oid=att.attrelid JOIN pg_catalog.pg_namespace na ON na.oid=cl.relnamespace LEFT OUTER JOIN pg_catalog.pg_type et ON et.oid=ty.typelem LEFT OUTER JOIN pg_catalog.pg_attrdef def ON adrelid=att.attrelid AND adnum=att.attnum LEFT OUTER JOIN (pg_catalog.pg_depend JOIN pg_catalog.pg_class cs ON classid='pg_class'::regclass AND objid=cs.oid AND cs.relkind='S') ON refobjid=att.attrelid AND refobjsubid=att.attnum LEFT OUTER JOIN pg_catalog.pg_namespace ns ON ns.oid=cs.relnamespace LEFT OUTER JOIN pg_catalog.pg_index pi ON pi.indrelid=att.attrelid AND indisprimary LEFT OUTER JOIN pg_catalog.pg_description des ON (des.objoid=att.attrelid AND des.objsubid=att.attnum AND des.classoid='pg_class'::regclass) LEFT OUTER JOIN pg_catalog.pg_sequence seq ON cs.oid=seq.seqrelid WHERE att.attrelid = 'housing.buyers'::regclass::oid AND att.attnum > 0 AND att.attisdropped IS FALSE ORDER BY att.attnum
-- case: pgadmin acl of table
SELECT 'relacl' as deftype, COALESCE(gt.rolname, 'PUBLIC') as grantee, g.rolname as grantor, pg_catalog.array_agg(privilege_type ORDER BY privilege_type) as privileges, pg_catalog.array_agg(is_grantable) as grantable FROM (SELECT d.grantee, d.grantor, d.is_grantable, CASE d.privilege_type WHEN 'SELECT' THEN 'r' WHEN 'INSERT' THEN 'a' ELSE 'UNKNOWN' END AS privilege_type FROM (SELECT rel.relacl FROM pg_catalog.pg_class rel WHERE rel.oid = 'housing.buyers'::regclass) acl, LATERAL (SELECT (d).* FROM (SELECT pg_catalog.aclexplode(acl.relacl) AS d) x) d) d LEFT JOIN pg_catalog.pg_roles g ON (d.grantor = g.oid) LEFT JOIN pg_catalog.pg_roles gt ON (d.grantee = gt.oid) GROUP BY g.rolname, gt.rolname ORDER BY 2
-- case: pgadmin aclexplode in select [bag]
SELECT b.privs, (aclexplode(relacl)).grantee, (aclexplode(relacl)).privilege_type FROM pg_class, (SELECT 1 AS privs) b WHERE oid = 'housing.buyers'::regclass
-- case: pgadmin statistics of tables [moving]
SELECT st.relname AS "Table name", n_tup_ins AS "Tuples inserted", n_live_tup, n_dead_tup, last_vacuum, last_autovacuum, last_analyze, pg_catalog.pg_relation_size(st.relid) + 0 AS "Size" FROM pg_catalog.pg_stat_all_tables st JOIN pg_catalog.pg_class cl ON cl.oid=st.relid WHERE schemaname = 'housing' ORDER BY st.relname
-- case: pgadmin query tool lock column
SELECT DISTINCT dep.deptype, dep.classid, cl.relkind, ad.adbin IS NULL FROM pg_depend dep LEFT JOIN pg_class cl ON dep.objid=cl.oid LEFT JOIN pg_attrdef ad ON ad.oid = dep.objid WHERE dep.refobjid='housing.buyers'::regclass::oid AND classid IN (SELECT oid FROM pg_class WHERE relname IN ('pg_class', 'pg_constraint', 'pg_attrdef')) ORDER BY classid, cl.relkind
-- case: pgadmin autocomplete keywords [bag]
SELECT upper(word) as word FROM pg_catalog.pg_get_keywords()
-- case: pgadmin autocomplete functions [bag]
SELECT n.nspname schema_name, p.proname func_name, p.proargnames, COALESCE(proallargtypes::regtype[], proargtypes::regtype[])::text[], p.proargmodes, prorettype::regtype::text return_type, p.prokind = 'a' is_aggregate, p.prokind = 'w' is_window, p.proretset is_set_returning, pg_get_expr(proargdefaults, 0) AS arg_defaults FROM pg_catalog.pg_proc p INNER JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace WHERE p.prorettype::regtype != 'trigger'::regtype AND n.nspname = 'housing' ORDER BY 1, 2
-- case: pgadmin erd fks
SELECT ct.oid, conname as name, condeferrable, condeferred, confupdtype, confdeltype, CASE confmatchtype WHEN 's' THEN FALSE WHEN 'f' THEN TRUE END AS confmatchtype, conkey, confkey, confrelid, nl.nspname as fknsp, cl.relname as fktab, nr.oid as refnspoid, nr.nspname as refnsp, cr.relname as reftab, description as comment, convalidated, conislocal FROM pg_catalog.pg_constraint ct JOIN pg_catalog.pg_class cl ON cl.oid=conrelid JOIN pg_catalog.pg_namespace nl ON nl.oid=cl.relnamespace JOIN pg_catalog.pg_class cr ON cr.oid=confrelid JOIN pg_catalog.pg_namespace nr ON nr.oid=cr.relnamespace LEFT OUTER JOIN pg_catalog.pg_description des ON (des.objoid=ct.oid AND des.classoid='pg_constraint'::regclass) WHERE ct.contype='f' AND conrelid = 'housing.contracts'::regclass::oid ORDER BY conname
-- case: datagrip introspect max tx [moving]
select coalesce(max(L.transactionid::varchar::bigint)::varchar::bigint, 0) from pg_catalog.pg_class, (select 1::bigint as transactionid) L
-- case: datagrip state of catalog by age [bag]
select oid from pg_catalog.pg_class T where relnamespace = 'housing'::regnamespace and pg_catalog.age(T.xmin) <= coalesce(nullif(greatest(pg_catalog.age('3'::varchar::xid), -1), -1), 2147483647)
-- case: datagrip current tx [moving]
select case when pg_catalog.pg_is_in_recovery() then null else (pg_catalog.txid_current() % (2^32)::bigint)::varchar::bigint end as current_txid
-- case: datagrip index columns without property [bag]
select ind_head.indexrelid index_id, k col_idx, ind_head.indkey[k-1] column_position, pg_catalog.pg_get_indexdef(ind_head.indexrelid, k::int, true) expression, pg_catalog.pg_indexam_has_property(ind_stor.relam, 'can_order') as can_order, pg_catalog.pg_index_column_has_property(ind_head.indexrelid, k::int, 'asc') from pg_catalog.pg_index ind_head join pg_catalog.pg_class ind_stor on ind_stor.oid = ind_head.indexrelid cross join unnest(ind_head.indkey) with ordinality u(u, k) where ind_stor.relnamespace = 'housing'::regnamespace
-- case: datagrip constraints [bag]
select T.oid table_id, relkind table_kind, C.oid::bigint con_id, C.xmin con_state_id, conname con_name, contype con_kind, conkey con_columns, conindid index_id, confrelid ref_table_id, condeferrable is_deferrable, condeferred is_init_deferred, confupdtype on_update, confdeltype on_delete, connoinherit no_inherit, pg_catalog.pg_get_expr(conbin, T.oid) con_expression, confkey ref_columns, conexclop::int[] excl_operators, array(select unnest::regoper::varchar from unnest(conexclop)) excl_operators_str from pg_catalog.pg_constraint C join pg_catalog.pg_class T on C.conrelid = T.oid where relkind in ('r', 'v', 'f', 'p') and relnamespace = 'housing'::regnamespace and contype in ('p', 'u', 'f', 'c', 'x') and connamespace = 'housing'::regnamespace
-- case: datagrip routines [bag]
with languages as (select oid as lang_oid, lanname as lang from pg_catalog.pg_language), routines as (select proname as r_name, prolang as lang_oid, oid as r_id, xmin as r_state_number, proargnames as arg_names, proargmodes as arg_modes, proargtypes::int[] as in_arg_types, proallargtypes::int[] as all_arg_types, pg_catalog.pg_get_expr(proargdefaults, 0) as arg_defaults, provariadic as arg_variadic_id, prorettype as ret_type_id, proretset as ret_set, prokind as kind, provolatile as volatile_kind, proisstrict as is_strict, prosecdef as is_security_definer, proconfig as configuration_parameters, procost as cost, pg_catalog.pg_get_userbyid(proowner) as "owner", prorows as rows, proleakproof as is_leakproof, proparallel as concurrency_kind from pg_catalog.pg_proc where pronamespace = 'housing'::regnamespace) select * from routines natural join languages
-- case: datagrip view sources [interference]
select T.relkind as view_kind, T.oid as view_id, pg_catalog.pg_get_viewdef(T.oid, true) as source_text from pg_catalog.pg_class T join pg_catalog.pg_namespace N on T.relnamespace = N.oid where N.oid = 'housing'::regnamespace and T.relkind in ('m','v')
-- case: datagrip function sources [bag]
with system_languages as (select oid as lang from pg_catalog.pg_language where lanname in ('c','internal')) select PC.oid as id, pg_catalog.pg_get_function_arguments(PC.oid) as arguments_def, pg_catalog.pg_get_function_result(PC.oid) as result_def, pg_catalog.pg_get_function_sqlbody(PC.oid) as sqlbody_def, PC.prosrc as source_text from pg_catalog.pg_proc PC where PC.pronamespace = 'housing'::regnamespace and PC.prokind <> 'a' and not PC.prolang in (select lang from system_languages)
-- case: datagrip rules [bag interference]
select R.ev_class as table_id, R.oid as rule_id, R.xmin as rule_state_number, R.rulename as rule_name, pg_catalog.translate(ev_type,'1234','SUID') as rule_event_code, R.ev_enabled as rule_fire_mode, R.is_instead as rule_is_instead from pg_catalog.pg_rewrite R where R.ev_class in (select oid from pg_catalog.pg_class where relnamespace = 'housing'::regnamespace) and R.rulename != '_RETURN'::name order by R.ev_class::bigint, ev_type
-- case: datagrip enums in types [bag]
select T.oid as type_id, T.xmin as type_state_number, T.typname as type_name, T.typtype as type_sub_kind, T.typcategory as type_category, T.typrelid as class_id, T.typbasetype as base_type_id, case when T.typtype in ('c','e') then null else pg_catalog.format_type(T.typbasetype, T.typtypmod) end as type_def, T.typndims as dimensions_number, T.typdefault as default_expression, T.typnotnull as mandatory, pg_catalog.pg_get_userbyid(T.typowner) as "owner" from pg_catalog.pg_type T where T.typnamespace = 'housing'::regnamespace and (T.typtype in ('d','e') or T.typtype = 'c' and exists (select 1 from pg_catalog.pg_class C where C.oid = T.typrelid and C.relkind = 'c')) order by 1
-- case: datagrip collations locks roles [bag]
select R.oid::bigint as role_id, rolname as role_name, rolsuper is_super, rolinherit is_inherit, rolcreaterole can_createrole, rolcreatedb can_createdb, rolcanlogin can_login, rolreplication is_replication, rolconnlimit conn_limit, rolvaliduntil valid_until, rolbypassrls bypass_rls, rolconfig config, D.description from pg_catalog.pg_roles R left join pg_catalog.pg_shdescription D on D.objoid = R.oid
-- case: datagrip membership [bag]
select member id, roleid role_id, admin_option from pg_catalog.pg_auth_members order by id, roleid::text
-- case: datagrip tablespaces [bag]
select T.oid::bigint as id, T.spcname as name, T.xmin as state_number, pg_catalog.pg_get_userbyid(T.spcowner) as owner, pg_catalog.pg_tablespace_location(T.oid) as location, T.spcoptions as options, D.description as comment from pg_catalog.pg_tablespace T left join pg_catalog.pg_shdescription D on D.objoid = T.oid
-- case: datagrip access methods [bag]
select A.oid as access_method_id, A.xmin as state_number, A.amname as access_method_name, A.amhandler::oid as handler_id, pg_catalog.quote_ident(N.nspname) || '.' || pg_catalog.quote_ident(P.proname) as handler_name, A.amtype as access_method_type from pg_am A join pg_proc P on A.amhandler::oid = P.oid join pg_namespace N on P.pronamespace = N.oid
-- case: datagrip descriptions [bag]
select D.objoid id, case when 'pg_catalog.pg_class'::regclass = classoid and C.relkind in ('c') then 'C' else 'x' end as kind, D.objsubid sub_id, D.description from pg_catalog.pg_description D left join pg_catalog.pg_class C on D.objoid = C.oid where C.relnamespace = 'housing'::regnamespace
-- case: datagrip column stats listing
select attname from pg_catalog.pg_attribute where attrelid = 'housing.units'::regclass and attnum > 0 order by 1
-- case: dbeaver open schema stats [moving]
SELECT c.oid,pg_catalog.pg_total_relation_size(c.oid) as total_rel_size,pg_catalog.pg_relation_size(c.oid) as rel_size FROM pg_class c WHERE c.relnamespace='housing'::regnamespace
-- case: dbeaver db size [moving]
SELECT pg_catalog.pg_database_size(current_database()), pg_catalog.pg_size_pretty(pg_catalog.pg_database_size(current_database()))
-- case: dbeaver keywords
select string_agg(word, ',') from pg_catalog.pg_get_keywords() where word <> ALL ('{a,abs,absolute,action}'::text[])
-- case: dbeaver settings probe
SELECT * FROM pg_catalog.pg_enum WHERE 1<>1 LIMIT 1
-- case: dbeaver default role read
SELECT reltype FROM pg_catalog.pg_class WHERE 1<>1 LIMIT 1
-- case: dbeaver types all [bag moving]
SELECT t.oid,t.*,c.relkind,format_type(nullif(t.typbasetype, 0), t.typtypmod) as base_type_name, d.description FROM pg_catalog.pg_type t LEFT OUTER JOIN pg_catalog.pg_type et ON et.oid=t.typelem LEFT OUTER JOIN pg_catalog.pg_class c ON c.oid=t.typrelid LEFT OUTER JOIN pg_catalog.pg_description d ON t.oid=d.objoid WHERE t.typname IS NOT NULL AND (c.relkind IS NULL OR c.relkind = 'c') AND (et.typcategory IS NULL OR et.typcategory <> 'C')
-- case: dbeaver event triggers [bag]
SELECT * FROM pg_catalog.pg_event_trigger
-- case: dbeaver fdw [bag]
SELECT l.oid,l.*,p.pronamespace as handler_schema_id FROM pg_catalog.pg_foreign_data_wrapper l LEFT OUTER JOIN pg_catalog.pg_proc p ON p.oid=l.fdwhandler ORDER BY l.fdwname
-- case: dbeaver jobs and policies [bag]
SELECT p.*, pg_get_expr(polqual, polrelid) FROM pg_catalog.pg_policy p
-- case: adminer tables [bag moving]
SELECT c.relname AS "Name", CASE c.relkind WHEN 'r' THEN 'table' WHEN 'm' THEN 'materialized view' ELSE 'view' END AS "Engine", pg_table_size(c.oid) AS "Data_length", pg_indexes_size(c.oid) AS "Index_length", obj_description(c.oid, 'pg_class') AS "Comment", '' AS "Oid", c.reltuples as "Rows", n.nspname FROM pg_class c JOIN pg_namespace n ON(n.nspname = current_schema() AND n.oid = c.relnamespace) WHERE relkind IN ('r', 'm', 'v', 'f', 'p') ORDER BY relname
-- case: adminer processlist [moving]
SELECT * FROM pg_stat_activity ORDER BY pid
-- case: adminer fields [interference]
SELECT a.attname AS field, format_type(a.atttypid, a.atttypmod) AS full_type, pg_get_expr(d.adbin, d.adrelid) AS default, a.attnotnull::int, col_description(c.oid, a.attnum) AS comment, a.attidentity, a.attgenerated FROM pg_class c JOIN pg_namespace n ON c.relnamespace = n.oid JOIN pg_attribute a ON c.oid = a.attrelid LEFT JOIN pg_attrdef d ON c.oid = d.adrelid AND a.attnum = d.adnum WHERE c.relname = 'buyers' AND n.nspname = current_schema() AND NOT a.attisdropped AND a.attnum > 0 ORDER BY a.attnum
-- case: heidisql tables [moving]
SELECT *, pg_table_size('"' || "t"."table_schema" || '"."' || "t"."table_name" || '"') AS data_length, pg_relation_size('"' || "t"."table_schema" || '"."' || "t"."table_name" || '"') AS index_length, "c"."reltuples", obj_description("c"."oid") AS comment FROM "information_schema"."tables" AS t LEFT JOIN "pg_namespace" n ON t.table_schema = n.nspname LEFT JOIN "pg_class" c ON n.oid = c.relnamespace AND c.relname=t.table_name WHERE t."table_schema"='housing'
-- case: navicat open table [bag]
SELECT col.column_name, col.udt_name, col.is_nullable, col.column_default, col.ordinal_position, des.description, col.character_maximum_length, col.numeric_precision, col.numeric_scale, typ.typtype, (CASE (SELECT COUNT(pgc.conname) FROM pg_constraint AS pgc, pg_attribute AS pga WHERE pgc.conrelid = pga.attrelid AND pgc.conkey[1] = pga.attnum AND pga.attname = col.column_name AND pgc.contype='p' AND pga.attrelid = 'housing.agents'::regclass) WHEN 0 THEN 'N' ELSE 'Y' END) FROM information_schema.columns AS col LEFT JOIN pg_description AS des ON des.objoid = 'housing.agents'::regclass AND col.ordinal_position = des.objsubid LEFT JOIN pg_type typ ON typ.typname = col.udt_name WHERE table_schema = 'housing' AND table_name = 'agents' ORDER BY ordinal_position
-- case: liquibase lock table probe [bag]
SELECT COUNT(*) FROM information_schema.tables WHERE table_name = 'databasechangeloglock' AND table_schema = 'housing'
-- case: liquibase current user
SELECT CURRENT_USER, CURRENT_SCHEMA, CURRENT_DATABASE() IS NOT NULL, SESSION_USER
-- case: liquibase snapshot sequences
SELECT c.relname AS "SEQUENCE_NAME", s.seqmin AS "MIN_VALUE", s.seqmax AS "MAX_VALUE", s.seqincrement AS "INCREMENT_BY", s.seqcycle AS "WILL_CYCLE", s.seqstart AS "START_VALUE", s.seqcache AS "CACHE_SIZE", pg_catalog.format_type(s.seqtypid, NULL) AS "SEQ_TYPE" FROM pg_class c JOIN pg_sequence s on c.oid = s.seqrelid JOIN pg_namespace ns on c.relnamespace = ns.oid WHERE c.relkind = 'S' AND ns.nspname = 'series' AND c.oid not in (select d.objid FROM pg_depend d where d.refobjsubid > 0)
-- case: flyway schema history probe
SELECT EXISTS (SELECT 1 FROM pg_namespace WHERE nspname = 'housing')
-- then
SELECT EXISTS (SELECT FROM information_schema.tables WHERE table_schema='housing' AND table_name='flyway_schema_history')
-- then
SELECT COUNT(*) FROM pg_namespace n, pg_depend d WHERE n.oid = d.refobjid AND d.objid = 5
-- case: laravel tables [moving]
select c.relname as name, n.nspname as schema, pg_total_relation_size(c.oid) as size, obj_description(c.oid, 'pg_class') as comment from pg_class c, pg_namespace n where c.relkind in ('r', 'p') and n.oid = c.relnamespace and n.nspname not in ('pg_catalog', 'information_schema') order by c.relname
-- case: laravel columns [interference]
select a.attname as name, t.typname as type_name, format_type(a.atttypid, a.atttypmod) as type, (select tc.collcollate from pg_catalog.pg_collation tc where tc.oid = a.attcollation) as collation, not a.attnotnull as nullable, (select pg_get_expr(adbin, adrelid) from pg_attrdef where c.oid = pg_attrdef.adrelid and pg_attrdef.adnum = a.attnum) as default, a.attgenerated as generated, col_description(c.oid, a.attnum) as comment from pg_attribute a, pg_class c, pg_type t, pg_namespace n where c.relname = 'buyers' and n.nspname = 'housing' and a.attnum > 0 and a.attrelid = c.oid and a.atttypid = t.oid and n.oid = c.relnamespace order by a.attnum
-- case: laravel indexes
select ic.relname as name, string_agg(a.attname, ',' order by indseq.ord) as columns, am.amname as "type", i.indisunique as "unique", i.indisprimary as "primary" from pg_index i join pg_class tc on tc.oid = i.indrelid join pg_namespace tn on tn.oid = tc.relnamespace join pg_class ic on ic.oid = i.indexrelid join pg_am am on am.oid = ic.relam join lateral unnest(i.indkey) with ordinality as indseq(num, ord) on true left join pg_attribute a on a.attrelid = i.indrelid and a.attnum = indseq.num where tc.relname = 'buyers' and tn.nspname = 'housing' group by ic.relname, am.amname, i.indisunique, i.indisprimary order by 1
-- case: laravel foreign keys
select c.conname as name, string_agg(la.attname, ',' order by conseq.ord) as columns, fn.nspname as foreign_schema, fc.relname as foreign_table, string_agg(fa.attname, ',' order by conseq.ord) as foreign_columns, c.confupdtype as on_update, c.confdeltype as on_delete from pg_constraint c join pg_class tc on c.conrelid = tc.oid join pg_namespace tn on tn.oid = tc.relnamespace join pg_class fc on c.confrelid = fc.oid join pg_namespace fn on fn.oid = fc.relnamespace join lateral unnest(c.conkey) with ordinality as conseq(num, ord) on true join pg_attribute la on la.attrelid = c.conrelid and la.attnum = conseq.num join pg_attribute fa on fa.attrelid = c.confrelid and fa.attnum = c.confkey[conseq.ord] where c.contype = 'f' and tc.relname = 'contracts' and tn.nspname = 'housing' group by c.conname, fn.nspname, fc.relname, c.confupdtype, c.confdeltype order by 1
-- case: postgrest schema cache tables [bag]
WITH columns AS (SELECT nc.nspname::name AS table_schema, c.relname::name AS table_name, a.attname::name AS column_name, d.description AS description, CASE WHEN t.typbasetype != 0 THEN pg_get_expr(ad.adbin, ad.adrelid) WHEN a.attidentity = 'd' THEN 'x' ELSE null END AS column_default, not (a.attnotnull OR t.typtype = 'd' AND t.typnotnull) AS is_nullable, CASE WHEN t.typtype = 'd' THEN format_type(t.typbasetype, NULL::integer) ELSE format_type(a.atttypid, NULL::integer) END::text AS data_type, information_schema._pg_char_max_length(information_schema._pg_truetypid(a.*, t.*), information_schema._pg_truetypmod(a.*, t.*))::integer AS character_maximum_length, t.oid AS base_type, a.attnum::integer AS position FROM pg_attribute a LEFT JOIN pg_description AS d ON d.objoid = a.attrelid and d.objsubid = a.attnum and d.classoid = 'pg_class'::regclass LEFT JOIN pg_attrdef ad ON a.attrelid = ad.adrelid AND a.attnum = ad.adnum JOIN pg_class c ON a.attrelid = c.oid JOIN pg_namespace nc ON c.relnamespace = nc.oid JOIN pg_type t ON a.atttypid = t.oid WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind in ('r', 'v', 'f', 'm', 'p') AND nc.nspname = ANY('{app}')) SELECT table_schema, table_name, array_agg(row(column_name, is_nullable, data_type, character_maximum_length) order by position) FROM columns GROUP BY 1, 2 ORDER BY 1, 2
-- case: postgrest functions [bag]
SELECT pn.nspname AS proc_schema, p.proname AS proc_name, d.description AS proc_description, tn.nspname AS schema, COALESCE(comp.relname, t.typname) AS name, p.proretset AS rettype_is_setof, p.provolatile, p.provariadic > 0 as hasvariadic, lower((regexp_split_to_array((regexp_split_to_array(iso_config, '='))[2], ','))[1]) AS transaction_isolation_level FROM pg_proc p JOIN pg_namespace pn ON pn.oid = p.pronamespace JOIN pg_type t ON t.oid = p.prorettype JOIN pg_namespace tn ON tn.oid = t.typnamespace LEFT JOIN pg_class comp ON comp.oid = t.typrelid LEFT JOIN pg_description as d ON d.objoid = p.oid LEFT JOIN LATERAL unnest(proconfig) iso_config ON iso_config LIKE 'default_transaction_isolation%' WHERE t.oid <> 'trigger'::regtype AND prokind = 'f' AND pn.nspname = ANY('{housing}')
-- case: hasura check version
SELECT current_setting('server_version_num')::int, current_setting('server_encoding'), current_setting('timezone')
-- case: postgres exporter pg_stat_database [moving]
SELECT datname, numbackends, xact_commit, blks_hit, tup_returned, deadlocks, stats_reset FROM pg_stat_database
-- case: exporter settings [moving]
SELECT name, setting, COALESCE(unit, ''), short_desc, vartype FROM pg_settings WHERE vartype IN ('bool', 'integer', 'real') AND name != 'sync_commit_cancel_wait'
-- case: monitoring long transactions [moving]
SELECT pid, now() - xact_start AS age, state, left(query, 60) FROM pg_stat_activity WHERE xact_start IS NOT NULL AND now() - xact_start > interval '5 min' ORDER BY age DESC
-- case: monitoring blocked [moving]
SELECT a.pid, pg_blocking_pids(a.pid) FROM pg_stat_activity a WHERE cardinality(pg_blocking_pids(a.pid)) > 0
-- case: monitoring bloat by stats views [moving]
SELECT schemaname, relname, n_live_tup, n_dead_tup, seq_scan, idx_scan FROM pg_stat_user_tables ORDER BY n_dead_tup DESC LIMIT 10
-- case: monitoring unused indexes [moving]
SELECT s.relname, s.indexrelname, s.idx_scan FROM pg_stat_user_indexes s JOIN pg_index i USING (indexrelid) WHERE NOT i.indisunique ORDER BY 3, 1
-- case: monitoring replication [moving]
SELECT client_addr, state, sent_lsn, replay_lsn FROM pg_stat_replication
-- case: monitoring cache hit [moving]
SELECT sum(heap_blks_hit) / nullif(sum(heap_blks_hit) + sum(heap_blks_read), 0) FROM pg_statio_user_tables
-- case: monitoring backend types [moving]
SELECT backend_type, count(*) FROM pg_stat_activity GROUP BY 1
-- case: monitoring table age [moving]
SELECT relname, age(relfrozenxid) FROM pg_class WHERE relkind = 'r' ORDER BY 2 DESC LIMIT 3
-- case: hikari alive
SELECT 1
-- then
/* ping */ SELECT 1
-- case: dbt list relations [bag]
select 'x' as database, tablename as name, schemaname as schema, 'table' as type from pg_tables where schemaname ilike 'housing' union all select 'x' as database, viewname as name, schemaname as schema, 'view' as type from pg_views where schemaname ilike 'housing' union all select 'x' as database, matviewname as name, schemaname as schema, 'materialized_view' as type from pg_matviews where schemaname ilike 'housing'
-- case: dbt catalog [bag interference]
select sch.nspname as table_schema, tbl.relname as table_name, case tbl.relkind when 'v' then 'VIEW' else 'BASE TABLE' end as table_type, tbl_desc.description as table_comment, col.attname as column_name, col.attnum as column_index, pg_catalog.format_type(col.atttypid, col.atttypmod) as column_type, pg_get_userbyid(tbl.relowner) as table_owner from pg_catalog.pg_namespace sch join pg_catalog.pg_class tbl on tbl.relnamespace = sch.oid join pg_catalog.pg_attribute col on col.attrelid = tbl.oid left outer join pg_catalog.pg_description tbl_desc on (tbl_desc.objoid = tbl.oid and tbl_desc.objsubid = 0) where (upper(sch.nspname) = upper('housing')) and not pg_is_other_temp_schema(sch.oid) and tbl.relpersistence in ('p', 'u') and tbl.relkind in ('r', 'v', 'f', 'p') and col.attnum > 0 and not col.attisdropped order by sch.nspname, tbl.relname, col.attnum
-- case: dbt dependencies [bag]
with relation as (select pg_rewrite.ev_class as class, pg_rewrite.oid as id from pg_rewrite), class as (select oid as id, relname as name, relnamespace as schema, relkind as kind from pg_class), dependency as (select distinct pg_depend.objid as id, pg_depend.refobjid as ref from pg_depend) select c.name, c2.name from relation r join class c on r.class = c.id join dependency d on d.id = r.id join class c2 on c2.id = d.ref where c.schema = 'housing'::regnamespace and c2.kind = 'r'
-- case: airbyte discover [bag]
SELECT nspname as table_schem, relname, relkind FROM pg_class JOIN pg_namespace ON relnamespace = pg_namespace.oid WHERE has_schema_privilege(pg_namespace.oid, 'USAGE') AND (has_table_privilege(pg_class.oid, 'SELECT') OR has_any_column_privilege(pg_class.oid, 'SELECT')) AND relkind IN ('r','m','v','t','f','p') AND nspname = 'housing'
-- case: airbyte ctid sync probe [moving]
SELECT ctid::text, id FROM app.events WHERE ctid > '(0,0)'::tid AND ctid <= '(10,0)'::tid ORDER BY ctid
-- case: xmin incremental sync [moving]
SELECT (xmin::text::bigint) AS x, id FROM app.events WHERE xmin::text::bigint >= 3 ORDER BY id LIMIT 2
-- case: debezium snapshot
BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY DEFERRABLE
-- then
SELECT "id", "kind" FROM "app"."events" ORDER BY id LIMIT 3
-- then
COMMIT
-- case: powerbi relations
select pkcol.COLUMN_NAME as PK_COLUMN_NAME, fkcol.TABLE_SCHEMA AS FK_TABLE_SCHEMA, fkcol.TABLE_NAME AS FK_TABLE_NAME, fkcol.COLUMN_NAME as FK_COLUMN_NAME, fkcol.ORDINAL_POSITION as ORDINAL, fkcon.CONSTRAINT_SCHEMA || '_' || fkcol.TABLE_NAME || '_' || 'buyers' || '_' || fkcon.CONSTRAINT_NAME as FK_NAME from (select distinct constraint_catalog, constraint_schema, unique_constraint_schema, constraint_name, unique_constraint_name from INFORMATION_SCHEMA.REFERENTIAL_CONSTRAINTS) fkcon inner join INFORMATION_SCHEMA.KEY_COLUMN_USAGE fkcol on fkcon.CONSTRAINT_SCHEMA = fkcol.CONSTRAINT_SCHEMA and fkcon.CONSTRAINT_NAME = fkcol.CONSTRAINT_NAME inner join INFORMATION_SCHEMA.KEY_COLUMN_USAGE pkcol on fkcon.UNIQUE_CONSTRAINT_SCHEMA = pkcol.CONSTRAINT_SCHEMA and fkcon.UNIQUE_CONSTRAINT_NAME = pkcol.CONSTRAINT_NAME where pkcol.TABLE_SCHEMA = 'housing' and pkcol.TABLE_NAME = 'buyers' and pkcol.ORDINAL_POSITION = fkcol.ORDINAL_POSITION order by FK_NAME, fkcol.ORDINAL_POSITION
-- case: powerbi tables
select TABLE_SCHEMA, TABLE_NAME, TABLE_TYPE from INFORMATION_SCHEMA.tables where TABLE_SCHEMA not in ('information_schema', 'pg_catalog') order by TABLE_SCHEMA, TABLE_NAME
-- case: powerbi character set
select character_set_name from INFORMATION_SCHEMA.character_sets
-- case: metabase sync tables [bag moving]
SELECT "n"."nspname" AS "schema", "c"."relname" AS "name", CASE "c"."relkind" WHEN 'r' THEN 'TABLE' WHEN 'p' THEN 'PARTITIONED TABLE' WHEN 'v' THEN 'VIEW' WHEN 'f' THEN 'FOREIGN TABLE' WHEN 'm' THEN 'MATERIALIZED VIEW' ELSE NULL END AS "type", "d"."description", "stat"."n_live_tup" AS "estimated_row_count" FROM "pg_catalog"."pg_class" AS "c" INNER JOIN "pg_catalog"."pg_namespace" AS "n" ON "c"."relnamespace" = "n"."oid" LEFT JOIN "pg_catalog"."pg_description" AS "d" ON ("c"."oid" = "d"."objoid") AND ("d"."objsubid" = 0) AND ("d"."classoid" = 'pg_class'::regclass) LEFT JOIN "pg_stat_user_tables" AS "stat" ON ("n"."nspname" = "stat"."schemaname") AND ("c"."relname" = "stat"."relname") WHERE ("c"."relnamespace" = "n"."oid") AND ("n"."nspname" !~ '^pg_') AND ("n"."nspname" <> 'information_schema') AND c.relkind in ('r', 'p', 'v', 'f', 'm') ORDER BY "schema" ASC, "name" ASC
-- case: metabase indexes [bag]
SELECT "tmp"."table-schema", "tmp"."table-name", trim(both '"' from pg_catalog.pg_get_indexdef("tmp"."ci_oid", "tmp"."pos", false)) AS "field-name" FROM (SELECT "n"."nspname" AS "table-schema", "ct"."relname" AS "table-name", "ci"."oid" AS "ci_oid", (information_schema._pg_expandarray("i"."indkey"))."n" AS "pos" FROM "pg_catalog"."pg_class" AS "ct" INNER JOIN "pg_catalog"."pg_namespace" AS "n" ON "ct"."relnamespace" = "n"."oid" INNER JOIN "pg_catalog"."pg_index" AS "i" ON "ct"."oid" = "i"."indrelid" INNER JOIN "pg_catalog"."pg_class" AS "ci" ON "ci"."oid" = "i"."indexrelid" WHERE (pg_catalog.pg_get_expr("i"."indpred", "i"."indrelid") IS NULL) AND n.nspname !~ '^information_schema|catalog_history|pg_') AS "tmp" WHERE "tmp"."pos" = 1
-- case: grafana schema probe
SELECT current_setting('server_version_num')::int/100 as version
-- then
SELECT extversion FROM pg_extension WHERE extname = 'timescaledb'
-- case: superset view names
SELECT pg_catalog.pg_class.relname FROM pg_catalog.pg_class JOIN pg_catalog.pg_namespace ON pg_catalog.pg_namespace.oid = pg_catalog.pg_class.relnamespace WHERE pg_catalog.pg_namespace.nspname = 'housing' AND pg_catalog.pg_class.relkind = ANY (ARRAY['v','m']) ORDER BY 1
-- case: superset functions and estimates
SELECT proname FROM pg_catalog.pg_proc LEFT JOIN pg_catalog.pg_namespace ON pg_namespace.oid = pg_proc.pronamespace WHERE nspname = 'pg_catalog' ORDER BY 1 LIMIT 5
-- case: looker connection test [moving]
SELECT 1 FROM pg_catalog.pg_class LIMIT 1
-- then
SELECT pid, usename, query_start FROM pg_stat_activity WHERE pid = pg_backend_pid()
-- case: jdbc autosave
BEGIN
-- then
SAVEPOINT PGJDBC_AUTOSAVE
-- then
SELECT id FROM buyers WHERE id = 1
-- then
RELEASE SAVEPOINT PGJDBC_AUTOSAVE
-- then
COMMIT
-- case: savepoint after error [fails]
BEGIN
-- then
SAVEPOINT a
-- then
SELECT 1 / 0
-- then
ROLLBACK TO SAVEPOINT a
-- then
SELECT id, phone FROM buyers WHERE id = 2
-- then
RELEASE a
-- then
END
-- case: nested savepoints same name
BEGIN
-- then
SAVEPOINT s
-- then
SAVEPOINT s
-- then
ROLLBACK TO s
-- then
RELEASE s
-- then
ROLLBACK TO s
-- then
COMMIT AND CHAIN
-- then
ROLLBACK AND NO CHAIN
-- case: session characteristics
SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY
-- then
SHOW default_transaction_read_only
-- then
BEGIN
-- then
SHOW transaction_isolation
-- then
COMMIT
-- then
SET SESSION CHARACTERISTICS AS TRANSACTION READ WRITE
-- then
RESET default_transaction_isolation
-- case: jdbc set readonly and network timeout
SET SESSION CHARACTERISTICS AS TRANSACTION READ WRITE
-- then
SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL READ COMMITTED
-- then
SHOW TRANSACTION ISOLATION LEVEL
-- case: set constraints
BEGIN
-- then
SET CONSTRAINTS ALL DEFERRED
-- then
SET CONSTRAINTS ALL IMMEDIATE
-- then
COMMIT
-- case: two phase [fails]
BEGIN
-- then
PREPARE TRANSACTION 'tx1'
-- case: two phase commit of unknown [fails]
COMMIT PREPARED 'nosuch'
-- case: two phase rollback of unknown [fails]
ROLLBACK PREPARED 'nosuch'
-- case: two phase recover list
SELECT gid FROM pg_prepared_xacts WHERE database = current_database()
-- case: listen notify
LISTEN items
-- then
SELECT pg_listening_channels()
-- then
NOTIFY items
-- then
UNLISTEN items
-- then
UNLISTEN *
-- case: psycopg2 start [simple]
SET datestyle TO 'ISO'; BEGIN; SELECT 1; COMMIT
-- case: multi statement with implicit tx [simple]
SELECT id, name FROM housing.buyers WHERE id = 1; SELECT count(*) FROM housing.contracts; SELECT phone FROM housing.leads ORDER BY id LIMIT 1
-- case: multi statement temp and select [simple]
CREATE TEMP TABLE q AS SELECT id, name FROM housing.buyers WHERE level = 1; SELECT count(*) FROM q; DROP TABLE q
-- case: explain execute [interference]
PREPARE e1 (int) AS SELECT id FROM agents WHERE id = $1
-- then
EXPLAIN (COSTS OFF) EXECUTE e1 (3)
-- then
DEALLOCATE e1
-- case: cursor with parameters hold
BEGIN
-- then
DECLARE c1 BINARY CURSOR FOR SELECT id, level FROM buyers WHERE id < 5 ORDER BY id
-- then
FETCH ALL FROM c1
-- then
COMMIT
-- case: cursor from pg_cursors
BEGIN
-- then
DECLARE c2 SCROLL CURSOR WITH HOLD FOR SELECT id, name FROM buyers ORDER BY id
-- then
SELECT name, is_holdable, is_binary, is_scrollable FROM pg_cursors ORDER BY name
-- then
FETCH 2 FROM c2
-- then
COMMIT
-- then
FETCH BACKWARD 1 FROM c2
-- then
FETCH RELATIVE 3 FROM c2
-- then
MOVE BACKWARD ALL IN c2
-- then
FETCH NEXT FROM c2
-- then
CLOSE c2
-- case: cursor asensitive
BEGIN
-- then
DECLARE c4 ASENSITIVE NO SCROLL CURSOR WITHOUT HOLD FOR SELECT c.id, b.name FROM contracts c JOIN buyers b ON b.id = c.buyer_id ORDER BY c.id
-- then
FETCH 0 FROM c4
-- then
FETCH FORWARD 2 FROM c4
-- then
CLOSE c4
-- then
ROLLBACK
-- case: django autocommit atomic nested
BEGIN
-- then
SAVEPOINT "s139_x1"
-- then
SELECT "agents"."id" FROM "agents" WHERE "agents"."id" = 1
-- then
ROLLBACK TO SAVEPOINT "s139_x1"
-- then
RELEASE SAVEPOINT "s139_x1"
-- then
COMMIT
-- case: rails bootstrap
SET client_min_messages TO 'warning'
-- then
SELECT max(identifier_length) FROM (SELECT 63 AS identifier_length) x
-- then
SHOW max_identifier_length
-- then
SHOW search_path
-- then
SET schema 'housing'
-- then
SHOW search_path
-- case: rails advisory lock for migrations with names
SELECT pg_try_advisory_lock(hashtextextended('migrate', 0)) AS t0
-- then
SELECT pg_advisory_unlock(hashtextextended('migrate', 0)) AS t0
-- case: que lock job
WITH RECURSIVE jobs AS (SELECT (j).*, pg_try_advisory_lock((j).id) AS locked FROM (SELECT j FROM app.events AS j WHERE kind = 'export' ORDER BY at, id LIMIT 1) AS t1 UNION ALL (SELECT (j).*, pg_try_advisory_lock((j).id) AS locked FROM (SELECT (SELECT j FROM app.events AS j WHERE kind = 'export' AND (at, id) > (jobs.at, jobs.id) ORDER BY at, id LIMIT 1) AS j FROM jobs WHERE jobs.id IS NOT NULL LIMIT 1) AS t1)) SELECT id, kind FROM jobs WHERE locked LIMIT 1
-- then
SELECT pg_advisory_unlock_all()
-- case: outbox relay in order
BEGIN
-- then
SELECT pg_advisory_xact_lock(42)
-- then
SELECT id, kind, payload FROM app.events WHERE id > 10 AND pg_snapshot_xmin(pg_current_snapshot()) IS NOT NULL ORDER BY id LIMIT 3
-- then
COMMIT
-- case: leader election session lock
SELECT pg_try_advisory_lock(7, 9), pg_try_advisory_lock(7, 9)
-- then
SELECT pg_advisory_unlock(7, 9)
-- then
SELECT pg_advisory_unlock(7, 9)
-- then
SELECT pg_advisory_unlock(7, 9)
-- case: temp table name shadows
CREATE TEMP TABLE agents AS SELECT 1 AS id, 'shadow' AS name
-- then
SELECT * FROM agents
-- then
SELECT count(*) FROM housing.agents
-- then
DROP TABLE agents
-- then
SELECT count(*) FROM agents
-- case: set of allowed class
SET shop.user_id = '5'
-- then
SELECT current_setting('shop.user_id')
-- then
SELECT set_config('shop.user_id', '7', true)
-- then
RESET shop.user_id
-- case: lc numeric
SET lc_numeric TO 'C'
-- case: shows [moving]
SHOW server_version
-- then
SHOW server_version_num
-- then
SHOW server_encoding
-- then
SHOW client_encoding
-- then
SHOW integer_datetimes
-- then
SHOW lc_collate
-- then
SHOW max_connections
-- then
SHOW TimeZone
-- then
SHOW DateStyle
-- then
SHOW IntervalStyle
-- then
SHOW is_superuser
-- then
SHOW session_authorization
-- then
SHOW in_hot_standby
-- then
SHOW default_transaction_isolation
-- then
SHOW wal_level
-- then
SHOW block_size
-- then
SHOW work_mem
-- then
SHOW role
-- then
SHOW transaction_deferrable
-- then
SHOW max_prepared_transactions
-- then
SHOW ssl
-- then
SHOW jit
-- then
SHOW bytea_output
-- then
SHOW xmloption
-- then
SHOW default_text_search_config
-- then
SHOW row_security
-- case: funnel by stage with lateral
SELECT s.stage, s.n, round(100.0 * s.n / first_value(s.n) OVER (ORDER BY s.ord), 1) AS pct FROM (VALUES (1, 'leads', (SELECT count(*) FROM leads)), (2, 'buyers', (SELECT count(*) FROM buyers)), (3, 'visited', (SELECT count(DISTINCT buyer_id) FROM visits)), (4, 'signed', (SELECT count(DISTINCT buyer_id) FROM contracts WHERE status <> 'cancelled'))) s(ord, stage, n) ORDER BY s.ord
-- case: calendar of months left joined with contracts
SELECT to_char(m, 'YYYY-MM') AS month, count(c.id) AS n, coalesce(sum(c.price), 0) AS total FROM generate_series(date '2023-01-01', date '2023-06-01', interval '1 month') AS m LEFT JOIN contracts c ON c.signed >= m AND c.signed < m + interval '1 month' AND c.status <> 'cancelled' GROUP BY m ORDER BY m
-- case: calendar of days per agent cross join
SELECT a.id, d::date, count(v.id) FROM agents a CROSS JOIN generate_series(timestamptz '2023-02-01', '2023-02-05', '1 day') d LEFT JOIN visits v ON v.agent_id = a.id AND v.at >= d AND v.at < d + interval '1 day' WHERE a.id < 4 GROUP BY 1, 2 ORDER BY 1, 2
-- case: percentiles per project with mode
SELECT p.name, percentile_cont(ARRAY[0.25, 0.5, 0.75]) WITHIN GROUP (ORDER BY u.list_price) AS q, mode() WITHIN GROUP (ORDER BY u.status) AS m FROM projects p JOIN buildings g ON g.project_id = p.id JOIN units u ON u.building_id = g.id GROUP BY p.name ORDER BY p.name
-- case: percentile of masked income by level
SELECT level, percentile_disc(0.5) WITHIN GROUP (ORDER BY income) AS median, percentile_cont(0.9) WITHIN GROUP (ORDER BY income) FROM buyers GROUP BY level ORDER BY level
-- case: hypothetical rank
SELECT rank(1500000) WITHIN GROUP (ORDER BY price DESC), dense_rank(1500000) WITHIN GROUP (ORDER BY price), percent_rank(1500000) WITHIN GROUP (ORDER BY price), cume_dist(1500000) WITHIN GROUP (ORDER BY price) FROM contracts
-- case: statistics of prices
SELECT status, avg(price), stddev(price), stddev_pop(price), var_samp(price), variance(price), corr(price, agent_id), regr_slope(price, agent_id), covar_pop(price, agent_id) FROM contracts GROUP BY status ORDER BY status
-- case: pivot by filter
SELECT a.name, count(*) FILTER (WHERE c.status = 'signed') AS signed, count(*) FILTER (WHERE c.status = 'filed') AS filed, count(*) FILTER (WHERE c.status = 'cancelled') AS cancelled FROM agents a LEFT JOIN contracts c ON c.agent_id = a.id GROUP BY a.id ORDER BY a.id
-- case: pivot by json object agg
SELECT agent_id, jsonb_object_agg(status, n ORDER BY status) FROM (SELECT agent_id, status, count(*) AS n FROM contracts GROUP BY 1, 2) x GROUP BY agent_id ORDER BY agent_id NULLS LAST
-- case: gaps and islands of visits
SELECT buyer_id, min(d) AS first, max(d) AS last, count(*) FROM (SELECT buyer_id, at::date AS d, at::date - (row_number() OVER (PARTITION BY buyer_id ORDER BY at))::int AS g FROM visits) x GROUP BY buyer_id, g ORDER BY buyer_id, first LIMIT 10
-- case: running total and share
SELECT id, price, sum(price) OVER (ORDER BY signed, id ROWS UNBOUNDED PRECEDING) AS running, ratio_to.share FROM (SELECT c.*, price / sum(price) OVER () AS share FROM contracts c) ratio_to ORDER BY signed, id LIMIT 5
-- case: lag and lead of calls
SELECT id, at - lag(at) OVER w AS since, lead(phone) OVER w AS next, first_value(outcome) OVER w FROM calls WINDOW w AS (PARTITION BY buyer_id ORDER BY at) ORDER BY id LIMIT 10
-- case: window range by interval
SELECT id, count(*) OVER (ORDER BY at RANGE BETWEEN interval '7 days' PRECEDING AND CURRENT ROW) FROM calls ORDER BY at, id LIMIT 10
-- case: window groups exclude
SELECT id, sum(price) OVER (ORDER BY status GROUPS BETWEEN 1 PRECEDING AND CURRENT ROW EXCLUDE TIES) FROM contracts ORDER BY id LIMIT 10
-- case: first of group by window over masked
SELECT DISTINCT ON (phone) phone, id, name FROM buyers ORDER BY phone, id
-- case: ntile of masked income
SELECT id, ntile(4) OVER (ORDER BY income NULLS FIRST, id) FROM buyers ORDER BY id
-- case: agents hierarchy with path and cycle
WITH RECURSIVE t(id, name, path, depth) AS (SELECT id, name, ARRAY[id], 0 FROM agents WHERE manager_id IS NULL UNION ALL SELECT a.id, a.name, t.path || a.id, t.depth + 1 FROM agents a JOIN t ON a.manager_id = t.id WHERE NOT a.id = ANY (t.path)) SELECT repeat('  ', depth) || name AS tree, path FROM t ORDER BY path
-- case: agents hierarchy with cycle clause
WITH RECURSIVE t AS (SELECT id, manager_id, 1 AS lv FROM agents WHERE id = 12 UNION ALL SELECT a.id, a.manager_id, lv + 1 FROM agents a JOIN t ON a.id = t.manager_id) CYCLE id SET is_cycle USING path SELECT id, lv, is_cycle, path FROM t ORDER BY lv
-- case: recursion over buyers by agent
WITH RECURSIVE team(id) AS (SELECT id FROM agents WHERE id = 1 UNION SELECT a.id FROM agents a JOIN team ON a.manager_id = team.id) SELECT b.id, b.name, b.phone FROM buyers b JOIN team ON b.agent_id = team.id ORDER BY b.id
-- case: recursion sums up the tree
WITH RECURSIVE t AS (SELECT id AS root, id FROM agents UNION ALL SELECT t.root, a.id FROM t JOIN agents a ON a.manager_id = t.id) SELECT t.root, count(c.id), sum(c.price) FROM t LEFT JOIN contracts c ON c.agent_id = t.id GROUP BY t.root ORDER BY t.root
-- case: keyset desc with nulls
SELECT id, agent_id FROM buyers WHERE (agent_id < 5 OR agent_id IS NULL OR (agent_id = 5 AND id > 3)) ORDER BY agent_id DESC NULLS LAST, id LIMIT 10
-- case: keyset over masked name
-- bind: 王**, 10
SELECT id, name FROM buyers WHERE (name, id) > ($1, $2) ORDER BY name, id LIMIT 5
-- case: keyset or-expanded
-- bind: 2023-01-05, 10
SELECT id, created_at FROM buyers WHERE created_at > $1 OR (created_at = $1 AND id > $2) ORDER BY created_at, id LIMIT 5
-- case: fulltext over masked name with ranking
SELECT id, name, ts_rank_cd(to_tsvector('simple', coalesce(name, '') || ' ' || coalesce(address, '')), q) AS r FROM buyers, plainto_tsquery('simple', '青岛市') q WHERE to_tsvector('simple', coalesce(name, '') || ' ' || coalesce(address, '')) @@ q OR address LIKE '%崂山%' ORDER BY r DESC, id LIMIT 5
-- case: setweight search of projects
SELECT id, name FROM projects WHERE (setweight(to_tsvector('simple', name), 'A') || setweight(to_tsvector('simple', district), 'B')) @@ to_tsquery('simple', '海悦府 | 崂山区') ORDER BY id
-- case: tsquery operators
SELECT tsquery_phrase('a'::tsquery, 'b'::tsquery), numnode('a & b'::tsquery), querytree('a & !b'::tsquery), ts_delete('a b'::tsvector, 'a'), tsvector_to_array('a b'::tsvector), strip('a:1'::tsvector), array_to_tsvector(ARRAY['x'])
-- case: trigram search of masked
SELECT id, name FROM buyers ORDER BY ext.similarity(name, '王小明') DESC NULLS LAST, id LIMIT 5
-- case: trigram operator
SELECT id FROM projects WHERE name OPERATOR(ext.%) '海悦' ORDER BY id
-- case: unaccent ilike
SELECT id FROM buyers WHERE ext.unaccent(email) ILIKE '%' || ext.unaccent('a') || '%' ORDER BY id LIMIT 5
-- case: json aggregation nested three levels
SELECT json_build_object('project', p.name, 'buildings', json_agg(json_build_object('label', g.label, 'units', g.us) ORDER BY g.id)) FROM projects p JOIN (SELECT g.id, g.project_id, g.label, (SELECT json_agg(u.number ORDER BY u.id) FROM units u WHERE u.building_id = g.id) AS us FROM buildings g) g ON g.project_id = p.id GROUP BY p.id, p.name ORDER BY p.id
-- case: json of a lateral with limit
SELECT b.id, v.visits FROM buyers b LEFT JOIN LATERAL (SELECT json_agg(to_jsonb(x) ORDER BY x.at DESC) AS visits FROM (SELECT v.id, v.at, v.remark FROM visits v WHERE v.buyer_id = b.id ORDER BY v.at DESC LIMIT 2) x) v ON true ORDER BY b.id LIMIT 6
-- case: json whole row with extra keys
SELECT to_jsonb(b) || jsonb_build_object('agent', to_jsonb(a)) - 'note' FROM buyers b LEFT JOIN agents a ON a.id = b.agent_id ORDER BY b.id LIMIT 3
-- case: json strip nulls row
SELECT json_strip_nulls(row_to_json(b)) FROM buyers b ORDER BY id LIMIT 3
-- case: json keys of document
SELECT DISTINCT k FROM profiles p, jsonb_object_keys(CASE WHEN jsonb_typeof(p.extra) = 'object' THEN p.extra ELSE '{}' END) k ORDER BY k
-- case: json path filter on profile
SELECT id, jsonb_path_query_array(extra, '$.contacts[*].name') FROM profiles WHERE jsonb_path_exists(extra, '$.contacts[*] ? (@.kin == true)') ORDER BY id
-- case: json populate record
SELECT r.* FROM app.events e, jsonb_populate_record(NULL::app.settings, jsonb_build_object('key', e.kind, 'value', e.id::text)) r WHERE e.id < 4 ORDER BY e.id
-- case: json to record
SELECT e.id, r.n, r.ok FROM app.events e CROSS JOIN LATERAL jsonb_to_record(e.payload) AS r(n int, ok boolean) ORDER BY e.id LIMIT 5
-- case: jsonb subscript read
SELECT id, payload['n'], (payload['n'])::int + 1, settings['grade'] FROM app.events e LEFT JOIN projects p USING (id) ORDER BY id LIMIT 5
-- case: array operators
SELECT id, tags && ARRAY['精装'], tags @> ARRAY['tag1'], array_length(tags, 1), cardinality(tags), array_remove(tags, 'tag0'), array_replace(tags, 'tag1', 'x'), tags[1:1], array_to_string(tags, ','), array_cat(tags, ARRAY['z']), array_prepend('a', tags), array_ndims(tags), array_upper(tags, 1) FROM projects ORDER BY id
-- case: array agg of distinct masked
SELECT agent_id, array_agg(DISTINCT left(phone, 3)) FROM buyers GROUP BY agent_id ORDER BY agent_id NULLS LAST
-- case: string agg distinct order
SELECT string_agg(DISTINCT source, ',' ORDER BY source) FROM leads
-- case: unnest with ordinality of phones
SELECT p.id, u.n, u.ord FROM profiles p, unnest(p.phones) WITH ORDINALITY u(n, ord) ORDER BY 1, 3
-- case: multi unnest in from
SELECT * FROM unnest(ARRAY[1,2], ARRAY['a','b','c']) AS x(i, t)
-- case: grouping sets with labels
SELECT coalesce(status, 'all') AS status, coalesce(agent_id::text, '-') AS agent, grouping(status, agent_id) AS g, count(*), sum(price) FROM contracts GROUP BY GROUPING SETS ((status, agent_id), (status), ()) ORDER BY g, 1, 2
-- case: cube over masked region [bag]
SELECT left(phone, 3) AS net, level, count(*) FROM buyers GROUP BY CUBE (left(phone, 3), level) ORDER BY 1 NULLS LAST, 2 NULLS LAST
-- case: having with subquery
SELECT agent_id, count(*) FROM buyers GROUP BY agent_id HAVING count(*) >= (SELECT avg(n) FROM (SELECT count(*) AS n FROM buyers GROUP BY agent_id) x) ORDER BY 1
-- case: date bucket by date_bin
SELECT date_bin('6 hours', at, timestamptz '2022-06-01') AS slot, count(*) FROM calls GROUP BY slot ORDER BY slot LIMIT 5
-- case: heat map by hour and weekday
SELECT extract(isodow FROM at AT TIME ZONE 'Asia/Shanghai') AS d, extract(hour FROM at AT TIME ZONE 'Asia/Shanghai') AS h, count(*) FROM calls GROUP BY 1, 2 ORDER BY 1, 2
-- case: year over year
WITH m AS (SELECT date_trunc('month', signed)::date AS month, sum(price) AS s FROM contracts GROUP BY 1) SELECT month, s, lag(s, 12) OVER (ORDER BY month) AS last_year, round((s / nullif(lag(s) OVER (ORDER BY month), 0) - 1) * 100, 2) AS mom FROM m ORDER BY month
-- case: aging of payments
SELECT CASE WHEN d <= 30 THEN '0-30' WHEN d <= 60 THEN '31-60' ELSE '60+' END AS bucket, count(*), sum(amount) FROM (SELECT amount, date '2023-05-01' - paid_on AS d FROM payments) x GROUP BY 1 ORDER BY 1
-- case: contract balance
SELECT c.id, c.price, coalesce(sum(p.amount), 0) AS paid, c.price - coalesce(sum(p.amount), 0) AS due FROM contracts c LEFT JOIN payments p ON p.contract_id = c.id WHERE c.status = 'signed' GROUP BY c.id HAVING c.price > coalesce(sum(p.amount), 0) ORDER BY due DESC, c.id LIMIT 5
-- case: units with latest contract
SELECT u.id, u.number, u.status, lc.id AS contract, lc.buyer FROM units u LEFT JOIN LATERAL (SELECT c.id, b.name AS buyer FROM contracts c JOIN buyers b ON b.id = c.buyer_id WHERE c.unit_id = u.id ORDER BY c.signed DESC, c.id DESC LIMIT 1) lc ON true ORDER BY u.id LIMIT 20
-- case: handover list
SELECT h.id, h.at AT TIME ZONE 'Asia/Shanghai' AS at, h.contact_phone, b.name, u.number, g.label FROM handover_appointments h JOIN buyers b ON b.id = h.buyer_id JOIN units u ON u.id = h.unit_id JOIN buildings g ON g.id = u.building_id WHERE h.at BETWEEN '2024-06-01' AND '2024-06-10' ORDER BY h.at
-- case: overlapping appointments
SELECT a.id, b.id FROM handover_appointments a JOIN handover_appointments b ON a.id < b.id AND tstzrange(a.at, a.at + interval '90 min') && tstzrange(b.at, b.at + interval '90 min') ORDER BY 1, 2 LIMIT 5
-- case: call queue length
SELECT outcome, count(*), sum(seconds), avg(seconds)::numeric(10,2), max(seconds) - min(seconds), make_interval(secs => sum(seconds)) FROM calls GROUP BY outcome ORDER BY outcome
-- case: caller lookup with several sources
SELECT 'buyer' AS src, id, name FROM buyers WHERE phone = '138****0024' UNION ALL SELECT 'lead', id, name FROM leads WHERE phone = '138****0024' UNION ALL SELECT 'co', contract_id, name FROM co_buyers WHERE phone = '138****0024' ORDER BY 1, 2
-- case: buyers with duplicates by fuzzy
SELECT a.id, b.id, ext.levenshtein(a.name, b.name) FROM buyers a JOIN buyers b ON a.id < b.id AND ext.levenshtein(a.name, b.name) <= 1 WHERE a.id < 10 ORDER BY 1, 2 LIMIT 10
-- case: except between tables
SELECT phone FROM calls EXCEPT SELECT phone FROM buyers ORDER BY 1
-- case: full join of month sums
SELECT coalesce(a.m, b.m) AS m, a.n, b.n FROM (SELECT date_trunc('month', at) AS m, count(*) AS n FROM calls GROUP BY 1) a FULL JOIN (SELECT date_trunc('month', at) AS m, count(*) AS n FROM visits GROUP BY 1) b ON a.m = b.m ORDER BY 1 NULLS LAST
-- case: natural full join using
SELECT * FROM (SELECT id, name FROM buyers WHERE id < 4) a NATURAL FULL JOIN (SELECT id, source FROM leads WHERE id < 6) b ORDER BY id
-- case: bool aggregates on masks
SELECT level, bool_or(phone LIKE '138%'), every(name IS NOT NULL), count(nullif(active, false)) FROM buyers GROUP BY level ORDER BY level
-- case: any_value workaround
SELECT agent_id, (array_agg(phone ORDER BY created_at DESC))[1], max(name) FILTER (WHERE active) FROM buyers GROUP BY agent_id ORDER BY 1 NULLS LAST
-- case: values join with labels
SELECT b.id, t.label FROM buyers b JOIN (VALUES (0, '普通'), (1, '银卡'), (2, '金卡')) AS t(level, label) USING (level) ORDER BY b.id
-- case: case over enum
SELECT u.id, CASE u.status WHEN 'free' THEN '可售' WHEN 'sold' THEN '已售' ELSE u.status::text END FROM units u ORDER BY u.id LIMIT 10
-- case: enum order and range
SELECT enum_first(NULL::unit_status), enum_last(NULL::unit_status), enum_range('reserved'::unit_status, NULL), 'sold'::unit_status > 'free'
-- case: regexp extraction of address
SELECT id, (regexp_match(address, '(.*?[省市])(.*?[市区])(.*)'))[2], substring(address from '区(.*)路'), regexp_replace(address, '\d+', '#', 'g') FROM buyers ORDER BY id LIMIT 10
-- case: hash partition of rows
SELECT abs(hashtext(id::text)) % 4 AS shard, count(*) FROM buyers GROUP BY 1 ORDER BY 1
-- case: split work by modulo
-- bind: 3, 1
SELECT id FROM buyers WHERE mod(id, $1) = $2 ORDER BY id
-- case: min max of ids for batches
SELECT min(id), max(id), count(*) FROM (SELECT id FROM buyers ORDER BY id LIMIT 1000) x
-- case: batch bounds by ntile
SELECT t, min(id), max(id) FROM (SELECT id, ntile(4) OVER (ORDER BY id) AS t FROM contracts) x GROUP BY t ORDER BY t
-- case: updated since watermark
-- bind: 2023-01-03 00:00:00+00, 2023-01-10 00:00:00+00
SELECT * FROM buyers WHERE created_at > $1 AND created_at <= $2 ORDER BY created_at, id
-- case: checksum of table for sync
SELECT count(*), sum(hashtext(row(b.id, b.level, b.active)::text)::bigint), md5(string_agg(md5(b::text), '' ORDER BY b.id)) FROM buyers b
-- case: bit_xor checksum
SELECT bit_xor(('x' || substr(md5(t::text), 1, 16))::bit(64)::bigint) FROM agents t
-- case: sample random order
SELECT count(*) FROM (SELECT id FROM buyers ORDER BY random() LIMIT 5) x
-- case: row values in list
SELECT contract_id, ordinal, name FROM co_buyers WHERE (contract_id, ordinal) IN ((1, 1), (4, 2), (7, 1)) ORDER BY 1, 2
-- case: not in with subquery
SELECT id FROM units WHERE id NOT IN (SELECT unit_id FROM contracts WHERE status <> 'cancelled') ORDER BY id LIMIT 10
-- case: all comparision
SELECT id FROM contracts WHERE price > ALL (ARRAY[1000000, 1100000]) ORDER BY id LIMIT 5
-- case: money and formatting
SELECT id, price::money, to_char(price, '9,999,999.99'), cast(price as numeric(10,1)), price::text FROM contracts ORDER BY id LIMIT 3
-- case: chinese amounts by translate
SELECT translate(to_char(12345, 'FM99999'), '0123456789', '零壹贰叁肆伍陆柒捌玖')
-- case: intervals of waiting
SELECT b.id, v.at - b.created_at AS wait, extract(epoch FROM v.at - b.created_at) / 3600 AS hours, age(v.at, b.created_at) FROM buyers b JOIN visits v ON v.buyer_id = b.id ORDER BY b.id, v.id LIMIT 5
-- case: working days between
SELECT c.id, (SELECT count(*) FROM generate_series(c.signed, c.signed + 10, interval '1 day') d WHERE extract(isodow FROM d) < 6) FROM contracts c ORDER BY c.id LIMIT 5
-- case: age years of masked birth
SELECT id, date_part('year', age(date '2024-06-01', born))::int AS age, CASE WHEN age(date '2024-06-01', born) < interval '35 years' THEN 'young' ELSE 'old' END FROM buyers ORDER BY id LIMIT 10
-- case: histogram of masked income
SELECT width_bucket(income, 0, 700000, 7) AS b, count(*), repeat('*', count(*)::int) AS bar FROM buyers WHERE income IS NOT NULL GROUP BY b ORDER BY b
-- case: least common name
SELECT left(name, 1) AS family, count(*) AS n, round(count(*) * 100.0 / sum(count(*)) OVER (), 2) AS pct FROM buyers GROUP BY 1 ORDER BY n DESC, 1 NULLS LAST
-- case: contract pdf fields in one row
SELECT c.id, b.name, b.id_no, b.phone, b.address, u.number, u.area, p.name, to_char(c.price, 'FM999,999,999.00'), (SELECT string_agg(k.name || '(' || k.relation || ')', '、' ORDER BY k.ordinal) FROM co_buyers k WHERE k.contract_id = c.id) FROM contracts c JOIN buyers b ON b.id = c.buyer_id JOIN units u ON u.id = c.unit_id JOIN buildings g ON g.id = u.building_id JOIN projects p ON p.id = g.project_id ORDER BY c.id LIMIT 4
-- case: laravel paginate
select count(*) as aggregate from "buyers" where "name" like '王%' and "active" = true
-- case: laravel whereHas
select * from "buyers" where exists (select * from "contracts" where "buyers"."id" = "contracts"."buyer_id" and "status" = 'signed') and not exists (select * from "visits" where "buyers"."id" = "visits"."buyer_id" and "remark" is not null) order by "buyers"."id" limit 5
-- case: laravel withCount
select "buyers"."id", "buyers"."name", (select count(*) from "contracts" where "buyers"."id" = "contracts"."buyer_id") as "contracts_count", (select sum("contracts"."price") from "contracts" where "buyers"."id" = "contracts"."buyer_id") as "contracts_sum_price", exists(select * from "visits" where "buyers"."id" = "visits"."buyer_id") as "visits_exists" from "buyers" order by "id" desc limit 4
-- case: laravel whereJsonContains
select * from "app"."events" where ("payload")::jsonb @> '{"ok": true}' and ("payload"->>'n')::int > 5 and jsonb_array_length((case when jsonb_typeof(payload) = 'array' then payload else '[]' end)::jsonb) = 0 order by "id" limit 3
-- case: laravel latestOfMany
select "visits".* from "visits" inner join (select MAX("visits"."id") as "id_aggregate", "visits"."buyer_id" from "visits" where "visits"."buyer_id" in (3, 8, 13) group by "visits"."buyer_id") as "latestOfMany" on "latestOfMany"."id_aggregate" = "visits"."id" and "latestOfMany"."buyer_id" = "visits"."buyer_id" order by 1
-- case: laravel cursor paginate
select * from "buyers" where ("level", "id") > (1, 3) order by "level" asc, "id" asc limit 6
-- case: laravel whereDate and whereTime
select "id" from "visits" where "at"::date = '2023-02-03' or "at"::time > '20:00:00' or extract(month from "at") = '3' order by 1
-- case: laravel fulltext
select "id" from "projects" where (to_tsvector('english', "name") || to_tsvector('english', "district")) @@ plainto_tsquery('english', '崂山区') order by 1
-- case: laravel union paginate
select count(*) as aggregate from ((select "id", "name" from "buyers") union all (select "id", "name" from "leads")) as "temp_table"
-- case: eloquent distinct count
select count(distinct "agent_id") as aggregate from "buyers"
-- case: ef core split query
SELECT c.id, c.buyer_id, c.price, b0.id FROM (SELECT b.id FROM housing.buyers AS b WHERE b.active ORDER BY b.id LIMIT 3) AS b0 INNER JOIN housing.contracts AS c ON b0.id = c.buyer_id ORDER BY b0.id, c.id
-- case: ef core contains parameter
-- bind: {2,3,8}
SELECT b.id, b.name FROM housing.buyers AS b WHERE b.id = ANY ($1) ORDER BY b.id
-- case: ef core collection parameter null aware
-- bind: {2,3,8}
SELECT b.id FROM housing.buyers AS b WHERE b.agent_id = ANY ($1) OR (b.agent_id IS NULL AND array_position($1, NULL) IS NOT NULL) ORDER BY b.id
-- case: ef core starts with
-- bind: 王%
SELECT b.id FROM housing.buyers AS b WHERE b.name LIKE $1 AND NOT (b.phone LIKE '186%' AND b.phone IS NOT NULL) ORDER BY b.id
-- case: ef core ilike and regex
SELECT b.id FROM housing.buyers AS b WHERE b.email ILIKE '%EXAMPLE%' AND b.phone ~ ('(?p)' || '^1[38]') AND strpos(b.address, '区') > 0 ORDER BY b.id
-- case: ef core group join into json
SELECT b.id, COALESCE(s.c, 0)::int FROM housing.buyers AS b LEFT JOIN (SELECT c.buyer_id, count(*)::int AS c FROM housing.contracts AS c GROUP BY c.buyer_id) AS s ON b.id = s.buyer_id WHERE date_part('year', b.created_at AT TIME ZONE 'UTC')::int = 2023 ORDER BY COALESCE(s.c, 0) DESC, b.id
-- case: ef core primitive collection
SELECT p.id, (SELECT count(*)::int FROM unnest(p.tags) AS t(value) WHERE t.value LIKE '精%'), cardinality(p.tags), p.tags[1], '精装' = ANY (p.tags), p.tags @> ARRAY['tag1']::text[] FROM housing.projects AS p ORDER BY p.id
-- case: ef core json to_recordset
SELECT e.id, j.n FROM app.events AS e LEFT JOIN LATERAL ROWS FROM (jsonb_to_recordset(jsonb_build_array(e.payload)) AS (n integer, ok boolean)) WITH ORDINALITY AS j(n, ok, ordinality) ON TRUE ORDER BY e.id LIMIT 4
-- case: ef core window distinct by
SELECT t.agent_id, t.id FROM (SELECT b.agent_id, b.id, ROW_NUMBER() OVER(PARTITION BY b.agent_id ORDER BY b.created_at DESC) AS row FROM housing.buyers AS b) AS t WHERE t.row <= 1 ORDER BY t.agent_id NULLS FIRST
-- case: prisma orderBy relation count
SELECT "t0"."id", "t0"."name", COALESCE("aggr_selection_0"."cnt", 0) AS "_cnt" FROM "housing"."buyers" AS "t0" LEFT JOIN (SELECT "buyer_id", COUNT(*) AS "cnt" FROM "housing"."contracts" WHERE 1=1 GROUP BY "buyer_id") AS "aggr_selection_0" ON ("t0"."id" = "aggr_selection_0"."buyer_id") WHERE 1=1 ORDER BY COALESCE("aggr_selection_0"."cnt", 0) DESC, "t0"."id" ASC LIMIT 5 OFFSET 0
-- case: prisma cursor
SELECT "housing"."buyers"."id", "housing"."buyers"."name" FROM "housing"."buyers", (SELECT "housing"."buyers"."name" AS "name_0" FROM "housing"."buyers" WHERE ("housing"."buyers"."id") = (3)) AS "order_cmp" WHERE (("housing"."buyers"."name" = "order_cmp"."name_0" AND "housing"."buyers"."id" >= 3) OR "housing"."buyers"."name" > "order_cmp"."name_0") ORDER BY "housing"."buyers"."name" ASC, "housing"."buyers"."id" ASC LIMIT 5
-- case: prisma aggregate
SELECT COUNT(*), SUM("income"), AVG("income"), MIN("phone"), MAX("born") FROM (SELECT "housing"."buyers"."income", "housing"."buyers"."phone", "housing"."buyers"."born" FROM "housing"."buyers" WHERE "housing"."buyers"."active" = true OFFSET 0) AS "sub"
-- case: prisma groupBy having
SELECT COUNT("housing"."buyers"."id") AS "_count$id", "housing"."buyers"."agent_id" FROM "housing"."buyers" WHERE 1=1 GROUP BY "housing"."buyers"."agent_id" HAVING COUNT("housing"."buyers"."id") > 2 ORDER BY COUNT("housing"."buyers"."id") DESC, 2 OFFSET 0
-- case: prisma json filter
SELECT "app"."events"."id" FROM "app"."events" WHERE (("app"."events"."payload"#>ARRAY['n']::text[])::jsonb > '95'::jsonb AND (JSONB_TYPEOF("app"."events"."payload"#>ARRAY['n']::text[]) = 'number')) ORDER BY 1
-- case: sequelize raw replacements
SELECT "id", "name", (SELECT COUNT(*) FROM "housing"."visits" AS v WHERE v."buyer_id" = "Buyer"."id")::int AS "n" FROM "housing"."buyers" AS "Buyer" WHERE ("Buyer"."name" ILIKE '%王%' OR "Buyer"."phone" LIKE '%0024') AND "Buyer"."created_at" >= '2023-01-01 00:00:00.000 +00:00' ORDER BY "n" DESC, "Buyer"."id" ASC LIMIT 5
-- case: sequelize nested required
SELECT "Agent"."id", "buyers"."id" AS "buyers.id", "buyers->contracts"."id" AS "buyers.contracts.id" FROM "housing"."agents" AS "Agent" INNER JOIN "housing"."buyers" AS "buyers" ON "Agent"."id" = "buyers"."agent_id" AND "buyers"."active" = true INNER JOIN ("housing"."contracts" AS "buyers->contracts" INNER JOIN "housing"."units" AS "buyers->contracts->u" ON "buyers->contracts->u"."id" = "buyers->contracts"."unit_id") ON "buyers"."id" = "buyers->contracts"."buyer_id" ORDER BY 1, 2, 3 LIMIT 10
-- case: typeorm subquery alias and brackets
SELECT "Buyer"."id" AS "Buyer_id", "Buyer__Buyer_agent"."name" AS "agent" FROM "housing"."buyers" "Buyer" LEFT JOIN "housing"."agents" "Buyer__Buyer_agent" ON "Buyer__Buyer_agent"."id"="Buyer"."agent_id" WHERE ( (("Buyer"."level" >= 1) AND (("Buyer__Buyer_agent"."desk" = 'desk 1'))) ) AND ( "Buyer"."id" IN (3, 8, 12, 14) ) ORDER BY "Buyer_id" ASC
-- case: knex where raw and having
select "agent_id", count("id") as "n", array_agg("name" order by "id") as "names" from "housing"."buyers" where "income" between 100000 and 500000 and not "active" = false group by "agent_id" having count("id") > 1 order by "n" desc, "agent_id" asc
-- case: rails pluck distinct arel
SELECT DISTINCT "buyers"."level", EXTRACT(YEAR FROM "buyers"."born") FROM "buyers" WHERE "buyers"."born" IS NOT NULL ORDER BY "buyers"."level" ASC, 2
-- case: rails includes references eager load
SELECT "buyers"."id" AS t0_r0, "buyers"."name" AS t0_r1, "contracts"."id" AS t1_r0, "contracts"."bank_card" AS t1_r1 FROM "buyers" LEFT OUTER JOIN "contracts" ON "contracts"."buyer_id" = "buyers"."id" WHERE "contracts"."price" > 1000000 AND "buyers"."id" IN (3, 4, 7, 10) ORDER BY "buyers"."id", "contracts"."id"
-- case: rails distinct ids with limit
SELECT DISTINCT "buyers"."id", "buyers"."created_at" AS alias_0 FROM "buyers" LEFT OUTER JOIN "contracts" ON "contracts"."buyer_id" = "buyers"."id" WHERE "contracts"."status" = 'signed' ORDER BY "buyers"."created_at" DESC, "buyers"."id" LIMIT 5
-- case: rails enum and range
SELECT "buyers".* FROM "buyers" WHERE "buyers"."level" BETWEEN 1 AND 2 AND "buyers"."created_at" >= '2023-01-02 00:00:00' AND ("buyers"."agent_id" IN (3, 4) OR "buyers"."agent_id" IS NULL) ORDER BY "buyers"."id" LIMIT 11
-- case: rails optimizer hints and annotate
SELECT "buyers"."id" FROM "buyers" WHERE "buyers"."active" = TRUE ORDER BY "buyers"."id" /* BuyersController#index */ LIMIT 3
-- case: rails with recursive
WITH RECURSIVE "tree" AS ( (SELECT "agents"."id", "agents"."manager_id" FROM "agents" WHERE "agents"."id" = 1) UNION ALL (SELECT "agents"."id", "agents"."manager_id" FROM "agents" INNER JOIN "tree" ON "tree"."id" = "agents"."manager_id") ) SELECT "buyers"."id" FROM "buyers" WHERE "buyers"."agent_id" IN (SELECT "tree"."id" FROM "tree") ORDER BY 1
-- case: rails calculate sum case
SELECT SUM(CASE WHEN "contracts"."status" = 'signed' THEN "contracts"."price" ELSE 0 END) AS "s", "contracts"."agent_id" AS "contracts_agent_id" FROM "contracts" GROUP BY "contracts"."agent_id" ORDER BY 2
-- case: ecto json_extract and type
SELECT e0."id", (e0."payload"#>'{"n"}')::integer, e0."payload"#>'{"ok"}' = 'true'::jsonb FROM "app"."events" AS e0 WHERE (e0."at"::timestamp >= '2024-01-01'::timestamp - interval '1 day') ORDER BY 1 LIMIT 3
-- case: ecto lateral preload
SELECT b0."id", s1."id", s1."price" FROM "housing"."buyers" AS b0 INNER JOIN LATERAL (SELECT sc0."id" AS "id", sc0."price" AS "price" FROM "housing"."contracts" AS sc0 WHERE (sc0."buyer_id" = b0."id") ORDER BY sc0."price" DESC LIMIT 1) AS s1 ON TRUE ORDER BY b0."id"
-- case: ecto combinations
(SELECT b0."name" FROM "housing"."buyers" AS b0) EXCEPT (SELECT l0."name" FROM "housing"."leads" AS l0) ORDER BY 1 NULLS FIRST LIMIT 5
-- case: ecto windows and filter
SELECT c0."agent_id", count(c0."id") FILTER (WHERE c0."status" = 'filed'), coalesce(sum(c0."price"), 0::decimal), count(*) OVER () FROM "housing"."contracts" AS c0 GROUP BY c0."agent_id" ORDER BY 1
-- case: gorm joins and scopes
SELECT "buyers"."id","buyers"."name","Agent"."id" AS "Agent__id","Agent"."name" AS "Agent__name" FROM "housing"."buyers" LEFT JOIN "housing"."agents" "Agent" ON "buyers"."agent_id" = "Agent"."id" AND "Agent"."desk" <> 'desk 2' WHERE buyers.level IN (1,2) AND "buyers"."active" = true ORDER BY buyers.id LIMIT 5
-- case: gorm count over subquery
SELECT count(*) FROM (SELECT "buyer_id" FROM "housing"."contracts" WHERE price > 1000000 GROUP BY "buyer_id" HAVING count(*) > 0) AS u
-- case: sqlx query as with overrides
-- bind: 1
SELECT id AS "id!", name AS "name?", level::int8 AS "level: i64" FROM buyers WHERE level = $1 ORDER BY id
-- case: diesel boxed
SELECT "buyers"."id", "buyers"."name", "agents"."name" FROM ("housing"."buyers" INNER JOIN "housing"."agents" ON ("buyers"."agent_id" = "agents"."id")) WHERE (("buyers"."name" ILIKE '%%') AND ("buyers"."id" = ANY('{2,3,8}'))) ORDER BY "buyers"."id" DESC
-- case: jooq row number paging and values
select "t"."id", "t"."name", "t"."rn" from (select "b"."id", "b"."name", row_number() over (order by "b"."id") as "rn" from "housing"."buyers" as "b") as "t" where "t"."rn" between 2 and 4 order by "t"."rn"
-- case: jooq multiset json
select b.id, (select jsonb_agg(jsonb_build_array(t.id, t.price, t.status) order by t.id) from (select c.id, c.price, c.status from housing.contracts c where c.buyer_id = b.id) t) as cs from housing.buyers b order by b.id limit 5
-- case: hibernate 6 criteria tuple with function
select b1_0.id,extract(year from b1_0.born),(b1_0.level+cast(1 as integer)),concat(b1_0.name,'/',b1_0.phone) from housing.buyers b1_0 where coalesce(b1_0.agent_id,0)<>3 and upper(b1_0.name)=upper(b1_0.name) and exists(select 1 from housing.contracts c1_0 where b1_0.id=c1_0.buyer_id) order by b1_0.id fetch first 5 rows only
-- case: hibernate 6 timestampadd
select c1_0.id,(c1_0.signed+(30)*interval '1 day'),cast(c1_0.signed as timestamp(6)),(cast(c1_0.signed as date)-date '2023-01-01') from housing.contracts c1_0 where c1_0.signed>date '2023-01-01'-interval '1 day' order by c1_0.id fetch first 5 rows only
-- case: hibernate 6 cte emulated paging of collections
with b(id) as (select b1_0.id from housing.buyers b1_0 where b1_0.active order by b1_0.id offset 1 rows fetch next 3 rows only) select c1_0.buyer_id,c1_0.id from housing.contracts c1_0 join b on b.id=c1_0.buyer_id order by 1,2
-- case: hibernate array contains and any
select p1_0.id from housing.projects p1_0 where p1_0.tags@>cast(array['精装'] as text[]) and array_positions(p1_0.tags,'精装') is not null order by p1_0.id
-- case: mybatis plus wrapper nested
SELECT id,name,phone FROM buyers WHERE (active = true AND (name LIKE '%王%' OR phone LIKE '138%') AND agent_id IS NOT NULL AND level NOT IN (0,3)) ORDER BY level DESC,id ASC LIMIT 10
-- case: mybatis plus dynamic count optimise
SELECT COUNT(*) AS total FROM buyers b LEFT JOIN agents a ON a.id = b.agent_id WHERE a.desk = 'desk 1'
-- case: superset sqllab limit wrapper
SELECT * FROM (SELECT b.level, count(*) AS n, max(b.phone) AS p FROM housing.buyers b GROUP BY b.level) AS inner_qry ORDER BY level LIMIT 1001
-- case: superset rolling and time compare
SELECT DATE_TRUNC('week', at) AS __timestamp, outcome, COUNT(*) AS "count", SUM(seconds) / NULLIF(COUNT(*), 0) AS avg FROM housing.calls WHERE at >= TO_TIMESTAMP('2022-06-01 00:00:00.000000', 'YYYY-MM-DD HH24:MI:SS.US') AND outcome IN ('answered', 'busy') GROUP BY DATE_TRUNC('week', at), outcome HAVING COUNT(*) > 0 ORDER BY __timestamp, outcome LIMIT 50
-- case: superset adhoc filter sql and jinja
SELECT name AS name, sum(level) AS "SUM(level)" FROM housing.buyers WHERE ((phone LIKE '1%' AND agent_id > 2)) AND (name NOT IN ('', 'x') OR name IS NULL) GROUP BY name ORDER BY "SUM(level)" DESC, name LIMIT 20
-- case: metabase cumulative sum
SELECT "source"."signed" AS "signed", SUM(SUM("source"."price")) OVER (ORDER BY "source"."signed" ASC ROWS UNBOUNDED PRECEDING) AS "sum" FROM (SELECT CAST(DATE_TRUNC('month', "housing"."contracts"."signed") AS date) AS "signed", "housing"."contracts"."price" FROM "housing"."contracts") AS "source" GROUP BY "source"."signed" ORDER BY "source"."signed" ASC
-- case: metabase relative date filter
SELECT COUNT(*) AS "count" FROM "housing"."visits" WHERE ("housing"."visits"."at" >= DATE_TRUNC('month', (timestamptz '2023-03-05' + INTERVAL '-30 day'))) AND ("housing"."visits"."at" < DATE_TRUNC('month', timestamptz '2023-03-05'))
-- case: metabase custom expressions
SELECT CONCAT("name", ' ', "phone") AS "c", COALESCE("email", '-') AS "e", CASE WHEN "level" > 1 THEN 'a' ELSE 'b' END AS "t", LENGTH("address"), REPLACE("phone", '*', '#'), SUBSTRING("id_no" FROM '^\d{6}'), CEIL("income" / 10000), ABS("level" - 2), EXTRACT(day FROM ("created_at" - timestamptz '2022-12-30')) FROM "housing"."buyers" ORDER BY "id" LIMIT 5
-- case: metabase filter by list of masked values
SELECT "housing"."buyers"."name" AS "name", COUNT(*) FROM "housing"."buyers" WHERE ("housing"."buyers"."name" = '王**') OR ("housing"."buyers"."name" = '李*') OR ("housing"."buyers"."name" IS NULL) GROUP BY 1 ORDER BY 1
-- case: power bi direct query topn
select "t0"."name", "t0"."a0" from (select "_"."name", sum("_"."price") as "a0" from (select "$Outer"."name", "$Inner"."price" from "housing"."buyers" as "$Outer" left outer join "housing"."contracts" as "$Inner" on ("$Outer"."id" = "$Inner"."buyer_id")) "_" group by "_"."name") "t0" where not "t0"."a0" is null order by "t0"."a0" desc, "t0"."name" limit 1001
-- case: power bi null safe join
select "$Outer"."id" from "housing"."buyers" "$Outer" inner join "housing"."agents" "$Inner" on ("$Outer"."agent_id" = "$Inner"."id" or "$Outer"."agent_id" is null and "$Inner"."id" is null) order by 1
-- case: tableau lod
SELECT "t0"."level" AS "level", AVG("t1"."x") AS "avg" FROM (SELECT "buyers"."level" AS "level", "buyers"."id" AS "id" FROM "housing"."buyers" "buyers" GROUP BY 1, 2) "t0" INNER JOIN (SELECT "c"."buyer_id" AS "id", COUNT(DISTINCT "c"."id") AS "x" FROM "housing"."contracts" "c" GROUP BY 1) "t1" ON (("t0"."id" = "t1"."id") OR (("t0"."id" IS NULL) AND ("t1"."id" IS NULL))) GROUP BY 1 ORDER BY 1
-- case: tableau date parts
SELECT CAST(EXTRACT(YEAR FROM "contracts"."signed") AS BIGINT) AS "yr", CAST(TRUNC(EXTRACT(QUARTER FROM "contracts"."signed")) AS INTEGER) AS "qr", SUM("contracts"."price") AS "s" FROM "housing"."contracts" "contracts" WHERE (("contracts"."signed" >= (DATE '2023-01-01')) AND (NOT ("contracts"."status" IN ('cancelled')))) GROUP BY 1, 2 ORDER BY 1, 2
-- case: grafana macros expanded
SELECT EXTRACT(EPOCH FROM (date_trunc('day', at)))::bigint * 1000 AS time, count(*) FILTER (WHERE outcome = 'answered') AS answered, avg(seconds) AS avg FROM housing.calls WHERE extract(epoch from at) BETWEEN 1654000000 AND 1680000000 GROUP BY 1 ORDER BY 1
-- case: grafana ad hoc filter
SELECT at AS "time", seconds AS value, outcome AS metric FROM housing.calls WHERE at > to_timestamp(1654000000) AND outcome = 'busy' ORDER BY at ASC
-- case: looker symmetric aggregates
SELECT COALESCE(CAST((SUM(DISTINCT (CAST(FLOOR(COALESCE(contracts.price, 0) * 1000000) AS DECIMAL(38,0))) + ('x' || MD5(contracts.id::varchar))::bit(32)::bigint::decimal(38, 0)) - SUM(DISTINCT ('x' || MD5(contracts.id::varchar))::bit(32)::bigint::decimal(38, 0))) AS DOUBLE PRECISION) / 1000000, 0) AS total FROM housing.buyers LEFT JOIN housing.contracts ON contracts.buyer_id = buyers.id LEFT JOIN housing.visits ON visits.buyer_id = buyers.id
-- case: looker pivot rank
SELECT * FROM (SELECT *, DENSE_RANK() OVER (ORDER BY z___min_rank) AS z___pivot_row_rank FROM (SELECT *, MIN(z___rank) OVER (PARTITION BY "a") AS z___min_rank FROM (SELECT b.agent_id AS "a", b.level AS "l", count(*) AS n, RANK() OVER (ORDER BY b.agent_id ASC, b.level) AS z___rank FROM housing.buyers b GROUP BY 1, 2) ww) bb) xx ORDER BY 1, 2 LIMIT 30
-- case: view: unit_list counted
SELECT project, status, count(*) FROM unit_list GROUP BY 1, 2 ORDER BY 1, 2
-- case: view: cards joined with contracts
SELECT c.id, k.name, k.phone FROM contracts c JOIN buyer_cards k ON k.id = c.buyer_id ORDER BY c.id LIMIT 5
-- case: view: cards paged
SELECT * FROM buyer_cards WHERE level >= 1 AND phone IS NOT NULL ORDER BY name, id LIMIT 5 OFFSET 1
-- case: view: agent load
SELECT a.name, l.buyers FROM agents a LEFT JOIN agent_load l ON l.agent_id = a.id ORDER BY a.id
-- case: view: everyone searched
SELECT * FROM everyone WHERE phone LIKE '138%' ORDER BY id, name
-- case: view: last visit
SELECT * FROM last_visit WHERE at > '2023-02-10' ORDER BY id
-- case: view: directory
SELECT * FROM buyer_directory WHERE agent_id = 3 ORDER BY id
-- case: view: overview by agent
SELECT agent, count(*), sum(price) FROM contract_overview GROUP BY agent ORDER BY 1
-- case: view: visitors
SELECT * FROM visitors ORDER BY at LIMIT 3
-- case: view: card names
SELECT * FROM card_names ORDER BY id LIMIT 3
-- case: view: guarded
SELECT * FROM guarded WHERE name LIKE '王%' ORDER BY id
-- case: inherited leads with tableoid
SELECT tableoid::regclass, count(*) FROM leads GROUP BY 1 ORDER BY 2
-- case: only leads
SELECT count(*), min(phone) FROM ONLY leads
-- case: partition directly
SELECT count(*), sum(amount) FROM payments_2023
-- case: partition pruned
SELECT tableoid::regclass::text, count(*) FROM payments WHERE paid_on >= '2023-03-10' GROUP BY 1 ORDER BY 1
-- case: ctid paging
SELECT ctid, id FROM units WHERE ctid > '(0,5)' ORDER BY ctid LIMIT 3
-- case: rows as csv
SELECT concat_ws(',', id, name, phone, income) FROM buyers ORDER BY id LIMIT 3
-- case: xml export
SELECT xmlelement(name buyers, xmlagg(xmlelement(name buyer, xmlattributes(id, level), xmlelement(name phone, phone)) ORDER BY id)) FROM buyers WHERE id < 5
-- case: copy json lines
COPY (SELECT row_to_json(b) FROM (SELECT id, name, phone FROM buyers ORDER BY id LIMIT 3) b) TO STDOUT
-- case: geojson-like nested arrays
SELECT json_agg(json_build_array(id, json_build_array(area, list_price)) ORDER BY id) FROM units WHERE id < 5
-- case: generate uuid pk default
SELECT count(DISTINCT gen_random_uuid()) FROM generate_series(1, 3)
-- case: regexp_matches set
SELECT b.id, m[1] FROM buyers b, regexp_matches(b.address, '([^市]+区)', 'g') m ORDER BY 1, 2 LIMIT 5
-- case: string_to_table keywords search
SELECT DISTINCT b.id FROM buyers b JOIN string_to_table('王,李,张', ',') k ON b.name LIKE k || '%' ORDER BY 1
-- case: search over several columns with score
SELECT id, (CASE WHEN name LIKE '王%' THEN 2 ELSE 0 END + CASE WHEN phone LIKE '%24' THEN 1 ELSE 0 END) AS score FROM buyers WHERE name LIKE '王%' OR phone LIKE '%24' ORDER BY score DESC, id
-- case: pinyin-like order with numeric collation fallback
SELECT id, number FROM units WHERE building_id = 2 ORDER BY (regexp_replace(number, '\D', '', 'g'))::int, id
-- case: first contact by least
SELECT b.id, least(min(v.at), min(c.at)) AS first FROM buyers b LEFT JOIN visits v ON v.buyer_id = b.id LEFT JOIN calls c ON c.buyer_id = b.id GROUP BY b.id HAVING least(min(v.at), min(c.at)) IS NOT NULL ORDER BY 2, 1 LIMIT 5
-- case: union all timeline
SELECT * FROM (SELECT 'visit' AS k, buyer_id, at, remark AS t FROM visits UNION ALL SELECT 'call', buyer_id, at, outcome FROM calls UNION ALL SELECT 'contract', buyer_id, signed::timestamptz, status FROM contracts) x WHERE buyer_id = 7 ORDER BY at, k
-- case: moving average over days with gaps
SELECT d::date, coalesce(n, 0), round(avg(coalesce(n, 0)) OVER (ORDER BY d ROWS BETWEEN 6 PRECEDING AND CURRENT ROW), 2) FROM generate_series(date '2023-02-01', date '2023-02-12', '1 day') d LEFT JOIN (SELECT at::date AS day, count(*) AS n FROM visits GROUP BY 1) v ON v.day = d ORDER BY d
-- case: median days to sign
SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY c.signed - b.created_at::date) FROM contracts c JOIN buyers b ON b.id = c.buyer_id
-- case: abc analysis
SELECT agent_id, s, CASE WHEN cum <= 0.8 THEN 'A' WHEN cum <= 0.95 THEN 'B' ELSE 'C' END FROM (SELECT agent_id, s, sum(s) OVER (ORDER BY s DESC, agent_id) / sum(s) OVER () AS cum FROM (SELECT agent_id, sum(price) AS s FROM contracts GROUP BY agent_id) x) y ORDER BY s DESC, agent_id
-- case: sessionize calls
SELECT id, sum(new) OVER (ORDER BY at, id) AS session FROM (SELECT id, at, CASE WHEN at - lag(at) OVER (ORDER BY at, id) > interval '40 hours' THEN 1 ELSE 0 END AS new FROM calls) x ORDER BY at, id LIMIT 10
-- case: relational division
SELECT b.id FROM buyers b WHERE NOT EXISTS (SELECT 1 FROM (VALUES ('signed')) s(st) WHERE NOT EXISTS (SELECT 1 FROM contracts c WHERE c.buyer_id = b.id AND c.status = s.st)) ORDER BY 1
-- case: exists in select and order
SELECT id, EXISTS (SELECT 1 FROM contracts c WHERE c.buyer_id = b.id) AS has FROM buyers b ORDER BY has DESC, id LIMIT 6
-- case: not distinct join
SELECT a.id, count(b.id) FROM agents a LEFT JOIN buyers b ON b.agent_id IS NOT DISTINCT FROM a.manager_id GROUP BY a.id ORDER BY a.id
-- case: tuple in subquery
SELECT id FROM contracts WHERE (buyer_id, signed) IN (SELECT buyer_id, max(signed) FROM contracts GROUP BY buyer_id) ORDER BY id
-- case: array subquery constructor
SELECT b.id, ARRAY(SELECT c.id FROM contracts c WHERE c.buyer_id = b.id ORDER BY c.id) FROM buyers b ORDER BY b.id LIMIT 8
-- case: scalar sub with limit in coalesce
SELECT b.id, coalesce((SELECT v.remark FROM visits v WHERE v.buyer_id = b.id ORDER BY v.at DESC LIMIT 1), '未到访') FROM buyers b ORDER BY b.id LIMIT 6
-- case: lateral values unpivot
SELECT b.id, x.k, x.v FROM buyers b CROSS JOIN LATERAL (VALUES ('phone', b.phone), ('email', b.email), ('name', b.name)) x(k, v) WHERE x.v IS NOT NULL ORDER BY 1, 2 LIMIT 9
-- case: jsonb_each_text unpivot of row
SELECT b.id, e.key, e.value FROM buyers b, jsonb_each_text(to_jsonb(b) - 'extra') e WHERE b.id = 3 ORDER BY 2
-- case: diff of two rows
SELECT e1.key, e1.value, e2.value FROM buyers a, buyers b, jsonb_each_text(to_jsonb(a)) e1 JOIN jsonb_each_text((SELECT to_jsonb(z) FROM buyers z WHERE id = 8)) e2 USING (key) WHERE a.id = 3 AND b.id = 8 AND e1.value IS DISTINCT FROM e2.value ORDER BY 1
-- case: fetch with ties and percent
SELECT id, level FROM buyers ORDER BY level FETCH FIRST 2 ROWS WITH TIES
-- case: discard of pools
DISCARD TEMP
-- then
DISCARD SEQUENCES
-- then
DISCARD PLANS
-- then
DISCARD ALL
-- case: pgbouncer reset query with set [simple]
RESET ALL; SET SESSION AUTHORIZATION DEFAULT; DEALLOCATE ALL; SELECT 1
