-- case: one text of all
-- persons: 400
SELECT string_agg(phone, ',') FROM crm.buyers
-- case: without separators
-- persons: 400
SELECT string_agg(right(phone, 8), '') FROM crm.buyers
-- case: one array
-- persons: 400
SELECT array_agg(phone) FROM crm.buyers
-- case: one JSON array
-- persons: 400
SELECT json_agg(phone) FROM crm.buyers
-- case: one binary JSON array of rows
-- persons: 400
SELECT jsonb_agg(b) FROM crm.buyers b
-- case: one JSON object
-- persons: 400
SELECT json_object_agg(id, phone) FROM crm.buyers
-- case: a text for each project
-- persons: 400
SELECT project, string_agg(phone, ',') FROM crm.buyers GROUP BY project
-- case: a text for each key of another
-- persons: 400
SELECT c.id, string_agg(b.phone, ',') FROM crm.contracts c, crm.buyers b WHERE c.id = 1 GROUP BY c.id
-- case: an array of a query
-- persons: 400
SELECT ARRAY(SELECT phone FROM crm.buyers)
-- case: an array beside a key
-- persons: 400
SELECT id, ARRAY(SELECT phone FROM crm.buyers) FROM crm.buyers WHERE id = 1
-- case: neighbours of a window
-- persons: 400
SELECT id, phone, lag(phone) OVER w, lead(phone) OVER w, lead(phone, 2) OVER w FROM crm.buyers WINDOW w AS (ORDER BY id)
-- case: a window over all
-- persons: 400
SELECT array_agg(phone) OVER () FROM crm.buyers LIMIT 1
-- case: a string that grows
-- persons: 400
WITH RECURSIVE r AS (SELECT 1 AS n, phone::text AS all_of_them FROM crm.buyers WHERE id = 1
  UNION ALL SELECT r.n + 1, r.all_of_them || b.phone FROM r JOIN crm.buyers b ON b.id = r.n + 1)
SELECT all_of_them FROM r ORDER BY n DESC LIMIT 1
-- case: a number made of numbers
-- persons: 400
SELECT sum(phone::numeric * (10::numeric ^ (11 * (id - 1)))) FROM crm.buyers
-- case: encoded
-- persons: 400
SELECT encode(convert_to(string_agg(phone, ''), 'UTF8'), 'base64') FROM crm.buyers
-- case: bytes, two digits each
-- persons: 400
SELECT string_agg(decode(substr(phone, 4, 8), 'hex'), ''::bytea) FROM crm.buyers
-- case: the least of each group of one
-- persons: 400
SELECT min(phone) FROM crm.buyers GROUP BY id
-- case: many percentiles
-- persons: 400
SELECT percentile_disc((SELECT array_agg(i / 400.0) FROM generate_series(1, 400) i)::float8[]) WITHIN GROUP (ORDER BY phone) FROM crm.buyers
-- case: folded with a key that is always the same
-- persons: 400
SELECT min(id) AS id, string_agg(phone, '') FROM crm.buyers
