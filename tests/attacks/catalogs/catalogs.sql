-- channel: catalogs and statistics that hold values
-- case: view definition [attack]
SELECT pg_get_viewdef('housing.rich'::regclass)
-- case: statistics [attack interference]
SELECT most_common_vals, histogram_bounds FROM pg_stats WHERE schemaname = 'housing' AND tablename = 'buyers' ORDER BY attname
-- case: raw statistics [attack interference]
SELECT stavalues1::text FROM pg_statistic
-- case: statistics by another name [attack interference]
SELECT s.* FROM pg_catalog.pg_stats AS s WHERE s.tablename = 'buyers' ORDER BY attname
-- case: extended statistics [attack interference]
SELECT * FROM pg_stats_ext
-- case: activity [attack interference]
SELECT count(query) FROM pg_stat_activity WHERE usename <> current_user
-- case: prepared statements [attack interference]
SELECT statement FROM pg_prepared_statements
-- case: cursors [attack interference]
SELECT statement FROM pg_cursors
-- case: user mappings and passwords [attack interference]
SELECT rolname, rolpassword FROM pg_authid
-- case: shadow [attack interference]
SELECT * FROM pg_shadow
-- case: settings with paths [attack interference]
SELECT count(*) FROM pg_settings WHERE name = 'data_directory'
-- case: toast table [attack interference]
SELECT count(*) FROM pg_toast.pg_toast_1255
-- case: number of locks of the session [refused]
SELECT count(*) FROM pg_catalog.pg_locks WHERE pid = pg_backend_pid()
-- case: positions in the WAL [attack interference]
SELECT confirmed_flush_lsn FROM pg_catalog.pg_replication_slots
-- case: bytes that a standby has been sent [attack interference]
SELECT sent_lsn FROM pg_catalog.pg_stat_replication
-- case: rows that indexes have given [attack interference]
SELECT idx_tup_fetch FROM pg_catalog.pg_stat_all_indexes WHERE relname = 'buyers'
-- case: blocks read of a table [attack interference]
SELECT heap_blks_hit FROM pg_catalog.pg_statio_user_tables WHERE relname = 'buyers'
-- case: blocks read in the database [attack interference]
SELECT blks_hit FROM pg_catalog.pg_stat_database
-- case: calls of functions in triggers [attack interference]
SELECT calls FROM pg_catalog.pg_stat_xact_user_functions
