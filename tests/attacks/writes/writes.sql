-- channel: true values copied, probed or returned by writes
-- case: insert into a permanent table [refused]
INSERT INTO app.settings SELECT id::text, phone FROM housing.buyers
-- case: update from a protected table [refused]
UPDATE app.settings SET value = b.phone FROM housing.buyers b WHERE b.id = 1
-- case: insert into a protected table [attack]
BEGIN
-- then
INSERT INTO housing.leads (id, name, phone) VALUES (1000, 'x', '13800000000')
-- then
ROLLBACK
-- case: insert that fails on a protected table, with the row in its detail [attack]
BEGIN
-- then
INSERT INTO housing.leads (id, name, phone) VALUES (1, 'x', '13800000000')
-- then
ROLLBACK
-- case: update of a protected table [attack]
BEGIN
-- then
UPDATE housing.buyers SET phone = '13800000000' WHERE id = 1
-- then
ROLLBACK
-- case: update with a probe [attack]
BEGIN
-- then
UPDATE housing.buyers SET level = level WHERE phone = '13886500024'
-- then
ROLLBACK
-- case: delete with a probe [attack]
BEGIN
-- then
DELETE FROM housing.buyers WHERE phone = '13886500024'
-- then
ROLLBACK
-- case: delete returning [attack]
BEGIN
-- then
DELETE FROM housing.leads RETURNING *
-- then
ROLLBACK
-- case: returning from a common table expression [attack]
BEGIN
-- then
WITH d AS (UPDATE housing.leads SET source = source RETURNING *) SELECT * FROM d
-- then
ROLLBACK
-- case: merge [refused]
MERGE INTO housing.leads l USING housing.buyers b ON l.id = b.id WHEN MATCHED THEN UPDATE SET source = b.phone
-- case: copy into a protected table [attack]
BEGIN
-- then
COPY housing.leads FROM STDIN
-- then
ROLLBACK
-- case: copy with a where [attack]
BEGIN
-- then
COPY housing.leads FROM STDIN WHERE id > 0
-- then
ROLLBACK
-- case: copy of an update [refused]
COPY (UPDATE housing.leads SET source = source RETURNING *) TO STDOUT
-- case: copy into extra, whose masks are inside [refused]
COPY housing.profiles (id, extra) FROM STDIN
-- case: copy into phones, whose masks are inside [refused]
COPY housing.profiles (id, phones) FROM STDIN
-- case: copy into raw, whose masks are inside [refused]
COPY housing.profiles (id, raw) FROM STDIN
