-- case: psycopg2, first connection
BEGIN
-- then
SELECT t.oid, typarray
FROM pg_type t JOIN pg_namespace ns
    ON typnamespace = ns.oid
WHERE typname = 'hstore'
-- then
ROLLBACK
-- then
select pg_catalog.version()
-- then
select current_schema()
-- then
show transaction isolation level
-- then
show standard_conforming_strings
-- case: psycopg2, columns
SELECT housing.buyers.id, housing.buyers.name, housing.buyers.phone 
FROM housing.buyers 
WHERE housing.buyers.id < 5 ORDER BY housing.buyers.id
-- case: psycopg2, all columns
SELECT housing.buyers.id, housing.buyers.name, housing.buyers.id_no, housing.buyers.phone, housing.buyers.email, housing.buyers.address, housing.buyers.born, housing.buyers.income, housing.buyers.extra, housing.buyers.phones, housing.buyers.agent_id, housing.buyers.level, housing.buyers.created_at, housing.buyers.active 
FROM housing.buyers ORDER BY housing.buyers.id 
 LIMIT 3 OFFSET 2
-- case: psycopg2, boolean operators
SELECT housing.buyers.id 
FROM housing.buyers 
WHERE housing.buyers.level = 1 AND housing.buyers.active OR housing.buyers.phone NOT LIKE '138%' ORDER BY housing.buyers.id
-- case: psycopg2, in a list
SELECT housing.buyers.id, housing.buyers.phone 
FROM housing.buyers 
WHERE housing.buyers.id IN (1, 2, 3) ORDER BY housing.buyers.id
-- case: psycopg2, in an empty list
SELECT housing.buyers.id 
FROM housing.buyers 
WHERE housing.buyers.id IN (NULL) AND (1 != 1)
-- case: psycopg2, not in a subquery
SELECT housing.buyers.id 
FROM housing.buyers 
WHERE (housing.buyers.id NOT IN (SELECT housing.contracts.buyer_id 
FROM housing.contracts)) ORDER BY housing.buyers.id
-- case: psycopg2, pairs in a list
SELECT housing.contracts.id 
FROM housing.contracts 
WHERE (housing.contracts.status, housing.contracts.agent_id) IN (('signed', 1), ('filed', 2)) ORDER BY housing.contracts.id
-- case: psycopg2, any of an array
SELECT housing.buyers.id 
FROM housing.buyers 
WHERE housing.buyers.id = ANY (ARRAY[1, 2]) ORDER BY housing.buyers.id
-- case: psycopg2, text operators
SELECT housing.buyers.id, housing.buyers.name || ' ' || housing.buyers.phone AS l 
FROM housing.buyers 
WHERE (housing.buyers.name ILIKE '%' || '王' || '%') AND housing.buyers.email ILIKE '%.cn' ORDER BY housing.buyers.id
-- case: psycopg2, regular expression
SELECT housing.buyers.id 
FROM housing.buyers 
WHERE housing.buyers.email ~ '^a' AND (REGEXP_REPLACE(housing.buyers.phone, '[*]', 'x')) != '' ORDER BY housing.buyers.id
-- case: psycopg2, escape
SELECT housing.buyers.id 
FROM housing.buyers 
WHERE (housing.buyers.address LIKE '%' || '1/%' || '%' ESCAPE '/') ORDER BY housing.buyers.id
-- case: psycopg2, null ordering
SELECT housing.buyers.id 
FROM housing.buyers ORDER BY housing.buyers.income DESC NULLS LAST, housing.buyers.id 
 LIMIT 9
-- case: psycopg2, is distinct
SELECT count(*) AS count_1 
FROM housing.buyers 
WHERE housing.buyers.phone IS DISTINCT FROM housing.buyers.email
-- case: psycopg2, joins
SELECT housing.buyers.name, housing.contracts.price, housing.agents.name AS agent 
FROM housing.buyers JOIN housing.contracts ON housing.contracts.buyer_id = housing.buyers.id LEFT OUTER JOIN housing.agents ON housing.contracts.agent_id = housing.agents.id ORDER BY housing.contracts.id 
 LIMIT 9
-- case: psycopg2, full join
SELECT count(*) AS count_1 
FROM housing.buyers FULL OUTER JOIN housing.contracts ON housing.buyers.id = housing.contracts.buyer_id
-- case: psycopg2, grouped
SELECT housing.buyers.level, count(*) AS count_1, min(housing.buyers.born) AS min_1, avg(housing.buyers.income) AS avg_1 
FROM housing.buyers GROUP BY housing.buyers.level 
HAVING count(*) > 3 ORDER BY housing.buyers.level
-- case: psycopg2, distinct count
SELECT count(DISTINCT housing.buyers.phone) AS count_1 
FROM housing.buyers
-- case: psycopg2, filtered
SELECT count(*) FILTER (WHERE housing.contracts.status = 'filed') AS anon_1, sum(housing.contracts.price) FILTER (WHERE housing.contracts.price > 1500000) AS anon_2 
FROM housing.contracts
-- case: psycopg2, grouping sets
SELECT housing.buyers.agent_id, housing.buyers.level, count(*) AS count_1 
FROM housing.buyers GROUP BY GROUPING SETS((housing.buyers.agent_id), (housing.buyers.level), ()) ORDER BY housing.buyers.agent_id, housing.buyers.level
-- case: psycopg2, rollup
SELECT housing.contracts.status, housing.contracts.agent_id, sum(housing.contracts.price) AS sum_1 
FROM housing.contracts GROUP BY ROLLUP(housing.contracts.status, housing.contracts.agent_id) ORDER BY housing.contracts.status, housing.contracts.agent_id
-- case: psycopg2, percentile
SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY housing.contracts.price ASC) AS percentile_cont_1, mode() WITHIN GROUP (ORDER BY housing.contracts.status) AS mode_1 
FROM housing.contracts
-- case: psycopg2, case
SELECT housing.buyers.id, CASE WHEN (housing.buyers.income > 400000) THEN 'high' WHEN (housing.buyers.income IS NULL) THEN 'unknown' ELSE 'low' END AS band 
FROM housing.buyers ORDER BY housing.buyers.id 
 LIMIT 9
-- case: psycopg2, case by value
SELECT housing.contracts.id, CASE housing.contracts.status WHEN 'signed' THEN 1 WHEN 'filed' THEN 2 ELSE 0 END AS anon_1 
FROM housing.contracts ORDER BY housing.contracts.id 
 LIMIT 9
-- case: psycopg2, cast
SELECT CAST(housing.buyers.born AS TEXT) AS born, CAST(housing.buyers.income AS BIGINT) AS income, CAST(housing.buyers.created_at AS DATE) AS created_at 
FROM housing.buyers ORDER BY housing.buyers.id 
 LIMIT 5
-- case: psycopg2, extract
SELECT EXTRACT(year FROM housing.buyers.born) AS anon_1, date_trunc('month', housing.buyers.created_at) AS date_trunc_1, to_char(housing.buyers.created_at, 'YYYY-MM') AS to_char_1 
FROM housing.buyers ORDER BY housing.buyers.id 
 LIMIT 5
-- case: psycopg2, window
SELECT housing.contracts.id, sum(housing.contracts.price) OVER (PARTITION BY housing.contracts.agent_id ORDER BY housing.contracts.id ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS anon_1, lag(housing.contracts.price) OVER (ORDER BY housing.contracts.id) AS anon_2 
FROM housing.contracts ORDER BY housing.contracts.id 
 LIMIT 9
-- case: psycopg2, ranked
SELECT anon_1.id 
FROM (SELECT housing.contracts.id AS id, housing.contracts.agent_id AS agent_id, rank() OVER (PARTITION BY housing.contracts.agent_id ORDER BY housing.contracts.price DESC) AS r 
FROM housing.contracts) AS anon_1 
WHERE anon_1.r <= 2 ORDER BY anon_1.id
-- case: psycopg2, common table
WITH top AS 
(SELECT housing.contracts.buyer_id AS buyer_id, sum(housing.contracts.price) AS total 
FROM housing.contracts GROUP BY housing.contracts.buyer_id)
 SELECT housing.buyers.name, top.total 
FROM housing.buyers JOIN top ON top.buyer_id = housing.buyers.id ORDER BY top.total DESC, housing.buyers.id 
 LIMIT 9
-- case: psycopg2, recursive
WITH RECURSIVE chain(id, name, depth) AS 
(SELECT housing.agents.id AS id, housing.agents.name AS name, 0 AS depth 
FROM housing.agents 
WHERE housing.agents.manager_id IS NULL UNION ALL SELECT housing.agents.id AS id, housing.agents.name AS name, chain.depth + 1 AS anon_1 
FROM housing.agents JOIN chain ON housing.agents.manager_id = chain.id)
 SELECT chain.id, chain.name, chain.depth 
FROM chain ORDER BY chain.depth, chain.id
-- case: psycopg2, lateral
SELECT housing.buyers.id, last.signed 
FROM housing.buyers LEFT OUTER JOIN LATERAL (SELECT housing.contracts.signed AS signed 
FROM housing.contracts 
WHERE housing.contracts.buyer_id = housing.buyers.id ORDER BY housing.contracts.signed DESC, housing.contracts.id 
 LIMIT 1) AS last ON true ORDER BY housing.buyers.id 
 LIMIT 9
-- case: psycopg2, values
SELECT v.t, housing.buyers.name 
FROM (VALUES (1, 'a'), (2, 'b')) AS v (n, t) JOIN housing.buyers ON housing.buyers.id = v.n ORDER BY housing.buyers.id
-- case: psycopg2, scalar subquery
SELECT housing.buyers.id, (SELECT count(*) AS count_1 
FROM housing.contracts 
WHERE housing.contracts.buyer_id = housing.buyers.id) AS n 
FROM housing.buyers ORDER BY housing.buyers.id 
 LIMIT 9
-- case: psycopg2, exists
SELECT housing.buyers.id 
FROM housing.buyers 
WHERE EXISTS (SELECT * 
FROM housing.contracts 
WHERE housing.contracts.buyer_id = housing.buyers.id AND housing.contracts.price > 1800000) ORDER BY housing.buyers.id
-- case: psycopg2, union
SELECT housing.buyers.name AS n, 'b' 
FROM housing.buyers UNION ALL SELECT housing.agents.name, NULL AS anon_1 
FROM housing.agents ORDER BY n 
 LIMIT 9
-- case: psycopg2, json
SELECT housing.buyers.id, housing.buyers.extra ->> 'kin' AS anon_1, housing.buyers.extra #>> '{a, b}' AS anon_2 
FROM housing.buyers 
WHERE housing.buyers.extra ? 'rank' ORDER BY housing.buyers.id 
 LIMIT 5
-- case: psycopg2, json built
SELECT json_agg(json_build_object('id', housing.buyers.id, 'phone', housing.buyers.phone)) AS json_agg_1 
FROM housing.buyers 
WHERE housing.buyers.id = 3
-- case: psycopg2, ordered aggregates
SELECT array_agg(housing.buyers.phone ORDER BY housing.buyers.id) AS array_agg_1, string_agg(housing.buyers.name, ',' ORDER BY housing.buyers.id) AS string_agg_1 
FROM housing.buyers 
WHERE housing.buyers.id < 9
-- case: psycopg2, array functions
SELECT housing.buyers.id, unnest(housing.buyers.phones) AS unnest_1 
FROM housing.buyers ORDER BY housing.buyers.id 
 LIMIT 5
-- case: psycopg2, series
SELECT generate_series(1, 3) AS n
-- case: psycopg2, row lock
SELECT housing.buyers.id 
FROM housing.buyers 
WHERE housing.buyers.id < 3 ORDER BY housing.buyers.id FOR UPDATE OF buyers SKIP LOCKED
-- case: psycopg2, sample
SELECT count(*) AS count_1 
FROM housing.agents AS s TABLESAMPLE system(100)
-- case: psycopg2, text with parameters
SELECT id, phone FROM housing.buyers WHERE level = 2 ORDER BY id
-- case: psycopg2, typed parameters
SELECT housing.buyers.id 
FROM housing.buyers 
WHERE housing.buyers.born < '1980-01-01'::date AND housing.buyers.income > 100000.00 ORDER BY housing.buyers.id
-- case: psycopg2, column functions
SELECT coalesce(housing.buyers.phone, housing.buyers.email, 'none') AS coalesce_1, nullif(housing.buyers.level, 0) AS nullif_1, concat_ws('/', housing.buyers.name, housing.buyers.phone) AS concat_ws_1, md5(housing.buyers.phone) AS md5_1 
FROM housing.buyers ORDER BY housing.buyers.id 
 LIMIT 5
-- case: psycopg, first connection
select pg_catalog.version()
-- then
select current_schema()
-- then
show transaction isolation level
-- then
show standard_conforming_strings
-- then
BEGIN
-- then
SELECT
    typname AS name, oid, typarray AS array_oid,
    oid::regtype::text AS regtype, typdelim AS delimiter
FROM pg_type t
WHERE t.oid = to_regtype('hstore')
ORDER BY t.oid
-- then
COMMIT
-- case: psycopg, columns
-- bind: 5
SELECT housing.buyers.id, housing.buyers.name, housing.buyers.phone 
FROM housing.buyers 
WHERE housing.buyers.id < $1::INTEGER ORDER BY housing.buyers.id
-- case: psycopg, all columns
-- bind: 3, 2
SELECT housing.buyers.id, housing.buyers.name, housing.buyers.id_no, housing.buyers.phone, housing.buyers.email, housing.buyers.address, housing.buyers.born, housing.buyers.income, housing.buyers.extra, housing.buyers.phones, housing.buyers.agent_id, housing.buyers.level, housing.buyers.created_at, housing.buyers.active 
FROM housing.buyers ORDER BY housing.buyers.id 
 LIMIT $1::INTEGER OFFSET $2::INTEGER
-- case: psycopg, boolean operators
-- bind: 1, 138%
SELECT housing.buyers.id 
FROM housing.buyers 
WHERE housing.buyers.level = $1::INTEGER AND housing.buyers.active OR housing.buyers.phone NOT LIKE $2::VARCHAR ORDER BY housing.buyers.id
-- case: psycopg, in a list
-- bind: 1, 2, 3
SELECT housing.buyers.id, housing.buyers.phone 
FROM housing.buyers 
WHERE housing.buyers.id IN ($1::INTEGER, $2::INTEGER, $3::INTEGER) ORDER BY housing.buyers.id
-- case: psycopg, pairs in a list
-- bind: signed, 1, filed, 2
SELECT housing.contracts.id 
FROM housing.contracts 
WHERE (housing.contracts.status, housing.contracts.agent_id) IN (($1, $2), ($3, $4)) ORDER BY housing.contracts.id
-- case: psycopg, any of an array
-- bind: 1, 2
SELECT housing.buyers.id 
FROM housing.buyers 
WHERE housing.buyers.id = ANY (ARRAY[$1::INTEGER, $2::INTEGER]) ORDER BY housing.buyers.id
-- case: psycopg, escape
-- bind: 1/%
SELECT housing.buyers.id 
FROM housing.buyers 
WHERE (housing.buyers.address LIKE '%' || $1::VARCHAR || '%' ESCAPE '/') ORDER BY housing.buyers.id
-- case: psycopg, null ordering
-- bind: 9
SELECT housing.buyers.id 
FROM housing.buyers ORDER BY housing.buyers.income DESC NULLS LAST, housing.buyers.id 
 LIMIT $1::INTEGER
-- case: psycopg, joins
-- bind: 9
SELECT housing.buyers.name, housing.contracts.price, housing.agents.name AS agent 
FROM housing.buyers JOIN housing.contracts ON housing.contracts.buyer_id = housing.buyers.id LEFT OUTER JOIN housing.agents ON housing.contracts.agent_id = housing.agents.id ORDER BY housing.contracts.id 
 LIMIT $1::INTEGER
-- case: psycopg, grouped
-- bind: 3
SELECT housing.buyers.level, count(*) AS count_1, min(housing.buyers.born) AS min_1, avg(housing.buyers.income) AS avg_1 
FROM housing.buyers GROUP BY housing.buyers.level 
HAVING count(*) > $1::INTEGER ORDER BY housing.buyers.level
-- case: psycopg, filtered
-- bind: filed, 1500000
SELECT count(*) FILTER (WHERE housing.contracts.status = $1::VARCHAR) AS anon_1, sum(housing.contracts.price) FILTER (WHERE housing.contracts.price > $2::INTEGER) AS anon_2 
FROM housing.contracts
-- case: psycopg, percentile
-- bind: 0.5
SELECT percentile_cont($1) WITHIN GROUP (ORDER BY housing.contracts.price ASC) AS percentile_cont_1, mode() WITHIN GROUP (ORDER BY housing.contracts.status) AS mode_1 
FROM housing.contracts
-- case: psycopg, case
-- bind: 400000, high, unknown, low, 9
SELECT housing.buyers.id, CASE WHEN (housing.buyers.income > $1::INTEGER) THEN $2::VARCHAR WHEN (housing.buyers.income IS NULL) THEN $3::VARCHAR ELSE $4::VARCHAR END AS band 
FROM housing.buyers ORDER BY housing.buyers.id 
 LIMIT $5::INTEGER
-- case: psycopg, case by value
-- bind: signed, 1, filed, 2, 0, 9
SELECT housing.contracts.id, CASE housing.contracts.status WHEN $1::VARCHAR THEN $2::INTEGER WHEN $3::VARCHAR THEN $4::INTEGER ELSE $5::INTEGER END AS anon_1 
FROM housing.contracts ORDER BY housing.contracts.id 
 LIMIT $6::INTEGER
-- case: psycopg, cast
-- bind: 5
SELECT CAST(housing.buyers.born AS TEXT) AS born, CAST(housing.buyers.income AS BIGINT) AS income, CAST(housing.buyers.created_at AS DATE) AS created_at 
FROM housing.buyers ORDER BY housing.buyers.id 
 LIMIT $1::INTEGER
-- case: psycopg, extract
-- bind: month, YYYY-MM, 5
SELECT EXTRACT(year FROM housing.buyers.born) AS anon_1, date_trunc($1::VARCHAR, housing.buyers.created_at) AS date_trunc_1, to_char(housing.buyers.created_at, $2::VARCHAR) AS to_char_1 
FROM housing.buyers ORDER BY housing.buyers.id 
 LIMIT $3::INTEGER
-- case: psycopg, window
-- bind: 9
SELECT housing.contracts.id, sum(housing.contracts.price) OVER (PARTITION BY housing.contracts.agent_id ORDER BY housing.contracts.id ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS anon_1, lag(housing.contracts.price) OVER (ORDER BY housing.contracts.id) AS anon_2 
FROM housing.contracts ORDER BY housing.contracts.id 
 LIMIT $1::INTEGER
-- case: psycopg, ranked
-- bind: 2
SELECT anon_1.id 
FROM (SELECT housing.contracts.id AS id, housing.contracts.agent_id AS agent_id, rank() OVER (PARTITION BY housing.contracts.agent_id ORDER BY housing.contracts.price DESC) AS r 
FROM housing.contracts) AS anon_1 
WHERE anon_1.r <= $1::INTEGER ORDER BY anon_1.id
-- case: psycopg, common table
-- bind: 9
WITH top AS 
(SELECT housing.contracts.buyer_id AS buyer_id, sum(housing.contracts.price) AS total 
FROM housing.contracts GROUP BY housing.contracts.buyer_id)
 SELECT housing.buyers.name, top.total 
FROM housing.buyers JOIN top ON top.buyer_id = housing.buyers.id ORDER BY top.total DESC, housing.buyers.id 
 LIMIT $1::INTEGER
-- case: psycopg, recursive
-- bind: 0, 1
WITH RECURSIVE chain(id, name, depth) AS 
(SELECT housing.agents.id AS id, housing.agents.name AS name, $1::INTEGER AS depth 
FROM housing.agents 
WHERE housing.agents.manager_id IS NULL UNION ALL SELECT housing.agents.id AS id, housing.agents.name AS name, chain.depth + $2::INTEGER AS anon_1 
FROM housing.agents JOIN chain ON housing.agents.manager_id = chain.id)
 SELECT chain.id, chain.name, chain.depth 
FROM chain ORDER BY chain.depth, chain.id
-- case: psycopg, lateral
-- bind: 1, 9
SELECT housing.buyers.id, last.signed 
FROM housing.buyers LEFT OUTER JOIN LATERAL (SELECT housing.contracts.signed AS signed 
FROM housing.contracts 
WHERE housing.contracts.buyer_id = housing.buyers.id ORDER BY housing.contracts.signed DESC, housing.contracts.id 
 LIMIT $1::INTEGER) AS last ON true ORDER BY housing.buyers.id 
 LIMIT $2::INTEGER
-- case: psycopg, values
-- bind: 1, a, 2, b
SELECT v.t, housing.buyers.name 
FROM (VALUES ($1::INTEGER, $2::VARCHAR), ($3::INTEGER, $4::VARCHAR)) AS v (n, t) JOIN housing.buyers ON housing.buyers.id = v.n ORDER BY housing.buyers.id
-- case: psycopg, scalar subquery
-- bind: 9
SELECT housing.buyers.id, (SELECT count(*) AS count_1 
FROM housing.contracts 
WHERE housing.contracts.buyer_id = housing.buyers.id) AS n 
FROM housing.buyers ORDER BY housing.buyers.id 
 LIMIT $1::INTEGER
-- case: psycopg, exists
-- bind: 1800000
SELECT housing.buyers.id 
FROM housing.buyers 
WHERE EXISTS (SELECT * 
FROM housing.contracts 
WHERE housing.contracts.buyer_id = housing.buyers.id AND housing.contracts.price > $1::INTEGER) ORDER BY housing.buyers.id
-- case: psycopg, union
-- bind: 9
SELECT housing.buyers.name AS n, 'b' 
FROM housing.buyers UNION ALL SELECT housing.agents.name, NULL AS anon_1 
FROM housing.agents ORDER BY n 
 LIMIT $1::INTEGER
-- case: psycopg, json
-- bind: kin, {a,b}, rank, 5
SELECT housing.buyers.id, housing.buyers.extra ->> $1::TEXT AS anon_1, housing.buyers.extra #>> $2 AS anon_2 
FROM housing.buyers 
WHERE housing.buyers.extra ? $3::VARCHAR ORDER BY housing.buyers.id 
 LIMIT $4::INTEGER
-- case: psycopg, json built
-- bind: id, phone, 3
SELECT json_agg(json_build_object($1::VARCHAR, housing.buyers.id, $2::VARCHAR, housing.buyers.phone)) AS json_agg_1 
FROM housing.buyers 
WHERE housing.buyers.id = $3::INTEGER
-- case: psycopg, ordered aggregates
-- bind: 9
SELECT array_agg(housing.buyers.phone ORDER BY housing.buyers.id) AS array_agg_1, string_agg(housing.buyers.name, ',' ORDER BY housing.buyers.id) AS string_agg_1 
FROM housing.buyers 
WHERE housing.buyers.id < $1::INTEGER
-- case: psycopg, array functions
-- bind: 5
SELECT housing.buyers.id, unnest(housing.buyers.phones) AS unnest_1 
FROM housing.buyers ORDER BY housing.buyers.id 
 LIMIT $1::INTEGER
-- case: psycopg, series
-- bind: 1, 3
SELECT generate_series($1::INTEGER, $2::INTEGER) AS n
-- case: psycopg, row lock
-- bind: 3
SELECT housing.buyers.id 
FROM housing.buyers 
WHERE housing.buyers.id < $1::INTEGER ORDER BY housing.buyers.id FOR UPDATE OF buyers SKIP LOCKED
-- case: psycopg, sample
-- bind: 100
SELECT count(*) AS count_1 
FROM housing.agents AS s TABLESAMPLE system($1::INTEGER)
-- case: psycopg, text with parameters
-- bind: 2
SELECT id, phone FROM housing.buyers WHERE level = $1::INTEGER ORDER BY id
-- case: psycopg, typed parameters
-- bind: 1980-01-01, 100000.00
SELECT housing.buyers.id 
FROM housing.buyers 
WHERE housing.buyers.born < $1::DATE AND housing.buyers.income > $2 ORDER BY housing.buyers.id
-- case: psycopg, column functions
-- bind: none, 0, /, 5
SELECT coalesce(housing.buyers.phone, housing.buyers.email, $1::VARCHAR) AS coalesce_1, nullif(housing.buyers.level, $2::INTEGER) AS nullif_1, concat_ws($3::VARCHAR, housing.buyers.name, housing.buyers.phone) AS concat_ws_1, md5(housing.buyers.phone) AS md5_1 
FROM housing.buyers ORDER BY housing.buyers.id 
 LIMIT $4::INTEGER
-- case: psycopg, column functions
select pg_catalog.version()
-- case: psycopg, column functions, 2
select current_schema()
-- case: psycopg, column functions, 3
show transaction isolation level
-- case: psycopg, column functions, 4
show standard_conforming_strings
-- case: asyncpg, percentile
-- bind: 0.5
SELECT percentile_cont($1::FLOAT) WITHIN GROUP (ORDER BY housing.contracts.price ASC) AS percentile_cont_1, mode() WITHIN GROUP (ORDER BY housing.contracts.status) AS mode_1 
FROM housing.contracts
-- case: asyncpg, ordered aggregates
SELECT
                        current_setting('jit') AS cur,
                        set_config('jit', 'off', false) AS new
-- case: asyncpg, ordered aggregates, 2
-- bind: {1015}
WITH RECURSIVE typeinfo_tree(
    oid, ns, name, kind, basetype, elemtype, elemdelim,
    range_subtype, attrtypoids, attrnames, depth)
AS (
    SELECT
        ti.oid, ti.ns, ti.name, ti.kind, ti.basetype,
        ti.elemtype, ti.elemdelim, ti.range_subtype,
        ti.attrtypoids, ti.attrnames, 0
    FROM
            (
        SELECT
            t.oid                           AS oid,
            ns.nspname                      AS ns,
            t.typname                       AS name,
            t.typtype                       AS kind,
            (CASE WHEN t.typtype = 'd' THEN
                (WITH RECURSIVE typebases(oid, depth) AS (
                    SELECT
                        t2.typbasetype      AS oid,
                        0                   AS depth
                    FROM
                        pg_type t2
                    WHERE
                        t2.oid = t.oid

                    UNION ALL

                    SELECT
                        t2.typbasetype      AS oid,
                        tb.depth + 1        AS depth
                    FROM
                        pg_type t2,
                        typebases tb
                    WHERE
                       tb.oid = t2.oid
                       AND t2.typbasetype != 0
               ) SELECT oid FROM typebases ORDER BY depth DESC LIMIT 1)

               ELSE NULL
            END)                            AS basetype,
            t.typelem                       AS elemtype,
            elem_t.typdelim                 AS elemdelim,
            COALESCE(
                range_t.rngsubtype,
                multirange_t.rngsubtype)    AS range_subtype,
            (CASE WHEN t.typtype = 'c' THEN
                (SELECT
                    array_agg(ia.atttypid ORDER BY ia.attnum)
                FROM
                    pg_attribute ia
                    INNER JOIN pg_class c
                        ON (ia.attrelid = c.oid)
                WHERE
                    ia.attnum > 0 AND NOT ia.attisdropped
                    AND c.reltype = t.oid)

                ELSE NULL
            END)                            AS attrtypoids,
            (CASE WHEN t.typtype = 'c' THEN
                (SELECT
                    array_agg(ia.attname::text ORDER BY ia.attnum)
                FROM
                    pg_attribute ia
                    INNER JOIN pg_class c
                        ON (ia.attrelid = c.oid)
                WHERE
                    ia.attnum > 0 AND NOT ia.attisdropped
                    AND c.reltype = t.oid)

                ELSE NULL
            END)                            AS attrnames
        FROM
            pg_catalog.pg_type AS t
            INNER JOIN pg_catalog.pg_namespace ns ON (
                ns.oid = t.typnamespace)
            LEFT JOIN pg_type elem_t ON (
                t.typlen = -1 AND
                t.typelem != 0 AND
                t.typelem = elem_t.oid
            )
            LEFT JOIN pg_range range_t ON (
                t.oid = range_t.rngtypid
            )
            LEFT JOIN pg_range multirange_t ON (
                t.oid = multirange_t.rngmultitypid
            )
    )
 AS ti
    WHERE
        ti.oid = any($1::oid[])

    UNION ALL

    SELECT
        ti.oid, ti.ns, ti.name, ti.kind, ti.basetype,
        ti.elemtype, ti.elemdelim, ti.range_subtype,
        ti.attrtypoids, ti.attrnames, tt.depth + 1
    FROM
            (
        SELECT
            t.oid                           AS oid,
            ns.nspname                      AS ns,
            t.typname                       AS name,
            t.typtype                       AS kind,
            (CASE WHEN t.typtype = 'd' THEN
                (WITH RECURSIVE typebases(oid, depth) AS (
                    SELECT
                        t2.typbasetype      AS oid,
                        0                   AS depth
                    FROM
                        pg_type t2
                    WHERE
                        t2.oid = t.oid

                    UNION ALL

                    SELECT
                        t2.typbasetype      AS oid,
                        tb.depth + 1        AS depth
                    FROM
                        pg_type t2,
                        typebases tb
                    WHERE
                       tb.oid = t2.oid
                       AND t2.typbasetype != 0
               ) SELECT oid FROM typebases ORDER BY depth DESC LIMIT 1)

               ELSE NULL
            END)                            AS basetype,
            t.typelem                       AS elemtype,
            elem_t.typdelim                 AS elemdelim,
            COALESCE(
                range_t.rngsubtype,
                multirange_t.rngsubtype)    AS range_subtype,
            (CASE WHEN t.typtype = 'c' THEN
                (SELECT
                    array_agg(ia.atttypid ORDER BY ia.attnum)
                FROM
                    pg_attribute ia
                    INNER JOIN pg_class c
                        ON (ia.attrelid = c.oid)
                WHERE
                    ia.attnum > 0 AND NOT ia.attisdropped
                    AND c.reltype = t.oid)

                ELSE NULL
            END)                            AS attrtypoids,
            (CASE WHEN t.typtype = 'c' THEN
                (SELECT
                    array_agg(ia.attname::text ORDER BY ia.attnum)
                FROM
                    pg_attribute ia
                    INNER JOIN pg_class c
                        ON (ia.attrelid = c.oid)
                WHERE
                    ia.attnum > 0 AND NOT ia.attisdropped
                    AND c.reltype = t.oid)

                ELSE NULL
            END)                            AS attrnames
        FROM
            pg_catalog.pg_type AS t
            INNER JOIN pg_catalog.pg_namespace ns ON (
                ns.oid = t.typnamespace)
            LEFT JOIN pg_type elem_t ON (
                t.typlen = -1 AND
                t.typelem != 0 AND
                t.typelem = elem_t.oid
            )
            LEFT JOIN pg_range range_t ON (
                t.oid = range_t.rngtypid
            )
            LEFT JOIN pg_range multirange_t ON (
                t.oid = multirange_t.rngmultitypid
            )
    )
 ti,
        typeinfo_tree tt
    WHERE
        (tt.elemtype IS NOT NULL AND ti.oid = tt.elemtype)
        OR (tt.attrtypoids IS NOT NULL AND ti.oid = any(tt.attrtypoids))
        OR (tt.range_subtype IS NOT NULL AND ti.oid = tt.range_subtype)
        OR (tt.basetype IS NOT NULL AND ti.oid = tt.basetype)
)

SELECT DISTINCT
    *,
    basetype::regtype::text AS basetype_name,
    elemtype::regtype::text AS elemtype_name,
    range_subtype::regtype::text AS range_subtype_name
FROM
    typeinfo_tree
ORDER BY
    depth DESC
-- case: asyncpg, ordered aggregates, 3
-- bind: on
SELECT
                    set_config('jit', $1, false)
-- case: asyncpg, typed parameters
-- bind: 1980-01-01, 100000.00
SELECT housing.buyers.id 
FROM housing.buyers 
WHERE housing.buyers.born < $1::DATE AND housing.buyers.income > $2::NUMERIC ORDER BY housing.buyers.id
-- case: ORM, entities
BEGIN
-- then
SELECT t.oid, typarray
FROM pg_type t JOIN pg_namespace ns
    ON typnamespace = ns.oid
WHERE typname = 'hstore'
-- then
ROLLBACK
-- then
BEGIN
-- then
select pg_catalog.version()
-- then
select current_schema()
-- then
show transaction isolation level
-- then
show standard_conforming_strings
-- then
ROLLBACK
-- then
BEGIN
-- then
SELECT housing.buyers.id, housing.buyers.name, housing.buyers.id_no, housing.buyers.phone, housing.buyers.email, housing.buyers.born, housing.buyers.income, housing.buyers.extra, housing.buyers.phones, housing.buyers.agent_id, housing.buyers.level, housing.buyers.created_at, housing.buyers.active 
FROM housing.buyers ORDER BY housing.buyers.id 
 LIMIT 5
-- case: ORM, joined loading
SELECT anon_1.id, anon_1.name, anon_1.id_no, anon_1.phone, anon_1.email, anon_1.born, anon_1.income, anon_1.extra, anon_1.phones, anon_1.agent_id, anon_1.level, anon_1.created_at, anon_1.active, agents_1.id AS id_1, agents_1.name AS name_1, agents_1.desk, agents_1.manager_id, agents_2.id AS id_2, agents_2.name AS name_2, agents_2.desk AS desk_1, agents_2.manager_id AS manager_id_1, contracts_1.id AS id_3, contracts_1.unit_id, contracts_1.buyer_id, contracts_1.agent_id AS agent_id_1, contracts_1.signed, contracts_1.price, contracts_1.status, contracts_1.bank_card 
FROM (SELECT housing.buyers.id AS id, housing.buyers.name AS name, housing.buyers.id_no AS id_no, housing.buyers.phone AS phone, housing.buyers.email AS email, housing.buyers.born AS born, housing.buyers.income AS income, housing.buyers.extra AS extra, housing.buyers.phones AS phones, housing.buyers.agent_id AS agent_id, housing.buyers.level AS level, housing.buyers.created_at AS created_at, housing.buyers.active AS active 
FROM housing.buyers ORDER BY housing.buyers.id 
 LIMIT 5) AS anon_1 LEFT OUTER JOIN housing.agents AS agents_2 ON agents_2.id = anon_1.agent_id LEFT OUTER JOIN housing.agents AS agents_1 ON agents_1.id = agents_2.manager_id LEFT OUTER JOIN housing.contracts AS contracts_1 ON anon_1.id = contracts_1.buyer_id ORDER BY anon_1.id, contracts_1.id
-- case: ORM, select-in loading
SELECT housing.buyers.id, housing.buyers.name, housing.buyers.id_no, housing.buyers.phone, housing.buyers.email, housing.buyers.born, housing.buyers.income, housing.buyers.extra, housing.buyers.phones, housing.buyers.agent_id, housing.buyers.level, housing.buyers.created_at, housing.buyers.active 
FROM housing.buyers ORDER BY housing.buyers.id 
 LIMIT 5
-- case: ORM, select-in loading, 2
SELECT housing.agents.id, housing.agents.name, housing.agents.desk, housing.agents.manager_id 
FROM housing.agents 
WHERE housing.agents.id IN (2, 3, 4, 5, 6)
-- case: ORM, select-in loading, 3
SELECT housing.contracts.buyer_id, housing.contracts.id, housing.contracts.unit_id, housing.contracts.agent_id, housing.contracts.signed, housing.contracts.price, housing.contracts.status, housing.contracts.bank_card 
FROM housing.contracts 
WHERE housing.contracts.buyer_id IN (1, 2, 3, 4, 5) ORDER BY housing.contracts.id
-- case: ORM, subquery loading
SELECT housing.agents.id, housing.agents.name, housing.agents.desk, housing.agents.manager_id 
FROM housing.agents ORDER BY housing.agents.id 
 LIMIT 3
-- case: ORM, subquery loading, 2
SELECT housing.buyers.id AS housing_buyers_id, housing.buyers.name AS housing_buyers_name, housing.buyers.id_no AS housing_buyers_id_no, housing.buyers.phone AS housing_buyers_phone, housing.buyers.email AS housing_buyers_email, housing.buyers.born AS housing_buyers_born, housing.buyers.income AS housing_buyers_income, housing.buyers.extra AS housing_buyers_extra, housing.buyers.phones AS housing_buyers_phones, housing.buyers.agent_id AS housing_buyers_agent_id, housing.buyers.level AS housing_buyers_level, housing.buyers.created_at AS housing_buyers_created_at, housing.buyers.active AS housing_buyers_active, anon_1.housing_agents_id AS anon_1_housing_agents_id 
FROM (SELECT housing.agents.id AS housing_agents_id 
FROM housing.agents ORDER BY housing.agents.id 
 LIMIT 3) AS anon_1 JOIN housing.buyers ON anon_1.housing_agents_id = housing.buyers.agent_id
-- case: ORM, contained loading
SELECT housing.buyers.id, housing.buyers.name, housing.buyers.id_no, housing.buyers.phone, housing.buyers.email, housing.buyers.born, housing.buyers.income, housing.buyers.extra, housing.buyers.phones, housing.buyers.agent_id, housing.buyers.level, housing.buyers.created_at, housing.buyers.active, housing.contracts.id AS id_1, housing.contracts.unit_id, housing.contracts.buyer_id, housing.contracts.agent_id AS agent_id_1, housing.contracts.signed, housing.contracts.price, housing.contracts.status, housing.contracts.bank_card 
FROM housing.contracts JOIN housing.buyers ON housing.buyers.id = housing.contracts.buyer_id 
WHERE housing.buyers.level = 2 ORDER BY housing.contracts.id
-- case: ORM, some columns
SELECT housing.buyers.id, housing.buyers.name, housing.buyers.phone 
FROM housing.buyers ORDER BY housing.buyers.id 
 LIMIT 5
-- case: ORM, undeferred
SELECT housing.buyers.id, housing.buyers.name, housing.buyers.id_no, housing.buyers.phone, housing.buyers.email, housing.buyers.address, housing.buyers.born, housing.buyers.income, housing.buyers.extra, housing.buyers.phones, housing.buyers.agent_id, housing.buyers.level, housing.buyers.created_at, housing.buyers.active 
FROM housing.buyers ORDER BY housing.buyers.id 
 LIMIT 5
-- case: ORM, aliased
SELECT housing.agents.id, housing.agents.name, housing.agents.desk, housing.agents.manager_id 
FROM housing.agents JOIN housing.agents AS agents_1 ON agents_1.id = housing.agents.manager_id 
WHERE agents_1.name = '顾问1' ORDER BY housing.agents.id
-- case: ORM, any and has
SELECT housing.buyers.id, housing.buyers.name, housing.buyers.id_no, housing.buyers.phone, housing.buyers.email, housing.buyers.born, housing.buyers.income, housing.buyers.extra, housing.buyers.phones, housing.buyers.agent_id, housing.buyers.level, housing.buyers.created_at, housing.buyers.active 
FROM housing.buyers 
WHERE (EXISTS (SELECT 1 
FROM housing.contracts 
WHERE housing.buyers.id = housing.contracts.buyer_id AND housing.contracts.price > 1800000)) AND (EXISTS (SELECT 1 
FROM housing.agents 
WHERE housing.agents.id = housing.buyers.agent_id AND housing.agents.desk = 'desk 1')) ORDER BY housing.buyers.id
-- case: ORM, get and lazy loads
SELECT housing.buyers.id, housing.buyers.name, housing.buyers.id_no, housing.buyers.phone, housing.buyers.email, housing.buyers.born, housing.buyers.income, housing.buyers.extra, housing.buyers.phones, housing.buyers.agent_id, housing.buyers.level, housing.buyers.created_at, housing.buyers.active 
FROM housing.buyers 
WHERE housing.buyers.id = 7
-- case: ORM, get and lazy loads, 2
SELECT housing.buyers.address 
FROM housing.buyers 
WHERE housing.buyers.id = 7
-- case: ORM, get and lazy loads, 3
SELECT housing.contracts.id, housing.contracts.unit_id, housing.contracts.buyer_id, housing.contracts.agent_id, housing.contracts.signed, housing.contracts.price, housing.contracts.status, housing.contracts.bank_card 
FROM housing.contracts 
WHERE 7 = housing.contracts.buyer_id ORDER BY housing.contracts.id
-- case: ORM, get and lazy loads, 4
SELECT housing.agents.id, housing.agents.name, housing.agents.desk, housing.agents.manager_id 
FROM housing.agents 
WHERE housing.agents.id = 8
-- case: ORM, refresh after commit
COMMIT
-- then
BEGIN
-- then
SELECT housing.buyers.id, housing.buyers.name, housing.buyers.id_no, housing.buyers.phone, housing.buyers.email, housing.buyers.born, housing.buyers.income, housing.buyers.extra, housing.buyers.phones, housing.buyers.agent_id, housing.buyers.level, housing.buyers.created_at, housing.buyers.active 
FROM housing.buyers 
WHERE housing.buyers.id = 7
-- case: ORM, savepoint
COMMIT
-- then
BEGIN
-- then
SAVEPOINT sa_savepoint_1
-- then
SELECT housing.contracts.id, housing.contracts.unit_id, housing.contracts.buyer_id, housing.contracts.agent_id, housing.contracts.signed, housing.contracts.price, housing.contracts.status, housing.contracts.bank_card 
FROM housing.contracts 
WHERE housing.contracts.id = 3
-- then
RELEASE SAVEPOINT sa_savepoint_1
-- then
ROLLBACK
-- case: inspector
BEGIN
-- then
SELECT t.oid, typarray
FROM pg_type t JOIN pg_namespace ns
    ON typnamespace = ns.oid
WHERE typname = 'hstore'
-- then
ROLLBACK
-- then
select pg_catalog.version()
-- then
select current_schema()
-- then
show transaction isolation level
-- then
show standard_conforming_strings
-- then
SELECT pg_catalog.pg_class.relname 
FROM pg_catalog.pg_class JOIN pg_catalog.pg_namespace ON pg_catalog.pg_namespace.oid = pg_catalog.pg_class.relnamespace 
WHERE pg_catalog.pg_class.relkind = ANY (ARRAY['r', 'p']) AND pg_catalog.pg_class.relpersistence != 't' AND pg_catalog.pg_namespace.nspname = 'housing'
-- then
SELECT pg_catalog.pg_class.relname 
FROM pg_catalog.pg_class JOIN pg_catalog.pg_namespace ON pg_catalog.pg_namespace.oid = pg_catalog.pg_class.relnamespace 
WHERE pg_catalog.pg_class.relkind = ANY (ARRAY['v']) AND pg_catalog.pg_class.relpersistence != 't' AND pg_catalog.pg_namespace.nspname = 'housing'
-- then
SELECT pg_catalog.pg_class.relname 
FROM pg_catalog.pg_class JOIN pg_catalog.pg_namespace ON pg_catalog.pg_namespace.oid = pg_catalog.pg_class.relnamespace 
WHERE pg_catalog.pg_class.relkind = ANY (ARRAY['m']) AND pg_catalog.pg_class.relpersistence != 't' AND pg_catalog.pg_namespace.nspname = 'housing'
-- then
SELECT pg_catalog.pg_class.relname 
FROM pg_catalog.pg_class JOIN pg_catalog.pg_namespace ON pg_catalog.pg_namespace.oid = pg_catalog.pg_class.relnamespace 
WHERE pg_catalog.pg_class.relkind = ANY (ARRAY['S']) AND pg_catalog.pg_namespace.nspname = 'housing'
-- then
SELECT pg_catalog.pg_class.relname 
FROM pg_catalog.pg_class JOIN pg_catalog.pg_namespace ON pg_catalog.pg_namespace.oid = pg_catalog.pg_class.relnamespace 
WHERE pg_catalog.pg_class.relkind = ANY (ARRAY['r', 'p']) AND pg_catalog.pg_class.relpersistence = 't' AND pg_catalog.pg_table_is_visible(pg_catalog.pg_class.oid) AND pg_catalog.pg_namespace.nspname != 'pg_catalog'
-- then
SELECT pg_catalog.pg_type.typname AS name, pg_catalog.pg_type_is_visible(pg_catalog.pg_type.oid) AS visible, pg_catalog.pg_namespace.nspname AS schema, lbl_agg.labels AS labels 
FROM pg_catalog.pg_type JOIN pg_catalog.pg_namespace ON pg_catalog.pg_namespace.oid = pg_catalog.pg_type.typnamespace LEFT OUTER JOIN (SELECT pg_catalog.pg_enum.enumtypid AS enumtypid, array_agg(CAST(pg_catalog.pg_enum.enumlabel AS TEXT) ORDER BY pg_catalog.pg_enum.enumsortorder) AS labels 
FROM pg_catalog.pg_enum GROUP BY pg_catalog.pg_enum.enumtypid) AS lbl_agg ON pg_catalog.pg_type.oid = lbl_agg.enumtypid 
WHERE pg_catalog.pg_type.typtype = 'e' AND pg_catalog.pg_namespace.nspname = 'housing' ORDER BY pg_catalog.pg_namespace.nspname, pg_catalog.pg_type.typname
-- then
SELECT pg_catalog.pg_type.typname AS name, pg_catalog.format_type(pg_catalog.pg_type.typbasetype, pg_catalog.pg_type.typtypmod) AS attype, NOT pg_catalog.pg_type.typnotnull AS nullable, pg_catalog.pg_type.typdefault AS "default", pg_catalog.pg_type_is_visible(pg_catalog.pg_type.oid) AS visible, pg_catalog.pg_namespace.nspname AS schema, domain_constraints.condefs, domain_constraints.connames, pg_catalog.pg_collation.collname, CASE WHEN (pg_catalog.pg_collation.oid IS NULL) THEN NULL WHEN pg_catalog.pg_collation_is_visible(pg_catalog.pg_collation.oid) THEN NULL ELSE collation_namespace.nspname END AS collation_schema 
FROM pg_catalog.pg_type JOIN pg_catalog.pg_namespace ON pg_catalog.pg_namespace.oid = pg_catalog.pg_type.typnamespace LEFT OUTER JOIN pg_catalog.pg_collation ON pg_catalog.pg_type.typcollation = pg_catalog.pg_collation.oid LEFT OUTER JOIN pg_catalog.pg_namespace AS collation_namespace ON collation_namespace.oid = pg_catalog.pg_collation.collnamespace LEFT OUTER JOIN (SELECT pg_catalog.pg_constraint.contypid AS contypid, array_agg(pg_catalog.pg_get_constraintdef(pg_catalog.pg_constraint.oid, true)) AS condefs, array_agg(CAST(pg_catalog.pg_constraint.conname AS TEXT)) AS connames 
FROM pg_catalog.pg_constraint 
WHERE pg_catalog.pg_constraint.contypid != 0 GROUP BY pg_catalog.pg_constraint.contypid) AS domain_constraints ON pg_catalog.pg_type.oid = domain_constraints.contypid 
WHERE pg_catalog.pg_type.typtype = 'd' AND pg_catalog.pg_namespace.nspname = 'housing' ORDER BY pg_catalog.pg_namespace.nspname, pg_catalog.pg_type.typname
-- then
SELECT pg_catalog.pg_class.relname 
FROM pg_catalog.pg_class JOIN pg_catalog.pg_namespace ON pg_catalog.pg_namespace.oid = pg_catalog.pg_class.relnamespace 
WHERE pg_catalog.pg_class.relkind = ANY (ARRAY['r', 'p']) AND pg_catalog.pg_class.relpersistence != 't' AND pg_catalog.pg_namespace.nspname = 'app'
-- then
SELECT pg_catalog.pg_class.relname 
FROM pg_catalog.pg_class JOIN pg_catalog.pg_namespace ON pg_catalog.pg_namespace.oid = pg_catalog.pg_class.relnamespace 
WHERE pg_catalog.pg_class.relkind = ANY (ARRAY['v']) AND pg_catalog.pg_class.relpersistence != 't' AND pg_catalog.pg_namespace.nspname = 'app'
-- then
SELECT pg_catalog.pg_class.relname 
FROM pg_catalog.pg_class JOIN pg_catalog.pg_namespace ON pg_catalog.pg_namespace.oid = pg_catalog.pg_class.relnamespace 
WHERE pg_catalog.pg_class.relkind = ANY (ARRAY['m']) AND pg_catalog.pg_class.relpersistence != 't' AND pg_catalog.pg_namespace.nspname = 'app'
-- then
SELECT pg_catalog.pg_class.relname 
FROM pg_catalog.pg_class JOIN pg_catalog.pg_namespace ON pg_catalog.pg_namespace.oid = pg_catalog.pg_class.relnamespace 
WHERE pg_catalog.pg_class.relkind = ANY (ARRAY['S']) AND pg_catalog.pg_namespace.nspname = 'app'
-- then
SELECT pg_catalog.pg_type.typname AS name, pg_catalog.pg_type_is_visible(pg_catalog.pg_type.oid) AS visible, pg_catalog.pg_namespace.nspname AS schema, lbl_agg.labels AS labels 
FROM pg_catalog.pg_type JOIN pg_catalog.pg_namespace ON pg_catalog.pg_namespace.oid = pg_catalog.pg_type.typnamespace LEFT OUTER JOIN (SELECT pg_catalog.pg_enum.enumtypid AS enumtypid, array_agg(CAST(pg_catalog.pg_enum.enumlabel AS TEXT) ORDER BY pg_catalog.pg_enum.enumsortorder) AS labels 
FROM pg_catalog.pg_enum GROUP BY pg_catalog.pg_enum.enumtypid) AS lbl_agg ON pg_catalog.pg_type.oid = lbl_agg.enumtypid 
WHERE pg_catalog.pg_type.typtype = 'e' AND pg_catalog.pg_namespace.nspname = 'app' ORDER BY pg_catalog.pg_namespace.nspname, pg_catalog.pg_type.typname
-- then
SELECT pg_catalog.pg_type.typname AS name, pg_catalog.format_type(pg_catalog.pg_type.typbasetype, pg_catalog.pg_type.typtypmod) AS attype, NOT pg_catalog.pg_type.typnotnull AS nullable, pg_catalog.pg_type.typdefault AS "default", pg_catalog.pg_type_is_visible(pg_catalog.pg_type.oid) AS visible, pg_catalog.pg_namespace.nspname AS schema, domain_constraints.condefs, domain_constraints.connames, pg_catalog.pg_collation.collname, CASE WHEN (pg_catalog.pg_collation.oid IS NULL) THEN NULL WHEN pg_catalog.pg_collation_is_visible(pg_catalog.pg_collation.oid) THEN NULL ELSE collation_namespace.nspname END AS collation_schema 
FROM pg_catalog.pg_type JOIN pg_catalog.pg_namespace ON pg_catalog.pg_namespace.oid = pg_catalog.pg_type.typnamespace LEFT OUTER JOIN pg_catalog.pg_collation ON pg_catalog.pg_type.typcollation = pg_catalog.pg_collation.oid LEFT OUTER JOIN pg_catalog.pg_namespace AS collation_namespace ON collation_namespace.oid = pg_catalog.pg_collation.collnamespace LEFT OUTER JOIN (SELECT pg_catalog.pg_constraint.contypid AS contypid, array_agg(pg_catalog.pg_get_constraintdef(pg_catalog.pg_constraint.oid, true)) AS condefs, array_agg(CAST(pg_catalog.pg_constraint.conname AS TEXT)) AS connames 
FROM pg_catalog.pg_constraint 
WHERE pg_catalog.pg_constraint.contypid != 0 GROUP BY pg_catalog.pg_constraint.contypid) AS domain_constraints ON pg_catalog.pg_type.oid = domain_constraints.contypid 
WHERE pg_catalog.pg_type.typtype = 'd' AND pg_catalog.pg_namespace.nspname = 'app' ORDER BY pg_catalog.pg_namespace.nspname, pg_catalog.pg_type.typname
-- case: inspector, columns
SELECT pg_catalog.pg_attribute.attname AS name, pg_catalog.format_type(pg_catalog.pg_attribute.atttypid, pg_catalog.pg_attribute.atttypmod) AS format_type, CASE WHEN pg_catalog.pg_attribute.atthasdef THEN (SELECT pg_catalog.pg_get_expr(pg_catalog.pg_attrdef.adbin, pg_catalog.pg_attrdef.adrelid) AS pg_get_expr_1 
FROM pg_catalog.pg_attrdef 
WHERE pg_catalog.pg_attribute.atthasdef AND pg_catalog.pg_attrdef.adrelid = pg_catalog.pg_attribute.attrelid AND pg_catalog.pg_attrdef.adnum = pg_catalog.pg_attribute.attnum) ELSE NULL END AS "default", pg_catalog.pg_attribute.attnotnull AS not_null, pg_catalog.pg_class.relname AS table_name, pg_catalog.pg_description.description AS comment, pg_catalog.pg_attribute.attgenerated AS generated, CASE WHEN (pg_catalog.pg_attribute.attidentity != '') THEN (SELECT json_build_object('always', pg_catalog.pg_attribute.attidentity = 'a', 'start', pg_catalog.pg_sequence.seqstart, 'increment', pg_catalog.pg_sequence.seqincrement, 'minvalue', pg_catalog.pg_sequence.seqmin, 'maxvalue', pg_catalog.pg_sequence.seqmax, 'cache', pg_catalog.pg_sequence.seqcache, 'cycle', pg_catalog.pg_sequence.seqcycle) AS json_build_object_1 
FROM pg_catalog.pg_sequence 
WHERE pg_catalog.pg_attribute.attidentity != '' AND pg_catalog.pg_sequence.seqrelid = CAST(CAST(pg_catalog.pg_get_serial_sequence(CAST(CAST(pg_catalog.pg_attribute.attrelid AS REGCLASS) AS TEXT), pg_catalog.pg_attribute.attname) AS REGCLASS) AS OID)) ELSE NULL END AS identity_options, CASE WHEN (pg_catalog.pg_attribute.attcollation != 0 AND (SELECT pg_catalog.pg_type.typcollation 
FROM pg_catalog.pg_type 
WHERE pg_catalog.pg_type.oid = pg_catalog.pg_attribute.atttypid) != pg_catalog.pg_attribute.attcollation) THEN (SELECT json_build_object('name', pg_catalog.pg_collation.collname, 'schema', CASE WHEN pg_catalog.pg_collation_is_visible(pg_catalog.pg_collation.oid) THEN NULL ELSE pg_catalog.pg_namespace.nspname END) AS json_build_object_9 
FROM pg_catalog.pg_collation JOIN pg_catalog.pg_namespace ON pg_catalog.pg_namespace.oid = pg_catalog.pg_collation.collnamespace 
WHERE pg_catalog.pg_collation.oid = pg_catalog.pg_attribute.attcollation) ELSE NULL END AS collation 
FROM pg_catalog.pg_class LEFT OUTER JOIN pg_catalog.pg_attribute ON pg_catalog.pg_class.oid = pg_catalog.pg_attribute.attrelid AND pg_catalog.pg_attribute.attnum > 0 AND NOT pg_catalog.pg_attribute.attisdropped LEFT OUTER JOIN pg_catalog.pg_description ON pg_catalog.pg_description.objoid = pg_catalog.pg_attribute.attrelid AND pg_catalog.pg_description.objsubid = pg_catalog.pg_attribute.attnum JOIN pg_catalog.pg_namespace ON pg_catalog.pg_namespace.oid = pg_catalog.pg_class.relnamespace 
WHERE pg_catalog.pg_class.relkind = ANY (ARRAY['r', 'p', 'f', 'v', 'm']) AND pg_catalog.pg_namespace.nspname = 'housing' AND pg_catalog.pg_class.relname IN ('buyers') ORDER BY pg_catalog.pg_class.relname, pg_catalog.pg_attribute.attnum
-- case: inspector, pk constraint
SELECT pg_catalog.pg_class.oid, pg_catalog.pg_class.relname 
FROM pg_catalog.pg_class JOIN pg_catalog.pg_namespace ON pg_catalog.pg_namespace.oid = pg_catalog.pg_class.relnamespace 
WHERE pg_catalog.pg_class.relkind = ANY (ARRAY['r', 'p', 'f', 'v', 'm']) AND pg_catalog.pg_namespace.nspname = 'housing' AND pg_catalog.pg_class.relname IN ('buyers')
-- case: inspector, pk constraint, 2
SELECT attr.conrelid, array_agg(CAST(attr.attname AS TEXT) ORDER BY attr.ord) AS cols, attr.conname, min(attr.description) AS description, min(attr.indnkeyatts) AS indnkeyatts, bool_and(attr.indnullsnotdistinct) AS indnullsnotdistinct 
FROM (SELECT con.conrelid AS conrelid, con.conname AS conname, con.description AS description, con.ord AS ord, con.indnkeyatts AS indnkeyatts, con.indnullsnotdistinct AS indnullsnotdistinct, pg_catalog.pg_attribute.attname AS attname 
FROM pg_catalog.pg_attribute JOIN (SELECT pg_catalog.pg_constraint.conrelid AS conrelid, pg_catalog.pg_constraint.conname AS conname, unnest(pg_catalog.pg_index.indkey) AS attnum, generate_subscripts(pg_catalog.pg_index.indkey, 1) AS ord, pg_catalog.pg_index.indnkeyatts AS indnkeyatts, pg_catalog.pg_index.indnullsnotdistinct AS indnullsnotdistinct, pg_catalog.pg_description.description AS description 
FROM pg_catalog.pg_constraint JOIN pg_catalog.pg_index ON pg_catalog.pg_constraint.conindid = pg_catalog.pg_index.indexrelid LEFT OUTER JOIN pg_catalog.pg_description ON pg_catalog.pg_description.objoid = pg_catalog.pg_constraint.oid AND pg_catalog.pg_description.classoid = CAST('pg_catalog.pg_constraint' AS REGCLASS) 
WHERE pg_catalog.pg_constraint.contype = 'p' AND pg_catalog.pg_constraint.conrelid IN (<<regclass housing.buyers>>)) AS con ON pg_catalog.pg_attribute.attnum = con.attnum AND pg_catalog.pg_attribute.attrelid = con.conrelid 
WHERE con.conrelid IN (<<regclass housing.buyers>>)) AS attr GROUP BY attr.conrelid, attr.conname ORDER BY attr.conrelid, attr.conname
-- case: inspector, foreign keys
SELECT pg_catalog.pg_class.relname, pg_catalog.pg_constraint.conname, CASE WHEN (pg_catalog.pg_constraint.oid IS NOT NULL) THEN pg_catalog.pg_get_constraintdef(pg_catalog.pg_constraint.oid, true) END AS anon_1, nsp_ref.nspname, pg_catalog.pg_description.description 
FROM pg_catalog.pg_class LEFT OUTER JOIN pg_catalog.pg_constraint ON pg_catalog.pg_class.oid = pg_catalog.pg_constraint.conrelid AND pg_catalog.pg_constraint.contype = 'f' LEFT OUTER JOIN pg_catalog.pg_class AS cls_ref ON cls_ref.oid = pg_catalog.pg_constraint.confrelid LEFT OUTER JOIN pg_catalog.pg_namespace AS nsp_ref ON cls_ref.relnamespace = nsp_ref.oid LEFT OUTER JOIN pg_catalog.pg_description ON pg_catalog.pg_description.objoid = pg_catalog.pg_constraint.oid AND pg_catalog.pg_description.classoid = CAST('pg_catalog.pg_constraint' AS REGCLASS) JOIN pg_catalog.pg_namespace ON pg_catalog.pg_namespace.oid = pg_catalog.pg_class.relnamespace 
WHERE pg_catalog.pg_class.relkind = ANY (ARRAY['r', 'p', 'f', 'v', 'm']) AND pg_catalog.pg_namespace.nspname = 'housing' AND pg_catalog.pg_class.relname IN ('buyers') ORDER BY pg_catalog.pg_class.relname, pg_catalog.pg_constraint.conname
-- case: inspector, indexes
SELECT pg_catalog.pg_am.oid, pg_catalog.pg_am.amname 
FROM pg_catalog.pg_am 
WHERE pg_catalog.pg_am.amname = 'btree'
-- case: inspector, indexes, 2
SELECT pg_catalog.pg_opclass.oid, pg_catalog.pg_opclass.opcname 
FROM pg_catalog.pg_opclass 
WHERE NOT pg_catalog.pg_opclass.opcdefault
-- case: inspector, indexes, 3
SELECT pg_catalog.pg_index.indrelid, pg_catalog.pg_class.relname, pg_catalog.pg_index.indisunique, pg_catalog.pg_index.indisvalid, pg_catalog.pg_constraint.conrelid IS NOT NULL AS has_constraint, pg_catalog.pg_index.indoption, pg_catalog.pg_class.reloptions, pg_catalog.pg_class.relam, CASE WHEN (pg_catalog.pg_index.indpred IS NOT NULL) THEN pg_catalog.pg_get_expr(pg_catalog.pg_index.indpred, pg_catalog.pg_index.indrelid) END AS filter_definition, pg_catalog.pg_index.indnkeyatts, pg_catalog.pg_index.indnullsnotdistinct, idx_cols.elements, idx_cols.elements_is_expr, idx_cols.elements_opclass 
FROM pg_catalog.pg_index JOIN pg_catalog.pg_class ON pg_catalog.pg_index.indexrelid = pg_catalog.pg_class.oid LEFT OUTER JOIN (SELECT idx_attr.indexrelid AS indexrelid, min(idx_attr.indrelid) AS min_1, array_agg(idx_attr.element ORDER BY idx_attr.ord) AS elements, array_agg(idx_attr.is_expr ORDER BY idx_attr.ord) AS elements_is_expr, array_agg(idx_attr.att_opclass ORDER BY idx_attr.ord) AS elements_opclass 
FROM (SELECT idx.indexrelid AS indexrelid, idx.indrelid AS indrelid, idx.ord AS ord, CASE WHEN (idx.attnum = 0) THEN pg_catalog.pg_get_indexdef(idx.indexrelid, idx.ord + 1, true) ELSE CAST(pg_catalog.pg_attribute.attname AS TEXT) END AS element, idx.attnum = 0 AS is_expr, CAST(idx.att_opclass AS BIGINT) AS att_opclass 
FROM (SELECT pg_catalog.pg_index.indexrelid AS indexrelid, pg_catalog.pg_index.indrelid AS indrelid, unnest(pg_catalog.pg_index.indkey) AS attnum, unnest(pg_catalog.pg_index.indclass) AS att_opclass, generate_subscripts(pg_catalog.pg_index.indkey, 1) AS ord 
FROM pg_catalog.pg_index 
WHERE NOT pg_catalog.pg_index.indisprimary AND pg_catalog.pg_index.indrelid IN (<<regclass housing.buyers>>)) AS idx LEFT OUTER JOIN pg_catalog.pg_attribute ON pg_catalog.pg_attribute.attnum = idx.attnum AND pg_catalog.pg_attribute.attrelid = idx.indrelid 
WHERE idx.indrelid IN (<<regclass housing.buyers>>)) AS idx_attr GROUP BY idx_attr.indexrelid) AS idx_cols ON pg_catalog.pg_index.indexrelid = idx_cols.indexrelid LEFT OUTER JOIN pg_catalog.pg_constraint ON pg_catalog.pg_index.indrelid = pg_catalog.pg_constraint.conrelid AND pg_catalog.pg_index.indexrelid = pg_catalog.pg_constraint.conindid AND pg_catalog.pg_constraint.contype = ANY (ARRAY['p', 'u', 'x']) 
WHERE pg_catalog.pg_index.indrelid IN (<<regclass housing.buyers>>) AND NOT pg_catalog.pg_index.indisprimary ORDER BY pg_catalog.pg_index.indrelid, pg_catalog.pg_class.relname
-- case: inspector, unique constraints
SELECT attr.conrelid, array_agg(CAST(attr.attname AS TEXT) ORDER BY attr.ord) AS cols, attr.conname, min(attr.description) AS description, min(attr.indnkeyatts) AS indnkeyatts, bool_and(attr.indnullsnotdistinct) AS indnullsnotdistinct 
FROM (SELECT con.conrelid AS conrelid, con.conname AS conname, con.description AS description, con.ord AS ord, con.indnkeyatts AS indnkeyatts, con.indnullsnotdistinct AS indnullsnotdistinct, pg_catalog.pg_attribute.attname AS attname 
FROM pg_catalog.pg_attribute JOIN (SELECT pg_catalog.pg_constraint.conrelid AS conrelid, pg_catalog.pg_constraint.conname AS conname, unnest(pg_catalog.pg_index.indkey) AS attnum, generate_subscripts(pg_catalog.pg_index.indkey, 1) AS ord, pg_catalog.pg_index.indnkeyatts AS indnkeyatts, pg_catalog.pg_index.indnullsnotdistinct AS indnullsnotdistinct, pg_catalog.pg_description.description AS description 
FROM pg_catalog.pg_constraint JOIN pg_catalog.pg_index ON pg_catalog.pg_constraint.conindid = pg_catalog.pg_index.indexrelid LEFT OUTER JOIN pg_catalog.pg_description ON pg_catalog.pg_description.objoid = pg_catalog.pg_constraint.oid AND pg_catalog.pg_description.classoid = CAST('pg_catalog.pg_constraint' AS REGCLASS) 
WHERE pg_catalog.pg_constraint.contype = 'u' AND pg_catalog.pg_constraint.conrelid IN (<<regclass housing.buyers>>)) AS con ON pg_catalog.pg_attribute.attnum = con.attnum AND pg_catalog.pg_attribute.attrelid = con.conrelid 
WHERE con.conrelid IN (<<regclass housing.buyers>>)) AS attr GROUP BY attr.conrelid, attr.conname ORDER BY attr.conrelid, attr.conname
-- case: inspector, check constraints
SELECT pg_catalog.pg_class.relname, pg_catalog.pg_constraint.conname, CASE WHEN (pg_catalog.pg_constraint.oid IS NOT NULL) THEN pg_catalog.pg_get_constraintdef(pg_catalog.pg_constraint.oid, true) END AS anon_1, pg_catalog.pg_description.description 
FROM pg_catalog.pg_class LEFT OUTER JOIN pg_catalog.pg_constraint ON pg_catalog.pg_class.oid = pg_catalog.pg_constraint.conrelid AND pg_catalog.pg_constraint.contype = 'c' LEFT OUTER JOIN pg_catalog.pg_description ON pg_catalog.pg_description.objoid = pg_catalog.pg_constraint.oid AND pg_catalog.pg_description.classoid = CAST('pg_catalog.pg_constraint' AS REGCLASS) JOIN pg_catalog.pg_namespace ON pg_catalog.pg_namespace.oid = pg_catalog.pg_class.relnamespace 
WHERE pg_catalog.pg_class.relkind = ANY (ARRAY['r', 'p', 'f', 'v', 'm']) AND pg_catalog.pg_namespace.nspname = 'housing' AND pg_catalog.pg_class.relname IN ('buyers') ORDER BY pg_catalog.pg_class.relname, pg_catalog.pg_constraint.conname
-- case: inspector, table comment
SELECT pg_catalog.pg_class.relname, pg_catalog.pg_description.description 
FROM pg_catalog.pg_class LEFT OUTER JOIN pg_catalog.pg_description ON pg_catalog.pg_class.oid = pg_catalog.pg_description.objoid AND pg_catalog.pg_description.objsubid = 0 AND pg_catalog.pg_description.classoid = CAST('pg_catalog.pg_class' AS REGCLASS) JOIN pg_catalog.pg_namespace ON pg_catalog.pg_namespace.oid = pg_catalog.pg_class.relnamespace 
WHERE pg_catalog.pg_class.relkind = ANY (ARRAY['r', 'p', 'f', 'v', 'm']) AND pg_catalog.pg_namespace.nspname = 'housing' AND pg_catalog.pg_class.relname IN ('buyers')
-- case: inspector, table options
SELECT pg_catalog.pg_class.oid, pg_catalog.pg_class.relname, pg_catalog.pg_class.reloptions, NULL AS relhasoids, CASE WHEN (pg_catalog.pg_am.amname IS NOT NULL AND pg_catalog.pg_am.amname != current_setting('default_table_access_method')) THEN pg_catalog.pg_am.amname ELSE NULL END AS access_method_name, pg_catalog.pg_tablespace.spcname AS tablespace_name, inherits.parent_table_names 
FROM pg_catalog.pg_class LEFT OUTER JOIN pg_catalog.pg_am ON pg_catalog.pg_class.relam = pg_catalog.pg_am.oid LEFT OUTER JOIN (SELECT pg_catalog.pg_inherits.inhrelid AS inhrelid, array_agg(pg_catalog.pg_class.relname ORDER BY pg_catalog.pg_inherits.inhseqno) AS parent_table_names 
FROM pg_catalog.pg_inherits JOIN pg_catalog.pg_class ON pg_catalog.pg_inherits.inhparent = pg_catalog.pg_class.oid GROUP BY pg_catalog.pg_inherits.inhrelid) AS inherits ON pg_catalog.pg_class.oid = inherits.inhrelid LEFT OUTER JOIN pg_catalog.pg_tablespace ON pg_catalog.pg_tablespace.oid = pg_catalog.pg_class.reltablespace JOIN pg_catalog.pg_namespace ON pg_catalog.pg_namespace.oid = pg_catalog.pg_class.relnamespace 
WHERE pg_catalog.pg_class.relkind = ANY (ARRAY['r', 'p', 'f', 'v', 'm']) AND pg_catalog.pg_namespace.nspname = 'housing' AND pg_catalog.pg_class.relname IN ('buyers')
-- case: inspector, view definition
SELECT pg_catalog.pg_get_viewdef(pg_catalog.pg_class.oid) AS pg_get_viewdef_1 
FROM pg_catalog.pg_class JOIN pg_catalog.pg_namespace ON pg_catalog.pg_namespace.oid = pg_catalog.pg_class.relnamespace 
WHERE pg_catalog.pg_class.relname = 'buyer_cards' AND pg_catalog.pg_class.relkind = ANY (ARRAY['v', 'm']) AND pg_catalog.pg_namespace.nspname = 'housing'
-- case: inspector, view definition, 2
SELECT pg_catalog.pg_class.relname 
FROM pg_catalog.pg_class JOIN pg_catalog.pg_namespace ON pg_catalog.pg_namespace.oid = pg_catalog.pg_class.relnamespace 
WHERE pg_catalog.pg_class.relname IN ('buyers') AND pg_catalog.pg_class.relkind = ANY (ARRAY['r', 'p', 'f', 'v', 'm']) AND pg_catalog.pg_namespace.nspname = 'housing'
-- case: inspector, view definition, 3
SELECT pg_catalog.pg_namespace.nspname 
FROM pg_catalog.pg_namespace 
WHERE (pg_catalog.pg_namespace.nspname NOT LIKE 'pg/_' || '%' ESCAPE '/') ORDER BY pg_catalog.pg_namespace.nspname
-- case: inspector, view definition, 4
SELECT pg_catalog.pg_class.relname 
FROM pg_catalog.pg_class JOIN pg_catalog.pg_namespace ON pg_catalog.pg_namespace.oid = pg_catalog.pg_class.relnamespace 
WHERE pg_catalog.pg_class.relkind = 'S' AND pg_catalog.pg_class.relname = 'x' AND pg_catalog.pg_namespace.nspname = 'housing'
-- case: whole schema reflected
SELECT pg_catalog.pg_class.relname 
FROM pg_catalog.pg_class JOIN pg_catalog.pg_namespace ON pg_catalog.pg_namespace.oid = pg_catalog.pg_class.relnamespace 
WHERE pg_catalog.pg_class.relkind = ANY (ARRAY['r', 'p']) AND pg_catalog.pg_class.relpersistence != 't' AND pg_catalog.pg_namespace.nspname = 'housing'
-- case: whole schema reflected, 2
SELECT pg_catalog.pg_class.relname 
FROM pg_catalog.pg_class JOIN pg_catalog.pg_namespace ON pg_catalog.pg_namespace.oid = pg_catalog.pg_class.relnamespace 
WHERE pg_catalog.pg_class.relkind = ANY (ARRAY['v']) AND pg_catalog.pg_class.relpersistence != 't' AND pg_catalog.pg_namespace.nspname = 'housing'
-- case: whole schema reflected, 3
SELECT pg_catalog.pg_class.relname 
FROM pg_catalog.pg_class JOIN pg_catalog.pg_namespace ON pg_catalog.pg_namespace.oid = pg_catalog.pg_class.relnamespace 
WHERE pg_catalog.pg_class.relkind = ANY (ARRAY['m']) AND pg_catalog.pg_class.relpersistence != 't' AND pg_catalog.pg_namespace.nspname = 'housing'
-- case: whole schema reflected, 4 [interference]
SELECT pg_catalog.pg_attribute.attname AS name, pg_catalog.format_type(pg_catalog.pg_attribute.atttypid, pg_catalog.pg_attribute.atttypmod) AS format_type, CASE WHEN pg_catalog.pg_attribute.atthasdef THEN (SELECT pg_catalog.pg_get_expr(pg_catalog.pg_attrdef.adbin, pg_catalog.pg_attrdef.adrelid) AS pg_get_expr_1 
FROM pg_catalog.pg_attrdef 
WHERE pg_catalog.pg_attribute.atthasdef AND pg_catalog.pg_attrdef.adrelid = pg_catalog.pg_attribute.attrelid AND pg_catalog.pg_attrdef.adnum = pg_catalog.pg_attribute.attnum) ELSE NULL END AS "default", pg_catalog.pg_attribute.attnotnull AS not_null, pg_catalog.pg_class.relname AS table_name, pg_catalog.pg_description.description AS comment, pg_catalog.pg_attribute.attgenerated AS generated, CASE WHEN (pg_catalog.pg_attribute.attidentity != '') THEN (SELECT json_build_object('always', pg_catalog.pg_attribute.attidentity = 'a', 'start', pg_catalog.pg_sequence.seqstart, 'increment', pg_catalog.pg_sequence.seqincrement, 'minvalue', pg_catalog.pg_sequence.seqmin, 'maxvalue', pg_catalog.pg_sequence.seqmax, 'cache', pg_catalog.pg_sequence.seqcache, 'cycle', pg_catalog.pg_sequence.seqcycle) AS json_build_object_1 
FROM pg_catalog.pg_sequence 
WHERE pg_catalog.pg_attribute.attidentity != '' AND pg_catalog.pg_sequence.seqrelid = CAST(CAST(pg_catalog.pg_get_serial_sequence(CAST(CAST(pg_catalog.pg_attribute.attrelid AS REGCLASS) AS TEXT), pg_catalog.pg_attribute.attname) AS REGCLASS) AS OID)) ELSE NULL END AS identity_options, CASE WHEN (pg_catalog.pg_attribute.attcollation != 0 AND (SELECT pg_catalog.pg_type.typcollation 
FROM pg_catalog.pg_type 
WHERE pg_catalog.pg_type.oid = pg_catalog.pg_attribute.atttypid) != pg_catalog.pg_attribute.attcollation) THEN (SELECT json_build_object('name', pg_catalog.pg_collation.collname, 'schema', CASE WHEN pg_catalog.pg_collation_is_visible(pg_catalog.pg_collation.oid) THEN NULL ELSE pg_catalog.pg_namespace.nspname END) AS json_build_object_9 
FROM pg_catalog.pg_collation JOIN pg_catalog.pg_namespace ON pg_catalog.pg_namespace.oid = pg_catalog.pg_collation.collnamespace 
WHERE pg_catalog.pg_collation.oid = pg_catalog.pg_attribute.attcollation) ELSE NULL END AS collation 
FROM pg_catalog.pg_class LEFT OUTER JOIN pg_catalog.pg_attribute ON pg_catalog.pg_class.oid = pg_catalog.pg_attribute.attrelid AND pg_catalog.pg_attribute.attnum > 0 AND NOT pg_catalog.pg_attribute.attisdropped LEFT OUTER JOIN pg_catalog.pg_description ON pg_catalog.pg_description.objoid = pg_catalog.pg_attribute.attrelid AND pg_catalog.pg_description.objsubid = pg_catalog.pg_attribute.attnum JOIN pg_catalog.pg_namespace ON pg_catalog.pg_namespace.oid = pg_catalog.pg_class.relnamespace 
WHERE pg_catalog.pg_class.relkind = ANY (ARRAY['r', 'p', 'f', 'v', 'm']) AND pg_catalog.pg_namespace.nspname = 'housing' AND pg_catalog.pg_class.relname IN ('contracts', 'projects', 'buildings', 'units', 'agents', 'buyers', 'payments_2023', 'visits', 'co_buyers', 'payments_2024', 'payments_other', 'calls', 'handover_appointments', 'leads', 'leads_archive', 'payments', 'contract_overview', 'call_names', 'rich', 'agent_load', 'unit_list', 'buyer_cards', 'buyer_directory') ORDER BY pg_catalog.pg_class.relname, pg_catalog.pg_attribute.attnum
-- case: whole schema reflected, 5
SELECT pg_catalog.pg_type.typname AS name, pg_catalog.pg_type_is_visible(pg_catalog.pg_type.oid) AS visible, pg_catalog.pg_namespace.nspname AS schema, lbl_agg.labels AS labels 
FROM pg_catalog.pg_type JOIN pg_catalog.pg_namespace ON pg_catalog.pg_namespace.oid = pg_catalog.pg_type.typnamespace LEFT OUTER JOIN (SELECT pg_catalog.pg_enum.enumtypid AS enumtypid, array_agg(CAST(pg_catalog.pg_enum.enumlabel AS TEXT) ORDER BY pg_catalog.pg_enum.enumsortorder) AS labels 
FROM pg_catalog.pg_enum GROUP BY pg_catalog.pg_enum.enumtypid) AS lbl_agg ON pg_catalog.pg_type.oid = lbl_agg.enumtypid 
WHERE pg_catalog.pg_type.typtype = 'e' ORDER BY pg_catalog.pg_namespace.nspname, pg_catalog.pg_type.typname
-- case: whole schema reflected, 6
SELECT pg_catalog.pg_type.typname AS name, pg_catalog.format_type(pg_catalog.pg_type.typbasetype, pg_catalog.pg_type.typtypmod) AS attype, NOT pg_catalog.pg_type.typnotnull AS nullable, pg_catalog.pg_type.typdefault AS "default", pg_catalog.pg_type_is_visible(pg_catalog.pg_type.oid) AS visible, pg_catalog.pg_namespace.nspname AS schema, domain_constraints.condefs, domain_constraints.connames, pg_catalog.pg_collation.collname, CASE WHEN (pg_catalog.pg_collation.oid IS NULL) THEN NULL WHEN pg_catalog.pg_collation_is_visible(pg_catalog.pg_collation.oid) THEN NULL ELSE collation_namespace.nspname END AS collation_schema 
FROM pg_catalog.pg_type JOIN pg_catalog.pg_namespace ON pg_catalog.pg_namespace.oid = pg_catalog.pg_type.typnamespace LEFT OUTER JOIN pg_catalog.pg_collation ON pg_catalog.pg_type.typcollation = pg_catalog.pg_collation.oid LEFT OUTER JOIN pg_catalog.pg_namespace AS collation_namespace ON collation_namespace.oid = pg_catalog.pg_collation.collnamespace LEFT OUTER JOIN (SELECT pg_catalog.pg_constraint.contypid AS contypid, array_agg(pg_catalog.pg_get_constraintdef(pg_catalog.pg_constraint.oid, true)) AS condefs, array_agg(CAST(pg_catalog.pg_constraint.conname AS TEXT)) AS connames 
FROM pg_catalog.pg_constraint 
WHERE pg_catalog.pg_constraint.contypid != 0 GROUP BY pg_catalog.pg_constraint.contypid) AS domain_constraints ON pg_catalog.pg_type.oid = domain_constraints.contypid 
WHERE pg_catalog.pg_type.typtype = 'd' ORDER BY pg_catalog.pg_namespace.nspname, pg_catalog.pg_type.typname
-- case: whole schema reflected, 7
SELECT pg_catalog.pg_class.oid, pg_catalog.pg_class.relname 
FROM pg_catalog.pg_class JOIN pg_catalog.pg_namespace ON pg_catalog.pg_namespace.oid = pg_catalog.pg_class.relnamespace 
WHERE pg_catalog.pg_class.relkind = ANY (ARRAY['r', 'p', 'f', 'v', 'm']) AND pg_catalog.pg_namespace.nspname = 'housing' AND pg_catalog.pg_class.relname IN ('contracts', 'projects', 'buildings', 'units', 'agents', 'buyers', 'payments_2023', 'visits', 'co_buyers', 'payments_2024', 'payments_other', 'calls', 'handover_appointments', 'leads', 'leads_archive', 'payments', 'contract_overview', 'call_names', 'rich', 'agent_load', 'unit_list', 'buyer_cards', 'buyer_directory')
-- case: whole schema reflected, 8
SELECT attr.conrelid, array_agg(CAST(attr.attname AS TEXT) ORDER BY attr.ord) AS cols, attr.conname, min(attr.description) AS description, min(attr.indnkeyatts) AS indnkeyatts, bool_and(attr.indnullsnotdistinct) AS indnullsnotdistinct 
FROM (SELECT con.conrelid AS conrelid, con.conname AS conname, con.description AS description, con.ord AS ord, con.indnkeyatts AS indnkeyatts, con.indnullsnotdistinct AS indnullsnotdistinct, pg_catalog.pg_attribute.attname AS attname 
FROM pg_catalog.pg_attribute JOIN (SELECT pg_catalog.pg_constraint.conrelid AS conrelid, pg_catalog.pg_constraint.conname AS conname, unnest(pg_catalog.pg_index.indkey) AS attnum, generate_subscripts(pg_catalog.pg_index.indkey, 1) AS ord, pg_catalog.pg_index.indnkeyatts AS indnkeyatts, pg_catalog.pg_index.indnullsnotdistinct AS indnullsnotdistinct, pg_catalog.pg_description.description AS description 
FROM pg_catalog.pg_constraint JOIN pg_catalog.pg_index ON pg_catalog.pg_constraint.conindid = pg_catalog.pg_index.indexrelid LEFT OUTER JOIN pg_catalog.pg_description ON pg_catalog.pg_description.objoid = pg_catalog.pg_constraint.oid AND pg_catalog.pg_description.classoid = CAST('pg_catalog.pg_constraint' AS REGCLASS) 
WHERE pg_catalog.pg_constraint.contype = 'p' AND pg_catalog.pg_constraint.conrelid IN (<<regclass housing.contracts>>, <<regclass housing.projects>>, <<regclass housing.buildings>>, <<regclass housing.units>>, <<regclass housing.agents>>, <<regclass housing.buyers>>, <<regclass housing.payments_2023>>, <<regclass housing.visits>>, <<regclass housing.buyer_directory>>, <<regclass housing.contract_overview>>, <<regclass housing.co_buyers>>, <<regclass housing.payments_2024>>, <<regclass housing.payments_other>>, <<regclass housing.calls>>, <<regclass housing.call_names>>, <<regclass housing.rich>>, <<regclass housing.agent_load>>, <<regclass housing.unit_list>>, <<regclass housing.handover_appointments>>, <<regclass housing.leads>>, <<regclass housing.leads_archive>>, <<regclass housing.buyer_cards>>, <<regclass housing.payments>>)) AS con ON pg_catalog.pg_attribute.attnum = con.attnum AND pg_catalog.pg_attribute.attrelid = con.conrelid 
WHERE con.conrelid IN (<<regclass housing.contracts>>, <<regclass housing.projects>>, <<regclass housing.buildings>>, <<regclass housing.units>>, <<regclass housing.agents>>, <<regclass housing.buyers>>, <<regclass housing.payments_2023>>, <<regclass housing.visits>>, <<regclass housing.buyer_directory>>, <<regclass housing.contract_overview>>, <<regclass housing.co_buyers>>, <<regclass housing.payments_2024>>, <<regclass housing.payments_other>>, <<regclass housing.calls>>, <<regclass housing.call_names>>, <<regclass housing.rich>>, <<regclass housing.agent_load>>, <<regclass housing.unit_list>>, <<regclass housing.handover_appointments>>, <<regclass housing.leads>>, <<regclass housing.leads_archive>>, <<regclass housing.buyer_cards>>, <<regclass housing.payments>>)) AS attr GROUP BY attr.conrelid, attr.conname ORDER BY attr.conrelid, attr.conname
-- case: whole schema reflected, 9
SELECT pg_catalog.pg_class.relname, pg_catalog.pg_constraint.conname, CASE WHEN (pg_catalog.pg_constraint.oid IS NOT NULL) THEN pg_catalog.pg_get_constraintdef(pg_catalog.pg_constraint.oid, true) END AS anon_1, nsp_ref.nspname, pg_catalog.pg_description.description 
FROM pg_catalog.pg_class LEFT OUTER JOIN pg_catalog.pg_constraint ON pg_catalog.pg_class.oid = pg_catalog.pg_constraint.conrelid AND pg_catalog.pg_constraint.contype = 'f' LEFT OUTER JOIN pg_catalog.pg_class AS cls_ref ON cls_ref.oid = pg_catalog.pg_constraint.confrelid LEFT OUTER JOIN pg_catalog.pg_namespace AS nsp_ref ON cls_ref.relnamespace = nsp_ref.oid LEFT OUTER JOIN pg_catalog.pg_description ON pg_catalog.pg_description.objoid = pg_catalog.pg_constraint.oid AND pg_catalog.pg_description.classoid = CAST('pg_catalog.pg_constraint' AS REGCLASS) JOIN pg_catalog.pg_namespace ON pg_catalog.pg_namespace.oid = pg_catalog.pg_class.relnamespace 
WHERE pg_catalog.pg_class.relkind = ANY (ARRAY['r', 'p', 'f', 'v', 'm']) AND pg_catalog.pg_namespace.nspname = 'housing' AND pg_catalog.pg_class.relname IN ('contracts', 'projects', 'buildings', 'units', 'agents', 'buyers', 'payments_2023', 'visits', 'co_buyers', 'payments_2024', 'payments_other', 'calls', 'handover_appointments', 'leads', 'leads_archive', 'payments', 'contract_overview', 'call_names', 'rich', 'agent_load', 'unit_list', 'buyer_cards', 'buyer_directory') ORDER BY pg_catalog.pg_class.relname, pg_catalog.pg_constraint.conname
-- case: whole schema reflected, 10
SELECT pg_catalog.pg_index.indrelid, pg_catalog.pg_class.relname, pg_catalog.pg_index.indisunique, pg_catalog.pg_index.indisvalid, pg_catalog.pg_constraint.conrelid IS NOT NULL AS has_constraint, pg_catalog.pg_index.indoption, pg_catalog.pg_class.reloptions, pg_catalog.pg_class.relam, CASE WHEN (pg_catalog.pg_index.indpred IS NOT NULL) THEN pg_catalog.pg_get_expr(pg_catalog.pg_index.indpred, pg_catalog.pg_index.indrelid) END AS filter_definition, pg_catalog.pg_index.indnkeyatts, pg_catalog.pg_index.indnullsnotdistinct, idx_cols.elements, idx_cols.elements_is_expr, idx_cols.elements_opclass 
FROM pg_catalog.pg_index JOIN pg_catalog.pg_class ON pg_catalog.pg_index.indexrelid = pg_catalog.pg_class.oid LEFT OUTER JOIN (SELECT idx_attr.indexrelid AS indexrelid, min(idx_attr.indrelid) AS min_1, array_agg(idx_attr.element ORDER BY idx_attr.ord) AS elements, array_agg(idx_attr.is_expr ORDER BY idx_attr.ord) AS elements_is_expr, array_agg(idx_attr.att_opclass ORDER BY idx_attr.ord) AS elements_opclass 
FROM (SELECT idx.indexrelid AS indexrelid, idx.indrelid AS indrelid, idx.ord AS ord, CASE WHEN (idx.attnum = 0) THEN pg_catalog.pg_get_indexdef(idx.indexrelid, idx.ord + 1, true) ELSE CAST(pg_catalog.pg_attribute.attname AS TEXT) END AS element, idx.attnum = 0 AS is_expr, CAST(idx.att_opclass AS BIGINT) AS att_opclass 
FROM (SELECT pg_catalog.pg_index.indexrelid AS indexrelid, pg_catalog.pg_index.indrelid AS indrelid, unnest(pg_catalog.pg_index.indkey) AS attnum, unnest(pg_catalog.pg_index.indclass) AS att_opclass, generate_subscripts(pg_catalog.pg_index.indkey, 1) AS ord 
FROM pg_catalog.pg_index 
WHERE NOT pg_catalog.pg_index.indisprimary AND pg_catalog.pg_index.indrelid IN (<<regclass housing.contracts>>, <<regclass housing.projects>>, <<regclass housing.buildings>>, <<regclass housing.units>>, <<regclass housing.agents>>, <<regclass housing.buyers>>, <<regclass housing.payments_2023>>, <<regclass housing.visits>>, <<regclass housing.buyer_directory>>, <<regclass housing.contract_overview>>, <<regclass housing.co_buyers>>, <<regclass housing.payments_2024>>, <<regclass housing.payments_other>>, <<regclass housing.calls>>, <<regclass housing.call_names>>, <<regclass housing.rich>>, <<regclass housing.agent_load>>, <<regclass housing.unit_list>>, <<regclass housing.handover_appointments>>, <<regclass housing.leads>>, <<regclass housing.leads_archive>>, <<regclass housing.buyer_cards>>, <<regclass housing.payments>>)) AS idx LEFT OUTER JOIN pg_catalog.pg_attribute ON pg_catalog.pg_attribute.attnum = idx.attnum AND pg_catalog.pg_attribute.attrelid = idx.indrelid 
WHERE idx.indrelid IN (<<regclass housing.contracts>>, <<regclass housing.projects>>, <<regclass housing.buildings>>, <<regclass housing.units>>, <<regclass housing.agents>>, <<regclass housing.buyers>>, <<regclass housing.payments_2023>>, <<regclass housing.visits>>, <<regclass housing.buyer_directory>>, <<regclass housing.contract_overview>>, <<regclass housing.co_buyers>>, <<regclass housing.payments_2024>>, <<regclass housing.payments_other>>, <<regclass housing.calls>>, <<regclass housing.call_names>>, <<regclass housing.rich>>, <<regclass housing.agent_load>>, <<regclass housing.unit_list>>, <<regclass housing.handover_appointments>>, <<regclass housing.leads>>, <<regclass housing.leads_archive>>, <<regclass housing.buyer_cards>>, <<regclass housing.payments>>)) AS idx_attr GROUP BY idx_attr.indexrelid) AS idx_cols ON pg_catalog.pg_index.indexrelid = idx_cols.indexrelid LEFT OUTER JOIN pg_catalog.pg_constraint ON pg_catalog.pg_index.indrelid = pg_catalog.pg_constraint.conrelid AND pg_catalog.pg_index.indexrelid = pg_catalog.pg_constraint.conindid AND pg_catalog.pg_constraint.contype = ANY (ARRAY['p', 'u', 'x']) 
WHERE pg_catalog.pg_index.indrelid IN (<<regclass housing.contracts>>, <<regclass housing.projects>>, <<regclass housing.buildings>>, <<regclass housing.units>>, <<regclass housing.agents>>, <<regclass housing.buyers>>, <<regclass housing.payments_2023>>, <<regclass housing.visits>>, <<regclass housing.buyer_directory>>, <<regclass housing.contract_overview>>, <<regclass housing.co_buyers>>, <<regclass housing.payments_2024>>, <<regclass housing.payments_other>>, <<regclass housing.calls>>, <<regclass housing.call_names>>, <<regclass housing.rich>>, <<regclass housing.agent_load>>, <<regclass housing.unit_list>>, <<regclass housing.handover_appointments>>, <<regclass housing.leads>>, <<regclass housing.leads_archive>>, <<regclass housing.buyer_cards>>, <<regclass housing.payments>>) AND NOT pg_catalog.pg_index.indisprimary ORDER BY pg_catalog.pg_index.indrelid, pg_catalog.pg_class.relname
-- case: whole schema reflected, 11
SELECT attr.conrelid, array_agg(CAST(attr.attname AS TEXT) ORDER BY attr.ord) AS cols, attr.conname, min(attr.description) AS description, min(attr.indnkeyatts) AS indnkeyatts, bool_and(attr.indnullsnotdistinct) AS indnullsnotdistinct 
FROM (SELECT con.conrelid AS conrelid, con.conname AS conname, con.description AS description, con.ord AS ord, con.indnkeyatts AS indnkeyatts, con.indnullsnotdistinct AS indnullsnotdistinct, pg_catalog.pg_attribute.attname AS attname 
FROM pg_catalog.pg_attribute JOIN (SELECT pg_catalog.pg_constraint.conrelid AS conrelid, pg_catalog.pg_constraint.conname AS conname, unnest(pg_catalog.pg_index.indkey) AS attnum, generate_subscripts(pg_catalog.pg_index.indkey, 1) AS ord, pg_catalog.pg_index.indnkeyatts AS indnkeyatts, pg_catalog.pg_index.indnullsnotdistinct AS indnullsnotdistinct, pg_catalog.pg_description.description AS description 
FROM pg_catalog.pg_constraint JOIN pg_catalog.pg_index ON pg_catalog.pg_constraint.conindid = pg_catalog.pg_index.indexrelid LEFT OUTER JOIN pg_catalog.pg_description ON pg_catalog.pg_description.objoid = pg_catalog.pg_constraint.oid AND pg_catalog.pg_description.classoid = CAST('pg_catalog.pg_constraint' AS REGCLASS) 
WHERE pg_catalog.pg_constraint.contype = 'u' AND pg_catalog.pg_constraint.conrelid IN (<<regclass housing.contracts>>, <<regclass housing.projects>>, <<regclass housing.buildings>>, <<regclass housing.units>>, <<regclass housing.agents>>, <<regclass housing.buyers>>, <<regclass housing.payments_2023>>, <<regclass housing.visits>>, <<regclass housing.buyer_directory>>, <<regclass housing.contract_overview>>, <<regclass housing.co_buyers>>, <<regclass housing.payments_2024>>, <<regclass housing.payments_other>>, <<regclass housing.calls>>, <<regclass housing.call_names>>, <<regclass housing.rich>>, <<regclass housing.agent_load>>, <<regclass housing.unit_list>>, <<regclass housing.handover_appointments>>, <<regclass housing.leads>>, <<regclass housing.leads_archive>>, <<regclass housing.buyer_cards>>, <<regclass housing.payments>>)) AS con ON pg_catalog.pg_attribute.attnum = con.attnum AND pg_catalog.pg_attribute.attrelid = con.conrelid 
WHERE con.conrelid IN (<<regclass housing.contracts>>, <<regclass housing.projects>>, <<regclass housing.buildings>>, <<regclass housing.units>>, <<regclass housing.agents>>, <<regclass housing.buyers>>, <<regclass housing.payments_2023>>, <<regclass housing.visits>>, <<regclass housing.buyer_directory>>, <<regclass housing.contract_overview>>, <<regclass housing.co_buyers>>, <<regclass housing.payments_2024>>, <<regclass housing.payments_other>>, <<regclass housing.calls>>, <<regclass housing.call_names>>, <<regclass housing.rich>>, <<regclass housing.agent_load>>, <<regclass housing.unit_list>>, <<regclass housing.handover_appointments>>, <<regclass housing.leads>>, <<regclass housing.leads_archive>>, <<regclass housing.buyer_cards>>, <<regclass housing.payments>>)) AS attr GROUP BY attr.conrelid, attr.conname ORDER BY attr.conrelid, attr.conname
-- case: whole schema reflected, 12
SELECT pg_catalog.pg_class.relname, pg_catalog.pg_description.description 
FROM pg_catalog.pg_class LEFT OUTER JOIN pg_catalog.pg_description ON pg_catalog.pg_class.oid = pg_catalog.pg_description.objoid AND pg_catalog.pg_description.objsubid = 0 AND pg_catalog.pg_description.classoid = CAST('pg_catalog.pg_class' AS REGCLASS) JOIN pg_catalog.pg_namespace ON pg_catalog.pg_namespace.oid = pg_catalog.pg_class.relnamespace 
WHERE pg_catalog.pg_class.relkind = ANY (ARRAY['r', 'p', 'f', 'v', 'm']) AND pg_catalog.pg_namespace.nspname = 'housing' AND pg_catalog.pg_class.relname IN ('contracts', 'projects', 'buildings', 'units', 'agents', 'buyers', 'payments_2023', 'visits', 'co_buyers', 'payments_2024', 'payments_other', 'calls', 'handover_appointments', 'leads', 'leads_archive', 'payments', 'contract_overview', 'call_names', 'rich', 'agent_load', 'unit_list', 'buyer_cards', 'buyer_directory')
-- case: whole schema reflected, 13
SELECT pg_catalog.pg_class.relname, pg_catalog.pg_constraint.conname, CASE WHEN (pg_catalog.pg_constraint.oid IS NOT NULL) THEN pg_catalog.pg_get_constraintdef(pg_catalog.pg_constraint.oid, true) END AS anon_1, pg_catalog.pg_description.description 
FROM pg_catalog.pg_class LEFT OUTER JOIN pg_catalog.pg_constraint ON pg_catalog.pg_class.oid = pg_catalog.pg_constraint.conrelid AND pg_catalog.pg_constraint.contype = 'c' LEFT OUTER JOIN pg_catalog.pg_description ON pg_catalog.pg_description.objoid = pg_catalog.pg_constraint.oid AND pg_catalog.pg_description.classoid = CAST('pg_catalog.pg_constraint' AS REGCLASS) JOIN pg_catalog.pg_namespace ON pg_catalog.pg_namespace.oid = pg_catalog.pg_class.relnamespace 
WHERE pg_catalog.pg_class.relkind = ANY (ARRAY['r', 'p', 'f', 'v', 'm']) AND pg_catalog.pg_namespace.nspname = 'housing' AND pg_catalog.pg_class.relname IN ('contracts', 'projects', 'buildings', 'units', 'agents', 'buyers', 'payments_2023', 'visits', 'co_buyers', 'payments_2024', 'payments_other', 'calls', 'handover_appointments', 'leads', 'leads_archive', 'payments', 'contract_overview', 'call_names', 'rich', 'agent_load', 'unit_list', 'buyer_cards', 'buyer_directory') ORDER BY pg_catalog.pg_class.relname, pg_catalog.pg_constraint.conname
-- case: whole schema reflected, 14
SELECT pg_catalog.pg_class.oid, pg_catalog.pg_class.relname, pg_catalog.pg_class.reloptions, NULL AS relhasoids, CASE WHEN (pg_catalog.pg_am.amname IS NOT NULL AND pg_catalog.pg_am.amname != current_setting('default_table_access_method')) THEN pg_catalog.pg_am.amname ELSE NULL END AS access_method_name, pg_catalog.pg_tablespace.spcname AS tablespace_name, inherits.parent_table_names 
FROM pg_catalog.pg_class LEFT OUTER JOIN pg_catalog.pg_am ON pg_catalog.pg_class.relam = pg_catalog.pg_am.oid LEFT OUTER JOIN (SELECT pg_catalog.pg_inherits.inhrelid AS inhrelid, array_agg(pg_catalog.pg_class.relname ORDER BY pg_catalog.pg_inherits.inhseqno) AS parent_table_names 
FROM pg_catalog.pg_inherits JOIN pg_catalog.pg_class ON pg_catalog.pg_inherits.inhparent = pg_catalog.pg_class.oid GROUP BY pg_catalog.pg_inherits.inhrelid) AS inherits ON pg_catalog.pg_class.oid = inherits.inhrelid LEFT OUTER JOIN pg_catalog.pg_tablespace ON pg_catalog.pg_tablespace.oid = pg_catalog.pg_class.reltablespace JOIN pg_catalog.pg_namespace ON pg_catalog.pg_namespace.oid = pg_catalog.pg_class.relnamespace 
WHERE pg_catalog.pg_class.relkind = ANY (ARRAY['r', 'p', 'f', 'v', 'm']) AND pg_catalog.pg_namespace.nspname = 'housing' AND pg_catalog.pg_class.relname IN ('contracts', 'projects', 'buildings', 'units', 'agents', 'buyers', 'payments_2023', 'visits', 'co_buyers', 'payments_2024', 'payments_other', 'calls', 'handover_appointments', 'leads', 'leads_archive', 'payments', 'contract_overview', 'call_names', 'rich', 'agent_load', 'unit_list', 'buyer_cards', 'buyer_directory')
