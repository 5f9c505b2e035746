-- channel: a subquery that is run, or not, for a row that the filter has yet to test, and fails
-- case: a negative LIMIT behind OR [attack]
SELECT id FROM field.offers WHERE price <> 107 OR EXISTS (SELECT 1 FROM housing.units LIMIT -1)
-- case: a division behind OR [attack]
SELECT count(*) FROM field.offers WHERE price <> 107 OR EXISTS (SELECT 1 FROM housing.units u WHERE 1/(u.id - 1) > 0)
-- case: a cast behind OR [attack]
SELECT count(*) FROM field.offers WHERE owner <> '1' OR EXISTS (SELECT 1 FROM housing.agents a WHERE a.name::int > 0)
-- case: a negative OFFSET for one row [attack]
SELECT id FROM field.claims WHERE id = 10001 AND (id IS NULL OR EXISTS (SELECT 1 FROM housing.units OFFSET -1))
-- case: beside a filter that is a subquery [attack]
SELECT count(*) FROM housing.buyers WHERE id = 9 AND (active OR EXISTS (SELECT 1 FROM housing.units LIMIT -1))
-- case: FETCH FIRST behind OR [attack]
SELECT count(*) FROM field.offers WHERE price <> 107 OR EXISTS (SELECT 1 FROM housing.units FETCH FIRST -1 ROWS ONLY)
-- case: the condition of a join inside [attack]
SELECT count(*) FROM field.offers WHERE price <> 107 OR EXISTS (SELECT 1 FROM housing.units u JOIN housing.agents a ON 1/(u.id - 1) > 0)
-- case: in the condition of a join [attack]
SELECT count(*) FROM field.offers o JOIN housing.agents a ON a.id = o.id AND (o.price <> 107 OR EXISTS (SELECT 1 FROM housing.units LIMIT -1))
-- case: by HAVING [attack]
SELECT count(*) FROM field.offers WHERE price <> 107 OR EXISTS (SELECT 1 FROM housing.units u HAVING 1/(count(*)::int * 0) > 0)
-- case: by a view that computes [attack]
SELECT count(*) FROM field.offers WHERE price <> 107 OR EXISTS (SELECT 1 FROM information_schema.tables t WHERE t.table_name = 'x')
-- case: by a WITH query [attack]
WITH c AS MATERIALIZED (SELECT 1/(u.id - 1) AS q FROM housing.units u) SELECT count(*) FROM field.offers WHERE price <> 107 OR EXISTS (SELECT 1 FROM c)
-- case: by a row that another session holds [attack]
SELECT count(*) FROM field.offers WHERE price <> 107 OR EXISTS (SELECT 1 FROM housing.agents a FOR SHARE NOWAIT)
-- case: by IN [attack]
SELECT count(*) FROM field.offers WHERE price <> 107 OR id IN (SELECT u.id FROM housing.units u WHERE 1/(u.id - 1) > 0)
-- case: a failing WITH query, by chance [attack]
WITH c AS MATERIALIZED (SELECT 1/(random()*0)::int AS q) SELECT id FROM field.offers WHERE price <> 107 OR EXISTS (SELECT q FROM c)
-- case: in a DELETE [attack]
BEGIN
-- then
DELETE FROM field.claims WHERE price <> 107 OR EXISTS (SELECT 1 FROM housing.units LIMIT -1)
-- then
ROLLBACK
-- case: XML that fails for rows of others [attack]
SELECT o.id FROM field.offers o, XMLTABLE('/a' PASSING (('<a>' || o.owner || CASE WHEN o.owner = 'other' THEN '' ELSE '</a>' END)::xml) COLUMNS x text PATH '.') t ORDER BY 1 LIMIT 2
