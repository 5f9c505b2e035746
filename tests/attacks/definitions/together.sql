-- channel: whether a write fails by a definition that looks at protected columns together with others
-- case: check over an open and a protected column [refused]
BEGIN
-- then
UPDATE tied.loans SET deposit = 10500 WHERE id = 1
-- then
ROLLBACK
-- case: the same, all rows [refused]
BEGIN
-- then
UPDATE tied.loans SET deposit = 10500
-- then
ROLLBACK
-- case: the same, with the reading of the protected one [refused]
BEGIN
-- then
UPDATE tied.loans SET deposit = 10500, income = income WHERE id = 1
-- then
ROLLBACK
-- case: the same, assigned together [refused]
BEGIN
-- then
UPDATE tied.loans SET (deposit, level) = (SELECT 10500, 1) WHERE id = 1
-- then
ROLLBACK
-- case: the same, by a view [refused]
BEGIN
-- then
UPDATE tied.lent SET paid = 10500 WHERE id = 1
-- then
ROLLBACK
-- case: the same, by ON CONFLICT [refused]
BEGIN
-- then
INSERT INTO tied.loans (id) VALUES (1) ON CONFLICT (id) DO UPDATE SET deposit = 10500
-- then
ROLLBACK
-- case: the same, by MERGE [refused]
BEGIN
-- then
MERGE INTO tied.loans t USING (VALUES (1)) v (id) ON t.id = v.id WHEN MATCHED THEN UPDATE SET deposit = 10500
-- then
ROLLBACK
-- case: the same, in WITH [refused]
BEGIN
-- then
WITH w AS (UPDATE tied.loans SET deposit = 10500 WHERE id = 1 RETURNING id) SELECT * FROM w
-- then
ROLLBACK
-- case: the same, prepared [refused simple]
BEGIN
-- then
PREPARE p AS UPDATE tied.loans SET deposit = 10500 WHERE id = 1
-- then
ROLLBACK
-- case: the same, explained [refused]
EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, SUMMARY OFF) UPDATE tied.loans SET deposit = 10500 WHERE id = 1
-- case: generated column that raises an error [refused]
BEGIN
-- then
UPDATE tied.loans SET level = 10500 WHERE id = 1
-- then
ROLLBACK
-- case: index expression that raises an error [refused]
BEGIN
-- then
UPDATE tied.loans SET rank = 10500 WHERE id = 1
-- then
ROLLBACK
-- case: exclusion constraint over two ranges [refused]
BEGIN
-- then
UPDATE tied.loans SET seat = int4range(1, 41) WHERE id = 1
-- then
ROLLBACK
-- case: unique index over an open and a protected column [refused]
BEGIN
-- then
UPDATE tied.loans SET project = 2 WHERE id = 1
-- then
ROLLBACK
-- case: check of a child that the parent does not have [refused]
BEGIN
-- then
UPDATE tied.parent SET deposit = 500 WHERE id = 1
-- then
ROLLBACK
-- case: the same, of the child [refused]
BEGIN
-- then
UPDATE tied.child SET deposit = 500 WHERE id = 1
-- then
ROLLBACK
-- case: policy of row-level security [refused]
BEGIN
-- then
UPDATE tied.ruled SET deposit = 500 WHERE id = 1
-- then
ROLLBACK
-- case: check of what follows a key [refused]
BEGIN
-- then
UPDATE tied.codes SET code = 500 WHERE code = -1
-- then
ROLLBACK
-- case: check of what a deletion sets to its default [refused]
BEGIN
-- then
DELETE FROM tied.marks WHERE code = 7
-- then
ROLLBACK
-- case: the same by MERGE [refused]
BEGIN
-- then
MERGE INTO tied.marks m USING (VALUES (7)) v(code) ON m.code = v.code WHEN MATCHED THEN DELETE
-- then
ROLLBACK
-- case: from a table further up [refused]
BEGIN
-- then
DELETE FROM tied.codes WHERE code = -1
-- then
ROLLBACK
-- case: check of what an update sets to NULL [refused]
BEGIN
-- then
UPDATE tied.marks SET code = 99 WHERE code = 7
-- then
ROLLBACK
-- channel: whether one of many guesses exists, by one statement
-- case: guesses that are NULL where NULL is compared [refused]
BEGIN
-- then
INSERT INTO tied.vacant (id, room) SELECT 1000 + v.id, v.room FROM tied.vacant v ON CONFLICT DO NOTHING RETURNING room
-- then
ROLLBACK
-- case: guesses that a default makes [refused]
BEGIN
-- then
INSERT INTO tied.filled (id, room) SELECT 1000 + f.id, f.room FROM tied.filled f ON CONFLICT DO NOTHING RETURNING room
-- then
ROLLBACK
-- case: guesses that conflict, nothing done [refused]
BEGIN
-- then
INSERT INTO tied.loans (id, phone) SELECT 1000 + g, '138' || lpad(g::text, 4, '0') || '0001' FROM generate_series(0, 9999) g ON CONFLICT (phone) DO NOTHING RETURNING phone
-- then
ROLLBACK
-- case: guesses that conflict, number kept [refused]
BEGIN
-- then
INSERT INTO tied.loans (id, phone) SELECT 1000 + g, '138' || lpad(g::text, 4, '0') || '0001' FROM generate_series(0, 9999) g ON CONFLICT (phone) DO UPDATE SET city = excluded.id::text WHERE loans.id < 1000 RETURNING id, city
-- then
ROLLBACK
-- case: guesses that conflict, by the constraint's name [refused]
BEGIN
-- then
INSERT INTO tied.loans (id, phone) SELECT 1000 + g, '138' || lpad(g::text, 4, '0') || '0001' FROM generate_series(0, 9999) g ON CONFLICT ON CONSTRAINT loans_phone_key DO NOTHING RETURNING phone
-- then
ROLLBACK
-- case: guesses that conflict with any [refused]
BEGIN
-- then
INSERT INTO tied.loans (id, phone) SELECT 1000 + g, '138' || lpad(g::text, 4, '0') || '0001' FROM generate_series(0, 9999) g ON CONFLICT DO NOTHING RETURNING phone
-- then
ROLLBACK
-- case: guesses from a temp table [refused simple]
BEGIN
-- then
CREATE TEMP TABLE guesses ON COMMIT DROP AS SELECT 1000 + g AS id, '138' || lpad(g::text, 4, '0') || '0001' AS phone FROM generate_series(0, 9999) g
-- then
INSERT INTO tied.loans (id, phone) SELECT id, phone FROM guesses ON CONFLICT (phone) DO NOTHING RETURNING phone
-- then
ROLLBACK
-- case: guesses made in a single row of VALUES [refused]
BEGIN
-- then
INSERT INTO tied.loans (id, phone) VALUES (generate_series(1000, 2000), '13800000001') ON CONFLICT (phone) DO NOTHING RETURNING id
-- then
ROLLBACK
-- case: guesses made by a function without FROM [refused]
BEGIN
-- then
INSERT INTO tied.loans (id, phone) SELECT generate_series(1000, 2000), '138' || generate_series(1000, 2000) || '0001' ON CONFLICT (phone) DO NOTHING RETURNING id
-- then
ROLLBACK
-- case: guesses by an array [refused]
BEGIN
-- then
INSERT INTO tied.loans (id, phone) SELECT * FROM unnest(ARRAY[1001, 1002], ARRAY['13800000001', '13800000002']) ON CONFLICT (phone) DO NOTHING RETURNING id
-- then
ROLLBACK
-- case: guesses by a union [refused]
BEGIN
-- then
INSERT INTO tied.loans (id, phone) SELECT 1001, '13800000001' UNION ALL SELECT 1002, '13800000002' ON CONFLICT DO NOTHING RETURNING id
-- then
ROLLBACK
-- case: guesses of which one fails [refused]
BEGIN
-- then
INSERT INTO tied.loans (id, phone) SELECT 1000 + g, '138' || lpad(g::text, 4, '0') || '0001' FROM generate_series(0, 9999) g
-- then
ROLLBACK
-- case: guesses by MERGE [refused]
BEGIN
-- then
MERGE INTO tied.loans t USING (SELECT g FROM generate_series(0, 9999) g) s ON t.id = s.g + 1000 WHEN NOT MATCHED THEN INSERT (id, phone) VALUES (s.g + 1000, '138' || lpad(s.g::text, 4, '0') || '0001')
-- then
ROLLBACK
-- case: guesses by UPDATE, computed [refused]
BEGIN
-- then
UPDATE tied.loans SET phone = '138' || lpad((id * 17)::text, 4, '0') || '0001'
-- then
ROLLBACK
-- case: guesses by UPDATE, random [refused]
BEGIN
-- then
UPDATE tied.loans SET phone = '138' || substr(random()::text, 3, 4) || '0001'
-- then
ROLLBACK
-- case: guesses by UPDATE, joined [refused]
BEGIN
-- then
UPDATE tied.loans l SET phone = '138' || lpad(g::text, 4, '0') || '0001' FROM generate_series(1, 40) g WHERE g = l.id
-- then
ROLLBACK
-- case: guesses by UPDATE, a row of a subquery [refused]
BEGIN
-- then
UPDATE tied.loans l SET phone = s.p FROM (SELECT '138' || lpad(i.id::text, 4, '0') || '0001' AS p, i.id FROM housing.agents i) s WHERE s.id = l.id
-- then
ROLLBACK
-- case: guesses by COPY [refused simple]
COPY tied.loans (id, phone) FROM STDIN
-- case: exclusion that any conflict means [refused]
BEGIN
-- then
INSERT INTO tied.loans (id, span, seat) SELECT 1000 + g, int4range(g, g + 1), int4range(1, 41) FROM generate_series(1, 99) g ON CONFLICT DO NOTHING RETURNING id
-- then
ROLLBACK
-- channel: which partition a row is in, by a key that is protected
-- case: tableoid [refused]
SELECT id, tableoid::regclass FROM tied.births ORDER BY id
-- case: tableoid of an alias [refused]
SELECT b.id FROM tied.births AS b WHERE b.tableoid = 'tied.births_1'::regclass ORDER BY id
-- case: tableoid inside [refused]
SELECT count(*) FROM (SELECT tableoid AS t FROM tied.births) s GROUP BY t ORDER BY 1
-- case: tableoid as a function [refused]
SELECT tableoid(b) FROM tied.births b
-- case: places begin anew with each partition [refused]
SELECT id, ctid FROM tied.births
-- case: a partition itself [refused]
SELECT id FROM tied.births_1 ORDER BY id
-- case: a partition by ONLY [refused]
SELECT count(*) FROM ONLY tied.births_2
-- case: a partition copied [refused]
COPY tied.births_1 (id) TO STDOUT
-- case: the default partition [refused]
TABLE tied.births_3
-- case: rows of each partition, counted [refused]
EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, SUMMARY OFF) SELECT id FROM tied.births WHERE id = 5
-- case: the same, by a view [refused]
EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, SUMMARY OFF) SELECT id FROM tied.born WHERE id = 5
-- case: estimates of each partition [attack interference]
EXPLAIN SELECT id FROM tied.births WHERE id = 5
-- case: tableoid returned [refused]
BEGIN
-- then
UPDATE tied.births SET note = 'x' WHERE id = 5 RETURNING tableoid::regclass
-- then
ROLLBACK
-- case: a partition written [refused]
BEGIN
-- then
UPDATE tied.births_1 SET note = 'x' WHERE id = 5
-- then
ROLLBACK
-- case: a partition deleted from [refused]
BEGIN
-- then
DELETE FROM tied.births_1 WHERE id = 5
-- then
ROLLBACK
-- case: null where there may be none: the error names no partition [attack interference]
BEGIN
-- then
UPDATE tied.births SET id = NULL WHERE id = 5
-- then
ROLLBACK
-- case: counts of the partitions in this transaction [attack interference]
BEGIN
-- then
UPDATE tied.births SET note = 'x' WHERE id = 5
-- then
SELECT relname FROM pg_stat_xact_user_tables WHERE n_tup_upd > 0
-- then
ROLLBACK
-- case: explained when executed [refused simple]
PREPARE seen AS SELECT id FROM tied.births WHERE id = 5
-- then
EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, SUMMARY OFF) EXECUTE seen
-- then
DEALLOCATE seen
-- case: a view of a partition [refused]
SELECT * FROM tied.first_born ORDER BY id
-- case: rows of a view of a partition, counted [refused]
SELECT count(*) FROM tied.first_born
-- case: a view that shows the partition [attack interference]
SELECT * FROM tied.born_where ORDER BY id
-- case: a view of rows by their partition [refused]
SELECT count(*) FROM tied.born_early
