-- case: two persons in a row
-- persons: 400
SELECT a.phone, b.phone FROM crm.buyers a JOIN crm.buyers b ON b.id = a.id + 200
-- case: four persons in a row
-- persons: 400
SELECT a.phone, b.phone, c.phone, d.phone FROM crm.buyers a JOIN crm.buyers b ON b.id = a.id + 100
  JOIN crm.buyers c ON c.id = a.id + 200 JOIN crm.buyers d ON d.id = a.id + 300
-- case: a WITH query joined to itself
-- persons: 400
WITH x AS (SELECT id, phone FROM crm.buyers)
SELECT a.phone, b.phone, c.phone, d.phone FROM x a JOIN x b ON b.id = a.id + 100 JOIN x c ON c.id = a.id + 200
  JOIN x d ON d.id = a.id + 300
-- case: a WITH query of a WITH query
-- persons: 400
WITH x AS (SELECT id, phone FROM crm.buyers), y AS (SELECT a.id, a.phone || b.phone AS two FROM x a JOIN x b ON b.id = a.id + 200)
SELECT a.two, b.two FROM y a JOIN y b ON b.id = a.id + 100 WHERE a.id <= 100
-- case: the key of one beside the phones of all
-- persons: 400
SELECT b.id, c.phone FROM crm.buyers b, crm.buyers c WHERE b.id = 1
-- case: the key of one contract beside the phones of all
-- persons: 400
SELECT c.buyer_id, b.phone FROM crm.contracts c, crm.buyers b WHERE c.id = 1
-- case: a key that is never there
-- persons: 400
SELECT b.id, c.phone FROM crm.buyers c LEFT JOIN crm.buyers b ON b.id = c.id + 100000
-- case: a key that is never there, of the other table
-- persons: 400
SELECT c.buyer_id, b.phone FROM crm.buyers b LEFT JOIN crm.contracts c ON c.id = b.id + 100000
-- case: unions
-- persons: 400
SELECT id, phone FROM crm.buyers WHERE id <= 200 UNION ALL SELECT id, phone FROM crm.buyers WHERE id > 200
-- case: without those of nobody
-- persons: 400
SELECT phone FROM crm.buyers EXCEPT SELECT 'nobody'
-- case: subqueries beside each other
-- persons: 400
SELECT (SELECT phone FROM crm.buyers WHERE id = i), (SELECT phone FROM crm.buyers WHERE id = i + 200) FROM generate_series(1, 200) i
-- case: a lateral look-up
-- persons: 400
SELECT l.phone FROM generate_series(1, 400) i, LATERAL (SELECT phone FROM crm.buyers WHERE id = i) l
-- case: lateral pairs
-- persons: 400
SELECT l.a, l.b FROM generate_series(1, 200) i, LATERAL (SELECT x.phone AS a, y.phone AS b FROM crm.buyers x, crm.buyers y WHERE x.id = i AND y.id = i + 200) l
