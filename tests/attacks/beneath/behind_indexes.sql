-- channel: order of rows behind an index that sorts by hidden values
-- case: SELECT id FROM ONLY signed WHERE project = 7 [attack]
SELECT id FROM ONLY tied.signed WHERE project = 7
-- case: SELECT id FROM signed WHERE project = 7 LIMIT 9 [attack]
SET enable_sort = off
-- then
SELECT id FROM tied.signed WHERE project = 7 LIMIT 9
-- case: SELECT string_agg(id::text, , ) FROM signed WHERE project = 7 [attack]
SELECT string_agg(id::text, ',') FROM tied.signed WHERE project = 7
-- case: SELECT array_agg(id ORDER BY project) FROM signed WHERE project < [attack]
SELECT array_agg(id ORDER BY project) FROM tied.signed WHERE project < 9
-- case: SELECT row_number() OVER (ORDER BY project), id FROM signed ORDER [attack interference]
SELECT row_number() OVER (ORDER BY project), id FROM tied.signed ORDER BY 1 LIMIT 30
-- case: SELECT id FROM signed ORDER BY project FETCH FIRST 3 ROWS WITH TI [attack interference]
SELECT id FROM tied.signed ORDER BY project FETCH FIRST 3 ROWS WITH TIES
-- case: SELECT p.id, s.id FROM projects p CROSS JOIN LATERAL (SELECT i [attack interference]
SELECT p.id, s.id FROM housing.projects p CROSS JOIN LATERAL (SELECT id FROM tied.signed s WHERE s.project = p.id LIMIT 2) s
-- case: SELECT (SELECT id FROM signed s WHERE s.project = p.id LIMIT 1) F [attack interference]
SELECT (SELECT id FROM tied.signed s WHERE s.project = p.id LIMIT 1) FROM housing.projects p
-- case: SELECT id FROM signed WHERE project IN (SELECT id FROM pr [attack interference]
SELECT id FROM tied.signed WHERE project IN (SELECT id FROM housing.projects)
-- case: SELECT id FROM signed NATURAL JOIN (SELECT 7 AS project) x [attack]
SELECT id FROM tied.signed NATURAL JOIN (SELECT 7 AS project) x
-- case: SELECT DISTINCT ON (project) id FROM signed WHERE NOT active [attack]
SELECT DISTINCT ON (project) id FROM tied.signed WHERE NOT active
-- case: SELECT id FROM signed WHERE NOT active LIMIT 5 [attack]
SELECT id FROM tied.signed WHERE NOT active LIMIT 5
-- case: SELECT id FROM signed WHERE project = 7 FOR UPDATE LIMIT 5 [attack]
BEGIN
-- then
SELECT id FROM tied.signed WHERE project = 7 FOR UPDATE LIMIT 5
-- then
ROLLBACK
-- case: WITH x AS MATERIALIZED (SELECT * FROM signed WHERE project = 7) S [attack]
WITH x AS MATERIALIZED (SELECT * FROM tied.signed WHERE project = 7) SELECT id FROM x LIMIT 5
-- case: SELECT first_value(id) OVER (PARTITION BY project), id FROM signe [attack]
SELECT first_value(id) OVER (PARTITION BY project), id FROM tied.signed WHERE project = 7 LIMIT 6
-- case: SELECT signed.id FROM signed JOIN signed z USING (project) W [attack]
SELECT signed.id FROM tied.signed JOIN tied.signed z USING (project) WHERE z.id = 7 LIMIT 9
-- case: DECLARE c SCROLL CURSOR FOR SELECT id FROM signed WHERE project = [attack]
BEGIN
-- then
DECLARE c SCROLL CURSOR FOR SELECT id FROM tied.signed WHERE project = 7
-- then
FETCH LAST FROM c
-- then
FETCH BACKWARD 3 FROM c
-- then
ROLLBACK
-- case: CREATE TEMP TABLE o AS SELECT id, row_number() OVER () FROM signe [attack]
BEGIN
-- then
CREATE TEMP TABLE o AS SELECT id, row_number() OVER () FROM tied.signed WHERE project = 7
-- then
SELECT * FROM o ORDER BY 2 LIMIT 9
-- then
ROLLBACK
-- case: MERGE INTO parent t USING (SELECT id FROM signed WHERE proje [attack interference]
BEGIN
-- then
MERGE INTO tied.parent t USING (SELECT id FROM tied.signed WHERE project = 7) s ON t.id = s.id WHEN NOT MATCHED THEN INSERT (id) VALUES (s.id)
-- then
SELECT id FROM tied.parent LIMIT 9
-- then
ROLLBACK
-- case: UPDATE settings a SET value = s.id::text FROM signed s WHERE [attack interference]
BEGIN
-- then
UPDATE app.settings a SET value = s.id::text FROM tied.signed s WHERE s.project = 7 AND a.key > ''
-- then
SELECT value FROM app.settings ORDER BY key
-- then
ROLLBACK
-- case: SELECT l.id FROM loans l WHERE l.city ILIKE a% OR lower(l.city) [attack]
SELECT l.id FROM tied.loans l WHERE l.city ILIKE 'a%' OR lower(l.city) > 'a' LIMIT 9
-- case: SELECT id FROM loans WHERE seat && int4range(0, 1000) LIMIT 9 [attack]
SELECT id FROM tied.loans WHERE seat && int4range(0, 1000) LIMIT 9
-- case: SELECT id FROM loans WHERE lower(city) > AND note IS NOT NULL [attack]
SELECT id FROM tied.loans WHERE lower(city) > '' AND note IS NOT NULL LIMIT 9
-- case: SELECT id FROM signed s WHERE (s).project = 7 LIMIT 9 [attack]
SELECT id FROM tied.signed s WHERE (s).project = 7 LIMIT 9
-- case: SELECT s.id FROM signed s(id, p) WHERE p = 7 LIMIT 9 [attack]
SELECT s.id FROM tied.signed s(id, p) WHERE p = 7 LIMIT 9
-- case: SELECT id FROM signed WHERE project BETWEEN 7 AND 7 UNION ALL SEL [attack]
SELECT id FROM tied.signed WHERE project BETWEEN 7 AND 7 UNION ALL SELECT id FROM tied.signed WHERE project = 8 LIMIT 9
-- case: SELECT q.id FROM (signed s JOIN projects p ON p.id = s.pr [attack]
SELECT q.id FROM (tied.signed s JOIN housing.projects p ON p.id = s.project) AS q(id, pr) WHERE q.pr = 7 LIMIT 9
-- case: SELECT max(id) FROM signed GROUP BY project [attack]
SELECT max(id) FROM tied.signed GROUP BY project
-- case: SELECT count(*), project FROM signed GROUP BY project [attack]
SELECT count(*), project FROM tied.signed GROUP BY project
-- case: SELECT s FROM signed s WHERE project = 7 LIMIT 3 [attack interference]
SELECT s FROM tied.signed s WHERE project = 7 LIMIT 3
-- case: VALUES ((SELECT id FROM signed WHERE project = 7 LIMIT 1)), ((SEL [attack]
VALUES ((SELECT id FROM tied.signed WHERE project = 7 LIMIT 1)), ((SELECT id FROM tied.signed WHERE project = 7 OFFSET 1 LIMIT 1))
-- case: SELECT id FROM signed_by v NATURAL JOIN (VALUES (7)) t(project) [refused]
SELECT id FROM tied.signed_by v NATURAL JOIN (VALUES (7)) t(project)
-- case: SELECT v.id FROM signed_by v WHERE (v).project = 7 [refused]
SELECT v.id FROM tied.signed_by v WHERE (v).project = 7
-- case: SELECT id FROM signed_above a(id) LIMIT 9 [refused]
SELECT id FROM tied.signed_above a(id) LIMIT 9
-- case: SELECT number FROM signed_above LIMIT 9 [attack]
SELECT number FROM tied.signed_above LIMIT 9
-- case: SELECT count(v.*) FROM signed_by v [refused]
SELECT count(v.*) FROM tied.signed_by v
