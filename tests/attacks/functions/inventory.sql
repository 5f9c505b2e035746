-- channel: built-in functions, each by what it reaches when it is called directly
-- case: a view as XML by a table function of its own [refused]
SELECT table_to_xmlschema('housing.buyers'::regclass, true, false, '')
-- case: query_to_xml through its schema twin [refused]
SELECT query_to_xml_and_xmlschema('SELECT phone FROM housing.buyers', true, false, '')
-- case: query_to_xml as a default of coalesce [refused]
SELECT coalesce(NULL::xml, pg_catalog.query_to_xml('TABLE housing.buyers', false, false, ''))
-- case: query_to_xml by attribute notation [refused]
SELECT ('housing.buyers'::regclass).database_to_xml
-- case: query_to_xml quoted [refused]
SELECT "query_to_xml"('TABLE housing.buyers', true, true, '')
-- case: query_to_xml by a unicode name [refused]
SELECT U&"query\005fto\005fxml"('TABLE housing.buyers', true, true, '')
-- case: text search statistics with weights [refused]
SELECT word FROM ts_stat('SELECT to_tsvector(''simple'', note) FROM housing.buyers', 'ab')
-- case: rewriting of a query by a table of pairs [refused]
SELECT ts_rewrite('x'::tsquery, 'SELECT plainto_tsquery(phone), plainto_tsquery(phone) FROM housing.buyers')
-- case: rewriting of a query by values stays closed with its namesake [refused]
SELECT ts_rewrite('a & b'::tsquery, 'a'::tsquery, 'c'::tsquery)
-- case: row version by its place [refused]
SELECT currtid2('housing.buyers'::text, '(0,1)'::tid)
-- case: a row by its place as a filter [refused]
SELECT id FROM housing.buyers WHERE ctid = currtid2('housing.buyers'::text, ctid)
-- case: file in bytes [refused]
SELECT pg_read_binary_file('base/1/1259')
-- case: file with an offset [refused]
SELECT pg_read_file('postgresql.conf', 0, 100)
-- case: file that may be missing [refused]
SELECT pg_read_file('/etc/passwd', true)
-- case: when a file changed [refused]
SELECT (pg_stat_file('base')).modification
-- case: folders of the server, each function [refused]
SELECT pg_ls_logdir()
-- case: temporary files of others [refused]
SELECT * FROM pg_ls_tmpdir()
-- case: write-ahead log folder [refused]
SELECT * FROM pg_ls_waldir()
-- case: the log file's name [refused]
SELECT pg_current_logfile()
-- case: access rules of the server by function [refused]
SELECT * FROM pg_hba_file_rules()
-- case: settings with connection strings by function [refused]
SELECT * FROM pg_show_all_file_settings()
-- case: large object by number [refused]
SELECT lo_get(1)
-- case: large object into the masked column's place [refused]
SELECT lo_put(1, 0, phone::bytea) FROM housing.buyers
-- case: large object descriptor [refused]
SELECT loread(lo_open(1, 262144), 100)
-- case: large object to a file [refused]
SELECT lo_export(1, '/tmp/x')
-- case: most common values unpacked [refused]
SELECT * FROM pg_mcv_list_items(NULL)
-- case: statements of sessions by backend [refused]
SELECT pg_stat_get_backend_activity(1)
-- case: activity with columns [refused]
SELECT pid FROM pg_stat_get_activity(NULL)
-- case: prepared statements by function [refused]
SELECT (pg_prepared_statement()).statement
-- case: cursors by function [refused]
SELECT (pg_cursor()).statement
-- case: the text that runs now, after the rewriting [refused]
SELECT current_query()
-- case: memory contexts hold cached texts [refused]
SELECT * FROM pg_get_backend_memory_contexts()
-- case: dump memory of another session into the log [refused]
SELECT pg_log_backend_memory_contexts(1)
-- case: cancel others [refused]
SELECT pg_cancel_backend(1)
-- case: snapshot for another connection [refused]
SELECT pg_export_snapshot()
-- case: move a sequence without the database's leave [attack]
SELECT setval('series.ids', 1)
-- case: a sequence as a stage [refused]
SELECT setval('series.ids', income::int8) FROM housing.buyers WHERE id = 1
-- case: a sequence as a stage of rows that are left out [attack]
SELECT setval('series.ids', (SELECT count(*) FROM housing.leads))
-- case: a sequence that is found by what is read [refused]
SELECT setval(phone::regclass, 1) FROM housing.buyers WHERE id = 1
-- case: logical message as a stage [refused]
SELECT pg_logical_emit_message(false, 'x', phone) FROM housing.buyers
-- case: peek into the write-ahead log [refused]
SELECT * FROM pg_logical_slot_peek_changes('s', NULL, NULL)
-- case: copy a slot [refused]
SELECT pg_copy_logical_replication_slot('a', 'b')
-- case: write-ahead log position as a length oracle [refused]
SELECT pg_current_wal_insert_lsn()
-- case: control file [refused]
SELECT * FROM pg_control_system()
-- case: reload [refused]
SELECT pg_reload_conf()
-- case: rotate the log [refused]
SELECT pg_rotate_logfile()
-- case: upgrade helper that stores a missing value [refused]
SELECT binary_upgrade_set_missing_value('housing.buyers'::regclass, 'phone', 'x')
-- case: index maintenance on a protected table [refused]
SELECT gin_clean_pending_list('housing.buyers_phone'::regclass)
-- case: summarize an index [refused]
SELECT brin_summarize_new_values('housing.buyers_phone'::regclass)
-- case: validator of a language runs a definition [refused]
SELECT fmgr_sql_validator('housing.phone_of(int)'::regprocedure)
-- case: selectivity estimator as a probe [refused]
SELECT eqsel(NULL, 98, NULL, 0)
-- case: transition function with its internal state [refused]
SELECT string_agg_transfn(NULL, 'a', 'b')
-- case: input function that takes the type's number [refused]
SELECT domain_in('13886500024'::cstring, 'app.checked'::regtype::oid, -1)
-- case: array input with the number of a domain [refused]
SELECT array_in('{13886500024}'::cstring, 'app.checked'::regtype::oid, -1)
-- case: row input with the number of a row type [refused]
SELECT record_in('(1)'::cstring, 'housing.buyers'::regtype::oid, -1)
-- case: enumeration input by number [refused]
SELECT enum_in('free'::cstring, 'housing.unit_status'::regtype::oid)
-- case: last value of a transaction by number [refused]
SELECT pg_get_multixact_members('1'::xid)
-- case: commit times tell who changed what when [refused]
SELECT pg_xact_commit_timestamp(xmin) FROM housing.buyers
-- case: locks by function [refused]
SELECT * FROM pg_lock_status()
-- case: two-phase transactions by function [refused]
SELECT * FROM pg_prepared_xact()
-- case: replication slots by function [refused]
SELECT * FROM pg_get_replication_slots()
-- case: counters of a function of a user [refused]
SELECT pg_stat_get_function_calls('housing.phone_of(int)'::regprocedure)
-- case: hidden arguments of a call by name [refused]
SELECT query_to_xml(query => 'TABLE housing.buyers', nulls => true, tableforest => false, targetns => '')
-- case: closed function in a sort order [refused]
SELECT id FROM housing.agents ORDER BY query_to_xml('TABLE housing.buyers', true, true, '')::text
-- case: closed function in a filter of an aggregate [refused]
SELECT count(*) FILTER (WHERE pg_read_file('PG_VERSION') <> '') FROM housing.agents
-- case: closed function in a subscript [refused]
SELECT (ARRAY[1, 2])[length(pg_read_file('PG_VERSION'))]
-- case: closed function in OFFSET [refused]
SELECT id FROM housing.agents OFFSET length(pg_read_file('PG_VERSION'))
-- case: closed function in ROWS FROM [refused]
SELECT * FROM ROWS FROM (generate_series(1, 2), pg_ls_dir('.')) t
-- case: closed function in a grouping set [refused]
SELECT count(*) FROM housing.agents GROUP BY ROLLUP (pg_read_file('PG_VERSION'))
-- case: closed function in a default of lag [refused]
SELECT lag(desk, 1, pg_read_file('PG_VERSION')) OVER (ORDER BY id) FROM housing.agents
-- case: closed function in XMLTABLE [refused]
SELECT * FROM XMLTABLE('/x' PASSING query_to_xml('TABLE housing.buyers', true, true, '') COLUMNS a text PATH '.') t
-- case: closed function in TABLESAMPLE [refused]
SELECT id FROM housing.agents TABLESAMPLE BERNOULLI (length(pg_read_file('PG_VERSION')))
-- case: numbers drawn where a mask is tested [refused]
SELECT nextval('series.ids'::regclass) FROM housing.buyers WHERE phone LIKE '138%'
-- case: numbers drawn in a condition [refused]
SELECT count(*) FROM housing.buyers WHERE nextval('series.ids') > 0 AND name = 'x'
-- case: numbers drawn for rows that are written [refused]
BEGIN
-- then
UPDATE housing.buyers SET level = nextval('series.ids') WHERE phone = '13812345678'
-- then
ROLLBACK
-- case: a sequence named by a mask [refused]
SELECT nextval(phone) FROM housing.buyers
