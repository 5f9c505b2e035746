-- case: a queue taken with skip locked
BEGIN
-- then
SELECT id, kind FROM app.events WHERE kind = 'export' ORDER BY id LIMIT 3 FOR UPDATE SKIP LOCKED
-- then
UPDATE app.events SET kind = 'done' WHERE id IN (2, 5) RETURNING id, kind
-- then
ROLLBACK
-- case: a queue taken in one statement
BEGIN
-- then
WITH next AS (SELECT id FROM app.events WHERE kind = 'export' ORDER BY id LIMIT 2 FOR UPDATE SKIP LOCKED) UPDATE app.events e SET kind = 'taken' FROM next WHERE e.id = next.id RETURNING e.id, e.kind
-- then
DELETE FROM app.events WHERE id = ANY (ARRAY(SELECT id FROM app.events WHERE kind = 'taken' ORDER BY id FOR UPDATE SKIP LOCKED LIMIT 1)) RETURNING id
-- then
ROLLBACK
-- case: advisory locks
SELECT pg_try_advisory_lock(4711), pg_advisory_unlock(4711)
-- case: advisory locks of a transaction
BEGIN
-- then
SELECT pg_advisory_xact_lock(hashtext('export'), 2), pg_try_advisory_xact_lock_shared(8)
-- then
COMMIT
-- case: temporary staging with an index and statistics
CREATE TEMP TABLE staging (id int PRIMARY KEY, phone text, note text) ON COMMIT PRESERVE ROWS
-- then
INSERT INTO staging SELECT id, phone, 'from the list' FROM housing.buyers WHERE level = 2
-- then
CREATE INDEX staging_phone ON staging (phone)
-- then
ANALYZE staging
-- then
SELECT s.id, s.phone, b.name FROM staging s JOIN housing.buyers b USING (id) ORDER BY s.id LIMIT 5
-- then
UPDATE staging SET note = 'called' WHERE id < 20
-- then
SELECT note, count(*) FROM staging GROUP BY 1 ORDER BY 1
-- then
TRUNCATE staging
-- then
DROP TABLE staging
-- case: temporary table dropped at commit
BEGIN
-- then
CREATE TEMPORARY TABLE once ON COMMIT DROP AS SELECT agent_id, count(*) AS n FROM housing.buyers GROUP BY agent_id
-- then
SELECT * FROM once ORDER BY agent_id NULLS LAST
-- then
COMMIT
-- case: upsert
BEGIN
-- then
INSERT INTO app.settings AS s (key, value) VALUES ('city', '烟台'), ('new', 'x') ON CONFLICT (key) DO UPDATE SET value = EXCLUDED.value WHERE s.value IS DISTINCT FROM EXCLUDED.value RETURNING key, value, (xmax = 0) AS inserted
-- then
INSERT INTO app.settings VALUES ('city', 'y') ON CONFLICT DO NOTHING
-- then
INSERT INTO app.settings VALUES ('city', 'z') ON CONFLICT ON CONSTRAINT settings_pkey DO UPDATE SET value = upper(EXCLUDED.value) RETURNING *
-- then
ROLLBACK
-- case: batch insert with returning
BEGIN
-- then
INSERT INTO app.events (id, kind, at, payload) VALUES (901, 'a', '2024-01-01 00:00+00', '{}'), (902, 'b', '2024-01-01 00:00+00', NULL), (903, 'c', '2024-01-01 00:00+00', '{"x": [1]}') RETURNING id, kind AS k, payload
-- then
INSERT INTO app.events SELECT 904 + n, 'series', timestamptz '2024-01-01 00:00+00' + n * interval '1 h', jsonb_build_object('n', n) FROM generate_series(1, 5) n RETURNING id
-- then
INSERT INTO app.events SELECT * FROM unnest(ARRAY[950, 951], ARRAY['u', 'v'], ARRAY['2024-01-01 00:00+00', '2024-01-02 00:00+00']::timestamptz[], ARRAY['{}', '{}']::jsonb[]) RETURNING id, kind
-- then
ROLLBACK
-- case: moved by a data-modifying common table
BEGIN
-- then
WITH gone AS (DELETE FROM app.events WHERE id < 4 RETURNING *), kept AS (INSERT INTO app.settings (key, value) SELECT 'event ' || id, kind FROM gone RETURNING key) SELECT (SELECT count(*) FROM gone), (SELECT max(key) FROM kept)
-- then
ROLLBACK
-- case: update from a join and from a subquery
BEGIN
-- then
UPDATE app.events AS e SET kind = s.value FROM app.settings AS s WHERE s.key = 'city' AND e.id = 3 RETURNING e.id, e.kind, s.key
-- then
UPDATE app.events SET (kind, at) = (SELECT 'sub', timestamptz '2024-02-02 00:00+00') WHERE id = 4 RETURNING kind, at
-- then
UPDATE app.events SET payload = jsonb_set(payload, '{seen}', 'true'), kind = DEFAULT WHERE false
-- then
ROLLBACK
-- case: merge
BEGIN
-- then
MERGE INTO app.settings s USING (VALUES ('city', '威海'), ('later', 'y')) AS n(key, value) ON s.key = n.key WHEN MATCHED AND n.value = 'gone' THEN DELETE WHEN MATCHED THEN UPDATE SET value = n.value WHEN NOT MATCHED THEN INSERT (key, value) VALUES (n.key, n.value)
-- then
SELECT * FROM app.settings ORDER BY key
-- then
ROLLBACK
-- case: savepoints, one undone
BEGIN
-- then
SAVEPOINT one
-- then
INSERT INTO app.settings VALUES ('sp', '1')
-- then
ROLLBACK TO one
-- then
SELECT count(*) FROM app.settings WHERE key = 'sp'
-- then
RELEASE one
-- then
COMMIT
-- case: cursor moved about
BEGIN
-- then
DECLARE page SCROLL CURSOR FOR SELECT b.id, b.name, a.name AS agent FROM housing.buyers b LEFT JOIN housing.agents a ON a.id = b.agent_id ORDER BY b.id
-- then
MOVE FORWARD 100 IN page
-- then
FETCH 3 FROM page
-- then
FETCH RELATIVE -2 FROM page
-- then
FETCH LAST FROM page
-- then
FETCH BACKWARD 2 FROM page
-- then
CLOSE page
-- then
COMMIT
-- case: prepared with types, executed twice
PREPARE top (int, text) AS SELECT id, name, phone FROM housing.buyers WHERE level >= $1 AND name LIKE $2 ORDER BY id LIMIT 3
-- then
EXECUTE top (1, '王%')
-- then
EXECUTE top (2, '%')
-- then
DEALLOCATE PREPARE top
-- case: plans of a report [interference]
EXPLAIN (COSTS OFF) SELECT b.id, b.name FROM housing.buyers b WHERE b.id = 5
-- case: plans with their format [interference]
EXPLAIN (VERBOSE, FORMAT JSON, COSTS OFF) SELECT agent_id, count(*) FROM housing.buyers GROUP BY agent_id
-- case: plan of an update of an open table [interference]
EXPLAIN (COSTS OFF) UPDATE app.settings SET value = 'x' WHERE key = 'city'
-- case: settings of a report
BEGIN
-- then
SET LOCAL work_mem = '64MB'
-- then
SET LOCAL statement_timeout TO '60s'
-- then
SET LOCAL enable_nestloop = off
-- then
SET LOCAL TIME ZONE 'Asia/Shanghai'
-- then
SELECT date_trunc('day', at), count(*) FROM housing.calls WHERE id < 30 GROUP BY 1 ORDER BY 1
-- then
COMMIT
-- case: names by the path of the session
SET search_path TO housing, public
-- then
SELECT b.id, b.name, c.price FROM buyers b JOIN contracts c ON c.buyer_id = b.id ORDER BY c.id LIMIT 5
-- then
SHOW search_path
-- then
SET search_path TO DEFAULT
-- case: read only snapshot
BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY
-- then
SELECT count(*) FROM housing.buyers
-- then
SELECT sum(price) FROM housing.contracts
-- then
COMMIT
-- case: serializable, deferrable
START TRANSACTION ISOLATION LEVEL SERIALIZABLE, READ ONLY, DEFERRABLE
-- then
SELECT max(id) FROM housing.buyers
-- then
END
-- case: news, of whose payload the policy decides [interference]
LISTEN imports
-- then
SELECT pg_notify('imports', 'done')
-- then
UNLISTEN imports
-- case: copy a join out
COPY (SELECT b.name, c.price, c.signed FROM housing.contracts c JOIN housing.buyers b ON b.id = c.buyer_id ORDER BY c.id) TO STDOUT WITH (FORMAT csv, HEADER, FORCE_QUOTE *, NULL '\N', ENCODING 'UTF8')
-- case: copy with other delimiters
COPY (TABLE housing.projects) TO STDOUT (DELIMITER '|', NULL '-')
-- case: copy a view's query out
COPY (SELECT * FROM housing.contract_overview ORDER BY contract_id LIMIT 5) TO STDOUT
-- case: lock for reading
BEGIN
-- then
LOCK TABLE housing.buyers IN ACCESS SHARE MODE
-- then
SELECT count(*) FROM housing.buyers
-- then
COMMIT
-- case: cursor with hold, closed later
DECLARE held NO SCROLL CURSOR WITH HOLD FOR SELECT id, phone FROM housing.buyers ORDER BY id
-- then
FETCH FORWARD 2 FROM held
-- then
FETCH ALL IN held
-- then
CLOSE held
-- case: path changed twice in one transaction, no cursor but one's own
BEGIN
-- then
SET LOCAL search_path = housing
-- then
SELECT count(*) FROM buyers
-- then
SET LOCAL search_path = app
-- then
SELECT count(*) FROM settings
-- then
SELECT name FROM pg_cursors WHERE name <> ''
-- then
COMMIT
-- case: what the planner may not do is off after a reset, too [interference]
RESET ALL
-- then
SELECT current_setting('enable_memoize'), current_setting('enable_mergejoin'), current_setting('enable_indexonlyscan')
-- case: maintenance of tables [bag]
SELECT relname FROM pg_catalog.pg_stat_user_tables WHERE schemaname = 'housing' AND vacuum_count < 0
-- case: a temporary table in the query string that makes it [simple]
CREATE TEMP TABLE picked (id int, phone text); INSERT INTO picked SELECT id, phone FROM housing.buyers WHERE id < 9; SELECT * FROM picked ORDER BY id; UPDATE picked SET phone = 'x' WHERE id = 3 RETURNING phone; DELETE FROM picked WHERE id = 4; SELECT b.phone, p.phone FROM picked p JOIN housing.buyers b USING (id) ORDER BY b.id
-- case: a temporary table of a transaction in the query string that makes it [simple]
BEGIN; CREATE TEMP TABLE chosen ON COMMIT DROP AS SELECT id, phone FROM housing.buyers ORDER BY id LIMIT 5; CREATE INDEX ON chosen (phone); ANALYZE chosen; SELECT chosen.phone FROM chosen ORDER BY chosen.id; COPY chosen TO STDOUT; TRUNCATE chosen; COMMIT
-- case: a temporary table that is made anew [simple]
DROP TABLE IF EXISTS picked; CREATE TEMP TABLE picked (id int); INSERT INTO picked VALUES (1), (2) RETURNING id
-- then
DROP TABLE IF EXISTS picked; SELECT 7 AS seven INTO TEMP picked; SELECT seven FROM picked; DROP TABLE picked
-- case: drivers and poolers go back to who they are
SET SESSION AUTHORIZATION DEFAULT
-- then
RESET ROLE
-- then
SET ROLE NONE
-- then
SET role TO 'none'
-- then
RESET SESSION AUTHORIZATION
-- then
SET LOCAL ROLE NONE
-- then
SET ROLE TO DEFAULT
-- case: what a pooler sends between clients [simple]
SET SESSION AUTHORIZATION DEFAULT;RESET ALL;CLOSE ALL;UNLISTEN *;SELECT pg_advisory_unlock_all();DISCARD SEQUENCES;DISCARD TEMP
-- case: what another pooler sends between clients [simple]
SELECT pg_advisory_unlock_all();CLOSE ALL;UNLISTEN *;RESET ALL;
-- case: warnings of escapes are off
SET escape_string_warning = off
-- then
SELECT E'a\'b'
-- case: a temporary table is altered
CREATE TEMP TABLE kept (id int PRIMARY KEY, phone text)
-- then
INSERT INTO kept SELECT id, phone FROM housing.buyers WHERE id < 5
-- then
ALTER TABLE kept ADD COLUMN seen int NOT NULL DEFAULT 3, ADD COLUMN at date DEFAULT '2024-01-01'::date
-- then
ALTER TABLE kept ALTER COLUMN seen TYPE bigint USING seen * 2, ALTER COLUMN at DROP DEFAULT, ALTER COLUMN phone SET NOT NULL
-- then
ALTER TABLE ONLY kept ADD CONSTRAINT few CHECK (seen < 100), ADD UNIQUE (phone), DROP COLUMN at
-- then
ALTER TABLE kept RENAME COLUMN seen TO looked
-- then
ALTER TABLE kept DROP CONSTRAINT few, ALTER phone DROP NOT NULL, ALTER looked SET DEFAULT 7
-- then
ALTER TABLE kept RENAME TO held
-- then
INSERT INTO held (id) VALUES (9)
-- then
SELECT * FROM held ORDER BY id
-- then
DROP TABLE held
-- case: a temporary table is altered in the query string that makes it [simple]
CREATE TEMP TABLE kept AS SELECT id, phone FROM housing.buyers WHERE id < 5; ALTER TABLE kept ADD COLUMN note text DEFAULT 'x'; ALTER TABLE kept RENAME TO held; UPDATE held SET note = phone WHERE id = 2; SELECT * FROM held ORDER BY id
-- case: an index of a temporary table is dropped
CREATE TEMP TABLE indexed (id int, phone text)
-- then
CREATE INDEX indexed_phone ON indexed (phone)
-- then
DROP INDEX indexed_phone
-- then
DROP INDEX IF EXISTS indexed_phone
-- case: a tenant's number in a setting of the application's own
BEGIN
-- then
SET LOCAL shop.tenant = '7'
-- then
SELECT set_config('shop.region', 'north', true), current_setting('shop.tenant'), current_setting('shop.region', true), current_setting('shop.none', true)
-- then
SHOW shop.tenant
-- then
SELECT id, phone FROM housing.buyers WHERE id::text = current_setting('shop.tenant') ORDER BY id
-- then
RESET shop.tenant
-- then
COMMIT
