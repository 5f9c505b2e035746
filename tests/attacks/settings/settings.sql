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
-- case: an open setting of the application as a stage for a value [refused]
SELECT set_config('shop.stage', phone, false) FROM housing.buyers
-- case: the same for one character of it [refused]
SELECT set_config('shop.stage', substr(phone, 4, 1), true) FROM housing.buyers WHERE id = 1
-- case: a stage by its bits [attack]
BEGIN
-- then
SELECT set_config('shop.bit', '1', true) FROM housing.buyers WHERE id = 1 AND phone LIKE '1381%'
-- then
SELECT current_setting('shop.bit', true)
-- then
ROLLBACK
-- case: the name of a setting made of what is read [refused]
SELECT set_config('shop.' || phone, '1', false) FROM housing.buyers WHERE id = 1
-- case: a mask written from a setting [attack]
BEGIN
-- then
SET LOCAL shop.stage = '138****5678'
-- then
UPDATE housing.buyers SET phone = current_setting('shop.stage') WHERE id = 1
-- then
ROLLBACK
-- case: chance by a seed of the client's [attack]
SET seed = 0.25
-- then
SELECT id, random() < 0.5, phone FROM housing.buyers WHERE id < 9 ORDER BY id
-- then
SHOW seed
