-- channel: items of FROM that have the name of what is written to: whose a column is must be told as the server tells it
-- case: the target from inside of another's query [attack]
BEGIN
-- then
DELETE FROM housing.leads WHERE EXISTS (SELECT 1 FROM housing.buyers b WHERE b.id = leads.id AND leads.phone = b.phone)
-- then
SELECT count(*), sum(id) FROM housing.leads
-- then
ROLLBACK
-- case: the target by its schema, behind one of its name [attack]
BEGIN
-- then
DELETE FROM housing.leads WHERE EXISTS (SELECT 1 FROM housing.buyers leads WHERE leads.id < 20 AND housing.leads.phone LIKE '____1234___')
-- then
SELECT count(*), sum(id) FROM housing.leads
-- then
ROLLBACK
-- case: the same of a number that nobody has masked [attack]
BEGIN
-- then
DELETE FROM housing.leads WHERE EXISTS (SELECT 1 FROM app.settings leads WHERE housing.leads.phone !~ '[*]')
-- then
SELECT count(*), sum(id) FROM housing.leads
-- then
ROLLBACK
-- case: an item beside, from a query without LATERAL [attack]
BEGIN
-- then
DELETE FROM housing.leads WHERE EXISTS (SELECT 1 FROM housing.buyers leads, (SELECT leads.phone) x WHERE x.phone !~ '[*]')
-- then
SELECT count(*), sum(id) FROM housing.leads
-- then
ROLLBACK
-- case: the same with LATERAL [attack]
BEGIN
-- then
DELETE FROM housing.leads WHERE EXISTS (SELECT 1 FROM housing.buyers leads, LATERAL (SELECT leads.phone) x WHERE x.phone !~ '[*]')
-- then
SELECT count(*), sum(id) FROM housing.leads
-- then
ROLLBACK
-- case: the condition of a join that does not join it [attack]
BEGIN
-- then
DELETE FROM housing.leads WHERE EXISTS (SELECT 1 FROM app.settings leads, app.events e JOIN app.events f ON leads.phone !~ '[*]')
-- then
SELECT count(*), sum(id) FROM housing.leads
-- then
ROLLBACK
-- case: an argument of a function in FROM [attack]
BEGIN
-- then
DELETE FROM housing.leads WHERE EXISTS (SELECT 1 FROM lower(leads.phone) f, housing.buyers leads WHERE f !~ '[*]')
-- then
SELECT count(*), sum(id) FROM housing.leads
-- then
ROLLBACK
-- case: under the name of a join [attack]
BEGIN
-- then
DELETE FROM housing.leads WHERE EXISTS (SELECT 1 FROM (housing.leads CROSS JOIN app.settings) j WHERE leads.phone !~ '[*]')
-- then
SELECT count(*), sum(id) FROM housing.leads
-- then
ROLLBACK
-- case: an arm of a UNION [attack]
BEGIN
-- then
DELETE FROM housing.leads WHERE id IN (SELECT id FROM housing.leads WHERE id < 0 UNION SELECT leads.id FROM app.settings WHERE leads.phone !~ '[*]')
-- then
SELECT count(*), sum(id) FROM housing.leads
-- then
ROLLBACK
-- case: a WITH query inside [attack]
BEGIN
-- then
DELETE FROM housing.leads WHERE id IN (WITH w AS (SELECT leads.id WHERE leads.phone !~ '[*]') SELECT w.id FROM w, housing.leads)
-- then
SELECT count(*), sum(id) FROM housing.leads
-- then
ROLLBACK
-- case: the same name at two levels [attack]
BEGIN
-- then
DELETE FROM housing.leads WHERE EXISTS (SELECT 1 FROM housing.buyers leads WHERE EXISTS (SELECT 1 FROM app.settings WHERE leads.phone !~ '[*]'))
-- then
SELECT count(*), sum(id) FROM housing.leads
-- then
ROLLBACK
-- case: a column that the nearer one lacks [attack]
BEGIN
-- then
DELETE FROM housing.leads WHERE EXISTS (SELECT 1 FROM housing.agents leads WHERE phone !~ '[*]')
-- then
SELECT count(*), sum(id) FROM housing.leads
-- then
ROLLBACK
-- case: a column alias in the way [attack]
BEGIN
-- then
DELETE FROM housing.leads WHERE EXISTS (SELECT 1 FROM housing.buyers leads(phone, a, b, c) WHERE leads.b !~ '[*]' OR leads.phone < 0)
-- then
SELECT count(*), sum(id) FROM housing.leads
-- then
ROLLBACK
-- case: ORDER BY an output [attack interference]
BEGIN
-- then
DELETE FROM housing.leads WHERE id = (SELECT source::text::int AS phone FROM housing.leads ORDER BY phone LIMIT 1)
-- then
SELECT count(*), sum(id) FROM housing.leads
-- then
ROLLBACK
-- case: which is first by true values [attack]
BEGIN
-- then
DELETE FROM housing.leads WHERE id IN (SELECT id FROM housing.leads ORDER BY phone, id LIMIT 3) RETURNING id
-- then
ROLLBACK
-- case: the whole row of the target [attack]
BEGIN
-- then
DELETE FROM housing.leads WHERE EXISTS (SELECT 1 FROM app.settings WHERE leads::text !~ '[*]')
-- then
SELECT count(*), sum(id) FROM housing.leads
-- then
ROLLBACK
-- case: the whole row of a nearer one [attack]
BEGIN
-- then
DELETE FROM housing.leads WHERE EXISTS (SELECT 1 FROM housing.leads WHERE leads::text !~ '[*]')
-- then
SELECT count(*), sum(id) FROM housing.leads
-- then
ROLLBACK
-- case: a name of USING [attack interference]
BEGIN
-- then
DELETE FROM housing.leads WHERE id IN (SELECT leads.id FROM housing.leads JOIN housing.buyers USING (phone) WHERE phone !~ '[*]')
-- then
SELECT count(*), sum(id) FROM housing.leads
-- then
ROLLBACK
-- case: stored from a nearer one [refused]
BEGIN
-- then
UPDATE housing.leads SET source = (SELECT leads.phone FROM housing.leads WHERE leads.id = 1) WHERE id = 2
-- then
ROLLBACK
-- case: stored in its own column [refused]
BEGIN
-- then
UPDATE housing.leads SET phone = (SELECT leads.phone FROM housing.leads WHERE leads.id = 1) WHERE id = 2
-- then
ROLLBACK
-- case: proposed, and kept by its filter [attack]
BEGIN
-- then
INSERT INTO housing.leads (id, source) SELECT id, 'again' FROM housing.leads WHERE phone !~ '[*]' ON CONFLICT (id) DO UPDATE SET source = excluded.source WHERE leads.phone !~ '[*]'
-- then
SELECT count(*) FROM housing.leads WHERE source = 'again'
-- then
ROLLBACK
-- case: MERGE from itself [attack]
BEGIN
-- then
MERGE INTO housing.leads USING (SELECT leads.id FROM housing.leads WHERE leads.phone !~ '[*]') s ON s.id = leads.id WHEN MATCHED THEN DELETE
-- then
SELECT count(*), sum(id) FROM housing.leads
-- then
ROLLBACK
-- case: two writes of one name [attack interference]
BEGIN
-- then
WITH w AS (UPDATE housing.leads SET source = 'w' WHERE phone !~ '[*]' RETURNING id, phone) DELETE FROM housing.leads WHERE id IN (SELECT w.id FROM w WHERE w.phone !~ '[*]') AND leads.phone !~ '[*]'
-- then
SELECT count(*), sum(id) FROM housing.leads
-- then
ROLLBACK
