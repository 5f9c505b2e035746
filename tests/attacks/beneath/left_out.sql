-- channel: rows that a filter leaves out, by conditions, keys, cursors and writes
-- case: SELECT owner FROM offers GROUP BY owner, price HAVING 1/(price - [attack]
SELECT owner FROM field.offers GROUP BY owner, price HAVING 1/(price - (SELECT 0)) > 0
-- case: SELECT owner FROM offers GROUP BY owner, price HAVING sqrt(1000 [attack]
SELECT owner FROM field.offers GROUP BY owner, price HAVING sqrt(1000 - price) > 0
-- case: SELECT * FROM (SELECT owner, price, 1/(price-500) AS x FROM offe [attack]
SELECT * FROM (SELECT owner, price, 1/(price-500) AS x FROM field.offers) s WHERE x > 0
-- case: SELECT o.id FROM offers o JOIN plots p USING (price) ORDER [attack]
SELECT o.id FROM field.offers o JOIN field.plots p USING (price) ORDER BY 1
-- case: SELECT o.id FROM offers o NATURAL JOIN plots p [attack]
SELECT o.id FROM field.offers o NATURAL JOIN field.plots p
-- case: SELECT o.id, g FROM offers o, LATERAL generate_series(1, 10000/( [attack]
SELECT o.id, g FROM field.offers o, LATERAL generate_series(1, 10000/(o.price-1)) g LIMIT 5
-- case: SELECT max(1000000/(price-1)) FROM offers [attack]
SELECT max(1000000/(price-1)) FROM field.offers
-- case: SELECT count(*) FILTER (WHERE sqrt(2000-price) > 0) FROM offers [attack]
SELECT count(*) FILTER (WHERE sqrt(2000-price) > 0) FROM field.offers
-- case: SELECT DISTINCT ON (sqrt(2000-price)) id FROM offers ORDER BY sq [attack]
SELECT DISTINCT ON (sqrt(2000-price)) id FROM field.offers ORDER BY sqrt(2000-price)
-- case: SELECT id FROM offers WHERE price = ANY (ARRAY(SELECT 1/(price-p [attack]
SELECT id FROM field.offers WHERE price = ANY (ARRAY(SELECT 1/(price-price) FROM field.plots WHERE false))
-- case: SELECT id FROM plots WHERE (price, big) IN (SELECT price, sqrt(p [attack]
SELECT id FROM field.plots WHERE (price, big) IN (SELECT price, sqrt(price-2000)::bigint FROM field.plots)
-- case: SELECT id, rank() OVER (ORDER BY price) FROM offers [attack]
SELECT id, rank() OVER (ORDER BY price) FROM field.offers
-- case: SELECT id FROM plots ORDER BY sqrt(big::float8 - 1000) LIMIT 3 [attack]
SELECT id FROM field.plots ORDER BY sqrt(big::float8 - 1000) LIMIT 3
-- case: SELECT p.id FROM plots p LEFT JOIN offers o ON o.price = p [attack]
SELECT p.id FROM field.plots p LEFT JOIN field.offers o ON o.price = p.price AND sqrt(2000-p.price) > 0 ORDER BY 1
-- case: SELECT p.id FROM plots p FULL JOIN offers o ON o.price = p [attack]
SELECT p.id FROM field.plots p FULL JOIN field.offers o ON o.price = p.price AND o.id = p.id ORDER BY 1
-- case: SELECT id FROM plots WHERE EXISTS (SELECT 1 FROM agents [attack]
SELECT id FROM field.plots WHERE EXISTS (SELECT 1 FROM housing.agents a WHERE a.id = agent_id AND 1/(price - price + 1) > 0)
-- case: SELECT id FROM plots TABLESAMPLE bernoulli (50) REPEATABLE (1) [attack]
SELECT id FROM field.plots TABLESAMPLE bernoulli (50) REPEATABLE (1)
-- case: SELECT id FROM offers FOR UPDATE SKIP LOCKED [attack]
BEGIN
-- then
SELECT id FROM field.offers FOR UPDATE SKIP LOCKED
-- then
ROLLBACK
-- case: SELECT id, xmin <> 0 , ctid FROM offers [attack]
SELECT id, xmin <> '0', ctid FROM field.offers
-- case: SELECT ctid, id FROM offers WHERE ctid = (0,1) [attack]
SELECT ctid, id FROM field.offers WHERE ctid = '(0,1)'
-- case: SELECT id FROM offers WHERE ctid = ANY (ARRAY (0,1) , (0,2) , ( [attack]
SELECT id FROM field.offers WHERE ctid = ANY (ARRAY['(0,1)','(0,2)','(0,3)','(0,4)']::tid[])
-- case: WITH RECURSIVE r AS (SELECT id, price FROM offers WHERE id < 4 U [attack]
WITH RECURSIVE r AS (SELECT id, price FROM field.offers WHERE id < 4 UNION SELECT o.id, o.price FROM field.offers o JOIN r ON o.id = r.id + 1) SELECT count(*), sum(price) FROM r
-- case: SELECT id FROM offers o WHERE price > ALL (SELECT price FROM fie [attack]
SELECT id FROM field.offers o WHERE price > ALL (SELECT price FROM field.offers p WHERE p.owner <> o.owner)
-- case: DECLARE c SCROLL CURSOR WITH HOLD FOR SELECT id, price FROM offe [attack]
BEGIN
-- then
DECLARE c SCROLL CURSOR WITH HOLD FOR SELECT id, price FROM field.offers
-- then
FETCH ABSOLUTE 3 FROM c
-- then
FETCH BACKWARD ALL FROM c
-- then
COMMIT
-- then
FETCH LAST FROM c
-- case: UPDATE claims SET price = price + 1 WHERE CURRENT OF c RETURNING [attack]
BEGIN
-- then
DECLARE c CURSOR FOR SELECT id, price FROM field.claims FOR UPDATE
-- then
FETCH c
-- then
UPDATE field.claims SET price = price + 1 WHERE CURRENT OF c RETURNING *
-- then
MOVE FORWARD ALL IN c
-- then
ROLLBACK
-- case: UPDATE claims SET owner = zz RETURNING * [attack]
BEGIN
-- then
UPDATE field.claims SET owner = 'zz' RETURNING *
-- then
ROLLBACK
-- case: DELETE FROM claims c USING claims d WHERE c.id = d.id + 1 [attack]
BEGIN
-- then
DELETE FROM field.claims c USING field.claims d WHERE c.id = d.id + 1 RETURNING c.*, d.*
-- then
ROLLBACK
-- case: EXPLAIN (COSTS OFF, VERBOSE) SELECT id FROM offers WHERE price > [attack interference]
EXPLAIN (COSTS OFF, VERBOSE) SELECT id FROM field.offers WHERE price > 500
-- case: EXPLAIN (COSTS OFF, SETTINGS) SELECT owner, count(*) FROM offers [attack interference]
EXPLAIN (COSTS OFF, SETTINGS) SELECT owner, count(*) FROM field.offers GROUP BY owner
-- case: SELECT count(*) FROM buyers b, visits v WHERE v.buyer_ [attack]
SELECT count(*) FROM housing.buyers b, housing.visits v WHERE v.buyer_id = b.id AND length(v.remark) > 1/b.id
-- case: SELECT b.id FROM buyers b WHERE b.agent_id BETWEEN SYMMETRIC 4 [attack]
SELECT b.id FROM housing.buyers b WHERE b.agent_id BETWEEN SYMMETRIC 4 AND 1
-- case: SELECT c.id FROM contracts c WHERE c.status LIKE can% OR 1/( [attack]
SELECT c.id FROM housing.contracts c WHERE c.status LIKE 'can%' OR 1/(c.id-25) > 0
-- case: SELECT c.id FROM contracts c WHERE (c.price, c.status) > (1, [attack]
SELECT c.id FROM housing.contracts c WHERE (c.price, c.status) > (1, 'cancelled') ORDER BY 1
-- case: SELECT id FROM payments WHERE sqrt(20000 - amount) > 0 [attack]
SELECT id FROM housing.payments WHERE sqrt(20000 - amount) > 0
-- case: SELECT id FROM payments WHERE amount > 13000 ORDER BY amount [attack]
SELECT id FROM housing.payments WHERE amount > 13000 ORDER BY amount
-- case: SELECT count(*) FROM payments_2023 [attack]
SELECT count(*) FROM housing.payments_2023
-- case: SELECT phone, source FROM leads ORDER BY id LIMIT 12 [attack]
SELECT phone, source FROM housing.leads ORDER BY id LIMIT 12
-- case: SELECT id FROM leads WHERE length(phone) > 0 AND source = fai [attack]
SELECT id FROM housing.leads WHERE length(phone) > 0 AND source = 'fair'
-- case: SELECT id FROM calls WHERE phone IS NULL ORDER BY at LIMIT 5 [attack]
SELECT id FROM housing.calls WHERE phone IS NULL ORDER BY at LIMIT 5
-- case: SELECT * FROM leads_archive [attack]
SELECT * FROM housing.leads_archive
-- case: SELECT l FROM leads l WHERE l.source = fair LIMIT 3 [attack interference]
SELECT l FROM housing.leads l WHERE l.source = 'fair' LIMIT 3
-- case: SELECT id, phone FROM everyone ORDER BY id, phone LIMIT 30 [attack]
SELECT id, phone FROM housing.everyone ORDER BY id, phone LIMIT 30
-- case: SELECT id, phone, source FROM merged ORDER BY 1 [attack]
SELECT id, phone, source FROM housing.merged ORDER BY 1
-- case: SELECT * FROM buyers_of(1) LIMIT 3 [refused]
SELECT * FROM housing.buyers_of(1) LIMIT 3
-- case: SELECT (buyers_of(1)).phone LIMIT 3 [refused]
SELECT (housing.buyers_of(1)).phone LIMIT 3
-- case: SELECT b.id, b.phone FROM ROWS FROM (buyers_of(1), generate_se [refused]
SELECT b.id, b.phone FROM ROWS FROM (housing.buyers_of(1), generate_series(1,3)) b LIMIT 3
-- case: SELECT x.id, x.phone FROM buyers_of(2) WITH ORDINALITY x [refused]
SELECT x.id, x.phone FROM housing.buyers_of(2) WITH ORDINALITY x
-- case: SELECT count(*) FROM buyers_of(3) WHERE phone LIKE 138% [refused]
SELECT count(*) FROM housing.buyers_of(3) WHERE phone LIKE '138%'
