-- case: introspection of types
SELECT status FROM housing.units WHERE id < 5 ORDER BY id
-- case: introspection of types, 2
SELECT b FROM housing.buyers b ORDER BY id LIMIT 2
-- case: introspection of types, 3
-- bind: unit_status, housing
SELECT
    t.oid,
    t.typelem     AS elemtype,
    t.typtype     AS kind
FROM
    pg_catalog.pg_type AS t
    INNER JOIN pg_catalog.pg_namespace ns ON (ns.oid = t.typnamespace)
WHERE
    t.typname = $1 AND ns.nspname = $2
-- case: copy from query
-- bind: 2
SELECT quote_literal($1::"pg_catalog"."int4"::text)
-- case: copy from query, 2
COPY (SELECT id, phone FROM housing.buyers WHERE level = '2' ORDER BY id) TO STDOUT
-- case: copy from query, 3
COPY "housing"."visits"("id", "remark") TO STDOUT
-- case: cursor
BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY
-- then
SELECT id, name FROM housing.buyers ORDER BY id
-- then
SELECT id, name FROM housing.buyers ORDER BY id
-- then
SELECT id, name FROM housing.buyers ORDER BY id
-- then
SELECT id, name FROM housing.buyers ORDER BY id
-- then
SELECT id, name FROM housing.buyers ORDER BY id
-- then
SELECT id, name FROM housing.buyers ORDER BY id
-- then
SELECT id, name FROM housing.buyers ORDER BY id
-- then
COMMIT
