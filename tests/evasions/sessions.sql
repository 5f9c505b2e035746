-- case: copied out
-- persons: 400
COPY crm.buyers (phone) TO STDOUT
-- case: a query copied out
-- persons: 400
COPY (SELECT phone FROM crm.buyers) TO STDOUT (FORMAT csv, HEADER)
-- case: copied out in one row
-- persons: 400
COPY (SELECT string_agg(phone, '') FROM crm.buyers) TO STDOUT
-- case: a cursor in pieces
-- persons: 400
BEGIN
-- then
DECLARE c CURSOR FOR SELECT phone FROM crm.buyers
-- then
FETCH 150 FROM c
-- then
FETCH 150 FROM c
-- then
FETCH ALL FROM c
-- then
COMMIT
-- case: a cursor that outlives its transaction
-- persons: 400
BEGIN
-- then
DECLARE h CURSOR WITH HOLD FOR SELECT phone FROM crm.buyers
-- then
COMMIT
-- then
FETCH FORWARD 200 FROM h
-- then
FETCH ALL FROM h
-- then
CLOSE h
-- case: a cursor backwards
-- persons: 400
BEGIN
-- then
DECLARE s SCROLL CURSOR FOR SELECT phone FROM crm.buyers
-- then
MOVE FORWARD ALL FROM s
-- then
FETCH BACKWARD ALL FROM s
-- then
ROLLBACK
-- case: a cursor that folds
-- persons: 400
BEGIN
-- then
DECLARE f CURSOR FOR SELECT string_agg(phone, '') FROM crm.buyers
-- then
FETCH 1 FROM f
-- then
COMMIT
-- case: prepared
-- persons: 400
PREPARE p AS SELECT phone FROM crm.buyers
-- then
EXECUTE p
-- then
DEALLOCATE p
-- case: prepared, in parts
-- persons: 400
PREPARE q (int, int) AS SELECT id, phone FROM crm.buyers WHERE id BETWEEN $1 AND $2
-- then
EXECUTE q (1, 200)
-- then
EXECUTE q (201, 400)
-- then
DEALLOCATE q
-- case: given back by a write
-- persons: 400
BEGIN
-- then
UPDATE crm.buyers SET level = level RETURNING phone
-- then
ROLLBACK
-- case: given back by a deletion
-- persons: 400
BEGIN
-- then
DELETE FROM crm.notes n USING crm.buyers b WHERE b.id = n.buyer_id RETURNING b.phone
-- then
ROLLBACK
-- case: given back inside of a query
-- persons: 400
BEGIN
-- then
WITH u AS (UPDATE crm.buyers SET level = level RETURNING phone) SELECT phone FROM u
-- then
ROLLBACK
-- case: another name of the application
-- persons: 400
SET application_name = 'report'
-- then
SELECT phone FROM crm.buyers WHERE id <= 200
-- then
SET application_name = 'backup'
-- then
SELECT phone FROM crm.buyers WHERE id > 200
-- case: an error that quotes one value
-- persons: 1
SELECT (phone || 'x')::int FROM crm.buyers WHERE id = 7
-- case: an error that would quote all values
-- persons: 0
SELECT string_agg(phone, ',')::int FROM crm.buyers
-- case: notified to another session
-- persons: 400
SELECT pg_notify('taken', string_agg(right(phone, 8), '')) FROM crm.buyers
-- case: stored in a table that nobody protects
-- persons: 400
BEGIN
-- then
INSERT INTO crm.notes SELECT id + 1000, id, phone FROM crm.buyers
-- then
ROLLBACK
-- case: stored in another column
-- persons: 400
BEGIN
-- then
UPDATE crm.notes n SET note = b.phone FROM crm.buyers b WHERE b.id = n.buyer_id
-- then
ROLLBACK
-- case: prepared behind another statement
-- persons: 800
CREATE TEMP TABLE b1 (p text)
-- then
SELECT 1; PREPARE b1 AS INSERT INTO b1 SELECT phone FROM crm.buyers
-- then
EXECUTE b1
-- then
SELECT p FROM b1
-- then
DEALLOCATE b1
