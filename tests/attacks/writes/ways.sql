-- channel: ways by which a mask could be stored that no name of its column tells
-- case: a column of a join under a name of its own [refused]
BEGIN
-- then
INSERT INTO app.settings SELECT 'zz', c FROM (housing.leads l JOIN housing.projects p ON true) j(a, b, c, d, e) LIMIT 1
-- then
ROLLBACK
-- case: the same under the name of a clear one [refused]
BEGIN
-- then
INSERT INTO app.settings SELECT 'zz', source FROM (housing.leads l JOIN housing.projects p ON true) j(a, b, source, d) LIMIT 1
-- then
ROLLBACK
-- case: the same by UPDATE [refused]
BEGIN
-- then
UPDATE app.settings SET value = c FROM (housing.leads l JOIN housing.projects p ON true) j(a, b, c, d, e)
-- then
ROLLBACK
-- case: the same into protected columns [refused]
BEGIN
-- then
INSERT INTO housing.buyers (id, born, income, created_at) SELECT 3000 + a, q, r, now() FROM (housing.buyers l CROSS JOIN (SELECT 1) p) j(a, b, c, d, e, f, q, r) WHERE a = 2
-- then
ROLLBACK
-- case: a key of a document [refused]
BEGIN
-- then
UPDATE app.events SET payload[(SELECT phone FROM housing.buyers WHERE id = 1)] = '1' WHERE id = 1
-- then
ROLLBACK
-- case: the same of a joined row [refused]
BEGIN
-- then
UPDATE app.events SET payload[b.phone] = '1' FROM housing.buyers b WHERE b.id = app.events.id
-- then
ROLLBACK
-- case: the same by INSERT [refused]
BEGIN
-- then
INSERT INTO app.events (id, kind, at, payload['x'][(SELECT phone FROM housing.buyers WHERE id = 1)]) VALUES (9000, 'k', now(), '1')
-- then
ROLLBACK
-- case: values that are computed inside of WITH, tried against a key [attack interference]
BEGIN
-- then
WITH i AS (INSERT INTO tied.loans (id, project, phone) SELECT 70000 + g, 1, '138' || lpad(g::text, 8, '0') FROM generate_series(1, 100) g ON CONFLICT DO NOTHING RETURNING id) SELECT count(*) FROM i
-- then
ROLLBACK
