-- channel: plans, their conditions, estimates and counts
-- case: planner estimate of a hidden value [attack interference]
EXPLAIN SELECT * FROM housing.buyers WHERE phone > '13900000000'
-- case: explain shows filters [attack interference]
EXPLAIN (COSTS OFF, VERBOSE) SELECT id FROM housing.buyers WHERE note LIKE '%1388%'
-- case: explain analyze counts rows [attack interference]
EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, SUMMARY OFF) SELECT id FROM housing.buyers WHERE phone LIKE '1388650%'
-- case: explain of a refused statement [refused]
EXPLAIN SELECT housing.phone_of(1)
-- case: explain analyze of a write [attack]
BEGIN
-- then
EXPLAIN ANALYZE DELETE FROM housing.leads
-- then
ROLLBACK
-- case: explain of execute [attack interference]
PREPARE p AS SELECT phone FROM housing.buyers
-- then
EXPLAIN (COSTS OFF) EXECUTE p
