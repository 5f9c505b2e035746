-- case: a function in FROM does not see what stands behind it, in a write [simple bag]
BEGIN
-- then
WITH q5 AS (UPDATE housing.leads SET phone = '139****0011' RETURNING 1 AS c4) SELECT 'x' FROM co_buyers AS t6 WHERE NOT EXISTS (SELECT true AS c8 FROM jsonb_each_text(jsonb_build_object('k', name, 'l', NULL::int4)) AS f7(z0, z1) INNER JOIN buyer_cards ON f7.z1 = buyer_cards.name GROUP BY GROUPING SETS ((1)))
-- then
SELECT t FROM housing.leads t ORDER BY id
-- then
ROLLBACK
-- case: LATERAL does not see what stands behind it, in a write [simple bag]
BEGIN
-- then
UPDATE housing.leads SET name = name WHERE EXISTS (SELECT 1 FROM LATERAL (SELECT phone AS p) s, housing.buyers b WHERE s.p = b.phone) RETURNING id
-- then
ROLLBACK
-- case: LATERAL sees what stands before it, in a write [simple bag]
BEGIN
-- then
UPDATE housing.leads SET name = name WHERE EXISTS (SELECT 1 FROM housing.buyers b, LATERAL (SELECT b.phone AS p WHERE length(id_number) > 3) s WHERE b.id < 3) RETURNING id
-- then
ROLLBACK
-- case: the condition of a join does not see what stands beside it, in a write [simple bag]
BEGIN
-- then
UPDATE housing.leads SET name = name WHERE EXISTS (SELECT 1 FROM housing.buyers b, (SELECT 1 AS x) v JOIN (SELECT 1 AS y) w ON v.x = w.y AND name > 'x' WHERE b.id < 3) RETURNING id
-- then
ROLLBACK
-- case: nor does a subquery in it, in a write [simple bag]
BEGIN
-- then
UPDATE housing.leads SET name = name WHERE EXISTS (SELECT 1 FROM housing.buyers b, (SELECT 1 AS x) v JOIN (SELECT 1 AS y) w ON EXISTS (SELECT v.x WHERE name > 'x') WHERE b.id < 3) RETURNING id
-- then
ROLLBACK
-- case: it sees the join's own items, in a write [simple bag]
BEGIN
-- then
UPDATE housing.leads SET name = name WHERE EXISTS (SELECT 1 FROM (SELECT 1 AS z) u, housing.buyers b JOIN (SELECT 1 AS y) w ON b.id = w.y AND length(id_number) > 3) RETURNING id
-- then
ROLLBACK
-- case: in FROM of an update, too [simple bag]
BEGIN
-- then
UPDATE housing.contacts c SET phone = c.phone FROM housing.buyers b JOIN LATERAL (SELECT b.id AS i WHERE length(id_number) > 3) s ON s.i = b.id WHERE c.id = s.i RETURNING c.id
-- then
ROLLBACK
-- case: what stands behind LATERAL is not seen [bag]
SELECT s.* FROM LATERAL (SELECT b.phone) s, housing.buyers b
-- case: what stands beside a join is not seen by its condition [bag]
SELECT 1 FROM housing.buyers b, housing.projects p JOIN housing.leads l ON b.phone = l.phone
