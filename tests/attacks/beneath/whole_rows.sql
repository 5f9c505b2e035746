-- channel: whole rows within other values, within indexes, and in what a view computes unasked
-- case: a range of rows [attack interference]
SELECT id, one FROM tied.spans WHERE id = 1
-- case: its bounds [attack interference]
SELECT id, lower(one), (upper(one)).phone FROM tied.spans WHERE id = 1
-- case: ranges of a multirange [attack interference]
SELECT id, several FROM tied.spans
-- case: ranges in an array [attack interference]
SELECT id, each_one[1] FROM tied.spans
-- case: whether one holds another [attack interference]
SELECT a.id, b.id FROM tied.spans a JOIN tied.spans b ON a.one < b.one
-- case: as text [attack interference]
SELECT one::text, several::text FROM tied.spans
-- case: the order of an index over a whole row [attack interference]
SELECT id FROM tied.searched ORDER BY level LIMIT 12
-- case: the same, of some [attack interference]
SELECT id FROM tied.searched WHERE level BETWEEN 7 AND 8 LIMIT 20
-- case: a document of documents that nobody asked for [attack interference]
SELECT id FROM tied.gathered WHERE id = 2
-- case: lists that are appended to, unasked [attack interference]
SELECT count(*) FROM tied.appended
-- case: lists of lists, unasked [attack interference]
SELECT id FROM tied.gathered_lists
-- case: rows without a value, compared as if they had one [attack interference]
BEGIN
-- then
INSERT INTO tied.unnamed (id, room) SELECT 100 + g, g FROM generate_series(1, 3) g
-- then
ROLLBACK
-- case: the same of a condition [attack interference]
BEGIN
-- then
INSERT INTO tied.unnoted (id, room) SELECT 200 + id, room FROM tied.unnoted WHERE id = 1
-- then
ROLLBACK
-- case: the same by MERGE [attack interference]
BEGIN
-- then
MERGE INTO tied.unnoted t USING generate_series(1, 3) g ON false WHEN NOT MATCHED THEN INSERT (id, room) VALUES (300 + g, g)
-- then
ROLLBACK
-- case: the same by COPY of a query of one's own [attack interference]
BEGIN
-- then
INSERT INTO tied.unnamed (id, room) TABLE tied.codes
-- then
ROLLBACK
-- case: the partition, kept in a column [attack interference]
SELECT id, part::regclass FROM tied.births WHERE id < 9
-- case: the same, grouped [attack interference]
SELECT count(DISTINCT part) FROM tied.births
