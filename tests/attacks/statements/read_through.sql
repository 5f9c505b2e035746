-- channel: what an auditor of the rewriter tries: rows as values, names, views, keys, orders, sets
-- case: fn notation phone [refused]
SELECT phone(b) FROM housing.buyers b WHERE id < 3 ORDER BY id
-- case: fn notation in where [refused]
SELECT id FROM housing.buyers b WHERE level(b) = 2 AND id < 9 ORDER BY id
-- case: row eq [attack]
SELECT b = k.who FROM housing.buyers b JOIN housing.keepsakes k USING (id) WHERE b.id < 3 ORDER BY b.id
-- case: row in array [attack]
SELECT b.id FROM housing.buyers b WHERE b IN (SELECT who FROM housing.keepsakes) ORDER BY 1
-- case: leads in many [attack]
SELECT l.id, l = ANY (k.many) FROM housing.leads l JOIN housing.keepsakes k USING (id) ORDER BY 1 LIMIT 4
-- case: using alias whole [attack]
SELECT u FROM housing.buyers b JOIN housing.profiles p USING (id) AS u WHERE u.id < 3 ORDER BY 1
-- case: join alias whole [attack]
SELECT j FROM (housing.leads l JOIN housing.contacts p USING (id)) AS j WHERE j.id < 3 ORDER BY j.id
-- case: join alias columns [attack]
SELECT j.name, j.last4 FROM (housing.leads l JOIN housing.contacts p USING (id)) AS j (i, name) WHERE i < 3 ORDER BY i
-- case: xmlforest [attack]
SELECT xmlforest(phone, b.name AS n) FROM housing.buyers b WHERE id < 3 ORDER BY id
-- case: group key [attack]
SELECT b.id, b.phone, GROUPING(level) FROM housing.buyers b WHERE id < 5 GROUP BY id, ROLLUP (level) ORDER BY 1, 3
-- case: group key distinct [attack]
SELECT b.id, b.phone FROM housing.buyers b WHERE id < 5 GROUP BY DISTINCT id, ROLLUP (level, agent_id) ORDER BY 1, 2
-- case: group key in subquery of target [attack]
SELECT b.id, (SELECT max(c.id) || b.phone FROM housing.contracts c WHERE c.buyer_id = b.id) FROM housing.buyers b WHERE id < 5 GROUP BY b.id ORDER BY 1
-- case: group key order by masked [attack]
SELECT b.id FROM housing.buyers b WHERE id < 15 GROUP BY b.id ORDER BY b.phone, b.id
-- case: group by whole [attack]
SELECT b.id, row_to_json(b) FROM housing.buyers b WHERE id < 3 GROUP BY b.id ORDER BY 1
-- case: search cycle [attack]
WITH RECURSIVE r(id, phone) AS (SELECT id, phone FROM housing.leads WHERE id < 3 UNION ALL SELECT l.id, l.phone FROM r JOIN housing.leads l ON l.id = r.id + 20) SEARCH DEPTH FIRST BY phone, id SET o CYCLE phone SET c USING p SELECT * FROM r ORDER BY o
-- case: cycle to default [attack]
WITH RECURSIVE r(id, phone) AS (SELECT id, phone FROM housing.leads WHERE id < 3 UNION ALL SELECT l.id, l.phone FROM r JOIN housing.leads l ON l.id = r.id + 20) CYCLE phone SET c TO 'y' DEFAULT 'n' USING p SELECT * FROM r ORDER BY id
-- case: search column order [attack]
WITH RECURSIVE r AS (SELECT * FROM housing.contacts WHERE id < 3 UNION ALL SELECT l.* FROM r JOIN housing.contacts l ON l.id = r.id + 20) SEARCH BREADTH FIRST BY id SET o SELECT r.o, r FROM r ORDER BY o
-- case: values with subselect types [attack]
VALUES ((SELECT phone FROM housing.buyers WHERE id = 1)), ('x') UNION SELECT name FROM housing.buyers WHERE id = 2 ORDER BY 1
-- case: within group [attack]
SELECT mode() WITHIN GROUP (ORDER BY phone), percentile_disc(ARRAY[0.1,0.5]) WITHIN GROUP (ORDER BY income) FROM housing.buyers
-- case: hypothetical [attack]
SELECT rank('139') WITHIN GROUP (ORDER BY phone), dense_rank(50000, 3) WITHIN GROUP (ORDER BY income, id) FROM housing.buyers
-- case: filter frames [attack]
SELECT id, sum(income) FILTER (WHERE phone LIKE '13%') OVER (PARTITION BY level ORDER BY born RANGE BETWEEN '1 year' PRECEDING AND '6 months' FOLLOWING EXCLUDE TIES) FROM housing.buyers WHERE id < 30 ORDER BY id
-- case: groups frame [attack]
SELECT id, string_agg(name, ',') OVER (w GROUPS 1 PRECEDING) FROM housing.buyers WHERE id < 30 WINDOW w AS (ORDER BY income) ORDER BY id
-- case: dup ordinality rows from [attack]
SELECT * FROM housing.profiles p, ROWS FROM (unnest(p.phones), unnest(p.years)) WITH ORDINALITY u(a, b, n) WHERE p.id < 4 ORDER BY p.id, n
-- case: jsonb subscripts [attack]
SELECT extra['phone'], extra['contacts'][0]['name'], (p.extra)['card'] FROM housing.profiles p WHERE id < 9 ORDER BY id
-- case: field select of masked composite [attack]
SELECT (home).street, (p.home).door, (p).home.street, (who).phone, (nested).who.phone, ((k.nested).who).name FROM housing.profiles p JOIN housing.keepsakes k USING (id) WHERE id < 9 ORDER BY id
-- case: row field star [attack]
SELECT ((k.nested).who).*, (many[1]).* FROM housing.keepsakes k WHERE id < 4 ORDER BY k.id
-- case: order by output name vs input [attack]
SELECT id AS phone, phone AS id FROM housing.buyers WHERE buyers.id < 9 ORDER BY phone DESC, id
-- case: group by output name [attack]
SELECT left(phone, 3) AS x, count(*) FROM housing.buyers GROUP BY x ORDER BY x
-- case: distinct on again [attack]
SELECT DISTINCT ON (left(phone,3)) left(phone, 3), id FROM housing.buyers ORDER BY left(phone,3), id
-- case: tablesample [attack]
SELECT count(*) FROM housing.projects TABLESAMPLE bernoulli (100)
-- case: fetch with ties [attack]
SELECT id, born FROM housing.buyers ORDER BY born FETCH FIRST 2 ROWS WITH TIES
-- case: multi level lateral [attack]
SELECT b.id, x.y, z.* FROM housing.buyers b, LATERAL (SELECT b.phone AS y) x, LATERAL (VALUES (b.name, x.y)) z WHERE b.id < 4 ORDER BY 1
-- case: natural join again [attack]
SELECT * FROM housing.leads NATURAL JOIN housing.contacts ORDER BY 1 LIMIT 3
-- case: natural full [attack]
SELECT * FROM housing.leads NATURAL FULL JOIN housing.contacts ORDER BY 1,2 LIMIT 3
-- case: group by row expr key 2 [attack]
SELECT b.id, b.phone FROM housing.buyers b WHERE id < 4 GROUP BY ROW(b.id, b.level), b.id ORDER BY 1
-- case: group by right using q [attack]
SELECT c.id, c.last4, c.phone FROM housing.leads l RIGHT JOIN housing.contacts c USING (id) WHERE id < 4 GROUP BY c.id ORDER BY 1
-- case: group by natural [attack]
SELECT id, l.name, c.last4 FROM housing.leads l JOIN housing.contacts c USING (id) WHERE id < 4 GROUP BY id ORDER BY 1
-- case: group by in lateral outer [attack]
SELECT b.id, x.n FROM housing.buyers b, LATERAL (SELECT count(*) n, max(b.phone) FROM housing.contracts c WHERE c.buyer_id = b.id) x WHERE b.id < 4 ORDER BY 1
-- case: group by two keys [attack]
SELECT b.id, c.id, b.phone, c.bank_card FROM housing.buyers b JOIN housing.contracts c ON c.buyer_id = b.id WHERE b.id < 9 GROUP BY b.id, c.id ORDER BY 1, 2
-- case: group by key having window [attack]
SELECT b.id, rank() OVER (ORDER BY b.phone) FROM housing.buyers b JOIN housing.contracts c ON c.buyer_id = b.id WHERE b.id < 30 GROUP BY b.id HAVING b.phone LIKE '13%' ORDER BY 1
-- case: group by key distinct on [attack]
SELECT DISTINCT ON (b.born) b.born, b.id FROM housing.buyers b WHERE b.id < 30 GROUP BY b.id ORDER BY b.born, b.id
-- case: group by key aggregated inner order [attack]
SELECT b.id, string_agg(c.bank_card, b.phone ORDER BY b.name, c.id) FROM housing.buyers b JOIN housing.contracts c ON c.buyer_id = b.id WHERE b.id < 9 GROUP BY b.id ORDER BY 1
-- case: group by key with sublink correlated twice [attack]
SELECT b.id FROM housing.buyers b WHERE b.id < 30 GROUP BY b.id HAVING EXISTS (SELECT FROM housing.calls c WHERE c.phone = b.phone) ORDER BY 1
-- case: group by key json [refused]
SELECT p.id, p.raw FROM housing.profiles p WHERE id < 4 GROUP BY p.id ORDER BY 1
-- case: grouping sets nested rollups [attack]
SELECT b.id, b.phone, level, agent_id FROM housing.buyers b WHERE id < 4 GROUP BY id, CUBE (level, agent_id) ORDER BY 1,3,4
-- case: grouping masked rollups [attack]
SELECT left(phone,3), born, count(*), GROUPING(left(phone,3), born) FROM housing.buyers GROUP BY ROLLUP (left(phone,3), born) ORDER BY 1,2,3 LIMIT 30
-- case: system column of record xmin [refused]
SELECT (b).xmin = b.xmin FROM housing.buyers b WHERE id < 3
-- case: tableoid fn [refused]
SELECT tableoid(b) FROM housing.projects b LIMIT 2
-- case: tableoid plain [attack]
SELECT p.tableoid::regclass, count(*) FROM housing.payments p GROUP BY 1 ORDER BY 1
-- case: row in VALUES [attack]
SELECT (v).id FROM (SELECT b AS v FROM housing.buyers b WHERE id < 3) x ORDER BY 1
-- case: row function name col [attack]
SELECT (b).name, b.name, (b.*).phone FROM housing.buyers b WHERE id = 1
-- case: cte shadow in dml [attack]
WITH events AS (SELECT 1) DELETE FROM app.events e USING events WHERE e.id = -1
-- case: cte shadow target [attack]
SET search_path = app
-- then
WITH events AS (SELECT 1) DELETE FROM events WHERE id = -1
-- case: cte names nested [attack]
WITH buyers AS (SELECT 1 AS id, 'x' AS phone) SELECT * FROM buyers, (WITH contacts AS (SELECT * FROM buyers) SELECT * FROM contacts) x
-- case: recursive shadow [attack]
WITH RECURSIVE leads AS (SELECT id, phone FROM housing.leads WHERE id < 3 UNION SELECT id + 100, phone FROM leads WHERE id < 3) SELECT * FROM leads ORDER BY 1
-- case: jsonb populate null type [attack]
SELECT (jsonb_populate_record(p, '{"level": 3}')).id FROM housing.projects p LIMIT 1
-- case: json_populate of row [attack]
SELECT jsonb_populate_record(b, '{"level": 3}') FROM housing.buyers b WHERE id = 1
-- case: json_populate of masked row star [attack]
SELECT (json_populate_record(p, '{"door": 3}')).* FROM (SELECT home AS p FROM housing.profiles WHERE id = 1) x
-- case: hstore of row [attack]
SELECT ext.hstore(b) -> 'phone' FROM housing.buyers b WHERE id = 1
-- case: row comparision lt [attack]
SELECT count(*) FROM housing.buyers a JOIN housing.buyers b ON (a.*) < (b.*) WHERE a.id < 9 AND b.id < 9
-- case: row ops [attack]
SELECT row_to_json(b, true), to_jsonb(b) - 'phone', b::text, (b.*) IS NULL, b IS DISTINCT FROM b FROM housing.buyers b WHERE id = 2
-- case: distinct row [attack]
SELECT DISTINCT b FROM housing.buyers b WHERE id < 3 ORDER BY b
-- case: max row [attack]
SELECT count(DISTINCT b) FROM housing.buyers b
-- case: greatest row [attack]
SELECT greatest(a, b) FROM housing.leads a, housing.leads b WHERE a.id = 1 AND b.id = 2
-- case: cast record [attack]
SELECT (l::housing.leads).phone FROM housing.leads l WHERE id < 2
-- case: left join row null [attack]
SELECT l, l IS NULL, l.* IS NOT NULL, coalesce(l.phone, '-') FROM housing.buyers b LEFT JOIN housing.leads l ON l.id = b.id AND l.id < 0 WHERE b.id = 1
-- case: full join row [attack]
SELECT count(l), count(c), count(l.*) FROM housing.leads l FULL JOIN housing.contacts c ON l.id = c.id + 20
-- case: plots grouping sets fail [attack]
SELECT 1/(price-107), count(*) FROM field.plots GROUP BY GROUPING SETS ((1/(price-107)), ()) ORDER BY 2 LIMIT 3
-- case: plots window order fail [attack]
SELECT id, row_number() OVER (ORDER BY 1/(price-107)) FROM field.plots ORDER BY id LIMIT 3
-- case: plots distinct on fail [attack]
SELECT DISTINCT ON (1/(price-107)) id FROM field.plots ORDER BY 1/(price-107), id LIMIT 3
-- case: plots aggregate filter fail [attack]
SELECT sum(price) FILTER (WHERE 1/(price-107) >= 0) FROM field.plots
-- case: plots aggregate order fail [attack]
SELECT string_agg(id::text, ',' ORDER BY 1/(price-107), id) FROM field.plots
-- case: plots within group fail [attack]
SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY sqrt(big)) FROM field.plots
-- case: plots lateral fail [attack]
SELECT p.id, x.y FROM field.plots p, LATERAL (SELECT 1/(p.price-107) AS y) x ORDER BY 1 LIMIT 3
-- case: plots lateral values [attack]
SELECT p.id, x.y FROM field.plots p CROSS JOIN LATERAL (VALUES (1/(p.price-107)), (2)) x(y) ORDER BY 1, 2 LIMIT 3
-- case: plots lateral function [attack]
SELECT count(*) FROM field.plots p, LATERAL generate_series(1, 1/(p.price-107)) g
-- case: plots left join expr [attack]
SELECT a.id, p.v FROM housing.agents a LEFT JOIN (SELECT agent_id, 1/(price-107) AS v FROM field.plots) p ON p.agent_id = a.id ORDER BY 1, 2 LIMIT 4
-- case: plots full join expr [attack]
SELECT count(*), count(p.v) FROM housing.agents a FULL JOIN (SELECT agent_id, sqrt(big) AS v FROM field.plots) p ON p.agent_id = a.id
-- case: plots setop [attack]
SELECT 1/(price-107) FROM field.plots UNION SELECT id FROM housing.agents ORDER BY 1 LIMIT 3
-- case: plots except [attack]
SELECT id FROM housing.agents EXCEPT SELECT 1/(price-107) FROM field.plots ORDER BY 1
-- case: plots recursive [attack]
WITH RECURSIVE r AS (SELECT id, 1/(price-107) AS v FROM field.plots UNION SELECT id, v FROM r WHERE v > 1) SELECT count(*) FROM r
-- case: plots cte materialized [attack]
WITH x AS MATERIALIZED (SELECT id, sqrt(big) s FROM field.plots) SELECT count(*), max(s) FROM x
-- case: plots cte cycle [attack]
WITH RECURSIVE r(id, v) AS (SELECT id, 1/(price-107) FROM field.plots UNION ALL SELECT id + 1000, v FROM r WHERE id < 10) CYCLE v SET c USING p SELECT count(*) FROM r
-- case: plots exists fail [attack]
SELECT id FROM housing.agents a WHERE EXISTS (SELECT FROM field.plots p WHERE p.agent_id = a.id AND 1/(p.price-107) >= 0) ORDER BY id
-- case: plots not in fail [attack]
SELECT id FROM housing.agents a WHERE a.id NOT IN (SELECT 1/(p.price-107) FROM field.plots p) ORDER BY id
-- case: plots array sub [attack]
SELECT ARRAY(SELECT 1/(p.price-107) FROM field.plots p WHERE p.agent_id = a.id ORDER BY 1) FROM housing.agents a ORDER BY a.id LIMIT 3
-- case: plots row compare [attack]
SELECT count(*) FROM field.plots WHERE (price, 1/(price-107)) > (0, 0)
-- case: plots in list fail [attack]
SELECT count(*) FROM field.plots WHERE price IN (1, 2, 1/(price-107))
-- case: plots between fail [attack]
SELECT count(*) FROM field.plots WHERE price BETWEEN 1 AND 1000/(price-107)
-- case: plots case [attack]
SELECT count(*) FROM field.plots WHERE CASE WHEN price > 0 THEN 1/(price-107) ELSE 0 END >= 0
-- case: plots coalesce [attack]
SELECT count(*) FROM field.plots WHERE coalesce(price, 1/(price-107)) >= 0 AND sqrt(coalesce(big, 1)) > 0
-- case: plots cast [attack]
SELECT count(*) FROM field.plots WHERE big::int2 > 0 AND ('x' || price)::name <> '' AND chr(big::int) <> 'z'
-- case: plots two [attack]
SELECT count(*) FROM field.plots p JOIN field.offers o ON o.id = p.id AND 1/(o.price - p.price + 1) >= 0
-- case: plots offers fail beside [attack]
SELECT count(*) FROM field.offers o JOIN field.plots p USING (id) WHERE sqrt(p.big) > 0
-- case: plots limit by sub [attack]
SELECT id FROM housing.agents ORDER BY id LIMIT (SELECT min(sqrt(big)) FROM field.plots)
-- case: plots for share [attack]
SELECT id FROM field.plots WHERE id < 20 ORDER BY id FOR SHARE
-- case: plots sort computed limit [attack]
SELECT id FROM field.plots ORDER BY sqrt(big), id LIMIT 2
-- case: plots hidden type name cast of text [attack]
SELECT count(*) FROM field.offers WHERE owner::int > 0
-- case: offers owner to name [attack]
SELECT count(*) FROM field.offers WHERE owner::varchar(3)::"char" = 'a' AND to_number(owner, '9') > 0
-- case: offers similar [attack]
SELECT count(*) FROM field.offers WHERE owner SIMILAR TO '%' || price || '\'
-- case: offers like any [attack]
SELECT count(*) FROM field.offers WHERE owner LIKE ANY (ARRAY['a%', 'x\'])
-- case: offers json [attack]
SELECT count(*) FROM field.offers WHERE owner::json IS NOT NULL
-- case: offers join text [attack]
SELECT count(*) FROM field.offers o JOIN app.settings s ON s.key = o.owner AND s.key::int = o.price
-- case: offers using text [attack]
SELECT count(*) FROM field.offers o(i, key, price) JOIN app.settings s USING (key)
-- case: offers collate [attack]
SELECT count(*) FROM field.offers WHERE owner COLLATE "C" > 'a' AND owner < 'z' COLLATE "POSIX"
-- case: offers text search [attack]
SELECT count(*) FROM field.offers WHERE to_tsquery('simple', owner) @@ to_tsvector('simple', 'agent')
-- case: offers xml [attack]
SELECT count(*) FROM field.offers WHERE xmlparse(content owner || repeat('<', price - 107)) IS NOT NULL
-- case: collation order [attack]
SELECT contract_id, name, phone FROM housing.co_buyers ORDER BY name, phone, contract_id LIMIT 9
-- case: collation eq [attack]
SELECT count(*) FROM housing.co_buyers WHERE name = '王**'
-- case: collation like [attack]
SELECT count(*) FROM housing.co_buyers WHERE name LIKE '王%'
-- case: collation for [attack]
SELECT DISTINCT pg_collation_for(name), pg_collation_for(phone) FROM housing.co_buyers
-- case: collation conflict [attack]
SELECT count(*) FROM housing.co_buyers WHERE name > phone
-- case: collation group [attack]
SELECT name, count(*) FROM housing.co_buyers GROUP BY name ORDER BY name
-- case: collation of union [attack]
SELECT name FROM housing.co_buyers UNION SELECT name FROM housing.agents ORDER BY 1 LIMIT 4
-- case: collation temp table [attack]
CREATE TEMP TABLE t AS SELECT name, phone FROM housing.co_buyers
-- then
SELECT attname, collname FROM pg_attribute a JOIN pg_collation c ON c.oid = a.attcollation WHERE attrelid = 't'::regclass ORDER BY 1
-- case: collation appointments [attack]
SELECT id, contact_phone FROM housing.handover_appointments ORDER BY contact_phone, id LIMIT 5
-- case: collation view [attack]
SELECT count(DISTINCT contact_phone) FROM housing.handover_appointments
-- case: collation returning [attack]
BEGIN
-- then
UPDATE housing.handover_appointments SET at = at WHERE id < 3 RETURNING id, contact_phone, contact_phone > 'a', pg_collation_for(contact_phone)
-- then
ROLLBACK
-- case: collation returning co_buyers [attack]
BEGIN
-- then
UPDATE housing.co_buyers SET relation = relation WHERE contract_id < 5 RETURNING name, phone, name || phone, pg_collation_for(name), pg_collation_for(phone), phone < 'z', name = upper(name)
-- then
ROLLBACK
-- case: collation conflict returning [attack]
BEGIN
-- then
UPDATE housing.co_buyers SET relation = relation WHERE contract_id < 5 RETURNING name < phone
-- then
ROLLBACK
-- case: collation guard write [attack]
BEGIN
-- then
UPDATE housing.co_buyers SET name = '王**', phone = phone WHERE contract_id = 1 RETURNING name, phone
-- then
ROLLBACK
-- case: collation write explicit [attack]
BEGIN
-- then
UPDATE housing.handover_appointments SET contact_phone = '13912345678' WHERE contact_phone LIKE '139%' RETURNING id
-- then
ROLLBACK
-- case: inheritance duplicates ONLY [attack]
SELECT id, phone, count(*) FROM ONLY housing.leads WHERE id IN (5, 6) GROUP BY id ORDER BY id
-- case: honest row type [attack]
SELECT '(x,1)'::housing.home
-- case: honest domain varchar [attack]
SELECT '1'::housing.phone_number
-- case: honest enum [attack]
SELECT 'free'::housing.unit_status
-- case: honest leads row [attack]
SELECT '(1,a,b,c)'::housing.leads
-- case: cursor current of without for update 2 [attack]
BEGIN
-- then
DECLARE c CURSOR FOR SELECT id, phone FROM housing.buyers WHERE id < 4
-- then
FETCH 1 FROM c
-- then
UPDATE housing.buyers SET active = active WHERE CURRENT OF c
-- then
ROLLBACK
-- case: for update with join [attack]
SELECT b.id, b.phone, c.id FROM housing.buyers b LEFT JOIN housing.contracts c ON c.buyer_id = b.id WHERE b.id < 4 ORDER BY 1, 3 FOR UPDATE OF b
-- case: for update nullable side [attack]
SELECT b.id, b.phone, c.id FROM housing.buyers b LEFT JOIN housing.contracts c ON c.buyer_id = b.id WHERE b.id < 4 ORDER BY 1, 3 FOR UPDATE OF c
-- case: for update nullable side all [attack]
SELECT b.id, b.phone, c.bank_card FROM housing.buyers b LEFT JOIN housing.contracts c ON c.buyer_id = b.id WHERE b.id < 4 ORDER BY 1, 3 FOR UPDATE
-- case: for no key update partitioned [attack]
SELECT p.id, p.payer_name FROM housing.payments p WHERE p.id < 3 ORDER BY 1 FOR KEY SHARE
-- case: values by a set operation type [attack]
SELECT income FROM housing.buyers WHERE id = 1 UNION SELECT NULL UNION SELECT 5.5 ORDER BY 1
-- case: unknown type by nested set operation [attack]
SELECT 'x' UNION SELECT NULL UNION ALL SELECT phone FROM housing.buyers WHERE id = 1 ORDER BY 1
-- case: array slices [attack]
SELECT phones[1:1], phones[:], (phones)[2], array_lower(phones, 1), phones[1][1] FROM housing.profiles ORDER BY id LIMIT 6
-- case: json nested path [attack]
SELECT extra #>> '{contacts,0,phone}', extra @? '$.contacts[*].phone', jsonb_path_query_array(extra, '$.contacts[*].phone') FROM housing.profiles ORDER BY id LIMIT 9
-- case: full text [attack]
SELECT id, ts_rank(to_tsvector('simple', coalesce(name,'') || ' ' || coalesce(address, '')), plainto_tsquery('simple', '青岛')), to_tsvector('simple', name) @@ to_tsquery('simple', '王:*') FROM housing.buyers ORDER BY id LIMIT 5
-- case: overlaps [attack]
SELECT id FROM housing.buyers WHERE (born, interval '1 year') OVERLAPS (date '1980-01-01', date '1990-01-01') ORDER BY id
-- case: extract at time zone [attack]
SELECT extract(year FROM born), born AT TIME ZONE 'UTC', date_part('doy', born) FROM housing.buyers ORDER BY id LIMIT 3
-- case: is normalized, position, overlay, collation for [attack]
SELECT name IS NORMALIZED, normalize(name), position('*' IN name), overlay(phone PLACING 'x' FROM 2 FOR 1), trim(BOTH '*' FROM name), substring(phone SIMILAR '1#"38#"%' ESCAPE '#') FROM housing.buyers ORDER BY id LIMIT 3
-- case: multirange of masks [attack]
SELECT range_agg(daterange(born, born + 10)), range_intersect_agg(daterange('1900-01-01', born)) FROM housing.buyers
-- case: quantified [attack]
SELECT id FROM housing.buyers b WHERE phone > ALL (SELECT phone FROM housing.leads l WHERE l.id < b.id AND phone IS NOT NULL) ORDER BY id
-- case: any of masked array [attack]
SELECT id FROM housing.profiles WHERE '138****0024' = ANY (phones) OR phones && ARRAY['139****0011']::varchar[] ORDER BY id
-- case: row in subquery of two [attack]
SELECT id FROM housing.buyers WHERE (phone, level) IN (SELECT phone, id % 4 FROM housing.leads) ORDER BY id
-- case: prepared generic [attack]
PREPARE p(int, text) AS SELECT id, phone FROM housing.buyers WHERE id = $1 OR phone = $2 ORDER BY id
-- then
EXECUTE p(1, '186****0026')
-- case: copy query [attack]
COPY (SELECT b, (b).phone FROM housing.buyers b WHERE id < 3 ORDER BY id) TO STDOUT (FORMAT csv, FORCE_QUOTE *)
-- case: copy partition tree [attack]
COPY (TABLE housing.payments_2023 ORDER BY id LIMIT 3) TO STDOUT
-- case: uniques by the table, many [refused]
BEGIN
-- then
INSERT INTO tied.filled (id, room) SELECT 100 + g, g FROM generate_series(1, 10, 2) g
-- then
ROLLBACK
-- case: vacant by the table [refused]
BEGIN
-- then
INSERT INTO tied.vacant (id, room) SELECT 100 + g, g FROM generate_series(1, 9, 2) g
-- then
ROLLBACK
-- case: merge into a view [refused]
BEGIN
-- then
MERGE INTO tied.vacant v USING generate_series(1, 9, 2) g ON false WHEN NOT MATCHED THEN INSERT (id, room) VALUES (100 + g, g)
-- then
ROLLBACK
