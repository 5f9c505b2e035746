-- channel: sizes on disk, which grow by a page where entries come to lie beside true values
-- case: an index, before and after rows that lie beside a guess [attack interference]
BEGIN
-- then
INSERT INTO housing.buyers (id, phone, created_at) SELECT 100000 + i, '13850000000', now() FROM generate_series(0, 399) i
-- then
SELECT pg_relation_size('housing.buyers_phone') IS NULL
-- then
ROLLBACK
-- case: the partition that a row is in, by its size [attack interference]
BEGIN
-- then
UPDATE tied.births SET note = repeat('0123456789', 190) WHERE id = 5
-- then
UPDATE tied.births SET note = repeat('0123456789', 189) WHERE id = 5
-- then
SELECT pg_relation_size('tied.births_1'), pg_relation_size('tied.births_2'), pg_relation_size('tied.births_3')
-- then
ROLLBACK
-- case: sizes that do not run [attack interference]
SELECT pg_table_size('housing.buyers'), pg_catalog.pg_indexes_size('housing.buyers') > 0, pg_total_relation_size('nowhere.nothing')::text, pg_database_size(current_database()), pg_tablespace_size('pg_default')
-- case: a size in FROM [refused]
SELECT * FROM pg_relation_size('housing.buyers')
-- case: a size in FROM beside others [refused]
SELECT * FROM ROWS FROM (pg_relation_size('housing.buyers'), generate_series(1, 2))
-- case: a size as a field of what it is of [refused]
SELECT ('housing.buyers'::regclass).pg_relation_size
-- case: a size as a field of a column [refused]
SELECT (c.r).pg_table_size FROM (SELECT oid::regclass AS r FROM pg_class LIMIT 2) c
-- case: a size in a condition, an order, a group, an aggregate [attack interference]
SELECT count(*), max(pg_relation_size(c.oid)), bool_or(pg_relation_size(c.oid, 'fsm') > 8192) FROM pg_class c WHERE c.oid = 'housing.buyers'::regclass GROUP BY pg_size_pretty(pg_table_size(c.oid)) ORDER BY pg_table_size(max(c.oid))
-- case: a size in quotes and comments [attack interference]
SELECT "pg_catalog" . "pg_relation_size" /* ) */ ('housing.buyers' /* ( */), PG_Relation_Size ( 'housing.buyers'::regclass , ')' )
