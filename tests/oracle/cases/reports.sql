-- case: monthly sales by project
SELECT p.name, date_trunc('month', c.signed::timestamp) AS month, count(*), sum(c.price) FROM housing.contracts c JOIN housing.units u ON u.id = c.unit_id JOIN housing.buildings g ON g.id = u.building_id JOIN housing.projects p ON p.id = g.project_id GROUP BY p.name, 2 ORDER BY 1, 2
-- case: running total
SELECT signed, price, sum(price) OVER (ORDER BY signed, id ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) FROM housing.contracts ORDER BY signed, id LIMIT 30
-- case: share of total
SELECT agent_id, count(*), round(100.0 * count(*) / sum(count(*)) OVER (), 2) AS percent FROM housing.buyers GROUP BY agent_id ORDER BY agent_id NULLS LAST
-- case: rank inside groups
SELECT * FROM (SELECT b.id, b.name, b.income, dense_rank() OVER (PARTITION BY b.level ORDER BY b.income DESC NULLS LAST) AS r FROM housing.buyers b) ranked WHERE r <= 3 ORDER BY r, id
-- case: percentile of a masked number
SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY income), mode() WITHIN GROUP (ORDER BY left(phone, 3)) FROM housing.buyers
-- case: lag and lead
SELECT id, phone, lag(phone) OVER w, lead(income) OVER w FROM housing.buyers WINDOW w AS (ORDER BY id) ORDER BY id LIMIT 15
-- case: first and last value
SELECT DISTINCT level, first_value(name) OVER (PARTITION BY level ORDER BY id), last_value(phone) OVER (PARTITION BY level ORDER BY id ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) FROM housing.buyers ORDER BY level
-- case: cube
SELECT level, active, count(*) FROM housing.buyers GROUP BY CUBE (level, active) ORDER BY 1 NULLS LAST, 2 NULLS LAST
-- case: grouping function
SELECT level, grouping(level), avg(income) FROM housing.buyers GROUP BY ROLLUP (level) ORDER BY 1 NULLS LAST
-- case: calendar by generated series
SELECT d::date, count(c.id) FROM generate_series(timestamp '2023-01-01', timestamp '2023-01-10', interval '1 day') AS d LEFT JOIN housing.contracts c ON c.signed = d::date GROUP BY d ORDER BY d
-- case: pivot by filter
SELECT p.district, count(*) FILTER (WHERE u.status = 'free') AS free, count(*) FILTER (WHERE u.status = 'sold') AS sold FROM housing.units u JOIN housing.buildings g ON g.id = u.building_id JOIN housing.projects p ON p.id = g.project_id GROUP BY p.district ORDER BY p.district
-- case: cohort
WITH first AS (SELECT buyer_id, min(signed) AS since FROM housing.contracts GROUP BY buyer_id) SELECT date_part('year', f.since) AS year, count(*), max(b.phone) FROM first f JOIN housing.buyers b ON b.id = f.buyer_id GROUP BY 1 ORDER BY 1
-- case: several common table expressions
WITH b AS (SELECT id, level, phone FROM housing.buyers), c AS (SELECT buyer_id, count(*) AS n FROM housing.calls GROUP BY 1), j AS (SELECT b.id, b.phone, coalesce(c.n, 0) AS n FROM b LEFT JOIN c ON c.buyer_id = b.id) SELECT * FROM j WHERE n > 1 ORDER BY n DESC, id
-- case: materialized common table expression
WITH m AS MATERIALIZED (SELECT id, phone FROM housing.buyers) SELECT count(*) FROM m x JOIN m y ON x.phone = y.phone WHERE x.id < y.id
-- case: not materialized
WITH m AS NOT MATERIALIZED (SELECT id, name FROM housing.buyers) SELECT * FROM m WHERE id = 3
-- case: common table expression that shadows a table
WITH buyers AS (SELECT 1 AS id, 'nobody' AS phone) SELECT * FROM buyers
-- case: common table expression that shadows a table, with its schema
WITH buyers AS (SELECT 1 AS id, 'nobody' AS phone) SELECT b.id, b.phone, t.phone AS true_table FROM buyers b JOIN housing.buyers t ON t.id = b.id
-- case: recursive walk over masked rows
WITH RECURSIVE walk AS (SELECT id, phone, 1 AS depth FROM housing.buyers WHERE id = 1 UNION ALL SELECT b.id, b.phone, w.depth + 1 FROM housing.buyers b JOIN walk w ON b.id = w.id + 40 WHERE w.depth < 6) SELECT * FROM walk ORDER BY depth
-- case: recursive with search order
WITH RECURSIVE t(id, parent) AS (SELECT id, manager_id FROM housing.agents WHERE manager_id IS NULL UNION ALL SELECT a.id, a.manager_id FROM housing.agents a JOIN t ON a.manager_id = t.id) SEARCH DEPTH FIRST BY id SET ordering SELECT id, parent FROM t ORDER BY ordering
-- case: recursive with cycle check
WITH RECURSIVE t(id, parent) AS (SELECT id, manager_id FROM housing.agents UNION ALL SELECT a.id, a.manager_id FROM housing.agents a JOIN t ON a.manager_id = t.id) CYCLE id SET is_cycle USING path SELECT count(*) FROM t WHERE NOT is_cycle
-- case: union all of people
SELECT 'buyer' AS kind, name, phone FROM housing.buyers WHERE id < 5 UNION ALL SELECT 'lead', name, phone FROM housing.leads WHERE id < 5 UNION ALL SELECT 'co-buyer', name, phone FROM housing.co_buyers WHERE contract_id < 5 ORDER BY 1, 2, 3
-- case: except all
SELECT left(phone, 3) FROM housing.buyers EXCEPT ALL SELECT left(phone, 3) FROM housing.leads ORDER BY 1
-- case: nested set operations
(SELECT id FROM housing.buyers WHERE level = 1 UNION SELECT id FROM housing.leads) INTERSECT (SELECT buyer_id FROM housing.contracts EXCEPT SELECT 1) ORDER BY 1
-- case: table command
TABLE housing.leads ORDER BY id
-- case: table command of a view
TABLE housing.unit_list ORDER BY id LIMIT 3
-- case: values alone
VALUES (1, 'a'), (2, NULL) ORDER BY 1
-- case: lateral aggregate
SELECT p.name, x.n FROM housing.projects p, LATERAL (SELECT count(*) AS n FROM housing.buildings g WHERE g.project_id = p.id) x ORDER BY p.id
-- case: lateral function
SELECT p.id, t.tag FROM housing.projects p CROSS JOIN LATERAL unnest(p.tags) AS t(tag) ORDER BY p.id, t.tag
-- case: unnest with ordinality
SELECT p.id, t.tag, t.n FROM housing.projects p, unnest(p.tags) WITH ORDINALITY AS t(tag, n) ORDER BY p.id, t.n
-- case: json to rows
SELECT p.id, s.key, s.value FROM housing.projects p, jsonb_each_text(p.settings) AS s ORDER BY p.id, s.key
-- case: json to record
SELECT p.id, r.grade FROM housing.projects p, jsonb_to_record(p.settings) AS r(grade int, open boolean) ORDER BY p.id
-- case: rows from several functions
SELECT * FROM ROWS FROM (generate_series(1, 3), unnest(ARRAY['a', 'b'])) AS t(n, s)
-- case: sample
SELECT count(*) FROM app.events TABLESAMPLE SYSTEM (100)
-- case: subquery in from without alias columns
SELECT s.phone FROM (SELECT * FROM housing.buyers) AS s ORDER BY s.id LIMIT 4
-- case: three levels of subqueries
SELECT z.p FROM (SELECT y.p FROM (SELECT x.phone AS p, x.id FROM housing.buyers x) y ORDER BY y.id LIMIT 5) z
-- case: correlated two levels up
SELECT b.id FROM housing.buyers b WHERE EXISTS (SELECT 1 FROM housing.contracts c WHERE c.buyer_id = b.id AND EXISTS (SELECT 1 FROM housing.units u WHERE u.id = c.unit_id AND u.area > 100 AND b.level > 0)) ORDER BY b.id
-- case: scalar subquery of a masked column
SELECT a.id, (SELECT min(b.phone) FROM housing.buyers b WHERE b.agent_id = a.id) FROM housing.agents a ORDER BY a.id
-- case: array of a subquery
SELECT ARRAY(SELECT b.name FROM housing.buyers b WHERE b.level = 1 ORDER BY b.id LIMIT 4)
-- case: row comparison
SELECT count(*) FROM housing.buyers b WHERE (b.name, b.phone) < ('王', '150')
-- case: order by an output name
SELECT phone AS contact, id FROM housing.buyers ORDER BY contact NULLS FIRST, id LIMIT 12
-- case: order by a position
SELECT name, id FROM housing.buyers ORDER BY 1 NULLS LAST, 2 LIMIT 12
-- case: order by an expression
SELECT id FROM housing.buyers ORDER BY right(phone, 4) DESC NULLS LAST, id LIMIT 12
-- case: order by a masked column with collation
SELECT id, name FROM housing.buyers ORDER BY name COLLATE "C" DESC NULLS LAST, id LIMIT 12
-- case: group by an output name
SELECT left(phone, 3) AS net, count(*) FROM housing.buyers GROUP BY net ORDER BY net NULLS LAST
-- case: group by a position
SELECT born, count(*) FROM housing.buyers GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 10
-- case: having on a masked aggregate
SELECT agent_id, max(income) FROM housing.buyers GROUP BY agent_id HAVING max(income) > 600000 ORDER BY agent_id NULLS LAST
-- case: distinct on a masked column
SELECT DISTINCT ON (left(phone, 3)) left(phone, 3) AS net, id FROM housing.buyers WHERE phone IS NOT NULL ORDER BY left(phone, 3), id
-- case: count distinct
SELECT count(DISTINCT phone), count(DISTINCT name), count(DISTINCT id_no) FROM housing.buyers
-- case: statistics of a masked number
SELECT var_samp(income), round(corr(income, level)::numeric, 9), round(regr_slope(income, id)::numeric, 9), bool_and(income > 0) FROM housing.buyers
-- case: bit and boolean aggregates
SELECT bit_or(level), every(active), bool_or(phone IS NULL) FROM housing.buyers
-- case: limit with an expression
SELECT id FROM housing.buyers ORDER BY id LIMIT (SELECT count(*) / 100 FROM housing.buyers) OFFSET 1 + 1
-- case: with ties
SELECT level, id FROM housing.units CROSS JOIN (SELECT DISTINCT level FROM housing.buyers) l ORDER BY level, id FETCH FIRST 3 ROWS WITH TIES
-- case: cross join
SELECT count(*) FROM housing.projects CROSS JOIN housing.agents
-- case: self join on masked values
SELECT count(*) FROM housing.buyers a JOIN housing.buyers b ON a.id_no = b.id_no AND a.id < b.id
-- case: join on masked values of two tables
SELECT count(*) FROM housing.calls c JOIN housing.buyers b ON b.phone = c.phone
-- case: nested joins with parentheses
SELECT b.id, u.number FROM housing.buyers b JOIN (housing.contracts c JOIN housing.units u ON u.id = c.unit_id) ON c.buyer_id = b.id ORDER BY c.id LIMIT 9
-- case: alias over a join
SELECT j.phone, j.price FROM (housing.buyers b JOIN housing.contracts c ON c.buyer_id = b.id) AS j(bid, bname, bidno, phone, email, address, born, income, extra, phones, note, agent_id, level, created_at, active, cid, unit_id, buyer_id, cagent, signed, price, status, card) ORDER BY j.cid LIMIT 5
-- case: right join
SELECT a.id, b.id AS buyer FROM housing.buyers b RIGHT JOIN housing.agents a ON a.id = b.agent_id AND b.level = 3 ORDER BY 1, 2 NULLS LAST LIMIT 20
-- case: intervals and time zones
SELECT id, created_at AT TIME ZONE 'UTC', created_at + interval '1 month', date_part('epoch', created_at) FROM housing.buyers ORDER BY id LIMIT 5
-- case: to_char
SELECT to_char(created_at, 'YYYY-MM-DD HH24:MI'), to_char(income, '999,999,990.00'), to_char(born, 'YYYY') FROM housing.buyers ORDER BY id LIMIT 6
-- case: text functions over masks
SELECT id, length(phone), position('*' IN phone), overlay(phone PLACING '--' FROM 1 FOR 2), reverse(phone), translate(phone, '*', 'x'), md5(phone), initcap(email), repeat(left(name, 1), 2), btrim(phone, '1'), replace(phone, '*', ''), strpos(email, '@'), ascii(name), lpad(phone, 15, '0') FROM housing.buyers ORDER BY id LIMIT 10
-- case: regular expressions over masks
SELECT id, regexp_replace(phone, '\*+', '#'), substring(email from '@(.*)$'), phone ~ '^13', email !~~ '%cn', regexp_split_to_array(email, '@') FROM housing.buyers ORDER BY id LIMIT 10
-- case: conversions over masks
SELECT convert_to(name, 'UTF8'), encode(convert_to(phone, 'UTF8'), 'hex'), octet_length(name), to_json(phone), quote_literal(phone), quote_ident(name) FROM housing.buyers ORDER BY id LIMIT 5
-- case: greatest, least, nullif
SELECT greatest(name, phone), least(name, phone, email), nullif(phone, '138****0024'), coalesce(name, '?') FROM housing.buyers ORDER BY id LIMIT 20
-- case: similar to
SELECT id FROM housing.buyers WHERE phone SIMILAR TO '13[89]%' ORDER BY id LIMIT 9
-- case: between symmetric
SELECT count(*) FROM housing.buyers WHERE income BETWEEN SYMMETRIC 300000 AND 100000
-- case: is true, is unknown
SELECT count(*) FROM housing.buyers WHERE (phone LIKE '1%') IS UNKNOWN OR active IS NOT TRUE
-- case: bit arithmetic and casts
SELECT id, id::text::int # 5, id & 3, id << 1, -id, @ (id - 10), id ^ 2, |/ id::float8 FROM housing.buyers ORDER BY id LIMIT 4
-- case: arrays
SELECT ARRAY[phone, email], ARRAY[[1, 2], [3, 4]], (ARRAY[phone, name])[1], ARRAY[1, 2] || 3, array_position(ARRAY[name, phone], phone) FROM housing.buyers ORDER BY id LIMIT 4
-- case: array slices and subscripts
SELECT p.tags[1], p.tags[1:1], array_length(p.tags, 1), cardinality(p.tags) FROM housing.projects p ORDER BY p.id
-- case: json operators
SELECT settings -> 'grade', settings ->> 'open', settings #> '{grade}', settings ? 'open', settings @> '{"grade": 2}', settings || '{"x": 1}' FROM housing.projects ORDER BY id
-- case: json path
SELECT jsonb_path_query_first(settings, '$.grade'), settings @@ '$.grade > 2', settings @? '$.open' FROM housing.projects ORDER BY id
-- case: json subscripts
SELECT settings['grade'] FROM housing.projects ORDER BY id
-- case: row to json
SELECT row_to_json(b), to_jsonb(b) FROM housing.buyers b ORDER BY b.id LIMIT 3
-- case: json of a subquery row
SELECT row_to_json(t) FROM (SELECT id, name, phone FROM housing.buyers ORDER BY id LIMIT 3) t
-- case: xml
SELECT xmlelement(name buyer, xmlattributes(id AS id), phone) FROM housing.buyers ORDER BY id LIMIT 3
-- case: whole row in a function
SELECT count(b), count(b.*) FROM housing.buyers b
-- case: whole row is null
SELECT count(*) FROM housing.agents a LEFT JOIN housing.buyers b ON b.agent_id = a.id AND b.level = 99 WHERE b IS NULL
-- case: row constructor
SELECT ROW(b.id, b.phone), ROW(b.*) = ROW(b.*) FROM housing.buyers b ORDER BY b.id LIMIT 2
-- case: system columns
SELECT b.tableoid = 'housing.buyers'::regclass, b.xmin IS NOT NULL FROM housing.buyers b ORDER BY b.id LIMIT 2
-- case: typed literals
SELECT date '2024-01-01', interval '1 day', timestamp 'epoch', bit '101', int4 '7', '{1,2}'::int[], 'sold'::housing.unit_status
-- case: quoted literals
SELECT 'it''s', E'tab\t\\', $$dollar$$, $tag$nested $$ quotes$tag$, U&'\4E2D', B'01', X'1F', N'n'
-- case: operators by name
SELECT 1 OPERATOR(pg_catalog.+) 2, phone OPERATOR(pg_catalog.||) '!' FROM housing.buyers ORDER BY id LIMIT 2
-- case: names folded and quoted
SELECT B.ID, b."phone" FROM Housing.Buyers AS B ORDER BY b.Id LIMIT 2
-- case: unicode escapes in names
SELECT U&"ph\006Fne" FROM housing.buyers ORDER BY id LIMIT 2
-- case: comments everywhere
SELECT /* one /* nested */ */ id, -- two
phone /**/ FROM /* three */ housing . buyers /* four */ ORDER BY id LIMIT 2
-- case: fully qualified with the alias hidden
SELECT housing.buyers.phone, buyers.id FROM housing.buyers ORDER BY housing.buyers.id LIMIT 2
-- case: current facts
SELECT current_user, session_user, current_schema, version() LIKE 'PostgreSQL%', current_setting('server_encoding')
-- case: now and friends
SELECT now() IS NOT NULL, current_date > date '2020-01-01', clock_timestamp() >= transaction_timestamp(), pg_backend_pid() > 0
-- case: generate series in the select list
SELECT generate_series(1, 3) AS n
-- case: dynamic division errors only with masked values
SELECT id, 100 / (length(phone) - 11) FROM housing.buyers ORDER BY id LIMIT 3
-- case: cast error quotes the mask
SELECT phone::int FROM housing.buyers WHERE id = 1
-- case: cast error of a date
SELECT name::date FROM housing.buyers WHERE id = 2
-- case: unknown column
SELECT telephone FROM housing.buyers
-- case: unknown column with a hint
SELECT phome FROM housing.buyers
-- case: unknown table
SELECT * FROM housing.no_such_table
-- case: unknown schema
SELECT * FROM nowhere.buyers
-- case: unknown function [attack]
SELECT no_such_function(id) FROM housing.buyers
-- case: syntax error
SELECT id FRM housing.buyers
-- case: syntax error at the end
SELECT id FROM housing.buyers WHERE
-- case: unterminated literal
SELECT 'abc
-- case: ambiguous column
SELECT id FROM housing.buyers b JOIN housing.contracts c ON c.buyer_id = b.id
-- case: missing from entry
SELECT x.phone FROM housing.buyers b
-- case: alias hides the table's name
SELECT buyers.phone FROM housing.buyers b
-- case: aggregate without group by
SELECT phone, count(*) FROM housing.buyers
-- case: type mismatch
SELECT id FROM housing.buyers WHERE born = 5
-- case: wrong number of parameters
-- bind: 1
SELECT $1::int, $2::int
-- case: bad parameter value
-- bind: not a number
SELECT id FROM housing.buyers WHERE id = $1
-- case: more than one row from a scalar subquery
SELECT (SELECT phone FROM housing.buyers)
-- case: division by zero inside a subquery
SELECT * FROM (SELECT 1 / (id - id) FROM housing.buyers) x
-- case: numeric overflow
SELECT income::numeric(3, 2) FROM housing.buyers WHERE income IS NOT NULL ORDER BY id LIMIT 1
-- case: too long an alias is truncated
SELECT id AS aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa FROM housing.buyers ORDER BY id LIMIT 1
-- case: the place of a row of a table that all may read
SELECT u.ctid IS NOT NULL, u.tableoid = 'housing.units'::regclass FROM housing.units u ORDER BY u.id LIMIT 2
-- case: the whole row beside GROUP BY of its key [bag]
SELECT b FROM housing.co_buyers b GROUP BY b.contract_id, b.ordinal
-- case: the same as JSON, with a number of others [bag]
SELECT b.contract_id, row_to_json(b), count(c.id) FROM housing.co_buyers b LEFT JOIN housing.contracts c ON c.id = b.contract_id GROUP BY b.contract_id, b.ordinal
-- case: a part of the row as JSON, grouped by its key
SELECT to_jsonb(b) -> 'name' FROM housing.co_buyers b WHERE b.contract_id = 2 GROUP BY b.contract_id, b.ordinal ORDER BY b.ordinal
-- case: rows of a filter that reads others, by what is stored
SELECT o.price, count(*) FROM field.plots o JOIN housing.agents a ON a.id = o.agent_id WHERE o.price < 300 GROUP BY o.price ORDER BY o.price
-- case: a drawn number for a table whose rows are filtered
BEGIN
-- then
INSERT INTO field.claims VALUES (nextval('series.ids') + 200000, 'agent', 3)
-- then
ROLLBACK
-- case: all of a row in a function, grouped by its key [bag]
SELECT row_to_json(b.*) FROM housing.co_buyers b WHERE b.contract_id < 9 GROUP BY b.contract_id, b.ordinal
