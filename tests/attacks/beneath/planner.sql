-- channel: what the executor and the planner do with the raw column beneath a pulled-up mask
-- case: rows of one true value share one evaluation (Memoize) [attack interference]
SET join_collapse_limit = 1
-- then
SELECT FROM setseed(0.5)
-- then
SELECT c.id, max(l.r) FROM (SELECT id, phone FROM housing.calls) c CROSS JOIN generate_series(1, 4) g CROSS JOIN LATERAL (SELECT max(random()) AS r FROM generate_series(1, 50) e WHERE e::text <> c.phone) l GROUP BY c.id ORDER BY c.id
-- case: equal true values counted by distinct evaluations [attack interference]
SET join_collapse_limit = 1
-- then
SELECT count(DISTINCT l.r) FROM (SELECT id, phone FROM housing.calls) c CROSS JOIN generate_series(1, 4) g CROSS JOIN LATERAL (SELECT max(random()) AS r FROM generate_series(1, 50) e WHERE e::text <> c.phone) l
-- case: hits and misses of Memoize [attack]
SET join_collapse_limit = 1
-- then
EXPLAIN (ANALYZE, TIMING OFF, SUMMARY OFF) SELECT * FROM (SELECT id, phone FROM housing.calls) c CROSS JOIN generate_series(1, 4) g CROSS JOIN LATERAL (SELECT count(*) FROM generate_series(1, 50) e WHERE e::text <> c.phone) l
-- case: scans behind Memoize, counted by the server [attack interference]
SET join_collapse_limit = 1
-- then
BEGIN
-- then
SELECT count(*) FROM (SELECT id, phone FROM housing.calls) c CROSS JOIN generate_series(1, 4) g CROSS JOIN LATERAL (SELECT max(e.id) FROM app.events e WHERE e.kind <> c.phone) l
-- then
SELECT seq_scan FROM pg_stat_xact_user_tables WHERE relname = 'events'
-- then
ROLLBACK
-- case: number of distinct true values by the shape of a plan [attack interference]
SET work_mem = '64kB'
-- then
EXPLAIN (COSTS OFF) SELECT phone, count(*) FROM housing.calls a, generate_series(1, 1000) GROUP BY phone
-- case: memory planned for groups [attack]
EXPLAIN (ANALYZE, TIMING OFF, SUMMARY OFF) SELECT DISTINCT phone FROM housing.calls
-- case: rows that a filter leaves out, counted by the server [attack]
SET enable_seqscan = off
-- then
BEGIN
-- then
SELECT count(*) FROM field.offers WHERE price = 107
-- then
SELECT idx_tup_fetch FROM pg_stat_xact_user_tables WHERE relname = 'offers'
-- then
ROLLBACK
-- case: rows that a filter leaves out, by predicate locks [attack]
SET enable_seqscan = off
-- then
SET enable_bitmapscan = off
-- then
BEGIN ISOLATION LEVEL SERIALIZABLE
-- then
SELECT count(*) FROM field.offers WHERE price = 107
-- then
SELECT locktype, page, tuple FROM pg_locks WHERE mode = 'SIReadLock' ORDER BY 1, 2, 3
-- then
ROLLBACK
-- case: rows that a filter leaves out, index entries [attack]
SET enable_seqscan = off
-- then
BEGIN
-- then
SELECT count(*) FROM field.offers WHERE price BETWEEN 100 AND 180
-- then
SELECT idx_tup_fetch FROM pg_stat_xact_all_tables WHERE relname = 'offers'
-- then
ROLLBACK
