-- channel: rows that a filter leaves out, by the planner, which tries LIKE on the values that ANALYZE kept
-- search_path: housing
-- case: a pattern that ends in its escape, beside no row [attack]
SELECT count(*) FROM contracts WHERE id < 0 AND status LIKE 'canc%\'
-- case: the same of a filter by name [attack]
SELECT count(*) FROM field.offers WHERE id < 0 AND owner LIKE 'o%\'
-- case: the same without letters' case [attack]
SELECT count(*) FROM field.offers WHERE id < 0 AND owner ILIKE 'O%\'
-- case: the same by EXPLAIN [attack interference]
EXPLAIN (COSTS OFF) SELECT 1 FROM field.offers WHERE owner LIKE 'o%\'
-- case: the same in a condition of a join [attack]
SELECT count(*) FROM agents a LEFT JOIN field.offers o ON o.id = a.id AND o.owner LIKE 'o%\'
-- case: the same by a parameter [attack]
PREPARE escapes(text) AS SELECT count(*) FROM field.offers WHERE id < 0 AND owner LIKE $1
-- then
EXECUTE escapes('o%\')
-- then
DEALLOCATE escapes
-- case: the same with another escape [attack]
SELECT count(*) FROM field.offers WHERE id < 0 AND owner NOT LIKE 'o%|' ESCAPE '|'
-- case: the same by a list of patterns [attack]
SELECT count(*) FROM field.offers WHERE id < 0 AND owner LIKE ANY (ARRAY['x', 'o%\'])
-- case: the same as a function, cast and collated [attack]
SELECT count(*) FROM field.offers WHERE id < 0 AND "like"(owner::varchar COLLATE "C", 'o%\')
-- case: the same of a query in FROM [attack]
SELECT count(*) FROM (SELECT DISTINCT owner FROM field.offers WHERE id < 0) o WHERE owner LIKE 'o%\'
-- case: the same of a cursor [attack]
BEGIN
-- then
DECLARE escapes CURSOR FOR SELECT id FROM field.offers WHERE id < 0 AND owner LIKE 'o%\'
-- then
FETCH ALL FROM escapes
-- then
ROLLBACK
-- case: a pattern made of a value's own column [attack]
SELECT count(*) FROM field.offers o JOIN (VALUES ('o%\')) v(p) ON o.owner LIKE v.p WHERE o.id < 0
