-- How many persons tables hold, by the server's statistics; no row where it does not know. $1: OIDs of tables, $2: of
-- each the column that names the person. A table's rows are those of everything that inherits from it. Where the column
-- alone is unique, each row is a person; else the distinct values of it, as far as they may be looked at. A view shows
-- the persons of the largest of these tables that it reads.
WITH RECURSIVE wanted AS (
  SELECT w.relation, w.number
  FROM ROWS FROM (pg_catalog.unnest($1::pg_catalog.oid[]), pg_catalog.unnest($2::pg_catalog.int2[]))
    AS w (relation, number)),
tree AS (
  SELECT w.relation AS root, w.relation AS member FROM wanted w
  UNION SELECT t.root, h.inhrelid FROM tree t JOIN pg_catalog.pg_inherits h ON h.inhparent = t.member),
sizes AS (
  SELECT t.root, pg_catalog.sum(c.reltuples) AS rows
  FROM tree t JOIN pg_catalog.pg_class c ON c.oid = t.member WHERE c.relkind <> 'p' AND c.reltuples >= 0
  GROUP BY t.root),
held AS (
  SELECT w.relation, pg_catalog.ceil(CASE
      WHEN EXISTS (SELECT FROM pg_catalog.pg_index i WHERE i.indrelid = w.relation AND i.indisunique AND i.indisvalid
        AND i.indpred IS NULL AND i.indnkeyatts = 1 AND i.indkey[0] = w.number) THEN s.rows
      WHEN d.n_distinct > 0 THEN d.n_distinct
      WHEN d.n_distinct < 0 THEN s.rows * -d.n_distinct
    END)::pg_catalog.int8 AS persons
  FROM wanted w JOIN sizes s ON s.root = w.relation
    JOIN pg_catalog.pg_class c ON c.oid = w.relation
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_catalog.pg_attribute a ON a.attrelid = w.relation AND a.attnum = w.number
    LEFT JOIN LATERAL (
      SELECT p.n_distinct FROM pg_catalog.pg_stats p
      WHERE p.schemaname = n.nspname AND p.tablename = c.relname AND p.attname = a.attname
      ORDER BY p.inherited DESC LIMIT 1) d ON true),
readers AS (
  SELECT h.relation AS base, h.relation AS reader FROM held h WHERE h.persons IS NOT NULL
  UNION SELECT q.base, r.ev_class FROM readers q
    JOIN pg_catalog.pg_depend d ON d.refobjid = q.reader AND d.classid = 'pg_catalog.pg_rewrite'::pg_catalog.regclass
      AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
    JOIN pg_catalog.pg_rewrite r ON r.oid = d.objid)
SELECT q.reader, pg_catalog.max(h.persons) FROM readers q JOIN held h ON h.relation = q.base GROUP BY q.reader
