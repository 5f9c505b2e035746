-- channel: temporary tables as a copy, or in the place of another table
-- case: temp table by merge of masks keeps masks [attack]
CREATE TEMP TABLE t AS TABLE housing.buyers
-- then
SELECT phone FROM t ORDER BY id LIMIT 5
-- case: temp table named as a protected table [attack]
CREATE TEMP TABLE buyers AS SELECT 1 AS id
-- then
SELECT * FROM buyers
-- then
SELECT phone FROM housing.buyers ORDER BY id LIMIT 2
-- case: temp table shadows in the search path [attack]
SET search_path = housing
-- then
CREATE TEMP TABLE buyers (id int, phone text)
-- then
SELECT * FROM buyers
-- case: temp table that inherits [refused]
CREATE TEMP TABLE child () INHERITS (housing.buyers)
-- case: temp table like a protected one [attack]
CREATE TEMP TABLE twin (LIKE housing.buyers INCLUDING ALL)
-- then
SELECT count(*) FROM twin
-- case: temp table with a default from a function [refused]
CREATE TEMP TABLE t (x text DEFAULT housing.phone_of(1))
-- case: temp table with a check that calls a function [refused]
CREATE TEMP TABLE t (x text CHECK (housing.phone_of(1) = x))
-- case: temp index by a function [refused]
CREATE TEMP TABLE t (x text)
-- then
CREATE INDEX ON t (housing.loud(x))
-- case: a protected table behind a temporary one of the same query string [attack simple]
CREATE TEMP TABLE buyers AS SELECT 1 AS id; SELECT * FROM buyers; SELECT phone FROM housing.buyers ORDER BY id LIMIT 2; DROP TABLE buyers; SELECT phone FROM buyers
-- case: a temporary table that takes a protected one's name on the path, in one query string [attack simple]
SET search_path = housing
-- then
CREATE TEMP TABLE buyers (id int); SELECT phone FROM buyers
-- case: a protected table's name after the temporary one is undone [attack simple]
SET search_path = housing, pg_temp
-- then
BEGIN; CREATE TEMP TABLE buyers (id int, phone text); ROLLBACK; SELECT phone FROM buyers ORDER BY id LIMIT 3
-- case: masks through a temporary table of the same query string [attack simple]
CREATE TEMP TABLE t AS SELECT id, phone FROM housing.buyers; UPDATE housing.buyers b SET note = t.phone FROM t WHERE t.id = b.id
-- case: a plan over a temporary table of the same query string [attack interference simple]
CREATE TEMP TABLE t AS SELECT phone FROM housing.buyers; ANALYZE t; EXPLAIN SELECT * FROM t WHERE phone > '139'
-- case: a function of a row of a temporary table of the same query string [attack simple]
CREATE TEMP TABLE t (id int); INSERT INTO t VALUES (1); SELECT (t).loud, t.phone_of FROM t
-- case: drop what is not there in the server's own schema [attack]
DROP TABLE IF EXISTS pg_catalog.nowhere, information_schema.nowhere
-- case: drop a table of the server's [refused]
DROP TABLE IF EXISTS pg_catalog.pg_authid
-- case: drop a protected table if it exists [refused]
DROP TABLE IF EXISTS nowhere, housing.buyers
-- case: alter a protected table [refused]
ALTER TABLE housing.buyers ADD COLUMN copy text
-- case: rename a protected column [refused]
ALTER TABLE housing.buyers RENAME COLUMN phone TO number
-- case: a foreign key from a temporary table to a protected one [refused]
CREATE TEMP TABLE t (phone varchar(20))
-- then
ALTER TABLE t ADD FOREIGN KEY (phone) REFERENCES housing.buyers (phone)
-- case: a column that a function fills [refused]
CREATE TEMP TABLE t (id int)
-- then
ALTER TABLE t ADD COLUMN phone text DEFAULT housing.phone_of(1)
-- case: a type that a function makes [refused]
CREATE TEMP TABLE t (id int)
-- then
ALTER TABLE t ALTER COLUMN id TYPE text USING housing.phone_of(id)
-- case: a temporary table as the child of a protected one [refused]
CREATE TEMP TABLE t (id int)
-- then
ALTER TABLE t INHERIT housing.leads
-- case: a temporary table in another schema [refused]
CREATE TEMP TABLE t (id int)
-- then
ALTER TABLE t SET SCHEMA app
-- case: a renamed temporary table in the place of a protected one [attack]
SET search_path = housing
-- then
CREATE TEMP TABLE t (id int, phone text)
-- then
ALTER TABLE t RENAME TO buyers
-- then
SELECT * FROM buyers
-- then
DROP TABLE buyers
-- then
SELECT phone FROM buyers ORDER BY id LIMIT 3
-- case: drop a protected table's index [attack]
CREATE TEMP TABLE t (id int)
-- then
DROP INDEX buyers_phone
-- case: drop a protected table's index by its schema [refused]
DROP INDEX housing.buyers_phone
