-- case: seed 1795636212, statement 6945, agent [simple bag]
BEGIN
-- then
CREATE TEMP TABLE proof ON COMMIT DROP AS SELECT round(|/ (abs(1)::float8)::numeric, 3) AS c3 FROM visits AS t1 WINDOW win2 AS ()
-- then
SELECT * FROM proof
-- then
ROLLBACK
