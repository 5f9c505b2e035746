-- case: screen: contract moves on
BEGIN
-- then
UPDATE housing.contracts SET status = 'filed', signed = date '2024-02-01' WHERE id = 5 AND status <> 'cancelled' RETURNING id, status, price
-- then
ROLLBACK
-- case: screen: appointment with the contact as it was read
BEGIN
-- then
UPDATE housing.handover_appointments h SET at = h.at + interval '1 day', contact_phone = '139****0021' WHERE h.id = 2 RETURNING h.id, h.at, h.contact_phone
-- then
ROLLBACK
-- case: import: rows by VALUES
BEGIN
-- then
UPDATE housing.contacts c SET phone = v.phone FROM (VALUES (1, '138****0027'), (2, '138****0034')) AS v(id, phone) WHERE c.id = v.id
-- then
SELECT id, phone FROM housing.contacts WHERE id < 3 ORDER BY id
-- then
ROLLBACK
-- case: import: only what is given
BEGIN
-- then
UPDATE housing.buyers b SET phone = COALESCE(v.phone, b.phone), level = v.level FROM (VALUES (1, NULL::text, 5), (2, '186****0026', 6)) AS v(id, phone, level) WHERE b.id = v.id
-- then
SELECT id, phone, level FROM housing.buyers WHERE id < 3 ORDER BY id
-- then
ROLLBACK
-- case: import: what changed, counted
BEGIN
-- then
WITH u AS (UPDATE housing.contacts SET phone = phone WHERE id < 6 RETURNING id, phone) SELECT phone, count(*) FROM u GROUP BY phone ORDER BY phone
-- then
ROLLBACK
-- case: import: rows that fell out
BEGIN
-- then
DELETE FROM housing.contacts c WHERE id < 3 RETURNING (c).phone, (c).*, c::text, (c.*)::text, to_json(c), ROW(c.*)
-- then
ROLLBACK
-- case: import: conflicts keep what is there
BEGIN
-- then
INSERT INTO housing.contacts (id, phone) VALUES (1, '13900001111'), (1001, '13900002222') ON CONFLICT (id) DO UPDATE SET id = contacts.id WHERE contacts.id > 5 RETURNING id, double
-- then
ROLLBACK
-- case: import: conflict, with what is there
BEGIN
-- then
INSERT INTO housing.contacts (id, phone) VALUES (1, '13900001111') ON CONFLICT (id) DO UPDATE SET id = excluded.id RETURNING id, phone
-- then
ROLLBACK
-- case: events from visits
BEGIN
-- then
INSERT INTO app.events SELECT 1000 + v.id, 'visit', v.at, jsonb_build_object('buyer', v.buyer_id, 'agent', v.agent_id) FROM housing.visits v WHERE v.id < 12 RETURNING id
-- then
ROLLBACK
-- case: events: document grows
BEGIN
-- then
UPDATE app.events SET payload = COALESCE(payload, '{}') || jsonb_build_object('seen', true), at = now() WHERE id = 4 RETURNING id, payload
-- then
ROLLBACK
-- case: events: document by path
BEGIN
-- then
UPDATE app.events SET payload = jsonb_set(COALESCE(payload, '{}'), '{by}', '"clerk"', true) WHERE id = 4 RETURNING payload ->> 'by'
-- then
ROLLBACK
-- case: settings: merge
BEGIN
-- then
MERGE INTO app.settings s USING (VALUES ('city', 'x'), ('other', 'y')) AS v(key, value) ON s.key = v.key WHEN MATCHED THEN UPDATE SET value = v.value WHEN NOT MATCHED THEN INSERT (key, value) VALUES (v.key, v.value)
-- then
ROLLBACK
-- case: staged ids
BEGIN
-- then
CREATE TEMP TABLE picked ON COMMIT DROP AS SELECT id, agent_id FROM housing.buyers WHERE phone LIKE '138%' AND id < 20
-- then
UPDATE housing.visits v SET agent_id = p.agent_id FROM picked p WHERE p.id = v.buyer_id
-- then
INSERT INTO app.events SELECT 2000 + id, 'picked', timestamptz '2024-01-01', NULL FROM picked
-- then
ROLLBACK
-- case: orphans
BEGIN
-- then
DELETE FROM housing.co_buyers c USING housing.contracts k WHERE k.id = c.contract_id AND k.status = 'cancelled'
-- then
ROLLBACK
-- case: new contract with its parties
BEGIN
-- then
INSERT INTO housing.contracts (id, unit_id, buyer_id, agent_id, signed, price, status, bank_card) VALUES (5001, 4, 3, 2, '2024-03-01', 1500000, 'signed', '6222021234567890123')
-- then
INSERT INTO housing.co_buyers (contract_id, ordinal, name, phone, relation) VALUES (5001, 1, '李强', '13900001111', 'spouse'), (5001, 2, '王芳', NULL, 'parent') RETURNING contract_id, ordinal
-- then
UPDATE housing.units SET status = 'reserved' WHERE id = 4
-- then
ROLLBACK
-- case: cancel everything of a lead
BEGIN
-- then
WITH gone AS (DELETE FROM housing.leads WHERE id = 5 RETURNING id, source) SELECT id, source FROM gone
-- then
ROLLBACK
-- case: the next number, as ORMs ask for it
SELECT nextval('series.ids') > 0 AS drawn
-- case: the next number by a cast name
SELECT nextval('series.ids'::regclass) > 0, nextval(('series.ids'::text)::regclass) IS NOT NULL
-- case: the next number in a row that is inserted
BEGIN
-- then
INSERT INTO app.settings (key, value) VALUES ('next' || nextval('series.ids')::text, 'x')
-- then
ROLLBACK
-- case: rows of VALUES
BEGIN
-- then
INSERT INTO housing.leads (id, name, phone) SELECT * FROM (VALUES (7001, '王芳', '13912345678'), (7002, '李强', NULL)) v
-- then
ROLLBACK
-- case: rows of a document
BEGIN
-- then
INSERT INTO housing.leads (id, name, phone) SELECT * FROM json_to_recordset('[{"id": 7001, "name": "王芳", "phone": "13912345678"}]') AS x(id int, name text, phone text)
-- then
ROLLBACK
-- case: rows of a temporary table
BEGIN
-- then
CREATE TEMP TABLE stage (id int, name text, phone text)
-- then
INSERT INTO stage VALUES (7001, '王芳', '13912345678')
-- then
INSERT INTO housing.leads (id, name, phone) SELECT * FROM stage
-- then
ROLLBACK
-- case: the next number, looked up in VALUES
BEGIN
-- then
INSERT INTO housing.leads (id, name, phone) VALUES ((SELECT coalesce(max(l.id), 0) + 10000 FROM housing.leads l), '王芳', '13912345678')
-- then
ROLLBACK
-- case: a buyer, looked up in VALUES
BEGIN
-- then
INSERT INTO housing.visits (id, buyer_id, at) VALUES (9001, (SELECT b.id FROM housing.buyers b WHERE b.name = '王**' ORDER BY b.id LIMIT 1), now()), (9002, 1, now())
-- then
ROLLBACK
-- case: a visit of a buyer who is looked up, with a number that is put together
BEGIN
-- then
INSERT INTO housing.handover_appointments (id, unit_id, buyer_id, at, contact_phone) SELECT 9001, 1, b.id, now(), '1390000' || '0000' FROM housing.buyers b WHERE b.id = 3
-- then
ROLLBACK
-- case: screen: leads of one number go
BEGIN
-- then
DELETE FROM housing.leads WHERE id IN (SELECT id FROM housing.leads WHERE phone LIKE '138%' AND source = 'web') RETURNING id
-- then
SELECT count(*), sum(id) FROM housing.leads
-- then
ROLLBACK
-- case: screen: the first lead of many moves
BEGIN
-- then
UPDATE housing.leads SET source = 'call' WHERE id IN (SELECT id FROM housing.leads WHERE phone LIKE '13%' ORDER BY id LIMIT 1) RETURNING id, phone, source
-- then
ROLLBACK
-- case: screen: the same lead by its own name
BEGIN
-- then
UPDATE housing.leads SET source = 'call' WHERE id = (SELECT max(leads.id) FROM housing.leads WHERE leads.phone LIKE '13%' AND leads.source = 'fair') RETURNING id
-- then
ROLLBACK
-- case: import: doubles go, by WITH
BEGIN
-- then
WITH d AS (SELECT min(id) AS id FROM housing.leads GROUP BY phone HAVING count(*) > 1) DELETE FROM housing.leads WHERE id IN (SELECT id FROM d)
-- then
SELECT count(*), sum(id) FROM housing.leads
-- then
ROLLBACK
-- case: import: doubles go, by WITH of the rows
BEGIN
-- then
WITH d AS (SELECT id, row_number() OVER (PARTITION BY phone ORDER BY id) AS n FROM housing.leads) DELETE FROM housing.leads USING d WHERE d.id = leads.id AND d.n > 1
-- then
SELECT count(*), sum(id) FROM housing.leads
-- then
ROLLBACK
-- case: import: whoever has one like it
BEGIN
-- then
UPDATE housing.leads l SET source = 'twice' WHERE EXISTS (SELECT 1 FROM housing.leads WHERE leads.phone = l.phone AND leads.id <> l.id)
-- then
SELECT count(*) FROM housing.leads WHERE source = 'twice'
-- then
ROLLBACK
-- case: import: what a join finds
BEGIN
-- then
DELETE FROM housing.leads WHERE id IN (SELECT leads.id FROM housing.leads JOIN housing.buyers b ON b.phone = leads.phone AND b.level > 0)
-- then
SELECT count(*), sum(id) FROM housing.leads
-- then
ROLLBACK
-- case: queue: the next one is taken
BEGIN
-- then
UPDATE housing.leads SET source = 'taken' WHERE id = (SELECT id FROM housing.leads WHERE phone IS NOT NULL AND source = 'web' ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED) RETURNING id, name, phone
-- then
ROLLBACK
-- case: report: figures of a joined list
BEGIN
-- then
UPDATE app.events e SET payload = jsonb_build_object('level', x.level) FROM (SELECT * FROM housing.buyers) x WHERE x.id = e.id AND x.phone LIKE '13%' RETURNING e.id, e.payload
-- then
ROLLBACK
-- case: report: one row a buyer, by WITH
BEGIN
-- then
WITH s AS (SELECT * FROM housing.buyers) INSERT INTO app.events (id, kind, at) SELECT 5000 + id, 'seen', created_at FROM s WHERE id < 6
-- then
SELECT * FROM app.events WHERE id > 5000 ORDER BY id
-- then
ROLLBACK
-- case: report: by WITH of named columns
BEGIN
-- then
WITH s AS (SELECT id, name, phone, level FROM housing.buyers WHERE phone LIKE '13%') INSERT INTO app.events (id, kind, at, payload) SELECT 5000 + s.id, 'level', '2024-01-01', to_jsonb(s.level) FROM s WHERE s.name IS NOT NULL
-- then
SELECT * FROM app.events WHERE id > 5000 ORDER BY id
-- then
ROLLBACK
-- case: report: through two levels
BEGIN
-- then
INSERT INTO app.events (id, kind, at) SELECT y.n + 5000, 'x', '2024-01-01' FROM (SELECT x.id AS n, x.phone AS p FROM (SELECT * FROM housing.buyers WHERE level > 0) x) y WHERE y.p LIKE '138%'
-- then
SELECT * FROM app.events WHERE id > 5000 ORDER BY id
-- then
ROLLBACK
-- case: report: groups by what is masked
BEGIN
-- then
WITH s AS (SELECT phone, count(*) AS n, min(id) AS first FROM housing.leads GROUP BY phone) INSERT INTO app.events (id, kind, at, payload) SELECT 5000 + first, 'n', '2024-01-01', to_jsonb(n) FROM s WHERE n > 0
-- then
SELECT * FROM app.events WHERE id > 5000 ORDER BY id
-- then
ROLLBACK
-- case: report: MERGE from a list
BEGIN
-- then
MERGE INTO app.settings t USING (SELECT b.id, b.phone, b.level FROM housing.buyers b WHERE b.id < 5) s ON t.key = s.id::text WHEN NOT MATCHED AND s.phone IS NOT NULL THEN INSERT (key, value) VALUES (s.id::text, s.level::text)
-- then
SELECT * FROM app.settings ORDER BY key
-- then
ROLLBACK
-- case: screen: who was changed is noted
BEGIN
-- then
WITH u AS (UPDATE housing.leads SET source = 'x' WHERE id < 4 RETURNING id, phone) INSERT INTO app.events (id, kind, at) SELECT 5000 + u.id, 'lead', '2024-01-01' FROM u WHERE u.phone LIKE '1%'
-- then
SELECT * FROM app.events WHERE id > 5000 ORDER BY id
-- then
ROLLBACK
