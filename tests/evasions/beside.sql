-- case: a temporary table filled by conditions alone
-- persons: 400
CREATE TEMP TABLE e1 (id int, d int)
-- then
INSERT INTO e1 SELECT b.id, d FROM generate_series(0, 9999) d JOIN crm.buyers b ON substr(b.phone, 4, 4) = lpad(d::text, 4, '0')
-- then
SELECT id, d FROM e1
-- case: a temporary table from which conditions delete
-- persons: 400
CREATE TEMP TABLE e2 AS SELECT i, d FROM generate_series(1, 400) i, generate_series(0, 9) d
-- then
DELETE FROM e2 USING crm.buyers b WHERE b.id = e2.i AND substr(b.phone, 4, 1) <> e2.d::text
-- then
SELECT i, d FROM e2
-- case: a temporary table that conditions change
-- persons: 400
CREATE TEMP TABLE e3 AS SELECT i, 0 AS d FROM generate_series(1, 400) i
-- then
UPDATE e3 SET d = g FROM crm.buyers b, generate_series(0, 9999) g WHERE b.id = e3.i AND substr(b.phone, 4, 4) = lpad(g::text, 4, '0')
-- then
SELECT i, d FROM e3
-- case: an open column that conditions change
-- persons: 400
BEGIN
-- then
UPDATE crm.buyers b SET level = g FROM generate_series(0, 9999) g WHERE substr(b.phone, 4, 4) = lpad(g::text, 4, '0')
-- then
SELECT id, level FROM crm.buyers
-- then
ROLLBACK
-- case: rows that conditions delete, then what is left
-- persons: 400
BEGIN
-- then
DELETE FROM crm.notes n USING crm.buyers b WHERE b.id = n.buyer_id AND substr(b.phone, 4, 1) <> '8'
-- then
SELECT buyer_id FROM crm.notes
-- then
ROLLBACK
-- case: advisory locks, folded by count
-- persons: 400
SELECT count(pg_try_advisory_lock(id::bigint * 100000000000 + phone::bigint)) FROM crm.buyers
-- then
SELECT classid::bigint, objid::bigint FROM pg_locks WHERE locktype = 'advisory'
-- then
SELECT pg_advisory_unlock_all()
-- case: a setting, folded by count
-- persons: 40, counted up to 2100
SELECT count(set_config('search_path', concat(current_setting('search_path'), ', "', phone, '"'), false)) FROM crm.buyers WHERE id <= 40
-- then
SHOW search_path
-- then
RESET search_path
-- case: one row of counts, four digits each
-- persons: 40
SELECT count(*) FILTER (WHERE b.id = 1), count(*) FILTER (WHERE b.id = 2), count(*) FILTER (WHERE b.id = 3), count(*) FILTER (WHERE b.id = 4), count(*) FILTER (WHERE b.id = 5), count(*) FILTER (WHERE b.id = 6), count(*) FILTER (WHERE b.id = 7), count(*) FILTER (WHERE b.id = 8), count(*) FILTER (WHERE b.id = 9), count(*) FILTER (WHERE b.id = 10), count(*) FILTER (WHERE b.id = 11), count(*) FILTER (WHERE b.id = 12), count(*) FILTER (WHERE b.id = 13), count(*) FILTER (WHERE b.id = 14), count(*) FILTER (WHERE b.id = 15), count(*) FILTER (WHERE b.id = 16), count(*) FILTER (WHERE b.id = 17), count(*) FILTER (WHERE b.id = 18), count(*) FILTER (WHERE b.id = 19), count(*) FILTER (WHERE b.id = 20), count(*) FILTER (WHERE b.id = 21), count(*) FILTER (WHERE b.id = 22), count(*) FILTER (WHERE b.id = 23), count(*) FILTER (WHERE b.id = 24), count(*) FILTER (WHERE b.id = 25), count(*) FILTER (WHERE b.id = 26), count(*) FILTER (WHERE b.id = 27), count(*) FILTER (WHERE b.id = 28), count(*) FILTER (WHERE b.id = 29), count(*) FILTER (WHERE b.id = 30), count(*) FILTER (WHERE b.id = 31), count(*) FILTER (WHERE b.id = 32), count(*) FILTER (WHERE b.id = 33), count(*) FILTER (WHERE b.id = 34), count(*) FILTER (WHERE b.id = 35), count(*) FILTER (WHERE b.id = 36), count(*) FILTER (WHERE b.id = 37), count(*) FILTER (WHERE b.id = 38), count(*) FILTER (WHERE b.id = 39), count(*) FILTER (WHERE b.id = 40) FROM crm.buyers b JOIN generate_series(1, 9999) g ON g <= substr(b.phone, 4, 4)::int
-- case: rows of a plan
-- persons: 2
EXPLAIN (ANALYZE, COSTS OFF) SELECT FROM generate_series(1, (SELECT substr(phone, 4, 4)::int FROM crm.buyers WHERE id = 1)) UNION ALL SELECT FROM generate_series(1, (SELECT substr(phone, 4, 4)::int FROM crm.buyers WHERE id = 2))
-- case: how far a cursor moves
-- persons: 1
BEGIN
-- then
DECLARE m SCROLL CURSOR FOR SELECT FROM generate_series(1, (SELECT substr(phone, 4, 4)::int FROM crm.buyers WHERE id = 1))
-- then
MOVE ALL FROM m
-- then
ROLLBACK
-- case: how many rows of a temporary table a condition touches
-- persons: 1
CREATE TEMP TABLE e4 AS SELECT g FROM generate_series(1, 9999) g
-- then
UPDATE e4 SET g = g WHERE g <= (SELECT substr(phone, 4, 4)::int FROM crm.buyers WHERE id = 1)
-- case: which rows are locked
-- persons: 40, counted up to 2100
BEGIN
-- then
SELECT count(*) FROM (SELECT id FROM crm.buyers WHERE substr(phone, 4, 1) = '8' FOR UPDATE) x
-- then
SELECT id FROM crm.buyers WHERE xmax <> 0
-- then
ROLLBACK
-- case: which rows are locked, by those that OFFSET skips
-- persons: 40, counted up to 2100
BEGIN
-- then
SELECT id FROM crm.buyers WHERE substr(phone, 4, 1) = '8' OFFSET 1000 FOR UPDATE
-- then
SELECT id FROM crm.buyers WHERE xmax <> 0
-- then
ROLLBACK
-- case: which rows are locked, by a cursor that only moves
-- persons: 1
BEGIN
-- then
DECLARE l CURSOR FOR SELECT id FROM crm.buyers WHERE substr(phone, 4, 1) = '8' FOR UPDATE
-- then
MOVE ALL FROM l
-- then
ROLLBACK
-- case: notified by rows that are skipped
-- persons: 400
SELECT pg_notify('taken', phone) FROM crm.buyers OFFSET 1000
-- case: the seed of chance
-- persons: 1, counted up to 2100
SELECT count(setseed(phone::numeric / 100000000000)) FROM crm.buyers WHERE id = 1
-- case: a temporary table merged into by conditions
-- persons: 400
CREATE TEMP TABLE e5 AS SELECT i, 0 AS d FROM generate_series(1, 400) i
-- then
MERGE INTO e5 USING (SELECT b.id, g FROM crm.buyers b JOIN generate_series(0, 9999) g ON substr(b.phone, 4, 4) = lpad(g::text, 4, '0')) s ON s.id = e5.i WHEN MATCHED THEN UPDATE SET d = s.g
-- then
SELECT i, d FROM e5
-- case: written inside of WITH, out of sight
-- persons: 400
BEGIN
-- then
WITH w AS (UPDATE crm.buyers b SET level = g FROM generate_series(0, 9999) g WHERE substr(b.phone, 4, 4) = lpad(g::text, 4, '0')) SELECT 1
-- then
ROLLBACK
-- case: written inside of WITH into a temporary table
-- persons: 400
CREATE TEMP TABLE e6 (id int, phone text)
-- then
WITH w AS (INSERT INTO e6 SELECT id, phone FROM crm.buyers RETURNING 1) SELECT count(*) FROM w
-- then
SELECT id, phone FROM e6
-- case: inserted by what was prepared
-- persons: 800
CREATE TEMP TABLE e7 (id int, phone text)
-- then
PREPARE i7 AS INSERT INTO e7 SELECT id, phone FROM crm.buyers
-- then
EXECUTE i7
-- then
SELECT id, phone FROM e7
-- then
DEALLOCATE i7
-- case: a temporary table of what was prepared
-- persons: 800
PREPARE i8 AS SELECT id, phone FROM crm.buyers
-- then
CREATE TEMP TABLE e8 AS EXECUTE i8
-- then
SELECT id, phone FROM e8
-- then
DEALLOCATE i8
-- case: a temporary table made by a plan that is run
-- persons: 800
EXPLAIN (ANALYZE, COSTS OFF) CREATE TEMP TABLE e9 AS SELECT id, phone FROM crm.buyers
-- then
SELECT id, phone FROM e9
-- case: lines of a plan as one value
-- persons: 2
EXPLAIN (ANALYZE, COSTS OFF, FORMAT JSON) SELECT FROM generate_series(1, (SELECT substr(phone, 4, 4)::int FROM crm.buyers WHERE id = 2))
-- case: folded into a table that nobody protects
-- persons: 400
BEGIN
-- then
INSERT INTO crm.notes SELECT 1001, 1, string_agg(phone, '') FROM crm.buyers
-- then
SELECT note FROM crm.notes WHERE id = 1001
-- then
ROLLBACK
-- case: one count of the next person in each row
-- persons: 400
SELECT id, count(*) OVER (ORDER BY id GROUPS BETWEEN 1 FOLLOWING AND 1 FOLLOWING) FROM crm.buyers WHERE phone LIKE '1%' AND id <= 200
-- case: locked in a subquery for each of the others
-- persons: 40, counted up to 2100
BEGIN
-- then
SELECT count(*) FROM crm.buyers b, LATERAL (SELECT n.id FROM crm.notes n WHERE n.buyer_id = b.id AND substr(b.phone, 4, 1) = '8' LIMIT 1 FOR UPDATE) x
-- then
ROLLBACK
