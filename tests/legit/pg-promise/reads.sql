-- case: formatted
SELECT "id", phone FROM housing.buyers WHERE level = 2 AND name LIKE '王%' ORDER BY id
-- case: csv
SELECT id FROM housing.buyers WHERE id IN (1,2,3) ORDER BY id
-- case: named and raw
SELECT count(*)::int FROM housing.buyers WHERE level > 1
-- case: prepared
-- bind: 3
SELECT id, name FROM housing.buyers WHERE level = $1 ORDER BY id
-- case: task
SELECT max(price) FROM housing.contracts
-- case: task, 2
SELECT id FROM housing.agents ORDER BY id
-- case: transaction
begin isolation level serializable read only deferrable
-- then
savepoint sp_1_1
-- then
SELECT min(born) FROM housing.buyers
-- then
release savepoint sp_1_1
-- then
commit
-- case: several [simple]
SELECT count(*) FROM housing.buyers; SELECT count(*) FROM housing.units
