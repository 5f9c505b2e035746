-- case: seed 1795636212, statement 5896, agent [simple bag]
BEGIN
-- then
CREATE TEMP TABLE proof ON COMMIT DROP AS SELECT t2.born AS c15 FROM visits AS t1
-- then
SELECT * FROM proof
-- then
ROLLBACK
