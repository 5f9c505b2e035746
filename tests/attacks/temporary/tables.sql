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
-- case: a subquery in the place of a type [attack]
CREATE TEMP TABLE t (id int, x text)
-- then
INSERT INTO t VALUES (1)
-- then
ALTER TABLE t ALTER COLUMN x TYPE text USING (SELECT phone FROM housing.buyers WHERE id = 3)
-- then
SELECT x FROM t
-- case: a subquery as a default [attack]
CREATE TEMP TABLE t (id int, x text)
-- then
ALTER TABLE t ALTER x SET DEFAULT (SELECT phone FROM housing.buyers WHERE id = 3)
-- then
INSERT INTO t (id) VALUES (1)
-- then
SELECT x FROM t
-- case: a subquery in a check [attack]
CREATE TEMP TABLE t (id int, x text)
-- then
ALTER TABLE t ADD CHECK (x IN (SELECT phone FROM housing.buyers))
-- case: a column of a protected table's rows [attack]
CREATE TEMP TABLE t (id int, x text)
-- then
ALTER TABLE t ADD COLUMN b housing.buyers
-- then
INSERT INTO t (b) SELECT b FROM housing.buyers b WHERE b.id < 4
-- then
SELECT (t.b).phone, t.b FROM t ORDER BY (t.b).id
-- case: a column of rows that are kept, as text [attack]
CREATE TEMP TABLE t (id int, x text)
-- then
ALTER TABLE t ADD COLUMN b housing.buyers
-- then
ALTER TABLE t ALTER COLUMN b TYPE text USING b::text
-- then
SELECT * FROM t
-- case: a column of a type that runs code [refused]
CREATE TEMP TABLE t (id int, x text)
-- then
ALTER TABLE t ALTER COLUMN x TYPE app.checked
-- case: a column that is cast by somebody's function [refused]
CREATE TEMP TABLE t (id int, x text)
-- then
ALTER TABLE t ADD COLUMN s app.secret DEFAULT 'a'::text::app.secret
-- case: a type change that casts by somebody's function [refused]
CREATE TEMP TABLE t (id int, x text)
-- then
ALTER TABLE t ALTER COLUMN x TYPE app.secret
-- case: a check by somebody's operator [refused]
CREATE TEMP TABLE t (id int, x text)
-- then
ALTER TABLE t ADD CONSTRAINT c CHECK (x OPERATOR(app.===) x)
-- case: a check by somebody's operator on the path [refused]
SET search_path = app
-- then
CREATE TEMP TABLE t (id int, x text)
-- then
ALTER TABLE t ADD CONSTRAINT c CHECK (x === x)
-- case: a check by an operator that no text names [refused]
SET search_path = operators, pg_catalog
-- then
CREATE TEMP TABLE t (id int, x text)
-- then
ALTER TABLE t ADD CONSTRAINT c CHECK (x IN ('a', 'b'))
-- case: a default by an operator of the path [refused]
SET search_path = operators, pg_catalog
-- then
CREATE TEMP TABLE t (id int, x text)
-- then
ALTER TABLE t ALTER x SET DEFAULT ('a' = 'b')::text
-- case: an index by somebody's operator [refused]
CREATE TEMP TABLE t (id int, x text)
-- then
CREATE INDEX ON t ((x OPERATOR(app.===) 'a'))
-- case: an index of some rows by somebody's operator [refused]
CREATE TEMP TABLE t (id int, x text)
-- then
CREATE INDEX ON t (id) WHERE x OPERATOR(app.===) 'a'
-- case: a generated column by somebody's function [refused]
CREATE TEMP TABLE t (id int, x text)
-- then
ALTER TABLE t ADD COLUMN g text GENERATED ALWAYS AS (housing.phone_of(1)) STORED
-- case: a temporary table given to somebody [refused]
CREATE TEMP TABLE t (id int, x text)
-- then
ALTER TABLE t OWNER TO registrar
-- case: a temporary table with its triggers [refused]
CREATE TEMP TABLE t (id int, x text)
-- then
ALTER TABLE t DISABLE TRIGGER ALL
-- case: a temporary table with policies [refused]
CREATE TEMP TABLE t (id int, x text)
-- then
ALTER TABLE t ENABLE ROW LEVEL SECURITY
-- case: a temporary table with settings [refused]
CREATE TEMP TABLE t (id int, x text)
-- then
ALTER TABLE t SET (autovacuum_enabled = off)
-- case: a temporary table of a type [refused]
CREATE TEMP TABLE t (id int, x text)
-- then
ALTER TABLE t OF housing.address
-- case: a temporary table as a partition [refused]
CREATE TEMP TABLE t (id int, x text)
-- then
ALTER TABLE t ATTACH PARTITION housing.leads DEFAULT
-- case: a temporary table with a rule [refused]
CREATE TEMP TABLE t (id int, x text)
-- then
ALTER TABLE t DISABLE RULE x
-- case: a temporary table that is logged [refused]
CREATE TEMP TABLE t (id int, x text)
-- then
ALTER TABLE t SET LOGGED
-- case: a temporary table in another space [refused]
CREATE TEMP TABLE t (id int, x text)
-- then
ALTER TABLE t SET TABLESPACE pg_default
-- case: a temporary table with statistics of a column [refused]
CREATE TEMP TABLE t (id int, x text)
-- then
ALTER TABLE t ALTER COLUMN x SET STATISTICS 10
-- case: a temporary table that is clustered [refused]
CREATE TEMP TABLE t (id int, x text)
-- then
ALTER TABLE t CLUSTER ON i
-- case: a temporary table that is replicated [refused]
CREATE TEMP TABLE t (id int, x text)
-- then
ALTER TABLE t REPLICA IDENTITY FULL
-- case: a temporary table with an exclusion [refused]
CREATE TEMP TABLE t (id int, x text)
-- then
ALTER TABLE t ADD EXCLUDE USING gist (x WITH =)
-- case: a temporary table with another's key [refused]
CREATE TEMP TABLE t (id int, x text)
-- then
ALTER TABLE t ADD CONSTRAINT f FOREIGN KEY (id) REFERENCES housing.buyers NOT VALID
-- case: a temporary table with an index as its key [refused]
CREATE TEMP TABLE t (id int, x text)
-- then
ALTER TABLE t ADD CONSTRAINT k UNIQUE USING INDEX i
-- case: a temporary table by a column that refers [refused]
CREATE TEMP TABLE t (id int, x text)
-- then
ALTER TABLE t ADD COLUMN b int REFERENCES housing.buyers
-- case: alter an index of a protected table [refused]
ALTER INDEX housing.buyers_phone RENAME TO other
-- case: alter an index of a protected table as if it were one [attack interference]
ALTER TABLE housing.buyers_phone RENAME TO other
-- case: alter an index by a temporary table's name [attack]
CREATE TEMP TABLE t (id int, x text)
-- then
ALTER INDEX t RENAME TO u
-- case: rename a constraint of a protected table [refused]
ALTER TABLE housing.buyers RENAME CONSTRAINT buyers_pkey TO other
-- case: rename a protected view [refused]
ALTER VIEW housing.last_visit RENAME TO other
-- case: rename a protected view's column [refused]
ALTER TABLE housing.last_visit RENAME COLUMN phone TO other
-- case: alter a table of every tablespace [refused]
ALTER TABLE ALL IN TABLESPACE pg_default SET TABLESPACE pg_default
-- case: alter what stands behind a protected table's name [refused]
SET search_path = housing, pg_temp
-- then
CREATE TEMP TABLE buyers (id int)
-- then
ALTER TABLE buyers ADD COLUMN x text
-- case: drop what stands behind a protected table's name [refused]
SET search_path = housing, pg_temp
-- then
CREATE TEMP TABLE buyers (id int)
-- then
DROP TABLE buyers
-- case: a protected table's name in one query string, behind it [attack simple]
SET search_path = housing, pg_temp
-- then
CREATE TEMP TABLE buyers (id int, phone text); INSERT INTO buyers VALUES (1, 'x'); SELECT phone FROM buyers ORDER BY id
-- case: a protected table's name by a renaming in one query string [attack simple]
SET search_path = housing
-- then
CREATE TEMP TABLE t (id int, phone text); ALTER TABLE t RENAME TO buyers; SELECT phone FROM buyers; ALTER TABLE buyers RENAME TO t; SELECT phone FROM buyers ORDER BY id LIMIT 3
-- case: a protected table's name after a savepoint [attack simple]
SET search_path = housing
-- then
BEGIN; SAVEPOINT s; CREATE TEMP TABLE buyers (id int, phone text); ROLLBACK TO s; SELECT phone FROM buyers ORDER BY id LIMIT 3
-- case: a protected table's name after a savepoint, one by one [attack]
SET search_path = housing
-- then
BEGIN
-- then
SAVEPOINT s
-- then
CREATE TEMP TABLE buyers (id int, phone text)
-- then
SELECT phone FROM buyers
-- then
ROLLBACK TO s
-- then
SELECT phone FROM buyers ORDER BY id LIMIT 3
-- then
ROLLBACK
-- case: a renaming that is undone [attack]
SET search_path = housing
-- then
CREATE TEMP TABLE t (id int, phone text)
-- then
BEGIN
-- then
ALTER TABLE t RENAME TO buyers
-- then
SELECT phone FROM buyers
-- then
ROLLBACK
-- then
SELECT phone FROM buyers ORDER BY id LIMIT 3
-- case: a protected table's name is gone at commit [attack simple]
SET search_path = housing
-- then
BEGIN; CREATE TEMP TABLE buyers (id int, phone text) ON COMMIT DROP; COMMIT; SELECT phone FROM buyers ORDER BY id LIMIT 3
-- case: prepared over a temporary table, then over what it hid [attack interference]
SET search_path = housing
-- then
CREATE TEMP TABLE buyers (id int, phone text)
-- then
PREPARE p AS SELECT phone FROM buyers ORDER BY id LIMIT 3
-- then
ALTER TABLE buyers RENAME TO other
-- then
EXECUTE p
-- case: a cursor over a temporary table that is renamed [attack]
SET search_path = housing
-- then
BEGIN
-- then
CREATE TEMP TABLE buyers (id int, phone text)
-- then
DECLARE c CURSOR FOR SELECT phone FROM buyers
-- then
ALTER TABLE buyers RENAME TO other
-- then
FETCH ALL FROM c
-- then
ROLLBACK
-- case: prepared over a column that another becomes [attack]
CREATE TEMP TABLE t AS SELECT id, phone, name FROM housing.buyers WHERE id < 4
-- then
PREPARE p AS SELECT phone FROM t ORDER BY id
-- then
ALTER TABLE t DROP COLUMN phone
-- then
ALTER TABLE t RENAME COLUMN name TO phone
-- then
EXECUTE p
-- case: masks written back by a temporary table that was altered [attack]
CREATE TEMP TABLE t AS SELECT id, phone FROM housing.buyers WHERE id < 4
-- then
ALTER TABLE t ADD COLUMN n text DEFAULT 'x'
-- then
UPDATE housing.buyers b SET phone = t.phone FROM t WHERE t.id = b.id
-- then
SELECT id, phone FROM housing.buyers WHERE id < 4 ORDER BY id
-- case: a function of a row by the name of a column that was dropped [refused simple]
CREATE TEMP TABLE t (id int, loud text)
-- then
SET search_path = housing
-- then
ALTER TABLE t DROP COLUMN loud; SELECT (t.id::text).loud FROM t
-- case: a column of a name that is kept for true values [attack]
CREATE TEMP TABLE t (id int, x text)
-- then
ALTER TABLE t RENAME COLUMN x TO "menshen:3"
-- then
SELECT * FROM housing.buyers b NATURAL JOIN t WHERE b.phone = '13800000001'
-- then
SELECT b.id FROM housing.buyers b JOIN t USING ("menshen:3") WHERE b.phone = '13800000001'
-- case: errors of a temporary table's columns show masks [attack]
CREATE TEMP TABLE t AS SELECT id, phone, name FROM housing.buyers WHERE id = 2
-- then
ALTER TABLE t ALTER COLUMN phone TYPE int USING phone::int
-- case: drop an index that is not one's own [attack]
CREATE TEMP TABLE t (id int)
-- then
DROP INDEX pg_temp.buyers_phone, pg_temp.buyers_pkey
-- case: drop what is not there under the name of an index of the server's [attack interference]
DROP TABLE IF EXISTS housing.pg_class_oid_index, nowhere.pg_proc_oid_index
