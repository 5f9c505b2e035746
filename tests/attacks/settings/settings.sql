-- channel: settings that change what is read, how text is understood or how much the server says; settings as a store
-- case: set_config [attack]
SELECT set_config('search_path', 'public', false)
-- case: set_config as a stage for a value [refused]
SELECT set_config('my.value', phone, false) FROM housing.buyers
-- case: set role [refused]
SET ROLE registrar
-- case: set session authorization [refused]
SET SESSION AUTHORIZATION 'registrar'
-- case: reset role is harmless or refused [attack]
RESET ROLE
-- case: loud settings [refused]
SET client_min_messages = debug5
-- case: log settings [refused]
SET log_statement = 'all'
-- case: debug settings [refused]
SET debug_print_plan = on
-- case: backslash settings [refused]
SET standard_conforming_strings = off
-- case: session_replication_role [refused]
SET session_replication_role = replica
-- case: row security off, which makes the server raise errors instead of filtering [attack]
SET row_security = off
-- case: local preload [refused]
SET local_preload_libraries = 'x'
-- case: a setting of one's own [attack]
SET my.value = 'x'
-- case: set to default [attack]
SET search_path TO DEFAULT
-- case: set with a list [attack]
SET search_path = "$user", public
