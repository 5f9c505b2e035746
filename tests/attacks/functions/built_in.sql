-- channel: functions of the server that read rows, files or sessions by what they are told, or run text
-- case: query_to_xml [refused]
SELECT query_to_xml('SELECT phone FROM housing.buyers', true, false, '')
-- case: table_to_xml [refused]
SELECT table_to_xml('housing.buyers', true, false, '')
-- case: schema_to_xml [refused]
SELECT schema_to_xml('housing', true, false, '')
-- case: cursor_to_xml [refused]
SELECT cursor_to_xml('c', 1, true, false, '')
-- case: database_to_xml [refused]
SELECT database_to_xml(true, false, '')
-- case: ts_stat [refused]
SELECT * FROM ts_stat('SELECT to_tsvector(phone) FROM housing.buyers')
-- case: ts_rewrite with a query [refused]
SELECT ts_rewrite('a'::tsquery, 'SELECT ''a''::tsquery, to_tsquery(phone) FROM housing.buyers')
-- case: read a file [refused]
SELECT pg_read_file('PG_VERSION')
-- case: list a folder [refused]
SELECT pg_ls_dir('.')
-- case: large objects [refused]
SELECT lo_import('/etc/hostname')
-- case: large object from bytes [refused]
SELECT lo_from_bytea(0, convert_to(phone, 'UTF8')) FROM housing.buyers
-- case: currtid2 [refused]
SELECT currtid2('housing.buyers', '(0,1)')
-- case: activity of others [refused]
SELECT query FROM pg_stat_get_activity(NULL)
-- case: pg_terminate_backend [refused]
SELECT pg_terminate_backend(1)
-- case: pg_sleep by a hidden bit is still refused or equal [attack]
SELECT CASE WHEN phone LIKE '13886%' THEN pg_sleep(0)::text END FROM housing.buyers WHERE id = 1
-- case: nextval [attack]
SELECT nextval('pg_catalog.pg_class')
-- case: advisory locks [attack]
SELECT pg_try_advisory_lock(pg_backend_pid())
-- case: type input that runs code [attack]
SELECT 'housing.buyers'::regclass::oid::regclass::text
-- case: export a snapshot [attack interference]
SELECT pg_export_snapshot() IS NOT NULL
-- case: replication slot [refused]
SELECT pg_create_logical_replication_slot('s', 'test_decoding')
-- case: logical changes [refused]
SELECT * FROM pg_logical_slot_get_changes('s', NULL, NULL)
