-- Beside definitions over protected columns: what programs write all the same.
-- case: columns that are tied to nothing [interference]
BEGIN
-- then
UPDATE tied.loans SET note = 'x', active = false, city = 'y' WHERE id = 1
-- then
ROLLBACK
-- case: a protected column by its value [interference]
BEGIN
-- then
UPDATE tied.loans SET phone = '15900000001' WHERE id = 1
-- then
ROLLBACK
-- case: several by CASE, as an object mapper writes them [interference]
BEGIN
-- then
UPDATE tied.loans SET phone = CASE id WHEN 1 THEN '15900000001' WHEN 2 THEN '15900000002' ELSE phone END WHERE id IN (1, 2)
-- then
ROLLBACK
-- case: several by VALUES [interference]
BEGIN
-- then
UPDATE tied.loans l SET phone = v.phone FROM (VALUES (1, '15900000001'), (2, '15900000002')) v (id, phone) WHERE v.id = l.id
-- then
ROLLBACK
-- case: all columns of a set, one of them by its default [interference]
BEGIN
-- then
UPDATE tied.loans SET deposit = 5, income = DEFAULT WHERE id = 1
-- then
ROLLBACK
-- case: rows by VALUES, one conflict [interference]
BEGIN
-- then
INSERT INTO tied.loans (id, phone, income) VALUES (1001, '15900000001', 10), (1002, '15900000002', 10) ON CONFLICT (phone) DO NOTHING RETURNING id
-- then
ROLLBACK
-- case: a row, or what is new of it [interference]
BEGIN
-- then
INSERT INTO tied.loans (id, phone, note) VALUES (1, '15900000001', 'x') ON CONFLICT (id) DO UPDATE SET phone = excluded.phone, note = excluded.note RETURNING id, note
-- then
ROLLBACK
-- case: a row of parameters without VALUES [interference]
BEGIN
-- then
INSERT INTO tied.loans (id, phone) SELECT 1001, '15900000001' WHERE NOT EXISTS (SELECT FROM tied.loans WHERE id = 1001) ON CONFLICT (phone) DO NOTHING
-- then
ROLLBACK
-- case: many rows without a protected unique column, over the key [interference]
BEGIN
-- then
INSERT INTO tied.loans (id, note) SELECT g, 'x' FROM generate_series(30, 60) g ON CONFLICT (id) DO UPDATE SET note = excluded.note RETURNING id
-- then
ROLLBACK
-- case: a table in partitions, without their names [interference]
SELECT id, note, born FROM tied.births ORDER BY id
-- case: its plan [interference]
EXPLAIN (COSTS OFF) SELECT id FROM tied.births WHERE id = 5
-- case: its rows written [interference]
BEGIN
-- then
UPDATE tied.births SET note = 'x' WHERE id = 5 RETURNING id, note
-- then
ROLLBACK
