-- channel: a subquery that is run, or not, for a row that the filter has yet to test, and fails
-- case: a negative LIMIT behind OR [attack]
SELECT id FROM field.offers WHERE price <> 107 OR EXISTS (SELECT 1 FROM housing.units LIMIT -1)
-- case: a division behind OR [attack]
SELECT count(*) FROM field.offers WHERE price <> 107 OR EXISTS (SELECT 1 FROM housing.units u WHERE 1/(u.id - 1) > 0)
-- case: a cast behind OR [attack]
SELECT count(*) FROM field.offers WHERE owner <> '1' OR EXISTS (SELECT 1 FROM housing.agents a WHERE a.name::int > 0)
-- case: a negative OFFSET for one row [attack]
SELECT id FROM field.offers WHERE id = 10001 AND (id IS NULL OR EXISTS (SELECT 1 FROM housing.units OFFSET -1))
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
-- case: two collations of which the server can choose none [attack]
CREATE TEMP TABLE collated (a text COLLATE "C", b text COLLATE "POSIX")
-- then
INSERT INTO collated VALUES ('x', 'y')
-- then
SELECT count(*) FROM field.offers WHERE price <> 107 OR EXISTS (SELECT 1 FROM collated WHERE a = b)
-- case: a table whose own policy fails [attack]
SELECT count(*) FROM field.offers WHERE price <> 107 OR EXISTS (SELECT 1 FROM field.tenths)
-- channel: what is computed below a semi-join, which the filter has become
-- case: a subquery that an outer join sets to NULL [attack]
SELECT count(s.x) FROM housing.agents a LEFT JOIN (SELECT coalesce(1000 / (o.price - 107), 0) AS x FROM field.plots o) s ON true
-- case: a subquery beside the row [attack]
SELECT o.id, g.y FROM field.plots o LEFT JOIN LATERAL (SELECT coalesce(1000 / (o.price - 107), 3) AS y) g ON true
-- case: one row of a subquery beside [attack]
SELECT o.id, g.y FROM field.plots o CROSS JOIN LATERAL (SELECT 1000 / (o.price - 107) AS y LIMIT 1) g
-- case: a function beside [attack]
SELECT o.id, g FROM field.plots o, generate_series(1, 1000 / (o.price - 107)) g
-- case: what rows are sorted by [attack]
SELECT o.id FROM field.plots o ORDER BY 1000 / (o.price - 107)
-- case: what groups are made by [attack]
SELECT 1000 / (o.price - 107) AS x, count(*) FROM field.plots o GROUP BY GROUPING SETS ((1), ())
-- case: a window's order [attack]
SELECT o.id, row_number() OVER (ORDER BY 1000 / (o.price - 107)) FROM field.plots o
-- case: one of a kind [attack]
SELECT DISTINCT 1000 / (o.price - 107) FROM field.plots o
-- case: a name of ORDER BY that is another's [attack]
SELECT 1000 / (o.price - 107) AS id FROM field.plots o ORDER BY id
-- channel: what stands beside a filter that has become a semi-join, fails, and is read only if there is a row
-- case: a sample of more than everything [attack]
SELECT o.id FROM field.plots o JOIN housing.units t TABLESAMPLE SYSTEM (200) ON t.id = o.price WHERE o.agent_id = 7 AND o.price < 108
-- case: a subquery that fails [attack]
SELECT o.id FROM field.plots o JOIN (SELECT 1 / (u.id - u.id) AS x FROM housing.units u) s ON s.x = o.price WHERE o.agent_id = 7 AND o.price < 108
-- case: a WITH query that fails [attack]
WITH s AS (SELECT 1 / (u.id - u.id) AS x FROM housing.units u) SELECT o.id FROM field.plots o JOIN s ON s.x = o.price WHERE o.agent_id = 7 AND o.price < 108
-- case: a table whose own policy fails [attack]
SELECT o.id FROM field.plots o JOIN field.tenths t ON t.tenant = o.price WHERE o.agent_id = 7 AND o.price < 108
-- channel: the conversion that a parameter's declared type makes of a column
-- case: a column as the number of an object [attack]
PREPARE odd(oid) AS SELECT count(*) FROM field.plots WHERE big = $1
-- then
EXECUTE odd(3)
-- case: two parameters, row by row [attack]
PREPARE odd(int8, oid) AS SELECT count(*) FROM field.plots WHERE agent_id = 7 AND price < 108 AND (id < 0 OR $1 = $2)
-- then
EXECUTE odd(3, 3)
-- then
EXECUTE odd(3, 3)
-- then
EXECUTE odd(3, 3)
-- then
EXECUTE odd(3, 3)
-- then
EXECUTE odd(3, 3)
-- then
EXECUTE odd(3, 3)
-- then
EXECUTE odd(-5, 3)
