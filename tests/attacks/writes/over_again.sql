-- channel: masks over true values: conflicts, temporary tables, forms
-- case: SELECT ((SELECT b FROM buyers b WHERE b.id = 1)).phone [attack interference]
SELECT ((SELECT b FROM housing.buyers b WHERE b.id = 1)).phone
-- case: SELECT (j.b).phone FROM (SELECT b FROM buyers b LIMIT 1) j [attack]
SELECT (j.b).phone FROM (SELECT b FROM housing.buyers b ORDER BY id LIMIT 1) j
-- case: UPDATE buyers SET extra = NULL, phones = {} , note = WHERE [attack]
BEGIN
-- then
UPDATE housing.buyers SET extra = NULL, phones = '{}', note = '' WHERE id = 3 RETURNING extra
-- then
ROLLBACK
-- case: INSERT INTO buyers (id, phone, created_at) VALUES (1, 1391111 [attack interference]
BEGIN
-- then
INSERT INTO housing.buyers (id, phone, created_at) VALUES (1, '13911112222', now()) ON CONFLICT (id) DO UPDATE SET phone = EXCLUDED.phone || '' RETURNING phone
-- then
ROLLBACK
-- case: INSERT INTO buyers (id, phone, created_at) VALUES (1, 1391111 (2) [attack interference]
BEGIN
-- then
INSERT INTO housing.buyers (id, phone, created_at) VALUES (1, '13911112222', now()) ON CONFLICT (id) DO UPDATE SET phone = buyers.phone RETURNING phone
-- then
ROLLBACK
-- case: INSERT INTO buyers (id, phone, email, created_at) VALUES (1, [refused]
BEGIN
-- then
INSERT INTO housing.buyers (id, phone, email, created_at) VALUES (1, 'zz', 'z****@example.cn', now()) ON CONFLICT (id) DO UPDATE SET phone = EXCLUDED.email RETURNING phone
-- then
ROLLBACK
-- case: INSERT INTO buyers (id, phone, born, income, created_at) VALUE [attack interference]
BEGIN
-- then
INSERT INTO housing.buyers (id, phone, born, income, created_at) VALUES (1, 'zz', '1996-01-01', 560000, now()) ON CONFLICT (id) DO UPDATE SET born = EXCLUDED.born, income = EXCLUDED.income
-- then
SELECT born, income FROM housing.buyers WHERE id = 1
-- then
ROLLBACK
-- case: INSERT INTO buyers (id, born, created_at) VALUES (2, 1996-01- [attack interference]
BEGIN
-- then
INSERT INTO housing.buyers (id, born, created_at) VALUES (2, '1996-01-01', now()) ON CONFLICT (id) DO UPDATE SET born = EXCLUDED.born
-- then
ROLLBACK
-- case: WITH x AS (SELECT id, born FROM buyers WHERE id < 4) UPDATE ho [refused]
BEGIN
-- then
WITH x AS (SELECT id, born FROM housing.buyers WHERE id < 4) UPDATE housing.buyers b SET born = (SELECT x.born + 0 FROM x WHERE x.id = b.id) WHERE b.id < 4
-- then
ROLLBACK
-- case: UPDATE buyers b SET phone = k.phone, born = k.born, income = k [attack interference]
BEGIN
-- then
CREATE TEMP TABLE k AS SELECT id, phone, born, income, name, email FROM housing.buyers WHERE id < 6
-- then
UPDATE housing.buyers b SET phone = k.phone, born = k.born, income = k.income, name = k.name, email = k.email FROM k WHERE k.id = b.id
-- then
UPDATE housing.buyers b SET born = k.born FROM k WHERE k.id + 1 = b.id
-- then
ROLLBACK
-- case: CREATE TEMP TABLE k AS SELECT id, born, income FROM buyers WHE [attack]
BEGIN
-- then
CREATE TEMP TABLE k AS SELECT id, born, income FROM housing.buyers WHERE id < 6
-- then
UPDATE housing.buyers b SET income = k.income + 1 FROM k WHERE k.id = b.id
-- then
ROLLBACK
-- case: CREATE TEMP TABLE k AS SELECT id, replace(phone, **** , 0000 ) AS p [attack]
BEGIN
-- then
CREATE TEMP TABLE k AS SELECT id, replace(phone, '****', '0000') AS p FROM housing.buyers WHERE id < 6
-- then
UPDATE housing.buyers b SET phone = k.p FROM k WHERE k.id = b.id
-- then
ROLLBACK
-- case: UPDATE buyers SET phone = 138 0024 WHERE id = 1 [attack]
BEGIN
-- then
UPDATE housing.buyers SET phone = '138 0024' WHERE id = 1
-- then
ROLLBACK
-- case: UPDATE buyers SET phone = 1380000024 WHERE id = 1 [attack]
BEGIN
-- then
UPDATE housing.buyers SET phone = '1380000024' WHERE id = 1
-- then
ROLLBACK
-- case: UPDATE buyers SET name = 陈 WHERE id = 1 [attack]
BEGIN
-- then
UPDATE housing.buyers SET name = '陈' WHERE id = 1
-- then
ROLLBACK
-- case: UPDATE buyers SET name = 陈先生 , email = z@example.cn WHERE [attack]
BEGIN
-- then
UPDATE housing.buyers SET name = '陈先生' , email = 'z@example.cn' WHERE id = 1
-- then
ROLLBACK
-- case: UPDATE buyers SET id_no = 440305 WHERE id = 1 [attack]
BEGIN
-- then
UPDATE housing.buyers SET id_no = '440305' WHERE id = 1
-- then
ROLLBACK
-- case: UPDATE buyers SET id_no = 440305 WHERE id = 1 (2) [attack]
BEGIN
-- then
UPDATE housing.buyers SET id_no = '440305            ' WHERE id = 1
-- then
ROLLBACK
-- case: UPDATE buyers SET id_no = 440305000000000000 WHERE id = 1 [attack]
BEGIN
-- then
UPDATE housing.buyers SET id_no = '440305000000000000' WHERE id = 1
-- then
ROLLBACK
-- case: UPDATE buyers SET address = 山东省青岛市黄岛区 WHERE id = 1 [attack]
BEGIN
-- then
UPDATE housing.buyers SET address = '山东省青岛市黄岛区' WHERE id = 1
-- then
ROLLBACK
-- case: UPDATE buyers SET income = 560000.00, born = 1996-01-01 BC W [attack]
BEGIN
-- then
UPDATE housing.buyers SET income = 560000.00, born = '1996-01-01 BC' WHERE id = 1
-- then
ROLLBACK
-- case: UPDATE buyers SET income = 56e4 WHERE id = 1 [attack]
BEGIN
-- then
UPDATE housing.buyers SET income = 56e4 WHERE id = 1
-- then
ROLLBACK
-- case: UPDATE buyers SET income = 560 WHERE id = 1 [attack]
BEGIN
-- then
UPDATE housing.buyers SET income = 560 WHERE id = 1
-- then
ROLLBACK
-- case: UPDATE contracts SET bank_card = 622202 0000 WHERE id = 1 [attack]
BEGIN
-- then
UPDATE housing.contracts SET bank_card = '622202 0000' WHERE id = 1
-- then
ROLLBACK
-- case: UPDATE contracts SET bank_card = upper(bank_card) WHERE id = 1 [refused]
BEGIN
-- then
UPDATE housing.contracts SET bank_card = upper(bank_card) WHERE id = 1
-- then
ROLLBACK
-- case: UPDATE profiles SET raw = raw, partly = partly, extra = extra, [attack]
BEGIN
-- then
UPDATE housing.profiles SET raw = raw, partly = partly, extra = extra, phones = phones, years = years, mobile = mobile, id_no = id_no, home = home
-- then
ROLLBACK
-- case: UPDATE profiles SET extra = (SELECT extra) WHERE id = 1 [refused]
BEGIN
-- then
UPDATE housing.profiles SET extra = (SELECT extra) WHERE id = 1
-- then
ROLLBACK
-- case: UPDATE profiles p SET extra = q.extra FROM profiles q [refused]
BEGIN
-- then
UPDATE housing.profiles p SET extra = q.extra FROM housing.profiles q WHERE q.id = p.id
-- then
ROLLBACK
-- case: UPDATE profiles SET extra = {"phone": null, "contacts": } , y [attack interference]
BEGIN
-- then
UPDATE housing.profiles SET extra = '{"phone": null, "contacts": []}', years = '{2000-01-01}' WHERE id = 1
-- then
ROLLBACK
-- case: UPDATE co_buyers SET name = name, phone = phone; DELETE FROM h [attack interference]
BEGIN
-- then
UPDATE housing.co_buyers SET name = name, phone = phone; DELETE FROM housing.co_buyers WHERE phone LIKE '139%' RETURNING *
-- then
ROLLBACK
-- case: ALTER TABLE buyers DISABLE TRIGGER ALL [refused]
BEGIN
-- then
ALTER TABLE housing.buyers DISABLE TRIGGER ALL
-- then
ROLLBACK
-- case: SET LOCAL session_replication_role = replica [refused]
BEGIN
-- then
SET LOCAL session_replication_role = replica
-- then
ROLLBACK
-- case: UPDATE buyers SET phone = 138****9999 WHERE id = 1 [attack]
BEGIN
-- then
SAVEPOINT a
-- then
UPDATE housing.buyers SET phone = '138****9999' WHERE id = 1
-- then
ROLLBACK TO a
-- then
SELECT phone FROM housing.buyers WHERE id = 1
-- then
ROLLBACK
