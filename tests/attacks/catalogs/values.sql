-- channel: catalogs and views of the server that hold values of rows, statements or secrets
-- case: value that older rows have [attack interference]
SELECT attmissingval FROM pg_attribute WHERE atthasmissing
-- case: whole rows of pg_attribute [attack interference]
SELECT to_jsonb(a) -> 'attmissingval' FROM pg_attribute a WHERE attrelid = 'housing.buyers'::regclass ORDER BY attnum
-- case: share of NULLs of a hidden column [attack interference]
SELECT null_frac, avg_width, n_distinct FROM pg_stats WHERE tablename = 'buyers' AND attname = 'note'
-- case: order on the disk follows the values [attack interference]
SELECT correlation FROM pg_stats WHERE tablename = 'buyers' ORDER BY attname
-- case: frequencies without the values [attack interference]
SELECT most_common_freqs FROM pg_stats WHERE tablename = 'buyers' ORDER BY attname
-- case: elements of arrays [attack interference]
SELECT most_common_elems FROM pg_stats WHERE tablename = 'buyers' ORDER BY attname
-- case: statistics through a common table expression [attack interference]
WITH s AS (TABLE pg_stats) SELECT s::text FROM s WHERE tablename = 'buyers' ORDER BY attname
-- case: statistics through a lateral join [attack interference]
SELECT x.h FROM pg_class c, LATERAL (SELECT s.histogram_bounds::text AS h FROM pg_stats s WHERE s.tablename = c.relname) x WHERE c.relname = 'buyers' ORDER BY 1
-- case: statistics copied out [attack interference]
COPY (SELECT * FROM pg_stats WHERE schemaname = 'housing') TO STDOUT
-- case: statistics table copied out [attack interference]
COPY pg_statistic TO STDOUT
-- case: statistics into a temporary table [attack interference]
CREATE TEMP TABLE s AS SELECT * FROM pg_stats
-- then
SELECT count(histogram_bounds::text) FROM s
-- case: extended statistics of expressions [attack interference]
SELECT * FROM pg_stats_ext_exprs
-- case: data of extended statistics [attack interference]
SELECT stxdmcv::text FROM pg_statistic_ext_data
-- case: contents of large objects [attack interference]
SELECT data FROM pg_largeobject
-- case: statements of all sessions with a filter on their text [attack interference]
SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%13886%'
-- case: statement of one's own session after rewriting [attack interference]
SELECT query FROM pg_stat_activity WHERE pid = pg_backend_pid()
-- case: prepared statement's text by whole row [attack interference]
PREPARE w AS SELECT phone FROM housing.buyers
-- then
SELECT p.name, p::text LIKE '%pg_catalog%' FROM pg_prepared_statements p
-- case: cursor's text [attack interference]
BEGIN
-- then
DECLARE c CURSOR FOR SELECT phone FROM housing.buyers
-- then
SELECT name, statement FROM pg_cursors
-- case: memory contexts hold texts [attack interference]
SELECT ident FROM pg_backend_memory_contexts
-- case: passwords by their hash [attack interference]
SELECT rolname FROM pg_authid WHERE rolpassword LIKE 'SCRAM%'
-- case: passwords in the shadow view [attack interference]
SELECT usename, passwd FROM pg_shadow ORDER BY 1
-- case: secrets of mappings [attack interference]
SELECT umoptions FROM pg_user_mappings
-- case: secrets of mappings by the standard's view [attack interference]
SELECT option_value FROM information_schema.user_mapping_options
-- case: connection strings of subscriptions [attack interference]
SELECT subconninfo FROM pg_subscription
-- case: receiver's connection string [attack interference]
SELECT conninfo FROM pg_stat_wal_receiver
-- case: settings of files [attack interference]
SELECT setting FROM pg_file_settings
-- case: access rules [attack interference]
SELECT options FROM pg_hba_file_rules
-- case: out-of-line storage of a protected table [attack interference]
SELECT reltoastrelid::regclass::text IS NOT NULL FROM pg_class WHERE oid = 'housing.buyers'::regclass
-- case: read the out-of-line storage by its name [attack interference]
SELECT chunk_data FROM pg_toast.pg_toast_2619
-- case: out-of-line storage with a column that looks clear [attack interference]
SELECT chunk_id, chunk_seq FROM pg_toast.pg_toast_1255 ORDER BY 1, 2
-- case: temporary table of another session by its schema [attack interference]
SELECT * FROM pg_temp_4.secrets
-- case: temporary schema that does not exist [attack interference]
SELECT * FROM pg_temp.nothing
-- case: bounds of partitions are definitions [attack interference]
SELECT pg_get_expr(relpartbound, oid) FROM pg_class WHERE relname LIKE 'payments_20%' ORDER BY relname
-- case: raw expression trees [attack interference]
SELECT count(conbin::text), count(adbin::text) FROM pg_class c LEFT JOIN pg_constraint ON conrelid = c.oid
LEFT JOIN pg_attrdef ON adrelid = c.oid WHERE relpersistence = 'p'
-- case: text of a function [attack interference]
SELECT prosrc FROM pg_proc WHERE proname = 'phone_of'
-- case: definition of a view with a constant [attack interference]
SELECT definition FROM pg_views WHERE viewname = 'rich'
-- case: rule text [attack interference]
SELECT pg_get_ruledef(oid) FROM pg_rewrite WHERE ev_class = 'housing.rich'::regclass
-- case: sequence state [attack interference]
SELECT last_value FROM pg_sequences
-- case: live rows by counters [attack interference]
SELECT n_live_tup >= 0 FROM pg_stat_user_tables WHERE relname = 'buyers'
-- case: rows by the planner's count [attack interference]
SELECT reltuples, relpages FROM pg_class WHERE oid = 'housing.buyers'::regclass
-- case: size of a table and its indexes [attack interference]
SELECT pg_table_size('housing.buyers'), pg_indexes_size('housing.buyers'), pg_total_relation_size('housing.buyers')
-- case: locks of other sessions [attack interference]
SELECT count(*) >= 0 FROM pg_locks WHERE locktype = 'tuple'
-- case: catalog of the future [attack interference]
SELECT * FROM pg_catalog.pg_stat_of_the_future
-- case: extension view of statements [attack interference]
SELECT query FROM pg_stat_statements
-- case: schema qualified by the database [attack interference]
SELECT histogram_bounds::text FROM template1.pg_catalog.pg_stats
-- case: system column of a catalog row [attack interference]
SELECT s.tableoid::regclass, s.stavalues1::text FROM ONLY pg_catalog.pg_statistic AS s LIMIT 1
-- case: join on a hidden column of a catalog [attack interference]
SELECT count(*) FROM pg_stats a JOIN pg_stats b ON a.histogram_bounds::text = b.histogram_bounds::text WHERE a.tablename = 'buyers'
-- case: settings of roles [attack interference]
SELECT setconfig FROM pg_db_role_setting
-- case: labels [attack interference]
SELECT label FROM pg_seclabels
-- case: notes of columns [attack interference]
SELECT description FROM pg_description WHERE objoid = 'housing.buyers'::regclass
-- case: positions in the WAL, as a standby tells them [refused]
SELECT pg_last_wal_replay_lsn()
-- case: the same, received [refused]
SELECT pg_last_wal_receive_lsn()
