-- channel: a function found by the search path in the place of a built-in one
-- case: lower hijacked through the search path [attack]
SET search_path = public, pg_catalog
-- then
SELECT lower('x')
-- case: lower hijacked through the search path, argument from a table [attack]
SET search_path = public, pg_catalog, housing
-- then
SELECT lower(phone) FROM buyers ORDER BY id LIMIT 3
-- case: a field that is a function, looked up again when the path of a prepared statement has changed [attack]
SET search_path = housing
-- then
PREPARE proof AS SELECT (b.address).lower FROM buyers b WHERE id < 3
-- then
SET search_path = public, pg_catalog
-- then
EXECUTE proof
-- case: the same with the path changed by a parameter of EXECUTE [attack]
SET search_path = housing
-- then
PREPARE proof(text) AS SELECT (b.address).lower FROM buyers b WHERE id < 3 AND $1 IS NOT NULL
-- then
EXECUTE proof(set_config('search_path', 'public, pg_catalog', false))
-- case: the same with the path changed in the string that executes [attack]
PREPARE proof AS SELECT (b.address).lower FROM housing.buyers b WHERE id < 3
-- then
SET search_path = public, pg_catalog; EXECUTE proof
-- case: a path that comes back with ROLLBACK, in the same string [attack]
SET search_path = public, pg_catalog
-- then
BEGIN
-- then
SET LOCAL search_path = housing
-- then
SELECT (b.address).lower FROM buyers b WHERE id < 3
-- then
ROLLBACK; SELECT (b.address).lower FROM housing.buyers b WHERE id < 3
-- case: the path is as it was, and the prepared statement runs [attack]
SET search_path = housing
-- then
PREPARE proof AS SELECT (b.address).lower FROM buyers b WHERE id < 3 ORDER BY id
-- then
SET search_path = housing, app
-- then
SET search_path = housing
-- then
EXECUTE proof
