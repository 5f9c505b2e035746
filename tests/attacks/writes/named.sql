-- channel: what is named inside of a write after a column of its target: stored, compared, merged with true ones
-- search_path: housing
-- case: a mask under the column's own name is stored [refused]
BEGIN
-- then
UPDATE leads SET source = (SELECT x.phone FROM (SELECT leads.phone) x) WHERE id = 1
-- then
ROLLBACK
-- case: the same, cast [refused]
BEGIN
-- then
UPDATE leads SET source = (SELECT x.phone::text FROM (SELECT leads.phone) x) WHERE id = 1
-- then
ROLLBACK
-- case: as a document [refused]
BEGIN
-- then
UPDATE leads SET source = (SELECT row_to_json(x)::text FROM (SELECT leads.phone) x) WHERE id = 1
-- then
ROLLBACK
-- case: tried by what it reads as [attack]
BEGIN
-- then
DELETE FROM leads WHERE id < 9 AND EXISTS (SELECT 1 FROM (SELECT leads.phone) x WHERE x.phone LIKE '138%') RETURNING id
-- then
ROLLBACK
-- case: ordered by it [attack]
BEGIN
-- then
DELETE FROM leads WHERE id < 9 RETURNING id, (SELECT string_agg(x.phone, ',' ORDER BY x.phone) FROM (SELECT leads.phone UNION ALL SELECT b.phone FROM buyers b WHERE b.id < 4) x)
-- then
ROLLBACK
-- case: grouped by it [attack]
BEGIN
-- then
DELETE FROM leads WHERE id < 9 RETURNING id, (SELECT count(*) FROM (SELECT leads.phone UNION ALL SELECT b.phone FROM buyers b) x GROUP BY x.phone ORDER BY 1 DESC LIMIT 1)
-- then
ROLLBACK
-- case: the server's own name for an output comes after the table's column [attack]
BEGIN
-- then
DELETE FROM leads WHERE id < 9 RETURNING (SELECT phone ORDER BY phone), (SELECT name GROUP BY name)
-- then
ROLLBACK
-- case: joined by a name that both have [attack]
BEGIN
-- then
DELETE FROM leads WHERE id < 9 RETURNING id, (SELECT count(*) FROM (SELECT leads.phone) x JOIN (SELECT phone FROM buyers) y USING (phone))
-- then
ROLLBACK
-- case: a grouping set of a true column [attack]
BEGIN
-- then
DELETE FROM leads WHERE phone IN (SELECT phone FROM buyers GROUP BY ROLLUP (phone)) RETURNING id
-- then
ROLLBACK
-- case: nested grouping sets [attack]
BEGIN
-- then
WITH d AS (UPDATE leads SET source = 'x' WHERE id < 9 RETURNING id) SELECT phone, level, count(*) FROM buyers GROUP BY GROUPING SETS (ROLLUP (phone), CUBE (level, phone)) ORDER BY 1, 2, 3 LIMIT 5
-- then
ROLLBACK
-- case: a row that is called new holds masks [attack]
BEGIN
-- then
UPDATE leads l SET source = new.source FROM (SELECT id, source, phone FROM leads) AS new WHERE l.id = new.id AND new.phone LIKE '138%' RETURNING l.id
-- then
ROLLBACK
-- case: new as a value [refused]
BEGIN
-- then
UPDATE leads l SET source = new.phone FROM (SELECT id, phone FROM leads) AS new WHERE l.id = new.id
-- then
ROLLBACK
