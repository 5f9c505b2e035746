-- channel: expressions that fail on rows that a filter with a subquery leaves out
-- case: INSERT INTO leads (id, phone) SELECT id + 90000, lpad((1000 / [attack]
BEGIN
-- then
INSERT INTO housing.leads (id, phone) SELECT id + 90000, lpad((1000 / (price - 107))::text, 11, '1') FROM field.plots
-- then
ROLLBACK
-- case: INSERT INTO leads (id, phone) SELECT p.id + 90000, lpad((1000 [attack]
BEGIN
-- then
INSERT INTO housing.leads (id, phone) SELECT p.id + 90000, lpad((1000 / (p.price - 107))::text, 11, '1') FROM field.plots p JOIN housing.agents a ON a.id = p.agent_id
-- then
ROLLBACK
-- case: UPDATE leads l SET phone = lpad((1000 / (p.price - 107))::text [attack]
BEGIN
-- then
UPDATE housing.leads l SET phone = lpad((1000 / (p.price - 107))::text, 11, '1') FROM field.plots p WHERE p.id = l.id
-- then
ROLLBACK
-- case: UPDATE leads l SET phone = (SELECT max(lpad((1000 / (p.price - [attack]
BEGIN
-- then
UPDATE housing.leads l SET phone = (SELECT max(lpad((1000 / (p.price - 107))::text, 11, '1')) FROM field.plots p WHERE p.id = l.id)
-- then
ROLLBACK
-- case: MERGE INTO leads l USING plots p ON p.id = l.id WHEN MAT [attack]
BEGIN
-- then
MERGE INTO housing.leads l USING field.plots p ON p.id = l.id WHEN MATCHED THEN UPDATE SET phone = lpad((1000 / (p.price - 107))::text, 11, '1')
-- then
ROLLBACK
-- case: MERGE INTO leads l USING plots p ON p.id = l.id AND 1000 [attack]
BEGIN
-- then
MERGE INTO housing.leads l USING field.plots p ON p.id = l.id AND 1000 / (p.price - 107) > -5000 WHEN MATCHED THEN DO NOTHING
-- then
ROLLBACK
-- case: MERGE INTO leads l USING plots p ON p.id = l.id WHEN MAT (2) [attack]
BEGIN
-- then
MERGE INTO housing.leads l USING field.plots p ON p.id = l.id WHEN MATCHED AND 1000 / (p.price - 107) > -5000 THEN DO NOTHING
-- then
ROLLBACK
-- case: DELETE FROM leads l USING plots p WHERE p.id = l.id AND [attack]
BEGIN
-- then
DELETE FROM housing.leads l USING field.plots p WHERE p.id = l.id AND 1000 / (p.price - 107) > 5000
-- then
ROLLBACK
-- case: UPDATE events e SET kind = (1000 / (p.price - 107))::text FROM fie [attack interference]
BEGIN
-- then
UPDATE app.events e SET kind = (1000 / (p.price - 107))::text FROM field.plots p WHERE p.id = e.id
-- then
ROLLBACK
-- case: INSERT INTO settings SELECT (1000 / (price - 107))::text || id, [attack]
BEGIN
-- then
INSERT INTO app.settings SELECT (1000 / (price - 107))::text || id, '' FROM field.plots ORDER BY 1
-- then
ROLLBACK
-- case: SELECT DISTINCT 1000 / (price - 107) FROM plots ORDER BY 1 [attack]
SELECT DISTINCT 1000 / (price - 107) FROM field.plots ORDER BY 1
-- case: SELECT 1000 / (price - 107) FROM plots UNION SELECT 1 FROM field [attack]
SELECT 1000 / (price - 107) FROM field.plots UNION SELECT 1 FROM field.plots ORDER BY 1
-- case: SELECT 1000 / (price - 107) AS x, count(*) FROM plots GROUP BY 1 [attack]
SELECT 1000 / (price - 107) AS x, count(*) FROM field.plots GROUP BY 1 ORDER BY 1
-- case: SELECT 1000 / (price - 107) AS x, count(*) FROM plots GROUP BY x [attack]
SELECT 1000 / (price - 107) AS x, count(*) FROM field.plots GROUP BY x HAVING count(*) > 0 ORDER BY x
-- case: SELECT GROUPING(x), count(*) FROM (SELECT 1000 / (price - 107) AS x FR [attack]
SELECT GROUPING(x), count(*) FROM (SELECT 1000 / (price - 107) AS x FROM field.plots) s GROUP BY CUBE (x) ORDER BY 1, 2
-- case: SELECT a.id, x.y FROM agents a JOIN LATERAL (SELECT 1000 / (p. [attack]
SELECT a.id, x.y FROM housing.agents a JOIN LATERAL (SELECT 1000 / (p.price - 107) AS y FROM field.plots p WHERE p.agent_id = a.id) x ON x.y > 0 ORDER BY 1, 2
-- case: SELECT a.id, x.y FROM agents a LEFT JOIN (SELECT agent_id, 100 [attack]
SELECT a.id, x.y FROM housing.agents a LEFT JOIN (SELECT agent_id, 1000 / (p.price - 107) AS y FROM field.plots p) x ON x.agent_id = a.id ORDER BY 1, 2
-- case: SELECT a.id FROM agents a WHERE a.id IN (SELECT 1000 / (p.pric [attack]
SELECT a.id FROM housing.agents a WHERE a.id IN (SELECT 1000 / (p.price - 107) FROM field.plots p) ORDER BY 1
-- case: SELECT a.id FROM agents a WHERE NOT EXISTS (SELECT FROM  [attack]
SELECT a.id FROM housing.agents a WHERE NOT EXISTS (SELECT FROM field.plots p WHERE p.agent_id = a.id AND 1000 / (p.price - 107) > 0) ORDER BY 1
-- case: SELECT a.id, (SELECT sum(1000 / (p.price - 107)) FROM plots p WH [attack]
SELECT a.id, (SELECT sum(1000 / (p.price - 107)) FROM field.plots p WHERE p.agent_id = a.id) FROM housing.agents a ORDER BY 1
-- case: SELECT count(*) FROM plots p, generate_series(1, 1000 / (p.price [attack]
SELECT count(*) FROM field.plots p, generate_series(1, 1000 / (p.price - 107)) g
-- case: SELECT p.id FROM plots p JOIN generate_series(1, 3) g ON g = 100 [attack]
SELECT p.id FROM field.plots p JOIN generate_series(1, 3) g ON g = 1000 / (p.price - 107)
-- case: SELECT p.id FROM plots p JOIN agents a ON a.id = 1000 / [attack]
SELECT p.id FROM field.plots p JOIN housing.agents a ON a.id = 1000 / (p.price - 107) ORDER BY 1
-- case: SELECT p.id FROM plots p CROSS JOIN plots q WHERE p.id = q [attack]
SELECT p.id FROM field.plots p CROSS JOIN field.plots q WHERE p.id = q.id AND 1000 / (q.price - 107) = 3 ORDER BY 1
-- case: SELECT row_number() OVER (ORDER BY 1000 / (price - 107)), id FROM fiel [attack]
SELECT row_number() OVER (ORDER BY 1000 / (price - 107)), id FROM field.plots ORDER BY 1 LIMIT 3
-- case: SELECT id FROM plots ORDER BY 1000 / (price - 107), id LIMIT 3 [attack]
SELECT id FROM field.plots ORDER BY 1000 / (price - 107), id LIMIT 3
-- case: SELECT id FROM plots WHERE id = 3 FOR UPDATE [attack]
BEGIN
-- then
SELECT id FROM field.plots WHERE id = 3 FOR UPDATE
-- then
ROLLBACK
-- case: SELECT p.id FROM plots p, agents a WHERE a.id = p.agent_ [attack]
BEGIN
-- then
SELECT p.id FROM field.plots p, housing.agents a WHERE a.id = p.agent_id FOR UPDATE OF a SKIP LOCKED
-- then
ROLLBACK
-- case: SELECT id FROM plots ORDER BY id OFFSET (SELECT max(1000 / (pric [attack]
SELECT id FROM field.plots ORDER BY id OFFSET (SELECT max(1000 / (price - 107)) FROM field.plots) LIMIT 2
-- case: WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r,  [attack]
WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r, field.plots p WHERE p.id = n + 2 AND 1000 / (p.price - 107) > -9999) SELECT max(n) FROM r
-- case: SELECT id FROM plots WHERE price::text::"char" = x OR price::i [attack]
SELECT id FROM field.plots WHERE price::text::"char" = 'x' OR price::int2 > 0 ORDER BY 1 LIMIT 3
-- case: SELECT id FROM plots WHERE big::int2 > 0 ORDER BY 1 LIMIT 3 [attack]
SELECT id FROM field.plots WHERE big::int2 > 0 ORDER BY 1 LIMIT 3
-- case: SELECT id FROM plots WHERE chr(price - 107) > a ORDER BY 1 LIM [attack]
SELECT id FROM field.plots WHERE chr(price - 107) > 'a' ORDER BY 1 LIMIT 3
-- case: SELECT sum(1000 / (price - 107)) OVER (PARTITION BY agent_id) FROM fie [attack]
SELECT sum(1000 / (price - 107)) OVER (PARTITION BY agent_id) FROM field.plots ORDER BY 1 LIMIT 3
-- case: SELECT max(id) FROM plots WHERE price > 0 AND to_number(price::t [attack]
SELECT max(id) FROM field.plots WHERE price > 0 AND to_number(price::text, '9') >= 0
-- case: PREPARE q(int) AS SELECT id FROM plots WHERE 1000 / (price - $1) [attack]
PREPARE q(int) AS SELECT id FROM field.plots WHERE 1000 / (price - $1) > 0 ORDER BY id LIMIT 3
-- then
EXECUTE q(107)
-- then
EXECUTE q(107)
-- then
SET plan_cache_mode = force_generic_plan
-- then
EXECUTE q(107)
