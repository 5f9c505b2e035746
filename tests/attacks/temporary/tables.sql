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
