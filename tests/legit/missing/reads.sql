-- case: a function that does not exist [fails]
SELECT nowhere(1, 'a', NULL, true)
-- case: a function that a schema does not have [fails]
SELECT housing.nowhere()
-- case: a function of a schema that does not exist [fails]
SELECT nowhere.nowhere(1)
-- case: a function in FROM that does not exist [fails]
SELECT * FROM nowhere('a')
-- case: a type that does not exist [fails]
SELECT 1::nowhere
-- case: a type that a schema does not have [fails]
SELECT CAST('a' AS pg_catalog.nowhere)
-- case: a type of a schema that does not exist [fails]
SELECT '{}'::nowhere.nowhere[]
-- case: an array of a type that does not exist [fails]
SELECT '{}'::nowhere[]
-- case: a literal of a type that does not exist [fails]
SELECT nowhere 'a'
-- case: an operator that does not exist [fails]
SELECT 1 <#!> 2
-- case: an operator of a schema that does not exist [fails]
SELECT 1 OPERATOR(nowhere.+) 2
-- case: a column that does not exist [fails]
SELECT nowhere FROM housing.buyers
-- case: a column of an alias that does not exist [fails]
SELECT b.nowhere FROM housing.buyers b
-- case: a FROM item that does not exist [fails]
SELECT x.id FROM housing.buyers b
-- case: a table that does not exist [fails]
SELECT * FROM nowhere
-- case: a table that a schema does not have [fails]
SELECT * FROM housing.nowhere
-- case: a table of a schema that does not exist [fails]
SELECT * FROM nowhere.nowhere
-- case: a write to a table that does not exist [fails]
INSERT INTO nowhere VALUES (1)
-- case: a column of COPY that does not exist [fails simple]
COPY housing.buyers (nowhere) TO STDOUT
-- case: a setting that does not exist [fails simple]
SHOW nowhere
-- case: a setting that does not exist is set [fails simple]
SET nowhere = 1
-- case: a cursor that does not exist [fails simple]
FETCH 1 FROM nowhere
-- case: a statement that does not exist [fails simple]
EXECUTE nowhere
-- case: a table to drop that does not exist [fails simple]
DROP TABLE nowhere
-- case: a table to drop that a schema does not have [fails simple]
DROP TABLE housing.nowhere
-- case: a table to drop of a schema that does not exist [fails simple]
DROP TABLE nowhere.nowhere
-- case: a table to drop if it exists
DROP TABLE IF EXISTS nowhere
-- case: a table to drop if it exists in a schema
DROP TABLE IF EXISTS housing.nowhere
-- case: a table to drop if it exists beside temporary ones
CREATE TEMP TABLE here (id int)
-- then
DROP TABLE IF EXISTS here, nowhere, housing.nowhere
-- then
DROP TABLE IF EXISTS here CASCADE
-- case: a temporary table of a type that does not exist [fails simple]
CREATE TEMP TABLE t (a nowhere)
-- case: an index to drop that does not exist [fails simple]
DROP INDEX nowhere
-- case: a function of a schema that does not exist, of a column [fails]
SELECT nowhere.nowhere(id) FROM housing.buyers
