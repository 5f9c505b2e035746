-- channel: what is computed once for each hidden row: draws of random, locks, keys that refer, orders of unnest
-- search_path: housing
-- case: hidden row 1 [attack interference]
BEGIN
-- then
SELECT setseed(0.5)
-- then
UPDATE field.claims SET price = price WHERE random() >= 0 AND price > 0
-- then
SELECT random()
-- then
ROLLBACK
-- case: hidden row 2 [attack interference]
BEGIN
-- then
SELECT setseed(0.5)
-- then
UPDATE field.claims SET price = price WHERE random() >= 0
-- then
SELECT random()
-- then
ROLLBACK
-- case: hidden row 3 [attack interference]
BEGIN
-- then
SELECT setseed(0.5)
-- then
DELETE FROM field.claims c USING agents a WHERE a.id = 1 AND random() >= 0 AND c.id < 0
-- then
SELECT random()
-- then
ROLLBACK
-- case: hidden row 4 [attack interference]
BEGIN
-- then
SELECT setseed(0.5)
-- then
MERGE INTO field.claims c USING agents a ON a.id = c.id AND random() >= 0 WHEN MATCHED THEN DO NOTHING
-- then
SELECT random()
-- then
ROLLBACK
-- case: hidden row 5 [attack interference]
SELECT setseed(0.5)
-- then
SELECT count(*) FROM field.plots p WHERE random() >= 0
-- then
SELECT random()
-- case: hidden row 6 [attack interference]
SELECT setseed(0.5)
-- then
SELECT count(*) FROM field.plots p JOIN agents a ON a.id = p.agent_id AND a.id + random() >= 0
-- then
SELECT random()
-- case: hidden row 7 [attack interference]
SELECT setseed(0.5)
-- then
SELECT count(*) FROM field.plots p JOIN agents a ON a.id = p.agent_id WHERE a.id + random() >= 0
-- then
SELECT random()
-- case: hidden row 8 [attack interference]
SELECT setseed(0.5)
-- then
SELECT count(*) FROM field.offers p, (SELECT random() r) x WHERE x.r >= 0
-- then
SELECT random()
-- case: hidden row 9 [attack interference]
SELECT setseed(0.5)
-- then
SELECT count(*) FROM field.plots p, LATERAL (SELECT random() r WHERE p.price > 0) x
-- then
SELECT random()
-- case: hidden row 10 [attack interference]
SELECT setseed(0.5)
-- then
SELECT id, random() FROM field.plots p ORDER BY id LIMIT 3
-- then
SELECT random()
-- case: hidden row 11 [attack interference]
SELECT setseed(0.5)
-- then
SELECT DISTINCT price, random() FROM field.plots p
-- then
SELECT random()
-- case: hidden row 12 [attack interference]
SELECT setseed(0.5)
-- then
SELECT (SELECT random()) FROM field.plots p
-- then
SELECT random()
-- case: hidden row 13 [attack interference]
SELECT setseed(0.5)
-- then
SELECT (SELECT random() WHERE p.price > 0) FROM field.plots p
-- then
SELECT random()
-- case: hidden row 14 [attack interference]
SELECT setseed(0.5)
-- then
SELECT count(*) FROM field.plots p WHERE EXISTS (SELECT random() FROM agents a WHERE a.id = p.id)
-- then
SELECT random()
-- case: hidden row 15 [attack interference]
SELECT setseed(0.5)
-- then
SELECT count(*) FROM field.offers o WHERE o.id = (SELECT (random() * 0)::int + 3)
-- then
SELECT random()
-- case: hidden row 16 [attack interference]
SELECT setseed(0.5)
-- then
SELECT count(*) FROM field.offers o WHERE o.price = ANY (SELECT (a.id + random() * 0)::int FROM agents a)
-- then
SELECT random()
-- case: hidden row 17 [attack interference]
SELECT setseed(0.5)
-- then
SELECT count(*) FROM tied.signed WHERE project = 3 AND random() >= 0 LIMIT 5
-- then
SELECT random()
-- case: hidden row 18 [attack interference]
BEGIN
-- then
SELECT setseed(0.5)
-- then
UPDATE tied.signed SET active = true WHERE project = 3 AND random() >= 0 AND phone LIKE '1381%'
-- then
SELECT random()
-- then
ROLLBACK
-- case: hidden row 19 [attack interference]
SELECT setseed(0.5)
-- then
SELECT id FROM buyers WHERE phone > '138' AND random() >= 0 ORDER BY id LIMIT 3
-- then
SELECT random()
-- case: hidden row 20 [attack interference]
SELECT id FROM units u WHERE xmax::text <> '0' ORDER BY id LIMIT 5
-- case: hidden row 21 [refused]
BEGIN
-- then
DELETE FROM tied.marks WHERE code = 7
-- then
SELECT id, code FROM tied.unmarked ORDER BY id
-- then
ROLLBACK
-- case: hidden row 22 [refused]
BEGIN
-- then
UPDATE tied.codes SET code = code WHERE code = -1
-- then
SELECT xmax::text = '0' FROM tied.codes ORDER BY 1
-- then
ROLLBACK
-- case: hidden row 23 [attack interference]
BEGIN
-- then
INSERT INTO tied.uses (id, code) VALUES (900, -1)
-- then
SELECT code FROM tied.codes WHERE xmax::text <> '0'
-- then
ROLLBACK
-- case: hidden row 24 [attack interference]
SELECT a.id, a.xmin = b.xmin FROM buyers a JOIN visits b ON b.buyer_id = a.id ORDER BY a.id LIMIT 1
-- case: hidden row 25 [attack interference]
BEGIN
-- then
SELECT id, price FROM field.offers FOR NO KEY UPDATE SKIP LOCKED
-- then
ROLLBACK
-- case: hidden row 26 [refused]
SELECT JSON_OBJECT('a': phone) FROM buyers LIMIT 1
-- case: hidden row 27 [refused]
SELECT (extra #> '{phone}') IS JSON FROM profiles LIMIT 1
-- case: hidden row 28 [refused]
BEGIN
-- then
UPDATE profiles SET extra['phone'] = '"x"' WHERE id = 1
-- then
ROLLBACK
-- case: hidden row 29 [attack interference]
SELECT phones[1:1], phones[:1][1:], array_dims(phones) FROM profiles ORDER BY id LIMIT 6
-- case: hidden row 30 [attack interference]
SELECT id, u, o FROM profiles, unnest(phones, years) WITH ORDINALITY v(u, y, o) ORDER BY id, o LIMIT 8
