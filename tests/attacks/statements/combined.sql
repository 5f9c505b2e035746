-- channel: names, types, plans and errors of what is read, in combination
-- search_path: housing
-- case: group by distinct with the key in each [attack]
SELECT b.id, b.name, count(*) FROM buyers b WHERE b.id < 4 GROUP BY DISTINCT b.id, ROLLUP (b.id, b.level) ORDER BY 1, 3
-- case: the key inside of a correlated subquery of HAVING [attack]
SELECT b.id FROM buyers b WHERE b.id < 9 GROUP BY b.id HAVING EXISTS (SELECT 1 FROM leads l WHERE l.name = b.name OR b.phone LIKE '138%') ORDER BY 1
-- case: the key in LATERAL of the same query is not grouped [attack]
SELECT b.id, x.n FROM buyers b, LATERAL (SELECT b.name AS n) x WHERE b.id < 4 GROUP BY b.id, x.n ORDER BY 1
-- case: functional dependence in DISTINCT ON and ORDER BY [attack]
SELECT DISTINCT ON (b.level) b.level, b.name FROM buyers b WHERE b.id < 20 GROUP BY b.id ORDER BY b.level, b.id
-- case: functional dependence in a window [attack]
SELECT b.id, row_number() OVER (PARTITION BY b.level ORDER BY b.name, b.id) FROM buyers b WHERE b.id < 12 GROUP BY b.id ORDER BY 1
-- case: whole row of a grouped table as json [attack]
SELECT row_to_json(l)::text FROM ONLY leads l GROUP BY l.id ORDER BY l.id LIMIT 3
-- case: a composite key of a masked table, spelled in a row [attack]
SELECT c.contract_id, c.ordinal, c.name FROM co_buyers c GROUP BY (c.contract_id), c.ordinal ORDER BY 1, 2 LIMIT 4
-- case: key with a cast is no key [attack]
SELECT b.id::int8, b.name FROM buyers b WHERE b.id < 4 GROUP BY b.id::int8 ORDER BY 1
-- case: key of an inheritance parent [attack]
SELECT l.id, l.name FROM leads l GROUP BY l.id ORDER BY 1 LIMIT 3
-- case: a key by an alias that another item has as column [attack]
SELECT b.id AS name, b.phone FROM buyers b WHERE b.id < 4 GROUP BY b.id ORDER BY 1
-- case: grouped key and a subquery that groups by outer columns [attack]
SELECT b.id, (SELECT string_agg(x.name || b.name, ',' ORDER BY x.id) FROM agents x WHERE x.id < 3 GROUP BY b.phone) FROM buyers b WHERE b.id < 3 GROUP BY b.id ORDER BY 1
-- case: key grouped, array of masked in ARRAY subquery [attack]
SELECT b.id, ARRAY(SELECT b.name UNION SELECT 'z' ORDER BY 1) FROM buyers b WHERE b.id < 3 GROUP BY b.id ORDER BY 1
-- case: aggregate of outer level inside a subquery [attack]
SELECT b.level, (SELECT max(b.name) FROM agents a WHERE a.id = 1) FROM buyers b GROUP BY b.level ORDER BY 1
-- case: GROUPING with a functionally dependent column [attack]
SELECT grouping(b.id), b.name FROM buyers b WHERE b.id < 3 GROUP BY b.id ORDER BY b.id
-- case: masked column inside FILTER of grouped key [attack]
SELECT b.id, count(*) FILTER (WHERE b.name > '') FROM buyers b WHERE b.id < 4 GROUP BY b.id HAVING b.phone IS NOT NULL ORDER BY 1
-- case: group by all names of USING with two masked [attack]
SELECT id, count(*), max(b.phone), min(l.phone) FROM buyers b JOIN leads l USING (id) GROUP BY id ORDER BY id LIMIT 3
-- case: alias list one longer than the table [attack]
SELECT b.z FROM leads b(c1, c2, c3, c4, z) LIMIT 1
-- case: a column alias called ctid [attack]
SELECT b.ctid FROM buyers b(ctid, n) WHERE b.n > '' AND b.ctid < 4 ORDER BY 1
-- case: hint about a column of another item, unqualified masked [attack]
SELECT relatio, c.phone FROM buyers b, co_buyers c
-- case: hint about an alias [attack]
SELECT buyer.phone FROM buyers b
-- case: hint within LATERAL [attack]
SELECT x.y FROM (SELECT b.phone AS y) x, buyers b
-- case: a column of a later item without LATERAL [attack]
SELECT * FROM (SELECT b.phone) x, buyers b
-- case: an item to the right of a join named on the left [attack]
SELECT 1 FROM agents a JOIN visits v ON v.remark = b.phone JOIN buyers b ON true
-- case: ambiguous masked [attack]
SELECT phone FROM buyers b, leads l
-- case: ambiguous by USING of something else [attack]
SELECT phone FROM buyers b JOIN leads l USING (id)
-- case: row as function of the type's name [attack]
SELECT b.buyers FROM buyers b WHERE b.id = 1
-- case: row as function of its own type, written as a call [attack]
SELECT buyers(b) FROM buyers b WHERE b.id = 1
-- case: the type's name as field of a subquery's row [attack]
SELECT (x).leads FROM (SELECT l AS x FROM leads l WHERE id = 2) s
-- case: USING alias whole row [attack]
SELECT u::text FROM buyers b JOIN leads l USING (id, phone) AS u
-- case: USING alias with a star as text [attack]
SELECT (u.*)::text, b.name FROM buyers b JOIN leads l USING (id) AS u ORDER BY id LIMIT 3
-- case: join alias that hides, then star [attack]
SELECT j.*, b.phone FROM (buyers b JOIN leads l USING (id)) AS j LIMIT 1
-- case: nested USING of three with masked merged column [attack]
SELECT id, phone FROM buyers FULL JOIN leads USING (id, phone) FULL JOIN contacts USING (id, phone) ORDER BY id, phone LIMIT 5
-- case: merged column's type of two masked [attack]
SELECT DISTINCT pg_typeof(phone) FROM buyers FULL JOIN calls USING (phone)
-- case: merged in ORDER BY and GROUP BY [attack]
SELECT phone, count(*) FROM leads l FULL JOIN handover_appointments h ON l.phone = h.contact_phone GROUP BY phone ORDER BY phone LIMIT 4
-- case: RIGHT JOIN merged column is the right's [attack]
SELECT phone FROM leads RIGHT JOIN contacts USING (phone) ORDER BY phone LIMIT 4
-- case: recursive names ahead [attack]
WITH RECURSIVE a AS (SELECT * FROM buyers), buyers AS (SELECT 1 AS phone) SELECT * FROM a
-- case: recursive name that is a table inside [attack]
WITH RECURSIVE leads AS (SELECT id, name FROM housing.leads WHERE id = 1 UNION ALL SELECT l.id + 1, l.name FROM leads l WHERE l.id < 4) SELECT * FROM leads ORDER BY 1
-- case: a name of WITH used in a nested WITH as itself [attack]
WITH leads AS (WITH leads AS (SELECT id, phone FROM leads) SELECT * FROM leads) SELECT * FROM leads ORDER BY 1 LIMIT 3
-- case: SEARCH DEPTH FIRST by a masked column [attack]
WITH RECURSIVE r(id, name, m) AS (SELECT id, name, id FROM buyers WHERE id < 4 UNION ALL SELECT b.id, b.name, b.id FROM buyers b JOIN r ON b.id = r.m + 30 WHERE b.id < 70) SEARCH DEPTH FIRST BY name SET ord SELECT id, ord FROM r ORDER BY ord, id
-- case: SEARCH BREADTH FIRST by a masked column [attack]
WITH RECURSIVE r(id, name, m) AS (SELECT id, name, id FROM buyers WHERE id < 4 UNION ALL SELECT b.id, b.name, b.id FROM buyers b JOIN r ON b.id = r.m + 30 WHERE b.id < 70) SEARCH BREADTH FIRST BY name, id SET ord SELECT r.*, (r.ord).* FROM r ORDER BY ord, id
-- case: CYCLE by a masked column [attack]
WITH RECURSIVE r(id, net) AS (SELECT id, name FROM buyers WHERE id = 1 UNION ALL SELECT b.id, b.name FROM buyers b JOIN r ON b.id = r.id + 1 WHERE b.id < 40) CYCLE net SET again TO 'y' DEFAULT 'n' USING path SELECT id, net, again, path FROM r ORDER BY id
-- case: CYCLE column taken as input of an alias list [attack]
WITH RECURSIVE r AS (SELECT id, name FROM buyers WHERE id = 1 UNION ALL SELECT b.id, b.name FROM buyers b JOIN r ON b.id = r.id + 1 WHERE b.id < 10) CYCLE name SET c USING p SELECT x.d, x.e FROM r AS x(a, b, d, e) ORDER BY 1, 2
-- case: column alias list over a WITH query with star [attack]
WITH w AS (SELECT *, 1 AS one FROM leads) SELECT x.c, x.e FROM w x(a, b, c, d, e) ORDER BY 1 LIMIT 3
-- case: ROWS FROM with a masked argument and column names [attack]
SELECT r.* FROM buyers b, ROWS FROM (unnest(string_to_array(b.phone, '*')), generate_series(1, 3)) WITH ORDINALITY AS r(part, n, o) WHERE b.id = 1 ORDER BY o
-- case: function in FROM whose alias is a masked column's name [attack]
SELECT phone FROM generate_series(1, 2) AS phone, buyers b WHERE b.id = 1
-- case: function in FROM called phone beside a qualified mask [attack]
SELECT phone.phone, b.phone FROM generate_series(1, 2) AS phone, buyers b WHERE b.id = 1 ORDER BY 1
-- case: composite function in FROM whose alias is a table's [attack]
SELECT buyers.key, b.phone FROM json_each('{"a":1}') AS buyers, buyers b WHERE b.id = 1
-- case: the whole row of a function by the name of a masked table [attack]
SELECT buyers FROM json_each('{"a":1}') AS buyers
-- case: XMLTABLE columns from masks [attack]
SELECT x.* FROM buyers b, XMLTABLE('/r/p' PASSING xmlelement(name r, xmlelement(name p, b.phone), xmlelement(name p, b.name)) COLUMNS n FOR ORDINALITY, phone text PATH '.' DEFAULT b.email) x WHERE b.id = 1 ORDER BY 1
-- case: XMLTABLE whose column hides the mask's name [attack]
SELECT phone FROM (SELECT id FROM buyers WHERE id = 1) b, XMLTABLE('/r' PASSING '<r>1</r>' COLUMNS phone text PATH '.') x
-- case: XMLTABLE without alias, qualified by its word [attack]
SELECT xmltable.phone, b.phone FROM buyers b, XMLTABLE('/r' PASSING '<r>1</r>' COLUMNS phone text PATH '.') WHERE b.id = 1
-- case: JSON_TABLE [attack]
SELECT t.p FROM buyers b, JSON_TABLE(to_jsonb(b), '$' COLUMNS (p text PATH '$.phone')) t WHERE b.id = 1
-- case: named window defined by another over masks [attack]
SELECT id, rank() OVER w2, count(*) OVER (w ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING EXCLUDE TIES) FROM buyers WHERE id < 15 WINDOW w AS (PARTITION BY level), w2 AS (w ORDER BY name) ORDER BY 1
-- case: window name that is a masked column [attack]
SELECT id, count(*) OVER phone FROM buyers WHERE id < 5 WINDOW phone AS (ORDER BY phone, id) ORDER BY 1
-- case: RANGE offset over a masked number [attack]
SELECT id, count(*) OVER (ORDER BY income RANGE BETWEEN 50000 PRECEDING AND CURRENT ROW) FROM buyers WHERE id < 15 ORDER BY 1
-- case: RANGE offset over a masked date [attack]
SELECT id, count(*) OVER (ORDER BY born RANGE BETWEEN '2 years' PRECEDING AND CURRENT ROW) FROM buyers WHERE id < 15 ORDER BY 1
-- case: FETCH WITH TIES over a mask [attack]
SELECT left(name, 1) FROM buyers ORDER BY left(name, 1) FETCH FIRST 2 ROWS WITH TIES
-- case: FETCH WITH TIES over income [attack]
SELECT income FROM buyers WHERE income IS NOT NULL ORDER BY income FETCH FIRST 3 ROWS WITH TIES
-- case: ORDER BY an output name that is a masked input [attack]
SELECT level AS name, id FROM buyers WHERE id < 9 ORDER BY name, id
-- case: ORDER BY an expression takes the input [attack]
SELECT level AS income, id FROM buyers WHERE id < 9 ORDER BY income + 0, id
-- case: GROUP BY takes the input first [attack]
SELECT left(name, 1) AS name, count(*) FROM buyers GROUP BY name ORDER BY 1, 2 LIMIT 5
-- case: HAVING takes the input [attack]
SELECT max(level) AS income FROM buyers GROUP BY income HAVING income > 500000 ORDER BY 1
-- case: DISTINCT ON an output name that is an input [attack]
SELECT DISTINCT ON (name) level AS name, id FROM buyers WHERE id < 15 ORDER BY name, id
-- case: set operation orders by the first arm's name [attack]
SELECT name FROM leads UNION SELECT phone FROM leads ORDER BY name LIMIT 4
-- case: set operation with a name of the second arm [attack]
SELECT name FROM leads UNION SELECT phone FROM leads ORDER BY phone LIMIT 4
-- case: typing of a union of a masked varchar with others [attack]
SELECT pg_typeof(x) FROM (SELECT phone FROM buyers WHERE id = 1 UNION ALL SELECT phone FROM calls WHERE id = 1 UNION ALL SELECT NULL) u(x)
-- case: typing of VALUES with masks [attack]
SELECT pg_typeof(column1), pg_typeof(column2) FROM buyers b, LATERAL (VALUES (b.phone, b.income), ('x', 1)) v WHERE b.id = 1
-- case: typing of a CASE with hidden and constant [attack]
SELECT pg_typeof(CASE WHEN id = 1 THEN extra END), pg_typeof(coalesce(phones, '{}')), pg_typeof(greatest(born, '2000-01-01')) FROM buyers WHERE id = 1
-- case: EXCEPT ALL between masks [attack]
SELECT left(phone, 3) FROM buyers EXCEPT ALL SELECT left(phone, 3) FROM leads ORDER BY 1 LIMIT 5
-- case: a database in front of a masked column [attack]
SELECT wrong.housing.buyers.phone FROM buyers
-- case: schema in front of a bare item [attack]
SELECT housing.buyers.id, housing.buyers.phone FROM buyers WHERE housing.buyers.id < 3 ORDER BY housing.buyers.id
-- case: schema in front of a star [attack]
SELECT housing.leads.* FROM leads ORDER BY housing.leads.id LIMIT 2
-- case: schema in front of a star in a row [attack]
SELECT ROW(housing.leads.*)::text FROM leads ORDER BY housing.leads.id LIMIT 2
-- case: wrong schema in front [attack]
SELECT app.buyers.phone FROM buyers
-- case: schema-qualified in a correlated subquery of the same table [attack]
SELECT id, (SELECT max(housing.leads.phone) FROM agents) FROM leads WHERE id < 3 GROUP BY id, phone ORDER BY 1
-- case: zero columns of a masked table in a union [attack]
SELECT count(*) FROM (SELECT FROM leads WHERE name > '' UNION ALL SELECT FROM leads) x
-- case: FROM with ONLY in odd places [attack]
SELECT count(*) FROM ONLY(leads)l, leads*m WHERE l.id=m.id AND l.name=m.name
-- case: identifiers with escapes [attack]
SELECT U&"ph\006Fne" FROM U&"h!006Fusing" UESCAPE '!'.leads ORDER BY 1 LIMIT 2
-- case: names glued to punctuation [attack]
SELECT"name",phone FROM"housing".leads"l"WHERE"l".id=2
-- case: comments between parts of a name [attack]
SELECT housing/*x*/./*y*/leads/*z*/.phone FROM housing/**/./**/leads WHERE id=2
-- case: TABLE of a partition [attack]
TABLE payments_2023 ORDER BY id LIMIT 2
-- case: copy of a partitioned table [attack]
COPY payments TO STDOUT
-- case: copy of a view [attack]
COPY buyer_cards TO STDOUT
-- case: copy of a materialized view [attack]
COPY buyer_directory TO STDOUT
-- case: copy of a parent has its own rows alone [attack]
COPY leads (id, phone) TO STDOUT
-- case: copy of a generated column [attack]
COPY contacts (id, last4) TO STDOUT
-- case: copy of a column that is not there [attack interference]
COPY leads (id, nosuch) TO STDOUT
-- case: grouped key of a filtered table [attack]
SELECT o.id, o.owner, count(*) FROM field.offers o WHERE o.id < 30 GROUP BY o.id ORDER BY 1 LIMIT 4
-- case: grouping sets over a filtered table [attack]
SELECT owner, count(*), sum(price) FROM field.offers GROUP BY GROUPING SETS ((owner), ()) ORDER BY 1 NULLS LAST
-- case: offers by an EXISTS with a count of an int8 limit [attack]
SELECT count(*) FROM field.offers WHERE price <> 107 OR EXISTS (SELECT 1 FROM housing.units LIMIT 99999999999999999999)
-- case: the same with a limit that is there first [attack]
SELECT count(*) FROM field.offers WHERE price <> 107 OR EXISTS (SELECT 1 FROM housing.units LIMIT 1)
-- then
SELECT count(*) FROM field.offers WHERE price <> 107 OR EXISTS (SELECT 1 FROM housing.units LIMIT 99999999999999999999)
-- case: a number in shape of another class [attack]
SELECT count(*) FROM field.offers WHERE price = 107
-- then
SELECT count(*) FROM field.offers WHERE price = 99999999999
-- then
SELECT count(*) FROM field.offers WHERE price = 99999999999999999999
-- case: plots by bigint and numeric [attack]
SELECT count(*) FROM field.plots WHERE big = 3
-- then
SELECT count(*) FROM field.plots WHERE big = 99999999999999999999
-- case: a list of numbers of several classes [attack]
SELECT count(*) FROM field.offers WHERE price IN (1, 2)
-- then
SELECT count(*) FROM field.offers WHERE price IN (1, 99999999999999999999)
-- case: position behind a column called order [attack]
SELECT b.id, b.level, v.order FROM buyers b, (VALUES (1)) v("order") WHERE b.id < 3 GROUP BY v.order, 1 ORDER BY 1
-- then
SELECT b.id, b.level, v.order FROM buyers b, (VALUES (1)) v("order") WHERE b.id < 3 GROUP BY v.order, 2 ORDER BY 1
-- case: position behind a column called union in ORDER BY [attack]
SELECT b.id, b.name, v.union FROM buyers b, (VALUES (1)) v("union") WHERE b.id < 5 ORDER BY v.union, 2, 1
-- then
SELECT b.id, b.name, v.union FROM buyers b, (VALUES (1)) v("union") WHERE b.id < 5 ORDER BY v.union, 1, 2
-- case: position behind a label called where [attack]
SELECT b.id, b.name, count(*) AS where FROM buyers b WHERE b.id < 4 GROUP BY b.level, 1 ORDER BY 1
-- then
SELECT b.id, b.name, count(*) AS where FROM buyers b WHERE b.id < 4 GROUP BY b.level, 2 ORDER BY 1
-- case: filter and FOR UPDATE with a failing condition [attack]
SELECT id FROM field.claims WHERE 1000 / (price - 107) > 0 AND id = 3 FOR UPDATE
-- case: a row comparison beside a filter [attack]
SELECT count(*) FROM field.offers WHERE (price, id) > (100, 5)
-- case: IS DISTINCT FROM a row beside a filter [attack]
SELECT count(*) FROM field.offers WHERE (price, 1/(price-107)) IS DISTINCT FROM (1, 1)
-- case: NOT IN a failing subquery [attack]
SELECT count(*) FROM field.offers WHERE price NOT IN (SELECT 1000/(u.id - u.id) FROM units u WHERE u.id < 0)
-- case: ANY of an array that fails for one parameter [attack]
PREPARE s(text) AS SELECT count(*) FROM field.offers WHERE price = ANY ($1::int[])
-- then
EXECUTE s('{110,x}')
-- case: ALL of a literal array [attack]
SELECT count(*) FROM field.offers WHERE price <> ALL ('{107,110}')
-- case: ALL of a literal array of another type [attack]
SELECT count(*) FROM field.offers WHERE price <> ALL ('{107,110}'::int8[])
-- case: a bool column expression beside a filter [attack]
SELECT count(*) FROM buyers WHERE (active IS TRUE) IS NOT FALSE AND NOT (NOT active)
-- case: NULLIF in ON [attack]
SELECT count(*) FROM field.offers o JOIN agents a ON NULLIF(o.price, 107) / 0 IS NULL AND false
-- case: constants that fail by themselves [attack]
SELECT count(*) FROM field.offers WHERE id < 0 AND 1/0 = 1
-- case: constants that fail by themselves, behind OR [attack]
SELECT count(*) FROM field.offers WHERE price <> 107 OR 1/0 = 1
-- case: constants that fail in CASE of a filtered column [attack]
SELECT count(*) FROM field.offers WHERE CASE WHEN price = 107 THEN 1/0 = 1 ELSE true END
-- case: constants that fail in a comparision with a filtered column [attack]
SELECT count(*) FROM field.offers WHERE price = 1/0
-- case: stable function that fails [attack]
SELECT count(*) FROM field.offers WHERE price <> 107 OR current_setting('work_mem')::int > 0
-- case: session variable compared [attack]
SELECT count(*) FROM field.offers WHERE owner = current_user
-- case: owner compared with session_user, an SQL value function [attack]
SELECT count(*) FROM field.offers WHERE owner <> CURRENT_ROLE
-- case: owner is another's by collation [attack]
SELECT count(*) FROM field.offers WHERE owner COLLATE "C" > 'a'
-- case: int compared to name [attack]
SELECT count(*) FROM field.offers WHERE owner = 'agent'::name
-- case: owner compared with bpchar [attack]
SELECT count(*) FROM field.offers WHERE owner = 'agent '::bpchar
-- case: filtered table twice in a lateral with a limit [attack]
SELECT o.id, x.id FROM field.offers o, LATERAL (SELECT p.id FROM field.offers p WHERE p.price > o.price ORDER BY p.price LIMIT 1) x WHERE o.id < 20 ORDER BY 1
-- case: anti join of filtered by filtered [attack]
SELECT o.id FROM field.offers o WHERE NOT EXISTS (SELECT FROM field.offers p WHERE p.price = o.price + 30) ORDER BY 1
-- case: full join of filtered tables [attack]
SELECT o.id, p.id FROM field.offers o FULL JOIN field.plots p ON p.id = o.id WHERE o.id IS NULL OR p.id IS NULL ORDER BY 1, 2
-- case: semi join under a left join [attack]
SELECT a.id, p.id FROM agents a LEFT JOIN field.plots p ON p.agent_id = a.id AND p.price < 60 ORDER BY 1, 2
-- case: left join with a failing ON of the left side [attack]
SELECT a.id, p.id FROM agents a LEFT JOIN field.plots p ON p.agent_id = a.id AND 1/(a.id - 7) > -9 ORDER BY 1, 2 LIMIT 5
-- case: random in the list of a semi-joined filter [attack]
SELECT setseed(0.25)
-- then
SELECT count(r) FROM (SELECT random() AS r FROM field.plots) x
-- then
SELECT random()
-- case: random beside a filter that is plain [attack]
SELECT setseed(0.25)
-- then
SELECT count(*) FROM (SELECT random() AS r FROM field.offers OFFSET 0) x WHERE r >= 0
-- then
SELECT random()
-- case: advisory locks taken in a list over a semi-joined filter [attack]
SELECT count(pg_try_advisory_lock(p.id)) FROM field.plots p
-- then
SELECT pg_advisory_unlock_all()
-- case: window over filtered rows with a frame by value [attack]
SELECT id, sum(price) OVER (ORDER BY price RANGE BETWEEN 30 PRECEDING AND CURRENT ROW) FROM field.offers ORDER BY id LIMIT 5
-- case: recursive over filtered rows [attack]
WITH RECURSIVE r AS (SELECT id, price FROM field.offers WHERE id = 3 UNION ALL SELECT o.id, o.price FROM field.offers o JOIN r ON o.id = r.id + 1) SELECT count(*), max(id) FROM r
-- case: recursive over filtered rows by three [attack]
WITH RECURSIVE r AS (SELECT id, price FROM field.offers WHERE id = 3 UNION SELECT o.id, o.price FROM field.offers o JOIN r ON o.id = r.id + 3) SEARCH BREADTH FIRST BY id SET s SELECT count(*), max(id) FROM r
-- case: merged names of filtered tables [attack]
SELECT id, price FROM field.offers FULL JOIN field.plots USING (id, price) ORDER BY id LIMIT 5
-- case: system columns of a filtered table [attack]
SELECT count(DISTINCT tableoid), min(ctid) IS NULL FROM field.offers
-- case: rows in the place order [attack]
SELECT id FROM field.offers WHERE ctid > '(0,5)' ORDER BY ctid LIMIT 3
-- case: a cursor with hold over a filtered table [attack]
BEGIN
-- then
DECLARE h SCROLL CURSOR WITH HOLD FOR SELECT id FROM field.offers WHERE price % 20 = 0 ORDER BY id
-- then
COMMIT
-- then
FETCH LAST FROM h
-- then
FETCH ABSOLUTE 2 FROM h
-- then
CLOSE h
-- case: consent in an outer join [attack]
SELECT a.id, l.phone FROM agents a LEFT JOIN leads l ON l.id = a.id ORDER BY 1, 2
-- case: consent by group [attack]
SELECT phone IS NULL, source, count(*) FROM leads GROUP BY 1, 2 ORDER BY 1, 2
-- case: consent read from the child alone [attack]
SELECT phone, source FROM leads_archive WHERE id < 64 ORDER BY id
-- case: consent in a whole row [attack]
SELECT l::text FROM leads l WHERE id < 5 ORDER BY id
-- case: consent compared by IN [attack]
SELECT count(*) FROM leads WHERE phone IN (SELECT phone FROM leads)
-- case: retention in USING [attack]
SELECT count(*), count(phone) FROM calls c JOIN calls d USING (id, phone)
-- case: retention in NOT IN [attack]
SELECT count(*) FROM calls WHERE phone NOT IN (SELECT phone FROM calls WHERE id < 5)
-- case: buyers of the agent by an unqualified key with another table having it [attack]
SELECT count(*) FROM buyers WHERE id = ANY (SELECT buyer_id FROM contracts)
-- case: buyers whose filter column is renamed [attack]
SELECT count(*) FROM buyers b(i, n) WHERE i < 30
-- case: an alias of the filter's inner table [attack]
SELECT count(*) FROM buyers a WHERE a.agent_id IS NOT NULL
-- case: an outer item named like the filter's inner table [attack]
SELECT a.id, (SELECT count(*) FROM buyers WHERE buyers.agent_id = a.id) FROM agents a ORDER BY 1
-- case: an outer item agents that the filter could catch [attack]
SELECT agents.id, (SELECT count(*) FROM buyers b) FROM agents WHERE agents.manager_id = 1 ORDER BY 1 LIMIT 3
-- case: WITH query called agents [attack]
WITH agents AS (SELECT 7 AS id, 1 AS manager_id) SELECT count(*) FROM buyers
-- case: WITH query called housing [attack]
WITH a AS (SELECT 7 AS id, 1 AS manager_id) SELECT count(*), (SELECT min(id) FROM a) FROM buyers
-- case: temp table called agents [attack]
CREATE TEMP TABLE agents (id int, manager_id int)
-- then
INSERT INTO agents SELECT g, 1 FROM generate_series(1, 20) g
-- then
SELECT count(*) FROM housing.buyers
-- then
SELECT count(*) FROM field.plots
-- case: estimate of a range over filtered numbers [attack]
SELECT count(*) FROM field.offers WHERE price <@ '[100,200)'::int4range
-- case: distance operator on filtered numbers [attack]
SELECT count(*) FROM field.offers WHERE price OPERATOR(ext.<->) 2147483647 > 5
-- case: distance operator that overflows on filtered numbers [attack]
SELECT count(*) FROM field.offers WHERE (price - 107) OPERATOR(ext.<->) (-2147483647 - 1) > 5
-- case: sum that overflows for filtered rows [attack]
SELECT count(*) FROM field.offers WHERE price + 2147483540 > 0
-- case: the same as a group [attack]
SELECT price + 2147483540 FROM field.offers GROUP BY price + 2147483540 HAVING price + 2147483540 < 0
-- case: int2 cast of filtered, in ORDER BY of an aggregate [attack]
SELECT string_agg(id::text, ',' ORDER BY (price * 100)::int2) FROM field.offers WHERE id < 10
-- case: a filtered table in MERGE's absence: DISTINCT ON a filtered key with LIMIT 0 [attack]
SELECT DISTINCT ON (1000/(price-107)) id FROM field.plots LIMIT 0
-- case: INTERSECT over filtered with computed [attack]
SELECT 1000/(price-107) FROM field.plots INTERSECT ALL SELECT 1000/(price-107) FROM field.plots ORDER BY 1 LIMIT 3
-- case: two filters of both kinds [attack]
SELECT count(*) FROM buyers b JOIN contracts c ON c.buyer_id = b.id JOIN payments p ON p.contract_id = c.id
-- case: partition pruned by date with filter [attack]
SELECT count(*), max(amount) FROM payments WHERE paid_on >= '2023-06-01' AND paid_on < '2023-07-01'
-- case: partition pruned with failing filter column [attack]
SELECT count(*) FROM payments WHERE 1/(amount - 14000) < 0 AND paid_on < '2024-01-01'
-- case: partition-wise join and aggregate [attack]
SET enable_partitionwise_join = on
-- then
SET enable_partitionwise_aggregate = on
-- then
SELECT p.paid_on, count(*), max(q.payer_name) FROM payments p JOIN payments q USING (paid_on) WHERE p.id < 20 GROUP BY p.paid_on ORDER BY 1 LIMIT 4
-- case: partition-wise aggregate of a failing target [attack]
SET enable_partitionwise_aggregate = on
-- then
SELECT paid_on, 1/(amount - 14000) AS x FROM payments GROUP BY paid_on, 1/(amount - 14000) ORDER BY 1 LIMIT 4
-- case: temp table that shadows a type of a hidden column (jsonb) [attack]
CREATE TEMP TABLE jsonb (x int)
-- then
SELECT id, extra IS NULL FROM buyers WHERE id < 3 ORDER BY id
-- then
SELECT count(*) FROM profiles p WHERE p::text IS NOT NULL
-- case: temp table that shadows text [attack]
CREATE TEMP TABLE text (x int)
-- then
SELECT name, note, phones FROM buyers WHERE id < 3 ORDER BY id
-- case: temp table that shadows numeric [attack]
CREATE TEMP TABLE "numeric" (x int)
-- then
SELECT income FROM buyers WHERE id < 3 ORDER BY id
-- case: temp table that shadows varchar [attack]
CREATE TEMP TABLE "varchar" (x int)
-- then
SELECT phone, id_no FROM buyers WHERE id < 3 ORDER BY id
-- case: temp table that shadows int4 and a column's cast [attack]
CREATE TEMP TABLE int4 (x int)
-- then
SELECT '5'::int4, name FROM buyers WHERE id = 1
-- case: temp table that shadows a domain of the search path [attack]
CREATE TEMP TABLE phone_number (x int)
-- then
SELECT phone FROM calls WHERE id < 3 ORDER BY id
-- then
SELECT '5'::phone_number
-- case: prepared before the path is changed, masked [attack]
SET search_path = housing
-- then
PREPARE q AS SELECT count(*) FROM agents
-- then
SET search_path = app
-- then
EXECUTE q
-- case: cursor over a name that is shadowed later [attack]
BEGIN
-- then
DECLARE c CURSOR FOR SELECT name FROM leads ORDER BY id
-- then
CREATE TEMP TABLE leads (id int)
-- then
FETCH 1 FROM c
-- then
ROLLBACK
-- case: create table as execute [attack]
PREPARE e AS SELECT id, name FROM leads WHERE id < 3
-- then
CREATE TEMP TABLE te AS EXECUTE e
-- then
SELECT * FROM te ORDER BY id
-- case: parameter takes the masked column's type [attack]
PREPARE t AS SELECT pg_typeof($1), count(*) FROM buyers WHERE phone = $1
-- then
EXECUTE t('x')
-- case: parameter takes a hidden column's type [attack]
PREPARE t2 AS SELECT pg_typeof($1) FROM buyers WHERE extra = $1 OR id = 1
-- then
EXECUTE t2('{}')
-- case: parameter takes a masked date's type [attack]
PREPARE t3 AS SELECT pg_typeof($1), count(*) FROM buyers WHERE born BETWEEN $1 AND $2
-- then
EXECUTE t3('1970-01-01', '1980-01-01')
-- case: whole row through json and back [attack]
SELECT (jsonb_populate_record(NULL::leads, to_jsonb(l))).phone FROM leads l WHERE id = 2
-- case: whole row to a typed record of its own [attack]
SELECT x.* FROM leads l, jsonb_to_record(to_jsonb(l)) AS x(phone housing.phone_number, id int) WHERE l.id = 2
-- case: whole row compared to itself as a record of columns [attack]
SELECT count(*) FROM leads l WHERE l = ROW(l.id, l.name, l.phone, l.source)
-- case: whole rows distinct [attack]
SELECT count(*) FROM (SELECT DISTINCT l FROM leads l) x
-- case: whole rows grouped [attack]
SELECT count(*) FROM (SELECT l FROM leads l GROUP BY l) x
-- case: whole row in a recursive union [attack]
WITH RECURSIVE r AS (SELECT l FROM leads l WHERE id < 3 UNION SELECT l FROM r) SELECT count(*) FROM r
-- case: whole row is null test [attack]
SELECT count(*) FROM agents a LEFT JOIN leads l ON l.id = a.id + 55 WHERE l IS NULL
-- case: whole row is not null test [attack]
SELECT count(*) FROM leads l WHERE l IS NOT NULL
-- case: whole row of a nullable side counted [attack]
SELECT count(l), count(l.*) FROM agents a LEFT JOIN leads l ON l.id = a.id + 55
-- case: whole row of a nullable side as json [attack]
SELECT a.id, row_to_json(l) FROM agents a LEFT JOIN leads l ON l.id = a.id + 58 ORDER BY 1
-- case: whole row in a CASE as text [attack]
SELECT (CASE WHEN id = 2 THEN l END)::text FROM leads l WHERE id < 4 ORDER BY id
-- case: number of arguments by a spread row [attack]
SELECT num_nulls(l.*), num_nonnulls(l) FROM leads l WHERE id = 2
-- case: concat of a spread row [attack]
SELECT concat_ws('|', l.*) FROM leads l WHERE id = 2
-- case: format of a spread row [attack]
SELECT format('%s %s %s %s', VARIADIC ARRAY[l.id::text, l.name, l.phone, l.source]) FROM leads l WHERE id = 2
-- case: json_build_object of a spread row [attack]
SELECT jsonb_build_array(l.*) FROM leads l WHERE id = 2
-- case: hash of a row [attack]
SELECT hash_record(l) = hash_record(ROW(l.*)) FROM leads l WHERE id = 2
-- case: error that quotes a masked number [attack]
SELECT phone::int FROM leads WHERE id = 2
-- case: error that quotes a masked document [attack]
SELECT (name || '{')::jsonb FROM leads WHERE id = 2
-- case: error of a masked date out of range [attack]
SELECT born + 2147483647 FROM buyers WHERE id = 1
-- case: error of a masked sum [attack]
SELECT income::int4 * 100000000 FROM buyers WHERE id = 1
-- case: error with a bad typmod [attack]
SELECT phone::varchar(0) FROM leads WHERE id = 2
-- case: error of a pattern [attack]
SELECT count(*) FROM leads WHERE phone ~ '('
-- case: error of a subquery with two rows [attack]
SELECT (SELECT phone FROM leads) FROM agents
-- case: error of an operator over a mask [attack]
SELECT phone + 1 FROM leads
-- case: error of a function over a mask [attack]
SELECT pg_catalog.sqrt(phone) FROM leads
-- case: error of a set operation's types [attack]
SELECT phone FROM leads UNION SELECT id FROM leads
-- case: error of USING with two types [attack]
SELECT 1 FROM leads l JOIN (SELECT 1 AS phone) x USING (phone)
-- case: error of aggregates in WHERE [attack]
SELECT id FROM leads WHERE max(phone) > ''
-- case: error of a missing GROUP BY with its column [attack]
SELECT phone, count(*) FROM leads
-- case: error of a missing GROUP BY in a subquery [attack]
SELECT level, (SELECT b.phone) FROM buyers b GROUP BY level
-- case: error of a window in WHERE [attack]
SELECT id FROM leads WHERE rank() OVER (ORDER BY phone) = 1
-- case: error of DISTINCT ON and ORDER BY [attack]
SELECT DISTINCT ON (name) phone FROM leads ORDER BY phone
-- case: error of ORDER BY in a union [attack]
SELECT name FROM leads UNION SELECT name FROM leads ORDER BY phone || 'x'
-- case: error of FOR UPDATE with DISTINCT [attack]
SELECT DISTINCT name FROM leads FOR UPDATE
-- case: error of FOR UPDATE on the nullable side [attack]
SELECT b.id, p.id FROM contracts c LEFT JOIN buyers b ON b.id = c.id LEFT JOIN profiles p ON p.mobile > '' FOR UPDATE
-- case: error of FOR UPDATE OF nobody [attack]
SELECT name FROM buyers b FOR UPDATE OF buyers
-- case: error of a negative LIMIT over masks [attack]
SELECT name FROM leads LIMIT -1
-- case: error of a column of an unnamed subquery [attack]
SELECT phone.x FROM (SELECT phone FROM leads) s
-- case: error of too few aliases in a WITH query [attack]
WITH w(a, b, c) AS (SELECT id, phone FROM leads) SELECT * FROM w
-- case: error of recursion in the wrong arm [attack]
WITH RECURSIVE r AS (SELECT name FROM r UNION ALL SELECT name FROM leads) SELECT * FROM r
-- case: error of recursion with a widened type [attack]
WITH RECURSIVE r(p) AS (SELECT phone FROM leads WHERE id = 2 UNION ALL SELECT p || 'x' FROM r WHERE length(p) < 13) SELECT * FROM r
-- case: recursion with an equal type [attack]
WITH RECURSIVE r(p) AS (SELECT phone::text FROM leads WHERE id = 2 UNION ALL SELECT p || 'x' FROM r WHERE length(p) < 13) SELECT * FROM r ORDER BY 1
-- case: ordered-set and hypothetical aggregates of masks [attack]
SELECT rank('王**') WITHIN GROUP (ORDER BY name), percentile_disc(ARRAY[0.1, 0.9]) WITHIN GROUP (ORDER BY born), percentile_cont(0.5) WITHIN GROUP (ORDER BY income) FROM buyers
-- case: ranges of masked dates [attack]
SELECT range_agg(daterange(born, born + 1)) FROM buyers WHERE id < 6
-- case: multirange of masked incomes [attack]
SELECT (range_agg(numrange(income, income + 1)) @> 200000::numeric) FROM buyers WHERE id < 100
-- case: interval arithmetic over a masked date [attack]
SELECT age(date '2024-01-01', born), extract(year FROM born), date_part('doy', born), to_char(born, 'IYYY-IW') FROM buyers WHERE id < 4 ORDER BY id
-- case: overlaps of masked dates [attack]
SELECT count(*) FROM buyers WHERE (born, born + 300) OVERLAPS (date '1970-06-01', date '1971-02-01')
-- case: similar to over a mask [attack]
SELECT count(*) FROM buyers WHERE phone SIMILAR TO '138\*{4}[0-9]{4}'
-- case: position, overlay, trim over a mask [attack]
SELECT position('*' IN phone), overlay(phone PLACING 'x' FROM 1 FOR 3), trim(BOTH '1' FROM phone), substring(phone FROM '[0-9]+$'), substring(phone SIMILAR '1#"%#"' ESCAPE '#') FROM leads WHERE id = 2
-- case: normalize and is normalized over a mask [attack]
SELECT normalize(name, NFKC), name IS NFC NORMALIZED FROM leads WHERE id = 2
-- case: at time zone and collate [attack]
SELECT name COLLATE "C" < 'Z', phone COLLATE pg_catalog."POSIX" FROM leads WHERE id = 2
-- case: array slices over masks [attack]
SELECT (ARRAY[name, phone])[1:1], (string_to_array(phone, NULL))[4:], array_position(string_to_array(phone, NULL), '*') FROM leads WHERE id = 2
-- case: multi-dimensional arrays of lists of masks [attack]
SELECT array_dims(phones), array_ndims(phones), cardinality(phones), phones[1], phones[1:1], array_lower(phones, 1) FROM profiles WHERE id < 7 ORDER BY id
-- case: unnest of a list with ordinality [attack]
SELECT p.id, u.* FROM profiles p, unnest(p.phones) WITH ORDINALITY u(phone, n) WHERE p.id < 5 ORDER BY 1, 3
-- case: documents by path [attack]
SELECT id, extra #>> '{contacts,0,phone}', extra -> 'contacts' -> -1, jsonb_path_exists(extra, 'strict $.phone ? (@ starts with "138")', '{}', true) FROM profiles WHERE id < 8 ORDER BY id
-- case: document subscripts [attack]
SELECT extra['phone'], extra['contacts'][0]['name'] FROM profiles WHERE id < 4 ORDER BY id
-- case: each of a document [attack]
SELECT p.id, e.key, e.value FROM profiles p, jsonb_each_text(p.extra) e WHERE p.id = 1 ORDER BY 2
-- case: keys of a partly hidden document [attack]
SELECT id, (SELECT string_agg(k, ',' ORDER BY k) FROM jsonb_object_keys(partly) k) FROM profiles WHERE id < 4 ORDER BY 1
-- case: json with duplicate keys [attack]
SELECT raw ->> 'phone', raw::text, json_typeof(raw) FROM profiles WHERE id < 3 ORDER BY id
-- case: json to jsonb of a masked document that has a zero [attack]
SELECT id, raw::jsonb FROM profiles WHERE id IN (1, 2, 11) ORDER BY id
-- case: composite field of a masked row column [attack]
SELECT (home).street, (home).door, home IS NULL, home::text FROM profiles WHERE id < 3 ORDER BY id
-- case: composite compared [attack]
SELECT count(*) FROM profiles WHERE home = ROW('x', 1)::housing.home
-- case: xml of a query's row [attack]
SELECT xmlelement(name b, xmlattributes(phone AS p), xmlforest(name, level)) FROM buyers WHERE id = 1
-- case: xmlagg ordered by a mask [attack]
SELECT xmlagg(xmlelement(name n, name) ORDER BY name, id) FROM leads WHERE id < 5
-- case: a masked column as argument with a name [attack]
SELECT make_date(year => extract(year FROM born)::int, month => 1, day => 1) FROM buyers WHERE id = 1
-- case: a lateral values of whole rows [attack]
SELECT v.r FROM leads l, LATERAL (VALUES (l::text), (l.phone)) v(r) WHERE l.id = 2
-- case: two statements of one query string where the second shadows [attack]
SELECT name FROM leads WHERE id = 2; CREATE TEMP TABLE leads (name text); SELECT name FROM leads
-- case: a NATURAL join over hidden columns [attack]
SELECT count(*) FROM buyers NATURAL JOIN (SELECT id, extra, note FROM buyers) x
-- case: hidden columns in a GROUP BY [attack]
SELECT note, count(*) FROM buyers GROUP BY note
-- case: hidden columns in DISTINCT and aggregates [attack]
SELECT count(DISTINCT extra), count(extra), bool_and(extra IS NULL), max(note), array_agg(DISTINCT phones) FROM buyers
-- case: outer join that pulls masks up [attack]
SELECT a.id, b.phone, b.phone IS NULL FROM agents a LEFT JOIN buyers b ON b.id = a.id * 17 ORDER BY 1
-- case: masks below grouping sets [attack interference]
SELECT left(phone, 3), name IS NULL, count(*) FROM buyers GROUP BY CUBE (1, 2) ORDER BY 1 NULLS FIRST, 2 NULLS FIRST LIMIT 6
-- case: masked constant in grouping sets (hidden) [attack]
SELECT note, level, count(*) FROM buyers GROUP BY GROUPING SETS ((note, level), (note), ()) ORDER BY 2 NULLS LAST, 3
-- case: hidden column in grouping sets with GROUPING [attack]
SELECT grouping(note), grouping(level), note, count(*) FROM buyers GROUP BY ROLLUP (note, level) ORDER BY 1, 2, 4
-- case: hidden column grouped and filtered [attack]
SELECT note FROM buyers GROUP BY GROUPING SETS (note, level) HAVING note IS NULL ORDER BY 1
-- case: two hidden columns that are the same constant in grouping sets [attack]
SELECT note, phones, count(*) FROM buyers GROUP BY GROUPING SETS ((note), (phones)) ORDER BY 3
-- case: hidden column as window partition [attack]
SELECT count(*) OVER (PARTITION BY note, extra) FROM buyers LIMIT 1
-- case: hidden column in ORDER BY USING [attack]
SELECT id FROM buyers ORDER BY note USING >, id LIMIT 2
-- case: masked column in ORDER BY USING [attack]
SELECT id FROM buyers ORDER BY name USING OPERATOR(pg_catalog.~>~), id LIMIT 2
-- case: hidden on both sides of EXCEPT [attack]
SELECT note, extra FROM buyers EXCEPT SELECT note, extra FROM buyers
-- case: nulls not distinct [attack]
SELECT count(*) FROM buyers a JOIN buyers b ON a.note IS NOT DISTINCT FROM b.note AND a.id = b.id
-- case: guarded view beside a lock [attack]
SELECT e.id, g.phone FROM app.events e JOIN guarded g ON g.id = e.id WHERE e.id < 7 ORDER BY 1 FOR UPDATE OF e
-- case: view with LATERAL LIMIT beside a lock [attack]
SELECT e.id, g.phone FROM app.events e JOIN last_visit g ON g.id = e.id WHERE e.id < 4 ORDER BY 1 FOR UPDATE OF e
-- case: union view beside a lock [attack]
SELECT e.id, g.phone FROM app.events e JOIN everyone g ON g.id = e.id WHERE e.id < 4 ORDER BY 1, 2 FOR UPDATE OF e
-- case: masked table locked with a joined masked subquery [attack]
SELECT b.id, x.name FROM buyers b JOIN (SELECT id, name FROM leads LIMIT 5) x ON x.id = b.id ORDER BY 1 FOR UPDATE OF b
-- case: where current of over a sorted scan [attack]
BEGIN
-- then
DECLARE c CURSOR FOR SELECT id FROM tied.signed WHERE project = 7 FOR UPDATE
-- then
FETCH 2 FROM c
-- then
UPDATE tied.signed SET active = active WHERE CURRENT OF c RETURNING id
-- then
ROLLBACK
-- case: where current of over a bare scan without a lock [attack]
BEGIN
-- then
DECLARE c CURSOR FOR SELECT id FROM tied.signed WHERE id < 9
-- then
FETCH 2 FROM c
-- then
UPDATE tied.signed SET active = active WHERE CURRENT OF c RETURNING id
-- then
ROLLBACK
-- case: a view whose domain's check reads others [attack]
SELECT * FROM tied.seen_domain LIMIT 1
-- case: the client's own cast [attack]
SELECT '13975790011'::app.checked
-- case: the client's own cast of a column [attack]
SELECT kind::app.checked FROM app.events LIMIT 1
