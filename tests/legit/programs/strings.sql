-- search_path: housing
-- case: a transaction that ends in the text of the next statement [simple]
BEGIN
-- then
COMMIT; SELECT id FROM leads WHERE source = 'web' ORDER BY id LIMIT 2
-- case: a transaction that ends before LIKE and IN [simple]
BEGIN
-- then
ROLLBACK; SELECT key FROM app.settings WHERE key LIKE 'k%' OR key IN ('a', 'b') ORDER BY 1 LIMIT 1
-- case: back to a savepoint, and on [simple]
BEGIN
-- then
SAVEPOINT s
-- then
ROLLBACK TO s; SELECT name IN ('a', 'b') FROM leads ORDER BY id LIMIT 1
-- then
COMMIT
-- case: a prepared statement run before another one [simple]
PREPARE p AS SELECT 1
-- then
EXECUTE p; SELECT id FROM leads WHERE source = 'web' ORDER BY id LIMIT 1
-- then
DEALLOCATE p
-- case: rows of a table made of documents
SELECT * FROM json_populate_record(NULL::app.settings, '{"key":"a"}')
-- case: a list of rows made of documents
SELECT key, value FROM jsonb_populate_recordset(NULL::app.settings, '[{"key":"a"},{"key":"b","value":"c"}]') ORDER BY key
-- case: an empty row of a type
SELECT NULL::units
-- case: a field of a row that is entered
SELECT (ROW('a', 1)::home).street
-- case: a temporary table like another, with everything
BEGIN
-- then
CREATE TEMP TABLE staged (LIKE app.events INCLUDING ALL)
-- then
INSERT INTO staged (id, kind, at) VALUES (1, 'x', '2026-01-02')
-- then
SELECT id, kind FROM staged
-- then
ROLLBACK
-- case: a temporary table like one whose definitions call functions
BEGIN
-- then
CREATE TEMP TABLE staged (LIKE tied.forms INCLUDING COMMENTS INCLUDING STORAGE)
-- then
INSERT INTO staged (id) VALUES (1) RETURNING id
-- then
ROLLBACK
