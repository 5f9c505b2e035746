-- channel: odd forms around scans and writes
-- case: functional notation on join alias [refused]
SELECT phone(j) FROM (housing.buyers b JOIN housing.visits v ON v.buyer_id = b.id) AS j LIMIT 1
-- case: join alias column [attack]
SELECT j.phone FROM (housing.buyers b JOIN housing.visits v ON v.buyer_id = b.id) AS j ORDER BY 1 LIMIT 3
-- case: join alias row [attack]
SELECT j FROM (housing.contacts b JOIN app.settings v ON true) AS j ORDER BY 1 LIMIT 2
-- case: join alias row field [attack]
SELECT (j).phone FROM (housing.contacts b JOIN app.settings v ON true) AS j ORDER BY 1 LIMIT 2
-- case: join using alias [attack]
SELECT ju, b.id FROM housing.buyers b JOIN housing.profiles p USING (id) AS ju ORDER BY b.id LIMIT 2
-- case: join using protected column [attack interference]
SELECT phone, count(*) FROM housing.buyers JOIN housing.contacts USING (phone) GROUP BY phone
-- case: natural join [attack]
SELECT count(*) FROM housing.buyers NATURAL JOIN housing.leads
-- case: cte search by [attack]
WITH RECURSIVE r(id, phone) AS (SELECT id, phone FROM housing.buyers WHERE id < 3 UNION ALL SELECT b.id, b.phone FROM r JOIN housing.buyers b ON b.id = r.id + 10 WHERE r.id < 40) SEARCH DEPTH FIRST BY phone SET o SELECT * FROM r ORDER BY o
-- case: cycle mark [attack]
WITH RECURSIVE r(id, phone) AS (SELECT id, phone FROM housing.buyers WHERE id < 3 UNION ALL SELECT b.id, b.phone FROM r JOIN housing.buyers b ON b.id = r.id + 10 WHERE r.id < 40) CYCLE phone SET c USING p SELECT * FROM r ORDER BY id
-- case: bare scan and lateral rows from [attack]
SELECT count(*) FROM housing.buyers b, ROWS FROM (generate_series(1, b.id), unnest(b.phones)) x WHERE b.id < 5
-- case: xmltable passing [attack]
SELECT x.* FROM housing.buyers b, XMLTABLE('/a' PASSING xmlelement(name a, b.phone) COLUMNS v text PATH '.') x WHERE b.id < 4 ORDER BY b.id
-- case: sort by record image [attack]
SELECT id FROM housing.contacts c ORDER BY c USING OPERATOR(pg_catalog.*<)
-- case: row compare across [attack]
SELECT a.id, b.id FROM housing.contacts a, housing.contacts b WHERE (a.phone, a.id) < (b.phone, 5) ORDER BY 1,2 LIMIT 5
-- case: grouping sets with key [attack]
SELECT id, phone, count(*) FROM housing.contacts GROUP BY GROUPING SETS ((id, phone), (phone), ()) ORDER BY 1,2
-- case: group by pk with having [attack]
SELECT id, phone FROM housing.contacts GROUP BY id HAVING max(phone) LIKE '138%' ORDER BY id
-- case: window over mask by range [attack]
SELECT id, count(*) OVER (ORDER BY income RANGE BETWEEN 1000 PRECEDING AND CURRENT ROW) FROM housing.buyers ORDER BY id LIMIT 5
-- case: mode and percentile [attack]
SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY income) FROM housing.buyers
-- case: correlated bare [attack]
SELECT count(*) FROM housing.visits v WHERE EXISTS (SELECT FROM housing.buyers WHERE id = v.buyer_id AND phone > '1388')
-- case: with hold of temp shadows [attack]
CREATE TEMP TABLE buyers (id int, phone text)
-- then
SET search_path = pg_temp, housing
-- then
SELECT count(*) FROM buyers
-- then
SELECT count(phone) FROM housing.buyers
-- case: temp table of the row type [refused]
CREATE TEMP TABLE keep (r housing.buyers)
-- then
INSERT INTO keep SELECT b FROM housing.buyers b WHERE id < 3
-- then
SELECT (r).phone FROM keep
-- case: temp like including all [attack interference]
CREATE TEMP TABLE lk (LIKE housing.contacts INCLUDING ALL)
-- then
INSERT INTO lk (id, phone) SELECT id, phone FROM housing.contacts ORDER BY id LIMIT 3
-- then
SELECT * FROM lk ORDER BY id
-- case: temp generated over masked [attack]
CREATE TEMP TABLE gg (id int, phone text, g text GENERATED ALWAYS AS (right(phone, 4)) STORED)
-- then
INSERT INTO gg SELECT id, phone FROM housing.contacts WHERE id < 4
-- then
SELECT * FROM gg
-- case: temp partitioned [refused]
CREATE TEMP TABLE pt (id int, phone text) PARTITION BY LIST (phone)
-- then
CREATE TEMP TABLE pt1 PARTITION OF pt DEFAULT
-- then
INSERT INTO pt SELECT id, phone FROM housing.contacts WHERE id < 4
-- case: temp inherits permanent [refused]
CREATE TEMP TABLE ih () INHERITS (housing.leads)
-- case: temp with check on function [refused]
CREATE TEMP TABLE ck (id int, phone text CHECK (housing.loud(phone) IS NOT NULL))
-- case: unicode escapes [attack]
SELECT U&"\0070hone" FROM housing.buyers ORDER BY id LIMIT 2
-- case: long identifiers [attack]
SELECT phone AS aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa FROM housing.buyers ORDER BY id LIMIT 2
-- case: json path vars [attack]
SELECT jsonb_path_query_array(to_jsonb(b), '$.* ? (@ like_regex "^138")') FROM housing.contacts b ORDER BY id LIMIT 2
-- case: update returning through cte with bare [attack]
WITH u AS (UPDATE housing.contacts SET id = id WHERE id < 3 RETURNING *) SELECT * FROM u ORDER BY id
-- case: delete returning whole row [attack]
BEGIN
-- then
DELETE FROM housing.contacts c WHERE id < 3 RETURNING c
-- case: delete returning cast row [attack]
BEGIN
-- then
DELETE FROM housing.contacts c WHERE id < 3 RETURNING c::text, to_json(c), (c).phone, c.*
-- case: update from self [attack]
BEGIN
-- then
UPDATE housing.contacts c SET id = c.id FROM housing.contacts d WHERE d.id = c.id AND d.phone = c.phone AND c.id < 4 RETURNING c.phone, d.phone, c.last4
-- case: insert returning generated of own value [attack interference]
BEGIN
-- then
INSERT INTO housing.contacts (id, phone) VALUES (999, '13812345678') RETURNING *
-- case: on conflict returning old [attack]
BEGIN
-- then
INSERT INTO housing.contacts (id, phone) VALUES (1, '13812345678') ON CONFLICT (id) DO UPDATE SET id = contacts.id WHERE contacts.phone <> excluded.phone RETURNING *
-- case: on conflict set phone from excluded||own [refused]
BEGIN
-- then
INSERT INTO housing.contacts AS c (id, phone) VALUES (1, '13812345678') ON CONFLICT (id) DO UPDATE SET phone = left(c.phone, 5) || right(excluded.phone, 6) RETURNING c.phone
-- case: set phone from another of the same table [refused]
BEGIN
-- then
UPDATE housing.contacts SET phone = (SELECT phone FROM housing.contacts WHERE id = 2) WHERE id = 1
-- case: set multiple [attack interference]
BEGIN
-- then
UPDATE housing.buyers SET (phone, name) = ROW('13812345678', name) WHERE id = 1 RETURNING phone, name
-- case: set default [attack]
BEGIN
-- then
UPDATE housing.buyers SET phone = DEFAULT WHERE id = 1 RETURNING phone
-- case: merge not matched by [attack]
BEGIN
-- then
MERGE INTO housing.contacts c USING (VALUES (1,'138****0001')) s(id, phone) ON c.id = s.id WHEN MATCHED AND c.phone <> s.phone THEN UPDATE SET phone = s.phone WHEN NOT MATCHED THEN DO NOTHING
-- case: fields and stars of the deleted row [attack]
BEGIN
-- then
DELETE FROM housing.contacts c WHERE id < 3 RETURNING (c).phone, ((c)).last4, (c).*, (c.*)::text, ROW(c.*), (c.*) IS NULL
-- case: a star of the written row inside of a comparison [attack]
BEGIN
-- then
UPDATE housing.contacts c SET id = id WHERE id < 3 RETURNING (c.*) = (c.*), COALESCE(c.*, c.*)
-- case: a field that is a function of the row [refused]
DELETE FROM housing.contacts c WHERE id < 3 RETURNING (c).to_json
-- case: proposed and present under one name [refused]
INSERT INTO housing.contacts (id, phone) VALUES (1, '13812345678') ON CONFLICT (id) DO UPDATE SET id = contacts.id WHERE phone > '138'
-- case: returned beside a conflict [attack]
BEGIN
-- then
INSERT INTO housing.contacts (id, phone) VALUES (1, '13812345678') ON CONFLICT (id) DO UPDATE SET id = excluded.id RETURNING phone, last4, contacts.phone
-- case: an alias called excluded [attack]
BEGIN
-- then
INSERT INTO housing.contacts AS excluded (id, phone) VALUES (1, '13812345678') ON CONFLICT (id) DO UPDATE SET id = excluded.id RETURNING phone
-- case: returned through WITH by a bare name [attack]
BEGIN
-- then
WITH u AS (UPDATE housing.contacts d SET id = id WHERE id < 4 RETURNING id, phone) SELECT phone, count(*) FROM u GROUP BY phone ORDER BY phone
-- case: returned through WITH by a bare name that the target has, too [attack]
BEGIN
-- then
WITH u AS (UPDATE housing.contacts d SET id = id WHERE id < 4 RETURNING id) SELECT phone FROM u
-- case: a bare name inside of a subquery beside WITH [attack]
BEGIN
-- then
WITH u AS (UPDATE housing.contacts d SET id = id WHERE id < 4 RETURNING id) UPDATE housing.contacts c SET id = id WHERE id < 4 AND EXISTS (SELECT phone FROM u) RETURNING id
-- case: an exclusion that compares intervals [refused]
INSERT INTO tied.loans (id, span, seat) VALUES (1000, int4range(1, 50), int4range(7, 8))
-- case: many intervals at once [refused]
INSERT INTO tied.loans (id, span, seat) VALUES (1001, '[10,11)', '[7,8)'), (1002, '[20,21)', '[7,8)') ON CONFLICT DO NOTHING RETURNING id
-- case: a kept column written by a constant that is its reading [refused]
UPDATE tied.loans SET deposit = 10500, income = 10000 WHERE id = 1
-- case: a default beside a kept column [refused]
UPDATE tied.loans SET deposit = DEFAULT WHERE id = 1
-- case: both sides of an exclusion assigned [refused]
UPDATE tied.loans SET span = '[1,100)', seat = '[7,8)' WHERE id = 3
-- case: a computed income [refused]
UPDATE housing.buyers SET income = income + 500 WHERE id = 1
-- case: an element of a list assigned [refused]
UPDATE housing.profiles SET phones[1][1] = '186****0026' WHERE id = 2
-- case: a key of a document assigned by subscript [refused]
UPDATE housing.profiles SET extra['contacts'][0]['phone'] = '"139****0021"' WHERE id = 2
-- case: a field of a hidden row assigned [refused]
UPDATE housing.profiles SET home.door = 5 WHERE id = 1
-- case: masks exchanged between rows [attack]
BEGIN
-- then
UPDATE housing.buyers b SET phone = v.p FROM (VALUES (1, '186****0026'), (2, '138****0024')) v(id, p) WHERE v.id = b.id
-- then
ROLLBACK
-- case: MERGE with another row's mask [attack]
BEGIN
-- then
MERGE INTO housing.buyers b USING (VALUES (1, '186****0026')) s(id, p) ON b.id = s.id WHEN MATCHED THEN UPDATE SET phone = s.p
-- then
ROLLBACK
-- case: a mask through a plain view over a view [attack]
BEGIN
-- then
UPDATE housing.card_names SET title = '王**' WHERE id = 1
-- then
ROLLBACK
-- case: a mask as an HTML entity [attack]
BEGIN
-- then
UPDATE housing.buyers SET phone = '138&#42;&#42;0024' WHERE id = 1
-- then
ROLLBACK
-- case: the proposed note as a phone [attack]
BEGIN
-- then
INSERT INTO housing.buyers AS b (id, note, created_at) VALUES (1, '138****0024', now()) ON CONFLICT (id) DO UPDATE SET phone = excluded.note
-- then
ROLLBACK
-- channel: a mask that an ordered-set aggregate hands on, stored
-- case: a percentile over another's number [refused]
BEGIN
-- then
UPDATE housing.buyers SET income = (SELECT percentile_disc(0) WITHIN GROUP (ORDER BY c.income) + 1234 FROM housing.buyers c WHERE c.id = 2) WHERE id = 3
-- then
ROLLBACK
-- case: the commonest number [refused]
BEGIN
-- then
INSERT INTO app.settings SELECT 'zz', mode() WITHIN GROUP (ORDER BY phone) FROM housing.buyers
-- then
ROLLBACK
-- case: a whole row [refused]
BEGIN
-- then
UPDATE app.settings SET value = (SELECT mode() WITHIN GROUP (ORDER BY b) FROM housing.buyers b)::text WHERE key = 'city'
-- then
ROLLBACK
