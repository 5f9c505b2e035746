-- case: with the key
-- persons: 400
SELECT id, phone FROM crm.buyers
-- case: without the key
-- persons: 400
SELECT phone FROM crm.buyers
-- case: a star
-- persons: 400
SELECT * FROM crm.buyers
-- case: rows as values
-- persons: 400
SELECT b FROM crm.buyers b
-- case: rows as JSON
-- persons: 400
SELECT row_to_json(b) FROM crm.buyers b
-- case: the column computed
-- persons: 400
SELECT reverse(phone) || '!' FROM crm.buyers
-- case: halves of the column
-- persons: 800
SELECT left(phone, 5) FROM crm.buyers
-- then
SELECT right(phone, 6) FROM crm.buyers
-- case: pages of fifty
-- persons: 400
SELECT id, phone FROM crm.buyers ORDER BY id LIMIT 50 OFFSET 0
-- then
SELECT id, phone FROM crm.buyers ORDER BY id LIMIT 50 OFFSET 50
-- then
SELECT id, phone FROM crm.buyers ORDER BY id LIMIT 50 OFFSET 100
-- then
SELECT id, phone FROM crm.buyers ORDER BY id LIMIT 50 OFFSET 150
-- then
SELECT id, phone FROM crm.buyers WHERE id > 200 ORDER BY id LIMIT 50
-- then
SELECT id, phone FROM crm.buyers WHERE id > 250 ORDER BY id LIMIT 50
-- then
SELECT id, phone FROM crm.buyers WHERE id > 300 ORDER BY id LIMIT 50
-- then
SELECT id, phone FROM crm.buyers WHERE id > 350 ORDER BY id LIMIT 50
-- case: many statements in one string
-- persons: 400
SELECT phone FROM crm.buyers WHERE id <= 100; SELECT phone FROM crm.buyers WHERE id BETWEEN 101 AND 250; SELECT phone FROM crm.buyers WHERE id > 250
-- case: a name that says another key
-- persons: 400
SELECT 1 AS id, phone FROM crm.buyers
-- case: a key that is always the same
-- persons: 400
SELECT id * 0 AS id, phone FROM crm.buyers
-- case: distinct
-- persons: 400
SELECT DISTINCT ON (phone) phone FROM crm.buyers ORDER BY phone
-- case: groups of one
-- persons: 400
SELECT phone, count(*) FROM crm.buyers GROUP BY phone
-- case: a rollup
-- persons: 400
SELECT phone, count(*) FROM crm.buyers GROUP BY ROLLUP (phone)
-- case: a view
-- persons: 400
SELECT phone FROM crm.cards
-- case: TABLE
-- persons: 400
TABLE crm.buyers
-- case: ONLY
-- persons: 400
SELECT phone FROM ONLY crm.buyers
-- case: locked rows
-- persons: 400
SELECT phone FROM crm.buyers FOR UPDATE
