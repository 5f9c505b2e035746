-- Rows that are not there for some principal. The classic: a condition that fails, or tells, before the filter is tested.
-- case: lookup by key
SELECT id, name, level FROM housing.buyers WHERE id = 17
-- case: lookup of each key
-- bind: 26
SELECT id, level, active FROM housing.buyers WHERE id = $1
-- case: count of rows
SELECT count(*), count(agent_id), max(id), min(created_at) FROM housing.buyers
-- case: division that fails for a row [attack]
SELECT id FROM housing.buyers WHERE 1/(id - 17) >= 0 ORDER BY id
-- case: division that fails for a row behind an index [attack]
SELECT id FROM housing.buyers WHERE id = 17 AND 1/(id - 17) >= 0
-- case: cast that fails for a value [attack]
SELECT count(*) FROM housing.contracts WHERE status::int > 0
-- case: cast that fails for one row alone [attack]
SELECT count(*) FROM housing.contracts WHERE (CASE WHEN id = 30 THEN 'x' ELSE '1' END)::int = 1
-- case: parameter that fails if there is a row [attack]
-- bind: 0
SELECT id FROM housing.buyers WHERE id = 17 AND 1/$1::int = 1
-- case: through the output of a subquery [attack]
SELECT count(*) FROM (SELECT 100/(id - 30) AS x FROM housing.contracts) s WHERE s.x > 0
-- case: through a WITH query [attack]
WITH s AS (SELECT 100/(id - 30) AS x FROM housing.contracts) SELECT count(*) FROM s WHERE x > 0
-- case: in a join condition [attack]
SELECT count(*) FROM housing.contracts c JOIN housing.units u ON u.id = c.unit_id AND 100/(c.id - 30) < 1000
-- case: on another table, reached through a row [attack]
SELECT count(*) FROM housing.buyers b JOIN housing.agents a ON a.id = b.agent_id AND 1/(a.id - 9) < 2
-- case: in HAVING [attack]
SELECT id FROM housing.contracts GROUP BY id HAVING 100/(id - 30) < 1000 ORDER BY id
-- case: in LATERAL [attack]
SELECT count(*) FROM housing.contracts c, LATERAL (SELECT 100/(c.id - 30) AS x) s WHERE s.x < 1000
-- case: in EXISTS [attack]
SELECT count(*) FROM housing.contracts c WHERE EXISTS (SELECT 1 FROM housing.units u WHERE u.id = c.unit_id AND 100/(c.id - 30) < 1000)
-- case: in a scalar subquery
SELECT u.id, (SELECT c.price FROM housing.contracts c WHERE c.unit_id = u.id ORDER BY c.id LIMIT 1) FROM housing.units u WHERE u.id < 30 ORDER BY 1
-- case: in a function of FROM [attack]
SELECT count(*) FROM housing.contracts c, LATERAL generate_series(1, 100/(c.id - 30)) g WHERE g > 0
-- case: what is shown comes after
SELECT 100/(id - 30) AS x FROM housing.contracts WHERE id > 25 ORDER BY id
-- case: left join to rows that are not there
SELECT p.id, c.status FROM housing.payments p LEFT JOIN housing.contracts c ON c.id = p.contract_id ORDER BY p.id
-- case: right and full joins
SELECT c.id, b.id FROM housing.contracts c FULL JOIN housing.buyers b ON b.id = c.buyer_id ORDER BY 1, 2
-- case: not in
SELECT id FROM housing.agents WHERE id NOT IN (SELECT agent_id FROM housing.buyers WHERE agent_id IS NOT NULL) ORDER BY id
-- case: exists and in keep their meaning
SELECT id FROM housing.units u WHERE u.id IN (SELECT unit_id FROM housing.contracts) AND EXISTS (SELECT 1 FROM housing.contracts c WHERE c.unit_id = u.id AND c.price > 1000000) ORDER BY id
-- case: union and except
SELECT id FROM housing.contracts EXCEPT SELECT contract_id FROM housing.payments ORDER BY 1
-- case: grouping by the key
SELECT b.id, b.level, count(c.id) FROM housing.buyers b LEFT JOIN housing.contracts c ON c.buyer_id = b.id GROUP BY b.id ORDER BY b.id
-- case: windows
SELECT id, row_number() OVER (ORDER BY id), lag(id) OVER (ORDER BY id) FROM housing.contracts ORDER BY id
-- case: partitions
SELECT count(*), sum(amount) FROM housing.payments_2023
-- case: the partitioned table
SELECT count(*), sum(amount) FROM housing.payments
-- case: only the partitioned table
SELECT count(*) FROM ONLY housing.payments
-- case: consent
SELECT id, phone, source FROM housing.leads ORDER BY id
-- case: consent in a child
SELECT id, phone, source FROM housing.leads_archive ORDER BY id
-- case: consent in a condition
SELECT count(*), count(phone) FROM housing.leads WHERE phone LIKE '138%' OR phone IS NULL
-- case: retention
SELECT id, phone, at FROM housing.calls ORDER BY id
-- case: numbers that are hidden join nobody
SELECT count(*) FROM housing.calls c JOIN housing.leads l ON l.phone = c.phone::text
-- case: a materialized view
SELECT id, name, agent_id FROM housing.buyer_directory ORDER BY id
-- case: a plain view
SELECT id, phone, level FROM housing.buyer_cards WHERE id < 60 ORDER BY id
-- case: a view without the columns of the filter [attack interference]
SELECT * FROM housing.call_names
-- case: locks
SELECT id FROM housing.contracts WHERE id = 30 FOR UPDATE
-- case: skip locked
SELECT id FROM housing.contracts WHERE status = 'filed' ORDER BY id LIMIT 3 FOR UPDATE SKIP LOCKED
-- case: whole rows
SELECT c FROM housing.contracts c WHERE c.id BETWEEN 15 AND 45 ORDER BY c.id
-- case: copy of a table
COPY housing.contracts TO STDOUT
-- case: copy of a query
COPY (SELECT id, status FROM housing.contracts ORDER BY id) TO STDOUT
-- case: a cursor
BEGIN
-- then
DECLARE c CURSOR FOR SELECT id FROM housing.contracts WHERE id > 15 ORDER BY id
-- then
FETCH 10 FROM c
-- then
ROLLBACK
-- case: a temp table
CREATE TEMP TABLE mine AS SELECT id, status FROM housing.contracts
-- then
SELECT count(*), max(id) FROM mine
-- case: update of rows that are not there [attack]
BEGIN
-- then
UPDATE housing.contracts SET status = 'x' WHERE id = 30
-- then
ROLLBACK
-- case: claims updated by key, with their new values
BEGIN
-- then
UPDATE field.claims SET price = price + 1 WHERE id IN (3, 4, 10004, 6) RETURNING id, price
-- then
ROLLBACK
-- case: all claims that are there updated
BEGIN
-- then
UPDATE field.claims SET owner = owner || '!'
-- then
ROLLBACK
-- case: claims updated by a division that fails for one of others [attack]
BEGIN
-- then
UPDATE field.claims SET price = 1 WHERE 1000/(price - 107) > -10000
-- then
ROLLBACK
-- case: claims updated by a cast that fails for those of others [attack]
BEGIN
-- then
UPDATE field.claims SET price = 1 WHERE (CASE WHEN owner = 'agent' THEN '1' ELSE owner END)::int = 1 AND id < 20
-- then
ROLLBACK
-- case: claims that fail in what is set [attack]
BEGIN
-- then
UPDATE field.claims SET price = 1000/(price - 107)
-- then
ROLLBACK
-- case: claims updated through a join [attack]
BEGIN
-- then
UPDATE field.claims c SET price = a.id FROM housing.agents a WHERE a.id = c.price % 12 AND 1000/(c.price - 107) > -10000 RETURNING c.id, c.price
-- then
ROLLBACK
-- case: claims of others deleted [attack]
BEGIN
-- then
DELETE FROM field.claims WHERE price > 0
-- then
SELECT count(*) FROM field.claims
-- then
ROLLBACK
-- case: claims deleted beside a scan of them [attack]
BEGIN
-- then
DELETE FROM field.claims c USING field.offers o WHERE o.id = c.id AND 1000/(c.price - 107) > -10000 AND o.price < 500
-- then
ROLLBACK
-- case: claims deleted in WITH
BEGIN
-- then
WITH gone AS (DELETE FROM field.claims WHERE id < 100 RETURNING id, price) SELECT count(*), sum(price) FROM gone
-- then
ROLLBACK
-- case: claims overwritten on conflict
BEGIN
-- then
INSERT INTO field.claims AS c (id, owner, price) VALUES (3, 'x', 1), (99999, 'x', 1) ON CONFLICT (id) DO UPDATE SET price = c.price + 1 RETURNING id, price
-- then
ROLLBACK
-- case: claims overwritten on conflict where it fails [attack]
BEGIN
-- then
INSERT INTO field.claims AS c (id, owner, price) VALUES (3, 'x', 1), (6, 'x', 1) ON CONFLICT (id) DO UPDATE SET price = 1 WHERE 1/(c.price - 60) >= 0
-- then
ROLLBACK
-- case: claims merged: those of others match nothing
BEGIN
-- then
MERGE INTO field.claims c USING (SELECT generate_series(1, 12) AS id) v ON v.id = c.id WHEN MATCHED THEN UPDATE SET price = c.price + 1
-- then
SELECT id, owner, price FROM field.claims WHERE price <> 0 ORDER BY id LIMIT 30
-- then
SELECT count(*), sum(price) FROM field.claims
-- then
ROLLBACK
-- case: claims merged by keys that the server looks up
BEGIN
-- then
MERGE INTO field.claims USING housing.agents a ON a.id = claims.id WHEN MATCHED AND a.id % 2 = 0 THEN DELETE WHEN MATCHED THEN UPDATE SET price = a.id
-- then
SELECT id, owner, price FROM field.claims WHERE price <> 0 ORDER BY id LIMIT 30
-- then
SELECT count(*), sum(price) FROM field.claims
-- then
ROLLBACK
-- case: claims merged, new ones inserted
BEGIN
-- then
MERGE INTO field.claims c USING (VALUES (99991, 'agent'), (99992, 'agent')) v (id, owner) ON v.id = c.id WHEN NOT MATCHED THEN INSERT (id, owner, price) VALUES (v.id, v.owner, 1) WHEN MATCHED THEN DO NOTHING
-- then
SELECT id, owner, price FROM field.claims WHERE price <> 0 ORDER BY id LIMIT 30
-- then
SELECT count(*), sum(price) FROM field.claims
-- then
ROLLBACK
-- case: claims merged with a join, the last ON is the merge's
BEGIN
-- then
MERGE INTO field.claims c USING housing.agents a JOIN housing.agents b ON a.id = b.id ON c.id = a.id AND CASE WHEN a.id > 2 THEN true ELSE false END WHEN MATCHED THEN DELETE
-- then
SELECT id, owner, price FROM field.claims WHERE price <> 0 ORDER BY id LIMIT 30
-- then
SELECT count(*), sum(price) FROM field.claims
-- then
ROLLBACK
-- case: claims merged by a division that fails for one of others [attack]
BEGIN
-- then
MERGE INTO field.claims c USING (VALUES (1)) v (id) ON 1000/(c.price - 107) > -10000 WHEN MATCHED THEN UPDATE SET price = 1
-- then
ROLLBACK
-- case: claims merged by a division in the condition of an action [attack]
BEGIN
-- then
MERGE INTO field.claims c USING (SELECT generate_series(1, 2000) AS id) v ON v.id = c.id WHEN MATCHED AND 1000/(c.price - 107) > -10000 THEN UPDATE SET price = 1 WHEN MATCHED THEN DO NOTHING
-- then
ROLLBACK
-- case: claims merged by what a cast makes of others' [attack]
BEGIN
-- then
MERGE INTO field.claims c USING housing.agents a ON a.id = c.id AND (CASE WHEN c.owner = 'agent' THEN '1' ELSE c.owner END)::int = 1 WHEN MATCHED THEN UPDATE SET price = 2 WHEN NOT MATCHED THEN DO NOTHING
-- then
ROLLBACK
-- case: claims merged and counted by what did not match [attack]
BEGIN
-- then
MERGE INTO field.claims c USING (SELECT g AS id FROM generate_series(1, 40) g) v ON v.id = c.id WHEN NOT MATCHED THEN DO NOTHING WHEN MATCHED THEN UPDATE SET owner = c.owner
-- then
SELECT id, owner, price FROM field.claims WHERE price <> 0 ORDER BY id LIMIT 30
-- then
SELECT count(*), sum(price) FROM field.claims
-- then
ROLLBACK
-- case: claims merged with the table itself [attack]
BEGIN
-- then
MERGE INTO field.claims c USING field.claims d ON d.id = c.id AND 1000/(d.price - 107) > -10000 WHEN MATCHED THEN UPDATE SET price = d.price + 1
-- then
SELECT id, owner, price FROM field.claims WHERE price <> 0 ORDER BY id LIMIT 30
-- then
SELECT count(*), sum(price) FROM field.claims
-- then
ROLLBACK
-- case: offers merged into claims
BEGIN
-- then
MERGE INTO field.claims c USING (SELECT id, price FROM field.offers WHERE id < 60) o ON o.id = c.id WHEN MATCHED AND o.price > 100 THEN UPDATE SET price = o.price WHEN MATCHED THEN DELETE
-- then
SELECT id, owner, price FROM field.claims WHERE price <> 0 ORDER BY id LIMIT 30
-- then
SELECT count(*), sum(price) FROM field.claims
-- then
ROLLBACK
-- case: claims updated by a prepared statement
BEGIN
-- then
PREPARE p AS UPDATE field.claims SET price = $2 WHERE id = $1 RETURNING id, price
-- then
EXECUTE p (3, 5)
-- then
EXECUTE p (4, 5)
-- then
ROLLBACK
-- case: explain counts rows [attack interference]
EXPLAIN (ANALYZE, TIMING OFF, SUMMARY OFF) SELECT * FROM housing.contracts
-- case: a sample [attack]
SELECT count(*) FROM housing.contracts TABLESAMPLE bernoulli (100)
-- case: alias that would catch a name [attack]
SELECT count(*) FROM housing.buyers AS "menshen 1"
-- case: search path and names of others [attack]
SELECT count(*) FROM housing.buyers a WHERE a.agent_id = 4
-- Of field.offers the rows of others differ between A and B in everything but their number.
-- case: offers, all that are there
SELECT * FROM field.offers ORDER BY id
-- case: offers, counted
SELECT count(*), sum(price), min(id), max(id), count(DISTINCT owner) FROM field.offers
-- case: an offer of somebody else
SELECT * FROM field.offers WHERE id IN (1, 2, 10001, 10002)
-- case: an offer of somebody else, divided by [attack]
SELECT id FROM field.offers WHERE 1/(id - 1) >= 0 ORDER BY id
-- case: an offer of somebody else, divided by its price [attack]
SELECT count(*) FROM field.offers WHERE 1000/(price - 107) > -10000
-- case: what others are called, as a number [attack]
SELECT count(*) FROM field.offers WHERE owner::int = 1
-- case: offers behind an index with a parameter that fails [attack]
-- bind: 0
SELECT id FROM field.offers WHERE id = 10001 AND price > 1/$1::int
-- case: offers by a parameter's cast [attack]
-- bind: abc
SELECT id FROM field.offers WHERE id = 1 AND owner = $1
-- case: offers that drive another table [attack]
SELECT count(*) FROM field.offers o JOIN housing.agents a ON a.id = o.price % 12 AND 1/(a.id - 7) < 2
-- case: offers explained [interference]
EXPLAIN (COSTS OFF) SELECT * FROM field.offers WHERE price = 110
-- case: offers explained with numbers [attack interference]
EXPLAIN SELECT * FROM field.offers WHERE owner = 'other'
-- case: offers counted by an explanation of what was prepared [attack]
PREPARE p AS SELECT * FROM field.offers
-- then
EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, SUMMARY OFF) EXECUTE p
-- case: statistics of offers [attack interference]
SELECT attname, most_common_vals, n_distinct FROM pg_stats WHERE tablename = 'offers' ORDER BY 1
-- case: offers locked one by one [attack]
SELECT id FROM field.offers WHERE price / 10 = 3 FOR UPDATE NOWAIT
-- case: labels that fail for one row alone [attack]
SELECT count(*) FROM housing.contracts WHERE (CASE WHEN id = 30 THEN '..' ELSE 'a' END)::ext.ltree IS NOT NULL
-- case: labels that fail for one row alone, by a function [attack]
SELECT count(*) FROM housing.contracts WHERE ext.text2ltree(CASE WHEN id = 30 THEN '..' ELSE 'a' END) IS NOT NULL
-- case: pairs that fail for one row alone [attack]
SELECT count(*) FROM housing.contracts WHERE (CASE WHEN id = 30 THEN '=>' ELSE 'a=>1' END)::ext.hstore OPERATOR(ext.?) 'a'
-- case: a row as pairs, before the filter [attack]
SELECT count(*) FROM housing.contracts c WHERE 100/(30 - (ext.hstore(c) OPERATOR(ext.->) 'id')::int) < 1000
-- case: a text without case that is compared before the filter [attack]
SELECT count(*) FROM housing.contracts WHERE status::ext.citext OPERATOR(ext.=) 'CANCELLED' OR 1/(id - 30) > 5
-- case: likeness before the filter [attack]
SELECT count(*) FROM housing.contracts WHERE ext.levenshtein(status, repeat('x', CASE WHEN id = 30 THEN 300 ELSE 1 END)) > 0
-- case: pairs in FROM before the filter [attack]
SELECT count(*) FROM housing.contracts c, LATERAL ext.each(ext.hstore(c)) e WHERE e.key = 'id' AND 100/(e.value::int - 30) < 1000
-- case: what cannot fail is looked up all the same
SELECT count(*) FROM field.offers o WHERE o.price <> 107 OR EXISTS (SELECT 1 FROM housing.units u JOIN housing.agents a ON a.id = u.id WHERE u.id = o.id LIMIT 1)
-- case: the place of a row counts the rows between [attack]
SELECT ctid IS NULL, id FROM field.claims ORDER BY 2 LIMIT 3
-- case: the same, of what is written [attack]
BEGIN
-- then
UPDATE field.claims SET price = price WHERE id = 3 RETURNING ctid IS NULL
-- then
ROLLBACK
-- case: VALUES where a value stands [bag]
SELECT p.id, (VALUES (p.code)) FROM housing.projects p
-- case: VALUES compared with
SELECT id FROM housing.contacts WHERE phone = (VALUES ('138****0027'))
-- case: a write that asks for a mask of its own beside rows that are not all there
BEGIN
-- then
DELETE FROM housing.co_buyers c USING housing.contracts k WHERE k.id = c.contract_id AND c.phone LIKE '1%'
-- then
ROLLBACK
-- case: the same table inside and outside, by its full name
SELECT id FROM housing.leads WHERE id IN (SELECT housing.leads.id FROM housing.leads WHERE housing.leads.id < 5) ORDER BY id
-- case: the same in EXISTS
SELECT count(*) FROM housing.leads WHERE EXISTS (SELECT 1 FROM housing.leads WHERE housing.leads.id = 1)
