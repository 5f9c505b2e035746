-- case: insertmanyvalues
BEGIN
-- then
INSERT INTO housing.leads (id, name, phone, source) SELECT p0::INTEGER, p1::VARCHAR, p2::VARCHAR, p3::VARCHAR FROM (VALUES (1001, '王芳', '13900001111', 'web', 0), (1002, '李强', '13900002222', 'fair', 1)) AS imp_sen(p0, p1, p2, p3, sen_counter) ORDER BY sen_counter RETURNING housing.leads.id, housing.leads.id AS id__1
-- then
ROLLBACK
-- case: flush of an object
-- bind: 139****0011, d****@example.com, 2, 3
BEGIN
-- then
UPDATE housing.buyers SET phone=$1::VARCHAR, email=$2::VARCHAR, level=$3::INTEGER WHERE housing.buyers.id = $4::INTEGER
-- then
SELECT housing.buyers.id AS housing_buyers_id, housing.buyers.phone AS housing_buyers_phone FROM housing.buyers WHERE housing.buyers.id = 3
-- then
ROLLBACK
-- case: bulk update by key
BEGIN
-- then
UPDATE housing.leads SET source='web' WHERE housing.leads.id = 4
-- then
UPDATE housing.leads SET source='fair', phone='186****0020' WHERE housing.leads.id = 4
-- then
ROLLBACK
-- case: upsert with excluded
BEGIN
-- then
INSERT INTO app.settings (key, value) VALUES ('city', '青岛'), ('new', 'x') ON CONFLICT (key) DO UPDATE SET value = excluded.value RETURNING app.settings.key
-- then
ROLLBACK
-- case: upsert into a protected table
BEGIN
-- then
INSERT INTO housing.contacts (id, phone) VALUES (2, '13900003333') ON CONFLICT (id) DO UPDATE SET phone = excluded.phone RETURNING housing.contacts.id, housing.contacts.double
-- then
ROLLBACK
-- case: delete with returning
BEGIN
-- then
DELETE FROM housing.contacts WHERE housing.contacts.id = 4 RETURNING housing.contacts.id, housing.contacts.phone
-- then
ROLLBACK
-- case: update from another table
BEGIN
-- then
UPDATE housing.units SET status='reserved' FROM housing.contracts WHERE housing.units.id = housing.contracts.unit_id AND housing.contracts.status = 'filed' AND housing.contracts.id < 5
-- then
ROLLBACK
-- case: correlated update
BEGIN
-- then
UPDATE housing.projects SET name=(SELECT max(housing.buildings.label) AS max_1 FROM housing.buildings WHERE housing.buildings.project_id = housing.projects.id) WHERE housing.projects.id = 1
-- then
ROLLBACK
