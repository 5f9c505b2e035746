-- case: PDO, prepared
-- bind: 2, 王%
SELECT id, name FROM housing.buyers WHERE level = $1 AND name LIKE $2 ORDER BY id
-- case: PDO, prepared, 2
SELECT RELNAME FROM PG_CLASS WHERE OID=<<regclass housing.buyers>>
-- case: PDO, emulated
SELECT id, phone FROM housing.buyers WHERE level = '1' AND note IS NOT DISTINCT FROM NULL ORDER BY id
-- case: PDO, scrolled
BEGIN
-- then
DECLARE pdo_crsr_00000002 SCROLL CURSOR WITH HOLD FOR SELECT id, phone FROM housing.buyers ORDER BY id
-- then
FETCH FORWARD 0 FROM pdo_crsr_00000002
-- then
FETCH LAST FROM pdo_crsr_00000002
-- then
FETCH FIRST FROM pdo_crsr_00000002
-- then
ROLLBACK
-- case: pg_meta_data
SELECT a.attname, a.attnum, t.typname, a.attlen, a.attnotNULL, a.atthasdef, a.attndims, t.typtype, d.description FROM pg_class as c  JOIN pg_attribute a ON (a.attrelid = c.oid)  JOIN pg_type t ON (a.atttypid = t.oid)  JOIN pg_namespace n ON (c.relnamespace = n.oid)  LEFT JOIN pg_description d ON (d.objoid=a.attrelid AND d.objsubid=a.attnum AND c.oid=d.objoid) WHERE a.attnum > 0  AND c.relname = 'buyers' AND n.nspname = 'housing' ORDER BY a.attnum
-- case: pg_field_type
SELECT id, name, born, extra FROM housing.buyers ORDER BY id LIMIT 2
-- case: pg_field_type, 2
select oid,typname from pg_type
-- case: pg_field_type, 3
select relname from pg_class where oid=<<regclass housing.buyers>>
-- case: pg_select
SELECT a.attname, a.attnum, t.typname, a.attlen, a.attnotnull, a.atthasdef, a.attndims, t.typtype FROM pg_class as c  JOIN pg_attribute a ON (a.attrelid = c.oid)  JOIN pg_type t ON (a.atttypid = t.oid)  JOIN pg_namespace n ON (c.relnamespace = n.oid) WHERE a.attnum > 0 AND c.relname = 'buyers' AND n.nspname = 'housing' ORDER BY a.attnum
-- case: pg_select, 2
SELECT * FROM "housing"."buyers" WHERE "level"=2
-- case: pg_copy_to
COPY app.settings TO STDOUT DELIMITER E'	' NULL AS E'\\N'
-- case: pg_query_params
-- bind: {1,2,3}
SELECT id, phone FROM housing.buyers WHERE id = ANY ($1::int[]) ORDER BY id
