-- case: a name in a subquery of FROM is none of the item beside it, in a write [simple bag]
BEGIN
-- then
WITH q5 AS (UPDATE housing.payments_other SET payer_name = CASE WHEN true THEN payments_other.payer_name ELSE '夏侯' END FROM handover_appointments AS j1 RETURNING interval '319 days' AS c4) SELECT interval '1 day' FROM payments_2024 AS t6 WHERE (SELECT false FROM (SELECT 1 AS c13 FROM housing.buyers AS t7 WHERE payer_name >= 'x') AS s15 RIGHT JOIN housing.payments t16 ON s15.c13 = t16.contract_id ORDER BY 1 LIMIT 1)
-- then
SELECT * FROM housing.payments_other ORDER BY id, paid_on
-- then
ROLLBACK
-- case: the same, qualified by a name that both have [bag]
SELECT t.id FROM housing.leads t WHERE EXISTS (SELECT 1 FROM (SELECT 1 FROM housing.projects p WHERE t.name >= 'x') s, housing.buyers t)
-- case: the same name inside, beside and outside [bag]
SELECT t.id, (SELECT count(*) FROM (SELECT phone FROM housing.leads LIMIT 3) s, (SELECT phone AS other) o, housing.buyers b WHERE b.id < 3) FROM housing.leads t
-- case: in a subquery of such a subquery, in a write [simple bag]
BEGIN
-- then
UPDATE housing.leads SET name = name WHERE EXISTS (SELECT 1 FROM (SELECT 1 FROM (SELECT 1 WHERE phone > '138') q, housing.contacts) s, housing.buyers b) RETURNING id
-- then
ROLLBACK
-- case: what stands beside is not seen
SELECT v.* FROM housing.buyers b, (VALUES (b.phone)) v
-- case: what stands beside is not seen by a subquery
SELECT s.* FROM housing.buyers b, (SELECT phone) s
-- case: what stands beside is not seen by an arm of a union
SELECT s.* FROM housing.buyers b, (SELECT 'x' UNION SELECT b.phone) s
-- case: LATERAL sees what is before it
SELECT count(*) FROM housing.buyers b, LATERAL (SELECT b.phone WHERE phone IS NOT NULL) s
