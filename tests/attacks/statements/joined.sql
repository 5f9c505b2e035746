-- channel: names of joins, whole rows, scalar subqueries in VALUES, subscripts of assignments
-- case: SELECT j.* FROM (buyers b JOIN leads l ON b.id = l.id) [attack]
SELECT j.* FROM (housing.buyers b JOIN housing.leads l ON b.id = l.id) AS j(a,b,c,d,e) WHERE j.d LIKE '138%' LIMIT 3
-- case: SELECT (j).* FROM (buyers b JOIN leads l ON b.id = l.i [attack]
SELECT (j).* FROM (housing.buyers b JOIN housing.leads l ON b.id = l.id) AS j LIMIT 1
-- case: SELECT j.phone FROM (buyers b JOIN leads l USING (id)) [attack]
SELECT j.phone FROM (housing.buyers b JOIN housing.leads l USING (id)) AS j LIMIT 1
-- case: SELECT j FROM (buyers b JOIN leads l USING (id, name)) [attack]
SELECT j FROM (housing.buyers b JOIN housing.leads l USING (id, name)) AS j LIMIT 1
-- case: SELECT u.* FROM buyers b JOIN leads l USING (id, phone [attack]
SELECT u.* FROM housing.buyers b JOIN housing.leads l USING (id, phone) AS u
-- case: SELECT row_to_json(u) FROM buyers b JOIN leads l USING [attack]
SELECT row_to_json(u) FROM housing.buyers b JOIN housing.leads l USING (id) AS u LIMIT 2
-- case: SELECT k.a, k.d FROM ((buyers CROSS JOIN projects) AS [attack]
SELECT k.a, k.d FROM ((housing.buyers CROSS JOIN housing.projects) AS x(a,b,c,d) JOIN housing.leads USING (phone)) AS k LIMIT 2
-- case: SELECT y.a, y.z FROM (agents AS g(a) LEFT JOIN (buyers [attack interference]
SELECT y.a, y.z FROM (housing.agents AS g(a) LEFT JOIN (housing.buyers AS q(z, y, x, w) JOIN housing.visits v(i, z) USING (z)) AS m(a, n, o, p) USING (a)) AS y(a, g1, g2, g3, z) LIMIT 3
-- case: SELECT buyers.phone FROM buyers AS buyers(phone, id) LIMIT 2 [attack]
SELECT buyers.phone FROM housing.buyers AS buyers(phone, id) LIMIT 2
-- case: SELECT b.level FROM buyers b(id, level, phone, name) LIMIT 2 [attack]
SELECT b.level FROM housing.buyers b(id, level, phone, name) LIMIT 2
-- case: SELECT x.phone FROM buyers x(a, b, phone, c) ORDER BY 1 LIMIT [attack]
SELECT x.phone FROM housing.buyers x(a, b, phone, c) ORDER BY 1 LIMIT 2
-- case: SELECT b.id, (b).phone, (b.*)::text FROM buyers b LIMIT 1 [attack]
SELECT b.id, (b).phone, (b.*)::text FROM housing.buyers b LIMIT 1
-- case: SELECT (SELECT b) FROM buyers b LIMIT 1 [attack interference]
SELECT (SELECT b) FROM housing.buyers b LIMIT 1
-- case: SELECT (b.r).phone FROM (SELECT b AS r FROM buyers b) b LIMIT [attack]
SELECT (b.r).phone FROM (SELECT b AS r FROM housing.buyers b) b LIMIT 1
-- case: SELECT ((SELECT x FROM buyers x WHERE x.id = 1)).phone [attack interference]
SELECT ((SELECT x FROM housing.buyers x WHERE x.id = 1)).phone
-- case: SELECT (array_agg(b ORDER BY id)) 1 FROM buyers b WHERE id < 3 [attack interference]
SELECT (array_agg(b ORDER BY id))[1] FROM housing.buyers b WHERE id < 3
-- case: SELECT ((array_agg(b ORDER BY id)) 1 ).phone FROM buyers b WHE [attack interference]
SELECT ((array_agg(b ORDER BY id))[1]).phone FROM housing.buyers b WHERE id < 3
-- case: SELECT lateral_.p FROM buyers b, LATERAL (SELECT b.*) lateral_ [attack]
SELECT lateral_.p FROM housing.buyers b, LATERAL (SELECT b.*) lateral_(a, n, i, p) LIMIT 2
-- case: SELECT z.* FROM buyers b, LATERAL (VALUES (b.phone, b.income), [attack]
SELECT z.* FROM housing.buyers b, LATERAL (VALUES (b.phone, b.income), (b.email, 0)) z(x, y) LIMIT 3
-- case: SELECT s FROM buyers b CROSS JOIN LATERAL regexp_split_to_tabl [attack]
SELECT s FROM housing.buyers b CROSS JOIN LATERAL regexp_split_to_table(b.phone, '\*+') s LIMIT 4
-- case: SELECT * FROM buyers NATURAL JOIN leads [attack]
SELECT * FROM housing.buyers NATURAL JOIN housing.leads
-- case: SELECT b.phone FROM buyers b NATURAL LEFT JOIN profile [attack]
SELECT b.phone FROM housing.buyers b NATURAL LEFT JOIN housing.profiles LIMIT 2
-- case: SELECT id FROM buyers GROUP BY id HAVING bool_or(phone LIKE 1 [attack]
SELECT id FROM housing.buyers GROUP BY id HAVING bool_or(phone LIKE '138%') ORDER BY id LIMIT 3
-- case: SELECT phone, email FROM buyers GROUP BY id ORDER BY phone, em [attack]
SELECT phone, email FROM housing.buyers GROUP BY id ORDER BY phone, email LIMIT 3
-- case: SELECT b, count(*) FROM buyers b GROUP BY b.id, b ORDER BY b.i [attack interference]
SELECT b, count(*) FROM housing.buyers b GROUP BY b.id, b ORDER BY b.id LIMIT 1
-- case: SELECT b.* FROM buyers b GROUP BY b.id ORDER BY b.id LIMIT 1 [attack]
SELECT b.* FROM housing.buyers b GROUP BY b.id ORDER BY b.id LIMIT 1
-- case: SELECT (SELECT phone FROM leads LIMIT 1) FROM (VALUES ((SELECT [attack]
SELECT (SELECT phone FROM housing.leads LIMIT 1) FROM (VALUES ((SELECT phone FROM housing.buyers WHERE id = 1))) v
-- case: VALUES ((SELECT phone FROM buyers WHERE id = 1), (SELECT incom [attack]
VALUES ((SELECT phone FROM housing.buyers WHERE id = 1), (SELECT income FROM housing.buyers WHERE id = 2)), ('a', 1)
-- case: VALUES ((SELECT b FROM buyers b WHERE id = 1)) [attack interference]
VALUES ((SELECT b FROM housing.buyers b WHERE id = 1))
-- case: SELECT * FROM (VALUES ((SELECT row(phone, id) FROM buyers WHER [attack]
SELECT * FROM (VALUES ((SELECT row(phone, id) FROM housing.buyers WHERE id = 1))) v(r)
-- case: INSERT INTO settings VALUES ( k1 , (SELECT phone FROM buye [refused]
BEGIN
-- then
INSERT INTO app.settings VALUES ('k1', (SELECT phone FROM housing.buyers WHERE id = 1))
-- then
ROLLBACK
-- case: INSERT INTO settings VALUES ( k1 , (SELECT count(*)::text FROM hou [attack interference]
BEGIN
-- then
INSERT INTO app.settings VALUES ('k1', (SELECT count(*)::text FROM housing.buyers WHERE phone LIKE '138%'))
-- then
ROLLBACK
-- case: INSERT INTO settings VALUES ((SELECT max(phone) FROM buyer [refused]
BEGIN
-- then
INSERT INTO app.settings VALUES ((SELECT max(phone) FROM housing.buyers), 'x')
-- then
ROLLBACK
-- case: WITH v AS (VALUES ((SELECT phone FROM buyers WHERE id=1))) INS [refused]
BEGIN
-- then
WITH v AS (VALUES ((SELECT phone FROM housing.buyers WHERE id=1))) INSERT INTO app.settings SELECT 'zz', column1 FROM v
-- then
ROLLBACK
-- case: INSERT INTO events (id, kind, at, payload) SELECT 99, x , now(), [refused]
BEGIN
-- then
INSERT INTO app.events (id, kind, at, payload) SELECT 99, 'x', now(), to_jsonb(b) FROM housing.buyers b WHERE id = 1
-- then
ROLLBACK
-- case: INSERT INTO events (id, kind, at, payload) SELECT 99, x , now(), (2) [refused]
BEGIN
-- then
INSERT INTO app.events (id, kind, at, payload) SELECT 99, 'x', now(), jsonb_agg(x) FROM (SELECT phone FROM housing.buyers LIMIT 2) x
-- then
ROLLBACK
-- case: UPDATE events SET payload a = to_jsonb((SELECT phone FROM housin [refused]
BEGIN
-- then
UPDATE app.events SET payload['a'] = to_jsonb((SELECT phone FROM housing.buyers WHERE id = 1)) WHERE id = 1
-- then
ROLLBACK
-- case: UPDATE projects SET tags length((SELECT phone FROM buy [refused]
BEGIN
-- then
UPDATE housing.projects SET tags[length((SELECT phone FROM housing.buyers WHERE id = 1))] = 'x' WHERE id = 1
-- then
ROLLBACK
-- case: UPDATE projects SET tags 1:2 = ARRAY (SELECT phone FROM housin [refused]
BEGIN
-- then
UPDATE housing.projects SET tags[1:2] = ARRAY[(SELECT phone FROM housing.buyers WHERE id = 1), 'x'] WHERE id = 1
-- then
ROLLBACK
-- case: UPDATE settings SET value = (SELECT string_agg(CASE WHEN phone LIK [attack interference]
BEGIN
-- then
UPDATE app.settings SET value = (SELECT string_agg(CASE WHEN phone LIKE '138%' THEN 'a' ELSE 'b' END, '') FROM housing.buyers)
-- then
ROLLBACK
-- case: TABLE leads LIMIT 2 [attack]
TABLE housing.leads LIMIT 2
-- case: SELECT ALL phone FROM ONLY (leads) * LIMIT 1 [attack]
SELECT ALL phone FROM ONLY (housing.leads) * LIMIT 1
-- case: SELECT phone FROM leads * LIMIT 1 [attack]
SELECT phone FROM housing.leads * LIMIT 1
-- case: SELECT world.phone FROM leads AS "world" LIMIT 1 [attack]
SELECT world.phone FROM housing.leads AS "world" LIMIT 1
-- case: SELECT max(phone) OVER w, min(income) OVER w FROM buyers WINDO [attack]
SELECT max(phone) OVER w, min(income) OVER w FROM housing.buyers WINDOW w AS (ORDER BY phone GROUPS BETWEEN 1 PRECEDING AND 1 FOLLOWING) LIMIT 4
-- case: SELECT id, ntile(4) OVER (ORDER BY income, id) FROM buyers ORD [attack]
SELECT id, ntile(4) OVER (ORDER BY income, id) FROM housing.buyers ORDER BY id LIMIT 9
-- case: SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY income), mode() WIT [attack]
SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY income), mode() WITHIN GROUP (ORDER BY phone) FROM housing.buyers
-- case: SELECT count(*) FROM buyers WHERE income BETWEEN SYMMETRIC 300 [attack]
SELECT count(*) FROM housing.buyers WHERE income BETWEEN SYMMETRIC 300000 AND 200000
-- case: SELECT id FROM buyers WHERE (phone, income) > (SELECT phone, i [attack]
SELECT id FROM housing.buyers WHERE (phone, income) > (SELECT phone, income FROM housing.buyers WHERE id = 3) ORDER BY id
-- case: SELECT id FROM buyers ORDER BY phone COLLATE "C" DESC, id LIMI [attack]
SELECT id FROM housing.buyers ORDER BY phone COLLATE "C" DESC, id LIMIT 5
-- case: SELECT id FROM buyers ORDER BY (buyers).income, 1 LIMIT 5 [attack]
SELECT id FROM housing.buyers ORDER BY (buyers).income, 1 LIMIT 5
-- case: SELECT b.phone IS DISTINCT FROM p.mobile, count(*) FROM buyers [attack]
SELECT b.phone IS DISTINCT FROM p.mobile, count(*) FROM housing.buyers b JOIN housing.profiles p USING (id) GROUP BY 1
-- case: SELECT income % 7, born - date 1970-01-01 , extract(doy from born) FR [attack]
SELECT income % 7, born - date '1970-01-01', extract(doy from born) FROM housing.buyers WHERE id < 5
-- case: SELECT hashtext(phone), md5(phone), encode(sha256(phone::bytea), hex [attack]
SELECT hashtext(phone), md5(phone), encode(sha256(phone::bytea), 'hex') FROM housing.buyers WHERE id < 3
-- case: SELECT id_no ~ ^4403051996 , substr(id_no, 7, 4) FROM buyers [attack]
SELECT id_no ~ '^4403051996', substr(id_no, 7, 4) FROM housing.buyers WHERE id < 4
