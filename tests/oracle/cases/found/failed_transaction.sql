-- case: in a failed transaction the server says just that of a table that is not there, either [simple bag]
BEGIN
-- then
CREATE TEMP TABLE proof ON COMMIT DROP AS SELECT round(|/ (abs(1)::float8)::numeric, 3) AS "c4" FROM housing.visits AS t1
-- then
SELECT * FROM proof
-- then
ROLLBACK
-- case: and of what would be refused [simple bag]
BEGIN
-- then
SELECT 1/0
-- then
SELECT pg_read_file('x')
-- then
SELECT '
-- then
ROLLBACK
