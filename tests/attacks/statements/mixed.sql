-- channel: features mixed: joins under aliases, rows carried through laterals, recursions and RETURNING
-- case: columns of a join renamed by its alias, nested [attack]
SELECT q, r FROM ((housing.contacts c JOIN app.settings s ON true) AS j(a,b,c,d) JOIN housing.agents a ON a.id = j.a) AS k(p,q,r) ORDER BY k.p LIMIT 2
-- case: a join's renamed column in a condition [attack]
SELECT d FROM (housing.buyers b CROSS JOIN app.settings s) AS j(a,bb,c,d,e) WHERE d > '138' ORDER BY a LIMIT 3
-- case: the alias of USING over a protected column [attack]
SELECT u.phone, u.id FROM (housing.contacts c LEFT JOIN housing.leads l USING (id, phone) AS u) ORDER BY 2 LIMIT 2
-- case: a row through two laterals, expanded under other names [attack]
SELECT r.* FROM housing.contacts c, LATERAL (SELECT c) AS l(q), LATERAL (SELECT (l.q).*) r(z1,z2) ORDER BY 1 LIMIT 2
-- case: an outer column in a subquery's grouping [attack]
SELECT c.id, array(SELECT c.phone UNION SELECT c.last4) FROM housing.contacts c GROUP BY c.id ORDER BY 1 LIMIT 2
-- case: an outer row in HAVING EXISTS [attack interference]
SELECT c.id FROM housing.contacts c GROUP BY c.id HAVING EXISTS (SELECT 1 WHERE c.phone > '139')
-- case: whole rows carried by a recursion, searched and cycled by [attack]
WITH RECURSIVE r AS (SELECT b.id, b AS w, 1 AS n FROM housing.contacts b WHERE id = 1 UNION ALL SELECT c.id, c, n + 1 FROM r JOIN housing.contacts c ON c.id = r.id + 1 WHERE n < 3) SEARCH BREADTH FIRST BY w SET o CYCLE w SET y USING p SELECT (w).phone, o::text, y FROM r ORDER BY n
-- case: RETURNING * of a joined item with other names [attack]
BEGIN
-- then
DELETE FROM app.events e USING housing.contacts AS c(k, l, m) WHERE k = e.id AND e.id < 3 RETURNING *
-- then
ROLLBACK
-- case: a join's row returned through WITH [attack]
BEGIN
-- then
WITH u AS (UPDATE app.events e SET kind = kind FROM (housing.contacts c JOIN app.settings s ON true) AS j WHERE j.id = e.id AND e.id < 3 RETURNING j.*, e.id AS eid, j) SELECT * FROM u ORDER BY 1, key
-- then
ROLLBACK
-- case: comments and escapes inside of a returned name [attack]
BEGIN
-- then
DELETE FROM housing.contacts c WHERE c.id < 3 RETURNING c/* x */./*y*/phone, c.U&"ph\006fne", ( c . phone ), (SELECT x.phone FROM (SELECT c.*) x)
-- then
ROLLBACK
-- case: temporary tables called like types of the masks [attack]
CREATE TEMP TABLE text (a int)
-- then
CREATE TEMP TABLE jsonb (a int)
-- then
CREATE TEMP TABLE date (a int)
-- then
SELECT id, extra, raw, partly, phones, years FROM housing.profiles ORDER BY id LIMIT 3
-- case: the planner's settings after DISCARD ALL [attack interference]
DISCARD ALL
-- then
SHOW enable_memoize
-- case: a partition locked [refused]
LOCK TABLE tied.births_1 IN ACCESS EXCLUSIVE MODE
-- case: an expression index in front of phones [attack interference]
SELECT id FROM tied.loans WHERE note IS NOT NULL ORDER BY lower(city) LIMIT 40
-- case: an index chosen by a lateral value [attack interference]
SELECT s.id FROM (VALUES (3), (7)) v(p), LATERAL (SELECT id FROM tied.signed s WHERE s.project = v.p LIMIT 5) s
-- case: an index chosen by a natural join [attack interference]
WITH p AS (SELECT 7 AS project) SELECT id FROM tied.signed NATURAL JOIN p
-- case: an index chosen under renamed columns [attack interference]
SELECT id FROM tied.signed AS t(id, q, p, a) WHERE t.q = 7 ORDER BY q LIMIT 9
