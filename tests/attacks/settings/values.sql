-- channel: settings by every way of setting them, and their values as a store
-- case: set for the transaction [refused]
SET LOCAL standard_conforming_strings = off
-- case: set for the session by its long form [refused]
SET SESSION session_replication_role TO 'replica'
-- case: set in capitals and quotes [refused]
SET "Standard_Conforming_Strings" TO 'OFF'
-- case: set by function with a cast name [refused]
SELECT set_config('session_replication_role'::text, 'replica', false)
-- case: name of a setting from the row [refused]
SELECT current_setting(name) FROM housing.buyers
-- case: value of a setting from the row [attack]
SELECT set_config('application_name', phone::text, true) FROM housing.buyers WHERE id = 1
-- case: search path from the row [attack]
SELECT set_config('search_path', phone::text, true) FROM housing.buyers WHERE id = 1
-- case: many settings by a catalog [refused]
SELECT set_config(s.name, 'off', false) FROM pg_settings s WHERE s.name = 'standard_conforming_strings'
-- case: setting by named arguments [refused]
SELECT set_config(setting_name => 'session_replication_role', new_value => 'replica', is_local => false)
-- case: a guarded setting read by function [refused]
SELECT current_setting('data_directory')
-- case: a setting of an application as a store [refused]
SELECT current_setting('app.secret', true)
-- case: show everything [refused]
SHOW ALL
-- case: show a path [refused]
SHOW hba_file
-- case: reset a guarded setting [refused]
RESET session_replication_role
-- case: backslash in quotes [refused]
SET backslash_quote = on
-- case: escape warnings off [attack]
SET escape_string_warning = off
-- case: NULL comparisons change their meaning [refused]
SET transform_null_equals = on
-- case: print trees to the client [refused]
SET debug_print_rewritten = on
-- case: server statistics in messages [refused]
SET log_statement_stats = on
-- case: parameters in errors [refused]
SET log_parameter_max_length_on_error = -1
-- case: messages of the log level [refused]
SET client_min_messages = log
-- case: messages by a number [refused]
SET client_min_messages = 14
-- case: messages by function [refused]
SELECT set_config('client_min_messages', 'debug5', false)
-- case: messages by RESET go back to the role's own [attack]
RESET client_min_messages
-- case: local library [refused]
SET session_preload_libraries = 'auto_explain'
-- case: path of libraries [refused]
SET dynamic_library_path = '/tmp'
-- case: default role of new objects [refused]
SET default_tablespace = 'x'
-- case: plan notices of an extension [refused]
SET auto_explain.log_min_duration = 0
-- case: time zone by an expression [attack]
SET TIME ZONE INTERVAL '+08:00' HOUR TO MINUTE
-- case: time zone changes what a timestamp shows [attack]
SET TIME ZONE 'Asia/Shanghai'
-- then
SELECT created_at FROM housing.buyers ORDER BY id LIMIT 2
-- case: date style changes what a masked date reads as [attack]
SET datestyle = 'German'
-- then
SELECT born FROM housing.buyers ORDER BY id LIMIT 3
-- case: extra digits show more of a number [attack]
SET extra_float_digits = 3
-- then
SELECT income::float8 FROM housing.buyers ORDER BY id LIMIT 3
-- case: bytes in the old format [attack]
SET bytea_output = escape
-- then
SELECT phone::bytea FROM housing.buyers ORDER BY id LIMIT 3
-- case: from current [attack]
SET application_name FROM CURRENT
-- case: snapshot of another transaction [refused]
BEGIN ISOLATION LEVEL REPEATABLE READ
-- then
SET TRANSACTION SNAPSHOT '00000003-0000001B-1'
-- case: role none [attack]
SET ROLE NONE
-- case: role by function [refused]
SELECT set_config('role', 'registrar', false)
-- case: authorization by function [refused]
SELECT set_config('session_authorization', 'registrar', false)
-- case: authorization default [attack]
SET SESSION AUTHORIZATION DEFAULT
-- case: system-wide from the session [refused]
ALTER SYSTEM RESET ALL
-- case: database default [refused]
ALTER DATABASE template1 SET standard_conforming_strings = off
-- case: relations of some kinds only, as pg_dump sets it [attack]
SET restrict_nonsystem_relation_kind = ''
-- case: constraints deferred [attack]
SET CONSTRAINTS ALL DEFERRED
-- case: seed of chance [attack interference]
SET SEED TO 0.5
-- case: names of characters [attack]
SET NAMES 'GBK'
-- then
SELECT 1
-- case: become somebody else by a setting [refused]
SET role TO 'registrar'
-- case: become somebody else for a transaction [refused]
SET LOCAL SESSION AUTHORIZATION 'registrar'
-- case: become nobody by a name in other letters [refused]
SET ROLE "None"
-- case: become somebody by a list [refused]
SET role = 'none', 'registrar'
-- case: become nobody by a function [attack]
SELECT set_config('role', 'none', false)
-- case: become the one before, by going back [attack]
RESET ROLE
-- then
RESET SESSION AUTHORIZATION
-- then
SET SESSION AUTHORIZATION DEFAULT
-- then
SELECT phone FROM housing.buyers ORDER BY id LIMIT 3
-- case: become somebody after going back, in one query string [refused simple]
RESET ROLE; SET ROLE registrar; SELECT phone FROM housing.buyers ORDER BY id LIMIT 3
-- case: names after going back, in one query string [attack simple]
SET search_path = housing
-- then
RESET ROLE; SELECT phone FROM buyers ORDER BY id LIMIT 3
-- case: take on the role for a transaction [attack]
BEGIN
-- then
SET LOCAL ROLE NONE
-- then
ROLLBACK
-- then
SELECT phone FROM housing.buyers ORDER BY id LIMIT 3
-- case: a path set by a default [refused]
CREATE TEMP TABLE paths (a int, b text DEFAULT set_config('search_path', 'operators, pg_catalog', false))
-- case: a path set by a check [refused]
CREATE TEMP TABLE paths (a int, CHECK (set_config('search_path', 'operators, pg_catalog', false) IS NOT NULL))
-- case: a path set by what is prepared [refused]
PREPARE path AS SELECT set_config('search_path', 'operators, pg_catalog', false)
-- case: a path set by what is fetched [refused]
BEGIN
-- then
DECLARE path CURSOR FOR SELECT set_config('search_path', 'operators, pg_catalog', false)
-- then
ROLLBACK
-- case: a path set by what is explained [refused]
EXPLAIN (ANALYZE) SELECT set_config('search_path', 'operators, pg_catalog', false)
-- case: a path set by a write that returns it [refused]
INSERT INTO app.settings VALUES ('path', 'x') RETURNING set_config('search_path', 'operators, pg_catalog', false)
