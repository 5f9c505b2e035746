-- channel: a function found by the search path in the place of a built-in one
-- case: lower hijacked through the search path [attack]
SET search_path = public, pg_catalog
-- then
SELECT lower('x')
-- case: lower hijacked through the search path, argument from a table [attack]
SET search_path = public, pg_catalog, housing
-- then
SELECT lower(phone) FROM buyers ORDER BY id LIMIT 3
