-- channel: masks through temporary tables and whole documents
-- case: masks through a temp table into an open column [attack]
CREATE TEMP TABLE t AS SELECT id, phone, income, born FROM housing.buyers WHERE id < 5
-- then
BEGIN
-- then
UPDATE housing.projects p SET name = t.phone FROM t WHERE t.id = p.id
-- then
SELECT id, name FROM housing.projects ORDER BY id
-- case: masks through a temp table into another protected row [attack]
CREATE TEMP TABLE t AS SELECT id, phone, income, born FROM housing.buyers WHERE id < 5
-- then
BEGIN
-- then
UPDATE housing.buyers b SET born = t.born, income = t.income FROM t WHERE t.id + 10 = b.id
-- case: masks through a temp table as new persons [attack]
CREATE TEMP TABLE t AS SELECT id, name, phone, income, born FROM housing.buyers WHERE id < 5
-- then
BEGIN
-- then
INSERT INTO housing.buyers (id, income, born, created_at) SELECT id + 9000, income, born, now() FROM t
-- case: mask through jsonb whole doc with one key changed [attack]
BEGIN
-- then
UPDATE housing.profiles SET extra = '{"card": "6222********1", "level": 3}' WHERE id = 1
-- case: mask in doc of another shape [attack]
BEGIN
-- then
UPDATE housing.profiles SET extra = '{"phone": "138****0024 ", "level": 3}' WHERE id = 1
-- case: array with one masked element moved [attack]
BEGIN
-- then
UPDATE housing.profiles SET phones = ARRAY['13812345678', phones[1]] WHERE id = 4
-- case: array const with masked element moved [attack]
SELECT phones FROM housing.profiles WHERE id = 4
-- then
BEGIN
-- then
UPDATE housing.profiles SET phones = '{139****0000,138****0001}' WHERE id = 4
