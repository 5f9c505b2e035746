-- The catalog queries. Each starts at a line `-- query: <name>`, optionally `from <major>` and `to <major>` (both
-- inclusive, the server's major version), and ends at the next one. Results are read as text, column by column, by
-- `build.rs`. All names are qualified: an object of somebody else's making must never be called from here.
-- Temp objects belong to sessions and TOAST to the server; neither is in a snapshot. Indexes cannot be read from.

-- query: server
SELECT pg_catalog.current_database(), pg_catalog.current_setting('server_version_num');

-- Changes whenever anything changes that another query of this file reads, and not by DML, VACUUM or ANALYZE.
-- `xmin` names the transaction that wrote a row version, and freezing keeps it. Where the server rewrites rows for
-- other reasons (pg_class: TRUNCATE, REFRESH MATERIALIZED VIEW, VACUUM FULL move the file), the values are hashed.
-- A sum of 64-bit hashes does not depend on the order of rows and needs no sort.
-- query: fingerprint
SELECT pg_catalog.concat_ws(' ',
  (SELECT pg_catalog.concat_ws(' ', pg_catalog.count(*),
      pg_catalog.sum(pg_catalog.hashtextextended(pg_catalog.concat_ws(' ', n.oid, n.nspname, n.nspowner, n.nspacl), 1)))
    FROM pg_catalog.pg_namespace n WHERE n.nspname !~ '^pg_(temp|toast)'),
  (SELECT pg_catalog.concat_ws(' ', pg_catalog.count(*),
      pg_catalog.sum(pg_catalog.hashtextextended(pg_catalog.concat_ws(' ', c.oid, c.relnamespace, c.relkind,
        c.relnatts, c.relhasrules, c.relhastriggers, c.relrowsecurity, c.relname,
        CASE c.relkind WHEN 'v' THEN c.reloptions END), 2)))
    FROM pg_catalog.pg_class c
    WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S', 'c') AND c.relpersistence <> 't'),
  (SELECT pg_catalog.concat_ws(' ', pg_catalog.count(*),
      pg_catalog.sum(pg_catalog.hashtextextended(pg_catalog.concat_ws(' ', m.roleid, m.member), 14)))
    FROM pg_catalog.pg_auth_members m),
  (SELECT pg_catalog.concat_ws(' ', pg_catalog.count(*),
      pg_catalog.sum(pg_catalog.hashtextextended(pg_catalog.concat_ws(' ', a.attrelid, a.attnum, a.xmin), 3)))
    FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
    WHERE a.attnum > 0 AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S', 'c') AND c.relpersistence <> 't'),
  (SELECT pg_catalog.concat_ws(' ', pg_catalog.count(*),
      pg_catalog.sum(pg_catalog.hashtextextended(pg_catalog.concat_ws(' ', t.oid, t.xmin), 4)))
    FROM pg_catalog.pg_type t JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
    WHERE n.nspname !~ '^pg_(temp|toast)'),
  (SELECT pg_catalog.concat_ws(' ', pg_catalog.count(*),
      pg_catalog.sum(pg_catalog.hashtextextended(pg_catalog.concat_ws(' ', p.oid, p.xmin), 5)))
    FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
    WHERE n.nspname !~ '^pg_(temp|toast)'),
  (SELECT pg_catalog.concat_ws(' ', pg_catalog.count(*),
      pg_catalog.sum(pg_catalog.hashtextextended(pg_catalog.concat_ws(' ', o.oid, o.xmin), 6)))
    FROM pg_catalog.pg_operator o),
  (SELECT pg_catalog.concat_ws(' ', pg_catalog.count(*),
      pg_catalog.sum(pg_catalog.hashtextextended(pg_catalog.concat_ws(' ', r.oid, r.xmin), 7)))
    FROM pg_catalog.pg_rewrite r JOIN pg_catalog.pg_class c ON c.oid = r.ev_class WHERE c.relpersistence <> 't'),
  (SELECT pg_catalog.concat_ws(' ', pg_catalog.count(*),
      pg_catalog.sum(pg_catalog.hashtextextended(pg_catalog.concat_ws(' ', i.indexrelid, i.indrelid, i.indimmediate,
        i.indkey), 8)))
    FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indrelid
    WHERE c.relpersistence <> 't' AND c.relkind <> 't'),
  (SELECT pg_catalog.concat_ws(' ', pg_catalog.count(*),
      pg_catalog.sum(pg_catalog.hashtextextended(pg_catalog.concat_ws(' ', g.oid, g.xmin), 13)))
    FROM pg_catalog.pg_trigger g JOIN pg_catalog.pg_class c ON c.oid = g.tgrelid
    WHERE NOT g.tgisinternal AND c.relpersistence <> 't'),
  (SELECT pg_catalog.concat_ws(' ', pg_catalog.count(*),
      pg_catalog.sum(pg_catalog.hashtextextended(pg_catalog.concat_ws(' ', h.inhrelid, h.inhparent), 9)))
    FROM pg_catalog.pg_inherits h JOIN pg_catalog.pg_class c ON c.oid = h.inhrelid
    WHERE c.relkind IN ('r', 'p', 'f') AND c.relpersistence <> 't'),
  (SELECT pg_catalog.concat_ws(' ', pg_catalog.count(*),
      pg_catalog.sum(pg_catalog.hashtextextended(pg_catalog.concat_ws(' ', s.oid, s.xmin), 10)))
    FROM pg_catalog.pg_cast s),
  (SELECT pg_catalog.concat_ws(' ', pg_catalog.count(*),
      pg_catalog.sum(pg_catalog.hashtextextended(pg_catalog.concat_ws(' ', k.oid, k.xmin), 11)))
    FROM pg_catalog.pg_constraint k LEFT JOIN pg_catalog.pg_class c ON c.oid = k.conrelid
    WHERE k.contypid <> 0 OR (k.contype IN ('c', 'f', 'x') AND c.relpersistence <> 't')),
  (SELECT pg_catalog.concat_ws(' ', pg_catalog.count(*),
      pg_catalog.sum(pg_catalog.hashtextextended(pg_catalog.concat_ws(' ', y.oid, y.xmin), 12)))
    FROM pg_catalog.pg_policy y JOIN pg_catalog.pg_class c ON c.oid = y.polrelid WHERE c.relpersistence <> 't'));

-- query: schemas
SELECT n.nspname, pg_catalog.concat_ws(' ', n.nspowner, n.nspacl,
  (SELECT pg_catalog.md5(pg_catalog.string_agg(m.roleid || ' ' || m.member, ' ' ORDER BY m.roleid, m.member))
    FROM pg_catalog.pg_auth_members m))
FROM pg_catalog.pg_namespace n WHERE n.nspname !~ '^pg_(temp|toast)' ORDER BY n.oid;

-- query: relations
SELECT c.oid, n.nspname, c.relname, c.relkind, c.relhastriggers,
  c.relhasrules AND EXISTS (SELECT 1 FROM pg_catalog.pg_rewrite r WHERE r.ev_class = c.oid AND r.ev_type <> '1'),
  c.relrowsecurity
FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S', 'c') AND c.relpersistence <> 't' AND n.nspname !~ '^pg_(temp|toast)';

-- query: columns
SELECT a.attrelid, a.attnum, a.attname, a.atttypid, a.atttypmod, a.attnotnull, a.attgenerated <> '', a.attcollation,
  a.atthasdef OR a.attidentity <> '' OR t.typdefault IS NOT NULL OR EXISTS (SELECT 1 FROM pg_catalog.pg_index i
    WHERE i.indrelid = a.attrelid AND i.indisunique AND a.attnum = ANY (i.indkey)
      AND pg_catalog.to_jsonb(i) ->> 'indnullsnotdistinct' = 'true')
FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
  JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
WHERE a.attnum > 0 AND NOT a.attisdropped
  AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S', 'c') AND c.relpersistence <> 't';

-- The element of a true array is the type whose `typarray` it is; a `typelem` alone also marks subscriptable types.
-- What an extension's functions do is code of the server's owner, if it was a superuser who made them: their names are
-- told apart by the extension. Members of trusted extensions belong to the bootstrap superuser whoever installs them.
-- query: types
SELECT t.oid, n.nspname, t.typname, t.typtype, e.oid, t.typbasetype, t.typtypmod, t.typrelid,
  COALESCE((SELECT pg_catalog.string_agg(f.oid::pg_catalog.text, ' ') FROM (
    SELECT k.castfunc FROM pg_catalog.pg_cast k JOIN pg_catalog.pg_proc p ON p.oid = k.castfunc
    WHERE k.castfunc >= 16384 AND t.oid IN (k.castsource, k.casttarget)
      AND NOT (p.prosrc = 'multirange_constructor1' AND p.prolang = 12)
    UNION ALL SELECT x FROM pg_catalog.pg_range r CROSS JOIN LATERAL pg_catalog.unnest(ARRAY[r.rngcanonical::pg_catalog.oid,
      r.rngsubdiff::pg_catalog.oid, CASE WHEN r.rngsubtype >= 16384 OR r.rngsubopc >= 16384 THEN 4294967295 END]) x
    WHERE t.oid::pg_catalog.text IN (r.rngtypid::pg_catalog.text, pg_catalog.to_jsonb(r) ->> 'rngmultitypid') AND x >= 16384
    UNION ALL SELECT COALESCE(o.oprcode::pg_catalog.oid, d.refobjid) FROM pg_catalog.pg_constraint k
      JOIN pg_catalog.pg_depend d ON d.objid = k.oid
      LEFT JOIN pg_catalog.pg_operator o ON o.oid = d.refobjid AND d.refclassid = 'pg_catalog.pg_operator'::pg_catalog.regclass
    WHERE k.contypid = t.oid AND d.classid = 'pg_catalog.pg_constraint'::pg_catalog.regclass
      AND d.refclassid IN ('pg_catalog.pg_proc'::pg_catalog.regclass, 'pg_catalog.pg_operator'::pg_catalog.regclass)
      AND d.refobjid >= 16384) f(oid)), ''),
  COALESCE((SELECT pg_catalog.string_agg(k.castfunc::pg_catalog.text, ' ') FROM pg_catalog.pg_cast k
    WHERE k.casttarget = t.oid AND k.castfunc BETWEEN 1 AND 16383), ''),
  EXISTS (SELECT 1 FROM pg_catalog.pg_constraint k WHERE k.contypid = t.oid AND k.contype = 'c'),
  (SELECT e.extname FROM pg_catalog.pg_depend d JOIN pg_catalog.pg_extension e ON e.oid = d.refobjid
      JOIN pg_catalog.pg_roles o ON o.oid = t.typowner AND o.rolsuper
    WHERE d.classid = 'pg_catalog.pg_type'::pg_catalog.regclass AND d.objid = t.oid AND d.deptype = 'e' AND t.oid >= 16384),
  (SELECT CASE WHEN r.rngtypid = t.oid THEN r.rngsubtype ELSE r.rngtypid END FROM pg_catalog.pg_range r
    WHERE t.oid::pg_catalog.text IN (r.rngtypid::pg_catalog.text, pg_catalog.to_jsonb(r) ->> 'rngmultitypid'))
FROM pg_catalog.pg_type t JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
  LEFT JOIN pg_catalog.pg_type e ON e.typarray = t.oid
WHERE n.nspname !~ '^pg_(temp|toast)';

-- How a type prints its modifier: what format_type adds to the bare name. Asked once for each pair that occurs.
-- query: modifiers
SELECT DISTINCT b.oid, a.atttypmod,
  pg_catalog.substr(pg_catalog.format_type(b.oid, a.atttypmod),
    pg_catalog.length(pg_catalog.format_type(b.oid, NULL)) + 1)
FROM (SELECT DISTINCT atttypid, atttypmod FROM pg_catalog.pg_attribute WHERE atttypmod >= 0 AND attnum > 0) a
  JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
  LEFT JOIN pg_catalog.pg_type e ON e.typarray = t.oid
  JOIN pg_catalog.pg_type b ON b.oid = COALESCE(e.oid, t.oid)
WHERE b.oid >= 16384;

-- Types with a default equality of their own, and those that are binary-coercible to such a type (`int2vector` to
-- `anyarray`).
-- query: equalities
SELECT o.opcintype FROM pg_catalog.pg_opclass o JOIN pg_catalog.pg_am m ON m.oid = o.opcmethod
WHERE o.opcdefault AND m.amname IN ('btree', 'hash')
UNION
SELECT c.castsource FROM pg_catalog.pg_cast c
  JOIN pg_catalog.pg_opclass o ON o.opcintype = c.casttarget AND o.opcdefault
  JOIN pg_catalog.pg_am m ON m.oid = o.opcmethod AND m.amname IN ('btree', 'hash')
WHERE c.castmethod = 'b' AND c.castcontext = 'i'
UNION
SELECT 'pg_catalog.int2vector'::pg_catalog.regtype;

-- A deferrable key gives no functional dependency.
-- query: keys
SELECT i.indrelid, i.indkey FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indrelid
WHERE i.indisprimary AND i.indimmediate AND c.relpersistence <> 't' AND c.relkind <> 't';

-- Columns whose values are compared when rows are written, expressions of theirs included (0: every column).
-- query: compared
SELECT i.indrelid, k.number FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indrelid
  CROSS JOIN LATERAL pg_catalog.unnest(i.indkey) k(number)
WHERE (i.indisunique OR i.indisexclusion) AND k.number > 0 AND c.relpersistence <> 't' AND c.relkind <> 't'
UNION
SELECT i.indrelid, d.refobjsubid FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indrelid
  JOIN pg_catalog.pg_depend d ON d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objid = i.indexrelid
    AND d.refclassid = d.classid AND d.refobjid = i.indrelid
WHERE (i.indisunique OR i.indisexclusion) AND d.refobjsubid > 0 AND c.relpersistence <> 't' AND c.relkind <> 't'
UNION
SELECT i.indrelid, 0 FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indrelid
WHERE (i.indisunique OR i.indisexclusion) AND c.relpersistence <> 't' AND c.relkind <> 't'
  AND pg_catalog.concat(i.indexprs::pg_catalog.text, i.indpred::pg_catalog.text) ~ ':varattno 0 '
UNION
SELECT k.conrelid, n.number FROM pg_catalog.pg_constraint k JOIN pg_catalog.pg_class c ON c.oid = k.conrelid
  CROSS JOIN LATERAL pg_catalog.unnest(k.conkey) n(number)
WHERE k.contype IN ('f', 'x') AND n.number > 0 AND c.relpersistence <> 't';

-- Columns of which an update shows whether it changes them: indexes, expressions and predicates included, decide where the
-- row is put; triggers, and expressions over the whole row, look at all (0: of every column).
-- query: felt
SELECT i.indrelid, k.number FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indrelid
  CROSS JOIN LATERAL pg_catalog.unnest(i.indkey) k(number)
WHERE k.number > 0 AND c.relpersistence <> 't' AND c.relkind <> 't' AND c.oid >= 16384
UNION
SELECT i.indrelid, d.refobjsubid FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indrelid
  JOIN pg_catalog.pg_depend d ON d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objid = i.indexrelid
    AND d.refclassid = d.classid AND d.refobjid = i.indrelid
WHERE d.refobjsubid > 0 AND c.relpersistence <> 't' AND c.relkind <> 't' AND c.oid >= 16384
UNION
SELECT i.indrelid, 0 FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indrelid
WHERE c.relpersistence <> 't' AND c.relkind <> 't' AND c.oid >= 16384
  AND pg_catalog.concat(i.indexprs::pg_catalog.text, i.indpred::pg_catalog.text) ~ ':varattno 0 '
UNION
SELECT t.tgrelid, 0 FROM pg_catalog.pg_trigger t JOIN pg_catalog.pg_class c ON c.oid = t.tgrelid
WHERE NOT t.tgisinternal AND t.tgtype & 16 <> 0 AND c.relpersistence <> 't';

-- Functions of users that defaults, generated columns, checks, indexes and statistics of a relation call: a table made like
-- it would call them, too.
-- query: carried
SELECT DISTINCT r.relation, f.oid
FROM (
  SELECT d.adrelid, 'pg_catalog.pg_attrdef'::pg_catalog.regclass, d.oid FROM pg_catalog.pg_attrdef d
  UNION ALL
  SELECT k.conrelid, 'pg_catalog.pg_constraint'::pg_catalog.regclass, k.oid FROM pg_catalog.pg_constraint k WHERE k.contype = 'c'
  UNION ALL
  SELECT i.indrelid, 'pg_catalog.pg_class'::pg_catalog.regclass, i.indexrelid FROM pg_catalog.pg_index i
  UNION ALL
  SELECT s.stxrelid, 'pg_catalog.pg_statistic_ext'::pg_catalog.regclass, s.oid FROM pg_catalog.pg_statistic_ext s
) r(relation, class, object)
  JOIN pg_catalog.pg_class c ON c.oid = r.relation AND c.relpersistence <> 't' AND c.oid >= 16384
  JOIN pg_catalog.pg_depend d ON d.classid = r.class AND d.objid = r.object AND d.refobjid >= 16384
  CROSS JOIN LATERAL (
    SELECT d.refobjid WHERE d.refclassid = 'pg_catalog.pg_proc'::pg_catalog.regclass
    UNION ALL
    SELECT o.oprcode FROM pg_catalog.pg_operator o
    WHERE d.refclassid = 'pg_catalog.pg_operator'::pg_catalog.regclass AND o.oid = d.refobjid
    UNION ALL
    SELECT p.amproc FROM pg_catalog.pg_opclass o JOIN pg_catalog.pg_amproc p ON p.amprocfamily = o.opcfamily
    WHERE d.refclassid = 'pg_catalog.pg_opclass'::pg_catalog.regclass AND o.oid = d.refobjid
  ) f(oid)
WHERE f.oid >= 16384;

-- query: parents
SELECT h.inhrelid, h.inhparent FROM pg_catalog.pg_inherits h JOIN pg_catalog.pg_class c ON c.oid = h.inhrelid
WHERE c.relkind IN ('r', 'p', 'f') AND c.relpersistence <> 't' ORDER BY h.inhrelid, h.inhseqno;

-- What generated columns are computed from. Versions differ in which object the dependency is recorded for.
-- query: generated
SELECT DISTINCT a.attrelid, a.attnum, d.refobjsubid
FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_class c ON c.oid = a.attrelid AND c.relpersistence <> 't'
  LEFT JOIN pg_catalog.pg_attrdef f ON f.adrelid = a.attrelid AND f.adnum = a.attnum
  JOIN pg_catalog.pg_depend d ON d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
    AND d.refobjid = a.attrelid AND d.refobjsubid > 0 AND d.refobjsubid <> a.attnum
    AND ((d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objid = a.attrelid AND d.objsubid = a.attnum)
      OR (d.classid = 'pg_catalog.pg_attrdef'::pg_catalog.regclass AND d.objid = f.oid))
WHERE a.attgenerated <> '' AND a.attnum > 0 AND NOT a.attisdropped
UNION
-- tableoid tells which partition a row is in, and that what the key is
SELECT a.attrelid, a.attnum, o.attnum
FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_class c ON c.oid = a.attrelid AND c.relpersistence <> 't'
  JOIN pg_catalog.pg_attrdef f ON f.adrelid = a.attrelid AND f.adnum = a.attnum
  CROSS JOIN LATERAL pg_catalog.pg_partition_ancestors(a.attrelid) above(relid)
  JOIN pg_catalog.pg_partitioned_table p ON p.partrelid = above.relid
  CROSS JOIN LATERAL pg_catalog.unnest(p.partattrs::pg_catalog.int2[]) k(number)
  JOIN pg_catalog.pg_attribute r ON r.attrelid = p.partrelid AND r.attnum > 0 AND k.number IN (0, r.attnum)
  JOIN pg_catalog.pg_attribute o ON o.attrelid = a.attrelid AND o.attname = r.attname AND o.attnum <> a.attnum
WHERE a.attgenerated <> '' AND a.attnum > 0 AND NOT a.attisdropped AND f.adbin::pg_catalog.text ~ ':varattno -6 ';

-- Which columns of a row the server looks at together, in ways that a write may feel: c a check, f a foreign key over
-- several, u a unique or exclusion index, x an exclusion by more than equality, i an index with expressions or a predicate, g what a generated column is
-- computed from, p a partition key, r a policy of row-level security. The columns (0: all of them), and, for u and x, those
-- that are keys themselves (0: an expression), for g the generated one. Columns behind whole-row references are in no
-- dependency: what an expression reads is read from its tree. An expression of functions that fail for no value, and
-- whose result need be nothing, cannot be felt: such an index is left out, such a generated column is h.
-- query: entangled
WITH of_table AS (
  SELECT c.oid, c.relname FROM pg_catalog.pg_class c
  WHERE c.relkind IN ('r', 'p', 'f') AND c.relpersistence <> 't' AND c.oid >= 16384
), indexes AS (
  SELECT i.indrelid, i.indexrelid, i.indisunique OR i.indisexclusion AS arbiter,
    CASE WHEN EXISTS (SELECT 1 FROM pg_catalog.pg_constraint k, pg_catalog.unnest(k.conexclop) e
      JOIN pg_catalog.pg_operator o ON o.oid = e WHERE k.conindid = i.indexrelid AND k.contype = 'x'
      AND o.oprname <> '=') THEN 'x' ELSE 'u' END AS arbiter_kind,
    pg_catalog.concat(i.indexprs::pg_catalog.text, i.indpred::pg_catalog.text) AS tree,
    (SELECT pg_catalog.string_agg(k::pg_catalog.text, ' ') FROM pg_catalog.unnest(i.indkey::pg_catalog.int2[])
      WITH ORDINALITY AS u(k, n) WHERE n <= i.indnkeyatts) AS keys,
    (SELECT pg_catalog.string_agg(k::pg_catalog.text, ' ') FROM pg_catalog.unnest(i.indkey::pg_catalog.int2[])
      WITH ORDINALITY AS u(k, n) WHERE n <= i.indnkeyatts AND k > 0) AS columns,
    (SELECT pg_catalog.string_agg(m[1], ' ')
      FROM (VALUES (i.indexprs::pg_catalog.text), (i.indpred::pg_catalog.text)) t(tree)
        CROSS JOIN LATERAL pg_catalog.regexp_matches(t.tree, ':varattno (\d+)', 'g') m
      WHERE t.tree ~ ':varattno 0 ' OR t.tree ~ '\{(?!(VAR|CONST|RELABELTYPE|OPEXPR|FUNCEXPR|COERCEVIAIO) )'
        OR EXISTS (SELECT 1 FROM pg_catalog.regexp_matches(t.tree, ':(?:op)?funcid (\d+)', 'g') f
          JOIN pg_catalog.pg_proc p ON p.oid = f[1]::pg_catalog.oid WHERE NOT p.proisstrict)) AS loose
  FROM pg_catalog.pg_index i
  WHERE i.indisunique OR i.indisexclusion OR i.indexprs IS NOT NULL OR i.indpred IS NOT NULL
), found (relation, kind, name, tree, columns, keys, loose) AS (
  SELECT k.conrelid, 'c', k.conname::pg_catalog.text, k.conbin::pg_catalog.text, NULL, '', NULL
  FROM pg_catalog.pg_constraint k WHERE k.contype = 'c' AND k.conrelid <> 0
  UNION ALL
  SELECT k.conrelid, 'f', k.conname, NULL, pg_catalog.array_to_string(k.conkey, ' '), '', NULL
  FROM pg_catalog.pg_constraint k WHERE k.contype = 'f' AND k.conkey[2] IS NOT NULL
  UNION ALL
  SELECT i.indrelid, CASE WHEN i.arbiter THEN i.arbiter_kind ELSE 'i' END, n.relname, i.tree, i.columns, i.keys, i.loose
  FROM indexes i JOIN pg_catalog.pg_class n ON n.oid = i.indexrelid
  UNION ALL
  SELECT a.attrelid, CASE WHEN a.attnotnull THEN 'g' ELSE 'h' END, a.attname, d.adbin::pg_catalog.text, NULL,
    a.attnum::pg_catalog.text, NULL
  FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
  WHERE a.attgenerated <> '' AND NOT a.attisdropped
  UNION ALL
  SELECT p.partrelid, 'p', '', p.partexprs::pg_catalog.text,
    (SELECT pg_catalog.string_agg(k::pg_catalog.text, ' ') FROM pg_catalog.unnest(p.partattrs::pg_catalog.int2[]) k
      WHERE k > 0), '', NULL
  FROM pg_catalog.pg_partitioned_table p
  UNION ALL
  SELECT y.polrelid, 'r', y.polname, NULL,
    pg_catalog.concat_ws(' ', (SELECT pg_catalog.string_agg(d.refobjsubid::pg_catalog.text, ' ')
      FROM pg_catalog.pg_depend d WHERE d.classid = 'pg_catalog.pg_policy'::pg_catalog.regclass AND d.objid = y.oid
        AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.refobjid = y.polrelid
        AND d.refobjsubid > 0),
      CASE WHEN pg_catalog.concat(y.polqual, y.polwithcheck) ~ ':varattno 0 ' THEN '0' END), '', NULL
  FROM pg_catalog.pg_policy y JOIN pg_catalog.pg_class c ON c.oid = y.polrelid
  WHERE c.relrowsecurity AND y.polcmd IN ('*', 'r', 'w')
), judged AS (
  SELECT f.*, f.kind IN ('h', 'i')
    AND f.tree !~ '\{(?!(VAR|CONST|RELABELTYPE|OPEXPR|FUNCEXPR|COALESCE|COALESCEEXPR|NULLTEST|BOOLEXPR) )'
    AND NOT EXISTS (SELECT 1 FROM pg_catalog.regexp_matches(f.tree, ':(?:op)?funcid (\d+)', 'g') m
      WHERE NOT EXISTS (SELECT 1 FROM pg_catalog.pg_proc p WHERE p.oid = m[1]::pg_catalog.oid AND p.oid < 16384
        AND (p.proleakproof OR p.proname IN ('textcat', 'lower', 'upper', 'initcap', 'btrim', 'ltrim', 'rtrim', 'md5',
          'reverse', 'replace', 'to_tsvector', 'setweight', 'tsvector_concat')))) AS total
  FROM found f JOIN of_table t ON t.oid = f.relation
)
SELECT j.relation, CASE WHEN j.kind = 'h' AND NOT j.total THEN 'g' ELSE j.kind END, j.name,
  pg_catalog.concat_ws(' ', j.columns, (SELECT pg_catalog.string_agg(m[1], ' ')
    FROM pg_catalog.regexp_matches(j.tree, ':varattno (\d+)', 'g') m)), j.keys, COALESCE(j.loose, '')
FROM judged j WHERE j.kind <> 'i' OR NOT j.total;

-- Indexes that can be read in their order, where they have several keys or only some rows.
-- query: sortings
SELECT i.indrelid,
  (SELECT pg_catalog.string_agg(k::pg_catalog.text, ' ') FROM pg_catalog.unnest(i.indkey::pg_catalog.int2[])
    WITH ORDINALITY AS u(k, n) WHERE n <= i.indnkeyatts),
  COALESCE((SELECT pg_catalog.string_agg(m[1], ' ')
    FROM pg_catalog.regexp_matches(i.indexprs::pg_catalog.text, ':varattno (\d+)', 'g') m), ''),
  COALESCE((SELECT pg_catalog.string_agg(m[1], ' ')
    FROM pg_catalog.regexp_matches(i.indpred::pg_catalog.text, ':varattno (\d+)', 'g') m), '')
FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indrelid
WHERE c.relkind IN ('r', 'p', 'm') AND c.relpersistence <> 't' AND c.oid >= 16384
  AND pg_catalog.pg_index_has_property(i.indexrelid, 'index_scan') AND (i.indnkeyatts > 1 OR i.indpred IS NOT NULL);

-- Foreign keys: what they refer to, their columns and its, what becomes of the row when that is updated and when it is
-- deleted (a, r: nothing, or an error; c, n, d: it is written, or goes).
-- query: references
SELECT k.conrelid, k.conname, k.confrelid, pg_catalog.array_to_string(k.conkey, ' '),
  pg_catalog.array_to_string(k.confkey, ' '), k.confupdtype, k.confdeltype
FROM pg_catalog.pg_constraint k JOIN pg_catalog.pg_class c ON c.oid = k.conrelid
WHERE k.contype = 'f' AND c.relpersistence <> 't';

-- query: functions
SELECT p.oid, n.nspname, p.proname, p.prokind, p.provolatile, p.proretset, p.provariadic <> 0, p.proargtypes,
  p.pronargdefaults, p.prorettype, p.proleakproof,
  (SELECT e.extname FROM pg_catalog.pg_depend d JOIN pg_catalog.pg_extension e ON e.oid = d.refobjid
      JOIN pg_catalog.pg_roles o ON o.oid = p.proowner AND o.rolsuper
    WHERE d.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass AND d.objid = p.oid AND d.deptype = 'e'
      AND p.oid >= 16384 AND NOT p.prosecdef)
FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
WHERE n.nspname !~ '^pg_(temp|toast)';

-- query: operators
SELECT o.oid, n.nspname, o.oprname, o.oprleft, o.oprright, o.oprcode::pg_catalog.oid
FROM pg_catalog.pg_operator o JOIN pg_catalog.pg_namespace n ON n.oid = o.oprnamespace;

-- Takes ACCESS SHARE on the relations that the views name: under a lock_timeout only.
-- query: views
SELECT c.oid, pg_catalog.pg_get_viewdef(c.oid),
  EXISTS (SELECT 1 FROM pg_catalog.pg_options_to_table(c.reloptions) o
    WHERE o.option_name = 'security_barrier' AND o.option_value NOT IN ('false', 'off', 'no', '0'))
FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('v', 'm') AND c.relpersistence <> 't' AND c.oid >= 16384
  AND n.nspname NOT IN ('pg_catalog', 'information_schema');

-- What the definitions refer to: relations, functions, operators, types (pinned built-in ones are not recorded).
-- query: dependencies
SELECT DISTINCT r.ev_class, CASE d.refclassid WHEN 'pg_catalog.pg_class'::pg_catalog.regclass THEN 'r'
    WHEN 'pg_catalog.pg_proc'::pg_catalog.regclass THEN 'f' WHEN 'pg_catalog.pg_type'::pg_catalog.regclass THEN 't' ELSE 'o'
    END, d.refobjid
FROM pg_catalog.pg_rewrite r
  JOIN pg_catalog.pg_class c ON c.oid = r.ev_class AND c.relkind IN ('v', 'm') AND c.relpersistence <> 't'
  JOIN pg_catalog.pg_depend d ON d.classid = 'pg_catalog.pg_rewrite'::pg_catalog.regclass AND d.objid = r.oid
WHERE r.ev_class >= 16384 AND d.refobjid <> r.ev_class AND d.refclassid IN ('pg_catalog.pg_class'::pg_catalog.regclass,
  'pg_catalog.pg_proc'::pg_catalog.regclass, 'pg_catalog.pg_operator'::pg_catalog.regclass,
  'pg_catalog.pg_type'::pg_catalog.regclass);
