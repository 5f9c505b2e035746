-- channel: functions, operators and types of extensions
-- case: a function of an extension that runs text [refused]
SELECT * FROM ext.crosstab('SELECT id, name, phone FROM housing.buyers') AS t(id int, phone text)
-- case: a function of an extension that reads a table by name [refused]
SELECT * FROM ext.connectby('housing.buyers', 'phone', 'id', '1', 0) AS t(phone text, id text, level int)
-- case: crosstab by the search path [refused]
SET search_path = ext
-- then
SELECT crosstab('SELECT 1, 2, phone FROM housing.buyers')
-- case: a row of a protected table made of pairs [refused]
SELECT (ext.populate_record(NULL::housing.buyers, ext.hstore('id', '1'))).phone
-- case: whole rows as pairs [attack]
SELECT ext.hstore(b)::text FROM housing.buyers b ORDER BY id LIMIT 9
-- case: likeness to a value that is guessed [attack]
SELECT id, ext.similarity(phone, '13800000001'), ext.levenshtein(coalesce(id_no, ''), '110101') FROM housing.buyers ORDER BY id LIMIT 40
-- case: likeness as a condition [attack]
SELECT count(*) FROM housing.buyers WHERE phone OPERATOR(ext.%) '13800000001'
-- case: digests of values [attack]
SELECT id, ext.digest(phone, 'sha256'), ext.hmac(email, 'k', 'md5') FROM housing.buyers ORDER BY id LIMIT 40
-- case: a type without case over a value [attack]
SELECT id FROM housing.buyers WHERE phone::ext.citext OPERATOR(ext.=) '13800000001'
-- case: somebody's operator inside of a function without case [refused]
SET search_path = operators, pg_catalog, ext
-- then
SELECT regexp_replace('a'::ext.citext, 'a', 'b', 'c')
-- case: somebody's operator inside of a function that is written with its schema [refused]
SET search_path = operators, pg_catalog, ext
-- then
SELECT ext.regexp_match('a'::ext.citext, 'a', 'c')
-- case: somebody's operator inside of a function, prepared under another path [attack]
SET search_path = ext
-- then
PREPARE p AS SELECT ext.regexp_match('a'::ext.citext, 'a', 'c')
-- then
SET search_path = operators, pg_catalog, ext
-- then
EXECUTE p
-- case: somebody's function of the same name before the extension's [refused]
SET search_path = app, ext
-- then
SELECT similarity('a', 'b')
-- case: somebody's function of the same name behind the extension's [refused]
SET search_path = ext, app
-- then
SELECT soundex(1)
-- case: somebody's function of the same name comes into the path of a prepared statement [attack]
SET search_path = ext
-- then
PREPARE p AS SELECT max('a'::citext), min(1)
-- then
SET search_path = app, ext
-- then
EXECUTE p
-- case: somebody's function of the same name in the same query string [attack simple]
SET search_path = app, ext; SELECT max(1)
-- case: an aggregate of somebody's beside the extension's [refused]
SET search_path = app, ext
-- then
SELECT max(level) FROM housing.buyers
-- case: a setting by a function that is not pinned [refused]
SET search_path = app, ext
-- then
SELECT set_config('role', 'registrar', false)
