-- channel: what views compute, choose or keep of true values without being asked
-- case: a barrier beside a lock [refused]
SELECT e.id FROM app.events e JOIN tied.barred g ON g.id = e.id WHERE e.id = 3 FOR UPDATE OF e
-- case: a limit beside a lock [refused]
SELECT e.id FROM app.events e JOIN tied.limited g ON g.id = e.id WHERE e.id = 3 FOR SHARE OF e
-- case: groups beside a lock [refused]
SELECT e.id FROM app.events e JOIN tied.grouped g ON g.level = e.id WHERE e.id = 3 FOR KEY SHARE OF e
-- case: a view over a barrier beside a lock [refused]
SELECT e.id FROM app.events e, tied.over_barred g WHERE e.id = 3 AND g.id = 3 FOR UPDATE OF e
-- case: a barrier in EXISTS beside a lock [refused]
SELECT e.id FROM app.events e WHERE e.id = 3 AND EXISTS (SELECT 1 FROM tied.barred g WHERE g.id = e.id) FOR UPDATE
-- case: a barrier beside a lock of a temporary table [refused]
CREATE TEMP TABLE three AS SELECT 3 AS id
-- then
SELECT t.id FROM three t JOIN tied.barred g ON g.id = t.id FOR UPDATE OF t
-- case: a cursor that locks beside a barrier [refused]
BEGIN
-- then
DECLARE c CURSOR FOR SELECT e.id FROM app.events e JOIN tied.barred g ON g.id = e.id WHERE e.id = 3 FOR UPDATE OF e
-- then
ROLLBACK
-- case: an update beside a barrier [refused]
BEGIN
-- then
UPDATE app.events e SET kind = e.kind FROM tied.barred g WHERE g.id = e.id AND e.id = 1
-- then
ROLLBACK
-- case: a deletion beside a barrier [refused]
BEGIN
-- then
DELETE FROM app.events e USING tied.limited g WHERE g.id = e.id AND e.id = 1
-- then
ROLLBACK
-- case: a write in WITH beside a barrier [refused]
BEGIN
-- then
WITH w AS (UPDATE app.events SET kind = kind WHERE id IN (SELECT id FROM tied.barred) RETURNING id) SELECT * FROM w
-- then
ROLLBACK
-- case: a merge beside groups [refused]
BEGIN
-- then
MERGE INTO app.events e USING tied.grouped g ON g.level = e.id WHEN MATCHED THEN DO NOTHING
-- then
ROLLBACK
-- case: a barrier without a lock [attack interference]
SELECT count(*) FROM tied.barred
-- case: rows of a function decide [refused]
SELECT id FROM tied.agents_by_rows
-- case: rows of a function say how many [refused]
SELECT id FROM tied.rows_limit
-- case: stored as an index chose [refused]
SELECT id FROM tied.signed_kept ORDER BY id
-- case: a view over what was stored as an index chose [refused]
SELECT count(*) FROM tied.over_signed_kept
-- case: a sample by a hidden seed [attack interference]
SELECT id, n FROM tied.seen_samples LIMIT 3
-- case: a view casts what the client enters [refused]
BEGIN
-- then
INSERT INTO app.events VALUES (901, '13975790011', now(), '{}')
-- then
SELECT k FROM tied.seen_domain WHERE id = 901
-- then
ROLLBACK
