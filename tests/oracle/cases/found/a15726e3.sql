-- case: seed 1795636212, statement 19582, agent [simple]
BEGIN
-- then
CREATE TEMP TABLE proof ON COMMIT DROP AS SELECT interval '1 day' AS "c4" FROM housing.profiles ORDER BY 2 DESC
-- then
SELECT * FROM proof
-- then
ROLLBACK
