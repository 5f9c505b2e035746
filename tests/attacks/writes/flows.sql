-- channel: masks on their way into a table, through WITH and FROM, under other names
-- case: by an alias [refused]
BEGIN
-- then
WITH s AS (SELECT id, phone AS p FROM housing.buyers) INSERT INTO app.settings SELECT 'zz' || id, p FROM s
-- then
ROLLBACK
-- case: by a star [refused]
BEGIN
-- then
WITH s AS (SELECT * FROM housing.buyers) INSERT INTO app.settings SELECT 'zz' || id, phone FROM s
-- then
ROLLBACK
-- case: by two stars [refused]
BEGIN
-- then
WITH s AS (SELECT * FROM housing.buyers), t AS (SELECT * FROM s) INSERT INTO app.settings SELECT 'zz' || t.id, t.phone FROM t
-- then
ROLLBACK
-- case: by a star and names for its columns [refused]
BEGIN
-- then
WITH s AS (SELECT * FROM housing.leads), t(a, b, c, d) AS (SELECT * FROM s) INSERT INTO app.settings SELECT 'zz' || a, c FROM t
-- then
ROLLBACK
-- case: by names at the item [refused]
BEGIN
-- then
WITH s AS (SELECT id, phone FROM housing.leads) INSERT INTO app.settings SELECT 'zz' || a, b FROM s x(a, b)
-- then
ROLLBACK
-- case: by names of a subquery [refused]
BEGIN
-- then
UPDATE app.settings SET value = x.b FROM (SELECT id, phone FROM housing.leads) x(a, b)
-- then
ROLLBACK
-- case: by the names of a WITH query [refused]
BEGIN
-- then
WITH s(id, source) AS (SELECT id, phone FROM housing.leads) INSERT INTO app.settings SELECT 'zz' || id, source FROM s
-- then
ROLLBACK
-- case: by names that change places [refused]
BEGIN
-- then
WITH s AS (SELECT phone AS source, source AS phone, id FROM housing.leads) INSERT INTO app.settings SELECT 'zz' || id, source FROM s
-- then
ROLLBACK
-- case: computed and called after its function [refused]
BEGIN
-- then
UPDATE app.settings SET value = x.max FROM (SELECT max(phone) FROM housing.leads) x
-- then
ROLLBACK
-- case: computed and called after its type [refused]
BEGIN
-- then
UPDATE app.settings SET value = x.text FROM (SELECT (phone || '')::text FROM housing.leads) x
-- then
ROLLBACK
-- case: computed and called after a subquery [refused]
BEGIN
-- then
UPDATE app.settings SET value = x.p FROM (SELECT (SELECT l.phone AS p FROM housing.leads l LIMIT 1)) x
-- then
ROLLBACK
-- case: by CASE [refused]
BEGIN
-- then
UPDATE app.settings SET value = x.case FROM (SELECT CASE WHEN true THEN phone || '' END FROM housing.leads) x
-- then
ROLLBACK
-- case: the whole row [refused]
BEGIN
-- then
WITH s AS (SELECT id, phone FROM housing.leads) INSERT INTO app.settings SELECT 'zz' || id, s::text FROM s
-- then
ROLLBACK
-- case: the whole row of a row [refused]
BEGIN
-- then
WITH s AS (SELECT id, phone FROM housing.leads), t AS (SELECT s AS r, id FROM s) INSERT INTO app.settings SELECT 'zz' || id, (r).phone FROM t
-- then
ROLLBACK
-- case: a function behind a dot [refused]
BEGIN
-- then
WITH s AS (SELECT id, phone FROM housing.leads) INSERT INTO app.settings SELECT 'zz' || id, s.row_to_json::text FROM s
-- then
ROLLBACK
-- case: a function behind a dot, on its way [refused]
BEGIN
-- then
WITH s AS (SELECT id, phone FROM housing.leads), t AS (SELECT id, s.to_jsonb FROM s) INSERT INTO app.settings SELECT 'zz' || id, t.to_jsonb::text FROM t
-- then
ROLLBACK
-- case: all of a row in a row [refused]
BEGIN
-- then
WITH s AS (SELECT id, phone FROM housing.leads) INSERT INTO app.settings SELECT 'zz' || id, ROW(s.*)::text FROM s
-- then
ROLLBACK
-- case: an array of them [refused]
BEGIN
-- then
UPDATE app.settings SET value = x.a[1] FROM (SELECT array_agg(phone) AS a FROM housing.leads) x
-- then
ROLLBACK
-- case: the second arm of a UNION [refused]
BEGIN
-- then
WITH s AS (SELECT 1 AS id, 'x' AS t UNION ALL SELECT id, phone FROM housing.leads) INSERT INTO app.settings SELECT 'zz' || id, t FROM s
-- then
ROLLBACK
-- case: the rounds of a recursion [refused]
BEGIN
-- then
WITH RECURSIVE s AS (SELECT id, phone::text, 'x'::text AS t FROM housing.leads UNION SELECT id, t, phone FROM s WHERE t = 'x') INSERT INTO app.settings SELECT 'zz' || id, max(t) FROM s GROUP BY id
-- then
ROLLBACK
-- case: the order of a recursion [refused]
BEGIN
-- then
WITH RECURSIVE s AS (SELECT id, phone FROM housing.leads UNION ALL SELECT id, phone FROM s WHERE false) SEARCH DEPTH FIRST BY phone SET o INSERT INTO app.settings SELECT 'zz' || id, o::text FROM s
-- then
ROLLBACK
-- case: VALUES [refused]
BEGIN
-- then
UPDATE app.settings SET value = x.column1 FROM (VALUES ((SELECT phone FROM housing.leads WHERE id = 1))) x
-- then
ROLLBACK
-- case: LATERAL [refused]
BEGIN
-- then
UPDATE app.settings SET value = y.t FROM (SELECT id, phone FROM housing.leads) x, LATERAL (SELECT x.phone AS t) y
-- then
ROLLBACK
-- case: a function in FROM [refused]
BEGIN
-- then
UPDATE app.settings SET value = f FROM (SELECT id, phone FROM housing.leads) x, LATERAL lower(x.phone) f
-- then
ROLLBACK
-- case: a join of names [refused]
BEGIN
-- then
INSERT INTO app.settings SELECT 'zz' || id, phone FROM (SELECT id, phone FROM housing.leads) x JOIN (SELECT phone FROM housing.buyers) y USING (phone)
-- then
ROLLBACK
-- case: a join with a name of its own [refused]
BEGIN
-- then
INSERT INTO app.settings SELECT 'zz' || j.a, j.b FROM ((SELECT id, phone FROM housing.leads) x CROSS JOIN (SELECT 1) y) j(a, b)
-- then
ROLLBACK
-- case: RETURNING of a write [refused]
BEGIN
-- then
WITH u AS (UPDATE housing.leads SET source = 'x' WHERE id < 4 RETURNING id, phone AS p) INSERT INTO app.settings SELECT 'zz' || id, p FROM u
-- then
ROLLBACK
-- case: RETURNING all [refused]
BEGIN
-- then
WITH u AS (UPDATE housing.leads SET source = 'x' WHERE id < 4 RETURNING *) INSERT INTO app.settings SELECT 'zz' || id, phone FROM u
-- then
ROLLBACK
-- case: RETURNING what is joined [refused]
BEGIN
-- then
WITH u AS (DELETE FROM app.events e USING housing.buyers b WHERE b.id = e.id RETURNING e.id, b.phone AS q) INSERT INTO app.settings SELECT 'zz' || id, q FROM u
-- then
ROLLBACK
-- case: MERGE [refused]
BEGIN
-- then
MERGE INTO app.settings t USING (SELECT id, phone AS p FROM housing.leads) s ON t.key = s.id::text WHEN NOT MATCHED THEN INSERT (key, value) VALUES ('zz' || s.id, s.p)
-- then
ROLLBACK
-- case: ON CONFLICT [refused]
BEGIN
-- then
WITH s AS (SELECT id, phone AS p FROM housing.leads) INSERT INTO app.settings SELECT 'zz', 'x' ON CONFLICT (key) DO UPDATE SET value = (SELECT max(p) FROM s)
-- then
ROLLBACK
-- case: assigned together [refused]
BEGIN
-- then
UPDATE app.settings SET (key, value) = (SELECT 'zz', s.p FROM (SELECT phone AS p FROM housing.leads WHERE id = 1) s)
-- then
ROLLBACK
-- case: an item without a name [attack interference]
BEGIN
-- then
INSERT INTO app.settings SELECT 'zz', p FROM (SELECT phone AS p FROM housing.leads WHERE id = 1)
-- then
ROLLBACK
-- case: NULL where it is masked [refused]
BEGIN
-- then
WITH s AS (SELECT id, coalesce(phone, 'none') AS c FROM housing.leads) INSERT INTO app.settings SELECT 'zz' || id, c FROM s
-- then
ROLLBACK
-- case: into protected columns [refused]
BEGIN
-- then
WITH s AS (SELECT id, phone AS p FROM housing.leads) INSERT INTO housing.contacts (id, phone) SELECT 7000 + id, p FROM s
-- then
ROLLBACK
-- case: a WITH query of the inserted query [refused]
BEGIN
-- then
INSERT INTO app.settings WITH s AS (SELECT id, phone AS p FROM housing.leads) SELECT 'zz' || id, p FROM s
-- then
ROLLBACK
-- case: masks stored by the WITH of a COPY [refused]
BEGIN
-- then
COPY (WITH w AS (INSERT INTO app.settings SELECT 'zz' || id, phone FROM housing.leads RETURNING key) SELECT * FROM w) TO STDOUT
-- then
ROLLBACK
-- case: masks stored by the WITH of a temporary table [refused]
BEGIN
-- then
CREATE TEMP TABLE kept AS WITH w AS (INSERT INTO app.settings SELECT 'zz' || id, phone FROM housing.leads RETURNING key) SELECT * FROM w
-- then
ROLLBACK
-- case: the same behind EXPLAIN [refused]
BEGIN
-- then
EXPLAIN (ANALYZE, COSTS OFF) CREATE TEMP TABLE kept AS WITH w AS (INSERT INTO app.settings SELECT 'zz' || id, phone FROM housing.leads RETURNING key) SELECT * FROM w
-- then
ROLLBACK
-- case: masks stored beside true values by the WITH of a COPY [refused]
BEGIN
-- then
COPY (WITH w AS (UPDATE housing.leads SET source = x.p FROM (SELECT phone AS p FROM housing.leads) x RETURNING 1) SELECT 1) TO STDOUT
-- then
ROLLBACK
