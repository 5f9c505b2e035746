-- channel: operators that no text names, of a schema in front of pg_catalog
-- case: in [refused]
SET search_path = operators, pg_catalog
-- then
SELECT '13886500024'::text IN ('x'::text)
-- case: not in [refused]
SET search_path = operators, pg_catalog
-- then
SELECT '13886500024'::text NOT IN ('x'::text)
-- case: any [refused]
SET search_path = operators, pg_catalog
-- then
SELECT '13886500024'::text = ANY(ARRAY['x'])
-- case: between [refused]
SET search_path = operators, pg_catalog
-- then
SELECT '13886500024'::text BETWEEN 'a'::text AND 'b'::text
-- case: nullif [refused]
SET search_path = operators, pg_catalog
-- then
SELECT NULLIF('13886500024'::text,'x'::text)
-- case: case [refused]
SET search_path = operators, pg_catalog
-- then
SELECT CASE '13886500024'::text WHEN 'x'::text THEN 1 ELSE 0 END
-- case: distinct [refused]
SET search_path = operators, pg_catalog
-- then
SELECT '13886500024'::text IS DISTINCT FROM 'x'::text
-- case: like [refused]
SET search_path = operators, pg_catalog
-- then
SELECT '13886500024'::text LIKE 'x'::text
-- case: similar [refused]
SET search_path = operators, pg_catalog
-- then
SELECT '13886500024'::text SIMILAR TO 'x'::text
-- case: row [refused]
SET search_path = operators, pg_catalog
-- then
SELECT ROW('13886500024'::text,1) = ROW('x'::text,1)
-- case: rows in [refused]
SET search_path = operators, pg_catalog
-- then
SELECT ('13886500024'::text,1) IN (('x'::text,1))
-- case: in of a subquery [refused]
SET search_path = operators, pg_catalog
-- then
SELECT '13886500024'::text IN (SELECT 'x'::text)
-- case: row of a subquery [refused]
SET search_path = operators, pg_catalog
-- then
SELECT ('13886500024'::text,1) = (SELECT 'x'::text,1)
-- case: not like [attack]
SET search_path = operators, pg_catalog
-- then
SELECT '13886500024'::text NOT LIKE 'x'::text
-- case: rows distinct [refused]
SET search_path = operators, pg_catalog
-- then
SELECT ROW('13886500024'::text) IS DISTINCT FROM ROW('x'::text)
-- case: ilike [attack]
SET search_path = operators, pg_catalog
-- then
SELECT '13886500024'::text ILIKE 'x'::text
-- case: using [refused]
SET search_path = operators, pg_catalog
-- then
SELECT count(*) FROM (SELECT '13886500024'::text AS k) a JOIN (SELECT 'x'::text AS k) b USING (k)
-- case: natural [refused]
SET search_path = operators, pg_catalog
-- then
SELECT count(*) FROM (SELECT '13886500024'::text AS k) a NATURAL JOIN (SELECT 'x'::text AS k) b
-- case: union [attack]
SET search_path = operators, pg_catalog
-- then
SELECT '13886500024'::text UNION SELECT 'x'::text
-- case: distinct aggregate [attack]
SET search_path = operators, pg_catalog
-- then
SELECT count(DISTINCT '13886500024'::text)
-- case: order using [attack]
SET search_path = operators, pg_catalog
-- then
SELECT 1 ORDER BY 'a'::text USING <
-- case: cte cycle [attack]
SET search_path = operators, pg_catalog
-- then
WITH RECURSIVE r(k) AS (SELECT 'x'::text UNION ALL SELECT k||'y' FROM r WHERE length(k)<3) CYCLE k SET c USING p SELECT * FROM r
-- case: cycle to [attack]
SET search_path = operators, pg_catalog
-- then
WITH RECURSIVE r(k) AS (SELECT 'x'::text UNION ALL SELECT k||'y' FROM r WHERE length(k)<3) CYCLE k SET c TO '13886500024'::text DEFAULT 'n'::text USING p SELECT * FROM r
-- case: prepare [refused]
SET search_path = operators, pg_catalog
-- then
PREPARE z AS SELECT '13886500024'::text IN ('x'::text)
-- case: temp check [refused]
SET search_path = operators, pg_catalog
-- then
CREATE TEMP TABLE tz (a text CHECK (a IN ('x'::text, 'y'::text)))
-- case: in with a computed left side [refused]
SET search_path = operators, pg_catalog
-- then
SELECT CASE WHEN true THEN '13886500024'::text END IN ('x'::text)
-- case: extended path change between parse and execute [refused]
PREPARE z AS SELECT '13886500024'::text IN ('x'::text, 'y'::text)
-- then
SET search_path = operators, pg_catalog
-- then
EXECUTE z
-- case: temp default under path [attack]
SET search_path = pg_catalog
-- then
CREATE TEMP TABLE tz (a text, b bool GENERATED ALWAYS AS (a = 'x') STORED)
-- then
SET search_path = operators, pg_catalog
-- then
INSERT INTO tz VALUES ('13886500024')
-- then
SELECT * FROM tz
-- case: index expression predicate under path [refused]
CREATE TEMP TABLE tz (a text)
-- then
SET search_path = operators, pg_catalog
-- then
CREATE INDEX ON pg_temp.tz (a) WHERE a IN ('x', 'y')
