-- channel: texts, details and contexts of errors
-- case: number out of a masked text with its context [attack interference]
SELECT phone::int8 + note::int8 FROM housing.buyers WHERE id = 1
-- case: json error with its line [attack]
SELECT (address || '{')::jsonb FROM housing.buyers WHERE id = 1
-- case: json error of a literal keeps its text [attack]
SELECT '{"a":'::json
-- case: overflow that names the value [attack]
SELECT (replace(phone, '*', '9') || '999999999')::int8 FROM housing.buyers WHERE id = 1
-- case: date out of range [attack]
SELECT (id_no)::date FROM housing.buyers WHERE id = 1
-- case: interval [attack]
SELECT name::interval FROM housing.buyers WHERE id = 2
-- case: bit strings [attack]
SELECT phone::bit(8) FROM housing.buyers WHERE id = 1
-- case: hex digits [attack]
SELECT decode(phone, 'hex') FROM housing.buyers WHERE id = 1
-- case: base64 [attack]
SELECT decode(id_no, 'base64') FROM housing.buyers WHERE id = 1
-- case: invalid bytes shown in hex [attack]
SELECT convert_from(sha256(phone::bytea), 'UTF8') FROM housing.buyers WHERE id = 1
-- case: unknown encoding named by the value [attack]
SELECT convert_to('x', name::name) FROM housing.buyers WHERE id = 2
-- case: time zone named by the value [attack]
SELECT timestamptz '2026-01-01 00:00+00' AT TIME ZONE phone FROM housing.buyers WHERE id = 1
-- case: field named by the value [attack]
SELECT date_part(phone, timestamp '2026-01-01') FROM housing.buyers WHERE id = 1
-- case: format named by the value [attack]
SELECT to_timestamp('2020', id_no) FROM housing.buyers WHERE id = 1
-- case: array literal [attack]
SELECT ('{' || phone || ',{}}')::int[] FROM housing.buyers WHERE id = 1
-- case: row literal [attack]
SELECT ('(' || phone || ')')::housing.buyers FROM housing.buyers WHERE id = 1
-- case: more than one row [attack]
SELECT (SELECT phone FROM housing.buyers)
-- case: division inside an aggregate [attack]
SELECT sum(1 / (length(note) - 14)) FROM housing.buyers
-- case: error in a sort [attack interference]
SELECT id FROM housing.buyers ORDER BY phone::int8 LIMIT 1
-- case: error in a join condition [attack interference]
SELECT count(*) FROM housing.buyers a JOIN housing.agents g ON a.phone::int8 = g.id
-- case: error in a window [attack interference]
SELECT sum(phone::int8) OVER () FROM housing.buyers LIMIT 1
-- case: error in a CHECK of a temporary table [attack]
CREATE TEMP TABLE t (p text CHECK (p::int8 > 0))
-- then
INSERT INTO t SELECT phone FROM housing.buyers WHERE id = 1
-- case: failing row of an unprotected table keeps its detail [attack]
INSERT INTO app.settings VALUES ('city', 'x')
-- case: too long for a masked column's type [attack]
SELECT repeat(phone, 5)::varchar(20)::varchar(3), phone::numeric FROM housing.buyers WHERE id = 1
-- case: substitution in a regular expression [attack]
SELECT regexp_replace('x', phone, '\1') FROM housing.buyers WHERE id = 1
-- case: error under a savepoint [attack]
BEGIN
-- then
SAVEPOINT s
-- then
SELECT phone::int8 FROM housing.buyers WHERE id = 1
-- case: error in a held cursor [attack]
BEGIN
-- then
DECLARE c CURSOR WITH HOLD FOR SELECT phone::int8 FROM housing.buyers ORDER BY id
-- then
COMMIT
-- case: error of a prepared statement [attack]
PREPARE p AS SELECT phone::int8 FROM housing.buyers WHERE id = 1
-- then
EXECUTE p
