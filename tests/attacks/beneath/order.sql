-- channel: the order of rows that the server reads by an index over protected columns
-- case: the first rows of an index [attack interference]
SELECT id FROM tied.signed ORDER BY project LIMIT 20
-- case: the same of some projects [attack interference]
SELECT id FROM tied.signed WHERE project >= 7 ORDER BY project LIMIT 20
-- case: the same, all columns [attack interference]
SELECT * FROM tied.signed WHERE project BETWEEN 7 AND 8 ORDER BY 2 LIMIT 20
-- case: the same by a subquery [attack interference]
SELECT string_agg(s.id::text, ',') FROM (SELECT t.id FROM tied.signed t ORDER BY t.project LIMIT 9) s
-- case: the same by a window [attack interference]
SELECT id, row_number() OVER (PARTITION BY project) FROM tied.signed LIMIT 20
-- case: the same by groups [attack interference]
SELECT project, array_agg(id) FROM tied.signed GROUP BY project ORDER BY project LIMIT 3
-- case: the same, one of each [attack interference]
SELECT DISTINCT ON (project) project, id FROM tied.signed ORDER BY project LIMIT 9
-- case: the same by a cursor [attack interference]
BEGIN
-- then
DECLARE c CURSOR FOR SELECT id FROM tied.signed WHERE project > 3 ORDER BY project
-- then
FETCH 20 FROM c
-- then
ROLLBACK
-- case: the same, locked [attack interference]
BEGIN
-- then
SELECT id FROM tied.signed WHERE project > 3 ORDER BY project LIMIT 20 FOR UPDATE
-- then
ROLLBACK
-- case: the same with rows of one's own between them [attack interference]
BEGIN
-- then
INSERT INTO tied.signed (id, project, phone) SELECT 100000 + g, 7, '138' || lpad(g::text, 4, '0') || '0007' FROM generate_series(0, 999) g
-- then
SELECT id FROM tied.signed WHERE project >= 7 ORDER BY project LIMIT 1075
-- then
ROLLBACK
-- case: an index of some rows [attack interference]
SELECT id FROM tied.signed WHERE NOT active LIMIT 20
-- case: a plan that takes no such index [attack interference]
EXPLAIN SELECT id FROM tied.signed WHERE project >= 7 ORDER BY project LIMIT 20
